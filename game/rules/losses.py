"""Losses: the one way in which units lose steps or are disrupted. Combat, fires, hunger and accidents all come here.

A unit never has fewer than no steps: losing the last one destroys it, and the event carries how many went. Sound
steps are lost first, so a battered unit stays disrupted; a disrupted step that is disrupted again is lost.
"""

from __future__ import annotations

from game.events import StepsDisrupted, StepsLost, UnitDestroyed
from game.state import Draft

Hurt = StepsLost | StepsDisrupted | UnitDestroyed


def lose(draft: Draft, row: int, steps: int, why: str) -> int:
    """A unit loses steps for good, or is destroyed; returns how many it really had to lose."""
    return _take(draft, row, steps, 0, why)


def disrupt(draft: Draft, row: int, steps: int, why: str) -> int:
    """Steps are disrupted; what finds no sound step left is lost instead. Returns how many were lost."""
    return _take(draft, row, 0, steps, why)


def _take(draft: Draft, row: int, lost: int, disrupted: int, why: str) -> int:
    units, gone = draft.units, 0
    here = units.hex[row]
    if here < 0 or lost + disrupted <= 0:
        return 0
    for event in Body(row, here, units.steps[row], units.disrupted[row]).take(lost, disrupted, why):
        draft.emit(event)
        gone += 0 if isinstance(event, StepsDisrupted) else event.steps
    return gone


class Body:
    """A unit as losses find it: its steps, and how many of them are disrupted."""

    __slots__ = ("disrupted", "hex", "row", "steps")

    def __init__(self, row: int, here: int, steps: int, disrupted: int) -> None:
        self.row, self.hex, self.steps, self.disrupted = row, here, steps, disrupted

    def take(self, lost: int, disrupted: int, why: str) -> list[Hurt]:
        """Lose steps, or have others disrupted; the events of what it really had to lose."""
        gone, shaken = self.suffer(lost, disrupted)
        found: list[Hurt] = [StepsDisrupted(self.row, shaken, why)] if shaken else []
        if gone:
            found.append(StepsLost(self.row, gone, why) if self.steps else UnitDestroyed(self.row, self.hex, gone, why))
        return found

    def suffer(self, lost: int, disrupted: int) -> tuple[int, int]:
        """The same without words: how many steps it really had to lose, and how many were disrupted."""
        shaken = 0
        if disrupted:
            shaken = min(disrupted, self.steps - self.disrupted)
            lost = disrupted - shaken
            self.disrupted += shaken
        gone = max(0, min(lost, self.steps))
        if gone:
            self.steps -= gone
            self.disrupted = min(self.disrupted, self.steps)
        return gone, shaken
