"""The count of orders that a person gives: what one click, a march order and a plan carry, and what they do not."""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

from game import engine
from game import orders as od
from game.scenario.world import World
from game.session import Session
from tests.situation import long_road, situation, unit

ROOT = Path(__file__).parents[2]


def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("count_orders", ROOT / "tools/count_orders.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["count_orders"] = module
    spec.loader.exec_module(module)
    return module


class Scripted:
    """A player that gives the orders of a list, turn by turn."""

    why = ""

    def __init__(self, turns: list[list[str]]) -> None:
        self.turns = turns

    def decide(self, view: engine.View) -> od.Order:
        state = view.state
        given = self.turns[state.clock.turn - 1] if state.clock.turn <= len(self.turns) else []
        return od.parse_order(given.pop(0), state.world.grid) if given else od.EndTurn()


def test_what_goes_together_marches_on_or_repeats_is_counted_once() -> None:
    world = situation(
        "\n".join([". " * 16] * 8),
        factions=("saa", "isis"),
        units=[
            unit("lions", "saa", "0204", "mech", movement=8),
            unit("foxes", "saa", "0204", "mech", movement=8),
            unit("guns", "saa", "0203", "artillery"),
            unit("wall", "isis", "1607", movement=0),
        ],
        roads=[[f"{column:02d}04" for column in range(1, 17)]],
        sources={"saa": [{"name": "Rear", "hex": "0104"}]},
        control=[{"faction": "saa", "everything": True}],
    )
    turns = [
        ["move lions 0304,0404", "move foxes 0304,0404", "dig-in guns"],
        ["move lions 0504,0604", "move foxes 0504,0604"],
    ]
    session = Session(world, 3, {0: Scripted(turns), 1: Scripted([])}, {0: "scripted", 1: "scripted"})
    count = tool()
    first, second = count.needed(list(count.turns_of(session, 0, 2)))
    assert (first[0], first[1]) == (3, 2) and dict(first[2]) == {"group march": 1}
    assert second == (2, 0, Counter({"march order": 2}))


def desert(*extra: dict[str, object]) -> World:
    lions, guns = unit("lions", "saa", "0204", "mech", movement=8), unit("guns", "saa", "0203", "artillery", movement=8)
    return long_road(lions, guns, *extra)


def counted(world: World, turns: list[list[str]]) -> list[tuple[int, int, dict[str, int]]]:
    session = Session(world, 3, {0: Scripted(turns), 1: Scripted([])}, {0: "scripted", 1: "scripted"})
    count = tool()
    return [
        (all_, left, dict(saved)) for all_, left, saved in count.needed(list(count.turns_of(session, 0, len(turns))))
    ]


def test_a_march_before_an_attack_goes_with_it_and_a_road_march_with_its_march_order() -> None:
    fight = desert(unit("wall", "isis", "0404", steps=1, quality="D"))
    assert counted(fight, [["move lions 0304", "attack lions 0404 - 0 0"]]) == [(2, 1, {"march and attack": 1})]
    road = ["move lions 0304,0404,0504,0604", "march lions 0", "move lions 0704,0804"]
    assert counted(desert(), [road]) == [(3, 1, {"road march": 2})]


def test_several_units_dig_in_by_one_order_and_a_march_order_goes_on() -> None:
    turns = [
        ["move lions 0304", "move guns 0303", "dig-in post", "dig-in camp"],
        ["move lions 0404,0504", "move guns 0304,0404"],
    ]
    world = desert(unit("post", "saa", "1002"), unit("camp", "saa", "1002"))
    first, second = counted(world, turns)
    assert first == (4, 2, {"group march": 1, "several at once": 1})
    assert second == (2, 0, {"march order": 2})


def test_what_was_not_done_by_the_table_is_not_saved() -> None:
    far = desert(unit("foxes", "saa", "1607", "mech", movement=8))
    assert counted(far, [["dig-in lions", "dig-in foxes"]]) == [(2, 2, {})]
    assert counted(far, [["move lions 0304", "move foxes 1606"]]) == [(2, 2, {})]
