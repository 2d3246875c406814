"""Seizures: prizes and towns that stand empty, as one sees, taken now by whoever can be there and is missed least."""

from __future__ import annotations

from collections.abc import Iterator

from game import orders as od
from game.ai.staff import feeding
from game.ai.staff.desk import StaffDesk
from game.ai.staff.goals import may_go, scored_towns
from game.ai.staff.march import allowed, keeps
from game.ai.staff.notebook import Proposal, Task
from game.ai.staff.posts import feeds_others, keeps_open
from game.rules import fog, prizes, stacking
from game.state.codes import Spent

DARE = 4
"""The danger in which a unit takes an empty prize, in multiples of its defence."""

AT_HAND = 2
"""Hexes from which a unit with something else to do takes a place that is worth less than a point."""

TENTHS = 10
"""What a prize point, or a town's value, counts for in tenths."""


def wanted(desk: StaffDesk) -> dict[int, int]:
    """Hex -> worth in tenths of what enemies or nobody own, one sees to be empty, and this faction may take."""
    world, control, me = desk.world, desk.state.hexes.control, desk.me
    seen = fog.visible_hexes(desk.state, me)
    return {
        here: worth
        for here, worth in _worth_having(desk).items()
        if seen[here] and control[here] != me and worth > desk.incident_price(desk.base_risk(here))
        and (control[here] < 0 or world.at_war(me, control[here]))
        and here not in desk.foes and here not in desk.left_alone and not desk.stack(here) and may_go(desk, here)
    }  # fmt: skip


def _worth_having(desk: StaffDesk) -> dict[int, int]:
    """Hex -> worth in tenths of every prize and town, whoever holds it, but for what is a prize to friends alone."""
    found: dict[int, int] | None = desk.book.charts.get("worth having")
    if found is not None:
        return found
    world, me = desk.world, desk.me
    found = desk.book.charts["worth having"] = {}
    for prize in world.prizes:
        if prize.points[me]:
            found[prize.hex] = found.get(prize.hex, 0) + TENTHS * prize.points[me]
    if desk.doctrine.posture == "defend":
        for here, value in scored_towns(desk).items():
            found[here] = found.get(here, 0) + TENTHS * value
    else:
        friends = [one for one in range(len(world.factions)) if one != me and world.friends(me, one)]
        theirs = {prize.hex for prize in world.prizes if any(prize.points[one] for one in friends)}
        for here, number in world.place_at.items():
            if world.places[number].size and here not in theirs:
                found.setdefault(here, desk.doctrine.town * world.places[number].size)
    return found


def proposals(desk: StaffDesk) -> Iterator[Proposal]:
    """The dearest empty prize in reach, taken by a unit that was to go there, else by the weakest that can."""
    found = wanted(desk)
    near = _in_reach(desk, found)
    for here in sorted(near, key=lambda one: (-found[one], one)):
        row = _taker(desk, here, near[here], found[here])
        if row >= 0:
            path = desk.reach(row).path(here)
            feeding.note_march(desk, row, (desk.at(row), *path))
            order = od.Move(desk.unit(row), path)
            why = f"takes {desk.name(here)}, which stands empty"
            desk.book.tasks[row] = Task(here, "claim", why, found[here])  # and stays in it for this turn
            yield Proposal(order, why)


def _in_reach(desk: StaffDesk, found: dict[int, int]) -> dict[int, list[int]]:
    """Prize -> the units that can be sent for it and can be there now."""
    near: dict[int, list[int]] = {}
    for row in desk.own if found else ():
        if _able(desk, row):
            there = found.keys() & desk.reach(row).cost.keys()
            for here in there if there and _free(desk, row) else ():
                near.setdefault(here, []).append(row)
    return near


def _taker(desk: StaffDesk, here: int, near: list[int], worth: int) -> int:
    best, best_price = -1, (1, 0, 0)
    for row in near:
        task = desk.book.tasks.get(row)
        tied = task is not None and task.kind in ("claim", "guard") and not desk.last_turn
        if task is not None and task.goal != here and (tied or desk.delays(row)):
            continue
        far = desk.grid.distance(desk.at(row), here) > AT_HAND
        if worth < TENTHS and (_needed(desk, row) or (far and not _idle(task, here)) or _busy(desk, row, here)):
            continue
        if desk.danger.get(here, 0) > DARE * desk.defence(row) and not desk.last_turn:
            continue
        if stacking.room_for(desk.state, row, here) is not None or not allowed(desk, row, here, desk.reach(row)):
            continue
        sent = task is not None and task.goal == here
        price = (-int(sent), desk.attack(row), row)
        if best < 0 or price < best_price:
            best, best_price = row, price
    return best


def _needed(desk: StaffDesk, row: int) -> bool:
    """Whether a unit is the last of the line in a place that is in danger."""
    here = desk.at(row)
    if here not in desk.world.place_at or not desk.danger.get(here):
        return False
    return not any(desk.is_line(other) for other in desk.stack(here) if other != row)


def _idle(task: Task | None, here: int) -> bool:
    """Whether a unit has nothing better to do than to take a small place."""
    return task is None or task.goal == here or task.kind == "reserve"


def _busy(desk: StaffDesk, row: int, here: int) -> bool:
    """Whether a unit takes part in a siege, or would go to where no supply comes: a small place is worth neither."""
    task = desk.book.tasks.get(row)
    if task is not None and task.kind == "siege":
        return True
    path = (desk.at(row), *desk.reach(row).path(here))
    return feeding.must_be_fed(desk, row) and not feeding.follows(desk, row, path)


def _able(desk: StaffDesk, row: int) -> bool:
    """Whether a unit can march and claim."""
    units = desk.state.units
    if not desk.is_line(row) or not desk.free(row) or not units.mp[row] or units.spent[row] & Spent.STOPPED:
        return False
    return prizes.can_claim(desk.state, row) and not desk.traits(row) & {"garrison", "cell"}


def _free(desk: StaffDesk, row: int) -> bool:
    """Whether a unit leaves nobody in danger and no road shut."""
    here = desk.at(row)
    if desk.entrenched(row) and here in desk.world.place_at and desk.danger.get(here):
        return False
    return not (keeps(desk, row) or keeps_open(desk, row) or feeds_others(desk, row))
