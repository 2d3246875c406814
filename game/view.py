"""What one faction may know: a state of its own, in which everything else is simply absent.

A view answers the same questions as a state, because it is one: its roster holds the faction's own units,
those of its friends, and the enemies it has seen, with numbers of its own; unidentified ones carry neither
name nor type. Liaison, pools and plans of others, fired events and the dice are gone; what they have left of command
points and support is public, since reactions hang on it (9.5). An order worked out on ``view.state`` means the same on
the true state, since orders name own units and hexes.

    >>> from game import engine
    >>> world = engine.load_scenario("tutorial")
    >>> seen = engine.view(engine.start(world, seed=7), world.faction("isis"))
    >>> seen.to_play, len(seen.state.world.roster) < len(world.roster), seen.state.world.script.events
    (False, True, ())
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from hashlib import blake2b
from itertools import compress
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar

from game.ruleset.terrain import Mobility
from game.scenario.world import Roster, Script, Stance, World
from game.state.codes import Knowledge, Status
from game.state.tables import Clock, Column, FactionTable, IntelTable, State, UnitTable

T = TypeVar("T")

_SURE = Knowledge.IDENTIFIED  # views are made thousands of times a second

_ROSTER_COLUMNS = tuple(f.name for f in fields(Roster))
_UNIT_COLUMNS = tuple(f.name for f in fields(UnitTable))
_INTEL_COLUMNS = tuple(f.name for f in fields(IntelTable))
_SEEN = frozenset({"hex", "steps", "disrupted", "dug", "supply", "cut"})
"""Columns of units that of others tell what was seen of them."""

Rows = tuple[list[int], list[int]]
"""Rows of a faction's own and friendly units, and those of others that it knows of."""

_TOLD = tuple(f.name for f in fields(Clock) if f.name not in ("orders", "fired", "last", "held", "flags"))
"""What a view's clock is made of; the rest it leaves out."""

_AMONG_BLOCS = ("warned",)
"""Hexes that the blocs have named to each other: -1 to everybody else. Closed skies are declared to all (9.15)."""
_SECRET_STOCKS = ("liaison", "pool", "lost")


@dataclass(frozen=True, slots=True)
class View:
    """The game as ``faction`` knows it. ``state`` is complete in itself and may be imagined forward."""

    faction: int
    state: State

    @property
    def to_play(self) -> bool:
        """Whether it is this faction's turn."""
        return self.state.faction == self.faction and not self.state.clock.over


def view(state: State, faction: int) -> View:
    """The view of a faction, by its number: a function of what it may know alone.

    Rows of its units, and so their numbers, are its own; ids of units that it knows are those of the game.

    >>> seen.state.seed == engine.start(world, seed=7).seed
    False
    """
    last: _Made | None = state.world.answers.get(("last view", faction))
    if last is not None and last.truth is state:
        return View(faction, last.masked)  # the same look again, with all that was worked out of it
    if last is not None and last.truth.world is not state.world:
        last = None
    intel = state.intel[faction]
    if last is not None and _same(intel, last.truth.intel[faction], ("level", "hex", "steps", "turn")):
        rows = last.rows
    else:
        rows = _rows(state, faction)
        if last is not None and rows != last.rows:
            last = None
    own, others = rows
    if last is not None and last.rows is rows:  # as little has changed about who is known
        world, nobody = last.masked.world, last.masked.intel[faction - 1]  # the blank one of any other
    else:
        world, nobody = _masked_world(state, faction, own, others), _blank(IntelTable, len(own) + len(others))
    mine = _pick(state, faction, rows, last)
    masked = State(
        world,
        blake2b(b"view of " + world.factions[faction].id.encode(), digest_size=32).digest(),
        _units(state, faction, mine, rows, last),
        state.hexes,
        state.sites,
        state.places,
        last.masked.factions if last is not None and last.truth.factions is state.factions else _stocks(state, faction),
        tuple(mine if number == faction else nobody for number in range(len(world.factions))),
        last.masked.clock
        if last is not None and _same(state.clock, last.truth.clock, _TOLD)
        else _clock(state, faction),
    )
    if last is not None:
        _carry_over(last.masked, masked, faction)
    state.world.answers["last view", faction] = _Made(state, rows, masked)
    return View(faction, masked)


def full_view(state: State, faction: int) -> View:
    """The view of a faction that has seen every unit of the map: for looking back at a game that has ended.

    >>> whole = full_view(engine.start(world, seed=7), world.faction("isis"))
    >>> len(whole.state.world.roster) > len(seen.state.world.roster)
    True
    """
    units = state.units
    many = len(units.hex)
    columns: dict[str, Column] = {name: getattr(units, name) for name in _SEEN}
    columns["level"] = tuple(int(_SURE) if here >= 0 else 0 for here in units.hex)
    columns["turn"] = (state.clock.turn,) * many
    known = IntelTable(**columns)
    knowing = tuple(known if number == faction else one for number, one in enumerate(state.intel))
    return view(replace(state, intel=knowing, answers={}), faction)


