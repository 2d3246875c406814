"""Rulebook 7: supply. The cast: a highway from the edge at 0102 eastward, columns upon it, and raiders beside it."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest

from game.events import FireResolved, StepsLost, SuppliesDropped, SupplyJudged, UnitDestroyed
from game.orders import AirDrop
from game.rules import fog, supply, supply_net
from game.rules.supply_map import supply_map
from game.scenario.world import Airspace
from game.state import Draft, State, Supplied
from tests.rules.sketch import IRAQ, ISIS, SAA, SDF, shipped_rules, sketch, unit

FULL, STRETCHED, CUT = Supplied.FULL, Supplied.STRETCHED, Supplied.CUT


def source(name: str, kind: str = "edge", at: str = "0105", capacity: int = 40) -> dict[str, Any]:
    return {"name": name, "kind": kind, "hex": at, "capacity": capacity}


def place(name: str, kind: str, at: str) -> dict[str, Any]:
    return {"name": name, "kind": kind, "hex": at}


LONG = "\n".join(" ".join("." * 40) for _ in range(9))
ROW = [f"{column:02d}05" for column in range(1, 41)]
EDGE = {SAA: [source("Palmyra road")]}


def highway(*units: dict[str, Any], **other: Any) -> State:
    other.setdefault("roads", [("highway", ROW)])
    other.setdefault("sources", EDGE)
    return sketch(LONG, units=units, **other)


def at(state: State, label: str) -> Supplied:
    return supply.state_at(state, SAA, state.world.grid.hex(label))


def test_7_5_the_normal_budget_ends_full_supply_and_the_larger_one_all_supply() -> None:
    rules = shipped_rules()
    short = replace(rules.supply, road_budget=20, stretched_budget=40, last_leg=0, stretched_leg=1)
    state = highway(rules=replace(rules, supply=short))
    assert [at(state, label) for label in ("1105", "1205", "2105", "2205")] == [FULL, STRETCHED, STRETCHED, CUT]
    assert supply.trace(state, SAA, state.world.grid.hex("2205")).why == (
        "cut off: too far from Palmyra road, supply distance 42 (limit 40)"
    )


def test_7_1_a_track_is_dearer_than_a_road_than_a_highway() -> None:
    costs = []
    for kind in ("highway", "road", "track"):
        state = highway(roads=[(kind, ROW)])
        costs.append(supply_map(state, SAA).road.cost[state.world.grid.hex("1105")])
    carriage = shipped_rules().supply.carriage
    assert costs == [10 * carriage.highway, 10 * carriage.road, 10 * carriage.track]
    assert costs == sorted(set(costs))


def test_7_2_an_enemy_on_the_road_breaks_it_and_is_named() -> None:
    state = highway(unit("Column", SAA, "2005"), unit("Raid", ISIS, "1005", steps=1))
    found = supply.trace(state, SAA, state.world.grid.hex("2005"))
    assert found.state == CUT
    assert found.broken == state.world.grid.hex("1005")
    assert found.why == "cut at 1005: ISIS troops on the highway"
    assert found.way[0] == state.world.grid.hex("2005") and found.way[-1] == 160


def test_7_2_a_zone_breaks_an_empty_hex_but_not_a_held_one() -> None:
    # A raid north of the road shuts 0905 to 1105 of it, unless each of them is held.
    raid = unit("Raid", ISIS, "1004")
    empty = highway(unit("Column", SAA, "2005"), raid)
    assert "enemy ZOC on the highway" in supply.trace(empty, SAA, empty.world.grid.hex("2005")).why
    guards = [unit(f"Guard {label}", SAA, label, steps=1) for label in ROW[8:11]]
    held = highway(unit("Column", SAA, "2005"), raid, *guards)
    assert supply.trace(held, SAA, held.world.grid.hex("2005")).state == FULL


def test_7_2_a_hidden_cell_breaks_nothing() -> None:
    state = highway(unit("Cell", ISIS, "1005", "cell", hidden=1))
    assert at(state, "2005") == FULL


@pytest.mark.parametrize(("holder", "expected"), [(ISIS, CUT), (SDF, CUT), (IRAQ, FULL), (-1, FULL)])
def test_7_2_whose_ground_carries_supply(holder: int, expected: Supplied) -> None:
    # The whole column of the map changes hands, so that nothing goes round.
    state = highway(control={holder: [f"10{row:02d}" for row in range(1, 10)]})
    assert at(state, "2005") == expected


def test_7_2_other_units_of_the_rival_on_the_road_stop_supply() -> None:
    state = highway(unit("Council", SDF, "1005"), control={-1: ["1005"]})
    assert "SDF troops" in supply.trace(state, SAA, state.world.grid.hex("2005")).why


@pytest.mark.parametrize(("owner", "passes"), [(SDF, True), (ISIS, False)])
def test_7_2_the_rival_lets_supply_pass_in_hexes_that_one_controls(owner: int, passes: bool) -> None:
    state = highway(unit("post", owner, "1005"))
    control = list(state.hexes.control)
    control[state.world.grid.hex("1005")] = owner
    theirs = replace(state, hexes=replace(state.hexes, control=tuple(control)), answers={})
    assert at(theirs, "2005") == CUT, "they control the ground"
    assert (at(state, "2005") == FULL) == passes


RIVER = [f"11{row:02d}/{side}" for row in range(1, 10) for side in ("NW", "SW")][:-1]
OVER = "1105/NW"


def test_7_1_supply_crosses_a_major_river_at_open_crossings_alone() -> None:
    blown = highway(river=RIVER, crossings=[(OVER, "bridge", "blown")])
    assert at(blown, "1005") == FULL
    assert at(blown, "1105") == CUT
    assert supply.trace(blown, SAA, blown.world.grid.hex("1205")).why == (
        "cut at 1105: no open crossing of major river 1 from 1005"
    )
    assert at(highway(river=RIVER, crossings=[(OVER, "bridge", "open")]), "1205") == FULL


def test_7_1_a_crossing_carries_supply_where_no_road_crosses() -> None:
    banks = [("highway", ROW[:10]), ("road", ROW[10:])]
    assert at(highway(roads=banks, river=RIVER), "1205") == CUT
    assert at(highway(roads=banks, river=RIVER, crossings=[(OVER, "ferry", "open")]), "1205") == FULL


def test_7_6_a_ferry_feeds_only_so_many_steps_nearest_first() -> None:
    columns = [unit("Far", SAA, "1405", steps=3), unit("Near", SAA, "1205", steps=3)]
    state = highway(*columns, river=RIVER, crossings=[(OVER, "ferry", "open")])
    assert shipped_rules().river.ferry_capacity == 4
    assert supply_map(state, SAA).fed == {0: STRETCHED, 1: FULL}
    assert "because the ferry at" in supply.explain(state, 0).why
    assert supply_map(state, SAA).load["Palmyra road"] == (3, 40)


def test_7_6_a_source_has_a_capacity() -> None:
    columns = [unit(f"Column {number}", SAA, "0505", steps=3, supply=int(number == 2)) for number in range(3)]
    state = highway(*columns, sources={SAA: [source("Small depot", capacity=6)]})
    assert list(supply_map(state, SAA).fed.values()) == [FULL, FULL, STRETCHED]
    assert supply.explain(state, 2).why == "stretched, because Small depot has no capacity left for it"


def test_7_6_a_source_that_has_just_room_enough_feeds_in_full() -> None:
    for capacity, supplied in ((3, FULL), (2, STRETCHED)):
        column = unit("Column", SAA, "0505", steps=3)
        state = highway(column, sources={SAA: [source("Small depot", capacity=capacity)]})
        assert supply_map(state, SAA).fed[0] == supplied


def test_7_3_a_town_gives_while_it_is_held_and_an_edge_while_it_is_not_barred() -> None:
    town = {SAA: [source("Mayadin", "source")]}
    assert at(highway(sources=town), "0505") == FULL
    assert at(highway(sources=town, control={-1: ["0105"]}), "0505") == CUT
    assert at(highway(control={-1: ["0105"]}), "0505") == FULL
    lost = highway(control={ISIS: ["0105"]})
    assert supply.trace(lost, SAA, lost.world.grid.hex("0505")).why == (
        "cut at the source: Palmyra road: ISIS control on the highway"
    )


def test_7_3_sources_open_and_close_on_their_turns() -> None:
    timed = {SAA: [{**source("Convoy road"), "from": "2017-09-11", "to": "2017-09-19"}]}
    assert [at(highway(sources=timed, turn=turn), "0505") for turn in (2, 3, 5, 6)] == [CUT, FULL, FULL, CUT]


def test_7_3_an_airbase_restarts_the_way_only_while_it_is_held_and_connected() -> None:
    rules = shipped_rules()
    tight = replace(rules, supply=replace(rules.supply, road_budget=30, stretched_budget=50))
    base = [place("Strip", "airbase", "2105")]
    assert at(highway(rules=tight), "2605") == STRETCHED
    assert at(highway(rules=tight, places=base), "2605") == FULL
    assert at(highway(rules=tight, places=base, control={-1: ["2105"]}), "2605") == STRETCHED
    cut = highway(unit("Raid", ISIS, "1005"), rules=tight, places=base)
    assert at(cut, "2605") == CUT


def test_7_3_the_way_back_from_beyond_an_airbase_leads_through_it_to_the_source() -> None:
    base = [place("Strip", "airbase", "2105")]
    state = highway(places=base)
    way = supply_map(state, SAA).way(state.world.grid.hex("3505"))
    assert way[0] == state.world.grid.hex("3505") and way[-1] == 160 and 180 in way
    assert len(set(way)) == len(way) == 35


def test_7_4_the_last_leg_and_a_headquarters_that_lengthens_it() -> None:
    rules = shipped_rules()
    narrow = replace(rules, supply=replace(rules.supply, last_leg=8, stretched_leg=16))
    state = highway(rules=narrow)
    assert [at(state, label) for label in ("1007", "1008", "1009")] == [FULL, STRETCHED, STRETCHED]
    with_staff = highway(unit("Staff", SAA, "1007", "hq"), rules=narrow)
    assert [at(with_staff, label) for label in ("1007", "1008", "1009")] == [FULL, FULL, FULL]
    way = supply_map(with_staff, SAA).way(with_staff.world.grid.hex("1009"))
    assert with_staff.world.grid.hex("1007") in way and way[-1] == 160


def test_7_1_interdiction_makes_the_way_dearer_until_it_ends() -> None:
    state = highway()
    before = supply_map(state, SAA).road.cost[180]
    marks = list(state.hexes.interdicted)
    marks[170] = ISIS + 1
    struck = replace(state, hexes=replace(state.hexes, interdicted=tuple(marks))).with_fresh_answers()
    extra = shipped_rules().supply.carriage.interdicted
    assert supply_map(struck, SAA).road.cost[180] == before + extra
    marks[170] = SDF + 1  # the other bloc does not fight us: its marks do not slow our convoys
    rival = replace(state, hexes=replace(state.hexes, interdicted=tuple(marks))).with_fresh_answers()
    assert supply_map(rival, SAA).road.cost[180] == before


def judged(state: State, faction: int = SAA) -> Draft:
    draft = Draft(state)
    supply.judge(draft, faction)
    return draft


def test_7_7_a_unit_that_is_cut_is_counted_then_disrupted_then_loses_steps_but_not_the_last() -> None:
    state = highway(unit("Column", SAA, "2005", steps=3), unit("Raid", ISIS, "1005"))
    story = []
    for _ in range(7):
        draft = judged(state)
        state = draft.finish()
        story.append((state.units.cut[0], state.units.steps[0], state.units.disrupted[0]))
    assert story[:4] == [(1, 3, 0), (2, 3, 1), (3, 2, 1), (4, 1, 1)]
    assert story[-1] == (7, 1, 1)
    assert not any(isinstance(event, UnitDestroyed) for event in draft.events)


def test_7_7_a_garrison_lives_on_its_stores_first_and_fills_them_again() -> None:
    stores = shipped_rules().supply.stores["garrison"]
    cut = highway(unit("Garrison", SAA, "2005", "garrison", dry=stores), unit("Raid", ISIS, "1005"))
    assert supply.full_stores(cut.world, 0) == stores
    for left in range(stores - 1, -1, -1):
        cut = judged(cut).finish()
        assert (cut.units.supply[0], cut.units.dry[0], cut.units.cut[0]) == (STRETCHED, left, 0)
    cut = judged(cut).finish()
    assert (cut.units.supply[0], cut.units.cut[0]) == (CUT, 1)
    relieved = replace(cut, units=replace(cut.units, hex=(cut.units.hex[0], -1))).with_fresh_answers()
    relieved = judged(relieved).finish()
    assert (relieved.units.supply[0], relieved.units.dry[0], relieved.units.cut[0]) == (FULL, stores, 0)


def test_7_8_the_sentence_tells_what_was_judged_and_what_holds_now() -> None:
    state = highway(unit("Column", SAA, "2005", supply=2, cut=2))
    assert str(supply.explain(state, 0)) == (
        "Column: cut off for 2 turns when its turn opened; now full supply, supply distance 38 of 60 from Palmyra road"
    )
    state = highway(unit("Garrison", SAA, "2005", "garrison", dry=2, supply=1), unit("Raid", ISIS, "1005"))
    assert supply.explain(state, 0).why == ("stretched, with stores for 2 turns; cut at 0905: enemy ZOC on the highway")


def test_7_8_where_nothing_breaks_the_way_no_hex_is_named() -> None:
    rules = shipped_rules()
    short = replace(rules.supply, road_budget=10, stretched_budget=20, last_leg=4, stretched_leg=8)
    waits = unit("Late", SAA, "", entry=[0])
    state = highway(unit("Far", SAA, "2005"), unit("Off", SAA, "0301"), waits, rules=replace(rules, supply=short))
    told = {name: supply.explain(state, row) for row, name in enumerate(state.world.roster.id)}
    assert {name: one.broken for name, one in told.items()} == {"far": -1, "off": -1, "late": -1}
    assert told["off"].why.endswith("cut off: too far off the road (limit 2 MP)")
    assert told["far"].why.endswith("cut off: too far from Palmyra road, supply distance 38 (limit 20)")
    assert (told["late"].why, told["late"].state, told["late"].way) == ("not on the map", CUT, ())
    nowhere = highway(unit("Far", SAA, "2005"), sources={})
    assert supply.explain(nowhere, 0).broken == -1 and "no supply source" in supply.explain(nowhere, 0).why


def test_7_8_the_way_that_is_told_goes_round_what_could_break_it() -> None:
    straight, round_ = [f"{n:02d}02" for n in range(1, 8)], ["0102", "0103", "0104"]
    round_ += [f"{n:02d}04" for n in range(2, 8)] + ["0703", "0702"]
    state = sketch(
        "\n".join(" ".join("." * 8) for _ in range(5)), roads=[("highway", straight), ("highway", round_)],
        sources={SAA: [source("Rear", at="0102")]}, units=[unit("Raid", ISIS, "0402", steps=1)],
        control={ISIS: ["0702"]},
    )  # fmt: skip
    grid = state.world.grid
    found = supply.trace(state, SAA, grid.hex("0702"))
    assert found.state == CUT and found.broken == grid.hex("0702")
    assert grid.hex("0402") not in found.way and grid.hex("0404") in found.way


def test_what_feeds_a_hex_of_the_net_is_told_for_every_one_and_for_a_source_without_a_road() -> None:
    state = highway(unit("Raid", ISIS, "1003"), sources={SAA: [source("Palmyra road"), source("Lone", at="4009")]})
    grid = state.world.grid
    for here in range(0, grid.size, 3):
        if supply.state_at(state, SAA, here) != CUT:
            assert supply.state_if_held(state, SAA, here) == supply.state_at(state, SAA, here), grid.label(here)
    assert supply.state_if_held(state, SAA, grid.hex("4009")) == FULL


def test_7_8_breaks_name_the_nearest_place() -> None:
    state = highway(unit("Raid", ISIS, "1005"), places=[place("Kabajib", "village", "1105")])
    assert supply.trace(state, SAA, 180).why == "cut at 0905: enemy ZOC on the highway near Kabajib"


def test_a_unit_can_be_fed_where_its_own_presence_would_open_the_hex() -> None:
    state = highway(unit("Raid", ISIS, "1003"))
    here = state.world.grid.hex("1004")
    assert supply.state_at(state, SAA, here) == CUT
    assert supply.state_if_held(state, SAA, here) == FULL


def test_what_would_feed_a_unit_in_a_hex_is_what_feeds_it_once_it_stands_there() -> None:
    """Around a raid, on the road and off it, near to what the source can feed and at the end of it."""
    rules = shipped_rules()
    short = replace(rules.supply, road_budget=16, stretched_budget=18, last_leg=4, stretched_leg=12)
    raid = unit("Raid", ISIS, "1004")
    state = highway(unit("Guard", SAA, "0101", steps=1), raid, rules=replace(rules, supply=short))
    found = []
    for label in ("0904", "1003", "1103", "1104", "0905", "1005", "1105", "0906", "1006", "1106", "1206", "1205"):
        here = state.world.grid.hex(label)
        there = replace(state, units=replace(state.units, hex=(here, *state.units.hex[1:]))).with_fresh_answers()
        assert supply.state_if_held(state, SAA, here) == supply.state_at(there, SAA, here), label
        found.append((supply.state_at(state, SAA, here), supply.state_at(there, SAA, here)))
    assert set(found) == {(CUT, FULL), (CUT, STRETCHED), (CUT, CUT), (FULL, FULL), (STRETCHED, STRETCHED)}


# --- air drops ----------------------------------------------------------------------------------------------


def besieged(points: int = 2, **other: Any) -> State:
    """A garrison that was found cut off when its turn opened."""
    state = highway(
        unit("Garrison", SAA, "2005", "garrison"), unit("Raid", ISIS, "1005"),
        support=((("airdrop", points),), (), (), ()), **other,
    )  # fmt: skip
    return replace(state, units=replace(state.units, supply=(CUT, *state.units.supply[1:])), answers={})


def refused(state: State, label: str) -> str:
    found = supply.refuse_air_drop(state, AirDrop(state.world.grid.hex(label)))
    return str(found) if found else ""


def test_7_9_air_drops_are_for_own_units_that_no_road_feeds() -> None:
    assert refused(besieged(), "2005") == ""
    assert refused(besieged(), "2105") == "You have no unit in 2105 to receive an air drop (rule 7.9)."
    assert refused(besieged(0), "2005") == "An air drop costs 1 air-drop point; you have 0 (rule 7.9)."
    fed = highway(unit("Column", SAA, "2005"), support=((("airdrop", 2),), (), (), ()))
    assert refused(fed, "2005") == "2005 had full supply when the turn opened and needs no air drop (rule 7.9)."
    assert "already" in refused(besieged(deposits=((179, 2),)), "2005")


def test_7_9_a_drop_arrives_whole_in_part_or_not_and_feeds_that_long() -> None:
    rules = shipped_rules()
    results = {}
    for lost, all_lost in ((0, 0), (100, 0), (100, 100)):
        drops = replace(rules.supply.air_drops, lost=lost, all_lost=all_lost, most=100)
        state = besieged(rules=replace(rules, supply=replace(rules.supply, air_drops=drops)))
        draft = Draft(state)
        supply.resolve_air_drop(draft, AirDrop(179))
        fire = next(event for event in draft.events if isinstance(event, FireResolved))
        results[fire.result] = dict(draft.clock.deposits).get(179, 0)
        assert draft.support_of(SAA) == {"airdrop": 1}
    assert results == {"it arrives": 2, "part of it arrives": 1, "it is lost": 0}


def test_7_9_what_lies_there_keeps_a_unit_stretched_and_is_used_up() -> None:
    state = besieged(deposits=((179, 2),))
    for left in (1, 0):
        draft = judged(state)
        state = draft.finish()
        assert state.units.supply[0] == STRETCHED
        assert dict(state.clock.deposits).get(179, 0) == left
    assert any(isinstance(event, SuppliesDropped) and not event.turns for event in draft.events)
    assert judged(state).finish().units.supply[0] == CUT


def test_7_9_the_risk_names_its_parts_and_uses_known_enemies_alone() -> None:
    state = highway(
        unit("Garrison", SAA, "2005"), unit("Raid", ISIS, "2006", "air-defence"), unit("Block", ISIS, "1005"),
        weather=1,
    )  # fmt: skip
    rules = shipped_rules().supply.air_drops
    assert supply.loss_risk(state, SAA, 179).total == rules.lost + rules.dust
    intel = replace(state.intel[SAA], level=(0, 2, 0), hex=(-1, state.units.hex[1], -1))
    known = replace(state, intel=(intel, *state.intel[1:])).with_fresh_answers()
    whole = rules.lost + rules.dust + rules.near_enemy + rules.air_defence
    assert supply.loss_risk(known, SAA, 179).total == min(rules.most, whole)
    assert "an enemy adjacent to the hex" in str(supply.loss_risk(known, SAA, 179))


def test_judgement_is_one_event_and_losses_are_told() -> None:
    state = highway(unit("Column", SAA, "2005", cut=5, supply=2), unit("Raid", ISIS, "1005"))
    events = judged(state).events
    assert isinstance(events[0], SupplyJudged)
    assert events[0].cut == (6,)
    assert [type(event) for event in events[1:]] == [StepsLost]


def test_depots_pass_supply_on_but_give_none() -> None:
    depot = source("Forward depot", "depot", "2105", 0)
    assert at(highway(sources={SAA: [depot]}), "2105") == CUT
    state = highway(sources={SAA: [*EDGE[SAA], depot]})
    assert supply_map(state, SAA).road.cost[180] == shipped_rules().supply.relays.depot
    assert supply_net.road_relays(state, SAA) == {180: (shipped_rules().supply.relays.depot,)}


def test_7_9_nobody_drops_supplies_under_a_no_fly_declaration() -> None:
    state = besieged()
    declared = Airspace("nf", "No-fly area", frozenset({179}), frozenset({SAA}), frozenset(), True, 1, 9)
    state = replace(state, world=replace(state.world, airspace=(declared,))).with_fresh_answers()
    assert refused(state, "2005") == "No-fly area is closed to flights over 2005 by a no-fly declaration (rule 9.14)."


SHORT = ". . . .\nx x x x"


def test_7_8_a_way_that_breaks_at_its_first_step_is_traced_to_that_step() -> None:
    ways = [("highway", ["0101", "0201", "0301"])]
    home = {SAA: [source("Home", at="0101")]}
    wet = sketch(
        SHORT, units=[unit("Column", SAA, "0301")], roads=ways, sources=home,
        river=["0101/NE"], crossings=[("0101/NE", "bridge", "blown")],
    )  # fmt: skip
    found = supply.trace(wet, SAA, wet.world.grid.hex("0301"))
    assert (found.state, found.broken, found.source) == (CUT, wet.world.grid.hex("0201"), "Home")
    assert found.why.startswith("cut at 0201: no open crossing of") and found.why.endswith("from 0101")
    held = sketch(
        SHORT, units=[unit("Column", SAA, "0301"), unit("Raid", ISIS, "0201", steps=1)], roads=ways, sources=home
    )
    assert supply.trace(held, SAA, held.world.grid.hex("0301")).why == "cut at 0201: ISIS troops on the highway"


def test_7_8_a_way_that_breaks_at_the_source_or_at_the_unit_says_so() -> None:
    ways = [("highway", ["0101", "0201", "0301"])]
    home = {SAA: [source("Home", at="0101")]}
    raid = unit("Raid", ISIS, "0101", steps=1)
    shut = sketch(SHORT, units=[unit("Column", SAA, "0301"), raid], roads=ways, sources=home)
    found = supply.trace(shut, SAA, shut.world.grid.hex("0301"))
    assert found.broken == shut.world.grid.hex("0101")
    assert found.why == "cut at the source: Home: ISIS troops on the highway"
    empty = sketch(SHORT, units=[unit("Raid", ISIS, "0301", steps=1)], roads=ways, sources=home)
    assert supply.trace(empty, SAA, empty.world.grid.hex("0301")).why == "cut at 0301: ISIS troops on the highway"


def test_7_8_the_way_that_is_wished_for_leads_over_any_road_or_crossing_of_old() -> None:
    home = {SAA: [source("Home", at="0101")]}
    column, ways = [unit("Column", SAA, "0301")], [("highway", ["0101", "0201", "0301"])]
    by_road = sketch(SHORT, units=column, roads=ways, sources=home, river=["0101/NE"])
    assert supply.trace(by_road, SAA, by_road.world.grid.hex("0301")).broken == by_road.world.grid.hex("0201")
    onward = [("highway", ["0201", "0301"])]
    once = sketch(
        SHORT, units=column, roads=onward, sources=home, river=["0101/NE"], crossings=[("0101/NE", "ferry", "blown")]
    )
    assert supply.trace(once, SAA, once.world.grid.hex("0301")).broken == once.world.grid.hex("0201")
    never = sketch(SHORT, units=column, roads=onward, sources=home, river=["0101/NE"])
    found = supply.trace(never, SAA, never.world.grid.hex("0301"))
    assert (found.way, found.broken, found.source) == ((), -1, "")


def test_7_2_a_hidden_cell_is_not_named_for_the_zone_that_closes_its_hex() -> None:
    troops = [unit("Raid", ISIS, "1004"), unit("Cell", ISIS, "1005", hidden=1, steps=1)]
    state = highway(unit("Column", SAA, "2005"), *troops)
    assert supply_net.why_closed(state, SAA, state.world.grid.hex("1005")) == "enemy ZOC on the highway"


def test_7_8_units_are_explained_in_every_hex_of_the_map_and_off_it() -> None:
    state = sketch(
        SHORT, units=[unit("Corner", SAA, "0101"), unit("Column", SAA, "0401"), unit("Later", SAA, "", entry=[0])],
        roads=[("highway", ["0101", "0201", "0301", "0401"])], sources={SAA: [source("Home", at="0101")]},
    )  # fmt: skip
    told = [supply.explain(state, state.world.row[name]) for name in ("corner", "column", "later")]
    assert [one.hex for one in told] == [0, 3, -1]
    assert [one.state for one in told] == [FULL, FULL, CUT]
    assert told[0].why == "full supply, supply distance 0 of 60 from Home"
    assert told[2].why == "not on the map"


def test_7_8_without_a_source_or_a_road_nothing_can_come() -> None:
    here = [unit("Column", SAA, "0301")]
    nowhere = sketch(SHORT, units=here)
    assert "there is no supply source" in supply.trace(nowhere, SAA, nowhere.world.grid.hex("0301")).why
    ground_of_rocks = ". x . .\nx x x x"
    apart = sketch(ground_of_rocks, units=here, sources={SAA: [source("Home", at="0101")]})
    assert "no road leads there" in supply.trace(apart, SAA, apart.world.grid.hex("0301")).why


def test_the_place_that_is_named_is_the_nearest_and_of_several_the_largest() -> None:
    places = [
        {**place("Farm", "village", "1004"), "size": 0}, {**place("Town", "town", "1006"), "size": 2},
        {**place("Far", "city", "1305"), "size": 3},
    ]  # fmt: skip
    world = highway(places=places).world
    named = {label: supply_net.place_near(world, world.grid.hex(label)) for label in ("1005", "1004", "1205", "2005")}
    assert named == {"1005": "Town", "1004": "Farm", "1205": "Far", "2005": ""}
    assert supply_net.place_near(world, world.grid.hex("1505")) == "Far"
    assert supply_net.place_near(world, world.grid.hex("1605")) == ""
    assert supply_net.place_near(highway().world, 0) == ""


@pytest.mark.parametrize(("turns", "lying", "free"), [(1, 0, True), (1, 1, False), (2, 1, True), (2, 2, False)])
def test_7_9_an_air_drop_adds_to_what_lies_there_up_to_its_turns(turns: int, lying: int, free: bool) -> None:
    rules = shipped_rules()
    drops = replace(rules.supply.air_drops, turns=turns)
    state = besieged(rules=replace(rules, supply=replace(rules.supply, air_drops=drops)), deposits=((179, lying),))
    state = state if lying else replace(state, clock=replace(state.clock, deposits=())).with_fresh_answers()
    assert (refused(state, "2005") == "") == free


@pytest.mark.parametrize(("traits", "hidden"), [((), 0), (("air-defence",), 0), ((), 1)])
def test_7_9_the_range_of_the_chance_to_lose_an_air_drop_is_what_unseen_enemies_could_make_of_it(
    traits: tuple[str, ...], hidden: int
) -> None:
    """The raid is put in every hex that the garrison does not see: none makes more, some make as much."""
    kinds = ("air-defence",) if traits else ("cell",) if hidden else ()
    cast = [unit("Garrison", SAA, "0605", "garrison"), unit("Raid", ISIS, "1209", *kinds)]
    state = sketch(
        "\n".join([". " * 12] * 9), units=cast,
        support=((("airdrop", 2),), (), (), ()),
    )  # fmt: skip
    state = replace(state, units=replace(state.units, supply=(CUT, 0)), answers={}).with_fresh_answers()
    target, seen = state.units.hex[0], fog.visible_hexes(state, SAA)
    chances = []
    for here in range(state.world.grid.size):
        if here != target and (not seen[here] or hidden):
            there = replace(state, units=replace(state.units, hex=(target, here))).with_fresh_answers()
            draft = Draft(there)
            supply.resolve_air_drop(draft, AirDrop(target))
            chances.append(next(event.chance for event in draft.events if isinstance(event, FireResolved)))
    known = supply.loss_risk(state, SAA, target).total
    assert supply.loss_range(state, SAA, target) == (known, max(known, *chances))


def test_of_several_ways_to_restart_supply_in_a_hex_the_best_counts() -> None:
    field, store = place("Field", "airbase", "2105"), source("Store", "depot", "2105", 0)
    state = highway(unit("Staff", SAA, "2105", "hq"), sources={SAA: [*EDGE[SAA], store]}, places=[field])
    for base, depot, staff in permutations((1, 2, 3)):
        rules = state.world.rules
        relays = replace(rules.supply.relays, airbase=base, depot=depot, headquarters=staff)
        world = replace(state.world, rules=replace(rules, supply=replace(rules.supply, relays=relays)), answers={})
        assert supply_net.road_relays(replace(state, world=world).with_fresh_answers(), SAA) == {180: (1,)}
