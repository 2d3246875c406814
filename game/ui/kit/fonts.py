"""Fonts by role and pixel size, and text with a halo; every text image is made once and kept.

Arabic words in a text are set in the Arabic font, from right to left; the text as a whole runs from left to right.
"""

from __future__ import annotations

import contextlib
import re
from functools import lru_cache

import pygame

from game.shipped import shipped
from game.ui.kit.theme import Colour, FontFiles

BODY, STRONG, NARROW, NARROW_STRONG, MONO, ARABIC = "body", "strong", "narrow", "narrow_strong", "mono", "arabic"

TYPE_SCALE = (12, 13, 14, 15, 16, 18, 20, 24, 30)
"""Sizes of the words of the interface, in points; names on the map have ranks of their own."""
_LETTER = "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff"
_WORDS = re.compile(f"([{_LETTER}][{_LETTER} ]*[{_LETTER}]|[{_LETTER}])")


class Fonts:
    """The fonts of one theme. Needs ``pygame.font.init()``; forgets everything when the font module quits."""

    def __init__(self, files: FontFiles) -> None:
        self._files = files
        self._fonts: dict[tuple[str, int], pygame.font.Font] = {}
        self.width = lru_cache(maxsize=8192)(self._width)
        self.text = lru_cache(maxsize=4096)(self._text)
        self.haloed = lru_cache(maxsize=2048)(self._haloed)

    def font(self, role: str, pixels: int) -> pygame.font.Font:
        """The font of a role at a line height of about ``pixels``."""
        key = (role, pixels)
        if key not in self._fonts:
            font = self._fonts[key] = pygame.font.Font(shipped("assets", "fonts", getattr(self._files, role)), pixels)
            if role == ARABIC:
                with contextlib.suppress(pygame.error, AttributeError):  # a pygame built without shaping
                    font.set_direction(pygame.DIRECTION_RTL)
                    font.set_script("Arab")
        return self._fonts[key]

    def _width(self, text: str, role: str, pixels: int) -> int:
        """Width of a text in pixels."""
        return sum(self.font(own, pixels).size(part)[0] for own, part in _parts(text, role))

    def _text(self, text: str, role: str, pixels: int, colour: Colour) -> pygame.Surface:
        """A smooth text on a clear ground; do not draw on it, it is shared."""
        return self._drawn(text, role, pixels, colour)

    def _drawn(self, text: str, role: str, pixels: int, colour: Colour) -> pygame.Surface:
        parts = _parts(text, role)
        if len(parts) < 2 and (not parts or parts[0][0] == role):
            return self.font(role, pixels).render(text, True, colour)
        fonts = [self.font(own, pixels) for own, _ in parts]
        faces = [font.render(part, True, colour) for font, (_, part) in zip(fonts, parts, strict=True)]
        wide, tall = sum(face.get_width() for face in faces), self.font(role, pixels).get_height()
        out = pygame.Surface((wide, tall), pygame.SRCALPHA)
        x, line = 0, self.font(role, pixels).get_ascent()
        for font, face in zip(fonts, faces, strict=True):
            out.blit(face, (x, line - font.get_ascent()))
            x += face.get_width()
        return out

    def _haloed(self, text: str, role: str, pixels: int, colour: Colour, halo: Colour, width: int) -> pygame.Surface:
        """A text with a soft rim ``width`` pixels wide, to be read on any ground; do not draw on it, it is shared."""
        face = self._drawn(text, role, pixels, colour)
        rim = self._drawn(text, role, pixels, halo)
        out = pygame.Surface((face.get_width() + 2 * width, face.get_height() + 2 * width), pygame.SRCALPHA)
        near = max(1, round(width * 0.7))
        for dx, dy in ((width, 0), (-width, 0), (0, width), (0, -width)):
            out.blit(rim, (width + dx, width + dy))
        for dx, dy in ((near, near), (near, -near), (-near, near), (-near, -near)):
            out.blit(rim, (width + dx, width + dy))
        out.blit(face, (width, width))
        return out


def _parts(text: str, role: str) -> list[tuple[str, str]]:
    """A text as (role, part): Arabic words apart from the rest."""
    if text.isascii() or not _WORDS.search(text):
        return [(role, text)]
    return [(ARABIC if number % 2 else role, part) for number, part in enumerate(_WORDS.split(text)) if part]
