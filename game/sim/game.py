"""One game as a pure function: scenario, seed and players in, a record of what happened out."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from game import engine
from game.ai.players import PLAYERS, make_player
from game.faults import UsageFault
from game.rules import victory
from game.scenario.world import World
from game.schema.spelling import suggestion
from game.session import Session
from game.sim.habits import Habits
from game.sim.observers import Front, WarStory, watch
from game.sim.tally import Tally

DEFAULT_PLAYER = "staff"


@dataclass(frozen=True, slots=True)
class Played:
    """A finished game: the session, for whoever wants a replay, what its line of JSON tells, and what it cost."""

    session: Session
    record: dict[str, Any]
    seconds: float


def seats(world: World, wanted: Mapping[str, str]) -> dict[str, str]:
    """The player of every faction: as wanted, else as ``all`` says, else the scenario's own. Raises UsageFault."""
    known = [faction.id for faction in world.factions]
    for faction in wanted:
        if faction not in known and faction != "all":
            near = suggestion(faction, known)
            raise UsageFault(
                f"{world.title} has no faction {faction[:40]!r}.",
                f"{near + '; ' if near else ''}known are {', '.join(known)}",
            )
    found = {one.id: wanted.get(one.id) or wanted.get("all") or computer(one.player) for one in world.factions}
    for name in sorted(set(found.values())):
        try:
            make_player(name)
        except ValueError as error:
            raise UsageFault(f"{error}.", f"known players are {', '.join(PLAYERS)}") from None
    return found


def computer(name: str) -> str:
    """The computer player of a seat, also where the scenario leaves it to a person."""
    return name if name.partition(":")[0] in PLAYERS else DEFAULT_PLAYER


def seated(world: World, seed: int, players: Mapping[str, str]) -> Session:
    """A new game with its players at the table."""
    session = Session(world, seed)
    for faction, name in players.items():
        session.seat(world.faction(faction), make_player(name), name)
    return session


def play_game(
    world: World, seed: int, players: Mapping[str, str], *, front: bool = False, habits: bool = False
) -> Played:
    """Play one game to its end.

    With ``front`` its record also tells who held each hex as each turn ended, with ``habits`` how the players behaved.
    """
    started = time.perf_counter()
    session, chronicle, line = seated(world, seed, players), WarStory(world), Front(world)
    holders = {place.name: holder(session.state.hexes.control[place.hex], world) for place in world.places}
    manners, tally = Habits(session), Tally(world)
    for _ in watch(session, chronicle, tally, *([line] if front else []), *([manners] if habits else [])):
        pass
    record = _record(session, chronicle, tally, holders)
    if front:
        record["front"] = line.rows
    if habits:
        record["habits"] = manners.told
    return Played(session, record, round(time.perf_counter() - started, 3))


def holder(faction: int, world: World) -> str | None:
    """Id of a faction, None for nobody."""
    return world.factions[faction].id if faction >= 0 else None


def _record(session: Session, chronicle: WarStory, tally: Tally, start: Mapping[str, str | None]) -> dict[str, Any]:
    world, state = session.world, session.state
    outcome = engine.outcome(state)
    ids = [faction.id for faction in world.factions]
    standings = [victory.standing(state, number) for number in range(len(ids))]
    return {
        "options": {option.name: option.on for option in world.options},
        "winner": None if outcome is None or outcome.winner is None else ids[outcome.winner],
        "bands": {ids[one.faction]: one.band for one in standings},
        "turns": state.clock.turn,
        "vp": {ids[one.faction]: one.score.total / 10 for one in standings},
        "ledgers": {
            ids[one.faction]: {"time": one.time.value, "losses": one.losses.value, "harm": one.harm.value}
            for one in standings
        },
        "start": start,
        "captures": chronicle.captures,
        "milestones": chronicle.milestones,
        "incidents": chronicle.incidents,
        "ladder": chronicle.ladder,
        "tally": tally.told,
        "orders": len(session.entries),
        "forfeits": [{"faction": ids[one.faction], "turn": one.turn, "words": one.forfeit} for one in session.forfeits],
        "digest": state.digest(),
    }
