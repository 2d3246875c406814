"""What the check says of events: those that can never happen, never end, or name what is not there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from game.scenario.checker import check_folder
from game.schema.problems import Problem

BASE = Path(__file__).parents[1] / "bad" / "base"
HEAD = """format: 1
events:
  - {id: cells, name: Cells, text: They come., when: [{on: turn, from: 1}], do: [{do: reinforce, units: [isis-2]}]}
"""


def problems(tmp_path: Path, *events: str) -> list[Problem]:
    folder = tmp_path / "base"
    shutil.copytree(BASE, folder, dirs_exist_ok=True)
    lines = "".join(f"  - {{name: It, text: It happens., {event}}}\n" for event in events)
    (folder / "events.yaml").write_text(HEAD + lines, encoding="utf-8")
    found, bugs = check_folder(folder)
    assert not bugs
    return found


NEVER = {
    "when: [{on: turn, from: 99}]": "after the game",
    "when: [{on: window, from: 2016-01-01, to: 2016-01-09}]": "before the game",
    "when: [{on: date, from: 2017-09-05, to: 2017-09-08}, {on: turn, from: 5}]": "do not overlap",
    "when: [{on: flag, flag: nowhere}]": "no event sets the flag",
    "when: [{on: fired, event: it}]": "waits for itself",
    "when: [{on: fired, event: cells, times: 2}]": "1 times at most",
    "when: [{on: dice, percent: 0}]": "chance is 0",
    "when: [{on: option, option: early}]": "the option early is off",
    "when: [{on: taken, at: {place: Northtown}, by: saa, from: saa}]": "from himself",
    "when: [{on: ladder, from: 0, to: 1}, {on: ladder, from: 3}]": "two rungs",
    "when: [{on: unit, unit: saa-1, is: destroyed}, {on: unit, unit: saa-1, is: on-map}]": "two fates",
    "when: [{on: weather, is: rain}, {on: weather, is: dust}]": "two kinds",
    "any: [{on: turn, from: 99}, {on: dice, percent: 0}]": "none of its triggers",
    "when: [{on: all, of: [{on: turn, from: 1}, {on: turn, from: 60, to: 70}]}]": "after the game",
    "when: [{on: any, of: [{on: turn, from: 60}, {on: dice, percent: 0}]}]": "none of its triggers",
    "asked: never": "never asked",
}


@pytest.mark.parametrize("event", NEVER)
def test_an_event_that_can_never_happen_is_told_with_the_reason(event: str, tmp_path: Path) -> None:
    found = problems(tmp_path, f"id: it, {event}")
    assert [one.code for one in found] == ["E101"] and found[0].severity == "warning" and found[0].line == 4
    assert NEVER[event] in found[0].what


@pytest.mark.parametrize(
    "event",
    [
        "when: [{on: not, of: [{on: turn, from: 99}]}]",
        "when: [{on: option, option: early, is: false}]",
        "when: [{on: window, from: 2017-09-08, to: 2017-09-20}]",
        "when: [{on: taken, at: {place: Northtown}, by: saa}], asked: order",
        "any: [{on: turn, from: 99}, {on: turn, from: 2}]",
        "when: [{on: turn, from: 1}], asked: sdf, times: 0, every: 3",
    ],
)
def test_an_event_that_can_happen_is_left_alone(event: str, tmp_path: Path) -> None:
    assert problems(tmp_path, f"id: it, {event}") == []


def test_what_another_event_fires_can_happen(tmp_path: Path) -> None:
    fires = "id: a, when: [{on: turn, from: 1}], do: [{do: fire, event: it}]"
    assert problems(tmp_path, fires, "id: it, asked: never") == []


def test_an_event_that_fires_itself_without_end_is_an_error(tmp_path: Path) -> None:
    now = "when: [{on: turn, from: 1}]"
    alone = problems(tmp_path, f"id: it, {now}, times: 0, do: [{{do: fire, event: it}}]")
    assert [(one.code, one.severity) for one in alone] == [("E107", "error")]
    ring = [f"id: {a}, {now}, times: 0, do: [{{do: fire, event: {b}}}]" for a, b in ("ab", "bc", "ca")]
    assert [one.code for one in problems(tmp_path, *ring)] == ["E107"] * 3


@pytest.mark.parametrize("limit", ["times: 3", "times: 0, every: 1"])
def test_a_limit_breaks_the_ring(limit: str, tmp_path: Path) -> None:
    ring = f"id: it, when: [{{on: turn, from: 1}}], {limit}, do: [{{do: fire, event: it}}]"
    assert problems(tmp_path, ring) == []
    chance = "id: it, when: [{on: turn, from: 1}], times: 0, do: [{do: fire, event: it, percent: 50}]"
    assert problems(tmp_path, chance) == []


MISTAKES = {
    "when: [{on: tken, at: {place: Northtown}}]": ("Y210", '"taken"'),
    "do: [{do: apear, units: [isis-2], at: [{place: Northtown}]}]": ("Y210", '"appear"'),
    "do: [{do: source, faction: saa, name: Hms}]": ("E108", '"Homs"'),
    "do: [{do: airspace, zone: north, no_fly: true}]": ("N102", "airspace"),
    "do: [{do: terrain, area: {hexes: [0101]}, to: rogh}]": ("N102", '"rough"'),
    "do: [{do: terrain, area: {hexes: [9901]}, to: rough}]": ("M101", "9901"),
    "when: [{on: option, option: erly}]": ("N102", '"early"'),
    "asked: sda": ("N102", '"saa"'),
    "do: [{do: fire, event: cels}]": ("N102", '"cells"'),
    "do: [{do: crossing, side: 9901/N, state: open}]": ("M102", "off the map"),
    "do: [{do: crossing, side: 0101/SE, state: open, kind: pontoon}]": ("E106", "no river"),
    "do: [{do: points, faction: saa, victory: 1000000000}]": ("Y206", "500"),
    "do: [{do: losses, lost: 1}]": ("Y220", "unit"),
    "when: [{on: \"__import__('os').system('id')\"}]": ("Y210", "does not know"),
    "when: [{on: window, from: 2017-09-08, to: 2017-09-20}], asked: order": ("Y220", "once a turn"),
    "when: [], do: [{do: end}]": ("Y220", "nothing triggers"),
}


@pytest.mark.parametrize("event", MISTAKES)
def test_a_mistake_in_an_event_is_told_with_a_remedy(event: str, tmp_path: Path) -> None:
    code, words = MISTAKES[event]
    now = "" if "when:" in event else "when: [{on: turn, from: 1}], "
    found = [one for one in problems(tmp_path, f"id: it, {now}{event}") if one.code == code]
    assert found and found[0].line == 4 and found[0].fix
    assert any(words in f"{one.what} {one.fix}" for one in found), [f"{one.what} {one.fix}" for one in found]
