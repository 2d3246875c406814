"""How deep a YAML text is nested and how many values it holds, judged with our own eyes alone.

A parser looks ahead: in text of which we have not seen an event yet it may meet a limit of its own, or the end of its
stack, and what it then says or does changes from release to release. So this walk over the letters comes before any
library. It knows just enough of YAML to tell brackets and indentation that nest from those inside quotes, comments,
block texts and plain words. A text that is no YAML passes; saying so is the parser's part.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

# Every pattern is possessive (++, *+): none ever goes back, so none takes more than one look at a letter.
_QUOTED = r"""\"(?:[^"\\]++|\\.)*+\"?+|'(?:[^']++|'')*+'?+"""
_WORD = r"(?:[^ \t\n:]++|:(?![ \t\n]|\Z))++"
_WORD_IN_BRACKETS = r"(?:[^ \t\n:,\[\]{}]++|:(?![ \t\n,\[\]{}]|\Z))++"

_BLANK = re.compile(r"(?:[ \t\n]++|#[^\n]*+)*+")
_COLON = re.compile(r"[ \t]*+:(?=[ \t\n]|\Z)")
_INDICATOR = re.compile(r"[-?:](?=[ \t\n]|\Z)")
_DOCUMENT = re.compile(r"(?:---|\.\.\.)(?=[ \t\n]|\Z)")
_REST_OF_LINE = re.compile(r"[^\n]*+")
_PROPERTY = re.compile(r"[&*][A-Za-z0-9_-]*+|![^ \t\n,\[\]{}]*+")
_QUOTES = re.compile(_QUOTED, re.DOTALL)
_PLAIN = re.compile(rf"{_WORD}(?:[ \t]++(?!#){_WORD})*+")
_NEXT_LINE = re.compile(r"(?:[ \t]*+\n)++([ \t]*+)(?=[^ \t\n#])")
_BLOCK_TEXT = re.compile(r"[|>][-+]?([1-9]?)[^\n]*+\n?+")
_FIRST_OF_BLOCK = re.compile(r"(?: *+\n)*+( *+)")
_IN_BRACKETS = re.compile(
    rf"(?:[ \t\n,?:]++|#[^\n]*+)*+(?:([\[{{])|([\]}}])|"
    rf"({_QUOTED}|{_PROPERTY.pattern}|{_WORD_IN_BRACKETS}(?:[ \t\n]++(?!#){_WORD_IN_BRACKETS})*+))",
    re.DOTALL,
)
_OPENS, _CLOSES = 1, 2

# What most lines look like, taken at one look: a key with a plain or quoted text and the indent of the next line, or an
# item in brackets that hold no brackets, or such as hold none. A quoted text counts as one only where a value begins.
_ENTRY = re.compile(
    r"[A-Za-z0-9_][A-Za-z0-9_.-]*+:(?: +(?:([A-Za-z0-9][^\n:#]*+)|(\"[^\"\\\n]*+\")))?+\n( *+)(?=[^ \t\n#])"
)
_WORDS = r"""(?:[^\[\]{}"'#]++|(?<=[\[{,])"[^"\\\n]*+"|(?<=[:,] )"[^"\\\n]*+")*+"""
_SHALLOW = re.compile(rf"[\[{{]{_WORDS}(?:[\[{{]{_WORDS}[\]}}]{_WORDS})*+[\]}}]")
_ITEM = re.compile(rf"- ({_SHALLOW.pattern})\n( *+)(?=[^ \t\n#])")


@dataclass(frozen=True, slots=True)
class Excess:
    """Where a text passes a limit first (letters from its start), and which: ``deep``, or else too many values."""

    offset: int
    deep: bool


def excess(text: str, depth: int, values: int) -> Excess | None:
    """The first place where a text is nested more than ``depth`` deep or surely holds more than ``values`` values.

    Line ends must be plain newlines. The mapping of a lone pair in brackets (``[a: 1]``) or around a key in brackets
    is no level here, and where counting would take time (empty values, words in brackets) too few values are counted,
    never too many: what slips through is twice as deep at most.
    """
    return _NestingWalk(text, depth, values).excess()


class _Passed(Exception):
    """A limit is passed."""

    def __init__(self, offset: int, deep: bool) -> None:
        super().__init__(offset, deep)
        self.found = Excess(offset, deep)


@dataclass(slots=True)
class _Nest:
    """A list or mapping without brackets. ``dashes``: a list that stands in its mapping's own column."""

    column: int
    mapping: bool
    dashes: bool = False


