"""The keys of the table: choose an action, press its new key; a key that is taken says by what, and changes places."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pygame

from game.ui.bindings import FIXED, Bindings, Chord, chord_of, key_actions, refusal_of
from game.ui.kit import key_caps
from game.ui.kit.fonts import BODY, NARROW, STRONG
from game.ui.kit.keyboard_picture import key_boxes, paint_keyboard
from game.ui.kit.lettering import panel, wrapped, write
from game.ui.kit.lists import ListBox
from game.ui.scene import Change, Desk
from game.ui.scenes.board import ENTER, Board
from game.words import say

MODIFIERS = frozenset(
    (pygame.K_LSHIFT, pygame.K_RSHIFT, pygame.K_LCTRL, pygame.K_RCTRL, pygame.K_LALT, pygame.K_RALT, pygame.K_LMETA,
     pygame.K_RMETA)
)  # fmt: skip


ROW, SIDE, BOARD = 32, 620, 232
"""Height of a row, width of the card beside the list, and height of the keyboard on it, in points."""
HELD = {True: (pygame.K_LSHIFT, pygame.K_RSHIFT), False: (pygame.K_LCTRL, pygame.K_RCTRL)}
"""Keys that are held for a chord: with Shift, with Ctrl."""


def paint_chord(screen: pygame.Surface, desk: Desk, chord: str, at: tuple[int, int], points: int) -> None:
    """A key with those to be held as caps, its middle right at ``at``."""
    pixels, colours = desk.px(points), desk.theme.interface
    x, gap = at[0], desk.px(3)
    held, _, name = chord[:-1].rpartition("+")  # the key itself may be a plus
    for number, part in enumerate(reversed([*(held.split("+") if held else ()), name + chord[-1:]])):
        if number:
            plus = desk.fonts.text("+", NARROW, pixels, colours.text_dim)
            x -= plus.get_width() + gap
            screen.blit(plus, plus.get_rect(midleft=(x, at[1])))
            x -= gap
        face = desk.fonts.text(part, NARROW, pixels, colours.text)
        wide = key_caps.cap_width(face.get_width(), pixels)
        x -= wide
        key_caps.paint_cap(screen, desk, face, face.get_rect(center=(x + wide // 2, at[1])).topleft, key_caps.KEY)


class KeyList(ListBox):
    """An action a row, its keys at the right; those that a player has chosen have a mark."""

    def _draw_row(self, screen: pygame.Surface, number: int, box: pygame.Rect) -> None:
        desk, colours = self.desk, self.desk.theme.interface
        words, chord = self.rows[number]
        room = box.width - desk.px(190)
        write(screen, desk, words, (box.x + desk.px(10), box.centery - desk.px(10)), 15, BODY, colours.text, room)
        if number in self.marked:
            x = box.x + desk.px(20) + min(room, desk.fonts.width(words, BODY, desk.px(15)))
            pygame.draw.aacircle(screen, colours.accent, (x, box.centery), desk.px(4))
        paint_chord(screen, desk, chord, (box.right - desk.px(12), box.centery), 13)


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
        self._card = pygame.Rect(0, 0, 1, 1)

    def build(self) -> None:
        """The list and the buttons."""
        desk, page, actions, chords = self.desk, self.page, key_actions(), self.bindings.chords
        side = min(desk.px(SIDE), page.width // 2)
        self._card = pygame.Rect(page.right - side, page.y, side, page.height)
        box = pygame.Rect(page.x, page.y, page.width - side - desk.px(14), page.height)
        rows = [(action.words, str(chords[action.id])) for action in actions]
        listed = KeyList(desk, box, rows, self._choose, self._wait, row_points=ROW)
        listed.marked = {row for row, action in enumerate(actions) if chords[action.id] != action.own}
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
        """The card of the chosen action: its key, the game's own, and what is waited for or came of it."""
        desk, colours, action, pad = self.desk, self.desk.theme.interface, key_actions()[self.chosen], self.desk.px(16)
        panel(screen, desk, self._card)
        inner = self._card.inflate(-2 * pad, -2 * pad)
        self._paint_keyboard(screen)
        inner.height = self._keyboard.y - desk.px(30) - inner.y
        x, y, own = inner.x, inner.y, self.bindings.chords[action.id] == action.own
        y += write(screen, desk, action.words, (x, y), 20, STRONG, colours.accent, inner.width) + desk.px(10)
        told = [(say("Its key"), self.bindings.chords[action.id]), (say("The game's own"), action.own)]
        for words, chord in told[:1] if own else told:
            write(screen, desk, words, (x, y + desk.px(6)), 15, BODY, colours.text, inner.width // 2)
            paint_chord(screen, desk, str(chord), (inner.right, y + desk.px(16)), 15)
            y += desk.px(38)
        y += desk.px(8)
        hint = say("Enter or a double click, then the new key. A key that is taken changes places with this one.")
        if self.waiting:
            hint = say("Press the new key for: {action}. Esc keeps the old one.", action=action.words)
        for text, ink in ((hint, colours.accent if self.waiting else colours.text_dim), (self.words, colours.accent)):
            for line in wrapped(desk.fonts, text, BODY, desk.px(15), inner.width) if text else ():
                y += write(screen, desk, line, (x, y), 15, BODY, ink, inner.width) + desk.px(2)
            y += desk.px(8)
        note = say("These stay where they are: digits, arrows, WASD, Enter, Esc, Tab, comma and full stop.")
        for line in reversed(wrapped(desk.fonts, note, BODY, desk.px(13), inner.width)):
            inner.height -= desk.px(18)
            write(screen, desk, line, inner.bottomleft, 13, BODY, colours.text_dim, inner.width)

    @property
    def _keyboard(self) -> pygame.Rect:
        """Where the keyboard is: at the foot of the card."""
        pad, tall = self.desk.px(16), min(self.desk.px(BOARD), self._card.height // 2)
        return pygame.Rect(
            self._card.x + pad, self._card.bottom - pad - tall, max(1, self._card.width - 2 * pad), max(1, tall)
        )

    def _paint_keyboard(self, screen: pygame.Surface) -> None:
        """The keys that mean something with what is held for the chosen action, its own in gold."""
        desk, action = self.desk, key_actions()[self.chosen]
        chord = self.bindings.chords[action.id]
        layer = [one for one in key_actions() if self._is_beside(self.bindings.chords[one.id])]
        used = {self.bindings.chords[one.id].key for one in layer} | (set() if chord.ctrl or chord.shift else FIXED)
        own = {self.bindings.chords[one.id].key for one in layer if self.bindings.chords[one.id] != one.own}
        held = (*(HELD[True] if chord.shift else ()), *(HELD[False] if chord.ctrl else ()))
        words = say("With Shift") if chord.shift else say("With Ctrl") if chord.ctrl else say("Without Shift or Ctrl")
        note = say("{held}: keys in use are lit; click one to see what it does.", held=words)
        y = self._keyboard.y - desk.px(24)
        write(screen, desk, note, (self._keyboard.x, y), 13, BODY, desk.theme.interface.text_dim, self._keyboard.width)
        paint_keyboard(screen, desk, self._keyboard, used, own, chord.key, held)

    def _is_beside(self, other: Chord) -> bool:
        """Whether a chord is pressed with the same keys held as that of the chosen action."""
        chord = self.bindings.chords[key_actions()[self.chosen].id]
        return (other.ctrl, other.shift) == (chord.ctrl, chord.shift)

    def _press_drawn(self, at: tuple[int, int]) -> None:
        """A key of the keyboard is clicked: its action is chosen; Shift and Ctrl show what lies on them."""
        code = next((code for _, code, box in key_boxes(self._keyboard) if box.collidepoint(at)), 0)
        rows = {self.bindings.chords[one.id]: row for row, one in enumerate(key_actions())}
        chord = self.bindings.chords[key_actions()[self.chosen].id]
        goal = rows.get(Chord(code, chord.ctrl, chord.shift), -1)
        if code in HELD[True] or code in HELD[False]:
            shift = code in HELD[True] and not chord.shift
            ctrl = code in HELD[False] and not chord.ctrl
            goal = next((row for one, row in rows.items() if (one.ctrl, one.shift) == (ctrl, shift)), -1)
        if goal >= 0:
            self.chosen = goal
            self.resize()

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
        if event.type == pygame.MOUSEBUTTONDOWN and event.button == 1 and self._keyboard.collidepoint(event.pos):
            self._press_drawn(event.pos)
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
