"""Misdirected strikes: support called in near others may go astray and hit them instead (rule 9.7).

Each point of such support rolls, in a strike before it falls and in an attack when that has been fought. The first that
goes astray disrupts a step of the nearest unit of a third party, and the rest of that support is stopped. If it was the
other bloc's, this costs points and a rung of the ladder.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from game.events import FireStrayed, PointsScored
from game.orders import Attack, Strike, Support
from game.rules import fog, ladder, support
from game.rules.ledger import Ledger, Term, ledger
from game.rules.losses import disrupt
from game.state import Draft
from game.state.tables import Position
from game.words import say

SPOTTERS = frozenset({"special", "adviser", "recon"})
"""Traits of units that guide fire beside its target."""


class Stray(NamedTuple):
    """What a kind of support risks at a hex: its points, and the chance in percent of each, line by line."""

    kind: str
    points: int
    chance: Ledger

    @property
    def percent(self) -> int:
        """Chance that one of the points goes astray, rounded to the nearest percent."""
        whole: int = 100**self.points
        arrive: int = (100 - self.chance.total) ** self.points
        return ((whole - arrive) * 200 + whole) // (2 * whole)


def chance(state: Position, faction: int, kind: str, target: int) -> Ledger:
    """Chance in percent that a point goes astray if others are near, from what the faction knows of the target."""
    rules, what = state.world.rules.support, support.kinds(state.world)[kind]
    if target in state.clock.corridors[faction]:
        return ledger(())
    terms = [Term(what.name.lower(), what.stray)]
    if not support.identified(state, faction, target):
        terms.append(
            Term(say("the target is not identified"), what.stray * rules.stray_unidentified // 100 - what.stray)
        )
    if _guided(state, faction, target):
        now = sum(term.value for term in terms)
        terms.append(Term(say("guided from beside it"), now * rules.stray_guided // 100 - now))
    return ledger(terms, low=0, high=100)


def _guided(state: Position, faction: int, target: int) -> bool:
    roster, grid = state.world.roster, state.world.grid
    return any(
        roster.faction[row] == faction and roster.traits[row] & SPOTTERS
        for here in grid.disk(target, 1) for row in state.units_at(here)
    )  # fmt: skip


def used(order: Attack | Strike) -> Support:
    """The support that an order calls in."""
    return ((order.kind, order.points),) if isinstance(order, Strike) else order.support


def risks(state: Position, faction: int, target: int, called: Support) -> tuple[Stray, ...]:
    """What support called in at a hex risks if others are near; nothing for what cannot go astray."""
    kinds = support.kinds(state.world)
    found = (
        Stray(kind, points, chance(state, faction, kind, target))
        for kind, points in called
        if kind in kinds and kinds[kind].stray
    )
    return tuple(one for one in found if one.chance.total)


def others_near(state: Position, faction: int, target: int) -> tuple[int, ...]:
    """Troops of third parties so near a target that fire may hit them, nearest first; of a view, those it knows."""
    world, reach, owners = state.world, state.world.rules.support.stray_range, state.world.roster.faction
    found = [
        (world.grid.distance(here, target), row)
        for here in world.grid.disk(target, reach) for row in state.units_at(here)
        if not world.together(faction, owners[row]) and not world.at_war(faction, owners[row])
    ]  # fmt: skip
    return tuple(row for _, row in sorted(found))


def first_astray(draft: Draft, faction: int, target: int, one: Stray) -> tuple[int, int]:
    """Roll for the points of a kind of support: (points that arrive, roll of the one that does not, or -1)."""
    if not others_near(draft, faction, target):
        return one.points, -1
    about = f"{draft.world.factions[faction].id}:{one.kind}:{draft.world.grid.label(target)}"
    for point in range(one.points):
        roll = draft.roll_percent("stray", about)
        if roll <= one.chance.total:
            return point, roll
    return one.points, -1


def fall(draft: Draft, faction: int, target: int, one: Stray, roll: int) -> None:
    """A point has gone astray: whom it hits, and what that brings."""
    world, near = draft.world, others_near(draft, faction, target)
    row = near[0]
    fog.identify(draft, faction, (row,))
    draft.emit(FireStrayed(faction, one.kind, row, draft.units.hex[row], one.chance.total, roll))
    disrupt(draft, row, 1, say("misdirected fire"))
    left = draft.support_of(faction)
    if left.get(one.kind):
        support.spend(draft, faction, ((one.kind, left[one.kind]),), say("stopped after misdirected fire"))
    if world.roster.faction[row] in ladder.rivals(world, faction):
        where = world.grid.label(target)
        draft.emit(PointsScored(faction, -world.rules.support.stray_price, say("misdirected fire at {hex}", hex=where)))
        ladder.climb(draft, say("misdirected fire on the other bloc"))


def judge(draft: Draft, faction: int, target: int, called: Iterable[Stray]) -> bool:
    """Roll for support that an attack called in; returns whether any of it hit the other bloc."""
    rivals = ladder.rivals(draft.world, faction)
    for one in called:
        _, roll = first_astray(draft, faction, target, one)
        if roll >= 0:
            hit = draft.world.roster.faction[others_near(draft, faction, target)[0]]
            fall(draft, faction, target, one, roll)
            return hit in rivals
    return False
