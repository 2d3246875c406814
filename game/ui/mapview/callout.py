"""A small card over the map with a leader to its hex: what a march to the hex under the mouse means."""

from __future__ import annotations

import pygame

from game.ui.camera import Camera
from game.ui.kit.fonts import BODY, STRONG
from game.ui.kit.theme import Colour
from game.ui.scene import Desk

INCIDENT = Colour(255, 196, 107)
"""Of the leader over the map, which has a dark casing."""
AWAY = 1.15
"""From the hex to the card, in hexes."""


def callout(desk: Desk, lines: tuple[tuple[str, str], ...]) -> pygame.Surface:
    """Lines of (words, look) as a card; looks are title, risk and dim."""
    colours = desk.theme.interface
    inks = {"title": (STRONG, colours.text), "risk": (STRONG, colours.incident), "dim": (BODY, colours.text_dim)}
    size = desk.px(12)
    faces = [desk.fonts.text(words, inks[look][0], size, inks[look][1]) for words, look in lines]
    tall, pad = round(size * 1.4), desk.px(8)
    wide = max(face.get_width() for face in faces) + 2 * pad
    card = pygame.Surface((wide, tall * len(faces) + round(pad * 1.4)), pygame.SRCALPHA)
    edge = colours.incident if any(look == "risk" for _, look in lines) else colours.panel_edge
    pygame.draw.rect(card, (*colours.background[:3], 240), card.get_rect(), border_radius=desk.px(7))
    pygame.draw.rect(card, edge, card.get_rect(), max(1, desk.px(1.5)), desk.px(7))
    for number, face in enumerate(faces):
        card.blit(face, (pad, round(pad * 0.6) + number * tall))
    return card


def place_callout(
    screen: pygame.Surface, camera: Camera, here: int, card: pygame.Surface, ink: Colour, clear_of: int = -1
) -> None:
    """The card beside a hex, inside the window and clear of the hex itself, with a leader to it.

    ``clear_of`` is another hex that it shall not cover where there is a choice: the one that the march comes from.
    """
    x, y = camera.hex_on_screen(here)
    box = callout_box(camera, here, card.get_size(), clear_of)
    near = (box.right if box.centerx < x else box.left, max(box.top + 8, min(round(y), box.bottom - 8)))
    clip = screen.get_clip()
    screen.set_clip(pygame.Rect(camera.x, camera.y, camera.width, camera.height))
    pygame.draw.aaline(screen, (20, 18, 22), near, (x, y), 4)
    pygame.draw.aaline(screen, ink, near, (x, y), 2)
    screen.blit(card, box)
    screen.set_clip(clip)


def callout_box(camera: Camera, here: int, size: tuple[int, int], clear_of: int = -1) -> pygame.Rect:
    """Where a card of a size stands: up and left of its hex, else at the first other corner that is free."""
    window = pygame.Rect(camera.x, camera.y, camera.width, camera.height).inflate(-12, -12)
    x, y = camera.hex_on_screen(here)
    away = AWAY * camera.zoom
    kept = pygame.Rect(0, 0, round(camera.zoom), round(camera.zoom))
    if clear_of >= 0:
        kept.center = round(camera.hex_on_screen(clear_of)[0]), round(camera.hex_on_screen(clear_of)[1])
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
    free = [box for box in inside if clear_of < 0 or not box.colliderect(kept)]
    return next(iter((*free, *inside, corners[1 if corners[0].left < window.left else 0].clamp(window))))
