"""Fonts by role and pixel size, and text with a halo; every text image is made once and kept.

Arabic words in a text are set in the Arabic font, from right to left; the text as a whole runs from left to right.
"""

from __future__ import annotations

import contextlib
import re

import pygame

from game.kernels.recent import Recent
from game.shipped import shipped
from game.ui.kit.kept import Kept
from game.ui.kit.theme import Colour, FontFiles

BODY, STRONG, NARROW, NARROW_STRONG, MONO, ARABIC = "body", "strong", "narrow", "narrow_strong", "mono", "arabic"

TEXT_BYTES, HALOED_BYTES = 6_000_000, 3_000_000
"""What the pictures of texts may take, and of those with a halo: some windows full of writing."""
OPEN, WIDTHS = 64, 4096
"""Fonts that are open at once, a seventh of a megabyte each when they have been used, and widths that are known."""
TYPE_SCALE = (12, 13, 14, 15, 16, 18, 20, 24, 30)
"""Sizes of the words of the interface, in points; names on the map have ranks of their own."""
_LETTER = "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff"
_WORDS = re.compile(f"([{_LETTER}][{_LETTER} ]*[{_LETTER}]|[{_LETTER}])")


class Fonts:
    """The fonts of one theme. Needs ``pygame.font.init()``; forgets everything when the font module quits."""

    def __init__(self, files: FontFiles) -> None:
        self._files = files
        self._fonts: Recent[pygame.font.Font] = Recent(OPEN)
        self._widths: Recent[int] = Recent(WIDTHS)
        self._texts: Kept[tuple[str, str, int, Colour]] = Kept(TEXT_BYTES)
        self._rimmed: Kept[tuple[str, str, int, Colour, Colour, int]] = Kept(HALOED_BYTES)

    def font(self, role: str, pixels: int) -> pygame.font.Font:
        """The font of a role at a line height of about ``pixels``."""
        return self._fonts.found((role, pixels), lambda: self._open(role, pixels))

    def _open(self, role: str, pixels: int) -> pygame.font.Font:
        font = pygame.font.Font(shipped("assets", "fonts", getattr(self._files, role)), pixels)
        if role == ARABIC:
            with contextlib.suppress(pygame.error, AttributeError):  # a pygame built without shaping
                font.set_direction(pygame.DIRECTION_RTL)
                font.set_script("Arab")
        return font

    def width(self, text: str, role: str, pixels: int) -> int:
        """Width of a text in pixels."""
        return self._widths.found((text, role, pixels), lambda: self._measured(text, role, pixels))

    def _measured(self, text: str, role: str, pixels: int) -> int:
        return sum(self.font(own, pixels).size(part)[0] for own, part in _parts(text, role))

    def text(self, text: str, role: str, pixels: int, colour: Colour) -> pygame.Surface:
        """A smooth text on a clear ground; do not draw on it, it is shared."""
        key = (text, role, pixels, colour)
        return self._texts.found(key, lambda: self._drawn(*key))

    def haloed(self, text: str, role: str, pixels: int, colour: Colour, halo: Colour, width: int) -> pygame.Surface:
        """A text with a soft rim ``width`` pixels wide, to be read on any ground; do not draw on it, it is shared."""
        key = (text, role, pixels, colour, halo, width)
        return self._rimmed.found(key, lambda: self._haloed(*key))

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
