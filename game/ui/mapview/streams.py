"""Supply on the map: streams from the sources to the troops, and the sign where one ends that is cut.

A stream that flows is a full line with light darts in its direction; a stretched one is broken and has chevrons; what
lies beyond a break is a row of hollow dots. So nobody needs to tell their colours apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import hypot

import pygame

from game.ui.camera import Camera, Point, hex_centre
from game.ui.kit.fonts import BODY, STRONG, Fonts
from game.ui.kit.theme import Colour, Theme
from game.ui.mapview.curves import Line, dashes, rounded
from game.ui.mapview.strokes import Shape, area, band_of, closed_line, disc, edges, leg, shape, show

FULL, STRETCHED, CUT = "full", "stretched", "cut"
PAPER = Colour(246, 237, 214)
DARTS = (0.55, 0.42)
"""Length and gap of the light darts on a full stream, in hexes."""
BROKEN = (0.62, 0.26)
DOTS = 0.24
"""From one hollow dot to the next."""
STREAM_RIM = 80
"""Percent of black in the rim of a stream, so that it stands out from any ground."""
WORDS_FROM = 26.0
"""Zoom from which the sign of a break has its words beside it."""


@dataclass(frozen=True, slots=True)
class Stream:
    """Hexes along which supply flows, from the source on; ``look`` is full, stretched or cut, ``load`` 1 to 3."""

    path: tuple[int, ...]
    look: str
    load: int = 1
    chosen: bool = False
    """Whether it feeds the unit in hand, or would."""


@dataclass(frozen=True, slots=True)
class Break:
    """Where a stream ends. ``before`` is the last hex that it reaches, -1 none; ``words`` stand below the title."""

    hex: int
    before: int
    title: str
    words: tuple[str, ...] = ()


class StreamPainter:
    """Draws streams and breaks; each stream is kept as it was painted last, for one zoom and the colours of now."""

    def __init__(self, columns: int, theme: Theme, fonts: Fonts) -> None:
        self._columns, self._theme, self._fonts = columns, theme, fonts
        self._courses: dict[tuple[int, ...], Line] = {}
        self._shapes: dict[Stream, list[Shape]] = {}
        self._shapes_for: tuple[object, ...] = ()

    def draw(self, screen: pygame.Surface, camera: Camera, streams: Iterable[Stream]) -> None:
        """All streams, those that are cut at the bottom and the one of the unit in hand on top."""
        (ox, oy), rank = camera.origin, {CUT: 0, STRETCHED: 1, FULL: 2}
        for stream in sorted(streams, key=lambda one: (one.chosen, rank[one.look], one.load)):
            show(screen, self._kept(stream, camera.zoom), camera.x - ox, camera.y - oy)

    def _kept(self, stream: Stream, zoom: float) -> list[Shape]:
        """The shapes of a stream in pixels of the whole map."""
        now = (zoom, self._theme.marks)
        if self._shapes_for != now or len(self._shapes) > 512:
            self._shapes.clear()
            self._shapes_for = now
        if stream not in self._shapes:
            line = tuple((x * zoom, y * zoom) for x, y in self._course(stream.path))
            self._shapes[stream] = self.shapes(stream, line, zoom)
        return self._shapes[stream]

    def _course(self, path: tuple[int, ...]) -> Line:
        if path not in self._courses:
            if len(self._courses) > 512:
                self._courses.clear()
            self._courses[path] = rounded([hex_centre(self._columns, here) for here in path], 6)
        return self._courses[path]

    def shapes(self, stream: Stream, line: Line, zoom: float) -> list[Shape]:
        """One stream along some points."""
        marks = self._theme.marks
        if stream.look == CUT:
            return list(_dots(line, zoom, marks.cut.mixed(Colour(0, 0, 0), STREAM_RIM), PAPER))
        ink = marks.supplied if stream.look == FULL else marks.stretched
        rim = ink.mixed(Colour(0, 0, 0), STREAM_RIM)
        wide = max(2.0, zoom * (0.07 + 0.035 * stream.load))
        casing = max(1.5, zoom * 0.03)
        out = band_of(line, wide + 5 * casing, marks.selected) if stream.chosen else []
        out += band_of(line, wide + 3 * casing, rim)
        out += band_of(line, wide + 2 * casing, PAPER)
        if stream.look == FULL:
            out += band_of(line, wide + casing * 0.8, rim)
            out += band_of(line, wide, ink)
            for dart in dashes(line, DARTS[0] * zoom, DARTS[1] * zoom):
                out += _dart(dart, wide * 0.62, PAPER)
            return out
        for part in dashes(line, BROKEN[0] * zoom, BROKEN[1] * zoom):
            out += band_of(part, wide + casing * 0.8, rim)
            out += band_of(part, wide, ink)
            out += _chevron(part, wide, rim)
        return out

    def breaks(
        self, screen: pygame.Surface, camera: Camera, breaks: Iterable[Break], taken: Iterable[int], scale: float = 1.0
    ) -> list[pygame.Rect]:
        """The signs where streams end, above everything; ``taken`` are hexes that their words should leave clear.

        ``scale``: how large a point of the interface is, in pixels. Gives back where they are.
        """
        window = pygame.Rect(camera.x, camera.y, camera.width, camera.height)
        side = camera.zoom * 0.66
        counters = [
            pygame.Rect(round(x - side / 2), round(y - side / 2), round(side), round(side))
            for x, y in map(camera.hex_on_screen, taken)
        ]
        placed: list[pygame.Rect] = []
        signs = [(one, self._at(camera, one)) for one in breaks]
        signs = [(one, at) for one, at in signs if window.collidepoint(at)]
        radius = max(6.0, min(15.0 * scale, camera.zoom * 0.19))
        areas = []
        for one, at in signs:
            area = pygame.Rect(at, (0, 0)).inflate(4 * radius, 4 * radius)
            if camera.zoom >= WORDS_FROM:
                box = self._call_out(screen, one, at, camera, counters, placed, scale)
                area = area if box is None else area.union(box)
            areas.append(area)
        for _, at in signs:
            paint_break(screen, at, radius, self._theme.marks.cut)
        return areas

    def _at(self, camera: Camera, one: Break) -> Point:
        x, y = camera.hex_on_screen(one.hex)
        if one.before < 0:
            return x, y
        bx, by = camera.hex_on_screen(one.before)
        return (x + bx) / 2, (y + by) / 2

    def _call_out(
        self, screen: pygame.Surface, one: Break, at: Point, camera: Camera,
        counters: list[pygame.Rect], placed: list[pygame.Rect], scale: float,
    ) -> pygame.Rect | None:  # fmt: skip
        large, small, edge, high = (max(least, round(least * scale)) for least in (14, 12, 9, 5))
        colours = self._theme.interface
        faces = [self._fonts.text(one.title, STRONG, large, colours.text)]
        faces += [self._fonts.text(words, BODY, small, colours.text) for words in one.words]
        size = (
            max(face.get_width() for face in faces) + 2 * edge, sum(face.get_height() for face in faces) + 2 * high
        )  # fmt: skip
        box = _clear_spot(at, size, camera, counters, placed)
        if box is None:
            return None
        placed.append(box)
        red = self._theme.marks.cut
        near = (max(box.left + 6, min(at[0], box.right - 6)), max(box.top, min(at[1], box.bottom)))
        pygame.draw.aaline(screen, (42, 21, 23), at, near, 5)
        pygame.draw.aaline(screen, red, at, near, 3)
        pygame.draw.rect(screen, colours.danger_ground, box, border_radius=6)
        pygame.draw.rect(screen, red, box, 2, border_radius=6)
        y = box.y + high
        for face in faces:
            screen.blit(face, (box.x + edge, y))
            y += face.get_height()
        return box


def _clear_spot(
    at: Point, size: tuple[int, int], camera: Camera, counters: list[pygame.Rect], placed: list[pygame.Rect]
) -> pygame.Rect | None:
    """Where a call-out covers fewest counters and no other call-out; None where there is no room."""
    wide, tall = size
    window = pygame.Rect(camera.x, camera.y, camera.width, camera.height)
    best: tuple[int, pygame.Rect] | None = None
    for far in (0.7, 1.3, 2.0, 3.0):
        gap = far * camera.zoom
        for dx, dy in ((1, 1), (1, -1), (-1, 1), (-1, -1), (0, 1), (0, -1)):
            x = at[0] + gap * dx - (wide if dx < 0 else 0 if dx else wide / 2)
            y = at[1] + gap * dy - (tall if dy < 0 else 0)
            box = pygame.Rect(round(x), round(y), wide, tall)
            if not window.contains(box) or box.collidelist(placed) >= 0:
                continue
            covered = len(box.collidelistall(counters))
            if best is None or covered < best[0]:
                best = (covered, box)
    return best[1] if best else None


def paint_break(screen: pygame.Surface, at: Point, radius: float, colour: Colour) -> None:
    """An octagon with a white cross."""
    for grow, ink in ((radius * 1.32, (255, 255, 255)), (radius * 1.14, (42, 21, 23)), (radius, colour)):
        corners = [(at[0] + grow * x, at[1] + grow * y) for x, y in OCTAGON]
        pygame.draw.polygon(screen, ink, corners)
        pygame.draw.aalines(screen, ink, True, corners)
    arm = radius * 0.42
    for sign in (1, -1):
        ends = (at[0] - arm, at[1] - sign * arm), (at[0] + arm, at[1] + sign * arm)
        pygame.draw.aaline(screen, (255, 255, 255), *ends, max(2, round(radius * 0.28)))


_C = 0.3827
_S = 0.9239
OCTAGON = ((_C, _S), (_S, _C), (_S, -_C), (_C, -_S), (-_C, -_S), (-_S, -_C), (-_S, _C), (-_C, _S))


def _dart(line: Line, wide: float, colour: Colour) -> list[Shape]:
    left, right = edges(line, 0.4, wide / 2)
    if len(left) < 2:
        return []
    corners = [*left, line[-1], *reversed(right)]
    return [shape(area, colour, corners), shape(closed_line, colour, corners)]


def _chevron(line: Line, wide: float, colour: Colour) -> list[Shape]:
    (ax, ay), (bx, by) = line[0], line[-1]
    span = hypot(bx - ax, by - ay)
    if span < wide:
        return []
    ux, uy = (bx - ax) / span, (by - ay) / span
    x, y = (ax + bx) / 2 + ux * wide * 0.3, (ay + by) / 2 + uy * wide * 0.3
    half = wide * 0.42
    ends = [(x - ux * half - uy * half * sign, y - uy * half + ux * half * sign) for sign in (1, -1)]
    return [shape(leg, colour, [(x, y), end], max(1, round(wide / 5))) for end in ends]


def _dots(line: Line, zoom: float, ink: Colour, paper: Colour) -> Iterator[Shape]:
    gone, step = 0.0, DOTS * zoom
    radius = max(2.0, zoom * 0.06)
    for (ax, ay), (bx, by) in pairwise(line):
        span = hypot(bx - ax, by - ay)
        while span and gone <= span:
            at = (ax + (bx - ax) * gone / span, ay + (by - ay) * gone / span)
            yield shape(disc, paper, [at], radius * 1.5)
            yield shape(disc, ink, [at], radius * 1.2)
            yield shape(disc, paper, [at], radius * 0.55)
            gone += step
        gone -= span
