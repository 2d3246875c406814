"""What a start costs until something can be clicked: ``python -m game.ui.offscreen.first_sight`` prints a line of JSON.

It opens the window with the menu as the game does, draws it once and leaves. Nothing is imported that a start does not
need: ``menu`` is the seconds of the processor that the process has taken.
"""

from __future__ import annotations

import json
import os
from time import process_time

import pygame

from game.ui.app import find
from game.ui.places import ToMenu
from game.ui.window import FIRST_SIZE, make_desk, open_window


def open_menu() -> dict[str, float]:
    """Open the window, draw the menu once and leave; the seconds of the processor since the process began."""
    os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
    os.environ.setdefault("SDL_AUDIODRIVER", "dummy")
    screen = open_window(FIRST_SIZE)
    menu = find(make_desk(FIRST_SIZE), ToMenu())
    menu.resize()
    menu.draw(screen)
    pygame.display.flip()
    return {"menu": round(process_time(), 3)}


if __name__ == "__main__":
    print(json.dumps(open_menu()))
