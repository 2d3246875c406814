"""The context menu over the map: what can be done at the hex under it, chosen with mouse, arrow keys or a number."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pygame

from game.ui.context import MenuRow
from game.ui.kit.fonts import BODY, NARROW, STRONG
from game.ui.kit.lettering import fitted
from game.ui.panning import DRAG_FROM
from game.ui.scene import Desk
from game.words import say

ENTER = (pygame.K_RETURN, pygame.K_KP_ENTER)
MOST_ROWS = 16
WIDE = 300


class ContextMenu:
    """A menu that opens at a point. ``pick`` hears of the row that is chosen; it answers True when it is done."""

    def __init__(
        self, desk: Desk, title: str, rows: Sequence[MenuRow], at: tuple[int, int], pick: Callable[[MenuRow], None]
    ) -> None:
        self.desk, self.title, self.rows, self.at, self.pick = desk, title, tuple(rows[:MOST_ROWS]), at, pick
        self.chosen = next((number for number, row in enumerate(self.rows) if not row.why), 0)
        self.rect = pygame.Rect(*at, 1, 1)
        self._moved = False

    # --- where it is ------------------------------------------------------------------------------------------

    @property
    def _tall(self) -> int:
        return self.desk.px(26)

    def place(self, room: pygame.Rect) -> None:
        """Open it at its point, inside the room given."""
        head = self.desk.px(24)
        tall = head + sum(self._height(row) for row in self.rows) + self.desk.px(6)
        self.rect = pygame.Rect(*self.at, min(self.desk.px(WIDE), room.width), min(tall, room.height))
        self.rect.clamp_ip(room)

    def _height(self, row: MenuRow) -> int:
        return self._tall + (self.desk.px(15) if row.why else 0)

    def box_of(self, number: int) -> pygame.Rect:
        """Where a row is in the window."""
        y = self.rect.y + self.desk.px(24) + sum(self._height(row) for row in self.rows[:number])
        return pygame.Rect(self.rect.x + 2, y, self.rect.width - 4, self._height(self.rows[number]))

    def _row_at(self, at: tuple[int, int]) -> int:
        return next((number for number in range(len(self.rows)) if self.box_of(number).collidepoint(at)), -1)

    # --- events -----------------------------------------------------------------------------------------------

    def handle(self, event: pygame.event.Event) -> bool:
        """Answer an event; True when the menu is to close."""
        if event.type == pygame.KEYDOWN:
            return self._key(event.key)
        if event.type == pygame.MOUSEMOTION:
            self._moved = self._moved or max(abs(a - b) for a, b in zip(event.pos, self.at, strict=True)) > DRAG_FROM
            over = self._row_at(event.pos)
            self.chosen = over if over >= 0 else self.chosen
        elif event.type == pygame.MOUSEBUTTONDOWN:
            if not self.rect.collidepoint(event.pos):
                return True
            return event.button == 1 and self._take(self._row_at(event.pos))
        elif event.type == pygame.MOUSEBUTTONUP and event.button == 3 and self._moved:
            # the button that opened the menu is let go over a row that it was drawn to: that chooses the row
            return self._take(self._row_at(event.pos))
        return False

    def _key(self, key: int) -> bool:
        if key in (pygame.K_ESCAPE, pygame.K_MENU):
            return True
        if key in ENTER or key == pygame.K_SPACE:
            return self._take(self.chosen)
        if key in (pygame.K_UP, pygame.K_DOWN) and self.rows:
            self.chosen = (self.chosen + (1 if key == pygame.K_DOWN else -1)) % len(self.rows)
        elif pygame.K_1 <= key <= pygame.K_9:
            return self._take(key - pygame.K_1)
        return False

    def _take(self, number: int) -> bool:
        if not 0 <= number < len(self.rows) or self.rows[number].why:
            return False
        self.pick(self.rows[number])
        return True

    # --- drawing ----------------------------------------------------------------------------------------------

    def draw(self, screen: pygame.Surface, room: pygame.Rect, mouse: tuple[int, int]) -> None:
        """The menu over the map."""
        self.place(room)
        desk, colours = self.desk, self.desk.theme.interface
        pygame.draw.rect(screen, colours.panel, self.rect, border_radius=desk.px(6))
        clip = screen.get_clip()
        screen.set_clip(self.rect.clip(clip))
        pad = desk.px(9)
        title = fitted(desk.fonts, self.title, STRONG, desk.px(13), self.rect.width - 2 * pad)
        screen.blit(desk.fonts.text(title, STRONG, desk.px(13), colours.accent), (self.rect.x + pad, self.rect.y + 4))
        for number, row in enumerate(self.rows):
            self._draw_row(screen, self.box_of(number), row, number == self.chosen)
        screen.set_clip(clip)
        pygame.draw.rect(screen, colours.accent, self.rect, max(1, desk.px(1)), border_radius=desk.px(6))

    def _draw_row(self, screen: pygame.Surface, box: pygame.Rect, row: MenuRow, chosen: bool) -> None:
        desk, colours, pad = self.desk, self.desk.theme.interface, self.desk.px(8)
        if chosen:
            pygame.draw.rect(screen, colours.raised.mixed(colours.accent, 18), box, border_radius=desk.px(4))
        faint = colours.text_dim.mixed(colours.panel, 30)
        end = desk.fonts.text(row.detail, NARROW, desk.px(12), colours.text_dim)
        room = box.width - end.get_width() - 3 * pad
        words = fitted(desk.fonts, row.title, BODY, desk.px(14), room)
        face = desk.fonts.text(words, BODY, desk.px(14), faint if row.why else colours.text)
        y = box.y + (self._tall - face.get_height()) // 2
        screen.blit(face, (box.x + pad, y))
        screen.blit(end, (box.right - end.get_width() - pad, y + face.get_height() - end.get_height()))
        if row.why:
            why = fitted(desk.fonts, row.why, NARROW, desk.px(12), box.width - 2 * pad)
            screen.blit(
                desk.fonts.text(why, NARROW, desk.px(12), faint), (box.x + pad, box.y + self._tall - desk.px(3))
            )


def nothing_to_point_at() -> str:
    """What is said where the menu has no hex."""
    return say("Point at a hex of the map, or select a unit, then open the menu.")
