"""Is a record true? Its orders are played again, and each must bring about what the record says it did.

Loading a save and ``verify`` ask the same proof, so what one refuses the other refuses, by the same code. A proof
comes a little at a time: a window stays alive meanwhile. What was played under other rules, or in a scenario that
was changed in mid-game, cannot be proved at all: that is told before anything is played.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from game import engine
from game import orders as od
from game.events import Event
from game.log import RULES, Log, OrderLine, chain_start
from game.records.contents import SaveContents, changes_in, midway_flaw
from game.records.envelope import BadRecord
from game.scenario.world import World
from game.state import State
from game.words import say

SHOWN = 120
UNPROVABLE = frozenset(["S206", "S207"])
"""Faults of saves that nobody can prove, though they may be true."""
ANOTHER = "use another copy of the file"


@dataclass(frozen=True, slots=True)
class Untrue:
    """What a record says and the game does not do. ``line`` is its line in a replay, 0 in a save."""

    code: str
    what: str
    fix: str
    line: int = 0

    def fault(self) -> BadRecord:
        """The same as a fault of loading."""
        return BadRecord(self.code, self.what, self.fix, str(self.line) if self.line else "")


class Proof:
    """The orders of a record being played again. ``state`` is how far it has come, ``fault`` what is not true."""

    def __init__(
        self, world: World, seed: int, lines: Sequence[OrderLine], due: Mapping[int, str], places: Sequence[int] = ()
    ) -> None:
        self.world, self.lines, self.due = world, lines, due
        self.fault: Untrue | None = None
        self.orders = 0
        """How many orders were found true."""
        self.agreed: list[int] = []
        """The turns that opened in the recorded state."""
        self._places = places
        self.state, _ = engine.opening(world, seed)
        self.log = Log(chain_start(world.digest, seed))
        self._opened()

    @property
    def done(self) -> bool:
        """Whether there is nothing left to play."""
        return self.fault is not None or self.orders >= len(self.lines)

    @property
    def share(self) -> float:
        """How much is done, 0 to 1."""
        return self.orders / max(1, len(self.lines))

    def step(self, seconds: float) -> bool:
        """Play orders for about so long, one at least; whether all is done."""
        until = perf_counter() + seconds
        while not self.done:
            self.one()
            if perf_counter() >= until:
                break
        return self.done

    def through(self) -> Untrue | None:
        """Play all that is left; the first thing that is not true, or None."""
        while not self.done:
            self.one()
        return self.fault

    def one(self) -> tuple[Event, ...]:
        """Play the next order; what it brought about, nothing where it is not true."""
        line, before = self.lines[self.orders], self.state
        flaw = _flaw_before(before, line)
        if flaw:
            self._untrue("R203", say("{flaw}.", flaw=flaw))
            return ()
        order = od.parse_order(line.order, self.world.grid)
        self.state, events = engine.apply(before, order)
        self.log.add(line.faction, line.turn, order, events, self.world.grid)
        again = self.log.lines[-1]
        if again.dice != line.dice:
            told = say("dice do not match: recorded {dice}, rolled {rolled}.", dice=line.dice, rolled=again.dice)
            self._untrue("R204", told)
        elif again.mark != line.mark:
            self._untrue("R205", say("it leads to another state than the record says."))
        else:
            self.orders += 1
            if self.state.clock.turn > line.turn:
                self._opened()
        return events

    def _untrue(self, code: str, what: str) -> None:
        line = self.lines[self.orders]
        told = say(
            "order {number} (turn {turn}, {faction}: {order}): {what}",
            number=self.orders + 1, turn=line.turn, faction=line.faction, order=line.order[:SHOWN], what=what,
        )  # fmt: skip
        fix = "the orders before it are true; use another copy of the file"
        self.fault = Untrue(code, told, fix, self._places[self.orders] if self._places else 0)

    def _opened(self) -> None:
        turn = self.state.clock.turn
        if self.due.get(turn) == self.state.digest():
            self.agreed.append(turn)
            return
        what = say(
            "turn {turn} does not open in the recorded state, after {orders} orders: digests, seed or scenario.",
            turn=turn, orders=self.orders,
        )  # fmt: skip
        self.fault = Untrue("R206", what, ANOTHER)


def _flaw_before(state: State, line: OrderLine) -> str:
    """Why an order cannot be given in this moment, in words, "" when it can."""
    world = state.world
    if state.clock.over:
        return say("the game has ended before it")
    if (line.faction, line.turn) != (world.factions[state.faction].id, state.clock.turn):
        return say(
            "it is the turn of {name}, turn {turn}", name=world.factions[state.faction].id, turn=state.clock.turn
        )
    try:
        order = od.parse_order(line.order, world.grid)
    except ValueError as error:
        return str(error)
    refusal = engine.refusal(state, order)
    return "" if refusal is None else say("the order is refused: {refusal}", refusal=refusal)


# --- saves ----------------------------------------------------------------------------------------------------------


def unprovable(contents: SaveContents) -> Untrue | None:
    """Why the orders of a save prove nothing, None when they do."""
    if contents.header.rules != RULES:
        what = say(
            "it was played under rules {rules}, this game has {own}: its orders cannot be judged.",
            rules=contents.header.rules, own=RULES,
        )  # fmt: skip
        fix = say(
            "verify it with the game that wrote it ({game}); it can be loaded unproved and played on",
            game=contents.header.game[:SHOWN],
        )
        return Untrue("S206", what, fix)
    if changes := changes_in(contents):
        what = say(
            "its scenario was changed in mid-game, last after order {changes}: its orders prove nothing.",
            changes=changes[-1],
        )
        return Untrue("S207", what, "it can be loaded unproved and played on")
    return None


def proof_of(contents: SaveContents) -> Proof:
    """The proof of a save, not yet begun; ask :func:`end_of_save` when it is done."""
    return Proof(contents.world, contents.seed, contents.lines, dict(contents.digests))


def end_of_save(contents: SaveContents, proof: Proof) -> Untrue | None:
    """What is not true of a save all of whose orders were played again, None when all is."""
    if proof.fault is not None:
        return proof.fault
    if proof.log.head != contents.chain:
        return Untrue("S204", say("its orders are not the ones that were given: chain."), ANOTHER)
    if flaw := _unlike(proof.state, contents.state):
        return Untrue("S205", say("its orders do not lead to the state that it holds: {flaw}.", flaw=flaw), ANOTHER)
    if flaw := midway_flaw(contents):
        return Untrue("S205", say("{flaw}.", flaw=flaw), ANOTHER)
    return None


def _unlike(played: State, told: State) -> str:
    """Where a state is not the one that was played, "" when it is."""
    if played.digest() == told.digest():
        return ""
    ours, theirs = played.plain(), told.plain()
    for name in ours:
        if ours[name] != theirs[name]:
            return _first_other(played.world, name, ours[name], theirs[name])
    return say("its scenario was changed")


def _first_other(world: World, name: str, ours: Any, theirs: Any) -> str:
    if isinstance(ours, Mapping):
        key = next(key for key in ours if ours[key] != theirs[key])
        return _first_other(world, f"{name}.{key}", ours[key], theirs[key])
    if isinstance(ours, Sequence) and not isinstance(ours, str) and len(ours) == len(theirs):
        row = next(row for row, one in enumerate(ours) if one != theirs[row])
        of = world.roster.id[row] if name.startswith(("units.", "intel[")) else str(row)
        return _first_other(world, f"{name}[{of}]", ours[row], theirs[row])
    return say("{name} is {told}, played {played}", name=name, told=_short(theirs), played=_short(ours))


def _short(value: Any) -> str:
    return str(value)[:40]
