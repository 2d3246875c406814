"""The picture beside the list of saves: the front of the chosen game; damaged files have a sign in its place."""

from __future__ import annotations

from pathlib import Path

import pygame
import pytest

from game import records
from game.session import Session
from game.ui.library import Library
from game.ui.scenes.loading import newest_front
from game.ui.scenes.menu import Menu
from game.ui.scenes.save_card import SaveCards
from game.ui.scenes.saves import Saves
from tests.ui.screen_hands import Screens
from tests.ui.table_hands import small_world


@pytest.fixture
def folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, window: pygame.Surface) -> tuple[Path, Path]:
    assert window
    monkeypatch.setattr("game.ui.library.user_cache_path", lambda *_, **__: tmp_path / "cache")
    monkeypatch.setattr("game.ui.settings.settings_folder", lambda: tmp_path / "settings")
    monkeypatch.setattr("game.ui.scenes.save_card.kept_picture", lambda folder: pygame.Surface((400, 300)))
    monkeypatch.setattr("game.ui.scenes.save_card.scenario_folder", lambda name: tmp_path)
    return tmp_path / "own", tmp_path / "auto"


def settled(screens: Screens) -> Saves:
    saves = screens.top
    assert isinstance(saves, Saves)
    for _ in range(6):
        screens.frames(1)
        saves.cards.wait()
        if saves._search is not None:
            saves._search.join()
    return saves


def test_the_chosen_save_shows_its_front_and_whose_turn_it_is(
    folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    session = Session(small_world(), 3)
    records.save_game(session, folders[0] / "one.dez")
    screens = Screens(lambda desk: Saves(desk, folders=folders))
    saves = settled(screens)
    assert saves.found is not None
    front = saves.cards.front(saves.found)
    assert front is not None and front.look == session.world.factions[session.state.faction].look
    shown = screens.picture()
    monkeypatch.setattr(saves.cards, "_fronts", {})
    monkeypatch.setattr(SaveCards, "ask", lambda *_: None)
    assert screens.picture() != shown
    assert saves._card.height and saves._card.collidelist([one.rect for one in saves.form.widgets]) < 0


def test_the_first_choice_is_a_game_that_can_be_loaded_and_a_damaged_one_has_a_sign(folders: tuple[Path, Path]) -> None:
    session = Session(small_world(), 3)
    path = records.save_game(session, folders[0] / "one.dez")
    (folders[0] / "cut.dez").write_bytes(path.read_bytes()[:200])
    screens = Screens(lambda desk: Saves(desk, folders=folders))
    saves = settled(screens)
    assert saves.found is not None and saves.found.path.stem == "one"
    whole = screens.picture()
    saves._choose(next(n for n, one in enumerate(saves.saves) if one.header is None))
    settled(screens)
    assert saves.found is not None and saves.found.header is None
    assert saves.cards.front(saves.found) is None
    assert screens.picture() != whole


def test_the_game_that_is_to_be_kept_shows_its_front_until_a_saved_one_is_chosen(
    folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    session = Session(small_world(), 3)
    records.save_game(session, folders[0] / "one.dez")
    screens = Screens(lambda desk: Saves(desk, session, folders=folders))
    saves = settled(screens)
    assert saves.found is None and saves.cards._own is not None
    assert saves.cards._own.look == session.world.factions[session.state.faction].look
    shown = screens.picture()
    monkeypatch.setattr(saves.cards, "_own", None)
    monkeypatch.setattr(SaveCards, "ask_own", lambda *_: None)
    assert screens.picture() != shown
    assert saves._card.height and saves._card.collidelist([one.rect for one in saves.form.widgets]) < 0


def test_the_menu_shows_the_front_of_the_game_to_go_on_with(folders: tuple[Path, Path]) -> None:
    """Drawn last of all beside the window; a game that cannot be read leaves the map of the campaign there."""
    records.autosave(Session(small_world(), 3), folders[1])
    screens = Screens(lambda desk: Menu(desk, Library(desk.theme, []), folders[1]))
    menu = screens.top
    assert isinstance(menu, Menu)
    for _ in range(200):
        screens.frames(1)
        if menu._drawing is not None:
            menu._drawing.join()
        if menu._front is not None:
            break
        if menu._search is not None:
            menu._search.join()
    screens.frames(1)
    assert menu._front is not None and menu._continue.front is menu._front
    for path in folders[1].glob("*.dez"):
        path.write_bytes(path.read_bytes()[:300])
    assert newest_front(screens.desk.theme, folders[1]) is None
