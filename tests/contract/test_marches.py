"""Pieces of a march and the whole of it are one march, over all scenarios."""

from __future__ import annotations

from random import Random

import pytest

from game.scenario.world import World
from tests.contract.marches import compare
from tests.situation import situation, unit


@pytest.mark.parametrize("players", ["staff", "random"])
def test_4_1_a_march_in_pieces_is_the_same_march(world: World, players: str) -> None:
    count, found = compare(world, players, Random(f"{world.id} {players}"), 14)
    assert not found, "\n".join(found[:20])
    assert count >= 7


def rough_ground() -> World:
    """What the shipped scenarios lack: home sectors, events at each hex of a march, cells and lone steps in the way."""
    mine = {
        "id": "mine",
        "asked": "order",
        "times": 0,
        "when": [
            {"on": "near", "at": {"hex": "0404"}, "faction": "saa", "within": 1},
            {"on": "dice", "percent": 40},
        ],
        "do": [{"do": "losses", "area": {"hexes": ["0404"]}, "of": ["saa"], "disrupted": 1, "why": "a mine"}],
    }
    call = {
        "id": "call",
        "asked": "order",
        "when": [{"on": "unit", "unit": "col", "is": "at", "at": {"hex": "0505"}, "within": 1}],
        "do": [{"do": "ladder", "change": 4, "why": "a call"}],
    }
    troops = [
        unit("col", "saa", "0202", "mech", steps=3), unit("home", "saa", "0303", "militia", sector="west", movement=30),
        unit("sso", "saa", "0304", "special"), unit("hq", "saa", "0202", "hq"),
        unit("dmc", "sdf", "0602", steps=1), unit("guard", "sdf", "0703"), unit("scout", "sdf", "0506", steps=1),
        unit("cell", "isis", "0405", "cell", hidden=True, steps=1), unit("amaq", "isis", "0707"),
    ]  # fmt: skip
    return situation(
        "\n".join(". , . , h . , . ," for _ in range(8)),
        units=troops,
        factions=("saa", "sdf", "isis"),
        sectors=[{"id": "west", "name": "West", "hexes": ["0303", "0304", "0204", "0403"]}],
        roads=[["0202", "0302", "0402", "0502", "0602"]],
        events=[mine, call],
    )


def test_4_1_pieces_are_the_whole_where_events_sectors_and_cells_lie_on_the_way() -> None:
    found, count = list[str](), 0
    for number in range(4):
        compared, told = compare(rough_ground(), "random", Random(number), 40)
        found, count = found + told, count + compared
    assert not found, "\n".join(found[:20])
    assert count >= 60
