"""``shots``: pictures of every screen."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from game.cli.arguments import output_folder, some_path
from game.cli.display import draw_in_memory


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("shots", epilog="Example: run_game.py shots pictures")(shots)


def shots(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", parser=some_path, help="The folder to fill; made where it is missing.")
    ],
    force: Annotated[bool, typer.Option("--force", help="Write into a folder that is not empty.")] = False,
) -> None:
    """Draw a picture of every screen.

    The map at three zooms too, all at 1280x720, 1920x1080 and 2560x1440. Needs no display.
    """
    target = output_folder(folder, force=force)
    draw_in_memory()
    from game.schema.problems import safe
    from game.ui.offscreen.shots import write_shots

    for path in write_shots(target):
        print(safe(str(path)))
