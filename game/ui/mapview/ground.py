"""The ground: terrain colours that run into each other like a printed map, with shaded relief and fields.

Painted once for the whole map at a middling scale; each zoom level takes its part of it, resampled. The texture is a
fixed one: the same map always looks the same.
"""

from __future__ import annotations

import numpy as np
import pygame
from numpy.typing import NDArray

from game.ui.camera import hex_corners, map_extent
from game.ui.mapview.picture import MapPicture
from game.ui.theme import Theme

Field = NDArray[np.float32]

PIXELS = 1_900_000  # size of the master picture, at most about
CLOSEST = 72  # pixels a hex in the master, at most
BEYOND = 0.75  # the ground goes on this far beyond the rim, in map units
RELIEF = {"mountains": 1.0, "hills": 0.62, "rough": 0.42, "wadi": -0.10, "desert": 0.07, "steppe": 0.05, "urban": 0.02}
MOTTLE = {"valley": 1.0, "steppe": 0.7, "desert": 0.45, "wadi": 0.9, "salt": 0.25, "urban": 0.3, "lake": 0.1}
WANDER = 0.32  # how far a terrain's edge may stray from the hex's, in map units
GRAIN = 192  # pixels of a tile


class Ground:
    """The painted ground of one map: ``master`` is a picture, ``scale`` its pixels per map unit."""

    def __init__(self, picture: MapPicture, theme: Theme) -> None:
        wide, tall = (v + 2 * BEYOND for v in map_extent(picture.columns, picture.rows))
        self.scale = int(max(10.0, min(CLOSEST, (PIXELS / (wide * tall)) ** 0.5)))
        self.size = (int(wide * self.scale), int(tall * self.scale))
        self.master = _paint(picture, theme, self.size, self.scale)
        self.grain = _grain()

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


