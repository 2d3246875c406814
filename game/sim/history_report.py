"""``history``: games beside the real dates, as tables of text, and on a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from game.scenario.calendar import spoken
from game.scenario.world import World
from game.shipped import shipped
from game.sim import tally
from game.sim.history import (
    DateAgreement,
    Diary,
    EventDates,
    Pace,
    PlaceStory,
    agreements,
    diaries_of,
    events,
    order,
    paces,
    places,
)
from game.sim.holders import Holders
from game.sim.intervals import Estimate


@dataclass(frozen=True, slots=True)
class Findings:
    """All that is told of a batch beside history."""

    world: World
    holders: Holders
    records: Sequence[dict[str, Any]]
    dates: Sequence[DateAgreement]
    events: Sequence[EventDates]
    order: Estimate | None
    places: Sequence[PlaceStory]
    paces: Sequence[Pace]
    restless: float
    """Places a game that change hands three times or more."""


def findings(world: World, holders: Holders, records: Sequence[dict[str, Any]]) -> Findings:
    """Work everything out."""
    diaries = diaries_of(world, records)
    stories = places(world, holders, diaries)
    return Findings(
        world,
        holders,
        records,
        agreements(world, holders, diaries),
        events(world, diaries),
        order(world, diaries),
        stories,
        paces(world, shipped("assets", "history", "pace.csv"), diaries),
        _restless(diaries),
    )


def _restless(diaries: Sequence[Diary]) -> float:
    return sum(diary.hands(place) >= 3 for diary in diaries for place in diary.record["start"]) / len(diaries)


def tables(found: Findings) -> Iterator[str]:
    """The whole report in text."""
    yield f"{found.world.title}: {len(found.records)} games beside history (95% intervals)"
    yield from _dates(found)
    yield from _events(found)
    yield from _places(found)
    yield from _paces(found)
    yield from tally.tables(found.world, found.records)


def _dates(found: Findings) -> Iterator[str]:
    yield ""
    yield "share of places that agree        changed in history             not changed"
    for one in found.dates:
        changed = f"{one.changed_agree.percent if one.changed_agree else '-':18} of {one.changed:2}"
        still = f"(without a move {100 * one.still:.0f}%)"
        unchanged = f"{one.unchanged_agree.percent if one.unchanged_agree else '-':18} of {one.unchanged:2}"
        yield f"{spoken(one.day):16} {changed} {still:20} {unchanged}"
    missing = found.holders.missing
    if missing:
        yield f"not on the map: {', '.join(missing)}"
    yield f"places that change hands three times or more: {found.restless:.1f} a game"


def _events(found: Findings) -> Iterator[str]:
    yield ""
    yield "dated events                          history       games         median turn       10th to 90th  late by"
    for one in found.events:
        middle = f"{one.median}" if one.median else "-"
        spread = "{:.0f} to {:.0f}".format(*one.spread) if one.spread else "-"
        late = f"{one.late:+.1f}" if one.late is not None else "-"
        yield (
            f"{one.place + ', ' + one.faction:34} {one.day[5:]} turn {one.turn:2} {one.happened.percent:13} "
            f"{middle:19} {spread:11} {late}"
        )
    if found.order is not None:
        yield (
            f"order of events beside history's, Kendall's tau-b (1 is the same order): {found.order.value:.2f} "
            f"[{found.order.low:.2f}, {found.order.high:.2f}]"
        )


def _places(found: Findings) -> Iterator[str]:
    yield ""
    yield (
        "places                         history "
        + " ".join(f"{day[5:]:>9}" for day in found.holders.dates)
        + "   holder at the end of the games"
    )
    for one in found.places:
        ends = ", ".join(
            f"{who} {e.percent}" for who, e in sorted(one.ends.items(), key=lambda i: -i[1].value) if e.value
        )
        yield f"{one.place:38} " + " ".join(f"{side:>9}" for side in one.history) + f"   {ends}"


def _paces(found: Findings) -> Iterator[str]:
    if not found.paces:
        return
    yield ""
    yield "pace, km a day in a straight line                                   history  games            made by"
    for one in found.paces:
        name = f"{one.faction}: {one.start} to {one.end} ({one.axis})"
        speed = str(one.games) if one.games else "-"
        yield f"{name:66} {one.history:7.1f}  {speed:18} {one.made.percent}"
