"""``history`` and ``balance``: what many games say of a scenario, beside the real dates and by themselves."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from game.cli.arguments import existing_file, output_file
from game.cli.batches import (
    Files,
    Force,
    Games,
    Jobs,
    JsonFile,
    PageFile,
    Players,
    Resume,
    Scenario,
    Seed,
    at_most_cores,
    seats_from,
)

BALANCE_EPILOG = "Example: run_game.py balance jazeera_storm --games 100 --vary combat.shifts.engineers=0,2"
EPILOG = "Example: run_game.py history race_for_deir_ezzor --games 40 --page history.html"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("history", epilog=EPILOG)(history)
    app.command("balance", epilog=BALANCE_EPILOG)(balance)


def history(
    scenario: Scenario,
    games: Games = 20,
    seed: Seed = 1,
    jobs: Jobs = None,
    players: Players = "",
    from_: Files = None,
    against: Annotated[
        Path | None, typer.Option(help="Another table of holders, in CSV.", parser=existing_file, metavar="FILE")
    ] = None,
    json: JsonFile = None,
    page: PageFile = None,
    set_: Annotated[list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="Change a rule number.")] = None,
    resume: Resume = False,
    force: Force = False,
) -> None:
    """Set games beside the real dates.

    Who held what on each date of history, when places fell, in what order, and how fast the columns went.
    """
    if from_ and json:
        raise typer.BadParameter("games of a file are not played anew.", param_hint="--json")
    seats = seats_from(players)
    kept = output_file(json, force=force or resume) if json else None
    written = output_file(page, force=force) if page else None
    from game.sim.command import Wish
    from game.sim.reports import run_history

    wish = Wish(
        games, seed, at_most_cores(jobs), seats, kept, settings=set_ or (), resume=resume, front=bool(page or json)
    )
    raise typer.Exit(run_history(scenario, wish, files=from_ or (), against=against, page=written))


def balance(
    scenario: Scenario,
    games: Games = 20,
    seed: Seed = 1,
    jobs: Jobs = None,
    players: Players = "",
    from_: Files = None,
    vary: Annotated[
        list[str] | None,
        typer.Option(help="A rule number to screen; may be given several times.", metavar="NAME=LOW,HIGH"),
    ] = None,
    json: JsonFile = None,
    page: PageFile = None,
    words: Annotated[
        Path | None, typer.Option(help="What it comes to, in words and tables (Markdown).", metavar="FILE")
    ] = None,
    resume: Resume = False,
    force: Force = False,
) -> None:
    """Say whether every side has its chance.

    Wins, margins, losses and first captures with intervals, and which rule numbers move what.
    """
    if from_ and json:
        raise typer.BadParameter("games of a file are not played anew.", param_hint="--json")
    seats = seats_from(players)
    kept = output_file(json, force=force or resume) if json else None
    written = output_file(page, force=force) if page else None
    told = output_file(words, force=force) if words else None
    from game.sim.command import Wish
    from game.sim.reports import run_balance

    wish = Wish(games, seed, at_most_cores(jobs), seats, kept, resume=resume, front=bool(json))
    raise typer.Exit(run_balance(scenario, wish, files=from_ or (), vary=vary or (), page=written, words=told))
