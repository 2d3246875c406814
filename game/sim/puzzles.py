"""``puzzles``: a player tries small tasks with clear pass lines, each in twenty variants of the dice.

A variant is passed when all pass lines hold, a puzzle with 16 variants of 20 (or as large a share of others). The lines
written by hand are players too, ``reference`` and ``trap``: the one shows that a puzzle can be solved, the other that
the obvious mistake does not solve it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from game import engine
from game import orders as od
from game.ai.players import make_player
from game.dice import derived_seed
from game.events import AttackResolved
from game.rules.conditions import all_of, verdict
from game.scenario.files.puzzle import PassLine
from game.seats.minds import Player
from game.session import Session
from game.sim.puzzle_reading import ByTurn, Puzzle
from game.state import State

VARIANTS, ENOUGH = 20, 80
"""Variants of a puzzle, and the percent of them that must be passed."""

REFERENCE, TRAP = "reference", "trap"
LINES = (REFERENCE, TRAP)
"""Players that are lines written by hand."""

REFERENCE_PASSES, TRAP_PASSES = 90, 30
"""Percent of variants that a reference must pass at least, and a trap at most, for a puzzle to be fair."""


class LinePlayer:
    """A player that gives the orders of a line, turn by turn; what the rules refuse is left out."""

    def __init__(self, orders: ByTurn) -> None:
        self.why = ""
        self._orders = orders
        self._turn, self._left = 0, list[od.Order]()

    def decide(self, view: engine.View) -> od.Order:
        """The next order of the line that the rules take."""
        if self._turn != view.state.clock.turn:
            self._turn = view.state.clock.turn
            self._left = list(self._orders.get(self._turn, ()))
        while self._left:
            order = self._left.pop(0)
            if engine.refusal(view.state, order) is None:
                self.why = "as the line says"
                return order
        self.why = "the line has no more orders for this turn"
        return od.EndTurn()


@dataclass(frozen=True, slots=True)
class Tried:
    """One variant of a puzzle, tried by a player: which pass lines held, and who failed to give orders."""

    puzzle: str
    player: str
    variant: int
    held: tuple[bool, ...]
    forfeits: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether all lines held."""
        return all(self.held)

    def plain(self) -> dict[str, Any]:
        """As a line of JSON."""
        return {
            "puzzle": self.puzzle, "player": self.player, "variant": self.variant, "passed": self.passed,
            "held": list(self.held), "forfeits": list(self.forfeits),
        }  # fmt: skip


@dataclass(slots=True)
class _Watch:
    """What pass lines have asked so far."""

    puzzle: Puzzle
    faction: int
    attacks: list[tuple[int, AttackResolved]] = field(default_factory=list)
    ends: dict[int, list[bool]] = field(default_factory=dict)
    """Turn -> for each pass line whether its triggers held as that turn ended."""

    def note(self, turn: int, events: Sequence[Any]) -> None:
        """What an order brought."""
        self.attacks += [
            (turn, one) for one in events if isinstance(one, AttackResolved) and one.faction == self.faction
        ]

    def close(self, turn: int, state: State) -> None:
        """A turn has ended."""
        self.ends[turn] = [
            bool(line.when) and all_of(verdict(state, one) for one in line.when) is True
            for line in self.puzzle.file.pass_
        ]

    def held(self) -> Iterator[bool]:
        """Whether each pass line held."""
        for number, line in enumerate(self.puzzle.file.pass_):
            if line.attacks is not None:
                yield self._attacks(line)
            elif line.by is not None:
                yield any(self._at(turn, number) for turn in range(1, line.by + 1))
            else:
                yield all(self._at(turn, number) for turn in line.at or (self.puzzle.turns,))

    def _at(self, turn: int, number: int) -> bool:
        return turn in self.ends and self.ends[turn][number]

    def _attacks(self, line: PassLine) -> bool:
        rule, target, column = line.attacks, self.puzzle.target(line), self.puzzle.column(line)
        assert rule is not None
        asked = [one for turn, one in self.attacks if rule.from_ <= turn <= rule.to and target in (-1, one.target)]
        good = [one.column >= column and len(one.attackers) >= rule.units for one in asked]
        return {"each": all(good), "some": any(good), "none": not good}[rule.how]


def try_variant(puzzle: Puzzle, player: str, variant: int) -> Tried:
    """Let a player, or a line written by hand, try one variant of a puzzle. Raises ValueError for no such player."""
    world, file = puzzle.world, puzzle.file
    me = world.faction(file.plays)
    players: dict[int, Player] = {
        number: make_player((file.others or {}).get(one.id, "hold")) for number, one in enumerate(world.factions)
    }
    for name, orders in puzzle.scripts.items():
        players[world.faction(name)] = LinePlayer(orders)
    players[me] = LinePlayer(puzzle.lines.get(player, {})) if player in LINES else make_player(player)
    session = Session(world, derived_seed(variant, "puzzle", 0), players)
    watch = _Watch(puzzle, me)
    for entry in session.run():
        watch.note(entry.turn, entry.events)
        if session.state.clock.turn != entry.turn or session.over:
            watch.close(entry.turn, session.state)
    forfeits = tuple(entry.forfeit for entry in session.forfeits)
    return Tried(puzzle.id, player, variant, tuple(watch.held()), forfeits)


def try_puzzles(puzzles: Sequence[Puzzle], players: Sequence[str], variants: int) -> Iterator[Tried]:
    """Every variant of every puzzle by every player; a line that a puzzle does not have is left out."""
    for puzzle in puzzles:
        for player in players:
            if player not in LINES or player in puzzle.file.lines:
                for variant in range(1, variants + 1):
                    yield try_variant(puzzle, player, variant)
