"""Rulebook 13: people. The cast: Deir ez-Zor with its people, the road that feeds it, and whoever stands across it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from game.events import CiviliansHarmed, ConvoyArrived
from game.rules import people
from game.state import Draft, State
from tests.rules.sketch import ISIS, SAA, shipped_rules, sketch, unit

MAP = "\n".join(" ".join("." * 12) for _ in range(7))
ROAD = [f"{column:02d}04" for column in range(1, 13)]
CITY = {"name": "Deir ez-Zor", "hex": "1004", "kind": "city", "population": 100}
HERE = 3 * 12 + 9
EDGE = {SAA: [{"name": "Palmyra road", "hex": "0104", "kind": "edge"}]}
BLOCK = unit("Block", ISIS, "0504")
RULES = shipped_rules().people


def town(*units: dict[str, Any], hunger: int = 0, **other: Any) -> State:
    state = sketch(MAP, roads=[("highway", ROAD)], places=[CITY], sources=EDGE, units=units, **other)
    return replace(state, places=replace(state.places, hunger=(hunger,)))


def fed(state: State) -> Draft:
    draft = Draft(state)
    people.feed(draft)
    return draft


def ring() -> dict[int, list[str]]:
    """Everything around the city is in enemy hands."""
    around = [f"{column:02d}{row:02d}" for column in range(5, 13) for row in range(1, 8)]
    return {ISIS: [label for label in around if label != "1004"]}


def test_13_1_a_cut_place_grows_hungry_and_an_open_one_does_not() -> None:
    assert fed(town(BLOCK)).places.hunger[0] == 1
    assert fed(town()).events == []


def test_13_1_air_dropped_supplies_hold_hunger_off() -> None:
    assert fed(town(BLOCK, hunger=5, deposits=((HERE, 1),))).events == []


def test_13_2_hunger_harms_only_after_it_has_lasted() -> None:
    before = fed(town(BLOCK, hunger=RULES.hunger_after - 1))
    assert before.places.hunger[0] == RULES.hunger_after
    assert before.places.harm[0] == 0
    after = fed(town(BLOCK, hunger=RULES.hunger_after))
    assert after.places.harm[0] == people.crowd_harm(after.world, 100) == 3
    assert after.factions.harm == (0, 0, 0, 0)


def test_13_2_who_holds_every_way_out_bears_a_share() -> None:
    state = town(control=ring(), hunger=9)
    assert people.besieger(state, HERE) == ISIS
    draft = fed(state)
    laid = 3 * RULES.besieger_percent // 100
    assert list(draft.factions.harm) == [0, 0, laid, 0]
    assert draft.places.harm[0] == 3
    assert [event.faction for event in draft.events if isinstance(event, CiviliansHarmed)] == [ISIS, people.NOBODY]


def test_13_2_a_wide_area_that_is_cut_off_has_no_besieger() -> None:
    rules = shipped_rules()
    wide = replace(rules, people=replace(rules.people, siege_hexes=5))
    assert people.besieger(town(BLOCK, rules=wide), HERE) == people.NOBODY
    assert people.besieger(town(BLOCK, rules=wide, control=ring()), HERE) == ISIS


def test_13_3_a_convoy_runs_on_its_day_and_ends_the_hunger() -> None:
    day = RULES.convoy_every
    waiting = fed(town(hunger=4, turn=day + 1))
    assert waiting.events == []
    arrived = fed(town(hunger=4, turn=day * 2))
    assert ConvoyArrived(0, SAA) in arrived.events
    assert arrived.places.hunger[0] == 0
    assert arrived.factions.points == (0, 0, 0, 0)


def test_13_3_a_cut_road_delays_it() -> None:
    draft = fed(town(BLOCK, hunger=1, turn=RULES.convoy_every * 2))
    assert not any(isinstance(event, ConvoyArrived) for event in draft.events)
    assert draft.places.hunger[0] == 2


@pytest.mark.parametrize(
    ("thousands", "weather", "points", "harm"),
    [(100, 0, 2, 6), (20, 0, 2, 4), (5, 0, 1, 1), (5, 1, 1, 2), (100, 2, 1, 4), (0, 0, 3, 0)],
)
def test_13_4_fires_harm_by_population_and_weather(thousands: int, weather: int, points: int, harm: int) -> None:
    place = {**CITY, "population": thousands}
    state = sketch(MAP, places=[place], weather=weather)
    assert people.expected_harm(state, HERE, points) == harm
    draft = Draft(state)
    people.harm(draft, SAA, HERE, points, "shelling of a town")
    assert (draft.places.harm[0], draft.factions.harm[SAA]) == (harm, harm)


def test_13_4_villages_that_share_a_hex_are_counted_together() -> None:
    villages = [{**CITY, "name": name, "population": 8} for name in ("Marrat", "Khasham")]
    state = sketch(MAP, places=villages)
    assert people.civilians_at(state.world, HERE) == 16
    assert people.expected_harm(state, HERE, 1) == 2


def test_13_4_empty_ground_has_nobody_to_harm() -> None:
    draft = Draft(town())
    people.harm(draft, SAA, 0, 3, "shelling")
    assert draft.events == []


@pytest.mark.parametrize("over", [-1, 0, 1])
def test_13_2_hunger_is_laid_to_the_besieger_from_the_turn_on_in_which_it_harms(over: int) -> None:
    draft = fed(town(control=ring(), hunger=RULES.hunger_after + over))
    laid = 3 * RULES.besieger_percent // 100
    assert 0 < laid < 3
    assert draft.factions.harm[ISIS] == (laid if over >= 0 else 0)
    assert draft.places.harm[0] == (3 if over >= 0 else 0)
    most = fed(town(BLOCK, hunger=RULES.hunger_most))
    assert most.places.hunger[0] == RULES.hunger_most and most.places.harm[0] == 3
    assert fed(town(BLOCK, hunger=RULES.hunger_most - 1)).places.hunger[0] == RULES.hunger_most


def test_13_3_no_convoy_feeds_a_town_that_nobody_holds() -> None:
    state = town(hunger=4, turn=RULES.convoy_every * 2)
    here = [-1 if number == HERE else owner for number, owner in enumerate(state.hexes.control)]
    state = replace(state, hexes=replace(state.hexes, control=tuple(here))).with_fresh_answers()
    assert fed(state).events == [] and people.besieger(state, HERE) == people.NOBODY
