"""Why: the way of supply back to its source and, where it is cut, the hex that breaks it, in words (rule 7.8)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from heapq import heappop, heappush
from itertools import pairwise

from game.kernels.reach import Adjacency
from game.kernels.spread import UNREACHED
from game.rules import costs, ground, supply_net
from game.rules.supply_map import SupplyMap, supply_map
from game.scenario.world import River
from game.state.codes import Supplied
from game.state.tables import Position
from game.words import count, say

NODE_BITS = 18
"""Bits for a node in the queue: twice the hexes of the largest map there may be."""


@dataclass(frozen=True, slots=True)
class SupplyTrace:
    """How supply reaches a hex, or where it fails."""

    hex: int
    state: Supplied
    way: tuple[int, ...]
    """From the hex back to the source; where supply is cut, the way it would take."""
    source: str
    """Name of the source at the end of the way, "" when there is none at all."""
    broken: int
    """The hex that breaks the way, -1 when none does."""
    why: str
    """A clause without its subject, such as "cut at 2417: enemy ZOC on the highway near Kabajib"."""
    unit: str = ""
    """Name of the unit that this is about, "" for a hex."""
    culprits: tuple[int, ...] = ()
    """The enemy units that close the hex which breaks the way, as far as the given moment tells."""

    def __str__(self) -> str:
        return say("{unit}: {why}", unit=self.unit, why=self.why) if self.unit else self.why


def trace(state: Position, faction: int, here: int) -> SupplyTrace:
    """The way of a faction's supply to a hex, with reasons."""
    return state.kept(("supply trace", faction, here), lambda: _trace(state, faction, here))


def _trace(state: Position, faction: int, here: int) -> SupplyTrace:
    chart = supply_map(state, faction)
    if chart.state_at(here) == Supplied.CUT:
        return _broken(state, faction, here)
    way = chart.way(here)
    source = state.world.factions[faction].sources[chart.source_at[way[-1]]].name
    return SupplyTrace(here, chart.state_at(here), way, source, -1, _connected(state, chart, here, source))


def explain(state: Position, row: int) -> SupplyTrace:
    """How a unit is supplied now, after capacities, stores and drops, in one sentence with its reason."""
    world, units = state.world, state.units
    here, faction, name = units.hex[row], world.roster.faction[row], world.roster.name[row]
    if here < 0:
        return SupplyTrace(here, Supplied.CUT, (), "", -1, say("not on the map"), name)
    found = trace(state, faction, here)
    chart = supply_map(state, faction)
    now = chart.fed.get(row, found.state)
    why = found.why
    if row in chart.crowded:
        why = say("stretched, because {what} has no capacity left for it", what=chart.crowded[row])
    elif now == Supplied.CUT:
        now, words = _living_on(state, row)
        why = say("{now}; {why}", now=words, why=why)
    judged = units.supply[row]
    if judged != now:
        cut = count(units.cut[row], "cut off for {n} turn", "cut off for {n} turns")
        was = (say("in full supply"), say("stretched"), cut)[judged]
        why = say("{was} when its turn opened; now {why}", was=was, why=why)
    return replace(found, state=now, why=why, unit=name)


def _living_on(state: Position, row: int) -> tuple[Supplied, str]:
    """What the next judgement would find of a unit that no road feeds."""
    units = state.units
    turns = dict(state.clock.deposits).get(units.hex[row], 0)
    if turns:
        return Supplied.STRETCHED, count(
            turns, "stretched, with dropped supplies for {n} turn", "stretched, with dropped supplies for {n} turns"
        )
    if units.dry[row]:
        return Supplied.STRETCHED, count(
            units.dry[row], "stretched, with stores for {n} turn", "stretched, with stores for {n} turns"
        )
    return Supplied.CUT, count(units.cut[row], "cut off for {n} turn", "cut off for {n} turns", none=say("cut off"))


def _connected(state: Position, chart: SupplyMap, here: int, source: str) -> str:
    rules = state.world.rules.supply
    cost, leg = chart.road_cost(here), chart.leg.cost[here]
    by_road = say("supply distance {n} of {most} from {source}", n=cost, most=rules.road_budget, source=source)
    if chart.state_at(here) == Supplied.FULL:
        if not leg:
            return say("full supply, {by_road}", by_road=by_road)
        return say("full supply, {by_road}, then {leg} MP off the road", by_road=by_road, leg=ground.quarters(leg))
    if cost > rules.road_budget:
        return say("stretched, {by_road} (limit {most})", by_road=by_road, most=rules.stretched_budget)
    full = ground.quarters(rules.last_leg)
    return say("stretched, {leg} MP off the road (full supply up to {full})", leg=ground.quarters(leg), full=full)


# --- what breaks a way --------------------------------------------------------------------------------------


