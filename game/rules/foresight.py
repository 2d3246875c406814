"""What a march would lead to, as far as its faction knows: the same moment with a unit further on.

Nothing is rolled, seen or taken on the way, so what is worked out from here is a forecast and never a promise. Of a
view it is the view's own state that is thought further; the game itself goes on by ``engine.apply`` alone.
"""

from __future__ import annotations

from dataclasses import replace

from game.rules import movement
from game.state.codes import Spent
from game.state.tables import State


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
