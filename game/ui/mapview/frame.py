"""The printed frame around the map: a neatline in steps of ten kilometres, paper below for scale, north and turns."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import ceil

import pygame

from game.ui.camera import Camera, map_extent
from game.ui.kit.fonts import NARROW, NARROW_STRONG
from game.ui.kit.theme import Colour
from game.ui.scene import Desk
from game.words import say

PAPER, INK = Colour(239, 227, 196), Colour(43, 33, 24)
STEP = 10_000
"""Metres of one piece of the neatline."""
LENGTHS = (1, 2, 5, 10, 20, 50, 100, 200, 500)
"""Kilometres that a scale bar may show."""
BAR_ROOM = 96
"""Most points that the scale bar takes."""


@dataclass(frozen=True, slots=True)
class ScaleBar:
    """A round length and how long it is on the map as it is seen now."""

    kilometres: int
    pixels: int


@lru_cache(maxsize=64)
def scale_bar(metres_per_hex: int, zoom: float, room: int) -> ScaleBar:
    """The longest round length that fits into ``room`` pixels; the shortest one where none does."""
    fits = [length for length in LENGTHS if length * 1000 / metres_per_hex * zoom <= room]
    length = fits[-1] if fits else LENGTHS[0]
    return ScaleBar(length, round(length * 1000 / metres_per_hex * zoom))


def paint_neatline(screen: pygame.Surface, frame: pygame.Rect, camera: Camera, metres_per_hex: int) -> None:
    """Along the edges of the map's window a line that is dark and light by turns, between two thin ones."""
    x, y, width, height = camera.x, camera.y, camera.width, camera.height
    wide = max(3, x - frame.x)
    whole, deep = map_extent(camera.columns, camera.rows)
    step, (ox, oy) = STEP / metres_per_hex * camera.zoom, camera.origin
    across = _side(whole * camera.zoom, step, wide, width)
    down = _side(deep * camera.zoom, step, wide, height, upright=True)
    along, beside = (ox + width, 0, width, wide), (0, oy + height, wide, height)
    corners = _corners(wide)
    screen.blits(
        (
            (across, (x, y - wide), along),
            (across, (x, y + height), along),
            (down, (x - wide, y), beside),
            (down, (x + width, y), beside),
            (corners[0], (x - wide, y - wide)),
            (corners[1], (x + width, y - wide)),
            (corners[2], (x - wide, y + height)),
            (corners[3], (x + width, y + height)),
        ),
        False,
    )


@lru_cache(maxsize=8)
def _side(extent: float, step: float, wide: int, window: int, upright: bool = False) -> pygame.Surface:
    """The line along a side of the map, with a window's length of paper at both ends: every other step is dark."""
    length = ceil(extent) + 2 * window
    strip = pygame.Surface((length, wide), depth=32)
    strip.fill(PAPER)
    for number in range(0, ceil(extent / step), 2):
        a, b = round(number * step), round(min(extent, (number + 1) * step))
        strip.fill(INK, (window + a, 0, b - a, wide))
    for y in (0, wide - 1):
        strip.fill(INK, (0, y, length, 1))
    return pygame.transform.rotate(strip, -90) if upright else strip


@lru_cache(maxsize=2)
def _corners(wide: int) -> tuple[pygame.Surface, ...]:
    """Where two sides meet: upper left and right, lower left and right."""
    corner = pygame.Surface((wide, wide), depth=32)
    corner.fill(PAPER)
    corner.fill(INK, (0, 0, wide, 1))
    corner.fill(INK, (0, 0, 1, wide))
    corner.set_at((wide - 1, wide - 1), INK)
    return tuple(pygame.transform.flip(corner, x, y) for y in (False, True) for x in (False, True))


def paint_north_and_scale(screen: pygame.Surface, desk: Desk, foot: pygame.Rect, scale: ScaleBar) -> int:
    """North arrow and scale bar at the left of the foot; returns where they end."""
    middle = foot.centery + desk.px(1)
    x, high = foot.x + desk.px(14), desk.px(7)
    pygame.draw.polygon(screen, INK, [(x, middle - high), (x + high * 0.6, middle + high), (x, middle + high * 0.5)])
    pygame.draw.aalines(
        screen, INK, True, [(x, middle - high), (x, middle + high * 0.5), (x - high * 0.6, middle + high)]
    )
    letter = desk.fonts.text(say("N"), NARROW_STRONG, desk.px(12), INK)
    screen.blit(letter, (x + desk.px(8), middle - letter.get_height() // 2))
    left, bar = x + desk.px(30), desk.px(4)
    nought = desk.fonts.text("0", NARROW, desk.px(12), INK)
    screen.blit(nought, (left, middle - nought.get_height() // 2))
    left += nought.get_width() + desk.px(4)
    for quarter in range(4):
        a, b = left + scale.pixels * quarter // 4, left + scale.pixels * (quarter + 1) // 4
        part = pygame.Rect(a, middle - bar // 2, b - a, bar)
        screen.fill(INK if quarter % 2 == 0 else PAPER, part)
    pygame.draw.rect(screen, INK, (left, middle - bar // 2, scale.pixels, bar), 1)
    words = desk.fonts.text(say("{n} km", n=scale.kilometres), NARROW, desk.px(12), INK)
    screen.blit(words, (left + scale.pixels + desk.px(5), middle - words.get_height() // 2))
    return left + scale.pixels + words.get_width() + desk.px(16)
