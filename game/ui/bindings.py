"""Keys of the table that a player has put elsewhere: which key means which action, and who would be in the way.

The table knows its own keys alone. A key that was given to an action is told to it as that action's own key, and a key
whose action has moved away is told to nobody. Digits, arrows, WASD, Enter, Esc, Tab, comma and full stop stay
where they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import pygame

from game.ui import order_kinds, overlays
from game.words import say

FIXED = frozenset(
    (
        pygame.K_ESCAPE, pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_TAB, pygame.K_UP, pygame.K_DOWN, pygame.K_LEFT,
        pygame.K_RIGHT, pygame.K_w, pygame.K_a, pygame.K_s, pygame.K_d, pygame.K_SLASH, pygame.K_QUESTION,
        *range(pygame.K_1, pygame.K_8), pygame.K_F11, pygame.K_F12, pygame.K_COMMA, pygame.K_PERIOD, pygame.K_MENU,
    )
)  # fmt: skip
"""Keys that no action can have by themselves; with Ctrl or Shift they can, the first of them apart."""
NEVER = frozenset((pygame.K_ESCAPE, pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_TAB, pygame.K_F11, pygame.K_F12))
"""Keys that no action can have at all."""


class Chord(NamedTuple):
    """A key with the modifiers that are held."""

    key: int
    ctrl: bool = False
    shift: bool = False

    def __str__(self) -> str:
        name = pygame.key.name(self.key)
        shown = name.upper() if len(name) == 1 else name.capitalize()
        return f"{'Ctrl+' * self.ctrl}{'Shift+' * self.shift}{shown}"

    @property
    def text(self) -> str:
        """As the settings keep it."""
        return f"{'ctrl+' * self.ctrl}{'shift+' * self.shift}{pygame.key.name(self.key)}"


def chord_of(event: pygame.event.Event) -> Chord:
    """What was pressed."""
    mod = int(event.dict.get("mod", 0))
    return Chord(event.key, bool(mod & pygame.KMOD_CTRL), bool(mod & pygame.KMOD_SHIFT))


def parse_chord(text: str) -> Chord:
    """The chord of a text of the settings; raises ValueError."""
    *before, name = text.rsplit("+", 1) if not text.endswith("+") else (text[:-1], "+")
    held = [one for part in before for one in part.split("+") if one]
    if not set(held) <= {"ctrl", "shift"}:
        raise ValueError(f'"{text}" is no key')
    return Chord(pygame.key.key_code(name), "ctrl" in held, "shift" in held)


@dataclass(frozen=True, slots=True)
class KeyAction:
    """Something that a key does at the table: its id, its own key, and words."""

    id: str
    own: Chord
    words: str


@cache
def key_actions() -> tuple[KeyAction, ...]:
    """Everything whose key can be chosen, in the order of the help."""
    k = pygame
    actions = [
        KeyAction("next", Chord(k.K_n), say("Next unit")),
        KeyAction("done", Chord(k.K_SPACE), say("Finish with the unit, and the next")),
        KeyAction("hold", Chord(k.K_SPACE, shift=True), say("Hold until contact")),
        KeyAction("repeat", Chord(k.K_SPACE, ctrl=True), say("Repeat the last order every turn")),
        KeyAction("cancel", Chord(k.K_BACKSPACE), say("Cancel the plan")),
        KeyAction("forecast", Chord(k.K_b), say("Forecast of an attack")),
        KeyAction("formation", Chord(k.K_f), say("Select the whole formation")),
        KeyAction("staff", Chord(k.K_q), say("What would the staff do?")),
        KeyAction("menu", Chord(k.K_m), say("Menu of the hex")),
        KeyAction("undo", Chord(k.K_u), say("Undo")),
        KeyAction("undo-too", Chord(k.K_z, ctrl=True), say("Undo, the other key")),
        KeyAction("redo", Chord(k.K_y, ctrl=True), say("Redo")),
        KeyAction("home", Chord(k.K_HOME), say("Show the selected unit")),
        KeyAction("help", Chord(k.K_F1), say("Help")),
        KeyAction("aims", Chord(k.K_F2), say("Report: aims and points")),
        KeyAction("compared", Chord(k.K_F3), say("Report: compared with history")),
        KeyAction("ledgers", Chord(k.K_F4), say("Report: ledgers")),
        KeyAction("quick-save", Chord(k.K_F5), say("Quick save")),
        KeyAction("units", Chord(k.K_F6), say("List of units")),
        KeyAction("calendar", Chord(k.K_F7), say("Report: calendar")),
        KeyAction("politics", Chord(k.K_F8), say("Report: between the blocs")),
        KeyAction("staff-log", Chord(k.K_F10), say("Report: staff log")),
        KeyAction("quick-load", Chord(k.K_F9), say("Quick load")),
        KeyAction("save", Chord(k.K_s, ctrl=True), say("Save under a name")),
        KeyAction("reload", Chord(k.K_r, ctrl=True), say("Reload the scenario's files")),
    ]
    for kind in overlays.on_the_bar():
        words = say("Overlay: {name}", name=kind.title)
        actions.append(KeyAction(f"overlay-{kind.name}", Chord(ord(kind.key.lower())), words))
    for order in order_kinds.KINDS:
        words = say("Order: {name}", name=order.title)
        actions.append(KeyAction(f"order-{order.key}", Chord(ord(order.letter.lower()), shift=True), words))
    return tuple(actions)


class Bindings:
    """Which key each action has now."""

    def __init__(self, chords: Mapping[str, Chord] | None = None) -> None:
        self.chords = chords if chords is not None else {action.id: action.own for action in key_actions()}
        self._own = {action.own for action in key_actions()}
        self._by_chord = {self.chords[action.id]: action.own for action in key_actions()}

    @classmethod
    def from_text(cls, text: str) -> Bindings:
        """The keys that the settings tell; what is no key or no action is left out.

        An action whose key the player had given to another, as a later version of the game may bring one, gets that
        other's key in exchange.
        """
        found = cls()
        for part in text.split(";"):
            name, _, written = part.strip().partition("=")
            if not written:
                continue
            try:
                chord = parse_chord(written)
            except ValueError:
                continue
            if name in found.chords and not refusal_of(chord):
                found = found.given(name, chord)
        return found

    @property
    def text(self) -> str:
        """What the settings keep: the actions that have another key than their own."""
        return "; ".join(f"{one.id}={self.chords[one.id].text}" for one in self.moved)

    @property
    def moved(self) -> tuple[KeyAction, ...]:
        """Actions that have another key than their own."""
        return tuple(action for action in key_actions() if self.chords[action.id] != action.own)

    def meant(self, chord: Chord) -> Chord | None:
        """The table's own key for what was pressed; None for a key that means nothing any more."""
        if chord in self._by_chord:
            return self._by_chord[chord]
        return None if chord in self._own else chord

    def holder(self, chord: Chord) -> KeyAction | None:
        """The action that has a key."""
        return next((action for action in key_actions() if self.chords[action.id] == chord), None)

    def given(self, name: str, chord: Chord) -> Bindings:
        """The same with a key for an action; an action that had it takes the other's key in exchange."""
        other = self.holder(chord)
        chords = {**self.chords, name: chord}
        if other is not None and other.id != name:
            chords[other.id] = self.chords[name]
        return Bindings(chords)


def refusal_of(chord: Chord) -> str:
    """Why no action can have a key, "" when one can."""
    if chord.key in NEVER or (chord.key in FIXED and not chord.ctrl and not chord.shift):
        return say("{key} has a meaning that does not change.", key=chord)
    return ""
