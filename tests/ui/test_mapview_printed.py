"""The shipped campaign as the map window wants it."""

from __future__ import annotations

import pytest

from game.scenario.world import World
from game.ui.kit.symbols import load_symbols
from game.ui.kit.theme import Theme
from game.ui.mapview.picture import MapPicture, river_scale
from game.ui.worldview import map_picture
from tests.worlds import world_of


@pytest.fixture(scope="module")
def campaign() -> World:
    return world_of("race_for_deir_ezzor")


@pytest.fixture(scope="module")
def picture(campaign: World) -> MapPicture:
    return map_picture(campaign)


def test_every_hex_has_ground_that_the_theme_can_paint(picture: MapPicture, theme: Theme) -> None:
    assert len(picture.terrain) == picture.columns * picture.rows
    assert set(picture.terrain) <= set(theme.ground)


def test_rivers_keep_their_names_and_the_line_follows_one(campaign: World, picture: MapPicture) -> None:
    rivers = {river.name: river for river in picture.rivers}
    assert rivers["Euphrates"].kind == "major"
    assert rivers["Khabur"].kind == "minor"
    zone, ends = campaign.line_side, campaign.grid.ends
    sides = enumerate((zone[a], zone[b]) if b >= 0 else (-1, -1) for a, b in ends)
    assert {side for side, (a, b) in sides if a != b and -1 not in (a, b)} & set(rivers["Euphrates"].sides)


def test_crossings_lie_on_rivers_and_names_keep_clear_of_them(campaign: World, picture: MapPicture) -> None:
    wet = {side for river in picture.rivers for side in river.sides}
    assert {site.side for site in campaign.sites} <= wet
    assert set(picture.sites) <= wet


def test_provinces_are_drawn_though_no_rule_knows_them(picture: MapPicture) -> None:
    assert {"international", "province"} <= {border.kind for border in picture.borders}


def test_every_unit_of_the_campaign_has_its_own_symbol(campaign: World) -> None:
    assert set(campaign.roster.symbol) <= set(load_symbols().icons)


def test_a_great_river_fills_much_of_a_small_hex(campaign: World, picture: MapPicture) -> None:
    city = world_of("city_of_deir_ezzor")
    assert picture.river_scale == river_scale(campaign.metres_per_hex) == 1.0
    assert map_picture(city).river_scale == 2.0
    assert river_scale(10) == 2.0
