"""Where everything stands in the table's window."""

from __future__ import annotations

from dataclasses import dataclass

import pygame

from game.ui.panels.view_bar import TALL, view_bar_width
from game.ui.scene import Desk

Rect = pygame.Rect


@dataclass(frozen=True, slots=True)
class TableLayout:
    """Rectangles of one window size: the map, the bar above, the column at the right, the strip below."""

    window: pygame.Rect
    map: pygame.Rect
    top: pygame.Rect
    column: pygame.Rect
    minimap: pygame.Rect
    orders: pygame.Rect
    log: pygame.Rect
    next_unit: pygame.Rect
    undo: pygame.Rect
    end_turn: pygame.Rect
    views: pygame.Rect

    @property
    def strip(self) -> pygame.Rect:
        """The whole strip below the map."""
        return Rect(self.window.x, self.minimap.y, self.map.width, self.minimap.height)


def lay_out(desk: Desk) -> TableLayout:
    """The layout of the window as it is now; the small window gives the log up before the orders."""
    wide, tall = desk.size
    top, strip = desk.px(36), desk.px(140)
    column = min(desk.px(318), wide // 2)
    left = wide - column
    foot = desk.px(50)
    upper = max(1, tall - top - strip)
    mini = min(round(strip * 1.02), left // 4)
    room = left - mini
    orders = (
        min(room, desk.px(548)) if room > desk.px(548) + desk.px(160) else max(room * 2 // 3, min(room, desk.px(470)))
    )
    y = top + upper
    pad = desk.px(6)
    third = (column - 4 * pad) * 2 // 7
    tall_button = foot - 2 * pad
    views = Rect(pad, y - pad - desk.px(TALL), min(view_bar_width(desk), max(1, left - 2 * pad)), desk.px(TALL))
    return TableLayout(
        window=Rect(0, 0, wide, tall),
        map=Rect(0, top, left, upper),
        top=Rect(0, 0, wide, top),
        column=Rect(left, top, column, max(1, tall - top - foot)),
        minimap=Rect(0, y, mini, strip),
        orders=Rect(mini, y, orders, strip),
        log=Rect(mini + orders, y, max(0, room - orders), strip),
        next_unit=Rect(left + pad, tall - foot + pad, third, tall_button),
        undo=Rect(left + 2 * pad + third, tall - foot + pad, third, tall_button),
        views=views,
        end_turn=Rect(left + 3 * pad + 2 * third, tall - foot + pad, column - 4 * pad - 2 * third, tall_button),
    )
