"""The ground: terrain colours that run into each other like a printed map, with shaded relief and fields.

Painted once for the whole map at a middling scale; each zoom level takes its part of it, resampled. The texture is a
fixed one: the same map always looks the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import numpy as np
import pygame
from numpy.typing import NDArray

from game.kernels.recent import Recent
from game.ui.camera import hex_centre, hex_corners, map_extent
from game.ui.kit.theme import Theme
from game.ui.mapview.picture import MapPicture

Field = NDArray[np.float32]
Kinds = NDArray[np.uint8]

PIXELS = 1_900_000  # size of the master picture, at most about
CLOSEST = 72  # pixels a hex in the master, at most
BEYOND = 0.75  # the ground goes on this far beyond the rim, in map units
RELIEF = {"mountains": 1.0, "hills": 0.62, "rough": 0.42, "wadi": -0.10, "desert": 0.07, "steppe": 0.05, "urban": 0.02,
          "old_town": 0.02, "low_houses": 0.03}  # fmt: skip
MOTTLE = {"valley": 1.0, "steppe": 0.7, "desert": 0.45, "wadi": 0.9, "salt": 0.25, "urban": 0.3, "lake": 0.1,
          "old_town": 0.3, "low_houses": 0.4, "island": 1.6}  # fmt: skip
WANDER = 0.32  # how far a terrain's edge may stray from the hex's, in map units
GRAIN = 192  # pixels of a tile
KEPT = 2  # painted maps that are kept, of some 10 MB each: of the game, and of one beside it
STRAY = 2.6  # how far the look of a hex reaches over its middle, in map units: stray edges and slopes


class Ground:
    """The painted ground of one map: ``master`` is a picture, ``scale`` its pixels per map unit.

    ``kinds`` tells for each of its pixels, column by column, what ground it shows.
    """

    def __init__(self, picture: MapPicture, theme: Theme) -> None:
        wide, tall = (v + 2 * BEYOND for v in map_extent(picture.columns, picture.rows))
        self.scale = int(max(10.0, min(CLOSEST, (PIXELS / (wide * tall)) ** 0.5)))
        self.size = (int(wide * self.scale), int(tall * self.scale))
        self._theme = theme
        self.names = tuple(sorted(theme.ground))
        """Kinds of ground by the numbers of ``kinds``."""
        master, kinds = _whole(picture, theme, self.names, self.size, self.scale)
        self.master, self.kinds = master.copy(), kinds.copy()  # a repaint changes this map alone
        self.grain = _grain()

    def repaint(self, picture: MapPicture, hexes: Iterable[int]) -> None:
        """Paint anew around some hexes whose terrain has changed; the size of the map must be what it was."""
        hexes = tuple(hexes)
        points = [hex_centre(picture.columns, h) for h in hexes]
        if not points:
            return
        stray = BEYOND + STRAY if set(hexes).isdisjoint(_rim(picture)) else BEYOND + 2 * STRAY
        left, top = min(p[0] for p in points) + 2 * BEYOND - stray, min(p[1] for p in points) + 2 * BEYOND - stray
        right, bottom = max(p[0] for p in points) + stray, max(p[1] for p in points) + stray
        whole, k = self.master.get_rect(), self.scale
        box = pygame.Rect(int(left * k), int(top * k), int((right - left) * k) + 1, int((bottom - top) * k) + 1)
        # Specks beyond the rim that no hex covers are painted as the first one.
        box = whole if 0 in hexes else box.clip(whole)
        rim = k // 16 + 2  # what the softening at the box's edge spoils
        wide = box.inflate(2 * rim, 2 * rim).clip(whole)
        part, kinds = _paint(picture, self._theme, self.names, self.size, k, wide)
        self.master.blit(part, box, box.move(-wide.x, -wide.y))
        inner = box.move(-wide.x, -wide.y)
        self.kinds[box.left : box.right, box.top : box.bottom] = kinds[
            inner.left : inner.right, inner.top : inner.bottom
        ]

    def part(self, left: float, top: float, span: float, pixels: int) -> pygame.Surface:
        """The square of ``span`` map units from (left, top), ``pixels`` wide; clear paper beyond the map's edge."""
        x, y = (left + BEYOND) * self.scale, (top + BEYOND) * self.scale
        need = span * self.scale
        k = pixels / need
        box = pygame.Rect(int(x) - 1, int(y) - 1, int(need) + 4, int(need) + 4)
        kept = box.clip(self.master.get_rect())
        out = pygame.Surface((pixels, pixels), depth=32)
        if kept.width < 1 or kept.height < 1:
            return out
        part = pygame.transform.smoothscale(
            self.master.subsurface(kept), (max(1, round(kept.width * k)), max(1, round(kept.height * k)))
        )
        out.blit(part, (round((kept.x - x) * k), round((kept.y - y) * k)))
        return out


