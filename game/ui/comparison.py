"""This game's dates beside those of history: place by place, for the hex panel and the report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from game.rules.scripted import turn_days
from game.scenario import annals
from game.scenario.calendar import spoken
from game.scenario.world import Taken, World
from game.words import count, say

FROM_START = "start"
UNTOLD = "untold"
"""Taken, but before the turns of which anything is told, as in a game whose scenario was changed."""


class HolderChange(Protocol):
    """A place changed hands in this game."""

    @property
    def turn(self) -> int:
        """In which turn."""
        ...

    @property
    def hex(self) -> int:
        """Where."""
        ...

    @property
    def by(self) -> int:
        """Who took it, -1 nobody."""
        ...


@dataclass(frozen=True, slots=True)
class Compared:
    """A capture of history and what became of it. ``taken``: an ISO date, FROM_START, UNTOLD, or "" for not yet."""

    then: Taken
    taken: str
    holder: int
    """Who holds the place now in this game."""


def compared(world: World, control: Sequence[int], changes: Iterable[HolderChange]) -> list[Compared]:
    """Every capture of history by date. The second capture of a place by a side answers its second here."""
    mine: dict[tuple[int, int], list[str]] = {}
    for one in changes:
        mine.setdefault((one.hex, one.by), []).append(turn_days(world, one.turn)[1])
    met: dict[tuple[int, int], int] = {}
    rows = []
    for then in world.past.captures:
        key = (then.hex, then.by)
        number = met[key] = met.get(key, -1) + 1
        dates = ([FROM_START] if world.control[then.hex] == then.by else []) + mine.get(key, [])
        untold = UNTOLD if not dates and control[then.hex] == then.by else ""
        rows.append(Compared(then, dates[number] if number < len(dates) else untold, control[then.hex]))
    return rows


def gap(taken: str, then: str) -> str:
    """How much sooner or later than in history, "" without two dates."""
    if taken in ("", FROM_START, UNTOLD):
        return ""
    days = (date.fromisoformat(taken) - date.fromisoformat(then)).days
    if not days:
        return "the same day"
    if days > 0:
        return count(days, "{n} day later", "{n} days later")
    return count(-days, "{n} day earlier", "{n} days earlier")


def place_lines(
    world: World, control: Sequence[int], changes: Sequence[HolderChange], here: int
) -> list[tuple[str, str]]:
    """Lines for one hex, each with what to explain: when it was taken in history, and when in this game."""
    past = annals.taken_in(world, here)
    if not past:
        return []
    names = [faction.adjective for faction in world.factions]
    then = ", ".join(f"{names[one.by]} {spoken(one.date)}{_remark(world, one)}" for one in past[:4])
    tip = "\n".join(f"{spoken(one.date)}: {one.event} ({one.source})".replace(" ()", "") for one in past)
    lines = [(say("History: {then}", then=then), tip)]
    took = [one for one in changes if one.hex == here]
    if took:
        dates = [(one.by, turn_days(world, one.turn)[1]) for one in took[-3:]]
        told = ", ".join(f"{names[by] if by >= 0 else 'nobody'} {spoken(day)}" for by, day in dates)
        by, day = dates[-1]
        match = next((one.date for one in past if one.by == by), "")
        how = gap(day, match) if match else ""
        words = say("This game: {dates} ({gap})", dates=told, gap=how) if how else say("This game: {dates}", dates=told)
        lines.append((words, say("The last day of the turn counts.")))
    else:
        owner = control[here]
        same = owner == world.control[here]
        held = say("nobody")
        if owner >= 0:
            held = (
                say("{army} since the start", army=names[owner])
                if same
                else say("{army} since before the log begins", army=names[owner])
            )
        lines.append(
            (
                say("This game: {held}", held=held),
                say("It has not changed hands.") if same else say("Earlier turns are not in the log."),
            )
        )
    return lines


def _remark(world: World, one: Taken) -> str:
    """Which place of the hex it was, when not the one that names it; and whether its date is in doubt."""
    naming = world.place_at.get(one.hex, -1)
    words = [one.place] if naming < 0 or world.places[naming].name != one.place else []
    words += ["date uncertain"] if one.confidence == "low" else []
    return f" ({', '.join(words)})" if words else ""
