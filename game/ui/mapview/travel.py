"""A window on the map that can be moved: by hand, at once, or gliding to a hex."""

from __future__ import annotations

import pygame

from game.ui.camera import Camera, hex_centre
from game.ui.mapview.view import MapView

TRAVEL = 7.0
"""Share of the way that is left behind in a second of gliding."""


class Travelling:
    """What table and editor have in common: a map, and where the camera is going."""

    map: MapView
    goal: tuple[float, float] | None = None

    def bring_into_sight(self, here: int, always: bool = False) -> None:
        """Glide to a hex unless it lies well inside the window; ``always``: nearer to its middle."""
        camera = self.map.camera
        edge = 6 if always else 3
        inner = pygame.Rect(camera.x, camera.y, camera.width, camera.height)
        inner = inner.inflate(-camera.width * edge // 10, -camera.height * edge // 10)
        if here >= 0 and not inner.collidepoint(camera.hex_on_screen(here)):
            self.goal = hex_centre(self.map.picture.columns, here)

    def pan(self, dx: float, dy: float) -> None:
        """Move by pixels; this ends any gliding."""
        self.goal = None
        self.map.camera = self.map.camera.panned(dx, dy)

    def look_from(self, camera: Camera) -> None:
        """Look at what another camera showed; this ends any gliding."""
        self.goal = None
        self.map.look_from(camera)

    def centre(self, point: tuple[float, float]) -> None:
        """Look at a point of the map at once."""
        self.goal = None
        self.map.camera = self.map.camera.centred(point)

    def update(self, seconds: float) -> None:
        """Let time pass: zoom and glide go on."""
        self.map.update(seconds)
        if self.goal is None or self.map.gliding:
            return
        camera = self.map.camera
        share = min(1.0, seconds * TRAVEL)
        mx, my = camera.left + camera.width / camera.zoom / 2, camera.top + camera.height / camera.zoom / 2
        gx, gy = self.goal
        if abs(gx - mx) + abs(gy - my) < 0.1:
            share, self.goal = 1.0, None
        moved = camera.centred((mx + (gx - mx) * share, my + (gy - my) * share))
        if moved == camera:
            self.goal = None
        self.map.camera = moved
