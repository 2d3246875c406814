"""What an attack may come to, from the attacker's side: plain classes, what is better, and what comes to the same."""

from __future__ import annotations

from collections.abc import Iterable

from game.rules.aftermath import Aftermath
from game.rules.forecasting import ResultChance


def outcome_class(after: Aftermath) -> int:
    """Driven out, suffers but holds, both suffer, only the attacker suffers: 0 to 3, the best first."""
    if after.cleared:
        return 0
    if after.spared:
        return 3
    return 2 if after.attacker_lost or after.attacker_disrupted else 1


def worth(after: Aftermath) -> tuple[int, int]:
    """How good an outcome is for the attacker: its class, then half steps. Who is destroyed is worth no less than who
    falls back, however few steps that were."""
    mine = 2 * after.attacker_lost + after.attacker_disrupted
    his = 2 * after.defender_lost + after.defender_disrupted + 2 * after.strongpoint
    gone = 4 * after.destroyed + 2 * bool(after.fell_back)
    return -outcome_class(after), his - mine + gone


def distinct(outcomes: Iterable[ResultChance]) -> list[ResultChance]:
    """Outcomes as a person tells them apart: results of the table that come to the same here are one."""
    found: dict[str, ResultChance] = {}
    for one in outcomes:
        words = str(one.after)
        before = found.get(words)
        found[words] = one if before is None else before._replace(ways=before.ways + one.ways)
    return list(found.values())
