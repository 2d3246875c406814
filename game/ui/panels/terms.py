"""What the numbers on the panels are made of, term by term, for their tips: strengths, movement, steps."""

from __future__ import annotations

from collections.abc import Iterable

from game.rules import combat, movement
from game.rules.ground import quarters
from game.rules.shifts import is_contact
from game.state.codes import Supplied
from game.state.tables import State
from game.words import count, percent, say, tenths


def strength_terms(state: State, row: int, attacking: bool) -> list[str]:
    """How the strength of a unit comes about (rule 5.1): its value by steps, then what lowers it."""
    rules, roster, units = state.world.rules.combat, state.world.roster, state.units
    value = roster.attack[row] if attacking else roster.defence[row]
    whole = units.steps[row] - units.disrupted[row]
    lines = [count(whole, "{n} step of strength {value}", "{n} steps of strength {value}", value=value)]
    if units.disrupted[row]:
        words = count(units.disrupted[row], "{n} disrupted step counts {share}", "{n} disrupted steps count {share}",
                      share=percent(rules.disrupted_percent))  # fmt: skip
        lines.append(words)
    if attacking and "artillery" in roster.traits[row]:
        lines.append(say("artillery attacks with {share}", share=percent(rules.artillery_percent)))
    if units.supply[row] == Supplied.CUT:
        share = rules.cut_percent if attacking else rules.cut_defence_percent
        lines.append(say("cut off: {share}", share=percent(share)))
    elif attacking and units.supply[row] == Supplied.STRETCHED:
        lines.append(say("stretched supply: {share}", share=percent(rules.stretched_percent)))
    return lines


def side_terms(state: State, rows: Iterable[int], attacking: bool) -> str:
    """The strength of a side, unit by unit, each with its terms; of contacts what is assumed."""
    names, out = state.world.roster.name, []
    for row in rows:
        if is_contact(state, row):
            out.append(say("{unit}: not identified, so a range is reckoned with", unit=names[row]))
            continue
        total, terms = tenths(combat.strength(state, row, attacking)), strength_terms(state, row, attacking)
        out.append(say("{unit}: {total} ({terms})", unit=names[row], total=total, terms=", ".join(terms)))
    return "\n".join(out)


def movement_terms(state: State, row: int) -> str:
    """The movement that a unit has left: its allowance by supply, and what it has used of it."""
    rules, units = state.world.rules.movement, state.units
    full, now = state.world.roster.movement[row], movement.allowance(state, row)
    lines = [say("Allowance {n} MP", n=quarters(full))]
    if units.supply[row] == Supplied.STRETCHED:
        lines.append(say("stretched supply: {share} of it", share=percent(rules.stretched_percent)))
    elif units.supply[row] == Supplied.CUT:
        lines.append(say("cut off: {share} of it", share=percent(rules.cut_percent)))
    used = now - units.mp[row]
    if used > 0:
        lines.append(say("used in this turn: {n} MP", n=quarters(used)))
    elif used < 0:
        lines.append(say("gained by a road march or a forced march: {n} MP", n=quarters(-used)))
    lines.append(say("left: {n} MP", n=quarters(units.mp[row])))
    return "\n".join(lines)


def steps_words(have: int, full: int) -> str:
    """How many steps are left of the full number."""
    return count(full, "{have} of {n} step", "{have} of {n} steps", have=have)


def step_terms(state: State, row: int) -> str:
    """The steps of a unit and its strength in attack and defence, by their terms."""
    full, units = state.world.roster.steps[row], state.units
    lines = [say("{steps}; {lost} lost", steps=steps_words(units.steps[row], full), lost=full - units.steps[row])]
    if units.disrupted[row]:
        lines.append(say("{n} disrupted: Rest recovers 1", n=units.disrupted[row]))
    for attacking, words in ((True, say("Attack")), (False, say("Defence"))):
        total = tenths(combat.strength(state, row, attacking))
        terms = ", ".join(strength_terms(state, row, attacking))
        lines.append(say("{what} {total}: {terms}", what=words, total=total, terms=terms))
    return "\n".join(lines)
