"""Support: what each kind of off-map help does, in combat and on its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from game.schema.spec import Doc, FormatVersion, Id, Int, Name

Percent = "percent"
Columns = "columns"
Need = Literal["seen", "identified", "special", "reach", "town"]


@dataclass(frozen=True, slots=True)
class SupportKind:
    """One kind of support from off the map. Points are granted each turn and lapse when they are not used."""

    name: Name
    flown: Annotated[bool, Doc("aircraft: weather takes a share, airspace rules bind it")] = False
    attack_shift: Annotated[
        int, Int(0, 4, Columns, "columns by which a point moves an attack by units of its own faction")
    ] = 0
    defence_shift: Annotated[
        int, Int(0, 4, Columns, "columns by which a point moves an enemy attack when the defender reacts")
    ] = 0
    per_attack: Annotated[int, Int(0, 6, "points", "most points of this kind in one attack")] = 0
    hit: Annotated[
        int, Int(0, 100, Percent, "chance that a point strikes home on units in a hex; 0: cannot be sent alone")
    ] = 0
    per_strike: Annotated[int, Int(0, 6, "points", "most points of this kind in one strike")] = 0
    kill: Annotated[int, Int(0, 100, Percent, "chance that a hit destroys a step instead of disrupting it")] = 0
    bridge: Annotated[int, Int(0, 100, Percent, "chance that a point breaks a bridge; 0: cannot")] = 0
    interdicts: Annotated[bool, Doc("a point can be spent to interdict a road hex")] = False
    scouts: Annotated[bool, Doc("a point lifts the fog over a hex")] = False
    needs: Annotated[
        tuple[Need, ...],
        Doc(
            "what it takes: the hex seen this turn, the target identified, an own special unit next to it (or the "
            "target identified), an own unit within `range`, an own town or unit within `range`"
        ),
    ] = ()
    range: Annotated[int, Int(0, 20, "hexes", "for the needs `reach` and `town`")] = 0
    harm: Annotated[int, Int(0, 10, "harm", "harm to civilians of a point used on a town")] = 0
    kept: Annotated[int, Int(0, 9, "points", "most unused points that are kept for the next turn")] = 0
    arsenals: Annotated[bool, Doc("it may strike an enemy's arsenal unseen")] = False
    ambushes: Annotated[bool, Doc("a hit destroys a supply column without a guard")] = False
    stray: Annotated[int, Int(0, 100, Percent, "chance that a point hits third parties near its target instead")] = 0


@dataclass(frozen=True, slots=True)
class SupportRules:
    """How support is granted, spent and where it goes astray."""

    format: FormatVersion
    kinds: Annotated[Mapping[Annotated[str, Id("support")], SupportKind], Doc("kinds of support by id")]
    shift_cap: Annotated[int, Int(0, 6, Columns, "most that all support together moves one attack")]
    contact_percent: Annotated[
        int, Int(0, 100, Percent, "share of the chance to hit that is left against an unidentified contact")
    ]
    cover: Annotated[int, Int(0, 50, Percent, "taken off the chance to hit for each column of the terrain's shift")]
    dug: Annotated[int, Int(0, 50, Percent, "taken off the chance to hit for each level of entrenchment")]
    air_defence: Annotated[int, Int(0, 60, Percent, "taken off the chance of flown support near enemy air defence")]
    air_defence_range: Annotated[int, Int(0, 6, "hexes", "how far air-defence units reach")]
    least: Annotated[int, Int(0, 50, Percent, "least chance to hit")]
    stray_range: Annotated[int, Int(0, 4, "hexes", "how near others must be for fire to go astray")]
    stray_unidentified: Annotated[
        int, Int(100, 600, Percent, "share of that chance where the target is not identified")
    ]
    stray_guided: Annotated[
        int,
        Int(
            0,
            100,
            Percent,
            "share of that chance with the faction's own special forces, advisers or scouts next to the target",
        ),
    ]
    arsenal_turns: Annotated[int, Int(1, 20, "turns", "turns for which a hit closes an arsenal")]
    stray_price: Annotated[int, Int(0, 200, "tenths of a point", "taken off for fire that hits the other bloc")]
    repeat: Annotated[
        int, Int(0, 50, Percent, "added to the chance to break a bridge for each further point in the same turn")
    ]
    no_notice: Annotated[
        int, Int(0, 100, Percent, "chance of an incident when a flight goes without the notice that is due")
    ]
