"""What lies over the map for a moment and has keys and clicks to itself: the end-turn checklist."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import pygame

from game.ui.kit.fonts import BODY
from game.ui.panels.acts import BackToMap, EndTheTurn, PanelAct, ShowPoint, ToggleAsking
from game.ui.panels.checklist import Item
from game.ui.panels.flow import Flow, FlowPage
from game.ui.panels.unit_panel import paint_tick
from game.ui.scene import Desk
from game.words import count, say

ENTER = (pygame.K_RETURN, pygame.K_KP_ENTER)


class OverMap(Protocol):
    """Something that lies over the map and has keys and clicks to itself until it closes."""

    def handle(self, event: pygame.event.Event) -> bool:
        """Answer an event; True when it is to close."""
        ...

    def draw(self, screen: pygame.Surface, room: pygame.Rect, mouse: tuple[int, int]) -> None:
        """Over the map, in the room given."""
        ...


class Checklist:
    """Asks before the turn ends. ``end`` ends it, ``jump`` shows a hex; it answers True when it is done."""

    def __init__(self, desk: Desk, items: list[Item], end: Callable[[bool], None], jump: Callable[[int], None]) -> None:
        self.desk, self.items, self.end, self.jump = desk, items, end, jump
        self.never_again = False
        self._jumps: dict[int, int] = {}
        self._page: FlowPage | None = None
        self.rect = pygame.Rect(0, 0, 1, 1)

    def place(self, room: pygame.Rect) -> None:
        """Centre it in the room given."""
        flow = Flow(self.desk, min(room.width - self.desk.px(20), self.desk.px(460)), 16)
        flow.heading(say("End the turn?"))
        for number, item in enumerate(self.items):
            more = count(len(item.hexes), "", "  ({n} places)") if item.hexes else ""
            act = ShowPoint(number) if item.hexes else None
            ink = self.desk.theme.interface.link if item.hexes else self.desk.theme.interface.text
            tip = say("Click to show it.") if act else ""
            flow.prose(f"{item.text}{more}", 14, ink, act=act, tip=tip, mark="disc" if act else "ring")
        if not self.items:
            flow.prose(say("Nothing is left to do."), 14)
        flow.gap(8)
        flow.block(24, self._paint_toggle, ToggleAsking())
        flow.gap(4)
        flow.button(say("End turn  (Enter)"), EndTheTurn(), strong=True, tall=32)
        flow.gap(4)
        flow.button(say("Back to the map  (Esc)"), BackToMap(), tall=30)
        self._page = flow.page()
        self.rect = self._page.picture.get_rect(center=room.center)

    def _paint_toggle(self, screen: pygame.Surface, box: pygame.Rect) -> None:
        desk = self.desk
        paint_tick(screen, desk, pygame.Rect(box.x, box.y + desk.px(4), desk.px(14), desk.px(14)), self.never_again)
        screen.blit(
            desk.fonts.text(say("Do not ask again"), BODY, desk.px(14), desk.theme.interface.text_dim),
            (box.x + desk.px(21), box.y + desk.px(1)),
        )

    def handle(self, event: pygame.event.Event) -> bool:
        """Answer an event; True when the dialog is to close."""
        if event.type == pygame.KEYDOWN and event.key == pygame.K_ESCAPE:
            return True
        if event.type == pygame.KEYDOWN and event.key in ENTER:
            self.end(self.never_again)
            return True
        if event.type == pygame.KEYDOWN and event.key == pygame.K_SPACE:
            self.never_again = not self.never_again
            return False
        if event.type == pygame.MOUSEBUTTONDOWN and event.button == 1 and self._page is not None:
            if not self.rect.collidepoint(event.pos):
                return True
            spot = self._page.spot_at((event.pos[0] - self.rect.x, event.pos[1] - self.rect.y))
            return spot is not None and spot.act is not None and self._act(spot.act)
        return False

    def _act(self, act: PanelAct) -> bool:
        if isinstance(act, ToggleAsking):
            self.never_again = not self.never_again
        elif isinstance(act, ShowPoint):
            hexes, turn = self.items[act.number].hexes, self._jumps.get(act.number, 0)
            self._jumps[act.number] = turn + 1
            self.jump(hexes[turn % len(hexes)])
        elif isinstance(act, EndTheTurn):
            self.end(self.never_again)
        return isinstance(act, EndTheTurn | BackToMap)

    def draw(self, screen: pygame.Surface, room: pygame.Rect, mouse: tuple[int, int]) -> None:
        """The dialog over the map."""
        self.place(room)
        if self._page is not None:
            screen.blit(self._page.picture, self.rect)
            pygame.draw.rect(
                screen,
                self.desk.theme.interface.accent,
                self.rect,
                max(1, self.desk.px(1)),
                border_radius=self.desk.px(3),
            )
