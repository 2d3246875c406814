"""The buttons of all orders: each enabled, or disabled with the reason why it is refused."""

from __future__ import annotations

import pygame

from game.state.tables import State
from game.ui import order_kinds
from game.ui.kit.fonts import NARROW, NARROW_STRONG
from game.ui.kit.lettering import fitted
from game.ui.order_kinds import OrderKind
from game.ui.panels.acts import PrepareOrder, TellWhy
from game.ui.panels.flow import FlowPage, FlowSpot
from game.ui.scene import Desk
from game.ui.selection import Selection
from game.ui.targets import why_not
from game.words import say, sentence

COLUMNS = 7


def order_bar(
    desk: Desk, state: State, faction: int, selection: Selection, size: tuple[int, int], playing: bool
) -> FlowPage:
    """The grid of buttons."""
    picture = pygame.Surface(size)
    picture.fill(desk.theme.interface.panel)
    spots = []
    kinds = order_kinds.offered(state.world)
    rows = (len(kinds) + COLUMNS - 1) // COLUMNS
    gap, pad = desk.px(4), desk.px(6)
    wide, tall = (size[0] - 2 * pad - (COLUMNS - 1) * gap) / COLUMNS, (size[1] - 2 * pad - (rows - 1) * gap) / rows
    for number, item in enumerate(kinds):
        column, row = number % COLUMNS, number // COLUMNS
        box = pygame.Rect(round(pad + column * (wide + gap)), round(pad + row * (tall + gap)), int(wide), int(tall))
        why = why_not(state, faction, selection.unit, item.key) if playing else say("It is not your turn.")
        chosen = selection.mode == item.key
        price = item.price(state, faction, selection.kind if chosen else "")
        _paint(picture, desk, box, item, price, not why, chosen)
        tip = say("{order} (Shift+{letter}): {about}", order=item.title, letter=item.letter, about=item.about)
        tip += f"\n× {sentence(why)}" if why else ""
        spots.append(FlowSpot(box, PrepareOrder(item.key) if not why else TellWhy(why), tip))
    return FlowPage(picture, tuple(spots))


def _paint(
    picture: pygame.Surface, desk: Desk, box: pygame.Rect, item: OrderKind, small: str, enabled: bool, chosen: bool
) -> None:
    colours = desk.theme.interface
    body = colours.accent.mixed(colours.raised, 60) if chosen else colours.raised if enabled else colours.panel
    pygame.draw.rect(picture, body, box, border_radius=desk.px(4))
    pygame.draw.rect(picture, colours.accent if chosen else colours.panel_edge, box, 1, border_radius=desk.px(4))
    ink = colours.text if enabled or chosen else colours.text_dim.mixed(colours.panel, 45)
    room = box.width - desk.px(8)
    title = desk.fonts.text(
        fitted(desk.fonts, item.title, NARROW_STRONG, desk.px(14), room), NARROW_STRONG, desk.px(14), ink
    )
    dim = colours.text_dim if enabled else colours.text_dim.mixed(colours.panel, 55)
    letter = desk.fonts.text(f"↑{item.letter}", NARROW, desk.px(11), dim)
    left = desk.px(5)
    if box.height < desk.px(32):
        picture.blit(title, (box.x + left, box.centery - title.get_height() // 2))
        return
    picture.blit(title, (box.x + left, box.y + desk.px(2)))
    lower = box.bottom - letter.get_height() - desk.px(2)
    picture.blit(letter, (box.right - letter.get_width() - left, lower))
    if small:
        text = fitted(desk.fonts, small, NARROW, desk.px(11), room - letter.get_width() - desk.px(4))
        picture.blit(desk.fonts.text(text, NARROW, desk.px(11), dim), (box.x + left, lower))
