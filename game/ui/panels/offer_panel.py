"""What a click on the map would give: march and attack in one, an attack, or the march of several units."""

from __future__ import annotations

from dataclasses import replace

from game import engine
from game import orders as od
from game.rules import combat, forecasting, foresight, out_of_reach
from game.rules.ground import quarters
from game.state.codes import Supplied
from game.state.tables import State
from game.ui import pointing, targets, together
from game.ui.kit.fonts import STRONG
from game.ui.panels.acts import Confirm
from game.ui.panels.flow import Flow
from game.ui.panels.hex_panel import hex_name
from game.ui.panels.outcome_bar import add_bar
from game.ui.panels.risk_lines import incident_line, incident_lines
from game.ui.panels.stepper import add_stepper
from game.ui.selection import ASSAULT, Selection
from game.words import count, listed, percent, say, sentence, tenths

MARCHES = 3
"""Marches that are told one by one."""
SUPPLY = {
    Supplied.FULL: say("in full supply"),
    Supplied.STRETCHED: say("stretched"),
    Supplied.CUT: say("cut off"),
}


def offers(state: State, faction: int, selection: Selection, hover: int) -> bool:
    """Whether the panel has something to say about a right click on the hex under the mouse."""
    if selection.mode == ASSAULT:
        return True
    if selection.mode or not selection.unit or state.faction != faction or hover < 0:
        return False
    return bool(combat.foes_at(state, faction, hover)) or bool(selection.group and hover != selection.hex)


def add_offer(flow: Flow, state: State, faction: int, selection: Selection, hover: int) -> None:
    """The march and attack that are prepared, or what a right click on the hex under the mouse would do."""
    if selection.mode == ASSAULT:
        stand = selection.stand
        if hover != stand and any(hover == one.hex for one in pointing.stands(state, selection.unit, selection.target)):
            stand = hover
        found = pointing.assault(state, selection.units, selection.target, stand)
        if found is not None:
            supported = replace(found, attack=replace(found.attack, support=selection.support))
            _add_assault(flow, state, supported, prepared=stand == selection.stand)
        return
    if not combat.foes_at(state, faction, hover):
        _add_group_march(flow, state, together.group_march(state, selection.units, hover))
        return
    if hover in targets.choices(state, "bombard", selection.unit) and hover not in _beside(state, selection):
        flow.heading(say("Bombard {hex}", hex=hex_name(state.world, hover)))
        chance = combat.bombard_chance(state, state.world.row[selection.unit], hover)
        flow.line(say("Chance to disrupt 1 step"), 13, STRONG, right=percent(chance))
        incident_line(flow, state, od.Bombard(selection.unit, hover))
        flow.prose(say("Right-click to aim, and again to fire."), 12, flow.desk.theme.interface.text_dim)
        return
    found = pointing.assault(state, selection.units, hover)
    if found is None:
        flow.heading(say("Attack on {hex}", hex=hex_name(state.world, hover)))
        why = pointing.why_not(state, selection.unit, hover)
        flow.prose(sentence(why), 12, flow.desk.theme.interface.text_dim, mark="ring")
        return
    _add_assault(flow, state, found, prepared=False)


def _beside(state: State, selection: Selection) -> tuple[int, ...]:
    return state.world.grid.near[selection.hex]


def _names(state: State, units: tuple[str, ...]) -> str:
    world = state.world
    if len(units) > 3:
        return count(len(units), "{n} unit", "{n} units")
    return listed([world.roster.name[world.row[unit]] for unit in units])


def _add_assault(flow: Flow, state: State, found: pointing.MarchAndAttack, prepared: bool) -> None:
    """Odds, support and risks first, then the marches, and what the click does."""
    world, dim, now = state.world, flow.desk.theme.interface.text_dim, state
    where = hex_name(world, found.attack.target)
    flow.heading(say("March and attack {hex}", hex=where) if found.marches else say("Attack on {hex}", hex=where))
    _add_odds(flow, found, engine.odds(found.after, found.attack))
    if prepared:
        _add_support(flow, state, found)
    risked: list[tuple[State, od.Order]] = [(found.after, found.attack)]
    lines = []
    for march in found.marches:
        row = world.row[march.unit]
        cost, left = out_of_reach.stops(now, row).get(march.path[-1], 0), now.units.mp[row]
        words = say("{unit} to {hex}", unit=world.roster.name[row], hex=world.grid.label(march.path[-1]))
        lines.append((words, say("{cost} of {left} MP", cost=quarters(cost), left=quarters(left))))
        risked.append((now, march))
        now = foresight.marched(now, row, march.path)
    incident_lines(flow, risked)
    for words, right in lines[:MARCHES]:
        flow.line(words, 12, right=right)
    if len(lines) > MARCHES:
        flow.line(say("and {n} more", n=len(lines) - MARCHES), 12, colour=dim)
    for why in found.left_out:
        flow.prose(sentence(why), 12, dim, mark="ring")
    if prepared:
        flow.prose(say("Rings show where to attack from, by odds. Click one to attack from there."), 12, dim)
        title = say("March and attack  (Enter)") if found.marches else say("Attack  (Enter)")
        flow.at_foot().button(title, Confirm(), strong=True)
    elif found.marches:
        flow.prose(say("Right-click to choose where to attack from, and again to order both."), 12, dim)
    else:
        flow.prose(say("Right-click to attack. B adds support and other units first."), 12, dim)


