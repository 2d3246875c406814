"""A draft: a cheap copy of a state that rules change, one event at a time."""

from __future__ import annotations

from typing import Any

from game import dice
from game.events import DiceRolled, Event
from game.state import evolve, writing
from game.state.tables import State, TableName, Working


class Draft(Working):
    """The moment while an order is carried out. Ask it anything a state can answer; change it only by ``emit``."""

    __slots__ = (
        "world",
        "seed",
        "units",
        "hexes",
        "sites",
        "places",
        "factions",
        "intel",
        "clock",
        "own",
        "answers",
        "events",
    )

    def __init__(self, state: State) -> None:
        self.world, self.seed, self.clock = state.world, state.seed, state.clock
        self.units, self.hexes, self.sites = state.units, state.hexes, state.sites
        self.places, self.factions, self.intel = state.places, state.factions, state.intel
        self.own: dict[TableName, list[str]] = {}
        self.answers: dict[Any, Any] = evolve.lasting(state.answers)
        self.events: list[Event] = []

    def emit(self, event: Event) -> None:
        """Let something happen: the tables change, the event is kept for the log."""
        evolve.evolve(self, event)
        self.events.append(event)

    def roll(self, label: str, about: str) -> tuple[int, int]:
        """Throw two dice and log them; a second throw about the same thing gets its own number."""
        key = self._fresh_key(label, about)
        pair = dice.two_dice(self.seed, label, self.clock.turn, key)
        self.emit(DiceRolled(label, key, 6, pair))
        return pair

    def roll_percent(self, label: str, about: str) -> int:
        """Throw 1 to 100 for a purpose and write it into the log."""
        key = self._fresh_key(label, about)
        value = dice.percent(self.seed, label, self.clock.turn, key)
        self.emit(DiceRolled(label, key, 100, (value,)))
        return value

    def roll_die(self, label: str, about: str, faces: int = 6) -> int:
        """Throw one die for a purpose and write it into the log."""
        key = self._fresh_key(label, about)
        value = dice.die(self.seed, label, self.clock.turn, key, 0, faces)
        self.emit(DiceRolled(label, key, faces, (value,)))
        return value

    def _fresh_key(self, label: str, about: str) -> str:
        stem = f"{label}:{about}#"
        times = sum(1 for used in self.clock.used if used.startswith(stem))
        return f"{about}#{times + 1}"

    def snapshot(self) -> State:
        """The moment as a state of its own; the draft may go on afterwards, and copies what it writes from here on."""
        state = self.finish()
        self.own.clear()
        return state

    def finish(self) -> State:
        """The finished state; the draft must not be used afterwards."""
        writing.fixed(self)
        return State(
            self.world,
            self.seed,
            self.units,
            self.hexes,
            self.sites,
            self.places,
            self.factions,
            self.intel,
            self.clock,
            evolve.lasting(self.answers),
        )
