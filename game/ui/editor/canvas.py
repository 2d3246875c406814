"""The map in the editor: everything on it at once, with hex numbers, and what the tool in hand is about to do."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pygame

from game.ui.camera import Camera, hex_centre, side_ends
from game.ui.editor.drawn import Drawn, crossing_marks
from game.ui.editor.hand import NOTHING, Hand, Pick, Pointed, Preview
from game.ui.editor.placing_tools import hex_of
from game.ui.editor.signs import ShownSigns, area_names, area_overlays, face_of, stacks, stroke
from game.ui.editor.tools import DRAWS_SIDES
from game.ui.kit.fonts import NARROW_STRONG
from game.ui.kit.theme import Colour, Theme
from game.ui.mapview.arrows import Fence, Ring
from game.ui.mapview.faces import UnitFace
from game.ui.mapview.minimap import Minimap
from game.ui.mapview.overlays import HexStyle, Overlay, OverlayPainter, control_overlay
from game.ui.mapview.sheet import Under
from game.ui.mapview.travel import Travelling
from game.ui.mapview.view import MapView
from game.ui.scene import Desk

LABELS_FROM = 34.0
"""Zoom from which hexes carry their number: a designer writes them down."""
GOLD = Colour(226, 176, 74)
"""What a designer's own marks on the map are drawn in: the map looks alike under panels of either kind."""
SOURCE, PRIZE = (-0.30, 0.24, 0.13), (0.32, 0.22, 0.17)
"""Signs of a source and of an objective: where they stand from the middle of their hex, and their reach, in hexes."""
FIRST_ZOOM = 46.0


