"""A shipped scenario as its tests ask about it: its world, its files, and what history's captures would have scored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property

from game import engine
from game import events as ev
from game.ai.players import make_player
from game.rules import scripted
from game.scenario.files import HistoryFile
from game.scenario.loading import load_scenario, read_scenario
from game.scenario.reading import Reading
from game.scenario.shipped import scenario_folder
from game.scenario.victory import VictoryFile
from game.scenario.world import World
from game.session import Session
from game.state import Draft, State


def fired(draft: Draft) -> list[str]:
    """Ids of the events that have come about, in their order."""
    return [one.id for one in draft.events if isinstance(one, ev.EventFired)]


class Shipped:
    """One scenario; everything is read once."""

    def __init__(self, name: str) -> None:
        self.name = name

    @cached_property
    def _world(self) -> World:
        return load_scenario(scenario_folder(self.name))

    @cached_property
    def _start(self) -> State:
        return engine.start(self._world, 1)

    @cached_property
    def _texts(self) -> Reading:
        return read_scenario(scenario_folder(self.name))

    def world(self) -> World:
        """The world."""
        return self._world

    def start(self) -> State:
        """The first moment, with seed 1."""
        return self._start

    def run_events(self, turn: int, *before: ev.Event) -> Draft:
        """The events of a turn, after something was done to the moment of the start."""
        draft = Draft(self._start)
        draft.emit(ev.TurnBegan(turn))
        for one in before:
            draft.emit(one)
        scripted.run(draft)
        return draft

    def texts(self) -> Reading:
        """The scenario's files."""
        return self._texts

    def at(self, place: str) -> int:
        """The hex of a place."""
        return next(one.hex for one in self._world.places if one.name == place)

    def turn_of(self, day: date | str) -> int:
        """The turn that holds a day."""
        first = date.fromisoformat(self._world.first_day)
        day = date.fromisoformat(day) if isinstance(day, str) else day
        return (day - first).days // self._world.days_per_turn + 1

    def row(self, unit: str) -> int:
        """The row of a unit."""
        return self._world.row[unit]

    def played_out(self, seed: int) -> Session:
        """A game of staffs in all seats, played to its last turn."""
        session = Session(self._world, seed)
        for faction in range(len(self._world.factions)):
            session.seat(faction, make_player("staff"))
        for _ in session.run():
            pass
        assert session.over and session.state.clock.turn == self._world.turns and session.outcome is not None
        return session

    def assert_in_band(self, faction: str, tenths: int) -> None:
        """Points that history would have scored are like history, and no better."""
        band = self.victory().bands[faction]
        assert band.like * 10 <= tenths < band.faster * 10, f"{faction} scored {tenths / 10} in history"

    def victory(self) -> VictoryFile:
        """What is played for."""
        found = self._texts.value("victory.yaml", VictoryFile)
        assert found is not None
        return found

    def holder_by_turn(self, place: str) -> list[str]:
        """Who held a place at the end check of each turn, by the dated captures."""
        history, world = self._texts.value("history.yaml", HistoryFile), self._world
        assert history is not None
        held = [world.factions[world.control[self.at(place)]].id] * (world.turns + 1)
        for one in sorted(history.captures, key=lambda capture: capture.date):
            if one.place == place:
                turn = self.turn_of(one.date)
                held[turn:] = [one.by] * (len(held) - turn)
        return held[1:]

    def history_tenths(self, faction: str, racing: Sequence[str], ends: Mapping[str, str]) -> int:
        """What history's captures would have scored under the scenario's rules, events aside.

        ``racing``: who can get a first-holder bonus; ``ends``: prize without a place -> the place that decides.
        """
        victory, rules = self.victory(), self._world.rules.victory
        assert victory.history is not None
        total = 0
        for prize in victory.prizes:
            held = self.holder_by_turn(prize.place or ends[prize.id])
            if held[-1] == faction:
                total += 10 * prize.points.get(faction, 0)
            first = next((owner for owner in held if owner in racing), "")
            if faction == first and prize.place and held.count(faction) >= rules.first_checks:
                total += 10 * prize.bonus(faction)
        plan, cost = victory.insurgent, victory.history[faction]
        if plan is not None and plan.faction == faction:
            turns = sum(town.value * self.holder_by_turn(town.place).count(faction) for town in plan.towns)
            total += turns * rules.town_turn
        return total - cost.losses * rules.step_lost - cost.harm * rules.harm
