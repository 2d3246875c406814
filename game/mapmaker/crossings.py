"""Bridges, ferry sites and dams onto river sides; and a bridge wherever a road meets a lesser river."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

from .lattice import Lattice
from .placing import PlacedName, Unsettled
from .recipe import Recipe, RecipeError
from .rivers import MadeRiver
from .sources import CROSSING_KINDS, Geography, SourcePlace

_FAR = 2.5  # hexes from where a crossing lies to its side before somebody should look at it


@dataclass(frozen=True, slots=True)
class MadeCrossing:
    """A way over a river side; ``kind`` is one of the kinds of crossings.yaml, ``state`` open or blown."""

    name: str
    side: int
    kind: str
    state: str


def named_crossings(
    lattice: Lattice, geography: Geography, recipe: Recipe, rivers: list[MadeRiver]
) -> list[MadeCrossing]:
    """Each bridge, crossing and dam of the gazetteer on the nearest free side of its river; no two share a side."""
    fixed = {c.name: c.side for c in recipe.corrected("crossing")}
    sites = [
        place
        for place in geography.places.values()
        if place.kind in CROSSING_KINDS
        and place.name not in recipe.skip_places
        and lattice.hex_at(lattice.metres(place.at)) >= 0
    ]
    unknown = sorted({*fixed, *recipe.crossing_kinds, *recipe.crossing_states} - {place.name for place in sites})
    if unknown:
        raise RecipeError(f"no such crossing on the map: {', '.join(unknown)}.")
    taken = {lattice.grid.side(label) for label in fixed.values()}
    out = []
    for place in sites:
        if place.name in fixed:
            side = lattice.grid.side(fixed[place.name])
            if not any(side in river.sides for river in rivers):
                raise RecipeError(f"correction of {place.name}: {fixed[place.name]} is not a river side.")
        else:
            side = _nearest_side(lattice, place, rivers, taken)
            taken.add(side)
        state = recipe.crossing_states.get(place.name, "open")
        kind = recipe.crossing_kinds.get(place.name, CROSSING_KINDS[place.kind])
        out.append(MadeCrossing(place.name, side, kind, state))
    return out


def far_crossings(
    lattice: Lattice, geography: Geography, recipe: Recipe, crossings: list[MadeCrossing]
) -> list[Unsettled]:
    """Crossings that geometry has put far from where they lie: the data may lack their river."""
    fixed = {c.name for c in recipe.corrected("crossing")}
    out = []
    for crossing in crossings:
        if crossing.name in geography.places and crossing.name not in fixed:
            at = lattice.metres(geography.places[crossing.name].at)
            away = math.dist(lattice.side_middle(crossing.side), at)
            if away > _FAR * lattice.hex_metres:
                side = lattice.grid.side_label(crossing.side)
                text = f"{crossing.name} lies {away / 1000:.1f} km from side {side}, the nearest free side of its river"
                out.append(Unsettled(text, f'{{what: crossing, name: "{crossing.name}", side: {side}, why: }}'))
    return out


def _nearest_side(lattice: Lattice, place: SourcePlace, rivers: list[MadeRiver], taken: set[int]) -> int:
    if not rivers:
        raise RecipeError(f"{place.name}: no river of the map is there for it.", "draw the river, or skip the place.")
    at = lattice.metres(place.at)
    river = min(rivers, key=lambda r: r.distance(at))
    free = [side for side in river.sides if side not in taken]
    if not free:
        raise RecipeError(f"{place.name}: no free side of {river.name} is left for it.")

    def away(side: int) -> float:
        x, y = lattice.side_middle(side)
        return (x - at[0]) ** 2 + (y - at[1]) ** 2

    return min(free, key=away)


def road_bridges(
    lattice: Lattice,
    left: list[bool],
    rivers: list[MadeRiver],
    known: list[MadeCrossing],
    paths: list[list[int]],
    placed: list[PlacedName],
) -> list[MadeCrossing]:
    """An open bridge for every road over a lesser river that has none yet, named after the nearest place there."""
    lesser = {side for river in rivers if river.kind == "minor" for side in river.sides}
    taken = {crossing.side for crossing in known}
    names = {crossing.name for crossing in known}
    out = []
    for path in paths:
        for a, b in pairwise(path):
            side = lattice.grid.side_between(a, b)
            if side in lesser and side not in taken:
                own = [p for p in placed if left[p.hex] == left[a]]
                name = _bridge_name(lattice, side, own, names)
                taken.add(side)
                names.add(name)
                out.append(MadeCrossing(name, side, "bridge", "open"))
    return out


def _bridge_name(lattice: Lattice, side: int, placed: list[PlacedName], names: set[str]) -> str:
    x, y = lattice.side_middle(side)

    def away(p: PlacedName) -> float:
        px, py = lattice.metres(p.place.at)
        return (px - x) ** 2 + (py - y) ** 2

    for p in sorted(placed, key=away):
        name = f"{p.place.name} road bridge"
        if p.place.kind in ("city", "town", "village") and name not in names:
            return name
    return f"Bridge {lattice.grid.side_label(side).replace('/', ' ')}"
