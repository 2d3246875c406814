"""The canonical form and the world built from it: tables, precedence, dates, and forms that do not fit."""

from __future__ import annotations

import copy
import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from game.engine import start
from game.ruleset.terrain import Mobility
from game.ruleset.units import MobilityWord
from game.scenario.build import world_from
from game.scenario.calendar import Calendar
from game.scenario.files.map import CROSSING_KINDS
from game.scenario.loading import canonical, load_scenario
from game.scenario.shipped import scenarios_folder, shipped_scenarios
from game.scenario.triggers import OnWeather
from game.scenario.world import River, Road, Stance, World
from game.schema.canonical import PlainFault, canonical_text, digest
from game.state.codes import CrossingKind, Weather
from tests.situation import play, situation, unit

ROOT = Path(__file__).parents[2]
BASE = ROOT / "tests" / "bad" / "base"


@pytest.fixture(scope="module")
def plain() -> dict[str, Any]:
    return canonical(BASE)


@pytest.fixture(scope="module")
def world(plain: dict[str, Any]) -> World:
    return world_from(plain)


def test_tables_of_the_ground(world: World) -> None:
    at = world.grid.hex
    kinds = list(world.rules.terrain.kinds)
    assert kinds[world.terrain[at("0302")]] == "urban"
    assert kinds[world.terrain[at("0705")]] == "mountains"
    bridge = world.grid.side("0404/S")
    assert (world.river[bridge], world.road[bridge]) == (River.MAJOR, Road.ROAD)
    assert world.river_names[bridge] == "Great River"
    assert world.road[world.grid.side_between(at("0202"), at("0302"))] == Road.HIGHWAY
    assert [(site.name, site.side, site.state) for site in world.sites] == [("Old Bridge", bridge, "blown")]
    assert world.places[world.place_at[at("0302")]].name == "Northtown"
    assert world.exits == {"North exit": at("0101"), "South exit": at("0406")}


def test_control_areas_then_places_then_units(world: World) -> None:
    held = {label: world.control[world.grid.hex(label)] for label in ("0101", "0201", "0302", "0405", "0803")}
    saa, sdf, isis = (world.faction(one) for one in ("saa", "sdf", "isis"))
    assert held == {"0101": sdf, "0201": sdf, "0302": isis, "0405": saa, "0803": isis}


def test_stances_go_both_ways(world: World) -> None:
    saa, sdf, isis = (world.faction(one) for one in ("saa", "sdf", "isis"))
    assert world.stance[saa][sdf] == world.stance[sdf][saa] == Stance.RIVAL
    assert world.at_war(isis, sdf)
    assert world.stance[isis][isis] == Stance.OWN


def test_roster_takes_the_type_and_what_the_unit_overrides() -> None:
    drawn = situation(
        ". . .\n. . .",
        units=[
            unit("a1", "saa", "0101", "artillery", attack=7, traits=["boats"], dug=1, quality="A"),
            unit("a2", "saa", arrives="2017-09-11", entry=["0301", "0302"], locked_until="2017-09-14"),
        ],
    )
    roster = drawn.roster
    assert (roster.attack[0], roster.reach[0], roster.quality[0], roster.dug[0]) == (7, 4, 3, 1)
    assert {"artillery", "boats"} <= roster.traits[0]
    assert (roster.start[1], roster.arrives[1], roster.locked[1]) == (-1, 3, 4)
    assert roster.entry[1] == (drawn.grid.hex("0301"), drawn.grid.hex("0302"))


def test_zones_are_filled_up_to_the_line() -> None:
    drawn = situation(
        ". . . .\n. . . .",
        factions=("saa", "sdf"),
        line={"sides": ["0201/SE", "0202/NE", "0202/SE"], "zones": {"saa": "0101", "sdf": "0401"}},
        units=[unit("a1", "saa", "0101"), unit("b1", "sdf", "0401")],
    )
    zone = {drawn.grid.label(here): owner for here, owner in enumerate(drawn.line_side)}
    assert [label for label, owner in zone.items() if owner == 0] == ["0101", "0201", "0102", "0202"]
    assert -1 not in zone.values()


def test_prizes_carry_points_and_bonus_by_faction(world: World) -> None:
    north = world.prizes[0]
    assert (north.hex, north.points, north.first) == (world.grid.hex("0302"), (4, 4, 0), (1, 1, 0))


