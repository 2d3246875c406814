"""The menu: the first screen, with the map of the campaign lying quietly behind it."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from pathlib import Path

import pygame

from game import __version__
from game.store import autosaves_folder
from game.ui.kit.fonts import STRONG
from game.ui.kit.lettering import write
from game.ui.kit.widgets import Button
from game.ui.library import Library
from game.ui.places import ToHelp, ToLoad, ToScenarios, ToSettings
from game.ui.scene import Change, Desk, Push, Quit
from game.ui.scenes.board import Board

TITLE = ("Race for", "Deir Ezzor")
WHEN = "Eastern Syria, September to November 2017"
DARKEST = 236
FADE = 0.8
"""Seconds in which the map appears when it was not at hand."""


class Menu(Board):
    """What one can do before a game."""

    def __init__(self, desk: Desk, library: Library, autosaves: Path | None = None) -> None:
        super().__init__(desk)
        self.library, self.autosaves = library, autosaves
        self._found = False
        self._words = ""
        self._search: threading.Thread | None = None
        self._shown = 1.0 if self._picture is not None else 0.0
        self._ground: tuple[object, ...] = ()
        self._ready: pygame.Surface | None = None

    @property
    def _picture(self) -> pygame.Surface | None:
        return self.library.campaign.picture if self.library.campaign else None

    def build(self) -> None:
        """The column of buttons."""
        x, y, gap = self._column.x + self.desk.px(36), self._top, self.desk.px(8)
        wide, items = self._column.width - self.desk.px(72), self._items()
        needed = sum(self.desk.px(tall) + gap for _, _, tall in items)
        room = self.desk.size[1] - y - self.desk.px(30)
        if needed > room:  # large letters in a small window: the buttons stand closer
            gap = max(1, gap * room // needed)
        for text, act, tall in items:
            rect = pygame.Rect(x, y, wide, min(self.desk.px(tall), self.desk.px(tall) * room // needed))
            self.form.add(Button(self.desk, rect, text, act, big=True, left=True))
            y = rect.bottom + gap
        self._show_continue()

    def _items(self) -> list[tuple[str, Callable[[], None], int]]:
        """Text, act and height of each button; Continue keeps its place when there is nothing to go on with."""
        return [
            ("Continue", self._go_on, 52),
            ("Start here", self._start_here, 52),
            ("Play", self._play, 40),
            ("Load a game", self._load, 40),
            ("Watch AI against AI", self._watch, 40),
            ("Scenario editor", self._edit, 40),
            ("Rules and help", self._help, 40),
            ("Settings", self._settings, 40),
            ("Quit", lambda: self.go(Quit()), 40),
        ]

    def _show_continue(self) -> None:
        button = self.form.widgets[0]
        if isinstance(button, Button):
            button.enabled = self._found
            button.note = self._words if self._found else "no game in progress"
        first = self.form.widgets[1]
        if isinstance(first, Button):
            first.note = "a coach teaches the game in 20 minutes"
        if not self._found and self.form.focus == 0:
            self.form.focus = 1

    @property
    def _column(self) -> pygame.Rect:
        return pygame.Rect(0, 0, min(self.desk.px(400), self.desk.size[0]), self.desk.size[1])

    @property
    def _top(self) -> int:
        return self.desk.px(196) if self.desk.size[1] >= self.desk.px(640) else self.desk.px(152)

    def back(self) -> None:
        """Esc at the menu does not leave the game: that takes a choice."""

    # --- what the buttons do ---

    def _start_here(self) -> None:
        from game.ui.scenes.loading import start_here

        self.go(Push(start_here(self.desk, self)))

    def _play(self) -> None:
        self.go(Push(ToScenarios(self.library)))

    def _watch(self) -> None:
        self.go(Push(ToScenarios(self.library, watch=True)))

    def _edit(self) -> None:
        self.go(Push(ToScenarios(self.library, edit=True)))

    def _load(self) -> None:
        self.go(Push(ToLoad()))

    def _go_on(self) -> None:
        from game.ui.scenes.loading import go_on

        self.go(Push(go_on(self.desk, self, self.autosaves)))

    def _help(self) -> None:
        self.go(Push(ToHelp(library=self.library)))

    def _settings(self) -> None:
        self.go(Push(ToSettings()))

    # --- scene ---

    def resize(self) -> None:
        """Back at the menu: there may be another game to go on with."""
        self._found = any((self.autosaves or autosaves_folder()).glob("auto-*.dez"))
        self._search = None
        super().resize()

    def update(self, seconds: float) -> Change | None:
        """After the first frame: read the scenarios, look into the newest game, and let the map appear."""
        if self._picture is not None and self._shown < 1.0:
            self._shown = min(1.0, self._shown + seconds / FADE)
        if self._search is None:
            self.library.begin()
            self._search = threading.Thread(target=self._look, name="autosaves", daemon=True)
            self._search.start()
        self._show_continue()
        return super().update(seconds)

    def _look(self) -> None:
        from game.ui.scenes.loading import newest_words

        with contextlib.suppress(OSError):
            self._words = newest_words(self.autosaves)
            self._found = bool(self._words)

    def draw(self, screen: pygame.Surface) -> None:
        """Map, column, title, buttons."""
        desk, colours = self.desk, self.desk.theme.interface
        screen.fill(colours.background)
        if self._picture is not None:
            self._paint_ground(screen, self._picture)
        x, y = self._column.x + desk.px(36), desk.px(44 if self._top > desk.px(160) else 20)
        for line in TITLE:
            y += write(screen, desk, line, (x, y), 40, STRONG) - desk.px(12)
        write(screen, desk, WHEN, (x, y + desk.px(16)), 14, colour=colours.text_dim, width=self._column.width - 2 * x)
        foot = desk.size[1] - desk.px(30)
        write(screen, desk, f"Version {__version__}", (x, foot), 12, colour=colours.text_dim)
        self.form.draw(screen)

    def _paint_ground(self, screen: pygame.Surface, picture: pygame.Surface) -> None:
        """The map over the whole window, darkened, and more so under the column."""
        if self._ready is None or self._ground != (picture, self.desk.size):
            self._ready, self._ground = self._dimmed(picture), (picture, self.desk.size)
        self._ready.set_alpha(round(255 * self._shown))
        screen.blit(self._ready, (0, 0))

    def _dimmed(self, picture: pygame.Surface) -> pygame.Surface:
        wide, tall = self.desk.size
        scale = max(wide / picture.get_width(), tall / picture.get_height())
        size = (max(wide, round(picture.get_width() * scale)), max(tall, round(picture.get_height() * scale)))
        out = pygame.Surface((wide, tall))
        at = (min(0, (wide - size[0]) // 2), min(0, round((tall - size[1]) * 0.42)))
        out.blit(pygame.transform.smoothscale(picture, size), at)
        out.fill((150, 148, 144), special_flags=pygame.BLEND_RGB_MULT)
        ground = self.desk.theme.interface.background
        edge, fade = self._column.right, self.desk.px(140)
        shade = pygame.Surface((edge + fade, tall), pygame.SRCALPHA)
        shade.fill(ground.faded(DARKEST))
        for x in range(max(0, edge - fade), edge + fade):
            shade.fill(ground.faded(DARKEST * (edge + fade - x) // (2 * fade)), (x, 0, 1, tall))
        out.blit(shade, (0, 0))
        return out
