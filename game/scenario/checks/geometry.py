"""Map geometry: what runs along and across hexsides fits together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, pairwise

from game.scenario.checks.chart import Chart, chart_of
from game.scenario.files import CrossingsFile, RelationsFile
from game.scenario.files.map import PlaceEntry
from game.scenario.reading import Reading
from game.schema.problems import Problem, quoted


def roads(reading: Reading) -> Iterator[Problem]:
    """M110, M111, M113: roads are unbroken, lie on playable ground and lead somewhere."""
    chart = chart_of(reading)
    if chart is None:
        return
    paths = [[chart.hex(label) for label in road.path] for road in chart.file.roads]
    used: dict[int, int] = {}
    for path in paths:
        for here in set(path):
            if here is not None:
                used[here] = used.get(here, 0) + 1
    for number, (road, path) in enumerate(zip(chart.file.roads, paths, strict=True)):
        for step, (here, there) in enumerate(pairwise(path), 1):
            if here is not None and there is not None and chart.hexes.side_between(here, there) < 0:
                what = f"{road.name}: hex {road.path[step]} does not touch {road.path[step - 1]}"
                at = reading.node("map.yaml", "roads", number, "path", step)
                yield at.problem("M110", what, "list every hex of the road in order")
        for step, here in enumerate(path):
            if here is not None and not chart.playable(here):
                what = f"{road.name} runs through {road.path[step]}, which is outside the game"
                yield reading.node("map.yaml", "roads", number, "path", step).problem("M111", what, "end it before")
        for step in (0, -1):
            here = path[step]
            if here is not None and used[here] < 2 and not _is_end(chart, here):
                what = f"{road.name} ends at {road.path[step]}, where there is nothing"
                at = reading.node("map.yaml", "roads", number, "path", step % len(path))
                yield at.problem("M113", what, "lead it to a place, another road or the rim of the map", "warning")


def _is_end(chart: Chart, here: int) -> bool:
    return here in chart.places.values() or chart.is_rim(here)


def rivers(reading: Reading) -> Iterator[Problem]:
    """M112: no hexside carries two rivers of different kinds."""
    chart = chart_of(reading)
    if chart is None:
        return
    first: dict[int, tuple[str, str, str]] = {}
    for number, river in enumerate(chart.file.rivers):
        for step, label in enumerate(river.sides):
            side = chart.side(label)
            if side is None:
                continue
            at = reading.node("map.yaml", "rivers", number, "sides", step)
            kind, name, where = first.setdefault(side, (river.kind, river.name, at.where))
            if kind != river.kind:
                what = f"side {label} is part of {river.name} ({river.kind}) and of {name} ({kind}, at {where})"
                yield at.problem("M112", what, "give the side to one river, or make both of one kind")


def river_gaps(reading: Reading) -> Iterator[Problem]:
    """M120: a hexside between two ends of a river, which looks as if it had been forgotten."""
    chart = chart_of(reading)
    if chart is None:
        return
    names = dict.fromkeys(river.name for river in chart.file.rivers)
    wet = {side for river in chart.file.rivers for label in river.sides if (side := chart.side(label)) is not None}
    told: set[int] = set()
    for name in names:
        mine = {chart.side(label) for river in chart.file.rivers if river.name == name for label in river.sides}
        at = next(number for number, river in enumerate(chart.file.rivers) if river.name == name)
        beside = {other for side in mine if side is not None for meeting in _meetings(chart, side) for other in meeting}
        for side in sorted(beside - wet - told):
            ends = _meetings(chart, side)
            if len(ends) == 2 and all(len(set(end) & wet) == 1 and set(end) & mine for end in ends):
                told.add(side)
                label = chart.hexes.side_label(side)
                node = reading.node("map.yaml", "rivers", at, "sides")
                what = f"{name} ends on both sides of hexside {label}, which is dry: units can cross there"
                yield node.problem("M120", what, f"add {label} to its sides, or leave a wider gap", "warning")


def _meetings(chart: Chart, side: int) -> list[tuple[int, int]]:
    """For each end of a hexside that lies within the map, the two other sides that meet there."""
    hexes = chart.hexes
    one, other = hexes.ends[side]
    if min(one, other) < 0:
        return []
    shared = sorted(set(hexes.near[one]) & set(hexes.near[other]))
    return [(hexes.side_between(one, third), hexes.side_between(other, third)) for third in shared]


def crossings(reading: Reading) -> Iterator[Problem]:
    """M114, M115, M116: crossings lie on river sides, one each; roads over great rivers have one."""
    chart = chart_of(reading)
    if chart is None:
        return
    wet = {chart.side(label): river for river in chart.file.rivers for label in river.sides}
    listed = reading.value("crossings.yaml", CrossingsFile)
    first: dict[int, str] = {}
    for number, crossing in enumerate(listed.crossings if listed is not None else ()):
        at, side = reading.node("crossings.yaml", "crossings", number, "side"), chart.side(crossing.side)
        if side is None:
            continue
        if side not in wet:
            what = f"{crossing.name} lies on side {crossing.side}, where no river flows"
            yield at.problem("M114", what, _wet_sides(chart, side, set(wet)))
        if side in first:
            what = f"{crossing.name} lies on the same side as {first[side]}"
            yield at.problem("M115", what, "keep one crossing a side")
        first.setdefault(side, crossing.name)
    if "crossings.yaml" not in reading.failed:
        yield from _roads_without_bridge(reading, chart, set(first))


def _wet_sides(chart: Chart, side: int, wet: set[int | None]) -> str:
    near = [
        chart.hexes.side_label(other)
        for here in chart.hexes.ends[side]
        if here >= 0
        for other in chart.hexes.sides[here]
        if other in wet
    ]
    return f"river sides nearby: {', '.join(sorted(set(near)))}" if near else "move it to a side of a river"


def _roads_without_bridge(reading: Reading, chart: Chart, crossed: set[int]) -> Iterator[Problem]:
    major = {chart.side(label) for river in chart.file.rivers if river.kind == "major" for label in river.sides}
    for number, road in enumerate(chart.file.roads):
        path = [chart.hex(label) for label in road.path]
        for step, (here, there) in enumerate(pairwise(path), 1):
            if here is None or there is None:
                continue
            side = chart.hexes.side_between(here, there)
            if side in major and side not in crossed:
                what = f"{road.name} crosses a major river on side {chart.hexes.side_label(side)} without a crossing"
                at = reading.node("map.yaml", "roads", number, "path", step)
                yield at.problem(
                    "M116", what, "add a bridge, blown or open, to crossings.yaml, or end the road", "warning"
                )


def exits(reading: Reading) -> Iterator[Problem]:
    """M117, M121: exits lie on the rim of the map and on a road."""
    chart = chart_of(reading)
    if chart is None:
        return
    on_road = {chart.hex(label) for road in chart.file.roads for label in road.path}
    for number, way in enumerate(chart.file.exits):
        here, at = chart.hex(way.hex), reading.node("map.yaml", "exits", number, "hex")
        if here is None:
            continue
        if not chart.is_rim(here) or not chart.playable(here):
            what = f"exit {way.name} at {way.hex} does not lie on the rim of the map"
            yield at.problem("M117", what, "move it to a playable hex on the rim")
        elif here not in on_road:
            what = f"no road runs through exit {way.name} at {way.hex}"
            yield at.problem("M121", what, "lead a road or track there", "warning")


def places(reading: Reading) -> Iterator[Problem]:
    """M118, M119: places on playable ground; what shares a hex lies on one bank and has one holder."""
    chart = chart_of(reading)
    if chart is None:
        return
    relations = reading.value("relations.yaml", RelationsFile)
    holders = dict(relations.holders or {}) if relations is not None else {}
    excused = [set(one.places) for one in chart.file.exceptions]
    inside: dict[int, list[int]] = {}
    for number, place in enumerate(chart.file.places):
        here = chart.hex(place.hex)
        if here is not None:
            inside.setdefault(here, []).append(number)
            if not chart.playable(here):
                at = reading.node("map.yaml", "places", number, "hex")
                yield at.problem("M119", f"{place.name} lies at {place.hex}, outside the game", "move it")
    for here, numbers in sorted(inside.items()):
        if len({(chart.file.places[n].bank, holders.get(chart.file.places[n].name)) for n in numbers}) < 2:
            continue
        for a, b in combinations((chart.file.places[number] for number in numbers), 2):
            what = _division(a, b, holders)
            if what and not any({a.name, b.name} <= pair for pair in excused):
                at = reading.node("map.yaml", "places", chart.file.places.index(b), "hex")
                fix = "move one to a hex of its own, or list both under exceptions with the reason"
                yield at.problem("M118", f"{what} share hex {chart.label(here)}", fix, "warning")
                break


def _division(a: PlaceEntry, b: PlaceEntry, holders: Mapping[str, str]) -> str:
    if {a.bank, b.bank} == {"west", "east"}:
        return f"{quoted(a.name)} on the {a.bank} bank and {quoted(b.name)} on the {b.bank} bank"
    if holders.get(a.name, "") != holders.get(b.name, "") and a.name in holders and b.name in holders:
        return f"{quoted(a.name)}, held by {holders[a.name]}, and {quoted(b.name)}, held by {holders[b.name]},"
    return ""
