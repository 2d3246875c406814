"""The tables of a state. Columns are tuples of integers, so a finished state cannot be changed by accident.

Row numbers: units as in ``world.roster``, hexes as in ``world.grid``, sites by position, factions as in
``world.factions``. Only :mod:`game.state.writing` writes, and only on a draft.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, TypeVar

from game.scenario.world import World
from game.state.changes import Change, after

T = TypeVar("T")
Column = Sequence[int]
"""A tuple in a finished state; a draft writes into lists."""


@dataclass(frozen=True, slots=True)
class UnitTable:
    """What changes about units."""

    hex: Column
    """Hex, or -1 off the map."""
    steps: Column
    """Steps left, disrupted ones included."""
    disrupted: Column
    mp: Column
    """Movement left, in quarter points."""
    spent: Column
    """Bits of :class:`~game.state.codes.Spent`."""
    dug: Column
    """Entrenchment level of the unit in its hex."""
    supply: Column
    """:class:`~game.state.codes.Supplied` at the last check."""
    cut: Column
    """Turns in a row without supply."""
    status: Column
    """:class:`~game.state.codes.Status`."""
    due: Column
    """Turn in which a waiting unit arrives, 0 never."""
    entry: Column
    """Hex where it arrives, -1 to choose from the roster's list."""
    hidden: Column
    """1 while a cell lies low: seen only from its own hex or by reconnaissance."""
    locked: Column
    """First turn in which the unit may move; 0 free."""
    dry: Column
    """Turns of own stores left (raiders, cells and garrisons live on these when cut)."""


@dataclass(frozen=True, slots=True)
class HexTable:
    """What changes about hexes."""

    control: Column
    """Faction that last held the hex, -1 nobody."""
    interdicted: Column
    """Faction whose interdiction lies on the hex + 1, 0 none; lasts until its next turn."""


@dataclass(frozen=True, slots=True)
class SiteTable:
    """Crossings of the river: the sites of the scenario, then those built in play. ``side`` names the hexside."""

    side: Column
    kind: Column
    """:class:`~game.state.codes.CrossingKind`."""
    state: Column
    """:class:`~game.state.codes.CrossingState`."""
    ready: Column
    """Turn in which construction ends."""
    owner: Column
    """Faction that builds it, -1 anybody's."""
    load: Column
    """Steps a ferry has carried in this faction's turn."""


@dataclass(frozen=True, slots=True)
class PlaceTable:
    """What changes about places."""

    first: Column
    """Faction of a racing bloc that first held the place since the start, -1 none yet."""
    checks: Column
    """End checks in a row in which the present holder has held it."""
    hunger: Column
    """Turns without food for the civilians; 0 fed."""
    harm: Column
    """Harm to civilians here, in the ledger's unit."""
    strongpoints: Column
    """Strongpoints that still stand."""
    stormed: Column
    """Turn of the last assault on its strongpoints, 0 none yet."""
    breached: Column
    """Turn in which it last lost a strongpoint, 0 none yet."""
    warned: Column
    """A bit for each faction (1 << faction) that has warned the other bloc off the place."""


@dataclass(frozen=True, slots=True)
class FactionTable:
    """What changes about factions."""

    command: Column
    liaison: Column
    points: Column
    """Victory points, in tenths."""
    lost: Column
    """Own steps lost."""
    harm: Column
    """Civilian harm laid to this faction."""
    pool: Column
    """Replacement steps in hand."""
    calm: Column
    """1 after a hotline call in this turn."""
    corridor_until: Column
    """Turn up to which notified corridors last."""
    incidents: Column
    """Incidents that this faction has caused."""
    begun: Column
    """1 once it has given an order in this turn that is no talk with the other bloc."""
    conceded: Column
    """Turn of its last concession to the other bloc, 0 never."""
    still: Column
    """1 while a standstill binds it, which lasts until its next turn."""
    grounded: Column
    """Last turn in which it is granted no support, 0 none."""
    blamed: Column
    """1 while its bloc bears the blame for the tension, since the other bloc has made the last concession."""
    sky: Column
    """Hex around which it has closed the sky to the other bloc, -1 none."""
    sky_until: Column
    """Last turn in which that sky is closed, 0 none."""
    warned: Column
    """Hex off which it has warned the other bloc until its next turn, -1 none."""


