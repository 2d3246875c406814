"""What a staff writes down: proposals, tasks, battles in preparation, and all that it remembers from order to order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from game import orders as od
from game.kernels.reach import Reach


class Proposal(NamedTuple):
    """An order worth giving, and why, in one sentence."""

    order: od.Order
    why: str


class Task(NamedTuple):
    """What a unit is for this turn: a goal hex, what kind of goal, and the words for it."""

    goal: int
    kind: str
    why: str
    worth: int = 0


class Goal(NamedTuple):
    """Something to go for: where, what kind, its worth, the enemy strength to be overcome, and its name."""

    hex: int
    kind: str
    worth: int
    need: int
    name: str


class Post(NamedTuple):
    """A place in an attack: a unit and the hex that it attacks from."""

    row: int
    hex: int


@dataclass(slots=True)
class Battle:
    """An attack in preparation: who goes where, then all together."""

    target: int
    posts: tuple[Post, ...]
    score: int
    why: str


class Site(NamedTuple):
    """A stretch of river that columns want to cross."""

    near: int
    side: int
    far: int
    worth: int


@dataclass(slots=True)
class Notebook:
    """What a staff remembers. ``turn`` -1: nothing yet."""

    turn: int = -1
    phase: int = 0
    given: int = 0
    reviews: int = 0
    goals: tuple[Goal, ...] = ()
    tasks: dict[int, Task] = field(default_factory=dict)
    sites: tuple[Site, ...] = ()
    battle: Battle | None = None
    called_off: dict[int, int] = field(default_factory=dict)
    """Target -> how many defenders' steps it had when the attack was given up."""
    settled: set[int] = field(default_factory=set)
    """Rows whose place for this turn is decided."""
    refused: list[tuple[od.Order, str]] = field(default_factory=list)
    orders: set[od.Order] = field(default_factory=set)
    """Orders given this turn; none is given twice where that would change nothing."""
    stood: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Row -> (hex, turns in a row that it has opened there with the goal out of its reach, without a fight)."""
    gates: set[int] = field(default_factory=set)
    """Hexes where a way of supply was shut by an enemy beside it: whoever stands there keeps it open."""
    waits: dict[int, str] = field(default_factory=dict)
    """Row -> why it does not march on this turn."""
    raided: dict[int, int] = field(default_factory=dict)
    """Raider -> turn of its last raid."""
    mark: tuple[Any, ...] = ()
    reaches: dict[int, tuple[tuple[int, int, int], Reach]] = field(default_factory=dict)
    targets: dict[int, tuple[tuple[int, int, int], tuple[int, ...]]] = field(default_factory=dict)
    appraisals: dict[int, tuple[tuple[Any, ...], Battle | None]] = field(default_factory=dict)
    fields: dict[tuple[int, int], tuple[Any, Sequence[int]]] = field(default_factory=dict)
    charts: dict[str, Any] = field(default_factory=dict)
    """Maps of this turn by name; those of danger are dropped when the mark changes."""
