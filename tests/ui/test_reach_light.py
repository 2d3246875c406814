"""Reach as light: what lies in it, what is hatched, and the words at the pointer."""

from __future__ import annotations

from math import hypot

import pygame
import pytest

from game import engine
from game.rules import out_of_reach
from game.rules.deconfliction import Act
from game.ui import reach_view
from game.ui.camera import Camera
from game.ui.mapview.callout import callout_box
from game.ui.mapview.reach_light import DUSK, ReachLight, ReachPainter
from game.ui.risk_words import share_words
from tests.situation import unit, with_units
from tests.ui.table_hands import Hands, small_world

NEAR_THE_LINE = [
    unit("lions", "saa", "0303"),
    unit("cellar", "isis", "0907", steps=1, quality="D"),
    unit("hills", "sdf", "0503", steps=2),
]


@pytest.fixture
def hands(window: pygame.Surface) -> Hands:
    return Hands(small_world(units=NEAR_THE_LINE), {0: "human", 1: "hold", 2: "hold"})


def test_bands_hold_this_turns_stops_and_then_what_is_further(hands: Hands) -> None:
    state = hands.table.view.state
    row = state.world.row["lions"]
    light = reach_view.light(state, row, 3)
    assert light.bands[0] == {*out_of_reach.stops(state, row), state.units.hex[row]}
    assert light.bands[1] and not light.bands[0] & light.bands[1]
    assert len(reach_view.light(state, row, 1).bands) == 1


def test_the_hatch_lies_where_an_incident_is_possible_and_nowhere_else(hands: Hands) -> None:
    state = hands.table.view.state
    row = state.world.row["lions"]
    light = reach_view.light(state, row, 3)
    grid, own = state.world.grid, state.units.hex[row]
    near = {here for here in light.bands[0] if grid.distance(here, hands.hex("0503")) <= 2} - {own}
    assert light.risky == near and near and near < light.bands[0]


def test_without_a_second_bloc_nothing_is_hatched_and_no_chance_is_named(window: pygame.Surface) -> None:
    alone = Hands(small_world(factions=("saa", "isis"), units=NEAR_THE_LINE[:2]), {0: "human", 1: "hold"})
    state = alone.table.view.state
    row = state.world.row["lions"]
    light = reach_view.light(state, row, 3)
    words = reach_view.at_pointer(state, row, alone.hex("0304"), light)
    assert not light.risky and words is not None and not words.risk and not words.roused


def test_the_pointer_names_cost_chance_and_whom_it_rouses(hands: Hands) -> None:
    state = hands.table.view.state
    row = state.world.row["lions"]
    light = reach_view.light(state, row, 3)
    here = min(light.risky)
    words = reach_view.at_pointer(state, row, here, light)
    assert words is not None and words.roused == (hands.hex("0503"),)
    stay = share_words(engine.incident(state, Act("friction", here)))
    assert words.title.startswith("March: ") and f"if it stays: {stay}" in words.risk
    beyond = reach_view.at_pointer(state, row, min(light.bands[1]), light)
    assert beyond is not None and not beyond.possible and beyond.title.startswith("2 turns")


def test_what_is_in_reach_is_brighter_than_before_and_the_rest_darker(window: pygame.Surface) -> None:
    camera = Camera(12, 10, 0, 0, 600, 500, 60.0)
    canvas = pygame.Surface((600, 500))
    canvas.fill((120, 120, 120))
    ReachPainter(12, 10).draw(canvas, camera, ReachLight((frozenset((40,)), frozenset((41,)), frozenset((42,)))))
    levels = []
    for here in (40, 41, 42, 44):
        x, y = camera.hex_on_screen(here)
        levels.append(canvas.get_at((round(x), round(y)))[0])
    assert levels[0] > 120 and levels == sorted(levels, reverse=True) and len(set(levels)) == 4


def test_the_light_shows_on_the_table_and_goes_with_the_unit(hands: Hands) -> None:
    dark = hands.picture()
    hands.click(hands.point("0303"))
    lit = hands.picture()
    hands.move(hands.point("0304"))
    assert len({dark, lit, hands.picture()}) == 3
    hands.key(pygame.K_ESCAPE)
    assert hands.table.board.map.reach is None


