"""The line between two blocs on the map: a broad band with the emblems of both, each on its side.

It glows where troops of both stand close to it. Edges and dashes tell it from roads and rivers without its colour.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot

import pygame

from game.hexgrid import grid
from game.ui.camera import Camera, Point, hex_centre, side_ends
from game.ui.kit.emblems import paint_emblem
from game.ui.kit.theme import Colour, Theme
from game.ui.mapview.curves import Line, dashes, rounded, side_chains
from game.ui.mapview.streams import band

BODY, EDGE, LIGHT = Colour(122, 79, 176), Colour(91, 46, 140), Colour(255, 243, 208)
RIM = Colour(32, 16, 48)
"""The casing of the band, which carries it on any ground."""
WIDE = 0.60
"""Width of the band in hexes."""
APART = 3.4
"""From one pair of emblems to the next."""
EMBLEMS_FROM = 15.0


@dataclass(frozen=True, slots=True)
class BlocLine:
    """Hexsides between two blocs, the look of whoever leads on each side, and the sides where both stand close by."""

    sides: tuple[int, ...]
    looks: tuple[tuple[int, str], ...]
    """(hex, look) of the hexes along the line."""
    tense: tuple[int, ...] = ()


class BlocLinePainter:
    """Draws the line; its course is kept."""

    def __init__(self, columns: int, rows: int, theme: Theme) -> None:
        self._columns, self._theme, self._grid = columns, theme, grid(columns, rows)
        self._courses: dict[tuple[int, ...], tuple[Line, ...]] = {}
        self._veiled: tuple[Camera, tuple[BlocLine, ...], list[tuple[pygame.Surface, pygame.Rect]]] | None = None
        """The band as it was painted last: counters change more often than the line and the camera of a picture."""

    def draw(self, screen: pygame.Surface, camera: Camera, lines: tuple[BlocLine, ...], taken: frozenset[int]) -> None:
        """All of them; no emblem stands on a hex that is ``taken`` by a counter."""
        if self._veiled is None or self._veiled[:2] != (camera, lines):
            self._veiled = (camera, lines, [part for one in lines for part in self._veil(camera, one)])
        screen.fblits(self._veiled[2])
        for one in lines:
            if camera.zoom >= EMBLEMS_FROM:
                self._emblems(screen, camera, one, taken)

    def _course(self, sides: tuple[int, ...]) -> tuple[Line, ...]:
        if sides not in self._courses:
            if len(self._courses) > 16:
                self._courses.clear()
            self._courses[sides] = tuple(rounded(chain) for chain in side_chains(self._columns, sides))
        return self._courses[sides]

    def _veil(self, camera: Camera, one: BlocLine) -> list[tuple[pygame.Surface, pygame.Rect]]:
        """Band, glow and dashes, through which the ground shows; nothing where the line is out of sight."""
        chains = [tuple(map(camera.to_screen, chain)) for chain in self._course(one.sides)]
        glow = [tuple(map(camera.to_screen, chain)) for chain in self._course(one.tense)]
        window = pygame.Rect(camera.x, camera.y, camera.width, camera.height)
        points = [point for chain in chains for point in chain]
        if not points:
            return []
        xs, ys = [x for x, _ in points], [y for _, y in points]
        edge = camera.zoom
        box = pygame.Rect(min(xs) - edge, min(ys) - edge, max(xs) - min(xs) + 2 * edge, max(ys) - min(ys) + 2 * edge)
        box = box.clip(window)
        if box.width < 1 or box.height < 1:
            return []
        veil = pygame.Surface(box.size, pygame.SRCALPHA)
        zoom = camera.zoom

        def strip(lines: list[Line], wide: float, colour: Colour) -> None:
            for line in lines:
                band(veil, tuple((x - box.x, y - box.y) for x, y in line), wide, colour)

        strip(chains, WIDE * zoom + max(4.0, zoom * 0.085), RIM.faded(235))
        strip(chains, WIDE * zoom + max(2.0, zoom * 0.06), EDGE.faded(190))
        strip(chains, WIDE * zoom, BODY.faded(90))
        for wide, alpha in ((0.95, 70), (0.7, 95), (0.42, 130), (0.22, 190)):
            strip(glow, wide * zoom, LIGHT.faded(alpha))
        for chain in chains:
            strip(list(dashes(chain, 0.34 * zoom, 0.30 * zoom)), max(1.5, zoom * 0.035), EDGE)
        return [(veil, box)]

    def _emblems(self, screen: pygame.Surface, camera: Camera, one: BlocLine, taken: frozenset[int]) -> None:
        looks, tense = dict(one.looks), set(one.tense)
        placed: list[Point] = []
        for side in one.sides:
            here, there = self._grid.ends[side]
            if here in taken or there in taken or here not in looks or there not in looks:
                continue
            (ax, ay), (bx, by) = side_ends(self._columns, side)
            middle = (ax + bx) / 2, (ay + by) / 2
            if any(hypot(middle[0] - x, middle[1] - y) < APART for x, y in placed):
                continue
            placed.append(middle)
            size = 0.15 * (1.33 if side in tense else 1.0)
            for hex_ in (here, there):
                x, y = hex_centre(self._columns, hex_)
                at = camera.to_screen((middle[0] + (x - middle[0]) * 0.42, middle[1] + (y - middle[1]) * 0.42))
                if camera.holds(at):
                    self._emblem(screen, at, max(4.0, size * camera.zoom), looks[hex_])

    def _emblem(self, screen: pygame.Surface, at: Point, radius: float, look: str) -> None:
        livery = self._theme.livery(look)
        pygame.draw.aacircle(screen, livery.edge, at, radius + 1.5)
        pygame.draw.aacircle(screen, livery.body, at, radius)
        paint_emblem(screen, livery.emblem, livery.ink, at, radius * 0.6)
