"""Rulebook 11.18: open clash. The blocs are at war like any others. The cast: an SAA column and an SDF battalion."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from game import engine
from game import orders as od
from game.events import AttackResolved, GameEnded, IncidentRolled
from game.rules import deconfliction, forecasting, invariants, ladder, liaison, strikes, supply, support, zones
from game.scenario.world import Stance
from game.state import Draft, State
from game.state.codes import Supplied
from tests.situation import at, play, situation, unit

PLAIN = "\n".join(". " * 12 for _ in range(6))
ROAD = ["0103", "0203", "0303", "0403", "0503", "0603", "0703", "0803", "0903"]


def blocs(*, clash: bool = True, option: bool = True, **more: Any) -> State:
    """The column at 0903 at the end of its road, the SDF at 1004 beside it and at 0302 beside the road."""
    units = [
        unit("col", "saa", "0903", "mech", steps=3), unit("guns", "saa", "0803", "artillery"),
        unit("dmc", "sdf", "1004", steps=3), unit("side", "sdf", "0302", steps=3),
    ]  # fmt: skip
    world = situation(
        PLAIN, units=units, factions=("saa", "sdf", "isis"), options={"open_clash": option}, highways=[ROAD],
        sources={"saa": [{"hex": "0103"}]}, control=[{"faction": "saa", "hexes": ROAD}],
        support={"saa": {"strike": 4}, "sdf": {"strike": 4}}, **more,
    )  # fmt: skip
    draft = Draft(play(world, points=6))
    if clash:
        deconfliction.clash(draft, 0, 1, world.grid.hex("1004"))
    support.grant(draft, 0)
    support.grant(draft, 1)
    return draft.finish()


def test_on_the_last_rung_rivals_are_at_war() -> None:
    state = blocs()
    assert state.clock.ladder == ladder.TOP and not state.clock.over
    assert state.world.stance[0][1] == state.world.stance[1][0] == Stance.WAR
    assert invariants.check(state) == []
    assert blocs(clash=False).world.stance[0][1] == Stance.RIVAL


def test_without_the_option_the_game_ends_instead() -> None:
    state = blocs(option=False)
    assert state.clock.over == 2 and state.clock.culprit == 0 and state.world.stance[0][1] == Stance.RIVAL


def test_zones_of_control_lie_between_the_blocs() -> None:
    before, now = blocs(clash=False), blocs()
    beside = at(now, "0904")
    assert not zones.known_zone(before, 0)[beside] and zones.known_zone(now, 0)[beside]
    assert zones.true_zone(now, 1)[at(now, "0902")]
    assert engine.reach(now, "col").cost[beside] > engine.reach(before, "col").cost[beside]


def test_an_attack_needs_no_confirmation_and_brings_no_incident() -> None:
    state = blocs()
    attack = od.Attack(("col",), at(state, "1004"))
    assert engine.refusal(state, attack) is None
    assert engine.incident(state, deconfliction.Act("attack", at(state, "1004"), at(state, "0903"))).percent == 0
    after, events = engine.apply(state, attack)
    assert any(isinstance(one, AttackResolved) for one in events)
    assert not any(isinstance(one, IncidentRolled | GameEnded) for one in events) and not after.clock.over
    held_back = engine.refusal(blocs(clash=False), attack)
    assert held_back is not None and "confirmed twice" in held_back.why
    assert attack in set(engine.legal_orders(state)), "it is listed like any other"


def test_guns_and_aircraft_fire_at_the_other_bloc() -> None:
    state, target = blocs(), at(blocs(), "1004")
    assert engine.refusal(state, od.Bombard("guns", target)) is None
    strike = od.Strike("strike", target, 2)
    assert engine.refusal(state, strike) is None and strikes.strike_chance(state, 0, "strike", target).total > 20
    _, events = engine.apply(state, strike)
    assert not any(isinstance(one, IncidentRolled) for one in events)
    refusal = engine.refusal(blocs(clash=False), strike)
    assert refusal is not None and "other bloc" in refusal.why
    assert engine.refusal(state, od.Attack(("col",), target, (("strike", 1),))) is None
    assert forecasting.odds(state, od.Attack(("col",), target, (("strike", 1),))).worst.shifts.total > (
        forecasting.odds(state, od.Attack(("col",), target)).worst.shifts.total
    )


def test_the_other_bloc_reacts_with_its_aircraft() -> None:
    draft = Draft(blocs())
    draft.emit(_command(1, 3))
    terms = support.react(draft, 1, at(blocs(), "1004"))
    assert terms and terms[0].value < 0


def test_the_forecast_of_an_attack_that_begins_the_clash_reckons_with_a_reaction_and_without() -> None:
    draft = Draft(blocs(clash=False))
    draft.emit(_command(1, 3))
    state = draft.finish()
    order = od.Attack(("col",), at(state, "1004"), confirm=2)
    forecast = engine.odds(engine.view(state, 0).state, order)
    assert "reaction" in {doubt.about for doubt in forecast.unsure} and not forecast.odds_exact
    assert forecast.best.column == forecast.known.column == forecast.worst.column + 1
    fought = next(one for one in engine.apply(state, order)[1] if isinstance(one, AttackResolved))
    assert fought.column == forecast.worst.column, "by then the two are at war, and the defender reacts"
    at_war = Draft(blocs())
    at_war.emit(_command(1, 3))
    sure = engine.odds(engine.view(at_war.finish(), 0).state, od.Attack(("col",), at(state, "1004")))
    assert "reaction" not in {doubt.about for doubt in sure.unsure} and "reacts" in str(sure.known)


def _command(faction: int, points: int) -> Any:
    from game.events import PointsSet

    return PointsSet(faction, points, 0)


def test_a_zone_of_the_other_bloc_cuts_the_road() -> None:
    before, now = blocs(clash=False), blocs()
    row = now.world.row["col"]
    assert supply.supply_map(before, 0).fed[row] == Supplied.FULL
    assert supply.supply_map(now, 0).fed[row] == Supplied.CUT
    assert "ZOC" in str(supply.explain(now, row))


def test_nobody_talks_any_more_and_nobody_comes_down() -> None:
    state = blocs()
    refusal = engine.refusal(state, od.Hotline())
    assert refusal is not None and "open conflict" in refusal.why
    assert liaison.refuse_notify(state, od.Notify((at(state, "1003"),))) is not None
    draft = Draft(state)
    for _ in range(20):
        ladder.settle(draft)
    assert draft.clock.ladder == ladder.TOP and draft.world.at_war(0, 1)
    assert deconfliction.friction_acts(state, 0) == ()


@pytest.mark.parametrize("faction", [0, 1])
def test_a_view_of_the_clash_answers_like_the_truth(faction: int) -> None:
    state = blocs()
    seen = engine.view(state, faction).state
    assert seen.world.stance == state.world.stance
    assert list(zones.known_zone(seen, faction)) == list(zones.known_zone(state, faction))


def test_the_clash_begins_in_the_middle_of_the_attack_that_means_it() -> None:
    state = blocs(clash=False)
    after, events = engine.apply(state, od.Attack(("col",), at(state, "1004"), confirm=2))
    assert after.clock.ladder == ladder.TOP and after.world.at_war(0, 1)
    assert any(isinstance(one, AttackResolved) for one in events)
    assert invariants.check(after) == [] and invariants.check_events(state, after, events) == []
    view = engine.view(state, 0).state
    imagined, _ = engine.apply(view, od.Attack(("col",), at(state, "1004"), confirm=2))
    assert imagined.world.at_war(0, 1) and len(imagined.world.roster) == len(view.world.roster)


def test_support_that_nobody_has_is_refused_against_the_other_bloc_too() -> None:
    state = blocs(clash=False)
    for kind, points in (("strike", 99), ("kalibr", 1), ("magic", 1)):
        order = od.Attack(("col",), at(state, "1004"), ((kind, points),), confirm=2)
        assert engine.refusal(state, order) is not None
    assert engine.refusal(state, od.Attack(("col",), at(state, "1004"), (("strike", 1),), confirm=2)) is None


# --- a staff that is ready for it ---------------------------------------------------------------------------------


def first_attack(doctrine: dict[str, Any], rung: int = 3, option: bool = True) -> od.Attack | None:
    from game.ai.doctrine import CONVENTIONAL
    from game.ai.staff.planner import Staff

    state = blocs(clash=False, option=option)
    own = (replace(CONVENTIONAL, **doctrine), *(None for _ in state.world.factions[1:]))
    world = replace(state.world, doctrine=own, answers={})
    state = replace(state, world=world, clock=replace(state.clock, ladder=rung), answers={})
    staff = Staff()
    for _ in range(30):
        order = staff.decide(engine.view(state, 0))
        if isinstance(order, od.Attack):
            return order
        if isinstance(order, od.EndTurn):
            return None
        state, _ = engine.apply(state, order)
    return None


READY = {"clash": 100, "least": 1, "least_chance": 1, "own_step": 1, "step": 60, "most_incident": 100}


def test_a_staff_strikes_first_only_where_its_doctrine_says_so() -> None:
    attack = first_attack(READY)
    assert attack is not None and attack.confirm == 2
    assert first_attack({**READY, "clash": 0}) is None, "never unless told"
    assert first_attack(READY, rung=2) is None, "not before its rung"
    assert first_attack({**READY, "clash_from": 2}, rung=2) is not None
    assert first_attack(READY, option=False) is None, "where a clash would end the game nobody begins one"
    assert first_attack({**READY, "clash": 1, "least": 40}) is None, "little willing: it must promise much"


@pytest.mark.parametrize(("guest", "stance", "other", "becomes"), [
    ("0903", Stance.RIVAL, "iraq", False), ("0903", Stance.ALLIED, "iraq", True), ("0503", Stance.RIVAL, "iraq", True),
    ("0903", Stance.RIVAL, "sdf", True),
])  # fmt: skip
def test_who_shares_a_hex_can_only_become_an_ally(guest: str, stance: Stance, other: str, becomes: bool) -> None:
    units = [unit("col", "saa", "0903"), unit("guest", "iraq", guest), unit("dmc", "sdf", "1004")]
    factions, friends = ("saa", "sdf", "isis", "iraq"), {("saa", "iraq"): "friendly", ("saa", "sdf"): "friendly"}
    draft = Draft(play(situation(PLAIN, units=units, factions=factions, stances=friends)))
    number = draft.world.faction(other)
    ladder.set_stance(draft, 0, number, stance)
    assert draft.world.stance[0][number] == draft.world.stance[number][0] == (stance if becomes else Stance.FRIENDLY)
