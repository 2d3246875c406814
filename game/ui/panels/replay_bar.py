"""The bar below the map while a recorded game is shown: its keys, where the orders would be."""

from __future__ import annotations

import pygame

from game.ui.kit import key_caps
from game.ui.kit.fonts import BODY, NARROW, STRONG
from game.ui.kit.lettering import fitted
from game.ui.panels.flow import FlowPage
from game.ui.scene import Desk
from game.words import say

KEYS = (
    ("Space", say("play, stop")),
    (", .", say("event back, on")),
    ("Shift+, .", say("faction's turn")),
    ("Page up, Page down", say("turn")),
    ("Tab", say("whose eyes")),
    ("F2", say("report")),
    ("Esc", say("leave")),
)
"""Keys of a recorded game, the most important first: those that find no room are left out."""


def replay_bar(desk: Desk, size: tuple[int, int]) -> FlowPage:
    """The keys in a row, each above what it does."""
    colours = desk.theme.interface
    picture = pygame.Surface(size)
    picture.fill(colours.background)
    pad, gap, pixels = desk.px(10), desk.px(22), desk.px(12)
    title = desk.fonts.text(say("Recorded game"), STRONG, desk.px(14), colours.accent)
    note = desk.fonts.text(say("nothing in it changes"), NARROW, pixels, colours.text_dim)
    middle = size[1] // 2
    picture.blit(title, (pad, middle - title.get_height()))
    picture.blit(note, (pad, middle))
    x = pad + max(title.get_width(), note.get_width()) + gap
    for keys, words in KEYS:
        faces = [(part, desk.fonts.text(part.text, NARROW, pixels, colours.text)) for part in key_caps.parts(keys)]
        caps = [
            key_caps.cap_width(face.get_width(), pixels) if part.kind == key_caps.KEY else face.get_width()
            for part, face in faces
        ]
        between = desk.px(3)
        wide = max(sum(caps) + between * (len(caps) - 1), desk.fonts.width(words, BODY, pixels))
        if x + wide > size[0] - pad:
            break
        left = x
        for (part, face), cap in zip(faces, caps, strict=True):
            at = face.get_rect(center=(left + cap // 2, middle - desk.px(11)))
            if part.kind == key_caps.KEY:
                key_caps.paint_cap(picture, desk, face, at.topleft, key_caps.KEY)
            else:
                picture.blit(face, at)
            left += cap + between
        told = desk.fonts.text(fitted(desk.fonts, words, BODY, pixels, wide), BODY, pixels, colours.text_dim)
        picture.blit(told, (x, middle + desk.px(3)))
        x += wide + gap
    return FlowPage(picture)
