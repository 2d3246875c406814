"""Ways of supply as a staff would open them: where the road to hungry troops is broken, and what breaks it.

The rules say what feeds a unit today. A staff asks for the road that is opened at the least trouble: round a garrison
rather than through it, through a hex that somebody has only to stand in rather than one that has to be stormed.
"""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heappop, heappush

from game.ai.staff.desk import StaffDesk
from game.rules import supply_net, zones

FAR = 240
"""Supply points of way, with the trouble on it, beyond which no road is planned."""

STORM, RETAKE, STAND = 24, 8, 5
"""Supply points that a hex on the way counts for when an enemy is in it, when it is his ground, when he is beside it;
an enemy counts for more by his strength."""

NOT_OURS = 120
"""The same for ground of the other bloc."""

BESIDE = 3
"""Hexes from a road within which troops count as beside it."""


def break_before(desk: StaffDesk, here: int) -> int:
    """How far the way of supply to a hex can be opened at a go (:func:`far_along`); -1: not broken, or none known."""
    costs, back = _ways(desk)
    near = min(
        (there for there in desk.grid.disk(here, BESIDE) if there in costs),
        key=lambda there: (costs[there] + 4 * desk.grid.distance(here, there), there), default=-1,
    )  # fmt: skip
    broken = list[int]()
    while near >= 0:
        if _trouble(desk, near):
            broken.append(near)
        near = back[near]
    return far_along(desk, broken[::-1]) if broken else -1


def far_along(desk: StaffDesk, broken: Sequence[int]) -> int:
    """Of the hexes that break a way, in its order, the one that those who open it go for: the first where an enemy
    has to be driven off, or somebody has to stay, else the last. What the enemy merely owns is taken on the march, and
    beside an enemy on the road nobody has to stay once he is gone."""
    for here, onward in zip(broken, (*broken[1:], -1), strict=True):
        if here in desk.foes:
            return here
        if not desk.hostile(here):
            return onward if onward in desk.foes and onward in desk.grid.near[here] else here
    return broken[-1]


def _ways(desk: StaffDesk) -> tuple[dict[int, int], dict[int, int]]:
    """Road hex -> cost of feeding it, and -> the hex before it, from all roads that are fed now; kept for the turn."""
    found: tuple[dict[int, int], dict[int, int]] | None = desk.book.charts.get("supply ways")
    if found is not None:
        return found
    roads = supply_net.roads(desk.state)
    on_road = desk.supply.chart.road.cost  # a last leg reaches hexes of the road beyond a cut, and feeds nobody behind
    back = {here: -1 for here, row in enumerate(roads) if row and here in on_road}
    costs = dict.fromkeys(back, 0)
    heap = [(0, here) for here in back]
    while heap:
        cost, here = heappop(heap)
        if cost > costs[here]:
            continue
        for there, step in roads[here]:
            total = cost + step + _trouble(desk, there)
            if total <= FAR and total < costs.get(there, FAR + 1):
                costs[there], back[there] = total, here
                heappush(heap, (total, there))
    desk.book.charts["supply ways"] = costs, back
    return costs, back


def _trouble(desk: StaffDesk, here: int) -> int:
    if here in desk.foes:
        return STORM + desk.enemy_strength(here, 0) // 4
    if desk.hostile(here):
        return RETAKE
    holder = desk.state.hexes.control[here]
    if holder >= 0 and not desk.world.together(desk.me, holder):
        return NOT_OURS
    return STAND if zones.known_zone(desk.state, desk.me)[here] and not desk.stack(here) else 0
