"""A march in pieces is the same march as one in a whole (rules 4.1 and 11.2): cut one in two, and compare.

``compare`` does so for a whole game. ``positions`` deals moments out of games of the staff and of random players, with
ladder, corridors and calm shuffled; ``marches`` deals legal marches of a moment, the cheapest ones and wandering ones;
``cuts`` are the places where a march may be cut, and ``differences`` says how its two pieces differ from the whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any

from game import engine
from game import orders as od
from game.ai.players import make_player
from game.events import Event, MoveCutShort, OrderGiven, Spotted, UnitDisplaced, UnitMoved, UnitSpent
from game.rules import deconfliction, movement
from game.scenario.world import Stance, World
from game.session import Session
from game.state import State

Way = tuple[int, ...]

HALTING = {"2.1", "2.2", "11.8"}
"""Rules that say where a unit may halt: where they close a hex, a march may pass but cannot be cut."""

TALK = (OrderGiven, MoveCutShort, UnitSpent)
"""Events that tell how an order ended: they may fall differently, as long as the state comes out the same."""


def compare(world: World, players: str, rng: Random, most: int) -> tuple[int, list[str]]:
    """Cut marches of one game in two until so many pairs are compared; how many were, and what differed."""
    count, found = 0, list[str]()
    for state in positions(world, rng, players):
        for order in marches(state, rng, 2):
            for first, second in cuts(order):
                told = differences(state, order, first, second)
                if told is not None:
                    count += 1
                    found += [f"{world.id}, {order.unit} {first} + {second}: {what}" for what in told]
                if count >= most:
                    return count, found
    return count, found


def positions(world: World, rng: Random, players: str, every: int = 7) -> Iterator[State]:
    """Moments of one game, as the seat to play finds them, some of them with other politics."""
    cast = {number: make_player(players) for number in range(len(world.factions))}
    session = Session(world, rng.randrange(1 << 30), cast)
    for number, _ in enumerate(session.run(), rng.randrange(every)):
        if number % every == 0 and not session.over:
            yield _politics(session.state, rng)


def _politics(state: State, rng: Random) -> State:
    """The same moment, half the time with another rung of the ladder and corridors around the troops."""
    if rng.random() < 0.5:
        return state
    world, me = state.world, state.faction
    near = [there for row, here in enumerate(state.units.hex) if here >= 0 and world.roster.faction[row] == me
            for there in world.grid.disk(here, 2)]  # fmt: skip
    told = tuple(sorted({rng.choice(near) for _ in range(rng.randrange(12))})) if near else ()
    corridors = tuple(told if number == me else hexes for number, hexes in enumerate(state.clock.corridors))
    calm = tuple(rng.randrange(2) if number == me else one for number, one in enumerate(state.factions.calm))
    points = tuple(rng.randrange(3) if number == me else one for number, one in enumerate(state.factions.command))
    return replace(
        state,
        clock=replace(state.clock, ladder=rng.randrange(5), corridors=corridors),
        factions=replace(state.factions, calm=calm, command=points),
        answers={},
    )


def marches(state: State, rng: Random, most: int) -> Iterator[od.Move]:
    """Legal marches of two hexes or more, at most so many a unit: half of them by the cheapest way, half wandering."""
    world = state.world
    for row, owner in enumerate(world.roster.faction):
        if owner != state.faction or state.units.hex[row] < 0 or not state.units.mp[row]:
            continue
        unit, found = world.roster.id[row], movement.within_reach(state, row)
        goals = [goal for goal in found.cost if goal != found.start]
        for goal in rng.sample(goals, min(most, len(goals))):
            way = found.path(goal) if rng.random() < 0.5 else _wander(state, row, rng)
            if len(way) > 1 and engine.refusal(state, od.Move(unit, way)) is None:
                yield od.Move(unit, way)


def _wander(state: State, row: int, rng: Random) -> Way:
    unit, way, best = state.world.roster.id[row], list[int](), list[int]()
    here = state.units.hex[row]
    for _ in range(rng.randrange(2, 9)):
        here = rng.choice(state.world.grid.near[here])
        way.append(here)
        found = engine.refusal(state, od.Move(unit, tuple(way)))
        if found is None:
            best = list(way)
        elif found.rule not in HALTING:
            break
    return tuple(best)


# --- comparing --------------------------------------------------------------------------------------------------


def cuts(order: od.Move) -> Iterator[tuple[Way, Way]]:
    """Every pair of pieces of a march."""
    for number in range(1, len(order.path)):
        yield order.path[:number], order.path[number:]


def differences(state: State, whole: od.Move, first: Way, second: Way) -> list[str] | None:
    """How two pieces of a march differ from the whole of it, in words; None where the cut is no place to halt,
    or where a halt has a meaning of its own.

    What the first piece brings to light may close the way ahead. The whole then goes as far as it still can, and so do
    the pieces: the second one is given as far as it is not refused.
    """
    if _moves_somebody(state, first[-1]):
        return None
    refusal = engine.refusal(state, od.Move(whole.unit, first))
    if refusal is not None:
        return None if refusal.rule in HALTING else [f"the first piece is refused: {refusal}"]
    row = state.world.row[whole.unit]
    after, events = engine.apply(state, od.Move(whole.unit, first))
    if any(isinstance(event, UnitDisplaced) and event.unit != row for event in events):
        return None  # a halt on a lone step of the other bloc moves it aside, a march through it does not (rule 4.6)
    out = [] if _changed(state, events, row) else _forecasts(state, after, whole, first, second)
    seen, rest = list(events), whole.path[_entered(events, row) :]
    while rest and not _pushed_back(seen, row):
        lengths = (n for n in range(len(rest), 0, -1) if engine.refusal(after, od.Move(whole.unit, rest[:n])) is None)
        length = next(lengths, 0)
        if not length:
            break
        after, events = engine.apply(after, od.Move(whole.unit, rest[:length]))
        seen += events
        taken = _entered(events, row)
        rest = rest[taken:] if taken else ()
    once, told = engine.apply(state, whole)
    out += _same(plain(once), plain(after))
    if [event for event in told if not isinstance(event, TALK)] != [e for e in seen if not isinstance(e, TALK)]:
        out.append("other things happened on the way")
    return out


def _moves_somebody(state: State, here: int) -> bool:
    """Whether single steps of the other bloc stand in a hex: to halt there moves them aside, to pass does not (4.6)."""
    stances = state.world.stance[state.faction]
    return any(stances[state.world.roster.faction[row]] == Stance.RIVAL for row in state.units_at(here))


def _changed(state: State, events: tuple[Event, ...], row: int) -> bool:
    """Whether a piece brought anything to light or about that its unit could not know of."""
    me, rules = state.faction, (UnitMoved, UnitSpent, OrderGiven)
    quiet = (*rules, Spotted)
    strange = [event for event in events if type(event).__name__ not in _EXPECTED and not isinstance(event, quiet)]
    return bool(strange) or any(isinstance(event, Spotted) and event.faction == me for event in events)


_EXPECTED = {"ControlChanged", "CommandSpent", "DiceRolled", "IncidentRolled", "UnitHid"}


def _entered(events: tuple[Event, ...], row: int) -> int:
    return sum(isinstance(event, UnitMoved) and event.unit == row for event in events)


def _pushed_back(events: list[Event], row: int) -> bool:
    return any(isinstance(event, UnitDisplaced) and event.unit == row for event in events)


def _forecasts(state: State, after: State, whole: od.Move, first: Way, second: Way) -> list[str]:
    """Reach, refusal, cost and chance of an incident, where the first piece brought nothing new."""
    out, row = [], state.world.row[whole.unit]
    here, left = first[-1], after.units.mp[row]
    if (refusal := engine.refusal(after, od.Move(whole.unit, second))) is not None:
        out.append(f"the second piece is refused: {refusal}")
    before, now = movement.within_reach(state, row), movement.within_reach(after, row)
    spent = state.units.mp[row] - left
    for goal, cost in now.cost.items():
        if goal != here and before.cost.get(goal, 1 << 20) > spent + cost:
            out.append(f"hex {goal} is reached in pieces for {spent + cost}, in a whole for {before.cost.get(goal)}")
        if goal != here and len(out) < 9:
            way = (*first, *now.path(goal))
            one = engine.refusal(state, od.Move(whole.unit, way))
            two = engine.refusal(after, od.Move(whole.unit, way[len(first) :]))
            if (one is None) != (two is None):
                out.append(f"to hex {goal} in a whole: {one}; in pieces: {two}")
    percents = [
        [engine.incident(moment, deconfliction.Act("move", at)).percent for at in way]
        for moment, way in ((state, whole.path), (state, first), (after, second))
    ]
    if percents[0] != percents[1] + percents[2]:
        out.append(f"incident {percents[0]} in a whole, {percents[1]} and {percents[2]} in pieces")
    return out


def plain(state: State) -> dict[str, Any]:
    """The state without the number of orders, in which whole and pieces must differ."""
    found = state.plain()
    return {**found, "clock": {**found["clock"], "orders": 0}}


def _same(one: dict[str, Any], two: dict[str, Any]) -> list[str]:
    out = []
    for table, columns in one.items():
        for number, (a, b) in (
            enumerate(zip(columns, two[table], strict=True)) if table == "intel" else ((0, (columns, two[table])),)
        ):
            out += [f"{table}.{name}{number or ''}" for name in a if a[name] != b[name]]
    return out
