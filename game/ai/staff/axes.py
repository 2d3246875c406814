"""Who goes where: formations are allotted to goals by worth, time and need, and stick to them.

A group is what of a formation stands close together. Groups are dealt out one at a time to the goal where they
gain most; a goal that has what it needs gains little more, so the next one is served. What a group was told last
turn counts for more than something new of the same worth: armies that turn about every week get nowhere.

Who defends thinks shorter: units stay with the town they are in, and reserves go no further than a few days.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from game.ai.staff import delaying, ways
from game.ai.staff.desk import VEHICLES, StaffDesk
from game.ai.staff.followers import follow
from game.ai.staff.goals import goal_at, may_go
from game.ai.staff.notebook import Alternative, Goal, Stand, Task
from game.ai.staff.plan import FREE, HOLD, Genes
from game.ai.staff.rotation import resting
from game.rules import prizes

STRIDE = 30
"""Quarter points that a group makes in a turn, about."""

STICK = 170
"""Percent by which the goal of last turn counts for more."""

FOR_ASSAULT = (50, 80, 120, 150)
"""Percent of the pull of a strong place on troops of quality D to A."""

WALLS = 120
"""Enemy strength, in tenths, against which local forces are no more than a reserve."""

WAITED = 40
"""Percent that is left of the hold of a goal on a group that makes no headway to it."""

FAR_ROUND, DEARER = 6, 300
"""Hexes between an old goal and a new one from which on a group turns round; and the percent of the old one's pull that
the new one must have before that alone is a reason."""

CALLED = 14
"""Hexes from which a group may be called to a road, to troops that are shut in, or a unit to a prize to be claimed."""

URGENT = frozenset({"road", "relief"})
"""Kinds of goals that call a group away from its axis."""

LINK = 4
"""Hexes within which units of a formation count as together."""

WIDEST = 40
"""Hexes beyond which a goal is nobody's business."""

LEASH = 75
"""Quarter points that a defender's reserve goes at most."""

SORTIE = 45
"""Quarter points that troops in a pocket go at most: what feeds them is dropped on the pocket."""


PREYING = frozenset({"raider", "cell"})
"""Units that the raids use, and nobody else."""


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


LATER, NEAR_SUPPLY = 40, 3
"""Percent of its worth that a prize counts for while no supply can follow to within so many hexes of it."""


class Group(NamedTuple):
    """Units of a formation that stand together."""

    rows: tuple[int, ...]
    lead: int
    strength: int


def allot(desk: StaffDesk, goals: tuple[Goal, ...], genes: Genes = FREE) -> dict[int, Task]:
    """A task for every unit that can move; units missing from the answer have none and hold."""
    movers = [row for row in desk.own if can_go(desk, row) and not resting(desk, row)]
    raid = bool(desk.doctrine.raids)
    line = [row for row in movers if desk.is_line(row) and not (raid and desk.traits(row) & PREYING)]
    own_way = [row for row in line if genes.target(desk.formation(row)) is None]
    tasks = delaying.tasks(desk, own_way, goals)
    tasks.update(claims(desk, [row for row in own_way if row not in tasks], goals))
    groups = _groups(desk, [row for row in line if row not in tasks])
    goals = tuple(_in_supply(desk, goal) for goal in goals if goal.kind != "claim")
    pulls = _Pulls(desk, groups, goals)
    why_turned = {number: _kept_on_axis(desk, number, groups, goals, pulls) for number in range(len(groups))}
    filled = _manned(desk, goals) if desk.doctrine.posture == "defend" else {}
    waiting = dict(enumerate(groups))
    for number, goal in _bound(desk, waiting, goals, genes):
        _send(waiting.pop(number), goal, tasks, filled)
    while waiting:
        best, chosen = 0, None
        for number, group in waiting.items():
            company = _company(desk, group, waiting.values())
            for goal in goals:
                if pulls.most[number, goal.hex] > best:
                    gain = pulls.over(best, number, goal, _share(desk, group, goal, filled, company))
                    if gain > best:
                        best, chosen = gain, (number, goal)
        if chosen is None:
            break
        group, goal = waiting[chosen[0]], chosen[1]
        if desk.doctrine.posture == "defend" and not _may_leave(desk, group.lead, goal, tasks):
            pulls.most[chosen[0], goal.hex] = 0  # those who would have stayed have been sent off since
            continue
        del waiting[chosen[0]]
        desk.book.alternatives.extend(_turned_down(desk, chosen[0], group, goal, goals, pulls, filled))
        weak = goal.need >= WALLS and all(desk.world.roster.attack[row] <= 1 for row in group.rows)
        company = _company(desk, group, waiting.values())
        late = weak or _waits(desk, group) or _share(desk, group, goal, filled, company) <= SPARE
        spare = goal.kind in ("prize", "town") and late
        _send(group, goal, tasks, filled, spare)
        _note_turn(desk, group, goal, tasks, why_turned[chosen[0]])
    if desk.doctrine.posture == "advance":
        _stand_by(desk, waiting.values(), tasks)
    follow(desk, [row for row in movers if genes.target(desk.formation(row)) != HOLD], tasks)
    return tasks


