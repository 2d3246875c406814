"""Lines of the panels open with a capital letter, whatever is selected, pointed at or prepared."""

from __future__ import annotations

from typing import Any

import pygame
import pytest

from game.ui.kit.fonts import Fonts
from game.ui.kit.lettering import wrapped
from game.ui.panels import flow
from game.ui.panels.flow import Flow
from game.ui.window import make_desk
from tests.ui.table_hands import Hands, small_world
from tests.worlds import world_of

SOLO = {0: "human", 1: "hold", 2: "hold", 3: "hold"}


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """How every line opens that a panel writes from now on: its first row, as it is set."""
    found = set[str]()

    def noted(fonts: Fonts, text: str, *more: Any) -> list[str]:
        rows = wrapped(fonts, text, *more)
        found.add(rows[0])
        return rows

    monkeypatch.setattr(flow, "wrapped", noted)
    return found


def _look(hands: Hands) -> None:
    hands.frames(2)
    hands.table.pages.clear()
    hands.table.pages.boxes(hands.table)


@pytest.mark.parametrize("every", [9, pytest.param(1, marks=pytest.mark.slow)])
def test_what_is_said_of_hexes_and_units_opens_with_a_capital(
    window: pygame.Surface, said: set[str], every: int
) -> None:
    hands = Hands(world_of("race_for_deir_ezzor"), SOLO)
    table, world = hands.table, hands.session.world
    for unit in world.roster.id[: 60 : 7 * every]:
        if table.view.state.units.hex[world.row[unit]] >= 0:
            table.look_at(table.view.state.units.hex[world.row[unit]])
            _look(hands)
    for here in [place.hex for place in world.places][:: 3 * every] + list(range(0, world.grid.size, 97 * every)):
        table.hover = here
        _look(hands)
    assert len(said) > 160 // (1 + every)
    assert not [words for words in said if words[:1].islower()]


def test_what_is_said_of_orders_opens_with_a_capital(window: pygame.Surface, said: set[str]) -> None:
    hands = Hands(small_world(), {0: "human", 1: "hold", 2: "hold"})
    hands.click(hands.point("0303"))
    for label in ("0305", "0203", "0403", "0908"):
        hands.move(hands.point(label))
        _look(hands)
    for letter in "AMFDSTCNHWPYGO":
        hands.key(pygame.K_ESCAPE)
        hands.click(hands.point("0303"))
        hands.post(pygame.KEYDOWN, key=ord(letter.lower()), mod=pygame.KMOD_SHIFT, unicode=letter)
        _look(hands)
        if hands.table.board.map.highlight:
            hands.table.hover = next(iter(hands.table.board.map.highlight))
            _look(hands)
        if hands.session.entries:
            hands.key(pygame.K_u)
    assert len(said) > 30
    assert not [words for words in said if words[:1].islower()]


def test_a_long_heading_has_one_capital_at_its_start_alone(
    window: pygame.Surface, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = list[str]()

    def noted(fonts: Fonts, text: str, *more: Any) -> list[str]:
        rows.extend(wrapped(fonts, text, *more))
        return rows

    monkeypatch.setattr(flow, "wrapped", noted)
    Flow(make_desk((1280, 720)), 212, 6).heading("Syrian Democratic Forces and Coalition")
    assert len(rows) == 2 and "and" in " ".join(rows).split()
