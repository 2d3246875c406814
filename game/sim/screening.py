"""Which rule number moves what: a screening design over many numbers at once, not one at a time.

Each number has a low and a high value. A Plackett-Burman design sets them all in a few variants, so balanced that
the effect of each number is the mean of the games where it is high less the mean of those where it is low, while all
others cancel out. Every variant plays the same seeds; an effect is worked out seed by seed and has its interval from
them. Numbers that act on each other blur their effects: look at what a screening finds alone, with ``compare``.

Source of the designs: R. L. Plackett and J. P. Burman, Biometrika 33 (1946), 305-325.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from game.faults import UsageFault
from game.sim.intervals import Estimate, mean
from game.sim.rule_numbers import parsed

# First rows of the cyclic designs, by their number of runs.
ROWS = {
    4: "++-",
    8: "+++-+--",
    12: "++-+++---+-",
    16: "++++-+-++--+---",
    20: "++--++++-+-+----++-",
    24: "+++++-+-++--++--+-+----",
}
MOST = max(ROWS) - 1


@dataclass(frozen=True, slots=True)
class Factor:
    """A rule number with the two values that it is tried at."""

    name: str
    low: Any
    high: Any

    def __str__(self) -> str:
        return f"{self.name}, {self.low} to {self.high}"


@dataclass(frozen=True, slots=True)
class Effect:
    """By how much a figure rises when a rule number goes from low to high."""

    factor: Factor
    figure: str
    rise: Estimate


def factors(texts: Sequence[str]) -> tuple[Factor, ...]:
    """``NAME=LOW,HIGH`` each; raises UsageFault."""
    found = []
    for text in texts:
        name, values = parsed(text)
        if len(values) != 2:
            raise UsageFault(f'"{text[:80]}" does not vary a rule number.', "write NAME=LOW,HIGH.")
        found.append(Factor(name, *values))
    names = [one.name for one in found]
    if len(set(names)) < len(names):
        raise UsageFault("a rule number is varied twice.", "name each once.")
    if len(found) > MOST:
        raise UsageFault(f"{len(found)} rule numbers are too many for one screening.", f"vary at most {MOST}.")
    return tuple(found)


def signs(count: int) -> list[list[int]]:
    """A design for so many factors: a row for each variant, 1 where a factor is high and -1 where it is low.

    >>> signs(3)
    [[1, 1, -1], [-1, 1, 1], [1, -1, 1], [-1, -1, -1]]
    """
    runs = next(runs for runs in sorted(ROWS) if runs > count)
    first = [1 if sign == "+" else -1 for sign in ROWS[runs]]
    rows = [first[-shift:] + first[:-shift] if shift else first for shift in range(runs - 1)]
    return [row[:count] for row in [*rows, [-1] * (runs - 1)]]


def variants(chosen: Sequence[Factor]) -> tuple[dict[str, Any], ...]:
    """What each variant of the screening sets."""
    return tuple(
        {one.name: one.high if sign > 0 else one.low for one, sign in zip(chosen, row, strict=True)}
        for row in signs(len(chosen))
    )


def effects(
    chosen: Sequence[Factor],
    records: Sequence[Mapping[str, Any]],
    figures: Mapping[str, Callable[[Mapping[str, Any]], float]],
) -> list[Effect]:
    """The effect of every factor on every figure, from games that :func:`variants` describes."""
    rows = signs(len(chosen))
    by_seed: dict[int, dict[int, Mapping[str, Any]]] = {}
    for one in records:
        by_seed.setdefault(one["seed"], {})[one["variant"]] = one
    whole = [games for games in by_seed.values() if len(games) == len(rows)]
    if not whole:
        raise UsageFault("no seed was played in every variant of the screening.", "play whole batches.")
    out = []
    for number, factor in enumerate(chosen):
        for name, figure in figures.items():
            rises = [
                2 * sum(rows[variant - 1][number] * figure(game) for variant, game in games.items()) / len(rows)
                for games in whole
            ]
            out.append(Effect(factor, name, mean(rises)))
    return out
