"""Prose in the game: a small part of Markdown, set in lines that fit a width.

Known are headings, paragraphs, lists with ``-``, tables with ``|``, ``**strong**``, ``*emphasis*``, `` `code` ``,
links and fences; a line that starts with the number of a rule, such as 5.1, starts a paragraph, which stands beside its
number with all that follows. Everything else is shown as it is written. A table whose head is empty is one of keys: its
first column becomes caps; columns of figures end at the same edge. Setting a text measures it and draws nothing;
:class:`game.ui.kit.reading.Prose` draws.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from game.ui.kit import key_caps
from game.ui.kit.fonts import BODY, MONO, NARROW, NARROW_STRONG, STRONG, Fonts

PLAIN, LOUD, FAINT = "plain", "loud", "faint"
"""Inks of a run of words: as the text, as a heading, or dim; :mod:`game.ui.kit.key_caps` has those of keys."""
_OF_KEYS = 15.5
"""How wide a column of keys is, in sizes of the text: the same in all tables, so that they stand below each other."""

_TWO_OF_KEYS = 80.0
"""The width from which a table of keys stands in two columns, in sizes of the text."""

_INLINE = re.compile(r"\*\*(.+?)\*\*|\*(\S(?:.*?\S)?)\*|`([^`]+)`|\[([^\]]+)\]\(([^)]*)\)|<(https?://[^>]+)>")
_RULE = re.compile(r"\|?[\s:|-]+\|?$")
_NUMBERED = re.compile(r"\d+\.\d+ ")
_FIGURES = re.compile(r"[−+-]?[\d¼½¾][\d¼½¾.,:/]*( ?%| km| MP| CP| LP)?|[-–—]?")
_HEADINGS = (20 / 15, 18 / 15, 16 / 15)
LEADING = 1.42
MEASURE, OF_NUMBERS = 47.0, 2.6
"""The longest line of a paragraph, about ninety letters, and how far rules stand in beside their numbers; both in
sizes of the text."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one font and ink; ``link`` is where a click on them leads, "" nowhere."""

    text: str
    role: str
    ink: str = PLAIN
    link: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run in its place: pixels from the left edge and the top of the text."""

    x: int
    y: int
    run: Run
    pixels: int


@dataclass(frozen=True, slots=True)
class Page:
    """A text that has been set. ``rules`` are fine lines: left, top, right."""

    pieces: tuple[Piece, ...]
    rules: tuple[tuple[int, int, int], ...]
    height: int


def runs(text: str, role: str = BODY, strong: str = STRONG, ink: str = PLAIN) -> list[Run]:
    """A line of Markdown as runs."""
    out, at = [], 0
    for found in _INLINE.finditer(text):
        if found.start() > at:
            out.append(Run(text[at : found.start()], role, ink))
        bold, slanted, code, words, link, address = found.groups()
        if bold is not None:
            out.append(Run(bold, strong, ink))
        elif slanted is not None:
            out.append(Run(slanted, role, LOUD))
        elif code is not None:
            out.append(Run(code, MONO, ink))
        else:
            out.append(Run(words or address, role, ink, link or address))
        at = found.end()
    if at < len(text):
        out.append(Run(text[at:], role, ink))
    return out


class Setter:
    """Sets one text from top to bottom."""

    def __init__(self, fonts: Fonts, width: int, pixels: int) -> None:
        self.fonts, self.width, self.pixels = fonts, width, pixels
        self.pieces: list[Piece] = []
        self.rules: list[tuple[int, int, int]] = []
        self.y = self.left = 0
        """How far down the page the work has come, and how far from its edge: rules stand beside their numbers."""

    @property
    def room(self) -> int:
        """The width of a paragraph."""
        return min(self.width - self.left, round(self.pixels * MEASURE))

    def set(self, text: str) -> Page:
        """The whole text."""
        for kind, lines in blocks(text):
            if kind == "heading":
                self._heading(lines[0])
            elif kind == "table":
                self._table(lines)
            elif kind == "item":
                self._item(" ".join(lines))
            elif kind == "code":
                self._code(lines)
            else:
                self._paragraph(" ".join(lines))
        return Page(tuple(self.pieces), tuple(self.rules), self.y)

    def _heading(self, line: str) -> None:
        level, self.left = len(line) - len(line.lstrip("#")), 0
        pixels = int(self.pixels * _HEADINGS[min(level, 3) - 1] + 0.01)
        self.y += round(pixels * 0.5) if self.y else 0
        self._flow(runs(line.lstrip("# "), STRONG, STRONG, LOUD), 0, self.width, pixels)
        if level == 1:
            self.rules.append((0, self.y, self.width))
            self.y += round(pixels * 0.2)
        self.y += round(pixels * 0.25)

    def _paragraph(self, text: str) -> None:
        numbered = _NUMBERED.match(text)
        if numbered:
            self.left = round(self.pixels * OF_NUMBERS)
            self.pieces.append(Piece(0, self.y, Run(numbered.group().strip(), NARROW, FAINT), self.pixels))
            text = text[numbered.end() :]
        self._flow(runs(text), self.left, self.room, self.pixels)
        self.y += round(self.pixels * 0.6)

    def _item(self, text: str) -> None:
        indent = round(self.pixels * 1.1)
        self.pieces.append(Piece(self.left + round(self.pixels * 0.3), self.y, Run("•", BODY, LOUD), self.pixels))
        self._flow(runs(text), self.left + indent, self.room - indent, self.pixels)
        self.y += round(self.pixels * 0.25)

    def _code(self, lines: Sequence[str]) -> None:
        pixels = round(self.pixels * 0.9)
        for line in lines:
            for part in _columns_of(line, max(8, self.width // self.fonts.width("0", MONO, pixels))):
                self.pieces.append(Piece(0, self.y, Run(part, MONO), pixels))
                self.y += round(pixels * LEADING)
        self.y += round(self.pixels * 0.6)

    def _flow(self, words: Sequence[Run], left: int, width: int, pixels: int) -> None:
        """Runs broken into lines at blanks, from the present height downwards."""
        line: list[Run] = []
        blank = False
        for run in words:
            for word in re.findall(r"\s+|\S+", run.text):
                if word.isspace():
                    blank = bool(line)
                    continue
                for number, part in enumerate(_cut(self.fonts, word, run.role, pixels, width)):
                    longer = _with(line, replace(run, text=part), blank and not number)
                    if line and (number or self._wide(longer, pixels) > width):
                        self._put(line, left, pixels)
                        longer = [replace(run, text=part)]
                    line, blank = longer, False
        self._put(line, left, pixels)

    def _wide(self, line: Sequence[Run], pixels: int) -> int:
        return sum(self.fonts.width(run.text, run.role, pixels) for run in line)

    def _put(self, line: Sequence[Run], left: int, pixels: int) -> None:
        """One finished line."""
        x = left
        for run in line:
            self.pieces.append(Piece(x, self.y, run, pixels))
            x += self.fonts.width(run.text, run.role, pixels)
        self.y += round(pixels * LEADING)

    def _table(self, lines: Sequence[str]) -> None:
        headed = not _RULE.fullmatch(lines[0].strip())
        rows = [cells(line) for line in lines if not _RULE.fullmatch(line.strip())]
        if not rows:
            return
        if not headed and all(len(row) == 2 for row in rows):
            self._keys(rows)
            return
        columns = max(len(row) for row in rows)
        rows = [row + [""] * (columns - len(row)) for row in rows]
        pixels, gap = self.pixels, self.pixels
        widths = self._columns(rows, pixels, gap)
        figures = [_are_figures(column[int(headed) :]) for column in zip(*rows, strict=True)]
        span = self.left + sum(widths) + gap * (columns - 1)
        for number, row in enumerate(rows):
            top, bottom, x = self.y, self.y, self.left
            head = headed and number == 0
            role = NARROW_STRONG if head else NARROW
            for text, width, right in zip(row, widths, figures, strict=True):
                self.y = top
                words, start = runs(text, role, NARROW_STRONG, FAINT if head else PLAIN), x
                if right and (wide := self._wide(words, pixels)) < width:
                    start += width - wide
                self._flow(words, start, width, pixels)
                bottom, x = max(bottom, self.y), x + width + gap
            self.y = bottom + round(pixels * 0.1)
            self.rules += [(self.left, self.y + down, span) for down in range(2 if head else 1)]
            self.y += round(pixels * 0.2)
        self.y += round(self.pixels * 0.6)

    def _keys(self, rows: Sequence[Sequence[str]]) -> None:
        """A table of keys: caps at the left, what they do at the right; on a wide page in two columns."""
        many = 2 if self.width >= _TWO_OF_KEYS * self.pixels else 1
        wide, each = (self.width + 2 * self.pixels) // many, -(-len(rows) // many)
        top = bottom = self.y
        caps = min(round(self.pixels * _OF_KEYS), self.width * 2 // 5) if many == 1 else wide * 3 // 10
        for number in range(many):
            self.y = top
            self._key_column(rows[number * each : (number + 1) * each], number * wide, wide - 2 * self.pixels, caps)
            bottom = max(bottom, self.y)
        self.y = bottom + round(self.pixels * 0.6)

    def _key_column(self, rows: Sequence[Sequence[str]], left: int, width: int, caps: int) -> None:
        pixels = self.pixels
        room = min(width - caps, round(pixels * MEASURE))
        for keys, words in rows:
            top = self.y
            self._caps(keys, left, caps - pixels)
            bottom, self.y = self.y, top
            self._flow(runs(words, NARROW, NARROW_STRONG), left + caps, room, pixels)
            self.y = max(bottom, self.y) + round(pixels * 0.2)
            self.rules.append((left, self.y, left + caps + room))
            self.y += round(pixels * 0.33)

    def _caps(self, line: str, left: int, width: int) -> None:
        """Keys in a row, as many rows as they take."""
        pixels, edge = round(self.pixels * 0.87), left + 2
        x, tied = edge, True
        drop, gap = round((self.pixels - pixels) * 0.7), round(self.pixels * 0.35)
        for part in key_caps.parts(line):
            capped = part.kind in (key_caps.KEY, key_caps.MOUSE)
            letters = self.fonts.width(part.text, NARROW, pixels)
            wide = key_caps.cap_width(letters, pixels) if capped else letters
            sign = part.kind == key_caps.SIGN
            x += 0 if x == edge else round(gap * 0.5) if sign or tied else gap
            if x > edge and x + wide > left + width:
                x, self.y = edge, self.y + round(self.pixels * (LEADING + 0.2))
            run = Run(part.text, NARROW, part.kind if capped else FAINT)
            self.pieces.append(Piece(x + (wide - letters) // 2, self.y + drop, run, pixels))
            x, tied = x + wide, sign
        self.y += round(self.pixels * LEADING)

    def _columns(self, rows: Sequence[Sequence[str]], pixels: int, gap: int) -> list[int]:
        """Column widths: as wide as the cells want, the widest ones narrowed where that is too much."""
        natural, least = [], []
        for column in zip(*rows, strict=True):
            plain = ["".join(run.text for run in runs(text)) for text in column]
            natural.append(1 + max(self.fonts.width(text, NARROW_STRONG, pixels) for text in plain))
            words = [word for text in plain for word in text.split()] or [""]
            least.append(1 + max(self.fonts.width(word, NARROW_STRONG, pixels) for word in words))
        room = self.width - self.left - gap * (len(natural) - 1)
        while sum(natural) > room:
            spare = [wide - low for wide, low in zip(natural, least, strict=True)]
            widest = max(range(len(natural)), key=lambda n: natural[n] if spare[n] > 0 else -1)
            most = spare[widest]
            if most <= 0:
                widest = natural.index(max(natural))
                most = natural[widest]
                if most <= pixels:
                    break
            natural[widest] -= max(1, min(sum(natural) - room, natural[widest] // 12, most))
        return natural


def _are_figures(column: Sequence[str]) -> bool:
    """Whether a column of a table holds figures, which stand below each other by their last digit."""
    return any(column) and all(_FIGURES.fullmatch(text.strip("* ")) for text in column)


def blocks(text: str) -> Iterator[tuple[str, list[str]]]:
    """(kind, lines) of each block: heading, table, item, code or paragraph."""
    gathered: list[str] = []
    kind = "paragraph"
    code = False
    for raw in [*text.split("\n"), ""]:
        line = raw.strip()
        if line.startswith("```"):
            if gathered:
                yield kind, gathered
            code, kind, gathered = not code, "code" if not code else "paragraph", []
            continue
        if code:
            gathered.append(raw.rstrip())
            continue
        now = _kind(line, kind, raw)
        starts = _NUMBERED.match(line) if now == "paragraph" else line.startswith(("- ", "* "))
        if gathered and (not line or now != kind or (starts and now in ("item", "paragraph"))):
            yield kind, gathered
            gathered = []
        kind = now
        if not line:
            continue
        if now == "heading":
            yield now, [line]
        else:
            gathered.append(line[2:].strip() if now == "item" and line.startswith(("- ", "* ")) else line)
    if gathered:
        yield kind, gathered


def _kind(line: str, before: str, raw: str) -> str:
    if line.startswith("#"):
        return "heading"
    if line.startswith("|"):
        return "table"
    if line.startswith(("- ", "* ")) or (before == "item" and line and raw[:1].isspace()):
        return "item"
    return "paragraph"


def _with(line: Sequence[Run], run: Run, blank: bool) -> list[Run]:
    """A line with a run added, joined to the last one where they look alike."""
    text = f" {run.text}" if blank else run.text
    if line and replace(line[-1], text=run.text) == run:
        return [*line[:-1], replace(run, text=line[-1].text + text)]
    if blank and line:
        return [*line[:-1], replace(line[-1], text=line[-1].text + " "), run]
    return [*line, run]


def cells(line: str) -> list[str]:
    """The cells of a table's row."""
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _cut(fonts: Fonts, word: str, role: str, pixels: int, width: int) -> list[str]:
    """A word too long for a line in parts; any other word whole."""
    if fonts.width(word, role, pixels) <= width or len(word) < 2:
        return [word]
    parts, start = [], 0
    while start < len(word):
        end = start + 1
        while end < len(word) and fonts.width(word[start : end + 1], role, pixels) <= width:
            end += 1
        parts.append(word[start:end])
        start = end
    return parts


def _columns_of(line: str, most: int) -> list[str]:
    """A line of code in parts of so many characters, broken at a blank where there is one in its second half."""
    parts = []
    while len(line) > most:
        at = line.rfind(" ", most // 2, most)
        at = most if at < 0 else at + 1
        parts.append(line[:at])
        line = line[at:]
    return [*parts, line or " "]


def set_page(fonts: Fonts, text: str, width: int, pixels: int) -> Page:
    """A text set in lines of a width."""
    return Setter(fonts, max(width, pixels), pixels).set(text)