class _Made(NamedTuple):
    """The view of a faction that was made last: what has not changed since is taken over from it."""

    truth: State
    rows: Rows
    masked: State


def _same(table: object, other: object, columns: Iterable[str]) -> bool:
    """Whether columns are not only equal but one and the same: what nobody wrote into is shared."""
    return all(getattr(table, name) is getattr(other, name) for name in columns)


def _carry_over(last: State, masked: State, faction: int) -> None:
    # Answers that hang on the known enemies, the crossings and the weather alone hold as long as these do.
    mine, before = masked.intel[faction], last.intel[faction]
    if "stacks" in last.answers:
        masked.answers["stacks"] = _moved(last, masked)
    if masked.world is not last.world or masked.sites is not last.sites or masked.clock.weather != last.clock.weather:
        return
    alike = _same(mine, before, ("level", "hex", "steps", "disrupted"))
    for key in ("open crossings", "patch", "lists", "batteries", *(("pictures",) if alike else ())):
        if key in last.answers:
            masked.answers[key] = last.answers[key]


def _moved(last: State, now: State) -> Mapping[int, tuple[int, ...]]:
    """The units by hex after some of the same units have moved."""
    before, after = last.units.hex, now.units.hex
    stacks = last.stacks
    if before is after:
        return stacks
    moved = [row for row, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]
    out = dict(stacks)
    for here in sorted({before[row] for row in moved} | {after[row] for row in moved}):
        there = {row for row in stacks.get(here, ()) if after[row] == here}
        there.update(row for row in moved if after[row] == here)
        out[here] = tuple(sorted(there))
    return {here: rows for here, rows in out.items() if rows and here >= 0} if moved else stacks


def _rows(state: State, faction: int) -> Rows:
    """Rows known for certain (own and friendly), and rows of others that were seen, in an order that tells nothing."""
    world, intel = state.world, state.intel[faction]
    friendly = [world.friends(faction, other) for other in range(len(world.factions))]
    owners, level = world.roster.faction, intel.level
    own = [row for row, owner in enumerate(owners) if friendly[owner]]
    others = [row for row in compress(range(len(owners)), level) if not friendly[owners[row]]]
    others.sort(key=lambda row: (intel.hex[row], -intel.level[row], _identity(world, intel, row)))
    return own, others


def _identity(world: World, intel: IntelTable, row: int) -> tuple[Any, ...]:
    # What may be told of an unidentified unit: whose it is, its size, when it was seen.
    if intel.level[row] >= _SURE:
        return (world.roster.id[row],)
    return (str(world.roster.faction[row]), _size(world, intel.steps[row]), intel.turn[row])


def _size(world: World, steps: int) -> int:
    sizes = world.rules.units.contacts
    return next((number for number, size in enumerate(sizes) if steps <= size.high), len(sizes) - 1)


# --- the roster -----------------------------------------------------------------------------------------------


def _masked_world(state: State, faction: int, own: list[int], others: list[int]) -> World:
    world, intel = state.world, state.intel[faction]
    signature = tuple(
        (row, intel.hex[row], _size(world, intel.steps[row])) if intel.level[row] < _SURE else row for row in others
    )
    key = ("mask", faction)
    found = world.answers.get(key)
    if found is None or found[0] != signature or found[1] is not world.roster:
        found = world.answers[key] = (signature, world.roster, _mask(world, intel, faction, own, others))
    masked: World = found[2]
    return masked


def _mask(world: World, intel: IntelTable, faction: int, own: list[int], others: list[int]) -> World:
    roster = world.roster
    contacts, pick = _contacts(world, intel, others), _picker(own)
    columns = {}
    for name in _ROSTER_COLUMNS:
        column = getattr(roster, name)
        if name in _PLANS:
            theirs: list[Any] = [_PLANS[name]] * len(others)
        else:
            theirs = [column[row] for row in others]
        for number, blank in contacts:
            theirs[number] = blank[name]
        columns[name] = (*pick(column), *theirs)
    masked = Roster(**columns)
    factions = tuple(
        one if world.friends(faction, number) else replace(one, support=(), replacements=(), player="")
        for number, one in enumerate(world.factions)
    )
    doctrine = tuple(one if world.friends(faction, number) else None for number, one in enumerate(world.doctrine))
    return replace(
        world,
        roster=masked,
        row={name: row for row, name in enumerate(masked.id)},
        factions=factions,
        doctrine=doctrine,
        script=Script(),
        raw={},
    )


_PLANS: dict[str, Any] = {"start": -1, "arrives": 0, "entry": (), "locked": 0, "note": ""}
"""Plans of an enemy are nobody's business, even when his unit is identified: what stands in their place."""


