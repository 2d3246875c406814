"""March costs as tables: where one can go from each hex by mobility class, and at what price (chapter 1).

Kept with the world. Two states of the crossings differ only in the hexes beside them, so the table without
crossings is made once and patched for each state: a new bridge costs microseconds, not milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import itemgetter

from game.kernels.reach import Adjacency
from game.ruleset.terrain import Terrain
from game.scenario.world import River, World
from game.state.codes import CrossingKind

Row = tuple[tuple[int, int], ...]
Patch = tuple[tuple[int, int], ...]
"""Open crossings as (side, kind), in side order."""


@dataclass(frozen=True, slots=True)
class Going:
    """How one marches: mobility class, wet or dry, and whether along roads only."""

    mobility: int
    rain: bool = False
    only_roads: bool = False


def adjacency(world: World, going: Going, crossings: Patch) -> Adjacency:
    """The pairs (neighbour, cost) of every hex; ``crossings`` are the open ones as (side, kind)."""
    return world.kept(("march", going, crossings), lambda: _patched(world, going, crossings))


def terrains(world: World) -> tuple[Terrain, ...]:
    """Terrain kinds in the order of their numbers."""
    return world.kept("terrains", lambda: tuple(world.rules.terrain.kinds.values()))


def grounds(world: World) -> tuple[Terrain | None, ...]:
    """The terrain of every hex, None on unplayable ground."""
    found: tuple[Terrain | None, ...] | None = world.answers.get("grounds")  # asked too often for a closure
    return found if found is not None else world.kept("grounds", lambda: _grounds(world))


def _grounds(world: World) -> tuple[Terrain | None, ...]:
    kinds = (*terrains(world), None)  # the last one answers for -1
    return tuple(kinds[number] for number in world.terrain)


def is_bridged(side: int, crossings: Mapping[int, int]) -> bool:
    """Whether an open crossing carries a march over a side: any but a ferry."""
    return crossings.get(side, _FERRY) != _FERRY


_FERRY = CrossingKind.FERRY  # asked for every hexside


def is_dry(world: World, side: int, crossings: Mapping[int, int]) -> bool:
    """Whether a side can be crossed without getting wet: no major river, or a crossing that carries a march."""
    return world.river[side] != River.MAJOR or is_bridged(side, crossings)


def road_is_open(world: World, side: int, crossings: Mapping[int, int]) -> bool:
    """Whether a road leads over a side: over the major river it is only as good as the crossing there."""
    return bool(world.road[side]) and is_dry(world, side, crossings)


def major_sides(world: World) -> tuple[int, ...]:
    """All hexsides along which a major river flows, the rim of the map left out."""
    ends = world.grid.ends
    return world.kept(
        "major sides",
        lambda: tuple(side for side, kind in enumerate(world.river) if kind == River.MAJOR and ends[side][1] >= 0),
    )


def is_wadi(world: World, here: int) -> bool:
    """Whether a hex is a wadi, which rain fills."""
    return world.terrain[here] == world.kept("wadi", lambda: _number(world, "wadi"))


def _number(world: World, kind: str) -> int:
    kinds = list(world.rules.terrain.kinds)
    return kinds.index(kind) if kind in kinds else -9


def _patched(world: World, going: Going, crossings: Patch) -> Adjacency:
    base: list[Row] = world.kept(("march", going), lambda: _rows(world, going, {}, range(world.grid.size)))
    if not crossings:
        return base
    rows, hexes = list(base), beside(world, crossings)
    for here, row in zip(hexes, _rows(world, going, dict(crossings), hexes), strict=True):
        rows[here] = row
    return rows


def beside(world: World, crossings: Patch) -> list[int]:
    """The hexes beside some crossings: all whose costs differ from those without them."""
    return sorted({here for side, _ in crossings for here in world.grid.ends[side] if here >= 0})


def _rows(world: World, going: Going, crossings: Mapping[int, int], hexes: Iterable[int]) -> list[Row]:
    grid, terrain, road, river, scarp = world.grid, world.terrain, world.road, world.river, world.scarp
    out = []
    # Equal pairs are stored once, so that on large maps the loops over them stay in the processor's cache.
    steps: dict[tuple[int, int], tuple[int, int]] = world.kept("steps", dict)
    prices: dict[tuple[int, int, int, int, int | None], int] = {}
    for here in hexes:
        row = []
        for there, side in zip(grid.neighbours[here], grid.sides[here], strict=True):
            if there < 0 or side < 0 or terrain[here] < 0 or terrain[there] < 0:
                continue
            alike = terrain[there], road[side], river[side], scarp[side], crossings.get(side)
            if alike not in prices:
                prices[alike] = _step(world, going, crossings, there, side)
            cost = prices[alike]
            if cost >= 0:
                pair = (there, cost)
                row.append(steps.setdefault(pair, pair))
        out.append(tuple(sorted(row, key=itemgetter(1))))
    return out


def _step(world: World, going: Going, crossings: Mapping[int, int], there: int, side: int) -> int:
    """Cost to enter ``there`` over ``side``, -1 when that is impossible.

    It hangs on the ground entered and on road, river, escarpment and crossing of the side, as :func:`_rows` expects.
    """
    rules = world.rules.movement
    off_road = terrains(world)[world.terrain[there]].cost(going.mobility)
    by_road = road_is_open(world, side, crossings)
    if by_road:
        road = (0, rules.roads.track, rules.roads.road, rules.roads.highway)[world.road[side]]
        cost = min(road, off_road) if off_road >= 0 else road
    elif going.only_roads:
        return -1
    else:
        cost = _off_road(world, going, crossings, there, side, off_road)
    return cost if cost < 0 else _over_river(world, going, crossings, side, cost, by_road)


def _off_road(world: World, going: Going, crossings: Mapping[int, int], there: int, side: int, cost: int) -> int:
    rules = world.rules.movement
    if cost >= 0 and world.scarp[side] and side not in crossings:
        extra = rules.escarpment.cost(going.mobility)
        cost = -1 if extra < 0 else cost + extra
    if cost >= 0 and going.rain and is_wadi(world, there):
        cost = -1 if rules.wadi_rain < 0 else cost + rules.wadi_rain
    return cost


def _over_river(world: World, going: Going, crossings: Mapping[int, int], side: int, cost: int, by_road: bool) -> int:
    rules, river = world.rules.movement, world.river[side]
    if river == River.NONE:
        return cost
    if is_bridged(side, crossings):
        return cost + rules.bridge
    if river == River.MINOR:
        extra = 0 if by_road else rules.minor_river.cost(going.mobility)
    else:
        extra = rules.major_river.cost(going.mobility)
    return -1 if extra < 0 else cost + extra
