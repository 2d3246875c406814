"""Brinkmanship: concessions that bring the ladder down, blame, warnings and closed skies (chapter 11).

A concession comes first in a turn, so that nobody gives up what has been used. Whoever makes one is no longer to blame;
the other bloc is, until it makes one itself or the ladder is down.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from game.events import (
    BlameLaid,
    ConcessionMade,
    ControlChanged,
    PlaceHeld,
    PrizeCeded,
    SkyClosed,
    SupportSet,
    WarningGiven,
)
from game.orders import Cede, CloseSky, Grounding, Standstill, Warn
from game.rules import ground, ladder, liaison
from game.rules.refusal import Refusal
from game.scenario.world import Prize
from game.state import Draft
from game.state.codes import Concession, Supplied
from game.state.tables import Position
from game.words import count, say

# --- what may be conceded -----------------------------------------------------------------------------------


def _refuse(state: Position, rule: str) -> Refusal | None:
    """Why a faction can make no concession at all now."""
    faction, rules = state.faction, state.world.rules.deconfliction.concessions
    refusal = liaison.refuse_talks(state)
    if refusal is not None:
        return refusal
    if not rules.allowed:
        return Refusal(rule, say("in this scenario nobody makes concessions"))
    if not 0 < state.clock.ladder < ladder.TOP:
        return Refusal(rule, say("the ladder is at rung 0, so there is nothing to settle"))
    if state.factions.conceded[faction] == state.clock.turn:
        return Refusal(rule, say("you have already made a concession this turn"))
    if max(0, state.clock.quiet) < rules.quiet:
        return Refusal(
            rule,
            count(
                rules.quiet,
                "a concession comes after {n} turn without incident or change of rung",
                "a concession comes after {n} turns without incident or change of rung",
            ),
        )
    if state.factions.begun[faction]:
        return Refusal(rule, say("a concession comes before all other orders of your turn, talks excepted"))
    return None


def steps_near(state: Position, faction: int) -> int:
    """Own steps that stand near the other bloc's known troops: what a standstill is worth to it."""
    world, near = state.world, state.world.rules.deconfliction.concessions.near
    others = [at for _, at in ladder.known_rivals(state, faction)]
    return sum(
        state.units.steps[row] for row, here in enumerate(state.units.hex)
        if here >= 0 and world.roster.faction[row] == faction
        and any(world.grid.distance(here, at) <= near for at in others)
    )  # fmt: skip


def refuse_standstill(state: Position, order: Standstill) -> Refusal | None:
    """Why a standstill cannot be offered."""
    rules, have = state.world.rules.deconfliction.concessions, steps_near(state, state.faction)
    refusal = _refuse(state, "11.14")
    if refusal is None and have < rules.steps:
        return Refusal(
            "11.14",
            say(
                "a standstill needs {n} steps of yours within {near} hexes of the other bloc; you have {have}",
                n=rules.steps,
                near=rules.near,
                have=have,
            ),
        )
    return refusal


def resolve_standstill(draft: Draft, order: Standstill) -> None:
    """Stand still until one's next turn."""
    _concede(draft, Concession.STANDSTILL, draft.clock.turn, say("standstill of {faction}", faction=_name(draft)))


def refuse_grounding(state: Position, order: Grounding) -> Refusal | None:
    """Why support cannot be grounded."""
    refusal = _refuse(state, "11.14")
    if refusal is None and not any(points for _, points in state.clock.support[state.faction]):
        return Refusal("11.14", say("you have no support to ground"))
    return refusal


def resolve_grounding(draft: Draft, order: Grounding) -> None:
    """Lose all support for this turn and some more."""
    until = draft.clock.turn + draft.world.rules.deconfliction.concessions.grounded
    why = say("support of {faction} grounded", faction=_name(draft))
    draft.emit(SupportSet(draft.faction, (), why))
    _concede(draft, Concession.GROUNDING, until, why)


def _name(state: Position) -> str:
    return state.world.factions[state.faction].name


def _concede(draft: Draft, kind: Concession, until: int, why: str) -> None:
    """The concession is made: blame passes to the other bloc, and the ladder falls a rung."""
    draft.emit(ConcessionMade(draft.faction, int(kind), until))
    blamed = ladder.rivals(draft.world, draft.faction)
    if tuple(n for n, mark in enumerate(draft.factions.blamed) if mark) != blamed:
        draft.emit(BlameLaid(blamed))
    ladder.descend(draft, why)


# --- ceding -------------------------------------------------------------------------------------------------


