"""Where to cut so that a list or mapping in brackets gets other entries, line by line as it was laid out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from game.workshop.text.letters import Cut, Letters
from game.workshop.text.marks import ListMark, TableMark
from game.workshop.text.writing import WIDTH


@dataclass(frozen=True, slots=True)
class Span:
    """An entry between brackets from its first letter to behind its last."""

    start: int
    end: int


def spans(mark: ListMark | TableMark) -> list[Span]:
    """The entries of a list, or the pairs of a mapping."""
    if isinstance(mark, TableMark):
        return [Span(key.start, max(key.end, value.end)) for key, value in mark.pairs()]
    return [Span(item.start, item.end) for item in mark.items]


def flow_insert(letters: Letters, mark: ListMark | TableMark, index: int, texts: Sequence[str]) -> list[Cut]:
    """Put entries before the one at ``index``; lines that grow too long are broken where they grow."""
    entries = spans(mark)
    if not entries:
        return [Cut(mark.start + 1, mark.end - 1, ", ".join(texts))]
    indent = _indent(letters, mark, entries)
    if index == 0:
        at = entries[0].start
        return [Cut(at, at, "".join(text + ", " for text in texts))]
    at = entries[index - 1].end
    column, out = letters.column(at), ""
    for text in texts:
        if column + 2 + len(text) > WIDTH and isinstance(mark, ListMark):
            out, column = out + ",\n" + " " * indent + text, indent + len(text)
        else:
            out, column = out + ", " + text, column + 2 + len(text)
    cuts = [Cut(at, at, out)]
    rest = letters.line_end(at) - at
    if index < len(entries) and column + rest > WIDTH + 6 and isinstance(mark, ListMark):
        there = entries[index].start
        if letters.text[at:there].strip() == "," and "\n" not in letters.text[at:there]:
            cuts.append(Cut(at + 1, there, "\n" + " " * indent))
    return cuts


def _indent(letters: Letters, mark: ListMark | TableMark, entries: Sequence[Span]) -> int:
    """How far lines that continue a list are indented: as they are, else two more than the line it begins in."""
    for span in entries:
        start = letters.line_start(span.start)
        if start > mark.start and not letters.text[start : span.start].strip():
            return span.start - start
    line = letters.text[letters.line_start(mark.start) : letters.line_end(mark.start)]
    bare = line.removeprefix(" " * (len(line) - len(line.lstrip(" "))))
    return len(line) - len(bare) + (4 if bare.startswith("- ") else 2)


def flow_remove(letters: Letters, mark: ListMark | TableMark, first: int, last: int) -> list[Cut]:
    """Take out the entries ``first`` to before ``last``, with a comma each."""
    entries, text = spans(mark), letters.text
    if last - first >= len(entries):
        return [Cut(mark.start + 1, mark.end - 1, "")]
    before = entries[first - 1].end if first else mark.start + 1
    after = entries[last].start if last < len(entries) else mark.end - 1
    opens_line = first > 0 and "\n" in text[before : entries[first].start]
    if first and not (opens_line and last < len(entries) and "\n" not in text[entries[last - 1].end : after]):
        start, end = before, entries[last - 1].end
    elif last < len(entries):
        start, end = entries[first].start, after
    else:
        start, end = before, entries[last - 1].end
    if "#" not in text[start : entries[first].start] + text[entries[last - 1].end : end]:
        return [Cut(start, end, "")]
    return [
        *_commas(text, entries, first, last),
        *(Cut(entries[n].start, entries[n].end, "") for n in range(first, last)),
    ]


def _commas(text: str, entries: Sequence[Span], first: int, last: int) -> list[Cut]:
    # With comments between the entries: only entries and commas go.
    cuts = []
    for number in range(first, last):
        a, b = (number, number + 1) if last < len(entries) else (number - 1, number)
        at = _comma(text, entries[a].end, entries[b].start)
        cuts.append(Cut(at, at + 1, ""))
    return cuts


def _comma(text: str, start: int, end: int) -> int:
    at = start
    while at < end and text[at] != ",":
        at = text.index("\n", at) if text[at] == "#" else at + 1
    return at


def differences(old: Sequence[object], new: Sequence[object]) -> list[tuple[int, int, int, int]]:
    """Stretches of the old list that give way to stretches of the new one: (first, last, first new, last new)."""
    keys: dict[str, int] = {}
    a, b = ([keys.setdefault(repr(item), len(keys)) for item in items] for items in (old, new))
    found = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    return [(i1, i2, j1, j2) for tag, i1, i2, j1, j2 in found if tag != "equal"]
