"""A scenario changed on the disk in mid-game, and the log of a game that was loaded."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import process_time

import pygame
import pytest

from game import engine, records
from game import orders as od
from game.ai.players import make_player
from game.faults import RecordFault
from game.records.reloading import PlayedAgain, carried, changed_parts, misfit
from game.scenario.shipped import scenarios_folder
from game.session import Session
from game.state.changes import changed
from game.ui.scene import Pop, Push, Replace, ScenePlace
from game.ui.scenes.dialog import Dialog
from game.ui.table.reload import Again
from game.ui.table.retelling import CHANGED, OTHERS
from game.ui.table.scene import TableScene
from game.ui.window import make_desk
from tests.ui.table_hands import Hands

SAA = 0
SOLO = {SAA: "human", 1: "hold", 2: "hold"}
CTRL = pygame.KMOD_CTRL


@pytest.fixture(autouse=True)
def nothing_on_the_disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(records, "autosaves_folder", lambda: tmp_path / "auto")
    monkeypatch.setattr(records, "saves_folder", lambda: tmp_path / "saves")
    monkeypatch.setattr("game.ui.settings.settings_folder", lambda: tmp_path / "settings")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "tutorial"
    shutil.copytree(scenarios_folder() / "tutorial", place)
    return place


@pytest.fixture
def hands(window: pygame.Surface, folder: Path) -> Iterator[Hands]:
    assert window
    hands = Hands(engine.load_scenario(folder), SOLO)
    hands.table.folder = folder
    hands.table.reel = None
    yield hands


def edit(folder: Path, name: str, before: str, after: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def reload(hands: Hands) -> None:
    hands.changes.clear()
    hands.key(pygame.K_r, CTRL)


def march(hands: Hands, unit: str) -> int:
    """Send a unit as far as it goes; where it stands then."""
    table, state = hands.table, hands.table.view.state
    found = engine.reach(state, unit)
    goal = max(found.cost, key=lambda here: (found.cost[here], -here))
    assert table.give(od.Move(unit, found.path(goal)))
    return goal


# --- carried over -------------------------------------------------------------------------------------------


def test_a_changed_number_shows_at_once_in_the_same_view_and_turn(hands: Hands, folder: Path) -> None:
    table = hands.table
    goal = march(hands, "t-1st")
    table.select(table.selection.__class__(goal, "t-1st"))
    table.board.pan(40, 25)
    camera, selection, moment = table.board.map.camera, table.selection, table.session.state.digest()
    edit(folder, "forces/saa.yaml", "type: mech, size: btn, steps: 3", "type: mech, attack: 9, size: btn, steps: 3")
    reload(hands)
    assert hands.changes == [] and "Reloaded" in table.notice and "forces (saa)" in table.notice
    world = table.session.world
    assert world.roster.attack[world.row["t-1st"]] == 9
    assert (table.board.map.camera, table.selection) == (camera, selection)
    assert table.session.state.digest() == moment
    hands.frames(3)
    assert table.playing and table.give(od.EndTurn())


def test_what_play_has_not_touched_follows_the_files(hands: Hands, folder: Path) -> None:
    moved = march(hands, "t-1st")
    edit(folder, "forces/saa.yaml", "steps: 3, quality: B, hex: 0305", "steps: 2, quality: B, hex: 0306")
    edit(folder, "forces/saa.yaml", "locked_until: 2017-08-24", "locked_until: 2017-08-26")
    edit(folder, "scenario.yaml", "mech: {movement: 24}", "mech: {movement: 48}")
    edit(folder, "scenario.yaml", "infantry: {movement: 20}", "infantry: {movement: 28}")
    left = hands.session.state.units.mp[hands.session.world.row["t-1st"]]
    reload(hands)
    state, row = hands.table.session.state, hands.table.session.world.row
    assert state.units.hex[row["t-1st"]] == moved
    assert state.units.mp[row["t-1st"]] == left
    assert state.units.hex[row["t-2nd"]] == hands.hex("0306") and state.units.steps[row["t-2nd"]] == 2
    assert state.units.mp[row["t-2nd"]] == 28
    assert state.units.locked[row["t-guard"]] == 4


def test_what_would_break_a_rule_does_not_follow_the_files(
    hands: Hands, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = hands.session.state.units.hex
    monkeypatch.setattr(
        "game.records.reloading.invariants.check", lambda state: [] if state.units.hex == before else ["I-05 too many"]
    )
    edit(folder, "forces/saa.yaml", "quality: B, hex: 0305", "quality: B, hex: 0306")
    reload(hands)
    assert "Reloaded" in hands.table.notice and hands.table.session.state.units.hex == before


def test_another_map_is_printed_and_the_camera_stays(hands: Hands, folder: Path) -> None:
    table = hands.table
    before, camera = hands.picture(), table.board.map.camera
    rows = (folder / "map.txt").read_text(encoding="utf-8").split("\n")
    line = max(range(len(rows)), key=lambda number: rows[number].count(".") if not rows[number].startswith("#") else -1)
    rows[line] = rows[line].replace(".", "h")
    (folder / "map.txt").write_text("\n".join(rows), encoding="utf-8")
    reload(hands)
    assert "Changed: map" in table.notice
    table.notice = ""
    assert hands.picture() != before and table.board.map.camera == camera


def test_ground_that_an_event_changes_is_printed(hands: Hands) -> None:
    table, before, state = hands.table, hands.picture(), hands.session.state
    kinds = list(state.world.rules.terrain.kinds)
    here = table.board.map.camera.hex_at((400, 300))
    world = changed(state.world, ("ground", (kinds.index("hills"),), (here,)))
    hands.session.state = replace(state, world=world, answers={})
    table.refresh()
    assert table.board.map.picture.terrain[here] == "hills" and hands.picture() != before


def test_nothing_changed_says_so_and_a_comment_is_nothing(hands: Hands, folder: Path) -> None:
    session = hands.table.session
    edit(folder, "scenario.yaml", "format: 1", "format: 1  # a remark")
    reload(hands)
    assert "have not changed" in hands.table.notice and hands.table.session is session


def test_a_faulty_scenario_opens_its_problems_and_the_game_stays(hands: Hands, folder: Path) -> None:
    session = hands.table.session
    edit(folder, "forces/saa.yaml", "steps: 3", "stepz: 3")
    reload(hands)
    [change] = hands.changes
    assert isinstance(change, Push) and isinstance(change.scene, Dialog)
    assert "forces/saa.yaml:7:" in change.scene.text and "steps" in change.scene.text
    assert hands.table.session is session
    change.scene.resize()
    change.scene.draw(hands.canvas)


def test_a_folder_that_is_gone_is_a_message(hands: Hands, folder: Path) -> None:
    shutil.rmtree(folder)
    reload(hands)
    assert isinstance(hands.changes[0], Push)


def test_without_a_folder_the_shipped_scenario_is_read(hands: Hands) -> None:
    hands.table.folder = None
    reload(hands)
    assert "have not changed" in hands.table.notice


def test_a_loaded_game_of_an_unknown_folder_says_so(hands: Hands, folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "own_war"
    shutil.copytree(folder, own)
    edit(own, "scenario.yaml", "id: tutorial", "id: own_war")
    path = records.save_game(Session(engine.load_scenario(own), 3), tmp_path / "own.dez")
    table = TableScene(make_desk((1280, 720)), records.load_game(path, make_player), seats=SOLO)
    table.reload()
    change = table.pending
    assert isinstance(change, Push) and isinstance(change.scene, Dialog)
    assert "is not known" in change.scene.text and "play FOLDER" in change.scene.text


# --- played again -------------------------------------------------------------------------------------------


def finish(hands: Hands) -> Dialog:
    """Let the orders be given again; the message at the end."""
    [push] = hands.changes
    assert isinstance(push, Push) and isinstance(push.scene, Again)
    scene = push.scene
    scene.resize()
    for _ in range(400):
        scene.draw(hands.canvas)
        change = scene.update(1 / 60)
        if change is not None:
            assert isinstance(change, Replace) and isinstance(change.scene, Dialog)
            return change.scene
    raise AssertionError("the orders were not given again")


NEW_UNIT = "  - {id: t-new, name: New, type: infantry, size: coy, steps: 1, quality: C, hex: 0105, formation: New}\n"


def test_another_unit_means_that_the_orders_are_given_again(hands: Hands, folder: Path) -> None:
    goal = march(hands, "t-1st")
    hands.table.give(od.EndTurn())
    hands.until_mine(SAA)
    old = hands.table.session
    edit(folder, "forces/saa.yaml", "\nsources:", NEW_UNIT + "\nsources:")
    reload(hands)
    told = finish(hands)
    table = hands.table
    assert "there are other units" in told.text and "replayed with the same dice" in told.text
    new = table.session
    assert new is not old and len(new.entries) == len(old.entries) and new.state.clock.turn == 2
    assert new.state.units.hex[new.world.row["t-1st"]] == goal
    assert "t-new" in new.world.row and not new.changed
    kept = records.load_game(records.saves_folder() / f"before the reload{records.SAVE_SUFFIX}")
    assert kept.state.digest() == old.state.digest()
    hands.frames(5)
    assert table.playing


def test_it_stops_at_the_first_order_that_no_longer_fits_and_names_it(hands: Hands, folder: Path) -> None:
    march(hands, "t-2nd")
    march(hands, "t-hq")
    path = folder / "forces/saa.yaml"
    lines = [line for line in path.read_text(encoding="utf-8").split("\n") if "id: t-hq" not in line]
    path.write_text("\n".join(lines), encoding="utf-8")
    reload(hands)
    told = finish(hands)
    assert "1 of 2 still fit" in told.text and "order 2 of 2 (turn 1, saa: move t-hq" in told.text
    assert len(hands.table.session.entries) == 1


def test_esc_leaves_the_old_game(hands: Hands, folder: Path) -> None:
    old = hands.table.session
    march(hands, "t-2nd")
    path = folder / "forces/saa.yaml"
    lines = [line for line in path.read_text(encoding="utf-8").split("\n") if "id: t-hq" not in line]
    path.write_text("\n".join(lines), encoding="utf-8")
    reload(hands)
    [push] = hands.changes
    assert isinstance(push, Push) and not isinstance(push.scene, ScenePlace)
    change = push.scene.handle(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_ESCAPE, mod=0, unicode=""))
    assert isinstance(change, Pop) and hands.table.session is old


def test_where_the_old_game_cannot_be_kept_nothing_is_given_up(
    hands: Hands, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file, not a folder")
    monkeypatch.setattr(records, "saves_folder", lambda: blocked)
    old = hands.table.session
    path = folder / "forces/saa.yaml"
    lines = [line for line in path.read_text(encoding="utf-8").split("\n") if "id: t-hq" not in line]
    path.write_text("\n".join(lines), encoding="utf-8")
    reload(hands)
    [push] = hands.changes
    assert isinstance(push, Push) and not isinstance(push.scene, ScenePlace)
    changes = [change for _ in range(50) if (change := push.scene.update(1 / 60)) is not None]
    assert isinstance(changes[0], Pop) and hands.table.session is old and "Not reloaded" in hands.table.notice


def test_a_shorter_game_than_the_turn_reached_is_played_again(folder: Path) -> None:
    session = Session(engine.load_scenario(folder), 3)
    while session.state.clock.turn < 3:
        session.give(od.EndTurn())
    edit(folder, "scenario.yaml", "turns: 6", "turns: 2")
    world = engine.load_scenario(folder)
    assert not misfit(session.world, world) and carried(session, world) is None
    again = PlayedAgain(session, world)
    assert again.step(60.0) and again.session.over and again.share == 1.0
    assert changed_parts(session.world, world) == ["scenario"]


# --- records ------------------------------------------------------------------------------------------------


def test_a_save_remembers_that_its_scenario_was_changed(hands: Hands, folder: Path, tmp_path: Path) -> None:
    march(hands, "t-2nd")
    edit(folder, "forces/saa.yaml", "type: mech, size: btn", "type: mech, attack: 9, size: btn")
    reload(hands)
    session = hands.table.session
    path = records.save_game(session, tmp_path / "changed.dez")
    loaded = records.load_game(path, make_player, unproved=True)
    assert loaded.changed == session.changed == (1,)
    assert loaded.state.digest() == session.state.digest() and loaded.lines == session.lines
    assert "S207" in records.verify_file(path).lines()[0]
    with pytest.raises(RecordFault, match="changed while it was played"):
        records.write_replay(session, tmp_path / "changed.replay")
    table = TableScene(make_desk((1280, 720)), loaded, seats=SOLO)
    settle(table)
    assert table.chronicle.lines(SAA)[0].text == CHANGED


def test_a_changed_game_can_be_undone_no_further_than_the_change(hands: Hands, folder: Path) -> None:
    march(hands, "t-2nd")
    edit(folder, "forces/saa.yaml", "type: mech, size: btn", "type: mech, attack: 9, size: btn")
    reload(hands)
    assert not hands.table.session.undo()
    assert hands.table.give(od.DigIn("t-1st"))
    assert len(hands.table.session.lines) == 2
    assert hands.table.session.undo() and len(hands.table.session.lines) == 1


# --- the log of a loaded game -------------------------------------------------------------------------------


def settle(table: TableScene, frames: int = 3000) -> None:
    """Let frames pass until the log is told."""
    table.input.rested = 5.0
    for _ in range(frames):
        if table.recalling.retelling is None:
            return
        table.update(1 / 60)
    raise AssertionError("the log was not told")


def played(folder: Path) -> tuple[Session, TableScene]:
    """Two turns of a game at a table that saw everything."""
    session = Session(engine.load_scenario(folder), 11)
    for faction in (1, 2):
        session.seat(faction, make_player("greedy"), "greedy")
    table = TableScene(make_desk((1280, 720)), session, seats={SAA: "human", 1: "greedy", 2: "greedy"})
    player = make_player("greedy")
    while session.state.clock.turn < 3:
        before = session.state
        decides = session.players.get(session.state.faction, player)
        session.give(decides.decide(engine.view(session.state, session.state.faction)))
        table.chronicle.note(session, before)
    return session, table


def test_a_loaded_game_tells_its_earlier_turns_again(window: pygame.Surface, folder: Path, tmp_path: Path) -> None:
    assert window
    (folder / "coach.yaml").unlink()  # who speaks in the place of the reel
    session, table = played(folder)
    path = records.save_game(session, tmp_path / "game.dez")
    loaded = TableScene(make_desk((1280, 720)), records.load_game(path, make_player), seats=dict(table.seats))
    assert loaded.chronicle.lines(SAA) == [] and loaded.recalling.retelling is not None
    settle(loaded)
    for faction in range(3):
        assert loaded.chronicle.lines(faction) == table.chronicle.lines(faction)
        assert loaded.chronicle.since_last_turn(faction) == table.chronicle.since_last_turn(faction)
    assert loaded.chronicle.changes == table.chronicle.changes
    assert loaded.reel is not None and loaded.reel.title == "Since your last turn"


def test_orders_given_meanwhile_come_after_the_earlier_ones(
    window: pygame.Surface, folder: Path, tmp_path: Path
) -> None:
    assert window
    session, table = played(folder)
    path = records.save_game(session, tmp_path / "game.dez")
    loaded = TableScene(make_desk((1280, 720)), records.load_game(path, make_player), seats=dict(table.seats))
    assert loaded.give(od.EndTurn())
    settle(loaded)
    entries = [line.entry for line in loaded.chronicle.lines(SAA)]
    assert entries == sorted(entries) and entries[0] == -1 and entries[-1] >= len(session.entries)
    assert loaded.reel is None or loaded.playing


def test_a_moving_mouse_is_not_disturbed(window: pygame.Surface, folder: Path, tmp_path: Path) -> None:
    assert window
    session, table = played(folder)
    path = records.save_game(session, tmp_path / "game.dez")
    loaded = TableScene(make_desk((1280, 720)), records.load_game(path, make_player), seats=dict(table.seats))
    for x in range(20):
        loaded.handle(pygame.event.Event(pygame.MOUSEMOTION, pos=(300 + x, 300), rel=(1, 0), buttons=(0, 0, 0)))
        loaded.update(1 / 60)
    assert loaded.recalling.retelling is not None and loaded.recalling.retelling.share == 0.0


def test_a_game_of_other_rules_says_why_its_log_begins_here(
    window: pygame.Surface, folder: Path, tmp_path: Path
) -> None:
    assert window
    session, table = played(folder)
    session.digests[1] = (session.digests[1][0], "0" * 64)
    again = TableScene(make_desk((1280, 720)), session, seats=dict(table.seats))
    settle(again)
    assert again.chronicle.lines(SAA)[0].text == OTHERS


@pytest.mark.slow
def test_the_campaign_is_reloaded_within_a_second(window: pygame.Surface, tmp_path: Path) -> None:
    assert window
    place = tmp_path / "race_for_deir_ezzor"
    shutil.copytree(scenarios_folder() / "race_for_deir_ezzor", place)
    hands = Hands(engine.load_scenario(place), {SAA: "human"})
    hands.table.folder = place
    edit(place, "forces/saa.yaml", "steps: 4", "steps: 3")
    rows = (place / "map.txt").read_text(encoding="utf-8").split("\n")
    rows[20] = rows[20].replace(".", "h", 3)
    (place / "map.txt").write_text("\n".join(rows), encoding="utf-8")
    began = process_time()
    reload(hands)
    hands.table.draw(hands.canvas)
    spent = process_time() - began
    assert "Changed: forces (saa), map" in hands.table.notice
    assert spent < 1.0