@pytest.mark.parametrize(
    ("day", "turn"), [("2017-09-04", 0), ("2017-09-05", 1), ("2017-09-07", 1), ("2017-09-08", 2), ("2017-11-19", 26)]
)
def test_turn_of_a_day(day: str, turn: int) -> None:
    assert Calendar("2017-09-05", 3, 26).turn_of(day) == turn


def test_spans_are_open_at_either_end_and_never_come_when_over_before_the_start() -> None:
    calendar = Calendar("2017-09-05", 3, 26)
    assert calendar.span(None, None) == (1, 26)
    assert calendar.span("2017-08-01", "2017-09-08") == (1, 2)
    assert calendar.span(None, "2017-08-01") == (27, 27)
    assert calendar.last_day(26) == "2017-11-21"


def test_the_form_survives_json_and_gives_the_same_world(plain: dict[str, Any], world: World) -> None:
    again = world_from(json.loads(canonical_text(plain)))
    assert again.digest == world.digest == digest(plain)
    assert start(again, 7).digest() == start(world, 7).digest()


def test_the_digest_changes_with_any_number(plain: dict[str, Any], world: World) -> None:
    changed = copy.deepcopy(plain)
    changed["rules"]["units"]["stack_units"] += 1
    assert world_from(changed).digest != world.digest


@pytest.mark.parametrize("seed", range(60))
def test_a_changed_form_gives_a_world_or_a_plain_fault(seed: int, plain: dict[str, Any]) -> None:
    dice = random.Random(seed)
    changed = copy.deepcopy({key: value for key, value in plain.items() if key != "rules" or seed % 2})
    changed.setdefault("rules", plain["rules"])
    spoil(changed if seed % 2 else changed[dice.choice(["scenario", "map", "relations", "forces", "victory"])], dice)
    try:
        world_from(changed)
    except PlainFault as fault:
        assert str(fault)


def spoil(value: Any, dice: random.Random) -> None:
    """Change, remove or retype one value somewhere below."""
    while True:
        keys = list(value) if isinstance(value, dict) else list(range(len(value)))
        if not keys:
            return
        key = dice.choice(keys)
        below = value[key]
        if isinstance(below, dict | list) and below and dice.random() < 0.8:
            value = below
            continue
        if dice.random() < 0.3:
            del value[key]
        else:
            value[key] = dice.choice([None, -1, 10**9, "x", "9999", [], {}, True, 1.5, ["0101", "0303"]])
        return


def test_the_core_builds_and_starts_a_world_on_the_standard_library_alone(plain: dict[str, Any], world: World) -> None:
    code = (
        "import json, sys; sys.path.insert(0, sys.argv[1]);"
        "from game.scenario.build import world_from; from game import engine;"
        "world = world_from(json.load(sys.stdin)); print(engine.start(world, 7).digest());"
        "print([name for name in ('yaml', 'numpy', 'networkx', 'typer') if name in sys.modules])"
    )
    told = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code, str(ROOT)], input=canonical_text(plain), capture_output=True,
        text=True, check=True, encoding="utf-8",
    ).stdout.split("\n")  # fmt: skip
    assert told[:2] == [start(world, 7).digest(), "[]"]


@pytest.mark.parametrize("name", shipped_scenarios())
def test_shipped_scenarios_have_no_errors_and_no_warnings(name: str) -> None:
    from game.scenario.checker import check_paths

    report = check_paths([scenarios_folder() / name])
    assert not report.problems, "\n".join(report.lines())
    assert load_scenario(name).id == name


def test_a_situation_can_be_played_at_once() -> None:
    drawn = situation(". . U\n. v .", units=[unit("a1", "saa", "0101", "mech"), unit("b1", "isis", "0201", steps=1)])
    state = play(drawn)
    assert state.faction == drawn.faction("saa")
    assert state.units.mp[0] == drawn.roster.movement[0]
    assert state.intel[0].level[1] == 2


def test_the_codes_of_a_state_are_the_words_of_the_files() -> None:
    """A word that a file may use has a code, in the order in which its declaration lists them."""
    assert tuple(kind.word for kind in CrossingKind) == CROSSING_KINDS
    assert tuple(kind.word for kind in Weather) == get_args(get_type_hints(OnWeather)["is_"])
    assert tuple(kind.word for kind in Mobility) == get_args(MobilityWord)
