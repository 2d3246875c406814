"""The campaign against its records: each unit of the order of battle is accounted for, dates and holders agree."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from game.scenario.files import ForcesFile, HistoryFile
from game.scenario.files.map import MapFile
from game.scenario.loading import Reading, read_scenario
from game.scenario.world import World
from tests.worlds import world_of

ROOT = Path(__file__).resolve().parents[2]
RECORDS = ROOT / "assets" / "history"
CAMPAIGN = ROOT / "scenarios" / "race_for_deir_ezzor"
FACTION = {"SAA": "saa", "RUS": "saa", "IRN": "saa", "SDF": "sdf", "CJTF": "sdf", "ISIS": "isis", "IRQ": "iraq"}
QUALITY = {5: "A", 4: "B", 3: "C", 2: "D", 1: "D"}
OFF_MAP = {"air", "transport", "missile", "svbied"}
FIGHTERS = ("infantry", "mech", "armour", "militia", "special", "mobile")
CHECKED = ("2017-09-15", "2017-10-15", "2017-11-19")


@cache
def reading() -> Reading:
    return read_scenario(CAMPAIGN)


@cache
def world() -> World:
    return world_of(CAMPAIGN)


@cache
def orbat() -> dict[str, dict[str, Any]]:
    listed = yaml.safe_load((RECORDS / "orbat.yaml").read_text(encoding="utf-8"))["units"]
    return {one["id"]: one for one in listed}


def rows(name: str) -> list[dict[str, str]]:
    with (RECORDS / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def forces() -> dict[str, ForcesFile]:
    return reading().forces


def accounted() -> dict[str, list[str]]:
    """Where each record of the order of battle went: unit ids, "support", "left out"."""
    found: dict[str, list[str]] = defaultdict(list)
    for file in forces().values():
        for unit in file.units:
            for record in unit.orbat:
                found[record].append(unit.id)
        for entry in file.support:
            for record in entry.orbat:
                found[record].append("support")
        for left in file.left_out:
            for record in left.orbat:
                found[record].append("left out")
    return found


# --- the order of battle ------------------------------------------------------------------------------------


def test_every_record_is_a_unit_or_support_or_left_out_with_a_reason() -> None:
    missing = sorted(set(orbat()) - set(accounted()))
    unknown = sorted(set(accounted()) - set(orbat()))
    assert not missing and not unknown


def test_units_name_the_records_they_stand_for_in_their_own_faction() -> None:
    for faction, file in forces().items():
        for unit in file.units:
            assert unit.orbat or "column" in unit.traits, f"{unit.id} stands for no record"
            wrong = [record for record in unit.orbat if FACTION[orbat()[record]["side"]] != faction]
            assert not wrong, f"{unit.id}: {wrong} belong to another faction"


def test_aircraft_missiles_and_vehicle_bombs_are_no_units() -> None:
    off_map = {record for record, one in orbat().items() if one["type"] in OFF_MAP}
    for record in sorted(off_map):
        assert set(accounted()[record]) <= {"support", "left out"}, record


def differs(unit: Any, faction: str) -> str:
    """In what a unit differs from the one record it stands for, in words; "" in nothing."""
    if not unit.orbat:
        return "no record"
    first = orbat()[unit.orbat[0]]
    if len(unit.orbat) > 1:
        return "merged"
    if len(accounted()[unit.orbat[0]]) > 1 and set(accounted()[unit.orbat[0]]) != {unit.id}:
        return "split"
    if unit.quality != QUALITY[first["quality"]]:
        return "quality"
    if unit.arrives is not None and unit.arrives != first["entry"]["date"]:
        return "date"
    if unit.arrives is None and not first["entry"]["on_map_at_start"]:
        return "start"
    if unit.arrives is None and unit.at != first["entry"]["location"]:
        return "place"
    return ""


def test_each_difference_from_the_records_has_its_reason() -> None:
    silent = [
        f"{unit.id} ({differs(unit, faction)})"
        for faction, file in forces().items()
        for unit in file.units
        if differs(unit, faction) and not unit.change
    ]
    assert not silent


def test_there_are_as_many_units_as_a_campaign_can_bear() -> None:
    assert 105 <= len(world().roster) <= 150


def test_steps_follow_strength_within_the_scale() -> None:
    """No record counts for less than 100 or more than 500 men a step, small detachments aside."""
    strength: Counter[str] = Counter()
    steps: Counter[str] = Counter()
    for faction, file in forces().items():
        for unit in file.units:
            if unit.type not in ("hq", "sof", "logistics", "engineer", "artillery", "cell", "recon"):
                steps[faction] += unit.steps
        strength[faction] = sum(
            one["strength"] for one in orbat().values() if FACTION[one["side"]] == faction and one["type"] in FIGHTERS
        )
    men = {faction: strength[faction] // steps[faction] for faction in steps}
    assert 150 <= men["saa"] <= 250 and 150 <= men["sdf"] <= 320
    assert 120 <= men["isis"] * 8 // 10 <= 180  # the compilers advise to take 0.8 of the totals for ISIS
    assert 250 <= men["iraq"] <= 450


# --- dates --------------------------------------------------------------------------------------------------


def turn_of(day: str) -> int:
    first = date.fromisoformat(world().first_day)
    return (date.fromisoformat(day) - first).days // world().days_per_turn + 1


def test_the_last_turn_holds_19_november() -> None:
    assert world().turns == turn_of("2017-11-19") == 26


def test_arrivals_come_on_their_dates() -> None:
    for file in forces().values():
        for unit in file.units:
            row = world().row[unit.id]
            assert world().roster.arrives[row] == (0 if unit.arrives is None else turn_of(unit.arrives)), unit.id


def test_the_besiegers_of_raqqa_are_tied_down_until_its_fall() -> None:
    for name in ("sdf-raq-1", "sdf-raq-2", "isis-r-raq"):
        assert world().roster.locked[world().row[name]] == turn_of("2017-10-17")


def test_iraq_is_late() -> None:
    roster = world().roster
    iraq = [row for row in range(len(roster)) if world().factions[roster.faction[row]].id == "iraq"]
    assert iraq and all(roster.arrives[row] >= turn_of("2017-10-26") for row in iraq)


def test_the_sdf_has_a_few_free_units_in_the_khabur_from_the_first_turn() -> None:
    roster = world().roster
    free = [
        roster.id[row] for row in range(len(roster))
        if world().factions[roster.faction[row]].id == "sdf" and roster.start[row] >= 0 and not roster.locked[row]
        and "hq" not in roster.traits[row] and roster.type[row] != "logistics"
    ]  # fmt: skip
    assert 2 <= len(free) <= 5


# --- holders ------------------------------------------------------------------------------------------------


def places() -> set[str]:
    file = reading().value("map.yaml", MapFile)
    assert file is not None
    return {place.name for place in file.places}


def holder_at_start(place: str) -> str:
    here = next(one.hex for one in world().places if one.name == place)
    owner = world().control[here]
    return world().factions[owner].id if owner >= 0 else ""


@pytest.mark.parametrize("row", rows("control.csv"), ids=lambda row: row["place"])
def test_places_are_held_at_the_start_as_the_table_says(row: dict[str, str]) -> None:
    assert row["place"] in places()
    if row["2017-09-05"] != "contested":
        assert holder_at_start(row["place"]) == FACTION[row["2017-09-05"]]


@pytest.mark.parametrize("day", CHECKED)
def test_captures_lead_to_the_holders_of_the_table(day: str) -> None:
    file = reading().value("history.yaml", HistoryFile)
    assert file is not None
    held = {row["place"]: holder_at_start(row["place"]) for row in rows("control.csv")}
    for one in sorted(file.captures, key=lambda capture: capture.date):
        if one.date <= day:
            held[one.place] = one.by
    wrong = {
        row["place"]: held[row["place"]]
        for row in rows("control.csv")
        if row[day] != "contested" and held[row["place"]] != FACTION[row[day]]
    }
    assert not wrong


def test_the_ghost_knows_the_ten_anchor_events() -> None:
    file = reading().value("history.yaml", HistoryFile)
    assert file is not None
    checked = {(one.place, one.by) for one in file.captures if one.check}
    anchors = [
        ("137th Brigade base", "saa"), ("Deir ez-Zor airport", "saa"), ("Industrial zone", "sdf"), ("Marrat", "saa"),
        ("Conoco gas plant", "sdf"), ("Mayadin", "saa"), ("Omar field", "sdf"), ("Deir ez-Zor", "saa"),
        ("Al-Qaim", "iraq"), ("Bukamal", "saa"),
    ]  # fmt: skip
    assert not [anchor for anchor in anchors if anchor not in checked]
