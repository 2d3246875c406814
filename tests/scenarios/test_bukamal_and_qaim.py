"""Bukamal and al-Qaim: the start of 26 October, who comes when, the tunnels of Bukamal, and bands that hold history."""

from __future__ import annotations

import pytest

from game import events as ev
from game.rules import supply
from game.scenario.checker import check_folder
from game.scenario.shipped import scenario_folder
from game.scenario.world import Stance
from game.state import Draft
from tests.scenarios.shipped import Shipped, fired

NAME = "bukamal_and_qaim"
TUNNELS = "isis-buk-tun"


HERE = Shipped(NAME)
world, start, at, turn_of, row = HERE.world, HERE.start, HERE.at, HERE.turn_of, HERE.row
run_events = HERE.run_events


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
    assert world().stance[saa][sdf] == Stance.RIVAL


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


def history_tenths(faction: str) -> int:
    """What history's captures would have scored under the scenario's rules, events aside."""
    return HERE.history_tenths(faction, RACING, ROAD_ENDS)


@pytest.mark.parametrize("faction", ["saa", "sdf", "isis", "iraq"])
def test_history_itself_is_like_history(faction: str) -> None:
    HERE.assert_in_band(faction, history_tenths(faction) + EVENTS[faction])


# --- a whole game -------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_game_of_four_staffs_runs_to_its_end() -> None:
    session = HERE.played_out(3)
    iraq = world().faction("iraq")
    assert session.state.hexes.control[at("Ubaydi")] == iraq, "the first town falls in every game"
