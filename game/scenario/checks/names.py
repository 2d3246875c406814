"""Names against each other: each id once, each reference to something that exists."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from game.schema.binding import Named
from game.schema.limits import PROBLEMS_KEPT
from game.schema.problems import Problem, Severity, quoted
from game.schema.spelling import nearest, suggestion
from game.schema.values import INVISIBLE

_TWINS = str.maketrans("1Il|0\u2010\u2011\u2012\u2013\u2014\u2019", "||||o-----'")
"""Before capitals are folded: a capital I is a small l to the eye, a capital L is not."""
_FOREIGN = str.maketrans("аеорсухіјѕһԁԛԝкмтнвгοανρικτυχ", "aeopcyxijshdqwkmthbroavpiktux")
"""Cyrillic and Greek letters that look like Latin ones."""
_SUGGESTIONS = 60  # looking for the nearest of thousands of names takes its time; nobody reads more


def repeated_names(declared: Iterable[Named]) -> Iterator[Problem]:
    """Things of one kind that bear the same name."""
    first: dict[tuple[str, str], Named] = {}
    for name in declared:
        before = first.setdefault((name.kind, name.text), name)
        if before is not name:
            what = f"{_kind(name)} {quoted(name.text)} exists already, at {before.node.where}"
            yield name.node.problem("N101", what, "give one of the two another name")


def alike_names(declared: Iterable[Named]) -> Iterator[Problem]:
    """N103, N104: names that some disk takes for one, or some reader. Those of factions become names of files."""
    folded: dict[tuple[str, str], Named] = {}
    shapes: dict[tuple[str, str], Named] = {}
    for name in declared:
        text = " ".join(unicodedata.normalize("NFKC", name.text).split())
        same = folded.setdefault((name.kind, text.casefold()), name)
        alike = shapes.setdefault((name.kind, _shape(text)), name)
        other = same if same.text != name.text else alike
        if other.text == name.text:
            continue
        code = "N103" if other is same else "N104"
        how = "differs only by capitals or by how its letters are written" if other is same else "looks like another"
        what = f"{_kind(name)} {quoted(name.text)} {how}: {quoted(other.text)}, at {other.node.where}"
        severity: Severity = "error" if other is same and name.kind == "faction" else "warning"
        yield name.node.problem(code, what, "give one of the two another name", severity)


def _shape(text: str) -> str:
    """What a reader sees of a name: letters and digits that look alike become one."""
    seen = " ".join(INVISIBLE.sub("", text).split())
    return seen.translate(_TWINS).casefold().translate(_FOREIGN)


def dangling_names(
    declared: Iterable[Named], referred: Iterable[Named], elsewhere: Mapping[str, Iterable[str]] | None = None
) -> Iterator[Problem]:
    """References to nothing. ``elsewhere`` adds names that no file declares."""
    known: dict[str, set[str]] = defaultdict(set)
    twice: dict[str, str] = {}
    for name in declared:
        if name.text in known[name.kind]:
            twice.setdefault(name.kind, name.text)
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
            if name.kind in twice and not nearest(name.text, known[name.kind]):  # one of the two may have lost it
                fixes[key] = f"give the name to one of the two {quoted(twice[name.kind])}, or {fixes[key]}"
        fix = fixes.get(key, f"use the name of a {_kind(name)} that exists")
        yield name.node.problem("N102", f"there is no {_kind(name)} {quoted(name.text)}", fix)


def _kind(name: Named) -> str:
    return name.kind.replace("_", " ")
