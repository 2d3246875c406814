"""Reach and supply against networkx, on moments of the shipped scenarios.

The oracle reads the scenario's own text (map rows, road paths, river sides) and the rules' numbers, and follows the
rulebook in the plainest way: a graph, Dijkstra, and nothing kept. It shares no table with the engine but the grid.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import networkx as nx
import pytest

from game.hexgrid import HexGrid
from game.rules import movement
from game.rules.supply_map import supply_map
from game.scenario.world import Stance, World
from game.state import State, Supplied
from game.state.codes import Spent
from tests.contract.conftest import moments_of

MOBILITIES = ("foot", "wheeled", "tracked")
RANK = {"": 0, "track": 1, "road": 2, "highway": 3}
FERRY, OPEN, RAIN = 1, 1, 2


class Chart:
    """The map as the files draw it."""

    def __init__(self, world: World) -> None:
        self.grid: HexGrid = world.grid
        plain: dict[str, Any] = world.raw["map"]
        kinds = {kind.symbol: kind for kind in world.rules.terrain.kinds.values()}
        self.ground = [kinds.get(symbol) for row in plain["terrain"] for symbol in row]
        self.river: dict[int, str] = {}
        for river in plain.get("rivers", []):
            for label in river["sides"]:
                side = self.grid.side(label)
                if self.river.get(side) != "major":
                    self.river[side] = river["kind"]
        self.scarp = {self.grid.side(label) for one in plain.get("escarpments", []) for label in one["sides"]}
        self.road: dict[int, str] = {}
        for road in plain.get("roads", []):
            for a, b in pairwise(self.grid.hex(label) for label in road["path"]):
                side = self.grid.side_between(a, b)
                if RANK[road["kind"]] > RANK[self.road.get(side, "")]:
                    self.road[side] = road["kind"]


_charts: dict[int, Chart] = {}


def chart(world: World) -> Chart:
    """The chart of a world, drawn once."""
    if id(world.raw) not in _charts:
        _charts[id(world.raw)] = Chart(world)
    return _charts[id(world.raw)]


def open_crossings(state: State) -> dict[int, int]:
    """Hexside -> kind of the crossing on it."""
    sites = state.sites
    return {side: kind for side, kind, now in zip(sites.side, sites.kind, sites.state, strict=True) if now == OPEN}


def march_price(state: State, here: int, there: int, mobility: str, *, by_road: bool) -> int | None:
    """Rulebook 1: what it costs to march from a hex into the next, None when that is impossible."""
    world, map_ = state.world, chart(state.world)
    rules, side = world.rules.movement, map_.grid.side_between(here, there)
    ground, crossing = map_.ground[there], open_crossings(state).get(side)
    price: int
    if ground is None or map_.ground[here] is None:
        return None
    dry = crossing is not None and crossing != FERRY
    river = map_.river.get(side, "")
    road = map_.road.get(side, "") if river != "major" or dry else ""
    off_road: int = getattr(ground.enter, mobility)
    if road:
        price = getattr(rules.roads, road)
        price = min(price, off_road) if off_road >= 0 else price
    else:
        if by_road or off_road < 0:
            return None
        price = off_road
        if side in map_.scarp and crossing is None:
            climb = getattr(rules.escarpment, mobility)
            if climb < 0:
                return None
            price += climb
        if state.clock.weather == RAIN and ground is world.rules.terrain.kinds.get("wadi"):
            if rules.wadi_rain < 0:
                return None
            price += rules.wadi_rain
    if not river:
        return price
    if dry:
        return price + rules.bridge
    if river == "minor" and road:
        return price
    extra = getattr(rules.minor_river if river == "minor" else rules.major_river, mobility)
    return None if extra < 0 else price + extra


def known_zone(state: State, faction: int) -> set[int]:
    """Rulebook 3: hexes under the zone of an enemy whom the faction knows."""
    world, intel, found = state.world, state.intel[faction], set[int]()
    for row, owner in enumerate(world.roster.faction):
        if not world.at_war(faction, owner) or not intel.level[row]:
            continue
        if intel.level[row] == 1:
            sizes = world.rules.units.contacts
            exerts = intel.steps[row] > sizes[0].high
        else:
            weak = intel.steps[row] - intel.disrupted[row] < world.rules.movement.zone_steps
            exerts = not weak and not set(world.rules.movement.zoneless_traits) & world.roster.traits[row]
        if exerts:
            found |= reached_by_zone(state, intel.hex[row])
    return found


def reached_by_zone(state: State, here: int) -> set[int]:
    """The hexes around one, but for those beyond a major river without a crossing that carries traffic."""
    map_, crossings = chart(state.world), open_crossings(state)
    found = set()
    for there in map_.grid.near[here]:
        side = map_.grid.side_between(here, there)
        if map_.river.get(side) != "major" or crossings.get(side, FERRY) != FERRY:
            found.add(there)
    return found


def expected_reach(state: State, row: int) -> dict[int, int]:
    """Rulebook 4: where a unit can march, with the price."""
    world, units, roster = state.world, state.units, state.world.roster
    faction, start, rules = roster.faction[row], units.hex[row], world.rules.movement
    intel, zone = state.intel[faction], known_zone(state, faction)
    barred = {
        intel.hex[other]
        for other, owner in enumerate(roster.faction)
        if intel.level[other] and world.stance[faction][owner] >= Stance.RIVAL
        and not (world.stance[faction][owner] == Stance.RIVAL and intel.steps[other] <= 1)
    }  # fmt: skip
    tied = units.spent[row] & Spent.STOPPED or units.locked[row] > state.clock.turn
    budget = 0 if tied else units.mp[row]
    mobility, by_road = MOBILITIES[roster.mobility[row]], bool(units.spent[row] & Spent.MARCHED)
    net = nx.DiGraph()
    net.add_node((start, True))
    near = [here for here in world.grid.disk(start, budget // 2 + 1) if chart(world).ground[here] is not None]
    for here in near:
        for there in world.grid.near[here]:
            price = march_price(state, here, there, mobility, by_road=by_road)
            if price is None or there in barred:
                continue
            goes_on = not (rules.zone_to_zone_ends and here in zone and there in zone)
            net.add_edge((here, True), (there, goes_on), weight=price + (rules.zone_entry if there in zone else 0))
    costs: dict[int, int] = {}
    for (here, _), cost in nx.single_source_dijkstra_path_length(net, (start, True), cutoff=budget).items():
        costs[here] = min(cost, costs.get(here, cost))
    return costs


def shut(state: State, faction: int) -> set[int]:
    """Rulebook 7.2: hexes through which nothing of a faction's supply passes, in truth."""
    world, units, roster = state.world, state.units, state.world.roster
    on_map = [(row, here) for row, here in enumerate(units.hex) if here >= 0]
    own = {here for row, here in on_map if world.stance[faction][roster.faction[row]] <= Stance.ALLIED}
    closed = set()
    for here, holder in enumerate(state.hexes.control):
        if holder >= 0 and world.stance[faction][holder] >= Stance.RIVAL and here not in own:
            closed.add(here)
    for row, here in on_map:
        owner = roster.faction[row]
        if world.stance[faction][owner] < Stance.RIVAL or units.hidden[row]:
            continue
        holder = state.hexes.control[here]
        if world.at_war(faction, owner) or holder < 0 or world.stance[faction][holder] > Stance.ALLIED:
            closed.add(here)
        strong = units.steps[row] - units.disrupted[row] >= world.rules.movement.zone_steps
        if (
            world.at_war(faction, owner)
            and strong
            and not set(world.rules.movement.zoneless_traits) & roster.traits[row]
        ):
            closed |= reached_by_zone(state, here) - own
    return closed


