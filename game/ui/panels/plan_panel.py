"""What is resolved for later turns: the plan of the unit in hand, the march in preparation, and all plans of a seat."""

from __future__ import annotations

from collections.abc import Mapping

import pygame

from game import orders as od
from game import plans as pl
from game.plans import DropPlan, FollowPlan, HoldPlan, MarchOrder, Plan, Repeat
from game.rules import foresight, supply
from game.state.codes import Supplied
from game.state.tables import State
from game.ui import together
from game.ui.kit.fonts import BODY
from game.ui.panels.acts import CancelPlan, Confirm, HoldUnits, LookAt, RepeatOrder, TakeUnit, ToggleRoadMarch
from game.ui.panels.flow import Flow
from game.ui.panels.hex_panel import hex_name
from game.ui.panels.offer_panel import SUPPLY
from game.ui.panels.unit_panel import paint_tick
from game.ui.selection import Selection
from game.words import count, percent, say, sentence


def plan_words(state: State, plan: Plan) -> str:
    """A plan in a sentence, with the turn in which a march should arrive."""
    world = state.world
    match plan:
        case MarchOrder(unit, way):
            found = foresight.long_march(state, world.row[unit], way)
            goal = hex_name(world, way[-1])
            if not found.path:
                return say("March order to {hex}.", hex=goal)
            return say("March order to {hex}, there on turn {turn}.", hex=goal, turn=state.clock.turn + found.turns - 1)
        case DropPlan(unit):
            name = world.roster.name[world.row[unit]] if unit in world.row else unit
            return say("Supplies are dropped on {unit} every turn.", unit=name)
        case FollowPlan(_, leader):
            row = world.row.get(leader, -1)
            name = world.roster.name[row] if row >= 0 else leader
            return say("Follows {leader}: marches after it as each turn ends.", leader=name)
        case HoldPlan():
            return say("Holds: rests or digs in, and wakes when an enemy is within {near} hexes.", near=pl.CONTACT)
        case Repeat(order):
            return _repeat_words(state, order)


def _repeat_words(state: State, order: pl.Repeatable) -> str:
    world = state.world
    match order:
        case od.Bombard(_, target):
            return say("Bombards {hex} every turn.", hex=hex_name(world, target))
        case od.AirDrop(target):
            return say("An air drop at {hex} every turn.", hex=hex_name(world, target))
        case od.Scout(target):
            return say("A flight over {hex} every turn.", hex=hex_name(world, target))
        case od.Hotline():
            return say("A call on the hotline every turn.")
        case od.Rest(_, refit):
            return say("Refits every turn.") if refit else say("Rests every turn.")
        case od.DigIn():
            return say("Digs in every turn.")


def add_plan(
    flow: Flow, state: State, selection: Selection, plans: Mapping[str, Plan], repeatable: pl.Repeatable | None
) -> None:
    """The plan of the units in hand with a way to cancel it, or what could be resolved for them."""
    mine = [plans[unit] for unit in selection.units if unit in plans]
    drops = [plans[key] for unit in selection.units if (key := f"drop-on {unit}") in plans]
    for plan in (*mine[:2], *drops[:1]):
        flow.prose(plan_words(state, plan), 12, flow.desk.theme.interface.accent, mark="disc")
    if mine or drops:
        flow.button(say("Cancel the plan  (Backspace)"), CancelPlan(), tall=24)
    if len(mine) < len(selection.units):
        words = say("Hold  (Shift+Space)")
        flow.button(
            words,
            HoldUnits(),
            tall=24,
            tip=say("It rests or digs in as each turn ends, wakes when an enemy comes close, and Next leaves it out."),
        )
    if repeatable is not None and Repeat(repeatable) not in mine:
        flow.button(say("Repeat  (Ctrl+Space)"), RepeatOrder(), tall=24, tip=_repeat_words(state, repeatable))


