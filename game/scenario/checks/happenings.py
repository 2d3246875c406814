"""Events and victory: what can happen at some time, and prizes that somebody can win."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from game.scenario.calendar import Calendar
from game.scenario.checks.chart import chart_of
from game.scenario.checks.forces import calendar_of
from game.scenario.events import EventSpec
from game.scenario.files import CrossingsFile, EventsFile, HistoryFile, ScenarioFile, VictoryFile
from game.scenario.problems import Problem, quoted
from game.scenario.reading import Reading
from game.scenario.spelling import suggestion


def events(reading: Reading) -> Iterator[Problem]:
    """E101 to E105: events that can happen."""
    listed, calendar = reading.value("events.yaml", EventsFile), calendar_of(reading)
    head = reading.value("scenario.yaml", ScenarioFile)
    if listed is None or calendar is None or head is None:
        return
    flags = {effect.flag for event in listed.events for effect in event.do if effect.do == "flag" and effect.on}
    for number, event in enumerate(listed.events):
        options = head.options or {}
        if event.option is not None and event.option not in options:
            at = reading.node("events.yaml", "events", number, "option")
            yield at.problem("E104", f"there is no option {quoted(event.option)}", suggestion(event.option, options))
        yield from _spans(reading, number, event)
        why = never(event, calendar, flags)
        if why:
            at = reading.node("events.yaml", "events", number, "id")
            yield at.problem("E101", f"event {event.id} can never happen: {why}", "change its triggers", "warning")


def never(event: EventSpec, calendar: Calendar, flags: set[str]) -> str:
    """Why an event can never happen, or "". Only what is certain counts."""
    for trigger in event.when:
        why = _impossible(event, trigger, calendar, flags)
        if why:
            return why
    others = [_impossible(event, trigger, calendar, flags) for trigger in event.any]
    if others and all(others):
        return f"none of its triggers under any can hold ({others[0]})"
    return _contradiction(event.when, calendar)


def _impossible(event: EventSpec, trigger: Any, calendar: Calendar, flags: set[str]) -> str:
    match trigger.on:
        case "date" | "turn":
            first, last = _turns(trigger, calendar)
            if last < 1:
                return "its time lies before the game"
            if first > calendar.turns:
                return "its time lies after the game"
            return "its time ends before it begins" if first > last else ""
        case "flag":
            return f"no event sets the flag {quoted(trigger.flag)}" if trigger.set and trigger.flag not in flags else ""
        case "fired":
            return "it waits for itself" if trigger.event == event.id else ""
        case "dice":
            return "its chance is 0" if trigger.percent == 0 else ""
    return ""


def _turns(trigger: Any, calendar: Calendar) -> tuple[int, int]:
    if trigger.on == "turn":
        return trigger.from_, trigger.to
    last = calendar.turn_of(trigger.to) if trigger.to is not None else calendar.turns
    return calendar.turn_of(trigger.from_), last


def _contradiction(triggers: Sequence[Any], calendar: Calendar) -> str:
    spans = [_turns(one, calendar) for one in triggers if one.on in ("date", "turn")]
    if spans and max(first for first, _ in spans) > min(last for _, last in spans):
        return "its times do not overlap"
    wanted = {one.flag for one in triggers if one.on == "flag" and one.set}
    unwanted = {one.flag for one in triggers if one.on == "flag" and not one.set}
    both = sorted(wanted & unwanted)
    if both:
        return f"the flag {quoted(both[0])} cannot be both set and not set"
    weather = {one.is_ for one in triggers if one.on == "weather"}
    return "the weather cannot be of two kinds" if len(weather) > 1 else ""


def _spans(reading: Reading, number: int, event: EventSpec) -> Iterator[Problem]:
    for key, triggers in (("when", event.when), ("any", event.any)):
        for place, trigger in enumerate(triggers):
            upper = getattr(trigger, "to", None)
            if (
                trigger.on in ("date", "turn", "ladder")
                and upper is not None
                and upper < getattr(trigger, "from_", upper)
            ):
                at = reading.node("events.yaml", "events", number, key, place, "to")
                yield at.problem("E105", "the span ends before it begins", "exchange from and to")


def event_crossings(reading: Reading) -> Iterator[Problem]:
    """E106: an event opens or breaks a crossing that exists, or one over a river."""
    listed, chart = reading.value("events.yaml", EventsFile), chart_of(reading)
    if listed is None or chart is None:
        return
    sites = reading.value("crossings.yaml", CrossingsFile)
    known = {chart.side(one.side) for one in (sites.crossings if sites is not None else ())}
    for number, event in enumerate(listed.events):
        for place, effect in enumerate(event.do):
            if effect.do == "crossing" and (side := chart.side(effect.side)) is not None and side not in known:
                at = reading.node("events.yaml", "events", number, "do", place, "side")
                yield at.problem("E106", f"there is no crossing on side {effect.side}", "name a side of crossings.yaml")


def prizes(reading: Reading) -> Iterator[Problem]:
    """V101 to V104: prizes on the map, worth something, with bands for those who play."""
    victory, chart = reading.value("victory.yaml", VictoryFile), chart_of(reading)
    if victory is None or chart is None:
        return
    for number, prize in enumerate(victory.prizes):
        here = chart.hex(prize.hex) if prize.hex is not None else chart.places.get(prize.place or "")
        at = reading.node("victory.yaml", "prizes", number)
        if here is not None and not chart.playable(here):
            yield at.problem("V101", f"prize {prize.id} lies outside the game, at {chart.label(here)}", "move it")
        if not any(prize.points.values()):
            yield at.problem(
                "V102", f"prize {prize.id} is worth nothing to anybody", "give points, or remove it", "warning"
            )
        yield from _path(reading, ("prizes", number, "path"), prize.path)
    if victory.insurgent is not None:
        for number, road in enumerate(victory.insurgent.roads):
            yield from _path(reading, ("insurgent", "roads", number, "path"), road.path)
    head = reading.value("scenario.yaml", ScenarioFile)
    for faction in head.factions if head is not None else ():
        if faction.id not in victory.bands:
            at = reading.node("victory.yaml", "bands")
            yield at.problem(
                "V104", f"faction {faction.id} has no bands", "add like, faster and their words", "warning"
            )


def _path(reading: Reading, key: tuple[str | int, ...], path: Sequence[str]) -> Iterator[Problem]:
    chart = chart_of(reading)
    if chart is None:
        return
    numbers = [chart.hex(label) for label in path]
    for step, (here, there) in enumerate(pairwise(numbers), 1):
        if here is not None and there is not None and chart.hexes.side_between(here, there) < 0:
            at = reading.node("victory.yaml", *key, step)
            what = f"hex {path[step]} does not touch {path[step - 1]}"
            yield at.problem("V103", what, "list every hex of the road in order")


def days(reading: Reading) -> Iterator[Problem]:
    """V105, H101: anchors and captures on days of the game."""
    calendar = calendar_of(reading)
    victory, history = reading.value("victory.yaml", VictoryFile), reading.value("history.yaml", HistoryFile)
    if calendar is None:
        return
    last = calendar.last_day(calendar.turns)
    fix = f"choose a day from {calendar.first_day} to {last}"
    for number, anchor in enumerate(victory.anchors if victory is not None else ()):
        if not calendar.first_day <= anchor.date <= last:
            at = reading.node("victory.yaml", "anchors", number, "date")
            yield at.problem("V105", f"the anchor {anchor.place} lies outside the game", fix, "warning")
    for number, capture in enumerate(history.captures if history is not None else ()):
        if capture.check and not calendar.first_day <= capture.date <= last:
            at = reading.node("history.yaml", "captures", number, "date")
            yield at.problem("H101", f"the capture of {capture.place} lies outside the game", fix, "warning")
