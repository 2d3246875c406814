"""Looks of factions: dealt in order, or as a scenario says; every faction of any war has one of its own."""

from __future__ import annotations

import pytest

from game.scenario.looks import LOOKS, dealt
from game.schema.limits import FACTIONS
from game.ui.kit.theme import load_theme
from game.ui.worldview import control, holders
from tests.situation import play, situation, unit


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ((None, None), ("red", "blue")),
        ((None, "red", None), ("blue", "red", "yellow")),
        (("green", None, "blue"), ("green", "red", "blue")),
        ((None,) * FACTIONS, LOOKS),
        ((*(None,) * (FACTIONS - 1), "red"), (*LOOKS[1:], "red")),
    ],
)
def test_looks_are_dealt_in_order_from_those_that_nobody_asks_for(
    asked: tuple[str | None, ...], given: tuple[str, ...]
) -> None:
    assert dealt(asked) == given


def test_factions_that_nobody_has_heard_of_have_colours_and_tint_their_ground() -> None:
    world = situation(
        ". . .\n. . .\n", factions=("north", "south"), units=[unit("n", "north", "0101"), unit("s", "south", "0302")],
        control=[{"faction": "north", "hexes": ["0101"]}, {"faction": "south", "hexes": ["0302"]}],
    )  # fmt: skip
    assert [faction.look for faction in world.factions] == ["red", "blue"]
    state = play(world, turn_of="north")
    held = holders(state)
    assert {held[0], held[5]} == {"red", "blue"}
    theme = load_theme()
    styles = control(state, theme, False)
    assert styles[0].fill != styles[5].fill and styles[0].pattern != styles[5].pattern
    assert theme.livery(held[0]) != theme.neutral
