"""What an order is to the other bloc: the acts that its resolver rolls for, for forecast, panel and AI (rule 11.2).

The chapters' own functions make each act, so that what is shown and what is judged is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from game import orders as od
from game.rules import combat, deconfliction, river, strikes
from game.rules.deconfliction import Act, Risk
from game.rules.refusal import Refusal
from game.state.tables import Position


def _kind(state: Position, target: int, use: str) -> str:
    found = strikes.best_kind(state, state.faction, target, use)
    return "" if isinstance(found, Refusal) else found


def _interdict(state: Position, order: od.Interdict) -> tuple[Act, ...]:
    kind = _kind(state, order.target, "interdicts")
    return (strikes.interdict_act(state, state.faction, kind, order.target),) if kind else ()


def _strike_bridge(state: Position, order: od.StrikeBridge) -> tuple[Act, ...]:
    kind = _kind(state, state.world.grid.ends[order.side][0], "bridge")
    return strikes.bridge_acts(state, state.faction, kind, order.side) if kind else ()


def _scout(state: Position, order: od.Scout) -> tuple[Act, ...]:
    kind = _kind(state, order.target, "scouts")
    return strikes.scout_acts(state, state.faction, kind, order.target) if kind else ()


_ACTS: Mapping[type, Callable[[Position, Any], tuple[Act, ...]]] = {
    od.Attack: lambda state, order: (combat.attack_act(state, order),),
    od.Bombard: lambda state, order: (combat.bombard_act(state, state.world.row[order.unit], order.target),),
    od.Strike: lambda state, order: (strikes.strike_act(state, state.faction, order.kind, order.target),),
    od.Interdict: _interdict,
    od.StrikeBridge: _strike_bridge,
    od.Scout: _scout,
    od.Bridge: lambda state, order: (river.crossing_act(state, state.world.row[order.unit], order.side),),
}


def acts(state: Position, order: od.Order) -> tuple[Act, ...]:
    """What an order of the faction to play is to the other bloc; of several acts the worst is rolled for."""
    make = _ACTS.get(type(order))
    return make(state, order) if make is not None else ()


def risk_of(state: Position, order: od.Order) -> Risk | None:
    """The incident forecast of an order, with its range; None for one that provokes nobody."""
    if isinstance(order, od.Move):
        return deconfliction.march_forecast(state, state.faction, order.path)
    found = acts(state, order)
    risks = [deconfliction.forecast(state, state.faction, act) for act in found]
    if not risks:
        return None
    worst = max(risks, key=lambda risk: (risk.percent, risk.most))
    return deconfliction.joined(worst, risks)
