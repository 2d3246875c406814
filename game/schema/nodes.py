"""A YAML file as nodes: text, lists and tables, each knowing its file, line and column. YAML types nothing here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from game.schema.problems import Problem, Severity, quoted

Path: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class SourceText:
    """A file as read: the name shown to people, and its lines."""

    name: str
    lines: tuple[str, ...] = ()

    def problem(
        self, line: int, column: int, code: str, what: str, fix: str, *, width: int = 1, severity: Severity = "error"
    ) -> Problem:
        """A problem at a place of this file, with the line as it stands there."""
        text = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        return Problem(self.name, line, column, severity, code, what, fix, text, width)


@dataclass(slots=True, eq=False)
class Node:
    """A value in a file. A ``broken`` node has been reported already and is passed over in silence."""

    source: SourceText
    line: int
    column: int
    width: int = 1
    broken: bool = False

    def problem(self, code: str, what: str, fix: str, severity: Severity = "error") -> Problem:
        """A problem with this value."""
        return self.source.problem(self.line, self.column, code, what, fix, width=self.width, severity=severity)

    def found(self) -> str:
        """What stands here, in words."""
        raise NotImplementedError

    @property
    def where(self) -> str:
        """Place as part of a message about another place."""
        return f"{self.source.name}:{self.line}"


@dataclass(slots=True, eq=False)
class TextNode(Node):
    """A scalar: the text as written; ``plain`` when it stands without quotes."""

    text: str = ""
    plain: bool = True

    @property
    def is_nothing(self) -> bool:
        """Whether nothing is given: no value at all, ``~`` or ``null`` without quotes."""
        return self.plain and self.text in ("", "~", "null", "Null", "NULL")

    def found(self) -> str:
        """What stands here, in words."""
        if self.is_nothing:
            return "nothing" if not self.text else f"{self.text}, which is YAML for nothing"
        return quoted(self.text) if self.plain else f"the text {quoted(self.text)} in quotes"


@dataclass(slots=True, eq=False)
class ListNode(Node):
    """A sequence."""

    items: list[Node] = field(default_factory=list)

    def found(self) -> str:
        """What stands here, in words."""
        return "a list"


@dataclass(slots=True, eq=False)
class TableNode(Node):
    """A mapping, in the order of the file; ``keys`` are the nodes of the keys themselves."""

    keys: dict[str, TextNode] = field(default_factory=dict)
    values: dict[str, Node] = field(default_factory=dict)

    def found(self) -> str:
        """What stands here, in words."""
        return "a mapping"

    def pairs(self) -> Iterator[tuple[TextNode, Node]]:
        """Key and value nodes together."""
        return zip(self.keys.values(), self.values.values(), strict=True)

    def without(self, key: str) -> TableNode:
        """The same mapping lacking one key."""
        keys = {name: node for name, node in self.keys.items() if name != key}
        values = {name: node for name, node in self.values.items() if name != key}
        return TableNode(self.source, self.line, self.column, self.width, self.broken, keys, values)


def node_at(root: Node, path: Path) -> Node:
    """The node at a path such as ("units", 3, "hex"), or the deepest one above it: defaults have no place."""
    for step in path:
        below: Node | None = None
        if isinstance(root, TableNode) and isinstance(step, str):
            below = root.values.get(step)
        elif isinstance(root, ListNode) and isinstance(step, int) and step < len(root.items):
            below = root.items[step]
        if below is None:
            return root
        root = below
    return root


def texts_of(node: Node | None) -> Iterator[str]:
    """Every text that stands somewhere in a value, keys of mappings among them."""
    match node:
        case TextNode():
            yield node.text
        case ListNode():
            for item in node.items:
                yield from texts_of(item)
        case TableNode():
            yield from node.keys
            for value in node.values.values():
                yield from texts_of(value)


def merged(base: Node, over: Node) -> Node:
    """``over`` laid over ``base``: mappings key by key, anything else replaced whole.

    Every node keeps the file it came from, so a wrong number is reported in the scenario that overrides it.
    """
    if not isinstance(base, TableNode) or not isinstance(over, TableNode):
        return over
    keys, values = dict(base.keys), dict(base.values)
    for name, value in over.values.items():
        keys[name] = over.keys[name]
        values[name] = merged(values[name], value) if name in values else value
    return TableNode(base.source, base.line, base.column, base.width, base.broken or over.broken, keys, values)
