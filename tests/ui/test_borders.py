"""Held ground: rounded areas that fill the map without gap or overlap, whatever piece of it is painted."""

from __future__ import annotations

import numpy as np
import pygame
import pytest

from game.hexgrid import grid
from game.ui.camera import hex_centre, map_extent
from game.ui.kit.fonts import Fonts
from game.ui.kit.theme import Colour, Theme
from game.ui.mapview.borders import NOBODY, BorderPainter, Borders
from game.ui.mapview.overlays import HexStyle, OverlayPainter

COLUMNS, ROWS, ZOOM = 12, 10, 40
INSIDE = pygame.Rect(40, 40, 360, 330)


def split(*other: str) -> list[int]:
    """The map in two areas: a few hexes, and the rest."""
    hexes = grid(COLUMNS, ROWS)
    areas = [0] * hexes.size
    for label in other:
        areas[hexes.hex(label)] = 1
    return areas


def covered(areas: list[int], area: int) -> np.ndarray:
    wide, tall = map_extent(COLUMNS, ROWS)
    out = pygame.Surface((int(wide * ZOOM), int(tall * ZOOM)), pygame.SRCALPHA)
    borders = Borders(COLUMNS, ROWS, areas)
    for h, own in enumerate(areas):
        if own == area:
            for outline in borders.outlines(h):
                pygame.draw.polygon(out, (255, 255, 255, 255), [(x * ZOOM, y * ZOOM) for x, y in outline])
    return pygame.surfarray.array_alpha(out)[INSIDE.left : INSIDE.right, INSIDE.top : INSIDE.bottom] > 0


@pytest.mark.parametrize("others", [("0405",), ("0405", "0505", "0506"), ("0305", "0307", "0506", "0606")])
def test_two_areas_fill_the_map_and_share_only_their_rims(others: tuple[str, ...]) -> None:
    areas = split(*others)
    one, two = covered(areas, 0), covered(areas, 1)
    assert (one | two).all()
    assert (one & two).sum() < 0.09 * two.sum()  # a pixel along the border; with corners left on it would be twice that


def test_a_border_is_round_where_hexes_have_corners() -> None:
    areas = split("0405")
    hexes = grid(COLUMNS, ROWS)
    here = hexes.hex("0405")
    x, y = hex_centre(COLUMNS, here)
    reach = [((px - x) ** 2 + (py - y) ** 2) ** 0.5 for px, py in Borders(COLUMNS, ROWS, areas).outlines(here)[0]]
    assert max(reach) < 0.53  # corners lie at 0.577, middles of sides at 0.5
    assert min(reach) > 0.49


def test_lines_of_neighbours_meet() -> None:
    borders = Borders(COLUMNS, ROWS, split("0405", "0505", "0506", "0604"))
    lines = [line for h in range(COLUMNS * ROWS) for line in borders.lines(h)]
    assert len(lines) > 12
    for number, line in enumerate(lines):
        others = [point for n, other in enumerate(lines) if n != number for point in other]
        for end in (line[0], line[-1]):
            assert min((end[0] - x) ** 2 + (end[1] - y) ** 2 for x, y in others) < 0.06**2


def test_a_change_of_one_hex_changes_nothing_further_off() -> None:
    before, after = Borders(COLUMNS, ROWS, split("0405")), Borders(COLUMNS, ROWS, split("0405", "0406"))
    hexes = grid(COLUMNS, ROWS)
    near = set(hexes.disk(hexes.hex("0406"), 1))
    for h in set(range(hexes.size)) - near:
        assert before.outlines(h) == after.outlines(h)


def test_pieces_fit_together() -> None:
    areas = [NOBODY if h % 7 == 0 else h % 3 % 2 for h in range(COLUMNS * ROWS)]
    tints = (Colour(200, 40, 40, 60), Colour(40, 40, 200, 60))

    def painted(left: int, side: int) -> np.ndarray:
        tiles = []
        for tint in tints:
            tile = pygame.Surface((side, side), pygame.SRCALPHA)
            tile.fill(tint.faded(120))
            tiles.append(tile)
        out = pygame.Surface((side, side), depth=32)
        out.fill((230, 216, 180))
        painter = BorderPainter(Borders(COLUMNS, ROWS, areas), tints, tiles)
        painter.paint(out, range(COLUMNS * ROWS), float(ZOOM), left, 0)
        return pygame.surfarray.array3d(out).astype(int)

    whole = painted(0, 256)
    for left in (0, 128):
        part = painted(left, 128)
        differ = np.abs(part - whole[left : left + 128, :128]).max(axis=2)
        assert (differ[4:-4, 4:-4] <= 2).all()  # the softening of the rim sees less at the very edge
        assert np.percentile(differ, 99) <= 24


def test_nobodys_ground_stays_clear_and_held_ground_has_its_pattern_at_the_border_alone() -> None:
    areas = split("0405", "0404", "0504", "0505", "0305", "0304", "0406")
    areas = [0 if area else NOBODY for area in areas]
    tile = pygame.Surface((400, 400), pygame.SRCALPHA)
    tile.fill((0, 0, 0, 255))
    out = pygame.Surface((400, 400), depth=32)
    out.fill((230, 216, 180))
    painter = BorderPainter(Borders(COLUMNS, ROWS, areas), (Colour(255, 0, 0, 100),), (tile,))
    painter.paint(out, range(COLUMNS * ROWS), float(ZOOM), 0, 0)
    x, y = hex_centre(COLUMNS, grid(COLUMNS, ROWS).hex("0405"))
    fx, fy = hex_centre(COLUMNS, grid(COLUMNS, ROWS).hex("0909"))
    assert out.get_at((round(fx * ZOOM), round(fy * ZOOM)))[:3] == (230, 216, 180)
    inside = out.get_at((round(x * ZOOM), round(y * ZOOM)))
    assert inside[0] > 200  # the tint, and nothing of the tile
    assert inside[1] < 200


def test_areas_of_an_overlay_are_rounded_and_edged_on_their_own_side(theme: Theme, fonts: Fonts) -> None:
    hexes = grid(COLUMNS, ROWS)
    here = hexes.hex("0405")
    edge = Colour(10, 120, 120)
    out = pygame.Surface((480, 480), depth=32)
    out.fill((230, 216, 180))
    before = out.copy()
    overlay = {here: HexStyle(Colour(10, 120, 120, 80), "", None, edge)}
    OverlayPainter(COLUMNS, ROWS, theme, fonts).paint(out, overlay, range(hexes.size), float(ZOOM), 0, 0)
    x, y = hex_centre(COLUMNS, here)
    corner = round((x + 0.56) * ZOOM), round(y * ZOOM)  # the hex's own corner is cut off
    assert out.get_at(corner) == before.get_at(corner)
    assert out.get_at((round(x * ZOOM), round(y * ZOOM))) != before.get_at((round(x * ZOOM), round(y * ZOOM)))
    inner = out.get_at((round(x * ZOOM), round((y - 0.47) * ZOOM)))
    assert inner[0] < 80, "the edge lies inside"
    outer = round(x * ZOOM), round((y - 0.54) * ZOOM)
    assert out.get_at(outer) == before.get_at(outer)
