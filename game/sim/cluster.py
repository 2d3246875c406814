"""A batch on an existing cluster of Dask (extra ``cluster``): the same games, handed to its workers one by one.

Nothing here is home-made between machines: the scheduler hands a game of a dead worker to another, and the workers need
the game installed and nothing else. The scenario goes out once, in its canonical form.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from game.faults import EnvironmentFault
from game.scenario.build import world_from
from game.scenario.world import World
from game.schema.problems import safe
from game.sim.batch import Batch, Job, Worlds, play_one
from game.sim.pool import AHEAD

PATIENCE = "30s"
"""How long to wait for the scheduler to answer."""

_at_work: dict[tuple[str, str], Worlds] = {}
"""What a worker has made of the scenarios that it was sent: the last one alone, they are big."""


def on_cluster(address: str, world: World, batch: Batch, jobs: Sequence[Job]) -> Iterator[tuple[Job, dict[str, Any]]]:
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
    wanted = iter(jobs)
    try:
        with Client(address, timeout=PATIENCE, set_as_default=False) as client:
            form = client.scatter(dict(world.raw), broadcast=True, hash=False)

            def next_games() -> list[Any]:
                room = max(1, len(client.nthreads())) * AHEAD - len(running)
                new = [(job, client.submit(play_here, form, world.digest, batch, job, pure=False)) for job, _ in
                       zip(wanted, range(room), strict=False)]  # fmt: skip
                running.update({future.key: job for job, future in new})
                return [future for _, future in new]

            running: dict[str, Job] = {}
            finished = as_completed(next_games(), loop=client.loop, with_results=True)
            for future, record in finished:
                yield running.pop(future.key), record
                finished.update(next_games())
    except KilledWorker as error:
        raise EnvironmentFault("a game has cost the cluster several workers.", "give them more memory.") from error
    except (OSError, TimeoutError) as error:
        what = f"the cluster at {safe(address)} does not answer ({safe(str(error) or type(error).__name__)})."
        raise EnvironmentFault(what, "check its address; with --json and --resume what is done is kept.") from error


def play_here(form: Mapping[str, Any], digest: str, batch: Batch, job: Job) -> dict[str, Any]:
    """One game on a worker; ``form`` is the canonical form of the scenario with that digest."""
    key = (digest, repr(batch))
    if key not in _at_work:
        _at_work.clear()
        _at_work[key] = Worlds(world_from(form), batch)
    return play_one(_at_work[key], batch, job)
