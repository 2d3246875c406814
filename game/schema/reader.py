"""Bytes of a YAML file to nodes, without trusting them.

PyYAML's loaders are not used: they guess types (hex 0107 becomes 71), expand aliases without bound, and a deep
file can kill the process. Limits of our own (``limits``) are judged on bytes and letters before any library sees
them (``nesting``); after that only the stream of events is read, and anchors, aliases, tags, merge keys and second
documents are refused at their place. What is wrong with a file is reported, never raised, and reading goes on
wherever the rest can still be understood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from game.schema import limits
from game.schema.file_bytes import file_bytes
from game.schema.nesting import Excess, excess
from game.schema.nodes import ListNode, Node, SourceText, TableNode, TextNode
from game.schema.problems import BIDI_CONTROLS, CONTROLS, Problem, quoted

_PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FORBIDDEN = re.compile(f"[{CONTROLS}{BIDI_CONTROLS}]")

# Everything PyYAML is known to let out beside its own errors, found by feeding it mutated files.
_LEAKS = (ValueError, LookupError, AttributeError, OverflowError, RecursionError, TypeError)


class _Unreadable(Exception):
    """Nothing behind this place can be understood; the reason has been noted."""


def read_file(path: Path, shown_as: str | None = None) -> tuple[TableNode | None, list[Problem]]:
    """The mapping in a file, or None, and all that is wrong with it. ``shown_as`` names the file in messages."""
    name = shown_as if shown_as is not None else str(path)
    data, problems = file_bytes(path, name)
    return (None, problems) if data is None else read_bytes(data, name)


def read_bytes(data: bytes, name: str) -> tuple[TableNode | None, list[Problem]]:
    """The mapping in a YAML text, or None, and all that is wrong with it."""
    text, problems = decoded(data, name)
    if text is None:
        return None, problems
    source = SourceText(name, tuple(text.split("\n")))
    if len(source.lines) > limits.LINES:
        what = f"the file has more than {limits.LINES} lines"
        return None, [source.problem(1, 1, "Y108", what, "split it, or leave out what is not needed")]
    if _FORBIDDEN.search(text):
        return None, _forbidden_characters(source)
    builder = _Builder(source)
    passed = excess(text, limits.DEPTH, limits.NODES)
    if passed is not None:
        builder.refuse(passed)
        return None, builder.problems
    return builder.build(text.encode("utf-8")), builder.problems


def decoded(data: bytes, name: str) -> tuple[str | None, list[Problem]]:
    """Text of a file: UTF-8 with or without mark, any line ends, blanks at line ends dropped."""
    blank = SourceText(name)
    if len(data) > limits.FILE_BYTES:
        what = f"the file is larger than {limits.FILE_BYTES // 2**20} MB"
        return None, [blank.problem(1, 1, "Y102", what, "split it, or leave out what is not needed")]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or (b"\0" in data[:4] and len(data) > 1):
        return None, [blank.problem(1, 1, "Y103", "the file is UTF-16 or UTF-32 text", "save it as UTF-8")]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        line, column = before.count(b"\n") + 1, len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        what = f"byte 0x{data[error.start]:02x} is not UTF-8 text"
        return None, [blank.problem(line, column, "Y103", what, "save the file as UTF-8")]
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join([line.rstrip(" \t") for line in lines]), []


def _forbidden_characters(source: SourceText) -> list[Problem]:
    found = []
    for number, line in enumerate(source.lines, 1):
        match = _FORBIDDEN.search(line)
        if match is not None:
            found.append(_forbidden(source, number, match.start() + 1, match.group()))
            if len(found) >= limits.PROBLEMS_KEPT:
                break
    return found


def _forbidden(source: SourceText, line: int, column: int, character: str) -> Problem:
    kind = "direction mark" if re.match(f"[{BIDI_CONTROLS}]", character) else "control character"
    what = f"{kind} U+{ord(character):04X} is not allowed"
    return source.problem(line, column, "Y104", what, "delete it (it may be invisible in an editor)")


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet; ``key`` waits for its value. ``ignored``: read but thrown away."""

    node: ListNode | TableNode
    key: TextNode | None = None
    ignored: bool = False


