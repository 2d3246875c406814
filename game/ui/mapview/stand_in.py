"""What shows where pieces of the map are not printed yet: what was shown last or the whole map, stretched."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pygame

from game.ui.camera import Camera, map_extent
from game.ui.mapview.sheet import CHUNK, Sheet

OVERVIEW_ZOOM = 15.0
ROOM = 96
"""Pixels by which a stretched picture may be larger than the window, both ways."""
SMOOTH_AFTER = 8
"""Frames at rest after which what still stands in is worth the time that it takes to stretch it smoothly."""


@dataclass(frozen=True, slots=True)
class Baked:
    """The window and its surroundings as one picture, and what was shown in it."""

    picture: pygame.Surface
    ground: pygame.Surface  # the same without counters
    bare: pygame.Surface  # and without names
    zoom: float
    left: int
    top: int
    shown: tuple[object, ...]

    def covers(self, camera: Camera) -> bool:
        """Whether the picture holds all of the map that a window shows."""
        left, top, wide, tall = camera.seen
        whole, deep = map_extent(camera.columns, camera.rows)
        k = self.zoom
        width, height = self.ground.get_size()
        return (
            self.left / k <= max(left, 0)
            and self.top / k <= max(top, 0)
            and (self.left + width) / k >= min(left + wide, whole)
            and (self.top + height) / k >= min(top + tall, deep)
        )


class StandIn:
    """Draws the stand-in of one map; the one for a camera that rests is kept from frame to frame."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._room: pygame.Surface | None = None
        self._kept: tuple[Camera, pygame.Surface] | None = None
        self._rested = 0
        self._overview, self._late = self._print_overview(), False

    def forget(self) -> None:
        """The map has changed: the whole of it is printed again when it is needed next."""
        self._late = True

    @property
    def zoom(self) -> float:
        """The zoom of what is kept, 0 while nothing is."""
        return self._kept[0].zoom if self._kept is not None else 0.0

    def draw(self, screen: pygame.Surface, camera: Camera, baked: Baked | None, still: bool) -> None:
        """Into the camera's window, from what was baked last; ``still`` while no zoom is under way."""
        if not still:
            self._draw(screen, camera, baked)
            return
        if self._kept is None or self._kept[0] != camera:
            size = (camera.width, camera.height)
            old = self._kept[1] if self._kept else None
            picture = old if old is not None and old.get_size() == size else pygame.Surface(size).convert(screen)
            self._draw(picture, replace(camera, x=0, y=0), baked)
            self._kept, self._rested = (camera, picture), 0
        self._rested += 1
        if self._rested == SMOOTH_AFTER:
            self._draw(self._kept[1], replace(camera, x=0, y=0), baked, smooth=True)
        screen.blit(self._kept[1], (camera.x, camera.y))

    def _draw(self, screen: pygame.Surface, camera: Camera, baked: Baked | None, smooth: bool = False) -> None:
        """The overview stretched over the window, and over it what was baked last, at whatever zoom that was."""
        window = pygame.Rect(camera.x, camera.y, camera.width, camera.height)
        screen.fill(self._sheet.theme.map.sea_of_table, window)
        scratch = self._scratch(camera, screen)
        if baked is None or not baked.covers(camera):
            if self._late:
                self._overview, self._late = self._print_overview(), False
            k = self._overview.get_width() / map_extent(camera.columns, camera.rows)[0]
            _stretch(screen, camera, self._overview, k, (0, 0), scratch, smooth)
        if baked is not None:
            _stretch(screen, camera, baked.ground, baked.zoom, (baked.left, baked.top), scratch, smooth)

    def _scratch(self, camera: Camera, screen: pygame.Surface) -> pygame.Surface:
        """Room to stretch pictures in, a little larger than the window."""
        size = (camera.width + ROOM, camera.height + ROOM)
        if self._room is None or self._room.get_size() != size:
            self._room = pygame.Surface(size).convert(screen)
        return self._room

    def _print_overview(self) -> pygame.Surface:
        sheet = self._sheet
        wide, tall = map_extent(sheet.picture.columns, sheet.picture.rows)
        across, down = sheet.chunks(OVERVIEW_ZOOM)
        out = pygame.Surface((int(wide * OVERVIEW_ZOOM), int(tall * OVERVIEW_ZOOM)))
        for column in range(across):
            for row in range(down):
                piece = sheet.piece(OVERVIEW_ZOOM, column, row, False)  # stretched, a grid would be bars
                sheet.write(piece, OVERVIEW_ZOOM, column, row, False)
                out.blit(piece, (column * CHUNK, row * CHUNK))
        return out.convert()


def _stretch(
    screen: pygame.Surface, camera: Camera, source: pygame.Surface, scale: float, corner: tuple[int, int],
    scratch: pygame.Surface, smooth: bool,
) -> None:  # fmt: skip
    """The part of a picture that lies in the window, at the camera's zoom; ``corner`` is its place on the whole map."""
    left, top, wide, tall = camera.seen
    box = pygame.Rect(
        int(left * scale) - corner[0] - 1,
        int(top * scale) - corner[1] - 1,
        int(wide * scale) + 4,
        int(tall * scale) + 4,
    ).clip(source.get_rect())
    if box.width < 1 or box.height < 1:
        return
    x, y = camera.to_screen(((box.x + corner[0]) / scale, (box.y + corner[1]) / scale))
    k = camera.zoom / scale
    size = (max(1, round(box.width * k)), max(1, round(box.height * k)))
    part, stretch = source.subsurface(box), pygame.transform.smoothscale if smooth else pygame.transform.scale
    if size[0] > scratch.get_width() or size[1] > scratch.get_height():
        screen.blit(stretch(part, size), (round(x), round(y)))
        return
    # A fresh picture each frame would cost more in memory pages than the stretching itself.
    room = scratch.subsurface(pygame.Rect((0, 0), size))
    stretch(part, size, room)
    screen.blit(room, (round(x), round(y)))
