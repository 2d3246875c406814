"""Tactical puzzles for the staff, each a small situation with the real rules: what it must do, and what it must not."""

from __future__ import annotations

from game import orders as od
from game.events import AttackResolved
from game.rules import deconfliction
from game.scenario.world import World
from tests.ai.stage import game, holder, orders_of, play_turns, prize, where
from tests.situation import situation, unit

STAFF = {"saa": "staff"}


def hill(*troops: dict[str, object]) -> World:
    return situation(
        """
        . . . . . . . . . . .
        . . . . . . . . . . .
        . . . . . . . . h . .
        . . . . . . . . . . .
        """,
        units=[unit("h1", "isis", "0903", steps=3), unit("h2", "isis", "0903", steps=2), *troops],
        roads=[[f"{n:02d}03" for n in range(1, 12)]],
        places=[{"name": "Hill", "hex": "0903", "size": 1}],
        sources={"saa": [{"name": "Rear", "hex": "0103"}], "isis": [{"name": "Cellars", "hex": "1103"}]},
        control=[{"faction": "saa", "hexes": [f"{n:02d}03" for n in range(1, 9)]}],
        victory={"prizes": [prize("Hill", 8)]},
        turns=6,
    )


def test_p01_waits_for_the_guns_and_then_takes_the_hill() -> None:
    world = hill(
        unit("i", "saa", "0803", steps=2),
        unit("t", "saa", "0103", "armour", steps=3, quality="B"),
        unit("m", "saa", "0103", "mech", steps=3, quality="B"),
        unit("a", "saa", "0102", "artillery", steps=2),
    )
    session = game(world, STAFF)
    entries = play_turns(session, 5)
    alone = [order for order in orders_of(entries[:4], 0, od.Attack) if order.units == ("i",)]
    assert not alone, "no attack of two steps against five"
    assert holder(session, "0903") == "saa"


def test_p01_does_not_attack_when_it_never_can() -> None:
    session = game(hill(unit("i", "saa", "0803", steps=2)), STAFF)
    assert not orders_of(play_turns(session, 3), 0, od.Attack)


def test_p02_all_together_with_support() -> None:
    world = situation(
        """
        . . . . .
        . . . . .
        . . U . .
        . . . . .
        """,
        units=[
            unit("town", "isis", "0303", steps=3),
            unit("i1", "saa", "0203", steps=3),
            unit("i2", "saa", "0202", steps=3),
            unit("m", "saa", "0302", "mech", steps=3, quality="B"),
            unit("a", "saa", "0101", "artillery", steps=2),
        ],
        places=[{"name": "Town", "hex": "0303", "size": 2}],
        roads=[["0101", "0102", "0202", "0203"]],
        sources={"saa": [{"name": "Rear", "hex": "0101"}]},
        support={"saa": {"strike": 1}},
        victory={"prizes": [prize("Town", 10)]},
    )  # fmt: skip
    session = game(world, STAFF)
    entries = play_turns(session, 2)
    attacks = orders_of(entries, 0, od.Attack)
    assert attacks and len(attacks[0].units) >= 3, "one attack by all"
    assert any(order.support or order.set_piece for order in attacks)


def test_p03_the_door_is_shut_before_the_assault() -> None:
    world = situation(
        """
        . . . . . .
        . . . . . .
        . . v . . .
        . . . . . .
        . . . . . .
        """,
        units=[
            unit("g", "isis", "0303", steps=2),
            unit("t", "saa", "0204", "armour", steps=3),
            unit("m", "saa", "0304", "mech", steps=3),
            unit("l", "saa", "0105", "special", steps=2),
        ],
        places=[{"name": "Village", "hex": "0303", "size": 1}],
        sources={"saa": [{"name": "Rear", "hex": "0105"}]},
        victory={"prizes": [prize("Village", 6)]},
    )  # fmt: skip
    session = game(world, STAFF)
    entries = play_turns(session, 2)
    attacked_from = {
        here
        for entry in entries
        for event in entry.events
        if isinstance(event, AttackResolved)
        for here in event.origins
    }
    assert len(attacked_from) >= 2, "from more sides than one"


def test_p08_round_the_blockers_to_the_bridge() -> None:
    world = situation(
        """
        . . . . . . . . .
        . . . . . . . . .
        . . . . . . . . .
        . . . . . . . . .
        """,
        units=[
            unit("b1", "isis", "0503", steps=2),
            unit("b2", "isis", "0502", steps=2),
            unit("m", "saa", "0203", "mobile", steps=2),
        ],
        places=[{"name": "Bridge", "hex": "0803", "size": 1}],
        roads=[[f"{n:02d}03" for n in range(1, 10)]],
        sources={"saa": [{"name": "Rear", "hex": "0103"}]},
        victory={"prizes": [prize("Bridge", 10)]},
    )
    session = game(world, STAFF)
    play_turns(session, 3)
    assert holder(session, "0803") == "saa"


