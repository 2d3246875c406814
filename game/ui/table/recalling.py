"""What happened while others played: what each person saw of it, the reel at the start of a turn, and the log of a
loaded game, which is told anew a little in each frame in which the mouse rests.
"""

from __future__ import annotations

from typing import Protocol

from game.session import Entry, Session
from game.state.tables import State
from game.telling.witness import Witness
from game.ui.mapview.arrows import Arrow
from game.ui.panels.log_panel import LogLine
from game.ui.scene import Desk
from game.ui.table.chronicle import Chronicle
from game.ui.table.coach import Coach
from game.ui.table.map_desk import MapDesk
from game.ui.table.reel import Reel
from game.ui.table.retelling import BUDGET, Retelling
from game.ui.table.seats import Seats
from game.ui.table.standing import StandingOrders
from game.ui.table.turns import seen_arrows
from game.words import say

STILL = 0.1
"""Seconds after which the mouse rests: then there is time for work that a hand would feel."""


class RecalledTable(Protocol):
    """What recalling needs of the table."""

    desk: Desk
    session: Session
    chronicle: Chronicle
    places: Seats
    standing: StandingOrders
    board: MapDesk
    coach: Coach
    reel: Reel | None
    seat: int
    edition: int
    curtain: bool

    @property
    def playing(self) -> bool:
        """Whether a person may give orders now."""
        ...

    @property
    def rested(self) -> float:
        """Seconds since the mouse moved."""
        ...

    def show_log(self) -> None: ...


class Recalling:
    """Recalls for one table."""

    def __init__(self, table: RecalledTable) -> None:
        self.table = table
        self.seen: dict[tuple[int, int], tuple[Arrow, ...]] = {}
        """Arrows of the orders of others, by the seat that saw them and the entry, since its last turn."""
        self.retelling = _retelling(table.session)

    def started_anew(self, same_game: bool) -> None:
        """The table goes on with another session; ``same_game`` when its orders are those of the old one."""
        self.seen.clear()
        if not same_game:
            self.retelling = _retelling(self.table.session)

    def remember(self, before: State, entry: Entry) -> None:
        """Another player has given an order: what each person saw of it is kept for that person's reel."""
        table = self.table
        for seat in table.places.humans:
            arrows = seen_arrows(Witness(seat, before, table.session.state), entry, table.desk.theme)
            if arrows:
                self.seen[seat, len(table.session.entries) - 1] = arrows

    def forget(self, seat: int) -> None:
        """A seat ends its turn: what it saw before that is old."""
        self.seen = {key: arrows for key, arrows in self.seen.items() if key[0] != seat}

    def show_reel(self) -> None:
        """The reel of what the seat was told since its last turn, if anything."""
        table = self.table
        if table.coach.speaking:
            return  # what has happened is in the log; one voice is enough
        told = [LogLine(len(table.session.entries), "event", words, here) for words, here in table.standing.told]
        lines = [*told, *table.chronicle.since_last_turn(table.seat)]
        if lines and table.playing:
            played = table.chronicle.has_played(table.seat)
            title = say("Since your last turn") if played else say("The story so far")
            table.reel = Reel(table.desk, lines, self._show_line, title)

    def _show_line(self, line: LogLine) -> None:
        """A line of the reel on the map: its hex, and the marches and attacks of its order as the seat saw them."""
        self.table.board.bring_into_sight(line.hex, always=True)
        self.table.board.arrows = self.seen.get((self.table.seat, line.entry), ())

    def retell(self) -> None:
        """The log of the turns before the game was loaded, a little in each frame in which the mouse rests."""
        table = self.table
        if self.retelling is None or table.rested < STILL:
            return
        if not self.retelling.step(BUDGET * (3 if table.rested > 1.0 else 1)):
            return
        found, self.retelling = self.retelling, None
        if found.trouble:
            table.chronicle.note_to_all(found.trouble)
        else:
            table.chronicle.precede(found.chronicle)
        table.edition += 1
        if not table.curtain:
            table.show_log()
            if table.reel is None and table.playing and len(table.session.entries) == found.orders:
                self.show_reel()


def _retelling(session: Session) -> Retelling | None:
    return Retelling(session) if session.entries else None
