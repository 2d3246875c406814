"""The log, and whatever else is made from events, tells each seat what it may know and nothing more.

Whole games are played, and every event is told to every seat. What a line may name comes from the views of the seat
before and after the order, and from what it noted in between; nothing here asks the code that words the lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from game import engine
from game import events as ev
from game.orders import Strike
from game.scenario.world import Stance, World
from game.session import Session
from game.state import State
from game.state.codes import Knowledge
from game.telling import Line, Witness, tell
from tests.chance import Draw, drawing, some_order
from tests.contract.conftest import SCENARIOS, Step, beginning_of, staff_steps
from tests.situation import play, situation, unit
from tests.worlds import world_of

LABEL = re.compile(r"\b\d{4}\b")


def chance_steps(world: World, seed: int, orders: int) -> Iterator[Step]:
    """Orders by chance, of all kinds."""
    session, draw = Session(world, seed), drawing(seed)
    for _ in range(orders):
        if session.over:
            return
        before = session.state
        events = session.give(some_order(before, draw, end=6))
        yield before, session.state, events


def told(seat: int, step: Step) -> list[Line]:
    """What a seat reads of an order."""
    before, after, events = step
    return tell(Witness(seat, before, after), events)


class Known:
    """What a seat may know of an order, by its views and the notes that the engine made for it."""

    def __init__(self, seat: int, step: Step) -> None:
        before, after, events = step
        world, roster = after.world, after.world.roster
        notes = [event for event in events if isinstance(event, ev.Spotted) and event.faction == seat]
        levels = [max(pair) for pair in zip(before.intel[seat].level, after.intel[seat].level, strict=True)]
        for note in notes:
            levels[note.unit] = max(levels[note.unit], note.level)
        friendly = [world.friends(seat, owner) for owner in roster.faction]
        self.names = {name for name, level, own in zip(roster.name, levels, friendly, strict=True) if own or level == 2}
        self.strange = sorted(set(roster.name) - self.names, key=len, reverse=True)
        self.hexes = {note.hex for note in notes}
        for state in (before, after):
            self.hexes |= {
                here for here, level in zip(state.intel[seat].hex, state.intel[seat].level, strict=True) if level
            }
            self.hexes |= {here for here, own in zip(state.units.hex, friendly, strict=True) if own}
        self.hexes |= {place.hex for place in world.places}
        self.hexes |= {here for road in world.stakes.roads for here in road.path}
        self.hexes |= {here for row, own in enumerate(friendly) if own for here in roster.entry[row]}
        self.texts = {event.text for event in events if isinstance(event, ev.EventFired) and seat in event.seen_by}
        for event in events:
            match event:
                case ev.OrderGiven() if event.faction == seat:
                    self.hexes |= {world.grid.hex(label) for label in LABEL.findall(event.text)}
                case ev.ControlChanged():
                    self.hexes |= set(event.hexes)
                case ev.CrossingBegun() | ev.CrossingOpened() | ev.CrossingBroken():
                    self.hexes |= set(world.grid.ends[event.side])
                case ev.RoadInterdicted():
                    self.hexes.add(event.hex)
                case ev.WorldChanged():
                    self.hexes |= set(event.hexes)
                case ev.FireResolved() if event.faction >= 0 and world.friends(seat, event.faction):
                    self.hexes.add(event.target)
                case ev.FireResolved():  # whoever holds the ground sees where it falls
                    self.hexes |= {event.target} & {
                        here
                        for here, owner in enumerate(before.hexes.control)
                        if owner >= 0 and world.friends(seat, owner)
                    }
                case ev.AttackResolved() if world.friends(seat, event.faction) or world.friends(seat, event.enemy):
                    self.hexes |= {event.target, *world.grid.near[event.target]}
                case ev.UnitMoved() | ev.UnitRetreated() if friendly[event.unit]:
                    self.hexes |= {event.start, *event.path}
                case ev.UnitAdvanced() | ev.UnitInfiltrated() | ev.UnitDisplaced() if friendly[event.unit]:
                    self.hexes |= {event.start, event.hex}
                case ev.IncidentRolled() if seat in (event.faction, event.other):
                    self.hexes.add(event.hex)
                case ev.CorridorNotified():
                    self.hexes |= set(event.hexes)
                case ev.WarningGiven() | ev.SkyClosed() if world.friends(seat, event.faction) or (
                    world.stance[seat][event.faction] == Stance.RIVAL
                ):
                    self.hexes.add(event.hex)
                case ev.ArsenalStruck():  # where arsenals are is no secret
                    self.hexes.add(event.hex)

    def leaks(self, world: World, line: Line) -> list[str]:
        """Names, ids and hexes in a line that the seat cannot know."""
        if line.text in self.texts:  # the scenario's own words to this seat
            return []
        text = f"{line.text} {line.detail}"
        for name in sorted(self.names, key=len, reverse=True):
            text = text.replace(name, "")
        found = [name for name in self.strange if name in text]
        found += [name for name in world.roster.id if len(name) > 5 and name in text]
        labels = {world.grid.label(here) for here in self.hexes if here >= 0}
        found += [label for label in LABEL.findall(text) if label not in labels]
        if line.hex >= 0 and line.hex not in self.hexes:
            found.append(f"the camera at {world.grid.label(line.hex)}")
        return found


def search(world: World, steps: Iterable[Step]) -> int:
    """Look for what a seat cannot know in everything that it is told; the number of lines read."""
    lines = 0
    for step in steps:
        for seat in range(len(world.factions)):
            known: Known | None = None
            for line in told(seat, step):
                known = known or Known(seat, step)
                lines += 1
                assert not known.leaks(world, line), f"{world.factions[seat].id} reads: {line}"
    return lines


def test_lines_name_nothing_that_their_reader_cannot_know(one_world: World) -> None:
    assert search(one_world, beginning_of(one_world.id)) > 50
    assert search(one_world, chance_steps(one_world, 4, 160)) > 20


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(30))
def test_lines_of_whole_games_name_nothing_that_their_reader_cannot_know(seed: int) -> None:
    world = world_of(SCENARIOS[seed % len(SCENARIOS)])
    assert search(world, staff_steps(world, seed, 100_000)) > 150
    assert search(world, chance_steps(world, seed, 1500)) > 100


def test_a_stray_shows_a_third_party_to_those_who_fired_and_not_to_their_friends() -> None:
    cast = [
        unit("isof", "iraq", "0101", sight=4), unit("foe", "isis", "0501"), unit("col", "saa", "0502"),
        unit("dmc", "sdf", "0901"),
    ]  # fmt: skip
    rules = {"support": {"kinds": {"strike": {"stray": 100, "hit": 100}}, "cover": 0}}
    world = situation("\n".join([". " * 9] * 3), factions=("saa", "sdf", "isis", "iraq"), units=cast, rules=rules)
    state = play(world, turn_of="iraq", points=3)
    state = replace(state, clock=replace(state.clock, support=((), (), (), (("strike", 2),))), answers={})
    after, events = engine.apply(state, Strike("strike", world.grid.hex("0501"), 1))
    strays = [one for one in events if isinstance(one, ev.FireStrayed)]
    assert [one.unit for one in strays] == [world.row["col"]]
    assert not after.intel[1].level[world.row["col"]], "the SDF have not seen them"
    heard = [any("isdirected" in line.text for line in told(seat, (state, after, events))) for seat in range(4)]
    assert heard == [True, False, True, True]


# --- what differs in hidden facts alone reads the same ----------------------------------------------------------


def renamed(state: State, known: set[int]) -> State:
    """The same moment in a world where units that are not known have other names, ids, types and strengths."""
    roster = state.world.roster
    columns: dict[str, Any] = {
        name: tuple(
            value if row in known else f"hidden {name} {row}" for row, value in enumerate(getattr(roster, name))
        )
        for name in ("name", "id", "type", "formation", "note")
    }
    world = replace(state.world, roster=replace(roster, **columns), answers={})
    return replace(state.with_fresh_answers(), world=world)


def elsewhere(seat: int, step: Step, draw: Draw) -> tuple[ev.Event, ...]:
    """The events with every hex of a foreign unit that the seat did not note put somewhere else."""
    _, after, events = step
    world = after.world
    noted = {(event.unit, event.hex) for event in events if isinstance(event, ev.Spotted) and event.faction == seat}
    free = [here for here in range(world.grid.size) if here not in world.place_at]

    def moved(event: ev.Event) -> ev.Event:
        match event:
            case ev.UnitMoved() | ev.UnitRetreated() if (event.unit, event.path[-1]) not in noted:
                return replace(event, path=(free[draw(len(free))],))
            case ev.UnitAdvanced() | ev.UnitInfiltrated() | ev.UnitArrived() if (event.unit, event.hex) not in noted:
                return replace(event, hex=free[draw(len(free))])
        return event

    strange = [not world.friends(seat, owner) for owner in world.roster.faction]
    return tuple(moved(event) if strange[getattr(event, "unit", 0)] else event for event in events)


def test_hidden_names_and_hidden_ways_change_no_word(one_world: World) -> None:
    draw, compared = drawing(11), 0
    for step in beginning_of(one_world.id):
        before, after, events = step
        for seat in range(len(one_world.factions)):
            spotted = {e.unit for e in events if isinstance(e, ev.Spotted) and e.faction == seat and e.level == 2}
            known = {
                row for row, owner in enumerate(one_world.roster.faction)
                if one_world.friends(seat, owner) or row in spotted
                or Knowledge.IDENTIFIED in (before.intel[seat].level[row], after.intel[seat].level[row])
            }  # fmt: skip
            twin = renamed(before, known), renamed(after, known), elsewhere(seat, step, draw)
            assert told(seat, step) == told(seat, twin)
            compared += 1
    assert compared > 100


def test_an_order_that_changes_nothing_of_a_view_tells_of_no_new_place(one_world: World) -> None:
    silent = 0
    for step in beginning_of(one_world.id):
        before, after, _ = step
        for seat in range(len(one_world.factions)):
            if one_world.friends(seat, before.faction):
                continue
            one, other = engine.view(before, seat).state, engine.view(after, seat).state
            if (one.units, one.intel) == (other.units, other.intel):
                silent += 1
                places = {line.hex for line in told(seat, step) if line.kind == "move"}
                assert places <= {*before.intel[seat].hex}
    assert silent > 10
