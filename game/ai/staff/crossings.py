"""Crossings: engineers go where columns want to cross the river, and build when troops are there to use the bridge.

The first line of a withdrawal is the other side of this: bridges that the enemy is about to take are blown.
"""

from __future__ import annotations

from collections.abc import Iterator

from game import orders as od
from game.ai.staff import ways
from game.ai.staff.desk import StaffDesk
from game.ai.staff.notebook import CrossingSite, Proposal, Task
from game.ai.staff.ways import VEHICLES
from game.rules import deconfliction, ground, river, zones
from game.scenario.world import River
from game.state.codes import CrossingKind, CrossingState

NEAR = 4
"""Hexes from the site within which the troops must stand that are to cross."""

NEXT = 3
"""Prizes to which nobody goes yet for which engineers look ahead."""

HOPELESS = 2
"""Times the defence of all who hold a bank with which the enemy could storm it, before its crossing is blown."""

STORM = 3
"""Hexes from a bank within which enemies could storm it."""

QUIET = 2
"""Hexes around a blown bridge in which no enemy may be known for a repair, which takes its time."""


def sites(desk: StaffDesk, tasks: dict[int, Task]) -> tuple[CrossingSite, ...]:
    """Where columns want to cross the river, dearest first: the first unbridged hexside on each way. The dearest prizes
    to which nobody goes yet count a little: so engineers are there before the column."""
    wanted: dict[int, CrossingSite] = {}

    def want(here: int, goal: int, mobility: int, strength: int, worth: int) -> None:
        key = (here, goal, mobility)
        if key not in crossed:
            route = ways.way(desk.lists(mobility), desk.field(goal, mobility), here, 40)
            crossed[key] = ways.crossing_ahead(desk.state, route, here)
        found = crossed[key]
        if found is not None:
            near, side, far = found
            known = wanted.get(side)
            more = strength * max(1, worth) // (10 + desk.grid.distance(here, near))
            wanted[side] = CrossingSite(near, side, far, more + (known.worth if known is not None else 0))

    crossed: dict[tuple[int, int, int], tuple[int, int, int] | None] = {}
    line = [row for row in sorted(tasks) if desk.is_line(row) and tasks[row].kind != "guard"]
    for row in line:
        mobility = min(desk.world.roster.mobility[row], VEHICLES)
        want(desk.at(row), tasks[row].goal, mobility, desk.attack(row), tasks[row].worth)
    going = {task.goal for task in tasks.values()}
    later = [goal for goal in desk.book.goals if goal.kind == "prize" and goal.hex not in going]
    for goal in later[:NEXT] if line and desk.bridging else ():
        field = desk.field(goal.hex, VEHICLES)
        near = [row for row in line if field[desk.at(row)] >= 0]
        if near:
            row = min(near, key=lambda one: (field[desk.at(one)], one))
            want(desk.at(row), goal.hex, VEHICLES, 1, goal.worth)
    return tuple(sorted(wanted.values(), key=lambda site: (-site.worth, site.side)))


def engineer_tasks(desk: StaffDesk, tasks: dict[int, Task]) -> dict[int, Task]:
    """Engineers sent to the dearest sites, the nearest first; each site gets one party."""
    parties = [
        row for row in desk.own if "engineer" in desk.traits(row) and desk.free(row) and desk.world.roster.movement[row]
    ]
    found: dict[int, Task] = {}
    for row in [one for one in parties if _at_work(desk, one)]:
        parties.remove(row)
        found[row] = Task(desk.at(row), "bridge", "stays at its work on the crossing")
    wanted = [(site.near, site.worth, f"to bridge the river at {desk.name(site.near)}") for site in desk.book.sites]
    for side in _blown(desk):
        near = desk.grid.ends[side][0]
        wanted.append((near, 0, f"to repair the bridge at {desk.name(near)}"))
    mobility = desk.world.roster.mobility
    for goal, worth, why in wanted:
        away = {row: desk.field(goal, mobility[row])[desk.at(row)] for row in parties}
        near_enough = [row for row in parties if away[row] >= 0]
        if near_enough:
            row = min(near_enough, key=lambda one: (away[one], one))
            parties.remove(row)
            found[row] = Task(goal, "bridge", why, worth)
    return found


def _at_work(desk: StaffDesk, row: int) -> bool:
    """Whether engineers stand beside a crossing on which their side has begun to work."""
    sites, here = desk.state.sites, desk.at(row)
    return any(
        now == CrossingState.BUILDING and sites.owner[number] == desk.me and here in desk.grid.ends[sites.side[number]]
        for number, now in enumerate(sites.state)
    )


def _blown(desk: StaffDesk) -> list[int]:
    """Sides of blown bridges with both banks in one's own hands and no known enemy near, where nothing crosses yet."""
    sites, turn = desk.state.sites, desk.state.clock.turn
    if turn + desk.world.rules.river.repair_turns > desk.world.turns:
        return []
    return [
        side for number, side in enumerate(sites.side)
        if sites.kind[number] == CrossingKind.BRIDGE and sites.state[number] == CrossingState.GONE
        and not ground.carries(desk.state, side) and all(_is_quiet(desk, here) for here in desk.grid.ends[side])
    ]  # fmt: skip


def _is_quiet(desk: StaffDesk, here: int) -> bool:
    return here >= 0 and desk.state.hexes.control[here] == desk.me and desk.foe_distance(here) > QUIET


