"""Areas as fine square cells, so that shares of a hex are counted rather than computed.

The cells are fixed on the ground (they do not move with the hexes), a twelfth of a hex wide: about 125 in a
hex. The search for the best origin lays many hex maps over the same cells.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .lattice import Lattice, Metres

CELLS_PER_HEX = 12

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Cells:
    """A rectangle of square cells in the metres of one lattice (the one the cells were laid for)."""

    left: float
    bottom: float
    width: float
    across: int
    up: int

    @classmethod
    def around(cls, lattice: Lattice, margin_hexes: float = 1.5) -> Cells:
        """Cells that cover a lattice and a margin, so that a slightly shifted lattice is covered too."""
        width = lattice.hex_metres / CELLS_PER_HEX
        margin = margin_hexes * lattice.hex_metres
        right, bottom = lattice.centre(lattice.columns - 1, lattice.rows - 1)
        across = math.ceil((right + 2 * margin) / width)
        up = math.ceil((2 * margin - bottom) / width)
        return cls(-margin, bottom - margin, width, across, up)

    @cached_property
    def x(self) -> NDArray[np.float64]:
        """Middle of each column of cells."""
        return np.asarray(self.left + (np.arange(self.across) + 0.5) * self.width, dtype=np.float64)

    @cached_property
    def y(self) -> NDArray[np.float64]:
        """Middle of each row of cells, from the south."""
        return np.asarray(self.bottom + (np.arange(self.up) + 0.5) * self.width, dtype=np.float64)

    def fill(self, rings: list[list[Metres]]) -> Mask:
        """Cells whose middle lies within the rings (even-odd)."""
        inside = np.zeros((self.up, self.across), dtype=np.bool_)
        starts, ends = [], []
        for ring in rings:
            points = np.array(ring, dtype=np.float64)
            starts.append(points)
            ends.append(np.roll(points, -1, axis=0))
        a, b = np.concatenate(starts), np.concatenate(ends)
        low, high = np.minimum(a[:, 1], b[:, 1]), np.maximum(a[:, 1], b[:, 1])
        for row in np.nonzero((self.y >= low.min()) & (self.y < high.max()))[0]:
            level = self.y[row]
            hit = (low <= level) & (level < high)
            if hit.any():
                ah, bh = a[hit], b[hit]
                crossings = np.sort(ah[:, 0] + (level - ah[:, 1]) * (bh[:, 0] - ah[:, 0]) / (bh[:, 1] - ah[:, 1]))
                inside[row] = np.searchsorted(crossings, self.x) % 2 == 1
        return inside

    def hexes(self, lattice: Lattice, shift: Metres = (0.0, 0.0)) -> NDArray[np.int64]:
        """Hex under each cell (flat, -1 off the map) when the lattice is moved by ``shift`` metres."""
        return lattice.hexes_at(self.x[None, :] - shift[0], self.y[:, None] - shift[1]).ravel()


def shares(mask: Mask, hexes: NDArray[np.int64], size: int) -> NDArray[np.float64]:
    """Share of each hex that a mask covers, 0 to 1."""
    total, covered = (np.bincount(of + 1, minlength=size + 1)[1:] for of in (hexes, hexes[mask.ravel()]))
    return covered / np.maximum(total, 1)
