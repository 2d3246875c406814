"""Definitions as plain values and back, without any file: what a save carries and what the core starts from.

The canonical form of a scenario is one JSON text with sorted keys and nothing but objects, arrays, integers,
texts, true and false. Two folders that say the same thing have the same form and so the same digest, whatever
their line ends, comments or order of keys. Reading it back checks every value against the same declarations,
because a save may come from a stranger as well.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, cast

from game.schema.shapes import (
    Flag,
    Number,
    Pair,
    Record,
    Row,
    Shape,
    Table,
    Unread,
    Variant,
    Word,
    keys_of,
)
from game.schema.spec import Size
from game.schema.values import asked, number_flaw, number_of, text_flaw

T = TypeVar("T")


class PlainFault(ValueError):
    """A plain value that does not fit its declaration; says where, by keys."""


_PLAIN = frozenset([bool, int, str])


def to_plain(value: Any) -> Any:
    """A definition as dicts, lists, integers, texts and truth values; keys that are not given are left out."""
    if type(value) in _PLAIN or isinstance(value, int | str):
        return value
    if isinstance(value, tuple | list):
        return [item if type(item) in _PLAIN else to_plain(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        given = ((name, getattr(value, field)) for name, field in _plain_names(type(value)))
        return {name: item if type(item) in _PLAIN else to_plain(item) for name, item in given if item is not None}
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in sorted(value.items())}
    raise TypeError(f"{type(value).__name__} has no plain form")


@cache
def _plain_names(kind: type[Any]) -> tuple[tuple[str, str], ...]:
    """Keys of a definition in their order, each with the field that holds it."""
    return tuple(sorted((one.name.removesuffix("_"), one.name) for one in fields(kind) if one.init))


@cache
def _plain_defaults(kind: type[Any]) -> dict[str, Any]:
    """The defaults of a definition in plain form, by key; keys that are not given by default are left out."""
    keys = keys_of(kind).values()
    return {key.name: to_plain(key.default) for key in keys if not key.required and key.default is not None}


def canonical_text(plain: Any) -> str:
    """The one JSON text of a plain value."""
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest(plain: Any) -> str:
    """SHA-256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(canonical_text(plain).encode("utf-8")).hexdigest()


def from_plain(kind: type[T], plain: Any, where: str = "") -> T:
    """The definition that a plain value describes; raises PlainFault, and nothing else, for one that does not fit."""
    try:
        made: T = _record(kind, plain, where or kind.__name__)
    except RecursionError:
        raise PlainFault(f"{where or kind.__name__}: nested too deep") from None
    return made


def _value(shape: Shape, plain: Any, where: str) -> Any:
    match shape:
        case Flag():
            return plain if isinstance(plain, bool) else _refuse(shape, where)
        case Number(mark):
            if isinstance(plain, bool) or not isinstance(plain, int):
                _refuse(shape, where)
            return _unless(number_flaw(mark, plain), plain, where)
        case Word(mark):
            return _unless(text_flaw(mark, plain), plain, where) if isinstance(plain, str) else _refuse(shape, where)
        case Row(item, size):
            return tuple(_value(item, p, f"{where}[{i}]") for i, p in enumerate(_list(shape, plain, size, where)))
        case Pair(items):
            row = _list(shape, plain, Size(len(items), len(items)), where)
            return tuple(_value(s, p, f"{where}[{i}]") for i, (s, p) in enumerate(zip(items, row, strict=True)))
        case Table():
            return _table(shape, _mapping(shape, plain, where), where)
        case Record(kind):
            return _record(kind, plain, where)
        case Variant(tag, kinds):
            word = _mapping(shape, plain, where).get(tag)
            if not isinstance(word, str) or word not in kinds:
                raise PlainFault(f"{where}.{tag}: expected one of {', '.join(sorted(kinds))}")
            return _record(kinds[word], plain, where)
        case Unread():
            return {}
    raise TypeError(f"{shape!r} is not a shape")


def _record(kind: type[Any], plain: Any, where: str) -> Any:
    given = _mapping(Record(kind), plain, where)
    keys = keys_of(kind)
    if unknown := given.keys() - keys.keys():
        raise PlainFault(f"{where}: unknown key {min(unknown)!r}")
    values, defaults = {}, _plain_defaults(cast("Any", kind))
    for key in keys.values():
        if key.name in defaults and given.get(key.name) == defaults[key.name]:
            values[key.field] = key.default  # a default may be what an author could not write, such as no text
        elif key.name in given:
            values[key.field] = _value(key.shape, given[key.name], f"{where}.{key.name}")
        elif key.required:
            raise PlainFault(f"{where}: key {key.name!r} is missing")
        else:
            values[key.field] = key.default
    made = kind(**values)
    for it in made.contradictions() if hasattr(made, "contradictions") else ():
        raise PlainFault(f"{where}.{it.key}: {it.what}")
    return made


def _table(shape: Table, given: dict[str, Any], where: str) -> dict[str | int, Any]:
    if not shape.size.low <= len(given) <= shape.size.high:
        raise PlainFault(f"{where}: {len(given)} entries, expected {shape.size.low} to {shape.size.high}")
    for word in shape.needed:
        if word not in given:
            raise PlainFault(f"{where}: key {word!r} is missing")
    return {_table_key(shape.key, k, where): _value(shape.value, p, f"{where}.{k}") for k, p in sorted(given.items())}


def _table_key(key: Word | Number, text: str, where: str) -> str | int:
    """JSON has texts as keys; a table may count with whole numbers."""
    if isinstance(key, Word):
        return str(_value(key, text, f"{where}.{text}"))
    number = number_of(key.mark, text)
    if not isinstance(number, int):
        raise PlainFault(f"{where}.{text}: {number.what}")
    return number


def _list(shape: Shape, plain: Any, size: Size, where: str) -> list[Any]:
    if not isinstance(plain, (list, tuple)):
        _refuse(shape, where)
    if not size.low <= len(plain) <= size.high:
        raise PlainFault(f"{where}: {len(plain)} entries, expected {size.low} to {size.high}")
    return list(plain)


def _mapping(shape: Shape, plain: Any, where: str) -> dict[str, Any]:
    if not isinstance(plain, dict) or not all(isinstance(key, str) for key in plain):
        _refuse(shape, where)
    found: dict[str, Any] = plain
    return found


def _unless(flaw: Any, value: T, where: str) -> T:
    if flaw is not None:
        raise PlainFault(f"{where}: {flaw.what}")
    return value


def _refuse(shape: Shape, where: str) -> Any:
    raise PlainFault(f"{where}: expected {asked(shape)}")
