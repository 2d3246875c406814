"""The editor in use: paint, draw, place, move, undo, save, by posted events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pygame
import pytest

from game.scenario.files.map import CROSSING_KINDS
from game.ui.editor.canvas import GOLD
from game.ui.editor.hand import Pick
from game.ui.kit.theme import READABLE, contrast, load_theme
from game.ui.kit.widgets import Button
from game.ui.settings import Settings, load_settings
from game.workshop import ChangeCrossing, EditText
from tests.ui.editor_hands import EditorHands, copied

CTRL = pygame.KMOD_CTRL


@pytest.fixture(autouse=True)
def nothing_on_the_disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Copies and saves of a test lie in a folder of its own."""
    monkeypatch.setattr("game.scenario.installed.user_data_path", lambda *_, **__: tmp_path / "data")
    monkeypatch.setattr("game.records.autosaves_folder", lambda: tmp_path / "auto")


@pytest.fixture
def hands(window: pygame.Surface, tmp_path: Path) -> Iterator[EditorHands]:
    assert window
    yield EditorHands(copied(tmp_path))


def terrain(hands: EditorHands, label: str) -> str:
    assert hands.editor.drawn is not None
    return hands.editor.drawn.picture.terrain[hands.hex(label)]


def test_a_drag_paints_and_is_one_step_of_undo(hands: EditorHands) -> None:
    hands.tool("terrain")
    hands.editor.hand.terrain = "mountains"
    hands.drag(hands.point("0402"), hands.point("0502"), hands.point("0602"))
    assert {terrain(hands, label) for label in ("0402", "0502", "0602")} == {"mountains"}
    assert len(hands.editor.workshop.history) == 1
    hands.key(pygame.K_z, CTRL)
    assert terrain(hands, "0502") == "desert"
    hands.key(pygame.K_y, CTRL)
    assert terrain(hands, "0502") == "mountains"


def test_a_large_brush_paints_seven_and_a_right_click_picks_up(hands: EditorHands) -> None:
    hands.tool("terrain")
    hands.click(hands.point("0404"), 3)
    assert hands.editor.hand.terrain == "hills"
    hands.key(pygame.K_RIGHTBRACKET)
    hands.click(hands.point("0207"))
    assert hands.editor.drawn is not None
    around = hands.editor.drawn.hexes.disk(hands.hex("0207"), 1)
    assert {hands.editor.drawn.picture.terrain[h] for h in around} == {"hills"}


def test_a_river_is_dragged_along_hexsides_and_goes_on_by_clicks(hands: EditorHands) -> None:
    hands.tool("river")
    hands.drag(hands.side_point("0402/NE"), hands.side_point("0402/SE"), hands.side_point("0403/NE"))
    hands.click(hands.side_point("0403/SE"))
    hands.click(hands.side_point("0405/SE"))
    hands.key(pygame.K_ESCAPE)
    assert hands.editor.drawn is not None
    river = next(r for r in hands.editor.drawn.picture.rivers if r.name == "River 1")
    wanted = ["0402/NE", "0402/SE", "0403/NE", "0403/SE", "0404/NE", "0404/SE", "0405/NE", "0405/SE"]
    assert set(river.sides) == {hands.editor.drawn.hexes.side(label) for label in wanted}


def test_shift_erases_a_stretch_of_a_river(hands: EditorHands, monkeypatch: pytest.MonkeyPatch) -> None:
    hands.tool("river")
    monkeypatch.setattr(pygame.key, "get_mods", lambda: pygame.KMOD_SHIFT)
    hands.drag(hands.side_point("0801/SE"), hands.side_point("0802/NE"))
    assert hands.editor.drawn is not None
    sides = hands.editor.drawn.picture.rivers[0].sides
    assert hands.editor.drawn.hexes.side("0801/SE") not in sides
    assert hands.editor.drawn.hexes.side("0802/NE") not in sides


def test_a_road_is_drawn_from_click_to_click(hands: EditorHands) -> None:
    hands.tool("road")
    hands.click(hands.point("0302"))
    hands.click(hands.point("0602"))
    hands.click(hands.point("0607"))
    hands.key(pygame.K_ESCAPE)
    assert hands.editor.drawn is not None
    road = next(r for r in hands.editor.drawn.picture.roads if r.name == "Road 1")
    assert road.path[0] == hands.hex("0302") and road.path[-1] == hands.hex("0607")
    assert hands.hex("0602") in road.path


