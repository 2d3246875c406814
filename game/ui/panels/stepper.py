"""A number on a panel with a minus and a plus."""

from __future__ import annotations

import pygame

from game.ui.kit.fonts import NARROW, STRONG
from game.ui.kit.lettering import wrapped
from game.ui.panels.acts import ChangeSupport
from game.ui.panels.flow import Flow, paint_button
from game.words import say


def add_stepper(flow: Flow, words: str, value: int, most: int, kind: str) -> None:
    """A number with a minus and a plus."""
    desk = flow.desk
    told, side = say("{what} ({n} left)", what=words, n=most), desk.px(23)
    room = stepper_boxes(pygame.Rect(0, 0, flow.room, side), side)[0].x - desk.px(6)
    lines = wrapped(desk.fonts, told, NARROW, desk.px(12), room)

    def paint(screen: pygame.Surface, box: pygame.Rect) -> None:
        less, more = stepper_boxes(box, side)
        for part, text in ((less, "−"), (more, "+")):
            paint_button(screen, desk, part, text, size=14)
        number = desk.fonts.text(f"{value}", STRONG, desk.px(13), desk.theme.interface.text)
        screen.blit(number, number.get_rect(center=((less.right + more.x) // 2, box.centery)))
        tall = desk.px(13)
        high = box.centery - len(lines) * tall // 2 - desk.px(1)
        for row, text in enumerate(lines):
            face = desk.fonts.text(text, NARROW, desk.px(12), desk.theme.interface.text)
            screen.blit(face, (box.x, high + row * tall))

    box = flow.block(27 if len(lines) < 2 else 13 * len(lines) + 6, paint)
    less, more = stepper_boxes(box, side)
    flow.spot(less, ChangeSupport(kind, -1))
    flow.spot(more, ChangeSupport(kind, 1))


def stepper_boxes(box: pygame.Rect, size: int) -> tuple[pygame.Rect, pygame.Rect]:
    """Where the minus and the plus of a stepper are."""
    more = pygame.Rect(box.right - size, box.centery - size // 2, size, size)
    return more.move(-2 * size, 0), more
