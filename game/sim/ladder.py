"""``ladder``: how strong players are, by mirrored pairs of games.

A pair is two games of a scenario from the same seed. In one a player has one side and its opponent the other; in the
other game the sides are exchanged. The sides are those at war with the scenario's first faction, and the rest. What a
side reaches is counted in widths of its band: 0 is what history reached ("like"), 1 where "faster" begins; of a side
with several factions it is their mean. The pair is won by the player with the larger sum over both of its games, and
counts once: so neither the dice nor a side that has it easier decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from itertools import combinations
from typing import Any, NamedTuple

from game.dice import derived_seed
from game.faults import UsageFault
from game.scenario.build import world_from
from game.scenario.world import World
from game.sim.game import play_game
from game.sim.pool import Work, in_order
from game.sim.results import Keys

THOUSANDTHS = 1000
"""How widths of a band stand in the records: as whole numbers."""


class PairJob(NamedTuple):
    """One mirrored pair: its number among the seeds, counted from 1, the scenario and the meeting."""

    pair: int
    scenario: int
    meeting: int


@dataclass(frozen=True, slots=True)
class Ladder:
    """What to play: ``pairs`` seeds for each meeting of two players in each scenario."""

    seed: int
    pairs: int
    players: tuple[str, ...]
    anchor: str = ""
    """Where it is set, each of the others meets this player alone."""
    scenarios: tuple[World, ...] = field(default=(), repr=False)

    @property
    def meetings(self) -> list[tuple[str, str]]:
        """Who meets whom."""
        every = list(combinations(self.players, 2))
        return [one for one in every if self.anchor in one] if self.anchor else every

    @property
    def jobs(self) -> list[PairJob]:
        """The pairs in the order in which they are handed out: the first of every meeting, then the second."""
        return [
            PairJob(pair, scenario, meeting)
            for pair in range(1, self.pairs + 1)
            for scenario in range(len(self.scenarios))
            for meeting in range(len(self.meetings))
        ]

    def identity(self, job: PairJob) -> dict[str, Any]:
        """How the record of a pair begins: what makes it this pair and no other."""
        world = self.scenarios[job.scenario]
        first, second = self.meetings[job.meeting]
        return {
            "scenario": world.id,
            "scenario_digest": world.digest,
            "pair": job.pair,
            "seed": derived_seed(self.seed, "pair", job.pair),
            "first": first,
            "second": second,
        }


KEYS: Keys = {
    "scenario": str, "scenario_digest": str, "pair": int, "seed": int, "first": str, "second": str, "games": list,
    "sums": list, "won": (str, type(None)),
}  # fmt: skip
"""What every line of a ladder's file holds."""


def sides(world: World) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The factions of either side; raises UsageFault where nobody is at war, or somebody has no band."""
    factions = range(len(world.factions))
    mine = tuple(one for one in factions if not world.at_war(0, one))
    others = tuple(one for one in factions if world.at_war(0, one))
    if not others:
        raise UsageFault(f"{world.title}: nobody in it is at war, so there are no sides.", "name another scenario.")
    for one in factions:
        if world.stakes.band_of(one) is None:
            raise UsageFault(
                f"{world.title}: {world.factions[one].name} has no bands, so points do not compare.",
                "name another scenario.",
            )
    return mine, others


def play_ladder(ladder: Ladder, processes: int, done: int = 0) -> Iterator[dict[str, Any]]:
    """The records of all pairs but the first ``done``, in order, whatever the number of processes."""
    raws = tuple(dict(world.raw) for world in ladder.scenarios)
    bare = Ladder(ladder.seed, ladder.pairs, ladder.players, ladder.anchor)
    yield from in_order(partial(play_pair, ladder), _opened, (raws, bare), ladder.jobs[done:], processes)


def _opened(setup: tuple[Sequence[dict[str, Any]], Ladder]) -> Work:
    raws, bare = setup
    worlds = tuple(map(world_from, raws))
    return partial(play_pair, Ladder(bare.seed, bare.pairs, bare.players, bare.anchor, worlds))


def play_pair(ladder: Ladder, job: PairJob) -> dict[str, Any]:
    """Play both games of a pair; its record. ``sums`` holds what either player reached, in thousandths of a band."""
    world, meeting = ladder.scenarios[job.scenario], ladder.meetings[job.meeting]
    identity = ladder.identity(job)
    games, sums = [], [Fraction(), Fraction()]
    for swapped in (0, 1):
        cast = {
            world.factions[one].id: meeting[side ^ swapped] for side, half in enumerate(sides(world)) for one in half
        }
        told = play_game(world, identity["seed"], cast).record
        for side, half in enumerate(sides(world)):
            sums[side ^ swapped] += sum((width(world, one, told) for one in half), Fraction()) / len(half)
        games.append({"players": cast, **{key: told[key] for key in ("vp", "bands", "turns", "forfeits", "digest")}})
    won = None if sums[0] == sums[1] else meeting[sums[0] < sums[1]]
    return {**identity, "games": games, "sums": [round(THOUSANDTHS * one) for one in sums], "won": won}


def width(world: World, faction: int, told: Mapping[str, Any]) -> Fraction:
    """What a faction reached in a game, in widths of its band. One that is punished has not reached history."""
    spec, who = world.stakes.band_of(faction), world.factions[faction].id
    assert spec is not None
    reached = Fraction(round(10 * told["vp"][who]) - 10 * spec.like, 10 * (spec.faster - spec.like))
    return min(reached, Fraction()) if told["bands"][who] == "slower" else reached