def test_a_line_is_taken_in_hand_named_and_removed(hands: EditorHands) -> None:
    hands.tool("select")
    hands.click(hands.point("0305"))
    while hands.editor.pick.kind != "line":
        hands.click(hands.point("0305"))
    assert hands.editor.pick == Pick("line", "Base road", "road")
    hands.fill("Name", "Old road")
    assert hands.editor.drawn is not None
    assert {road.name for road in hands.editor.drawn.picture.roads} == {"Old road", "North road"}
    hands.key(pygame.K_DELETE)
    assert {road.name for road in hands.editor.drawn.picture.roads} == {"North road"}
    hands.click(hands.side_point("0807/NE"))
    assert hands.editor.pick == Pick("line", "Long River", "river")
    hands.click(hands.point("0407"))
    assert not hands.editor.pick


def test_files_written_by_another_program_are_told_and_taken_over(hands: EditorHands) -> None:
    path = hands.folder / "map.txt"
    path.write_text(path.read_text().replace(". . . h", ". . . m", 1))
    hands.post(pygame.WINDOWFOCUSGAINED)
    assert "map.txt" in hands.editor.words and hands.editor.words_bad
    hands.key(pygame.K_r, CTRL)
    assert terrain(hands, "0403") == "mountains"
    hands.key(pygame.K_z, CTRL)
    assert terrain(hands, "0403") == "hills"


def test_a_file_changed_by_another_is_not_overwritten_unasked(hands: EditorHands) -> None:
    hands.tool("terrain")
    hands.editor.hand.terrain = "lake"
    hands.click(hands.point("0202"))
    path = hands.folder / "map.txt"
    theirs = path.read_text().replace(". . . h", ". . . m", 1)
    path.write_text(theirs)
    hands.key(pygame.K_s, CTRL)
    assert hands.name == "Dialog"
    hands.press("Cancel")
    assert path.read_text() == theirs
    hands.key(pygame.K_s, CTRL)
    hands.press("Save over it")
    assert path.read_text() != theirs


def test_units_are_placed_moved_copied_edited_and_removed(hands: EditorHands) -> None:
    editor = hands.editor
    hands.tool("unit")
    editor.hand.faction, editor.hand.unit_type = "saa", "armour"
    hands.click(hands.point("0302"))
    assert editor.pick == Pick("unit", "saa-armour-1") and editor.drawn is not None
    hands.fill("Name", "Lions")
    assert editor.drawn.unit("saa-armour-1").entry.name == "Lions"  # type: ignore[union-attr]
    hands.drag(hands.point("0302"), hands.point("0402"), hands.point("0503"))
    assert editor.drawn.unit("saa-armour-1").hex == hands.hex("0503")  # type: ignore[union-attr]
    hands.key(pygame.K_ESCAPE)
    hands.tool("select")
    hands.click(hands.point("0503"))
    hands.key(pygame.K_d, CTRL)
    hands.key(pygame.K_ESCAPE)
    assert editor.drawn.unit("saa-armour-2").hex == hands.hex("0503")  # type: ignore[union-attr]
    hands.key(pygame.K_DELETE)
    assert editor.drawn.unit("saa-armour-2") is None


def test_places_prizes_sources_exits_and_crossings(hands: EditorHands) -> None:
    editor = hands.editor
    hands.tool("place")
    hands.click(hands.point("0303"))
    hands.type("Sand Bridge")
    hands.key(pygame.K_RETURN)
    assert editor.drawn is not None
    assert editor.pick == Pick("place", "Sand Bridge")
    hands.tool("prize")
    hands.click(hands.point("0303"))
    assert any(entry.place == "Sand Bridge" for entry, _ in editor.drawn.prizes)
    hands.tool("source")
    hands.click(hands.point("0303"))
    hands.key(pygame.K_ESCAPE)
    assert any(mark.hex == hands.hex("0303") for mark in editor.drawn.sources)
    hands.tool("exit")
    hands.click(hands.point("0302"))
    assert "rim" in editor.words and editor.words_bad
    hands.click(hands.point("0108"))
    hands.key(pygame.K_ESCAPE)
    assert any(at == hands.hex("0108") for _, at in editor.drawn.exits)
    hands.tool("crossing")
    hands.click(hands.side_point("0807/SE"))
    hands.key(pygame.K_ESCAPE)
    assert any(side == editor.drawn.hexes.side("0807/SE") for _, side in editor.drawn.crossings)


