"""The declarations told to people and editors: rows of the format reference, and a JSON Schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from game.schema.limits import ID_PATTERN
from game.schema.shapes import (
    Flag,
    Key,
    Number,
    Pair,
    Record,
    Row,
    Shape,
    Table,
    Unread,
    Variant,
    Word,
    described,
    keys_of,
)
from game.schema.spec import Choice, Day, Fixed, Format, HexAt, Id, Int, Ref, SideAt, Text
from game.schema.values import asked


@dataclass(frozen=True, slots=True)
class ReferenceRow:
    """One key of a file. ``path`` writes lists as ``[]``, free keys as ``<id>`` and variants as ``(word)``."""

    path: str
    kind: str
    unit: str
    required: bool
    default: str
    doc: str
    example: str


Told: TypeAlias = dict[type[Any], str]
"""Where each kind of mapping is told, by its path."""


def reference_rows(kind: type[Any], told: Told | None = None, file: str = "") -> list[ReferenceRow]:
    """Every key of a file, outer ones first. The keys of a mapping are told where it first stands.

    Several files may share ``told``; ``file`` names this one for those after it.
    """
    return list(_rows(kind, "", {} if told is None else told, f"{file}: " if file else ""))


def undocumented(kind: type[Any]) -> list[str]:
    """Keys without explanation, numbers without unit, mappings without docstring: a rulebook would have holes."""
    holes = [f"{row.path}: no explanation" for row in reference_rows(kind) if not row.doc]
    seen: set[type[Any]] = set()
    for record in _records(Record(kind), seen):
        if not described(record):
            holes.append(f"{record.__name__}: no docstring")
        for key in keys_of(record).values():
            if isinstance(key.shape, Number) and not isinstance(key.shape.mark, Format) and not key.unit:
                holes.append(f"{record.__name__}.{key.name}: no unit")
    return holes


def _rows(kind: type[Any], prefix: str, told: Told, file: str) -> Iterator[ReferenceRow]:
    for key in keys_of(kind).values():
        path = f"{prefix}{key.name}"
        default = "" if key.required else _written(key.default)
        yield ReferenceRow(path, in_words(key.shape, told), key.unit, key.required, default, key.doc, key.example)
        yield from _rows_below(key.shape, path, told, file)


def _rows_below(shape: Shape, path: str, told: Told, file: str) -> Iterator[ReferenceRow]:
    match shape:
        case Record(kind) if kind not in told:
            told[kind] = f"{file}{path}"
            yield from _rows(kind, f"{path}.", told, file)
        case Row(item, _):
            yield from _rows_below(item, f"{path}[]", told, file)
        case Pair(items):
            for i, item in enumerate(items):
                yield from _rows_below(item, f"{path}[{i}]", told, file)
        case Table(key=key, value=value):
            yield from _rows_below(value, f"{path}.<{_free_key(key)}>", told, file)
        case Variant(tag, kinds):
            yield from _variants(tag, kinds, path, told, file)


def _variants(tag: str, kinds: Mapping[str, type[Any]], path: str, told: Told, file: str) -> Iterator[ReferenceRow]:
    """A row for each variant with what it stands for, then its keys; none for those that have been told."""
    fresh = {word: kind for word, kind in kinds.items() if kind not in told}
    told.update(dict.fromkeys(fresh.values(), f"{file}{path}"))
    for word, kind in fresh.items():
        yield ReferenceRow(f"{path}({word})", f"mapping, `{tag}: {word}`", "", False, "", described(kind), "")
        inner = _rows(kind, f"{path}({word}).", told, file)
        yield from (row for row in inner if row.path != f"{path}({word}).{tag}")


def _records(shape: Shape, seen: set[type[Any]]) -> Iterator[type[Any]]:
    match shape:
        case Record(kind) if kind not in seen:
            seen.add(kind)
            yield kind
            for key in keys_of(kind).values():
                yield from _records(key.shape, seen)
        case Row(item, _):
            yield from _records(item, seen)
        case Pair(items):
            for item in items:
                yield from _records(item, seen)
        case Table(value=value):
            yield from _records(value, seen)
        case Variant(_, kinds):
            for kind in kinds.values():
                yield from _records(Record(kind), seen)


def in_words(shape: Shape, told: Told) -> str:
    """The type of a key as the reference prints it; of a mapping that stood before, where its keys are told."""
    match shape:
        case Row(item, _):
            return f"list of: {in_words(item, told)}"
        case Pair(items):
            return "list of exactly: " + "; ".join(in_words(item, told) for item in items)
        case Table(key=key, value=value):
            words = f" ({', '.join(key.mark.words)})" if isinstance(key.mark, Choice) else ""
            return f"mapping from {_free_key(key)}{words} to: {in_words(value, told)}"
        case Record(kind):
            return f"mapping ({kind.__name__})" + (f", see `{told[kind]}`" if kind in told else "")
        case Variant(tag, kinds):
            before = sorted({told[kind] for kind in kinds.values() if kind in told})
            if len(before) == 1 and all(kind in told for kind in kinds.values()):
                return f"mapping, by `{tag}`, see `{before[0]}`"
            return f"mapping, by `{tag}`: {', '.join(kinds)}"
        case Unread():
            return "mapping, merged into the files it names"
        case _:
            return asked(shape)


def _free_key(key: Word | Number) -> str:
    match key.mark:
        case Id(kind=kind) | Ref(kind=kind):
            return kind
        case HexAt():
            return "hex"
        case SideAt():
            return "hexside"
        case Day():
            return "date"
        case Int():
            return "number"
        case Choice():
            return "word"
    return "name"


def _written(default: Any) -> str:
    if default is None:
        return "not given"
    if isinstance(default, bool):
        return "true" if default else "false"
    if isinstance(default, (tuple, dict, str)) and not default:
        return "empty"
    if isinstance(default, (int, str)):
        return str(default)
    return ", ".join(_written(item) for item in default) if isinstance(default, tuple) else "see below"


def json_schema(kind: type[Any], title: str = "") -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a file, for editors: completion, hover texts, ranges.

    Editors read YAML 1.2, where 0714 is a number: so hexes, ids and texts may be numbers as well.
    """
    definitions: dict[str, Any] = {}
    _define(kind, definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title or kind.__name__,
        **definitions.pop(kind.__name__),
        "$defs": dict(sorted(definitions.items())),
    }


