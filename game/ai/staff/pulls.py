"""How much goals draw groups: by worth, the way, the assaults that they take, and what others do there already.

A group is what of a formation stands close together; who defends thinks of single units. What a group was told last
turn counts for more than something new of the same worth.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from game.ai.staff import pockets, ways
from game.ai.staff.desk import StaffDesk
from game.ai.staff.notebook import Goal, Task
from game.ai.staff.ways import VEHICLES
from game.rules import strongpoints

STRIDE = 30
"""Quarter points that a group makes in a turn, about."""

ASSAULT = 50
"""What an assault adds to the way to a goal, in percent of a turn: it takes a whole one, but others go on meanwhile."""

STICK = 170
"""Percent by which the goal of last turn counts for more."""

FOR_ASSAULT = (50, 80, 120, 150)
"""Percent of the pull of a strong place on troops of quality D to A."""

WALLS = 120
"""Enemy strength, in tenths, against which local forces are no more than a reserve."""

WAITED = 40
"""Percent that is left of the hold of a goal on a group that makes no headway to it."""

LINK = 4
"""Hexes within which units of a formation count as together."""

WIDEST = 40
"""Hexes beyond which a goal is nobody's business."""

LEASH = 75
"""Quarter points that a defender's reserve goes at most."""

CALLED_AWAY, ENEMY_NEAR, LEFT_BEHIND = 12, 3, 60
"""Hexes that a defender goes to another town at most, hexes of the enemy from it, and the least defence, in tenths,
that he leaves behind in his own."""

SORTIE = 45
"""Quarter points that troops in a pocket go at most: what feeds them is dropped on the pocket."""

SPARE = 5
"""Percent of its pull that a goal keeps for troops that it does not need: they are its reserve."""

CROWD, CROWDED = 4, 300
"""Times what a goal needs, and strength in tenths at least, beyond which more go there only if nothing else is left;
with the latter, and what it needs, it is full."""

NEAR = 8
"""Hexes within which groups are company to each other."""

LONELY, STRONG = 20, 90
"""Percent of its pull that a goal keeps for troops too few to do anything there, alone or with those who go already;
a formation of such strength, in tenths, may go ahead of others."""


class Group(NamedTuple):
    """Units of a formation that stand together."""

    rows: tuple[int, ...]
    lead: int
    strength: int


def groups_of(desk: StaffDesk, rows: Iterable[int]) -> list[Group]:
    """Line units as groups: each alone where one defends, else what stands together and had the same axis."""
    if desk.doctrine.posture == "defend":
        return [Group((row,), row, max(1, desk.defence(row))) for row in rows]
    by_formation: dict[str, list[int]] = {}
    for row in rows:
        formation, before = desk.world.roster.formation[row], desk.book.before.get(row)
        bound = f" {before.goal}" if before is not None and before.axis else ""
        by_formation.setdefault((formation or desk.unit(row)) + bound, []).append(row)
    out = []
    for formation in sorted(by_formation):
        left = by_formation[formation]
        while left:
            cluster, edge = [], [left.pop(0)]
            while edge:
                row = edge.pop()
                cluster.append(row)
                near = [other for other in left if desk.grid.distance(desk.at(row), desk.at(other)) <= LINK]
                for other in near:
                    left.remove(other)
                edge.extend(near)
            cluster.sort()
            lead = max(cluster, key=lambda row: (desk.attack(row), -row))
            out.append(Group(tuple(cluster), lead, sum(desk.attack(row) for row in cluster)))
    return out


