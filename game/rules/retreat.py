"""Retreat and advance (chapter 6).

:mod:`game.rules.aftermath` fights a result to its end with these; what they do is what a forecast shows.
"""

from __future__ import annotations

from game.events import UnitAdvanced, UnitHid, UnitRetreated, UnitSpent
from game.rules import ground, stacking, zones
from game.rules.losses import lose
from game.scenario.world import River, World
from game.state import Draft
from game.state.codes import Spent
from game.state.tables import Position
from game.words import say

FAR = 1 << 20
"""How far it is to where there is no way."""


def stands(state: Position, row: int, hexes: int) -> tuple[tuple[int, str], ...]:
    """Steps that a beaten unit loses for standing where it is, with the reason: in the streets, or unable to move."""
    kind = ground.terrain_of(state.world, state.units.hex[row])
    found = []
    if kind is not None and kind.built_up and hexes:
        found.append((1, say("holding the built-up hex")))
        hexes -= 1
    if hexes and not state.world.roster.movement[row]:
        found.append((hexes, say("it cannot move")))
    return tuple(found)


def fall_back(draft: Draft, row: int, hexes: int, attackers: tuple[int, ...]) -> int:
    """Drive a unit back; it loses a step for each hex it cannot go, and lives on only if steps are left.

    Returns how many steps the way back cost it.
    """
    from_hexes, cost = {draft.units.hex[other] for other in attackers if draft.units.hex[other] >= 0}, 0
    lost_hex = draft.units.hex[row]
    for _ in range(hexes):
        if draft.units.hex[row] < 0:
            break
        goal = retreat_hex(draft, row, from_hexes, lost_hex)
        if goal < 0:
            cost += lose(draft, row, 1, say("no way to retreat"))
            continue
        start, price = draft.units.hex[row], _toll(draft, row, goal)
        draft.emit(UnitRetreated(row, start, (goal,)))
        cost += lose(draft, row, price, say("retreat past the enemy"))
    return cost


def goes_back(state: Position, row: int, hexes: int) -> int:
    """How many hexes a unit in its place would have to fall back: none in the first street, none if it cannot move."""
    kind = ground.terrain_of(state.world, state.units.hex[row])
    streets = 1 if kind is not None and kind.built_up else 0
    return max(0, hexes - streets) if state.world.roster.movement[row] else 0


def at_stake(state: Position, row: int, hexes: int) -> int:
    """Most steps that the way back could cost a unit, whatever lies there."""
    price = state.world.rules.movement.retreat_zone_losses
    a_hex = max(1, price.get("zone", 0) + price.get("river", 0))
    return min(state.units.steps[row], goes_back(state, row, hexes) * a_hex)


def retreat_hex(state: Position, row: int, attackers: set[int], lost_hex: int) -> int:
    """The hex a unit falls back to, -1 for none: safest first, then nearest to home; never the one it lost."""
    world, distance = state.world, state.world.grid.distance
    near = 2 if len(attackers) == 1 else 1
    best: list[tuple[int, int]] = []
    least = 1 << 30
    for there in world.grid.near[state.units.hex[row]]:
        away = min((distance(there, at) for at in attackers), default=2)
        if there == lost_hex or away < near or not _can_enter(state, row, state.units.hex[row], there):
            continue
        toll = _toll(state, row, there)
        if toll < least:
            best, least = [], toll
        if toll == least:
            best.append((-away, there))
    if len(best) < 2:
        return best[0][1] if best else -1
    homes = _homes(state, world.roster.faction[row])
    return min(best, key=lambda one: (_depth(world, homes, one[1]), one))[1]


def _homes(state: Position, faction: int) -> frozenset[int]:
    """Where the sources and towns are that a faction holds."""
    world, control = state.world, state.hexes.control
    sources = world.factions[faction].sources
    found = world.answers.get(("homes", faction))
    if found is None or found[0] is not control or found[1] is not sources:
        homes = {source.hex for source in sources if control[source.hex] == faction}
        homes |= {place.hex for place in world.places if place.size and control[place.hex] == faction}
        found = world.answers["homes", faction] = (control, sources, frozenset(homes))
    homes_now: frozenset[int] = found[2]
    return homes_now


def _depth(world: World, homes: frozenset[int], start: int) -> int:
    """How far it is from a hex, over playable ground, to the nearest of some hexes; FAR where there is no way."""
    known: dict[int, int] = world.kept(("depth", homes), dict)
    found = known.get(start)
    if found is None:
        found = known[start] = _steps_to(world, homes, start)
    return found


def _steps_to(world: World, homes: frozenset[int], start: int) -> int:
    terrain, near = world.terrain, world.grid.near
    met, edge, steps = {start}, [start], 0
    while edge:
        if not homes.isdisjoint(edge):
            return steps
        steps += 1
        edge = list({there for here in edge for there in near[here] if terrain[there] >= 0 or there in homes} - met)
        met.update(edge)
    return FAR


def _can_enter(state: Position, row: int, here: int, there: int) -> bool:
    world = state.world
    owner, mobility = world.roster.faction[row], world.roster.mobility[row]
    kind = ground.terrain_of(world, there)
    if kind is None or any(not world.together(owner, world.roster.faction[u]) for u in state.units_at(there)):
        return False
    holder = state.hexes.control[there]
    if holder >= 0 and not world.together(owner, holder) and not world.at_war(owner, holder):
        return False
    if stacking.room_for(state, row, there) is not None:
        return False
    if ground.step_cost(state, mobility, here, there) >= 0:
        return True
    side = world.grid.side_between(here, there)
    return _by_boat(state, row, side) and ground.can_enter(world, row, there)


def _by_boat(state: Position, row: int, side: int) -> bool:
    return state.world.river[side] == River.MAJOR and ground.has_boats(state.world, row)


def _toll(state: Position, row: int, there: int) -> int:
    world, price = state.world, state.world.rules.movement.retreat_zone_losses
    side = world.grid.side_between(state.units.hex[row], there)
    toll = 0
    if zones.lies_on(state, world.roster.faction[row], there):
        toll += price.get("zone", 0)
    if world.river[side] == River.MAJOR and not ground.carries(state, side):
        toll += price.get("river", 0)
    return toll


def advances(state: Position, row: int) -> bool:
    """Whether a unit follows up into a hex that it has cleared: whoever holds a town stays in it (6.4)."""
    roster = state.world.roster
    return bool(roster.movement[row]) and roster.traits[row].isdisjoint(state.world.rules.combat.keep_post)


def advance(draft: Draft, attackers: tuple[int, ...], target: int, mp: dict[int, int]) -> None:
    """The leading attacker that can enters the emptied hex; mobile attackers keep half their movement.

    Whoever hides there is found, and bars the way (6.4).
    """
    there = draft.units_at(target)
    if any(not draft.units.hidden[row] for row in there):
        return
    for row in there:
        draft.emit(UnitHid(row, 0))
    if there:
        return
    world = draft.world
    for row in attackers:
        here = draft.units.hex[row]
        if here < 0 or not advances(draft, row):
            continue
        side = world.grid.side_between(here, target)
        passable = ground.step_cost(draft, world.roster.mobility[row], here, target) >= 0 or _by_boat(draft, row, side)
        if passable and stacking.room_for(draft, row, target) is None:
            draft.emit(UnitAdvanced(row, here, target))
            break
    for row in attackers:
        if draft.units.hex[row] >= 0 and world.roster.mobility[row] and draft.units.spent[row] & Spent.ATTACKED:
            draft.emit(UnitSpent(row, 0, mp[row] // 2))
