"""Entries of lists in files: found by their key, written as their declaration spells them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from game.scenario.files.relations import Area
from game.schema.shapes import Flag, Number, Pair, Record, Row, Shape, Table, Word, keys_of
from game.schema.spec import Fixed, Text
from game.schema.values import tidy
from game.words import say
from game.workshop.edits.base import Sheets
from game.workshop.refused import EditRefused
from game.workshop.text.document import Document, Path
from game.workshop.text.writing import Bare, Value


def order(kind: type[Any]) -> tuple[str, ...]:
    """The keys of a declared mapping in their order; an area's own keys come before the ways to tell its hexes."""
    keys = tuple(keys_of(kind))
    if not issubclass(kind, Area):
        return keys
    shared = keys_of(Area)
    own = [key for key in keys if key not in shared]
    head = [key for key in own if key in ("id", "name", "faction")]
    return (*head, *shared, *(key for key in own if key not in head))


def entry_of(kind: type[Any], values: Mapping[str, Any]) -> dict[str, Value]:
    """A new entry as it is written: keys in their order, those with None or an empty text left out."""
    keys = keys_of(kind)
    return {
        name: spelled(keys[name].shape, values[name]) for name in order(kind) if values.get(name) not in (None, "", ())
    }


def spelled(shape: Shape, value: Any) -> Value:
    """A value as a file spells it: decimals that are kept as whole numbers get their point back."""
    match shape:
        case Number(Fixed(places=places)) if isinstance(value, int):
            whole, part = divmod(abs(value), 10**places)
            digits = f"{part:0{places}d}".rstrip("0")
            return Bare("-" * (value < 0) + str(whole) + (f".{digits}" if digits else ""))
        case Row(item=item):
            return [spelled(item, one) for one in value]
        case Pair(items=items):
            return [spelled(item, one) for item, one in zip(items, value, strict=True)]
        case Table(key=key, value=below):
            return {str(spelled(key, k)): spelled(below, v) for k, v in dict(value).items()}
        case Word(mark=Text() as mark) if isinstance(value, str):
            return tidy(mark, value)
        case Record(kind=kind) if isinstance(value, Mapping):
            return entry_of(kind, value)
    if isinstance(value, (str, int)):
        return value
    raise EditRefused(f"{value!r} cannot be written here")


def typed(kind: type[Any], plain: Mapping[str, Any]) -> dict[str, Value]:
    """An entry read from a file, to be written again: numbers and truth values get no quotes."""
    keys = keys_of(kind)
    bare = [name for name in plain if name in keys and isinstance(keys[name].shape, (Number, Flag))]
    return {name: Bare(value) if name in bare else value for name, value in plain.items()}


def index_of(document: Document, path: Path, key: str, value: str) -> int:
    """The number of the entry with a value under a key; Refused when there is none."""
    for number, item in enumerate(document.items(*path)):
        if isinstance(item, dict) and item.get(key) == value:
            return number
    raise EditRefused(say('{name}: there is no "{value}" under {path}', name=document.name, value=value, path=path[-1]))


def new_name(document: Document, path: Path, key: str, value: str) -> None:
    """Refuse a name that is empty or taken."""
    if not value.strip():
        raise EditRefused("give it a name")
    if any(isinstance(item, dict) and item.get(key) == value for item in document.items(*path)):
        raise EditRefused(say('there is a "{value}" already', value=value))


def add(document: Document, key: str, file: type[Any], *entries: Mapping[str, Value], spread: bool = False) -> None:
    """Put entries at the end of a section of a file; one that is not there yet takes its place in the order."""
    if document.mark(key) is None:
        document.set((key,), [], order(file))
    document.append((key,), *entries, spread=spread)


def change(document: Document, path: Path, kind: type[Any], field: str, value: Any) -> None:
    """Give a key of an entry another value; None, or the default of the declaration, takes an optional key out."""
    key = keys_of(kind).get(field)
    if key is None:
        raise EditRefused(say("{field} is no key of {name} here", field=field, name=document.name))
    if value is None or (not key.required and value == key.default and document.mark(*path, field) is None):
        if key.required:
            raise EditRefused(say("{field} must have a value", field=field))
        document.drop((*path, field))
    else:
        document.set((*path, field), spelled(key.shape, value), order(kind))


def labels(sheets: Sheets, hexes: Sequence[int]) -> list[str]:
    """Labels of hexes; Refused for one that is not on the map."""
    return [label(sheets, here) for here in hexes]


def label(sheets: Sheets, here: int) -> str:
    """Label of a hex; Refused when it is not on the map."""
    if not 0 <= here < sheets.grid.size:
        raise EditRefused("that is off the map")
    return sheets.grid.label(here)


def side_label(sheets: Sheets, side: int) -> str:
    """Text of a hexside; Refused on the rim of the map, where nothing can cross."""
    if not 0 <= side < sheets.grid.size * 3 or sheets.grid.ends[side][1] < 0:
        raise EditRefused("that hexside lies on the rim of the map")
    return sheets.grid.side_label(side)
