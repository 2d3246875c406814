"""The list of units, the calendar and the page on the blocs: what they hold, by keys and as one seat may know it."""

from __future__ import annotations

import re
from functools import cache

import pygame
import pytest

from game import engine
from game.events import LadderMoved
from game.plans import MarchOrder
from game.rules import ladder, victory
from game.scenario.calendar import Calendar
from game.scenario.world import World
from game.session import Session
from game.state.codes import Status
from game.ui.ladder_moves import move_lines
from game.ui.order_of_battle import FILTERS, tree_rows
from game.ui.panels.portraits import Portraits
from game.ui.scenes.report import CHAPTERS, KEYS
from game.ui.scenes.report_pages import Reasoned, calendar_turns
from game.ui.scenes.report_sheets import aims_sheet, calendar_sheet, ladder_sheet, politics_sheet, staff_sheet
from game.ui.scenes.units import UnitsScene
from game.ui.table import leading
from game.ui.table.chronicle import Chronicle
from game.ui.window import make_desk
from game.words import tenths
from tests.situation import situation, unit
from tests.ui.screen_hands import Screens
from tests.ui.table_hands import Hands
from tests.ui.written import words_written
from tests.worlds import world_of

SAA = 0


@cache
def view() -> engine.View:
    return engine.view(engine.start(campaign(), 3), SAA)


@cache
def campaign() -> World:
    return world_of("race_for_deir_ezzor")


def test_the_tree_holds_every_own_and_friendly_unit_under_its_formation() -> None:
    state = view().state
    rows = tree_rows(state, SAA, FILTERS[0][1], "", ())
    friends = state.world.friends
    theirs = [row for row, owner in enumerate(state.world.roster.faction) if friends(SAA, owner)]
    there = {row for row in theirs if state.units.hex[row] >= 0}
    due = {row for row in theirs if state.units.status[row] == Status.WAITING and state.units.due[row] <= 26}
    assert {one.row for one in rows if one.row >= 0} == there | due
    heads = ["", "", ""]
    for one in rows:
        if one.row < 0:
            heads[one.level] = one.title
            continue
        assert heads[0] == state.world.factions[state.world.roster.faction[one.row]].name
        formation = state.world.roster.formation[one.row] or "Without a formation"
        assert heads[1] == (formation if one.row in there else "Still to come")


def test_filters_and_letters_narrow_it() -> None:
    state = view().state
    roster = state.world.roster
    name = next(
        roster.name[row] for row in range(len(roster)) if roster.faction[row] == SAA and state.units.hex[row] >= 0
    )
    found = tree_rows(state, SAA, FILTERS[0][1], name.upper(), ())
    assert any(one.title == name for one in found if one.row >= 0)
    assert tree_rows(state, SAA, FILTERS[0][1], "no such unit anywhere", ()) == []
    planned = tree_rows(state, SAA, FILTERS[4][1], "", (roster.id[0],))
    assert [one.row for one in planned if one.row >= 0] in ([0], [])
    for title, wanted in FILTERS[1:]:
        rows = [one.row for one in tree_rows(state, SAA, wanted, "", ()) if one.row >= 0]
        assert all(wanted(state, row, ()) for row in rows)
        assert len(rows) < len(roster), title


def test_a_branch_sums_up_what_is_below_it_and_hides_it_when_it_is_folded() -> None:
    state = view().state
    rows = tree_rows(state, SAA, FILTERS[0][1], "", ())
    head = next(one for one in rows if one.level == 1)
    below = [one.row for one in rows if one.row >= 0 and one.key == head.key]
    steps = sum(state.units.steps[row] for row in below)
    assert f"{len(below)} unit" in head.detail and f"{steps} of " in head.detail
    folded = tree_rows(state, SAA, FILTERS[0][1], "", (), {head.key})
    assert [one for one in rows if one.row < 0 or one.key != head.key] == folded
    assert not [one for one in tree_rows(state, SAA, FILTERS[0][1], "", (), {"0"}) if one.key.startswith("0/")]


def test_by_keys_branches_fold_and_unfold(window: pygame.Surface) -> None:
    screens = Screens(lambda desk: UnitsScene(desk, view(), SAA, (), lambda unit: None))
    scene = screens.top
    assert isinstance(scene, UnitsScene) and scene.listed is not None
    scene.form.focus = scene.form.widgets.index(scene.listed)
    before = len(scene.rows)
    screens.key(pygame.K_LEFT)
    assert len(scene.rows) < before and scene.rows[scene.listed.chosen].level == 1
    screens.key(pygame.K_RIGHT)
    assert len(scene.rows) == before
    screens.key(pygame.K_RETURN)
    assert len(scene.rows) < before and screens.open
    scene._fold_all()
    assert all(one.level < 2 for one in scene.rows)
    scene._fold_all()
    assert len(scene.rows) == before


