"""The staff and what the blocs tell each other: concessions, warnings; and who stays entrenched."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from game import engine
from game import orders as od
from game.ai.players import make_player
from game.scenario.doctrine import Doctrine
from game.scenario.world import Stronghold
from game.state import State
from tests.ai.stage import game, play_turns, prize, where
from tests.situation import play, situation, unit

STEPPE = "\n".join(", " * 12 for _ in range(7))
TALKS = (od.Standstill, od.Grounding, od.Cede)


def facing(rung: int, **doctrine: Any) -> State:
    """Four SAA steps three hexes from the SDF, at a rung of the ladder; the field between them is nobody's."""
    troops = (
        unit("a", "saa", "0304"), unit("b", "saa", "0305"), unit("c", "sdf", "0604"), unit("e", "isis", "1201"),
    )  # fmt: skip
    world = situation(
        STEPPE, units=troops, factions=("saa", "sdf", "isis"), victory={"prizes": [prize("Field", 8, "saa", "sdf")]},
        places=[{"name": "Field", "hex": "0404", "size": 1}], sources={"saa": [{"name": "Rear", "hex": "0104"}]},
    )  # fmt: skip
    world = replace(world, doctrine=(Doctrine(**doctrine), None, None))
    state = play(world, points=4)
    known = replace(
        state.intel[0], level=tuple(2 for _ in world.roster.id), hex=state.units.hex, turn=(1,) * len(world.roster)
    )
    return replace(
        state, clock=replace(state.clock, ladder=rung, quiet=1), intel=(known, *state.intel[1:]),
        factions=replace(state.factions, liaison=(4, 4, 0)), answers={},
    )  # fmt: skip


def first_order(state: State) -> od.Order:
    return make_player("staff").decide(engine.view(state, 0))


@pytest.mark.parametrize(("rung", "concedes"), [(0, False), (2, False), (3, True), (4, True)])
def test_a_staff_concedes_where_the_rung_costs_more(rung: int, concedes: bool) -> None:
    assert isinstance(first_order(facing(rung)), TALKS) == concedes


def test_a_staff_concedes_only_as_far_as_its_doctrine_weighs_the_ladder() -> None:
    assert not isinstance(first_order(facing(4, concede=0)), TALKS)


def test_a_staff_that_is_blamed_concedes_sooner() -> None:
    state = facing(2, interest={"Field": 0})  # nothing that a standstill would hold back
    blamed = replace(state, factions=replace(state.factions, blamed=(1, 0, 0)), answers={})
    assert isinstance(first_order(blamed), od.Standstill) and not isinstance(first_order(state), TALKS)


@pytest.mark.parametrize(("worth", "warns"), [(30, True), (90, False), (0, False)])
def test_a_staff_warns_the_other_bloc_off_a_dear_prize_that_both_can_reach(worth: int, warns: bool) -> None:
    assert isinstance(first_order(facing(0, warns=worth)), od.Warn) == warns


def test_whoever_stands_behind_strongpoints_stays_there() -> None:
    world = situation(
        STEPPE.replace(",", ".", 1),
        units=[*(unit(f"g{n}", "isis", "0603", steps=2) for n in range(3)), unit("w", "saa", "0903", steps=1)],
        places=[{"name": "City", "hex": "0603", "size": 3, "kind": "city"}], holders={"City": "isis"},
        sources={"isis": [{"name": "Stores", "hex": "0603"}]}, victory={"prizes": [prize("City", 12)]},
    )  # fmt: skip
    here = world.grid.hex("0603")
    built = {here: Stronghold(world.place_at[here], world.faction("isis"), 3)}
    doctrine = tuple(Doctrine(posture="defend") if one.id == "isis" else None for one in world.factions)
    session = game(replace(world, strongholds=built, doctrine=doctrine), {"isis": "staff"})
    play_turns(session, 2)
    assert [where(session, f"g{n}") for n in range(3)] == ["0603"] * 3
