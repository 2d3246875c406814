"""One run of `make-map`: what the command line asked for, and what it says afterwards."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from game.faults import ContentFault, UsageFault
from game.ruleset.terrain import Terrain
from game.schema.problems import Problem

from .lattice import METRES_PER_DEGREE, SQRT3
from .making import MadeMap, make_map
from .proving import checked, rules_for
from .recipe import Recipe, read_recipe
from .recipe_file import MOST_HEXES_ACROSS, MOST_METRES
from .sources import Geography, SourceWords, point, read_geography
from .writing import heading, scenario_files, write_files


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says over the recipe, or instead of one; empty and 0 say nothing."""

    recipe: Path | None = None
    data: Path | None = None
    out: Path | None = None
    box: str = ""
    hex_size: int = 0
    columns: int = 0
    rows: int = 0
    major: str = ""
    banks: str = ""
    search: bool = False


@dataclass(frozen=True, slots=True)
class Product:
    """A made map, its files as text and where they belong."""

    made: MadeMap
    files: dict[str, str]
    folder: Path
    source: str
    """What the map is made from, as the heading of its files says."""
    doubts: tuple[Problem, ...] = ()
    """Warnings of the check about the map."""

    def report(self) -> Iterator[str]:
        """What is left to settle by hand, then where the grid lies and how well."""
        for problem in self.made.problems:
            yield f"to settle: {problem.text}"
            if problem.suggestion:
                yield f"  - {problem.suggestion}"
        for doubt in self.doubts:
            yield doubt.head()
        longitude, latitude = self.made.lattice.origin
        yield f"origin {longitude:.5f} {latitude:.5f}: {self.made.score}"


def make(options: Options) -> Product:
    """Read what the options name, make the map and check it; nothing is written.

    Raises ContentFault for data or a recipe that no sound map comes of.
    """
    if options.recipe is None and not (options.data and options.box and options.hex_size and options.out):
        raise UsageFault("nothing to make a map from.", "name a recipe, or give --data, --box, --hex-size and --out.")
    recipe = _plan(read_recipe(options.recipe) if options.recipe else None, options)
    source = options.recipe.name if options.recipe else "the command line"
    folder = options.out or (options.recipe.parent if options.recipe else Path())
    beside = options.recipe.parent if options.recipe else folder
    rules = rules_for(folder, beside)
    made = make_map(geography_for(recipe, rules.terrain.kinds), recipe, rules.terrain.kinds)
    files = scenario_files(made, source, folder)
    return Product(made, files, folder, source, tuple(checked(files, folder, rules)))


def geography_for(recipe: Recipe, kinds: Mapping[str, Terrain]) -> Geography:
    """The source data of a recipe, judged by the kinds of ground and the names of the banks that it may use."""
    return read_geography(recipe.data, SourceWords(tuple(kinds), (recipe.left_bank, recipe.right_bank)))


def check_files(product: Product) -> None:
    """Fail when a file on disk differs from what would be made."""
    stale = [name for name, text in product.files.items() if not _is_same(product.folder / name, text)]
    if stale:
        raise ContentFault(f"{product.folder}: would change: {', '.join(stale)}.", "make the map again.")


def write(product: Product, *, force: bool = False) -> str:
    """Write the files and say so. Raises UsageFault, unless forced, before a map is lost that is not of this recipe."""
    if not force:
        _require_own(product)
    write_files(product.folder, product.files)
    size = f"{product.made.lattice.columns} x {product.made.lattice.rows} hexes"
    return f"{size}, {len(product.made.places)} places: {product.folder}"


def _require_own(product: Product) -> None:
    """Files that the same recipe has made may be made anew; others are somebody's work."""
    own = heading(product.source)
    for name, text in product.files.items():
        path = product.folder / name
        if path.exists() and not _is_same(path, text) and own not in _beginning(path):
            what = f"{path} is there already, and was not made from {product.source}."
            raise UsageFault(what, "choose another folder with --out, or give --force to lose it.")


def _plan(base: Recipe | None, options: Options) -> Recipe:
    changes: dict[str, Any] = _laid_out(options, base.hex_metres if base else 0) if options.box else {}
    plain = {"data": options.data, "hex_metres": options.hex_size, "columns": options.columns, "rows": options.rows}
    changes |= {key: value for key, value in plain.items() if value}
    if options.major:
        changes["major_rivers"] = (options.major,)
    if options.banks:
        names = options.banks.split(",")
        if len(names) != 2:
            raise UsageFault(f"--banks {options.banks}: not two names.", "--banks LEFT,RIGHT, such as east,west.")
        changes["left_bank"], changes["right_bank"] = (name.strip() for name in names)
        if changes["left_bank"] == changes["right_bank"]:
            raise UsageFault(f"--banks {options.banks}: one name for both.", "--banks LEFT,RIGHT, such as east,west.")
    if options.search:
        changes["origin"] = None
    recipe = replace(base, **changes) if base else Recipe(**changes)
    if not (recipe.hex_metres >= 50 and min(recipe.columns, recipe.rows) >= 2):
        raise UsageFault("hexes of less than 50 m, or fewer than two columns or rows.")
    if recipe.hex_metres > MOST_METRES:
        raise UsageFault(f"hexes of {recipe.hex_metres} m are too large.", f"{MOST_METRES} m at most.")
    if max(recipe.columns, recipe.rows) > MOST_HEXES_ACROSS:
        size = f"{recipe.columns} x {recipe.rows}"
        raise UsageFault(f"{size} hexes are too many.", f"larger hexes; {MOST_HEXES_ACROSS} across at most.")
    return recipe


def _laid_out(options: Options, hex_metres: int) -> dict[str, Any]:
    # Columns and rows that cover the box, and the place of hex 0101: the box's north-west corner.
    try:
        numbers = [float(part) for part in options.box.split(",")]
        (west, south), (east, north) = point(numbers[:2]), point(numbers[2:])
    except ValueError:
        west = south = east = north = 0.0
    if not (west < east and south < north):
        raise UsageFault(f"--box {options.box}: not a box.", "--box WEST,SOUTH,EAST,NORTH in degrees.")
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


def _beginning(path: Path) -> str:
    """The first words of a file, "" of a folder, a pipe or a device."""
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return file.read(1000).decode("utf-8", "replace")


def _is_same(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes() == text.encode("utf-8")
