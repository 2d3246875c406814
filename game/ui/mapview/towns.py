"""Built-up ground and the signs of places: street blocks for towns, small pictograms for the rest."""

from __future__ import annotations

from collections.abc import Callable
from math import cos, hypot, sin
from random import Random

from game.ui.camera import Point, hex_centre
from game.ui.kit.theme import Colour, MapColours, Theme
from game.ui.mapview.picture import DrawnPlace, MapPicture
from game.ui.mapview.plate import Plate

BUILT = {"city": 0.36, "town": 0.20, "village": 0.09, "industrial": 0.12, "neighbourhood": 0.2}
BLOCK = 0.062  # side of a street block
SHADOW, SHADOWS_FROM = 0.014, 40.0  # how far houses throw their shadow, in hexes, and from which zoom it shows
GROUND = {"urban": (0.40, 1.25, 100), "old_town": (0.50, 1.08, 100), "low_houses": (0.46, 1.45, 55)}
"""Ground drawn as streets: how far they reach from the centre, how wide apart they lie, percent that is built."""


class Towns:
    """Blocks of towns and urban hexes, and pictograms."""

    def __init__(self, picture: MapPicture, theme: Theme) -> None:
        self._colours = theme.map
        self._columns = picture.columns
        self._blocks: list[tuple[Point, tuple[tuple[Point, ...], ...]]] = []
        self._signs: list[tuple[DrawnPlace, Point]] = []
        signed: set[int] = set()
        for place in sorted(picture.places, key=lambda p: -p.size):
            centre = hex_centre(picture.columns, place.hex)
            if place.kind in BUILT:
                reach = BUILT[place.kind] * (1.0 if place.kind != "town" or place.size >= 2 else 0.75)
                self._blocks.append((centre, _blocks(centre, reach, place.hex)))
            elif place.kind in SIGNS and place.hex not in signed:
                signed.add(place.hex)
                self._signs.append((place, centre))
        self._exits = [(hex_centre(picture.columns, way.hex), _outward(picture, way.hex)) for way in picture.exits]
        for h, terrain in enumerate(picture.terrain):
            if terrain in GROUND:
                centre = hex_centre(picture.columns, h)
                reach, apart, percent = GROUND[terrain]
                self._blocks.append((centre, _blocks(centre, reach, h + 7, apart, percent)))

    def draw_blocks(self, plate: Plate) -> None:
        """Street blocks, which roads run over."""
        c = self._colours
        shadow = c.town_dot.mixed(c.town_block, 35)
        for (x, y), blocks in self._blocks:
            if plate.sees((x - 0.5, y - 0.5, x + 0.5, y + 0.5)):
                if plate.zoom >= SHADOWS_FROM:
                    for block in blocks:
                        plate.polygon(tuple((px + SHADOW, py + SHADOW) for px, py in block), shadow)
                for i, block in enumerate(blocks):
                    plate.polygon(block, c.town_light if i % 4 == 0 else c.town_block)

    def draw_signs(self, plate: Plate) -> None:
        """Pictograms, over everything but text."""
        for place, (x, y) in self._signs:
            if plate.zoom >= 14 and plate.sees((x - 0.2, y - 0.2, x + 0.2, y + 0.2)):
                SIGNS[place.kind](plate, (x, y), self._colours)
        for (x, y), (dx, dy) in self._exits:
            if plate.sees((x - 0.5, y - 0.5, x + 0.5, y + 0.5)):
                tip, tail = (x + 0.42 * dx, y + 0.42 * dy), (x + 0.20 * dx, y + 0.20 * dy)
                for grow, colour in ((0.045, self._colours.name_halo), (0.0, self._colours.exit)):
                    wing = 0.17 + grow
                    plate.polygon(
                        (
                            (tip[0] + dx * grow * 1.5, tip[1] + dy * grow * 1.5),
                            (tail[0] - dx * grow - dy * wing, tail[1] - dy * grow + dx * wing),
                            (tail[0] - dx * grow + dy * wing, tail[1] - dy * grow - dx * wing),
                        ),
                        colour,
                    )


