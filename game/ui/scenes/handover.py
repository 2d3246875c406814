"""Between two people at one screen: nothing of the game shows, not even the small map, until the next one says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pygame

from game.session import Session
from game.ui.keyboard import is_repeat
from game.ui.kit.fonts import BODY, STRONG
from game.ui.kit.lettering import write
from game.ui.kit.theme import Colour
from game.ui.panels.top_bar import turn_dates
from game.ui.scene import Change, Desk, Pop, Push
from game.ui.scenes.board import ENTER, Board, badge, turn_blocks
from game.ui.scenes.curtain import CurtainGround, curtain_card, paint_seats, seats_height
from game.ui.scenes.dialog import question
from game.ui.scenes.leaving import leave
from game.words import say

CARD, BADGE = (680, 386), 96
"""In points: the card, and the sign of the faction that stands out above it."""
QUIET = 0.6
"""Seconds in which no key opens the curtain: whoever has just ended his turn may still be pressing."""


class HandoverScene(Board):
    """The curtain. ``then`` seats the next person at the table below; it is called once, when that person is there."""

    def __init__(
        self, desk: Desk, session: Session, faction: int, seats: Mapping[int, str], then: Callable[[], None],
        ground: Callable[[tuple[int, int]], pygame.Surface] | None = None,
    ) -> None:  # fmt: skip
        """``ground`` gives the printed map, this small: on it nothing of the game stands."""
        super().__init__(desk)
        self._ground, self._behind = ground, CurtainGround(desk)
        self.session, self.faction, self.seats, self.then = session, faction, seats, then
        self._waited = 0.0
        self._open = False
        self._heard = pygame.event.Event(pygame.NOEVENT)
        self._armed = 0
        """The key that opens the curtain when it is let go."""

    def build(self) -> None:
        """One button in the middle."""
        name = self.session.world.factions[self.faction].name
        button = self.button(say("I play {faction}: show the map", faction=name), self._take, key="Enter", gold=True)
        wide, tall = min(self.button_width(button) + self.desk.px(32), self.desk.size[0]), self.desk.px(48)
        low = min(self.desk.size[1], self._card.bottom - self.desk.px(22))
        button.rect = pygame.Rect((self.desk.size[0] - wide) // 2, low - tall, wide, tall)
        self.form.add(button)

    @property
    def _card(self) -> pygame.Rect:
        """The card in the middle, a little lower for the sign above it."""
        (across, down), desk = self.desk.size, self.desk
        wide, tall = max(1, min(desk.px(CARD[0]), across - 2 * self.margin)), min(desk.px(CARD[1]), down)
        top = min((down - tall) // 2 + desk.px(20), down - tall)
        return pygame.Rect((across - wide) // 2, top, wide, tall)

    def _take(self) -> None:
        if self._heard.type == pygame.MOUSEBUTTONUP:
            self._reveal()
        else:
            self._armed = self._heard.key

    def _reveal(self) -> None:
        if not self._open:
            self._open = True
            self.then()
            self.go(Pop())

    def handle(self, event: pygame.event.Event) -> Change | None:
        """A fresh press and its release open the curtain: a key that repeats, or was pressed before, does not."""
        pressed = event.type in (pygame.KEYDOWN, pygame.MOUSEBUTTONDOWN)
        if event.type == pygame.KEYDOWN and is_repeat(event):
            return None
        if pressed and self._waited < QUIET and getattr(event, "key", 0) != pygame.K_ESCAPE:
            return None
        self._heard = event
        if event.type == pygame.KEYUP and event.key == self._armed:
            self._reveal()
        elif pressed or event.type == pygame.WINDOWFOCUSLOST:
            self._armed = 0
        return super().handle(event)

    def key(self, event: pygame.event.Event) -> bool:
        """Enter alone opens the curtain: Ctrl+Enter was meant for the turn before."""
        return event.key in ENTER and bool(event.mod & (pygame.KMOD_CTRL | pygame.KMOD_META | pygame.KMOD_ALT))

    def back(self) -> None:
        """Esc: stop here, if the players want that."""
        text = say("The game is autosaved. Continue in the menu brings you back to this screen.")
        ask = question(self.desk, self, "Stop playing for now?", text, "To the menu", self._leave, "Stay")
        self.go(Push(ask))

    def _leave(self) -> Change:
        return leave(self.desk, self.session, self)

    def update(self, seconds: float) -> Change | None:
        """The first moment passes."""
        self._waited += seconds
        return super().update(seconds)

    def paint(self, screen: pygame.Surface) -> None:
        """Whose turn it is and when, who plays after whom, and that the others look away, over the printed map."""
        desk, colours, world = self.desk, self.desk.theme.interface, self.session.world
        faction, turn = world.factions[self.faction], self.session.state.clock.turn
        self._behind.paint(screen, world, self._ground)
        card, livery = self._card, desk.theme.livery(faction.look)
        curtain_card(screen, desk, card, livery)
        side = desk.px(BADGE)
        badge(screen, livery, pygame.Rect(card.centerx - side // 2, card.y - side // 2, side, side))
        y = card.y + side // 2 + desk.px(14)
        when = say("Turn {n} of {last}, {days}", n=turn, last=world.turns, days=turn_dates(self.session.state))
        y = self._line(screen, faction.name, 30, STRONG, colours.text, y) + desk.px(4)
        y = self._line(screen, when, 16, BODY, colours.text, y) + desk.px(12)
        track = pygame.Rect(card.x + desk.px(60), y, card.width - desk.px(120), desk.px(5))
        turn_blocks(screen, desk, track, turn, world.turns)
        seats = pygame.Rect(card.x, track.bottom + desk.px(14), card.width, seats_height(desk))
        paint_seats(screen, desk, world, self.seats, self.faction, seats)
        words = say("Please pass the screen. Everybody else, look away.")
        self._line(screen, words, 15, BODY, colours.text_dim, seats.bottom + desk.px(14))

    def _line(self, screen: pygame.Surface, text: str, size: int, role: str, ink: Colour, y: int) -> int:
        """A line in the middle of the card; returns where the next one begins."""
        desk, room = self.desk, self._card.width - self.desk.px(40)
        wide = min(desk.fonts.width(text, role, desk.px(size)), room)
        return y + write(screen, desk, text, (self._card.centerx - wide // 2, y), size, role, ink, room)
