"""Pockets: the hex of the enemy's supply net on which many of his troops hang, and the troops that stand on it.

The net says where a cut could hurt (:func:`game.ai.staff.objectives.hanging`); the rules of supply say what a unit that
stood there would cut off in fact. Who holds such a hex stays there: the hungry come to him.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

from game.ai.staff.desk import VEHICLES, StaffDesk
from game.ai.staff.notebook import Goal, Post
from game.ai.staff.objectives import hanging
from game.ai.staff.worth import imagined
from game.rules import supply
from game.state import State

MUCH = 9
"""Steps of known enemies who must lose their supply by a cut."""

A_STEP = 4
"""Worth of a step that is cut off, in tenths."""

TURNS = 2
"""Turns within which troops must be there."""

FAR = 12
"""Hexes from which nobody is thought of for a cut."""

TRIED = 4
"""Hexes that are tried, the most promising first."""


def goals(desk: StaffDesk, may_go: Callable[[StaffDesk, int], bool]) -> Iterator[Goal]:
    """One hex for each enemy faction whose supply is worth cutting, if there is one where the staff may go."""
    if desk.doctrine.posture == "defend" or desk.last_turn:
        return
    for enemy in range(len(desk.world.factions)):
        if desk.world.at_war(desk.me, enemy):
            worth, here = max(_cuts(desk, enemy, may_go), key=lambda one: one[0], default=(0, -1))
            if worth:
                need = max(30, desk.danger.get(here, 0) * 2 // 3)
                yield Goal(here, "cut", worth, need, f"the enemy's supply at {desk.name(here)}")


def is_bound(desk: StaffDesk, row: int, target: int) -> bool:
    """Whether a unit has no part in an attack since it is to cut the enemy's supply: who is there stays there, and who
    is on his way fights only for that hex and those beside it."""
    task = desk.book.tasks.get(row)
    if task is None or task.kind != "cut":
        return False
    return task.goal == desk.at(row) or desk.grid.distance(task.goal, target) > 1


def _cuts(desk: StaffDesk, enemy: int, may_go: Callable[[StaffDesk, int], bool]) -> Iterator[tuple[int, int]]:
    """What cuts of an enemy's supply are worth in tenths, incidents taken off, each with its hex, the most promising
    first."""
    steps, roster = desk.state.units.steps, desk.world.roster
    there = {at: sum(steps[row] for row in rows if roster.faction[row] == enemy) for at, rows in desk.foes.items()}
    if sum(there.values()) < MUCH:
        return
    open_ = _without_cuts(desk)
    hung = hanging(open_, enemy, there)
    able = _promising(desk, hung, may_go)
    if not able:
        return
    mover = max((row for row in desk.own if desk.is_line(row)), key=lambda row: (desk.attack(row), -row))
    fed = supply.offered(open_, enemy).leg.cost
    for here in able:
        then = supply.offered(imagined(open_, [Post(mover, here)]), enemy).leg.cost
        lost = sum(value for at, value in there.items() if at in fed and at not in then)
        worth = lost * A_STEP - desk.incident_price(desk.base_risk(here))
        if lost >= MUCH and worth > 0:
            yield worth, here


def _without_cuts(desk: StaffDesk) -> State:
    """The moment without the troops that were sent to a hex to stay there: so cuts that are made are seen too."""
    away = next((source.hex for source in desk.world.factions[desk.me].sources), -1)
    aims = ((row, desk.book.before.get(row)) for row in desk.own)
    cutting = [row for row, aim in aims if aim is not None and not aim.axis and desk.stack(aim.goal)]
    return imagined(desk.state, [Post(row, away) for row in cutting]) if away >= 0 else desk.state


def _promising(desk: StaffDesk, hung: dict[int, int], may_go: Callable[[StaffDesk, int], bool]) -> list[int]:
    """The hexes that are tried: those that somebody holds or on which most hangs, of several the nearest. How near they
    are is asked of no more of them than it takes."""

    def rank(here: int) -> tuple[bool, int]:
        return not desk.stack(here), -hung[here]

    rows, found = [row for row in desk.own if desk.is_line(row) and desk.free(row)], list[int]()
    for _, alike in groupby(sorted(hung.keys() - desk.foes.keys(), key=rank), rank):
        able = [here for here in alike if may_go(desk, here) and desk.supply_ahead[here] >= 0]
        near = sorted((_nearest(desk, rows, here), here) for here in able)
        found += [here for cost, here in near if cost >= 0]
        if len(found) >= TRIED:
            break
    return found[:TRIED]


def _nearest(desk: StaffDesk, rows: list[int], here: int) -> int:
    """Quarter points from a hex to the unit of some that could be there first, -1 where none could within TURNS."""
    return min((cost for row in rows if (cost := way_round(desk, row, here)) >= 0), default=-1)


def way_round(desk: StaffDesk, row: int, here: int) -> int:
    """Quarter points of a unit's way to a hex round the enemy, -1 where it is not there within TURNS."""
    movement = desk.world.roster.movement
    if desk.grid.distance(desk.at(row), here) > FAR or not movement[row]:
        return -1
    furthest = desk.state.kept("furthest way", lambda: TURNS * max(movement))
    cost: int = desk.field_around(here, VEHICLES, furthest)[desk.at(row)]
    return cost if 0 <= cost <= TURNS * movement[row] else -1
