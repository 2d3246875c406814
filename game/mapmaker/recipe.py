"""The recipe of a map: what it is made from, how it is laid, and what a hand changed afterwards and why.

Recipes are YAML read as plain text values (no types guessed), each checked here; an unknown key is an error.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from game.faults import ContentFault

from .sources import Point, point

CORRECTION_KINDS = ("place", "bank", "terrain", "crossing", "river", "border", "road", "escarpment")
_KEYS = {
    "format", "data", "hex_metres", "columns", "rows", "reference_latitude", "near", "origin", "major_rivers",
    "banks", "skip_rivers", "skip_borders", "skip_roads", "skip_places", "sizes", "populations", "holders", "exits",
    "corrections", "exceptions", "add_roads", "crossing_states",
}  # fmt: skip


MOST_HEXES_ACROSS = 200


class RecipeError(ContentFault):
    """The recipe cannot be used; the message says what and where."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One change by hand. ``what`` says which of the other fields count; ``why`` is never empty."""

    what: str
    why: str
    name: str = ""
    hex: str = ""
    side: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class Exit:
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
    sizes: dict[str, int] = field(default_factory=dict)
    populations: dict[str, int] = field(default_factory=dict)
    holders: dict[str, str] = field(default_factory=dict)
    crossing_states: dict[str, str] = field(default_factory=dict)
    exits: tuple[Exit, ...] = ()
    add_roads: tuple[AddedRoad, ...] = ()
    corrections: tuple[Correction, ...] = ()
    exceptions: tuple[tuple[tuple[str, ...], str], ...] = ()

    def corrected(self, what: str) -> list[Correction]:
        """The corrections of one kind, in the order written."""
        return [correction for correction in self.corrections if correction.what == what]


def read_recipe(path: Path) -> Recipe:
    """Read and check a recipe; ``data`` is relative to the recipe's folder."""
    try:
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise RecipeError(f"{path}: cannot be read: {error}.") from None
    if not isinstance(raw, dict) or raw.get("format") != "1":
        raise RecipeError(f"{path}: not a map recipe.", "begin with `format: 1`.")
    unknown = sorted(set(raw) - _KEYS)
    if unknown:
        raise RecipeError(f"{path}: unknown key {', '.join(unknown)}.", f"known are {', '.join(sorted(_KEYS))}.")
    try:
        return _recipe(path, raw)
    except RecipeError as error:
        raise RecipeError(f"{path}: {error.message}", error.remedy) from None
    except KeyError as error:
        raise RecipeError(f"{path}: {error.args[0]} is missing.") from None
    except (TypeError, ValueError, AttributeError) as error:
        raise RecipeError(f"{path}: {error}.") from None


def _recipe(path: Path, raw: dict[str, Any]) -> Recipe:
    banks = raw.get("banks") or {}
    return Recipe(
        data=(path.parent / raw["data"]).resolve(),
        hex_metres=_whole(raw, "hex_metres", 50, 100_000),
        columns=_whole(raw, "columns", 2, MOST_HEXES_ACROSS),
        rows=_whole(raw, "rows", 2, MOST_HEXES_ACROSS),
        reference_latitude=float(raw["reference_latitude"]),
        near=_point(raw["near"]),
        origin=_point(raw["origin"]) if raw.get("origin") else None,
        major_rivers=tuple(raw.get("major_rivers") or ()),
        left_bank=banks.get("left", "left"),
        right_bank=banks.get("right", "right"),
        skip_rivers=tuple(raw.get("skip_rivers") or ()),
        skip_borders=tuple(raw.get("skip_borders") or ()),
        skip_roads=tuple(raw.get("skip_roads") or ()),
        skip_places=tuple(raw.get("skip_places") or ()),
        sizes={name: int(size) for name, size in (raw.get("sizes") or {}).items()},
        populations={name: int(count) for name, count in (raw.get("populations") or {}).items()},
        holders={name: holder for holder, names in (raw.get("holders") or {}).items() for name in names},
        crossing_states=dict(raw.get("crossing_states") or {}),
        exits=tuple(Exit(e["name"], e["road"], e["end"], e["from"]) for e in raw.get("exits") or ()),
        add_roads=tuple(_added_road(r) for r in raw.get("add_roads") or ()),
        corrections=tuple(_correction(c) for c in raw.get("corrections") or ()),
        exceptions=tuple((tuple(e["places"]), _reason(e)) for e in raw.get("exceptions") or ()),
    )


def _whole(raw: dict[str, Any], key: str, low: int, high: int) -> int:
    value = int(raw[key])
    if not low <= value <= high:
        raise RecipeError(f"{key} is {value}.", f"{low} to {high} is possible.")
    return value


def _point(raw: dict[str, str]) -> Point:
    return point((raw["longitude"], raw["latitude"]))


def _added_road(raw: dict[str, Any]) -> AddedRoad:
    points = tuple(point(pair) for pair in raw["points"])
    return AddedRoad(raw["name"], raw["kind"], tuple(raw.get("via") or ()), points)


def _correction(raw: dict[str, str]) -> Correction:
    if raw["what"] not in CORRECTION_KINDS:
        raise RecipeError(f"correction of unknown kind {raw['what']}.", f"known are {', '.join(CORRECTION_KINDS)}.")
    unknown = sorted(set(raw) - {"what", "why", "name", "hex", "side", "to"})
    if unknown:
        raise RecipeError(f"correction {raw}: unknown key {', '.join(unknown)}.")
    return Correction(
        what=raw["what"],
        why=_reason(raw),
        name=raw.get("name", ""),
        hex=raw.get("hex", ""),
        side=raw.get("side", ""),
        to=raw.get("to", ""),
    )


def _reason(raw: dict[str, Any]) -> str:
    why = str(raw.get("why", "")).strip()
    if not why:
        raise RecipeError(f"{raw}: every change by hand needs a reason.", "add `why`.")
    return why
