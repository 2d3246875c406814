"""The sign of the game, for its window and its menu: the emblems of the two blocs, and the line between them."""

from __future__ import annotations

import pygame

from game.ui.kit.emblems import paint_emblem
from game.ui.kit.theme import Theme

SMOOTH = 3
LINE = (154, 110, 200)


def crest(theme: Theme, side: int) -> pygame.Surface:
    """The sign, so many pixels wide and high, on nothing."""
    whole = side * SMOOTH
    board = pygame.Surface((whole, whole), pygame.SRCALPHA)
    pygame.draw.line(board, LINE, (whole * 0.06, whole * 0.94), (whole * 0.94, whole * 0.06), max(1, whole // 18))
    for look, share in (("red", 0.28), ("yellow", 0.72)):
        livery, at, r = theme.livery(look), (whole * share, whole * share), whole * 0.24
        pygame.draw.circle(board, livery.edge, at, r)
        pygame.draw.circle(board, livery.body, at, r * 0.9)
        paint_emblem(board, livery.emblem, livery.ink, at, r * 0.55)
    return pygame.transform.smoothscale(board, (side, side))
