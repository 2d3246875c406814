"""Fields of ``scenario.yaml``, the picture beneath the map, and whole files as text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from game.hexgrid import HexGrid
from game.scenario.files import FILES, MAP_TEXT, NOT_READ
from game.scenario.files.scenario import FactionEntry, ScenarioFile
from game.schema.shapes import Table, keys_of
from game.words import say
from game.workshop.edits.base import Edit, EditRefused, Sheets
from game.workshop.edits.entries import change, entry_of, index_of, order, spelled
from game.workshop.text.document import Document
from game.workshop.text.letters import Cut, Letters
from game.workshop.underlay import EDITOR_FILE, Underlay


@dataclass(frozen=True, slots=True)
class ScenarioField(Edit):
    """Set a key of ``scenario.yaml``: ("title",), ("first_day",), ("aims", "saa"); None takes an optional one out."""

    path: tuple[str, ...]
    value: Any

    def describe(self, grid: HexGrid) -> str:
        return f"change {' of '.join(reversed(self.path))}"

    def apply(self, sheets: Sheets) -> None:
        document = sheets.document("scenario.yaml")
        keys = keys_of(ScenarioFile)
        if not self.path or self.path[0] not in keys:
            raise EditRefused(say("scenario.yaml has no key {names}", names=".".join(self.path)))
        key = keys[self.path[0]]
        if len(self.path) == 1:
            change(document, (), ScenarioFile, key.name, self.value)
        elif self.value is None:
            document.drop(self.path)
            if document.plain(key.name) == {}:
                document.drop((key.name,))
        elif isinstance(key.shape, Table) and len(self.path) == 2:
            value = spelled(key.shape.value, self.value)
            if document.mark(key.name) is None:
                document.set((key.name,), {self.path[1]: value}, order(ScenarioFile))
            else:
                document.set(self.path, value)
        else:
            _set_deep(document, self.path, self.value)

    def merged(self, later: Edit) -> Edit | None:
        return later if isinstance(later, ScenarioField) and later.path == self.path else None


@dataclass(frozen=True, slots=True)
class ChangeFaction(Edit):
    """Set a key of a faction in ``scenario.yaml``, such as its look; None takes an optional one out."""

    faction: str
    field: str
    value: Any

    def describe(self, grid: HexGrid) -> str:
        return say("change {field} of {faction}", field=self.field, faction=self.faction)

    def apply(self, sheets: Sheets) -> None:
        document = sheets.document("scenario.yaml")
        number = index_of(document, ("factions",), "id", self.faction)
        change(document, ("factions", number), FactionEntry, self.field, self.value)

    def merged(self, later: Edit) -> Edit | None:
        same = isinstance(later, ChangeFaction) and (later.faction, later.field) == (self.faction, self.field)
        return later if same else None


@dataclass(frozen=True, slots=True)
class SetUnderlay(Edit):
    """Lay a picture beneath the map while editing, move it or change its opacity; None takes it away."""

    underlay: Underlay | None

    def describe(self, grid: HexGrid) -> str:
        return (
            say("picture {picture} beneath the map", picture=self.underlay.picture)
            if self.underlay
            else "no picture beneath the map"
        )

    def apply(self, sheets: Sheets) -> None:
        if self.underlay is None:
            if sheets.data(EDITOR_FILE) is not None:
                sheets.document(EDITOR_FILE).drop(("underlay",))
            return
        keys = keys_of(Underlay)
        told = entry_of(Underlay, {name: getattr(self.underlay, name) for name in keys})
        told.setdefault("opacity", self.underlay.opacity)
        sheets.document(EDITOR_FILE, _HEADING).set(("underlay",), told)

    def merged(self, later: Edit) -> Edit | None:
        both = isinstance(later, SetUnderlay) and later.underlay is not None and self.underlay is not None
        return later if both else None


@dataclass(frozen=True, slots=True)
class EditText(Edit):
    """The whole text of a file, as typed in the text pane; also brings a missing file into being."""

    file: str
    text: str

    def describe(self, grid: HexGrid) -> str:
        return f"edit {self.file}"

    def apply(self, sheets: Sheets) -> None:
        data = sheets.data(self.file)
        if self.file not in _NAMES and not _FORCES.fullmatch(self.file):
            raise EditRefused(say("{file} is no file of a scenario: see docs/scenario-format.md", file=self.file))
        text = self.text.replace("\r\n", "\n").replace("\r", "\n")
        if data is None:
            sheets.put(self.file, text.encode("utf-8"))
            return
        try:
            letters = Letters(data)
        except UnicodeDecodeError:
            sheets.put(self.file, text.encode("utf-8"))
            return
        sheets.put(self.file, letters.after(line_cuts(letters.text, text)))

    def merged(self, later: Edit) -> Edit | None:
        return later if isinstance(later, EditText) and later.file == self.file else None


_HEADING = "# What the editor keeps for itself; the game and the check read past it.\nformat: 1\n"
_NAMES = (*(file.name for file in FILES), MAP_TEXT, *NOT_READ)
_FORCES = re.compile(r"forces/[A-Za-z][A-Za-z0-9_.-]{0,47}\.yaml")


def line_cuts(old: str, new: str) -> list[Cut]:
    """The lines that differ between two texts, so that others keep the line ends they have."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    first = 0
    while first < min(len(before), len(after)) and before[first] == after[first]:
        first += 1
    last = 0
    while last < min(len(before), len(after)) - first and before[-1 - last] == after[-1 - last]:
        last += 1
    start, end = sum(map(len, before[:first])), sum(map(len, before[: len(before) - last]))
    return [Cut(start, end, "".join(after[first : len(after) - last]))]


def _set_deep(document: Document, path: tuple[str, ...], value: Any) -> None:
    """Set a rule number, with the mappings above it that are not there yet."""
    for depth in range(1, len(path)):
        if document.mark(*path[:depth]) is None:
            below: Any = value
            for key in reversed(path[depth:]):
                below = {key: below}
            document.set(path[:depth], below, order(ScenarioFile) if depth == 1 else ())
            return
    document.set(path, value)
