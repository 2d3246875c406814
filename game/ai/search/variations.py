"""Variations: the plans that are worth playing through, beside the staff's own.

First come changes of the whole: bolder, more careful, fewer axes, the other posture. Then one formation at a time is
sent elsewhere, or told to stay; the strongest first. Each comes with its words, for whoever asks what was turned down.
What pays later than a rehearsal ends is left alone. Troops who hold a line to win time, or stand on the enemy's supply,
stay where they are; nobody drops the guard of a road, or the preparation of a siege, for a turn of another posture.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from game.ai.staff.desk import BEHIND
from game.ai.staff.notebook import STAYS, Goal
from game.ai.staff.plan import FREE, HOLD, Bound, Genes, Plan, Posture
from game.state import State

ELSEWHERE = 3
"""Other goals that are thought of for each formation."""

REACH = 24
"""Hexes beyond which a goal is not thought of for a formation."""

NEAR = 4
"""Hexes that are added to the way to a goal, so that what is next door does not win by that alone."""


LATER = frozenset({"delay", "cut"})
"""Kinds of tasks that pay later than a rehearsal ends."""

UNDER_WAY = LATER | {"guard", "siege"}
"""Kinds of tasks that another posture would break off, and that pay later than a rehearsal ends."""


class Variation(NamedTuple):
    """Genes, and in words what they change of the plan that they start from."""

    genes: Genes
    words: str


def of_the_whole(plan: Plan, genes: Genes = FREE) -> tuple[Variation, ...]:
    """Changes of a whole plan that was made with some genes, dearest first."""
    other: Posture = "defend" if plan.doctrine.posture == "advance" else "advance"
    found = (
        Variation(replace(genes, boldness=250, risk=40), "attack boldly"),
        Variation(
            replace(genes, posture=other), "stand on the defensive" if other == "defend" else "go over to attack"
        ),
        Variation(replace(genes, axes=2, boldness=150), "put everything on two axes"),
        Variation(replace(genes, boldness=50, risk=200), "attack with care"),
        Variation(replace(genes, axes=10), "advance on a broad front"),
        Variation(replace(genes, boldness=400, risk=25), "attack at any price"),
    )
    return tuple(one for one in found if one.genes.posture == genes.posture or not _under_way(plan))


def of_formations(plan: Plan, genes: Genes, state: State) -> Iterator[Variation]:
    """The same genes with one formation sent elsewhere: the strongest first, and each of them once before any twice."""
    formations = _formations(plan, state)
    guards = {_formation(state, state.world.row[unit]) for unit, _ in plan.guards}
    ways = {name: _elsewhere(plan, state, name, rows, halts=name not in guards) for name, rows in formations}
    for number in range(ELSEWHERE + 1):
        for name, _ in formations:
            if number < len(ways[name]):
                target, words = ways[name][number]
                others = tuple(one for one in genes.bound if one.formation != name)
                yield Variation(replace(genes, bound=(*others, Bound(name, target))), f"{words} {name}")


def still_good(genes: Genes, plan: Plan) -> Genes:
    """Last turn's genes as far as they make sense now: nobody is told to stay again, or sent where nothing is left, and
    no posture breaks off what the staff's own plan has under way."""
    worth = {goal.hex for goal in plan.goals}
    bound = tuple(one for one in genes.bound if one.target in worth)
    return replace(genes, bound=bound, posture=None if _under_way(plan) else genes.posture)


def _under_way(plan: Plan) -> bool:
    return any(task.kind in UNDER_WAY for _, task in plan.tasks)


def _formations(plan: Plan, state: State) -> list[tuple[str, list[int]]]:
    """Formations of the line with a task in the plan, with their rows, the strongest first: others follow these."""
    roster, units = state.world.roster, state.units
    found: dict[str, list[int]] = {}
    for unit, task in plan.tasks:
        row = state.world.row[unit]
        if (
            task.kind not in LATER
            and units.hex[row] >= 0
            and roster.attack[row]
            and not roster.reach[row]
            and not roster.traits[row] & BEHIND
        ):
            found.setdefault(_formation(state, row), []).append(row)
    strength = {name: sum(units.steps[row] * roster.attack[row] for row in rows) for name, rows in found.items()}
    return sorted(found.items(), key=lambda pair: (-strength[pair[0]], pair[0]))


def _formation(state: State, row: int) -> str:
    """The formation of a unit, or the unit itself where it has none."""
    return state.world.roster.formation[row] or state.world.roster.id[row]


def _elsewhere(plan: Plan, state: State, name: str, rows: list[int], *, halts: bool) -> list[tuple[int, str]]:
    """Where else a formation could go, dearest first, and that it stays if it may halt."""
    units, grid = state.units, state.world.grid
    lead = max(rows, key=lambda row: (units.steps[row], -row))
    here, tasks = units.hex[lead], dict(plan.tasks)
    task = tasks.get(state.world.roster.id[lead])
    told = task.goal if task is not None and task.kind != STAYS else HOLD

    def pull(goal: Goal) -> int:
        return goal.worth * 100 // (NEAR + grid.distance(here, goal.hex))

    goals = [goal for goal in plan.goals if goal.hex != told and grid.distance(here, goal.hex) <= REACH]
    goals.sort(key=lambda goal: (-pull(goal), goal.hex))
    found = [(goal.hex, f"for {goal.name}:") for goal in goals[:ELSEWHERE]]
    stay = [(HOLD, "keep where it is:")] if halts and told != HOLD else []
    return [*found[:1], *stay, *found[1:]]
