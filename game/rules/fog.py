"""Fog: what a faction sees (chapter 12)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import compress, count

from game.events import ContactFaded, Spotted
from game.rules import costs
from game.scenario.world import River, Roster, Stance, World
from game.state import Draft
from game.state.codes import Knowledge
from game.state.tables import Position

_UNSEEN, _CONTACT, _IDENTIFIED = Knowledge  # asked for every pair of units


def sight_range(state: Position, row: int, at: int) -> int:
    """How far a unit sees from a hex in this weather, in hexes; never less than one."""
    reach = state.world.roster.sight[row] + _clear_sight(state, at)
    return reach if reach > 1 else 1  # asked for every pair of units


def _clear_sight(state: Position, at: int) -> int:
    """What this weather and the height of a hex add to the sight of who stands there."""
    rules, weather = state.world.rules.fog, state.clock.weather
    dim = (0, rules.weather_dust, rules.weather_rain)[weather] if weather else 0
    return rules.high_ground_bonus - dim if heights(state.world)[at] else -dim


def seen_level(state: Position, watcher: int, at: int, target: int, there: int) -> int:
    """What ``watcher``, standing at ``at``, makes of the unit ``target`` at ``there``."""
    return _seen_within(state, watcher, at, sight_range(state, watcher, at), target, there)


def _seen_within(state: Position, watcher: int, at: int, reach: int, target: int, there: int) -> int:
    """The same for who sees so far from where it stands."""
    world, rules = state.world, state.world.rules.fog
    distance = world.grid.distance(at, there)
    if state.units.hidden[target]:
        return _IDENTIFIED if distance == 0 else _UNSEEN
    near = distance <= 1
    if not near and distance > reach - covers(world)[there]:
        return _UNSEEN
    if near and rules.own_bank_only and not heights(world)[at] and _over_the_river(state, at, there):
        return _CONTACT
    keen = "recon" in world.roster.traits[watcher] or "special" in world.roster.traits[watcher]
    return _IDENTIFIED if distance <= (rules.recon_identify_range if keen else rules.identify_range) else _CONTACT


def covers(world: World) -> tuple[int, ...]:
    """Per hex how many hexes less far one sees into it."""
    found: tuple[int, ...] | None = world.answers.get("covers")  # asked for every pair of units
    if found is not None:
        return found
    return world.kept("covers", lambda: tuple(kind.cover if kind else 0 for kind in costs.grounds(world)))


def heights(world: World) -> tuple[bool, ...]:
    """Per hex whether it overlooks its lower neighbours."""
    found: tuple[bool, ...] | None = world.answers.get("heights")
    if found is not None:
        return found
    return world.kept("heights", lambda: tuple(bool(kind and kind.high) for kind in costs.grounds(world)))


def look_around(draft: Draft, row: int, at: int) -> None:
    """A unit's faction sees what stands around ``at``, and what does not stand there any more."""
    world, units = draft.world, draft.units
    stacks, faction = draft.stacks, world.roster.faction[row]
    owners, stances, reach = world.roster.faction, world.stance[faction], sight_range(draft, row, at)
    found = []
    for there in sorted(stacks.keys() & world.grid.within(at, reach)):
        for target in stacks[there]:
            if stances[owners[target]] > Stance.FRIENDLY:
                level = _seen_within(draft, row, at, reach, target, units.hex[target])
                if level:
                    found.append((target, level, there))
    for target, level, there in found:
        _note(draft, faction, target, level, there)
    _find_gone(draft, faction, row, at)


def _find_gone(draft: Draft, faction: int, row: int, at: int) -> None:
    """A contact fades at once where the unit sees its hex and nobody of that name in it (12.6)."""
    contacts, units, turns, turn = _contacts(draft, faction), draft.units, draft.intel[faction].turn, draft.clock.turn
    gone = [
        other
        for where in contacts.keys() & seen_from(draft, row, at)
        for other in contacts[where]
        if units.hex[other] != where or (units.hidden[other] and turns[other] < turn)
    ]
    for other in sorted(gone):
        draft.emit(ContactFaded(faction, other))


def _contacts(state: Position, faction: int) -> dict[int, list[int]]:
    """Hex -> rows of the units that a faction believes to be there."""
    picture = state.picture(faction)
    found: dict[int, list[int]] | None = picture.get("contacts")
    if found is None:
        found = picture["contacts"] = {}
        intel = state.intel[faction]
        for row in compress(count(), intel.level):
            found.setdefault(intel.hex[row], []).append(row)
    return found


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
    world, stacks, owners = state.world, state.stacks, state.world.roster.faction
    return any(
        world.together(faction, owners[watcher]) and seen_level(state, watcher, at, row, here)
        for at in stacks.keys() & world.grid.within(here, _widest(world))
        for watcher in stacks[at]
    )


