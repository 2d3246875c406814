"""Sieges: attacks on strong places that are prepared over two or three turns, and the trigger at which one is given up.

Who stands beside the enemy as his turn opens can make a set-piece attack; who comes up on the day cannot. So the troops
that go for a place close up together, once those who can be there this turn are most of what the attack takes, guns in
range. A siege whose promise falls below :data:`HOPE`, or that has gone on too long without an attack, is
given up for a while, and its troops are free for something else.
"""

from __future__ import annotations

from collections.abc import Iterator

from game import engine
from game import orders as od
from game.ai.staff import feeding
from game.ai.staff.axes import FAR_ROUND
from game.ai.staff.desk import StaffDesk
from game.ai.staff.gathering import NEAR, RIPE, TURNS, Gathered, gathered
from game.ai.staff.march import allowed, keeps
from game.ai.staff.notebook import Goal, Post, Proposal, Siege, Task
from game.ai.staff.plan import FREE, Genes
from game.ai.staff.worth import worth_of
from game.rules import stacking
from game.state.codes import Spent

MOST = 4
"""Sieges at a time, the dearest first."""

HOPE = 18
"""Of 36 throws, those below which the attack that a siege prepares no longer gets on often enough."""

WEARS = 15
"""What an attack must be worth, in tenths, to be prepared although it seldom gets on at the first attempt."""

ENOUGH = 70
"""Percent of the strength of a siege that must be able to close up in one turn."""

STORMED = frozenset({"prize", "town", "road prize", "relief", "road"})
"""Kinds of goals that are besieged."""


def plan(desk: StaffDesk, tasks: dict[int, Task], genes: Genes = FREE) -> tuple[Siege, ...]:
    """The sieges of this turn; those who take part are told so in their tasks. Whose target genes have set is in no
    other."""
    if desk.doctrine.posture == "defend" or desk.last_turn:
        return ()
    since = {siege.target: siege.since for siege in desk.book.sieges}
    turn = desk.state.clock.turn
    found: list[Siege] = []
    taken: set[int] = set()
    bound = {row for row in tasks if genes.target(desk.formation(row)) is not None}
    for goal in desk.book.goals:
        if len(found) == MOST:
            break
        if goal.kind not in STORMED or goal.hex not in desk.foes or turn < desk.book.let_be.get(goal.hex, 0):
            continue
        others = {row for row in bound if tasks[row].goal != goal.hex}
        force = _gathered(desk, goal, tasks, taken | others)
        begun = since.get(goal.hex, turn)
        if force is None or not _promising(desk, force, goal.hex in since):
            continue
        if turn - begun >= desk.doctrine.siege:
            desk.book.let_be[goal.hex] = turn + desk.doctrine.siege_pause
            continue
        taken.update(post.row for post in (*force.posts, *force.guns))
        for post in force.posts:
            _note_turn(desk, post.row, goal)
            tasks[post.row] = Task(goal.hex, "siege", f"closes up for the set-piece attack on {goal.name}", goal.worth)
        for post in force.guns:
            tasks[post.row] = Task(goal.hex, "follow", f"brings its guns into range of {goal.name}", goal.worth)
        posts = tuple((desk.unit(post.row), post.hex) for post in (*force.posts, *force.guns))
        found.append(Siege(goal.hex, begun, posts))
    return tuple(found)


def _note_turn(desk: StaffDesk, row: int, goal: Goal) -> None:
    before = desk.book.before.get(row)
    if before is not None and before.axis and desk.grid.distance(before.goal, goal.hex) >= FAR_ROUND:
        desk.book.turned[row] = f"{goal.name} is ripe for an attack"


def _promising(desk: StaffDesk, force: Gathered, begun: bool) -> bool:
    """Whether a siege may begin, or go on: the attack is likely to get on, or wears the defenders down cheaply."""
    if force.chance >= (HOPE if begun else RIPE):
        return True
    return force.chance >= desk.doctrine.least_chance and force.score >= (WEARS // 2 if begun else WEARS)


def _gathered(desk: StaffDesk, goal: Goal, tasks: dict[int, Task], taken: set[int]) -> Gathered | None:
    """Who can be brought against a goal: those who go there, or are in reserve or on their way to something lesser."""
    rows = [
        row for row in desk.own
        if row not in taken and (task := tasks.get(row)) is not None
        and (task.goal == goal.hex or _beside(desk, task, goal) or _on_the_way(desk, row, task, goal))
        and not keeps(desk, row)
    ]  # fmt: skip
    return gathered(desk, goal.hex, rows, worth_of(desk, goal.hex), RIPE) if rows else None


def _beside(desk: StaffDesk, task: Task, goal: Goal) -> bool:
    """Whether a task leads to something lesser close to a goal."""
    lesser = task.kind in ("prize", "town", "reserve") and task.worth < goal.worth
    return lesser and desk.grid.distance(task.goal, goal.hex) < FAR_ROUND


def _on_the_way(desk: StaffDesk, row: int, task: Task, goal: Goal) -> bool:
    """Whether a unit could take part in a siege before it could be where its task leads it."""
    if task.kind not in ("prize", "town", "reserve"):
        return False
    field, movement = desk.field(task.goal, desk.world.roster.mobility[row]), desk.world.roster.movement[row]
    return field[desk.at(row)] > TURNS * movement and desk.grid.distance(desk.at(row), goal.hex) <= NEAR


def proposals(desk: StaffDesk) -> Iterator[Proposal]:
    """After the attacks: whoever takes part in a siege goes to its place, if enough can be there this turn."""
    for siege in desk.book.sieges:
        posts = [Post(desk.world.row[unit], here) for unit, here in siege.posts]
        posts = [post for post in posts if desk.at(post.row) >= 0]
        if siege.target not in desk.foes or any(desk.state.units.spent[post.row] & Spent.ATTACKED for post in posts):
            continue
        line = [post for post in posts if desk.is_line(post.row)]
        able = [post for post in line if _can_close_up(desk, post)]
        strength = sum(desk.attack(post.row) for post in line)
        if sum(desk.attack(post.row) for post in able) * 100 < strength * ENOUGH:
            continue
        for post in able:
            if post.row in desk.book.settled:
                continue
            desk.book.settled.add(post.row)
            if desk.at(post.row) == post.hex:
                continue
            order = od.Move(desk.unit(post.row), desk.reach(post.row).path(post.hex))
            if engine.refusal(desk.state, order) is None:
                yield Proposal(order, desk.book.tasks[post.row].why)


def _can_close_up(desk: StaffDesk, post: Post) -> bool:
    here = desk.at(post.row)
    if here == post.hex:
        return True
    if not desk.state.units.mp[post.row] or desk.state.units.spent[post.row] & Spent.STOPPED or keeps(desk, post.row):
        return False
    found = desk.reach(post.row)
    if post.hex not in found.cost or stacking.room_for(desk.state, post.row, post.hex) is not None:
        return False
    if feeding.must_be_fed(desk, post.row) and not feeding.follows(desk, post.row, (here, *found.path(post.hex))):
        return False
    return allowed(desk, post.row, post.hex, found)
