"""The printed map of a scenario's world: what never changes in play, as the map window wants it."""

from __future__ import annotations

from game.scenario.world import River as RiverKind
from game.scenario.world import Road as RoadKind
from game.scenario.world import World
from game.ui.mapview.picture import Crossing, Exit, MapPicture, Place, River, Road, SideLine, river_scale

RIVERS = {RiverKind.MINOR: "minor", RiverKind.MAJOR: "major"}
ROADS = {RoadKind.TRACK: "track", RoadKind.ROAD: "road", RoadKind.HIGHWAY: "highway"}


def picture_of(world: World) -> MapPicture:
    """Ground, lines and names of a world. Roads come leg by leg; the renderer joins them again."""
    kinds = tuple(world.rules.terrain.kinds)
    return MapPicture(
        world.grid.columns,
        world.grid.rows,
        tuple(kinds[n] if n >= 0 else "outside" for n in world.terrain),
        rivers=_rivers(world),
        escarpments=_line(world.scarp, "escarpment"),
        borders=_line(world.border, "international") + _provinces(world),
        roads=tuple(
            Road("", ROADS[RoadKind(kind)], world.grid.ends[side]) for side, kind in enumerate(world.road) if kind
        ),
        places=tuple(Place(place.name, place.hex, place.kind, place.size) for place in world.places),
        exits=tuple(Exit(name, h) for name, h in world.exits.items()),
        sites=tuple(site.side for site in world.sites),
        river_scale=river_scale(world.metres_per_hex),
    )


def crossings_at_start(world: World) -> tuple[Crossing, ...]:
    """Bridges, ferries and dams as they stand when the game begins; in play they come from a view."""
    return tuple(Crossing(site.name, site.side, site.kind, site.state) for site in world.sites)


def line_between_blocs(world: World) -> tuple[int, ...]:
    """The hexsides that part the zones of the two blocs."""
    zone = world.zone
    return tuple(
        side
        for side, (a, b) in enumerate(world.grid.ends)
        if b >= 0 and zone[a] != zone[b] and -1 not in (zone[a], zone[b])
    )


def _rivers(world: World) -> tuple[River, ...]:
    runs: dict[tuple[str, int], list[int]] = {}
    for side, kind in enumerate(world.river):
        if kind:
            runs.setdefault((world.river_names.get(side, ""), kind), []).append(side)
    return tuple(River(name, RIVERS[RiverKind(kind)], tuple(sides)) for (name, kind), sides in runs.items())


def _line(column: bytes, kind: str) -> tuple[SideLine, ...]:
    sides = tuple(side for side, there in enumerate(column) if there)
    return (SideLine("", kind, sides),) if sides else ()


def _provinces(world: World) -> tuple[SideLine, ...]:
    """Borders of provinces, which no rule knows: they stand in the map file alone."""
    borders = world.raw.get("map", {}).get("borders", ())
    return tuple(
        SideLine(border.get("name", ""), border["kind"], tuple(world.grid.side(label) for label in border["sides"]))
        for border in borders
        if border["kind"] != "international"
    )
