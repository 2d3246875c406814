"""``edit``: open the editor."""

from __future__ import annotations

from typing import Annotated

import typer

from game.cli.arguments import some_text
from game.cli.display import missing_display
from game.faults import NoDisplay
from game.words import say

WITHOUT_A_WINDOW = "edit its files in any editor of text, and run: run_game.py check"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("edit", epilog="Example: run_game.py edit my_scenario")(edit)


def edit(
    scenario: Annotated[str, typer.Argument(help="A scenario by name, or its folder.", parser=some_text)],
) -> None:
    """Change a scenario in the editor, in a window.

    The map, units, objectives and the rest, with the check beside them. A scenario that may not be written is saved
    as a copy.
    """
    reason = missing_display()
    if not reason:
        from game.cli.table import open_editor

        try:
            raise typer.Exit(open_editor(scenario))
        except NoDisplay as fault:
            reason = fault.message.removeprefix("no window can be opened: ").rstrip(".")
    raise NoDisplay(say("no window can be opened: {reason}.", reason=reason), WITHOUT_A_WINDOW)
