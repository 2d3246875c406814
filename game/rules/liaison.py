"""Liaison: talking to the other bloc, at a price in liaison points (chapter 11)."""

from __future__ import annotations

from itertools import pairwise

from game.events import CorridorNotified, HotlineCalled, LiaisonSpent
from game.orders import Hotline, Notify
from game.rules import ladder
from game.rules.refusal import Refusal
from game.state import Draft
from game.state.tables import Position
from game.words import say


def refuse_talks(state: Position) -> Refusal | None:
    """Why a faction has nobody to talk to, or None."""
    if ladder.rivals(state.world, state.faction):
        return None
    at_war = any(ladder.other_bloc(state.world, state.faction))
    words = say("the blocs are in open conflict, and nobody answers") if at_war else say("there is no other bloc")
    return Refusal("11.9", words)


def refuse_price(state: Position, base: int, what: str) -> Refusal | None:
    """Why something that costs liaison cannot be had now, or None; ``base`` is its price on the lowest rungs."""
    refusal = refuse_talks(state)
    if refusal is not None:
        return refusal
    price, have = ladder.liaison_price(state, base), state.factions.liaison[state.faction]
    return (
        Refusal("11.9", say("{what} costs {price} LP; you have {left}", what=what, price=price, left=have))
        if price > have
        else None
    )


def refuse_notify(state: Position, order: Notify) -> Refusal | None:
    """Why a corridor cannot be notified."""
    world, rules, grid = state.world, state.world.rules.deconfliction, state.world.grid
    hexes = order.hexes
    if (
        not hexes
        or len(set(hexes)) < len(hexes)
        or not all(0 <= here < grid.size and world.terrain[here] >= 0 for here in hexes)
    ):
        return Refusal("11.10", say("a corridor is a row of hexes on the map, each named once"))
    if len(hexes) > rules.corridor_hexes:
        return Refusal(
            "11.10",
            say("a corridor has at most {most} hexes; this one has {n}", most=rules.corridor_hexes, n=len(hexes)),
        )
    if any(grid.side_between(here, there) < 0 for here, there in pairwise(hexes)):
        return Refusal("11.10", say("each hex of a corridor must be adjacent to the one before it"))
    for other in ladder.rivals(world, state.faction):
        taken = next((here for here in hexes if here in state.clock.corridors[other]), -1)
        if taken >= 0:
            return Refusal(
                "11.10",
                say(
                    "{hex} is already in a corridor of another faction: {faction}",
                    hex=grid.label(taken),
                    faction=world.factions[other].name,
                ),
            )
    if ladder.stand_off(state) and any(ladder.over_line(world, state.faction, here) for here in hexes):
        return Refusal("11.8", say("in a stand-off no corridor crosses the line"))
    return refuse_price(state, rules.corridor, say("a corridor"))


def resolve_notify(draft: Draft, order: Notify) -> None:
    """Tell the other bloc of a corridor."""
    pay(draft, draft.world.rules.deconfliction.corridor, say("corridor"))
    draft.emit(CorridorNotified(draft.faction, tuple(sorted(order.hexes)), draft.clock.turn + 1))


def hotline_price(state: Position) -> int:
    """What a hotline call costs now, in liaison."""
    return ladder.liaison_price(state, _call(state))


def _call(state: Position) -> int:
    rules = state.world.rules.deconfliction
    return rules.climb_down if ladder.talks_down(state) else rules.hotline


def refuse_hotline(state: Position, order: Hotline) -> Refusal | None:
    """Why a hotline call is of no use or cannot be made."""
    if state.factions.calm[state.faction]:
        return Refusal("11.11", say("you have already called this turn"))
    if ladder.talks_down(state) and state.clock.quiet == ladder.INCIDENT:
        return Refusal("11.11", say("a hotline call cannot lower the ladder in a turn with an incident"))
    return refuse_price(state, _call(state), say("a hotline call"))


def resolve_hotline(draft: Draft, order: Hotline) -> None:
    """Call the other bloc: calm for the turn, or a rung down where the rules let talks lower the ladder."""
    down = ladder.talks_down(draft)
    pay(draft, _call(draft), say("hotline call"))
    draft.emit(HotlineCalled(draft.faction))
    if down:
        ladder.descend(draft, say("hotline call by {faction}", faction=draft.world.factions[draft.faction].name))


def pay(draft: Draft, base: int, why: str) -> None:
    """Liaison is spent, at the price of the rung."""
    price = ladder.liaison_price(draft, base)
    if price:
        draft.emit(LiaisonSpent(draft.faction, price, why))
