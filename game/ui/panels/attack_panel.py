"""The attack in preparation: who takes part, with what support, and whether it is a set piece."""

from __future__ import annotations

import pygame

from game.state.tables import State
from game.ui.clicks import able_attackers, fighters_beside
from game.ui.kit.fonts import BODY
from game.ui.panels.acts import TickFighters, ToggleAttacker, ToggleSetPiece
from game.ui.panels.flow import Flow
from game.ui.panels.portraits import Portraits
from game.ui.panels.stepper import add_stepper
from game.ui.panels.unit_panel import add_row, paint_tick
from game.ui.selection import Selection
from game.words import count, say


def add_attackers(flow: Flow, portraits: Portraits, state: State, faction: int, selection: Selection) -> None:
    """Tick boxes of all units that could join, steppers for support, and the set piece.

    Whoever joins or leaves, nothing moves: a second click hits what it was meant for.
    """
    flow.heading(say("Attackers"), say("click to join or leave"))
    others = len(fighters_beside(state, selection))
    if others or len(selection.attackers) > 1:
        words = count(others, "Add the other unit", "Add all {n} others", none=say("All of them take part"))
        flow.button(
            words,
            TickFighters(),
            enabled=bool(others),
            tip=say("All that can attack. Tick guns, engineers and headquarters one by one."),
        )
    able = able_attackers(state, faction, selection.target)
    shown = sorted({*selection.attackers, *able}, key=lambda unit: (unit != selection.unit, state.world.row[unit]))
    for unit in shown:
        add_row(
            flow, portraits, state, faction, state.world.row[unit], ToggleAttacker(unit), unit in selection.attackers
        )
    committed = dict(selection.support)
    for kind, points in sorted(state.support_of(faction).items()):
        what = state.world.rules.support.kinds.get(kind)
        if what is not None and what.attack_shift and points:
            add_stepper(flow, what.name, committed.get(kind, 0), points, kind)
    _add_set_piece(flow, state, selection)


def _add_set_piece(flow: Flow, state: State, selection: Selection) -> None:
    desk, price = flow.desk, state.world.rules.command.set_piece
    words = say("Set-piece attack ({price} CP)", price=price)

    def paint(screen: pygame.Surface, box: pygame.Rect) -> None:
        paint_tick(screen, desk, pygame.Rect(box.x, box.y + desk.px(5), desk.px(14), desk.px(14)), selection.set_piece)
        screen.blit(
            desk.fonts.text(words, BODY, desk.px(12), desk.theme.interface.text),
            (box.x + desk.px(20), box.y + desk.px(3)),
        )

    flow.block(
        25,
        paint,
        ToggleSetPiece(),
        say("Costs CP and needs units that have not moved this turn: +1 column shift."),
    )
