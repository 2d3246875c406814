"""The forecast of an attack: strengths, shifts in two columns, chances, incident, and the button that orders it."""

from __future__ import annotations

import pygame

from game import engine
from game import orders as od
from game.rules import combat, deconfliction, forecasting
from game.rules.ledger import Term
from game.state.tables import State
from game.ui.clicks import proposal, strikes_rival
from game.ui.kit.fonts import NARROW, STRONG
from game.ui.kit.lettering import wrapped
from game.ui.panels.acts import Confirm
from game.ui.panels.flow import Flow
from game.ui.panels.hex_panel import hex_name
from game.ui.panels.outcome_bar import add_bar, add_classes, add_results
from game.ui.panels.risk_lines import add_order_button, add_strays, bad_ink, incident_line
from game.ui.panels.terms import side_terms
from game.ui.selection import Selection
from game.words import say, signed, tenths

INSET = 15
"""Points that the value before a shift takes."""
SHARES = (0.5, 0.4, 0.6)
"""Of the room, what the left one of two columns may take: the way with the fewest lines is taken."""


def add_attack(flow: Flow, state: State, selection: Selection) -> None:
    """The attack in preparation."""
    world, order = state.world, proposal(state, selection)
    flow.heading(say("Attack on {hex}", hex=hex_name(world, selection.target)))
    if not isinstance(order, od.Attack):
        flow.prose(_why_nobody(state, selection), 12, bad_ink(flow), mark="cross")
        return
    found = engine.odds(state, order)
    _add_ratio(flow, state, selection, found)
    _add_shifts(flow, state, found.known)
    add_bar(flow, found.known.outcomes, "" if found.exact else say("as far as you know"))
    for end, words in ((found.best, say("at best")), (found.worst, say("at worst"))):
        if end.column != found.known.column:
            add_bar(flow, end.outcomes, say("{end}, column {column}", end=words, column=end.name))
    add_strays(flow, state, order)
    incident_line(flow, state, order)
    _add_confirmation(flow.at_foot(), state, selection, order)
    flow.gap(4)
    if found.best.column == found.worst.column:
        add_results(flow, found.known.outcomes)
    else:
        add_classes(flow, found)
    for doubt in found.unsure:
        flow.prose(doubt.words, 12, flow.desk.theme.interface.text_dim, mark="ring")


def _why_nobody(state: State, selection: Selection) -> str:
    """Why an attack in preparation has no attackers: nobody is able, or nobody is ticked."""
    world = state.world
    near = [row for here in world.grid.near[selection.target] for row in state.units_at(here)]
    units = [world.roster.id[row] for row in near if world.roster.faction[row] == state.faction]
    if not units:
        return say("You have no unit adjacent to it.")
    refusals = [engine.refusal(state, od.Attack((unit,), selection.target, confirm=2)) for unit in units]
    if None in refusals:
        return say("No unit takes part. Choose the attackers above.")
    asked = units.index(selection.unit) if selection.unit in units else 0
    why = str(refusals[asked])
    return why[:1].upper() + why[1:]


def _add_ratio(flow: Flow, state: State, selection: Selection, found: forecasting.Forecast) -> None:
    worst, best, known = found.worst, found.best, found.known
    his = (
        tenths(known.defence)
        if best.defence == worst.defence
        else say("{least} to {most}", least=tenths(best.defence), most=tenths(worst.defence))
    )
    base = state.world.rules.combat.columns[known.base].name
    column = say("column {worst} to {best}", worst=worst.name, best=best.name)
    if best.name == worst.name:
        column = say("column {column}", column=known.name) if base == known.name else f"{base} → {known.name}"
    order = proposal(state, selection)
    attackers = [state.world.row[unit] for unit in order.units] if isinstance(order, od.Attack) else []
    defenders = combat.who_defends(state, state.faction, selection.target)
    tip = "\n".join((
        say("You: {n}", n=tenths(known.attack)), side_terms(state, attackers, True),
        say("The defender: {n}", n=his), side_terms(state, defenders, False),
    ))  # fmt: skip
    flow.line(say("{mine} against {his}", mine=tenths(known.attack), his=his), 13, STRONG, right=column, tip=tip)


