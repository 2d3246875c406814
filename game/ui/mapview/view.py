"""The map window: what is drawn each frame, within a time budget, from pieces that are ready.

At rest the zoom is a whole number of pixels a hex, and the frame is a few dozen plain blits. While zooming, pieces of
the nearest level are stretched. Pieces not printed yet are replaced by stretched ones and printed a few a frame.
"""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter

import pygame

from game.ui.camera import Camera, Point, map_extent
from game.ui.fonts import Fonts
from game.ui.mapview.arrows import Arrow, ArrowPainter, Ring
from game.ui.mapview.chunks import ChunkStore, Key
from game.ui.mapview.counter_cache import CounterCache
from game.ui.mapview.crossings import CrossingPainter
from game.ui.mapview.faces import Stack
from game.ui.mapview.overlays import Overlay
from game.ui.mapview.picture import Crossing, MapPicture
from game.ui.mapview.sheet import CHUNK, Sheet
from game.ui.theme import Theme

OVERVIEW_ZOOM = 15.0
GLIDE_SECONDS = 0.16


class MapView:
    """Draws one map through one camera. Give it new data whenever it changes, and call ``draw`` each frame."""

    def __init__(self, picture: MapPicture, theme: Theme, fonts: Fonts, window: pygame.Rect) -> None:
        self.theme, self.picture = theme, picture
        x, y, width, height = window
        self.camera = Camera(picture.columns, picture.rows, x, y, width, height, 1.0).fitted()
        self.sheet = Sheet(picture, theme, fonts)
        self.crossings: tuple[Crossing, ...] = ()
        self.stacks: tuple[Stack, ...] = ()
        self.arrows: tuple[Arrow, ...] = ()
        self.rings: tuple[Ring, ...] = ()
        self.counters = CounterCache(theme, fonts)
        self._store = ChunkStore(self.sheet, theme, fonts)
        self._crossing_painter = CrossingPainter(picture.columns, picture.rows, theme)
        self._arrow_painter = ArrowPainter(picture.columns)
        self._glide: tuple[float, Point, float] | None = None  # zoom wanted, point that stays, seconds left
        self._overview = self._print_overview()
        self.unfinished = True

    def set_overlays(self, *overlays: Overlay) -> None:
        """Tints, hatches and texts on hexes, the first at the bottom."""
        self._store.set_overlays(overlays)

    def set_grid(self, shown: bool) -> None:
        """Show or hide the hexes and their numbers."""
        self._store.set_grid(shown)

    def resize(self, window: pygame.Rect) -> None:
        """Take another part of the screen."""
        self.camera = self.camera.resized(*window)

    def wheel(self, notches: int, at: Point) -> None:
        """Begin to zoom, the point under the cursor staying where it is; further notches add up."""
        base = self.camera if self._glide is None else replace(self.camera, zoom=self._glide[0])
        self._glide = (base.stepped(notches), at, GLIDE_SECONDS)

    def update(self, seconds: float) -> None:
        """Let time pass: a zoom under way goes on."""
        if self._glide is None:
            return
        wanted, at, left = self._glide
        if seconds >= left:
            self.camera, self._glide = self.camera.zoomed(wanted, at), None
            return
        share = 1.0 - (1.0 - seconds / left) ** 2
        self.camera = self.camera.zoomed(self.camera.zoom * (wanted / self.camera.zoom) ** share, at)
        self._glide = (wanted, at, left - seconds)

    @property
    def gliding(self) -> bool:
        """Whether a zoom is under way."""
        return self._glide is not None

    def draw(self, screen: pygame.Surface, budget: float = 0.008) -> None:
        """One frame into the camera's window; ``budget`` seconds may be spent on printing what is missing."""
        camera = self.camera
        began = perf_counter()
        clip = screen.get_clip()
        screen.set_clip(pygame.Rect(camera.x, camera.y, camera.width, camera.height))
        self._draw_map(screen, camera, began + budget)
        self._crossing_painter.draw(screen, camera, self.crossings)
        self._arrow_painter.rings(screen, camera, self.rings)
        self.counters.begin_frame(max(0.003, budget / 2))
        self.counters.draw(screen, camera, self.stacks)
        self._arrow_painter.draw(screen, camera, self.arrows)
        self.unfinished |= self.counters.stale
        screen.set_clip(clip)

    def finish(self, screen: pygame.Surface) -> None:
        """Draw until everything is printed; for pictures, not for play."""
        self.update(1.0)
        self.draw(screen, 60.0)
        self.draw(screen, 60.0)

    def _draw_map(self, screen: pygame.Surface, camera: Camera, until: float) -> None:
        still = self._glide is None and camera.zoom == round(camera.zoom)
        wanted = self._wanted(camera) if still else []
        ready = {key: piece for key in wanted if (piece := self._store.ready(key)) is not None}
        missing = [key for key in wanted if key not in ready]
        for key in missing:
            if ready and perf_counter() >= until:
                break
            ready[key] = self._store.printed(key)
            if perf_counter() >= until:
                break
        self.unfinished = not still or len(ready) < len(wanted)
        if self.unfinished:
            self._draw_stretched(screen, camera)
        elif self._shows_table(camera):
            self._fill_table(screen, camera)
        ox, oy = camera.origin
        blits = [
            (piece, (camera.x + column * CHUNK - ox, camera.y + row * CHUNK - oy))
            for (_, column, row), piece in ready.items()
        ]
        screen.fblits(blits)

    def _wanted(self, camera: Camera) -> list[Key]:
        """Pieces in the window, nearest to its middle first."""
        (ox, oy), (across, down) = camera.origin, self.sheet.chunks(camera.zoom)
        mx, my = ox + camera.width / 2 - CHUNK / 2, oy + camera.height / 2 - CHUNK / 2
        keys = [
            (float(camera.zoom), column, row)
            for column in range(max(0, ox // CHUNK), min(across - 1, (ox + camera.width - 1) // CHUNK) + 1)
            for row in range(max(0, oy // CHUNK), min(down - 1, (oy + camera.height - 1) // CHUNK) + 1)
        ]
        return sorted(keys, key=lambda key: abs(key[1] * CHUNK - mx) + abs(key[2] * CHUNK - my))

    def _draw_stretched(self, screen: pygame.Surface, camera: Camera) -> None:
        """The overview stretched over the window, then the pieces of the nearest level that are ready."""
        self._fill_table(screen, camera)
        left, top, wide, tall = camera.seen
        k = self._overview.get_width() / map_extent(camera.columns, camera.rows)[0]
        box = pygame.Rect(int(left * k), int(top * k), int(wide * k) + 2, int(tall * k) + 2).clip(
            self._overview.get_rect()
        )
        if box.width > 0 and box.height > 0:
            x, y = camera.to_screen((box.x / k, box.y / k))
            size = (max(1, round(box.width / k * camera.zoom)), max(1, round(box.height / k * camera.zoom)))
            screen.blit(pygame.transform.scale(self._overview.subsurface(box), size), (round(x), round(y)))
        levels = [zoom for zoom in self._store.levels() if 0.4 <= zoom / camera.zoom <= 2.6 and zoom != camera.zoom]
        if levels:
            self._stretch_level(screen, camera, max(levels, key=lambda zoom: self._worth(zoom, camera)))

    def _worth(self, zoom: float, camera: Camera) -> float:
        """How well a level serves: the share of the window it covers, then how near its scale is."""
        covered = sum(1 for key in self._store.at_level(zoom) if _on_screen(key, camera).colliderect(_window(camera)))
        scale = CHUNK * camera.zoom / zoom
        share = covered * scale * scale / (camera.width * camera.height)
        return min(1.0, share) - 0.15 * abs(1 - zoom / camera.zoom)

    def _stretch_level(self, screen: pygame.Surface, camera: Camera, zoom: float) -> None:
        window = _window(camera)
        for key in self._store.at_level(zoom):
            box = _on_screen(key, camera)
            if box.colliderect(window):
                piece = self._store.ready(key)
                if piece is not None:
                    screen.blit(pygame.transform.scale(piece, box.size), box)

    def _shows_table(self, camera: Camera) -> bool:
        left, top, wide, tall = camera.seen
        whole, deep = map_extent(camera.columns, camera.rows)
        return left < 0 or top < 0 or left + wide > whole or top + tall > deep

    def _fill_table(self, screen: pygame.Surface, camera: Camera) -> None:
        screen.fill(self.theme.map.sea_of_table, _window(camera))

    def _print_overview(self) -> pygame.Surface:
        wide, tall = map_extent(self.picture.columns, self.picture.rows)
        across, down = self.sheet.chunks(OVERVIEW_ZOOM)
        out = pygame.Surface((int(wide * OVERVIEW_ZOOM), int(tall * OVERVIEW_ZOOM)))
        for column in range(across):
            for row in range(down):
                out.blit(self._store.printed((OVERVIEW_ZOOM, column, row)), (column * CHUNK, row * CHUNK))
        return out.convert()


def _window(camera: Camera) -> pygame.Rect:
    return pygame.Rect(camera.x, camera.y, camera.width, camera.height)


def _on_screen(key: Key, camera: Camera) -> pygame.Rect:
    """Where a piece of another level lies; neighbours share their edges to the pixel."""
    zoom, column, row = key
    k = CHUNK * camera.zoom / zoom
    ox, oy = camera.origin
    left, top = round(column * k), round(row * k)
    return pygame.Rect(
        camera.x + left - ox, camera.y + top - oy, round((column + 1) * k) - left, round((row + 1) * k) - top
    )
