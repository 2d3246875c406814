"""Pieces of the printed map kept ready: plain ones by zoom level, and the same with overlays on them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

import pygame

from game.ui.fonts import Fonts
from game.ui.mapview.overlays import HexStyle, Overlay, OverlayPainter
from game.ui.mapview.sheet import CHUNK, Sheet
from game.ui.theme import Theme

KEPT = 380  # plain pieces, a quarter of a megabyte each
LAID = 160  # pieces with overlays

Key = tuple[float, int, int]  # zoom, column, row


class ChunkStore:
    """Gives pieces that are ready, prints others on request, forgets those unused for longest."""

    def __init__(self, sheet: Sheet, theme: Theme, fonts: Fonts) -> None:
        self._sheet = sheet
        self._painter = OverlayPainter(sheet.picture.columns, sheet.picture.rows, theme, fonts)
        self._plain: OrderedDict[Key, pygame.Surface] = OrderedDict()
        self._laid: OrderedDict[Key, pygame.Surface] = OrderedDict()
        self._hexes: dict[Key, list[int]] = {}
        self._overlays: tuple[Overlay, ...] = ()
        self._looks: dict[int, tuple[HexStyle | None, ...]] = {}
        self.grid = True

    def set_grid(self, shown: bool) -> None:
        """Print with or without hexes from now on."""
        if shown != self.grid:
            self.grid = shown
            self._plain.clear()
            self._laid.clear()

    def set_overlays(self, overlays: Sequence[Overlay]) -> None:
        """Lay these over the map, first at the bottom; only pieces that look different are laid again."""
        looks: dict[int, tuple[HexStyle | None, ...]] = {}
        for h in {h for overlay in overlays for h in overlay}:
            looks[h] = tuple(overlay.get(h) for overlay in overlays)
        columns = self._sheet.picture.columns
        changed = {h for h in looks.keys() | self._looks.keys() if looks.get(h) != self._looks.get(h)}
        # An outline depends on the neighbours: look one hex further.
        touched = {n for h in changed for n in (h, *self._around(h, columns))}
        for key in list(self._laid):
            if not touched.isdisjoint(self._on(key)):
                del self._laid[key]
        self._overlays, self._looks = tuple(overlays), looks

    def ready(self, key: Key) -> pygame.Surface | None:
        """A piece as it should look, if printing it is not needed."""
        plain = self._plain.get(key)
        if plain is None:
            return None
        self._plain.move_to_end(key)
        if not self._looks or self._looks.keys().isdisjoint(self._on(key)):
            return plain
        laid = self._laid.get(key)
        if laid is None:
            laid = self._lay(key, plain)
        self._laid.move_to_end(key)
        return laid

    def printed(self, key: Key) -> pygame.Surface:
        """A piece as it should look, printed now if need be."""
        found = self.ready(key)
        if found is None:
            self._plain[key] = self._sheet.piece(*key, self.grid)
            while len(self._plain) > KEPT:
                gone, _ = self._plain.popitem(last=False)
                self._laid.pop(gone, None)
                self._hexes.pop(gone, None)
            found = self.ready(key)
            assert found is not None
        return found

    def levels(self) -> set[float]:
        """Zoom levels of which at least one piece is ready."""
        return {zoom for zoom, _, _ in self._plain}

    def at_level(self, zoom: float) -> list[Key]:
        """Pieces of a level that are ready."""
        return [key for key in self._plain if key[0] == zoom]

    def _lay(self, key: Key, plain: pygame.Surface) -> pygame.Surface:
        zoom, column, row = key
        laid = plain.copy()
        for overlay in self._overlays:
            self._painter.paint(laid, overlay, self._on(key), zoom, column * CHUNK, row * CHUNK)
        self._laid[key] = laid
        while len(self._laid) > LAID:
            self._laid.popitem(last=False)
        return laid

    def _on(self, key: Key) -> list[int]:
        if key not in self._hexes:
            zoom, column, row = key
            self._hexes[key] = self._sheet.hexes_on(zoom, column * CHUNK, row * CHUNK)
        return self._hexes[key]

    def _around(self, h: int, columns: int) -> tuple[int, ...]:
        size = columns * self._sheet.picture.rows
        steps = (-columns - 1, -columns, -columns + 1, -1, 1, columns - 1, columns, columns + 1)
        return tuple(h + step for step in steps if 0 <= h + step < size)
