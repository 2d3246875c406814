"""The speaker: plays the sounds of the game, or keeps silent.

Sounds ship as files that tools/make_sounds.py makes. Without a sound card, without a window one can see, and with the
sound turned off, nothing is opened and nothing is heard.
"""

from __future__ import annotations

import os

import pygame

from game.shipped import shipped
from game.ui.settings import Settings

FIGHTS = frozenset({"fight", "blast", "incident"})
"""Sounds of fights; all others are of the table."""


class Speaker:
    """Plays sounds; opens the sound card when the first one is wanted."""

    def __init__(self) -> None:
        self._kept: dict[str, pygame.mixer.Sound] = {}
        self._silent = False

    def play(self, name: str, settings: Settings) -> bool:
        """Let a sound be heard; whether it is."""
        percent = settings.volume_fights if name in FIGHTS else settings.volume
        if not settings.sound or not percent or self._silent or not self._opened():
            return False
        sound = self._kept.get(name)
        if sound is None:
            try:
                sound = self._kept[name] = pygame.mixer.Sound(shipped("assets", "sounds", f"{name}.wav"))
            except (pygame.error, OSError):
                self._silent = True
                return False
        sound.set_volume(percent / 100)
        return sound.play() is not None

    def _opened(self) -> bool:
        """Whether there is something to play on."""
        if pygame.mixer.get_init():
            return True
        if not pygame.display.get_init() or pygame.display.get_driver() in ("dummy", "offscreen"):
            return False
        if os.environ.get("SDL_AUDIODRIVER") == "dummy":
            return False
        try:
            pygame.mixer.init(frequency=22_050, channels=1, buffer=512)
        except pygame.error:
            self._silent = True
        return not self._silent
