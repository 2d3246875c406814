"""The supply map: what every hex is worth to a faction's supply, and which units are fed (rules 7.4 to 7.6).

One spread along the roads gives the cost of the way; a second one from all hexes it reaches gives the last leg off
the road. Both are kept with the moment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import compress, pairwise

from game.kernels.reach import Adjacency
from game.kernels.recent import Recent
from game.kernels.spread import UNREACHED, Spread, spread
from game.rules import command, ground, supply_net
from game.scenario.world import River, World
from game.state.codes import CrossingKind, Supplied, Weather
from game.state.tables import Position
from game.words import say

SPREADS = 40
"""Pairs of spreads that are remembered: those of each faction over the last moments."""


@dataclass(frozen=True, slots=True)
class SupplyMap:
    """A faction's supply at one moment."""

    faction: int
    road: Spread
    """Cost of the way along roads from a source, in supply points."""
    leg: Spread
    """Cost of the last leg off the road: full supply up to ``last_leg``. Roads beyond the normal budget start above."""
    last_leg: int
    source_at: Mapping[int, int]
    """Hex of an open source -> its number in ``world.factions[f].sources``."""
    fed: Mapping[int, Supplied]
    """Own unit on the map -> how it is supplied, once capacities are shared out."""
    crowded: Mapping[int, str]
    """Own unit -> what has no room left for it, in words."""
    load: Mapping[str, tuple[int, int]]
    """Source or crossing in words -> (steps fed through it, capacity)."""

    def state_at(self, here: int) -> Supplied:
        """What the net offers in a hex, capacities aside."""
        cost = self.leg.at(here)
        if cost <= self.last_leg:
            return Supplied.FULL
        return Supplied.STRETCHED if cost < UNREACHED else Supplied.CUT

    def way(self, here: int) -> tuple[int, ...]:
        """The hexes from a supplied hex back to its source, both included; empty when it is cut."""
        if here not in self.leg.cost:
            return ()
        off_road = self.leg.way_back(here)
        return (*off_road, *self.road.way_back(off_road[-1])[1:])

    def road_cost(self, here: int) -> int:
        """Cost of the way along roads to where the last leg to a supplied hex begins."""
        return self.road.cost[self.leg.way_back(here)[-1]]


def supply_map(state: Position, faction: int) -> SupplyMap:
    """The supply of a faction now, as far as the given moment (the truth, or a view) tells."""
    return state.kept(("supply", faction), lambda: _supply_map(state, faction))


def offered(state: Position, faction: int) -> SupplyMap:
    """The same before capacities are shared out: nobody is in ``fed``, ``crowded`` or ``load``."""
    return state.kept(("supply offered", faction), lambda: _offered(state, faction))


def state_if_held(state: Position, faction: int, here: int) -> Supplied:
    """What a unit would find in a hex if it stood there: its own presence opens a hex that an enemy zone closes."""
    chart = offered(state, faction)
    if here in chart.leg.cost:
        return chart.state_at(here)
    rules = state.world.rules.supply
    best = UNREACHED
    for lists, ways, limit in (
        (supply_net.last_leg(state), chart.leg, rules.stretched_leg),
        (supply_net.roads(state), chart.road, rules.stretched_budget),
    ):
        for near in state.world.grid.near[here]:
            step = next((cost for there, cost in lists[near] if there == here), -1)
            if step >= 0 and ways.at(near) + step <= limit:
                total = ways.cost[near] + step
                best = min(best, total if ways is chart.leg else _band(total, rules.road_budget, rules.last_leg))
    return Supplied.CUT if best == UNREACHED else Supplied.FULL if best <= rules.last_leg else Supplied.STRETCHED


def _band(road_cost: int, budget: int, last_leg: int) -> int:
    # Where the last leg starts to count: a road beyond the normal budget is no better than the end of a full last leg.
    return 0 if road_cost <= budget else last_leg + 1


def _supply_map(state: Position, faction: int) -> SupplyMap:
    bare = offered(state, faction)
    fed, crowded, load = _share_out(state, bare)
    return replace(bare, fed=fed, crowded=crowded, load=load)


def _offered(state: Position, faction: int) -> SupplyMap:
    rules = state.world.rules.supply
    shut = supply_net.closed(state, faction)
    gates = [gate for gate in supply_net.gates(state, faction) if not gate.why]
    source_at: dict[int, int] = {}
    for gate in gates:
        source_at.setdefault(gate.source.hex, gate.number)
    road, off_road = _spreads(state, faction, tuple(source_at), shut)
    return SupplyMap(faction, road, off_road, rules.last_leg, source_at, {}, {}, {})


