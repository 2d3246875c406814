"""``simulate``: whole games, AI against AI, without a window."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from game.cli.arguments import OPTION_HELP, options_from, output_file, output_folder, some_path
from game.cli.batches import Force, Games, Jobs, JsonFile, Players, Resume, Scenario, Seed, at_most_cores, seats_from
from game.words import say

MOST_SHARDS = 100_000
# Of each batch system: the variable with the part's number, what the first part is called (a variable or a number),
# and the variable with the number of parts.
BATCH_SYSTEMS = (
    ("SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_MIN", "SLURM_ARRAY_TASK_COUNT"),
    ("PBS_ARRAY_INDEX", "0", "PBS_ARRAY_COUNT"),
    ("SGE_TASK_ID", "SGE_TASK_FIRST", "SGE_TASK_LAST"),
    ("LSB_JOBINDEX", "1", "LSB_JOBINDEX_END"),
    ("JOB_COMPLETION_INDEX", "0", "JOB_COMPLETIONS"),
)
EPILOG = "Example: run_game.py simulate race_for_deir_ezzor --games 20 --seed 7 --json games.jsonl"

SCHEDULER = re.compile(
    r"(?:(?:tcp|tls|ucx|wss?)://)?(?:\[[0-9A-Fa-f:.]+\]|(?:[\w-]{1,63}\.)*[\w-]{1,63}):([0-9]{1,5})/?"
)
"""Host and port of a machine, as they are named in a network."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("simulate", epilog=EPILOG)(simulate)


def simulate(
    scenario: Scenario,
    games: Games = 1,
    seed: Seed = 1,
    jobs: Jobs = None,
    players: Players = "",
    option: Annotated[list[str] | None, typer.Option(help=OPTION_HELP, metavar="NAME=on|off")] = None,
    json: JsonFile = None,
    record: Annotated[
        Path | None, typer.Option("--record", metavar="DIR", parser=some_path, help="A replay of each game.")
    ] = None,
    set_: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="NAME=VALUE[,VALUE...]", help="Change a rule number; several values make a grid."
        ),
    ] = None,
    shard: Annotated[
        str, typer.Option(metavar="I/N|auto", help="Play one of N parts of the batch; auto asks the batch system.")
    ] = "1/1",
    resume: Resume = False,
    cluster: Annotated[
        str,
        typer.Option(
            metavar="ADDRESS",
            help="Play on a Dask cluster: the address of its scheduler.",
            parser=scheduler_from,
        ),
    ] = "",
    front: Annotated[bool, typer.Option("--front", help="Tell who held each hex as each turn ended.")] = False,
    force: Force = False,
) -> None:
    """Play whole games AI against AI.

    The same seed gives the same games, whatever the number of jobs and however often a batch is resumed.
    """
    seats, options, part = seats_from(players), options_from(option), shard_from(shard, os.environ)
    if resume and not json:
        raise typer.BadParameter("only a file of --json can be gone on with.", param_hint="--resume")
    json_file = output_file(json, force=force or resume) if json else None
    folder = output_folder(record, force=force or resume) if record else None
    from game.sim.batch import Shard
    from game.sim.command import Wish, run_simulate

    if cluster and record:
        raise typer.BadParameter("replays are written on this machine only.", param_hint="--record")
    wish = Wish(
        games,
        seed,
        at_most_cores(jobs),
        seats,
        json_file,
        folder,
        options,
        set_ or (),
        Shard(*part),
        resume,
        front,
        cluster,
    )
    raise typer.Exit(run_simulate(scenario, wish))


def scheduler_from(text: str) -> str:
    """The address of a scheduler, as Dask prints it when one starts."""
    found = SCHEDULER.fullmatch(text)
    if text and (found is None or not 1 <= int(found[1]) <= 65535):
        raise typer.BadParameter(f"{text[:40]!r} is no address such as tcp://10.0.0.5:8786.")
    return text


def shard_from(text: str, surroundings: Mapping[str, str]) -> tuple[int, int]:
    """Which part of the batch to play: ``2/8``, or ``auto`` for what the batch system's variables say.

    Known are SLURM arrays, PBS arrays, Grid Engine arrays, LSF arrays and indexed jobs of Kubernetes. The number of
    parts comes from the system where it tells it, else from ``SHARDS``.
    """
    if text != "auto":
        number, sign, of = text.partition("/")
        if (
            not (sign and number.strip().isdigit() and of.strip().isdigit())
            or not 1 <= int(number) <= int(of) <= MOST_SHARDS
        ):
            raise typer.BadParameter(f"{text[:40]!r} is no part such as 2/8.", param_hint="--shard")
        return int(number), int(of)
    for index, first, count in BATCH_SYSTEMS:
        if surroundings.get(index, "").isdigit():
            start = int(surroundings.get(first, "") or "0") if first and not first.isdigit() else int(first or "0")
            total = surroundings.get(count, "") or surroundings.get("SHARDS", "")
            part = int(surroundings[index]) - start + 1
            if total.isdigit() and 1 <= part <= int(total) <= MOST_SHARDS:
                return part, int(total)
            what = say(
                "{index} says {surroundings}, but not of how many parts: set SHARDS to their number.",
                index=index,
                surroundings=surroundings[index],
            )
            raise typer.BadParameter(what, param_hint="--shard")
    raise typer.BadParameter("no batch system tells which part this is; say --shard I/N.", param_hint="--shard")
