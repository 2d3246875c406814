"""The tools at the left of the window: a button for each, and swatches of the ground."""

from __future__ import annotations

from collections.abc import Callable

import pygame

from game.ui.editor.tools import ITEMS, ROWS, ToolItem, paint_sign
from game.ui.kit.fonts import BODY, NARROW
from game.ui.kit.lettering import fitted
from game.ui.kit.theme import Colour
from game.ui.scene import Desk


class Palette:
    """The buttons of all tools in two columns."""

    def __init__(self, desk: Desk, rect: pygame.Rect) -> None:
        self.desk, self.rect = desk, rect

    def boxes(self) -> list[tuple[ToolItem, pygame.Rect]]:
        """Each tool with its button."""
        pad, tall = self.desk.px(4), self.desk.px(30)
        wide = (self.rect.width - 3 * pad) // 2
        return [
            (
                item,
                pygame.Rect(
                    self.rect.x + pad + (number // ROWS) * (wide + pad),
                    self.rect.y + pad + (number % ROWS) * tall,
                    wide,
                    tall - self.desk.px(2),
                ),
            )
            for number, item in enumerate(ITEMS)
        ]

    def at(self, point: tuple[int, int]) -> ToolItem | None:
        """The tool whose button lies under the mouse."""
        return next((item for item, box in self.boxes() if box.collidepoint(point)), None)

    def draw(self, screen: pygame.Surface, chosen: str, mouse: tuple[int, int]) -> None:
        """Sign, name and key of each tool."""
        desk, colours = self.desk, self.desk.theme.interface
        for item, box in self.boxes():
            body = colours.raised
            if item.key == chosen:
                body = colours.accent.mixed(colours.raised, 60)
            elif box.collidepoint(mouse):
                body = colours.raised.mixed(colours.accent, 22)
            pygame.draw.rect(screen, body, box, border_radius=desk.px(4))
            edge = colours.accent if item.key == chosen else colours.panel_edge
            pygame.draw.rect(screen, edge, box, max(1, desk.px(1)), border_radius=desk.px(4))
            side = desk.px(18)
            sign = pygame.Rect(box.x + desk.px(5), box.centery - side // 2, side, side)
            paint_sign(screen, desk.theme, item.key, sign)
            key = desk.fonts.text(item.letter, BODY, desk.px(12), colours.text_dim)
            left = sign.right + desk.px(5)
            room = box.right - left - key.get_width() - desk.px(6)
            text = fitted(desk.fonts, item.title, NARROW, desk.px(14), room)
            face = desk.fonts.text(text, NARROW, desk.px(14), colours.text)
            screen.blit(face, (left, box.centery - face.get_height() // 2))
            screen.blit(key, (box.right - key.get_width() - desk.px(4), box.centery - key.get_height() // 2))


class Swatch:
    """A kind of ground, or a faction, to paint with: its colour, its name, its sign in the file."""

    def __init__(
        self, desk: Desk, rect: pygame.Rect, colour: Colour, text: str, mark: str, chosen: bool, act: Callable[[], None]
    ) -> None:
        self.desk, self.rect, self.colour, self.text, self.mark = desk, rect, colour, text, mark
        self.chosen, self.act, self.enabled = chosen, act, True

    def handle(self, event: pygame.event.Event, focused: bool) -> bool:
        """A click chooses it, and so do Enter and Space."""
        click = event.type == pygame.MOUSEBUTTONDOWN and event.button == 1 and self.rect.collidepoint(event.pos)
        key = focused and event.type == pygame.KEYDOWN and event.key in (pygame.K_RETURN, pygame.K_SPACE)
        if click or key:
            self.act()
        return click or key

    def draw(self, screen: pygame.Surface, focused: bool) -> None:
        """Colour, name and sign."""
        desk, colours, r = self.desk, self.desk.theme.interface, self.rect
        if self.chosen or r.collidepoint(pygame.mouse.get_pos()):
            pygame.draw.rect(screen, colours.raised, r, border_radius=desk.px(4))
        if self.chosen or focused:
            pygame.draw.rect(screen, colours.accent, r, max(1, desk.px(1)), border_radius=desk.px(4))
        box = pygame.Rect(r.x + desk.px(4), r.y + desk.px(4), desk.px(22), r.height - desk.px(8))
        pygame.draw.rect(screen, self.colour, box, border_radius=desk.px(3))
        pygame.draw.rect(screen, colours.panel_edge, box, 1, border_radius=desk.px(3))
        mark = desk.fonts.text(self.mark, BODY, desk.px(12), colours.text_dim)
        room = r.width - desk.px(40) - mark.get_width()
        face = desk.fonts.text(fitted(desk.fonts, self.text, BODY, desk.px(13), room), BODY, desk.px(13), colours.text)
        screen.blit(face, (box.right + desk.px(7), r.centery - face.get_height() // 2))
        screen.blit(mark, (r.right - mark.get_width() - desk.px(6), r.centery - mark.get_height() // 2))
