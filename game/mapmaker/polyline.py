"""Drawn lines in metres: distance to them, points along them, the parts of them that lie on the map."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .lattice import Lattice, Metres
from .sources import SourceLine


@dataclass(frozen=True)
class Polyline:
    """A drawn line in the metres of one lattice."""

    points: tuple[Metres, ...]

    @classmethod
    def of(cls, lattice: Lattice, line: SourceLine) -> Polyline:
        """A source line laid on a lattice."""
        return cls(tuple(lattice.metres(point) for point in line.points))

    @cached_property
    def _segments(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        points = np.array(self.points if len(self.points) > 1 else self.points * 2, dtype=np.float64)
        return points[:-1], points[1:] - points[:-1]

    def distance(self, at: Metres) -> float:
        """Metres from a point to the nearest part of the line."""
        start, along = self._segments
        to = np.array(at) - start
        length = np.maximum((along**2).sum(axis=1), 1e-9)
        t = np.clip((to * along).sum(axis=1) / length, 0.0, 1.0)
        return float(np.sqrt(((to - along * t[:, None]) ** 2).sum(axis=1).min()))

    def sampled(self, step: float) -> Polyline:
        """The same line with points at most ``step`` metres apart; drawn points are kept."""
        out = [self.points[0]]
        for (ax, ay), (bx, by) in zip(self.points, self.points[1:], strict=False):
            pieces = max(1, math.ceil(math.hypot(bx - ax, by - ay) / step))
            out += [(ax + (bx - ax) * i / pieces, ay + (by - ay) * i / pieces) for i in range(1, pieces + 1)]
        return Polyline(tuple(out))

    def runs_on_map(self, lattice: Lattice) -> list[LineRun]:
        """The parts of a sampled line that lie on the map, in the order drawn."""
        xy = np.array(self.points)
        hexes = lattice.hexes_at(xy[:, 0], xy[:, 1])
        runs: list[LineRun] = []
        first: int | None = None
        for i, h in enumerate([*hexes.tolist(), -1]):
            if h >= 0 and first is None:
                first = i
            elif h < 0 and first is not None:
                runs.append(LineRun(Polyline(self.points[first:i]), first, i, first > 0, i < len(self.points)))
                first = None
        return runs


@dataclass(frozen=True, slots=True)
class LineRun:
    """A part of a line on the map: points ``first`` up to ``end``; an end is cut where the line leaves the map."""

    line: Polyline
    first: int
    end: int
    starts_cut: bool
    ends_cut: bool