def test_by_keys_a_unit_is_searched_and_shown(window: pygame.Surface) -> None:
    taken: list[str] = []
    screens = Screens(lambda desk: UnitsScene(desk, view(), SAA, (), taken.append))
    screens.type("tiger artillery")
    screens.key(pygame.K_RETURN)
    state = view().state
    assert len(taken) == 1 and "artillery" in state.world.roster.name[state.world.row[taken[0]]].lower()
    assert not screens.open


def test_the_calendar_tells_what_arrives() -> None:
    state = view().state
    turns = calendar_turns(state, SAA)
    told = {one.row: turn.turn for turn in turns for one in turn.due if one.arrives}
    roster = state.world.roster
    due = [
        row for row, owner in enumerate(roster.faction)
        if owner == SAA and state.units.status[row] == Status.WAITING and 0 < state.units.due[row] <= state.world.turns
    ]  # fmt: skip
    assert due and all(told[row] == state.units.due[row] for row in due)
    calendar = Calendar(state.world.first_day, state.world.days_per_turn, state.world.turns)
    taken = next(one for one in state.world.past.captures if calendar.turn_of(one.date) > 1)
    assert taken in turns[calendar.turn_of(taken.date) - 1].taken
    assert [turn.turn for turn in turns] == list(range(1, state.world.turns + 1))


def test_the_calendar_tells_march_orders_and_crossings() -> None:
    state = engine.view(engine.start(tutorial := world_of("tutorial"), 7), SAA).state
    goal = tutorial.grid.hex("0605")
    due = [one for turn in calendar_turns(state, SAA, {"t-1st": MarchOrder("t-1st", (goal,))}) for one in turn.due]
    assert "reaches 0605 by its march order" in [one.what for one in due if one.row == tutorial.row["t-1st"]]


def test_what_moved_the_ladder_is_told_with_its_turn_and_goes_with_an_undo() -> None:
    session = Session(campaign(), 3)
    chronicle = Chronicle(session, told=False)
    before = session.state
    chronicle.tell(4, before, before, (LadderMoved(0, 1, "an incident at Maadan"), LadderMoved(1, 1, "it is calm")))
    world = view().state.world
    newest, oldest = move_lines(world, chronicle.ladder)
    assert (oldest.step, oldest.why) == ("0 → 1", "An incident at Maadan") and newest.step == "stays at 1"
    assert re.fullmatch(r"turn 1, 5 .*2017", oldest.days)
    chronicle.forget_after(4)
    assert not list(move_lines(world, chronicle.ladder))


@pytest.mark.parametrize("scenario", ["race_for_deir_ezzor", "city_of_deir_ezzor"])
def test_the_page_on_the_blocs_has_every_rung_where_there_is_a_ladder(
    window: pygame.Surface, monkeypatch: pytest.MonkeyPatch, scenario: str
) -> None:
    state = engine.view(engine.start(world_of(scenario), 3), SAA).state
    desk, written = make_desk((1280, 720)), words_written(monkeypatch)
    ladder_sheet(desk, state, (), 560)
    politics_sheet(desk, state, SAA, 560)
    words = " ".join(written)
    rungs = state.world.rules.deconfliction.rungs
    assert all((rung.name in words) == ladder.two_blocs(state.world) for rung in rungs)
    assert all(one.adjective in written for one in state.world.factions) and "at war" in written
    assert ("Call the hotline" in written) == ladder.two_blocs(state.world)


@pytest.mark.parametrize("scenario", ["race_for_deir_ezzor", "collision", "tutorial"])
def test_the_aims_are_drawn_with_every_term_of_the_score_and_every_option(
    window: pygame.Surface, monkeypatch: pytest.MonkeyPatch, scenario: str
) -> None:
    state, desk, written = (
        engine.view(engine.start(world_of(scenario), 3), SAA).state,
        make_desk((1280, 720)),
        set[str](),
    )
    for width in (560, 1100):
        written = words_written(monkeypatch)
        aims_sheet(desk, state, SAA, width)
    words = " ".join(written)
    score = victory.score(state, SAA)
    assert f"{tenths(score.total)} points" in written
    assert all(tenths(term.value, sign=True) in written for term in score.terms if term.value)
    assert all(str(option).split()[0] in words for option in state.world.options)
    assert ("level with history" in words) == (state.world.stakes.band_of(SAA) is not None)
    assert not [one for one in written if one.endswith("…") or "*" in one]


