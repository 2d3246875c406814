"""What an event of ``events.yaml`` may do. The word under ``do`` says which effect it is.

:data:`game.rules.effects.EFFECTS` holds how each is carried out. What an effect cannot do it leaves undone: a unit that
finds no room waits, a bridge that stands is not opened again. Effects follow one another in the order of the list.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Literal

from game.scenario.area import Area, Spot
from game.scenario.triggers import Faction, Flag, Percent, PlaceName, Turn, Unit
from game.schema.spec import Contradiction, Doc, Int, OneOf, Prose, Ref, Side, Size, Text

Units = Annotated[tuple[Unit, ...], Size(1, 60), Doc("ids of units")]
Factions = Annotated[tuple[Faction, ...], Size(1, 8)]
Why = Annotated[str, Text(120, "for the log")]
Spots = Annotated[tuple[Spot, ...], Size(1, 200), Doc("where")]

# --- units come, go and change ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DoReinforce:
    """Units come, from the turn's reinforcement phase on, by the rules of chapter 15."""

    do: Literal["reinforce"]
    units: Units
    at: Annotated[Spot | None, Doc("where; their usual entry when left out, else where they stood at the start")] = None
    delay: Annotated[int, Int(0, 99, "turns", "how much later")] = 0


@dataclass(frozen=True, slots=True)
class DoAppear:
    """Units stand in a hex at once, out of tunnels or over the river, whatever zones lie on it.

    Of the spots the first without strangers and with room is taken, then the hexes beside them; when there is none, a
    unit that waits is due next turn at the first spot, and one on the map stays where it is.
    """

    do: Literal["appear"]
    units: Units
    at: Annotated[tuple[Spot, ...], Size(1, 20), Doc("where, best first")]
    hidden: Annotated[bool, Doc("true: they are hidden there")] = False


@dataclass(frozen=True, slots=True)
class DoWithdraw:
    """Units leave the map."""

    do: Literal["withdraw"]
    units: Units
    back: Annotated[Turn, Doc("turn in which they come back; 0: never")] = 0
    at: Annotated[
        Spot | None, Doc("where they come back; their usual entry when left out, else where they stood at the start")
    ] = None
    why: Why = "called away"


@dataclass(frozen=True, slots=True)
class DoLock:
    """Units are tied down where they are."""

    do: Literal["lock"]
    units: Units
    turns: Annotated[int, Int(1, 999, "turns", "for how long, this turn included")]


@dataclass(frozen=True, slots=True)
class DoRelease:
    """Units that were tied down may move."""

    do: Literal["release"]
    units: Units
    turn: Annotated[Turn, Doc("from which turn on; 0: at once")] = 0


@dataclass(frozen=True, slots=True)
class DoHide:
    """Units on the map go to ground, or come out of hiding."""

    do: Literal["hide"]
    units: Units
    hidden: Annotated[bool, Doc("false: they show themselves")] = True


@dataclass(frozen=True, slots=True)
class DoDig:
    """Units on the map are entrenched to a level."""

    do: Literal["dig"]
    units: Units
    level: Annotated[int, Int(0, 3, "levels", "how deep; the ground sets the limit")]


@dataclass(frozen=True, slots=True)
class DoRestore:
    """Units on the map recover disrupted steps, or regain lost ones without the replacement pool."""

    do: Literal["restore"]
    units: Units
    gathered: Annotated[int, Int(0, 6, "steps", "disrupted steps that recover")] = 0
    replaced: Annotated[int, Int(0, 6, "steps", "lost steps that come back")] = 0


@dataclass(frozen=True, slots=True)
class DoLosses:
    """Steps are lost or disrupted: by one unit, or by each of those who stand in an area."""

    do: Literal["losses"]
    unit: Annotated[Unit | None, Doc("one unit by its id")] = None
    area: Annotated[Area | None, Doc("instead of a unit: all units here")] = None
    of: Annotated[Factions | None, Doc("of which factions, in an area; all when left out")] = None
    lost: Annotated[int, Int(0, 6, "steps", "steps lost for good, by each unit")] = 0
    disrupted: Annotated[int, Int(0, 6, "steps", "steps disrupted, of each unit")] = 0
    why: Why = "event"

    def contradictions(self) -> Iterator[Contradiction]:
        if (self.unit is None) == (self.area is None):
            yield Contradiction("unit", "losses fall on a unit or in an area", "give one of unit and area")