@dataclass(frozen=True, slots=True)
class IntelTable:
    """What one faction knows of every unit (own and allied ones always fully)."""

    level: Column
    """:class:`~game.state.codes.Knowledge`."""
    hex: Column
    """Where last seen, -1 never."""
    turn: Column
    """When last seen."""
    steps: Column
    """Steps it had when last seen; of a contact, what its size class is judged by."""
    disrupted: Column
    dug: Column
    supply: Column
    """How it was supplied when last seen (Supplied), and for how many turns it had been cut off: what is identified
    shows whether it is fed (rule 12.7)."""
    cut: Column


@dataclass(frozen=True, slots=True)
class Clock:
    """The scalars of the moment."""

    turn: int
    active: int
    """Position in ``world.sequence``; the faction to play is ``state.faction``."""
    weather: int
    """:class:`~game.state.codes.Weather`."""
    ladder: int
    quiet: int
    """Turns in a row without an incident."""
    over: int
    """:class:`~game.state.codes.Ending`; 0 while the game goes on."""
    culprit: int
    """Faction whose deliberate attack raised rung 5, else -1."""
    winner: int
    """Faction that an event has named the winner, -1 when points decide."""
    orders: int
    """Orders accepted so far."""
    support: tuple[tuple[tuple[str, int], ...], ...]
    """Per faction its support points: ((kind, points), ...), sorted."""
    grants: tuple[tuple[tuple[str, int], ...], ...]
    """Per faction changes to its grants made by events, same form."""
    corridors: tuple[tuple[int, ...], ...]
    """Per faction the hexes notified to the other bloc, sorted."""
    fired: tuple[tuple[str, int], ...]
    """Events fired: ((id, times), ...), sorted."""
    flags: tuple[str, ...]
    used: tuple[str, ...]
    """Keys of dice already thrown in this turn, so that a second roll of the same kind has its own number."""
    bonus: tuple[int, ...]
    """Per prize the faction that was paid its first-holder bonus, -1 none."""
    deposits: tuple[tuple[int, int], ...]
    """Air-dropped supplies: ((hex, turns left), ...), sorted."""
    struck: tuple[tuple[int, int], ...]
    """Arsenals that salvoes have hit: ((hex, last turn in which it gives nothing), ...), sorted."""
    last: tuple[tuple[str, int], ...]
    """Turn in which each event fired last: ((id, turn), ...), sorted."""
    held: tuple[tuple[int, int], ...]
    """Who held the hexes that events watch when events were last asked: ((hex, faction), ...), sorted."""
    changes: tuple[Change, ...]
    """What has changed in the world since the start (:mod:`game.state.changes`)."""


