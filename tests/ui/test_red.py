"""Red is for danger alone: no screen at rest shows it, and no colour of the code comes near it."""

from __future__ import annotations

import ast
import colorsys
from pathlib import Path

import pygame
import pytest

import game.ui
from game.ui.kit.theme import Colour, load_theme
from game.ui.scene import Desk, Scene
from game.ui.scenes.dialog import message
from game.ui.scenes.keys import KeysScene
from game.ui.scenes.saves import Saves
from game.ui.scenes.settings import SettingsScene
from game.ui.window import make_desk
from tests.ui.table_hands import Hands, small_world

ROOT = Path(game.ui.__file__).parent
PRINTED = {"mapview"}
"""Folders that draw on the map, where factions, fights and highways have their own reds."""


def is_red(colour: tuple[int, ...]) -> bool:
    """Whether people would call it red: its hue within 16 degrees of pure red, strong, and neither dark nor pale."""
    hue, light, strong = colorsys.rgb_to_hls(*(value / 255 for value in colour[:3]))
    return min(hue, 1 - hue) * 360 < 16 and strong > 0.45 and 0.22 < light < 0.8


def constants() -> list[tuple[str, tuple[int, ...]]]:
    """Every colour that is written into the code of panels, screens and the kit."""
    out = []
    for path in sorted(ROOT.rglob("*.py")):
        if path.relative_to(ROOT).parts[0] in PRINTED:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Colour":
                values = [one.value for one in node.args if isinstance(one, ast.Constant)]
                numbers = tuple(value for value in values if isinstance(value, int))
                if len(numbers) >= 3:
                    out.append((f"{path.name}:{node.lineno}", numbers))
    return out


def test_no_colour_of_the_code_is_red() -> None:
    found = constants()
    assert len(found) > 5
    assert [(where, colour) for where, colour in found if is_red(colour)] == []


@pytest.mark.parametrize("light", [False, True])
def test_of_the_interface_only_the_colours_of_danger_are_red(light: bool) -> None:
    inside = load_theme(light=light).interface
    red = {name for name in inside.__slots__ if is_red(getattr(inside, name))}
    assert red == {"danger"}


def shown(scene: Scene, desk: Desk) -> pygame.Surface:
    canvas = pygame.Surface(desk.size)
    scene.resize()
    scene.update(1.0)
    scene.draw(canvas)
    return canvas


def many(canvas: pygame.Surface, colour: Colour, box: pygame.Rect | None = None) -> int:
    """How many pixels have just this colour."""
    part = canvas if box is None else canvas.subsurface(box)
    return pygame.mask.from_threshold(part, colour, (1, 1, 1, 255)).count()


@pytest.mark.parametrize("make", [SettingsScene, KeysScene, Saves])
def test_a_screen_at_rest_shows_no_red(window: pygame.Surface, make: type[Scene]) -> None:
    assert window
    desk = make_desk((1280, 720))
    canvas = shown(make(desk), desk)  # type: ignore[call-arg]
    for ink in (desk.theme.interface.danger, desk.theme.marks.bad, desk.theme.interface.danger_ground):
        assert many(canvas, ink) == 0


def test_the_panels_of_a_quiet_table_show_no_red(window: pygame.Surface) -> None:
    assert window
    hands = Hands(small_world(), {0: "human"})
    hands.frames(10)
    layout, theme = hands.table.layout, hands.table.desk.theme
    for box in (layout.top, layout.column, layout.orders):
        for ink in (theme.interface.danger, theme.marks.bad, theme.marks.cut):
            assert many(hands.canvas, ink, box) == 0


def test_what_went_wrong_is_told_in_red(window: pygame.Surface) -> None:
    assert window
    desk = make_desk((1280, 720))
    told, calm = (shown(message(desk, None, "Told", "A text.", danger=danger), desk) for danger in (True, False))
    assert many(told, desk.theme.interface.danger) > 100
    assert many(calm, desk.theme.interface.danger) == 0
