"""6. Retreat and advance.

6.1 A defender that must fall back goes hex by hex to ground his side holds, away from the attackers, without
    entering enemies, the other bloc, or full hexes; towards supply where he has the choice.
6.2 Each hex he cannot go costs him a step; so does each hex of hostile zone on the way, and a river crossed
    without a bridge, where boats allow it at all.
6.3 In built-up ground the first hex of a retreat becomes a step lost instead.
6.4 When the hex is empty, the leading attacker may advance into it; mobile troops keep half of what
    movement they had left.
"""

from __future__ import annotations

from game.events import UnitAdvanced, UnitRetreated, UnitSpent
from game.rules import fog, ground, movement, stacking, zones
from game.rules.losses import lose
from game.scenario.world import River
from game.state import Draft
from game.state.codes import Spent
from game.state.tables import Position


def retreat(draft: Draft, row: int, hexes: int, attackers: tuple[int, ...]) -> None:
    """Drive a unit back; it loses a step for each hex it cannot go, and lives on only if steps are left."""
    here = draft.units.hex[row]
    kind = ground.terrain_of(draft.world, here)
    if kind is not None and kind.built_up:
        lose(draft, row, 1, "held on in the streets instead of falling back")
        hexes -= 1
    from_hexes = {draft.units.hex[other] for other in attackers}
    for _ in range(hexes):
        if draft.units.hex[row] < 0:
            return
        goal = retreat_hex(draft, row, from_hexes)
        if goal < 0:
            lose(draft, row, 1, "no way to fall back")
            continue
        start, price = draft.units.hex[row], _toll(draft, row, goal)
        draft.emit(UnitRetreated(row, start, (goal,)))
        fog.be_seen(draft, row, goal)
        if price:
            lose(draft, row, price, "fell back through the enemy")


def retreat_hex(state: Position, row: int, attackers: set[int]) -> int:
    """The hex a unit falls back to, -1 when there is none: safest first, then furthest from the attackers."""
    world, here = state.world, state.units.hex[row]
    best, best_score = -1, (1 << 30, 0, 0, 0)
    near = [h for h in world.grid.near[here] if _can_enter(state, row, here, h)]
    depth = _depth(state, world.roster.faction[row])
    for there in near:
        away = min((world.grid.distance(there, h) for h in attackers), default=2)
        if away < 1 or (away < 2 and len(attackers) == 1):
            continue
        score = (_toll(state, row, there), depth[there], -away, there)
        if score < best_score:
            best, best_score = there, score
    return best


def _depth(state: Position, faction: int) -> list[int]:
    # Distance over friendly ground from the faction's sources and towns: fall back towards them.
    def make() -> list[int]:
        world, control = state.world, state.hexes.control
        homes = [s.hex for s in world.factions[faction].sources if control[s.hex] == faction]
        homes += [p.hex for p in world.places if p.size and control[p.hex] == faction]
        out = [1 << 20] * world.grid.size
        edge = sorted(set(homes))
        for here in edge:
            out[here] = 0
        number = 0
        while edge:
            number += 1
            edge = sorted({n for h in edge for n in world.grid.near[h] if out[n] == 1 << 20 and world.terrain[n] >= 0})
            for here in edge:
                out[here] = number
        return out

    return state.kept(("depth", faction), make)


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
    if zones.true_zone(state, world.roster.faction[row])[there]:
        toll += price.get("zone", 0)
    if world.river[side] == River.MAJOR and not ground.carries(state, side):
        toll += price.get("river", 0)
    return toll


def advance(draft: Draft, attackers: tuple[int, ...], target: int, mp: dict[int, int]) -> None:
    """The leading attacker that can enters the emptied hex; mobile attackers keep half their movement."""
    if draft.units_at(target):
        return
    world = draft.world
    for row in attackers:
        here = draft.units.hex[row]
        if here < 0 or not world.roster.movement[row]:
            continue
        side = world.grid.side_between(here, target)
        passable = ground.step_cost(draft, world.roster.mobility[row], here, target) >= 0 or _by_boat(draft, row, side)
        if passable and stacking.room_for(draft, row, target) is None:
            draft.emit(UnitAdvanced(row, here, target))
            fog.look_around(draft, row, target)
            fog.be_seen(draft, row, target)
            movement.take_control(draft, row, (target,))
            break
    for row in attackers:
        if draft.units.hex[row] >= 0 and world.roster.mobility[row] and draft.units.spent[row] & Spent.ATTACKED:
            draft.emit(UnitSpent(row, 0, mp.get(row, 0) // 2))
