"""The ghost of history at the table, the dates in the hex panel, the report, and pictures of the map."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pygame
import pytest

from game import orders as od
from game import records
from game.cli import runner
from game.faults import UsageFault
from game.rules.scripted import turn_days
from game.scenario.calendar import spoken
from game.session import Session
from game.ui.app import find
from game.ui.comparison import FROM_START, UNTOLD, compared, gap, place_lines
from game.ui.offscreen import picture
from game.ui.offscreen.picture import Wanted
from game.ui.panels.acts import ShowOverlay
from game.ui.scene import Push
from game.ui.scenes.ledgers import ledger_bars
from game.ui.scenes.report import ReportScene, history_text
from game.ui.table.chronicle import HolderChanged
from game.ui.table.places import ToReport
from game.ui.table.played_days import DAY
from game.ui.table.scene import TableScene
from game.ui.window import make_desk
from game.ui.worldview import present_day
from tests.scenario.test_annals import capture, sides_below, told
from tests.ui.table_hands import Hands, small_world
from tests.worlds import shipped, world_of

SAA, ISIS, SDF = range(3)
PLACES = [
    {"name": "Anytown", "hex": "0403", "kind": "town", "size": 2, "population": 10},
    {"name": "Farend", "hex": "0907"},
]
SOLO = {SAA: "human", ISIS: "hold", SDF: "hold"}


@pytest.fixture(autouse=True)
def nothing_on_the_disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(records, "autosaves_folder", lambda: tmp_path / "auto")
    monkeypatch.setattr("game.ui.settings.settings_folder", lambda: tmp_path / "settings")


@pytest.fixture
def hands(window: pygame.Surface) -> Iterator[Hands]:
    assert window
    fell = capture("2017-09-08", "saa", source="a report", event="It fell.")
    yield Hands(told(fell, places=PLACES, holders={"Farend": "isis"}), SOLO)


# --- at the table -------------------------------------------------------------------------------------------


def test_y_shows_the_holders_of_this_day_and_again_hides_them(hands: Hands) -> None:
    board = hands.table.board
    hands.key(pygame.K_y)
    marks = {one.hex: (one.look, one.differs) for one in board.map.ghosts}
    assert marks == {hands.hex("0403"): ("black", False), hands.hex("0907"): ("black", False)}
    assert spoken(turn_days(hands.session.world, 1)[1]) in board.legends[0].title
    hands.key(pygame.K_y)
    assert board.map.ghosts == () and board.map.fences == () and board.legends == ()


def test_the_ghost_moves_on_with_the_turn_and_marks_what_differs(hands: Hands) -> None:
    hands.key(pygame.K_y)
    assert hands.table.board.map.fences
    before = hands.picture()
    hands.session.give(od.EndTurn())
    hands.until_mine(SAA)
    hands.table.refresh()
    mark = next(one for one in hands.table.board.map.ghosts if one.hex == hands.hex("0403"))
    assert (mark.look, mark.differs) == ("red", True)
    assert not hands.table.board.map.fences
    assert hands.picture() != before


def test_a_scenario_without_history_says_so(window: pygame.Surface) -> None:
    hands = Hands(small_world(), SOLO)
    hands.key(pygame.K_y)
    assert "no history" in hands.table.notice
    assert hands.table.board.legends == ()


def test_the_row_of_buttons_shows_and_hides_what_the_keys_do(hands: Hands) -> None:
    table = hands.table
    box, page = table.layout.views, table.pages.views(table)
    spot = next(spot for spot in page.spots if spot.act == ShowOverlay("ghost"))
    at = (box.x + spot.rect.centerx, box.y + spot.rect.centery)
    selected = table.selection
    hands.click(at)
    assert "ghost" in table.board.shown and table.selection == selected
    hands.click(at)
    assert "ghost" not in table.board.shown


def test_a_click_on_the_turn_track_shows_history_of_that_day(hands: Hands) -> None:
    table = hands.table
    if "ghost" not in table.board.shown:
        hands.key(pygame.K_y)
    now, before = table.board.map.ghosts, table.board.legends
    page, _, begin = table.pages.track(table)
    last = page.spots[-1]
    hands.click((table.layout.foot.x + begin + last.rect.centerx, table.layout.foot.y + last.rect.centery))
    assert table.board.history_day == turn_days(table.session.world, table.session.world.turns)[1]
    assert table.board.map.ghosts != now and table.board.legends != before
    hands.key(pygame.K_y)
    assert table.board.history_day == "" and not any(spot.act for spot in table.pages.track(table)[0].spots)


def test_history_is_slid_through_day_by_day(hands: Hands) -> None:
    table, world = hands.table, hands.session.world
    hands.key(pygame.K_COMMA)
    assert table.board.history_day == ""  # history is not shown
    if "ghost" not in table.board.shown:
        hands.key(pygame.K_y)
    first, last = turn_days(world, 1)[0], turn_days(world, world.turns)[1]
    page, _, begin = table.pages.track(table)
    assert len(page.spots) == world.turns * world.days_per_turn
    corner = (table.layout.foot.x + begin, table.layout.foot.y)
    ends = [(corner[0] + spot.rect.centerx, corner[1] + spot.rect.centery) for spot in (page.spots[0], page.spots[-1])]
    hands.drag(ends[0], ends[1])
    assert table.board.history_day == last
    hands.move((ends[0][0], ends[0][1]))  # let go: the slider stays
    assert table.board.history_day == last
    hands.key(pygame.K_COMMA)
    assert table.board.history_day == (date.fromisoformat(last) - timedelta(days=1)).isoformat()
    for _ in range(world.turns + 1):
        hands.key(pygame.K_COMMA, pygame.KMOD_SHIFT)
    assert table.board.history_day == first and "History on" in table.notice
    hands.key(pygame.K_PERIOD)
    assert table.board.history_day > first
    assert hands.picture()


@pytest.mark.parametrize("name", shipped("collision", "tutorial"))
def test_the_ghost_opens_in_every_shipped_scenario(name: str, window: pygame.Surface) -> None:
    assert window
    session = Session(world_of(name), 5)
    table = TableScene(make_desk((1280, 720)), session, seats={session.state.faction: "human"})
    table.handle(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_y, mod=0, unicode=""))
    assert table.board.map.ghosts and table.board.legends
    table.draw(pygame.Surface((1280, 720)))


# --- dates --------------------------------------------------------------------------------------------------


def test_the_hex_panel_tells_both_dates(hands: Hands) -> None:
    world, here = hands.session.world, hands.hex("0403")
    control = hands.session.state.hexes.control
    lines = place_lines(world, control, [], here)
    assert lines[0] == ("History: SAA 8 Sep 2017", "8 Sep 2017: It fell. (a report)")
    assert lines[1][0] == "This game: ISIS since the start"
    lines = place_lines(world, control, [HolderChanged(0, 1, here, SAA)], here)
    assert lines[1][0] == "This game: SAA 7 Sep 2017 (1 day earlier)"
    assert place_lines(world, control, [], hands.hex("0101")) == []
    taken = tuple(SAA if at == here else owner for at, owner in enumerate(control))
    assert place_lines(world, taken, [], here)[1][0] == "This game: SAA since before the log begins"
    assert [row.taken for row in compared(world, taken, [])] == [UNTOLD]


def test_the_second_capture_of_a_side_answers_its_second_in_this_game() -> None:
    world = told(capture("2017-09-08", "saa"), capture("2017-09-11", "isis"), capture("2017-09-14", "saa"))
    here = world.grid.hex("0403")
    changes = [HolderChanged(0, 1, here, SAA), HolderChanged(1, 2, here, ISIS), HolderChanged(2, 3, here, SAA)]
    assert [row.taken for row in compared(world, world.control, changes)] == ["2017-09-07", FROM_START, "2017-09-13"]


def test_gaps_are_told_in_words() -> None:
    assert [gap(day, "2017-09-10") for day in ("2017-09-10", "2017-09-09", "2017-09-12", "", FROM_START)] == [
        "the same day", "1 day earlier", "2 days later", "", ""
    ]  # fmt: skip


def test_the_chronicle_keeps_who_took_which_place_and_forgets_what_is_taken_back(hands: Hands) -> None:
    table, here = hands.table, hands.hex("0403")
    before = hands.session.state
    control = tuple(SAA if at == here else owner for at, owner in enumerate(before.hexes.control))
    after = replace(before, hexes=replace(before.hexes, control=control))
    table.chronicle.tell(0, before, after, ())
    assert table.chronicle.changes == [HolderChanged(0, 1, here, SAA)]
    table.chronicle.forget_after(0)
    assert table.chronicle.changes == []


# --- the report ---------------------------------------------------------------------------------------------


def test_f2_to_f4_open_the_report(hands: Hands) -> None:
    for number, key in enumerate((pygame.K_F2, pygame.K_F3, pygame.K_F4)):
        hands.key(key)
        change = hands.changes.pop()
        assert isinstance(change, Push) and isinstance(change.scene, ToReport)
        report = find(hands.table.desk, change.scene)
        assert isinstance(report, ReportScene) and report.chosen == number
        report.resize()
        report.draw(hands.canvas)


def test_the_report_lists_what_has_fallen_and_what_is_to_come() -> None:
    world = told(capture("2017-09-06", "saa"), capture("2017-09-20", "isis"))
    state = Session(world, 1).state
    text = history_text(state, [])
    past, _, later = text.partition("## Still to come")
    assert "SAA 6 Sep 2017" in past and "not taken" in past and "None of them" in past
    assert "ISIS 20 Sep 2017" in later
    beside_maps = history_text(state, [], narrow=True)
    assert "| SAA 6 Sep |" in beside_maps and "holds it now" not in beside_maps
    assert "no history" in history_text(Session(small_world(), 1).state, [])
    assert any(bar.title == "Steps lost" for bar in ledger_bars(state, SAA))


# --- pictures -----------------------------------------------------------------------------------------------


def test_a_part_of_the_map_by_place_or_by_corners() -> None:
    world = small_world()
    assert len(picture.hexes_around(world, "anytown", 1)) == 7
    assert set(picture.hexes_around(world, "0403", 1)) == set(picture.hexes_around(world, "Anytown", 1))
    assert len(picture.hexes_between(world, "0504-0302")) == 9
    for wrong in ("0101", "0101-9999", "a-b"):
        with pytest.raises(UsageFault):
            picture.hexes_between(world, wrong)
    with pytest.raises(UsageFault, match="neither a place nor a hex"):
        picture.hexes_around(world, "Anytwon", 1)


def test_overlays_that_are_somebodys_need_a_faction() -> None:
    world = small_world()
    assert picture.overlays_from(world, ["supply:saa", "line"]) == (("supply", SAA), ("line", -1))
    for wrong in ("supply", "suply:saa", "supply:usa", "ghost"):
        with pytest.raises(UsageFault):
            picture.overlays_from(world, [wrong])


def test_a_picture_has_the_size_asked_for_and_shows_its_part(window: pygame.Surface) -> None:
    assert window
    desk, state = make_desk((1280, 720)), Session(told(capture("2017-09-08", "saa")), 1).state
    part = picture.hexes_around(state.world, "Anytown", 1)
    assert picture.map_surface(state, Wanted(size=(300, 200)), desk).get_size() == (300, 200)
    assert picture.map_surface(state, Wanted(hexes=part, width=400), desk).get_width() == 400
    small, large = (picture.map_surface(state, Wanted(hexes=part, zoom=zoom), desk) for zoom in (20, 40))
    assert large.get_width() == pytest.approx(2 * small.get_width(), abs=2)
    with pytest.raises(UsageFault, match="8000 pixels"):
        picture.map_surface(state, Wanted(width=9000), desk)


@pytest.mark.parametrize(
    "overlay", ["control", "line", "supply:saa", "threat:saa", "objectives", "objectives:saa", "idle:saa", "grid"]
)
def test_every_overlay_changes_the_picture(overlay: str, window: pygame.Surface) -> None:
    assert window
    prize = {"id": "any", "name": "Any", "kind": "town", "place": "Anytown", "points": {"saa": 3}}
    prizes = {"format": 1, "prizes": [prize]}
    sides = [side for column in range(1, 11) for side in sides_below(column)]
    line = {"rivers": [], "sides": sides, "zones": {"saa": "0108", "sdf": "0101"}}
    state = Session(small_world(victory=prizes, line=line), 1).state
    desk, size = make_desk((1280, 720)), (320, 240)
    plain = picture.map_surface(state, Wanted(overlays=(), size=size), desk)
    with_it = picture.map_surface(
        state, Wanted(overlays=picture.overlays_from(state.world, [overlay]), size=size), desk
    )
    assert pygame.image.tobytes(plain, "RGB") != pygame.image.tobytes(with_it, "RGB")


def test_the_ghost_of_two_days_gives_two_pictures(window: pygame.Surface) -> None:
    assert window
    world = told(capture("2017-09-08", "saa"))
    state, desk = Session(world, 1).state, make_desk((1280, 720))
    assert picture.ghost_day(world, "2017-09-07") == "2017-09-07"
    days = [
        pygame.image.tobytes(picture.map_surface(state, Wanted(ghost=day, units=False, width=320), desk), "RGB")
        for day in ("2017-09-07", "2017-09-08", "2017-09-08")
    ]
    assert days[0] != days[1] == days[2]
    with pytest.raises(UsageFault, match="begins on"):
        picture.ghost_day(world, "2016-01-01")
    with pytest.raises(UsageFault, match="no history"):
        picture.ghost_day(small_world(), "2017-09-07")


def test_the_command_draws_a_part_on_a_day_of_history(tmp_path: Path, window: pygame.Surface) -> None:
    assert window
    out = tmp_path / "map.png"
    words = ["map", "tutorial", "-o", str(out), "--around", "Riverside", "--radius", "2", "--ghost", "2017-08-25"]
    assert runner.main([*words, "--size", "320x240"]) == 0
    assert pygame.image.load(out).get_size() == (320, 240)


@pytest.mark.parametrize(
    "words, said",
    [
        (["--size", "big"], "1280x720"), (["--ghost", "14.10.2017"], "2017-10-14"), (["--zoom", "500"], "6 to 128"),
    ],
)  # fmt: skip
def test_words_that_mean_nothing_are_refused(
    words: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert runner.main(["map", "tutorial", "-o", str(tmp_path / "a.png"), *words]) == 2
    assert said in capsys.readouterr().err


def test_history_plays_day_by_day_until_its_end_a_click_or_the_overlay_stops_it(hands: Hands) -> None:
    table, world = hands.table, hands.session.world
    if "ghost" not in table.board.shown:
        hands.key(pygame.K_y)
    board = table.board
    board.show_day(table, world.first_day)
    play = table.pages.boxes(table)["play"]
    at = (play.box.x + play.page.spots[0].rect.centerx, play.box.y + play.page.spots[0].rect.centery)
    hands.click(at)
    assert board.days.playing
    now = present_day(table.view.state)
    days = [board.history_day]
    for _ in range(world.turns * world.days_per_turn + 3):
        hands.frames(1, seconds=DAY)
        days.append(board.history_day or now)
    assert days[:3] == [(date.fromisoformat(world.first_day) + timedelta(days=n)).isoformat() for n in range(3)]
    assert days[-1] == turn_days(world, world.turns)[1] and not board.days.playing
    hands.click(at)  # from the first day again
    assert board.days.playing and board.history_day == world.first_day
    hands.click(at)
    assert not board.days.playing
    hands.click(at)
    hands.key(pygame.K_y)
    hands.frames(2, seconds=DAY)
    assert not board.days.playing and board.history_day == ""
