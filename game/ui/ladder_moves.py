"""What moved the ladder between the blocs in a game, as the page on the blocs tells it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from game.rules.scripted import turn_days
from game.scenario.calendar import spoken
from game.scenario.world import World
from game.words import say, sentence


class MovedLadder(Protocol):
    """The ladder moved, or stayed where it might have moved."""

    @property
    def turn(self) -> int:
        """In which turn."""
        ...

    @property
    def before(self) -> int:
        """The rung before."""
        ...

    @property
    def after(self) -> int:
        """The rung after."""
        ...

    @property
    def why(self) -> str:
        """What moved it, in words."""
        ...


class MoveLine(NamedTuple):
    """A move as it is told: its days, from which rung to which, and why."""

    days: str
    step: str
    why: str


def move_lines(world: World, moves: Sequence[MovedLadder]) -> Iterator[MoveLine]:
    """What moved the ladder, the newest first."""
    for one in reversed(moves):
        first, last = turn_days(world, one.turn)
        days = say("turn {n}, {first} to {last}", n=one.turn, first=spoken(first), last=spoken(last))
        stayed = one.before == one.after
        step = say("stays at {n}", n=one.after) if stayed else f"{one.before} → {one.after}"
        yield MoveLine(days, step, sentence(one.why))
