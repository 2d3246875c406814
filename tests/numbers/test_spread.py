"""The spread over the map against a slow oracle: networkx on random hex maps."""

from __future__ import annotations

import itertools
import random

import networkx as nx

from game.hexgrid import grid
from game.kernels.spread import Spread, spread

HEXES = grid(14, 12)


def random_map(seed: int) -> tuple[list[tuple[tuple[int, int], ...]], bytearray]:
    dice = random.Random(seed)
    lists = [
        tuple((there, dice.randint(1, 6)) for there in HEXES.near[here] if dice.random() < 0.8)
        for here in range(HEXES.size)
    ]
    return lists, bytearray(dice.random() < 0.15 for _ in lists)


def oracle(
    lists: list[tuple[tuple[int, int], ...]], starts: dict[int, int], limit: int, blocked: bytearray
) -> dict[int, int]:
    graph = nx.DiGraph()
    graph.add_nodes_from(range(HEXES.size))
    for here, steps in enumerate(lists):
        graph.add_weighted_edges_from((here, there, cost) for there, cost in steps if not blocked[there])
    graph.add_weighted_edges_from(("start", here, cost) for here, cost in starts.items())
    costs: dict[int | str, int] = nx.single_source_dijkstra_path_length(graph, "start", cutoff=limit)
    return {here: cost for here, cost in costs.items() if isinstance(here, int)}


def found(result: Spread) -> dict[int, int]:
    return result.cost


def test_costs_are_the_cheapest() -> None:
    for seed in range(20):
        lists, blocked = random_map(seed)
        starts = {5: 0, 90: 3}
        result = spread(lists, list(starts.items()), 25, blocked, {})
        assert found(result) == oracle(lists, starts, 25, blocked)


def test_relays_that_are_reached_start_anew_and_others_do_not() -> None:
    for seed in range(20):
        lists, blocked = random_map(seed)
        relays = {h: (level,) for h, level in ((30, 4), (64, 6), (100, 2), (140, 8), (160, 0)) if not blocked[h]}
        result = spread(lists, [(5, 0)], 16, blocked, relays)
        starts = {5: 0}
        while True:  # the slow way: whatever relay is reached becomes a start, until nothing changes
            costs = oracle(lists, starts, 16, blocked)
            more = {h: level for h, (level,) in relays.items() if h in costs and costs[h] > level}
            if not more:
                break
            starts |= more
        assert found(result) == costs


def test_a_relay_of_two_levels_falls_to_the_highest_that_the_way_to_it_has_reached() -> None:
    for seed in range(20):
        lists, blocked = random_map(seed)
        relays = {h: (9, 3) for h in (30, 64, 100, 140, 160) if not blocked[h]}
        result = spread(lists, [(5, 0)], 16, blocked, relays)
        starts = {5: 0}
        while True:
            costs = oracle(lists, starts, 16, blocked)
            falls = {h: 9 if costs[h] >= 9 else 3 for h in relays if h in costs and costs[h] >= 3}
            more = {h: level for h, level in falls.items() if level < costs[h]}
            if not more:
                break
            starts |= more
        assert found(result) == costs


def test_a_relay_does_not_fall_from_its_upper_level_to_its_lower_one() -> None:
    line = [tuple((there, 1) for there in (here - 1, here + 1) if 0 <= there < 12) for here in range(12)]
    far = spread(line, [(0, 0)], 8, bytearray(12), {6: (4, 0)})
    assert [far.cost[here] for here in range(5, 9)] == [5, 4, 5, 6], "reached at 6, it starts anew at 4, not at 0"
    near = spread(line, [(0, 0)], 8, bytearray(12), {3: (4, 0)})
    assert near.cost[3] == 0, "reached at 3, it starts anew at 0"


def test_the_way_back_is_a_real_way_to_a_start_without_circles() -> None:
    for seed in range(20):
        lists, blocked = random_map(seed)
        relays = dict.fromkeys((30, 64, 100, 140, 160), (9, 3))
        result = spread(lists, [(5, 0), (90, 0)], 16, blocked, relays)
        for here in found(result):
            way = result.way_back(here)
            assert way[0] == here
            assert way[-1] in (5, 90)
            assert len(set(way)) == len(way)
            for there, before in itertools.pairwise(way):
                assert there in dict(lists[before])
