"""What an event of ``events.yaml`` may wait for. A trigger is a question about the moment, without a memory.

The word under ``on`` says which it is; :data:`game.rules.conditions.TRIGGERS` holds the answer to each.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Literal

from game.scenario.area import Area, Spot
from game.schema.spec import Contradiction, Date, Doc, Int, OneOf, Ref, Side, Size, Text

Faction = Annotated[str, Ref("faction", "id of a faction")]
Unit = Annotated[str, Ref("unit", "id of a unit")]
PlaceName = Annotated[str, Ref("place", "name of a place")]
Flag = Annotated[str, Text(40, "name of a flag that events set and ask for, without spaces")]
Turn = Annotated[int, Int(0, 999, "turn")]
Percent = Annotated[int, Int(0, 100, "percent", "the chance")]

# --- time -------------------------------------------------------------------------------------------------------


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
class OnWindow:
    """One turn of a span of days, drawn by lot: each turn of the span is as likely as the others."""

    on: Literal["window"]
    from_: Annotated[Date, Doc("first day")]
    to: Annotated[Date, Doc("last day")]


@dataclass(frozen=True, slots=True)
class OnWeather:
    """The weather of the turn."""

    on: Literal["weather"]
    is_: Annotated[Literal["clear", "dust", "rain"], Doc("which weather it must be")]


# --- ground -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OnControl:
    """Who holds a place."""

    on: Literal["control"]
    at: Annotated[Spot, Doc("where")]
    faction: Annotated[Faction, Doc("who must hold it, or an ally")]
    holds: Annotated[bool, Doc("false: it must be in other hands")] = True


@dataclass(frozen=True, slots=True)
class OnTaken:
    """A place that has changed hands since events were last asked at the start of a turn."""

    on: Literal["taken"]
    at: Annotated[Spot, Doc("where")]
    by: Annotated[Faction | None, Doc("who has it now, or an ally; anybody when left out")] = None
    from_: Annotated[Faction | None, Doc("who has lost it, or an ally; anybody when left out")] = None


@dataclass(frozen=True, slots=True)
class OnHeld:
    """A place held without a break."""

    on: Literal["held"]
    at: Annotated[Spot, Doc("where")]
    faction: Annotated[Faction, Doc("who must hold it")]
    turns: Annotated[int, Int(1, 99, "end checks", "for how long")]


@dataclass(frozen=True, slots=True)
class OnPrizes:
    """How many prizes a faction would be paid for now."""

    on: Literal["prizes"]
    faction: Annotated[Faction, Doc("who would be paid")]
    count: Annotated[int, Int(1, 99, "prizes", "how many at least")]


@dataclass(frozen=True, slots=True)
class OnCrossing:
    """Whether a river can be crossed at a hexside."""

    on: Literal["crossing"]
    side: Annotated[Side, Doc("hexside of the river")]
    is_: Annotated[Literal["open", "closed"], Doc("open: a bridge, ferry, pontoon or dam carries traffic")]


# --- troops -----------------------------------------------------------------------------------------------------


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
class OnStrength:
    """A unit on the map that is worn down."""

    on: Literal["strength"]
    unit: Unit
    at_most: Annotated[int, Int(0, 6, "steps", "so many steps are left, or fewer; disrupted ones do not count")]


@dataclass(frozen=True, slots=True)
class OnSupply:
    """How a unit on the map was supplied when its faction's turn opened last."""

    on: Literal["supply"]
    unit: Unit
    is_: Annotated[Literal["full", "stretched", "cut"], Doc("its supply")]
    turns: Annotated[int, Int(1, 99, "turns", "for how long at least, for `cut`")] = 1


@dataclass(frozen=True, slots=True)
class OnNear:
    """Troops of a faction near a place."""

    on: Literal["near"]
    at: Annotated[Spot, Doc("where")]
    faction: Annotated[Faction, Doc("whose troops")]
    within: Annotated[int, Int(0, 20, "hexes", "how near")] = 1
    steps: Annotated[int, Int(1, 60, "steps", "how many at least")] = 1


@dataclass(frozen=True, slots=True)
class OnInside:
    """Units of a faction in an area."""

    on: Literal["inside"]
    area: Annotated[Area, Doc("where", "{around: {place: Mayadin, radius: 2}}")]
    faction: Annotated[Faction, Doc("whose units")]
    units: Annotated[int, Int(0, 99, "units", "how many units at least")] = 1
    steps: Annotated[int, Int(0, 999, "steps", "how many steps at least, all together")] = 0


@dataclass(frozen=True, slots=True)
class OnSiegeBroken:
    """A garrison once cut off is in supply by road: a unit of the faction stands in the hex, and its net reaches it."""

    on: Literal["siege-broken"]
    at: Annotated[Spot, Doc("where")]
    faction: Annotated[Faction, Doc("whose garrison")]


