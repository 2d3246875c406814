"""A risk of an incident in one figure: exact, a range, or unknown, but never 0% where something may be unseen."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pygame
import pytest

from game.rules.deconfliction import Risk
from game.rules.ledger import Ledger
from game.ui.panels import risk_lines
from game.ui.panels.flow import Flow
from game.ui.risk_words import share_words
from game.ui.window import make_desk


@pytest.mark.parametrize(
    ("percent", "least", "most", "words"),
    [(5, 5, 5, "5%"), (0, 0, 0, "0%"), (0, 0, 4, "unknown, at most 4%"), (5, 0, 12, "0 to 12%"), (5, 5, 9, "5 to 9%")],
)
def test_a_risk_says_what_its_figure_is(percent: int, least: int, most: int, words: str) -> None:
    assert share_words(Risk(percent, Ledger(()), "", 1, least, most)) == words


def test_where_nobody_can_be_provoked_the_risk_is_none() -> None:
    assert share_words(None) == "0%"


def test_beside_an_unknown_risk_no_other_order_says_that_it_has_none(
    window: pygame.Surface, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A march and an attack in one offer: "at most 2%" and "0%" under each other contradict one another."""
    risks = [
        Risk(0, Ledger(()), "0% risk of an incident", 1, 0, 2),
        Risk(0, Ledger(()), "0% risk: nobody near", 1, 0, 0),
    ]
    told: list[Risk] = []
    monkeypatch.setattr("game.engine.provokes", lambda state, order: order)
    monkeypatch.setattr(risk_lines, "risk_line", lambda flow, risk: told.append(risk))
    flow = Flow(make_desk(window.get_size()), 200)
    moments: list[Any] = [(None, risk) for risk in risks]
    risk_lines.incident_lines(flow, moments)
    assert told == risks[:1]
    told.clear()
    more: Any = (None, replace(risks[0], most=3))
    risk_lines.incident_lines(flow, [*moments, more])
    assert [one.most for one in told] == [5], "at most the sum of both"
    told.clear()
    risk_lines.incident_lines(flow, moments[1:])
    assert told == risks[1:]
