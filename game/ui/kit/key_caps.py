"""Keys and gestures of the mouse in a line of help: which of its words are drawn as caps, and what a cap looks like.

>>> [part.text for part in parts("U or Ctrl+Z, when watching")]
['U', 'or', 'Ctrl', '+', 'Z', 'when watching']
>>> [part.kind for part in parts("Shift+Click on a unit")]
['key', 'sign', 'mouse', 'word']
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pygame

from game.ui.scene import Desk

KEY, MOUSE, WORD, SIGN = "key", "mouse", "word", "sign"
"""What a part of a line is: a cap of the keyboard, a gesture of the mouse, a word between, the plus of a chord."""

_MOUSE = r"Double click|Right click|Right-click|right button|Click|click|Drag|drag|Rest|Wheel|minimap"
_NAMED = r"Any key|Arrow keys|arrows|Page up|Page down|Backspace|Space|Enter|Home|Tab|Esc|Del|Ctrl|Shift|Alt|F\d{1,2}"
_FOUND = re.compile(
    rf"(?P<mouse>(?<!\w)(?:{_MOUSE})(?!\w))"
    rf"|(?P<key>(?<!\w)(?:{_NAMED}|[A-Z0-9])(?![\w-])|(?<!\S)[,.\[\]?+\-](?=[\s,]|$))"
    r"|(?P<sign>(?<=\w)\+(?=\w))"
)


@dataclass(frozen=True, slots=True)
class KeyPart:
    """Some words of a line, and what they are."""

    text: str
    kind: str


def parts(line: str) -> list[KeyPart]:
    """A line of keys in parts, as they stand; commas between caps are left out, since the caps part themselves."""
    out, at = [], 0
    for found in _FOUND.finditer(line):
        out += _words(line[at : found.start()])
        out.append(KeyPart(found.group(), found.lastgroup or WORD))
        at = found.end()
    return out + _words(line[at:])


def _words(text: str) -> list[KeyPart]:
    bare = text.strip(", ")
    return [KeyPart(bare, WORD)] if bare else []


def padding(pixels: int) -> int:
    """Room beside the letters of a cap, in pixels."""
    return round(pixels * 0.5)


def cap_width(letters: int, pixels: int) -> int:
    """How wide a cap is whose letters take so many pixels: hardly narrower than it is tall."""
    return max(letters + 2 * padding(pixels), round(pixels * 1.75))


def paint_cap(screen: pygame.Surface, desk: Desk, face: pygame.Surface, at: tuple[int, int], kind: str) -> None:
    """A cap under its letters, which stand at ``at``; a gesture of the mouse is round, a key stands on its rim."""
    colours, pixels = desk.theme.interface, round(face.get_height() * 0.75)
    letters = face.get_rect(topleft=at)
    box = pygame.Rect(0, 0, cap_width(letters.width, pixels), round(pixels * 1.55))
    box.center = letters.center
    fine = max(1, desk.px(1))
    if kind == MOUSE:
        pygame.draw.rect(screen, colours.panel_edge, box, fine, border_radius=box.height // 2)
    else:
        pygame.draw.rect(screen, colours.background, box.move(0, 2 * fine), border_radius=desk.px(4))
        pygame.draw.rect(screen, colours.raised, box, border_radius=desk.px(4))
        pygame.draw.rect(screen, colours.text_dim.mixed(colours.panel, 55), box, fine, border_radius=desk.px(4))
    screen.blit(face, at)
