"""Orders and events that lie just beside the usual ones: the third of a stack, the mark of an enemy, the first hex."""

from __future__ import annotations

from dataclasses import replace

import pytest

from game import engine
from game import events as ev
from game import orders as od
from game.hexgrid import grid
from game.rules import (
    concessions,
    conditions,
    ground,
    options,
    prizes,
    reinforcements,
    shifts,
    strikes,
)
from game.rules.refusal import Refusal
from game.rules.retreat import retreat_hex
from game.scenario.stakes import SupplyRoad
from game.state import Draft
from game.state.codes import Spent
from tests.rules.script_stage import event, run, stage
from tests.situation import at, play, refused, situation, to_event, unit, with_units

LANE = ". . . . .\n. . . . ."
FIELD = "\n".join([". " * 9] * 6)
THREE = ("saa", "sdf", "isis")


# --- marching -----------------------------------------------------------------------------------------------------


def test_1_4_an_escarpment_is_told_off_the_road_alone() -> None:
    scarp = grid(5, 2).side_label(grid(5, 2).side_between(0, 1))
    for roads, words in (((), "desert up an escarpment: "), ([["0101", "0201"]], "desert by road: ")):
        state = play(situation(LANE, units=[unit("a", "saa", "0101")], roads=roads, scarps=[[scarp]]))
        assert ground.explain_step(state, 0, 0, at(state, "0201")).startswith(words)


@pytest.mark.parametrize("weather", [0, 1, 2])
def test_1_4_rain_is_told_in_a_wadi_and_only_in_rain(weather: int) -> None:
    state = play(situation(". w . . .\n. w . . .", units=[unit("a", "saa", "0101")]), weather=weather)
    told = ground.explain_step(state, 0, 0, at(state, "0201"))
    assert ("(rain)" in told) == (weather == 2) and "escarpment" not in told
    assert "(rain)" not in ground.explain_step(state, 0, at(state, "0301"), at(state, "0401"))


def test_three_units_share_a_hex_and_a_fourth_does_not() -> None:
    for there, fits in ((2, True), (3, False)):
        cast = [unit("a", "saa", "0101", steps=1)]
        cast += [unit(f"u{n}", "saa", "0201", steps=1) for n in range(there)]
        state = play(situation(LANE, units=cast))
        assert (refused(state, od.Move("a", (at(state, "0201"),))) == "") == fits


def test_4_7_who_is_not_on_the_map_or_has_acted_does_not_infiltrate() -> None:
    cast = [unit("late", "saa", "", "mobile", arrives="2017-09-20", entry=["0101"]), unit("r", "saa", "0202", "mobile")]
    state = play(situation(FIELD, units=[*cast, unit("foe", "isis", "0806")]), points=5)
    goal = at(state, "0404")
    assert refused(state, od.Infiltrate("late", goal)) and not refused(state, od.Infiltrate("r", goal))
    acted = with_units(state, spent=tuple(int(Spent.ACTED) for _ in state.units.spent))
    assert refused(acted, od.Infiltrate("r", goal))


def test_4_8_each_time_out_of_the_home_sector_costs_its_price() -> None:
    home = [{"id": "home", "name": "Home", "hexes": ["0101", "0102"]}]
    for price in (1, 2, 3):
        cast = [unit("a", "saa", "0101", sector="home"), unit("foe", "isis", "0502")]
        world = situation(LANE, units=cast, sectors=home, rules={"movement": {"cross_sector_command": price}})
        state = play(world, points=9)
        after, _ = engine.apply(state, od.Move("a", (at(state, "0201"),)))
        assert state.factions.command[0] - after.factions.command[0] == price


def test_both_kinds_of_march_are_offered() -> None:
    state = play(situation(LANE, units=[unit("a", "saa", "0101"), unit("foe", "isis", "0501")]), points=9)
    offered = [one for one in options.candidates(state) if isinstance(one, od.March)]
    assert {one.forced for one in offered} == {False, True}


def test_8_4_who_crossed_by_boat_has_acted() -> None:
    cast = [unit("s", "saa", "0101", "special"), unit("foe", "isis", "0502")]
    state = play(situation(LANE, units=cast, rivers=[["0101/NE", "0101/SE"]]), points=5)
    side = state.world.grid.side("0101/NE")
    after, _ = engine.apply(state, od.Bridge("s", side, "boats"))
    assert after.units.spent[0] & Spent.ACTED and after.units.spent[0] & Spent.STOPPED and not after.units.mp[0]
    assert refused(after, od.Rest("s"))


# --- the first hex, the first faction -----------------------------------------------------------------------------


