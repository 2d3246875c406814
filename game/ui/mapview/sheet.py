"""The printed map, piece by piece: ground, shade, edges, roads, water, towns, grid and names at any zoom."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from math import ceil
from typing import Protocol

import pygame

from game.hexgrid import grid
from game.ui.camera import CORNERS, PITCH, RADIUS, hex_centre, map_extent
from game.ui.kit.fonts import NARROW, Fonts
from game.ui.kit.theme import Theme
from game.ui.mapview.beds import GROUND as WADI
from game.ui.mapview.beds import Beds
from game.ui.mapview.edges import Edges
from game.ui.mapview.ground import GRAIN, Ground
from game.ui.mapview.names import Names, Print
from game.ui.mapview.picture import MapPicture
from game.ui.mapview.plate import OVERSIZE, Plate
from game.ui.mapview.roads import Roads
from game.ui.mapview.texture import Texture
from game.ui.mapview.towns import Towns
from game.ui.mapview.water import Water

CHUNK = GRAIN  # pixels; one tile of paper grain
GRID_FROM = 13.0  # zoom from which the grid shows
TICKS_FROM, TICK = 30.0, 0.11  # without it, ticks from this zoom, and the length of each in hexes


class Under(Protocol):
    """A picture on the ground, under lines and names; another one for every change of its look."""

    def paint(self, ground: pygame.Surface, left: float, top: float, span: float) -> None:
        """Onto the ground of a square of the map, from (left, top) and ``span`` wide in map units."""
        ...


SMALL_KEPT = 3
"""Pictures of the whole map that are kept: the minimap's, and those of pages with fronts."""


