"""Choke points of a faction's supply: hexes that every way to some units leads through, and the smallest cut of all.

The net is that of roads and open crossings as far as supply reaches, and the last legs that units are fed by now. A
longer way round counts as a way even where it would be stretched.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from game.rules import supply, supply_net
from game.state.codes import Supplied
from game.state.tables import State
from game.ui.bottlenecks import dominators, smallest_cut


@dataclass(frozen=True, slots=True)
class ChokePoints:
    """``beyond``: steps fed through a hex that no other way reaches. ``cut``: the fewest hexes that cut all of them."""

    beyond: dict[int, int]
    cut: frozenset[int]
    steps: int
    """All steps that are fed now, apart from those that stand on a source."""


def choke_points(state: State, faction: int) -> ChokePoints:
    """The choke points of a faction's supply, as far as a view knows; kept with the state."""
    return state.kept(("choke points", faction), lambda: _choke_points(state, faction))


def _choke_points(state: State, faction: int) -> ChokePoints:
    chart = supply.supply_map(state, faction)
    posts: dict[int, int] = {}
    for row, how in chart.fed.items():
        here = state.units.hex[row]
        if how != Supplied.CUT and here not in chart.source_at:
            posts[here] = posts.get(here, 0) + state.units.steps[row]
    net = _net(state, faction, posts)
    source = len(net) - 1
    above = dominators(net, source)
    reached = [here for here in posts if above[here] >= 0]
    beyond: dict[int, int] = {}
    for post in reached:
        here = above[post]
        while here != source:
            if here not in chart.source_at:
                beyond[here] = beyond.get(here, 0) + posts[post]
            here = above[here]
    cut = smallest_cut(net, source, reached, {*chart.source_at, *posts})
    return ChokePoints(dict(sorted(beyond.items())), cut, sum(posts[one] for one in reached))


def _net(state: State, faction: int, posts: Iterable[int]) -> list[list[int]]:
    """Where supply can flow, by hex: from the last node through the open sources along roads, and down the last legs
    of now. Nothing leads to a source but that node."""
    chart, roads, shut = supply.supply_map(state, faction), supply_net.roads(state), supply_net.closed(state, faction)
    open_, sources = chart.road.cost, set(chart.source_at)
    net: list[list[int]] = [[] for _ in range(state.world.grid.size)]
    for here in open_:
        net[here] = [there for there, _ in roads[here] if not shut[there] and there in open_ and there not in sources]
    for post in posts:
        for here, there in pairwise(reversed(chart.way(post))):
            if there not in net[here] and there not in sources:
                net[here].append(there)
    return [*net, sorted(sources)]
