"""Ways over the map as a planner sees them: the river can be bridged, enemies can be beaten, both at a price.

The game's own adjacency lists say where a unit can march today. For weeks ahead a staff counts a river hexside
without a crossing as a delay, and lets the enemy's hexes to its attack plans.
"""

from __future__ import annotations

from collections.abc import Sequence

from game.kernels.reach import Adjacency, Outward
from game.kernels.recent import Recent
from game.rules import costs, ground
from game.ruleset.terrain import Mobility
from game.scenario.world import River, World
from game.state.codes import Weather
from game.state.tables import Position

VEHICLES = Mobility.WHEELED
"""Fields are worked out for men on foot and for vehicles; wheels stand for tracks, which differ little."""

BEYOND = 1 << 20
"""More than any way takes."""

FAR = 360
"""Quarter points beyond which nothing is planned: about ten turns of marching."""

BRIDGING = 44
"""What crossing a river without a crossing counts: the turn that a pontoon takes, and getting it there."""

AT_SITE = 32
"""The same where a bridge or a ferry stands, or roads end on both banks: the approaches are there, and feed who
crosses."""

ASHORE = 6
"""What each enemy hex next to the landing adds."""

AROUND = 60
"""Fields around enemies that are remembered."""

FIELDS, HEXES = 600, 12_000_000
"""Fields to goals that are remembered, and the hexes that all of them may have together: each takes eight bytes."""


def lists(state: Position, mobility: int, bridging: bool = True) -> Adjacency:
    """Where a planner can march from each hex: as in the game, and, who can bridge, over the river at a price."""
    if not bridging:
        return ground.adjacency(state, mobility)
    return state.world.kept(("plan", mobility, *_river_now(state)), lambda: _lists(state, mobility))


def least_step(state: Position, mobility: int, bridging: bool = True) -> int:
    """What one step costs at least, in quarter points, wherever it leads."""
    found = lists(state, mobility, bridging)
    key = ("least step", mobility, bridging, *_river_now(state))
    return state.world.kept(key, lambda: min((steps[0][1] for steps in found if steps), default=0))


def _river_now(state: Position) -> tuple[bool, ground.Patch, tuple[int, ...]]:
    # Everything of the moment that the planner's costs depend on: what is kept with the world must name it all.
    return state.clock.weather == Weather.RAIN, ground.patch(state), tuple(state.sites.side)


def _lists(state: Position, mobility: int) -> Adjacency:
    world = state.world
    base = list(ground.adjacency(state, mobility))
    sites = set(state.sites.side)
    on_road = {end for side, road in enumerate(world.road) if road for end in world.grid.ends[side]}
    for side in costs.major_sides(world):
        if ground.carries(state, side):
            continue
        one, other = world.grid.ends[side]
        price = AT_SITE if side in sites or world.road[side] or {one, other} <= on_road else BRIDGING
        for here, there in ((one, other), (other, one)):
            kind = ground.terrain_of(world, there)
            enter = kind.cost(mobility) if kind is not None else -1
            if enter >= 0 and ground.terrain_of(world, here) is not None:
                base[here] = (*base[here], (there, enter + price))
    return base


def banks(world: World) -> Sequence[int]:
    """A number for each hex: hexes with the same one are not parted by a major river."""
    return world.kept("banks", lambda: _banks(world))


def _banks(world: World) -> tuple[int, ...]:
    grid, out, number = world.grid, [-1] * world.grid.size, 0
    for start in range(grid.size):
        if out[start] >= 0:
            continue
        edge, out[start] = [start], number
        while edge:
            here = edge.pop()
            for there, side in zip(grid.neighbours[here], grid.sides[here], strict=True):
                if there >= 0 and out[there] < 0 and side >= 0 and world.river[side] != River.MAJOR:
                    out[there] = number
                    edge.append(there)
        number += 1
    return tuple(out)


def field_around(
    state: Position, goal: int, mobility: int, blocked: bytearray, most: int, bridging: bool = True
) -> Outward:
    """Quarter points to a goal on ways around blocked hexes, -1 beyond ``most``."""
    memory: Recent[Outward] = state.world.kept("fields around", lambda: Recent(AROUND))
    key = (goal, mobility, bytes(blocked), most, bridging, *_river_now(state))
    return memory.found(key, lambda: Outward(lists(state, mobility, bridging), (goal,), min(most, FAR), blocked))


def field_to(state: Position, targets: Sequence[int], mobility: int, bridging: bool = True) -> Outward:
    """Quarter points from every hex to the nearest target, -1 beyond planning."""
    world = state.world
    memory: Recent[Outward] = world.kept("fields", lambda: Recent(min(FIELDS, HEXES // world.grid.size)))
    key = (tuple(targets), mobility, bridging, *_river_now(state))
    return memory.found(key, lambda: Outward(lists(state, mobility, bridging), targets, FAR))


def way(adjacent: Adjacency, field: Sequence[int], here: int, most: int = 60) -> tuple[int, ...]:
    """The hexes entered on the cheapest way down a field, at most so many."""
    out: list[int] = []
    left = field[here]
    while left > 0 and len(out) < most:
        least, onward, then = BEYOND, -1, left
        for there, cost in adjacent[here]:
            togo = field[there]
            if togo >= 0 and (togo + cost < least or (togo + cost == least and there < onward)):
                least, onward, then = togo + cost, there, togo
        if then >= left:
            break
        here, left = onward, then
        out.append(here)
    return tuple(out)


def crossing_ahead(state: Position, route: Sequence[int], start: int) -> tuple[int, int, int] | None:
    """The first river hexside without a crossing on a route: (near bank, side, far bank)."""
    grid, here = state.world.grid, start
    for there in route:
        side = grid.side_between(here, there)
        if side >= 0 and state.world.river[side] == River.MAJOR and not ground.carries(state, side):
            return here, side, there
        here = there
    return None


def hostile_prizes(state: Position, faction: int) -> list[int]:
    """Hexes of the prizes that count for a faction and that its enemies, or nobody, hold."""
    world, control = state.world, state.hexes.control
    return sorted({
        prize.hex for prize in world.prizes
        if prize.points[faction] and (control[prize.hex] < 0 or world.at_war(faction, control[prize.hex]))
    })  # fmt: skip
