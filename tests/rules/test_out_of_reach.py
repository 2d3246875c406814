"""Why a unit does not get to a hex, in words, and how far a march there goes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from game import engine
from game import orders as od
from game.events import UnitSpent
from game.rules import foresight, out_of_reach, zones
from game.state import Draft, State
from game.state.codes import Spent
from tests.situation import play, situation, unit

OPEN = "\n".join([". " * 12] * 5)


def ask(state: State, there: str) -> tuple[str, str]:
    """Why "lions" cannot stop in a hex, and the label of the hex to which the march would go."""
    grid, row = state.world.grid, state.world.row["lions"]
    found = out_of_reach.why(state, row, grid.hex(there))
    if found is None:
        return "", ""
    if found.path:  # what is promised is a march that the engine accepts
        assert engine.refusal(state, od.Move("lions", found.path)) is None
    return found.why, grid.label(found.path[-1]) if found.path else ""


def moment(drawing: str = OPEN, others: Any = (), **more: Any) -> State:
    return play(situation(drawing, units=[unit("lions", "saa", "0203", "mech"), *others], **more))


def test_movement_left_is_a_reason_and_the_march_gets_as_far_as_it_can() -> None:
    state = moment()
    why, end = ask(state, "1203")
    assert why.startswith("The march to 1203 costs ") and " MP, and lions can spend only " in why
    assert "zones" not in why, "no enemy is near"
    assert state.world.grid.hex(end) in out_of_reach.stops(state, state.world.row["lions"])
    assert ask(state, "0303") == ("", "") and ask(state, "0203") == ("", "")


def test_a_river_without_a_crossing_is_named() -> None:
    sides = [f"05{row:02d}/{way}" for row in range(1, 6) for way in ("NE", "SE")]
    why, end = ask(moment(rivers=[sides]), "0703")
    assert why.startswith("lions cannot get there: no open bridge crosses ") and " from 05" in why
    assert end.startswith("0")


def test_ground_that_the_unit_cannot_enter_is_named() -> None:
    wall = "\n".join([". . . . m . . ."] * 5)
    why, _ = ask(moment(wall), "0503")
    assert "cannot" in why and "0503" in why


def test_a_full_hex_is_out_of_reach_and_says_that_it_is_full() -> None:
    crowd = [unit(f"crowd{n}", "saa", "0403", steps=1) for n in range(9)]
    state = moment(others=crowd)
    why, end = ask(state, "0403")
    assert "already holds" in why
    assert end and end != "0403"
    assert state.world.grid.hex("0403") in engine.reach(state, "lions").cost
    assert state.world.grid.hex("0403") not in out_of_reach.stops(state, state.world.row["lions"])


def test_zones_and_those_who_hold_the_ground_are_reasons() -> None:
    eyes = [unit(f"eyes{row}", "saa", f"04{row:02d}") for row in (2, 4)]
    gaps = moment(others=[*eyes, *(unit(f"wall{row}", "isis", f"05{row:02d}", steps=3) for row in (1, 3, 5))])
    assert ask(gaps, "0803") == ("The march would end at 0502: it goes from one enemy ZOC into another there.", "0502")
    assert ask(gaps, "0503") == ("Others hold 0503.", "0403")
    solid = moment(others=[*eyes, *(unit(f"wall{row}", "isis", f"05{row:02d}", steps=3) for row in range(1, 6))])
    assert ask(solid, "0803") == ("Others bar every way to 0803, the first at 0501.", "0402")


def test_a_unit_that_may_not_march_says_so() -> None:
    draft = Draft(moment())
    draft.emit(UnitSpent(draft.world.row["lions"], Spent.STOPPED, 0))
    state = draft.finish()
    assert ask(state, "0303") == ("lions had to stop and cannot march again this turn.", "")


@pytest.mark.parametrize("there", ["0101", "1205", "0603"])
def test_every_hex_that_is_shown_as_reach_can_be_marched_to(there: str) -> None:
    state = moment(others=[unit("foe", "isis", there, steps=3), unit("friend", "saa", "0304")])
    row = state.world.row["lions"]
    for here in out_of_reach.stops(state, row):
        assert engine.refusal(state, od.Move("lions", engine.reach(state, "lions").path(here))) is None
    for here in range(state.world.grid.size):
        shown = here in out_of_reach.stops(state, row) or here == state.units.hex[row]
        assert (out_of_reach.why(state, row, here) is None) == shown


# --- marches thought further ------------------------------------------------------------------------------------------


def test_a_march_thought_further_is_the_march_that_is_made() -> None:
    behind = [unit("bears", "saa", "0204", steps=1), unit("cubs", "saa", "0101", "engineer")]
    state = moment(roads=[[f"{column:02d}03" for column in range(2, 13)]], others=behind)
    row, grid = state.world.row["lions"], state.world.grid
    way = engine.reach(state, "lions").path(grid.hex("0503"))
    thought, (made, _) = foresight.marched(state, row, way), engine.apply(state, od.Move("lions", way))
    for column in ("hex", "mp", "spent", "dug"):
        assert getattr(thought.units, column) == getattr(made.units, column), column
    assert foresight.marched(state, row, ()) is state
    further, (made, _) = foresight.road_marched(thought, row), engine.apply(made, od.March("lions"))
    assert (further.units.mp, further.units.spent) == (made.units.mp, made.units.spent)
    assert foresight.road_marched(further, row) is further, "once a turn"


def test_a_march_thought_into_a_zone_after_a_zone_is_over() -> None:
    foes = [unit("foe", "isis", "0504"), unit("eyes", "saa", "0403", steps=1)]
    state = moment(others=foes)
    row, grid = state.world.row["lions"], state.world.grid
    stops = engine.reach(state, "lions").stops
    assert stops
    for here in out_of_reach.stops(state, row):
        thought = foresight.marched(state, row, engine.reach(state, "lions").path(here))
        assert bool(thought.units.spent[row] & Spent.STOPPED) == (here in stops), grid.label(here)


@pytest.mark.parametrize(("goal", "left", "ends"), [
    ("0303", 8, (1,)), ("0403", 8, (2,)), ("0503", 8, (2, 3)), ("0503", 4, (1, 3)), ("0303", 0, (0, 1)),
    ("0603", 0, (0, 4)),
])  # fmt: skip
def test_a_march_of_several_turns_says_how_far_each_of_them_goes(goal: str, left: int, ends: tuple[int, ...]) -> None:
    state = moment(rules={"units": {"types": {"mech": {"movement": 16}}}})
    row, grid = state.world.row["lions"], state.world.grid
    state = replace(state, units=replace(state.units, mp=(left,)), answers={})
    found = foresight.long_march(state, row, (grid.hex(goal),))
    assert found.path[-1] == grid.hex(goal) and found.ends == ends and found.turns == len(ends)
    there_and_back = foresight.long_march(state, row, (grid.hex("0303"), grid.hex("0203")))
    assert there_and_back.path == (grid.hex("0303"), grid.hex("0203"))
    tied = replace(state, units=replace(state.units, locked=(2,)), answers={})
    assert foresight.long_march(tied, row, (grid.hex(goal),)).ends[0] == 0
    stopped = replace(state, units=replace(state.units, spent=(int(Spent.STOPPED),)), answers={})
    assert foresight.long_march(stopped, row, (grid.hex(goal),)).ends[0] == 0


def test_a_march_of_several_turns_may_be_impossible() -> None:
    fixed = moment(rules={"units": {"types": {"mech": {"movement": 0}}}})
    row = fixed.world.row["lions"]
    assert foresight.long_march(fixed, row, (fixed.world.grid.hex("0303"),)).why == "lions cannot move"
    lake = moment("\n".join([". . . ~ . ."] * 5))
    found = foresight.long_march(lake, row, (lake.world.grid.hex("0603"),))
    assert found.path == found.ends == () and "no way leads to 0603" in found.why


def test_a_march_of_several_turns_stops_between_two_zones() -> None:
    drawing = """
        ~ ~ ~ ~ ~ ~ ~ ~
        ~ ~ ~ ~ . ~ ~ ~
        . . . . . . . .
        ~ ~ ~ ~ ~ ~ ~ ~
    """
    state = moment(drawing, others=[unit("foe", "isis", "0502"), unit("eyes", "saa", "0503", steps=1)])
    row, grid = state.world.row["lions"], state.world.grid
    assert not foresight.long_march(state, row, (grid.hex("0803"),)).path, "nobody gets past"
    found, zone = foresight.long_march(state, row, (grid.hex("0503"), grid.hex("0603"))), zones.known_zone(state, 0)
    assert [bool(zone[here]) for here in found.path] == [False, True, True, True]
    assert found.ends == (3, 4), "the step from one zone into another ends the turn"


def test_each_reason_why_a_hex_is_out_of_reach_is_told() -> None:
    state = moment("\n".join([". . . ~ x ~ . ."] * 5))
    row = state.world.row["lions"]
    assert ask(state, "0503") == ("0503 is outside the map.", "")
    assert ask(state, "0703") == ("No way leads to 0703.", "")
    held = replace(state, units=replace(state.units, locked=(9,)), answers={})
    assert "must stay in place until turn 9" in ask(held, "0303")[0]
    spent = replace(moment(), units=replace(moment().units, mp=(0,)), answers={})
    why, end = ask(spent, "1203")
    assert why.startswith("The march to 1203 costs ") and "can spend only 0" in why and end == ""
    by_road = moment(roads=[["0203", "0303", "0403"]])
    marching = replace(by_road, units=replace(by_road.units, spent=(int(Spent.MARCHED | Spent.ACTED),)), answers={})
    assert "must keep to roads on a road march, and none leads from 0303 to " in ask(marching, "0304")[0]
    assert by_road.world.grid.hex("0303") in out_of_reach.stops(marching, row)
