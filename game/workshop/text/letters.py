"""The bytes of a file as letters that can be cut and pasted: byte mark and line ends come back as they were."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Cut:
    """Letters ``start`` to ``end`` give way to ``text``."""

    start: int
    end: int
    text: str


class Letters:
    """A file's text with plain line ends, and what it takes to write it back. Offsets count letters of ``text``."""

    __slots__ = ("text", "_raw", "_mark", "_pairs", "_end", "_starts")

    def __init__(self, data: bytes) -> None:
        self._mark = data.startswith(_MARK)
        self._raw = data.decode("utf-8-sig")
        pieces = self._raw.split("\r\n")
        self.text = "\n".join(pieces).replace("\r", "\n")
        # Offsets in the plain text of line ends that take two letters in the file.
        self._pairs: list[int] = []
        at = 0
        for piece in pieces[:-1]:
            at += len(piece)
            self._pairs.append(at)
            at += 1
        bare = self._raw.count("\n") - len(self._pairs)
        lone = self._raw.count("\r") - len(self._pairs)
        most = max(bare, lone, len(self._pairs))
        self._end = "\n" if bare == most else "\r\n" if len(self._pairs) == most else "\r"
        self._starts = [0]
        for line in self.text.split("\n"):
            self._starts.append(self._starts[-1] + len(line) + 1)

    def offset(self, line: int, column: int) -> int:
        """Where a line and column, both counted from 0, lie in the text."""
        return min(self._starts[line] + column, len(self.text)) if line < len(self._starts) else len(self.text)

    def line_start(self, at: int) -> int:
        """Where the line begins that holds a place."""
        return self._starts[bisect_right(self._starts, at) - 1]

    def line_end(self, at: int) -> int:
        """Where the line that holds a place ends, before its line end."""
        found = self.text.find("\n", at)
        return len(self.text) if found < 0 else found

    def column(self, at: int) -> int:
        """How far a place lies from the start of its line."""
        return at - self.line_start(at)

    def after(self, cuts: Iterable[Cut]) -> bytes:
        """The bytes of the file once the cuts are made; they must not overlap."""
        out, done = [], 0
        for cut in sorted(cuts, key=lambda cut: (cut.start, cut.end)):
            start, end = self._in_file(cut.start), self._in_file(cut.end)
            if start < done:
                raise ValueError("cuts overlap")
            out += [self._raw[done:start], cut.text.replace("\n", self._end)]
            done = end
        text = "".join([*out, self._raw[done:]])
        return _MARK * self._mark + text.encode("utf-8")

    def _in_file(self, at: int) -> int:
        return at + bisect_right(self._pairs, at - 1)
