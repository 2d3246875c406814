"""Storms: a hundred thousand random events at the table of the campaign, windows of any size, a display that goes.

Nothing may raise, no frame may take long, memory may not grow, and every order that was given is one that the rules
accept again. The long storm runs with --slow; by default a short one does.
"""

from __future__ import annotations

import gc
import os
import random
import time
import weakref
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pygame
import pytest

from game import records
from game.kernels.recent import Recent
from game.scenario.world import World
from game.session import Session
from game.ui import app, free_memory, overlays
from game.ui.kit.fonts import Fonts
from game.ui.kit.theme import Theme
from game.ui.mapview import ground
from game.ui.mapview.picture import MapPicture
from game.ui.mapview.sheet import Sheet
from game.ui.scene import Pop, Push, Quit
from game.ui.scenes.keys import KeysScene
from game.ui.scenes.settings import SettingsScene
from game.ui.settings import Settings
from game.ui.table.map_desk import MapDesk
from game.ui.table.scene import TableScene
from game.ui.window import make_desk
from game.ui.worldview import map_picture
from tests.ui.screen_hands import Screens
from tests.worlds import world_of

SEATS = {0: "human", 1: "hold", 2: "hold", 3: "hold"}
KEYS = (
    *range(pygame.K_a, pygame.K_z + 1), *range(pygame.K_0, pygame.K_9 + 1), *range(pygame.K_F1, pygame.K_F12 + 1),
    pygame.K_ESCAPE, pygame.K_ESCAPE, pygame.K_RETURN, pygame.K_TAB, pygame.K_SPACE, pygame.K_BACKSPACE,
    pygame.K_DELETE, pygame.K_HOME, pygame.K_END, pygame.K_PAGEUP, pygame.K_PAGEDOWN, pygame.K_UP, pygame.K_DOWN,
    pygame.K_LEFT, pygame.K_RIGHT, pygame.K_PLUS, pygame.K_MINUS, pygame.K_SLASH, pygame.K_COMMA, pygame.K_PERIOD,
    pygame.K_MENU, pygame.K_LALT, pygame.K_LSHIFT, 0, 0x40000000,
)  # fmt: skip
MODS = (0, 0, 0, 0, pygame.KMOD_SHIFT, pygame.KMOD_CTRL, pygame.KMOD_CTRL | pygame.KMOD_SHIFT, pygame.KMOD_ALT)
SIZES = ((1280, 720), (1280, 720), (1920, 1080), (1024, 600), (900, 700))
"""Sizes of the window between which the storm changes."""
LONGEST, GROWN = 0.250, 20.0
"""Seconds of a frame, and megabytes of growth, at most."""


@pytest.fixture(autouse=True)
def nothing_on_the_disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(records, "autosaves_folder", lambda: tmp_path / "auto")
    monkeypatch.setattr(records, "saves_folder", lambda: tmp_path / "saves")
    monkeypatch.setattr(app, "saves_folder", lambda: tmp_path / "saves")
    monkeypatch.setattr("game.ui.settings.settings_folder", lambda: tmp_path / "settings")


@cache
def campaign() -> World:
    return world_of("race_for_deir_ezzor")


