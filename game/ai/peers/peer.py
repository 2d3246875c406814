"""What every peer is: a player whose turn is a stream of proposals, of which it gives the first that is allowed."""

from __future__ import annotations

from collections.abc import Iterator

from game import engine
from game import orders as od
from game.ai.peers.assaults import Assault, carried_out
from game.ai.peers.board import PeerBoard
from game.ai.staff.notebook import Proposal

MOST_ORDERS = 400
"""Orders in one turn after which a peer goes home."""


class Peer:
    """A player that begins each turn anew. Of a turn it keeps the assault in hand and whom it has done with."""

    def __init__(self) -> None:
        self.why = ""
        self._turn = (-1, -1)
        self._begin()

    def _begin(self) -> None:
        self.assault: Assault | None = None
        self.settled = set[int]()
        """Units by row that are where they should be."""
        self.called_off = dict[int, int]()
        """Enemy hex -> the steps that stood there when an attack on it came to nothing."""
        self._given = 0
        self._orders = set[od.Order]()

    def decide(self, view: engine.View) -> od.Order:
        """The next order."""
        now = (view.state.clock.turn, view.faction)
        if now != self._turn:
            self._turn = now
            self._begin()
        board = PeerBoard(view)
        if self._given < MOST_ORDERS:
            for proposal in self.proposals(board):
                if proposal.order not in self._orders and board.allowed(proposal.order):
                    self._given += 1
                    self._orders.add(proposal.order)
                    self.why = proposal.why
                    return proposal.order
        self.why = "nothing left to do"
        return od.EndTurn()

    def proposals(self, board: PeerBoard) -> Iterator[Proposal]:
        """What to do next, best first."""
        raise NotImplementedError

    def in_hand(self, board: PeerBoard) -> Iterator[Proposal]:
        """The next step of the assault in hand; it is called off when there is none."""
        if self.assault is None:
            return
        step = carried_out(board, self.assault)
        target = self.assault.target
        if step is None or isinstance(step.order, od.Attack):
            self.called_off[target] = steps_at(board, target)
            self.assault = None
        if step is not None:
            yield step


def steps_at(board: PeerBoard, target: int) -> int:
    """Steps of the known enemies in a hex."""
    return sum(board.units.steps[row] for row in board.foes.get(target, ()))


def pinned(board: PeerBoard, percent: int) -> frozenset[int]:
    """Who stays: garrisons, and on each own prize that is threatened the fewest that come to a share of the danger."""
    found = {row for row in board.own if board.roster.traits[row] & {"garrison", "cell", "fortified"}}
    if board.last_turn:
        return frozenset(found | set(_claimants(board)))
    for here in board.kept:
        there = sorted((row for row in board.stack(here) if board.line(row)), key=lambda row: (board.attack(row), row))
        need = board.danger.get(here, 0) * percent // 100
        held = sum(board.defence(row) for row in there if row in found)
        for row in there:
            if held and held >= need:
                break
            if held or need or not _secured(board, here):
                found.add(row)
                held += board.defence(row)
    return frozenset(found)


def _claimants(board: PeerBoard) -> Iterator[int]:
    for here in board.kept:
        yield from [row for row in board.stack(here) if board.claims(row)][:1]


def _secured(board: PeerBoard, here: int) -> bool:
    """Whether a prize stays one's own when its garrison leaves."""
    place = board.world.place_at.get(here, -1)
    return place >= 0 and bool(board.state.places.checks[place]) and not board.danger.get(here)
