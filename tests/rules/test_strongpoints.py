"""Rule 6.6: places made ready for defence fall one strongpoint at a time. The cast: SAA before an ISIS town."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from game import engine
from game import orders as od
from game.rules import invariants, shifts, strongpoints
from game.rules.aftermath import Aftermath, AttackSides, aftermath
from game.ruleset.combat import Result
from game.scenario.world import Stronghold
from game.state import Draft, State
from tests.situation import play, situation, unit

TOWN = "Mayadin"
GROUND = """
    . . . . .
    . . U . .
    . . . . .
"""


def siege(standing: int = 2, **garrison: Any) -> State:
    cast = [unit("a", "saa", "0202", steps=4), unit("b", "saa", "0303", steps=4),
            unit("g", "isis", "0302", **{"steps": 3, "dug": 2, "traits": ["fortified"], **garrison})]  # fmt: skip
    place = {"name": TOWN, "hex": "0302", "bank": "west", "size": 2, "population": 0}
    world = situation(GROUND, units=cast, places=[place], holders={TOWN: "isis"})
    here = world.grid.hex("0302")
    built = {here: Stronghold(world.place_at[here], world.faction("isis"), standing)} if standing else {}
    return play(replace(world, strongholds=built), points=6)


def hex_of(state: State) -> int:
    return state.world.grid.hex("0302")


NOTHING = Result()


def after(state: State, **result: Any) -> Aftermath:
    row = state.world.row
    return aftermath(
        state, AttackSides((row["a"], row["b"]), (row["g"],), hex_of(state), (0, 0)), replace(NOTHING, **result)
    )


def at_end(state: State, **columns: Any) -> tuple[int, list[str]]:
    draft = Draft(replace(state, units=replace(state.units, **columns), answers={}))
    strongpoints.settle(draft)
    return draft.places.strongpoints[0], [str(getattr(event, "why", "")) for event in draft.events]


def with_places(state: State, **columns: Any) -> State:
    return replace(state, places=replace(state.places, **columns), answers={})


def test_6_6_a_retreat_takes_a_strongpoint_and_no_step() -> None:
    assert (after(siege(), retreat=2).strongpoint, after(siege(), retreat=2).defender_lost) == (True, 0)
    assert "loses a strongpoint" in str(after(siege(), retreat=1))
    plain = after(siege(0), retreat=2)
    assert not plain.strongpoint and plain.defender_lost >= 1 and plain.fell_back


def test_6_6_steps_are_lost_beside_strongpoints_and_the_last_step_opens_the_place() -> None:
    some = after(siege(), retreat=1, defender_lost=1)
    assert some.strongpoint and some.defender_lost == 1 and not some.cleared
    assert after(siege(steps=1), retreat=1, defender_lost=1).cleared


def test_6_6_strongpoints_stand_instead_of_entrenchment_in_the_shifts() -> None:
    rows, here = (0, 1), hex_of(siege())
    values = shifts.shift_terms(siege(), 0, rows, (2,), here, False)
    bare = shifts.shift_terms(siege(0), 0, rows, (2,), here, False)
    assert [term.value for term in values if "strongpoints" in term.words] == [-1]
    assert not any("entrenched" in term.words or "fortified" in term.words for term in values)
    assert any("entrenched" in term.words for term in bare) and any("fortified" in term.words for term in bare)


def test_6_6_strongpoints_serve_those_who_built_them_alone() -> None:
    assert strongpoints.standing(siege(), hex_of(siege())) == 2
    state, here = siege(), hex_of(siege())
    assert strongpoints.defended(state, here, (state.world.row["a"],)) == 0
    taken = tuple(0 if at == here else owner for at, owner in enumerate(state.hexes.control))
    lost = replace(state, hexes=replace(state.hexes, control=taken), answers={})
    assert strongpoints.standing(lost, here) == 0


def test_6_6_a_place_is_assaulted_once_a_turn_and_the_refusal_says_so() -> None:
    state = siege()
    state, _ = engine.apply(state, od.Attack(("a",), hex_of(state)))
    found = engine.refusal(state, od.Attack(("b",), hex_of(state)))
    assert found is not None and found.rule == "6.6" and "troops assaulted Mayadin this turn" in found.why
    fallen = with_places(state, strongpoints=tuple(0 for _ in state.places.strongpoints))
    assert engine.refusal(fallen, od.Attack(("b",), hex_of(state))) == found, "also when the last one fell this turn"


@pytest.mark.parametrize(("cut", "left"), [(0, 2), (1, 2), (2, 1), (3, 2), (4, 1)])
def test_6_6_each_second_turn_cut_off_costs_a_strongpoint(cut: int, left: int) -> None:
    assert at_end(siege(), cut=(0, 0, cut), supply=(0, 0, 2 if cut else 0))[0] == left


def test_6_6_who_is_fed_and_left_in_peace_restores_strongpoints_but_never_a_lost_place() -> None:
    for turn, left in ((1, 1), (2, 1), (3, 2), (4, 1)):
        state = with_places(siege(), strongpoints=(1,), stormed=(1,))
        assert at_end(replace(state, clock=replace(state.clock, turn=turn)))[0] == left, turn
    state = siege()
    fallen = replace(state, hexes=replace(state.hexes, control=(0,) * len(state.hexes.control)), answers={})
    assert at_end(fallen)[0] == 0


def test_6_6_a_strongpoint_lost_to_anything_is_no_peace_nor_is_a_place_ready_for_repair_from_the_start() -> None:
    for turn, left in ((3, 1), (4, 1), (5, 2)):
        state = with_places(siege(), strongpoints=(1,), breached=(3,))
        assert at_end(replace(state, clock=replace(state.clock, turn=turn)))[0] == left, turn


def test_6_6_the_turn_in_which_a_strongpoint_falls_is_kept() -> None:
    state = with_places(siege(), strongpoints=(2,))
    draft = Draft(replace(state, clock=replace(state.clock, turn=4)))
    draft.emit(strongpoints.taken(draft, hex_of(state)))
    assert (draft.places.strongpoints[0], draft.places.breached[0]) == (1, 4)


def test_a_place_has_no_more_strongpoints_than_the_scenario_gave_it() -> None:
    state = siege()
    for standing, faults in ((2, 0), (3, 1)):
        more = replace(state, places=replace(state.places, strongpoints=(standing,)), answers={})
        assert len([line for line in invariants.check(more) if "places.strongpoints" in line]) == faults