class Canvas(Travelling):
    """One map under one camera. ``show`` whenever the scenario or what is chosen has changed."""

    def __init__(self, desk: Desk, drawn: Drawn, window: pygame.Rect, minimap: pygame.Rect) -> None:
        self.desk, self.drawn, self.minimap_box = desk, drawn, minimap
        self.theme = _with_labels(desk.theme)
        self.map = MapView(drawn.picture, self.theme, desk.fonts, window)
        self._painter = OverlayPainter(drawn.picture.columns, drawn.picture.rows, self.theme, desk.fonts)
        self._key: object = None
        self.marks: tuple[tuple[int, str], ...] = ()
        self.minimap = self._new_minimap()
        self._minimap_of = drawn.picture
        self._area_names: tuple[object, list[tuple[str, int]]] = (None, [])

    def _new_minimap(self) -> Minimap:
        room = self.minimap_box.inflate(-self.desk.px(8), -self.desk.px(8))
        return Minimap(self.map.sheet, self.theme, (max(1, room.width), max(1, room.height)))

    def fits(self, drawn: Drawn) -> bool:
        """Whether this canvas can show it: a map of another size takes a new one."""
        return (drawn.picture.columns, drawn.picture.rows) == (self.drawn.picture.columns, self.drawn.picture.rows)

    # --- what lies on the map ---------------------------------------------------------------------------------

    def show(self, drawn: Drawn, shown: ShownSigns, hand: Hand, pick: Pick, under: Under | None) -> None:
        """Bring the map up to date."""
        self.drawn = drawn
        self.map.change_picture(drawn.picture)
        self.map.set_grid("grid" in shown.layers)
        self.map.lay_under(under if "picture" in shown.layers else None)
        self.map.crossings = crossing_marks(drawn)
        chosen = pick.name if pick.kind == "unit" else ""
        self.map.stacks = stacks(drawn, shown, chosen)
        self.map.fences = self._fences(drawn, shown, hand)
        signs = self._signs(drawn, shown)
        if signs != self.map.signs:
            self.map.signs = signs
        self.map.rings = self._rings(drawn, shown, pick)
        self.map.set_overlays(*self._overlays(drawn, shown, hand))
        self.minimap.set_situation(drawn.held_looks if "control" in shown.layers else (), self.map.stacks)

    def renew_minimap(self) -> None:
        """Draw the small map anew if the ground has changed; it may lag behind by a moment."""
        if self._minimap_of is not self.drawn.picture:
            self._minimap_of = self.drawn.picture
            self.minimap = self._new_minimap()
            self.minimap.set_situation(self.drawn.held_looks, self.map.stacks)

    def _fences(self, drawn: Drawn, shown: ShownSigns, hand: Hand) -> tuple[Fence, ...]:
        wanted = "line" in shown.layers or hand.tool == "line"
        return (Fence(drawn.line, GOLD),) if wanted and drawn.line else ()

    def _signs(self, drawn: Drawn, shown: ShownSigns) -> tuple[tuple[tuple[float, float], float], ...]:
        """Where sources and objectives are drawn, so that no name lies under them."""
        found = [(at, PRIZE) for _, at in drawn.prizes] if "prizes" in shown.layers else []
        if "units" in shown.layers:
            found += [(one.hex, SOURCE) for one in drawn.sources if one.hex >= 0]
        out = []
        for here, (dx, dy, reach) in found:
            x, y = hex_centre(drawn.picture.columns, here)
            out.append(((x + dx, y + dy), reach))
        return tuple(out)

    def _rings(self, drawn: Drawn, shown: ShownSigns, pick: Pick) -> tuple[Ring, ...]:
        marks = self.theme.marks
        rings = []
        if "prizes" in shown.layers:
            rings = [Ring(at, marks.objective, broken=True) for _, at in drawn.prizes]
        here = hex_of(drawn, pick)
        if here >= 0:
            rings.append(Ring(here, marks.selected))
        return tuple(rings)

    def _overlays(self, drawn: Drawn, shown: ShownSigns, hand: Hand) -> list[Overlay]:
        layers: list[Overlay] = []
        areas = hand.tool == "area"
        if "control" in shown.layers and (not areas or hand.area[0] == "control"):
            layers.append(control_overlay(drawn.held_looks, self.theme, 58 if areas else 24))
        if areas and hand.area[0] != "control":
            layers += area_overlays(drawn, hand.area, self.theme)
        return layers

    # --- camera -----------------------------------------------------------------------------------------------

    def look_at_all(self) -> None:
        """The whole map, or where it can be read, the thick of the units."""
        camera = self.map.camera.fitted()
        least = FIRST_ZOOM * self.desk.scale // 1
        if camera.zoom < least * 0.6:
            camera = camera.zoomed(least, (camera.x, camera.y))
            starts = [mark.hex for mark in self.drawn.units if mark.hex >= 0]
            points = [hex_centre(camera.columns, here) for here in starts]
            if points:
                thick = min(points, key=lambda p: sum(abs(p[0] - q[0]) + abs(p[1] - q[1]) for q in points))
                camera = camera.centred(thick)
        self.map.camera = camera

    def resize(self, window: pygame.Rect, minimap: pygame.Rect) -> None:
        """Take the new rectangles."""
        self.map.resize(window)
        changed = minimap.size != self.minimap_box.size
        self.minimap_box = minimap
        if changed:
            self.minimap = self._new_minimap()
            self.minimap.set_situation(self.drawn.held_looks, self.map.stacks)

    @property
    def minimap_at(self) -> tuple[int, int]:
        """Upper left corner of the small map in the window."""
        wide, tall = self.minimap.size
        return self.minimap_box.centerx - wide // 2, self.minimap_box.centery - tall // 2

    # --- drawing ----------------------------------------------------------------------------------------------

    def draw(self, screen: pygame.Surface, hand: Hand, spot: Pointed, preview: Preview, shown: ShownSigns) -> None:
        """The map, signs on it, and the preview."""
        self.map.moving = self._moving(preview, spot)
        self.map.draw(screen)
        camera, clip = self.map.camera, screen.get_clip()
        screen.set_clip(pygame.Rect(camera.x, camera.y, camera.width, camera.height).clip(clip))
        if "units" in shown.layers:
            self._draw_sources(screen, camera, shown)
        if "prizes" in shown.layers:
            self._draw_prizes(screen, camera)
        if "problems" in shown.layers:
            self._draw_marks(screen, camera)
        if hand.tool == "area" and hand.area[0] != "control":
            self._draw_area_names(screen, camera, hand)
        self._draw_preview(screen, camera, hand, preview)
        self._draw_hover(screen, camera, hand, spot)
        screen.set_clip(clip)

    def _moving(self, preview: Preview, spot: Pointed) -> tuple[tuple[UnitFace, tuple[float, float]], ...]:
        mark = self.drawn.unit(preview.moving) if preview.moving else None
        if mark is None or spot.hex < 0:
            return ()
        return ((face_of(self.drawn, mark), hex_centre(self.drawn.picture.columns, spot.hex)),)

    def _draw_sources(self, screen: pygame.Surface, camera: Camera, shown: ShownSigns) -> None:
        """A small store-house in the lower left of the hex, in the faction's colour, with what it feeds."""
        k = camera.zoom
        if k < 16:
            return
        for mark in self.drawn.sources:
            x, y = camera.hex_on_screen(mark.hex) if mark.hex >= 0 else (-1e6, 0)
            if not camera.holds((x, y)) or shown.faction not in ("", mark.faction):
                continue
            livery = self.theme.livery(self.drawn.looks.get(mark.faction))
            cx, cy, a = x + SOURCE[0] * k, y + SOURCE[1] * k, max(5.0, SOURCE[2] * k)
            house = [(cx - a, cy - a * 0.3), (cx, cy - a), (cx + a, cy - a * 0.3), (cx + a, cy + a), (cx - a, cy + a)]
            pygame.draw.polygon(screen, livery.body, house)
            pygame.draw.polygon(screen, livery.edge, house, max(1, round(a / 6)))
            if k >= 40:
                text = self.desk.fonts.text(
                    str(mark.entry.capacity), NARROW_STRONG, max(9, round(0.17 * k)), livery.ink
                )
                screen.blit(text, (cx - text.get_width() / 2, cy + a * 0.30 - text.get_height() / 2))

    def _draw_prizes(self, screen: pygame.Surface, camera: Camera) -> None:
        """A diamond in the lower right of the hex, beside any counter, with the most that it is worth."""
        k, theme = camera.zoom, self.theme
        if k < 16:
            return
        for entry, at in self.drawn.prizes:
            x, y = camera.hex_on_screen(at)
            if not camera.holds((x, y)):
                continue
            cx, cy, a = x + PRIZE[0] * k, y + PRIZE[1] * k, max(6.0, PRIZE[2] * k)
            four = [(cx, cy - a), (cx + a, cy), (cx, cy + a), (cx - a, cy)]
            pygame.draw.polygon(screen, GOLD, four)
            pygame.draw.polygon(screen, theme.map.name, four, max(1, round(a / 7)))
            if k >= 34:
                most = str(max(entry.points.values(), default=0))
                text = self.desk.fonts.text(most, NARROW_STRONG, max(9, round(0.18 * k)), theme.map.name)
                screen.blit(text, (cx - text.get_width() / 2, cy - text.get_height() / 2))

    def _draw_marks(self, screen: pygame.Surface, camera: Camera) -> None:
        """A triangle in the upper right of each hex that the check says something about."""
        marks = self.theme.marks
        a = max(4.0, 0.11 * camera.zoom)
        for here, severity in self.marks:
            x, y = camera.hex_on_screen(here)
            if camera.holds((x, y)):
                cx, cy = x + 0.34 * camera.zoom, y - 0.30 * camera.zoom
                three = [(cx, cy - a), (cx + a, cy + a * 0.8), (cx - a, cy + a * 0.8)]
                pygame.draw.polygon(screen, marks.bad if severity == "error" else marks.warn, three)
                pygame.draw.polygon(screen, self.theme.map.name_halo, three, max(1, round(a / 6)))

    def _draw_area_names(self, screen: pygame.Surface, camera: Camera, hand: Hand) -> None:
        key = (self.drawn, hand.area[0])
        if self._area_names[0] != key:
            self._area_names = (key, area_names(self.drawn, hand.area[0]))
        for name, here in self._area_names[1]:
            x, y = camera.hex_on_screen(here)
            if camera.holds((x, y)):
                colours, pixels = self.theme.map, self.desk.px(15)
                face = self.desk.fonts.haloed(name, NARROW_STRONG, pixels, colours.name, colours.name_halo, 2)
                screen.blit(face, face.get_rect(center=(round(x), round(y - 0.3 * camera.zoom))))

    def _draw_preview(self, screen: pygame.Surface, camera: Camera, hand: Hand, preview: Preview) -> None:
        if preview == NOTHING:
            return
        ink = self._ink(hand, preview)
        if preview.hexes:
            fill = self.theme.terrain(preview.terrain).faded(165) if preview.terrain else ink.faded(70)
            ox, oy = camera.origin
            style = HexStyle(fill, "cross" if preview.erase else "", ink, ink)
            overlay = dict.fromkeys(preview.hexes, style)
            window = pygame.Rect(camera.x, camera.y, camera.width, camera.height)
            self._painter.stamp(screen, overlay, window, camera.zoom, ox - camera.x, oy - camera.y)
        columns = self.drawn.picture.columns
        for side in preview.sides:
            a, b = side_ends(columns, side)
            stroke(
                screen, camera.to_screen(a), camera.to_screen(b), ink, max(4, round(0.10 * camera.zoom)), preview.erase
            )
        points = [camera.hex_on_screen(here) for here in preview.path]
        for start, end in pairwise(points):
            stroke(screen, start, end, ink, max(4, round(0.09 * camera.zoom)), preview.erase)
        if len(points) == 1:
            pygame.draw.circle(screen, ink, points[0], max(4, round(0.09 * camera.zoom)))

    def _ink(self, hand: Hand, preview: Preview) -> Colour:
        theme = self.theme
        if preview.erase:
            return theme.marks.bad
        if hand.tool == "area":
            look = self.drawn.looks.get(preview.faction)
            return theme.livery(look).body if look is not None else GOLD
        inks = {"river": theme.map.river_edge, "road": theme.map.highway, "wall": theme.map.escarpment}
        inks |= {"border": theme.map.border, "terrain": theme.map.name_halo}
        return inks.get(hand.tool, GOLD)

    def _draw_hover(self, screen: pygame.Surface, camera: Camera, hand: Hand, spot: Pointed) -> None:
        if spot.hex < 0:
            return
        if hand.tool in DRAWS_SIDES and spot.side >= 0:
            a, b = (camera.to_screen(end) for end in side_ends(self.drawn.picture.columns, spot.side))
            stroke(screen, a, b, self.theme.marks.selected, max(3, round(0.06 * camera.zoom)), False)
            return
        pygame.draw.aalines(screen, self.theme.marks.selected, True, camera.outline(spot.hex))

    def draw_minimap(self, screen: pygame.Surface) -> None:
        """The small map in its corner."""
        self.minimap.draw(screen, self.minimap_at, self.map.camera)


def _with_labels(theme: Theme) -> Theme:
    return replace(theme, sizes=replace(theme.sizes, grid_label_from=LABELS_FROM))