def test_p09_the_field_that_nobody_holds() -> None:
    world = situation(
        """
        . . . . . . . . . . . .
        . . . . . . . . . . . .
        . . . . . . . . . . . .
        . . . . . . . . . . . .
        """,
        units=[
            unit("i1", "saa", "0203", steps=3),
            unit("i2", "saa", "0204", steps=3),
            unit("l", "saa", "0101", "special", steps=2),
            unit("e1", "isis", "0403", steps=3), unit("e2", "isis", "0404", steps=3),
        ],
        places=[
            {"name": "Front", "hex": "0403", "size": 1},
            {"name": "Field", "hex": "1001", "kind": "oilfield", "size": 1},
        ],
        roads=[[f"{n:02d}01" for n in range(1, 13)]],
        sources={"saa": [{"name": "Rear", "hex": "0101"}]},
        control=[{"faction": "saa", "hexes": ["0101", "0102", "0203", "0204"]}],
        victory={"prizes": [prize("Front", 3), prize("Field", 8, kind="field")]},
    )  # fmt: skip
    session = game(world, STAFF)
    play_turns(session, 3)
    assert holder(session, "1001") == "saa"


RIVER = [
    side for column in range(1, 8)
    for side in (f"{column:02d}02/SW", f"{column:02d}03/N", f"{column:02d}02/SE")
    if column % 2 or side.endswith("/N")
    if not (side.startswith("01") and side.endswith("SW")) and not (side.startswith("07") and side.endswith("SE"))
]  # fmt: skip
"""A river from rim to rim between the second row and the third."""


def banks(*troops: dict[str, object]) -> World:
    return situation(
        """
        . . . . . . .
        . . . . . . .
        . . . . . . .
        . . . . . . .
        . . . . . . .
        """,
        factions=("saa", "sdf", "isis"),
        units=troops,
        rivers=[RIVER],
        line={"sides": RIVER, "zones": {"sdf": "0101", "saa": "0105"}},
        places=[{"name": "West", "hex": "0404", "size": 1}],
        sources={"saa": [{"name": "Rear", "hex": "0105"}], "sdf": [{"name": "North", "hex": "0101"}]},
        control=[{"faction": "sdf", "hexes": [f"{n:02d}0{r}" for n in range(1, 8) for r in (1, 2)]}],
        victory={"prizes": [prize("West", 6, "saa", "sdf")]},
    )


def test_p13_no_fire_and_no_foot_across_the_line() -> None:
    world = banks(
        unit("e1", "isis", "0404", steps=2),
        unit("a1", "saa", "0205", "mech", steps=3),
        unit("a2", "saa", "0105", steps=3),
        unit("a3", "saa", "0305", steps=3),
        unit("s1", "sdf", "0402", steps=3),
    )  # fmt: skip
    session = game(world, STAFF)
    entries = play_turns(session, 4)
    for entry in entries:
        if entry.faction == 0 and isinstance(entry.order, od.Move):
            assert all(world.line_side[here] != world.faction("sdf") for here in entry.order.path), "stays on its bank"
    assert session.state.clock.ladder <= 1
    assert holder(session, "0404") == "saa"


def test_p14_the_first_flag_without_a_clash() -> None:
    world = situation(
        """
        . . . . . . . . . . . .
        . . . . . . . . . . . .
        . . . . . . . . . . . .
        . . . . . . . . . . . .
        """,
        factions=("saa", "sdf", "isis"),
        units=[
            unit("l", "saa", "0102", "special", steps=2),
            unit("c1", "saa", "0103", steps=3),
            unit("c2", "saa", "0104", steps=3),
            unit("s1", "sdf", "1202", steps=3),
        ],
        places=[{"name": "Town", "hex": "0702", "size": 2}],
        sources={"saa": [{"name": "Rear", "hex": "0103"}], "sdf": [{"name": "North", "hex": "1202"}]},
        roads=[[f"{n:02d}02" for n in range(1, 13)]],
        victory={"prizes": [prize("Town", 6, "saa", "sdf")]},
    )  # fmt: skip
    session = game(world, STAFF)
    play_turns(session, 2)
    assert holder(session, "0702") == "saa"
    risks = [percent for percent, _ in deconfliction.friction_acts(session.state, 0)]
    assert not risks, "nobody parks beside the other bloc"


def test_p20_on_the_last_turn_every_prize_within_reach_is_taken() -> None:
    world = situation(
        """
        . . . . . .
        . . . . . .
        . . . . . .
        """,
        units=[
            unit("a", "saa", "0202", steps=3),
            unit("b", "saa", "0502", steps=2),
            unit("e", "isis", "0302", steps=1),
        ],
        places=[{"name": "One", "hex": "0302", "size": 1}, {"name": "Two", "hex": "0602", "size": 1}],
        roads=[["0102", "0202", "0302", "0402", "0502", "0602"]],
        sources={"saa": [{"name": "Rear", "hex": "0202"}]},
        victory={"prizes": [prize("One", 3), prize("Two", 2)]},
        turns=1,
    )
    session = game(world, STAFF)
    entries = play_turns(session, 1)
    assert where(session, "b") == "0602"
    assert orders_of(entries, 0, od.Attack)
