"""Marches: every unit goes towards its goal by the cheapest way, and stops where it is fed, safe enough and of use.

Units in front go first, so that those behind find room. Guns, staffs and columns stop behind the line. What a hex
is good for is one sum: the way still to go, danger, supply, cover, and the other bloc.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from game import engine
from game import orders as od
from game.ai.staff import feeding, ways
from game.ai.staff.desk import StaffDesk, once
from game.ai.staff.goals import may_go, scored_towns
from game.ai.staff.notebook import STAYS, Proposal, Task
from game.ai.staff.posts import feeds_others, keeps_open, neck
from game.kernels.reach import Outward, Reach
from game.rules import costs, ground, movement, prizes, stacking, strongpoints
from game.state.codes import Spent

LOOK = 14
"""Hexes compared for a halt: the best by distance, and where the unit stands."""

DETOUR = 40
"""Quarter points that a way around the enemy may be longer."""

REST_OF_MAP = 1 << 16

UNFED = (50, 50, 60)
"""Quarter points of way that a unit gives up to be where supply can follow: when it is fed, stretched, and cut off."""


FAR_BACK, TURN_ROUND = 4, 24
"""Hexes from which a way back to where a unit came from last turn, without a fight, counts as turning round, as one of
half a turn does anywhere; and the quarter points of way that it must be worth."""

EACH_BACK = 6
"""Quarter points that each hex must be worth by which a unit comes nearer again to where it came from last turn."""

BACKWARDS = 2
"""Hexes nearer to where it opened the turn than it is: no later part of a march brings a unit back so far."""

AHEAD = 40
"""Quarter points for which those who do not fight in the line stay behind the foremost of those whom they go with."""

COMES = 5
"""Hexes from which enemies could come to a town that is left empty."""

CLOSE, SETTLED = 2, 7
"""Hexes from the goal at which a unit is as good as there, and the quarter points of reason that it needs to shift."""


LEFT_ALONE = 60
"""Quarter points for which a unit stays out of a place that its side leaves to others."""


MAKE_ROOM = 18
"""Quarter points for which guns, staffs and local forces leave the hexes beside the enemy to those who attack."""


WORKING_HEX = 60
"""Quarter points for which others leave engineers the room that they need to work at a crossing."""

ALONE, IN_SIGHT = 40, 3
"""Quarter points for which those who do not fight in the line stay with it where an enemy is within so many hexes, and
on ground that is not their side's."""

LEADS_BEHIND, NEAR_FOE = 80, 2
"""Quarter points for which a headquarters stays out of hexes without a line unit of its side, where an enemy is within
so many hexes."""


def proposals(desk: StaffDesk) -> Iterator[Proposal]:
    """The next march of the faction, unit by unit; a unit whose place is settled is not asked again."""
    for row in _in_order(desk):
        if row in desk.book.settled:
            continue
        proposal = _march(desk, row)
        if proposal is not None:
            yield proposal
        desk.book.settled.add(row)


def _in_order(desk: StaffDesk) -> list[int]:
    # Line units before the others, the nearest to its goal first.
    found = []
    places: dict[int, tuple[int, int, tuple[bool, int, int]]] = desk.book.charts.setdefault("in order", {})
    tasks, settled, units, movement = desk.book.tasks, desk.book.settled, desk.state.units, desk.world.roster.movement
    for row in desk.own:  # asked for every march of large armies
        task = tasks.get(row) if row not in settled else None
        if task is None or not movement[row] or not desk.free(row) or units.spent[row] & Spent.STOPPED:
            continue
        if task.kind == STAYS:
            continue
        here, known = units.hex[row], places.get(row)
        if known is None or known[0] != here or known[1] != task.goal:
            away = desk.grid.distance(here, task.goal)
            known = places[row] = here, task.goal, (not desk.is_line(row), away, row)
        found.append(known[2])
    return [row for _, _, row in sorted(found)]


def _march(desk: StaffDesk, row: int) -> Proposal | None:
    task, state = desk.book.tasks[row], desk.state
    if (desk.delays(row) or task.kind == "cut") and desk.at(row) == task.goal:
        return None
    if task.kind not in ("back", "raid") and (keeps(desk, row) or keeps_open(desk, row) or feeds_others(desk, row)):
        return None
    held = neck(desk, row)
    if held == desk.at(row):
        return None
    if not state.units.mp[row]:
        return _press_on(desk, row, task)
    if held >= 0:
        path = desk.reach(row).path(held)
        feeding.note_march(desk, row, (desk.at(row), *path))
        return Proposal(od.Move(desk.unit(row), path), f"keeps the way open at {desk.name(held)} for those ahead")
    field = _field(desk, row, task)
    goal = _halt(desk, row, field, desk.reach(row))
    here = desk.at(row)
    if goal == here or _goes_back(desk, row, task, goal):
        desk.book.waits[row] = _why_here(desk, row, field)
        return _press_on(desk, row, task)
    if (
        "hq" in desk.traits(row)
        and desk.doctrine.posture == "advance"
        and feeding.hang_on(desk, row, goal) > desk.state.units.steps[row]
    ):
        desk.book.waits[row] = "the troops that are fed from here would be cut off"
        return None
    path = desk.reach(row).path(goal)
    feeding.note_march(desk, row, (here, *path))
    return Proposal(od.Move(desk.unit(row), path), task.why)


