"""Icons of orders, views and resources: shapes on a square of 16, drawn large and made smooth.

Each icon is a row of strokes and fills, so that it is told by its shape at 14 pixels and still fine at 48.
"""

from __future__ import annotations

from functools import lru_cache
from math import ceil

import pygame

from game.ui.kit.theme import Colour

Shape = tuple[str, tuple[float, ...]]
"""What is drawn and its numbers: "line" (width, x, y, ...), "fill" (x, y, ...), "disc" and "ring" (x, y, radius)."""

SIDE = 16.0
SMOOTH = 4
_RING = 1.7
_FALLBACK: tuple[Shape, ...] = (("ring", (8, 8, 5)), ("disc", (8, 8, 1.6)))


def _line(*numbers: float, wide: float = 1.8) -> Shape:
    return "line", (wide, *numbers)


def _fill(*numbers: float) -> Shape:
    return "fill", numbers


_WAVES = (_line(1, 13, 4, 11.6, 8, 13, 12, 11.6, 15, 13, wide=1.5),)
_TRUCK = (_fill(1, 4, 9, 4, 9, 11, 1, 11), _fill(10, 6, 13, 6, 15, 9, 15, 11, 10, 11),
          ("disc", (4, 12, 1.7)), ("disc", (12, 12, 1.7)))  # fmt: skip
_PLANE = (_fill(8, 1, 9.2, 3, 9.2, 6.5, 15, 10, 15, 11.5, 9.2, 9.8, 9, 13, 11, 14.6, 11, 15.4, 8, 14.6, 5, 15.4, 5,
                14.6, 7, 13, 6.8, 9.8, 1, 11.5, 1, 10, 6.8, 6.5, 6.8, 3),)  # fmt: skip
_EYE = (_line(1, 8, 4, 4.8, 8, 3.6, 12, 4.8, 15, 8, 12, 11.2, 8, 12.4, 4, 11.2, 1, 8, wide=1.5), ("disc", (8, 8, 2.5)))
_STAR = (_fill(8, 1, 9.9, 6, 15, 6.2, 11, 9.4, 12.4, 14.6, 8, 11.6, 3.6, 14.6, 5, 9.4, 1, 6.2, 6.1, 6),)
_TRIANGLE = (_fill(8, 2, 15, 14, 1, 14),)
_HATCH = tuple(_line(a, 14, a + 6, 2) for a in (1, 4.6, 8.2))
_PARACHUTE = (_fill(1.5, 7, 4, 3, 8, 1.4, 12, 3, 14.5, 7), _line(2, 7, 7, 11.5, wide=1),
              _line(14, 7, 9, 11.5, wide=1), _fill(5.5, 11, 10.5, 11, 10.5, 15, 5.5, 15))  # fmt: skip
_BOLT = (_fill(9.5, 1, 3, 9, 7, 9, 6, 15, 13, 6.5, 8.6, 6.5),)
_BUBBLE = (_fill(2, 2.5, 14, 2.5, 14, 10.5, 8, 10.5, 4.5, 14, 4.5, 10.5, 2, 10.5),)
_CLOCK = (("ring", (8, 8, 6.5)), _line(8, 4.2, 8, 8, 11, 9.6, wide=1.6))

