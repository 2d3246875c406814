"""Rivers: smooth bands along hexside corners that swell and narrow, with banks, sandbars, islands and a lighter stream.

Where a river swells, and where an island or a sandbar lies, follows from its course and whole numbers alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import cos, exp, hypot, pi, sin

from game.ui.camera import Point, map_extent
from game.ui.kit.theme import Theme
from game.ui.mapview.curves import Line, meandered, prolonged, rounded, side_chains
from game.ui.mapview.picture import MapPicture
from game.ui.mapview.plate import Box, Plate, Stroke, box_of, strokes

ISLANDS_FROM, BARS_FROM = 24.0, 20.0  # pixels a hex
WIDENS = 0.42
"""How much wider water is around an island."""
ISLAND_EVERY, BAR_EVERY = 5, 3
"""One in so many bends of a major river holds an island, or has sand on its inner side."""


@dataclass(frozen=True, slots=True)
class _Lens:
    """An island or a sandbar: its shore, what stands on it, and where it lies."""

    shore: Line
    green: Line
    box: Box


class Water:
    """All rivers of a map, minor ones first so that they run into the major one."""

    def __init__(self, picture: MapPicture, theme: Theme) -> None:
        self._colours = theme.map
        self._bands: list[tuple[float, tuple[Stroke, ...]]] = []
        self._islands: list[_Lens] = []
        self._bars: list[_Lens] = []
        self.courses: dict[str, tuple[tuple[float, float], ...]] = {}
        extent = map_extent(picture.columns, picture.rows)
        for kind, width in (("minor", theme.sizes.river_minor), ("major", theme.sizes.river_major)):
            for river in picture.rivers:
                if river.kind != kind or not river.sides:
                    continue
                for chain in side_chains(picture.columns, river.sides):
                    course = meandered(rounded(prolonged(chain, extent)), 0.055 if kind == "major" else 0.05, 1.4)
                    wide = width * picture.river_scale
                    bends = _bends(chain) if kind == "major" else []
                    islands = [bend for bend in bends if bend.number % ISLAND_EVERY == 2]
                    self._bands.append((wide, strokes(course, swell=_swell(course, islands))))
                    self._islands += [_island(bend, course, wide) for bend in islands]
                    inner = [bend for bend in bends if bend.number % BAR_EVERY == 0 and bend not in islands]
                    self._bars += [_bar(bend, course, wide) for bend in inner]
                    if len(course) > len(self.courses.get(river.name, ())):
                        self.courses[river.name] = course

    def draw(self, plate: Plate) -> None:
        """Banks, edges, water and stream, each for all rivers before the next; then sand and islands."""
        c = self._colours
        for width, band in self._bands:
            plate.ribbons(band, width * 2.0, c.river_bank.mixed(c.name_halo, 45), shade=True)
        plate.pressed()
        for width, band in self._bands:
            plate.ribbons(band, width + max(0.034, 1.3 / plate.zoom), c.river_edge.mixed(c.town_dot, 30))
        for width, band in self._bands:
            plate.ribbons(band, width, c.river)
        for width, band in self._bands:
            if width * plate.zoom > 5:
                plate.ribbons(band, width * 0.46, c.river_light.mixed(c.river, 35))
        if plate.zoom >= BARS_FROM:
            for bar in self._bars:
                if plate.sees(bar.box):
                    plate.polygon(bar.shore, c.sandbar.mixed(c.river_edge, 30))
                    plate.polygon(bar.green, c.sandbar)
        if plate.zoom >= ISLANDS_FROM:
            for island in self._islands:
                if plate.sees(island.box):
                    plate.polygon(island.shore, c.sandbar)
                    plate.polygon(island.green, c.river_bank.mixed(c.palm, 40))
                    if plate.zoom >= 40:
                        for x, y in island.green[1::3]:
                            middle = _middle(island.box)
                            plate.disc(((x + middle[0]) / 2, (y + middle[1]) / 2), 0.016, c.palm_dark)


@dataclass(frozen=True, slots=True)
class _Bend:
    """A corner of a river's chain: which it is, where, and towards which side it turns there."""

    number: int
    at: Point
    along: Point
    inward: Point


def _bends(chain: Line) -> list[_Bend]:
    out = []
    for (ax, ay), (bx, by), (cx, cy) in zip(chain, chain[1:], chain[2:], strict=False):
        span = hypot(cx - ax, cy - ay) or 1.0
        inward = ((ax + cx) / 2 - bx, (ay + cy) / 2 - by)
        deep = hypot(*inward) or 1.0
        number = (round(bx * 100) * 0x9E3779B1 ^ round(by * 100) * 0x85EBCA77) >> 7 & 0xFFFF
        out.append(_Bend(number, (bx, by), ((cx - ax) / span, (cy - ay) / span), (inward[0] / deep, inward[1] / deep)))
    return out


def _swell(course: Line, islands: list[_Bend]) -> tuple[float, ...]:
    """How wide the water is at each point of a course, beside its usual width: 0.5 to 1.5, more around islands."""
    out, gone = [], 0.0
    for (ax, ay), (bx, by) in pairwise((course[0], *course)):
        gone += hypot(bx - ax, by - ay)
        value = 1.0 + 0.28 * sin(gone * 1.7 + 0.6) + 0.20 * sin(gone * 4.1 + 1.9)
        for island in islands:
            square = (bx - island.at[0]) ** 2 + (by - island.at[1]) ** 2
            if square < 0.5:
                value += (1.0 + WIDENS + 0.35 - value) * exp(-square * 14)
        out.append(value)
    return tuple(out)


def _nearest(course: Line, at: Point) -> int:
    return min(range(len(course)), key=lambda n: (course[n][0] - at[0]) ** 2 + (course[n][1] - at[1]) ** 2)


def _island(bend: _Bend, course: Line, wide: float) -> _Lens:
    """A lens in the middle of the water, along it."""
    at = course[_nearest(course, bend.at)]
    long = 0.34 + 0.02 * (bend.number % 9)
    shore = _lens(at, bend.along, long, wide * 0.66, bend.number)
    return _Lens(shore, _lens(at, bend.along, long * 0.84, wide * 0.44, bend.number), box_of(shore))


def _bar(bend: _Bend, course: Line, wide: float) -> _Lens:
    """Sand along the inner bank of a bend, half in the water."""
    x, y = course[_nearest(course, bend.at)]
    off = wide * 0.60
    at = (x + bend.inward[0] * off, y + bend.inward[1] * off)
    long = 0.34 + 0.03 * (bend.number % 7)
    shore = _lens(at, bend.along, long, wide * 0.46, bend.number)
    return _Lens(shore, _lens(at, bend.along, long * 0.9, wide * 0.34, bend.number), box_of(shore))


def _lens(at: Point, along: Point, long: float, wide: float, number: int) -> Line:
    """A pointed oval, its belly nearer to one end."""
    points, lean = [], 0.12 * (1 if number & 64 else -1)
    for n in range(16):
        turn = 2 * pi * n / 16
        u, v = cos(turn), sin(turn)
        u, v = u * long / 2 + lean * long * v * v, v * abs(v) ** 0.35 * wide / 2
        points.append((at[0] + along[0] * u - along[1] * v, at[1] + along[1] * u + along[0] * v))
    return tuple(points)


def _middle(box: Box) -> Point:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
