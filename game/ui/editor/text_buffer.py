"""A text being edited, without a window: lines, caret, selection, and steps back and forth."""

from __future__ import annotations

Place = tuple[int, int]
"""Line and column, both counted from 0."""

STEPS_KEPT = 300
INDENT = "  "


class TextBuffer:
    """The text. What changes it tells whether it did."""

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        self.caret: Place = (0, 0)
        self.anchor: Place = (0, 0)
        self._past: list[tuple[str, Place]] = []
        self._future: list[tuple[str, Place]] = []
        self._typing = False

    @property
    def text(self) -> str:
        """The whole text."""
        return "\n".join(self.lines)

    @property
    def selection(self) -> tuple[Place, Place]:
        """Start and end of what is selected; the same place when nothing is."""
        return min(self.caret, self.anchor), max(self.caret, self.anchor)

    @property
    def selected(self) -> str:
        """What is selected."""
        (r1, c1), (r2, c2) = self.selection
        if r1 == r2:
            return self.lines[r1][c1:c2]
        return "\n".join([self.lines[r1][c1:], *self.lines[r1 + 1 : r2], self.lines[r2][:c2]])

    # --- the caret --------------------------------------------------------------------------------------------

    def put_caret(self, row: int, column: int, keep: bool = False) -> None:
        """Put the caret somewhere; ``keep`` leaves the other end of the selection where it is."""
        row = max(0, min(len(self.lines) - 1, row))
        self.caret = (row, max(0, min(len(self.lines[row]), column)))
        if not keep:
            self.anchor = self.caret
        self._typing = False

    def select_all(self) -> None:
        """Select the whole text."""
        self.anchor = (0, 0)
        self.put_caret(len(self.lines) - 1, len(self.lines[-1]), keep=True)

    def move(self, way: str, far: bool = False, keep: bool = False, page: int = 10) -> None:
        """Move the caret; ``far`` by a word, or to the ends of the text."""
        row, column = self.caret
        if way in ("left", "right"):
            self.put_caret(*self._beside(row, column, way == "right", far), keep=keep)
        elif way in ("up", "down"):
            self.put_caret(row + (1 if way == "down" else -1), column, keep)
        elif way in ("page up", "page down"):
            self.put_caret(row + (page if way == "page down" else -page), column, keep)
        elif way == "home":
            start = len(self.lines[row]) - len(self.lines[row].lstrip())
            self.put_caret(0 if far else row, 0 if far or column == start else start, keep)
        else:
            self.put_caret(len(self.lines) - 1 if far else row, 1_000_000, keep)

    def _beside(self, row: int, column: int, right: bool, far: bool) -> Place:
        line = self.lines[row]
        if right and column >= len(line):
            return (row + 1, 0) if row + 1 < len(self.lines) else (row, column)
        if not right and not column:
            return (row - 1, len(self.lines[row - 1])) if row else (0, 0)
        step = 1 if right else -1
        column += step
        if far:
            while 0 < column < len(line) and (line[column - 1].isalnum() or not line[column].isalnum()):
                column += step
        return row, column

    # --- changes ----------------------------------------------------------------------------------------------

    def _keep(self, typing: bool = False) -> None:
        """Remember the text as it is, once for each run of typing."""
        if not (typing and self._typing):
            self._past = [*self._past[-STEPS_KEPT:], (self.text, self.caret)]
        self._future.clear()
        self._typing = typing

    def insert(self, text: str) -> bool:
        """Put a text in the place of what is selected."""
        (r1, c1), (r2, c2) = self.selection
        if not text and (r1, c1) == (r2, c2):
            return False
        self._keep(typing=len(text) == 1 and text != " " and (r1, c1) == (r2, c2))
        typing = self._typing
        before, after = self.lines[r1][:c1], self.lines[r2][c2:]
        fresh = (before + text).split("\n")
        end = (r1 + len(fresh) - 1, len(fresh[-1]))
        fresh[-1] += after
        self.lines[r1 : r2 + 1] = fresh
        self.put_caret(*end)
        self._typing = typing
        return True

    def new_line(self) -> bool:
        """A new line that begins as deep as the keys of this one, deeper after a colon."""
        (row, column), _ = self.selection
        line = self.lines[row][:column]
        deep = len(line) - len(line.lstrip())
        if line.lstrip().startswith("- "):
            deep += len(INDENT)  # the next key of an entry stands under its first
        return self.insert("\n" + " " * deep + (INDENT if line.rstrip().endswith(":") else ""))

    def indent(self) -> bool:
        """Two spaces here, or before every selected line."""
        (r1, _), (r2, _) = self.selection
        return self.insert(INDENT) if r1 == r2 else self._shift(r1, r2, True)

    def unindent(self) -> bool:
        """Two spaces less before every selected line."""
        (r1, _), (r2, _) = self.selection
        return self._shift(r1, r2, False)

    def _shift(self, first: int, last: int, deeper: bool) -> bool:
        rows = range(first, last + 1)
        if not deeper and not any(self.lines[row].startswith(" ") for row in rows):
            return False
        self._keep()
        for row in rows:
            line = self.lines[row]
            bare = line[min(len(INDENT), len(line) - len(line.lstrip(" "))) :]
            self.lines[row] = (INDENT + line if line else line) if deeper else bare
        self.anchor = (first, 0)
        self.put_caret(last, len(self.lines[last]), keep=first != last)
        return True

    def erase(self, forward: bool = False) -> bool:
        """Take out what is selected, or the letter before or behind the caret."""
        if self.caret == self.anchor:
            self.anchor = self._beside(*self.caret, forward, False)
            if self.caret == self.anchor:
                return False
        return self.insert("")

    def undo(self) -> bool:
        """Take the last change back."""
        return self._step(self._past, self._future)

    def redo(self) -> bool:
        """Do it again."""
        return self._step(self._future, self._past)

    def _step(self, source: list[tuple[str, Place]], target: list[tuple[str, Place]]) -> bool:
        if not source:
            return False
        target.append((self.text, self.caret))
        text, caret = source.pop()
        self.lines = text.split("\n")
        self.put_caret(*caret)
        return True

    def find(self, words: str) -> bool:
        """Select the next place that holds some words, whatever their case; from the top again after the last."""
        if not words:
            return False
        wanted, (row, column) = words.lower(), self.selection[1]
        order = [(n % len(self.lines)) for n in range(row, row + len(self.lines) + 1)]
        for turn, at in enumerate(order):
            found = self.lines[at].lower().find(wanted, column if turn == 0 else 0)
            if found >= 0:
                self.put_caret(at, found)
                self.put_caret(at, found + len(words), keep=True)
                return True
        return False
