"""``coach.yaml``: lessons at the table, step by step, for the person who plays one faction.

A step says what to do, what is lit up meanwhile, and what must be done and must hold for the next one to come. What is
done is told by the table (:class:`DidSelect` and the others); what must hold are the triggers of events. Nothing here
changes the game. ``world.coach`` holds the steps.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Literal

from game.scenario.area import Spot
from game.scenario.triggers import Faction, Trigger, Turn, Unit
from game.schema.spec import Contradiction, Doc, FormatVersion, Id, Int, Name, OneOf, Prose, Size

OrderWord = Literal[
    "move", "attack", "bombard", "strike", "interdict", "strike-bridge", "scout", "air-drop", "march", "dig-in",
    "rest", "unload", "bridge", "blow", "infiltrate", "notify", "hotline", "cede", "standstill", "grounding", "warn",
    "close-sky",
]  # fmt: skip
Preparable = Literal["attack", "bombard", "pontoon", "ferry", "boats", "strike", "corridor"]
OrderButton = Literal[
    "attack", "bombard", "march", "forced", "dig_in", "rest", "refit", "unload", "pontoon", "ferry", "repair",
    "boats", "blow", "infiltrate", "air_drop", "strike", "interdict", "break_bridge", "scout", "corridor", "hotline",
    "cede", "standstill", "grounding", "warn", "close_sky",
]  # fmt: skip
OverlayWord = Literal[
    "held", "line", "supply", "threat", "chokes", "intel", "airspace", "objectives", "idle", "ghost", "grid",
]  # fmt: skip
Part = Literal["end-turn", "next-unit", "undo", "forecast", "unit", "orders", "views", "log", "minimap", "top"]

# --- what the player has done in this step ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DidSelect:
    """A unit is selected, alone or with others."""

    on: Literal["select"]
    unit: Annotated[Unit, Doc("its id")]


@dataclass(frozen=True, slots=True)
class DidGather:
    """Several units are selected together."""

    on: Literal["gather"]
    units: Annotated[int, Int(2, 40, "units", "how many at least")]


@dataclass(frozen=True, slots=True)
class DidPoint:
    """The mouse has pointed at a hex while a unit was selected, so that its forecast was shown."""

    on: Literal["point"]
    at: Annotated[Spot, Doc("where")]


@dataclass(frozen=True, slots=True)
class DidPrepare:
    """An order is in preparation, so that its forecast is shown."""

    on: Literal["prepare"]
    order: Annotated[Preparable, Doc("which")]
    units: Annotated[int, Int(1, 20, "units", "for an attack: how many attackers at least")] = 1
    support: Annotated[int, Int(0, 20, "points", "for an attack: how much support at least")] = 0


@dataclass(frozen=True, slots=True)
class DidOrder:
    """Orders of a kind have been given since the step began."""

    on: Literal["order"]
    order: Annotated[OrderWord, Doc("which, by the word of its text form")]
    times: Annotated[int, Int(1, 40, "orders", "how many at least")] = 1


@dataclass(frozen=True, slots=True)
class DidShow:
    """An overlay is shown."""

    on: Literal["show"]
    overlay: Annotated[OverlayWord, Doc("which")]


@dataclass(frozen=True, slots=True)
class DidAsk:
    """The player has asked why, with the question mark."""

    on: Literal["ask"]


@dataclass(frozen=True, slots=True)
class DidClear:
    """No enemy is known near a place."""

    on: Literal["clear"]
    at: Annotated[Spot, Doc("where")]
    within: Annotated[int, Int(0, 20, "hexes", "how near")] = 0


Doing = Annotated[
    DidSelect | DidGather | DidPoint | DidPrepare | DidOrder | DidShow | DidAsk | DidClear,
    OneOf("on"),
]

# --- steps ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Spotlight:
    """What is lit up: a unit, a place or hex, a part of the window, the button of an order or of an overlay."""

    unit: Annotated[Unit | None, Doc("the counter of a unit")] = None
    at: Annotated[Spot | None, Doc("a place or hex")] = None
    part: Annotated[Part | None, Doc("a part of the window")] = None
    order: Annotated[OrderButton | None, Doc("the button of an order")] = None
    overlay: Annotated[OverlayWord | None, Doc("the button of an overlay")] = None

    def contradictions(self) -> Iterator[Contradiction]:
        given = [one for one in (self.unit, self.at, self.part, self.order, self.overlay) if one is not None]
        if len(given) != 1:
            yield Contradiction("unit", "a spotlight falls on one thing", "give one key alone")


@dataclass(frozen=True, slots=True)
class CoachStep:
    """One step of the lessons: it ends when all of ``done`` was done and all of ``when`` holds."""

    id: Annotated[str, Id("step", "id of the step, by which a save finds it again")]
    lesson: Annotated[Name, Doc("the lesson that the step belongs to, over its card", "The forecast")]
    text: Annotated[Prose, Doc("what to do and why, in a few sentences; **bold** stands out")]
    show: Annotated[tuple[Spotlight, ...], Size(0, 4), Doc("what is lit up meanwhile")] = ()
    done: Annotated[tuple[Doing, ...], Size(0, 8), Doc("what the player must have done in this step")] = ()
    when: Annotated[tuple[Trigger, ...], Size(0, 8), Doc("what must hold besides, as the player may know it")] = ()
    unless: Annotated[tuple[Trigger, ...], Size(0, 8), Doc("the step is passed over where all of this holds")] = ()
    by: Annotated[Turn | None, Doc("the turn in which it should be done; after it the card says that it is late")] = (
        None
    )

    def contradictions(self) -> Iterator[Contradiction]:
        if not self.done and not self.when:
            yield Contradiction("done", "nothing ends this step", "add done or when")


@dataclass(frozen=True, slots=True)
class CoachFile:
    """The file ``coach.yaml``: lessons for the person who plays a faction."""

    format: FormatVersion
    faction: Annotated[Faction, Doc("whose player the coach speaks to")]
    steps: Annotated[tuple[CoachStep, ...], Size(1, 100), Doc("the steps, in their order")]
    seed: Annotated[int, Int(0, 999_999, "(seed)", "seed of the dice with which `Start here` opens the game")] = 1
    farewell: Annotated[Prose | None, Doc("what the coach says when all steps are done")] = None
