"""Who goes where: formations are allotted to goals by worth, time and need, and stick to them.

A group is what of a formation stands close together. Groups are dealt out one at a time to the goal where they
gain most; a goal that has what it needs gains little more, so the next one is served. What a group was told last
turn counts for more than something new of the same worth: armies that turn about every week get nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from game.ai import ways
from game.ai.desk import Desk, Site, Task
from game.ai.goals import Goal

STRIDE = 30
"""Quarter points that a group makes in a turn, about."""

STICK = 140
"""Percent by which the goal of last turn counts for more."""

LINK = 4
"""Hexes within which units of a formation count as together."""


class Group(NamedTuple):
    """Units of a formation that stand together."""

    rows: tuple[int, ...]
    lead: int
    strength: int


def allot(desk: Desk, goals: tuple[Goal, ...]) -> dict[int, Task]:
    """A task for every unit that can move; units missing from the answer have none and hold."""
    movers = [row for row in desk.own if _can_go(desk, row)]
    groups = _groups(desk, [row for row in movers if desk.is_line(row)])
    tasks: dict[int, Task] = {}
    filled: dict[int, int] = {}
    waiting = list(groups)
    while waiting:
        best = max(
            ((gain, -number, goal) for number, group in enumerate(waiting) for goal in goals
             if (gain := _gain(desk, group, goal, filled)) > 0),
            key=lambda found: (found[0], found[1], -found[2].hex), default=None,
        )  # fmt: skip
        if best is None:
            break
        group, goal = waiting.pop(-best[1]), best[2]
        filled[goal.hex] = filled.get(goal.hex, 0) + group.strength
        for row in group.rows:
            tasks[row] = Task(goal.hex, goal.kind, _words(goal), goal.worth)
    _follow(desk, movers, tasks)
    return tasks


def _can_go(desk: Desk, row: int) -> bool:
    return desk.free(row) and desk.world.roster.movement[row] > 0 and "garrison" not in desk.traits(row)


def _words(goal: Goal) -> str:
    return {
        "prize": f"goes for {goal.name}", "claim": f"claims {goal.name}", "town": f"goes for {goal.name}",
        "relief": f"opens the road to the troops shut in at {goal.name}", "road": f"clears the {goal.name}",
        "road prize": f"opens the {goal.name}", "hold": f"holds {goal.name}",
    }[goal.kind]  # fmt: skip


def _groups(desk: Desk, rows: Iterable[int]) -> list[Group]:
    by_formation: dict[str, list[int]] = {}
    for row in rows:
        formation = desk.world.roster.formation[row]
        by_formation.setdefault(formation or desk.unit(row), []).append(row)
    out = []
    for formation in sorted(by_formation):
        left = by_formation[formation]
        while left:
            cluster, edge = [], [left.pop(0)]
            while edge:
                row = edge.pop()
                cluster.append(row)
                near = [other for other in left if desk.grid.distance(desk.at(row), desk.at(other)) <= LINK]
                for other in near:
                    left.remove(other)
                edge.extend(near)
            cluster.sort()
            lead = max(cluster, key=lambda row: (desk.attack(row), -row))
            out.append(Group(tuple(cluster), lead, sum(desk.attack(row) for row in cluster)))
    return out


def _gain(desk: Desk, group: Group, goal: Goal, filled: dict[int, int]) -> int:
    here = desk.at(group.lead)
    if desk.grid.distance(here, goal.hex) > 40:
        return 0
    cost = desk.field(goal.hex, desk.world.roster.mobility[group.lead])[here]
    if cost < 0:
        return 0
    have = filled.get(goal.hex, 0)
    if not have and len(filled) >= desk.doctrine.axes and goal.kind not in ("claim", "road"):
        return 0
    need = max(20, goal.need * 3 // 2)
    share = 100 if have < need else 30 if have < 2 * need else 12
    if have + group.strength < need // 2:
        share = share * 60 // 100
    if goal.kind in ("claim", "road", "hold") and have >= need:
        share = 4
    before = desk.book.tasks.get(group.lead)
    stick = STICK if before is not None and before.goal == goal.hex else 100
    turns = 10 + 10 * cost // STRIDE
    return goal.worth * share * stick // (turns + 10)


def _follow(desk: Desk, movers: list[int], tasks: dict[int, Task]) -> None:
    """Guns, staffs and engineers go with the line units nearest to them, their own formation first."""
    line = sorted(tasks)
    if not line:
        return
    formation = desk.world.roster.formation
    for row in movers:
        if row in tasks or desk.is_line(row):
            continue
        here = desk.at(row)
        lead = min(
            line,
            key=lambda other: (
                desk.grid.distance(here, desk.at(other)) - (6 if formation[other] == formation[row] else 0) - tasks[other].worth // 40,
                other,
            ),
        )
        task = tasks[lead]
        tasks[row] = Task(task.goal, "follow", f"follows {desk.world.roster.name[lead]}", task.worth)


def sites(desk: Desk, tasks: dict[int, Task]) -> tuple[Site, ...]:
    """Where columns want to cross the river, dearest first: the first unbridged hexside on each way."""
    wanted: dict[int, Site] = {}
    for row in sorted(tasks):
        task, here = tasks[row], desk.at(row)
        if not desk.is_line(row):
            continue
        mobility = desk.world.roster.mobility[row]
        route = ways.way(ways.lists(desk.state, mobility), desk.field(task.goal, mobility), here, 40)
        found = ways.crossing_ahead(desk.state, route, here)
        if found is not None:
            near, side, far = found
            known = wanted.get(side)
            worth = desk.attack(row) * max(1, task.worth) // (10 + desk.grid.distance(here, near))
            wanted[side] = Site(near, side, far, worth + (known.worth if known is not None else 0))
    return tuple(sorted(wanted.values(), key=lambda site: (-site.worth, site.side)))
