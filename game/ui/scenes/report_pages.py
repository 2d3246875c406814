"""Pages of the report: what is to come, how things stand between the blocs, and what the staff ordered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from game.plans import MarchOrder, Plan
from game.rules import foresight, ladder
from game.rules.concessions import sky_price, warning_price
from game.rules.liaison import hotline_price
from game.scenario.calendar import Calendar
from game.scenario.world import Taken
from game.state.codes import CrossingState, Status
from game.state.tables import State
from game.words import count, listed, percent, say


class DatedLine(NamedTuple):
    """Something that is due: its turn, what it is about, and what happens."""

    turn: int
    about: str
    what: str
    row: int = -1
    """Of the unit that it is about, -1 for none."""
    arrives: bool = False


class Reasoned(NamedTuple):
    """An order that an AI player gave for the seat: its turn, the order in words, and why."""

    turn: int
    order: str
    why: str
    word: str = ""
    """What kind of order it is, as records call it."""


STAFF_LOG = 5
"""The chapter of the report that this log is."""


class CalendarTurn(NamedTuple):
    """A turn to come: what is due in it, and what history took in its days."""

    turn: int
    due: tuple[DatedLine, ...]
    taken: tuple[Taken, ...]


def calendar_turns(state: State, faction: int, plans: Mapping[str, Plan] | None = None) -> tuple[CalendarTurn, ...]:
    """This turn and all to come: what arrives, is released, opens, is planned, and what history took."""
    world, now = state.world, state.clock.turn
    calendar = Calendar(world.first_day, world.days_per_turn, world.turns)
    due = [*_arrivals(state, faction), *_crossings(state, faction), *_planned(state, plans or {}), *_closed(state)]
    return tuple(
        CalendarTurn(
            turn,
            tuple(
                sorted((one for one in due if one.turn == turn), key=lambda one: (not one.arrives, one.what, one.about))
            ),
            tuple(one for one in world.past.captures if calendar.turn_of(one.date) == turn),
        )
        for turn in range(now, world.turns + 1)
    )


def _arrivals(state: State, faction: int) -> Iterator[DatedLine]:
    """Own and friendly units that arrive, and those that are released."""
    world, units, roster, now = state.world, state.units, state.world.roster, state.clock.turn
    for row, owner in enumerate(roster.faction):
        if not world.friends(faction, owner):
            continue
        steps = count(units.steps[row] or roster.steps[row], "{n} step", "{n} steps")
        about = say(
            "{unit} ({army}), {steps}", unit=roster.name[row], army=world.factions[owner].adjective, steps=steps
        )
        if units.status[row] == Status.WAITING and now <= units.due[row] <= world.turns:
            yield DatedLine(units.due[row], about, say("arrives"), row, True)
        if units.hex[row] >= 0 and now < units.locked[row] <= world.turns:
            yield DatedLine(units.locked[row], about, say("is free to march"), row)


def _crossings(state: State, faction: int) -> Iterator[DatedLine]:
    """Crossings that are being built by the faction or its friends."""
    world, sites = state.world, state.sites
    for number, side in enumerate(sites.side):
        owner, now = sites.owner[number], sites.state[number]
        if now == CrossingState.BUILDING and owner >= 0 and world.friends(faction, owner):
            one, other = (world.grid.label(here) for here in world.grid.ends[side])
            yield DatedLine(sites.ready[number], say("Crossing {one} to {other}", one=one, other=other), say("opens"))


def _planned(state: State, plans: Mapping[str, Plan]) -> Iterator[DatedLine]:
    """March orders, with the turn in which they should arrive as things are now."""
    world = state.world
    for plan in plans.values():
        row = world.row.get(plan.unit, -1) if isinstance(plan, MarchOrder) else -1
        if not isinstance(plan, MarchOrder) or row < 0 or state.units.hex[row] < 0:
            continue
        found = foresight.long_march(state, row, plan.way)
        if found.path:
            where = say("reaches {hex} by its march order", hex=world.grid.label(plan.way[-1]))
            yield DatedLine(state.clock.turn + found.turns - 1, world.roster.name[row], where, row)


def _closed(state: State) -> Iterator[DatedLine]:
    """Arsenals that are closed until a turn."""
    for here, turn in state.clock.struck:
        if turn >= state.clock.turn:
            yield DatedLine(
                turn, say("Arsenal at {hex}", hex=state.world.grid.label(here)), say("gives nothing until then")
            )


def ladder_notes(state: State) -> tuple[str, ...]:
    """What moves the ladder next, how it falls, and what it leaves of support."""
    clock, rules = state.clock, state.world.rules.deconfliction
    quiet = count(clock.quiet, "{n} quiet turn so far", "{n} quiet turns so far", none=say("no quiet turn so far"))
    return (
        ladder.next_price(state),
        count(
            rules.quiet_turns,
            "{n} turn without an incident lowers it a rung: {quiet}.",
            "{n} turns without an incident lower it a rung: {quiet}.",
            quiet=quiet,
        ),
        say("Support near the line is at {share}.", share=percent(ladder.rung(state).support)),
    )


class Offer(NamedTuple):
    """What liaison buys: the order's sign, what it does, and its price now."""

    sign: str
    what: str
    price: int


def liaison_offers(state: State) -> tuple[Offer, ...]:
    """What liaison points buy, with the prices of the rung."""
    corridor = ladder.liaison_price(state, state.world.rules.deconfliction.corridor)
    return (
        Offer("corridor", say("Notify the other bloc of a corridor"), corridor),
        Offer("hotline", say("Call the hotline"), hotline_price(state)),
        Offer("warn", say("Warn the other bloc off an objective"), warning_price(state)),
        Offer("close_sky", say("Close the sky around a hex"), sky_price(state)),
    )


def corridor_words(state: State) -> str:
    """The corridors in force."""
    told = [
        say("{army}: {n} hexes", army=state.world.factions[owner].adjective, n=len(hexes))
        for owner, hexes in enumerate(state.clock.corridors)
        if hexes
    ]
    return say("Corridors in force: {corridors}.", corridors=listed(told) if told else say("none"))
