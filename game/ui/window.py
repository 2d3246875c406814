"""The window itself: opening it, its size and place, full screen and back, and the look that fits its size."""

from __future__ import annotations

import os
from dataclasses import replace

import pygame

from game.faults import NoDisplay
from game.ui.kit.fonts import Fonts
from game.ui.kit.theme import Theme, load_theme
from game.ui.scene import Desk
from game.ui.settings import Settings

TITLE = "Race for Deir Ezzor"
FIRST_SIZE = (1280, 720)
LEAST_POINTS = (880, 560)  # the room that every screen can do with
LEAST_SCALE = 0.5


def open_window(size: tuple[int, int] = FIRST_SIZE) -> pygame.Surface:
    """The game's window; raises NoDisplay when none can be opened."""
    if not os.environ.get("DEZ_GPU"):
        # Without a graphics card SDL's path over OpenGL costs ten times a plain blit.
        os.environ.setdefault("SDL_FRAMEBUFFER_ACCELERATION", "0")
    try:
        pygame.display.init()
        pygame.font.init()
        screen = pygame.display.set_mode(size, pygame.RESIZABLE)
    except pygame.error as problem:
        raise NoDisplay(
            f"no window can be opened: {problem}.",
            "play on a machine with a display, or headless: run_game.py simulate",
        ) from problem
    pygame.display.set_caption(TITLE)
    return screen


def make_desk(size: tuple[int, int], scale: float = 0.0, settings: Settings | None = None) -> Desk:
    """The shared look for a window size; without a ``scale`` the layout grows with the window's height."""
    settings = settings or Settings()
    theme = dressed(settings)
    return Desk(theme, Fonts(theme.fonts), size, scale or layout_scale(size, settings.scale), settings)


def dressed(settings: Settings) -> Theme:
    """The look that a player has chosen."""
    return load_theme(safe=settings.safe_colours, light=settings.panels == "light", counters=settings.counters)


def natural_scale(size: tuple[int, int]) -> float:
    """Layout scale of a window: 1 at 720 pixels, growing more slowly than the window."""
    return max(0.85, min(2.5, 1.0 + (size[1] - 720) / 1100))


def layout_scale(size: tuple[int, int], percent: int) -> float:
    """The natural scale as the player wants it larger or smaller, as far as the narrowest layout still fits."""
    room = min(size[0] / LEAST_POINTS[0], size[1] / LEAST_POINTS[1])
    return max(LEAST_SCALE, min(natural_scale(size) * percent / 100, room))


def show_full_screen(desk: Desk, on: bool) -> None:
    """Fill the screen, or be a window again; the setting says afterwards which it is."""
    desk.settings = replace(desk.settings, full_screen=desk.full_screen.set(on))


def measure(desk: Desk) -> pygame.Surface:
    """The layout and the settings follow the window as it is now; gives what is drawn on."""
    screen = pygame.display.get_surface()
    if screen is None:
        screen = open_window()
    desk.size = (max(1, screen.get_width()), max(1, screen.get_height()))
    desk.scale = layout_scale(desk.size, desk.settings.scale)
    desk.settings = replace(desk.settings, full_screen=desk.full_screen.on)
    return screen
