"""Why a unit does not get to a hex this turn, and how far a march there would go: questions alone (chapter 4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise

from game.kernels.reach import Reach, reach
from game.kernels.recent import Recent
from game.orders import Move
from game.rules import ground, movement, zones
from game.state.codes import Spent
from game.state.tables import Position
from game.words import say

FAR = 4000
"""A budget in quarter points that no march on a map exhausts."""
FAR_REACHES = 100
"""Reaches without end that are remembered, of all factions together."""
CLOSED = 1000
"""What a closed step counts in the search for the way with the fewest of them."""


@dataclass(frozen=True, slots=True)
class OutOfReach:
    """Why a unit cannot march to a hex and stop there now, in a sentence, and what comes nearest to it."""

    why: str
    path: tuple[int, ...] = ()
    """The hexes of the march that gets furthest on the way there; empty where it would not leave its place."""


def stops(state: Position, row: int) -> Mapping[int, int]:
    """The hexes to which a unit can march now and where it may stop, with the cost in quarter points."""
    return state.kept(("may stop", row), lambda: _stops(state, row))


def _stops(state: Position, row: int) -> dict[int, int]:
    if movement.may_command(state, row) is not None:
        return {}
    found = movement.within_reach(state, row)
    return {
        here: cost
        for here, cost in found.cost.items()
        if here != found.start and movement.refuse_end(state, row, found.path(here)) is None
    }


def why(state: Position, row: int, here: int) -> OutOfReach | None:
    """Why the unit cannot march to a hex and stop there now; None where it can, and for the hex in which it stands."""
    if here == state.units.hex[row] or here in stops(state, row):
        return None
    refusal = movement.may_command(state, row)
    if refusal is not None:
        return OutOfReach(str(refusal))
    found = movement.within_reach(state, row)
    if here in found.cost:
        return OutOfReach(
            str(movement.refuse_move(state, Move(state.world.roster.id[row], found.path(here)))),
            _as_far_as(state, row, found.path(here)),
        )
    return _beyond(state, row, here)


def _beyond(state: Position, row: int, here: int) -> OutOfReach:
    world, name, label = state.world, state.world.roster.name[row], state.world.grid.label(here)
    if world.terrain[here] < 0:
        return OutOfReach(say("{hex} is outside the map.", hex=label))
    if state.units.spent[row] & Spent.STOPPED:
        return OutOfReach(say("{unit} had to stop and cannot march again this turn.", unit=name))
    barred = zones.barred(state, world.roster.faction[row])
    if barred[here]:
        return OutOfReach(say("Others hold {hex}.", hex=label), _nearest(state, row, here))
    whole = _far(state, row, "")
    if here in whole.cost:
        path = whole.path(here)
        left, cost = ground.quarters(state.units.mp[row]), ground.quarters(whole.cost[here])
        words = say(
            "The march to {hex} costs {cost} MP, and {unit} can spend only {left}.",
            hex=label, cost=cost, unit=name, left=left,
        )  # fmt: skip
        if any(whole.field.toll[there] for there in path):
            words = say("{words} Enemy zones make it dearer.", words=words)
        return OutOfReach(words, _as_far_as(state, row, path))
    free = _far(state, row, "zones")
    if here in free.cost:
        path = _as_far_as(state, row, free.path(here))
        if path and path[-1] in movement.within_reach(state, row).stops:
            end = world.grid.label(path[-1])
            words = say("The march would end at {hex}: it goes from one enemy ZOC into another there.", hex=end)
        else:
            words = say("Enemy zones lie on every way to {hex}: a march ends where it goes from one into another.",
                        hex=label)  # fmt: skip
        return OutOfReach(words, path)
    through = _far(state, row, "others")
    if here in through.cost:
        path = through.path(here)
        holder = next(there for there in path if barred[there])
        words = say("Others bar every way to {hex}, the first at {holder}.", hex=label, holder=world.grid.label(holder))
        return OutOfReach(words, _as_far_as(state, row, path))
    return _shut_off(state, row, here)


def _far(state: Position, row: int, without: str) -> Reach:
    """Where the unit could go with movement without end; "zones" end no march then, "others" bar no hex either."""

    world, roster, start = state.world, state.world.roster, state.units.hex[row]
    by_road = bool(state.units.spent[row] & Spent.MARCHED)
    if not without:
        return movement.reach_with(state, row, start, FAR, by_road)

    def make() -> Reach:
        field = zones.field(state, roster.mobility[row], roster.faction[row], by_road)
        none = bytearray(len(field.toll))
        field = field._replace(toll=field.toll if without == "zones" else none, zone=none)
        return reach(field, start, FAR)

    faction = roster.faction[row]
    marks = (bytes(zones.known_zone(state, faction)), bytes(zones.barred(state, faction)))
    key = (start, roster.mobility[row], by_road, without, state.clock.weather, ground.patch(state), marks)
    memory: Recent[Reach] = world.kept("far reaches", lambda: Recent(FAR_REACHES))
    return memory.found(key, make, lambda known: True)


def _as_far_as(state: Position, row: int, path: tuple[int, ...]) -> tuple[int, ...]:
    """The march to the last hex of a way that is in reach and where the unit may stop."""
    possible = stops(state, row)
    last = next((here for here in reversed(path) if here in possible), -1)
    return movement.within_reach(state, row).path(last) if last >= 0 else ()


def _nearest(state: Position, row: int, here: int) -> tuple[int, ...]:
    """The march to a hex beside another one, the cheapest; empty where there is none in reach."""
    possible = stops(state, row)
    near = [there for there in state.world.grid.near[here] if there in possible]
    best = min(near, key=lambda there: (possible[there], there), default=-1)
    return movement.within_reach(state, row).path(best) if best >= 0 else ()


def _shut_off(state: Position, row: int, here: int) -> OutOfReach:
    """No way leads there: what closes the one with the fewest closed steps."""
    start, lists = state.units.hex[row], movement.steps(state, row)
    came = state.kept(("fewest closed", row), lambda: _fewest_closed(state, row))
    if here not in came:
        return OutOfReach(say("No way leads to {hex}.", hex=state.world.grid.label(here)))
    way = [here]
    while way[-1] != start:
        way.append(came[way[-1]])
    way.reverse()
    one, other = next(leg for leg in pairwise(way) if all(there != leg[1] for there, _ in lists[leg[0]]))
    return OutOfReach(_closed_words(state, row, one, other), _as_far_as(state, row, tuple(way)))


def _fewest_closed(state: Position, row: int) -> dict[int, int]:
    """Hex -> where the way into it comes from on which fewest steps are closed to the unit, enemies aside."""
    world, start, lists = state.world, state.units.hex[row], movement.steps(state, row)
    best, came, queue = {start: 0}, {start: start}, [(0, start)]
    while queue:
        cost, at = heappop(queue)
        if cost > best[at]:
            continue
        open_steps = {there for there, _ in lists[at]}
        for there in world.grid.near[at]:
            total = cost + (1 if there in open_steps else CLOSED)
            if world.terrain[there] >= 0 and total < best.get(there, total + 1):
                best[there], came[there] = total, at
                heappush(queue, (total, there))
    return came


def _closed_words(state: Position, row: int, one: int, other: int) -> str:
    world, mobility = state.world, state.world.roster.mobility[row]
    if ground.step_cost(state, mobility, one, other) >= 0:  # it is the road march that shuts it
        return say(
            "{unit} must keep to roads on a road march, and none leads from {start} to {hex}.",
            unit=world.roster.name[row], start=world.grid.label(one), hex=world.grid.label(other),
        )  # fmt: skip
    why = ground.explain_step(state, mobility, one, other)
    return say("{unit} cannot get there: {why}.", unit=world.roster.name[row], why=why)