@dataclass(slots=True)
class _Builder:
    """Builds nodes from the event stream with a stack of its own, so that depth costs nothing."""

    source: SourceText
    problems: list[Problem] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)
    root: Node | None = None
    nodes: int = 0

    def build(self, data: bytes) -> TableNode | None:
        try:
            self._read_events(data)
        except _Unreadable:
            return None
        except yaml.YAMLError as error:
            self._syntax(error)
            return None
        except _LEAKS as error:
            self._note(1, 1, "Y110", f"the file is not YAML ({type(error).__name__})", "check it in an editor")
            return None
        return self._top()

    def _top(self) -> TableNode | None:
        root = self.root
        if root is None or (isinstance(root, TextNode) and root.is_nothing and not root.broken):
            self._note(1, 1, "Y105", "the file is empty", "write keys and values, beginning with format: 1")
            return None
        if isinstance(root, TableNode):
            return root
        if not root.broken:
            self._keep(
                root.problem("Y106", f"expected a mapping of keys, found {root.found()}", "begin with format: 1")
            )
        return None

    def _read_events(self, data: bytes) -> None:
        parser, documents = _PARSER(data), 0
        try:
            while (event := parser.get_event()) is not None:
                kind = type(event)
                if self.nodes > limits.NODES:
                    self._passed(event, deep=False)
                if kind is yaml.ScalarEvent:
                    self.nodes += 1
                    self._placed(self._text(event))
                elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                    self.nodes += 1
                    self._open(event)
                elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                    self.stack.pop()
                elif kind is yaml.AliasEvent:
                    self.nodes += 1
                    self._placed(self._alias(event))
                elif kind is yaml.DocumentStartEvent:
                    documents += 1
                    if documents > 1:
                        what = "a second document begins here"
                        self._at(event, "Y107", what, "keep one document in a file: remove the --- line")
                        return
        finally:
            parser.dispose()

    def refuse(self, passed: Excess) -> None:
        """Say which limit a text passes, and where."""
        before = "\n".join(self.source.lines)[: passed.offset]
        line, column = before.count("\n") + 1, passed.offset - before.rfind("\n")
        if passed.deep:
            what = f"nested more than {limits.DEPTH} deep"
            self._note(line, column, "Y109", what, "close the brackets, or flatten the lists")
        else:
            what = f"the file holds more than {limits.NODES} values"
            self._note(line, column, "Y108", what, "split it, or leave out what is not needed")

    def _passed(self, event: Any, *, deep: bool) -> None:
        """What the walk over the letters does not count (empty values, lone pairs) is judged by its event."""
        mark = event.start_mark
        self.refuse(Excess(sum(len(line) + 1 for line in self.source.lines[: mark.line]) + mark.column, deep))
        raise _Unreadable

    def _open(self, event: Any) -> None:
        mark, mapping = event.start_mark, type(event) is yaml.MappingStartEvent
        if len(self.stack) >= limits.DEPTH:
            self._passed(event, deep=True)
        broken = (event.anchor is not None or event.tag is not None) and self._has_forbidden_marks(event)
        made = TableNode if mapping else ListNode
        node = made(self.source, mark.line + 1, mark.column + 1, 1, broken)
        ignored = self._placed(node)
        self.stack.append(_Open(node, None, ignored))

    def _text(self, event: Any) -> TextNode:
        """A node for a scalar; what is forbidden is noted and makes the node broken."""
        start, end = event.start_mark, event.end_mark
        line, column = start.line + 1, start.column + 1
        width = (end.column - start.column or 1) if end.line == start.line else self._rest_of_line(line, column)
        broken = (event.anchor is not None or event.tag is not None) and self._has_forbidden_marks(event)
        plain = not event.style
        if not plain and (match := _FORBIDDEN.search(event.value)) is not None:
            self._keep(_forbidden(self.source, line, column, match.group()))
            broken = True
        return TextNode(self.source, line, column, width, broken, event.value, plain)

    def _alias(self, event: Any) -> TextNode:
        self._at(event, "Y111", f"aliases are not allowed: *{event.anchor}", "write the value out")
        return TextNode(self.source, event.start_mark.line + 1, event.start_mark.column + 1, 1, True)

    def _rest_of_line(self, line: int, column: int) -> int:
        text = self.source.lines[line - 1] if line <= len(self.source.lines) else ""
        return max(1, len(text) - column + 1)

    def _has_forbidden_marks(self, event: Any) -> bool:
        if event.anchor is not None:
            self._at(event, "Y111", f"anchors are not allowed: &{event.anchor}", "remove it and write values out")
        if event.tag is not None:
            self._at(event, "Y112", f"tags are not allowed: {quoted(event.tag)}", "remove the tag")
            return True
        return False

    def _placed(self, node: Node) -> bool:
        """Hang a node where it belongs; True when it belongs nowhere and is to be read and forgotten."""
        if not self.stack:
            self.root = self.root or node
            return False
        top = self.stack[-1]
        if top.ignored:
            return True
        if isinstance(top.node, ListNode):
            top.node.items.append(node)
            return False
        if top.key is None:
            top.key = self._key(node)
            return not isinstance(node, TextNode)
        key, top.key = top.key, None
        return not self._entered(top.node, key, node)

    def _key(self, node: Node) -> TextNode:
        if isinstance(node, TextNode):
            if node.is_nothing and not node.broken:
                self._keep(node.problem("Y113", "a key is missing before the colon", "write the key"))
                node.broken = True
            return node
        if not node.broken:
            self._keep(node.problem("Y113", f"a key must be a word, found {node.found()}", "write a word"))
        return TextNode(self.source, node.line, node.column, broken=True)

    def _entered(self, table: ListNode | TableNode, key: TextNode, value: Node) -> bool:
        if key.broken or not isinstance(table, TableNode):
            return False
        if key.text == "<<" and key.plain:
            self._keep(key.problem("Y114", "merge keys are not supported", "write the keys out"))
            return False
        first = table.keys.get(key.text)
        if first is not None:
            what = f"key {quoted(key.text)} stands twice in one mapping, first on line {first.line}"
            self._keep(key.problem("Y115", what, "remove one of the two"))
            return False
        table.keys[key.text], table.values[key.text] = key, value
        return True

    def _syntax(self, error: yaml.YAMLError) -> None:
        """Say what PyYAML stumbled over, in words for authors."""
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
        text = self.source.lines[line - 1] if 0 < line <= len(self.source.lines) else ""
        blank = text[: len(text) - len(text.lstrip(" \t"))]
        if "\t" in blank:
            column = blank.index("\t") + 1
            self._note(line, column, "Y116", "a tab stands in the indentation", "use spaces")
            return
        reason = str(getattr(error, "problem", None) or getattr(error, "reason", None) or type(error).__name__)
        context = getattr(error, "context", None)
        what = f"this is not valid YAML: {reason}" + (f" ({context})" if context else "")
        self._note(line, column, "Y110", what, _syntax_fix(reason))

    def _at(self, event: Any, code: str, what: str, fix: str) -> None:
        self._note(event.start_mark.line + 1, event.start_mark.column + 1, code, what, fix)

    def _note(self, line: int, column: int, code: str, what: str, fix: str) -> None:
        self._keep(self.source.problem(line, column, code, what, fix))

    def _keep(self, problem: Problem) -> None:
        if len(self.problems) < limits.PROBLEMS_KEPT:
            self.problems.append(problem)


def _syntax_fix(reason: str) -> str:
    if "mapping values are not allowed" in reason:
        return "put the text in quotes if it holds a colon, and check the indentation"
    if "cannot start any token" in reason:
        return "put the text in quotes"
    if "did not find expected" in reason or "could not find expected" in reason or "expected <block end>" in reason:
        return "check the indentation, the colon after the key, and that brackets and quotes are closed"
    if "end of stream" in reason or "quoted scalar" in reason:
        return "close the quotes or brackets"
    return "check the indentation, quotes and brackets on this line and the one before"
