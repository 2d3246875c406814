"""Raiders go for a road far from the enemy's army, wait out of his reach, and slip onto it together."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from game import engine
from game import orders as od
from game.ai.staff import raids
from game.ai.staff.desk import StaffDesk
from game.ai.staff.thinking import NOTHING, opened_desk
from game.scenario.world import Stronghold, World
from tests.ai.stage import game, orders_of, play_turns
from tests.ai.test_habits import told
from tests.situation import situation, unit

DESERT = "\n".join([", " * 24] * 14)
ROAD = [f"{column:02d}02" for column in range(1, 25)]


def desert(*troops: dict[str, object], **more: Any) -> World:
    """A supply road of the army from west to east through the desert, the raiders' stores in the south."""
    world = situation(
        DESERT,
        units=[unit("army", "saa", "2302", "mech", steps=3), *troops],
        highways=[ROAD],
        places=[{"name": "Rear", "hex": "0102", "size": 1}, {"name": "Stores", "hex": "1813", "size": 1}],
        sources={"saa": [{"name": "Rear", "hex": "0102"}], "isis": [{"name": "Stores", "hex": "1813"}]},
        control=[{"faction": "saa", "box": ["0101", "2403"]}, {"faction": "isis", "box": ["0104", "2414"]}],
        victory={"insurgent": {"faction": "isis", "towns": [], "roads": [
            {"id": "road", "name": "Desert road", "of": "saa", "path": ROAD}
        ]}},
        **more,
    )  # fmt: skip
    return told(world, isis={"posture": "defend", "raids": 4, "raid_size": 2})


def raider(name: str, at: str) -> dict[str, object]:
    return unit(name, "isis", at, "mobile", steps=2, sight=6, traits=["raider"])


def opened(world: World) -> StaffDesk:
    isis = world.faction("isis")
    state = engine.start(world, 5)
    while state.faction != isis:
        state, _ = engine.apply(state, od.EndTurn())
    return opened_desk(engine.view(state, isis), NOTHING)


def cut_of(desk: StaffDesk, why: str) -> int:
    """The hex of the road that a task's words name."""
    return desk.grid.hex(why.rsplit(" ", 1)[-1])


def test_raiders_wait_within_range_of_the_road_and_out_of_the_enemys_reach() -> None:
    desk = opened(desert(raider("r1", "1812"), raider("r2", "1912")))
    found = raids.tasks(desk)
    assert len(found) == 2
    for task in found.values():
        assert desk.grid.distance(task.goal, cut_of(desk, task.why)) < desk.world.rules.movement.infiltrate_range
        assert not desk.danger.get(task.goal) and task.goal not in raids.cuts(desk)


def test_a_known_army_by_the_road_sends_raiders_to_a_stretch_beyond_its_answer() -> None:
    def nearest(*army: dict[str, object]) -> int:
        desk = opened(desert(raider("r1", "1006"), raider("r2", "1106"), *army))
        cuts = [cut_of(desk, task.why) for task in raids.tasks(desk).values()]
        assert len(cuts) == 2 and desk.grid.distance(*cuts) <= raids.BESIDE, "they make several cuts in one place"
        return min(desk.grid.distance(cut, desk.grid.hex("1002")) for cut in cuts)

    army = [unit(f"t{n}", "saa", f"{9 + n // 2:02d}02", "mech", steps=3, quality="A") for n in range(6)]
    assert nearest() <= 2 and nearest(*army) >= raids.ANSWER


def test_a_raid_comes_onto_the_road_together_and_fights_nobody_on_the_way() -> None:
    picket = unit("picket", "saa", "1810", steps=1, quality="D")
    session = game(desert(raider("r1", "1812"), raider("r2", "1912"), picket), {"isis": "staff"})
    entries = [entry for entry in session.run() if isinstance(entry.order, od.Infiltrate | od.Attack)]
    first = [entry for entry in entries if entry.turn == entries[0].turn]
    assert [type(entry.order) for entry in first] == [od.Infiltrate, od.Infiltrate]


def test_raiders_leave_a_town_with_strongpoints_for_a_raid_though_nobody_else_holds_it() -> None:
    world = desert(raider("r1", "1813"), raider("r2", "1912"))
    here = world.grid.hex("1813")
    walls = {here: Stronghold(world.place_at[here], world.faction("isis"), 2)}
    session = game(replace(world, strongholds=walls), {"isis": "staff"})
    raided = orders_of(play_turns(session, 4), world.faction("isis"), od.Infiltrate)
    assert {order.unit for order in raided} == {"r1", "r2"}


@pytest.mark.parametrize(("at", "dry", "home"), [("1803", 1, False), ("1803", 0, True), ("0113", 1, True)])
def test_raiders_by_a_road_that_they_cut_stay_until_their_stores_are_gone(at: str, dry: int, home: bool) -> None:
    desk = opened(desert(raider("r1", "1812")))
    units, row = desk.state.units, desk.own[0]
    there = tuple(desk.grid.hex(at) if other == row else here for other, here in enumerate(units.hex))
    left = tuple(dry if other == row else had for other, had in enumerate(units.dry))
    away = replace(desk.state, units=replace(units, hex=there, dry=left), answers={})
    moved = opened_desk(replace(desk.view, state=away), NOTHING)
    assert not moved.supply.reaches(moved.at(row))
    assert (raids._home(moved, row) >= 0) is home


def test_raiders_make_for_no_road_beyond_the_great_river() -> None:
    river = []
    for column in range(1, 25, 2):  # along the upper sides of row 6
        odd, even, last = f"{column:02d}", f"{column + 1:02d}", f"{column + 2:02d}"
        river += [f"{odd}06/N", f"{odd}05/SE", f"{even}06/N", *([f"{last}05/SW"] if column < 23 else [])]
    parted = desert(raider("r1", "1808"), raider("r2", "1908"), rivers=[river])
    desk = opened(parted)
    assert raids.cuts(desk) and not raids.tasks(desk)
