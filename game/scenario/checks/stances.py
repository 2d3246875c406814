"""Relations: each pair of factions once, and a line that divides the map in two."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from game.scenario.calendar import Calendar
from game.scenario.checks.chart import chart_of
from game.scenario.files import RelationsFile, ScenarioFile
from game.scenario.ground_tables import flooded
from game.scenario.reading import Reading
from game.schema.problems import Problem


def pairs(reading: Reading) -> Iterator[Problem]:
    """L101, L102: a stance for each pair, and only one."""
    head = reading.value("scenario.yaml", ScenarioFile)
    relations = reading.value("relations.yaml", RelationsFile)
    if head is None or relations is None:
        return
    first: dict[frozenset[str], int] = {}
    for number, one in enumerate(relations.stances):
        at = reading.node("relations.yaml", "stances", number)
        pair = frozenset((one.a, one.b))
        if pair in first:
            earlier = reading.node("relations.yaml", "stances", first[pair])
            yield at.problem(
                "L102", f"{one.a} and {one.b} have a stance already, at {earlier.where}", "keep one of the two"
            )
        first.setdefault(pair, number)
    ids = dict.fromkeys(faction.id for faction in head.factions)
    if any(name not in ids for pair in first for name in pair):
        return  # a stance of somebody unknown may be the one that is missing
    for a, b in combinations(ids, 2):
        if frozenset((a, b)) not in first:
            at = reading.node("relations.yaml", "stances")
            fix = f"add {{a: {a}, b: {b}, stance: war}}, or another stance"
            yield at.problem("L101", f"nothing says what {a} and {b} are to each other", fix)


def line(reading: Reading) -> Iterator[Problem]:
    """L103: the line has two sides."""
    relations, chart = reading.value("relations.yaml", RelationsFile), chart_of(reading)
    if relations is None or relations.line is None or chart is None:
        return
    along = [s for river in chart.file.rivers if river.name in relations.line.rivers for s in river.sides]
    sides = frozenset(side for label in (*along, *relations.line.sides) if (side := chart.side(label)) is not None)
    seeds = {faction: chart.hex(label) for faction, label in relations.line.zones.items()}
    (a, here), (b, there) = seeds.items()
    if here is None or there is None or not sides:
        return
    if there in flooded(chart.hexes, here, sides):
        at = reading.node("relations.yaml", "line")
        what = f"the line does not part the hexes of {a} ({chart.label(here)}) and {b} ({chart.label(there)})"
        yield at.problem("L103", what, "let its sides run from rim to rim of the map, and choose a hex on each side")


def air_dates(reading: Reading) -> Iterator[Problem]:
    """L104: airspaces that are in force at some time."""
    head = reading.value("scenario.yaml", ScenarioFile)
    relations = reading.value("relations.yaml", RelationsFile)
    if head is None or relations is None:
        return
    calendar = Calendar(head.first_day, head.days_per_turn, head.turns)
    for number, sky in enumerate(relations.airspace):
        since, until = calendar.span(sky.from_, sky.to)
        if since > min(until, head.turns):
            at = reading.node("relations.yaml", "airspace", number)
            what = f"airspace {sky.id} is in force on no day of the game"
            yield at.problem(
                "L104", what, f"choose days from {head.first_day} to {calendar.last_day(head.turns)}", "warning"
            )
