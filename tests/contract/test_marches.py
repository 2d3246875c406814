"""Pieces of a march and the whole of it are one march, over all scenarios."""

from __future__ import annotations

from random import Random

import pytest

from game.scenario.world import World
from tests.contract.marches import compare


@pytest.mark.parametrize("players", ["staff", "random"])
def test_4_1_a_march_in_pieces_is_the_same_march(world: World, players: str) -> None:
    count, found = compare(world, players, Random(f"{world.id} {players}"), 40)
    assert not found, "\n".join(found[:20])
    assert count >= 20
