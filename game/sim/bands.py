"""Which bands would put each faction level with history in half of the games played, and who would win by them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from game.rules import victory
from game.scenario.victory import BandSpec
from game.scenario.world import World
from game.sim.intervals import Estimate, median, share

Record: TypeAlias = Mapping[str, Any]
Scale: TypeAlias = tuple[int, int]
"""Least points that are level with history, and least that are better."""

LEVEL, BETTER = 0.5, 0.2  # the shares of games that ``like`` and ``faster`` aim at
OPEN_CONFLICT = 5  # the rung that punishes a bloc whatever its points


@dataclass(frozen=True, slots=True)
class Fitted:
    """A faction's bands beside those that its games ask for. ``middle``: median points; ``level``: like or better."""

    faction: str
    spec: BandSpec
    middle: Estimate
    now: Estimate
    level: Estimate
    better: Estimate
    wins_now: Estimate
    wins: Estimate
    like: int
    faster: int


def fitted(world: World, records: Sequence[Record]) -> list[Fitted]:
    """Fit the bands of every faction that has some; the wins are those with the fitted bands of all."""
    specs = {one.id: spec for n, one in enumerate(world.factions) if (spec := world.stakes.band_of(n)) is not None}
    today = {faction: (spec.like, spec.faster) for faction, spec in specs.items()}
    scales = {faction: _scale([one["vp"][faction] for one in records], today[faction]) for faction in specs}
    before = [judged(world, one, today) for one in records]
    after = [judged(world, one, scales) for one in records]
    count, rows = len(records), []
    for faction, spec in specs.items():
        points = [one["vp"][faction] for one in records]
        like, faster = scales[faction]
        rows.append(
            Fitted(
                faction,
                spec,
                median(points),
                share(sum(value >= spec.like for value in points), count),
                share(sum(value >= like for value in points), count),
                share(sum(value >= faster for value in points), count),
                share(before.count(faction), count),
                share(after.count(faction), count),
                like,
                faster,
            )
        )
    return rows


def _scale(points: Sequence[float], today: Scale) -> Scale:
    like = _threshold(points, LEVEL, today[0], -(10**6))
    return like, _threshold(points, BETTER, today[1], like + 1)


def _threshold(points: Sequence[float], aim: float, today: int, least: int) -> int:
    # Every whole number between two games' points parts them alike: of those the one that changes least.
    low, high = int(min(points)) - 1, int(max(points)) + 2
    tried = range(max(least, low), max(least, high) + 1)
    return min(
        tried, key=lambda at: (abs(sum(value >= at for value in points) - aim * len(points)), abs(at - today), at)
    )


def judged(world: World, game: Record, scales: Mapping[str, Scale]) -> str | None:
    """Who wins a game played to its last turn if the bands are these; one ended before by a rule stays as it was."""
    if game["turns"] < world.turns or game["ladder"] >= OPEN_CONFLICT:
        return None if game["winner"] is None else str(game["winner"])
    best = victory.best(
        (number, round(10 * game["vp"][one.id]), scales.get(one.id)) for number, one in enumerate(world.factions)
    )
    return None if best is None else world.factions[best].id


def fitted_tables(rows: Sequence[Fitted]) -> Iterator[str]:
    """The bands in text, and the lines of ``victory.yaml`` that would set them."""
    yield ""
    yield "bands for half the games level with history   wins by what they are now and would be"
    yield "faction  median points         like: level now         level then      faster: better then   wins now, then"
    for one in rows:
        yield (
            f"{one.faction:8} {one.middle!s:21} {one.spec.like:>4}: {one.now.percent:14} "
            f"{one.like:>6}: {one.level.percent:14} {one.faster:>4}: {one.better.percent:14} "
            f"{one.wins_now.percent:14} {one.wins.percent}"
        )
    yield "as lines of victory.yaml:"
    yield "bands:"
    for one in rows:
        yield line(one)


def line(one: Fitted) -> str:
    """A faction's band as it stands in ``victory.yaml``, with its words.

    The words are quoted as JSON, which YAML reads alike.
    """
    words = ((name, getattr(one.spec, name)) for name in ("slower_words", "like_words", "faster_words"))
    said = ", ".join(f"{name}: {json.dumps(text, ensure_ascii=False)}" for name, text in words)
    return f"  {one.faction}: {{like: {one.like}, faster: {one.faster}, {said}}}"
