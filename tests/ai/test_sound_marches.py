"""Marches and attacks that a commander would not have to explain: nobody undoes the first part of a march, leads from
before the front, leaves a place empty for an attack, or builds a bridge for the day after."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from game import orders as od
from game.ai.staff import goals, march
from game.ai.staff.attacks import _strips
from game.ai.staff.notebook import Post, Stand, Task
from game.scenario.world import World
from game.state.codes import Spent
from tests.ai.stage import game, orders_of, play_turns, prize, where
from tests.ai.test_habits import DEFENDERS, STAFF, desk, foot, holding, told, valley
from tests.ai.test_last_man import BANKS, RIVER
from tests.situation import situation, unit

LONG = "\n".join([". " * 18] * 3)


@pytest.mark.parametrize(("goal", "kind", "back"), [("0303", "prize", True), ("0403", "prize", True),
                                                    ("0503", "prize", False), ("0203", "back", False)])  # fmt: skip
def test_a_later_part_of_a_march_does_not_undo_the_first(goal: str, kind: str, back: bool) -> None:
    seen = desk(valley(unit("a", "saa", "0603", "mech", steps=3)))
    row, at = seen.world.row["a"], seen.grid.hex
    seen.book.stood[row] = Stand(at("0203"), 0)
    task = Task(at("0803"), kind, "")
    assert not march._goes_back(seen, row, task, at(goal)), "it has not marched this turn"
    spent = [flags | Spent.MOVED for flags in seen.state.units.spent]
    moved = replace(seen.state, units=replace(seen.state.units, spent=tuple(spent)), answers={})
    seen.state = moved
    assert march._goes_back(seen, row, task, at(goal)) == back


def test_a_headquarters_stays_behind_the_troops_that_it_leads() -> None:
    world = situation(
        LONG,
        units=[unit("chief", "saa", "0102", "hq", steps=1), *foot("0102", 2)],
        roads=[[f"{n:02d}02" for n in range(1, 19)]],
        places=[{"name": "Far", "hex": "1802", "size": 2}],
        sources={"saa": [{"name": "Rear", "hex": "0102"}]},
        control=[{"faction": "saa", "box": ["0101", "1703"]}, {"faction": "isis", "box": ["1801", "1803"]}],
        holders={"Far": "isis"},
        victory={"prizes": [prize("Far", 9)]},
    )
    session = game(told(world, saa={"guards": 0}), STAFF)
    for _ in range(2):
        play_turns(session, 1)
        front = max(int(where(session, str(one["id"]))[:2]) for one in foot("0102", 2))
        assert 1 < int(where(session, "chief")[:2]) <= front


def test_an_attack_leaves_somebody_of_weight_in_the_place_that_it_starts_from() -> None:
    garrison = [unit(f"f{n}", "isis", "0803", "mech", steps=3, quality="A") for n in (1, 2)]
    seen = desk(holding(valley(*garrison, unit("n", "saa", "0603", steps=1))), "isis")
    seen.book.goals = goals.goals(seen)
    one, other = (seen.world.row[f"f{n}"] for n in (1, 2))
    away, home = seen.grid.hex("0703"), seen.grid.hex("0803")
    assert not _strips(seen, one, [])
    assert _strips(seen, one, [Post(other, away)])
    assert not _strips(seen, one, [Post(other, home)]), "who attacks from the place itself has not left it"
    session = game(holding(valley(*garrison, unit("n", "saa", "0603", steps=1))), DEFENDERS)
    play_turns(session, 1)
    assert "0803" in [where(session, row["id"]) for row in garrison]


def over_water(at: str) -> World:
    """A road south of a river, and a post of the enemy beside it: north of the river or south of it."""
    return situation(
        BANKS,
        units=[unit("a", "saa", "0704", steps=3, sight=5), unit("z", "isis", at, steps=3)],
        rivers=[RIVER],
        roads=[[f"0{n}04" for n in range(1, 8)]],
        places=[{"name": "Village", "hex": "0101", "size": 1}],
        sources={"saa": [{"name": "Rear", "hex": "0104"}], "isis": [{"name": "Camp", "hex": "0401"}]},
        control=[{"faction": "isis", "box": ["0101", "0703"]}, {"faction": "saa", "box": ["0104", "0706"]}],
        victory={
            "prizes": [prize("Village", 3)],
            "insurgent": {
                "faction": "isis", "towns": [],
                "roads": [{"id": "way", "name": "River road", "of": "saa", "path": [f"0{n}04" for n in range(1, 8)]}],
            },
        },
    )  # fmt: skip


@pytest.mark.parametrize(("at", "cleared"), [("0403", False), ("0405", True)])
def test_troops_beyond_the_river_endanger_no_road_on_this_side(at: str, cleared: bool) -> None:
    found = [one for one in goals.goals(desk(told(over_water(at)))) if one.kind == "road" and one.name == "River road"]
    assert bool(found) == cleared


@pytest.mark.parametrize("turns", [1, 6])
def test_nobody_lays_a_pontoon_that_opens_when_the_game_is_over(turns: int) -> None:
    column: list[dict[str, Any]] = [
        unit(f"c{n}", "saa", f"0{n}04", "mech", steps=3, quality="A", formation="Column") for n in (3, 4, 5)
    ]
    world = situation(
        BANKS,
        units=[*column, unit("eng", "saa", "0404", "engineer", steps=1)],
        rivers=[RIVER],
        roads=[[f"04{n:02d}" for n in range(1, 7)]],
        places=[{"name": "Village", "hex": "0401", "size": 2}],
        sources={"saa": [{"name": "Rear", "hex": "0406"}]},
        control=[{"faction": "isis", "box": ["0101", "0703"]}, {"faction": "saa", "box": ["0104", "0706"]}],
        holders={"Village": "isis"},
        victory={"prizes": [prize("Village", 9)]},
        turns=turns,
    )
    entries = play_turns(game(told(world, saa={"guards": 0}), STAFF), 1)
    assert bool([one for one in orders_of(entries, 0, od.Bridge) if one.kind == "pontoon"]) == (turns > 1)
