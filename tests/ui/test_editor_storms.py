"""Rough handling of the editor: random hands, odd sizes, lost focus, and a close button pressed again and again."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pygame
import pytest

from game.scenario.checker import check_folder
from game.ui import app, window
from game.ui.scene import Quit
from tests.ui.editor_hands import EditorHands, copied
from tests.ui.screen_hands import SIZE

EVENTS = 1000
KEYS = (
    *range(pygame.K_a, pygame.K_z + 1), pygame.K_ESCAPE, pygame.K_RETURN, pygame.K_TAB, pygame.K_DELETE,
    pygame.K_BACKSPACE, pygame.K_LEFTBRACKET, pygame.K_RIGHTBRACKET, pygame.K_UP, pygame.K_DOWN, pygame.K_LEFT,
    pygame.K_RIGHT, pygame.K_SPACE, pygame.K_F1, pygame.K_F2, pygame.K_HOME, pygame.K_END, pygame.K_PLUS,
)  # fmt: skip
MODS = (0, 0, 0, pygame.KMOD_SHIFT, pygame.KMOD_CTRL, pygame.KMOD_CTRL | pygame.KMOD_SHIFT)
LETTERS = "aZ09 -:#{[\"'é٣\u202e"


@pytest.fixture(autouse=True)
def nothing_on_the_disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Copies and saves of a test lie in a folder of its own."""
    monkeypatch.setattr("game.scenario.installed.user_data_path", lambda *_, **__: tmp_path / "data")
    monkeypatch.setattr("game.records.autosaves_folder", lambda: tmp_path / "auto")


@pytest.fixture
def hands(window: pygame.Surface, tmp_path: Path) -> Iterator[EditorHands]:
    assert window
    yield EditorHands(copied(tmp_path))


class Storm:
    """A hand without sense."""

    def __init__(self, hands: EditorHands, seed: int) -> None:
        self.hands, self.dice = hands, random.Random(seed)

    def place(self) -> tuple[int, int]:
        """Anywhere, now and then beside the window."""
        dice = self.dice
        if dice.random() < 0.05:
            return dice.randint(-500, 3000), dice.randint(-500, 3000)
        return dice.randrange(SIZE[0]), dice.randrange(SIZE[1])

    def blow(self) -> None:
        """One event."""
        hands, dice = self.hands, self.dice
        if hands.name not in ("EditorScene", "TextScene") and dice.random() < 0.1:
            hands.key(pygame.K_ESCAPE)
        what = dice.randrange(10)
        if what < 3:
            hands.post(pygame.MOUSEMOTION, pos=self.place(), rel=(1, 1), buttons=(dice.randrange(2), 0, 0))
        elif what < 5:
            hands.post(pygame.MOUSEBUTTONDOWN, pos=self.place(), button=dice.choice((1, 1, 1, 2, 3)))
        elif what < 7:
            hands.post(pygame.MOUSEBUTTONUP, pos=self.place(), button=dice.choice((1, 1, 1, 2, 3)))
        elif what < 8:
            hands.post(pygame.KEYDOWN, key=dice.choice(KEYS), mod=dice.choice(MODS), unicode=dice.choice(LETTERS))
        elif what < 9:
            hands.post(pygame.TEXTINPUT, text=dice.choice(LETTERS))
        else:
            hands.post(
                dice.choice((pygame.MOUSEWHEEL, pygame.WINDOWFOCUSLOST, pygame.JOYBUTTONDOWN)),
                x=0,
                y=dice.randint(-3, 3),
            )


def test_random_hands_break_nothing_and_the_scenario_can_still_be_saved(hands: EditorHands) -> None:
    storm, editor = Storm(hands, 18), hands.editor
    hands.stack.scenes.insert(0, editor)
    for number in range(EVENTS):
        storm.blow()
        if number % 40 == 0:
            hands.frames(1, 0.05)
        if len(hands.stack.scenes) < 2:  # the editor was left: come back, as from a menu
            hands.stack.scenes = [editor, editor]
    hands.stack.scenes = [editor]
    editor.drop()
    while editor.workshop.undo() is not None:
        pass
    while editor.workshop.redo() is not None:
        pass
    editor.workshop.save(over=True)
    check_folder(editor.workshop.folder)
    assert not editor.workshop.dirty


