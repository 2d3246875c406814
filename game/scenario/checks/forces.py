"""Order of battle: units stand where they may, arrive in time, and can be fed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from game.ruleset.terrain import Mobility
from game.scenario.calendar import Calendar
from game.scenario.checks.chart import Chart, chart_of
from game.scenario.files import EventsFile, ForcesFile, RelationsFile, ScenarioFile
from game.scenario.files.forces import UnitEntry
from game.scenario.reading import Reading, forces_name
from game.scenario.shipped import scenarios_folder
from game.schema.limits import UNITS
from game.schema.nodes import Node
from game.schema.problems import Problem, quoted
from game.schema.spelling import suggestion


@dataclass(frozen=True, slots=True)
class Posted:
    """A unit with its faction and its place in the file."""

    faction: str
    number: int
    unit: UnitEntry

    def node(self, reading: Reading, *keys: str | int) -> Node:
        """Where the unit, or a key of it, stands."""
        return reading.node(forces_name(self.faction), "units", self.number, *keys)


def units_of(reading: Reading) -> list[Posted]:
    """All units of files that are sound; listed once a check."""
    if "units" not in reading.answers:
        reading.answers["units"] = _listed(reading)
    found: list[Posted] = reading.answers["units"]
    return found


def _listed(reading: Reading) -> list[Posted]:
    return [
        Posted(faction, number, unit)
        for faction, forces in reading.forces.items()
        if forces_name(faction) not in reading.failed
        for number, unit in enumerate(forces.units)
    ]


def start_of(chart: Chart, unit: UnitEntry) -> int | None:
    """Hex where a unit starts, None when it arrives later or the hex is unknown."""
    return chart.hex(unit.hex) if unit.hex is not None else chart.places.get(unit.at or "")


def calendar_of(reading: Reading) -> Calendar | None:
    """Dates and turns, when scenario.yaml is sound."""
    head = reading.value("scenario.yaml", ScenarioFile)
    return Calendar(head.first_day, head.days_per_turn, head.turns) if head is not None else None


def number(reading: Reading) -> Iterator[Problem]:
    """U111: not more units than the game is made for."""
    units = units_of(reading)
    if len(units) > UNITS:
        what = f"the scenario has {len(units)} units, more than {UNITS}"
        yield units[UNITS].node(reading).problem("U111", what, "merge or leave out some")


def ground(reading: Reading) -> Iterator[Problem]:
    """U104: nobody stands where he could not go."""
    chart = chart_of(reading)
    if chart is None or reading.rules is None:
        return
    on_road = {chart.hex(label) for road in chart.file.roads for label in road.path}
    for posted in units_of(reading):
        kind, here = reading.rules.units.types.get(posted.unit.type), start_of(chart, posted.unit)
        below = chart.ground[here] if here is not None else None
        if kind is None or here is None or below is None:
            continue
        closed = not below.playable or below.cost(Mobility[kind.mobility.upper()]) < 0
        if closed and here not in on_road:
            what = f"{kind.mobility} unit {posted.unit.id} cannot stand in {below.name.lower()} at {chart.label(here)}"
            key = "hex" if posted.unit.hex is not None else "at"
            yield posted.node(reading, key).problem("U104", what, "move it, or change its type")


def stacks(reading: Reading) -> Iterator[Problem]:
    """U101, U102: stacks within the limit, of one faction or of allies."""
    chart, relations = chart_of(reading), reading.value("relations.yaml", RelationsFile)
    if chart is None or relations is None or reading.rules is None:
        return
    stance = {frozenset((one.a, one.b)): one.stance for one in relations.stances}
    by_hex: dict[int, list[Posted]] = {}
    for posted in units_of(reading):
        here = start_of(chart, posted.unit)
        if here is not None:
            by_hex.setdefault(here, []).append(posted)
    for here, group in sorted(by_hex.items()):
        first = group[0]
        for posted in group[1:]:
            between = stance.get(frozenset((first.faction, posted.faction)), "allied")
            if posted.faction != first.faction and between != "allied":
                both = f"{posted.unit.id} and {first.unit.id} of {first.faction} ({between})"
                what = f"{both} start in one hex, {chart.label(here)}"
                yield _where(reading, posted).problem("U102", what, "move one of the two")
                break
        else:
            yield from _too_many(reading, chart, here, group)


def _too_many(reading: Reading, chart: Chart, here: int, group: list[Posted]) -> Iterator[Problem]:
    if reading.rules is None:
        return
    rules = reading.rules.units
    line = [one for one in group if not _is_headquarters(reading, one.unit)]
    steps = sum(one.unit.steps for one in line)
    if len(line) > rules.stack_units or steps > rules.stack_steps:
        members = ", ".join(one.unit.id for one in line)
        what = f"{len(line)} units with {steps} steps start in hex {chart.label(here)}: {members}"
        fix = f"a hex holds {rules.stack_units} units and {rules.stack_steps} steps; move some"
        yield _where(reading, line[-1]).problem("U101", what, fix)


def _is_headquarters(reading: Reading, unit: UnitEntry) -> bool:
    kind = reading.rules.units.types.get(unit.type) if reading.rules is not None else None
    return "hq" in unit.traits or (kind is not None and "hq" in kind.traits)


def _where(reading: Reading, posted: Posted) -> Node:
    return posted.node(reading, "hex" if posted.unit.hex is not None else "at")


def arrivals(reading: Reading) -> Iterator[Problem]:
    """U105, U108, U109, U115: arrivals within the game, at spots that exist."""
    calendar, chart = calendar_of(reading), chart_of(reading)
    if calendar is None or chart is None:
        return
    known = [*chart.exits, *chart.places]
    for posted in units_of(reading):
        unit = posted.unit
        for number, text in enumerate(unit.entry):
            here = chart.spot(text)
            if here is not None and not chart.playable(here):
                what = f"{unit.id} arrives at {text}, which is outside the game"
                yield posted.node(reading, "entry", number).problem("U117", what, "choose a playable hex")
            if here is None:
                what = f"there is no exit, place or hex {quoted(text)}"
                yield posted.node(reading, "entry", number).problem("U109", what, suggestion(text, known))
        if unit.arrives is not None:
            yield from _arrival_day(reading, posted, calendar, unit.arrives)
        if unit.locked_until is not None and calendar.turn_of(unit.locked_until) > calendar.turns:
            what = f"{unit.id} may not move before {unit.locked_until}, after the end of the game"
            yield posted.node(reading, "locked_until").problem(
                "U115", what, "choose an earlier day, or leave it out", "warning"
            )


def _arrival_day(reading: Reading, posted: Posted, calendar: Calendar, day: str) -> Iterator[Problem]:
    at, turn = posted.node(reading, "arrives"), calendar.turn_of(day)
    if day < calendar.first_day:
        what = f"{posted.unit.id} arrives on {day}, before the first day of the game"
        yield at.problem("U105", what, f"write a day from {calendar.first_day} on, or put it on the map with at or hex")
    elif turn > calendar.turns:
        what = f"{posted.unit.id} arrives on {day}, after the last turn: it never comes"
        yield at.problem(
            "U108", what, f"write a day up to {calendar.last_day(calendar.turns)}, or remove it", "warning"
        )


def summoned(reading: Reading) -> Iterator[Problem]:
    """U116: a unit that waits for an event is brought by one."""
    events = reading.value("events.yaml", EventsFile)
    if events is None and "events.yaml" in reading.failed:
        return
    brought = {
        unit for event in (events.events if events is not None else ()) for effect in event.do
        if effect.do in ("reinforce", "appear") for unit in effect.units
    }  # fmt: skip
    for posted in units_of(reading):
        if posted.unit.event and posted.unit.id not in brought:
            what = f"no event brings {posted.unit.id}"
            yield posted.node(reading, "event").problem(
                "U116", what, "add `reinforce` to an event, or a day", "warning"
            )


def superiors(reading: Reading) -> Iterator[Problem]:
    """U113: nobody commands himself."""
    for posted in units_of(reading):
        if posted.unit.parent and posted.unit.parent in (posted.unit.id, posted.unit.name):
            what = f"{posted.unit.id} is its own superior"
            yield posted.node(reading, "parent").problem("U113", what, "name its headquarters, or leave the key out")


def symbols(reading: Reading) -> Iterator[Problem]:
    """U114: symbols that can be drawn; others become a plain counter."""
    path = scenarios_folder().parent / "assets" / "symbols.json"
    if not path.is_file() or reading.rules is None:
        return
    drawn = json.loads(path.read_text(encoding="utf-8"))
    known = set(drawn["icons"])
    for posted in units_of(reading):
        symbol = posted.unit.symbol
        if symbol is not None and symbol not in known:
            what = f"there is no symbol {quoted(symbol)}: the counter stays plain"
            yield posted.node(reading, "symbol").problem("U114", what, suggestion(symbol, known), "warning")


def sources(reading: Reading) -> Iterator[Problem]:
    """S101, S102, S105: a source for each faction; sources and support within the game."""
    calendar, chart = calendar_of(reading), chart_of(reading)
    if calendar is None:
        return
    for faction, forces in reading.forces.items():
        name = forces_name(faction)
        if name in reading.failed:
            continue
        if forces.units and not forces.sources and forces.supply != "none":
            at = reading.node(name, "units")
            fix = "add sources, or supply: none if it lives off the land"
            yield at.problem("S101", f"faction {faction} has no supply source", fix)
        yield from _grant_days(reading, name, forces, calendar)
        for number, source in enumerate(forces.sources):
            here = chart.hex(source.hex) if chart is not None and source.hex is not None else None
            if chart is not None and here is not None and not chart.playable(here):
                at = reading.node(name, "sources", number, "hex")
                yield at.problem("S103", f"source {source.name} lies outside the game", "move it")


def _grant_days(reading: Reading, name: str, forces: ForcesFile, calendar: Calendar) -> Iterator[Problem]:
    days = f"choose days from {calendar.first_day} to {calendar.last_day(calendar.turns)}"
    spans = {
        ("sources", "S102"): [(entry.from_, entry.to) for entry in forces.sources],
        ("support", "S105"): [(entry.from_, entry.to) for entry in forces.support],
    }
    for (key, code), entries in spans.items():
        for number, entry in enumerate(entries):
            since, until = calendar.span(*entry)
            if since > min(until, calendar.turns):
                what = f"this entry of {key} is in force on no day of the game"
                yield reading.node(name, key, number).problem(code, what, days, "warning")
