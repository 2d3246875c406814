"""Games beside history: who held what on its dates, when places fell, in what order, and how fast the columns went.

A game tells when a place changed hands to the turn; dates are the last days of turns. All intervals are of 95 % over
whole games.
"""

from __future__ import annotations

import csv
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from math import sqrt
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from game.faults import UsageFault
from game.scenario.calendar import Calendar
from game.scenario.world import World
from game.sim.holders import CONTESTED, SIDES, Holders
from game.sim.intervals import Estimate, mean, median, share

Record: TypeAlias = Mapping[str, Any]
RELIEFS = ("siege_broken", "airfield_relieved")
NEAR = 3
"""Hexes within which a siege belongs to a place that history names."""


class Diary:
    """One game, place by place: who held it when."""

    def __init__(self, record: Record, world: World) -> None:
        self.record, self._grid = record, world.grid
        self._hexes = {place.name: place.hex for place in world.places}
        self._days: dict[str, list[str]] = {place: [""] for place in record["start"]}
        self._held: dict[str, list[str | None]] = {place: [holder] for place, holder in record["start"].items()}
        for one in record["captures"]:
            self._days[one["place"]].append(one["date"])
            self._held[one["place"]].append(one["to"])

    def holder(self, place: str, day: str) -> str | None:
        """Who held a place at the end of a day; None for nobody."""
        return self._held[place][bisect_right(self._days[place], day) - 1]

    def first(self, place: str, faction: str) -> str | None:
        """When a faction first took a place; "" where it held it from the start, None where it never did."""
        found = (day for day, holder in zip(self._days[place], self._held[place], strict=True) if holder == faction)
        return next(found, None)

    def relieved(self, place: str, faction: str) -> str | None:
        """When the besieged place of a faction at or near this one was relieved, None if it was not."""
        stones = [m for m in self.record["milestones"] if m["name"] in RELIEFS and m["faction"] == faction]
        far = [(self._grid.distance(self._hexes[place], self._hexes[m["place"]]), str(m["date"])) for m in stones]
        return next((day for distance, day in sorted(far) if distance <= NEAR), None)

    def hands(self, place: str) -> int:
        """How often a place changed hands."""
        return len(self._days[place]) - 1


# --- holders on dates -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DateAgreement:
    """How far games agree with who held what as a day ended: shares of places; ``still`` is a game without moves."""

    day: str
    changed: int
    changed_agree: Estimate | None
    still: float
    unchanged: int
    unchanged_agree: Estimate | None


def agreement(holder: str | None, history: str) -> float:
    """1 where game and history agree, a half where history says that the place was contested."""
    return 0.5 if history == CONTESTED else float(holder == history)


def agreements(world: World, holders: Holders, diaries: Sequence[Diary]) -> list[DateAgreement]:
    """For each date of the table within the game."""
    calendar = Calendar(world.first_day, world.days_per_turn, world.turns)
    last = calendar.last_day(world.turns)
    out = []
    for number, day in enumerate(holders.dates):
        if not world.first_day < day <= last:
            continue
        changed, unchanged = holders.changed(number), holders.unchanged(number)
        start = {place: diaries[0].record["start"][place] for place in holders.held}
        out.append(
            DateAgreement(
                day,
                len(changed),
                _agree(changed, number, day, holders, diaries),
                sum(agreement(start[p], holders.held[p][number]) for p in changed) / max(1, len(changed)),
                len(unchanged),
                _agree(unchanged, number, day, holders, diaries),
            )
        )
    return out


def _agree(places: Sequence[str], number: int, day: str, holders: Holders, diaries: Sequence[Diary]) -> Estimate | None:
    if not places:
        return None
    return mean(
        [sum(agreement(one.holder(p, day), holders.held[p][number]) for p in places) / len(places) for one in diaries]
    )


# --- dated events ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class EventDates:
    """A dated event of history and when it came in the games: turns, of those games in which it came."""

    day: str
    place: str
    faction: str
    turn: int
    happened: Estimate
    turns: tuple[int, ...]
    median: Estimate | None

    @property
    def spread(self) -> tuple[float, float] | None:
        """Turns of the 10th and the 90th percentile."""
        if not self.turns:
            return None
        low, high = np.percentile(self.turns, [10, 90])
        return float(low), float(high)

    @property
    def late(self) -> float | None:
        """By how many turns the median game is behind history; below 0 where it is ahead."""
        return None if self.median is None else self.median.value - self.turn


def events(world: World, diaries: Sequence[Diary]) -> list[EventDates]:
    """The captures that history.yaml marks with ``check``, by date."""
    calendar = Calendar(world.first_day, world.days_per_turn, world.turns)
    out = []
    for one in world.past.captures:
        if not one.check or not 1 <= calendar.turn_of(one.date) <= world.turns:
            continue
        faction = world.factions[one.by].id
        days = [when(diary, one.place, faction) for diary in diaries]
        turns = tuple(calendar.turn_of(day) for day in days if day)
        out.append(
            EventDates(
                one.date,
                one.place,
                faction,
                calendar.turn_of(one.date),
                share(len(turns), len(diaries)),
                turns,
                median(turns) if turns else None,
            )
        )
    return out


