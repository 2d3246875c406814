"""A recorded game that can be wound to any of its moments. It is played anew while one looks at what has been read.

States are kept where a faction's turn opens; those between them are worked out from there.
"""

from __future__ import annotations

from bisect import bisect_right
from time import perf_counter
from typing import NamedTuple

from game import engine
from game import orders as od
from game.log import Log
from game.records import EVERYTHING, Showing, Untrue, shown_again, trouble_words
from game.records.showing import Seated
from game.session import Entry, Session
from game.state.tables import State
from game.telling.witness import Onlooker, Witness
from game.ui.table.chronicle import Chronicle


class Phase(NamedTuple):
    """A faction's turn: how many orders were given before it, in which turn it is, and whose."""

    orders: int
    turn: int
    faction: int


class Film:
    """A game to be looked at, read so far as it has been played again."""

    def __init__(self, showing: Showing) -> None:
        self.showing, self.world = showing, showing.world
        self._again = shown_again(showing)
        first, self.opening = engine.opening(showing.world, showing.seed)
        self.entries: list[Entry] = []
        self.phases = [Phase(0, first.clock.turn, first.faction)]
        self._opened = [first.with_fresh_answers()]
        self._last: tuple[int, State] = (0, self._opened[0])
        """The moment that was asked for last, after so many orders."""
        self._before = first
        whole = EVERYTHING if EVERYTHING in showing.eyes else None
        self.chronicle = Chronicle(self.session(), told=False, onlooker=whole)
        self.chronicle.tell(-1, first, first, self.opening)
        self.done, self.trouble = False, ""

    @property
    def length(self) -> int:
        """Orders that have been read."""
        return len(self.entries)

    @property
    def share(self) -> float:
        """How much has been read, 0 to 1."""
        return 1.0 if self.done else self.length / max(1, len(self.showing.lines))

    def session(self) -> Session:
        """A session of its own for a table, at the first moment; the table winds it on and back."""
        found = Session.resumed(self.world, self.showing.seed, self._opened[0], Log(b""))
        found.opening = self.opening
        found.players = dict.fromkeys(range(len(self.world.factions)), Seated())
        return found

    # --- reading ---

    def read(self, seconds: float) -> None:
        """Play on for about so long, one order at least."""
        until = perf_counter() + seconds
        while not self.done:
            self._one()
            if perf_counter() >= until:
                break

    def read_all(self) -> None:
        """Play to the end, for tests and pictures."""
        self.read(float("inf"))

    def _one(self) -> None:
        step = next(self._again, None)
        if step is None or isinstance(step, Untrue):
            self.done = True
            if step is not None:
                self.trouble = trouble_words(self.showing, step, self.length)
            return
        before, after, number = self._before, step.state, self.length
        why = self.showing.reasons[number] if number < len(self.showing.reasons) else ""
        entry = Entry(step.faction, step.turn, step.order, step.events, why)
        self.entries.append(entry)
        self.chronicle.tell(number, before, after, entry.events)
        if isinstance(entry.order, od.EndTurn):
            self.chronicle.ended(entry.faction, number)
            if not after.clock.over:
                self.phases.append(Phase(number + 1, after.clock.turn, after.faction))
                self._opened.append(after.with_fresh_answers())
        self._before = after

    # --- winding ---

    def phase_at(self, moment: int) -> int:
        """Number of the faction's turn in which a moment lies."""
        return bisect_right(self.phases, moment, key=lambda one: one.orders) - 1

    def end_of(self, phase: int) -> int:
        """The last moment of a faction's turn, as far as it has been read."""
        return self.phases[phase + 1].orders - 1 if phase + 1 < len(self.phases) else self.length

    def state_after(self, moment: int) -> State:
        """The state after so many orders."""
        phase = self.phase_at(moment)
        start, state = self.phases[phase].orders, self._opened[phase]
        if start <= self._last[0] <= moment:
            start, state = self._last
        for entry in self.entries[start:moment]:
            state = engine.apply(state, entry.order)[0]
        self._last = moment, state
        return state

    def wind(self, session: Session, moment: int) -> None:
        """Bring a session to a moment."""
        session.state, session.entries = self.state_after(moment), self.entries[:moment]
        at_end = self.done and not self.trouble and moment == self.length
        session.conceded = self.showing.conceded if at_end else -1

    def witness(self, eyes: int, seat: int, moment: int) -> Witness:
        """Who saw the order that led to a moment."""
        before = self.state_after(moment - 1)
        after = self.state_after(moment)
        return Onlooker(seat, before, after) if eyes == EVERYTHING else Witness(eyes, before, after)
