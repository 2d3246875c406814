"""The shipped scenarios, each read once for all tests of a process: worlds are frozen, so that sharing them is safe."""

from __future__ import annotations

from functools import cache

from game import engine
from game.scenario.world import World


@cache
def world_of(name: str) -> World:
    """The world of a shipped scenario."""
    return engine.load_scenario(name)
