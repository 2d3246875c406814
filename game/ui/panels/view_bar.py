"""The overlays as a block of small buttons at the head of the column: an icon each, and its key where there is room."""

from __future__ import annotations

import pygame

from game.ui import overlays
from game.ui.kit.fonts import NARROW_STRONG
from game.ui.kit.icons import icon
from game.ui.panels.acts import ShowOverlay
from game.ui.panels.flow import FlowPage, FlowSpot
from game.ui.scene import Desk

LEAST = 28
"""Narrowest button, in points."""
TALL = 26
GAP = 4
LARGE = 1.25
"""Scale of the interface from which a smaller icon is still large enough to leave room for its key."""


def view_bar_height(desk: Desk, width: int) -> int:
    """How high the block is in a column so wide, in pixels."""
    rows = -(-len(overlays.on_the_bar()) // _across(desk, width))
    return rows * desk.px(TALL) + (rows - 1) * desk.px(GAP)


def _across(desk: Desk, width: int) -> int:
    """How many buttons stand side by side: rows of about the same length."""
    many = len(overlays.on_the_bar())
    most = max(1, (width + desk.px(GAP)) // (desk.px(LEAST) + desk.px(GAP)))
    return -(-many // -(-many // most))


def view_bar(desk: Desk, shown: frozenset[str], size: tuple[int, int]) -> FlowPage:
    """The block; what is shown is edged in gold and underlined, for eyes that confuse colours."""
    picture = pygame.Surface(size)
    colours = desk.theme.interface
    picture.fill(colours.panel)
    spots = []
    across, gap = _across(desk, size[0]), desk.px(GAP)
    wide = (size[0] - (across - 1) * gap) / across
    letters = [
        desk.fonts.text(item.key, NARROW_STRONG, desk.px(12), colours.text_dim) for item in overlays.on_the_bar()
    ]
    widest, room = max(letter.get_width() for letter in letters), int(wide) - desk.px(6)
    side, between = desk.px(16), desk.px(4)
    if side + between + widest > room and desk.scale >= LARGE:
        side, between = desk.px(13), desk.px(2)
    both = side + between + widest
    lettered = both <= room  # all of them or none
    side = side if lettered else desk.px(16)
    for number, item in enumerate(overlays.on_the_bar()):
        column, row = number % across, number // across
        box = pygame.Rect(round(column * (wide + gap)), row * (desk.px(TALL) + gap), int(wide), desk.px(TALL))
        on = item.name in shown
        pygame.draw.rect(picture, colours.raised if on else colours.panel, box, border_radius=desk.px(5))
        edge = colours.accent if on else colours.panel_edge
        pygame.draw.rect(picture, edge, box, max(1, desk.px(1)), desk.px(5))
        ink = colours.accent if on else colours.text_dim
        face = icon(item.name, side, ink)
        letter = letters[number]
        x = box.centerx - (both if lettered else face.get_width()) // 2
        picture.blit(face, (x, box.centery - face.get_height() // 2))
        if lettered:
            picture.blit(letter, (x + face.get_width() + between, box.centery - letter.get_height() // 2))
        if on:
            picture.fill(colours.accent, (box.x + desk.px(6), box.bottom - desk.px(3), box.width - desk.px(12), 1))
        spots.append(FlowSpot(box, ShowOverlay(item.name), f"{item.title} ({item.key}): {item.about}"))
    return FlowPage(picture, tuple(spots))
