"""Who is outnumbered covers what his side holds, line by line; who is not goes for goals as ever."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from game import engine
from game import orders as od
from game.ai.staff.notebook import Delay, Memory
from game.ai.staff.thinking import think
from game.scenario.world import World
from tests.ai.stage import first_orders, game, play_turns, prize, where
from tests.ai.test_habits import told
from tests.situation import situation, unit

VALLEY = """
m m m m m m m m m m m m m m
. . . h . . . h . . . . . .
. . . h . . . h . . . . . .
. . . h . . . h . . . . . .
m m m m m m m m m m m m m m
"""
"""Two chains of hills across a valley, and open ground behind them."""


def valley(foes: int, *more: dict[str, object], points: int = 10, far: int = 0, turns: int = 8, **said: Any) -> World:
    """Three battalions on the first chain of hills, enemies before it, and a junction at the end of the valley."""
    own = [unit(f"d{n}", "saa", f"04{n:02d}", steps=3, formation="Rear guard") for n in (2, 3, 4)]
    column = [unit(f"e{n}", "isis", f"02{n % 3 + 2:02d}", "mech", steps=3) for n in range(foes)]
    prizes = [prize("Junction", points), *([prize("Camp", far)] if far else [])]
    world = situation(
        VALLEY,
        units=[*own, *column, *more],
        tracks=[[f"{n:02d}03" for n in range(1, 15)]],
        places=[{"name": "Junction", "hex": "1303", "size": 1}, {"name": "Camp", "hex": "0103", "size": 1}],
        sources={"saa": [{"name": "Rear", "hex": "1403"}], "isis": [{"name": "Camp", "hex": "0103", "capacity": 4}]},
        control=[{"faction": "saa", "box": ["0301", "1405"]}, {"faction": "isis", "box": ["0101", "0205"]}],
        victory={"prizes": prizes},
        turns=turns,
        **said,
    )
    return told(world, saa={"guards": 0})


def delaying(world: World, memory: Memory | None = None, turn: int = 1) -> dict[str, str]:
    """Unit -> the hex in which it is to delay, by the plan of a turn."""
    state = engine.start(world, seed=1)
    state = replace(state, clock=replace(state.clock, turn=turn))
    plan = think(engine.view(state, 0), memory or Memory())
    return {one: world.grid.label(task.goal) for one, task in plan.tasks if task.kind == "delay"}


def test_the_outnumbered_stay_on_good_ground_and_dig_in_instead_of_going_for_the_enemy_camp() -> None:
    world = valley(7)
    assert delaying(world) == {"d2": "0402", "d3": "0403", "d4": "0404"}
    given = [order for order, _ in first_orders(engine.view(engine.start(world, seed=1), 0), "staff")]
    assert {order.unit for order in given if isinstance(order, od.DigIn)} == {"d2", "d3", "d4"}
    assert not [order for order in given if isinstance(order, od.Move | od.Attack)]


@pytest.mark.parametrize(
    ("foes", "more"),
    [
        pytest.param(2, {}, id="equals go for their goals"),
        pytest.param(7, {"far": 30}, id="what is dearer than what they cover calls them"),
        pytest.param(7, {"points": 0}, id="who holds nothing covers nothing"),
    ],
)
def test_nobody_delays_without_need(foes: int, more: dict[str, int]) -> None:
    assert not delaying(valley(foes, **more))


def test_a_line_is_held_as_long_as_nobody_is_known_behind_it() -> None:
    junction = valley(7).grid.hex("1303")
    held = Memory(delays={junction: Delay(9, 1)})
    assert set(delaying(valley(7), held, turn=6).values()) == {"0402", "0403", "0404"}


def test_a_line_that_can_be_turned_is_held_for_its_share_of_the_turns_left() -> None:
    behind = unit("n", "isis", "0601", steps=3)
    world = valley(7, behind)
    held = Memory(delays={world.grid.hex("1303"): Delay(9, 1)})
    assert set(delaying(world, held, turn=2).values()) == {"0402", "0403", "0404"}
    assert set(delaying(world, held, turn=3).values()) == {"0802", "0803", "0804"}  # a third of eight turns is over


def test_a_line_that_can_be_walked_round_is_none() -> None:
    wide = "\n".join(line.replace("m", ".") for line in VALLEY.split("\n"))
    world = valley(7)
    open_country = situation(
        wide,
        units=[unit("d", "saa", "0403", steps=3), *[unit(f"e{n}", "isis", "0203", "mech", steps=3) for n in range(2)]],
        places=[{"name": "Junction", "hex": "1303", "size": 1}],
        sources={"saa": [{"name": "Rear", "hex": "1403"}]},
        control=[{"faction": "saa", "box": ["0301", "1405"]}, {"faction": "isis", "box": ["0101", "0205"]}],
        victory={"prizes": [prize("Junction", 10)]},
    )
    assert delaying(told(open_country, saa={"guards": 0})) == {"d": "1303"}
    assert delaying(world) != {"d": "1303"}


RIVER = [
    "0104/N", "0103/SE", "0204/N", "0303/SW", "0304/N", "0303/SE", "0404/N", "0503/SW", "0504/N", "0503/SE", "0604/N",
    "0703/SW", "0704/N",
]  # fmt: skip


def bridge(capacity: int) -> World:
    """A town at a bridge, two battalions behind it, an empty village beyond, and somewhere there the enemy's stores."""
    world = situation(
        "\n".join([". . . . . . ."] * 7),
        units=[unit("i1", "saa", "0405", steps=3), unit("i2", "saa", "0405", steps=3)],
        rivers=[RIVER],
        roads=[[f"04{n:02d}" for n in range(1, 8)]],
        crossings=[("0404/N", "bridge", "open")],
        places=[{"name": "Town", "hex": "0404", "size": 2}, {"name": "Village", "hex": "0402", "size": 1}],
        sources={
            "saa": [{"name": "Rear", "hex": "0407"}],
            "isis": [{"name": "Camp", "hex": "0401", "capacity": capacity}],
        },
        control=[{"faction": "isis", "box": ["0101", "0703"]}, {"faction": "saa", "box": ["0104", "0707"]}],
        victory={"prizes": [prize("Town", 8, "saa", "isis"), prize("Village", 3, "saa", "isis")]},
    )
    return told(world, saa={"guards": 0})


def test_the_guard_of_a_bridge_stays_at_it_where_an_army_may_stand_beyond() -> None:
    assert delaying(bridge(60)) == {"i1": "0404", "i2": "0404"} and not delaying(bridge(2))
    session = game(bridge(60), {"saa": "staff"})
    play_turns(session, 2)
    assert {where(session, "i1"), where(session, "i2")} == {"0404"}
