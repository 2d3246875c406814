"""Many games at once, and yet always the same ones: each is a function of its number, and they come out in order.

Games run in processes of their own. One that dies takes its game with it, and the game is played again elsewhere;
whatever the number of processes, what is handed out is the same, game by game, but for the seconds.
"""

from __future__ import annotations

import json
import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from game.dice import derived_seed
from game.faults import EnvironmentFault
from game.records.replays import SUFFIX, write_replay
from game.scenario.build import world_from
from game.scenario.world import World
from game.sim.game import play_game

PATIENCE = 3
"""How often the processes are started anew when one of them dies."""
AHEAD = 4
"""Games handed out a process beyond the one it plays."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What to play. ``folder``: where a replay of each game goes."""

    seed: int
    games: int
    players: Mapping[str, str]
    folder: Path | None = None

    def seed_of(self, number: int) -> int:
        """The seed of the game with a number, counted from 1."""
        return derived_seed(self.seed, "game", number)


def play_one(world: World, batch: Batch, number: int) -> dict[str, Any]:
    """Play one game of a batch; its record."""
    played = play_game(world, batch.seed_of(number), batch.players)
    if batch.folder is not None:
        write_replay(played.session, batch.folder / f"game-{number:0{len(str(batch.games))}d}{SUFFIX}")
    return played.record


def play_batch(world: World, batch: Batch, jobs: int) -> Iterator[dict[str, Any]]:
    """The records of all games, in the order of their numbers."""
    if jobs <= 1 or batch.games == 1:
        for number in range(1, batch.games + 1):
            yield play_one(world, batch, number)
        return
    yield from _in_processes(world, batch, min(jobs, batch.games))


def json_line(record: Mapping[str, Any]) -> str:
    """A record as one line of JSON."""
    return json.dumps(record, ensure_ascii=False, separators=(", ", ": ")) + "\n"


# --- processes ------------------------------------------------------------------------------------------------------


def _in_processes(world: World, batch: Batch, jobs: int) -> Iterator[dict[str, Any]]:
    done: dict[int, dict[str, Any]] = {}
    following, failures = 1, 0
    while following <= batch.games:
        try:
            for number, record in _run_pool(world, batch, jobs, following, done):
                done[number] = record
                while following in done:
                    yield done.pop(following)
                    following += 1
        except BrokenProcessPool:
            failures += 1
            if failures > PATIENCE:
                what = f"a process that plays games has died {failures} times; {following - 1} games are done."
                raise EnvironmentFault(what, "free some memory, or use --jobs 1") from None


def _run_pool(
    world: World, batch: Batch, jobs: int, first: int, done: Mapping[int, dict[str, Any]]
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Numbers and records as they are finished, from ``first`` on without those that are done."""
    wanted = iter([number for number in range(first, batch.games + 1) if number not in done])
    pool = ProcessPoolExecutor(
        jobs, multiprocessing.get_context("spawn"), initializer=_begin, initargs=(dict(world.raw), batch)
    )
    running: dict[Future[dict[str, Any]], int] = {}
    try:
        while True:
            while len(running) < jobs * AHEAD and (number := next(wanted, 0)):
                running[pool.submit(_play, number)] = number
            if not running:
                return
            finished, _ = wait(running, return_when=FIRST_COMPLETED)
            for one in sorted(finished, key=lambda future: running[future]):
                yield running.pop(one), one.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        for process in multiprocessing.active_children():
            process.terminate()


_at_work: list[tuple[World, Batch]] = []
"""What this process plays; filled once, when it starts."""


def _begin(canonical: dict[str, Any], batch: Batch) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that hands out the games
    _at_work[:] = [(world_from(canonical), batch)]


def _end_with_parent() -> None:
    """End this process when the one that hands out the games is gone, however it went; nobody else would end it.

    The system itself tells, by a handle or a pipe that it closes: no way for a process to die leaves that out.
    """
    parent = multiprocessing.parent_process()
    if parent is not None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)


def _play(number: int) -> dict[str, Any]:
    world, batch = _at_work[0]
    return play_one(world, batch, number)
