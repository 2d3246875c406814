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
from game.scenario.reading import Reading
from game.schema.problems import Problem, quoted
from game.schema.spelling import suggestion


def events(reading: Reading) -> Iterator[Problem]:
    """E101 to E105, E107: events that can happen, and that come to an end."""
    listed, calendar = reading.value("events.yaml", EventsFile), calendar_of(reading)
    head = reading.value("scenario.yaml", ScenarioFile)
    if listed is None or calendar is None or head is None:
        return
    case = Case(calendar, dict(head.options or {}), listed.events)
    for number, event in enumerate(listed.events):
        options = head.options or {}
        if event.option is not None and event.option not in options:
            at = reading.node("events.yaml", "events", number, "option")
            yield at.problem("E104", f"there is no option {quoted(event.option)}", suggestion(event.option, options))
        for key, triggers in (("when", event.when), ("any", event.any)):
            yield from _spans(reading, ("events", number, key), triggers)
        why = never(event, case)
        if why:
            at = reading.node("events.yaml", "events", number, "id")
            yield at.problem("E101", f"event {event.id} can never happen: {why}", "change its triggers", "warning")
    yield from _endless(reading, listed.events)


class Case:
    """What is known of a scenario when its events are judged: its days, its options, and what other events do."""

    def __init__(self, calendar: Calendar, options: dict[str, bool], events: Sequence[EventSpec]) -> None:
        self.calendar, self.options = calendar, options
        effects = [effect for event in events for effect in event.do]
        self.flags = {effect.flag for effect in effects if effect.do == "flag" and effect.on}
        self.fired = {effect.event for effect in effects if effect.do == "fire" and effect.percent}
        self.times = {event.id: event.times for event in events}


def never(event: EventSpec, case: Case) -> str:
    """Why an event can never happen, or "". Only what is certain counts."""
    if event.id in case.fired:
        return ""
    if event.asked == "never":
        return "it is never asked, and no other event fires it"
    return _never_all(event, event.when, case) or _never_any(event, event.any, case)


def _never_all(event: EventSpec, triggers: Sequence[Any], case: Case) -> str:
    for trigger in triggers:
        why = _impossible(event, trigger, case)
        if why:
            return why
    return _contradiction(triggers, case.calendar)


def _never_any(event: EventSpec, triggers: Sequence[Any], case: Case) -> str:
    found = [_impossible(event, trigger, case) for trigger in triggers]
    return f"none of its triggers under any can hold ({found[0]})" if found and all(found) else ""


def _impossible(event: EventSpec, trigger: Any, case: Case) -> str:
    match trigger.on:
        case "date" | "turn" | "window":
            return _out_of_time(trigger, case.calendar)
        case "flag":
            missing = trigger.set and trigger.flag not in case.flags
            return f"no event sets the flag {quoted(trigger.flag)}" if missing else ""
        case "fired":
            return _waits_in_vain(event, trigger, case)
        case "dice":
            return "its chance is 0" if trigger.percent == 0 else ""
        case "option":
            now = case.options.get(trigger.option, trigger.is_)
            return "" if now == trigger.is_ else f"the option {trigger.option} is {'on' if now else 'off'}"
        case "taken":
            same = trigger.by is not None and trigger.by == trigger.from_
            return "nobody takes a place from himself" if same else ""
        case "all":
            return _never_all(event, trigger.of, case)
        case "any":
            return _never_any(event, trigger.of, case)
    return ""


def _out_of_time(trigger: Any, calendar: Calendar) -> str:
    first, last = _turns(trigger, calendar)
    if last < 1:
        return "its time lies before the game"
    if first > calendar.turns:
        return "its time lies after the game"
    return "its time ends before it begins" if first > last else ""


def _waits_in_vain(event: EventSpec, trigger: Any, case: Case) -> str:
    if trigger.event == event.id:
        return "it waits for itself"
    most = case.times.get(trigger.event, 0)
    if most and most < trigger.times:
        return f"event {trigger.event} happens {most} times at most"
    return ""


def _turns(trigger: Any, calendar: Calendar) -> tuple[int, int]:
    if trigger.on == "turn":
        return trigger.from_, trigger.to
    last = calendar.turn_of(trigger.to) if trigger.to is not None else calendar.turns
    return calendar.turn_of(trigger.from_), last