def _widest(world: World) -> int:
    """How far anybody sees at best. It hangs on the units, so that the world of a view has its own."""
    found: tuple[Roster, int] | None = world.answers.get("widest sight")
    if found is None or found[0] is not world.roster:
        widest = max(world.roster.sight) + world.rules.fog.high_ground_bonus
        found = world.answers["widest sight"] = world.roster, widest
    return found[1]


def be_seen(draft: Draft, row: int, at: int) -> None:
    """Everybody who has the hex ``at`` in sight notes the unit that passes there."""
    world, owner = draft.world, draft.world.roster.faction[row]
    cover, sight, distance = covers(world)[at], world.roster.sight, world.grid.distance
    furthest = max(1, _widest(world) - cover)
    best: dict[int, int] = {}
    stacks, owners = draft.stacks, world.roster.faction
    foreign = [stances[owner] > Stance.FRIENDLY for stances in world.stance]
    for here in stacks.keys() & world.grid.within(at, furthest):
        watchers = [watcher for watcher in stacks[here] if foreign[owners[watcher]]]
        if not watchers:
            continue  # most of those about are its own side's
        away, clear = distance(here, at), _clear_sight(draft, here)
        for watcher in watchers:
            faction, reach = owners[watcher], max(1, sight[watcher] + clear)
            if away <= max(1, reach - cover) and best.get(faction, 0) < _IDENTIFIED:
                level = _seen_within(draft, watcher, here, reach, row, at)
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
    unseen = [row for row in compress(count(), intel.level) if row not in visible]
    seen = visible_hexes(draft, faction) if unseen else b""
    stale = [row for row in unseen if intel.turn[row] < oldest or seen[intel.hex[row]]]
    for row in stale:
        draft.emit(ContactFaded(faction, row))


def visible_units(state: Position, faction: int) -> dict[int, int]:
    """Rows of others' units a faction sees now, with the level."""
    world, stacks, owners = state.world, state.stacks, state.world.roster.faction
    stances = world.stance[faction]
    foreign = {
        here: others
        for here, rows in stacks.items()
        if (others := [row for row in rows if stances[owners[row]] > Stance.FRIENDLY])
    }
    out: dict[int, int] = {}
    for at, rows in stacks.items():
        watchers = [(row, sight_range(state, row, at)) for row in rows if stances[owners[row]] <= Stance.ALLIED]
        if watchers:
            for there in foreign.keys() & world.grid.within(at, max(reach for _, reach in watchers)):
                for target in foreign[there]:
                    level = _best_seen(state, watchers, at, target, there, out.get(target, 0))
                    if level:
                        out[target] = level
    for target in _reported(state, faction):
        out.setdefault(target, _CONTACT)
    return out


def _best_seen(state: Position, watchers: list[tuple[int, int]], at: int, target: int, there: int, level: int) -> int:
    """What those who stand in a hex make of a unit, each with how far it sees; no less than ``level``."""
    for watcher, reach in watchers:
        if level < _IDENTIFIED:
            level = max(level, _seen_within(state, watcher, at, reach, target, there))
    return level


def visible_hexes(state: Position, faction: int) -> bytearray:
    """One byte a hex: whether the faction would see an unhidden enemy there now."""
    return state.kept(("visible", faction), lambda: _visible_hexes(state, faction))


def _visible_hexes(state: Position, faction: int) -> bytearray:
    world, marks = state.world, bytearray(state.world.grid.size)
    stances, owners = world.stance[faction], world.roster.faction
    seen: set[int] = set()
    for at, rows in state.stacks.items():
        reaches = [sight_range(state, row, at) for row in rows if stances[owners[row]] <= Stance.ALLIED]
        if reaches:
            seen |= _seen(world, at, max(reaches))
    for here in seen:
        marks[here] = 1
    return marks


def seen_from(state: Position, watcher: int, at: int) -> frozenset[int]:
    """Hexes in which a unit, standing at ``at``, would see an unhidden enemy."""
    return _seen(state.world, at, sight_range(state, watcher, at))


def _seen(world: World, at: int, reach: int) -> frozenset[int]:
    # A table of its own, since it has an entry for each hex that anybody ever looked from.
    kept: dict[tuple[int, int], frozenset[int]] = world.kept("seen", dict)
    found = kept.get((at, reach))
    if found is None:
        distance, cover, disk = world.grid.distance, covers(world), world.grid.disk(at, reach)
        found = frozenset(there for there in disk if distance(at, there) <= max(1, reach - cover[there]))
        kept[at, reach] = found
    return found


def _reported(state: Position, faction: int) -> list[int]:
    world, radius, stacks = state.world, state.world.rules.fog.held_ground_sight, state.stacks
    stances, owners = world.stance[faction], world.roster.faction
    near: set[int] = set()
    for place in world.places:
        if place.civilians and state.hexes.control[place.hex] == faction:
            near |= stacks.keys() & world.grid.within(place.hex, radius)
    return sorted(
        row
        for here in near
        for row in stacks[here]
        if stances[owners[row]] > Stance.FRIENDLY and not state.units.hidden[row]
    )


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
