"""``compare``: what a change of rules, doctrine or code changed, from two batches over the same seeds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

from game.faults import UsageFault
from game.sim.intervals import Estimate, difference, mean
from game.sim.results import described, read_results, variants_of

Record: TypeAlias = Mapping[str, Any]
Pair: TypeAlias = tuple[Record, Record]
BETTER = ("like", "faster")
FIRSTS_SHOWN = 15


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One figure on both sides and its rise, paired by seed."""

    name: str
    before: Estimate
    after: Estimate
    rise: Estimate
    percent: bool = False

    def __str__(self) -> str:
        scale = 100 if self.percent else 1
        unit = "%" if self.percent else " "
        mark = "*" if self.rise.apart else " "
        return (
            f"{self.name:36} {scale * self.before.value:8.1f}{unit} {scale * self.after.value:8.1f}{unit} "
            f"{scale * self.rise.value:+8.1f} [{scale * self.rise.low:+.1f}, {scale * self.rise.high:+.1f}] {mark}"
        )


def run_compare(files: Sequence[Path]) -> int:
    """Print the comparison; returns the exit code."""
    for line in report(files):
        print(line)
    return 0


def report(files: Sequence[Path]) -> Iterator[str]:
    """The tables, line by line: two files against each other, or the variants of one against its first."""
    for title, pairs in comparisons(files):
        yield title
        yield f"{len(pairs)} pairs of games with the same seeds; * marks a rise whose interval (95%) leaves out 0"
        yield f"{'':36} {'before':>9} {'after':>9} {'rise':>9}"
        yield from map(str, rows(pairs))
        same = sum(a["digest"] == b["digest"] for a, b in pairs)
        yield f"{same} of {len(pairs)} games ended in the same state"


def comparisons(files: Sequence[Path]) -> list[tuple[str, list[Pair]]]:
    """What is set beside what, each with its pairs; raises UsageFault where nothing pairs."""
    sides = [read_results([path]) for path in files]
    if len(sides) == 1:
        variants = variants_of(sides[0])
        first, *others = variants
        if not others:
            raise UsageFault(
                f"{files[0]} holds one variant only.", "name a second file, or simulate with several --set."
            )
        groups = {number: [one for one in sides[0] if one["variant"] == number] for number in variants}
        return [
            (f"{described(variants[first])}  ->  {described(variants[number])}", paired(groups[first], groups[number]))
            for number in others
        ]
    before, after = sides
    return [(f"{files[0]}  ->  {files[1]}", paired(before, after))]


def paired(before: Sequence[Record], after: Sequence[Record]) -> list[Pair]:
    """Games of the same scenario, variant and seed; raises UsageFault where there are none."""
    alone = len(variants_of(before)) == 1 and len(variants_of(after)) == 1

    def key(one: Record) -> tuple[Any, ...]:
        return (one["scenario"], 1 if alone else one["variant"], one["seed"])

    others = {key(one): one for one in after}
    pairs = [(one, others[key(one)]) for one in before if key(one) in others]
    if not pairs:
        raise UsageFault(
            "no game of one side has the seed of a game of the other.", "simulate both with the same --seed."
        )
    return pairs


def rows(pairs: Sequence[Pair]) -> list[ComparedRow]:
    """Points, bands, wins and losses by faction, incidents, and the first captures that moved most."""
    out = []
    for faction in pairs[0][0]["vp"]:
        for what, percent, figure in FIGURES:
            out.append(_row(f"{faction}: {what}", pairs, partial(figure, faction), percent=percent))
    out.append(_row("incidents", pairs, lambda game: float(game["incidents"])))
    for rung in range(1, 6):
        out.append(_row(f"ladder reaches rung {rung}", pairs, partial(_reached, rung), percent=True))
    return [row for row in out if row.before.value or row.after.value] + _firsts(pairs)


def _ledger(name: str, faction: str, game: Record) -> float:
    return float(game["ledgers"].get(faction, {}).get(name, 0))


def _reached(rung: int, game: Record) -> float:
    return float(game["ladder"] >= rung)


FIGURES: tuple[tuple[str, bool, Callable[[str, Record], float]], ...] = (
    ("points", False, lambda faction, game: float(game["vp"].get(faction, 0))),
    ("wins", True, lambda faction, game: float(game["winner"] == faction)),
    ("level or better", True, lambda faction, game: float(game["bands"].get(faction) in BETTER)),
    ("steps lost", False, partial(_ledger, "losses")),
    ("civilian harm", False, partial(_ledger, "harm")),
)
"""What is compared of every faction: its name, whether it is a share, and how a game tells it."""


def _row(name: str, pairs: Sequence[Pair], of: Callable[[Record], float], *, percent: bool = False) -> ComparedRow:
    before, after = [of(a) for a, _ in pairs], [of(b) for _, b in pairs]
    return ComparedRow(name, mean(before), mean(after), difference(before, after), percent)


def _firsts(pairs: Sequence[Pair]) -> list[ComparedRow]:
    """How often each place was ever taken by each faction, where that moved most."""
    taken = [(_captors(a), _captors(b)) for a, b in pairs]
    keys = sorted({key for sides in taken for side in sides for key in side})
    found = []
    for place, faction in keys:
        before = [float((place, faction) in a) for a, _ in taken]
        after = [float((place, faction) in b) for _, b in taken]
        rise = difference(before, after)
        if rise.apart:
            found.append(ComparedRow(f"{place} taken by {faction}", mean(before), mean(after), rise, True))
    return sorted(found, key=lambda row: -abs(row.rise.value))[:FIRSTS_SHOWN]


def _captors(record: Record) -> set[tuple[str, str]]:
    return {(one["place"], one["to"]) for one in record["captures"] if one["to"]}