def megabytes() -> float:
    """Memory of this process that is really there."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


@dataclass
class Weather:
    """A storm over one window: its dice, and what it has measured. Frames are measured in seconds of this thread."""

    screens: Screens
    dice: random.Random
    slow: list[tuple[float, str]] = field(default_factory=list)
    longest: float = 0.0
    events: int = 0
    last: str = ""
    tidying: app.Tidying = field(default_factory=app.Tidying)

    def settle(self) -> None:
        """What the loop of the window does when another game, or the menu, has been opened, or a page was closed."""
        self.tidying.look_at(self.screens.stack.scenes)

    def place(self) -> tuple[int, int]:
        wide, tall = self.screens.desk.size
        edge = 400 if self.dice.random() < 0.05 else 0
        return self.dice.randint(-edge, wide + edge), self.dice.randint(-edge, tall + edge)

    def event(self) -> pygame.event.Event:
        """Anything that a window may send."""
        dice, at = self.dice, self.place()
        mod = dice.choice(MODS)
        made: list[tuple[int, dict[str, Any]]] = [
            (pygame.KEYDOWN, {"key": dice.choice(KEYS), "mod": dice.choice(MODS), "unicode": dice.choice("a1?ß ")}),
            (pygame.KEYUP, {"key": dice.choice(KEYS), "mod": 0}),
            (pygame.MOUSEBUTTONDOWN, {"pos": at, "button": dice.choice((1, 1, 1, 2, 3, 3, 6)), "mod": mod}),
            (pygame.MOUSEBUTTONUP, {"pos": at, "button": dice.choice((1, 1, 1, 2, 3, 3)), "mod": mod}),
            (pygame.MOUSEMOTION, {"pos": at, "rel": (1, 1), "buttons": (dice.randrange(2), 0, 0)}),
            (pygame.MOUSEWHEEL, {"x": 0, "y": dice.randint(-3, 3), "precise_y": 0.0}),
            (pygame.TEXTINPUT, {"text": dice.choice(("a", "ß", "م", "\x1b", "1"))}),
            (dice.choice((pygame.WINDOWFOCUSLOST, pygame.WINDOWLEAVE, pygame.WINDOWMINIMIZED, pygame.WINDOWRESTORED,
                          pygame.USEREVENT)), {}),
            (pygame.DROPFILE, {"file": "/nowhere/at/all.zip"}),
            (pygame.DROPTEXT, {"text": "x" * 50}),
        ]  # fmt: skip
        return pygame.event.Event(*dice.choices(made, (6, 2, 5, 5, 5, 2, 1, 1, 0.2, 0.2))[0])

    def resize(self, size: tuple[int, int]) -> None:
        self.screens.canvas = pygame.Surface(size)
        self.screens.desk.size = size
        for scene in self.screens.stack.scenes:
            scene.resize()

    def memory_at_rest(self) -> float:
        """Megabytes once the table has the window alone, with a map that is new, at the first of the sizes.

        What a map keeps of itself is bounded; how full it is goes by the last zooms and overlays, tens of megabytes.
        """
        del self.screens.stack.scenes[1:]
        table = self.screens.top
        if isinstance(table, TableScene):
            table.board = MapDesk(table.desk, map_picture(table.session.state.world), table.layout)
            table.board.shown = overlays.shown_at_first(table.session.world)
        self.resize(SIZES[0])
        if isinstance(table, TableScene):
            table.board.look_at_own(table.view.state, table.seat)
        for _ in range(600):
            self.screens.frames(1)
            if not (isinstance(table, TableScene) and table.board.map.unfinished):
                break
        app.settle()
        return megabytes()

    def games(self) -> list[int]:
        """The games that are open, to be told apart."""
        return [id(scene.session) for scene in self.screens.stack.scenes if isinstance(scene, TableScene)]

    def frame(self) -> None:
        """One frame; one in which another game is opened, loaded or read anew takes as long as it takes."""
        before, began = self.games(), time.thread_time()
        self.screens.frames()
        if self.games() == before:
            self.note(time.thread_time() - began, f"{self.screens.name} {self.screens.desk.size}")

    def note(self, seconds: float, what: str) -> None:
        self.longest = max(self.longest, seconds)
        if seconds > LONGEST:
            self.slow.append((seconds, what))

    def reloads(self, event: pygame.event.Event) -> bool:
        """Ctrl+R reads and checks all files of a scenario: that takes as long as it takes."""
        return event.type == pygame.KEYDOWN and event.key == pygame.K_r and bool(event.mod & pygame.KMOD_CTRL)

    def blow(self) -> None:
        """One event, and a frame now and then; whatever was opened over the table is left again in the end."""
        event = self.event()
        self.events += 1
        self.last = f"{self.events}: {event}"
        before, began = self.games(), time.thread_time()
        self.screens.stack.handle(event)
        if self.games() == before and not self.reloads(event):
            self.note(time.thread_time() - began, str(event))
        if self.events % 8 == 0:
            self.frame()


def storm(events: int, seed: int, *, change_size: int = 2500, warm: int = 0) -> Weather:
    """So many events; the game is opened anew when it was left or ended. With ``warm`` memory counts after so many."""
    dice = random.Random(seed)

    def opened() -> Screens:
        session = Session(campaign(), dice.randrange(100))
        made = Screens(lambda desk: TableScene(desk, session, seats=SEATS), settings=Settings(autosave=False))
        made.desk.settings = Settings(animation="off", autosave=False)
        return made

    weather, before = Weather(opened(), dice), 0.0
    for number in range(events):
        if warm and number == warm:
            before = weather.memory_at_rest()
        if warm:
            weather.settle()
        weather.blow()
        if warm:
            weather.settle()
        if number % change_size == change_size - 1:
            weather.resize(dice.choice(SIZES))
        tables = [scene for scene in weather.screens.stack.scenes if isinstance(scene, TableScene)]
        if not weather.screens.open or not tables or tables[0].session.over:
            check_orders(tables)
            tables.clear()
            size = weather.screens.canvas.get_size()
            weather.screens = opened()
            weather.resize(size)
        elif number % 200 == 199 and len(weather.screens.stack.scenes) > 1:
            del weather.screens.stack.scenes[1:]
            weather.screens.top.resize()
    grown = weather.memory_at_rest() - before if warm else 0.0  # before its games are played again to be compared
    check_orders([scene for scene in weather.screens.stack.scenes if isinstance(scene, TableScene)])
    gc.unfreeze()
    print(f"{grown:+.1f} MB, longest frame {1000 * weather.longest:.0f} ms")
    assert grown <= GROWN, f"{grown:.1f} MB"
    return weather


def check_orders(tables: list[TableScene]) -> None:
    """Every order of the person was given in a turn of the person, and all of them make the same game again."""
    for table in tables:
        session = table.session
        if session.changed or not session.entries or session.entries[0].faction < 0:
            continue
        again = Session(session.world, session.seed)
        for entry in session.entries:
            if not entry.events and entry.order is not None and not again.entries:
                return  # a game that was loaded: its earlier orders carry no events
            assert again.state.faction == entry.faction
            again.give(entry.order)
        assert again.state.digest() == session.state.digest()


def test_a_short_storm_over_the_campaign(window: pygame.Surface) -> None:
    assert window
    weather = storm(300, 5, change_size=100)
    assert weather.events == 300


PRINTED, CHANGED = Sheet.piece, Sheet.change
"""How a game prints its map; while tests run, all of a process share the pieces of three hundred places."""


@pytest.fixture
def memory_as_in_play(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests of a process share many painted grounds, of seven megabytes each, printed pieces, 45 megabytes when
    all their places are taken, and fonts with their texts, some twenty megabytes for each set of files. A game keeps
    the last few grounds, and the pieces and the fonts of its own desk alone."""
    monkeypatch.setattr(ground, "_painted", Recent(ground.KEPT))
    monkeypatch.setattr(Sheet, "piece", PRINTED)
    monkeypatch.setattr(Sheet, "change", CHANGED)
    monkeypatch.setattr("game.ui.window.Fonts", Fonts)
    free_memory.keep_large_apart()


