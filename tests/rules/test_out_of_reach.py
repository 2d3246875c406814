"""Why a unit does not get to a hex, in words, and how far a march there goes."""

from __future__ import annotations

from typing import Any

import pytest

from game import engine
from game import orders as od
from game.events import UnitSpent
from game.rules import out_of_reach
from game.state import Draft, State
from game.state.codes import Spent
from tests.situation import play, situation, unit

OPEN = "\n".join([". " * 12] * 5)


def ask(state: State, there: str) -> tuple[str, str]:
    """Why "lions" cannot stop in a hex, and the label of the hex to which the march would go."""
    grid, row = state.world.grid, state.world.row["lions"]
    found = out_of_reach.why(state, row, grid.hex(there))
    if found is None:
        return "", ""
    if found.path:  # what is promised is a march that the engine accepts
        assert engine.refusal(state, od.Move("lions", found.path)) is None
    return found.why, grid.label(found.path[-1]) if found.path else ""


def moment(drawing: str = OPEN, others: Any = (), **more: Any) -> State:
    return play(situation(drawing, units=[unit("lions", "saa", "0203", "mech"), *others], **more))


def test_movement_left_is_a_reason_and_the_march_gets_as_far_as_it_can() -> None:
    state = moment()
    why, end = ask(state, "1203")
    assert why.startswith("The march to 1203 costs ") and " MP, and lions has " in why
    assert state.world.grid.hex(end) in out_of_reach.stops(state, state.world.row["lions"])
    assert ask(state, "0303") == ("", "") and ask(state, "0203") == ("", "")


def test_a_river_without_a_crossing_is_named() -> None:
    sides = [f"05{row:02d}/{way}" for row in range(1, 6) for way in ("NE", "SE")]
    why, end = ask(moment(rivers=[sides]), "0703")
    assert why.startswith("lions cannot get there: no open bridge crosses ") and " from 05" in why
    assert end.startswith("0")


def test_ground_that_the_unit_cannot_enter_is_named() -> None:
    wall = "\n".join([". . . . m . . ."] * 5)
    why, _ = ask(moment(wall), "0503")
    assert "cannot" in why and "0503" in why


def test_a_full_hex_is_out_of_reach_and_says_that_it_is_full() -> None:
    crowd = [unit(f"crowd{n}", "saa", "0403", steps=1) for n in range(9)]
    state = moment(others=crowd)
    why, end = ask(state, "0403")
    assert "already holds" in why
    assert end and end != "0403"
    assert state.world.grid.hex("0403") in engine.reach(state, "lions").cost
    assert state.world.grid.hex("0403") not in out_of_reach.stops(state, state.world.row["lions"])


def test_zones_and_those_who_hold_the_ground_are_reasons() -> None:
    eyes = [unit(f"eyes{row}", "saa", f"04{row:02d}") for row in (2, 4)]
    gaps = moment(others=[*eyes, *(unit(f"wall{row}", "isis", f"05{row:02d}", steps=3) for row in (1, 3, 5))])
    assert ask(gaps, "0803") == ("The march would end at 0502: it goes from one enemy ZOC into another there.", "0502")
    assert ask(gaps, "0503") == ("Others hold 0503.", "0403")
    solid = moment(others=[*eyes, *(unit(f"wall{row}", "isis", f"05{row:02d}", steps=3) for row in range(1, 6))])
    assert ask(solid, "0803") == ("Others bar every way to 0803, the first at 0501.", "0402")


def test_a_unit_that_may_not_march_says_so() -> None:
    draft = Draft(moment())
    draft.emit(UnitSpent(draft.world.row["lions"], Spent.STOPPED, 0))
    state = draft.finish()
    assert ask(state, "0303") == ("lions has been stopped for this turn.", "")


@pytest.mark.parametrize("there", ["0101", "1205", "0603"])
def test_every_hex_that_is_shown_as_reach_can_be_marched_to(there: str) -> None:
    state = moment(others=[unit("foe", "isis", there, steps=3), unit("friend", "saa", "0304")])
    row = state.world.row["lions"]
    for here in out_of_reach.stops(state, row):
        assert engine.refusal(state, od.Move("lions", engine.reach(state, "lions").path(here))) is None
    for here in range(state.world.grid.size):
        shown = here in out_of_reach.stops(state, row) or here == state.units.hex[row]
        assert (out_of_reach.why(state, row, here) is None) == shown