def proposals(desk: StaffDesk) -> Iterator[Proposal]:
    """Work that can start now: a mended bridge counts less than a pontoon, which is there next turn."""
    serves = desk.state.clock.turn + desk.world.rules.river.pontoon_turns < desk.world.turns
    for site in desk.book.sites:
        if not _wanted(desk, site):
            continue
        for row in desk.stack(site.near):
            if "engineer" in desk.traits(row) and desk.fresh(row):
                where = f"over {desk.world.river_names.get(site.side, 'the river')} at {desk.name(site.far)}"
                if _ferry_will_do(desk, site):
                    yield Proposal(od.Bridge(desk.unit(row), site.side, "ferry"), f"sets up a ferry {where}, open now")
                if serves:
                    yield Proposal(
                        od.Bridge(desk.unit(row), site.side, "pontoon"),
                        f"lays a pontoon {where} for the troops that wait",
                    )
    yield from _boats(desk)
    yield from _repairs(desk)


def _ferry_will_do(desk: StaffDesk, site: CrossingSite) -> bool:
    """Whether all that wait at a site fit into a ferry, or command is too short for a bridge."""
    waiting = sum(desk.state.units.steps[row] for row in _waiting(desk, site))
    short = desk.state.factions.command[desk.me] < river.work_price(desk.state, "pontoon")
    return short or waiting <= desk.world.rules.movement.ferry_steps


def _repairs(desk: StaffDesk) -> Iterator[Proposal]:
    """Engineers whom no column needs mend a bridge between two banks of their own: it feeds more than a pontoon."""
    for side in _blown(desk):
        for here in desk.grid.ends[side]:
            for row in desk.stack(here):
                task = desk.book.tasks.get(row)
                if "engineer" in desk.traits(row) and desk.fresh(row) and task is not None and task.goal == here:
                    order = od.Bridge(desk.unit(row), side, "repair")
                    yield Proposal(order, f"repairs the bridge at {desk.name(here)}, both banks of which are its own")


def _waiting(desk: StaffDesk, site: CrossingSite) -> list[int]:
    return [row for row in desk.own if desk.is_line(row) and desk.grid.distance(desk.at(row), site.near) <= NEAR]


def _wanted(desk: StaffDesk, site: CrossingSite) -> bool:
    near = _waiting(desk, site)
    if sum(desk.state.units.steps[row] for row in near) < 3:
        return False
    if desk.enemy_strength(site.far, 1) > 3 * sum(desk.attack(row) for row in near):
        return False
    act = deconfliction.Act("crossing", site.far, site.near)
    return not desk.rivals or deconfliction.risk(desk.state, desk.me, act).percent <= desk.doctrine.most_incident


def _boats(desk: StaffDesk) -> Iterator[Proposal]:
    """Light troops take boats to an empty bank when their goal lies there and no bridge does."""
    if desk.state.factions.command[desk.me] < 2 or desk.doctrine.posture == "defend":
        return
    for site in desk.book.sites:
        if desk.enemy_strength(site.far, 1):
            continue
        for row in desk.stack(site.near):
            if ground.has_boats(desk.world, row) and desk.is_line(row) and row in desk.book.tasks and desk.fresh(row):
                yield Proposal(
                    od.Bridge(desk.unit(row), site.side, "boats"),
                    f"crosses by boat to {desk.name(site.far)}, ahead of the bridge",
                )


def _has_site(desk: StaffDesk, side: int) -> bool:
    return side >= 0 and desk.world.river[side] != River.NONE and river.site_on(desk.state, side) >= 0


def demolitions(desk: StaffDesk) -> Iterator[Proposal]:
    """Who holds a bank and expects to lose it blows the crossing that the enemy could use, behind the last man of his
    side who is beyond it, and only where nobody of his side means to go over."""
    state, bank = desk.state, ways.banks(desk.world)
    beyond = {bank[desk.at(row)] for row in desk.own} | {bank[task.goal] for task in desk.book.tasks.values()}
    for row in desk.own:
        here = desk.at(row)
        sides = [side for side in desk.grid.sides[here] if _has_site(desk, side)]
        if not sides or not desk.fresh(row):
            continue
        if _could_storm(desk, here) < HOPELESS * sum(desk.defence(other) for other in desk.stack(here)):
            continue
        for side in sides:
            far = river.far_bank(state, here, side)
            wanted = bank[far] != bank[here] and bank[far] in beyond
            near = zones.known_zone(state, desk.me)[far] or far in desk.foes
            if ground.carries(state, side) and near and not wanted:
                yield Proposal(
                    od.Blow(desk.unit(row), side), f"blows the crossing at {desk.name(here)} before the enemy has it"
                )


def _could_storm(desk: StaffDesk, here: int) -> int:
    """Attack strength, in tenths, with which known enemies could attack a hex: where all of them are beyond the river,
    no more than finds room at the crossings that lead there."""
    bank, near, danger = ways.banks(desk.world), desk.foes_near(here, STORM), desk.danger.get(here, 0)
    if not danger or any(bank[there] == bank[here] for there in near):
        return danger
    rows = [row for there in near for row in desk.foes[there]]
    steps = sum(desk.state.units.steps[row] for row in rows)
    over = sum(side >= 0 and ground.carries(desk.state, side) and desk.world.river[side] == River.MAJOR
               for side in desk.grid.sides[here])  # fmt: skip
    a_stack = desk.world.rules.units.stack_steps * sum(map(desk.attack, rows)) // max(1, steps)
    return min(danger, over * a_stack)
