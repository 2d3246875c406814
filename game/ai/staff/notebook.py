"""What a staff writes down: proposals, tasks, battles in preparation, and all that it remembers from order to order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress
from typing import Any, NamedTuple, TypeVar

from game import engine
from game import orders as od
from game.kernels.reach import Reach
from game.scenario.world import World

T = TypeVar("T")


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
    """An attack in preparation: who goes where, then all together; and the enemy picture that it was made for."""

    target: int
    posts: tuple[Post, ...]
    score: int
    why: str
    mark: tuple[Any, ...]


class CrossingSite(NamedTuple):
    """A stretch of river that columns want to cross."""

    near: int
    side: int
    far: int
    worth: int


class Siege(NamedTuple):
    """An attack that is prepared: the hex, the turn since which, and the places of those who take part, by unit id."""

    target: int
    since: int
    posts: tuple[tuple[str, int], ...] = ()


class Delay(NamedTuple):
    """A line that is held to win time: how many hexes ahead of the prize it lies, and the turn since which."""

    away: int
    since: int


class Alternative(NamedTuple):
    """A goal that drew a formation and was turned down for another: who, the goal's hex and name, and why not."""

    formation: str
    hex: int
    name: str
    why: str


AXIS = frozenset({"prize", "town", "reserve", "siege"})
"""Kinds of tasks that lead a unit over the map: one that stands still on such an errand waits."""


STAYS = "stay"
"""The kind of task of a unit that genes tell to stay where it is: it fights from there alone, and what it was told
before counts when it is free again."""


class Aim(NamedTuple):
    """What a unit was told last turn: a goal hex, and whether that led it over the map."""

    goal: int
    axis: bool


class Stand(NamedTuple):
    """Where a unit opened its last turn, for how many turns in a row, its goal out of reach, without a fight; and where
    it opened the turn before, -1 where that is not known."""

    hex: int
    turns: int
    came: int = -1


@dataclass(frozen=True, slots=True)
class Memory:
    """All that a staff takes from one turn into the next, by the ids of its units: a page of a save.

    Whatever else the staff goes by it works out from the view; so the same memory and the same views bring the same
    orders, also after the game was saved and loaded.
    """

    aims: Mapping[str, Aim] = field(default_factory=dict)
    stood: Mapping[str, Stand] = field(default_factory=dict)
    raided: Mapping[str, int] = field(default_factory=dict)
    """Turn of a raider's last raid."""
    gates: frozenset[int] = frozenset()
    """Hexes where a way of supply was shut by an enemy beside it: whoever stands there keeps it open."""
    sieges: Mapping[int, int] = field(default_factory=dict)
    """Hex of a siege -> the turn in which it began."""
    let_be: Mapping[int, int] = field(default_factory=dict)
    """Hex of a siege that was given up -> the turn from which it may begin anew."""
    turned: Mapping[str, str] = field(default_factory=dict)
    """Unit that left its axis in its last turn -> why, in words."""
    delays: Mapping[int, Delay] = field(default_factory=dict)
    """Hex of a prize -> the line on which outnumbered troops cover it."""

    def plain(self) -> dict[str, Any]:
        """As a save holds it: texts, whole numbers, lists."""
        return {
            "aims": {unit: [aim.goal, int(aim.axis)] for unit, aim in self.aims.items()},
            "stood": {unit: list(stand) for unit, stand in self.stood.items()},
            "raided": dict(self.raided),
            "gates": sorted(self.gates),
            "sieges": [list(pair) for pair in sorted(self.sieges.items())],
            "let_be": [list(pair) for pair in sorted(self.let_be.items())],
            "turned": dict(self.turned),
            "delays": [[here, *delay] for here, delay in sorted(self.delays.items())],
        }


PAGES: Mapping[str, type] = {
    "aims": dict, "stood": dict, "raided": dict, "gates": list, "sieges": list, "let_be": list, "turned": dict,
    "delays": list,
}  # fmt: skip
"""What a memory holds, in plain values; an empty page is one on which nothing is noted yet."""

