"""Pages of the report: what is to come, how things stand between the blocs, and the staff log."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from game.plans import MarchOrder, Plan
from game.rules import foresight, ladder
from game.rules.concessions import sky_price, warning_price
from game.rules.liaison import hotline_price
from game.scenario.calendar import Calendar, spoken
from game.scenario.world import Stance
from game.state.codes import CrossingState, Status
from game.state.tables import State
from game.ui.ladder_moves import MovedLadder, ladder_lines
from game.words import count, listed, percent, say, sentence


class DatedLine(NamedTuple):
    """Something that is due: its turn, what it is about, and what happens."""

    turn: int
    about: str
    what: str


class Reasoned(NamedTuple):
    """An order that an AI player gave for the seat: its turn, the order in words, and why."""

    turn: int
    order: str
    why: str


STAFF_LOG = 5
"""The chapter of the report that this log is."""
TURNS_TOLD = 4
"""Turns of the staff log that are told, the newest ones."""


def staff_text(log: Sequence[Reasoned]) -> str:
    """The orders of the AI player that sat here, with their reasons, the newest turn first."""
    turns = sorted({one.turn for one in log}, reverse=True)
    parts = [say("# Staff log"), say("What the AI player of this faction ordered, and why. It sees no more than you.")]
    for turn in turns[:TURNS_TOLD]:
        parts += ["", say("## Turn {n}", n=turn), say("| order | why |"), "|---|---|"]
        parts += [f"| {sentence(one.order)} | {sentence(one.why)} |" for one in log if one.turn == turn]
    if len(turns) > TURNS_TOLD:
        parts += ["", say("Earlier turns are left out.")]
    return "\n".join(parts)


def calendar_text(state: State, faction: int, plans: Mapping[str, Plan] | None = None) -> str:
    """The turns to come with their days: what arrives, is released, opens, is planned, and what history took."""
    world, now = state.world, state.clock.turn
    calendar = Calendar(world.first_day, world.days_per_turn, world.turns)
    parts = [say("# Calendar"), count(world.turns - now, "{n} turn follows this one.", "{n} turns follow this one.")]
    due = [*_arrivals(state, faction), *_works(state, faction), *_planned(state, plans or {}), *_closed(state)]
    if not any(one.what == say("arrives") for one in due):
        parts.append(say("No more units are due to arrive."))
    past: dict[int, list[str]] = {}
    for taken in world.past.captures:
        past.setdefault(calendar.turn_of(taken.date), []).append(taken.place)
    turns = sorted({one.turn for one in due} | {turn for turn in past if now <= turn <= world.turns})
    if not turns:
        return "\n\n".join(parts)
    parts += ["", say("| turn | until | what | | in history taken |"), "|---|---|---|---|---|"]
    for turn in turns:
        lines = sorted((one for one in due if one.turn == turn), key=lambda one: (one.what, one.about))
        places, day = listed(past.get(turn, [])[:4]), spoken(calendar.last_day(turn))
        for number, one in enumerate(lines or [DatedLine(turn, "", "")]):
            first = (str(turn), day, places) if not number else ("", "", "")
            parts.append(f"| {first[0]} | {first[1]} | {one.about} | {one.what} | {first[2]} |")
    parts += ["", say("Events of the scenario can change these dates. F3 lists what history brought when.")]
    return "\n".join(parts)


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
            yield DatedLine(units.due[row], about, say("arrives"))
        if units.hex[row] >= 0 and now < units.locked[row] <= world.turns:
            yield DatedLine(units.locked[row], about, say("is free to march"))


def _works(state: State, faction: int) -> Iterator[DatedLine]:
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
            yield DatedLine(state.clock.turn + found.turns - 1, world.roster.name[row], where)


def _closed(state: State) -> Iterator[DatedLine]:
    """Arsenals that are closed until a turn."""
    for here, turn in state.clock.struck:
        if turn >= state.clock.turn:
            yield DatedLine(
                turn, say("Arsenal at {hex}", hex=state.world.grid.label(here)), say("gives nothing until then")
            )


def ladder_text(state: State, moves: Sequence[MovedLadder] = ()) -> str:
    """The ladder with prices, and what moved it."""
    world, clock, rules = state.world, state.clock, state.world.rules.deconfliction
    if not ladder.two_blocs(world):
        return "\n".join([say("# The ladder"), say("No two blocs are rivals in this scenario: there is no ladder.")])
    parts = [say("# The ladder"), "| | rung | what it costs both blocs |", "|---|---|---|"]
    for number, rung in enumerate(rules.rungs):
        mark = say("{n}, now", n=number) if number == clock.ladder else f"{number}"
        parts.append(f"| {mark} | {rung.name} | {sentence(rung.price)} |")
    quiet = count(clock.quiet, "{n} quiet turn so far", "{n} quiet turns so far", none=say("no quiet turn so far"))
    parts += [
        "",
        ladder.next_price(state),
        count(
            rules.quiet_turns,
            "{n} turn without an incident lowers it a rung: {quiet}.",
            "{n} turns without an incident lower it a rung: {quiet}.",
            quiet=quiet,
        ),
        say("Support near the line is at {share}.", share=percent(ladder.rung(state).support)),
        "",
        say("## What moved the ladder"),
        *ladder_lines(world, moves),
    ]
    return "\n".join(parts)


def liaison_text(state: State, faction: int) -> str:
    """Liaison and what it buys, corridors in force, and who is what to whom."""
    world, clock, rules = state.world, state.clock, state.world.rules.deconfliction
    parts: list[str] = []
    if ladder.two_blocs(world):
        corridor = ladder.liaison_price(state, rules.corridor)
        parts += [
            say("# Liaison"),
            say("You have {n} LP.", n=state.factions.liaison[faction]),
            "",
            "| what | LP now |",
            "|---|---|",
            f"| {say('Notify the other bloc of a corridor')} | {corridor} |",
            f"| {say('Call the hotline')} | {hotline_price(state)} |",
            f"| {say('Warn the other bloc off an objective')} | {warning_price(state)} |",
            f"| {say('Close the sky around a hex')} | {sky_price(state)} |",
        ]
        told = [
            say("{army}: {n} hexes", army=world.factions[owner].adjective, n=len(hexes))
            for owner, hexes in enumerate(clock.corridors)
            if hexes
        ]
        parts += ["", say("Corridors in force: {corridors}.", corridors=listed(told) if told else say("none")), ""]
    parts += [say("# Who is what to whom"), "| | is | to |", "|---|---|---|"]
    words = {Stance.ALLIED: say("allied"), Stance.FRIENDLY: say("friendly"), Stance.RIVAL: say("a rival"),
             Stance.WAR: say("at war")}  # fmt: skip
    for one in range(len(world.factions)):
        for other in range(one + 1, len(world.factions)):
            stance = words.get(Stance(world.stance[one][other]), "")
            parts.append(f"| {world.factions[one].name} | {stance} | {world.factions[other].name} |")
    return "\n".join(parts)
