"""The ghost of history on the map: a small flag at each place for whoever held it then.

A flag stands in the gap above the counter of its hex, so that it hides neither that one nor its neighbours. Where the
game has gone another way it is larger, with a dark disc behind it; where both agree it is small. Its emblem tells the
faction without its colour.
"""

from __future__ import annotations

from dataclasses import dataclass

import pygame

from game.ui.camera import Camera, hex_centre
from game.ui.kit.emblems import paint_emblem
from game.ui.kit.kept import Kept
from game.ui.kit.theme import Colour, Livery, Theme

SMOOTH = 4
LEAST, MOST = 9, 34
"""Height of a flag in pixels, at the least and most."""
ABOVE = 0.46
"""How far above the middle of its hex the middle of a flag stands, in hexes."""
KEPT_BYTES = 1_000_000
DARK = Colour(30, 24, 14)


@dataclass(frozen=True, slots=True)
class Ghost:
    """The look of who held a hex in history, "" nobody; ``differs`` from the game."""

    hex: int
    look: str
    differs: bool = False


class GhostPainter:
    """Draws the flags; the picture of each look is kept."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._pictures: Kept[tuple[str, bool, int]] = Kept(KEPT_BYTES)

    def draw(self, screen: pygame.Surface, camera: Camera, ghosts: tuple[Ghost, ...]) -> None:
        """Every flag in the window."""
        tall = _tall(camera.zoom)
        room = pygame.Rect(camera.x, camera.y, camera.width, camera.height).inflate(2 * tall, 2 * tall)
        for one in ghosts:
            x, y = camera.hex_on_screen(one.hex)
            if room.collidepoint(x, y):
                flag = self.flag(one.look, one.differs, tall)
                screen.blit(flag, _box((x, y), camera.zoom, flag.get_width()))

    def boxes(self, columns: int, zoom: float, ghosts: tuple[Ghost, ...]) -> list[pygame.Rect]:
        """Where the flags lie on the whole map at a zoom, so that names keep clear of them."""
        found = []
        for one in ghosts:
            x, y = hex_centre(columns, one.hex)
            found.append(_box((x * zoom, y * zoom), zoom, self.flag(one.look, one.differs, _tall(zoom)).get_width()))
        return found

    def flag(self, look: str, differs: bool, tall: int) -> pygame.Surface:
        """The picture of a flag; one that agrees with the game is a little smaller."""
        key = (look, differs, tall)
        livery = self._theme.livery(look)
        return self._pictures.found(key, lambda: _flag(livery, differs, tall if differs else tall * 3 // 4))


def _tall(zoom: float) -> int:
    return max(LEAST, min(MOST, round(zoom * 0.34)))


def _box(middle: tuple[float, float], zoom: float, side: int) -> pygame.Rect:
    """Where the flag of a hex lies whose middle is there."""
    x, y = middle[0], middle[1] - zoom * ABOVE
    return pygame.Rect(round(x - side / 2), round(y - side / 2), side, side)


def _flag(livery: Livery, differs: bool, tall: int) -> pygame.Surface:
    side = round(tall * 1.3)
    k = side * SMOOTH
    board = pygame.Surface((k, k), pygame.SRCALPHA)
    if differs:
        pygame.draw.circle(board, DARK.faded(205), (k // 2, k // 2), k // 2)
        pygame.draw.circle(board, Colour(255, 255, 255), (k // 2, k // 2), k // 2, max(2, k // 16))
    left, top, wide, high = k * 0.28, k * 0.16, k * 0.56, k * 0.40
    right, low = left + wide, top + high
    cloth = [(left, top), (right, top), (left + wide * 0.78, top + high / 2), (right, low), (left, low)]
    pole = pygame.Rect(round(left - k * 0.05), round(top - k * 0.02), max(3, round(k * 0.07)), round(k * 0.72))
    rim = DARK if not differs else Colour(255, 255, 255)
    pygame.draw.rect(board, rim, pole.inflate(k // 24, k // 24))
    pygame.draw.polygon(board, rim, _grown(cloth, k * 0.035))
    pygame.draw.polygon(board, livery.body, cloth)
    pygame.draw.rect(board, rim.mixed(livery.edge, 40), pole)
    paint_emblem(board, livery.emblem, livery.ink, (left + wide * 0.38, top + high / 2), high * 0.27, 2)
    return pygame.transform.smoothscale(board, (side, side))


def _grown(points: list[tuple[float, float]], by: float) -> list[tuple[float, float]]:
    mx, my = sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)
    return [(x + (by if x > mx else -by), y + (by if y > my else -by if y < my else 0)) for x, y in points]
