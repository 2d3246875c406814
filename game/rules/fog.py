"""Fog: what a faction sees (chapter 12)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from game.events import ContactFaded, Spotted
from game.rules import costs, ground
from game.scenario.world import River, World
from game.state import Draft
from game.state.codes import Knowledge
from game.state.tables import Position

_UNSEEN, _CONTACT, _IDENTIFIED = Knowledge  # asked for every pair of units


def sight_range(state: Position, row: int, at: int) -> int:
    """How far a unit sees from a hex in this weather, in hexes; never less than one."""
    rules, world = state.world.rules.fog, state.world
    reach = world.roster.sight[row]
    if ground.is_high(world, at):
        reach += rules.high_ground_bonus
    reach -= (0, rules.weather_dust, rules.weather_rain)[state.clock.weather]
    return max(1, reach)


def seen_level(state: Position, watcher: int, at: int, target: int, there: int) -> int:
    """What ``watcher``, standing at ``at``, makes of the unit ``target`` at ``there``."""
    world, rules = state.world, state.world.rules.fog
    distance = world.grid.distance(at, there)
    if state.units.hidden[target]:
        return _IDENTIFIED if distance == 0 else _UNSEEN
    near = distance <= 1
    if not near and distance > sight_range(state, watcher, at) - covers(world)[there]:
        return _UNSEEN
    if near and rules.own_bank_only and _over_the_river(state, at, there) and not ground.is_high(world, at):
        return _CONTACT
    keen = "recon" in world.roster.traits[watcher] or "special" in world.roster.traits[watcher]
    return _IDENTIFIED if distance <= (rules.recon_identify_range if keen else rules.identify_range) else _CONTACT


def covers(world: World) -> tuple[int, ...]:
    """Per hex how many hexes less far one sees into it."""
    return world.kept("covers", lambda: tuple(kind.cover if kind else 0 for kind in costs.grounds(world)))


def look_around(draft: Draft, row: int, at: int) -> None:
    """A unit's faction sees what stands around ``at``, and what does not stand there any more."""
    world, units = draft.world, draft.units
    stacks, faction = draft.stacks, world.roster.faction[row]
    found = []
    for there in sorted(stacks.keys() & world.grid.within(at, sight_range(draft, row, at))):
        for target in stacks[there]:
            if not world.friends(faction, world.roster.faction[target]):
                level = seen_level(draft, row, at, target, units.hex[target])
                if level:
                    found.append((target, level, there))
    for target, level, there in found:
        _note(draft, faction, target, level, there)
    _find_gone(draft, faction, row, at)


def _find_gone(draft: Draft, faction: int, row: int, at: int) -> None:
    """A contact fades at once where the unit sees its hex and nobody of that name in it (12.6)."""
    intel, units, turn = draft.intel[faction], draft.units, draft.clock.turn
    gone = [
        other
        for other, (level, where) in enumerate(zip(intel.level, intel.hex, strict=True))
        if level and (units.hex[other] != where or (units.hidden[other] and intel.turn[other] < turn))
    ]
    seen = set(seen_from(draft, row, at)) if gone else set[int]()
    for other in gone:
        if intel.hex[other] in seen:
            draft.emit(ContactFaded(faction, other))


def keep_up(draft: Draft, rows: Iterable[int]) -> None:
    """After an order: who sees a unit that it changed sees how it stands now, and whoever gave the order knows."""
    world, units = draft.world, draft.units
    for row in sorted(set(rows)):
        here, owner = units.hex[row], world.roster.faction[row]
        for faction, intel in enumerate(draft.intel):
            if here < 0 or world.friends(faction, owner) or not intel.level[row] or intel.hex[row] != here:
                continue
            told = faction == draft.faction and intel.turn[row] == draft.clock.turn
            if told or _seen_by(draft, faction, row, here):
                _note(draft, faction, row, intel.level[row], here)


def _seen_by(state: Position, faction: int, row: int, here: int) -> bool:
    world, hexes = state.world, state.units.hex
    widest = max(world.roster.sight) + world.rules.fog.high_ground_bonus
    return any(
        at >= 0
        and world.together(faction, world.roster.faction[watcher])
        and world.grid.distance(at, here) <= widest
        and seen_level(state, watcher, at, row, here)
        for watcher, at in enumerate(hexes)
    )


def be_seen(draft: Draft, row: int, at: int) -> None:
    """Everybody who has the hex ``at`` in sight notes the unit that passes there."""
    world, owner = draft.world, draft.world.roster.faction[row]
    best: dict[int, int] = {}
    widest = max(world.roster.sight) + world.rules.fog.high_ground_bonus
    stacks, owners = draft.stacks, world.roster.faction
    foreign = [not world.friends(faction, owner) for faction in range(len(world.factions))]
    for here in stacks.keys() & world.grid.within(at, widest):
        for watcher in stacks[here]:
            faction = owners[watcher]
            if foreign[faction] and best.get(faction, 0) < _IDENTIFIED:
                level = seen_level(draft, watcher, here, row, at)
                if level > best.get(faction, 0):
                    best[faction] = level
    for faction in sorted(best):
        _note(draft, faction, row, best[faction], at)


