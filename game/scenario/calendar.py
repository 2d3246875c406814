"""Dates and turns: which turn holds a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def spoken(day: str) -> str:
    """An ISO date as the game shows it: 14 Oct 2017."""
    found = date.fromisoformat(day)
    return f"{found.day} {MONTHS[found.month - 1]} {found.year}"


@dataclass(frozen=True, slots=True)
class Calendar:
    """The turns of a scenario: the first day, their length and their number."""

    first_day: str
    days_per_turn: int
    turns: int

    def turn_of(self, day: str) -> int:
        """The turn that holds a day: below 1 before the start, above ``turns`` after the end."""
        return (date.fromisoformat(day) - date.fromisoformat(self.first_day)).days // self.days_per_turn + 1

    def last_day(self, turn: int) -> str:
        """The last day of a turn, as an ISO date."""
        return (date.fromisoformat(self.first_day) + timedelta(days=turn * self.days_per_turn - 1)).isoformat()

    def span(self, since: str | None, until: str | None) -> tuple[int, int]:
        """First and last turn of a span of days that may be open at either end; (1, turns) when both are open.

        A span that ends before the game begins becomes one that never comes.
        """
        first = max(1, self.turn_of(since)) if since else 1
        last = self.turn_of(until) if until else self.turns
        return (first, last) if last >= 1 else (self.turns + 1, self.turns + 1)
