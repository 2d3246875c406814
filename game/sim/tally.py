"""What a game was made of, counted: orders by kind, assaults on fortified places, supply columns, strays, concessions.

``history`` and ``balance`` print it, so that a rule which nobody uses, or which decides everything, is seen at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np

from game import events as ev
from game.orders import WORDS, EndTurn
from game.rules.columns import COLUMN
from game.scenario.world import World
from game.sim.intervals import Estimate, mean, median, share
from game.state import State

Record: TypeAlias = Mapping[str, Any]

HEADQUARTERS = "hq"
"""Trait of a headquarters."""


class Tally:
    """Counts while a game is played; :attr:`told` is what its record keeps."""

    def __init__(self, world: World) -> None:
        self._world, self._turn = world, 1
        self._orders: dict[str, dict[str, list[int]]] = {one.id: {} for one in world.factions}
        self._assaults: dict[str, list[int]] = {}
        self._counts: dict[str, dict[str, int]] = {one.id: {} for one in world.factions}

    @property
    def told(self) -> dict[str, Any]:
        """``orders``: by faction and kind, how many and the first turn; ``assaults``: by place with strongpoints, the
        turn of each attack on it; ``counts``: by faction, what else happened how often."""
        return {"orders": self._orders, "assaults": self._assaults, "counts": self._counts}

    def step(self, happened: tuple[ev.Event, ...], after: State) -> None:
        """Count what is worth it."""
        for event in happened:
            match event:
                case ev.TurnBegan():
                    self._turn = event.turn
                case ev.OrderGiven():
                    self._ordered(event)
                case ev.AttackResolved():
                    self._attacked(event)
                case ev.ColumnUnloaded():
                    self._count(event.faction, "columns unloaded")
                case ev.FireStrayed():
                    self._count(event.faction, "misdirected strikes")
                case ev.ConcessionMade():
                    self._count(event.faction, "concessions")
                case ev.UnitDestroyed():
                    self._lost(event)

    def _ordered(self, event: ev.OrderGiven) -> None:
        word = event.text.partition(" ")[0]
        said = self._orders[self._world.factions[event.faction].id].setdefault(word, [0, self._turn])
        said[0] += 1

    def _attacked(self, event: ev.AttackResolved) -> None:
        built = self._world.strongholds.get(event.target)
        if built is not None and built.faction != event.faction:
            self._assaults.setdefault(self._world.places[built.place].name, []).append(self._turn)

    def _lost(self, event: ev.UnitDestroyed) -> None:
        traits, owner = self._world.roster.traits[event.unit], self._world.roster.faction[event.unit]
        if COLUMN in traits:
            self._count(owner, "columns lost")
        if HEADQUARTERS in traits:
            self._count(owner, "headquarters lost")

    def _count(self, faction: int, what: str) -> None:
        counts = self._counts[self._world.factions[faction].id]
        counts[what] = counts.get(what, 0) + 1


def tables(world: World, records: Sequence[Record]) -> Iterator[str]:
    """The assaults, the counts and the orders of a batch."""
    yield from _assaults(records)
    yield from _counts(world, records)
    yield from _orders(world, records)


def _assaults(records: Sequence[Record]) -> Iterator[str]:
    places = sorted({place for one in records for place in one["tally"]["assaults"]})
    if not places:
        return
    yield ""
    yield "assaults on fortified places       in games       assaults, median, 10th to 90th    turns from first to last"
    for place in places:
        told = [turns for one in records if (turns := one["tally"]["assaults"].get(place))]
        many, spans = [len(turns) for turns in told], [turns[-1] - turns[0] + 1 for turns in told]
        yield f"{place:34} {share(len(told), len(records)).percent:14} {_spread(many):34} {_spread(spans)}"


def _spread(values: Sequence[int]) -> str:
    low, high = np.percentile(values, [10, 90])
    return f"{median(values).value:g}, {low:.0f} to {high:.0f}"


def _counts(world: World, records: Sequence[Record]) -> Iterator[str]:
    rows = [
        (what, faction.id, _mean([one["tally"]["counts"][faction.id].get(what, 0) for one in records]))
        for faction in world.factions
        for what in sorted({what for one in records for what in one["tally"]["counts"][faction.id]})
    ]
    if rows:
        yield ""
        yield "what happened, by faction          a game, on average"
        for what, faction, found in rows:
            yield f"{what + ', ' + faction:34} {found}"


def _mean(values: Sequence[int]) -> Estimate:
    return mean([float(value) for value in values])


def _orders(world: World, records: Sequence[Record]) -> Iterator[str]:
    yield ""
    yield "orders by kind, a game             " + " ".join(f"{one.id:>8}" for one in world.factions) + "   first seen"
    for word, kind in WORDS.items():
        if kind is EndTurn:
            continue
        means = [
            _mean([one["tally"]["orders"][faction.id].get(word, [0])[0] for one in records]).value
            for faction in world.factions
        ]
        yield f"{word:34} " + " ".join(f"{value:8.1f}" for value in means) + f"   {_first(world, records, word)}"


def _first(world: World, records: Sequence[Record], word: str) -> str:
    """The first game in which somebody gave such an order: its seed, the turn and who."""
    for one in records:
        turns = [
            (said[1], faction.id)
            for faction in world.factions
            if (said := one["tally"]["orders"][faction.id].get(word)) is not None
        ]
        if turns:
            turn, faction = min(turns)
            return f"seed {one['seed']}, turn {turn}, {faction}"
    return "never"
