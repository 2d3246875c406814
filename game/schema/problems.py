"""What an author is told about a file: place, what is wrong, what to do, and the line itself.

Texts from a file may come from a stranger, so nothing of them reaches a terminal, a log or a title before
control characters and direction marks are written out (``\\x1b``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from game.schema.limits import PROBLEMS_SHOWN

Severity = Literal["error", "warning", "note"]

# Characters that move the cursor, end a line, or change the direction of the text around them.
BIDI_CONTROLS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029"
_UNSAFE = re.compile(f"[\t\n\r{CONTROLS}{BIDI_CONTROLS}\u200b\u2060\ufeff\ud800-\udfff]")

_WINDOW = 120
_QUOTED_AT_MOST = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, or doubtful, in one place. Lines and columns count from 1; line 0: the whole file."""

    file: str
    line: int
    column: int
    severity: Severity
    code: str
    what: str
    fix: str
    source: str = ""
    width: int = 1

    def head(self) -> str:
        """The one line that tools parse: ``FILE:LINE:COL: error CODE: what. fix: what to do``."""
        text = f"{self.file}:{self.line}:{self.column}: {self.severity} {self.code}: {self.what}. fix: {self.fix}"
        return safe(text)

    def lines(self) -> list[str]:
        """The head, then the source line with a marker beneath the place, where there is one."""
        if not self.source or self.line < 1:
            return [self.head()]
        start = max(0, self.column - 1 - _WINDOW // 2) if len(self.source) > _WINDOW else 0
        shown = self.source[start : start + _WINDOW]
        before = safe(shown[: self.column - 1 - start])
        within = safe(shown[self.column - 1 - start :][: max(1, self.width)])
        rest = safe(shown[self.column - 1 - start :][max(1, self.width) :])
        marker = " " * len(before) + "^" * max(1, len(within))
        return [self.head(), f"{self.line:5d} | {before}{within}{rest}", f"      | {marker}"]

    def to_json(self) -> dict[str, str | int]:
        """The same facts for tools."""
        return {
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "severity": self.severity,
            "code": self.code,
            "what": safe(self.what),
            "fix": safe(self.fix),
        }


def safe(text: str) -> str:
    """The text with every character written out that could spoof a terminal or turn a line around."""
    return _UNSAFE.sub(_written_out, text)


def _written_out(match: re.Match[str]) -> str:
    number = ord(match.group())
    # As in JSON from 007f on: json writes those raw, and what is printed stays JSON.
    return " " if number == 9 else f"\\x{number:02x}" if number < 0x7F else f"\\u{number:04x}"


def quoted(text: str) -> str:
    """A text of the file as part of a message, in quotes and cut to a readable length."""
    return f'"{text}"' if len(text) <= _QUOTED_AT_MOST else f'"{text[:_QUOTED_AT_MOST]}..."'


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Sorted by file, line and column, each problem once."""
    return sorted(
        set(problems),
        key=lambda p: (p.file, p.line, p.column, p.severity, p.code, p.what, p.fix, p.width, p.source),
    )


def report_lines(problems: Iterable[Problem], shown: int = PROBLEMS_SHOWN) -> list[str]:
    """The whole report; of more than ``shown`` problems errors go first into the selection, then "and N more"."""
    ordered = in_order(problems)
    kept = ordered
    if len(ordered) > shown:
        rank = {"error": 0, "warning": 1, "note": 2}
        kept = in_order(sorted(ordered, key=lambda p: rank[p.severity])[:shown])
    lines = [line for problem in kept for line in problem.lines()]
    if len(ordered) > len(kept):
        lines.append(f"and {len(ordered) - len(kept)} more")
    return lines


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether the content can not be used."""
    return any(p.severity == "error" for p in problems)
