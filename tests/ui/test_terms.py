"""The tips of the panels: every number by its terms, and the terms are those that the rules reckon with."""

from __future__ import annotations

import re
from dataclasses import replace

import pygame
import pytest

from game import engine
from game import orders as od
from game.rules import combat
from game.state.codes import Supplied
from game.state.tables import State
from game.ui.panels.terms import movement_terms, side_terms, step_terms, strength_terms
from tests.ui.table_hands import Hands, small_world

WORLD = small_world()
SOLO = {0: "human", 1: "hold", 2: "hold"}


def state(**columns: dict[str, int]) -> State:
    now = engine.view(engine.start(WORLD, 3), 0).state
    for name, values in columns.items():
        column = list(getattr(now.units, name))
        for unit, value in values.items():
            column[now.world.row[unit]] = value
        now = replace(now, units=replace(now.units, **{name: tuple(column)}), answers={})
    return now


@pytest.mark.parametrize("supply", list(Supplied))
@pytest.mark.parametrize("attacking", [True, False])
@pytest.mark.parametrize("name", ["lions", "guns"])
def test_the_terms_multiply_to_the_strength(name: str, attacking: bool, supply: Supplied) -> None:
    now = state(supply={name: int(supply)}, disrupted={name: 1})
    row = now.world.row[name]
    lines = strength_terms(now, row, attacking)
    whole, value = map(int, re.findall(r"\d+", lines[0]))
    shares = [int(one) / 100 for line in lines[1:] for one in re.findall(r"(\d+)%", line)]
    strength = value * (whole + shares[0])
    for share in shares[1:]:
        strength *= share
    assert abs(strength - combat.strength(now, row, attacking) / 10) < 0.2


def test_movement_and_steps_say_what_is_left_and_why() -> None:
    now = state(mp={"lions": 8}, steps={"lions": 2}, disrupted={"lions": 1}, supply={"lions": int(Supplied.STRETCHED)})
    row = now.world.row["lions"]
    assert "left: 2 MP" in movement_terms(now, row) and "stretched supply" in movement_terms(now, row)
    words = step_terms(now, row)
    assert "2 of 3 steps; 1 lost" in words and "1 disrupted" in words and "Attack" in words and "Defence" in words


def test_the_forecast_explains_both_strengths(window: pygame.Surface) -> None:
    assert window
    hands = Hands(WORLD, SOLO)
    hands.click(hands.point("0303"))
    hands.key(pygame.K_b)
    tips = [spot.tip for spot in hands.table.pages.forecast(hands.table).spots]
    now = hands.table.view.state
    mine = side_terms(now, [now.world.row["lions"]], True)
    assert any(mine in tip and "The defender" in tip for tip in tips)
    unit_tips = "\n".join(spot.tip for spot in hands.table.pages.upper(hands.table).spots)
    hands.key(pygame.K_ESCAPE)
    unit_tips += "\n".join(spot.tip for spot in hands.table.pages.upper(hands.table).spots)
    assert "Allowance" in unit_tips and "steps of strength" in unit_tips
    assert hands.table.give(od.DigIn("lions"))
