"""Delay by bounds: who is outnumbered covers what his side holds, and gives ground for time.

Before goals are dealt out, the troops round each prize of their side are weighed against the enemies who are known near
them, and those whom the enemy's sources of supply close by could feed unseen. Where these are twice as strong, and
nothing dearer than the prize is to be had, nobody goes for goals. Good ground that shuts the enemy's way to the prize
is a line. A line is held to the end; where enemies are known nearer to the prize, who can come behind it, it is held
for its share of the turns that are left, then all go back to the next together. The last line is the prize itself where
that is strong, else open ground half way to it. Troops stay on the prize's bank of the river: a bridge that they guard
leads the enemy to them, not them to him.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from game import engine
from game import orders as od
from game.ai.belief.believing import FED
from game.ai.staff import ways
from game.ai.staff.desk import STATIC, StaffDesk
from game.ai.staff.goals import may_go
from game.ai.staff.notebook import Delay, Goal, Proposal, Task
from game.ai.staff.ways import VEHICLES
from game.kernels.reach import Outward
from game.rules import ground, stacking
from game.state.codes import Spent

COVERED = 16
"""Hexes from a prize within which troops cover it."""

FACING = 10
"""Hexes from the troops, or from the prize, within which enemies count, and others of one's own."""

OUTNUMBERED, STILL = 200, 120
"""Percent of the troops' defence from which the enemy's attack outnumbers them, and from which it still does."""

DEARER = 14
"""Hexes from the troops within which a goal worth more than the prize calls them to it."""

BOUND = 3
"""Hexes from one line to the next at least."""

ABREAST = 2
"""Hexes beside the way to the prize within which a line stands."""

ROUND = 30
"""Quarter points that a way round a line must cost the enemy more, or it shuts nothing."""


class DelayLine(NamedTuple):
    """Ground to hold: how many hexes from the prize it lies, and its hexes, the best first."""

    away: int
    hexes: tuple[int, ...]


def tasks(desk: StaffDesk, rows: Iterable[int], goals: tuple[Goal, ...]) -> dict[int, Task]:
    """Where each of the given line units stands that is to delay; those missing have no part in a delay."""
    before, found = dict(desk.book.delays), dict[int, Task]()
    desk.book.delays = {}
    if desk.doctrine.posture == "defend" or (desk.last_turn and not _enemy_moves_after(desk)):
        return found
    for prize, group in _covering(desk, rows).items():
        known = before.get(prize)
        percent = OUTNUMBERED if known is None else STILL
        if not _is_outnumbered(desk, prize, group, percent) or _dearer(desk, prize, group, goals):
            continue
        line, since = _line_of_now(desk, prize, group, known)
        desk.book.delays[prize] = Delay(line.away, since)
        for row, here in _posted(desk, prize, group, line).items():
            why = f"covers {desk.name(prize)} at {desk.name(here)}: the enemy is too strong to go for anything"
            found[row] = Task(here, "delay", why, _worth(desk, prize))
    return found


def _enemy_moves_after(desk: StaffDesk) -> bool:
    order = desk.world.sequence
    return any(desk.world.at_war(desk.me, one) for one in order[order.index(desk.me) + 1 :])


def _worth(desk: StaffDesk, prize: int) -> int:
    return 10 * sum(one.points[desk.me] for one in desk.world.prizes if one.hex == prize)


def _covering(desk: StaffDesk, rows: Iterable[int]) -> dict[int, list[int]]:
    """Prize -> the troops that cover it: each the nearest that its side holds, on its bank of the river."""
    control, bank = desk.state.hexes.control, ways.banks(desk.world)
    held = sorted({one.hex for one in desk.world.prizes if one.points[desk.me] and control[one.hex] == desk.me})
    found: dict[int, list[int]] = {}
    for row in rows:
        here = desk.at(row)
        near = [at for at in held if desk.grid.distance(here, at) <= COVERED and bank[at] == bank[here]]
        if near:
            found.setdefault(min(near, key=lambda at: (desk.grid.distance(here, at), at)), []).append(row)
    return found


# --- whether ----------------------------------------------------------------------------------------------------


