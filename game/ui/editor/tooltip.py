"""A few words in a box at the mouse, once it has rested."""

from __future__ import annotations

import pygame

from game.ui.kit.fonts import BODY
from game.ui.kit.lettering import panel, wrapped
from game.ui.scene import Desk

RESTS = 0.45
"""Seconds that the mouse rests before the words appear."""
WIDE = 290


def draw_tip(screen: pygame.Surface, desk: Desk, text: str, mouse: tuple[int, int]) -> None:
    """The words, kept inside the window."""
    lines = wrapped(desk.fonts, text, BODY, desk.px(13), desk.px(WIDE))
    wide = max(desk.fonts.width(line, BODY, desk.px(13)) for line in lines) + desk.px(16)
    tall = len(lines) * desk.px(18) + desk.px(10)
    box = pygame.Rect(mouse[0] + desk.px(14), mouse[1] + desk.px(18), wide, tall)
    if box.bottom > desk.size[1]:
        box.bottom = mouse[1] - desk.px(8)
    box.clamp_ip(pygame.Rect((0, 0), desk.size))
    panel(screen, desk, box, raised=True)
    for number, line in enumerate(lines):
        face = desk.fonts.text(line, BODY, desk.px(13), desk.theme.interface.text)
        screen.blit(face, (box.x + desk.px(8), box.y + desk.px(5) + number * desk.px(18)))
