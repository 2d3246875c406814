"""Many games at once, and yet always the same ones: each is a function of its number, and they come out in order.

A batch plays each of its variants (rule numbers that differ from the scenario's) over the same seeds. Games run in
processes of their own; whatever the number of processes, what is handed out is the same to the byte.
"""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from game.dice import derived_seed
from game.records.replays import SUFFIX, write_replay
from game.scenario.build import world_from
from game.scenario.world import World
from game.sim.game import play_game
from game.sim.pool import Elsewhere, Work, in_order, put_in_order
from game.sim.rule_numbers import Settings, with_rules


class Job(NamedTuple):
    """One game of a batch: which variant it plays, and its number among the seeds, counted from 1."""

    variant: int
    game: int


class Shard(NamedTuple):
    """One of ``of`` equal parts of a batch, counted from 1; every ``of``-th game is its own."""

    number: int = 1
    of: int = 1


WHOLE = Shard()

SELDOM = 50_000
"""New objects after which the collector looks for those that nobody needs any more."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What to play: ``games`` seeds for each variant. ``folder``: where a replay of each game goes."""

    seed: int
    games: int
    players: Mapping[str, str]
    folder: Path | None = None
    variants: tuple[Settings, ...] = ({},)
    shard: Shard = WHOLE
    front: bool = False
    """Whether each record also carries who held every hex as each turn ended."""
    habits: bool = False
    """Whether each record also carries how the players behaved."""

    def seed_of(self, game: int) -> int:
        """The seed of the game with a number, counted from 1; the same for every variant, so that games pair."""
        return derived_seed(self.seed, "game", game)

    @property
    def jobs(self) -> list[Job]:
        """The games of this shard in the order in which they are handed out: variant by variant."""
        every = [Job(variant, game) for variant in range(len(self.variants)) for game in range(1, self.games + 1)]
        return every[self.shard.number - 1 :: self.shard.of]

    def identity(self, world: World, job: Job) -> dict[str, Any]:
        """How a record of this game begins: what makes it this game and no other."""
        return {
            "scenario": world.id,
            "scenario_digest": world.digest,
            "variant": job.variant + 1,
            "set": dict(self.variants[job.variant]),
            "game": job.game,
            "seed": self.seed_of(job.game),
            "players": dict(self.players),
        }


class Worlds:
    """The scenario of a batch under the rules of each variant, made when it is first asked for."""

    def __init__(self, scenario: World, batch: Batch) -> None:
        self.scenario, self._variants = scenario, batch.variants
        self._made: dict[int, World] = {}

    def __getitem__(self, variant: int) -> World:
        if variant not in self._made:
            self._made = {variant: with_rules(self.scenario, self._variants[variant])}  # one at a time: they are big
        return self._made[variant]


def play_one(worlds: Worlds, batch: Batch, job: Job) -> dict[str, Any]:
    """Play one game of a batch; its record."""
    played = play_game(
        worlds[job.variant], batch.seed_of(job.game), batch.players, front=batch.front, habits=batch.habits
    )
    if batch.folder is not None:
        width = len(str(batch.games))
        variant = f"-{job.variant + 1}" if len(batch.variants) > 1 else ""
        write_replay(played.session, batch.folder / f"game{variant}-{job.game:0{width}d}{SUFFIX}")
    return {"seconds": played.seconds, **batch.identity(worlds.scenario, job), **played.record}


def play_batch(
    world: World, batch: Batch, processes: int, done: int = 0, elsewhere: Elsewhere | None = None
) -> Iterator[dict[str, Any]]:
    """The records of all games of the shard but the first ``done``, in order; played ``elsewhere`` where that is given.

    Each has one key, ``seconds``, that :func:`json_line` leaves out: what it cost differs from run to run.
    """
    jobs, setup = batch.jobs[done:], (dict(world.raw), batch)
    if elsewhere is not None:
        yield from put_in_order(jobs, lambda waiting: elsewhere(opened, setup, waiting))
        return
    yield from in_order(_work(world, batch), opened, setup, jobs, processes)


def opened(setup: tuple[dict[str, Any], Batch]) -> Work:
    """What plays a game of a batch in another process: made there from the canonical form of the scenario."""
    return _work(world_from(setup[0]), setup[1])


def _work(world: World, batch: Batch) -> Work:
    worlds = Worlds(world, batch)
    collect_seldom()
    return partial(play_one, worlds, batch)


def collect_seldom() -> None:
    """What is loaded by now stays: the collector need not look at it again, and only seldom at what games make."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(max(SELDOM, gc.get_threshold()[0]))


def json_line(record: Mapping[str, Any]) -> str:
    """A record as one line of JSON, the same whenever and wherever the game was played."""
    kept = {key: value for key, value in record.items() if key != "seconds"}
    return json.dumps(kept, ensure_ascii=False, separators=(", ", ": ")) + "\n"
