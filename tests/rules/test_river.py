"""Chapter 8: crossings built, used, lost."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from game import engine
from game import orders as od
from game.events import UnitDisplaced
from game.hexgrid import grid
from game.rules import ground, river
from game.scenario.world import World
from game.state import Draft, State
from game.state.codes import CrossingKind, CrossingState
from tests.situation import at, play, situation, unit

# The river runs between row 2 and row 3: every side between 0x02 and 0x03.
BANKS = """
    . . . . .
    . . . . .
    . . . . .
    . . . . .
"""


def river_between(upper: int) -> list[int]:
    """All sides between the upper rows and the rest."""
    here = grid(5, 4)
    north = {h for h in range(here.size) if h // 5 < upper}
    return sorted({here.side_between(h, n) for h in north for n in here.near[h] if n not in north})


def world_with(*units: dict[str, Any], **more: Any) -> World:
    return situation(BANKS, units=units, rivers=[[grid(5, 4).side_label(side) for side in river_between(2)]], **more)


def side(world: World, one: str, other: str) -> int:
    return world.grid.side_between(at(world, one), at(world, other))


def why(state: State, order: od.Order) -> str:
    """The words of a refusal."""
    refusal = engine.refusal(state, order)
    assert refusal is not None
    return refusal.why


def rounds(world: World, state: State, count: int) -> State:
    """End turns until ``count`` turns have passed."""
    goal = state.clock.turn + count
    while state.clock.turn < goal and not state.clock.over:
        state, _ = engine.apply(state, od.EndTurn())
    return state


def test_8_1_a_second_unit_of_engineers_finds_the_work_begun() -> None:
    world = world_with(unit("e", "saa", "0302", "engineer"), unit("f", "saa", "0302", "engineer"))
    there = side(world, "0302", "0303")
    state, _ = engine.apply(play(world, points=6), od.Bridge("e", there, "pontoon"))
    assert "already under construction" in why(state, od.Bridge("f", there, "pontoon"))


def test_8_1_engineers_bridge_the_river_and_then_columns_march() -> None:
    world = world_with(unit("e", "saa", "0302", "engineer"), unit("t", "saa", "0301", "armour"))
    there = side(world, "0302", "0303")
    state = play(world, points=6)
    assert ground.step_cost(state, 2, at(world, "0302"), at(world, "0303")) == -1
    state, _ = engine.apply(state, od.Bridge("e", there, "pontoon"))
    assert "under construction" in engine.crossing(state, there)
    assert state.factions.command[0] == 6 - world.rules.river.pontoon_command
    assert ground.step_cost(state, 2, at(world, "0302"), at(world, "0303")) == -1, "not yet"
    state = rounds(world, state, world.rules.river.pontoon_turns)
    assert "open" in engine.crossing(state, there)
    assert ground.step_cost(state, 2, at(world, "0302"), at(world, "0303")) > 0


def test_8_1_only_engineers_beside_the_river_with_points_can() -> None:
    world = world_with(
        unit("e", "saa", "0302", "engineer"), unit("i", "saa", "0302"), unit("f", "saa", "0301", "engineer")
    )
    there = side(world, "0302", "0303")
    rich = play(world, points=6)
    assert "only engineers do that" in why(rich, od.Bridge("i", there))
    assert "must be adjacent" in why(rich, od.Bridge("f", there))
    assert "costs 2 CP" in why(play(world), od.Bridge("e", there))
    assert engine.refusal(rich, od.Bridge("e", there, "repair")) is not None, "nothing to mend"


def test_8_2_work_is_lost_when_the_engineers_leave() -> None:
    world = world_with(unit("e", "saa", "0302", "engineer"))
    there = side(world, "0302", "0303")
    state, _ = engine.apply(play(world, points=6), od.Bridge("e", there))
    draft = Draft(state)
    draft.emit(UnitDisplaced(0, at(world, "0302"), at(world, "0301"), "called away"))
    state = draft.finish()
    for _ in range(2):
        state, _ = engine.apply(state, od.EndTurn())
    assert "out of action" in engine.crossing(state, there)


def test_8_1_a_blown_bridge_is_mended() -> None:
    world = world_with(unit("e", "saa", "0302", "engineer"), crossings=[("0302/S", "bridge", "blown")])
    there = side(world, "0302", "0303")
    state, _ = engine.apply(play(world, points=6), od.Bridge("e", there, "repair"))
    state = rounds(world, state, world.rules.river.repair_turns)
    assert "bridge, open" in engine.crossing(state, there)


def test_8_1_a_bridge_is_mended_whatever_else_lies_broken_beside_it() -> None:
    world = world_with(
        unit("e", "saa", "0302", "engineer"),
        crossings=[("0202/SE", "bridge", "blown"), ("0302/S", "pontoon", "blown"), ("0302/S", "bridge", "blown")],
    )
    there = side(world, "0302", "0303")
    state, _ = engine.apply(play(world, points=6), od.Bridge("e", there, "repair"))
    assert state.sites.state == (CrossingState.GONE, CrossingState.GONE, CrossingState.BUILDING)
    assert state.sites.kind == (CrossingKind.BRIDGE, CrossingKind.PONTOON, CrossingKind.BRIDGE)
    again, _ = engine.apply(play(world, points=6), od.Bridge("e", there, "pontoon"))
    laid = (CrossingState.GONE, CrossingState.BUILDING, CrossingState.GONE)
    assert again.sites.state == laid, "the old pontoon is laid again"
    ferry, _ = engine.apply(play(world, points=6), od.Bridge("e", there, "ferry"))
    assert ferry.sites.side[3:] == (there,) and ferry.sites.state[3:] == (CrossingState.OPEN,), "a new site of its own"
    no_bridge = world_with(unit("e", "saa", "0302", "engineer"), crossings=[("0302/S", "pontoon", "blown")])
    assert "no blown bridge" in why(play(no_bridge, points=6), od.Bridge("e", there, "repair"))


def test_8_3_a_ferry_takes_a_few_steps_of_any_kind() -> None:
    tanks = [unit("t", "saa", "0302", "armour"), unit("u", "saa", "0302", "armour")]
    world = world_with(*tanks, crossings=[("0302/S", "ferry", "open")])
    there = side(world, "0302", "0303")
    state, _ = engine.apply(play(world), od.Bridge("t", there, "boats"))
    assert world.grid.label(state.units.hex[0]) == "0303"
    refusal = engine.refusal(state, od.Bridge("u", there, "boats"))
    assert refusal is not None and "room for 1 more" in refusal.why
    assert state.sites.load == (state.units.steps[0],)
    state = rounds(world, state, 1)
    assert engine.refusal(state, od.Bridge("u", there, "boats")) is None, "a new turn, a new trip"
    assert state.sites.load == (0,)


def test_8_4_boats_take_light_troops_to_an_empty_bank() -> None:
    world = world_with(unit("s", "saa", "0302", "special"), unit("t", "saa", "0302", "armour"))
    there = side(world, "0302", "0303")
    state = play(world, points=2)
    assert "only by bridge" in why(state, od.Bridge("t", there, "boats"))
    state, _ = engine.apply(state, od.Bridge("s", there, "boats"))
    assert world.grid.label(state.units.hex[0]) == "0303"
    assert state.factions.command[0] == 2 - world.rules.river.assault_command
    assert engine.reach(state, "s").cost == {at(world, "0303"): 0}, "it stops on the far bank"


def test_8_4_boats_do_not_land_where_an_enemy_holds_the_bank_or_nobody_could_stand() -> None:
    world = world_with(unit("s", "saa", "0302", "special"), unit("foe", "isis", "0303"))
    there = side(world, "0302", "0303")
    assert "others hold the far bank at 0303" in why(play(world), od.Bridge("s", there, "boats"))
    assert "others hold" not in why(play(world, seen=False), od.Bridge("s", there, "boats")), "nobody was seen there"


def test_8_5_crossings_are_blown_but_never_dams() -> None:
    world = world_with(unit("i", "saa", "0302"), crossings=[("0302/S", "bridge", "open"), ("0302/SE", "dam", "open")])
    state, _ = engine.apply(play(world), od.Blow("i", side(world, "0302", "0303")))
    assert "out of action" in engine.crossing(state, side(world, "0302", "0303"))
    dam = engine.refusal(play(world), od.Blow("i", world.grid.side("0302/SE")))
    assert dam is not None and "dam" in dam.why


def test_the_crossing_of_the_map_says_what_it_is() -> None:
    world = world_with(unit("i", "saa", "0302"))
    assert river.explain_crossing(play(world), side(world, "0302", "0303")).endswith("no crossing")
    assert river.explain_crossing(play(world), side(world, "0301", "0302")) == "no river here"


def test_8_5_nobody_blows_a_crossing_of_those_who_are_neither_allies_nor_enemies() -> None:
    world = world_with(
        unit("i", "saa", "0302"), crossings=[("0302/S", "bridge", "open")], factions=("saa", "sdf", "isis", "iraq")
    )
    state, there = play(world), side(world, "0302", "0303")
    for owner, free in (("", True), ("saa", True), ("isis", True), ("sdf", False), ("iraq", False)):
        number = world.faction(owner) if owner else -1
        held = replace(state, sites=replace(state.sites, owner=(number,)), answers={})
        assert (engine.refusal(held, od.Blow("i", there)) is None) == free, owner


def test_8_1_each_reason_why_engineers_cannot_begin_a_work_is_told() -> None:
    engineer = unit("e", "saa", "0302", "engineer")
    for cast, crossings, kind, words in (
        ([unit("foe", "isis", "0202")], [], "pontoon", "0302 is in an enemy ZOC"),
        ([unit("foe", "isis", "0303")], [], "pontoon", "others hold the far bank at 0303"),
        ([], [("0302/S", "pontoon", "open")], "pontoon", "there is already a crossing at"),
        ([], [("0302/S", "bridge", "open")], "ferry", "there is already a crossing at"),
        ([], [("0302/S", "ferry", "open")], "ferry", "there is already a ferry at"),
        ([], [("0302/S", "ferry", "open")], "pontoon", ""),
        ([], [("0302/S", "ferry", "open")], "repair", "there is no blown bridge at"),
    ):  # fmt: skip
        world = world_with(engineer, *cast, crossings=crossings)
        refusal = engine.refusal(play(world, points=6), od.Bridge("e", side(world, "0302", "0303"), kind))
        assert (refusal is None) if not words else (refusal is not None and words in refusal.why), (words, refusal)


def test_8_4_whoever_crosses_by_boat_or_ferry_has_no_movement_left() -> None:
    for kind, crossings in (("special", ()), ("armour", [("0302/S", "ferry", "open")])):
        world = world_with(unit("u", "saa", "0302", kind), crossings=crossings)
        state, _ = engine.apply(play(world, points=6), od.Bridge("u", side(world, "0302", "0303"), "boats"))
        assert (state.units.hex[0], state.units.mp[0]) == (at(world, "0303"), 0)
        unseen = world_with(unit("u", "saa", "0302", kind), unit("z", "isis", "0303", "cell", hidden=True),
                            crossings=crossings)  # fmt: skip
        met, _ = engine.apply(play(unseen, points=6), od.Bridge("u", side(world, "0302", "0303"), "boats"))
        assert (met.units.hex[0], met.units.mp[0]) == (at(world, "0302"), 0), "somebody was there"
        assert met.intel[0].level[1] == 2
