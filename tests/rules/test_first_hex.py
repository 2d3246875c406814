"""Hex 0, side 0, terrain 0 and faction 0 are as good as any other: nothing takes the first of its kind for none."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from game import engine
from game import events as ev
from game import orders as od
from game.hexgrid import grid
from game.rules import (
    airspace,
    combat,
    concessions,
    deconfliction,
    fog,
    ground,
    ladder,
    options,
    prizes,
    reinforcements,
    retreat,
    river,
    shifts,
    strikes,
    supply,
    supply_net,
    support,
    taking,
    threats,
    zones,
)
from game.rules.forecasting import result_of
from game.scenario.stakes import SupplyRoad
from game.state import Draft, State
from game.state.codes import CrossingState, Knowledge, Spent
from tests.rules.script_stage import NOW, event, run, stage
from tests.situation import at, play, refused, situation, to_event, unit, with_units

LANE = ". . . . .\n. . . . ."


def test_guns_in_the_first_hex_defend_and_support() -> None:
    cast = [unit("guns", "isis", "0101", "artillery"), unit("foe", "isis", "0201"), unit("a", "saa", "0301")]
    state = play(situation(LANE, units=cast))
    rows = {name: state.world.row[name] for name in ("guns", "foe", "a")}
    assert state.units.hex[rows["guns"]] == 0
    assert shifts.defending_guns(state, (rows["foe"],), {at(state, "0301")}) == (rows["guns"],)
    own = [unit("guns", "saa", "0101", "artillery"), unit("a", "saa", "0201"), unit("foe", "isis", "0301")]
    state = play(situation(LANE, units=own))
    guns = state.world.row["guns"]
    assert shifts.supporting_guns(state, 0, at(state, "0301"), (state.world.row["a"],)) == (guns,)


def test_guns_defend_when_they_reach_one_of_the_hexes_attacked_from() -> None:
    cast = [unit("guns", "isis", "0101", "artillery"), unit("foe", "isis", "0301"), unit("a", "saa", "0201")]
    state = play(situation("\n".join([". " * 12] * 2), units=cast))
    foe, origins = state.world.row["foe"], {at(state, "0201"), at(state, "1201")}
    assert shifts.defending_guns(state, (foe,), origins) == (state.world.row["guns"],)
    assert shifts.defending_guns(state, (foe,), {at(state, "1201")}) == ()


def test_an_enemy_in_the_first_hex_is_seen_hampers_and_threatens() -> None:
    state = play(situation(LANE, units=[unit("foe", "isis", "0101"), unit("a", "saa", "0301")]))
    foe, mine = state.world.row["foe"], state.world.row["a"]
    assert zones.known_enemies(state, 0) == ((foe, 0),)
    assert [here for here, mark in enumerate(zones.known_zone(state, 0)) if mark] == sorted(state.world.grid.near[0])
    found = threats.against(state, mine, at(state, "0301"))
    assert found.attackers == (foe,) and found.attack > 0
    assert combat.foes_at(state, 0, 0) == (foe,)


def test_a_threat_needs_a_way_to_a_neighbouring_hex() -> None:
    cast = [unit("foe", "isis", "0101"), unit("a", "saa", "0401", sight=6)]
    open_ = play(situation(LANE, units=cast))
    assert threats.against(open_, open_.world.row["a"], at(open_, "0401")).attackers == (open_.world.row["foe"],)
    walled = play(situation(". . x . .\n. . x . .", units=cast))
    assert threats.against(walled, walled.world.row["a"], at(walled, "0401")).attackers == ()
    slow = play(situation(LANE, units=[unit("foe", "isis", "0101", movement=7), cast[1]]))
    assert threats.against(slow, slow.world.row["a"], at(slow, "0401")).attackers == (), "8 points to 0301"
    river = ["0301/NE", "0301/SE", "0302/NE", "0302/SE"]
    wet = play(situation(LANE, units=cast, rivers=[river]))
    assert threats.against(wet, wet.world.row["a"], at(wet, "0401")).attackers == (), "nobody fights over the river"


def test_rest_is_disturbed_from_the_first_hex_as_well() -> None:
    cast = [unit("foe", "isis", "0101"), unit("a", "saa", "0201"), unit("b", "saa", "0501")]
    state = play(situation(LANE, units=cast))
    state = replace(state, units=replace(state.units, disrupted=(1, 1, 0)), answers={})
    near = engine.refusal(state, od.Rest("a"))
    assert near is not None and engine.refusal(state, od.Rest("b")) is None


def test_the_first_faction_answers_for_its_fire() -> None:
    town = {"name": "Town", "hex": "0301", "kind": "town", "size": 2, "population": 30}
    cast = [unit("guns", "saa", "0101", "artillery"), unit("eye", "saa", "0201"), unit("foe", "isis", "0301")]
    state = play(situation(". . U . .\n. . . . .", units=cast, places=[town], holders={"Town": "isis"}))
    after, events = engine.apply(state, od.Bombard("guns", at(state, "0301")))
    harmed = [one for one in events if isinstance(one, ev.CiviliansHarmed)]
    assert [one.faction for one in harmed] == [0] and harmed[0].harm > 0
    assert after.factions.harm[0] == harmed[0].harm == after.places.harm[0]


def test_events_that_are_fired_come_before_those_that_wait() -> None:
    found = run(stage(
        event({"do": "fire", "event": "a"}, {"do": "fire", "event": "b"}, id="first"),
        event({"do": "fire", "event": "c"}, id="a", asked="never", when=[]),
        event(id="b", asked="never", when=[]), event(id="c", asked="never", when=[]),
    ))  # fmt: skip
    assert [one.id for one in found.events if isinstance(one, ev.EventFired)] == ["first", "a", "c", "b"]


def test_boats_meet_an_enemy_nobody_saw_and_stay() -> None:
    cast = [unit("s", "saa", "0101", "special"), unit("cell", "isis", "0201", "cell", hidden=True, steps=1)]
    world = situation(
        LANE, factions=("saa", "sdf", "isis"), units=[*cast, unit("dmc", "sdf", "0302")],
        rivers=[["0101/NE", "0101/SE"]],
    )  # fmt: skip
    state, side = play(world, points=3, seen=False), world.grid.side("0101/NE")
    after, events = engine.apply(state, od.Bridge("s", side, "boats"))
    assert after.units.hex[world.row["s"]] == 0 and after.intel[0].level[world.row["cell"]] == 2
    assert not any(isinstance(one, ev.IncidentRolled) for one in events), "it never left the bank"
    cast = [unit("s", "saa", "0101", "special"), unit("dmc", "sdf", "0301")]
    free = play(situation(LANE, factions=("saa", "sdf", "isis"), units=cast, rivers=[["0101/NE", "0101/SE"]]), points=3)
    _, events = engine.apply(free, od.Bridge("s", side, "boats"))
    rolled = [one.chance for one in events if isinstance(one, ev.IncidentRolled)]
    assert rolled == [world.rules.deconfliction.adjacent]


def test_supply_names_the_first_source_and_the_first_hex() -> None:
    world = situation(
        LANE, units=[unit("a", "saa", "0101"), unit("b", "saa", "0201")], roads=[["0101", "0201", "0301"]],
        sources={"saa": [{"name": "Home", "kind": "edge", "hex": "0101", "capacity": 9}]},
    )  # fmt: skip
    state = play(world)
    assert [supply.explain(state, row).way[-1] for row in (0, 1)] == [0, 0]
    assert {supply.explain(state, row).source for row in (0, 1)} == {"Home"}


def test_a_contact_larger_than_all_sizes_is_of_the_last_size() -> None:
    state = play(situation(LANE, units=[unit("foe", "isis", "0101", steps=6), unit("a", "saa", "0401")]))
    row, sizes = state.world.row["foe"], state.world.rules.units.contacts
    assert sizes[-1].high < 6
    for steps in range(1, 7):
        intel = replace(state.intel[0], steps=tuple(steps if one == row else 0 for one in range(2)))
        seen = replace(state, intel=(intel, *state.intel[1:]), answers={})
        fitting = [number for number, size in enumerate(sizes) if size.low <= steps <= size.high]
        assert zones.size_class(seen, 0, row) == (fitting or [len(sizes) - 1])[0]


def test_the_first_side_of_a_map_lies_on_its_rim() -> None:
    # Why nothing can go wrong with side 0: it joins no two hexes, on any map.
    for columns, rows in ((1, 1), (2, 3), (5, 2), (90, 60)):
        assert grid(columns, rows).ends[0] in ((0, -1), (-1, 0))
    state = play(situation(LANE, units=[unit("a", "saa", "0101")]))
    assert ground.explain_step(state, 1, 0, 1) == "desert: 1"
    assert ground.explain_step(state, 1, 0, 4) == "the hexes are not adjacent"


def test_boats_need_the_major_river_beside_them() -> None:
    cast = [unit("s", "saa", "0101", "special")]
    world = situation(LANE, units=cast, rivers=[["0301/NE"]], streams=[["0101/NE"]])
    state = play(world, points=3)
    for label in ("0101/NE", "0301/NE", "0101/SE"):
        refusal = engine.refusal(state, od.Bridge("s", world.grid.side(label), "boats"))
        assert refusal is not None and "must be adjacent to that stretch" in refusal.why, label


def test_an_event_grants_support_that_a_faction_never_had() -> None:
    state = play(situation(LANE, units=[unit("a", "saa", "0101")]))
    for grants, income in (((("strike", 2),), {"strike": 2}), ((("once:strike", 1),), {"strike": 1}), ((), {})):
        given = replace(state, clock=replace(state.clock, grants=(grants, ())), answers={})
        assert support.income(given, 0) == income


def test_zones_reach_over_the_river_to_the_first_hex_only_by_a_crossing() -> None:
    for crossings, joined in (
        ((), False),
        ([("0101/SE", "bridge", "open")], True),
        ([("0101/SE", "ferry", "open")], False),
    ):
        cast = [unit("foe", "isis", "0201"), unit("a", "saa", "0401")]
        state = play(situation(LANE, units=cast, rivers=[["0101/NE", "0101/SE"]], crossings=crossings))
        side, grid = state.world.grid.side("0101/SE"), state.world.grid
        there = next(there for there in grid.near[0] if grid.side_between(0, there) == side)
        for here, near in ground.joined(state).items():
            assert set(near) == {
                other for other in state.world.grid.near[here]
                if ground.joins(state, state.world.grid.side_between(here, other))
            }  # fmt: skip
        assert (0 in ground.joined(state)[there]) == joined


def test_a_threat_adds_up_all_who_can_come_and_tells_it_in_words() -> None:
    cast = [unit("foe", "isis", "0101", "armour", steps=3), unit("two", "isis", "0201")]
    cast += [unit("a", "saa", "0401", sight=6), unit("b", "saa", "0401", steps=1)]
    state = play(situation(LANE, units=cast))
    world, row, here = state.world, state.world.row, at(state, "0401")
    known = replace(state.intel[0], level=tuple(2 * (owner == 1) for owner in world.roster.faction))
    sure = replace(state, intel=(known, *state.intel[1:]), answers={})
    found, kinds = threats.against(sure, row["a"], here), world.rules.units.types
    assert found.attackers == (row["foe"], row["two"])
    assert found.attack == (kinds["armour"].attack * 3 + kinds["infantry"].attack * 2) * 10
    assert found.defence == kinds["infantry"].defence * 30
    assert str(found) == f"2 known enemy units could attack here in the {found.column} column before shifts"
    masked = replace(known, level=tuple(int(owner == 1) for owner in world.roster.faction))
    guessed = threats.against(replace(state, intel=(masked, *state.intel[1:]), answers={}), row["a"], here)
    sizes = [next(one for one in world.rules.units.contacts if one.low <= steps <= one.high) for steps in (3, 2)]
    assert guessed.attack == sum(one.attack * one.high * 10 for one in sizes)
    blind = replace(known, level=(0,) * len(known.level))
    none = threats.against(replace(state, intel=(blind, *state.intel[1:]), answers={}), row["a"], here)
    assert str(none) == "no known enemy can attack here next turn" and none.attack == 0 == none.attackers.count(0)


def test_a_threat_from_beyond_twelve_hexes_is_none() -> None:
    wide = "\n".join([". " * 15] * 2)
    for label, near in (("1301", True), ("1401", False)):
        cast = [unit("foe", "isis", "0101", movement=40), unit("a", "saa", label)]
        state = play(situation(wide, units=cast, highways=[[f"{column:02d}01" for column in range(1, 16)]]))
        known = replace(state.intel[0], level=(0, 2), hex=(-1, 0), steps=(0, 2))
        found = threats.against(replace(state, intel=(known, *state.intel[1:]), answers={}), 0, at(state, label))
        assert bool(found.attackers) == near, label


# --- the two blocs ------------------------------------------------------------------------------------------------

STEPPE = "\n".join([", " * 9] * 6)
THREE = ("saa", "sdf", "isis")


def two_blocs(drawing: str = STEPPE, rung: int = 2, **more: Any) -> State:
    """A prize at 0201, a stack of the SAA in the first hex, the SDF at 0501; both have liaison points."""
    field = {"id": "field", "name": "Field", "kind": "field", "points": {"saa": 8, "sdf": 8}, "place": "Field"}
    cast = [unit("a", "saa", "0101", steps=3), unit("dmc", "sdf", "0501", steps=3), unit("foe", "isis", "0906")]
    state = play(situation(
        drawing, factions=THREE, units=cast,
        **{
            "victory": {"prizes": [field]}, "places": [{"name": "Field", "hex": "0201", "kind": "village", "size": 1}],
            **more,
        },
    ), points=6)  # fmt: skip
    factions = replace(state.factions, liaison=(9, 9, 0))
    return replace(state, clock=replace(state.clock, ladder=rung), factions=factions, answers={})


def test_a_stack_in_the_first_hex_stands_near_enough_to_warn_and_to_close_the_sky() -> None:
    state = two_blocs(rung=1)
    assert not refused(state, od.Warn(at(state, "0201")))
    assert not refused(two_blocs(), od.CloseSky(at(state, "0201")))
    far = with_units(state, hex=(at(state, "0105"), *state.units.hex[1:]))
    assert "supplied stack" in refused(far, od.Warn(at(state, "0201")))


def test_a_sky_over_the_first_hex_is_closed_once_keeps_others_out_and_opens_again() -> None:
    state = two_blocs()
    after, events = engine.apply(state, od.CloseSky(0))
    assert [(one.faction, one.hex) for one in events if isinstance(one, ev.SkyClosed)] == [(0, 0)]
    assert "around 0101 closed already" in refused(after, od.CloseSky(at(state, "0201")))
    assert (
        airspace.closed_by(after, 1, at(state, "0201")) == 0 and airspace.closed_by(after, 1, at(state, "0906")) == -1
    )
    for turn, closed in ((after.factions.sky_until[0] - 1, 0), (after.factions.sky_until[0], -1)):
        draft = Draft(replace(after, clock=replace(after.clock, turn=turn), answers={}))
        concessions.open_skies(draft)
        assert draft.factions.sky[0] == closed, turn


@pytest.mark.parametrize("owner", [0, 1])
def test_no_warning_keeps_anybody_off_what_the_first_faction_or_another_has_claimed(owner: int) -> None:
    state = two_blocs(rung=1)
    claimed = replace(state, places=replace(state.places, first=(owner,)), answers={})
    assert "Somebody claimed" in refused(claimed, od.Warn(at(state, "0201")))


def test_11_15_no_warning_is_given_off_an_objective_that_is_at_no_place() -> None:
    bare = {"id": "crossroads", "name": "Crossroads", "kind": "field", "points": {"saa": 8, "sdf": 8}, "hex": "0201"}
    state = two_blocs(rung=1, victory={"prizes": [bare]}, places=[])
    assert "nobody can claim it" in refused(state, od.Warn(at(state, "0201")))


def test_a_first_place_that_is_ceded_is_held_from_then_on_anew() -> None:
    state = two_blocs(control=[{"faction": "saa", "hexes": ["0201"]}])
    places = replace(state.places, checks=(4,), first=(0,))
    state = replace(state, places=places, clock=replace(state.clock, quiet=1), answers={})
    after, events = engine.apply(state, od.Cede(at(state, "0201")))
    assert any(isinstance(one, ev.PrizeCeded) for one in events)
    assert after.hexes.control[at(state, "0201")] == 1 and (after.places.checks, after.places.first) == ((0,), (0,))


@pytest.mark.parametrize("drawing", [STEPPE, "\n".join([". " * 9] * 6)])
@pytest.mark.parametrize("faction", [0, 1])
def test_troops_of_either_bloc_may_stand_unseen_on_any_ground(drawing: str, faction: int) -> None:
    state = two_blocs(drawing)
    act = deconfliction.Act("strike", at(state, "0904"))
    found = deconfliction.forecast(state, faction, act)
    assert found.percent == 0 < found.most and "you do not see" in found.unseen
    beside = deconfliction.forecast(state, faction, deconfliction.Act("strike", state.units.hex[faction]))
    assert beside.most == 0 and beside.words.endswith("troops within 2 hexes") and "known" not in beside.words


def test_who_stands_in_the_first_hex_and_appears_elsewhere_has_come_through_the_lines() -> None:
    told = to_event({"id": "it", "when": [NOW], "do": [{"do": "appear", "units": ["a"], "at": [{"hex": "0301"}]}]})
    draft = run(play(situation(LANE, units=[unit("a", "saa", "0101"), unit("foe", "isis", "0501")], events=[told])))
    kinds = [type(one) for one in draft.events if isinstance(one, ev.UnitInfiltrated | ev.UnitArrived)]
    assert kinds == [ev.UnitInfiltrated] and draft.units.hex[0] == 2


def test_a_corridor_of_the_other_bloc_through_the_first_hex_bars_ones_own() -> None:
    state = two_blocs(rung=0)
    for there in (0, 1):
        taken = replace(state, clock=replace(state.clock, corridors=((), (there,), ())), answers={})
        assert f"{state.world.grid.label(there)} is already in a corridor" in refused(taken, od.Notify((0, 1)))
    assert not refused(state, od.Notify((0, 1)))


def test_the_side_of_the_first_faction_is_beyond_the_line_for_the_other_bloc() -> None:
    sides = [f"{column:02d}02/N" for column in range(1, 10)]
    sides += [f"{column:02d}01/{way}" for column in range(1, 10, 2) for way in ("SE", "SW")]
    inner = [one for one in sides if one not in ("0101/SW", "0901/SE")]
    world = two_blocs(line={"sides": inner, "zones": {"saa": "0101", "sdf": "0106"}}).world
    for here, owner in enumerate(world.line_side):
        assert [ladder.over_line(world, faction, here) for faction in range(3)] == [owner == 1, owner == 0, False]
    assert {0, 1} == set(world.line_side)


@pytest.mark.parametrize(("holder", "mark", "cut"), [
    (1, 0, False), (-1, 0, False), (0, 0, True), (1, 1, True), (1, 2, False), (2, 0, False),
])  # fmt: skip
def test_a_supply_road_is_cut_where_the_first_faction_holds_or_interdicts_it(holder: int, mark: int, cut: bool) -> None:
    state = play(situation(LANE, factions=("saa", "isis", "iraq"), units=[unit("a", "saa", "0501", steps=1)],
                           stances={("isis", "iraq"): "friendly"}))  # fmt: skip
    road = SupplyRoad("road", "Road", 1, (1, 2))
    control = tuple(holder if here == 2 else 1 for here in range(state.world.grid.size))
    marks = tuple(mark if here == 2 else 0 for here in range(state.world.grid.size))
    hexes = replace(state.hexes, control=control, interdicted=marks)
    assert prizes.cut_at(replace(state, hexes=hexes, answers={}), road) == (2 if cut else -1)


def test_control_of_the_first_faction_is_told_as_such_even_under_a_zone_that_nobody_sees() -> None:
    late = unit("late", "sdf", arrives="2017-09-05", entry=["0101"])
    cast = [late, unit("foe", "isis", "0201"), unit("a", "saa", "0501")]
    world = situation(LANE, factions=THREE, units=cast, control=[{"faction": "saa", "hexes": ["0101"]}])
    assert "SAA control" in reinforcements._why_kept_out(play(world, seen=False), world.row["late"])


def test_joint_attacks_corridors_and_skies_are_thought_of_for_units_in_the_first_hex() -> None:
    cast = [unit("a", "saa", "0101"), unit("b", "saa", "0202"), unit("foe", "isis", "0201"), unit("dmc", "sdf", "0501")]
    state = play(situation(LANE, factions=THREE, units=cast), points=5)
    found = list(options.faction_candidates(state))
    assert {od.Notify((0,)), od.CloseSky(0), od.Attack(("a", "b"), 1)} <= set(found)


# --- the river, and after a fight ---------------------------------------------------------------------------------


def on_the_bank(kind: str, owner: int, playing: str = "sdf", now: str = "open") -> State:
    """A crossing between the first two hexes of a column that belongs to somebody, engineers of the SDF beside it."""
    cast = [unit("e", "sdf", "0101", "engineer"), unit("foe", "isis", "0501"), unit("a", "saa", "0502"),
            unit("d", "isis", "0102")]  # fmt: skip
    state = play(situation(LANE, factions=THREE, units=cast, rivers=[["0102/N"]], crossings=[("0102/N", kind, now)]),
                 turn_of=playing, points=6)  # fmt: skip
    return replace(state, sites=replace(state.sites, owner=(owner,)), answers={})


@pytest.mark.parametrize(("owner", "fine"), [(-1, True), (0, False), (1, True), (2, True)])
def test_a_bridge_of_the_first_faction_is_not_blown_by_the_other_bloc(owner: int, fine: bool) -> None:
    state = on_the_bank("bridge", owner)
    why = refused(state, od.Blow("e", state.world.grid.side("0102/N")))
    assert (why == "") == fine and (fine or "belongs to another faction" in why)


@pytest.mark.parametrize(("owner", "rule"), [(-1, ""), (0, "11.7"), (1, "9.9"), (2, "")])
def test_a_bridge_of_the_first_faction_is_not_struck_by_the_other_bloc(owner: int, rule: str) -> None:
    state = on_the_bank("bridge", owner)
    state = replace(state, clock=replace(state.clock, support=((), (("strike", 1),), ())), answers={})
    found = engine.refusal(state, od.StrikeBridge(state.world.grid.side("0102/N")))
    assert (found.rule if found is not None else "") == rule


@pytest.mark.parametrize(("owner", "playing", "site"), [
    (-1, "sdf", 0), (0, "sdf", -1), (1, "sdf", 0), (0, "saa", 0), (0, "isis", -1),
])  # fmt: skip
def test_a_ferry_of_the_first_faction_carries_its_friends_alone(owner: int, playing: str, site: int) -> None:
    state = on_the_bank("ferry", owner, playing)
    assert river.ferry_on(state, state.world.grid.side("0102/N")) == site


@pytest.mark.parametrize("number", [0, 1])
def test_a_bridge_that_is_repaired_at_once_is_the_one_that_opens(number: int) -> None:
    sides = ["0102/N", "0302/N"]
    world = situation(
        LANE, units=[unit("e", "saa", ("0101", "0301")[number], "engineer"), unit("foe", "isis", "0502")],
        rivers=[[side] for side in sides], crossings=[(side, "bridge", "blown") for side in sides],
        rules={"river": {"repair_turns": 0}},
    )  # fmt: skip
    state = play(world, points=6)
    after, _ = engine.apply(state, od.Bridge("e", world.grid.side(sides[number]), "repair"))
    assert [one == CrossingState.OPEN for one in after.sites.state] == [number == 0, number == 1]


@pytest.mark.parametrize("start", ["0101", "0201"])
def test_who_attacks_out_of_the_first_hex_follows_up_and_keeps_half_of_its_movement(start: str) -> None:
    state = play(situation(LANE, units=[unit("a", "saa", start, "mech"), unit("foe", "isis", "0501")]))
    draft = Draft(with_units(state, spent=(int(Spent.ATTACKED), 0), mp=(11, 0)))
    goal = at(state, "0202") if start == "0201" else at(state, "0102")
    retreat.advance(draft, (0,), goal, {0: 11})
    assert (draft.units.hex[0], draft.units.mp[0]) == (goal, 5)
    held = Draft(with_units(state, spent=(int(Spent.ATTACKED), 0), mp=(11, 0), hex=(state.units.hex[0], goal)))
    retreat.advance(held, (0,), goal, {0: 11})
    assert held.units.hex[0] == state.units.hex[0] and not held.events, "somebody stands there still"


@pytest.mark.parametrize(("start", "goes"), [("0101", "0201"), ("0201", "0101")])
def test_the_beaten_fall_back_out_of_the_first_hex_and_into_it(start: str, goes: str) -> None:
    cast = [unit("d", "isis", start, steps=3), unit("a", "saa", "0501", "artillery")]
    state = play(situation(". . x x .\nx x x x x", units=cast))
    draft = Draft(state)
    row = state.world.row["d"]
    assert retreat.fall_back(draft, row, 1, (state.world.row["a"],)) == 0
    assert draft.units.hex[row] == at(state, goes)


@pytest.mark.parametrize(("holder", "words"), [
    (0, ["attackers' height at 0101"]), (1, ["defenders' height at 0101"]), (-1, []),
])  # fmt: skip
def test_a_height_in_the_first_hex_looks_upon_the_fight_beside_it(holder: int, words: list[str]) -> None:
    state = play(situation("m . . . .\n. . . . .", units=[unit("a", "saa", "0301"), unit("foe", "isis", "0201")]))
    control = tuple(holder if here == 0 else -1 for here in range(state.world.grid.size))
    state = replace(state, hexes=replace(state.hexes, control=control), answers={})
    rows = state.world.row
    found = shifts._height_terms(state, (rows["a"],), (rows["foe"],), at(state, "0201"))
    assert [one.words for one in found] == words


def test_a_strike_on_a_crossing_at_the_first_hex_is_an_act_at_both_of_its_ends() -> None:
    state = on_the_bank("bridge", -1, "saa")
    for label, ends in (("0102/N", {0, at(state, "0102")}), ("0101/N", {0})):
        acts = strikes.bridge_acts(state, 0, "strike", state.world.grid.side(label))
        assert {act.hex for act in acts} == ends, label


# --- fog ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("label", "eye"), [("0101", "0201"), ("0301", "0201"), ("0201", "0101")])
def test_who_sees_a_unit_sees_how_it_stands_after_an_order_in_the_first_hex_and_from_it(label: str, eye: str) -> None:
    state = play(situation(LANE, units=[unit("a", "saa", label, steps=3), unit("eye", "isis", eye)]))
    row, foe = state.world.row["a"], 1
    assert state.intel[foe].level[row] == Knowledge.IDENTIFIED
    draft = Draft(state)
    draft.emit(ev.StepsDisrupted(row, 1, "test"))
    assert draft.intel[foe].disrupted[row] == 0
    fog.keep_up(draft, [row])
    assert draft.intel[foe].disrupted[row] == 1


@pytest.mark.parametrize("label", ["0101", "0501"])
def test_battle_identifies_who_stands_in_the_first_hex_and_nobody_off_the_map(label: str) -> None:
    late = unit("late", "saa", "", arrives="2017-09-20", entry=["0101"])
    state = play(situation(LANE, units=[unit("a", "saa", label), late, unit("foe", "isis", "0302")]), seen=False)
    draft = Draft(state)
    fog.identify(draft, 1, range(len(state.units.hex)))
    rows = state.world.row
    assert [draft.intel[1].level[rows[name]] for name in ("a", "late", "foe")] == [Knowledge.IDENTIFIED, 0, 0]


@pytest.mark.parametrize(("sight", "seen"), [(6, True), (4, True), (3, False)])
def test_the_furthest_sight_of_anybody_sees_who_passes_and_no_further(sight: int, seen: bool) -> None:
    cast = [
        unit("a", "saa", "0906", sight=1),
        unit("eye", "isis", "0103", sight=sight),
        unit("far", "isis", "0901", sight=1),
    ]
    state = play(situation("\n".join([". " * 9] * 6), units=cast))
    moved = with_units(state, hex=(at(state, "0505"), *state.units.hex[1:]))
    draft = Draft(moved)
    assert state.world.grid.distance(at(state, "0505"), at(state, "0103")) == 4
    fog.be_seen(draft, 0, at(state, "0505"))
    assert bool(draft.intel[1].level[0]) == seen


def test_an_enemy_in_the_first_hex_and_ground_of_the_first_faction_close_a_road() -> None:
    cast = [unit("foe", "isis", "0101", steps=3), unit("a", "saa", "0501")]
    state = play(situation(LANE, units=cast, roads=[["0101", "0201", "0301"]]))
    row = state.world.row["foe"]
    assert [supply_net.closers(state, 0, here) for here in (0, 1, 2)] == [(row,), (row,), ()]
    control = tuple({2: 0, 3: 1}.get(here, -1) for here in range(state.world.grid.size))
    held = replace(state, hexes=replace(state.hexes, control=control), answers={})
    assert supply_net.why_closed(held, 1, 2).startswith("SAA control on the road")
    assert supply_net.why_closed(held, 1, 3).startswith("enemy ZOC"), "its own ground, beside a battalion of the SAA"


@pytest.mark.parametrize("label", ["0101", "0301"])
def test_a_place_in_the_first_hex_falls_to_who_stands_in_it_as_his_turn_ends(label: str) -> None:
    town = {"name": "Town", "hex": label, "kind": "town", "size": 2}
    cast = [unit("a", "saa", "0502", steps=3), unit("foe", "isis", "0501")]
    state = play(situation(LANE, units=cast, places=[town], holders={"Town": "isis"}))
    here = at(state, label)
    draft = Draft(with_units(state, hex=(here, -1), status=(1, 0)))
    taking.hold_ground(draft, 0)
    assert draft.hexes.control[here] == 0


def test_an_enemy_in_the_first_hex_lets_nobody_beside_it_recover() -> None:
    for foe, recovers in (("0101", False), ("0501", True)):
        cast = [unit("a", "saa", "0201", steps=3), unit("foe", "isis", foe)]
        state = play(situation(LANE, units=cast, sources={"saa": [{"name": "depot", "hex": "0202"}]}))
        draft = Draft(with_units(state, disrupted=(1, 0)))
        reinforcements.recover(draft, 0)
        assert any(isinstance(one, ev.StepsRecovered) for one in draft.events) == recovers, foe


def test_an_objective_that_nobody_holds_is_not_the_first_faction_s() -> None:
    field = {"id": "field", "name": "Field", "kind": "field", "points": {"saa": 8}, "hex": "0301"}
    world = situation(LANE, units=[unit("a", "saa", "0101"), unit("b", "isis", "0501")], victory={"prizes": [field]})
    state, here = play(world), at(world, "0301")
    for holder in (-1, 0, 1):
        control = tuple(holder if one == here else held for one, held in enumerate(state.hexes.control))
        moment = replace(state, hexes=replace(state.hexes, control=control), answers={})
        assert prizes.claimed(moment, here) == -1, "nobody has stood in it"


def test_the_first_row_of_the_table_is_for_a_throw_of_two() -> None:
    world = situation(LANE, units=[unit("a", "saa", "0101"), unit("b", "isis", "0501")])
    table = world.rules.combat.table
    for column in range(len(world.rules.combat.columns)):
        assert [result_of(world, column, total) for total in (2, 12)] == [table[0][column], table[-1][column]]
