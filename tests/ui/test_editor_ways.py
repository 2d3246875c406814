"""Ways into the editor and through it: from the menu, as a copy, and a first scenario of one's own from nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pygame
import pytest

from game.packs.packing import write_pack
from game.scenario.checker import check_folder
from game.scenario.shipped import scenario_folder
from game.ui.editor.scene import EditorScene
from game.ui.library import Library
from game.ui.scenes.menu import Menu
from game.ui.scenes.scenarios import Scenarios
from tests.ui.editor_hands import EditorHands
from tests.ui.screen_hands import Screens

CTRL = pygame.KMOD_CTRL


@pytest.fixture
def own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """The folder of the user's own scenarios."""
    monkeypatch.setattr("game.scenario.installed.user_data_path", lambda *_, **__: tmp_path)
    yield tmp_path / "scenarios"


def until_read(screens: Screens) -> Scenarios:
    scene = screens.top
    assert isinstance(scene, Scenarios)
    for entry in scene.library.entries:
        scene.library.wait(entry)
    screens.frames(2)
    return scene


def test_the_menu_leads_to_a_copy_of_a_shipped_scenario_and_back(window: pygame.Surface, own: Path) -> None:
    assert window
    screens = Screens(lambda desk: Menu(desk, Library(desk.theme, ["tutorial"])))
    screens.press("Scenario editor")
    listed = until_read(screens)
    screens.press("Edit a copy")
    assert screens.name == "Prompt"
    screens.press("Make the copy")
    screens.until("EditorScene")
    editor = screens.top
    assert isinstance(editor, EditorScene)
    assert editor.workshop.folder == own / "tutorial_copy"
    assert check_folder(own / "tutorial_copy") == ([], [])
    screens.key(pygame.K_ESCAPE)
    screens.frames(2)
    assert screens.top is listed
    assert [entry.folder for entry in listed.library.entries] == [scenario_folder("tutorial"), own / "tutorial_copy"]


@pytest.mark.slow
def test_a_copy_needs_an_id_of_its_own(window: pygame.Surface, own: Path) -> None:
    assert window
    screens = Screens(lambda desk: Scenarios(desk, Library(desk.theme, ["tutorial"]), edit=True))
    for name in ("tutorial", "../evil", "con"):
        until_read(screens)
        screens.press("Edit a copy")
        screens.key(pygame.K_BACKSPACE, CTRL)
        screens.type(name)
        screens.press("Make the copy")
        screens.until("Dialog")
        screens.press("Close")
        screens.frames(1)
        assert screens.name == "Scenarios"
    assert not own.exists() or not list(own.iterdir())


@pytest.mark.slow
def test_a_pack_is_unpacked_for_its_copy(window: pygame.Surface, own: Path, tmp_path: Path) -> None:
    assert window
    pack = tmp_path / "ground.zip"
    write_pack(scenario_folder("tutorial"), pack)
    before = pack.read_bytes()
    screens = Screens(lambda desk: Scenarios(desk, Library(desk.theme, [str(pack)]), edit=True))
    until_read(screens)
    screens.press("Edit a copy")
    screens.press("Make the copy")
    screens.until("EditorScene")
    assert check_folder(own / "ground_copy") == ([], [])
    assert pack.read_bytes() == before


@pytest.mark.slow
def test_a_first_scenario_from_nothing(window: pygame.Surface, own: Path) -> None:
    """A new scenario, a river and a road, two units a side, an event; the check is clean and a test game starts."""
    assert window
    screens = Screens(lambda desk: Scenarios(desk, Library(desk.theme, ["tutorial"]), edit=True))
    until_read(screens)
    screens.press("New scenario")
    screens.key(pygame.K_BACKSPACE, CTRL)
    screens.type("my_war")
    screens.press("Lay it out")
    screens.until("EditorScene")
    hands = EditorHands.__new__(EditorHands)
    hands.__dict__ |= screens.__dict__
    editor = screens.top
    assert isinstance(editor, EditorScene)
    hands.editor, hands.folder = editor, editor.workshop.folder
    assert hands.checked() == []
    draw_a_war(hands)
    assert hands.checked() == []
    hands.key(pygame.K_s, CTRL)
    assert check_folder(own / "my_war") == ([], [])
    hands.key(pygame.K_F5)
    assert hands.name == "PlayTest"


def draw_a_war(hands: EditorHands) -> None:
    """What the guide for a first scenario asks for, by hand."""
    editor = hands.editor
    assert editor.drawn is not None
    hands.tool("river")
    hands.editor.hand.kinds["river"] = "minor"
    hands.drag(hands.side_point("0302/NE"), hands.side_point("0302/SE"), hands.side_point("0303/NE"))
    place = next(at for entry, at in editor.drawn.places)
    label = editor.drawn.hexes.label(place)
    hands.tool("road")
    hands.drag(hands.point(label), hands.point(str(editor.drawn.exits[0][0].hex)))
    hands.tool("unit")
    for faction in editor.drawn.factions[:2]:
        start = next(mark.hex for mark in editor.drawn.units if mark.faction == faction and mark.hex >= 0)
        free = [h for h in editor.drawn.hexes.near[start] if not editor.drawn.at(h)]
        editor.hand.faction, editor.hand.unit_type = faction, "infantry"
        for here in free[:2]:
            hands.click(hands.point(editor.drawn.hexes.label(here)))
    hands.editor.open_text("events.yaml")
    hands.frames(1)
    hands.key(pygame.K_END, CTRL)
    hands.type("  - id: dust-storm")
    for line in ("name: Dust", "text: Dust lies over the river.", "when: [{on: turn, from: 3}]"):
        hands.key(pygame.K_RETURN)
        hands.type(line)
    hands.key(pygame.K_ESCAPE)
