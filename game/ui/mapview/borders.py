"""Held ground with smooth borders: areas of hexes whose outline is rounded, with a deeper rim and one line between two.

All is worked out from a hex and its neighbours, so that a change of one hex changes nothing further off.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pygame

from game.hexgrid import grid
from game.ui.camera import CORNERS, Point, hex_centre
from game.ui.kit.theme import Colour
from game.ui.mapview.curves import Line
from game.ui.mapview.plate import OVERSIZE

SAMPLES = 4
"""Points of half a side's curve."""
RIM = ((0.70, 60), (0.52, 110), (0.34, 165), (0.18, 225))
"""How wide the rim along a border is, in hexes on both sides together, and how much of it shows there (255: all)."""
PAPER, INK = Colour(246, 237, 214), Colour(30, 22, 14)
LINE, CASING = 0.050, 0.040
"""Width of a border's line, and how much broader its casing is."""
DASHES_FROM = 20.0
SMOOTH_FROM = 18.0
"""Pixels a hex below which lines are drawn as they are, not twice as large and made smooth."""
NOBODY = -1
CLEAR = Colour(0, 0, 0, 0)


class Borders:
    """The rounded outlines of the areas of one map: ``areas`` numbers the area of each hex, -1 where there is none."""

    def __init__(self, columns: int, rows: int, areas: Sequence[int]) -> None:
        self._columns, self._grid, self.areas = columns, grid(columns, rows), areas
        self.rim = frozenset(
            h for h, beside in enumerate(self._grid.near) if any(self.areas[there] != self.areas[h] for there in beside)
        )
        """Hexes with a neighbour of another area: no border touches any other."""
        self._outlines: dict[int, list[Line]] = {}
        self._lines: dict[int, list[Line]] = {}

    def outlines(self, h: int) -> list[Line]:
        """A hex of an area with the corners cut that others take, and the corners it takes from others."""
        found = self._outlines.get(h)
        if found is None:
            found = self._outlines[h] = self._outline(h)
        return found

    def lines(self, h: int) -> list[Line]:
        """The borders of a hex with neighbours of higher numbers, each a little longer than its side."""
        found = self._lines.get(h)
        if found is None:
            mine, beside = self.areas[h], self._grid.neighbours[h]
            sides = [d for d in range(6) if beside[d] > h and self.areas[beside[d]] != mine]
            found = self._lines[h] = [self._side(h, d) for d in sides]
        return found

    def _outline(self, h: int) -> list[Line]:
        areas, beside = self.areas, self._grid.neighbours[h]
        mine = areas[h]
        x, y = hex_centre(self._columns, h)
        # Beyond the map's edge the ground goes on as it is.
        owners = [mine if there < 0 else areas[there] for there in beside]
        body: list[Point] = []
        taken: list[Line] = []
        for d in range(6):
            one, two = owners[d - 1], owners[d]
            corner = (x + CORNERS[d][0], y + CORNERS[d][1])
            if one == two == mine:
                body.append(corner)
                continue
            back, ahead = _half(corner, x, y, d - 1), _half(corner, x, y, d + 1)
            if one == two:
                body.extend(_curve(back, corner, ahead))
                continue
            body.append(corner)
            if beside[d - 1] >= 0 and beside[d] >= 0 and mine in (one, two):
                out = (corner[0] + (corner[0] - x) / 2, corner[1] + (corner[1] - y) / 2)
                taken.append((corner, *_curve(ahead if one == mine else back, corner, out)))
        return [tuple(body), *taken]

    def _side(self, h: int, d: int) -> Line:
        x, y = hex_centre(self._columns, h)
        first, last = self._end(h, d, d, (x, y)), self._end(h, d, (d + 1) % 6, (x, y))
        return (*reversed(first), *last[1:])

    def _end(self, h: int, d: int, c: int, centre: Point) -> Line:
        """From the middle of side ``d`` of a hex around its corner ``c``, a little further than halfway."""
        areas, beside = self.areas, self._grid.neighbours[h]
        x, y = centre
        corner = (x + CORNERS[c][0], y + CORNERS[c][1])
        middle = _half(corner, x, y, c + 1 if c == d else c - 1)
        third = beside[d - 1] if c == d else beside[(d + 1) % 6]
        if third >= 0 and areas[third] == areas[beside[d]]:
            further = _half(corner, x, y, c - 1 if c == d else c + 1)
        elif third >= 0 and areas[third] == areas[h]:
            further = (corner[0] + (corner[0] - x) / 2, corner[1] + (corner[1] - y) / 2)
        else:
            return tuple(_mix(middle, corner, i / SAMPLES) for i in range(SAMPLES + 1))
        return _curve(middle, corner, further)[: SAMPLES + 2]


