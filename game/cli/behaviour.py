"""``behaviour``: what players do that a staff which plans would do seldom."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from game.cli.arguments import output_file, some_text, whole_number
from game.cli.simulate import LARGEST_SEED, MOST_GAMES, MOST_JOBS, at_most_cores, seats_from

EPILOG = "Example: run_game.py behaviour jazeera_storm --games 20 --show empty"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("behaviour", epilog=EPILOG)(behaviour)


def behaviour(
    scenario: Annotated[str, typer.Argument(help="A scenario by name, a folder or a pack.", parser=some_text)],
    games: Annotated[int, typer.Option(help="How many games.", parser=whole_number(1, MOST_GAMES), metavar="N")] = 10,
    seed: Annotated[int, typer.Option(help="The first seed.", parser=whole_number(0, LARGEST_SEED), metavar="S")] = 1,
    jobs: Annotated[
        int | None, typer.Option(help="Games at a time (all cores).", parser=whole_number(1, MOST_JOBS), metavar="J")
    ] = None,
    players: Annotated[
        str, typer.Option(help="Who plays what: saa=NAME,sdf=NAME or all=NAME.", metavar="FACTION=PLAYER,...")
    ] = "",
    json: Annotated[Path | None, typer.Option("--json", metavar="FILE", help="A JSON object a line and game.")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on behind the games that the file holds.")] = False,
    show: Annotated[str, typer.Option(help="List each case of one figure.", metavar="FIGURE")] = "",
    force: Annotated[bool, typer.Option("--force", help="Overwrite existing files.")] = False,
) -> None:
    """Count the habits of players.

    Goals dropped, ways there and back, prizes left, support that lapses, with the games and turns where each happened.
    """
    if resume and not json:
        raise typer.BadParameter("only a file of --json can be gone on with.", param_hint="--resume")
    seats = seats_from(players)
    kept = output_file(json, force=force or resume) if json else None
    from game.sim.behaviour import run_behaviour
    from game.sim.command import Wish

    wish = Wish(games, seed, at_most_cores(jobs), seats, kept, resume=resume)
    raise typer.Exit(run_behaviour(scenario, wish, show))
