"""Small signs over the map of the table: plans on counters, turns along a march, odds where one could attack from."""

from __future__ import annotations

from collections.abc import Iterable
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


@dataclass(frozen=True, slots=True)
class Tag:
    """A sign at a hex: one of the signs above at the corner of its counter, or a text in its middle."""

    hex: int
    text: str
    colour: Colour
    sign: bool = False


def draw_tags(screen: pygame.Surface, desk: Desk, camera: Camera, tags: Iterable[Tag]) -> None:
    """All tags that are in sight."""
    if camera.zoom < LEAST_ZOOM:
        return
    for tag in tags:
        x, y = camera.hex_on_screen(tag.hex)
        if not camera.holds((x, y)):
            continue
        if tag.sign:
            _draw_sign(screen, (round(x - 0.3 * camera.zoom), round(y - 0.3 * camera.zoom)),
                       max(desk.px(7), round(0.13 * camera.zoom)), tag)  # fmt: skip
        else:
            _draw_text(screen, desk, (round(x), round(y + 0.26 * camera.zoom)), tag)


def _draw_text(screen: pygame.Surface, desk: Desk, at: tuple[int, int], tag: Tag) -> None:
    ground, ink = desk.theme.interface.background, desk.theme.interface.text
    face = desk.fonts.text(tag.text, NARROW_STRONG, desk.px(13), ink)
    box = face.get_rect(center=at).inflate(desk.px(10), desk.px(2))
    pygame.draw.rect(screen, ground, box, border_radius=box.height // 2)
    pygame.draw.rect(screen, tag.colour, box, max(1, desk.px(2)), border_radius=box.height // 2)
    screen.blit(face, face.get_rect(center=at))


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
