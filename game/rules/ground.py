"""The map: what terrain, roads, rivers and crossings cost to march through (chapter 1).

The costs become adjacency lists, one per mobility class, weather and state of the crossings, kept with the
world. Only the hexes beside a crossing differ between two states of the crossings, so a change is cheap.
"""

from __future__ import annotations

from collections.abc import Mapping

from game.kernels.reach import Adjacency
from game.rules import costs
from game.ruleset.terrain import Mobility, Terrain
from game.scenario.world import River, Road, World
from game.state.codes import CrossingState, Weather
from game.state.tables import Position
from game.words import say

Patch = costs.Patch


def open_crossings(state: Position) -> Mapping[int, int]:
    """Side -> kind of the crossings that carry traffic now."""
    found: dict[int, int] | None = state.answers.get("open crossings")  # asked too often for a closure
    if found is None:
        found = state.answers["open crossings"] = _open_crossings(state)
    return found


def _open_crossings(state: Position) -> dict[int, int]:
    sites, is_open = state.sites, CrossingState.OPEN
    return {side: kind for side, kind, now in zip(sites.side, sites.kind, sites.state, strict=True) if now == is_open}


def carries(state: Position, side: int) -> bool:
    """Whether a hexside can be crossed dry: no major river, or an open bridge, dam or pontoon over it."""
    return costs.is_dry(state.world, side, open_crossings(state))


def joined(state: Position) -> Mapping[int, tuple[int, ...]]:
    """Hex on a major river -> the neighbours to which one gets dry now; from any other hex one gets to all of them."""
    world, open_now = state.world, open_crossings(state)

    def make() -> dict[int, tuple[int, ...]]:
        grid, sides = world.grid, costs.major_sides(world)
        shut = {side for side in sides if not costs.is_dry(world, side, open_now)}
        return {
            here: tuple(
                there
                for there, side in zip(grid.neighbours[here], grid.sides[here], strict=True)
                if there >= 0 and side not in shut
            )
            for here in sorted({here for side in sides for here in grid.ends[side]})
        }

    return world.kept(("joined", patch(state)), make)


def joins(state: Position, side: int) -> bool:
    """Whether zones of control reach across a side: not over a major river without a crossing (chapter 3)."""
    return side >= 0 and carries(state, side)


def adjacency(state: Position, mobility: int) -> Adjacency:
    """Where a unit of a mobility class can march from each hex, and at what cost, known enemies aside."""
    return _lists(state, mobility, False)


def road_adjacency(state: Position, mobility: int) -> Adjacency:
    """The same along roads only, for road marches."""
    return _lists(state, mobility, True)


def _lists(state: Position, mobility: int, only_roads: bool) -> Adjacency:
    lists: dict[tuple[int, bool], Adjacency] | None = state.answers.get("lists")  # asked for every step
    if lists is None:
        lists = state.answers["lists"] = {}
    found = lists.get((mobility, only_roads))
    if found is None:
        rain = not only_roads and state.clock.weather == Weather.RAIN
        going = costs.Going(mobility, rain, only_roads)
        found = lists[mobility, only_roads] = costs.adjacency(state.world, going, patch(state))
    return found


def patch(state: Position) -> Patch:
    """The open crossings as (side, kind) pairs in side order: what the march costs of two states may differ by."""
    found: Patch | None = state.answers.get("patch")
    if found is None:
        found = state.answers["patch"] = tuple(sorted(open_crossings(state).items()))
    return found


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
        return say("the hexes are not adjacent")
    cost = step_cost(state, mobility, here, there)
    kind = terrain_of(world, there)
    name = say("unplayable terrain") if kind is None else kind.name.lower()
    if cost < 0:
        return _why_closed(state, mobility, here, there, side, name)
    by = ""
    if costs.road_is_open(world, side, open_crossings(state)):
        by = f" by {Road(world.road[side]).name.lower()}"
    river = {River.NONE: "", River.MINOR: " over a minor river", River.MAJOR: " over the river"}[
        River(world.river[side])
    ]
    climb = " up an escarpment" if world.scarp[side] and not by else ""
    return f"{name}{by}{river}{climb}: {quarters(cost)}" + (
        " (rain)" if costs.is_wadi(world, there) and rules and state.clock.weather == Weather.RAIN else ""
    )


def quarters(cost: int) -> str:
    """Quarter movement points as a player reads them: 2, 1½, ¾ ..."""
    whole, part = divmod(cost, 4)
    fraction = ("", "¼", "½", "¾")[part]
    return f"{whole or ''}{fraction}" or "0"


def has_boats(world: World, row: int) -> bool:
    """Whether a unit gets over a river without a crossing, where that is done at all: on foot or with own boats."""
    return world.roster.mobility[row] == Mobility.FOOT or "boats" in world.roster.traits[row]


def can_enter(world: World, row: int, here: int) -> bool:
    """Whether the ground of a hex lets a unit in off the road."""
    kind = terrain_of(world, here)
    return kind is not None and kind.cost(world.roster.mobility[row]) >= 0


def terrain_of(world: World, here: int) -> Terrain | None:
    """The terrain of a hex, None on unplayable ground."""
    return costs.grounds(world)[here]


def is_high(world: World, here: int) -> bool:
    """Whether a hex overlooks its lower neighbours."""
    kind = terrain_of(world, here)
    return kind is not None and kind.high


def _why_closed(state: Position, mobility: int, here: int, there: int, side: int, name: str) -> str:
    world, going = state.world, Mobility(mobility).word
    label = world.grid.label(there)
    if world.terrain[there] < 0:
        return say("{hex} is outside the map", hex=label)
    if world.river[side] == River.MAJOR and not carries(state, side):
        river = world.river_names.get(side, "the river")
        return say(
            "no open bridge crosses {river} from {start} to {hex}", river=river, start=world.grid.label(here), hex=label
        )
    if world.scarp[side]:
        start = world.grid.label(here)
        return say(
            "an escarpment stops {mobility} units between {start} and {hex}", mobility=going, start=start, hex=label
        )
    return say("{mobility} units cannot enter {terrain} at {hex}", mobility=going, terrain=name, hex=label)
