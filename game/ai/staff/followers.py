"""Who goes with the line: headquarters lead an axis, guns and engineers follow the troops nearest to them."""

from __future__ import annotations

from game.ai.staff.desk import StaffDesk
from game.ai.staff.notebook import Task

FAITHFUL = 4
"""Steps, or hexes of way, that another axis must have more before a headquarters leaves the one that it leads."""


def follow(desk: StaffDesk, movers: list[int], tasks: dict[int, Task]) -> None:
    """Guns, staffs and engineers go with the line units nearest to them, their own formation first."""
    line = sorted(tasks)
    if not line:
        return
    formation = desk.world.roster.formation
    going: dict[int, int] = {}
    for row in line:
        going[tasks[row].goal] = going.get(tasks[row].goal, 0) + desk.state.units.steps[row]
    _lead(desk, [row for row in movers if row not in tasks and "hq" in desk.traits(row)], tasks, going)
    draws = [(row, desk.at(row), min(8, tasks[row].worth // 40) + min(8, going[tasks[row].goal] // 2)) for row in line]
    for row in movers:
        if row in tasks or desk.is_line(row):
            continue
        here, mine, distance = desk.at(row), formation[row], desk.grid.distance
        _, lead = min(
            (distance(here, there) - draw - (6 if formation[other] == mine else 0), other)
            for other, there, draw in draws
        )
        if desk.doctrine.posture == "defend" and desk.grid.distance(here, desk.at(lead)) <= 2:
            continue
        task = tasks[lead]
        tasks[row] = Task(task.goal, "follow", f"follows {desk.world.roster.name[lead]}", task.worth)


def _lead(desk: StaffDesk, staffs: list[int], tasks: dict[int, Task], going: dict[int, int]) -> None:
    """Each headquarters takes an axis, rather a large and hungry one: supply starts anew at a headquarters."""
    led: dict[int, int] = {}
    axes: dict[int, list[int]] = {}
    for row in sorted(tasks):
        if desk.is_line(row):
            axes.setdefault(tasks[row].goal, []).append(row)
    for staff in staffs:
        here = desk.at(staff)
        best, best_value = -1, -(1 << 20)
        for goal, rows in axes.items():
            away = min(desk.grid.distance(here, desk.at(row)) for row in rows)
            hungry = sum(1 for row in rows if desk.state.units.supply[row])
            value = going[goal] + 3 * hungry - away - 12 * led.get(goal, 0)
            before = desk.book.before.get(staff)
            if before is not None and before.goal == goal:
                value += FAITHFUL
            if (value, -goal) > (best_value, -best):
                best, best_value = goal, value
        if best >= 0 and desk.doctrine.posture == "advance":
            led[best] = led.get(best, 0) + 1
            tasks[staff] = Task(best, "follow", f"leads the troops that go to {desk.name(best)}", 0)
