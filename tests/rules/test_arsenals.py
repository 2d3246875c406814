"""Rulebook 9.16: salvoes are kept, and strike arsenals unseen. The cast: an army with salvoes, an arsenal far off."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from game import engine
from game.events import ArsenalStruck, FireResolved
from game.orders import Strike
from game.rules import strikes, strongpoints, supply, support
from game.scenario.world import Stronghold
from game.state import Draft, State
from game.state.codes import Supplied
from tests.situation import play, refused, situation, unit

STEPPE = "\n".join(", " * 9 for _ in range(5))
DEPOTS = [{"name": "depots", "hex": "0803", "capacity": 20, "arsenal": True}]


def siege(*, hit: int = 100, sources: Any = None, **more: Any) -> State:
    """Two salvoes in hand; the garrison of the arsenal stands at 0803, unseen."""
    rules = {"support": {"kinds": {"kalibr": {"hit": hit}}}}
    units = (unit("col", "saa", "0103"), unit("den", "isis", "0803", traits=["garrison"], stores=3))
    world = situation(
        STEPPE, units=units, sources={"isis": DEPOTS if sources is None else sources}, support={"saa": {"kalibr": 2}},
        control=[{"faction": "isis", "box": ["0701", "0905"]}], rules=rules, **more,
    )  # fmt: skip
    draft = Draft(play(world, points=5))
    support.grant(draft, 0)
    supply.judge(draft, 1)
    return draft.finish()


def test_9_16_unused_salvoes_are_kept_up_to_a_limit() -> None:
    state = siege()
    counts = []
    for _ in range(3):
        draft = Draft(state)
        support.grant(draft, 0)
        state = draft.finish()
        counts.append(state.support_of(0)["kalibr"])
    assert counts == [3, 3, 3]
    none = siege()
    draft = Draft(replace(none, factions=replace(none.factions, grounded=(1, 0)), answers={}))
    support.grant(draft, 0)
    assert draft.support_of(0).get("kalibr", 0) == 0, "who has grounded his support keeps none"


def test_9_16_a_salvo_closes_an_arsenal_unseen_and_it_opens_again() -> None:
    state = siege()
    here = state.world.grid.hex("0803")
    assert not state.intel[0].level[1], "nobody has seen its garrison"
    assert supply.state_at(state, 1, here) == Supplied.FULL
    assert strikes.strike_chance(state, 0, "kalibr", here).total == 100, "cover and fog hide no arsenal"
    after, events = engine.apply(state, Strike("kalibr", here))
    assert ArsenalStruck(0, 1, here, 5) in events and after.units.dry[1] == 0
    assert supply.state_at(after, 1, here) == Supplied.CUT and "a strike closed" in str(supply.explain(after, 1))
    assert strikes.arsenal_at(after, 0, here) == -1 and "no enemy" in refused(after, Strike("kalibr", here))
    later = replace(after, clock=replace(after.clock, turn=6), answers={})
    assert supply.state_at(later, 1, here) == Supplied.FULL and strikes.arsenal_at(later, 0, here) == 1


def test_9_16_a_miss_leaves_the_arsenal_open_and_other_sources_must_be_seen() -> None:
    state = siege(hit=1)
    here = state.world.grid.hex("0803")
    after, events = engine.apply(state, Strike("kalibr", here))
    assert any(isinstance(one, FireResolved) and one.result == "no effect" for one in events)
    assert not after.clock.struck and after.units.dry[1] == state.units.dry[1]
    plain = siege(sources=[{"name": "depots", "hex": "0803", "capacity": 20}])
    assert "no enemy" in refused(plain, Strike("kalibr", here))


@pytest.mark.parametrize(("hit", "holder", "left"), [(100, "isis", 2), (1, "isis", 3), (100, "", 0)])
def test_9_16_a_hit_costs_the_place_of_the_arsenal_a_strongpoint_while_any_stands(
    hit: int, holder: str, left: int
) -> None:
    place = {"name": "Depots", "hex": "0803", "kind": "town", "size": 2}
    state = siege(hit=hit, places=[place], holders={"Depots": "isis"})
    world, here = state.world, state.world.grid.hex("0803")
    built = {here: Stronghold(world.place_at[here], 1, 3)} if holder else {}
    state = replace(
        state, world=replace(world, strongholds=built), places=replace(state.places, strongpoints=(3,)), answers={}
    )
    after, _ = engine.apply(state, Strike("kalibr", here))
    assert strongpoints.standing(after, here) == left
