"""The tutorial: a message for each turn, help for who is slow, the raiders, the empty bank, and a game to its end."""

from __future__ import annotations

from functools import cache

import pytest

from game import engine
from game import events as ev
from game.ai.players import make_player
from game.rules import reinforcements, scripted, supply
from game.scenario.checker import check_folder
from game.scenario.events import EventsFile
from game.scenario.loading import load_scenario, read_scenario
from game.scenario.shipped import scenario_folder
from game.scenario.world import World
from game.session import Session
from game.state import Draft, State

NAME = "tutorial"


@cache
def world() -> World:
    return load_scenario(scenario_folder(NAME))


@cache
def start() -> State:
    return engine.start(world(), 1)


def at(place: str) -> int:
    return next(one.hex for one in world().places if one.name == place)


def row(unit: str) -> int:
    return world().row[unit]


def run_events(turn: int, *before: ev.Event) -> Draft:
    """The events of a turn, after something was done to the moment of the start."""
    draft = Draft(start())
    draft.emit(ev.TurnBegan(turn))
    for one in before:
        draft.emit(one)
    scripted.run(draft)
    return draft


def fired(draft: Draft) -> list[str]:
    return [one.id for one in draft.events if isinstance(one, ev.EventFired)]


def taken(place: str) -> ev.Event:
    saa, isis = world().faction("saa"), world().faction("isis")
    return ev.ControlChanged(saa, (at(place),), (isis,))


def test_the_check_has_nothing_to_say() -> None:
    problems, bugs = check_folder(scenario_folder(NAME))
    assert not problems and not bugs


def test_it_is_small() -> None:
    assert world().turns == 5 and world().grid.size == 12 * 9 and len(world().roster.id) <= 16


def test_the_first_lesson_is_read_at_once() -> None:
    _, opening = engine.opening(world(), 1)
    told = [one for one in opening if isinstance(one, ev.EventFired)]
    assert [one.id for one in told] == ["lesson-1"]
    assert told[0].seen_by == (world().faction("saa"),)


@pytest.mark.parametrize("turn", [2, 3, 4, 5])
def test_each_turn_opens_with_its_lesson(turn: int) -> None:
    told = fired(run_events(turn))
    lessons = [one for one in told if one.startswith("lesson-")]
    assert lessons == [f"lesson-{turn}"]
    assert told.index(f"lesson-{turn}") == (1 if turn == 2 and told[0] == "raiders-come" else 0)


def test_lessons_are_read_by_the_learner_alone_and_are_short() -> None:
    told = read_scenario(scenario_folder(NAME)).value("events.yaml", EventsFile)
    assert told is not None
    for one in told.events:
        assert tuple(one.seen_by) == (("isis",) if one.id == "raiders-come" else ("saa",))
        assert len(one.text) < 640, one.id


def test_the_guard_waits_until_the_raiders_are_there() -> None:
    assert start().units.locked[row("t-guard")] == 3
    draft = run_events(2)
    assert draft.units.due[row("t-raiders")] == 2
    assert reinforcements.entries(draft, row("t-raiders")), "somewhere beside the road is free"


def test_help_for_who_is_slow_and_none_for_who_is_not() -> None:
    slow, quick = run_events(3), run_events(3, taken("Crossroads"))
    assert "slow-crossroads" in fired(slow) and slow.units.due[row("t-reserve")] == 3
    assert "slow-crossroads" not in fired(quick)
    assert "slow-riverside" in fired(run_events(4)) and "slow-riverside" not in fired(run_events(4, taken("Riverside")))
    assert "early-crossroads" in fired(run_events(2, taken("Crossroads")))


def test_the_far_bank_is_empty_in_the_fourth_turn() -> None:
    draft = run_events(4)
    assert "mill-left" in fired(draft)
    assert not draft.units_at(at("Old Mill"))


def test_no_word_of_the_mill_when_its_watch_is_gone_already() -> None:
    here = start().units.hex[row("t-mill")]
    assert "mill-left" not in fired(run_events(4, ev.UnitDestroyed(row("t-mill"), here, 1, "defence")))


def test_kind_words_on_both_banks() -> None:
    boats = row("t-boats")
    over = ev.UnitMoved(boats, start().units.hex[boats], (at("Old Mill"),), 0)
    gone = ev.UnitDestroyed(row("t-mill"), start().units.hex[row("t-mill")], 1, "defence")
    assert {"across"} <= set(fired(run_events(5, gone, taken("Old Mill"), over)))
    assert "not-across" in fired(run_events(5))


def test_an_incident_is_explained_when_it_happens() -> None:
    assert "incident-seen" not in fired(run_events(5))
    assert "incident-seen" in fired(run_events(5, ev.LadderMoved(0, 1, "test")))


def test_everyone_starts_in_supply() -> None:
    owners = world().roster.faction
    assert all(
        supply.is_connected(start(), owners[one], here) for one, here in enumerate(start().units.hex) if here >= 0
    )


@pytest.mark.parametrize("seed", [1, 5, 10])
def test_a_game_of_three_staffs_runs_to_its_end(seed: int) -> None:
    session = Session(world(), seed)
    for faction in range(len(world().factions)):
        session.seat(faction, make_player("staff"))
    for _ in session.run():
        pass
    assert session.over and session.outcome is not None
    assert session.state.hexes.control[at("Crossroads")] == world().faction("saa")
