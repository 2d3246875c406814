"""A keyboard drawn small: which of its keys mean something, and which one is spoken of."""

from __future__ import annotations

from collections.abc import Collection

import pygame

from game.ui.kit.fonts import NARROW
from game.ui.scene import Desk

K = pygame
_LETTERS = {chr(code): code for code in (*range(K.K_a, K.K_z + 1), *range(K.K_0, K.K_9 + 1))}
UNITS = 15.0
"""Keys side by side in the widest row."""


def _row(signs: str) -> list[tuple[str, int, float]]:
    return [(sign.upper(), _LETTERS.get(sign, ord(sign)), 1.0) for sign in signs]


ROWS: tuple[tuple[float, list[tuple[str, int, float]]], ...] = (
    (0.0, [("Esc", K.K_ESCAPE, 1.4), *((f"F{n}", K.K_F1 + n - 1, 1.13) for n in range(1, 13))]),
    (0.0, [("`", K.K_BACKQUOTE, 1.0), *_row("1234567890-="), ("Back", K.K_BACKSPACE, 2.0)]),
    (0.0, [("Tab", K.K_TAB, 1.5), *_row("qwertyuiop[]"), ("\\", K.K_BACKSLASH, 1.5)]),
    (0.0, [("", 0, 1.8), *_row("asdfghjkl;'"), ("Enter", K.K_RETURN, 2.2)]),
    (0.0, [("Shift", K.K_LSHIFT, 2.3), *_row("zxcvbnm,./"), ("Shift", K.K_RSHIFT, 2.7)]),
    (0.0, [("Ctrl", K.K_LCTRL, 1.6), ("", 0, 1.2), ("Alt", K.K_LALT, 1.4), ("Space", K.K_SPACE, 6.2),
           ("Alt", K.K_RALT, 1.4), ("Home", K.K_HOME, 1.6), ("Ctrl", K.K_RCTRL, 1.6)]),
)  # fmt: skip
"""Rows of an American keyboard: where each begins, and of each key its sign, its code and how wide it is."""


def key_boxes(room: pygame.Rect) -> list[tuple[str, int, pygame.Rect]]:
    """Sign, code and place of each key on a keyboard that fills a room."""
    side, gap = room.width / UNITS, max(1, round(room.width / UNITS / 12))
    tall = min(side, room.height / len(ROWS))
    out = []
    for number, (begin, keys) in enumerate(ROWS):
        x = room.x + begin * side
        for sign, code, wide in keys:
            left, right = round(x), round(x + wide * side)
            out.append(
                (sign, code, pygame.Rect(left, room.y + round(number * tall), right - left - gap, round(tall) - gap))
            )
            x += wide * side
    return out


def paint_keyboard(
    screen: pygame.Surface, desk: Desk, room: pygame.Rect, used: Collection[int], own: Collection[int],
    spoken_of: int, held: Collection[int],
) -> None:  # fmt: skip
    """Keys in use are raised, those that the player has chosen edged in gold, the one spoken of and those held gold."""
    colours = desk.theme.interface
    for sign, code, box in key_boxes(room):
        gold = code == spoken_of or code in held
        ground = colours.accent if gold else colours.raised if code in used else colours.background
        edge = colours.accent if gold or code in own else colours.panel_edge
        ink = colours.on_accent if gold else colours.text if code in used else colours.text_dim.mixed(colours.panel, 40)
        pygame.draw.rect(screen, ground, box, border_radius=desk.px(4))
        pygame.draw.rect(screen, edge, box, max(1, desk.px(1)), border_radius=desk.px(4))
        face = desk.fonts.text(sign, NARROW, desk.px(12), ink)
        if sign and face.get_width() <= box.width:
            screen.blit(face, face.get_rect(center=box.center))
