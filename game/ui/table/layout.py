"""Where everything stands in the table's window."""

from __future__ import annotations

from dataclasses import dataclass

import pygame

from game.ui.panels.view_bar import view_bar_height
from game.ui.scene import Desk

Rect = pygame.Rect
TOP, COLUMN, ORDERS, FOOT, SIDE = 34, 212, 50, 22, 4
"""In points: the bar above, the column, the order bar, and the printed frame below and beside the map."""
ROOMY = 760
"""Points of height from which the column has room for the minimap at all times."""
DRAWER = 190


@dataclass(frozen=True, slots=True)
class TableLayout:
    """Rectangles of one window size: the map in its frame, the bar above, the column at the right, orders below.

    ``log`` and ``minimap`` have no height while they are put away.
    """

    window: pygame.Rect
    map: pygame.Rect
    frame: pygame.Rect
    foot: pygame.Rect
    top: pygame.Rect
    column: pygame.Rect
    panels: pygame.Rect
    minimap: pygame.Rect
    orders: pygame.Rect
    log: pygame.Rect
    drawers: pygame.Rect
    next_unit: pygame.Rect
    undo: pygame.Rect
    redo: pygame.Rect
    end_turn: pygame.Rect
    views: pygame.Rect
    roomy: bool


def is_roomy(desk: Desk) -> bool:
    """Whether the minimap need not be put away."""
    return desk.size[1] >= desk.px(ROOMY + TOP)


def lay_out(desk: Desk, drawer: str = "") -> TableLayout:
    """The layout of the window as it is now; ``drawer``: what is open at the foot of the column, "log" or "map"."""
    wide, tall = desk.size
    top, orders = desk.px(TOP), desk.px(ORDERS)
    column = min(desk.px(COLUMN), wide // 2)
    left = wide - column
    foot, side = desk.px(FOOT), desk.px(SIDE)
    pad, gap = desk.px(6), desk.px(4)
    frame = Rect(0, top, left, max(1, tall - top - orders))
    inner = Rect(side, top + side, max(1, left - 2 * side), max(1, frame.height - side - foot))
    big, small = desk.px(38), desk.px(26)
    room = column - 2 * pad
    end = Rect(left + pad, tall - pad - big, room, big)
    third = (room - 2 * gap) // 3
    above = end.y - gap - small
    drawers = Rect(left + pad, above - gap - desk.px(24), room, desk.px(24))
    views = Rect(left + pad, top + pad, room, view_bar_height(desk, room))
    roomy, shut = is_roomy(desk), Rect(left + pad, drawers.y, room, 0)
    opened = Rect(left + pad, drawers.y - desk.px(DRAWER), room, desk.px(DRAWER))
    low = drawers.y - gap
    log = opened if drawer == "log" else shut
    minimap = opened if drawer == "map" and not roomy else shut
    if log.height or minimap.height:
        low = opened.y - gap
    if roomy:
        mini = round(room * 0.8)
        minimap = Rect(left + pad, low - mini, room, mini)
        low = minimap.y - gap
    panels = Rect(left, views.bottom + pad, column, max(1, low - views.bottom - pad))
    return TableLayout(
        window=Rect(0, 0, wide, tall),
        map=inner,
        frame=frame,
        foot=Rect(0, inner.bottom, left, max(0, frame.bottom - inner.bottom)),
        top=Rect(0, 0, wide, top),
        column=Rect(left, top, column, max(1, tall - top)),
        panels=panels,
        minimap=minimap,
        orders=Rect(0, frame.bottom, left, orders),
        log=log,
        drawers=drawers,
        next_unit=Rect(left + pad, above, room - 2 * (third + gap), small),
        undo=Rect(left + pad + room - 2 * third - gap, above, third, small),
        redo=Rect(left + pad + room - third, above, third, small),
        end_turn=end,
        views=views,
        roomy=roomy,
    )
