"""1. The map: what terrain, roads, rivers and crossings cost to march through.

1.1 Entering a hex costs its terrain's price for the unit's mobility class, in quarter movement points; along
    a road, track or highway it costs the road's price instead.
1.2 A minor river without a bridge costs extra to cross; a major one lets nobody across by marching. An open
    bridge, dam or pontoon carries everybody; a ferry carries a few steps a turn (chapter 8).
1.3 An escarpment stops wheels and tracks off the road.
1.4 In rain, wadis cost extra.

The costs become adjacency lists, one per mobility class, weather and state of the crossings, kept with the
world. Only the hexes beside a crossing differ between two states of the crossings, so a change is cheap.
"""

from __future__ import annotations

from collections.abc import Mapping

from game.kernels.reach import Adjacency
from game.scenario.world import River, Road, World
from game.state.tables import Position

MOBILITY = ("foot", "wheeled", "tracked")
BRIDGE, FERRY, PONTOON, DAM = range(4)
KINDS = ("bridge", "ferry", "pontoon", "dam")
GONE, OPEN, BUILDING = range(3)
CLEAR, DUST, RAIN = range(3)

Patch = tuple[tuple[int, int], ...]
"""Open crossings: ((side, kind), ...)."""


def open_crossings(state: Position) -> Mapping[int, int]:
    """Side -> kind of the crossings that carry traffic now."""
    return state.kept("open crossings", lambda: _open_crossings(state))


def _open_crossings(state: Position) -> dict[int, int]:
    sites = state.sites
    return {side: kind for side, kind, now in zip(sites.side, sites.kind, sites.state, strict=True) if now == OPEN}


def carries(state: Position, side: int) -> bool:
    """Whether a hexside can be crossed dry: no major river, or an open bridge, dam or pontoon over it."""
    if state.world.river[side] != River.MAJOR:
        return True
    return open_crossings(state).get(side, FERRY) != FERRY


def joins(state: Position, side: int) -> bool:
    """Whether zones of control reach across a side: not over a major river without a crossing (chapter 3)."""
    return side >= 0 and carries(state, side)


def adjacency(state: Position, mobility: int) -> Adjacency:
    """Where a unit of a mobility class can march from each hex, and at what cost, known enemies aside."""
    world, weather = state.world, state.clock.weather
    crossings: Patch = state.kept("patch", lambda: tuple(sorted(open_crossings(state).items())))
    rain = weather == RAIN
    return world.kept(("march", mobility, rain, crossings), lambda: _march(world, mobility, rain, crossings))


def road_adjacency(state: Position, mobility: int) -> Adjacency:
    """The same along roads only, for road marches."""
    world = state.world
    crossings: Patch = state.kept("patch", lambda: tuple(sorted(open_crossings(state).items())))
    return world.kept(("road march", mobility, crossings), lambda: _road_march(world, mobility, crossings))


def step_cost(state: Position, mobility: int, here: int, there: int) -> int:
    """Cost to march from a hex into a neighbour, -1 when that is impossible."""
    for near, cost in adjacency(state, mobility)[here]:
        if near == there:
            return cost
    return -1


def explain_step(state: Position, mobility: int, here: int, there: int) -> str:
    """The cost of a step in words, or why it cannot be taken."""
    world, rules = state.world, state.world.rules
    side = world.grid.side_between(here, there)
    if side < 0:
        return "the hexes do not touch"
    cost = step_cost(state, mobility, here, there)
    kind = terrain_of(world, there)
    name = "unplayable ground" if kind is None else kind.name.lower()
    if cost < 0:
        return _why_closed(state, mobility, here, there, side, name)
    by = ""
    if world.road[side] and _road_open(world, side, dict(open_crossings(state))):
        by = f" by {Road(world.road[side]).name.lower()}"
    river = {River.NONE: "", River.MINOR: " over a minor river", River.MAJOR: " over the river"}[River(world.river[side])]
    climb = " up an escarpment" if world.scarp[side] and not by else ""
    return f"{name}{by}{river}{climb}: {quarters(cost)}" + (" (rain)" if _wadi(world, there) and rules and state.clock.weather == RAIN else "")


def quarters(cost: int) -> str:
    """Quarter movement points as a player reads them: 2, 1½, ¾ ..."""
    whole, part = divmod(cost, 4)
    fraction = ("", "¼", "½", "¾")[part]
    return f"{whole or ''}{fraction}" or "0"


def terrain_of(world: World, here: int):  # type: ignore[no-untyped-def]
    """The terrain of a hex (:class:`game.ruleset.terrain.Terrain`), None on unplayable ground."""
    number = world.terrain[here]
    return None if number < 0 else terrains(world)[number]


