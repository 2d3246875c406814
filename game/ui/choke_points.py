"""Choke points of a faction's supply: hexes that every way to some units leads through, and the smallest cut of all.

The net is that of roads and open crossings as far as supply reaches, and the last legs that units are fed by now. A
longer way round counts as a way even where it would be stretched.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from itertools import pairwise
from threading import Thread
from typing import Any

from game.rules import supply, supply_net
from game.state.codes import Supplied
from game.state.tables import State

SOURCE, END = -1, -2


def load_ahead() -> Thread:
    """Begin to load the library of graphs: it takes a quarter of a second, longer than a press on a key may."""
    thread = Thread(target=import_module, args=("networkx",), name="library of graphs", daemon=True)
    thread.start()
    return thread


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
    import networkx as nx

    chart = supply.supply_map(state, faction)
    posts: dict[int, int] = {}
    for row, how in chart.fed.items():
        here = state.units.hex[row]
        if how != Supplied.CUT and here not in chart.source_at:
            posts[here] = posts.get(here, 0) + state.units.steps[row]
    net = _net(state, faction, posts)
    reached = [here for here in posts if net.has_node(here) and nx.has_path(net, SOURCE, here)]
    if not reached:
        return ChokePoints({}, frozenset(), 0)
    beyond: dict[int, int] = {}
    above = nx.immediate_dominators(net, SOURCE)
    for post in reached:
        here = above.get(post, SOURCE)
        while here != SOURCE:
            if here not in chart.source_at:
                beyond[here] = beyond.get(here, 0) + posts[post]
            here = above.get(here, SOURCE)
    return ChokePoints(
        dict(sorted(beyond.items())), _smallest_cut(net, reached, chart.source_at), sum(posts[one] for one in reached)
    )


def _net(state: State, faction: int, posts: Iterable[int]) -> Any:
    """Where supply can flow: from one node through the open sources along roads, and down the last legs of now."""
    import networkx as nx

    chart, roads, shut = supply.supply_map(state, faction), supply_net.roads(state), supply_net.closed(state, faction)
    net = nx.DiGraph()
    net.add_edges_from((SOURCE, here) for here in chart.source_at)
    for here in chart.road.cost:
        net.add_edges_from((here, there) for there, _ in roads[here] if not shut[there] and there in chart.road.cost)
    for post in posts:
        net.add_edges_from(pairwise(reversed(chart.way(post))))
    net.remove_edges_from([(a, b) for a, b in net.edges if b in chart.source_at and a != SOURCE])
    return net


def _smallest_cut(net: Any, posts: list[int], sources: Iterable[int]) -> frozenset[int]:
    """The fewest hexes, neither sources nor posts, that part all posts from all sources; none where that cannot be."""
    import networkx as nx

    kept = {SOURCE, *sources, *posts}
    split = nx.DiGraph()
    for here in net.nodes:
        if here in kept:
            split.add_edge((here, 0), (here, 1))  # without a capacity: it cannot be cut
        else:
            split.add_edge((here, 0), (here, 1), capacity=1)
    split.add_edges_from(((a, 1), (b, 0)) for a, b in net.edges)
    split.add_edges_from(((here, 1), END) for here in posts)
    try:  # so few hexes cut the net that a way after the other is found faster than a flood is levelled
        many, (near, _) = nx.minimum_cut(split, (SOURCE, 0), END, flow_func=nx.algorithms.flow.edmonds_karp)
    except nx.NetworkXUnbounded:
        return frozenset()
    return frozenset(here for here in net.nodes if many and (here, 0) in near and (here, 1) not in near)
