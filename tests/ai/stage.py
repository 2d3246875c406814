"""Small games for the players' tests: a drawn world, a player a side, and what was ordered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from game import engine
from game.ai.players import make_player
from game.scenario.world import World
from game.session import Entry, Session


def prize(place: str, points: int, *factions: str, kind: str = "town") -> dict[str, Any]:
    """A prize at a place, worth the same to each faction named (saa alone unless told)."""
    return {
        "id": place.lower().replace(" ", "-"), "name": place, "kind": kind, "place": place,
        "points": dict.fromkeys(factions or ("saa",), points),
    }  # fmt: skip


def game(world: World, players: Mapping[str, str], seed: int = 1) -> Session:
    """A session with players by faction id; a faction not named holds."""
    seats = {number: make_player(players.get(one.id, "hold")) for number, one in enumerate(world.factions)}
    return Session(world, seed, seats)


def play_turns(session: Session, turns: int) -> list[Entry]:
    """Play so many whole turns, or to the end."""
    last = session.state.clock.turn + turns
    before = len(session.entries)
    for _ in session.run():
        if session.state.clock.turn >= last:
            break
    return session.entries[before:]


def orders_of(entries: list[Entry], faction: int, kind: type) -> list[Any]:
    """Orders of a kind that a faction gave."""
    return [entry.order for entry in entries if entry.faction == faction and isinstance(entry.order, kind)]


def where(session: Session, unit: str) -> str:
    """Label of the hex of a unit, "" off the map."""
    here = session.state.units.hex[session.world.row[unit]]
    return session.world.grid.label(here) if here >= 0 else ""


def holder(session: Session, label: str) -> str:
    """Id of the faction that controls a hex, "" nobody."""
    number = session.state.hexes.control[session.world.grid.hex(label)]
    return session.world.factions[number].id if number >= 0 else ""


def first_orders(view: engine.View, player: str, most: int = 60) -> list[Any]:
    """The orders a fresh player gives in its own imagination of a view, until the dice or the turn's end stop it."""
    seat, state, out = make_player(player), view.state, list[Any]()
    for _ in range(most):
        order = seat.decide(engine.View(view.faction, state))
        out.append((order, seat.why))
        if type(order).__name__ not in ("Move", "DigIn", "Rest", "March"):
            break
        state = engine.apply(state, order)[0]
    return out
