"""What Iraq gains besides the towns themselves: days before history, and a crossing that falls with the town."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from game import engine
from game.events import ControlChanged
from game.rules import script, scripted
from game.state import Draft, State
from tests.worlds import world_of


@cache
def start() -> State:
    return engine.start(world_of("race_for_deir_ezzor"), 1)


@pytest.mark.parametrize(
    ("day", "towns", "tenths"),
    [
        ("2017-10-29", ("Al-Qaim",), 20), ("2017-11-01", ("Al-Qaim",), 0), ("2017-10-29", ("Husaybah",), 0),
        ("2017-11-01", ("Al-Qaim", "Husaybah"), 30), ("2017-10-29", ("Al-Qaim", "Husaybah"), 50),
        ("2017-11-04", ("Al-Qaim", "Husaybah"), 10), ("2017-11-04", ("Al-Qaim",), 0),
        ("2017-11-10", ("Al-Qaim", "Husaybah"), 0),
    ],
)  # fmt: skip
def test_iraq_gains_by_speed(day: str, towns: tuple[str, ...], tenths: int) -> None:
    state = start()
    world, iraq = state.world, state.world.faction("iraq")
    hexes = [next(one.hex for one in world.places if one.name == town) for town in towns]
    turn = script.turn_of(world, day)
    draft = Draft(replace(state, clock=replace(state.clock, turn=turn)))
    for here in hexes:
        draft.emit(ControlChanged(iraq, (here,), (state.hexes.control[here],)))
    before = draft.factions.points[iraq]
    scripted.run(draft)
    assert draft.factions.points[iraq] - before == tenths
