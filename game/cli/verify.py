"""``verify``: play a save or a replay again and compare."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from game.cli.arguments import existing_file


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("verify", epilog="Example: run_game.py verify games/game-0001.replay")(verify)


def verify(file: Annotated[Path, typer.Argument(help="A save or a replay.", parser=existing_file)]) -> None:
    """Check that a save or replay is true.

    Its orders are played again and must lead to the states that it claims.
    """
    from game.ai.players import make_player
    from game.records import verify_file
    from game.schema.problems import safe

    result = verify_file(file, make_player)
    for line in result.lines():
        print(safe(line))
    raise typer.Exit(result.exit_code)
