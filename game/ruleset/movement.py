"""Movement: roads, hexsides, zones of control and marches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from game.ruleset.units import Trait
from game.schema.spec import Doc, FormatVersion, Int

Quarter = "quarter movement points"


@dataclass(frozen=True, slots=True)
class SideCosts:
    """Extra cost to cross a hexside, by mobility class; -1: may not cross."""

    foot: Annotated[int, Int(-1, 400, Quarter, "extra cost on foot; -1: may not cross")]
    wheeled: Annotated[int, Int(-1, 400, Quarter, "extra cost on wheels; -1: may not cross")]
    tracked: Annotated[int, Int(-1, 400, Quarter, "extra cost on tracks; -1: may not cross")]

    def cost(self, mobility: int) -> int:
        """The extra cost of a :class:`~game.ruleset.terrain.Mobility`."""
        return (self.foot, self.wheeled, self.tracked)[mobility]


@dataclass(frozen=True, slots=True)
class RoadCosts:
    """Cost of a hex entered along a road, instead of the ground's."""

    track: Annotated[int, Int(1, 40, Quarter, "along a track, at most the ground's own cost")]
    road: Annotated[int, Int(1, 40, Quarter, "along a road")]
    highway: Annotated[int, Int(1, 40, Quarter, "along a highway")]


@dataclass(frozen=True, slots=True)
class MovementRules:
    """What it costs to march."""

    format: FormatVersion
    roads: Annotated[RoadCosts, Doc("cost along roads")]
    minor_river: Annotated[SideCosts, Doc("crossing a minor river without a bridge")]
    major_river: Annotated[SideCosts, Doc("crossing a major river without a crossing")]
    escarpment: Annotated[SideCosts, Doc("climbing an escarpment off the road")]
    bridge: Annotated[int, Int(0, 40, Quarter, "extra cost to cross a river by a bridge or a pontoon")]
    ferry_steps: Annotated[int, Int(1, 20, "steps", "steps that a ferry carries in a faction's turn")]
    zone_entry: Annotated[int, Int(0, 40, Quarter, "extra cost to enter a hostile zone of control")]
    zone_to_zone_ends: Annotated[bool, Doc("whether moving from one hex in a hostile ZOC into another ends the march")]
    zone_steps: Annotated[int, Int(1, 6, "steps", "fewest undisrupted steps that exert a ZOC")]
    passing_traits: Annotated[tuple[Trait, ...], Doc("units with one of these never take a place from its holder")]
    zoneless_traits: Annotated[tuple[Trait, ...], Doc("units with one of these exert no zone of control")]
    never_aside: Annotated[
        tuple[Literal["det", "sec", "coy", "bty", "btn", "bde", "hq"], ...],
        Doc("sizes of unit that never move aside for the other bloc, however few their steps"),
    ]
    march_percent: Annotated[int, Int(0, 200, "percent", "how much further a road march goes, of the allowance")]
    forced_percent: Annotated[int, Int(0, 200, "percent", "how much further a forced march goes, of the allowance")]
    stretched_percent: Annotated[int, Int(0, 100, "percent", "movement when supply is stretched")]
    cut_percent: Annotated[int, Int(0, 100, "percent", "movement when supply is cut")]
    wadi_rain: Annotated[int, Int(-1, 400, Quarter, "extra cost of a wadi in rain; -1: closed")]
    infiltrate_range: Annotated[int, Int(0, 12, "hexes", "how far raiders and cells slip through the lines")]
    cross_sector_command: Annotated[int, Int(0, 6, "command points", "cost to lead a unit out of its home sector")]
    retreat_zone_losses: Annotated[
        Mapping[Literal["zone", "river"], Annotated[int, Int(0, 4, "steps")]],
        Doc("steps lost by a retreat through a hostile ZOC, or over a river without crossing"),
    ]
    taking_steps: Annotated[
        int,
        Int(
            0,
            6,
            "steps",
            "undisrupted steps, not cut off, that it takes to capture an enemy's place in passing; 0: any",
        ),
    ] = 0
    taking_late: Annotated[
        tuple[Trait, ...], Doc("units with one of these take an enemy's place only where their turn ends")
    ] = ()
    taking_watched: Annotated[
        bool,
        Doc("whether a place in its holder's zone of control falls only as the taker's next turn opens"),
    ] = False