def _contradiction(triggers: Sequence[Any], calendar: Calendar) -> str:
    spans = [_turns(one, calendar) for one in triggers if one.on in ("date", "turn", "window")]
    if spans and max(first for first, _ in spans) > min(last for _, last in spans):
        return "its times do not overlap"
    wanted = {one.flag for one in triggers if one.on == "flag" and one.set}
    unwanted = {one.flag for one in triggers if one.on == "flag" and not one.set}
    both = sorted(wanted & unwanted)
    if both:
        return f"the flag {quoted(both[0])} cannot be both set and not set"
    weather = {one.is_ for one in triggers if one.on == "weather"}
    if len(weather) > 1:
        return "the weather cannot be of two kinds"
    rungs = [(one.from_, one.to) for one in triggers if one.on == "ladder"]
    apart = rungs and max(low for low, _ in rungs) > min(high for _, high in rungs)
    if apart:
        return "the ladder cannot stand on two rungs"
    fates = {(one.unit, one.is_) for one in triggers if one.on == "unit" and one.is_ != "at"}
    doubled = sorted({unit for unit, _ in fates if len({fate for other, fate in fates if other == unit}) > 1})
    return f"the unit {doubled[0]} cannot have two fates" if doubled else ""


def _spans(reading: Reading, path: tuple[str | int, ...], triggers: Sequence[Any]) -> Iterator[Problem]:
    for place, trigger in enumerate(triggers):
        if trigger.on in ("all", "any", "not"):
            yield from _spans(reading, (*path, place, "of"), trigger.of)
        upper = getattr(trigger, "to", None)
        if trigger.on in ("date", "turn", "window", "ladder") and upper is not None and upper < trigger.from_:
            at = reading.node("events.yaml", *path, place, "to")
            yield at.problem("E105", "the span ends before it begins", "exchange from and to")


def _endless(reading: Reading, events: Sequence[EventSpec]) -> Iterator[Problem]:
    """E107: events without a limit that fire one another, or themselves, for certain."""
    free = {event.id for event in events if not event.times and not event.every}
    fires = {
        event.id: {one.event for one in event.do if one.do == "fire" and one.percent == 100} & free
        for event in events if event.id in free
    }  # fmt: skip
    for number, event in enumerate(events):
        if event.id in free and _leads_back(event.id, fires):
            at = reading.node("events.yaml", "events", number, "id")
            what = f"event {event.id} fires itself without end"
            yield at.problem("E107", what, "give it times, or a rest with every, or fire it by chance")


def _leads_back(start: str, fires: dict[str, set[str]]) -> bool:
    waiting, seen = [start], set[str]()
    for one in waiting:
        new = fires.get(one, set()) - seen
        if start in fires.get(one, set()):
            return True
        seen |= new
        waiting += sorted(new)
    return False


def event_places(reading: Reading) -> Iterator[Problem]:
    """E106, E108: crossings and sources that an event names exist."""
    listed, chart = reading.value("events.yaml", EventsFile), chart_of(reading)
    if listed is None or chart is None:
        return
    sites = reading.value("crossings.yaml", CrossingsFile)
    known = {chart.side(one.side) for one in (sites.crossings if sites is not None else ())}
    for number, event in enumerate(listed.events):
        for place, effect in enumerate(event.do):
            path = ("events", number, "do", place)
            if effect.do == "crossing" and (side := chart.side(effect.side)) is not None and side not in known:
                at = reading.node("events.yaml", *path, "side")
                if effect.kind is None:
                    what = f"there is no crossing on side {effect.side}"
                    yield at.problem("E106", what, "name a side of crossings.yaml, or a kind to be laid")
                elif not chart.wet(side):
                    what = f"no river flows along side {effect.side}"
                    yield at.problem("E106", what, "name a side of a river")
            if effect.do == "source":
                yield from _source(reading, path, effect)


def _source(reading: Reading, path: tuple[str | int, ...], effect: Any) -> Iterator[Problem]:
    forces = reading.forces.get(effect.faction)
    names = [one.name for one in forces.sources] if forces is not None else []
    if forces is not None and effect.name not in names:
        at = reading.node("events.yaml", *path, "name")
        what = f"{effect.faction} has no source of supply {quoted(effect.name)}"
        yield at.problem("E108", what, suggestion(effect.name, names) if names else "add it to its file of forces")


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
    if head is None or victory.bands.keys() - {faction.id for faction in head.factions}:
        return  # bands of somebody unknown may be those that are missing
    for faction in head.factions:
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
