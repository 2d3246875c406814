"""Where to lay the grid: the offset within one hex under which most places fall well.

A penalty is summed for every candidate offset (a fixed fan of `STEPS` x `STEPS`), each term counted in places:

- a town whose hex belongs mostly to the other bank, by the weight of the place;
- two places of different banks, or of different holders at the start, in one hex;
- a town of the irrigated valley whose hex is not valley;
- a road that must leave the bank of its two towns to go straight from one to the next.

Holders of bases, hills and lone buildings do not count: they often lie within a kilometre of each other, and a hand
has to pull them apart. Corrections are not looked at: they come later.
The smallest sum wins; among equals the candidate nearest to the wanted position.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np

from .ground import ENOUGH, SurveyedGround
from .lattice import METRES_PER_DEGREE, SQRT3, Lattice
from .placing import WEIGHT
from .recipe import Recipe
from .sources import CROSSING_KINDS, Geography, Point, SourcePlace

STEPS = 12
_TOWNS = ("city", "town", "airbase", "village")
_PRICE = {
    "wrong bank": 1,
    "banks share a hex": 6,
    "holders share a hex": 12,
    "town off the valley": 4,
    "road leaves its bank": 5,
}


@dataclass(frozen=True, slots=True)
class Score:
    """How one origin fares: the terms in counts, the total in points (less is better)."""

    origin: Point
    total: int
    terms: dict[str, int]

    def __str__(self) -> str:
        return f"{self.total} points: " + ", ".join(f"{count} x {name}" for name, count in self.terms.items())


def best_origin(ground: SurveyedGround, geography: Geography, recipe: Recipe) -> Score:
    """Try all offsets and return the best score."""
    scores = [
        (score(ground, geography, recipe, origin), distance)
        for origin, distance in sorted(_candidates(ground.base), key=lambda pair: (pair[1], pair[0]))
    ]
    return min(scores, key=lambda pair: (pair[0].total, pair[1]))[0]


def _candidates(base: Lattice) -> list[tuple[Point, int]]:
    scale = METRES_PER_DEGREE * float(np.cos(np.radians(base.reference_latitude)))
    out = []
    for i in range(STEPS):
        for j in range(STEPS):
            dx = (i / STEPS - 0.5) * base.hex_metres * SQRT3 / 2
            dy = (j / STEPS - 0.5) * base.hex_metres
            origin = (round(base.origin[0] + dx / scale, 5), round(base.origin[1] + dy / METRES_PER_DEGREE, 5))
            out.append((origin, (2 * i - STEPS) ** 2 + (2 * j - STEPS) ** 2))
    return out


def score(ground: SurveyedGround, geography: Geography, recipe: Recipe, origin: Point) -> Score:
    """Count what goes wrong under one origin."""
    lattice = Lattice(recipe.columns, recipe.rows, recipe.hex_metres, origin, recipe.reference_latitude)
    hexes = ground.hexes(origin)
    left = ground.share(ground.left, hexes) > 0.5
    valley = ground.share(ground.kinds["valley"], hexes) >= ENOUGH["valley"]
    named = [
        place
        for place in geography.places.values()
        if place.kind not in CROSSING_KINDS and place.name not in recipe.skip_places
    ]
    at = np.array([lattice.metres(place.at) for place in named]).reshape(-1, 2)
    under = lattice.hexes_at(at[:, 0], at[:, 1]).tolist()
    where = {place.name: h for place, h in zip(named, under, strict=True) if h >= 0}
    places = [geography.places[name] for name in where]
    wrong = [p for p in places if _on_left(p, recipe) not in (None, bool(left[where[p.name]]))]
    dry = [
        p
        for p in places
        if p.kind in _TOWNS
        and not valley[where[p.name]]
        and ground.at(ground.kinds["valley"], ground.base.metres(p.at))
    ]
    shared_banks, shared_holders = _sharing(places, where, recipe)
    terms = {
        "wrong bank": sum(WEIGHT.get(p.kind, 1) for p in wrong),
        "banks share a hex": shared_banks,
        "holders share a hex": shared_holders,
        "town off the valley": len(dry),
        "road leaves its bank": _detours(lattice, geography, where, left.tolist()),
    }
    return Score(origin, sum(_PRICE[name] * count for name, count in terms.items()), terms)


def _on_left(place: SourcePlace, recipe: Recipe) -> bool | None:
    return {recipe.left_bank: True, recipe.right_bank: False}.get(place.bank)


def _sharing(places: list[SourcePlace], where: dict[str, int], recipe: Recipe) -> tuple[int, int]:
    by_hex: dict[int, list[SourcePlace]] = {}
    for place in places:
        by_hex.setdefault(where[place.name], []).append(place)
    banks = holders = 0
    for group in by_hex.values():
        banks += len({side for p in group if (side := _on_left(p, recipe)) is not None}) > 1
        for a, b in combinations([recipe.holders[p.name] for p in group if _has_holder(p, recipe)], 2):
            holders += a != b
    return banks, holders


def _has_holder(place: SourcePlace, recipe: Recipe) -> bool:
    return place.name in recipe.holders and place.kind not in ("base", "hill", "landmark")


def _detours(lattice: Lattice, geography: Geography, where: dict[str, int], left: list[bool]) -> int:
    count = 0
    for road in geography.roads:
        stops = [where[name] for name in road.via if name in where]
        for a, b in pairwise(stops):
            count += left[a] == left[b] and any(left[h] != left[a] for h in lattice.grid.line(a, b))
    return count
