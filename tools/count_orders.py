"""How many orders of an AI player's turn a person would have to give at the table, with its habits.

    python tools/count_orders.py --games 2 --turns 12

The staff plays a faction of the campaign, and its orders are counted as they are. Then the same turn is counted as a
person could give it, each saving tried out with the function that the table itself uses:

- units that set out within 3 hexes of each other, or belong to one formation, and end within a hex of each other are
  sent by one click (``game/ui/together.py`` must bring each of them to within a hex of where it went);
- a march, a road march and the march after it are one march order (``together.long_march`` must give them);
- marches that lead to an attack go with it in one (``pointing.assault`` must bring all attackers there);
- a march that goes on from last turn's is carried by a march order (``game/plans/`` must not have stopped it);
- a unit that follows another one since last turn marches after it (``game/plans/`` must bring it there);
- rest and digging go on by themselves in the turn after, and several units near each other do it in one order;
- a bombardment, a drop or a call with the target of last turn repeats.

Attacks, crossings, strikes and talks stay single orders. Selecting units and ending the turn are not counted. Which
march order and whom to follow is chosen with hindsight, as a person who knows what he wants would choose it.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from game import engine  # noqa: E402 - the checkout must come first, as for all below
from game import orders as od  # noqa: E402
from game.ai.players import make_player  # noqa: E402
from game.plans import DropPlan, FollowPlan, MarchOrder, judge  # noqa: E402
from game.session import Session  # noqa: E402
from game.state import State  # noqa: E402
from game.ui import pointing, together  # noqa: E402

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
    carried = {**_with_attacks(one), **_by_road(one)}
    sent: list[tuple[State, str, int, int]] = []  # moves that are counted: state, unit, start, end
    resting: list[tuple[type, int]] = []
    for number, (state, order) in enumerate(zip(one.before, one.orders, strict=True)):
        if number in carried:
            saved[carried[number]] += 1
            continue
        match order:
            case od.Move(unit, path):
                start = state.units.hex[state.world.row[unit]]
                if _marches_on(one, last, future, unit):
                    saved["march order"] += 1
                elif any(_goes_along(other, state, unit, start, path[-1]) for other in sent):
                    saved["group march"] += 1
                elif _follows(one, last, state, unit):
                    saved["following"] += 1
                else:
                    sent.append((state, unit, start, path[-1]))
            case od.DigIn(unit) | od.Rest(unit):
                here = state.units.hex[state.world.row[unit]]
                if last is not None and order in last.orders:
                    saved["hold or repeat"] += 1
                elif any(kind is type(order) and state.world.grid.distance(here, at) <= BOX for kind, at in resting):
                    saved["several at once"] += 1
                resting.append((type(order), here))
            case od.AirDrop(target) if _drops_on(one, last, target):
                saved["drops on a unit"] += 1
            case od.Bombard() | od.AirDrop() | od.Hotline() | od.Scout() if last is not None and order in last.orders:
                saved["standing order"] += 1
    given = len(one.orders)
    return given, given - sum(saved.values()), saved


def _with_attacks(one: TurnOfOrders) -> dict[int, str]:
    """Marches that one click orders together with the attack that they lead to."""
    found: dict[int, str] = {}
    for number, attack in enumerate(one.orders):
        if not isinstance(attack, od.Attack):
            continue
        since = max((n for n in range(number) if isinstance(one.orders[n], od.Attack)), default=-1) + 1
        marches = [n for n in range(since, number)
                   if isinstance(order := one.orders[n], od.Move) and order.unit in attack.units]  # fmt: skip
        if not marches:
            continue
        offered = pointing.assault(one.before[marches[0]], attack.units, attack.target)
        if offered is not None and set(offered.attack.units) == set(attack.units):
            found.update(dict.fromkeys(marches, "march and attack"))
    return found


def _by_road(one: TurnOfOrders) -> dict[int, str]:
    """Road marches, and the march after each, that a march order brings about by itself."""
    found: dict[int, str] = {}
    for number, order in enumerate(one.orders):
        if not isinstance(order, od.March) or order.forced:
            continue
        mine = [n for n, other in enumerate(one.orders) if isinstance(other, od.Move) and other.unit == order.unit]
        before, after = [n for n in mine if n < number], [n for n in mine if n > number]
        if not before or not after:
            continue
        end = _moves(one.orders)[order.unit]
        route = together.long_march(one.before[before[0]], (order.unit,), (end,), road=True)
        if any(isinstance(leg, od.March) for leg in route.orders) and not route.plans:
            found.update(dict.fromkeys((number, *after), "road march"))
    return found


def _drops_on(one: TurnOfOrders, last: TurnOfOrders | None, target: int) -> bool:
    """Whether drops that follow a unit since last turn come down there: they fell where it stood, and do so again."""
    if last is None:
        return False
    fell = {order.target for order in last.orders if isinstance(order, od.AirDrop)}
    now, then = one.opening, last.opening
    for row, unit in enumerate(now.world.roster.id):
        there = then.units.hex[then.world.row[unit]] if unit in then.world.row else -1
        mine = now.world.roster.faction[row] == now.faction
        if mine and now.units.hex[row] == target and there in fell:
            return judge(now, DropPlan(unit)).order == od.AirDrop(target)
    return False


def _follows(one: TurnOfOrders, last: TurnOfOrders | None, state: State, unit: str) -> bool:
    """Whether a unit that ended last turn beside another one, after a march, would follow that one to where it goes."""
    if last is None or unit not in _moves(last.orders):
        return False
    world, final = state.world, one.before[-1]
    row, distance = world.row[unit], world.grid.distance
    if unit not in final.world.row:
        return False
    at = final.world.row[unit]
    columns = {
        name: (*column[:at], getattr(state.units, name)[row], *column[at + 1 :])
        for name in ("hex", "mp", "spent")
        for column in (getattr(final.units, name),)
    }
    closing = replace(final, units=replace(final.units, **columns), answers={})
    end = _moves(one.orders)[unit]
    for leader in _moves(one.orders):
        if leader == unit or leader not in closing.world.row or leader not in one.opening.world.row:
            continue
        then = one.opening.units.hex[one.opening.world.row[leader]]
        if then < 0 or distance(then, one.opening.units.hex[one.opening.world.row[unit]]) > 1:
            continue
        order = judge(closing, FollowPlan(unit, leader), closing=True).order
        if isinstance(order, od.Move) and distance(order.path[-1], end) <= 1:
            return True
    return False


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
    grid, formation, row = state.world.grid, state.world.roster.formation, state.world.row
    fellows = bool(formation[row[unit]]) and formation[row[unit]] == formation[row[first]]
    if (grid.distance(start, its_start) > BOX and not fellows) or grid.distance(end, its_end) > 1:
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
