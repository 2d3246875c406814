"""The units of a stack side by side, while the mouse rests on it: a click selects one of them."""

from __future__ import annotations

from typing import Protocol

import pygame

from game import engine
from game.ui.kit.fonts import NARROW, STRONG
from game.ui.kit.lettering import fitted
from game.ui.panels.portraits import Portraits
from game.ui.scene import Desk
from game.ui.selection import Selection
from game.ui.table.dialogs import OverMap
from game.ui.table.layout import TableLayout
from game.ui.table.map_desk import MapDesk
from game.ui.worldview import face
from game.words import count, say

REST = 0.45
"""Seconds that the mouse rests on a stack before it is fanned out."""
SIDE = 40
MOST = 10


class FannedTable(Protocol):
    """What the fan is made from."""

    desk: Desk
    view: engine.View
    seat: int
    selection: Selection
    hover: int
    curtain: bool
    dialog: OverMap | None
    board: MapDesk
    layout: TableLayout

    @property
    def mouse(self) -> tuple[int, int]:
        """Where the mouse is."""
        ...

    @property
    def rested(self) -> float:
        """Seconds since it moved."""
        ...


class StackFan:
    """A strip of counters beside a stack of two or more units. It stays while the mouse is on the stack or on it."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.hex = -1
        self.rows: tuple[int, ...] = ()
        self.rect = pygame.Rect(0, 0, 0, 0)
        """Where it lies; empty while there is none."""

    def close(self) -> None:
        """Put it away."""
        self.hex, self.rows, self.rect = -1, (), pygame.Rect(0, 0, 0, 0)

    def look(self, table: FannedTable) -> None:
        """Open, move along with the map, or close, as the mouse is."""
        if table.curtain or table.dialog is not None or table.board.bare or table.selection.mode:
            self.close()
            return
        if self.hex >= 0 and (table.hover == self.hex or self.rect.collidepoint(table.mouse)):
            self._place(table)
            return
        self.close()
        if table.hover < 0 or table.rested < REST or table.board.has_card:
            return
        rows = table.view.state.units_at(table.hover)
        if len(rows) > 1:
            self.hex, self.rows = table.hover, tuple(rows[:MOST])
            self._place(table)

    def _place(self, table: FannedTable) -> None:
        self.rows = tuple(table.view.state.units_at(self.hex)[:MOST])
        if len(self.rows) < 2:
            self.close()
            return
        desk, room = self.desk, table.layout.map
        side, gap = desk.px(SIDE), desk.px(6)
        wide = len(self.rows) * (side + gap) + gap
        tall = side + 2 * gap + desk.px(17)
        x, y = table.board.map.camera.hex_on_screen(self.hex)
        half = round(table.board.map.camera.zoom / 2)
        self.rect = pygame.Rect(round(x) - wide // 2, round(y) - half - tall, wide, tall)
        if self.rect.y < room.y:
            self.rect.y = round(y) + half
        self.rect.clamp_ip(room)

    def _boxes(self) -> list[pygame.Rect]:
        side, gap = self.desk.px(SIDE), self.desk.px(6)
        left = self.rect.centerx - (len(self.rows) * (side + gap) - gap) // 2
        return [
            pygame.Rect(left + number * (side + gap), self.rect.y + gap, side, side) for number in range(len(self.rows))
        ]

    def row_at(self, at: tuple[int, int]) -> int:
        """The unit under a point, -1 for none."""
        return next((row for row, box in zip(self.rows, self._boxes(), strict=True) if box.collidepoint(at)), -1)

    def draw(self, screen: pygame.Surface, table: FannedTable, portraits: Portraits) -> None:
        """The strip, and the name of the unit under the mouse."""
        if not self.rect.width or len(self.rows) < 2:
            return
        desk, colours, state = self.desk, self.desk.theme.interface, table.view.state
        pygame.draw.rect(screen, colours.panel, self.rect, border_radius=desk.px(6))
        over = self.row_at(table.mouse)
        for row, box in zip(self.rows, self._boxes(), strict=True):
            picture = portraits.picture(face(state, table.seat, row), box.width)
            screen.blit(picture, picture.get_rect(center=box.center))
            if row == over or state.world.roster.id[row] in table.selection.units:
                ink = colours.accent if row == over else table.desk.theme.marks.selected
                pygame.draw.rect(screen, ink, box.inflate(desk.px(4), desk.px(4)), max(1, desk.px(2)), desk.px(4))
        words = say("{n} units: click one", n=len(self.rows))
        if len(self.rows) < len(state.units_at(self.hex)):
            words = count(len(state.units_at(self.hex)), "{n} unit", "{n} units, the first of them")
        words = fitted(desk.fonts, words, NARROW, desk.px(12), self.rect.width - desk.px(8))
        below = desk.fonts.text(words, NARROW, desk.px(12), colours.text_dim)
        screen.blit(below, below.get_rect(midbottom=(self.rect.centerx, self.rect.bottom - desk.px(3))))
        pygame.draw.rect(screen, colours.panel_edge, self.rect, max(1, desk.px(1)), desk.px(6))
        if over >= 0:
            self._paint_name(screen, table, state.world.roster.name[over] or say("not identified"))

    def _paint_name(self, screen: pygame.Surface, table: FannedTable, name: str) -> None:
        """The whole name of the unit under the mouse, above the strip or below it."""
        desk, colours, room = self.desk, self.desk.theme.interface, table.layout.map
        face = desk.fonts.text(name, STRONG, desk.px(13), colours.text)
        box = face.get_rect().inflate(desk.px(14), desk.px(6))
        box.midbottom = self.rect.centerx, self.rect.y - desk.px(3)
        if box.y < room.y:
            box.midtop = self.rect.centerx, self.rect.bottom + desk.px(3)
        box.clamp_ip(room)
        pygame.draw.rect(screen, colours.raised, box, border_radius=desk.px(5))
        pygame.draw.rect(screen, colours.accent, box, 1, border_radius=desk.px(5))
        screen.blit(face, face.get_rect(center=box.center))
