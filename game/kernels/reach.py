"""Cheapest ways over a hex map within a budget: a bucket queue over flat adjacency lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

Adjacency = list[tuple[tuple[int, int], ...]]
"""For each hex the pairs (neighbour, cost to enter it), cheapest first; one that cannot be entered is absent."""

BARRED = 1 << 20
"""The toll of a hex that may not be entered."""


class Field(NamedTuple):
    """What a march goes through: the steps, and per hex what the enemy makes of it."""

    adjacent: Adjacency
    toll: Sequence[int]
    """What entering a hex costs on top of the step, BARRED where nobody enters."""
    zone: Sequence[int]
    """Marks of hexes from which a step into another such hex ends the march."""
    near: Sequence[Sequence[int]]
    """The hexes beside each hex: whoever can step into it stands in one of them."""


class Reach(NamedTuple):
    """What :func:`reach` found: the hexes, what each costs, and the last steps into those where the march ends."""

    start: int
    field: Field
    cost: dict[int, int]
    free: dict[int, int]
    """Costs of the ways on which the march could go on."""
    stops: dict[int, int]
    came: dict[int, int]
    """Where the way into a hex comes from, as far as ways have been asked for."""

    def path(self, goal: int) -> tuple[int, ...]:
        """The hexes entered on the cheapest way to ``goal``, in order; raises KeyError out of reach."""
        out = []
        here, last = goal, self.stops.get(goal, -1)
        if last >= 0:
            out.append(goal)
            here = last
        while here != self.start:
            out.append(here)
            before = self.came.get(here)
            if before is None:
                before = self.came[here] = self._before(here)
            here = before
        out.reverse()
        return tuple(out)

    def _before(self, there: int) -> int:
        """Where the cheapest way into a hex comes from: of several hexes the one that the search came to first."""
        free, (adjacent, toll, zone, near) = self.free, self.field
        left = free[there] - toll[there]
        found: list[int] = []
        for here in near[there]:
            spent = free.get(here)
            if spent is None or (zone[here] and zone[there]):
                continue
            if (there, left - spent) in adjacent[here]:
                found.append(here)
        if len(found) == 1:
            return found[0]
        return next(here for here in free if here in found)


def reach(field: Field, start: int, budget: int) -> Reach:
    """Cost to every hex within ``budget`` and the ways there; the start is among them with cost 0."""
    adjacent, toll, zone, _ = field
    # Costs in a flat list, one over the budget to begin with: a single comparison rejects most steps.
    best = [budget + 1] * len(adjacent)
    best[start] = 0
    costs: dict[int, int] = {}
    held: list[int] = []
    buckets: list[list[int]] = [[] for _ in range(budget + 1)]
    buckets[0].append(start)
    for cost, bucket in enumerate(buckets):
        left = budget - cost
        for here in bucket:
            if best[here] != cost:
                continue
            costs[here] = cost
            steps = adjacent[here]
            if not steps or steps[0][1] > left:
                continue
            inside = zone[here]
            if inside:
                held.append(here)
            for there, step in steps:
                total = cost + step
                if total < best[there] and not (inside and zone[there]):
                    total += toll[there]
                    if total < best[there]:
                        best[there] = total
                        buckets[total].append(there)
    ended, stops = _last_steps(field, budget, held, costs)
    return Reach(start, field, {**costs, **ended} if ended else costs, costs, stops, {})


def _last_steps(
    field: Field, budget: int, held: list[int], free: dict[int, int]
) -> tuple[dict[int, int], dict[int, int]]:
    """Hexes which no free way reaches as cheaply as a step from zone to zone: the cost, and where the step is from."""
    ended: dict[int, int] = {}
    stops: dict[int, int] = {}
    for here in held:
        for there, step in field.adjacent[here]:
            if field.zone[there]:
                total = free[here] + step + field.toll[there]
                if total <= budget and total < ended.get(there, free.get(there, BARRED)):
                    ended[there] = total
                    stops[there] = here
    return ended, stops


def marked(marks: bytearray) -> Iterator[int]:
    """The hexes whose mark is 1, in order."""
    here = marks.find(1)
    while here >= 0:
        yield here
        here = marks.find(1, here + 1)


class Outward(Sequence[int]):
    """Cheapest cost from any source to every hex, -1 beyond ``limit``; blocked hexes are never entered.

    It is worked out from the sources outwards, no further than somebody has asked so far.

    >>> line = [((1, 2),), ((0, 2), (2, 3)), ((1, 3),)]
    >>> away = Outward(line, (0,), 9)
    >>> away[1], away.worked_out, away[2], list(away)
    (2, 2, 5, [0, 2, 5])
    >>> Outward(line, (0,), 4).of((2, 1)), Outward(line, (0,), 9).of((2, 1), 4)
    ([-1, 2], [-1, 2])
    >>> Outward(line, (0,), 4).within()
    [0, 1]
    """

    __slots__ = ("_adjacent", "_best", "_buckets", "_limit", "worked_out")

    def __init__(
        self, adjacent: Adjacency, sources: Sequence[int], limit: int, blocked: bytearray | None = None
    ) -> None:
        self._adjacent, self._limit = adjacent, limit
        self._best = [limit + 1] * len(adjacent)
        for here in marked(blocked) if blocked is not None else ():
            self._best[here] = -1
        for source in sources:
            self._best[source] = 0
        self._buckets: defaultdict[int, list[int]] = defaultdict(list, {0: list(sources)})
        self.worked_out = -1
        """Costs up to this one are known."""

    def __len__(self) -> int:
        return len(self._best)

    def __getitem__(self, here: Any) -> Any:
        cost = self._best[here]
        if cost <= self.worked_out:
            return cost
        self._work_out(here, self._limit)
        cost = self._best[here]
        return cost if cost <= self._limit else -1

    def of(self, hexes: Collection[int], most: int = BARRED) -> list[int]:
        """The costs of some hexes, in their order; -1 beyond ``most`` too, as far as which nothing is worked out."""
        best, limit = self._best, min(most, self._limit)
        for here in hexes:
            if best[here] > self.worked_out:
                if self.worked_out >= limit:
                    break
                self._work_out(here, limit)
        return [cost if (cost := best[here]) <= limit else -1 for here in hexes]

    def whole(self) -> list[int]:
        """The costs of all hexes."""
        self._work_out(-1, self._limit)
        limit = self._limit
        return [cost if cost <= limit else -1 for cost in self._best]

    def within(self) -> list[int]:
        """The hexes that are not beyond the limit, in order."""
        self._work_out(-1, self._limit)
        limit = self._limit
        return [here for here, cost in enumerate(self._best) if 0 <= cost <= limit]

    def _work_out(self, asked: int, limit: int) -> None:
        """Go on until the cost of a hex is known, or all costs up to a limit are; the latter only, for -1."""
        best, adjacent, buckets = self._best, self._adjacent, self._buckets
        cost = self.worked_out
        while cost < limit and (asked < 0 or best[asked] > cost):
            cost += 1
            if cost not in buckets:  # most are empty
                continue
            for here in buckets[cost]:
                if best[here] == cost:
                    for there, step in adjacent[here]:
                        total = cost + step
                        if total < best[there]:
                            best[there] = total
                            buckets[total].append(there)
            del buckets[cost]
        self.worked_out = cost


def distances(adjacent: Adjacency, sources: Sequence[int], limit: int, blocked: bytearray) -> list[int]:
    """The costs of an :class:`Outward` all at once."""
    return Outward(adjacent, sources, limit, blocked).whole()
