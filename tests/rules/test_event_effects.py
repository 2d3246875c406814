"""Rulebook 16.3: what every effect does, and what it leaves alone."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest

from game import engine, telling
from game import events as ev
from game import orders as od
from game.rules import airspace, invariants, ladder, scripted, supply, zones
from game.rules.effects import EFFECTS, MOST_POINTS
from game.rules.script import hexes_of
from game.scenario import effects as ef
from game.scenario.area import Area
from game.scenario.world import Stance
from game.schema.canonical import from_plain
from game.schema.shapes import tag_of
from game.state import Draft, State, Status
from game.state.changes import changed, noted, sound
from game.state.codes import CrossingKind, Knowledge, Supplied
from tests.rules.script_stage import event, row, run, stage
from tests.situation import play, situation, unit

WORDS = {tag_of(kind, "do"): kind for kind in get_args(get_args(ef.Effect)[0])}
TOWN = {"hexes": ["0503"]}


def after(*do: dict[str, Any], **more: Any) -> Draft:
    """The stage after an event with these effects; whatever they are, the invariants hold."""
    draft = run(stage(event(*do), **more))
    assert invariants.check(draft) == []
    return draft


def where(draft: Draft | State, name: str) -> str:
    here = draft.units.hex[row(draft, name)]
    return draft.world.grid.label(here) if here >= 0 else ""


def test_every_effect_is_declared_carried_out_and_tried() -> None:
    assert set(WORDS.values()) == {*EFFECTS, ef.DoMessage, ef.DoFire}
    here = Path(__file__)
    text = "".join(path.read_text(encoding="utf-8") for path in (here, here.with_name("test_scripted.py")))
    assert [word for word in WORDS if f'"do": "{word}"' not in text] == []


# --- units --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("more", "entry", "days"), [
    ({}, -1, 0), ({"delay": 2}, -1, 2), ({"at": {"hex": "0101"}}, 0, 0), ({"at": {"hex": "0104"}, "delay": 1}, 24, 1),
])  # fmt: skip
def test_units_are_called_in_at_their_usual_entry_or_where_the_event_says(
    more: dict[str, Any], entry: int, days: int
) -> None:
    draft = after({"do": "reinforce", "units": ["reserve", "col"], **more}, turn=3)
    called = row(draft, "reserve")
    assert (draft.units.entry[called], draft.units.due[called]) == (entry, 3 + days)
    assert [one.unit for one in draft.events if isinstance(one, ev.UnitDelayed)] == [called], "who is there stays"


def test_units_appear_out_of_tunnels_behind_the_column() -> None:
    draft = after({"do": "appear", "units": ["den"], "at": [{"hex": "0303"}]})
    assert where(draft, "den") == "0303"
    assert any(isinstance(one, ev.UnitInfiltrated) for one in draft.events)
    assert draft.intel[0].level[row(draft, "den")], "the column beside them sees them"
    assert draft.hexes.control[draft.world.grid.hex("0303")] == 2
    hidden = after({"do": "appear", "units": ["den"], "at": [{"hex": "0303"}], "hidden": True})
    assert hidden.units.hidden[row(hidden, "den")] and not hidden.intel[0].level[row(hidden, "den")]


def test_who_appears_takes_the_next_hex_with_room_and_waits_where_there_is_none() -> None:
    taken = {"do": "appear", "units": ["den"], "at": [{"hex": "0203"}]}
    draft = after(taken)
    assert where(draft, "den") != "0203"
    grid = draft.world.grid
    assert grid.distance(grid.hex(where(draft, "den")), grid.hex("0203")) == 1
    waiting = after({"do": "appear", "units": ["reserve"], "at": [{"hex": "0101"}]})
    assert where(waiting, "reserve") == "0101" and waiting.units.status[row(waiting, "reserve")] == Status.ON_MAP
    crowd = [unit(f"c{n}", "isis", label) for n, label in enumerate(("0102", "0201", "0202"))]
    units = [*crowd, unit("guard", "isis", "0101"), unit("r", "saa", arrives="2017-12-01", entry=["0101"])]
    told = event({"do": "appear", "units": ["r"], "at": [{"hex": "0101"}]})
    world = situation("..\n..", units=units, events=[told], turns=9)
    draft = run(play(world))
    assert draft.units.hex[row(draft, "r")] < 0 and draft.units.due[row(draft, "r")] == 2
    assert invariants.check(draft) == []


def test_who_finds_no_room_waits_for_the_first_spot_and_who_stands_elsewhere_stays_there() -> None:
    units = [
        unit("here", "saa", "0101"), unit("late", "saa", arrives="2017-12-01", entry=["0101"]),
        unit("guard", "isis", "0401"), unit("post", "isis", "0402"),
    ]  # fmt: skip
    told = event({"do": "appear", "units": ["here", "late"], "at": [{"hex": "0402"}, {"hex": "0401"}]})
    draft = run(play(situation(". x x .\n. x x .", units=units, events=[told], turns=9)))
    late = row(draft, "late")
    assert where(draft, "here") == "0101" and not draft.units.due[row(draft, "here")]
    assert (draft.units.due[late], draft.units.entry[late]) == (2, draft.world.grid.hex("0402"))


@pytest.mark.parametrize(("ground", "roads", "stands"), [
    (".", [], True), ("m", [], False), ("m", [["0301", "0302"]], True), ("x", [], False), ("~", [], False),
])  # fmt: skip
def test_who_appears_stands_where_it_could_go_by_the_ground_or_by_a_road(
    ground: str, roads: list[list[str]], stands: bool
) -> None:
    told = event({"do": "appear", "units": ["a"], "at": [{"hex": "0301"}, {"hex": "0101"}]})
    drawing = f". x {ground} x x\n. x m x x"
    draft = run(play(situation(drawing, units=[unit("a", "saa", "0102")], events=[told], roads=roads)))
    assert where(draft, "a") == ("0301" if stands else "0101")


def test_who_appears_looks_around_at_once() -> None:
    before = stage()
    assert not before.intel[2].level[row(before, "col")]
    draft = after({"do": "appear", "units": ["den"], "at": [{"hex": "0303"}]})
    assert draft.intel[2].level[row(draft, "col")] == Knowledge.IDENTIFIED


def test_who_is_called_away_from_the_first_hex_leaves_the_map() -> None:
    told = event({"do": "withdraw", "units": ["a", "b"], "why": "called away"})
    draft = run(play(situation("..\n..", units=[unit("a", "saa", "0101"), unit("b", "saa", "0201")], events=[told])))
    gone = [one.unit for one in draft.events if isinstance(one, ev.UnitWithdrew)]
    assert gone == [0, 1] and list(draft.units.hex) == [-1, -1]
    assert list(draft.units.status) == [Status.WITHDRAWN] * 2


def test_units_are_tied_down_and_released_again() -> None:
    draft = after({"do": "lock", "units": ["col"], "turns": 2})
    assert draft.units.locked[row(draft, "col")] == 3
    refusal = engine.refusal(draft.finish(), od.Move("col", (draft.world.grid.hex("0103"),)))
    assert refusal is not None and "must stay in place" in refusal.why
    free = after({"do": "lock", "units": ["col"], "turns": 2}, {"do": "release", "units": ["col"]})
    assert free.units.locked[row(free, "col")] == 0


def test_cells_go_to_ground_and_come_out() -> None:
    draft = after({"do": "hide", "units": ["den"]})
    assert draft.units.hidden[row(draft, "den")]
    shown = after({"do": "hide", "units": ["den"]}, {"do": "hide", "units": ["den"], "hidden": False})
    assert not shown.units.hidden[row(shown, "den")]


def test_entrenchment_is_as_deep_as_the_ground_allows() -> None:
    draft = after({"do": "dig", "units": ["col"], "level": 3})
    assert draft.units.dug[row(draft, "col")] == draft.world.rules.terrain.kinds["desert"].dig


def test_steps_gather_and_come_back_as_far_as_there_is_room() -> None:
    worn = {"do": "losses", "unit": "col", "lost": 1, "disrupted": 2}
    draft = after(worn, {"do": "restore", "units": ["col"], "gathered": 1, "replaced": 6})
    assert draft.units.steps[0] == 3 and draft.units.disrupted[0] == 1
    crowded = [unit(name, "saa", "0101", steps=3) for name in ("a", "b")]
    told = event({"do": "losses", "unit": "a", "lost": 1}, {"do": "appear", "units": ["b"], "at": [{"hex": "0101"}]},
                 {"do": "restore", "units": ["a"], "replaced": 3})  # fmt: skip
    world = situation("..\n..", units=crowded, events=[told], rules={"units": {"stack_steps": 5}})
    draft = Draft(play(world))
    draft.emit(ev.StepsLost(1, 1, "room"))
    scripted.run(draft)
    assert draft.units.steps[0] == 3 and draft.units.steps[1] == 2


def test_losses_fall_on_whoever_stands_in_an_area() -> None:
    everybody = after({"do": "losses", "area": {"everything": True}, "disrupted": 1})
    assert [everybody.units.disrupted[row(everybody, name)] for name in ("col", "hold", "den")] == [1, 1, 1]
    ours = after({"do": "losses", "area": {"around": {"hex": "0203", "radius": 1}}, "of": ["saa"], "lost": 1})
    assert ours.units.steps[row(ours, "col")] == 2 and ours.units.steps[row(ours, "den")] == 2


# --- fire ---------------------------------------------------------------------------------------------------------

MISSILES = {"do": "salvo", "area": TOWN, "shots": 3, "hit": 100, "kill": 0, "name": "cruise missiles"}


def test_a_salvo_hits_whoever_stands_there_and_the_people() -> None:
    draft = after({**MISSILES, "by": "saa", "harm": 2})
    shots = [one for one in draft.events if isinstance(one, ev.FireResolved)]
    assert len(shots) == 3 and shots[0].kind == "cruise missiles"
    assert draft.units.steps[row(draft, "den")] == 1, "two steps disrupted, and the third hit destroys one"
    assert draft.factions.harm[0] == draft.places.harm[0] > 0, "laid to whoever fires"


def test_a_salvo_spares_its_own_side_and_may_miss() -> None:
    own = {**MISSILES, "area": {"hexes": ["0203"]}, "by": "saa"}
    assert after(own).units.disrupted[0] == 0
    assert after({**own, "by": "sdf"}).units.disrupted[0] == 3
    assert after({**own, "by": "sdf", "of": ["isis"]}).units.disrupted[0] == 0
    missed = after({**MISSILES, "hit": 0, "harm": 1})
    assert not missed.units.disrupted[row(missed, "den")]
    assert missed.places.harm[0] and missed.factions.harm == (0, 0, 0), "nobody's act, and the town burns all the same"


def test_a_salvo_of_nobody_is_told_without_a_name() -> None:
    state = stage(event({**MISSILES, "hit": 0}))
    draft = run(state)
    lines = [line.text for line in telling.tell(telling.Witness(2, state, draft.finish()), draft.events)]
    assert any(text.startswith("Cruise missiles on Mayadin") for text in lines), lines


def test_roads_are_interdicted_until_the_turn_of_whoever_does_it() -> None:
    draft = after({"do": "interdict", "faction": "isis", "area": {"everything": True}}, highways=[["0103", "0203"]])
    marked = [draft.world.grid.label(here) for here, mark in enumerate(draft.hexes.interdicted) if mark]
    assert marked == ["0103", "0203"]


# --- what a faction has -------------------------------------------------------------------------------------------


def test_points_end_somewhere() -> None:
    more = event({"do": "points", "faction": "saa", "victory": 500}, times=0)
    draft = Draft(stage(more))
    for _ in range(MOST_POINTS // 500 + 3):
        scripted.run(draft)
    assert draft.factions.points[0] == MOST_POINTS == 10_000 * 10, "ten thousand points"


def test_a_source_closes_and_opens_with_another_capacity() -> None:
    road = {
        "highways": [["0103", "0203"]],
        "sources": {"saa": [{"hex": "0103", "name": "depot"}]},
        "control": [{"faction": "saa", "hexes": ["0103", "0203"]}],
    }
    shut = {"do": "source", "faction": "saa", "name": "depot", "open": False}
    draft = after(**road)
    assert supply.supply_map(draft, 0).fed[0] == Supplied.FULL
    draft = after(shut, **road)
    assert supply.supply_map(draft, 0).fed[0] == Supplied.CUT
    draft = after(shut, {"do": "source", "faction": "saa", "name": "depot", "capacity": 2}, **road)
    assert supply.supply_map(draft, 0).fed[0] == Supplied.STRETCHED, "three steps, fed for two"


def test_supplies_lie_where_they_are_dropped() -> None:
    draft = after({"do": "drop", "faction": "saa", "at": {"hex": "0203"}, "turns": 2})
    assert draft.clock.deposits == ((draft.world.grid.hex("0203"), 2),)


# --- the map ------------------------------------------------------------------------------------------------------


def test_a_pontoon_is_laid_where_none_stood() -> None:
    lay = {"do": "crossing", "side": "0403/SE", "state": "open", "kind": "pontoon", "faction": "saa"}
    rivers = {"rivers": [["0403/NE", "0403/SE"]]}
    draft = after(lay, **rivers)
    assert draft.finish().sites.kind == (0, 2) and draft.sites.owner[1] == 0
    dry = after({**lay, "side": "0203/N"}, **rivers)
    assert len(dry.sites.side) == 1, "no river flows there"


def test_the_ground_changes_but_not_under_those_who_could_not_stand_on_it() -> None:
    flood = {"do": "terrain", "area": {"hexes": ["0203", "0603"]}, "to": "lake"}
    draft = after(flood)
    lake = list(draft.world.rules.terrain.kinds).index("lake")
    grid = draft.world.grid
    assert draft.world.terrain[grid.hex("0603")] == lake
    assert draft.world.terrain[grid.hex("0203")] != lake, "the column stands there"
    rubble = after({"do": "terrain", "area": TOWN, "to": "rough"})
    costs = {engine.reach(rubble.finish(), "col").cost.get(grid.hex("0403")), None}
    assert len(costs) == 2 and rubble.world is not stage().world


def test_the_weather_of_the_turn_changes() -> None:
    assert after({"do": "weather", "to": "dust"}).clock.weather == 1


# --- politics and people ------------------------------------------------------------------------------------------


def test_the_ladder_is_set_to_a_rung() -> None:
    assert after({"do": "rung", "to": 3, "why": "shells"}).clock.ladder == 3


def test_a_scenario_may_begin_on_a_rung() -> None:
    assert stage(rung=3).clock.ladder == 3 and stage().clock.ladder == 0


def test_an_incident_of_the_other_bloc_is_told_too() -> None:
    draft = after({"do": "incident", "faction": "sdf", "at": {"hex": "0303"}})
    told = next(one for one in draft.events if isinstance(one, ev.IncidentRolled))
    assert (told.faction, told.other, told.chance, told.roll, told.happened) == (1, 0, 100, 1, True)
    assert draft.clock.ladder == 1 and list(draft.factions.incidents) == [0, 1, 0]


def test_an_incident_is_told() -> None:
    draft = after({"do": "incident", "faction": "saa", "at": {"hex": "0303"}})
    assert draft.clock.ladder == 1 and list(draft.factions.incidents) == [1, 0, 0]
    assert draft.factions.points[0] == -draft.world.rules.victory.incident
    alone = after({"do": "incident", "faction": "isis", "at": {"hex": "0303"}})
    assert alone.clock.ladder == 0, "there is no other bloc"


def test_two_factions_become_enemies_or_make_peace() -> None:
    draft = after({"do": "stance", "a": "saa", "b": "sdf", "to": "war"})
    assert draft.world.at_war(0, 1) and draft.world.at_war(1, 0)
    peace = after({"do": "stance", "a": "saa", "b": "isis", "to": "friendly"})
    assert peace.world.friends(2, 0) and not any(zones.known_zone(peace, 0))


def test_factions_that_share_a_hex_can_become_allies_but_not_enemies() -> None:
    draft = Draft(play(situation(
        ". . .\n. . .", factions=("saa", "sdf", "isis"), stances={("saa", "sdf"): "friendly"},
        units=[unit("a", "saa", "0101"), unit("b", "sdf", "0101")],
    )))  # fmt: skip
    ladder.set_stance(draft, 0, 1, Stance.WAR)
    assert not draft.world.at_war(0, 1) and draft.events == []
    ladder.set_stance(draft, 0, 1, Stance.ALLIED)
    assert draft.world.stance[0][1] == Stance.ALLIED
    ladder.set_stance(draft, 0, 1, Stance.ALLIED)
    assert len(draft.events) == 1, "what is so already is not told again"


def test_liaison_points_that_are_taken_end_at_none() -> None:
    draft = after({"do": "points", "faction": "saa", "liaison": -9})
    assert draft.factions.liaison[0] == 0


def test_a_changed_world_is_saved_and_found_again() -> None:
    from game.records.plain_state import BadState, sound_state

    draft = after(
        {"do": "stance", "a": "saa", "b": "sdf", "to": "war"},
        {"do": "terrain", "area": {"hexes": ["0603"]}, "to": "rough"},
        {"do": "flee", "place": "Mayadin", "people": 10},
    )
    state = draft.finish()
    plain = _as_json(state.plain())
    back = sound_state(stage().world, state.seed, plain)
    assert back.world.stance == state.world.stance and back.world.terrain == state.world.terrain
    assert back.world.places == state.world.places and back.digest() == state.digest()
    for wrong in (["stance", [0, 1, 9], []], ["ground", [99], [0]], ["magic", [], []], ["line", [0], [4000]]):
        plain["clock"]["changes"] = [wrong]
        with pytest.raises(BadState, match="changes"):
            sound_state(stage().world, state.seed, plain)


def _as_json(plain: Any) -> Any:
    import json

    return json.loads(json.dumps(plain))


def test_a_view_knows_of_the_change_and_of_no_plans() -> None:
    state = after({"do": "stance", "a": "saa", "b": "sdf", "to": "war"}).finish()
    seen = engine.view(state, 0).state
    assert seen.world.at_war(0, 1) and seen.world.script.events == ()
    assert len(seen.world.roster) < len(state.world.roster)


def test_hexes_pass_to_the_other_side_of_the_line() -> None:
    line = {"line": {"sides": ["0403/NE", "0403/SE"], "zones": {"saa": "0101", "sdf": "0801"}}}
    draft = after({"do": "line", "zone": "sdf", "area": {"hexes": ["0203"]}}, **line)
    assert ladder.over_line(draft.world, 0, draft.world.grid.hex("0203"))


def test_an_air_zone_closes_opens_and_ends() -> None:
    zone = {"airspace": [{"id": "north", "everything": True, "may_fly": ["saa"], "must_notify": ["saa"]}]}

    def flies(faction: int, **change: Any) -> bool:
        draft = after({"do": "airspace", "zone": "north", **change}, **zone)
        return airspace.refuse_flight(draft, faction, 0) is None

    assert flies(0) and not flies(1)
    assert not flies(0, no_fly=True)
    assert flies(1, may_fly=["sdf"]) and not flies(0, may_fly=["sdf"])
    assert flies(1, in_force=False)
    told = after({"do": "airspace", "zone": "north", "must_notify": []}, **zone)
    assert not airspace.notice_due(told, 0, 0)


def test_people_are_harmed_flee_and_are_fed() -> None:
    draft = after({"do": "harm", "place": "Mayadin", "harm": 5, "by": "isis", "why": "a vehicle bomb"})
    assert draft.places.harm[0] == 5 and draft.factions.harm[2] == 5
    fled = after({"do": "flee", "place": "Mayadin", "people": 15})
    assert fled.world.places[0].civilians == 25
    gone = after({"do": "flee", "place": "Mayadin", "people": 999}, {"do": "flee", "place": "Mayadin", "people": 1})
    assert gone.world.places[0].civilians == 0 and len(gone.clock.changes) == 1
    hungry = Draft(stage(event({"do": "relief", "place": "Mayadin"})))
    hungry.emit(ev.HungerChanged(0, 4))
    scripted.run(hungry)
    assert hungry.places.hunger[0] == 0


def test_people_go_to_another_place() -> None:
    camp: dict[str, Any] = {"name": "Camp", "hex": "0101", "kind": "base"}
    told = event({"do": "flee", "place": "Town", "people": 3, "to": "Camp"})
    places = [{"name": "Town", "hex": "0202", "population": 8}, camp]
    draft = run(play(situation("..\n..", places=places, units=[unit("a", "saa", "0101")], events=[told])))
    assert [place.civilians for place in draft.world.places] == [5, 3]


# --- events that fire events --------------------------------------------------------------------------------------


def test_an_event_fires_another_whatever_its_triggers() -> None:
    first = event({"do": "fire", "event": "b"}, {"do": "flag", "flag": "done"}, id="a")
    second = {"id": "b", "asked": "never", "do": [{"do": "rung", "to": 2, "why": "b"}]}
    draft = run(stage(first, second))
    assert draft.clock.fired == (("a", 1), ("b", 1)) and draft.clock.ladder == 2
    names = [type(one).__name__ for one in draft.events]
    assert names.index("FlagSet") < names.index("LadderMoved"), "after its own effects"
    chance = run(stage(event({"do": "fire", "event": "b", "percent": 0}, id="a"), second))
    assert chance.clock.fired == (("a", 1),)


def test_16_1_events_without_end_are_stopped_named_and_the_game_goes_on() -> None:
    endless = [event({"do": "fire", "event": goal}, id=name, times=0) for name, goal in (("a", "b"), ("b", "a"))]
    state = stage(*endless, event(id="after", priority=200))
    draft = run(state)
    assert sum(times for _, times in draft.clock.fired) == scripted.CAP
    stopped = [one for one in draft.events if isinstance(one, ev.EventsStopped)]
    assert [one.id for one in stopped] == ["a"] and not draft.clock.over
    lines = telling.tell(telling.Witness(0, state, draft.finish()), draft.events)
    assert any(line.text == "More than 1,000 events fired at once; the game skipped the rest." for line in lines)


def test_two_events_that_end_the_game_go_by_priority_then_id() -> None:
    ends = [event({"do": "flag", "flag": name}, {"do": "end"}, id=name, priority=at) for name, at in
            (("z", 1), ("b", 2), ("a", 2))]  # fmt: skip
    draft = run(stage(*ends))
    assert draft.clock.flags == ("z",) and draft.clock.over == 4


def test_an_event_may_name_the_winner_whatever_the_points() -> None:
    wins = event({"do": "points", "faction": "saa", "victory": 500}, {"do": "end", "winner": "isis"})
    late = event({"do": "end", "winner": "saa"}, id="late")
    state = run(stage(wins, late)).finish()
    found = engine.outcome(state)
    assert found is not None and found.winner == 2 and found.how == 4
    lines = telling.tell(telling.Witness(0, state, state), [ev.GameEnded(4, winner=2)])
    assert lines[0].text == "The game ends. Winner: Islamic State."
    scored = engine.outcome(run(stage(event({"do": "end"}))).finish())
    assert scored is not None and state.clock.winner == 2


def test_text_of_an_event_is_shown_as_it_stands() -> None:
    text = "{0.__class__} %n%s $HOME"
    state = stage({**event(), "text": text})
    draft = run(state)
    lines = telling.tell(telling.Witness(0, state, draft.finish()), draft.events)
    assert [line.text for line in lines if line.kind == "event"] == [text]


def test_an_event_may_take_the_unit_that_has_just_moved() -> None:
    gone = event({"do": "withdraw", "units": ["col"], "why": "called away"},
                 when={"on": "unit", "unit": "col", "is": "at", "at": {"hex": "0303"}}, asked="order")  # fmt: skip
    state = stage(gone)
    after_it, events = engine.apply(state, od.Move("col", (state.world.grid.hex("0303"),)))
    assert after_it.units.hex[0] < 0 and invariants.check(after_it) == []
    assert invariants.check_events(state, after_it, events) == []


def test_a_faction_may_lose_its_last_headquarters_and_source() -> None:
    units = [unit("hq", "saa", "0102", "hq"), unit("a", "saa", "0202"), unit("b", "isis", "0404")]
    shut = {"do": "source", "faction": "saa", "name": "s", "open": False}
    told = event({"do": "losses", "unit": "hq", "lost": 6}, shut)
    world = situation("\n".join(". " * 4 for _ in range(4)), units=units, events=[told], highways=[["0102", "0202"]],
                      sources={"saa": [{"hex": "0102", "name": "s"}]})  # fmt: skip
    state = engine.start(world, 1)
    assert state.units.supply[row(state, "a")] == Supplied.CUT and invariants.check(state) == []
    assert world.stance[0][1] == Stance.WAR


def test_a_record_whose_events_name_what_is_not_there_is_refused() -> None:
    from game.records.sound_world import sound_world
    from game.schema.canonical import PlainFault

    for effect in (
        {"do": "terrain", "area": {"hexes": ["0603"]}, "to": "swamp"},
        {"do": "airspace", "zone": "nowhere", "no_fly": True},
        {"do": "appear", "units": ["nobody"], "at": [{"hex": "0101"}]},
        {"do": "salvo", "area": {"around": {"place": "Atlantis", "radius": 1}}, "shots": 1, "hit": 50},
        {"do": "fire", "event": "none"},
        {"do": "losses", "area": {"hexes": ["9999"]}, "lost": 1},
    ):
        with pytest.raises(PlainFault):
            sound_world(stage(event(effect)).world.raw)
    assert sound_world(stage(event({"do": "weather", "to": "rain"})).world.raw)


def test_a_salvo_hits_the_strongest_and_of_equals_the_soundest() -> None:
    state = stage(event({**MISSILES, "area": {"hexes": ["0203"]}, "by": "isis", "shots": 1, "kill": 0}))
    both = replace(state.units, hex=(*state.units.hex[:1], state.units.hex[0], *state.units.hex[2:]))
    for steps, shaken, hit in (((3, 3), (1, 0), 1), ((3, 3), (0, 1), 0), ((3, 2), (2, 0), 0), ((2, 2), (0, 0), 0)):
        table = replace(both, steps=(*steps, *both.steps[2:]), disrupted=(*shaken, *both.disrupted[2:]))
        draft = run(replace(state, units=table, answers={}))
        assert next(one for one in draft.events if isinstance(one, ev.FireResolved)).unit == hit, (steps, shaken)


@pytest.mark.parametrize(
    ("area", "labels"),
    [
        ({"box": ["0202", "0303"]}, ["0202", "0203", "0302", "0303"]),
        ({"box": ["0303", "0202"]}, ["0202", "0203", "0302", "0303"]),
        ({"box": ["0101", "0101"]}, ["0101"]),
        ({"around": {"hex": "0101", "radius": 1}}, ["0101", "0102", "0201", "0202"]),
        ({"hexes": ["0304"], "places": ["Mayadin"]}, ["0304", "0503"]),
    ],
)
def test_areas_are_the_hexes_they_name_and_no_others(area: dict[str, Any], labels: list[str]) -> None:
    world = stage().world
    assert [world.grid.label(here) for here in hexes_of(world, from_plain(Area, area))] == sorted(
        labels, key=world.grid.hex
    )


def test_units_keep_the_entrenchment_that_changed_ground_still_allows() -> None:
    kinds = stage().world.rules.terrain.kinds
    for level in (0, kinds["rough"].dig, kinds["rough"].dig + 1):
        state = stage(event({"do": "terrain", "area": {"hexes": ["0203"]}, "to": "rough"}))
        dug = replace(state.units, dug=(level, *state.units.dug[1:]))
        draft = run(replace(state, units=dug, answers={}))
        told = [one for one in draft.events if isinstance(one, ev.DugIn)]
        assert draft.units.dug[0] == min(level, kinds["rough"].dig)
        assert bool(told) == (level > kinds["rough"].dig)


def test_a_unit_that_is_called_away_comes_back_where_the_event_says_or_where_it_entered() -> None:
    for at, entry in ((None, -1), ({"hex": "0102"}, "0102"), ({"hex": "0101"}, "0101")):
        effect = {"do": "withdraw", "units": ["col", "reserve"], "back": 5, "why": "called away"}
        draft = after({**effect, "at": at} if at else effect)
        expected = draft.world.grid.hex(entry) if isinstance(entry, str) else entry
        for name in ("col", "reserve"):
            assert draft.units.hex[row(draft, name)] == -1 and draft.units.due[row(draft, name)] == 5
            assert draft.units.entry[row(draft, name)] == expected, name


@pytest.mark.parametrize("blown", [True, False])
def test_an_event_may_close_the_way_ahead_of_a_march(blown: bool) -> None:
    step = {"on": "unit", "unit": "col", "is": "at", "at": {"hex": "0303"}}
    blow = {"do": "crossing", "side": "0303/NE", "state": "blown"}
    trap = event(*([blow] if blown else []), when=step, asked="order")
    state = stage(trap, rivers=[["0303/NE"]], crossings=[("0303/NE", "bridge", "open")])
    way = tuple(state.world.grid.hex(label) for label in ("0303", "0403"))
    assert state.world.grid.side_between(*way) == state.world.grid.side("0303/NE")
    after_it, events = engine.apply(state, od.Move("col", way))
    assert where(after_it, "col") == ("0303" if blown else "0403")
    cut = [one for one in events if isinstance(one, ev.MoveCutShort)]
    assert len(cut) == blown and not any(one.for_good for one in cut)


ROAD = {"highways": [["0103", "0203", "0303"]]}
LINE = {"line": {"sides": [f"05{row:02d}/{way}" for row in range(1, 6) for way in ("NE", "SE")],
                 "zones": {"saa": "0101", "sdf": "0801"}}}  # fmt: skip
ALREADY: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"do": "lock", "units": ["col", "reserve"], "turns": 2}, {}),
    ({"do": "release", "units": ["hold"]}, {}),
    ({"do": "hide", "units": ["den"]}, {}),
    ({"do": "dig", "units": ["col"], "level": 3}, {}),
    ({"do": "control", "faction": "saa", "at": [{"hex": "0101"}]}, {}),
    ({"do": "crossing", "side": "0403/NE", "state": "open"}, {}),
    ({"do": "terrain", "area": {"hexes": ["0101"]}, "to": "rough"}, {}),
    ({"do": "interdict", "faction": "isis", "area": {"hexes": ["0103"]}}, ROAD),
    ({"do": "weather", "to": "rain"}, {}),
    ({"do": "rung", "to": 4, "why": "x"}, {}),
    ({"do": "line", "zone": "sdf", "area": {"hexes": ["0203"]}}, LINE),
    ({"do": "stance", "a": "saa", "b": "sdf", "to": "war"}, {}),
]  # fmt: skip


@pytest.mark.parametrize(("effect", "more"), ALREADY, ids=[one[0]["do"] for one in ALREADY])
def test_what_is_so_already_does_not_happen_again(effect: dict[str, Any], more: dict[str, Any]) -> None:
    told = (ev.EventFired,)
    once, twice = after(effect, **more), run(stage(event(effect, effect), **more))
    happened = [one for one in once.events if not isinstance(one, told)]
    assert happened and [one for one in twice.events if not isinstance(one, told)] == happened


# --- changes of the world -----------------------------------------------------------------------------------------

BOUNDS: dict[str, tuple[tuple[int, int], ...]] = {
    # of each number of a change the least and the most that it may be, in the world of test_a_change...
    "stance": ((0, 2), (0, 2), (int(Stance.ALLIED), int(Stance.WAR))),
    "line": ((0, 2),),
    "sky": ((0, 0), (0, 1), (0, 1), (0, 7), (0, 7)),
    "source": ((0, 0), (0, 1), (0, 1), (0, 1000)),
    "people": ((0, 0), (0, 100_000)),
}


@cache
def bounded() -> Any:
    """A world with an airspace, two sources and a town."""
    sources = {"saa": [{"hex": "0103"}, {"hex": "0104"}], "isis": [{"hex": "0503"}]}
    return stage(
        airspace=[{"id": "north", "everything": True, "may_fly": ["saa"], "must_notify": []}], sources=sources
    ).world


@pytest.mark.parametrize(("what", "bounds"), BOUNDS.items(), ids=list(BOUNDS))
def test_a_change_out_of_a_file_fits_the_world_within_its_bounds(
    what: str, bounds: tuple[tuple[int, int], ...]
) -> None:
    lowest = tuple(low for low, _ in bounds)
    for place, (low, high) in enumerate(bounds):
        for number, good in ((low - 1, False), (low, True), (high, True), (high + 1, False)):
            numbers = (*lowest[:place], number, *lowest[place + 1 :])
            assert sound(bounded(), (what, numbers, ())) == good, numbers
    assert not sound(bounded(), (what, (*lowest, 0), ())) and not sound(bounded(), (what, lowest[1:], ()))
    assert not sound(bounded(), ("weather", lowest, ()))
    for here, good in ((-1, False), (0, True), (39, True), (40, False)):
        assert sound(bounded(), (what, lowest, (0, here))) == good


def test_a_source_and_a_ground_of_a_change_must_be_there() -> None:
    world, kinds = bounded(), list(bounded().rules.terrain.kinds.values())
    assert [sound(world, ("source", (2, number, 1, 9), ())) for number in (0, 1)] == [True, False]
    assert [sound(world, ("ground", (number,), (3,))) for number in range(len(kinds))] == [
        one.playable for one in kinds
    ]
    assert not sound(world, ("ground", (len(kinds),), ())) and not sound(world, ("ground", (-1,), ()))
    hole = replace(world, terrain=(-1, *world.terrain[1:]), answers={})
    assert not sound(hole, ("line", (0,), (0,))) and sound(hole, ("line", (0,), (1,)))


@pytest.mark.parametrize(
    ("old", "new", "void"),
    [
        (("stance", (0, 1, 3), ()), ("stance", (0, 1, 2), ()), True),
        (("stance", (0, 1, 3), ()), ("stance", (0, 2, 3), ()), False),
        (("ground", (1,), (4, 5)), ("ground", (2,), (5, 4, 6)), True),
        (("ground", (1,), (4, 5)), ("ground", (2,), (5,)), False),
        (("line", (1,), (4,)), ("line", (0,), (4,)), True),
        (("line", (1,), (4,)), ("ground", (0,), (4,)), False),
        (("sky", (0, 1, 0, 1, 0), ()), ("sky", (0, 0, 1, 0, 1), ()), True),
        (("sky", (0, 1, 0, 1, 0), ()), ("sky", (1, 1, 0, 1, 0), ()), False),
        (("source", (0, 1, 1, 5), ()), ("source", (0, 1, 0, 6), ()), True),
        (("source", (0, 1, 1, 5), ()), ("source", (0, 0, 1, 5), ()), False),
        (("people", (0, 5), ()), ("people", (0, 6), ()), True),
        (("people", (0, 5), ()), ("people", (1, 5), ()), False),
    ],
)
def test_a_change_makes_void_what_it_changes_again(old: Any, new: Any, void: bool) -> None:
    other = ("people", (7, 7), ())
    assert noted((other, old), new) == ((other, new) if void else (other, old, new))


def test_each_change_changes_what_it_names_and_nothing_else() -> None:
    world = bounded()
    closed, opened = (changed(world, ("source", (0, 1, is_open, 7), ())) for is_open in (0, 1))
    spans = [(one.since, one.until, one.capacity) for one in closed.factions[0].sources]
    last = world.turns + 1
    first = world.factions[0].sources[0]
    assert spans == [(first.since, first.until, first.capacity), (last, last, 7)]
    assert [(one.since, one.until) for one in opened.factions[0].sources][1] == (1, 0)
    assert opened.factions[1:] == world.factions[1:]
    sky = changed(world, ("sky", (0, 1, 1, 0b101, 0b010), ())).airspace[0]
    assert (sky.since, sky.until, sky.no_fly, sky.may_fly, sky.must_notify) == (
        1,
        world.turns,
        True,
        frozenset({0, 2}),
        frozenset({1}),
    )
    shut = changed(world, ("sky", (0, 0, 0, 0, 0), ())).airspace[0]
    assert (shut.since, shut.until, shut.no_fly, shut.may_fly) == (1, 0, False, frozenset())
    peace = changed(world, ("stance", (2, 0, int(Stance.FRIENDLY)), ()))
    assert peace.stance[0][2] == peace.stance[2][0] == Stance.FRIENDLY and peace.stance[0][1] == world.stance[0][1]
    assert changed(world, ("people", (0, 3), ())).places[0].civilians == 3
    rough = list(world.rules.terrain.kinds).index("rough")
    ground = changed(world, ("ground", (rough,), (4, 6))).terrain
    assert [here for here, kind in enumerate(ground) if kind != world.terrain[here]] == [4, 6] and ground[4] == rough


@pytest.mark.parametrize(("faction", "owner"), [(None, -1), ("saa", 0), ("isis", 2)])
def test_a_crossing_that_an_event_lays_belongs_to_whom_it_says_or_to_nobody(faction: str | None, owner: int) -> None:
    lay = {"do": "crossing", "side": "0403/SE", "state": "open", "kind": "ferry"}
    draft = after({**lay, "faction": faction} if faction else lay, rivers=[["0403/NE", "0403/SE"]])
    assert (draft.sites.owner[-1], draft.sites.kind[-1], draft.sites.state[-1]) == (owner, CrossingKind.FERRY, 1)
    begun = next(one for one in draft.events if isinstance(one, ev.CrossingBegun))
    assert (begun.unit, begun.site) == (-1, -1)
    for side in ("0503/N", "0203/N"):
        assert len(after({**lay, "side": side}).sites.side) == 1, "no river there"
