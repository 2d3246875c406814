"""``ladder``: how strong players are against each other."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from game.cli.arguments import output_file, some_text, whole_number
from game.cli.batches import LARGEST_SEED, MOST_GAMES, MOST_JOBS, at_most_cores

EPILOG = "Example: run_game.py ladder staff rca greedy -s collision -s jazeera_storm --pairs 20 --json pairs.jsonl"
SCENARIOS = ("breaking_the_siege", "collision", "jazeera_storm")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("ladder", epilog=EPILOG)(ladder)


def ladder(
    players: Annotated[list[str], typer.Argument(help="Two players or more, such as staff greedy:aggression=2.")],
    scenario: Annotated[
        list[str] | None,
        typer.Option("-s", "--scenario", help="Where; may be given several times.", parser=some_text, metavar="NAME"),
    ] = None,
    pairs: Annotated[
        int,
        typer.Option(help="Pairs a meeting and scenario.", parser=whole_number(1, MOST_GAMES), metavar="N"),
    ] = 10,
    seed: Annotated[int, typer.Option(help="The first seed.", parser=whole_number(0, LARGEST_SEED), metavar="S")] = 1,
    jobs: Annotated[
        int | None, typer.Option(help="Pairs at a time (all cores).", parser=whole_number(1, MOST_JOBS), metavar="J")
    ] = None,
    anchor: Annotated[str, typer.Option(help="Let each of the others meet this one alone.", metavar="PLAYER")] = "",
    json: Annotated[Path | None, typer.Option("--json", metavar="FILE", help="A JSON object a line and pair.")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on behind the pairs that the file holds.")] = False,
    page: Annotated[Path | None, typer.Option("--page", metavar="FILE", help="Write the table as Markdown.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite existing files.")] = False,
) -> None:
    """Measure players by mirrored pairs.

    Two games from one seed with the sides exchanged; the larger sum over both wins the pair.
    """
    if resume and not json:
        raise typer.BadParameter("only a file of --json can be gone on with.", param_hint="--resume")
    kept = output_file(json, force=force or resume) if json else None
    written = output_file(page, force=force) if page else None
    from game.sim.ladder_command import LadderWish, run_ladder

    where = tuple(scenario or SCENARIOS)
    command = (
        f"run_game.py ladder {' '.join([*players, *(f'-s {one}' for one in where)])} --pairs {pairs} --seed {seed}"
    )
    command += f" --anchor {anchor}" if anchor else ""
    wish = LadderWish(players, where, pairs, seed, at_most_cores(jobs), anchor, kept, resume, written, command)
    raise typer.Exit(run_ladder(wish))
