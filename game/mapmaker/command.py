"""The command `make-map`: a recipe in, the map files of a scenario out."""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from .lattice import METRES_PER_DEGREE, SQRT3
from .making import MadeMap, make_map
from .recipe import Recipe, RecipeError, read_recipe
from .sources import SourceError, read_geography
from .writing import scenario_files, write_files

EXAMPLE = "Example: run_game.py make-map scenarios/race_for_deir_ezzor/map_corrections.yaml"


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says over the recipe, or instead of one; empty and 0 say nothing."""

    data: Path | None
    box: str
    hex_size: int
    columns: int
    rows: int
    major: str
    banks: str


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
    major: Annotated[str, typer.Option(help="Rivers that divide the land, comma between.")] = "",
    banks: Annotated[str, typer.Option(help="LEFT,RIGHT: how the gazetteer names the banks.")] = "",
    search: Annotated[bool, typer.Option("--search", help="Look for the best origin again.")] = False,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; fail if the files would change.")] = False,
) -> None:
    """Make a scenario map from GeoJSON rivers, borders, roads and terrain and a gazetteer."""
    if recipe is None and not (data and box and hex_size and out):
        _stop("give a recipe, or all of --data, --box, --hex-size and --out", 2)
    try:
        plan = _plan(read_recipe(recipe) if recipe else None, Options(data, box, hex_size, columns, rows, major, banks))
        made = make_map(read_geography(plan.data), replace(plan, origin=None) if search else plan)
    except (RecipeError, SourceError, ValueError) as error:
        _stop(str(error), 1)
    files = scenario_files(made, recipe.name if recipe else "the command line")
    _report(made)
    folder = out or (recipe.parent if recipe else Path())
    if check:
        stale = [name for name, text in files.items() if not _is_same(folder / name, text)]
        if stale:
            _stop(f"would change: {', '.join(stale)}; fix: make the map again", 1)
        return
    write_files(folder, files)
    typer.echo(f"{made.lattice.columns} x {made.lattice.rows} hexes, {len(made.places)} places: {folder}")


def _plan(base: Recipe | None, options: Options) -> Recipe:
    """The recipe with what the command line says in its place."""
    changes: dict[str, Any] = {}
    if options.box:
        changes.update(_laid_out(options, base.hex_metres if base else 0))
    if options.data:
        changes["data"] = options.data
    if options.hex_size:
        changes["hex_metres"] = options.hex_size
    if options.columns:
        changes["columns"] = options.columns
    if options.rows:
        changes["rows"] = options.rows
    if options.major:
        changes["major_rivers"] = tuple(name.strip() for name in options.major.split(","))
    if options.banks:
        changes["left_bank"], changes["right_bank"] = (name.strip() for name in options.banks.split(","))
    return replace(base, **changes) if base else Recipe(**changes)


def _laid_out(options: Options, hex_metres: int) -> dict[str, Any]:
    """Columns and rows that cover a box of degrees, and where hex 0101 goes: the box's north-west corner."""
    west, south, east, north = (float(part) for part in options.box.split(","))
    if not (west < east and south < north):
        raise ValueError(f"--box {options.box}: WEST,SOUTH,EAST,NORTH with west < east and south < north")
    size, middle = options.hex_size or hex_metres, round((south + north) / 2, 2)
    wide = (east - west) * METRES_PER_DEGREE * math.cos(math.radians(middle))
    high = (north - south) * METRES_PER_DEGREE
    return {
        "columns": math.ceil(wide / (size * SQRT3 / 2)) + 1,
        "rows": math.ceil(high / size) + 1,
        "reference_latitude": middle,
        "near": (round(west, 5), round(north, 5)),
        "origin": None,
    }


def _report(made: MadeMap) -> None:
    for problem in made.problems:
        typer.echo(f"to settle: {problem.text}")
        if problem.suggestion:
            typer.echo(f"  - {problem.suggestion}")
    longitude, latitude = made.lattice.origin
    typer.echo(f"origin {longitude:.5f} {latitude:.5f}: {made.score}")


def _is_same(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes() == text.encode("utf-8")


def _stop(message: str, code: int) -> NoReturn:
    sys.stderr.write(f"make-map: {message}\n")
    raise typer.Exit(code)