MOST_WORDS = 200
"""Letters of a reason that is remembered."""

MOST_PAUSE = 9
"""Turns after the end of a game at most that a page of the memory may name."""


def memory_from(plain: Any, world: World, faction: int) -> Memory:
    """The memory that :meth:`Memory.plain` gave; raises ValueError, naming the field, for anything else.

    A page that is missing is an empty one: the save is older than the page, and its game goes on.
    """
    if not isinstance(plain, dict):
        raise ValueError(f"the pages {', '.join(PAGES)} are expected")
    for name in plain:
        if name not in PAGES:
            raise ValueError(f"{str(name)[:40]}: there is no such page")
    plain = {name: plain.get(name, kind()) for name, kind in PAGES.items()}
    size, turns = world.grid.size - 1, world.turns
    for name, limits in (
        ("aims", ((0, size), (0, 1))), ("stood", ((-1, size), (0, turns), (-1, size))), ("raided", ((1, turns),)),
    ):  # fmt: skip
        if not isinstance(plain[name], dict):
            raise ValueError(f"{name}: units by id are expected")
        for unit, values in plain[name].items():
            row = world.row.get(unit, -1)
            if row < 0 or world.roster.faction[row] != faction:
                raise ValueError(f"{name}: there is no unit {unit[:40]!r} under this command")
            _within(values if len(limits) > 1 else [values], limits, f"{name}.{unit}")
    gates = plain["gates"]
    if not isinstance(gates, list) or any(type(here) is not int for here in gates) or gates != sorted(set(gates)):
        raise ValueError("gates: hexes in order, each once, are expected")
    _within(gates, ((0, size),) * len(gates), "gates")
    turned = plain["turned"]
    if not isinstance(turned, dict) or not all(
        world.row.get(unit, -1) >= 0 and isinstance(why, str) and len(why) <= MOST_WORDS for unit, why in turned.items()
    ):
        raise ValueError("turned: reasons by unit are expected")
    for name in ("sieges", "let_be"):
        if not isinstance(plain[name], list):
            raise ValueError(f"{name}: pairs of a hex and a turn are expected")
        for pair in plain[name]:
            _within(pair, ((0, size), (1, turns + MOST_PAUSE)), name)
        if [here for here, _ in plain[name]] != sorted({here for here, _ in plain[name]}):
            raise ValueError(f"{name}: hexes in order, each once, are expected")
    delays = plain["delays"]
    if not isinstance(delays, list):
        raise ValueError("delays: rows of a prize, a distance and a turn are expected")
    for one in delays:
        _within(one, ((0, size), (0, size), (1, turns)), "delays")
    if [one[0] for one in delays] != sorted({one[0] for one in delays}):
        raise ValueError("delays: prizes in order, each once, are expected")
    return Memory(
        {unit: Aim(goal, bool(axis)) for unit, (goal, axis) in plain["aims"].items()},
        {unit: Stand(*values) for unit, values in plain["stood"].items()},
        dict(plain["raided"]),
        frozenset(gates),
        dict(plain["sieges"]),
        dict(plain["let_be"]),
        dict(plain["turned"]),
        {here: Delay(away, since) for here, away, since in delays},
    )


def _within(values: Any, limits: Sequence[tuple[int, int]], where: str) -> None:
    if not isinstance(values, list) or len(values) != len(limits):
        raise ValueError(f"{where}: {len(limits)} numbers are expected")
    for value, (low, high) in zip(values, limits, strict=True):
        if type(value) is not int or not low <= value <= high:
            raise ValueError(f"{where}: a whole number from {low} to {high} is expected")


