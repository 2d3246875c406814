"""The recipe "Adding an order" of docs/architecture.md, held against every kind of order there is.

A kind that one of the places does not know fails here, with the place.
"""

from __future__ import annotations

import ast
import inspect
import re
from dataclasses import fields
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

import pytest

from game import events as ev
from game import orders as od
from game.hexgrid import grid
from game.rules import options, sequence
from game.state import happenings
from game.telling import lines
from tests import chance

ROOT = Path(__file__).resolve().parents[2]
KINDS = get_args(od.Order)

SAMPLES: dict[str, Any] = {
    "path": (0, 1), "hexes": (), "target": 3, "side": 4, "unit": "a-1", "units": ("a", "b"), "kind": "strike",
    "support": (("fires", 2),), "points": 3, "confirm": 2, "set_piece": True, "forced": False, "refit": True,
}  # fmt: skip

UNTOLD = {
    "FactionTurnEnded": "the next faction's turn is told",
    "DiceRolled": "the event that the dice decided tells them",
    "OrderGiven": "what it brought is told",
    "UnitSpent": "bookkeeping of what a unit has done this turn",
    "UnitHid": "only its own side knows, and its counter shows it",
    "UnitReleased": "its counter shows it",
    "ContactFaded": "its counter goes",
    "FerryLoaded": "the march that it carried is told",
    "InterdictionEnded": "its mark goes from the map",
    "PoolChanged": "the bar shows stocks",
    "PointsSet": "the bar shows stocks",
    "CommandSpent": "the bar shows stocks",
    "LiaisonSpent": "the bar shows stocks",
    "SupportSet": "the bar shows stocks",
    "GrantChanged": "the event that changes it says so",
    "OrdersBegun": "the order itself is told",
    "CorridorEnded": "its outline goes from the map",
    "QuietTurn": "the ladder is told when it moves",
    "PlacesNoted": "what events remember",
    "FlagSet": "what events remember",
    "CityStormed": "the attack is told",
    "PlaceHeld": "the bonus that comes of it is told",
}
"""Events of which no line is written, and why not."""

NOTHING_CHANGES = {
    "AttackResolved",
    "FireResolved",
    "FireStrayed",
    "ColumnUnloaded",
    "ConvoyArrived",
    "EventsStopped",
    "PrizeCeded",
    "UnitKeptOut",
}
"""Events that only report: what they mean for the tables is said by others."""


def names_of(module: ModuleType, attribute_of: str) -> set[str]:
    """Names that a module takes from an imported one, as ``od.Move`` takes Move."""
    tree = ast.parse(inspect.getsource(module))
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == attribute_of
    }


SAYS = {
    "move": "march", "strike-bridge": "break a crossing", "scout": "reconnaissance", "air-drop": "air drop",
    "dig-in": "dig in", "bridge": "engineers", "notify": "corridor", "close-sky": "closed skies",
    "march": "road march", "end-turn": "turn ends",
}  # fmt: skip
"""How the rulebook calls a kind of order that it does not call by its word."""


def rule_of(number: str) -> str:
    """The text of a rule of the book, in small letters; "" where there is none."""
    chapter = ROOT / "assets" / "rulebook"
    text = next(chapter.glob(f"{int(number.split('.')[0]):02}-*.md")).read_text(encoding="utf-8")
    found = re.search(rf"^{re.escape(number)} (.*?)(?=^\d+\.\d+ |\Z)", text, re.M | re.S)
    return " ".join(found[1].lower().split()) if found else ""


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.word)
def test_every_place_of_the_recipe_knows_the_kind(kind: type[od.Order]) -> None:
    assert kind.__doc__ and not kind.__doc__.startswith(f"{kind.__name__}("), "orders.py: no docstring"
    assert od.WORDS[kind.word] is kind, "orders.py: its word is another kind's"
    chapter = sequence.ORDERS[kind]
    assert SAYS.get(kind.word, kind.word) in rule_of(chapter.rule), (
        f"sequence.py: rule {chapter.rule} is about another thing"
    )
    assert kind.__name__ in names_of(options, "od"), "rules/options.py: nobody is offered it"
    assert kind.__name__ in names_of(chance, "od"), "tests/chance.py: no test gives it by chance"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.word)
def test_every_kind_is_written_and_read_back(kind: type[od.Order]) -> None:
    board = grid(4, 4)
    order = kind(**{f.name: SAMPLES[f.name] for f in fields(kind)})
    text = od.to_text(order, board)
    assert text.split()[0] == kind.word and od.parse_order(text, board) == order


def test_the_sequence_knows_no_kind_that_is_gone() -> None:
    assert set(sequence.ORDERS) == set(KINDS)


def test_every_event_changes_a_table_or_says_that_it_reports() -> None:
    silent = {kind.__name__ for kind in get_args(ev.Event) if kind not in happenings.CHANGES}
    assert silent == NOTHING_CHANGES


def test_every_event_is_told_or_says_why_not() -> None:
    untold = {kind.__name__ for kind in get_args(ev.Event) if kind not in lines._TELLERS}
    assert untold == set(UNTOLD)


def test_the_page_names_every_place() -> None:
    """The steps of the recipe, each with a file that is there."""
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    recipe = page.partition("## Adding an order")[2].partition("\n## ")[0]
    named = re.findall(r"`((?:game|tests|assets)/[\w./*-]+)`", recipe)
    assert len(named) >= 9
    for path in named:
        assert list(ROOT.glob(path)), path
