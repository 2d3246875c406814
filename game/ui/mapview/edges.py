"""Lines on hexsides that are not water: escarpments with teeth that point downhill, and borders."""

from __future__ import annotations

from math import hypot

from game.hexgrid import grid
from game.ui.camera import Point, hex_centre
from game.ui.kit.theme import Theme
from game.ui.mapview.curves import Line, dashes, rounded, side_chains
from game.ui.mapview.picture import MapPicture
from game.ui.mapview.plate import Box, Plate, Stroke, box_of, strokes

TOOTH, SHORT = 0.150, 0.095  # how long the hachures of an escarpment are, in turn
STRIDE = 0.066  # from one to the next
FINE_FROM = 40.0  # zoom below which every other hachure is left out


class Edges:
    """Escarpments and borders of a map."""

    def __init__(self, picture: MapPicture, theme: Theme) -> None:
        self._colours = theme.map
        wet = {side for river in picture.rivers for side in river.sides}
        self._scarps: list[Stroke] = []
        self._teeth: list[tuple[tuple[Point, Point, Point], Box]] = []
        low = _low_ground(picture)
        for scarp in picture.escarpments:
            for chain in side_chains(picture.columns, scarp.sides):
                line = rounded(chain)
                self._scarps.extend(strokes(line))
                self._teeth.extend(_teeth(line, picture, low))
        self._bands: list[Stroke] = []
        self._dashes: list[Stroke] = []
        self._province: list[Stroke] = []
        for border in picture.borders:
            abroad = border.kind == "international"
            sides = border.sides if abroad else tuple(s for s in border.sides if s not in wet)
            for chain in side_chains(picture.columns, sides):
                line = rounded(chain)
                if abroad:
                    self._bands.extend(strokes(line))
                    self._dashes.extend(s for dash in dashes(line, 0.22, 0.10) for s in strokes(dash))
                else:
                    self._province.extend(s for dash in dashes(line, 0.10, 0.10) for s in strokes(dash))

    def draw_shade(self, plate: Plate) -> None:
        """The soft band along an international border."""
        plate.ribbons(self._bands, 0.20, self._colours.border_band.mixed(self._colours.name_halo, 50), shade=True)

    def draw(self, plate: Plate) -> None:
        """Lines and teeth."""
        c = self._colours
        plate.ribbons(self._province, 0.022, c.province)
        teeth = self._teeth if plate.zoom >= FINE_FROM else self._teeth[::2]
        for tooth, box in teeth:
            if plate.sees(box):
                plate.polygon(tooth, c.escarpment)
        plate.ribbons(self._scarps, 0.034, c.escarpment.mixed(c.town_dot, 25))
        plate.ribbons(self._dashes, 0.040, c.border)


def _low_ground(picture: MapPicture) -> tuple[int, ...]:
    """Steps from each hex to the nearest valley or water: escarpments fall that way."""
    sides = grid(picture.columns, picture.rows)
    away = [99] * sides.size
    front = {h for h in range(sides.size) if picture.terrain[h] in ("valley", "lake")}
    for river in picture.rivers:
        for side in river.sides:
            front.update(h for h in sides.ends[side] if h >= 0)
    steps = 0
    while front:
        for h in front:
            away[h] = steps
        steps += 1
        front = {n for h in front for n in sides.near[h] if away[n] > steps}
    return tuple(away)


def _teeth(line: Line, picture: MapPicture, low: tuple[int, ...]) -> list[tuple[tuple[Point, Point, Point], Box]]:
    marks = dashes(line, STRIDE * 0.62, STRIDE * 0.38)
    if not marks:
        return []
    votes = sum(_downhill(mark[0], mark[-1], picture, low) for mark in marks)
    turn = 1.0 if votes >= 0 else -1.0
    out = []
    for number, mark in enumerate(marks):
        (ax, ay), (bx, by) = mark[0], mark[-1]
        span = hypot(bx - ax, by - ay) or 1.0
        long = (SHORT if number % 2 else TOOTH) * turn
        tip = ((ax + bx) / 2 - (by - ay) / span * long, (ay + by) / 2 + (bx - ax) / span * long)
        out.append((((ax, ay), (bx, by), tip), box_of((mark[0], mark[-1], tip))))
    return out


def _downhill(a: Point, b: Point, picture: MapPicture, low: tuple[int, ...]) -> int:
    """1 when the ground falls to the right of a to b, -1 to the left, 0 when it does not say."""
    span = hypot(b[0] - a[0], b[1] - a[1]) or 1.0
    mx, my = (a[0] + b[0]) / 2, (a[1] + b[1]) / 2
    dx, dy = -(b[1] - a[1]) / span * 0.5, (b[0] - a[0]) / span * 0.5
    right, left = (low[_nearest(picture, mx + k * dx, my + k * dy)] for k in (1, -1))
    return (right < left) - (left < right)


def _nearest(picture: MapPicture, x: float, y: float) -> int:
    column = max(0, min(picture.columns - 1, round((x - 0.57735) / 0.866025)))
    row = max(0, min(picture.rows - 1, round(y - (1.0 if column % 2 == 0 else 0.5))))
    choices = [
        row * picture.columns + column,
        *grid(picture.columns, picture.rows).near[row * picture.columns + column],
    ]
    return min(
        choices, key=lambda h: hypot(hex_centre(picture.columns, h)[0] - x, hex_centre(picture.columns, h)[1] - y)
    )