@dataclass(frozen=True, slots=True)
class OnLost:
    """Steps that a faction has lost since the start."""

    on: Literal["lost"]
    faction: Annotated[Faction, Doc("whose losses")]
    steps: Annotated[int, Int(1, 999, "steps", "how many at least")]


@dataclass(frozen=True, slots=True)
class OnDestroyed:
    """Units of a faction that have been destroyed."""

    on: Literal["destroyed"]
    faction: Annotated[Faction, Doc("whose units")]
    units: Annotated[int, Int(1, 999, "units", "how many at least")]


# --- people, politics, accounts -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OnHunger:
    """A place whose civilians have gone without supply."""

    on: Literal["hunger"]
    place: PlaceName
    turns: Annotated[int, Int(1, 99, "turns", "for how long at least")]


@dataclass(frozen=True, slots=True)
class OnHarm:
    """Harm to civilians: in a place, or counted against a faction."""

    on: Literal["harm"]
    harm: Annotated[int, Int(1, 9999, "harm", "how much at least")]
    place: Annotated[PlaceName | None, Doc("in which place")] = None
    faction: Annotated[Faction | None, Doc("counted against which faction")] = None

    def contradictions(self) -> Iterator[Contradiction]:
        if (self.place is None) == (self.faction is None):
            yield Contradiction("place", "harm is counted in a place or by a faction", "give one of place and faction")


@dataclass(frozen=True, slots=True)
class OnLadder:
    """The rung of the escalation ladder."""

    on: Literal["ladder"]
    from_: Annotated[int, Int(0, 5, "rung", "lowest rung")]
    to: Annotated[int, Int(0, 5, "rung", "highest rung")] = 5


@dataclass(frozen=True, slots=True)
class OnIncidents:
    """Incidents between the blocs so far."""

    on: Literal["incidents"]
    count: Annotated[int, Int(1, 99, "incidents", "how many at least")]
    faction: Annotated[Faction | None, Doc("who caused them; everybody together when left out")] = None


@dataclass(frozen=True, slots=True)
class OnStance:
    """What two factions are to each other now."""

    on: Literal["stance"]
    a: Annotated[Faction, Doc("one of the two")]
    b: Annotated[Faction, Doc("the other one")]
    is_: Annotated[Literal["allied", "friendly", "rival", "war"], Doc("which it must be")]


@dataclass(frozen=True, slots=True)
class OnPoints:
    """Points earned in play, without those for prizes held."""

    on: Literal["points"]
    faction: Annotated[Faction, Doc("whose points")]
    at_least: Annotated[int, Int(-9999, 9999, "tenths of a point", "so many, or more")]


@dataclass(frozen=True, slots=True)
class OnReplacements:
    """Replacement steps in a faction's pool."""

    on: Literal["replacements"]
    faction: Annotated[Faction, Doc("whose pool")]
    at_least: Annotated[int, Int(1, 60, "steps", "so many, or more")]


# --- other events, chance, and what is put together ---------------------------------------------------------------


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
    ago: Annotated[int, Int(0, 99, "turns", "how long ago at least, the last time")] = 0


@dataclass(frozen=True, slots=True)
class OnOption:
    """An option of the scenario."""

    on: Literal["option"]
    option: Annotated[str, Ref("option", "name of an option of scenario.yaml")]
    is_: Annotated[bool, Doc("false: it must be off")] = True


@dataclass(frozen=True, slots=True)
class OnDice:
    """A chance, rolled each time in which everything else holds."""

    on: Literal["dice"]
    percent: Percent


@dataclass(frozen=True, slots=True)
class OnAll:
    """Triggers that must all hold, as one."""

    on: Literal["all"]
    of: Annotated[tuple[Trigger, ...], Size(1, 20), Doc("which")]


@dataclass(frozen=True, slots=True)
class OnAny:
    """Triggers of which one must hold, as one."""

    on: Literal["any"]
    of: Annotated[tuple[Trigger, ...], Size(1, 20), Doc("which")]


@dataclass(frozen=True, slots=True)
class OnNot:
    """A trigger that must not hold; of several, all of them must not."""

    on: Literal["not"]
    of: Annotated[tuple[Trigger, ...], Size(1, 20), Doc("which")]


Trigger = Annotated[
    OnDate | OnTurn | OnWindow | OnWeather
    | OnControl | OnTaken | OnHeld | OnPrizes | OnCrossing
    | OnUnit | OnStrength | OnSupply | OnNear | OnInside | OnSiegeBroken | OnLost | OnDestroyed
    | OnHunger | OnHarm | OnLadder | OnIncidents | OnStance | OnPoints | OnReplacements
    | OnFlag | OnFired | OnOption | OnDice | OnAll | OnAny | OnNot,
    OneOf("on"),
]  # fmt: skip


def flat(triggers: tuple[Trigger, ...]) -> Iterator[Trigger]:
    """Every trigger of a list, with those inside compound ones."""
    for trigger in triggers:
        yield trigger
        if isinstance(trigger, OnAll | OnAny | OnNot):
            yield from flat(trigger.of)
