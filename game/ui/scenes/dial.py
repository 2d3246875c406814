"""A small round sign of how far a game has come: a ring that fills from the top, and the turn in its middle."""

from __future__ import annotations

from math import cos, pi, sin

import pygame

from game.ui.kit.fonts import STRONG
from game.ui.kit.theme import Colour
from game.ui.scene import Desk

SMOOTH = 4
PIECES = 96
"""Dots that make a whole ring."""
WIDE = 0.13
"""Of the side, how wide the ring is."""


def dial(desk: Desk, side: int, turn: int, last: int) -> pygame.Surface:
    """A ring ``side`` pixels wide, filled as far as turn ``turn`` of ``last``; without turns a ring with a cross."""
    colours, k = desk.theme.interface, side * SMOOTH
    board = pygame.Surface((k, k), pygame.SRCALPHA)
    middle, radius, wide = k / 2, k * (0.5 - WIDE / 2) - SMOOTH, k * WIDE
    known = last > 0
    _arc(board, colours.panel_edge if known else desk.theme.marks.bad, middle, radius, wide, 1.0)
    if known:
        _arc(board, colours.accent, middle, radius, wide, min(1.0, turn / last))
    else:
        far = radius * 0.42
        for way in (1, -1):
            ends = (middle - far, middle - way * far), (middle + far, middle + way * far)
            pygame.draw.line(board, desk.theme.marks.bad, *ends, round(wide * 0.8))
    out = pygame.transform.smoothscale(board, (side, side))
    if known:
        face = desk.fonts.text(str(turn), STRONG, max(desk.px(12), side * 2 // 5), colours.text)
        out.blit(face, face.get_rect(center=(side // 2, side // 2)))
    return out


def _arc(board: pygame.Surface, ink: Colour, middle: float, radius: float, wide: float, share: float) -> None:
    """A part of a ring, from the top on and with the clock."""
    for number in range(round(PIECES * share) + 1):
        turn = 2 * pi * min(share, number / PIECES) - pi / 2
        pygame.draw.circle(board, ink, (middle + radius * cos(turn), middle + radius * sin(turn)), wide / 2)
