"""What is written down about a game while it is played: captures, milestones, incidents. Observers never act.

An observer is told of each order after it was carried out. What happened while a turn opened belongs to the new
turn, although the order that caused it was the last of the old one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any, Protocol

from game import events as ev
from game.rules import prizes, scripted
from game.scenario.calendar import Calendar
from game.scenario.triggers import OnSiegeBroken
from game.scenario.world import River, World
from game.session import Session
from game.state import State
from game.state.codes import CrossingKind

Milestone = dict[str, str]


class Observer(Protocol):
    """Somebody who looks on."""

    def step(self, happened: tuple[ev.Event, ...], after: State) -> None:
        """One more order was carried out (or, the first time, the game was opened)."""
        ...


def watch(session: Session, *observers: Observer) -> Iterator[Session]:
    """Let the players of a session play, telling observers; yields after each order."""
    for one in observers:
        one.step(session.opening, session.state)
    for entry in session.run():
        for one in observers:
            one.step(entry.events, session.state)
        yield session


class WarStory:
    """The dated story of one game: who took which place, and the milestones of the war."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.captures: list[dict[str, str | None]] = []
        self.milestones: list[Milestone] = []
        self.incidents = 0
        self.ladder = 0
        self._turn = 1
        self._calendar = Calendar(world.first_day, world.days_per_turn, world.turns)
        self._places: dict[int, list[str]] = {}
        for place in world.places:
            self._places.setdefault(place.hex, []).append(place.name)
        self._crossed: set[int] = set()
        self._bridged: set[int] = set()
        self._sieges = _sieges(world)
        self._roads: dict[str, bool] = {}
        self._hears: dict[type, Callable[[Any, State], None]] = {
            ev.TurnBegan: self._turn_began,
            ev.ControlChanged: self._control_changed,
            ev.UnitMoved: self._marched,
            ev.UnitAdvanced: self._went,
            ev.UnitInfiltrated: self._went,
            ev.CrossingOpened: self._crossing_opened,
            ev.IncidentRolled: self._incident,
            ev.LadderMoved: self._ladder_moved,
            ev.SupplyJudged: self._supply_judged,
            ev.FactionTurnEnded: self._turn_ended,
        }

    def step(self, happened: tuple[ev.Event, ...], after: State) -> None:
        """Write down what is worth it."""
        for event in happened:
            hear = self._hears.get(type(event))
            if hear is not None:
                hear(event, after)

    @property
    def date(self) -> str:
        """The last day of the turn that is being played."""
        return self._calendar.last_day(self._turn)

    def _note(self, name: str, **more: str) -> None:
        self.milestones.append({"date": self.date, "name": name, **more})

    def _turn_began(self, event: ev.TurnBegan, after: State) -> None:
        self._turn = event.turn

    def _control_changed(self, event: ev.ControlChanged, after: State) -> None:
        for here, before in zip(event.hexes, event.before, strict=True):
            for name in self._places.get(here, ()):
                self.captures.append(
                    {"date": self.date, "place": name, "from": self._id(before), "to": self._id(event.faction)}
                )

    def _id(self, faction: int) -> str | None:
        return self.world.factions[faction].id if faction >= 0 else None

    # --- milestones -------------------------------------------------------------------------------------------------

    def _marched(self, event: ev.UnitMoved, after: State) -> None:
        here = event.start
        for there in event.path:
            self._cross(event.unit, here, there)
            here = there

    def _went(self, event: ev.UnitAdvanced | ev.UnitInfiltrated, after: State) -> None:
        self._cross(event.unit, event.start, event.hex)

    def _cross(self, unit: int, here: int, there: int) -> None:
        faction, side = self.world.roster.faction[unit], self.world.grid.side_between(here, there)
        if side >= 0 and self.world.river[side] == River.MAJOR and faction not in self._crossed:
            self._crossed.add(faction)
            river = self.world.river_names.get(side, "the river")
            self._note(
                "first_crossing", faction=self.world.factions[faction].id, hex=self.world.grid.label(there), river=river
            )

    def _crossing_opened(self, event: ev.CrossingOpened, after: State) -> None:
        if event.owner >= 0 and event.owner not in self._bridged:
            self._bridged.add(event.owner)
            side = self.world.grid.side_label(event.side)
            self._note(
                "first_bridge",
                faction=self.world.factions[event.owner].id,
                side=side,
                kind=CrossingKind(event.kind).word,
            )

    def _incident(self, event: ev.IncidentRolled, after: State) -> None:
        if event.happened:
            self.incidents += 1
            if self.incidents == 1:
                self._note("first_incident", faction=self.world.factions[event.faction].id)

    def _ladder_moved(self, event: ev.LadderMoved, after: State) -> None:
        if event.after > self.ladder:
            self.ladder = event.after
            self._note(f"ladder_{event.after}")

    def _supply_judged(self, event: ev.SupplyJudged, after: State) -> None:
        self._judge_sieges(event.faction, after)
        self._judge_roads(event.faction, after)

    def _turn_ended(self, event: ev.FactionTurnEnded, after: State) -> None:
        self._judge_sieges(event.faction, after)

    def _judge_sieges(self, faction: int, after: State) -> None:
        for siege in self._sieges:
            if siege.faction == faction and siege.judge(after):
                self._note(siege.name, faction=self.world.factions[faction].id, place=siege.place)

    def _judge_roads(self, faction: int, after: State) -> None:
        owner = self.world.factions[faction].id
        for road in self.world.stakes.roads_of(faction):
            here = prizes.cut_at(after, road)
            was_open = self._roads.get(road.id, False)
            if here < 0 and not was_open:
                self._note("road_opened", faction=owner, road=road.id)
            elif here >= 0 and was_open:
                self._note("road_cut", faction=owner, road=road.id, hex=self.world.grid.label(here))
            self._roads[road.id] = here < 0


