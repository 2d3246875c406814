"""The objective graph: places, sources, crossings and junctions, the roads between them, and what hangs on each.

It is built once a scenario, of all roads and of all crossings that there could be, and weighed anew each turn by what
is open, who holds it, and what is fed through it. Dominators of the net from a faction's sources say which points
everything behind them hangs on: where a cut hurts most, there a guard is best spent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from game.ai.staff.desk import StaffDesk
from game.kernels.recent import Recent
from game.rules import ground, supply_net
from game.scenario.world import River, World
from game.state import State

SOURCE = -1
"""The node from which all open sources are fed."""

NONE = -2
"""No node."""


class Stretch(NamedTuple):
    """A road between two nodes: all its hexes, ends included, and the river sides that it crosses."""

    hexes: tuple[int, ...]
    crossings: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Objectives:
    """The graph of a scenario: its nodes, and the stretches of road that join them."""

    nodes: frozenset[int]
    stretches: tuple[Stretch, ...]


def objectives(world: World) -> Objectives:
    """The objective graph of a scenario; built on first asking."""
    return world.kept("objective graph", lambda: _built(world))


def _built(world: World) -> Objectives:
    grid = world.grid
    joined: dict[int, list[tuple[int, int]]] = {}
    sites = {site.side for site in world.sites}
    for side, (one, other) in enumerate(grid.ends):
        if one < 0 or other < 0 or not (world.road[side] or side in sites):
            continue
        joined.setdefault(one, []).append((other, side))
        joined.setdefault(other, []).append((one, side))
    marked = {*world.place_at, *(source.hex for one in world.factions for source in one.sources)}
    nodes = frozenset(
        here
        for here, ways in joined.items()
        if len(ways) != 2 or here in marked or any(_over(world, s) for _, s in ways)
    )
    stretches, seen = [], set[tuple[int, int]]()
    for node in sorted(nodes):
        for there, side in joined[node]:
            hexes, sides = [node, there], [side]
            while hexes[-1] not in nodes:
                onward = next((one, s) for one, s in joined[hexes[-1]] if one != hexes[-2])
                hexes.append(onward[0])
                sides.append(onward[1])
            key = (hexes[-1], hexes[-2])
            if (node, there) not in seen:
                seen.add(key)
                stretches.append(Stretch(tuple(hexes), tuple(s for s in sides if _over(world, s))))
    return Objectives(nodes, tuple(stretches))


def _over(world: World, side: int) -> bool:
    return world.river[side] == River.MAJOR


def hanging(state: State, faction: int, worth: Mapping[int, int]) -> dict[int, int]:
    """Hex of a faction's supply roads -> what hangs on it: the worth (by hex) that no other road of its own reaches.

    Worth off the roads counts at the nearest hex of a road beside it.
    """
    net = open_net(state, faction)
    found: dict[int, int] = {}
    for here, value in on_roads(state.world, net, worth).items():
        while here in net.above:
            found[here] = found.get(here, 0) + value
            here = net.above[here]
    return found


NETS = 12
"""Nets of open roads that are remembered."""


class Net(NamedTuple):
    """A faction's open roads: for each hex, SOURCE included, those that it is joined to, and the last point before it
    (:func:`_last_before`)."""

    joined: Mapping[int, Sequence[int]]
    above: Mapping[int, int]


def open_net(state: State, faction: int) -> Net:
    """The net of a faction's open roads, from its open sources on."""
    world, shut, open_sides = state.world, supply_net.closed(state, faction), ground.open_crossings(state)
    starts = tuple(gate.source.hex for gate in supply_net.gates(state, faction) if not gate.why)

    def make() -> Net:
        usable = [
            one for one in objectives(world).stretches
            if all(side in open_sides for side in one.crossings) and not any(shut[here] for here in one.hexes)
        ]  # fmt: skip
        joined = _joined(starts, usable)
        return Net(joined, _last_before(joined))

    memory: Recent[Net] = world.kept("open nets", lambda: Recent(NETS))
    return memory.found((bytes(shut), ground.patch(state), starts), make)


def on_roads(world: World, net: Net, worth: Mapping[int, int]) -> dict[int, int]:
    """Worth by hex as it counts on a net: off the roads at the nearest hex of one beside it."""
    found: dict[int, int] = {}
    for here, value in sorted(worth.items()):
        near = next((there for there in (here, *world.grid.near[here]) if there in net.joined), -1)
        if near >= 0:
            found[near] = found.get(near, 0) + value
    return found


def _joined(starts: Sequence[int], stretches: Sequence[Stretch]) -> dict[int, list[int]]:
    joined: dict[int, list[int]] = {SOURCE: list(starts)}
    for here in starts:
        joined.setdefault(here, []).append(SOURCE)
    for one in stretches:
        for here, there in pairwise(one.hexes):
            joined.setdefault(here, []).append(there)
            joined.setdefault(there, []).append(here)
    return joined


def _last_before(joined: Mapping[int, Sequence[int]]) -> dict[int, int]:
    """Hex of the net -> the last point, SOURCE or a hex, that every way from a start to it goes through before it.

    Roads lead both ways, so a walk in depth finds it: what was entered from a hex and reaches nothing that was there
    before that hex hangs on it; all else hangs where that hex itself does.
    """
    order, came, first, walk = [SOURCE], {SOURCE: SOURCE}, {SOURCE: 0}, [(SOURCE, iter(joined[SOURCE]))]
    lowest = {SOURCE: 0}
    while walk:
        here, onward = walk[-1]
        there = next(onward, NONE)
        if there == NONE:
            walk.pop()
            lowest[came[here]] = min(lowest[came[here]], lowest[here])
        elif there not in first:
            first[there] = lowest[there] = len(order)
            came[there] = here
            order.append(there)
            walk.append((there, iter(joined[there])))
        elif there != came[here]:
            lowest[here] = min(lowest[here], first[there])
    above: dict[int, int] = {}
    for here in order[1:]:
        before = came[here]
        above[here] = before if lowest[here] >= first[before] else above[before]
    return above


def fed_worth(desk: StaffDesk, prize_worth: int = 2) -> dict[int, int]:
    """Hex -> what a faction would not like cut off there: its steps, and the points of the prizes that it holds."""
    found: dict[int, int] = {}
    for row in desk.own:
        found[desk.at(row)] = found.get(desk.at(row), 0) + desk.state.units.steps[row]
    for prize in desk.world.prizes:
        if prize.points[desk.me] and desk.state.hexes.control[prize.hex] == desk.me:
            found[prize.hex] = found.get(prize.hex, 0) + prize_worth * prize.points[desk.me]
    return found
