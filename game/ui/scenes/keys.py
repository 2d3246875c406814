"""The keys of the table: choose an action, press its new key; a key that is taken says by what, and changes places."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pygame

from game.ui.bindings import Bindings, chord_of, key_actions, refusal_of
from game.ui.kit.fonts import BODY
from game.ui.kit.lettering import write
from game.ui.kit.lists import ListBox
from game.ui.scene import Change, Desk
from game.ui.scenes.board import ENTER, Board
from game.words import say

MODIFIERS = frozenset(
    (pygame.K_LSHIFT, pygame.K_RSHIFT, pygame.K_LCTRL, pygame.K_RCTRL, pygame.K_LALT, pygame.K_RALT, pygame.K_LMETA,
     pygame.K_RMETA)
)  # fmt: skip


class KeysScene(Board):
    """A row an action. ``waiting``: the next key that is pressed is the new one."""

    title = "Keys"
    subtitle = "Choose an action, then press its new key."

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.bindings = Bindings.from_text(desk.settings.keys)
        self.waiting = False
        self.words = ""
        self.chosen = 0

    def build(self) -> None:
        """The list and the buttons."""
        desk, page = self.desk, self.page
        box = pygame.Rect(page.x, page.y, page.width, page.height - desk.px(30))
        rows = [(action.words, str(self.bindings.chords[action.id])) for action in key_actions()]
        listed = ListBox(desk, box, rows, self._choose, self._wait, row_points=46)
        listed.choose(self.chosen)
        self.form.add(listed)
        self.footer(
            [self.button("Back", self.back, key="Esc")],
            [
                self.button("The game's own keys", self._reset),
                self.button("Change the key", partial(self._wait, None), key="Enter"),
            ],
        )

    def paint(self, screen: pygame.Surface) -> None:
        """What is waited for, or what came of it."""
        words = self.words
        if self.waiting:
            action = key_actions()[self.chosen]
            words = say("Press the new key for: {action}. Esc keeps the old one.", action=action.words)
        write(screen, self.desk, words, (self.page.x, self.page.bottom - self.desk.px(22)), 15, BODY,
              self.desk.theme.interface.accent, self.page.width)  # fmt: skip

    def _choose(self, row: int) -> None:
        self.chosen = row

    def _wait(self, row: int | None) -> None:
        self.chosen = self.chosen if row is None else row
        self.waiting, self.words = True, ""

    def _reset(self) -> None:
        self.words = say("Every action has the game's own key again.")
        self._take(Bindings())

    def _take(self, bindings: Bindings) -> None:
        self.bindings = bindings
        self.desk.settings = replace(self.desk.settings, keys=bindings.text)
        self.resize()

    def handle(self, event: pygame.event.Event) -> Change | None:
        """While a key is waited for, it goes to nobody else."""
        if self.waiting and event.type == pygame.KEYDOWN:
            self._pressed(event)
            return None
        return super().handle(event)

    def _pressed(self, event: pygame.event.Event) -> None:
        if event.key in MODIFIERS:
            return
        self.waiting = False
        if event.key == pygame.K_ESCAPE:
            return
        chord, action = chord_of(event), key_actions()[self.chosen]
        self.words = refusal_of(chord)
        if self.words:
            return
        other, before = self.bindings.holder(chord), self.bindings.chords[action.id]
        if other is not None and other.id != action.id:
            self.words = say(
                "{key} was taken: {other}. That has {before} now.", key=chord, other=other.words, before=before
            )
        self._take(self.bindings.given(action.id, chord))

    def key(self, event: pygame.event.Event) -> bool:
        """Enter waits for a key."""
        if event.key in ENTER:
            self._wait(None)
            return True
        return False
