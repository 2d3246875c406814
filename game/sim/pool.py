"""Jobs worked at by several processes, and handed out in order as if one had done them all.

A process that dies takes its job with it, and the job is done again elsewhere. What a process needs for its jobs it
makes once, when it starts, from a setup that can be sent to it.
"""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeAlias, TypeVar

from game.faults import EnvironmentFault

PATIENCE = 3
"""How often the processes are started anew when one of them dies."""
AHEAD = 4
"""Jobs handed out a process beyond the one it works at."""

Work: TypeAlias = Callable[[Any], dict[str, Any]]
Opening: TypeAlias = Callable[[Any], Work]
"""From a setup: what makes a record of a job. A function of a module, so that a process can be told of it."""
J = TypeVar("J", bound=tuple[Any, ...])
Elsewhere: TypeAlias = Callable[[Opening, Any, Sequence[Any]], Iterator[tuple[Any, dict[str, Any]]]]
"""Another place where jobs are done: takes an opening, its setup and jobs, and gives these back with their records."""


def in_order(here: Work, opening: Opening, setup: Any, jobs: Sequence[J], processes: int) -> Iterator[dict[str, Any]]:
    """The records of the jobs, in order. ``here`` does the work where one process is enough, and a process of its own
    does what ``opening`` makes of the setup. Raises EnvironmentFault when processes die again and again."""
    if processes <= 1 or len(jobs) <= 1:
        yield from map(here, jobs)
        return
    processes = min(processes, len(jobs))
    yield from put_in_order(jobs, lambda waiting: run_pool(opening, setup, waiting, processes))


def put_in_order(
    jobs: Sequence[J], run: Callable[[Sequence[J]], Iterator[tuple[J, dict[str, Any]]]]
) -> Iterator[dict[str, Any]]:
    """Records in the order of their jobs, whatever the order in which ``run`` finishes them."""
    done: dict[J, dict[str, Any]] = {}
    following, failures = 0, 0
    while following < len(jobs):
        try:
            waiting = [job for job in jobs[following:] if job not in done]
            for finished, record in run(waiting):
                done[finished] = record
                while following < len(jobs) and jobs[following] in done:
                    yield done.pop(jobs[following])
                    following += 1
        except BrokenProcessPool:
            failures += 1
            if failures > PATIENCE:
                what = f"a process that plays games has died {failures} times; {following} games are done."
                raise EnvironmentFault(what, "free some memory, or use --jobs 1") from None


def run_pool(opening: Opening, setup: Any, jobs: Sequence[J], processes: int) -> Iterator[tuple[J, dict[str, Any]]]:
    """The jobs with their records, as they are finished."""
    wanted = iter(jobs)
    pool = ProcessPoolExecutor(
        processes, multiprocessing.get_context("spawn"), initializer=_begin, initargs=(opening, setup)
    )
    running: dict[Future[dict[str, Any]], J] = {}
    try:
        while True:
            while len(running) < processes * AHEAD and (job := next(wanted, None)) is not None:
                running[pool.submit(_work, job)] = job
            if not running:
                return
            finished, _ = wait(running, return_when=FIRST_COMPLETED)
            for one in sorted(finished, key=lambda future: running[future]):
                yield running.pop(one), one.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        for process in multiprocessing.active_children():
            process.terminate()


_at_work: list[Work] = []
"""What this process does with a job; filled once, when it starts."""


def _begin(opening: Opening, setup: Any) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that hands out the games
    _at_work[:] = [opening(setup)]


def _end_with_parent() -> None:
    """End this process when the one that hands out the games is gone, however it went; nobody else would end it.

    The system itself tells, by a handle or a pipe that it closes: no way for a process to die leaves that out.
    """
    parent = multiprocessing.parent_process()
    if parent is not None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)


def _work(job: Any) -> dict[str, Any]:
    return _at_work[0](job)
