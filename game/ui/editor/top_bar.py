"""The bar above: the scenario, whether it is saved, and what one can do with it as a whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pygame

from game.ui.kit.fonts import BODY, STRONG
from game.ui.kit.lettering import fitted
from game.ui.scene import Desk


@dataclass(frozen=True, slots=True)
class Action:
    """A button of the bar."""

    key: str
    text: str
    hint: str
    enabled: bool
    act: Callable[[], None]


class TopBar:
    """Title at the left, buttons at the right."""

    def __init__(self, desk: Desk, rect: pygame.Rect) -> None:
        self.desk, self.rect = desk, rect
        self.actions: tuple[Action, ...] = ()

    def boxes(self) -> list[tuple[Action, pygame.Rect]]:
        """Each button with its place."""
        desk, out = self.desk, []
        x = self.rect.right - desk.px(6)
        for action in reversed(self.actions):
            wide = desk.fonts.width(action.text, BODY, desk.px(14)) + desk.px(20)
            x -= wide
            out.append((action, pygame.Rect(x, self.rect.y + desk.px(5), wide, self.rect.height - desk.px(10))))
            x -= desk.px(5)
        return out[::-1]

    def at(self, point: tuple[int, int]) -> Action | None:
        """The button under the mouse."""
        return next((action for action, box in self.boxes() if box.collidepoint(point)), None)

    def draw(self, screen: pygame.Surface, title: str, note: str, mouse: tuple[int, int]) -> None:
        """Title and buttons."""
        desk, colours = self.desk, self.desk.theme.interface
        pygame.draw.rect(screen, colours.panel, self.rect)
        boxes = self.boxes()
        room = (boxes[0][1].x if boxes else self.rect.right) - self.rect.x - desk.px(24)
        x = self.rect.x + desk.px(10)
        left = fitted(desk.fonts, title, STRONG, desk.px(16), room)
        face = desk.fonts.text(left, STRONG, desk.px(16), colours.text)
        screen.blit(face, (x, self.rect.centery - face.get_height() // 2))
        x += face.get_width() + desk.px(10)
        text = fitted(desk.fonts, note, BODY, desk.px(13), max(0, room - face.get_width() - desk.px(10)))
        if len(text) > 1:
            words = desk.fonts.text(text, BODY, desk.px(13), colours.accent)
            screen.blit(words, (x, self.rect.centery - words.get_height() // 2))
        for action, box in boxes:
            body = colours.raised if action.enabled else colours.panel
            if action.enabled and box.collidepoint(mouse):
                body = colours.raised.mixed(colours.accent, 22)
            pygame.draw.rect(screen, body, box, border_radius=desk.px(4))
            pygame.draw.rect(screen, colours.panel_edge, box, max(1, desk.px(1)), border_radius=desk.px(4))
            ink = colours.text if action.enabled else colours.text_dim.mixed(colours.panel, 45)
            word = desk.fonts.text(action.text, BODY, desk.px(14), ink)
            screen.blit(word, word.get_rect(center=box.center))
