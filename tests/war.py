"""A small war for tests of whole games: quick to play, and yet with most of what a campaign has."""

from __future__ import annotations

from functools import cache

from game.scenario.world import World
from tests.situation import situation, unit


@cache
def small_war(turns: int = 6) -> World:
    """Three factions on fifty-six hexes, with a river, a bridge, a siege and something to win."""
    return situation(
        """
        . . . v v . . .
        . h . v U . . .
        . . . v v . m .
        U . . v v . . .
        . . w v v . . .
        . . . v U . . U
        . . . v v . . .
        """,
        units=[
            unit("tigers", "saa", "0104", "mech", steps=4),
            unit("guns", "saa", "0204", "artillery"),
            unit("garrison", "saa", "0502", "garrison", steps=3),
            unit("sappers", "saa", "0103", "engineer"),
            unit("cell", "isis", "0402", "cell", hidden=True),
            unit("fighters", "isis", "0403"),
            unit("emirs", "isis", "0506", steps=3),
            unit("raiders", "isis", "0205", "mobile"),
            unit("council", "sdf", "0806"),
            unit("column", "sdf", "0807"),
            unit("late", "sdf", arrives="2017-09-08", entry=["0807", "0806"]),
        ],
        factions=("saa", "sdf", "isis"),
        roads=[["0104", "0204", "0304", "0404", "0503", "0502"], ["0806", "0706", "0606", "0506"]],
        rivers=[["0404/NE", "0403/NE", "0403/SE", "0402/SE", "0404/SE", "0405/NE", "0405/SE", "0406/NE"]],
        crossings=[("0404/NE", "bridge", "open")],
        places=[
            {"name": "Alpha", "hex": "0104", "kind": "town", "size": 2, "population": 20},
            {"name": "Bravo", "hex": "0502", "kind": "city", "size": 3, "population": 80},
            {"name": "Charlie", "hex": "0506", "kind": "town", "size": 2, "population": 30},
            {"name": "Delta", "hex": "0806", "kind": "town", "size": 1, "population": 10},
        ],
        sources={"saa": [{"hex": "0104"}], "sdf": [{"hex": "0806"}], "isis": [{"hex": "0506"}]},
        support={"saa": {"strike": 3, "airdrop": 2, "recon": 2}, "sdf": {"strike": 3, "recon": 1}},
        control=[{"faction": "isis", "hexes": ["0401", "0402", "0403", "0505", "0506", "0507"]}],
        victory={
            "prizes": [
                {"id": "bravo", "name": "Bravo", "place": "Bravo", "kind": "town", "points": {"saa": 12, "sdf": 12}},
            ],
        },
        turns=turns,
    )  # fmt: skip
