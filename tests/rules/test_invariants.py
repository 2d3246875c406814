"""The invariants themselves: a state broken in one field alone is found, under the number of the promise it breaks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from game import dice, engine
from game import events as ev
from game import orders as od
from game.rules import invariants
from game.scenario.world import World
from game.state import Draft, State, Status
from game.state.codes import CrossingKind, CrossingState, Spent
from tests.rules.script_stage import stage
from tests.situation import play, situation, unit


@cache
def sound(seen: bool = True) -> State:
    """A river with a bridge and a ferry, a town, three factions; nothing is wrong here."""
    world = situation(
        """
        . . . .
        . . . .
        . . x .
        """,
        units=[
            unit("a", "saa", "0101"), unit("b", "saa", "0101"), unit("guns", "saa", "0102", "artillery"),
            unit("reserve", "saa", arrives="2017-09-20", entry=["0101"]), unit("s", "sdf", "0401", steps=1),
            unit("foe", "isis", "0402"),
        ],
        factions=("saa", "sdf", "isis"),
        places=[{"name": "Town", "hex": "0201", "population": 10, "size": 1}],
        rivers=[["0201/SE", "0202/NE", "0202/SE"]],
        crossings=[("0201/SE", "bridge", "open"), ("0202/NE", "ferry", "open")],
        victory={"prizes": [{"id": "town", "name": "The town", "kind": "town", "place": "Town", "points": {"saa": 3}}]},
        sources={"saa": [{"name": "Home", "kind": "edge", "hex": "0101", "capacity": 9}]},
    )  # fmt: skip
    return play(world, points=3, seen=seen)


def put(state: State, table: str, column: str, row: int, value: Any) -> State:
    """The state with one number changed."""
    held = getattr(state, table)
    values = list(getattr(held, column))
    values[row] = value
    return replace(state, **{table: replace(held, **{column: tuple(values)})}, answers={})


def clock(state: State, **values: Any) -> State:
    return replace(state, clock=replace(state.clock, **values), answers={})


def codes(found: Iterable[str]) -> set[str]:
    return {line.split(" ")[0] for line in found}


def test_a_sound_state_is_sound() -> None:
    assert invariants.check(sound()) == []


UNIT_RANGES = [
    ("hex", -1, 11, "I-01"), ("status", 0, 3, "I-01"), ("supply", 0, 2, "I-10"), ("cut", 0, 10, "I-10"),
    ("dry", 0, 0, "I-10"), ("spent", 0, 127, "I-10"), ("hidden", 0, 1, "I-10"), ("entry", -1, 11, "I-10"),
    ("due", 0, 210, "I-10"), ("locked", 0, 210, "I-10"), ("steps", 0, 2, "I-08"),
    ("disrupted", 0, 2, "I-08"), ("dug", 0, 3, "I-10"), ("mp", 0, 42, "I-09"),
]  # fmt: skip


@pytest.mark.parametrize(("column", "low", "high", "code"), UNIT_RANGES, ids=[one[0] for one in UNIT_RANGES])
def test_each_number_of_a_unit_stays_within_its_bounds(column: str, low: int, high: int, code: str) -> None:
    state = sound()
    for value in (low - 1, high + 1):
        found = invariants.check(put(state, "units", column, 0, value))
        assert f"{code} units.{column} of a is {value}, not {low} to {high}" in found, (column, value)
    for value in (low, high):
        found = invariants.check(put(state, "units", column, 0, value))
        assert not any(line.endswith(f"of a is {value}, not {low} to {high}") for line in found), (column, value)
    held = getattr(state.units, column)
    short = replace(state, units=replace(state.units, **{column: held[:-1]}), answers={})
    assert codes(invariants.check(short)) == {"I-04"}


OTHER_RANGES: list[tuple[str, int, str, str, dict[str, tuple[int, int]]]] = [
    # table, row, its name, code, and the least and most that a column may hold
    ("hexes", 0, "0101", "I-13", {"control": (-1, 2), "interdicted": (0, 3)}),
    ("hexes", 10, "0303", "I-13", {"control": (-1, -1), "interdicted": (0, 0)}),
    ("places", 0, "Town", "I-13", {
        "first": (-1, 2), "checks": (0, 10), "hunger": (0, 10), "harm": (0, 100_000), "strongpoints": (0, 0),
        "stormed": (0, 10), "breached": (0, 10), "warned": (0, 7),
    }),
    ("sites", 1, "crossing 1", "I-13", {
        "side": (0, len(situation("....\n....\n....").river) - 1), "kind": (0, 3), "state": (0, 2), "ready": (0, 210),
        "owner": (-1, 2), "load": (0, 999),
    }),
    ("factions", 1, "sdf", "I-24", {"command": (0, 999), "liaison": (0, 999), "pool": (0, 999)}),
    ("factions", 1, "sdf", "I-29", {"points": (-100_000, 100_000), "lost": (0, 100_000), "harm": (0, 100_000)}),
    ("factions", 1, "sdf", "I-26", {
        "calm": (0, 1), "corridor_until": (0, 11), "incidents": (0, 100_000), "begun": (0, 1), "conceded": (0, 10),
        "still": (0, 1), "grounded": (0, 11), "blamed": (0, 1), "sky_until": (0, 210),
    }),
    ("factions", 1, "sdf", "I-13", {"warned": (-1, 11), "sky": (-1, 11)}),
    ("intel[0]", 5, "foe", "I-38", {
        "level": (0, 2), "hex": (-1, 11), "turn": (0, 1), "steps": (0, 2), "disrupted": (0, 2), "dug": (0, 3),
        "supply": (0, 2), "cut": (0, 10),
    }),
]  # fmt: skip
ONE_BY_ONE = [
    (*one[:4], column, *limits) for one in OTHER_RANGES for column, limits in one[4].items()
]  # fmt: skip


@pytest.mark.parametrize(
    ("table", "row", "name", "code", "column", "low", "high"),
    ONE_BY_ONE,
    ids=[f"{one[0]}.{one[4]}" for one in ONE_BY_ONE],
)
def test_each_number_of_the_other_tables_stays_within_its_bounds(
    table: str, row: int, name: str, code: str, column: str, low: int, high: int
) -> None:
    def told(value: int) -> list[str]:
        changed = knowing(sound(), name, **{column: value}) if table == "intel[0]" else None
        return invariants.check(changed or put(sound(), table, column, row, value))

    for value in (low - 1, high + 1):
        assert f"{code} {table}.{column} of {name} is {value}, not {low} to {high}" in told(value), value
    for value in (low, high):
        assert not any(line.endswith(f"not {low} to {high}") for line in told(value)), value
    if table != "intel[0]" and (table, column) != ("sites", "side"):
        held = getattr(getattr(sound(), table), column)
        shorter = replace(getattr(sound(), table), **{column: held[:-1]})
        short = replace(sound(), **{table: shorter}, answers={})
        assert any(f"{table}.{column}: there are" in line for line in invariants.check(short))


BROKEN: list[tuple[str, str, int, Any, str]] = [
    ("hexes", "control", 0, -2, "I-13"), ("hexes", "control", 0, 3, "I-13"), ("hexes", "control", 10, 0, "I-13"),
    ("hexes", "interdicted", 0, -1, "I-13"), ("hexes", "interdicted", 0, 4, "I-13"),
    ("places", "first", 0, -2, "I-13"), ("places", "first", 0, 3, "I-13"), ("places", "checks", 0, -1, "I-13"),
    ("places", "hunger", 0, -1, "I-13"), ("places", "harm", 0, -1, "I-13"),
    ("sites", "side", 0, -1, "I-13"), ("sites", "kind", 0, -1, "I-13"), ("sites", "kind", 0, 4, "I-13"),
    ("sites", "state", 0, -1, "I-13"), ("sites", "state", 0, 3, "I-13"), ("sites", "owner", 0, -2, "I-13"),
    ("sites", "owner", 0, 3, "I-13"), ("sites", "ready", 0, -1, "I-13"), ("sites", "side", 0, 0, "I-13"),
    ("factions", "command", 0, -1, "I-24"), ("factions", "liaison", 0, -1, "I-24"), ("factions", "pool", 0, -1, "I-24"),
    ("factions", "lost", 0, -1, "I-29"), ("factions", "harm", 0, -1, "I-29"),
    ("units", "status", 3, int(Status.ON_MAP), "I-01"), ("units", "hex", 0, -1, "I-01"),
    ("units", "hex", 3, 0, "I-01"), ("units", "hex", 2, 10, "I-05"), ("units", "steps", 0, 3, "I-08"),
    ("units", "steps", 0, 0, "I-08"), ("units", "disrupted", 0, 3, "I-08"), ("units", "mp", 0, 43, "I-09"),
    ("units", "hex", 0, 7, "I-06"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "column", "row", "value", "code"), BROKEN)
def test_a_state_broken_in_one_field_is_found(table: str, column: str, row: int, value: Any, code: str) -> None:
    assert codes(invariants.check(put(sound(), table, column, row, value))) == {code}


@pytest.mark.parametrize(
    ("table", "column", "row", "value"),
    [
        ("hexes", "control", 0, -1), ("hexes", "control", 0, 2), ("hexes", "control", 10, -1),
        ("hexes", "interdicted", 0, 3), ("places", "first", 0, 2), ("places", "checks", 0, 1),
        ("sites", "owner", 0, -1), ("sites", "owner", 0, 2), ("sites", "kind", 0, 3),
        ("factions", "command", 0, 0), ("units", "mp", 0, 42), ("units", "disrupted", 0, 2), ("units", "steps", 0, 1),
    ],
)  # fmt: skip
def test_the_last_sound_value_is_sound(table: str, column: str, row: int, value: Any) -> None:
    assert invariants.check(put(sound(), table, column, row, value)) == []


CLOCKS: list[tuple[dict[str, Any], str]] = [
    ({"turn": 11}, "I-26"), ({"active": -1}, "I-26"), ({"active": 3}, "I-26"),
    ({"weather": -1}, "I-26"), ({"weather": 3}, "I-26"), ({"ladder": -1}, "I-26"), ({"ladder": 6}, "I-26"),
    ({"over": -1}, "I-26"), ({"over": 5}, "I-26"), ({"culprit": -2}, "I-26"), ({"culprit": 3}, "I-26"),
    ({"winner": -2}, "I-26"), ({"winner": 3}, "I-26"), ({"orders": -1}, "I-26"), ({"bonus": (3,)}, "I-29"),
    ({"bonus": (-2,)}, "I-29"), ({"deposits": ((12, 1),)}, "I-13"), ({"deposits": ((-1, 1),)}, "I-13"),
    ({"deposits": ((0, 0),)}, "I-13"), ({"corridors": ((1, 0), (), ())}, "I-13"),
    ({"corridors": ((0, 0), (), ())}, "I-13"), ({"corridors": ((12,), (), ())}, "I-13"),
    ({"corridors": ((-1,), (), ())}, "I-13"), ({"support": ((("strike", -1),), (), ())}, "I-24"),
    ({"support": ((("unheard-of", 1),), (), ())}, "I-24"), ({"support": ((), ())}, "I-24"),
    ({"grants": ((("strike", 1000),), (), ())}, "I-24"),
    ({"culprit": 1}, "I-26"), ({"winner": 1}, "I-26"), ({"bonus": ()}, "I-29"), ({"corridors": ((), ())}, "I-13"),
    ({"fired": (("unheard-of", 1),)}, "I-30"),
]  # fmt: skip


@pytest.mark.parametrize(("values", "code"), CLOCKS, ids=[str(one[0]) for one in CLOCKS])
def test_a_clock_broken_in_one_field_is_found(values: dict[str, Any], code: str) -> None:
    assert codes(invariants.check(clock(sound(), **values))) == {code}


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        ("turn", 1, 10), ("active", 0, 2), ("weather", 0, 2), ("ladder", 0, 5), ("quiet", -1, 10), ("over", 0, 4),
        ("culprit", -1, 2), ("winner", -1, 2), ("orders", 0, 1_000_000_000),
    ],
)  # fmt: skip
def test_each_number_of_the_clock_stays_within_its_bounds(name: str, low: int, high: int) -> None:
    for value in (low - 1, low, high, high + 1):
        told = f"I-26 clock.{name} is {value}, not {low} to {high}" in invariants.check(clock(sound(), **{name: value}))
        assert told == (not low <= value <= high), value


@pytest.mark.parametrize(
    ("values", "good"),
    [
        ({"support": ((("strike", 999),), (), ())}, True), ({"support": ((("strike", 1000),), (), ())}, False),
        ({"support": ((("strike", 0),), (), ())}, True), ({"support": ((), (("strike", -1),), ())}, False),
        ({"grants": ((("strike", -999),), (), ())}, True), ({"grants": ((("strike", -1000),), (), ())}, False),
        ({"grants": ((("once:strike", 999), ("command", 3), ("once:command", 2)), (), ())}, True),
        ({"grants": ((("once:nothing", 1),), (), ())}, False), ({"grants": ((), ())}, False),
        ({"support": ((("command", 1),), (), ())}, False),
        ({"deposits": ((0, 999), (11, 1))}, True), ({"deposits": ((0, 1000),)}, False),
        ({"deposits": ((1, 1), (0, 1))}, False), ({"deposits": ((0, 1), (0, 1))}, False),
        ({"deposits": ((10, 1),)}, False), ({"deposits": ((0, 0),)}, False),
        ({"struck": ((0, 999), (11, 1))}, True), ({"struck": ((0, 1000),)}, False), ({"struck": ((0, 0),)}, False),
        ({"struck": ((1, 1), (0, 1))}, False), ({"struck": ((0, 1), (0, 1))}, False), ({"struck": ((10, 1),)}, False),
        ({"struck": ((12, 1),)}, False), ({"struck": ((-1, 1),)}, False),
        ({"corridors": ((), (0, 1), (11,))}, True), ({"corridors": ((), (10,), ())}, False),
        ({"corridors": ((), (1, 0), ())}, False), ({"corridors": ((), (), (12,))}, False),
        ({"culprit": 0, "over": 2}, True), ({"culprit": 0, "over": 1}, False), ({"culprit": 0, "over": 4}, False),
        ({"winner": 0, "over": 4}, True), ({"winner": 0, "over": 3}, False), ({"winner": 0, "over": 2}, False),
        ({"bonus": (2,)}, True), ({"bonus": (3,)}, False), ({"bonus": (0, 0)}, False),
        ({"used": ("a b-c:x#123456",)}, True), ({"used": ("a:x#1234567",)}, False), ({"used": ("A:x#1",)}, False),
        ({"used": ("a:#1",)}, False), ({"used": ("a:x#",)}, False), ({"used": ("x#1",)}, False),
    ],
    ids=str,
)  # fmt: skip
def test_each_list_of_the_clock_is_in_order_and_within_its_bounds(values: dict[str, Any], good: bool) -> None:
    assert (invariants.check(clock(sound(), **values)) == []) == good


def test_no_turn_comes_before_the_first() -> None:
    assert "I-26" in codes(invariants.check(clock(sound(), turn=0)))


@pytest.mark.parametrize(
    "values",
    [
        {"turn": 10}, {"weather": 2}, {"ladder": 5}, {"over": 4}, {"culprit": 2, "over": 2}, {"winner": 0, "over": 4},
        {"bonus": (2,)}, {"bonus": (-1,)},
        {"deposits": ((11, 1),)}, {"corridors": ((0, 11), (), ())}, {"support": ((("strike", 0),), (), ())},
    ],
    ids=str,
)  # fmt: skip
def test_the_last_sound_clock_is_sound(values: dict[str, Any]) -> None:
    assert invariants.check(clock(sound(), **values)) == []


def test_an_event_happens_no_more_often_than_it_may_and_its_last_time_is_known() -> None:
    moment = {"on": "turn", "from": 1}
    state = stage({"id": "once", "when": [moment], "do": []}, {"id": "often", "when": [moment], "do": [], "times": 0})
    state = clock(state, last=(("often", 1), ("once", 1)), fired=(("often", 9), ("once", 1), ("once/0", 1)))
    assert invariants.check(state) == []
    for fired in (("once", 2), ("once", 0), ("once", -1)):
        assert codes(invariants.check(clock(state, fired=(("often", 1), fired)))) == {"I-30"}
    for last in ((("often", 1),), (("often", 1), ("once", 2)), (("often", 1), ("once", 0)), (("gone", 1), ("once", 1))):
        assert codes(invariants.check(clock(state, last=last))) == {"I-30"}
    assert codes(invariants.check(clock(state, fired=(("often", 9), ("once", 1), ("once/x", 1))))) == {"I-30"}


@pytest.mark.parametrize(
    "values",
    [
        {"flags": ("unheard-of",)}, {"held": ((0, 0),)}, {"used": ("combat:x#1", "combat:x#1")}, {"used": ("combat",)},
        {"quiet": -2}, {"quiet": 11},
    ],
    ids=str,
)  # fmt: skip
def test_memories_are_of_what_has_been(values: dict[str, Any]) -> None:
    assert codes(invariants.check(clock(sound(), **values))) <= {"I-30", "I-43", "I-26"} != set()
    assert invariants.check(clock(sound(), **values))
    assert invariants.check(clock(sound(), used=("combat:x#1", "combat:x#2"), quiet=-1)) == []


def knowing(state: State, name: str, **columns: int) -> State:
    """What the SAA knows of one unit, changed."""
    row, table = state.world.row[name], state.intel[0]
    changed = {
        key: (*getattr(table, key)[:row], value, *getattr(table, key)[row + 1 :]) for key, value in columns.items()
    }
    return replace(state, intel=(replace(table, **changed), *state.intel[1:]), answers={})


@pytest.mark.parametrize(
    ("level", "here", "turn"), [(3, 1, 1), (-1, -1, 1), (1, -1, 1), (0, 1, 1), (1, 12, 1), (1, -2, 1), (1, 1, 2)]
)
def test_what_a_faction_knows_hangs_together(level: int, here: int, turn: int) -> None:
    assert codes(invariants.check(knowing(sound(), "foe", level=level, hex=here, turn=turn))) == {"I-38"}
    assert invariants.check(knowing(sound(), "foe", level=2, hex=11, turn=1)) == []


def test_nobody_knows_of_his_own_units_or_of_those_that_are_not_there() -> None:
    state = sound(seen=False)
    assert codes(invariants.check(knowing(state, "a", level=2, hex=0, turn=1))) == {"I-38"}
    gone = put(put(state, "units", "hex", 5, -1), "units", "status", 5, int(Status.WITHDRAWN))
    assert codes(invariants.check(knowing(gone, "foe", level=2, hex=7, turn=1))) == {"I-38"}
    assert not any("intel[0]" in line for line in invariants.check(knowing(gone, "foe", level=0, hex=-1, turn=1)))
    assert codes(invariants.check(knowing(state, "foe", level=1, hex=7, turn=1, steps=1, disrupted=2))) == {"I-38"}
    assert codes(invariants.check(knowing(state, "foe", level=1, hex=10, turn=1))) == {"I-38"}, "outside the game"


def test_dead_units_are_nowhere_and_the_fallen_are_not_called_missing() -> None:
    state = put(put(sound(), "units", "steps", 0, 0), "units", "status", 0, int(Status.DESTROYED))
    assert codes(invariants.check(state)) == {"I-03"}
    assert invariants.check(put(state, "units", "hex", 0, -1)) == []
    gone = put(sound(), "units", "status", 0, int(Status.WITHDRAWN))
    assert codes(invariants.check(gone)) == {"I-03"}


def test_vehicles_stand_in_the_mountains_only_on_a_road() -> None:
    for ways, found in (([["0101", "0201"]], set()), ([["0201", "0301"]], {"I-05"}), ([], {"I-05"})):
        world = situation("m . .\n. . .", units=[unit("a", "saa", "0101")], roads=ways)
        assert codes(invariants.check(play(world))) == found


def test_a_hex_holds_no_more_than_it_may() -> None:
    state = sound()
    most = state.world.rules.units.stack_steps
    crowded = situation(
        ". . .\n. . .",
        units=[unit(f"a{n}", "saa", "0101", steps=2) for n in range(most // 2 + 1)],
    )
    assert codes(invariants.check(play(crowded))) == {"I-07"}


def test_stacks_are_where_the_units_are() -> None:
    state = sound()
    assert state.stacks
    moved = replace(state, units=replace(state.units, hex=(1, *state.units.hex[1:])), answers=dict(state.answers))
    assert codes(invariants.check(moved)) == {"I-02"}


def test_what_is_being_built_has_its_day_and_nothing_else_has() -> None:
    state = sound()
    assert codes(invariants.check(put(state, "sites", "state", 0, 2))) == {"I-13"}
    assert codes(invariants.check(put(state, "sites", "ready", 0, 1))) == {"I-13"}
    assert invariants.check(put(put(state, "sites", "state", 0, 2), "sites", "ready", 0, 1)) == []


def test_no_two_open_crossings_of_one_kind_on_a_side() -> None:
    state = sound()
    twice = replace(state.sites, **{
        name: (*getattr(state.sites, name), getattr(state.sites, name)[0])
        for name in ("side", "kind", "state", "ready", "owner", "load")
    })  # fmt: skip
    two = replace(state, sites=twice, answers={})
    assert codes(invariants.check(two)) == {"I-13"}
    assert invariants.check(put(two, "sites", "state", 2, CrossingState.GONE)) == []
    assert invariants.check(put(two, "sites", "kind", 2, CrossingKind.PONTOON)) == []


def test_sources_lie_in_the_game() -> None:
    state = sound()
    for here in (-1, 12, 10):
        lost = replace(state.world.factions[0].sources[0], hex=here)
        factions = (replace(state.world.factions[0], sources=(lost,)), *state.world.factions[1:])
        elsewhere = replace(state, world=replace(state.world, factions=factions), answers={})
        assert codes(invariants.check(elsewhere)) == {"I-15"}, here


# --- what an order brought about ------------------------------------------------------------------------------------


def broken(*events: ev.Event, before: State | None = None, after: State | None = None) -> set[str]:
    first = before or sound()
    return codes(invariants.check_events(first, after or first, events))


def test_an_honest_order_breaks_nothing() -> None:
    state = sound()
    for order in (od.Move("a", (1,)), od.DigIn("a"), od.EndTurn()):
        after, events = engine.apply(state, order)
        assert invariants.check_events(state, after, events) == []


def test_dice_are_those_that_the_seed_throws_and_none_is_thrown_twice() -> None:
    state = sound()
    true = ev.DiceRolled("combat", "x#1", 6, dice.two_dice(state.seed, "combat", 1, "x#1"))
    assert broken(true) == set()
    assert broken(true, true) == {"I-43"}
    assert broken(replace(true, values=(7 - true.values[0], true.values[1]))) == {"I-43"}
    later = ev.DiceRolled("combat", "x#1", 6, dice.two_dice(state.seed, "combat", 2, "x#1"))
    assert broken(later) == {"I-43"} and broken(true, ev.TurnBegan(2), later) == set()


def test_ways_are_unbroken_and_movement_only_shrinks() -> None:
    full = sound().units.mp[0]
    assert broken(ev.UnitMoved(0, 0, (1,), full)) == set()
    assert broken(ev.UnitMoved(0, 0, (2,), full)) == {"I-20"}
    assert broken(ev.UnitMoved(0, 0, (1, 3), full)) == {"I-20"}, "its last step alone is none"
    assert broken(ev.UnitMoved(0, 0, (1,), full + 1)) == {"I-20"}
    assert broken(ev.UnitMoved(0, 0, (1,), -1)) == {"I-20"}
    assert broken(ev.UnitMoved(0, 0, (1,), 4), ev.UnitMoved(0, 1, (2,), 5)) == {"I-20"}
    assert broken(ev.UnitMoved(0, 0, (1,), 4), ev.UnitSpent(0, 0, 9), ev.UnitMoved(0, 1, (2,), 9)) == set()
    assert broken(ev.UnitArrived(3, 0, 5), ev.UnitMoved(3, 0, (1,), 5)) == set()
    assert broken(ev.UnitRetreated(0, 0, (2,))) == {"I-21"}
    assert broken(ev.UnitRetreated(0, 0, (1,))) == set()
    mine, his = ev.FactionTurnBegan(0, 0), ev.FactionTurnBegan(1, 1)
    assert broken(ev.UnitMoved(0, 0, (1,), 0), mine, ev.UnitMoved(0, 1, (2,), full)) == set()
    assert broken(ev.UnitMoved(0, 0, (1,), 0), his, ev.UnitMoved(0, 1, (2,), full)) == {"I-20"}


def test_steps_grow_by_replacements_alone() -> None:
    weak, state = put(sound(), "units", "steps", 0, 1), sound()
    assert broken(before=weak, after=state) == {"I-08"}
    assert broken(ev.StepsReplaced(0, 1), before=weak, after=state) == set()
    assert broken(ev.StepsReplaced(1, 1), before=weak, after=state) == {"I-08"}
    assert broken(before=state, after=weak) == set()


def test_points_are_the_sum_of_what_was_scored() -> None:
    state = sound()
    paid = put(state, "factions", "points", 0, 5)
    two, three = ev.PointsScored(0, 2, "x"), ev.PointsScored(0, 3, "x")
    assert broken(two, three, before=state, after=paid) == set()
    assert broken(two, before=state, after=paid) == {"I-29"}
    assert broken(two, ev.PointsScored(1, 3, "x"), before=state, after=paid) == {"I-29"}


def test_ground_changes_hands_by_an_event() -> None:
    state = sound()
    taken = put(state, "hexes", "control", 5, 0)
    assert broken(before=state, after=taken) == {"I-14"}
    assert broken(ev.ControlChanged(0, (5,), (-1,)), before=state, after=taken) == set()


def test_turns_follow_one_another() -> None:
    state = sound()
    assert broken(after=clock(state, turn=2)) == set() and broken(after=clock(state, active=1)) == set()
    assert broken(after=clock(state, turn=2, active=2)) == set()
    for later in (clock(state, turn=3), clock(state, turn=0), clock(state, active=2)):
        assert broken(after=later) == {"I-27"}
    assert broken(before=clock(state, active=1), after=state) == {"I-27"}
    assert broken(before=clock(state, over=1)) == {"I-28"}
    many = [ev.QuietTurn(0)] * (100 * 2_000)
    assert broken(*many) == set() and broken(*many, ev.QuietTurn(0)) == {"I-30"}


def duel() -> World:
    return situation(". .\n. .", units=[unit("a", "saa", "0101"), unit("foe", "isis", "0201")])


def test_nobody_attacks_twice_and_every_column_is_in_the_table() -> None:
    state = sound()
    columns = len(state.world.rules.combat.table[0])
    _, events = engine.apply(play(duel()), od.Attack(("a",), 1))
    blow = next(event for event in events if isinstance(event, ev.AttackResolved))
    for column, found in ((0, set()), (columns - 1, set()), (columns, {"I-25"}), (-1, {"I-25"})):
        assert broken(replace(blow, column=column)) == found
    assert broken(blow, before=put(state, "units", "spent", 0, Spent.ACTED)) == {"I-22"}
    assert broken(blow, before=put(state, "units", "spent", 0, 127 - Spent.ACTED)) == set()


def test_a_moment_that_was_kept_does_not_change_with_what_comes_after() -> None:
    draft = Draft(sound())
    draft.emit(ev.StepsDisrupted(0, 1, "before"))
    kept = draft.snapshot()
    before = kept.digest()
    draft.emit(ev.StepsDisrupted(1, 1, "after"))
    draft.emit(ev.PointsScored(0, 5, "after"))
    assert kept.units.disrupted[:2] == (1, 0) and kept.factions.points[0] == 0 and kept.digest() == before
    assert draft.finish().units.disrupted[:2] == (1, 1)
