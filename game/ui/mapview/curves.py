"""Smooth lines in map units: hexsides joined into chains, rounded, made to wind, cut into dashes."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from math import hypot, sin
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from game.ui.camera import Point, side_ends

Points = NDArray[np.float64]
"""A row for each point."""
Line = tuple[Point, ...]
Node = TypeVar("Node", int, tuple[int, int])
SAMPLES = 8  # points a bend


def side_chains(columns: int, sides: Iterable[int]) -> tuple[Line, ...]:
    """Hexsides joined end to end into lines of corners, split where three or more meet."""
    points: dict[tuple[int, int], Point] = {}
    edges: list[tuple[tuple[int, int], tuple[int, int]]] = []
    for side in sorted(set(sides)):
        a, b = side_ends(columns, side)
        ka, kb = _key(a), _key(b)
        points[ka], points[kb] = a, b
        edges.append((ka, kb))
    return tuple(tuple(points[k] for k in chain) for chain in join(edges))


def join(edges: Sequence[tuple[Node, Node]]) -> list[list[Node]]:
    """Edges of a graph joined into the longest lines that pass through no fork."""
    near: dict[Node, list[Node]] = {}
    for a, b in edges:
        near.setdefault(a, []).append(b)
        near.setdefault(b, []).append(a)
    ends = {node for node, others in near.items() if len(others) != 2}
    left = {frozenset(edge) for edge in edges}
    chains = []
    starts = [node for node in near if node in ends] + [node for node in near if node not in ends]
    for start in starts:
        for after in near[start]:
            if frozenset((start, after)) not in left:
                continue
            chain, here, ahead = [start], start, after
            while frozenset((here, ahead)) in left:
                left.discard(frozenset((here, ahead)))
                chain.append(ahead)
                if ahead in ends:
                    break
                further = [node for node in near[ahead] if node != here]
                here, ahead = ahead, further[0] if further else here
            chains.append(chain)
    return chains


def rounded(points: Sequence[Point], samples: int = SAMPLES) -> Line:
    """A quadratic B-spline: touches the middle of every leg, starts and ends on the first and last point."""
    if len(points) < 3:
        return _straight(points, samples)
    closed = points[0] == points[-1]
    corners = np.array(points)
    mids = (corners[:-1] + corners[1:]) / 2
    middles = listed(mids)
    if closed:
        return (*_bends(mids, corners[1:-1], samples), *_bends(mids[[-1, 0]], corners[:1], samples), middles[0])
    start, end = (points[0], middles[0]), (middles[-1], points[-1])
    return (
        *_straight(start, samples // 2)[:-1], *_bends(mids, corners[1:-1], samples), *_straight(end, samples // 2)
    )  # fmt: skip


def prolonged(line: Line, extent: Point, reach: float = 0.7) -> Line:
    """A line whose ends near the map's rim go on beyond it, so that a river does not stop short of the paper's edge."""
    out = list(line)
    for end, before, place in ((line[0], line[1], 0), (line[-1], line[-2], len(line) + 1)):
        gap = min(end[0], end[1], extent[0] - end[0], extent[1] - end[1])
        if gap < reach:
            span = hypot(end[0] - before[0], end[1] - before[1]) or 1.0
            ux, uy = (end[0] - before[0]) / span, (end[1] - before[1]) / span
            out.insert(place, (end[0] + ux * 1.2, end[1] + uy * 1.2))
    return tuple(out)


def meandered(line: Line, reach: float, wave: float) -> Line:
    """A line that winds a little, never further than ``reach`` from where it was; its ends stay."""
    out, gone, whole = [], 0.0, length(line)
    for i, (x, y) in enumerate(line):
        if i:
            gone += hypot(x - line[i - 1][0], y - line[i - 1][1])
        ax, ay = line[max(0, i - 1)]
        bx, by = line[min(len(line) - 1, i + 1)]
        span = hypot(bx - ax, by - ay) or 1.0
        calm = min(1.0, gone / 0.4, (whole - gone) / 0.4)
        turn = reach * calm * (0.6 * sin(gone / wave * 6.283 + x) + 0.4 * sin(gone / wave * 2.39 * 6.283 + 2 * y))
        out.append((x - (by - ay) / span * turn, y + (bx - ax) / span * turn))
    return tuple(out)


def evened(line: Line, reach: float, step: float) -> Line:
    """A line resampled every ``step`` and calmed: each point the mean of those within ``reach`` along it."""
    points = _resampled(line, step)
    span = max(1, round(reach / step))
    out = []
    for i in range(len(points)):
        near = points[max(0, i - span) : i + span + 1]
        out.append((sum(p[0] for p in near) / len(near), sum(p[1] for p in near) / len(near)))
    return _resampled(tuple(out), step)


def _resampled(line: Line, step: float) -> Line:
    out, wait = [line[0]], step
    for a, b in itertools.pairwise(line):
        span = hypot(b[0] - a[0], b[1] - a[1])
        gone = wait
        while gone <= span:
            out.append((a[0] + (b[0] - a[0]) * gone / span, a[1] + (b[1] - a[1]) * gone / span))
            gone += step
        wait = gone - span
    return tuple(out)


def length(line: Sequence[Point]) -> float:
    """Length of a line in map units."""
    return sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in itertools.pairwise(line))


def dashes(line: Line, dash: float, gap: float) -> tuple[Line, ...]:
    """A line cut into dashes with gaps between them, measured along it."""
    out: list[Line] = []
    run: list[Point] = [line[0]]
    drawing, left = True, dash
    for a, b in itertools.pairwise(line):
        span = hypot(b[0] - a[0], b[1] - a[1])
        done = 0.0
        while span - done > left:
            done += left
            point = (a[0] + (b[0] - a[0]) * done / span, a[1] + (b[1] - a[1]) * done / span)
            if drawing:
                out.append((*run, point))
            drawing, left, run = not drawing, gap if drawing else dash, [point]
        left -= span - done
        run.append(b)
    if drawing and len(run) > 1:
        out.append(tuple(run))
    return tuple(out)


def _key(point: Point) -> tuple[int, int]:
    return round(point[0] * 100), round(point[1] * 100)


def _straight(points: Sequence[Point], samples: int) -> Line:
    (ax, ay), (bx, by) = points[0], points[-1]
    return tuple((ax + (bx - ax) * i / samples, ay + (by - ay) * i / samples) for i in range(samples + 1))


def _bends(mids: Points, corners: Points, samples: int) -> list[Point]:
    """From the middle of each leg to that of the next, drawn to the corner between them; without the last point."""
    t = (np.arange(samples) / samples)[:, None]
    u = 1 - t
    found = u * u * mids[:-1, None] + 2 * u * t * corners[:, None] + t * t * mids[1:, None]
    return listed(found.reshape(-1, 2))


def listed(points: Points) -> list[Point]:
    """Points as pairs of plain numbers."""
    return [(x, y) for x, y in points.tolist()]