ICONS: dict[str, tuple[Shape, ...]] = {
    # orders
    "attack": (_fill(1, 6, 8, 6, 8, 2.5, 15, 8, 8, 13.5, 8, 10, 1, 10),),
    "bombard": (_line(2, 13, 9, 6, wide=3), ("disc", (4, 13, 2)), ("disc", (12, 4, 1.6)), _line(13, 7, 15, 8),
                _line(9, 2, 9.5, 0.8)),
    "march": (_line(2, 13, 6, 13, 9, 5, 12, 5), _fill(11, 2, 15, 5, 11, 8)),
    "forced": (_line(1, 13, 4, 13, 6.6, 5.5, 9, 5.5), _fill(8, 3, 11.6, 5.5, 8, 8), _fill(11.6, 3, 15.2, 5.5, 11.6, 8),
               _line(8, 12, 14, 12, wide=1.4), _line(9, 14.4, 13, 14.4, wide=1.4)),
    "dig_in": (_line(1, 13, 4, 13, 4, 9, 12, 9, 12, 13, 15, 13), _line(6, 6, 6, 3), _line(10, 6, 10, 3)),
    "rest": (_line(2, 12, 14, 12), _line(3, 12, 3, 6), _line(13, 12, 13, 9), _fill(4.5, 8, 13, 8, 13, 11, 4.5, 11)),
    "refit": (_line(8, 2, 8, 14, wide=3), _line(2, 8, 14, 8, wide=3)),
    "pontoon": (*_WAVES, _fill(1, 6, 15, 6, 15, 8.4, 1, 8.4), _fill(2.5, 8.4, 5.5, 8.4, 5, 10.6, 3, 10.6),
                _fill(10.5, 8.4, 13.5, 8.4, 13, 10.6, 11, 10.6)),
    "ferry": (*_WAVES, _fill(2, 8, 14, 8, 12, 11, 4, 11), _fill(6, 4, 10, 4, 10, 7.4, 6, 7.4)),
    "repair": (_line(3, 13, 10, 6, wide=2.8), ("ring", (11, 5, 3.6)), _line(13, 3, 15, 1, wide=0.5)),
    "boats": (*_WAVES, _fill(1, 8, 15, 8, 12.5, 11, 3.5, 11), _line(8, 8, 8, 2), _fill(9, 2.5, 13, 6.4, 9, 6.4)),
    "blow": (_fill(8, 0.6, 9.8, 5, 14.6, 2.8, 12, 7.2, 15.6, 9.2, 11.4, 10.2, 12.4, 14.8, 8.4, 11.8, 4.4, 15, 5, 10.4,
                   0.6, 9.4, 4, 7, 1.6, 2.6, 6.2, 5),),
    "infiltrate": (_line(1, 11, 4, 11), _line(6, 9, 8.4, 6.4), _line(10, 5, 11, 5), _fill(11, 2, 15, 5, 11, 8)),
    "air_drop": _PARACHUTE,
    "strike": _PLANE,
    "interdict": (_line(5, 1, 3, 15), _line(11, 1, 13, 15),
                  _line(3, 5, 13, 11, wide=2.2), _line(13, 5, 3, 11, wide=2.2)),
    "break_bridge": (*_WAVES, _line(1, 8, 6, 8, wide=2.6), _line(10, 8, 15, 8, wide=2.6), _line(6, 4, 10, 11),
                     _line(10, 4, 6, 11)),
    "scout": _EYE,
    "corridor": (_line(5, 1, 2, 15), _line(11, 1, 14, 15), _line(8, 1, 8, 4), _line(8, 6.4, 8, 9.4),
                 _line(8, 12, 8, 15)),
    "hotline": _BUBBLE,
    "cede": (_line(4, 1, 4, 15), _fill(5, 2, 14, 2, 12, 5, 14, 8, 5, 8)),
    "standstill": (_fill(3, 2, 6.4, 2, 6.4, 14, 3, 14), _fill(9.6, 2, 13, 2, 13, 14, 9.6, 14)),
    "grounding": (*_PLANE, _line(2, 1.5, 14, 14.5, wide=2.2)),
    "unload": (_fill(4, 1.5, 12, 1.5, 12, 7, 4, 7), _line(8, 8, 8, 12), _fill(4.6, 10.6, 11.4, 10.6, 8, 14.8)),
    "close_sky": (_line(2, 13.5, 14, 13.5, wide=2), *_PLANE, _line(2, 2, 14, 12, wide=2)),
    "warn": (_fill(2, 6, 6, 6, 12, 2, 12, 14, 6, 10, 2, 10), _line(14, 5.5, 15, 8, 14, 10.5, wide=1.5)),
    "confirm": (_line(2, 8.5, 6.4, 13, 14, 3.5, wide=2.6),),
    "cancel": (_line(3, 3, 13, 13, wide=2.4), _line(13, 3, 3, 13, wide=2.4)),
    "more": (("disc", (3, 8, 1.6)), ("disc", (8, 8, 1.6)), ("disc", (13, 8, 1.6))),
    # views
    "held": (_fill(8, 2, 15, 5.4, 8, 8.8, 1, 5.4), _line(1.5, 8.8, 8, 12, 14.5, 8.8, wide=1.4),
             _line(1.5, 11.6, 8, 14.8, 14.5, 11.6, wide=1.4)),
    "line": (_line(3, 1, 6, 5, 5, 9, 9, 12, 10, 15, wide=2.6), ("ring", (11.6, 4.6, 2.8)), ("disc", (2.8, 12.6, 2.2))),
    "supply": _TRUCK,
    "threat": _TRIANGLE,
    "objectives": _STAR,
    "idle": (_line(2, 8.5, 6.4, 13, 14, 3.5, wide=2.4),),
    "ghost": _CLOCK,
    "grid": (_line(5, 2, 11, 2, 14.5, 8, 11, 14, 5, 14, 1.5, 8, 5, 2, wide=1.5),),
    "intel": _EYE,
    "airspace": _PLANE,
    "chokes": (_line(1, 2, 6, 7, 6, 9, 1, 14), _line(15, 2, 10, 7, 10, 9, 15, 14), ("disc", (8, 8, 1.4))),
    # resources and panels
    "command": _BOLT,
    "liaison": _BUBBLE,
    "recon": _EYE,
    "kalibr": (_line(2, 14, 10, 6, wide=2.6), _fill(9, 4, 15, 1, 12, 7), _fill(1, 10, 4, 11, 5, 15, 1, 15)),
    "airdrop": _PARACHUTE,
    "fires": (_line(2, 13, 9, 6, wide=3), ("disc", (4, 13, 2)), ("disc", (12, 4, 1.6))),
    "score": _STAR,
    "incident": _HATCH,
    "weather": (_line(1, 5, 11, 5, wide=1.5), _line(3, 8.2, 15, 8.2, wide=1.5), _line(1, 11.4, 10, 11.4, wide=1.5)),
    "log": (_line(5, 3.6, 14, 3.6), _line(5, 8, 14, 8), _line(5, 12.4, 14, 12.4), ("disc", (2.4, 3.6, 1)),
            ("disc", (2.4, 8, 1)), ("disc", (2.4, 12.4, 1))),
    "map": (_line(1, 3, 6, 1.6, 10, 3.2, 15, 1.8, 15, 13, 10, 14.4, 6, 12.8, 1, 14.2, 1, 3, wide=1.4),
            _line(6, 2, 6, 12.6, wide=1.2), _line(10, 3.4, 10, 14, wide=1.2)),
    # the menu
    "list": (_line(5, 3.6, 14, 3.6), _line(5, 8, 14, 8), _line(5, 12.4, 14, 12.4), ("disc", (2.4, 3.6, 1)),
             ("disc", (2.4, 8, 1)), ("disc", (2.4, 12.4, 1))),
    "load": (_fill(1, 3, 6, 3, 7.4, 5, 15, 5, 15, 13.5, 1, 13.5),),
    "watch": _EYE,
    "edit": (_fill(2, 14, 3, 10.4, 5.6, 13), _line(4.6, 11.4, 12, 4, wide=3.4), _line(13, 3, 13.4, 2.6, wide=3.4)),
    "book": (_fill(1, 2.5, 7.2, 4, 7.2, 14, 1, 12.5), _fill(15, 2.5, 8.8, 4, 8.8, 14, 15, 12.5)),
    "keys": (_fill(1, 4, 15, 4, 15, 12.5, 1, 12.5),),
    "settings": (("ring", (8, 8, 4.4)), _line(8, 1, 8, 3.6, wide=2.4), _line(8, 12.4, 8, 15, wide=2.4),
                 _line(1, 8, 3.6, 8, wide=2.4), _line(12.4, 8, 15, 8, wide=2.4), _line(3, 3, 4.8, 4.8, wide=2.4),
                 _line(11.2, 11.2, 13, 13, wide=2.4), _line(3, 13, 4.8, 11.2, wide=2.4),
                 _line(11.2, 4.8, 13, 3, wide=2.4)),
    "quit": (_fill(2, 1.5, 9, 1.5, 9, 14.5, 2, 14.5), _line(8, 8, 12, 8, wide=2.2),
             _fill(11.5, 4.5, 15, 8, 11.5, 11.5)),
    "clock": _CLOCK,
    "next": (_fill(3, 2, 13, 8, 3, 14),),
    "undo": (_line(5, 5, 10, 5, 13, 8, 10, 12, 5, 12), _fill(6.5, 1.4, 6.5, 8.6, 1.5, 5)),
    "redo": (_line(11, 5, 6, 5, 3, 8, 6, 12, 11, 12), _fill(9.5, 1.4, 9.5, 8.6, 14.5, 5)),
}  # fmt: skip


