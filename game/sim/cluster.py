"""A batch on an existing cluster of Dask (extra ``cluster``): the same games, handed to its workers one by one.

Nothing here is home-made between machines: the scheduler hands a game of a dead worker to another, and the workers need
the game installed and nothing else. What they need for their games goes out once.
"""

from __future__ import annotations

import sys
import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from game.faults import EnvironmentFault
from game.schema.problems import safe
from game.sim.pool import AHEAD, J, Opening, Work

PATIENCE = "30s"
"""How long to wait for the scheduler to answer."""

_at_work: dict[str, Work] = {}
"""What a worker has made of the setup that it was sent, by the batch's own name: the last one alone, they are big."""


def on_cluster(address: str, opening: Opening, setup: Any, jobs: Sequence[J]) -> Iterator[tuple[J, dict[str, Any]]]:
    """The jobs with their records, as workers finish them; raises EnvironmentFault when the cluster is gone.

    Games that were handed out before are not lost: the caller has written them, and ``--resume`` plays the rest.
    """
    try:
        from distributed import Client, as_completed
        from distributed.scheduler import KilledWorker
    except ImportError as error:
        remedy = f"{safe(sys.executable)} -m pip install distributed"
        raise EnvironmentFault(
            'a cluster needs the package of the extra "cluster".', f"{remedy}; then ask again."
        ) from error
    wanted, batch = iter(jobs), uuid.uuid4().hex
    try:
        with Client(address, timeout=PATIENCE, set_as_default=False) as client:
            sent = client.scatter(setup, broadcast=True, hash=False)

            def next_games() -> list[Any]:
                room = max(1, len(client.nthreads())) * AHEAD - len(running)
                new = [
                    (job, client.submit(work_here, batch, opening, sent, job, pure=False))
                    for _, job in zip(range(room), wanted, strict=False)
                ]
                running.update({future.key: job for job, future in new})
                return [future for _, future in new]

            running: dict[str, J] = {}
            finished = as_completed(next_games(), loop=client.loop, with_results=True)
            for future, record in finished:
                yield running.pop(future.key), record
                finished.update(next_games())
    except KilledWorker as error:
        raise EnvironmentFault("a game has cost the cluster several workers.", "give them more memory.") from error
    except (OSError, TimeoutError) as error:
        what = f"the cluster at {safe(address)} does not answer ({safe(str(error) or type(error).__name__)})."
        raise EnvironmentFault(what, "check its address; with --json and --resume what is done is kept.") from error


def work_here(batch: str, opening: Opening, setup: Any, job: Any) -> dict[str, Any]:
    """One job on a worker."""
    if batch not in _at_work:
        _at_work.clear()
        _at_work[batch] = opening(setup)
    return _at_work[batch](job)
