"""A map that is being drawn: what changes is printed anew, and looks as if it had always been so."""

from __future__ import annotations

from dataclasses import replace

import pygame
import pytest

from game.hexgrid import grid
from game.scenario.outline import DrawnLine, DrawnRoad
from game.ui.kit.fonts import Fonts
from game.ui.kit.theme import Theme
from game.ui.mapview.ground import Ground, Noise
from game.ui.mapview.picture import DrawnPlace, MapPicture
from game.ui.mapview.view import MapView

WINDOW = pygame.Rect(0, 0, 500, 420)


def painted(picture: MapPicture, terrain: str, *labels: str) -> MapPicture:
    hexes = grid(picture.columns, picture.rows)
    ground = list(picture.terrain)
    for label in labels:
        ground[hexes.hex(label)] = terrain
    return replace(picture, terrain=tuple(ground))


def pixels(surface: pygame.Surface) -> bytes:
    return pygame.image.tobytes(surface, "RGB")


@pytest.mark.parametrize("terrain", ["mountains", "valley", "lake"])
def test_ground_painted_anew_around_a_hex_is_the_ground_painted_whole(
    window: pygame.Surface, theme: Theme, small_map: MapPicture, terrain: str
) -> None:
    """Corners, a rim and the river's bank, one after the other: too far apart to mend each other's seams."""
    assert window
    ground, labels = Ground(small_map, theme), ("0101", "0604", "1210", "0110", "1201")
    for number, label in enumerate(labels, 1):
        after = painted(small_map, terrain, *labels[:number])
        ground.repaint(after, [grid(12, 10).hex(label)])
    assert pixels(ground.master) == pixels(Ground(after, theme).master)


@pytest.mark.parametrize("box", [(0, 0, 640, 480), (17, 31, 1, 1), (600, 3, 40, 470), (211, 197, 64, 33)])
@pytest.mark.parametrize("knots", [0.9, 4.5, 8.0])
def test_a_pixel_of_the_noise_is_the_same_to_the_last_bit_in_every_box(
    box: tuple[int, int, int, int], knots: float
) -> None:
    """Painting decides by these numbers: a last bit that hangs on the size of the box shows as a seam."""
    size = (640, 480)
    here = pygame.Rect(box)
    whole = Noise(size, 27, pygame.Rect((0, 0), size)).field(knots, 3)
    part = Noise(size, 27, here).field(knots, 3)
    assert part.tobytes() == whole[here.left : here.right, here.top : here.bottom].tobytes()


def changes(picture: MapPicture) -> list[MapPicture]:
    hexes = grid(picture.columns, picture.rows)
    way = tuple(hexes.hex(label) for label in ("0202", "0302", "0402"))
    brook = (hexes.side("0908/N"), hexes.side("0908/NE"))
    return [
        painted(picture, "urban", "0303", "0403"),
        painted(picture, "valley", "0404", "0504"),
        replace(picture, roads=(*picture.roads, DrawnRoad("New", "highway", way))),
        replace(picture, rivers=(*picture.rivers, DrawnLine("Brook", "minor", brook))),
        replace(picture, places=(*picture.places, DrawnPlace("Newtown", hexes.hex("0902"), "town", 2))),
        replace(picture, escarpments=(), exits=()),
        painted(picture, "wadi", "0103", "0203", "0204", "0304", "0405"),
    ]


@pytest.fixture(scope="module")
def view(display: None, theme: Theme, fonts: Fonts, small_map: MapPicture) -> MapView:
    """The map as it was; each test gives it back so."""
    return MapView(small_map, theme, fonts, WINDOW)


@pytest.fixture(scope="module")
def before(view: MapView) -> bytes:
    """What it looked like."""
    return drawn(view)


def drawn(view: MapView) -> bytes:
    canvas = pygame.Surface(WINDOW.size)
    view.finish(canvas)
    return pixels(canvas)


@pytest.mark.parametrize("number", range(7))
def test_a_changed_map_looks_like_a_new_one(
    view: MapView, before: bytes, theme: Theme, fonts: Fonts, small_map: MapPicture, number: int
) -> None:
    after = changes(small_map)[number]
    view.change_picture(after)
    assert drawn(view) == drawn(MapView(after, theme, fonts, WINDOW))
    view.change_picture(small_map)
    assert drawn(view) == before
