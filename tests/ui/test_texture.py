"""Dunes, palms, salt and the rest keep to the painted ground, never depend on chance, and cross pieces unseen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pygame
import pytest

from game.ui.kit.theme import Theme
from game.ui.mapview.beds import _legs
from game.ui.mapview.ground import BEYOND, Ground
from game.ui.mapview.picture import MapPicture
from game.ui.mapview.plate import OVERSIZE, Plate
from game.ui.mapview.texture import NONE, SHAPES, SOWN, VARIANTS, Texture
from game.ui.mapview.water import WIDENS, Water


@pytest.fixture(scope="module")
def ground(display: None, small_map: MapPicture, theme: Theme) -> Ground:
    return Ground(small_map, theme)


def blank(zoom: float, left: int, pixels: int) -> Plate:
    return Plate(zoom, left, 0, pixels, pygame.Surface((pixels * OVERSIZE, pixels * OVERSIZE), depth=32))


def test_every_stamp_stands_on_its_own_ground(small_map: MapPicture, ground: Ground, theme: Theme) -> None:
    texture, names = Texture(small_map, ground, theme), tuple(SHAPES)
    stood = 0
    for lattice in texture._lattices:
        home: dict[int, set[int]] = {names.index(sown.stamp): set() for sown in SOWN[lattice.spacing].values()}
        for kind, sown in SOWN[lattice.spacing].items():
            home[names.index(sown.stamp)].add(ground.names.index(kind))
        for i, j in zip(*np.nonzero(lattice.stamp != NONE), strict=True):
            k = ground.scale
            at = int((lattice.x[i, j] + BEYOND) * k), int((lattice.y[i, j] + BEYOND) * k)
            assert int(ground.kinds[at]) in home[int(lattice.stamp[i, j])]
            stood += 1
    assert stood > 100


@pytest.mark.parametrize("zoom", [24.0, 46.0, 96.0])
def test_a_stamp_goes_on_over_the_edge_of_a_piece(
    small_map: MapPicture, ground: Ground, theme: Theme, zoom: float
) -> None:
    texture = Texture(small_map, ground, theme)
    whole = blank(zoom, 0, 384)
    texture.draw(whole)
    assert pygame.mask.from_threshold(whole.surface, (0, 0, 0), (1, 1, 1)).count() < 768 * 768
    for left in (0, 192):
        part = blank(zoom, left, 192)
        texture.draw(part)
        there = whole.surface.subsurface(pygame.Rect(left * OVERSIZE, 0, 384, 384)).copy()
        one, other = (pygame.surfarray.array3d(s).astype(int) for s in (part.surface, there))
        assert np.array_equal(one, other)


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("zoom", [24, 62, 128])
def test_each_stamp_shows_and_stays_on_its_board(theme: Theme, name: str, zoom: int) -> None:
    for variant in range(VARIANTS):
        side = round(0.56 * zoom * OVERSIZE)
        board = pygame.Surface((side, side), pygame.SRCALPHA)
        SHAPES[name](board, zoom * OVERSIZE, variant, theme.map, zoom > 72)
        box = board.get_bounding_rect()
        assert box.width > 0
        assert board.get_rect().inflate(-2, -2).contains(box) or zoom < 40


def test_dry_beds_join_every_group_of_wadis_without_a_loop(small_map: MapPicture) -> None:
    wadis = [13, 14, 25, 26, 38, 70]
    terrain = tuple("wadi" if h in wadis else "desert" for h in range(len(small_map.terrain)))
    legs = _legs(replace(small_map, terrain=terrain))
    assert {h for leg in legs for h in leg} <= set(wadis)
    assert len(legs) == len(wadis) - 2  # a tree of five, and one that stands alone
    assert len({there for _, there in legs}) == len(legs)


def test_a_great_river_swells_and_narrows(small_map: MapPicture, theme: Theme) -> None:
    water = Water(small_map, theme)
    swells = [k for _, band in water._bands for stroke in band for k in stroke.swell]
    assert min(swells) < 0.75
    assert max(swells) > 1.25
    assert max(swells) <= 1.5 + WIDENS
