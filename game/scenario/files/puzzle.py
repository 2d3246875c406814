"""``puzzle.yaml``: what makes a scenario a puzzle for players. Only ``run_game.py puzzles`` reads it.

What has to be reached is said in the words of events (:mod:`game.scenario.triggers`), asked as turns end, and by rules
for the attacks that the player gives. Two lines of orders written by hand show that the puzzle can be solved, and that
the obvious mistake does not solve it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from game.scenario.area import Spot
from game.scenario.triggers import Faction, Trigger
from game.schema.spec import Contradiction, Doc, FormatVersion, Int, Name, Size, Text

PuzzleTurn = Annotated[int, Int(1, 99, "turn")]
Words = Annotated[str, Text(200, "the line in words, for the report")]


@dataclass(frozen=True, slots=True)
class AttackRule:
    """What is asked of the player's attacks in some turns."""

    how: Annotated[Literal["each", "some", "none"], Doc("each attack must be so; some attack must; none may be given")]
    from_: Annotated[PuzzleTurn, Doc("first turn")] = 1
    to: Annotated[PuzzleTurn, Doc("last turn")] = 99
    at: Annotated[Spot | None, Doc("only attacks on this hex; anywhere when left out")] = None
    odds: Annotated[str | None, Text(4, "the column that it must reach after shifts, such as 1:1")] = None
    units: Annotated[int, Int(1, 12, "units", "how many must attack together")] = 1


@dataclass(frozen=True, slots=True)
class PassLine:
    """One thing that must come true. Without ``by`` and ``at`` it is asked as the last turn ends."""

    words: Words
    when: Annotated[tuple[Trigger, ...], Doc("triggers that must all hold")] = ()
    by: Annotated[PuzzleTurn | None, Doc("they hold as some turn up to this one ends")] = None
    at: Annotated[tuple[PuzzleTurn, ...], Size(0, 30), Doc("they hold as each of these turns ends")] = ()
    attacks: Annotated[AttackRule | None, Doc("what is asked of the attacks of the player")] = None

    def contradictions(self) -> Iterator[Contradiction]:
        if bool(self.when) == (self.attacks is not None):
            yield Contradiction("when", "a line asks for triggers or for attacks", "give one of when and attacks")
        if self.by is not None and self.at:
            yield Contradiction("at", "a line is asked by a turn, or at some", "give one of by and at")
        if self.attacks is not None and (self.by is not None or self.at):
            yield Contradiction("attacks", "attacks have turns of their own", "use from and to of attacks")


@dataclass(frozen=True, slots=True)
class TurnOrders:
    """Orders of one turn, given one after the other; what the rules refuse is left out."""

    turn: Annotated[PuzzleTurn, Doc("turn in which they are given")]
    give: Annotated[
        tuple[Annotated[str, Text(200, "an order as the log writes it")], ...],
        Size(0, 60),
        Doc("the orders, each as the log writes it"),
    ]
    to: Annotated[PuzzleTurn | None, Doc("the same in each turn up to this one; in that one turn when left out")] = None

    def contradictions(self) -> Iterator[Contradiction]:
        if self.to is not None and self.to < self.turn:
            yield Contradiction("to", f"turn {self.to} comes before turn {self.turn}", "name a later turn")


@dataclass(frozen=True, slots=True)
class PuzzleLine:
    """Orders written by hand: a way to play the puzzle, or what an enemy does in it."""

    words: Words
    orders: Annotated[tuple[TurnOrders, ...], Size(0, 30), Doc("the turns in which orders are given")]


@dataclass(frozen=True, slots=True)
class PuzzleFile:
    """The file ``puzzle.yaml``."""

    format: FormatVersion
    title: Name
    teaches: Annotated[str, Text(200, "what a player must understand to solve it")]
    plays: Annotated[Faction, Doc("the faction whose player is tried")]
    pass_: Annotated[tuple[PassLine, ...], Size(1, 12), Doc("what must come true, all of it")]
    lines: Annotated[
        Mapping[Annotated[str, Text(20, "reference or trap")], PuzzleLine], Size(0, 6), Doc("lines written by hand")
    ]
    others: Annotated[
        Mapping[Faction, Annotated[str, Text(80, "a player", "staff")]] | None,
        Doc("who plays the other factions; `hold` where it is not said"),
    ] = None
    scripts: Annotated[
        Mapping[Faction, PuzzleLine] | None, Doc("other factions that follow orders written by hand, not a player")
    ] = None
