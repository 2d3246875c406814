"""``map``: a picture of a scenario's map."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from game.cli.arguments import output_file, some_text, whole_number
from game.cli.display import draw_in_memory


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("map", epilog="Example: run_game.py map race_for_deir_ezzor -o map.png")(draw_map)


def draw_map(
    scenario: Annotated[str, typer.Argument(help="A scenario by name, a folder or a pack.", parser=some_text)],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE.png", help="The picture to write.")],
    width: Annotated[
        int, typer.Option(help="Width of the picture in pixels.", parser=whole_number(200, 8000), metavar="PIXELS")
    ] = 1920,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file.")] = False,
) -> None:
    """Draw a scenario's map as a PNG picture.

    The units stand as they do at the start.
    """
    path = output_file(output, force=force)
    draw_in_memory()
    from game.engine import load_scenario
    from game.ui.picture import write_map_picture

    print(write_map_picture(load_scenario(scenario), path, width=width))
