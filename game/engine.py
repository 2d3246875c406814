"""The public face of the game. Only two functions of it bring a new state about: ``opening`` and ``apply``.

    world = engine.load_scenario("race_for_deir_ezzor")
    state = engine.start(world, seed=7)
    state, events = engine.apply(state, parse_order("move saa-tig-taha 0714,0715", world.grid))

Seven verbs: ``load_scenario``, ``start``, ``legal_orders``, ``refusal``, ``apply``, ``view``, ``outcome``. Beside them
the questions asked most, of a state or of a view's state: ``reach``, ``odds``, ``incident``, ``provokes``,
``supply_level``, ``crossing``, ``threat``. The table, the AI, the lab and the records may ask the chapters of
``game.rules`` any other question: a question changes nothing. A finished state never changes; everything is decided by
integers and keyed dice.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from game import orders as od
from game.dice import seed_bytes
from game.events import Event, OrderGiven
from game.kernels.reach import Reach
from game.rules import acts, combat, deconfliction, movement, options, river, sequence, supply, threats, victory
from game.rules.refusal import Refusal
from game.scenario.world import World
from game.state import Draft, State
from game.state.start import first_state
from game.view import View, view

__all__ = [
    "Refused",
    "View",
    "apply",
    "crossing",
    "incident",
    "legal_orders",
    "load_scenario",
    "odds",
    "opening",
    "outcome",
    "provokes",
    "reach",
    "refusal",
    "start",
    "supply_level",
    "threat",
    "view",
]  # fmt: skip


class Refused(ValueError):
    """An order that cannot be carried out was applied; ``refusal`` says why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(str(refusal))
        self.refusal = refusal


def load_scenario(name: str | Path) -> World:
    """A shipped scenario by name, or any scenario folder; raises ContentFault with everything that is wrong in it."""
    from game.scenario.loading import load_scenario as load  # YAML is needed here alone

    return load(name)


def start(world: World, seed: int) -> State:
    """The first moment in which a faction may give orders. ``seed`` is any whole number from 0."""
    return opening(world, seed)[0]


def opening(world: World, seed: int) -> tuple[State, tuple[Event, ...]]:
    """The same, with what happened while the first turn opened."""
    draft = Draft(first_state(world, seed_bytes(seed)))
    sequence.open_game(draft)
    return draft.finish(), tuple(draft.events)


def legal_orders(state: State) -> Iterator[od.Order]:
    """Orders the faction to play may give now, lazily; the first is always EndTurn while the game lasts."""
    return options.legal_orders(state)


def refusal(state: State, order: od.Order) -> Refusal | None:
    """Why an order cannot be carried out, or None. Depends only on what the acting faction knows."""
    return sequence.refusal(state, order)


def apply(state: State, order: od.Order) -> tuple[State, tuple[Event, ...]]:
    """Carry out an order: the new state and what happened. Raises :class:`Refused`; the old state is never changed."""
    found = sequence.refusal(state, order)
    if found is not None:
        raise Refused(found)
    draft = Draft(state)
    draft.emit(OrderGiven(state.faction, od.to_text(order, state.world.grid)))
    sequence.carry_out(draft, order)
    return draft.finish(), tuple(draft.events)


def outcome(state: State) -> victory.Outcome | None:
    """Who has won and by how much, or None while the game goes on."""
    return victory.outcome(state)


# --- questions ----------------------------------------------------------------------------------------------


def reach(state: State, unit: str) -> Reach:
    """Where a unit can march with the movement it has left, with costs in quarter points and ways."""
    return movement.within_reach(state, state.world.row[unit])


def odds(state: State, attack: od.Attack) -> combat.Forecast:
    """The odds ledger and the exact chance of every outcome of an attack; a range against contacts."""
    return combat.odds(state, attack)


def incident(state: State, act: deconfliction.Act) -> deconfliction.Risk:
    """How likely an act is to provoke the other bloc, and why, with the range in which the truth lies."""
    return deconfliction.forecast(state, state.faction, act)


def provokes(state: State, order: od.Order) -> deconfliction.Risk | None:
    """How likely an order is to provoke the other bloc, by the worst of its acts; None where nothing is rolled."""
    return acts.risk_of(state, order)


def supply_level(state: State, unit: str) -> supply.SupplyTrace:
    """Whether and how a unit would be supplied now: the road back to its source, or the hex that breaks it."""
    return supply.explain(state, state.world.row[unit])


def crossing(state: State, side: int) -> str:
    """What crosses a river hexside now, in words."""
    return river.explain_crossing(state, side)


def threat(state: State, unit: str, here: int) -> threats.Threat:
    """What the known enemy could do to a unit that stands in a hex, before its next turn."""
    return threats.against(state, state.world.row[unit], here)
