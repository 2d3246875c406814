"""The row of small buttons over the map's lower edge: what lies over the map, each with its key."""

from __future__ import annotations

import pygame

from game.ui import overlays
from game.ui.kit.fonts import NARROW, NARROW_STRONG
from game.ui.panels.acts import ShowOverlay
from game.ui.panels.flow import FlowPage, FlowSpot
from game.ui.scene import Desk

TALL = 22


def view_bar_width(desk: Desk) -> int:
    """How wide the row is."""
    return sum(_widths(desk)) + desk.px(3) * (len(overlays.on_the_bar()) - 1)


def view_bar(desk: Desk, shown: frozenset[str], size: tuple[int, int]) -> FlowPage:
    """The row; what is shown is lit, and underlined for eyes that confuse colours."""
    picture = pygame.Surface(size)
    colours = desk.theme.interface
    picture.fill(colours.panel_edge)
    spots, x = [], 0
    for item, wide in zip(overlays.on_the_bar(), _widths(desk), strict=True):
        box = pygame.Rect(x, 0, wide, size[1])
        on = item.name in shown
        picture.fill(colours.raised if on else colours.panel, box)
        ink = colours.text if on else colours.text_dim
        title = desk.fonts.text(item.title, NARROW_STRONG if on else NARROW, desk.px(13), ink)
        letter = desk.fonts.text(item.key, NARROW, desk.px(11), colours.accent if on else colours.text_dim)
        picture.blit(title, (box.x + desk.px(7), box.centery - title.get_height() // 2))
        picture.blit(letter, (box.right - letter.get_width() - desk.px(6), box.centery - letter.get_height() // 2))
        if on:
            picture.fill(colours.accent, (box.x, box.bottom - desk.px(2), box.width, desk.px(2)))
        spots.append(FlowSpot(box, ShowOverlay(item.name), f"{item.about} ({item.key})"))
        x = box.right + desk.px(3)
    return FlowPage(picture, tuple(spots))


def _widths(desk: Desk) -> list[int]:
    pixels = desk.px(13)
    return [desk.fonts.width(item.title, NARROW_STRONG, pixels) + desk.px(28) for item in overlays.on_the_bar()]
