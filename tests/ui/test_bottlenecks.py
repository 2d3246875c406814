"""Bottlenecks of nets by chance, against networkx, which takes several times as long and half a second to load."""

from __future__ import annotations

import random

import networkx as nx
import pytest

from game.ui.bottlenecks import dominators, smallest_cut


def net_of(dice: random.Random) -> list[list[int]]:
    """A net of up to fourteen nodes; the last one is the root."""
    many = dice.randint(2, 14)
    ways = [[there for there in range(many - 1) if there != here and dice.random() < 0.22] for here in range(many)]
    ways[-1] = dice.sample(range(many - 1), min(many - 1, dice.randint(1, 3)))
    return ways


@pytest.mark.parametrize("seed", range(60))
def test_they_are_those_of_networkx(seed: int) -> None:
    dice = random.Random(seed)
    ways = net_of(dice)
    root = len(ways) - 1
    graph = nx.DiGraph([(here, there) for here, near in enumerate(ways) for there in near])
    graph.add_node(root)
    above = nx.immediate_dominators(graph, root)
    assert dominators(ways, root) == [above.get(node, -1) if node != root else -1 for node in range(len(ways))]
    goals = dice.sample(range(root), min(root, dice.randint(1, 3)))
    reached = [node for node in goals if graph.has_node(node) and nx.has_path(graph, root, node)]
    kept = {*goals, *ways[root]} if dice.random() < 0.5 else set(goals)
    found = smallest_cut(ways, root, reached, kept)
    assert not found & {root, *kept}
    split = nx.DiGraph()
    for node in range(len(ways)):
        split.add_edge((node, 0), (node, 1), **({} if node in {root, *kept} else {"capacity": 1}))
        split.add_edges_from(((node, 1), (there, 0)) for there in ways[node])
    split.add_edges_from(((node, 1), "end") for node in reached)
    split.add_node("end")
    try:
        least = nx.minimum_cut_value(split, (root, 0), "end")
    except nx.NetworkXUnbounded:
        assert found == frozenset()
        return
    assert len(found) == least
    rest = nx.restricted_view(graph, [*found], [])
    assert not any(nx.has_path(rest, root, node) for node in reached)
