"""``map_corrections.yaml``, the recipe of a made map, declared for make-map, the reference and editors.

Whether what it names exists is judged by :mod:`game.mapmaker.making`, which knows the geography.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from game.scenario.files.map import CrossingWord
from game.schema.spec import Doc, Fixed, FormatVersion, HexAt, Int, SideAt, Size, Text

MOST_HEXES_ACROSS = 200
MOST_METRES = 100_000
Longitude = Annotated[int, Fixed(-180, 180, 5, "degrees", "east of Greenwich", "38.77579")]
Latitude = Annotated[int, Fixed(-90, 90, 5, "degrees", "north of the equator", "36.15128")]
Given = Annotated[str, Text(120, "a name as the source data have it")]
Names = Annotated[tuple[Given, ...], Doc("names as the source data have them")]
Why = Annotated[str, Text(600, "the reason, for the next author")]
Kind = Literal["place", "bank", "terrain", "crossing", "river", "border", "road", "escarpment"]


@dataclass(frozen=True, slots=True)
class PointOnEarth:
    """A point on Earth."""

    longitude: Longitude
    latitude: Latitude


@dataclass(frozen=True, slots=True)
class BankNames:
    """How the gazetteer names the banks of the great river, as the water sees them."""

    left: Annotated[str, Text(24, "the left bank", "east")]
    right: Annotated[str, Text(24, "the right bank", "west")]


@dataclass(frozen=True, slots=True)
class RoadEnd:
    """Where a road leaves the map."""

    name: Given
    road: Given
    end: Annotated[Literal["first", "last"], Doc("which end of the road's path")]
    from_: Annotated[str, Text(80, "what lies beyond")]


@dataclass(frozen=True, slots=True)
class RoadByHand:
    """A road that the source data lack."""

    name: Given
    kind: Annotated[Literal["highway", "road", "track"], Doc("how good it is")]
    points: Annotated[tuple[tuple[Longitude, Latitude], ...], Doc("longitude and latitude of points on the way")]
    via: Names = ()


@dataclass(frozen=True, slots=True)
class ByHand:
    """One change by hand. Which of the other keys count depends on ``what``; docs/maps.md tells."""

    what: Annotated[Kind, Doc("kind of thing that is changed")]
    why: Why
    name: Annotated[str | None, Text(120, "which one")] = None
    hex: Annotated[str | None, HexAt("the hex that changes")] = None
    side: Annotated[str | None, SideAt("the hexside that changes")] = None
    to: Annotated[str | None, Text(4000, "what it becomes")] = None


@dataclass(frozen=True, slots=True)
class TogetherInAHex:
    """Places that share a hex although they lie on different banks or in different hands."""

    places: Names
    why: Why


@dataclass(frozen=True, slots=True)
class RecipeFile:
    """What ``make-map`` makes a map from, and what a hand changed afterwards and why."""

    format: FormatVersion
    data: Annotated[str, Text(300, "folder of the source data, seen from this file", "../../assets/geodata")]
    hex_metres: Annotated[int, Int(50, MOST_METRES, "metres", "from side to side of a hex")]
    columns: Annotated[int, Int(2, MOST_HEXES_ACROSS, "hexes", "from west to east")]
    rows: Annotated[int, Int(2, MOST_HEXES_ACROSS, "hexes", "from north to south")]
    reference_latitude: Annotated[int, Fixed(-90, 90, 5, "degrees", "where east and north have one scale")]
    near: Annotated[PointOnEarth, Doc("about where the centre of hex 0101 is to lie")]
    origin: Annotated[PointOnEarth | None, Doc("where it lies; without it the best place is searched")] = None
    major_rivers: Names = ()
    banks: Annotated[BankNames | None, Doc("how the gazetteer names the banks")] = None
    skip_rivers: Names = ()
    skip_borders: Names = ()
    skip_roads: Names = ()
    skip_places: Names = ()
    sizes: Annotated[Mapping[Given, Annotated[int, Int(0, 3, "ranks")]] | None, Doc("drawing rank of places")] = None
    populations: Annotated[
        Mapping[Given, Annotated[int, Int(0, 100_000, "thousands")]] | None, Doc("civilians of places")
    ] = None
    holders: Annotated[Mapping[Given, Names] | None, Doc("who holds which places at the start")] = None
    crossing_states: Annotated[
        Mapping[Given, Literal["open", "blown"]] | None, Doc("how crossings stand at the start")
    ] = None
    crossing_kinds: Annotated[
        Mapping[Given, CrossingWord] | None,
        Doc("crossings that are of another kind than the gazetteer says"),
    ] = None
    exits: Annotated[tuple[RoadEnd, ...], Doc("where roads leave the map")] = ()
    add_roads: Annotated[tuple[RoadByHand, ...], Doc("roads that the source data lack")] = ()
    corrections: Annotated[tuple[ByHand, ...], Size(0, 5000), Doc("changes by hand")] = ()
    exceptions: Annotated[tuple[TogetherInAHex, ...], Doc("places that may share a hex")] = ()