class BorderPainter:
    """Paints areas on square pieces of the map, each in its tint, with its tile along its border."""

    def __init__(self, borders: Borders, tints: Sequence[Colour | None], tiles: Sequence[pygame.Surface]) -> None:
        self._borders, self._tints, self._tiles = borders, tints, tiles

    def paint(self, piece: pygame.Surface, hexes: Iterable[int], zoom: float, left: int, top: int) -> None:
        """All areas on a piece whose corner lies at (left, top) of the whole map in pixels; then the lines."""
        borders, size, areas = self._borders, piece.get_size(), self._borders.areas
        hexes = tuple(hexes)
        members: dict[int, list[int]] = {}
        for h in hexes:
            members.setdefault(areas[h], []).append(h)
        most = max(members, key=lambda area: len(members[area]), default=NOBODY)
        veil = pygame.Surface(size, pygame.SRCALPHA)
        veil.fill(self._tint(most))
        shapes: dict[int, list[list[Point]]] = {}
        for area, own in members.items():
            for h in own:
                if area != most or h in borders.rim:
                    outlines = [[(x * zoom - left, y * zoom - top) for x, y in line] for line in borders.outlines(h)]
                    for outline in outlines:
                        pygame.draw.polygon(veil, self._tint(area), outline)
                    if h in borders.rim and area != NOBODY:
                        shapes.setdefault(area, []).extend(outlines)
        piece.blit(veil, (0, 0))
        lines = [
            [(x * zoom - left, y * zoom - top) for x, y in line]
            for h in hexes
            if h in borders.rim
            for line in borders.lines(h)
        ]
        if lines:
            rim = _rim(lines, zoom, size)
            for area, outlines in shapes.items():
                cover = pygame.Surface(size, pygame.SRCALPHA)
                for outline in outlines:
                    pygame.draw.polygon(cover, (255, 255, 255, 255), outline)
                cover.blit(rim, (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
                cover.blit(self._tiles[area], (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
                piece.blit(cover, (0, 0))
            _ink(piece, lines, zoom)

    def _tint(self, area: int) -> Colour:
        return (self._tints[area] if area != NOBODY else None) or CLEAR


def _ink(piece: pygame.Surface, lines: list[list[Point]], zoom: float) -> None:
    """Dark ink in a paper casing, with a light dash on the middle of every side."""
    wide, tall = piece.get_size()
    k = OVERSIZE if zoom >= SMOOTH_FROM else 1
    board = pygame.Surface((wide * k, tall * k), pygame.SRCALPHA)
    board.fill(PAPER.faded(0))
    if k > 1:
        lines = [[(x * k, y * k) for x, y in line] for line in lines]
    ink = max(2.0 if k > 1 else 1.3, LINE * zoom) * k
    for colour, width in ((PAPER.faded(205), ink + max(1.4, CASING * zoom) * k), (INK, ink)):
        for line in lines:
            pygame.draw.lines(board, colour, False, line, round(width))
    if zoom >= DASHES_FROM:
        for line in lines:
            pygame.draw.lines(board, PAPER, False, line[len(line) // 3 : -(len(line) // 3)], max(1, round(ink * 0.42)))
    piece.blit(pygame.transform.smoothscale(board, (wide, tall)) if k > 1 else board, (0, 0))


def _rim(lines: list[list[Point]], zoom: float, size: tuple[int, int]) -> pygame.Surface:
    """How much of the rim shows at each pixel, in the opacity of white."""
    out = pygame.Surface(size, pygame.SRCALPHA)
    out.fill((255, 255, 255, 0))
    for wide, alpha in RIM:
        for line in lines:
            pygame.draw.lines(out, (255, 255, 255, alpha), False, line, max(1, round(wide * zoom)))
    return pygame.transform.box_blur(out, max(1, round(zoom * 0.05)))


def _half(corner: Point, x: float, y: float, other: int) -> Point:
    """The middle between a corner of the hex about (x, y) and its corner number ``other``."""
    dx, dy = CORNERS[other % 6]
    return (corner[0] + x + dx) / 2, (corner[1] + y + dy) / 2


def _mix(a: Point, b: Point, t: float) -> Point:
    return a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t


def _curve(a: Point, b: Point, c: Point) -> Line:
    """A quadratic curve from a to c that bends towards b."""
    out = []
    for i in range(2 * SAMPLES + 1):
        t = i / (2 * SAMPLES)
        u = 1 - t
        out.append((u * u * a[0] + 2 * u * t * b[0] + t * t * c[0], u * u * a[1] + 2 * u * t * b[1] + t * t * c[1]))
    return tuple(out)
