"""The recipe of a map: what it is made from, how it is laid, and what a hand changed afterwards and why.

A recipe is read against its declaration (``recipe_file.py``) as every file of a scenario is; here it becomes what the
steps of make-map ask for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from game.faults import ContentFault
from game.schema.binding import Notes, walk
from game.schema.problems import has_errors, report_lines
from game.schema.reader import read_file

from .recipe_file import PointOnEarth, RecipeFile
from .sources import Point

_DEGREE = 100_000


class RecipeError(ContentFault):
    """The recipe cannot be used; the message says what and where."""


@dataclass(frozen=True, slots=True)
class RecipeCorrection:
    """One change by hand. ``what`` says which of the other fields count; ``why`` is never empty."""

    what: str
    why: str
    name: str = ""
    hex: str = ""
    side: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class RecipeExit:
    """Where a road leaves the map: the first or last hex of the road's path."""

    name: str
    road: str
    end: str
    origin: str


@dataclass(frozen=True, slots=True)
class AddedRoad:
    """A road that the source data lacks, drawn through places or points."""

    name: str
    kind: str
    via: tuple[str, ...]
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything besides the geography itself that decides how a map comes out."""

    data: Path
    hex_metres: int
    columns: int
    rows: int
    reference_latitude: float
    near: Point
    origin: Point | None = None
    major_rivers: tuple[str, ...] = ()
    left_bank: str = "left"
    right_bank: str = "right"
    skip_rivers: tuple[str, ...] = ()
    skip_borders: tuple[str, ...] = ()
    skip_roads: tuple[str, ...] = ()
    skip_places: tuple[str, ...] = ()
    sizes: Mapping[str, int] = field(default_factory=dict)
    populations: Mapping[str, int] = field(default_factory=dict)
    holders: Mapping[str, str] = field(default_factory=dict)
    crossing_states: Mapping[str, str] = field(default_factory=dict)
    crossing_kinds: Mapping[str, str] = field(default_factory=dict)
    exits: tuple[RecipeExit, ...] = ()
    add_roads: tuple[AddedRoad, ...] = ()
    corrections: tuple[RecipeCorrection, ...] = ()
    exceptions: tuple[tuple[tuple[str, ...], str], ...] = ()

    def corrected(self, what: str) -> list[RecipeCorrection]:
        """The corrections of one kind, in the order written."""
        return [correction for correction in self.corrections if correction.what == what]


def read_recipe(path: Path) -> Recipe:
    """Read and check a recipe; ``data`` is relative to the recipe's folder. Raises RecipeError."""
    notes = Notes()
    root, problems = read_file(path)
    for problem in problems:
        notes.add(problem)
    file = walk(root, RecipeFile, notes)
    if file is None or has_errors(notes.problems):
        raise RecipeError(f"{path}: not a sound recipe.", "fix what is listed.", tuple(report_lines(notes.problems)))
    banks = file.banks
    return Recipe(
        data=(path.parent / file.data).resolve(),
        hex_metres=file.hex_metres,
        columns=file.columns,
        rows=file.rows,
        reference_latitude=file.reference_latitude / _DEGREE,
        near=_point(file.near),
        origin=_point(file.origin) if file.origin is not None else None,
        major_rivers=file.major_rivers,
        left_bank=banks.left if banks is not None else "left",
        right_bank=banks.right if banks is not None else "right",
        skip_rivers=file.skip_rivers,
        skip_borders=file.skip_borders,
        skip_roads=file.skip_roads,
        skip_places=file.skip_places,
        sizes=file.sizes or {},
        populations=file.populations or {},
        holders={name: holder for holder, names in (file.holders or {}).items() for name in names},
        crossing_states=file.crossing_states or {},
        crossing_kinds=file.crossing_kinds or {},
        exits=tuple(RecipeExit(one.name, one.road, one.end, one.from_) for one in file.exits),
        add_roads=tuple(
            AddedRoad(one.name, one.kind, one.via, tuple((x / _DEGREE, y / _DEGREE) for x, y in one.points))
            for one in file.add_roads
        ),
        corrections=tuple(
            RecipeCorrection(one.what, one.why, one.name or "", one.hex or "", one.side or "", one.to or "")
            for one in file.corrections
        ),
        exceptions=tuple((one.places, one.why) for one in file.exceptions),
    )


def _point(at: PointOnEarth) -> Point:
    return at.longitude / _DEGREE, at.latitude / _DEGREE
