"""The game kept on the disk: at the start of each faction's turn, by a key, or under a name."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from game import orders as od
from game import records
from game.faults import Fault
from game.session import Session
from game.store import quick_save_name
from game.ui.scene import Change, Push
from game.ui.table.places import PausedGame, ToSave
from game.ui.table.seats import Seats
from game.words import say


class KeptTable(PausedGame, Protocol):
    """What saving needs of the table."""

    places: Seats
    pending: Change | None

    def say(self, words: str) -> None: ...


class Keeping:
    """Saves the game of one table."""

    def __init__(self, table: KeptTable) -> None:
        self.table = table
        self._phase = phase_of(table.session) if table.session.entries else (0, 0)

    def started_anew(self) -> None:
        """The table goes on with another session."""
        self._phase = phase_of(self.table.session)

    def autosave(self) -> None:
        """The start of each faction's turn is kept; where that fails, the player is told and the game goes on."""
        table = self.table
        now, entries = phase_of(table.session), table.session.entries
        if now == self._phase:
            return
        self._phase = now
        at_start = not entries or isinstance(entries[-1].order, od.EndTurn)
        if not at_start or not table.desk.settings.autosave or table.desk.testing or table.session.over:
            return
        try:
            records.autosave(table.session, records.autosaves_folder(), copy=table.desk.copy)
        except Fault as problem:
            table.say(say("No autosave: {why}", why=problem.message))

    def save_as(self) -> None:
        """Ctrl+S: the saved games, among which this one is to be kept under a name."""
        table = self.table
        if not table.curtain and not table.session.over:
            table.pending = Push(ToSave(table.session, table.say))

    def quick_save(self) -> None:
        """F5: one save of its own, written over each time."""
        table = self.table
        name = quick_save_name(table.desk.copy)
        try:
            records.save_game(table.session, self._quick_path(), name=name)
        except Fault as problem:
            table.say(say("Not saved: {why}", why=problem.message))
        else:
            table.say(say("Saved. F9 loads this save."))

    def _quick_path(self) -> Path:
        return records.saves_folder() / records.safe_name(quick_save_name(self.table.desk.copy), records.SAVE_SUFFIX)

    def quick_load(self) -> None:
        """F9: the quick save, after a question."""
        table = self.table
        path = self._quick_path()
        if path.exists():
            table.pending = table.places.load(table, path)
        else:
            table.say(say("There is no quick save yet. F5 makes one."))


def phase_of(session: Session) -> tuple[int, int]:
    """Turn and place in its order: who is to play."""
    return session.state.clock.turn, session.state.clock.active
