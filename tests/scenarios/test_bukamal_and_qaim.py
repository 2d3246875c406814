"""Bukamal and al-Qaim: the start of 26 October, who comes when, the tunnels of Bukamal, and bands that hold history."""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache

import pytest

from game import engine
from game import events as ev
from game.ai.players import make_player
from game.rules import scripted, supply
from game.scenario.checker import check_folder
from game.scenario.files import HistoryFile
from game.scenario.loading import load_scenario, read_scenario
from game.scenario.reading import Reading
from game.scenario.shipped import scenario_folder
from game.scenario.victory import VictoryFile
from game.scenario.world import World
from game.session import Session
from game.state import Draft, State

NAME = "bukamal_and_qaim"
TUNNELS = "isis-buk-tun"


@cache
def world() -> World:
    return load_scenario(scenario_folder(NAME))


@cache
def start() -> State:
    return engine.start(world(), 1)


def at(place: str) -> int:
    return next(one.hex for one in world().places if one.name == place)


def turn_of(day: date | str) -> int:
    first = date.fromisoformat(world().first_day)
    day = date.fromisoformat(day) if isinstance(day, str) else day
    return (day - first).days // world().days_per_turn + 1


def row(unit: str) -> int:
    return world().row[unit]


# --- the morning of 26 October ------------------------------------------------------------------------------


def test_the_check_has_nothing_to_say() -> None:
    problems, bugs = check_folder(scenario_folder(NAME))
    assert not problems and not bugs


def test_scale_and_span() -> None:
    assert (world().days_per_turn, world().first_day) == (2, "2017-10-26")
    assert turn_of("2017-11-19") == world().turns, "the last turn holds the day on which Bukamal was cleared"
    assert world().metres_per_hex == 3000


@pytest.mark.parametrize(
    ("place", "owner"),
    [("T-2", "saa"), ("Mayadin", "saa"), ("Omar field", "sdf"), ("T-1", "iraq"), ("Bukamal", "isis"),
     ("Al-Hiri", "isis"), ("Husaybah", "isis"), ("Al-Qaim", "isis"),
     ("Ubaydi", "isis"), ("Busayrah", "isis"), ("Tanak field", "isis")],
)  # fmt: skip
def test_who_holds_what(place: str, owner: str) -> None:
    assert start().hexes.control[at(place)] == world().faction(owner)


def test_two_armies_of_two_countries_are_friends_at_arms_length() -> None:
    saa, iraq, sdf = (world().faction(one) for one in ("saa", "iraq", "sdf"))
    assert world().friends(saa, iraq) and not world().together(saa, iraq)
    assert world().stance[saa][sdf] == 3, "rivals"


def test_everyone_starts_in_supply() -> None:
    owners = world().roster.faction
    cut = [
        world().roster.id[one] for one, here in enumerate(start().units.hex)
        if here >= 0 and not supply.is_connected(start(), owners[one], here)
    ]  # fmt: skip
    assert not cut


# --- arrivals and fire from far away ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unit", "day"),
    [("irn-kh-sy", "2017-11-03"), ("saa-rg-124", "2017-11-03"), ("saa-tig-taha", "2017-11-05"),
     ("saa-4ad-42", "2017-11-07"), ("sdf-shaitat", "2017-11-05"), ("sdf-raq-2", "2017-11-13")],
)  # fmt: skip
def test_who_comes_when(unit: str, day: str) -> None:
    assert start().units.due[row(unit)] == turn_of(day)


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


def granted(draft: Draft, kind: str) -> int:
    return sum(one.change for one in draft.events if isinstance(one, ev.GrantChanged) and kind in one.kind)


def test_submarines_fire_on_their_days() -> None:
    """Three missiles on 31 October, six on 3 November: one salvo, then two."""
    assert granted(run_events(turn_of("2017-10-31")), "kalibr") == 1
    assert granted(run_events(turn_of("2017-11-03")), "kalibr") == 2
    assert granted(run_events(turn_of("2017-11-01")), "kalibr") == 0


def test_long_range_bombers_stay() -> None:
    assert "long-range-raids" in fired(run_events(turn_of("2017-11-01")))


# --- the tunnels of Bukamal ---------------------------------------------------------------------------------


def bukamal_taken(*more: ev.Event) -> Draft:
    """The turn after the town was thought taken, Fatemiyoun in its streets."""
    town, garrison, column = at("Bukamal"), row("isis-w-buk"), row("irn-fat-2")
    staff = row("isis-hq-kh")
    return run_events(
        8,
        ev.UnitDestroyed(garrison, town, 3, "defence"),
        ev.UnitDestroyed(staff, town, 1, "defence"),
        ev.UnitMoved(column, start().units.hex[column], (town,), 0),
        ev.ControlChanged(world().faction("saa"), (town,), (world().faction("isis"),)),
        *more,
    )


