"""The net of supply: roads, crossings, what closes them, where supply enters and where it restarts (rules 7.1 to 7.3).

Roads become adjacency lists, one per state of the crossings, kept with the world. What an enemy closes is one byte
a hex, kept with the moment. Both are asked of a faction's view in the same way: what it does not see closes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from game.kernels.reach import Adjacency
from game.rules import command, costs, ground, zones
from game.ruleset.terrain import Mobility
from game.scenario.world import River, Road, Source, Stance, World
from game.state.codes import CrossingKind, Weather
from game.state.tables import Column, Position
from game.words import say

FEET, WHEELS = Mobility.FOOT, Mobility.WHEELED

Steps = tuple[tuple[int, int], ...]

# --- roads --------------------------------------------------------------------------------------------------


def roads(state: Position) -> Adjacency:
    """Where supply flows from each hex along roads and open crossings, and at what cost, enemies aside."""
    world = state.world
    crossings = ground.patch(state)
    return world.kept(("supply roads", crossings), lambda: _roads(world, crossings))


def on_road(world: World, here: int) -> bool:
    """Whether a road of any kind leads through a hex."""
    return any(side >= 0 and world.road[side] for side in world.grid.sides[here])


def _roads(world: World, crossings: ground.Patch) -> Adjacency:
    base: Adjacency = world.kept("supply roads", lambda: _rows(world, {}, range(world.grid.size)))
    if not crossings:
        return base
    rows, beside = list(base), costs.beside(world, crossings)
    for here, row in zip(beside, _rows(world, dict(crossings), beside), strict=True):
        rows[here] = row
    return rows


def _rows(world: World, crossings: Mapping[int, int], hexes: Iterable[int]) -> list[tuple[tuple[int, int], ...]]:
    grid = world.grid
    return [
        tuple(
            (there, cost)
            for there, side in zip(grid.neighbours[here], grid.sides[here], strict=True)
            if there >= 0 and side >= 0 and (cost := _carriage(world, here, there, side, crossings)) >= 0
        )
        for here in hexes
    ]  # fmt: skip


def _carriage(world: World, here: int, there: int, side: int, crossings: Mapping[int, int]) -> int:
    rules, road = world.rules.supply.carriage, world.road[side]
    if world.terrain[here] < 0 or world.terrain[there] < 0 or not (road or side in crossings):
        return -1
    cost = (rules.track, rules.track, rules.road, rules.highway)[road]
    if world.river[side] == River.MAJOR:
        return cost + rules.crossing if side in crossings else -1
    return cost


def last_leg(state: Position) -> Adjacency:
    """Where supply can leave the road, at the price of wheels, or of men on foot where wheels cannot go."""
    world, rain, crossings = state.world, state.clock.weather == Weather.RAIN, ground.patch(state)
    return world.kept(("last leg", rain, crossings), lambda: _last_leg(world, rain, crossings))


def _last_leg(world: World, rain: bool, crossings: ground.Patch) -> Adjacency:
    wheels, feet = (costs.adjacency(world, costs.Going(by, rain), crossings) for by in (WHEELS, FEET))
    if not crossings:
        return list(map(_rolled_or_carried, wheels, feet))
    rows = list(world.kept(("last leg", rain, ()), lambda: _last_leg(world, rain, ())))
    for here in costs.beside(world, crossings):
        rows[here] = _rolled_or_carried(wheels[here], feet[here])
    return rows


def _rolled_or_carried(wheels: Steps, feet: Steps) -> Steps:
    rolled = dict(wheels)
    return (*wheels, *(step for step in feet if step[0] not in rolled))


def crossing_capacity(world: World, kind: int) -> int:
    """Steps that a crossing keeps in supply, by its kind."""
    rules = world.rules.river
    if kind == CrossingKind.FERRY:
        return rules.ferry_capacity
    return rules.pontoon_capacity if kind == CrossingKind.PONTOON else rules.bridge_capacity


def closed(state: Position, faction: int) -> bytearray:
    """One byte a hex: whether nothing of a faction's supply passes there now."""
    return state.kept(("closed", faction), lambda: _closed(state, faction))


def _closed(state: Position, faction: int) -> bytearray:
    world, stances = state.world, state.world.stance[faction]
    hostile = [stance >= Stance.RIVAL for stance in stances]
    held, zone = _holders(state).translate(bytes((0, *hostile)).ljust(256, b"\0")), zones.true_zone(state, faction)
    marks = bytearray((int.from_bytes(held, "little") | int.from_bytes(zone, "little")).to_bytes(len(held), "little"))
    occupied, owners = [], world.roster.faction
    for row, here in enumerate(state.units.hex):
        if here >= 0:
            if stances[owners[row]] <= Stance.ALLIED:
                marks[here] = 0
            elif hostile[owners[row]] and bars(state, faction, row):
                occupied.append(here)
    for here in occupied:
        marks[here] = 1
    return marks


def bars(state: Position, faction: int, row: int) -> bool:
    """Whether a unit on the map closes the hex in which it stands to a faction's supply: an enemy, or the other bloc's
    troops where the faction and its allies do not control the ground; hidden ones close nothing."""
    stances, holder = state.world.stance[faction], state.hexes.control[state.units.hex[row]]
    stance = stances[state.world.roster.faction[row]]
    if stance < Stance.RIVAL or state.units.hidden[row]:
        return False
    return stance == Stance.WAR or holder < 0 or stances[holder] > Stance.ALLIED


