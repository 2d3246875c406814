"""Lines along hexsides (rivers, escarpments, borders, the deconfliction line) and roads along hexes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from game.hexgrid import HexGrid
from game.workshop.edits.base import Edit, Refused, Sheets, counted

SideLine = Literal["river", "escarpment", "border", "line"]


@dataclass(frozen=True, slots=True)
class DrawRiver(Edit):
    """Lay a river along hexsides: the one of that name grows, a new name begins a new river."""

    name: str
    kind: Literal["major", "minor"]
    sides: tuple[int, ...]

    def describe(self, grid: HexGrid) -> str:
        return f"draw {counted(len(self.sides), 'side')} of the river {self.name}"

    def apply(self, sheets: Sheets) -> None:
        raise Refused("this edit is not built yet")


@dataclass(frozen=True, slots=True)
class DrawBorder(Edit):
    """Lay a border along hexsides."""

    name: str
    kind: Literal["international", "province"]
    sides: tuple[int, ...]

    def describe(self, grid: HexGrid) -> str:
        return f"draw {counted(len(self.sides), 'side')} of the border {self.name}"

    def apply(self, sheets: Sheets) -> None:
        raise Refused("this edit is not built yet")


@dataclass(frozen=True, slots=True)
class DrawWall(Edit):
    """Lay an escarpment along hexsides."""

    name: str
    sides: tuple[int, ...]

    def describe(self, grid: HexGrid) -> str:
        return f"draw {counted(len(self.sides), 'side')} of the escarpment {self.name}"

    def apply(self, sheets: Sheets) -> None:
        raise Refused("this edit is not built yet")


@dataclass(frozen=True, slots=True)
class DrawLine(Edit):
    """Lay the deconfliction line along hexsides. A first line needs a hex on the side of each bloc: ``zones``."""

    sides: tuple[int, ...]
    zones: tuple[tuple[str, int], ...] = ()

    def describe(self, grid: HexGrid) -> str:
        return f"draw {counted(len(self.sides), 'side')} of the deconfliction line"

    def apply(self, sheets: Sheets) -> None:
        raise Refused("this edit is not built yet")


@dataclass(frozen=True, slots=True)
class EraseSides(Edit):
    """Take hexsides out of all lines of one kind, or of one name; a line left without sides goes."""

    what: SideLine
    sides: tuple[int, ...]
    name: str | None = None

    def describe(self, grid: HexGrid) -> str:
        return f"erase {counted(len(self.sides), 'side')} of {self.name or self.what}"

    def apply(self, sheets: Sheets) -> None:
        raise Refused("this edit is not built yet")


@dataclass(frozen=True, slots=True)
class DrawRoad(Edit):
    """Lay a road along hexes, each touching the next; it joins on where a road of that name and kind ends."""

    name: str
    kind: Literal["highway", "road", "track"]
    path: tuple[int, ...]

    def describe(self, grid: HexGrid) -> str:
        return f"draw {self.kind} {self.name} from {grid.label(self.path[0])} to {grid.label(self.path[-1])}"

    def apply(self, sheets: Sheets) -> None:
        raise Refused("this edit is not built yet")


@dataclass(frozen=True, slots=True)
class EraseRoad(Edit):
    """Take the stretches between hexes that follow each other out of all roads, or of those of one name."""

    path: tuple[int, ...]
    name: str | None = None

    def describe(self, grid: HexGrid) -> str:
        return f"erase {self.name or 'road'} from {grid.label(self.path[0])} to {grid.label(self.path[-1])}"

    def apply(self, sheets: Sheets) -> None:
        raise Refused("this edit is not built yet")


@dataclass(frozen=True, slots=True)
class ChangeLine(Edit):
    """Change name or kind of a river, road, border or escarpment; what refers to the name follows."""

    what: Literal["river", "escarpment", "border", "road"]
    name: str
    field: Literal["name", "kind"]
    value: str

    def describe(self, grid: HexGrid) -> str:
        return f"{self.field} of {self.what} {self.name}: {self.value}"

    def apply(self, sheets: Sheets) -> None:
        raise Refused("this edit is not built yet")
