"""Command: points for what armies do not do by themselves, and headquarters (chapter 10)."""

from __future__ import annotations

from collections.abc import Iterable

from game.events import CommandSpent, GrantChanged, PointsSet
from game.rules.ledger import Ledger, Term, ledger
from game.rules.refusal import Refusal
from game.state import Draft
from game.state.codes import Status
from game.state.tables import Position
from game.words import say

ONCE = "once:command"
"""Key in ``clock.grants`` of points that an event gives for the next grant alone."""


def income(state: Position, faction: int) -> Ledger:
    """Command points a faction is granted when its turn opens, line by line."""
    world, rules = state.world, state.world.rules.command
    base = world.factions[faction].command
    terms = [Term(say("command"), base)]
    for row, owner in enumerate(world.roster.faction):
        if owner == faction and "hq" in world.roster.traits[row] and state.units.status[row] == Status.DESTROYED:
            terms.append(Term(say("{unit} destroyed", unit=world.roster.name[row]), -rules.lost_hq))
    grants = dict(state.clock.grants[faction])
    terms.append(Term(say("from events, each turn"), grants.get("command", 0)))
    terms.append(Term(say("from events, this turn"), grants.get(ONCE, 0)))
    kept = min(state.factions.command[faction], rules.hoard)
    if kept > 0:
        terms.append(Term(say("kept from the last turn"), kept))
    return ledger(terms, low=min(base, rules.least), high=99)


def grant(draft: Draft, faction: int) -> None:
    """A faction's turn opens: command points anew, liaison added up to its limit."""
    limit = draft.world.rules.deconfliction.liaison_kept
    have, more = draft.factions.liaison[faction], draft.world.factions[faction].liaison
    liaison = max(have, min(limit, have + more))
    draft.emit(PointsSet(faction, income(draft, faction).total, liaison))
    once = dict(draft.clock.grants[faction]).get(ONCE, 0)
    if once:
        draft.emit(GrantChanged(faction, ONCE, -once))


def refuse_price(state: Position, points: int, what: str) -> Refusal | None:
    """Why the acting faction cannot pay for something, or None."""
    have = state.factions.command[state.faction]
    return (
        Refusal("10.2", say("{what} costs {price} CP; you have {left}", what=what, price=points, left=have))
        if points > have
        else None
    )


def pay(draft: Draft, faction: int, points: int, why: str) -> None:
    """Spend command points; nothing happens for nothing."""
    if points:
        draft.emit(CommandSpent(faction, points, why))


def coordinated(state: Position, rows: Iterable[int]) -> bool:
    """Whether one headquarters of the units' faction has all of them within its reach."""
    world, hexes, rows = state.world, state.units.hex, tuple(rows)
    reach, near = world.rules.command.hq_range, world.grid.distance
    homes = headquarters(state, world.roster.faction[rows[0]])
    places = {hexes[row] for row in rows}
    return any(all(near(at, here) <= reach for here in places) for at in homes)


def headquarters(state: Position, faction: int) -> tuple[int, ...]:
    """Where the headquarters of a faction stand, in row order."""

    def make() -> tuple[int, ...]:
        owners, traits = state.world.roster.faction, state.world.roster.traits
        return tuple(
            at for row, at in enumerate(state.units.hex) if at >= 0 and owners[row] == faction and "hq" in traits[row]
        )

    return state.kept(("headquarters", faction), make)


def axis_price(state: Position, rows: Iterable[int]) -> int:
    """Command points for joining these units in one attack (10.3): none for one formation or under a headquarters."""
    rows = tuple(rows)
    formations = {state.world.roster.formation[row] for row in rows} - {""}
    if len(formations) < 2 or coordinated(state, rows):
        return 0
    return state.world.rules.command.second_axis


def can_react(state: Position, faction: int) -> bool:
    """Whether a faction can still call support to a hex under attack (10.4)."""
    return state.factions.command[faction] >= state.world.rules.command.reaction
