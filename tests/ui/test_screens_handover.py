"""The curtain between two people shows nothing of the game, in the window or in a picture of it, and opens once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pygame
import pytest

from game import orders as od
from game import records
from game.session import Session
from game.store import quick_save_name
from game.ui import app
from game.ui.app import find, take_picture
from game.ui.scene import SceneStack
from game.ui.scenes.handover import HandoverScene
from game.ui.settings import Settings
from game.ui.table.scene import TableScene
from game.ui.window import make_desk
from tests.situation import unit
from tests.ui.screen_hands import SIZE, Screens
from tests.ui.table_hands import small_world

SEATS = {0: "human", 1: "hold", 2: "human"}
ELSEWHERE = [unit("lions", "saa", "0103", "mech", steps=1), unit("hills", "sdf", "0402", steps=3)]


@pytest.fixture(autouse=True)
def nothing_on_the_disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, window: pygame.Surface) -> None:
    """Pictures and saves of a test lie in a folder of its own."""
    assert window
    monkeypatch.setattr(app, "saves_folder", lambda: tmp_path / "saves")


def curtain(units: object = None) -> Screens:
    changes = {} if units is None else {"units": units}
    session = Session(small_world(**changes), 3)
    return Screens(lambda desk: HandoverScene(desk, session, 2, SEATS, lambda: None))


def test_the_curtain_is_the_same_whatever_the_game_below() -> None:
    assert curtain().picture() == curtain(ELSEWHERE).picture()


def test_the_curtain_has_few_colours_and_covers_every_pixel() -> None:
    screens = curtain()
    screens.canvas.fill((255, 0, 255))
    screens.top.draw(screens.canvas)
    width, height = SIZE
    magenta = screens.canvas.map_rgb((255, 0, 255))
    assert all(screens.canvas.get_at_mapped((x, y)) != magenta for x in range(0, width, 7) for y in range(0, height, 7))


def waiting(units: object = None, seats: Mapping[int, str] | None = None, turns: int = 1) -> bytes:
    """What shows while AI players play between two people, after so many ends of turn."""
    session = Session(small_world(**({} if units is None else {"units": units})), 3)
    for _ in range(turns):
        session.give(od.EndTurn())
    table = TableScene(make_desk(SIZE, settings=Settings(autosave=False)), session, seats=seats or SEATS)
    assert table.curtain
    canvas = pygame.Surface(SIZE)
    table.draw(canvas)
    return pygame.image.tobytes(canvas, "RGB")


def test_the_wait_for_others_shows_who_plays_and_nothing_of_the_game_below() -> None:
    assert waiting() == waiting(ELSEWHERE)
    assert waiting() != waiting(turns=2), "whose turn it is"
    assert waiting() != waiting(seats={**SEATS, 1: "human"}), "who is a person"


def test_a_picture_taken_of_the_window_shows_the_curtain_alone(tmp_path: Path) -> None:
    screens = curtain()
    expected = screens.picture()
    screens.canvas.fill((200, 30, 30))  # what was shown before
    path = take_picture(screens.canvas, screens.stack)
    assert path is not None
    assert pygame.image.tobytes(pygame.image.load(path), "RGB") == expected
    assert path.parent == tmp_path / "pictures"


def test_the_key_that_ended_the_turn_does_not_open_the_curtain() -> None:
    opened: list[int] = []
    session = Session(small_world(), 3)
    screens = Screens(lambda desk: HandoverScene(desk, session, 2, SEATS, lambda: opened.append(1)))
    screens.key(pygame.K_RETURN)  # too soon
    screens.frames(60)
    screens.key(pygame.K_RETURN, pygame.KMOD_CTRL)
    screens.key(pygame.K_TAB)
    screens.post(pygame.MOUSEBUTTONDOWN, pos=(5, 5), button=1)
    assert not opened
    screens.key(pygame.K_RETURN)
    assert opened == [1]
    assert not screens.open


def test_two_people_hand_the_table_over() -> None:
    """From one seat to the next only the curtain shows, and then the other seat's own view."""
    session = Session(small_world(), 3)
    screens = Screens(lambda desk: TableScene(desk, session, seats=SEATS), settings=Settings(autosave=False))
    table = screens.stack.scenes[0]
    assert isinstance(table, TableScene)
    screens.until("HandoverScene")
    screens.frames(60)
    screens.key(pygame.K_RETURN)
    assert table.seat == 0
    table.give(od.EndTurn())
    for _ in range(400):
        screens.frames()
        if screens.name == "HandoverScene":
            break
        assert table.seat == 0 or table.curtain
    assert screens.name == "HandoverScene"
    screens.key(pygame.K_ESCAPE)
    assert screens.name == "Dialog"
    screens.key(pygame.K_ESCAPE)
    screens.frames(60)
    screens.key(pygame.K_RETURN)
    assert screens.name == "TableScene"
    assert table.seat == 2
    assert not table.curtain


