"""What a keyboard sends, put in order before a scene hears of it.

Shortcuts are Latin letters, and so they stay on every layout: where the layout has none, the place of the key counts
instead. A key that is let go is the one that was pressed, and text that belongs to a shortcut is typed into no field.
"""

from __future__ import annotations

from types import MappingProxyType

import pygame

ASCII = 128
SPECIAL = 1 << 30
"""Set in the codes of keys that stand for no character: arrows, function keys, modifiers."""
KEPT = frozenset(map(ord, "+-="))
"""Signs with a meaning of their own, even where a layout has them in the place of a digit."""
SHORTCUT = pygame.KMOD_CTRL | pygame.KMOD_META
SECOND_SIGN = pygame.KMOD_ALT | pygame.KMOD_MODE
"""Right of the space bar, alone or as Ctrl+Alt, these give a key its further sign: what comes of them is text."""

_LETTERS = {pygame.KSCAN_A + n: pygame.K_a + n for n in range(26)}
_DIGITS = {pygame.KSCAN_1 + n: pygame.K_1 + n for n in range(9)} | {pygame.KSCAN_0: pygame.K_0}
_SIGNS = {
    pygame.KSCAN_LEFTBRACKET: pygame.K_LEFTBRACKET,
    pygame.KSCAN_RIGHTBRACKET: pygame.K_RIGHTBRACKET,
    pygame.KSCAN_COMMA: pygame.K_COMMA,
    pygame.KSCAN_PERIOD: pygame.K_PERIOD,
    pygame.KSCAN_SLASH: pygame.K_SLASH,
}
BY_PLACE = MappingProxyType(_LETTERS | _DIGITS | _SIGNS)
"""Which key stands in a place of the keyboard (a scancode), as the shortcuts name it."""


def meant(key: int, place: int) -> int:
    """The key that a shortcut knows: the one of the layout where that is a Latin one, else the one in its place."""
    if key >= ASCII and not key & SPECIAL:
        return BY_PLACE.get(place, key)
    if place in _DIGITS and key < ASCII and not chr(key).isalnum() and key not in KEPT:
        return _DIGITS[place]  # a layout that gives digits with Shift only
    return key


class Keyboard:
    """The keys that are down, and whose text is whose."""

    def __init__(self) -> None:
        self._down: dict[int, int] = {}  # place -> key, as it was told
        self._last = 0  # the place that was pressed last
        self._modifiers = 0  # that were held with it
        self._of_another_scene: frozenset[int] = frozenset()

    def sort(self, event: pygame.event.Event) -> pygame.event.Event | None:
        """The event as a scene is to hear it; None for text that nobody has typed."""
        if event.type == pygame.KEYDOWN:
            return self._pressed(event)
        if event.type == pygame.KEYUP:
            return self._let_go(event)
        if event.type == pygame.WINDOWFOCUSLOST:
            self.forget()
        if event.type == pygame.TEXTINPUT and not self._is_text:
            return None
        return event

    def forget(self) -> None:
        """The keys are somebody else's now: whatever was down counts no more."""
        self._down.clear()
        self._of_another_scene = frozenset()

    def scene_changed(self) -> None:
        """Another scene has the window: text of the keys that are still down was meant for the former one."""
        self._of_another_scene = frozenset(self._down)

    @property
    def _is_text(self) -> bool:
        """Whether text that comes now was typed: it comes of the key that was pressed last, as long as that is down."""
        if self._last not in self._down:
            return True
        is_shortcut = self._modifiers & SHORTCUT and not self._modifiers & SECOND_SIGN
        return not is_shortcut and self._last not in self._of_another_scene

    def _pressed(self, event: pygame.event.Event) -> pygame.event.Event:
        place = _place(event)
        key = meant(event.key, place)
        again = self._down.get(place) == key
        self._modifiers, self._last = event.mod, place
        self._of_another_scene -= {place}
        self._down[place] = key
        return _with_key(event, key, repeat=again)

    def _let_go(self, event: pygame.event.Event) -> pygame.event.Event:
        place = _place(event)
        key = self._down.pop(place, meant(event.key, place))
        self._of_another_scene -= {place}
        return _with_key(event, key)


def _place(event: pygame.event.Event) -> int:
    """Where the key stands; for events without a place, such as those of on-screen keyboards, its code."""
    return int(getattr(event, "scancode", 0)) or -int(event.key)


def _with_key(event: pygame.event.Event, key: int, repeat: bool = False) -> pygame.event.Event:
    if key == event.key and not repeat:
        return event
    return pygame.event.Event(event.type, {**event.dict, "key": key, "repeat": repeat})


def is_repeat(event: pygame.event.Event) -> bool:
    """Whether a key is told to be down that was down before: it is held, perhaps since another scene had the window."""
    return bool(event.dict.get("repeat", False))
