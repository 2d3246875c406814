"""What the table costs: ``python -m game.ui.offscreen.measure`` prints one line of JSON.

Measured at 1920x1080 on a software surface, with the campaign at the table, in milliseconds of the processor: ``plain``
is a blit of the whole window and a flip, ``pan`` a frame while the map is dragged with all counters on it,
``frame_overlay`` the same with supply over the map (``_late``: the slowest in a hundred; ``_large``: at 2560x1440),
``zoom_worst`` the worst frame of a continuous zoom, ``click_reach`` a click on a unit until its reach is drawn,
``hover_forecast`` a move of the mouse until cost and chance there are drawn. ``memory`` is what the process holds in
the end, in MB; ``open`` the seconds until the table stands.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter, process_time

import pygame

from game import engine
from game.session import Session
from game.ui.app import settle
from game.ui.selection import NOTHING
from game.ui.table.scene import TableScene
from game.ui.window import make_desk, open_window

SIZE = (1920, 1080)
LARGE = (2560, 1440)
FRAMES = 120
CLICKS = 20


def measure() -> dict[str, float]:
    """Everything, by name."""
    os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
    os.environ.setdefault("SDL_AUDIODRIVER", "dummy")
    screen = open_window(SIZE)
    began = perf_counter()
    table = TableScene(make_desk(SIZE), Session(engine.load_scenario("race_for_deir_ezzor"), 1), seats={0: "human"})
    opened = perf_counter() - began
    settle()  # as the loop of the window does
    _until_still(table, screen)
    plain = pygame.Surface(SIZE).convert(screen)
    out = {"open": opened, "plain": _median(lambda: screen.blit(plain, (0, 0)))}
    out["pan"] = median(_pan(table, screen))
    table.board.toggle(table, "supply")
    _until_still(table, screen)
    times = _pan(table, screen)
    out["frame_overlay"], out["frame_overlay_late"] = median(times), sorted(times)[len(times) * 99 // 100]
    table.board.toggle(table, "supply")
    _until_still(table, screen)
    out["click_reach"], out["hover_forecast"] = _reach(table, screen)
    out["zoom_worst"], out["zoom_median"] = _zoom(table, screen)
    out["memory"] = _memory()
    out["frame_overlay_large"] = _large(table)
    pygame.quit()
    return {name: round(value, 3) for name, value in out.items()}


def _frame(draw: Callable[[], object]) -> float:
    """Milliseconds of the processor for one frame: what is drawn, and the flip."""
    began = process_time()
    draw()
    pygame.display.flip()
    return (process_time() - began) * 1000


def _median(draw: Callable[[], object]) -> float:
    return median(_frame(draw) for _ in range(FRAMES))


def _until_still(table: TableScene, screen: pygame.Surface) -> None:
    for _ in range(600):
        table.update(1 / 60)
        table.draw(screen)
        if not table.board.map.unfinished:
            return


def _rest(table: TableScene, screen: pygame.Surface) -> None:
    """Nothing moves for a few seconds: the player looks at the map."""
    for _ in range(FRAMES * 2):
        table.update(1 / 60)
        table.draw(screen)


def _pan(table: TableScene, screen: pygame.Surface) -> list[float]:
    """The frames of a drag with the right button, there and back, after a look at the map."""
    _rest(table, screen)
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
    return times


def _large(table: TableScene) -> float:
    """The median frame of the same drag with supply over the map, in a larger window."""
    screen = open_window(LARGE)
    other = TableScene(make_desk(LARGE), table.session, seats={0: "human"})
    other.resize()
    other.board.toggle(other, "supply")
    _until_still(other, screen)
    return median(_pan(other, screen))


def _reach(table: TableScene, screen: pygame.Surface) -> tuple[float, float]:
    """A click on each of some units in turn, and the mouse moved over hexes in its reach: the median of both."""
    clicks, hovers = [], []
    state, seat = table.view.state, table.seat
    window = table.layout.map.inflate(-80, -80)
    for row, here in enumerate(state.units.hex):
        if here < 0 or state.world.roster.faction[row] != seat or not window.collidepoint(table.point_of(here)):
            continue
        table.select(NOTHING)
        table.handle(pygame.event.Event(pygame.MOUSEMOTION, pos=table.point_of(here), rel=(0, 0), buttons=(0, 0, 0)))
        _until_still(table, screen)

        def click(at: tuple[int, int] = table.point_of(here)) -> None:
            for kind in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
                table.handle(pygame.event.Event(kind, pos=at, button=1))
            table.draw(screen)

        clicks.append(_frame(click))
        _until_still(table, screen)
        reach = table.board.map.reach
        for there in sorted(reach.bands[0])[:4] if reach is not None else ():

            def hover(at: tuple[int, int] = table.point_of(there)) -> None:
                table.handle(pygame.event.Event(pygame.MOUSEMOTION, pos=at, rel=(0, 0), buttons=(0, 0, 0)))
                table.draw(screen)

            hovers.append(_frame(hover))
        if len(clicks) >= CLICKS:
            break
    table.select(NOTHING)
    return median(clicks), median(hovers)


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


if __name__ == "__main__":
    print(json.dumps(measure()))
