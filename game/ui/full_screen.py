"""The whole screen, and back: the window takes the size and the place again that it had."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

import pygame


@dataclass(frozen=True, slots=True)
class WindowSpot:
    """Size and place of a window on the screen, in pixels."""

    size: tuple[int, int]
    place: tuple[int, int]


class FullScreen:
    """Whether the window fills the screen, and where it was before."""

    def __init__(self) -> None:
        self._before: WindowSpot | None = None

    @property
    def on(self) -> bool:
        """Whether the window fills the screen now."""
        return pygame.display.get_surface() is not None and pygame.display.is_fullscreen()

    def set(self, on: bool) -> bool:
        """Fill the screen, or be a window again; tells which it is now. A system that cannot do it stays as it is."""
        if pygame.display.get_surface() is None or on == self.on:
            return self.on
        with contextlib.suppress(pygame.error):
            self._fill() if on else self._go_back()
        return self.on

    def _fill(self) -> None:
        self._before = WindowSpot(pygame.display.get_window_size(), pygame.display.get_window_position())
        try:
            pygame.display.set_mode((0, 0), pygame.FULLSCREEN)
        except pygame.error:
            pygame.display.set_mode(self._before.size, pygame.RESIZABLE)
            raise

    def _go_back(self) -> None:
        # In two steps: a window manager gives a window that stops filling the screen the screen's size first, and
        # would overrule any other that is asked for in the same breath.
        pygame.display.set_mode(pygame.display.get_window_size(), pygame.RESIZABLE)
        if self._before is not None:
            pygame.display.set_mode(self._before.size, pygame.RESIZABLE)
            pygame.display.set_window_position(self._before.place)
