"""The declarations of ``spec`` compiled into shapes: what loader, schema export and canonical form all walk along."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from functools import cache
from typing import Annotated, Any, Literal, TypeAlias, Union, cast, get_args, get_origin, get_type_hints

from game.schema.spec import (
    Choice,
    Day,
    Fixed,
    Format,
    HexAt,
    Id,
    Int,
    OneOf,
    Overrides,
    Ref,
    SideAt,
    Size,
    Text,
)

WordMark: TypeAlias = Text | Id | Ref | HexAt | SideAt | Day | Choice
NumberMark: TypeAlias = Int | Fixed | Format


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number, or a decimal kept as a whole number."""

    mark: NumberMark


@dataclass(frozen=True, slots=True)
class Flag:
    """``true`` or ``false``."""


@dataclass(frozen=True, slots=True)
class Word:
    """A text of some kind."""

    mark: WordMark


@dataclass(frozen=True, slots=True)
class Row:
    """A list of any length within ``size``."""

    item: Shape
    size: Size


@dataclass(frozen=True, slots=True)
class Pair:
    """A list of a fixed number of values, each with its own shape."""

    items: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A mapping with free keys, of which some may be needed."""

    key: Word | Number
    value: Shape
    size: Size
    needed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping with the keys of a dataclass."""

    kind: type[Any]


@dataclass(frozen=True, slots=True)
class Variant:
    """A mapping whose key ``tag`` says which of several dataclasses it is."""

    tag: str
    kinds: Mapping[str, type[Any]]


@dataclass(frozen=True, slots=True)
class Unread:
    """A mapping that is handled before the file is read."""


