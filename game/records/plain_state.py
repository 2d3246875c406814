"""The state of a save, judged before it is used: it comes from a file, and a file may come from anybody.

:func:`sound_state` looks at shapes and ranges alone, so that nothing later has to fear a missing column or a hex
beyond the map. What the rules forbid is judged afterwards, by :mod:`game.rules.invariants`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from game.records.limits import CELL, COUNT
from game.scenario.world import World
from game.state.changes import sound
from game.state.tables import (
    Clock,
    FactionTable,
    HexTable,
    IntelTable,
    PlaceTable,
    SiteTable,
    State,
    UnitTable,
    state_from_plain,
)
from game.words import say

TEXT = 200
WORDS = 5_000
_SCALARS = ("turn", "active", "weather", "ladder", "quiet", "over", "culprit", "winner", "orders")
_PAIRS_BY_FACTION = ("support", "grants")


class BadState(ValueError):
    """A state that does not fit its world; says where."""


def sound_state(world: World, seed: bytes, plain: Any) -> State:
    """The state that a save describes; raises BadState for one that has the wrong shape."""
    parts = _keys(plain, ("units", "hexes", "sites", "places", "factions", "intel", "clock"), "state")
    units, factions = len(world.roster), len(world.factions)
    _table(parts["units"], UnitTable, units, "units")
    _table(parts["hexes"], HexTable, world.grid.size, "hexes")
    _table(parts["places"], PlaceTable, len(world.places), "places")
    _table(parts["factions"], FactionTable, factions, "factions")
    sides = parts["sites"].get("side") if isinstance(parts["sites"], dict) else None
    if not isinstance(sides, list) or not len(world.sites) <= len(sides) <= COUNT:
        raise BadState("sites.side")
    _table(parts["sites"], SiteTable, len(sides), "sites")
    for number, one in enumerate(_list(parts["intel"], factions, "intel")):
        _table(one, IntelTable, units, f"intel[{number}]")
    _clock(world, parts["clock"])
    return state_from_plain(world, seed, parts)


def _keys(plain: Any, names: tuple[str, ...], where: str) -> Mapping[str, Any]:
    if not isinstance(plain, dict) or plain.keys() != set(names):
        raise BadState(say("{where}: its keys are not {names}", where=where, names=", ".join(names)))
    return plain


def _list(plain: Any, length: int, where: str) -> list[Any]:
    if not isinstance(plain, list) or (length >= 0 and len(plain) != length):
        raise BadState(f"{where}: a list" + (f" of {length}" if length >= 0 else "") + " is expected")
    return plain


def _integers(plain: Any, length: int, where: str, limit: int = CELL) -> None:
    for value in _list(plain, length, where):
        if type(value) is not int or not -limit <= value <= limit:
            raise BadState(f"{where}: whole numbers within {limit:,} are expected")


def _table(plain: Any, kind: type[Any], rows: int, where: str) -> None:
    names = tuple(f.name for f in fields(kind))
    columns = _keys(plain, names, where)
    for name in names:
        _integers(columns[name], rows, f"{where}.{name}", COUNT if kind is FactionTable else CELL)


def _clock(world: World, plain: Any) -> None:
    clock = _keys(plain, tuple(f.name for f in fields(Clock)), "clock")
    factions = len(world.factions)
    for name in _SCALARS:
        _integers([clock[name]], 1, f"clock.{name}", COUNT)
    for name in _PAIRS_BY_FACTION:
        for one in _list(clock[name], factions, f"clock.{name}"):
            _pairs(one, f"clock.{name}")
    for one in _list(clock["corridors"], factions, "clock.corridors"):
        _integers(one, -1, "clock.corridors")
    for name in ("fired", "last"):
        _pairs(clock[name], f"clock.{name}")
    for name in ("held", "deposits", "struck"):
        for pair in _list(clock[name], -1, f"clock.{name}"):
            _integers(pair, 2, f"clock.{name}")
    for change in _list(clock["changes"], -1, "clock.changes"):
        _change(world, change)
    for name in ("flags", "used"):
        _texts(clock[name], f"clock.{name}")
    _integers(clock["bonus"], len(world.prizes), "clock.bonus")


def _change(world: World, plain: Any) -> None:
    what, numbers, hexes = _list(plain, 3, "clock.changes")
    _integers(numbers, -1, "clock.changes")
    _integers(hexes, -1, "clock.changes")
    if not isinstance(what, str) or not sound(world, (what, tuple(numbers), tuple(hexes))):
        raise BadState("clock.changes: a change that fits the scenario is expected")


def _pairs(plain: Any, where: str) -> None:
    """Name and number, sorted by name, each name once."""
    found = [_list(pair, 2, where) for pair in _list(plain, -1, where)]
    _texts([pair[0] for pair in found], where)
    _integers([pair[1] for pair in found], -1, where)
    names = [pair[0] for pair in found]
    if names != sorted(set(names)):
        raise BadState(say("{where}: sorted names, each once, are expected", where=where))


def _texts(plain: Any, where: str) -> None:
    found = _list(plain, -1, where)
    if len(found) > WORDS or not all(isinstance(text, str) and len(text) <= TEXT for text in found):
        raise BadState(say("{where}: short texts are expected", where=where))