def supply_road_price(state: State, here: int, there: int, faction: int) -> int | None:
    """Rulebook 7.1: what supply pays along a road or over a crossing, None where it cannot flow."""
    world, map_ = state.world, chart(state.world)
    side, rules = map_.grid.side_between(here, there), world.rules.supply.carriage
    road, crossing = map_.road.get(side, ""), open_crossings(state).get(side)
    if map_.ground[here] is None or map_.ground[there] is None or (not road and crossing is None):
        return None
    price: int = getattr(rules, road or "track")
    if map_.river.get(side) == "major":
        if crossing is None:
            return None
        price += rules.crossing
    mark = state.hexes.interdicted[there]
    return price + (rules.interdicted if mark and world.at_war(faction, mark - 1) else 0)


def spread(net: nx.DiGraph, starts: dict[int, int], limit: int, relays: dict[int, tuple[int, ...]]) -> dict[int, int]:
    """Costs from some starts; a relay that is reached becomes a start at the highest level not above its cost."""
    starts = dict(starts)
    while starts:
        graph = net.copy()
        graph.add_weighted_edges_from(("start", here, cost) for here, cost in starts.items())
        costs = nx.single_source_dijkstra_path_length(graph, "start", cutoff=limit)
        falls = {
            here: max((one for one in relays[here] if one <= costs[here]), default=0)
            for here in relays
            if here in costs
        }
        more = {
            here: level for here, level in falls.items() if level < costs[here] and min(relays[here]) <= costs[here]
        }
        if not more:
            return {here: cost for here, cost in costs.items() if here != "start"}
        starts |= more
    return {}