def test_15_1_reinforcements_enter_at_the_first_hex_of_the_map_as_at_any_other() -> None:
    for entry, fixed in (["0101"], -1), (["0501", "0101"], 0):
        late = unit("late", "saa", "", arrives="2017-09-05", entry=entry)
        state = play(situation(LANE, units=[late, unit("foe", "isis", "0302")]))
        state = with_units(state, entry=(fixed, -1))
        assert reinforcements.entries(state, 0)[0] == 0
        draft = Draft(state)
        reinforcements.arrive(draft, 0)
        assert draft.units.hex[0] == 0


def test_6_1_nobody_falls_back_onto_ground_of_the_other_bloc() -> None:
    # The first faction is as good a holder as the others.
    for holder, beaten in ((0, "sdf"), (1, "saa")):
        cast = [unit("b", beaten, "0403"), unit("foe", "isis", "0901")]
        state = play(situation(FIELD, factions=THREE, units=cast))
        grid, here, row = state.world.grid, at(state, "0403"), state.world.row["b"]
        origin = grid.near[here][0]
        away = [there for there in grid.near[here] if grid.distance(there, origin) == 2]
        for free in (*away, -1):
            held = tuple(holder if one in away and one != free else -1 for one in range(grid.size))
            moment = replace(state, hexes=replace(state.hexes, control=held), answers={})
            assert retreat_hex(moment, row, {origin}, here) == free


# --- support ------------------------------------------------------------------------------------------------------


def test_9_9_a_road_that_an_enemy_interdicts_can_be_interdicted_too_and_ones_own_mark_cannot() -> None:
    cast = [unit("a", "saa", "0101", sight=4), unit("foe", "isis", "0501")]
    world = situation(LANE, units=cast, roads=[["0201", "0301", "0401"]])
    state = play(world, points=5)
    state = replace(state, clock=replace(state.clock, support=((("strike", 2),), ())), answers={})
    here = at(state, "0301")
    for mark, fine in ((0, True), (1, False), (2, True)):
        marks = [0] * world.grid.size
        marks[here] = mark
        moment = replace(state, hexes=replace(state.hexes, interdicted=tuple(marks)), answers={})
        assert ("already interdicted" not in refused(moment, od.Interdict(here))) == fine
    assert refused(state, od.Interdict(here)) == ""
    empty = replace(state, clock=replace(state.clock, support=((), ())), answers={})
    assert refused(empty, od.Interdict(here)), "nothing to do it with"
    assert isinstance(strikes.best_kind(empty, 0, here, "interdicts"), Refusal)
    assert strikes.best_kind(state, 0, here, "interdicts") == "strike"


# --- events -------------------------------------------------------------------------------------------------------


def test_an_event_that_surely_fires_another_throws_no_dice() -> None:
    sure = run(
        stage(event({"do": "fire", "event": "b", "percent": 100}, id="a"), event(id="b", asked="never", when=[]))
    )
    assert not any(isinstance(one, ev.DiceRolled) for one in sure.events)


def test_supplies_of_an_event_lie_beside_those_that_are_there() -> None:
    found = run(stage(event({"do": "drop", "faction": "saa", "at": {"hex": "0203"}, "turns": 2})))
    assert [one.fresh for one in found.events if isinstance(one, ev.SuppliesDropped)] == [True]


def test_11_14_in_a_standstill_nobody_closes_up_to_any_of_several_rivals() -> None:
    cast = [
        unit("a", "saa", "0203", steps=4), unit("b", "saa", "0204", steps=3), unit("dmc", "sdf", "0503", steps=3),
        unit("far", "sdf", "0906", steps=3), unit("foe", "isis", "0901"),
    ]  # fmt: skip
    state = play(situation(FIELD, factions=THREE, units=cast), points=5)
    known = replace(
        state.intel[0], level=(2,) * 5, hex=state.units.hex, steps=state.units.steps, turn=(1,) * 5,
    )  # fmt: skip
    state = replace(state, clock=replace(state.clock, ladder=2, quiet=1), intel=(known, *state.intel[1:]), answers={})
    after, _ = engine.apply(state, od.Standstill())
    assert "standstill" in refused(after, od.Move("a", (at(state, "0303"),)))


@pytest.mark.parametrize(("first", "then", "sum_"), [(2, 3, 5), (-2, 3, 1)])
def test_changes_of_a_grant_add_up(first: int, then: int, sum_: int) -> None:
    grants = [{"do": "grant", "faction": "saa", "kind": "strike", "change": change} for change in (first, then)]
    assert dict(run(stage(event(*grants))).clock.grants[0])["strike"] == sum_


