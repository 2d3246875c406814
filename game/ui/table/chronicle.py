"""What each faction has been told so far: the lines behind the message log and the turn reel."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from typing import NamedTuple

from game import orders as od
from game.events import Event, LadderMoved
from game.session import Session
from game.state.tables import State
from game.telling import Witness, tell
from game.telling.witness import Onlooker
from game.ui.panels.log_panel import LogLine

RECENT = 200
"""How many lines of the log there are at an earlier moment of a game."""


class HolderChanged(NamedTuple):
    """A place changed hands in this game: in which entry and turn, where, and who took it (-1 nobody)."""

    entry: int
    turn: int
    hex: int
    by: int


class LadderStep(NamedTuple):
    """The ladder between the blocs moved in this game: in which entry and turn, between which rungs, and why."""

    entry: int
    turn: int
    before: int
    after: int
    why: str


class Chronicle:
    """Lines by faction, each tied to the entry of the session it tells of, so that an undo takes it away again."""

    def __init__(self, session: Session, told: bool = True, *, onlooker: int | None = None) -> None:
        """``onlooker``: a number under which it is kept too what somebody is told who sees everything."""
        factions = range(len(session.world.factions))
        self._onlooker = onlooker
        self._factions: Sequence[int] = factions if onlooker is None else (*factions, onlooker)
        self._told: dict[int, list[LogLine]] = {faction: [] for faction in self._factions}
        self._last: dict[int, int] = dict.fromkeys(self._factions, -1)
        self.changes: list[HolderChanged] = []
        """Named places that changed hands, in order. Who holds what is public."""
        self.ladder: list[LadderStep] = []
        """What moved the ladder, in order. That is public."""
        self.fronts: dict[int, Sequence[int]] = {}
        """Who held each hex at the end of a turn, by turn; public too. A held row is the state's own, never copied."""
        if told and not session.entries:
            self.tell(-1, session.state, session.state, session.opening)
        for number, entry in enumerate(session.entries if told else ()):
            if isinstance(entry.order, od.EndTurn):
                self.ended(entry.faction, number)

    def ended(self, faction: int, number: int) -> None:
        """A faction has ended its turn with this entry."""
        self._last[faction] = number

    def note(self, session: Session, before: State) -> None:
        """The newest entry of the session has happened."""
        number = len(session.entries) - 1
        entry = session.entries[number]
        self.tell(number, before, session.state, entry.events)
        if isinstance(entry.order, od.EndTurn):
            self.ended(entry.faction, number)

    def tell(self, number: int, before: State, after: State, events: Collection[Event]) -> None:
        """What some events of an entry say to each faction; -1 is the opening of the game."""
        then, now = before.hexes.control, after.hexes.control
        self.fronts[before.clock.turn] = now
        if then is not now:
            turn, places = before.clock.turn, after.world.place_at
            self.changes += [HolderChanged(number, turn, here, now[here]) for here in places if then[here] != now[here]]
        moved = [event for event in events if isinstance(event, LadderMoved)]
        self.ladder += [LadderStep(number, before.clock.turn, e.before, e.after, e.why) for e in moved]
        for faction in self._factions:
            witness = Onlooker(before.faction, before, after) if faction == self._onlooker else None
            lines = tell(witness or Witness(faction, before, after), events)
            self._told[faction] += [LogLine(number, line.kind, line.text, line.hex, line.detail) for line in lines]

    def until(self, session: Session, number: int) -> Chronicle:
        """What had been told before an entry: the course of the game up to that moment, the latest lines alone."""
        out, state = Chronicle(session, told=False, onlooker=self._onlooker), session.state
        out.changes = [one for one in self.changes if one.entry < number]
        out.ladder = [one for one in self.ladder if one.entry < number]
        out.fronts = {turn: front for turn, front in self.fronts.items() if turn < state.clock.turn}
        out.fronts[state.clock.turn] = state.hexes.control
        for faction, lines in self._told.items():
            end = bisect_left(lines, number, key=lambda line: line.entry)
            out._told[faction] = lines[max(0, end - RECENT) : end]
        return out

    def precede(self, earlier: Chronicle) -> None:
        """What happened before the first line of this one has been told meanwhile: put it in front."""
        self.changes = [*earlier.changes, *self.changes]
        self.ladder = [*earlier.ladder, *self.ladder]
        self.fronts = {**earlier.fronts, **self.fronts}
        for faction in self._factions:
            self._told[faction] = [*earlier.lines(faction), *self._told[faction]]
            self._last[faction] = max(self._last[faction], earlier._last[faction])

    def note_to_all(self, words: str) -> None:
        """A line for everybody about the log itself, before all others."""
        for faction in self._factions:
            self._told[faction] = [LogLine(-1, "event", words), *self._told[faction]]

    def forget_after(self, entries: int) -> None:
        """Entries from this number on were taken back."""
        self.changes = [one for one in self.changes if one.entry < entries]
        self.ladder = [one for one in self.ladder if one.entry < entries]
        for faction in self._factions:
            self._told[faction] = [line for line in self._told[faction] if line.entry < entries]

    def lines(self, faction: int) -> list[LogLine]:
        """Everything a faction was told; the list grows in place."""
        return self._told.get(faction, [])

    def newest(self, faction: int, entry: int) -> list[LogLine]:
        """What a faction was told of one entry."""
        told = self._told.get(faction, [])
        out = []
        for line in reversed(told):
            if line.entry != entry:
                break
            out.append(line)
        return out[::-1]

    def has_played(self, faction: int) -> bool:
        """Whether a faction has ended a turn at this table."""
        return self._last[faction] >= 0

    def since_last_turn(self, faction: int) -> list[LogLine]:
        """What a faction was told since it ended its last turn, in short: without the working behind it."""
        lines = [line for line in self.lines(faction) if line.entry >= self._last[faction]]
        return [line._replace(detail="") for line in lines if line.kind != "phase"]
