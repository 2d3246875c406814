"""Riders: for each prize that nobody is known to guard, the unit that can be there first, which rides on whatever fight
offers itself beside its way."""

from __future__ import annotations

from game.ai.staff import ways
from game.ai.staff.desk import StaffDesk
from game.ai.staff.notebook import Goal
from game.rules import prizes

RACE = 2
"""Turns of marching within which a prize may be ridden for; before that a unit fights with the others."""

EMPTY = 2
"""Hexes around a prize in which no enemy is known while nobody guards it."""


def riders(desk: StaffDesk) -> dict[int, frozenset[int]]:
    """Row of a rider -> the hexes of its way; kept for the turn."""
    found: dict[int, frozenset[int]] | None = desk.book.charts.get("riders")
    if found is None:
        found = desk.book.charts["riders"] = {}
        for goal in desk.book.goals if desk.doctrine.posture == "advance" else ():
            row = _first(desk, goal) if goal.kind == "prize" and not desk.enemy_strength(goal.hex, EMPTY) else -1
            if row >= 0:
                mobility = desk.world.roster.mobility[row]
                found[row] = frozenset(ways.way(desk.lists(mobility), desk.field(goal.hex, mobility), desk.at(row)))
    return found


def rides_on(desk: StaffDesk, row: int, target: int) -> bool:
    """Whether a unit has something better to do than to attack a hex: it rides for a prize, and not through there."""
    way = riders(desk).get(row)
    return way is not None and target not in way


def _first(desk: StaffDesk, goal: Goal) -> int:
    """Of the units whose axis it is, the one that can be there first, the weakest of several; -1 for none."""
    movement, mobility = desk.world.roster.movement, desk.world.roster.mobility
    going = []
    for row, task in desk.book.tasks.items():
        if task.goal == goal.hex and task.kind == "prize" and desk.is_line(row) and prizes.can_claim(desk.state, row):
            cost = desk.field(goal.hex, mobility[row])[desk.at(row)]
            if 0 < cost <= RACE * movement[row]:
                going.append((-(-cost // movement[row]), desk.attack(row), row))
    return min(going, default=(0, 0, -1))[2]