def _holders(state: Position) -> bytes:
    """One byte a hex: the number of the faction that holds it and 1, 0 nobody; the same for all factions."""
    control, world = state.hexes.control, state.world
    known: tuple[Column, bytes] | None = world.answers.get("holders")
    if known is None or known[0] is not control:
        known = control, bytes([holder + 1 for holder in control])
        if isinstance(control, tuple):  # a draft goes on to write into its own
            world.answers["holders"] = known
    return known[1]


def why_closed(state: Position, faction: int, here: int) -> str:
    """What closes a hex to a faction's supply, in words; "" when it is open."""
    world = state.world
    if not closed(state, faction)[here]:
        return ""
    for row in state.units_at(here):
        if bars(state, faction, row):
            army = world.factions[world.roster.faction[row]].adjective
            return _where(say("{army} troops", army=army), world, here)
    holder = state.hexes.control[here]
    if holder >= 0 and world.stance[faction][holder] >= Stance.RIVAL:
        return _where(say("{army} control", army=world.factions[holder].adjective), world, here)
    return _where(say("enemy ZOC"), world, here)


def closers(state: Position, faction: int, here: int) -> tuple[int, ...]:
    """The enemy units that close a hex to a faction's supply: those in it, else those whose zone lies on it."""
    if not closed(state, faction)[here]:
        return ()
    world, owner = state.world, state.world.roster.faction
    inside = tuple(row for row in state.units_at(here) if bars(state, faction, row))
    sides = zip(world.grid.neighbours[here], world.grid.sides[here], strict=True)
    return inside or tuple(
        row
        for there, side in sides
        if there >= 0 and ground.joins(state, side)
        for row in state.units_at(there)
        if world.at_war(faction, owner[row]) and zones.exerts_zone(state, row)
    )


def _where(what: str, world: World, here: int) -> str:
    """Words such as "enemy ZOC on the highway near Kabajib"."""
    best = max((world.road[side] for side in world.grid.sides[here] if side >= 0), default=0)
    near = place_near(world, here)
    road = Road(best).name.lower()
    if best and near:
        return say("{what} on the {road} near {place}", what=what, road=road, place=near)
    if best:
        return say("{what} on the {road}", what=what, road=road)
    return say("{what} near {place}", what=what, place=near) if near else what


def place_near(world: World, here: int, within: int = 2) -> str:
    """The name of the place nearest to a hex; of several the largest."""
    known: dict[tuple[int, int], str] = world.kept("place near", dict)  # asked for every source that is shut
    found = known.get((here, within))
    if found is None:
        grid = world.grid
        near = [(grid.distance(here, p.hex), -p.size, number) for number, p in enumerate(world.places)]
        distance, _, number = min(near, default=(within + 1, 0, 0))
        found = known[here, within] = world.places[number].name if distance <= within else ""
    return found


# --- where supply enters and restarts -----------------------------------------------------------------------


class Gate(NamedTuple):
    """A source of a faction: its number in ``Faction.sources``, and why it gives nothing now ("" it gives)."""

    number: int
    source: Source
    why: str


def gates(state: Position, faction: int) -> tuple[Gate, ...]:
    """All sources of a faction, open or not; depots, which only pass supply on, are not among them."""
    sources = state.world.factions[faction].sources
    return tuple(
        Gate(number, source, why_shut(state, faction, source))
        for number, source in enumerate(sources) if source.kind != "depot"
    )  # fmt: skip


def why_shut(state: Position, faction: int, source: Source) -> str:
    """Why a source gives nothing now, or ""."""
    world, turn = state.world, state.clock.turn
    if turn < source.since:
        return say("{source} will open on turn {turn}", source=source.name, turn=source.since)
    if source.until and turn > source.until:
        return say("{source} closed after turn {turn}", source=source.name, turn=source.until)
    struck = dict(state.clock.struck).get(source.hex, 0) if source.arsenal else 0
    if struck >= turn:
        return say("a strike closed {source} through turn {turn}", source=source.name, turn=struck)
    why = why_closed(state, faction, source.hex)
    if why:
        return say("{source}: {why}", source=source.name, why=why)
    holder = state.hexes.control[source.hex]
    held = holder >= 0 and world.together(faction, holder)
    # An edge of the map stands for the rear beyond it: it works unless somebody bars it.
    if not held and not _at_the_edge(world, source):
        return say("you do not control {source}", source=source.name)
    return ""


def _at_the_edge(world: World, source: Source) -> bool:
    return source.kind == "edge" or source.hex in world.kept("exit hexes", lambda: frozenset(world.exits.values()))


def road_relays(state: Position, faction: int) -> dict[int, tuple[int, ...]]:
    """Hexes where the way restarts, with how much of the budget counts as used there."""
    world, rules, shut = state.world, state.world.rules.supply.relays, closed(state, faction)
    out: dict[int, int] = {}
    for here in world.kept("airbases", lambda: tuple(p.hex for p in world.places if p.kind == "airbase")):
        if _held(state, faction, here) and not shut[here]:
            out[here] = rules.airbase
    for source in world.factions[faction].sources:
        if source.kind == "depot" and not why_shut(state, faction, source):
            out[source.hex] = min(rules.depot, out.get(source.hex, rules.depot))
    for here in command.headquarters(state, faction):
        out[here] = min(rules.headquarters, out.get(here, rules.headquarters))
    return {here: (level,) for here, level in out.items()}


def _held(state: Position, faction: int, here: int) -> bool:
    holder = state.hexes.control[here]
    return holder >= 0 and state.world.together(faction, holder)
