"""Zones of control: how a unit hampers the enemy around it (chapter 3)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import compress, count

from game.kernels.reach import BARRED, Field, marked
from game.rules import ground
from game.scenario.world import Stance, World
from game.state.codes import Knowledge
from game.state.tables import Position

Marks = bytearray
"""One byte a hex."""


def exerts_zone(state: Position, row: int) -> bool:
    """Whether a unit has a zone of control at all."""
    rules, roster, units = state.world.rules.movement, state.world.roster, state.units
    if units.steps[row] - units.disrupted[row] < rules.zone_steps or units.hidden[row]:
        return False
    traits = roster.traits[row]
    return traits.isdisjoint(rules.zoneless_traits)


def size_class(state: Position, faction: int, row: int) -> int:
    """How big a contact looked to a faction: an index into ``rules.units.contacts``."""
    steps, sizes = state.intel[faction].steps[row], state.world.rules.units.contacts
    return next((number for number, size in enumerate(sizes) if steps <= size.high), len(sizes) - 1)


def known_enemies(state: Position, faction: int) -> tuple[tuple[int, int], ...]:
    """(row, hex where it is believed to be) of every enemy a faction knows of, in row order."""
    picture = state.picture(faction)
    found: tuple[tuple[int, int], ...] | None = picture.get("known")
    if found is None:
        found = picture["known"] = tuple(_known(state, faction))
    return found


def _known(state: Position, faction: int) -> Iterator[tuple[int, int]]:
    world, intel = state.world, state.intel[faction]
    hostile = [world.at_war(faction, other) for other in range(len(world.factions))]
    owners = world.roster.faction
    for row in compress(count(), intel.level):
        if hostile[owners[row]]:
            yield row, intel.hex[row]


def _seems_to_exert(state: Position, faction: int, row: int) -> bool:
    intel, rules = state.intel[faction], state.world.rules.movement
    if intel.level[row] < Knowledge.IDENTIFIED:
        return size_class(state, faction, row) >= 1
    if intel.steps[row] - intel.disrupted[row] < rules.zone_steps:
        return False
    traits = state.world.roster.traits[row]
    return traits.isdisjoint(rules.zoneless_traits)


def known_zone(state: Position, faction: int) -> Marks:
    """Hexes under a zone of the enemies that a faction knows of."""
    picture = state.picture(faction)
    found: Marks | None = picture.get("zone")
    if found is None:
        rows = (pair for pair in known_enemies(state, faction) if _seems_to_exert(state, faction, pair[0]))
        found = picture["zone"] = _spread(state, (here for _, here in rows))
    return found


def true_zone(state: Position, faction: int) -> Marks:
    """Hexes under a zone of any enemy of a faction, known or not: for the resolver alone."""
    return state.kept(("true zone", faction), lambda: _exerted(state, partial(state.world.at_war, faction)))


def lies_on(state: Position, faction: int, here: int) -> bool:
    """Whether a hex is under a zone of any enemy of a faction, known or not: :func:`true_zone` for one hex alone."""
    world, stacks = state.world, state.stacks
    owners, at_war = world.roster.faction, world.at_war
    for there, side in zip(world.grid.neighbours[here], world.grid.sides[here], strict=True):
        for row in stacks.get(there, ()):
            if at_war(faction, owners[row]) and exerts_zone(state, row) and ground.joins(state, side):
                return True
    return False


def zone_of(state: Position, faction: int) -> Marks:
    """Hexes under the zone of a faction's own units and its allies'."""
    return state.kept(("zone of", faction), lambda: _exerted(state, partial(state.world.together, faction)))


def _exerted(state: Position, counts: Callable[[int], bool]) -> Marks:
    """Hexes under a zone of the factions that count."""
    hexes, owners = state.units.hex, state.world.roster.faction
    rows = (row for row, here in enumerate(hexes) if here >= 0 and counts(owners[row]) and exerts_zone(state, row))
    return _spread(state, (hexes[row] for row in rows))


def _spread(state: Position, hexes: Iterable[int]) -> Marks:
    near, marks, joined = state.world.grid.near, bytearray(state.world.grid.size), ground.joined(state)
    for here in set(hexes):
        for there in joined.get(here, near[here]):
            marks[there] = 1
    return marks


def barred(state: Position, faction: int) -> Marks:
    """Hexes a faction may not enter: known enemies, and units of factions that are not its friends."""
    picture = state.picture(faction)
    found: Marks | None = picture.get("barred")
    if found is None:
        found = picture["barred"] = _barred(state, faction)
    return found


def _barred(state: Position, faction: int) -> Marks:
    world, intel = state.world, state.intel[faction]
    marks = bytearray(world.grid.size)
    closed = [world.stance[faction][other] >= Stance.RIVAL for other in range(len(world.factions))]
    owners = world.roster.faction
    for row in compress(count(), intel.level):
        owner = owners[row]
        if closed[owner]:
            rival = world.stance[faction][owner] == Stance.RIVAL
            if rival and _seems_to_give_way(world, row, intel.level[row], intel.steps[row]):
                continue
            marks[intel.hex[row]] = 1
    return marks


def _seems_to_give_way(world: World, row: int, level: int, steps: int) -> bool:
    """The same as far as one knows: whether a mere contact is what is left of a brigade, its looks do not tell."""
    return gives_way(world, row, steps) if level >= Knowledge.IDENTIFIED else steps <= 1


def gives_way(world: World, row: int, steps: int) -> bool:
    """Whether a unit of the other bloc with so many steps can be passed, and moves aside (rule 4.6)."""
    return steps <= 1 and world.roster.echelon[row] not in world.rules.movement.never_aside


def field(state: Position, mobility: int, faction: int, by_road: bool) -> Field:
    """What a march of a faction goes through, as far as it knows its enemies."""

    picture, key = state.picture(faction), (mobility, by_road)
    found: Field | None = picture.get(key)
    if found is None:
        rules, zone = state.world.rules.movement, known_zone(state, faction)
        lists = ground.road_adjacency if by_road else ground.adjacency
        toll = _tolls(state, faction)
        ends = zone if rules.zone_to_zone_ends else bytearray(len(toll))
        found = Field(lists(state, mobility), toll, ends, state.world.grid.near)
        picture[key] = found
    return found


def _tolls(state: Position, faction: int) -> list[int]:
    """What the enemies that a faction knows add to the cost of entering each hex."""
    picture = state.picture(faction)
    found: list[int] | None = picture.get("tolls")
    if found is None:
        found = picture["tolls"] = [0] * state.world.grid.size
        for here in marked(known_zone(state, faction)):
            found[here] = state.world.rules.movement.zone_entry
        for here in marked(barred(state, faction)):
            found[here] = BARRED
    return found
