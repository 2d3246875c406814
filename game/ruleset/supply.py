"""Supply: how far it flows, what it takes to lose it, air drops, and how units recover."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated

from game.ruleset.units import Trait
from game.schema.spec import Contradiction, Doc, FormatVersion, Int, Size

Points = "supply points"
Quarter = "quarter movement points"
Percent = "percent"


@dataclass(frozen=True, slots=True)
class CarriageCosts:
    """What a hex costs on the way of supply, by the road along which it is entered."""

    highway: Annotated[int, Int(1, 40, Points, "along a highway")]
    road: Annotated[int, Int(1, 40, Points, "along a road")]
    track: Annotated[int, Int(1, 40, Points, "along a track, or over a crossing without a road")]
    crossing: Annotated[int, Int(0, 40, Points, "more to cross a major river by bridge, pontoon or ferry")]
    interdicted: Annotated[int, Int(0, 120, Points, "more to enter a hex that the enemy interdicts")]


@dataclass(frozen=True, slots=True)
class Relays:
    """Places that extend the net: connected, they restart the way with no more than so much of the budget used."""

    airbase: Annotated[int, Int(0, 400, Points, "supply distance at which an airbase of the faction passes supply on")]
    depot: Annotated[int, Int(0, 400, Points, "supply distance at which a depot passes supply on")]
    headquarters: Annotated[
        int, Int(0, 400, Points, "supply distance at which a headquarters on a road passes supply on")
    ]


@dataclass(frozen=True, slots=True)
class Melting:
    """What becomes of units that are cut off and have eaten up their stores."""

    disrupt_from: Annotated[
        int, Int(1, 20, "turns", "cut off this long, a unit has a step disrupted at each check of supply")
    ]
    lose_from: Annotated[int, Int(1, 20, "turns", "cut off this long, it loses a step instead")]
    floor: Annotated[int, Int(0, 6, "steps", "attrition alone takes no unit below this; it surrenders when attacked")]

    def contradictions(self) -> Iterator[Contradiction]:
        """Losing must not begin before being disrupted."""
        if self.lose_from < self.disrupt_from:
            what = "steps would be lost before any is disrupted"
            yield Contradiction("lose_from", what, "make it at least disrupt_from")


@dataclass(frozen=True, slots=True)
class AirDrops:
    """Supplies dropped on a besieged hex."""

    price: Annotated[int, Int(1, 6, "points", "air-drop points that one drop takes")]
    turns: Annotated[int, Int(1, 10, "turns", "how long a drop that arrives whole feeds the hex")]
    part_turns: Annotated[int, Int(0, 10, "turns", "how long what is left of a partly lost drop feeds the hex")]
    lost: Annotated[int, Int(0, 100, Percent, "chance that part of a drop is lost")]
    dust: Annotated[int, Int(0, 100, Percent, "added in dust")]
    rain: Annotated[int, Int(0, 100, Percent, "added in rain")]
    near_enemy: Annotated[int, Int(0, 100, Percent, "added when an enemy stands next to the hex")]
    air_defence: Annotated[int, Int(0, 100, Percent, "added when enemy air defence is in range of the hex")]
    most: Annotated[int, Int(0, 100, Percent, "the chance is never higher")]
    all_lost: Annotated[int, Int(0, 100, Percent, "share of that chance in which everything is lost")]


@dataclass(frozen=True, slots=True)
class Recovery:
    """Steps that gather again or are replaced."""

    full: Annotated[
        int, Int(0, 6, "steps", "disrupted steps of a unit in full supply that recover when its turn opens")
    ]
    stretched: Annotated[int, Int(0, 6, "steps", "the same when stretched")]
    headquarters: Annotated[int, Int(0, 6, "steps", "further ones within reach of a headquarters of the faction")]
    rest: Annotated[int, Int(0, 6, "steps", "disrupted steps that recover at once by the action Rest")]
    refit_steps: Annotated[int, Int(1, 6, "steps", "lost steps that a refit rebuilds, each out of the pool")]
    pool_most: Annotated[int, Int(0, 100, "steps", "steps that the replacement pool holds; more are not sent")]


@dataclass(frozen=True, slots=True)
class SupplyRules:
    """How supply flows and fails."""

    format: FormatVersion
    carriage: Annotated[CarriageCosts, Doc("cost of supply lines along roads")]
    road_budget: Annotated[int, Int(1, 400, Points, "longest supply line along roads that gives full supply")]
    stretched_budget: Annotated[
        int,
        Int(
            1, 800, Points, "longest supply line along roads that gives stretched supply; beyond it, units are cut off"
        ),
    ]
    last_leg: Annotated[
        int, Int(0, 80, Quarter, "longest last leg off the road, at the costs of wheels, that gives full supply")
    ]
    stretched_leg: Annotated[int, Int(0, 160, Quarter, "the same for stretched supply")]
    relays: Annotated[Relays, Doc("what extends the net")]
    stores: Annotated[
        Mapping[Trait, Annotated[int, Int(0, 40, "turns", "turns that such a unit lives on its own stores when cut")]],
        Size(0, 20),
        Doc("own stores by trait; a unit with several has the largest"),
    ]
    melting: Annotated[Melting, Doc("units without any supply")]
    air_drops: Annotated[AirDrops, Doc("supplies by parachute")]
    recovery: Annotated[Recovery, Doc("recovery and replacements")]

    def contradictions(self) -> Iterator[Contradiction]:
        """Stretched supply must reach at least as far as full supply."""
        if self.stretched_budget < self.road_budget:
            what = "stretched supply would end before full supply"
            yield Contradiction("stretched_budget", what, "make it at least road_budget")
        if self.stretched_leg <= self.last_leg:
            what = "the stretched last leg would be no longer than the full one"
            yield Contradiction("stretched_leg", what, "make it more than last_leg")
