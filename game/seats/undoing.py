"""What an order has taught the faction that gave it: an order that taught it something cannot be taken back.

Undo is for a slip of the hand, never a way to look and then decide. An order is final when it threw dice, told others
something, or told its giver what he could not know before: that somebody is there, or that nobody is. What was found is
told by events. What was *not* found is told by none, so it is judged by what the order looked at: hexes that came into
sight, ground where a cell might have lain hidden, surroundings in which the other bloc might have taken offence. And
whatever came about otherwise than the giver's own view foretold has told him something too.

The reasons are told to the giver; they are worked out from what he knows, and from the scenario's lists of units alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from game import engine
from game import events as ev
from game import orders as od
from game.rules import fog, ladder, river
from game.scenario.world import World
from game.state import State
from game.state.tables import UnitTable
from game.words import say

_OFFENCE = 2
"""Hexes within which the other bloc takes offence (rule 11.1)."""


class Sighted:
    """What a faction has looked at in its turn so far: what it has seen once, it does not learn again."""

    __slots__ = ("_moment", "seen", "trodden")

    def __init__(self, state: State) -> None:
        faction, world = state.faction, state.world
        self._moment = (state.clock.turn, state.clock.active)
        self.seen = bytearray(fog.visible_hexes(state, faction))
        """One byte a hex: whether an unhidden enemy there would have been seen."""
        self.trodden = {
            here for row, here in enumerate(state.units.hex)
            if here >= 0 and world.together(faction, world.roster.faction[row])
        }  # fmt: skip
        """Hexes in which own troops stood or passed: no cell lies hidden there."""

    def belongs(self, state: State) -> bool:
        """Whether this is about the turn that a moment lies in."""
        return self._moment == (state.clock.turn, state.clock.active)

    def add(self, state: State, events: Iterable[ev.Event]) -> tuple[set[int], set[int]]:
        """Take in what own troops saw on their ways; the hexes seen, and those trodden, for the first time."""
        world, faction = state.world, state.faction
        seen, trodden = set[int](), set[int]()
        for event in events:
            for row, here in _stations(event):
                if world.together(faction, world.roster.faction[row]):
                    trodden.add(here)
                    seen.update(fog.seen_from(state, row, here))
        new = {here for here in seen if not self.seen[here]}, trodden - self.trodden
        for here in new[0]:
            self.seen[here] = 1
        self.trodden |= trodden
        return new


def _stations(event: ev.Event) -> Iterator[tuple[int, int]]:
    """(row, hex) of every hex that a unit came into."""
    match event:
        case ev.UnitMoved() | ev.UnitRetreated():
            yield from ((event.unit, here) for here in event.path)
        case ev.UnitDisplaced() | ev.UnitAdvanced() | ev.UnitInfiltrated() | ev.UnitArrived():
            yield event.unit, event.hex


def why_final(before: State, after: State, order: od.Order, events: tuple[ev.Event, ...], sighted: Sighted) -> str:
    """Why an order cannot be taken back, in words to go on with after "Cannot undo:"; "" when it can.

    ``sighted`` takes in what the order let its faction see.
    """
    if isinstance(order, od.EndTurn):
        return say("the turn has ended")
    faction = before.faction
    seen, trodden = sighted.add(before, events)
    return (
        _found(faction, events)
        or (say("the flight has shown what is there") if isinstance(order, od.Scout) else "")
        or (say("it showed you hexes that you could not see before") if _matters(before.world, seen) else "")
        or (
            say("the march showed that nobody is hidden on its way")
            if trodden and _cells(before.world, faction)
            else ""
        )
        or _unprovoked(before, order, sighted)
        or (say("it went differently from what you could foresee") if not _foretold(before, after, order) else "")
    )


def _found(faction: int, events: tuple[ev.Event, ...]) -> str:
    for event in events:
        match event:
            case ev.DiceRolled() | ev.IncidentRolled():
                return say("dice were rolled")
            case ev.CorridorNotified() | ev.HotlineCalled() | ev.PrizeCeded():
                return say("the other bloc has been told")
            case ev.ConcessionMade() | ev.WarningGiven() | ev.SkyClosed():
                return say("the other bloc has been told")
            case ev.EventFired() if faction in event.seen_by:
                return say("it caused an event")
            case ev.Spotted() | ev.ContactFaded() if event.faction == faction:
                return say("it revealed troops to you")
            case ev.MoveCutShort():
                return say("the march met something unknown")
    return ""


def _matters(world: World, hexes: set[int]) -> bool:
    return any(world.terrain[here] >= 0 for here in hexes)


def _cells(world: World, faction: int) -> bool:
    """Whether anybody but friends has troops that can lie hidden, by the scenario's lists."""
    roster = world.roster
    return any(
        (hidden or "cell" in traits) and not world.friends(faction, owner)
        for hidden, traits, owner in zip(roster.hidden, roster.traits, roster.faction, strict=True)
    )


def _unprovoked(state: State, order: od.Order, sighted: Sighted) -> str:
    """An act that the other bloc would have taken amiss, had it been near: that it did not tells where it is not."""
    world, faction = state.world, state.faction
    if not ladder.rivals(world, faction) or state.clock.ladder == ladder.TOP:
        return ""
    for here in _acts(state, order):
        if here in state.clock.corridors[faction]:
            continue
        over = ladder.over_line(world, faction, here)
        reach = max(_OFFENCE, world.rules.deconfliction.over_line_range if over else 0)
        if _matters(world, {near for near in world.grid.disk(here, reach) if not sighted.seen[near]}):
            return say("it showed that the other bloc is not near")
    return ""


def _acts(state: State, order: od.Order) -> tuple[int, ...]:
    match order:
        case od.Move(_, path):
            return path[-1:]
        case od.Interdict(target):
            return (target,)
        case od.Bridge(unit, side, _):
            return (river.far_bank(state, state.units.hex[state.world.row[unit]], side),)
    return ()


def _foretold(before: State, after: State, order: od.Order) -> bool:
    """Whether the giver's own view, with nobody in it but those he knows of, leads to the view that he has now."""
    faction = before.faction
    known, now = engine.view(before, faction).state, engine.view(after, faction).state
    try:
        due, _ = engine.apply(known, order)
    except (engine.Refused, LookupError, ValueError):
        return False
    own = sum(1 for owner in known.world.roster.faction if known.world.friends(faction, owner))
    return (
        now.world.roster.id == due.world.roster.id
        and (now.hexes, now.sites, now.places, now.factions) == (due.hexes, due.sites, due.places, due.factions)
        and now.intel[faction] == due.intel[faction]
        and _columns(now.units, own) == _columns(due.units, own)
        and now.clock == replace(due.clock, orders=0, fired=(), last=(), held=(), flags=(), used=())
    )


def _columns(units: UnitTable, rows: int) -> list[Any]:
    return [getattr(units, name)[:rows] for name in UnitTable.__dataclass_fields__]
