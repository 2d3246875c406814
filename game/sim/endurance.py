"""Many games in one process: whether it grows fatter with them, or leaves files open."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from game.scenario.world import World
from game.sim.batch import Batch, play_batch
from game.sim.game import seats
from game.sim.rows import BenchRow

GAMES, WARM = 500, 50
"""Games played, and those after which all that is kept between games should be there."""
BAR_PERCENT = 5


def endurance_rows(world: World, games: int = GAMES, warm: int = WARM) -> Iterator[BenchRow]:
    """Memory after the first games and after the last, by how much that is more, and files left open."""
    batch = Batch(games=games, seed=1, players=seats(world, {}))
    before, files = 0.0, 0
    for number, _ in enumerate(play_batch(world, batch, 1), start=1):
        if number == warm:
            before, files = resident(), open_files()
            yield BenchRow(f"after_{warm}", round(before, 1), "MB", warm)
    now = resident()
    yield BenchRow(f"after_{games}", round(now, 1), "MB", games)
    if before:
        yield BenchRow("memory_growth", round(100 * (now - before) / before, 1), "%", games, BAR_PERCENT)
    yield BenchRow("files_growth", open_files() - files, "files", games)


def resident() -> float:
    """Megabytes of memory that this process holds now; 0 where the system does not tell, as Linux does."""
    told = Path("/proc/self/statm")
    if not told.is_file():
        return 0
    pages = int(told.read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)


def open_files() -> int:
    """Files that this process has open; 0 where the system does not tell."""
    folder = Path("/dev/fd")
    return len(list(folder.iterdir())) if folder.is_dir() else 0
