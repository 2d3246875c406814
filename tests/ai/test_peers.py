"""The peers: each does what its manner says in a small place, and is far stronger than the yardstick."""

from __future__ import annotations

from typing import Any

import pytest

from game import orders as od
from game.sim.ladder import Ladder, play_ladder
from tests.ai.stage import game, holder, orders_of, play_turns, prize
from tests.situation import situation, unit
from tests.worlds import world_of

PEERS = ("rca", "pro")


def field(units: list[dict[str, Any]], **more: Any) -> Any:
    places = [
        {"name": "Town", "hex": "0402", "size": 1}, {"name": "Home", "hex": "0102", "size": 1},
        {"name": "Farm", "hex": "0404", "size": 1},
    ]  # fmt: skip
    return situation(
        """
        . . . . . .
        . . . . . .
        . . . . . .
        . . . . . .
        """,
        units=units,
        roads=[["0102", "0202", "0302", "0402", "0502", "0602"]],
        places=places,
        sources={"saa": [{"name": "Rear", "hex": "0102"}], "isis": [{"name": "Cellars", "hex": "0602"}]},
        victory={"prizes": [prize("Town", 8), prize("Farm", 4), prize("Home", 4)]},
        turns=3,
        **more,
    )


@pytest.mark.parametrize("peer", PEERS)
def test_a_peer_attacks_with_several_units_together(peer: str) -> None:
    world = field([
        *(unit(f"a{n}", "saa", at, "mech", steps=3) for n, at in enumerate(("0202", "0203", "0302"))),
        unit("b1", "isis", "0402", steps=2),
    ])  # fmt: skip
    attacks = orders_of(play_turns(game(world, {"saa": peer}), 1), 0, od.Attack)
    assert attacks and len(attacks[0].units) >= 2, "one alone would do worse"


@pytest.mark.parametrize("peer", PEERS)
def test_a_peer_takes_what_stands_empty(peer: str) -> None:
    world = field(
        [unit("a1", "saa", "0202", "mech"), unit("b1", "isis", "0602")], holders={"Home": "saa", "Town": "isis"}
    )
    session = game(world, {"saa": peer})
    [move, *_] = play_turns(session, 1)
    assert holder(session, "0402") == "saa" and move.why == "takes Town, which stands empty"


@pytest.mark.parametrize("peer", PEERS)
def test_a_peer_does_not_run_against_a_wall(peer: str) -> None:
    world = field([
        unit("a1", "saa", "0302", "infantry", steps=1),
        *(unit(f"b{n}", "isis", "0402", steps=3, quality="A") for n in range(2)),
    ])  # fmt: skip
    assert not orders_of(play_turns(game(world, {"saa": peer}), 2), 0, od.Attack)


@pytest.mark.parametrize("peer", PEERS)
def test_somebody_stays_on_a_prize_that_is_threatened(peer: str) -> None:
    world = field([
        unit("a1", "saa", "0402", "mech", steps=2), unit("b1", "isis", "0502", "mech", steps=4, quality="A"),
    ], holders={"Home": "saa", "Town": "saa", "Farm": "isis"})  # fmt: skip
    session = game(world, {"saa": peer})
    play_turns(session, 1)
    assert session.state.units.hex[world.row["a1"]] == world.grid.hex("0402")


@pytest.mark.parametrize("peer", PEERS)
def test_a_peer_beats_the_yardstick_from_both_sides(peer: str) -> None:
    ladder = Ladder(1, 1, (peer, "greedy"), scenarios=(world_of("tutorial"),))
    [pair] = play_ladder(ladder, 1)
    assert pair["won"] == peer and not any(one["forfeits"] for one in pair["games"])
