"""Rulebook 10: command. The cast: two SAA formations, their headquarters, and ISIS across from them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from game.events import PointsSet
from game.orders import Attack
from game.rules import combat, command
from game.state import Draft, State, Status
from tests.situation import play, situation, unit

DESERT = "\n".join(". " * 12 for _ in range(3))
TIGER, GUARD = {"formation": "Tiger Forces"}, {"formation": "104th Brigade"}


def staff(hq: str = "0202", **more: Any) -> State:
    """A Tiger battalion at 0302 and a Guard battalion at 0402, headquarters where told, ISIS at 0502."""
    units = [
        unit("tiger", "saa", "0302", **TIGER), unit("guard", "saa", "0402", **GUARD),
        unit("scouts", "saa", "0303", **TIGER),
        unit("hq", "saa", hq, "hq", **TIGER), unit("den", "isis", "0502"),
    ]  # fmt: skip
    return play(situation(DESERT, units=units, factions=("saa", "sdf", "isis"), **more))


def with_factions(state: State, **columns: tuple[int, ...]) -> State:
    return replace(state, factions=replace(state.factions, **columns), answers={})


def granted(state: State) -> tuple[int, int]:
    draft = Draft(state)
    command.grant(draft, 0)
    return draft.factions.command[0], draft.factions.liaison[0]


def test_10_1_points_are_granted_anew_and_not_saved() -> None:
    state = staff()
    assert granted(with_factions(state, command=(4, 0, 0))) == (6, 2)
    saving = staff(rules={"command": {"hoard": 3}})
    assert granted(with_factions(saving, command=(5, 0, 0))) == (9, 2)
    assert "kept from the last turn" in str(command.income(with_factions(saving, command=(5, 0, 0)), 0))


def test_10_1_a_destroyed_headquarters_costs_a_point_a_turn() -> None:
    state = staff()
    row = state.world.row["hq"]
    status = tuple(int(Status.DESTROYED) if one == row else value for one, value in enumerate(state.units.status))
    fallen = replace(state, units=replace(state.units, status=status), answers={})
    assert granted(fallen)[0] == 5
    assert "hq destroyed" in str(command.income(fallen, 0))


def test_10_1_events_add_points_for_good_or_once() -> None:
    state = staff()
    grants = ((("command", -1), (command.ONCE, 3)), (), ())
    draft = Draft(replace(state, clock=replace(state.clock, grants=grants), answers={}))
    command.grant(draft, 0)
    assert draft.factions.command[0] == 8
    command.grant(draft, 0)
    assert draft.factions.command[0] == 5


def test_10_3_one_formation_attacks_without_a_price() -> None:
    state = staff("1202")
    rows = [state.world.row[name] for name in ("tiger", "scouts")]
    assert command.axis_price(state, rows) == 0
    assert command.axis_price(state, rows[:1]) == 0


def test_10_3_the_prices_of_an_attack_add_up() -> None:
    state = staff("1202")
    rules = state.world.rules
    both = Attack(("tiger", "guard"), state.world.grid.near[state.units.hex[state.world.row["tiger"]]][0])
    axis = command.axis_price(state, [state.world.row[name] for name in both.units])
    assert axis > 0
    assert combat.price_of(state, both)[0] == axis
    assert combat.price_of(state, replace(both, set_piece=True))[0] == axis + rules.command.set_piece
    assert combat.price_of(state, replace(both, units=("tiger",)))[0] == 0


@pytest.mark.parametrize(("hq", "price"), [("0202", 0), ("0702", 0), ("0802", 1), ("1202", 1)])
def test_10_3_two_formations_need_a_headquarters_near_both(hq: str, price: int) -> None:
    state = staff(hq)
    rows = [state.world.row[name] for name in ("tiger", "guard")]
    assert command.axis_price(state, rows) == price
    assert command.coordinated(state, rows) == (price == 0)


def test_10_4_points_left_over_allow_a_reaction() -> None:
    state = staff()
    assert command.can_react(with_factions(state, command=(1, 0, 0)), 0)
    assert not command.can_react(with_factions(state, command=(0, 0, 0)), 0)


def test_10_5_liaison_is_saved_up_to_its_limit() -> None:
    state = staff()
    assert [granted(with_factions(state, liaison=(have, 0, 0)))[1] for have in (0, 1, 2, 3, 4, 7)] == [2, 3, 4, 4, 4, 7]


def test_the_price_is_refused_in_words_and_paid_in_events() -> None:
    state = with_factions(staff(), command=(1, 0, 0))
    assert command.refuse_price(state, 1, "a forced march") is None
    assert str(command.refuse_price(state, 2, "a set-piece attack")) == (
        "A set-piece attack costs 2 CP; you have 1 (rule 10.2)."
    )
    draft = Draft(state)
    command.pay(draft, 0, 1, "forced march")
    command.pay(draft, 0, 0, "nothing")
    assert draft.factions.command[0] == 0 and len(draft.events) == 1
    assert not any(isinstance(event, PointsSet) for event in draft.events)