@pytest.mark.parametrize(("before", "now", "happens"), [(1, 0, True), (0, 1, False), (1, -1, True), (-1, 1, False)])
def test_a_place_is_taken_from_somebody_when_he_had_it_and_has_it_no_more(before: int, now: int, happens: bool) -> None:
    when = [{"on": "taken", "at": {"hex": "0301"}, "from": "isis"}]
    taken = to_event({"id": "it", "when": when, "do": [{"do": "points", "faction": "saa", "victory": 1}]})
    state = play(situation(LANE, units=[unit("a", "saa", "0101"), unit("foe", "isis", "0501")], events=[taken]))
    control = list(state.hexes.control)
    control[at(state, "0301")] = now
    moment = replace(
        state, hexes=replace(state.hexes, control=tuple(control)),
        clock=replace(state.clock, held=((at(state, "0301"), before),)), answers={},
    )  # fmt: skip
    assert (conditions.verdict(moment, state.world.script.events[0].when[0]) is True) == happens


# --- one that is left out -----------------------------------------------------------------------------------------


def test_4_9_nobody_digs_in_deeper_than_the_ground_allows() -> None:
    state = play(situation(LANE, units=[unit("a", "saa", "0101"), unit("foe", "isis", "0501")]), points=3)
    limit = state.world.rules.terrain.kinds["desert"].dig
    for level, free in ((limit - 1, True), (limit, False)):
        dug = with_units(state, dug=(level, 0))
        assert ("cannot dig in deeper" not in refused(dug, od.DigIn("a"))) == free


def test_4_5_who_arrives_takes_the_hex_in_which_it_enters() -> None:
    late = unit("late", "saa", "", arrives="2017-09-05", entry=["0201"])
    draft = Draft(play(situation(LANE, units=[late, unit("foe", "isis", "0501")])))
    assert draft.hexes.control[at(draft.world, "0201")] == -1
    reinforcements.arrive(draft, 0)
    assert draft.hexes.control[at(draft.world, "0201")] == 0


def test_15_1_an_entry_that_an_event_has_chosen_comes_first_and_once() -> None:
    late = unit("late", "saa", "", arrives="2017-09-05", entry=["0201", "0301"])
    state = play(situation(LANE, units=[late, unit("foe", "isis", "0501")]))
    for fixed, order in ((-1, ("0201", "0301")), (at(state, "0301"), ("0301", "0201")), (0, ("0101", "0201", "0301"))):
        found = reinforcements.entries(with_units(state, entry=(fixed, -1)), 0)
        assert found == tuple(at(state, label) for label in order)


def test_5_3_local_fighters_gain_a_shift_in_their_home_sector_alone() -> None:
    home = [{"id": "home", "name": "Home", "hexes": ["0101", "0201"]}]
    for where, gains in (("0201", True), ("0401", False)):
        foe = unit("foe", "isis", "0301" if gains else "0501")
        cast = [unit("m", "saa", where, "militia", sector="home"), foe]
        state = play(situation(LANE, units=cast, sectors=home), points=3)
        terms = shifts.shift_terms(state, 0, (0,), (1,), state.units.hex[1], False)
        assert any("home sector" in one.words for one in terms) == gains


def test_9_16_a_salvo_that_is_meant_for_no_arsenal_hits_with_the_chance_of_any_strike() -> None:
    cast = [unit("a", "saa", "0101", sight=6), unit("foe", "isis", "0401")]
    world = situation(". . . h .\n. . . . .", units=cast, rules={"support": {"kinds": {"kalibr": {"hit": 77}}}})
    state = play(world)
    assert strikes.strike_chance(state, 0, "kalibr", at(state, "0401")).total < 77


def test_11_14_steps_in_the_first_hex_count_for_a_standstill() -> None:
    cast = [unit("a", "saa", "0101", steps=3), unit("b", "saa", "0201"), unit("dmc", "sdf", "0301")]
    state = play(situation(LANE, factions=THREE, units=cast))
    assert concessions.steps_near(state, 0) == 5


def test_an_attack_is_offered_plain_and_as_a_set_piece() -> None:
    state = play(situation(LANE, units=[unit("a", "saa", "0201"), unit("foe", "isis", "0301")]), points=9)
    offered = [one for one in options.candidates(state) if isinstance(one, od.Attack) and one.units == ("a",)]
    assert {one.set_piece for one in offered} == {False, True}


def test_17_5_a_road_is_cut_where_an_enemy_interdicts_it() -> None:
    cast = [unit("a", "saa", "0102"), unit("foe", "isis", "0502"), unit("dmc", "sdf", "0402")]
    world = situation(LANE, factions=("saa", "isis", "sdf"), units=cast, roads=[["0101", "0201", "0301"]])
    state = with_units(play(world), hex=(at(world, "0102"), -1, -1), status=(1, 0, 0))
    road = SupplyRoad("road", "Road", 0, tuple(at(world, label) for label in ("0101", "0201", "0301")))
    for mark, cut in ((0, -1), (1, -1), (2, at(world, "0201")), (3, -1)):
        marks = [0] * world.grid.size
        marks[at(world, "0201")] = mark
        moment = replace(state, hexes=replace(state.hexes, interdicted=tuple(marks)), answers={})
        assert prizes.cut_at(moment, road) == cut, mark
