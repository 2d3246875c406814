"""Every screen: opened, used by mouse and keys, left again; stormed with events; nothing outside the window."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import pygame
import pytest

from game import engine, records
from game.scenario.shipped import scenario_folder, shipped_scenarios
from game.scenario.world import World
from game.session import Session
from game.ui import app
from game.ui.app import first_place
from game.ui.full_screen import FullScreen
from game.ui.kit.lists import ListBox
from game.ui.kit.theme import load_theme
from game.ui.library import Library, ShelfEntry
from game.ui.scene import Desk, Pop, Push, Quit, Scene
from game.ui.scenes.board import Board
from game.ui.scenes.cards import Shelf
from game.ui.scenes.dialog import Prompt, Waiting, message, question
from game.ui.scenes.handover import HandoverScene
from game.ui.scenes.help import HelpScene
from game.ui.scenes.menu import Menu
from game.ui.scenes.pause import PauseScene
from game.ui.scenes.saves import Saves
from game.ui.scenes.scenarios import Scenarios, scale
from game.ui.scenes.settings import SettingsScene
from game.ui.scenes.sides import SeatsPage, Sides, first_seats
from game.ui.scenes.victory import VictoryScene
from game.ui.settings import Settings, load_settings
from game.ui.table.scene import TableScene
from game.ui.window import make_desk
from tests.ui.screen_hands import SIZE, Screens
from tests.ui.table_hands import small_world
from tests.worlds import world_of

FULL_SCREEN_SET = FullScreen.set
CAMPAIGN, SIEGE = "race_for_deir_ezzor", "breaking_the_siege"
SEATS = {0: "human", 1: "hold", 2: "hold"}


@pytest.fixture(autouse=True)
def nothing_on_the_disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, window: pygame.Surface) -> None:
    """Saves, settings and pictures of a test lie in a folder of its own."""
    assert window
    monkeypatch.setattr(records, "autosaves_folder", lambda: tmp_path / "auto")
    monkeypatch.setattr(records, "saves_folder", lambda: tmp_path / "saves")
    monkeypatch.setattr("game.ui.scenes.menu.autosaves_folder", lambda: tmp_path / "auto")
    monkeypatch.setattr("game.ui.settings.settings_folder", lambda: tmp_path / "settings")
    monkeypatch.setattr("game.ui.library.user_cache_path", lambda *_, **__: tmp_path / "cache")
    monkeypatch.setattr("game.ui.full_screen.FullScreen.set", lambda self, on: on)


@lru_cache(maxsize=1)
def world() -> World:
    """A scenario that ships, read once."""

    return world_of(SIEGE)


@pytest.fixture
def library(window: pygame.Surface) -> Library:
    """The shipped siege, read."""

    assert window
    found = Library(load_theme(), [SIEGE])
    found.entries[0].world, found.entries[0].ready = world(), True
    found.entries[0].picture = pygame.Surface((300, 310))
    return found


def table(desk: Desk) -> TableScene:
    return TableScene(desk, Session(small_world(), 3), seats=SEATS)


def over(desk: Desk) -> VictoryScene:
    session = Session(small_world(), 3)
    session.concede(0)
    return VictoryScene(desk, session, SEATS)


Make = Callable[[Desk, Library], Scene]
SCENES: dict[str, Make] = {
    "menu": lambda desk, library: Menu(desk, library),
    "scenarios": lambda desk, library: Scenarios(desk, library),
    "sides": lambda desk, library: Sides(desk, world()),
    "seats": lambda desk, library: SeatsPage(desk, world(), first_seats(world(), False), lambda faction, text: None),
    "saves": lambda desk, library: Saves(desk),
    "saving": lambda desk, library: Saves(desk, Session(small_world(), 3)),
    "settings": lambda desk, library: SettingsScene(desk),
    "help": lambda desk, library: HelpScene(desk, world()),
    "handover": lambda desk, library: HandoverScene(desk, Session(small_world(), 3), 1, SEATS, lambda: None),
    "pause": lambda desk, library: PauseScene(desk, table(desk)),
    "result": lambda desk, library: over(desk),
    "message": lambda desk, library: message(desk, None, "Told", "A text. " * 200, danger=True),
    "question": lambda desk, library: question(desk, None, "Asked", "A text. " * 20, "Do it", lambda: None),
    "prompt": lambda desk, library: Prompt(desk, None, "Asked", "A text.", "a name", "Do it", lambda name: None),
}
WINDOWS = [(960, 600), (1280, 720), (1920, 1080)]


# --- every screen -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SCENES)
@pytest.mark.parametrize(
    ("size", "scale"),
    [
        pytest.param(size, scale, marks=() if (size[0], scale) == (960, 160) else pytest.mark.slow)
        for size in WINDOWS for scale in (80, 160)
    ],
)  # fmt: skip
def test_everything_lies_in_the_window_and_apart(
    name: str, size: tuple[int, int], scale: int, library: Library
) -> None:
    screens = Screens(lambda desk: SCENES[name](desk, library), size, Settings(scale=scale, autosave=False))
    frame = pygame.Rect((0, 0), size)
    board = screens.top
    assert isinstance(board, Board)
    rects = [widget.rect for widget in board.form.widgets]
    for rect in rects:
        assert frame.contains(rect), f"{name}: {rect} leaves the window"
    for number, one in enumerate(rects):
        assert one.inflate(-2, -2).collidelist(rects[number + 1 :]) < 0, f"{name}: {one} lies on another widget"


@pytest.mark.parametrize("name", SCENES)
def test_drawing_changes_nothing(name: str, library: Library) -> None:
    """But for what is read meanwhile, such as the pictures of scenarios, and comes a few frames later."""
    screens = Screens(lambda desk: SCENES[name](desk, library))
    before, same = screens.picture(), False
    for _ in range(100):
        shown = screens.picture()
        before, same = shown, shown == before
        if same:
            break
        pygame.time.wait(20)
    assert same


@pytest.mark.parametrize("name", [name for name in SCENES if name not in ("menu", "handover", "sides")])
def test_escape_leaves(name: str, library: Library) -> None:
    scene = SCENES[name](Screens(lambda desk: message(desk, None, "", "")).desk, library)
    scene.resize()
    assert scene.handle(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_ESCAPE, mod=0)) == Pop()


@pytest.mark.parametrize("name", SCENES)
def test_the_focus_goes_round_and_every_enabled_widget_can_be_reached(name: str, library: Library) -> None:
    screens = Screens(lambda desk: SCENES[name](desk, library))
    board = screens.top
    assert isinstance(board, Board)
    seen = set()
    for _ in board.form.widgets:
        screens.key(pygame.K_TAB)
        seen.add(board.form.focus)
    assert seen == {number for number, widget in enumerate(board.form.widgets) if widget.enabled}


@pytest.mark.parametrize("name", SCENES)
def test_the_first_focus_lies_on_something_that_can_be_used(name: str, library: Library) -> None:
    board = Screens(lambda desk: SCENES[name](desk, library)).top
    assert isinstance(board, Board)
    assert board.form.widgets[board.form.focus].enabled


KEYS = (
    pygame.K_ESCAPE, pygame.K_RETURN, pygame.K_TAB, pygame.K_SPACE, pygame.K_UP, pygame.K_DOWN, pygame.K_LEFT,
    pygame.K_RIGHT, pygame.K_BACKSPACE, pygame.K_DELETE, pygame.K_HOME, pygame.K_END, pygame.K_PAGEDOWN, pygame.K_F1,
    pygame.K_F2, pygame.K_v,
)  # fmt: skip


def random_event(dice: random.Random, size: tuple[int, int]) -> pygame.event.Event:
    at = (dice.randint(-50, size[0] + 50), dice.randint(-50, size[1] + 50))
    made: list[tuple[int, dict[str, Any]]] = [
        (pygame.KEYDOWN, {"key": dice.choice(KEYS), "mod": dice.choice((0, 0, pygame.KMOD_SHIFT, pygame.KMOD_CTRL))}),
        (pygame.MOUSEBUTTONDOWN, {"pos": at, "button": dice.randint(1, 9)}),
        (pygame.MOUSEBUTTONUP, {"pos": at, "button": dice.randint(1, 3)}),
        (pygame.MOUSEMOTION, {"pos": at, "rel": (1, 1), "buttons": (dice.randint(0, 1), 0, 0)}),
        (pygame.MOUSEWHEEL, {"x": 0, "y": dice.randint(-3, 3), "precise_y": 0.0}),
        (pygame.TEXTINPUT, {"text": dice.choice(("a", "ß", "م", "../", "\x1b", "💧", "1"))}),
        (pygame.JOYBUTTONDOWN, {"button": 1}),
        (pygame.WINDOWLEAVE, {}),
        (pygame.USEREVENT, {}),
    ]
    kind, values = dice.choice(made)
    return pygame.event.Event(kind, values)


@pytest.mark.parametrize("name", SCENES)
def test_a_storm_of_events_does_no_harm(name: str, library: Library) -> None:
    screens = Screens(lambda desk: SCENES[name](desk, library))
    dice = random.Random(name)
    home = screens.top
    for number in range(120):
        change = home.handle(random_event(dice, SIZE))
        assert change is None or not isinstance(change, Quit) or name == "menu"
        if number % 60 == 0:
            screens.desk.size = (dice.randint(1, 2200), dice.randint(1, 1300))
            home.resize()
            home.draw(pygame.Surface(screens.desk.size))


@pytest.mark.parametrize(
    "size",
    [(1, 1), *(pytest.param(size, marks=pytest.mark.slow) for size in ((1, 3000), (3000, 1), (4000, 3000)))],
)
@pytest.mark.parametrize("name", SCENES)
def test_any_window_size_can_be_drawn(name: str, size: tuple[int, int], library: Library) -> None:
    screens = Screens(lambda desk: SCENES[name](desk, library))
    screens.desk.size = size
    screens.top.resize()
    screens.top.draw(pygame.Surface(size))


# --- menu, scenarios, sides ---------------------------------------------------------------------------------------


def test_from_the_menu_to_the_table_by_keys_alone(library: Library) -> None:
    screens = Screens(lambda desk: Menu(desk, library))
    assert not screens.buttons()["Continue"].enabled
    screens.key(pygame.K_DOWN)  # Start here has the focus where there is nothing to go on with
    screens.key(pygame.K_RETURN)
    assert screens.name == "Scenarios"
    screens.key(pygame.K_RETURN)
    assert screens.name == "Sides"
    screens.key(pygame.K_RETURN, pygame.KMOD_CTRL)
    assert screens.name == "Waiting"
    waiting = screens.top
    assert isinstance(waiting, Waiting)
    over = screens.picture()
    waiting.below.scene = None
    assert screens.picture() != over, "the screen that was left shows beneath the notice"
    screens.until("TableScene")
    playing = screens.top
    assert isinstance(playing, TableScene)
    assert [playing.seats[n] for n in world().sequence][:1] == ["human"]
    assert len(screens.stack.scenes) == 1


def test_a_card_of_the_menu_leads_to_its_seats_by_mouse_and_by_keys(library: Library) -> None:
    screens = Screens(lambda desk: Menu(desk, library))
    menu = screens.top
    assert isinstance(menu, Menu)
    shelf = next(one for one in menu.form.widgets if isinstance(one, Shelf))
    screens.click(shelf.box(0).center)
    sides = screens.top
    assert isinstance(sides, Sides)
    assert sides.world is library.entries[0].world
    screens.key(pygame.K_ESCAPE)
    assert screens.name == "Menu"
    for _ in range(len(menu.form.widgets)):
        if isinstance(menu.form.widgets[menu.form.focus], Shelf):
            break
        screens.key(pygame.K_TAB)
    screens.key(pygame.K_RETURN)
    assert screens.name == "Sides"


def test_the_filters_of_the_menu_part_short_from_long_and_own_from_shipped(library: Library, tmp_path: Path) -> None:
    turns = {"short": 9, "long": 26}
    for name, many in turns.items():
        library.entries.append(ShelfEntry(name, tmp_path / name, True, replace(world(), turns=many, title=name)))
    screens = Screens(lambda desk: Menu(desk, library))

    def shown() -> list[str]:
        menu = screens.top
        assert isinstance(menu, Menu)
        return [entry.title for entry in next(one for one in menu.form.widgets if isinstance(one, Shelf)).entries]

    assert len(shown()) == 3
    screens.press("Long")
    assert shown() == ["long"]
    screens.press("Short")
    assert shown() == [world().title, "short"]
    screens.press("Yours")
    assert shown() == ["short", "long"]


def test_arrows_and_the_wheel_bring_every_card_into_sight(library: Library, tmp_path: Path) -> None:
    library.entries += [ShelfEntry(f"s{n}", tmp_path / f"{n}", True, world()) for n in range(12)]
    screens = Screens(lambda desk: Menu(desk, library))
    menu = screens.top
    assert isinstance(menu, Menu)
    shelf = next(one for one in menu.form.widgets if isinstance(one, Shelf))
    menu.focus_on(shelf)
    seen = set()
    for _ in range(len(library.entries)):
        seen.add(shelf.chosen)
        assert shelf.rect.contains(shelf.box(shelf.chosen))
        screens.key(pygame.K_RIGHT)
    assert seen == set(range(len(library.entries)))
    screens.key(pygame.K_HOME)
    assert shelf.chosen == 0
    screens.key(pygame.K_DOWN)
    assert shelf.chosen == shelf.columns


@pytest.mark.slow
def test_the_seed_and_the_seats_that_were_chosen_are_played(library: Library) -> None:
    screens = Screens(lambda desk: Sides(desk, world(), seed=5))
    screens.key(pygame.K_RIGHT)  # the first faction from a person to the first computer player
    for _ in range(len(world().factions)):
        screens.key(pygame.K_TAB)
    screens.key(pygame.K_BACKSPACE, pygame.KMOD_CTRL)
    screens.type("4x2")
    screens.press("Start the game")
    screens.until("TableScene")
    playing = screens.top
    assert isinstance(playing, TableScene)
    assert playing.session.seed == 42
    assert "human" not in playing.seats.values()


def test_escape_does_not_leave_the_menu_but_quit_does(library: Library) -> None:
    screens = Screens(lambda desk: Menu(desk, library))
    for _ in range(20):
        screens.key(pygame.K_ESCAPE)
    assert screens.name == "Menu"
    screens.press("Quit")
    assert not screens.open


def test_watching_seats_the_computer_everywhere(library: Library) -> None:
    screens = Screens(lambda desk: Menu(desk, library))
    screens.press("Watch AI against AI")
    screens.key(pygame.K_RETURN)
    sides = screens.top
    assert isinstance(sides, Sides)
    assert "human" not in sides.seats.values()


@pytest.mark.slow
def test_a_scenario_given_at_the_start_opens_its_sides_and_back_leads_to_the_menu() -> None:
    screens = Screens(lambda desk: first_place(SIEGE))
    assert screens.name == "Sides"
    screens.key(pygame.K_ESCAPE)
    assert screens.name == "Menu"


def test_a_broken_scenario_stays_in_the_list_and_shows_its_errors(tmp_path: Path) -> None:

    folder = tmp_path / "my_war"
    shutil.copytree(scenario_folder(SIEGE), folder)
    head = folder / "scenario.yaml"
    sound = head.read_text(encoding="utf-8")
    head.write_text(sound.replace("days_per_turn:", "days_per_tern:"), encoding="utf-8")
    library = Library(load_theme(), [str(folder)])
    library.wait(library.entries[0])
    screens = Screens(lambda desk: Scenarios(desk, library))
    listed = screens.top.form.widgets[0]  # type: ignore[attr-defined]
    assert isinstance(listed, ListBox)
    assert listed.marked == {0}
    assert "scenario.yaml:" in library.entries[0].errors
    assert "days_per_turn" in library.entries[0].errors
    screens.key(pygame.K_RETURN)
    assert screens.name == "Scenarios"
    head.write_text(sound.replace("id: breaking_the_siege", "id: my_war"), encoding="utf-8")
    screens.key(pygame.K_r, pygame.KMOD_CTRL)
    assert not library.entries[0].errors
    screens.key(pygame.K_RETURN)
    assert screens.name == "Sides"


def test_a_scenario_that_is_not_read_yet_has_its_own_title() -> None:
    entries = Library(load_theme()).entries
    said = {entry.name: entry.title for entry in entries if entry.name in shipped_scenarios()}
    assert said == {name: world_of(name).title for name in said} and len(said) > 4
    assert not any(entry.ready for entry in entries)


@pytest.mark.slow
def test_the_library_reads_in_the_background_and_draws_the_maps(tmp_path: Path, window: pygame.Surface) -> None:

    assert window
    library = Library(load_theme(), [SIEGE])
    assert not library.entries[0].ready
    library.begin()
    assert library._thread is not None
    library._thread.join(60)
    assert library.entries[0].world is not None
    assert library.entries[0].picture is not None
    again = Library(load_theme(), [SIEGE])
    assert again.entries[0].picture is not None, "the picture is kept from one start to the next"


# --- settings and help --------------------------------------------------------------------------------------------


def test_a_changed_setting_is_kept_on_leaving() -> None:
    screens = Screens(lambda desk: SettingsScene(desk))
    before = screens.desk.scale
    screens.key(pygame.K_LEFT)
    assert screens.desk.settings.scale == 90
    assert screens.desk.scale < before
    screens.key(pygame.K_TAB)
    screens.key(pygame.K_TAB)
    screens.key(pygame.K_SPACE)
    assert screens.desk.settings.safe_colours
    assert screens.desk.theme.marks == screens.desk.theme.safe_marks
    kept = screens.desk.settings
    screens.key(pygame.K_ESCAPE)
    assert load_settings() == kept


@pytest.mark.slow
def test_the_help_has_keys_every_chapter_and_sources() -> None:
    screens = Screens(lambda desk: HelpScene(desk, world()))
    pages = screens.top
    assert isinstance(pages, HelpScene)
    titles = [title for title, _ in pages.chapters]
    assert titles[0] == "Keys and mouse"
    assert titles[-1] == "Sources and credits"
    assert any("Combat" in title for title in titles)
    for _ in titles:
        screens.key(pygame.K_DOWN)
        screens.frames()
    assert pages.chosen == len(titles) - 1
    screens.key(pygame.K_F1)
    assert not screens.open


# --- dialogs ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "keys", [(pygame.K_RETURN,), (pygame.K_ESCAPE,), (pygame.K_TAB, pygame.K_RETURN), (pygame.K_SPACE,)]
)
def test_a_question_is_answered_once_and_never_stacked(keys: tuple[int, ...]) -> None:
    answers: list[str] = []
    screens = Screens(lambda desk: message(desk, None, "below", "text"))

    def asked() -> Scene:
        return question(screens.desk, screens.top, "Sure?", "text", "Yes", lambda: answers.append("yes"))

    screens.stack.change(Push(asked()))
    for key in keys:
        screens.key(key)
    assert len(screens.stack.scenes) == 1
    assert answers == (["yes"] if keys[0] == pygame.K_TAB else [])


def test_the_first_focus_of_a_question_lies_on_the_answer_that_changes_nothing() -> None:
    screens = Screens(lambda desk: question(desk, None, "Sure?", "text", "Yes", lambda: None))
    assert screens.top.form.widgets[screens.top.form.focus].text == "Cancel"  # type: ignore[attr-defined]


@pytest.mark.slow
def test_a_long_message_scrolls_and_keeps_its_buttons() -> None:
    screens = Screens(lambda desk: message(desk, None, "Long", "words and words " * 3000), (960, 600))
    assert pygame.Rect(0, 0, 960, 600).contains(screens.buttons()["Close"].rect)
    screens.key(pygame.K_PAGEDOWN)
    screens.press("Copy the text")
    screens.press("Close")
    assert not screens.open


# --- the window ---------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_loop_takes_pictures_changes_size_and_leaves(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, window: pygame.Surface
) -> None:
    def refused(*wanted: object) -> None:
        raise pygame.error("not supported")

    monkeypatch.setattr("game.ui.full_screen.FullScreen.set", FULL_SCREEN_SET)
    monkeypatch.setattr("pygame.display.set_mode", refused)
    monkeypatch.setattr(app, "saves_folder", lambda: tmp_path / "saves")
    keys = [pygame.K_F12, pygame.K_F11, pygame.K_RETURN, pygame.K_ESCAPE]
    frames = [[pygame.event.Event(pygame.KEYDOWN, key=key, mod=0, unicode="")] for key in keys]
    frames.append([pygame.event.Event(pygame.VIDEORESIZE, size=(900, 700), w=900, h=700)])
    frames.append([pygame.event.Event(pygame.QUIT)])
    waiting = iter(frames)
    monkeypatch.setattr("pygame.event.get", lambda: next(waiting))
    desk = make_desk(window.get_size())
    assert app.run(window, desk, Menu(desk, library)) == 0
    assert [path.name for path in (tmp_path / "pictures").iterdir()] == ["picture-0001.png"]


def test_every_scenario_states_its_scale() -> None:
    told = {name: scale(world_of(name)) for name in shipped_scenarios()}
    assert told["race_for_deir_ezzor"] == "26 turns of 3 days, hexes of 5 km"
    assert told["city_of_deir_ezzor"] == "18 turns of 1 day, hexes of 500 m"
    assert len(told) == 7


@pytest.mark.slow
def test_a_mistake_of_the_game_in_one_scenario_does_not_hide_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, window: pygame.Surface
) -> None:

    assert window
    shutil.copytree(scenario_folder(SIEGE), tmp_path / "trap")
    true_load = engine.load_scenario

    def load(name: str | Path) -> World:
        if Path(name).name == "trap":
            raise RecursionError("too deep\x1b[2J")
        return true_load(name)

    monkeypatch.setattr(engine, "load_scenario", load)
    library = Library(load_theme(), [str(tmp_path / "trap"), SIEGE])
    library.begin()
    assert library._thread is not None
    library._thread.join(60)
    trap, siege = library.entries
    assert trap.ready and trap.world is None and "a bug in the game: RecursionError" in trap.errors
    assert trap.errors.replace("\n", "").isprintable()
    assert siege.ready and siege.world is not None


@pytest.mark.slow
def test_the_fronts_of_the_menu_take_the_colours_that_the_player_chooses(window: pygame.Surface) -> None:
    """Colours for every eye hold for the cards of the menu too, as soon as one is back from the settings."""
    assert window
    screens = Screens(lambda desk: Menu(desk, Library(desk.theme, [SIEGE])))
    menu = screens.top
    assert isinstance(menu, Menu)
    entry = menu.library.entries[0]

    def front() -> bytes:
        screens.frames(2)
        assert menu.library._thread is not None
        menu.library._thread.join(60)
        assert entry.front is not None
        return pygame.image.tobytes(entry.front, "RGB")

    usual = front()
    screens.desk.theme = load_theme(safe=True)
    menu.resize()
    assert entry.front is None
    assert front() != usual
