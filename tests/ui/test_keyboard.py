"""The keyboard as it really sends: keys with places, modifiers and the text after them, on several layouts."""

from __future__ import annotations

from pathlib import Path

import pygame
import pytest

from game import orders as od
from game import records
from game.session import Session
from game.ui.keyboard import BY_PLACE, Keyboard, meant
from game.ui.kit.lists import TextField
from game.ui.library import Library, ShelfEntry
from game.ui.places import ToScenarios
from game.ui.scene import Desk
from game.ui.scenes.dialog import Prompt
from game.ui.settings import Settings
from game.ui.table.scene import TableScene
from tests.ui.editor_hands import EditorHands, copied
from tests.ui.screen_hands import LAYOUTS, SCANCODES, Screens
from tests.ui.table_hands import small_world

ELSEWHERE = ["russian", "greek", "arabic"]


@pytest.fixture(autouse=True)
def nothing_on_the_disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(records, "autosaves_folder", lambda: tmp_path / "auto")
    monkeypatch.setattr("game.ui.settings.settings_folder", lambda: tmp_path / "settings")


class AtTable(Screens):
    """A small game, in a stack of scenes."""

    def __init__(self) -> None:
        made: list[TableScene] = []

        def first(desk: Desk) -> TableScene:
            made.append(TableScene(desk, Session(small_world(), 3), seats={0: "human", 1: "hold", 2: "hold"}))
            return made[0]

        super().__init__(first, settings=Settings(autosave=False, checklist=False))
        self.table = made[0]
        self.table.board.map.camera = self.table.board.map.camera.zoomed(120, (400, 300))


@pytest.fixture
def at_table(window: pygame.Surface) -> AtTable:
    assert window
    return AtTable()


@pytest.fixture
def editor(window: pygame.Surface, tmp_path: Path) -> EditorHands:
    assert window
    return EditorHands(copied(tmp_path))


def name_field(editor: EditorHands) -> TextField:
    field = editor.row("Name")
    assert isinstance(field, TextField)
    return field


# --- layouts --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", [*ELSEWHERE, "us"])
def test_the_letters_of_the_table_work_on_every_layout(at_table: AtTable, layout: str) -> None:
    at_table.strike("n", layout=layout)
    assert at_table.table.selection.unit
    at_table.strike("v", layout=layout)
    assert "supply" in at_table.table.board.shown
    taken = at_table.table.selection.unit
    at_table.chord(pygame.KMOD_LSHIFT, "d", layout=layout)
    assert at_table.table.session.entries[-1].order == od.DigIn(taken)
    at_table.chord(pygame.KMOD_LCTRL, "z", layout=layout)
    assert at_table.table.session.entries == []


def test_the_question_mark_is_a_key_with_shift(at_table: AtTable) -> None:
    at_table.strike("n")
    at_table.table.say("")
    at_table.chord(pygame.KMOD_LSHIFT, "/", text="?")
    assert "supply" in at_table.table.notice


def test_turns_are_counted_on_a_layout_that_gives_digits_with_shift(at_table: AtTable) -> None:
    at_table.strike("n", layout="french")
    at_table.strike("3", layout="french")
    assert at_table.table.turns_shown == 3


def test_latin_letters_stay_where_the_layout_has_them() -> None:
    """Z on a French keyboard stands where an American one has W: it is the letter that counts."""
    assert meant(pygame.K_z, pygame.KSCAN_W) == pygame.K_z
    assert meant(pygame.K_MINUS, pygame.KSCAN_6) == pygame.K_MINUS
    assert meant(pygame.K_F5, 62) == pygame.K_F5
    assert meant(pygame.K_LEFT, pygame.KSCAN_LEFT) == pygame.K_LEFT
    assert meant(0x431, pygame.KSCAN_COMMA) == pygame.K_COMMA
    assert meant(0xF6, pygame.KSCAN_SEMICOLON) == 0xF6  # an umlaut where no shortcut is
    assert len(BY_PLACE) == 26 + 10 + 5


