"""The printed frame around the map: a neatline in steps of ten kilometres, paper below for scale, north and turns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

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
    ox, oy = camera.origin
    for a, b in _dark_steps(inner.x, inner.width, ox, camera.zoom, whole, STEP / metres_per_hex):
        screen.fill(INK, (a, inner.y - 1 - thick, b - a, thick))
        screen.fill(INK, (a, inner.bottom + 1, b - a, thick))
    for a, b in _dark_steps(inner.y, inner.height, oy, camera.zoom, deep, STEP / metres_per_hex):
        screen.fill(INK, (inner.x - 1 - thick, a, thick, b - a))
        screen.fill(INK, (inner.right + 1, a, thick, b - a))
    pygame.draw.rect(screen, INK, inner.inflate(2 * thick + 4, 2 * thick + 4), 1)
    pygame.draw.rect(screen, INK, inner.inflate(2, 2), 1)


def _dark_steps(
    start: int, size: int, origin: int, zoom: float, extent: float, step: float
) -> Iterator[tuple[int, int]]:
    """From where to where the line is dark along an edge of the window: every other step from the rim of the map on."""
    first, last = max(0, int(origin / zoom // step)), int(min((origin + size) / zoom, extent) // step)
    for number in range(first + first % 2, last + 1, 2):
        a = max(start, round(start + number * step * zoom - origin))
        b = min(start + size, round(start + min(extent, (number + 1) * step) * zoom - origin))
        if b > a:
            yield a, b


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
