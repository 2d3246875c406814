"""The texts of a scenario while one edit is at work on them: all of it is written, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from game.hexgrid import HexGrid, grid
from game.scenario.files import MapFile
from game.scenario.modeline import modeline
from game.scenario.reading import Reading
from game.schema.reader import read_bytes
from game.words import say
from game.workshop.refused import EditRefused
from game.workshop.text.document import Document

RECIPE = "map_corrections.yaml"


@dataclass(slots=True)
class Sheets:
    """The files of a scenario by name. What an edit writes stays here until all of it has worked."""

    files: Mapping[str, bytes]
    reading: Reading
    """The scenario as it was before the edit."""
    folder: Path
    reason: str = ""
    """Why the map is changed, for the recipe of a made map."""
    warnings: list[str] = field(default_factory=list)
    """What the designer should know of this edit although it was done."""
    kept: dict[str, Document] = field(default_factory=dict)
    """Files that earlier edits have read, to be taken over where the bytes are the same."""
    _whole: dict[str, bytes] = field(default_factory=dict)
    _documents: dict[str, Document] = field(default_factory=dict)

    @property
    def grid(self) -> HexGrid:
        """The grid of the map; edits on the map wait until map.yaml can be read."""
        chart = self.reading.values.get("map.yaml")
        if not isinstance(chart, MapFile):
            raise EditRefused("map.yaml has errors: fix them first")
        return grid(chart.size.columns, chart.size.rows)

    def data(self, name: str) -> bytes | None:
        """The bytes of a file as they are now, None when there is none."""
        if name in self._documents:
            return self._documents[name].data
        return self._whole.get(name, self.files.get(name))

    def put(self, name: str, data: bytes) -> None:
        """Write a whole file."""
        self._documents.pop(name, None)
        self._whole[name] = data

    def document(self, name: str, beginning: str | None = None) -> Document:
        """A YAML file to be changed value by value. One that is not there begins with a text, or is refused."""
        if name not in self._documents:
            data = self.data(name)
            if data is None:
                if beginning is None:
                    raise EditRefused(say("there is no {name}", name=name))
                data = (modeline(self.folder, name) + beginning).encode("utf-8")
            kept = self.kept.pop(name, None)
            if kept is None or kept.data != data:
                self._require_readable(name, data)
                kept = Document(name, data)
            self._documents[name] = kept
        return self._documents[name]

    def _require_readable(self, name: str, data: bytes) -> None:
        """The reader of scenarios goes first: it has limits for what a stranger may have put into a file."""
        if name in self.reading.nodes and data == self.files.get(name):
            return
        root, problems = read_bytes(data, name)
        if root is None:
            raise EditRefused(
                say(
                    "{name} cannot be read: {what}. Fix it as text",
                    name=name,
                    what=problems[0].what if problems else "it is empty",
                )
            )

    @property
    def read(self) -> Mapping[str, Document]:
        """The documents as this edit leaves them, for the next one."""
        return self._documents

    @property
    def made_map(self) -> bool:
        """Whether make-map makes this map from a recipe."""
        return RECIPE in self.files

    @property
    def written(self) -> Mapping[str, bytes]:
        """What was changed, by file."""
        now = {**self._whole, **{name: document.data for name, document in self._documents.items()}}
        return {name: data for name, data in now.items() if data != self.files.get(name)}