def _paint(picture: MapPicture, theme: Theme, size: tuple[int, int], scale: int) -> pygame.Surface:
    noise = _Noise(size, scale)
    terrain = _terrain_under(picture, size, scale, noise)
    names = sorted(set(picture.terrain))
    numbers = {name: i for i, name in enumerate(names)}
    of_hex = np.array([numbers[t] for t in picture.terrain], dtype=np.intp)
    kind = of_hex[terrain]
    palette = np.array([theme.terrain(name)[:3] for name in names], dtype=np.uint8)
    flat = pygame.surfarray.make_surface(palette[kind])
    soft = pygame.surfarray.array3d(pygame.transform.box_blur(flat, max(1, scale // 16))).astype(np.float32)
    light = _hillshade(picture, size, scale, noise)
    mottle = np.array([MOTTLE.get(name, 0.5) for name in names], dtype=np.float32)[kind]
    light += mottle * (0.055 * noise.field(1.6, 5) + 0.035 * noise.field(4.5, 6))
    if "valley" in numbers:
        light += (kind == numbers["valley"]) * _parcels(size, scale, noise)
    soft *= (1.0 + light)[:, :, None]
    return pygame.surfarray.make_surface(np.clip(soft, 0, 255).astype(np.uint8))


class _Noise:
    """Smooth fixed noise over the picture: random knots joined by cubic B-splines."""

    def __init__(self, size: tuple[int, int], scale: int) -> None:
        self._size, self._scale = size, scale

    def field(self, knots: float, seed: int) -> Field:
        """Noise of about -1 to 1 with so many knots a map unit."""
        nx, ny = (int(n / self._scale * knots) + 5 for n in self._size)
        values = np.random.default_rng(seed).uniform(-1.6, 1.6, (nx, ny)).astype(np.float32)
        return self.spread(values, knots)

    def spread(self, values: Field, knots: float) -> Field:
        """Knot values, so many a map unit, as a smooth field over the picture."""
        across = _spline(self._size[0], values.shape[0], knots / self._scale)
        down = _spline(self._size[1], values.shape[1], knots / self._scale)
        return np.asarray(across @ (values @ down.T), dtype=np.float32)


def _spline(pixels: int, knots: int, step: float) -> Field:
    """Matrix that turns knot values into pixel values by uniform cubic B-splines."""
    at = np.arange(pixels, dtype=np.float32) * np.float32(step)
    first = np.minimum(at.astype(np.intp), knots - 4)
    t = at - first
    out = np.zeros((pixels, knots), dtype=np.float32)
    rows = np.arange(pixels)
    weights = ((1 - t) ** 3, 3 * t**3 - 6 * t**2 + 4, -3 * t**3 + 3 * t**2 + 3 * t + 1, t**3)
    for i, weight in enumerate(weights):
        out[rows, first + i] = weight / 6
    return out


def _terrain_under(picture: MapPicture, size: tuple[int, int], scale: int, noise: _Noise) -> NDArray[np.intp]:
    """Hex number under each pixel, the hexes' edges made to wander."""
    board = pygame.Surface(size, depth=32)
    columns = picture.columns
    outlines = [
        [((x + BEYOND) * scale, (y + BEYOND) * scale) for x, y in hex_corners(columns, h)]
        for h in range(columns * picture.rows)
    ]
    for h in _rim(picture):
        pygame.draw.polygon(board, h + 1, _swollen(outlines[h]))
    for h, outline in enumerate(outlines):
        pygame.draw.polygon(board, h + 1, outline)
    numbers = pygame.surfarray.array2d(board).astype(np.intp) & 0xFFFFFF
    reach = WANDER * scale
    x = np.arange(size[0], dtype=np.float32)[:, None] + reach * (noise.field(1.3, 1) + 0.45 * noise.field(4.0, 2))
    y = np.arange(size[1], dtype=np.float32)[None, :] + reach * (noise.field(1.3, 3) + 0.45 * noise.field(4.0, 4))
    xi = np.clip(x, 0, size[0] - 1).astype(np.intp)
    yi = np.clip(y, 0, size[1] - 1).astype(np.intp)
    return np.asarray(np.maximum(numbers[xi, yi] - 1, 0), dtype=np.intp)


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


def _hillshade(picture: MapPicture, size: tuple[int, int], scale: int, noise: _Noise) -> Field:
    """Light from the north-west on heights made up from the terrain."""
    knots = 3.0
    nx, ny = (int(n / scale * knots) + 5 for n in size)
    heights = np.zeros((nx, ny), dtype=np.float32)
    for i in range(nx):
        x = (i - 1) / knots - BEYOND
        for j in range(ny):
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


def _parcels(size: tuple[int, int], scale: int, noise: _Noise) -> Field:
    """The patchwork of irrigated fields: small tilted blocks, each a shade of its own."""
    x = np.arange(size[0], dtype=np.float32)[:, None] / scale
    y = np.arange(size[1], dtype=np.float32)[None, :] / scale
    along = x * 0.87 + y * 0.5 + 0.12 * noise.field(0.9, 10)
    across = y * 0.87 - x * 0.5 + 0.12 * noise.field(0.9, 11)
    strip = np.floor(across * 8.0).astype(np.int32)
    block = np.floor(along * 3.6 + (strip * 7919 % 13) * np.float32(0.37)).astype(np.int32) * 73 + strip * 151
    shade = ((block * np.int32(40503)) >> 5) % 17
    return np.asarray((shade.astype(np.float32) - 8) * np.float32(0.008), dtype=np.float32)


def _grain() -> pygame.Surface:
    """A tile of paper grain to be multiplied onto the map."""
    values = np.random.default_rng(12).normal(248, 4.2, (GRAIN, GRAIN))
    values = (values + np.roll(values, 1, 0) + np.roll(values, 1, 1)) / 3
    grey = np.clip(values + 2, 0, 255).astype(np.uint8)
    return pygame.surfarray.make_surface(np.repeat(grey[:, :, None], 3, axis=2))
