"""Pieces of the printed map kept ready: as printed, and with overlays and text on them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence

import pygame

from game.ui.kit.fonts import Fonts
from game.ui.kit.theme import Theme
from game.ui.mapview.overlays import HexStyle, Overlay, OverlayPainter
from game.ui.mapview.sheet import CHUNK, Sheet

LEAST = 120
"""Pieces of each kind that are kept in any case, as printed and with overlays: a seventh of a megabyte each."""

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
        self._stale: set[Key] = set()
        self.edition: object = object()  # another one whenever overlays change
        self.grid = True
        self._most = LEAST

    def make_room(self, pieces: int) -> None:
        """Keep so many pieces of each kind, and some from other places and zooms."""
        self._most = max(LEAST, pieces + pieces // 4)

    def set_grid(self, shown: bool) -> None:
        """Print with or without hexes from now on."""
        if shown != self.grid:
            self.grid = shown
            self._plain.clear()
            self._laid.clear()
            self._stale.clear()

    def set_overlays(self, overlays: Sequence[Overlay]) -> None:
        """Lay these over the map, first at the bottom; only pieces that look different are laid again."""
        looks: dict[int, tuple[HexStyle | None, ...]] = {}
        for h in {h for overlay in overlays for h in overlay}:
            looks[h] = tuple(overlay.get(h) for overlay in overlays)
        columns = self._sheet.picture.columns
        changed = {h for h in looks.keys() | self._looks.keys() if looks.get(h) != self._looks.get(h)}
        # An outline depends on the neighbours: look one hex further.
        touched = {n for h in changed for n in (h, *self._around(h, columns))}
        for key in self._laid:
            if not touched.isdisjoint(self._on(key)):
                self._stale.add(key)
        self._overlays, self._looks = tuple(overlays), looks
        if changed:
            self.edition = object()

    def renew(self, hexes: Iterable[int]) -> None:
        """Print what lies about these hexes again, and set all text anew; until then the pieces of before show."""
        columns = self._sheet.picture.columns
        near = {n for h in hexes for n in (h, *self._around(h, columns))}
        further = {n for h in near for n in self._around(h, columns)}
        for key in [key for key in self._plain if not further.isdisjoint(self._on(key))]:
            del self._plain[key]
        self._stale.update(self._laid)
        self.edition = object()

    def ready(self, key: Key) -> pygame.Surface | None:
        """A piece, if printing it is not needed; ``is_stale`` says whether its overlays are those of before."""
        laid = self._laid.get(key)
        if laid is not None:
            self._laid.move_to_end(key)
        return laid

    def is_stale(self, key: Key) -> bool:
        """Whether a piece must be refreshed to show the overlays of now."""
        return key in self._stale

    def advance(self, key: Key) -> pygame.Surface | None:
        """One step of work on a piece: print it, or lay overlays and text on it; finished when it is given back."""
        plain = self._plain.get(key)
        if plain is not None:
            self._plain.move_to_end(key)
            return self._lay(key, plain)
        self._plain[key] = self._sheet.piece(*key, self.grid)
        while len(self._plain) > self._most:
            self._hexes.pop(self._plain.popitem(last=False)[0], None)
        return None

    def _lay(self, key: Key, plain: pygame.Surface) -> pygame.Surface:
        zoom, column, row = key
        hexes = self._on(key)
        lying = [overlay for overlay in self._overlays if any(h in overlay for h in hexes)]
        laid = plain  # shared, where nothing lies on it
        if lying or self._sheet.writes(*key, self.grid):
            laid = plain.copy()
            for overlay in lying:
                self._painter.paint(laid, overlay, hexes, zoom, column * CHUNK, row * CHUNK)
            self._sheet.write(laid, *key, self.grid)
        self._laid[key] = laid
        self._stale.discard(key)
        while len(self._laid) > self._most:
            self._stale.discard(self._laid.popitem(last=False)[0])
        return laid

    def _on(self, key: Key) -> list[int]:
        if key not in self._hexes:
            if len(self._hexes) > 3 * self._most:  # most of them are those of pieces that have gone
                self._hexes.clear()
            zoom, column, row = key
            self._hexes[key] = self._sheet.hexes_on(zoom, column * CHUNK, row * CHUNK)
        return self._hexes[key]

    def _around(self, h: int, columns: int) -> tuple[int, ...]:
        size = columns * self._sheet.picture.rows
        steps = (-columns - 1, -columns, -columns + 1, -1, 1, columns - 1, columns, columns + 1)
        return tuple(h + step for step in steps if 0 <= h + step < size)
