"""Games leave no moments that only the garbage collector could find: long batches need no more memory for them."""

from __future__ import annotations

import gc

import pytest

from game import engine
from game.sim.game import seated
from game.state import State


@pytest.mark.parametrize(("player", "turns"), [("staff", 4), ("staff:normal", 2)])
def test_a_game_leaves_no_moments_to_the_garbage_collector(player: str, turns: int) -> None:
    world = engine.load_scenario("tutorial")
    gc.collect()
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        session = seated(world, 7, {faction.id: player for faction in world.factions})
        while session.state.clock.turn < turns:
            session.step()
        del session
        gc.collect()
        assert not [one for one in gc.garbage if isinstance(one, State)]
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
