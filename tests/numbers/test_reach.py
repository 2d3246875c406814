"""The reach kernel against networkx: an independent, slow oracle of marches with zones."""

from __future__ import annotations

import random
from itertools import pairwise
from operator import itemgetter

import networkx as nx

from game.hexgrid import grid
from game.kernels.reach import BARRED, Field, Outward, distances, reach

GRID = grid(14, 11)
COST = itemgetter(1)

Adjacent = list[tuple[tuple[int, int], ...]]  # of each hex: neighbours with the cost of entering them


def scene(seed: int) -> tuple[Adjacent, bytearray, bytearray, int]:
    chance = random.Random(seed)
    adjacent = [
        tuple(
            sorted(((n, chance.choice((2, 3, 4, 4, 6, 10))) for n in GRID.near[h] if chance.random() > 0.08), key=COST)
        )
        for h in range(GRID.size)
    ]
    blocked = bytearray(chance.random() < 0.08 for _ in range(GRID.size))
    zone = bytearray(chance.random() < 0.2 for _ in range(GRID.size))
    return adjacent, blocked, zone, chance.randrange(GRID.size)


def field(adjacent: Adjacent, blocked: bytearray, zone: bytearray, zone_cost: int, zone_ends: bool) -> Field:
    toll = [BARRED if shut else zone_cost * mark for shut, mark in zip(blocked, zone, strict=True)]
    return Field(adjacent, toll, zone if zone_ends else bytes(GRID.size), GRID.near)


def oracle(
    adjacent: Adjacent,
    blocked: bytearray,
    zone: bytearray,
    start: int,
    budget: int,
    zone_cost: int,
    zone_ends: bool,
) -> dict[int, int]:
    """Two layers: marching, and ended. Going zone to zone leads to the second, which leads nowhere."""
    net = nx.DiGraph()
    net.add_node((start, "go"))
    for here, steps in enumerate(adjacent):
        for there, cost in steps:
            if not blocked[there]:
                price = cost + (zone_cost if zone[there] else 0)
                end = zone[here] and zone[there] and zone_ends
                net.add_edge((here, "go"), (there, "end" if end else "go"), weight=price)
    found: dict[int, int] = {}
    for (there, _), cost in nx.single_source_dijkstra_path_length(net, (start, "go"), cutoff=budget).items():
        found[there] = min(cost, found.get(there, 1 << 30))
    return found


def test_reach_agrees_with_the_oracle() -> None:
    for seed in range(60):
        adjacent, blocked, zone, start = scene(seed)
        for budget, zone_cost, ends in ((0, 4, True), (17, 4, True), (30, 4, False), (44, 0, True)):
            found = reach(field(adjacent, blocked, zone, zone_cost, ends), start, budget)
            assert found.cost == oracle(adjacent, blocked, zone, start, budget, zone_cost, ends)


def test_the_way_costs_what_reach_says_and_keeps_the_rule_of_zones() -> None:
    for seed in range(30):
        adjacent, blocked, zone, start = scene(seed)
        found = reach(field(adjacent, blocked, zone, 4, True), start, 32)
        for goal, cost in found.cost.items():
            way = (start, *found.path(goal))
            total = 0
            for number, (here, there) in enumerate(pairwise(way)):
                total += dict(adjacent[here])[there] + (4 if zone[there] else 0)
                assert not blocked[there]
                if zone[here] and zone[there]:
                    assert number == len(way) - 2, "a march from zone to zone ends there"
            assert total == cost


def test_distances_agree_with_the_oracle() -> None:
    for seed in range(20):
        adjacent, blocked, _, start = scene(seed)
        expected = oracle(adjacent, blocked, bytearray(GRID.size), start, 40, 0, False)
        assert distances(adjacent, (start,), 40, blocked) == [expected.get(h, -1) for h in range(GRID.size)]


def test_distances_outwards_are_the_same_in_whatever_order_they_are_asked() -> None:
    for seed in range(10):
        adjacent, blocked, _, start = scene(seed)
        expected = oracle(adjacent, blocked, bytearray(GRID.size), start, 40, 0, False)
        near = max(expected.values())
        hexes = random.Random(seed).sample(range(GRID.size), GRID.size)
        for limit in (0, near - 1, near, 40):
            out, reached = (
                Outward(adjacent, (start,), limit, blocked),
                {h: c for h, c in expected.items() if c <= limit},
            )
            for here in hexes:
                assert out[here] == reached.get(here, -1), (limit, here)
            assert len(out) == GRID.size and out.whole() == list(out) and sorted(out.within()) == sorted(reached)
            assert out.worked_out <= limit
            assert Outward(adjacent, (start,), limit, blocked).whole() == out.whole()
            assert sorted(Outward(adjacent, (start,), limit, blocked).within()) == sorted(reached)


def test_a_way_from_the_first_hex_from_zone_to_zone_is_a_single_step() -> None:
    small = grid(4, 2)
    adjacent = [tuple((near, 4) for near in small.near[here]) for here in range(small.size)]
    for start in range(small.size):
        for goal in small.near[start]:
            zone = bytearray(here in (start, goal) for here in range(small.size))
            found = reach(Field(adjacent, [0] * small.size, zone, small.near), start, 4)
            assert found.path(goal) == (goal,) and found.stops[goal] == start
