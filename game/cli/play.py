"""``play``: open the table."""

from __future__ import annotations

from typing import Annotated

import typer

from game.cli.arguments import OPTION_HELP, options_from, some_text
from game.cli.display import WITHOUT_A_WINDOW, missing_display
from game.faults import NoDisplay, UsageFault
from game.words import say


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("play", epilog="Example: run_game.py play breaking_the_siege")(play)


def play(
    scenario: Annotated[
        str | None,
        typer.Argument(help="A scenario by name, a folder or a pack; without one the menu opens.", parser=some_text),
    ] = None,
    option: Annotated[list[str] | None, typer.Option(help=OPTION_HELP, metavar="NAME=on|off")] = None,
) -> None:
    """Play at the table, in a window."""
    options = options_from(option)
    if options and scenario is None:
        raise UsageFault("an option belongs to a scenario.", "name the scenario too.")
    reason = missing_display()
    if not reason:
        from game.cli.table import sit_down

        try:
            raise typer.Exit(sit_down(scenario, options))
        except NoDisplay as fault:
            reason = fault.message.rstrip(".")
    raise NoDisplay(
        say("no window can be opened: {reason}.", reason=reason),
        say("to play without one, run: {command}", command=WITHOUT_A_WINDOW),
    )