@dataclass(slots=True)
class _NestingWalk:
    text: str
    depth: int
    values: int
    at: int = 0
    line: int = 0  # where the line of ``at`` begins
    levels: list[_Nest] = field(default_factory=list)
    counted: int = 0

    def excess(self) -> Excess | None:
        text, end = self.text, len(self.text)
        try:
            while self.at < end:
                if text[self.at] in " \t\n#":
                    self._skip()
                else:
                    self._token()
        except _Passed as passed:
            return passed.found
        return None

    def _skip(self) -> None:
        """Go to the next letter that is no blank and no comment."""
        self._go(_BLANK.match(self.text, self.at))

    def _go(self, match: re.Match[str] | None) -> None:
        if match is not None:
            before, self.at = self.at, match.end()
            newline = self.text.rfind("\n", before, self.at)
            if newline >= 0:
                self.line = newline + 1

    def _token(self) -> None:
        """Read what begins here, outside of brackets."""
        text, start = self.text, self.at
        letter, column = text[start], start - self.line
        while self.levels and self.levels[-1].column > column:
            self.levels.pop()
        entry = _ENTRY.match(text, start)
        if entry is not None and (entry[1] is None or len(entry[3]) <= column):
            self._enter(start, mapping=True)
            self._value(2 if entry[1] or entry[2] else 1)
            self.at = entry.end()
            self.line = self.at - len(entry[3])
            return
        item = _ITEM.match(text, start) if letter == "-" else None
        if item is not None and len(item[2]) <= column:
            self._enter(start, mapping=False)
            if not self._too_deep(2):
                self._words(item[1])
                self.at = item.end()
                self.line = self.at - len(item[2])
            else:
                self.at += 1
        elif letter in "-?:" and _INDICATOR.match(text, start):
            self._enter(start, mapping=letter != "-")
            self.at += 1
        elif column == 0 and letter in "-." and _DOCUMENT.match(text, start):
            self.levels.clear()
            self.at += 3
        elif column == 0 and letter == "%":
            self._go(_REST_OF_LINE.match(text, start))
        elif letter in "[{":
            self._brackets()
            self._key(start)
        elif letter in "\"'":
            self._value()
            self._go(_QUOTES.match(text, start))
            self._key(start)
        elif letter in "&!*":
            self._go(_PROPERTY.match(text, start))
            self._key(start)
        elif letter in "|>":
            self._value()
            self._block_text()
        else:
            self._value()
            self._plain(start)

    def _enter(self, start: int, *, mapping: bool) -> None:
        """Be in the list or mapping whose dash or key stands at ``start``."""
        column = start - self.line
        top = self.levels[-1] if self.levels else None
        if top is None or top.column < column:
            self.levels.append(_Nest(column, mapping))
        elif top.mapping and top.dashes == mapping:
            top.dashes = not mapping
            if mapping:
                return
        else:
            return
        self._value()
        if self._too_deep():
            raise _Passed(start, True)

    def _too_deep(self, more: int = 0) -> bool:
        """Whether so many levels more are too many; each column holds two at most."""
        return 2 * len(self.levels) + more > self.depth and self._level() + more > self.depth

    def _level(self) -> int:
        return len(self.levels) + sum(level.dashes for level in self.levels)

    def _value(self, more: int = 1) -> None:
        self.counted += more
        if self.counted > self.values:
            raise _Passed(self.at, False)

    def _words(self, brackets: str) -> None:
        """Count what brackets hold, without the commas of quoted texts."""
        unquoted = "".join(brackets.split('"')[::2]) if '"' in brackets else brackets
        self._value(1 + unquoted.count(","))

    def _key(self, start: int) -> None:
        """If a colon makes a key of what was read since ``start``, be in its mapping."""
        if self.line > start:
            return
        colon = _COLON.match(self.text, self.at)
        if colon is not None:
            self._enter(start, mapping=True)
            self.at = colon.end()

    def _plain(self, start: int) -> None:
        text = self.text
        self._go(_PLAIN.match(text, start) or _REST_OF_LINE.match(text, start))
        self._key(start)
        if text[self.at - 1] == ":":
            return
        margin = self.levels[-1].column if self.levels else -1
        while (following := _NEXT_LINE.match(text, self.at)) and len(following[1]) > margin:
            more = _PLAIN.match(text, following.end())
            if more is None or (not following[1] and _DOCUMENT.match(text, following.end())):
                return
            self._go(following)
            self._go(more)

    def _block_text(self) -> None:
        head = _BLOCK_TEXT.match(self.text, self.at)
        self._go(head)
        parent = self.levels[-1].column if self.levels else -1
        if head is not None and head[1]:
            margin = max(parent, 0) + int(head[1])
        else:
            first = _FIRST_OF_BLOCK.match(self.text, self.at)
            margin = max(len(first[1]) if first else 0, parent + 1, 1)
        self._go(_lines_from(margin).match(self.text, self.at))

    def _brackets(self) -> None:
        """Read to behind the bracket that closes the one here."""
        text, inside = self.text, 0
        shallow = _SHALLOW.match(text, self.at)
        if shallow is not None and not self._too_deep(2):
            self._words(shallow[0])
            self._go(shallow)
            return
        outside = self._level()
        while (token := _IN_BRACKETS.match(text, self.at)) is not None:
            kind = token.lastindex
            self._go(token)
            if kind == _CLOSES:
                inside -= 1
                if not inside:
                    return
                continue
            self._value()
            if kind == _OPENS:
                inside += 1
                if outside + inside > self.depth:
                    raise _Passed(self.at - 1, True)
        self.at = len(text)


@lru_cache(64)
def _lines_from(margin: int) -> re.Pattern[str]:
    """Lines of a block text whose letters begin at a column, and the empty ones between them."""
    return re.compile(rf"(?: {{{margin}}}[^\n]*+\n|[ \t]*+\n)*+(?: {{{margin}}}[^\n]*+\Z)?+")
