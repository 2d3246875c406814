"""Is there a screen to open a window on?"""

from __future__ import annotations

import os
import sys

from game.words import say

WITHOUT_A_WINDOW = "python3 run_game.py simulate race_for_deir_ezzor --games 1"
# Drivers of SDL that draw into memory: good for pictures and tests, but nobody can see the window.
UNSEEN = frozenset({"dummy", "offscreen"})


def missing_display() -> str:
    """Why no window can be opened, as far as the environment tells; empty where one may try."""
    driver = os.environ.get("SDL_VIDEODRIVER", "")
    if driver in UNSEEN:
        return say("SDL_VIDEODRIVER is {driver}", driver=driver)
    if not driver and sys.platform.startswith("linux"):
        if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
            return ""
        return "neither DISPLAY nor WAYLAND_DISPLAY is set"
    return ""


def draw_in_memory() -> None:
    """Let pygame draw without a screen or a sound card; call before anything imports it."""
    os.environ["SDL_VIDEODRIVER"] = "dummy"
    os.environ["SDL_AUDIODRIVER"] = "dummy"
    os.environ["PYGAME_HIDE_SUPPORT_PROMPT"] = "1"
