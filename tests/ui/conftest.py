"""A window without a screen, and a small map with everything on it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import cache

import pytest

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

import pygame

from game.hexgrid import grid
from game.kernels.recent import Recent
from game.scenario.outline import DrawnLine, DrawnRoad
from game.ui.kit.fonts import Fonts
from game.ui.kit.theme import Theme, load_theme
from game.ui.mapview.picture import DrawnExit, DrawnPlace, MapPicture
from game.ui.mapview.sheet import Sheet

SIZE = (800, 600)


@pytest.fixture(scope="session")
def display() -> Iterator[None]:
    """SDL for all tests of a process, whatever each of them does with its window."""
    pygame.display.init()
    pygame.font.init()
    pygame.display.set_mode(SIZE)
    yield
    pygame.font.quit()
    pygame.display.quit()


@pytest.fixture
def window(display: None) -> pygame.Surface:
    """The window. There is one in a process, so a test that had it in another size hands it on: it is put right."""
    now = pygame.display.get_surface()
    return now if now is not None and now.get_size() == SIZE else pygame.display.set_mode(SIZE)


@pytest.fixture(scope="session")
def theme() -> Theme:
    return load_theme()


@pytest.fixture(scope="session", autouse=True)
def drawn_once(display: None) -> Iterator[None]:
    """Every desk of a process has the same fonts and themes, and more of painted maps is kept than in play: what one
    test has had drawn, the next need not draw anew."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("game.ui.window.Fonts", cache(Fonts))
        patch.setattr("game.ui.window.load_theme", cache(load_theme))
        patch.setattr("game.ui.mapview.ground._painted", Recent(16))
        patch.setattr(Sheet, "piece", piece_printed_once(Sheet.piece))
        patch.setattr(Sheet, "change", changed_on_its_own(Sheet.change))
        yield


Piece = Callable[[Sheet, float, int, int, bool], pygame.Surface]
CHANGED = "changed"


def piece_printed_once(printed: Piece) -> Piece:
    """Two new sheets of one picture print the same pieces; one that was changed prints its own, to be compared."""
    kept = Recent[tuple[Theme, pygame.Surface]](300)

    def piece(sheet: Sheet, zoom: float, column: int, row: int, grid: bool) -> pygame.Surface:
        if sheet.under is not None or hasattr(sheet, CHANGED):
            return printed(sheet, zoom, column, row, grid)
        place = (sheet.picture, id(sheet.theme), zoom, column, row, grid)
        return kept.found(place, lambda: (sheet.theme, printed(sheet, zoom, column, row, grid)))[1]

    return piece


def changed_on_its_own(change: Callable[[Sheet, MapPicture], tuple[int, ...]]) -> Callable[..., tuple[int, ...]]:
    def changed(sheet: Sheet, picture: MapPicture) -> tuple[int, ...]:
        setattr(sheet, CHANGED, True)
        return change(sheet, picture)

    return changed


@pytest.fixture(scope="session")
def fonts(display: None, theme: Theme) -> Fonts:
    return Fonts(theme.fonts)


@pytest.fixture(scope="session")
def small_map() -> MapPicture:
    """Twelve by ten hexes: a river from north to south, its valley, a road across it, hills and towns."""
    sides = grid(12, 10)
    terrain = ["desert"] * sides.size
    for row in range(10):
        for column in (5, 6):
            terrain[sides.at(column, row)] = "valley"
    for label in ("0202", "0203", "0302"):
        terrain[sides.hex(label)] = "hills"
    terrain[sides.hex("0605")] = "urban"
    banks = {(sides.at(5, row), other) for row in range(10) for other in sides.near[sides.at(5, row)]}
    river = tuple(sides.side_between(a, b) for a, b in sorted(banks) if sides.position(b)[0] == 6)
    hexes = [sides.hex(f"{column:02d}05") for column in range(1, 13)]
    path = [hexes[0]]
    for there in hexes[1:]:
        path.extend(sides.line(path[-1], there)[1:])
    return MapPicture(
        12,
        10,
        tuple(terrain),
        rivers=(DrawnLine("Broad Water", "major", river),),
        escarpments=(DrawnLine("Scarp", "escarpment", (sides.side("0404/SE"), sides.side("0504/S"))),),
        borders=(DrawnLine("Border", "international", (sides.side("1002/SE"), sides.side("1003/NE"))),),
        roads=(
            DrawnRoad("Desert road", "highway", tuple(path)),
            DrawnRoad("Trail", "track", (path[3], sides.near[path[3]][0])),
        ),
        places=(
            DrawnPlace("Anytown", sides.hex("0605"), "city", 3),
            DrawnPlace("Field", sides.hex("0908"), "oilfield", 1),
            DrawnPlace("Base", sides.hex("0307"), "airbase", 2),
        ),
        exits=(DrawnExit("West road", sides.hex("0105")),),
    )
