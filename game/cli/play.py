"""``play``: open the table."""

from __future__ import annotations

from typing import Annotated

import typer

from game.cli.arguments import some_text
from game.cli.display import WITHOUT_A_WINDOW, missing_display
from game.faults import NoDisplay


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("play", epilog="Example: run_game.py play breaking_the_siege")(play)


def play(
    scenario: Annotated[
        str | None,
        typer.Argument(help="A scenario by name, a folder or a pack; without one the menu opens.", parser=some_text),
    ] = None,
) -> None:
    """Play at the table, in a window."""
    reason = missing_display()
    if not reason:
        from game.cli.table import sit_down

        try:
            raise typer.Exit(sit_down(scenario))
        except NoDisplay as fault:
            reason = fault.message.rstrip(".")
    raise NoDisplay(f"no window can be opened: {reason}.", f"to play without one, run: {WITHOUT_A_WINDOW}")
