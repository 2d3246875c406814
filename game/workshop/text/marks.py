"""A YAML text as a tree whose every value knows its first and last letter.

Only texts that the scenario reader accepts come here: its limits and refusals hold, so a plain walk over the
events is enough. Block lists and mappings end with their last value, not with the comments behind it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml

from game.schema import limits
from game.schema.nesting import excess
from game.workshop.text.letters import Letters

_PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"


@dataclass(slots=True, eq=False)
class Mark:
    """A value from its first letter to behind its last."""

    start: int
    end: int

    def plain(self) -> Plain:
        """The value itself: texts, lists and mappings."""
        raise NotImplementedError


@dataclass(slots=True, eq=False)
class TextMark(Mark):
    """A scalar: its text, and its style as YAML marks it ("" without quotes)."""

    text: str = ""
    style: str = ""

    def plain(self) -> Plain:
        return self.text.rstrip("\n") if self.style in ("|", ">") else self.text


@dataclass(slots=True, eq=False)
class ListMark(Mark):
    """A list, in brackets (``flow``) or with a dash before each item."""

    flow: bool = False
    items: list[Mark] = field(default_factory=list)

    def plain(self) -> Plain:
        return [item.plain() for item in self.items]


@dataclass(slots=True, eq=False)
class TableMark(Mark):
    """A mapping, in braces (``flow``) or a line a key."""

    flow: bool = False
    keys: dict[str, TextMark] = field(default_factory=dict)
    values: dict[str, Mark] = field(default_factory=dict)

    def plain(self) -> Plain:
        return {key: value.plain() for key, value in self.values.items()}

    def pairs(self) -> Iterator[tuple[TextMark, Mark]]:
        """Keys and values in the order of the text."""
        return zip(self.keys.values(), self.values.values(), strict=True)


def marked(letters: Letters) -> Mark:
    """The tree of a text; raises yaml.YAMLError or ValueError for what is no YAML of ours."""
    text = "\n".join([line.rstrip(" \t") for line in letters.text.split("\n")])
    if excess(text, limits.DEPTH, limits.NODES) is not None:
        raise ValueError("the text is nested too deeply, or holds too many values")
    events = yaml.parse(text.encode("utf-8"), Loader=_PARSER)
    walk = _MarksWalk(letters, [event for event in events if not isinstance(event, _OUTER)])
    return walk.value(0)


_OUTER = (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentStartEvent, yaml.DocumentEndEvent)


@dataclass(slots=True)
class _MarksWalk:
    letters: Letters
    events: list[Any]
    at: int = 0

    def value(self, after: int) -> Mark:
        """The value that begins with the next event; ``after`` is where one without letters would stand."""
        if self.at >= len(self.events):
            raise ValueError("the file is empty")
        event = self.events[self.at]
        self.at += 1
        if isinstance(event, yaml.ScalarEvent):
            return self._text(event, after)
        start = self._offset(event.start_mark)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(start, bool(event.flow_style))
        if isinstance(event, yaml.MappingStartEvent):
            return self._table(start, bool(event.flow_style))
        raise ValueError("an alias stands here")

    def _offset(self, mark: Any) -> int:
        return self.letters.offset(mark.line, mark.column)

    def _text(self, event: Any, after: int) -> TextMark:
        start, end, style = self._offset(event.start_mark), self._offset(event.end_mark), event.style or ""
        if not style and not event.value:
            start = end = after
        elif style in ("|", ">"):
            end = start + len(self.letters.text[start:end].rstrip())
        return TextMark(start, end, event.value, style)

    def _list(self, start: int, flow: bool) -> ListMark:
        found = ListMark(start, start + 1, flow)
        while not isinstance(self.events[self.at], yaml.SequenceEndEvent):
            found.items.append(self.value(found.end))
            found.end = found.items[-1].end
        self._close(found)
        return found

    def _table(self, start: int, flow: bool) -> TableMark:
        found = TableMark(start, start + 1, flow)
        while not isinstance(self.events[self.at], yaml.MappingEndEvent):
            key = self.value(found.end)
            if not isinstance(key, TextMark) or key.text in found.keys:
                raise ValueError("a key is no word, or stands twice")
            found.keys[key.text] = key
            value = self.value(self.letters.text.find(":", key.end) + 1)
            found.values[key.text] = value
            found.end = max(value.end, key.end)
        self._close(found)
        return found

    def _close(self, found: ListMark | TableMark) -> None:
        event = self.events[self.at]
        self.at += 1
        if found.flow:
            found.end = self._offset(event.end_mark)


def mark_at(root: Mark, path: tuple[str | int, ...]) -> Mark | None:
    """The value at a path such as ("units", 3, "hex"), None where there is none."""
    here: Mark | None = root
    for step in path:
        if isinstance(here, TableMark) and isinstance(step, str):
            here = here.values.get(step)
        elif isinstance(here, ListMark) and isinstance(step, int) and -len(here.items) <= step < len(here.items):
            here = here.items[step]
        else:
            return None
    return here