def _contacts(world: World, intel: IntelTable, others: list[int]) -> list[tuple[int, dict[str, Any]]]:
    """What stands for the units that are not identified: their numbers among the others, and their columns."""
    out: list[tuple[int, dict[str, Any]]] = []
    seen: dict[int, int] = {}
    for number, row in enumerate(others):
        if intel.level[row] >= _SURE:
            continue
        here = intel.hex[row]
        seen[here] = seen.get(here, 0) + 1
        size = _size(world, intel.steps[row])
        shown = world.rules.units.contacts[size]
        blank: dict[str, Any] = {name: () if name == "entry" else 0 for name in _ROSTER_COLUMNS}
        blank.update(
            id=f"contact-{world.grid.label(here)}-{seen[here]}",
            name=shown.name.capitalize(),
            faction=world.roster.faction[row],
            type=f"contact-{size}",
            symbol="contact",
            echelon="",
            steps=shown.high,
            attack=shown.attack,
            defence=shown.defence,
            movement=28,
            mobility=int(Mobility.WHEELED),
            quality=1,
            reach=0,
            sight=2,
            traits=frozenset(),
            formation="",
            sector="",
            start=-1,
            parent="",
            note="",
        )
        out.append((number, blank))
    return out


# --- the tables -----------------------------------------------------------------------------------------------


def _units(state: State, faction: int, known: IntelTable, rows: Rows, last: _Made | None) -> UnitTable:
    columns: dict[str, Column] = {}
    own, others = rows
    pick = _picker(own)
    for name in _UNIT_COLUMNS:
        column, seen = getattr(state.units, name), name in _SEEN
        if last is not None and column is getattr(last.truth.units, name):
            before = last.masked
            if not seen or getattr(known, name) is getattr(before.intel[faction], name):
                columns[name] = getattr(before.units, name)
                continue
        if seen:
            theirs = getattr(known, name)[len(own) :]
        elif name == "status":
            theirs = (int(Status.ON_MAP),) * len(others)
        else:
            theirs = (-1 if name == "entry" else 0,) * len(others)
        columns[name] = (*pick(column), *theirs)
    return UnitTable(**columns)


def _picker(rows: Sequence[int]) -> Callable[[Sequence[T]], tuple[T, ...]]:
    """What takes those rows out of a column."""
    if len(rows) > 1:
        return itemgetter(*rows)
    return lambda column: tuple(column[row] for row in rows)


def _pick(state: State, faction: int, rows: Rows, last: _Made | None) -> IntelTable:
    # Of a contact only the size class is known: its column of steps holds the class's upper end.
    world, intel, (own, others) = state.world, state.intel[faction], rows
    sizes, level = world.rules.units.contacts, intel.level
    before = last.truth.intel[faction] if last is not None and last.truth.intel[faction].level is level else None
    columns: dict[str, Column] = {}
    for name in _INTEL_COLUMNS:
        column = getattr(intel, name)
        if last is not None and before is not None and column is getattr(before, name):
            columns[name] = getattr(last.masked.intel[faction], name)
            continue
        theirs = [column[row] for row in others]
        if name in ("steps", "disrupted", "dug", "supply", "cut"):
            theirs = [
                value if level[row] >= _SURE else (sizes[_size(world, value)].high if name == "steps" else 0)
                for row, value in zip(others, theirs, strict=True)
            ]
        columns[name] = (*([-1 if name == "hex" else 0] * len(own)), *theirs)
    return IntelTable(**columns)


def _blank(kind: type[IntelTable], rows: int) -> IntelTable:
    return kind(**{f.name: ((-1 if f.name == "hex" else 0),) * rows for f in fields(kind)})


def _stocks(state: State, faction: int) -> FactionTable:
    world = state.world
    columns = {}
    for f in fields(FactionTable):
        column = getattr(state.factions, f.name)
        if f.name in _SECRET_STOCKS:
            column = tuple(value if world.friends(faction, number) else 0 for number, value in enumerate(column))
        if f.name in _AMONG_BLOCS:
            column = tuple(value if _told(world, faction, number) else -1 for number, value in enumerate(column))
        columns[f.name] = column
    return FactionTable(**columns)


def _told(world: World, faction: int, other: int) -> bool:
    """Whether a faction hears what another tells the other bloc."""
    return world.friends(faction, other) or world.stance[faction][other] == Stance.RIVAL


def _clock(state: State, faction: int) -> Clock:
    world, clock = state.world, state.clock
    told = [_told(world, faction, n) for n in range(len(world.factions))]
    open_ = [world.friends(faction, n) for n in range(len(world.factions))]
    return replace(
        clock,
        orders=0,
        fired=(),
        last=(),
        held=(),
        flags=(),
        used=tuple(key for key in clock.used if key.startswith(f"bridge strike:{world.factions[faction].id}:")),
        grants=tuple(value if open_[n] else () for n, value in enumerate(clock.grants)),
        corridors=tuple(value if told[n] else () for n, value in enumerate(clock.corridors)),
    )
