"""A game in progress: the current state, how it came about, and who plays which faction.

The one mutable object outside the front end. Everything that happens goes through :meth:`Session.give`, so
the table, the headless runner and the records see the same orders and events in the same sequence.

    >>> from game import engine
    >>> from game.ai.players import make_player
    >>> world = engine.load_scenario("tutorial")
    >>> session = Session(world, seed=7, players={n: make_player("hold") for n in range(len(world.factions))})
    >>> len(list(session.run())), session.over
    (18, True)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from game import engine
from game import orders as od
from game.events import Event
from game.log import Log, OrderLine, chain_start
from game.plans import Plans
from game.rules.victory import Outcome, outcome
from game.scenario.world import World
from game.seats.forfeits import decided
from game.seats.minds import Minds, Player
from game.seats.undoing import Sighted, why_final
from game.state import State
from game.words import say

__all__ = ["Entry", "Player", "Session"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One order and what it brought. Entries from before a game was loaded carry no events. ``forfeit`` says how the
    player failed who should have given another order (:mod:`game.seats.forfeits`)."""

    faction: int
    turn: int
    order: od.Order
    events: tuple[Event, ...]
    why: str = ""
    forfeit: str = ""


@dataclass(slots=True)
class Session:
    """``players`` holds a player by faction number; a faction without one is a human seat that answers later.

    ``names`` says how each player was called for (``staff``, ``random``): what a record keeps of it.
    """

    world: World
    seed: int
    players: dict[int, Player] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    state: State = field(init=False)
    opening: tuple[Event, ...] = field(init=False)
    entries: list[Entry] = field(default_factory=list)
    conceded: int = -1
    changed: tuple[int, ...] = ()
    """After how many orders the scenario was exchanged in mid-game: those before it cannot be played again."""
    log: Log = field(init=False)
    """The written log; :attr:`lines` brings it up to date."""
    minds: Minds = field(default_factory=Minds)
    """What computer players have in mind."""
    plans: Plans = field(default_factory=Plans)
    """What people have resolved for later turns."""
    lesson: str = ""
    """The step of the scenario's coach that its player has reached, by its id."""
    _digests: list[tuple[int, str]] = field(default_factory=list)
    _openings: list[State] = field(default_factory=list)
    """The moments in which turns have opened since anybody asked for their digests."""
    _undo: list[tuple[State, int]] = field(default_factory=list)
    _redo: list[Entry] = field(default_factory=list)
    _lost_redo: bool = False
    """Whether an order was given after others had been undone, so that those cannot be redone."""
    _final: str = ""
    """Why the last order that cannot be taken back is such a one."""
    _sighted: Sighted | None = None

    def __post_init__(self) -> None:
        self.state, self.opening = engine.opening(self.world, self.seed)
        self._openings.append(self.state.with_fresh_answers())
        self.log = Log(chain_start(self.world.digest, self.seed))

    @classmethod
    def resumed(cls, world: World, seed: int, state: State, log: Log) -> Session:
        """A session that goes on from a later moment; whoever restores it fills in entries and digests."""
        session = cls.__new__(cls)
        session.world, session.seed, session.state, session.log, session.opening = world, seed, state, log, ()
        session.players, session.names, session.entries, session._digests, session._openings = {}, {}, [], [], []
        session.minds, session.plans, session.lesson = Minds(), Plans(), ""
        session.conceded, session.changed, session._undo, session._redo = -1, (), [], []
        session._lost_redo = False
        session._final, session._sighted = say("the game was loaded or changed since then"), None
        return session

    @property
    def digests(self) -> list[tuple[int, str]]:
        """Turn and digest of the state in which each turn opened; worked out when somebody asks."""
        self._digests += [(state.clock.turn, state.digest()) for state in self._openings]
        self._openings.clear()
        return self._digests

    @digests.setter
    def digests(self, known: list[tuple[int, str]]) -> None:
        self._digests, self._openings = known, []

    def seat(self, faction: int, player: Player | None, name: str = "") -> None:
        """Change who plays a faction, also in mid-game: a player with its name, or None for a human seat."""
        self.players.pop(faction, None)
        self.names.pop(faction, None)
        self.minds.forget(faction)
        if player is not None:
            self.plans.forget(faction)
            self.players[faction] = player
            self.names[faction] = name

    @property
    def over(self) -> bool:
        """Whether the game has ended."""
        return bool(self.state.clock.over) or self.conceded >= 0

    @property
    def waiting_for_human(self) -> bool:
        """Whether the faction to play is a human seat."""
        return not self.over and self.state.faction not in self.players

    def give(self, order: od.Order, why: str = "", forfeit: str = "") -> tuple[Event, ...]:
        """Carry out an order of the faction to play; raises engine.Refused and then nothing has changed.

        >>> mine = Session(world, seed=7)
        >>> mine.give(od.DigIn("t-guns"))[0]
        OrderGiven(faction=0, text='dig-in t-guns')
        >>> mine.undo(), len(mine.entries)
        (True, 0)
        """
        before = self.state
        state, events = engine.apply(before, order)
        self.state = state
        entry = Entry(before.faction, before.clock.turn, order, events, why, forfeit)
        self._lost_redo = not isinstance(order, od.EndTurn) and (self._lost_redo or bool(self._redo))
        self._redo.clear()
        final = self._why_final(before, order, events)
        if final:
            self._final = final
            self._undo.clear()
        else:
            self._undo.append((before, len(self.entries)))
        self.entries.append(entry)
        if state.clock.turn != before.clock.turn:
            self._openings.append(state.with_fresh_answers())
        return events

    def ask(self) -> engine.View:
        """What the player of the faction to play decides on now; raises RuntimeError at a human seat.

        Whoever lets a player decide begins here, so that a save made in the middle of its turn can go on from there.
        """
        player = self.players.get(self.state.faction)
        if player is None or self.over:
            raise RuntimeError("no player to ask: the seat is a human's, or the game has ended")
        return self.minds.ask(player, self.state, len(self.entries))

    def step(self) -> Entry:
        """Let the player of the faction to play give one order; raises RuntimeError at a human seat."""
        view = self.ask()
        self.give(*decided(self.players[self.state.faction], view, self.given))
        return self.entries[-1]

    @property
    def given(self) -> int:
        """Orders that the player to decide has given in this turn."""
        begun = self.minds.begun(self.state)
        return len(self.entries) - begun.orders if begun is not None else 0

    @property
    def forfeits(self) -> list[Entry]:
        """Where players failed and their turn was ended for them."""
        return [entry for entry in self.entries if entry.forfeit]

    def run(self, limit: int = 200_000) -> Iterator[Entry]:
        """Entries as the players play, until a human seat must decide or the game ends."""
        for _ in range(limit):
            if self.over or self.waiting_for_human:
                return
            yield self.step()

    # --- undo -----------------------------------------------------------------------------------------------

    def _why_final(self, before: State, order: od.Order, events: tuple[Event, ...]) -> str:
        if before.faction in self.players:
            return say("an AI player gave it")
        if self._sighted is None or not self._sighted.belongs(before):
            self._sighted = Sighted(before)
        return why_final(before, self.state, order, events, self._sighted)

    def why_no_undo(self) -> str:
        """Why the last order cannot be taken back, "" when it can."""
        if self._undo:
            return ""
        if not self.entries or self.entries[-1].faction != self.state.faction:
            return say("you have given no order this turn")
        return self._final

    def why_no_redo(self) -> str:
        """Why no order can be given again, "" when one can."""
        if self._redo:
            return ""
        return say("an order given since takes its place") if self._lost_redo else say("you have undone no order")

    def undo(self) -> bool:
        """Take back the last order, if it taught nobody anything (:mod:`game.seats.undoing`)."""
        if not self._undo:
            return False
        self.state, length = self._undo.pop()
        self._redo.append(self.entries[length])
        self._lost_redo = False
        del self.entries[length:]
        self.log.cut(length)
        return True

    def redo(self) -> bool:
        """Give the order again that was taken back last."""
        if not self._redo:
            return False
        entry, rest = self._redo[-1], self._redo[:-1]
        self.give(entry.order, entry.why)
        self._redo, self._lost_redo = rest, False
        return True

    @property
    def lines(self) -> list[OrderLine]:
        """The log: a line for each order, chained. Written when it is asked for, so that it costs nothing in play."""
        grid, factions = self.world.grid, self.world.factions
        for entry in self.entries[len(self.log.lines) :]:
            self.log.add(factions[entry.faction].id, entry.turn, entry.order, entry.events, grid)
        return self.log.lines

    @property
    def orders(self) -> list[od.Order]:
        """All orders so far."""
        return [entry.order for entry in self.entries]

    def concede(self, faction: int) -> None:
        """A faction gives up: the game ends, scored as it stands, with that faction in the worst band."""
        self.conceded = faction

    @property
    def outcome(self) -> Outcome | None:
        """How the game ended, by its last turn or because somebody gave up; None while it goes on."""
        return outcome(self.state, self.conceded)
