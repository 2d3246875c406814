"""The whole screen and back: size and place return, and the setting says what the window is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pygame
import pytest

from game.ui import app, desktop, window
from game.ui.full_screen import FullScreen
from game.ui.kit.theme import load_theme
from game.ui.library import Library
from game.ui.scenes.menu import Menu
from game.ui.scenes.settings import SettingsScene
from game.ui.settings import Settings, load_settings
from game.ui.window import make_desk, show_full_screen

SIZE, PLACE = (800, 600), (60, 40)


@pytest.fixture(autouse=True)
def nothing_on_the_disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("game.ui.settings.settings_folder", lambda: tmp_path / "settings")
    monkeypatch.setattr("game.ui.scenes.menu.autosaves_folder", lambda: tmp_path / "auto")
    monkeypatch.setattr("game.ui.library.user_cache_path", lambda *_, **__: tmp_path / "cache")


@pytest.fixture
def own_window(window: pygame.Surface) -> Iterator[pygame.Surface]:
    """A window that can be resized, and after the test the one of before."""
    yield pygame.display.set_mode(SIZE, pygame.RESIZABLE)
    pygame.display.set_mode(window.get_size())


class Screen:
    """A window manager of the stubborn kind: what leaves full screen is as large as the screen at first."""

    whole = (1600, 900)

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.size, self.place, self.full = SIZE, PLACE, False
        self.asked: list[tuple[tuple[int, int], int]] = []
        self.refuses = False
        for name in ("set_mode", "is_fullscreen", "get_window_size", "get_window_position", "set_window_position"):
            monkeypatch.setattr(f"game.ui.full_screen.pygame.display.{name}", getattr(self, name))

    def set_mode(self, size: tuple[int, int], flags: int = 0) -> None:
        if self.refuses and flags & pygame.FULLSCREEN:
            raise pygame.error("not supported")
        self.asked.append((size, flags))
        leaving, self.full = self.full and not flags & pygame.FULLSCREEN, bool(flags & pygame.FULLSCREEN)
        self.size = self.whole if self.full or leaving else size
        if self.full or leaving:
            self.place = (0, 0) if self.full else (1, 20)

    def is_fullscreen(self) -> bool:
        return self.full

    def get_window_size(self) -> tuple[int, int]:
        return self.size

    def get_window_position(self) -> tuple[int, int]:
        return self.place

    def set_window_position(self, place: tuple[int, int]) -> None:
        self.place = place


def test_leaving_gives_size_and_place_back_each_time(
    own_window: pygame.Surface, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen, full = Screen(monkeypatch), FullScreen()
    for place in (PLACE, PLACE, (300, 200)):
        screen.place = place
        assert full.set(True) and full.on
        assert (screen.size, screen.place) == (Screen.whole, (0, 0))
        assert not full.set(False) and not full.on
        assert (screen.size, screen.place) == (SIZE, place)
    assert all(flags == pygame.RESIZABLE for _, flags in screen.asked[1:3])


def test_what_is_so_already_is_left_alone(own_window: pygame.Surface, monkeypatch: pytest.MonkeyPatch) -> None:
    screen, full = Screen(monkeypatch), FullScreen()
    assert not full.set(False)
    full.set(True)
    full.set(True)
    full.set(False)
    assert (screen.size, screen.place) == (SIZE, PLACE)


def test_a_system_that_cannot_stays_a_window_and_the_setting_says_so(
    own_window: pygame.Surface, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = Screen(monkeypatch)
    screen.refuses = True
    desk = make_desk(SIZE, settings=Settings())
    show_full_screen(desk, True)
    assert not desk.settings.full_screen
    assert (screen.size, screen.place, screen.full) == (SIZE, PLACE, False)


def test_the_display_of_the_tests_goes_there_and_back_too(own_window: pygame.Surface) -> None:
    full = FullScreen()
    place = pygame.display.get_window_position()
    for _ in range(2):
        assert full.set(True)
        assert pygame.display.get_window_size() == pygame.display.get_desktop_sizes()[0]
        assert not full.set(False)
        surface = pygame.display.get_surface()
        assert surface is not None and surface.get_size() == SIZE
        assert pygame.display.get_window_position() == place


@pytest.mark.slow
def test_f11_and_the_setting_agree_and_are_kept(own_window: pygame.Surface, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = make_desk(SIZE)
    seen: list[tuple[bool, bool, tuple[int, int]]] = []

    def look() -> list[pygame.event.Event]:
        seen.append((desk.settings.full_screen, load_settings().full_screen, desk.size))
        return [pygame.event.Event(pygame.QUIT)]

    def press() -> list[pygame.event.Event]:
        return [pygame.event.Event(pygame.KEYDOWN, key=pygame.K_F11, mod=0, unicode="", scancode=pygame.KSCAN_F11)]

    steps = iter((press, list, press, look))
    monkeypatch.setattr("pygame.event.get", lambda: next(steps)())
    assert app.run(own_window, desk, Menu(desk, Library(desk.theme, []))) == 0
    assert seen == [(False, False, SIZE)]
    steps = iter((press, look))
    assert app.run(own_window, desk, Menu(desk, Library(desk.theme, []))) == 0
    assert seen[1] == (True, True, pygame.display.get_desktop_sizes()[0])
    show_full_screen(desk, False)


def test_the_switch_of_the_settings_does_the_same(own_window: pygame.Surface) -> None:
    desk = make_desk(SIZE)
    scene = SettingsScene(desk, save=lambda settings: None)
    scene.resize()
    for on in (True, False):
        scene._set("full_screen", on)
        assert desk.settings.full_screen is on and pygame.display.is_fullscreen() is on
    assert pygame.display.get_window_size() == SIZE


def test_the_window_has_the_sign_of_the_game_and_not_that_of_its_library(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[pygame.Surface] = []
    monkeypatch.setattr(pygame.display, "set_icon", shown.append)
    window.open_window(SIZE)
    assert os.environ["SDL_VIDEO_X11_WMCLASS"] == window.CLASS
    sign = shown[0]
    assert sign.get_size() == (window.ICON, window.ICON) and sign.get_at((window.ICON - 1, window.ICON - 1)).a == 0
    seen, body = sign.get_at((window.ICON * 28 // 100, window.ICON // 7)), load_theme().livery("red").body
    assert all(abs(one - other) < 8 for one, other in zip(seen[:3], body[:3], strict=True))


@pytest.mark.parametrize(
    ("environment", "told", "scale"),
    [
        ({}, "Xft.dpi:\t192\n", 2.0),
        ({}, "a: 1\nXft.dpi: 120", 1.25),
        ({"GDK_SCALE": "2"}, "Xft.dpi: 96", 2.0),
        ({"GDK_SCALE": "x", "QT_SCALE_FACTOR": "1.5"}, "", 1.5),
        ({}, "Xft.dpi: much", 1.0),
        ({"GDK_SCALE": "90"}, "", 4.0),
        ({"GDK_SCALE": "nan"}, "Xft.dpi: nan", 1.0),
        ({}, "Xft.dpi: 48", 1.0),
    ],
)
def test_a_screen_with_fine_pixels_is_known_by_what_its_desktop_tells(
    environment: dict[str, str], told: str, scale: float
) -> None:
    assert desktop.scale_told(environment, told) == scale


def test_text_grows_with_the_desktop_and_as_far_as_the_window_has_room(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = window.layout_scale((2560, 1440), 100)
    monkeypatch.setattr(window, "desktop_scale", lambda: 2.0)
    assert window.layout_scale((2560, 1440), 100) == 2.0 > usual
    assert window.layout_scale((1280, 720), 100) == 720 / window.LEAST_POINTS[1]
    assert window.layout_scale((3840, 2160), 100) > 2.0
