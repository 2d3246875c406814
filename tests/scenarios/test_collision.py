"""Collision, the what-if: marked as such, the ladder from its third rung, and what an open clash brings."""

from __future__ import annotations

import pytest

from game import engine
from game import events as ev
from game import orders as od
from game.ai.players import make_player
from game.rules import deconfliction, ladder, scripted, supply
from game.scenario.checker import check_folder
from game.scenario.shipped import scenario_folder
from game.session import Session
from game.state import Draft, State
from game.state.codes import Status
from tests.scenarios.shipped import Shipped

NAME = "collision"
ADVISERS = ("rus-hq", "rus-sso", "cjtf-sof-1", "cjtf-sof-2")


HERE = Shipped(NAME)
world, start, at, turn_of = HERE.world, HERE.start, HERE.at, HERE.turn_of


# --- what it is ---------------------------------------------------------------------------------------------


def test_the_check_has_nothing_to_say() -> None:
    problems, bugs = check_folder(scenario_folder(NAME))
    assert not problems and not bugs


def test_it_says_that_it_is_no_history() -> None:
    text = (scenario_folder(NAME) / "scenario.yaml").read_text(encoding="utf-8")
    assert "what if" in world().title.lower()
    for words in ("A what-if, not history", "THIS IS A WHAT-IF", "What happens after the first morning is invented"):
        assert words in text


def test_scale_and_span() -> None:
    assert (world().metres_per_hex, world().days_per_turn, world().first_day) == (2000, 1, "2017-09-25")
    assert turn_of("2017-10-14") == world().turns


# --- the morning of 25 September ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "owner"),
    [("Conoco gas plant", "sdf"), ("Izba field", "sdf"), ("7 km junction", "sdf"), ("Marrat", "saa"), ("Mazlum", "saa"),
     ("Khasham", "isis"), ("Jafra field", "isis"), ("Halabiyah roundabout", "isis"), ("Deir ez-Zor airport", "saa")],
)  # fmt: skip
def test_who_holds_what(place: str, owner: str) -> None:
    assert start().hexes.control[at(place)] == world().faction(owner)


def test_the_bridgehead_is_fed_over_the_ferries() -> None:
    saa = world().faction("saa")
    for unit in ("saa-isish", "saa-5c-2", "saa-17d-1"):
        here = start().units.hex[world().row[unit]]
        assert ladder.over_line(world(), saa, here), "east of the line"
        assert supply.is_connected(start(), saa, here), unit


def test_the_ladder_opens_at_held_fire() -> None:
    assert start().clock.ladder == 3
    assert ladder.rung(start()).name == "Held fire"
    saa = world().faction("saa")
    assert ladder.support_percent(start(), saa, at("Khasham")) == 50
    assert ladder.liaison_price(start(), 1) == 2


@pytest.mark.parametrize(
    ("unit", "day"), [("saa-tig-taha", "2017-09-29"), ("sdf-ypg-2", "2017-10-03"), ("isis-res-2", "2017-10-03")]
)
def test_who_comes_when(unit: str, day: str) -> None:
    assert start().units.due[world().row[unit]] == turn_of(day)


# --- the upper rungs ----------------------------------------------------------------------------------------


def later(turn: int, rung: int) -> Draft:
    draft = Draft(start())
    draft.emit(ev.TurnBegan(turn))
    if draft.clock.ladder != rung:
        draft.emit(ev.LadderMoved(draft.clock.ladder, rung, "test"))
    scripted.run(draft)
    return draft


def fired(draft: Draft) -> set[str]:
    return {one.id for one in draft.events if isinstance(one, ev.EventFired)}


def scored(draft: Draft, faction: str) -> int:
    number = world().faction(faction)
    return sum(one.tenths for one in draft.events if isinstance(one, ev.PointsScored) and one.faction == number)


