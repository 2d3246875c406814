"""The forecast: what will happen, and who gets angry. It stands in one fixed place.

For an attack it shows strengths, shifts in two columns, the exact chance of every outcome of 36 throws (a range
against contacts), the incident line, and the button that gives the order. For a march it shows cost, incident and
threat; for fire its chance with every reason.
"""

from __future__ import annotations

import pygame

from game import engine
from game import orders as od
from game.rules import combat, deconfliction, fog, forecasting, ladder, strays, strikes, supply, support, taking
from game.rules.aftermath import Aftermath
from game.rules.deconfliction import Act
from game.rules.ground import quarters
from game.rules.ledger import Ledger, Term
from game.rules.refusal import Refusal
from game.state.tables import State
from game.ui import order_kinds, targets
from game.ui.kit.fonts import NARROW, STRONG
from game.ui.kit.lettering import fitted, wrapped
from game.ui.kit.theme import Colour
from game.ui.panels.acts import ChangeSupport, Confirm
from game.ui.panels.flow import Flow, paint_button
from game.ui.panels.hex_panel import cost_words, hex_name, reach_words
from game.ui.selection import Selection, proposal, strikes_rival
from game.words import percent as percent_of
from game.words import say, signed, tenths

CLASSES = (
    say("The defender is driven out"),
    say("The defender suffers but holds"),
    say("Both suffer"),
    say("Only you suffer"),
)


def outcome_class(after: Aftermath) -> int:
    """Which of the four plain classes an outcome belongs to, best for the attacker first."""
    if after.cleared:
        return 0
    if after.spared:
        return 3
    return 2 if after.attacker_lost or after.attacker_disrupted else 1


def class_colours(flow: Flow) -> tuple[Colour, ...]:
    """Colours of the four classes; each carries its own pattern in the bar."""
    marks = flow.desk.theme.marks
    return marks.good, marks.good.mixed(marks.warn, 50), marks.warn, marks.bad


# --- what is shown --------------------------------------------------------------------------------------------


def add_forecast(flow: Flow, state: State, faction: int, selection: Selection, hover: int) -> None:
    """The order in preparation, or what a march to the hex under the mouse would mean."""
    if selection.mode == "attack" and selection.target >= 0:
        _add_attack(flow, state, selection)
    elif selection.mode:
        _add_aimed(flow, state, faction, selection, hover)
    elif selection.unit and hover >= 0 and hover != selection.hex:
        _add_march(flow, state, faction, selection, hover)
    else:
        _add_hint(flow, state, faction, selection)


def _add_hint(flow: Flow, state: State, faction: int, selection: Selection) -> None:
    flow.heading("Forecast")
    dim = flow.desk.theme.interface.text_dim
    if state.faction != faction:
        flow.prose(say("{faction} to play.", faction=state.world.factions[state.faction].name), 12, dim)
    elif selection.unit:
        flow.prose(
            say(
                "Point at a hex in reach to see cost, risk and threat. Right-click to march there, or on a known "
                "enemy to prepare an attack."
            ),
            12,
            dim,
        )
    else:
        flow.prose(say("Click a unit to select it. N or Tab selects the next one that can still act."), 12, dim)


def incident_line(flow: Flow, state: State, order: od.Order) -> None:
    """One number and one sentence for what an order risks, and what the number does not know."""
    risk = engine.provokes(state, order)
    if risk is not None:
        risk_line(flow, risk)
        if risk.percent:
            flow.prose(ladder.next_price(state), 12, flow.desk.theme.interface.text_dim)


