"""Where the columns mean to march: an enemy on these hexes stands in the way, and is worth an attack."""

from __future__ import annotations

from game.ai.staff import ways
from game.ai.staff.desk import StaffDesk
from game.ai.staff.notebook import Task

AHEAD = 8
"""Hexes of the way that count."""


def on_way(desk: StaffDesk, tasks: dict[int, Task]) -> dict[int, int]:
    """Hex -> worth, in tenths, of getting the enemy off the ways of one's columns: the nearer, the more."""
    found: dict[int, int] = {}
    seen: set[tuple[int, int]] = set()
    for row in sorted(tasks):
        task, here = tasks[row], desk.at(row)
        if not desk.is_line(row) or (here, task.goal) in seen or task.kind in ("raid", "guard"):
            continue
        seen.add((here, task.goal))
        mobility = desk.world.roster.mobility[row]
        route = ways.way(desk.lists(mobility), desk.field(task.goal, mobility), here, AHEAD)
        for number, there in enumerate(route):
            worth = min(30, 6 + task.worth // 12) * (AHEAD - number) // AHEAD
            found[there] = max(found.get(there, 0), worth)
            for beside in desk.grid.near[there]:
                found[beside] = max(found.get(beside, 0), worth // 2)
    return found
