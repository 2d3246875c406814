"""The tutorial: a message for each turn, help for who is slow, the raiders, the empty bank, and a game to its end."""

from __future__ import annotations

import pytest

from game import events as ev
from game.ai.players import make_player
from game.rules import supply
from game.scenario.checker import check_folder
from game.scenario.events import EventsFile
from game.scenario.loading import read_scenario
from game.scenario.shipped import scenario_folder
from game.session import Session
from tests.scenarios.shipped import Shipped, fired

NAME = "tutorial"


HERE = Shipped(NAME)
world, start, at, row, run_events = HERE.world, HERE.start, HERE.at, HERE.row, HERE.run_events


def taken(place: str) -> ev.Event:
    saa, isis = world().faction("saa"), world().faction("isis")
    return ev.ControlChanged(saa, (at(place),), (isis,))


def test_the_check_has_nothing_to_say() -> None:
    problems, bugs = check_folder(scenario_folder(NAME))
    assert not problems and not bugs


def test_it_is_small() -> None:
    assert world().turns == 6 and world().grid.size == 12 * 9 and len(world().roster.id) <= 16


def test_each_turn_has_its_lesson() -> None:
    coach = world().coach
    assert coach is not None and coach.faction == "saa"
    lessons = list(dict.fromkeys(step.lesson for step in coach.steps))
    assert [lesson.partition(":")[0] for lesson in lessons] == [f"Turn {turn}" for turn in range(1, 7)]


def test_steps_are_short_and_each_lights_something() -> None:
    coach = world().coach
    assert coach is not None
    for step in coach.steps:
        assert len(step.text) < 420 and step.show, step.id


def test_events_are_read_by_the_learner_and_are_short() -> None:
    told = read_scenario(scenario_folder(NAME)).value("events.yaml", EventsFile)
    assert told is not None
    for one in told.events:
        assert "saa" in one.seen_by and len(one.text) < 400, one.id


def test_the_guard_is_free_when_the_raiders_cut_the_road() -> None:
    assert start().units.locked[row("t-guard")] == 3
    draft = run_events(3)
    assert draft.units.hex[row("t-raiders")] == world().grid.hex("0405")


def test_help_for_who_is_slow_and_none_for_who_is_not() -> None:
    slow, quick = run_events(3), run_events(3, taken("Crossroads"))
    assert "slow-crossroads" in fired(slow) and slow.units.due[row("t-reserve")] == 3
    assert "slow-crossroads" not in fired(quick)
    assert "slow-riverside" in fired(run_events(5)) and "slow-riverside" not in fired(run_events(5, taken("Riverside")))
    assert "early-crossroads" in fired(run_events(2, taken("Crossroads")))


def test_the_far_bank_is_empty_in_the_fifth_turn() -> None:
    draft = run_events(5)
    assert "mill-left" in fired(draft)
    assert not draft.units_at(at("Old Mill"))


def test_no_word_of_the_mill_when_its_watch_is_gone_already() -> None:
    here = start().units.hex[row("t-mill")]
    assert "mill-left" not in fired(run_events(5, ev.UnitDestroyed(row("t-mill"), here, 1, "defence")))


def test_kind_words_on_both_banks() -> None:
    boats = row("t-boats")
    over = ev.UnitMoved(boats, start().units.hex[boats], (at("Old Mill"),), 0)
    gone = ev.UnitDestroyed(row("t-mill"), start().units.hex[row("t-mill")], 1, "defence")
    assert {"across"} <= set(fired(run_events(6, gone, taken("Old Mill"), over)))
    assert "not-across" in fired(run_events(6))


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