def identify(draft: Draft, faction: int, rows: Iterable[int]) -> None:
    """Contact in battle: the faction knows these units."""
    for row in rows:
        if draft.units.hex[row] >= 0 and not draft.world.friends(faction, draft.world.roster.faction[row]):
            _note(draft, faction, row, _IDENTIFIED, draft.units.hex[row])


def reveal_around(draft: Draft, faction: int, centre: int, radius: int, level: int) -> None:
    """A reconnaissance flight shows what stands within ``radius``, hidden cells included."""
    for here in draft.world.grid.disk(centre, radius):
        for row in draft.units_at(here):
            if not draft.world.friends(faction, draft.world.roster.faction[row]):
                _note(draft, faction, row, level, here)


def refresh(draft: Draft, faction: int) -> None:
    """Bring a faction's knowledge up to date: what it sees now, and what it can no longer vouch for."""
    visible = visible_units(draft, faction)
    for row, level in sorted(visible.items()):
        _note(draft, faction, row, level, draft.units.hex[row])
    intel, oldest = draft.intel[faction], draft.clock.turn - draft.world.rules.fog.remember_turns
    seen = visible_hexes(draft, faction)
    stale = [
        row
        for row, level in enumerate(intel.level)
        if level and row not in visible and (intel.turn[row] < oldest or seen[intel.hex[row]])
    ]
    for row in stale:
        draft.emit(ContactFaded(faction, row))


def visible_units(state: Position, faction: int) -> dict[int, int]:
    """Rows of others' units a faction sees now, with the level."""
    world, units, stacks = state.world, state.units, state.stacks
    out: dict[int, int] = {}
    for watcher, at in enumerate(units.hex):
        if at >= 0 and world.together(faction, world.roster.faction[watcher]):
            for there in stacks.keys() & world.grid.within(at, sight_range(state, watcher, at)):
                for target in stacks[there]:
                    if out.get(target, 0) < _IDENTIFIED and not world.friends(faction, world.roster.faction[target]):
                        level = seen_level(state, watcher, at, target, there)
                        if level > out.get(target, 0):
                            out[target] = level
    for target in _reported(state, faction):
        out.setdefault(target, _CONTACT)
    return out


def visible_hexes(state: Position, faction: int) -> bytearray:
    """One byte a hex: whether the faction would see an unhidden enemy there now."""
    return state.kept(("visible", faction), lambda: _visible_hexes(state, faction))


def _visible_hexes(state: Position, faction: int) -> bytearray:
    world, marks = state.world, bytearray(state.world.grid.size)
    for watcher, at in enumerate(state.units.hex):
        if at >= 0 and world.together(faction, world.roster.faction[watcher]):
            for there in seen_from(state, watcher, at):
                marks[there] = 1
    return marks


def seen_from(state: Position, watcher: int, at: int) -> Iterator[int]:
    """Hexes in which a unit, standing at ``at``, would see an unhidden enemy."""
    grid, cover, reach = state.world.grid, covers(state.world), sight_range(state, watcher, at)
    return (there for there in grid.disk(at, reach) if grid.distance(at, there) <= max(1, reach - cover[there]))


def _reported(state: Position, faction: int) -> list[int]:
    world, radius = state.world, state.world.rules.fog.held_ground_sight
    out: set[int] = set()
    for place in world.places:
        if place.civilians and state.hexes.control[place.hex] == faction:
            for here in world.grid.disk(place.hex, radius):
                out.update(
                    row
                    for row in state.units_at(here)
                    if not world.friends(faction, world.roster.faction[row]) and not state.units.hidden[row]
                )
    return sorted(out)


def _note(draft: Draft, faction: int, row: int, level: int, here: int) -> None:
    intel = draft.intel[faction]
    known = intel.level[row]
    units = draft.units
    same = (
        intel.steps[row] == units.steps[row]
        and intel.disrupted[row] == units.disrupted[row]
        and intel.dug[row] == units.dug[row]
        and intel.supply[row] == units.supply[row]
        and intel.cut[row] == units.cut[row]
    )
    if not (known >= level and same and intel.hex[row] == here and intel.turn[row] == draft.clock.turn):
        draft.emit(Spotted(faction, row, max(level, known), here))


def _over_the_river(state: Position, at: int, there: int) -> bool:
    side = state.world.grid.side_between(at, there)
    return side >= 0 and state.world.river[side] == River.MAJOR
