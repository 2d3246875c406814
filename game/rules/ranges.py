"""What each cell of a state may hold: the first thing that is asked of a moment that came out of a file.

A row for every column of every table, so that a new column has no place to hide. Limits follow from the scenario and
the rules where these set any; the others are far above what a game can reach, and keep out what would only be absurd.
Each fault names its column as a save does, ``units.mp`` or ``clock.support``, and the row in words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from itertools import repeat
from typing import Any

from game.rules import command, ladder, support, victory
from game.rules.supply import full_stores
from game.scenario.effects import DoFlag
from game.scenario.world import World
from game.state.codes import CrossingKind, CrossingState, Ending, Knowledge, Spent, Status, Supplied, Weather
from game.state.tables import Position

LATE = 200
"""Turns after the last one in which something may still be due."""
STOCK, COUNT, POINTS = 999, 100_000, 100_000
"""Most points or steps in hand; most steps, incidents and harm that a game counts; most tenths of victory points."""
_DIE = re.compile(r"[a-z][a-z -]*:.+#\d{1,6}", re.DOTALL)
Limit = int | Sequence[int]
Limits = tuple[str, str, Limit, Limit]
"""Code of the invariant, column, and the least and most it may hold: for all rows, or for each."""


def ranges(state: Position) -> Iterator[str]:
    """Everything that is out of range, each with its code, its column and its row; nothing for a sound state."""
    wrong_length = [*_lengths(state)]
    if wrong_length:
        yield from wrong_length
        return
    yield from _units(state)
    yield from _map(state)
    yield from _sites(state)
    yield from _factions(state)
    yield from _clock(state)
    yield from _intel(state)
    yield from _points_in_hand(state)
    yield from _happenings(state)


def _lengths(state: Position) -> Iterator[str]:
    world = state.world
    tables: list[tuple[str, str, Any, int]] = [
        ("I-04", "units", state.units, len(world.roster)), ("I-13", "hexes", state.hexes, world.grid.size),
        ("I-13", "sites", state.sites, len(state.sites.side)), ("I-13", "places", state.places, len(world.places)),
        ("I-26", "factions", state.factions, len(world.factions)),
        *(("I-38", f"intel[{number}]", one, len(world.roster)) for number, one in enumerate(state.intel)),
    ]  # fmt: skip
    for code, table, columns, rows in tables:
        for one in fields(columns):
            if len(getattr(columns, one.name)) != rows:
                yield f"{code} {table}.{one.name}: there are {len(getattr(columns, one.name))} rows, not {rows}"


def _judged(table: str, columns: object, limits: Iterable[Limits], name: Callable[[int], str]) -> Iterator[str]:
    for code, column, low, high in limits:
        values = getattr(columns, column)
        lows = repeat(low) if isinstance(low, int) else low
        highs = repeat(high) if isinstance(high, int) else high
        for row, (value, least, most) in enumerate(zip(values, lows, highs, strict=False)):
            if not least <= value <= most:
                yield f"{code} {table}.{column} of {name(row)} is {value}, not {least} to {most}"


def _deepest(world: World) -> int:
    return max([0, *(kind.dig for kind in world.rules.terrain.kinds.values()), *world.roster.dug])


def unit_limits(world: World) -> tuple[Limits, ...]:
    """What the columns of units may hold."""
    roster, last = world.roster, world.turns + LATE
    size, extra = world.grid.size, world.rules.movement
    share = 100 + max(extra.march_percent, extra.forced_percent)
    return (
        ("I-01", "hex", -1, size - 1),
        ("I-08", "steps", 0, roster.steps),
        ("I-08", "disrupted", 0, roster.steps),
        ("I-09", "mp", 0, [full * share // 100 for full in roster.movement]),
        ("I-10", "spent", 0, sum(Spent)),
        ("I-10", "dug", 0, max(_deepest(world), 3)),
        ("I-10", "supply", 0, max(Supplied)),
        ("I-10", "cut", 0, world.turns),
        ("I-01", "status", 0, max(Status)),
        ("I-10", "due", 0, [max(last, due) for due in roster.arrives]),
        ("I-10", "entry", -1, size - 1),
        ("I-10", "hidden", 0, 1),
        ("I-10", "locked", 0, [max(last, until) for until in roster.locked]),
        ("I-10", "dry", 0, [max(full_stores(world, row), dry) for row, dry in enumerate(roster.dry)]),
    )


def _units(state: Position) -> Iterator[str]:
    world, units = state.world, state.units
    name = world.roster.id.__getitem__
    yield from _judged("units", units, unit_limits(world), name)
    for row, (how, turns, entry) in enumerate(zip(units.supply, units.cut, units.entry, strict=True)):
        if (turns > 0) != (how == Supplied.CUT):
            yield f"I-10 units.cut of {name(row)} is {turns}, and units.supply is {how}"
        if 0 <= entry < world.grid.size and world.terrain[entry] < 0:
            yield f"I-10 units.entry of {name(row)} is {world.grid.label(entry)}, which lies outside the game"


# --- the map ----------------------------------------------------------------------------------------------------------


def _strongpoints(world: World) -> list[int]:
    built = {one.place: one.strongpoints for one in world.strongholds.values()}
    return [built.get(place, 0) for place in range(len(world.places))]


def _map(state: Position) -> Iterator[str]:
    world, factions = state.world, len(state.world.factions)
    yield from _judged("hexes", state.hexes, (
        ("I-13", "control", -1, [factions - 1 if kind >= 0 else -1 for kind in world.terrain]),
        ("I-13", "interdicted", 0, [factions if kind >= 0 else 0 for kind in world.terrain]),
    ), world.grid.label)  # fmt: skip
    yield from _judged("places", state.places, (
        ("I-13", "first", -1, factions - 1), ("I-13", "checks", 0, world.turns), ("I-13", "hunger", 0, world.turns),
        ("I-13", "harm", 0, COUNT), ("I-13", "strongpoints", 0, _strongpoints(world)),
        ("I-13", "stormed", 0, world.turns), ("I-13", "breached", 0, world.turns),
        ("I-13", "warned", 0, (1 << factions) - 1),
    ), lambda place: world.places[place].name)  # fmt: skip


def _sites(state: Position) -> Iterator[str]:
    world, sites = state.world, state.sites
    yield from _judged("sites", sites, (
        ("I-13", "side", 0, len(world.river) - 1), ("I-13", "kind", 0, max(CrossingKind)),
        ("I-13", "state", 0, CrossingState.BUILDING), ("I-13", "ready", 0, world.turns + LATE),
        ("I-13", "owner", -1, len(world.factions) - 1), ("I-13", "load", 0, STOCK),
    ), lambda number: f"crossing {number}")  # fmt: skip
    for number, (now, ready) in enumerate(zip(sites.state, sites.ready, strict=True)):
        if (now == CrossingState.BUILDING) != (ready > 0):
            yield f"I-13 sites.ready of crossing {number} is {ready}, and sites.state is {now}"
    if list(sites.side[: len(world.sites)]) != [site.side for site in world.sites]:
        yield "I-13 sites.side: the crossings of the scenario do not come first"


# --- factions ---------------------------------------------------------------------------------------------------------


def _factions(state: Position) -> Iterator[str]:
    world = state.world
    yield from _judged("factions", state.factions, (
        ("I-24", "command", 0, STOCK), ("I-24", "liaison", 0, STOCK), ("I-24", "pool", 0, STOCK),
        ("I-29", "points", -POINTS, POINTS), ("I-29", "lost", 0, COUNT), ("I-29", "harm", 0, COUNT),
        ("I-26", "calm", 0, 1), ("I-26", "corridor_until", 0, world.turns + 1), ("I-26", "incidents", 0, COUNT),
        ("I-26", "begun", 0, 1), ("I-26", "conceded", 0, world.turns), ("I-26", "still", 0, 1),
        ("I-26", "grounded", 0, world.turns + 1), ("I-26", "blamed", 0, 1), ("I-13", "warned", -1, world.grid.size - 1),
        ("I-13", "sky", -1, world.grid.size - 1), ("I-26", "sky_until", 0, world.turns + LATE),
    ), lambda number: world.factions[number].id)  # fmt: skip


def _points_in_hand(state: Position) -> Iterator[str]:
    world, clock = state.world, state.clock
    kinds = support.kinds(world)
    granted = {*kinds, *(support.ONCE + kind for kind in kinds), "command", command.ONCE}
    for name, known, least in (("support", kinds.keys(), 0), ("grants", granted, -STOCK)):
        rows = getattr(clock, name)
        if len(rows) != len(world.factions):
            yield f"I-24 clock.{name}: a row for each faction is expected"
        for one, pairs in zip(world.factions, rows, strict=False):
            for kind, points in pairs:
                if kind not in known:
                    yield f"I-24 clock.{name} of {one.id}: there is no support called {kind!r}"
                elif not least <= points <= STOCK:
                    yield f"I-24 clock.{name} of {one.id}: {kind} is {points}, not {least} to {STOCK}"


# --- knowledge --------------------------------------------------------------------------------------------------------


def intel_limits(world: World, turn: int) -> tuple[Limits, ...]:
    """What the columns of what a faction knows may hold. A memory may be of an earlier edition of the unit."""
    most = max(world.roster.steps, default=0)
    return (
        ("I-38", "level", 0, max(Knowledge)), ("I-38", "hex", -1, world.grid.size - 1), ("I-38", "turn", 0, turn),
        ("I-38", "steps", 0, most), ("I-38", "disrupted", 0, most),
        ("I-38", "dug", 0, max(_deepest(world), 3)), ("I-38", "supply", 0, max(Supplied)),
        ("I-38", "cut", 0, world.turns),
    )  # fmt: skip


def _intel(state: Position) -> Iterator[str]:
    world, name = state.world, state.world.roster.id.__getitem__
    limits = intel_limits(world, state.clock.turn)
    for faction, table in enumerate(state.intel):
        where = f"intel[{faction}]"
        yield from _judged(where, table, limits, name)
        for row, (level, here) in enumerate(zip(table.level, table.hex, strict=True)):
            if (level > 0) != (here >= 0) or (here >= 0 and world.terrain[min(here, world.grid.size - 1)] < 0):
                yield f"I-38 {where}.hex of {name(row)} is {here}, and {where}.level is {level}"
            elif level > 0 and (world.roster.faction[row] == faction or state.units.status[row] != Status.ON_MAP):
                yield f"I-38 {where}.level of {name(row)} is {level}: it is no stranger on the map"
            if table.disrupted[row] > table.steps[row]:
                yield f"I-38 {where}.disrupted of {name(row)} is {table.disrupted[row]} of {table.steps[row]} steps"


# --- the clock --------------------------------------------------------------------------------------------------------


def _clock(state: Position) -> Iterator[str]:
    world, clock = state.world, state.clock
    some = len(world.factions) - 1
    scalars = (
        ("turn", 1, world.turns), ("active", 0, len(world.sequence) - 1), ("weather", 0, max(Weather)),
        ("ladder", 0, ladder.TOP), ("quiet", ladder.INCIDENT, world.turns), ("over", 0, max(Ending)),
        ("culprit", -1, some), ("winner", -1, some), ("orders", 0, 1_000_000_000),
    )  # fmt: skip
    for name, low, high in scalars:
        if not low <= getattr(clock, name) <= high:
            yield f"I-26 clock.{name} is {getattr(clock, name)}, not {low} to {high}"
    if clock.culprit >= 0 and clock.over != 2:
        yield f"I-26 clock.culprit is {clock.culprit}, and clock.over is {clock.over}"
    if clock.winner >= 0 and clock.over != 4:
        yield f"I-26 clock.winner is {clock.winner}, and clock.over is {clock.over}"
    if len(clock.bonus) != len(world.prizes) or not all(-1 <= payee <= some for payee in clock.bonus):
        yield f"I-29 clock.bonus is {clock.bonus}: a faction for each prize is expected, or -1"

    def playable(here: int) -> bool:
        return 0 <= here < world.grid.size and world.terrain[here] >= 0

    lying = [here for here, _ in clock.deposits]
    if lying != sorted(set(lying)) or not all(playable(here) and 1 <= turns <= STOCK for here, turns in clock.deposits):
        yield f"I-13 clock.deposits: supplies lie on {clock.deposits}"
    hit = [here for here, _ in clock.struck]
    if hit != sorted(set(hit)) or not all(playable(here) and 1 <= until <= STOCK for here, until in clock.struck):
        yield f"I-13 clock.struck: arsenals are {clock.struck}"
    for one, hexes in zip(world.factions, clock.corridors, strict=False):
        if tuple(sorted(set(hexes))) != hexes or not all(playable(here) for here in hexes):
            yield f"I-13 clock.corridors of {one.id}: hexes in order are expected, each once"
    if len(clock.corridors) != len(world.factions):
        yield "I-13 clock.corridors: a row for each faction is expected"


def _happenings(state: Position) -> Iterator[str]:
    world, clock = state.world, state.clock
    allowed = {event.id: event.times for event in world.script.events}
    for name, times in clock.fired:
        event, _, part = name.partition("/")
        limit = allowed.get(event, -1)
        if limit < 0 or times < 1 or (limit and times > limit) or (part and not part.isdecimal()):
            yield f"I-30 clock.fired: event {name} happened {times} times"
    happened = {name for name, _ in clock.fired if "/" not in name}
    if {name for name, _ in clock.last} != happened or not all(1 <= turn <= clock.turn for _, turn in clock.last):
        yield "I-30 clock.last: a turn that has been, for each event that has happened, is expected"
    watched = [here for here, _ in clock.held]
    known = sorted(set(watched)) == watched and set(watched) <= set(world.script.taken)
    if not known or not all(-1 <= who < len(world.factions) for _, who in clock.held):
        yield f"I-30 clock.held: who held the hexes that events watch is expected, not {clock.held}"
    if list(clock.flags) != sorted(set(clock.flags)) or not set(clock.flags) <= _flags(world):
        yield f"I-30 clock.flags: flags that events set are expected, not {clock.flags}"
    if len(set(clock.used)) != len(clock.used) or not all(_DIE.fullmatch(one) for one in clock.used):
        yield "I-43 clock.used: keys of dice are expected, each once"


def _flags(world: World) -> frozenset[str]:
    own = {effect.flag for event in world.script.events for effect in event.do if isinstance(effect, DoFlag)}
    return victory.own_flags(world) | own
