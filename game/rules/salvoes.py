"""Fire from off the map that nobody at the table commands: a salvo of the scenario, and whom it hits (rule 16.6).

Each shot falls on a hex of the area where troops stand that it may hit, drawn by lot. It hits the strongest of them
with its chance, and destroys or disrupts a step. With nobody to hit it falls on the first hex of the area. People in
the hex are harmed by the number of its points (chapter 13), and the harm is laid to whoever fires.
"""

from __future__ import annotations

from game.events import FireResolved
from game.rules import people
from game.rules.losses import disrupt, lose
from game.rules.script import hexes_of
from game.scenario.effects import DoSalvo
from game.state import Draft
from game.state.tables import Position
from game.words import say


def salvo(draft: Draft, e: DoSalvo) -> None:
    """Fire it, shot by shot."""
    by = people.NOBODY if e.by is None else draft.world.faction(e.by)
    area = hexes_of(draft.world, e.area)
    for _ in range(e.shots if area else 0):
        targets = [here for here in area if targets_at(draft, e, by, here)]
        here = targets[draft.roll_die("salvo", e.name, len(targets)) - 1] if targets else area[0]
        _shot(draft, e, by, here)


def targets_at(state: Position, e: DoSalvo, by: int, here: int) -> list[int]:
    """Rows of the units in a hex that the salvo may hit."""
    world, owners = state.world, state.world.roster.faction
    wanted = {world.faction(one) for one in e.of} if e.of is not None else set(range(len(world.factions)))
    return [
        row for row in state.units_at(here)
        if owners[row] in wanted and (by < 0 or not world.together(by, owners[row]))
    ]  # fmt: skip


def _shot(draft: Draft, e: DoSalvo, by: int, here: int) -> None:
    units, about = draft.units, f"{e.name}:{draft.world.grid.label(here)}"
    there = targets_at(draft, e, by, here)
    roll = draft.roll_percent("salvo hit", about)
    result = say("no effect")
    if there and roll <= e.hit:
        row = max(there, key=lambda one: (units.steps[one], units.steps[one] - units.disrupted[one], -one))
        killed = draft.roll_percent("salvo effect", about) <= e.kill
        result = say("1 step destroyed") if killed else say("1 step disrupted")
        draft.emit(FireResolved(by, e.name, row, here, e.hit, roll, result))
        (lose if killed else disrupt)(draft, row, 1, e.name)
    else:
        draft.emit(FireResolved(by, e.name, -1, here, e.hit, roll, result))
    people.harm(draft, by, here, e.harm, say("{fire} on a town", fire=e.name))