def test_a_storm_is_measured_without_what_tests_keep(
    window: pygame.Surface, theme: Theme, fonts: Fonts, memory_as_in_play: None
) -> None:
    """A piece of the map that its game has forgotten is gone, and so are the fonts of a desk that was left."""
    assert window
    left = weakref.ref(make_desk((640, 360)).fonts)
    assert left() is None
    piece = weakref.ref(Sheet(MapPicture(2, 2, ("desert",) * 4), theme, fonts).piece(13.0, 0, 0, True))
    assert piece() is None


def test_a_closed_page_goes_with_its_pictures(window: pygame.Surface, monkeypatch: pytest.MonkeyPatch) -> None:
    """It does not wait for the collector, which counts objects, and would let dozens of such pages come together."""
    assert window
    monkeypatch.setattr(app, "settle", lambda former: None)
    screens = Screens(SettingsScene)
    page = KeysScene(screens.desk)
    screens.stack.change(Push(page))
    screens.frames()
    kept, tidying = weakref.ref(page), app.Tidying()
    tidying.look_at(screens.stack.scenes)
    del page
    gc.disable()
    try:
        screens.stack.change(Pop())
        screens.frames()
        tidying.look_at(screens.stack.scenes)
        assert kept() is None
    finally:
        gc.enable()


@pytest.mark.slow
@pytest.mark.parametrize("seed", [11])
def test_a_hundred_thousand_events_over_the_campaign(
    window: pygame.Surface, memory_as_in_play: None, seed: int
) -> None:
    assert window
    weather = storm(100_000, seed, warm=20_000)
    assert not weather.slow, weather.slow[:5]


# --- sizes ----------------------------------------------------------------------------------------------------


@pytest.fixture
def table() -> Iterator[Screens]:
    session = Session(campaign(), 3)
    yield Screens(lambda desk: TableScene(desk, session, seats=SEATS), settings=Settings(autosave=False))


@pytest.mark.parametrize(
    "size",
    [
        (640, 360), pytest.param((1366, 768), marks=pytest.mark.slow), pytest.param((800, 480), marks=pytest.mark.slow),
        pytest.param((1024, 600), marks=pytest.mark.slow), pytest.param((2560, 1440), marks=pytest.mark.slow),
        (3840, 2160), pytest.param((7680, 4320), marks=pytest.mark.slow),
    ],
)  # fmt: skip
def test_the_table_is_whole_at_every_size(window: pygame.Surface, table: Screens, size: tuple[int, int]) -> None:
    """Drawn and used; the map is there, and the button that ends the turn."""
    assert window
    weather = Weather(table, random.Random(3))
    weather.resize(size)
    table.frames(1)
    scene = table.top
    assert isinstance(scene, TableScene)
    layout = scene.layout
    assert layout.window.size == size and layout.window.contains(layout.end_turn)
    assert layout.map.width * layout.map.height > 0.45 * size[0] * size[1]
    for _ in range(40 if size[0] < 3000 else 12):
        weather.blow()
    del table.stack.scenes[1:]
    assert table.stack.change(None) or not table.open
    if table.open:
        table.frames(1)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_windows_of_any_size_one_after_the_other(window: pygame.Surface, table: Screens, seed: int) -> None:
    assert window
    weather = Weather(table, random.Random(seed))
    for _ in range(40):
        weather.resize((weather.dice.randint(640, 2600), weather.dice.randint(360, 1500)))
        for _ in range(40):
            weather.blow()
            if not table.open:
                return
        table.frames(1)


def test_closing_asks_before_a_game_is_lost(table: Screens) -> None:
    """The window's own close button in the middle of a storm leaves nothing behind by itself."""
    scene = table.top
    assert isinstance(scene, TableScene)
    assert not table.stack.change(app.closing(table.stack)) or not isinstance(app.closing(table.stack), Quit)
