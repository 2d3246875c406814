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
    """Cost of each hex (UNREACHED beyond the limit) and where its way comes from (-1 at starts and relays)."""

    cost: list[int]
    came: list[int]
    relayed: dict[int, tuple[int, ...]]
    """Relay -> the way from it back to a start, both included."""

    def way_back(self, here: int) -> tuple[int, ...]:
        """The hexes from a reached hex back to the start that feeds it, both included."""
        out = []
        came = self.came
        while came[here] >= 0:
            out.append(here)
            here = came[here]
        tail = self.relayed.get(here, (here,))
        if len(tail) > 1:
            old = set(tail)
            for number, passed in enumerate(out):
                if passed in old:  # a relay that a later one improved: no need to walk the loop
                    return (*out[:number], *tail[tail.index(passed):])
        return (*out, *tail)


def spread(
    adjacent: Adjacency,
    starts: Sequence[tuple[int, int]],
    limit: int,
    blocked: Sequence[int],
    extra: Sequence[int],
    relays: Mapping[int, Sequence[int]],
) -> Spread:
    """Spread from ``starts`` ((hex, cost), ...) within ``limit``; entering a hex costs its ``extra`` more.

    Blocked hexes are never entered. ``relays`` maps a hex to its levels, highest first: reached at some cost, it falls
    to the highest level below that cost. Of equal ways the first found stays, so the order of ``starts`` decides.
    """
    size = len(adjacent)
    cost, came = [UNREACHED] * size, [-1] * size
    relayed: dict[int, tuple[int, ...]] = {}
    found = Spread(cost, came, relayed)
    buckets: list[list[int]] = [[] for _ in range(limit + 1)]
    for here, price in starts:
        if price <= limit and price < cost[here]:
            cost[here] = price
            buckets[price].append(here)
    now = 0
    while now <= limit:
        bucket, back = buckets[now], now
        for here in bucket:
            if cost[here] != now:
                continue
            if here in relays:
                level = next((one for one in relays[here] if one <= now), now)
                if level < now:
                    relayed[here] = found.way_back(here)
                    cost[here], came[here] = level, -1
                    buckets[level].append(here)
                    back = min(back, level)
                    continue
            for there, step in adjacent[here]:
                total = now + step
                if total < cost[there] and not blocked[there]:
                    total += extra[there]
                    if total <= limit and total < cost[there]:
                        cost[there] = total
                        came[there] = here
                        relayed.pop(there, None)
                        buckets[total].append(there)
        buckets[now] = []
        now = back if back < now else now + 1
    return found
