"""Where hexes lie on the ground: degrees to metres, metres to hexes, corners and sides of hexes.

The projection is equirectangular: metres east are degrees times the cosine of one reference latitude. Over
300 km its error stays below a tenth of a hex of 5 km, which is far less than the error of the sources.

A *corner* is named by two small integers counted from the centre of hex 0101, half a hex edge to the east
and half a hex to the north, so that the three hexes around a corner agree on its name exactly.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from game.hexgrid import HexGrid, grid

from .sources import Point

METRES_PER_DEGREE = 6_371_008.8 * math.pi / 180
SQRT3 = math.sqrt(3.0)

Corner = tuple[int, int]
Metres = tuple[float, float]

# Corners at both ends of the sides N, NE, SE, S, SW, NW of a hex, relative to its centre.
_SIDE_ENDS: tuple[tuple[Corner, Corner], ...] = (
    ((-1, 1), (1, 1)),
    ((1, 1), (2, 0)),
    ((2, 0), (1, -1)),
    ((1, -1), (-1, -1)),
    ((-1, -1), (-2, 0)),
    ((-2, 0), (-1, 1)),
)


@dataclass(frozen=True)
class Lattice:
    """A hex map of a given size laid on the ground, the centre of hex 0101 at ``origin``."""

    columns: int
    rows: int
    hex_metres: int
    origin: Point
    reference_latitude: float

    @cached_property
    def grid(self) -> HexGrid:
        """Neighbours and sides of this map size."""
        return grid(self.columns, self.rows)

    @cached_property
    def neighbours(self) -> Any:
        """The hexes as a graph (networkx): an edge where two of them touch."""
        graph = nx.Graph()
        graph.add_nodes_from(range(self.grid.size))
        graph.add_edges_from((here, there) for here in range(self.grid.size) for there in self.grid.near[here])
        return graph

    def metres(self, at: Point) -> Metres:
        """Metres east and north of the centre of hex 0101."""
        scale = METRES_PER_DEGREE * math.cos(math.radians(self.reference_latitude))
        return (at[0] - self.origin[0]) * scale, (at[1] - self.origin[1]) * METRES_PER_DEGREE

    def centre(self, column: int, row: int) -> Metres:
        """Centre of a hex by column and row counted from 0."""
        return column * self.hex_metres * SQRT3 / 2, -self.hex_metres * (row - 0.5 * (column % 2))

    def hex_centre(self, h: int) -> Metres:
        """Centre of a hex by number."""
        column, row = self.grid.position(h)
        return self.centre(column, row)

    def hexes_at(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.int64]:
        """Hex number under each point, -1 off the map; x in a row and y in a column are read as all points of a grid.

        Of a point's two nearest columns the one whose hex has the nearer centre holds it. Where a row of an even and of
        an odd column begins depends on y alone, so that of a grid little is worked out point by point.
        """
        pitch, off_map = self.hex_metres * SQRT3 / 2, -self.columns * self.rows
        begins, away = [], []
        for odd in (0, 1):
            row = np.rint(-y / self.hex_metres + 0.5 * odd).astype(np.int64)
            begins.append(np.where((row >= 0) & (row < self.rows), row * self.columns, off_map))
            away.append((y + self.hex_metres * (row - 0.5 * odd)) ** 2)
        west = np.floor(x / pitch).astype(np.int64)
        found, distance = [], []
        for column in (west, west + 1):
            odd_one = column % 2 == 1
            on_map = np.where((column >= 0) & (column < self.columns), column, off_map)
            found.append(np.where(odd_one, begins[1], begins[0]) + on_map)
            distance.append((x - column * pitch) ** 2 + np.where(odd_one, away[1], away[0]))
        return np.maximum(np.where(distance[1] < distance[0], found[1], found[0]), -1)

    def hex_at(self, at: Metres) -> int:
        """Hex number under one point, -1 off the map."""
        return int(self.hexes_at(np.array([at[0]]), np.array([at[1]]))[0])

    def side_ends(self, side: int) -> tuple[Corner, Corner]:
        """The two corners of a hexside."""
        return self._ends_of(side // 3, side % 3)

    def _ends_of(self, h: int, direction: int) -> tuple[Corner, Corner]:
        column, row = self.grid.position(h)
        x, y = 3 * column, column % 2 - 2 * row
        (ax, ay), (bx, by) = _SIDE_ENDS[direction]
        return (x + ax, y + ay), (x + bx, y + by)

    def corner_metres(self, corner: Corner) -> Metres:
        """Where a corner lies."""
        return corner[0] * self.hex_metres / (2 * SQRT3), corner[1] * self.hex_metres / 2

    def side_middle(self, side: int) -> Metres:
        """Middle of a hexside."""
        a, b = self.side_ends(side)
        (ax, ay), (bx, by) = self.corner_metres(a), self.corner_metres(b)
        return (ax + bx) / 2, (ay + by) / 2

    @cached_property
    def inner_sides(self) -> tuple[int, ...]:
        """Sides with a hex of the map on both hands, in order."""
        return tuple(side for side, (_, other) in enumerate(self.grid.ends) if other >= 0)

    @cached_property
    def inner(self) -> frozenset[int]:
        """The same as a set."""
        return frozenset(self.inner_sides)

    @cached_property
    def corners(self) -> dict[Corner, tuple[tuple[Corner, int], ...]]:
        """Every corner that touches an inner side: the corners one side away, with that side."""
        found: dict[Corner, list[tuple[Corner, int]]] = {}
        for side in self.inner_sides:
            a, b = self.side_ends(side)
            found.setdefault(a, []).append((b, side))
            found.setdefault(b, []).append((a, side))
        return {corner: tuple(near) for corner, near in sorted(found.items())}

    @cached_property
    def rim_corners(self) -> frozenset[Corner]:
        """Corners where a line can leave the map."""
        return frozenset(corner for corner, near in self.corners.items() if len(near) < 3)
