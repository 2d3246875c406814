"""Arrows of moves and attacks through hexes, rings around hexes, and dashed lines along hexsides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import hypot

import pygame

from game.ui.camera import Camera, Point, hex_centre
from game.ui.kit.kept import Kept
from game.ui.kit.theme import Colour
from game.ui.mapview.curves import dashes, rounded, side_chains

SMOOTH = 2


@dataclass(frozen=True, slots=True)
class Arrow:
    """A path from hex to hex. ``kind`` is move (full), march (dashed) or attack (broad head).

    An attack leads from rim to rim of the counters; another arrow ``halts`` before a counter at its end.
    """

    path: tuple[int, ...]
    colour: Colour
    kind: str = "move"
    halts: bool = False


@dataclass(frozen=True, slots=True)
class Ring:
    """A line around a hex, ``broken`` into corners for objectives."""

    hex: int
    colour: Colour
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Fence:
    """A dashed line along hexsides, such as the line between the blocs."""

    sides: tuple[int, ...]
    colour: Colour


KEPT_BYTES = 4_000_000
"""What the pictures of arrows may take."""
LARGEST = 400_000
"""Pixels of the largest picture of an arrow; a longer one, as of a march over the whole map, is drawn each time."""
COURSES = 64
"""Arrows of which the course is kept."""
FROM, BEFORE = 0.26, 0.34
"""How far from the middle of its first hex an attack begins, and before that of its last one its tip lies, in hexes."""
HALT = 0.40
"""And how far an arrow ends before a counter, so that its head shows."""


class ArrowPainter:
    """Draws arrows; the picture of each is kept, and stretched while the zoom glides from one level to the next."""

    def __init__(self, columns: int) -> None:
        self._columns = columns
        self._places: dict[Arrow, tuple[float, Point]] = {}  # the zoom of each picture, and its corner
        self._pictures: Kept[Arrow] = Kept(KEPT_BYTES, lambda arrow: self._places.pop(arrow, None))
        self._courses: dict[Arrow, tuple[Point, ...]] = {}
        self._dashes: dict[Fence, tuple[tuple[Point, ...], ...]] = {}

    def draw(self, screen: pygame.Surface, camera: Camera, arrows: tuple[Arrow, ...]) -> None:
        """Every arrow that may be in the window."""
        window = pygame.Rect(camera.x, camera.y, camera.width, camera.height).inflate(2 * camera.zoom, 2 * camera.zoom)
        for arrow in arrows:
            if len(arrow.path) < 2:
                continue
            spots = [camera.hex_on_screen(here) for here in arrow.path]
            left, top = min(x for x, _ in spots), min(y for _, y in spots)
            wide, tall = max(x for x, _ in spots) - left, max(y for _, y in spots) - top
            if not window.colliderect(pygame.Rect(left, top, wide + 1, tall + 1)):
                continue
            if (wide + camera.zoom) * (tall + camera.zoom) > LARGEST:
                self._draw_long(screen, camera, arrow, window)
            else:
                picture, corner = self._picture(arrow, camera.zoom)
                x, y = camera.to_screen(corner)
                screen.blit(picture, (round(x), round(y)))

    def course(self, arrow: Arrow) -> tuple[Point, ...]:
        """The line that an arrow follows, in hexes."""
        if arrow not in self._courses:
            if len(self._courses) >= COURSES:
                self._courses.clear()
            points = [hex_centre(self._columns, here) for here in arrow.path]
            if arrow.kind == "attack":
                points[0] = _towards(points[0], points[1], FROM)
            if arrow.kind == "attack" or arrow.halts:
                points[-1] = _towards(points[-1], points[-2], BEFORE if arrow.kind == "attack" else HALT)
            self._courses[arrow] = tuple(rounded(points, 6))
        return self._courses[arrow]

    def _draw_long(self, screen: pygame.Surface, camera: Camera, arrow: Arrow, window: pygame.Rect) -> None:
        """An arrow that is too long for a picture: what of it may be seen, straight onto the screen."""
        points = [camera.to_screen(point) for point in self.course(arrow)]
        seen = [number for number, (a, b) in enumerate(pairwise(points)) if window.clipline(a, b)]
        if not seen:
            return
        for grow, colour in _coats(arrow.colour, camera.zoom):
            for shape in _shapes(points, camera.zoom, grow, arrow.kind, range(seen[0], seen[-1] + 2)):
                pygame.draw.polygon(screen, colour, shape)
                pygame.draw.aalines(screen, colour, True, shape)

    def _picture(self, arrow: Arrow, zoom: float) -> tuple[pygame.Surface, Point]:
        """The arrow at a zoom; between two levels the picture of the last one, stretched."""
        kept = self._pictures.get(arrow)
        if kept is not None:
            former, corner = self._places[arrow]
            if former == zoom:
                return kept, corner
            if zoom != round(zoom):
                k = zoom / former
                size = (max(1, round(kept.get_width() * k)), max(1, round(kept.get_height() * k)))
                return pygame.transform.scale(kept, size), corner
        picture, corner = self._paint(arrow, zoom)
        self._places[arrow] = (zoom, corner)
        return self._pictures.keep(arrow, picture), corner

    def rings(self, screen: pygame.Surface, camera: Camera, rings: tuple[Ring, ...]) -> None:
        """All rings."""
        wide = 2 if camera.zoom < 40 else 3
        for ring in rings:
            corners = camera.outline(ring.hex)
            if not any(camera.holds(corner) for corner in corners):
                continue
            for i, (ax, ay) in enumerate(corners):
                bx, by = corners[(i + 1) % 6]
                parts = ((0.0, 0.28), (0.72, 1.0)) if ring.broken else ((0.0, 1.0),)
                for s, e in parts:
                    start = (ax + (bx - ax) * s, ay + (by - ay) * s)
                    end = (ax + (bx - ax) * e, ay + (by - ay) * e)
                    pygame.draw.aaline(screen, (30, 24, 14), start, end, wide + 2)
                    pygame.draw.aaline(screen, ring.colour, start, end, wide)

    def fences(self, screen: pygame.Surface, camera: Camera, fences: tuple[Fence, ...]) -> None:
        """All fences: dashes with a dark rim, thicker from close by."""
        wide = 2 if camera.zoom < 44 else 3
        window = pygame.Rect(camera.x, camera.y, camera.width, camera.height).inflate(80, 80)
        for fence in fences:
            if fence not in self._dashes:
                if len(self._dashes) > 8:
                    self._dashes.clear()
                chains = side_chains(self._columns, fence.sides)
                self._dashes[fence] = tuple(dash for chain in chains for dash in dashes(rounded(chain), 0.30, 0.16))
            for dash in self._dashes[fence]:
                points = [camera.to_screen(point) for point in dash]
                if window.collidepoint(points[0]):
                    for grow, colour in ((2, Colour(30, 24, 14)), (0, fence.colour)):
                        for a, b in pairwise(points):
                            pygame.draw.aaline(screen, colour, a, b, wide + grow)

    def _paint(self, arrow: Arrow, zoom: float) -> tuple[pygame.Surface, Point]:
        line = self.course(arrow)
        x0, y0 = min(p[0] for p in line) - 0.5, min(p[1] for p in line) - 0.5
        x1, y1 = max(p[0] for p in line) + 0.5, max(p[1] for p in line) + 0.5
        k = zoom * SMOOTH
        size = (max(1, round((x1 - x0) * k)), max(1, round((y1 - y0) * k)))
        board = pygame.Surface(size, pygame.SRCALPHA)
        points = [((x - x0) * k, (y - y0) * k) for x, y in line]
        for grow, colour in _coats(arrow.colour, k):
            for shape in _shapes(points, k, grow, arrow.kind, range(len(points))):
                pygame.draw.polygon(board, colour, shape)
        small = pygame.transform.smoothscale(board, (max(1, size[0] // SMOOTH), max(1, size[1] // SMOOTH)))
        small.fill((255, 255, 255, 225), special_flags=pygame.BLEND_RGBA_MULT)
        return small, (x0, y0)


def _towards(one: Point, other: Point, far: float) -> Point:
    """The point so far from one on the way to another."""
    (ax, ay), (bx, by) = one, other
    share = far / (hypot(bx - ax, by - ay) or 1.0)
    return ax + (bx - ax) * share, ay + (by - ay) * share


def _coats(colour: Colour, k: float) -> tuple[tuple[float, Colour], ...]:
    """A pale rim, and the arrow itself in it: by how many pixels each is larger, and its colour."""
    return (max(2.0, 0.035 * k), colour.mixed(Colour(255, 255, 255), 78).faded(255)), (0.0, colour.faded(255))


def _shapes(points: list[Point], k: float, grow: float, kind: str, seen: range) -> Iterator[list[Point]]:
    """Shaft and head, ``grow`` pixels larger all around for the rim; of the shaft the points that are ``seen``."""
    half = (0.085 if kind == "attack" else 0.055) * k
    head = (0.26 if kind == "attack" else 0.21) * k
    tip, body = points[-1], list(points)
    while len(body) > 2 and hypot(body[-1][0] - tip[0], body[-1][1] - tip[1]) < head * 0.9:
        body.pop()
    left, right = [], []
    for i in range(seen.start, min(seen.stop, len(body))):
        x, y = body[i]
        ax, ay = body[max(0, i - 1)]
        bx, by = body[i + 1] if i + 1 < len(body) else tip
        span = hypot(bx - ax, by - ay) or 1.0
        nx, ny = -(by - ay) / span, (bx - ax) / span
        width = half * (0.55 + 0.45 * i / len(body)) + grow
        left.append((x + nx * width, y + ny * width))
        right.append((x - nx * width, y - ny * width))
    dashes_from = range(len(body) - 3 - seen.start, -3, -3) if kind == "march" else (0,)
    for i in dashes_from:
        part = slice(max(0, i), i + 3) if kind == "march" else slice(None)
        if len(left[part]) > 1:
            yield [*left[part], *reversed(right[part])]
    (ax, ay), (bx, by) = body[-1], tip
    span = hypot(bx - ax, by - ay) or 1.0
    ux, uy = (bx - ax) / span, (by - ay) / span
    wing = half * 2.5 + grow * 1.3
    base = (bx - ux * (head + grow), by - uy * (head + grow))
    yield [
        (bx + ux * grow * 1.6, by + uy * grow * 1.6),
        (base[0] - uy * wing, base[1] + ux * wing),
        (base[0] + uy * wing, base[1] - ux * wing),
    ]
