"""Losses: steps go one way, whoever takes them."""

from __future__ import annotations

import pytest

from game.events import StepsDisrupted, StepsLost, UnitDestroyed
from game.rules.losses import disrupt, lose
from game.state import Draft, Status
from tests.rules.sketch import SAA, sketch, unit


def column(left: int, disrupted: int) -> Draft:
    return Draft(sketch(". .\n. .", units=[unit("Column", SAA, "0101", steps=4, left=left, disrupted=disrupted)]))


@pytest.mark.parametrize(("steps", "lost", "left", "shaken"), [(0, 0, 3, 2), (1, 1, 2, 2), (2, 2, 1, 1)])
def test_losing_steps_keeps_the_disrupted_within_what_is_left(steps: int, lost: int, left: int, shaken: int) -> None:
    draft = column(3, 2)
    assert lose(draft, 0, steps, "fire") == lost
    assert (draft.units.steps[0], draft.units.disrupted[0]) == (left, shaken)
    assert draft.factions.lost[SAA] == lost


def test_the_last_step_destroys_the_unit_and_no_more_are_counted_than_it_had() -> None:
    draft = column(2, 1)
    assert lose(draft, 0, 9, "fire") == 2
    assert draft.events == [UnitDestroyed(0, 0, 2, "fire")]
    assert (draft.units.status[0], draft.units.hex[0], draft.factions.lost[SAA]) == (Status.DESTROYED, -1, 2)
    assert lose(draft, 0, 1, "fire") == 0


def test_nothing_is_nothing() -> None:
    draft = column(3, 2)
    assert disrupt(draft, 0, 0, "fire") == 0 and disrupt(draft, 0, -1, "fire") == 0 and lose(draft, 0, -1, "fire") == 0
    assert disrupt(draft, 0, 1, "fire") == 0, "one is shaken, none lost"
    lose(draft, 0, 9, "fire")
    assert disrupt(draft, 0, 1, "fire") == 0 and len(draft.events) == 2, "and nothing befalls the dead"


def test_what_finds_no_sound_step_is_lost() -> None:
    draft = column(3, 2)
    assert disrupt(draft, 0, 3, "shells") == 2
    assert draft.events == [StepsDisrupted(0, 1, "shells"), StepsLost(0, 2, "shells")]
    assert (draft.units.steps[0], draft.units.disrupted[0]) == (1, 1)
