"""What must hold at every moment, whatever was ordered: each broken promise is named by its number and place.

The numbers are those of the list in docs/saves-and-replays.md. :func:`check` judges a moment by itself, also one that
came out of a file and may hold anything that has the right shape; :func:`check_events` judges what an order brought
about. What compares two ways of reaching a moment (saves, replays, views, slow oracles) is in ``tests/contract``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from game import dice
from game import events as ev
from game.rules import ground, stacking
from game.rules.ranges import ranges
from game.scenario.world import River, Stance, World
from game.state.codes import CrossingState, Spent, Status
from game.state.tables import Position

LARGEST_CUT = 2_000


def check(state: Position) -> list[str]:
    """The codes of all invariants that do not hold, each with its place in words; empty for a sound state."""
    out_of_range = [*ranges(state)]
    if out_of_range:
        return out_of_range  # what follows looks things up by these numbers
    return [*_places_of_units(state), *_stacks(state), *_strength(state), *_crossings(state), *_sources(state)]


def _places_of_units(state: Position) -> Iterator[str]:
    world, units = state.world, state.units
    for row, (here, status) in enumerate(zip(units.hex, units.status, strict=True)):
        name = world.roster.id[row]
        if (here >= 0) != (status == Status.ON_MAP):
            code = "I-03" if status in (Status.DESTROYED, Status.WITHDRAWN) else "I-01"
            yield f"{code} units.hex of {name} is {here}, and units.status is {Status(status).name}"
        elif here >= 0 and not _can_stand(world, row, here):
            yield f"I-05 units.hex: {name} stands on ground it cannot enter, {world.grid.label(here)}"


def _can_stand(world: World, row: int, here: int) -> bool:
    if ground.terrain_of(world, here) is None:
        return False
    by_road = any(side >= 0 and world.road[side] for side in world.grid.sides[here])
    return by_road or ground.can_enter(world, row, here)


def _stacks(state: Position) -> Iterator[str]:
    world = state.world
    found: dict[int, list[int]] = {}
    for row, here in enumerate(state.units.hex):
        if here >= 0:
            found.setdefault(here, []).append(row)
    if {here: tuple(rows) for here, rows in found.items()} != dict(state.stacks):
        yield "I-02 the stacks are not where the units are"
    for here, rows in found.items():
        owners, label = sorted({world.roster.faction[row] for row in rows}), world.grid.label(here)
        if any(world.stance[a][b] > Stance.ALLIED for a in owners for b in owners):
            yield f"I-06 units.hex: {label} holds units of {', '.join(world.factions[one].id for one in owners)}"
        if stacking.overstacked(state, here):
            yield f"I-07 units.hex: {label} holds too much: {', '.join(world.roster.id[row] for row in rows)}"


def _strength(state: Position) -> Iterator[str]:
    world, units = state.world, state.units
    for row, steps in enumerate(units.steps):
        name, dead = world.roster.id[row], units.status[row] == Status.DESTROYED
        if (steps == 0) != dead:
            yield f"I-08 units.steps of {name} is {steps}, and units.status is {Status(units.status[row]).name}"
        if units.disrupted[row] > steps:
            yield f"I-08 units.disrupted of {name} is {units.disrupted[row]} of {steps} steps"


def _crossings(state: Position) -> Iterator[str]:
    world, sites = state.world, state.sites
    standing: set[tuple[int, int]] = set()
    for side, kind, now in zip(sites.side, sites.kind, sites.state, strict=True):
        if world.river[side] == River.NONE:
            yield f"I-13 sites.side: a crossing over dry ground, {world.grid.side_label(side)}"
        if now == CrossingState.OPEN and (side, kind) in standing:
            yield f"I-13 sites.kind: two crossings of one kind on {world.grid.side_label(side)}"
        if now == CrossingState.OPEN:
            standing.add((side, kind))


def _sources(state: Position) -> Iterator[str]:
    world = state.world
    for one in world.factions:
        for source in one.sources:
            if not 0 <= source.hex < world.grid.size or world.terrain[source.hex] < 0:
                yield f"I-15 the source {source.name} of {one.id} lies outside the game"


# --- what an order brought about ------------------------------------------------------------------------------------


def check_events(before: Position, after: Position, events: Iterable[ev.Event]) -> list[str]:
    """The codes of all invariants that an order broke on its way from one moment to the next."""
    happened = tuple(events)
    return [
        *_dice(before, happened), *_ways(before, happened), *_replaced(before, after, happened),
        *_points(before, after, happened), *_control(before, after, happened), *_turns(before, after, happened),
        *_attacks(before, happened),
    ]  # fmt: skip


def _dice(before: Position, events: Iterable[ev.Event]) -> Iterator[str]:
    turn, thrown = before.clock.turn, set[tuple[int, str, str]]()
    for event in events:
        if isinstance(event, ev.TurnBegan):
            turn = event.turn
        if not isinstance(event, ev.DiceRolled):
            continue
        key = (turn, event.label, event.about)
        right = tuple(
            dice.die(before.seed, event.label, turn, event.about, index, event.faces)
            for index in range(len(event.values))
        )
        if right != event.values or key in thrown:
            yield f"I-43 {event.label} {event.about}: {event.values} was rolled, {right} is due"
        thrown.add(key)


def _ways(before: Position, events: Iterable[ev.Event]) -> Iterator[str]:
    grid, roster = before.world.grid, before.world.roster
    mp = list(before.units.mp)
    for event in events:
        if isinstance(event, ev.UnitSpent | ev.UnitArrived):
            mp[event.unit] = event.mp
        elif isinstance(event, ev.FactionTurnBegan):
            for row, owner in enumerate(roster.faction):
                mp[row] = roster.movement[row] if owner == event.faction else mp[row]
        elif isinstance(event, ev.UnitMoved | ev.UnitRetreated):
            way = (event.start, *event.path)
            name = roster.id[event.unit]
            if any(grid.side_between(a, b) < 0 for a, b in pairwise(way)):
                code = "I-20" if isinstance(event, ev.UnitMoved) else "I-21"
                yield f"{code} the way of {name} is broken: {' '.join(grid.label(here) for here in way)}"
            if isinstance(event, ev.UnitMoved):
                if not 0 <= event.mp <= mp[event.unit]:
                    yield f"I-20 {name} has {event.mp} movement left after a march, {mp[event.unit]} before it"
                mp[event.unit] = event.mp


def _replaced(before: Position, after: Position, events: tuple[ev.Event, ...]) -> Iterator[str]:
    rebuilt: dict[int, int] = {}
    for event in events:
        if isinstance(event, ev.StepsReplaced):
            rebuilt[event.unit] = rebuilt.get(event.unit, 0) + event.steps
    for row, (was, now) in enumerate(zip(before.units.steps, after.units.steps, strict=True)):
        if now > was + rebuilt.get(row, 0):
            yield f"I-08 {before.world.roster.id[row]} grew from {was} to {now} steps"


def _points(before: Position, after: Position, events: tuple[ev.Event, ...]) -> Iterator[str]:
    scored = [event for event in events if isinstance(event, ev.PointsScored)]
    for number, was in enumerate(before.factions.points):
        due = was + sum(event.tenths for event in scored if event.faction == number)
        if after.factions.points[number] != due:
            yield f"I-29 {before.world.factions[number].id} has {after.factions.points[number]} points, not {due}"


def _control(before: Position, after: Position, events: tuple[ev.Event, ...]) -> Iterator[str]:
    told = {here for event in events if isinstance(event, ev.ControlChanged) for here in event.hexes}
    for here, (was, now) in enumerate(zip(before.hexes.control, after.hexes.control, strict=True)):
        if was != now and here not in told:
            yield f"I-14 {before.world.grid.label(here)} passed from {was} to {now} without an event"


def _turns(before: Position, after: Position, events: tuple[ev.Event, ...]) -> Iterator[str]:
    if after.clock.turn not in (before.clock.turn, before.clock.turn + 1):
        yield f"I-27 turn {after.clock.turn} follows turn {before.clock.turn}"
    was, now = before.clock.active, after.clock.active
    if after.clock.turn == before.clock.turn and now not in (was, was + 1):
        yield f"I-27 position {now} of the sequence follows {was}"
    if before.clock.over:
        yield "I-28 an order was carried out after the end of the game"
    if len(events) > 100 * LARGEST_CUT:
        yield f"I-30 one order brought {len(events)} events"


def _attacks(before: Position, events: tuple[ev.Event, ...]) -> Iterator[str]:
    for event in events:
        if isinstance(event, ev.AttackResolved):
            for row in event.attackers:
                if before.units.spent[row] & Spent.ACTED:
                    yield f"I-22 {before.world.roster.id[row]} attacked after it had acted"
            columns = len(before.world.rules.combat.table[0])
            if not 0 <= event.column < columns:
                yield f"I-25 column {event.column} of {columns}"
