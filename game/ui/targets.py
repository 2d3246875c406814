"""Which hexes an order in preparation can be aimed at: hex -> the order it would be, which the engine accepts."""

from __future__ import annotations

from collections.abc import Mapping

from game import engine
from game import orders as od
from game.state.tables import State
from game.ui import order_kinds
from game.ui.order_kinds import OrderKind
from game.words import say


def choices(state: State, mode: str, unit: str, kind: str = "") -> Mapping[int, od.Order]:
    """Hexes to choose from in a mode; kept with the state."""
    found = order_kinds.named(mode)
    if found is None or found.aim is None:
        return {}
    aim = found.aim
    return state.kept(
        ("targets", mode, unit, kind),
        lambda: {here: order for here, order in aim(state, unit, kind) if engine.refusal(state, order) is None},
    )


def first_refusal(state: State, mode: str, unit: str, kind: str = "") -> str:
    """Why nothing can be aimed at in a mode, in the words of the engine; "" when something can."""
    found, why = order_kinds.named(mode), ""
    if found is None or found.aim is None:
        return ""
    for _, order in found.aim(state, unit, kind):
        refusal = engine.refusal(state, order)
        if refusal is None:
            return ""
        why = why or str(refusal)
    return why or found.nothing


def why_not(state: State, faction: int, unit: str, mode: str) -> str:
    """Why an order of a kind cannot be given or prepared now, "" when it can."""
    kind = order_kinds.named(mode)
    if kind is None:
        return say("there is no such order")
    of = "" if kind.of_faction else unit
    return state.kept(("why not", faction, of, mode), lambda: _why_not(state, faction, of, kind))


def _why_not(state: State, faction: int, unit: str, kind: OrderKind) -> str:
    if state.faction != faction:
        return say("{faction} to play", faction=state.world.factions[state.faction].name)
    if state.clock.over:
        return say("the game has ended")
    if not unit and not kind.of_faction:
        return say("no unit is selected")
    if kind.at_once is not None:
        return str(engine.refusal(state, kind.at_once(unit)) or "")
    if kind.gathers is not None:
        return str(engine.refusal(state, kind.gathers(state)) or "")
    if kind.supports is None:
        return first_refusal(state, kind.key, unit)
    why = kind.nothing
    for support in kind.supports(state):
        why = first_refusal(state, kind.key, unit, support)
        if not why:
            return ""
    return why
