"""Signs of bridges, ferries, dams and pontoons, turned to lie across their river side."""

from __future__ import annotations

from collections.abc import Iterable
from math import atan2, degrees

import pygame

from game.hexgrid import grid
from game.ui.camera import Camera, hex_centre, side_ends
from game.ui.kit.kept import Kept
from game.ui.kit.theme import Theme
from game.ui.mapview.picture import DrawnCrossing

SMOOTH = 3
SHOWN_FROM = 11.0
KEPT_BYTES = 2_000_000


class CrossingPainter:
    """Draws crossings straight on the screen: there are few, and their state changes."""

    def __init__(self, columns: int, rows: int, theme: Theme) -> None:
        self._columns, self._theme = columns, theme
        self._grid = grid(columns, rows)
        self._signs: Kept[tuple[str, str, int, int]] = Kept(KEPT_BYTES)

    def draw(self, screen: pygame.Surface, camera: Camera, crossings: Iterable[DrawnCrossing]) -> None:
        """All crossings in the camera's window."""
        if camera.zoom < SHOWN_FROM:
            return
        for crossing in crossings:
            a, b = side_ends(self._columns, crossing.side)
            x, y = camera.to_screen(((a[0] + b[0]) / 2, (a[1] + b[1]) / 2))
            if camera.holds((x, y)):
                sign = self._sign(crossing, round(camera.zoom))
                screen.blit(sign, (round(x - sign.get_width() / 2), round(y - sign.get_height() / 2)))

    def boxes(self, zoom: float, crossings: Iterable[DrawnCrossing]) -> list[pygame.Rect]:
        """What the signs cover, in pixels of the whole map."""
        if zoom < SHOWN_FROM:
            return []
        out = []
        for crossing in crossings:
            (ax, ay), (bx, by) = side_ends(self._columns, crossing.side)
            box = pygame.Rect(0, 0, *(max(10, round(zoom * 0.34)),) * 2)
            box.center = (round((ax + bx) / 2 * zoom), round((ay + by) / 2 * zoom))
            out.append(box)
        return out

    def _sign(self, crossing: DrawnCrossing, zoom: int) -> pygame.Surface:
        here, there = (hex_centre(self._columns, h) for h in self._grid.ends[crossing.side])
        angle = round(-degrees(atan2(there[1] - here[1], there[0] - here[0]))) % 180
        key = (crossing.kind, crossing.state, angle, zoom)
        return self._signs.found(key, lambda: self._paint(crossing, zoom, angle))

    def _paint(self, crossing: DrawnCrossing, zoom: int, angle: int) -> pygame.Surface:
        """The sign lying level, then turned: the river runs from top to bottom through its middle."""
        side = max(14, round(zoom * 0.50)) * SMOOTH
        sign = pygame.Surface((side, side), pygame.SRCALPHA)
        c = self._theme.map
        draw = {"ferry": _ferry, "pontoon": _pontoon, "dam": _dam}.get(crossing.kind, _bridge)
        draw(sign, side, self._theme, crossing.state != "open")
        if crossing.state == "planned":
            sign.fill((255, 255, 255, 130), special_flags=pygame.BLEND_RGBA_MULT)
        turned = pygame.transform.rotozoom(sign, angle, 1 / SMOOTH)
        if crossing.state == "blown":
            w, h = turned.get_size()
            r = max(4, round(zoom * 0.085))
            for rim, colour in ((3, c.name_halo), (0, self._theme.marks.bad)):
                for dy in (r, -r):
                    start, end = (w / 2 - r, h / 2 - dy), (w / 2 + r, h / 2 + dy)
                    pygame.draw.line(turned, colour, start, end, max(2, r // 3) + rim)
        return turned


def _bridge(sign: pygame.Surface, side: int, theme: Theme, broken: bool) -> None:
    c = theme.map
    deck, rail = side * 0.15, side * 0.055
    spans = ((0.04, 0.36), (0.64, 0.96)) if broken else ((0.04, 0.96),)
    for a, b in spans:
        pygame.draw.rect(sign, c.road, (side * a, side / 2 - deck, side * (b - a), deck * 2))
        for sign_y in (-1, 1):
            y = side / 2 + sign_y * deck
            pygame.draw.line(sign, c.town_dot, (side * a, y), (side * b, y), round(rail))
            if not broken:
                for x, way in ((a, -1), (b, 1)):
                    start = (side * x, y)
                    pygame.draw.line(
                        sign, c.town_dot, start, (start[0] + way * rail, y + sign_y * rail * 2), round(rail)
                    )


def _ferry(sign: pygame.Surface, side: int, theme: Theme, closed: bool) -> None:
    c = theme.map
    ink = c.town_dot.mixed(c.name_halo, 45 if closed else 0)
    for i in range(5):
        x = side * (0.06 + 0.2 * i)
        if i != 2:
            pygame.draw.line(sign, ink, (x, side / 2), (x + side * 0.09, side / 2), round(side * 0.045))
    hull = ((0.32, 0.47), (0.68, 0.47), (0.60, 0.66), (0.40, 0.66))
    for grow, colour in ((0.03, c.name_halo), (0.0, ink)):
        pygame.draw.polygon(
            sign,
            colour,
            [(side * (x + grow * (1 if x > 0.5 else -1)), side * (y + grow * (1 if y > 0.5 else -1))) for x, y in hull],
        )
    pygame.draw.rect(sign, ink, (side * 0.44, side * 0.36, side * 0.12, side * 0.12))


def _pontoon(sign: pygame.Surface, side: int, theme: Theme, _closed: bool) -> None:
    c = theme.map
    for i in range(5):
        x = side * (0.13 + 0.185 * i)
        box = pygame.Rect(0, 0, round(side * 0.11), round(side * 0.44))
        box.center = (round(x), round(side / 2))
        pygame.draw.rect(sign, c.town_dot, box, border_radius=round(side * 0.05))
    pygame.draw.rect(sign, c.road, (side * 0.03, side * 0.42, side * 0.94, side * 0.16))
    for y in (0.42, 0.58):
        pygame.draw.line(sign, c.town_dot, (side * 0.03, side * y), (side * 0.97, side * y), round(side * 0.035))


def _dam(sign: pygame.Surface, side: int, theme: Theme, _closed: bool) -> None:
    c = theme.map
    pygame.draw.rect(sign, c.town_dot, (side * 0.02, side * 0.36, side * 0.96, side * 0.28))
    pygame.draw.rect(sign, c.town_light, (side * 0.05, side * 0.41, side * 0.90, side * 0.18))