def test_a_drag_ends_when_the_window_loses_the_focus(hands: EditorHands) -> None:
    hands.tool("terrain")
    hands.editor.hand.terrain = "lake"
    start = hands.point("0302")
    hands.move(start)
    hands.post(pygame.MOUSEBUTTONDOWN, pos=start, button=1)
    hands.move(hands.point("0402"), held=True)
    hands.post(pygame.WINDOWFOCUSLOST)
    hands.post(pygame.MOUSEBUTTONUP, pos=hands.point("0402"), button=1)
    assert not hands.editor.workshop.history


def test_a_drag_that_leaves_the_map_still_ends_as_one_stroke(hands: EditorHands) -> None:
    hands.tool("terrain")
    hands.editor.hand.terrain = "lake"
    hands.drag(hands.point("0302"), hands.point("0202"), (3, 300), (-40, -900))
    assert len(hands.editor.workshop.history) == 1


@pytest.mark.parametrize("size", [(1, 1), (1, 5000), (1920, 1080)])
def test_every_size_of_the_window_can_be_drawn(hands: EditorHands, size: tuple[int, int]) -> None:
    hands.desk.size = size
    hands.desk.scale = window.layout_scale(size, 100)
    canvas = pygame.Surface(size)
    for scene_key in (pygame.K_ESCAPE, pygame.K_F1, pygame.K_ESCAPE, pygame.K_F2):
        hands.top.resize()
        hands.top.update(0.1)
        hands.top.draw(canvas)
        hands.key(scene_key)
        hands.click((size[0] // 2, size[1] // 2))
        hands.frames(1)
        if not hands.open:
            return


def test_the_wheel_turned_a_thousand_times_stays_in_bounds(hands: EditorHands) -> None:
    assert hands.editor.canvas is not None
    hands.move(hands.editor.layout.map.center)
    for way in (1, -1, 1):
        for _ in range(300):
            hands.post(pygame.MOUSEWHEEL, x=0, y=way)
        hands.frames(20)
        camera = hands.editor.canvas.map.camera
        assert camera.fit_zoom <= camera.zoom <= 128


def test_undo_and_redo_a_thousand_times(hands: EditorHands) -> None:
    workshop = hands.editor.workshop
    before = {name: workshop.data(name) for name in workshop.files()}
    hands.tool("terrain")
    for kind in ("lake", "hills", "salt"):
        hands.editor.hand.terrain = kind
        hands.click(hands.point("0302"))
    after = {name: workshop.data(name) for name in workshop.files()}
    for _ in range(200):
        hands.key(pygame.K_z, pygame.KMOD_CTRL)
    assert {name: workshop.data(name) for name in workshop.files()} == before
    for _ in range(200):
        hands.key(pygame.K_y, pygame.KMOD_CTRL)
    assert {name: workshop.data(name) for name in workshop.files()} == after


def test_closing_the_window_asks_once_about_what_is_not_saved(hands: EditorHands) -> None:
    assert isinstance(app.closing(hands.stack), Quit)
    hands.tool("terrain")
    hands.editor.hand.terrain = "lake"
    hands.click(hands.point("0302"))
    hands.stack.change(app.closing(hands.stack))
    assert hands.name == "Dialog"
    for _ in range(5):
        hands.stack.change(app.closing(hands.stack))
    assert len(hands.stack.scenes) == 2, "no second dialog"
    hands.stack.top.resize()
    hands.press("Leave without saving")
    assert not hands.open


def test_a_name_of_a_hundred_thousand_letters_is_cut(hands: EditorHands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("game.ui.kit.lists.text_of_clipboard", lambda: "ن\u202e🙂" * 40_000)
    hands.tool("place")
    hands.click(hands.point("0303"))
    hands.key(pygame.K_v, pygame.KMOD_CTRL)
    hands.key(pygame.K_RETURN)
    assert hands.editor.drawn is not None
    assert max(len(entry.name) for entry, _ in hands.editor.drawn.places) <= 80
