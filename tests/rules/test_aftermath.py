"""What a result costs, step by step: over the river, past the enemy, starved, and as far as an attacker can tell."""

from __future__ import annotations

from typing import Any

import pytest

from game import engine
from game import orders as od
from game.events import StepsDisrupted, StepsLost, SupplyJudged
from game.rules import forecasting, people, retreat
from game.rules.aftermath import AttackSides, aftermath
from game.scenario.world import World
from game.state import Draft, State, Supplied
from tests.situation import at, play, situation, unit

FUNNEL = """
    ~ . ~
    ~ . ~
    ~ . ~
    ~ . ~
"""
"""A way of four hexes between lakes: who is beaten in the second from the top falls back into the third."""


def funnel(*more: dict[str, Any], boats: bool = True, **told: Any) -> World:
    beaten = unit("d", "isis", "0202", steps=4, traits=["boats"] if boats else [])
    return situation(FUNNEL, units=[unit("a", "saa", "0201"), beaten, *more], **told)


def comes_of(state: State, result: str, *attackers: str, target: str = "0202") -> Any:
    """The aftermath of a result of the table, fought by the named units."""
    world = state.world
    rows = tuple(world.row[name] for name in attackers)
    foes = tuple(row for row in state.units_at(at(world, target)))
    sides = AttackSides(rows, foes, at(world, target), tuple(state.units.mp[row] for row in rows))
    return aftermath(state, sides, world.rules.combat.results[result])


RIVER = [["0202/S"]]


@pytest.mark.parametrize(
    ("told", "lost"),
    [
        ({}, 0),
        ({"rivers": RIVER}, 1),
        ({"rivers": RIVER, "crossings": [("0202/S", "bridge", "open")]}, 0),
        ({"rivers": RIVER, "crossings": [("0202/S", "bridge", "blown")]}, 1),
        ({"streams": RIVER}, 0),
        ({"rivers": RIVER, "rules": {"movement": {"retreat_zone_losses": {"zone": 1, "river": 2}}}}, 2),
    ],
)
def test_6_1_troops_with_boats_fall_back_over_the_major_river_and_pay_for_it(told: dict[str, Any], lost: int) -> None:
    world = funnel(**told)
    state = play(world)
    after = comes_of(state, "R", "a")
    assert (after.defender_lost, after.way_back_lost, after.fell_back, after.cleared) == (lost, lost, 1, True)
    assert retreat.retreat_hex(state, world.row["d"], {at(world, "0201")}, at(world, "0202")) == at(world, "0203")


def test_6_2_without_boats_nobody_falls_back_over_the_major_river() -> None:
    after = comes_of(play(funnel(boats=False, rivers=RIVER)), "R", "a")
    assert (after.defender_lost, after.fell_back, after.cleared) == (1, 0, False)


@pytest.mark.parametrize(("watch", "steps", "lost"), [("0204", 2, 1), ("0204", 1, 0)])
def test_6_1_a_retreat_past_an_enemy_costs_a_step_where_he_exerts_a_zone(watch: str, steps: int, lost: int) -> None:
    world = funnel(unit("z", "saa", watch, steps=steps))
    assert world.rules.movement.zone_steps == 2
    after = comes_of(play(world), "R", "a")
    assert (after.defender_lost, after.fell_back) == (lost, 1)


def test_6_1_river_and_zone_add_and_bound_what_is_at_stake() -> None:
    world = funnel(unit("z", "saa", "0204"), rivers=RIVER)
    state = play(world)
    after = comes_of(state, "R", "a")
    assert (after.defender_lost, after.at_stake) == (2, 2)
    assert retreat.at_stake(state, world.row["d"], 1) == 2 and retreat.at_stake(state, world.row["d"], 2) == 4
    small = play(situation(FUNNEL, units=[unit("a", "saa", "0201"), unit("d", "isis", "0202", steps=1)]))
    assert retreat.at_stake(small, small.world.row["d"], 3) == 1, "no more than it has"


def judged(state: State, *units: tuple[str, Supplied, int]) -> State:
    """The same moment, with supply and the turns cut off as given."""
    draft = Draft(state)
    for name, supply, cut in units:
        row = state.world.row[name]
        draft.emit(SupplyJudged(state.world.roster.faction[row], (row,), (int(supply),), (cut,), (0,)))
    return draft.finish()


@pytest.mark.parametrize(
    ("supply", "cut", "lost"),
    [
        (Supplied.CUT, 1, 1),
        (Supplied.CUT, 2, 2),
        (Supplied.CUT, 3, 2),
        (Supplied.STRETCHED, 3, 1),
        (Supplied.FULL, 2, 1),
    ],
)
def test_6_5_who_has_been_cut_off_for_two_turns_loses_a_step_more(supply: Supplied, cut: int, lost: int) -> None:
    state = judged(play(funnel()), ("d", supply, cut))
    assert comes_of(state, "X", "a").defender_lost == lost
    assert comes_of(state, "Ad", "a").defender_lost == 0, "only where the result hurts or drives back"