@pytest.mark.parametrize("layout", [*ELSEWHERE, "us"])
def test_tools_and_ctrl_work_in_the_editor_on_every_layout(editor: EditorHands, layout: str) -> None:
    editor.strike("p", layout=layout)
    assert editor.editor.hand.tool == "place"
    editor.click(editor.point("0404"))
    editor.frames(2)
    before = name_field(editor).text
    editor.chord(pygame.KMOD_LCTRL, "s", layout=layout)
    assert not editor.editor.workshop.dirty, "saved"
    assert before in (editor.folder / "map.yaml").read_text(encoding="utf-8")
    assert name_field(editor).text == before, "and no letter was typed into the name"
    editor.chord(pygame.KMOD_LCTRL, "z", layout=layout)
    assert editor.editor.workshop.dirty
    assert before not in editor.editor.workshop.text("map.yaml")


# --- text -----------------------------------------------------------------------------------------------------


def test_ctrl_with_a_letter_types_nothing(editor: EditorHands) -> None:
    editor.strike("p")
    editor.click(editor.point("0404"))
    editor.strike("a")
    for sign in "dfxs":
        editor.chord(pygame.KMOD_LCTRL, sign)
        editor.chord(pygame.KMOD_LCTRL, sign, layout="russian")
    assert editor.editor.workshop.text("map.yaml").count("name: a,") == 1


@pytest.mark.parametrize("mod", [pygame.KMOD_RALT, pygame.KMOD_MODE, pygame.KMOD_LCTRL | pygame.KMOD_RALT])
def test_the_further_sign_of_a_key_is_text(editor: EditorHands, mod: int) -> None:
    """The key right of the space bar types signs; some systems tell it as Ctrl and Alt together."""
    editor.strike("p")
    editor.click(editor.point("0404"))
    editor.strike("a", mod, text="ą")
    assert name_field(editor).text == "ą"


def test_a_fresh_name_is_replaced_by_what_is_typed(editor: EditorHands) -> None:
    editor.strike("p")
    editor.click(editor.point("0404"))
    editor.chord(pygame.KMOD_LSHIFT, "t", text="T")
    for sign in "own":
        editor.strike(sign)
    assert name_field(editor).text == "Town"
    editor.strike("return")
    assert "name: Town," in editor.editor.workshop.text("map.yaml")


@pytest.mark.parametrize(
    ("key", "mod", "left"),
    [(pygame.K_BACKSPACE, 0, "a"), (pygame.K_DELETE, 0, "a"), (pygame.K_v, pygame.KMOD_LCTRL, "pasteda")],
)
def test_a_fresh_name_gives_way_to_erasing_and_pasting(
    editor: EditorHands, monkeypatch: pytest.MonkeyPatch, key: int, mod: int, left: str
) -> None:
    monkeypatch.setattr("game.ui.kit.lists.text_of_clipboard", lambda: "pasted")
    editor.strike("p")
    editor.click(editor.point("0404"))
    editor.key(key, mod)
    editor.strike("a")
    assert name_field(editor).text == left


@pytest.mark.parametrize("key", [pygame.K_END, pygame.K_LEFT, pygame.K_HOME])
def test_a_fresh_name_is_kept_when_the_caret_moves(editor: EditorHands, key: int) -> None:
    editor.strike("p")
    editor.click(editor.point("0404"))
    before = name_field(editor).text
    editor.key(key)
    editor.strike("x")
    assert len(name_field(editor).text) == len(before) + 1


