"""Prizes: what the war is about, in ``victory.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from game.hexgrid import HexGrid
from game.scenario.victory import PrizeSpec, VictoryFile
from game.words import say
from game.workshop.edits.base import Edit, EditRefused, Sheets
from game.workshop.edits.entries import add, change, entry_of, index_of, label, new_name
from game.workshop.edits.renaming import rename
from game.workshop.edits.units import place_in


@dataclass(frozen=True, slots=True)
class PlacePrize(Edit):
    """A new prize at the place that names a hex, or at the hex itself. ``points`` by faction id."""

    id: str
    name: str
    kind: Literal["city", "town", "field", "airbase", "crossing"]
    hex: int
    points: tuple[tuple[str, int], ...]

    def describe(self, grid: HexGrid) -> str:
        return say("prize {name} in {label}", name=self.name, label=grid.label(self.hex))

    def apply(self, sheets: Sheets) -> None:
        document = sheets.document("victory.yaml", "format: 1\nprizes: []\nbands: {}\n")
        new_name(document, ("prizes",), "id", self.id)
        told = {"id": self.id, "name": self.name, "kind": self.kind, "points": dict(self.points)}
        add(document, "prizes", VictoryFile, entry_of(PrizeSpec, {**told, **_lies(sheets, self.hex)}))


@dataclass(frozen=True, slots=True)
class ChangePrize(Edit):
    """Change a key of a prize (name, kind, points, first, hex); points are a mapping of faction to points."""

    id: str
    field: str
    value: Any

    def describe(self, grid: HexGrid) -> str:
        return say(
            "{field} of prize {name}: {what}",
            field=self.field,
            name=self.id,
            what=grid.label(self.value) if self.field == "hex" else self.value,
        )

    def apply(self, sheets: Sheets) -> None:
        if self.field == "id":
            rename(sheets, "prize", self.id, str(self.value))
            return
        document = sheets.document("victory.yaml")
        path = ("prizes", index_of(document, ("prizes",), "id", self.id))
        if self.field != "hex":
            change(document, path, PrizeSpec, self.field, self.value)
            return
        if document.mark(*path, "path") is not None:
            raise EditRefused("a road is moved by its path: change it in the text of victory.yaml")
        ((key, value),) = _lies(sheets, self.value).items()
        old = "place" if document.mark(*path, "place") is not None else "hex"
        if old == key:
            document.replace((*path, key), value)
        else:
            document.rekey((*path, old), key, value)


@dataclass(frozen=True, slots=True)
class RemovePrize(Edit):
    """Take a prize away."""

    id: str

    def describe(self, grid: HexGrid) -> str:
        return say("remove prize {name}", name=self.id)

    def apply(self, sheets: Sheets) -> None:
        document = sheets.document("victory.yaml")
        document.remove(("prizes", index_of(document, ("prizes",), "id", self.id)))


def _lies(sheets: Sheets, here: int) -> dict[str, str]:
    place = place_in(sheets, here)
    return {"hex": label(sheets, here)} if place is None else {"place": place}
