"""Reach as light: what a unit gets to lies in the light, band by band of turns, and all else in dusk.

Bands differ by brightness and by their rim: solid this turn, dashed the next, dotted after that. An amber hatch lies
on the hexes where the march may provoke the other bloc.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import pairwise
from math import ceil

import pygame

from game.hexgrid import grid
from game.ui.camera import CORNERS, PITCH, RADIUS, Camera, Point, hex_centre
from game.ui.kit.still import around
from game.ui.kit.theme import Colour
from game.ui.mapview.curves import Line, rounded
from game.ui.mapview.strokes import band

RIM, RIM_DARK = Colour(255, 248, 226), Colour(74, 58, 28)
HATCH, HATCH_RIM, HATCH_DARK = Colour(232, 138, 16), Colour(255, 179, 59), Colour(46, 28, 0)
LIGHT = (0.88, 0.93, 0.86, 0.84, 0.82, 0.80, 0.785)
"""What the ground is multiplied by in each band; in the first, ``GLOW`` is added."""
DUSK = 0.77
GLOW = 31
"""An eighth of the way to white."""
COARSE = 4
"""Pixels of the screen for one of the light's: its edges are soft."""
HATCH_WIDE, HATCH_EVERY = 0.085, 0.20
CLEAR = (255, 0, 255)
"""Stands for no colour in a stamp: light is grey."""


Grey = tuple[int, int, int]
Rim = tuple[Line, ...]
"""Outlines of an area, or their dashes, or dots, as (start, end)."""


@dataclass(frozen=True, slots=True)
class ReachLight:
    """Hexes within reach this turn, by the next one, and so on, and those of them ``risky`` for an incident."""

    bands: tuple[frozenset[int], ...]
    risky: frozenset[int] = frozenset()
    dims: bool = True
    """Whether all else lies in dusk; without, rims alone tell of later turns: of units that go nowhere in this one."""

    @property
    def hexes(self) -> frozenset[int]:
        """All hexes in the light."""
        return frozenset().union(*self.bands)


