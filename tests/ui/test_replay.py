"""A recorded game at the table: opened from a file, wound by keys and mouse, seen as one side saw it, never changed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pygame
import pytest

from game import engine, records
from game import orders as od
from game.faults import RecordFault
from game.records import EVERYTHING
from game.records.replays import replay_text
from game.rules import victory
from game.session import Session
from game.ui import app
from game.ui.scene import Pop, Push
from game.ui.scenes.dialog import Dialog
from game.ui.scenes.menu import Menu
from game.ui.scenes.pause import PauseScene
from game.ui.scenes.saves import REPLAYS, Saves
from game.ui.table.film import Film
from game.ui.table.replay import ReplayTable
from game.ui.table.scene import TableScene
from game.words import tenths
from tests.ui.replay_hands import PEOPLE, Viewer, game
from tests.ui.screen_hands import Screens
from tests.ui.written import words_written

SHIFT = pygame.KMOD_SHIFT


@pytest.fixture(scope="module")
def ended() -> Session:
    return game(99, PEOPLE)


@pytest.fixture(scope="module")
def going() -> Session:
    return game(2, PEOPLE)


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, window: pygame.Surface) -> Iterator[Path]:
    assert window
    for name in ("autosaves", "saves"):
        monkeypatch.setattr(records, f"{name}_folder", partial(tmp_path.joinpath, name))
    monkeypatch.setattr("game.ui.scenes.menu.autosaves_folder", lambda: tmp_path / "autosaves")
    monkeypatch.setattr("game.ui.settings.settings_folder", lambda: tmp_path / "settings")
    monkeypatch.setattr("game.ui.library.user_cache_path", lambda *_, **__: tmp_path / "cache")
    (tmp_path / "saves").mkdir()
    yield tmp_path / "saves"


# --- moments --------------------------------------------------------------------------------------------------


def test_every_moment_is_the_one_that_was_played(ended: Session) -> None:
    film, truth = Film(records.showing_of(ended)), []
    state = engine.start(ended.world, ended.seed)
    for order in [None, *ended.orders]:
        state = state if order is None else engine.apply(state, order)[0]
        truth.append(state.digest())
    film.read_all()
    assert film.length == len(ended.entries) and not film.trouble
    session, dice = film.session(), random.Random(3)
    for moment in [*range(film.length + 1), *(dice.randrange(film.length + 1) for _ in range(60))]:
        film.wind(session, moment)
        assert session.state.digest() == truth[moment] and session.orders == ended.orders[:moment]
    assert session.conceded == -1


def test_keys_and_buttons_wind_by_event_by_faction_and_by_turn(ended: Session) -> None:
    viewer = Viewer(ended)
    starts = [0] + [n + 1 for n, entry in enumerate(ended.entries) if isinstance(entry.order, od.EndTurn)]
    turns = [n for n in starts if n < len(ended.entries) and ended.entries[n].faction == ended.world.sequence[0]]
    assert viewer.moment == 0
    ways: list[tuple[Callable[[], object], Callable[[], object]]] = [
        (lambda: viewer.key(pygame.K_PERIOD, SHIFT), lambda: viewer.key(pygame.K_COMMA, SHIFT)),
        (lambda: viewer.press("phase-on"), lambda: viewer.press("phase-back")),
    ]
    for on, back in ways:
        for start in starts[1:4]:
            on()
            assert viewer.moment == start
        for start in starts[2::-1]:
            back()
            assert viewer.moment == start
    ways = [
        (lambda: viewer.key(pygame.K_PAGEDOWN), lambda: viewer.key(pygame.K_PAGEUP)),
        (lambda: viewer.press("turn-on"), lambda: viewer.press("turn-back")),
    ]
    for on, back in ways:
        on()
        assert viewer.moment == turns[1] and viewer.table.view.state.clock.turn == 2
        back()
        assert viewer.moment == 0
    ways = [
        (lambda: viewer.key(pygame.K_PERIOD), lambda: viewer.key(pygame.K_COMMA)),
        (lambda: viewer.press("on"), lambda: viewer.press("back")),
    ]
    for on, back in ways:
        seen = []
        for _ in range(6):
            on()
            line = viewer.table.strip.line
            assert line is not None and line.entry == viewer.moment - 1
            seen.append(line)
        for line in seen[-2::-1]:
            back()
            assert viewer.table.strip.line == line
        back()
        assert viewer.moment == 0


def test_it_plays_to_its_end_by_itself_and_stops_when_told(ended: Session) -> None:
    viewer = Viewer(ended)
    viewer.key(pygame.K_SPACE)
    viewer.frames(90)
    assert viewer.table.strip.playing and viewer.moment > 0
    viewer.key(pygame.K_SPACE)
    here = viewer.moment
    viewer.frames(90)
    assert viewer.moment == here and not viewer.table.strip.playing
    viewer.press("next")
    for _ in range(20_000):
        viewer.table.update(0.5)
        if not viewer.table.strip.playing:
            break
    assert viewer.moment == len(ended.entries) and viewer.table.session.over


def test_the_track_of_turns_is_scrubbed_with_the_mouse(ended: Session) -> None:
    viewer = Viewer(ended)
    strip = viewer.table.strip
    strip.draw(viewer.canvas, viewer.table.layout.map, (0, 0))
    y = strip._track().centery
    former = -1
    viewer.post(pygame.MOUSEBUTTONDOWN, pos=(strip._track().x, y), button=1)
    for x in range(strip._track().x, strip._track().right, 7):
        viewer.post(pygame.MOUSEMOTION, pos=(x, y + 60), rel=(0, 0), buttons=(1, 0, 0))
        assert viewer.moment >= former
        former = viewer.moment
        assert abs(strip.x_of(viewer.moment) - x) <= strip._block(0).width
    viewer.post(pygame.MOUSEBUTTONUP, pos=(0, y), button=1)
    assert former >= len(ended.entries) - 3
    viewer.post(pygame.MOUSEMOTION, pos=(strip._track().x, y), rel=(0, 0), buttons=(0, 0, 0))
    assert viewer.moment == former


# --- eyes -----------------------------------------------------------------------------------------------------


def test_a_game_that_goes_on_is_seen_by_the_person_to_play_alone(going: Session, folder: Path) -> None:
    assert records.showing_of(going).eyes == (0,)
    for name in ("a.replay", "a.dez"):
        path = folder / name
        records.write_replay(going, path) if name == "a.replay" else records.save_game(going, path)
        assert records.open_showing(path).eyes == (0,)
    viewer = Viewer(going)
    viewer.key(pygame.K_TAB)
    assert viewer.table.eyes == 0 and "goes on" in viewer.table.notice


def test_an_ended_game_is_seen_through_all_eyes_each_as_it_was(ended: Session) -> None:
    viewer = Viewer(ended)
    table = viewer.table
    assert table.film.showing.eyes == (0, *(n for n in ended.world.sequence if n), EVERYTHING)
    for moment in range(0, len(ended.entries) + 1, 11):
        table.strip.go_to(moment)
        for eyes in table.film.showing.eyes:
            assert table.eyes == eyes
            truth = table.session.state
            if eyes == EVERYTHING:
                standing = [row for row, here in enumerate(truth.units.hex) if here >= 0]
                ids = {truth.world.roster.id[row] for row in standing}
                assert ids <= set(table.view.state.world.roster.id)
            else:
                assert table.view.state.digest() == engine.view(truth, eyes).state.digest()
            viewer.key(pygame.K_TAB)


def test_the_ledger_of_a_moment_tells_the_points_of_that_moment(
    ended: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the side whose eyes one has its own alone; of everything those of all sides, as the truth has them."""
    viewer = Viewer(ended)
    table = viewer.table
    for moment in (0, len(ended.entries) // 2, len(ended.entries)):
        table.strip.go_to(moment)
        for eyes in table.film.showing.eyes:
            table._look_through(eyes)
            words = words_written(monkeypatch)
            table.pages.clear()
            table.pages.forecast(table)
            sides = {one.name: number for number, one in enumerate(ended.world.factions)}
            told = {sides[word] for word in words if word in sides}
            assert told == (set(sides.values()) if eyes == EVERYTHING else {eyes})
            state = table.session.state if eyes == EVERYTHING else table.view.state
            assert {tenths(victory.score(state, number).total) for number in told} <= words


def test_what_is_told_and_drawn_of_a_moment_is_no_more_than_its_side_was_told(ended: Session) -> None:
    viewer = Viewer(ended)
    table = viewer.table
    for moment in (0, 9, len(ended.entries) // 2, len(ended.entries)):
        table.strip.go_to(moment)
        assert all(line.entry < moment for line in table.chronicle.lines(0))
        assert all(one.entry < moment for one in table.chronicle.changes)
        assert all(one.entry < moment for one in table.chronicle.ladder)
        assert max(table.chronicle.fronts) == table.session.state.clock.turn
        assert tuple(table.chronicle.fronts[table.session.state.clock.turn]) == tuple(table.session.state.hexes.control)


# --- nothing is changed ---------------------------------------------------------------------------------------


def test_nothing_can_be_ordered_saved_or_taken_back(ended: Session, folder: Path) -> None:
    viewer = Viewer(ended)
    table = viewer.table
    for _ in range(8):
        viewer.key(pygame.K_PERIOD)
    before = table.session.state.digest(), viewer.moment
    for key, mod in (
        (pygame.K_F5, 0), (pygame.K_F9, 0), (pygame.K_s, pygame.KMOD_CTRL), (pygame.K_z, pygame.KMOD_CTRL),
        (pygame.K_y, pygame.KMOD_CTRL), (pygame.K_r, pygame.KMOD_CTRL),
    ):  # fmt: skip
        table.notice = ""
        assert viewer.key(key, mod) is None and "recorded game" in table.notice
    for key in (pygame.K_RETURN, pygame.K_u, pygame.K_q, pygame.K_b, pygame.K_n, pygame.K_m):
        viewer.key(key)
    viewer.key(pygame.K_RETURN, pygame.KMOD_CTRL)
    assert (table.session.state.digest(), viewer.moment) == before
    assert not list(folder.parent.rglob("*.dez"))


def test_any_hands_at_all_leave_it_sound(ended: Session) -> None:
    viewer, dice = Viewer(ended), random.Random(11)
    keys = [pygame.K_SPACE, pygame.K_COMMA, pygame.K_PERIOD, pygame.K_PAGEUP, pygame.K_PAGEDOWN, pygame.K_TAB,
            pygame.K_RETURN, pygame.K_y, pygame.K_h, pygame.K_F5, pygame.K_n, pygame.K_HOME, pygame.K_m]  # fmt: skip
    for _ in range(200):
        at = (dice.randrange(1280), dice.randrange(720))
        kind = dice.choice((pygame.KEYDOWN, pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP, pygame.MOUSEMOTION))
        if kind == pygame.KEYDOWN:
            viewer.key(dice.choice(keys), dice.choice((0, SHIFT, pygame.KMOD_CTRL)))
        elif kind == pygame.MOUSEMOTION:
            viewer.post(kind, pos=at, rel=(0, 0), buttons=(1, 0, 0))
        else:
            viewer.post(kind, pos=at, button=dice.choice((1, 3)), mod=0)
        viewer.frames(1, 0.1)
        assert 0 <= viewer.moment <= len(ended.entries) and viewer.table.strip.moment == viewer.moment


def test_esc_puts_down_what_is_selected_and_then_leads_back(ended: Session) -> None:
    viewer = Viewer(ended)
    table = viewer.table
    here = ended.world.grid.hex("0203")
    table.look_at(here)
    viewer.frames(60)
    viewer.post(pygame.MOUSEBUTTONDOWN, pos=table.point_of(here), button=1, mod=0)
    viewer.post(pygame.MOUSEBUTTONUP, pos=table.point_of(here), button=1, mod=0)
    assert table.selection.hex == here
    assert viewer.key(pygame.K_ESCAPE) is None
    assert isinstance(viewer.key(pygame.K_ESCAPE), Pop)


# --- the ways to it -------------------------------------------------------------------------------------------


def test_a_replay_is_opened_from_the_menu_and_esc_leads_back(ended: Session, folder: Path) -> None:
    records.write_replay(ended, folder / "the long war.replay")
    from game.ui.library import Library

    screens = Screens(lambda desk: Menu(desk, Library(desk.theme, [])))
    screens.press("Watch a replay")
    saves = screens.top
    assert isinstance(saves, Saves) and saves.shelf == REPLAYS
    assert [one.path.stem for one in saves.saves] == ["the long war"]
    screens.key(pygame.K_RETURN)
    screens.until("ReplayTable")
    replay = screens.top
    assert isinstance(replay, ReplayTable)
    replay.film.read_all()
    screens.key(pygame.K_PAGEDOWN)
    assert replay.session.state.clock.turn == 2
    screens.key(pygame.K_ESCAPE)
    assert screens.name == "Saves"


def test_a_save_is_watched_from_its_start(going: Session, folder: Path) -> None:
    records.save_game(going, folder / "mine.dez")
    screens = Screens(lambda desk: Saves(desk))
    screens.key(pygame.K_F3)
    screens.until("ReplayTable")
    replay = screens.top
    assert isinstance(replay, ReplayTable) and replay.session.state.clock.turn == 1
    replay.film.read_all()
    assert replay.film.length == len(going.entries)


def test_a_game_in_progress_is_watched_from_its_menu_and_goes_on_untouched(going: Session) -> None:
    digest, many = going.state.digest(), len(going.entries)
    screens = Screens(lambda desk: PauseScene(desk, TableScene(desk, going, seats=PEOPLE)))
    screens.press("Watch so far")
    screens.until("ReplayTable")
    screens.key(pygame.K_PAGEDOWN)
    screens.frames(20)
    screens.key(pygame.K_ESCAPE)
    assert screens.name == "PauseScene"
    assert (going.state.digest(), len(going.entries)) == (digest, many)


def test_a_file_dropped_on_the_window_is_shown_and_other_files_are_left_alone(ended: Session, folder: Path) -> None:
    path = records.write_replay(ended, folder / "dropped.replay")
    screens = Screens(lambda desk: Saves(desk))
    assert app.dropped(screens.desk, screens.stack, str(folder / "song.ogg")) is None
    change = app.dropped(screens.desk, screens.stack, str(path))
    assert isinstance(change, Push) and screens.stack.change(change)
    screens.until("ReplayTable")


@pytest.mark.parametrize("harm", ["cut", "order", "dice", "header", "empty", "other", "missing"])
def test_a_bad_file_is_told_with_its_place_and_what_is_true_can_be_seen(
    ended: Session, folder: Path, harm: str
) -> None:
    text, path = replay_text(ended), folder / "bad.replay"
    rows = text.split("\n")
    first = rows.index("")
    orders = [n for n, row in enumerate(rows) if n > first and row and not row.startswith("#")]
    at = next(n for n in orders[20:] if " end-turn " not in rows[n])
    if harm == "cut":
        text = "\n".join(rows[: at + 1])
    elif harm == "order":
        text = "\n".join(
            [*rows[:at], rows[at].replace(rows[at].split(" | ")[0].split(" ", 3)[3], "nobody 0101"), *rows[at + 1 :]]
        )
    elif harm == "dice":
        text = "\n".join([*rows[:at], rows[at][:-12] + "0" * 12, *rows[at + 1 :]])
    elif harm == "header":
        text = text.replace("seed 5", "seed 6", 1)
    elif harm == "empty":
        text = ""
    elif harm == "other":
        text = "a shopping list"
    if harm != "missing":
        path.write_text(text, encoding="utf-8")
    before = path.read_bytes() if path.exists() else b""
    screens = Screens(lambda desk: Saves(desk, shelf=REPLAYS))
    change = app.dropped(screens.desk, screens.stack, str(path))
    assert isinstance(change, Push) and screens.stack.change(change)
    screens.until("Dialog", 2000)
    dialog = screens.top
    assert isinstance(dialog, Dialog)
    assert "bad.replay" in dialog.text and ("R101" in dialog.text) == (harm in ("empty", "other"))
    if harm in ("cut", "order", "dice"):
        below = screens.stack.scenes[-2]
        assert isinstance(below, ReplayTable)
        assert "orders before it are shown" in below.film.trouble
        good = {"cut": orders.index(at) + 1, "order": orders.index(at), "dice": orders.index(at)}[harm]
        assert below.film.length == good
        if harm != "cut":
            assert f"bad.replay:{at + 1}" in below.film.trouble
        screens.key(pygame.K_ESCAPE)
        screens.key(pygame.K_PAGEDOWN)
        assert screens.top is below
    else:
        screens.key(pygame.K_ESCAPE)
        assert screens.name == "Saves"
    assert (path.read_bytes() if path.exists() else b"") == before


def test_a_message_that_comes_by_itself_shows_the_whole_table_beneath_it(ended: Session, folder: Path) -> None:
    """The table paints only what has changed since its last frame: not when another scene has painted meanwhile."""
    path = records.write_replay(ended, folder / "short.replay")
    rows = path.read_text(encoding="utf-8").split("\n")
    path.write_text("\n".join(rows[:-8]), encoding="utf-8")
    screens = Screens(lambda desk: ReplayTable(desk, records.open_showing(path)))
    while screens.name == "ReplayTable":
        if not screens.stack.change(screens.top.update(1 / 60)):
            break
        screens.top.draw(screens.canvas)
    table = screens.stack.scenes[0]
    assert screens.name == "Dialog" and isinstance(table, ReplayTable)
    for box in (table.layout.top, table.layout.column, table.layout.orders):
        spots = [(x, y) for x in range(box.x + 4, box.right - 4, 3) for y in range(box.y + 2, box.bottom - 2, 5)]
        inks = {tuple(screens.canvas.get_at(spot)[:3]) for spot in spots}
        assert len(inks) > 3, box


def test_a_damaged_replay_stays_in_the_list_and_cannot_be_watched(folder: Path) -> None:
    (folder / "torn.replay").write_text("DEZREPLAY 1\ntitle War\n", encoding="utf-8")
    screens = Screens(lambda desk: Saves(desk, shelf=REPLAYS))
    saves = screens.top
    assert isinstance(saves, Saves) and [one.header for one in saves.saves] == [None]
    screens.key(pygame.K_RETURN)
    screens.frames(4)
    assert screens.name == "Saves"


def test_a_replay_of_another_scenario_edition_cannot_lie_about_its_end(ended: Session, folder: Path) -> None:
    path = records.write_replay(ended, folder / "sealed.replay")
    text = path.read_text(encoding="utf-8")
    outcome = next(row for row in text.split("\n") if row.startswith("outcome "))
    path.write_text(text.replace(outcome, "outcome -"), encoding="utf-8")
    with pytest.raises(RecordFault, match="R109"):
        records.open_showing(path)
