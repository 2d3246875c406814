"""Puzzles that ship which the staff solves without search: each holds a habit that would be lost unnoticed."""

from __future__ import annotations

import pytest

from game.sim.puzzle_reading import puzzles_folder, read_puzzle
from tests.tries import reaches


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("nobody_home", id="the first to be there rides for what nobody guards"),
        pytest.param("first_flag", id="no fight beside the way delays a race"),
        pytest.param("build_it_first", id="engineers find room where they are to work"),
        pytest.param("shut_the_door", id="the way out is shut before the assault"),
        pytest.param("guard_the_artery", id="few guard the gaps that they know of"),
        pytest.param("hold_the_bridge", id="who guards a bridge stays on his bank and leaves it standing"),
        pytest.param("trade_space", id="the outnumbered give ground line by line"),
        pytest.param("lift_the_siege", id="the way that feeds a town is held"),
    ],
)
def test_solves(name: str) -> None:
    assert reaches(read_puzzle(puzzles_folder() / name), "staff", 2, 3)