def add_plans(flow: Flow, state: State, plans: Mapping[str, Plan]) -> None:
    """All plans of the seat; a click selects the unit."""
    if not plans:
        return
    world = state.world
    flow.heading(say("Plans"), count(len(plans), "{n} plan", "{n} plans"))
    order = (MarchOrder, FollowPlan, DropPlan, Repeat, HoldPlan)
    for key, plan in sorted(plans.items(), key=lambda pair: order.index(type(pair[1]))):
        row = world.row.get(key, -1)
        words = plan_words(state, plan)
        if row >= 0:
            short = say("holds") if isinstance(plan, HoldPlan) else words
            flow.line(world.roster.name[row], 12, right="", act=TakeUnit(key), tip=words)
            flow.line(short, 12, colour=flow.desk.theme.interface.text_dim, indent=10, act=TakeUnit(key))
        else:
            here = pl.plan_place(state, key)
            flow.line(words, 12, act=LookAt(here) if here >= 0 else None)


def _add_road_march(flow: Flow, selection: Selection) -> None:
    """The tick box that lets a march use actions for road marches."""
    desk = flow.desk

    def paint(screen: pygame.Surface, box: pygame.Rect) -> None:
        paint_tick(screen, desk, pygame.Rect(box.x, box.y + desk.px(5), desk.px(14), desk.px(14)), selection.road)
        words = desk.fonts.text(say("Road marches  (Shift+M)"), BODY, desk.px(12), desk.theme.interface.text)
        screen.blit(words, (box.x + desk.px(20), box.y + desk.px(3)))

    tip = say("Each unit uses its action to go further by road, as long as no enemy is within {n} hexes.", n=pl.CONTACT)
    flow.block(25, paint, ToggleRoadMarch(), tip)


def add_route(flow: Flow, state: State, selection: Selection) -> None:
    """The march in preparation: turns, arrival, risk, supply at its end, and what stops it."""
    world, marks, dim = state.world, flow.desk.theme.marks, flow.desk.theme.interface.text_dim
    found = together.long_march(state, selection.units, selection.way, road=selection.road)
    goal = selection.way[-1]
    title = (
        say("March order to {hex}", hex=hex_name(world, goal))
        if found.plans
        else say("March to {hex}", hex=hex_name(world, goal))
    )
    flow.heading(title)
    if not found.lines:
        flow.prose(next(iter(found.refused), say("Nobody can get there.")), 12, dim, mark="ring")
        return
    hexes = max(len(line.path) for line in found.lines)
    flow.line(
        count(hexes, "{n} hex", "{n} hexes"), 12,
        right=count(found.turns, "arrives this turn", "{n} turns, there on turn {turn}", turn=found.arrival),
    )  # fmt: skip
    if len(selection.units) > 1:
        flow.line(count(len(found.lines), "{n} unit marches", "{n} units march"), 12)
    risk = max((plan.risk for plan in found.plans if isinstance(plan, MarchOrder)), default=0)
    flow.prose(
        say("Risk of an incident on the way, as far as you know: {share}", share=percent(risk)), 12,
        marks.warn if risk else dim, mark="triangle" if risk else "ring",
    )  # fmt: skip
    how = supply.state_if_held(state, state.faction, goal)
    mark = {Supplied.CUT: "square", Supplied.STRETCHED: "triangle"}.get(how, "disc")
    colour = {Supplied.CUT: marks.cut, Supplied.STRETCHED: marks.stretched}.get(how, marks.supplied)
    words = say("Supply at its end, as things are now: {state}", state=SUPPLY[how])
    flow.prose(words, 12, mark=mark, mark_colour=colour)
    for why in found.refused:
        flow.prose(sentence(why), 12, dim, mark="ring")
    if found.plans or any(isinstance(order, od.March) for order in found.orders):
        _add_road_march(flow, selection)
    if found.plans:
        flow.prose(
            say(
                "It stops by itself when an enemy comes within {near} hexes, when it is cut off, and before a "
                "greater risk of an incident.",
                near=pl.CONTACT,
            ),
            12,
            dim,
        )
    flow.prose(say("Shift and right-click adds a way-point."), 12, dim)
    flow.at_foot().button(say("Give the order  (Enter)"), Confirm(), strong=True)
