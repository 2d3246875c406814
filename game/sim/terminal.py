"""A game told in the terminal, a line a turn: who took what, and how each faction stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from game import engine
from game.rules import victory
from game.scenario.world import World
from game.sim.game import seated, seats
from game.sim.observers import WarStory, watch
from game.state import State

MOST_PLACES = 4


def play_in_terminal(scenario: str, *, seed: int, write: Callable[[str], None]) -> State:
    """Let the scenario's players play it out; the last state, for a picture of the map."""
    world = engine.load_scenario(scenario)
    session, chronicle = seated(world, seed, seats(world, {})), WarStory(world)
    names = ", ".join(f"{one.id} {one.name}" for one in world.factions)
    write(f"{world.title}: {names}.")
    write("Each turn: what changed hands; then points, own steps lost and harm to civilians of each faction.")
    turn, told, state = 1, 0, session.state
    for _ in watch(session, chronicle):
        if session.state.clock.turn != turn or session.over:
            fresh = chronicle.captures[told:]
            write(_line(world, session.state, turn, fresh))
            turn, told = session.state.clock.turn, len(chronicle.captures)
        state = session.state
    outcome = engine.outcome(state)
    write(f"The game ends: {outcome.words}" if outcome else "The game ends.")
    for milestone in chronicle.milestones:
        rest = " ".join(value for key, value in milestone.items() if key not in ("date", "name"))
        write(f"  {milestone['date']} {milestone['name'].replace('_', ' ')} {rest}")
    return state


def _line(world: World, state: State, turn: int, captures: list[dict[str, str | None]]) -> str:
    first = date.fromisoformat(world.first_day).toordinal()
    day = date.fromordinal(first + turn * world.days_per_turn - 1).isoformat()
    stands = "  ".join(_stand(world, state, number) for number in range(len(world.factions)))
    return f"turn {turn:2} to {day} | {_front(world, captures)} | {stands} | ladder {state.clock.ladder}"


def _front(world: World, captures: list[dict[str, str | None]]) -> str:
    """The places that count and changed hands, by who has them now."""
    size = {place.name: place.size for place in world.places}
    now: dict[str, str] = {}
    for one in captures:
        if one["place"] is not None and one["to"] is not None:
            now[one["place"]] = one["to"]
    parts = []
    for faction in world.factions:
        places = [place for place, taker in now.items() if taker == faction.id]
        places.sort(key=lambda place: -size[place])
        if places:
            more = f" and {len(places) - MOST_PLACES} more" if len(places) > MOST_PLACES else ""
            parts.append(f"{faction.id} takes {', '.join(places[:MOST_PLACES])}{more}")
    return "; ".join(parts) or "the front stands"


def _stand(world: World, state: State, number: int) -> str:
    one = victory.standing(state, number)
    return f"{world.factions[number].id} {one.score.total / 10:.0f}/{one.losses.value}/{one.harm.value}"
