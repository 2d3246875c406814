"""Choke points of supply: what a lost hex would cut off, checked against the supply map itself."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from game import engine
from game.rules import supply
from game.scenario.world import World
from game.state.codes import Supplied
from game.ui.choke_points import choke_points
from tests.situation import situation, unit

ROOT = Path(__file__).resolve().parents[2]
ROAD = ["0103", "0203", "0303", "0403", "0503", "0603"]


def world_with(*enemies: str, roads: list[list[str]] | None = None) -> World:
    return situation(
        "\n".join([". " * 10] * 8),
        factions=("saa", "isis"),
        units=[unit("lions", "saa", "0603", steps=3), unit("foxes", "saa", "0303"), unit("far", "isis", "1008"),
               *(unit(f"raiders{n}", "isis", at) for n, at in enumerate(enemies))],
        roads=roads or [ROAD],
        sources={"saa": [{"name": "Rear", "hex": "0103"}]},
        control=[{"faction": "saa", "hexes": ROAD}],
    )  # fmt: skip


def test_every_hex_of_a_single_road_counts_the_steps_beyond_it() -> None:
    state = engine.view(engine.start(world_with(), 3), 0).state
    found, grid = choke_points(state, 0), state.world.grid
    assert found.beyond[grid.hex("0203")] == 5 and found.beyond[grid.hex("0503")] == 3
    assert grid.hex("0103") not in found.beyond  # the source itself
    assert found.cut == {grid.hex("0203")} and found.steps == 5


def test_a_second_road_takes_the_choke_away() -> None:
    round_ = ["0103", "0104", "0204", "0304", "0404", "0504", "0604", "0603"]
    state = engine.view(engine.start(world_with(roads=[ROAD, round_]), 3), 0).state
    found, grid = choke_points(state, 0), state.world.grid
    assert grid.hex("0503") not in found.beyond and len(found.cut) == 2


def test_an_enemy_on_a_choke_point_cuts_what_was_foretold() -> None:
    free = engine.view(engine.start(world_with(), 3), 0).state
    beyond = choke_points(free, 0).beyond[free.world.grid.hex("0503")]
    held = engine.start(world_with("0503"), 3)
    chart = supply.supply_map(held, 0)
    lost = sum(held.units.steps[row] for row, how in chart.fed.items() if how != Supplied.FULL)
    assert lost == beyond == 3


def test_nobody_fed_means_no_choke_points() -> None:
    world = world_with()
    state = engine.view(engine.start(world, 3), 1).state
    assert choke_points(state, 1).beyond == {} and choke_points(state, 1).cut == frozenset()


@pytest.mark.slow
def test_the_library_of_graphs_is_there_before_anybody_asks_for_choke_points() -> None:
    """A process in which the rooms of a game are opened loads it by itself; until then nothing does."""
    code = (
        "import sys; from game.ui import app, choke_points; assert 'networkx' not in sys.modules; "
        "app.rooms_of_a_game(); "
        "import threading; [one.join() for one in threading.enumerate() if one.daemon]; "
        "assert 'networkx' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60, cwd=ROOT)
