"""What lies over the map for a moment: the end-turn checklist, and the reel of what happened since one's last turn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import pygame

from game.ui.kit.fonts import BODY, STRONG
from game.ui.kit.lettering import panel
from game.ui.panels.acts import BackToMap, EndTheTurn, PanelAct, ShowPoint, ToggleAsking
from game.ui.panels.checklist import Item
from game.ui.panels.flow import Flow, FlowPage
from game.ui.panels.log_panel import LogLine, LogPanel
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
            flow.prose(f"•  {item.text}{more}", 14, ink, act=act, tip=say("Click to show it.") if act else "")
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


class Reel:
    """What happened since the seat's last turn; ``show`` shows a line on the map, Esc or Enter puts the reel away."""

    def __init__(self, desk: Desk, lines: list[LogLine], show: Callable[[LogLine], None], title: str) -> None:
        self.desk, self.lines, self.show, self.title = desk, lines, show, title
        self.rect = pygame.Rect(0, 0, 1, 1)
        self._log = LogPanel(desk, pygame.Rect(0, 0, 10, 10), 14)
        self._log.following = False
        self._at = -1

    def place(self, room: pygame.Rect) -> None:
        """Take the left side of the room given."""
        desk = self.desk
        wide = min(desk.px(430), room.width - desk.px(24))
        tall = min(room.height - desk.px(24), desk.px(380))
        self.rect = pygame.Rect(room.x + desk.px(12), room.y + desk.px(12), wide, tall)
        head, foot = desk.px(32), desk.px(26)
        self._log.place(
            pygame.Rect(self.rect.x + desk.px(6), self.rect.y + head, wide - desk.px(12), max(1, tall - head - foot))
        )
        self._log.show(self.lines)

    def handle(self, event: pygame.event.Event) -> bool | None:
        """True closes it, False means the event was used, None that it is none of its business."""
        if event.type == pygame.KEYDOWN and event.key in (pygame.K_ESCAPE, pygame.K_SPACE, *ENTER):
            return True
        if event.type == pygame.KEYDOWN and event.key in (pygame.K_PAGEUP, pygame.K_PAGEDOWN):
            self._log.scroll(-8 if event.key == pygame.K_PAGEUP else 8)
            return False
        if event.type == pygame.KEYDOWN and event.key in (pygame.K_PERIOD, pygame.K_COMMA):
            self._step(1 if event.key == pygame.K_PERIOD else -1)
            return False
        if event.type == pygame.MOUSEBUTTONDOWN and self.rect.collidepoint(event.pos):
            if event.button == 1:
                if event.pos[1] < self._log.rect.y or event.pos[1] > self._log.rect.bottom:
                    return True
                line = self._log.line_at(event.pos)
                if line is not None and line.hex >= 0:
                    self._at = self.lines.index(line)
                    self.show(line)
            return False
        return None

    def wheel(self, notches: int) -> None:
        """Scroll."""
        self._log.scroll(-3 * notches)

    def _step(self, by: int) -> None:
        # The next or former line that has a place.
        number = self._at + by
        while 0 <= number < len(self.lines):
            if self.lines[number].hex >= 0:
                self._at = number
                self.show(self.lines[number])
                return
            number += by

    def draw(self, screen: pygame.Surface, room: pygame.Rect, mouse: tuple[int, int]) -> None:
        """The reel over the map."""
        self.place(room)
        desk, colours = self.desk, self.desk.theme.interface
        panel(screen, desk, self.rect)
        title = desk.fonts.text(self.title, STRONG, desk.px(15), colours.accent)
        screen.blit(title, (self.rect.x + desk.px(12), self.rect.y + desk.px(7)))
        close = desk.fonts.text(say("close ×"), BODY, desk.px(13), colours.text_dim)
        screen.blit(close, (self.rect.right - close.get_width() - desk.px(12), self.rect.y + desk.px(8)))
        self._log.draw(screen, mouse)
        hint = desk.fonts.text(
            say("click a line to show it  ·  , and . step  ·  Esc closes"), BODY, desk.px(12), colours.text_dim
        )
        screen.blit(hint, (self.rect.x + desk.px(12), self.rect.bottom - desk.px(22)))
