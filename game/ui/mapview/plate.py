"""A printing plate: one square piece of the map at one zoom, drawn twice as large and then made smooth.

Layers draw in map units; the plate knows where that is and skips what lies elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import repeat
from math import hypot

import pygame

from game.ui.camera import Point
from game.ui.kit.theme import Colour
from game.ui.mapview.curves import Line

OVERSIZE = 2
REACH = 0.3  # how far a band may stick out beyond its line, in map units
WHITE = (255, 255, 255)
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Stroke:
    """A short piece of a line, with the direction across it at every point.

    ``swell`` tells how much wider than usual it is at every point; empty, it is as wide as usual throughout.
    """

    points: Line
    across: Line
    box: Box
    swell: tuple[float, ...] = ()


def strokes(line: Line, size: int = 12, swell: Sequence[float] = ()) -> tuple[Stroke, ...]:
    """A line cut into strokes whose ends fit together without a seam; ``swell`` has a number for each of its points."""
    across = _across((line[0], *line, line[-1]))
    out = []
    for i in range(0, max(1, len(line) - 1), size):
        points = line[i : i + size + 1]
        out.append(Stroke(points, across[i : i + size + 1], box_of(points), tuple(swell[i : i + size + 1])))
    return tuple(out)


def stroke_between(before: Point, line: Line, after: Point) -> Stroke:
    """A whole line as one stroke that fits on to lines through the points before and after it."""
    return Stroke(line, _across((before, *line, after)), box_of(line))


def _across(line: Line) -> Line:
    """Unit vectors across a line at all its points but the first and the last."""
    out = []
    for (ax, ay), (bx, by) in zip(line, line[2:], strict=False):
        span = hypot(bx - ax, by - ay) or 1.0
        out.append((-(by - ay) / span, (bx - ax) / span))
    return tuple(out)


def box_of(points: Iterable[Point]) -> Box:
    """Smallest box around points: left, top, right, bottom."""
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


class Plate:
    """Where the layers draw: ``top left`` of the piece in pixels of the whole map at ``zoom``."""

    __slots__ = ("zoom", "pixels", "surface", "shade", "_scale", "_x", "_y", "_seen", "_shaded", "_found")

    def __init__(self, zoom: float, left: int, top: int, pixels: int, ground: pygame.Surface) -> None:
        self.zoom, self.pixels = zoom, pixels
        self.surface = ground
        self.shade = pygame.Surface(ground.get_size(), depth=32)
        self.shade.fill(WHITE)
        self._scale = zoom * OVERSIZE
        self._x, self._y = left * OVERSIZE, top * OVERSIZE
        self._seen = (left / zoom, top / zoom, (left + pixels) / zoom, (top + pixels) / zoom)
        self._shaded = False
        self._found: dict[int, list[Stroke]] = {}  # by the identity of the list, which outlives the plate

    @property
    def corner(self) -> tuple[float, float]:
        """Upper left corner in pixels of the whole map."""
        return self._x / OVERSIZE, self._y / OVERSIZE

    def sees(self, box: Box, margin: float = REACH) -> bool:
        """Whether anything within ``margin`` of a box lies on this plate."""
        left, top, right, bottom = self._seen
        return box[0] - margin < right and box[2] + margin > left and box[1] - margin < bottom and box[3] + margin > top

    def at(self, point: Point) -> Point:
        """A point of the map on the plate."""
        return point[0] * self._scale - self._x, point[1] * self._scale - self._y

    def ribbon(self, stroke: Stroke, width: float, colour: Colour, shade: bool = False, aside: float = 0.0) -> None:
        """A stroke as a band ``width`` map units wide (one pixel at least), ``aside`` of its line."""
        half = max(width / 2, 0.5 / self.zoom)
        s, ox, oy = self._scale, self._x, self._y
        rims: list[Point] = []
        for sign in (1, -1):
            rim = [
                ((x + ax * (sign * half * k + aside)) * s - ox, (y + ay * (sign * half * k + aside)) * s - oy)
                for (x, y), (ax, ay), k in zip(
                    stroke.points, stroke.across, stroke.swell or repeat(1.0, len(stroke.points)), strict=True
                )
            ]
            rims.extend(rim if sign > 0 else reversed(rim))
        pygame.draw.polygon(self._target(shade), colour, rims)

    def ribbons(self, many: Sequence[Stroke], width: float, colour: Colour, shade: bool = False) -> None:
        """Bands for all strokes that touch the plate; which these are is looked up once for each list."""
        found = self._found.get(id(many))
        if found is None:
            left, top, right, bottom = self._seen
            found = self._found[id(many)] = [
                s
                for s in many
                if s.box[0] - REACH < right
                and s.box[2] + REACH > left
                and s.box[1] - REACH < bottom
                and s.box[3] + REACH > top
            ]
        for stroke in found:
            self.ribbon(stroke, width, colour, shade)

    def polygon(self, points: Sequence[Point], colour: Colour, shade: bool = False) -> None:
        """A filled polygon."""
        pygame.draw.polygon(self._target(shade), colour, [self.at(p) for p in points])

    def line(self, points: Sequence[Point], colour: Colour, pixels: float, shade: bool = False) -> None:
        """A thin line, its width in pixels of the finished map."""
        pygame.draw.lines(
            self._target(shade), colour, False, [self.at(p) for p in points], max(1, round(pixels * OVERSIZE))
        )

    def disc(self, centre: Point, radius: float, colour: Colour) -> None:
        """A filled circle, its radius in map units."""
        pygame.draw.circle(self.surface, colour, self.at(centre), max(1.0, radius * self._scale))

    def pressed(self) -> None:
        """Multiply what was drawn as shade into the picture."""
        if self._shaded:
            self.surface.blit(self.shade, (0, 0), special_flags=pygame.BLEND_RGB_MULT)
            self.shade.fill(WHITE)
            self._shaded = False

    def finished(self) -> pygame.Surface:
        """The piece at its real size."""
        return pygame.transform.smoothscale(self.surface, (self.pixels, self.pixels))

    def _target(self, shade: bool) -> pygame.Surface:
        self._shaded |= shade
        return self.shade if shade else self.surface
