"""History on the map played day by day, three days a second, while its overlay shows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Protocol

from game.ui.table.sight import Sight
from game.ui.worldview import present_day

DAY = 1 / 3
"""Seconds that a day takes."""


class DatedMap(Protocol):
    """The map as far as the days need it."""

    history_day: str
    shown: frozenset[str]

    def show_day(self, table: Sight, day: str) -> None: ...
    def step_day(self, table: Sight, days: int) -> str: ...


class PlayedDays:
    """The days of one map."""

    def __init__(self, board: DatedMap) -> None:
        self.board = board
        self.playing, self._waited, self._day = False, 0.0, ""

    def play(self, table: Sight) -> None:
        """Let the days pass from the one that shows, or from the first when that is the last day; or stop."""
        self.playing, self._waited, self._day = not self.playing, 0.0, ""
        world = table.view.state.world
        last = date.fromisoformat(world.first_day) + timedelta(days=world.days_per_turn * world.turns - 1)
        if self.playing and (self.board.history_day or present_day(table.view.state)) == last.isoformat():
            self.board.show_day(table, world.first_day)

    def stop(self) -> None:
        """The day that shows stays."""
        self.playing = False

    def pass_time(self, table: Sight, seconds: float) -> None:
        """Let time pass; the play ends with the last day, and when the overlay is put away."""
        if not self.playing:
            return
        if "ghost" not in self.board.shown:
            self.stop()
            return
        self._waited += seconds
        if self._waited >= DAY:
            self._waited = 0.0
            before, self._day = self._day, self.board.step_day(table, 1)
            self.playing = self._day != before
