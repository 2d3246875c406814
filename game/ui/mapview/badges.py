"""Numbers of overlays on the map: small paper tags over counters, from which names keep clear."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pygame

from game.ui.camera import Camera, Point, hex_centre
from game.ui.kit.fonts import NARROW_STRONG, Fonts
from game.ui.kit.kept import Kept
from game.ui.kit.theme import Theme
from game.ui.mapview.overlays import TEXT_FROM, Overlay

ALONE: Point = (0.0, -0.30)
"""Where the tag of an empty hex stands, in hexes from its middle."""
UNDER: Point = (0.0, 0.40)
"""Where it stands under a counter, clear of its numbers and still on its own hex."""
KEPT_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Badge:
    """A short text on a hex."""

    hex: int
    text: str


def badges_of(overlays: Iterable[Overlay]) -> tuple[Badge, ...]:
    """The texts of overlays; of several on one hex the uppermost."""
    texts = {h: style.text for overlay in overlays for h, style in overlay.items() if style.text}
    return tuple(Badge(h, text) for h, text in sorted(texts.items()))


class BadgePainter:
    """Draws the tags; the picture of each text is kept."""

    def __init__(self, columns: int, theme: Theme, fonts: Fonts) -> None:
        self._columns, self._theme, self._fonts = columns, theme, fonts
        self._pictures: Kept[tuple[str, int]] = Kept(KEPT_BYTES)

    def draw(self, screen: pygame.Surface, camera: Camera, badges: Sequence[Badge], taken: frozenset[int]) -> None:
        """Every tag in the window; those of hexes with a counter (``taken``) stand under it."""
        ox, oy = camera.origin
        room = pygame.Rect(camera.x, camera.y, camera.width, camera.height)
        for one, box in zip(badges, self.boxes(camera.zoom, badges, taken), strict=False):
            box.move_ip(camera.x - ox, camera.y - oy)
            if box.colliderect(room):
                screen.blit(self._picture(one.text, _pixels(camera.zoom)), box)

    def boxes(self, zoom: float, badges: Sequence[Badge], taken: frozenset[int]) -> list[pygame.Rect]:
        """Where the tags lie on the whole map at a zoom."""
        if zoom < TEXT_FROM:
            return []
        found = []
        for one in badges:
            x, y = hex_centre(self._columns, one.hex)
            dx, dy = UNDER if one.hex in taken else ALONE
            box = self._picture(one.text, _pixels(zoom)).get_rect()
            box.center = (round((x + dx) * zoom), round((y + dy) * zoom))
            found.append(box)
        return found

    def _picture(self, text: str, pixels: int) -> pygame.Surface:
        return self._pictures.found((text, pixels), lambda: self._tag(text, pixels))

    def _tag(self, text: str, pixels: int) -> pygame.Surface:
        inks = self._theme.map
        face = self._fonts.text(text, NARROW_STRONG, pixels, inks.name)
        tall = round(pixels * 1.25)
        tag = pygame.Surface((max(tall, face.get_width() + round(pixels * 0.6)), tall), pygame.SRCALPHA)
        pygame.draw.rect(tag, inks.name, tag.get_rect(), border_radius=tall // 3)
        pygame.draw.rect(tag, inks.name_halo, tag.get_rect().inflate(-2, -2), border_radius=tall // 3)
        tag.blit(face, face.get_rect(center=tag.get_rect().center))
        return tag


def _pixels(zoom: float) -> int:
    """Height of the letters."""
    return max(12, min(24, round(zoom * 0.24)))
