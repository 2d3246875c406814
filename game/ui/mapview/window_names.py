"""The names of a map as they stand at one zoom: placed once, printed into pictures, and made whole in the window."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pygame

from game.ui.camera import Camera, Point
from game.ui.mapview.names import Print
from game.ui.mapview.sheet import Sheet
from game.ui.mapview.stand_in import Baked
from game.ui.mapview.whole_names import WholeNames, mend

BROADEST = 0.3
"""How broad arrows are at most, in hexes."""


def crossed(box: pygame.Rect, lines: Sequence[Sequence[Point]]) -> bool:
    """Whether one of some lines runs through a box."""
    return any(box.clipline(*pair) for line in lines for pair in pairwise(line))


class WindowNames:
    """The names of one sheet, placed for the zoom that was asked for last."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._key: tuple[object, ...] = ()
        self.prints: tuple[Print, ...] = ()
        self.whole = WholeNames((), ())
        self._mended: list[pygame.Rect] = []
        self._drawn: tuple[object, list[Print], list[tuple[pygame.Surface, tuple[int, int]]]] = (None, [], [])
        """What was drawn uncut last, those with a line apart: click after click shows the same part of the map."""

    def place(self, zoom: float, covered: Sequence[pygame.Rect]) -> bool:
        """Place the names for a zoom, clear of what covers the map there; whether there was work to do."""
        key = (zoom, self._sheet.names_edition, tuple(map(tuple, covered)))
        if self._key == key:
            return False
        self._key, self.prints = key, self._sheet.names(zoom, covered)
        self.whole = WholeNames(self.prints, covered)
        return True

    def are_for(self, camera: Camera) -> bool:
        """Whether they were placed for the zoom of a camera."""
        return bool(self._key) and self._key[0] == camera.zoom

    def draw(self, screen: pygame.Surface, camera: Camera) -> None:
        """All in the window, those at its edge as well."""
        if not self.are_for(camera):
            return
        ox, oy = camera.origin
        window = pygame.Rect(ox, oy, camera.width, camera.height).inflate(camera.zoom * 6, camera.zoom * 6)
        for name in self.prints:
            if name.rect.colliderect(window):
                name.draw(screen, ox - camera.x, oy - camera.y, self._sheet.fonts)

    def draw_uncut(
        self, screen: pygame.Surface, camera: Camera, lids: Sequence[pygame.Rect], part: pygame.Rect | None = None
    ) -> None:
        """Those alone that neither the window's edge nor what lies over the map cuts; ``part``: no more than that."""
        if not self.are_for(camera):
            return
        (ox, oy), fonts = camera.origin, self._sheet.fonts
        left, top = ox - camera.x, oy - camera.y
        shown = (camera, tuple(map(tuple, lids)), part and tuple(part), self._key)
        if self._drawn[0] != shown:
            edges = [pygame.Rect(ox, oy, camera.width, camera.height), *(lid.move(left, top) for lid in lids)]
            cut = {id(word) for edge in edges for word in self.whole.cut(edge)}
            about = part.move(left, top) if part is not None else edges[0]
            words = [word for word in self.whole.words if id(word) not in cut and word.box.colliderect(about)]
            names = [name for word in words for name in word.names]
            faces = [name.face(left, top, fonts) for name in names if name.leader is None]
            self._drawn = shown, [name for name in names if name.leader is not None], faces
        for name in self._drawn[1]:
            name.draw(screen, left, top, fonts)
        screen.fblits(self._drawn[2])

    def draw_across(
        self, screen: pygame.Surface, camera: Camera, lids: Sequence[pygame.Rect], lines: Sequence[Sequence[Point]]
    ) -> None:
        """Those that lines on the screen run across once more, over them."""
        if not self.are_for(camera) or not lines:
            return
        (ox, oy), fonts = camera.origin, self._sheet.fonts
        left, top = ox - camera.x, oy - camera.y
        edges = [pygame.Rect(ox, oy, camera.width, camera.height), *(lid.move(left, top) for lid in lids)]
        cut = {id(word) for edge in edges for word in self.whole.cut(edge)}
        wide = round(BROADEST * camera.zoom)
        for word in self.whole.words:
            if id(word) not in cut and crossed(word.box.move(-left, -top).inflate(wide, wide), lines):
                screen.fblits([name.face(left, top, fonts) for name in word.names])

    def make_whole(
        self, screen: pygame.Surface, camera: Camera, baked: Baked, lids: Sequence[pygame.Rect]
    ) -> list[pygame.Rect]:
        """No name of a baked picture is cut by the window's edge, or by what lies over the map.

        Gives back what was painted over.
        """
        if not self.are_for(camera):
            return []
        self._mended = mend(screen, camera, self.whole, baked.bare, (baked.left, baked.top), lids, self._sheet.fonts)
        return self._mended

    def boxes(self, camera: Camera) -> list[pygame.Rect]:
        """Where names show on the screen, and where one was taken away or moved to at the window's edge."""
        if not self.are_for(camera):
            return []
        (ox, oy), window = camera.origin, pygame.Rect(camera.x, camera.y, camera.width, camera.height)
        found = [name.rect.move(camera.x - ox, camera.y - oy) for word in self.whole.words for name in word.names]
        return [*(box for box in found if box.colliderect(window)), *self._mended]
