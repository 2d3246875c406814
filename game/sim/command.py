"""``simulate``: a batch of games with a progress bar, a file of records and a summary."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, TextIO

from game import engine
from game.scenario.options import with_options
from game.scenario.world import World
from game.sim.batch import Batch, json_line, play_batch
from game.sim.game import seats


def run_simulate(
    scenario: str,
    *,
    games: int,
    seed: int,
    jobs: int,
    players: Mapping[str, str],
    json_file: Path | None,
    record: Path | None,
    options: Mapping[str, bool] | None = None,
) -> int:
    """Play the batch; returns the exit code. Ctrl-C leaves the games played so far in the file, each line whole."""
    world = with_options(engine.load_scenario(scenario), options or {})
    batch = Batch(seed, games, seats(world, players), record)
    records: list[dict[str, Any]] = []
    try:
        with ExitStack() as stack:
            file = stack.enter_context(json_file.open("w", encoding="utf-8", newline="\n")) if json_file else None
            advance = stack.enter_context(_progress(world, games))
            for one in play_batch(world, batch, jobs):
                records.append(_summary_of(one))
                _write(file, one)
                advance(one)
    except KeyboardInterrupt:
        print(f"interrupted: {len(records)} of {games} games are done and written.", file=sys.stderr)
        _print_all(_summary(world, records))
        raise
    _print_all(_summary(world, records))
    return 0


def _write(file: TextIO | None, record: Mapping[str, Any]) -> None:
    if file is not None:
        file.write(json_line(record))
        file.flush()


def _summary_of(record: Mapping[str, Any]) -> dict[str, Any]:
    """What the summary needs of a record: a million whole ones would not fit."""
    return {
        key: record[key]
        for key in ("seed", "winner", "bands", "vp", "ledgers", "turns", "incidents", "ladder", "seconds")
    }


@contextmanager
def _progress(world: World, games: int) -> Iterator[Any]:
    """A bar on a terminal; nothing at all where the output goes to a file or a pipe."""
    if not sys.stderr.isatty():
        yield lambda record: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(file=getattr(sys.stderr, "beneath", sys.stderr)), transient=True) as bar:
        task = bar.add_task(world.id, total=games)
        yield lambda record: bar.advance(task)


def _print_all(lines: Iterator[str]) -> None:
    for line in lines:
        print(line)


def _summary(world: World, records: list[dict[str, Any]]) -> Iterator[str]:
    """A table of the factions: wins, bands, and the mean of points and ledgers."""
    count = len(records)
    if not count:
        return
    if count == 1:
        one = records[0]
        yield f"{world.title}, seed {one['seed']}: {one['turns']} turns, winner {one['winner'] or 'none'}."
    else:
        none = sum(one["winner"] is None for one in records)
        yield f"{world.title}: {count} games, {none} without a winner, {_mean(records, 'seconds'):.1f} s a game."
    yield "faction   wins slower  like faster  points   time losses  harm"
    for faction in world.factions:
        bands = [one["bands"][faction.id] for one in records]
        wins = sum(one["winner"] == faction.id for one in records)
        points = sum(one["vp"][faction.id] for one in records) / count
        ledgers = [
            sum(one["ledgers"][faction.id][key] for one in records) / count for key in ("time", "losses", "harm")
        ]
        yield (
            f"{faction.id:8} {wins:5} {bands.count('slower'):6} {bands.count('like'):5} {bands.count('faster'):6} "
            f"{points:7.1f} {ledgers[0]:6.0f} {ledgers[1]:6.1f} {ledgers[2]:5.1f}"
        )
    yield f"incidents {_mean(records, 'incidents'):.1f} a game, highest rung {max(one['ladder'] for one in records)}"


def _mean(records: list[dict[str, Any]], key: str) -> float:
    return sum(float(one[key]) for one in records) / len(records)