def _add_shifts(flow: Flow, state: State, odds: forecasting.Odds) -> None:
    """Shifts in two columns, for the attacker left, against it right; in one where all of them point one way."""
    desk = flow.desk
    good, bad = desk.theme.marks.good.mixed(desk.theme.interface.text, 45), bad_ink(flow)
    sides = [[term for term in odds.shifts.terms if (term.value > 0) == helps] for helps in (True, False)]
    both = all(sides)
    gap = desk.px(8)
    widths = [round((flow.room - gap) * share) for share in SHARES] if both else [flow.room]
    half, columns = min(
        ((wide, _columns(flow, sides, (wide, flow.room - gap - wide if both else wide))) for wide in widths),
        key=lambda one: max(map(len, one[1])),
    )
    tall = desk.px(15)

    def paint(screen: pygame.Surface, box: pygame.Rect) -> None:
        for column, (lines, ink) in enumerate(zip(columns, (good, bad), strict=True)):
            for number, text in enumerate(lines):
                inset = 0 if text[0] in "+−" else desk.px(INSET)
                screen.blit(
                    desk.fonts.text(text, NARROW, desk.px(12), ink),
                    (box.x + (column * (half + gap) if both else 0) + inset, box.y + number * tall),
                )

    tip = "\n".join(map(str, odds.shifts.terms))
    box = flow.block(1, paint, tip=tip)
    box.height = tall * max(1, *map(len, columns))
    flow.y = box.bottom
    cap = state.world.rules.combat.shift_cap
    total = odds.shifts.total
    held = max(-cap, min(cap, total))
    words = say("shifts {n}", n=signed(total))
    if held != total:
        words = say("shifts {n}, limited to {most}", n=signed(total), most=signed(held))
    flow.line(words, 12, colour=desk.theme.interface.text_dim, tip=tip)


def _columns(flow: Flow, sides: list[list[Term]], widths: tuple[int, int]) -> list[list[str]]:
    """The shifts of both sides in lines: the value, then its words, set in where they go on in the next line."""
    desk, pixels = flow.desk, flow.desk.px(12)
    found = []
    for terms, width in zip(sides, widths, strict=True):
        lines: list[str] = []
        for term in terms:
            first, *more = wrapped(desk.fonts, term.named, NARROW, pixels, width - desk.px(INSET))
            lines += [f"{signed(term.value)} {first}", *more]
        found.append(lines)
    return found


def _add_confirmation(flow: Flow, state: State, selection: Selection, order: od.Attack) -> None:
    price, words = combat.price_of(state, order)
    if price:
        flow.prose(say("costs {price} CP ({why})", price=price, why=words), 12, flow.desk.theme.interface.text_dim)
    if strikes_rival(state, selection):
        flow.prose(rival_warning(state, selection.confirmed), 12, bad_ink(flow), mark="triangle")
        flow.button(
            (say("Confirm (1 of 2)"), say("Confirm (2 of 2)"), say("Attack the other bloc"))[
                min(2, selection.confirmed)
            ],
            Confirm(),
            strong=True,
        )
        return
    add_order_button(flow, state, order, "Attack")


def rival_warning(state: State, confirmed: int) -> str:
    """What an attack on the other bloc brings, and what is still to be done for it."""
    if deconfliction.open_clash(state):
        follows, end = say("war between the blocs from now on"), say("you cannot undo it")
    else:
        follows, end = say("the worst result for your bloc"), say("this ends the race")
    warning = say("This attacks the other bloc: rung 5, and {follows}.", follows=follows)
    if not confirmed:
        return warning
    said = say("Confirm once more: {end}.", end=end) if confirmed == 1 else say("Give the order now.")
    return f"{warning} {said}"
