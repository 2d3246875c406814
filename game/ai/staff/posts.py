"""Guards for the roads that feed the army: the weakest units near the places where a cut would hurt most."""

from __future__ import annotations

from collections.abc import Sequence

from game.ai.staff.desk import StaffDesk
from game.ai.staff.notebook import Task

APART = 5
"""Hexes of road that one guard watches on each side."""


def guards(desk: StaffDesk, tasks: dict[int, Task]) -> dict[int, Task]:
    """Tasks of road guards, of units that their formations can best spare; at most as many as doctrine allows."""
    posts = [here for road in desk.world.stakes.roads_of(desk.me) for here in _posts(desk, road.path)]
    spare = [
        row for row in sorted(tasks)
        if desk.is_line(row) and desk.state.units.steps[row] >= 2 and tasks[row].kind not in ("relief", "claim", "road")
    ]  # fmt: skip
    if len(spare) < 3 * desk.doctrine.guards:
        return {}
    spare.sort(key=lambda row: (desk.attack(row), row))
    found: dict[int, Task] = {}
    for here in posts[: desk.doctrine.guards]:
        if any(desk.grid.distance(desk.at(row), here) <= 1 and row not in tasks for row in desk.own):
            continue
        near = [row for row in spare[: 2 * desk.doctrine.guards + 2] if desk.grid.distance(desk.at(row), here) <= 12]
        if near:
            row = min(near, key=lambda one: (desk.grid.distance(desk.at(one), here) * 20 + desk.attack(one), one))
            spare.remove(row)
            found[row] = Task(here, "guard", f"guards the road at {desk.name(here)}", 20)
    return found


def _posts(desk: StaffDesk, path: Sequence[int]) -> list[int]:
    """Places on a road behind the front that deserve a guard: towns first, else every so many hexes."""
    control, out = desk.state.hexes.control, list[int]()
    held = [here for here in path if control[here] == desk.me]
    for here in held[2:]:
        if any(desk.grid.distance(here, other) < APART for other in out):
            continue
        if here in desk.world.place_at or not any(desk.grid.distance(here, other) < 2 * APART for other in out):
            out.append(here)
    return out
