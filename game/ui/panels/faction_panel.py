"""What stands in the column while nothing is in hand: the faction's aims, and every prize with its worth and holder."""

from __future__ import annotations

import pygame

from game.rules import prizes
from game.scenario.world import Prize
from game.state.tables import State
from game.ui.kit.fonts import BODY, NARROW
from game.ui.panels.acts import LookAt
from game.ui.panels.flow import Flow, paint_mark
from game.ui.panels.unit_panel import whole_name
from game.words import say

LINE = 13
"""Points from one line of a name to the next."""


def add_faction(flow: Flow, state: State, faction: int) -> None:
    """Aims in words, then the prizes, the most valuable first; a click jumps there."""
    world = state.world
    flow.heading(world.factions[faction].name)
    aims = world.texts.get(f"aims.{world.factions[faction].id}", "")
    if aims:
        flow.prose(" ".join(aims.split()), 12, flow.desk.theme.interface.text_dim)
    worth = sorted((prize for prize in world.prizes if prize.points[faction]), key=lambda one: -one.points[faction])
    if worth:
        flow.gap(4)
        flow.line(
            say("Objectives"),
            12,
            colour=flow.desk.theme.interface.text_dim,
            right=say("points + first claim"),
        )
    for prize in worth:
        _add_prize(flow, state, faction, prize)


def _add_prize(flow: Flow, state: State, faction: int, prize: Prize) -> None:
    desk, world, colours = flow.desk, state.world, flow.desk.theme.interface
    holder = state.hexes.control[prize.hex]
    claimed = prizes.claimed(state, prize.hex) >= 0
    livery = desk.theme.livery(world.factions[holder].look if holder >= 0 else None)
    who = world.factions[holder].adjective if holder >= 0 else "nobody"
    bonus = f" +{prize.first[faction]}" if prize.first[faction] and not paid(state, prize) else ""
    right = f"{prize.points[faction]}{bonus}"

    end = desk.fonts.text(right, BODY, desk.px(12), colours.accent)
    middle = desk.fonts.text(who, NARROW, desk.px(12), colours.text_dim)
    left, edge = desk.px(18), flow.room - desk.px(44) - middle.get_width()
    role, names = whole_name(desk.fonts, prize.name, desk.px(12), edge - left - desk.px(6))

    def paint(screen: pygame.Surface, box: pygame.Rect) -> None:
        centre = (box.x + desk.px(6), box.y + desk.px(9))
        paint_mark(screen, "square", centre, desk.px(5), livery.paper)
        inner = desk.px(5) - max(1, desk.px(1))
        paint_mark(screen, "square", centre, inner, livery.body if claimed else colours.panel)
        screen.blit(end, (box.right - end.get_width(), box.y))
        screen.blit(middle, (box.x + edge, box.y + desk.px(1)))
        for number, words in enumerate(names):
            face = desk.fonts.text(words, role, desk.px(12), colours.text)
            screen.blit(face, (box.x + left, box.y + number * desk.px(LINE)))

    if claimed:
        tip = say("{objective}: claimed by {faction}. Click to show it.", objective=prize.name, faction=who)
    else:
        tip = say("{objective}: controlled by {faction}. Click to show it.", objective=prize.name, faction=who)
    flow.block(18.5 + LINE * (len(names) - 1), paint, LookAt(prize.hex), tip)


def paid(state: State, prize: Prize) -> bool:
    """Whether the first holder has had the bonus of a prize."""
    return any(one.id == prize.id and state.clock.bonus[number] >= 0 for number, one in enumerate(state.world.prizes))
