"""The list of units, the calendar and the page on the blocs: what they hold, by keys and as one seat may know it."""

from __future__ import annotations

from functools import cache

import pygame
import pytest

from game import engine
from game.rules import ladder
from game.scenario.world import World
from game.state.codes import Status
from game.ui.scenes.report import CHAPTERS, KEYS
from game.ui.scenes.report_pages import calendar_text, politics_text
from game.ui.scenes.units import FILTERS, UnitsScene, unit_rows
from tests.ui.screen_hands import Screens

SAA = 0


@cache
def view() -> engine.View:
    return engine.view(engine.start(campaign(), 3), SAA)


@cache
def campaign() -> World:
    return engine.load_scenario("race_for_deir_ezzor")


def test_the_list_holds_every_own_unit_on_the_map_under_its_formation() -> None:
    state = view().state
    rows = unit_rows(state, SAA, FILTERS[0][1], "", ())
    mine = {row for row, owner in enumerate(state.world.roster.faction) if owner == SAA and state.units.hex[row] >= 0}
    assert {one.row for one in rows if one.row >= 0} == mine
    heading = ""
    for one in rows:
        if one.row < 0:
            heading = one.title
        else:
            assert (state.world.roster.formation[one.row] or "Without a formation") == heading


def test_filters_and_letters_narrow_it() -> None:
    state = view().state
    roster = state.world.roster
    name = next(
        roster.name[row] for row in range(len(roster)) if roster.faction[row] == SAA and state.units.hex[row] >= 0
    )
    found = unit_rows(state, SAA, FILTERS[0][1], name.upper(), ())
    assert any(one.title == name for one in found if one.row >= 0)
    assert unit_rows(state, SAA, FILTERS[0][1], "no such unit anywhere", ()) == []
    planned = unit_rows(state, SAA, FILTERS[4][1], "", (roster.id[0],))
    assert [one.row for one in planned if one.row >= 0] in ([0], [])
    for _, wanted in FILTERS[:4]:
        assert all(wanted(state, one.row, ()) for one in unit_rows(state, SAA, wanted, "", ()) if one.row >= 0)


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
    text = calendar_text(state, SAA)
    roster = state.world.roster
    due = [
        row for row, owner in enumerate(roster.faction)
        if owner == SAA and state.units.status[row] == Status.WAITING and 0 < state.units.due[row] <= state.world.turns
    ]  # fmt: skip
    assert due and all(roster.name[row] in text for row in due)


@pytest.mark.parametrize("scenario", ["race_for_deir_ezzor", "city_of_deir_ezzor"])
def test_the_page_on_the_blocs_has_every_rung_where_there_is_a_ladder(scenario: str) -> None:
    state = engine.view(engine.start(engine.load_scenario(scenario), 3), SAA).state
    text = politics_text(state, SAA)
    rungs = state.world.rules.deconfliction.rungs
    assert all((rung.name in text) == ladder.two_blocs(state.world) for rung in rungs)


def test_every_chapter_has_a_key() -> None:
    assert len(CHAPTERS) == len(KEYS) == len(set(KEYS))
