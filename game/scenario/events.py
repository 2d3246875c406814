"""What ``events.yaml`` of a scenario declares: triggers and effects, as data. Nothing in a scenario can execute.

The loader reads the file as :class:`EventsFile` and puts the plain form of its list ``events``
(:func:`game.scenario.canonical.to_plain`) under ``world.raw["events"]``; :mod:`game.rules.scripted` reads it back
with ``from_plain``. Places are referred to by name, hexes and sides by label, units and factions by id.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Literal

from game.scenario.spec import (
    Contradiction,
    Date,
    Doc,
    FormatVersion,
    Hex,
    Id,
    Int,
    Name,
    OneOf,
    Prose,
    Ref,
    Side,
    Size,
    Text,
)

Faction = Annotated[str, Ref("faction", "id of a faction")]
Unit = Annotated[str, Ref("unit", "id of a unit")]
Units = Annotated[tuple[Unit, ...], Size(1, 60), Doc("ids of units")]
Flag = Annotated[str, Text(40, "name of a flag that events set and ask for, without spaces")]
Turn = Annotated[int, Int(0, 999, "turn")]
Percent = Annotated[int, Int(0, 100, "percent", "the chance")]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place by its name, or a hex by its label."""

    place: Annotated[str | None, Ref("place", "name of a place")] = None
    hex: Annotated[Hex | None, Doc("label of a hex")] = None

    def contradictions(self) -> Iterator[Contradiction]:
        if (self.place is None) == (self.hex is None):
            yield Contradiction("hex", "a spot is a place or a hex", "give one of place and hex")


# --- triggers -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OnDate:
    """Any turn that holds a day of the span."""

    on: Literal["date"]
    from_: Annotated[Date, Doc("first day")]
    to: Annotated[Date | None, Doc("last day; open when left out")] = None


@dataclass(frozen=True, slots=True)
class OnTurn:
    """A span of turns."""

    on: Literal["turn"]
    from_: Annotated[Turn, Doc("first turn")]
    to: Annotated[Turn, Doc("last turn")] = 999


@dataclass(frozen=True, slots=True)
class OnControl:
    """Who holds a place."""

    on: Literal["control"]
    at: Annotated[Spot, Doc("where")]
    faction: Annotated[Faction, Doc("who must hold it, or an ally")]
    holds: Annotated[bool, Doc("false: it must be in other hands")] = True


@dataclass(frozen=True, slots=True)
class OnHeld:
    """A place held without a break."""

    on: Literal["held"]
    at: Annotated[Spot, Doc("where")]
    faction: Annotated[Faction, Doc("who must hold it")]
    turns: Annotated[int, Int(1, 99, "end checks", "for how long")]


@dataclass(frozen=True, slots=True)
class OnUnit:
    """What has become of a unit."""

    on: Literal["unit"]
    unit: Unit
    is_: Annotated[Literal["on-map", "waiting", "destroyed", "withdrawn", "at"], Doc("its fate; `at` needs a spot")]
    at: Annotated[Spot | None, Doc("where, for `at`")] = None
    within: Annotated[int, Int(0, 20, "hexes", "how near, for `at`")] = 0

    def contradictions(self) -> Iterator[Contradiction]:
        if (self.is_ == "at") != (self.at is not None):
            yield Contradiction("at", "`is: at` and a spot belong together", "give both or neither")


@dataclass(frozen=True, slots=True)
class OnNear:
    """Troops of a faction near a place."""

    on: Literal["near"]
    at: Annotated[Spot, Doc("where")]
    faction: Faction
    within: Annotated[int, Int(0, 20, "hexes", "how near")] = 1
    steps: Annotated[int, Int(1, 60, "steps", "how many at least")] = 1


@dataclass(frozen=True, slots=True)
class OnLadder:
    """The rung of the escalation ladder."""

    on: Literal["ladder"]
    from_: Annotated[int, Int(0, 5, "rung", "lowest rung")]
    to: Annotated[int, Int(0, 5, "rung", "highest rung")] = 5


@dataclass(frozen=True, slots=True)
class OnDice:
    """A chance, rolled each turn in which everything else holds."""

    on: Literal["dice"]
    percent: Percent


@dataclass(frozen=True, slots=True)
class OnFlag:
    """A flag that an event has set."""

    on: Literal["flag"]
    flag: Flag
    set: Annotated[bool, Doc("false: it must not be set")] = True


@dataclass(frozen=True, slots=True)
class OnFired:
    """Another event has happened."""

    on: Literal["fired"]
    event: Annotated[str, Ref("event", "id of the other event")]
    times: Annotated[int, Int(1, 99, "times", "how often at least")] = 1


@dataclass(frozen=True, slots=True)
class OnWeather:
    """The weather of the turn."""

    on: Literal["weather"]
    is_: Annotated[Literal["clear", "dust", "rain"], Doc("which weather it must be")]


@dataclass(frozen=True, slots=True)
class OnSiegeBroken:
    """A garrison once cut off is in supply by road: a unit of the faction stands in the hex, and its net reaches it."""

    on: Literal["siege-broken"]
    at: Annotated[Spot, Doc("where")]
    faction: Faction


Trigger = Annotated[
    OnDate
    | OnTurn
    | OnControl
    | OnHeld
    | OnUnit
    | OnNear
    | OnLadder
    | OnDice
    | OnFlag
    | OnFired
    | OnWeather
    | OnSiegeBroken,
    OneOf("on"),
]


