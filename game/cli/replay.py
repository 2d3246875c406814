"""``replay``: watch a recorded game at the table."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from game.cli.arguments import existing_file
from game.cli.display import missing_display
from game.faults import NoDisplay
from game.words import say


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("replay", epilog="Example: run_game.py replay games/game-0001.replay")(replay)


def replay(file: Annotated[Path, typer.Argument(help="A replay or a save.", parser=existing_file)]) -> None:
    """Watch a recorded game at the table, in a window.

    A game that goes on is seen through the eyes of the person to play, a finished one through anybody's.
    """
    reason = missing_display()
    if not reason:
        from game.cli.table import show_replay

        try:
            raise typer.Exit(show_replay(file))
        except NoDisplay as fault:
            reason = fault.message.rstrip(".")
    raise NoDisplay(
        say("no window can be opened: {reason}.", reason=reason),
        say("to check the file without one, run: {command}", command=f"python3 run_game.py verify {file}"),
    )
