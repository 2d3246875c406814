"""Nodes of a file read against the dataclass that declares it: an instance, or everything that is wrong.

The walk never stops at the first mistake. A wrong entry of a list or table is reported and left out, so that
the rest can still be judged; a wrong key of a mapping spoils that mapping. Names, references, hexes and
hexsides are collected in ``Notes`` with their places, for the passes that know the whole scenario.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, NamedTuple, TypeVar

from game.schema.limits import PROBLEMS_KEPT
from game.schema.nodes import ListNode, Node, SourceText, TableNode, TextNode
from game.schema.problems import Problem, has_errors, quoted
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
    keys_of,
    kinds_named,
)
from game.schema.spec import Contradiction, Format, HexAt, Id, Ref, SideAt, Size
from game.schema.spelling import suggestion
from game.schema.values import Flaw, asked, number_of, text_flaw, tidy

T = TypeVar("T")

_SPOILT = object()


class Named(NamedTuple):
    """A name in a file: the ``kind`` of thing ("hex" and "side" for places on the grid), the text, and where."""

    kind: str
    text: str
    node: Node


@dataclass(slots=True)
class Notes:
    """What one or more walks found: problems, and names still to be checked against each other."""

    problems: list[Problem] = field(default_factory=list)
    declared: list[Named] = field(default_factory=list)
    referred: list[Named] = field(default_factory=list)
    hexes: list[Named] = field(default_factory=list)
    sides: list[Named] = field(default_factory=list)
    lost: set[str] = field(default_factory=set)
    """Kinds of things of which a name was refused, or lies in what could not be understood: there are more of them."""

    def add(self, problem: Problem) -> None:
        """Note a problem, unless there are already more than anyone will read."""
        if len(self.problems) < PROBLEMS_KEPT:
            self.problems.append(problem)

    def include(self, other: Notes) -> None:
        """Add the notes of another walk."""
        for problem in other.problems:
            self.add(problem)
        self.declared += other.declared
        self.referred += other.referred
        self.hexes += other.hexes
        self.sides += other.sides
        self.lost |= other.lost

    def refuse(self, node: Node, flaw: Flaw) -> None:
        """Note a flaw at a node."""
        self.add(node.problem(flaw.code, flaw.what, flaw.fix))

    @property
    def has_errors(self) -> bool:
        """Whether anything noted so far forbids using the files."""
        return has_errors(self.problems)


def walk(node: Node | None, kind: type[T], notes: Notes) -> T | None:
    """The instance of ``kind`` that a mapping describes, or None; problems and names go into ``notes``.

    An instance may come back although problems were noted: wrong entries of its lists are missing from it then.
    """
    if node is None:
        return None
    value = _BindingWalk(notes).value(Record(kind), node, "")
    return value if isinstance(value, kind) else None


@dataclass(slots=True)
class _BindingWalk:
    notes: Notes

    def value(self, shape: Shape, node: Node, label: str) -> Any:
        """The value of a node, or ``_SPOILT`` when it was refused; ``label`` is the key it stands under."""
        if node.broken:
            self.notes.lost |= kinds_named(shape)
            return _SPOILT
        match shape:
            case Number() | Flag() | Word():
                return self._scalar(shape, node, label)
            case Row() | Pair():
                if isinstance(node, ListNode):
                    return self._row(shape, node, label) if isinstance(shape, Row) else self._pair(shape, node, label)
            case Table() | Record() | Variant() | Unread():
                if isinstance(node, TableNode):
                    return self._mapping(shape, node, label)
        return self._wrong_kind(shape, node, label)

    def _wrong_kind(self, shape: Shape, node: Node, label: str) -> Any:
        name = f"{quoted(label)} should be {asked(shape)}" if label else f"expected {asked(shape)}"
        fix = "write it as " + asked(shape)
        if isinstance(node, TextNode) and node.is_nothing:
            fix = "write a value, or leave the key out if it may be missing"
            if node.text:
                fix += "; a real name like this goes in quotes"
        elif isinstance(node, TextNode) and not node.plain and isinstance(shape, (Number, Flag)):
            fix = "remove the quotes"
        self.notes.add(node.problem("Y204", f"{name}, found {node.found()}", fix))
        self.notes.lost |= kinds_named(shape)
        return _SPOILT

    # single values

    def _scalar(self, shape: Number | Flag | Word, node: Node, label: str) -> Any:
        if not isinstance(node, TextNode) or node.is_nothing:
            return self._wrong_kind(shape, node, label)
        if isinstance(shape, Word):
            return self._word(shape, node)
        if not node.plain:
            return self._wrong_kind(shape, node, label)
        if isinstance(shape, Number):
            return self._number(shape, node, label)
        if node.text not in ("true", "false"):
            return self._wrong_kind(shape, node, label)
        return node.text == "true"

    def _number(self, shape: Number, node: TextNode, label: str) -> Any:
        number = number_of(shape.mark, node.text)
        if not isinstance(number, Flaw):
            return number
        named = bool(label) and not isinstance(shape.mark, Format)
        what = f"{quoted(label)}: {number.what}" if named else number.what
        self.notes.refuse(node, Flaw(number.code, what, number.fix))
        return _SPOILT

    def _word(self, shape: Word, node: TextNode) -> Any:
        mark = shape.mark
        text = tidy(mark, node.text)
        flaw = text_flaw(mark, text)
        if flaw is not None:
            self.notes.refuse(node, flaw)
            self.notes.lost |= kinds_named(shape)
            return _SPOILT
        match mark:
            case Id():
                self.notes.declared.append(Named(mark.kind, text, node))
            case Ref() if text not in mark.also:
                self.notes.referred.append(Named(mark.kind, text, node))
            case HexAt():
                self.notes.hexes.append(Named("hex", text, node))
            case SideAt():
                self.notes.sides.append(Named("side", text, node))
        return text

    # lists

    def _row(self, shape: Row, node: ListNode, label: str) -> Any:
        fits = self._fits(shape.size, len(node.items), node, label)
        values = [self.value(shape.item, item, label) for item in node.items]
        if shape.size.unique:
            self._no_repeats(node, values)
        return tuple(v for v in values if v is not _SPOILT) if fits else _SPOILT

    def _no_repeats(self, node: ListNode, values: list[Any]) -> None:
        first: dict[Any, Node] = {}
        for value, item in zip(values, node.items, strict=True):
            if value is _SPOILT:
                continue
            if value in first:
                what = f"{item.found()} stands twice in this list, first on line {first[value].line}"
                self.notes.add(item.problem("Y214", what, "remove one of the two"))
            first.setdefault(value, item)

    def _pair(self, shape: Pair, node: ListNode, label: str) -> Any:
        if len(node.items) != len(shape.items):
            what = f"{_called(label)} should hold {len(shape.items)} values, found {len(node.items)}"
            self.notes.add(node.problem("Y213", what, f"write {', '.join(asked(s) for s in shape.items)}"))
            return _SPOILT
        values = tuple(self.value(s, item, label) for s, item in zip(shape.items, node.items, strict=True))
        return _SPOILT if any(v is _SPOILT for v in values) else values

    def _fits(self, size: Size, count: int, node: Node, label: str) -> bool:
        if size.low <= count <= size.high:
            return True
        if count < size.low:
            what = f"{_called(label)} needs at least {size.low} entries, found {count}"
            self.notes.add(node.problem("Y213", what, "add what is missing"))
        else:
            what = f"{_called(label)} may have at most {size.high} entries, found {count}"
            self.notes.add(node.problem("Y213", what, f"leave {count - size.high} out"))
        return False

    # mappings

    def _mapping(self, shape: Table | Record | Variant | Unread, node: TableNode, label: str) -> Any:
        match shape:
            case Table():
                return self._table(shape, node, label)
            case Record(kind):
                return self._record(kind, node, label)
            case Variant():
                return self._variant(shape, node, label)
        return {}

    def _table(self, shape: Table, node: TableNode, label: str) -> Any:
        found = {}
        keys = 0
        for key_node, value_node in node.pairs():
            key = self.value(shape.key, key_node, label)
            value = self.value(shape.value, value_node, key_node.text)
            keys += key is not _SPOILT
            if key is not _SPOILT and value is not _SPOILT:
                found[key] = value
        # A key that was refused has been told: that there is one too many, or one too few, follows from it.
        fits = keys < len(node.values) or self._fits(shape.size, keys, node, label)
        absent = [word for word in shape.needed if word not in node.values]
        if absent:
            what = f'key "{absent[0]}" is missing{_within(label)}'
            self.notes.add(node.problem("Y202", what, f"add {', '.join(absent)}, each with {asked(shape.value)}"))
        return found if fits and all(word in found for word in shape.needed) else _SPOILT

    def _variant(self, shape: Variant, node: TableNode, label: str) -> Any:
        word = node.values.get(shape.tag)
        if word is None:
            what = f'key "{shape.tag}" is missing{_within(label)}'
            self.notes.add(node.problem("Y202", what, f"add {shape.tag}: {' | '.join(sorted(shape.kinds))}"))
            return _SPOILT
        if word.broken or not isinstance(word, TextNode) or word.text not in shape.kinds:
            self.notes.lost |= kinds_named(shape)
        if word.broken:
            return _SPOILT
        if not isinstance(word, TextNode) or word.text not in shape.kinds:
            text = word.text if isinstance(word, TextNode) else ""
            known = sorted(shape.kinds)
            what = f'"{shape.tag}" does not know {word.found()}'
            self.notes.add(word.problem("Y210", what, suggestion(text, known)))
            return _SPOILT
        return self._record(shape.kinds[word.text], node, word.text)

    def _record(self, kind: type[Any], node: TableNode, label: str) -> Any:
        keys, before = keys_of(kind), len(self.notes.problems)
        self._unknown_keys(keys, node, label)
        values = {key.field: self._key(key, node, label) for key in keys.values()}
        if any(v is _SPOILT for v in values.values()):
            return _SPOILT
        made = kind(**values)
        if len(self.notes.problems) > before:
            return made  # entries are missing from its lists: it may contradict itself for that reason alone
        return _SPOILT if self._contradicts(made, node) else made

    def _key(self, key: Key, node: TableNode, label: str) -> Any:
        below = node.values.get(key.name)
        if below is not None:
            return self.value(key.shape, below, key.name)
        if not key.required:
            return key.default
        self.notes.add(
            node.problem(
                "Y202",
                f'key "{key.name}" is missing{_within(label)}',
                f"add {key.name}: {key.example or asked(key.shape)}",
            )
        )
        self.notes.lost |= kinds_named(key.shape)
        return _SPOILT

    def _unknown_keys(self, keys: Iterable[str], node: TableNode, label: str) -> None:
        known = set(keys)
        for name, key_node in node.keys.items():
            if name not in known and not key_node.broken:
                free = known - set(node.keys)
                what = f"unknown key {quoted(name)}{_within(label)}"
                self.notes.add(key_node.problem("Y201", what, _key_fix(name, free, known)))

    def _contradicts(self, made: Any, node: TableNode) -> bool:
        ask = getattr(made, "contradictions", None)
        found: list[Contradiction] = list(ask()) if ask is not None else []
        for it in found:
            at = node.values.get(it.key, node)
            # Where a scenario overrides part of a common mapping, the mistake lies in its own part.
            own = next(chain(_from_elsewhere(at, node.source), _from_elsewhere(node, node.source)), at)
            self.notes.add(own.problem(it.code, it.what, it.fix))
        return bool(found)


def _from_elsewhere(node: Node, source: SourceText) -> Iterator[Node]:
    """The values in a node that do not stand in this file, the outermost ones alone."""
    if node.source.name != source.name:
        yield node
    elif isinstance(node, TableNode | ListNode):
        for below in node.values.values() if isinstance(node, TableNode) else node.items:
            yield from _from_elsewhere(below, source)


def _key_fix(name: str, free: set[str], known: set[str]) -> str:
    """Keys that stand in the mapping already are no help, unless no other is left."""
    return suggestion(name, free or known) if free or known else "remove it"


def _within(label: str) -> str:
    return f" in {quoted(label)}" if label else ""


def _called(label: str) -> str:
    return quoted(label) if label else "this"