def test_held_ground_and_a_home_sector_are_painted(hands: EditorHands) -> None:
    editor = hands.editor
    hands.tool("area")
    editor.hand.area = ("control", "saa")
    hands.drag(hands.point("0402"), hands.point("0502"))
    assert editor.drawn is not None
    assert editor.drawn.holders[hands.hex("0502")] == "saa"
    editor.new_area("sectors")
    hands.frames(1)
    assert hands.name == "Prompt"
    hands.type("North bank")
    hands.key(pygame.K_RETURN)
    hands.frames(1)
    assert editor.pick == Pick("area", "north-bank", "sectors")
    hands.click(hands.point("0303"))
    area = next(area for area in editor.drawn.areas if area.entry.id == "north-bank")
    assert hands.hex("0303") in area.hexes


def test_taking_everything_back_leaves_every_byte_as_it_was(hands: EditorHands) -> None:
    workshop = hands.editor.workshop
    before = {name: workshop.text(name) for name in workshop.files()}
    hands.tool("terrain")
    hands.editor.hand.terrain = "lake"
    hands.drag(hands.point("0202"), hands.point("0302"))
    hands.tool("road")
    hands.drag(hands.point("0302"), hands.point("0402"), hands.point("0503"))
    hands.tool("unit")
    hands.click(hands.point("0302"))
    hands.tool("border")
    hands.drag(hands.side_point("0302/NE"), hands.side_point("0302/SE"))
    assert workshop.dirty and len(workshop.history) == 4
    for _ in range(6):
        hands.key(pygame.K_z, CTRL)
    assert {name: workshop.text(name) for name in workshop.files()} == before
    assert not workshop.dirty


def test_saving_writes_what_changed_and_nothing_else(hands: EditorHands) -> None:
    before = hands.files()
    hands.tool("terrain")
    hands.editor.hand.terrain = "salt"
    hands.click(hands.point("0202"))
    assert hands.files() == before
    hands.key(pygame.K_s, CTRL)
    after = hands.files()
    assert [name for name in after if after[name] != before.get(name)] == ["map.txt"]
    assert not hands.editor.workshop.dirty


def test_the_check_is_clean_after_drawing_a_map_of_ones_own(hands: EditorHands) -> None:
    assert hands.checked() == []
    hands.tool("unit")
    hands.click(hands.point("0204"))
    hands.tool("road")
    hands.drag(hands.point("0205"), hands.point("0204"), hands.point("0203"))
    assert [line for line in hands.checked() if " error " in line] == []


def test_an_error_is_listed_and_a_click_leads_to_its_place(hands: EditorHands) -> None:
    editor = hands.editor
    editor.workshop.do(EditText("victory.yaml", "format: 1\nprizes: [\n"))
    editor.after_edit()
    hands.frames(1)
    found = hands.checked()
    assert any("victory.yaml" in line for line in found)
    assert editor.drawn is not None and editor.drawn.prizes, "the last sound state stays on the map"
    hands.key(pygame.K_m)
    hands.click((editor.checks.rect.x + 60, editor.checks.rect.y + 45))
    hands.click((editor.checks.rect.x + 60, editor.checks.rect.y + 45))
    assert hands.name == "TextScene"


