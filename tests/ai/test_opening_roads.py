"""A way of supply is opened at a go as far as no enemy stands on it."""

from __future__ import annotations

import pytest

from game import engine
from game.ai.staff.goals import RELIEF, goals
from game.ai.staff.supply_ways import far_along
from game.ai.staff.thinking import NOTHING, opened_desk
from tests.ai.stage import prize
from tests.ai.test_habits import desk, valley
from tests.ai.test_seizures import fields
from tests.situation import situation, unit


@pytest.mark.parametrize(("foe", "end"), [(None, "0803"), ("0603", "0603"), ("0403", "0403")])
def test_the_goal_is_the_first_enemy_on_the_way_or_its_end(foe: str | None, end: str) -> None:
    troops = [unit("w", "saa", "0303", steps=3, sight=6)] + ([unit("e", "isis", foe, steps=2)] if foe else [])
    seen = desk(fields(*troops))
    way = [seen.grid.hex(f"{column:02d}03") for column in range(4, 9)]
    assert all(seen.hostile(here) for here in way)
    assert seen.grid.label(far_along(seen, way)) == end


def test_beside_an_enemy_on_the_road_nobody_stays_he_is_driven_off() -> None:
    seen = desk(fields(unit("w", "saa", "0303", steps=3, sight=6), unit("e", "isis", "0603", steps=2)))
    at = seen.grid.hex
    assert not seen.hostile(at("0203"))
    assert seen.grid.label(far_along(seen, [at("0203"), at("0603")])) == "0203"  # he is not beside it
    near = desk(fields(unit("w", "saa", "0303", steps=3, sight=6), unit("e", "isis", "0403", steps=2)))
    assert not near.hostile(at("0303"))
    assert near.grid.label(far_along(near, [at("0303"), at("0403")])) == "0403"


@pytest.mark.parametrize(("place", "wanted"), [("Far", True), ("Near", False)])
def test_who_holds_a_prize_without_supply_is_helped_and_who_marches_helps_himself(place: str, wanted: bool) -> None:
    """A mechanised pair beyond an enemy whose zone shuts the road: it stands in Far, or passes by."""
    pair = [unit(f"p{n}", "saa", "1503", "mech", steps=3, sight=2) for n in range(2)]
    world = situation(
        "\n".join([". . . . . . . . . . . . . . . . . ."] * 5),
        units=[*pair, unit("w", "saa", "0403", steps=3, sight=6), unit("e", "isis", "0604", steps=3, quality="A")],
        roads=[[f"{n:02d}03" for n in range(1, 18)]],
        places=[{"name": "Far", "hex": "1503", "size": 2}, {"name": "Near", "hex": "0202", "size": 1}],
        sources={"saa": [{"name": "Rear", "hex": "0103"}]},
        control=[{"faction": "saa", "everything": True}],
        victory={"prizes": [prize(place, 6)]},
    )
    seen = desk(world)
    assert all(seen.is_hungry(world.row[one["id"]]) for one in pair)
    assert [goal.kind for goal in goals(seen)].count("road") == int(wanted)


def test_a_column_is_not_sent_one_hex_a_turn() -> None:
    world = engine.load_scenario("breaking_the_siege")
    saa = world.faction("saa")
    seen = opened_desk(engine.view(engine.start(world, 5), saa), NOTHING)
    roads = [goal for goal in goals(seen) if goal.kind in ("road", "road prize")]
    assert roads
    for goal in roads:
        beside = any(seen.grid.distance(seen.at(row), goal.hex) <= 2 for row in seen.own)
        assert goal.hex in seen.foes or not beside


def test_a_supply_line_through_a_fortress_does_not_call_the_whole_army() -> None:
    hungry = unit("p", "saa", "0903", steps=3)
    fort = [unit(f"e{n}", "isis", "0603", steps=3, dug=3, quality="A") for n in range(2)]
    fort += [unit(f"f{n}", "isis", at, steps=3, dug=3, quality="A") for n, at in enumerate(("0602", "0604"))]
    seen = desk(valley(hungry, unit("w", "saa", "0403", steps=3, sight=6), *fort))
    (road,) = [goal for goal in goals(seen) if goal.kind == "road" and "supply line" in goal.name]
    assert seen.enemy_strength(road.hex, 1) > RELIEF >= road.need
