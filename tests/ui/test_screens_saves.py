"""Saves at the screen: nothing is written over or removed without a question, damaged files are marked and stay."""

from __future__ import annotations

import hashlib
import shutil
import time
from pathlib import Path

import pygame
import pytest

from game import records
from game.ai.players import make_player
from game.engine import load_scenario
from game.faults import EnvironmentFault
from game.log import RULES
from game.orders import EndTurn
from game.records.editions import CHANGED
from game.records.envelope import seal
from game.records.strict_json import canonical_bytes
from game.scenario.shipped import scenarios_folder
from game.session import Session
from game.store import claim
from game.ui.app import told_of_another
from game.ui.kit.lists import ListBox
from game.ui.kit.tabs import Tabs
from game.ui.kit.widgets import Button
from game.ui.scene import Desk, Push
from game.ui.scenes.dialog import Dialog, Waiting
from game.ui.scenes.loading import go_on, newest_words
from game.ui.scenes.menu import Menu
from game.ui.scenes.pause import PauseScene
from game.ui.scenes.saves import OWN, Saves, details, shown_name
from game.ui.table.scene import TableScene
from tests.records.test_saves import parts_of
from tests.ui.screen_hands import Screens
from tests.ui.table_hands import small_world
from tests.worlds import world_of

SEATS = {0: "human", 1: "hold", 2: "hold"}


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, window: pygame.Surface) -> Path:
    """Saves of a test lie in a folder of its own."""
    assert window
    monkeypatch.setattr(records, "autosaves_folder", lambda: tmp_path / "auto")
    monkeypatch.setattr(records, "saves_folder", lambda: tmp_path / "saves")
    monkeypatch.setattr("game.ui.scenes.menu.autosaves_folder", lambda: tmp_path / "auto")
    monkeypatch.setattr("game.ui.settings.settings_folder", lambda: tmp_path / "settings")
    monkeypatch.setattr("game.ui.library.user_cache_path", lambda *_, **__: tmp_path / "cache")
    return tmp_path / "saves"


def session() -> Session:
    found = Session(small_world(), 3)
    for faction in (1, 2):
        found.seat(faction, make_player("hold"), "hold")
    return found


def table(desk: Desk) -> TableScene:
    return TableScene(desk, session(), seats=SEATS)


def named(screens: Screens) -> list[str]:
    saves = screens.top
    assert isinstance(saves, Saves)
    return [one.path.stem for one in saves.saves]


def test_a_game_is_saved_under_the_name_typed_and_loaded_again(folder: Path) -> None:
    screens = Screens(lambda desk: PauseScene(desk, table(desk)))
    screens.press("Save the game")
    screens.key(pygame.K_BACKSPACE, pygame.KMOD_CTRL)
    screens.type("before the crossing")
    screens.key(pygame.K_RETURN)
    assert screens.name == "PauseScene"
    assert (folder / "before the crossing.dez").exists()
    assert "before the crossing" in screens.top.told  # type: ignore[attr-defined]
    screens.press("Load a game")
    assert named(screens) == ["before the crossing"]
    screens.key(pygame.K_RETURN)
    screens.until("TableScene")
    loaded = screens.top
    assert isinstance(loaded, TableScene)
    assert dict(loaded.seats) == SEATS
    assert loaded.session.state.digest() == session().state.digest()


def test_who_has_saved_nothing_yet_is_shown_the_autosaves(folder: Path, tmp_path: Path) -> None:
    folders = (folder, tmp_path / "auto")
    for each in folders:
        each.mkdir(exist_ok=True)
    empty = Screens(lambda desk: Saves(desk, folders=folders)).top
    assert isinstance(empty, Saves) and empty.shelf == OWN, "there is nothing at all"
    assert [one.text for one in empty.form.widgets if isinstance(one, Button)] == ["Back"]
    records.save_game(session(), folders[1] / "auto-000001.dez")
    screens = Screens(lambda desk: Saves(desk, folders=folders))
    assert named(screens) == ["auto-000001"]
    records.save_game(session(), folders[0] / "mine.dez")
    screens = Screens(lambda desk: Saves(desk, folders=folders))
    assert named(screens) == ["mine"]
    assert Saves(screens.desk, session(), folders=folders).shelf == OWN


def test_every_shelf_is_in_sight_with_how_many_files_are_on_it_and_one_click_away(folder: Path) -> None:
    game = session()
    for name in ("one", "two"):
        records.save_game(game, folder / f"{name}{records.SAVE_SUFFIX}", name=name)
    records.autosave(game, folder.parent / "auto")
    screens = Screens(Saves)
    assert isinstance(screens.top, Saves)
    shown = next(one for one in screens.top.form.widgets if isinstance(one, Tabs))
    assert [tab.note for tab in shown.tabs] == ["2", "1", "0"]
    for shelf, many in ((1, 1), (0, 2), (2, 0)):
        screens.click(shown.boxes()[shelf].center)
        assert isinstance(screens.top, Saves)
        assert screens.top.shelf == shelf and len(screens.top.saves) == many


