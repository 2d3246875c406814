"""Every shipped scenario, read once, and moments of games in it, played once for all who look at them."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from game import events as ev
from game.ai.players import make_player
from game.scenario.world import World
from game.session import Session
from game.state import State
from tests.chance import drawing, some_order
from tests.worlds import shipped, world_of

ROOT = Path(__file__).resolve().parents[2]
CAMPAIGN, SIEGE = "race_for_deir_ezzor", "breaking_the_siege"
SCENARIOS = sorted(path.parent.name for path in (ROOT / "scenarios").glob("*/scenario.yaml"))


@cache
def moments_of(name: str, seed: int = 3, every: int = 45, count: int = 5) -> tuple[State, ...]:
    """Some moments of a game by chance, so many orders apart."""
    session, draw = Session(world_of(name), seed), drawing(seed)
    found: list[State] = []
    while len(found) < count and not session.over:
        for _ in range(every):
            if not session.over:
                session.give(some_order(session.state, draw, end=11))
        found.append(session.state)
    return tuple(found)


Step = tuple[State, State, tuple[ev.Event, ...]]
"""The moments before and after an order, and what it brought."""


@cache
def beginning_of(name: str, seed: int = 3, orders: int = 90) -> tuple[Step, ...]:
    """The first orders of a game among players of the computer."""
    return tuple(staff_steps(world_of(name), seed, orders))


def staff_steps(world: World, seed: int, orders: int) -> Iterator[Step]:
    """Orders of a game among players of the computer, one after the other."""
    session = Session(world, seed, {number: make_player("staff") for number in range(len(world.factions))})
    for _ in range(orders):
        if session.over:
            return
        before = session.state
        events = session.step().events
        yield before, session.state, events


@pytest.fixture(params=shipped(CAMPAIGN, SIEGE))
def one_world(request: pytest.FixtureRequest) -> World:
    """The largest scenario and a small one in turn; all of them with the long batches."""
    return world_of(request.param)


@pytest.fixture(params=SCENARIOS)
def world(request: pytest.FixtureRequest) -> World:
    """Each shipped scenario in turn."""
    return world_of(request.param)


def interpreters() -> list[Path]:
    """Every CPython from 3.11 on that this machine has, one for each minor version besides the running one's."""
    found = {sys.version_info[:2]: Path(sys.executable)}
    homes = [Path.home() / ".pyenv/versions", Path("/opt/python"), Path.home() / ".local/share/uv/python"]
    candidates = [python for home in homes if home.is_dir() for python in sorted(home.glob("*/bin/python3"))]
    candidates += [Path(path) for minor in range(11, 20) if (path := shutil.which(f"python3.{minor}"))]
    for python in candidates:
        told = subprocess.run(
            [python, "-I", "-S", "-c", "import sys; print(sys.version)"], capture_output=True, text=True
        )
        version = re.match(r"3\.(\d+)", told.stdout)
        if told.returncode == 0 and version and int(version[1]) >= 11:
            found.setdefault((3, int(version[1])), python)
    return [found[version] for version in sorted(found)]
