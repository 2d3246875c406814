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
    """Paper beside and above the map's window, and along its edges a line that is dark and light by turns."""
    inner = pygame.Rect(camera.x, camera.y, camera.width, camera.height)
    for part in (
        pygame.Rect(frame.x, frame.y, frame.width, inner.y - frame.y),
        pygame.Rect(frame.x, inner.y, inner.x - frame.x, inner.height),
        pygame.Rect(inner.right, inner.y, frame.right - inner.right, inner.height),
    ):
        screen.fill(PAPER, part)
    thick = max(1, inner.x - frame.x - 2)
    whole, deep = map_extent(camera.columns, camera.rows)
    step, (ox, oy) = STEP / metres_per_hex * camera.zoom, camera.origin
    across, down = _steps(whole * camera.zoom, step, thick), _steps(deep * camera.zoom, step, thick, upright=True)
    for y in (inner.y - 1 - thick, inner.bottom + 1):
        screen.blit(across, (inner.x + max(0, -ox), y), (max(0, ox), 0, inner.width - max(0, -ox), thick))
    for x in (inner.x - 1 - thick, inner.right + 1):
        screen.blit(down, (x, inner.y + max(0, -oy)), (0, max(0, oy), thick, inner.height - max(0, -oy)))
    pygame.draw.rect(screen, INK, inner.inflate(2 * thick + 4, 2 * thick + 4), 1)
    pygame.draw.rect(screen, INK, inner.inflate(2, 2), 1)


@lru_cache(maxsize=8)
def _steps(extent: float, step: float, thick: int, upright: bool = False) -> pygame.Surface:
    """The line along a whole side of the map: every other step of so many pixels is dark, from the rim on."""
    strip = pygame.Surface((round(extent), thick), depth=32)
    strip.fill(PAPER)
    for number in range(0, ceil(extent / step), 2):
        a, b = round(number * step), round(min(extent, (number + 1) * step))
        strip.fill(INK, (a, 0, b - a, thick))
    return pygame.transform.rotate(strip, -90) if upright else strip


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
