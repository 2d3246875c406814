"""Dry beds: thin winding lines through the wadis of a map, from hex to hex, running together towards lower numbers."""

from __future__ import annotations

from game.hexgrid import grid
from game.ui.camera import hex_centre
from game.ui.kit.theme import Theme
from game.ui.mapview.curves import join, meandered, rounded
from game.ui.mapview.picture import MapPicture
from game.ui.mapview.plate import Plate, Stroke, strokes

GROUND = "wadi"
SHOWN_FROM = 20.0  # pixels a hex
BANK, BED = 0.075, 0.040
"""Width of a bed with its banks and without, in hexes."""


class Beds:
    """The beds of one map."""

    def __init__(self, picture: MapPicture, theme: Theme) -> None:
        self._colours = theme.map
        self._strokes: list[Stroke] = []
        for chain in join(_legs(picture)):
            if len(chain) > 1:
                points = [hex_centre(picture.columns, h) for h in chain]
                self._strokes.extend(strokes(meandered(rounded(points), 0.11, 1.1)))

    def draw(self, plate: Plate) -> None:
        """Banks into the shade, a light bed between them."""
        if plate.zoom < SHOWN_FROM or not self._strokes:
            return
        c = self._colours
        plate.ribbons(self._strokes, BANK, c.dune.mixed(c.name_halo, 45))
        plate.ribbons(self._strokes, BED, c.sandbar)


def _legs(picture: MapPicture) -> list[tuple[int, int]]:
    """Pairs of neighbouring wadi hexes that join each group of them without a loop."""
    near = grid(picture.columns, picture.rows).near
    left = {h for h, kind in enumerate(picture.terrain) if kind == GROUND}
    legs: list[tuple[int, int]] = []
    while left:
        front = [min(left)]
        left.discard(front[0])
        for here in front:
            for there in near[here]:
                if there in left:
                    left.discard(there)
                    legs.append((here, there))
                    front.append(there)
    return legs
