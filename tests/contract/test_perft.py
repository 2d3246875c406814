"""Counts of order sequences on tiny maps, against numbers worked out by hand from the rulebook.

One number guards the whole of legality. When it is wrong, the count below each first order is shown, so that the
difference can be found. The ground is desert: 4 quarter points a hex; infantry (on trucks) has 28 of them.
"""

from __future__ import annotations

from typing import NamedTuple

import pytest

from game import engine
from game import orders as od
from game.state import State
from tests.situation import play, situation, unit


class Position(NamedTuple):
    """A moment, and how many sequences of one and of two orders begin in it."""

    state: State
    one: int
    two: int


def alone() -> Position:
    """One unit on six hexes.

    One: end, 5 marches (everything is in reach), dig in, road march: 8.
    Two: end 1 (nobody else has units, so only `end` again); after each march: end, 5 marches, road march = 7, but no
    digging in, as it has moved; digging in ends its turn: 1; on a road march without any road: 1. 1 + 5*7 + 1 + 1 = 38.
    """
    world = situation(
        """
        . . .
        . . .
        """,
        units=[unit("foot", "saa", "0101")],
    )
    return Position(play(world), 8, 38)


def river() -> Position:
    """The same with a major river before the last column and a bridge from 0202 to 0301.

    One: as before, since the bridge costs one quarter point: 8.
    Two: at either end of the bridge (0202 and 0301) it could also blow it: 1 + (7+8+7+8+7) + 1 + 1 = 40.
    """
    world = situation(
        """
        . . .
        . . .
        """,
        units=[unit("foot", "saa", "0101")],
        rivers=[["0201/SE", "0202/NE", "0202/SE"]],
        crossings=[("0202/NE", "bridge", "open")],
    )
    return Position(play(world), 8, 40)


def broken_bridge() -> Position:
    """The same with the bridge blown: the far column is out of reach, and infantry has no boats.

    One: end, 3 marches (0201, 0102, 0202), dig in, road march: 6. Two: 1 + 3*(1 + 3 + 1) + 1 + 1 = 18.
    """
    world = situation(
        """
        . . .
        . . .
        """,
        units=[unit("foot", "saa", "0101")],
        rivers=[["0201/SE", "0202/NE", "0202/SE"]],
        crossings=[("0202/NE", "bridge", "blown")],
    )
    return Position(play(world), 6, 18)


def weak_enemy() -> Position:
    """An enemy of one step two hexes away: a contact without a zone, whose hex is barred.

    One: end, 4 marches, dig in, road march: 7.
    Two: after the end the enemy, cut off, has 14 points; our two steps exert a zone over 0201, 0202 and 0102, and 0102
    would cost 4+4 and 4+4 again: he can go to 0201, 0202, 0302, dig in or end, a road march is denied to the cut: 5.
    After a march to 0102: end, 4 marches, road march: 6. After one to 0201, 0202 or 0302 also an attack: 7.
    5 + 6 + 3*7 + 1 + 1 = 34.
    """
    world = situation(
        """
        . . .
        . . .
        """,
        units=[unit("foot", "saa", "0101"), unit("foe", "isis", "0301", steps=1)],
    )
    return Position(play(world), 7, 34)


def two_friends() -> Position:
    """Two units on three hexes, one of them free; three fit into a hex.

    One: end, and for each 2 marches, dig in, road march: 9.
    Two: end 1; after a march of one: end, his 2 marches and road march, 4 orders of the other = 8, four times;
    after digging in or a road march to nowhere: end and 4 orders of the other = 5, four times. 1 + 32 + 20 = 53.
    """
    world = situation(
        """
        . x
        . .
        """,
        units=[unit("one", "saa", "0101"), unit("two", "saa", "0102")],
    )
    return Position(play(world), 9, 53)


def guns_in_the_dark() -> Position:
    """Guns (24 points, range 4, sight 1) on a lane with an enemy of two steps at its end, not yet seen.

    One: end, 2 marches (the far hex looks free), dig in, road march: 5.
    Two: after the end the enemy, who saw the guns come, can only go to 0201, dig in or end: 3. A march to 0201 or 0301
    ends in 0201 alike, for good, in the zone of an enemy nobody knew of: end, attack, bombard: 3.
    3 + 3 + 3 + 1 + 1 = 11.
    """
    world = situation(
        """
        . . .
        x x x
        """,
        units=[unit("guns", "saa", "0101", "artillery"), unit("foe", "isis", "0301")],
    )
    return Position(play(world), 5, 11)


def divided(state: State, depth: int) -> dict[str, int]:
    """Number of sequences of ``depth`` orders by their first order."""
    grid = state.world.grid
    counts = {}
    for order in engine.legal_orders(state):
        after = engine.apply(state, order)[0]
        counts[od.to_text(order, grid)] = 1 if depth == 1 else sum(divided(after, depth - 1).values())
    return counts


@pytest.mark.parametrize("make", [alone, river, broken_bridge, weak_enemy, two_friends, guns_in_the_dark])
def test_counts_of_order_sequences(make: object) -> None:
    assert callable(make)
    position: Position = make()
    for depth, wanted in ((1, position.one), (2, position.two)):
        counts = divided(position.state, depth)
        shown = "\n".join(f"{count:6} {text}" for text, count in counts.items())
        assert sum(counts.values()) == wanted, f"depth {depth}: {sum(counts.values())}, by hand {wanted}\n{shown}"
