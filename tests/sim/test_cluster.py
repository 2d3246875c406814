"""A batch on a cluster of Dask on this machine: the same lines, though a worker is killed in mid-run."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest

from game.faults import EnvironmentFault
from game.sim.batch import Batch, json_line, play_batch
from game.sim.cluster import on_cluster
from tests.war import small_war

EVERYBODY = {"saa": "random:stop=20", "sdf": "random:stop=20", "isis": "random:stop=20"}


@pytest.fixture(autouse=True)
def with_dask() -> None:
    """These tests need Dask; it is slow to load, so that no other test should have to."""
    pytest.importorskip("distributed")


@pytest.fixture
def cluster() -> Iterator[Any]:
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as running:
        yield running


@pytest.mark.slow  # four programs start for it; CI runs it
@pytest.mark.filterwarnings("ignore")
@pytest.mark.skipif(os.name == "nt", reason="no such signal")
def test_a_killed_worker_changes_nothing(cluster: Any) -> None:
    war, batch = small_war(turns=3), Batch(7, 12, EVERYBODY)
    lines, killed = [], False
    for record in play_batch(war, batch, 1, elsewhere=partial(on_cluster, cluster.scheduler_address)):
        lines.append(json_line(record))
        if not killed:
            os.kill(next(iter(cluster.workers.values())).pid, signal.SIGKILL)
            killed = True
    assert lines == [json_line(record) for record in play_batch(war, batch, 1)]


@pytest.mark.slow  # Dask takes longer to load than the test; CI runs it
@pytest.mark.filterwarnings("ignore")
def test_a_cluster_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("game.sim.cluster.PATIENCE", "1s")
    with pytest.raises(EnvironmentFault, match=r"tcp://127\.0\.0\.1:9 does not answer"):
        list(
            play_batch(
                small_war(turns=2), Batch(7, 2, EVERYBODY), 1, elsewhere=partial(on_cluster, "tcp://127.0.0.1:9")
            )
        )
