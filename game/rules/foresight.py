"""What a march would lead to, as far as its faction knows: the same moment with a unit further on.

Nothing is rolled, seen or taken on the way, so what is worked out from here is a forecast and never a promise. Of a
view it is the view's own state that is thought further; the game itself goes on by ``engine.apply`` alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from game.orders import March
from game.rules import movement, out_of_reach
from game.state.codes import Spent
from game.state.tables import State
from game.words import say


def marched(state: State, row: int, path: tuple[int, ...]) -> State:
    """The moment in which a unit has marched a way that lies within its reach; the same one for an empty way."""
    if not path:
        return state
    return state.kept(("marched", row, path), lambda: _marched(state, row, path))


def _marched(state: State, row: int, path: tuple[int, ...]) -> State:
    units, found = state.units, movement.within_reach(state, row)
    spent = units.spent[row] | Spent.MOVED | (Spent.STOPPED if path[-1] in found.stops else 0)
    left = max(0, units.mp[row] - found.cost.get(path[-1], units.mp[row]))
    columns = {
        name: (*column[:row], value, *column[row + 1 :])
        for name, column, value in (
            ("hex", units.hex, path[-1]),
            ("spent", units.spent, spent),
            ("mp", units.mp, left),
            ("dug", units.dug, 0),
        )
    }
    return replace(state, units=replace(units, **columns), answers={})


def road_marched(state: State, row: int) -> State:
    """The moment in which a unit has used its action to march further by road; the same one where that is refused."""
    if movement.refuse_march(state, March(state.world.roster.id[row])) is not None:
        return state
    units, share = state.units, state.world.rules.movement.march_percent
    left = units.mp[row] + state.world.roster.movement[row] * share // 100
    spent = units.spent[row] | Spent.ACTED | Spent.MARCHED
    columns = {
        name: (*column[:row], value, *column[row + 1 :])
        for name, column, value in (("mp", units.mp, left), ("spent", units.spent, spent))
    }
    return replace(state, units=replace(units, **columns), answers={})


class LongMarch(NamedTuple):
    """A march over several turns, by today's knowledge: all its hexes, and how many are behind it after each turn."""

    path: tuple[int, ...]
    ends: tuple[int, ...]
    why: str = ""
    """Why there is no way; then ``path`` is empty."""

    @property
    def turns(self) -> int:
        """In how many turns, the present one included, the unit arrives."""
        return len(self.ends)


def long_march(state: State, row: int, way: tuple[int, ...]) -> LongMarch:
    """The cheapest march by way of some hexes to the last of them, whatever the number of turns.

    Where it would stop each turn is an estimate: who stands there by then nobody knows.
    """
    return state.kept(("long march", row, way), lambda: _long_march(state, row, way))


def _long_march(state: State, row: int, way: tuple[int, ...]) -> LongMarch:
    here, path = state.units.hex[row], list[int]()
    if not movement.allowance(state, row):
        return LongMarch((), (), say("{unit} cannot move", unit=state.world.roster.name[row]))
    for goal in way:
        found = movement.reach_with(state, row, here, out_of_reach.FAR)
        if goal not in found.cost:
            label = state.world.grid.label(goal)
            return LongMarch((), (), say("no way leads to {hex}", hex=label))
        path += found.path(goal)
        here = goal
    return LongMarch(tuple(path), tuple(_turn_ends(state, row, path)))


def _turn_ends(state: State, row: int, path: list[int]) -> Iterator[int]:
    """How many hexes of a way are behind a unit as each turn ends; the last is its length."""
    units, full = state.units, movement.allowance(state, row)
    field = movement.reach_with(state, row, units.hex[row], 0).field
    left = 0 if units.spent[row] & Spent.STOPPED or units.locked[row] > state.clock.turn else units.mp[row]
    here = units.hex[row]
    for number, there in enumerate(path):
        price = field.toll[there] + next((cost for near, cost in field.adjacent[here] if near == there), full)
        if price > left:
            yield number
            left = full
        left = 0 if field.zone[here] and field.zone[there] else max(0, left - price)
        here = there
    yield len(path)