def _spreads(state: Position, faction: int, sources: tuple[int, ...], shut: bytearray) -> tuple[Spread, Spread]:
    """The way along the roads and the last leg off them: the same as long as all that they depend on is."""
    world, rules = state.world, state.world.rules.supply
    struck, relays = _struck(state, faction), supply_net.road_relays(state, faction)
    staffs, rain = command.headquarters(state, faction), state.clock.weather == Weather.RAIN

    def make() -> tuple[Spread, Spread]:
        roads = _slowed(world, struck, supply_net.roads(state))
        road = spread(roads, [(here, 0) for here in sources], rules.stretched_budget, shut, relays)
        leg = rules.last_leg
        band = [_band(cost, rules.road_budget, leg) for cost in range(rules.stretched_budget + 1)]
        starts = [(here, band[cost]) for here, cost in sorted(road.cost.items())]
        levels = dict.fromkeys(staffs, (leg + 1, 0))
        return road, spread(supply_net.last_leg(state), starts, rules.stretched_leg, shut, levels)

    key = (sources, bytes(shut), struck, tuple(relays.items()), staffs, rain, ground.patch(state))
    memory: Recent[tuple[Spread, Spread]] = world.kept("supply spreads", lambda: Recent(SPREADS))
    return memory.found(key, make)


def _struck(state: Position, faction: int) -> frozenset[int]:
    """Hexes where an enemy's interdiction slows a faction's supply."""
    world, marks = state.world, state.hexes.interdicted
    if not any(marks):
        return frozenset()
    hostile = [False, *(world.at_war(faction, other) for other in range(len(world.factions)))]
    return frozenset(here for here in compress(range(len(marks)), marks) if hostile[marks[here]])


def _slowed(world: World, struck: frozenset[int], roads: Adjacency) -> Adjacency:
    """The roads with what the interdiction of enemies adds to them."""
    if not struck:
        return roads
    extra, rows = world.rules.supply.carriage.interdicted, list(roads)
    for here in sorted({near for there in struck for near in world.grid.near[there]}):
        rows[here] = tuple((there, cost + extra if there in struck else cost) for there, cost in roads[here])
    return rows


def _share_out(
    state: Position, chart: SupplyMap
) -> tuple[dict[int, Supplied], dict[int, str], dict[str, tuple[int, int]]]:
    # Rule 7.6: nearest first, then in row order; who finds a source or crossing used up is stretched.
    units, owner = state.units, state.world.roster.faction
    fed: dict[int, Supplied] = {}
    legs: dict[int, tuple[int, ...]] = {}
    queue = []
    for row, here in enumerate(units.hex):
        if here >= 0 and owner[row] == chart.faction:
            fed[row] = chart.state_at(here)
            if fed[row] != Supplied.CUT:
                if here not in legs:
                    legs[here] = chart.leg.way_back(here)
                queue.append((chart.road.cost[legs[here][-1]], chart.leg.cost[here], row))
    crowded: dict[int, str] = {}
    load: dict[str, tuple[int, int]] = {}
    ways: dict[int, tuple[tuple[str, int], ...]] = {}
    for _, _, row in sorted(queue):
        here = units.hex[row]
        if here not in ways:
            ways[here] = _bottlenecks(state, chart, legs[here])
        full = next((name for name, room in ways[here] if load.get(name, (0, room))[0] + units.steps[row] > room), "")
        if full:
            crowded[row], fed[row] = full, Supplied.STRETCHED
            continue
        for name, room in ways[here]:
            load[name] = (load.get(name, (0, room))[0] + units.steps[row], room)
    return fed, crowded, load


def _bottlenecks(state: Position, chart: SupplyMap, leg: tuple[int, ...]) -> tuple[tuple[str, int], ...]:
    """What limits the supply at the end of a last leg: its source and the crossings on the way, with their capacity."""
    world, crossings = state.world, ground.open_crossings(state)
    way = (*leg, *chart.road.way_back(leg[-1])[1:])
    source = world.factions[chart.faction].sources[chart.source_at[way[-1]]]
    out = [(source.name, source.capacity)]
    links, banks = state.kept("crossing links", lambda: _links(state))
    if not banks.isdisjoint(way):
        for pair in pairwise(way):
            side = links.get(pair, -1)
            if side >= 0:
                name = say(
                    "the {kind} at {side}", kind=CrossingKind(crossings[side]).word, side=world.grid.side_label(side)
                )
                out.append((name, supply_net.crossing_capacity(world, crossings[side])))
    return tuple(dict.fromkeys(out))


def _links(state: Position) -> tuple[dict[tuple[int, int], int], frozenset[int]]:
    """The open crossings of major rivers by the hexes that they join, and all these hexes."""
    world = state.world
    out = {}
    for side in ground.open_crossings(state):
        if world.river[side] == River.MAJOR:
            one, other = world.grid.ends[side]
            out[one, other] = out[other, one] = side
    return out, frozenset(here for pair in out for here in pair)
