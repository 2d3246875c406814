"""``puzzles``: small tasks with pass lines, for players."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from game.cli.arguments import output_file, some_path, some_text, whole_number

EPILOG = "Example: run_game.py puzzles staff staff:normal reference trap --variants 20"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("puzzles", epilog=EPILOG)(puzzles)


def puzzles(
    players: Annotated[
        list[str] | None, typer.Argument(help="Players, and reference or trap for the lines written by hand.")
    ] = None,
    variants: Annotated[
        int, typer.Option(help="Variants of each puzzle.", parser=whole_number(1, 1000), metavar="N")
    ] = 20,
    only: Annotated[
        list[str] | None,
        typer.Option("--only", help="Only this puzzle; may be given several times.", parser=some_text, metavar="NAME"),
    ] = None,
    folder: Annotated[
        Path | None, typer.Option(help="A puzzle of your own, or a folder of some.", parser=some_path, metavar="DIR")
    ] = None,
    json: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="A JSON object a line and variant.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite existing files.")] = False,
) -> None:
    """Let players try puzzles.

    Small tasks with clear pass lines, each in variants of the dice.
    """
    kept = output_file(json, force=force) if json else None
    from game.sim.puzzle_command import PuzzleWish, run_puzzles

    names = tuple(dict.fromkeys(players or ["staff"]))
    raise typer.Exit(run_puzzles(PuzzleWish(names, variants, folder, tuple(only or ()), kept)))