@once
def keeps(desk: StaffDesk, row: int) -> bool:
    """Whether a unit must stay: it has strongpoints, claims a prize, or others are too few to keep one in danger."""
    here = desk.at(row)
    if strongpoints.defended(desk.state, here, (row,)):
        return True
    if not desk.is_line(row) or not desk.prized(here):
        return _is_last_of_town(desk, row)
    others = [other for other in desk.stack(here) if desk.is_line(other) and other != row]
    if desk.last_turn and not any(prizes.can_claim(desk.state, other) for other in others):
        return True
    number, steps = desk.world.place_at.get(here, -1), desk.state.units.steps
    unclaimed = number >= 0 and not desk.state.places.checks[number] and steps[row] >= 2
    if unclaimed and not any(steps[other] >= 2 for other in others):
        return True
    if not desk.doctrine.garrison or desk.foe_distance(here) > 3:
        return False
    return 2 * sum(desk.defence(other) for other in others) < max(1, desk.danger.get(here, 0))


def _is_last_of_town(desk: StaffDesk, row: int) -> bool:
    """Whether a unit holds alone a town that scores by the turn, to which enemies could come."""
    here = desk.at(row)
    if here not in scored_towns(desk) or desk.doctrine.posture != "defend" or desk.foe_distance(here) > COMES:
        return False
    if not desk.is_line(row) or desk.traits(row) & {"raider", "cell"}:
        return False
    return not any(desk.is_line(other) for other in desk.stack(here) if other != row)


def _goes_back(desk: StaffDesk, row: int, task: Task, goal: int) -> bool:
    """Whether the rest of a march would undo what the unit marched this turn."""
    stood = desk.book.stood.get(row)
    if stood is None or task.kind == "back" or not desk.state.units.spent[row] & Spent.MOVED:
        return False
    distance = desk.grid.distance
    return distance(desk.at(row), stood.hex) - distance(goal, stood.hex) >= BACKWARDS


def _field(desk: StaffDesk, row: int, task: Task) -> Outward:
    """The field to the goal; around the enemy where he bars the way close ahead and a detour is not much longer."""
    mobility, here = desk.world.roster.mobility[row], desk.at(row)
    field = desk.field(task.goal, mobility)
    if field[here] <= 0:
        return field
    route = ways.way(desk.lists(mobility), field, here, 10)
    if not any(desk.blocked[there] for there in route if there != task.goal):
        return field
    most = field[here] + DETOUR
    around = desk.field_around(task.goal, mobility, most)
    return around if 0 <= around[here] <= most else field


def _halt(desk: StaffDesk, row: int, field: Outward, found: Reach) -> int:
    """The best hex to stop in among those within reach."""
    here, state, who = desk.at(row), desk.state, _marcher(desk, row)
    close = field[here] >= 0 and desk.grid.distance(here, desk.book.tasks[row].goal) <= CLOSE
    hungry, danger = feeding.must_be_fed(desk, row), desk.danger
    best, best_value = here, _value(desk, who, here, field[here]) + (SETTLED if close else 1)
    most = SETTLED + 2 * max(kind.shift for kind in costs.terrains(desk.world))
    for way, there in _ranked(field, found, most - best_value)[: LOOK * (3 if who.behind else 1)]:
        if most - way <= best_value:
            break  # cover alone speaks for a halt: none further off can be better
        bonus = SETTLED if close and not way else 0
        if there == here or (bonus - way <= best_value and there not in danger):
            continue  # nothing but cover where there is danger speaks for a hex, and much against it
        value = _value(desk, who, there, way) + bonus
        if value <= best_value or stacking.room_for(state, row, there) is not None:
            continue
        if hungry and not feeding.follows(desk, row, (here, *found.path(there))):
            continue
        if allowed(desk, row, there, found):
            best, best_value = there, value
    return best


def _ranked(field: Outward, found: Reach, most: int) -> list[tuple[int, int]]:
    """The hexes within reach from which the way still to go is shorter than so much, the shortest first."""
    togo = zip(field.of(found.cost, most - 1), found.cost, strict=True)
    if most > REST_OF_MAP:
        return sorted([(cost if cost >= 0 else REST_OF_MAP, there) for cost, there in togo])
    return sorted([(cost, there) for cost, there in togo if cost >= 0])


