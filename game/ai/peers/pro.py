"""``pro``: win and hold, in the manner of a strategic game's AI: what it can take and keep, with just enough.

Targets are ranked by what the strongest attack on each would bring; a target that could not be held against the
counter-attack counts without its ground. Then they are added one at a time, each with as few units as reach the odds;
one that is not won with what the others leave is dropped. Those left over first cover own prizes, then go up a field of
value.

``win``: percent of the defenders that an attack must be expected to remove. ``hold``: percent of the counter-attack
that must be met for ground to count as held.
"""

from __future__ import annotations

from collections.abc import Iterator

from game import orders as od
from game.ai.peers import routine
from game.ai.peers.assaults import Assault, able, growing, supported
from game.ai.peers.board import PeerBoard
from game.ai.peers.marching import bridging, crossing_wanted, march
from game.ai.peers.peer import Peer, pinned, steps_at
from game.ai.staff.notebook import Proposal

STEP, OWN_STEP = 10, 8
"""What a step of the enemy's and an own one are worth, in tenths of a victory point."""

PER_TURN = 24
"""Quarter points of way that halve what a prize is worth to those who are to go there."""


class Pro(Peer):
    """The win-and-hold player."""

    def __init__(self, win: int = 60, hold: int = 45) -> None:
        super().__init__()
        self.win, self.hold = win, hold

    def _begin(self) -> None:
        super()._begin()
        self.list: list[Assault] = []
        self.planned = -1

    def proposals(self, board: PeerBoard) -> Iterator[Proposal]:
        """The battles as planned, empty prizes, cover, the march up the field, and what is left."""
        yield from routine.drops(board)
        yield from routine.refits(board)
        yield from self.in_hand(board)
        yield from self._empty(board)
        yield from self._battles(board)
        tasks = self._tasks(board)
        site = crossing_wanted(board, tasks)
        step = bridging(board, site) if site is not None else None
        if step is not None:
            yield step
        yield from self._marches(board, tasks)
        yield from routine.guns(board)
        yield from routine.air(board)
        yield from routine.rests(board)

    # --- battles ----------------------------------------------------------------------------------------------------

    def _battles(self, board: PeerBoard) -> Iterator[Proposal]:
        now = sum(steps_at(board, here) for here in board.foes) * 1000 + len(board.foes)
        if now != self.planned:  # a battle was fought, or somebody new was seen: the list is made anew
            self.planned, self.list = now, self._plan(board)
        while self.list:
            self.assault = self.list.pop(0)
            yield from self.in_hand(board)

    def _plan(self, board: PeerBoard) -> list[Assault]:
        stay, found = pinned(board, self.hold), able(board, ())
        ranked = []
        for target, units in sorted(found.items()):
            if self.called_off.get(target) == steps_at(board, target):
                continue
            most = list(growing(board, target, units, stay))
            if most:
                ranked.append((self._appraised(board, most[-1])[1], -target))
        used, chosen = set[int](), []
        for value, minus in sorted(ranked, reverse=True):
            units = [row for row in found[-minus] if row not in used]
            enough = self._just_enough(board, -minus, units, stay) if value > 0 else None
            if enough is not None:
                chosen.append(enough)
                used |= {post.row for post in enough.posts}
        return chosen

    def _just_enough(self, board: PeerBoard, target: int, units: list[int], stay: frozenset[int]) -> Assault | None:
        """The smallest attack that reaches the odds, else the best one that pays at all."""
        best, best_value = None, 2
        for one in growing(board, target, units, stay):
            found, value = self._appraised(board, one)
            if found.outlook.share >= 10 * self.win and value > 0:
                return found
            if value > best_value and found.outlook.his > found.outlook.mine:
                best, best_value = found, value
        return best

    def _appraised(self, board: PeerBoard, one: Assault) -> tuple[Assault, int]:
        """An attack with its support, and its worth: the swing of steps, and the ground where it can be held."""
        ground_worth = 5 + (board.points.get(one.target, 0) if self._holds(board, one) else 0)
        return supported(board, one, ground_worth, OWN_STEP, STEP)

    def _holds(self, board: PeerBoard, one: Assault) -> bool:
        """Whether those who come in should stand against what the other enemies could bring."""
        if board.last_turn:
            return True
        back = board.danger.get(one.target, 0) - board.shadow(one.target).get(one.target, 0)
        mine = sorted((board.defence(post.row) for post in one.posts), reverse=True)
        return 100 * sum(mine[:2]) >= self.hold * back

    # --- marches ----------------------------------------------------------------------------------------------------

    def _empty(self, board: PeerBoard) -> Iterator[Proposal]:
        """Prizes that nobody known holds, the dearest first, to whoever holds them best."""
        stay = pinned(board, self.hold)
        for here in sorted(board.wanted, key=lambda one: (-board.points[one], one)):
            if here in board.foes or any(board.claims(row) for row in board.stack(here)):
                continue
            takers = [
                row for row in board.own
                if row not in stay and board.claims(row) and board.may_march(row) and here in board.reach(row).cost
                and board.room(row, here)
            ]  # fmt: skip
            for row in sorted(takers, key=lambda one: (-board.defence(one), one)):
                if board.last_turn or 100 * board.defence(row) >= self.hold * board.danger.get(here, 0) // 2:
                    order = od.Move(board.id(row), board.reach(row).path(here))
                    yield Proposal(order, f"takes {board.name(here)}, which stands empty")

    def _tasks(self, board: PeerBoard) -> dict[int, int]:
        """Unit -> where it goes: cover for own prizes first, then up the field of value."""
        stay = pinned(board, self.hold)
        free = [row for row in board.own if row not in stay and board.roster.movement[row]]
        found: dict[int, int] = {}
        for here in sorted(board.kept, key=lambda one: (-board.points[one], one)):
            short = board.danger.get(here, 0) * self.hold // 100 - board.garrison(here)
            near = [
                (board.field(here, row)[board.at(row)], row) for row in free if board.line(row) and row not in found
            ]
            for way, row in sorted(near):
                if short > 0 and 0 <= way <= 2 * PER_TURN:
                    found[row] = here
                    short -= board.defence(row)
        for row in free:
            if row not in found:
                goal = self._up(board, row)
                if goal >= 0:
                    found[row] = goal
        return found

    def _up(self, board: PeerBoard, row: int) -> int:
        """The goal in whose direction the field of value rises most; each turn of way halves what a prize counts."""
        best, best_value = -1, 0
        for goal in board.wanted or sorted(board.foes):
            way = board.field(goal, row)[board.at(row)]
            if way >= 0:
                value = ((board.points.get(goal, 0) + 10) << 16) * PER_TURN // (PER_TURN + way) >> way // PER_TURN
                if value > best_value:
                    best, best_value = goal, value
        return best

    def _marches(self, board: PeerBoard, tasks: dict[int, int]) -> Iterator[Proposal]:
        ways = {row: board.field(goal, row)[board.at(row)] for row, goal in tasks.items()}
        for row in sorted(tasks, key=lambda one: (not board.line(one), ways[one] if ways[one] >= 0 else 1 << 14, one)):
            if row in self.settled:
                continue
            step = march(board, row, tasks[row], f"goes to {board.name(tasks[row])}", 100)
            if step is None:
                self.settled.add(row)
            else:
                yield step
