"""A row of names of which one is chosen: all of them in sight, each with its sign and how much is behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pygame

from game.ui.kit.fonts import BODY, NARROW, STRONG
from game.ui.kit.icons import icon
from game.ui.kit.lettering import fitted
from game.ui.scene import Desk


@dataclass(frozen=True, slots=True)
class Tab:
    """A name to choose, the icon before it ("" none), and a few words after it, such as how many there are."""

    title: str
    icon: str = ""
    note: str = ""


class Tabs:
    """Chosen by a click, or by left and right with the focus."""

    def __init__(
        self, desk: Desk, rect: pygame.Rect, tabs: Sequence[Tab], chosen: int, changed: Callable[[int], None]
    ) -> None:
        self.desk, self.rect, self.tabs, self.chosen, self.changed = desk, rect, tuple(tabs), chosen, changed
        self.enabled = True

    def boxes(self) -> list[pygame.Rect]:
        """Where each of them stands, side by side over the whole width."""
        r, many = self.rect, len(self.tabs)
        edges = [r.x + r.width * number // many for number in range(many + 1)]
        return [pygame.Rect(left, r.y, right - left, r.height) for left, right in pairwise(edges)]

    def handle(self, event: pygame.event.Event, focused: bool) -> bool:
        """Choose another one."""
        if event.type == pygame.MOUSEBUTTONDOWN and event.button == 1 and self.rect.collidepoint(event.pos):
            at = next((n for n, box in enumerate(self.boxes()) if box.collidepoint(event.pos)), self.chosen)
            self._choose(at)
            return True
        if focused and event.type == pygame.KEYDOWN and event.key in (pygame.K_LEFT, pygame.K_RIGHT):
            self._choose((self.chosen + (1 if event.key == pygame.K_RIGHT else -1)) % len(self.tabs))
            return True
        return False

    def _choose(self, number: int) -> None:
        if number != self.chosen:
            self.desk.hear("click")
            self.chosen = number
            self.changed(number)

    def draw(self, screen: pygame.Surface, focused: bool) -> None:
        """All of them in one frame, the chosen one in gold."""
        desk, colours, round_ = self.desk, self.desk.theme.interface, self.desk.px(5)
        pygame.draw.rect(screen, colours.panel, self.rect, border_radius=round_)
        mouse = pygame.mouse.get_pos()
        for number, (tab, box) in enumerate(zip(self.tabs, self.boxes(), strict=True)):
            on = number == self.chosen
            if on or (self.enabled and box.collidepoint(mouse)):
                body = colours.accent if on else colours.raised
                pygame.draw.rect(screen, body, box.inflate(-desk.px(6), -desk.px(6)), border_radius=desk.px(4))
            self._draw_tab(screen, tab, box, on)
        edge = colours.accent if focused else colours.panel_edge
        pygame.draw.rect(screen, edge, self.rect, max(1, desk.px(1)), border_radius=round_)

    def _draw_tab(self, screen: pygame.Surface, tab: Tab, box: pygame.Rect, on: bool) -> None:
        """Sign, name and note in the middle of a box; what finds no room is left out."""
        desk, colours = self.desk, self.desk.theme.interface
        ink, faint = (colours.on_accent, colours.on_accent_dim) if on else (colours.text, colours.text_dim)
        pixels, gap, room = desk.px(14), desk.px(7), box.width - desk.px(18)
        role = STRONG if on else BODY
        faces = []
        if tab.icon and room > desk.px(90):
            faces.append(icon(tab.icon, desk.px(15), ink if on else colours.accent))
        note = desk.fonts.text(tab.note, NARROW, desk.px(13), faint) if tab.note else None
        if note is not None and note.get_width() + gap + desk.fonts.width(tab.title, role, pixels) > room:
            note = None
        taken = sum(face.get_width() + gap for face in faces) + (note.get_width() + gap if note is not None else 0)
        faces.append(desk.fonts.text(fitted(desk.fonts, tab.title, role, pixels, room - taken), role, pixels, ink))
        if note is not None:
            faces.append(note)
        x = box.centerx - (sum(face.get_width() for face in faces) + gap * (len(faces) - 1)) // 2
        for face in faces:
            screen.blit(face, (x, box.centery - face.get_height() // 2))
            x += face.get_width() + gap
