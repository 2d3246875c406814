"""Several units that march together: one click, one forecast, and each of them goes as close as there is room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from game import engine
from game import orders as od
from game.plans import Plan, ahead, march_order, todays_legs
from game.rules import deconfliction, foresight, movement, out_of_reach, supply
from game.rules.deconfliction import Act
from game.state.codes import Supplied
from game.state.tables import State
from game.words import count, sentence

AROUND = 2
"""Hexes from the goal within which units stop that find no room in it."""


class Leg(NamedTuple):
    """What a unit does in a march together: where it ends and by which way; it stays where ``path`` is empty."""

    unit: str
    end: int
    path: tuple[int, ...]
    why: str
    """Why it does not reach the goal itself, "" where it does."""
    later: bool = False
    """Whether it would get there, or beside it, in a later turn."""


@dataclass(frozen=True, slots=True)
class GroupMarch:
    """The march of several units to one hex, in the order in which they set out."""

    legs: tuple[Leg, ...]
    target: int
    incident: int
    """Chance in percent, as far as is known, that at least one of the marches provokes the other bloc."""
    unknown: int
    """The same chance at most, with what may be there unseen."""
    friction: int
    """The greatest chance of an incident, as far as is known, that the end of the turn brings for one of them."""
    supply: tuple[tuple[str, Supplied], ...]
    """Unit by unit how it would be supplied where it ends."""

    @property
    def orders(self) -> tuple[od.Order, ...]:
        """The marches."""
        return tuple(od.Move(leg.unit, leg.path) for leg in self.legs if leg.path)

    @property
    def later(self) -> tuple[str, ...]:
        """Units that could get there, but not in this turn."""
        return tuple(leg.unit for leg in self.legs if leg.later)

    @property
    def staying(self) -> tuple[Leg, ...]:
        """Units that do not march."""
        return tuple(leg for leg in self.legs if not leg.path and leg.why)

    @property
    def summary(self) -> str:
        """What is to be said as they set out: how many stay, and why; "" when all go."""
        if not self.staying:
            return ""
        return count(len(self.staying), "{n} unit stays: {why}", "{n} units stay: {why}", why=self.staying[0].why)


def group_march(state: State, units: Sequence[str], target: int) -> GroupMarch:
    """The march of some units to a hex, each to the hex itself or to the free one nearest to it."""
    return state.kept(("group march", tuple(units), target), lambda: _group_march(state, units, target))


def _group_march(state: State, units: Sequence[str], target: int) -> GroupMarch:
    world, now, legs, ends = state.world, state, list[Leg](), list[tuple[str, int]]()
    distance, place = world.grid.distance, state.units.hex
    for unit in sorted(units, key=lambda one: (distance(place[world.row[one]], target), units.index(one))):
        leg = _leg(now, unit, target)
        legs.append(leg)
        ends.append((unit, leg.end))
        now = foresight.marched(now, world.row[unit], leg.path)
    risks = [deconfliction.march_forecast(state, state.faction, leg.path) for leg in legs if leg.path]
    stays = [engine.incident(now, Act("friction", here)) for here in sorted({here for _, here in ends})]
    return GroupMarch(
        tuple(legs),
        target,
        at_least_one([risk.percent for risk in risks]),
        at_least_one([risk.most for risk in risks]),
        max((risk.percent for risk in stays), default=0),
        tuple((unit, supply.state_if_held(now, now.faction, here)) for unit, here in ends),
    )


def at_least_one(percents: Sequence[int]) -> int:
    """Chance in percent, rounded to the nearest, that at least one of several independent things happens."""
    nothing = 1.0
    for percent in percents:
        nothing *= (100 - percent) / 100
    return round(100 * (1 - nothing))


def _leg(state: State, unit: str, target: int) -> Leg:
    """How a unit gets to the goal, or closest to it."""
    row = state.world.row[unit]
    here = state.units.hex[row]
    if here == target:
        return Leg(unit, here, (), "")
    found, why = movement.within_reach(state, row), ""
    for end in _nearest_first(state, target, here):
        if end in found.cost and end != here:
            refusal = engine.refusal(state, od.Move(unit, found.path(end)))
            if refusal is None:
                return Leg(unit, end, found.path(end), why)
            why = why or str(refusal)
    reason = out_of_reach.why(state, row, target)
    if reason is None:
        return Leg(unit, here, (), why)
    later = bool(foresight.long_march(state, row, (target,)).path)
    nearer = reason.path and state.world.grid.distance(reason.path[-1], target) < state.world.grid.distance(
        here, target
    )
    if nearer:
        return Leg(unit, reason.path[-1], reason.path, reason.why, later)
    return Leg(unit, here, (), reason.why, later)


def _nearest_first(state: State, target: int, here: int) -> Iterator[int]:
    """The goal and the hexes around it by distance; none that is further from it than the unit stands."""
    grid = state.world.grid
    far = min(AROUND, grid.distance(here, target) - 1)
    for away in range(far + 1):
        yield from sorted(there for there in grid.disk(target, away) if grid.distance(there, target) == away)


@dataclass(frozen=True, slots=True)
class Route:
    """A march by way-points, over as many turns as it takes, of one unit or several."""

    marches: tuple[od.Order, ...]
    plans: tuple[Plan, ...]
    lines: tuple[foresight.LongMarch, ...]
    """The way of each unit by today's knowledge."""
    refused: tuple[str, ...]
    """Why each unit that does not go does not, in words."""

    @property
    def orders(self) -> tuple[od.Order, ...]:
        """What is marched in this turn."""
        return self.marches

    @property
    def turns(self) -> int:
        """In how many turns the last unit arrives."""
        return max((line.turns for line in self.lines), default=0)

    @property
    def summary(self) -> str:
        """What is to be said as they set out."""
        if self.plans:
            words = count(len(self.plans), "{n} march order until turn {turn}.", "{n} march orders until turn {turn}.",
                          turn=self.arrival)  # fmt: skip
            return f"{words} {self.refused[0]}" if self.refused else words
        return next(iter(self.refused), "")

    arrival: int = 0
    """The turn in which the last unit arrives."""


