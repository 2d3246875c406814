"""Attacks: which sets of attackers are weighed, and for which of them help is tried."""

from __future__ import annotations

from dataclasses import replace

import pytest

from game import engine
from game import orders as od
from game.ai.staff import attacks, worth
from game.ai.staff.desk import StaffDesk
from game.ai.staff.notebook import Memory
from game.ai.staff.plan import FREE
from game.ai.staff.thinking import opened_desk, planned
from game.state import State
from tests.ai.test_search import opened
from tests.rules.test_strongpoints import siege
from tests.worlds import world_of


@pytest.fixture(scope="module")
def desk() -> StaffDesk:
    """The first faction's desk in the middle of a siege, its turn planned."""
    state = opened(world_of("breaking_the_siege"), 4)
    found = opened_desk(engine.view(state, state.faction), Memory())
    planned(found, FREE)
    return found


def noting_help(monkeypatch: pytest.MonkeyPatch) -> list[worth.Weighed]:
    """The sets for which help is tried from now on."""
    tried: list[worth.Weighed] = []

    def note(desk: StaffDesk, one: worth.Weighed) -> tuple[od.Attack, int]:
        tried.append(one)
        return worth.with_support(desk, one)

    monkeypatch.setattr(attacks, "with_support", note)
    return tried


def test_help_is_tried_for_the_best_set_of_attackers_of_a_target_alone(
    desk: StaffDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    sets: list[int] = []

    def weigh(desk: StaffDesk, state: State, order: od.Attack, ground_worth: int) -> worth.Weighed:
        sets.append(order.target)
        return worth.weighed(desk, state, order, ground_worth)

    monkeypatch.setattr(attacks, "weighed", weigh)
    tried, promises = noting_help(monkeypatch), {one.target: one for one in attacks._promising(desk)}
    assert attacks._best(desk) is not None and len(sets) > len(promises) >= len(tried) > 0
    assert len({one.order.target for one in tried}) == len(tried)
    assert all(one is promises[one.order.target].weighed for one in tried)


def test_a_target_that_no_help_could_make_worth_while_is_left(desk: StaffDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    best = max(one.promise for one in attacks._promising(desk))
    desk.book.helped.clear()
    tried = noting_help(monkeypatch)
    for bar, some in ((best + attacks.LIFT + 1, False), (best + attacks.LIFT, True)):
        desk.doctrine = replace(desk.doctrine, least=bar)
        attacks._best(desk)
        assert bool(tried) == some


@pytest.mark.parametrize(("standing", "says"), [(2, "% to take a strongpoint"), (0, "% to drive the enemy off")])
def test_the_reason_of_an_attack_says_what_it_can_bring(standing: int, says: str) -> None:
    state = siege(standing, steps=3 if standing else 1)
    odds = engine.odds(state, od.Attack(("a", "b"), state.world.grid.hex("0302"))).known
    words = attacks._hope(odds)
    assert words.endswith(says) and not words.startswith("0%")
    assert int(words.partition("%")[0]) == odds.chance("strongpoint" if standing else "cleared") * 100 // 36