def test_the_card_at_the_pointer_leaves_the_unit_that_marches_and_its_goal_in_sight() -> None:
    camera = Camera(12, 10, 0, 0, 600, 500, 60.0)
    for here in range(120):
        for start in (here - 13, here - 12, here - 1, here + 1, here + 12):
            x, y = camera.hex_on_screen(here)
            if not 0 <= start < 120 or not camera.holds((x, y)):
                continue
            box = callout_box(camera, here, (210, 54), start=start)
            assert pygame.Rect(0, 0, 600, 500).contains(box)
            assert not box.collidepoint(x, y)
            if 250 < x < 350 and 150 < y < 350:  # all four corners are free
                assert not box.collidepoint(camera.hex_on_screen(start))


def test_the_card_at_the_pointer_covers_few_counters() -> None:
    camera = Camera(12, 10, 0, 0, 600, 500, 60.0).centred_on(66)
    free = callout_box(camera, 66, (160, 54))
    under = [here for here in range(120) if free.inflate(20, 20).collidepoint(camera.hex_on_screen(here))]
    assert under
    box = callout_box(camera, 66, (160, 54), under)
    assert not [here for here in under if box.collidepoint(camera.hex_on_screen(here))]
    other = callout_box(camera, 66, (160, 54), under, words=(box,))
    assert not other.colliderect(box)  # nor does it lie on other words, even where it then hides a counter


def test_the_map_is_not_dimmed_for_a_unit_that_goes_nowhere_this_turn(hands: Hands) -> None:
    state = hands.table.view.state
    row = state.world.row["lions"]
    assert reach_view.light(state, row, 3).dims
    spent = with_units(state, mp=(0,) * len(state.units.mp))
    light = reach_view.light(spent, row, 3)
    assert light.bands[1] and not light.dims
    camera = Camera(12, 10, 0, 0, 600, 500, 60.0)
    canvas = pygame.Surface((600, 500))
    canvas.fill((120, 120, 120))
    ReachPainter(12, 10).draw(canvas, camera, light)
    assert canvas.get_at((590, 490))[:3] == (120, 120, 120)


@pytest.mark.parametrize("hasty", [False, True])
@pytest.mark.parametrize("hexes", [(40, 41, 53), (0,), (119,), ()])
def test_all_beyond_the_light_lies_in_the_same_dusk(hexes: tuple[int, ...], hasty: bool) -> None:
    """What has no picture of its own looks as what lies in the light's picture, whatever the camera shows of it."""
    light = ReachLight((frozenset(hexes[:1]), frozenset(hexes[1:])))
    dark = pygame.Surface((1, 1))
    dark.fill((120, 120, 120))
    dark.fill((round(DUSK * 255),) * 3, special_flags=pygame.BLEND_RGB_MULT)
    for left, top in ((0.0, 0.0), (-2.0, -3.0), (5.5, 4.1)):
        camera = Camera(12, 10, 7, 5, 401, 303, 37.0, left, top)
        canvas = pygame.Surface((420, 320))
        canvas.fill((120, 120, 120))
        ReachPainter(12, 10)._light(canvas, camera, light, hasty)
        window = pygame.Rect(7, 5, 401, 303)
        for x in range(0, 420, 9):
            for y in range(0, 320, 9):
                here, got = camera.hex_at((x, y)), canvas.get_at((x, y))
                middles = [camera.hex_on_screen(one) for one in hexes]
                if not window.collidepoint(x, y):
                    assert got == pygame.Color(120, 120, 120)
                elif all(hypot(x - a, y - b) > 37 * 0.95 for a, b in middles):
                    assert got == dark.get_at((0, 0)), (x, y)
                elif here in hexes and min(hypot(x - a, y - b) for a, b in middles) < 37 * 0.3:
                    assert got[0] > dark.get_at((0, 0))[0], (x, y)