@lru_cache(maxsize=512)
def icon(name: str, side: int, ink: Colour) -> pygame.Surface:
    """An icon ``side`` pixels wide; a name that has none is a ring with a dot. Shared: do not draw on it."""
    k = side * SMOOTH / SIDE
    board = pygame.Surface((side * SMOOTH, side * SMOOTH), pygame.SRCALPHA)
    board.fill((*ink[:3], 0))
    for what, numbers in ICONS.get(name, _FALLBACK):
        _draw(board, what, [k * number for number in numbers], ink)
    return pygame.transform.smoothscale(board, (side, side))


def _draw(board: pygame.Surface, what: str, numbers: list[float], ink: Colour) -> None:
    if what == "fill":
        pygame.draw.polygon(board, ink, list(zip(numbers[::2], numbers[1::2], strict=True)))
    elif what == "disc":
        pygame.draw.circle(board, ink, numbers[:2], numbers[2])
    elif what == "ring":
        pygame.draw.circle(board, ink, numbers[:2], numbers[2], max(1, ceil(_RING * board.get_width() / SIDE)))
    else:
        wide, points = numbers[0], list(zip(numbers[1::2], numbers[2::2], strict=True))
        pygame.draw.lines(board, ink, False, points, max(1, round(wide)))
        for point in points:
            pygame.draw.circle(board, ink, point, wide / 2)
