"""The sign of a faction as a shape, so that it is told without its colour."""

from __future__ import annotations

import pygame

from game.ui.kit.theme import Colour

_Points = list[list[tuple[float, float]]]
"""Polygons within -1 to 1 around the middle."""


def _box(left: float, top: float, right: float, bottom: float) -> list[tuple[float, float]]:
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


_SHAPES: dict[str, _Points] = {
    "bar": [_box(-1, -0.75, 1, -0.2), _box(-1, 0.2, 1, 0.75)],
    "triangle": [[(0, -1), (1, 0.8), (-1, 0.8)]],
    "square": [_box(-0.8, -0.8, 0.8, 0.8)],
    "cross": [_box(-0.3, -1, 0.3, 1), _box(-1, -0.3, 1, 0.3)],
    "chevron": [[(-1, -0.2), (0, -1), (1, -0.2), (1, 0.5), (0, -0.3), (-1, 0.5)]],
    "pillar": [_box(-0.75, -1, -0.2, 1), _box(0.2, -1, 0.75, 1)],
    "half": [[(-1, -0.9), (1, -0.9), (-1, 0.9)]],
    "diamond": [[(0, -1), (1, 0), (0, 1), (-1, 0)]],
}
EMBLEMS = (*_SHAPES, "ring")


def paint_emblem(
    board: pygame.Surface, emblem: str, ink: Colour, middle: tuple[float, float], reach: float, least: int = 1
) -> None:
    """Paint an emblem that reaches so far from its middle; one that nobody knows is a diamond."""
    x, y = middle
    if emblem == "ring":
        pygame.draw.circle(board, ink, middle, reach, max(least, round(reach * 0.44)))
        return
    for shape in _SHAPES.get(emblem, _SHAPES["diamond"]):
        pygame.draw.polygon(board, ink, [(x + dx * reach, y + dy * reach) for dx, dy in shape])
