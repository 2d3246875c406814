"""What shows while a game at one screen changes hands: the printed map far away, a card on it, who plays after whom.

Nothing on it is secret: the map as it is printed, the turn, and the order of play.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

import pygame

from game.scenario.world import World
from game.ui.camera import map_extent
from game.ui.kit.fonts import BODY, NARROW, STRONG
from game.ui.kit.icons import icon
from game.ui.kit.lettering import fitted, panel
from game.ui.kit.theme import Livery
from game.ui.scene import Desk
from game.ui.scenes.board import HUMAN, badge, behind
from game.words import say

GROUND, DARK = 900, 150
"""The longer side of the map behind the card in pixels, before it is enlarged, and how dense the veil over it is."""
SEAT, SIGN = 150, 44
"""In points: the most that one seat takes across, and the sign of its faction."""
Print = Callable[[tuple[int, int]], pygame.Surface]
"""Gives the printed map, this small: on it nothing of the game stands."""


class CurtainGround:
    """The printed map under a veil, over the whole window; made anew when the window changes."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._made: tuple[object, pygame.Surface] | None = None

    def paint(self, screen: pygame.Surface, world: World, ground: Print | None) -> None:
        """Over the whole screen; without a map in one colour."""
        screen.fill(self.desk.theme.interface.background)
        if ground is None:
            return
        key = (self.desk.size, self.desk.theme)
        if self._made is None or self._made[0] != key:
            wide, tall = map_extent(world.grid.columns, world.grid.rows)
            scale = GROUND / max(wide, tall)
            picture = ground((round(wide * scale), round(tall * scale)))
            self._made = key, behind(picture, self.desk, DARK)
        screen.blit(self._made[1], (0, 0))


def curtain_card(screen: pygame.Surface, desk: Desk, card: pygame.Rect, livery: Livery | None = None) -> None:
    """A card in the middle, with the colour of a faction along its upper edge."""
    shade = _shadow(card.size, desk.px(4))
    screen.blit(shade, shade.get_rect(center=(card.centerx, card.centery + desk.px(3))))
    panel(screen, desk, card)
    if livery is not None:
        clip = screen.get_clip()
        screen.set_clip(pygame.Rect(card.x, card.y, card.width, desk.px(6)))
        pygame.draw.rect(screen, livery.body, card, border_radius=desk.px(5))
        screen.set_clip(clip)


@lru_cache(maxsize=2)
def _shadow(size: tuple[int, int], step: int) -> pygame.Surface:
    """What a card of a size throws on the map."""
    wide = 6 * step
    shade = pygame.Surface((size[0] + wide, size[1] + wide), pygame.SRCALPHA)
    for number in range(1, 7):
        box = shade.get_rect().inflate(-number * step, -number * step)
        pygame.draw.rect(shade, (0, 0, 0, 13 * number), box, border_radius=2 * step)
    return shade


def paint_seats(
    screen: pygame.Surface, desk: Desk, world: World, seats: Mapping[int, str], active: int, box: pygame.Rect
) -> None:
    """The seats in the order in which they play, those that have played with a tick, the next one in a golden frame."""
    colours, order = desk.theme.interface, world.sequence
    wide = min(desk.px(SEAT), box.width // max(1, len(order)))
    side, now = min(desk.px(SIGN), wide - desk.px(8)), order.index(active) if active in order else len(order)
    left = box.centerx - wide * len(order) // 2
    for number, faction in enumerate(order):
        cell = pygame.Rect(left + wide * number, box.y, wide, box.height)
        if number == now:
            frame = cell.inflate(-min(desk.px(26), wide // 6), 0)
            pygame.draw.rect(screen, colours.raised, frame, border_radius=desk.px(6))
            pygame.draw.rect(screen, colours.accent, frame, max(1, desk.px(1)), border_radius=desk.px(6))
        sign = pygame.Rect(cell.centerx - side // 2, cell.y + desk.px(8), side, side)
        badge(screen, desk.theme.livery(world.factions[faction].look), sign)
        if number < now:
            _tick(screen, desk, sign)
        if number:
            _chevron(screen, desk, (cell.x, sign.centery))
        name, ink = world.factions[faction].adjective, colours.text if number == now else colours.text_dim
        who = say("player") if seats.get(faction) == HUMAN else say("AI player")
        y = sign.bottom + desk.px(5)
        for text, size, role, shade in ((name, 13, STRONG, ink), (who, 12, NARROW, colours.text_dim)):
            face = desk.fonts.text(fitted(desk.fonts, text, role, desk.px(size), wide - 4), role, desk.px(size), shade)
            screen.blit(face, face.get_rect(midtop=(cell.centerx, y)))
            y += desk.px(16)


def seats_height(desk: Desk) -> int:
    """Room for the row of seats."""
    return desk.px(SIGN + 50)


def _tick(screen: pygame.Surface, desk: Desk, sign: pygame.Rect) -> None:
    """In the corner of a sign: its faction has played."""
    colours, r = desk.theme.interface, max(3, sign.width // 5)
    at = (sign.right - r // 2, sign.bottom - r // 2)
    pygame.draw.circle(screen, colours.panel, at, r + desk.px(2))
    pygame.draw.circle(screen, desk.theme.marks.good, at, r)
    mark = icon("confirm", r * 3 // 2, colours.background)
    screen.blit(mark, mark.get_rect(center=at))


def _chevron(screen: pygame.Surface, desk: Desk, at: tuple[int, int]) -> None:
    """Between two seats: the right one plays after the left one."""
    (x, y), k = at, desk.px(4)
    ink = desk.theme.interface.text_dim
    pygame.draw.lines(
        screen, ink, False, [(x - k // 2, y - k), (x + k // 2, y), (x - k // 2, y + k)], max(1, desk.px(2))
    )


def paint_waiting(
    screen: pygame.Surface, desk: Desk, ground: CurtainGround, world: World, seats: Mapping[int, str], active: int,
    printed: Print,
) -> None:  # fmt: skip
    """The curtain while AI players play: nothing of the game but whose turn it is."""
    ground.paint(screen, world, printed)
    across, down = screen.get_size()
    card = pygame.Rect(0, 0, max(1, min(desk.px(680), across - desk.px(24))), min(desk.px(236), down))
    card.center = (across // 2, down // 2)
    curtain_card(screen, desk, card, desk.theme.livery(world.factions[active].look))
    colours, y = desk.theme.interface, card.y + desk.px(28)
    for text, size, role, ink, tall in (
        (say("Others are playing…"), 24, STRONG, colours.text, 38),
        (say("The map stays hidden until the next player takes the seat."), 15, BODY, colours.text_dim, 40),
    ):
        face = desk.fonts.text(fitted(desk.fonts, text, role, desk.px(size), card.width - desk.px(30)), role,
                               desk.px(size), ink)  # fmt: skip
        screen.blit(face, face.get_rect(midtop=(across // 2, y)))
        y += desk.px(tall)
    paint_seats(screen, desk, world, seats, active, pygame.Rect(card.x, y, card.width, seats_height(desk)))
