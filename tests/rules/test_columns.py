"""Rulebook 13.3: supply columns. The cast: a column, a hungry town, a battalion that is short, and ambushes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from game import engine
from game.events import ColumnUnloaded, PointsScored, UnitDestroyed
from game.orders import Move, Strike, Unload
from game.rules import columns, options, people
from game.rules.supply import full_stores
from game.state import Draft, State
from game.state.codes import Spent, Status, Supplied
from tests.situation import play, refused, situation, unit

STEPPE = "\n".join(", " * 8 for _ in range(5))
TOWN = {"name": "Kabajib", "hex": "0402", "bank": "west", "size": 2, "population": 20}


def road(*more: Any, hunger: int = 3, column: str = "0302", turn_of: str = "saa", **drawing: Any) -> State:
    """A column at 0302 beside the hungry town 0402, with a battalion at 0203 that is stretched."""
    troops = (
        unit("trucks", "saa", column, "logistics", steps=1, traits=["column"]), unit("col", "saa", "0203"), *more,
    )  # fmt: skip
    world = situation(STEPPE, units=troops, places=[TOWN], holders={"Kabajib": "saa"}, **drawing)
    state = play(world, turn_of=turn_of, points=5)
    short = tuple(int(Supplied.STRETCHED) for _ in state.units.supply)
    return replace(
        state, places=replace(state.places, hunger=(hunger,)), units=replace(state.units, supply=short), answers={}
    )


def test_13_3_a_column_feeds_towns_and_units_around_it_and_comes_back() -> None:
    state = road()
    after, events = engine.apply(state, Unload("trucks"))
    row = state.world.row["trucks"]
    assert ColumnUnloaded(0, row, state.world.grid.hex("0302"), (0,), 1) in events
    assert after.places.hunger == (0,) and after.units.supply[state.world.row["col"]] == Supplied.FULL
    assert after.units.hex[row] == -1 and after.units.status[row] == Status.WAITING
    assert after.units.due[row] == 3 and after.units.entry[row] == state.world.grid.hex("0302")


def test_13_3_a_column_needs_somebody_to_feed_and_its_action() -> None:
    assert "Only a supply column unloads" in refused(road(), Unload("col"))
    alone = road(hunger=0, column="0705")
    assert "obody within 1 hex" in refused(alone, Unload("trucks"))
    assert "obody" not in refused(road(hunger=0), Unload("trucks")), "the battalion is short"
    wide = road(hunger=3, column="0602", rules={"people": {"columns": {"range": 2}}})
    assert not refused(wide, Unload("trucks")) and columns.hungry_near(wide, 0) == (0,)
    assert any(isinstance(order, Unload) for order in options.candidates(road()))


@pytest.mark.parametrize(("traits", "left"), [(["column"], 3), (["irregular"], 0)])
def test_13_3_who_has_columns_has_no_convoys(traits: list[str], left: int) -> None:
    sources = {"saa": [{"name": "base", "hex": "0102", "capacity": 20}]}
    ways = [["0102", "0202", "0302", "0402"]]
    base = unit("base", "saa", "0102")
    world = situation(
        STEPPE, units=(unit("trucks", "saa", "0302", "logistics", steps=1, traits=traits), base), places=[TOWN],
        holders={"Kabajib": "saa"}, sources=sources, roads=ways, control=[{"faction": "saa", "box": ["0101", "0805"]}],
    )  # fmt: skip
    state = play(world, turn=2)
    draft = Draft(replace(state, places=replace(state.places, hunger=(3,)), answers={}))
    people.feed(draft)
    assert draft.places.hunger[0] == left


def drives(guard: int, hit: int = 100, mark: str = "isis") -> tuple[State, tuple[Any, ...]]:
    """The column drives into 0402, where somebody has interdicted the road and so many sound steps stand."""
    rules = {"support": {"kinds": {"ambush": {"hit": hit}}}}
    more = [unit("guard", "saa", "0402", steps=guard)] if guard else []
    state = road(*more, rules=rules)
    marks = [0] * state.world.grid.size
    marks[state.world.grid.hex("0402")] = state.world.faction(mark) + 1
    state = replace(state, hexes=replace(state.hexes, interdicted=tuple(marks)), answers={})
    way = (state.world.grid.hex("0402"), state.world.grid.hex("0502"))
    assert bool(columns.way_risk(state, state.world.row["trucks"], way)) == (mark == "isis" and guard < 2 and hit > 0)
    return engine.apply(state, Move("trucks", way))


@pytest.mark.parametrize(
    ("guard", "hit", "mark", "lost"),
    [(0, 100, "isis", True), (1, 100, "isis", True), (2, 100, "isis", False), (0, 0, "isis", False),
     (0, 100, "saa", False)],
)  # fmt: skip
def test_13_3_a_column_without_a_guard_may_be_lost_on_an_interdicted_road(
    guard: int, hit: int, mark: str, lost: bool
) -> None:
    state, events = drives(guard, hit, mark)
    row, isis = state.world.row["trucks"], state.world.faction("isis")
    assert (state.units.hex[row] == -1) == lost
    assert any(isinstance(event, PointsScored) and event.faction == isis for event in events) == lost
    if not lost:
        assert state.units.hex[row] == state.world.grid.hex("0502")


def ambushed(guard: int, prize: int = 10) -> tuple[State, tuple[Any, ...]]:
    """ISIS lays an ambush that cannot miss; so many sound steps guard the column."""
    rules = {
        "support": {"kinds": {"ambush": {"hit": 100}}, "cover": 0, "contact_percent": 100},
        "people": {"columns": {"prize": prize}},
    }
    more = (unit("cell", "isis", "0304"), *([unit("guard", "saa", "0302", steps=guard)] if guard else []))
    state = road(*more, turn_of="isis", rules=rules)
    table = state.intel[1]
    here = state.world.grid.hex("0302")
    row = state.world.row["trucks"]
    known = replace(
        table, level=tuple(2 if n == row else one for n, one in enumerate(table.level)),
        hex=tuple(here if n == row else one for n, one in enumerate(table.hex)),
    )  # fmt: skip
    clock = replace(state.clock, support=((), (("ambush", 1),)))
    state = replace(state, intel=(state.intel[0], known), clock=clock, answers={})
    return engine.apply(state, Strike("ambush", here))


def test_13_3_an_ambush_destroys_a_column_without_a_guard_and_pays() -> None:
    after, events = ambushed(0)
    row = after.world.row["trucks"]
    assert any(isinstance(one, UnitDestroyed) and one.unit == row for one in events)
    assert after.factions.points[1] == 10 and any(isinstance(one, PointsScored) for one in events)
    assert ambushed(0, prize=0)[0].factions.points[1] == 0
    weak, _ = ambushed(1)
    assert weak.units.hex[weak.world.row["trucks"]] == -1, "one step is no guard"


def test_13_3_two_sound_steps_guard_a_column() -> None:
    after, events = ambushed(2)
    assert after.units.hex[after.world.row["trucks"]] >= 0 and after.factions.points[1] == 0
    assert not any(isinstance(one, UnitDestroyed) for one in events)


def test_13_3_whom_a_column_feeds_is_in_full_supply_with_full_stores_and_no_longer_cut_off() -> None:
    state = road(unit("post", "saa", "0303", "garrison"))
    row = state.world.row["post"]
    units = replace(
        state.units, supply=(int(Supplied.CUT),) * len(state.units.supply), cut=(3,) * len(state.units.cut),
        dry=(0,) * len(state.units.dry),
    )  # fmt: skip
    after, _ = engine.apply(replace(state, units=units, answers={}), Unload("trucks"))
    for name in ("post", "col"):
        one = state.world.row[name]
        assert (after.units.supply[one], after.units.cut[one]) == (Supplied.FULL, 0)
        assert after.units.dry[one] == full_stores(state.world, one)
    assert full_stores(state.world, row) > 0 == after.units.hidden[row]
    trucks = state.world.row["trucks"]
    assert after.units.supply[trucks] == Supplied.CUT, "not itself"


def test_13_3_a_column_loads_where_it_started_or_where_it_enters() -> None:
    waiting = unit("late", "saa", "", "logistics", arrives="2017-09-20", entry=["0504", "0505"], traits=["column"])
    state = road(waiting)
    assert columns.home(state.world, state.world.row["trucks"]) == state.world.grid.hex("0302")
    assert columns.home(state.world, state.world.row["late"]) == state.world.grid.hex("0504")


def test_13_3_the_risk_of_a_column_on_its_way_is_that_of_each_hex_together() -> None:
    state = road(rules={"support": {"kinds": {"ambush": {"hit": 30}}}})
    marks = [0] * state.world.grid.size
    for label in ("0402", "0502"):
        marks[state.world.grid.hex(label)] = state.world.faction("isis") + 1
    state = replace(state, hexes=replace(state.hexes, interdicted=tuple(marks)), answers={})
    way = tuple(state.world.grid.hex(label) for label in ("0402", "0502", "0602"))
    row = state.world.row["trucks"]
    assert [columns.road_risk(state, row, here) for here in way] == [30, 30, 0]
    assert [columns.way_risk(state, row, way[:n]) for n in range(4)] == [0, 30, 51, 51]
    assert columns.road_risk(state, state.world.row["col"], way[0]) == 0, "a battalion is no column"


def test_13_3_whom_a_column_could_feed_is_asked_of_any_hex_the_first_one_too() -> None:
    town = {"name": "Hungry", "hex": "0101", "kind": "town", "size": 2, "population": 20}
    cast = [unit("trucks", "saa", "0705", "logistics", steps=1, traits=["column"]), unit("post", "saa", "0102")]
    state = play(situation(STEPPE, units=cast, places=[town], holders={"Hungry": "saa"}), points=5)
    short = tuple(int(Supplied.STRETCHED) for _ in cast)
    state = replace(
        state, places=replace(state.places, hunger=(3,)), units=replace(state.units, supply=short), answers={}
    )
    row = state.world.row["trucks"]
    for here, fed in ((0, True), (state.world.grid.hex("0102"), True), (state.world.grid.hex("0705"), False)):
        assert bool(columns.hungry_near(state, row, here)) == bool(columns.short_near(state, row, here)) == fed
    assert not columns.hungry_near(state, row) and not columns.short_near(state, row), "from where it stands"


def test_13_3_a_column_unloads_once_a_turn_and_fears_no_ambush_where_the_rules_know_none() -> None:
    state = road()
    row, here = state.world.row["trucks"], state.world.grid.hex("0402")

    def risk_where(moment: State, kinds: dict[str, Any]) -> int:
        rules = replace(moment.world.rules, support=replace(moment.world.rules.support, kinds=kinds))
        changed = replace(moment, world=replace(moment.world, rules=rules, answers={}), answers={})
        return columns.road_risk(changed, row, here)

    acted = tuple(int(Spent.ACTED) if n == row else 0 for n in range(len(state.units.spent)))
    assert "acted already" in refused(
        replace(state, units=replace(state.units, spent=acted), answers={}), Unload("trucks")
    )
    marks = tuple(state.world.faction("isis") + 1 if n == here else 0 for n in range(state.world.grid.size))
    marked = replace(state, hexes=replace(state.hexes, interdicted=marks), answers={})
    assert columns.road_risk(marked, row, here) > 0
    world = state.world
    kinds = {name: kind for name, kind in world.rules.support.kinds.items() if not kind.ambushes}
    assert risk_where(marked, kinds) == 0
    ambush = next(kind for kind in world.rules.support.kinds.values() if kind.ambushes)
    two = {**kinds, "mines": replace(ambush, hit=ambush.hit + 7), "rifles": ambush}
    assert risk_where(marked, two) == ambush.hit + 7, "of two that lie in wait, the worse"


def test_13_3_a_column_that_an_event_may_bring_anywhere_loads_nowhere_of_its_own() -> None:
    state = road(unit("spare", "saa", "", "logistics", event=True, traits=["column"]))
    assert columns.home(state.world, state.world.row["spare"]) == -1