# --- effects ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reinforce:
    """Units come, from the turn's reinforcement phase on."""

    do: Literal["reinforce"]
    units: Units
    at: Annotated[Spot | None, Doc("where; their usual entry when left out")] = None
    delay: Annotated[int, Int(0, 99, "turns", "how much later")] = 0


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Units leave the map."""

    do: Literal["withdraw"]
    units: Units
    back: Annotated[Turn, Doc("turn in which they come back; 0: never")] = 0
    at: Annotated[Spot | None, Doc("where they come back; their usual entry when left out")] = None
    why: Annotated[str, Text(120, "for the log")] = "called away"


@dataclass(frozen=True, slots=True)
class Message:
    """Further words for some factions alone."""

    do: Literal["message"]
    text: Prose
    to: Annotated[tuple[Faction, ...], Size(1, 8), Doc("who reads it")]


@dataclass(frozen=True, slots=True)
class Points:
    """Points given or taken: command with the faction's next grant, liaison and victory at once."""

    do: Literal["points"]
    faction: Faction
    command: Annotated[int, Int(-20, 20, "command points", "given, or taken below 0")] = 0
    liaison: Annotated[int, Int(-20, 20, "liaison points", "given, or taken below 0")] = 0
    victory: Annotated[int, Int(-500, 500, "tenths of a point", "victory points given, or taken below 0")] = 0
    why: Annotated[str, Text(120, "for the log")] = "event"


@dataclass(frozen=True, slots=True)
class Grant:
    """What a faction is granted each turn changes from now on, or once."""

    do: Literal["grant"]
    faction: Faction
    kind: Annotated[str, Ref("support", "kind of support, or command", also=("command",))]
    change: Annotated[int, Int(-20, 20, "points a turn", "more, or less below 0")]
    once: Annotated[bool, Doc("true: with the next grant alone")] = False


@dataclass(frozen=True, slots=True)
class Pool:
    """Replacement steps in hand."""

    do: Literal["pool"]
    faction: Faction
    change: Annotated[int, Int(-60, 60, "steps", "given, or taken below 0")]


@dataclass(frozen=True, slots=True)
class Control:
    """Ground passes to a faction without a fight; units of its enemies there keep their hexes."""

    do: Literal["control"]
    faction: Faction
    at: Annotated[tuple[Spot, ...], Size(1, 200), Doc("where")]


@dataclass(frozen=True, slots=True)
class Ladder:
    """The escalation ladder moves, within rungs 0 to 4."""

    do: Literal["ladder"]
    change: Annotated[int, Int(-4, 4, "rungs", "up, or down below 0")]
    why: Annotated[str, Text(120, "for the log")]


@dataclass(frozen=True, slots=True)
class SetFlag:
    """A flag is set or cleared."""

    do: Literal["flag"]
    flag: Flag
    on: Annotated[bool, Doc("false: cleared")] = True


@dataclass(frozen=True, slots=True)
class Crossing:
    """A crossing opens or breaks."""

    do: Literal["crossing"]
    side: Annotated[Side, Doc("hexside of a crossing of crossings.yaml")]
    state: Annotated[Literal["open", "blown"], Doc("what becomes of it")]
    why: Annotated[str, Text(120, "for the log")] = "event"


@dataclass(frozen=True, slots=True)
class Losses:
    """A unit loses steps or cohesion, such as by the loss of a commander."""

    do: Literal["losses"]
    unit: Unit
    lost: Annotated[int, Int(0, 6, "steps", "steps lost for good")] = 0
    disrupted: Annotated[int, Int(0, 6, "steps", "steps disrupted")] = 0
    why: Annotated[str, Text(120, "for the log")] = "event"


@dataclass(frozen=True, slots=True)
class Release:
    """Units that were tied down may move."""

    do: Literal["release"]
    units: Units
    turn: Annotated[Turn, Doc("from which turn on; 0: at once")] = 0


@dataclass(frozen=True, slots=True)
class Sight:
    """A faction sees what stands around a spot."""

    do: Literal["sight"]
    faction: Faction
    at: Annotated[Spot, Doc("where")]
    radius: Annotated[int, Int(0, 8, "hexes", "how far around")] = 1


@dataclass(frozen=True, slots=True)
class End:
    """The game ends."""

    do: Literal["end"]


Effect = Annotated[
    Reinforce
    | Withdraw
    | Message
    | Points
    | Grant
    | Pool
    | Control
    | Ladder
    | SetFlag
    | Crossing
    | Losses
    | Release
    | Sight
    | End,
    OneOf("do"),
]


@dataclass(frozen=True, slots=True)
class EventSpec:
    """Something that happens at the start of a turn when its triggers hold."""

    id: Annotated[str, Id("event", "id that other events refer to")]
    name: Name
    text: Annotated[Prose, Doc("what players read when it happens")]
    when: Annotated[tuple[Trigger, ...], Doc("triggers that must all hold")] = ()
    any: Annotated[tuple[Trigger, ...], Doc("triggers of which one must hold")] = ()
    do: Annotated[tuple[Effect, ...], Doc("what happens; nothing but the message when left out")] = ()
    times: Annotated[int, Int(0, 99, "times", "how often it may happen; 0: each turn its triggers hold")] = 1
    priority: Annotated[int, Int(0, 999, "place in the order", "lower numbers happen first")] = 100
    seen_by: Annotated[tuple[Faction, ...], Doc("who reads the text; everybody when left out")] = ()
    option: Annotated[
        str | None, Text(40, "a scenario option that must be on, for what-ifs that are off by default")
    ] = None
    source: Annotated[str | None, Text(200, "where the fact comes from")] = None

    def contradictions(self) -> Iterator[Contradiction]:
        if not self.when and not self.any:
            yield Contradiction("when", "nothing triggers this event", "add when or any")


@dataclass(frozen=True, slots=True)
class EventsFile:
    """The file ``events.yaml``: what happens by itself."""

    format: FormatVersion
    events: Annotated[
        tuple[EventSpec, ...], Size(0, 1000), Doc("events; each turn they are asked by priority, then id")
    ]
