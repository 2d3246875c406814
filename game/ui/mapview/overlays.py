"""Overlays: tints, hatches, outlines and short texts on hexes, from plain data.

An overlay says how single hexes look; hexes of one style run together into an area with one outline. Colour never
stands alone: a style carries a pattern, an outline or a text as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pygame

from game.hexgrid import HexGrid, grid
from game.ui.camera import CORNERS, RADIUS, hex_centre
from game.ui.kit.fonts import NARROW_STRONG, Fonts
from game.ui.kit.kept import Kept
from game.ui.kit.theme import Colour, Theme
from game.ui.mapview.borders import NOBODY, SMOOTH_FROM, BorderPainter, Borders
from game.ui.mapview.curves import Line
from game.ui.mapview.plate import OVERSIZE

PATTERNS = ("", "rising", "falling", "dots", "cross", "level", "upright", "grid", "dashes", "bricks")
TEXT_FROM = 26.0  # zoom from which texts show
RIM_TINT, RIM_HATCH = 44, 80
"""How much stronger the rim of held ground and its pattern are than its tint, in opacity."""
KEPT_BYTES = 2_000_000
ROUNDED = 4
"""Overlays whose rounded outlines are kept."""
PERIOD = 16  # pixels after which a pattern repeats; divides the size of a piece of the map


@dataclass(frozen=True, slots=True)
class HexStyle:
    """Look of a hex: ``fill`` and ``hatch`` colours may be clear; ``edge`` is drawn where the area ends.

    With a ``rim`` the area is held ground: its outline is rounded, its pattern and this deeper tint show along its
    border alone, and one line parts it from the next.
    """

    fill: Colour | None = None
    pattern: str = ""
    hatch: Colour | None = None
    edge: Colour | None = None
    text: str = ""
    rim: Colour | None = None

    @property
    def area(self) -> HexStyle:
        """The style without its text: hexes that share it are one area."""
        return HexStyle(self.fill, self.pattern, self.hatch, self.edge, "", self.rim) if self.text else self


Overlay = Mapping[int, HexStyle]


def threat_overlay(levels: Mapping[int, int], theme: Theme) -> dict[int, HexStyle]:
    """Threat by hex, 1 to 4: a denser pattern with each, so that it differs from ground that anybody holds, and a line
    where the grade changes, as between heights of a map."""
    colour, patterns = theme.marks.threat, ("dots", "rising", "cross", "grid")
    grades = {
        n: HexStyle(colour.faded(fill), pattern, colour.faded(110 + 30 * n), colour.faded(200))
        for n, (fill, pattern) in enumerate(zip((14, 34, 62, 98), patterns, strict=True), 1)
    }
    return {h: grades[min(4, level)] for h, level in levels.items() if level > 0}


def control_overlay(holders: Iterable[str | None], theme: Theme, strength: int = 30) -> dict[int, HexStyle]:
    """Tint, pattern and border of the ground each faction holds; their looks in hex order, None held by nobody."""
    styles = {
        look: HexStyle(
            livery.tint.faded(strength),
            livery.pattern,
            livery.tint.faded(min(255, strength + RIM_HATCH)),
            livery.edge.faded(230),
            rim=livery.tint.faded(min(255, strength + RIM_TINT)),
        )
        for look, livery in theme.looks.items()
    }
    return {h: styles[holder] for h, holder in enumerate(holders) if holder in styles}


def heat_overlay(
    levels: Mapping[int, int], colour: Colour, texts: Mapping[int, str] | None = None,
    patterns: Sequence[str] = ("", "", "rising", "cross"),
) -> dict[int, HexStyle]:  # fmt: skip
    """Levels 1 to 4 as a deepening tint, each with its pattern. For threat, influence, age of knowledge."""
    shades = {
        n: HexStyle(colour.faded(28 + 26 * n), pattern, colour.faded(150)) for n, pattern in enumerate(patterns, 1)
    }
    out = {}
    for h, level in levels.items():
        if level > 0:
            shade = shades[min(4, level)]
            out[h] = HexStyle(shade.fill, shade.pattern, shade.hatch, None, (texts or {}).get(h, ""))
    return out


def supply_overlay(states: Mapping[int, str], theme: Theme) -> dict[int, HexStyle]:
    """Supply by hex: supplied plain, stretched dotted, cut hatched, cut_long cross-hatched."""
    marks = theme.marks
    looks = {
        "supplied": HexStyle(marks.supplied.faded(64), "", None, marks.supplied.faded(200)),
        "stretched": HexStyle(
            marks.stretched.faded(80), "dots", marks.stretched.faded(190), marks.stretched.faded(200)
        ),
        "cut": HexStyle(marks.cut.faded(60), "rising", marks.cut.faded(170), marks.cut.faded(200)),
        "cut_long": HexStyle(marks.cut_long.faded(80), "cross", marks.cut_long.faded(190), marks.cut_long),
    }
    return {h: looks[state] for h, state in states.items() if state in looks}


class OverlayPainter:
    """Paints the styles of some hexes on a piece of the map."""

    def __init__(self, columns: int, rows: int, theme: Theme, fonts: Fonts) -> None:
        self._columns, self._rows, self._theme, self._fonts = columns, rows, theme, fonts
        self._grid: HexGrid = grid(columns, rows)
        self._tiles: Kept[tuple[HexStyle, int]] = Kept(KEPT_BYTES)
        self._held: tuple[Overlay, int, BorderPainter] | None = None
        self._rounded: list[tuple[Overlay, Borders]] = []

    def paint(
        self, piece: pygame.Surface, overlay: Overlay, hexes: Iterable[int], zoom: float, left: int, top: int
    ) -> None:
        """One overlay on a piece whose corner lies at (left, top) of the whole map in pixels."""
        areas: dict[HexStyle, list[int]] = {}
        hexes = tuple(hexes)
        many = len(hexes)
        for h in hexes:
            style = overlay.get(h)
            if style is not None:
                areas.setdefault(style.area, []).append(h)
        if any(area.rim for area in areas):
            self._held_ground(overlay, max(piece.get_size())).paint(piece, hexes, zoom, left, top)
            areas = {area: members for area, members in areas.items() if not area.rim}
        if areas:
            borders = self._borders_of(overlay)
            lines = [line for h in hexes if h in borders.rim for line in borders.lines(h)]
            for area, members in areas.items():
                whole = len(members) == many and not lines
                shapes = [] if whole else [outline for h in members for outline in borders.outlines(h)]
                if area.fill or area.pattern:
                    self._fill(piece, area, shapes, zoom, left, top)
                if area.edge and lines:
                    _edge(piece, area.edge, shapes, lines, zoom, left, top)

    def _borders_of(self, overlay: Overlay) -> Borders:
        """The rounded outlines of an overlay's areas; kept while it is one of the last few that were painted."""
        for kept, borders in self._rounded:
            if kept is overlay:
                return borders
        areas = [NOBODY] * (self._columns * self._rows)
        numbers: dict[HexStyle, int] = {}
        for h, style in overlay.items():
            areas[h] = numbers.setdefault(style.area, len(numbers))
        self._rounded.insert(0, (overlay, Borders(self._columns, self._rows, areas)))
        del self._rounded[ROUNDED:]
        return self._rounded[0][1]

    def _held_ground(self, overlay: Overlay, side: int) -> BorderPainter:
        """What paints the held ground of an overlay; kept as long as the overlay shows."""
        if self._held is None or self._held[0] is not overlay or self._held[1] != side:
            areas = [NOBODY] * (self._columns * self._rows)
            numbers: dict[HexStyle, int] = {}
            for h, style in overlay.items():
                if style.rim:
                    areas[h] = numbers.setdefault(style.area, len(numbers))
            tiles = [self._tile(HexStyle(area.rim, area.pattern, area.hatch), side) for area in numbers]
            painter = BorderPainter(Borders(self._columns, self._rows, areas), [one.fill for one in numbers], tiles)
            self._held = (overlay, side, painter)
        return self._held[2]

    def stamp(
        self, screen: pygame.Surface, overlay: Overlay, window: pygame.Rect, zoom: float, left: int, top: int
    ) -> None:
        """An overlay of few hexes straight on the screen, at once; (left, top) is the map's corner there, negated."""
        blits = []
        for h, style in overlay.items():
            x, y = hex_centre(self._columns, h)
            spot = (round((x - RADIUS) * zoom) - left, round((y - 0.5) * zoom) - top)
            if window.inflate(2 * zoom, 2 * zoom).collidepoint(spot) and (style.fill or style.pattern):
                blits.append((self._hex_stamp(style.area, zoom), spot))
        screen.fblits(blits)
        for h, style in overlay.items():
            if style.edge:
                self._outline(screen, style.area, [h], overlay, zoom, left, top)
            if style.text and zoom >= TEXT_FROM:
                self._write(screen, style.text, h, zoom, left, top)

    def _hex_stamp(self, area: HexStyle, zoom: float) -> pygame.Surface:
        key = (area, -round(zoom * 8))
        found = self._tiles.get(key)
        if found is not None:
            return found
        size = (round(2 * RADIUS * zoom) + 2, round(zoom) + 2)
        stamp = self._tile(area, max(size)).subsurface(pygame.Rect((0, 0), size)).copy()
        stencil = pygame.Surface(size, pygame.SRCALPHA)
        corners = [((RADIUS + dx) * zoom, (0.5 + dy) * zoom) for dx, dy in CORNERS]
        pygame.draw.polygon(stencil, (255, 255, 255, 255), corners)
        stamp.blit(stencil, (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
        return self._tiles.keep(key, stamp)

    def _fill(
        self, piece: pygame.Surface, area: HexStyle, shapes: Sequence[Line], zoom: float, left: int, top: int
    ) -> None:
        """Tint an area of some shapes; without any, the whole piece."""
        tile = self._tile(area, max(piece.get_size()))
        if not shapes:
            piece.blit(tile, (0, 0))
            return
        cover = pygame.Surface(piece.get_size(), pygame.SRCALPHA)
        for shape in shapes:
            pygame.draw.polygon(cover, (255, 255, 255, 255), [(x * zoom - left, y * zoom - top) for x, y in shape])
        cover.blit(tile, (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
        piece.blit(cover, (0, 0))

    def _tile(self, area: HexStyle, side: int) -> pygame.Surface:
        """Fill and pattern all over a piece; patterns fit together from piece to piece."""
        key = (area, side)
        found = self._tiles.get(key)
        if found is not None:
            return found
        tile = pygame.Surface((side, side), pygame.SRCALPHA)
        tile.fill(area.fill or (0, 0, 0, 0))
        if area.pattern and area.hatch:
            paint_pattern(tile, area.pattern, area.hatch)
        return self._tiles.keep(key, tile)

    def _outline(
        self,
        piece: pygame.Surface,
        area: HexStyle,
        members: list[int],
        overlay: Overlay,
        zoom: float,
        left: int,
        top: int,
    ) -> None:
        wide = 1 if zoom < 20 else 2 if zoom < 48 else 3
        inset = 1.0 - (wide + 0.5) / zoom
        for h in members:
            beside = self._grid.neighbours[h]
            ends = [d for d in range(6) if beside[d] >= 0 and not _same_area(overlay.get(beside[d]), area)]
            if ends:
                x, y = hex_centre(self._columns, h)
                corners = [((x + dx * inset) * zoom - left, (y + dy * inset) * zoom - top) for dx, dy in CORNERS]
                for d in ends:
                    pygame.draw.aaline(piece, area.edge or (0, 0, 0), corners[d], corners[(d + 1) % 6], wide)

    def _write(self, piece: pygame.Surface, text: str, h: int, zoom: float, left: int, top: int) -> None:
        colours = self._theme.map
        pixels = max(10, min(24, round(zoom * 0.24)))
        face = self._fonts.haloed(text, NARROW_STRONG, pixels, colours.name, colours.name_halo, 2)
        x, y = hex_centre(self._columns, h)
        piece.blit(face, (x * zoom - left - face.get_width() / 2, (y - 0.30) * zoom - top - face.get_height() / 2))


def _edge(
    piece: pygame.Surface,
    edge: Colour,
    shapes: Sequence[Line],
    lines: Sequence[Line],
    zoom: float,
    left: int,
    top: int,
) -> None:
    """The inner half of the borders of an area, drawn twice as large and made smooth."""
    wide, tall = piece.get_size()
    k = OVERSIZE if zoom >= SMOOTH_FROM else 1
    scale, ox, oy = zoom * k, left * k, top * k
    board = pygame.Surface((wide * k, tall * k), pygame.SRCALPHA)
    board.fill(edge.faded(0))
    inner = 1 if zoom < 20 else 2 if zoom < 48 else 3
    for line in lines:
        pygame.draw.lines(board, edge, False, [(x * scale - ox, y * scale - oy) for x, y in line], 2 * inner * k + 1)
    stencil = pygame.Surface(board.get_size(), pygame.SRCALPHA)
    stencil.fill((255, 255, 255, 0))
    for shape in shapes:
        pygame.draw.polygon(stencil, (255, 255, 255, 255), [(x * scale - ox, y * scale - oy) for x, y in shape])
    board.blit(stencil, (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
    piece.blit(pygame.transform.smoothscale(board, (wide, tall)) if k > 1 else board, (0, 0))


def _same_area(style: HexStyle | None, area: HexStyle) -> bool:
    return style is area or (style is not None and style.area == area)


def paint_pattern(tile: pygame.Surface, pattern: str, colour: Colour) -> None:
    """A pattern all over a square."""
    side = tile.get_width()
    if pattern == "dots":
        for row, y in enumerate(range(0, side, PERIOD // 2)):
            for x in range(0, side, PERIOD):
                pygame.draw.circle(tile, colour, (x + (PERIOD // 2 if row % 2 else 0) + 2, y + 2), 2)
        return
    if pattern in ("level", "grid", "bricks"):
        for y in range(0, side, PERIOD // 2):
            pygame.draw.line(tile, colour, (0, y), (side, y))
    if pattern in ("upright", "grid"):
        for x in range(0, side, PERIOD // 2):
            pygame.draw.line(tile, colour, (x, 0), (x, side))
    if pattern in ("dashes", "bricks"):
        for row, y in enumerate(range(0, side, PERIOD // 2)):
            for x in range(PERIOD // 2 if row % 2 else 0, side, PERIOD):
                across = (x + PERIOD // 2 - 2, y) if pattern == "dashes" else (x, y + PERIOD // 2)
                pygame.draw.line(tile, colour, (x, y), across)
    step = PERIOD
    for x in range(-side, 2 * side, step):
        if pattern in ("rising", "cross"):
            pygame.draw.line(tile, colour, (x, side), (x + side, 0), 1)
        if pattern in ("falling", "cross"):
            pygame.draw.line(tile, colour, (x, 0), (x + side, side), 1)
