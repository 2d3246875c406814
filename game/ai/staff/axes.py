"""Who goes where: formations are allotted to goals by worth, time and need, and stick to them.

A group is what of a formation stands close together. Groups are dealt out one at a time to the goal where they
gain most; a goal that has what it needs gains little more, so the next one is served. What a group was told last
turn counts for more than something new of the same worth: armies that turn about every week get nowhere.

Who defends thinks shorter: units stay with the town they are in, and reserves go no further than a few days.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from game.ai.staff import delaying, pockets
from game.ai.staff.desk import StaffDesk
from game.ai.staff.followers import follow
from game.ai.staff.goals import goal_at, may_go
from game.ai.staff.notebook import STAYS, Alternative, Goal, Stand, Task
from game.ai.staff.plan import FREE, HOLD, Genes
from game.ai.staff.pulls import (
    CROWDED,
    SPARE,
    STICK,
    WALLS,
    WIDEST,
    Company,
    Group,
    Pulls,
    groups_of,
    may_leave,
    share_of,
    waits,
)
from game.ai.staff.rotation import resting
from game.ai.staff.ways import VEHICLES
from game.rules import prizes

FAR_ROUND, DEARER = 6, 300
"""Hexes between an old goal and a new one from which on a group turns round; and the percent of the old one's pull that
the new one must have before that alone is a reason."""

CALLED = 14
"""Hexes from which a group may be called to a road, to troops that are shut in, or a unit to a prize to be claimed."""

URGENT = frozenset({"road", "relief"})
"""Kinds of goals that call a group away from its axis."""

ONE_BY_ONE = frozenset({"claim", "pair"})
"""Kinds of goals that take single units, and no formation."""

PREYING = frozenset({"raider", "cell"})
"""Units that the raids use, and nobody else."""

LATER, NEAR_SUPPLY = 40, 3
"""Percent of its worth that a prize counts for while no supply can follow to within so many hexes of it."""


def allot(desk: StaffDesk, goals: tuple[Goal, ...], genes: Genes = FREE) -> dict[int, Task]:
    """A task for every unit that can move; units missing from the answer have none and hold."""
    movers = [row for row in desk.own if can_go(desk, row) and not resting(desk, row)]
    raid = bool(desk.doctrine.raids)
    line = [row for row in movers if desk.is_line(row) and not (raid and desk.traits(row) & PREYING)]
    own_way = [row for row in line if genes.target(desk.formation(row)) is None]
    tasks = delaying.tasks(desk, own_way, goals)
    tasks.update(claims(desk, [row for row in own_way if row not in tasks], goals))
    tasks.update(pockets.closers(desk, [row for row in own_way if row not in tasks], goals))
    groups = groups_of(desk, [row for row in line if row not in tasks])
    goals = tuple(_in_supply(desk, goal) for goal in goals if goal.kind not in ONE_BY_ONE)
    pulls = Pulls(desk, groups, goals)
    why_turned = {number: _kept_on_axis(desk, number, groups, goals, pulls) for number in range(len(groups))}
    filled = _manned(desk, goals) if desk.doctrine.posture == "defend" else {}
    waiting, company = dict(enumerate(groups)), Company(desk, groups)
    for number, goal in _bound(desk, waiting, goals, genes):
        company.leaves(number)
        group = waiting.pop(number)
        if goal is None:
            tasks.update((row, Task(desk.at(row), STAYS, "keeps where it is, as ordered")) for row in group.rows)
        else:
            _send(group, goal, tasks, filled)
    while waiting:
        best, chosen = 0, None
        for number, group in waiting.items():
            if pulls.top[number] <= best:
                continue
            for goal in goals:
                if pulls.most[number, goal.hex] > best:
                    share = share_of(desk, group, goal, filled, company.of[number])
                    gain = pulls.over(best, number, goal, share)
                    if gain > best:
                        best, chosen = gain, (number, goal)
        if chosen is None:
            break
        group, goal = waiting[chosen[0]], chosen[1]
        if desk.doctrine.posture == "defend" and not may_leave(desk, group.lead, goal, tasks):
            pulls.most[chosen[0], goal.hex] = 0  # those who would have stayed have been sent off since
            continue
        del waiting[chosen[0]]
        company.leaves(chosen[0])
        desk.book.alternatives.extend(_turned_down(desk, chosen[0], group, goal, goals, pulls, filled))
        weak = goal.need >= WALLS and all(desk.world.roster.attack[row] <= 1 for row in group.rows)
        late = weak or waits(desk, group) or share_of(desk, group, goal, filled, company.of[chosen[0]]) <= SPARE
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
            if row in found or desk.grid.distance(desk.at(row), goal.hex) > CALLED:
                continue
            cost = desk.field(goal.hex, desk.world.roster.mobility[row])[desk.at(row)]
            price = (-(-cost // desk.world.roster.movement[row]), desk.attack(row), row)
            if cost < 0:
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
        if desk.in_pocket(group.lead):
            continue
        near = [at for at in held if desk.grid.distance(here, at) <= WIDEST and desk.field(at, VEHICLES)[here] >= 0]
        if not near:
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
    pulls: Pulls,
    filled: dict[int, int],
) -> Iterator[Alternative]:
    """What drew a group most beside the goal that it got, and why it does not go there."""
    drawn = [goal for goal in goals if goal.hex != chosen.hex and pulls.most[number, goal.hex] > 0]
    if not drawn:
        return
    other = max(drawn, key=lambda goal: (pulls.most[number, goal.hex], -goal.hex))
    share, before = share_of(desk, group, other, filled), desk.book.before.get(group.lead)
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


def _kept_on_axis(desk: StaffDesk, number: int, groups: list[Group], goals: tuple[Goal, ...], pulls: Pulls) -> str:
    """Take from a group the goals for which it would have to turn round without a reason. Returns why it may turn round
    for any: "" when it keeps to its axis, but for what calls it away."""
    group = groups[number]
    before = desk.book.before.get(group.lead)
    if desk.doctrine.posture == "defend" or before is None or not before.axis:
        return ""
    old = next((goal for goal in goals if goal.hex == before.goal), None)
    if old is None:
        return "that is no goal any more"
    if waits(desk, group):
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


def _send(group: Group, goal: Goal, tasks: dict[int, Task], filled: dict[int, int], spare: bool = False) -> None:
    filled[goal.hex] = filled.get(goal.hex, 0) + group.strength
    kind, why = ("reserve", f"in reserve behind {goal.name}") if spare else (goal.kind, _words(goal))
    for row in group.rows:
        tasks[row] = Task(goal.hex, kind, why, goal.worth)


def _in_supply(desk: StaffDesk, goal: Goal) -> Goal:
    """A goal at its worth now: prizes to which no supply can follow yet come later."""
    if desk.doctrine.posture == "defend" or goal.kind not in ("prize", "town"):
        return goal
    if any(desk.supply.ahead[here] >= 0 for here in desk.grid.disk(goal.hex, NEAR_SUPPLY)):
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
    """Whether a unit may be sent anywhere: it can move, is no garrison and not entrenched, and is not shut in."""
    if not desk.free(row) or not desk.world.roster.movement[row] or "garrison" in desk.traits(row):
        return False
    if desk.entrenched(row) and desk.at(row) in desk.world.place_at:
        return False
    return desk.doctrine.posture == "defend" or not desk.shut_in(row)


def _words(goal: Goal) -> str:
    return {
        "prize": f"goes for {goal.name}", "claim": f"claims {goal.name}", "town": f"goes for {goal.name}",
        "relief": f"opens the road to the troops shut in at {goal.name}", "road": f"clears the {goal.name}",
        "road prize": f"opens the {goal.name}", "hold": f"holds {goal.name}", "cut": f"cuts {goal.name}",
    }[goal.kind]  # fmt: skip


def note_waits(desk: StaffDesk) -> None:
    """Count the turns that units stand still and fight nobody: a full road, or an enemy nobody can move, is no axis."""
    stood = desk.book.stood
    for row, aim in desk.book.before.items():
        here, last = desk.at(row), stood.get(row)
        waits = here >= 0 and aim.axis and desk.grid.distance(here, aim.goal) > 1
        still = last is not None and last.hex == here
        turns = last.turns + 1 if waits and last is not None and still else 0
        stood[row] = Stand(here, turns, last.hex if last is not None else -1)
