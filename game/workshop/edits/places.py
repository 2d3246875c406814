"""Named places, exits at the rim of the map, and crossings of rivers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from game.hexgrid import HexGrid
from game.workshop.edits.base import Edit, Refused, Sheets


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
        return f"place {self.name} in {grid.label(self.hex)}"

    def apply(self, sheets: Sheets) -> None:
        raise Refused("this edit is not built yet")


@dataclass(frozen=True, slots=True)
class MovePlace(Edit):
    """Put a place into another hex."""

    name: str
    hex: int

    def describe(self, grid: HexGrid) -> str:
        return f"move {self.name} to {grid.label(self.hex)}"

    def apply(self, sheets: Sheets) -> None:
        raise Refused("this edit is not built yet")


@dataclass(frozen=True, slots=True)
class RenamePlace(Edit):
    """Another name for a place, in every file that mentions it."""

    name: str
    to: str

    def describe(self, grid: HexGrid) -> str:
        return f"rename {self.name} to {self.to}"

    def apply(self, sheets: Sheets) -> None:
        raise Refused("this edit is not built yet")


@dataclass(frozen=True, slots=True)
class ChangePlace(Edit):
    """Change a key of a place (kind, size, bank, population, alt); None takes the key out."""

    name: str
    field: str
    value: Any

    def describe(self, grid: HexGrid) -> str:
        return f"{self.field} of {self.name}: {self.value}"

    def apply(self, sheets: Sheets) -> None:
        raise Refused("this edit is not built yet")


@dataclass(frozen=True, slots=True)
class RemovePlace(Edit):
    """Take a place off the map; what still refers to it is told by the check."""

    name: str

    def describe(self, grid: HexGrid) -> str:
        return f"remove {self.name}"

    def apply(self, sheets: Sheets) -> None:
        raise Refused("this edit is not built yet")


@dataclass(frozen=True, slots=True)
class AddExit(Edit):
    """A hex on the rim where a road enters the map. ``beyond``: what lies behind it."""

    name: str
    hex: int
    beyond: str | None = None

    def describe(self, grid: HexGrid) -> str:
        return f"exit {self.name} in {grid.label(self.hex)}"

    def apply(self, sheets: Sheets) -> None:
        raise Refused("this edit is not built yet")


@dataclass(frozen=True, slots=True)
class ChangeExit(Edit):
    """Change a key of an exit (name, hex, from); a hex is a number of the grid."""

    name: str
    field: Literal["name", "hex", "from"]
    value: Any

    def describe(self, grid: HexGrid) -> str:
        return f"{self.field} of exit {self.name}: {grid.label(self.value) if self.field == 'hex' else self.value}"

    def apply(self, sheets: Sheets) -> None:
        raise Refused("this edit is not built yet")


@dataclass(frozen=True, slots=True)
class RemoveExit(Edit):
    """Close an exit of the map."""

    name: str

    def describe(self, grid: HexGrid) -> str:
        return f"remove exit {self.name}"

    def apply(self, sheets: Sheets) -> None:
        raise Refused("this edit is not built yet")


@dataclass(frozen=True, slots=True)
class AddCrossing(Edit):
    """A bridge, ferry or dam on a river side."""

    name: str
    side: int
    kind: Literal["bridge", "ferry", "dam"]
    state: Literal["open", "blown"] = "open"

    def describe(self, grid: HexGrid) -> str:
        return f"{self.kind} {self.name} on {grid.side_label(self.side)}"

    def apply(self, sheets: Sheets) -> None:
        raise Refused("this edit is not built yet")


@dataclass(frozen=True, slots=True)
class ChangeCrossing(Edit):
    """Change a key of a crossing (name, side, kind, state); a side is a number of the grid."""

    name: str
    field: Literal["name", "side", "kind", "state"]
    value: Any

    def describe(self, grid: HexGrid) -> str:
        return f"{self.field} of {self.name}: {grid.side_label(self.value) if self.field == 'side' else self.value}"

    def apply(self, sheets: Sheets) -> None:
        raise Refused("this edit is not built yet")


@dataclass(frozen=True, slots=True)
class RemoveCrossing(Edit):
    """Take a crossing off the map."""

    name: str

    def describe(self, grid: HexGrid) -> str:
        return f"remove {self.name}"

    def apply(self, sheets: Sheets) -> None:
        raise Refused("this edit is not built yet")
