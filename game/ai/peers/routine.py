"""What a peer does with what is left: replacements, guns, strikes, drops and rest."""

from __future__ import annotations

from collections.abc import Iterator

from game import orders as od
from game.ai.peers.board import PeerBoard
from game.ai.staff.notebook import Proposal
from game.rules import combat, ground, people, strikes, support
from game.state.codes import Supplied


def refits(board: PeerBoard) -> Iterator[Proposal]:
    """Worn units out of contact take replacements."""
    units, roster = board.units, board.roster
    if not board.state.factions.pool[board.me] or not board.state.factions.command[board.me]:
        return
    worn = [row for row in board.own if board.fresh(row) and not units.spent[row] and board.line(row)]
    for row in sorted(worn, key=lambda one: (units.steps[one] * 100 // max(1, roster.steps[one]), one)):
        spent = units.steps[row] * 3 <= roster.steps[row] * 2
        if spent and units.supply[row] == Supplied.FULL and board.far(board.at(row), board.foes) > 2:
            yield Proposal(od.Rest(board.id(row), True), "takes in replacements")


def drops(board: PeerBoard) -> Iterator[Proposal]:
    """Supplies for troops whom no road feeds."""
    if not board.state.support_of(board.me).get("airdrop"):
        return
    lying = dict(board.state.clock.deposits)
    for here in sorted({board.at(row) for row in board.own if board.at(row) not in board.fed}):
        if lying.get(here, 0) < 2 and sum(board.units.steps[row] for row in board.stack(here)) >= 2:
            yield Proposal(od.AirDrop(here), f"drops supplies on {board.name(here)}")


def guns(board: PeerBoard) -> Iterator[Proposal]:
    """Batteries fire where it hits most."""
    for row in board.own:
        reach = board.roster.reach[row]
        if not reach or not board.fresh(row):
            continue
        values = {
            target: combat.bombard_chance(board.state, row, target) * _steps(board, target)
            for target in board.foes
            if board.grid.distance(board.at(row), target) <= reach and not _people(board, target)
        }
        if any(values.values()):
            target = max(values, key=lambda one: (values[one], -one))
            yield Proposal(od.Bombard(board.id(row), target), f"shells {board.name(target)}")


def air(board: PeerBoard) -> Iterator[Proposal]:
    """Support that no attack has used, which would lapse."""
    for kind, points in board.state.clock.support[board.me]:
        what = support.kinds(board.world).get(kind)
        if what is None or not points or not what.hit:
            continue
        values = {
            target: strikes.strike_chance(board.state, board.me, kind, target).total * _steps(board, target)
            for target in board.foes
            if support.refuse_needs(board.state, board.me, kind, target) is None
            and not (what.harm and _people(board, target))
        }
        if any(values.values()):
            target = max(values, key=lambda one: (values[one], -one))
            yield Proposal(
                od.Strike(kind, target, min(points, what.per_strike)), f"{what.name.lower()} on {board.name(target)}"
            )


def rests(board: PeerBoard) -> Iterator[Proposal]:
    """Who has done nothing gathers its disrupted steps, or digs in where an enemy may come."""
    for row in board.own:
        if not board.fresh(row) or board.units.spent[row] or not board.defence(row):
            continue
        here = board.at(row)
        if board.units.disrupted[row] and board.far(here, board.foes) > 1 and not board.cut(row):
            yield Proposal(od.Rest(board.id(row)), "gathers its disrupted steps")
        kind = ground.terrain_of(board.world, here)
        if kind is not None and board.units.dug[row] < kind.dig and (here in board.points or board.danger.get(here)):
            yield Proposal(od.DigIn(board.id(row)), f"digs in at {board.name(here)}")


def _steps(board: PeerBoard, target: int) -> int:
    return min(6, sum(board.units.steps[row] for row in board.foes[target]))


def _people(board: PeerBoard, target: int) -> int:
    kind = ground.terrain_of(board.world, target)
    return people.expected_harm(board.state, target, 1) if kind is not None and kind.built_up else 0
