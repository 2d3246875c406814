"""Places into hexes: which stand on the map, on which bank their hex must lie, and where that goes wrong."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from .lattice import Lattice
from .recipe import Recipe, RecipeError
from .sources import CROSSING_KINDS, Geography, SourcePlace

WEIGHT = {"city": 20, "town": 6, "airbase": 6, "village": 3, "neighbourhood": 2}
"""How much a place counts when places of both banks lie in one hex; every other kind counts 1."""

_BY_HAND = 100  # a place put into a hex by a correction settles the bank of that hex
_HELD = 5  # a place with a known holder matters to the game

SIZE = {"city": 3, "town": 2, "airbase": 2, "village": 1, "oilfield": 1, "gasplant": 1, "pumping_station": 1, "base": 1}
"""Drawing rank by kind; every other kind is 0, drawn only when the map is near."""


@dataclass(frozen=True, slots=True)
class PlacedName:
    """A place on the map."""

    place: SourcePlace
    hex: int
    by_hand: bool


@dataclass(frozen=True, slots=True)
class Unsettled:
    """Something geometry could not settle; ``suggestion`` is a correction to paste into the recipe, or empty."""

    text: str
    suggestion: str = ""


def place_all(lattice: Lattice, geography: Geography, recipe: Recipe) -> list[PlacedName]:
    """Every place of the gazetteer that lies on the map and is not skipped, in the gazetteer's order."""
    fixed = {c.name: lattice.grid.hex(c.hex) for c in recipe.corrected("place")}
    unknown = [
        name
        for name in (*fixed, *recipe.skip_places, *recipe.sizes, *recipe.populations, *recipe.holders)
        if name not in geography.places
    ]
    if unknown:
        raise RecipeError(f"no such place in the gazetteer: {', '.join(sorted(set(unknown)))}.")
    out = []
    for place in geography.places.values():
        if place.kind in CROSSING_KINDS or place.name in recipe.skip_places:
            continue
        h = fixed.get(place.name, lattice.hex_at(lattice.metres(place.at)))
        if h >= 0:
            out.append(PlacedName(place, h, place.name in fixed))
    return out


def nobody_there(placed: list[PlacedName], geography: Geography, recipe: Recipe) -> list[Unsettled]:
    """A map beside all the places, or banks that no place of it names: neither can be meant."""
    if geography.places and not placed and not recipe.skip_places:
        return [Unsettled("no place of the gazetteer lies on the map: check the map's box and the places' lat and lon")]
    told = sorted({p.place.bank for p in placed if p.place.bank})
    banks = (recipe.left_bank, recipe.right_bank)
    if recipe.major_rivers and told and not set(told) & set(banks):
        return [Unsettled(f"no place lies on the {' or the '.join(banks)} bank: the gazetteer has {', '.join(told)}")]
    return []


def banks_wanted(lattice: Lattice, placed: list[PlacedName], recipe: Recipe) -> dict[int, bool]:
    """For each hex with places: whether it must lie on the left bank, the weightier places deciding."""
    votes: dict[int, int] = {}
    for p in placed:
        if p.place.bank in (recipe.left_bank, recipe.right_bank):
            weight = WEIGHT.get(p.place.kind, 1) + _BY_HAND * p.by_hand + _HELD * (p.place.name in recipe.holders)
            votes[p.hex] = votes.get(p.hex, 0) + (weight if p.place.bank == recipe.left_bank else -weight)
    wanted = {h: vote > 0 for h, vote in votes.items() if vote}
    for correction in recipe.corrected("bank"):
        if correction.to not in (recipe.left_bank, recipe.right_bank):
            raise RecipeError(
                f"correction of the bank of {correction.hex}: no bank is called {correction.to}.",
                f"{recipe.left_bank} or {recipe.right_bank}.",
            )
        wanted[lattice.grid.hex(correction.hex)] = correction.to == recipe.left_bank
    return wanted


def bank_problems(lattice: Lattice, placed: list[PlacedName], left: list[bool], recipe: Recipe) -> list[Unsettled]:
    """Places whose hex lies on the other bank, each with the nearest hex of its own bank."""
    out: list[Unsettled] = []
    banked = [p for p in placed if p.place.bank in (recipe.left_bank, recipe.right_bank)]
    if len(banked) > 1 and all(left[p.hex] != (p.place.bank == recipe.left_bank) for p in banked):
        names = f"{recipe.right_bank} and {recipe.left_bank}"
        return [Unsettled(f"every place lies on the other bank: name the banks the other way round, {names}")]
    for p in placed:
        bank = p.place.bank
        if bank in (recipe.left_bank, recipe.right_bank) and left[p.hex] != (bank == recipe.left_bank):
            own = [h for h in lattice.grid.disk(p.hex, 2) if left[h] == (bank == recipe.left_bank)]
            text = f"{p.place.name} lies on the {bank} bank, its hex {lattice.grid.label(p.hex)} on the other"
            if own:
                near = lattice.grid.label(nearest_hex(lattice, p.place, own))
                out.append(Unsettled(text, f'{{what: place, name: "{p.place.name}", hex: {near}, why: }}'))
            else:
                out.append(Unsettled(text))
    for c in recipe.corrected("bank"):
        if left[lattice.grid.hex(c.hex)] != (c.to == recipe.left_bank):
            out.append(Unsettled(f"hex {c.hex} cannot lie on the {c.to} bank: the other bank is all around it"))
    return out


def nearest_hex(lattice: Lattice, place: SourcePlace, among: list[int]) -> int:
    """Of some hexes the one whose centre is nearest to a place."""
    x, y = lattice.metres(place.at)

    def away(h: int) -> float:
        hx, hy = lattice.hex_centre(h)
        return (hx - x) ** 2 + (hy - y) ** 2

    return min(among, key=away)


def sharing_problems(lattice: Lattice, placed: list[PlacedName], recipe: Recipe) -> list[Unsettled]:
    """Places of different holders at the start in one hex, unless the recipe lists them as an exception."""
    excused = {frozenset(pair) for names, _ in recipe.exceptions for pair in combinations(names, 2)}
    by_hex: dict[int, list[str]] = {}
    for p in placed:
        if p.place.name in recipe.holders:
            by_hex.setdefault(p.hex, []).append(p.place.name)
    out = []
    for h, names in sorted(by_hex.items()):
        for a, b in combinations(names, 2):
            if recipe.holders[a] != recipe.holders[b] and frozenset((a, b)) not in excused:
                holders = f"{recipe.holders[a]} and {recipe.holders[b]}"
                out.append(Unsettled(f"{a} and {b} share hex {lattice.grid.label(h)}, held by {holders}"))
    return out
