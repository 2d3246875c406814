"""The command `make-map`: a recipe in, the map files of a scenario out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

EXAMPLE = "Example: run_game.py make-map scenarios/race_for_deir_ezzor/map_corrections.yaml"


def register(app: typer.Typer) -> None:
    """Add `make-map` to a command line."""
    app.command("make-map", epilog=EXAMPLE)(make_map_command)


def make_map_command(
    recipe: Annotated[Path | None, typer.Argument(help="Recipe of the map; its folder receives the map.")] = None,
    data: Annotated[Path | None, typer.Option(help="Folder of source data (gazetteer.csv, *.geojson).")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder to write to; without it, the recipe's folder.")] = None,
    box: Annotated[str, typer.Option(help="WEST,SOUTH,EAST,NORTH in degrees, instead of a recipe's size.")] = "",
    hex_size: Annotated[int, typer.Option(help="Metres from hex to hex.")] = 0,
    columns: Annotated[int, typer.Option(help="Columns of hexes (default: what the box needs).")] = 0,
    rows: Annotated[int, typer.Option(help="Rows of hexes (default: what the box needs).")] = 0,
    major: Annotated[str, typer.Option(help="River that divides the land.")] = "",
    banks: Annotated[str, typer.Option(help="LEFT,RIGHT: how the gazetteer names the banks.")] = "",
    search: Annotated[bool, typer.Option("--search", help="Look for the best origin again.")] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Write over a map that was not made from the same recipe.")
    ] = False,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; fail if the files would change.")] = False,
) -> None:
    """Make a scenario map from GeoJSON rivers, borders, roads and terrain and a gazetteer.

    What geometry cannot settle is listed, with the correction to paste into the recipe.
    """
    from game.mapmaker.job import Options, check_files, make, write

    options = Options(recipe, data, out, box, hex_size, columns, rows, major, banks, search)
    made = make(options)
    for line in made.report():
        typer.echo(line)
    if check:
        check_files(made)
    else:
        typer.echo(write(made, force=force))