def _why_here(desk: StaffDesk, row: int, field: Outward) -> str:
    """Why a unit does not go on: what speaks against the best hex ahead, "" when nothing lies ahead of it."""
    here = desk.at(row)
    found, still = desk.reach(row).cost, field[here]
    ahead = [there for togo, there in zip(field.of(found), found, strict=True) if 0 <= togo < still]
    if not ahead:
        return "enemy, river or friend in the way" if field[here] > 0 else ""
    best = min(ahead, key=lambda there: (field[there], there))
    full = next((there for there in ahead if stacking.room_for(desk.state, row, there) is not None), -1)
    if not allowed(desk, row, best, desk.reach(row)):
        return "the other bloc, or the edge of its home sector, is too near"
    if not desk.feeds(best):
        return "waits for supply to follow"
    if desk.danger.get(best, 0) > desk.defence(row):
        return "the enemy ahead is too strong for it alone"
    return f"no room ahead at {desk.name(full)}" if full >= 0 else "as near as it need be"


def allowed(desk: StaffDesk, row: int, there: int, found: Reach) -> bool:
    """Whether the march may end there: no provocation, no step over the line that doctrine forbids, no home sector left
    without the command points for it."""
    if desk.rivals and _percent(desk, there) > desk.doctrine.most_incident:
        return False
    if not may_go(desk, there) and may_go(desk, desk.at(row)):
        return False
    if desk.world.roster.sector[row] and movement.leading_price(desk.state, row, found.path(there)):
        return desk.state.factions.command[desk.me] > (2 if desk.book.sites else 0)
    return True


def _percent(desk: StaffDesk, there: int) -> int:
    if there in desk.state.clock.corridors[desk.me]:
        return 0
    return desk.base_risk(there)


class _Marcher(NamedTuple):
    """A unit that looks for a halt, and what is the same wherever it could stop."""

    row: int
    behind: bool
    """Whether it does not fight in the line."""
    bridge: bool
    """Whether it is engineers on their way to a crossing: they go where the work is."""
    leads: bool
    parties: tuple[tuple[int, int], ...]
    """Engineers who are on their way to a crossing, and where they are to work; none for engineers themselves."""
    unfed: int
    """The price of a halt to which supply cannot follow."""
    came: int
    """Where it stood a turn ago, if going back there is to be paid for; else -1."""
    front: int
    """Quarter points that the foremost line unit with the same goal still has to go, -1 for who fights in the line."""


def _marcher(desk: StaffDesk, row: int) -> _Marcher:
    task, traits = desk.book.tasks.get(row), desk.traits(row)
    bridge = task is not None and task.kind == "bridge"
    working = desk.book.tasks.items() if not bridge else ()
    parties = tuple((at, one.goal) for at, one in working if one.kind == "bridge" and desk.at(at) != one.goal)
    unfed = 0
    if not (traits & {"raider", "cell"} or desk.doctrine.posture == "defend" or desk.last_turn):
        price = UNFED[desk.state.units.supply[row]]
        unfed = max(price, UNFED[2]) if desk.is_hungry(row) else price
    stood = desk.book.stood.get(row)
    called = task is not None and task.kind in ("road", "relief", "column", "back")
    came = -1 if stood is None or called or desk.is_cut(row) else stood.came
    front = -1 if desk.is_line(row) or bridge or task is None else _front(desk, row, task.goal)
    return _Marcher(row, not desk.is_line(row), bridge, "hq" in traits, parties, unfed, came, front)


def _front(desk: StaffDesk, row: int, goal: int) -> int:
    """Quarter points of a unit's own way that the foremost line unit with a goal still has to go, -1 for none."""
    field = desk.field(goal, desk.world.roster.mobility[row])
    led = (other for other, task in desk.book.tasks.items() if task.goal == goal and desk.is_line(other))
    return min((togo for other in led if desk.at(other) >= 0 and (togo := field[desk.at(other)]) >= 0), default=-1)