def _add_support(flow: Flow, state: State, found: pointing.MarchAndAttack) -> None:
    """A stepper for each kind of support that can shift the attack."""
    committed = dict(found.attack.support)
    for kind, points in sorted(state.support_of(state.faction).items()):
        what = state.world.rules.support.kinds.get(kind)
        if what is not None and what.attack_shift and points:
            add_stepper(flow, what.name, committed.get(kind, 0), points, kind)


def _add_odds(flow: Flow, found: pointing.MarchAndAttack, odds: forecasting.Forecast) -> None:
    known, dim = odds.known, flow.desk.theme.interface.text_dim
    mine = say("{mine} against {his}", mine=tenths(known.attack), his=tenths(known.defence))
    column = known.name if odds.exact else say("{worst} to {best}", worst=odds.worst.name, best=odds.best.name)
    if odds.worst.name == odds.best.name:
        column = known.name
    flow.line(mine, 13, STRONG, right=say("column {column}", column=column), tip=str(known.shifts))
    flow.line(_names(found.after, found.attack.units), 12, colour=dim)
    add_bar(flow, known.outcomes, "" if odds.exact else say("as far as you know"))


def _add_group_march(flow: Flow, state: State, found: together.GroupMarch) -> None:
    """How many go where, the risk of them all, and supply at the end."""
    world, marks, dim = state.world, flow.desk.theme.marks, flow.desk.theme.interface.text_dim
    going = [leg for leg in found.legs if leg.path]
    nobody = say("None of them can march to {hex}", hex=hex_name(world, found.target))
    title = count(len(going), "{n} unit to {hex}", "{n} units to {hex}", none=nobody, hex=hex_name(world, found.target))
    flow.heading(title)
    there = sum(leg.end == found.target for leg in found.legs)
    beside = len(going) - sum(leg.end == found.target for leg in going)
    if going:
        others = say("{n} beside it or on the way", n=beside) if beside else ""
        flow.line(count(there, "{n} unit there", "{n} units there"), 12, right=others)
    for leg in found.legs:
        if leg.why:
            name = world.roster.name[world.row[leg.unit]]
            end = say("at {hex}", hex=world.grid.label(leg.end)) if leg.path else say("where it is")
            words = say("{unit}, at the end {place}: {why}", unit=name, place=end, why=leg.why)
            flow.prose(words, 12, dim, mark="ring")
    if found.incident or found.unknown:
        share = (
            percent(found.incident) if found.incident else say("unknown, at most {most}", most=percent(found.unknown))
        )
        flow.prose(say("Risk that one of them causes an incident: {share}", share=share), 12,
                   marks.warn if found.incident else dim, mark="triangle" if found.incident else "ring")  # fmt: skip
    if found.friction:
        words = say("Risk of an incident when the turn ends: {share}", share=percent(found.friction))
        flow.prose(words, 12, marks.warn, mark="triangle")
    _add_supply(flow, state, found)
    if going:
        flow.prose(say("Right-click to march. One undo takes all of it back, as far as it can be undone."), 12, dim)


def _add_supply(flow: Flow, state: State, found: together.GroupMarch) -> None:
    marks = flow.desk.theme.marks
    for how in (Supplied.CUT, Supplied.STRETCHED, Supplied.FULL):
        n = sum(one == how for _, one in found.supply)
        if n:
            words = count(
                n, "{n} unit would be {supply} there", "{n} units would be {supply} there", supply=SUPPLY[how]
            )
            mark = {Supplied.CUT: "square", Supplied.STRETCHED: "triangle"}.get(how, "disc")
            colour = {Supplied.CUT: marks.cut, Supplied.STRETCHED: marks.stretched}.get(how, marks.supplied)
            flow.prose(words, 12, mark=mark, mark_colour=colour)