def _is_outnumbered(desk: StaffDesk, prize: int, group: list[int], percent: int) -> bool:
    """Whether the attack of those who can come outweighs the defence of those who cover a prize, so many percent."""
    steps, posts = desk.state.units.steps, {prize, *(desk.at(row) for row in group)}
    facing = frozenset[int]().union(*(desk.grid.within(post, FACING) for post in posts))
    mine = sum(desk.defence(row) for row in desk.own if desk.at(row) in facing and desk.is_line(row))
    near = [
        row for here, rows in desk.foes.items() if here in facing
        for row in rows if not desk.traits(row) & STATIC
    ]  # fmt: skip
    against = sum(desk.attack(row) for row in near)
    if not near or 2 * sum(map(desk.defence, near)) > sum(map(desk.attack, group)):  # else there is somebody to beat
        unseen = max(0, _fed_near(desk, posts) - sum(steps[row] for row in near))
        against += unseen * sum(map(desk.attack, group)) // max(1, sum(steps[row] for row in group))
    return against * 100 >= mine * percent


def _fed_near(desk: StaffDesk, posts: Iterable[int]) -> int:
    """Steps that the enemy's sources of supply near some hexes are taken to feed."""
    turn, world, distance = desk.state.clock.turn, desk.world, desk.grid.distance
    return sum(
        source.capacity * FED // 100
        for faction, one in enumerate(world.factions) if world.at_war(desk.me, faction)
        for source in one.sources
        if source.since <= turn <= source.until and any(distance(source.hex, post) <= FACING for post in posts)
    )  # fmt: skip


def _dearer(desk: StaffDesk, prize: int, group: list[int], goals: tuple[Goal, ...]) -> bool:
    """Whether something is to be had near a group that is worth more than the prize it covers."""
    worth, distance = _worth(desk, prize), desk.grid.distance
    return any(
        goal.worth > worth and goal.kind != "claim" and any(distance(desk.at(row), goal.hex) <= DEARER for row in group)
        for goal in goals
    )


# --- where ------------------------------------------------------------------------------------------------------