def test_the_letter_that_opens_a_question_is_not_typed_into_it(window: pygame.Surface, tmp_path: Path) -> None:
    assert window
    folder = copied(tmp_path)

    def first(desk: Desk) -> ToScenarios:
        library = Library(desk.theme, [])
        library.entries = [ShelfEntry("tutorial", folder)]
        return ToScenarios(library, edit=True)

    screens = Screens(first)
    screens.strike("n", hold=True)
    assert isinstance(screens.top, Prompt)
    before = screens.top.value
    for _ in range(3):
        screens.post(pygame.TEXTINPUT, text="n")  # the key is still down, and text repeats
    assert screens.top.value == before
    screens.let_go("n")
    screens.strike("n")
    assert screens.top.value == before + "n"


# --- keys held down -------------------------------------------------------------------------------------------


def scrolls(screens: AtTable) -> bool:
    camera = screens.table.board.map.camera
    screens.frames(4)
    return screens.table.board.map.camera != camera


@pytest.mark.parametrize("layout", ["us", "russian"])
def test_a_key_held_into_another_scene_does_not_scroll_for_ever(at_table: AtTable, layout: str) -> None:
    at_table.strike("d", hold=True, layout=layout)
    assert scrolls(at_table)
    at_table.strike("f1")
    assert at_table.name == "HelpScene"
    at_table.let_go("d", layout=layout)
    at_table.key(pygame.K_ESCAPE)
    assert at_table.top is at_table.table and not scrolls(at_table)


def test_a_key_still_held_when_the_scene_comes_back_does_not_scroll_either(at_table: AtTable) -> None:
    at_table.strike("d", hold=True)
    at_table.strike("f1")
    at_table.key(pygame.K_ESCAPE)
    assert not scrolls(at_table)
    at_table.let_go("d")
    at_table.strike("d", hold=True)
    assert scrolls(at_table)


def test_keys_held_while_the_window_loses_the_keyboard_count_no_more(at_table: AtTable, editor: EditorHands) -> None:
    at_table.strike("d", hold=True)
    at_table.post(pygame.WINDOWFOCUSLOST)
    assert not scrolls(at_table)
    editor.strike("d", hold=True)
    editor.post(pygame.WINDOWFOCUSLOST)
    assert editor.editor.canvas is not None
    camera = editor.editor.canvas.map.camera
    editor.frames(4)
    assert editor.editor.canvas.map.camera == camera


def test_a_key_held_into_the_text_of_the_editor_does_not_scroll_for_ever(editor: EditorHands) -> None:
    editor.strike("d", hold=True)
    editor.key(pygame.K_F2)
    assert editor.name == "TextScene"
    editor.let_go("d")
    editor.key(pygame.K_F2)
    assert editor.editor.canvas is not None
    camera = editor.editor.canvas.map.camera
    editor.frames(4)
    assert editor.editor.canvas.map.camera == camera


def test_a_key_let_go_under_another_layout_is_the_one_that_was_pressed(at_table: AtTable) -> None:
    at_table.strike("w", hold=True, layout="us")
    assert scrolls(at_table)
    at_table.let_go("w", layout="french")  # the layout was changed meanwhile: the key says Z now
    assert not scrolls(at_table)


def test_the_keyboard_passes_on_what_it_need_not_change() -> None:
    keyboard = Keyboard()
    for event in (
        pygame.event.Event(pygame.KEYDOWN, key=pygame.K_a, mod=0, unicode="a", scancode=SCANCODES["a"]),
        pygame.event.Event(pygame.TEXTINPUT, text="a"),
        pygame.event.Event(pygame.KEYUP, key=pygame.K_a, mod=0, scancode=SCANCODES["a"]),
        pygame.event.Event(pygame.TEXTINPUT, text="字"),  # from an input method, of no key
        pygame.event.Event(pygame.KEYDOWN, key=pygame.K_b, mod=0, unicode="b"),  # without a place
        pygame.event.Event(pygame.MOUSEMOTION, pos=(1, 1), rel=(0, 0), buttons=(0, 0, 0)),
    ):
        assert keyboard.sort(event) is event
    assert set(LAYOUTS) > set(ELSEWHERE)
