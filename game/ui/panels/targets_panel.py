"""Targets beside the unit in hand: each enemy next to it with the odds of an attack by that unit alone."""

from __future__ import annotations

import pygame

from game import engine
from game import orders as od
from game.rules import combat
from game.rules.forecasting import Forecast
from game.state.tables import State
from game.ui import targets
from game.ui.kit.fonts import NARROW, NARROW_STRONG
from game.ui.kit.lettering import wrapped
from game.ui.panels.acts import AimAt
from game.ui.panels.flow import Flow
from game.ui.panels.hex_panel import hex_name
from game.ui.panels.outcome_bar import class_ways, paint_classes, percent
from game.ui.panels.portraits import Portraits
from game.ui.selection import Selection
from game.ui.worldview import face
from game.words import say


def targets_beside(state: State, faction: int, unit: str) -> tuple[tuple[int, Forecast], ...]:
    """Hexes with enemies that a unit could attack now, with their forecasts, the best chance first."""

    def found() -> tuple[tuple[int, Forecast], ...]:
        near = [here for here in targets.choices(state, "attack", unit) if combat.defenders_at(state, faction, here)]
        odds = [(here, engine.odds(state, od.Attack((unit,), here))) for here in near]
        return tuple(sorted(odds, key=lambda one: -class_ways(one[1].known.outcomes)[0]))

    return state.kept(("targets beside", unit), found)


def add_targets(flow: Flow, portraits: Portraits, state: State, faction: int, selection: Selection) -> None:
    """A row for each: counter, place, column, and the bar of outcomes; a click prepares the attack."""
    found = targets_beside(state, faction, selection.unit)
    if not found:
        return
    flow.gap(3)
    flow.line(say("Targets beside it"), 12, colour=flow.desk.theme.interface.text_dim)
    for here, odds in found:
        _add_target(flow, portraits, state, faction, here, odds)


def _add_target(flow: Flow, portraits: Portraits, state: State, faction: int, here: int, odds: Forecast) -> None:
    desk, colours = flow.desk, flow.desk.theme.interface
    first = combat.defenders_at(state, faction, here)[0]
    picture, pixels = portraits.picture(face(state, faction, first), desk.px(25)), desk.px(12)
    ways = class_ways(odds.known.outcomes)
    column = odds.known.name if odds.worst.name == odds.best.name else say(
        "{worst} to {best}", worst=odds.worst.name, best=odds.best.name
    )  # fmt: skip
    end = desk.fonts.text(column, NARROW_STRONG, pixels, colours.text)
    left = desk.px(33)
    names = wrapped(desk.fonts, hex_name(state.world, here), NARROW, pixels, flow.room - left - end.get_width() - 8)

    def paint(screen: pygame.Surface, box: pygame.Rect) -> None:
        screen.blit(picture, (box.x, box.y + desk.px(2)))
        for number, words in enumerate(names):
            screen.blit(
                desk.fonts.text(words, NARROW, pixels, colours.text), (box.x + left, box.y + number * desk.px(14))
            )
        screen.blit(end, (box.right - end.get_width(), box.y))
        bar = pygame.Rect(box.x + left, box.bottom - desk.px(14), box.width - left, desk.px(10))
        paint_classes(screen, flow, bar, ways)

    tip = say("{share} to drive the defender out, alone and without support. Click to prepare the attack.",
              share=percent(ways[0]))  # fmt: skip
    flow.block(17 + 14 * len(names), paint, AimAt(here), tip)
