"""``relations.yaml``: who fights whom, the line between the blocs, home sectors, airspace, and who holds what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from game.scenario.area import Area, Around
from game.scenario.files.map import PlaceRef
from game.scenario.files.scenario import Faction
from game.schema.spec import Contradiction, Date, Doc, FormatVersion, Hex, Id, Int, Name, Ref, Side, Size

__all__ = ["Area", "Around", "RelationsFile"]

RiverRef = Annotated[str, Ref("river", "name of a river", "Euphrates")]


@dataclass(frozen=True, slots=True)
class StanceEntry:
    """What two factions are to each other."""

    a: Annotated[Faction, Doc("one of the two")]
    b: Annotated[Faction, Doc("the other one")]
    stance: Annotated[
        Literal["allied", "friendly", "rival", "war"],
        Doc("allied: share hexes and knowledge; friendly: pass through each other; rival: keep apart; war: fight"),
    ]

    def contradictions(self) -> Iterator[Contradiction]:
        if self.a == self.b:
            yield Contradiction("b", "a faction has no stance to itself", "name another faction")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sector(Area):
    """A home sector: units that belong to it cost more to lead elsewhere."""

    id: Annotated[str, Id("sector", "id that units name as their home")]
    name: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class AirspaceEntry(Area):
    """A part of the sky with rules of its own."""

    id: Annotated[str, Id("airspace", "id used in messages")]
    name: Name
    may_fly: Annotated[tuple[Faction, ...] | None, Doc("who may send aircraft; everybody when left out")] = None
    must_notify: Annotated[tuple[Faction, ...], Doc("who must give notice of flights to the other bloc")] = ()
    no_fly: Annotated[bool, Doc("nobody flies here")] = False
    from_: Annotated[Date | None, Doc("first day; from the start when left out")] = None
    to: Annotated[Date | None, Doc("last day; to the end when left out")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlEntry(Area):
    """Ground that a faction holds at the start; later entries override earlier ones."""

    faction: Annotated[Faction, Doc("who holds these hexes")]


@dataclass(frozen=True, slots=True)
class DeconflictionLine:
    """The line between two blocs, and a hex on each side of it from which the sides are filled."""

    zones: Annotated[
        Mapping[Faction, Hex], Size(2, 2), Doc("a hex on the side of each bloc, by the faction that leads it")
    ]
    rivers: Annotated[tuple[RiverRef, ...], Doc("rivers that the line follows from end to end")] = ()
    sides: Annotated[tuple[Side, ...], Doc("further hexsides of the line")] = ()

    def contradictions(self) -> Iterator[Contradiction]:
        if not self.rivers and not self.sides:
            yield Contradiction("sides", "the line runs nowhere", "give rivers or sides")


@dataclass(frozen=True, slots=True)
class RelationsFile:
    """The file ``relations.yaml``."""

    format: FormatVersion
    stances: Annotated[tuple[StanceEntry, ...], Size(1, 28), Doc("each pair of factions once")]
    line: Annotated[DeconflictionLine | None, Doc("the deconfliction line, where there is one")] = None
    sectors: Annotated[tuple[Sector, ...], Size(0, 40), Doc("home sectors")] = ()
    rung: Annotated[int, Int(0, 4, "rung", "where the ladder between the blocs stands at the start")] = 0
    airspace: Annotated[tuple[AirspaceEntry, ...], Size(0, 20), Doc("the first that covers a hex holds")] = ()
    control: Annotated[tuple[ControlEntry, ...], Size(0, 200), Doc("who holds the ground at the start")] = ()
    holders: Annotated[
        Mapping[PlaceRef, Faction] | None, Doc("who holds single places at the start; after control", "Mayadin: isis")
    ] = None
