"""``simulate``: a batch of games with a progress bar, a file of records and a summary."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from game import engine
from game.scenario.options import with_options
from game.scenario.world import World
from game.sim.batch import WHOLE, Batch, Shard, json_line, play_batch
from game.sim.cluster import on_cluster
from game.sim.game import seats
from game.sim.results import described, read_results, resume, variants_of
from game.sim.rule_numbers import Settings, grid, with_rules
from game.store import LineFile


@dataclass(frozen=True, slots=True)
class Wish:
    """What ``simulate`` was asked for. ``json_file`` takes a line a game; ``resume`` goes on behind those in it."""

    games: int
    seed: int
    processes: int
    players: Mapping[str, str]
    json_file: Path | None = None
    folder: Path | None = None
    options: Mapping[str, bool] = field(default_factory=dict)
    settings: Sequence[str] = ()
    shard: Shard = WHOLE
    resume: bool = False
    front: bool = False
    cluster: str = ""
    """Address of a scheduler of Dask; "" plays on this machine."""
    habits: bool = False


def run_simulate(scenario: str, wish: Wish) -> int:
    """Play the batch; returns the exit code. Ctrl-C leaves the games played so far in the file, each line whole."""
    world = engine.load_scenario(scenario)
    kept: list[dict[str, Any]] = []
    try:
        for one in games(world, wish):
            kept.append(_summary_of(one))
    except KeyboardInterrupt:
        print(f"interrupted: {len(kept)} of {wish.games} games are done and written.", file=sys.stderr)
        _print_all(_summaries(world, kept))
        raise
    _print_all(_summaries(world, kept))
    return 0


def played(world: World, wish: Wish, variants: Sequence[Settings] = ()) -> list[dict[str, Any]]:
    """All games of a batch as its file holds them, those of a resumed file included."""
    records = list(games(world, wish, variants))
    return read_results([wish.json_file]) if wish.json_file else [json.loads(json_line(one)) for one in records]


def games(scenario: World, wish: Wish, variants: Sequence[Settings] = ()) -> Iterator[dict[str, Any]]:
    """Play a batch with a bar, writing each game into the file; hands out the records of the games played now.

    ``variants``, where there are any, are played in place of the grid that the wish describes.
    """
    world = with_options(scenario, wish.options)
    variants = variants or grid(wish.settings)
    for one in variants:
        with_rules(world, one)  # a number that the rules do not have is told before the first game
    players, shown = seats(world, wish.players), tuple(variants)
    batch = Batch(wish.seed, wish.games, players, wish.folder, shown, wish.shard, wish.front, wish.habits)
    done = resume(wish.json_file, world, batch) if wish.json_file and wish.resume else 0
    if done:
        print(f"{done} of {len(batch.jobs)} games are in {wish.json_file} already.", file=sys.stderr)
    with ExitStack() as stack:
        file = stack.enter_context(LineFile(wish.json_file, more=bool(done))) if wish.json_file else None
        advance = stack.enter_context(progress(world.id, len(batch.jobs) - done))
        elsewhere = partial(on_cluster, wish.cluster) if wish.cluster else None
        for one in play_batch(world, batch, wish.processes, done, elsewhere):
            _write(file, one)
            yield one
            advance(one)


def _write(file: LineFile | None, record: Mapping[str, Any]) -> None:
    if file is not None:
        file.write(json_line(record))


def _summary_of(record: Mapping[str, Any]) -> dict[str, Any]:
    """What the summary needs of a record: a million whole ones would not fit."""
    return {
        key: record[key]
        for key in (
            "variant",
            "set",
            "seed",
            "winner",
            "bands",
            "vp",
            "ledgers",
            "turns",
            "incidents",
            "ladder",
            "seconds",
        )
    }


@contextmanager
def progress(what: str, count: int) -> Iterator[Any]:
    """A bar on a terminal; nothing at all where the output goes to a file or a pipe."""
    if not sys.stderr.isatty():
        yield lambda record: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(file=getattr(sys.stderr, "beneath", sys.stderr)), transient=True) as bar:
        task = bar.add_task(what, total=count)
        yield lambda record: bar.advance(task)


def _print_all(lines: Iterator[str]) -> None:
    for line in lines:
        print(line)


def _summaries(world: World, records: list[dict[str, Any]]) -> Iterator[str]:
    """A table for each variant."""
    variants = variants_of(records)
    for number, settings in variants.items():
        if len(variants) > 1 or settings:
            yield f"--- {described(settings)}"
        yield from _summary(world, [one for one in records if one["variant"] == number])


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
