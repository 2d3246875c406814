"""Minimum cuts of two hexes: where one point cuts nobody off, two together may.

Ways that share none of the points which can be occupied are counted one by one, as flow through a net in which such a
point carries one way. Where no third way is left, the points at the border of what the source still reaches are the
cut.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from game.ai.staff.objectives import SOURCE

Joined = Mapping[int, Sequence[int]]

START = 2 * SOURCE + 1
"""Where all ways begin; hex h is entered at node 2h and left at node 2h + 1."""


def pair(joined: Joined, goal: int, able: Collection[int]) -> tuple[int, int] | None:
    """Two of the hexes that can be occupied without which no way leads from the source to a hex: those nearest to the
    source; None where one is enough, or two are not.

    >>> ring = {SOURCE: [0], 0: [SOURCE, 1, 2], 1: [0, 3], 2: [0, 4], 3: [1, 5], 4: [2, 5], 5: [3, 4]}
    >>> pair(ring, 5, {1, 2, 3, 4}), pair(ring, 5, {3, 4}), pair(ring, 5, {0, 1, 2}), pair(ring, 5, {1, 3})
    ((1, 2), (3, 4), None, None)
    """
    flow: dict[tuple[int, int], int] = {}
    for _ in range(3):
        came = _search(joined, goal, able, flow)
        here = 2 * goal
        if here not in came:
            break
        while here != START:
            before = came[here]
            if flow.get((here, before)):
                flow[here, before] -= 1
            else:
                flow[before, here] = flow.get((before, here), 0) + 1
            here = before
    else:
        return None
    found = sorted(here for here in able if 2 * here in came and 2 * here + 1 not in came)
    return (found[0], found[1]) if len(found) == 2 else None


def _search(joined: Joined, goal: int, able: Collection[int], flow: Mapping[tuple[int, int], int]) -> dict[int, int]:
    """Node that one more way could reach -> the node before it; the search ends at the goal."""
    came, edge = {START: START}, [START]
    for node in edge:
        here, leaving = node // 2, node % 2
        if leaving:
            onward = [2 * there for there in joined[here] if there != SOURCE]
            if flow.get((node - 1, node)):
                onward.append(node - 1)
        else:
            onward = [2 * there + 1 for there in joined[here] if flow.get((2 * there + 1, node))]
            if here not in able or not flow.get((node, node + 1)):
                onward.append(node + 1)
        for there in onward:
            if there not in came:
                came[there] = node
                if there == 2 * goal:
                    return came
                edge.append(there)
    return came
