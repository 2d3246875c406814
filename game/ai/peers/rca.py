"""``rca``: candidate actions, in the manner of a fantasy game's AI. Each says what it is worth now; the best one acts.

After every order all of them are asked again. A candidate names the most it could ever be worth, so that those that
cannot win need not be asked. Nothing is planned beyond this turn: there are no axes, no stages of a siege, no reserve.

``aggression``: how little own losses weigh, in percent; at 100 they weigh nothing. ``caution``: how much of the danger
that known enemies make counts when a march is to halt, in percent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from game import orders as od
from game.ai.peers import routine
from game.ai.peers.assaults import Assault, able, growing, supported
from game.ai.peers.board import PeerBoard
from game.ai.peers.marching import bridging, crossing_wanted, march
from game.ai.peers.peer import Peer, pinned, steps_at
from game.ai.staff.notebook import Proposal

STEP = 10
"""What a step is worth, in tenths of a victory point."""

LEAST = 3
"""Tenths of a victory point that an attack must promise."""


class Candidate(NamedTuple):
    """A kind of action: the most it can score, and what it would do now with its score."""

    name: str
    most: int
    ask: Callable[[RCA, PeerBoard], Iterator[tuple[int, Proposal]]]


class RCA(Peer):
    """The candidate-action player."""

    def __init__(self, aggression: int = 40, caution: int = 50) -> None:
        super().__init__()
        self.aggression, self.caution = aggression, caution
        self._appraised: dict[int, tuple[object, tuple[Assault, int] | None]] = {}

    def proposals(self, board: PeerBoard) -> Iterator[Proposal]:
        """The assault in hand, then the candidates by what they score."""
        yield from self.in_hand(board)
        scored: list[tuple[int, int, Proposal]] = []
        for number, one in enumerate(CANDIDATES):
            while scored and max(scored)[0] > one.most:
                best = max(scored)
                scored.remove(best)
                yield best[2]
            scored += [
                (score, -1000 * number - n, proposal) for n, (score, proposal) in enumerate(one.ask(self, board))
            ]
        yield from (proposal for _, _, proposal in sorted(scored, reverse=True, key=lambda entry: entry[:2]))

    def best_assault(self, board: PeerBoard, stay: frozenset[int]) -> tuple[Assault, int] | None:
        """The attack that is worth most now, with its worth in tenths."""
        best: tuple[Assault, int] | None = None
        for target, units in sorted(able(board, ()).items()):
            steps = steps_at(board, target)
            if self.called_off.get(target) == steps:
                continue
            mark = (
                tuple((row, board.at(row), board.units.mp[row], row in stay) for row in units), steps,
                board.state.clock.turn, board.state.clock.support[board.me], board.state.factions.command[board.me],
            )  # fmt: skip
            known = self._appraised.get(target)
            if known is None or known[0] != mark:
                known = self._appraised[target] = (mark, self._appraise(board, target, units, stay))
            if known[1] is not None and (best is None or known[1][1] > best[1]):
                best = known[1]
        return best

    def _appraise(
        self, board: PeerBoard, target: int, units: list[int], stay: frozenset[int]
    ) -> tuple[Assault, int] | None:
        ground_worth = 6 + board.points.get(target, 0) + 3 * sum(n in board.points for n in board.grid.near[target])
        own_step = STEP * (100 - self.aggression) // 100 + 1
        best: tuple[Assault, int] | None = None
        for one in growing(board, target, units, stay):
            if one.outlook.mine * own_step > one.outlook.his * STEP + 36 * ground_worth:
                continue
            found, value = supported(board, one, ground_worth, own_step, STEP)
            value -= _exposed(board, found, self.caution)
            if value >= LEAST and (best is None or value > best[1] + 1):
                best = found, value
        return best


def _exposed(board: PeerBoard, one: Assault, caution: int) -> int:
    """What it costs to stand in danger after the attack, aside from those who are attacked."""
    if board.last_turn:
        return 0
    gone, total = board.shadow(one.target), 0
    for here in sorted({post.hex for post in one.posts}):
        mine = sum(board.defence(post.row) for post in one.posts if post.hex == here)
        left = max(0, board.danger.get(here, 0) - gone.get(here, 0) - mine)
        total += min(8, left * caution // 2000)
    return total


# --- the candidates, the greatest first ----------------------------------------------------------------------------


def _prepare(player: RCA, board: PeerBoard) -> Iterator[tuple[int, Proposal]]:
    yield from ((200, one) for one in routine.drops(board))
    yield from ((190, one) for one in routine.refits(board))


def _grab(player: RCA, board: PeerBoard) -> Iterator[tuple[int, Proposal]]:
    """An enemy prize that nobody known holds, taken by whoever reaches it soonest."""
    stay = pinned(board, player.caution)
    for here in board.wanted:
        if here in board.foes or board.stack(here):
            continue
        takers = [
            (board.reach(row).cost[here], row) for row in board.own
            if row not in stay and board.claims(row) and board.may_march(row) and here in board.reach(row).cost
            and board.room(row, here)
        ]  # fmt: skip
        for _, row in sorted(takers)[:3]:
            if board.danger.get(here, 0) <= 4 * board.defence(row) or board.last_turn:
                order = od.Move(board.id(row), board.reach(row).path(here))
                yield 120 + board.points[here] // 10, Proposal(order, f"takes {board.name(here)}, which stands empty")


def _combat(player: RCA, board: PeerBoard) -> Iterator[tuple[int, Proposal]]:
    found = player.best_assault(board, pinned(board, player.caution))
    if found is not None:
        player.assault = found[0]
        yield from ((100, step) for step in player.in_hand(board))


def _withdraw(player: RCA, board: PeerBoard) -> Iterator[tuple[int, Proposal]]:
    """Weak units in great danger go where it is less; the shaken rest."""
    if board.last_turn:
        return
    for row in board.own:
        here, units = board.at(row), board.units
        if row in player.settled or not board.may_march(row) or here in board.kept:
            continue
        weak = 3 * (units.steps[row] - units.disrupted[row]) <= board.roster.steps[row]
        if weak and board.danger.get(here, 0) > 3 * board.garrison(here):
            safe = [there for there in board.reach(row).cost if there in board.fed and board.room(row, there)]
            if safe:
                best = min(safe, key=lambda there: (board.danger.get(there, 0), -board.garrison(there), there))
                if board.danger.get(best, 0) < board.danger.get(here, 0) // 2:
                    player.settled.add(row)
                    order = od.Move(board.id(row), board.reach(row).path(best))
                    yield 60, Proposal(order, "withdraws: too weak for the danger here")


def _bridge(player: RCA, board: PeerBoard) -> Iterator[tuple[int, Proposal]]:
    site = crossing_wanted(board, _targets(player, board))
    if site is not None:
        step = bridging(board, site)
        if step is not None:
            yield 50, step


def _to_targets(player: RCA, board: PeerBoard) -> Iterator[tuple[int, Proposal]]:
    stay = pinned(board, player.caution)
    tasks = _targets(player, board)
    fields = {row: board.field(goal, row)[board.at(row)] for row, goal in tasks.items()}
    for row in sorted(tasks, key=lambda one: (not board.line(one), fields[one] if fields[one] >= 0 else 1 << 14, one)):
        if row in stay or row in player.settled:
            continue
        goal = tasks[row]
        step = march(board, row, goal, f"goes for {board.name(goal)}", player.caution)
        if step is None:
            player.settled.add(row)
        else:
            yield 40, step
            return


def _last(player: RCA, board: PeerBoard) -> Iterator[tuple[int, Proposal]]:
    for score, ask in ((30, routine.guns), (25, routine.air), (20, routine.rests)):
        yield from ((score, one) for one in ask(board))


CANDIDATES: tuple[Candidate, ...] = (
    Candidate("prepare", 200, _prepare),
    Candidate("grab", 150, _grab),
    Candidate("combat", 100, _combat),
    Candidate("withdraw", 60, _withdraw),
    Candidate("bridge", 50, _bridge),
    Candidate("to targets", 40, _to_targets),
    Candidate("what is left", 30, _last),
)


def _targets(player: RCA, board: PeerBoard) -> dict[int, int]:
    """Unit -> the goal that is worth most for its way, each goal the less the more strength goes there already."""
    values = {here: board.points[here] + 10 for here in board.wanted}
    for here in board.kept:
        short = board.danger.get(here, 0) - board.garrison(here)
        if short > 0:
            values[here] = values.get(here, 0) + board.points[here] * 2 // 3
    if not values:
        values = dict.fromkeys(board.foes, 5)
    sent: dict[int, int] = {}
    found: dict[int, int] = {}
    need = {
        here: 2 * sum(board.defence(row) for near in board.grid.disk(here, 1) for row in board.foes.get(near, ()))
        + board.danger.get(here, 0) // 2
        for here in values
    }
    for row in sorted(board.own, key=lambda one: (-board.attack(one), one)):
        if not board.roster.movement[row]:
            continue
        best, best_value = -1, 0
        for goal, value in values.items():
            way = board.field(goal, row)[board.at(row)]
            if way >= 0:
                crowded = 1 + max(0, sent.get(goal, 0) - need[goal]) // 60
                score = value * 1000 // ((way + 24) * crowded)
                if score > best_value:
                    best, best_value = goal, score
        if best >= 0:
            found[row] = best
            sent[best] = sent.get(best, 0) + board.attack(row)
    return found
