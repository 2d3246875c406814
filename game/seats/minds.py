"""What computer players have in mind, as far as a save must keep it: so that a loaded game is the same game.

Two things are kept. A *memory* is what a player takes from one turn into the next; it tells it itself, in plain values.
What it works out within a turn is not written down: the moment in which it was first asked in this turn is, and after
loading it is asked again from there, until it has given the same orders. Players need nothing but the promise that they
keep anyway: the same memory and the same views bring the same orders.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

from game import engine
from game import orders as od
from game.scenario.world import World
from game.seats.forfeits import decided
from game.state import State


class Player(Protocol):
    """Whoever decides for a faction. Asked again after each order; ``why`` explains the last decision in words."""

    why: str

    def decide(self, view: engine.View) -> od.Order:
        """The next order, worked out from the view, and from what this player has seen in this turn or remembers."""
        ...


@runtime_checkable
class Remembering(Protocol):
    """A player that takes something from one turn into the next. Others begin each turn anew."""

    def memory(self) -> dict[str, Any]:
        """What it will know when its next turn opens: texts, whole numbers, lists and mappings, units by id."""
        ...

    def recall(self, plain: Any, world: World, faction: int) -> None:
        """Go on as after :meth:`memory`; raises ValueError, naming the field, for what it never gave."""
        ...


def memory_of(player: Player) -> dict[str, Any]:
    """What a player remembers, {} where it does not."""
    return player.memory() if isinstance(player, Remembering) else {}


@dataclass(frozen=True, slots=True)
class Midway:
    """Where the player to decide was first asked in its turn, after how many orders, and what it remembered then."""

    state: State
    orders: int
    memory: Mapping[str, Any]


@dataclass(slots=True)
class Minds:
    """The minds of a session. ``kept`` holds memories of a save whose players nobody has seated yet."""

    kept: dict[int, Mapping[str, Any]] = field(default_factory=dict)
    midway: Midway | None = None
    _asked: Player | None = None

    def ask(self, player: Player, state: State, orders: int) -> engine.View:
        """The view on which a player is to decide now; the first one of its turn is noted."""
        if self._asked is not player or self.begun(state) is None:
            self.midway, self._asked = Midway(state, orders, memory_of(player)), player
        return engine.view(state, state.faction)

    def begun(self, state: State) -> Midway | None:
        """Where the player to decide in a moment was first asked, None before that."""
        if self.midway is None or _turn(self.midway.state) != _turn(state):
            return None
        return self.midway

    def forget(self, faction: int) -> None:
        """Somebody else sits down for a faction."""
        self.kept.pop(faction, None)
        if self.midway is not None and self.midway.state.faction == faction:
            self.midway, self._asked = None, None

    def memories(self, players: Mapping[int, Player], state: State) -> dict[int, Mapping[str, Any]]:
        """What each player takes with it, by faction. Of the one to decide it is what it brought into this turn."""
        found = {faction: memory_of(player) for faction, player in players.items()}
        begun = self.begun(state)
        if begun is not None and state.faction in players:
            found[state.faction] = dict(begun.memory)
        return {**self.kept, **{faction: memory for faction, memory in found.items() if memory}}

    def thinks_again(self, player: Player, orders: Sequence[od.Order], now: State) -> bool:
        """Bring the player to decide to where it was; whether it gave the same orders again, to the same end."""
        begun = self.begun(now)
        if begun is None:
            return True
        state = begun.state
        for given, order in enumerate(orders[begun.orders :]):
            if decided(player, engine.view(state, state.faction), given).order != order:
                return False
            state, _ = engine.apply(state, order)
        self._asked = player
        return True


def _turn(state: State) -> tuple[int, int]:
    return state.clock.turn, state.clock.active