def _define(kind: type[Any], definitions: dict[str, Any]) -> None:
    if kind.__name__ in definitions:
        return
    definitions[kind.__name__] = {}
    keys = keys_of(kind).values()
    definitions[kind.__name__].update(
        {
            "type": "object",
            "description": described(kind),
            "additionalProperties": False,
            "properties": {key.name: _property(key, definitions) for key in keys},
            "required": [key.name for key in keys if key.required],
        }
    )


def _property(key: Key, definitions: dict[str, Any]) -> dict[str, Any]:
    hover = key.doc + (f" ({key.unit})" if key.unit else "")
    if not key.required:
        hover += f" Default: {_written(key.default)}."
    schema = _schema(key.shape, definitions)
    return {"description": hover.strip(), **schema} if hover.strip() else schema


def _schema(shape: Shape, definitions: dict[str, Any]) -> dict[str, Any]:
    match shape:
        case Flag():
            return {"type": "boolean"}
        case Number(mark) | Word(mark):
            return _scalar_schema(mark)
        case Row(item, size):
            bounds = ({"minItems": size.low} if size.low else {}) | ({"uniqueItems": True} if size.unique else {})
            return {"type": "array", "items": _schema(item, definitions), **bounds}
        case Pair(items):
            count = len(items)
            prefix = [_schema(item, definitions) for item in items]
            return {"type": "array", "prefixItems": prefix, "minItems": count, "maxItems": count}
        case Table(needed=needed, value=value):
            below = _schema(value, definitions)
            if not needed:
                return {"type": "object", "additionalProperties": below}
            named = dict.fromkeys(needed, below)
            return {"type": "object", "additionalProperties": False, "properties": named, "required": list(needed)}
        case Record(kind):
            _define(kind, definitions)
            return {"$ref": f"#/$defs/{kind.__name__}"}
        case Variant(_, kinds):
            return {"oneOf": [_schema(Record(kind), definitions) for kind in kinds.values()]}
    return {"type": "object"}


def _scalar_schema(mark: Any) -> dict[str, Any]:
    match mark:
        case Format(version=version):
            return {"const": version}
        case Int(low=low, high=high):
            return {"type": "integer", "minimum": low, "maximum": high}
        case Fixed(low=low, high=high):
            return {"type": "number", "minimum": low, "maximum": high}
        case Choice(words=words):
            return {"enum": list(words)}
        case Id(free=False):
            return {"type": "string", "pattern": f"^{ID_PATTERN}$"}
        case Day():
            return {"type": "string", "format": "date"}
        case HexAt():
            return {"type": ["string", "integer"], "pattern": "^([0-9]{4}|[0-9]{6})$"}
        case SideAt():
            return {"type": "string", "pattern": "^([0-9]{4}|[0-9]{6})/(N|NE|SE|S|SW|NW)$"}
        case Text(limit=limit):
            return {"type": ["string", "number"], "minLength": 1, "maxLength": limit}
    return {"type": ["string", "number"]}