def _value(desk: StaffDesk, who: _Marcher, there: int, togo: int) -> int:
    """Worth of a halt, in quarter points of way; ``togo``: those still to go from there, -1 where no way leads on."""
    togo, row, behind, bridge = togo if togo >= 0 else REST_OF_MAP, who.row, who.behind, who.bridge
    value = -togo
    danger = desk.danger.get(there, 0)
    if danger and not desk.last_turn:
        mine = desk.defence(row) + sum(desk.defence(other) for other in desk.stack(there) if other != row)
        value -= min(12, max(0, danger - mine) * desk.doctrine.risk // 900)
        kind = ground.terrain_of(desk.world, there)
        value += 2 * kind.shift if kind is not None else 0
        if behind and not (bridge and desk.escorted(there)):
            value -= 8 + (30 if not any(desk.is_line(other) for other in desk.stack(there)) else 0)
    if who.leads and desk.foe_distance(there) <= NEAR_FOE:
        value -= 0 if any(desk.is_line(other) for other in desk.stack(there)) else LEADS_BEHIND
    if who.unfed and not desk.feeds(there):
        value -= who.unfed
    if who.came >= 0:
        value -= _turn_round(desk, who, there)
    if who.parties and not _leaves_room(desk, who, there):
        value -= WORKING_HEX
    if there in desk.left_alone and desk.hostile(there):
        value -= LEFT_ALONE
    if desk.rivals:
        percent = _percent(desk, there)
        if percent:
            value -= 2 * desk.incident_price(percent) // (4 if desk.prized(there) else 1)
    if 0 <= togo < who.front:
        value -= AHEAD
    if behind:
        value -= 6 if togo == 0 and not bridge else 0
        if not desk.escorted(there) and (desk.foe_distance(there) <= IN_SIGHT or not _ours(desk, there)):
            value -= ALONE
    if (behind or desk.world.roster.attack[row] <= 1) and not bridge and desk.foe_distance(there) <= 1:
        value -= MAKE_ROOM
    return value


def _ours(desk: StaffDesk, there: int) -> bool:
    """Whether a hex is its side's or a friend's: elsewhere nobody goes first who does not fight in the line."""
    holder = desk.state.hexes.control[there]
    return holder >= 0 and desk.world.together(desk.me, holder)


def _leaves_room(desk: StaffDesk, who: _Marcher, there: int) -> bool:
    """Whether engineers who are to work in a hex, and are not there yet, still find room beside a unit."""
    rules, steps = desk.world.rules.units, desk.state.units.steps
    for party, goal in who.parties:
        if goal == there:
            line = {who.row, party, *(other for other in desk.stack(there) if "hq" not in desk.traits(other))}
            if len(line) > rules.stack_units or sum(steps[other] for other in line) > rules.stack_steps:
                return False
    return True


def _turn_round(desk: StaffDesk, who: _Marcher, there: int) -> int:
    """The price of a halt where a unit stood a turn ago: there and back wears out troops for nothing."""
    row, stood, distance = who.row, desk.book.stood[who.row], desk.grid.distance
    back = distance(stood.hex, who.came) - distance(there, who.came)
    if back >= FAR_BACK:
        return max(TURN_ROUND, back * EACH_BACK)
    if distance(there, who.came) > 1:
        return 0
    half = 2 * desk.reach(row).cost.get(there, 0) >= desk.world.roster.movement[row]
    return TURN_ROUND if half or desk.grid.distance(stood.hex, there) >= FAR_BACK else 0


def _press_on(desk: StaffDesk, row: int, task: Task) -> Proposal | None:
    """A road march with the action, for those far from both the goal and the enemy."""
    state, here = desk.state, desk.at(row)
    spent = state.units.spent[row]
    if spent & Spent.ACTED:
        return None
    field = desk.field(task.goal, desk.world.roster.mobility[row])
    if field[here] < 16 or desk.foe_distance(here) <= 4 or state.units.disrupted[row]:
        return None
    extra = desk.world.roster.movement[row] * desk.world.rules.movement.march_percent // 100
    goal = _halt(desk, row, field, movement.reach_with(state, row, here, state.units.mp[row] + extra, True))
    if spent & Spent.MARCHED or goal == here or desk.danger.get(goal):
        return None
    return Proposal(od.March(desk.unit(row)), f"marches on by road: {task.why}")


def spare_moves(desk: StaffDesk) -> Iterator[Proposal]:
    """Units that no task moves: out of the open into a town or onto the road behind them, if they are starving."""
    for row in desk.own:
        if (row in desk.book.tasks and not desk.stays(row)) or row in desk.book.settled or not desk.free(row):
            continue
        desk.book.settled.add(row)
        if not desk.is_cut(row) or desk.traits(row) & {"garrison", "cell", "hq"} or desk.state.units.spent[row]:
            continue
        fed = [
            h for h in desk.reach(row).cost if desk.supply.reaches(h) and stacking.room_for(desk.state, row, h) is None
        ]
        if fed:
            goal = min(fed, key=lambda h: (desk.reach(row).cost[h], h))
            order = od.Move(desk.unit(row), desk.reach(row).path(goal)) if goal != desk.at(row) else None
            if order is not None and engine.refusal(desk.state, order) is None:
                yield Proposal(order, "falls back to where supply reaches it")