def long_march(state: State, units: Sequence[str], way: tuple[int, ...], *, road: bool = False) -> Route:
    """The march of some units by way of some hexes: what each marches now, and the order for the turns to come.

    With ``road`` each uses its action for a road march where that helps and no enemy is near.
    """
    return state.kept(("route", tuple(units), way, road), lambda: _route(state, units, way, road))


def _after(state: State, row: int, order: od.Order) -> State:
    """The moment after an order of a march."""
    return (
        foresight.marched(state, row, order.path) if isinstance(order, od.Move) else foresight.road_marched(state, row)
    )


def _route(state: State, units: Sequence[str], way: tuple[int, ...], road: bool) -> Route:
    world, now = state.world, state
    marches, plans, lines, refused = list[od.Order](), list[Plan](), list[foresight.LongMarch](), list[str]()
    distance, place = world.grid.distance, state.units.hex
    for unit in sorted(units, key=lambda one: (distance(place[world.row[one]], way[0]), units.index(one))):
        row = world.row[unit]
        found = foresight.long_march(now, row, way)
        if not found.path:
            refused.append(sentence(found.why) + "." if found.why else "")
            continue
        lines.append(found)
        legs = todays_legs(now, row, way, road=road)
        marches += legs.orders
        if legs.path[-1:] != way[-1:]:
            left = ahead(way, (now.units.hex[row], *legs.path))
            plans.append(replace(march_order(state, unit, way, road=road), way=left))
        for order in legs.orders:
            now = _after(now, row, order)
    turns = max((line.turns for line in lines), default=0)
    arrival = state.clock.turn + max(0, turns - 1)
    return Route(tuple(marches), tuple(plans), tuple(lines), tuple(refused), arrival)