def risk_line(flow: Flow, risk: deconfliction.Risk) -> None:
    """A risk of an incident; where nothing is known to threaten but not all is seen, it is unknown and not 0 %."""
    marks, text, dim = flow.desk.theme.marks, flow.desk.theme.interface.text, flow.desk.theme.interface.text_dim
    ink = dim if not risk.percent else marks.warn if risk.percent < 15 else marks.bad.mixed(text, 40)
    words = risk.words
    if not risk.percent and risk.most > 0:
        words = say("Unknown risk of an incident, at most {share}: you do not see all hexes near.",
                    share=percent_of(risk.most))  # fmt: skip
    flow.prose(words, 12, ink, tip="\n".join(map(str, risk.terms.terms)), mark="triangle" if risk.percent else "ring")
    if risk.unseen and risk.percent:
        flow.prose(risk.unseen, 12, dim)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _add_march(flow: Flow, state: State, faction: int, selection: Selection, hover: int) -> None:
    world, unit = state.world, selection.unit
    row = world.row[unit]
    mine = world.roster.faction[row] == state.faction == faction
    found = engine.reach(state, unit) if mine else None
    flow.heading(say("To {hex}", hex=hex_name(world, hover)))
    if found is None:
        flow.prose(cost_words(state, row, hover), 12, flow.desk.theme.interface.text_dim)
        return
    if mine and hover in targets.choices(state, "attack", unit):
        flow.prose(say("Right-click to prepare an attack."), 12)
        return
    why = reach_words(state, row, hover)
    if why:
        flow.prose(why, 12, mark="ring")
        return
    left = state.units.mp[row]
    flow.line(
        say("March costs {cost} of {left} MP", cost=quarters(found.cost[hover]), left=quarters(left)),
        12,
        right=say("{left} left", left=quarters(left - found.cost[hover])),
    )
    if hover in found.stops:
        flow.line(
            say("The march ends there: it goes from one enemy ZOC into another."), 12, colour=flow.desk.theme.marks.warn
        )
    taken = taking.why_not_at_once(state, row, hover)
    if taken:
        flow.prose(taken, 12, mark="ring")
    incident_line(flow, state, od.Move(unit, found.path(hover)))
    stay = engine.incident(state, Act("friction", hover))
    if stay.most:
        if stay.exact:
            chance = percent_of(stay.percent)
        elif stay.percent:
            chance = say("{least} to {most}", least=stay.least, most=percent_of(stay.most))
        else:
            chance = say("unknown")
        flow.prose(
            say("Risk of an incident if it is still there when the turn ends: {share}", share=chance),
            12,
            flow.desk.theme.marks.warn if stay.percent else flow.desk.theme.interface.text_dim,
            mark="triangle" if stay.percent else "ring",
        )
    warning = engine.threat(state, unit, hover)
    words = str(warning)
    flow.prose(
        words[:1].upper() + words[1:], 12, _bad(flow) if warning.attackers else flow.desk.theme.interface.text_dim
    )


def _bad(flow: Flow) -> Colour:
    return flow.desk.theme.marks.bad.mixed(flow.desk.theme.interface.text, 45)


# --- an attack ------------------------------------------------------------------------------------------------


def _add_attack(flow: Flow, state: State, selection: Selection) -> None:
    world, order = state.world, proposal(state, selection)
    flow.heading(say("Attack on {hex}", hex=hex_name(world, selection.target)))
    if not isinstance(order, od.Attack):
        flow.prose(_why_nobody(state, selection), 12, _bad(flow), mark="cross")
        return
    found = engine.odds(state, order)
    _add_ratio(flow, state, found)
    _add_shifts(flow, state, found.known)
    add_bar(flow, found.known.outcomes, "" if found.exact else say("as far as you know"))
    for end, words in ((found.best, say("at best")), (found.worst, say("at worst"))):
        if end.column != found.known.column:
            add_bar(flow, end.outcomes, say("{end}, column {column}", end=words, column=end.name))
    add_strays(flow, state, order)
    incident_line(flow, state, order)
    _add_confirmation(flow, state, selection, order)
    flow.gap(4)
    if found.best.column == found.worst.column:
        _add_results(flow, found.known.outcomes)
    else:
        _add_classes(flow, found)
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


