"""An enemy that is pointed at from afar: where a unit could stand beside it, at what odds, and march and attack in one.

Everything is worked out on the faction's view, thought further by the marches (:mod:`game.rules.foresight`): an offer,
not yet an order. The units that are in hand attack, and no others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from game import engine
from game import orders as od
from game.rules import combat, forecasting, foresight, movement, out_of_reach
from game.state.tables import State
from game.words import say

LIKELY, POSSIBLE = 18, 9
"""Of 36 rolls, in how many the defender must be driven out for odds to count as good, or as fair."""


class Vantage(NamedTuple):
    """A hex beside the target: the march there, its cost, and the attack's forecast from it. ``path`` may be empty."""

    hex: int
    path: tuple[int, ...]
    cost: int
    found: forecasting.Forecast

    @property
    def grade(self) -> int:
        """2 for good odds, 1 for fair, 0 for poor ones."""
        cleared = self.found.known.chance("cleared")
        return 2 if cleared >= LIKELY else int(cleared >= POSSIBLE)


@dataclass(frozen=True, slots=True)
class MarchAndAttack:
    """March and attack in one: the marches in their order, the attack, and the moment in which it would be made."""

    marches: tuple[od.Move, ...]
    attack: od.Attack
    after: State
    stand: int
    """Where the first unit attacks from."""
    left_out: tuple[str, ...]
    """Why each unit that stays behind does, in words."""

    @property
    def orders(self) -> tuple[od.Order, ...]:
        """Everything, as it is to be given."""
        return (*self.marches, self.attack)


def stands(state: State, unit: str, target: int) -> tuple[Vantage, ...]:
    """Where a unit could attack a hex from in this turn, the best odds first, then the cheapest march."""
    return state.kept(("stands", unit, target), lambda: tuple(_stands(state, unit, target, ())))


def vantages(state: State, units: Sequence[str], target: int) -> tuple[Vantage, ...]:
    """Where the first of some units could attack from, each place at the odds of all of them together."""
    if len(units) < 2:
        return stands(state, units[0], target)
    return state.kept(("vantages", tuple(units), target), lambda: tuple(_vantages(state, units, target)))


def _vantages(state: State, units: Sequence[str], target: int) -> Iterator[Vantage]:
    for one in stands(state, units[0], target):
        whole = assault(state, units, target, one.hex)
        yield one if whole is None else one._replace(found=engine.odds(whole.after, whole.attack))


def _stands(state: State, unit: str, target: int, team: tuple[str, ...]) -> list[Vantage]:
    out = []
    row = state.world.row[unit]
    for here, path, cost in _beside(state, row, target):
        after = foresight.marched(state, row, path)
        if engine.refusal(after, od.Attack((unit,), target, confirm=2)) is None:
            found = engine.odds(after, od.Attack((*team, unit), target))
            out.append(Vantage(here, path, cost, found))
    return sorted(out, key=lambda one: (-one.found.known.column, one.cost, one.hex))


def _beside(state: State, row: int, target: int) -> Iterator[tuple[int, tuple[int, ...], int]]:
    """Hexes beside the target in which the unit stands or may stop: hex, way, cost."""
    found, unit = movement.within_reach(state, row), state.world.roster.id[row]
    for here in state.world.grid.near[target]:
        if here == found.start:
            yield here, (), 0
        elif here in found.cost and engine.refusal(state, od.Move(unit, found.path(here))) is None:
            yield here, found.path(here), found.cost[here]


def assault(state: State, units: Sequence[str], target: int, stand: int = -1) -> MarchAndAttack | None:
    """March and attack of some units in one; None when the first one cannot. ``stand`` is where that one is to be."""
    return state.kept(("assault", tuple(units), target, stand), lambda: (_assault(state, units, target, stand),))[0]


def _assault(state: State, units: Sequence[str], target: int, stand: int) -> MarchAndAttack | None:
    now, marches, team, first, left_out = state, list[od.Move](), tuple[str, ...](), -1, list[str]()
    for unit in units:
        found = stands(now, unit, target) if not team else _stands(now, unit, target, team)
        chosen = next((one for one in found if one.hex == stand), None) if not team else None
        best = chosen or next(iter(found), None)
        if best is None:
            if not team:
                return None
            left_out.append(why_not(now, unit, target))
            continue
        if best.path:
            marches.append(od.Move(unit, best.path))
            now = foresight.marched(now, state.world.row[unit], best.path)
        first = first if team else best.hex
        team = (*team, unit)
    return MarchAndAttack(tuple(marches), od.Attack(team, target), now, first, tuple(left_out))


def why_not(state: State, unit: str, target: int) -> str:
    """Why a unit cannot attack a hex in this turn, in words about that unit; "" when it can."""
    if stands(state, unit, target):
        return ""
    row, grid = state.world.row[unit], state.world.grid
    here, name, label = state.units.hex[row], state.world.roster.name[row], grid.label(target)
    refusal = movement.may_act(state, row)
    if refusal is not None or grid.distance(here, target) == 1:
        return str(refusal or engine.refusal(state, od.Attack((unit,), target, confirm=2)))
    near = [there for there in grid.near[target] if state.world.terrain[there] >= 0]
    beside = [path[-1:] for _, path, _ in _beside(state, row, target) if path]
    if beside:  # it gets there, and still may not attack
        after = foresight.marched(state, row, movement.within_reach(state, row).path(beside[0][0]))
        return str(engine.refusal(after, od.Attack((unit,), target, confirm=2)))
    closest = min(near, key=lambda there: (grid.distance(here, there), there), default=-1)
    found = out_of_reach.why(state, row, closest) if closest >= 0 else None
    why = found.why if found is not None else say("No way leads there.")
    return say("{unit} cannot get beside {hex} this turn. {why}", unit=name, hex=label, why=why)


def asks_first(state: State, attack: od.Attack, always: bool) -> str:
    """Why an attack that is pointed at is to be confirmed before it is ordered, in words; "" when a click orders it.

    ``state`` is the moment of the attack; ``always`` is the player's wish.
    """
    if always:
        return say("Right-click again, or press Enter, to order the attack.")
    if not combat.defenders_at(state, state.faction, attack.target):
        return say("They are troops of the other bloc.")
    risk = engine.provokes(state, attack)
    if risk is not None and risk.percent:
        return say("It risks an incident. Right-click again to order it. {risk}", risk=risk.words)
    ways = engine.odds(state, attack).known
    if sum(one.ways for one in ways.outcomes if one.after.spared) > LIKELY:
        return say("The odds are poor: see the forecast. Right-click again to order the attack.")
    return ""


def promised(state: State, orders: Sequence[od.Order]) -> int:
    """The odds column that an attack at the end of some marches is known to have before they begin; -1 without one."""
    now = state
    for order in orders:
        if isinstance(order, od.Move):
            now = foresight.marched(now, now.world.row[order.unit], order.path)
        elif isinstance(order, od.Attack):
            return engine.odds(now, order).known.column
    return -1
