"""Pockets: the hexes of the enemy's supply net on which many of his troops hang, and the troops that stand on them.

The net says where a cut could hurt: one hex on which much hangs (:func:`game.ai.staff.objectives.hanging`), or where no
such hex is, two that do it together (:func:`game.ai.staff.min_cuts.pair`). The rules of supply say what units that
stood there would cut off in fact. Who holds such a hex stays there: the hungry come to him.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from game.ai.staff import feeding, min_cuts
from game.ai.staff.desk import StaffDesk
from game.ai.staff.notebook import Goal, Post, Task
from game.ai.staff.objectives import hanging, on_roads, open_net
from game.ai.staff.ways import VEHICLES
from game.ai.staff.worth import imagined
from game.rules import supply
from game.state import State

MUCH = 9
"""Steps of known enemies who must lose their supply by a cut."""

A_STEP = 4
"""Worth of a step that is cut off, in tenths."""

TURNS = 2
"""Turns within which troops must be there."""

FAR = 12
"""Hexes from which nobody is thought of for a cut."""

TRIED = 4
"""Cuts that are tried, the most promising first."""

ENDS = 2
"""Hexes with most of the enemy's steps for which cuts of two hexes are looked for."""

Cut = tuple[int, ...]
"""Hexes that are to be held together."""