def when(diary: Diary, place: str, faction: str) -> str | None:
    """The day of an event in a game: the first capture, or the relief of a place that was held all along."""
    found = diary.first(place, faction)
    return diary.relieved(place, faction) if found == "" else found


def order(world: World, diaries: Sequence[Diary]) -> Estimate | None:
    """Kendall's tau-b between the order of the dated events in history and in each game: 1 where they agree."""
    marked = [one for one in world.past.captures if one.check]
    found = []
    for diary in diaries:
        pairs = [(one.date, when(diary, one.place, world.factions[one.by].id)) for one in marked]
        tau = kendall([(then, now) for then, now in pairs if now])
        if tau is not None:
            found.append(tau)
    return mean(found) if found else None


def kendall(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Kendall's rank correlation tau-b of paired values, which allows for ties; None where one side never differs.

    >>> kendall([("a", "1"), ("b", "2"), ("c", "3")]), kendall([("a", "2"), ("b", "1")])
    (1.0, -1.0)
    """
    with_, against, left, right = 0, 0, 0, 0
    for (a, x), (b, y) in combinations(pairs, 2):
        one, other = (a > b) - (a < b), (x > y) - (x < y)
        left += one != 0
        right += other != 0
        with_ += one * other > 0
        against += one * other < 0
    return (with_ - against) / sqrt(left * right) if left and right else None


# --- places ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PlaceStory:
    """One place over all games: who ended up with it how often, and in which turns each first took it."""

    place: str
    start: str | None
    history: tuple[str, ...]
    ends: Mapping[str, Estimate]
    firsts: Mapping[str, tuple[int, ...]]
    hands: float


def places(world: World, holders: Holders, diaries: Sequence[Diary]) -> list[PlaceStory]:
    """Every place of the table, in its order."""
    calendar = Calendar(world.first_day, world.days_per_turn, world.turns)
    last = calendar.last_day(world.turns)
    out = []
    for place, history in holders.held.items():
        ends = [diary.holder(place, last) for diary in diaries]
        firsts = {
            one.id: tuple(calendar.turn_of(day) for diary in diaries if (day := diary.first(place, one.id)))
            for one in world.factions
        }
        out.append(
            PlaceStory(
                place,
                diaries[0].record["start"][place],
                history,
                {one.id: share(ends.count(one.id), len(ends)) for one in world.factions},
                {faction: turns for faction, turns in firsts.items() if turns},
                sum(diary.hands(place) for diary in diaries) / len(diaries),
            )
        )
    return out


# --- pace -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pace:
    """A move of history, from one place to another, and how fast it went in the games that made it."""

    faction: str
    axis: str
    start: str
    end: str
    kilometres: float
    history: float
    made: Estimate
    games: Estimate | None


def paces(world: World, path: Path, diaries: Sequence[Diary]) -> list[Pace]:
    """The moves of ``pace.csv`` between two places of the map that are more than a turn apart in a game."""
    known = {place.name for place in world.places}
    last = Calendar(world.first_day, world.days_per_turn, world.turns).last_day(world.turns)
    out = []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            faction = SIDES.get(row["actor"].lower(), row["actor"].lower())
            if {row["from"], row["to"]} - known or faction not in world.faction_row:
                continue
            if not world.first_day <= row["start"] <= last:
                continue
            speeds = [_speed(diary, row, faction, world) for diary in diaries]
            done = [speed for speed in speeds if speed]
            out.append(
                Pace(
                    faction, row["axis"], row["from"], row["to"], float(row["km_straight"]), float(row["km_per_day"]),
                    share(len(done), len(speeds)), median(done) if done else None,
                )
            )  # fmt: skip
    return out


def _speed(diary: Diary, row: Mapping[str, str], faction: str, world: World) -> float | None:
    """Kilometres a day between the two captures; half a turn is the least that a game can tell."""
    start, end = diary.first(row["from"], faction), diary.first(row["to"], faction)
    if start is None or not end:
        return None
    days = (date.fromisoformat(end) - date.fromisoformat(start or world.first_day)).days
    return float(row["km_straight"]) / max(days, world.days_per_turn / 2) if days >= 0 else None


def diaries_of(world: World, records: Sequence[Record]) -> list[Diary]:
    """The games, which must be of this scenario; raises UsageFault."""
    names = {place.name for place in world.places}
    for one in records:
        if one["scenario"] != world.id or set(one["start"]) != names:
            raise UsageFault(
                f"a game of the file is of {one['scenario']}, not of this {world.id}.", "simulate it anew."
            )
    return [Diary(one, world) for one in records]
