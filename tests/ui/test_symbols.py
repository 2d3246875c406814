"""Every unit type and echelon of the game has a drawing that shows."""

from __future__ import annotations

import pygame
import pytest

from game.ui.kit.symbols import load_symbols
from game.ui.kit.theme import Colour

BLACK, WHITE = Colour(0, 0, 0), Colour(255, 255, 255)
TYPES = [
    "hq",
    "infantry",
    "mech",
    "armour",
    "artillery",
    "engineer",
    "special",
    "sof",
    "militia",
    "recon",
    "mobile",
    "cell",
    "svbied",
    "logistics",
    "air",
    "missile",
    "transport",
]


@pytest.mark.parametrize("kind", TYPES)
def test_each_unit_type_draws_more_than_a_frame(kind: str) -> None:
    picture = load_symbols().frame(kind, BLACK, WHITE, 40)
    inside = picture.subsurface(pygame.Rect(6, 6, 48, 28))
    dark = sum(inside.get_at((x, y)).r < 128 for x in range(48) for y in range(28))
    assert picture.get_size() == (60, 40)
    assert dark > 20


def test_echelons_draw_and_others_carry_none() -> None:
    sheet = load_symbols()
    assert all(sheet.echelon(size, BLACK, 8) is not None for size in ("det", "coy", "btn", "bde"))
    assert sheet.echelon("cells", BLACK, 8) is None


def test_no_drawing_relies_on_text() -> None:
    sheet = load_symbols()
    assert not any("<text" in piece for piece in (*sheet.icons.values(), *sheet.echelons.values()))
