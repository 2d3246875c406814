"""Between two people at one screen: nothing of the game shows, not even the small map, until the next one says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pygame

from game.rules.scripted import turn_days
from game.scenario.calendar import spoken
from game.session import Session
from game.ui.camera import map_extent
from game.ui.keyboard import is_repeat
from game.ui.kit.fonts import BODY, STRONG
from game.ui.kit.lettering import panel, write
from game.ui.scene import Change, Desk, Pop, Push
from game.ui.scenes.board import ENTER, Board, badge, behind, turn_blocks
from game.ui.scenes.dialog import question
from game.ui.scenes.leaving import leave
from game.words import say

CARD, BADGE = (680, 330), 104
"""In points: the card, and the sign of the faction that stands out above it."""
GROUND, DARK = 900, 168
"""The longer side of the map behind it in pixels, before it is enlarged, and how dense the veil over it is."""
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
        self._ground = ground
        self._behind: tuple[object, pygame.Surface] | None = None
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
        low = min(down, down // 2 + self.desk.px(20 + CARD[1] // 2 - 26))
        button.rect = pygame.Rect((across - wide) // 2, low - tall, wide, tall)
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
        """Whose turn it is and when, and that the others look away, over the printed map."""
        desk, colours, world = self.desk, self.desk.theme.interface, self.session.world
        faction, turn = world.factions[self.faction], self.session.state.clock.turn
        across, down = desk.size
        self._paint_ground(screen)
        card = pygame.Rect(0, 0, min(desk.px(CARD[0]), across - 2 * self.margin), min(desk.px(CARD[1]), down))
        card.center = (across // 2, down // 2 + desk.px(20))
        panel(screen, desk, card)
        livery, edge = desk.theme.livery(faction.look), desk.px(6)
        pygame.draw.rect(screen, livery.body, (card.x, card.y, card.width, edge), border_top_left_radius=edge,
                         border_top_right_radius=edge)  # fmt: skip
        side = desk.px(BADGE)
        badge(screen, livery, pygame.Rect((across - side) // 2, card.y - side * 2 // 5, side, side))
        first, last = turn_days(world, turn)
        when = say("Turn {n} of {last}, {first} to {end}", n=turn, last=world.turns, first=spoken(first),
                   end=spoken(last))  # fmt: skip
        y = card.y + side * 3 // 5 + desk.px(18)
        for text, size, role, colour, below in (
            (faction.name, 30, STRONG, colours.text, 8),
            (when, 16, BODY, colours.text, 16),
            ("", 0, BODY, colours.text, 16),
            (say("Please pass the screen. Everybody else, look away."), 15, BODY, colours.text_dim, 0),
        ):
            if not text:
                track = pygame.Rect(card.x + desk.px(60), y, card.width - desk.px(120), desk.px(5))
                turn_blocks(screen, desk, track, turn, world.turns)
                y = track.bottom + desk.px(below)
                continue
            room = card.width - desk.px(40)
            wide = min(desk.fonts.width(text, role, desk.px(size)), room)
            y += write(screen, desk, text, ((across - wide) // 2, y), size, role, colour, room) + desk.px(below)

    def _paint_ground(self, screen: pygame.Surface) -> None:
        if self._ground is None:
            return
        world, key = self.session.world, (self.desk.size, self.desk.theme)
        if self._behind is None or self._behind[0] != key:
            wide, tall = map_extent(world.grid.columns, world.grid.rows)
            scale = GROUND / max(wide, tall)
            picture = self._ground((round(wide * scale), round(tall * scale)))
            self._behind = key, behind(picture, self.desk, DARK)
        screen.blit(self._behind[1], (0, 0))