class Sheet:
    """Prints square pieces of one map. Printing a piece takes some milliseconds and needs nothing but this."""

    def __init__(self, picture: MapPicture, theme: Theme, fonts: Fonts) -> None:
        self.picture, self.theme, self.fonts = picture, theme, fonts
        self._ground = Ground(picture, theme)
        self._texture = Texture(picture, self._ground, theme)
        self._beds = Beds(picture, theme)
        self._edges = Edges(picture, theme)
        self._roads = Roads(picture, theme)
        self._water = Water(picture, theme)
        self._towns = Towns(picture, theme)
        self._names = Names(picture, self._water.courses, theme, fonts)
        self.names_edition: object = object()  # another one whenever names, or what they keep clear of, change
        self.under: Under | None = None
        self._small: dict[tuple[int, int], pygame.Surface] = {}

    def change(self, picture: MapPicture) -> tuple[int, ...]:
        """Print another state of the same map from now on; returns the hexes whose pieces must be printed again."""
        former, self.picture = self.picture, picture
        self._small.clear()
        ground = _changed_ground(former, picture)
        lines = _changed_lines(former, picture)
        if ground:
            self._ground.repaint(picture, ground)
            self._texture = Texture(picture, self._ground, self.theme)
        beds: set[int] = set()
        if any(WADI in (former.terrain[h], picture.terrain[h]) for h in ground):
            self._beds = Beds(picture, self.theme)
            # One hex more may lead the beds of all the others elsewhere.
            beds = {h for one in (former, picture) for h, kind in enumerate(one.terrain) if kind == WADI}
        if _edges_differ(former, picture, ground):
            self._edges = Edges(picture, self.theme)
        if former.roads != picture.roads:
            self._roads = Roads(picture, self.theme)
        if former.rivers != picture.rivers:
            self._water = Water(picture, self.theme)
        built = any("urban" in (former.terrain[h], picture.terrain[h]) for h in ground)
        if built or former.places != picture.places or former.exits != picture.exits:
            self._towns = Towns(picture, self.theme)
        if lines or former.sites != picture.sites:
            self._names = Names(picture, self._water.courses, self.theme, self.fonts)
            self.names_edition = object()
        return tuple(sorted({*ground, *lines, *beds}))

    @property
    def extent(self) -> tuple[float, float]:
        """Width and height of the map in map units."""
        return map_extent(self.picture.columns, self.picture.rows)

    def chunks(self, zoom: float) -> tuple[int, int]:
        """How many pieces lie side by side and below each other at a zoom."""
        wide, tall = map_extent(self.picture.columns, self.picture.rows)
        return ceil(wide * zoom / CHUNK), ceil(tall * zoom / CHUNK)

    def piece(self, zoom: float, column: int, row: int, grid: bool) -> pygame.Surface:
        """One piece of the map without its text, in the screen's format."""
        left, top = column * CHUNK, row * CHUNK
        ground = self._ground.part(left / zoom, top / zoom, CHUNK / zoom, CHUNK * OVERSIZE)
        if self.under is not None:
            self.under.paint(ground, left / zoom, top / zoom, CHUNK / zoom)
        plate = Plate(zoom, left, top, CHUNK, ground)
        self._beds.draw(plate)
        self._texture.draw(plate)
        self._edges.draw_shade(plate)
        if grid and zoom >= GRID_FROM:
            self._draw_grid(plate)
        elif zoom >= TICKS_FROM:
            self._draw_ticks(plate)
        plate.pressed()
        self._towns.draw_blocks(plate)
        self._edges.draw(plate)
        self._roads.draw(plate)
        self._water.draw(plate)
        self._towns.draw_signs(plate)
        out = plate.finished().convert()
        out.blit(self._ground.grain, (0, 0), special_flags=pygame.BLEND_RGB_MULT)
        return out

    def small_picture(self, size: tuple[int, int]) -> pygame.Surface:
        """The whole map without text, this small; do not draw on it: the last few sizes are kept."""
        if size not in self._small:
            while len(self._small) >= SMALL_KEPT:
                del self._small[next(iter(self._small))]
            self._small[size] = self._small_picture(size)
        return self._small[size]

    def _small_picture(self, size: tuple[int, int]) -> pygame.Surface:
        zoom = max(4.0, size[0] / map_extent(self.picture.columns, self.picture.rows)[0])
        side = round(max(size) * OVERSIZE)
        ground = self._ground.part(0.0, 0.0, side / OVERSIZE / zoom, side)
        plate = Plate(zoom, 0, 0, side // OVERSIZE, ground)
        self._edges.draw_shade(plate)
        plate.pressed()
        self._roads.draw(plate)
        self._water.draw(plate)
        return plate.finished().subsurface(pygame.Rect((0, 0), size)).copy().convert()

    def names(self, zoom: float, covered: Iterable[pygame.Rect] = ()) -> tuple[Print, ...]:
        """The names of a zoom level, clear of the places that counters and crossings cover."""
        return self._names.placed(zoom, covered)

    def hexes_on(self, zoom: float, left: float, top: float) -> list[int]:
        """Hexes that may touch the piece whose corner lies at these pixels of the whole map."""
        columns, rows = self.picture.columns, self.picture.rows
        c0 = max(0, int((left / zoom - 2 * RADIUS) / PITCH))
        c1 = min(columns - 1, int((left + CHUNK) / zoom / PITCH) + 1)
        r0, r1 = max(0, int(top / zoom - 1.5)), min(rows - 1, int((top + CHUNK) / zoom) + 1)
        return [r * columns + c for r in range(r0, r1 + 1) for c in range(c0, c1 + 1)]

    def _draw_grid(self, plate: Plate) -> None:
        ink = self.theme.map.grid.mixed(self.theme.map.name_halo, 62 if plate.zoom > 24 else 80)
        left, top = plate.corner
        for h in self.hexes_on(plate.zoom, left, top):
            x, y = hex_centre(self.picture.columns, h)
            plate.line([(x + dx, y + dy) for dx, dy in CORNERS[:4]], ink, 1.0, shade=True)

    def _draw_ticks(self, plate: Plate) -> None:
        """Without the grid: where hexes meet, three short strokes."""
        ink = self.theme.map.grid.mixed(self.theme.map.name_halo, 40)
        left, top = plate.corner
        for h in self.hexes_on(plate.zoom, left, top):
            x, y = hex_centre(self.picture.columns, h)
            for (ax, ay), (bx, by) in pairwise(CORNERS[:4]):
                dx, dy = (bx - ax) * TICK / RADIUS, (by - ay) * TICK / RADIUS
                plate.line([(x + ax, y + ay), (x + ax + dx, y + ay + dy)], ink, 1.2, shade=True)
                plate.line([(x + bx, y + by), (x + bx - dx, y + by - dy)], ink, 1.2, shade=True)

    def _cut_rim(self, out: pygame.Surface, zoom: float, left: int, top: int) -> None:
        """Nothing is printed beyond the map's outer edge."""
        wide, tall = map_extent(self.picture.columns, self.picture.rows)
        right, bottom = round(wide * zoom) - left, round(tall * zoom) - top
        sea = self.theme.map.sea_of_table
        if right < CHUNK:
            out.fill(sea, (right, 0, CHUNK - right, CHUNK))
        if bottom < CHUNK:
            out.fill(sea, (0, bottom, CHUNK, CHUNK - bottom))

    def writes(self, zoom: float, column: int, row: int, grid: bool) -> bool:
        """Whether ``write`` changes a piece."""
        wide, tall = map_extent(self.picture.columns, self.picture.rows)
        inside = round(wide * zoom) >= (column + 1) * CHUNK and round(tall * zoom) >= (row + 1) * CHUNK
        return not inside or (grid and zoom >= self.theme.sizes.grid_label_from)

    def write(self, out: pygame.Surface, zoom: float, column: int, row: int, grid: bool) -> None:
        """Hex numbers on a piece, over any overlay; what lies beyond the rim becomes table."""
        left, top = column * CHUNK, row * CHUNK
        self._cut_rim(out, zoom, left, top)
        if grid and zoom >= self.theme.sizes.grid_label_from:
            self._draw_labels(out, zoom, left, top)

    def _draw_labels(self, out: pygame.Surface, zoom: float, left: int, top: int) -> None:
        columns, digits = self.picture.columns, 2 if max(self.picture.columns, self.picture.rows) <= 99 else 3
        pixels = max(10, round(0.125 * zoom))
        for h in self.hexes_on(zoom, left, top):
            row, column = divmod(h, columns)
            text = f"{column + 1:0{digits}d}{row + 1:0{digits}d}"
            face = self.fonts.text(text, NARROW, pixels, self.theme.map.grid_label)
            x, y = hex_centre(columns, h)
            out.blit(face, (round(x * zoom - left - face.get_width() / 2), round((y - 0.485) * zoom - top)))


def _changed_ground(former: MapPicture, picture: MapPicture) -> tuple[int, ...]:
    return tuple(h for h, (old, new) in enumerate(zip(former.terrain, picture.terrain, strict=True)) if old != new)


def _edges_differ(former: MapPicture, picture: MapPicture, ground: tuple[int, ...]) -> bool:
    """Whether escarpments or borders must be laid anew: the teeth of the former point to valleys and water."""
    if former.escarpments != picture.escarpments or former.borders != picture.borders:
        return True
    if former.rivers != picture.rivers:
        return True
    low = any(kind in ("valley", "lake") for h in ground for kind in (former.terrain[h], picture.terrain[h]))
    return low and bool(picture.escarpments)


def _changed_lines(former: MapPicture, picture: MapPicture) -> set[int]:
    """Hexes touched by a line or sign that one of the pictures has and the other has not."""
    ends = grid(picture.columns, picture.rows).ends
    out: set[int] = set()
    for name in ("rivers", "escarpments", "borders"):
        old, new = getattr(former, name), getattr(picture, name)
        if old != new:
            # A bend changes its neighbours' curves, so whole lines are printed again.
            for line in {*old, *new} - ({*old} & {*new}):
                out |= {h for side in line.sides for h in ends[side] if h >= 0}
    for road in {*former.roads, *picture.roads} - ({*former.roads} & {*picture.roads}):
        out |= set(road.path)
    for one in {*former.places, *picture.places} - ({*former.places} & {*picture.places}):
        out.add(one.hex)
    for way in {*former.exits, *picture.exits} - ({*former.exits} & {*picture.exits}):
        out.add(way.hex)
    return out
