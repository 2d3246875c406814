"""What a war is about, with numbers for names: what the rules ask of ``victory.yaml`` in play.

Built once by :mod:`game.scenario.build` from the declarations of :mod:`game.scenario.victory`; prizes stand in
``world.prizes``. All of it is public.
"""

from __future__ import annotations

from dataclasses import dataclass

from game.scenario.victory import BandSpec, HistorySpec


@dataclass(frozen=True, slots=True)
class ScoredTown:
    """A town that the insurgents score for: its hex, its name, and how many town points it counts each turn."""

    hex: int
    name: str
    value: int


@dataclass(frozen=True, slots=True)
class SupplyRoad:
    """A road whose cutting scores. ``of`` is the number of the faction whose supply runs along its hexes."""

    id: str
    name: str
    of: int
    path: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Insurgent:
    """The faction, by number, that scores by the turn instead of by prizes, and what for."""

    faction: int
    towns: tuple[ScoredTown, ...] = ()
    roads: tuple[SupplyRoad, ...] = ()


@dataclass(frozen=True, slots=True)
class Anchor:
    """A dated capture of history, against which the ledger of time is kept. ``date`` is an ISO date."""

    place: str
    hex: int
    faction: int
    date: str


@dataclass(frozen=True, slots=True)
class Stakes:
    """How points are counted and compared; bands and what history did stand by faction number, None where untold."""

    bands: tuple[BandSpec | None, ...] = ()
    history: tuple[HistorySpec | None, ...] = ()
    insurgent: Insurgent | None = None
    anchors: tuple[Anchor, ...] = ()

    def band_of(self, faction: int) -> BandSpec | None:
        """The bands of a faction, None for one that has none."""
        return self.bands[faction] if self.bands else None

    def history_of(self, faction: int) -> HistorySpec | None:
        """What history says a faction lost and did, None where it says nothing."""
        return self.history[faction] if self.history else None

    @property
    def roads(self) -> tuple[SupplyRoad, ...]:
        """The supply roads that the scenario names."""
        return self.insurgent.roads if self.insurgent is not None else ()

    def roads_of(self, faction: int) -> tuple[SupplyRoad, ...]:
        """Those along which the supply of a faction runs."""
        return tuple(road for road in self.roads if road.of == faction)
