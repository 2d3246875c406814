"""Pictures of counters and stacks, kept by what is on them and their size; new ones only as time allows."""

from __future__ import annotations

from time import perf_counter

import pygame

from game.ui.camera import Camera, Point, hex_centre
from game.ui.kit.fonts import STRONG, Fonts
from game.ui.kit.kept import Kept
from game.ui.kit.symbols import load_symbols
from game.ui.kit.theme import Theme
from game.ui.mapview.counters import CounterPainter
from game.ui.mapview.faces import Face, Stack

KEPT_BYTES = 6_000_000
AT_LEAST = 0.002  # seconds a frame for new counters
SHOWN = 3  # counters of a stack that are drawn
LIFT_FROM = 38.0  # zoom from which names stand under counters
FAR_ZOOM, NEAR_ZOOM = 18.0, 52.0  # counters fill more of their hexes from afar


class CounterCache:
    """Gives the picture of a counter at once: the right one, or while zooming a neighbouring size stretched."""

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        self._theme, self._fonts = theme, fonts
        self._painter = CounterPainter(theme, fonts, load_symbols(theme.counters))
        self._pictures: Kept[tuple[Face, int]] = Kept(KEPT_BYTES, self._gone)
        self._sizes: dict[Face, list[int]] = {}
        self._until = 0.0
        self.stale = False

    def begin_frame(self, until: float) -> None:
        """Allow painting until this moment of the performance clock, and a little in any case."""
        self._until = max(until, perf_counter() + AT_LEAST)
        self.stale = False

    def size_at(self, zoom: float) -> int:
        """Side of a counter at a zoom, in pixels."""
        near = self._theme.sizes.counter
        far = min(1.0, max(0.0, (NEAR_ZOOM - zoom) / (NEAR_ZOOM - FAR_ZOOM)))
        return max(6, round(zoom * (near + (0.88 - near) * far)))

    def picture(self, face: Face, size: int) -> pygame.Surface:
        """The counter at this size; do not draw on it, it is shared."""
        key = (face, size)
        found = self._pictures.get(key)
        if found is not None:
            return found
        others = self._sizes.get(face)
        if others and perf_counter() > self._until:
            self.stale = True
            close = min(others, key=lambda other: abs(other - size))
            like = self._pictures.get((face, close))
            if like is not None:
                return pygame.transform.scale_by(like, size / close)
        self._sizes.setdefault(face, []).append(size)
        return self._pictures.keep(key, self._painter.paint(face, size))

    def draw(self, screen: pygame.Surface, camera: Camera, stacks: tuple[Stack, ...]) -> None:
        """All stacks in the camera's window."""
        size = self.size_at(camera.zoom)
        lift = self._theme.sizes.counter_lift * camera.zoom if camera.zoom > LIFT_FROM else 0.0
        step = max(1, round(self._theme.sizes.stack_step * camera.zoom))
        blits: list[tuple[pygame.Surface, tuple[int, int]]] = []
        reach = camera.zoom
        for stack in stacks:
            x, y = camera.hex_on_screen(stack.hex)
            if not (-reach < x - camera.x < camera.width + reach and -reach < y - camera.y < camera.height + reach):
                continue
            shown = stack.faces[:SHOWN]
            left = round(x - size / 2 + step * (len(shown) - 1) / 2)
            top = round(y - lift - size / 2 + step * (len(shown) - 1) / 2)
            for i in range(len(shown) - 1, -1, -1):
                blits.append((self.picture(shown[i], size), (left - i * step, top - i * step)))
            if stack.selected:
                blits.append((self._ring(size), (left - 3, top - 3)))
            if len(stack.faces) > 1 and size >= 15:
                badge = self._badge(len(stack.faces), size)
                blits.append((badge, (left + size - badge.get_width() * 2 // 3, top - badge.get_height() // 3)))
        screen.fblits(blits)

    def boxes(self, columns: int, zoom: float, stacks: tuple[Stack, ...]) -> list[pygame.Rect]:
        """What the counters of stacks cover, in pixels of the whole map, with their badges."""
        size = self.size_at(zoom)
        lift = self._theme.sizes.counter_lift * zoom if zoom > LIFT_FROM else 0.0
        step = max(1, round(self._theme.sizes.stack_step * zoom))
        out = []
        for stack in stacks:
            x, y = hex_centre(columns, stack.hex)
            more = step * (min(len(stack.faces), SHOWN) - 1)
            box = pygame.Rect(0, 0, size + more + 2, size + more + 2)
            box.center = (round(x * zoom), round(y * zoom - lift))
            if len(stack.faces) > 1 and size >= 15:
                box.width += size // 8
                box.y, box.height = box.y - size // 8, box.height + size // 8
            out.append(box)
        return out

    def draw_loose(self, screen: pygame.Surface, camera: Camera, loose: tuple[tuple[Face, Point], ...]) -> None:
        """Single counters at points of the map, for units on their way."""
        size = self.size_at(camera.zoom)
        lift = self._theme.sizes.counter_lift * camera.zoom if camera.zoom > LIFT_FROM else 0.0
        for face, point in loose:
            x, y = camera.to_screen(point)
            screen.blit(self.picture(face, size), (round(x - size / 2), round(y - lift - size / 2)))

    def _gone(self, key: tuple[Face, int]) -> None:
        face, size = key
        self._sizes[face].remove(size)
        if not self._sizes[face]:
            del self._sizes[face]

    def _ring(self, size: int) -> pygame.Surface:
        ring = pygame.Surface((size + 6, size + 6), pygame.SRCALPHA)
        radius = round(size * 0.12)
        pygame.draw.rect(ring, self._theme.map.town_dot, ring.get_rect(), 4, radius + 2)
        pygame.draw.rect(ring, self._theme.marks.selected, ring.get_rect().inflate(-2, -2), 2, radius + 1)
        return ring

    def _badge(self, many: int, size: int) -> pygame.Surface:
        pixels = max(9, round(size * 0.27))
        return _disc_with(str(many), pixels, self._theme, self._fonts)


def _disc_with(text: str, pixels: int, theme: Theme, fonts: Fonts) -> pygame.Surface:
    side = round(pixels * 1.35)
    disc = pygame.Surface((side, side), pygame.SRCALPHA)
    pygame.draw.aacircle(disc, theme.map.town_dot, (side / 2, side / 2), side / 2 - 0.5)
    face = fonts.text(text, STRONG, pixels, theme.map.name_halo)
    disc.blit(face, ((side - face.get_width()) / 2, (side - face.get_height()) / 2))
    return disc