def claims(desk: StaffDesk, line: Iterable[int], goals: Iterable[Goal]) -> dict[int, Task]:
    """One unit for each prize that is taken and not yet claimed: who can be there first, the weakest of several. A
    formation has something better to do."""
    able = [row for row in line if prizes.can_claim(desk.state, row)]
    found: dict[int, Task] = {}
    for goal in goals:
        if goal.kind != "claim":
            continue
        best, best_price = -1, (0, 0, 0)
        for row in able:
            cost = desk.field(goal.hex, desk.world.roster.mobility[row])[desk.at(row)]
            price = (-(-cost // desk.world.roster.movement[row]), desk.attack(row), row)
            if cost < 0 or row in found or desk.grid.distance(desk.at(row), goal.hex) > CALLED:
                continue
            if best < 0 or price < best_price:
                best, best_price = row, price
        if best >= 0:
            found[best] = Task(goal.hex, goal.kind, _words(goal), goal.worth)
    return found


def _stand_by(desk: StaffDesk, idle: Iterable[Group], tasks: dict[int, Task]) -> None:
    """Send those whom no goal draws, and who are in no pocket, to the prize of their side that is nearest, the way
    counted against its points."""
    held: dict[int, int] = {}
    for prize in desk.world.prizes:
        if prize.points[desk.me] and desk.state.hexes.control[prize.hex] == desk.me and may_go(desk, prize.hex):
            held[prize.hex] = held.get(prize.hex, 0) + prize.points[desk.me]
    for group in idle:
        here = desk.at(group.lead)
        near = [at for at in held if desk.field(at, VEHICLES)[here] >= 0 and desk.grid.distance(here, at) <= WIDEST]
        if not near or desk.in_pocket(group.lead):
            continue
        at = min(near, key=lambda one: (desk.grid.distance(here, one) - held[one], one))
        for row in group.rows:
            tasks[row] = Task(at, "reserve", f"in reserve at {desk.name(at)}, with no other goal")


def _turned_down(
    desk: StaffDesk,
    number: int,
    group: Group,
    chosen: Goal,
    goals: tuple[Goal, ...],
    pulls: _Pulls,
    filled: dict[int, int],
) -> Iterator[Alternative]:
    """What drew a group most beside the goal that it got, and why it does not go there."""
    drawn = [goal for goal in goals if goal.hex != chosen.hex and pulls.most[number, goal.hex] > 0]
    if not drawn:
        return
    other = max(drawn, key=lambda goal: (pulls.most[number, goal.hex], -goal.hex))
    share, before = _share(desk, group, other, filled), desk.book.before.get(group.lead)
    if (number, other.hex) in pulls.bar and before is not None:
        why = f"it holds to its axis, {desk.name(before.goal)}"
    elif not share:
        why = "there are axes enough"
    elif filled.get(other.hex, 0) >= other.need:
        why = "others are enough there"
    elif share < 100:
        why = "it is too weak for that alone"
    else:
        why = f"{chosen.name} is worth more, the way counted"
    yield Alternative(desk.formation(group.lead), other.hex, other.name, why)


def _surplus(desk: StaffDesk, group: Group, groups: list[Group], goal: Goal) -> bool:
    """Whether stronger groups that go for the same goal are all that it needs, or find room."""
    there = sum(
        other.strength
        for other in groups
        if (other.strength, other.lead) > (group.strength, group.lead)
        and (aim := desk.book.before.get(other.lead)) is not None
        and aim.goal == goal.hex
    )
    return there >= max(goal.need * 3 // 2, CROWDED)


def _kept_on_axis(desk: StaffDesk, number: int, groups: list[Group], goals: tuple[Goal, ...], pulls: _Pulls) -> str:
    """Take from a group the goals for which it would have to turn round without a reason. Returns why it may turn round
    for any: "" when it keeps to its axis, but for what calls it away."""
    group = groups[number]
    before = desk.book.before.get(group.lead)
    if desk.doctrine.posture == "defend" or before is None or not before.axis:
        return ""
    old = next((goal for goal in goals if goal.hex == before.goal), None)
    if old is None:
        return "that is no goal any more"
    if _waits(desk, group):
        return "it made no headway there"
    if _surplus(desk, group, groups, old):
        return "others are enough there"
    mine = pulls.over(0, number, old) * 100 // STICK
    if not mine:
        return "no way leads there now"
    for goal in goals:
        if desk.grid.distance(goal.hex, old.hex) < FAR_ROUND:
            continue
        called = goal.kind in URGENT and desk.grid.distance(desk.at(group.lead), goal.hex) <= CALLED
        if not called:
            pulls.bar[number, goal.hex] = -(-mine * DEARER // 100)
    return ""


def _note_turn(desk: StaffDesk, group: Group, goal: Goal, tasks: dict[int, Task], why: str) -> None:
    """State why a group turns round, in its tasks and for the next turn."""
    for row in group.rows:
        before = desk.book.before.get(row)
        if before is None or not before.axis or desk.grid.distance(before.goal, goal.hex) < FAR_ROUND:
            continue
        reason = why or ("the road has to be opened" if goal.kind in URGENT else "much more is to be had there")
        desk.book.turned[row] = reason
        tasks[row] = tasks[row]._replace(why=f"{tasks[row].why}, not for {desk.name(before.goal)}: {reason}")


def with_bound(desk: StaffDesk, goals: tuple[Goal, ...], genes: Genes) -> tuple[Goal, ...]:
    """The goals, and with them the hexes that genes send somebody to."""
    known = {goal.hex for goal in goals}
    more = sorted({one.target for one in genes.bound if one.target != HOLD} - known)
    return (*goals, *(goal_at(desk, here) for here in more))


def _bound(
    desk: StaffDesk, groups: dict[int, Group], goals: tuple[Goal, ...], genes: Genes
) -> list[tuple[int, Goal | None]]:
    """The groups whose goal is settled from outside, None where they are to stay."""
    at = {goal.hex: goal for goal in goals}
    found = ((number, genes.target(desk.formation(group.lead))) for number, group in groups.items())
    return [(number, at.get(target)) for number, target in found if target is not None]


def _send(group: Group, goal: Goal | None, tasks: dict[int, Task], filled: dict[int, int], spare: bool = False) -> None:
    if goal is None:
        return
    filled[goal.hex] = filled.get(goal.hex, 0) + group.strength
    kind, why = ("reserve", f"in reserve behind {goal.name}") if spare else (goal.kind, _words(goal))
    for row in group.rows:
        tasks[row] = Task(goal.hex, kind, why, goal.worth)


def _in_supply(desk: StaffDesk, goal: Goal) -> Goal:
    """A goal at its worth now: prizes to which no supply can follow yet come later."""
    if desk.doctrine.posture == "defend" or goal.kind not in ("prize", "town"):
        return goal
    if any(desk.supply_ahead[here] >= 0 for here in desk.grid.disk(goal.hex, NEAR_SUPPLY)):
        return goal
    return goal._replace(worth=goal.worth * LATER // 100)


def _manned(desk: StaffDesk, goals: tuple[Goal, ...]) -> dict[int, int]:
    """Hex of a goal -> strength of those who hold it already and stay whatever comes."""
    found: dict[int, int] = {}
    for goal in goals:
        strength = sum(desk.defence(row) for row in desk.stack(goal.hex) if not can_go(desk, row))
        if strength:
            found[goal.hex] = strength
    return found


def can_go(desk: StaffDesk, row: int) -> bool:
    """Whether a unit may be sent anywhere: it can move, keeps no garrison or works, and is not shut in."""
    if not desk.free(row) or not desk.world.roster.movement[row] or "garrison" in desk.traits(row):
        return False
    if desk.entrenched(row) and desk.at(row) in desk.world.place_at:
        return False
    return desk.doctrine.posture == "defend" or not desk.shut_in(row)


def _words(goal: Goal) -> str:
    return {
        "prize": f"goes for {goal.name}", "claim": f"claims {goal.name}", "town": f"goes for {goal.name}",
        "relief": f"opens the road to the troops shut in at {goal.name}", "road": f"clears the {goal.name}",
        "road prize": f"opens the {goal.name}", "hold": f"holds {goal.name}",
    }[goal.kind]  # fmt: skip


def _groups(desk: StaffDesk, rows: Iterable[int]) -> list[Group]:
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


class _Pulls:
    """How much goals draw groups, worked out only where it may matter: the way to a goal is dear to draw up, and for
    most pairs its length as the crow flies says that others draw more."""

    def __init__(self, desk: StaffDesk, groups: list[Group], goals: tuple[Goal, ...]) -> None:
        self._desk, self._groups = desk, groups
        self._known: dict[tuple[int, int], int] = {}
        self.bar: dict[tuple[int, int], int] = {}
        """Where a goal must draw a group so much, it does not draw it at all with less."""
        step = ways.least_step(desk.state, VEHICLES, desk.bridging)
        self.most = {
            (number, goal.hex): _pull(desk, group, goal, step * desk.grid.distance(desk.at(group.lead), goal.hex))
            for number, group in enumerate(groups)
            for goal in goals
        }
        """The most that it could be."""

    def over(self, best: int, number: int, goal: Goal, share: int = 100) -> int:
        """How much a goal draws a group, a share of it in percent; where that is not over ``best``, perhaps 0."""
        pair = (number, goal.hex)
        most, bar = self.most[pair], self.bar.get(pair, 0)
        if most * share // 100 <= best or most < bar:
            return 0
        found = self._known.get(pair)
        if found is None:
            group = self._groups[number]
            cost = self._desk.field(goal.hex, VEHICLES)[self._desk.at(group.lead)]
            found = self._known[pair] = self.most[pair] = _pull(self._desk, group, goal, cost)
        return found * share // 100 if found >= bar else 0


def _pull(desk: StaffDesk, group: Group, goal: Goal, cost: int) -> int:
    """How much a goal draws a group, by its worth and the turns to get there; what others do is left to the share.
    ``cost`` is that of the way, -1 where there is none."""
    here = desk.at(group.lead)
    if desk.grid.distance(here, goal.hex) > WIDEST:
        return 0
    defend = desk.doctrine.posture == "defend"
    if defend and not _may_leave(desk, group.lead, goal, {}):
        return 0
    if cost < 0 or (defend and cost > LEASH) or (not defend and cost > SORTIE and desk.in_pocket(group.lead)):
        return 0
    if not defend and goal.kind not in ("road", "relief") and desk.is_hungry(group.lead):
        cost += 4 * STRIDE  # first things first
    before = desk.book.before.get(group.lead)
    stick = 100
    if before is not None and before.goal == goal.hex:
        stick = WAITED if _waits(desk, group) else STICK
    if defend and desk.grid.distance(here, goal.hex) <= 1:
        stick += 100
    fit = FOR_ASSAULT[desk.world.roster.quality[group.lead]] if goal.need >= WALLS and not defend else 100
    return goal.worth * fit * stick // (200 + 100 * cost // STRIDE)


def _waits(desk: StaffDesk, group: Group) -> bool:
    """Whether a group has stood still as long as doctrine bears it, its goal out of reach: it is a reserve."""
    stood = desk.book.stood.get(group.lead)
    return stood is not None and stood.turns >= desk.doctrine.patience


def note_waits(desk: StaffDesk) -> None:
    """Count the turns that units stand still and fight nobody: a full road, or an enemy nobody can move, is no axis."""
    stood = desk.book.stood
    for row, aim in desk.book.before.items():
        here, last = desk.at(row), stood.get(row)
        waits = here >= 0 and aim.axis and desk.grid.distance(here, aim.goal) > 1
        still = last is not None and last.hex == here
        turns = last.turns + 1 if waits and last is not None and still else 0
        stood[row] = Stand(here, turns, last.hex if last is not None else -1)


def _may_leave(desk: StaffDesk, row: int, goal: Goal, tasks: Mapping[int, Task]) -> bool:
    """A defender goes to another town only if others are enough for his, who go nowhere themselves, the enemy is near
    there, and it is not far."""
    here, distance = desk.at(row), desk.grid.distance
    if distance(here, goal.hex) <= 1:
        return True
    if distance(here, goal.hex) > 12 or desk.traits(row) & {"fortified", "tunnels"}:
        return False
    if not desk.enemy_strength(goal.hex, 3):
        return False
    home = next((one for one in desk.book.goals if one.kind == "hold" and distance(one.hex, here) <= 1), None)
    if home is None:
        return True
    around = (home.hex, *desk.grid.near[home.hex])
    others = [other for there in around for other in desk.stack(there) if other != row]
    others = [other for other in others if other not in tasks or distance(tasks[other].goal, home.hex) <= 1]
    strength = sum(desk.defence(other) for other in others)
    return strength >= max(60, home.need)


def _company(desk: StaffDesk, group: Group, waiting: Iterable[Group]) -> int:
    """Strength of those near an advancing group for whom nothing is settled yet: together they could do something."""
    if desk.doctrine.posture == "defend":
        return group.strength
    here = desk.at(group.lead)
    return sum(other.strength for other in waiting if desk.grid.distance(here, desk.at(other.lead)) <= NEAR)


def _share(desk: StaffDesk, group: Group, goal: Goal, filled: dict[int, int], company: int = 0) -> int:
    """Percent of a goal's pull that is left for one more group."""
    have = filled.get(goal.hex, 0)
    if not have and len(filled) >= desk.doctrine.axes and goal.kind not in ("claim", "road", "hold"):
        return 0
    need = max(20, goal.need * 3 // 2)
    if goal.kind in ("claim", "road", "relief") and have >= need:
        return 1 if have < 2 * need else 0
    if desk.doctrine.posture == "advance" and have >= max(CROWD * need, CROWDED):
        return 1
    share = 100 if have < need else 25 if have < 2 * need else SPARE
    if have + max(company, group.strength) >= need // 2:
        return share
    return share * (60 if group.strength >= STRONG else LONELY) // 100
