"""Units and supply sources: ``forces/<faction>.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from game.hexgrid import HexGrid
from game.workshop.edits.base import Edit, Refused, Sheets


@dataclass(frozen=True, slots=True)
class PlaceUnit(Edit):
    """A new unit on the map. ``type`` is one of ``rules/units.yaml``."""

    faction: str
    id: str
    name: str
    type: str
    size: str
    steps: int
    quality: str
    hex: int
    formation: str = ""

    def describe(self, grid: HexGrid) -> str:
        return f"place {self.name} in {grid.label(self.hex)}"

    def apply(self, sheets: Sheets) -> None:
        raise Refused("this edit is not built yet")


@dataclass(frozen=True, slots=True)
class MoveUnit(Edit):
    """Start a unit in another hex; one that arrives later stands on the map from the start then."""

    unit: str
    hex: int

    def describe(self, grid: HexGrid) -> str:
        return f"move {self.unit} to {grid.label(self.hex)}"

    def apply(self, sheets: Sheets) -> None:
        raise Refused("this edit is not built yet")

    def merged(self, later: Edit) -> Edit | None:
        return later if isinstance(later, MoveUnit) and later.unit == self.unit else None


@dataclass(frozen=True, slots=True)
class CopyUnit(Edit):
    """A second unit with everything of the first but its id, in the same hex or another."""

    unit: str
    id: str
    name: str | None = None
    hex: int | None = None

    def describe(self, grid: HexGrid) -> str:
        return f"copy {self.unit} as {self.id}"

    def apply(self, sheets: Sheets) -> None:
        raise Refused("this edit is not built yet")


@dataclass(frozen=True, slots=True)
class ChangeUnit(Edit):
    """Change a key of a unit, by its name in the format reference; None takes the key out. A new id is followed."""

    unit: str
    field: str
    value: Any

    def describe(self, grid: HexGrid) -> str:
        return f"{self.field} of {self.unit}: {'default' if self.value is None else self.value}"

    def apply(self, sheets: Sheets) -> None:
        raise Refused("this edit is not built yet")

    def merged(self, later: Edit) -> Edit | None:
        same = isinstance(later, ChangeUnit) and (later.unit, later.field) == (self.unit, self.field)
        return later if same and self.field != "id" else None


@dataclass(frozen=True, slots=True)
class RemoveUnit(Edit):
    """Take a unit out of the order of battle."""

    unit: str

    def describe(self, grid: HexGrid) -> str:
        return f"remove {self.unit}"

    def apply(self, sheets: Sheets) -> None:
        raise Refused("this edit is not built yet")


@dataclass(frozen=True, slots=True)
class PlaceSource(Edit):
    """A supply source of a faction, in a hex; ``kind``: source, edge or depot."""

    faction: str
    name: str
    hex: int
    capacity: int
    kind: str = "source"

    def describe(self, grid: HexGrid) -> str:
        return f"source {self.name} in {grid.label(self.hex)}"

    def apply(self, sheets: Sheets) -> None:
        raise Refused("this edit is not built yet")


@dataclass(frozen=True, slots=True)
class MoveSource(Edit):
    """Put a supply source into another hex."""

    faction: str
    name: str
    hex: int

    def describe(self, grid: HexGrid) -> str:
        return f"move source {self.name} to {grid.label(self.hex)}"

    def apply(self, sheets: Sheets) -> None:
        raise Refused("this edit is not built yet")


@dataclass(frozen=True, slots=True)
class ChangeSource(Edit):
    """Change a key of a supply source (name, capacity, kind, from, to); None takes the key out."""

    faction: str
    name: str
    field: str
    value: Any

    def describe(self, grid: HexGrid) -> str:
        return f"{self.field} of source {self.name}: {self.value}"

    def apply(self, sheets: Sheets) -> None:
        raise Refused("this edit is not built yet")


@dataclass(frozen=True, slots=True)
class RemoveSource(Edit):
    """Take a supply source away."""

    faction: str
    name: str

    def describe(self, grid: HexGrid) -> str:
        return f"remove source {self.name}"

    def apply(self, sheets: Sheets) -> None:
        raise Refused("this edit is not built yet")