@dataclass(slots=True)
class Notebook:
    """What a staff writes down during a turn. A new turn begins a new one; what stays is in :class:`Memory`."""

    turn: int
    ids: tuple[str, ...]
    """Units by row: own and friendly ones, which keep their rows as long as nobody changes sides."""
    before: dict[int, Aim]
    """Row -> what it was told last turn."""
    stood: dict[int, Stand]
    raided: dict[int, int]
    gates: set[int]
    sketch: bool = False
    """Whether the turn is only sketched, as those who rehearse a plan sketch the replies."""
    phase: int = 0
    given: int = 0
    reviews: int = 0
    goals: tuple[Goal, ...] = ()
    tasks: dict[int, Task] = field(default_factory=dict)
    sites: tuple[CrossingSite, ...] = ()
    sieges: tuple[Siege, ...] = ()
    let_be: dict[int, int] = field(default_factory=dict)
    delays: dict[int, Delay] = field(default_factory=dict)
    alternatives: list[Alternative] = field(default_factory=list)
    turned: dict[int, str] = field(default_factory=dict)
    """Row -> why it leaves its axis this turn."""
    battle: Battle | None = None
    called_off: dict[int, int] = field(default_factory=dict)
    """Target -> how many defenders' steps it had when the attack was given up."""
    settled: set[int] = field(default_factory=set)
    """Rows whose place for this turn is decided."""
    refused: list[tuple[od.Order, str]] = field(default_factory=list)
    orders: set[od.Order] = field(default_factory=set)
    """Orders given this turn; none is given twice where that would change nothing."""
    waits: dict[int, str] = field(default_factory=dict)
    """Row -> why it does not march on this turn."""
    mark: tuple[Any, ...] = ()
    reaches: dict[int, tuple[tuple[int, int, int], Reach]] = field(default_factory=dict)
    targets: dict[int, tuple[tuple[int, int, int], tuple[int, ...]]] = field(default_factory=dict)
    appraisals: dict[int, tuple[tuple[Any, ...], Any]] = field(default_factory=dict)
    """Target -> what its appraisal hangs on, and the set of attackers that promises most without help."""
    helped: dict[int, tuple[Any, Any, Battle | None]] = field(default_factory=dict)
    """Target -> that set, the support at hand, and the attack with the help that earns its price."""
    charts: dict[str, Any] = field(default_factory=dict)
    """Maps of this turn by name; those of danger are dropped when the mark changes."""

    @classmethod
    def opened(cls, memory: Memory, turn: int, ids: tuple[str, ...]) -> Notebook:
        """The notebook of a new turn, with what is remembered of the last one."""
        row = {unit: number for number, unit in enumerate(ids)}

        def by_row(found: Mapping[str, T]) -> dict[int, T]:
            return {row[unit]: value for unit, value in found.items() if unit in row}

        book = cls(turn, ids, by_row(memory.aims), by_row(memory.stood), by_row(memory.raided), set(memory.gates))
        book.sieges = tuple(Siege(here, since) for here, since in sorted(memory.sieges.items()))
        book.let_be = {here: until for here, until in memory.let_be.items() if until > turn}
        book.delays = dict(memory.delays)
        return book

    def memory(self) -> Memory:
        """What stays of this turn."""
        aims = {row: Aim(task.goal, task.kind in AXIS) for row, task in self.tasks.items() if task.kind != STAYS}
        halted = {row: aim for row, aim in self.before.items() if row in self.tasks and row not in aims}
        return self._noted({**aims, **halted})

    def memory_before(self) -> Memory:
        """What is known of earlier turns now: aims are those of last turn."""
        return self._noted(self.before)

    def _noted(self, aims: Mapping[int, Aim]) -> Memory:
        ids = self.ids
        return Memory(
            {ids[row]: aim for row, aim in aims.items()},
            {ids[row]: stand for row, stand in self.stood.items()},
            {ids[row]: turn for row, turn in self.raided.items()},
            frozenset(self.gates),
            {siege.target: siege.since for siege in self.sieges},
            dict(self.let_be),
            {ids[row]: why for row, why in self.turned.items()},
            dict(self.delays),
        )


def known_rows(view: engine.View) -> tuple[str, ...]:
    """Units of a view by row, as far as the rows are the same in each view of a turn: own and friendly ones."""
    world = view.state.world
    friendly = [world.friends(view.faction, other) for other in range(len(world.factions))]
    return tuple(compress(world.roster.id, map(friendly.__getitem__, world.roster.faction)))
