"""Roads: smooth bands through hexes, cased, by class; tracks are dashed lines.

Every leg from one hex to the next is drawn by itself. In each hex the two legs that go straight on best share one
curve; any other leg meets that curve in its middle, so that junctions look like junctions.
"""

from __future__ import annotations

from itertools import combinations

from game.ui.camera import Point, hex_centre
from game.ui.kit.theme import Theme
from game.ui.mapview.curves import Line, dashes
from game.ui.mapview.picture import MapPicture
from game.ui.mapview.plate import Plate, Stroke, stroke_between, strokes

CLASSES = ("track", "road", "highway")  # the better one is drawn where two share hexes
SAMPLES = 5  # points a half leg
LANES_FROM = 3.0  # pixels of a highway's width from which its two lanes are told apart


class Roads:
    """All roads of a map."""

    def __init__(self, picture: MapPicture, theme: Theme) -> None:
        self._theme = theme
        best: dict[tuple[int, int], int] = {}
        for road in picture.roads:
            rank = CLASSES.index(road.kind)
            for a, b in zip(road.path, road.path[1:], strict=False):
                leg = (min(a, b), max(a, b))
                best[leg] = max(best.get(leg, 0), rank)
        junctions = _junctions(picture.columns, best)
        self._strokes: dict[str, list[Stroke]] = {kind: [] for kind in CLASSES}
        for (a, b), rank in sorted(best.items()):
            before, line, after = _leg(picture.columns, a, b, junctions)
            if CLASSES[rank] == "track":
                self._strokes["track"].extend(s for dash in dashes(line, 0.144, 0.096) for s in strokes(dash))
            else:
                self._strokes[CLASSES[rank]].append(stroke_between(before, line, after))

    def draw(self, plate: Plate) -> None:
        """Casings of all classes first, so that junctions are open."""
        c, sizes = self._theme.map, self._theme.sizes
        casing = max(0.022, 1.1 / plate.zoom)
        plate.ribbons(self._strokes["track"], sizes.track, c.track)
        for kind, width in (("road", sizes.road), ("highway", sizes.highway)):
            plate.ribbons(self._strokes[kind], max(width, 1.2 / plate.zoom) + casing, c.road_edge)
        plate.ribbons(self._strokes["road"], max(sizes.road, 1.0 / plate.zoom), c.road)
        plate.ribbons(self._strokes["highway"], max(sizes.highway, 1.4 / plate.zoom), c.highway)
        if sizes.highway * plate.zoom >= LANES_FROM:
            plate.ribbons(self._strokes["highway"], sizes.highway * 0.16, c.road)


Junctions = dict[int, tuple[int, ...]]  # the two neighbours that share the curve in a hex, or none at a road's end


def _junctions(columns: int, legs: dict[tuple[int, int], int]) -> Junctions:
    near: dict[int, list[int]] = {}
    for a, b in legs:
        near.setdefault(a, []).append(b)
        near.setdefault(b, []).append(a)

    def merit(here: int, pair: tuple[int, ...]) -> tuple[int, float]:
        x, y = hex_centre(columns, here)
        (ax, ay), (bx, by) = (hex_centre(columns, h) for h in pair)
        straight = -((ax - x) * (bx - x) + (ay - y) * (by - y))
        return min(legs[min(here, h), max(here, h)] for h in pair), straight

    return {
        here: max(combinations(sorted(others), 2), key=lambda pair: merit(here, pair)) if len(others) > 1 else ()
        for here, others in near.items()
    }


def _leg(columns: int, a: int, b: int, junctions: Junctions) -> tuple[Point, Line, Point]:
    """A leg as a line, and the points before and after it that tell its direction at the ends."""
    before, first = _half(columns, a, b, junctions)
    after, second = _half(columns, b, a, junctions)
    return before, (*first, *reversed(second[:-1])), after


def _half(columns: int, here: int, there: int, junctions: Junctions) -> tuple[Point, Line]:
    """From the joint in ``here`` to the middle of the way to ``there``, and a point before the joint."""
    p, q = hex_centre(columns, here), hex_centre(columns, there)
    middle = _mean(p, q)
    pair = junctions[here]
    if not pair:
        return (2 * p[0] - q[0], 2 * p[1] - q[1]), tuple(_mix(p, middle, i / SAMPLES) for i in range(SAMPLES + 1))
    ends = [_mean(p, hex_centre(columns, h)) for h in pair]
    if there not in pair:
        joint = _bend(ends[0], p, ends[1], 0.5)
        back = (2 * joint[0] - middle[0], 2 * joint[1] - middle[1])
        return back, tuple(_mix(joint, middle, i / SAMPLES) for i in range(SAMPLES + 1))
    other = ends[1] if pair[0] == there else ends[0]
    line = tuple(_bend(other, p, middle, 0.5 + 0.5 * i / SAMPLES) for i in range(SAMPLES + 1))
    return _bend(other, p, middle, 0.5 - 0.5 / SAMPLES), line


def _mean(a: Point, b: Point) -> Point:
    return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2


def _mix(a: Point, b: Point, t: float) -> Point:
    return a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t


def _bend(a: Point, b: Point, c: Point, t: float) -> Point:
    return _mix(_mix(a, b, t), _mix(b, c, t), t)
