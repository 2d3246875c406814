"""Guards for the roads that feed the army: where much hangs on a hex and an enemy could come to it, there the weakest
units of the neighbourhood stand, in the hex that would be cut."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from game.ai.staff import feeding, ways
from game.ai.staff.desk import STATIC, StaffDesk
from game.ai.staff.goals import may_go
from game.ai.staff.notebook import STAYS, Post, Task
from game.ai.staff.objectives import fed_worth, hanging
from game.ai.staff.ways import VEHICLES
from game.ai.staff.worth import imagined
from game.kernels.reach import distances
from game.rules import fog, ground, stacking, supply, supply_net, zones

APART = 5
"""Hexes of road that one guard watches on each side."""

MUCH = 8
"""What must hang on a hex, in steps or so, before it is worth a guard."""

ROAD = 12
"""What a hex of a road that counts in the victory conditions has hanging on it besides."""

QUIET, ROAM = 20, 8
"""The threat, in tenths, where no enemy is known; and the hexes from which known enemies threaten a road."""

SPARED = 3
"""Line units that an army must have for each guard; a smaller one guards but the gaps that it knows of."""

MOST_OF_FEW, AT_HAND = 67, 2
"""Percent of its line units that a smaller army sends at most to guard its road where known enemies can come to it; and
the hexes from its goals within which no guard is needed."""

WAY = 12
"""Hexes that a guard goes to its post at most."""

FAITHFUL = 150
"""Percent that the post of last turn counts for."""

AHEAD = 8
"""Hexes of its way in which a unit looks for a place to hold for others."""

BESIDE = 2
"""Hexes from a unit within which it turns aside to a road for that."""

REAR = 3
"""Times its own steps that must be ahead on its axis before a unit stays behind for them."""

FOLLOWS = frozenset({"prize", "town", "reserve"})
"""Kinds of tasks on which a unit may stay behind for that."""

THREAD = 3
"""Hexes from a prize within which the way lies that feeds it where no road does."""

BOUND = frozenset({"relief", "claim", "road", "delay", "cut", STAYS})
"""Kinds of tasks from which nobody is taken to guard a road."""


def guards(desk: StaffDesk, tasks: dict[int, Task]) -> dict[int, Task]:
    """Tasks of road guards, of units that their formations can best spare; at most as many as doctrine allows."""
    spare = [
        row for row in sorted(tasks)
        if desk.is_line(row) and desk.state.units.steps[row] >= 2 and tasks[row].kind not in BOUND
        and not besieges(desk, row, tasks[row])
    ]  # fmt: skip
    small = len(spare) < SPARED * desk.doctrine.guards
    if small:
        most = min(desk.doctrine.guards, len(spare) * MOST_OF_FEW // 100)
        wanted = gaps(desk, tasks, most, known_comers(desk))
    else:
        most, wanted = desk.doctrine.guards, posts(desk, desk.doctrine.guards)
    spare.sort(key=lambda row: (desk.attack(row), row))
    found = _still(desk, tasks, spare, wanted)
    _man(desk, wanted, [row for row in spare if row not in found], most, tasks, found)
    if small and len(found) < most:
        idle = [row for row in spare if row not in found and _is_idle(tasks[row])]
        kept = [task.goal for task in found.values()]
        wanted = gaps(desk, tasks, min(most - len(found), len(idle)), unseen_comers(desk), kept)
        _man(desk, wanted, idle, most, tasks, found)
    return found


def _man(
    desk: StaffDesk, wanted: list[int], spare: list[int], most: int, tasks: dict[int, Task], found: dict[int, Task]
) -> None:
    """Send the nearest and weakest of those who can be spared to posts that nobody watches."""
    posted = {desk.at(row) for row in spare}
    for here in sorted(wanted, key=lambda one: one not in posted):  # who stands at a post stays there
        if any(desk.grid.distance(desk.at(row), here) <= 1 and row not in tasks for row in desk.own):
            continue
        near = [row for row in spare[: 2 * most + 2] if desk.grid.distance(desk.at(row), here) <= WAY]
        if near:
            row = min(near, key=lambda one: (desk.grid.distance(desk.at(one), here) * 20 + desk.attack(one), one))
            spare.remove(row)
            found[row] = _guard(desk, here)


def _is_idle(task: Task) -> bool:
    return task.kind == "reserve" and not task.worth


def besieges(desk: StaffDesk, row: int, task: Task) -> bool:
    """Whether a unit stands beside a hex that is besieged, and is to take it."""
    besieged = any(siege.target == task.goal for siege in desk.book.sieges)
    return besieged and task.goal in desk.foes and desk.grid.distance(desk.at(row), task.goal) == 1


def stays_at_gap(desk: StaffDesk, row: int) -> bool:
    """Whether a unit of an army too small for standing guards guards a gap: it goes from there for no attack."""
    task = desk.book.tasks.get(row)
    if task is None or task.kind != "guard":
        return False
    return sum(1 for other in desk.own if desk.is_line(other)) < SPARED * desk.doctrine.guards


def _still(desk: StaffDesk, tasks: dict[int, Task], spare: list[int], wanted: list[int]) -> dict[int, Task]:
    """Guards of last turn whom no goal draws stay, though those who threatened the road are lost from sight."""
    found: dict[int, Task] = {}
    for row in spare:
        here, before = desk.at(row), desk.book.before.get(row)
        if (
            _is_idle(tasks[row])
            and before is not None
            and not before.axis
            and before.goal == here
            and hangs(desk).get(here, 0) >= MUCH
        ):
            found[row] = _guard(desk, here)
            if here in wanted:
                wanted.remove(here)
    return found


def _guard(desk: StaffDesk, here: int) -> Task:
    return Task(here, "guard", f"guards the road at {desk.name(here)}", 20)


def posts(desk: StaffDesk, most: int) -> list[int]:
    """The hexes of supply roads that deserve a guard first, by what hangs on them and who could come there."""
    if not most:
        return []
    worth = dict(hangs(desk))
    for road in desk.world.stakes.roads_of(desk.me):
        for here in road.path:
            if desk.state.hexes.control[here] == desk.me:
                worth[here] = worth.get(here, 0) + ROAD
    before = {aim.goal for row, aim in desk.book.before.items() if not aim.axis and desk.at(row) == aim.goal}
    scores = {
        here: value * (QUIET + _threat(desk, here)) * (FAITHFUL if here in before else 100)
        for here, value in worth.items()
        if value >= MUCH
    }
    out: list[int] = []
    for here in sorted(scores, key=lambda one: (-scores[one], one not in desk.world.place_at, one)):
        if all(desk.grid.distance(here, other) >= APART for other in out):
            out.append(here)
        if len(out) == most:
            break
    return out


class Comer(NamedTuple):
    """Who could come to a road in a turn: from where, and how he moves."""

    starts: tuple[int, ...]
    mobility: int
    movement: int


def known_comers(desk: StaffDesk) -> list[Comer]:
    """Known enemies who fight nobody."""
    engaged = {there for row in desk.own if desk.is_line(row) for there in desk.grid.near[desk.at(row)]}
    roster = desk.world.roster
    return [
        Comer((here,), roster.mobility[row], roster.movement[row])
        for here, rows in sorted(desk.foes.items()) if here not in engaged
        for row in rows if not desk.traits(row) & STATIC
    ]  # fmt: skip


def unseen_comers(desk: StaffDesk) -> list[Comer]:
    """Raiders on wheels whom nobody has seen: they could stand wherever the enemy owns ground out of sight."""
    seen = fog.visible_hexes(desk.state, desk.me)
    starts = tuple(here for here in range(desk.grid.size) if not seen[here] and desk.hostile(here))
    movement = max((desk.world.roster.movement[row] for row in desk.own if desk.is_line(row)), default=0)
    return [Comer(starts, VEHICLES, movement)] if starts else []


def gaps(
    desk: StaffDesk, tasks: dict[int, Task], most: int, comers: list[Comer], kept: Iterable[int] = ()
) -> list[int]:
    """Where enemies could come in a turn to a road that much hangs on, away from where the army goes itself and from
    the guards that are kept: the nearest hex to each, and where they could come to if that were held."""
    line = [row for row in desk.own if desk.is_line(row)]
    goals = {tasks[row].goal for row in line if row in tasks}
    busy = {there for goal in goals for there in desk.grid.disk(goal, AT_HAND)}
    on_road = [here for here, value in hangs(desk).items() if value >= MUCH and here not in busy]
    if not on_road or not most:
        return []
    places, held, out = desk.world.place_at, bytearray(desk.grid.size), list[int]()
    for row in line:
        if row in tasks and tasks[row].worth:
            held[desk.at(row)] = 1
    for guard in kept:
        for there in (guard, *desk.grid.near[guard]):
            held[there] = 1
    while len(out) < most:
        found = []
        for comer in comers:
            away = distances(ground.adjacency(desk.state, comer.mobility), comer.starts, comer.movement, held)
            found += [(away[here], here not in places, here) for here in on_road if away[here] >= 0]
        if not found:
            break
        here = min(found)[2]
        out.append(here)
        for there in (here, *desk.grid.near[here]):
            held[there] = 1
    return out


def hangs(desk: StaffDesk) -> dict[int, int]:
    """Hex of a supply road -> what hangs on it, as the turn opened."""
    found: dict[int, int] | None = desk.book.charts.get("hanging")
    if found is None:
        found = desk.book.charts["hanging"] = hanging(desk.state, desk.me, fed_worth(desk))
    return found


def _threat(desk: StaffDesk, here: int) -> int:
    """Attack strength, in tenths, of known enemies who could come to a hex, less the further away they are."""
    total = 0
    for there in desk.foes_near(here, ROAM):
        away = desk.grid.distance(here, there)
        for row in desk.foes[there]:
            if not desk.traits(row) & STATIC or away <= 1:
                total += desk.attack(row) * (ROAM + 1 - away) // (ROAM + 1)
    return total


def keeps_open(desk: StaffDesk, row: int) -> bool:
    """Whether a unit stands in a hex that an enemy zone would close, or that the other bloc holds, and more than it is
    itself is fed through it alone; of several the weakest stays."""
    if desk.doctrine.posture == "defend" or desk.last_turn:
        return False
    if row != min(desk.stack(desk.at(row)), key=lambda one: (desk.attack(one), one)):
        return False
    return feeding.hang_on(desk, row) >= desk.state.units.steps[row]


def neck(desk: StaffDesk, row: int) -> int:
    """The hex of a unit's way, or where it stands, that it holds for those who have gone ahead: they are many, an
    enemy could come there, and nobody else holds it; -1 where there is none."""
    task, steps = desk.book.tasks[row], desk.state.units.steps
    if desk.doctrine.posture == "defend" or desk.last_turn or task.kind not in FOLLOWS or not desk.is_line(row):
        return -1
    if steps[row] < 2:
        return -1
    company = [other for other in _bound_for(desk, task.goal) if other != row]
    if sum(steps[other] for other in company) < max(MUCH, REAR * steps[row]):
        return -1
    mobility, reach = desk.world.roster.mobility[row], desk.reach(row).cost
    here, field = desk.at(row), desk.field(task.goal, mobility)
    togo = {other: field[desk.at(other)] for other in company}
    beside = [
        there for there in desk.grid.disk(here, BESIDE) if there in reach and supply_net.on_road(desk.world, there)
    ]
    for there in dict.fromkeys((here, *beside, *ways.way(desk.lists(mobility), field, here, AHEAD))):
        if there != here and (there not in reach or stacking.room_for(desk.state, row, there) is not None):
            continue
        if desk.rivals and (desk.base_risk(there) or not may_go(desk, there)):
            continue
        ahead = sum(steps[other] for other in company if 0 <= togo[other] < field[there])
        if ahead < max(MUCH, REAR * steps[row]) or desk.grid.distance(there, task.goal) <= AT_HAND:
            continue
        if desk.danger.get(there, 0) and not any(steps[other] >= 2 and _on(desk, other, there) for other in company):
            return there
    return -1


def _bound_for(desk: StaffDesk, goal: int) -> list[int]:
    """Line units whose task leads to a hex."""
    tasks = desk.book.tasks.items()
    return [row for row, task in tasks if task.goal == goal and desk.is_line(row) and desk.at(row) >= 0]


def _on(desk: StaffDesk, row: int, there: int) -> bool:
    """Whether a unit stands in a hex, or on a road hex beside it."""
    at = desk.at(row)
    return at == there or (at in desk.grid.near[there] and supply_net.on_road(desk.world, at))


def feeds_others(desk: StaffDesk, row: int) -> bool:
    """Whether a prize of its side that no road feeds would be cut off if the units of a hex beside the enemy left it;
    the weakest of these stays."""
    here, state = desk.at(row), desk.state
    if desk.doctrine.posture == "defend" or desk.last_turn or not zones.known_zone(state, desk.me)[here]:
        return False
    threads = [at for at in _threads(desk) if at != here and desk.grid.distance(here, at) <= THREAD]
    if not threads:
        return False
    line = [other for other in desk.stack(here) if desk.is_line(other)]
    if row != min(line, key=lambda one: (desk.attack(one), one), default=-1):
        return False
    kept: dict[tuple[int, ...], bool] = desk.book.charts.setdefault("feeds others", {})
    key = (here, *sorted(desk.at(other) for other in desk.own))
    if key not in kept:
        away = next(source.hex for source in desk.world.factions[desk.me].sources)
        without = supply.offered(imagined(state, [Post(other, away) for other in line]), desk.me).leg.cost
        kept[key] = any(at not in without for at in threads)
    return kept[key]


def _threads(desk: StaffDesk) -> list[int]:
    """Prizes that one's troops hold beside the enemy, fed, but by no road."""
    fed, on_road = desk.supply.cost, desk.supply.chart.road.cost
    return [
        prize.hex for prize in desk.world.prizes
        if desk.prized(prize.hex) and prize.hex in fed and prize.hex not in on_road and desk.stack(prize.hex)
        and desk.foe_distance(prize.hex) <= 2
    ]  # fmt: skip
