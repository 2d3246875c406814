"""The menu: the first screen, with the map of the campaign lying quietly behind it and all scenarios on a shelf."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pygame

from game import __version__
from game.store import autosaves_folder
from game.ui.kit.crest import crest
from game.ui.kit.fonts import BODY, NARROW, STRONG
from game.ui.kit.lettering import write
from game.ui.kit.widgets import Button
from game.ui.library import Library, ShelfEntry
from game.ui.places import ToHelp, ToKeys, ToLoad, ToScenarios, ToSettings, ToSides
from game.ui.scene import Change, Desk, Push, Quit
from game.ui.scenes.board import Board, behind
from game.ui.scenes.cards import ContinueCard, Shelf, StartCard, StripOfFront, Tile

TITLE = "Race for Deir Ezzor"
WHEN = "Eastern Syria, September to November 2017"
LESSON = "A guided game on a small map. It shows where to click, checks what you did, and ends in a win you earn."
DARKEST = 214
FILTERS = ("All", "Short", "Long", "Yours")
SHORT = 14
"""Most turns of a short scenario."""
TILES = 3
"""Tiles side by side."""
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
        self._front: StripOfFront | None = None
        self._drawing: threading.Thread | None = None
        self._shown = 1.0 if self._picture is not None else 0.0
        self._ground: tuple[object, ...] = ()
        self._ready: pygame.Surface | None = None
        self.filter, self.chosen = 0, 0
        self._entries: list[ShelfEntry] = []
        self._told: tuple[bool, ...] = ()

    @property
    def _picture(self) -> pygame.Surface | None:
        return self.library.campaign.picture if self.library.campaign else None

    def build(self) -> None:
        """Cards and tiles at the left, filters and the shelf at the right."""
        start, go_on, *tiles = self._left()
        desk = self.desk
        self._start = StartCard(desk, start, "Start here", self._start_here, hint="20 minutes", note=LESSON)
        self._continue = ContinueCard(desk, go_on, "Continue", self._go_on)
        self.form.add(self._start)
        self.form.add(self._continue)
        for (sign, text, act), rect in zip(self._items(), tiles, strict=True):
            self.form.add(Tile(desk, rect, sign, text, act))
        shelf = self._shelf
        x = shelf.x + desk.fonts.width("Scenarios", STRONG, desk.px(20)) + desk.px(20)
        for number, word in enumerate(FILTERS):
            wide = desk.fonts.width(word, BODY, desk.px(15)) + desk.px(26)
            rect = pygame.Rect(x, shelf.y - desk.px(44), wide, desk.px(30))
            if rect.right > shelf.right or rect.top < 0:
                break
            chip = Button(desk, rect, word, partial(self._filter, number))
            chip.chosen = number == self.filter
            self.form.add(chip)
            x = rect.right + desk.px(8)
        self._entries = [entry for entry in self.library.entries if self._fits(entry)]
        self._told = tuple(entry.ready for entry in self.library.entries)
        if shelf.width > desk.px(140) and shelf.height > desk.px(120):
            self.form.add(Shelf(desk, shelf, self._entries, self.chosen, self._open))
        self._show_continue()

    def _items(self) -> list[tuple[str, str, Callable[[], None]]]:
        """Sign, text and act of each tile."""
        return [
            ("list", "Play", self._play),
            ("load", "Load a game", self._load),
            ("clock", "Watch a replay", self._replays),
            ("watch", "Watch AI against AI", self._watch),
            ("edit", "Scenario editor", self._edit),
            ("book", "Rules and help", self._help),
            ("keys", "Keys", lambda: self.go(Push(ToKeys()))),
            ("settings", "Settings", self._settings),
            ("quit", "Quit", lambda: self.go(Quit())),
        ]

    def _left(self) -> list[pygame.Rect]:
        """Places of the two cards and of the tiles; where there is no room they become lower."""
        column, desk = self._column, self.desk
        top, gap = self._top, desk.px(12)
        rows = -(-len(self._items()) // TILES)
        talls = [desk.px(126), desk.px(150 if self._found else 56), *[desk.px(58)] * rows]
        room = desk.size[1] - top - desk.px(40) - gap * (len(talls) - 1)
        if sum(talls) > room:
            gap = max(1, min(gap, room // 40))
            whole = sum(talls)
            talls = [max(1, tall * max(1, room) // whole) for tall in talls]
        out, y = [], top
        for tall in talls[:2]:
            out.append(pygame.Rect(column.x, y, column.width, tall))
            y += tall + gap
        wide = max(1, (column.width - gap * (TILES - 1)) // TILES)
        for number in range(len(self._items())):
            row, place = divmod(number, TILES)
            x = column.x + place * (wide + gap)
            out.append(pygame.Rect(x, y + row * (talls[2] + gap), wide, talls[2]))
        return out

    def _show_continue(self) -> None:
        self._continue.enabled = self._found
        self._continue.note = self._words if self._found else "no game in progress"
        self._start.picture = self._continue.picture = self._picture
        self._continue.front = self._front
        if not self._found and self.form.focus == 1:
            self.form.focus = 0

    @property
    def _column(self) -> pygame.Rect:
        edge = self.desk.px(32)
        wide = min(self.desk.px(420), self.desk.size[0] * 36 // 100)
        return pygame.Rect(edge, 0, max(1, wide - edge // 2), self.desk.size[1])

    @property
    def _shelf(self) -> pygame.Rect:
        """Where the scenarios stand."""
        left, top = self._column.right + self.desk.px(28), self.desk.px(76)
        right, bottom = self.desk.size[0] - self.desk.px(24), self.desk.size[1] - self.desk.px(24)
        return pygame.Rect(left, top, max(1, right - left), max(1, bottom - top))

    @property
    def _top(self) -> int:
        return self.desk.px(118) if self.desk.size[1] >= self.desk.px(600) else self.desk.px(96)

    # --- the shelf ---

    def _fits(self, entry: ShelfEntry) -> bool:
        """Whether a scenario is shown; one that is not read yet is, until it is known."""
        word = FILTERS[self.filter]
        if word == "Yours":
            return entry.folder not in self.library.shipped
        if word == "All" or entry.world is None:
            return True
        return (entry.world.turns <= SHORT) == (word == "Short")

    def _filter(self, number: int) -> None:
        self.filter, self.chosen = number, 0
        self.resize()

    def _open(self, number: int) -> None:
        entry = self._entries[number]
        self.chosen = number
        if entry.world is not None:
            self.go(Push(ToSides(entry.world, folder=entry.folder)))
        elif entry.ready:
            self.go(Push(ToScenarios(self.library, at=self.library.entries.index(entry))))

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

    def _replays(self) -> None:
        self.go(Push(ToLoad(replays=True)))

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
        self.library.wear(self.desk.theme)
        self._found = any((self.autosaves or autosaves_folder()).glob("auto-*.dez"))
        self._search = self._drawing = None
        shelf = next((one for one in self.form.widgets if isinstance(one, Shelf)), None)
        if shelf is not None and shelf.entries == self._entries:
            self.chosen = shelf.chosen
        super().resize()

    def left(self) -> None:
        """A game has the window now: the next menu reads its scenarios anew."""
        self.library.leave()

    def wait(self) -> None:
        """Wait for what is looked up beside the window, for tests and pictures."""
        for work in (self._search, self._drawing):
            if work is not None:
                work.join()

    def update(self, seconds: float) -> Change | None:
        """After the first frame: read the scenarios, look into the newest game, and let the map appear."""
        if self._picture is not None and self._shown < 1.0:
            self._shown = min(1.0, self._shown + seconds / FADE)
        if self._search is None:
            self.library.begin()
            self._search = threading.Thread(target=self._look, name="autosaves", daemon=True)
            self._search.start()
        if self._drawing is None and self._words and not self.library.busy:
            self._drawing = threading.Thread(target=self._draw_front, name="front of the newest game", daemon=True)
            self._drawing.start()
        if self._told != tuple(entry.ready for entry in self.library.entries):
            self._refresh_shelf()
        self._show_continue()
        return super().update(seconds)

    def _refresh_shelf(self) -> None:
        """A scenario has been read: it may belong elsewhere now."""
        self._told = tuple(entry.ready for entry in self.library.entries)
        fitting = [entry for entry in self.library.entries if self._fits(entry)]
        if fitting != self._entries:
            focus = self.form.focus
            self.form.clear()
            self.build()
            self.form.put_focus(focus)

    def _look(self) -> None:
        from game.ui.scenes.loading import newest_words

        with contextlib.suppress(OSError):
            self._words = newest_words(self.autosaves)
            self._found = bool(self._words)

    def _draw_front(self) -> None:
        """The front of the newest game, for the card that goes on with it: last of all, since it takes a second."""
        from game.ui.scenes.loading import newest_front

        self._front = newest_front(self.desk.theme, self.autosaves)

    def draw(self, screen: pygame.Surface) -> None:
        """Map, title, cards."""
        desk, colours = self.desk, self.desk.theme.interface
        screen.fill(colours.background)
        if self._picture is not None:
            self._paint_ground(screen, self._picture)
        column, side = self._column, desk.px(48)
        y = desk.px(28 if self._top > desk.px(100) else 16)
        screen.blit(crest(desk.theme, side), (column.x, y))
        x, room = column.x + side + desk.px(12), column.width - side - desk.px(12)
        size = next((size for size in (30, 24, 20) if desk.fonts.width(TITLE, STRONG, desk.px(size)) <= room), 18)
        y += write(screen, desk, TITLE, (x, y - desk.px(4)), size, STRONG, width=room) - desk.px(6)
        write(screen, desk, WHEN, (x, y), 14, NARROW, colours.text_dim, room)
        shelf = self._shelf
        write(screen, desk, "Scenarios", (shelf.x, shelf.y - desk.px(46)), 20, STRONG, width=shelf.width)
        if not self._entries:
            write(
                screen, desk, "None of these is on the shelf.", shelf.topleft, 15, BODY, colours.text_dim, shelf.width
            )
        foot = desk.size[1] - desk.px(30)
        write(screen, desk, f"Version {__version__}", (column.x, foot), 12, NARROW, colours.text_dim)
        self.form.draw(screen)

    def _paint_ground(self, screen: pygame.Surface, picture: pygame.Surface) -> None:
        """The map over the whole window, darkened, and more so under the column."""
        key = (picture, self.desk.size, self.desk.theme)
        if self._ready is None or self._ground != key:
            self._ready, self._ground = behind(picture, self.desk, DARKEST, 0.42), key
        self._ready.set_alpha(round(255 * self._shown))
        screen.blit(self._ready, (0, 0))
