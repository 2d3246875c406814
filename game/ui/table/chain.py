"""Orders that a person gives in one go: what stops the rest of them, and how they are undone as one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from game import events as ev
from game.events import Event
from game.plans import Plan
from game.session import Session
from game.state.tables import State
from game.words import say


def surprise(events: Iterable[Event], faction: int, *, sightings: bool = True) -> str:
    """What an order brought that its giver may want to think about before the next one; "" when nothing.

    Without ``sightings`` what was merely seen does not count.
    """
    for event in events:
        match event:
            case ev.MoveCutShort():
                return say("the march ended early: {why}", why=event.why)
            case ev.IncidentRolled() if event.happened:
                return say("there was an incident")
            case ev.Spotted() if sightings and event.faction == faction:
                return say("it revealed troops to you")
            case ev.EventFired() if faction in event.seen_by:
                return say("something happened")
    return ""


@dataclass(frozen=True, slots=True)
class Given:
    """Orders given in one go: the entries of the session from ``first`` up to ``end``, and the seat's plans around."""

    first: int
    end: int
    faction: int
    before: Mapping[str, Plan]
    after: Mapping[str, Plan]


class Chains:
    """The newest orders that belong together, so that one undo takes all of them back, and the plans with them."""

    def __init__(self) -> None:
        self._given: list[Given] = []
        self._undone: list[Given] = []

    def note(self, session: Session, first: int, faction: int, before: Mapping[str, Plan]) -> None:
        """Entries from ``first`` on were given in one go; ``before`` are the plans that the seat had."""
        after = session.plans.list(faction)
        if len(session.entries) > first:
            self._undone.clear()
            self._given.append(Given(first, len(session.entries), faction, before, after))

    def undo(self, session: Session) -> tuple[int, int]:
        """Undo the last order, or all that were given with it: how many were undone, and how many could not be."""
        end = len(session.entries)
        while self._given and self._given[-1].end > end:
            self._given.pop()
        newest = self._given[-1] if self._given and self._given[-1].end == end else None
        first = newest.first if newest is not None else end - 1
        undone = 0
        while len(session.entries) > first and session.undo():
            undone += 1
        if newest is not None and undone:
            self._given.pop()
            session.plans.put_back(newest.faction, newest.before)
            self._undone.append(replace(newest, first=end - undone))
        return undone, end - max(0, first) - undone

    def redo(self, session: Session, note: Callable[[State], None]) -> int:
        """Give the orders again that were undone last, all that belong together; how many.

        ``note`` hears of each, once it is given, with the moment before it.
        """
        first = len(session.entries)
        again = self._undone.pop() if self._undone and self._undone[-1].first == first else None
        end = again.end if again is not None else first + 1
        while len(session.entries) < end:
            before = session.state
            if not session.redo():
                break
            note(before)
        if again is not None and len(session.entries) == end:
            session.plans.put_back(again.faction, again.after)
            self._given.append(again)
        return len(session.entries) - first
