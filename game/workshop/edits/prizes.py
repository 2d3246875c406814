"""Prizes: what the war is about, in ``victory.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from game.hexgrid import HexGrid
from game.workshop.edits.base import Edit, Refused, Sheets


@dataclass(frozen=True, slots=True)
class PlacePrize(Edit):
    """A new prize at the place that names a hex, or at the hex itself. ``points`` by faction id."""

    id: str
    name: str
    kind: Literal["city", "town", "field", "airbase", "crossing"]
    hex: int
    points: tuple[tuple[str, int], ...]

    def describe(self, grid: HexGrid) -> str:
        return f"prize {self.name} in {grid.label(self.hex)}"

    def apply(self, sheets: Sheets) -> None:
        raise Refused("this edit is not built yet")


@dataclass(frozen=True, slots=True)
class ChangePrize(Edit):
    """Change a key of a prize (name, kind, points, first, hex); points are a mapping of faction to points."""

    id: str
    field: str
    value: Any

    def describe(self, grid: HexGrid) -> str:
        return f"{self.field} of prize {self.id}: {grid.label(self.value) if self.field == 'hex' else self.value}"

    def apply(self, sheets: Sheets) -> None:
        raise Refused("this edit is not built yet")


@dataclass(frozen=True, slots=True)
class RemovePrize(Edit):
    """Take a prize away."""

    id: str

    def describe(self, grid: HexGrid) -> str:
        return f"remove prize {self.id}"

    def apply(self, sheets: Sheets) -> None:
        raise Refused("this edit is not built yet")
