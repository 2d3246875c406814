"""Two pages of the report: what is to come, and how things stand between the blocs, as one faction may know them."""

from __future__ import annotations

from game.rules import ladder
from game.rules.liaison import hotline_price
from game.scenario.calendar import Calendar, spoken
from game.scenario.world import Stance
from game.state.codes import Status
from game.state.tables import State
from game.words import count, listed, percent, say, sentence


def calendar_text(state: State, faction: int) -> str:
    """The turns to come with their days, what arrives, and which units are released."""
    world, units, roster = state.world, state.units, state.world.roster
    calendar, now = Calendar(world.first_day, world.days_per_turn, world.turns), state.clock.turn
    mine = [row for row, owner in enumerate(roster.faction) if world.friends(faction, owner)]
    due = [row for row in mine if units.status[row] == Status.WAITING and units.due[row] >= now]
    held = [row for row in mine if units.hex[row] >= 0 and now < units.locked[row] <= world.turns]
    parts = [say("# Calendar"), count(world.turns - now, "{n} turn follows this one.", "{n} turns follow this one.")]
    rows = sorted((units.due[row], say("arrives"), row) for row in due if units.due[row] <= world.turns)
    rows += sorted((units.locked[row], say("is free to march"), row) for row in held)
    if not rows:
        return "\n\n".join([*parts, say("No more units are due to arrive.")])
    parts += ["", "| turn | until | unit | | steps |", "|---|---|---|---|---|"]
    for turn, what, row in sorted(rows, key=lambda one: (one[0], roster.faction[one[2]], roster.name[one[2]])):
        day, army = spoken(calendar.last_day(turn)), world.factions[roster.faction[row]].adjective
        parts.append(
            f"| {turn} | {day} | {roster.name[row]} ({army}) | {what} | {units.steps[row] or roster.steps[row]} |"
        )
    parts += ["", say("Events of the scenario can change these dates. F3 lists what history brought when.")]
    return "\n".join(parts)


def politics_text(state: State, faction: int) -> str:
    """The ladder with the price of each rung, liaison and what it buys, corridors, and who is what to whom."""
    world, clock, rules = state.world, state.clock, state.world.rules.deconfliction
    parts = [say("# Between the blocs")]
    if not ladder.two_blocs(world):
        parts.append(say("No two blocs are rivals in this scenario: there is no ladder."))
    else:
        parts += ["", "## The ladder", "| | rung | what it costs both blocs |", "|---|---|---|"]
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
            "## Liaison",
            say("You have {n} LP.", n=state.factions.liaison[faction]),
            "",
        ]
        corridor = ladder.liaison_price(state, rules.corridor)
        parts += [
            "| what | LP now |",
            "|---|---|",
            f"| {say('Notify the other bloc of a corridor')} | {corridor} |",
            f"| {say('Hotline')} | {hotline_price(state)} |",
        ]
        told = [
            say("{army}: {n} hexes", army=world.factions[owner].adjective, n=len(hexes))
            for owner, hexes in enumerate(clock.corridors)
            if hexes
        ]
        parts += ["", say("Corridors in force: {corridors}.", corridors=listed(told) if told else say("none"))]
    parts += ["", say("## Who is what to whom"), "| | is | to |", "|---|---|---|"]
    words = {Stance.ALLIED: say("allied"), Stance.FRIENDLY: say("friendly"), Stance.RIVAL: say("a rival"),
             Stance.WAR: say("at war")}  # fmt: skip
    for one in range(len(world.factions)):
        for other in range(one + 1, len(world.factions)):
            stance = words.get(Stance(world.stance[one][other]), "")
            parts.append(f"| {world.factions[one].name} | {stance} | {world.factions[other].name} |")
    return "\n".join(parts)
