"""The recipe of a map: what it is made from, how it is laid, and what a hand changed afterwards and why.

Recipes are read by the reader of scenarios, as text without guessed types; each value is checked here, and an
unknown key is an error.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

from game.faults import ContentFault
from game.schema.nodes import ListNode, Node, TableNode, TextNode
from game.schema.reader import read_file

from .recipe_file import CORRECTION_KEYS, KEYS, MOST_HEXES_ACROSS, Kind
from .sources import Point, point

CORRECTION_KINDS: tuple[str, ...] = get_args(Kind)


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
    crossing_kinds: dict[str, str] = field(default_factory=dict)
    exits: tuple[Exit, ...] = ()
    add_roads: tuple[AddedRoad, ...] = ()
    corrections: tuple[Correction, ...] = ()
    exceptions: tuple[tuple[tuple[str, ...], str], ...] = ()

    def corrected(self, what: str) -> list[Correction]:
        """The corrections of one kind, in the order written."""
        return [correction for correction in self.corrections if correction.what == what]


def read_recipe(path: Path) -> Recipe:
    """Read and check a recipe; ``data`` is relative to the recipe's folder."""
    node, problems = read_file(path)
    if node is None or problems:
        raise RecipeError("\n".join(problem.head() for problem in problems) or f"{path}: empty.")
    raw = _values(node)
    if raw.get("format") != "1":
        raise RecipeError(f"{path}: not a map recipe.", "begin with `format: 1`.")
    unknown = sorted(set(raw) - set(KEYS))
    if unknown:
        raise RecipeError(f"{path}: unknown key {', '.join(unknown)}.", f"known are {', '.join(sorted(KEYS))}.")
    try:
        return _recipe(path, raw)
    except RecipeError as error:
        raise RecipeError(f"{path}: {error.message}", error.remedy) from None
    except KeyError as error:
        raise RecipeError(f"{path}: {error.args[0]} is missing.") from None
    except (TypeError, ValueError, AttributeError) as error:
        raise RecipeError(f"{path}: {error}.") from None


def _values(node: Node) -> Any:
    # Nodes as plain lists, dictionaries and texts: recipes are written by hand and judged by value.
    if isinstance(node, TableNode):
        return {key.text: _values(value) for key, value in node.pairs()}
    if isinstance(node, ListNode):
        return [_values(item) for item in node.items]
    return node.text if isinstance(node, TextNode) and not node.is_nothing else None


def _texts(raw: dict[str, Any], key: str) -> tuple[str, ...]:
    found = raw.get(key) or []
    if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
        raise RecipeError(f"{key} is not a list of names.")
    return tuple(found)


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
        major_rivers=_texts(raw, "major_rivers"),
        left_bank=banks.get("left", "left"),
        right_bank=banks.get("right", "right"),
        skip_rivers=_texts(raw, "skip_rivers"),
        skip_borders=_texts(raw, "skip_borders"),
        skip_roads=_texts(raw, "skip_roads"),
        skip_places=_texts(raw, "skip_places"),
        sizes={name: int(size) for name, size in (raw.get("sizes") or {}).items()},
        populations={name: int(count) for name, count in (raw.get("populations") or {}).items()},
        holders={name: holder for holder in raw.get("holders") or {} for name in _texts(raw["holders"], holder)},
        crossing_states=dict(raw.get("crossing_states") or {}),
        crossing_kinds=dict(raw.get("crossing_kinds") or {}),
        exits=tuple(Exit(e["name"], e["road"], e["end"], e["from"]) for e in raw.get("exits") or ()),
        add_roads=tuple(_added_road(r) for r in raw.get("add_roads") or ()),
        corrections=tuple(_correction(c) for c in raw.get("corrections") or ()),
        exceptions=tuple((_texts(e, "places"), _reason(e)) for e in raw.get("exceptions") or ()),
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
    return AddedRoad(raw["name"], raw["kind"], _texts(raw, "via"), points)


def _correction(raw: dict[str, str]) -> Correction:
    if not all(isinstance(value, str) for value in raw.values()):
        raise RecipeError(f"correction {raw}: every value is a text.")
    if raw["what"] not in CORRECTION_KINDS:
        raise RecipeError(f"correction of unknown kind {raw['what']}.", f"known are {', '.join(CORRECTION_KINDS)}.")
    unknown = sorted(set(raw) - set(CORRECTION_KEYS))
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
