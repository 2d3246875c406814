"""Bottlenecks of a net: what every way to a node leads through, and the fewest nodes that part goals from a root.

A net is a list of ways: for each node the nodes that it leads to. Plain lists, because a press on a key waits for it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Sequence

Ways = Sequence[Sequence[int]]
MUCH = 1 << 30


def dominators(ways: Ways, root: int) -> list[int]:
    """For each node the last other node that every way to it from the root leads through; -1 for the root and for
    nodes that no way reaches."""
    order = _backwards(ways, root)
    rank = {node: number for number, node in enumerate(order)}
    before: list[list[int]] = [[] for _ in ways]
    for node in order:
        for there in ways[node]:
            before[there].append(node)
    found = [-1] * len(ways)
    found[root] = root
    changed = True
    while changed:
        changed = False
        for node in order[1:]:
            best = -1
            for one in before[node]:
                if found[one] < 0:
                    continue
                if best < 0:
                    best = one
                    continue
                a, b = one, best
                while a != b:  # up both lines to where they meet
                    while rank[a] > rank[b]:
                        a = found[a]
                    while rank[b] > rank[a]:
                        b = found[b]
                best = a
            if found[node] != best:
                found[node], changed = best, True
    found[root] = -1
    return found


def _backwards(ways: Ways, root: int) -> list[int]:
    """The nodes that a way reaches, each before those that can only be reached through it."""
    done, seen = list[int](), {root}
    stack = [(root, iter(ways[root]))]
    while stack:
        node, rest = stack[-1]
        for there in rest:
            if there not in seen:
                seen.add(there)
                stack.append((there, iter(ways[there])))
                break
        else:
            done.append(node)
            stack.pop()
    return done[::-1]


class _Flow:
    """A net in which every node is split in two, the way through it having room for one unless it is kept."""

    def __init__(self, ways: Ways, goals: Collection[int], kept: Collection[int]) -> None:
        self.end = 2 * len(ways)
        self.heads: list[int] = []
        self.room: list[int] = []
        self.edges: list[list[int]] = [[] for _ in range(self.end + 1)]
        for node, near in enumerate(ways):
            self._add(2 * node, 2 * node + 1, MUCH if node in kept else 1)
            for there in near:
                self._add(2 * node + 1, 2 * there, MUCH)
        for node in goals:
            self._add(2 * node + 1, self.end, MUCH)

    def _add(self, start: int, end: int, room: int) -> None:
        for a, b, much in ((start, end, room), (end, start, 0)):
            self.edges[a].append(len(self.heads))
            self.heads.append(b)
            self.room.append(much)

    def push(self, root: int) -> int:
        """How much more goes from the root to the end by one way, the shortest; 0 where nothing does."""
        start, came, queue = 2 * root, {2 * root: -1}, deque([2 * root])
        while queue and self.end not in came:
            node = queue.popleft()
            for edge in self.edges[node]:
                there = self.heads[edge]
                if self.room[edge] and there not in came:
                    came[there] = edge
                    queue.append(there)
        if self.end not in came:
            return 0
        way, node = list[int](), self.end
        while node != start:
            way.append(came[node])
            node = self.heads[came[node] ^ 1]
        most = min(self.room[edge] for edge in way)
        for edge in way:
            self.room[edge] -= most
            self.room[edge ^ 1] += most
        return most

    def beyond(self) -> set[int]:
        """The halves of nodes from which the end can still be reached."""
        found, queue = {self.end}, deque([self.end])
        while queue:
            for edge in self.edges[queue.popleft()]:
                there = self.heads[edge]
                if self.room[edge ^ 1] and there not in found:
                    found.add(there)
                    queue.append(there)
        return found


def smallest_cut(ways: Ways, root: int, goals: Collection[int], kept: Collection[int]) -> frozenset[int]:
    """The fewest nodes, none of them kept, without which no goal is reached from the root; of several such sets the
    one nearest to the goals. Empty where no goal is reached, or where kept nodes alone lead to one."""
    flow, many = _Flow(ways, goals, {root, *kept}), 0
    while more := flow.push(root):
        many += more
        if many >= MUCH:
            return frozenset()
    beyond = flow.beyond()
    return frozenset(
        node for node in range(len(ways)) if many and 2 * node not in beyond and 2 * node + 1 in beyond
    )  # fmt: skip