def _outward(picture: MapPicture, h: int) -> Point:
    """Direction from a hex to the nearest rim of the map."""
    row, column = divmod(h, picture.columns)
    ways = {
        (-1.0, 0.0): column,
        (1.0, 0.0): picture.columns - 1 - column,
        (0.0, -1.0): row,
        (0.0, 1.0): picture.rows - 1 - row,
    }
    return min(ways, key=lambda way: ways[way])


def _blocks(
    centre: Point, reach: float, seed: int, apart: float = 1.25, percent: int = 100
) -> tuple[tuple[Point, ...], ...]:
    """Street blocks about a centre, denser in the middle, on a slightly turned grid."""
    dice = Random(seed)
    turn = dice.uniform(-0.5, 0.5)
    c, s = cos(turn), sin(turn)
    steps = int(reach / BLOCK) + 1
    out = []
    for i in range(-steps, steps + 1):
        for j in range(-steps, steps + 1):
            u, v = i * BLOCK * apart, j * BLOCK * apart
            far = (u * u + v * v) ** 0.5 / reach
            if far > 1.0 or dice.random() * 100 < 100 - percent + far * far * 0.75 * percent:
                continue
            w, h = BLOCK * dice.uniform(0.35, 0.52), BLOCK * dice.uniform(0.35, 0.52)
            corners = ((u - w, v - h), (u + w, v - h), (u + w, v + h), (u - w, v + h))
            out.append(tuple((centre[0] + x * c - y * s, centre[1] + x * s + y * c) for x, y in corners))
    return tuple(out)


def _shape(plate: Plate, at: Point, points: tuple[Point, ...], colour: Colour) -> None:
    plate.polygon(tuple((at[0] + x, at[1] + y) for x, y in points), colour)


def _backing(plate: Plate, at: Point, c: MapColours) -> None:
    plate.disc((at[0] + 0.012, at[1] + 0.020), 0.158, c.town_dot.mixed(c.relief, 45))
    plate.disc(at, 0.155, c.town_dot)
    plate.disc(at, 0.132, c.name_halo)


RUNWAYS = (((-0.34, 0.16), (0.30, -0.14)), ((-0.14, -0.22), (0.24, 0.20)))
"""Ends of an airfield's runways, from the middle of its hex."""


def _strip(a: Point, b: Point, wide: float, longer: float = 0.0) -> tuple[Point, ...]:
    """A straight band from a to b, a little longer at both ends."""
    span = hypot(b[0] - a[0], b[1] - a[1]) or 1.0
    ux, uy = (b[0] - a[0]) / span, (b[1] - a[1]) / span
    a, b = (a[0] - ux * longer, a[1] - uy * longer), (b[0] + ux * longer, b[1] + uy * longer)
    return (
        (a[0] - uy * wide, a[1] + ux * wide),
        (b[0] - uy * wide, b[1] + ux * wide),
        (b[0] + uy * wide, b[1] - ux * wide),
        (a[0] + uy * wide, a[1] - ux * wide),
    )


def _airbase(plate: Plate, at: Point, c: MapColours) -> None:
    rim, strip = c.town_dot.mixed(c.town_block, 40), c.town_light
    for runway in RUNWAYS:
        for grow, colour in ((0.014, rim), (0.0, strip)):
            _shape(plate, at, _strip(*runway, 0.030 + grow, grow), colour)
        if plate.zoom >= SHADOWS_FROM:
            for n in range(-3, 4):
                (ax, ay), (bx, by) = runway
                mx, my = (ax + bx) / 2 + (bx - ax) * n / 8, (ay + by) / 2 + (by - ay) * n / 8
                dx, dy = (bx - ax) / 40, (by - ay) / 40
                _shape(plate, at, _strip((mx - dx, my - dy), (mx + dx, my + dy), 0.005), c.name_halo)
    _backing(plate, at, c)
    for points in (
        ((-0.014, -0.11), (0.014, -0.11), (0.018, 0.10), (-0.018, 0.10)),
        ((0, -0.05), (0.115, 0.035), (0.115, 0.06), (0, 0.02), (-0.115, 0.06), (-0.115, 0.035)),
        ((0, 0.06), (0.05, 0.10), (0.05, 0.115), (0, 0.10), (-0.05, 0.115), (-0.05, 0.10)),
    ):
        _shape(plate, at, points, c.town_dot)