@pytest.mark.parametrize("width", [600, 1180, 2300])
def test_calendar_and_staff_log_are_drawn_with_every_word_whole(
    window: pygame.Surface, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    """Names of units and places, orders and reasons; a counter before each unit."""
    state, desk, written = view().state, make_desk((1280, 720)), words_written(monkeypatch)
    calendar_sheet(desk, Portraits(desk), state, SAA, {}, width)
    words = " ".join(sorted(written))
    roster = state.world.roster
    turns = calendar_turns(state, SAA)
    assert all(taken.place in written for turn in turns for taken in turn.taken)
    firsts = [roster.name[one.row].split()[0] for turn in turns for one in turn.due if one.row >= 0]
    assert firsts and all(first in words for first in firsts)
    log = [
        Reasoned(turn, "the long column: march to 0714", "nobody stands on the road " * 4, "move") for turn in range(9)
    ]
    staff_sheet(desk, log, width)
    assert {"Turn 8", "Turn 5"} <= written and "Turn 4" not in written
    assert not [one for one in written if one.endswith("…")]


def test_every_chapter_has_a_key() -> None:
    assert len(CHAPTERS) == len(KEYS) == len(set(KEYS))


def test_a_unit_of_a_friend_is_shown_and_not_selected(window: pygame.Surface) -> None:
    assert window
    world = situation(
        "\n".join([". " * 10] * 8),
        factions=("saa", "isis", "iraq"),
        units=[unit("lions", "saa", "0303"), unit("guests", "iraq", "0805"), unit("cellar", "isis", "0108")],
        stances={("saa", "iraq"): "allied"},
        sources={"saa": [{"name": "Rear", "hex": "0103"}]},
    )
    hands = Hands(world, {0: "human", 1: "hold", 2: "hold"})
    state = hands.table.view.state
    rows = tree_rows(state, SAA, FILTERS[0][1], "guests", ())
    guest = next(one.row for one in rows if one.row >= 0)
    leading.take_from_list(hands.table, state.world.roster.id[guest])
    assert hands.table.selection.unit == "" and hands.table.selection.hex == hands.hex("0805")
    leading.take_from_list(hands.table, "lions")
    assert hands.table.selection.unit == "lions"


def test_a_unit_is_listed_with_its_counter_and_a_faction_with_its_badge(window: pygame.Surface) -> None:
    screens = Screens(lambda desk: UnitsScene(desk, view(), SAA, (), lambda unit: None))
    scene = screens.top
    assert isinstance(scene, UnitsScene) and scene.listed is not None
    signs = [scene.listed.sign(number) for number in range(len(scene.rows))]
    for one, (inset, sign) in zip(scene.rows, signs, strict=True):
        assert sign is not None and (one.row >= 0 or sign.get_width() < 20) == bool(one.level), one.title
        assert (inset > 0) == (one.level > 0)


def test_the_card_tells_of_the_chosen_unit_and_of_a_branch_shows_its_counters(monkeypatch: pytest.MonkeyPatch) -> None:
    """At the right of the tree stands what the table would tell of the unit, and where it is on the map."""
    asked: list[tuple[int, int]] = []

    def ground(size: tuple[int, int]) -> pygame.Surface:
        asked.append(size)
        return pygame.Surface(size)

    screens = Screens(lambda desk: UnitsScene(desk, view(), SAA, (), lambda unit: None, ground))
    scene = screens.top
    assert isinstance(scene, UnitsScene) and scene.listed is not None
    words = words_written(monkeypatch)
    row = [number for number, one in enumerate(scene.rows) if one.row >= 0][1]
    scene.listed.choose(row)
    screens.frames(2)
    assert asked and any("quality" in one for one in words)
    branch = next(number for number, one in enumerate(scene.rows) if one.level == 1 and one.row < 0)
    scene.listed.choose(branch)
    before = scene._told(scene.rows[branch], 400)
    assert before.picture.get_height() > 0 and len(scene._below(scene.rows[branch])) > 0
    scene.resize()
    assert scene.listed.chosen == branch, "a new size of the window keeps what was chosen"


def test_every_unit_of_the_card_stands_below_its_branch() -> None:
    screens = Screens(lambda desk: UnitsScene(desk, view(), SAA, (), lambda unit: None))
    scene = screens.top
    assert isinstance(scene, UnitsScene)
    army = scene._below(scene.rows[0])
    end = next((n for n, one in enumerate(scene.rows) if n and not one.level), len(scene.rows))
    assert sorted(army) == sorted(one.row for one in scene.rows[:end] if one.row >= 0)
    scene._fold_all()
    assert sorted(scene._below(scene.rows[0])) == sorted(army)