def _broken(state: Position, faction: int, here: int) -> SupplyTrace:
    world = state.world
    gates = supply_net.gates(state, faction)
    way = _wished_way(state, faction, here, gates)
    if not way:
        why = (
            say("cut off: no road leads there from any source") if gates else say("cut off: there is no supply source")
        )
        return SupplyTrace(here, Supplied.CUT, (), "", -1, why)
    at = {gate.source.hex: gate for gate in reversed(gates)}
    gate, onward = at[way[-1]], tuple(reversed(way))
    if gate.why:
        return SupplyTrace(
            here, Supplied.CUT, way, gate.source.name, onward[0], say("cut at the source: {why}", why=gate.why),
            culprits=supply_net.closers(state, faction, onward[0]),
        )  # fmt: skip
    for last, there in zip((-1, *onward), onward, strict=False):
        why = _bar(state, faction, last, there)
        if why:
            words = say("cut at {hex}: {why}", hex=world.grid.label(there), why=why)
            culprits = supply_net.closers(state, faction, there)
            return SupplyTrace(here, Supplied.CUT, way, gate.source.name, there, words, culprits=culprits)
    return SupplyTrace(here, Supplied.CUT, way, gate.source.name, -1, _too_far(state, way, gate.source.name))


def _bar(state: Position, faction: int, last: int, there: int) -> str:
    world = state.world
    if last >= 0:
        side = world.grid.side_between(last, there)
        if world.river[side] == River.MAJOR and side not in ground.open_crossings(state):
            river = world.river_names.get(side, "the river")
            return say("no open crossing of {river} from {hex}", river=river, hex=world.grid.label(last))
    return supply_net.why_closed(state, faction, there)


def _too_far(state: Position, way: tuple[int, ...], source: str) -> str:
    rules, lists = state.world.rules.supply, supply_net.roads(state)
    cost = 0
    for there, here in pairwise(way):
        step = next((price for near, price in lists[here] if near == there), -1)
        if step < 0:
            return say("cut off: too far off the road (limit {most} MP)", most=ground.quarters(rules.stretched_leg))
        cost += step
    most = rules.stretched_budget
    return say("cut off: too far from {source}, supply distance {n} (limit {most})", source=source, n=cost, most=most)


def _wished_way(state: Position, faction: int, goal: int, gates: tuple[supply_net.Gate, ...]) -> tuple[int, ...]:
    """The way from ``goal`` back to the source it would be fed from: short, and with as few breaks as may be.

    A node of the search is twice the hex, plus one once the way has left the road for good; in the queue it stands
    with its cost as one number.
    """
    shut, toll = supply_net.closed(state, faction), state.world.rules.supply.road_budget
    roads, legs, bridging = supply_net.roads(state), supply_net.last_leg(state), _broken_crossings(state)
    came: dict[int, int] = {}
    best = {gate.source.hex * 2: toll if gate.why else 0 for gate in reversed(gates)}
    queue = sorted(cost << NODE_BITS | node for node, cost in best.items())
    while queue:
        cost, node = divmod(heappop(queue), 1 << NODE_BITS)
        if best[node] != cost:
            continue
        here, off_road = divmod(node, 2)
        if here == goal:
            return tuple(_back(came, node))
        entry = 0 if shut[here] else toll  # a stretch of closed hexes is one break, however long
        for layer, factor, steps in _onward(here, roads, legs, bridging, toll)[off_road:]:
            for there, price in steps:
                total = cost + price * factor + (entry if shut[there] and there != goal else 0)
                onward = there * 2 + layer
                if total < best.get(onward, UNREACHED):
                    best[onward], came[onward] = total, node
                    heappush(queue, total << NODE_BITS | onward)
    return ()


def _onward(
    here: int, roads: Adjacency, legs: Adjacency, bridging: dict[int, list[int]], toll: int
) -> tuple[tuple[int, int, supply_net.Steps], ...]:
    """Steps from a hex as (layer they lead to, factor of the price, steps): by road first, then off it."""
    by_road = roads[here]
    if here in bridging:
        by_road = (*by_road, *((there, toll) for there in bridging[here]))
    return (0, 1, by_road), (1, 4, legs[here])


def _back(came: dict[int, int], node: int) -> Iterator[int]:
    while node >= 0:
        yield node // 2
        node = came.get(node, -1)


def _broken_crossings(state: Position) -> dict[int, list[int]]:
    """Hex -> the hexes over a major river to which a crossing stood once, or a road leads on both banks."""
    world, standing = state.world, ground.open_crossings(state)
    once = {site.side for site in world.sites}
    out: dict[int, list[int]] = {}
    for side in costs.major_sides(world):
        if side not in standing and (world.road[side] or side in once):
            one, other = world.grid.ends[side]
            out.setdefault(one, []).append(other)
            out.setdefault(other, []).append(one)
    return out