def test_an_autosave_is_called_by_its_turn_and_not_by_its_file(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    given = Session(world_of("tutorial"), 3)
    records.save_game(given, folder / "auto-1c439b-000001-t01-saa.dez")
    records.save_game(given, folder / "auto is my own word.dez")
    names = {shown_name(one) for one in records.list_saves(folder)}
    assert names == {"Turn 1, SAA to play", "auto is my own word"}


@pytest.mark.parametrize("agree", [True, False])
def test_an_existing_save_is_replaced_only_after_a_question(folder: Path, agree: bool) -> None:
    folder.mkdir(parents=True)
    path = folder / "mine.dez"
    path.write_bytes(b"precious")
    screens = Screens(lambda desk: PauseScene(desk, table(desk)))
    screens.press("Save the game")
    screens.key(pygame.K_BACKSPACE, pygame.KMOD_CTRL)
    screens.type("mine")
    screens.press("Save")
    assert screens.name == "Dialog"
    assert path.read_bytes() == b"precious"
    screens.press("Overwrite" if agree else "Cancel")
    assert (path.read_bytes() == b"precious") != agree
    assert screens.name == ("PauseScene" if agree else "Saves")


@pytest.mark.parametrize("name", ["../../x", "CON", "a/b", "💧", "x" * 300, "الميادين"])
def test_any_name_makes_a_safe_file(folder: Path, name: str) -> None:
    screens = Screens(lambda desk: Saves(desk, session()))
    screens.key(pygame.K_BACKSPACE, pygame.KMOD_CTRL)
    screens.type(name)
    screens.key(pygame.K_RETURN)
    written = list(folder.glob("*.dez"))
    assert len(written) == 1
    assert not [path for path in folder.parent.rglob("*.dez") if path.parent != folder]


def test_a_name_without_a_letter_is_refused_with_a_message(folder: Path) -> None:
    screens = Screens(lambda desk: Saves(desk, session()))
    screens.key(pygame.K_BACKSPACE, pygame.KMOD_CTRL)
    screens.type("...")
    screens.key(pygame.K_RETURN)
    assert screens.name == "Dialog"
    screens.key(pygame.K_ESCAPE)
    assert screens.name == "Saves"
    assert not list(folder.glob("*"))


def test_damaged_saves_are_marked_cannot_be_loaded_and_stay(folder: Path) -> None:
    records.save_game(session(), folder / "sound.dez")
    whole = (folder / "sound.dez").read_bytes()
    (folder / "cut.dez").write_bytes(whole[: len(whole) // 2])
    (folder / "foreign.dez").write_bytes(b"\x89PNG\r\n")
    (folder / "empty.dez").write_bytes(b"")
    screens = Screens(lambda desk: Saves(desk))
    saves = screens.top
    assert isinstance(saves, Saves)
    listed = saves.form.widgets[1]
    assert isinstance(listed, ListBox)
    assert {named(screens)[row] for row in listed.marked} == {"cut", "foreign", "empty"}
    for row in sorted(listed.marked):
        saves._choose(row)
        screens.key(pygame.K_RETURN)
        assert screens.name == "Saves"
        assert not screens.buttons()["Load"].enabled
    assert len(list(folder.glob("*.dez"))) == 4


def test_a_save_that_breaks_between_list_and_load_gives_a_message_and_changes_nothing(folder: Path) -> None:
    records.save_game(session(), folder / "mine.dez")
    screens = Screens(lambda desk: Saves(desk))
    (folder / "mine.dez").write_bytes(b"DEZSAVE nonsense")
    screens.key(pygame.K_RETURN)
    screens.until("Dialog")
    screens.key(pygame.K_RETURN)
    assert screens.name == "Saves"
    assert (folder / "mine.dez").read_bytes() == b"DEZSAVE nonsense"


def test_rename_asks_for_a_name_and_never_takes_one_that_is_there(folder: Path) -> None:
    records.save_game(session(), folder / "one.dez")
    records.save_game(session(), folder / "two.dez")
    screens = Screens(lambda desk: Saves(desk))
    first = named(screens)[0]
    other = "one" if first == "two" else "two"
    screens.key(pygame.K_F2)
    assert screens.name == "Prompt"
    screens.key(pygame.K_BACKSPACE, pygame.KMOD_CTRL)
    screens.type(other)
    screens.key(pygame.K_RETURN)
    assert screens.name == "Dialog"
    screens.key(pygame.K_ESCAPE)
    screens.key(pygame.K_F2)
    screens.key(pygame.K_BACKSPACE, pygame.KMOD_CTRL)
    screens.type("three")
    screens.key(pygame.K_RETURN)
    assert sorted(named(screens)) == sorted([other, "three"])
    assert screens.top.found.path.stem == "three"  # type: ignore[attr-defined]


def test_delete_asks_first(folder: Path) -> None:
    records.save_game(session(), folder / "mine.dez")
    screens = Screens(lambda desk: Saves(desk))
    screens.key(pygame.K_DELETE)
    screens.key(pygame.K_RETURN)  # the focus lies on Cancel
    assert (folder / "mine.dez").exists()
    screens.key(pygame.K_DELETE)
    screens.press("Delete")
    assert not (folder / "mine.dez").exists()
    assert named(screens) == []
    screens.key(pygame.K_DELETE)
    screens.key(pygame.K_F2)
    assert screens.name == "Saves"


def test_a_disk_that_refuses_gives_a_message_and_the_game_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> Path:
        raise EnvironmentFault("the disk is full.", "make room")

    monkeypatch.setattr(records, "save_game", full)
    screens = Screens(lambda desk: PauseScene(desk, table(desk)))
    screens.press("Save the game")
    screens.key(pygame.K_RETURN)
    assert screens.name == "Dialog"
    screens.key(pygame.K_ESCAPE)
    assert screens.name == "Saves"


# --- go on, leave, concede, seats ---------------------------------------------------------------------------------


def test_leaving_keeps_the_game_and_continue_brings_it_back() -> None:
    screens = Screens(lambda desk: PauseScene(desk, table(desk)))
    screens.press("Save and quit to the menu")
    assert screens.name == "Menu"
    assert isinstance(screens.top, Menu)
    screens.top.library.leave()
    assert screens.top._search is None
    assert screens.buttons()["Continue"].enabled
    assert "turn 1 of" in newest_words()
    screens.key(pygame.K_HOME)
    screens.press("Continue")
    screens.until("TableScene")


def test_continue_steps_over_a_damaged_autosave_and_says_so() -> None:
    game = session()
    records.autosave(game, records.autosaves_folder())
    newest = records.autosave(game, records.autosaves_folder())
    whole = newest.read_bytes()
    newest.write_bytes(whole[:-40] + bytes(40))
    screens = Screens(lambda desk: PauseScene(desk, table(desk)))
    screens.stack.change(Push(go_on(screens.desk, screens.top)))
    screens.until("Dialog")
    screens.press("Continue from it")
    screens.until("TableScene")


def test_leaving_without_a_disk_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> Path:
        raise EnvironmentFault("the disk is full.", "make room")

    monkeypatch.setattr(records, "autosave", full)
    screens = Screens(lambda desk: PauseScene(desk, table(desk)))
    screens.press("Save and quit to the menu")
    assert screens.name == "Dialog"
    screens.key(pygame.K_ESCAPE)
    assert screens.name == "PauseScene"


def test_conceding_asks_and_leads_to_the_result() -> None:
    screens = Screens(table)
    screens.key(pygame.K_ESCAPE)
    screens.press("Concede")
    screens.key(pygame.K_RETURN)
    assert not screens.stack.scenes[0].session.over  # type: ignore[attr-defined]
    screens.press("Concede")
    screens.press("Concede")
    screens.until("VictoryScene")
    found = screens.top.outcome  # type: ignore[attr-defined]
    assert found.standings[0].band == "slower"
    screens.key(pygame.K_ESCAPE)
    assert screens.name == "TableScene"
    screens.key(pygame.K_ESCAPE)
    screens.press("Result")
    assert screens.name == "VictoryScene"


def test_a_seat_changes_in_mid_game() -> None:
    screens = Screens(table)
    screens.key(pygame.K_ESCAPE)
    screens.press("Seats")
    screens.key(pygame.K_RIGHT)
    screens.press("Use these seats")
    assert screens.name == "PauseScene"
    playing = screens.stack.scenes[0]
    assert isinstance(playing, TableScene)
    assert playing.seats[0] == "staff"
    assert 0 in playing.session.players
    screens.press("Seats")
    screens.key(pygame.K_LEFT)
    screens.press("Use these seats")
    assert playing.seats[0] == "human"
    assert 0 not in playing.session.players


def test_a_replay_of_a_finished_game_can_be_saved_and_verified(folder: Path) -> None:
    screens = Screens(table)
    screens.stack.scenes[0].session.concede(0)  # type: ignore[attr-defined]
    screens.until("VictoryScene")
    screens.press("Save a replay")
    assert screens.name == "Dialog"
    screens.key(pygame.K_RETURN)
    written = list(folder.glob(f"*{records.REPLAY_SUFFIX}"))
    assert len(written) == 1
    assert records.verify_file(written[0]).lines()
    screens.press("Save a replay")
    screens.press("Cancel")
    assert screens.name == "VictoryScene"


def test_a_save_whose_scenario_was_changed_says_so_in_the_list_and_at_the_table(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(scenarios_folder(), tmp_path / "scenarios")
    monkeypatch.setattr("game.scenario.shipped.shipped", lambda *parts: tmp_path.joinpath(*parts))
    monkeypatch.setattr("game.records.editions.scenarios_folder", lambda: tmp_path / "scenarios")
    game = Session(load_scenario(tmp_path / "scenarios" / "tutorial"), 3)
    records.save_game(game, folder / "mine.dez")
    for words in ("", CHANGED):
        screens = Screens(lambda desk: Saves(desk))
        for _ in range(400):
            screens.frames()
            if screens.top._editions and screens.top._search is None:  # type: ignore[attr-defined]
                break
            time.sleep(0.01)
        shown = details(screens.top.found, False, screens.top._edition())  # type: ignore[attr-defined]
        assert (CHANGED in shown) == bool(words)
        screens.press("Load")
        screens.until("TableScene")
        assert screens.top.notice == (f"Note: {CHANGED}" if words else "")  # type: ignore[attr-defined]
        place = tmp_path / "scenarios" / "tutorial" / "forces" / "saa.yaml"
        place.write_text(place.read_text(encoding="utf-8").replace("steps: 3", "steps: 2", 1), encoding="utf-8")


def test_a_second_copy_of_the_game_is_told_so(tmp_path: Path) -> None:
    first, second = claim(tmp_path), claim(tmp_path)
    assert told_of_another(first) == ""
    assert "process" in told_of_another(second) and "quick save of copy 2" in told_of_another(second)
    for one in (first, second):
        one.release()


# --- loading proves the game ------------------------------------------------------------------------------------------


def tampered(path: Path, *, rules: int = RULES) -> Path:
    """A save whose checksums are true and whose first unit has lost a step that no order took."""
    header, body = parts_of(session())
    body["state"]["units"]["steps"][0] -= 1
    told = hashlib.sha256(canonical_bytes(body["state"])).hexdigest()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(seal({**header, "rules": rules, "state_sha256": told}, body))
    return path


def test_a_doctored_game_is_refused_at_the_screen_with_the_field(folder: Path) -> None:
    tampered(folder / "mine.dez")
    screens = Screens(lambda desk: Saves(desk))
    screens.key(pygame.K_RETURN)
    screens.until("Dialog")
    assert isinstance(screens.top, Dialog) and "S205" in screens.top.text and "units.steps" in screens.top.text
    screens.key(pygame.K_ESCAPE)
    assert screens.name == "Saves"


@pytest.mark.parametrize("agree", [True, False])
def test_a_game_that_cannot_be_proved_is_loaded_after_a_question(folder: Path, agree: bool) -> None:
    tampered(folder / "mine.dez", rules=RULES + 1)
    screens = Screens(lambda desk: Saves(desk))
    screens.key(pygame.K_RETURN)
    screens.until("Dialog")
    assert isinstance(screens.top, Dialog) and "S206" in screens.top.text
    screens.press("Load it all the same" if agree else "Cancel")
    if agree:
        screens.until("TableScene")
    assert screens.name == ("TableScene" if agree else "Saves")


def test_loading_shows_how_far_it_is_and_esc_leaves_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = session()
    for _ in range(3):
        given.give(EndTurn())
    records.save_game(given, folder / "mine.dez")
    monkeypatch.setattr("game.ui.scenes.loading.SLICE", 0.0)
    screens = Screens(lambda desk: Saves(desk))
    screens.key(pygame.K_RETURN)
    lengths, pictures = [], set()
    for _ in range(5):
        waiting = screens.top
        assert isinstance(waiting, Waiting) and waiting.share is not None
        lengths.append(waiting.share())
        canvas = pygame.Surface(screens.desk.size)
        waiting.draw(canvas)
        pictures.add(pygame.image.tobytes(canvas, "RGB"))
        screens.frames()
    assert lengths == sorted(lengths) and lengths[-1] > 0 and len(pictures) == len(set(lengths)) > 1
    screens.key(pygame.K_ESCAPE)
    screens.frames()
    assert screens.name == "Saves"
