"""A game goes on under another edition of its scenario, as when its author has changed a number in mid-game.

Two ways, the first that holds:

- *Carried over.* Units, places, factions, prizes, crossings and the size of the map are the same rows: the moment stays
  as it is, under the new rules. What play has not touched yet follows the files: a unit that still stands where the
  scenario put it moves with its line there, ground that never changed hands takes its new holder.
- *Played again.* The orders given so far are given again from the new start, with the same dice, up to the first one
  that no longer fits.

Neither changes the old session, which can be saved and played on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from time import perf_counter
from typing import TypeVar

from game import engine
from game import orders as od
from game.log import Log
from game.rules import invariants, movement
from game.scenario.world import World
from game.session import Session
from game.state import State
from game.state.changes import after as world_after
from game.state.changes import sound
from game.state.start import first_state
from game.state.tables import HexTable, SiteTable, UnitTable
from game.words import say

UNTOUCHED = {
    "units": ("hex", "steps", "dug", "status", "due", "hidden", "locked", "dry"),
    "hexes": ("control",),
    "sites": ("kind", "state"),
}
"""Columns whose cells follow the files until play has changed them."""
Table = TypeVar("Table", UnitTable, HexTable, SiteTable)


def misfit(old: World, new: World) -> str:
    """Why a moment of one world means nothing in the other, in words; "" when it fits."""
    rows = (
        ("the size of the map has changed", (old.grid.columns, old.grid.rows), (new.grid.columns, new.grid.rows)),
        ("there are other factions", [one.id for one in old.factions], [one.id for one in new.factions]),
        ("the factions play in another order", old.sequence, new.sequence),
        ("there are other units", old.roster.id, new.roster.id),
        ("units have changed sides", old.roster.faction, new.roster.faction),
        ("there are other places", [one.name for one in old.places], [one.name for one in new.places]),
        ("there are other crossings", [one.side for one in old.sites], [one.side for one in new.sites]),
        ("there are other prizes", [one.id for one in old.prizes], [one.id for one in new.prizes]),
    )
    return next((words for words, before, after in rows if before != after), "")


def changed_parts(old: World, new: World) -> list[str]:
    """Which parts of the scenario differ, as people call them."""
    parts = []
    for name in sorted({*old.raw, *new.raw}):
        before, after = old.raw.get(name), new.raw.get(name)
        if before == after or name == "options":
            continue
        if name in ("rules", "forces") and isinstance(before, dict) and isinstance(after, dict):
            inner = [key for key in sorted({*before, *after}) if before.get(key) != after.get(key)]
            parts.append(f"{name} ({', '.join(inner)})")
        else:
            parts.append(name)
    return parts


# --- carried over -------------------------------------------------------------------------------------------


def carried(session: Session, world: World) -> Session | None:
    """The game at the same moment under the new world; None when the moment does not fit it."""
    clock = session.state.clock
    if misfit(session.world, world) or clock.turn > world.turns:
        return None
    if not all(sound(world, change) for change in clock.changes):
        return None
    state = next((one for one in _candidates(session.state, session.world, world) if not invariants.check(one)), None)
    if state is None:
        return None
    lines = list(session.lines)  # writing them moves the head of the chain
    found = Session.resumed(world, session.seed, state, Log(session.log.head, lines))
    found.opening = session.opening
    found.entries, found.digests = list(session.entries), list(session.digests)
    found.conceded, found.names = session.conceded, dict(session.names)
    found.plans, found.lesson = session.plans, session.lesson
    found.changed = (*session.changed, len(session.entries))
    return found


def _candidates(state: State, started: World, world: World) -> list[State]:
    """The moment with what the files changed, and as it is."""
    plain = replace(state, world=world_after(world, state.clock.changes), answers={})
    before, after = first_state(started, state.seed), first_state(world, state.seed)
    merged = replace(
        plain,
        units=_followed(state.units, before.units, after.units, UNTOUCHED["units"]),
        hexes=_followed(state.hexes, before.hexes, after.hexes, UNTOUCHED["hexes"]),
        sites=_followed(state.sites, before.sites, after.sites, UNTOUCHED["sites"]),
        answers={},
    )
    return [_marching(state, merged), plain]


def _followed(now: Table, before: Table, after: Table, names: Sequence[str]) -> Table:
    columns = {}
    for name in names:
        here, old, new = (getattr(table, name) for table in (now, before, after))
        if old != new:  # crossings built in play stand behind those of the scenario
            own = tuple(b if h == a else h for h, a, b in zip(here, old, new, strict=False))
            columns[name] = own + tuple(here[len(old) :])
    return replace(now, **columns) if columns else now


def _marching(old: State, new: State) -> State:
    """Units of the faction to play that have not stirred march as far as the new files let them."""
    units, owner = old.units, old.world.roster.faction
    points = list(units.mp)
    for row, left in enumerate(units.mp):
        fresh = owner[row] == old.faction and not units.spent[row] and left == movement.allowance(old, row)
        if fresh and left:
            points[row] = movement.allowance(new, row)
    return new if tuple(points) == units.mp else replace(new, units=replace(new.units, mp=tuple(points)), answers={})


# --- played again -------------------------------------------------------------------------------------------


class PlayedAgain:
    """The orders of a session given again in another world, a few at a time. ``session`` is how far it has come."""

    def __init__(self, old: Session, world: World) -> None:
        self._old = old
        self.session = Session(world, old.seed)
        self.done = False
        self.stopped = ""
        """Which order no longer fits and why, "" when all did."""

    @property
    def share(self) -> float:
        """How much is done, 0 to 1."""
        return len(self.session.entries) / max(1, len(self._old.entries))

    def step(self, seconds: float) -> bool:
        """Give orders for about so long; whether all is done."""
        until = perf_counter() + seconds
        while not self.done:
            self._one()
            if perf_counter() >= until:
                break
        return self.done

    def _one(self) -> None:
        number = len(self.session.entries)
        if number >= len(self._old.entries):
            self._finish()
            return
        entry, new, old = self._old.entries[number], self.session, self._old.world
        text = od.to_text(entry.order, old.grid)
        giver = old.factions[entry.faction].id
        flaw = self._flaw(giver, entry.turn)
        if not flaw:
            try:
                new.give(od.parse_order(text, new.world.grid), entry.why)
                return
            except engine.Refused as refused:
                flaw = str(refused.refusal)
            except ValueError as error:
                flaw = str(error)
        self.stopped = say(
            "order {number} of {n} (turn {turn}, {giver}: {order}): {flaw}",
            number=number + 1,
            n=len(self._old.entries),
            turn=entry.turn,
            giver=giver,
            order=text,
            flaw=flaw,
        )
        self._finish()

    def _flaw(self, giver: str, turn: int) -> str:
        state = self.session.state
        if state.clock.over:
            return "the game has ended before it"
        playing = self.session.world.factions[state.faction].id
        if (giver, turn) != (playing, state.clock.turn):
            return say("it is the turn of {playing}, turn {turn}", playing=playing, turn=state.clock.turn)
        return ""

    def _finish(self) -> None:
        known = self.session.world.faction_row
        if not self.stopped and self._old.conceded >= 0:
            self.session.conceded = known.get(self._old.world.factions[self._old.conceded].id, -1)
        self.done = True


def seats_in(old: World, new: World, seats: dict[int, str]) -> dict[int, str]:
    """Who plays what, by the factions' ids, in the new world."""
    named = {old.factions[number].id: text for number, text in seats.items() if number < len(old.factions)}
    return {number: named[one.id] for number, one in enumerate(new.factions) if one.id in named}