def refuse_cede(state: Position, order: Cede) -> Refusal | None:
    """Why a place cannot be handed over."""
    world, faction = state.world, state.faction
    if not 0 <= order.target < world.grid.size:
        return Refusal("11.12", say("the place is off the map"))
    label, others = world.grid.label(order.target), ladder.rivals(world, faction)
    prizes = _prizes(state, order.target)
    if not others or not prizes:
        return Refusal("11.12", say("there is no objective at {hex} to cede", hex=label))
    if not any(prize.points[other] for prize in prizes for other in others):
        return Refusal("11.12", say("the other bloc gains nothing by {objective}", objective=prizes[0].name))
    if state.hexes.control[order.target] != faction:
        return Refusal("11.12", say("you do not control {objective}", objective=prizes[0].name))
    place = world.place_at.get(order.target, -1)
    if place >= 0 and state.places.first[place] in others:
        return Refusal("11.12", say("the other bloc claimed {objective} first", objective=prizes[0].name))
    if any(world.roster.faction[row] == faction for row in state.units_at(order.target)):
        return Refusal("11.12", say("your troops must leave {objective} first", objective=prizes[0].name))
    return _refuse(state, "11.12")


def _prizes(state: Position, here: int) -> list[Prize]:
    return [prize for prize in state.world.prizes if prize.hex == here]


def resolve_cede(draft: Draft, order: Cede) -> None:
    """Hand a prize to the other bloc; the ladder falls a rung."""
    world, faction = draft.world, draft.faction
    prizes = _prizes(draft, order.target)
    taker = max(ladder.rivals(world, faction), key=lambda other: (sum(prize.points[other] for prize in prizes), -other))
    draft.emit(ControlChanged(taker, (order.target,), (faction,)))
    place = world.place_at.get(order.target, -1)
    draft.emit(PrizeCeded(place, faction, taker))
    if place >= 0:
        first = draft.places.first[place]
        draft.emit(PlaceHeld(place, first if first >= 0 else faction, 0))  # so that it cannot be given back
    why = say("{objective} ceded by {faction}", objective=prizes[0].name, faction=world.factions[faction].name)
    _concede(draft, Concession.CEDING, draft.clock.turn, why)


# --- standing still -----------------------------------------------------------------------------------------


def refuse_closing(state: Position, row: int, way: Sequence[int]) -> Refusal | None:
    """Why a standstill, if one was promised, keeps a unit from going a way: each step is judged, so that pieces are as
    good as the whole."""
    if not state.factions.still[state.faction]:
        return None
    others = [at for _, at in ladder.known_rivals(state, state.faction)]
    grid, off = state.world.grid, state.world.rules.deconfliction.concessions.off
    for here, there in pairwise((state.units.hex[row], *way)):
        if any(grid.distance(there, at) <= off and grid.distance(there, at) < grid.distance(here, at) for at in others):
            return _near(state, there)
    return None


def refuse_acting(state: Position, hexes: Iterable[int]) -> Refusal | None:
    """Why a standstill forbids acts at some hexes."""
    grid, off = state.world.grid, state.world.rules.deconfliction.concessions.off
    others = [at for _, at in ladder.known_rivals(state, state.faction)]
    for here in hexes:
        if any(grid.distance(here, at) <= off for at in others):
            return _near(state, here)
    return None


def _near(state: Position, here: int) -> Refusal:
    label = state.world.grid.label(here)
    return Refusal("11.14", say("you have promised a standstill, and {hex} is too near the other bloc", hex=label))


# --- warnings -----------------------------------------------------------------------------------------------


def warning_price(state: Position) -> int:
    """What a warning costs now, in liaison."""
    return ladder.liaison_price(state, state.world.rules.deconfliction.warnings.price)


def refuse_warn(state: Position, order: Warn) -> Refusal | None:
    """Why the other bloc cannot be warned off a prize."""
    world, faction, rules = state.world, state.faction, state.world.rules.deconfliction.warnings
    if not 0 <= order.target < world.grid.size or not _prizes(state, order.target):
        return Refusal("11.15", say("there is no objective to warn the other bloc off"))
    name, place = _prizes(state, order.target)[0].name, world.place_at.get(order.target, -1)
    refusal = liaison.refuse_talks(state)
    if refusal is not None:
        return refusal
    if not rules.allowed:
        return Refusal("11.15", say("in this scenario nobody gives warnings"))
    if state.clock.ladder > rules.rung:
        return Refusal("11.15", say("above rung {n} a warning is out of place", n=rules.rung))
    if state.factions.warned[faction] >= 0:
        return Refusal("11.15", say("you have already given a warning this turn"))
    if state.factions.conceded[faction] == state.clock.turn:
        return Refusal("11.15", say("after the concession that you made this turn, nobody would believe a warning"))
    if place < 0:
        return Refusal(
            "11.15", say("no warning fits {objective}: it is not at a place, so nobody can claim it", objective=name)
        )
    if state.places.first[place] >= 0:
        return Refusal("11.15", say("somebody claimed {objective} already", objective=name))
    if state.places.warned[place] >> faction & 1:
        return Refusal("11.15", say("you have warned the other bloc off {objective} before", objective=name))
    if not _stands_near(state, order.target, rules.steps, rules.near):
        return Refusal(
            "11.15",
            say(
                "you have no supplied stack of {n} steps within {near} hexes of {objective}, on its bank",
                n=rules.steps,
                near=rules.near,
                objective=name,
            ),
        )
    return liaison.refuse_price(state, rules.price, say("a warning"))


