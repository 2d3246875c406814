"""Many games at once, and yet always the same ones: each is a function of its number, and they come out in order.

A batch plays each of its variants (rule numbers that differ from the scenario's) over the same seeds. Games run in
processes of their own. One that dies takes its game with it, and the game is played again elsewhere; whatever the
number of processes, what is handed out is the same to the byte.
"""

from __future__ import annotations

import gc
import json
import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from game.dice import derived_seed
from game.faults import EnvironmentFault
from game.records.replays import SUFFIX, write_replay
from game.scenario.build import world_from
from game.scenario.world import World
from game.sim.game import play_game
from game.sim.rule_numbers import Settings, with_rules

PATIENCE = 3
"""How often the processes are started anew when one of them dies."""
AHEAD = 4
"""Games handed out a process beyond the one it plays."""


class Job(NamedTuple):
    """One game of a batch: which variant it plays, and its number among the seeds, counted from 1."""

    variant: int
    game: int


class Shard(NamedTuple):
    """One of ``of`` equal parts of a batch, counted from 1; every ``of``-th game is its own."""

    number: int = 1
    of: int = 1


WHOLE = Shard()


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
    played = play_game(worlds[job.variant], batch.seed_of(job.game), batch.players, front=batch.front)
    if batch.folder is not None:
        width = len(str(batch.games))
        variant = f"-{job.variant + 1}" if len(batch.variants) > 1 else ""
        write_replay(played.session, batch.folder / f"game{variant}-{job.game:0{width}d}{SUFFIX}")
    return {"seconds": played.seconds, **batch.identity(worlds.scenario, job), **played.record}


def play_batch(world: World, batch: Batch, processes: int, done: int = 0) -> Iterator[dict[str, Any]]:
    """The records of all games of the shard but the first ``done``, in order.

    Each has one key, ``seconds``, that :func:`json_line` leaves out: what it cost differs from run to run.
    """
    jobs = batch.jobs[done:]
    if processes <= 1 or len(jobs) <= 1:
        worlds = Worlds(world, batch)
        _settled()
        for job in jobs:
            yield play_one(worlds, batch, job)
        return
    yield from _in_processes(world, batch, jobs, min(processes, len(jobs)))


def json_line(record: Mapping[str, Any]) -> str:
    """A record as one line of JSON, the same whenever and wherever the game was played."""
    kept = {key: value for key, value in record.items() if key != "seconds"}
    return json.dumps(kept, ensure_ascii=False, separators=(", ", ": ")) + "\n"


# --- processes ------------------------------------------------------------------------------------------------------


def _in_processes(world: World, batch: Batch, jobs: Sequence[Job], processes: int) -> Iterator[dict[str, Any]]:
    done: dict[Job, dict[str, Any]] = {}
    following, failures = 0, 0
    while following < len(jobs):
        try:
            waiting = [job for job in jobs[following:] if job not in done]
            for finished, record in _run_pool(world, batch, processes, waiting):
                done[finished] = record
                while following < len(jobs) and jobs[following] in done:
                    yield done.pop(jobs[following])
                    following += 1
        except BrokenProcessPool:
            failures += 1
            if failures > PATIENCE:
                what = f"a process that plays games has died {failures} times; {following} games are done."
                raise EnvironmentFault(what, "free some memory, or use --jobs 1") from None


def _run_pool(world: World, batch: Batch, processes: int, jobs: Sequence[Job]) -> Iterator[tuple[Job, dict[str, Any]]]:
    """The jobs with their records, as they are finished."""
    wanted = iter(jobs)
    pool = ProcessPoolExecutor(
        processes, multiprocessing.get_context("spawn"), initializer=_begin, initargs=(dict(world.raw), batch)
    )
    running: dict[Future[dict[str, Any]], Job] = {}
    try:
        while True:
            while len(running) < processes * AHEAD and (job := next(wanted, None)) is not None:
                running[pool.submit(_play, job)] = job
            if not running:
                return
            finished, _ = wait(running, return_when=FIRST_COMPLETED)
            for one in sorted(finished, key=lambda future: running[future]):
                yield running.pop(one), one.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        for process in multiprocessing.active_children():
            process.terminate()


_at_work: list[tuple[Worlds, Batch]] = []
"""What this process plays; filled once, when it starts."""


def _begin(canonical: dict[str, Any], batch: Batch) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that hands out the games
    _at_work[:] = [(Worlds(world_from(canonical), batch), batch)]
    _settled()


def _settled() -> None:
    """What is loaded by now stays: the collector of garbage need not look at it again and again."""
    gc.collect()
    gc.freeze()


def _end_with_parent() -> None:
    """End this process when the one that hands out the games is gone, however it went; nobody else would end it.

    The system itself tells, by a handle or a pipe that it closes: no way for a process to die leaves that out.
    """
    parent = multiprocessing.parent_process()
    if parent is not None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)


def _play(job: Job) -> dict[str, Any]:
    worlds, batch = _at_work[0]
    return play_one(worlds, batch, job)
