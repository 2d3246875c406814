"""Deconfliction: chance and price of incidents between the two blocs, and the escalation ladder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from game.schema.spec import Doc, FormatVersion, Int, Size, Text

Percent = "percent"
Liaison = "liaison points"
Tenths = "tenths of a point"
Share = Annotated[int, Int(0, 300, Percent)]


@dataclass(frozen=True, slots=True)
class ActShares:
    """How much of the chance each kind of act carries."""

    move: Annotated[int, Int(0, 300, Percent, "each hex of a march, or a scouting flight, near the other bloc")]
    friction: Annotated[
        int, Int(0, 300, Percent, "standing near the other bloc, as the later arrival, when the turn ends")
    ]
    attack: Annotated[int, Int(0, 300, Percent, "an attack on the enemy near the other bloc")]
    bombard: Annotated[int, Int(0, 300, Percent, "artillery fire near the other bloc")]
    strike: Annotated[int, Int(0, 300, Percent, "a strike near the other bloc")]
    crossing: Annotated[int, Int(0, 300, Percent, "work on a crossing near the other bloc")]


@dataclass(frozen=True, slots=True)
class Rung:
    """A rung of the ladder and what it costs both blocs."""

    name: Annotated[str, Text(40, "how the rung is called")]
    price: Annotated[str, Text(160, "what it costs, in words for players")]
    liaison: Annotated[int, Int(0, 6, Liaison, "added to every price in liaison")] = 0
    support: Annotated[int, Int(0, 100, Percent, "share of support that is left near the line")] = 100
    stand_off: Annotated[bool, Doc("no crossing of the line, blocs stop two hexes apart")] = False
    tension: Annotated[int, Int(0, 100, Tenths, "what each bloc loses at the end of each turn")] = 0
    incident: Annotated[int, Int(0, 100, Tenths, "what an incident costs beyond `victory.incident`")] = 0
    held: Annotated[bool, Doc("the other bloc cannot dispute an objective in which its holder stands")] = False
    lifts: Annotated[int, Int(0, 6, "of 6", "highest roll on which an incident lifts the ladder from this rung")] = 6
    stays: Annotated[bool, Doc("quiet turns do not end it, a concession does")] = False


@dataclass(frozen=True, slots=True)
class Concessions:
    """What a bloc may give up to bring the ladder down, and what the other bloc then bears."""

    allowed: Annotated[bool, Doc("whether blocs make concessions")]
    quiet: Annotated[
        int, Int(0, 6, "turns", "quiet turns, without incident and on one rung, that a concession waits for")
    ]
    steps: Annotated[int, Int(0, 40, "steps", "own steps near the other bloc that a standstill needs")]
    near: Annotated[int, Int(1, 10, "hexes", "how near the other bloc these steps stand")]
    off: Annotated[int, Int(1, 6, "hexes", "in a standstill, nobody closes up or acts this near the other bloc")]
    grounded: Annotated[int, Int(0, 6, "turns", "turns without support after the one in which it is grounded")]
    blame: Annotated[int, Int(0, 100, Tenths, "what an incident costs the blamed bloc beyond its price")]


@dataclass(frozen=True, slots=True)
class Warnings:
    """Warning the other bloc off a prize."""

    allowed: Annotated[bool, Doc("whether blocs warn each other off")]
    price: Annotated[int, Int(0, 6, Liaison, "price of a warning")]
    rung: Annotated[int, Int(0, 4, "rung", "highest rung at which a bloc may warn")]
    near: Annotated[int, Int(0, 6, "hexes", "how near the prize the stack that warns must stand")]
    steps: Annotated[int, Int(1, 12, "steps", "supplied steps in that stack")]
    risk: Annotated[int, Int(0, 100, Percent, "added to the other bloc's chance of an incident at the prize")]
    range: Annotated[int, Int(0, 3, "hexes", "how far around the prize the warning reaches")]


@dataclass(frozen=True, slots=True)
class Skies:
    """Closing the sky around a hex to the other bloc's aircraft."""

    allowed: Annotated[bool, Doc("whether blocs close the sky to each other")]
    price: Annotated[int, Int(0, 6, Liaison, "price of closing a sky")]
    rung: Annotated[int, Int(0, 4, "rung", "lowest rung at which a sky may be closed; below it, skies open again")]
    near: Annotated[int, Int(0, 8, "hexes", "how near the hex the stack that closes the sky must stand")]
    steps: Annotated[int, Int(1, 12, "steps", "supplied steps in that stack")]
    range: Annotated[int, Int(0, 8, "hexes", "how far around the hex the sky is closed")]
    turns: Annotated[int, Int(0, 6, "turns", "turns after this one for which it stays closed")]
    risk: Annotated[int, Int(0, 100, Percent, "chance of an incident of a flight that defies it")]


@dataclass(frozen=True, slots=True)
class DeconflictionRules:
    """Incidents, corridors, the hotline and the ladder."""

    format: FormatVersion
    adjacent: Annotated[int, Int(0, 100, Percent, "chance of an incident next to the other bloc")]
    two_hexes: Annotated[int, Int(0, 100, Percent, "chance of an incident two hexes from the other bloc")]
    over_line: Annotated[int, Int(0, 100, Percent, "added on the other bloc's side of the line")]
    over_line_range: Annotated[
        int, Int(0, 20, "hexes", "how near the other bloc must be for its side of the line to matter")
    ]
    acts: Annotated[ActShares, Doc("share of the chance by kind of act")]
    unidentified: Annotated[
        int, Int(100, 600, Percent, "share of the chance for a strike or bombardment on an unidentified target")
    ]
    advisers: Annotated[int, Int(100, 600, Percent, "share of the chance for fire near advisers of a great power")]
    calm: Annotated[
        int, Int(0, 100, Percent, "share of the chance that is left after a hotline call that calms the turn")
    ]
    most: Annotated[int, Int(0, 100, Percent, "greatest chance of an incident")]
    friction_rolls: Annotated[
        int, Int(0, 20, "rolls", "most friction rolls of a faction a turn; the worst stacks roll")
    ]
    corridor_hexes: Annotated[int, Int(1, 60, "hexes", "longest notified corridor")]
    corridor: Annotated[int, Int(0, 6, Liaison, "price of a notified corridor")]
    hotline: Annotated[int, Int(0, 6, Liaison, "price of a hotline call that calms the turn")]
    climb_down: Annotated[
        int,
        Int(-1, 12, Liaison, "price of a call from rung 1 on, which lowers the ladder a rung; -1: no call does"),
    ]
    liaison_kept: Annotated[int, Int(0, 20, Liaison, "most liaison points that may be saved")]
    quiet_turns: Annotated[int, Int(1, 20, "turns", "quiet turns that lower the ladder a rung")]
    quiet_each: Annotated[bool, Doc("each further quiet turn lowers it too; else as many again")]
    dice_rung: Annotated[int, Int(0, 5, "rung", "highest rung that incidents can reach")]
    near_line: Annotated[int, Int(0, 20, "hexes", "how near the line or the other bloc support is cut by the ladder")]
    apart: Annotated[int, Int(1, 6, "hexes", "how far apart the blocs stop in a stand-off")]
    disruption: Annotated[int, Int(0, 6, "steps", "steps disrupted by an incident, on the side that caused it")]
    rungs: Annotated[tuple[Rung, ...], Size(6, 6), Doc("the ladder from 0 to 5")]
    concessions: Annotated[Concessions, Doc("standstill, grounding and blame")]
    skies: Annotated[Skies, Doc("closed skies")]
    warnings: Annotated[Warnings, Doc("warnings off objectives")]