@dataclass(frozen=True, slots=True)
class DoSalvo:
    """Fire from off the map on an area: missiles, bombers, shells. It hits the units there, and civilians.

    Each shot falls on a hex of the area with troops, drawn by lot, or on the first hex when it is empty of them.
    """

    do: Literal["salvo"]
    area: Annotated[Area, Doc("where", "{around: {place: Bukamal, radius: 1}}")]
    shots: Annotated[int, Int(1, 40, "shots", "how many")]
    hit: Annotated[int, Int(0, 100, "percent", "chance that a shot hits the strongest unit of its hex")]
    kill: Annotated[int, Int(0, 100, "percent", "chance that a hit destroys a step instead of disrupting it")] = 50
    by: Annotated[Faction | None, Doc("whose fire it is: spared with its allies, and answerable for harm")] = None
    of: Annotated[Factions | None, Doc("which factions it may hit; all but its own side when left out")] = None
    harm: Annotated[int, Int(0, 20, "points", "points of heavy fire that each shot is for a town it falls on")] = 0
    name: Annotated[str, Text(40, "what it is, for the log")] = "salvo"


# --- what a faction has -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DoPoints:
    """Points given or taken: command with the faction's next grant, liaison and victory at once."""

    do: Literal["points"]
    faction: Annotated[Faction, Doc("who gets or loses them")]
    command: Annotated[int, Int(-20, 20, "command points", "given; below 0: taken away")] = 0
    liaison: Annotated[int, Int(-20, 20, "liaison points", "given; below 0: taken away")] = 0
    victory: Annotated[int, Int(-500, 500, "tenths of a point", "victory points given; below 0: taken away")] = 0
    why: Why = "event"


@dataclass(frozen=True, slots=True)
class DoGrant:
    """What a faction is granted each turn changes from now on, or once."""

    do: Literal["grant"]
    faction: Annotated[Faction, Doc("whose grant")]
    kind: Annotated[str, Ref("support", "kind of support, or command", also=("command",))]
    change: Annotated[int, Int(-20, 20, "points a turn", "how much more; below 0: less")]
    once: Annotated[bool, Doc("true: with the next grant alone")] = False


@dataclass(frozen=True, slots=True)
class DoPool:
    """Replacement steps in hand."""

    do: Literal["pool"]
    faction: Annotated[Faction, Doc("whose pool")]
    change: Annotated[int, Int(-60, 60, "steps", "given; below 0: taken away")]


@dataclass(frozen=True, slots=True)
class DoSource:
    """A source of supply opens, closes, or feeds more or fewer steps, from now on."""

    do: Literal["source"]
    faction: Annotated[Faction, Doc("whose source")]
    name: Annotated[str, Text(80, "name of the source in the faction's file of forces")]
    open: Annotated[bool, Doc("false: it gives nothing")] = True
    capacity: Annotated[int | None, Int(0, 1000, "steps", "steps that it feeds; as before when left out")] = None


@dataclass(frozen=True, slots=True)
class DoDrop:
    """Supplies lie in a hex, and feed units that no road reaches."""

    do: Literal["drop"]
    faction: Annotated[Faction, Doc("whom they feed")]
    at: Annotated[Spot, Doc("where")]
    turns: Annotated[int, Int(1, 9, "turns", "how long they last")] = 1


@dataclass(frozen=True, slots=True)
class DoSight:
    """A faction sees what stands around a spot, hidden cells too."""

    do: Literal["sight"]
    faction: Annotated[Faction, Doc("who sees it")]
    at: Annotated[Spot, Doc("where")]
    radius: Annotated[int, Int(0, 8, "hexes", "how far around")] = 1


# --- the map ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DoControl:
    """Ground passes to a faction without a fight; units of its enemies there keep their hexes."""

    do: Literal["control"]
    faction: Annotated[Faction, Doc("who gets it")]
    at: Spots


@dataclass(frozen=True, slots=True)
class DoCrossing:
    """A crossing opens or breaks. With a kind, a river hexside without a crossing gets a new one."""

    do: Literal["crossing"]
    side: Annotated[Side, Doc("hexside of a crossing of crossings.yaml, or of a river")]
    state: Annotated[Literal["open", "blown"], Doc("what becomes of it")]
    kind: Annotated[Literal["bridge", "ferry", "pontoon"] | None, Doc("what is laid where none stands")] = None
    faction: Annotated[Faction | None, Doc("whose the new crossing is; anybody's when left out")] = None
    why: Why = "event"


@dataclass(frozen=True, slots=True)
class DoGround:
    """The ground of hexes changes, but not under a unit that could not stand on the new kind."""

    do: Literal["terrain"]
    area: Annotated[Area, Doc("where")]
    to: Annotated[str, Ref("terrain", "the new kind of ground", "rough")]


@dataclass(frozen=True, slots=True)
class DoInterdict:
    """Roads in an area are interdicted by a faction until its next turn opens."""

    do: Literal["interdict"]
    faction: Annotated[Faction, Doc("who interdicts them")]
    area: Annotated[Area, Doc("where; hexes without a road are left alone")]


@dataclass(frozen=True, slots=True)
class DoWeather:
    """The weather of this turn changes."""

    do: Literal["weather"]
    to: Annotated[Literal["clear", "dust", "rain"], Doc("what it becomes")]