def test_6_5_one_defender_that_is_fed_keeps_the_others_from_starving() -> None:
    world = situation(
        FUNNEL, units=[unit("a", "saa", "0201"), unit("d", "isis", "0202", steps=2), unit("e", "isis", "0202", steps=2)]
    )
    cut = judged(play(world), ("d", Supplied.CUT, 2), ("e", Supplied.CUT, 2))
    fed = judged(cut, ("e", Supplied.FULL, 0))
    assert (comes_of(cut, "X", "a").defender_lost, comes_of(fed, "X", "a").defender_lost) == (2, 1)


def test_5_4_losses_fall_on_whoever_has_most_whole_steps_left() -> None:
    world = situation(
        FUNNEL, units=[unit("a", "saa", "0201"), unit("d", "isis", "0202", steps=3), unit("e", "isis", "0202", steps=3)]
    )
    draft = Draft(play(world))
    draft.emit(StepsDisrupted(world.row["d"], 2, "before"))
    after = comes_of(draft.finish(), "D2R", "a")
    losses = [event for event in after.events if isinstance(event, StepsLost)]
    assert [(event.unit, event.steps) for event in losses] == [(world.row["e"], 1), (world.row["e"], 1)]


# --- as far as an attacker can tell -----------------------------------------------------------------------------


def told_to_attacker(steps: int) -> tuple[World, forecasting.Forecast]:
    """The forecast against one unit that is a mere contact."""
    units = [unit("a", "saa", "0201"), unit("d", "isis", "0202", steps=steps)]
    world = situation(FUNNEL, units=units, rules={"fog": {"identify_range": 0}})
    view = engine.view(play(world), 0).state
    return world, forecasting.odds(view, od.Attack(("a",), at(world, "0202")))


@pytest.mark.parametrize("steps", [1, 2, 3, 4])
def test_5_7_a_contact_defends_with_what_its_size_may_be(steps: int) -> None:
    world, forecast = told_to_attacker(steps)
    size = next(one for one in world.rules.units.contacts if one.low <= steps <= one.high)
    strength = world.rules.units.types["infantry"].defence  # the one kind of unit that ISIS has here
    rules = world.rules.combat
    assert forecast.known.defence == size.defence * (size.low + size.high) * 10 // 2
    assert forecast.worst.defence == strength * size.high * 10
    assert (
        forecast.best.defence == strength * size.low * rules.disrupted_percent // 10 * rules.cut_defence_percent // 100
    )
    assert forecast.best.defence <= strength * steps * 10 <= forecast.worst.defence


def test_5_7_losses_of_a_contact_are_bounded_by_the_worst_that_a_result_can_bring() -> None:
    world, forecast = told_to_attacker(4)
    for key, result in world.rules.combat.results.items():
        least, most = forecast.losses(key)
        assert least == 0
        assert most == result.defender_lost + result.defender_disrupted + 1 + 2 * result.retreat


def test_5_7_losses_are_one_number_where_the_forecast_is_exact() -> None:
    world = situation(FUNNEL, units=[unit("a", "saa", "0201", "recon"), unit("d", "isis", "0202", steps=4)])
    forecast = forecasting.odds(engine.view(play(world), 0).state, od.Attack(("a",), at(world, "0202")))
    assert forecast.exact, forecast.unsure
    assert [forecast.losses(key) for key in ("Ad", "X", "D1R", "D2R")] == [(0, 0), (1, 1), (1, 1), (2, 2)]


def test_5_7_where_the_way_back_is_unseen_a_retreat_may_cost_what_is_at_stake() -> None:
    world = situation(
        FUNNEL,
        units=[unit("a", "saa", "0201", "armour", steps=4), unit("d", "isis", "0202", steps=4)],
        rules={"fog": {"weather_rain": 3}},
    )
    forecast = forecasting.odds(engine.view(play(world, weather=2), 0).state, od.Attack(("a",), at(world, "0202")))
    assert {doubt.about for doubt in forecast.unsure} == {"way back"}
    assert forecast.losses("X") == (1, 1) and forecast.losses("R") == (0, 2) and forecast.losses("D1R") == (1, 3)


# --- words, and who follows up -----------------------------------------------------------------------------------


