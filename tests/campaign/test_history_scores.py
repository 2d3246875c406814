"""What history would have scored under the scenario's own rules: the bands must hold it between like and faster."""

from __future__ import annotations

from functools import cache

import pytest

from game.scenario.files import HistoryFile
from game.scenario.loading import load_scenario, read_scenario
from game.scenario.shipped import scenario_folder
from game.scenario.victory import VictoryFile
from game.scenario.world import World
from tests.campaign.test_records import turn_of

RACING = ("saa", "sdf")


@cache
def scenario() -> tuple[World, VictoryFile, HistoryFile]:
    folder = scenario_folder("race_for_deir_ezzor")
    reading = read_scenario(folder)
    victory, history = reading.value("victory.yaml", VictoryFile), reading.value("history.yaml", HistoryFile)
    assert victory is not None and history is not None
    return load_scenario(folder), victory, history


def holder_by_turn(place: str) -> list[str]:
    """Who held a place at the end check of each turn."""
    world, _, history = scenario()
    here = next(one.hex for one in world.places if one.name == place)
    held = [world.factions[world.control[here]].id] * (world.turns + 1)
    for one in sorted(history.captures, key=lambda capture: capture.date):
        if one.place == place:
            turn = turn_of(one.date)
            held[turn:] = [one.by] * (len(held) - turn)
    return held[1:]


def prize_tenths(faction: str) -> int:
    world, victory, _ = scenario()
    total = 0
    for prize in victory.prizes:
        ends = ["T-2", "Bukamal"] if prize.kind == "road" else [prize.place or ""]
        columns = [holder_by_turn(place) for place in ends]
        if all(column[-1] == faction for column in columns):
            total += 10 * prize.points.get(faction, 0)
        first = next((owner for owner in columns[0] if owner in RACING), "")
        turns = sum(owner == faction for owner in columns[0])
        if faction == first and prize.kind != "road" and turns >= world.rules.victory.first_checks:
            total += 10 * prize.bonus(faction)
    return total


def insurgent_tenths(faction: str) -> int:
    world, victory, _ = scenario()
    plan = victory.insurgent
    if plan is None or plan.faction != faction:
        return 0
    held = sum(town.value * holder_by_turn(town.place).count(faction) for town in plan.towns)
    cut = 2  # the Palmyra highway, in the turns of 28 September and 1 October
    return held * world.rules.victory.town_turn + cut * world.rules.victory.road_turn


@pytest.mark.parametrize("faction", ["saa", "sdf", "isis", "iraq"])
def test_history_itself_is_like_history(faction: str) -> None:
    world, victory, _ = scenario()
    assert victory.history is not None
    cost, rules = victory.history[faction], world.rules.victory
    incidents = 1 if faction in RACING else 0  # 25 and 16 September
    tenths = prize_tenths(faction) + insurgent_tenths(faction)
    tenths -= cost.losses * rules.step_lost + cost.harm * rules.harm + incidents * rules.incident
    band = victory.bands[faction]
    assert band.like * 10 <= tenths < band.faster * 10, f"{faction} scored {tenths / 10} in history"


def test_losses_and_harm_are_the_same_in_both_files() -> None:
    _, victory, history = scenario()
    assert victory.history is not None and history.ledgers is not None
    for faction, cost in victory.history.items():
        assert dict(history.ledgers[faction]) == {"losses": cost.losses, "harm": cost.harm}


def test_anchors_are_dated_captures() -> None:
    _, victory, history = scenario()
    captured = {(one.place, one.by, one.date) for one in history.captures}
    for anchor in victory.anchors:
        near = [day for place, by, day in captured if (place, by) == (anchor.place, anchor.faction)]
        assert near and min(abs(turn_of(day) - turn_of(anchor.date)) for day in near) <= 1, anchor.place
