"""The forecast: what will happen, and who gets angry. It stands in one fixed place.

For an attack it shows strengths, shifts in two columns, the exact chance of every outcome of 36 throws (a range
against contacts), the incident line, and the button that gives the order. For a march it shows cost, incident and
threat; for fire its chance with every reason.
"""

from __future__ import annotations

from game import engine
from game import orders as od
from game.rules import columns, taking
from game.rules.deconfliction import Act
from game.rules.ground import quarters
from game.state.tables import State
from game.ui import targets
from game.ui.panels.aimed_forecast import add_aimed
from game.ui.panels.attack_forecast import add_attack
from game.ui.panels.flow import Flow
from game.ui.panels.hex_panel import cost_words, hex_name, reach_words
from game.ui.panels.risk_lines import bad_ink, incident_line
from game.ui.risk_words import share_words
from game.ui.selection import Selection
from game.words import percent as percent_of
from game.words import say


def add_forecast(flow: Flow, state: State, faction: int, selection: Selection, hover: int) -> None:
    """The order in preparation, or what a march to the hex under the mouse would mean."""
    if selection.mode == "attack" and selection.target >= 0:
        add_attack(flow, state, selection)
    elif selection.mode:
        add_aimed(flow, state, faction, selection, hover)
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
    ambushed = columns.way_risk(state, row, found.path(hover))
    if ambushed:
        words = say("Enemies lie in wait: a chance of {share} to lose the column.", share=percent_of(ambushed))
        flow.prose(words, 12, flow.desk.theme.marks.warn, mark="triangle")
    incident_line(flow, state, od.Move(unit, found.path(hover)))
    stay = engine.incident(state, Act("friction", hover))
    if stay.most:
        flow.prose(
            say("Risk of an incident if it is still there when the turn ends: {share}", share=share_words(stay)),
            12,
            flow.desk.theme.marks.warn if stay.percent else flow.desk.theme.interface.text_dim,
            mark="triangle" if stay.percent else "ring",
        )
    warning = engine.threat(state, unit, hover)
    words = str(warning)
    flow.prose(
        words[:1].upper() + words[1:], 12, bad_ink(flow) if warning.attackers else flow.desk.theme.interface.text_dim
    )
