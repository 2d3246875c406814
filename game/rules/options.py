"""Which orders may be given: a lazy list for players that want one (random ones, bots, counts of order sequences).

Every order in it is accepted, and every kind of order appears where it is possible. Marches are listed by
their cheapest way; attacks singly and all together; support one point at a time: the rest of the space is
open to whoever builds orders himself and asks ``refusal``.
"""

from __future__ import annotations

from collections.abc import Iterator

from game import orders as od
from game.rules import columns, movement, sequence, zones
from game.rules.river import BUILT
from game.scenario.world import River
from game.state.codes import Status
from game.state.tables import Position


def legal_orders(state: Position) -> Iterator[od.Order]:
    """Orders the faction to play may give, EndTurn first; nothing once the game has ended."""
    if state.clock.over:
        return
    yield od.EndTurn()
    for order in candidates(state):
        if sequence.refusal(state, order) is None:
            yield order


def candidates(state: Position) -> Iterator[od.Order]:
    """Orders worth asking about; some are refused."""
    world, faction = state.world, state.faction
    rows = [row for row, owner in enumerate(world.roster.faction) if owner == faction and state.units.hex[row] >= 0]
    targets = sorted({here for _, here in zones.known_enemies(state, faction)})
    for row in rows:
        yield from unit_candidates(state, row, targets)
    yield from faction_candidates(state)


def faction_candidates(state: Position) -> Iterator[od.Order]:
    """Orders that are no single unit's: joint attacks, support, liaison."""
    world, faction = state.world, state.faction
    rows = [row for row, owner in enumerate(world.roster.faction) if owner == faction and state.units.hex[row] >= 0]
    targets = sorted({here for _, here in zones.known_enemies(state, faction)})
    yield from _joint_attacks(state, rows, targets)
    yield from _support(state, targets)
    yield from _politics(state, rows)


def unit_candidates(state: Position, row: int, targets: list[int]) -> Iterator[od.Order]:
    """Orders of one unit; ``targets`` are the hexes with known enemies."""
    world, here, unit = state.world, state.units.hex[row], state.world.roster.id[row]
    found = movement.within_reach(state, row)
    for goal in sorted(found.cost):
        if goal != here:
            yield od.Move(unit, found.path(goal))
    yield from (
        od.DigIn(unit),
        od.Rest(unit),
        od.Rest(unit, True),
        od.March(unit),
        od.March(unit, True),
    )
    if columns.COLUMN in world.roster.traits[row]:
        yield od.Unload(unit)
    for target in targets:
        distance = world.grid.distance(here, target)
        if distance == 1:
            yield od.Attack((unit,), target)
            yield od.Attack((unit,), target, (), True)
        if distance <= world.roster.reach[row]:
            yield od.Bombard(unit, target)
    if world.roster.traits[row] & {"raider", "cell"}:
        yield from (od.Infiltrate(unit, goal) for goal in sorted(movement.infiltration(state, row)) if goal != here)
    for side in world.grid.sides[here]:
        if side >= 0 and world.river[side] != River.NONE:
            yield from (od.Bridge(unit, side, kind) for kind in (*BUILT, "boats"))
            yield od.Blow(unit, side)


def _joint_attacks(state: Position, rows: list[int], targets: list[int]) -> Iterator[od.Order]:
    world, support = state.world, sorted(state.support_of(state.faction).items())
    for target in targets:
        near = [row for row in rows if world.grid.side_between(state.units.hex[row], target) >= 0]
        able = tuple(
            world.roster.id[row]
            for row in near
            if sequence.refusal(state, od.Attack((world.roster.id[row],), target)) is None
        )
        if len(able) > 1:
            yield od.Attack(able, target)
        for kind, points in support:
            if points and able:
                yield od.Attack(able, target, ((kind, 1),))


def _support(state: Position, targets: list[int]) -> Iterator[od.Order]:
    world, faction = state.world, state.faction
    have = [kind for kind, points in sorted(state.support_of(faction).items()) if points]
    if not have:
        return
    for kind in have:
        yield from (od.Strike(kind, target) for target in targets)
        if world.rules.support.kinds[kind].arsenals:
            yield from (od.Strike(kind, one.hex) for side in world.factions for one in side.sources if one.arsenal)
    yield from (od.StrikeBridge(side) for side in sorted(set(state.sites.side)))
    own = sorted(
        {
            state.units.hex[row]
            for row, f in enumerate(world.roster.faction)
            if f == faction and state.units.hex[row] >= 0
        }
    )
    yield from (od.AirDrop(here) for here in own)
    yield from (od.Scout(here) for here in sorted({*own, *targets}))
    yield from (od.Interdict(near) for near in sorted({near for here in targets for near in world.grid.near[here]}))


def _politics(state: Position, rows: list[int]) -> Iterator[od.Order]:
    world = state.world
    yield od.Hotline()
    yield from (od.Notify((here,)) for here in sorted({state.units.hex[row] for row in rows}))
    for here in sorted({prize.hex for prize in world.prizes}):
        if state.hexes.control[here] == state.faction:
            yield od.Cede(here)
    yield from (od.Standstill(), od.Grounding())
    yield from (od.CloseSky(here) for here in sorted({state.units.hex[row] for row in rows}))
    yield from (od.Warn(here) for here in sorted({prize.hex for prize in world.prizes}))


def waiting(state: Position, faction: int) -> tuple[int, ...]:
    """Rows of a faction's units that have still to arrive, soonest first."""
    due = [
        (state.units.due[row], row)
        for row, owner in enumerate(state.world.roster.faction)
        if owner == faction and state.units.status[row] == Status.WAITING and state.units.due[row]
    ]
    return tuple(row for _, row in sorted(due))
