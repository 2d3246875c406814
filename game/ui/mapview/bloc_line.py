"""The line between two blocs on the map: a broad band with the emblems of both, each on its side.

It glows where troops of both stand close to it. Edges and dashes tell it from roads and rivers without its colour.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import hypot

import pygame

from game.hexgrid import grid
from game.ui.camera import Camera, Point, hex_centre, side_ends
from game.ui.kit.emblems import paint_emblem
from game.ui.kit.theme import Colour, Theme
from game.ui.mapview.curves import Line, dashes, rounded, side_chains
from game.ui.mapview.strokes import Shape, band_of, show

BODY, EDGE, LIGHT = Colour(122, 79, 176), Colour(91, 46, 140), Colour(255, 243, 208)
RIM = Colour(32, 16, 48)
PALE = Colour(236, 224, 250)
"""The casing of the band, which carries it on any ground."""
WIDE = 0.60
"""Width of the band in hexes."""
APART = 3.4
"""From one pair of emblems to the next."""
GLOW = ((0.95, 48), (0.66, 76), (0.36, 110), (0.16, 190))
"""Bands of light on a tense part: widths in hexes, and how dense each is."""
BLUR, COARSE = 0.16, 4
"""How far the light is blurred, in hexes, and how many times smaller it is for that."""
RING = 1.5
"""Pixels of the ring around an emblem."""
EMBLEMS_FROM = 15.0
TILE, TILES = 512, 48
"""Pixels of a side of the squares in which bands are painted and kept, and most of them: a megabyte each."""


@dataclass(frozen=True, slots=True)
class BlocLine:
    """Hexsides between two blocs, the look of whoever leads on each side, and the sides where both stand close by."""

    sides: tuple[int, ...]
    looks: tuple[tuple[int, str], ...]
    """(hex, look) of the hexes along the line."""
    tense: tuple[int, ...] = ()


Emblem = tuple[Point, float, str]
"""Where an emblem stands in map units, its size in hexes, and whose it is."""


class BlocLinePainter:
    """Draws the line; its course is kept."""

    def __init__(self, columns: int, rows: int, theme: Theme) -> None:
        self._columns, self._theme, self._grid = columns, theme, grid(columns, rows)
        self._courses: dict[tuple[int, ...], tuple[Line, ...]] = {}
        self._tiles: dict[tuple[int, int], tuple[pygame.Surface, tuple[int, int]] | None] = {}
        """The bands in squares of the whole map, None where nothing of them is: they hang on zoom and lines alone."""
        self._shapes: list[Shape] = []
        self._lights: list[Shape] = []
        self._tiles_for: tuple[float, tuple[BlocLine, ...]] = (0.0, ())
        self._spots_for: tuple[BlocLine, frozenset[int]] | None = None
        self._found: tuple[Emblem, ...] = ()

    def draw(self, screen: pygame.Surface, camera: Camera, lines: tuple[BlocLine, ...], taken: frozenset[int]) -> None:
        """All of them; no emblem stands on a hex that is ``taken`` by a counter."""
        if self._tiles_for != (camera.zoom, lines):
            self._tiles_for = (camera.zoom, lines)
            self._tiles.clear()
            found_bands = [self._bands(camera.zoom, one) for one in lines]
            self._shapes = [part for bands, _ in found_bands for part in bands]
            self._lights = [part for _, lights in found_bands for part in lights]
        ox, oy = camera.origin
        found = []
        for column, row in _squares(camera):
            part = self._tile(column, row)
            if part is not None:
                tile, (x, y) = part
                found.append((tile, (column * TILE - ox + camera.x + x, row * TILE - oy + camera.y + y)))
        screen.fblits(found)
        for one in lines:
            if camera.zoom >= EMBLEMS_FROM:
                self._emblems(screen, camera, one, taken)

    def boxes(self, zoom: float, lines: tuple[BlocLine, ...], taken: frozenset[int]) -> list[pygame.Rect]:
        """What the emblems cover, in pixels of the whole map, so that names keep clear of them."""
        found = []
        for one in lines if zoom >= EMBLEMS_FROM else ():
            for (x, y), share, _ in self._spots(one, taken):
                side = 2 * round(_radius(share, zoom) + RING)
                box = pygame.Rect(0, 0, side, side)
                box.center = (round(x * zoom), round(y * zoom))
                found.append(box)
        return found

    def paint_ahead(self, camera: Camera) -> bool:
        """Paint one of the squares that a camera will need of what is shown now; whether it lacks none."""
        lacking = next((at for at in _squares(camera) if at not in self._tiles), None)
        if lacking is None or self._tiles_for[0] != camera.zoom:
            return True
        self._tile(*lacking)
        return False

    def _course(self, sides: tuple[int, ...]) -> tuple[Line, ...]:
        if sides not in self._courses:
            if len(self._courses) > 16:
                self._courses.clear()
            self._courses[sides] = tuple(rounded(chain) for chain in side_chains(self._columns, sides))
        return self._courses[sides]

    def _tile(self, column: int, row: int) -> tuple[pygame.Surface, tuple[int, int]] | None:
        """Band, glow and dashes in a square of the map, through which the ground shows, and their corner in it."""
        if (column, row) not in self._tiles:
            if len(self._tiles) >= TILES:
                del self._tiles[next(iter(self._tiles))]
            tile = pygame.Surface((TILE, TILE), pygame.SRCALPHA)
            painted = show(tile, self._shapes, -column * TILE, -row * TILE)
            lit = bool(self._lights) and self._lit(tile, column, row)
            if painted or lit:  # what is blitted each frame is the part with anything in it
                used = tile.get_bounding_rect()
                self._tiles[column, row] = tile.subsurface(used).copy(), used.topleft
            else:
                self._tiles[column, row] = None
        return self._tiles[column, row]

    def _bands(self, zoom: float, one: BlocLine) -> tuple[list[Shape], list[Shape]]:
        """The shapes of a line in pixels of the whole map, and those of its light."""
        chains, glow = (
            [tuple((x * zoom, y * zoom) for x, y in chain) for chain in self._course(sides)]
            for sides in (one.sides, one.tense)
        )
        strips = [
            (chains, WIDE * zoom + max(4.0, zoom * 0.085), RIM.faded(235)),
            (chains, WIDE * zoom + max(2.0, zoom * 0.06), EDGE.faded(190)),
            (chains, WIDE * zoom, BODY.faded(90)),
            *((dashes(chain, 0.34 * zoom, 0.30 * zoom), max(3.0, zoom * 0.075), EDGE) for chain in chains),
            *((dashes(chain, 0.34 * zoom, 0.30 * zoom), max(1.5, zoom * 0.035), PALE) for chain in chains),
        ]
        light = [(glow, wide * zoom, LIGHT.faded(alpha)) for wide, alpha in GLOW]
        bands, lit = (
            [part for lines, wide, colour in some for line in lines for part in band_of(line, wide, colour)]
            for some in (strips, light)
        )
        return bands, lit

    def _lit(self, tile: pygame.Surface, column: int, row: int) -> bool:
        """Lay soft light on the tense parts in a square, over the band; whether there is any."""
        rim = COARSE * (round(BLUR * self._tiles_for[0]) // COARSE + 2)
        side = TILE + 2 * rim
        light = pygame.Surface((side, side), pygame.SRCALPHA)
        light.fill(LIGHT.faded(0))
        if not show(light, self._lights, rim - column * TILE, rim - row * TILE):
            return False
        small = pygame.transform.smoothscale(light, (side // COARSE, side // COARSE))
        soft = pygame.transform.box_blur(small, max(1, round(BLUR * self._tiles_for[0] / COARSE)))
        tile.blit(pygame.transform.smoothscale(soft, (side, side)), (-rim, -rim))
        return True

    def _emblems(self, screen: pygame.Surface, camera: Camera, one: BlocLine, taken: frozenset[int]) -> None:
        for spot, share, look in self._spots(one, taken):
            at = camera.to_screen(spot)
            if camera.holds(at):
                self._emblem(screen, at, _radius(share, camera.zoom), look)

    def _spots(self, one: BlocLine, taken: frozenset[int]) -> tuple[Emblem, ...]:
        """Where the emblems of a line stand; kept while neither line nor counters change."""
        if self._spots_for != (one, taken):
            self._spots_for, self._found = (one, taken), tuple(self._place_emblems(one, taken))
        return self._found

    def _place_emblems(self, one: BlocLine, taken: frozenset[int]) -> Iterator[Emblem]:
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
                spot = middle[0] + (x - middle[0]) * 0.42, middle[1] + (y - middle[1]) * 0.42
                yield spot, size, looks[hex_]

    def _emblem(self, screen: pygame.Surface, at: Point, radius: float, look: str) -> None:
        livery = self._theme.livery(look)
        pygame.draw.aacircle(screen, livery.edge, at, radius + RING)
        pygame.draw.aacircle(screen, livery.body, at, radius)
        paint_emblem(screen, livery.emblem, livery.ink, at, radius * 0.6)


def _radius(share: float, zoom: float) -> float:
    """Pixels from the middle of an emblem to its ring."""
    return max(4.0, share * zoom)


def _squares(camera: Camera) -> Iterator[tuple[int, int]]:
    """Columns and rows of the squares of the whole map that a window touches."""
    ox, oy = camera.origin
    for column in range(ox // TILE, (ox + camera.width - 1) // TILE + 1):
        for row in range(oy // TILE, (oy + camera.height - 1) // TILE + 1):
            yield column, row
