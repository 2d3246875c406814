"""Named places, exits at the rim of the map, and crossings of rivers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from game.hexgrid import HexGrid
from game.scenario.files.map import CrossingEntry, CrossingsFile, CrossingWord, ExitEntry, MapFile, PlaceEntry
from game.words import say
from game.workshop.edits.base import Edit, Sheets
from game.workshop.edits.entries import add, change, entry_of, index_of, label, new_name, side_label, typed
from game.workshop.edits.made import (
    drop_exit,
    leave_out,
    place_index,
    record,
    record_exit,
    set_in_recipe,
    tell,
)
from game.workshop.edits.renaming import rename
from game.workshop.text.document import Document

RECIPE_TABLES = {"size": "sizes", "population": "populations"}


@dataclass(frozen=True, slots=True)
class AddPlace(Edit):
    """A new named place. ``kind``: one of ``PLACE_KINDS``; population in thousands."""

    name: str
    hex: int
    kind: str
    size: int = 1
    bank: str | None = None
    population: int = 0

    def describe(self, grid: HexGrid) -> str:
        return say("place {name} in {label}", name=self.name, label=grid.label(self.hex))

    def apply(self, sheets: Sheets) -> None:
        document = sheets.document("map.yaml")
        new_name(document, ("places",), "name", self.name)
        told = {"name": self.name, "hex": label(sheets, self.hex), "kind": self.kind, "bank": self.bank}
        new = entry_of(PlaceEntry, {**told, "size": self.size, "population": self.population})
        add(document, "places", MapFile, new)
        tell(sheets, say("the place {name}", name=self.name))


@dataclass(frozen=True, slots=True)
class MovePlace(Edit):
    """Put a place into another hex."""

    name: str
    hex: int

    def describe(self, grid: HexGrid) -> str:
        return f"move {self.name} to {grid.label(self.hex)}"

    def apply(self, sheets: Sheets) -> None:
        document, here = sheets.document("map.yaml"), label(sheets, self.hex)
        number = index_of(document, ("places",), "name", self.name)
        change(document, ("places", number), PlaceEntry, "hex", here)
        if sheets.made_map:
            _resort(sheets, document, number, here)
            record(sheets, "place", name=self.name, at=here)


@dataclass(frozen=True, slots=True)
class RenamePlace(Edit):
    """Another name for a place, in every file that mentions it."""

    name: str
    to: str

    def describe(self, grid: HexGrid) -> str:
        return say("rename {name} to {to}", name=self.name, to=self.to)

    def apply(self, sheets: Sheets) -> None:
        rename(sheets, "place", self.name, self.to)
        tell(sheets, say("the name {to}", to=self.to))


@dataclass(frozen=True, slots=True)
class ChangePlace(Edit):
    """Change a key of a place (kind, size, bank, population, alt); None takes the key out."""

    name: str
    field: str
    value: Any

    def describe(self, grid: HexGrid) -> str:
        return f"{self.field} of {self.name}: {self.value}"

    def apply(self, sheets: Sheets) -> None:
        document = sheets.document("map.yaml")
        number = index_of(document, ("places",), "name", self.name)
        change(document, ("places", number), PlaceEntry, self.field, self.value)
        if self.field in RECIPE_TABLES and isinstance(self.value, int):
            set_in_recipe(sheets, RECIPE_TABLES[self.field], self.name, self.value)
        else:
            tell(sheets, f"{self.field} of {self.name}")


@dataclass(frozen=True, slots=True)
class RemovePlace(Edit):
    """Take a place off the map; what still refers to it is told by the check."""

    name: str

    def describe(self, grid: HexGrid) -> str:
        return f"remove {self.name}"

    def apply(self, sheets: Sheets) -> None:
        document = sheets.document("map.yaml")
        document.remove(("places", index_of(document, ("places",), "name", self.name)))
        leave_out(sheets, "skip_places", self.name)


@dataclass(frozen=True, slots=True)
class AddExit(Edit):
    """A hex on the rim where a road enters the map. ``beyond``: what lies behind it."""

    name: str
    hex: int
    beyond: str | None = None

    def describe(self, grid: HexGrid) -> str:
        return f"exit {self.name} in {grid.label(self.hex)}"

    def apply(self, sheets: Sheets) -> None:
        document = sheets.document("map.yaml")
        new_name(document, ("exits",), "name", self.name)
        told = {"name": self.name, "hex": label(sheets, self.hex), "from": self.beyond}
        add(document, "exits", MapFile, entry_of(ExitEntry, told))
        record_exit(sheets, None, self.name, label(sheets, self.hex), self.beyond)


@dataclass(frozen=True, slots=True)
class ChangeExit(Edit):
    """Change a key of an exit (name, hex, from); a hex is a number of the grid."""

    name: str
    field: Literal["name", "hex", "from"]
    value: Any

    def describe(self, grid: HexGrid) -> str:
        return f"{self.field} of exit {self.name}: {grid.label(self.value) if self.field == 'hex' else self.value}"

    def apply(self, sheets: Sheets) -> None:
        if self.field == "name":
            rename(sheets, "exit", self.name, str(self.value))
        else:
            document = sheets.document("map.yaml")
            number = index_of(document, ("exits",), "name", self.name)
            value = label(sheets, self.value) if self.field == "hex" else self.value
            change(document, ("exits", number), ExitEntry, self.field, value)
        now = str(self.value) if self.field == "name" else self.name
        document = sheets.document("map.yaml")
        one = document.plain("exits", index_of(document, ("exits",), "name", now))
        record_exit(sheets, self.name, now, one["hex"], one.get("from"))


@dataclass(frozen=True, slots=True)
class RemoveExit(Edit):
    """Close an exit of the map."""

    name: str

    def describe(self, grid: HexGrid) -> str:
        return say("remove exit {name}", name=self.name)

    def apply(self, sheets: Sheets) -> None:
        document = sheets.document("map.yaml")
        document.remove(("exits", index_of(document, ("exits",), "name", self.name)))
        drop_exit(sheets, self.name)


@dataclass(frozen=True, slots=True)
class AddCrossing(Edit):
    """A bridge, ferry or dam on a river side."""

    name: str
    side: int
    kind: CrossingWord
    state: Literal["open", "blown"] = "open"

    def describe(self, grid: HexGrid) -> str:
        return f"{self.kind} {self.name} on {grid.side_label(self.side)}"

    def apply(self, sheets: Sheets) -> None:
        document = sheets.document("crossings.yaml", "format: 1\n")
        new_name(document, ("crossings",), "name", self.name)
        told = {"name": self.name, "side": side_label(sheets, self.side), "kind": self.kind, "state": self.state}
        add(document, "crossings", CrossingsFile, entry_of(CrossingEntry, told))
        tell(sheets, say("the crossing {name}", name=self.name))


@dataclass(frozen=True, slots=True)
class ChangeCrossing(Edit):
    """Change a key of a crossing (name, side, kind, state); a side is a number of the grid."""

    name: str
    field: Literal["name", "side", "kind", "state"]
    value: Any

    def describe(self, grid: HexGrid) -> str:
        return f"{self.field} of {self.name}: {grid.side_label(self.value) if self.field == 'side' else self.value}"

    def apply(self, sheets: Sheets) -> None:
        if self.field == "name":
            rename(sheets, "crossing", self.name, str(self.value))
            tell(sheets, say("the name {value}", value=self.value))
            return
        document = sheets.document("crossings.yaml")
        number = index_of(document, ("crossings",), "name", self.name)
        value = side_label(sheets, self.value) if self.field == "side" else self.value
        change(document, ("crossings", number), CrossingEntry, self.field, value)
        if self.field == "side":
            record(sheets, "crossing", name=self.name, side=value)
        else:
            set_in_recipe(sheets, f"crossing_{self.field}s", self.name, value)


@dataclass(frozen=True, slots=True)
class RemoveCrossing(Edit):
    """Take a crossing off the map."""

    name: str

    def describe(self, grid: HexGrid) -> str:
        return f"remove {self.name}"

    def apply(self, sheets: Sheets) -> None:
        document = sheets.document("crossings.yaml")
        document.remove(("crossings", index_of(document, ("crossings",), "name", self.name)))
        tell(sheets, say("the crossing {name}", name=self.name))


def _resort(sheets: Sheets, document: Document, number: int, here: str) -> None:
    """Move the line of a place to where make-map would write it."""
    entry = document.plain("places", number)
    places = document.items("places")
    del places[number]
    index = place_index(sheets, places, entry["name"], here)
    if index != number:
        document.remove(("places", number))
        document.insert(("places",), index, typed(PlaceEntry, entry))
