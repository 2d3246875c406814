"""What moved the ladder between the blocs in a game, as the page on the blocs tells it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

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


def ladder_lines(world: World, moves: Iterable[MovedLadder]) -> Iterator[str]:
    """A table of what moved the ladder, the newest first; a sentence where nothing did."""
    moves = list(moves)
    if not moves:
        yield say("Nothing has moved the ladder in this game.")
        return
    yield say("| turn | days | from | to | why |")
    yield "|---|---|---|---|---|"
    for one in reversed(moves):
        first, last = turn_days(world, one.turn)
        days = say("{first} to {last}", first=spoken(first), last=spoken(last))
        stayed = one.before == one.after
        after = say("{n}, it stays", n=one.after) if stayed else str(one.after)
        yield f"| {one.turn} | {days} | {one.before} | {after} | {sentence(one.why)} |"
