"""What the map shows, as plain data: the printed map once, the moment's crossings, counters and overlays often."""

from __future__ import annotations

from dataclasses import dataclass

from game.scenario.outline import DrawnLine, DrawnRoad

USUAL_HEX, BROADEST = 1000, 2.0
"""Metres a hex down to which rivers are drawn alike; below that broader, up to so many times."""


@dataclass(frozen=True, slots=True)
class DrawnCrossing:
    """A way over a river side: kind bridge, ferry, dam or pontoon; state open, blown or planned."""

    name: str
    side: int
    kind: str
    state: str


@dataclass(frozen=True, slots=True)
class DrawnPlace:
    """A named place; ``size`` 0 to 3 is the rank of its name."""

    name: str
    hex: int
    kind: str
    size: int


@dataclass(frozen=True, slots=True)
class DrawnExit:
    """A road that leaves the map, and where it leads."""

    name: str
    hex: int


@dataclass(frozen=True, slots=True)
class MapPicture:
    """The printed map. ``terrain`` holds one terrain id a hex, in hex order."""

    columns: int
    rows: int
    terrain: tuple[str, ...]
    rivers: tuple[DrawnLine, ...] = ()
    escarpments: tuple[DrawnLine, ...] = ()
    borders: tuple[DrawnLine, ...] = ()
    roads: tuple[DrawnRoad, ...] = ()
    places: tuple[DrawnPlace, ...] = ()
    exits: tuple[DrawnExit, ...] = ()
    sites: tuple[int, ...] = ()
    """River sides where crossings stand or may be built: names keep clear of them."""
    river_scale: float = 1.0
    """How much broader than usual rivers are drawn: a great river fills much of a small hex."""


def river_scale(metres_per_hex: int) -> float:
    """How much broader than usual rivers are drawn on a map of a scale."""
    return max(1.0, min(BROADEST, USUAL_HEX / metres_per_hex))
