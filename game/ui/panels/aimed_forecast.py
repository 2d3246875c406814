"""The forecast of whatever is aimed at a hex: fire, crossings, drops, talks; and the corridor being gathered."""

from __future__ import annotations

from game import engine
from game import orders as od
from game.rules import combat, strikes, supply, support
from game.rules.ledger import Ledger
from game.rules.refusal import Refusal
from game.state.tables import State
from game.ui import order_kinds, targets
from game.ui.clicks import proposal
from game.ui.kit.fonts import NARROW, STRONG
from game.ui.panels.flow import Flow
from game.ui.panels.hex_panel import hex_name
from game.ui.panels.risk_lines import add_order_button, add_strays, add_unwatched, incident_line
from game.ui.panels.stepper import add_stepper
from game.ui.selection import Selection
from game.words import percent as percent_of
from game.words import say, signed


def add_aimed(flow: Flow, state: State, faction: int, selection: Selection, hover: int) -> None:
    """An order in preparation that is aimed at hexes."""
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
            add_order_button(flow.at_foot(), state, ready, title.split(":")[0])


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
                "A hit closes the arsenal for {n} turns. It also costs its garrison stores and a strongpoint.",
                n=state.world.rules.support.arsenal_turns,
            )
            flow.prose(words, 12)
        else:
            add_unwatched(flow, state, faction, order.target)
        chance = strikes.strike_chance(state, faction, order.kind, order.target)
        _add_ledger(flow, say("Chance that a point hits"), chance, f"{chance.total}%")
        add_strays(flow, state, order)
        _add_points(flow, state, selection)
    elif isinstance(order, od.Bombard):
        row = state.world.row[order.unit]
        flow.line(
            say("Chance to disrupt 1 step"), 13, STRONG, right=f"{combat.bombard_chance(state, row, order.target)}%"
        )
        add_unwatched(flow, state, faction, order.target)
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
        add_order_button(flow.at_foot(), state, order, "Notify")
