"""The staff solves puzzles by what they teach: the same situation mirrored, or turned round, changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.sim.puzzle_reading import puzzles_folder, puzzles_in, read_puzzle
from game.sim.puzzles import REFERENCE, TRAP, try_variant
from tests.ai.turned import Turn, turned
from tests.tries import reaches

NAMES = [folder.name for folder in puzzles_in(puzzles_folder())]


def test_a_turn_made_twice_is_none() -> None:
    for columns in (12, 15):
        turn = Turn(columns, 9)
        line = "- {box: [0203, 1008], sides: [0304/SE, 1102/N], hex: 0109, day: 2017-09-05, steps: 3}"
        assert turn.text(line) != line and turn.text(turn.text(line)) == line
        assert turn.ground(turn.ground(["a b c", "d e f"])) == ["a b c", "d e f"]


@pytest.mark.parametrize(
    "name",
    [name if number % 4 == 0 else pytest.param(name, marks=pytest.mark.slow) for number, name in enumerate(NAMES)],
)
def test_solves(name: str, tmp_path: Path) -> None:
    puzzle = read_puzzle(turned(puzzles_folder() / name, tmp_path))
    assert try_variant(puzzle, REFERENCE, 1).passed and not try_variant(puzzle, TRAP, 1).passed
    assert reaches(puzzle, "staff", 2, 3)
