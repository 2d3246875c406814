"""Memory that pictures have left goes back to the system."""

from __future__ import annotations

import sys
from pathlib import Path
from threading import Event

import pygame
import pytest

from game import engine
from game.scenario.world import World
from game.session import Session
from game.ui import app, free_memory
from game.ui.kit.theme import load_theme
from game.ui.library import Library
from game.ui.scenes.menu import Menu
from tests.ui.screen_hands import Screens
from tests.ui.table_hands import Hands, small_world
from tests.ui.test_storms import megabytes


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks /proc")
def test_what_is_freed_among_what_stays_goes_back() -> None:
    if free_memory._library() is None:
        pytest.skip("a C library that cannot be told")
    blocks = [bytearray(90_000) for _ in range(1000)]
    held = megabytes()
    del blocks[::2], blocks[:-1]  # the last one stays at the top
    free_memory.give_back()
    assert megabytes() < held - 40


def test_other_systems_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    free_memory._library.cache_clear()
    try:
        assert free_memory._library() is None
        free_memory.keep_large_apart()
        free_memory.give_back()
    finally:
        free_memory._library.cache_clear()


@pytest.mark.slow
def test_a_game_that_is_left_keeps_nothing_it_has_worked_out(window: pygame.Surface) -> None:
    """Its scenario may live on; played again it makes everything anew."""
    hands = Hands(small_world(), {0: "human", 1: "hold", 2: "hold"})
    hands.click(hands.point("0303"))
    world = hands.session.world
    picture, before = hands.picture(), len(world.answers)
    assert before > 10
    app.settle()  # nobody was there before
    assert len(world.answers) == before
    app.settle(hands.table)
    assert not world.answers
    hands.table.resize()
    assert hands.picture() == picture and world.answers


def test_a_scenario_that_was_changed_for_another_keeps_nothing_either(window: pygame.Surface) -> None:
    hands = Hands(small_world(), {0: "human", 1: "hold", 2: "hold"})
    world = hands.session.world
    hands.table.take(hands.session, dict(hands.table.seats), same_game=True)
    assert world.answers
    hands.table.take(Session(small_world(turns=3), 1), dict(hands.table.seats), same_game=False)
    assert not world.answers


@pytest.mark.slow
def test_a_menu_that_is_left_keeps_no_scenario_and_no_picture_of_one(
    window: pygame.Surface, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor does the thread that reads them go on beside the game."""
    assert window
    read: list[str] = []
    left = Event()

    def load(folder: Path) -> World:
        read.append(folder.name)
        if len(read) == 2:
            left.wait(10)
        return small_world()

    monkeypatch.setattr(engine, "load_scenario", load)
    library = Library(load_theme(), ["tutorial", "breaking_the_siege", "collision"])
    library.wait(library.entries[0])
    library.entries[0].picture = library.entries[0].front = pygame.Surface((300, 200))
    screens = Screens(lambda desk: Menu(desk, library))
    assert library.busy and library.entries[0].world is not None
    app.settle(screens.top)
    assert not any(one.world or one.picture or one.front or one.cover for one in library.entries)
    left.set()
    assert library._thread is not None
    library._thread.join(10)
    assert not library.busy and len(read) == 2
    assert not any(one.picture or one.front for one in library.entries)
