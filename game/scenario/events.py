"""What ``events.yaml`` of a scenario declares: triggers and effects, as data. Nothing in a scenario can execute.

The loader reads the file as :class:`EventsFile`; ``world.script`` holds its events in the order in which they are
asked, and :mod:`game.rules.scripted` plays them. Places are referred to by name, hexes and sides by label, units and
factions by id. Triggers are declared in :mod:`game.scenario.triggers`, effects in :mod:`game.scenario.effects`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from game.scenario.effects import Effect
from game.scenario.triggers import Faction, OnWindow, Trigger, flat
from game.schema.limits import EVENTS
from game.schema.spec import Contradiction, Doc, FormatVersion, Id, Int, Name, Prose, Ref, Size, Text


@dataclass(frozen=True, slots=True)
class EventSpec:
    """Something that happens when its triggers hold."""

    id: Annotated[str, Id("event", "id that other events refer to")]
    name: Name
    text: Annotated[Prose, Doc("what players read when it happens")]
    when: Annotated[tuple[Trigger, ...], Doc("triggers that must all hold")] = ()
    any: Annotated[tuple[Trigger, ...], Doc("triggers of which one must hold")] = ()
    do: Annotated[tuple[Effect, ...], Doc("what happens; nothing but the message when left out")] = ()
    asked: Annotated[
        str,
        Ref(
            "faction",
            "when it is checked: as a turn or faction's turn opens, a turn ends, or after each order and marched hex",
            "order",
            also=("turn", "end", "order", "never"),
        ),
    ] = "turn"
    times: Annotated[int, Int(0, 99, "times", "how often it may happen; 0: each time its triggers hold")] = 1
    every: Annotated[int, Int(0, 99, "turns", "fewest turns from one time to the next; 0: none")] = 0
    priority: Annotated[int, Int(0, 999, "(rank)", "lower numbers happen first")] = 100
    seen_by: Annotated[tuple[Faction, ...], Doc("who reads the text; everybody when left out")] = ()
    option: Annotated[
        str | None, Text(40, "a scenario option that must be on, for what-ifs that are off by default")
    ] = None
    source: Annotated[str | None, Text(200, "where the fact comes from")] = None

    @property
    def triggers(self) -> tuple[Trigger, ...]:
        """All its triggers, with those inside compound ones."""
        return tuple(flat((*self.when, *self.any)))

    def contradictions(self) -> Iterator[Contradiction]:
        if not self.when and not self.any and self.asked != "never":
            yield Contradiction("when", "nothing triggers this event", "add when or any, or asked: never")
        if self.asked == "never" and (self.when or self.any):
            yield Contradiction("asked", "an event that only others fire asks for nothing", "remove when and any")
        if self.asked == "order" and any(isinstance(one, OnWindow) for one in self.triggers):
            yield Contradiction("asked", "a lot is drawn once a turn, not after each order", "use asked: turn")


@dataclass(frozen=True, slots=True)
class EventsFile:
    """The file ``events.yaml``: what happens by itself."""

    format: FormatVersion
    events: Annotated[
        tuple[EventSpec, ...], Size(0, EVENTS), Doc("events; at each moment they are checked by priority, then by id")
    ]
