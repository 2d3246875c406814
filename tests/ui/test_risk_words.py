"""A risk of an incident in one figure: exact, a range, or unknown, but never 0% where something may be unseen."""

from __future__ import annotations

import pytest

from game.rules.deconfliction import Risk
from game.rules.ledger import Ledger
from game.ui.risk_words import share_words


@pytest.mark.parametrize(
    ("percent", "least", "most", "words"),
    [(5, 5, 5, "5%"), (0, 0, 0, "0%"), (0, 0, 4, "unknown, at most 4%"), (5, 0, 12, "0 to 12%"), (5, 5, 9, "5 to 9%")],
)
def test_a_risk_says_what_its_figure_is(percent: int, least: int, most: int, words: str) -> None:
    assert share_words(Risk(percent, Ledger(()), "", 1, least, most)) == words


def test_where_nobody_can_be_provoked_the_risk_is_none() -> None:
    assert share_words(None) == "0%"