def face_to_face() -> tuple[State, int]:
    """The Hunters beside the advisers at Conoco, in sight of them; and the advisers' hex."""
    draft, saa = Draft(start()), world().faction("saa")
    column, advisers = world().row["saa-isish"], world().row["cjtf-sof-1"]
    there = draft.units.hex[advisers]
    near = next(here for here in world().grid.near[there] if not draft.units_at(here))
    draft.emit(ev.UnitMoved(column, draft.units.hex[column], (near,), 28))
    draft.emit(ev.Spotted(saa, advisers, 2, there))
    return draft.finish(), there


def test_an_attack_on_the_other_bloc_must_be_confirmed_twice() -> None:
    state, there = face_to_face()
    for confirm in (0, 1):
        held_back = engine.refusal(state, od.Attack(("saa-isish",), there, confirm=confirm))
        assert held_back is not None and "confirmed twice" in held_back.why


def test_such_an_attack_is_fought_and_the_game_goes_on() -> None:
    state, there = face_to_face()
    after, happened = engine.apply(state, od.Attack(("saa-isish",), there, confirm=2))
    assert any(isinstance(one, ev.AttackResolved) for one in happened)
    assert after.clock.ladder == ladder.TOP and not after.clock.over


def test_a_clash_does_not_end_the_game_but_costs_everybody() -> None:
    draft = Draft(start())
    deconfliction.clash(draft, world().faction("saa"), world().faction("sdf"), at("Conoco gas plant"))
    assert draft.clock.ladder == ladder.TOP and not draft.clock.over
    draft.emit(ev.TurnBegan(2))
    scripted.run(draft)
    assert {"clash", "clash-day"} <= fired(draft)
    assert scored(draft, "saa") == scored(draft, "sdf") == -10
    for unit in ADVISERS:
        assert draft.units.status[world().row[unit]] == Status.WITHDRAWN, unit
    saa = world().faction("saa")
    assert ladder.support_percent(draft, saa, at("Khasham")) == 0, "aircraft stay away from the line"


def test_every_day_of_a_clash_has_its_price() -> None:
    assert scored(later(7, ladder.TOP), "sdf") == -10


def test_only_the_stand_off_lets_shells_fly() -> None:
    assert not fired(later(7, 3)) & {"shells", "watching", "clash"}
    assert "watching" in fired(later(7, 4))


def test_the_generals_meet_unless_the_option_forbids() -> None:
    draft = later(turn_of("2017-10-04"), 3)
    assert "second-meeting" in fired(draft) and draft.clock.ladder == 2
    assert "no-second-meeting" not in fired(later(turn_of("2017-10-03"), 3))


# --- victory ------------------------------------------------------------------------------------------------

RACING = ("saa", "sdf")
ROAD_ENDS: dict[str, str] = {}


def history_tenths(faction: str) -> int:
    """What history's captures would have scored under the scenario's rules, events aside."""
    return HERE.history_tenths(faction, RACING, ROAD_ENDS)


@pytest.mark.parametrize("faction", RACING)
def test_the_failed_line_offers_more_than_was_held_in_truth(faction: str) -> None:
    tenths, band = history_tenths(faction), HERE.victory().bands[faction]
    assert 0 < tenths < band.like * 10, f"{faction} held {tenths / 10} on 14 October"


# --- whole games --------------------------------------------------------------------------------------------


def play(session: Session) -> None:
    for faction in range(len(world().factions)):
        session.seat(faction, make_player("staff"))
    for _ in session.run():
        pass
    assert session.over and session.state.clock.turn == world().turns and session.outcome is not None


@pytest.mark.slow
def test_a_game_of_three_staffs_runs_to_its_end() -> None:
    session = Session(world(), 3)
    play(session)
    assert session.state.clock.ladder < ladder.TOP, "staffs never attack the other bloc on purpose"


@pytest.mark.slow
def test_a_game_goes_on_after_a_clash() -> None:
    session = Session(world(), 4)
    draft = Draft(session.state)
    deconfliction.clash(draft, world().faction("saa"), world().faction("sdf"), at("Conoco gas plant"))
    session.state = draft.finish()
    play(session)
    assert session.state.clock.ladder == ladder.TOP, "nobody comes down from it"
