"""Writing into the tables of a draft: a table is copied before it is first written, a column when it is.

Nothing else assigns into a table. What events write stands in :mod:`game.state.happenings`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from operator import attrgetter
from typing import Any, TypeVar

from game.scenario.world import World
from game.state.tables import TableName, Working

T = TypeVar("T")
_assign = object.__setattr__
_READERS: dict[type, Callable[[Any], tuple[Any, ...]]] = {}


def fixed(draft: Working) -> None:
    """Turn the written columns of the draft's own tables back into tuples."""
    for name, opened in draft.own.items():
        table = draft.intel[name] if type(name) is int else getattr(draft, str(name))
        for field in opened:
            _assign(table, field, tuple(getattr(table, field)))


def _own(draft: Working, name: TableName) -> Any:
    """The draft's own copy of a table, made before it is first written; its columns stay shared until written."""
    table = draft.intel[name] if type(name) is int else getattr(draft, str(name))
    if name not in draft.own:
        draft.own[name] = []
        table = _copied(table)
        whole, value = ("intel", replaced(draft.intel, name, table)) if type(name) is int else (str(name), table)
        setattr(draft, whole, value)
    return table


def _copied(table: T) -> T:
    kind = type(table)
    return kind(*_reader(kind)(table))


def _reader(kind: type) -> Callable[[Any], tuple[Any, ...]]:
    # Reads all columns of a table at once, in the order of its fields.
    found = _READERS.get(kind)
    if found is None:
        found = _READERS[kind] = attrgetter(*(f.name for f in fields(kind)))
    return found


def column(draft: Working, table: TableName, name: str) -> list[int]:
    """A column of a table as a list that may be written into."""
    owned = _own(draft, table)
    values = getattr(owned, name)
    if type(values) is not list:
        values = list(values)
        _assign(owned, name, values)
        draft.own[table].append(name)
    return values


def put(draft: Working, table: TableName, name: str, row: int, value: int) -> None:
    """Write one number of a column."""
    column(draft, table, name)[row] = value


def add(draft: Working, table: TableName, name: str, row: int, change: int) -> None:
    """Add to one number of a column."""
    column(draft, table, name)[row] += change


def write(draft: Working, table: TableName, name: str, value: Any) -> None:
    """Give a table another value of a field."""
    _assign(_own(draft, table), name, value)


def replaced(pairs: tuple[T, ...], row: int, value: T) -> tuple[T, ...]:
    """The same values with another one in its place."""
    return (*pairs[:row], value, *pairs[row + 1 :])


def exchange_world(draft: Working, world: World) -> None:
    """The draft goes by another world from here on."""
    _assign(draft, "world", world)
