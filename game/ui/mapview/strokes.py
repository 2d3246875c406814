"""Shapes as values: lines and areas worked out once in pixels of the whole map, shown from wherever the camera stands.

Working a smooth band out costs ten times what painting it does, and while the map is dragged only its corner changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np
import pygame

from game.ui.camera import Point
from game.ui.kit.theme import Colour
from game.ui.mapview.curves import Line, listed

STROKE = 12
"""Points of a band that are painted at once."""
MARGIN = 8.0
"""Pixels by which a shape may be wider than its points."""


class Shape(NamedTuple):
    """One call of the painter: what it does with points, how, and the box that they lie in (left, top, right, low)."""

    paint: Callable[[pygame.Surface, Colour, list[Point], float], object]
    colour: Colour
    points: list[Point]
    wide: float
    box: tuple[float, float, float, float]


def shape(
    paint: Callable[[pygame.Surface, Colour, list[Point], float], object],
    colour: Colour, points: list[Point], wide: float = 0.0,
) -> Shape:  # fmt: skip
    """A shape with its box; ``wide`` is a width or a radius, where the painter asks for one."""
    xs, ys, edge = [x for x, _ in points], [y for _, y in points], wide + MARGIN
    return Shape(paint, colour, points, wide, (min(xs) - edge, min(ys) - edge, max(xs) + edge, max(ys) + edge))


def area(screen: pygame.Surface, colour: Colour, points: list[Point], wide: float) -> None:
    """A filled polygon."""
    pygame.draw.polygon(screen, colour, points)


def open_line(screen: pygame.Surface, colour: Colour, points: list[Point], wide: float) -> None:
    """A smooth line of one pixel."""
    pygame.draw.aalines(screen, colour, False, points)


def closed_line(screen: pygame.Surface, colour: Colour, points: list[Point], wide: float) -> None:
    """A smooth outline of one pixel."""
    pygame.draw.aalines(screen, colour, True, points)


def leg(screen: pygame.Surface, colour: Colour, points: list[Point], wide: float) -> None:
    """A smooth straight line of some width."""
    pygame.draw.aaline(screen, colour, points[0], points[1], round(wide))


def disc(screen: pygame.Surface, colour: Colour, points: list[Point], wide: float) -> None:
    """A smooth disc of a radius."""
    pygame.draw.aacircle(screen, colour, points[0], wide)


def show(screen: pygame.Surface, shapes: Iterable[Shape], dx: float = 0, dy: float = 0) -> int:
    """Paint shapes, moved by some pixels, but for those beside the screen's clip; returns how many were painted."""
    painted = 0
    clip = screen.get_clip()
    left, top, right, low = clip.left - dx, clip.top - dy, clip.right - dx, clip.bottom - dy
    for paint, colour, points, wide, (x0, y0, x1, y1) in shapes:
        if x1 > left and x0 < right and y1 > top and y0 < low:
            paint(screen, colour, [(x + dx, y + dy) for x, y in points] if dx or dy else points, wide)
            painted += 1
    return painted


def band_of(line: Line, wide: float, colour: Colour) -> list[Shape]:
    """A line of some width with smooth edges."""
    left, right = edges(line, wide / 2, wide / 2)
    if len(left) < 2:
        return []
    out = []
    for first in range(0, len(left) - 1, STROKE):  # a polygon's cost grows with its corners times its height
        part = slice(first, first + STROKE + 1)
        out.append(shape(area, colour, [*left[part], *reversed(right[part])]))
    return [*out, shape(open_line, colour, left), shape(open_line, colour, right)]


def band(screen: pygame.Surface, line: Line, wide: float, colour: Colour) -> None:
    """Paint a line of some width with smooth edges."""
    show(screen, band_of(line, wide, colour))


def edges(line: Line, first: float, last: float) -> tuple[list[Point], list[Point]]:
    """Both edges of a line whose half width goes from ``first`` to ``last``."""
    points = np.array(line)
    along = np.diff(points, axis=0, prepend=points[:1]) + np.diff(points, axis=0, append=points[-1:])
    span = np.hypot(along[:, 0], along[:, 1])
    moves = span > 0
    half = np.linspace(first, last, len(line))[moves] / span[moves]
    middle, aside = points[moves], np.column_stack((-along[moves, 1] * half, along[moves, 0] * half))
    return listed(middle + aside), listed(middle - aside)
