"""The war of the desert: raiders slip onto the roads that feed the enemy, sit there while it pays, and slip away again.

A raid goes out when enough raiders are rested and near, so that the enemy has several cuts to mend at once. Where
to cut: a hex of a supply road in use, with much of the enemy beyond it and none of him close by.
"""

from __future__ import annotations

from collections.abc import Iterator

from game import engine
from game import orders as od
from game.ai.staff import ways
from game.ai.staff.axes import PREYING
from game.ai.staff.desk import StaffDesk
from game.ai.staff.goals import scored_towns
from game.ai.staff.notebook import Proposal, Task
from game.rules import ground, movement, stacking, strongpoints, zones
from game.state.codes import Spent

ANSWER, EXPOSED = 6, 20
"""Hexes from which the enemy comes back to a cut at once, and his strength there, in tenths, that makes the cut worth a
tenth less."""

FAR = 3
"""Tenths of worth for each hex to a cut."""

RIDE = 4
"""Times the range of a raid that raiders go for one."""

TOGETHER, BESIDE = 25, 4
"""Tenths of worth that a cut gains when others cut the road within so many hexes: the enemy has several to mend."""

WATCHED = 3
"""Attack strength, in tenths, that the enemy could bring to where raiders wait for a turn, for each tenth against
it."""

CLOSING = 2
"""Open ways at which a garrison that is not to be sacrificed leaves."""


def raiders(desk: StaffDesk) -> list[int]:
    """Units that raid."""
    return [
        row for row in desk.own if desk.traits(row) & PREYING and desk.free(row) and desk.world.roster.movement[row]
    ]


def on_raid(desk: StaffDesk, row: int) -> bool:
    """Whether a unit is on its way to a raid: it fights nobody before, and gives way to nobody."""
    task = desk.book.tasks.get(row)
    return task is not None and task.kind == "raid"


