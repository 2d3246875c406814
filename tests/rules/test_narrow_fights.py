"""Fights that lie just beside the usual ones: the empty hex, the attacker out of hiding, the zone of the disrupted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from game import engine
from game import events as ev
from game import orders as od
from game.rules import (
    deconfliction,
    reinforcements,
    shifts,
    threats,
    zones,
)
from game.rules.retreat import retreat_hex
from game.state.codes import Knowledge, Spent
from tests.situation import at, play, refused, situation, unit, with_units

LANE = ". . . . .\n. . . . ."
FIELD = "\n".join([". " * 9] * 6)
THREE = ("saa", "sdf", "isis")


# --- who fights ---------------------------------------------------------------------------------------------------


def test_5_1_a_headquarters_has_nothing_to_attack_with() -> None:
    cast = [unit("staff", "saa", "0201", "hq"), unit("foe", "isis", "0301")]
    state = play(situation(LANE, units=cast), points=5)
    assert "no attack strength" in refused(state, od.Attack(("staff",), at(state, "0301")))


def test_5_1_the_first_hex_of_the_map_can_be_attacked() -> None:
    cast = [unit("a", "saa", "0201"), unit("foe", "isis", "0101")]
    state = play(situation(LANE, units=cast), points=5)
    assert at(state, "0101") == 0 and not refused(state, od.Attack(("a",), 0))


def test_5_4_a_repulse_is_a_result_that_costs_the_defenders_nothing() -> None:
    cast = [unit("a", "saa", "0201"), unit("foe", "isis", "0301")]
    odds = engine.odds(play(situation(LANE, units=cast), points=5), od.Attack(("a",), 2)).known
    spared = [
        one.ways for one in odds.outcomes
        if not (one.after.defender_lost or one.after.defender_disrupted or one.after.fell_back or one.after.strongpoint)
    ]  # fmt: skip
    assert 0 < odds.chance("repulse") == sum(spared) < 36


def test_5_1_who_attacks_an_empty_hex_has_attacked() -> None:
    cast = [unit("a", "saa", "0201"), unit("foe", "isis", "0301"), unit("far", "isis", "0501")]
    state = play(situation(LANE, units=cast), points=5)
    gone = with_units(
        state, hex=tuple(at(state, "0402") if here == at(state, "0301") else here for here in state.units.hex)
    )
    gone = replace(gone, intel=state.intel, answers={})
    order = od.Attack(("a",), at(state, "0301"))
    assert not refused(gone, order), "the report is of before"
    after, events = engine.apply(gone, order)
    row = state.world.row["a"]
    assert not any(isinstance(one, ev.AttackResolved) for one in events)
    assert after.units.spent[row] & Spent.ACTED and after.units.spent[row] & Spent.ATTACKED
    spent = [one.mp for one in events if isinstance(one, ev.UnitSpent)]
    assert spent[0] == 0


@pytest.mark.parametrize("confirm", [0, 1])
def test_11_7_an_attack_confirmed_less_than_twice_is_called_off(confirm: int) -> None:
    cast = [unit("a", "saa", "0201"), unit("dmc", "sdf", "0301"), unit("foe", "isis", "0501")]
    state = play(situation(LANE, factions=THREE, units=cast), points=5)
    order = od.Attack(("a",), at(state, "0301"), confirm=confirm)
    hazy = replace(state, intel=(replace(
        state.intel[0], level=(2, 0, 1), hex=(at(state, "0201"), -1, at(state, "0301")), steps=(2, 0, 2)
    ), *state.intel[1:]), answers={})  # fmt: skip
    after, events = engine.apply(hazy, order)
    assert not after.clock.over and not any(isinstance(one, ev.AttackResolved) for one in events)
    assert after.units.steps == state.units.steps


def test_an_attacker_out_of_hiding_is_known_to_those_whom_it_attacks() -> None:
    cast = [unit("cell", "isis", "0201", "cell", hidden=True), unit("post", "saa", "0301")]
    state = play(situation(LANE, units=cast), turn_of="isis", points=5)
    row = state.world.row["cell"]
    assert not state.intel[0].level[row]
    after, _ = engine.apply(state, od.Attack(("cell",), at(state, "0301")))
    assert after.intel[0].level[row] == Knowledge.IDENTIFIED


def test_6_4_who_advances_looks_around() -> None:
    cast = [
        unit("a", "saa", "0203", "armour", steps=4), unit("foe", "isis", "0303", steps=1),
        unit("deep", "isis", "0503", steps=1),
    ]  # fmt: skip
    ground = situation(FIELD, units=cast, rules={"units": {"types": {"armour": {"sight": 2}}}})
    for seed in range(1, 40):
        state = play(ground, seed, points=5)
        deep = state.world.row["deep"]
        if state.intel[0].level[deep]:
            pytest.fail("it should not be seen beforehand")
        after, events = engine.apply(state, od.Attack(("a",), at(state, "0303")))
        came = [one for one in events if isinstance(one, ev.UnitAdvanced)]
        if came and state.world.grid.distance(came[0].hex, after.units.hex[deep]) <= 2:
            assert after.intel[0].level[deep]
            return
    pytest.fail("nobody advanced")


def test_5_1_a_joint_attack_without_a_headquarters_says_what_it_pays_for() -> None:
    cast = [
        unit("a", "saa", "0201", formation="Tigers"), unit("b", "saa", "0302", formation="Guard"),
        unit("foe", "isis", "0301"),
    ]  # fmt: skip
    state = play(situation(LANE, units=cast), points=5)
    _, events = engine.apply(state, od.Attack(("a", "b"), at(state, "0301"), (), True))
    paid = [one.why for one in events if isinstance(one, ev.CommandSpent)]
    assert paid == ["set-piece, different formations without a headquarters in range"]


def test_5_6_a_bombardment_hits_the_strongest_and_of_equals_the_first() -> None:
    for steps, hit in (((1, 3), "y"), ((3, 1), "x"), ((2, 2), "x")):
        cast = [
            unit("guns", "saa", "0101", "artillery"), unit("eye", "saa", "0201"),
            unit("x", "isis", "0301", steps=steps[0]), unit("y", "isis", "0301", steps=steps[1]),
        ]  # fmt: skip
        world = situation(
            LANE, units=cast, rules={"combat": {"bombard_columns": [100, 100, 100, 100], "bombard_cover": 0}}
        )
        state = play(world, points=5)
        after, _ = engine.apply(state, od.Bombard("guns", at(state, "0301")))
        assert [name for name in ("x", "y") if after.units.disrupted[world.row[name]]] == [hit]


def test_a_stack_is_seen_whole_only_when_each_of_it_is_identified() -> None:
    cast = [unit("a", "saa", "0201"), unit("x", "isis", "0401"), unit("y", "isis", "0401")]
    state = play(situation(LANE, units=cast))
    for levels, whole in (((2, 2), True), ((2, 1), False), ((1, 2), False)):
        intel = replace(state.intel[0], level=(2, *levels), turn=(1, 1, 1))
        known = replace(state, intel=(intel, *state.intel[1:]), answers={})
        assert shifts.all_seen(known, 0, at(state, "0401"), 0) == whole


# --- where the beaten go ------------------------------------------------------------------------------------------


def test_6_1_of_ways_that_are_equal_the_one_furthest_from_every_attacker_is_taken() -> None:
    cast = [unit("foe", "isis", "0403"), unit("a", "saa", "0402"), unit("b", "saa", "0504")]
    state = play(situation(FIELD, units=cast, rules={"movement": {"retreat_zone_losses": {"zone": 0}}}))
    grid = state.world.grid
    attackers, here = {at(state, "0402"), at(state, "0504")}, at(state, "0403")
    goes = retreat_hex(state, state.world.row["foe"], attackers, here)
    free = [there for there in grid.near[here] if there not in attackers]
    best = max(min(grid.distance(there, one) for one in attackers) for there in free)
    assert goes == min(there for there in free if min(grid.distance(there, one) for one in attackers) == best)
    assert best < max(max(grid.distance(there, one) for one in attackers) for there in free), "the case must tell"


# --- zones and threats --------------------------------------------------------------------------------------------


def test_disrupted_steps_of_an_identified_enemy_exert_nothing() -> None:
    state = play(situation(LANE, units=[unit("a", "saa", "0201"), unit("foe", "isis", "0401")]))
    for disrupted, exerts in ((0, True), (1, False)):
        intel = replace(
            state.intel[0],
            level=(2, 2),
            hex=(at(state, "0201"), at(state, "0401")),
            steps=(2, 2),
            disrupted=(0, disrupted),
        )
        known = replace(state, intel=(intel, *state.intel[1:]), answers={})
        assert any(zones.known_zone(known, 0)) == exerts


def test_a_neighbour_that_cannot_march_is_a_threat() -> None:
    cast = [unit("foe", "isis", "0101", movement=0), unit("a", "saa", "0201")]
    state = play(situation(". . x\nx x x", units=cast))
    assert threats.against(state, state.world.row["a"], at(state, "0201")).attackers == (state.world.row["foe"],)


def test_the_other_blocs_control_is_told_as_such_even_under_a_zone_that_nobody_sees() -> None:
    late = unit("late", "saa", arrives="2017-09-05", entry=["0101"])
    cast = [late, unit("foe", "isis", "0201"), unit("dmc", "sdf", "0501")]
    world = situation(LANE, factions=THREE, units=cast, control=[{"faction": "sdf", "hexes": ["0101"]}])
    state = play(world, seen=False)
    assert zones.true_zone(state, 0)[0] and not zones.known_zone(state, 0)[0]
    assert "SDF control" in reinforcements._why_kept_out(state, world.row["late"])


# --- the way back, as it is chosen --------------------------------------------------------------------------------


def test_6_1_from_one_attacker_nobody_falls_back_to_a_hex_beside_him() -> None:
    for there in range(6):
        state = play(situation(FIELD, units=[unit("foe", "isis", "0403"), unit("a", "saa", "0901")]))
        grid, here = state.world.grid, at(state, "0403")
        origin = grid.near[here][there]
        goes = retreat_hex(state, state.world.row["foe"], {origin}, here)
        assert grid.distance(goes, origin) == 2, grid.label(origin)


@pytest.mark.parametrize(("beside", "stacks", "leaves"), [(True, 1, False), (False, 1, True), (True, 2, True)])
def test_6_1_nobody_falls_back_beside_a_lone_attacking_stack(beside: bool, stacks: int, leaves: bool) -> None:
    # Guns exert no zone: nothing but this rule keeps the beaten from the hex beside them.
    state = play(situation(FIELD, units=[unit("foe", "isis", "0403"), unit("a", "saa", "0901", "artillery")]))
    grid, here = state.world.grid, at(state, "0403")
    origin = grid.near[here][0]
    ring = [there for there in grid.near[here] if there != origin]
    open_ = next(there for there in ring if (grid.distance(there, origin) == 1) == beside)
    drawing = [["x"] * grid.columns for _ in range(6)]
    for there in (here, origin, open_):
        drawing[there // grid.columns][there % grid.columns] = "."
    drawing[0][8] = "."
    world = situation("\n".join(" ".join(row) for row in drawing), units=[
        unit("foe", "isis", "0403"), unit("a", "saa", grid.label(origin), "artillery"),
    ])  # fmt: skip
    attackers = {origin} if stacks == 1 else {origin, at(state, "0901")}
    assert (retreat_hex(play(world), world.row["foe"], attackers, here) == open_) == leaves


def test_6_1_it_goes_towards_the_sources_that_it_still_holds() -> None:
    for home, other in (("0101", "0901"), ("0901", "0101")):
        world = situation(
            FIELD, units=[unit("foe", "isis", "0503"), unit("a", "saa", "0504")],
            sources={"isis": [{"hex": "0101"}, {"hex": "0901"}]},
        )  # fmt: skip
        state = play(world)
        control = tuple(1 if world.grid.label(n) == home else -1 for n in range(world.grid.size))
        state = replace(state, hexes=replace(state.hexes, control=control), answers={})
        goes = retreat_hex(state, world.row["foe"], {at(state, "0504")}, at(state, "0503"))
        assert world.grid.distance(goes, at(state, home)) < world.grid.distance(goes, at(state, other))


def test_11_7_an_attack_that_is_meant_for_the_other_bloc_is_a_sure_incident_in_each_of_its_lines() -> None:
    cast = [unit("a", "saa", "0201"), unit("dmc", "sdf", "0301"), unit("foe", "isis", "0501")]
    state = play(situation(LANE, factions=THREE, units=cast), points=5)
    act = deconfliction.Act("attack", at(state, "0301"), at(state, "0201"), confirmed=True)
    found = deconfliction.risk(state, 0, act)
    assert found.percent == 100 == sum(one.value for one in found.terms.terms)


def test_11_6_troops_that_are_wholly_disrupted_lose_nothing_more_to_an_incident() -> None:
    cast = [unit("a", "saa", "0201", steps=2), unit("dmc", "sdf", "0301"), unit("foe", "isis", "0501")]
    rules = {"deconfliction": {"adjacent": 60, "most": 60}}
    for disrupted, more in ((1, 1), (2, 0)):
        state = play(situation(LANE, factions=THREE, units=cast, rules=rules), points=5)
        row = deconfliction._troops(with_units(state, disrupted=(disrupted, 0, 0)), 0, (at(state, "0201"),))
        assert (row == 0) == bool(more)
