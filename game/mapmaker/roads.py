"""Roads as chains of touching hexes that keep to the drawn line, call at their towns and cross at bridges only."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

import networkx as nx

from .lattice import Lattice, Metres
from .polyline import LineRun, Polyline
from .sources import SourceLine

_OFF_LINE = 1.6  # price of a hex one hex away from the drawn road, over the 1 of a step
_SHARED = 0.85  # a hex that already has a road costs this part
_MINOR_RIVER = 2.0  # price of crossing a lesser river away from a known bridge
_AGAIN = 3.0  # price of a hex that this road has used already (a way back)
_SCARP = 0.6


@dataclass(frozen=True, slots=True)
class Stop:
    """A place a road may call at: where it really is, and the hex it stands in on the map."""

    at: Metres
    hex: int


@dataclass(slots=True)
class RoadNet:
    """What roads have to respect, and the hexes that already carry one."""

    lattice: Lattice
    left: list[bool]
    forbidden: set[int]
    """Sides of the great rivers."""
    minor: set[int]
    """Sides of the lesser rivers."""
    scarps: set[int]
    bridged: dict[int, str]
    """Sides with a crossing, and its name."""
    carrying: set[int] = field(default_factory=set)
    gaps: list[tuple[str, int, int]] = field(default_factory=list)
    """Legs without a way: the road, and the two hexes that nothing joins."""

    def lay(self, line: SourceLine, places: dict[str, Stop]) -> list[list[int]]:
        """The road's paths on the map: one for each part of the drawn line that lies on it."""
        drawn = Polyline.of(self.lattice, line)
        sampled = drawn.sampled(self.lattice.hex_metres / 8)
        stops = _stops(self, line, sampled, places)
        allowed = {side for side, name in self.bridged.items() if name in line.via}
        paths = []
        for run in sampled.runs_on_map(self.lattice):
            path = self._run(line.name, run, stops, drawn, allowed)
            if len(path) > 1:
                paths.append(path)
                self.used(path)
        return paths

    def used(self, path: list[int]) -> None:
        """Later roads like to share this one's hexes, and its bridges over lesser rivers."""
        self.carrying.update(path)
        crossed = {self.lattice.grid.side_between(a, b) for a, b in pairwise(path)}
        self.minor -= crossed

    def foot(self, side: int, towards: int) -> int:
        """The hex at the end of a crossing that lies on the bank of another hex, or nearer to it."""
        a, b = self.lattice.grid.ends[side]
        if self.left[a] == self.left[b]:
            return min(a, b, key=lambda end: self.lattice.grid.distance(end, towards))
        return a if self.left[a] == self.left[towards] else b

    def _run(
        self, name: str, run: LineRun, stops: list[tuple[int, int]], drawn: Polyline, allowed: set[int]
    ) -> list[int]:
        calls = [h for i, h in stops if run.first <= i < run.end]
        ends = (self.lattice.hex_at(run.line.points[0]), self.lattice.hex_at(run.line.points[-1]))
        if run.starts_cut or not calls:
            calls.insert(0, ends[0])
        if run.ends_cut or len(calls) == 1:
            calls.append(ends[1])
        path = calls[:1]
        for a, b in pairwise(calls):
            leg = self._leg(a, b, drawn, allowed, set(path))
            if not leg:
                self.gaps.append((name, a, b))
                break
            path += leg[1:]
        return path

    def _leg(self, start: int, goal: int, drawn: Polyline, allowed: set[int], used: set[int]) -> list[int]:
        """The cheapest way from hex to hex, [] where none leads."""

        def price(here: int, there: int, _: object) -> float | None:
            return self._step(here, there, drawn, allowed, used)

        try:
            way: list[int] = nx.dijkstra_path(self.lattice.neighbours, start, goal, weight=price)
        except nx.NetworkXNoPath:
            return []
        return way

    def _step(self, here: int, there: int, drawn: Polyline, allowed: set[int], used: set[int]) -> float | None:
        side = self.lattice.grid.side_between(here, there)
        if side in self.forbidden and side not in allowed:
            return None
        off = drawn.distance(self.lattice.hex_centre(there)) / self.lattice.hex_metres
        price = 1.0 + _OFF_LINE * float(max(0.0, off - 0.35) ** 1.5)
        if there in self.carrying:
            price *= _SHARED
        if side in self.minor and side not in self.bridged:
            price += _MINOR_RIVER
        if side in self.scarps:
            price += _SCARP
        if there in used:
            price += _AGAIN
        return price


def _stops(net: RoadNet, line: SourceLine, drawn: Polyline, places: dict[str, Stop]) -> list[tuple[int, int]]:
    # Where along the sampled line each place of `via` is passed, and the hex to call at. A road that begins or
    # ends at a bridge calls at the foot of the bridge on the bank of the next place.
    stops: list[tuple[int, int]] = []
    at = 0
    for name in line.via:
        if name in places:
            at = _nearest(drawn, places[name].at, at)
            stops.append((at, places[name].hex))
    sides = {name: side for side, name in net.bridged.items()}
    if stops and line.via[0] in sides:
        stops.insert(0, (0, net.foot(sides[line.via[0]], stops[0][1])))
    if stops and line.via[-1] in sides:
        stops.append((len(drawn.points) - 1, net.foot(sides[line.via[-1]], stops[-1][1])))
    return stops


def _nearest(drawn: Polyline, at: Metres, after: int) -> int:
    rest = range(after, len(drawn.points))
    return min(rest, key=lambda i: (drawn.points[i][0] - at[0]) ** 2 + (drawn.points[i][1] - at[1]) ** 2)
