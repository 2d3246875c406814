"""What every command that plays batches of games asks for, in the same words."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from game.cli.arguments import existing_file, some_text, whole_number
from game.words import say

LARGEST_SEED = 2**63 - 1
MOST_GAMES = 1_000_000
MOST_JOBS = 1_000_000  # more than the cores are capped, not refused

Scenario: TypeAlias = Annotated[str, typer.Argument(help="A scenario by name, a folder or a pack.", parser=some_text)]
Games: TypeAlias = Annotated[int, typer.Option(help="How many games.", parser=whole_number(1, MOST_GAMES), metavar="N")]
Seed: TypeAlias = Annotated[
    int, typer.Option(help="The first seed.", parser=whole_number(0, LARGEST_SEED), metavar="S")
]
Jobs: TypeAlias = Annotated[
    int | None, typer.Option(help="Games at a time (all cores).", parser=whole_number(1, MOST_JOBS), metavar="J")
]
Players: TypeAlias = Annotated[
    str, typer.Option(help="Who plays what: saa=NAME,sdf=NAME or all=NAME.", metavar="FACTION=PLAYER,...")
]
JsonFile: TypeAlias = Annotated[
    Path | None, typer.Option("--json", metavar="FILE", help="A JSON object a line and game.")
]
Files: TypeAlias = Annotated[
    list[Path] | None,
    typer.Option("--from", help="Games of simulate --json, instead of new ones.", parser=existing_file, metavar="FILE"),
]
PageFile: TypeAlias = Annotated[Path | None, typer.Option("--page", metavar="FILE", help="A page for a browser.")]
Resume: TypeAlias = Annotated[bool, typer.Option("--resume", help="Go on behind the games that the file holds.")]
Force: TypeAlias = Annotated[bool, typer.Option("--force", help="Overwrite existing files.")]


def seats_from(text: str) -> dict[str, str]:
    """Players by faction from ``saa=staff,sdf=random``; ``all`` stands for every faction not named."""
    seats: dict[str, str] = {}
    for part in filter(None, text.split(",")):
        faction, sign, player = part.strip().partition("=")
        if not (sign and faction and player):
            raise typer.BadParameter(f"{part!r} is not FACTION=PLAYER.", param_hint="--players")
        if faction in seats:
            raise typer.BadParameter(say("{faction} is given twice.", faction=faction), param_hint="--players")
        seats[faction] = player
    return seats


def at_most_cores(jobs: int | None) -> int:
    """As many jobs as asked for, but no more than there are cores."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if jobs is not None and jobs > cores:
        print(
            say("warning: --jobs {jobs} is more than the {cores} cores here; using {cores}.", jobs=jobs, cores=cores),
            file=sys.stderr,
        )
    return min(jobs or cores, cores)
