"""Which of two, and who else: the strongest of equals, the faction whose turn it is, the bloc that answers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from game import engine
from game import events as ev
from game import orders as od
from game.hexgrid import grid
from game.rules import (
    deconfliction,
    foresight,
    reinforcements,
    strikes,
    supply,
    supply_net,
    victory,
)
from game.rules.aftermath import AttackSides, aftermath
from game.rules.losses import Body
from game.state import Draft
from game.state.codes import Spent, Supplied
from tests.situation import at, play, refused, situation, unit, with_units

LANE = ". . . . .\n. . . . ."
FIELD = "\n".join([". " * 9] * 6)
THREE = ("saa", "sdf", "isis")


# --- which of two -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("forced", "gained"), [(False, 2), (True, 6)])
def test_4_3_a_road_march_and_a_forced_march_each_add_their_own_share(forced: bool, gained: int) -> None:
    shares = {"movement": {"march_percent": 25, "forced_percent": 75}}
    cast = [unit("a", "saa", "0101", "mech", movement=8), unit("foe", "isis", "0501")]
    state = play(situation(LANE, units=cast, rules=shares), points=5)
    after, _ = engine.apply(state, od.March("a", forced))
    assert after.units.mp[0] - state.units.mp[0] == gained
    assert after.units.disrupted[0] == int(forced)
    assert bool(after.units.spent[0] & Spent.FORCED) == forced


def test_a_march_that_is_thought_of_moves_nobody_else() -> None:
    cast = [unit("a", "saa", "0101"), unit("b", "saa", "0201"), unit("c", "saa", "0102"), unit("foe", "isis", "0501")]
    state = play(situation(LANE, units=cast))
    way = engine.reach(state, "a").path(at(state, "0301"))
    thought = foresight.marched(state, 0, way)
    assert thought.units.hex == (way[-1], *state.units.hex[1:]) and len(thought.units.mp) == len(state.units.mp)
    assert thought.units.mp[1:] == state.units.mp[1:]


def test_a_cell_into_which_a_march_runs_hides_no_longer() -> None:
    cast = [unit("a", "saa", "0101"), unit("cell", "isis", "0301", "cell", hidden=True)]
    state = play(situation(LANE, units=cast))
    way = tuple(at(state, label) for label in ("0201", "0301"))
    after, events = engine.apply(state, od.Move("a", way))
    row = state.world.row["cell"]
    assert not after.units.hidden[row] and any(isinstance(one, ev.UnitHid) and one.unit == row for one in events)
    assert after.units.hex[0] == at(state, "0201")


def test_9_6_a_strike_hits_of_equals_the_one_with_more_whole_steps() -> None:
    cast = [unit("a", "saa", "0201", sight=3), unit("x", "isis", "0301", steps=3), unit("y", "isis", "0301", steps=3)]
    rules = {"support": {"kinds": {"strike": {"hit": 100}}, "cover": 0}}
    for disrupted, hit in (((0, 2, 0), "y"), ((0, 0, 2), "x"), ((0, 0, 0), "x")):
        state = with_units(play(situation(LANE, units=cast, rules=rules), points=5), disrupted=disrupted)
        state = replace(state, clock=replace(state.clock, support=((("strike", 2),), ())), answers={})
        _, events = engine.apply(state, od.Strike("strike", at(state, "0301"), 1))
        fire = next(one for one in events if isinstance(one, ev.FireResolved))
        assert fire.unit == state.world.row[hit], disrupted


def test_the_deepest_of_the_identified_counts() -> None:
    cast = [unit("a", "saa", "0201", sight=3), unit("x", "isis", "0301"), unit("y", "isis", "0301")]
    state = play(situation(LANE, units=cast))
    rules = state.world.rules.support
    found = []
    for dug in ((0, 0, 0), (0, 1, 0), (0, 0, 1), (0, 1, 1)):
        intel = replace(state.intel[0], dug=dug)
        moment = replace(state, intel=(intel, *state.intel[1:]), answers={})
        found.append(strikes.strike_chance(moment, 0, "strike", at(state, "0301")).total)
    assert found == [found[0], *[found[0] - rules.dug] * 3]


def test_5_4_losses_that_come_one_by_one_are_counted_on() -> None:
    body = Body(0, 7, 2, 0)
    told = [body.take(0, 1, "") for _ in range(4)]
    assert [[type(one) for one in each] for each in told] == [
        [ev.StepsDisrupted], [ev.StepsDisrupted], [ev.StepsLost], [ev.UnitDestroyed],
    ]  # fmt: skip


def test_4_9_a_cell_goes_to_ground_once() -> None:
    for hidden in (True, False):
        cast = [unit("cell", "isis", "0301", "cell", hidden=hidden), unit("a", "saa", "0101")]
        state = play(situation(LANE, units=cast), turn_of="isis", points=3)
        assert ("went to ground already" in refused(state, od.DigIn("cell"))) == hidden


def test_who_arrives_is_seen_by_those_who_watch_the_entry() -> None:
    late = unit("late", "saa", "", arrives="2017-09-05", entry=["0201"])
    state = play(situation(LANE, units=[late, unit("eye", "isis", "0401", sight=4)]))
    draft = Draft(state)
    reinforcements.arrive(draft, 0)
    assert draft.intel[1].level[state.world.row["late"]]


def test_7_6_a_unit_in_the_first_hex_draws_on_the_capacity_of_its_source() -> None:
    home = {"saa": [{"name": "Home", "hex": "0101", "capacity": 2}]}
    cast = [unit("a", "saa", "0101"), unit("b", "saa", "0201"), unit("foe", "isis", "0502")]
    held = [{"faction": "saa", "hexes": ["0101", "0201", "0301"]}]
    state = play(situation(LANE, units=cast, roads=[["0101", "0201", "0301"]], sources=home, control=held))
    draft = Draft(state)
    supply.judge(draft, 0)
    assert list(draft.units.supply[:2]) == [Supplied.FULL, Supplied.STRETCHED], "nearest first, and there is no more"


def test_troops_of_the_first_row_are_as_near_as_others() -> None:
    cast = [unit("a", "saa", "0101"), unit("dmc", "sdf", "0301"), unit("foe", "isis", "0502")]
    state = play(situation(LANE, factions=THREE, units=cast), turn_of="sdf", points=3)
    assert state.world.row["a"] == 0
    act = deconfliction.Act("strike", at(state, "0201"), at(state, "0301"))
    assert deconfliction.risk(state, 1, act).other == 0
    assert deconfliction.risk(state, 1, act).percent >= state.world.rules.deconfliction.adjacent


# --- and who else -------------------------------------------------------------------------------------------------


def test_15_3_recovery_is_for_the_faction_whose_turn_opens() -> None:
    cast = [unit("a", "saa", "0101"), unit("b", "isis", "0501"), unit("c", "saa", "0102")]
    state = with_units(play(situation(LANE, units=cast)), disrupted=(1, 0, 1))
    assert [state.world.roster.faction[row] for row in range(3)] == [0, 0, 1]
    draft = Draft(with_units(state, disrupted=(1, 0, 1)))
    reinforcements.recover(draft, 0)
    assert list(draft.units.disrupted) == [0, 0, 1]


def test_8_3_a_ferry_takes_as_many_steps_as_it_carries() -> None:
    for steps, fits in ((3, True), (4, False)):
        cast = [unit("a", "saa", "0101", "armour", steps=steps), unit("foe", "isis", "0502")]
        side = grid(5, 2).side_label(grid(5, 2).side_between(0, 1))
        world = situation(LANE, units=cast, rivers=[[side]], crossings=[(side, "ferry", "open")])
        state = play(world, points=3)
        assert world.rules.movement.ferry_steps == 3
        assert (refused(state, od.Bridge("a", world.grid.side(side), "boats")) == "") == fits


def test_7_3_a_source_that_an_enemy_holds_gives_nothing() -> None:
    for holder, works in ((0, True), (1, False), (-1, False)):
        world = situation(LANE, units=[unit("a", "saa", "0301"), unit("foe", "isis", "0502")],
                          sources={"saa": [{"name": "Home", "hex": "0101", "kind": "source"}]},
                          roads=[["0101", "0201", "0301"]])  # fmt: skip
        state = play(world)
        control = tuple(holder if here == 0 else 0 for here in range(world.grid.size))
        moment = replace(state, hexes=replace(state.hexes, control=control), answers={})
        source = world.factions[0].sources[0]
        assert (supply_net.why_shut(moment, 0, source) == "") == works


def test_11_7_the_whole_bloc_answers_for_an_attack_on_the_other() -> None:
    cast = [
        unit("a", "saa", "0101"),
        unit("dmc", "sdf", "0501"),
        unit("foe", "isis", "0502"),
        unit("b", "iraq", "0102"),
    ]
    state = play(situation(LANE, factions=("saa", "sdf", "isis", "iraq"), units=cast))
    world = state.world
    same = replace(
        world, answers={},
        factions=tuple(replace(one, bloc="government") if one.id == "iraq" else one for one in world.factions),
    )  # fmt: skip
    for moment, guilty in ((state, [0]), (replace(state, world=same), [0, 3])):
        over = replace(moment, clock=replace(moment.clock, culprit=0), answers={})
        assert [faction for faction in range(4) if victory.punished(over, faction)] == guilty


def test_a_result_that_costs_the_defenders_nothing_spares_them() -> None:
    cast = [unit("a", "saa", "0201", steps=4), unit("x", "isis", "0301", steps=3)]
    state = play(situation(LANE, units=cast))
    sides = AttackSides((0,), (1,), at(state, "0301"), (state.units.mp[0],))
    for key, result in state.world.rules.combat.results.items():
        found = aftermath(state, sides, result)
        harmed = bool(result.defender_lost or result.defender_disrupted or result.retreat)
        assert found.spared is not harmed, key


def test_an_attack_beside_the_other_bloc_may_bring_an_incident() -> None:
    rules = {"deconfliction": {"adjacent": 60, "acts": {"attack": 100}}}
    cast = [unit("a", "saa", "0201", steps=4), unit("x", "isis", "0301", steps=1), unit("dmc", "sdf", "0401")]
    state = play(situation(LANE, factions=THREE, units=cast, rules=rules), points=5)
    _, events = engine.apply(state, od.Attack(("a",), at(state, "0301")))
    rolled = [one.chance for one in events if isinstance(one, ev.IncidentRolled)]
    assert rolled == [60]
    far = play(situation(FIELD, factions=THREE, units=[*cast[:2], unit("dmc", "sdf", "0906")], rules=rules), points=5)
    _, events = engine.apply(far, od.Attack(("a",), at(far, "0301")))
    assert not [one for one in events if isinstance(one, ev.IncidentRolled) and one.chance]


def test_11_6_of_equals_the_one_with_more_whole_steps_answers_for_an_incident() -> None:
    cast = [unit("a", "saa", "0201", steps=3), unit("b", "saa", "0201", steps=3), unit("dmc", "sdf", "0401")]
    state = play(situation(LANE, factions=("saa", "sdf"), units=cast))
    for disrupted, row in (((2, 0, 0), 1), ((0, 2, 0), 0), ((0, 0, 0), 0)):
        assert deconfliction._troops(with_units(state, disrupted=disrupted), 0, (at(state, "0201"),)) == row