def _oilfield(plate: Plate, at: Point, c: MapColours) -> None:
    _backing(plate, at, c)
    _shape(
        plate,
        at,
        ((-0.075, 0.09), (-0.012, -0.10), (0.012, -0.10), (0.075, 0.09), (0.05, 0.09), (0, -0.05), (-0.05, 0.09)),
        c.town_dot,
    )
    _shape(plate, at, ((-0.05, 0.045), (0.05, 0.045), (0.043, 0.02), (-0.043, 0.02)), c.town_dot)


def _gasplant(plate: Plate, at: Point, c: MapColours) -> None:
    _backing(plate, at, c)
    _shape(
        plate,
        at,
        (
            (0, -0.11),
            (0.05, -0.02),
            (0.07, 0.04),
            (0.035, 0.09),
            (-0.035, 0.09),
            (-0.07, 0.04),
            (-0.035, -0.01),
            (-0.02, 0.02),
        ),
        c.town_dot,
    )
    _shape(plate, at, ((0, 0.0), (0.03, 0.05), (0, 0.085), (-0.03, 0.05)), c.name_halo)


def _base(plate: Plate, at: Point, c: MapColours) -> None:
    _backing(plate, at, c)
    _shape(plate, at, ((-0.055, -0.10), (-0.032, -0.10), (-0.032, 0.10), (-0.055, 0.10)), c.town_dot)
    _shape(plate, at, ((-0.032, -0.10), (0.08, -0.055), (-0.032, -0.01)), c.town_dot)


def _hill(plate: Plate, at: Point, c: MapColours) -> None:
    dark = c.town_dot.mixed(c.relief, 30)
    _shape(plate, at, ((-0.125, 0.085), (0, -0.125), (0.125, 0.085)), dark)
    _shape(plate, at, ((-0.092, 0.068), (0, -0.092), (0.018, 0.068)), c.sandbar)
    _shape(plate, at, ((0, -0.092), (0.092, 0.068), (0.018, 0.068)), c.relief)


def _pumping(plate: Plate, at: Point, c: MapColours) -> None:
    _backing(plate, at, c)
    _shape(plate, at, ((-0.09, -0.03), (0.09, -0.03), (0.09, 0.03), (-0.09, 0.03)), c.town_dot)
    _shape(plate, at, ((-0.025, -0.09), (0.025, -0.09), (0.025, 0.09), (-0.025, 0.09)), c.town_dot)


def _post(plate: Plate, at: Point, c: MapColours) -> None:
    _backing(plate, at, c)
    _shape(plate, at, ((-0.095, -0.022), (0.095, -0.022), (0.095, 0.022), (-0.095, 0.022)), c.border)
    _shape(plate, at, ((-0.075, -0.06), (-0.05, -0.06), (-0.05, 0.09), (-0.075, 0.09)), c.town_dot)


def _spot(plate: Plate, at: Point, c: MapColours) -> None:
    plate.disc(at, 0.06, c.town_dot)
    plate.disc(at, 0.035, c.name_halo)


SIGNS: dict[str, Callable[[Plate, Point, MapColours], None]] = {
    "airbase": _airbase,
    "oilfield": _oilfield,
    "gasplant": _gasplant,
    "base": _base,
    "hill": _hill,
    "pumping_station": _pumping,
    "border_post": _post,
    "landmark": _spot,
    "junction": _spot,
    "crossing": _spot,
    "dam": _spot,
    "island": _spot,
}
