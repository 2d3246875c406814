"""A great river divides the land: hexes are dealt to its banks, and the river is the border between them.

This makes the two promises that matter by construction: the river is one path of hexsides without spurs or
loops, and no side of it has the same bank on both hands. A hex goes to the bank that holds most of its
ground, unless a town in it says otherwise. "Left" and "right" are as seen by the water.
"""

from __future__ import annotations

import math

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from .lattice import Corner, Lattice, Metres
from .polyline import Polyline
from .raster import Cells, Mask

_FAR = 30.0  # radius of the closing circle, in map widths


def left_bank(cells: Cells, river: Polyline, span: float) -> Mask:
    """Cells on the left of a line; beyond its ends the line goes on straight away from the map's middle."""
    middle = (cells.left + cells.across * cells.width / 2, cells.bottom + cells.up * cells.width / 2)
    radius = _FAR * span
    begin, end = _bearing(middle, river.points[0]), _bearing(middle, river.points[-1])
    turn = (begin - end) % (2 * math.pi)
    steps = max(2, math.ceil(turn / 0.1))
    circle = [
        (middle[0] + radius * math.cos(end + turn * i / steps), middle[1] + radius * math.sin(end + turn * i / steps))
        for i in range(steps + 1)
    ]
    return cells.fill([[*river.points, *circle]])


def _bearing(origin: Metres, at: Metres) -> float:
    return math.atan2(at[1] - origin[1], at[0] - origin[0])


def deal_banks(lattice: Lattice, left_share: NDArray[np.float64], towns: dict[int, bool]) -> list[bool]:
    """For each hex, whether it lies on the left bank. ``towns`` fixes hexes that must lie on a given bank."""
    left = [towns.get(h, bool(left_share[h] > 0.5)) for h in range(lattice.grid.size)]
    _join_scraps(lattice, left)
    _straighten(lattice, left, left_share, towns)
    _join_scraps(lattice, left)
    return left


def _straighten(lattice: Lattice, left: list[bool], share: NDArray[np.float64], towns: dict[int, bool]) -> None:
    # A hex that pokes into the other bank (four or more sides on it) gives way when its ground is evenly split.
    for h in range(lattice.grid.size):
        near = lattice.grid.near[h]
        other = sum(left[n] != left[h] for n in near)
        if h not in towns and len(near) == 6 and other >= 4 and 0.3 < share[h] < 0.7:
            left[h] = not left[h]


def _join_scraps(lattice: Lattice, left: list[bool]) -> None:
    # Each bank is one piece of land: smaller pieces go to the bank around them.
    for bank in (True, False):
        own = lattice.neighbours.subgraph(h for h in range(lattice.grid.size) if left[h] == bank)
        pieces = sorted(nx.connected_components(own), key=lambda piece: (-len(piece), min(piece)))
        for piece in pieces[1:]:
            for h in piece:
                left[h] = not bank


def border_sides(lattice: Lattice, left: list[bool], river: Polyline, reach: float) -> list[int]:
    """Sides between the banks within ``reach`` metres of the drawn river (beyond its source there is no river)."""
    return [
        side
        for side in lattice.inner_sides
        if left[lattice.grid.ends[side][0]] != left[lattice.grid.ends[side][1]]
        and river.distance(lattice.side_middle(side)) <= reach
    ]


def chains(lattice: Lattice, sides: list[int]) -> list[list[int]]:
    """Sides strung together end to end; each chain begins at its westernmost loose end."""
    near: dict[Corner, list[tuple[Corner, int]]] = {}
    for side in sides:
        a, b = lattice.side_ends(side)
        near.setdefault(a, []).append((b, side))
        near.setdefault(b, []).append((a, side))
    used: set[int] = set()
    out = []
    loose = [corner for corner in sorted(near) if len(near[corner]) != 2]
    for start in [*loose, *sorted(near)]:
        for _, first in near[start]:
            if first not in used:
                out.append(_follow(near, start, used))
    return out


def _follow(near: dict[Corner, list[tuple[Corner, int]]], start: Corner, used: set[int]) -> list[int]:
    chain: list[int] = []
    here = start
    while True:
        onward = [(corner, side) for corner, side in near[here] if side not in used]
        if not onward or (chain and len(near[here]) != 2):
            return chain
        here, side = onward[0]
        used.add(side)
        chain.append(side)