Shape: TypeAlias = Number | Flag | Word | Row | Pair | Table | Record | Variant | Unread


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a mapping: its field, its shape, and what people are told about it."""

    name: str
    field: str
    shape: Shape
    required: bool
    default: Any
    doc: str
    unit: str
    example: str


def keys_of(kind: type[Any]) -> dict[str, Key]:
    """The keys of a dataclass by their name in the file."""
    return _compiled(cast("Any", kind))


@cache
def _compiled(kind: type[Any]) -> dict[str, Key]:
    if not is_dataclass(kind):
        raise TypeError(f"{kind.__name__} is not a dataclass")
    hints = get_type_hints(kind, include_extras=True)
    found = {}
    for item in fields(kind):
        if not item.init:
            continue
        default = item.default
        if default is MISSING and item.default_factory is not MISSING:
            default = item.default_factory()
        try:
            key = _key(item.name, hints[item.name], default)
        except TypeError as error:
            raise TypeError(f"{kind.__name__}.{item.name}: {error}") from None
        found[key.name] = key
    return found


def kinds_named(shape: Shape) -> frozenset[str]:
    """The kinds of things that get their names somewhere within a value of this shape."""
    found: set[str] = set()
    seen: set[type[Any]] = set()
    left: list[Shape] = [shape]
    while left:
        match left.pop():
            case Word(Id(kind=kind)):
                found.add(kind)
            case Row(item=item):
                left.append(item)
            case Pair(items=items):
                left += items
            case Table(key=key, value=value):
                left += (key, value)
            case Record() | Variant() as mapping:
                kinds = [mapping.kind] if isinstance(mapping, Record) else [*mapping.kinds.values()]
                for kind_ in kinds:
                    if kind_ not in seen:  # a condition may hold conditions
                        seen.add(kind_)
                        left += [one.shape for one in keys_of(kind_).values()]
    return frozenset(found)


def described(kind: type[Any]) -> str:
    """What a dataclass stands for: its docstring, unless Python made that up."""
    text = kind.__doc__ or ""
    return "" if text.startswith(f"{kind.__name__}(") else " ".join(text.split())


def tag_of(kind: type[Any], tag: str) -> str:
    """The word under ``tag`` that marks a variant."""
    words = get_args(get_type_hints(kind).get(tag))
    if len(words) != 1:
        raise TypeError(f"{kind.__name__} lacks a field {tag}: Literal[one word]")
    return str(words[0])


def _key(field: str, hint: Any, default: Any) -> Key:
    inner, marks = _peeled(hint)
    shape = _shape(inner, marks)
    doc, unit, example = _words_about(shape, marks)
    missing = default is MISSING
    return Key(field.removesuffix("_"), field, shape, missing, None if missing else default, doc, unit, example)


def _words_about(shape: Shape, marks: tuple[Any, ...]) -> tuple[str, str, str]:
    doc = unit = example = ""
    for mark in (getattr(shape, "mark", None), *marks):
        doc = getattr(mark, "doc", "") or doc
        unit = getattr(mark, "unit", "") or unit
        example = getattr(mark, "example", "") or example
    if not doc and isinstance(shape, Record):
        doc = described(shape.kind)
    if not doc and isinstance(shape, Word) and isinstance(shape.mark, Choice) and len(shape.mark.words) == 1:
        doc = "says which kind of mapping this is"
    return doc, unit, example


def _peeled(hint: Any) -> tuple[Any, tuple[Any, ...]]:
    """A hint without ``Annotated`` and ``| None``; inner marks come first, outer ones override them."""
    marks: tuple[Any, ...] = ()
    while True:
        origin = get_origin(hint)
        if origin is Annotated:
            hint, *more = get_args(hint)
            marks = (*more, *marks)
        elif origin in (Union, types.UnionType) and type(None) in get_args(hint):
            rest = tuple(a for a in get_args(hint) if a is not type(None))
            hint = rest[0] if len(rest) == 1 else Union[rest]  # noqa: UP007 - the parts are computed
        else:
            return hint, marks


def _shape_of(hint: Any) -> Shape:
    inner, marks = _peeled(hint)
    return _shape(inner, marks)


def _shape(hint: Any, marks: tuple[Any, ...]) -> Shape:
    origin, arguments = get_origin(hint), get_args(hint)
    if _last(marks, Overrides) is not None:
        return Unread()
    if hint is bool:
        return Flag()
    if hint is int:
        return Number(_needed(marks, (Int, Fixed, Format), "a whole number needs Int, Fixed or Format"))
    if hint is str:
        return Word(_last(marks, (Text, Id, Ref, HexAt, SideAt, Day, Choice)) or Text())
    if origin is Literal:
        return _literal_shape(arguments)
    if origin is tuple:
        return _list_shape(arguments, _last(marks, Size) or Size())
    if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        return _table_shape(arguments, _last(marks, Size))
    if origin in (Union, types.UnionType):
        tag = _needed(marks, (OneOf,), "a choice of mappings needs OneOf").tag
        return Variant(tag, {tag_of(kind, tag): kind for kind in arguments})
    if isinstance(hint, type) and is_dataclass(hint):
        return Record(hint)
    raise TypeError(f"{hint!r} cannot be declared; use int, bool, str, tuple, Mapping or a dataclass")


def _list_shape(arguments: tuple[Any, ...], size: Size) -> Shape:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        return Row(_shape_of(arguments[0]), size)
    return Pair(tuple(_shape_of(argument) for argument in arguments))


def _table_shape(arguments: tuple[Any, ...], size: Size | None) -> Shape:
    key, value = (_shape_of(argument) for argument in arguments)
    if not isinstance(key, (Word, Number)):
        raise TypeError("the keys of a table are text or whole numbers")
    needed = key.mark.words if size is None and isinstance(key.mark, Choice) else ()
    return Table(key, value, size or Size(), needed)


def _literal_shape(words: tuple[Any, ...]) -> Shape:
    if all(isinstance(word, str) for word in words):
        return Word(Choice(*words))
    if sorted(words) != list(range(min(words), max(words) + 1)):
        raise TypeError("a Literal holds texts, or whole numbers without gaps")
    return Number(Int(min(words), max(words)))


def _last(marks: tuple[Any, ...], kind: type[Any] | tuple[type[Any], ...]) -> Any:
    return next((mark for mark in reversed(marks) if isinstance(mark, kind)), None)


def _needed(marks: tuple[Any, ...], kinds: tuple[type[Any], ...], otherwise: str) -> Any:
    mark = _last(marks, kinds)
    if mark is None:
        raise TypeError(otherwise)
    return mark