_painted: Recent[tuple[pygame.Surface, Kinds]] = Recent(KEPT)


def _whole(
    picture: MapPicture, theme: Theme, names: tuple[str, ...], size: tuple[int, int], scale: int
) -> tuple[pygame.Surface, Kinds]:
    """The ground of a whole map; the last few are kept, for the next table, editor or card that shows the same one."""
    key = (picture.columns, picture.rows, picture.terrain, tuple(sorted(theme.ground.items())))
    return _painted.found(key, lambda: _paint(picture, theme, names, size, scale, pygame.Rect((0, 0), size)))


def _paint(
    picture: MapPicture, theme: Theme, names: tuple[str, ...], size: tuple[int, int], scale: int, box: pygame.Rect
) -> tuple[pygame.Surface, Kinds]:
    """The part of the ground in ``box`` of a picture of ``size`` pixels, and its kinds; every part fits the others."""
    noise = Noise(size, scale, box)
    terrain = _terrain_under(picture, size, scale, noise)
    numbers = {name: i for i, name in enumerate(names)}
    plain = numbers["desert"]
    of_hex = np.array([numbers.get(t, plain) for t in picture.terrain], dtype=np.uint8)
    kind = of_hex[terrain]
    palette = np.array([theme.ground[name][:3] for name in names], dtype=np.uint8)
    flat = pygame.surfarray.make_surface(palette[kind])
    soft = pygame.surfarray.array3d(pygame.transform.box_blur(flat, max(1, scale // 16))).astype(np.float32)
    light = _hillshade(picture, size, scale, noise)
    mottle = np.array([MOTTLE.get(name, 0.5) for name in names], dtype=np.float32)[kind]
    light += mottle * (0.055 * noise.field(1.6, 5) + 0.035 * noise.field(4.5, 6))
    if "valley" in picture.terrain:
        light += (kind == numbers["valley"]) * _parcels(scale, noise)
    soft *= (1.0 + light)[:, :, None]
    return pygame.surfarray.make_surface(np.clip(soft, 0, 255).astype(np.uint8)), kind


class Noise:
    """Smooth fixed noise over a box of the picture: random knots joined by cubic B-splines."""

    def __init__(self, size: tuple[int, int], scale: int, box: pygame.Rect) -> None:
        self._size, self._scale, self.box = size, scale, box

    @property
    def across(self) -> Field:
        """Pixel columns of the box, counted from the picture's edge, as a column to calculate with."""
        return np.arange(self.box.left, self.box.right, dtype=np.float32)[:, None]

    @property
    def down(self) -> Field:
        """Pixel rows of the box."""
        return np.arange(self.box.top, self.box.bottom, dtype=np.float32)[None, :]

    def field(self, knots: float, seed: int) -> Field:
        """Noise of about -1 to 1 with so many knots a map unit."""
        nx, ny = (int(n / self._scale * knots) + 5 for n in self._size)
        values = np.random.default_rng(seed).uniform(-1.6, 1.6, (nx, ny)).astype(np.float32)
        return self.spread(values, knots)

    def spread(self, values: Field, knots: float) -> Field:
        """Knot values, so many a map unit, as a smooth field over the box.

        Four knots count for a pixel each way, and they are added one after another in the same order for every
        pixel. A matrix product would add them in an order that hangs on the processor, on its library and on the
        size of the box, and the last bit would hang on them too: a part painted anew would not fit the whole.
        """
        step = np.float32(knots / self._scale)
        first, weights = _spline(self.box.top, self.box.bottom, values.shape[1], step)
        rows = np.ascontiguousarray(values.T)  # pixel rows come first while the knots of a column are joined
        down = _joined(rows, first, weights)
        first, weights = _spline(self.box.left, self.box.right, values.shape[0], step)
        return _joined(np.ascontiguousarray(down.T), first, weights)


def _spline(start: int, stop: int, knots: int, step: np.float32) -> tuple[NDArray[np.intp], tuple[Field, ...]]:
    """For pixels ``start`` to ``stop``: the first of the four knots that count, and the weight of each."""
    at = np.arange(start, stop, dtype=np.float32) * step
    first = np.minimum(at.astype(np.intp), knots - 4)
    t = at - first.astype(np.float32)
    back, square = 1 - t, t * t  # products, no powers: a power's last bit is the library's
    cube = square * t
    weights = (back * back * back, 3 * cube - 6 * square + 4, -3 * cube + 3 * square + 3 * t + 1, cube)
    return first, tuple(weight / 6 for weight in weights)


def _joined(values: Field, first: NDArray[np.intp], weights: tuple[Field, ...]) -> Field:
    """Rows of ``values`` joined by fours: row i of the result is the weighted sum of the rows from ``first[i]`` on."""
    out = np.zeros((len(first), values.shape[1]), dtype=np.float32)
    for i, weight in enumerate(weights):
        row = values[first + i]
        row *= weight[:, None]
        out += row
    return out


def _terrain_under(picture: MapPicture, size: tuple[int, int], scale: int, noise: Noise) -> NDArray[np.intp]:
    """Hex number under each pixel of the box, the hexes' edges made to wander."""
    stray = 3 * scale
    room = noise.box.inflate(2 * stray, 2 * stray).clip(pygame.Rect((0, 0), size))
    board = pygame.Surface(room.size, depth=32)
    columns = picture.columns
    near = [h for h in range(columns * picture.rows) if _touches(columns, h, room, scale)]
    outlines = {
        h: [((x + BEYOND) * scale - room.x, (y + BEYOND) * scale - room.y) for x, y in hex_corners(columns, h)]
        for h in near
    }
    rim = set(_rim(picture))
    for h, outline in outlines.items():
        if h in rim:
            pygame.draw.polygon(board, h + 1, _swollen(outline))
    for h, outline in outlines.items():
        pygame.draw.polygon(board, h + 1, outline)
    numbers = pygame.surfarray.array2d(board).astype(np.intp) & 0xFFFFFF
    reach = WANDER * scale
    x = noise.across + reach * (noise.field(1.3, 1) + 0.45 * noise.field(4.0, 2))
    y = noise.down + reach * (noise.field(1.3, 3) + 0.45 * noise.field(4.0, 4))
    xi = np.clip(np.clip(x, 0, size[0] - 1).astype(np.intp) - room.x, 0, room.width - 1)
    yi = np.clip(np.clip(y, 0, size[1] - 1).astype(np.intp) - room.y, 0, room.height - 1)
    return np.asarray(np.maximum(numbers[xi, yi] - 1, 0), dtype=np.intp)


def _touches(columns: int, h: int, room: pygame.Rect, scale: int) -> bool:
    x, y = hex_centre(columns, h)
    reach = 4 * scale  # a hex of the rim is blown up to three times its size
    return room.inflate(reach, reach).collidepoint((x + BEYOND) * scale, (y + BEYOND) * scale)


def _rim(picture: MapPicture) -> list[int]:
    last_row, last_column = picture.rows - 1, picture.columns - 1
    return [
        row * picture.columns + column
        for row in range(picture.rows)
        for column in range(picture.columns)
        if row in (0, last_row) or column in (0, last_column)
    ]


def _swollen(corners: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """A hex of the rim blown up, so that its ground goes on beyond the map's edge."""
    mx, my = sum(c[0] for c in corners) / 6, sum(c[1] for c in corners) / 6
    return [(mx + (x - mx) * 3.2, my + (y - my) * 3.2) for x, y in corners]


def _hillshade(picture: MapPicture, size: tuple[int, int], scale: int, noise: Noise) -> Field:
    """Light from the north-west on heights made up from the terrain."""
    knots = 3.0
    nx, ny = (int(n / scale * knots) + 5 for n in size)
    heights = np.zeros((nx, ny), dtype=np.float32)
    step, box = knots / scale, noise.box
    for i in range(max(0, int(box.left * step) - 4), min(nx, int(box.right * step) + 8)):
        x = (i - 1) / knots - BEYOND
        for j in range(max(0, int(box.top * step) - 4), min(ny, int(box.bottom * step) + 8)):
            heights[i, j] = RELIEF.get(picture.terrain[_near(picture, x, (j - 1) / knots - BEYOND)], 0.0)
    swell = noise.spread(_evened(_evened(heights)), knots)
    ridges = 1.0 - np.abs(noise.field(1.5, 7)) * 1.15
    folds = 1.0 - np.abs(noise.field(3.6, 8)) * 1.1
    crumbs = noise.field(8.0, 9)
    high = swell * (0.55 + 0.75 * ridges + 0.42 * folds + 0.13 * crumbs)
    slope_x, slope_y = np.gradient(high)
    lit = (slope_x + slope_y) * np.float32(scale * 0.13)
    return np.asarray(np.clip(lit, -0.30, 0.14), dtype=np.float32)


def _evened(values: Field) -> Field:
    """Each value as the mean of its surroundings."""
    wide = np.pad(values, 1, mode="edge")
    rows = wide[:-2] + 2 * wide[1:-1] + wide[2:]
    return np.asarray((rows[:, :-2] + 2 * rows[:, 1:-1] + rows[:, 2:]) / 16, dtype=np.float32)


def _near(picture: MapPicture, x: float, y: float) -> int:
    """Hex about a point of the map, the nearest one beyond the rim; exact enough for heights."""
    column = max(0, min(picture.columns - 1, round((x - 0.57735) / 0.866025)))
    row = max(0, min(picture.rows - 1, round(y - (1.0 if column % 2 == 0 else 0.5))))
    return row * picture.columns + column


def _parcels(scale: int, noise: Noise) -> Field:
    """The patchwork of irrigated fields: small tilted blocks, each a shade of its own."""
    x, y = noise.across / scale, noise.down / scale
    along = x * 0.87 + y * 0.5 + 0.12 * noise.field(0.9, 10)
    across = y * 0.87 - x * 0.5 + 0.12 * noise.field(0.9, 11)
    strip = np.floor(across * 8.0).astype(np.int32)
    block = np.floor(along * 3.6 + (strip * 7919 % 13) * np.float32(0.37)).astype(np.int32) * 73 + strip * 151
    shade = ((block * np.int32(40503)) >> 5) % 17
    return np.asarray((shade.astype(np.float32) - 8) * np.float32(0.008), dtype=np.float32)


@cache
def _grain() -> pygame.Surface:
    """A tile of paper grain to be multiplied onto the map."""
    values = np.random.default_rng(12).normal(248, 4.2, (GRAIN, GRAIN))
    values = (values + np.roll(values, 1, 0) + np.roll(values, 1, 1)) / 3
    grey = np.clip(values + 2, 0, 255).astype(np.uint8)
    return pygame.surfarray.make_surface(np.repeat(grey[:, :, None], 3, axis=2))
