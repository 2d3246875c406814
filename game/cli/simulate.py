"""``simulate``: whole games, AI against AI, without a window."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from game.cli.arguments import OPTION_HELP, options_from, output_file, output_folder, some_text, whole_number

LARGEST_SEED = 2**63 - 1
MOST_GAMES = 1_000_000
MOST_JOBS = 1_000_000  # more than the cores are capped, not refused
EPILOG = "Example: run_game.py simulate race_for_deir_ezzor --games 20 --seed 7 --json games.jsonl"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("simulate", epilog=EPILOG)(simulate)


def simulate(
    scenario: Annotated[str, typer.Argument(help="A scenario by name, a folder or a pack.", parser=some_text)],
    games: Annotated[int, typer.Option(help="How many games.", parser=whole_number(1, MOST_GAMES), metavar="N")] = 1,
    seed: Annotated[int, typer.Option(help="The first seed.", parser=whole_number(0, LARGEST_SEED), metavar="S")] = 1,
    jobs: Annotated[
        int | None, typer.Option(help="Games at a time (all cores).", parser=whole_number(1, MOST_JOBS), metavar="J")
    ] = None,
    players: Annotated[
        str, typer.Option(help="Who plays what: saa=NAME,sdf=NAME or all=NAME.", metavar="FACTION=PLAYER,...")
    ] = "",
    option: Annotated[list[str] | None, typer.Option(help=OPTION_HELP, metavar="NAME=on|off")] = None,
    json: Annotated[Path | None, typer.Option("--json", metavar="FILE", help="A JSON object a line and game.")] = None,
    record: Annotated[Path | None, typer.Option("--record", metavar="DIR", help="A replay of each game.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over what is there.")] = False,
) -> None:
    """Play whole games AI against AI.

    The same seed gives the same games, whatever the number of jobs.
    """
    seats, options = seats_from(players), options_from(option)
    json_file = output_file(json, force=force) if json else None
    folder = output_folder(record, force=force) if record else None
    from game.sim.command import run_simulate

    code = run_simulate(
        scenario,
        games=games,
        seed=seed,
        jobs=at_most_cores(jobs),
        players=seats,
        json_file=json_file,
        record=folder,
        options=options,
    )
    raise typer.Exit(code)


def seats_from(text: str) -> dict[str, str]:
    """Players by faction from ``saa=staff,sdf=random``; ``all`` stands for every faction not named."""
    seats: dict[str, str] = {}
    for part in filter(None, text.split(",")):
        faction, sign, player = part.strip().partition("=")
        if not (sign and faction and player):
            raise typer.BadParameter(f"{part!r} is not FACTION=PLAYER.", param_hint="--players")
        if faction in seats:
            raise typer.BadParameter(f"{faction} is given twice.", param_hint="--players")
        seats[faction] = player
    return seats


def at_most_cores(jobs: int | None) -> int:
    """As many jobs as asked for, but no more than there are cores."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if jobs is not None and jobs > cores:
        print(f"warning: --jobs {jobs} is more than the {cores} cores here; using {cores}.", file=sys.stderr)
    return min(jobs or cores, cores)