def _add_ratio(flow: Flow, state: State, found: forecasting.Forecast) -> None:
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
    flow.line(say("{mine} against {his}", mine=tenths(known.attack), his=his), 13, STRONG, right=column)


def _add_shifts(flow: Flow, state: State, odds: forecasting.Odds) -> None:
    """Shifts in two columns, for the attacker left, against it right; in one where all of them point one way."""
    desk = flow.desk
    good, bad = desk.theme.marks.good.mixed(desk.theme.interface.text, 45), _bad(flow)
    sides = [[term for term in odds.shifts.terms if (term.value > 0) == helps] for helps in (True, False)]
    both = all(sides)
    half = flow.room // 2 - desk.px(4) if both else flow.room
    columns = [[line for term in terms for line in _hung(flow, term, half)] for terms in sides]
    tall = desk.px(15)

    def paint(screen: pygame.Surface, box: pygame.Rect) -> None:
        for column, (lines, ink) in enumerate(zip(columns, (good, bad), strict=True)):
            for number, text in enumerate(lines):
                inset = 0 if text[0] in "+−" else desk.px(12)
                screen.blit(
                    desk.fonts.text(text, NARROW, desk.px(12), ink),
                    (box.x + (column * (half + desk.px(8)) if both else 0) + inset, box.y + number * tall),
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


def _hung(flow: Flow, term: Term, width: int) -> list[str]:
    """A shift in lines: the value, then its words, two lines at most."""
    desk = flow.desk
    value = signed(term.value)
    lines = wrapped(desk.fonts, f"{value} {term.named}", NARROW, desk.px(12), width - desk.px(12))
    if len(lines) <= 2:
        return lines
    return [lines[0], fitted(desk.fonts, " ".join(lines[1:]), NARROW, desk.px(12), width - desk.px(12))]


def percent(ways: int) -> str:
    """A number of 36 throws in percent, as exact as one decimal shows."""
    tenths = round(ways * 1000 / 36)
    return f"{tenths // 10}%" if tenths % 10 == 0 else f"{tenths / 10:.1f}%"


def add_bar(flow: Flow, outcomes: tuple[forecasting.ResultChance, ...], note: str = "") -> None:
    """36 throws as a bar: good for the attacker on the left; each class with its own pattern."""
    ways = class_ways(outcomes)
    colours, desk = class_colours(flow), flow.desk

    def paint(screen: pygame.Surface, box: pygame.Rect) -> None:
        x = box.x
        for number, way in enumerate(ways):
            right = box.x + box.width * sum(ways[: number + 1]) // 36
            part = pygame.Rect(x, box.y + desk.px(2), right - x, box.height - desk.px(4))
            pygame.draw.rect(screen, colours[number], part)
            _pattern(screen, part, number)
            text = desk.fonts.text(percent(way), STRONG, desk.px(12), desk.theme.interface.background)
            if way and text.get_width() + desk.px(4) < part.width:
                back = text.get_rect(center=part.center).inflate(desk.px(4), 0)
                pygame.draw.rect(screen, colours[number], back)
                screen.blit(text, text.get_rect(center=part.center))
            x = right
        pygame.draw.rect(screen, desk.theme.interface.text_dim, box.inflate(0, -desk.px(4)), 1)

    if note:
        flow.line(note, 12, colour=desk.theme.interface.text_dim)
    flow.block(
        22,
        paint,
        tip="\n".join(
            say("{ways} of 36 rolls ({share}): {result}", ways=one.ways, share=percent(one.ways), result=one.after)
            for one in _ranked(outcomes)
        ),
    )


def _pattern(screen: pygame.Surface, box: pygame.Rect, number: int) -> None:
    ink = (0, 0, 0)
    if number == 3:
        for x in range(box.x, box.right, 6):
            pygame.draw.line(
                screen,
                ink,
                (x, box.bottom - 1),
                (min(x + box.height, box.right - 1), max(box.y, box.bottom - 1 - (box.right - 1 - x))),
                1,
            )
    elif number == 2:
        for x in range(box.x + 3, box.right, 7):
            pygame.draw.line(screen, ink, (x, box.y), (x, box.bottom - 1), 1)
    elif number == 1:
        for y in range(box.y + 3, box.bottom, 6):
            pygame.draw.line(screen, ink, (box.x, y), (box.right - 1, y), 1)


def class_ways(outcomes: tuple[forecasting.ResultChance, ...]) -> list[int]:
    """Of 36 throws, how many end in each of the four classes."""
    ways = [0, 0, 0, 0]
    for one in outcomes:
        ways[outcome_class(one.after)] += one.ways
    return ways


def _ranked(outcomes: tuple[forecasting.ResultChance, ...]) -> list[forecasting.ResultChance]:
    return sorted(outcomes, key=lambda one: (outcome_class(one.after), -one.ways))


def _add_results(flow: Flow, outcomes: tuple[forecasting.ResultChance, ...]) -> None:
    colours = class_colours(flow)
    for one in _ranked(outcomes):
        ink = colours[outcome_class(one.after)].mixed(flow.desk.theme.interface.text, 55)
        words = _upper(str(one.after))
        flow.hung(words, percent(one.ways), ink, tip=say("{ways} of 36 rolls: {result}", ways=one.ways, result=words))


def _add_classes(flow: Flow, found: forecasting.Forecast) -> None:
    low, high = class_ways(found.worst.outcomes), class_ways(found.best.outcomes)
    colours = class_colours(flow)
    for number, words in enumerate(CLASSES):
        if low[number] or high[number]:
            a, b = sorted((low[number], high[number]))
            span = percent(a) if a == b else say("{least} to {most}", least=percent(a), most=percent(b))
            flow.line(words, 12, colour=colours[number].mixed(flow.desk.theme.interface.text, 55), right=span)


def _add_confirmation(flow: Flow, state: State, selection: Selection, order: od.Attack) -> None:
    price, words = combat.price_of(state, order)
    if price:
        flow.line(
            say("costs {price} CP ({why})", price=price, why=words),
            12,
            colour=flow.desk.theme.interface.text_dim,
        )
    if strikes_rival(state, selection):
        flow.prose(rival_warning(state, selection.confirmed), 12, _bad(flow), mark="triangle")
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


def add_order_button(flow: Flow, state: State, order: od.Order, text: str) -> None:
    """The button that gives an order, or the reason why it is refused."""
    refusal = engine.refusal(state, order)
    if refusal is not None:
        flow.prose(str(refusal), 12, _bad(flow), mark="cross")
    flow.button(say("{order}  (Enter)", order=text), Confirm(), enabled=refusal is None, strong=True)


# --- fire, works, talks ---------------------------------------------------------------------------------------


def _add_aimed(flow: Flow, state: State, faction: int, selection: Selection, hover: int) -> None:
    world = state.world
    here = selection.target if selection.target >= 0 else hover
    kind = order_kinds.named(selection.mode)
    if kind is None:
        return
    title = world.rules.support.kinds[selection.kind].name if kind.supports else kind.heading or kind.title
    if kind.gathers:
        _add_corridor(flow, state, selection)
        return
    found = targets.choices(state, selection.mode, selection.unit, selection.kind)
    order = found.get(here)
    if order is None:
        flow.heading(title)
        words = (
            say("Click a highlighted hex, or press Esc to cancel.")
            if found
            else targets.first_refusal(state, selection.mode, selection.unit, selection.kind)
        )
        flow.prose(words or say("Right-click an enemy adjacent to the unit."), 12, flow.desk.theme.interface.text_dim)
        return
    flow.heading(f"{title}: {hex_name(world, here)}")
    _add_order(flow, state, faction, selection, order)
    if selection.target >= 0:
        ready = proposal(state, selection)
        if ready is not None:
            add_order_button(flow, state, ready, title.split(":")[0])


def _add_ledger(flow: Flow, title: str, found: Ledger, total: str) -> None:
    flow.line(title, 13, STRONG, right=total)
    for term in found.terms:
        flow.line(
            say("{n} {what}", n=signed(term.value), what=term.words), 12, NARROW, flow.desk.theme.interface.text_dim
        )


def _add_order(flow: Flow, state: State, faction: int, selection: Selection, order: od.Order) -> None:
    if isinstance(order, od.Strike):
        if support.kinds(state.world)[order.kind].arsenals and strikes.arsenal_at(state, faction, order.target) >= 0:
            words = say(
                "A chance of {share} to close the arsenal for {n} turns. A hit also costs its garrison stores and a "
                "strongpoint.",
                share=percent_of(support.kinds(state.world)[order.kind].hit), n=state.world.rules.support.arsenal_turns,
            )  # fmt: skip
            flow.prose(words, 12)
            add_strays(flow, state, order)
            incident_line(flow, state, order)
            return
        chance = strikes.strike_chance(state, faction, order.kind, order.target)
        _add_ledger(flow, say("Chance that a point hits"), chance, f"{chance.total}%")
        _add_unwatched(flow, state, faction, order.target)
        add_strays(flow, state, order)
        _add_points(flow, state, selection)
    elif isinstance(order, od.Bombard):
        row = state.world.row[order.unit]
        flow.line(
            say("Chance to disrupt 1 step"), 13, STRONG, right=f"{combat.bombard_chance(state, row, order.target)}%"
        )
        _add_unwatched(flow, state, faction, order.target)
    elif isinstance(order, od.StrikeBridge):
        kind = strikes.best_kind(state, faction, state.world.grid.ends[order.side][0], "bridge")
        if not isinstance(kind, Refusal):
            chance = strikes.bridge_chance(state, kind, order.side, faction)
            _add_ledger(flow, say("Chance that the crossing breaks"), chance, f"{chance.total}%")
    elif isinstance(order, od.AirDrop):
        chance = supply.loss_risk(state, faction, order.target)
        least, most = supply.loss_range(state, faction, order.target)
        known = (
            percent_of(chance.total) if least == most else say("{least} to {most}", least=least, most=percent_of(most))
        )
        _add_ledger(flow, say("Risk that part or all is lost"), chance, known)
        if most > chance.total:
            flow.prose(say("More if there are enemies that you do not see."), 12, flow.desk.theme.interface.text_dim)
    elif isinstance(order, od.Bridge | od.Blow):
        flow.prose(engine.crossing(state, order.side), 12)
    elif isinstance(order, od.Infiltrate):
        words = str(engine.threat(state, order.unit, order.target))
        flow.prose(words[:1].upper() + words[1:], 12)
    elif isinstance(order, od.Cede):
        flow.prose(say("The objective goes to the other bloc, and the ladder falls 1 rung."), 12)
    elif isinstance(order, od.CloseSky):
        skies = state.world.rules.deconfliction.skies
        words = say(
            "Through turn {turn}, flights of the other bloc within {n} hexes carry {share} more risk. Its aircraft "
            "cannot react there.",
            turn=state.clock.turn + skies.turns, n=skies.range, share=percent_of(skies.risk),
        )  # fmt: skip
        flow.prose(words, 12)
    elif isinstance(order, od.Warn):
        rules = state.world.rules.deconfliction.warnings
        words = say(
            "Until your next turn, the other bloc's acts there carry up to {share} more risk. The ladder rises 1 rung.",
            share=percent_of(rules.risk),
        )  # fmt: skip
        flow.prose(words, 12)
    incident_line(flow, state, order)


def _add_unwatched(flow: Flow, state: State, faction: int, target: int) -> None:
    """A target that is not in sight may have left: then the fire hits nobody."""
    if not fog.visible_hexes(state, faction)[target]:
        intel = state.intel[faction]
        seen = max((intel.turn[row] for row in support.known_at(state, faction, target)), default=0)
        words = say("You last saw the target on turn {turn}. If it has left, nothing is hit.", turn=seen)
        flow.prose(words, 12, flow.desk.theme.interface.text_dim, mark="ring")


def add_strays(flow: Flow, state: State, order: od.Attack | od.Strike) -> None:
    """The chance that support called in hits third parties, for each kind of it."""
    faction = state.faction
    near = strays.others_near(state, faction, order.target)
    if not near and not _unwatched_around(state, faction, order.target):
        return
    for one in strays.risks(state, faction, order.target, strays.used(order)):
        name, share = support.kinds(state.world)[one.kind].name.lower(), percent_of(one.percent)
        if near:
            words = say("A chance of {share} that {support} hit third parties nearby.", share=share, support=name)
        else:
            words = say(
                "If third parties are near, {support} hit them with a chance of {share}.", share=share, support=name
            )
        flow.prose(words, 12, _bad(flow), mark="triangle")


def _unwatched_around(state: State, faction: int, target: int) -> bool:
    """Whether third parties may stand unseen so near a target that fire could hit them."""
    world, seen = state.world, fog.visible_hexes(state, faction)
    others = any(
        not world.together(faction, other) and not world.at_war(faction, other) for other in range(len(world.factions))
    )
    near = world.grid.disk(target, world.rules.support.stray_range)
    return others and any(world.terrain[here] >= 0 and not seen[here] for here in near)


def _add_points(flow: Flow, state: State, selection: Selection) -> None:
    add_stepper(
        flow,
        say("points sent"),
        selection.points,
        state.support_of(state.faction).get(selection.kind, 0),
        selection.kind,
    )


def _add_corridor(flow: Flow, state: State, selection: Selection) -> None:
    world = state.world
    rules = world.rules.deconfliction
    flow.heading(say("Notify the other bloc of a corridor"))
    flow.prose(
        say(
            "Click the hexes of the corridor one by one (limit {n}). Acts in it are safe until your next turn; the "
            "other bloc sees it.",
            n=rules.corridor_hexes,
        ),
        12,
        flow.desk.theme.interface.text_dim,
    )
    flow.line(say("{n} of {most} hexes", n=len(selection.corridor), most=rules.corridor_hexes), 12)
    order = proposal(state, selection)
    if order is not None:
        add_order_button(flow, state, order, "Notify")


def add_stepper(flow: Flow, words: str, value: int, most: int, kind: str) -> None:
    """A number with a minus and a plus."""
    desk = flow.desk

    def paint(screen: pygame.Surface, box: pygame.Rect) -> None:
        size = box.height - desk.px(4)
        less, more = stepper_boxes(box, size)
        for part, text in ((less, "−"), (more, "+")):
            paint_button(screen, desk, part, text, size=14)
        number = desk.fonts.text(f"{value}", STRONG, desk.px(13), desk.theme.interface.text)
        screen.blit(number, number.get_rect(center=((less.right + more.x) // 2, box.centery)))
        text = fitted(
            desk.fonts, say("{what} ({n} left)", what=words, n=most), NARROW, desk.px(12), less.x - box.x - desk.px(6)
        )
        screen.blit(desk.fonts.text(text, NARROW, desk.px(12), desk.theme.interface.text), (box.x, box.y + desk.px(5)))

    box = flow.block(27, paint)
    less, more = stepper_boxes(box, box.height - desk.px(4))
    flow.spot(less, ChangeSupport(kind, -1))
    flow.spot(more, ChangeSupport(kind, 1))


def stepper_boxes(box: pygame.Rect, size: int) -> tuple[pygame.Rect, pygame.Rect]:
    """Where the minus and the plus of a stepper are."""
    more = pygame.Rect(box.right - size, box.y + 2, size, size)
    return pygame.Rect(more.x - 2 * size, box.y + 2, size, size), more
