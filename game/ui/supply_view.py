"""A faction's supply as the map shows it: streams to every unit it feeds, and for each that is cut where and by whom.

Nothing beyond a break flows: the way to a unit without supply goes on in dots from the hex that the net still reaches.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from game.rules import supply
from game.rules.supply import SupplyMap, SupplyTrace
from game.state.codes import Supplied
from game.state.tables import State
from game.ui.mapview.streams import CUT, FULL, STRETCHED, Break, Stream
from game.words import count, say

Leg = tuple[int, int]


def streams(state: State, faction: int, unit: str = "") -> tuple[tuple[Stream, ...], tuple[Break, ...]]:
    """The supply of all units of a faction; that of ``unit`` stands out when it is one of them."""
    chart = supply.supply_map(state, faction)
    looks: dict[Leg, str] = {}
    steps: Counter[Leg] = Counter()
    cut: dict[int, list[int]] = {}
    for row, how in chart.fed.items():
        here = state.units.hex[row]
        if how == Supplied.CUT:
            cut.setdefault(here, []).append(row)
            continue
        for leg in pairwise(reversed(chart.way(here))):
            steps[leg] += state.units.steps[row]
            look = FULL if how == Supplied.FULL or looks.get(leg) == FULL else STRETCHED
            looks[leg] = look
    traces = {here: supply.trace(state, faction, here) for here in sorted(cut)}
    chosen = _legs_of(state, chart, traces, faction, unit)
    for found in traces.values():
        flowing, lost = _parted(chart, found)
        for leg in flowing:
            looks.setdefault(leg, FULL if chart.state_at(leg[1]) == Supplied.FULL else STRETCHED)
        for leg in lost:
            looks[leg] = CUT
    drawn = {leg: (look, _load(steps[leg]), leg in chosen) for leg, look in looks.items()}
    return _joined(drawn), _breaks(state, chart, traces, cut)


def _load(steps: int) -> int:
    return 1 if steps < 5 else 2 if steps < 15 else 3


def ends_at(chart: SupplyMap, found: SupplyTrace) -> int:
    """How many hexes of a way that is cut, from the source on, supply still reaches."""
    onward = tuple(reversed(found.way))
    return next(
        (n for n, here in enumerate(onward) if here == found.broken or chart.state_at(here) == Supplied.CUT),
        len(onward),
    )


def _parted(chart: SupplyMap, found: SupplyTrace) -> tuple[list[Leg], list[Leg]]:
    """The legs of a way that is cut: those on which supply flows, and those beyond the break."""
    onward = tuple(reversed(found.way))
    legs, end = list(pairwise(onward)), ends_at(chart, found)
    return legs[: max(0, end - 1)], legs[max(0, end - 1) :]


def _legs_of(state: State, chart: SupplyMap, traces: dict[int, SupplyTrace], faction: int, unit: str) -> frozenset[Leg]:
    row = state.world.row.get(unit, -1)
    if row < 0 or state.world.roster.faction[row] != faction or state.units.hex[row] < 0:
        return frozenset()
    here = state.units.hex[row]
    way = traces[here].way if here in traces else chart.way(here)
    return frozenset(pairwise(reversed(way)))


def _joined(looks: dict[Leg, tuple[str, int, bool]]) -> tuple[Stream, ...]:
    """Legs that look alike joined into streams, each as long as it has no fork."""
    onward: dict[int, list[int]] = {}
    into: Counter[int] = Counter()
    for one, other in looks:
        onward.setdefault(one, []).append(other)
        into[other] += 1
    out, done = [], set()

    def runs_on(leg: Leg) -> Leg | None:
        if len(onward.get(leg[1], ())) != 1 or into[leg[1]] != 1:
            return None
        following = (leg[1], onward[leg[1]][0])
        return following if looks[following] == looks[leg] else None

    followers = {following for leg in looks if (following := runs_on(leg)) is not None}
    for leg in (*(leg for leg in looks if leg not in followers), *looks):
        if leg in done:
            continue
        path, now = [leg[0]], leg
        while True:
            done.add(now)
            path.append(now[1])
            following = runs_on(now)
            if following is None or following in done:
                break
            now = following
        look, load, chosen = looks[leg]
        out.append(Stream(tuple(path), look, load, chosen))
    return tuple(out)


def _breaks(
    state: State, chart: SupplyMap, traces: dict[int, SupplyTrace], cut: dict[int, list[int]]
) -> tuple[Break, ...]:
    beyond: dict[int, list[int]] = {}
    first: dict[int, tuple[SupplyTrace, int]] = {}
    for here, found in traces.items():
        onward, end = tuple(reversed(found.way)), ends_at(chart, found)
        if not onward:
            continue
        at = onward[min(end, len(onward) - 1)]
        beyond.setdefault(at, []).extend(cut[here])
        first.setdefault(at, (found, onward[end - 1] if end else -1))
    return tuple(
        Break(at, before, _title(state, found, at), _words(state, found, len(beyond[at])))
        for at, (found, before) in sorted(first.items())
    )


def _title(state: State, found: SupplyTrace, at: int) -> str:
    label = state.world.grid.label(at)
    return say("Cut at {hex}", hex=label) if found.broken >= 0 else say("Out of range at {hex}", hex=label)


def _words(state: State, found: SupplyTrace, units: int) -> tuple[str, ...]:
    beyond = count(units, "{n} unit beyond without supply", "{n} units beyond without supply")
    roster = state.world.roster
    if found.culprits:
        first = found.culprits[0]
        army = state.world.factions[roster.faction[first]].adjective
        others = len(found.culprits) - 1
        name = roster.name[first]
        if roster.type[first].startswith("contact-"):
            name = name[:1].lower() + name[1:]
        name = say("by {unit}, {army}", unit=name, army=army)
        more = count(others, "and {n} other unit", "and {n} other units") if others else ""
        return tuple(words for words in (name, more, beyond) if words)
    why = found.why.partition(": ")[2] or found.why
    return why[:1].upper() + why[1:], beyond
