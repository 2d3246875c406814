"""Between two people at one screen: nothing of the game shows, not even the small map, until the next one says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pygame

from game.session import Session
from game.ui.keyboard import is_repeat
from game.ui.kit.fonts import BODY, STRONG
from game.ui.kit.lettering import panel, write
from game.ui.scene import Change, Desk, Pop, Push
from game.ui.scenes.board import ENTER, Board, badge
from game.ui.scenes.dialog import question
from game.ui.scenes.leaving import leave
from game.words import say

QUIET = 0.6
"""Seconds in which no key opens the curtain: whoever has just ended his turn may still be pressing."""


class HandoverScene(Board):
    """The curtain. ``then`` seats the next person at the table below; it is called once, when that person is there."""

    def __init__(
        self, desk: Desk, session: Session, faction: int, seats: Mapping[int, str], then: Callable[[], None]
    ) -> None:
        super().__init__(desk)
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
        wide, tall = min(self.button_width(button) + self.desk.px(40), self.desk.size[0]), self.desk.px(48)
        across, down = self.desk.size
        button.rect = pygame.Rect((across - wide) // 2, down // 2 + self.desk.px(70), wide, tall)
        self.form.add(button)

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
        """Whose turn it is, and that the others look away."""
        desk, colours = self.desk, self.desk.theme.interface
        faction = self.session.world.factions[self.faction]
        across, down = desk.size
        livery = desk.theme.livery(faction.look)
        card = pygame.Rect(0, 0, min(desk.px(760), across - 2 * self.margin), min(desk.px(400), down))
        card.center = (across // 2, down // 2 - desk.px(8))
        panel(screen, desk, card)
        screen.fill(livery.body, (card.x, card.y, card.width, desk.px(6)))
        side = desk.px(84)
        badge(
            screen,
            desk.theme.livery(faction.look),
            pygame.Rect((across - side) // 2, down // 2 - desk.px(170), side, side),
        )
        for text, size, role, colour, y in (
            (faction.name, 30, STRONG, colours.text, -68),
            (
                say("Turn {n} of {last}", n=self.session.state.clock.turn, last=self.session.world.turns),
                17,
                BODY,
                colours.text,
                -22,
            ),
            (say("Please pass the screen. Everybody else, look away."), 16, BODY, colours.text_dim, 14),
        ):
            wide = min(desk.fonts.width(text, role, desk.px(size)), across)
            write(
                screen,
                desk,
                text,
                ((across - wide) // 2, down // 2 + round(y * desk.scale)),
                size,
                role,
                colour,
                across,
            )
