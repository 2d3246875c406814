"""Chapters 5 and 6: odds, outcomes, retreat and advance."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from game import engine
from game import orders as od
from game.events import (
    AttackResolved,
    ContactFaded,
    Event,
    FactionTurnBegan,
    PointsSet,
    Spotted,
    StepsLost,
    SupplyJudged,
    SupportSet,
    UnitAdvanced,
    UnitRetreated,
)
from game.rules import combat, fog, forecasting, retreat
from game.rules.ledger import Term
from game.scenario.world import World
from game.state import Draft, State, Supplied
from game.state.codes import Knowledge
from tests.situation import at, play, situation, unit
from tests.worlds import world_of

FIELD = """
    . . . . .
    . . . . .
    . . . . .
    . . . . .
"""


def shift(odds: forecasting.Odds, words: str) -> int:
    return next((term.value for term in odds.shifts.terms if words in term.words), 0)


def odds_of(world: World, units: tuple[str, ...], target: str, **more: Any) -> forecasting.Odds:
    state = play(world, points=6)
    return forecasting.odds(engine.view(state, 0).state, od.Attack(units, at(world, target), **more)).worst


def duel(
    target_ground: str = ".",
    attackers: tuple[str, ...] = ("0102",),
    kind: str = "infantry",
    enemy: str = "infantry",
    traits: tuple[str, ...] = (),
    **more: Any,
) -> World:
    """Attackers round 0202 in the middle of a field, one defender in it."""
    drawing = FIELD.replace(". . . . .", f". {target_ground} . . .", 2).replace(
        f". {target_ground} . . .", ". . . . .", 1
    )
    units = [unit(f"a{n}", "saa", label, kind) for n, label in enumerate(attackers)]
    return situation(drawing, units=[*units, unit("d", "isis", "0202", enemy, traits=[*traits])], **more)


def test_5_1_strengths_add_and_disruption_counts_in_part() -> None:
    world = duel(attackers=("0102", "0203"))
    odds = odds_of(world, ("a0", "a1"), "0202")
    one = world.rules.units.types["infantry"]
    assert (odds.attack, odds.defence) == (2 * 2 * one.attack * 10, 2 * one.defence * 10)


@pytest.mark.parametrize(
    ("attack", "defence", "name"),
    [(10, 10, "1:1"), (19, 10, "3:2"), (20, 10, "2:1"), (1, 100, "1:3"), (1000, 1, "6:1"), (29, 10, "2:1")],
)
def test_5_2_the_ratio_is_rounded_for_the_defender(attack: int, defence: int, name: str) -> None:
    state = play(duel())
    assert state.world.rules.combat.columns[forecasting.column_of(state, attack, defence)].name == name


def test_5_3_ground_and_flanks_shift_the_odds_and_say_so() -> None:
    shifts = duel().rules.combat.shifts
    plain = odds_of(duel(), ("a0",), "0202")
    assert plain.shifts.total == 0
    town = odds_of(duel("U"), ("a0",), "0202")
    assert shift(town, "built-up") == -duel().rules.terrain.kinds["urban"].shift
    round_ = odds_of(duel(attackers=("0102", "0302", "0203")), ("a0", "a1", "a2"), "0202")
    assert shift(round_, "from 3 hexes") == shifts.flanks_three
    both = odds_of(duel(attackers=("0201", "0203")), ("a0", "a1"), "0202")
    assert shift(both, "opposite") == shifts.flanks_opposite
    armour = odds_of(duel(kind="armour"), ("a0",), "0202")
    assert shift(armour, "armour on open terrain") == shifts.armour_open


def test_5_3_all_shifts_together_are_capped() -> None:
    world = duel("U", attackers=("0102", "0302", "0203"), kind="armour", rules={"combat": {"shift_cap": 1}})
    odds = odds_of(world, ("a0", "a1", "a2"), "0202")
    assert odds.column == odds.base + max(-1, min(1, odds.shifts.total))


def test_5_10_ground_that_sees_helps_its_holder() -> None:
    drawing = FIELD.replace(". . . . .", ". h . . .", 1)
    units = [unit("a", "saa", "0102"), unit("d", "isis", "0202")]
    mine = situation(drawing, units=units, control=[{"faction": "saa", "hexes": ["0201"]}])
    his = situation(drawing, units=units, control=[{"faction": "isis", "hexes": ["0201"]}])
    assert shift(odds_of(mine, ("a",), "0202"), "attackers' height") == mine.rules.combat.shifts.overlook
    assert shift(odds_of(his, ("a",), "0202"), "defenders' height") == his.rules.combat.shifts.overlooked


def test_5_3_quality_entrenchment_engineers_and_headquarters() -> None:
    world = situation(
        FIELD,
        units=[
            unit("a", "saa", "0102", quality="A"),
            unit("e", "saa", "0201", "engineer"),
            unit("hq", "saa", "0101", "hq"),
            unit("d", "isis", "0202", quality="C", dug=2),
        ],
    )
    odds = odds_of(world, ("a", "e"), "0202", set_piece=True)
    shifts = world.rules.combat.shifts
    assert Term("entrenched, level 2", 2 * shifts.entrenched) in odds.shifts.terms
    assert shift(odds, "quality A against C") == min(2 * shifts.quality, shifts.quality_cap)
    assert shift(odds, "engineers") == shifts.engineers
    assert shift(odds, "headquarters") == shifts.headquarters
    assert shift(odds, "set-piece") == shifts.set_piece


def test_5_4_every_column_has_36_ways_and_better_columns_are_better() -> None:
    state = play(duel())
    before = -1
    for column in range(len(state.world.rules.combat.columns)):
        rolls = forecasting.rolls(state.world, column)
        assert sum(ways for _, ways in rolls) == 36
        retreats = sum(ways for key, ways in rolls if state.world.rules.combat.results[key].retreat)
        assert retreats >= before
        before = retreats


def test_5_4_the_forecast_is_the_table_over_many_seeds() -> None:
    """The share of retreats over many games is what the forecast promises."""
    world = duel(attackers=("0102", "0302", "0203"), kind="mech")
    wanted = odds_of(world, ("a0", "a1", "a2"), "0202").chance("retreat")
    hits = 0
    for seed in range(240):
        state = play(world, seed=seed)
        _, events = engine.apply(state, od.Attack(("a0", "a1", "a2"), at(world, "0202")))
        key = next(event.result for event in events if isinstance(event, AttackResolved))
        hits += world.rules.combat.results[key].retreat > 0
    assert abs(hits / 240 - wanted / 36) < 0.1


def test_5_5_only_foot_and_boats_assault_over_the_major_river_at_a_price() -> None:
    river = [["0202/NW", "0202/N", "0202/NE", "0202/SE", "0202/S", "0202/SW"]]
    wheels = duel(rivers=river, kind="armour")
    refusal = engine.refusal(play(wheels, points=6), od.Attack(("a0",), at(wheels, "0202")))
    assert refusal is not None and refusal.rule == "5.5"
    boats = duel(rivers=river, kind="special")
    order = od.Attack(("a0",), at(boats, "0202"))
    assert engine.refusal(play(boats), order) is not None, "no command points"
    assert engine.refusal(play(boats, points=1), order) is None
    assert shift(odds_of(boats, ("a0",), "0202"), "across the major river") == boats.rules.combat.shifts.major_river


def test_5_6_artillery_in_range_helps_once_and_is_spent() -> None:
    world = situation(
        FIELD, units=[unit("a", "saa", "0102"), unit("g", "saa", "0104", "artillery"), unit("d", "isis", "0202")]
    )
    assert shift(odds_of(world, ("a",), "0202"), "artillery") == world.rules.combat.fire_support_shift
    state, _ = engine.apply(play(world), od.Attack(("a",), at(world, "0202")))
    refusal = engine.refusal(state, od.Bombard("g", at(world, "0202")))
    assert refusal is not None


def test_5_6_bombardment_may_disrupt_a_step() -> None:
    world = situation(
        FIELD, units=[unit("g", "saa", "0104", "artillery"), unit("a", "saa", "0103"), unit("d", "isis", "0202")]
    )
    chance = combat.bombard_chance(play(world), world.row["g"], at(world, "0202"))
    hits = 0
    for seed in range(150):
        state, _ = engine.apply(play(world, seed=seed), od.Bombard("g", at(world, "0202")))
        hits += state.units.disrupted[world.row["d"]]
    assert abs(hits / 150 - chance / 100) < 0.13


def test_5_7_against_contacts_the_forecast_is_a_range() -> None:
    world = situation(
        FIELD, units=[unit("a", "saa", "0102"), unit("d", "isis", "0202")], rules={"fog": {"identify_range": 0}}
    )
    view = engine.view(play(world), 0).state
    forecast = forecasting.odds(view, od.Attack(("a",), at(world, "0202")))
    assert not forecast.exact or forecast.best.defence == forecast.worst.defence
    strong = situation(
        FIELD,
        units=[unit("a", "saa", "0102"), unit("d", "isis", "0202", steps=4)],
        rules={"fog": {"identify_range": 0}},
    )
    forecast = forecasting.odds(engine.view(play(strong), 0).state, od.Attack(("a",), at(strong, "0202")))
    assert forecast.best.defence < forecast.worst.defence


def test_5_8_an_attack_on_the_other_bloc_needs_two_confirmations() -> None:
    world = situation(
        FIELD, factions=("saa", "sdf", "isis"), units=[unit("a", "saa", "0102"), unit("s", "sdf", "0202")]
    )
    state, target = play(world), at(world, "0202")
    for confirm in (0, 1):
        refusal = engine.refusal(state, od.Attack(("a",), target, confirm=confirm))
        assert refusal is not None and "confirmed twice" in refusal.why
    after, _ = engine.apply(state, od.Attack(("a",), target, confirm=2))
    assert after.clock.ladder == 5 and after.clock.over


def fought(world: World, units: tuple[str, ...], target: str, result: str) -> tuple[State, tuple[Event, ...]]:
    """The state after an attack that came out as ``result``, over as many seeds as it takes."""
    for seed in range(3000):
        state, events = engine.apply(play(world, seed=seed, points=6), od.Attack(units, at(world, target)))
        if any(isinstance(event, AttackResolved) and event.result == result for event in events):
            return state, events
    raise AssertionError(f"{result} never came up")


def test_6_1_a_beaten_defender_falls_back_and_the_leader_advances() -> None:
    world = duel(attackers=("0102", "0203"), kind="mech")
    state, events = fought(world, ("a1", "a0"), "0202", "R")
    assert any(isinstance(event, UnitRetreated) for event in events)
    advanced = next(event for event in events if isinstance(event, UnitAdvanced))
    assert advanced.unit == world.row["a1"], "the first named leads"
    assert state.hexes.control[at(world, "0202")] == world.faction("saa")


def test_6_4_garrisons_clear_a_hex_and_do_not_advance() -> None:
    world = situation(
        FIELD, units=[unit("a0", "saa", "0102", "mech", traits=["garrison"]), unit("a1", "saa", "0203", "mech"),
                      unit("d", "isis", "0202")],
    )  # fmt: skip
    state, events = fought(world, ("a0", "a1"), "0202", "R")
    assert [event.unit for event in events if isinstance(event, UnitAdvanced)] == [world.row["a1"]]
    alone = situation(
        FIELD, units=[unit("a0", "saa", "0102", "armour", traits=["garrison"], steps=4), unit("d", "isis", "0202")]
    )
    state, events = fought(alone, ("a0",), "0202", "R")
    assert not any(isinstance(event, UnitAdvanced) for event in events)
    assert state.hexes.control[at(alone, "0202")] == alone.faction("isis")


def test_6_2_without_a_way_back_every_hex_costs_a_step() -> None:
    ring = ("0201", "0301", "0302", "0203", "0102", "0101")
    world = duel(attackers=ring, kind="mech")
    state, _ = fought(world, tuple(f"a{n}" for n in range(6)), "0202", "D1R")
    assert state.units.hex[world.row["d"]] == -1, "one step in the fight, one for the hex it could not go"


def test_6_3_in_built_up_ground_the_first_hex_of_a_retreat_is_a_step() -> None:
    world = duel("U", attackers=("0102", "0302", "0203"), kind="mech")
    _, events = fought(world, ("a0", "a1", "a2"), "0202", "R")
    assert not any(isinstance(event, UnitRetreated) for event in events)
    assert any(isinstance(event, StepsLost) and "built-up" in event.why for event in events)


def test_6_1_a_beaten_unit_falls_back_towards_the_town_of_its_side() -> None:
    for town in ("0501", "0504"):
        places = [{"name": "Town", "hex": town, "kind": "town", "size": 1}]
        world = duel(attackers=("0102",), kind="mech", places=places, holders={"Town": "isis"})
        state, target = play(world), world.grid.hex("0202")
        back = retreat.retreat_hex(state, world.row["d"], {at(world, "0102")}, target)
        assert world.grid.distance(back, at(world, "0102")) == 2
        rest = [there for there in world.grid.near[target] if world.grid.distance(there, at(world, "0102")) == 2]
        nearest = min(rest, key=lambda there: (world.grid.distance(there, at(world, town)), there))
        assert back == nearest, town


def test_5_3_a_town_made_ready_for_defence_counts_more() -> None:
    plain, ready = duel("U"), duel("U", traits=("fortified",))
    shifts = plain.rules.combat.shifts
    assert shift(odds_of(plain, ("a0",), "0202"), "fortified town") == 0
    assert shift(odds_of(ready, ("a0",), "0202"), "fortified town") == shifts.fortified != 0
    field = duel(".", traits=("fortified",))
    assert shift(odds_of(field, ("a0",), "0202"), "fortified town") == 0, "entrenchment in the open is another matter"


def test_5_9_a_set_piece_needs_attackers_that_have_not_marched() -> None:
    world = duel(attackers=("0101",))
    state, _ = engine.apply(play(world, points=6), od.Move("a0", (at(world, "0102"),)))
    refusal = engine.refusal(state, od.Attack(("a0",), at(world, "0202"), (), True))
    assert refusal is not None and "have not moved" in refusal.why
    assert engine.refusal(state, od.Attack(("a0",), at(world, "0202"))) is None
    rested = play(duel(attackers=("0102",)), points=6)
    assert engine.refusal(rested, od.Attack(("a0",), at(world, "0202"), (), True)) is None


def rolled(state: State, order: od.Order) -> AttackResolved:
    """The fight of an attack given now."""
    return next(event for event in engine.apply(state, order)[1] if isinstance(event, AttackResolved))


def granted(world: World, kind: str, points: int) -> State:
    """SAA to play, with points of a kind of support."""
    draft = Draft(play(world, points=6))
    draft.emit(SupportSet(0, ((kind, points),), "granted"))
    return draft.finish()


@pytest.mark.parametrize("used", [1, 2])
def test_5_3_support_counts_that_is_used_up_with_the_attack(used: int) -> None:
    """Odds are worked out as things stand when the order is given, before anything is paid for it."""
    world = duel(attackers=("0102", "0203"))
    order = od.Attack(("a0", "a1"), at(world, "0202"), (("strike", used),))
    state = granted(world, "strike", 2)
    known = engine.odds(engine.view(state, 0).state, order).known
    fought = rolled(state, order)
    assert shift(known, "air sorties") == used and fought.ledger == str(known)


def test_5_3_a_command_point_that_is_paid_does_not_change_the_odds() -> None:
    world = duel(attackers=("0102", "0203"))
    order = od.Attack(("a0", "a1"), at(world, "0202"), set_piece=True)
    state = play(world, points=world.rules.command.set_piece)
    assert rolled(state, order).ledger == str(engine.odds(engine.view(state, 0).state, order).known)


def test_5_1_who_hides_in_the_hex_lies_low_while_others_defend_and_bars_the_way_after() -> None:
    units = [unit("a", "saa", "0102", "mech"), unit("b", "saa", "0201", "mech"), unit("d", "isis", "0202"),
             unit("z", "isis", "0202", "cell", hidden=True)]  # fmt: skip
    world = situation(FIELD, units=units)
    order = od.Attack(("a", "b"), at(world, "0202"))
    state = play(world, points=6)
    fought = rolled(state, order)
    assert fought.defenders == (world.row["d"],)
    assert fought.ledger == str(engine.odds(engine.view(state, 0).state, order).known)
    after, events = fought_out(world, order, "R")
    assert not after.units.hidden[world.row["z"]] and not any(isinstance(event, UnitAdvanced) for event in events)


def fought_out(world: World, order: od.Attack, result: str) -> tuple[State, tuple[Event, ...]]:
    return fought(world, order.units, world.grid.label(order.target), result)


def test_5_1_attackers_who_meet_only_a_cell_find_it_and_do_not_enter() -> None:
    units = [
        unit("a", "saa", "0102", "mech"),
        unit("z", "isis", "0202", "cell", hidden=True),
        unit("d", "isis", "0504"),
    ]
    world = situation(FIELD, units=units)
    draft = Draft(play(world, points=6))
    draft.emit(Spotted(0, world.row["d"], 2, at(world, "0202")))
    state, events = engine.apply(draft.finish(), od.Attack(("a",), at(world, "0202")))
    assert state.units.hex[world.row["a"]] == at(world, "0102")
    assert not any(isinstance(event, AttackResolved) for event in events)
    assert not state.units.hidden[world.row["z"]] and state.intel[0].level[world.row["z"]] == Knowledge.IDENTIFIED


@pytest.mark.parametrize("supplied", list(Supplied))
def test_12_7_the_supply_of_an_identified_defender_is_known(supplied: Supplied) -> None:
    world = duel(attackers=("0102", "0203"))
    draft = Draft(play(world, turn_of="isis"))
    draft.emit(SupplyJudged(1, (world.row["d"],), (int(supplied),), (3,), (0,)))
    draft.emit(FactionTurnBegan(0, 0))
    fog.refresh(draft, 0)
    state = draft.finish()
    order = od.Attack(("a0", "a1"), at(world, "0202"))
    forecast = engine.odds(engine.view(state, 0).state, order)
    fought = rolled(state, order)
    assert forecast.exact and fought.ledger == str(forecast.known)
    assert (shift(forecast.known, "cut off") > 0) == (supplied == Supplied.CUT)
    starved = forecast.after("D1R").defender_lost
    assert starved == (2 if supplied == Supplied.CUT else 1), "a step more for who has been cut off for long (6.5)"


def test_5_6_guns_that_may_be_there_make_the_forecast_a_range_that_says_so() -> None:
    units = [unit("a", "saa", "0102"), unit("d", "isis", "0202"), unit("g", "isis", "0504", "artillery")]
    rules = {"fog": {"weather_rain": 3}}
    world = situation(FIELD, units=units, rules=rules)
    draft = Draft(play(world, weather=2))
    draft.emit(ContactFaded(0, world.row["g"]))
    state, order = draft.finish(), od.Attack(("a",), at(world, "0202"))
    forecast = engine.odds(engine.view(state, 0).state, order)
    assert "guns" in {doubt.about for doubt in forecast.unsure} and not forecast.odds_exact
    fought = rolled(state, order)
    assert forecast.worst.column == fought.column < forecast.known.column == forecast.best.column


def test_5_6_guns_are_no_doubt_where_every_hex_in_their_range_is_seen() -> None:
    units = [unit("a", "saa", "0102"), unit("d", "isis", "0202"), unit("g", "isis", "0504", "artillery")]
    watchers = [unit(f"w{where}", "saa", where) for where in ("0104", "0301", "0303", "0501", "0503")]
    for more, doubted in (((), True), (watchers, False)):
        world = situation(FIELD, units=[*units, *more])
        draft = Draft(play(world))
        fog.refresh(draft, 0)
        seen = engine.view(draft.finish(), 0).state
        forecast = engine.odds(seen, od.Attack(("a",), at(world, "0202")))
        assert ("guns" in {doubt.about for doubt in forecast.unsure}) == doubted


def test_5_6_only_guns_bombard_and_those_in_disorder_hit_nothing() -> None:
    world = situation(
        "\n".join([". U . . ."] * 4),
        units=[unit("g", "saa", "0104", "artillery"), unit("a", "saa", "0103"), unit("d", "isis", "0202")],
    )
    refusal = engine.refusal(play(world), od.Bombard("a", at(world, "0202")))
    assert refusal is not None and refusal.rule == "5.6" and "only artillery" in refusal.why
    state, row = play(world), world.row["g"]
    shaken = list(state.units.disrupted)
    shaken[row] = state.units.steps[row]
    silent = replace(state, units=replace(state.units, disrupted=tuple(shaken)), answers={})
    assert combat.bombard_chance(silent, row, at(world, "0202")) == 0


def test_9_5_what_a_defender_has_left_is_public_and_so_the_forecast_counts_the_reaction() -> None:
    world = situation(
        FIELD, units=[unit("a", "saa", "0102"), unit("d", "isis", "0202")], support={"isis": {"drones": 2}}
    )
    draft, order = Draft(play(world)), od.Attack(("a",), at(world, "0202"))
    calm = engine.odds(engine.view(draft.finish(), 0).state, order)
    draft.emit(PointsSet(1, 5, 0))
    draft.emit(SupportSet(1, (("drones", 2),), "granted"))
    state = draft.finish()
    forecast = engine.odds(engine.view(state, 0).state, order)
    assert "the defender reacts: drones (1)" in str(forecast.known) and "reacts" not in str(calm.known)
    assert "reaction" not in {doubt.about for doubt in forecast.unsure}
    assert forecast.known.column == rolled(state, order).column == calm.known.column - 1


def test_6_2_a_unit_that_cannot_move_loses_a_step_instead() -> None:
    world = situation(
        FIELD,
        units=[unit("a", "saa", "0102", "mech"), unit("b", "saa", "0203", "mech"), unit("d", "isis", "0202", steps=4)],
        rules={"units": {"types": {"infantry": {"movement": 0}}}},
    )
    state, events = fought(world, ("a", "b"), "0202", "R")
    assert not any(isinstance(event, UnitRetreated) for event in events)
    assert state.units.steps[world.row["d"]] == 3
    odds = engine.odds(engine.view(play(world), 0).state, od.Attack(("a", "b"), at(world, "0202"))).known
    assert not odds.chance("retreat") and odds.fight.after("D2R2").defender_lost == 4


def test_6_3_the_forecast_knows_that_nobody_falls_back_from_a_town() -> None:
    world = duel("U", attackers=("0102", "0302", "0203"), kind="mech")
    odds = odds_of(world, ("a0", "a1", "a2"), "0202")
    assert odds.chance("retreat") == 0 < odds.chance("loss")
    assert "falls back" not in " ".join(str(one.after) for one in odds.outcomes)


def test_12_6_a_contact_fades_where_a_march_sees_its_hex_empty() -> None:
    world = situation(FIELD, units=[unit("a", "saa", "0101"), unit("d", "isis", "0504")])
    draft = Draft(play(world))
    draft.emit(Spotted(0, world.row["d"], 2, at(world, "0302")))
    state, _ = engine.apply(draft.finish(), od.Move("a", (at(world, "0201"),)))
    assert not state.intel[0].level[world.row["d"]] or state.intel[0].hex[world.row["d"]] == at(world, "0504")


def test_a_unit_attacks_once_a_turn_and_only_next_to_it() -> None:
    world = duel(attackers=("0102", "0104"))
    state, target = play(world), at(world, "0202")
    refusal = engine.refusal(state, od.Attack(("a1",), target))
    assert refusal is not None and "must be adjacent" in refusal.why
    after, _ = engine.apply(state, od.Attack(("a0",), target))
    for seed_state in (after,):
        refusal = engine.refusal(seed_state, od.Attack(("a0",), target))
        assert refusal is not None


def test_5_4_the_toll_of_a_result_is_that_of_all_that_comes_of_it() -> None:
    """What the staff weighs by is what the panel shows, for each result of the table, of lone and joint attacks."""
    fell_back = cleared = 0
    for name in ("city_of_deir_ezzor", "breaking_the_siege"):
        state = engine.start(world_of(name), seed=7)
        for seen in (state, engine.view(state, state.faction).state):
            attacks = [order for order in engine.legal_orders(seen) if isinstance(order, od.Attack)]
            together = [
                od.Attack((one.units[0], other.units[0]), one.target)
                for one, other in pairwise(attacks) if one.target == other.target and one.units[0] != other.units[0]
            ]  # fmt: skip
            for order in (*attacks, *together):
                fight = forecasting.Fight(seen, order)
                for key in seen.world.rules.combat.results:
                    toll, after = fight.toll(key), fight.after(key)
                    assert toll == tuple(getattr(after, figure) for figure in toll._fields)
                    fell_back += after.fell_back
                    cleared += toll.cleared
    assert fell_back and cleared


def test_5_3_odds_with_support_are_those_of_a_forecast_made_afresh() -> None:
    """The shifts without support are worked out once for all the support that is tried."""
    world = duel()
    state = play(world, points=6)
    for order in (
        od.Attack(("a0",), at(world, "0202")),
        od.Attack(("a0",), at(world, "0202"), support=(("strike", 1),)),
        od.Attack(("a0",), at(world, "0202"), support=(("strike", 1),), set_piece=True),
    ):
        tried, afresh = forecasting.odds(state, order), forecasting.odds(state.with_fresh_answers(), order)
        assert (tried.known, tried.best, tried.worst) == (afresh.known, afresh.best, afresh.worst)


@pytest.mark.parametrize(("believed", "fights"), [("0202", True), ("0302", False), ("", False)])
def test_who_hides_fights_where_he_is_known_to_stand_and_nowhere_else(believed: str, fights: bool) -> None:
    units = [unit("a", "saa", "0102"), unit("d", "isis", "0202"), unit("z", "isis", "0202", "cell", hidden=True)]
    world = situation(FIELD, units=units)
    draft = Draft(play(world))
    if believed:
        draft.emit(Spotted(0, world.row["z"], 2, at(world, believed)))
    found = combat.who_defends(draft, 0, at(world, "0202"))
    assert found == ((world.row["d"], world.row["z"]) if fights else (world.row["d"],))


def test_5_4_expected_losses_are_those_of_all_36_throws() -> None:
    odds = odds_of(duel(attackers=("0102", "0203"), kind="mech"), ("a0", "a1"), "0202")
    each = [(one.ways, one.after) for one in odds.outcomes]
    mine = sum(ways * (after.attacker_lost + after.attacker_disrupted / 2) for ways, after in each)
    his = sum(ways * (after.defender_lost + after.defender_disrupted / 2) for ways, after in each)
    assert odds.expected() == (2 * mine, 2 * his) and mine > 0 < his
    assert odds.chance("cleared") == sum(ways for ways, after in each if after.cleared)
    assert odds.chance("repulse") == sum(ways for ways, after in each if after.spared)
    assert 0 < odds.chance("loss") == sum(ways for ways, after in each if after.defender_lost) < 36
    assert 0 < odds.chance("retreat") == sum(ways for ways, after in each if after.fell_back) < 36


# --- the table of shifts -------------------------------------------------------------------------------------------


def told(center: str = ".", attackers: str = "0102:infantry", defender: str = "infantry", **more: Any) -> set[str]:
    """Every shift of an attack on 0202, in words and columns; attackers are "hex:kind,trait" with blanks between."""
    kinds = [one.replace(",", ":").split(":") for one in attackers.split()]
    kind, *traits = defender.split(",")
    force = [unit(f"a{n}", "saa", where, own, traits=marks) for n, (where, own, *marks) in enumerate(kinds)]
    foe = unit("d", "isis", "0202", kind, traits=traits, dug=more.pop("dug", 0))
    rows = [". . . . .", f". {center} . . .", ". . . . .", ". . . . ."]
    for label, ground in more.pop("ground", {}).items():
        row = rows[int(label[2:]) - 1].split()
        row[int(label[:2]) - 1] = ground
        rows[int(label[2:]) - 1] = " ".join(row)
    set_piece, extra = more.pop("set_piece", False), more.pop("extra", ())
    world = situation("\n".join(rows), units=[*force, foe, *extra], **more)
    order = od.Attack(tuple(f"a{n}" for n in range(len(force))), at(world, "0202"), set_piece=set_piece)
    found = forecasting.odds(play(world, points=9), order).known
    return {f"{term.words} {term.value:+d}" for term in found.shifts.terms}


HELD = [{"faction": "isis", "everything": True}]
OURS = [{"faction": "saa", "everything": True}]
BOTH = [{"faction": "isis", "hexes": ["0301"]}, {"faction": "saa", "hexes": ["0302"]}]
ROUND = [["0202/NW", "0202/SW", "0202/N", "0202/NE", "0202/SE", "0202/S"]]
TOWN, PIONEERS, SPECIAL = (
    "defender in built-up area -2",
    "engineers among the attackers +1",
    "special forces among the attackers +1",
)
BRIDGE = [("0202/SW", "bridge", "open")]
TWO_HEXES = {"units": {"types": {"artillery": {"range": 2}}}, "command": {"hq_range": 2}}


def battery(faction: str, where: str, **more: Any) -> tuple[dict[str, Any], ...]:
    return (unit("g", faction, where, "artillery", **more),)


def staff(where: str) -> tuple[dict[str, Any], ...]:
    return (unit("hq", "saa", where, "hq"),)


@pytest.mark.parametrize(
    ("drawn", "words"),
    [
        ({}, ()),
        ({"center": "h"}, ("defender in hills -1", "defender on a height -1")),
        ({"dug": 1}, ("entrenched, level 1 -1",)),
        ({"dug": 1, "attackers": "0102:engineer"}, ("entrenched, level 1 -1", PIONEERS)),
        ({"attackers": "0102:engineer"}, ()),
        ({"center": "U", "attackers": "0102:engineer"}, (TOWN, PIONEERS)),
        ({"center": "U", "defender": "infantry,tunnels"}, (TOWN, "fortified town -2")),
        ({"attackers": "0102:armour"}, ("armour on open terrain +1",)),
        ({"attackers": "0102:armour", "defender": "armour"}, ()),
        ({"attackers": "0102:armour", "center": "r"}, ("defender in rough ground -1",)),
        ({"attackers": "0102:armour", "center": "U"}, (TOWN, "armour alone in a built-up hex -1")),
        ({"attackers": "0102:armour 0102:infantry", "center": "U"}, (TOWN,)),
        ({"ground": {"0102": "h"}, "control": HELD}, ("attackers' height at 0102 +1",)),
        ({"ground": {"0301": "h"}, "control": HELD}, ("defenders' height at 0301 -1",)),
        ({"ground": {"0301": "h"}, "control": OURS}, ("attackers' height at 0301 +1",)),
        ({"ground": {"0301": "h"}}, ()),
        ({"ground": {"0301": "h", "0302": "h"}, "control": BOTH}, ("attackers' height at 0302 +1",)),
        ({"ground": {"0302": "h"}, "center": "h", "control": OURS},
         ("defender in hills -1", "defender on a height -1")),
        ({"ground": {"0102": "h"}, "center": "h", "control": HELD}, ("defender in hills -1",)),
        ({"ground": {"0401": "h"}, "control": HELD}, ()),
        ({"attackers": "0102:infantry 0302:infantry"}, ()),
        ({"attackers": "0102:infantry 0303:infantry"}, ()),
        ({"attackers": "0201:infantry 0203:infantry"}, ("attack from opposite sides +1",)),
        ({"attackers": "0102:infantry 0302:infantry 0203:infantry"}, ("attack from 3 hexes +1",)),
        ({"attackers": "0102:infantry 0201:infantry 0203:infantry"},
         ("attack from opposite sides +1", "attack from 3 hexes +1")),
        ({"streams": ROUND}, ("attack across a minor river -1",)),
        ({"streams": ROUND, "roads": [["0102", "0202"]]}, ()),
        ({"streams": ROUND, "roads": [["0102", "0202"]], "attackers": "0102:infantry 0201:infantry"},
         ("some attackers cross a river -1",)),
        ({"rivers": ROUND, "attackers": "0102:special", "rules": {"fog": {"own_bank_only": 0}}},
         ("assault across the major river -3", SPECIAL)),
        ({"rivers": ROUND, "attackers": "0102:special"},
         ("assault across the major river -3", SPECIAL, "no defender identified -1")),
        ({"rivers": ROUND, "crossings": BRIDGE, "rules": {"fog": {"own_bank_only": 0}}}, ()),
        ({"rivers": ROUND, "crossings": BRIDGE, "attackers": "0102:infantry 0201:special",
          "rules": {"fog": {"own_bank_only": 0}}}, ("some attackers cross a river -1", SPECIAL)),
        ({"scarps": ROUND}, ("attack across an escarpment -1",)),
        ({"scarps": [["0202/SW"]], "attackers": "0102:infantry 0201:infantry"}, ()),
        ({"attackers": "0102:infantry 0102:infantry,special"}, (SPECIAL,)),
        ({"set_piece": True}, ("set-piece attack +1",)),
        ({"extra": battery("saa", "0203"), "rules": TWO_HEXES}, ("artillery +1",)),
        ({"extra": battery("saa", "0204"), "rules": TWO_HEXES}, ("artillery +1",)),
        ({"extra": battery("saa", "0304"), "rules": TWO_HEXES}, ()),
        ({"extra": battery("saa", "0203", locked_until="2017-10-17"), "rules": TWO_HEXES}, ()),
        ({"extra": battery("isis", "0104"), "rules": TWO_HEXES}, ("the defender's artillery -1",)),
        ({"extra": battery("isis", "0204"), "rules": TWO_HEXES}, ("the defender's artillery -1",)),
        ({"extra": battery("isis", "0404"), "rules": TWO_HEXES}, ()),
        ({"extra": staff("0104"), "rules": TWO_HEXES}, ("headquarters in range +1",)),
        ({"extra": staff("0404"), "rules": TWO_HEXES}, ()),
    ],
)  # fmt: skip
def test_5_3_each_circumstance_shifts_the_odds_where_the_rule_says_so(
    drawn: dict[str, Any], words: tuple[str, ...]
) -> None:
    assert told(**drawn) == set(words)


@pytest.mark.parametrize(("kind", "dug"), [("infantry", 3), ("engineer", 3)])
def test_5_7_a_contact_may_be_as_deep_in_the_ground_as_any_ground_allows(kind: str, dug: int) -> None:
    world = duel(kind=kind, rules={"fog": {"identify_range": 0}})
    assert max(one.dig for one in world.rules.terrain.kinds.values()) == dug
    forecast = forecasting.odds(engine.view(play(world), 0).state, od.Attack(("a0",), at(world, "0202")))
    shifts = world.rules.combat.shifts
    assert shift(forecast.worst, f"entrenched, level {dug}") == dug * shifts.entrenched
    assert shift(forecast.worst, "engineers") == (shifts.engineers if kind == "engineer" else 0)
    assert not shift(forecast.best, "entrenched") and not shift(forecast.known, "entrenched")


@pytest.mark.parametrize(
    ("ground", "control", "target", "adds"),
    [
        ({"0302": "h"}, OURS, ".", True), ({"0302": "h"}, HELD, ".", False), ({}, OURS, ".", False),
        ({"0302": "h"}, OURS, "h", False), ({"0402": "h"}, OURS, ".", False),
    ],
)  # fmt: skip
def test_5_6_a_bombardment_is_surer_from_a_height_beside_its_target(
    ground: dict[str, str], control: list[dict[str, Any]], target: str, adds: bool
) -> None:
    rows = [". . . . .", f". {target} . . .", ". . . . .", ". . . . ."]
    for label, kind in ground.items():
        row = rows[int(label[2:]) - 1].split()
        row[int(label[:2]) - 1] = kind
        rows[int(label[2:]) - 1] = " ".join(row)
    cast = [unit("g", "saa", "0104", "artillery"), unit("d", "isis", "0202")]
    world = situation("\n".join(rows), units=cast, control=control)
    rules = world.rules.combat
    base = rules.bombard_columns[1] - rules.bombard_cover * (world.rules.terrain.kinds["hills"].shift * (target == "h"))
    found = combat.bombard_chance(play(world), world.row["g"], at(world, "0202"))
    assert found == base + (rules.bombard_overlook if adds else 0) and rules.bombard_overlook > 0
