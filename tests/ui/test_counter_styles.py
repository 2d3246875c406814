"""Counters in symbols or in pictures: every kind of unit has both, told apart at every size."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pygame
import pytest

from game.shipped import shipped
from game.ui.kit.fonts import Fonts
from game.ui.kit.symbols import load_symbols
from game.ui.kit.theme import STYLES, Colour, load_theme
from game.ui.mapview.counter_cache import CounterCache
from game.ui.mapview.counters import LABEL_ROOM, CounterPainter
from game.ui.mapview.faces import UnitFace
from game.ui.scenes.settings import SettingsScene
from game.ui.settings import COUNTERS
from tests.ui.screen_hands import Screens
from tests.ui.table_hands import Hands, small_world
from tools import make_counter_pictures

INK, PAPER = Colour(20, 20, 20), Colour(240, 230, 210)
KINDS = tuple(load_symbols().icons)


def array(picture: pygame.Surface) -> np.ndarray:
    return pygame.surfarray.array3d(picture).astype(int)


def test_the_file_is_what_the_tool_draws() -> None:
    assert shipped("assets", "pictures.json").read_text(encoding="utf-8") == make_counter_pictures.text()
    assert set(make_counter_pictures.PICTURES) == set(KINDS)
    assert STYLES == COUNTERS


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_fills_its_ground_and_stays_on_it(window: pygame.Surface, kind: str) -> None:
    assert window
    drawn = array(load_symbols("pictures").frame(kind, INK, PAPER, 60))
    dark = (drawn.sum(axis=2) < 200).mean()
    assert 0.08 < dark < 0.75


def test_no_two_pictures_look_alike_on_the_smallest_counters(window: pygame.Surface) -> None:
    assert window
    sheet = load_symbols("pictures")
    drawn = {kind: array(sheet.frame(kind, INK, PAPER, 14)) for kind in KINDS}
    for one, other in combinations(KINDS, 2):
        assert np.abs(drawn[one] - drawn[other]).mean() > 8, (one, other)


@pytest.mark.parametrize("size", [24, 48, 96, 120])
def test_both_styles_differ_in_the_picture_alone(window: pygame.Surface, fonts: Fonts, size: int) -> None:
    assert window
    theme = load_theme()
    face = UnitFace("red", "armour", "btn", 2, 3, 0, 7, 5, 8, "B")
    one, other = (CounterPainter(theme, fonts, load_symbols(style)).paint(face, size) for style in STYLES)
    assert one.get_size() == other.get_size()
    differ = np.abs(array(one) - array(other)).max(axis=2) > 40
    assert differ.any()
    assert not differ[:, int(size * 0.68) :].any()  # numbers, steps and marks stand where they stood


def test_the_theme_says_what_stands_on_counters(window: pygame.Surface, fonts: Fonts) -> None:
    assert window
    face = UnitFace("red", "armour")
    shown = [CounterCache(load_theme(counters=style), fonts).picture(face, 60) for style in STYLES]
    assert not np.array_equal(array(shown[0]), array(shown[1]))


def test_a_change_of_look_reaches_the_open_table() -> None:
    hands = Hands(small_world(), {0: "human"})
    before, desk = hands.picture(), hands.table.desk
    scene = SettingsScene(desk)
    scene.resize()
    scene._set("counters", "pictures")
    scene._set("panels", "light")
    hands.table.resize()
    assert desk.theme.counters == "pictures"
    assert desk.theme.interface == load_theme().light.interface
    assert hands.table.board.map.theme is desk.theme
    camera = hands.table.board.map.camera
    after = hands.picture()
    assert after != before
    hands.table.resize()
    assert hands.table.board.map.camera == camera
    assert hands.picture() == after


def test_the_samples_of_the_settings_follow_the_choice() -> None:
    screens = Screens(lambda desk: SettingsScene(desk))
    scene = screens.top
    assert isinstance(scene, SettingsScene)
    before = [pygame.image.tobytes(one, "RGBA") for one in scene._samples]
    scene._set("counters", "pictures")
    after = [pygame.image.tobytes(one, "RGBA") for one in scene._samples]
    assert len(before) == len(after) > 5
    assert all(one != other for one, other in zip(before, after, strict=True))


@pytest.mark.parametrize("size", [72, 88, 104, 120])
def test_no_word_up_the_side_of_a_counter_is_cut(
    window: pygame.Surface, fonts: Fonts, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    """Long names lose whole words; what is left stands between the emblem and the numbers."""
    assert window
    written: list[tuple[str, pygame.Surface]] = []
    text = Fonts.text

    def noted(one: Fonts, words: str, *more: Any) -> pygame.Surface:
        face = text(one, words, *more)
        written.append((words, face))
        return face

    monkeypatch.setattr(Fonts, "text", noted)
    painter = CounterPainter(load_theme(), fonts, load_symbols())
    labels = (
        "Base detachment",
        "104th Brigade, 1st battalion group",
        "Riverside garrison",
        "SOF",
        "Wolfsschanzenkommando",
    )
    for label in labels:
        written.clear()
        face = UnitFace("red", "armour", "btn", 2, 3, 0, 7, 5, 8, "B", label=label)
        painter.paint(face, size)
        found = [(words, drawn) for words, drawn in written if len(words) > 1 and words in label]
        for words, drawn in found:
            assert label.replace(",", "").split()[: len(words.split())] == words.replace(",", "").split()
            assert drawn.get_width() <= size * (LABEL_ROOM[1] - LABEL_ROOM[0]) + 1
        assert len(found) == (label != labels[-1])