class Position:
    """What a finished state and a draft have in common: the tables, and answers worked out once and kept.

    Questions of the rules take a Position. ``kept(key, make)`` remembers an answer with the moment it
    belongs to, so nothing is ever out of date: a draft forgets all answers with each event.
    """

    __slots__ = ()

    world: World
    seed: bytes
    units: UnitTable
    hexes: HexTable
    sites: SiteTable
    places: PlaceTable
    factions: FactionTable
    intel: tuple[IntelTable, ...]
    clock: Clock
    answers: dict[Any, Any]

    def kept(self, key: Any, make: Callable[[], T]) -> T:
        """The answer stored under ``key``, made on first asking."""
        found = self.answers.get(key)
        if found is None:
            found = self.answers[key] = make()
        return found

    def picture(self, faction: int) -> dict[Any, Any]:
        """Answers that hang on what a faction knows of others, on the crossings and the weather alone.

        Later moments and views share them for as long as none of these changes.
        """
        pictures: dict[int, dict[Any, Any]] | None = self.answers.get("pictures")
        if pictures is None:
            pictures = self.answers["pictures"] = {}
        found = pictures.get(faction)
        if found is None:
            found = pictures[faction] = {}
        return found

    @property
    def faction(self) -> int:
        """The faction whose turn it is."""
        return self.world.sequence[self.clock.active]

    @property
    def stacks(self) -> Mapping[int, tuple[int, ...]]:
        """Hex -> rows of the units in it, in row order; empty hexes are absent."""
        found: dict[int, tuple[int, ...]] | None = self.answers.get("stacks")
        if found is None:
            found = self.answers["stacks"] = self._stacks()
        return found

    def _stacks(self) -> dict[int, tuple[int, ...]]:
        out: dict[int, tuple[int, ...]] = {}
        for row, here in enumerate(self.units.hex):
            if here >= 0:
                out[here] = (*out[here], row) if here in out else (row,)
        return out

    def units_at(self, here: int) -> tuple[int, ...]:
        """Rows of the units in a hex."""
        return self.stacks.get(here, ())

    def support_of(self, faction: int) -> dict[str, int]:
        """Support points of a faction by kind."""
        return dict(self.clock.support[faction])


TableName = str | int
"""How the writer names a table: the attribute of the position, or a faction's number for what it knows."""


class Working(Position):
    """A position in the making: ``own`` names the tables that are its own by now, each with the columns that are lists
    while they are written; the others still belong to the state it began from, and nobody writes into those."""

    __slots__ = ()

    own: dict[TableName, list[str]]


@dataclass(frozen=True, slots=True)
class State(Position):
    """A finished moment. Equal states have equal digests; ``answers`` are not part of it."""

    world: World
    seed: bytes
    units: UnitTable
    hexes: HexTable
    sites: SiteTable
    places: PlaceTable
    factions: FactionTable
    intel: tuple[IntelTable, ...]
    clock: Clock
    answers: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    def plain(self) -> dict[str, Any]:
        """The dynamic part as plain lists and numbers, for saves and digests."""
        return {
            "units": plain_table(self.units),
            "hexes": plain_table(self.hexes),
            "sites": plain_table(self.sites),
            "places": plain_table(self.places),
            "factions": plain_table(self.factions),
            "intel": [plain_table(one) for one in self.intel],
            "clock": plain_table(self.clock),
        }

    def digest(self) -> str:
        """SHA-256 of the dynamic part in canonical JSON."""
        text = json.dumps(self.plain(), sort_keys=True, separators=(",", ":"), ensure_ascii=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def with_fresh_answers(self) -> State:
        """The same moment with nothing worked out yet."""
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
        )


def plain_table(table: Any) -> dict[str, Any]:
    """Columns of a table by name; tuples become lists when written as JSON."""
    return {f.name: getattr(table, f.name) for f in fields(table)}


def state_from_plain(world: World, seed: bytes, plain: Mapping[str, Any]) -> State:
    """The state that :meth:`State.plain` described, JSON's lists turned back into tuples."""

    def table(kind: type[T], columns: Mapping[str, Any]) -> T:
        return kind(**{f.name: _tuples(columns[f.name]) for f in fields(kind)})  # type: ignore[arg-type]

    clock = table(Clock, plain["clock"])
    return State(
        after(world, clock.changes),
        seed,
        table(UnitTable, plain["units"]),
        table(HexTable, plain["hexes"]),
        table(SiteTable, plain["sites"]),
        table(PlaceTable, plain["places"]),
        table(FactionTable, plain["factions"]),
        tuple(table(IntelTable, one) for one in plain["intel"]),
        clock,
    )


def _tuples(value: Any) -> Any:
    return tuple(_tuples(item) for item in value) if isinstance(value, list | tuple) else value
