"""What ``doctrine.yaml`` of a scenario declares: how each faction's staff likes to fight.

The loader reads the file as :class:`DoctrineFile`; ``world.doctrine`` holds a row for each faction. A view keeps those
of the faction and of its friends alone: which places a staff goes for and when its raids begin are plans. A faction
that the file leaves out is filled in by :mod:`game.ai.doctrine`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from game.schema.spec import Doc, FormatVersion, Int, Ref, Text

Percent = Annotated[int, Int(0, 400, "percent")]
PlaceName = Annotated[str, Ref("place", "name of a place")]
Manner = Literal["methodical", "cautious", "bold"]
"""Names of the personalities."""


@dataclass(frozen=True, slots=True)
class Doctrine:
    """How a faction's staff weighs things. Worth is counted in tenths of a victory point."""

    posture: Annotated[Literal["advance", "defend"], Doc("whether it goes for prizes, or holds towns and raids")] = (
        "advance"
    )
    axes: Annotated[int, Int(1, 12, "axes", "how many objectives it pursues at once")] = 5
    step: Annotated[int, Int(0, 200, "tenths of a point", "what a step destroyed is worth to it")] = 12
    own_step: Annotated[int, Int(0, 200, "tenths of a point", "what a step of its own is worth to it")] = 14
    least: Annotated[int, Int(-100, 400, "tenths of a point", "the least that an attack must promise")] = 6
    least_chance: Annotated[int, Int(0, 36, "of 36", "chance of a retreat that an attack must have")] = 12
    sally: Annotated[int, Int(1, 12, "hexes", "how far its units come up for an attack")] = 9
    risk: Annotated[Percent, Doc("weight of the danger where a unit stops")] = 90
    relief: Annotated[int, Int(0, 900, "tenths of a point", "worth of opening the road to troops that are cut off")] = (
        260
    )
    road: Annotated[int, Int(0, 900, "tenths of a point", "worth of clearing its own supply road")] = 160
    town: Annotated[
        int, Int(0, 200, "tenths of a point", "worth of an enemy town that is no prize, for each rank of size")
    ] = 6
    guards: Annotated[int, Int(0, 20, "units", "most units left on supply roads")] = 4
    garrison: Annotated[bool, Doc("whether a prize keeps a garrison after it is claimed")] = True
    cross_line: Annotated[bool, Doc("whether it goes for prizes beyond the deconfliction line")] = False
    harm: Annotated[Percent, Doc("weight of the points that harm to civilians takes off")] = 100
    incident: Annotated[
        int, Int(0, 1000, "tenths of a point", "what an incident costs at ladder 0; twice as much a rung higher")
    ] = 50
    most_incident: Annotated[int, Int(0, 100, "percent", "no order with a greater risk of an incident")] = 12
    clash: Annotated[
        int, Int(0, 100, "percent", "weight of an attack on the other bloc under open clash rules; 0: never the first")
    ] = 0
    clash_from: Annotated[int, Int(0, 4, "rung", "rung of the ladder from which it thinks of such an attack")] = 3
    concede: Annotated[
        Percent, Doc("weight of the ladder's price against the price of a concession; 0: it makes none")
    ] = 100
    warns: Annotated[
        int,
        Int(
            0,
            400,
            "tenths of a point",
            "least worth of a prize for which it warns the other bloc off; 0: it never warns",
        ),
    ] = 30
    corridors: Annotated[bool, Doc("whether it spends liaison on notified corridors")] = True
    withdraw: Annotated[
        Annotated[int, Int(0, 2000, "percent")],
        Doc("strength against its defence, in percent, at which it gives ground; 0 never"),
    ] = 0
    raid_from: Annotated[int, Int(1, 200, "turn", "first turn of raids")] = 1
    raids: Annotated[int, Int(0, 20, "units", "raiding units sent out at a time")] = 0
    raid_size: Annotated[int, Int(1, 20, "units", "a raid waits until so many raiders can go")] = 2
    raid_pause: Annotated[int, Int(0, 20, "turns", "turns that raiders gather after a raid")] = 3
    interest: Annotated[
        Mapping[PlaceName, Annotated[int, Int(0, 900, "percent")]] | None,
        Doc("places that count for more or less than their points; 0: it leaves them to others"),
    ] = None
    personality: Annotated[
        Manner, Doc("how its commander bends these weights, as `assets/personalities.yaml` says")
    ] = "methodical"
    relieve: Annotated[
        int,
        Int(0, 100, "percent", "share of its steps at which a unit beside the enemy gives its place to a fresh one"),
    ] = 50
    fresher: Annotated[
        int, Int(1, 9, "times", "how many times the steps of the worn unit its replacement must have")
    ] = 2
    rest: Annotated[int, Int(1, 5, "hexes", "a worn unit rests further than this from known enemies")] = 2
    patience: Annotated[int, Int(1, 20, "turns", "turns without headway after which an axis loses its hold")] = 2
    siege: Annotated[int, Int(1, 20, "turns", "turns that a siege may go on without an attack")] = 4
    siege_pause: Annotated[int, Int(0, 9, "turns", "turns before a siege that was given up begins again")] = 3
    note: Annotated[str | None, Text(600, "why it fights like this", lines=True)] = None


@dataclass(frozen=True, slots=True)
class DoctrineFile:
    """The file ``doctrine.yaml``: how the AI factions of a scenario fight."""

    format: FormatVersion
    factions: Annotated[
        Mapping[Annotated[str, Ref("faction", "id of a faction")], Doctrine], Doc("doctrine by faction")
    ]
