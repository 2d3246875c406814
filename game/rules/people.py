"""Civilians of the towns, under siege and under fire: harm is counted, and nobody scores by it (chapter 13)."""

from __future__ import annotations

from collections import Counter

from game.events import CiviliansHarmed, ConvoyArrived, HungerChanged
from game.rules import columns, ground, zones
from game.rules.supply_map import offered
from game.scenario.world import World
from game.state import Draft
from game.state.codes import Supplied
from game.state.tables import Position
from game.words import say

NOBODY = -1

# --- questions ----------------------------------------------------------------------------------------------


def civilians_at(world: World, here: int) -> int:
    """Thousands of people who live in a hex."""
    table: dict[int, int] = world.kept("civilians", lambda: _civilians(world))
    return table.get(here, 0)


def _civilians(world: World) -> dict[int, int]:
    out: dict[int, int] = {}
    for place in world.places:
        if place.civilians:
            out[place.hex] = out.get(place.hex, 0) + place.civilians
    return out


def crowd_harm(world: World, thousands: int) -> int:
    """Harm that one point of fire, or a turn of hunger, does among so many people."""
    return max((one.harm for one in world.rules.people.crowds if thousands >= one.civilians), default=0)


def expected_harm(state: Position, here: int, points: int) -> int:
    """Harm to civilians that so many points of heavy fire on a hex would do now."""
    rules = state.world.rules.people.fire_weather
    percent = (rules.clear, rules.dust, rules.rain)[state.clock.weather]
    total = points * crowd_harm(state.world, civilians_at(state.world, here)) * percent
    return -(-total // 100)


def besieger(state: Position, here: int) -> int:
    """The enemy who holds most of the ring around the pocket of a hex; NOBODY when there is a way out."""
    world, holder = state.world, state.hexes.control[here]
    if holder < 0:
        return NOBODY
    inside, ring = {here}, {}
    edge = [here]
    while edge:
        now = edge.pop()
        for near, _ in ground.adjacency(state, 0)[now]:
            if near in inside or near in ring:
                continue
            enemy = _enemy_over(state, holder, near)
            if enemy >= 0:
                ring[near] = enemy
                continue
            inside.add(near)
            edge.append(near)
            if len(inside) > world.rules.people.siege_hexes or near in world.exits.values():
                return NOBODY
    held = Counter(ring.values())
    return min(held, key=lambda enemy: (-held[enemy], enemy), default=NOBODY)


def _enemy_over(state: Position, holder: int, here: int) -> int:
    """The enemy of a holder who has a hex, by troops, by ground or by a zone over it; else NOBODY."""
    world, owners = state.world, state.world.roster.faction
    there = [owners[row] for row in state.units_at(here)]
    foes = [owner for owner in there if world.at_war(holder, owner)]
    if foes:
        return foes[0]
    if any(world.together(holder, owner) for owner in there):
        return NOBODY
    master = state.hexes.control[here]
    if master >= 0 and world.at_war(holder, master):
        return master
    if zones.true_zone(state, holder)[here]:
        for near in world.grid.near[here]:
            for row in state.units_at(near):
                if world.at_war(holder, owners[row]) and zones.exerts_zone(state, row):
                    return owners[row]
    return NOBODY


# --- acts ---------------------------------------------------------------------------------------------------


def harm(draft: Draft, faction: int, here: int, points: int, why: str) -> None:
    """Heavy fire on a hex harms the people of its place; the ledger of the faction that fires keeps it."""
    done = expected_harm(draft, here, points)
    if done:
        draft.emit(CiviliansHarmed(draft.world.place_at[here], faction, done, why))


def feed(draft: Draft) -> None:
    """The end of a turn: besieged people go hungry, convoys reach those whose road is open."""
    world = draft.world
    peopled = [number for number, place in enumerate(world.places) if place.civilians]
    judged = [(number, _how_supplied(draft, number)) for number in peopled]
    hungry = world.rules.people.hunger_after
    rings = {
        number: besieger(draft, world.places[number].hex)
        for number, how in judged if how == Supplied.CUT and draft.places.hunger[number] >= hungry
    }  # fmt: skip
    for number, how in judged:
        if how == Supplied.CUT:
            _starve(draft, number, rings.get(number, NOBODY))
        elif how == Supplied.FULL and draft.places.hunger[number]:
            _relieve(draft, number)


def _how_supplied(state: Position, place: int) -> Supplied:
    here = state.world.places[place].hex
    holder = state.hexes.control[here]
    return offered(state, holder).state_at(here) if holder >= 0 else Supplied.STRETCHED


def _starve(draft: Draft, place: int, ring: int) -> None:
    world, rules = draft.world, draft.world.rules.people
    if any(here == world.places[place].hex for here, _ in draft.clock.deposits):
        return
    hunger = min(rules.hunger_most, draft.places.hunger[place] + 1)
    if hunger != draft.places.hunger[place]:
        draft.emit(HungerChanged(place, hunger))
    if hunger <= rules.hunger_after:
        return
    total = crowd_harm(world, world.places[place].civilians)
    laid = total * rules.besieger_percent // 100 if ring >= 0 else 0
    if laid:
        draft.emit(CiviliansHarmed(place, ring, laid, say("hunger under siege")))
    if total > laid:
        draft.emit(CiviliansHarmed(place, NOBODY, total - laid, say("hunger in a town that is cut off")))


def _relieve(draft: Draft, place: int) -> None:
    # Rule 13.3: convoys keep a timetable, so everybody knows by when a road must be open.
    holder = draft.hexes.control[draft.world.places[place].hex]
    if columns.has_columns(draft.world, holder) or draft.clock.turn % draft.world.rules.people.convoy_every:
        return
    draft.emit(ConvoyArrived(place, holder))
    draft.emit(HungerChanged(place, 0))
