"""Areas of ``relations.yaml`` painted hex by hex: who holds the ground at the start, home sectors, airspace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from game.hexgrid import HexGrid
from game.workshop.edits.base import Edit, Refused, Sheets, hexes_in_words

ZoneKind = Literal["sectors", "airspace"]


@dataclass(frozen=True, slots=True)
class PaintControl(Edit):
    """Ground that a faction holds at the start. Units keep the hexes they stand in."""

    faction: str
    hexes: tuple[int, ...]

    def describe(self, grid: HexGrid) -> str:
        return f"{hexes_in_words(grid, self.hexes)} held by {self.faction}"

    def apply(self, sheets: Sheets) -> None:
        raise Refused("this edit is not built yet")

    def merged(self, later: Edit) -> Edit | None:
        if not isinstance(later, PaintControl) or later.faction != self.faction:
            return None
        return PaintControl(self.faction, tuple(dict.fromkeys(self.hexes + later.hexes)))


@dataclass(frozen=True, slots=True)
class PaintZone(Edit):
    """Add hexes to a home sector or air zone, or take them out of it."""

    what: ZoneKind
    id: str
    hexes: tuple[int, ...]
    inside: bool = True

    def describe(self, grid: HexGrid) -> str:
        return f"{hexes_in_words(grid, self.hexes)} {'into' if self.inside else 'out of'} {self.id}"

    def apply(self, sheets: Sheets) -> None:
        raise Refused("this edit is not built yet")

    def merged(self, later: Edit) -> Edit | None:
        if not isinstance(later, PaintZone):
            return None
        if (later.what, later.id, later.inside) != (self.what, self.id, self.inside):
            return None
        return PaintZone(self.what, self.id, tuple(dict.fromkeys(self.hexes + later.hexes)), self.inside)


@dataclass(frozen=True, slots=True)
class AddZone(Edit):
    """A new home sector or air zone, beginning with these hexes."""

    what: ZoneKind
    id: str
    name: str
    hexes: tuple[int, ...]

    def describe(self, grid: HexGrid) -> str:
        return f"new {'sector' if self.what == 'sectors' else 'air zone'} {self.name}"

    def apply(self, sheets: Sheets) -> None:
        raise Refused("this edit is not built yet")


@dataclass(frozen=True, slots=True)
class ChangeZone(Edit):
    """Change a key of a sector or air zone (name, may_fly, must_notify, no_fly, from, to); None takes it out."""

    what: ZoneKind
    id: str
    field: str
    value: Any

    def describe(self, grid: HexGrid) -> str:
        return f"{self.field} of {self.id}: {self.value}"

    def apply(self, sheets: Sheets) -> None:
        raise Refused("this edit is not built yet")


@dataclass(frozen=True, slots=True)
class RemoveZone(Edit):
    """Take a sector or air zone away."""

    what: ZoneKind
    id: str

    def describe(self, grid: HexGrid) -> str:
        return f"remove {self.id}"

    def apply(self, sheets: Sheets) -> None:
        raise Refused("this edit is not built yet")
