"""Terrain: the drawing ``map.txt``, painted hex by hex."""

from __future__ import annotations

from dataclasses import dataclass

from game.hexgrid import HexGrid
from game.workshop.edits.base import Edit, Refused, Sheets, hexes_in_words


@dataclass(frozen=True, slots=True)
class PaintTerrain(Edit):
    """Give hexes another kind of ground, by its name in ``rules/terrain.yaml``."""

    hexes: tuple[int, ...]
    terrain: str

    def describe(self, grid: HexGrid) -> str:
        return f"paint {hexes_in_words(grid, self.hexes)} with {self.terrain}"

    def apply(self, sheets: Sheets) -> None:
        raise Refused("this edit is not built yet")

    def merged(self, later: Edit) -> Edit | None:
        if not isinstance(later, PaintTerrain) or later.terrain != self.terrain:
            return None
        return PaintTerrain(tuple(dict.fromkeys(self.hexes + later.hexes)), self.terrain)
