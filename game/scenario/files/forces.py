"""``forces/<faction>.yaml``: units, supply sources, support and replacements of one faction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from game.ruleset.units import Quality, Trait
from game.scenario.files.map import PlaceRef
from game.scenario.files.scenario import Faction
from game.schema.limits import UNITS
from game.schema.spec import Contradiction, Date, Doc, FormatVersion, Hex, Id, Int, Name, Ref, Size, Text

Strength = "strength a step"


@dataclass(frozen=True, slots=True)
class UnitEntry:
    """A unit: on the map from the start, or arriving on a day."""

    id: Annotated[str, Id("unit", "id used in orders and events", "saa-tig-taha")]
    name: Name
    type: Annotated[str, Ref("unit_type", "which numbers it has, from rules/units.yaml", "mech")]
    size: Annotated[
        Literal["det", "sec", "coy", "bty", "btn", "bde", "hq"],
        Doc("size mark on the counter: detachment, section, company, battery, battalion, brigade, headquarters"),
    ]
    steps: Annotated[int, Int(1, 6, "steps", "full strength")]
    quality: Annotated[Quality, Doc("A elite, B good, C average, D poor")]
    at: Annotated[PlaceRef | None, Doc("place where it stands at the start")] = None
    hex: Annotated[Hex | None, Doc("hex where it stands at the start")] = None
    arrives: Annotated[Date | None, Doc("day on which it arrives, instead of standing on the map")] = None
    event: Annotated[bool, Doc("it waits for an event to bring it, instead of a day")] = False
    entry: Annotated[
        tuple[Annotated[str, Text(80)], ...], Size(0, 12), Doc("exits, places or hexes where it may arrive, best first")
    ] = ()
    formation: Annotated[str, Text(80, "larger formation it belongs to")] = ""
    parent: Annotated[str, Text(80, "command it answers to, for the panel")] = ""
    sector: Annotated[str | None, Ref("sector", "home sector")] = None
    traits: Annotated[tuple[Trait, ...], Size(0, 12, unique=True), Doc("traits beyond those of the type")] = ()
    symbol: Annotated[str | None, Text(24, "symbol instead of the type's")] = None
    attack: Annotated[int | None, Int(0, 20, Strength, "instead of the type's")] = None
    defence: Annotated[int | None, Int(0, 20, Strength, "instead of the type's")] = None
    movement: Annotated[int | None, Int(0, 80, "quarter movement points", "instead of the type's")] = None
    range: Annotated[int | None, Int(0, 8, "hexes", "instead of the type's")] = None
    sight: Annotated[int | None, Int(0, 6, "hexes", "instead of the type's")] = None
    locked_until: Annotated[Date | None, Doc("it may not move before this day")] = None
    hidden: Annotated[bool, Doc("true: it is hidden at the start")] = False
    dug: Annotated[int, Int(0, 3, "levels", "entrenched at the start")] = 0
    stores: Annotated[
        int | None, Int(0, 20, "turns", "how long it lives on its own stores when cut off at the start")
    ] = None
    orbat: Annotated[tuple[Annotated[str, Text(48)], ...], Doc("records of the order of battle it stands for")] = ()
    change: Annotated[str, Text(400, "why it differs from the order of battle")] = ""
    note: Annotated[str, Text(600, "notes on the unit")] = ""

    def contradictions(self) -> Iterator[Contradiction]:
        ways = [key for key in ("at", "hex", "arrives") if getattr(self, key) is not None] + ["event"] * self.event
        if not ways:
            yield Contradiction(
                "id", "the unit neither stands on the map nor arrives", "give at, hex, arrives or event", "U106"
            )
        if len(ways) > 1:
            yield Contradiction(
                ways[1], f"{ways[0]} and {ways[1]} contradict each other", f"keep one of {', '.join(ways)}", "U106"
            )
        elif self.arrives is not None and not self.entry:
            yield Contradiction(
                "arrives", "nothing says where the unit arrives", "add entry: [an exit, place or hex]", "U107"
            )


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """Where supply comes from. What it can feed is counted in steps."""

    name: Name
    capacity: Annotated[int, Int(0, 1000, "steps", "steps that it feeds")]
    exit: Annotated[str | None, Ref("exit", "where it enters the map")] = None
    place: Annotated[PlaceRef | None, Doc("where it lies")] = None
    hex: Annotated[Hex | None, Doc("where it lies")] = None
    kind: Annotated[
        Literal["source", "edge", "depot"],
        Doc("edge: the rear lies beyond this edge of the map; depot: it only passes supply on"),
    ] = "source"
    arsenal: Annotated[bool, Doc("whether salvoes may strike it unseen, and close it for a while")] = False
    from_: Annotated[Date | None, Doc("first day; from the start when left out")] = None
    to: Annotated[Date | None, Doc("last day; to the end when left out")] = None

    def contradictions(self) -> Iterator[Contradiction]:
        ways = [key for key in ("exit", "place", "hex") if getattr(self, key) is not None]
        if len(ways) != 1:
            yield Contradiction(
                (*ways, "name")[0], "a source lies at one exit, place or hex", "give exactly one of exit, place, hex"
            )


@dataclass(frozen=True, slots=True)
class SupportEntry:
    """Support from off the map, granted each turn."""

    kind: Annotated[str, Ref("support", "kind of support, from rules/support.yaml", "strike")]
    points: Annotated[int, Int(0, 40, "points a turn", "how much of it")]
    from_: Annotated[Date | None, Doc("first day; from the start when left out")] = None
    to: Annotated[Date | None, Doc("last day; to the end when left out")] = None
    orbat: Annotated[tuple[str, ...], Doc("records of the order of battle that it stands for")] = ()
    change: Annotated[str | None, Text(400, "why it differs from the order of battle")] = None


@dataclass(frozen=True, slots=True)
class ReplacementEntry:
    """Steps that come as replacements."""

    steps: Annotated[int, Int(1, 40, "steps", "how many come each time")]
    from_: Annotated[Date | None, Doc("first day; from the start when left out")] = None
    every: Annotated[int, Int(1, 100, "turns", "how often they come")] = 1


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Records of the order of battle that do not appear in the scenario."""

    orbat: Annotated[tuple[str, ...], Doc("which records")]
    why: Annotated[str, Text(400, "the reason")]


@dataclass(frozen=True, slots=True)
class ForcesFile:
    """A file ``forces/<faction>.yaml``."""

    format: FormatVersion
    faction: Annotated[Faction, Doc("whose forces these are; the name of the file")]
    units: Annotated[tuple[UnitEntry, ...], Size(0, UNITS), Doc("order of battle")] = ()
    sources: Annotated[tuple[SourceEntry, ...], Size(0, 100), Doc("supply sources")] = ()
    supply: Annotated[
        Literal["sources", "none"], Doc("none: this faction draws no supply, and the check does not ask for it")
    ] = "sources"
    strongpoints: Annotated[
        Mapping[Annotated[str, Ref("place", "name of a place")], Annotated[int, Int(1, 9, "strongpoints")]] | None,
        Doc("places that it has made ready for defence, and strongpoints that must be taken there one by one"),
    ] = None
    support: Annotated[tuple[SupportEntry, ...], Size(0, 200), Doc("support from off the map")] = ()
    replacements: Annotated[tuple[ReplacementEntry, ...], Size(0, 100), Doc("replacements")] = ()
    left_out: Annotated[tuple[LeftOut, ...], Doc("what of the order of battle does not appear, and why")] = ()
