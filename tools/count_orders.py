"""How many orders of an AI player's turn a person would have to give at the table, with its habits.

    python tools/count_orders.py --games 2 --turns 12

The staff plays a faction of the campaign, and its orders are counted as they are. Then the same turn is counted as a
person could give it: units that set out within 3 hexes of each other, in one box, and end within a hex of each other
are sent by one click (``game/ui/together.py`` must bring each of them to within a hex of where it went); a march that
goes on from last turn's is carried by a march order (``game/plans.py`` must not have stopped it); rest and digging
away from any enemy is what a unit does that holds; a bombardment or a drop with the target of last turn repeats.
Attacks, crossings, strikes and talks stay single orders. Ending the turn is not counted.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from game import engine  # noqa: E402 - the checkout must come first, as for all below
from game import orders as od  # noqa: E402
from game.ai.players import make_player  # noqa: E402
from game.plans import CONTACT, MarchOrder, judge, nearest_enemy  # noqa: E402
from game.session import Session  # noqa: E402
from game.state import State  # noqa: E402
from game.ui import together  # noqa: E402

BOX = 3
"""Hexes within which units are selected together."""


@dataclass(slots=True)
class TurnOfOrders:
    """A faction's turn: its view as the turn opened and before each order, and the orders."""

    turn: int
    opening: State
    before: list[State] = field(default_factory=list)
    orders: list[od.Order] = field(default_factory=list)


def turns_of(session: Session, faction: int, most: int) -> Iterator[TurnOfOrders]:
    """The turns that a faction's player plays, as they come."""
    now: TurnOfOrders | None = None
    while not session.over and session.state.clock.turn <= most:
        mine = session.state.faction == faction
        if mine and now is None:
            now = TurnOfOrders(session.state.clock.turn, engine.view(session.state, faction).state)
        state = session.state
        entry = session.step()
        if now is not None and mine:
            if isinstance(entry.order, od.EndTurn):
                yield now
                now = None
            else:
                now.before.append(engine.view(state, faction).state)
                now.orders.append(entry.order)


def needed(turns: Sequence[TurnOfOrders]) -> list[tuple[int, int, Counter[str]]]:
    """Turn by turn: orders given, orders that a person gives, and what carried the others."""
    return [_counted(one, turns[:number], turns[number + 1 :]) for number, one in enumerate(turns)]


def _counted(
    one: TurnOfOrders, past: Sequence[TurnOfOrders], future: Sequence[TurnOfOrders]
) -> tuple[int, int, Counter[str]]:
    saved: Counter[str] = Counter()
    last = past[-1] if past else None
    sent: list[tuple[State, str, int, int]] = []  # moves that are counted: state, unit, start, end
    holding: list[int] = []
    for state, order in zip(one.before, one.orders, strict=True):
        match order:
            case od.Move(unit, path):
                start = state.units.hex[state.world.row[unit]]
                if _marches_on(one, last, future, unit):
                    saved["march order"] += 1
                elif any(_goes_along(other, state, unit, start, path[-1]) for other in sent):
                    saved["group march"] += 1
                else:
                    sent.append((state, unit, start, path[-1]))
            case od.March():
                pass
            case od.DigIn(unit) | od.Rest(unit) if not getattr(order, "refit", False) and _is_far(state, unit):
                here = state.units.hex[state.world.row[unit]]
                held = last is not None and any(_same_unit(other, unit) for other in last.orders if _rests(other))
                if held or any(state.world.grid.distance(here, other) <= 1 for other in holding):
                    saved["hold"] += 1
                holding.append(here)
            case od.Bombard() | od.AirDrop() if last is not None and order in last.orders:
                saved["standing order"] += 1
    given = len(one.orders)
    return given, given - sum(saved.values()), saved


def _same_unit(order: od.Order, unit: str) -> bool:
    return getattr(order, "unit", "") == unit


def _rests(order: od.Order) -> bool:
    return isinstance(order, od.DigIn | od.Rest)


def _is_far(state: State, unit: str) -> bool:
    return nearest_enemy(state, state.faction, state.units.hex[state.world.row[unit]]) > CONTACT


def _marches_on(one: TurnOfOrders, last: TurnOfOrders | None, future: Sequence[TurnOfOrders], unit: str) -> bool:
    """Whether a march order of last turn would have brought the unit on: it marched then, and nothing stops it now."""
    if last is None or not _moves(last.orders).get(unit):
        return False
    goal = _moves(one.orders)[unit]
    for later in future:
        further = _moves(later.orders).get(unit)
        if further is None:
            break
        goal = further
    return judge(one.opening, MarchOrder(unit, (goal,))).order is not None


def _moves(orders: Sequence[od.Order]) -> Mapping[str, int]:
    """Where each unit that marched ended its last march."""
    return {order.unit: order.path[-1] for order in orders if isinstance(order, od.Move)}


def _goes_along(other: tuple[State, str, int, int], state: State, unit: str, start: int, end: int) -> bool:
    """Whether one click could have sent both units: they set out and end together, and it brings this one there."""
    before, first, its_start, its_end = other
    grid = state.world.grid
    if grid.distance(start, its_start) > BOX or grid.distance(end, its_end) > 1:
        return False
    legs = together.group_march(before, (first, unit), its_end).legs
    return any(leg.unit == unit and grid.distance(leg.end, end) <= 1 for leg in legs)


def main() -> None:
    """Play, count and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--games", type=int, default=1)
    parser.add_argument("--turns", type=int, default=8)
    parser.add_argument("--scenario", default="race_for_deir_ezzor")
    parser.add_argument("--faction", default="saa")
    given = parser.parse_args()
    world = engine.load_scenario(given.scenario)
    faction, rows = world.faction(given.faction), list[tuple[int, int, Counter[str]]]()
    for seed in range(1, given.games + 1):
        session = Session(world, seed)
        for number in range(len(world.factions)):
            session.seat(number, make_player("staff"), "staff")
        rows += needed(list(turns_of(session, faction, given.turns)))
    many = len(rows)
    orders, left = sum(row[0] for row in rows), sum(row[1] for row in rows)
    print(f"{many} turns of {given.faction} in {given.games} games: {orders / many:.1f} orders a turn of the staff,")
    print(f"{left / many:.1f} as a person gives them at the table")
    for what, number in sum((row[2] for row in rows), Counter[str]()).most_common():
        print(f"  {number / many:.1f} by {what}")


if __name__ == "__main__":
    main()
