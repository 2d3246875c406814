"""Rule 4.5: who takes a place that an enemy holds, and when. The cast: an SAA village between ISIS and the army."""

from __future__ import annotations

from dataclasses import replace

import pytest

from game import engine
from game import orders as od
from game.rules import taking
from game.state import State
from game.state.codes import Supplied
from tests.situation import play, situation, unit

VILLAGE = 1
"""The hex of the village, between where the unit starts and where its march ends."""


def road(kind: str = "infantry", steps: int = 2, *, disrupted: int = 0, supply: int = 0) -> State:
    world = situation(
        ". . . . .\n x x x x x", units=[unit("a", "isis", "0101", kind, steps=steps), unit("b", "saa", "0501")],
        control=[{"faction": "saa", "hexes": ["0201", "0301", "0401"]}],
        places=[{"name": "Kabajib", "hex": "0201", "bank": "west", "size": 1, "population": 0}],
    )  # fmt: skip
    state = play(world, turn_of="isis")
    row = world.row["a"]
    changed = {"disrupted": disrupted, "supply": supply}
    columns = {name: tuple(value if n == row else 0 for n in range(2)) for name, value in changed.items()}
    return replace(state, units=replace(state.units, **columns), answers={})


def marched(state: State, *labels: str) -> State:
    path = tuple(state.world.grid.hex(label) for label in labels)
    return engine.apply(state, od.Move("a", path))[0]


def holder(state: State, here: int = VILLAGE) -> str:
    return state.world.factions[state.hexes.control[here]].id


@pytest.mark.parametrize(
    ("kind", "steps", "passing", "ends"),
    [
        ("infantry", 2, "isis", "isis"),
        ("infantry", 1, "saa", "isis"),
        ("mobile", 3, "saa", "isis"),
        ("cell", 2, "saa", "saa"),
        ("recon", 2, "saa", "saa"),
    ],
)
def test_4_5_control_of_a_place_falls_to_the_strong_in_passing_and_to_others_where_their_turn_ends(
    kind: str, steps: int, passing: str, ends: str
) -> None:
    state = road(kind, steps)
    gone = marched(state, "0201", "0301")
    assert (holder(gone), holder(gone, VILLAGE + 1)) == (passing, "isis"), "open ground falls to whoever comes"
    stays = marched(state, "0201")
    assert holder(stays) == passing
    after = engine.apply(stays, od.EndTurn())[0]
    assert holder(after) == ends
    assert holder(engine.apply(gone, od.EndTurn())[0]) == passing, "who has gone on holds nothing behind him"


def test_4_5_the_forecast_says_when_control_of_a_place_comes_later_or_not_at_all() -> None:
    for kind, words in (("infantry", ""), ("mobile", "when your turn ends"), ("cell", "cannot take Kabajib")):
        state = road(kind)
        told = taking.why_not_at_once(state, state.world.row["a"], VILLAGE)
        assert words in told
        assert bool(told) == bool(words)
        assert not taking.why_not_at_once(state, state.world.row["a"], VILLAGE + 1), "open ground"


def test_4_5_disrupted_steps_and_troops_that_are_cut_off_take_no_control_in_passing() -> None:
    for start in (road(disrupted=1), road(supply=Supplied.CUT)):
        state = marched(start, "0201")
        assert holder(state) == "saa"
        assert holder(engine.apply(state, od.EndTurn())[0]) == "isis"


def test_4_5_a_scenario_may_give_everybody_control_in_passing() -> None:
    state = road("mobile", 1)
    rules = state.world.rules
    movement = replace(rules.movement, taking_steps=0, taking_late=())
    old = replace(state, world=replace(state.world, rules=replace(rules, movement=movement), answers={}), answers={})
    row = state.world.row["a"]
    assert taking.takes_in_passing(old, row)
    assert not taking.takes_in_passing(state, row)
    assert holder(marched(old, "0201", "0301")) == "isis"


def beside_troops(steps: int = 2) -> State:
    """A village that the army's troops watch from the hex behind it, and ISIS on the road to it."""
    world = situation(
        ". . . . .\n x x x x x", units=[unit("a", "isis", "0101", steps=2), unit("b", "saa", "0301", steps=steps)],
        control=[{"faction": "saa", "hexes": ["0201", "0301", "0401"]}],
        places=[{"name": "Kabajib", "hex": "0201", "bank": "west", "size": 1, "population": 0}],
    )  # fmt: skip
    return play(world, turn_of="isis")


def until_next_turn(state: State) -> State:
    """Everybody ends his turn until ISIS is to play again."""
    faction = state.faction
    state = engine.apply(state, od.EndTurn())[0]
    while state.faction != faction:
        state = engine.apply(state, od.EndTurn())[0]
    return state


def test_4_5_control_of_a_place_under_a_zone_falls_as_the_next_turn_of_the_taker_opens() -> None:
    state = beside_troops()
    row = state.world.row["a"]
    assert "Enemy ZOC: Kabajib can fall only if" in taking.why_not_at_once(state, row, VILLAGE)
    there = marched(state, "0201")
    assert holder(there) == "saa"
    assert holder(engine.apply(there, od.EndTurn())[0]) == "saa"
    assert holder(until_next_turn(there)) == "isis"
    weak = beside_troops(steps=1)
    assert not taking.why_not_at_once(weak, row, VILLAGE)
    assert holder(marched(weak, "0201")) == "isis", "a single step watches nothing"


def test_4_5_a_scenario_may_give_control_of_a_place_in_spite_of_a_zone() -> None:
    state = beside_troops()
    movement = replace(state.world.rules.movement, taking_watched=False)
    world = replace(state.world, rules=replace(state.world.rules, movement=movement), answers={})
    assert holder(marched(replace(state, world=world, answers={}), "0201")) == "isis"