def handed_over(meddle: bool) -> tuple[bytes, str]:
    """The screen that the second person finds, and the window's title, after the first one has done much or nothing."""
    session = Session(small_world(), 3)
    screens = Screens(lambda desk: TableScene(desk, session, seats=SEATS), settings=Settings(autosave=False))
    table = screens.stack.scenes[0]
    assert isinstance(table, TableScene)
    screens.until("HandoverScene")
    screens.frames(60)
    screens.key(pygame.K_RETURN)
    screens.frames(5)
    if meddle:
        table.board.map.wheel(3, (300, 300))
        screens.frames(30)
        table.board.pan(180, 90)
        table.next_unit()
        table.log.scroll(-3)
        table.board.toggle(table, "supply", "line", "grid")
        table.turns_shown = 3
        table.say("The lions are hungry.")
        table.board.bring_into_sight(len(session.world.terrain) - 1)
        table.board.history_day = "2017-09-01"
        table.consulting.ask()
        table.consulting.wait()
        assert table.board.advised and table.reel is not None
    table.give(od.EndTurn())
    screens.until("HandoverScene")
    screens.frames(60)
    screens.key(pygame.K_RETURN)
    assert table.seat == 2 and not table.curtain
    screens.frames(120)
    return screens.picture(), pygame.display.get_caption()[0]


@pytest.mark.slow
def test_nothing_of_what_the_first_person_looked_at_reaches_the_second() -> None:
    """Camera, zoom, overlays, selection, notices and scrolled lists belong to a seat."""
    assert handed_over(True) == handed_over(False)


@pytest.mark.slow
def test_each_person_finds_the_map_as_he_left_it() -> None:
    session = Session(small_world(), 3)
    screens = Screens(lambda desk: TableScene(desk, session, seats=SEATS), settings=Settings(autosave=False))
    table = screens.stack.scenes[0]
    assert isinstance(table, TableScene)
    found: dict[int, object] = {}
    for visit in range(4):
        screens.until("HandoverScene")
        screens.frames(60)
        screens.key(pygame.K_RETURN)
        screens.frames(60)
        if visit == 0:
            table.board.toggle(table, "supply")
            table.board.map.wheel(2, (300, 300))
            screens.frames(60)
        now = (table.board.shown, table.board.map.camera)
        assert found.setdefault(table.seat, now) == now
        table.give(od.EndTurn())
    assert set(found) == {0, 2} and found[0] != found[2]


def test_the_curtain_opens_on_a_fresh_press_and_its_release_alone() -> None:
    opened: list[int] = []
    session = Session(small_world(), 3)
    screens = Screens(lambda desk: HandoverScene(desk, session, 2, SEATS, lambda: opened.append(1)))
    down, up = (
        partial(screens.post, kind, key=pygame.K_RETURN, mod=0, unicode="") for kind in (pygame.KEYDOWN, pygame.KEYUP)
    )
    down()  # held since the turn before
    screens.frames(60)
    for _ in range(20):
        down()  # it repeats
    up()
    assert not opened
    up()  # let go without a press
    button = next(iter(screens.buttons().values())).rect.center
    screens.post(pygame.MOUSEBUTTONDOWN, pos=button, button=1)
    screens.post(pygame.MOUSEBUTTONUP, pos=(5, 5), button=1)
    assert not opened
    down()
    assert not opened
    up()
    assert opened == [1]


def test_a_click_on_the_button_opens_the_curtain_unless_it_began_before() -> None:
    opened: list[int] = []
    session = Session(small_world(), 3)
    screens = Screens(lambda desk: HandoverScene(desk, session, 2, SEATS, lambda: opened.append(1)))
    button = next(iter(screens.buttons().values())).rect.center
    screens.post(pygame.MOUSEBUTTONDOWN, pos=button, button=1)  # too soon
    screens.frames(60)
    screens.post(pygame.MOUSEBUTTONUP, pos=button, button=1)
    assert not opened
    screens.click(button)
    assert opened == [1]


def test_names_of_saves_tell_the_turn_and_who_plays_and_nothing_else(tmp_path: Path) -> None:
    session = Session(small_world(), 3)
    session.give(od.EndTurn())
    path = records.autosave(session, tmp_path)
    player = session.world.factions[session.state.faction].id
    assert re.fullmatch(rf"auto-[0-9a-f]{{6}}-\d{{6}}-t\d\d-{player}\.dez", path.name)
    assert records.safe_name(quick_save_name(), records.SAVE_SUFFIX) == "quick save.dez"


def test_the_question_over_the_curtain_shows_nothing_of_the_game() -> None:
    first, second = curtain(), curtain(ELSEWHERE)
    for screens in (first, second):
        screens.key(pygame.K_ESCAPE)
    assert first.name == "Dialog"
    assert first.picture() == second.picture()


def test_a_stack_with_the_curtain_on_top_draws_the_curtain() -> None:
    session = Session(small_world(), 3)
    desk = make_desk(SIZE, settings=Settings(autosave=False))
    table = TableScene(desk, session, seats=SEATS)
    stack = SceneStack(table, partial(find, desk))
    over = HandoverScene(desk, session, 2, SEATS, lambda: None)
    over.resize()
    stack.scenes.append(over)
    canvas = pygame.Surface(SIZE)
    stack.top.draw(canvas)
    alone = pygame.Surface(SIZE)
    over.draw(alone)
    assert pygame.image.tobytes(canvas, "RGB") == pygame.image.tobytes(alone, "RGB")


def test_behind_the_curtain_lies_the_printed_map_with_nothing_of_the_game_on_it() -> None:
    def over_the_map(units: object = None) -> Screens:
        session = Session(small_world(**({} if units is None else {"units": units})), 3)
        drawn = TableScene(make_desk(SIZE), session, seats=SEATS).board.map.sheet.small_picture
        return Screens(lambda desk: HandoverScene(desk, session, 2, SEATS, lambda: None, drawn))

    assert over_the_map().picture() == over_the_map(ELSEWHERE).picture() != curtain().picture()