# --- politics and people ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DoLadder:
    """The escalation ladder moves, within rungs 0 to 4."""

    do: Literal["ladder"]
    change: Annotated[int, Int(-4, 4, "rungs", "how far up; below 0: down")]
    why: Annotated[str, Text(120, "for the log")]


@dataclass(frozen=True, slots=True)
class DoRung:
    """The escalation ladder is set to a rung."""

    do: Literal["rung"]
    to: Annotated[int, Int(0, 4, "rung", "where it stands")]
    why: Annotated[str, Text(120, "for the log")]


@dataclass(frozen=True, slots=True)
class DoIncident:
    """An incident between the blocs: points, disruption and a rung, as by rule 11.6."""

    do: Literal["incident"]
    faction: Annotated[Faction, Doc("who caused it")]
    at: Annotated[Spot, Doc("where")]


@dataclass(frozen=True, slots=True)
class DoStance:
    """What two factions are to each other changes, both ways."""

    do: Literal["stance"]
    a: Annotated[Faction, Doc("one of the two")]
    b: Annotated[Faction, Doc("the other one")]
    to: Annotated[Literal["allied", "friendly", "rival", "war"], Doc("what they are from now on")]

    def contradictions(self) -> Iterator[Contradiction]:
        if self.a == self.b:
            yield Contradiction("b", "a faction has no stance to itself", "name another faction")


@dataclass(frozen=True, slots=True)
class DoLine:
    """Hexes pass to a bloc's side of the deconfliction line."""

    do: Literal["line"]
    zone: Annotated[Faction, Doc("leading faction of the bloc, as in relations.yaml")]
    area: Annotated[Area, Doc("which hexes")]


@dataclass(frozen=True, slots=True)
class DoAirspace:
    """The rules of an airspace change; what is left out stays."""

    do: Literal["airspace"]
    zone: Annotated[str, Ref("airspace", "id of an airspace of relations.yaml")]
    in_force: Annotated[bool | None, Doc("false: it ends; true: it holds from now on")] = None
    no_fly: Annotated[bool | None, Doc("true: nobody flies there")] = None
    may_fly: Annotated[tuple[Faction, ...] | None, Size(0, 8), Doc("who may send aircraft")] = None
    must_notify: Annotated[tuple[Faction, ...] | None, Size(0, 8), Doc("who must give notice of flights")] = None


@dataclass(frozen=True, slots=True)
class DoHarm:
    """Civilians of a place are harmed."""

    do: Literal["harm"]
    place: PlaceName
    harm: Annotated[int, Int(1, 100, "harm", "how much")]
    by: Annotated[Faction | None, Doc("the faction that it counts against; nobody when left out")] = None
    why: Why = "event"


@dataclass(frozen=True, slots=True)
class DoFlee:
    """Civilians leave a place for another one or for beyond the map."""

    do: Literal["flee"]
    place: PlaceName
    people: Annotated[int, Int(1, 20_000, "thousand people", "how many; all of them when there are fewer")]
    to: Annotated[PlaceName | None, Doc("where they go; beyond the map when left out")] = None


@dataclass(frozen=True, slots=True)
class DoRelief:
    """A relief convoy reaches a place: its people are fed."""

    do: Literal["relief"]
    place: PlaceName


# --- words, flags, the game ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DoMessage:
    """Further words for some factions alone."""

    do: Literal["message"]
    text: Prose
    to: Annotated[tuple[Faction, ...], Size(1, 8), Doc("who reads it")]


@dataclass(frozen=True, slots=True)
class DoFlag:
    """A flag is set or cleared."""

    do: Literal["flag"]
    flag: Flag
    on: Annotated[bool, Doc("false: cleared")] = True


@dataclass(frozen=True, slots=True)
class DoFire:
    """Another event happens at once, whatever its triggers, if it may still happen and its chance allows."""

    do: Literal["fire"]
    event: Annotated[str, Ref("event", "id of the other event")]
    percent: Percent = 100


@dataclass(frozen=True, slots=True)
class DoEnd:
    """The game ends, and is scored as it stands; or a faction has won, whatever the points."""

    do: Literal["end"]
    winner: Annotated[Faction | None, Doc("who has won; by points when left out")] = None


Effect = Annotated[
    DoReinforce | DoAppear | DoWithdraw | DoLock | DoRelease | DoHide | DoDig | DoRestore | DoLosses | DoSalvo
    | DoPoints | DoGrant | DoPool | DoSource | DoDrop | DoSight
    | DoControl | DoCrossing | DoGround | DoInterdict | DoWeather
    | DoLadder | DoRung | DoIncident | DoStance | DoLine | DoAirspace | DoHarm | DoFlee | DoRelief
    | DoMessage | DoFlag | DoFire | DoEnd,
    OneOf("do"),
]  # fmt: skip
