"""The minimap: the whole map small, who holds what, units as dots, and the camera's window."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pygame

from game.ui.camera import PITCH, Camera, Point, hex_centre, map_extent
from game.ui.kit.theme import Theme
from game.ui.mapview.faces import Stack
from game.ui.mapview.sheet import Sheet


class Minimap:
    """A picture of at most ``size`` pixels, kept until what it shows changes."""

    def __init__(self, sheet: Sheet, theme: Theme, size: tuple[int, int]) -> None:
        self._columns, self._rows = sheet.picture.columns, sheet.picture.rows
        self._theme = theme
        wide, tall = map_extent(self._columns, self._rows)
        self._scale = min(size[0] / wide, size[1] / tall)
        self.size = (max(1, int(wide * self._scale)), max(1, int(tall * self._scale)))
        self._ground = sheet.small_picture(self.size)
        self._picture = self._tinted = self._ground
        self._held: tuple[str | None, ...] = ()

    def set_situation(self, holders: Sequence[str | None], stacks: Iterable[Stack]) -> None:
        """Tint held ground and mark stacks."""
        held = tuple(holders)
        if held != self._held:
            self._held, self._tinted = held, self._tint(held)
        picture, k = self._tinted.copy(), self._scale
        side = max(4, round(1.2 * k))
        for stack in stacks:
            livery = self._theme.livery(stack.faces[0].look)
            x, y = hex_centre(self._columns, stack.hex)
            dot = pygame.Rect(0, 0, side, side)
            dot.center = (round(x * k), round(y * k))
            picture.fill(livery.edge, dot.inflate(1, 1))
            picture.fill(livery.body, dot.inflate(-1, -1))
        self._picture = picture

    def _tint(self, holders: Sequence[str | None]) -> pygame.Surface:
        """The ground with what is held; a hex is so small here that a box of its size serves."""
        tint, k = pygame.Surface(self.size, pygame.SRCALPHA), self._scale
        colours = {name: self._theme.livery(name).tint.faded(96) for name in set(holders) - {None}}
        for h, holder in enumerate(holders):
            if holder is not None:
                x, y = hex_centre(self._columns, h)
                left, top = round((x - PITCH / 2) * k), round((y - 0.5) * k)
                tint.fill(colours[holder], (left, top, round((x + PITCH / 2) * k) - left, round((y + 0.5) * k) - top))
        picture = self._ground.copy()
        picture.blit(tint, (0, 0))
        return picture

    def draw(self, screen: pygame.Surface, at: tuple[int, int], camera: Camera) -> None:
        """The minimap with its upper left corner at ``at``, all of it and nothing beside it."""
        screen.blit(self._picture, at)
        left, top, wide, tall = (v * self._scale for v in camera.seen)
        whole = pygame.Rect(at, self.size)
        window = pygame.Rect(at[0] + round(left), at[1] + round(top), round(wide), round(tall)).clip(whole)
        clip = screen.get_clip()
        screen.set_clip(whole)
        pygame.draw.rect(screen, (20, 18, 14), window.inflate(2, 2), 3)
        pygame.draw.rect(screen, self._theme.marks.selected, window, 1)
        screen.set_clip(clip)

    def to_map(self, pixel: Point, at: tuple[int, int]) -> Point:
        """A point of the minimap on the map, for a click or a drag."""
        return (pixel[0] - at[0]) / self._scale, (pixel[1] - at[1]) / self._scale
