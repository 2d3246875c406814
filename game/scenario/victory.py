"""What ``victory.yaml`` of a scenario declares: prizes, what the insurgents score, bands and history.

The loader reads the file as :class:`VictoryFile`. From it come ``world.prizes``, in the same order: hex of the place or
of the hex given, points and first-holder bonus by faction number (:meth:`PrizeSpec.bonus`), and ``world.stakes``, the
rest with numbers for names. Places are referred to by name, hexes by label.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from game.schema.spec import Contradiction, Date, Doc, FormatVersion, Hex, Id, Int, Name, Prose, Ref, Size, Text

Faction = Annotated[str, Ref("faction", "id of a faction")]
Place = Annotated[str, Ref("place", "name of a place")]


@dataclass(frozen=True, slots=True)
class PrizeSpec:
    """Something worth points to the one who has claimed it when the game ends."""

    id: Annotated[str, Id("prize", "id in messages and logs")]
    name: Name
    points: Annotated[Mapping[Faction, Annotated[int, Int(0, 100, "points")]], Doc("what it is worth to each faction")]
    kind: Annotated[
        Literal["city", "town", "field", "airbase", "crossing", "road"], Doc("what it is; a road is held as a whole")
    ]
    place: Annotated[Place | None, Doc("the place that must be held")] = None
    hex: Annotated[Hex | None, Doc("the hex that must be held, where no place names it; for a road its far end")] = None
    first: Annotated[
        Mapping[Faction, Annotated[int, Int(0, 100, "points")]] | None,
        Doc("bonus for the first holder of the two blocs; a third of the points when left out"),
    ] = None
    path: Annotated[tuple[Hex, ...], Doc("hexes of a road, all to be held")] = ()

    def bonus(self, faction: str) -> int:
        """First-holder bonus in points."""
        if self.first is not None:
            return self.first.get(faction, 0)
        return (self.points.get(faction, 0) + 1) // 3

    def contradictions(self) -> Iterator[Contradiction]:
        if (self.place is None) == (self.hex is None):
            yield Contradiction("hex", "a prize lies at a place or in a hex", "give one of place and hex")
        if (self.kind == "road") != bool(self.path):
            yield Contradiction(
                "path", "a road is a path of hexes, and only a road has one", "add path, or change kind"
            )


@dataclass(frozen=True, slots=True)
class TownSpec:
    """A named town that the insurgents score for each turn they hold it."""

    place: Place
    value: Annotated[int, Int(1, 10, "town points", "how much it counts")] = 1


@dataclass(frozen=True, slots=True)
class RoadSpec:
    """A supply road whose cutting scores for the insurgents, once it has been open."""

    id: Annotated[str, Id("supply_road", "id in messages and logs")]
    name: Name
    of: Annotated[Faction, Doc("whose supply runs along it")]
    path: Annotated[tuple[Hex, ...], Size(1, 400), Doc("its hexes")]


@dataclass(frozen=True, slots=True)
class InsurgentSpec:
    """The faction that scores by the turn instead of by prizes."""

    faction: Annotated[Faction, Doc("who scores")]
    towns: Annotated[tuple[TownSpec, ...], Doc("towns it scores for")] = ()
    roads: Annotated[tuple[RoadSpec, ...], Doc("roads it scores for when they are cut")] = ()


@dataclass(frozen=True, slots=True)
class BandSpec:
    """How a faction's points compare with history: below ``like`` slower, from ``faster`` on faster."""

    like: Annotated[int, Int(-500, 500, "points", "least points that equal history")]
    faster: Annotated[int, Int(-500, 500, "points", "least points that are better than history")]
    slower_words: Annotated[str, Text(200, "the result in words when it is worse than history")]
    like_words: Annotated[str, Text(200, "the result in words when it is like history")]
    faster_words: Annotated[str, Text(200, "the result in words when it is better than history")]

    def contradictions(self) -> Iterator[Contradiction]:
        if self.faster <= self.like:
            yield Contradiction("faster", "faster does not exceed like", "write a larger number of points")


@dataclass(frozen=True, slots=True)
class AnchorSpec:
    """A dated capture of history, against which the ledger of time is kept."""

    place: Place
    faction: Annotated[Faction, Doc("who captured it")]
    date: Annotated[Date, Doc("day of the capture")]


@dataclass(frozen=True, slots=True)
class HistorySpec:
    """What a faction lost and did in history, in the game's units; estimates carry their reason."""

    losses: Annotated[int, Int(0, 500, "steps", "own steps lost")] = 0
    harm: Annotated[int, Int(0, 1000, "harm", "harm to civilians that counts against the faction")] = 0
    note: Annotated[Prose | None, Doc("where the numbers come from")] = None


@dataclass(frozen=True, slots=True)
class VictoryFile:
    """The file ``victory.yaml``: what the war is about and how its outcome is judged."""

    format: FormatVersion
    prizes: Annotated[tuple[PrizeSpec, ...], Size(0, 200), Doc("what the race is about")]
    bands: Annotated[Mapping[Faction, BandSpec], Doc("results against history, by faction")]
    insurgent: Annotated[InsurgentSpec | None, Doc("who scores by the turn")] = None
    anchors: Annotated[tuple[AnchorSpec, ...], Doc("dated captures for the ledger of time")] = ()
    history: Annotated[Mapping[Faction, HistorySpec] | None, Doc("losses and harm of history, by faction")] = None
