"""Rulebook 16: events of the scenario. The cast: an SAA column, ISIS fighters, and reserves that wait off the map."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from game import events as ev
from game.rules import scripted
from game.schema.canonical import PlainFault
from game.state import Status
from tests.rules.script_stage import NOW, event, fires, row, run, stage

# --- triggers -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("trigger", "expected"),
    [
        ({"on": "date", "from": "2017-09-09"}, False),
        ({"on": "date", "from": "2017-09-07"}, True),
        ({"on": "date", "from": "2017-09-01", "to": "2017-09-04"}, False),
        ({"on": "date", "from": "2017-09-01", "to": "2017-09-05"}, True),
        ({"on": "turn", "from": 2}, False),
        ({"on": "turn", "from": 1, "to": 3}, True),
        ({"on": "control", "at": {"place": "Mayadin"}, "faction": "isis"}, True),
        ({"on": "control", "at": {"place": "Mayadin"}, "faction": "saa"}, False),
        ({"on": "control", "at": {"hex": "0503"}, "faction": "saa", "holds": False}, True),
        ({"on": "held", "at": {"place": "Mayadin"}, "faction": "isis", "turns": 1}, False),
        ({"on": "unit", "unit": "col", "is": "on-map"}, True),
        ({"on": "unit", "unit": "reserve", "is": "waiting"}, True),
        ({"on": "unit", "unit": "den", "is": "destroyed"}, False),
        ({"on": "unit", "unit": "col", "is": "at", "at": {"place": "Mayadin"}, "within": 3}, True),
        ({"on": "unit", "unit": "col", "is": "at", "at": {"place": "Mayadin"}, "within": 2}, False),
        ({"on": "near", "at": {"place": "Mayadin"}, "faction": "isis", "within": 0, "steps": 2}, True),
        ({"on": "near", "at": {"place": "Mayadin"}, "faction": "isis", "within": 0, "steps": 3}, False),
        ({"on": "ladder", "from": 1}, False),
        ({"on": "ladder", "from": 0, "to": 0}, True),
        ({"on": "dice", "percent": 100}, True),
        ({"on": "dice", "percent": 0}, False),
        ({"on": "flag", "flag": "raid"}, False),
        ({"on": "flag", "flag": "raid", "set": False}, True),
        ({"on": "fired", "event": "other"}, False),
        ({"on": "weather", "is": "clear"}, True),
        ({"on": "weather", "is": "rain"}, False),
        ({"on": "siege-broken", "at": {"hex": "0203"}, "faction": "saa"}, False),
        ({"on": "siege-broken", "at": {"place": "Mayadin"}, "faction": "saa"}, False),
    ],
)
def test_16_2_each_trigger_asks_what_it_says(trigger: dict[str, Any], expected: bool) -> None:
    assert fires(trigger) == expected


def test_a_siege_is_broken_when_a_road_reaches_the_garrison() -> None:
    trigger = {"on": "siege-broken", "at": {"hex": "0203"}, "faction": "saa"}
    road = {"highways": [["0103", "0203"]], "sources": {"saa": [{"hex": "0103"}]}}
    ours = {"control": [{"faction": "saa", "hexes": ["0103", "0203"]}]}
    assert fires(trigger, **road, **ours)
    assert not fires({**trigger, "faction": "sdf"}, **road, **ours), "no SDF garrison stands there"
    assert not fires(trigger, **ours), "no source feeds the road"


def test_16_2_all_of_when_and_one_of_any_must_hold() -> None:
    later, never = {"on": "turn", "from": 2}, {"on": "ladder", "from": 5}
    assert not run(stage(event(when=[NOW, later]))).clock.fired
    assert run(stage({"id": "it", "any": [later, NOW]})).clock.fired
    assert not run(stage({"id": "it", "when": [NOW], "any": [later, never]})).clock.fired


def test_16_2_dice_are_thrown_last_and_only_when_all_else_holds() -> None:
    later, dice = {"on": "turn", "from": 2}, {"on": "dice", "percent": 50}
    assert not any(isinstance(e, ev.DiceRolled) for e in run(stage(event(when=[dice, later]))).events)
    assert any(isinstance(e, ev.DiceRolled) for e in run(stage(event(when=[dice, NOW]))).events)
    chance = {"id": "it", "when": [NOW], "any": [{"on": "dice", "percent": 100}, later]}
    assert run(stage(chance)).clock.fired


# --- order, repeats, readers --------------------------------------------------------------------------------


def test_16_1_events_happen_by_priority_then_id_and_see_those_before() -> None:
    first = event({"do": "flag", "flag": "raid"}, id="z", priority=1)
    second = event(when={"on": "flag", "flag": "raid"}, id="a")
    third = event(when={"on": "fired", "event": "a"}, id="b")
    found = [e.id for e in run(stage(third, second, first)).events if isinstance(e, ev.EventFired)]
    assert found == ["z", "a", "b"]


def test_16_1_an_event_happens_as_often_as_it_may() -> None:
    draft = run(stage(event(), event(id="often", times=0), event(id="twice", times=2)))
    for _ in range(2):
        scripted.run(draft)
    assert draft.clock.fired == (("it", 1), ("often", 3), ("twice", 2))


def test_16_3_an_event_is_read_by_everybody_or_those_it_names() -> None:
    note = {"do": "message", "text": "for one alone", "to": ["isis"]}
    found = [
        e for e in run(stage(event(note, seen_by=["saa"]), event(id="open"))).events if isinstance(e, ev.EventFired)
    ]
    assert [(e.id, e.seen_by) for e in found] == [("it", (0,)), ("it/0", (2,)), ("open", (0, 1, 2))]


def test_16_4_what_ifs_are_off_unless_the_option_is_on() -> None:
    rumour = event(option="rumour")
    assert not run(stage(rumour)).clock.fired
    assert run(stage(rumour, options={"rumour": True})).clock.fired


def test_an_event_that_fits_no_declaration_is_named() -> None:
    with pytest.raises(PlainFault, match="event 1"):
        run(stage({"id": "it", "when": [{"on": "full moon"}]}))


# --- effects ------------------------------------------------------------------------------------------------


def test_16_5_reinforcements_are_due_when_their_faction_opens() -> None:
    draft = run(stage(event({"do": "reinforce", "units": ["reserve", "col"], "at": {"hex": "0101"}, "delay": 1})))
    reserve = row(draft, "reserve")
    assert draft.units.due[reserve] == 2 and draft.units.entry[reserve] == 0
    assert sum(isinstance(e, ev.UnitDelayed) for e in draft.events) == 1, "the column is on the map already"


def test_a_unit_called_away_leaves_and_may_come_back() -> None:
    draft = run(stage(event({"do": "withdraw", "units": ["col", "reserve"], "back": 9, "why": "north Hama"})))
    col, reserve = row(draft, "col"), row(draft, "reserve")
    assert draft.units.hex[col] == -1 and draft.units.due[col] == 9 and draft.units.status[col] == Status.WAITING
    assert draft.units.due[reserve] == 9
    gone = run(stage(event({"do": "withdraw", "units": ["col"]})))
    assert gone.units.status[row(gone, "col")] == Status.WITHDRAWN


def test_points_grants_and_replacements_are_given() -> None:
    draft = run(stage(event(
        {"do": "points", "faction": "saa", "command": 2, "liaison": 1, "victory": -15, "why": "aid blocked"},
        {"do": "grant", "faction": "saa", "kind": "kalibr", "change": 1, "once": True},
        {"do": "grant", "faction": "saa", "kind": "strike", "change": -2},
        {"do": "pool", "faction": "saa", "change": 2}, {"do": "pool", "faction": "saa", "change": -9},
    )))  # fmt: skip
    assert draft.clock.grants[0] == (("once:command", 2), ("once:kalibr", 1), ("strike", -2))
    assert draft.factions.liaison[0] == 1 and draft.factions.points[0] == -15 and draft.factions.pool[0] == 0


def test_ground_passes_unless_others_stand_on_it() -> None:
    draft = run(stage(event({"do": "control", "faction": "saa", "at": [{"place": "Mayadin"}, {"hex": "0603"}]})))
    grid = draft.world.grid
    assert draft.hexes.control[grid.hex("0603")] == 0 and draft.hexes.control[grid.hex("0503")] == 2


@pytest.mark.parametrize(("start", "change", "after"), [(0, 1, 1), (3, 4, 4), (1, -4, 0), (5, -1, 5)])
def test_16_5_the_ladder_moves_within_the_stand_off(start: int, change: int, after: int) -> None:
    state = stage(event({"do": "ladder", "change": change, "why": "warning"}))
    assert run(replace(state, clock=replace(state.clock, ladder=start), answers={})).clock.ladder == after


def test_a_crossing_opens_or_breaks() -> None:
    side = {"do": "crossing", "side": "0403/NE"}
    draft = run(stage(event({**side, "state": "open"})))
    assert draft.finish().sites.state == (1,)
    draft = run(stage(event({**side, "state": "blown"}), crossings=[("0403/NE", "bridge", "open")]))
    assert draft.finish().sites.state == (0,)
    dam = run(stage(event({**side, "state": "blown"}), crossings=[("0403/NE", "dam", "open")]))
    assert dam.sites.state == (1,)


def test_16_5_a_unit_never_loses_more_than_it_has() -> None:
    draft = run(stage(event({"do": "losses", "unit": "col", "lost": 1, "disrupted": 1, "why": "its general fell"})))
    assert draft.units.steps[0] == 2 and draft.units.disrupted[0] == 1
    draft = run(stage(event({"do": "losses", "unit": "col", "lost": 6, "disrupted": 6})))
    assert draft.units.steps[0] == 0 and draft.units.status[0] == Status.DESTROYED


def test_a_unit_tied_down_is_released() -> None:
    assert run(stage()).units.locked[row(stage(), "hold")] > 1
    assert run(stage(event({"do": "release", "units": ["hold"]}))).units.locked[row(stage(), "hold")] == 0


def test_sight_is_given_and_the_game_may_end() -> None:
    draft = run(stage(event({"do": "sight", "faction": "sdf", "at": {"place": "Mayadin"}, "radius": 0})))
    assert draft.intel[1].level[row(draft, "den")] == 2
    draft = run(stage(event({"do": "end"}), event(id="unreached", priority=200)))
    assert draft.clock.over == 4 and dict(draft.clock.fired) == {"it": 1}
