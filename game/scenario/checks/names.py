"""Names against each other: each id once, each reference to something that exists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from game.schema.binding import Named
from game.schema.limits import PROBLEMS_KEPT
from game.schema.problems import Problem, quoted
from game.schema.spelling import suggestion

_SUGGESTIONS = 60  # looking for the nearest of thousands of names takes its time; nobody reads more


def repeated_names(declared: Iterable[Named]) -> Iterator[Problem]:
    """Things of one kind that bear the same name."""
    first: dict[tuple[str, str], Named] = {}
    for name in declared:
        before = first.setdefault((name.kind, name.text), name)
        if before is not name:
            what = f"{_kind(name)} {quoted(name.text)} exists already, at {before.node.where}"
            yield name.node.problem("N101", what, "give one of the two another name")


def dangling_names(
    declared: Iterable[Named], referred: Iterable[Named], elsewhere: Mapping[str, Iterable[str]] | None = None
) -> Iterator[Problem]:
    """References to nothing. ``elsewhere`` adds names that no file declares."""
    known: dict[str, set[str]] = defaultdict(set)
    for name in declared:
        known[name.kind].add(name.text)
    for kind, words in (elsewhere or {}).items():
        known[kind].update(words)
    fixes: dict[tuple[str, str], str] = {}
    told = 0
    for name in referred:
        if name.text in known[name.kind] or told >= PROBLEMS_KEPT:
            continue
        told += 1
        key = (name.kind, name.text)
        if key not in fixes and len(fixes) < _SUGGESTIONS:
            fixes[key] = suggestion(name.text, known[name.kind])
        fix = fixes.get(key, f"use the name of a {_kind(name)} that exists")
        yield name.node.problem("N102", f"there is no {_kind(name)} {quoted(name.text)}", fix)


def _kind(name: Named) -> str:
    return name.kind.replace("_", " ")
