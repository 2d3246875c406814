"""Crossings are blown before the enemy has them, behind the last man, and only where nobody means to go over."""

from __future__ import annotations

from game import orders as od
from game.scenario.world import World
from tests.ai.stage import game, orders_of, play_turns, prize
from tests.ai.test_habits import told
from tests.situation import situation, unit

BANKS = "\n".join([". . . . . . ."] * 6)
RIVER = [
    "0104/N", "0103/SE", "0204/N", "0303/SW", "0304/N", "0303/SE", "0404/N", "0503/SW", "0504/N", "0503/SE", "0604/N",
    "0703/SW", "0704/N",
]  # fmt: skip


def bridge(*more: dict[str, object], beyond: int = 0) -> World:
    """A town south of a river with one bridge, and a brigade of the enemy north of it."""
    column = [unit(f"e{n}", "isis", "0402", "mech", steps=3, quality="A") for n in range(2)]
    world = situation(
        BANKS,
        units=[unit("last", "saa", "0404", steps=2), *column, *more],
        rivers=[RIVER],
        roads=[[f"04{n:02d}" for n in range(1, 7)]],
        crossings=[("0404/N", "bridge", "open")],
        places=[{"name": "Town", "hex": "0404", "size": 1}, {"name": "Village", "hex": "0101", "size": 1}],
        sources={"saa": [{"name": "Rear", "hex": "0406"}], "isis": [{"name": "Camp", "hex": "0401"}]},
        control=[{"faction": "isis", "box": ["0101", "0703"]}, {"faction": "saa", "box": ["0104", "0706"]}],
        victory={"prizes": [prize("Town", 6), *([prize("Village", beyond)] if beyond else [])]},
    )
    return told(world, saa={"guards": 0, "town": 0})


def blown(world: World) -> bool:
    session = game(world, {"saa": "staff"})
    return bool(orders_of(play_turns(session, 1), 0, od.Blow))


def test_a_bank_that_cannot_be_held_gives_the_enemy_no_bridge() -> None:
    assert blown(bridge())


def test_a_bridge_is_not_blown_with_ones_own_men_beyond_it_nor_before_those_who_mean_to_cross() -> None:
    assert not blown(bridge(unit("behind", "saa", "0703", steps=1)))
    assert not blown(bridge(unit("raid", "saa", "0705", "mech", steps=3), beyond=9))


def test_a_bank_that_can_be_held_keeps_its_bridge() -> None:
    guards = [unit(f"g{n}", "saa", "0404", "mech", steps=3, quality="A") for n in range(2)]
    assert not blown(bridge(*guards))


def test_an_army_beyond_the_river_counts_for_what_finds_room_at_the_crossing() -> None:
    guard = unit("g", "saa", "0404", "mech", steps=3, quality="A")
    army = [unit(f"m{n}", "isis", at, "mech", steps=3, quality="B") for n, at in enumerate(["0302", "0502"] * 2)]
    assert not blown(bridge(guard, *army))
