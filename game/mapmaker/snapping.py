"""Lines onto hexsides: the chain of sides that keeps closest to a drawn line all along it.

The search walks the line and the corners of the hexes together: at each step either the place on the line
advances, at a price that grows with the square of the distance between the two, or the corner moves along
one hexside, at a fixed price. Bends are followed where that is worth the extra sides, and not otherwise.
"""

from __future__ import annotations

import heapq
from itertools import pairwise

from .lattice import Corner, Lattice, Metres
from .polyline import Polyline

_SIDE_PRICE = 0.35
_REACH = 1.15  # hexes: a corner farther than this from the line is never used
_SAMPLES_PER_HEX = 8


def snap(lattice: Lattice, line: Polyline, start: Corner, end: Corner) -> list[int]:
    """Hexsides from one corner to another along a drawn line; no side and no corner is used twice."""
    points = line.sampled(lattice.hex_metres / _SAMPLES_PER_HEX).points
    last = len(points) - 1
    best: dict[tuple[int, Corner], float] = {(0, start): 0.0}
    came: dict[tuple[int, Corner], tuple[int, Corner]] = {}
    queue: list[tuple[float, int, Corner]] = [(0.0, 0, start)]
    while queue:
        cost, i, corner = heapq.heappop(queue)
        if i == last and corner == end:
            break
        if cost > best[i, corner]:
            continue
        onward = [(cost + _SIDE_PRICE, i, other) for other, _ in lattice.corners[corner]]
        if i < last:
            onward.append((cost + _misfit(lattice, corner, points[i + 1]), i + 1, corner))
        for price, j, other in onward:
            free = other in (start, end) or _misfit(lattice, other, points[j]) <= _REACH**2
            if free and price < best.get((j, other), float("inf")):
                best[j, other] = price
                came[j, other] = (i, corner)
                heapq.heappush(queue, (price, j, other))
    else:
        return []
    return _sides(lattice, _without_loops(_trail(came, (last, end))))


def _misfit(lattice: Lattice, corner: Corner, at: Metres) -> float:
    x, y = lattice.corner_metres(corner)
    return ((x - at[0]) ** 2 + (y - at[1]) ** 2) / lattice.hex_metres**2


def _trail(came: dict[tuple[int, Corner], tuple[int, Corner]], state: tuple[int, Corner]) -> list[Corner]:
    corners = [state[1]]
    while state in came:
        state = came[state]
        if state[1] != corners[-1]:
            corners.append(state[1])
    return corners[::-1]


def _without_loops(corners: list[Corner]) -> list[Corner]:
    out: list[Corner] = []
    for corner in corners:
        if corner in out:
            del out[out.index(corner) + 1 :]
        else:
            out.append(corner)
    return out


def _sides(lattice: Lattice, corners: list[Corner]) -> list[int]:
    return [next(side for other, side in lattice.corners[a] if other == b) for a, b in pairwise(corners)]


def nearest_corner(lattice: Lattice, at: Metres, among: frozenset[Corner] | None = None) -> Corner:
    """The corner nearest to a point, of all corners or of some."""
    return min(sorted(among) if among else lattice.corners, key=lambda corner: _misfit(lattice, corner, at))


def corners_of(lattice: Lattice, sides: list[int]) -> frozenset[Corner]:
    """All corners that some sides touch."""
    return frozenset(corner for side in sides for corner in lattice.side_ends(side))


def end_corner(lattice: Lattice, at: Metres, cut: bool, joints: frozenset[Corner]) -> Corner:
    """Where an end of a line belongs: on the rim where the map cuts it, on a line that it joins, else just nearby."""
    if cut:
        return nearest_corner(lattice, at, lattice.rim_corners)
    if joints:
        joint = nearest_corner(lattice, at, joints)
        if _misfit(lattice, joint, at) <= _REACH**2:
            return joint
    return nearest_corner(lattice, at)
