"""Suggestions for misspelt words."""

from __future__ import annotations

from collections.abc import Iterable

from game.schema.limits import SUGGESTION_DISTANCE

_LISTED_AT_MOST = 12


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word closest to ``word``, or None when none is close; short words must match more closely."""
    allowed = SUGGESTION_DISTANCE if len(word) > 4 else 1
    folded = word.casefold()
    best = None
    for candidate in sorted(set(known)):
        if abs(len(candidate) - len(word)) > allowed:
            continue
        d = distance(folded, candidate.casefold(), allowed)
        if d <= allowed and (best is None or d < best[0]):
            best = (d, candidate)
    return best[1] if best else None


def suggestion(word: str, known: Iterable[str]) -> str:
    """What to do about an unknown word: the nearest one, or the whole list where it is short."""
    words = sorted(set(known))
    near = nearest(word, words)
    if near is not None:
        return f'did you mean "{near}"?'
    if not words:
        return "remove it: nothing of this kind is defined"
    if len(words) > _LISTED_AT_MOST:
        return f"use one of the {len(words)} known names, such as {words[0]}"
    return "use " + (words[0] if len(words) == 1 else f"one of {', '.join(words)}")


def distance(a: str, b: str, enough: int = 1_000) -> int:
    """How many letters must be added, dropped, changed or swapped with the next to turn ``a`` into ``b``.

    Beyond ``enough`` the exact number does not matter, and the counting stops.
    """
    before: list[int] = []
    above = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        row = [i]
        for j, other in enumerate(b, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > enough and min(above) > enough:
            return enough + 1
        before, above = above, row
    return above[-1]
