"""A small card over the map with a leader to its hex: what a march to the hex under the mouse means."""

from __future__ import annotations

from collections.abc import Sequence

import pygame

from game.ui.camera import Camera, Point, hex_centre
from game.ui.kit.fonts import BODY, STRONG
from game.ui.kit.lettering import wrapped
from game.ui.kit.theme import Colour
from game.ui.scene import Desk

INCIDENT = Colour(255, 196, 107)
"""Of the leader over the map, which has a dark casing."""
WIDEST = 230
"""Points after which a line goes on in the next: a wide card hides more of the map than a tall one."""
AWAY = 1.15
"""From the hex to the card, in hexes."""
SIGN = 0.7
"""Side of a counter in hexes."""


def callout(desk: Desk, lines: tuple[tuple[str, str], ...]) -> pygame.Surface:
    """Lines of (words, look) as a card; looks are title, risk and dim."""
    colours = desk.theme.interface
    inks = {"title": (STRONG, colours.text), "risk": (STRONG, colours.incident), "dim": (BODY, colours.text_dim)}
    size, room = desk.px(12), desk.px(WIDEST)
    faces = [
        desk.fonts.text(words, inks[look][0], size, inks[look][1])
        for text, look in lines
        for words in wrapped(desk.fonts, text, inks[look][0], size, room)
    ]
    tall, pad = round(size * 1.4), desk.px(8)
    wide = max(face.get_width() for face in faces) + 2 * pad
    card = pygame.Surface((wide, tall * len(faces) + round(pad * 1.4)), pygame.SRCALPHA)
    edge = colours.incident if any(look == "risk" for _, look in lines) else colours.panel_edge
    pygame.draw.rect(card, (*colours.background[:3], 240), card.get_rect(), border_radius=desk.px(7))
    pygame.draw.rect(card, edge, card.get_rect(), max(1, desk.px(1.5)), desk.px(7))
    for number, face in enumerate(faces):
        card.blit(face, (pad, round(pad * 0.6) + number * tall))
    return card


def paint_callout(
    screen: pygame.Surface, camera: Camera, here: int, card: pygame.Surface, box: pygame.Rect, ink: Colour
) -> None:
    """The card in its box beside a hex, with a leader to it."""
    x, y = camera.hex_on_screen(here)
    near = (box.right if box.centerx < x else box.left, max(box.top + 8, min(round(y), box.bottom - 8)))
    clip = screen.get_clip()
    screen.set_clip(pygame.Rect(camera.x, camera.y, camera.width, camera.height))
    pygame.draw.aaline(screen, (20, 18, 22), near, (x, y), 4)
    pygame.draw.aaline(screen, ink, near, (x, y), 2)
    screen.blit(card, box)
    screen.set_clip(clip)


def callout_box(
    camera: Camera, here: int, size: tuple[int, int], clear_of: Sequence[int] = (), start: int = -1,
    words: Sequence[pygame.Rect] = (),
) -> pygame.Rect:  # fmt: skip
    """Where a card of a size stands, inside the window and clear of its hex: at the corner where it covers least.

    Where there is a choice it leaves ``words`` that stand in the window in sight, then ``start``, from where a march
    comes, and most of ``clear_of``.
    """
    window = pygame.Rect(camera.x, camera.y, camera.width, camera.height).inflate(-12, -12)
    x, y = camera.hex_on_screen(here)
    away, side = AWAY * camera.zoom, round(SIGN * camera.zoom)
    corners = []
    for right, low in ((False, False), (True, False), (False, True), (True, True)):
        box = pygame.Rect((0, 0), size)
        box.left, box.top = round(x + away), round(y + away * 0.35)
        if not right:
            box.right = round(x - away)
        if not low:
            box.bottom = round(y - away * 0.35)
        corners.append(box)
    inside = [box for box in corners if window.contains(box)]
    if not inside:
        return corners[1 if corners[0].left < window.left else 0].clamp(window)
    about = inside[0].unionall(inside[1:])
    (west, north), (east, south) = map(camera.to_map, (about.topleft, about.bottomright))
    centres = (hex_centre(camera.columns, one) for one in clear_of)
    near = [at for at in centres if west - 1 < at[0] < east + 1 and north - 1 < at[1] < south + 1]
    signs = [_around(camera.to_screen(at), side) for at in near]
    first = _around(camera.hex_on_screen(start), round(camera.zoom)) if start >= 0 else pygame.Rect(0, 0, 0, 0)

    def hidden(box: pygame.Rect) -> tuple[int, bool, int]:
        return len(box.collidelistall(words)), box.colliderect(first), len(box.collidelistall(signs))

    return min(inside, key=hidden)


def _around(at: Point, side: int) -> pygame.Rect:
    return pygame.Rect(round(at[0] - side / 2), round(at[1] - side / 2), side, side)
