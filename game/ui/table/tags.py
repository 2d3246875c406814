"""Small signs over the map of the table: plans on counters, turns along a march, odds where one could attack from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, pi, sin

import pygame

from game.ui.camera import Camera
from game.ui.kit.fonts import NARROW_STRONG
from game.ui.kit.theme import Colour
from game.ui.scene import Desk

PAUSE, ONWARD, AGAIN = "pause", "onward", "again"
"""Signs of plans: the unit holds, marches on, repeats its order."""
LEAST_ZOOM = 20.0
"""Pixels a hex below which signs would be specks."""


SPOTS = (
    (0.0, 0.26), (0.0, -0.26), (0.0, 0.0), (0.34, 0.13), (-0.34, 0.13), (0.34, -0.13), (-0.34, -0.13),
    (0.0, 0.44), (0.0, -0.44), (0.6, 0.0), (-0.6, 0.0), (0.5, 0.4), (-0.5, 0.4), (0.5, -0.4), (-0.5, -0.4),
    *((reach * cos(turn * pi / 6), reach * sin(turn * pi / 6)) for reach in (0.8, 1.1) for turn in range(12)),
)  # fmt: skip
"""Where the middle of a text may stand, in hexes from the middle of its hex, best first."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A sign at a hex: one of the signs above at the corner of its counter, or a text in its middle."""

    hex: int
    text: str
    colour: Colour
    sign: bool = False


def draw_tags(
    screen: pygame.Surface, desk: Desk, camera: Camera, tags: Iterable[Tag], names: Sequence[pygame.Rect] = (),
    counters: Sequence[pygame.Rect] = (),
) -> None:  # fmt: skip
    """All tags that are in sight; ``names`` are the boxes of the place names there, which no text covers, and
    ``counters`` those of the counters, which it covers only where there is no other room."""
    if camera.zoom < LEAST_ZOOM:
        return
    taken = list(names)
    for tag in tags:
        x, y = camera.hex_on_screen(tag.hex)
        if not camera.holds((x, y)):
            continue
        if tag.sign:
            _draw_sign(screen, (round(x - 0.3 * camera.zoom), round(y - 0.3 * camera.zoom)),
                       max(desk.px(7), round(0.13 * camera.zoom)), tag)  # fmt: skip
        else:
            box = text_box(desk, camera, tag, taken, counters)
            if box is not None:
                taken.append(box)
                _draw_text(screen, desk, box, tag)


def text_box(
    desk: Desk, camera: Camera, tag: Tag, taken: Sequence[pygame.Rect], counters: Sequence[pygame.Rect] = ()
) -> pygame.Rect | None:
    """Where the text of a tag stands: at its hex, clear of what is taken and, if that can be, of counters. None where
    there is no room, as happens from afar: then the colour of the ring tells."""
    x, y = camera.hex_on_screen(tag.hex)
    face = desk.fonts.text(tag.text, NARROW_STRONG, desk.px(13), desk.theme.interface.text)
    box = face.get_rect().inflate(desk.px(10), desk.px(2))
    second = None
    for dx, dy in SPOTS:
        box.center = round(x + dx * camera.zoom), round(y + dy * camera.zoom)
        if box.collidelist(taken) < 0:
            if box.collidelist(counters) < 0:
                return box
            second = second or box.copy()
    return second


def _draw_text(screen: pygame.Surface, desk: Desk, box: pygame.Rect, tag: Tag) -> None:
    ground, ink = desk.theme.interface.background, desk.theme.interface.text
    face = desk.fonts.text(tag.text, NARROW_STRONG, desk.px(13), ink)
    pygame.draw.rect(screen, ground, box, border_radius=box.height // 2)
    pygame.draw.rect(screen, tag.colour, box, max(1, desk.px(2)), border_radius=box.height // 2)
    screen.blit(face, face.get_rect(center=box.center))


def _draw_sign(screen: pygame.Surface, at: tuple[int, int], radius: int, tag: Tag) -> None:
    dark, light = Colour(24, 22, 20), tag.colour
    pygame.draw.circle(screen, dark, at, radius + 1)
    pygame.draw.circle(screen, light, at, radius, max(1, radius // 6))
    x, y = at
    part = max(2, radius // 2)
    wide = max(1, radius // 4)
    if tag.text == PAUSE:
        for side in (-1, 1):
            pygame.draw.line(
                screen, light, (x + side * part // 2, y - part), (x + side * part // 2, y + part), wide + 1
            )
    elif tag.text == ONWARD:
        for shift in (-part // 2 - 1, part // 2):
            points = [(x + shift - part // 3, y - part), (x + shift + part // 2, y), (x + shift - part // 3, y + part)]
            pygame.draw.lines(screen, light, False, points, wide)
    else:
        pygame.draw.arc(screen, light, (x - part, y - part, 2 * part, 2 * part), pi * 0.5, pi * 2.1, wide)
        end = round(x + part * cos(0.1 * pi)), round(y + part * sin(0.1 * pi))
        head = [(end[0] + wide, end[1] - part), (end[0] - part, end[1] - part // 2), (end[0] + part, end[1])]
        pygame.draw.polygon(screen, light, head)
