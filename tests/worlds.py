"""The shipped scenarios, each read once for all tests of a process: worlds are frozen, so that sharing them is safe."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from game import engine
from game.scenario.shipped import shipped_scenarios
from game.scenario.world import World


@cache
def world_of(name: str) -> World:
    """The world of a shipped scenario."""
    return engine.load_scenario(name)


def shipped(*quick: str) -> list[Any]:
    """Every shipped scenario, for a test's parameters; all but the quick ones come with the long batches."""
    return [name if name in quick else pytest.param(name, marks=pytest.mark.slow) for name in shipped_scenarios()]
