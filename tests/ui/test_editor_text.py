"""The text pane: typing, indenting, a selection, steps back, marks of the check, and the way back to the map."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pygame
import pytest

from game.ui.editor.text_buffer import TextBuffer
from game.ui.editor.text_scene import TextScene
from game.workshop import EditText
from tests.ui.editor_hands import EditorHands, copied

CTRL, SHIFT = pygame.KMOD_CTRL, pygame.KMOD_SHIFT


@pytest.fixture
def hands(window: pygame.Surface, tmp_path: Path) -> Iterator[EditorHands]:
    assert window
    yield EditorHands(copied(tmp_path))


# --- the buffer -------------------------------------------------------------------------------------------------


def test_a_new_line_goes_on_as_deep_and_deeper_after_a_colon() -> None:
    buffer = TextBuffer("  units:")
    buffer.move("end")
    buffer.new_line()
    assert buffer.text == "  units:\n    "
    buffer.insert("- a")
    buffer.new_line()
    assert buffer.text.split("\n")[2] == "      ", "the next key of the entry"


def test_what_is_typed_in_one_go_is_one_step_and_a_paste_is_another() -> None:
    buffer = TextBuffer("")
    for letter in "abc":
        buffer.insert(letter)
    buffer.insert("one\ntwo")
    assert buffer.text == "abcone\ntwo"
    buffer.undo()
    assert buffer.text == "abc"
    buffer.undo()
    assert buffer.text == ""
    buffer.redo()
    buffer.redo()
    assert buffer.text == "abcone\ntwo"
    assert not buffer.redo()


def test_a_selection_over_lines_is_replaced_shifted_and_copied() -> None:
    buffer = TextBuffer("first\nsecond\nthird")
    buffer.put_caret(0, 2)
    buffer.put_caret(1, 3, keep=True)
    assert buffer.selected == "rst\nsec"
    buffer.indent()
    assert buffer.text == "  first\n  second\nthird"
    buffer.unindent()
    assert buffer.text == "first\nsecond\nthird"
    buffer.put_caret(0, 2)
    buffer.put_caret(1, 3, keep=True)
    buffer.insert("X")
    assert buffer.text == "fiXond\nthird"


def test_words_are_found_whatever_their_case_and_again_from_the_top() -> None:
    buffer = TextBuffer("alpha\nBeta beta\ngamma")
    assert buffer.find("beta")
    assert buffer.selection == ((1, 0), (1, 4))
    assert buffer.find("BETA")
    assert buffer.selection == ((1, 5), (1, 9))
    assert buffer.find("beta")
    assert buffer.selection == ((1, 0), (1, 4))
    assert not buffer.find("delta")


def test_the_caret_never_leaves_the_text() -> None:
    buffer = TextBuffer("ab\n\nc")
    for way in ("up", "left", "home", "page up", "down", "right", "end", "page down"):
        for far in (False, True):
            for _ in range(5):
                buffer.move(way, far=far)
                row, column = buffer.caret
                assert 0 <= column <= len(buffer.lines[row])


# --- the scene --------------------------------------------------------------------------------------------------


def text_scene(hands: EditorHands) -> TextScene:
    scene = hands.top
    assert isinstance(scene, TextScene)
    return scene


def test_an_event_typed_into_the_text_counts_and_is_checked(hands: EditorHands) -> None:
    hands.editor.open_text("events.yaml")
    hands.frames(1)
    scene = text_scene(hands)
    hands.key(pygame.K_END, CTRL)
    event = "\n  - id: dust\n    on: {turn: 2}\n"
    for line in event.split("\n"):
        hands.type(line.strip())
        hands.key(pygame.K_RETURN)
    hands.frames(40, 0.05)
    assert "- id: dust" in hands.editor.workshop.text("events.yaml")
    hands.editor.finish_check()
    assert any(one.file == "events.yaml" for one in hands.editor.workshop.problems()), "an event without effect is told"
    assert scene.pane.marks or scene.checks.findings
    hands.key(pygame.K_ESCAPE)
    assert hands.top is hands.editor
    hands.key(pygame.K_z, CTRL)
    assert "dust" not in hands.editor.workshop.text("events.yaml")


def test_a_slip_is_marked_where_it_stands_and_the_mark_goes_when_it_is_mended(hands: EditorHands) -> None:
    workshop = hands.editor.workshop
    workshop.do(EditText("victory.yaml", workshop.text("victory.yaml").replace("kind: field", "kind: feild", 1)))
    line = next(n for n, text in enumerate(workshop.text("victory.yaml").split("\n")) if "feild" in text)
    hands.editor.open_text("victory.yaml", line + 1)
    hands.frames(60, 0.05)
    scene = text_scene(hands)
    assert line in scene.pane.marks
    assert scene.pane.marks[line][0].severity == "error"
    scene.pane.buffer.find("feild")
    hands.type("field")
    hands.frames(60, 0.05)
    assert line not in scene.pane.marks
    assert hands.checked() == []


def test_the_map_follows_the_text(hands: EditorHands) -> None:
    hands.editor.open_text("map.txt")
    hands.frames(1)
    scene = text_scene(hands)
    rows = scene.pane.buffer.lines
    first = next(n for n, row in enumerate(rows) if row and not row.startswith("#"))
    scene.pane.buffer.put_caret(first, 0)
    hands.key(pygame.K_RIGHT, SHIFT)
    hands.type("~")
    hands.key(pygame.K_ESCAPE)
    assert hands.editor.drawn is not None and hands.editor.canvas is not None
    assert hands.editor.drawn.picture.terrain[hands.hex("0101")] == "lake"
    assert hands.editor.canvas.map.picture.terrain[hands.hex("0101")] == "lake"


def test_a_missing_file_is_made_by_writing_it(hands: EditorHands) -> None:
    (hands.folder / "history.yaml").unlink()
    hands.editor.reload()
    hands.editor.open_text("history.yaml")
    hands.frames(1)
    assert "history.yaml" not in hands.editor.workshop.files()
    hands.key(pygame.K_END, CTRL)
    hands.type("# dates to come")
    hands.frames(1)
    hands.key(pygame.K_s, CTRL)
    assert (hands.folder / "history.yaml").read_text() == "format: 1\n# dates to come"


def test_a_scenario_without_a_map_opens_and_can_be_given_one_as_text(window: pygame.Surface, tmp_path: Path) -> None:
    assert window
    folder = copied(tmp_path)
    text = (folder / "map.yaml").read_text()
    (folder / "map.yaml").unlink()
    hands = EditorHands(folder)
    assert hands.editor.drawn is None and hands.editor.canvas is None
    assert hands.picture()
    hands.editor.open_text("map.yaml")
    hands.frames(1)
    scene = text_scene(hands)
    assert scene.file == "map.yaml"
    hands.key(pygame.K_a, CTRL)
    scene.pane.buffer.insert(text)
    scene.pane.changed(scene.pane.buffer.text)
    hands.key(pygame.K_ESCAPE)
    assert hands.editor.drawn is not None and hands.editor.canvas is not None
    assert hands.checked() == []


def test_looking_at_a_file_changes_nothing(hands: EditorHands) -> None:
    before = hands.files()
    for name in hands.editor.workshop.files():
        hands.editor.open_text(name)
        hands.frames(2)
        hands.key(pygame.K_DOWN)
        hands.key(pygame.K_ESCAPE)
    hands.key(pygame.K_s, CTRL)
    assert hands.files() == before
    assert not hands.editor.workshop.history


def test_a_text_with_marks_and_a_selection_can_be_drawn(hands: EditorHands) -> None:
    hands.editor.open_text("scenario.yaml")
    hands.frames(1)
    hands.key(pygame.K_a, CTRL)
    before = hands.picture()
    hands.key(pygame.K_HOME, CTRL)
    hands.post(pygame.MOUSEMOTION, pos=text_scene(hands).pane.rect.center, rel=(0, 0), buttons=(0, 0, 0))
    hands.post(pygame.MOUSEWHEEL, x=0, y=-2)
    assert hands.picture() != before