def test_a_play_test_starts_and_comes_back_to_the_same_view(
    hands: EditorHands, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("game.records.saves_folder", lambda: tmp_path / "saves")
    monkeypatch.setattr("game.ui.settings.settings_folder", lambda: tmp_path / "settings")
    before = hands.desk.settings = Settings(autosave=True)
    editor = hands.editor
    hands.tool("terrain")
    editor.hand.terrain = "hills"
    hands.click(hands.point("0202"))
    assert editor.canvas is not None
    camera = editor.canvas.map.camera
    hands.key(pygame.K_F5)
    assert hands.name == "PlayTest"
    test = hands.top
    hands.key(pygame.K_RETURN, CTRL)
    hands.frames(5)
    assert type(test.top).__name__ == "TableScene"  # type: ignore[attr-defined]
    hands.key(pygame.K_F5)
    assert not (tmp_path / "saves").exists() and not (tmp_path / "auto").exists(), "a test is not saved"
    table = test.top  # type: ignore[attr-defined]
    table.keep_setting(checklist=False)
    assert load_settings() == replace(before, checklist=False), "settings made in a test hold"
    hands.key(pygame.K_ESCAPE)
    assert type(test.top).__name__ == "TestPause"  # type: ignore[attr-defined]
    buttons = {w.text: w for w in test.top.form.widgets if isinstance(w, Button)}  # type: ignore[attr-defined]
    assert not any(text.startswith("Save") for text in buttons)
    at = buttons["Back to the editor"].rect.center
    hands.post(pygame.MOUSEBUTTONDOWN, pos=at, button=1)
    hands.post(pygame.MOUSEBUTTONUP, pos=at, button=1)
    hands.frames(1)
    assert hands.top is editor
    assert editor.canvas.map.camera == camera
    assert editor.workshop.dirty


def test_leaving_asks_about_what_is_not_saved(hands: EditorHands) -> None:
    hands.stack.scenes.insert(0, hands.editor)  # something to go back to
    hands.tool("terrain")
    hands.editor.hand.terrain = "lake"
    hands.click(hands.point("0202"))
    hands.bar("close")
    assert hands.name == "Dialog"
    hands.press("Stay")
    assert hands.top is hands.editor
    hands.bar("close")
    hands.press("Save and leave")
    hands.frames(2)
    assert len(hands.stack.scenes) == 1
    assert not hands.editor.workshop.dirty


def test_a_copy_is_saved_under_another_id_and_the_editor_goes_on_with_it(hands: EditorHands, tmp_path: Path) -> None:
    hands.key(pygame.K_s, CTRL | pygame.KMOD_SHIFT)
    assert hands.name == "Prompt"
    hands.key(pygame.K_RETURN)
    hands.frames(1)
    copy = tmp_path / "data" / "scenarios" / "tutorial_copy"
    assert hands.editor.workshop.folder == copy
    assert "id: tutorial_copy" in (copy / "scenario.yaml").read_text()
    assert hands.checked() == []


def test_a_crossing_may_be_of_every_kind_that_the_format_knows(hands: EditorHands) -> None:
    editor = hands.editor
    hands.tool("crossing")
    hands.click(hands.side_point("0807/SE"))
    hands.key(pygame.K_ESCAPE)
    assert editor.drawn is not None
    name = editor.drawn.crossings[-1][0].name
    for kind in CROSSING_KINDS:
        assert editor.do(ChangeCrossing(name, "kind", kind))
        editor.choose(Pick("crossing", name))
        hands.frames(2)
        assert next(one for one, _ in editor.drawn.crossings if one.name == name).kind == kind


def test_no_name_lies_under_the_signs_of_sources_and_objectives(hands: EditorHands) -> None:
    canvas = hands.editor.canvas
    assert canvas is not None
    for zoom in (46.0, 62.0, 96.0):
        canvas.map.place_names(zoom)
        names = [one.rect for one in canvas.map.names.prints if one.word < 0]
        assert len(names) > 4 and len(canvas.map.signs) > 4
        for (x, y), reach in canvas.map.signs:
            box = pygame.Rect(0, 0, round(1.8 * reach * zoom), round(1.8 * reach * zoom))
            box.center = round(x * zoom), round(y * zoom)
            assert box.collidelist(names) < 0


def test_the_numbers_of_objectives_are_read_under_panels_of_either_kind() -> None:
    """The map does not change with the panels: what is written on its signs stands out in both looks."""
    for light in (False, True):
        theme = load_theme(light=light)
        assert contrast(GOLD, theme.map.name) >= READABLE