def goals(desk: StaffDesk, may_go: Callable[[StaffDesk, int], bool]) -> Iterator[Goal]:
    """A hex for each enemy faction whose supply is worth cutting, or two, if there are any where the staff may go."""
    if desk.doctrine.posture == "defend" or desk.last_turn:
        return
    for enemy in range(len(desk.world.factions)):
        if desk.world.at_war(desk.me, enemy):
            worth, hexes = max(_cuts(desk, enemy, may_go), key=lambda one: one[0], default=(0, ()))
            kind, name = "cut" if len(hexes) == 1 else "pair", " and ".join(map(desk.name, hexes))
            for here in hexes:
                yield Goal(here, kind, worth // len(hexes), _need(desk, here), f"the enemy's supply at {name}")


def _need(desk: StaffDesk, here: int) -> int:
    return max(30, desk.danger.get(here, 0) * 2 // 3)


def closers(desk: StaffDesk, line: Sequence[int], goals: Iterable[Goal]) -> dict[int, Task]:
    """A unit for each hex of a cut that takes two, the nearest that can hold them: both are held, or neither."""
    found: dict[int, Task] = {}
    together: dict[str, list[Goal]] = {}
    for goal in goals:
        if goal.kind == "pair":
            together.setdefault(goal.name, []).append(goal)
    for name, hexes in together.items():
        if len(hexes) < 2:
            continue  # one of them is a dearer goal for another reason: formations go there
        one, other = hexes
        first, second = (
            {row: desk.reach(row).cost[goal.hex] for row in line if _could_close(desk, row, goal.hex)}
            for goal in (one, other)
        )
        pairs = (
            (first[row] + second[mate], row, mate)
            for row in first
            for mate in second
            if row != mate and not found.keys() & {row, mate}
        )
        _, row, mate = min(pairs, default=(0, -1, -1))
        if row >= 0:
            for who, goal in ((row, one), (mate, other)):
                found[who] = Task(goal.hex, "cut", f"cuts {name}", goal.worth)
    return found


def is_bound(desk: StaffDesk, row: int, target: int) -> bool:
    """Whether a unit has no part in an attack since it is to cut the enemy's supply: who is there stays there, and who
    is on his way fights only for that hex and those beside it."""
    task = desk.book.tasks.get(row)
    if task is None or task.kind != "cut":
        return False
    return task.goal == desk.at(row) or desk.grid.distance(task.goal, target) > 1


def _cuts(desk: StaffDesk, enemy: int, may_go: Callable[[StaffDesk, int], bool]) -> list[tuple[int, Cut]]:
    """What cuts of an enemy's supply are worth in tenths, incidents taken off, each with its hexes, the most promising
    first: of one hex, or where none of those is worth it of two."""
    steps, roster = desk.state.units.steps, desk.world.roster
    there = {at: sum(steps[row] for row in rows if roster.faction[row] == enemy) for at, rows in desk.foes.items()}
    if sum(there.values()) < MUCH:
        return []
    open_ = _without_cuts(desk)
    return _worthy(desk, open_, enemy, there, _points(desk, open_, enemy, there, may_go)) or _worthy(
        desk, open_, enemy, there, _pairs(desk, open_, enemy, there, may_go)
    )


def _worthy(
    desk: StaffDesk, open_: State, enemy: int, there: Mapping[int, int], cuts: Iterable[Cut]
) -> list[tuple[int, Cut]]:
    found = []
    movers = sorted((row for row in desk.own if desk.is_line(row)), key=lambda row: (-desk.attack(row), row))
    for cut in cuts:
        fed = supply.offered(open_, enemy).leg.cost
        posts = [Post(row, here) for row, here in zip(movers, cut, strict=False)]
        after = supply.offered(imagined(open_, posts), enemy).leg.cost
        lost = sum(value for at, value in there.items() if at in fed and at not in after)
        worth = lost * A_STEP - sum(desk.incident_price(desk.base_risk(here)) for here in cut)
        if lost >= MUCH and worth > 0:
            found.append((worth, cut))
    return found


def _points(
    desk: StaffDesk, open_: State, enemy: int, there: Mapping[int, int], may_go: Callable[[StaffDesk, int], bool]
) -> Iterator[Cut]:
    """Hexes on which much hangs and where troops could be, the most promising first."""
    hung = hanging(open_, enemy, there)
    return ((here,) for here in _promising(desk, hung, may_go))


def _pairs(
    desk: StaffDesk, open_: State, enemy: int, there: Mapping[int, int], may_go: Callable[[StaffDesk, int], bool]
) -> Iterator[Cut]:
    """Two hexes each that cut off the hexes where most of the enemy stands, and where two units could be this turn."""
    net, line = open_net(open_, enemy), [row for row in desk.own if desk.is_line(row) and desk.free(row)]
    near = net.joined.keys() & {here for row in line for here in desk.reach(row).cost}
    able = {
        here for here in near if here not in desk.foes and desk.supply.ahead[here] >= 0 and may_go(desk, here)
    }  # fmt: skip
    worth = on_roads(desk.world, net, there) if len(able) > 1 else {}
    for goal in sorted(worth, key=lambda at: (-worth[at], at))[:ENDS]:
        left = able - {goal}
        for _ in range(TRIED):
            found = min_cuts.pair(net.joined, goal, left)
            if found is None:
                break
            bare = {here for here in found if not any(_could_close(desk, row, here) for row in line)}
            if not bare:
                yield found
                break
            left -= bare


def _could_close(desk: StaffDesk, row: int, here: int) -> bool:
    """Whether a unit is at a hex this turn, can hold it, and is fed there."""
    found = desk.reach(row)
    if here not in found.cost or desk.defence(row) < _need(desk, here):
        return False
    return not feeding.must_be_fed(desk, row) or feeding.follows(desk, row, (desk.at(row), *found.path(here)))


def _without_cuts(desk: StaffDesk) -> State:
    """The moment without the troops that were sent to a hex to stay there: so cuts that are made are seen too."""
    away = next((source.hex for source in desk.world.factions[desk.me].sources), -1)
    aims = ((row, desk.book.before.get(row)) for row in desk.own)
    cutting = [row for row, aim in aims if aim is not None and not aim.axis and desk.stack(aim.goal)]
    return imagined(desk.state, [Post(row, away) for row in cutting]) if away >= 0 else desk.state


def _promising(desk: StaffDesk, hung: dict[int, int], may_go: Callable[[StaffDesk, int], bool]) -> list[int]:
    """The hexes that are tried: those that somebody holds or on which most hangs, of several the nearest. How near they
    are is asked of no more of them than it takes."""

    def rank(here: int) -> tuple[bool, int]:
        return not desk.stack(here), -hung[here]

    rows, found = [row for row in desk.own if desk.is_line(row) and desk.free(row)], list[int]()
    for _, alike in groupby(sorted(hung.keys() - desk.foes.keys(), key=rank), rank):
        able = [here for here in alike if may_go(desk, here) and desk.supply.ahead[here] >= 0]
        near = sorted((_nearest(desk, rows, here), here) for here in able)
        found += [here for cost, here in near if cost >= 0]
        if len(found) >= TRIED:
            break
    return found[:TRIED]


def _nearest(desk: StaffDesk, rows: list[int], here: int) -> int:
    """Quarter points from a hex to the unit of some that could be there first, -1 where none could within TURNS."""
    return min((cost for row in rows if (cost := way_round(desk, row, here)) >= 0), default=-1)


def way_round(desk: StaffDesk, row: int, here: int) -> int:
    """Quarter points of a unit's way to a hex round the enemy, -1 where it is not there within TURNS."""
    movement = desk.world.roster.movement
    if desk.grid.distance(desk.at(row), here) > FAR or not movement[row]:
        return -1
    furthest = desk.state.kept("furthest way", lambda: TURNS * max(movement))
    cost: int = desk.field_around(here, VEHICLES, furthest)[desk.at(row)]
    return cost if 0 <= cost <= TURNS * movement[row] else -1