def expected_supply(state: State, faction: int) -> dict[int, Supplied]:
    """Rulebook 7: what the net offers in every hex that it reaches, capacities aside."""
    world, map_, rules = state.world, chart(state.world), state.world.rules.supply
    closed, control, grid = shut(state, faction), state.hexes.control, world.grid

    def held(here: int) -> bool:
        return control[here] >= 0 and world.together(faction, control[here])

    ends = set(world.exits.values())
    sources: dict[int, int] = {}
    relays: dict[int, int] = {}
    for source in world.factions[faction].sources:
        in_time = source.since <= state.clock.turn and not (source.until and state.clock.turn > source.until)
        at_edge = source.kind == "edge" or source.hex in ends
        struck = dict(state.clock.struck).get(source.hex, 0) if source.arsenal else 0  # arsenals, 9.16
        if in_time and struck < state.clock.turn and source.hex not in closed and (held(source.hex) or at_edge):
            if source.kind == "depot":
                relays[source.hex] = rules.relays.depot
            else:
                sources[source.hex] = 0
    for place in world.places:
        if place.kind == "airbase" and held(place.hex) and place.hex not in closed:
            relays[place.hex] = min(rules.relays.airbase, relays.get(place.hex, 999))
    staffs = [
        here for row, here in enumerate(state.units.hex)
        if here >= 0 and world.roster.faction[row] == faction and "hq" in world.roster.traits[row]
    ]  # fmt: skip
    for here in staffs:
        relays[here] = min(rules.relays.headquarters, relays.get(here, 999))
    by_road, off_road = nx.DiGraph(), nx.DiGraph()
    for here in range(grid.size):
        for there in grid.near[here]:
            if there in closed:
                continue
            price = supply_road_price(state, here, there, faction)
            if price is not None:
                by_road.add_edge(here, there, weight=price)
            leg = march_price(state, here, there, "wheeled", by_road=False)
            leg = march_price(state, here, there, "foot", by_road=False) if leg is None else leg
            if leg is not None:
                off_road.add_edge(here, there, weight=leg)
    costs = spread(by_road, sources, rules.stretched_budget, {here: (level,) for here, level in relays.items()})
    starts = {here: 0 if cost <= rules.road_budget else rules.last_leg + 1 for here, cost in costs.items()}
    legs = spread(off_road, starts, rules.stretched_leg, dict.fromkeys(staffs, (rules.last_leg + 1, 0)))
    assert map_.grid is grid
    return {here: Supplied.FULL if leg <= rules.last_leg else Supplied.STRETCHED for here, leg in legs.items()}


def judge_reach(state: State, units: int) -> None:
    rows = [
        row
        for row, here in enumerate(state.units.hex)
        if here >= 0 and state.world.roster.faction[row] == state.faction
    ]
    rows.sort(key=lambda row: (-state.units.mp[row], row))
    for row in rows[:units]:
        found, wanted = movement.within_reach(state, row).cost, expected_reach(state, row)
        assert found == wanted, f"{state.world.roster.id[row]}, turn {state.clock.turn}"


def judge_supply(state: State) -> None:
    for faction in range(len(state.world.factions)):
        chart_ = supply_map(state, faction)
        found = {h: chart_.state_at(h) for h in range(state.world.grid.size) if chart_.state_at(h) != Supplied.CUT}
        wanted = expected_supply(state, faction)
        if found != wanted:
            label = state.world.grid.label
            odd = {
                label(h): (found.get(h), wanted.get(h))
                for h in sorted({*found, *wanted})
                if found.get(h) != wanted.get(h)
            }
            raise AssertionError(f"{state.world.factions[faction].id}, turn {state.clock.turn}: {odd}")


def test_reach_is_what_the_slow_reading_says(one_world: World) -> None:
    for state in moments_of(one_world.id)[:3]:
        judge_reach(state, 3)


def test_i16_i17_supply_is_what_the_slow_reading_says(one_world: World) -> None:
    for state in moments_of(one_world.id)[::2]:
        judge_supply(state)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20, 32))
def test_reach_and_supply_on_many_moments(world: World, seed: int) -> None:
    for state in moments_of(world.id, seed, 60, 15):
        judge_reach(state, 12)
        judge_supply(state)