def _line_of_now(desk: StaffDesk, prize: int, group: list[int], known: Delay | None) -> tuple[DelayLine, int]:
    """The line that is held this turn, and since when: the first, that of last turn, or the next one."""
    turn, route = desk.state.clock.turn, _route(desk, prize, group)
    if known is None:
        start = max(desk.grid.distance(desk.at(row), prize) for row in group)
        return _lines(desk, prize, group, route, start, start)[0], turn
    line = DelayLine(known.away, _abreast(desk, route, prize, known.away) if known.away else _around(desk, prize))
    if not known.away:
        return line, known.since
    others = _lines(desk, prize, group, route, known.away, known.away - BOUND)
    held, left = turn - known.since, desk.world.turns - known.since + 1
    if not line.hexes or (_is_turned(desk, prize, line) and others[0].away and held >= left // (1 + len(others))):
        return others[0], turn
    return line, known.since


def _route(desk: StaffDesk, prize: int, group: list[int]) -> tuple[int, ...]:
    """The way from the foremost of a group back to the prize that it covers, with both ends."""
    here = desk.at(max(group, key=lambda row: (desk.grid.distance(desk.at(row), prize), -row)))
    return (here, *ways.way(desk.lists(VEHICLES), desk.field(prize, VEHICLES), here), prize)


def _is_turned(desk: StaffDesk, prize: int, line: DelayLine) -> bool:
    """Whether enemies are known who stand nearer to a prize than the line before it."""
    return any(
        desk.grid.distance(foe, prize) < line.away and any(not desk.traits(row) & STATIC for row in rows)
        for foe, rows in desk.foes.items()
    )


def _lines(
    desk: StaffDesk, prize: int, group: list[int], route: tuple[int, ...], front: int, start: int
) -> list[DelayLine]:
    """The lines from so many hexes (``start``) ahead of a prize back to it, behind those at ``front``; none of them can
    be walked round."""
    found: list[DelayLine] = []
    if not any(_is_between(desk, row, prize) for row in group):
        return [DelayLine(0, _around(desk, prize))]
    strong = _is_strong(desk, prize)
    for away in range(start, 0 if strong else 1, -1):
        if found and found[-1].away - away < BOUND:
            continue
        good = tuple(here for here in _abreast(desk, route, prize, away) if _is_strong(desk, here))
        if len(good) >= min(len(group), 2) and _shuts(desk, prize, good[: len(group)]):
            found.append(DelayLine(away, good))
    away = ((found[-1].away if found else front) + 1) // 2
    open_ = () if strong else _abreast(desk, route, prize, away)
    if _shuts(desk, prize, open_[: len(group)]):
        return [*found, DelayLine(away, open_)]
    return [*found, DelayLine(0, _around(desk, prize))]


def _is_between(desk: StaffDesk, row: int, prize: int) -> bool:
    """Whether a unit stands between a prize and an enemy."""
    distance, here = desk.grid.distance, desk.at(row)
    return any(distance(foe, here) < distance(foe, prize) for foe in desk.foes if distance(foe, here) <= FACING)


def _is_strong(desk: StaffDesk, here: int) -> bool:
    kind = ground.terrain_of(desk.world, here)
    return kind is not None and kind.shift > 0


def _abreast(desk: StaffDesk, route: tuple[int, ...], prize: int, away: int) -> tuple[int, ...]:
    """Hexes so far from a prize that troops can hold, beside each other across the way, the best ground first."""
    distance, found = desk.grid.distance, []
    for here in {near for step in route for near in desk.grid.disk(step, ABREAST)}:
        kind = ground.terrain_of(desk.world, here)
        if distance(here, prize) != away or kind is None or kind.cost(VEHICLES) < 0:
            continue
        if _is_ours(desk, here, prize):
            found.append((-kind.shift, min(distance(here, step) for step in route), here))
    return tuple(here for _, _, here in sorted(found))


def _around(desk: StaffDesk, prize: int) -> tuple[int, ...]:
    """A prize, and the hexes beside it on its bank of the river, the best ground first."""
    found = []
    for here in desk.grid.near[prize]:
        kind = ground.terrain_of(desk.world, here)
        if kind is not None and _is_ours(desk, here, prize):
            found.append((-kind.shift, -min((desk.grid.distance(here, foe) for foe in desk.foes), default=0), here))
    return (prize, *(here for _, _, here in sorted(found)))


def _is_ours(desk: StaffDesk, here: int, prize: int) -> bool:
    """Whether those who cover a prize may stand in a hex: on its bank of the river, without an enemy, on their own side
    of the line."""
    bank = ways.banks(desk.world)
    return bank[here] == bank[prize] and here not in desk.foes and may_go(desk, here)


def _shuts(desk: StaffDesk, prize: int, posts: tuple[int, ...]) -> bool:
    """Whether troops in these hexes shut the way of the enemies in front of them to the prize."""
    if not posts:
        return False
    away = max(desk.grid.distance(post, prize) for post in posts)
    blocked = bytearray(desk.grid.size)
    for post in posts:
        for here in (post, *desk.grid.near[post]):
            blocked[here] = 1
    blocked[prize] = 0
    lists = ground.adjacency(desk.state, VEHICLES)
    free, past = desk.field(prize, VEHICLES), Outward(lists, (prize,), ways.FAR, blocked)
    ahead = [foe for foe in desk.foes if away < desk.grid.distance(foe, prize) <= away + FACING and not blocked[foe]]
    return all(past[foe] < 0 or past[foe] > free[foe] + ROUND for foe in ahead)


def _posted(desk: StaffDesk, prize: int, group: list[int], line: DelayLine) -> dict[int, int]:
    """A hex of a line for each unit, the nearest units first; who was pushed back behind it goes into the prize, or
    stays where it is if somebody is there already."""
    rules, steps, distance = desk.world.rules.units, desk.state.units.steps, desk.grid.distance
    posts = line.hexes[: len(group)] if line.away else line.hexes
    room, units = dict.fromkeys(posts, rules.stack_steps), dict.fromkeys(posts, rules.stack_units)
    found: dict[int, int] = {}
    for row in sorted(group, key=lambda one: (min(distance(desk.at(one), here) for here in posts), one)):
        here = desk.at(row)
        if distance(here, prize) < line.away and _is_between(desk, row, prize):
            manned = desk.stack(prize) or prize in found.values() or not desk.last_turn
            found[row] = here if manned else prize
            continue
        free = [one for one in posts if units[one] and room[one] >= steps[row]]
        if line.away:
            free = [one for one in free if one not in found.values()] or free
            best = min(free, key=lambda one: (distance(here, one), posts.index(one)), default=here)
        else:
            best = min(free, key=posts.index, default=here)
        found[row] = best
        if best in units:
            units[best] -= 1
            room[best] -= steps[row]
    return found


# --- orders -----------------------------------------------------------------------------------------------------


def proposals(desk: StaffDesk) -> Iterator[Proposal]:
    """Who delays goes to his place; he takes part in no attack."""
    for row in desk.own:
        if row in desk.book.settled or not desk.delays(row) or not desk.free(row):
            continue
        task, units = desk.book.tasks[row], desk.state.units
        if desk.at(row) == task.goal or not units.mp[row] or units.spent[row] & Spent.STOPPED:
            continue
        found = desk.reach(row)
        if task.goal in found.cost and stacking.room_for(desk.state, row, task.goal) is None:
            order = od.Move(desk.unit(row), found.path(task.goal))
            if engine.refusal(desk.state, order) is None:
                desk.book.settled.add(row)
                yield Proposal(order, task.why)