def test_nobody_sees_the_fighters_in_the_tunnels() -> None:
    assert start().units.hidden[row(TUNNELS)]
    for faction in ("saa", "iraq", "sdf"):
        assert not start().intel[world().faction(faction)].level[row(TUNNELS)]
    assert world().grid.distance(start().units.hex[row(TUNNELS)], at("Bukamal")) == 1


def test_the_reserve_rises_once_the_town_is_thought_taken() -> None:
    draft = bukamal_taken()
    assert {"bukamal-declared", "bukamal-rises"} <= set(fired(draft))
    caught = {one.unit for one in draft.events if isinstance(one, ev.StepsDisrupted)}
    assert caught == {row("irn-fat-2")}, "only who stands in the streets is caught in them"
    assert draft.units.steps[row("irn-fat-2")] == 2 and draft.units.disrupted[row("irn-fat-2")] == 2
    assert draft.units.due[row("isis-w-elite")] == 8
    assert draft.units.locked[row(TUNNELS)] <= 8


def test_the_reserve_stays_away_when_the_tunnels_were_found_first() -> None:
    here = start().units.hex[row(TUNNELS)]
    draft = bukamal_taken(ev.UnitDestroyed(row(TUNNELS), here, 2, "defence"))
    assert "bukamal-declared" in fired(draft)
    assert "bukamal-rises" not in fired(draft)


def test_nothing_rises_while_isis_holds_the_town() -> None:
    assert "bukamal-rises" not in fired(run_events(8))


# --- victory ------------------------------------------------------------------------------------------------

RACING = ("saa", "sdf")
ROAD_ENDS = {"desert-road": "Bukamal"}


EVENTS = {"saa": 10, "sdf": 0, "isis": 40, "iraq": 10}
"""What events.yaml would have added: the crossing is open, Bukamal retaken."""


@lru_cache(maxsize=1)
def texts() -> Reading:
    """The scenario's files, read once."""
    return read_scenario(scenario_folder(NAME))


def holder_by_turn(place: str) -> list[str]:
    """Who held a place at the end check of each turn, by the dated captures."""
    reading = texts()
    history = reading.value("history.yaml", HistoryFile)
    assert history is not None
    held = [world().factions[world().control[at(place)]].id] * (world().turns + 1)
    for one in sorted(history.captures, key=lambda capture: capture.date):
        if one.place == place:
            turn = turn_of(one.date)
            held[turn:] = [one.by] * (len(held) - turn)
    return held[1:]


def history_tenths(faction: str) -> int:
    """What history's captures would have scored under the scenario's rules, events aside."""
    victory = texts().value("victory.yaml", VictoryFile)
    assert victory is not None and victory.history is not None
    total = 0
    for prize in victory.prizes:
        held = holder_by_turn(prize.place or ROAD_ENDS[prize.id])
        if held[-1] == faction:
            total += 10 * prize.points.get(faction, 0)
        first = next((owner for owner in held if owner in RACING), "")
        if faction == first and prize.place and held.count(faction) >= world().rules.victory.first_checks:
            total += 10 * prize.bonus(faction)
    plan, rules, cost = victory.insurgent, world().rules.victory, victory.history[faction]
    if plan is not None and plan.faction == faction:
        total += sum(town.value * holder_by_turn(town.place).count(faction) for town in plan.towns) * rules.town_turn
    return total - cost.losses * rules.step_lost - cost.harm * rules.harm


@pytest.mark.parametrize("faction", ["saa", "sdf", "isis", "iraq"])
def test_history_itself_is_like_history(faction: str) -> None:
    victory = texts().value("victory.yaml", VictoryFile)
    assert victory is not None
    tenths, band = history_tenths(faction) + EVENTS[faction], victory.bands[faction]
    assert band.like * 10 <= tenths < band.faster * 10, f"{faction} scored {tenths / 10} in history"


# --- a whole game -------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_game_of_four_staffs_runs_to_its_end() -> None:
    session = Session(world(), 3)
    for faction in range(len(world().factions)):
        session.seat(faction, make_player("staff"))
    for _ in session.run():
        pass
    assert session.over and session.state.clock.turn == world().turns and session.outcome is not None
    iraq = world().faction("iraq")
    assert session.state.hexes.control[at("Ubaydi")] == iraq, "the first town falls in every game"
