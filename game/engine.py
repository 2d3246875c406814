"""The public face of the game. Only two functions of it bring a new state about: ``opening`` and ``apply``.

    >>> from game import engine, orders as od
    >>> world = engine.load_scenario("tutorial")
    >>> state = engine.start(world, seed=7)
    >>> after, events = engine.apply(state, od.parse_order("move t-1st 0206,0306", world.grid))
    >>> world.grid.label(after.units.hex[world.row["t-1st"]])
    '0306'

Seven verbs: ``load_scenario``, ``start``, ``legal_orders``, ``refusal``, ``apply``, ``view``, ``outcome``. Beside them
the questions asked most, of a state or of a view's state: ``reach``, ``odds``, ``incident``, ``provokes``,
``supply_level``, ``crossing``, ``threat``. The table, the AI, the lab and the records may ask the chapters of
``game.rules`` any other question: a question changes nothing. A finished state never changes; everything is decided by
integers and keyed dice.

Hexes and hexsides are numbers (``world.grid.hex("0306")``, ``world.grid.side("0306/NE")``), units are named by id,
factions by number. Movement is counted in quarter points. The examples of the functions go on from the one above.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from game import orders as od
from game.dice import seed_bytes
from game.events import Event, OrderGiven
from game.kernels.reach import Reach
from game.rules import (
    acts,
    deconfliction,
    forecasting,
    movement,
    options,
    river,
    sequence,
    supply,
    threats,
    victory,
)
from game.rules.refusal import Refusal
from game.scenario.world import World
from game.state import Draft, State
from game.state.start import first_state
from game.view import View, full_view, view

__all__ = [
    "Refused",
    "View",
    "apply",
    "crossing",
    "full_view",
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
    """A shipped scenario by name, or any scenario folder or pack.

    Raises :class:`~game.faults.ContentFault` with everything that is wrong in it, UsageFault where there is none.

    >>> [one.id for one in load_scenario("tutorial").factions]
    ['saa', 'isis', 'sdf']
    """
    from game.scenario.loading import load_scenario as load  # YAML is needed here alone

    return load(name)


def start(world: World, seed: int) -> State:
    """The first moment in which a faction may give orders. ``seed`` is any whole number from 0.

    >>> start(world, seed=7) == state, start(world, seed=8) == state
    (True, False)
    """
    return opening(world, seed)[0]


def opening(world: World, seed: int) -> tuple[State, tuple[Event, ...]]:
    """The same, with what happened while the first turn opened.

    >>> {"TurnBegan", "WeatherChanged"} <= {type(event).__name__ for event in opening(world, seed=7)[1]}
    True
    """
    draft = Draft(first_state(world, seed_bytes(seed)))
    sequence.open_game(draft)
    return draft.finish(), tuple(draft.events)


def legal_orders(state: State) -> Iterator[od.Order]:
    """Orders the faction to play may give now, lazily; the first is always EndTurn while the game lasts.

    >>> next(legal_orders(state))
    EndTurn()
    """
    return options.legal_orders(state)


def refusal(state: State, order: od.Order) -> Refusal | None:
    """Why an order cannot be carried out, with the number of its rule, or None.

    Depends only on what the acting faction knows. Never raises, whatever the order names.

    >>> refusal(state, od.parse_order("move t-1st 0101", world.grid)).rule.startswith("1.")
    True
    """
    last = state.answers.get("last refusal")  # who thinks of an order asks, and so does whoever checks it afterwards
    if last is None or last[0] is not order:
        last = state.answers["last refusal"] = order, sequence.refusal(state, order)
    answer: Refusal | None = last[1]
    return answer


def apply(state: State, order: od.Order) -> tuple[State, tuple[Event, ...]]:
    """Carry out an order: the new state and what happened. Raises :class:`Refused`; the old state is never changed.

    >>> after, events = apply(state, od.DigIn("t-guns"))
    >>> [type(event).__name__ for event in events if hasattr(event, "level")]
    ['DugIn']
    >>> apply(after, od.DigIn("t-guns"))
    Traceback (most recent call last):
    ...
    game.engine.Refused: ...
    """
    found = sequence.refusal(state, order)
    if found is not None:
        raise Refused(found)
    draft = Draft(state)
    draft.emit(OrderGiven(state.faction, od.to_text(order, state.world.grid)))
    sequence.carry_out(draft, order)
    return draft.finish(), tuple(draft.events)


def outcome(state: State) -> victory.Outcome | None:
    """Who has won and by how much, or None while the game goes on. Points are counted in tenths.

    >>> outcome(state) is None
    True
    """
    return victory.outcome(state)


# --- questions ----------------------------------------------------------------------------------------------


def reach(state: State, unit: str) -> Reach:
    """Where a unit can march with the movement it has left, with costs in quarter points and ways.

    Raises KeyError for an unknown unit.

    >>> found = reach(state, "t-1st")
    >>> found.cost[world.grid.hex("0105")], [world.grid.label(here) for here in found.path(world.grid.hex("0105"))]
    (2, ['0105'])
    """
    return movement.within_reach(state, state.world.row[unit])


def odds(state: State, attack: od.Attack) -> forecasting.Forecast:
    """The odds ledger and the chance of every outcome of an attack, in rolls of 36; a range where something is unknown.

    >>> battle = start(load_scenario("city_of_deir_ezzor"), seed=7)
    >>> attack = next(order for order in legal_orders(battle) if isinstance(order, od.Attack))
    >>> 0 <= odds(battle, attack).known.chance("cleared") <= 36
    True
    """
    return forecasting.odds(state, attack)


def incident(state: State, act: deconfliction.Act) -> deconfliction.Risk:
    """How likely an act is to provoke the other bloc, in percent, and why, with the range in which the truth lies.

    >>> incident(state, deconfliction.Act("move", world.grid.hex("0205"))).percent
    0
    """
    return deconfliction.forecast(state, state.faction, act)


def provokes(state: State, order: od.Order) -> deconfliction.Risk | None:
    """How likely an order is to provoke the other bloc, by the worst of its acts; None where nothing is rolled.

    >>> provokes(state, od.DigIn("t-guns")) is None
    True
    """
    return acts.risk_of(state, order)


def supply_level(state: State, unit: str) -> supply.SupplyTrace:
    """Whether and how a unit would be supplied now: the road back to its source, or the hex that breaks it.

    Raises KeyError for an unknown unit.

    >>> supply_level(state, "t-1st").state.name
    'FULL'
    """
    return supply.explain(state, state.world.row[unit])


def crossing(state: State, side: int) -> str:
    """What crosses a river hexside now, in words.

    >>> "bridge" in crossing(state, world.grid.side("0805/SE"))
    True
    """
    return river.explain_crossing(state, side)


def threat(state: State, unit: str, here: int) -> threats.Threat:
    """What the known enemy could do to a unit that stands in a hex, before its next turn.

    Raises KeyError for an unknown unit.

    >>> str(threat(state, "t-1st", world.grid.hex("0101"))) != ""
    True
    """
    return threats.against(state, state.world.row[unit], here)
