"""The legends of what lies over the map, in one box in a corner of it: where it hides the fewest counters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import is_

import pygame

from game.ui.camera import Camera
from game.ui.mapview.faces import Stack
from game.ui.mapview.legend import Legend, legend_picture
from game.ui.scene import Desk

CORNERS = ("bottomleft", "bottomright", "topleft", "topright")
"""In the order in which they are tried."""
FADED = 70
"""Opacity under the mouse, of 255: what lies below can be seen, and clicked as if nothing lay over it."""


class LegendCard:
    """It stays in its corner as long as it hides no counter there, and moves while the map rests, never on the way."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.rect = pygame.Rect(0, 0, 0, 0)
        """Where it stands in the window, without width where there is nothing to explain."""
        self._corner = CORNERS[0]
        self._drawn: tuple[object, pygame.Surface] | None = None
        self._camera: Camera | None = None
        self._chosen_for: tuple[tuple[object, ...], tuple[tuple[int, ...], ...]] | None = None

    def picture(self, legends: tuple[Legend, ...]) -> pygame.Surface:
        """The box, painted once for each set of legends."""
        key = (legends, self.desk.scale, self.desk.theme.marks)
        if self._drawn is None or self._drawn[0] != key:
            self._drawn = key, legend_picture(legends, self.desk.theme, self.desk.fonts, self.desk.scale)
        return self._drawn[1]

    def place(
        self, legends: tuple[Legend, ...], camera: Camera, stacks: Sequence[Stack], taken: Iterable[pygame.Rect]
    ) -> None:
        """Where it stands in this frame; ``taken`` are boxes that lie over the map already."""
        if not legends:
            self.rect = pygame.Rect(0, 0, 0, 0)
            return
        window = pygame.Rect(camera.x, camera.y, camera.width, camera.height)
        size, boxes = self.picture(legends).get_size(), tuple(tuple(box) for box in taken)
        rests, self._camera = camera is self._camera, camera
        seen, former = (camera, stacks, legends), self._chosen_for
        if rests and (former is None or boxes != former[1] or not all(map(is_, seen, former[0]))):
            self._chosen_for = seen, boxes
            places = [self._at(corner, size, window) for corner in CORNERS]
            hidden = dict(zip(CORNERS, _hidden(places, camera, stacks, boxes), strict=True))
            if hidden[self._corner]:
                self._corner = min(CORNERS, key=lambda corner: (hidden[corner], corner != self._corner))
        self.rect = self._at(self._corner, size, window).clip(window)

    def _at(self, corner: str, size: tuple[int, int], window: pygame.Rect) -> pygame.Rect:
        edge = self.desk.px(6)
        inner = window.inflate(-2 * edge, -2 * edge)
        box = pygame.Rect((0, 0), size)
        setattr(box, corner, getattr(inner, corner))
        box.y = max(inner.y, box.y)
        return box

    def draw(self, screen: pygame.Surface, legends: tuple[Legend, ...], mouse: tuple[int, int]) -> None:
        """The box, hardly there while the mouse is on it."""
        picture = self.picture(legends)
        picture.set_alpha(FADED if self.rect.collidepoint(mouse) else 255)
        screen.blit(picture, self.rect)


def _hidden(
    places: Sequence[pygame.Rect], camera: Camera, stacks: Sequence[Stack], taken: Iterable[tuple[int, ...]]
) -> list[int]:
    """How much each place would hide: counters, and whatever lies over the map, which weighs more than all of them."""
    half = round(camera.zoom / 2)
    counters = [
        pygame.Rect(round(x) - half, round(y) - half, 2 * half, 2 * half)
        for x, y in (camera.hex_on_screen(stack.hex) for stack in stacks)
    ]
    boxes = [pygame.Rect(box) for box in taken]
    return [len(place.collidelistall(counters)) + 1000 * len(place.collidelistall(boxes)) for place in places]
