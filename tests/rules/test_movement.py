"""Chapters 1 to 4: ground, stacking, zones and marches."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from game import engine
from game import orders as od
from game.events import Event, MoveCutShort, Spotted, SupportSet, UnitDisplaced
from game.rules import ground, movement, zones
from game.scenario.world import World
from game.state import Draft, State
from game.state.codes import Knowledge, Weather
from tests.situation import at, play, situation, unit

PLAIN = """
    . . . . . . .
    . . . . . . .
    . . . . . . .
    . . . . . . .
    . . . . . . .
"""


def strip(row: str, **more: Any) -> World:
    """A single row of ground above one that is outside the game; 0101/NE, 0201/SE and 0301/NE are the sides between."""
    return situation(f"{row}\n{'x ' * len(row.split())}", **more)


def move(state: State, name: str, *labels: str) -> tuple[State, tuple[Event, ...]]:
    order = od.Move(name, tuple(state.world.grid.hex(label) for label in labels))
    return engine.apply(state, order)


def where(state: State, name: str) -> str:
    row = state.world.row[name]
    return state.world.grid.label(state.units.hex[row]) if state.units.hex[row] >= 0 else ""


def test_1_1_entering_costs_the_ground_for_the_mobility() -> None:
    world = strip(". h m", units=[unit("a", "saa", "0101"), unit("b", "saa", "0201", "cell")])
    state = play(world)
    rules = world.rules.terrain.kinds
    assert ground.step_cost(state, 1, at(world, "0101"), at(world, "0201")) == rules["hills"].enter.wheeled
    assert ground.step_cost(state, 1, at(world, "0201"), at(world, "0301")) == -1
    assert ground.step_cost(state, 0, at(world, "0201"), at(world, "0301")) == rules["mountains"].enter.foot


def test_1_2_a_road_replaces_the_ground_but_never_makes_it_dearer() -> None:
    world = strip(". r .", units=[unit("a", "saa", "0101")], roads=[["0101", "0201"]], tracks=[["0201", "0301"]])
    state = play(world)
    roads = world.rules.movement.roads
    assert ground.step_cost(state, 1, 0, 1) == roads.road
    assert ground.step_cost(state, 1, 1, 2) == min(roads.track, world.rules.terrain.kinds["desert"].enter.wheeled)


def test_1_3_a_major_river_needs_a_crossing_and_a_minor_one_costs() -> None:
    world = strip(". . .", units=[unit("a", "saa", "0101")], rivers=[["0101/NE"]], streams=[["0201/SE"]])
    state = play(world)
    assert ground.step_cost(state, 1, 0, 1) == -1
    assert "no open bridge" in ground.explain_step(state, 1, 0, 1)
    plain = world.rules.terrain.kinds["desert"].enter.wheeled
    assert ground.step_cost(state, 1, 1, 2) == plain + world.rules.movement.minor_river.wheeled


@pytest.mark.parametrize(
    ("kind", "state_of", "open_"), [("bridge", "open", True), ("bridge", "blown", False), ("ferry", "open", False)]
)
def test_1_3_open_bridges_carry_marches_ferries_and_ruins_do_not(kind: str, state_of: str, open_: bool) -> None:
    world = strip(
        ". .", units=[unit("a", "saa", "0101")], rivers=[["0101/NE"]], crossings=[("0101/NE", kind, state_of)]
    )
    assert (ground.step_cost(play(world), 1, 0, 1) >= 0) == open_


@pytest.mark.parametrize("kind", ["bridge", "pontoon", "dam"])
def test_1_3_every_crossing_that_carries_a_march_has_its_toll(kind: str) -> None:
    toll = play(strip(". .")).world.rules.movement.bridge
    for rivers, streams in (([["0101/NE"]], []), ([], [["0101/NE"]])):
        world = strip(". .", rivers=rivers, streams=streams, crossings=[("0101/NE", kind, "open")])
        plain = world.rules.terrain.kinds["desert"].enter.wheeled
        assert ground.step_cost(play(world), 1, 0, 1) == plain + toll
        paved = strip(
            ". .", rivers=rivers, streams=streams, crossings=[("0101/NE", kind, "open")], roads=[["0101", "0201"]]
        )
        assert ground.step_cost(play(paved), 1, 0, 1) == world.rules.movement.roads.road + toll


def test_1_4_an_escarpment_stops_wheels_off_the_road_only() -> None:
    world = strip(". . .", units=[unit("a", "saa", "0101")], scarps=[["0101/NE", "0201/SE"]], roads=[["0201", "0301"]])
    state = play(world)
    assert ground.step_cost(state, 1, 0, 1) == -1
    assert ground.step_cost(state, 0, 0, 1) > 0
    assert ground.step_cost(state, 1, 1, 2) == world.rules.movement.roads.road


def test_1_2_a_road_over_a_minor_river_has_its_ford_or_culvert() -> None:
    world = strip(". . .", units=[unit("a", "saa", "0101")], streams=[["0101/NE", "0201/SE"]], roads=[["0101", "0201"]])
    state = play(world)
    assert ground.step_cost(state, 1, 0, 1) == world.rules.movement.roads.road
    off_road = world.rules.terrain.kinds["desert"].enter.wheeled + world.rules.movement.minor_river.wheeled
    assert ground.step_cost(state, 1, 1, 2) == off_road


def test_1_4_rain_fills_wadis() -> None:
    world = strip(". w", units=[unit("a", "saa", "0101")])
    dry, wet = play(world), play(world, weather=Weather.RAIN)
    assert ground.step_cost(wet, 1, 0, 1) == ground.step_cost(dry, 1, 0, 1) + world.rules.movement.wadi_rain


def test_2_1_a_full_hex_may_be_passed_but_not_rested_in() -> None:
    crowd = [unit(f"a{n}", "saa", "0201") for n in range(3)]
    world = strip(". . .", units=[unit("x", "saa", "0101"), *crowd, unit("hq", "saa", "0101", "hq")])
    state = play(world)
    refusal = engine.refusal(state, od.Move("x", (1,)))
    assert refusal is not None and refusal.rule == "2.1"
    state, _ = engine.apply(state, od.Move("x", (1, 2)))
    assert where(state, "x") == "0301"
    state, _ = engine.apply(state, od.Move("hq", (1,)))
    assert where(state, "hq") == "0201", "headquarters are free"


def test_2_1_steps_are_limited_too() -> None:
    world = strip(". .", units=[unit("x", "saa", "0101", steps=3), unit("a", "saa", "0201", steps=4)])
    refusal = engine.refusal(play(world), od.Move("x", (1,)))
    assert refusal is not None and "7 steps" in refusal.why


def test_3_1_only_strong_line_units_exert_a_zone() -> None:
    cast = [
        unit("line", "isis", "0303"),
        unit("weak", "isis", "0303", steps=1),
        unit("hq", "isis", "0303", "hq", steps=2),
        unit("guns", "isis", "0303", "artillery"),
        unit("militia", "isis", "0303", "militia"),
    ]
    world = situation(
        PLAIN, units=[unit("a", "saa", "0101"), *cast], rules={"units": {"stack_units": 9, "stack_steps": 40}}
    )
    state = play(world)
    exerting = [name for name in ("line", "weak", "hq", "guns", "militia") if zones.exerts_zone(state, world.row[name])]
    assert exerting == ["line"]


def test_3_1_no_zone_over_the_major_river_unless_a_crossing_is_open() -> None:
    cast = [unit("a", "saa", "0101"), unit("b", "isis", "0303")]
    dry = play(situation(PLAIN, units=cast))
    river = ["0303/N", "0303/NE", "0303/SE", "0303/NW", "0303/SW", "0303/S"]
    wet = play(situation(PLAIN, units=cast, rivers=[river]))
    bridged = play(situation(PLAIN, units=cast, rivers=[river], crossings=[("0303/N", "bridge", "open")]))
    assert [sum(zones.true_zone(state, 0)) for state in (dry, wet, bridged)] == [6, 0, 1]


def test_3_2_entering_a_zone_costs_and_zone_to_zone_ends_the_march() -> None:
    world = situation(
        PLAIN, units=[unit("a", "saa", "0103", sight=5), unit("b", "isis", "0402"), unit("c", "isis", "0404")]
    )
    state = play(world)
    found = engine.reach(state, "a")
    plain = world.rules.terrain.kinds["desert"].enter.wheeled
    edge = at(world, "0303")
    assert zones.known_zone(state, 0)[edge]
    assert found.cost[edge] == 2 * plain + world.rules.movement.zone_entry
    inside = at(world, "0403")
    assert zones.known_zone(state, 0)[inside]
    refusal = engine.refusal(state, od.Move("a", (at(world, "0203"), edge, inside, at(world, "0503"))))
    assert refusal is not None and refusal.rule == "3.2"
    assert engine.refusal(state, od.Move("a", (at(world, "0203"), edge, inside))) is None


def test_3_2_a_step_between_two_zones_ends_the_march_for_the_turn_in_as_many_orders_as_you_like() -> None:
    world = situation(
        PLAIN, units=[unit("a", "saa", "0103", sight=5), unit("b", "isis", "0402"), unit("c", "isis", "0404")]
    )
    state, _ = move(play(world, points=3), "a", "0203", "0303")
    assert state.units.mp[0] > 0, "one zone is no reason to stop"
    state, _ = move(state, "a", "0403")
    assert engine.reach(state, "a").cost == {at(world, "0403"): 0}
    for order in (od.Move("a", (at(world, "0503"),)), od.March("a"), od.March("a", True)):
        assert "had to stop" in str(engine.refusal(state, order))
    free, _ = move(play(world), "a", "0203", "0303", "0302")
    assert free.units.mp[0] == 0, "from zone to zone along the enemy's front as well"


def test_3_2_where_the_rules_allow_it_a_march_goes_on_from_zone_to_zone() -> None:
    world = situation(
        PLAIN,
        units=[unit("a", "saa", "0103", sight=5), unit("b", "isis", "0402"), unit("c", "isis", "0404")],
        rules={"movement": {"zone_to_zone_ends": False}},
    )
    state, _ = move(play(world), "a", "0203", "0303", "0403")
    assert state.units.mp[0] == play(world).units.mp[0] - 3 * 4 - 2 * world.rules.movement.zone_entry


def test_4_1_a_march_costs_what_reach_says_and_can_be_resumed() -> None:
    world = situation(PLAIN, units=[unit("a", "saa", "0101")])
    state = play(world)
    before = state.units.mp[0]
    cost = engine.reach(state, "a").cost[at(world, "0301")]
    state, _ = move(state, "a", *[world.grid.label(h) for h in engine.reach(state, "a").path(at(world, "0301"))])
    assert state.units.mp[0] == before - cost
    assert engine.refusal(state, od.Move("a", (at(world, "0302"),))) is None


def test_4_1_movement_is_granted_to_the_faction_whose_turn_opens_and_ends_with_it() -> None:
    units = [unit("a", "saa", "0101"), unit("b", "isis", "0501"), unit("c", "isis", "0505", "cell")]
    state = play(situation(PLAIN, units=units))
    assert state.units.mp[0] > 0 and state.units.mp[1:] == (0, 0)
    state, _ = move(state, "a", "0102")
    state, _ = engine.apply(state, od.EndTurn())
    assert state.units.mp[0] == 0 and all(state.units.mp[1:])
    assert state.units.spent[0] != 0, "what it did stays known until its next turn"
    state, _ = engine.apply(state, od.EndTurn())
    assert state.units.mp[0] > 0 and state.units.spent[0] == 0 and state.units.mp[1:] == (0, 0)


def test_4_1_nobody_marches_further_than_his_points() -> None:
    world = situation(PLAIN, units=[unit("a", "saa", "0101", movement=4)])
    refusal = engine.refusal(play(world), od.Move("a", (at(world, "0102"), at(world, "0103"))))
    assert refusal is not None and "costs" in refusal.why


def test_4_3_a_road_march_goes_half_again_as_far_by_road_only() -> None:
    labels = ["0101", "0201", "0301", "0401"]
    world = situation(PLAIN, units=[unit("a", "saa", "0101")], roads=[labels])
    state = play(world)
    before = state.units.mp[0]
    state, _ = engine.apply(state, od.March("a"))
    assert state.units.mp[0] == before + before * world.rules.movement.march_percent // 100
    assert engine.refusal(state, od.Move("a", (at(world, "0201"),))) is None
    refusal = engine.refusal(state, od.Move("a", (at(world, "0102"),)))
    assert refusal is not None and "road march" in refusal.why
    assert engine.refusal(state, od.DigIn("a")) is not None, "the action is spent"


def test_4_3_a_forced_march_costs_command_and_disrupts_a_step() -> None:
    world = situation(PLAIN, units=[unit("a", "saa", "0101")])
    state = play(world, points=3)
    state, _ = engine.apply(state, od.March("a", True))
    assert state.units.disrupted[0] == 1
    assert state.factions.command[0] == 3 - world.rules.command.forced_march
    assert engine.refusal(play(world), od.March("a", True)) is not None


def test_4_4_an_unknown_enemy_cuts_a_march_short_but_is_no_reason_to_refuse_it() -> None:
    world = situation(PLAIN, units=[unit("a", "saa", "0101"), unit("b", "isis", "0501", hidden=True)])
    state = play(world, seen=False)
    way = tuple(at(world, label) for label in ("0201", "0301", "0401", "0501", "0601"))
    order = od.Move("a", way)
    assert engine.refusal(state, order) is None
    state, events = engine.apply(state, order)
    assert where(state, "a") == "0401"
    assert any(isinstance(event, MoveCutShort) for event in events)
    assert state.intel[0].level[world.row["b"]] == 2


def test_4_4_an_unknown_zone_stops_for_the_turn_also_where_the_order_ends() -> None:
    world = strip(". . . .", units=[unit("a", "saa", "0101", sight=1), unit("b", "isis", "0301")])
    for way in (("0201",), ("0201", "0301")):
        state, events = move(play(world, seen=False), "a", *way)
        assert where(state, "a") == "0201" and state.units.mp[0] == 0
        assert [event.why for event in events if isinstance(event, MoveCutShort)] == [
            "an unknown enemy exerts its ZOC there"
        ]
        assert "had to stop" in str(engine.refusal(state, od.Move("a", (0,))))


def test_4_4_a_unit_that_sees_in_time_that_its_way_is_closed_halts_and_keeps_its_movement() -> None:
    world = situation(PLAIN, units=[unit("a", "saa", "0101", sight=2), unit("b", "isis", "0502", steps=1)])
    way = ("0201", "0301", "0402", "0502", "0602")
    state, events = move(play(world, seen=False), "a", *way)
    assert where(state, "a") == "0402"
    assert state.units.mp[0] == play(world).units.mp[0] - 3 * 4
    told = next(event for event in events if isinstance(event, MoveCutShort))
    assert told.why == "others hold 0502" and not told.for_good
    assert engine.refusal(state, od.Move("a", (at(world, "0403"),))) is None


def test_4_4_a_march_pays_for_the_zone_of_an_enemy_it_still_believes_in() -> None:
    world = strip(". . . .", units=[unit("a", "saa", "0101", sight=1), unit("b", "isis", "0401")])
    state = play(world)
    believed = tuple(
        replace(known, level=(0, 2), hex=(-1, at(world, "0401")), turn=(0, 1), steps=(0, 2)) if not number else known
        for number, known in enumerate(state.intel)
    )
    ghost = replace(state, units=replace(state.units, hex=(0, -1), status=(1, 2)), intel=believed, answers={})
    cost = engine.reach(ghost, "a").cost[at(world, "0301")]
    moved, _ = move(ghost, "a", "0201", "0301")
    assert moved.units.mp[0] == ghost.units.mp[0] - cost
    assert not moved.intel[0].level[1], "now it sees that nobody is there"


def test_4_5_passing_takes_ground_from_the_enemy_and_nobody_but_not_from_the_other_bloc() -> None:
    world = strip(
        ". . . .",
        factions=("saa", "sdf", "isis"),
        units=[unit("a", "saa", "0101"), unit("s", "sdf", "0401", steps=1)],
        control=[{"faction": "isis", "hexes": ["0201"]}, {"faction": "sdf", "hexes": ["0301"]}],
    )
    state, _ = move(play(world), "a", "0201", "0301")
    assert state.hexes.control[1] == world.faction("saa")
    assert state.hexes.control[2] == world.faction("sdf")


def test_4_6_a_lone_step_of_the_other_bloc_is_moved_aside() -> None:
    world = situation(
        PLAIN, factions=("saa", "sdf", "isis"), units=[unit("a", "saa", "0202"), unit("s", "sdf", "0302", steps=1)]
    )
    state, events = move(play(world), "a", "0302")
    assert where(state, "a") == "0302"
    assert where(state, "s") not in ("0302", "")
    assert any(type(event).__name__ == "UnitDisplaced" for event in events)


def test_4_6_two_steps_of_the_other_bloc_bar_the_way() -> None:
    world = situation(
        PLAIN, factions=("saa", "sdf", "isis"), units=[unit("a", "saa", "0202"), unit("s", "sdf", "0302")]
    )
    assert engine.refusal(play(world), od.Move("a", (at(world, "0302"),))) is not None


def test_4_6_a_march_passes_through_a_lone_step_without_moving_it() -> None:
    cast = [unit("a", "saa", "0203"), unit("s", "sdf", "0303", steps=1)]
    world = situation(PLAIN, factions=("saa", "sdf", "isis"), units=cast)
    state, events = move(play(world, seen=False), "a", "0303", "0404")
    assert (where(state, "a"), where(state, "s")) == ("0404", "0303")
    assert not any(isinstance(event, UnitDisplaced) for event in events)


def test_4_6_aside_is_towards_its_friends_and_off_the_way() -> None:
    for friend, goes in (("0502", "0403"), ("0305", "0304"), ("0301", "0302"), ("0103", "0204")):
        cast = [unit("a", "saa", "0203"), unit("s", "sdf", "0303", steps=1), unit("f", "sdf", friend)]
        state, _ = move(play(situation(PLAIN, factions=("saa", "sdf", "isis"), units=cast)), "a", "0303")
        assert where(state, "s") == goes, friend
        mine = state.intel[state.world.faction("saa")]
        assert mine.hex[state.world.row["s"]] == state.units.hex[state.world.row["s"]], "you saw where it went"


def test_4_6_a_lone_step_moves_aside_once_a_turn() -> None:
    cast = [unit("a", "saa", "0203"), unit("b", "saa", "0202"), unit("s", "sdf", "0303", steps=1),
            unit("f", "sdf", "0502")]  # fmt: skip
    state, _ = move(play(situation(PLAIN, factions=("saa", "sdf", "isis"), units=cast)), "a", "0303")
    aside = where(state, "s")
    state, events = move(state, "a", aside)
    assert where(state, "s") == aside and where(state, "a") == "0303"
    assert "already moved aside" in next(event.why for event in events if isinstance(event, MoveCutShort))


def test_4_6_a_brigade_stands_fast_however_few_its_steps() -> None:
    cast = [unit("a", "saa", "0202"), unit("s", "sdf", "0302", steps=1, size="bde")]
    world = situation(PLAIN, factions=("saa", "sdf", "isis"), units=cast)
    assert "others hold 0302" in str(engine.refusal(play(world), od.Move("a", (at(world, "0302"),)))).lower()
    unseen, _ = move(play(world, seen=False), "a", "0302")
    assert (where(unseen, "a"), where(unseen, "s")) == ("0202", "0302")


def test_4_6_a_single_step_in_sight_is_judged_by_what_one_knows_of_it() -> None:
    cast = [unit("a", "saa", "0202"), unit("s", "sdf", "0402", steps=1, size="bde")]
    world = situation(PLAIN, factions=("saa", "sdf", "isis"), units=cast)
    state, row = play(world, seen=False), world.row["s"]
    looks = replace(
        state.intel[0], level=(0, Knowledge.CONTACT), hex=(-1, at(world, "0402")), steps=(0, 1), turn=(0, 1)
    )
    state = replace(state, intel=(looks, *state.intel[1:]), answers={})
    order = od.Move("a", (at(world, "0302"), at(world, "0402"), at(world, "0502")))
    assert engine.refusal(engine.view(state, 0).state, order) is None
    assert engine.refusal(state, order) is None
    moved, _ = engine.apply(state, order)
    assert (where(moved, "a"), where(moved, "s"), moved.intel[0].level[row]) == ("0302", "0402", Knowledge.IDENTIFIED)


def test_4_6_a_march_that_is_stopped_on_a_lone_step_moves_it_aside_or_falls_back() -> None:
    for closed, ends in ((False, "0303"), (True, "0203")):
        cast = [unit("a", "saa", "0203"), unit("s", "sdf", "0303", steps=1), unit("z", "isis", "0404", hidden=True)]
        if closed:
            cast += [unit(f"g{n}", "isis", label) for n, label in enumerate(("0302", "0403", "0304", "0204"))]
        world = situation(PLAIN, factions=("saa", "sdf", "isis"), units=cast)
        state, _ = move(play(world, seen=False), "a", "0303", "0404")
        assert where(state, "a") == ends and where(state, "s") != where(state, "a")


def test_4_6_a_lone_step_with_nowhere_to_go_bars_the_way() -> None:
    world = strip(
        ". . .",
        factions=("saa", "sdf", "isis"),
        units=[unit("a", "saa", "0101"), unit("s", "sdf", "0201", steps=1), unit("c", "isis", "0301")],
    )
    state, events = move(play(world), "a", "0201")
    assert where(state, "a") == "0101" and where(state, "s") == "0201" and state.units.mp[0] == 0
    assert "cannot move aside" in next(e.why for e in events if isinstance(e, MoveCutShort))


def test_4_7_raiders_slip_through_zones_to_an_empty_hex() -> None:
    world = situation(
        PLAIN,
        units=[
            unit("r", "isis", "0103", "mobile"),
            unit("a", "saa", "0303"),
            unit("b", "saa", "0301"),
            unit("c", "saa", "0305"),
        ],
    )
    state = play(world, turn_of="isis")
    goal = at(world, "0503")
    state, _ = engine.apply(state, od.Infiltrate("r", goal))
    assert where(state, "r") == "0503"
    refusal = engine.refusal(play(world, turn_of="isis"), od.Infiltrate("r", at(world, "0303")))
    assert refusal is not None
    assert engine.refusal(play(world), od.Infiltrate("a", goal)) is not None, "line troops are not trained for it"


def test_4_7_who_has_slipped_through_sees_what_is_there() -> None:
    world = situation(PLAIN, units=[unit("r", "isis", "0101", "cell"), unit("a", "saa", "0501", sight=1)])
    state = play(world, turn_of="isis")
    row, isis = world.row["a"], world.faction("isis")
    assert not state.intel[isis].level[row]
    after, _ = engine.apply(state, od.Infiltrate("r", at(world, "0401")))
    assert after.intel[isis].level[row] and after.intel[isis].hex[row] == at(world, "0501")


def test_4_7_nobody_slips_into_a_hex_of_his_own_side() -> None:
    world = situation(
        PLAIN,
        factions=("saa", "sdf", "isis", "iraq"),
        stances={("saa", "iraq"): "friendly"},
        units=[
            unit("r", "saa", "0101", "special"), unit("own", "saa", "0301"), unit("ally", "iraq", "0302"),
            unit("lone", "sdf", "0201", steps=1), unit("cell", "saa", "0102", "cell"),
        ],
    )  # fmt: skip
    state = play(world)
    for label in ("0301", "0302"):
        assert "empty hex" in str(engine.refusal(state, od.Infiltrate("cell", at(world, label))))
    assert engine.refusal(state, od.Infiltrate("cell", at(world, "0401"))) is None
    assert "within 6 hexes" in str(engine.refusal(state, od.Infiltrate("cell", at(world, "0102"))))


def test_4_7_who_has_begun_to_march_cannot_slip_away() -> None:
    world = situation(PLAIN, units=[unit("r", "isis", "0101", "cell")])
    state, _ = move(play(world, turn_of="isis"), "r", "0201")
    assert "cannot infiltrate" in str(engine.refusal(state, od.Infiltrate("r", at(world, "0401"))))


def test_4_7_a_hex_that_turns_out_to_be_held_stops_those_who_slip_there() -> None:
    world = situation(PLAIN, units=[unit("r", "isis", "0101", "cell"), unit("a", "saa", "0401", sight=1)])
    state = play(world, turn_of="isis", seen=False)
    state, events = engine.apply(state, od.Infiltrate("r", at(world, "0401")))
    assert where(state, "r") == "0101" and state.intel[world.faction("isis")].level[world.row["a"]] == 2
    assert "0401 is held" in next(event.why for event in events if isinstance(event, MoveCutShort))
    assert engine.reach(state, "r").cost == {at(world, "0101"): 0}


def test_4_8_leading_a_unit_out_of_its_home_sector_costs_command() -> None:
    world = situation(
        PLAIN,
        units=[unit("a", "saa", "0101", "militia", sector="home")],
        sectors=[{"id": "home", "name": "Home", "hexes": ["0101", "0102"]}],
    )
    order = od.Move("a", (at(world, "0201"),))
    assert engine.refusal(play(world), order) is not None
    state, _ = engine.apply(play(world, points=2), order)
    assert state.factions.command[0] == 2 - world.rules.movement.cross_sector_command
    assert engine.refusal(play(world), od.Move("a", (at(world, "0102"),))) is None


def test_4_8_each_step_out_of_the_home_sector_is_paid_for_even_on_a_way_that_returns() -> None:
    world = situation(
        PLAIN,
        units=[unit("a", "saa", "0101", "militia", sector="home", movement=40)],
        sectors=[{"id": "home", "name": "Home", "hexes": ["0101", "0102"]}],
    )
    price = world.rules.movement.cross_sector_command
    state, _ = move(play(world, points=5), "a", "0201", "0101")
    assert state.factions.command[0] == 5 - price
    twice = ("0201", "0101", "0201")
    state, _ = move(play(world, points=5), "a", *twice)
    assert state.factions.command[0] == 5 - 2 * price
    short = od.Move("a", tuple(at(world, label) for label in twice))
    assert "costs 2 CP" in str(engine.refusal(play(world, points=2 * price - 1), short))


def test_4_9_digging_in_is_as_deep_as_the_ground_and_lost_by_moving() -> None:
    world = strip(". .", units=[unit("a", "saa", "0101")])
    state, _ = engine.apply(play(world), od.DigIn("a"))
    assert state.units.dug[0] == 1
    fresh = play(world)
    moved, _ = engine.apply(fresh, od.Move("a", (1,)))
    assert engine.refusal(moved, od.DigIn("a")) is not None


def test_a_unit_tied_down_cannot_move() -> None:
    world = strip(". .", units=[unit("a", "saa", "0101", locked_until="2017-10-17")])
    refusal = engine.refusal(play(world), od.Move("a", (1,)))
    assert refusal is not None and "must stay in place" in refusal.why
    assert movement.within_reach(play(world), 0).cost == {0: 0}


@pytest.mark.parametrize(
    "order",
    [
        od.Move("nobody", (1,)),
        od.Move("b", (1,)),
        od.Attack((), 1),
        od.Attack(("a", "a"), 1),
        od.Move("a", ()),
        od.Move("a", (99,)),
        od.Bridge("a", 0, "tunnel"),
        od.Blow("a", 0),
    ],
)
def test_orders_that_make_no_sense_are_refused_in_words_and_change_nothing(order: od.Order) -> None:
    world = strip(". . .", units=[unit("a", "saa", "0101"), unit("b", "isis", "0301")])
    state = play(world)
    before = state.digest()
    refusal = engine.refusal(state, order)
    assert refusal is not None and len(refusal.why) > 10
    with pytest.raises(engine.Refused):
        engine.apply(state, order)
    assert state.digest() == before


def test_4_4_marches_are_planned_around_known_enemies_not_unknown_ones() -> None:
    world = situation("\n".join([". " * 8] * 5), units=[unit("a", "saa", "0203"), unit("foe", "isis", "0403")])
    row, here = world.row["a"], world.grid.hex("0203")
    near, far = (movement.reach_with(play(world, seen=seen), row, here, 24).cost for seen in (True, False))
    assert near != far and set(near) < set(far)
    assert movement.reach_with(play(world), row, here, 24).cost == near, "asked again, it is the first answer"


def test_what_is_remembered_of_a_reach_is_what_would_be_found_afresh() -> None:
    """An enemy who comes or goes anywhere changes a reach as if it had never been asked before."""
    world = situation(
        "\n".join(". " * 5 for _ in range(7)), units=[unit("a", "saa", "0304"), unit("d", "isis", "0101")]
    )
    row, foe, start, budget = world.row["a"], world.row["d"], world.grid.hex("0304"), 4
    alone = play(world, seen=False)
    free = movement.reach_with(alone, row, start, budget)
    for there in range(world.grid.size):
        if there == start:
            continue
        assert movement.reach_with(alone, row, start, budget).cost == free.cost, "he has left again"
        draft = Draft(alone)
        draft.emit(Spotted(0, foe, 2, there))
        asked = draft.finish()
        afresh = replace(asked, world=replace(world, answers={})).with_fresh_answers()
        found, expected = (movement.reach_with(one, row, start, budget) for one in (asked, afresh))
        assert found.cost == expected.cost, world.grid.label(there)


# --- refusals, each in its own words ----------------------------------------------------------------------------------

BANK = """
    . . . .
    . . m .
    . . . x
    . . . .
