"""Text to and from the system's clipboard. Where there is none, nothing happens."""

from __future__ import annotations

import contextlib

import pygame


def put_into_clipboard(text: str) -> bool:
    """Whether the system took the text."""
    with contextlib.suppress(pygame.error, AttributeError, NotImplementedError):
        pygame.scrap.put_text(text)
        return True
    return False


def text_of_clipboard() -> str:
    """What the system's clipboard holds, if it is text."""
    with contextlib.suppress(pygame.error, AttributeError, NotImplementedError):
        return pygame.scrap.get_text() or ""
    return ""
