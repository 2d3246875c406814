"""How a map is moved by hand, at the table and in the editor: keys that are held, and a mouse button that drags."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pygame

DRAG_FROM = 5
"""Pixels from which a press that moves is a drag, and no click."""
PAN_SPEED = 900.0
"""Pixels a second at scale 1."""
PANS = {
    pygame.K_w: (0, -1), pygame.K_s: (0, 1), pygame.K_a: (-1, 0), pygame.K_d: (1, 0),
    pygame.K_UP: (0, -1), pygame.K_DOWN: (0, 1), pygame.K_LEFT: (-1, 0), pygame.K_RIGHT: (1, 0),
}  # fmt: skip
"""Keys that move the map while they are held, and which way."""


@dataclass(frozen=True, slots=True)
class Drag:
    """A mouse button held down over the map: which, where it went down, and whether it is a drag by now.

    ``boxing``: it draws a box instead of moving the map.
    """

    button: int
    start: tuple[int, int]
    moving: bool = False
    boxing: bool = False

    def to(self, at: tuple[int, int]) -> Drag:
        """The same button with the mouse at another point."""
        far = max(abs(at[0] - self.start[0]), abs(at[1] - self.start[1])) > DRAG_FROM
        return replace(self, moving=self.moving or far)

    def around(self, at: tuple[int, int]) -> pygame.Rect:
        """The box between where the button went down and another point."""
        (x0, y0), (x1, y1) = self.start, at
        return pygame.Rect(min(x0, x1), min(y0, y1), abs(x1 - x0) + 1, abs(y1 - y0) + 1)
