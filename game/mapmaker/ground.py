"""What the land is made of: shares of banks and of kinds of ground, terrain of each hex, scarps on sides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from .banks import chains, left_bank
from .lattice import Lattice, Metres
from .polyline import Polyline
from .raster import Cells, Mask, shares
from .sources import SCARP, Geography, Point, SourceArea, SourceLine

ENOUGH = {
    "desert": 0.0,
    "valley": 0.3,
    "wadi": 0.08,
    "salt": 0.4,
    "hills": 0.35,
    "rough": 0.3,
    "mountains": 0.4,
    "urban": 0.25,
}
"""Share of a hex that makes it so. Strips narrower than a hex (valleys, wadis) count from a small share."""

HALF = 0.5
"""The share for every other kind, a scenario's own among them."""

_TOWN_HEX = 0.3  # a built-up area of at least this share of a hex marks the hex that holds most of it
_SCARP_REACH = 0.6  # hexes between a scarp as drawn and the valley's edge it belongs to


@dataclass(frozen=True)
class SurveyedGround:
    """The land as cells; laid once, read for any position of the hexes."""

    cells: Cells
    base: Lattice
    left: Mask
    kinds: dict[str, Mask]
    built_up: tuple[tuple[str, Mask], ...]
    scarps: tuple[tuple[str, Polyline, bool], ...] = field(default=())

    def hexes(self, origin: Point) -> NDArray[np.int64]:
        """The hex under each cell when the centre of hex 0101 lies at ``origin``."""
        return self.cells.hexes(self.base, self.base.metres(origin))

    def share(self, mask: Mask, hexes: NDArray[np.int64]) -> NDArray[np.float64]:
        """Share of each hex that a mask covers."""
        return shares(mask, hexes, self.base.grid.size)

    def at(self, mask: Mask, place: Metres) -> bool:
        """Whether a mask covers a point given in the metres of the base lattice."""
        column = int((place[0] - self.cells.left) // self.cells.width)
        row = int((place[1] - self.cells.bottom) // self.cells.width)
        return 0 <= column < self.cells.across and 0 <= row < self.cells.up and bool(mask[row, column])


def survey(geography: Geography, base: Lattice, major: SourceLine | None, terrain: Iterable[str]) -> SurveyedGround:
    """Lay all areas of the geography on cells around a lattice, by kinds of ground in the order of the rules."""
    cells = Cells.around(base)
    span = max(base.columns, base.rows) * base.hex_metres
    left = left_bank(cells, Polyline.of(base, major), span) if major else np.zeros((cells.up, cells.across), np.bool_)
    kinds = {kind: np.zeros((cells.up, cells.across), np.bool_) for kind in terrain}
    built_up, scarps = [], []
    for area in geography.areas:
        mask = cells.fill([[base.metres(point) for point in ring] for ring in area.rings])
        if area.kind == SCARP:
            scarps.append((area.name, _outline(base, area), bool((mask & left).sum() * 2 > mask.sum())))
        else:
            kinds[area.kind] |= mask
            if area.kind == "urban":
                built_up.append((area.name, mask))
    return SurveyedGround(cells, base, left, kinds, tuple(built_up), tuple(scarps))


def _outline(base: Lattice, area: SourceArea) -> Polyline:
    return Polyline(tuple(base.metres(point) for point in area.rings[0]))


def terrain_of_hexes(ground: SurveyedGround, hexes: NDArray[np.int64]) -> list[str]:
    """Terrain of each hex: the last kind of the rules that covers enough of it; the first where none does."""
    size = ground.base.grid.size
    terrain = [next(iter(ground.kinds))] * size
    for kind, mask in ground.kinds.items():
        share = ground.share(mask, hexes)
        for h in np.nonzero(share >= max(ENOUGH.get(kind, HALF), 1e-9))[0].tolist():
            terrain[h] = kind
    whole_hex = (hexes >= 0).sum() / size
    for _, mask in ground.built_up:
        inside = hexes[mask.ravel()]
        counts = np.bincount(inside[inside >= 0], minlength=size)
        if counts.sum() >= _TOWN_HEX * whole_hex:
            terrain[int(counts.argmax())] = "urban"
    return terrain


def scarp_sides(
    ground: SurveyedGround, lattice: Lattice, terrain: list[str], left: list[bool]
) -> list[tuple[str, list[list[int]]]]:
    """Scarps drawn as areas, each as chains of sides between valley and plateau of its own bank."""
    shift = ground.base.metres(lattice.origin)
    taken: set[int] = set()
    out = []
    for name, outline, on_left in ground.scarps:
        sides = []
        for side in lattice.inner_sides:
            a, b = lattice.grid.ends[side]
            if side in taken or left[a] != left[b] or left[a] != on_left or _low(terrain[a]) == _low(terrain[b]):
                continue
            x, y = lattice.side_middle(side)
            if outline.distance((x + shift[0], y + shift[1])) <= _SCARP_REACH * lattice.hex_metres:
                sides.append(side)
        taken.update(sides)
        out.append((name, chains(lattice, sides)))
    return out


def _low(terrain: str) -> bool:
    return terrain in ("valley", "urban", "lake")
