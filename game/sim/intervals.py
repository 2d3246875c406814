"""Figures of a sample with how far they can be trusted: shares, means, medians and differences, each with its interval.

Shares carry Wilson's interval, everything else a percentile bootstrap over whole games, drawn from a fixed seed so that
the same file always prints the same table. Intervals are of 95 %.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

LEVEL = 0.95
RESAMPLES = 2000
Values = Sequence[float]
Figures = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure, the ends of its interval, and the number of games behind it."""

    value: float
    low: float
    high: float
    count: int

    def __str__(self) -> str:
        if self.low == float("-inf"):
            return f"{self.value:.1f} [one game]"
        return f"{self.value:.1f} [{self.low:.1f}, {self.high:.1f}]"

    @property
    def percent(self) -> str:
        """A share in whole percent."""
        return f"{100 * self.value:.0f}% [{100 * self.low:.0f}, {100 * self.high:.0f}]"

    @property
    def apart(self) -> bool:
        """Whether the interval leaves out nought: of a difference, whether there is one."""
        return self.low > 0 or self.high < 0


def share(hits: float, count: int) -> Estimate:
    """A share with Wilson's score interval; a hit may count half. Raises ValueError for no games at all.

    >>> share(5, 10).percent
    '50% [24, 76]'
    """
    if not 0 <= hits <= count or not count:
        raise ValueError(f"{hits} of {count} is no share")
    z = NormalDist().inv_cdf(0.5 + LEVEL / 2)
    p, room = hits / count, z * z / count
    middle, spread = p + room / 2, z * sqrt(p * (1 - p) / count + room / (4 * count))
    low = (middle - spread) / (1 + room) if hits else 0.0
    high = (middle + spread) / (1 + room) if hits < count else 1.0
    return Estimate(p, low, high, count)


def mean(values: Values) -> Estimate:
    """The mean of one figure a game."""
    return _bootstrap(values, lambda drawn: drawn.mean(axis=1))


def median(values: Values) -> Estimate:
    """The median of one figure a game."""
    return _bootstrap(values, lambda drawn: np.median(drawn, axis=1))


def difference(before: Values, after: Values) -> Estimate:
    """By how much the mean rose, game by game: the two samples are paired by seed."""
    if len(before) != len(after):
        raise ValueError("the samples do not pair")
    return mean([b - a for a, b in zip(before, after, strict=True)])


def _bootstrap(values: Values, figure: Callable[[Figures], Figures]) -> Estimate:
    if not values:
        raise ValueError("there is no interval of no games")
    sample: Figures = np.asarray(values, dtype=np.float64)
    value = float(figure(sample[None, :])[0])
    if len(sample) == 1:
        return Estimate(value, float("-inf"), float("inf"), 1)
    drawn = sample[np.random.default_rng(0).integers(0, len(sample), (RESAMPLES, len(sample)))]
    low, high = np.quantile(figure(drawn), [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Estimate(value, float(low), float(high), len(sample))
