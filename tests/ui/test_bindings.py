"""Keys put elsewhere: chosen on their screen, told when they are taken, kept in the settings, meant at the table."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pygame
import pytest

from game import orders as od
from game import records
from game.ui.bindings import Bindings, Chord, key_actions, parse_chord, refusal_of
from game.ui.kit.keyboard_picture import key_boxes
from game.ui.scenes.help import keys
from game.ui.scenes.keys import KeysScene
from game.ui.settings import Settings, load_settings, save_settings
from tests.ui.screen_hands import Screens
from tests.ui.table_hands import Hands, small_world

SHIFT, CTRL = pygame.KMOD_SHIFT, pygame.KMOD_CTRL


@pytest.fixture(autouse=True)
def nothing_on_the_disk(window: pygame.Surface, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert window
    monkeypatch.setattr(records, "autosaves_folder", lambda: tmp_path / "auto")
    monkeypatch.setattr("game.ui.settings.settings_folder", lambda: tmp_path / "settings")


def test_no_two_actions_have_one_key_and_each_may_have_its_own() -> None:
    own = [action.own for action in key_actions()]
    assert len(set(own)) == len(own)
    assert not [action.id for action in key_actions() if refusal_of(action.own)]


def test_every_chord_is_written_and_read() -> None:
    for action in key_actions():
        assert parse_chord(action.own.text) == action.own
    for bad in ("", "alt+x", "no such key"):
        with pytest.raises(ValueError):
            parse_chord(bad)


def test_a_key_that_is_taken_changes_places() -> None:
    bindings = Bindings().given("next", Chord(pygame.K_u))
    assert bindings.chords["next"] == Chord(pygame.K_u) and bindings.chords["undo"] == Chord(pygame.K_n)
    assert bindings.meant(Chord(pygame.K_u)) == Chord(pygame.K_n)
    assert Bindings.from_text(bindings.text).chords == bindings.chords


def test_a_key_whose_action_has_moved_means_nothing() -> None:
    bindings = Bindings().given("next", Chord(pygame.K_INSERT))
    assert bindings.meant(Chord(pygame.K_INSERT)) == Chord(pygame.K_n) and bindings.meant(Chord(pygame.K_n)) is None
    assert bindings.meant(Chord(pygame.K_7)) == Chord(pygame.K_7)


def test_a_key_that_the_game_gives_to_an_action_later_stays_the_players() -> None:
    """Settings written before there was a staff log may have its key for something else: nothing else changes."""
    own, bindings = Bindings(), Bindings.from_text("next=f10; undo=insert")
    assert bindings.chords["next"] == Chord(pygame.K_F10) and bindings.chords["undo"] == Chord(pygame.K_INSERT)
    assert bindings.chords["staff-log"] == own.chords["next"]
    assert bindings.chords == {**own.chords, **{name: bindings.chords[name] for name in ("next", "undo", "staff-log")}}


@pytest.mark.parametrize("count", [3, 8])
def test_keys_that_went_round_are_read_as_they_were_written(count: int) -> None:
    bindings = Bindings()
    names = list(bindings.chords)[:count]
    for one, other in pairwise(names):
        bindings = bindings.given(one, bindings.chords[other])
    assert Bindings.from_text(bindings.text).chords == bindings.chords != Bindings().chords


def test_damaged_settings_leave_the_games_own_keys(tmp_path: Path) -> None:
    for text in ("next", "next=;;=", "nobody=j", "next=escape"):
        assert Bindings.from_text(text).chords == Bindings().chords
    path = tmp_path / "settings.toml"
    path.write_text('keys = "a\\"b"\nscale = 110\n', encoding="utf-8")
    assert load_settings(path) == Settings(scale=110)
    save_settings(Settings(keys="next=insert"), path)
    assert load_settings(path).keys == "next=insert"


def test_an_action_gets_its_key_on_the_screen_and_is_told_of_a_conflict(window: pygame.Surface) -> None:
    screens = Screens(lambda desk: KeysScene(desk))
    screens.key(pygame.K_RETURN)  # the first action is the next unit
    screens.key(pygame.K_INSERT)
    assert screens.desk.settings.keys == "next=insert"
    screens.key(pygame.K_RETURN)
    screens.key(pygame.K_u)
    scene = screens.top
    assert isinstance(scene, KeysScene) and scene.words == "U was taken: Undo. That has Insert now."
    screens.key(pygame.K_RETURN)
    screens.key(pygame.K_RETURN)
    assert "does not change" in scene.words
    screens.press("The game's own keys")
    assert screens.desk.settings.keys == ""


def test_the_table_hears_the_keys_that_were_chosen(window: pygame.Surface) -> None:
    hands = Hands(small_world(), {0: "human", 1: "hold", 2: "hold"})
    chosen = Bindings().given("next", Chord(pygame.K_INSERT)).given("order-dig_in", Chord(pygame.K_INSERT, shift=True))
    hands.table.desk.settings = Settings(keys=chosen.text)
    hands.key(pygame.K_n)
    assert not hands.table.selection.unit
    hands.key(pygame.K_INSERT)
    unit = hands.table.selection.unit
    assert unit
    hands.key(pygame.K_d, SHIFT)
    assert not hands.session.entries
    hands.key(pygame.K_INSERT, SHIFT)
    assert hands.session.entries[-1].order == od.DigIn(unit)
    hands.key(pygame.K_z, CTRL)
    assert not hands.session.entries


def test_the_help_tells_the_keys_that_were_chosen() -> None:
    chosen = Bindings().given("next", Chord(pygame.K_INSERT)).text
    assert "Next unit: **Insert**" in keys(None, chosen) and "Yours now" not in keys(None)


def test_the_drawn_keyboard_chooses_what_its_keys_do() -> None:
    """A click on a key shows its action; Shift and Ctrl show what lies on them; all drawn keys lie apart."""
    screens = Screens(lambda desk: KeysScene(desk))
    scene = screens.top
    assert isinstance(scene, KeysScene)
    places = {code: box for _, code, box in key_boxes(scene._keyboard) if code}
    boxes = list(places.values())
    assert all(box.collidelistall(boxes) == [number] for number, box in enumerate(boxes))

    def click(code: int) -> str:
        screens.post(pygame.MOUSEBUTTONDOWN, pos=places[code].center, button=1)
        return key_actions()[scene.chosen].id

    assert click(pygame.K_u) == "undo" and click(pygame.K_F6) == "units" and click(pygame.K_SPACE) == "done"
    click(pygame.K_LSHIFT)
    assert click(pygame.K_SPACE) == "hold"
    click(pygame.K_RCTRL)
    assert click(pygame.K_z) == "undo-too"
    assert click(pygame.K_BACKSLASH) == "undo-too", "a key without a meaning changes nothing"
