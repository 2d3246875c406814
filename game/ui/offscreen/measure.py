"""What the table costs: ``python -m game.ui.offscreen.measure`` prints one line of JSON.

Measured at 1920x1080 on a software surface, with the campaign at the table: ``plain`` is a blit of the whole window and
a flip, ``pan`` a frame while the map is dragged with all counters on it, ``zoom_worst`` the worst frame of a continuous
zoom, all in milliseconds; ``memory`` is what the process holds in the end, in MB; ``open`` the seconds until the table
stands. With ``--menu`` it only opens the menu, draws it once and leaves.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter

import pygame

from game import engine
from game.session import Session
from game.ui.app import find
from game.ui.places import ToMenu
from game.ui.table.scene import TableScene
from game.ui.window import FIRST_SIZE, make_desk, open_window

SIZE = (1920, 1080)
FRAMES = 120


def measure() -> dict[str, float]:
    """Everything, by name."""
    os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
    os.environ.setdefault("SDL_AUDIODRIVER", "dummy")
    screen = open_window(SIZE)
    began = perf_counter()
    table = TableScene(make_desk(SIZE), Session(engine.load_scenario("race_for_deir_ezzor"), 1), seats={0: "human"})
    opened = perf_counter() - began
    _until_still(table, screen)
    plain = pygame.Surface(SIZE).convert(screen)
    out = {"open": opened, "plain": _median(lambda: screen.blit(plain, (0, 0)))}
    out["pan"] = _pan(table, screen)
    out["zoom_worst"], out["zoom_median"] = _zoom(table, screen)
    out["memory"] = _memory()
    pygame.quit()
    return {name: round(value, 3) for name, value in out.items()}


def _frame(draw: Callable[[], object]) -> float:
    """Milliseconds of one frame: what is drawn, and the flip."""
    began = perf_counter()
    draw()
    pygame.display.flip()
    return (perf_counter() - began) * 1000


def _median(draw: Callable[[], object]) -> float:
    return median(_frame(draw) for _ in range(FRAMES))


def _until_still(table: TableScene, screen: pygame.Surface) -> None:
    for _ in range(600):
        table.update(1 / 60)
        table.draw(screen)
        if not table.board.map.unfinished:
            return


def _pan(table: TableScene, screen: pygame.Surface) -> float:
    """The median frame of a drag with the right button, there and back."""
    x, y, times = 700, 500, []
    table.handle(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=(x, y), button=3))
    for number in range(FRAMES * 2):
        step = 7 if number < FRAMES else -7
        x, y = x + step, y + step // 2

        def draw(at: tuple[int, int] = (x, y)) -> None:
            table.handle(pygame.event.Event(pygame.MOUSEMOTION, pos=at, rel=(0, 0), buttons=(0, 0, 1)))
            table.update(1 / 60)
            table.draw(screen)

        times.append(_frame(draw))
    table.handle(pygame.event.Event(pygame.MOUSEBUTTONUP, pos=(x, y), button=3))
    return median(times)


def _zoom(table: TableScene, screen: pygame.Surface) -> tuple[float, float]:
    """Worst and median frame of zooming all the way out, in, and out again by the wheel."""
    times = []
    table.handle(pygame.event.Event(pygame.MOUSEMOTION, pos=(700, 500), rel=(0, 0), buttons=(0, 0, 0)))
    for notch in (-1,) * 8 + (1,) * 14 + (-1,) * 8:
        table.handle(pygame.event.Event(pygame.MOUSEWHEEL, x=0, y=notch))
        for _ in range(10):

            def draw() -> None:
                table.update(1 / 60)
                table.draw(screen)

            times.append(_frame(draw))
    return max(times), median(times)


def _memory() -> float:
    """MB that the process holds at most; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:
        return 0.0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


def open_menu() -> dict[str, float]:
    """Open the window, draw the menu once and leave: what a start takes until something can be clicked."""
    os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
    os.environ.setdefault("SDL_AUDIODRIVER", "dummy")
    began = perf_counter()
    screen = open_window(FIRST_SIZE)
    menu = find(make_desk(FIRST_SIZE), ToMenu())
    menu.resize()
    menu.draw(screen)
    pygame.display.flip()
    return {"menu": round(perf_counter() - began, 3)}


if __name__ == "__main__":
    print(json.dumps(open_menu() if "--menu" in sys.argv[1:] else measure()))