class Front:
    """Who held every hex as each turn ended: a row of letters a turn, ``a`` for the first faction and ``.`` for nobody.

    Runs of one letter are shortened to the letter and a number, so that 2,640 hexes take some 300 characters.
    """

    def __init__(self, world: World) -> None:
        self.rows: list[str] = []
        self._turn = 1
        self._before: State | None = None

    def step(self, happened: tuple[ev.Event, ...], after: State) -> None:
        """Keep the last moment of a turn; write it down when the next one opens, or the game ends."""
        if self._before is not None and after.clock.turn != self._turn:
            self.rows.append(shortened(self._before.hexes.control))
        self._turn, self._before = after.clock.turn, after
        if after.clock.over:
            self.rows.append(shortened(after.hexes.control))


def shortened(control: Sequence[int]) -> str:
    """Holders of all hexes as letters, runs counted: ``.3a2`` is nobody three times, then the first faction twice."""
    runs = ((holder, len(list(run))) for holder, run in groupby(control))
    return "".join(f"{_letter(holder)}{count if count > 1 else ''}" for holder, count in runs)


def lengthened(row: str) -> list[int]:
    """What :func:`shortened` was given."""
    found: list[int] = []
    for letter, count in re.findall(r"([.a-z])(\d*)", row):
        found += [-1 if letter == "." else ord(letter) - ord("a")] * int(count or 1)
    return found


def _letter(holder: int) -> str:
    return "." if holder < 0 else chr(ord("a") + holder)


class _AwaitedRelief:
    """A garrison that the scenario's events wait to see relieved; ``trigger`` says when it is."""

    def __init__(self, faction: int, trigger: OnSiegeBroken, place: str, name: str) -> None:
        self.faction, self.trigger, self.place, self.name = faction, trigger, place, name
        self._besieged, self._over = False, False

    def judge(self, state: State) -> bool:
        """Whether the siege has just been broken."""
        if self._over:
            return False
        relieved = scripted.holds(state, self.trigger)
        self._over = relieved and self._besieged
        self._besieged = self._besieged or not relieved
        return self._over


def _sieges(world: World) -> list[_AwaitedRelief]:
    """One siege a hex, named after the place that the first event about it names."""
    found: dict[tuple[int, int], _AwaitedRelief] = {}
    kinds = {place.name: place.kind for place in world.places}
    for event in world.script.events:
        for trigger in event.triggers:
            if isinstance(trigger, OnSiegeBroken):
                here, faction = scripted.spot(world, trigger.at), world.faction(trigger.faction)
                place = trigger.at.place or world.grid.label(here)
                name = "airfield_relieved" if kinds.get(place) == "airbase" else "siege_broken"
                found.setdefault((faction, here), _AwaitedRelief(faction, trigger, place, name))
    return list(found.values())
