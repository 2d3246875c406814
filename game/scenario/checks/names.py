"""Names against each other: each id once, each reference to something that exists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from game.scenario.problems import Problem, quoted
from game.scenario.schema import Named
from game.scenario.spelling import suggestion


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
    for name in referred:
        if name.text not in known[name.kind]:
            what = f"there is no {_kind(name)} {quoted(name.text)}"
            yield name.node.problem("N102", what, suggestion(name.text, known[name.kind]))


def _kind(name: Named) -> str:
    return name.kind.replace("_", " ")
