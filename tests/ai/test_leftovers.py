"""What is left over of guns and aircraft: it is used where that provokes nobody, as far as a faction knows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from game import orders as od
from tests.ai.stage import game, orders_of, play_turns
from tests.situation import situation, unit

STEPPE = "\n".join(", " * 14 for _ in range(7))
HELD = [{"faction": "saa", "box": ["0101", "0407"]}, {"faction": "isis", "box": ["0501", "1407"]}]
NEAR = [*HELD, {"faction": "sdf", "hexes": ["0505", "0605", "0705", "0805", "0905", "1005"]}]
FAR = [*HELD, {"faction": "sdf", "hexes": ["0507", "0607", "0707", "0807"]}]


def given(kind: type, control: Sequence[dict[str, Any]], at: str) -> list[Any]:
    """Orders of a kind that the SAA's staff gives in two turns against a band of ISIS at the end of its road; ``at``:
    where a battalion of the SDF stands, which keeps still. Aircraft would hardly hit those who dug in, so there are
    some left for the road."""
    troops = (
        unit("a", "saa", "0303", steps=3),
        unit("guns", "saa", "0304", "artillery"),
        unit("sight", "saa", "0403", "sof"),
        unit("e", "isis", "0604", steps=3, dug=3),
        unit("s", "sdf", at, steps=2),
    )
    world = situation(
        STEPPE, units=troops, factions=("saa", "sdf", "isis"), control=control,
        roads=[["0604", "0704", "0804", "0904", "1004", "1104"], ["0104", "0204", "0304"]],
        sources={"saa": [{"name": "Rear", "hex": "0104"}], "isis": [{"name": "Stores", "hex": "1104"}]},
        support={"saa": {"strike": 3}}, rules={"units": {"types": {"sof": {"sight": 4}}}, "support": {"dug": 20}},
    )  # fmt: skip
    session = game(world, {"saa": "staff"})
    return orders_of(play_turns(session, 2), 0, kind)


@pytest.mark.parametrize("kind", [od.Bombard, od.Interdict])
def test_guns_and_aircraft_without_a_task_are_used_far_from_the_other_bloc(kind: type) -> None:
    assert given(kind, FAR, "1307")


@pytest.mark.parametrize("kind", [od.Bombard, od.Interdict])
def test_they_leave_alone_what_lies_beside_known_troops_of_the_other_bloc(kind: type) -> None:
    assert not given(kind, FAR, "0705")


@pytest.mark.parametrize("kind", [od.Bombard, od.Interdict])
def test_they_leave_alone_what_lies_beside_its_ground_where_unseen_troops_may_be(kind: type) -> None:
    assert not given(kind, NEAR, "1307")