class ReachPainter:
    """Draws light and rims; the course of the rims is kept as long as the reach is the same."""

    def __init__(self, columns: int, rows: int) -> None:
        self._columns, self._grid = columns, grid(columns, rows)
        self._rims: tuple[ReachLight, tuple[Rim, ...], tuple[Line, ...]] | None = None
        self._rooms: dict[str, pygame.Surface] = {}
        """Pictures to work on, by what for: fresh ones cost more in memory pages than what is drawn on them."""

    def draw(self, screen: pygame.Surface, camera: Camera, reach: ReachLight, hasty: bool = False) -> None:
        """Dusk, light, hatch and rims; ``hasty`` while zooming and in the frame after a click: hard edges, no rims."""
        if reach.dims:
            self._light(screen, camera, reach, hasty)
        if hasty:
            return
        courses, around = self._courses(reach)
        if reach.risky:
            self._hatch(screen, camera, reach.risky)
            for chain in around:
                line = tuple(map(camera.to_screen, chain))
                band(screen, line, max(3.0, 0.06 * camera.zoom), HATCH_DARK)
                band(screen, line, max(1.5, 0.03 * camera.zoom), HATCH_RIM)
        for number, rim in enumerate(courses):
            self._rim(screen, camera, rim, number)

    # --- light ------------------------------------------------------------------------------------------------

    def _light(self, screen: pygame.Surface, camera: Camera, reach: ReachLight, hasty: bool) -> None:
        """The ground times the light of its band, and a little white where one gets this turn."""
        window = pygame.Rect(camera.x, camera.y, camera.width, camera.height)
        clip = screen.get_clip()
        screen.set_clip(window.clip(clip))
        lit, dusk = self._cells(camera, reach.hexes), _grey(DUSK)
        for part in around(lit, window):  # nothing but dusk, which needs no picture
            screen.fill(dusk, part, pygame.BLEND_RGB_MULT)
        bands = [(one, _grey(LIGHT[min(number, len(LIGHT) - 1)])) for number, one in enumerate(reach.bands)]
        self._shine(screen, camera, lit, dusk, bands[::-1], pygame.BLEND_RGB_MULT, hasty)
        now = reach.bands[0] if reach.bands else frozenset()
        glow = (now, (GLOW, GLOW, GLOW))
        self._shine(screen, camera, self._cells(camera, now), (0, 0, 0), [glow], pygame.BLEND_RGB_ADD, hasty)
        screen.set_clip(clip)

    def _shine(
        self, screen: pygame.Surface, camera: Camera, box: pygame.Rect, ground: Grey,
        bands: Iterable[tuple[Iterable[int], Grey]], blend: int, hasty: bool,
    ) -> None:  # fmt: skip
        """Blend a box of the screen with hexes in their light, the last on top, and with ``ground`` around them."""
        if not box.width or not box.height:
            return
        cells = camera.width // COARSE + 1, camera.height // COARSE + 1
        small = self._room("cells", (box.width // COARSE, box.height // COARSE), cells)
        small.fill(ground)
        for hexes, colour in bands:
            self._fill(small, camera, hexes, colour, ((box.x - camera.x) // COARSE, (box.y - camera.y) // COARSE))
        stretch = pygame.transform.scale if hasty else pygame.transform.smoothscale
        large = self._room("light", box.size, (COARSE * cells[0], COARSE * cells[1]))
        screen.blit(stretch(small, box.size, large), box, special_flags=blend)

    def _room(self, name: str, size: tuple[int, int], most: tuple[int, int]) -> pygame.Surface:
        """A part of a picture to work on, with whatever was drawn on it last; ``most``: what may be asked for next."""
        room = self._rooms.get(name)
        if room is None or room.get_width() < size[0] or room.get_height() < size[1]:
            room = self._rooms[name] = pygame.Surface(most, depth=32)
        return room.subsurface(pygame.Rect((0, 0), size))

    def _cells(self, camera: Camera, hexes: Iterable[int]) -> pygame.Rect:
        """What hexes and their soft edges take of the window, in whole cells of the light from its corner on."""
        box = self._box(camera, hexes).move(-camera.x, -camera.y)
        left, top = max(0, box.left // COARSE), max(0, box.top // COARSE)
        right, low = min(box.right, camera.width) // COARSE + 1, min(box.bottom, camera.height) // COARSE + 1
        cells = pygame.Rect(left, top, max(0, right - left), max(0, low - top))
        return pygame.Rect(*(COARSE * length for length in cells)).move(camera.x, camera.y)

    def _fill(
        self, small: pygame.Surface, camera: Camera, hexes: Iterable[int], colour: Grey,
        corner: tuple[int, int],
    ) -> None:  # fmt: skip
        ox, oy = camera.origin
        k, dx, dy = camera.zoom / COARSE, ox / COARSE + corner[0], oy / COARSE + corner[1]
        stamp = _hexagon(k, colour)
        wide, tall, half = small.get_width(), small.get_height(), stamp.get_width() / 2
        points = ((x * k - dx, y * k - dy) for x, y in map(partial(hex_centre, self._columns), hexes))
        small.fblits(
            [(stamp, (round(x - half), round(y - half))) for x, y in points if -k < x < wide + k and -k < y < tall + k]
        )

    def _box(self, camera: Camera, hexes: Iterable[int]) -> pygame.Rect:
        """What hexes take on the screen, with a hex around them; empty for none."""
        rows, columns = {here // self._columns for here in hexes}, {here % self._columns for here in hexes}
        if not rows:
            return pygame.Rect(0, 0, 0, 0)
        left, top = camera.to_screen((min(columns) * PITCH - 1, min(rows) - 1))
        right, low = camera.to_screen((max(columns) * PITCH + 2 * RADIUS + 1, max(rows) + 2.5))
        return pygame.Rect(left, top, right - left, low - top)

    # --- rims and hatch ---------------------------------------------------------------------------------------

    def _courses(self, reach: ReachLight) -> tuple[tuple[Rim, ...], tuple[Line, ...]]:
        if self._rims is None or self._rims[0] is not reach:
            inside: frozenset[int] = frozenset()
            rims: list[Rim] = []
            for number, one in enumerate(reach.bands):
                inside |= one
                chains = self._around(inside) if one else ()
                if number:  # points of a rounded outline are a third of a hexside apart, as far as a dash is long
                    every = 2 if number == 1 else number - 1
                    chains = tuple(
                        (chain[n], chain[n + 1]) for chain in chains for n in range(0, len(chain) - 1, every)
                    )
                rims.append(chains)
            self._rims = (reach, tuple(rims), self._around(reach.risky))
        return self._rims[1:]

    def _around(self, inside: frozenset[int]) -> tuple[Line, ...]:
        """The rounded outlines of an area, clockwise: where two open sides meet, the next belongs to the same hex or to
        the one across the side between, since three hexes meet at every corner."""
        beside, near = self._grid.neighbours, self._grid.near
        rim = [here for here in inside if len(near[here]) < 6 or not inside.issuperset(near[here])]
        left = {(here, d): None for here in rim for d in range(6) if beside[here][d] not in inside}
        chains = []
        while left:
            (here, d), _ = left.popitem()
            chain = [self._end(here, d)]
            while True:
                ahead = (d + 1) % 6
                there = beside[here][ahead]
                here, d = (there, (d + 5) % 6) if there in inside else (here, ahead)
                if (here, d) not in left:
                    break
                del left[here, d]
                chain.append(self._end(here, d))
            chains.append(rounded([*chain, chain[0]], 3))
        return tuple(chains)

    def _end(self, here: int, d: int) -> Point:
        """The corner at which a side of a hex ends, clockwise."""
        (x, y), (cx, cy) = hex_centre(self._columns, here), CORNERS[(d + 1) % 6]
        return x + cx, y + cy

    def _rim(self, screen: pygame.Surface, camera: Camera, rim: Rim, number: int) -> None:
        zoom, (ox, oy) = camera.zoom, camera.origin
        dx, dy = camera.x - ox, camera.y - oy
        wide, dark = max(1.5, 0.045 * zoom), max(3.0, 0.045 * zoom + 2.2)
        if number == 0:
            for chain in rim:
                line = tuple((x * zoom + dx, y * zoom + dy) for x, y in chain)
                if _in_sight(line, camera):
                    band(screen, line, dark, RIM_DARK)
                    band(screen, line, wide, RIM)
            return
        window = pygame.Rect(camera.x, camera.y, camera.width, camera.height).inflate(zoom, zoom)
        seen = []
        for (ax, ay), (bx, by) in rim:
            start = (ax * zoom + dx, ay * zoom + dy)
            if window.collidepoint(start):
                seen.append((start, (bx * zoom + dx, by * zoom + dy)))
        for colour, thick in ((RIM_DARK, dark), (RIM, wide)):
            for start, end in seen:
                if number == 1:
                    pygame.draw.aaline(screen, colour, start, end, round(thick))
                else:
                    pygame.draw.circle(screen, colour, start, max(1.0, thick / 2))

    def _hatch(self, screen: pygame.Surface, camera: Camera, hexes: frozenset[int]) -> None:
        """Amber strokes at 45 degrees on the risky hexes, running on from hex to hex."""
        window = pygame.Rect(camera.x, camera.y, camera.width, camera.height)
        box = self._box(camera, hexes).clip(window)
        if box.width < 1 or box.height < 1:
            return
        strokes = pygame.Surface(box.size, pygame.SRCALPHA)
        every, wide = max(5, round(HATCH_EVERY * camera.zoom * 1.414)), max(2, round(HATCH_WIDE * camera.zoom))
        ox, oy = camera.origin
        first = -((box.x - camera.x + ox + box.y - camera.y + oy) % every) - every
        tall = box.height
        for x in range(first, box.width + tall + every, every):
            pygame.draw.line(strokes, (*HATCH_DARK[:3], 110), (x, 0), (x - tall, tall), wide + 2)
        for x in range(first, box.width + tall + every, every):
            pygame.draw.line(strokes, (*HATCH[:3], 190), (x, 0), (x - tall, tall), wide)
        stencil = pygame.Surface(box.size, pygame.SRCALPHA)
        for here in hexes:
            corners = [(x - box.x, y - box.y) for x, y in camera.outline(here)]
            pygame.draw.polygon(stencil, (255, 255, 255, 255), corners)
        strokes.blit(stencil, (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
        screen.blit(strokes, box)


@lru_cache(maxsize=32)
def _hexagon(tall: float, colour: Grey) -> pygame.Surface:
    """A hex of a height in pixels, in one colour on a clear ground."""
    half = ceil(tall * RADIUS) + 1
    stamp = pygame.Surface((2 * half, 2 * half), depth=32)
    stamp.fill(CLEAR)
    pygame.draw.polygon(stamp, colour, [(half + x * 1.02 * tall, half + y * 1.02 * tall) for x, y in CORNERS])
    stamp.set_colorkey(CLEAR, pygame.RLEACCEL)
    return stamp


def _grey(share: float) -> Grey:
    level = round(share * 255)
    return level, level, level


def _in_sight(line: Line, camera: Camera) -> bool:
    """Whether a line may touch the window."""
    xs, ys = [x for x, _ in line], [y for _, y in line]
    return (
        max(xs) >= camera.x and min(xs) <= camera.x + camera.width
        and max(ys) >= camera.y and min(ys) <= camera.y + camera.height
    )  # fmt: skip


def thread(screen: pygame.Surface, camera: Camera, start: int, ends: Iterable[int]) -> None:
    """Threads from a hex to the troops whom a march there would rouse."""
    ax, ay = camera.hex_on_screen(start)
    clip = screen.get_clip()
    screen.set_clip(pygame.Rect(camera.x, camera.y, camera.width, camera.height))
    for there in ends:
        bx, by = camera.hex_on_screen(there)
        middle = ((ax + bx) / 2 + (by - ay) * 0.12, (ay + by) / 2 - (bx - ax) * 0.12)
        line = rounded([(ax, ay), middle, (bx, by)], 8)
        for a, b in pairwise(line):
            pygame.draw.aaline(screen, HATCH_DARK, a, b, 4)
        for a, b in pairwise(line):
            pygame.draw.aaline(screen, HATCH_RIM, a, b, 2)
        pygame.draw.aacircle(screen, HATCH_DARK, (bx, by), 0.46 * camera.zoom, max(3, round(0.05 * camera.zoom) + 2))
        pygame.draw.aacircle(screen, HATCH_RIM, (bx, by), 0.45 * camera.zoom, max(2, round(0.04 * camera.zoom)))
    screen.set_clip(clip)
