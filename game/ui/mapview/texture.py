"""What lies and grows on the ground: dunes, palms, salt, rocks and dry beds, as small stamps on two fixed lattices.

Where a stamp stands, which one it is and whether there is one at all hangs on whole numbers alone: the same map always
looks the same. Stamps keep to the painted ground, whose edges wander, and not to the hexes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import cos, pi, sin

import numpy as np
import pygame
from numpy.typing import NDArray

from game.ui.camera import map_extent
from game.ui.kit.theme import Colour, MapColours, Theme
from game.ui.mapview.ground import BEYOND, Ground, Noise
from game.ui.mapview.picture import MapPicture
from game.ui.mapview.plate import OVERSIZE, Plate

Shape = Callable[[pygame.Surface, float, int, MapColours, bool], None]
"""Paints a stamp: where to, pixels a hex, which variant, colours, and whether one sees it from close by."""

SHOWN_FROM = 20.0  # pixels a hex
ALL_FROM = 34.0  # below, a third of them
CLOSE_FROM = 72.0  # from here on crescents and crowns instead of strokes and dots
VARIANTS = 6
SPAN = 0.56  # side of a stamp, in hexes
NONE = 255


@dataclass(frozen=True, slots=True)
class Sown:
    """How a kind of ground is covered by a stamp: percent of the places of its lattice, more or less with the noise."""

    stamp: str
    percent: int
    sway: int = 0


COARSE, FINE = 0.34, 0.132
"""From one place of a lattice to the next, in hexes."""
SOWN: dict[float, dict[str, Sown]] = {
    COARSE: {
        "desert": Sown("dune", 12, 30),
        "sand": Sown("dune", 70, 20),
        "steppe": Sown("tuft", 16, 14),
        "salt": Sown("crack", 72, 10),
        "hills": Sown("slope", 46, 20),
        "rough": Sown("rock", 70, 15),
        "mountains": Sown("slope", 78, 10),
        "wadi": Sown("gravel", 60, 25),
    },
    FINE: {
        "valley": Sown("palm", 34, 50),
        "island": Sown("palm", 52, 30),
        "farmland": Sown("palm", 10, 10),
        "forest": Sown("crown", 84, 12),
        "marsh": Sown("reed", 46, 24),
        "steppe": Sown("dot", 6, 6),
    },
}


class _StampLattice:
    """The places of one lattice over a whole map: where each is moved to, and the number of its stamp."""

    def __init__(self, picture: MapPicture, ground: Ground, spacing: float, stamps: tuple[str, ...]) -> None:
        self.spacing = spacing
        wide, tall = map_extent(picture.columns, picture.rows)
        nx, ny = int(wide / spacing) + 1, int(tall / spacing) + 1
        seed = round(spacing * 1000)
        across, down = np.arange(nx, dtype=np.uint32)[:, None], np.arange(ny, dtype=np.uint32)[None, :]
        jitter_x, jitter_y, chance, self.order = (_scattered(across, down, seed + n) for n in range(4))
        self.x = ((across * 1024 + jitter_x % 1024).astype(np.float32) / 1024) * np.float32(spacing)
        self.y = ((down * 1024 + jitter_y % 1024).astype(np.float32) / 1024) * np.float32(spacing)
        k = np.float32(ground.scale)
        column = np.minimum(((self.x + BEYOND) * k).astype(np.intp), ground.size[0] - 1)
        row = np.minimum(((self.y + BEYOND) * k).astype(np.intp), ground.size[1] - 1)
        kind = ground.kinds[column, row]
        # The noise counts in hundredths of a hex, so that the picture's size has no say in it.
        box = pygame.Rect(0, 0, nx, ny)
        sway = Noise((nx, ny), 1, box).field(0.42 * spacing, seed)
        share = np.full(len(ground.names), -1.0, dtype=np.float32)
        swing = np.zeros(len(ground.names), dtype=np.float32)
        number = np.full(len(ground.names), NONE, dtype=np.uint8)
        for name, sown in SOWN[spacing].items():
            if name in ground.names:
                at = ground.names.index(name)
                share[at], swing[at], number[at] = sown.percent, sown.sway, stamps.index(sown.stamp)
        stands = (chance % 100).astype(np.float32) < share[kind] + swing[kind] * sway
        self.stamp = np.where(stands, number[kind], NONE).astype(np.uint8)


def _scattered(across: NDArray[np.uint32], down: NDArray[np.uint32], seed: int) -> NDArray[np.uint32]:
    """A whole number for each place that looks like chance; products wrap around at 32 bits on every machine."""
    value = across * np.uint32(0x9E3779B1) ^ down * np.uint32(0x85EBCA77) ^ np.uint32(seed * 0x27D4EB2F & 0xFFFFFFFF)
    value ^= value >> np.uint32(15)
    value = value * np.uint32(0x2C1B3C6D)
    value ^= value >> np.uint32(12)
    value = value * np.uint32(0x297A2D39)
    return np.asarray(value ^ value >> np.uint32(15), dtype=np.uint32)


class Texture:
    """All stamps of one map."""

    def __init__(self, picture: MapPicture, ground: Ground, theme: Theme) -> None:
        self._colours = theme.map
        self._names = tuple(SHAPES)
        self._lattices = [_StampLattice(picture, ground, spacing, self._names) for spacing in SOWN]
        self._stamps: tuple[float, dict[tuple[int, int], pygame.Surface]] = (0.0, {})

    def draw(self, plate: Plate) -> None:
        """Those that touch the plate, north before south."""
        if plate.zoom < SHOWN_FROM:
            return
        if self._stamps[0] != plate.zoom:
            self._stamps = (plate.zoom, {})
        left, top = (v / plate.zoom for v in plate.corner)
        span = plate.pixels / plate.zoom
        for lattice in self._lattices:
            i0, i1 = (max(0, int(v / lattice.spacing)) for v in (left - SPAN, left + span + SPAN))
            j0, j1 = (max(0, int(v / lattice.spacing)) for v in (top - SPAN, top + span + SPAN))
            part = np.s_[i0 : i1 + 1, j0 : j1 + 1]
            stamp, order = lattice.stamp[part].T, lattice.order[part].T
            shown = stamp != NONE
            if plate.zoom < ALL_FROM:
                shown &= order % 3 == 0
            scale = plate.zoom * OVERSIZE
            half = SPAN * scale / 2
            # Whole pixels of the whole map first: pieces that share a stamp must agree on where it stands.
            x = np.rint(lattice.x[part].T[shown] * scale - half).astype(np.int64) - round(plate.corner[0] * OVERSIZE)
            y = np.rint(lattice.y[part].T[shown] * scale - half).astype(np.int64) - round(plate.corner[1] * OVERSIZE)
            rows = zip(
                stamp[shown].tolist(), (order[shown] // 3 % VARIANTS).tolist(), x.tolist(), y.tolist(), strict=True
            )
            plate.surface.fblits([(self._stamp(kind, variant, scale), (x, y)) for kind, variant, x, y in rows])

    def _stamp(self, kind: int, variant: int, scale: float) -> pygame.Surface:
        stamps = self._stamps[1]
        found = stamps.get((kind, variant))
        if found is None:
            side = max(2, round(SPAN * scale))
            found = pygame.Surface((side, side), pygame.SRCALPHA)
            SHAPES[self._names[kind]](found, scale, variant, self._colours, scale >= CLOSE_FROM * OVERSIZE)
            stamps[kind, variant] = found
        return found


# --- shapes -----------------------------------------------------------------------------------------------


def _crescent(
    board: pygame.Surface, at: tuple[float, float], long: float, sag: float, thick: float, tilt: float, ink: Colour
) -> None:
    """A thin sickle: its tips at both ends of a chord through ``at``, its belly ``sag`` above."""
    c, s = cos(tilt), sin(tilt)
    upper: list[tuple[float, float]] = []
    lower: list[tuple[float, float]] = []
    for i in range(9):
        t = i / 8 - 0.5
        bend = 1 - 4 * t * t
        for rim, deep in ((upper, sag + thick / 2), (lower, sag - thick / 2)):
            u, v = t * long, -deep * bend
            rim.append((at[0] + u * c - v * s, at[1] + u * s + v * c))
    pygame.draw.polygon(board, ink, [*upper, *reversed(lower)])


def _dune(board: pygame.Surface, scale: float, variant: int, c: MapColours, close: bool) -> None:
    """Two to four ripples, one behind the other, each with its lit side."""
    middle = board.get_width() / 2
    many = 1 + variant % 3
    thick = scale * (0.034 if close else 0.036)
    for n in range(many):
        long = scale * (0.44 - 0.09 * n - 0.05 * (variant // 3))
        at = (middle + scale * (0.07 * n - 0.07), middle + scale * (0.085 * (n - many / 2) + 0.06))
        tilt = -0.52 + 0.11 * (variant - 2.5) - 0.10 * n
        sag = scale * (0.030 + 0.012 * ((variant + n) % 3))
        _crescent(board, (at[0], at[1] + thick * 0.9), long * 0.92, sag, thick, tilt, c.dune_light.faded(135))
        _crescent(board, at, long, sag, thick, tilt, c.dune.faded(105))


def _tuft(board: pygame.Surface, scale: float, variant: int, c: MapColours, close: bool) -> None:
    """Blades of dry grass."""
    middle, tall = board.get_width() / 2, scale * (0.07 if close else 0.085)
    wide = max(1, round(scale * 0.012))
    ink = c.field.mixed(c.dune, 45).faded(150)
    for n in range(-1, 2):
        foot = (middle + n * tall * 0.22, middle + tall / 2)
        tip = (foot[0] + n * tall * 0.45 + (variant - 2.5) * tall * 0.05, middle - tall / 2 + abs(n) * tall * 0.3)
        pygame.draw.line(board, ink, foot, tip, wide)


def _dot(board: pygame.Surface, scale: float, variant: int, c: MapColours, close: bool) -> None:
    """A bush seen from afar."""
    middle = board.get_width() / 2
    pygame.draw.circle(
        board, c.field.mixed(c.dune, 30).faded(135), (middle, middle), max(1.0, scale * (0.013 + 0.002 * variant))
    )


def _crack(board: pygame.Surface, scale: float, variant: int, c: MapColours, close: bool) -> None:
    """A plate of dried salt: an uneven ring of five to seven edges, lit from above."""
    middle, edges = board.get_width() / 2, 5 + variant % 3
    reach = scale * (0.10 + 0.018 * (variant % 4))
    ring = []
    for n in range(edges):
        turn = 2 * pi * n / edges + 0.5 * variant
        far = reach * (0.86 + 0.05 * ((n * 7 + variant * 3) % 5))
        ring.append((middle + far * cos(turn), middle + far * 0.8 * sin(turn)))
    wide = max(1, round(scale * 0.011))
    pygame.draw.polygon(board, Colour(255, 255, 255, 90), [(x, y - wide) for x, y in ring], wide)
    pygame.draw.polygon(board, c.crack.faded(170), ring, wide)


def _slope(board: pygame.Surface, scale: float, variant: int, c: MapColours, close: bool) -> None:
    """Hachures: strokes down a slope, away from the light."""
    middle, wide = board.get_width() / 2, max(1, round(scale * 0.016))
    for n in range(3 + variant % 2):
        x = middle + scale * (0.075 * n - 0.12)
        y = middle + scale * (0.030 * ((n * 5 + variant) % 3) - 0.05)
        long = scale * (0.085 + 0.02 * ((n + variant) % 3))
        way = 0.55 + 0.12 * (variant % 3)
        pygame.draw.line(board, c.rock.faded(105), (x, y), (x + long * way, y + long), wide)


def _rock(board: pygame.Surface, scale: float, variant: int, c: MapColours, close: bool) -> None:
    """Boulders: a dark side and a lit one."""
    middle = board.get_width() / 2
    for n in range(1 + variant % 3):
        r = scale * (0.030 + 0.010 * ((variant + n) % 3))
        x = middle + scale * 0.11 * (n - 0.7)
        y = middle + scale * 0.06 * ((n * 2 + variant) % 3 - 1)
        body = [(x - r, y + r * 0.6), (x - r * 0.5, y - r * 0.8), (x + r * 0.3, y - r), (x + r, y + r * 0.6)]
        pygame.draw.polygon(board, c.rock.faded(150), body)
        pygame.draw.polygon(board, c.dune_light.faded(150), [body[0], body[1], (x + r * 0.1, y - r * 0.5)])


def _gravel(board: pygame.Surface, scale: float, variant: int, c: MapColours, close: bool) -> None:
    """Pebbles of a dry bed, in a row along it."""
    middle = board.get_width() / 2
    for n in range(4):
        at = (middle + scale * 0.07 * (n - 1.5), middle + scale * 0.018 * ((n * 3 + variant) % 4 - 1.5))
        pygame.draw.circle(board, c.dune.faded(140), at, max(1.0, scale * (0.010 + 0.004 * ((n + variant) % 2))))


def _palm(board: pygame.Surface, scale: float, variant: int, c: MapColours, close: bool) -> None:
    """A crown with its shadow: fronds from close by, a dot from afar."""
    middle = board.get_width() / 2
    r = scale * (0.031 + 0.004 * (variant % 4))
    pygame.draw.circle(board, Colour(40, 50, 20, 70), (middle + r * 0.5, middle + r * 0.5), r * 0.85)
    if not close:
        pygame.draw.circle(board, c.palm_dark.faded(225), (middle, middle), r * 0.92)
        pygame.draw.circle(board, c.palm.faded(235), (middle - r * 0.25, middle - r * 0.25), r * 0.5)
        return
    fronds = 6 + variant % 2
    for n in range(fronds):
        turn = 2 * pi * n / fronds + 0.4 * variant
        tip = (middle + r * 1.45 * cos(turn), middle + r * 1.45 * sin(turn))
        side = (-sin(turn) * r * 0.26, cos(turn) * r * 0.26)
        half = (middle + r * 0.7 * cos(turn), middle + r * 0.7 * sin(turn))
        ink = c.palm if n % 2 else c.palm_dark
        pygame.draw.polygon(
            board,
            ink.faded(240),
            [(middle, middle), (half[0] + side[0], half[1] + side[1]), tip, (half[0] - side[0], half[1] - side[1])],
        )
    pygame.draw.circle(board, c.palm_dark, (middle, middle), r * 0.3)


def _crown(board: pygame.Surface, scale: float, variant: int, c: MapColours, close: bool) -> None:
    """A broad tree."""
    middle, r = board.get_width() / 2, scale * (0.055 + 0.006 * (variant % 4))
    pygame.draw.circle(board, Colour(30, 45, 20, 80), (middle + r * 0.4, middle + r * 0.4), r)
    pygame.draw.circle(board, c.palm_dark.faded(225), (middle, middle), r)
    pygame.draw.circle(board, c.palm.faded(235), (middle - r * 0.22, middle - r * 0.22), r * 0.62)


def _reed(board: pygame.Surface, scale: float, variant: int, c: MapColours, close: bool) -> None:
    """Reeds over a stroke of water."""
    middle, tall = board.get_width() / 2, scale * 0.08
    wide = max(1, round(scale * 0.012))
    pygame.draw.line(
        board, c.river.faded(150), (middle - tall, middle + tall * 0.5), (middle + tall, middle + tall * 0.5), wide
    )
    for n in range(-1, 2):
        foot = (middle + n * tall * 0.4, middle + tall * 0.45)
        pygame.draw.line(board, c.palm_dark.faded(190), foot, (foot[0] + n * tall * 0.15, middle - tall * 0.6), wide)


SHAPES: dict[str, Shape] = {
    "dune": _dune,
    "tuft": _tuft,
    "dot": _dot,
    "crack": _crack,
    "slope": _slope,
    "rock": _rock,
    "gravel": _gravel,
    "palm": _palm,
    "crown": _crown,
    "reed": _reed,
}
