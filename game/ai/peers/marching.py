"""Marches of the peers: from a goal to the hex to halt in, by way, danger, supply and room; and the river ahead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from heapq import nsmallest

from game import orders as od
from game.ai.peers.board import PeerBoard
from game.ai.staff import ways
from game.ai.staff.notebook import Proposal
from game.rules import ground
from game.state.codes import Spent

LOOK = 16
"""Hexes compared for a halt."""

BEYOND = 1 << 14
"""Way still to go where there is none."""

MARCH_FROM = 24
"""Quarter points of way left from which the action goes into a road march."""


def march(board: PeerBoard, row: int, goal: int, why: str, caution: int = 100) -> Proposal | None:
    """The next march to a goal, None when the unit stands as well as it can. ``caution``: percent of the danger."""
    field = board.field(goal, row)
    here = board.at(row)
    if board.may_march(row):
        there = _halt(board, row, field, caution)
        if there != here:
            order = od.Move(board.id(row), board.reach(row).path(there))
            if board.allowed(order):
                return Proposal(order, why)
    far = field[here] < 0 or field[here] > MARCH_FROM
    if far and board.fresh(row) and not board.units.mp[row] and not board.danger.get(here):
        forced = od.March(board.id(row))
        if not board.units.spent[row] & Spent.MARCHED and board.allowed(forced):
            return Proposal(forced, f"marches on by road: {why}")
    return None


def _halt(board: PeerBoard, row: int, field: Sequence[int], caution: int) -> int:
    here = board.at(row)
    best, best_value = here, _value(board, row, here, field, caution) + 2
    close = nsmallest(LOOK, board.reach(row).cost, key=lambda there: (_togo(field, there), there))
    for there in close:
        if there != here and board.room(row, there):
            value = _value(board, row, there, field, caution)
            if value > best_value:
                best, best_value = there, value
    return best


def _togo(field: Sequence[int], here: int) -> int:
    return field[here] if field[here] >= 0 else BEYOND


def _value(board: PeerBoard, row: int, here: int, field: Sequence[int], caution: int) -> int:
    """What a halt is worth, in quarter points of way."""
    value = -_togo(field, here)
    if board.last_turn:
        return value
    danger = board.danger.get(here, 0)
    if danger:
        value -= min(24, max(0, danger - board.garrison(here, row) - board.defence(row)) * caution // 2000)
        kind = ground.terrain_of(board.world, here)
        value += 2 * kind.shift if kind is not None else 0
        if not board.line(row):
            value -= 30 if not board.garrison(here, row) else 8
    if here not in board.fed:
        value -= 14 if not board.units.supply[row] else 36
    return value


def crossing_wanted(board: PeerBoard, tasks: Mapping[int, int]) -> tuple[int, int, int] | None:
    """The river hexside without a crossing over which most strength wants to go: (near bank, side, far bank)."""
    found: dict[tuple[int, int, int], int] = {}
    for row, goal in tasks.items():
        if board.line(row):
            lists = ways.lists(board.state, board.roster.mobility[row])
            route = ways.way(lists, board.field(goal, row), board.at(row))
            site = ways.crossing_ahead(board.state, route, board.at(row))
            if site is not None:
                found[site] = found.get(site, 0) + board.units.steps[row]
    return max(found, key=lambda site: (found[site], -site[1])) if found else None


def bridging(board: PeerBoard, site: tuple[int, int, int]) -> Proposal | None:
    """Engineers go to a crossing that is wanted and build it."""
    near, side, far = site
    crew = [row for row in board.own if "engineer" in board.roster.traits[row]]
    for row in crew:
        order = od.Bridge(board.id(row), side, "pontoon")
        if board.at(row) == near and board.fresh(row) and board.allowed(order):
            return Proposal(order, f"bridges the river at {board.name(far)}")
    away = {row: board.field(near, row)[board.at(row)] for row in crew if board.may_march(row)}
    away = {row: far for row, far in away.items() if far > 0}
    if not away or any(board.at(row) == near for row in crew):
        return None
    row = min(away, key=lambda one: (away[one], one))
    return march(board, row, near, f"to bridge the river at {board.name(near)}")
