"""The log of the turns before a game was loaded: its orders are played again, a little in each frame, and told anew.

A save keeps orders, not what they brought; playing a whole campaign again takes seconds, which nobody should wait for.
"""

from __future__ import annotations

from time import perf_counter

from game import engine
from game import orders as od
from game.session import Session
from game.state.tables import State
from game.ui.table.chronicle import Chronicle
from game.words import say

BUDGET = 0.004
"""Seconds of a frame; a single order may take longer."""
CHANGED = say("The log begins here: the scenario changed during the game, so earlier turns cannot be shown.")
OTHERS = say("The log begins here: earlier turns were played under other rules and cannot be shown.")


class Retelling:
    """Plays the orders of a loaded session again beside it, into a chronicle of its own."""

    def __init__(self, session: Session) -> None:
        self._world, self._seed = session.world, session.seed
        self._orders = [entry.order for entry in session.entries]
        self._due = dict(session.digests)
        self._state: State | None = None
        self._number = 0
        self.orders = len(self._orders)
        self.chronicle = Chronicle(session, told=False)
        self.trouble = CHANGED if session.changed else ""
        self.done = bool(self.trouble)

    @property
    def share(self) -> float:
        """How much is done, 0 to 1."""
        return self._number / max(1, len(self._orders))

    def step(self, seconds: float = BUDGET) -> bool:
        """Play on for about so long; whether all is told, or cannot be."""
        until = perf_counter() + seconds
        while not self.done:
            self._one()
            if perf_counter() >= until:
                break
        return self.done

    def _one(self) -> None:
        if self._state is None:
            self._state, events = engine.opening(self._world, self._seed)
            self.chronicle.tell(-1, self._state, self._state, events)
            return
        if self._number >= len(self._orders):
            self.done = True
            return
        before, order = self._state, self._orders[self._number]
        try:
            after, events = engine.apply(before, order)
        except (engine.Refused, ValueError, LookupError):
            self._give_up()
            return
        if after.clock.turn != before.clock.turn and self._due.get(after.clock.turn, "") != after.digest():
            self._give_up()
            return
        self.chronicle.tell(self._number, before, after, events)
        if isinstance(order, od.EndTurn):
            self.chronicle.ended(before.faction, self._number)
        self._state = after
        self._number += 1

    def _give_up(self) -> None:
        self.trouble, self.done = OTHERS, True
