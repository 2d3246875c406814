"""Lots: choices by keyed dice, so that the same view and the same sample bring the same belief."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

from game import dice
from game.view import View

T = TypeVar("T")


class Lots:
    """Draws for one sample of one view. Each draw has a name, so that one more of them shifts no other."""

    __slots__ = ("seed", "_turn")

    def __init__(self, view: View, sample: int) -> None:
        self._turn = view.state.clock.turn
        self.seed = blake2b(f"belief {sample} of turn {self._turn}".encode(), key=view.state.seed).digest()[:32]

    def number(self, about: str, faces: int) -> int:
        """A number from 0 below ``faces``."""
        return dice.die(self.seed, "belief", self._turn, about, 0, faces) - 1

    def one_of(self, about: str, values: Sequence[T]) -> T:
        """One of some values, each with the same chance."""
        return values[self.number(about, len(values))]

    def weighted(self, about: str, values: Sequence[T], weights: Sequence[int]) -> T:
        """One of some values by their weights, of which one is positive at least."""
        left = self.number(about, sum(weights))
        for value, weight in zip(values, weights, strict=True):
            left -= weight
            if left < 0:
                return value
        raise ValueError("no weight is positive")
