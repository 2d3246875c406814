"""A risk of an incident as one figure: a chance, a range of what it may be, or "unknown"; unknown is never 0%."""

from __future__ import annotations

from game.rules.deconfliction import Risk
from game.words import percent, say


def share_words(risk: Risk | None) -> str:
    """The figure of a forecast: 5%, "0 to 12%", "unknown, at most 4%"; None, where nothing can be risked, is 0%."""
    if risk is None or risk.exact or risk.most < 0:
        return percent(risk.percent if risk is not None else 0)
    if not risk.percent:
        return say("unknown, at most {most}", most=percent(risk.most))
    return say("{least} to {most}", least=risk.least, most=percent(risk.most))
