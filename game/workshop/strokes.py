"""From clicks and drags to hexes and hexsides: pure geometry, the same for the editor and for its tests.

Hexsides touch where they share a corner. Chains of sides take the fewest sides that lead from one to the other,
and of several such chains the one that keeps closest to the straight line. Sides on the rim of the map, which
nothing can cross, are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from heapq import heappop, heappush
from itertools import pairwise

from game.hexgrid import HexGrid

__all__ = ["brush", "hexes_along", "sides_along", "sides_around", "sides_beside", "sides_joining", "touching"]


def brush(grid: HexGrid, centre: int, radius: int = 0) -> tuple[int, ...]:
    """The hexes under a round brush."""
    return grid.disk(centre, radius)


def hexes_along(grid: HexGrid, clicked: Sequence[int]) -> tuple[int, ...]:
    """A path through the clicked hexes, straight from each to the next; every hex touches the one before."""
    path = list(clicked[:1])
    for a, b in pairwise(clicked):
        straight = grid.line(a, b)
        if -1 in straight:
            # Along the lower or upper rim the straight line leaves the map for a hex.
            straight = _shortest(lambda here: grid.near[here], lambda here: _centre(grid, here), a, b)
        path += straight[1:]
    return tuple(path)


def touching(grid: HexGrid, side: int) -> tuple[int, ...]:
    """The sides that share a corner with a side, two at each end as a rule."""
    a, b = grid.ends[side]
    if b < 0:
        return ()
    corners = [c for c in grid.near[a] if c in grid.near[b]]
    return tuple(sorted(grid.side_between(here, c) for c in corners for here in (a, b)))


def sides_joining(grid: HexGrid, first: int, last: int) -> tuple[int, ...]:
    """The shortest chain of sides from one side to another, both included; empty when one lies on the rim."""
    if grid.ends[first][1] < 0 or grid.ends[last][1] < 0:
        return ()
    return _shortest(lambda side: touching(grid, side), lambda side: _middle(grid, side), first, last)


def _shortest(
    near: Callable[[int], Iterable[int]], at: Callable[[int], tuple[int, int]], first: int, last: int
) -> tuple[int, ...]:
    """The chain of fewest steps, and of those the one closest to the straight line."""
    start, end = at(first), at(last)
    came: dict[int, int] = {}
    waiting = [(0, 0, first, -1)]
    while waiting and last not in came:
        steps, strayed, here, before = heappop(waiting)
        if here not in came:
            came[here] = before
            for there in near(here):
                if there not in came:
                    heappush(waiting, (steps + 1, strayed + _off(start, end, at(there)), there, here))
    chain, here = [], last if last in came else -1
    while here >= 0:
        chain.append(here)
        here = came[here]
    return tuple(reversed(chain))


def sides_along(grid: HexGrid, dragged: Iterable[int]) -> tuple[int, ...]:
    """The chain of sides under a drag, given the sides it passed: gaps are filled, a step back is taken back."""
    chain: list[int] = []
    for side in dragged:
        if grid.ends[side][1] < 0:
            continue
        if side in chain:
            del chain[chain.index(side) + 1 :]
        else:
            chain += sides_joining(grid, chain[-1], side)[1:] if chain else (side,)
    return tuple(dict.fromkeys(chain))


def sides_beside(grid: HexGrid, path: Sequence[int], hand: int) -> tuple[int, ...]:
    """The sides along one hand of a path of hexes: -1 its left, 1 its right, as one walks it."""
    found: list[int] = []
    ways = [grid.direction(a, b) for a, b in pairwise(path)]
    for number, here in enumerate(path):
        if not ways:
            break
        came = (ways[number - 1] + 3) % 6 if number else (ways[0] + 3) % 6
        goes = ways[number] if number < len(ways) else (ways[-1]) % 6
        way = (came - hand) % 6
        turn: list[int] = []
        while way != goes and len(turn) < 6:
            turn.append(grid.sides[here][way])
            way = (way - hand) % 6
        found += [side for side in turn if side >= 0 and grid.ends[side][1] >= 0]
    return tuple(dict.fromkeys(found))


def sides_around(grid: HexGrid, hexes: Iterable[int]) -> tuple[int, ...]:
    """The sides between an area and the rest of the map, in order of their numbers."""
    area = set(hexes)
    found = {grid.side_between(here, there) for here in area for there in grid.near[here] if there not in area}
    return tuple(sorted(found))


def _middle(grid: HexGrid, side: int) -> tuple[int, int]:
    # Twice the middle of a side, in steps of half columns and rows: skewed, but lines stay lines.
    a, b = grid.ends[side]
    (ax, ay), (bx, by) = _centre(grid, a), _centre(grid, b)
    return ax + bx, ay + by


def _centre(grid: HexGrid, here: int) -> tuple[int, int]:
    column, row = grid.position(here)
    return 2 * column, 2 * row + (column % 2 == 0)


def _off(start: tuple[int, int], end: tuple[int, int], at: tuple[int, int]) -> int:
    (x1, y1), (x2, y2), (x, y) = start, end, at
    return abs((x2 - x1) * (y - y1) - (y2 - y1) * (x - x1))
