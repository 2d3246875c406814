"""The order of the steps: from geography and recipe to a finished map.

Ground, places, banks and rivers, borders, terrain, scarps, crossings, roads, exits. Corrections are applied
inside the step they belong to, so that later steps see the corrected map: a town that was moved draws its road
along, a bank that was fixed moves the river.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from game.ruleset.terrain import Terrain
from game.schema.spelling import suggestion

from .banks import chains, deal_banks
from .crossings import MadeCrossing, far_crossings, named_crossings, road_bridges
from .ground import SurveyedGround, scarp_sides, survey, terrain_of_hexes
from .lattice import Lattice
from .origin import Score, best_origin, score
from .placing import PlacedName, Unsettled, bank_problems, banks_wanted, nobody_there, place_all, sharing_problems
from .recipe import Recipe, RecipeError
from .rivers import MadeRiver, great_rivers, snapped, trace_rivers
from .roads import RoadNet, Stop
from .snapping import corners_of
from .sources import SCARP, Geography, SourceLine


@dataclass(frozen=True, slots=True)
class Chain:
    """A named chain of hexsides: a border or a scarp."""

    name: str
    kind: str
    sides: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MadeRoad:
    """A named path of hexes."""

    name: str
    kind: str
    path: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MadeMap:
    """A finished map and what geometry could not settle."""

    lattice: Lattice
    recipe: Recipe
    kinds: Mapping[str, Terrain]
    score: Score
    terrain: tuple[str, ...]
    left: tuple[bool, ...]
    rivers: tuple[MadeRiver, ...]
    scarps: tuple[Chain, ...]
    borders: tuple[Chain, ...]
    roads: tuple[MadeRoad, ...]
    places: tuple[PlacedName, ...]
    crossings: tuple[MadeCrossing, ...]
    exits: tuple[tuple[str, int, str], ...]
    problems: tuple[Unsettled, ...]


def make_map(geography: Geography, recipe: Recipe, kinds: Mapping[str, Terrain]) -> MadeMap:
    """Make the map of a recipe, of these kinds of ground; searches the origin first when the recipe has none."""
    base = Lattice(recipe.columns, recipe.rows, recipe.hex_metres, recipe.near, recipe.reference_latitude)
    unmatched = _unmatched(geography, recipe)
    great = great_rivers(geography, recipe)
    ground = survey(geography, base, great[0][0] if great else None, kinds)
    found = score(ground, geography, recipe, recipe.origin) if recipe.origin else best_origin(ground, geography, recipe)
    lattice = replace(base, origin=found.origin)
    _check_labels(lattice, recipe)
    placed = place_all(lattice, geography, recipe)
    hexes = ground.hexes(lattice.origin)
    left = deal_banks(lattice, ground.share(ground.left, hexes), banks_wanted(lattice, placed, recipe))
    rivers = trace_rivers(lattice, geography, recipe, great, left)
    terrain = _terrain(lattice, recipe, terrain_of_hexes(ground, hexes), kinds)
    scarps = _scarps(lattice, recipe, ground, terrain, left)
    crossings = named_crossings(lattice, geography, recipe, rivers)
    net = _road_net(lattice, left, rivers, scarps, crossings)
    roads = _roads(lattice, geography, recipe, net, placed)
    crossings += road_bridges(lattice, left, rivers, crossings, [list(road.path) for road in roads], placed)
    return MadeMap(
        lattice=lattice,
        recipe=recipe,
        kinds=kinds,
        score=found,
        terrain=tuple(terrain),
        left=tuple(left),
        rivers=tuple(rivers),
        scarps=tuple(scarps),
        borders=tuple(_borders(lattice, geography, recipe)),
        roads=tuple(roads),
        places=tuple(placed),
        crossings=tuple(crossings),
        exits=tuple(_exits(roads, recipe)),
        problems=(
            *unmatched,
            *_problems(net, placed, geography, recipe, far_crossings(lattice, geography, recipe, crossings)),
        ),
    )


def _problems(
    net: RoadNet, placed: list[PlacedName], geography: Geography, recipe: Recipe, far: list[Unsettled]
) -> list[Unsettled]:
    label = net.lattice.grid.label
    return [
        *far,
        *nobody_there(placed, geography, recipe),
        *bank_problems(net.lattice, placed, net.left, recipe),
        *sharing_problems(net.lattice, placed, recipe),
        *(
            Unsettled(f"{name} ends in {label(a)}: a great river without a bridge of the road lies before {label(b)}")
            for name, a, b in net.gaps
        ),
    ]


def _terrain(lattice: Lattice, recipe: Recipe, terrain: list[str], kinds: Mapping[str, Terrain]) -> list[str]:
    for correction in recipe.corrected("terrain"):
        if correction.to not in kinds:
            what = f"correction of {correction.hex}: no terrain is called {correction.to}."
            raise RecipeError(what, f"{suggestion(correction.to, kinds)}.")
        terrain[lattice.grid.hex(correction.hex)] = correction.to
    return terrain


def _unmatched(geography: Geography, recipe: Recipe) -> list[Unsettled]:
    """What the recipe leaves out or corrects is there: else it would change nothing, and nobody would notice.

    Raises RecipeError for names without which the map cannot be what was meant.
    """
    rivers, places = {line.name for line in geography.rivers}, set(geography.places)
    names = {
        "river": rivers,
        "border": {line.name for line in geography.borders},
        "road": {line.name for line in geography.roads} | {road.name for road in recipe.add_roads},
        "escarpment": {area.name for area in geography.areas if area.kind == SCARP},
    }
    for name in recipe.major_rivers:
        if name not in rivers:
            what = f'major_rivers: there is no river "{name}" in the source data.'
            raise RecipeError(what, f"{suggestion(name, rivers)}.")
    for key, name in [
        *(("add_roads", name) for road in recipe.add_roads for name in road.via),
        *(("exceptions", name) for together, _ in recipe.exceptions for name in together),
    ]:
        if name not in places:
            raise RecipeError(f'{key}: there is no "{name}" in the gazetteer.', f"{suggestion(name, places)}.")
    asked = [
        *(("skip_rivers", "river", name) for name in recipe.skip_rivers),
        *(("skip_borders", "border", name) for name in recipe.skip_borders),
        *(("skip_roads", "road", name) for name in recipe.skip_roads),
        *((f"a correction of a {c.what}", c.what, c.name) for what in names for c in recipe.corrected(what) if c.name),
    ]
    return [
        Unsettled(f'{key} names "{name}", which the source data lack: {suggestion(name, names[what])}')
        for key, what, name in asked
        if name not in names[what]
    ]


def _check_labels(lattice: Lattice, recipe: Recipe) -> None:
    for c in recipe.corrections:
        try:
            labels = [c.hex] if c.hex else c.to.split() if c.what == "road" else []
            for label in labels:
                lattice.grid.hex(label)
            if c.side:
                lattice.grid.side(c.side)
        except ValueError as error:
            raise RecipeError(f"correction of {c.what} {c.name}: {error}.") from None


def _borders(lattice: Lattice, geography: Geography, recipe: Recipe) -> list[Chain]:
    borders: list[Chain] = []
    for line in geography.borders:
        if line.name not in recipe.skip_borders:
            joints = corners_of(lattice, [side for border in borders for side in border.sides])
            parts = snapped(lattice, line, recipe, "border", joints)
            taken = {side for border in borders for side in border.sides}
            borders += [
                Chain(line.name, line.kind, tuple(string))
                for part in parts
                for string in chains(lattice, [side for side in part if side not in taken])
            ]
    return borders


def _scarps(
    lattice: Lattice, recipe: Recipe, ground: SurveyedGround, terrain: list[str], left: list[bool]
) -> list[Chain]:
    dropped = {lattice.grid.side(c.side) for c in recipe.corrected("escarpment") if c.to == "without"}
    out = []
    for name, strings in scarp_sides(ground, lattice, terrain, left):
        sides = [side for string in strings for side in string if side not in dropped]
        added = [c for c in recipe.corrected("escarpment") if c.name == name and c.to == "with"]
        sides += [side for c in added if (side := lattice.grid.side(c.side)) not in sides]
        out += [Chain(name, "escarpment", tuple(string)) for string in chains(lattice, sides)]
    return out


def _road_net(
    lattice: Lattice, left: list[bool], rivers: list[MadeRiver], scarps: list[Chain], crossings: list[MadeCrossing]
) -> RoadNet:
    return RoadNet(
        lattice=lattice,
        left=left,
        forbidden={side for river in rivers if river.kind == "major" for side in river.sides},
        minor={side for river in rivers if river.kind == "minor" for side in river.sides},
        scarps={side for scarp in scarps for side in scarp.sides},
        bridged={crossing.side: crossing.name for crossing in crossings},
    )


def _roads(
    lattice: Lattice, geography: Geography, recipe: Recipe, net: RoadNet, placed: list[PlacedName]
) -> list[MadeRoad]:
    stops = {p.place.name: Stop(lattice.metres(p.place.at), p.hex) for p in placed}
    fixed = {c.name: c.to for c in recipe.corrected("road")}
    added = tuple(SourceLine(road.name, road.kind, road.points, road.via) for road in recipe.add_roads)
    roads: list[MadeRoad] = []
    for line in (*geography.roads, *added):
        if line.name in recipe.skip_roads:
            continue
        if line.name in fixed:
            paths = [[lattice.grid.hex(label) for label in fixed[line.name].split()]]
            net.used(paths[0])
        else:
            paths = net.lay(line, stops)
        roads += [MadeRoad(line.name, line.kind, tuple(path)) for path in paths]
    return roads


def _exits(roads: list[MadeRoad], recipe: Recipe) -> list[tuple[str, int, str]]:
    out = []
    for leaving in recipe.exits:
        paths = [road.path for road in roads if road.name == leaving.road]
        if not paths:
            raise RecipeError(f'exit "{leaving.name}": no road {leaving.road} on the map.')
        out.append((leaving.name, paths[0][0] if leaving.end == "first" else paths[-1][-1], leaving.origin))
    return out
