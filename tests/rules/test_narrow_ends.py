"""Narrow cases at the ends of lists and of the map: the first hex, the one target, the stack that rolls first."""

from __future__ import annotations

import pytest

from game import engine
from game import events as ev
from game import orders as od
from game.kernels.reach import marked
from game.rules import deconfliction, invariants, ladder, movement, salvoes, strays, supply_net
from game.rules.ledger import Ledger, Term
from game.scenario.effects import DoSalvo
from game.scenario.world import Stance, World
from game.schema.canonical import from_plain
from game.state import Draft
from game.state.changes import Change, changed
from game.state.codes import Knowledge, Spent
from tests.situation import at, play, refused, situation, unit, with_units

SALVO = {"do": "salvo", "area": {"hexes": ["0101", "0201", "0301"]}, "shots": 1, "hit": 0, "name": "salvo"}


def test_marks_begin_at_the_first_hex() -> None:
    assert list(marked(bytearray([1, 0, 1]))) == [0, 2]


@pytest.mark.parametrize("seed", range(6))
def test_a_salvo_falls_on_the_hex_that_its_die_names(seed: int) -> None:
    world = situation(
        ". . .\n. . .", units=[unit("a", "saa", "0101"), unit("b", "saa", "0201"), unit("c", "isis", "0301")]
    )
    draft = Draft(play(world, seed))
    salvoes.salvo(draft, from_plain(DoSalvo, SALVO))
    [die] = [event for event in draft.events if isinstance(event, ev.DiceRolled) and event.label == "salvo"]
    [fire] = [event for event in draft.events if isinstance(event, ev.FireResolved)]
    assert fire.target == (at(world, "0101"), at(world, "0201"), at(world, "0301"))[die.values[0] - 1]
    assert fire.unit == -1 and fire.result == "no effect"


def test_a_unit_does_not_wait_to_enter_where_the_game_does_not_reach() -> None:
    world = situation("x . .\n. . .", units=[unit("a", "saa", "0201"), unit("b", "isis", "0301")])
    state = play(world)
    assert not invariants.check(state)
    assert invariants.check(with_units(state, entry=(0, -1)))[0].startswith("I-10 units.entry of a is 0101")


def two_blocs(**more: object) -> World:
    deconflict = {"friction_rolls": 1, "adjacent": 10, "two_hexes": 10, "acts": {"friction": 100}}
    return situation(
        """
        . . . . . . .
        . . . . . . .
        . . . . . . .
        """,
        units=[unit("far", "saa", "0101"), unit("near", "saa", "0702"), unit("one", "sdf", "0301"),
               unit("two", "sdf", "0602")],
        factions=("saa", "sdf"),
        stances={("saa", "sdf"): "rival"},
        rules={"deconfliction": {**deconflict, "two_hexes": 2, **more}},
    )  # fmt: skip


def test_11_5_of_several_stacks_those_in_the_greatest_danger_roll() -> None:
    state = play(two_blocs())
    state = with_units(state, spent=(Spent.MOVED, Spent.MOVED, 0, 0))
    [(percent, act)] = deconfliction.friction_acts(state, 0)
    assert act.hex == at(state, "0702") and percent > 2


def test_11_6_the_ladder_rises_no_higher_than_incidents_lift_it() -> None:
    world = two_blocs()
    most = world.rules.deconfliction.dice_rung
    for rung, after in ((most - 1, most), (most, most)):
        draft = Draft(play(world))
        draft.emit(ev.LadderMoved(0, rung, "test"))
        ladder.lift(draft, "test")
        assert draft.clock.ladder == after


def test_11_10_a_corridor_stays_on_the_map() -> None:
    state = play(two_blocs())
    for here in (-1, state.world.grid.size):
        assert "11.10" in refused(state, od.Notify((here,)))


def test_9_7_fire_that_goes_astray_shows_whom_it_hit() -> None:
    state = play(two_blocs(), seen=False)
    row = state.world.row["one"]
    assert state.intel[0].level[row] == Knowledge.UNSEEN
    draft = Draft(state)
    target = at(state, "0201")
    assert strays.others_near(draft, 0, target)[0] == row
    strays.fall(draft, 0, target, strays.Stray("strike", 1, Ledger((Term("", 50),))), 10)
    assert draft.intel[0].level[row] == Knowledge.IDENTIFIED


def test_4_7_raiders_do_not_slip_through_a_hex_where_others_stand() -> None:
    world = situation(
        ". . .\nx x x",
        units=[unit("r", "isis", "0101", "mobile", traits=["raider"]), unit("wall", "saa", "0201")],
        factions=("isis", "saa"),
    )
    state = play(world)
    found = movement.infiltration(state, world.row["r"])
    assert found == {at(world, "0101"): 0}


def test_who_wins_out_of_the_first_hex_without_advancing_keeps_half_his_movement() -> None:
    won = {"attacker_lost": 0, "attacker_disrupted": 0, "defender_lost": 6}
    table = ("A2", "A1d", "A1", "Ad2", "Ad", "x", "X", "R", "Rx", "D1Rx", "D1R", "D2R", "D2R2")
    world = situation(
        ". .\n. .\n. .",
        units=[
            unit("first", "saa", "0202", "mobile"), unit("m", "saa", "0101", "mobile"),
            unit("f", "isis", "0201", "infantry", steps=1),
        ],
        sources={"saa": [{"hex": "0101"}], "isis": [{"hex": "0203"}]},
        rules={"combat": {"results": dict.fromkeys(table, won)}},
    )  # fmt: skip
    state = play(world, points=9)
    assert at(world, "0101") == 0
    after, _ = engine.apply(state, od.Attack(("first", "m"), at(world, "0201")))
    assert after.units.steps[2] == 0 and after.units.hex[:2] == (at(world, "0201"), 0)
    assert 0 < after.units.mp[1] <= state.units.mp[1] // 2


def test_a_change_of_the_world_is_worked_out_once() -> None:
    world = two_blocs()
    change: Change = ("stance", (0, 1, int(Stance.WAR)), ())
    assert changed(world, change) is changed(world, change)
    assert changed(world, change).stance[0][1] == Stance.WAR


def test_7_what_cuts_supply_is_told_with_road_and_place() -> None:
    world = situation(
        ". . .\n. . .", units=[unit("a", "saa", "0101")], roads=[["0101", "0201", "0301"]],
        places=[{"name": "Kabajib", "hex": "0201"}],
    )  # fmt: skip
    assert supply_net._where("ZOC", world, at(world, "0201")) == "ZOC on the road near Kabajib"
