"""The log of a game: a line for each order, chained, so that the first line that was changed can be named.

A line holds the order, the dice that it threw and a *mark*: the head of a hash over the mark before it, the order
and everything that the order brought about. Since events alone change a state, equal marks mean equal games; and
hashing the events of one order costs far less than hashing the state after each.

    saa 3 attack saa-tig-taha 2114 - 0 0 | combat 4 3 | 9f31c2aa01d4
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields

from game import orders as od
from game.events import DiceRolled, Event
from game.hexgrid import HexGrid

ORDER_BYTES = 16 * 1024
"""Longest line of a log."""
RULES = 2
"""Version of the rules' code. Raise it when the same orders and seed no longer lead to the same game: older
replays are then refused instead of being blamed for orders that were true when they were given."""

MARK = 12
NO_DICE = "-"
WORDS = frozenset({"why", "text", "ledger", "result", "came"})
"""Parts of events that only tell a person about them: left out of the chain, so that a better word breaks no replay."""
_LINE = re.compile(
    r"(?P<faction>[A-Za-z][A-Za-z0-9_.-]{0,47}) (?P<turn>\d{1,4}) (?P<order>[ -{}~]+)"
    r" \| (?P<dice>[ -{}~]+) \| (?P<mark>[0-9a-f]{12})"
)


class BadLine(ValueError):
    """A line of a log that cannot be read."""


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One order as the log keeps it. ``order`` is its text form, ``dice`` what it threw, in order."""

    faction: str
    turn: int
    order: str
    dice: str
    mark: str

    def __str__(self) -> str:
        return f"{self.faction} {self.turn} {self.order} | {self.dice} | {self.mark}"


def read_line(text: str) -> OrderLine:
    """The line that ``str`` of an OrderLine gave; raises BadLine."""
    found = _LINE.fullmatch(text) if len(text) <= ORDER_BYTES else None
    if found is None:
        raise BadLine("a line reads FACTION TURN ORDER | DICE | MARK")
    return OrderLine(found["faction"], int(found["turn"]), found["order"], found["dice"], found["mark"])


def chain_start(world_digest: str, seed: int) -> bytes:
    """What the first mark follows on: the scenario, the seed and the rules' version."""
    return hashlib.sha256(f"DEZ log, rules {RULES}, scenario {world_digest}, seed {seed}".encode()).digest()


def chained(before: bytes, faction: str, turn: int, order: str, events: Iterable[Event]) -> bytes:
    """The chain after one more order."""
    happened = [[type(event).__name__, *_facts(event)] for event in events]
    text = json.dumps(happened, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(before + f"{faction} {turn} {order}\n{text}".encode()).digest()


def _facts(event: Event) -> Iterator[object]:
    return (getattr(event, f.name) for f in fields(event) if f.name not in WORDS)


def dice_of(events: Iterable[Event]) -> str:
    """The dice among some events, such as ``combat 4 3; incident 88``."""
    thrown = (f"{event.label} {' '.join(map(str, event.values))}" for event in events if isinstance(event, DiceRolled))
    return "; ".join(thrown) or NO_DICE


@dataclass(slots=True)
class Log:
    """Lines of a game in progress. Orders are written into it when somebody asks, not while they are given."""

    head: bytes
    """The chain after the last line."""
    lines: list[OrderLine] = field(default_factory=list)
    _heads: list[bytes] = field(default_factory=list)
    """The chain before each of the last lines: how far orders may be taken back."""

    def add(self, faction: str, turn: int, order: od.Order, events: Sequence[Event], grid: HexGrid) -> None:
        """Write the next order."""
        text = od.to_text(order, grid)
        self._heads.append(self.head)
        self.head = chained(self.head, faction, turn, text, events)
        self.lines.append(OrderLine(faction, turn, text, dice_of(events), self.head.hex()[:MARK]))

    def cut(self, length: int) -> None:
        """Forget the lines after the first ``length``: their orders were taken back."""
        while len(self.lines) > length:
            self.lines.pop()
            self.head = self._heads.pop()
