"""Cheapest ways over a hex map within a budget: a bucket queue over flat adjacency lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

Adjacency = Sequence[Sequence[tuple[int, int]]]
"""For each hex the pairs (neighbour, cost to enter it); a neighbour that cannot be entered is absent."""


class Reach(NamedTuple):
    """What :func:`reach` found. ``stops`` holds the last step into hexes where the march must end."""

    start: int
    cost: dict[int, int]
    came: dict[int, int]
    stops: dict[int, int]

    def path(self, goal: int) -> tuple[int, ...]:
        """The hexes entered on the cheapest way to ``goal``, in order; raises KeyError out of reach."""
        out = []
        here = goal
        last = self.stops.get(goal, -1)
        if last >= 0:
            out.append(goal)
            here = last
        while here != self.start:
            out.append(here)
            here = self.came[here]
        out.reverse()
        return tuple(out)


def reach(
    adjacent: Adjacency,
    start: int,
    budget: int,
    blocked: Sequence[int],
    zone: Sequence[int],
    zone_cost: int,
    zone_ends: bool,
) -> Reach:
    """Cost to every hex within ``budget`` and the ways there.

    A hex marked in ``blocked`` is never entered. Entering one marked in ``zone`` costs ``zone_cost`` more;
    going from one such hex into another is allowed but ends the march there when ``zone_ends``. The start
    is in the result with cost 0.
    """
    # Costs in a flat list, one over the budget to begin with: a single comparison rejects most steps.
    best = [budget + 1] * len(adjacent)
    best[start] = 0
    came: dict[int, int] = {}
    ended: dict[int, int] = {}
    ended_from: dict[int, int] = {}
    buckets: list[list[int]] = [[] for _ in range(budget + 1)]
    buckets[0].append(start)
    for cost in range(budget + 1):
        for here in buckets[cost]:
            if best[here] != cost:
                continue
            for there, step in adjacent[here]:
                total = cost + step
                if total >= best[there] or blocked[there]:
                    continue
                if zone[there]:
                    total += zone_cost
                    if zone_ends and zone[here]:
                        if total <= budget and total < ended.get(there, budget + 1):
                            ended[there] = total
                            ended_from[there] = here
                        continue
                    if total >= best[there]:
                        continue
                best[there] = total
                came[there] = here
                buckets[total].append(there)
    costs = {start: 0}
    for there in came:
        costs[there] = best[there]
    stops = {}
    for there, total in ended.items():
        if total < costs.get(there, budget + 1):
            costs[there] = total
            stops[there] = ended_from[there]
    return Reach(start, costs, came, stops)


def distances(adjacent: Adjacency, sources: Sequence[int], limit: int, blocked: Sequence[int]) -> list[int]:
    """Cheapest cost from any source to every hex, -1 beyond ``limit``; blocked hexes are never entered."""
    best = [limit + 1] * len(adjacent)
    buckets: list[list[int]] = [[] for _ in range(limit + 1)]
    for source in sources:
        best[source] = 0
        buckets[0].append(source)
    for cost in range(limit + 1):
        for here in buckets[cost]:
            if best[here] != cost:
                continue
            for there, step in adjacent[here]:
                total = cost + step
                if total < best[there] and not blocked[there]:
                    best[there] = total
                    buckets[total].append(there)
    return [cost if cost <= limit else -1 for cost in best]
