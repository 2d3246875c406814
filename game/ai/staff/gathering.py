"""What could be gathered round an enemy hex within two turns, and what a set-piece attack from there would do.

An attack of this turn is a question of reach; a siege is a question of who can be there. The places beside the hex are
dealt out to the strongest troops first, guns are imagined where they come into range, and the game's own odds say what
comes of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from game import orders as od
from game.ai.staff import ways
from game.ai.staff.axes import can_go
from game.ai.staff.desk import StaffDesk
from game.ai.staff.goals import may_go
from game.ai.staff.march import keeps
from game.ai.staff.notebook import Post
from game.ai.staff.ways import VEHICLES
from game.ai.staff.worth import MAJOR, imagined, same_foes, supported, water_between, weighed
from game.rules import combat, ground, stacking
from game.state import State
from game.state.codes import Spent

NEAR = 8
"""Hexes from an enemy hex within which troops are thought of for a siege."""

TURNS = 2
"""Turns within which they must be there."""

RIPE = 26
"""Of 36 throws, those in which a set-piece attack must get on before a prize counts as ripe: more than 70 percent."""

STAYS = 20
"""What speaks for the place where a unit stands already: who has not moved can make a set-piece attack."""

BESIDE = 200
"""Percent that the strength of those counts who stand beside the enemy already when a siege chooses its troops."""

COMING = 140
"""The same for those who were on their way to him last turn."""

CLOSE, LATER = 3, 30
"""Hexes from the target within which a unit is as good as there; and what speaks against a place that it does not get
to this turn although it is: round the enemy it may never come."""

UNFED = 40
"""What speaks against a place to which no supply can follow: more than any other place speaks for itself."""

SIZES = (3, 5, 8)
"""How many units are tried, the strongest first."""


class Gathered(NamedTuple):
    """Troops and guns round an enemy hex, each with its place, and in how many of 36 throws the attack gets on."""

    target: int
    posts: tuple[Post, ...]
    guns: tuple[Post, ...]
    chance: int
    score: int


def gathered(desk: StaffDesk, target: int, rows: Iterable[int], ground_worth: int, bar: int) -> Gathered | None:
    """The smallest set of the given troops whose set-piece attack on a hex reaches the bar (of 36 throws), else the
    best of those tried; None where nobody can be there within TURNS."""
    near = sorted(
        (row for row in rows if _can_come(desk, row, target)), key=lambda row: (-_ready(desk, row, target), row)
    )
    posts = _dealt_out(desk, target, near)
    if not posts:
        return None
    guns = _guns(desk, target)
    best: Gathered | None = None
    for size in SIZES:
        found = _weighed(desk, target, posts[:size], guns, ground_worth)
        if best is None or found.chance > best.chance:
            best = found
        if best.chance >= bar or size >= len(posts):
            break
    return best


def ripe_prizes(desk: StaffDesk) -> tuple[int, ...]:
    """Hexes of the prizes that a faction may take, where known enemies stand, and that are ripe: troops within NEAR
    hexes could carry out a set-piece attack within TURNS that gets on in RIPE throws or more. Troops count once, for
    the dearest prize."""
    points: dict[int, int] = {}
    for prize in desk.world.prizes:
        points[prize.hex] = points.get(prize.hex, 0) + prize.points[desk.me]
    free = [row for row in desk.own if can_go(desk, row) and not keeps(desk, row)]
    found = []
    for here in sorted(ways.hostile_prizes(desk.state, desk.me), key=lambda one: (-points[one], one)):
        if here not in desk.foes or here in desk.left_alone or not may_go(desk, here):
            continue
        force = gathered(desk, here, free, 0, RIPE)
        if force is not None and force.chance >= RIPE:
            used = {post.row for post in force.posts}
            free = [row for row in free if row not in used]
            found.append(here)
    return tuple(found)


def _ready(desk: StaffDesk, row: int, target: int) -> int:
    """Attack strength of a unit, more where it stands beside the enemy already: nobody has to wait for it; and where it
    was on its way to him last turn: troops that change every turn never stand there together."""
    if desk.grid.distance(desk.at(row), target) == 1:
        return desk.attack(row) * BESIDE // 100
    known = desk.book.before.get(row)
    return desk.attack(row) * (COMING if known is not None and known.goal == target else 100) // 100


def _can_come(desk: StaffDesk, row: int, target: int) -> bool:
    here, grid = desk.at(row), desk.grid
    if not desk.free(row) or not desk.is_line(row) or grid.distance(here, target) > NEAR:
        return False
    if grid.distance(here, target) == 1:
        return True
    most = TURNS * desk.world.roster.movement[row]
    if not 0 <= desk.field(target, desk.world.roster.mobility[row])[here] <= most:
        return False
    around: int = desk.field_around(target, desk.world.roster.mobility[row], most)[here]  # nobody marches through
    return 0 <= around <= most


def _dealt_out(desk: StaffDesk, target: int, rows: list[int]) -> tuple[Post, ...]:
    """A place beside the target for each unit, as long as there is room."""
    grid, rules, steps = desk.grid, desk.world.rules.units, desk.state.units.steps
    moving = set(rows)
    places = [
        near for near in grid.near[target]
        if near not in desk.foes and near not in desk.rivals and ground.terrain_of(desk.world, near) is not None
        and not (near in desk.left_alone and desk.hostile(near))
    ]  # fmt: skip
    units = {near: sum(1 for row in desk.state.units_at(near) if row not in moving) for near in places}
    room = {
        near: rules.stack_steps - sum(steps[row] for row in desk.state.units_at(near) if row not in moving)
        for near in places
    }
    out: list[Post] = []
    for row in rows:
        best, best_score = -1, -(1 << 20)
        close = grid.distance(desk.at(row), target) <= CLOSE
        for near in places:
            if units[near] >= rules.stack_units or room[near] < steps[row]:
                continue
            water = _water(desk, row, near, target)
            if water < 0 or not ground.can_enter(desk.world, row, near):
                continue
            taken = {post.hex for post in out}
            score = (12 if near not in taken else 0) + (8 if any(grid.distance(near, one) == 2 for one in taken) else 0)
            score -= 10 * water + 3 * grid.distance(desk.at(row), near)
            score -= 0 if desk.feeds(near) else UNFED
            score += STAYS if near == desk.at(row) else 0
            score -= LATER if close and near not in desk.reach(row).cost else 0
            if (score, -near) > (best_score, -best):
                best, best_score = near, score
        if best >= 0:
            out.append(Post(row, best))
            units[best] += 1
            room[best] -= steps[row]
    return tuple(out)


def _water(desk: StaffDesk, row: int, near: int, target: int) -> int:
    """How much the water between a place and the target hampers, -1 where nobody could attack over it."""
    side = desk.grid.side_between(near, target)
    if side < 0 or not (ground.can_enter(desk.world, row, target) or desk.world.road[side]):
        return -1
    water = water_between(desk, near, target)
    return water if water < MAJOR or combat.can_assault_river(desk.state, row) else -1


def _guns(desk: StaffDesk, target: int) -> tuple[Post, ...]:
    """Batteries that can be in range within TURNS, and from where."""
    out = []
    for row in desk.own:
        reach = desk.world.roster.reach[row]
        if not reach or not desk.free(row) or desk.is_cut(row):
            continue
        here = desk.at(row)
        if desk.grid.distance(here, target) <= reach:
            out.append(Post(row, here))
            continue
        mobility = min(desk.world.roster.mobility[row], VEHICLES)
        field = desk.field(target, mobility)
        if not 0 <= field[here] <= TURNS * desk.world.roster.movement[row] + reach * 4:
            continue
        for there in ways.way(desk.lists(mobility), field, here):
            if desk.grid.distance(there, target) <= reach:
                fits = there not in desk.foes and stacking.room_for(desk.state, row, there) is None
                if fits and field[here] - field[there] <= TURNS * desk.world.roster.movement[row]:
                    out.append(Post(row, there))
                break
    return tuple(out[:2])


def _weighed(
    desk: StaffDesk, target: int, posts: tuple[Post, ...], guns: tuple[Post, ...], ground_worth: int
) -> Gathered:
    state = _at_dawn(imagined(desk.state, [*posts, *guns]))
    order = od.Attack(tuple(desk.unit(post.row) for post in posts), target, set_piece=True)
    found = supported(desk, weighed(desk, state, order, ground_worth))
    return Gathered(target, posts, guns, found.chance, found.score)


def _at_dawn(state: State) -> State:
    """The same places with everybody rested: as the turn of the attack opens."""
    fresh = tuple(spent & ~(Spent.MOVED | Spent.ACTED) for spent in state.units.spent)
    return replace(state, units=replace(state.units, spent=fresh), answers=same_foes(state))
