"""History by date: holders of places, and the estimate of the ground between them."""

from __future__ import annotations

from typing import Any

import pytest

from game.scenario import annals
from game.scenario.build import world_from
from game.scenario.shipped import shipped_scenarios
from game.scenario.world import World
from game.schema.canonical import PlainFault
from tests.ui.table_hands import small_world
from tests.worlds import world_of

SAA, ISIS = 0, 1


def capture(day: str, by: str, place: str = "Anytown", **more: Any) -> dict[str, Any]:
    return {"date": day, "place": place, "by": by, "confidence": "med", "check": False, **more}


def told(*captures: dict[str, Any], **changes: Any) -> World:
    return world_from({**small_world(**changes).raw, "history": {"format": 1, "captures": list(captures)}})


def test_a_place_is_held_by_whoever_took_it_last() -> None:
    world = told(capture("2017-09-20", "isis"), capture("2017-09-10", "saa"))
    here = world.grid.hex("0403")
    days = ("2017-09-09", "2017-09-10", "2017-09-19", "2017-09-20", "2018-01-01")
    assert [annals.held_on(world, day)[here] for day in days] == [ISIS, SAA, SAA, ISIS, ISIS]
    assert [one.by for one in annals.taken_in(world, here)] == [SAA, ISIS]


def test_captures_before_the_first_day_are_part_of_the_start() -> None:
    world = told(capture("2017-01-01", "saa"))
    assert annals.held_on(world, "2017-12-31")[world.grid.hex("0403")] == ISIS


def test_ground_goes_with_its_nearest_place_once_that_changes_hands() -> None:
    world = told(capture("2017-09-10", "saa"))
    beside = world.grid.hex("0503")
    assert annals.ground_on(world, "2017-09-09") == world.control
    assert annals.ground_on(world, "2017-09-10")[beside] == SAA
    far = [here for here in range(world.grid.size) if world.grid.distance(here, world.grid.hex("0403")) > annals.REACH]
    assert far == [] or all(annals.ground_on(world, "2017-09-10")[here] == world.control[here] for here in far)


def test_ground_beyond_a_great_river_is_no_business_of_a_place() -> None:
    rivers = [[side for column in range(1, 11) for side in sides_below(column)]]
    world = told(capture("2017-09-10", "saa"), rivers=rivers)
    after = annals.ground_on(world, "2017-09-10")
    assert after[world.grid.hex("0403")] == SAA
    assert all(after[world.grid.at(column, 7)] == world.control[world.grid.at(column, 7)] for column in range(10))


def sides_below(column: int) -> list[str]:
    """Hexsides below row 3 of a column: rows 1 to 3 are parted from the rest."""
    shifted = column % 2 == 1
    beside = ("SE", "SW") if 1 < column < 10 else ("SE",) if column == 1 else ("SW",)
    return [f"{column:02d}03/S", *(f"{column:02d}03/{way}" for way in beside if shifted)]


def test_names_that_the_map_does_not_know_are_left_out() -> None:
    world = told(capture("2017-09-10", "saa", "Nowhere"), capture("2017-09-11", "somebody"))
    assert world.past.captures == () and not annals.has_history(world)


def test_a_history_that_is_none_is_refused_with_its_scenario() -> None:
    with pytest.raises(PlainFault, match="history"):
        world_from({**small_world().raw, "history": {"captures": 5}})


@pytest.mark.parametrize("name", shipped_scenarios())
def test_shipped_scenarios_tell_a_history_that_fits_their_map(name: str) -> None:
    world = world_of(name)
    assert len(world.past.captures) == len(world.raw["history"]["captures"])
    last = world.past.captures[-1].date
    assert annals.ground_on(world, last) != world.control
