"""Puzzles tried out: whether a player passes often enough, found with no more tries than it takes."""

from __future__ import annotations

from game.sim.puzzle_reading import Puzzle
from game.sim.puzzles import try_variant


def reaches(puzzle: Puzzle, player: str, needed: int, variants: int) -> bool:
    """Whether a player passes so many of the first variants, or more."""
    passed = 0
    for variant in range(1, variants + 1):
        passed += try_variant(puzzle, player, variant).passed
        if passed >= needed or passed + variants - variant < needed:
            break
    return passed >= needed
