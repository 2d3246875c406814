"""``behaviour``: what players do that a staff which plans would do seldom."""

from __future__ import annotations

from typing import Annotated

import typer

from game.cli.arguments import output_file
from game.cli.batches import Force, Games, Jobs, JsonFile, Players, Resume, Scenario, Seed, at_most_cores, seats_from

EPILOG = "Example: run_game.py behaviour jazeera_storm --games 20 --show empty"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("behaviour", epilog=EPILOG)(behaviour)


def behaviour(
    scenario: Scenario,
    games: Games = 10,
    seed: Seed = 1,
    jobs: Jobs = None,
    players: Players = "",
    json: JsonFile = None,
    resume: Resume = False,
    show: Annotated[str, typer.Option(help="List each case of one figure.", metavar="FIGURE")] = "",
    log: Annotated[
        str, typer.Option(help="Instead, print the first game as a faction's player meant it.", metavar="FACTION")
    ] = "",
    force: Force = False,
) -> None:
    """Count the habits of players.

    Goals dropped, ways there and back, prizes left, support that lapses, with the games and turns where each happened.
    """
    if resume and not json:
        raise typer.BadParameter("only a file of --json can be gone on with.", param_hint="--resume")
    seats = seats_from(players)
    kept = output_file(json, force=force or resume) if json else None
    from game.sim.behaviour import run_behaviour, run_log
    from game.sim.command import Wish

    if log:
        raise typer.Exit(run_log(scenario, seed, seats, log))
    wish = Wish(games, seed, at_most_cores(jobs), seats, kept, resume=resume)
    raise typer.Exit(run_behaviour(scenario, wish, show))
