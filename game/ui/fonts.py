"""Fonts by role and pixel size, and text with a halo; every text image is made once and kept."""

from __future__ import annotations

from functools import lru_cache

import pygame

from game.ui.theme import Colour, FontFiles, asset_path

BODY, STRONG, NARROW, NARROW_STRONG, MONO, ARABIC = "body", "strong", "narrow", "narrow_strong", "mono", "arabic"


class Fonts:
    """The fonts of one theme. Needs ``pygame.font.init()``; forgets everything when the font module quits."""

    def __init__(self, files: FontFiles) -> None:
        self._files = files
        self._fonts: dict[tuple[str, int], pygame.font.Font] = {}
        self.text = lru_cache(maxsize=4096)(self._text)
        self.haloed = lru_cache(maxsize=2048)(self._haloed)

    def font(self, role: str, pixels: int) -> pygame.font.Font:
        """The font of a role at a line height of about ``pixels``."""
        key = (role, pixels)
        if key not in self._fonts:
            self._fonts[key] = pygame.font.Font(asset_path("fonts", getattr(self._files, role)), pixels)
        return self._fonts[key]

    def width(self, text: str, role: str, pixels: int) -> int:
        """Width of a text in pixels."""
        return self.font(role, pixels).size(text)[0]

    def _text(self, text: str, role: str, pixels: int, colour: Colour) -> pygame.Surface:
        """A smooth text on a clear ground; do not draw on it, it is shared."""
        return self.font(role, pixels).render(text, True, colour)

    def _haloed(self, text: str, role: str, pixels: int, colour: Colour, halo: Colour, width: int) -> pygame.Surface:
        """A text with a soft rim ``width`` pixels wide, to be read on any ground; do not draw on it, it is shared."""
        font = self.font(role, pixels)
        face = font.render(text, True, colour)
        rim = font.render(text, True, halo)
        out = pygame.Surface((face.get_width() + 2 * width, face.get_height() + 2 * width), pygame.SRCALPHA)
        near = max(1, round(width * 0.7))
        for dx, dy in ((width, 0), (-width, 0), (0, width), (0, -width)):
            out.blit(rim, (width + dx, width + dy))
        for dx, dy in ((near, near), (near, -near), (-near, near), (-near, -near)):
            out.blit(rim, (width + dx, width + dy))
        out.blit(face, (width, width))
        return out
