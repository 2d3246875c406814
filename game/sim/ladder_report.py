"""What a ladder says: shares of the pairs won with their intervals, ratings, and who won where; as text or page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any

import numpy as np

from game.sim.intervals import LEVEL, Estimate, Figures, share
from game.sim.ladder import THOUSANDTHS

ROUNDS = 300
"""Steps of the iteration that finds the ratings."""
RESAMPLES = 300
PRIOR = 0.5
"""Won and lost pairs that every meeting is credited with, so that who never loses has a rating too."""

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Rating:
    """How strong a player is, in points of which 400 are ten to one, with the ends of its interval."""

    player: str
    points: float
    low: float
    high: float


@dataclass(frozen=True)
class Standings:
    """The records of a ladder, read together."""

    records: Sequence[Record]

    @cached_property
    def players(self) -> list[str]:
        """Who played, in the order in which they are met."""
        return list(dict.fromkeys(name for one in self.records for name in (one["first"], one["second"])))

    @cached_property
    def scenarios(self) -> list[str]:
        """Where they played."""
        return list(dict.fromkeys(one["scenario"] for one in self.records))

    def between(self, one: str, other: str, scenario: str = "") -> Estimate | None:
        """The share of the pairs that a player won against another, level ones counted half; None where none were."""
        met = [
            record for record in self.records
            if {record["first"], record["second"]} == {one, other} and scenario in ("", record["scenario"])
        ]  # fmt: skip
        return share(sum(_won(record, one) for record in met), len(met)) if met else None

    def lead(self, one: str, other: str) -> float:
        """By how many widths of a band a player was ahead of another, on the mean of their pairs."""
        leads = [
            (record["sums"][0] - record["sums"][1]) * (1 if record["first"] == one else -1)
            for record in self.records if {record["first"], record["second"]} == {one, other}
        ]  # fmt: skip
        return float(sum(leads)) / len(leads) / THOUSANDTHS

    @cached_property
    def forfeits(self) -> list[str]:
        """What players forfeited, a sentence each with the pair in which it was, once for each kind."""
        found: dict[str, str] = {}
        for record in self.records:
            for game in record["games"]:
                for one in game["forfeits"]:
                    place = f"{record['scenario']}, seed {record['seed']}, turn {one['turn']}, {one['faction']}"
                    found.setdefault(one["words"], f"{place}: {one['words']}")
        return list(found.values())

    @cached_property
    def ratings(self) -> list[Rating]:
        """The players from the strongest down; the mean is 0. Intervals by bootstrap over the pairs."""
        number = {name: place for place, name in enumerate(self.players)}
        pairs = np.array([
            (number[one["first"]], number[one["second"]], _won(one, one["first"])) for one in self.records
        ])  # fmt: skip
        draw = np.random.default_rng(0)
        samples = [pairs, *(pairs[draw.integers(0, len(pairs), len(pairs))] for _ in range(RESAMPLES))]
        points, *again = _rated(samples, len(number))
        low, high = np.quantile(again, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0)
        found = [Rating(name, float(points[n]), float(low[n]), float(high[n])) for name, n in number.items()]
        return sorted(found, key=lambda one: -one.points)


def _won(record: Record, player: str) -> float:
    return 0.5 if record["won"] is None else float(record["won"] == player)


def _rated(samples: Sequence[Figures], count: int) -> Figures:
    """Points by player for each sample of pairs: the model of Bradley and Terry, in which the odds of two are those of
    their strengths."""
    won = np.zeros((len(samples), count, count))
    for sums, pairs in zip(won, samples, strict=True):
        first, second = pairs[:, 0].astype(int), pairs[:, 1].astype(int)
        np.add.at(sums, (first, second), pairs[:, 2])
        np.add.at(sums, (second, first), 1 - pairs[:, 2])
    met = won + won.swapaxes(1, 2)
    won += PRIOR * (met > 0)
    met += 2 * PRIOR * (met > 0)
    strength = np.ones((len(samples), count))
    for _ in range(ROUNDS):
        shared = met / (strength[:, :, None] + strength[:, None, :])
        strength = np.maximum(won.sum(axis=2) / np.maximum(shared.sum(axis=2), 1e-12), 1e-9)
        strength /= np.exp(np.log(strength).mean(axis=1, keepdims=True))
    return np.asarray(400 * np.log10(strength))


def table(standings: Standings) -> Iterator[str]:
    """The ladder as lines of text."""
    width = max(8, *(len(name) for name in standings.players))
    yield f"{len(standings.records)} mirrored pairs in {', '.join(standings.scenarios)}; intervals of 95%"
    yield ""
    yield f"{'player':{width}}  rating"
    for one in standings.ratings:
        yield f"{one.player:{width}}  {one.points:+6.0f} [{one.low:+.0f}, {one.high:+.0f}]"
    yield ""
    yield f"{'player':{width}}  {'against':{width}}  pairs  won              lead in bands"
    for name, other, found in _meetings(standings):
        yield (
            f"{name:{width}}  {other:{width}}  {found.count:5}  {found.percent:16} {standings.lead(name, other):+.2f}"
        )
    for words in standings.forfeits:
        yield f"forfeited: {words}"


def _meetings(standings: Standings) -> Iterator[tuple[str, str, Estimate]]:
    """Every meeting, the stronger player first."""
    for one, other in combinations([rated.player for rated in standings.ratings], 2):
        found = standings.between(one, other)
        if found is not None:
            yield one, other, found


def page(standings: Standings, command: str) -> str:
    """The ladder as a page of Markdown, with the command that made it."""
    lines = [
        "# The ladder of the players",
        "",
        "Written by",
        "",
        f"    {command}",
        "",
        "Each figure comes from mirrored pairs: two games from one seed with the sides exchanged, won by the larger",
        "sum of what both sides reached, in widths of their bands (`docs/ai-players.md` says more).",
        f"{len(standings.records)} pairs in all, so {2 * len(standings.records)} games. Intervals are of 95%.",
        "",
        "| player | rating | interval |",
        "|---|---:|---:|",
        *(f"| `{one.player}` | {one.points:+.0f} | {one.low:+.0f} to {one.high:+.0f} |" for one in standings.ratings),
        "",
        "400 points of rating are odds of ten to one; the mean of the players is 0.",
        "",
        f"| player | against | pairs | won | lead in bands | {' | '.join(standings.scenarios)} |",
        f"|---|---|---:|---:|---:|{'---:|' * len(standings.scenarios)}",
    ]
    for one, other, found in _meetings(standings):
        parts = [standings.between(one, other, scenario) for scenario in standings.scenarios]
        told = ("" if part is None else f"{part.value * part.count:g} of {part.count}" for part in parts)
        lead = standings.lead(one, other)
        lines.append(f"| `{one}` | `{other}` | {found.count} | {found.percent} | {lead:+.2f} | {' | '.join(told)} |")
    lines += ["", *(f"Forfeited: {words}" for words in standings.forfeits)]
    return "\n".join(lines).rstrip() + "\n"
