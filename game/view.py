"""What one faction may know: a state of its own, in which everything else is simply absent.

A view answers the same questions as a state, because it is one: its roster holds the faction's own units,
those of its friends, and the enemies it has seen, with numbers of its own; unidentified ones carry neither
name nor type. Stocks of others, their plans, fired events and the dice are gone. An order worked out on
``view.state`` means the same on the true state, since orders name own units and hexes.

    >>> from game import engine
    >>> world = engine.load_scenario("tutorial")
    >>> seen = engine.view(engine.start(world, seed=7), world.faction("isis"))
    >>> seen.to_play, len(seen.state.world.roster) < len(world.roster), seen.state.world.script.events
    (False, True, ())
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from hashlib import blake2b
from operator import itemgetter
from typing import Any, TypeVar

from game.ruleset.terrain import Mobility
from game.scenario.world import Roster, Script, Stance, World
from game.state.codes import Knowledge, Status
from game.state.tables import Clock, Column, FactionTable, IntelTable, State, UnitTable

T = TypeVar("T")

_SURE = Knowledge.IDENTIFIED  # views are made thousands of times a second
_SECRET_STOCKS = ("command", "liaison", "pool", "lost")


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
    own, others = _rows(state, faction)
    world = _masked_world(state, faction, own, others)
    intel = state.intel[faction]
    mine = _pick(state.world, intel, own, others)
    nobody = _blank(IntelTable, len(own) + len(others))
    masked = State(
        world,
        blake2b(b"view of " + world.factions[faction].id.encode(), digest_size=32).digest(),
        _units(state, mine, own, others),
        state.hexes,
        state.sites,
        state.places,
        _stocks(state, faction),
        tuple(mine if number == faction else nobody for number in range(len(world.factions))),
        _clock(state, faction),
    )
    return View(faction, masked)


def _rows(state: State, faction: int) -> tuple[list[int], list[int]]:
    """Rows known for certain (own and friendly), and rows of others that were seen, in an order that tells nothing."""
    world, intel = state.world, state.intel[faction]
    friendly = [world.friends(faction, other) for other in range(len(world.factions))]
    own, others = [], []
    for row, owner in enumerate(world.roster.faction):
        if friendly[owner]:
            own.append(row)
        elif intel.level[row]:
            others.append(row)
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
    for f in fields(Roster):
        column = getattr(roster, f.name)
        columns[f.name] = (
            *pick(column),
            *(contacts[row][f.name] if row in contacts else _public(f.name, column[row]) for row in others),
        )
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


def _public(name: str, value: Any) -> Any:
    # Plans of an enemy are nobody's business, even when his unit is identified.
    return {"start": -1, "arrives": 0, "entry": (), "locked": 0, "note": ""}.get(name, value)


def _contacts(world: World, intel: IntelTable, others: list[int]) -> dict[int, dict[str, Any]]:
    out: dict[int, dict[str, Any]] = {}
    seen: dict[int, int] = {}
    for row in others:
        if intel.level[row] >= _SURE:
            continue
        here = intel.hex[row]
        seen[here] = seen.get(here, 0) + 1
        size = _size(world, intel.steps[row])
        shown = world.rules.units.contacts[size]
        blank: dict[str, Any] = {f.name: () if f.name == "entry" else 0 for f in fields(Roster)}
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
        out[row] = blank
    return out


# --- the tables -----------------------------------------------------------------------------------------------


def _units(state: State, known: IntelTable, own: list[int], others: list[int]) -> UnitTable:
    columns: dict[str, Column] = {}
    pick = _picker(own)
    for f in fields(UnitTable):
        column = getattr(state.units, f.name)
        if f.name in ("hex", "steps", "disrupted", "dug", "supply", "cut"):
            theirs = getattr(known, f.name)[len(own) :]
        elif f.name == "status":
            theirs = (int(Status.ON_MAP),) * len(others)
        else:
            theirs = (-1 if f.name == "entry" else 0,) * len(others)
        columns[f.name] = (*pick(column), *theirs)
    return UnitTable(**columns)


def _picker(rows: Sequence[int]) -> Callable[[Sequence[T]], tuple[T, ...]]:
    """What takes those rows out of a column."""
    if len(rows) > 1:
        return itemgetter(*rows)
    return lambda column: tuple(column[row] for row in rows)


def _pick(world: World, intel: IntelTable, own: list[int], others: list[int]) -> IntelTable:
    # Of a contact only the size class is known: its column of steps holds the class's upper end.
    sizes = world.rules.units.contacts
    columns: dict[str, Column] = {}
    for f in fields(IntelTable):
        column = getattr(intel, f.name)
        theirs = [column[row] for row in others]
        if f.name in ("steps", "disrupted", "dug", "supply", "cut"):
            theirs = [
                value if intel.level[row] >= _SURE else (sizes[_size(world, value)].high if f.name == "steps" else 0)
                for row, value in zip(others, theirs, strict=True)
            ]
        columns[f.name] = (*([-1 if f.name == "hex" else 0] * len(own)), *theirs)
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
        columns[f.name] = column
    return FactionTable(**columns)


def _clock(state: State, faction: int) -> Clock:
    world, clock = state.world, state.clock
    told = [world.friends(faction, n) or world.stance[faction][n] == Stance.RIVAL for n in range(len(world.factions))]
    open_ = [world.friends(faction, n) for n in range(len(world.factions))]
    return replace(
        clock,
        orders=0,
        fired=(),
        last=(),
        held=(),
        flags=(),
        used=tuple(key for key in clock.used if key.startswith(f"bridge strike:{world.factions[faction].id}:")),
        support=tuple(value if open_[n] else () for n, value in enumerate(clock.support)),
        grants=tuple(value if open_[n] else () for n, value in enumerate(clock.grants)),
        corridors=tuple(value if told[n] else () for n, value in enumerate(clock.corridors)),
    )
