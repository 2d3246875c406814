"""Cheapest ways outward from several starts over a hex map, with relays at which the way becomes cheap again.

The same bucket queue as in :mod:`game.kernels.reach`, but over the whole map at once and with relays: a hex that,
once reached, lowers its own cost to one of the ``levels`` of its relay and spreads anew from there. Because costs
may fall again, a relay keeps the whole way back to a start from the moment it was reached, and the tree of ``came``
ends at it; so ways never run in circles.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from game.kernels.reach import Adjacency

UNREACHED = 1 << 30


class Spread(NamedTuple):
    """The hexes reached, each with its cost, and where the way into each comes from (absent at starts and relays)."""

    cost: dict[int, int]
    came: dict[int, int]
    relayed: dict[int, tuple[int, ...]]
    """Relay -> the way from it back to a start, both included."""

    def at(self, here: int) -> int:
        """The cost of a hex, UNREACHED beyond the limit."""
        return self.cost.get(here, UNREACHED)

    def way_back(self, here: int) -> tuple[int, ...]:
        """The hexes from a reached hex back to the start that feeds it, both included."""
        out = []
        came = self.came
        while here in came:
            out.append(here)
            here = came[here]
        tail = self.relayed.get(here, (here,))
        if len(tail) > 1:
            old = set(tail)
            for number, passed in enumerate(out):
                if passed in old:  # a relay that a later one improved: no need to walk the loop
                    return (*out[:number], *tail[tail.index(passed) :])
        return (*out, *tail)


def spread(
    adjacent: Adjacency,
    starts: Sequence[tuple[int, int]],
    limit: int,
    blocked: Sequence[int],
    relays: Mapping[int, Sequence[int]],
) -> Spread:
    """Spread from ``starts`` ((hex, cost), ...) within ``limit``. Blocked hexes are never entered; one may start.

    ``relays`` maps a hex to its levels, highest first: reached at some cost, it falls to the highest level not above
    that cost. Of equal ways the first found stays, so the order of ``starts`` decides. Every step costs at least 1.
    """
    # Costs in a flat list, one over the limit to begin with: a single comparison rejects most steps.
    cost = [limit + 1] * len(adjacent)
    found = Spread({}, {}, {})
    buckets: list[list[int]] = [[] for _ in range(limit + 1)]
    for here, price in starts:
        if price < cost[here]:
            cost[here] = price
            buckets[price].append(here)
    now = 0
    while now <= limit:
        bucket, buckets[now] = buckets[now], []
        if bucket and _falls_back(found, cost, buckets, relays, bucket, now):
            now = 0
            continue
        if bucket and now < limit:
            _settle(adjacent, cost, found.came, buckets, bucket, now, blocked)
        now += 1
    began = [here for here, price in starts if price <= limit]
    found.cost.update({here: cost[here] for here in (*began, *found.relayed, *found.came)})
    return found


def _settle(
    adjacent: Adjacency,
    cost: list[int],
    came: dict[int, int],
    buckets: list[list[int]],
    bucket: list[int],
    now: int,
    blocked: Sequence[int],
) -> None:
    for here in bucket:
        if cost[here] == now:
            for there, step in adjacent[here]:
                total = now + step
                if total < cost[there] and not blocked[there]:
                    cost[there] = total
                    came[there] = here
                    buckets[total].append(there)


def _falls_back(
    found: Spread,
    cost: list[int],
    buckets: list[list[int]],
    relays: Mapping[int, Sequence[int]],
    bucket: list[int],
    now: int,
) -> bool:
    """Lower the relays reached at this cost; True when there are any, with the bucket put back for later."""
    fallen = False
    for here in bucket if relays else ():
        if here in relays and cost[here] == now:
            level = next((one for one in relays[here] if one <= now), now)
            if level < now:
                found.relayed[here] = found.way_back(here)
                cost[here] = level
                found.came.pop(here, None)
                buckets[level].append(here)
                fallen = True
    if fallen:
        buckets[now] = bucket
    return fallen
