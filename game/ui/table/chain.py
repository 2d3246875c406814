"""Orders that a person gives in one go: what stops the rest of them, and how they are undone as one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from game import events as ev
from game.events import Event
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
    """Orders given in one go: the entries of the session from ``first`` up to ``end``."""

    first: int
    end: int


class Chains:
    """The newest orders that belong together, so that one undo takes all of them back."""

    def __init__(self) -> None:
        self._given: list[Given] = []
        self._undone: list[Given] = []

    def note(self, first: int, end: int) -> None:
        """Entries were given in one go."""
        self._undone.clear()
        if end - first > 1:
            self._given.append(Given(first, end))

    def undo(self, session: Session) -> tuple[int, int]:
        """Undo the last order, or all that were given with it: how many were undone, and how many could not be."""
        end = len(session.entries)
        while self._given and self._given[-1].end > end:
            self._given.pop()
        newest = self._given[-1] if self._given and self._given[-1].end == end else Given(end - 1, end)
        undone = 0
        while len(session.entries) > newest.first and session.undo():
            undone += 1
        if undone and newest.end - newest.first > 1:
            self._given.pop()
            self._undone.append(Given(newest.end - undone, newest.end))
        return undone, newest.end - newest.first - undone

    def redo(self, session: Session, note: Callable[[State], None]) -> int:
        """Give the orders again that were undone last, all that belong together; how many.

        ``note`` hears of each, once it is given, with the moment before it.
        """
        end = len(session.entries)
        together = self._undone.pop() if self._undone and self._undone[-1].first == end else Given(end, end + 1)
        while len(session.entries) < together.end:
            before = session.state
            if not session.redo():
                break
            note(before)
        if len(session.entries) - together.first > 1:
            self._given.append(Given(together.first, len(session.entries)))
        return len(session.entries) - end