def _stands_near(state: Position, target: int, steps: int, near: int) -> bool:
    """Whether a supplied stack of so many own steps stands so near a hex, on its bank."""
    world, units, faction, stacks = state.world, state.units, state.faction, dict[int, int]()
    for row, here in enumerate(units.hex):
        if here >= 0 and world.roster.faction[row] == faction and units.supply[row] != Supplied.CUT:
            stacks[here] = stacks.get(here, 0) + units.steps[row]
    around = _joined(state, target, near)
    return any(have >= steps and here in around for here, have in stacks.items())


def _joined(state: Position, target: int, far: int) -> set[int]:
    """Hexes within so many of another, without crossing the major river but by an open crossing."""
    grid, found = state.world.grid, {target}
    edge = found
    for _ in range(far):
        edge = {
            there for here in edge for there in grid.near[here]
            if there not in found and ground.joins(state, grid.side_between(here, there))
        }  # fmt: skip
        found |= edge
    return found


def resolve_warn(draft: Draft, order: Warn) -> None:
    """Warn the other bloc off a prize; the ladder rises a rung."""
    liaison.pay(draft, draft.world.rules.deconfliction.warnings.price, say("warning"))
    draft.emit(WarningGiven(draft.faction, order.target))
    name = _prizes(draft, order.target)[0].name
    ladder.lift(draft, say("warning by {faction}: {objective}", faction=_name(draft), objective=name))


# --- closed skies -------------------------------------------------------------------------------------------


def sky_price(state: Position) -> int:
    """What closing a sky costs now, in liaison."""
    return ladder.liaison_price(state, state.world.rules.deconfliction.skies.price)


def refuse_close_sky(state: Position, order: CloseSky) -> Refusal | None:
    """Why the sky around a hex cannot be closed to the other bloc."""
    world, rules = state.world, state.world.rules.deconfliction.skies
    if not 0 <= order.target < world.grid.size or world.terrain[order.target] < 0:
        return Refusal("9.15", say("that hex is off the map, and so is its sky"))
    refusal = liaison.refuse_talks(state)
    if refusal is not None:
        return refusal
    if not rules.allowed:
        return Refusal("9.15", say("in this scenario nobody closes skies"))
    if not rules.rung <= state.clock.ladder < ladder.TOP:
        return Refusal("9.15", say("below rung {n} nobody closes the sky", n=rules.rung))
    if state.factions.sky[state.faction] >= 0:
        where = world.grid.label(state.factions.sky[state.faction])
        return Refusal("9.15", say("you keep the sky around {hex} closed already", hex=where))
    if not _stands_near(state, order.target, rules.steps, rules.near):
        return Refusal(
            "9.15",
            say(
                "to close that sky you need a supplied stack of {n} steps within {near} hexes, on the same bank",
                n=rules.steps,
                near=rules.near,
            ),
        )
    return liaison.refuse_price(state, rules.price, say("closing a sky"))


def resolve_close_sky(draft: Draft, order: CloseSky) -> None:
    """Close the sky around a hex to the other bloc."""
    rules = draft.world.rules.deconfliction.skies
    liaison.pay(draft, rules.price, say("closed sky"))
    draft.emit(SkyClosed(draft.faction, order.target, draft.clock.turn + rules.turns))


def open_skies(draft: Draft) -> None:
    """End of the turn: skies open again when their time is over, or the ladder has come down."""
    low = draft.clock.ladder < draft.world.rules.deconfliction.skies.rung
    for faction, here in enumerate(draft.factions.sky):
        if here >= 0 and (low or draft.factions.sky_until[faction] <= draft.clock.turn):
            draft.emit(SkyClosed(faction, -1, 0))
