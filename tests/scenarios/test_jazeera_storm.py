"""Jazeera Storm: the start of 9 September, who comes when, the crossing, the strike, the highway, and the bands."""

from __future__ import annotations

import pytest

from game import events as ev
from game.rules import reinforcements, supply
from game.scenario.checker import check_folder
from game.scenario.events import EventsFile
from game.scenario.files import ForcesFile
from game.scenario.shipped import scenario_folder
from game.state import Draft
from game.state.codes import CrossingState
from tests.scenarios.shipped import Shipped, fired

NAME = "jazeera_storm"
RACING = ("saa", "sdf")


HERE = Shipped(NAME)
world, start, at, turn_of, row = HERE.world, HERE.start, HERE.at, HERE.turn_of, HERE.row
run_events = HERE.run_events


# --- the morning of 9 September -----------------------------------------------------------------------------


def test_the_check_has_nothing_to_say() -> None:
    problems, bugs = check_folder(scenario_folder(NAME))
    assert not problems and not bugs


def test_scale_and_span() -> None:
    assert (world().days_per_turn, world().first_day, world().metres_per_hex) == (2, "2017-09-09", 4000)
    assert turn_of("2017-10-01") == world().turns


@pytest.mark.parametrize(
    ("place", "owner"),
    [("Al-Qusour", "saa"), ("Deir ez-Zor airport", "saa"), ("Deir ez-Zor", "isis"), ("Bughayliyah", "isis"),
     ("Al-Jafra village", "isis"), ("Mari'iyah", "isis"), ("Marrat", "isis"), ("Industrial zone", "isis"),
     ("Conoco gas plant", "isis"), ("Ruwayshid", "isis"), ("Markadah", "isis"), ("Suwar", "isis"),
     ("Abu Khashab", "sdf"), ("Abu Fas", "sdf"), ("Shaddadi", "sdf"), ("Fadghami", "sdf")],
)  # fmt: skip
def test_who_holds_what(place: str, owner: str) -> None:
    assert start().hexes.control[at(place)] == world().faction(owner)


def test_nobody_stands_in_the_way_of_the_rush() -> None:
    """The road from Abu Fas to the factories was almost empty: 60 km in two days."""
    isis = world().faction("isis")
    holders = [start().units.hex[one] for one, owner in enumerate(world().roster.faction) if owner == isis]
    between = [world().grid.distance(here, at("Ruwayshid")) for here in holders if here >= 0]
    assert min(between) > 5


def test_everyone_starts_in_supply() -> None:
    owners = world().roster.faction
    cut = [
        world().roster.id[one] for one, here in enumerate(start().units.hex)
        if here >= 0 and not supply.is_connected(start(), owners[one], here)
    ]  # fmt: skip
    assert not cut


def test_each_unit_names_its_records() -> None:
    for faction in ("saa", "sdf", "isis"):
        forces = HERE.texts().value(f"forces/{faction}.yaml", ForcesFile)
        assert forces is not None and all(one.orbat for one in forces.units)


# --- arrivals and events ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unit", "day"),
    [("rus-bridge", "2017-09-17"), ("saa-5c-1", "2017-09-17"), ("rus-pmc", "2017-09-19"),
     ("sdf-dmc-3", "2017-09-15"), ("sdf-dmc-ex", "2017-09-21"), ("isis-e-bus", "2017-09-23")],
)  # fmt: skip
def test_who_comes_when(unit: str, day: str) -> None:
    assert start().units.due[row(unit)] == turn_of(day)


def taken(place: str, by: str) -> ev.Event:
    return ev.ControlChanged(world().faction(by), (at(place),), (start().hexes.control[at(place)],))


def crossing_to_marrat(draft: Draft) -> int:
    site = next(n for n, one in enumerate(world().sites) if one.name == "Mari'iyah crossing")
    return draft.sites.state[site]


def test_no_boats_before_the_engineers_or_without_the_bank() -> None:
    assert "boats-at-mariiyah" not in fired(run_events(turn_of("2017-09-15"), taken("Mari'iyah", "saa")))
    assert "boats-at-mariiyah" not in fired(run_events(turn_of("2017-09-18")))


def test_boats_open_the_way_to_marrat_on_the_eighteenth() -> None:
    assert crossing_to_marrat(Draft(start())) != CrossingState.OPEN
    draft = run_events(turn_of("2017-09-18"), taken("Mari'iyah", "saa"))
    assert {"boats-at-mariiyah", "landing-place"} <= set(fired(draft)) and crossing_to_marrat(
        draft
    ) == CrossingState.OPEN
    assert draft.units.due[row("saa-isish")] == turn_of("2017-09-18")
    assert draft.hexes.control[at("Marrat")] == world().faction("saa")
    assert reinforcements.entry_hex(draft, row("saa-isish")) == at("Marrat"), "they land on the far bank"


def test_without_the_bank_the_hunters_come_to_the_city() -> None:
    draft = run_events(turn_of("2017-09-21"))
    assert "no-landing" in fired(draft) and draft.hexes.control[at("Marrat")] == world().faction("isis")
    assert reinforcements.entry_hex(draft, row("saa-isish")) in (at("Deir ez-Zor airport"), at("Panorama"))


def test_the_strike_of_the_sixteenth_needs_the_sdf_in_the_factories() -> None:
    day = turn_of("2017-09-16")
    assert "strike-of-the-16th" not in fired(run_events(day))
    draft = run_events(day, taken("Industrial zone", "sdf"))
    assert "strike-of-the-16th" in fired(draft)
    assert draft.clock.ladder == 1 and draft.units.disrupted[row("sdf-ypg-1")] == 1


def test_rumours_change_nothing() -> None:
    told = HERE.texts().value("events.yaml", EventsFile)
    assert told is not None
    rumours = [one for one in told.events if one.text.startswith(("Unconfirmed", "Reported, not borne out"))]
    assert len(rumours) == 2 and not any(one.do for one in rumours)


def test_the_highway_is_cut_and_the_best_units_leave() -> None:
    assert "tigers-to-hama" in fired(run_events(turn_of("2017-09-26")))
    assert "tigers-to-hama" not in fired(run_events(turn_of("2017-09-24")))
    draft = run_events(turn_of("2017-09-28"))
    assert "highway-raids" in fired(draft)
    gone = [world().roster.id[one.unit] for one in draft.events if isinstance(one, ev.UnitWithdrew)]
    assert "saa-17d-1" in gone


# --- victory ------------------------------------------------------------------------------------------------


def history_tenths(faction: str) -> int:
    """What history's captures would have scored under the scenario's rules."""
    rules, plan = world().rules.victory, HERE.victory().insurgent
    total = HERE.history_tenths(faction, RACING, {})
    if plan is not None and plan.faction == faction:
        total += rules.road_turn  # the Palmyra highway, from 28 September
    return total - rules.incident if faction in RACING else total


@pytest.mark.parametrize("faction", ["saa", "sdf", "isis"])
def test_history_itself_is_like_history(faction: str) -> None:
    HERE.assert_in_band(faction, history_tenths(faction))


# --- a whole game -------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_game_of_three_staffs_runs_to_its_end() -> None:
    session = HERE.played_out(4)
    assert session.state.hexes.control[at("Mari'iyah")] == world().faction("saa"), "the west bank falls in every game"
