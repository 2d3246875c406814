"""The log of a staff: a game as one computer player meant it, turn by turn, each order with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from game import orders as od
from game.ai.staff.planner import Staff
from game.faults import UsageFault
from game.scenario.world import World
from game.schema.spelling import suggestion
from game.sim.game import seated

TURNED_DOWN = 3
"""Alternatives that are named a turn."""

PASSED_OVER = 3
"""Goals to which nobody goes that are named a turn."""


def staff_log(world: World, seed: int, players: Mapping[str, str], faction: str) -> Iterator[str]:
    """The lines of the log of a faction's player; raises UsageFault for a faction that is not in the game."""
    known = [one.id for one in world.factions]
    if faction not in known:
        near = suggestion(faction, known)
        raise UsageFault(
            f"{world.title} has no faction {faction[:40]!r}.",
            f"{near + '; ' if near else ''}known are {', '.join(known)}",
        )
    session, number, turn = seated(world, seed, players), world.faction(faction), 0
    yield f"{world.title}, seed {seed}: {world.factions[number].name} ({players[faction]})"
    for entry in session.run():
        if entry.faction != number:
            continue
        player = session.players[number]
        if entry.turn != turn:
            turn = entry.turn
            yield ""
            yield f"Turn {turn}"
            yield from _intent(player) if isinstance(player, Staff) else ()
        yield f"  {od.to_text(entry.order, world.grid)}: {entry.why}"


def _intent(staff: Staff) -> Iterator[str]:
    plan = staff.plan
    if plan is None:
        return
    for number, words in enumerate(plan.intent):
        yield f"  {'main effort' if not number else 'also'}: {words}"
    names_at = {goal.hex: goal.name for goal in plan.goals}
    for siege in plan.sieges:
        yield f"  besieges {names_at[siege.target]} since turn {siege.since}, with {len(siege.posts)} units"
    for other in plan.alternatives[:TURNED_DOWN]:
        yield f"  turned down: {other.formation} for {other.name}: {other.why}"
    names = [goal.name for goal in plan.passed_over[:PASSED_OVER]]
    if names:
        yield f"  not now: {', '.join(names)}"
