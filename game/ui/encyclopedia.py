"""Searching the help and the rulebook: which paragraphs, headings and rows of tables hold all the words.

>>> found = find([("Supply", "# Supply\\n\\n7.1 Sources feed units.\\n\\n7.2 Roads carry supply.")], "roads supply")
>>> found[0].title, found[0].words
('Supply', '7.2 Roads carry supply.')
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MOST = 80
"""Places that are listed at most."""
SHORT = 110
"""Letters of a place that its line shows."""
_MARKS = re.compile(r"\*\*|`|^#+ |^[-*] |^\| *| *\|$")
_NUMBERED = re.compile(r"\d+\.\d+ ")
_RULED = re.compile(r"\|?[\s:|-]+\|?$")


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place in a chapter: the chapter by its number and title, the words there, and the letters before and in it."""

    chapter: int
    title: str
    words: str
    start: int
    end: int
    heading: bool


def find(chapters: Sequence[tuple[str, str]], words: str) -> list[FoundPlace]:
    """Every place that holds all the words, headings first, then as the chapters stand; none for fewer than 2 letters.

    ``chapters`` are titles with their texts in Markdown.
    """
    sought = words.casefold().split()
    if not sought or max(map(len, sought)) < 2:
        return []
    found = [
        place
        for number, (title, text) in enumerate(chapters)
        for place in _places(number, title, text)
        if all(word in f"{title} {place.words}".casefold() for word in sought)
        and any(word in place.words.casefold() for word in sought)
    ]
    return sorted(found, key=lambda one: not one.heading)[:MOST]


def rule(chapters: Sequence[tuple[str, str]], number: str) -> FoundPlace | None:
    """The place of a rule by its number, such as 5.1; a chapter's by its own, such as 5; None where there is none.

    >>> rule([("7. Supply", "# 7. Supply\\n\\n7.1 Sources feed units.\\n\\n7.2 Roads.")], "7.2").words
    '7.2 Roads.'
    """
    begins = f"{number} " if "." in number else f"{number}. "
    places = (place for n, (title, text) in enumerate(chapters) for place in _places(n, title, text))
    return next(
        (place for place in places if place.words.startswith(begins) and place.heading != ("." in number)), None
    )


def shortened(words: str, sought: str) -> str:
    """The part of a place around the first word that was sought, for one line."""
    first = min((at for word in sought.casefold().split() if (at := words.casefold().find(word)) >= 0), default=0)
    start = max(0, first - SHORT // 3)
    if start:
        start = words.find(" ", start) + 1 or start
    part = words[start : start + SHORT]
    return f"{'… ' if start else ''}{part}{' …' if start + SHORT < len(words) else ''}"


def _places(number: int, title: str, text: str) -> Iterator[FoundPlace]:
    """The paragraphs of a text, each row of a table by itself."""
    at, gathered, begun = 0, list[str](), 0
    for line in [*text.splitlines(keepends=True), "\n"]:
        bare = line.strip()
        alone = bare.startswith(("|", "#", "- "))
        if gathered and (not bare or alone or _NUMBERED.match(bare)):
            yield _place(number, title, gathered, begun, at)
            gathered = []
        if alone and not _RULED.fullmatch(bare):
            yield _place(number, title, [bare], at, at + len(line))
        elif bare and not alone:
            begun = begun if gathered else at
            gathered.append(bare)
        at += len(line)


def _place(number: int, title: str, lines: Sequence[str], start: int, end: int) -> FoundPlace:
    heading = lines[0].startswith("#")
    words = " ".join(_MARKS.sub("", line) for line in lines).replace(" | ", " · ")
    return FoundPlace(number, title, words.strip(), start, end, heading)
