"""Rulebook 15: replacements and reinforcements."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from game.events import PoolChanged, StepsReplaced, UnitArrived, UnitKeptOut
from game.orders import Rest
from game.rules import reinforcements
from game.state import Draft, State, Status
from game.state.codes import Spent
from game.telling import Witness, tell
from tests.rules.sketch import ISIS, SAA, SDF, shipped_rules, sketch, unit

MAP = "\n".join(" ".join("." * 10) for _ in range(6))
ROAD = [("road", [f"{column:02d}03" for column in range(1, 11)])]


def scene(*units: dict[str, Any], pool: int = 0, **other: Any) -> State:
    state = sketch(MAP, roads=ROAD, units=units, **other)
    return replace(state, factions=replace(state.factions, pool=(pool, 0, 0, 0)))


def knowing(state: State, row: int) -> State:
    """The same with a unit identified by the SAA."""
    intel = state.intel[SAA]
    many = len(intel.level)
    known = replace(
        intel, level=tuple(2 * (other == row) for other in range(many)),
        hex=tuple(state.units.hex[row] if other == row else -1 for other in range(many)),
    )  # fmt: skip
    return replace(state, intel=(known, *state.intel[1:])).with_fresh_answers()


# --- arrivals -----------------------------------------------------------------------------------------------


def coming(due: int = 1, **other: Any) -> dict[str, Any]:
    return unit("Tiger", SAA, "", entry=(20, 50), due=due, **other)


def arrived(state: State) -> list[UnitArrived]:
    draft = Draft(state)
    reinforcements.arrive(draft, SAA)
    return [event for event in draft.events if isinstance(event, UnitArrived)]


def test_15_1_a_unit_enters_on_its_turn_with_full_movement() -> None:
    assert arrived(scene(coming(due=2))) == []
    assert arrived(scene(coming(due=1), turn=3)) == [UnitArrived(0, 20, scene(coming()).world.roster.movement[0])]
    assert arrived(scene(coming(due=0))) == []


@pytest.mark.parametrize(
    "block", [unit("Raid", ISIS, "0103"), unit("Council", SDF, "0103"), unit("Raid", ISIS, "0102")]
)
def test_15_1_a_barred_entry_sends_it_to_the_next(block: dict[str, Any]) -> None:
    at_first = [event.hex for event in arrived(scene(coming(), block))]
    assert at_first == [50]


def test_15_1_ground_of_others_bars_an_entry() -> None:
    assert [event.hex for event in arrived(scene(coming(), control={SDF: ["0103"]}))] == [50]


def test_15_1_with_every_entry_barred_it_waits() -> None:
    state = scene(coming(), unit("Raid", ISIS, "0103"), unit("Block", ISIS, "0106"))
    assert arrived(state) == []
    assert state.units.status[0] == Status.WAITING
    assert reinforcements.due_units(state, SAA) == (0,)


def test_15_1_the_log_says_each_turn_why_it_cannot_enter() -> None:
    state = scene(coming(), unit("Raid", ISIS, "0103"), unit("Council", SDF, "0106"))
    raid_row = state.world.roster.name.index("Raid")
    for moment, raid in (
        (state, "unseen troops bar the way"),
        (knowing(state, raid_row), "ISIS troops are there"),
    ):
        draft = Draft(moment)
        reinforcements.arrive(draft, SAA)
        kept = [event for event in draft.events if isinstance(event, UnitKeptOut)]
        assert kept == [UnitKeptOut(0, f"0103: {raid}; 0106: unseen troops bar the way")]
        after = draft.finish()
        lines = {number: [line.text for line in tell(Witness(number, moment, after), kept)] for number in (SAA, ISIS)}
        assert lines[ISIS] == [] and len(lines[SAA]) == 1 and lines[SAA][0].endswith(f"{kept[0].why}.")


def test_15_1_two_that_come_together_do_not_overfill_the_entry() -> None:
    many = [unit(f"Tiger {number}", SAA, "", entry=(20, 50), due=1, steps=3) for number in range(3)]
    assert sorted(event.hex for event in arrived(scene(*many))) == [20, 20, 50]


def test_15_1_an_event_may_have_chosen_another_entry() -> None:
    state = scene(coming())
    state = replace(state, units=replace(state.units, entry=(50,))).with_fresh_answers()
    assert [event.hex for event in arrived(state)] == [50]


def test_15_1_who_was_called_away_enters_where_it_stood_at_the_start() -> None:
    state = scene(unit("Guard", SAA, "0303"))
    away = replace(state.units, hex=(-1,), status=(int(Status.WAITING),), due=(1,), entry=(-1,))
    gone = replace(state, units=away).with_fresh_answers()
    assert [event.hex for event in arrived(gone)] == [state.world.grid.hex("0303")]


def test_15_2_replacements_come_on_their_turns_up_to_what_the_pool_holds() -> None:
    def granted(turn: int, pool: int = 0) -> int:
        grants = {"saa": [{"steps": 2, "from": "2017-09-08", "every": 3}]}
        draft = Draft(scene(coming(due=0), turn=turn, pool=pool, replacements=grants))
        reinforcements.arrive(draft, SAA)
        return sum(event.change for event in draft.events if isinstance(event, PoolChanged))

    assert [granted(turn) for turn in range(1, 7)] == [0, 2, 0, 0, 2, 0]
    most = shipped_rules().supply.recovery.pool_most
    assert (granted(2, most - 1), granted(2, most)) == (1, 0)


# --- recovery -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("supply", "staff", "steps"), [(0, False, 1), (0, True, 2), (1, False, 0), (1, True, 1), (2, True, 0)]
)
def test_15_3_how_many_steps_gather_again(supply: int, staff: bool, steps: int) -> None:
    units = [unit("Column", SAA, "0303", disrupted=3, supply=supply)]
    if staff:
        units.append(unit("Staff", SAA, "0503", "hq"))
    draft = Draft(scene(*units))
    reinforcements.recover(draft, SAA)
    assert draft.units.disrupted[0] == 3 - steps


def test_15_3_nobody_gathers_next_to_the_enemy() -> None:
    draft = Draft(scene(unit("Column", SAA, "0303", disrupted=2), unit("Raid", ISIS, "0403")))
    reinforcements.recover(draft, SAA)
    assert draft.units.disrupted[0] == 2


def refused(state: State, refit: bool) -> str:
    found = reinforcements.refuse_rest(state, Rest("column", refit))
    return str(found) if found else ""


def test_15_4_rest_gathers_a_step_and_takes_the_action() -> None:
    state = scene(unit("Column", SAA, "0303", disrupted=2))
    assert refused(state, False) == ""
    draft = Draft(state)
    reinforcements.resolve_rest(draft, Rest("column"))
    assert (draft.units.disrupted[0], draft.units.mp[0]) == (1, 0)
    assert draft.units.spent[0] & Spent.ACTED
    assert refused(draft.finish(), False) == "Column acted already this turn (rule 4.1)."


def test_15_4_what_makes_rest_pointless_or_impossible() -> None:
    assert (
        refused(scene(unit("Column", SAA, "0303")), False) == "Column cannot recover: no step is disrupted (rule 15.4)."
    )
    cut = scene(unit("Column", SAA, "0303", disrupted=1, supply=2))
    assert refused(cut, False) == "Cut off, Column cannot recover (rule 15.4)."
    near = scene(unit("Column", SAA, "0303", disrupted=1), unit("Raid", ISIS, "0403"))
    assert refused(near, False) == ""  # an enemy nobody knows of does not show in a refusal
    assert refused(knowing(near, 1), False) == "An enemy is adjacent to Column (rule 15.4)."


def test_15_5_a_refit_turns_a_replacement_and_command_into_a_step() -> None:
    state = scene(unit("Column", SAA, "0303", left=1), pool=2)
    assert refused(state, True) == ""
    draft = Draft(state)
    reinforcements.resolve_rest(draft, Rest("column", True))
    assert StepsReplaced(0, 1) in draft.events
    assert (draft.units.steps[0], draft.factions.pool[SAA]) == (2, 1)
    assert draft.factions.command[SAA] == 6 - shipped_rules().command.refit


@pytest.mark.parametrize(
    ("column", "pool", "why"),
    [
        (unit("Column", SAA, "0303"), 2, "Column lost no steps (rule 15.5)."),
        (unit("Column", SAA, "0303", left=2), 0, "Your replacement pool is empty (rule 15.5)."),
        (unit("Column", SAA, "0303", left=2, supply=1), 2,
         "Column lacked full supply when the turn opened (rule 15.5)."),
        (unit("Column", SAA, "0306", left=2), 2,
         "Column must be on a road or near a headquarters to refit (rule 15.5)."),
    ],
)  # fmt: skip
def test_15_5_what_a_refit_needs(column: dict[str, Any], pool: int, why: str) -> None:
    assert refused(scene(column, pool=pool), True) == why


def test_15_5_a_refit_needs_room_in_the_hex() -> None:
    limit = shipped_rules().units.stack_steps
    beside = unit("Guard", SAA, "0303", steps=limit - 1)
    full = scene(unit("Column", SAA, "0303", left=1), beside, pool=2)
    assert refused(full, True) == "There is no room for another step of Column in 0303 (rule 15.5)."


def test_15_5_a_headquarters_stands_in_for_a_road() -> None:
    state = scene(unit("Column", SAA, "0306", left=2), unit("Staff", SAA, "0305", "hq"), pool=1)
    assert refused(state, True) == ""


def test_15_1_reinforcements_that_are_kept_out_say_what_their_side_may_know() -> None:
    nowhere = scene(coming())
    nowhere = replace(
        nowhere,
        world=replace(nowhere.world, roster=replace(nowhere.world.roster, entry=((),), start=(-1,)), answers={}),
    ).with_fresh_answers()
    near = [unit("Raid", ISIS, "0102"), unit("Block", ISIS, "0105")]
    for state, why in (
        (nowhere, "it has no entry hex"),
        (scene(coming(), *near), "0103: unseen troops bar the way; 0106: unseen troops bar the way"),
        (scene(coming(), control={SDF: ["0103", "0106"]}), "0103: SDF control; 0106: SDF control"),
    ):
        draft = Draft(state)
        reinforcements.arrive(draft, SAA)
        assert [event.why for event in draft.events if isinstance(event, UnitKeptOut)] == [why]


@pytest.mark.parametrize(("left", "pool", "most", "steps"), [(1, 5, 5, 2), (1, 1, 5, 1), (1, 5, 1, 1), (2, 5, 5, 1)])
def test_15_5_a_refit_brings_no_more_than_is_missing_in_the_pool_or_allowed_at_once(
    left: int, pool: int, most: int, steps: int
) -> None:
    rules = shipped_rules()
    recovery = replace(rules.supply.recovery, refit_steps=most)
    rules = replace(rules, supply=replace(rules.supply, recovery=recovery))
    draft = Draft(scene(unit("Column", SAA, "0303", left=left), pool=pool, rules=rules))
    reinforcements.resolve_rest(draft, Rest("column", True))
    assert (draft.units.steps[0], draft.factions.pool[SAA]) == (left + steps, pool - steps)
