"""The AI's turns at the table: a few orders a frame, shown where the seat can see them, and never in the way."""

from __future__ import annotations

from itertools import pairwise
from threading import Thread
from time import perf_counter
from typing import Protocol

from game import engine
from game import orders as od
from game.events import BOMBARD, AttackResolved, FireResolved, UnitMoved
from game.seats.forfeits import Decision, decided
from game.session import Entry, Session
from game.state.tables import State
from game.telling.witness import Witness
from game.ui.kit.theme import Theme
from game.ui.mapview.arrows import Arrow
from game.ui.mapview.fight import LENGTH
from game.ui.scene import Desk
from game.ui.settings import ANIMATION
from game.ui.table.chronicle import Chronicle
from game.ui.table.map_desk import MapDesk
from game.ui.table.stage import PACES, Stage

BUDGET = 0.012
"""Seconds a frame that the window waits for the players."""


class Audience(Protocol):
    """Who looks on while others play."""

    desk: Desk
    session: Session
    chronicle: Chronicle
    view: engine.View
    seat: int
    curtain: bool
    stage: Stage
    board: MapDesk

    def follow(self, here: int, arrows: tuple[Arrow, ...]) -> None:
        """Look at what just happened."""
        ...

    def remember(self, before: State, entry: Entry) -> None:
        """Keep what was to be seen of an order."""
        ...

    def say(self, words: str) -> None:
        """Tell whoever sits at the table."""
        ...


class Thought:
    """A player's next decision, worked out beside the window so that it keeps answering.

    A decision is a function of the view and of what its player saw before, so where it is worked out changes nothing.
    One that comes too late, because the seat or the moment has changed meanwhile, is dropped.
    """

    def __init__(self, session: Session) -> None:
        self.state = session.state
        self.player = session.players[session.state.faction]
        self._view, self._given = session.ask(), session.given
        self._decision: Decision | None = None
        self._problem: BaseException | None = None
        self._thread = Thread(target=self._think, daemon=True)
        self._thread.start()

    def _think(self) -> None:
        try:
            self._decision = decided(self.player, self._view, self._given)
        except BaseException as problem:
            self._problem = problem

    def fits(self, session: Session) -> bool:
        """Whether the session still waits for this decision."""
        return self.state is session.state and session.players.get(session.state.faction) is self.player

    def decision(self, patience: float) -> Decision | None:
        """The decision, None while it is not ready."""
        self._thread.join(patience)
        if self._problem is not None:
            raise self._problem
        return self._decision


class Playback:
    """Lets the players of the session give their orders, at a pace one can follow."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.skipping = False
        self.paused = False
        self._wait = 0.0
        self._thought: Thought | None = None

    @property
    def speed(self) -> str:
        """How fast orders are shown, in a word."""
        return self.desk.settings.animation

    def other_speed(self) -> str:
        """The name of the next speed, round and round."""
        return ANIMATION[(ANIMATION.index(self.speed) + 1) % len(ANIMATION)]

    def skip(self) -> None:
        """Show nothing more until a person is to play."""
        self.skipping, self._wait = True, 0.0

    def advance(self, table: Audience, seconds: float) -> bool:
        """Let time pass; whether anything happened."""
        session = table.session
        if self.paused or session.over or session.waiting_for_human:
            return False
        self._wait -= seconds
        if self._wait > 0:
            return False
        until, happened = perf_counter() + BUDGET, False
        while not session.over and not session.waiting_for_human:
            before = session.state
            entry = self._step(session, max(0.0, until - perf_counter()))
            if entry is None:
                break
            happened = True
            table.chronicle.note(session, before)
            table.remember(before, entry)
            if entry.forfeit:
                table.say(f"{session.world.factions[entry.faction].name} {entry.why}.")
            if self._shown(table, before, entry) or perf_counter() >= until or isinstance(entry.order, od.EndTurn):
                break  # the start of each faction's turn is for the table to keep
        return happened

    def _step(self, session: Session, patience: float) -> Entry | None:
        """The next order of a player, None while he thinks."""
        if self._thought is None or not self._thought.fits(session):
            self._thought = Thought(session)
        decision = self._thought.decision(patience)
        if decision is None:
            return None
        self._thought = None
        session.give(*decision)
        return session.entries[-1]

    def _shown(self, table: Audience, before: State, entry: Entry) -> bool:
        """Show an entry if the seat can see it; whether there is something to look at now."""
        pause = self.desk.settings.pace
        if self.skipping or not pause or table.curtain:
            return False
        lines = [line for line in table.chronicle.newest(table.seat, len(table.session.entries) - 1) if line.hex >= 0]
        if not lines or lines[0].kind == "supply":
            return False
        after = table.session.state
        arrows = seen_arrows(Witness(table.seat, before, after), entry, table.desk.theme)
        fight = table.stage.fought(
            table.view.state, table.board.stacks, Witness(table.seat, before, after), entry, own=False
        )
        table.stage.heard(Witness(table.seat, before, after), entry)
        table.follow(lines[0].hex, arrows)
        self._wait = max(pause, LENGTH / PACES[self.speed]) if fight is not None else pause
        return True


def seen_arrows(witness: Witness, entry: Entry, theme: Theme) -> tuple[Arrow, ...]:
    """Arrows of the marches, attacks and bombardments in an entry, as far as the witness saw them."""
    out = []
    path: list[int] = []
    for event in witness.cut(entry.events):
        if isinstance(event, UnitMoved):
            steps = [here for here in (event.start, *event.path) if here >= 0]
            path += [here for here in steps if not path or here != path[-1]]
        elif isinstance(event, AttackResolved) and event.target >= 0:
            out += [Arrow((origin, event.target), theme.marks.bad, "attack") for origin in dict.fromkeys(event.origins)]
        elif isinstance(event, FireResolved) and event.unit >= 0 and event.kind == BOMBARD:
            here = witness.hex_of(event.unit)
            if here >= 0 and here != event.target:
                out.append(Arrow((here, event.target), theme.marks.warn, "attack"))
    if len(path) > 1 and all(witness.world.grid.distance(a, b) == 1 for a, b in pairwise(path)):
        out.insert(0, Arrow(tuple(path), theme.livery(witness.world.factions[entry.faction].look).edge, "move"))
    return tuple(out)
