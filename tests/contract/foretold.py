"""What a forecast promises, and what the engine does for every throw of the dice, set side by side.

    differences(state, order)     sentences about all that is not as foretold; none when the promise is kept

The engine fights the attack on the true state once for each total of two dice, with the dice given by hand; what
happened is read from its events alone. The forecast is asked of the attacker's view.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from unittest.mock import patch

from game import dice, engine
from game import orders as od
from game.events import (
    AttackResolved,
    DiceRolled,
    Event,
    StepsDisrupted,
    StepsLost,
    UnitAdvanced,
    UnitDestroyed,
    UnitRetreated,
)
from game.rules.forecasting import Forecast
from game.state import Position, State

PAIRS = tuple((max(1, total - 6), total - max(1, total - 6)) for total in range(2, 13))
"""A pair of dice for each total from 2 to 12: the other pairs of the same total do the same."""


class Came(NamedTuple):
    """What an attack brought: steps lost and disrupted by attackers and defenders, who fell back, and who followed."""

    attackers: tuple[int, int]
    defenders: tuple[int, int]
    fell_back: tuple[tuple[str, int], ...]
    leader: str


def differences(state: State, order: od.Attack) -> list[str]:
    """All that is not as the attacker's view foretold."""
    forecast = engine.odds(engine.view(state, state.faction).state, order)
    found: list[str] = []
    for pair in PAIRS:
        with patch.object(dice, "two_dice", lambda *_, pair=pair: pair):
            events = engine.apply(state, order)[1]
        fought = next((event for event in events if isinstance(event, AttackResolved)), None)
        if fought is None:
            return ["nobody was there"] if forecast.exact else []
        found += [f"dice {sum(pair)}: {words}" for words in _compared(state, forecast, fought, events)]
    return found


def _compared(state: State, forecast: Forecast, fought: AttackResolved, events: Iterable[Event]) -> Iterator[str]:
    came, told = what_came(state, fought, events), told_by(forecast, fought.result)
    if forecast.odds_exact and (fought.column != forecast.known.column or fought.ledger != str(forecast.known)):
        yield f"rolled at {fought.ledger}, shown {forecast.known}"
    if forecast.exact:
        if came != told:
            yield f"{fought.result} brought {came}, shown {told}"
        return
    if not forecast.worst.column <= fought.column <= forecast.best.column:
        yield f"rolled at {fought.ledger}, outside {forecast.worst} to {forecast.best}"
    doubts = {doubt.about for doubt in forecast.unsure}
    if "defenders" not in doubts and _certain(fought.ledger) != _certain(str(forecast.known)):
        yield f"rolled at {fought.ledger}, shown {forecast.known}, unsure only of {doubts}"
    if not doubts & {"defenders", "cells", "way back"} and came != told:
        yield f"{fought.result} brought {came}, shown {told}, unsure only of {doubts}"
    least, most = forecast.losses(fought.result)
    if came.attackers != told.attackers or not least <= came.defenders[0] <= most:
        yield f"{fought.result} brought {came}, outside {told.attackers} and {least} to {most} steps"


def _certain(ledger: str) -> tuple[str, ...]:
    """A ledger without its column, and without what unseen guns and an unsure reaction may add to it."""
    strengths, _, terms = ledger.partition(": ")
    surprises = ("the defender's artillery", "the defender reacts")  # whose words may go on after a comma
    kept = (term for term in terms.split(", ") if not any(words in term for words in surprises))
    return (
        strengths.rpartition(", ")[0],
        *(term for term in kept if "near the line" not in term and term != "nothing"),
    )


def what_came(state: State, fought: AttackResolved, events: Iterable[Event]) -> Came:
    """What the events of the fight itself tell, up to the next throw of any dice."""
    after = iter(events)
    for event in after:
        if event is fought:
            break
    own = []
    for event in after:
        if isinstance(event, DiceRolled):
            break
        own.append(event)
    return _summed(state, own, frozenset(fought.attackers))


def told_by(forecast: Forecast, key: str) -> Came:
    """The same as a forecast tells it."""
    attackers = frozenset(forecast.known.fight.sides.attackers)
    return _summed(forecast.known.fight.state, forecast.after(key).events, attackers)


def _summed(state: Position, events: Iterable[Event], attackers: frozenset[int]) -> Came:
    lost, shaken = [0, 0], [0, 0]
    back: list[tuple[str, int]] = []
    leader = ""
    for event in events:
        if isinstance(event, StepsLost | UnitDestroyed):
            lost[event.unit not in attackers] += event.steps
        elif isinstance(event, StepsDisrupted):
            shaken[event.unit not in attackers] += event.steps
        elif isinstance(event, UnitRetreated):
            back.append((state.world.roster.id[event.unit], event.path[-1]))
        elif isinstance(event, UnitAdvanced):
            leader = state.world.roster.id[event.unit]
    return Came((lost[0], shaken[0]), (lost[1], shaken[1]), tuple(back), leader)
