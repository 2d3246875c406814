"""The words that are drawn: what a test reads off a screen."""

from __future__ import annotations

from typing import Any

import pygame
import pytest

from game.ui.kit.fonts import Fonts


def words_written(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """All words that are written from now on."""
    written, text = set[str](), Fonts.text

    def noted(fonts: Fonts, words: str, *more: Any) -> pygame.Surface:
        written.add(words)
        return text(fonts, words, *more)

    monkeypatch.setattr(Fonts, "text", noted)
    return written
