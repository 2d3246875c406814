"""The window itself: opening it, its size and place, full screen and back, and the look that fits its size."""

from __future__ import annotations

import os
from dataclasses import replace

import pygame

from game.faults import NoDisplay
from game.ui import free_memory
from game.ui.desktop import desktop_scale
from game.ui.kit.crest import crest
from game.ui.kit.fonts import Fonts
from game.ui.kit.theme import Theme, load_theme
from game.ui.scene import Desk
from game.ui.settings import Settings

TITLE = "Race for Deir Ezzor"
CLASS = "race-for-deir-ezzor"
"""What desktops know the window by."""
ICON = 64
FIRST_SIZE = (1280, 720)
LEAST_POINTS = (880, 560)  # the room that every screen can do with
LEAST_SCALE = 0.5


def open_window(size: tuple[int, int] | None = None) -> pygame.Surface:
    """The game's window, without a ``size`` as large as the desktop's scale makes it; raises NoDisplay without one."""
    if not os.environ.get("DEZ_GPU"):
        # Without a graphics card SDL's path over OpenGL costs ten times a plain blit.
        os.environ.setdefault("SDL_FRAMEBUFFER_ACCELERATION", "0")
    free_memory.keep_large_apart()
    os.environ["SDL_VIDEO_X11_WMCLASS"] = CLASS  # pygame has put the name of the file there that was started
    try:
        pygame.display.init()
        pygame.font.init()
        pygame.display.set_icon(crest(load_theme(), ICON))
        screen = pygame.display.set_mode(size or first_size(), pygame.RESIZABLE)
    except pygame.error as problem:
        raise NoDisplay(
            f"no window can be opened: {problem}.",
            "play on a machine with a display, or headless: run_game.py simulate",
        ) from problem
    pygame.display.set_caption(TITLE)
    return screen


def first_size() -> tuple[int, int]:
    """The size of a window that nobody has sized yet: larger on a screen with fine pixels, as far as that has room."""
    scale, (wide, tall) = desktop_scale(), pygame.display.get_desktop_sizes()[0]
    return (min(round(FIRST_SIZE[0] * scale), max(FIRST_SIZE[0], wide * 9 // 10)),
            min(round(FIRST_SIZE[1] * scale), max(FIRST_SIZE[1], tall * 9 // 10)))  # fmt: skip


def make_desk(size: tuple[int, int], scale: float = 0.0, settings: Settings | None = None) -> Desk:
    """The shared look for a window size; without a ``scale`` the layout grows with the window's height."""
    settings = settings or Settings()
    theme = dressed(settings)
    return Desk(theme, Fonts(theme.fonts), size, scale or layout_scale(size, settings.scale), settings)


def dressed(settings: Settings) -> Theme:
    """The look that a player has chosen."""
    return load_theme(safe=settings.safe_colours, light=settings.panels == "light", counters=settings.counters)


def natural_scale(size: tuple[int, int]) -> float:
    """Layout scale of a window: 1 at 720 pixels, growing more slowly than the window, and never below the desktop's."""
    grown, least = min(2.5, 1.0 + (size[1] - 720) / 1100), desktop_scale()
    return max(0.85, grown, least) if least > 1.0 else max(0.85, grown)


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
