"""Relief in place: a fresh unit enters the line beside the enemy before a worn one leaves it to rest.

Worn units that stay in contact are lost for good, and with them the hex. So whoever is down to the share of its steps
that doctrine names gives its place to somebody fresh who stands behind, and only when he is there; and it rests until
replacements have come.
"""

from __future__ import annotations

from collections.abc import Iterator

from game import orders as od
from game.ai.staff.desk import StaffDesk
from game.ai.staff.march import allowed, keeps
from game.ai.staff.notebook import Proposal, Task
from game.ai.staff.posts import keeps_open
from game.rules import stacking
from game.state.codes import Spent, Supplied

TIED = frozenset({"guard", "claim", "siege", "road", "relief", "delay"})
"""Kinds of tasks from which nobody is called to relieve others."""

STAYS = frozenset({"garrison", "fortified", "tunnels", "raider", "cell"})
"""Units that are relieved by nobody."""


def resting(desk: StaffDesk, row: int) -> bool:
    """Whether a worn unit that left the line last turn goes on resting: replacements are to be had where it stands."""
    before, here = desk.book.before.get(row), desk.at(row)
    if before is None or before.axis or before.goal != here or not _worn(desk, row) or desk.last_turn:
        return False
    fed = desk.state.units.supply[row] == Supplied.FULL
    return fed and desk.foe_distance(here) > desk.doctrine.rest and desk.state.factions.pool[desk.me] > 0


def proposals(desk: StaffDesk) -> Iterator[Proposal]:
    """The next step of a relief: somebody fresh goes into the line, or a worn unit beside him leaves it."""
    if desk.last_turn:
        return
    for row in desk.own:
        if not _is_to_be_relieved(desk, row):
            continue
        here = desk.at(row)
        others = [one for one in desk.stack(here) if one != row and desk.is_line(one) and not _worn(desk, one)]
        if sum(desk.defence(one) for one in others) < desk.defence(row):
            yield from _relief(desk, row)
            continue
        back = _behind(desk, row)
        if back >= 0:
            why = f"leaves the line at {desk.name(here)} to {desk.world.roster.name[others[0]]}, to rest"
            desk.book.tasks[row] = Task(back, "rest", why)
            desk.book.settled.add(row)
            yield Proposal(od.Move(desk.unit(row), desk.reach(row).path(back)), why)


def _worn(desk: StaffDesk, row: int) -> bool:
    return desk.state.units.steps[row] * 100 <= desk.world.roster.steps[row] * desk.doctrine.relieve


def _is_to_be_relieved(desk: StaffDesk, row: int) -> bool:
    if not desk.is_line(row) or not _can_move(desk, row) or desk.traits(row) & STAYS or row in desk.book.settled:
        return False
    return _worn(desk, row) and desk.foe_distance(desk.at(row)) <= 1


def _can_move(desk: StaffDesk, row: int) -> bool:
    units = desk.state.units
    return desk.free(row) and bool(units.mp[row]) and not units.spent[row] & (Spent.STOPPED | Spent.ATTACKED)


def _relief(desk: StaffDesk, worn: int) -> Iterator[Proposal]:
    """The nearest fresh unit behind, the strongest of several, goes into the hex of a worn one."""
    here, steps = desk.at(worn), desk.state.units.steps
    found = []
    for row in desk.own:
        task = desk.book.tasks.get(row)
        if not desk.is_line(row) or not _can_move(desk, row) or row in desk.book.settled:
            continue
        if steps[row] < desk.doctrine.fresher * steps[worn] or _worn(desk, row) or desk.foe_distance(desk.at(row)) <= 1:
            continue
        if (task is not None and task.kind in TIED and task.goal != here) or keeps(desk, row) or keeps_open(desk, row):
            continue
        reach = desk.reach(row)
        if here in reach.cost and stacking.room_for(desk.state, row, here) is None and allowed(desk, row, here, reach):
            found.append((reach.cost[here], -desk.defence(row), row))
    if found and _behind(desk, worn) >= 0:
        row = min(found)[2]
        why = f"relieves {desk.world.roster.name[worn]} at {desk.name(here)}"
        desk.book.tasks[row] = Task(here, "hold", why)
        desk.book.settled.add(row)
        yield Proposal(od.Move(desk.unit(row), desk.reach(row).path(here)), why)


def _behind(desk: StaffDesk, row: int) -> int:
    """Where a worn unit rests: in supply, out of the enemy's reach if it can, else out of contact; -1 nowhere."""
    found, here = desk.reach(row), desk.at(row)
    ends = [
        (min(desk.foe_distance(there), desk.doctrine.rest + 1) * -1, cost, there)
        for there, cost in found.cost.items()
        if there != here and desk.supply.reaches(there) and desk.foe_distance(there) > 1
        and stacking.room_for(desk.state, row, there) is None and allowed(desk, row, there, found)
    ]  # fmt: skip
    return min(ends, default=(0, 0, -1))[2]
