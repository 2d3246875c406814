"""Kinds of orders stand in one list: what is declared there is on the bar, under its letter, in the help, as a mode."""

from __future__ import annotations

import re
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any, get_args

import pygame
import pytest

from game import orders as od
from game.rules import sequence
from game.ui import order_kinds, targets
from game.ui.order_kinds import KINDS, OrderKind
from game.ui.panels.acts import PrepareOrder, TellWhy
from game.ui.panels.flow import FlowSpot
from game.ui.scenes.help import keys
from game.ui.spoken_orders import spoken
from game.ui.table.scene import TableScene, as_notice
from tests.ui.table_hands import Hands, small_world

ROOT = Path(__file__).resolve().parents[2]
SOLO = {0: "human", 1: "hold", 2: "hold"}
BY_CLICK = {od.Move, od.EndTurn}
"""Orders without a button of the bar: a march is a click, the turn ends by its own button."""


@pytest.fixture
def hands(window: pygame.Surface) -> Hands:
    assert window
    return Hands(small_world(), SOLO)


def recipe() -> str:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    return text.split("## Adding an order", 1)[1].split("\n## ", 1)[0]


def test_every_place_that_the_recipe_names_is_there() -> None:
    named = set(re.findall(r"`((?:game|assets|tests)/[\w/.]+)`", recipe()))
    assert {"game/orders.py", "game/rules/sequence.py", "game/rules/options.py", "game/ui/order_kinds.py"} <= named
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("order", get_args(od.Order), ids=lambda order: order.__name__)
def test_every_order_stands_in_every_place_of_the_recipe(order: type[od.Order]) -> None:
    assert order in od.WORDS.values()
    assert order in sequence.ORDERS
    options = (ROOT / "game" / "rules" / "options.py").read_text(encoding="utf-8")
    assert f"od.{order.__name__}(" in options, "no candidates: players would never find it"
    kinds = [kind for kind in KINDS if kind.order is order]
    assert bool(kinds) != (order in BY_CLICK)
    for kind in kinds:
        assert od.WORDS[kind.word] is order


@pytest.mark.parametrize("order", get_args(od.Order), ids=lambda order: order.__name__)
def test_every_order_has_words(order: type[od.Order]) -> None:
    world = small_world()
    values: dict[str, Any] = {
        "unit": "lions", "units": ("lions", "foxes"), "path": (world.grid.hex("0304"),),
        "target": world.grid.hex("0403"),
        "side": 5, "kind": next(iter(world.rules.support.kinds)) if order is od.Strike else "pontoon",
        "hexes": (world.grid.hex("0304"),),
    }  # fmt: skip
    given = order(**{one.name: values[one.name] for one in fields(order) if one.default is MISSING})
    words = spoken(world, given)
    assert words and "{" not in words and not words.endswith(".")
    if "unit" in values and hasattr(given, "unit"):
        assert "lions" in words


def test_words_letters_and_ways_of_a_kind_are_each_given_once() -> None:
    assert len({kind.key for kind in KINDS}) == len(KINDS)
    assert len({kind.letter for kind in KINDS}) == len(KINDS)
    assert len({kind.title for kind in KINDS}) == len(KINDS)
    for kind in KINDS:
        ways = (kind.at_once, kind.aim, kind.gathers)
        assert sum(way is not None for way in ways) == 1, f"{kind.key} has no single way to its order"
        assert kind.about.endswith(".")


def order_spots(table: TableScene) -> list[FlowSpot]:
    """The buttons of all orders: those of the bar, and those that it leaves out."""
    spots = (*table.pages.orders(table).spots, *table.pages.more(table).spots)
    return [spot for spot in spots if isinstance(spot.act, TellWhy | PrepareOrder)]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
def test_every_kind_has_its_button_its_help_and_its_letter(hands: Hands, kind: OrderKind) -> None:
    table = hands.table
    hands.click(hands.point("0303"))
    spots = [spot for spot in order_spots(table) if spot.tip.startswith(f"{kind.title} (Shift+")]
    assert len(spots) == 1
    assert f"| Shift+{kind.letter} | **{kind.title}**: {kind.about} |" in keys()
    why = targets.why_not(table.view.state, table.seat, table.selection.unit, kind.key)
    assert spots[0].act == (TellWhy(why) if why else PrepareOrder(kind.key))
    before = len(hands.session.entries)
    hands.key(ord(kind.letter.lower()), pygame.KMOD_LSHIFT)
    if why:
        assert table.notice == as_notice(why)
    elif kind.at_once is not None:
        assert type(hands.session.entries[before].order) is kind.order
    else:
        assert table.selection.mode == kind.key
        hands.frames(1)  # the forecast panel has words for it


def test_a_new_kind_is_everywhere_at_once(window: pygame.Surface, monkeypatch: pytest.MonkeyPatch) -> None:
    """The row of docs/architecture.md, once the engine knows the order."""
    sleep = OrderKind(
        "sleep", od.Rest, "Sleep", "9", "Lie down.", at_once=lambda unit: od.Rest(unit), price=lambda *_: "7 CP"
    )
    monkeypatch.setattr(order_kinds, "KINDS", (*KINDS, sleep))
    hands = Hands(small_world(), SOLO)
    hands.click(hands.point("0303"))
    spots = order_spots(hands.table)
    assert len(spots) == len(KINDS) + 1 and spots[-1].tip.startswith("Sleep (Shift+9): Lie down.")
    assert "| Shift+9 | **Sleep**: Lie down. |" in keys()
    hands.key(pygame.K_9, pygame.KMOD_LSHIFT)
    assert hands.table.notice == as_notice(targets.why_not(hands.table.view.state, 0, "lions", "sleep")) != ""