def test_5_4_a_result_says_what_both_sides_lose() -> None:
    state = play(funnel())
    assert str(comes_of(state, "A1d", "a")) == (
        "the attacker loses 1 step; the attacker has 1 step disrupted; the defender suffers nothing"
    )
    assert str(comes_of(state, "X", "a")) == "the defender loses 1 step; the defender holds; the attacker loses 1 step"
    assert str(comes_of(state, "Rx", "a")).endswith("the defender retreats; the attacker has 1 step disrupted")


def test_6_2_standing_costs_a_step_a_hex_even_where_a_retreat_costs_nothing() -> None:
    free = {"movement": {"retreat_zone_losses": {"zone": 0, "river": 0}}}
    world = funnel(rivers=RIVER, rules=free)
    assert comes_of(play(world), "R", "a").defender_lost == 0
    assert retreat.at_stake(play(world), world.row["d"], 2) == 2, "a hex that it cannot go costs a step all the same"
    unseen = situation(
        FUNNEL,
        units=[unit("a", "saa", "0201", "armour", steps=4), unit("d", "isis", "0202", steps=2)],
        rules={"fog": {"identify_range": 0}, **free},
    )
    view = engine.view(play(unseen), 0).state
    forecast = forecasting.odds(view, od.Attack(("a",), at(unseen, "0202")))
    assert forecast.losses("R")[1] == 1 + 1 + 1, "disrupted, starved, and no way back"


def test_6_4_who_cannot_move_does_not_follow_up_and_the_next_does() -> None:
    fixed = {"units": {"types": {"artillery": {"movement": 0}}}}
    drawing = FUNNEL.replace("~ . ~", ". . .", 1)
    units = [
        unit("g", "saa", "0201", "artillery"),
        unit("a", "saa", "0201", "mech"),
        unit("d", "isis", "0202", steps=4),
    ]
    state = play(situation(drawing, units=units, rules=fixed))
    assert comes_of(state, "R", "g", "a").leader == state.world.row["a"]
    assert comes_of(state, "R", "g").leader == -1


@pytest.mark.parametrize("town", ["0102", "0302"])
def test_6_1_of_two_ways_back_as_good_the_one_nearer_home_is_taken(town: str) -> None:
    drawing = """
        ~ . ~
        . . .
        ~ ~ ~
    """
    places = [{"name": "Home", "hex": town, "kind": "town", "size": 1}]
    units = [unit("a", "saa", "0201"), unit("d", "isis", "0202", steps=4)]
    world = situation(drawing, units=units, places=places, holders={"Home": "isis"})
    goal = retreat.retreat_hex(play(world), world.row["d"], {at(world, "0201")}, at(world, "0202"))
    assert goal == at(world, town)


def test_13_fighting_in_a_town_harms_its_people() -> None:
    places = [{"name": "Town", "hex": "0202", "kind": "town", "size": 2, "population": 50}]
    drawing = FUNNEL.replace("~ . ~", "~ U ~", 2).replace("~ U ~", "~ . ~", 1)
    units = [unit("a", "saa", "0201"), unit("d", "isis", "0202", steps=4)]
    world = situation(drawing, units=units, places=places, holders={"Town": "isis"})
    expected = people.expected_harm(play(world), at(world, "0202"), 1)
    after, _ = engine.apply(play(world, points=6), od.Attack(("a",), at(world, "0202")))
    assert after.factions.harm[0] == expected > 0
    open_ground = funnel()
    after, _ = engine.apply(play(open_ground, points=6), od.Attack(("a",), at(open_ground, "0202")))
    assert after.factions.harm[0] == 0


@pytest.mark.parametrize("steps", [2, 3])
def test_5_4_the_toll_of_a_result_knows_when_attackers_grow_too_weak_to_cover_the_way_back(steps: int) -> None:
    """The one way back leads past both attackers: it costs a step as long as either of them exerts a zone."""
    drawing = """
        . . ~
        . . ~
        ~ ~ ~
    """
    units = [
        unit("a", "saa", "0102", steps=1), unit("b", "saa", "0101", steps=steps), unit("d", "isis", "0202", steps=4)
    ]  # fmt: skip
    state = play(situation(drawing, units=units, rules={"fog": {"identify_range": 0}}))
    world = state.world
    fight = forecasting.Fight(state, od.Attack(("a", "b"), at(world, "0202")))
    for keys in (sorted(world.rules.combat.results), sorted(world.rules.combat.results, reverse=True)):
        fresh = forecasting.Fight(state.with_fresh_answers(), od.Attack(("a", "b"), at(world, "0202")))
        for key in keys:
            toll, after = fresh.toll(key), fight.after(key)
            assert toll == tuple(getattr(after, figure) for figure in toll._fields), key
    assert fight.after("R").way_back_lost == 1
    assert fight.after("Rx").way_back_lost == (0 if steps == 2 else 1)