"""
RIVER = [["0301/SW", "0302/NW", "0302/SW", "0303/NW", "0303/SW", "0304/NW", "0304/SW"]]


@pytest.mark.parametrize(
    ("order", "words", "more"),
    [
        (od.Attack(("tanks",), -1), "the target is off the map", {}),
        (od.Attack(("tanks",), 16), "the target is off the map", {}),
        (od.Attack(("tanks",), 6), "tanks cannot enter 0302, and so cannot attack it", {}),
        (od.Attack(("tanks",), 6), "", {"roads": [["0202", "0302"]]}),
        (od.Attack(("tanks",), 4), "you know of no enemy in 0102", {}),
        (od.Bombard("guns", 8), "you know of no enemy in 0103", {}),
        (od.Bombard("guns", -1), "the target is not within 4 hexes of guns", {}),
        (od.Bombard("guns", 16), "the target is not within 4 hexes of guns", {}),
        (od.Bombard("guns", 6), "", {}),
        (od.Bombard("guns", 6), "the target is not within 1 hex of guns",
         {"rules": {"units": {"types": {"artillery": {"range": 1}}}}}),
        (od.Bombard("guns", 6), "", {"rules": {"units": {"types": {"artillery": {"range": 2}}}}}),
        (od.DigIn("late"), "late cannot take orders off the map", {}),
        (od.Move("late", (0,)), "late cannot take orders off the map", {}),
        (od.March("tanks"), "tanks cannot move", {"rules": {"units": {"types": {"armour": {"movement": 0}}}}}),
        (od.March("tanks"), "", {}),
        (od.Interdict(-1), "the target is off the map", {}),
        (od.Interdict(11), "the target is off the map", {}),
        (od.Scout(-1), "the target is off the map", {}),
        (od.Strike("strike", 16, 1), "the target is off the map", {}),
        (od.StrikeBridge(-1), "that hexside is off the map", {}),
        (od.StrikeBridge(9999), "that hexside is off the map", {}),
        (od.AirDrop(-1), "that hex is outside the map", {}),
        (od.AirDrop(11), "that hex is outside the map", {}),
        (od.AirDrop(16), "that hex is outside the map", {}),
        (od.Strike("nothing", 6, 1), '"nothing" is no kind of support', {}),
        (od.Strike("recon", 6, 1), "at most 0 at once", {}),
        (od.Strike("recon", 6, 1), "this support cannot strike a hex",
         {"rules": {"support": {"kinds": {"recon": {"per_strike": 1}}}}}),
        (od.Attack(("tanks",), 6, (("nothing", 1),)), '"nothing" is no kind of support',
         {"roads": [["0202", "0302"]]}),
        (od.Attack(("tanks",), 6, (("recon", 1),)), "not for attacks", {"roads": [["0202", "0302"]]}),
        (od.Attack(("tanks",), 6, (("strike", 1), ("strike", 1))), "each kind of support only once",
         {"roads": [["0202", "0302"]]}),
    ],
)  # fmt: skip
def test_each_refusal_has_its_own_words(order: od.Order, words: str, more: dict[str, Any]) -> None:
    cast = [
        unit("tanks", "saa", "0202", "armour"), unit("guns", "saa", "0101", "artillery"), unit("foe", "isis", "0302"),
        unit("late", "saa", arrives="2017-09-20", entry=["0101"]),
    ]  # fmt: skip
    draft = Draft(play(situation(BANK, units=cast, **more), points=6))
    draft.emit(SupportSet(0, (("airdrop", 2), ("recon", 2), ("strike", 2)), "granted"))
    refusal = engine.refusal(draft.finish(), order)
    assert (refusal is None) if not words else (refusal is not None and words in refusal.why), refusal


def test_the_reason_why_a_step_is_closed_is_told() -> None:
    world = situation(
        BANK, units=[unit("a", "saa", "0202", "armour"), unit("i", "saa", "0202", "cell")],
        rivers=[["0202/N"]], scarps=[["0202/S"]],
    )  # fmt: skip
    state, here = play(world), at(world, "0202")
    wheels = world.roster.mobility[world.row["a"]]
    for there, words in (
        ("0302", "cannot enter mountains at 0302"), ("0201", "no open bridge crosses"),
        ("0203", "an escarpment stops"), ("0404", "are not adjacent"),
    ):  # fmt: skip
        assert words in ground.explain_step(state, wheels, here, at(world, there)), there
    assert "0403 is outside the map" in ground.explain_step(state, wheels, at(world, "0303"), at(world, "0403"))
    assert movement.may_command(state, world.row["a"]) is None
    theirs = movement.may_command(replace(state, clock=replace(state.clock, active=1), answers={}), world.row["a"])
    assert theirs is not None and "cannot take orders from" in theirs.why


def test_18_4_nothing_is_ordered_once_the_game_has_ended() -> None:
    state = play(strip(". .", units=[unit("a", "saa", "0101")]))
    over = replace(state, clock=replace(state.clock, over=1), answers={})
    refusal = engine.refusal(over, od.EndTurn())
    assert refusal is not None and refusal.rule == "18.4" and list(engine.legal_orders(over)) == []