def cuts(desk: StaffDesk) -> dict[int, int]:
    """Hex of an enemy supply road -> what cutting it is worth; guarded hexes are worth little."""
    found: dict[int, int] | None = desk.book.charts.get("cuts")
    if found is not None:
        return found
    found = {}
    for road in desk.world.stakes.roads:
        path = road.path
        if not desk.world.at_war(desk.me, road.of):
            continue
        held = [
            number
            for number, here in enumerate(path)
            if not desk.hostile(here) and desk.state.hexes.control[here] == desk.me
        ]
        theirs = [number for number, here in enumerate(path) if desk.hostile(here)]
        if not theirs:
            continue
        for number in theirs:
            here = path[number]
            beyond = sum(1 for other in theirs if other > number)
            guards = max(desk.enemy_strength(here, 1) // 3, desk.enemy_strength(here, ANSWER) // EXPOSED)
            worth = 20 + min(40, 3 * beyond) - min(60, guards) - (10 if number < 3 else 0)
            place = desk.world.place_at.get(here, -1)
            if place >= 0 and desk.world.places[place].size >= 1:
                worth -= 30  # somebody is at home there
            if any(abs(number - other) <= 2 for other in held):
                worth -= 10
            if worth > 0:
                found[here] = max(found.get(here, 0), worth)
    desk.book.charts["cuts"] = found
    return found


def tasks(desk: StaffDesk) -> dict[int, Task]:
    """Raiders that are to close up to a road: the nearest good cut is their goal; the rest stay with the towns."""
    targets = cuts(desk)
    found: dict[int, Task] = {}
    turn = desk.state.clock.turn
    for row in raiders(desk):
        home = _home(desk, row)
        if home >= 0:
            found[row] = Task(home, "back", f"goes back to {desk.name(home)} for stores", 30)
    if not targets or not desk.doctrine.raids or turn < desk.doctrine.raid_from:
        return found
    ready = [row for row in raiders(desk) if turn - desk.book.raided.get(row, -99) > desk.doctrine.raid_pause]
    ready = [row for row in ready if row not in found]
    ready.sort(key=lambda row: (min(desk.grid.distance(desk.at(row), here) for here in targets), row))
    banks, reach, chosen = ways.banks(desk.world), desk.world.rules.movement.infiltrate_range, list[int]()
    for row in ready[: desk.doctrine.raids]:
        here = desk.at(row)
        near = [h for h in targets if banks[h] == banks[here] and desk.grid.distance(here, h) <= RIDE * reach]
        if not near or desk.state.units.disrupted[row] * 2 >= desk.state.units.steps[row]:
            continue
        goal = max(near, key=lambda h: (_drawn(desk, here, h, targets, chosen), -h))
        chosen.append(goal)
        found[row] = Task(_stage(desk, here, goal), "raid", f"makes for the road at {desk.name(goal)}", targets[goal])
    return found


def _drawn(desk: StaffDesk, here: int, goal: int, targets: dict[int, int], chosen: list[int]) -> int:
    """How much a cut draws raiders, in tenths, when others have been told where to go."""
    joined = any(desk.grid.distance(goal, other) <= BESIDE for other in chosen)
    return targets[goal] - FAR * desk.grid.distance(here, goal) + (TOGETHER if joined else 0)


def _stage(desk: StaffDesk, here: int, goal: int) -> int:
    """Where raiders wait for the turn in which they slip onto the road: within range of it, out of the enemy's."""
    grid, world = desk.grid, desk.world
    near = [
        at for at in grid.disk(goal, world.rules.movement.infiltrate_range - 1)
        if at not in desk.foes and ground.terrain_of(world, at) is not None
    ]  # fmt: skip
    return min(near, key=lambda at: (desk.danger.get(at, 0) // WATCHED + 4 * grid.distance(here, at), at), default=goal)


def _home(desk: StaffDesk, row: int) -> int:
    """The town to which raiders whose stores run out go back, -1 while they need not: by a road that they cut, or are
    about to cut, they stay to the last."""
    here = desk.at(row)
    reach = desk.world.rules.movement.infiltrate_range
    at_work = any(desk.grid.distance(here, cut) <= reach for cut in cuts(desk))
    if desk.supply.reaches(here) or desk.state.units.dry[row] > (0 if at_work else 1):
        return -1
    towns = [
        at for at, number in desk.world.place_at.items()
        if desk.world.places[number].size and desk.state.hexes.control[at] == desk.me and desk.supply.reaches(at)
    ]  # fmt: skip
    return min(towns, key=lambda at: (desk.grid.distance(here, at), at), default=-1)


def proposals(desk: StaffDesk) -> Iterator[Proposal]:
    """Infiltrations of those in range, when enough are; and the way out for those that have done their work."""
    targets = cuts(desk)
    if desk.doctrine.raids and targets and desk.state.clock.turn >= desk.doctrine.raid_from:
        yield from _strike(desk, targets)


def _strike(desk: StaffDesk, targets: dict[int, int]) -> Iterator[Proposal]:
    reach = desk.world.rules.movement.infiltrate_range
    party = [
        row for row, task in sorted(desk.book.tasks.items())
        if task.kind == "raid" and desk.fresh(row) and not desk.state.units.spent[row] and desk.at(row) not in targets
        and any(desk.grid.distance(desk.at(row), here) <= reach for here in targets)
    ]  # fmt: skip
    going: list[int] = desk.book.charts.setdefault("raiding", [])
    if len(party) + len(going) < desk.doctrine.raid_size:
        return
    for row in party:
        ways_in = movement.infiltration(desk.state, row)
        open_ = [here for here in targets if here in ways_in and here not in desk.foes and not desk.stack(here)]
        taken = [desk.at(other) for other in going]
        open_.sort(
            key=lambda here: (
                -targets[here] + (15 if any(desk.grid.distance(here, one) <= 2 for one in taken) else 0),
                here,
            )
        )
        for here in open_[:3]:
            order = od.Infiltrate(desk.unit(row), here)
            if engine.refusal(desk.state, order) is None:
                going.append(row)
                desk.book.raided[row] = desk.state.clock.turn
                yield Proposal(order, f"slips onto the road at {desk.name(here)} behind the enemy")


def withdrawals(desk: StaffDesk) -> Iterator[Proposal]:
    """Units leave where the odds against them are hopeless: who is entrenched only when the last open ways are closing;
    garrisons, prepared positions and towns that score never."""
    limit = desk.doctrine.withdraw
    if not limit:
        return
    scored = scored_towns(desk)
    for row in desk.own:
        if row in desk.book.settled or not desk.free(row) or desk.traits(row) & {"garrison", "fortified", "tunnels"}:
            continue
        if on_raid(desk, row):
            continue
        here, state = desk.at(row), desk.state
        if strongpoints.defended(state, here, (row,)):
            continue
        if desk.entrenched(row) and (here in scored or _open_ways(desk, here) > CLOSING):
            continue
        if state.units.spent[row] & Spent.ACTED and not state.units.mp[row]:
            continue
        danger = desk.danger.get(here, 0)
        mine = sum(desk.defence(other) for other in desk.stack(here))
        bar = limit if here in desk.world.place_at else limit * 60 // 100
        if not danger or danger * 100 < mine * bar:
            continue
        goal = _refuge(desk, row, danger)
        if goal >= 0:
            desk.book.tasks.pop(row, None)
            yield Proposal(
                od.Move(desk.unit(row), desk.reach(row).path(goal)),
                f"gives up {desk.name(here)}: {danger / max(1, mine):.1f} to 1 against it",
            )


def _open_ways(desk: StaffDesk, here: int) -> int:
    """Hexes beside one that a unit could leave by, with no known enemy in them or hampering them."""
    state, zone = desk.state, zones.known_zone(desk.state, desk.me)
    return sum(
        1 for near in desk.grid.near[here]
        if not zone[near] and near not in desk.foes and ground.terrain_of(desk.world, near) is not None
        and ground.carries(state, desk.grid.side_between(here, near))
    )  # fmt: skip


def _refuge(desk: StaffDesk, row: int, danger: int) -> int:
    """A hex within reach with much less danger: a town of ours if there is one, else away from the enemy."""
    best, best_value = -1, 0
    places = desk.world.place_at
    for there, cost in desk.reach(row).cost.items():
        if there == desk.at(row) or stacking.room_for(desk.state, row, there) is not None:
            continue
        relief = danger - desk.danger.get(there, 0)
        if relief < danger // 2:
            continue
        value = relief // 4 + (30 if there in places and desk.state.hexes.control[there] == desk.me else 0) - cost // 2
        if (value, -there) > (best_value, -best):
            best, best_value = there, value
    return best
