"""Where on the map: a spot, and areas told by hexes, places, distance, corners or the line between the blocs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from game.schema.spec import Contradiction, Doc, Hex, Int, Ref, Size

PlaceRef = Annotated[str, Ref("place", "name of a place", "Mayadin")]
Faction = Annotated[str, Ref("faction", "id of a faction", "saa")]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place by its name, or a hex by its label."""

    place: Annotated[str | None, Ref("place", "name of a place")] = None
    hex: Annotated[Hex | None, Doc("label of a hex")] = None

    def contradictions(self) -> Iterator[Contradiction]:
        if (self.place is None) == (self.hex is None):
            yield Contradiction("hex", "a spot is a place or a hex", "give one of place and hex")


@dataclass(frozen=True, slots=True)
class Around:
    """All hexes within a distance of a place or hex."""

    radius: Annotated[int, Int(0, 60, "hexes", "how far around")]
    place: Annotated[PlaceRef | None, Doc("centre by name")] = None
    hex: Annotated[Hex | None, Doc("centre by label")] = None

    def contradictions(self) -> Iterator[Contradiction]:
        if (self.place is None) == (self.hex is None):
            yield Contradiction("hex", "the centre is a place or a hex", "give one of place and hex")


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """Hexes, told in one or several ways that are added together."""

    hexes: Annotated[tuple[Hex, ...], Size(0, 40_000), Doc("hexes by label")] = ()
    places: Annotated[tuple[PlaceRef, ...], Doc("the hexes of places")] = ()
    around: Annotated[Around | None, Doc("hexes around a place", "{place: Mayadin, radius: 3}")] = None
    box: Annotated[
        tuple[Hex, Hex] | None, Doc("two opposite corners: all columns and rows between", "[0101, 2010]")
    ] = None
    zone: Annotated[Faction | None, Doc("the whole side of the line of this faction")] = None
    everything: Annotated[bool, Doc("the whole map")] = False

    def contradictions(self) -> Iterator[Contradiction]:
        told = (self.hexes, self.places, self.around, self.box, self.zone, self.everything)
        if not any(told):
            yield Contradiction("hexes", "no hex is named", "give hexes, places, around, box, zone or everything")