class Pulls:
    """How much goals draw groups, worked out only where it may matter: the way to a goal is dear to draw up, and for
    most pairs its length as the crow flies says that others draw more."""

    def __init__(self, desk: StaffDesk, groups: list[Group], goals: tuple[Goal, ...]) -> None:
        self._desk, self._groups = desk, groups
        self._places = [desk.at(group.lead) for group in groups]
        self._hungry = [desk.is_hungry(group.lead) for group in groups]
        self._known: dict[tuple[int, int], int] = {}
        self.bar: dict[tuple[int, int], int] = {}
        """Where a goal must draw a group so much, it does not draw it at all with less."""
        step = ways.least_step(desk.state, VEHICLES, desk.bridging)
        self.most = {
            (number, goal.hex): self._pull(number, goal, step * away, away)
            for number, here in enumerate(self._places)
            for goal in goals
            for away in (desk.grid.distance(here, goal.hex),)
        }
        """The most that it could be."""
        self.top = [max((self.most[number, goal.hex] for goal in goals), default=0) for number in range(len(groups))]
        """No goal draws a group more than so much."""

    def over(self, best: int, number: int, goal: Goal, share: int = 100) -> int:
        """How much a goal draws a group, a share of it in percent; where that is not over ``best``, perhaps 0."""
        pair = (number, goal.hex)
        most, bar = self.most[pair], self.bar.get(pair, 0)
        if most * share // 100 <= best or most < bar:
            return 0
        found = self._known.get(pair)
        if found is None:
            away = self._desk.grid.distance(self._places[number], goal.hex)
            found = self._known[pair] = self.most[pair] = self._pull(number, goal, self._way_to(number, goal), away)
        return found * share // 100 if found >= bar else 0

    def _way_to(self, number: int, goal: Goal) -> int:
        """Quarter points to a goal; behind the enemy only those can go who get round him."""
        if goal.kind == "cut":
            return pockets.way_round(self._desk, self._groups[number].lead, goal.hex)
        cost: int = self._desk.field(goal.hex, VEHICLES)[self._places[number]]
        return cost

    def _pull(self, number: int, goal: Goal, cost: int, away: int) -> int:
        """How much a goal draws a group, by its worth and the turns to get there; what others do is left to the share.
        ``cost`` is that of the way, -1 where there is none; ``away``: the hexes to it as the crow flies."""
        desk, group, hungry = self._desk, self._groups[number], self._hungry[number]
        if cost < 0 or away > WIDEST:
            return 0
        defend = desk.doctrine.posture == "defend"
        if defend and (cost > LEASH or not may_leave(desk, group.lead, goal, {})):
            return 0
        if hungry and not defend:
            if cost > SORTIE and desk.in_pocket(group.lead):
                return 0
            if goal.kind not in ("road", "relief"):
                cost += 4 * STRIDE  # first things first
        before = desk.book.before.get(group.lead)
        stick = 100
        if before is not None and before.goal == goal.hex:
            stick = WAITED if waits(desk, group) else STICK
        if defend and away <= 1:
            stick += 100
        fit = FOR_ASSAULT[desk.world.roster.quality[group.lead]] if goal.need >= WALLS and not defend else 100
        return goal.worth * fit * stick // (200 + 100 * cost // STRIDE + ASSAULT * self._assaults(goal))

    def _assaults(self, goal: Goal) -> int:
        """How many assaults a place takes once one stands before it: one for each of its strongpoints."""
        if self._desk.doctrine.posture == "defend" or goal.kind not in ("prize", "town"):
            return 0
        return strongpoints.standing(self._desk.state, goal.hex)


def waits(desk: StaffDesk, group: Group) -> bool:
    """Whether a group has stood still as long as doctrine bears it, its goal out of reach: it is a reserve."""
    stood = desk.book.stood.get(group.lead)
    return stood is not None and stood.turns >= desk.doctrine.patience


def may_leave(desk: StaffDesk, row: int, goal: Goal, tasks: Mapping[int, Task]) -> bool:
    """A defender goes to another town only if others are enough for his, who go nowhere themselves, the enemy is near
    there, and it is not far."""
    here, distance = desk.at(row), desk.grid.distance
    if distance(here, goal.hex) <= 1:
        return True
    if distance(here, goal.hex) > CALLED_AWAY or desk.traits(row) & {"fortified", "tunnels"}:
        return False
    if not desk.enemy_strength(goal.hex, ENEMY_NEAR):
        return False
    home = next((one for one in desk.book.goals if one.kind == "hold" and distance(one.hex, here) <= 1), None)
    if home is None:
        return True
    around = (home.hex, *desk.grid.near[home.hex])
    others = [other for there in around for other in desk.stack(there) if other != row]
    others = [other for other in others if other not in tasks or distance(tasks[other].goal, home.hex) <= 1]
    strength = sum(desk.defence(other) for other in others)
    return strength >= max(LEFT_BEHIND, home.need)


class Company:
    """Strength of those near each advancing group for whom nothing is settled yet, itself included as long as that is
    true of it: together they could do something. Who defends counts himself alone."""

    def __init__(self, desk: StaffDesk, groups: list[Group]) -> None:
        self._groups = groups
        self._near: list[list[int]] = []
        if desk.doctrine.posture == "defend":
            self.of = [group.strength for group in groups]
            return
        places = [desk.at(group.lead) for group in groups]
        self._near = [[n for n, at in enumerate(places) if desk.grid.distance(here, at) <= NEAR] for here in places]
        self.of = [sum(groups[other].strength for other in near) for near in self._near]

    def leaves(self, number: int) -> None:
        """A group has been told where to go."""
        for other in self._near[number] if self._near else ():
            self.of[other] -= self._groups[number].strength


def share_of(desk: StaffDesk, group: Group, goal: Goal, filled: dict[int, int], company: int = 0) -> int:
    """Percent of a goal's pull that is left for one more group."""
    have = filled.get(goal.hex, 0)
    if not have and len(filled) >= desk.doctrine.axes and goal.kind not in ("claim", "road", "hold"):
        return 0
    need = max(20, goal.need * 3 // 2)
    if goal.kind in ("claim", "road", "relief", "cut") and have >= need:
        return 0
    if desk.doctrine.posture == "advance" and have >= max(CROWD * need, CROWDED):
        return 1
    share = 100 if have < need else 25 if have < 2 * need else SPARE
    if have + max(company, group.strength) >= need // 2:
        return share
    return share * (60 if group.strength >= STRONG else LONELY) // 100
