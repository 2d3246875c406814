"""``map.yaml``: size, rivers, escarpments, borders, roads and places. The terrain itself is drawn in ``map.txt``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal, get_args

from game.schema.limits import MAP_SIDE
from game.schema.spec import Choice, Date, Doc, Fixed, FormatVersion, Hex, Id, Int, Name, Ref, Side, Size, Text

PLACE_KINDS = (
    "city", "town", "village", "neighbourhood", "airbase", "base", "oilfield", "gasplant", "industrial", "junction",
    "pumping_station", "border_post", "hill", "island", "landmark", "crossing", "dam", "depot",
)  # fmt: skip
CrossingWord = Literal["bridge", "ferry", "pontoon", "dam"]
CROSSING_KINDS: tuple[CrossingWord, ...] = get_args(CrossingWord)
Sides = Annotated[tuple[Side, ...], Size(1, 10_000), Doc("hexsides", "[0714/NE, 0714/SE]")]
PlaceRef = Annotated[str, Ref("place", "name of a place", "Mayadin")]


@dataclass(frozen=True, slots=True)
class MapSize:
    """How large the map is."""

    columns: Annotated[int, Int(1, MAP_SIDE, "hexes", "from west to east")]
    rows: Annotated[int, Int(2, MAP_SIDE, "hexes", "from north to south")]


@dataclass(frozen=True, slots=True)
class Scale:
    """What a hex measures on the ground."""

    metres_per_hex: Annotated[int, Int(10, 100_000, "metres", "from side to side", "5000")]


@dataclass(frozen=True, slots=True)
class Georeference:
    """Where on Earth the centre of the first hex lies."""

    longitude: Annotated[int, Fixed(-180, 180, 5, "degrees", "of the centre of hex 0101", "38.77579")]
    latitude: Annotated[int, Fixed(-90, 90, 5, "degrees", "of the centre of hex 0101", "36.15128")]


@dataclass(frozen=True, slots=True)
class RiverLine:
    """A river along hexsides. A major one stops everybody without a crossing."""

    name: Annotated[str, Id("river", "name of the river", "Euphrates", free=True)]
    kind: Annotated[Literal["major", "minor"], Doc("a major river is crossed at crossings only")]
    sides: Sides


@dataclass(frozen=True, slots=True)
class ScarpLine:
    """An escarpment along hexsides: no wheels and tracks off the road."""

    name: Name
    sides: Sides


@dataclass(frozen=True, slots=True)
class BorderLine:
    """A border along hexsides, for the map and for rules about leaving the country."""

    name: Name
    kind: Annotated[Literal["international", "province"], Doc("what it separates")]
    sides: Sides


@dataclass(frozen=True, slots=True)
class RoadLine:
    """A road as the hexes it runs through, each touching the next."""

    name: Name
    kind: Annotated[Literal["highway", "road", "track"], Doc("how good it is")]
    path: Annotated[tuple[Hex, ...], Size(2, 10_000), Doc("hexes from end to end", "[0130, 0229]")]


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """A named place in a hex."""

    name: Annotated[str, Id("place", "name, as players read it", "Mayadin", free=True)]
    hex: Annotated[Hex, Doc("where it lies")]
    kind: Annotated[str, Choice(*PLACE_KINDS, doc="what it is", example="city")]
    size: Annotated[int, Int(0, 3, "rank", "how large its name is drawn; 3: the largest")] = 0
    bank: Annotated[
        Literal["west", "east", "na"] | None, Doc("on which bank of the great river it lies; na: on an island or in it")
    ] = None
    population: Annotated[int, Int(0, 20_000, "thousand people", "civilians who must be fed")] = 0
    alt: Annotated[str | None, Text(80, "another name of the place")] = None


@dataclass(frozen=True, slots=True)
class ExitEntry:
    """A hex on the rim where a road enters the map."""

    name: Annotated[str, Id("exit", "name", "Palmyra road", free=True)]
    hex: Annotated[Hex, Doc("hex on the rim of the map")]
    from_: Annotated[str | None, Text(80, "what lies beyond the map")] = None


@dataclass(frozen=True, slots=True)
class Correction:
    """A change by hand to a map that the map maker made, kept so that it can be made again."""

    what: Annotated[
        Literal["terrain", "place", "river", "road", "bank", "crossing", "border", "escarpment"],
        Doc("what was changed"),
    ]
    why: Annotated[str, Text(400, "the reason")]
    name: Annotated[str | None, Text(80, "of what")] = None
    hex: Annotated[Hex | None, Doc("where")] = None
    side: Annotated[Side | None, Doc("where")] = None
    to: Annotated[str | None, Text(1000, "the new value, such as a terrain or the hexes of a road")] = None


@dataclass(frozen=True, slots=True)
class SharedHex:
    """Places that share a hex although they lie on different banks or have different holders."""

    places: Annotated[tuple[PlaceRef, ...], Size(2, 20), Doc("names of the places")]
    why: Annotated[str, Text(400, "the reason")]


@dataclass(frozen=True, slots=True)
class MapFile:
    """The file ``map.yaml``."""

    format: FormatVersion
    size: MapSize
    scale: Scale
    georeference: Georeference | None = None
    reference_latitude: Annotated[
        int | None, Fixed(-90, 90, 5, "degrees", "the latitude at which distances on the map are true", "35.2")
    ] = None
    rivers: Annotated[tuple[RiverLine, ...], Size(0, 200), Doc("rivers")] = ()
    escarpments: Annotated[tuple[ScarpLine, ...], Size(0, 500), Doc("escarpments")] = ()
    borders: Annotated[tuple[BorderLine, ...], Size(0, 100), Doc("borders")] = ()
    roads: Annotated[tuple[RoadLine, ...], Size(0, 1000), Doc("roads")] = ()
    places: Annotated[tuple[PlaceEntry, ...], Size(0, 3000), Doc("named places")] = ()
    exits: Annotated[tuple[ExitEntry, ...], Size(0, 100), Doc("where roads enter the map")] = ()
    corrections: Annotated[tuple[Correction, ...], Doc("changes by hand to a generated map")] = ()
    exceptions: Annotated[tuple[SharedHex, ...], Doc("places that share a hex in spite of what divides them")] = ()
    made: Annotated[Date | None, Doc("when the map was made or last changed")] = None


@dataclass(frozen=True, slots=True)
class CrossingEntry:
    """A bridge, ferry, pontoon or dam on a river side."""

    name: Annotated[str, Id("crossing", "name", "Siyasiyah Bridge", free=True)]
    side: Annotated[Side, Doc("hexside that it crosses")]
    kind: Annotated[CrossingWord, Doc("a dam carries a road over the river, and nobody can blow it")]
    state: Annotated[Literal["open", "blown"], Doc("at the start")] = "open"


@dataclass(frozen=True, slots=True)
class CrossingsFile:
    """The file ``crossings.yaml``."""

    format: FormatVersion
    crossings: Annotated[
        tuple[CrossingEntry, ...], Size(0, 500), Doc("crossings at the start, destroyed ones too")
    ] = ()
