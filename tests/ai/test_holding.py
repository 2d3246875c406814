"""Lines are held by those who can: fresh troops relieve worn ones, garrisons stay together near an enemy, and one
unit claims a town."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from game import engine
from game import orders as od
from game.ai.staff.conduct import Carried, carry_out
from game.ai.staff.march import keeps
from game.ai.staff.notebook import Aim, Memory
from game.ai.staff.rotation import resting
from game.ai.staff.thinking import think
from game.scenario.world import World
from game.state import State
from tests.ai.stage import game, prize
from tests.ai.test_habits import PLAIN, foot, told
from tests.ai.test_sieges import desk, fortress, plan_of
from tests.situation import situation, unit


def ridge(*troops: dict[str, object], pool: int = 4) -> World:
    """A ridge of two hexes across a road, held by worn troops; the enemy stands before it."""
    world = situation(
        PLAIN,
        units=[*troops, *(unit(f"e{n}", "isis", f"060{n}", steps=3, quality="C") for n in (2, 3))],
        roads=[[f"{n:02d}03" for n in range(1, 10)]],
        places=[{"name": "Ridge", "hex": "0503", "size": 1}],
        sources={"saa": [{"name": "Rear", "hex": "0103"}], "isis": [{"name": "Cellars", "hex": "0903"}]},
        control=[{"faction": "isis", "box": ["0601", "0905"]}, {"faction": "saa", "box": ["0101", "0505"]}],
        victory={"prizes": [prize("Ridge", 6)]},
        replacements={"saa": [{"steps": max(1, pool)}]},
    )
    return told(world, saa={"guards": 0, "least": 400})


def weakened(state: State, steps: Mapping[str, int]) -> State:
    """The same moment with some units at so many steps."""
    row = state.world.row
    now = list(state.units.steps)
    for one, left in steps.items():
        now[row[one]] = left
    return replace(state, units=replace(state.units, steps=tuple(now)), answers={})


def played(state: State) -> Carried:
    return carry_out(think(engine.view(state, 0)), state)


def at(state: State, name: str) -> str:
    return state.world.grid.label(state.units.hex[state.world.row[name]])


WORN = unit("worn", "saa", "0503", steps=3)


def test_fresh_troops_enter_the_line_before_the_worn_ones_leave_it() -> None:
    world = ridge(WORN, unit("fresh", "saa", "0303", steps=3))
    done = played(weakened(game(world, {}).state, {"worn": 1}))
    moves = [one.order.unit for one in done.orders if isinstance(one.order, od.Move)]
    assert moves[:2] == ["fresh", "worn"] and at(done.state, "fresh") == "0503"
    away = world.grid.distance(done.state.units.hex[world.row["worn"]], world.grid.hex("0603"))
    assert away > 1
    assert any("relieves worn at Ridge" in one.why for one in done.orders)


@pytest.mark.parametrize(
    ("behind", "steps"), [([], {"worn": 1}), ([unit("fresh", "saa", "0303", steps=3)], {"worn": 1, "fresh": 1})]
)
def test_nobody_leaves_the_line_when_nobody_fresh_is_there(
    behind: list[dict[str, object]], steps: Mapping[str, int]
) -> None:
    done = played(weakened(game(ridge(WORN, *behind), {}).state, steps))
    assert at(done.state, "worn") == "0503"


def test_who_left_the_line_rests_as_long_as_replacements_are_to_be_had() -> None:
    for pool, rests in ((4, True), (0, False)):
        world = ridge(unit("worn", "saa", "0203", steps=3), *foot("0503", 1), pool=pool)
        found = desk(world, memory=Memory(aims={"worn": Aim(world.grid.hex("0203"), False)}))
        state = weakened(found.state, {"worn": 1})
        found.state = replace(state, factions=replace(state.factions, pool=(pool, 0)))
        assert resting(found, world.row["worn"]) == rests, pool


def test_two_keep_a_town_together_where_one_would_not_do_though_it_is_not_yet_claimed() -> None:
    for watch, foe, stays in (("0503", "0603", True), ("1203", "1403", False)):
        world = situation(
            "\n".join([". . . . . . . . . . . . . . . ."] * 5),
            units=[
                unit("g", "saa", "0303", steps=3),
                unit("h", "saa", "0303"),
                unit("s", "saa", watch),
                *(unit(f"e{n}", "isis", foe, "mech", steps=3) for n in (1, 2)),
            ],
            roads=[[f"{n:02d}03" for n in range(1, 17)]],
            places=[{"name": "Town", "hex": "0303", "size": 1}],
            sources={"saa": [{"name": "Rear", "hex": "0103"}]},
            control=[{"faction": "saa", "box": ["0101", "0605"]}],
            victory={"prizes": [prize("Town", 6)]},
        )
        found = desk(world)
        assert keeps(found, world.row["g"]) == stays, foe


def test_one_unit_claims_a_town_and_its_formation_goes_on() -> None:
    brigade = [unit(f"b{n}", "saa", "0303", steps=3, formation="Brigade") for n in (1, 2)]
    world = situation(
        PLAIN,
        units=[*brigade, unit("e", "isis", "0803")],
        roads=[[f"{n:02d}03" for n in range(1, 10)]],
        places=[{"name": "Near", "hex": "0303", "size": 1}, {"name": "Far", "hex": "0803", "size": 1}],
        sources={"saa": [{"name": "Rear", "hex": "0103"}], "isis": [{"name": "Cellars", "hex": "0903"}]},
        control=[{"faction": "isis", "box": ["0601", "0905"]}, {"faction": "saa", "box": ["0101", "0505"]}],
        victory={"prizes": [{**prize("Near", 6), "first": {"saa": 4}}, prize("Far", 6)]},
    )
    kinds = sorted(task.kind for _, task in plan_of(told(world, saa={"guards": 0})).tasks)
    assert kinds == ["claim", "prize"]


def test_defenders_who_seldom_give_way_are_worn_down_from_all_sides() -> None:
    storming = [unit(f"c{n}", "saa", "0703", "mech", steps=3, quality="B") for n in range(2)]
    storming += [unit(f"d{n}", "saa", "0603", steps=3, quality="B") for n in range(2)]
    hold = unit("g2", "isis", "0803", steps=2, quality="B", dug=2)
    plan = plan_of(fortress(*storming, hold, steps=3, quality="B"))
    assert [one.target for one in plan.sieges]


@pytest.mark.parametrize(
    ("town", "second", "foe", "stays"),
    [("Town", "0103", "0503", True), ("Village", "0103", "0503", False), ("Town", "0303", "0503", False)],
)
def test_who_holds_alone_a_town_that_scores_by_the_turn_stays_while_enemies_could_come(
    town: str, second: str, foe: str, stays: bool
) -> None:
    world = situation(
        PLAIN,
        units=[unit("g", "isis", "0303", steps=3), unit("h", "isis", second), unit("e", "saa", foe, steps=3)],
        places=[{"name": "Town", "hex": "0303", "size": 1}, {"name": "Village", "hex": "0501", "size": 1}],
        sources={"isis": [{"name": "Cellars", "hex": "0103"}]},
        control=[{"faction": "isis", "box": ["0101", "0605"]}],
        victory={"insurgent": {"faction": "isis", "towns": [{"place": town, "value": 3}]}},
    )
    found = desk(world, "isis")
    assert keeps(found, found.world.row["g"]) == stays