def terrains(world: World):  # type: ignore[no-untyped-def]
    """Terrain kinds in the order of their numbers."""
    return world.kept("terrains", lambda: tuple(world.rules.terrain.kinds.values()))


def is_high(world: World, here: int) -> bool:
    """Whether a hex overlooks its lower neighbours."""
    kind = terrain_of(world, here)
    return kind is not None and kind.high


# --- tables -------------------------------------------------------------------------------------------------


def _why_closed(state: Position, mobility: int, here: int, there: int, side: int, name: str) -> str:
    world = state.world
    label = world.grid.label(there)
    if world.terrain[there] < 0:
        return f"hex {label} is outside the game"
    if world.river[side] == River.MAJOR and not carries(state, side):
        river = world.river_names.get(side, "the river")
        return f"no bridge or pontoon carries traffic over {river} from {world.grid.label(here)} to {label}"
    if world.scarp[side]:
        return f"an escarpment bars {MOBILITY[mobility]} units from {world.grid.label(here)} to {label} off the road"
    return f"{MOBILITY[mobility]} units cannot enter {name} at {label}"


def _wadi(world: World, here: int) -> bool:
    return world.terrain[here] == world.kept("wadi", lambda: _number(world, "wadi"))


def _number(world: World, kind: str) -> int:
    kinds = list(world.rules.terrain.kinds)
    return kinds.index(kind) if kind in kinds else -9


def _road_open(world: World, side: int, crossings: Mapping[int, int]) -> bool:
    # A road over a major river is only as good as the crossing on it.
    return world.river[side] != River.MAJOR or crossings.get(side, FERRY) != FERRY


def _march(world: World, mobility: int, rain: bool, crossings: Patch) -> Adjacency:
    base = world.kept(("march", mobility, rain), lambda: _rows(world, mobility, rain, {}, range(world.grid.size)))
    if not crossings:
        return base
    return _patched(world, base, crossings, lambda hexes, now: _rows(world, mobility, rain, now, hexes))


def _road_march(world: World, mobility: int, crossings: Patch) -> Adjacency:
    base = world.kept(("road march", mobility), lambda: _rows(world, mobility, False, {}, range(world.grid.size), True))
    if not crossings:
        return base
    return _patched(world, base, crossings, lambda hexes, now: _rows(world, mobility, False, now, hexes, True))


def _patched(world: World, base: Adjacency, crossings: Patch, make) -> Adjacency:  # type: ignore[no-untyped-def]
    beside = sorted({here for side, _ in crossings for here in world.grid.ends[side]})
    rows = list(base)
    for here, row in zip(beside, make(beside, dict(crossings)), strict=True):
        rows[here] = row
    return rows


def _rows(world: World, mobility: int, rain: bool, crossings: Mapping[int, int], hexes, only_roads: bool = False):  # type: ignore[no-untyped-def]
    grid, name = world.grid, MOBILITY[mobility]
    enter = [getattr(kind.enter, name) for kind in terrains(world)]
    out = []
    for here in hexes:
        row = []
        for there, side in zip(grid.neighbours[here], grid.sides[here], strict=True):
            if there < 0 or side < 0 or world.terrain[here] < 0 or world.terrain[there] < 0:
                continue
            cost = _side_cost(world, name, enter[world.terrain[there]], side, rain, there, crossings, only_roads)
            if cost >= 0:
                row.append((there, cost))
        out.append(tuple(row))
    return out


def _side_cost(
    world: World, name: str, off_road: int, side: int, rain: bool, there: int, crossings: Mapping[int, int], only_roads: bool
) -> int:
    rules = world.rules.movement
    by_road = bool(world.road[side]) and _road_open(world, side, crossings)
    cost = -1
    if by_road:
        cost = (0, rules.roads.track, rules.roads.road, rules.roads.highway)[world.road[side]]
        if off_road >= 0:
            cost = min(cost, off_road)
    elif not only_roads:
        cost = off_road
        if cost >= 0 and world.scarp[side] and side not in crossings:
            extra = getattr(rules.escarpment, name)
            cost = -1 if extra < 0 else cost + extra
        if cost >= 0 and rain and _wadi(world, there):
            cost = -1 if rules.wadi_rain < 0 else cost + rules.wadi_rain
    if cost < 0:
        return -1
    return _over_river(world, name, cost, side, crossings, by_road)


def _over_river(world: World, name: str, cost: int, side: int, crossings: Mapping[int, int], by_road: bool) -> int:
    rules, river = world.rules.movement, world.river[side]
    if river == River.NONE:
        return cost
    if crossings.get(side, FERRY) != FERRY:
        return cost + rules.bridge
    if river == River.MINOR:
        extra = 0 if by_road else getattr(rules.minor_river, name)
    else:
        extra = getattr(rules.major_river, name)
    return -1 if extra < 0 else cost + extra
