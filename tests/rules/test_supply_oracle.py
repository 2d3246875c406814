"""Rulebook 7 against a slow, independent reading of it: networkx on random wars, and the same from a faction's view."""

from __future__ import annotations

import random
from itertools import pairwise
from typing import Any

import networkx as nx
import pytest

from game.hexgrid import grid
from game.rules import supply
from game.rules.supply_map import supply_map
from game.state import State, Supplied
from game.view import view
from tests.rules.sketch import IRAQ, ISIS, SAA, SDF, shipped_rules, sketch, unit

COLUMNS, ROWS = 16, 12
HEXES = grid(COLUMNS, ROWS)
WHEELS = {symbol.symbol: symbol.enter.wheeled for symbol in shipped_rules().terrain.kinds.values()}


def random_war(seed: int) -> tuple[State, dict[tuple[int, int], str], list[str]]:
    """A moment with random ground, roads, holders and units; with it the roads by their two hexes, and the ground."""
    dice = random.Random(seed)
    ground = [dice.choice(".....,,vhr") for _ in range(HEXES.size)]
    roads: list[tuple[str, list[str]]] = []
    for kind in ("track", "track", "road", "road", "highway"):
        here = dice.randrange(HEXES.size)
        path = [here]
        for _ in range(dice.randint(8, 20)):
            path.append(dice.choice(HEXES.near[path[-1]]))
        roads.append((kind, [HEXES.label(h) for h in path]))
    links: dict[tuple[int, int], str] = {}
    rank = {"track": 0, "road": 1, "highway": 2}
    for kind, labels in roads:
        for a, b in pairwise(HEXES.hex(label) for label in labels):
            for pair in ((a, b), (b, a)):
                links[pair] = max(kind, links.get(pair, "track"), key=lambda word: rank[word])
    control: dict[int, list[str]] = {holder: [] for holder in (-1, SDF, ISIS, IRAQ)}
    for h in range(HEXES.size):
        holder = dice.choice((SAA,) * 12 + (-1, SDF, ISIS, ISIS, IRAQ))
        if holder != SAA:
            control[holder].append(HEXES.label(h))
    spots = dice.sample(range(HEXES.size), 18)
    owners = [SAA] * 9 + [ISIS] * 6 + [SDF] * 2 + [IRAQ]
    units: list[dict[str, Any]] = [
        unit(f"Unit {number}", owner, HEXES.label(h), steps=dice.randint(1, 3))
        for number, (owner, h) in enumerate(zip(owners, spots, strict=True))
    ]
    ends = {SAA: [{"name": "Rear", "hex": roads[-1][1][0], "kind": "edge", "capacity": 90}]}
    text = "\n".join(" ".join(ground[row * COLUMNS : (row + 1) * COLUMNS]) for row in range(ROWS))
    return sketch(text, roads=roads, units=units, sources=ends, control=control), links, ground


def shut_hexes(state: State) -> set[int]:
    """Rule 7.2 once more, from the words of the rulebook."""
    owners, shut = state.world.roster.faction, set()
    held = {state.units.hex[row] for row, owner in enumerate(owners) if owner == SAA}
    for h in range(HEXES.size):
        if h not in held and state.hexes.control[h] in (ISIS, SDF):
            shut.add(h)
    for row, owner in enumerate(owners):
        here = state.units.hex[row]
        if owner == ISIS or (owner == SDF and state.hexes.control[here] != SAA):
            shut.add(here)
        if owner == ISIS and state.units.steps[row] >= state.world.rules.movement.zone_steps:
            shut.update(near for near in HEXES.near[here] if near not in held)
    return shut


def expected(state: State, links: dict[tuple[int, int], str], ground: list[str]) -> dict[int, Supplied]:
    rules, shut = state.world.rules.supply, shut_hexes(state)
    source = state.world.factions[SAA].sources[0].hex
    if source in shut:
        return {}
    price = {kind: getattr(rules.carriage, kind) for kind in ("track", "road", "highway")}
    move = {kind: getattr(state.world.rules.movement.roads, kind) for kind in ("track", "road", "highway")}
    by_road, off_road = nx.DiGraph(), nx.DiGraph()
    by_road.add_node(source)
    for (a, b), kind in links.items():
        if b not in shut:
            by_road.add_edge(a, b, weight=price[kind])
    for a in range(HEXES.size):
        for b in HEXES.near[a]:
            if b not in shut:
                cost = WHEELS[ground[b]]
                off_road.add_edge(a, b, weight=min(cost, move[links[a, b]]) if (a, b) in links else cost)
    costs = nx.single_source_dijkstra_path_length(by_road, source, cutoff=rules.stretched_budget)
    for here, cost in costs.items():
        off_road.add_edge("net", here, weight=0 if cost <= rules.road_budget else rules.last_leg + 1)
    legs = nx.single_source_dijkstra_path_length(off_road, "net", cutoff=rules.stretched_leg)
    full = Supplied.FULL, Supplied.STRETCHED
    return {here: full[leg > rules.last_leg] for here, leg in legs.items() if here != "net"}


@pytest.mark.parametrize("seed", range(12))
def test_every_hex_is_supplied_as_the_slow_reading_says(seed: int) -> None:
    state, links, ground = random_war(seed)
    wanted = expected(state, links, ground)
    chart = supply_map(state, SAA)
    found = {h: chart.state_at(h) for h in range(HEXES.size) if chart.state_at(h) != Supplied.CUT}
    assert found == wanted
    for here in range(0, HEXES.size, 5):
        told = supply.trace(state, SAA, here)
        assert told.state == wanted.get(here, Supplied.CUT)
        assert told.why.startswith({0: "full supply", 1: "stretched", 2: "cut"}[told.state])


@pytest.mark.parametrize("seed", range(5))
def test_a_view_answers_as_a_state_would_without_what_it_does_not_see(seed: int) -> None:
    state, _, _ = random_war(seed)
    seen = view(state, SAA).state  # nobody has been seen: only own and friendly units are there
    assert set(seen.world.roster.faction) <= {SAA, IRAQ}
    chart = supply_map(seen, SAA)
    truth = supply_map(state, SAA)
    assert all(chart.state_at(h) <= truth.state_at(h) for h in range(HEXES.size))
    for row, owner in enumerate(seen.world.roster.faction):
        if owner == SAA:
            assert str(supply.explain(seen, row)).startswith(seen.world.roster.name[row])
