"""The order bar: what is in hand, the orders that it can be given now, and a button for all others.

An order is shown with its icon, its price and its key. The others stand on a sheet of their own, each enabled or with
the reason why it is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import pygame

from game import engine
from game.rules.ground import quarters
from game.state.tables import State
from game.ui import order_kinds
from game.ui.clicks import proposal
from game.ui.kit.fonts import NARROW, NARROW_STRONG
from game.ui.kit.icons import icon
from game.ui.kit.lettering import fitted, wrapped
from game.ui.kit.theme import Colour
from game.ui.order_kinds import OrderKind
from game.ui.panels.acts import Confirm, PanelAct, PrepareOrder, ShowMore, TellWhy
from game.ui.panels.flow import FlowPage, FlowSpot
from game.ui.panels.portraits import Portraits
from game.ui.scene import Desk
from game.ui.selection import Selection
from game.ui.targets import why_not
from game.ui.worldview import face
from game.words import count, say, sentence

MOST = 6
"""Orders shown at once; the others are behind the last button."""
LEAST = 118
"""Narrowest button, in points."""
IN_HAND, MORE = 150, 66
"""Width of what is in hand, which a long name makes wider, and of the last button, in points."""
COUNTER = 46
"""Points that the counter in hand takes."""
COLUMNS = 3
EDGES_AGAINST_RISK = frozenset(("corridor", "hotline"))
"""Orders that answer the risk of an incident."""


@dataclass(frozen=True, slots=True)
class _OrderButton:
    icon: str
    title: str
    price: str
    letter: str
    """Its key, which is pressed with Shift."""
    act: PanelAct
    tip: str
    able: bool = True
    chosen: bool = False
    marked: bool = False
    """Edged: it is being prepared, or answers the risk of an incident."""


def order_bar(
    desk: Desk, portraits: Portraits, state: State, faction: int, selection: Selection, size: tuple[int, int],
    *, playing: bool, risky: bool = False, opened: bool = False,
) -> FlowPage:  # fmt: skip
    """The bar. ``risky``: the other bloc may take the marches at hand amiss; ``opened``: the others are shown."""
    picture = pygame.Surface(size)
    picture.fill(desk.theme.interface.background)
    spots: list[FlowSpot] = []
    pad, gap = desk.px(6), desk.px(6)
    hand = pygame.Rect(pad, 0, _hand_width(desk, state, selection), size[1])
    _paint_hand(picture, desk, portraits, state, faction, selection, hand, playing)
    if not playing:
        return FlowPage(picture)
    shown, rest = _sorted(desk, state, faction, selection, playing, size[0] - hand.width)
    more = pygame.Rect(size[0] - pad - desk.px(MORE), desk.px(5), desk.px(MORE), size[1] - desk.px(10))
    left = hand.right + gap
    room = more.x - gap - left
    buttons = _buttons(state, faction, selection, shown, playing, risky)
    many = max(4, len(buttons))
    wide = min(desk.px(176), (room - (many - 1) * gap) // many)
    for number, button in enumerate(buttons):
        box = pygame.Rect(left + number * (wide + gap), desk.px(5), wide, size[1] - desk.px(10))
        _paint(picture, desk, box, button)
        spots.append(FlowSpot(box, button.act, button.tip))
    _paint_more(picture, desk, more, len(rest), opened)
    spots.append(FlowSpot(more, ShowMore(), say("All other orders, and why they cannot be given now.")))
    return FlowPage(picture, tuple(spots))


def more_orders(
    desk: Desk, state: State, faction: int, selection: Selection, room: tuple[int, int], *, playing: bool
) -> FlowPage:
    """The orders that the bar leaves out, as a sheet; ``room`` is that of the bar."""
    _, rest = _sorted(desk, state, faction, selection, playing, room[0] - _hand_width(desk, state, selection))
    gap, pad, tall = desk.px(5), desk.px(8), desk.px(40)
    columns = min(COLUMNS, max(1, room[0] // desk.px(150)))
    wide = min(desk.px(150), (room[0] - 2 * pad) // columns - gap)
    rows = max(1, -(-len(rest) // columns))
    picture = pygame.Surface((2 * pad + columns * (wide + gap) - gap, 2 * pad + rows * (tall + gap) - gap))
    picture.fill(desk.theme.interface.background)
    pygame.draw.rect(picture, desk.theme.interface.panel_edge, picture.get_rect(), max(1, desk.px(1)))
    spots = []
    for number, button in enumerate(_buttons(state, faction, selection, rest, playing, False, confirm=False)):
        box = pygame.Rect(pad + number % columns * (wide + gap), pad + number // columns * (tall + gap), wide, tall)
        _paint(picture, desk, box, button)
        spots.append(FlowSpot(box, button.act, button.tip))
    return FlowPage(picture, tuple(spots))


# --- which ----------------------------------------------------------------------------------------------------


def _sorted(
    desk: Desk, state: State, faction: int, selection: Selection, playing: bool, width: int
) -> tuple[list[OrderKind], list[OrderKind]]:
    """The orders on a bar with so much room beside what is in hand, in their order, and all others: those of the unit
    in hand come first."""
    kinds = order_kinds.offered(state.world)
    able = [kind for kind in kinds if playing and not why_not(state, faction, selection.unit, kind.key)]
    ranked = sorted(able, key=lambda kind: (kind.key != selection.mode, bool(selection.unit) and kind.of_faction))
    room = width - desk.px(MORE) - desk.px(30)
    most = max(1, min(MOST, room // desk.px(LEAST + 6))) - (_ready(state, selection) is not None)
    chosen = {kind.key for kind in ranked[:most]}
    shown = [kind for kind in kinds if kind.key in chosen]
    return shown, [kind for kind in kinds if kind.key not in chosen]


def _ready(state: State, selection: Selection) -> PanelAct | None:
    """What gives the order in preparation, None while it lacks something."""
    if not selection.mode:
        return None
    order = proposal(state, selection)
    return Confirm() if order is not None and engine.refusal(state, order) is None else None


def _buttons(
    state: State, faction: int, selection: Selection, kinds: list[OrderKind], playing: bool, risky: bool,
    confirm: bool = True,
) -> list[_OrderButton]:  # fmt: skip
    out = []
    ready = _ready(state, selection) if confirm and playing else None
    if ready is not None:
        out.append(
            _OrderButton("confirm", say("Confirm"), say("Enter"), "", ready, say("Give the order in preparation."),
                    chosen=True)
        )  # fmt: skip
    for kind in kinds:
        why = why_not(state, faction, selection.unit, kind.key) if playing else say("It is not your turn.")
        chosen = selection.mode == kind.key and ready is None
        price = kind.price(state, faction, selection.kind if selection.mode == kind.key else "")
        tip = say("{order} (Shift+{letter}): {about}", order=kind.title, letter=kind.letter, about=kind.about)
        tip += f"\n× {sentence(why)}" if why else ""
        act = PrepareOrder(kind.key) if not why else TellWhy(why)
        risk = (risky and not why and kind.key in EDGES_AGAINST_RISK) or selection.mode == kind.key
        out.append(_OrderButton(kind.key, kind.title, price, kind.letter, act, tip, not why, chosen, risk))
    return out


# --- painting -------------------------------------------------------------------------------------------------


def _hand_width(desk: Desk, state: State, selection: Selection) -> int:
    """Pixels of what is in hand: as wide as it takes to write the name in two lines, and what is left in one."""
    row = state.world.row.get(selection.unit, -1)
    least, counter, pixels = desk.px(IN_HAND), desk.px(COUNTER), desk.px(12)
    if row < 0 or state.units.hex[row] < 0:
        return least
    title, below = _in_hand(state, selection, row)
    left = desk.fonts.width(_joined(*below), NARROW, pixels)
    for room in range(least - counter, 3 * least, desk.px(8)):
        lines = wrapped(desk.fonts, title, NARROW_STRONG, pixels, room)
        widest = max(desk.fonts.width(line, NARROW_STRONG, pixels) for line in lines)
        if len(lines) == 1 or (len(lines) == 2 and max(widest, left) <= room):
            return max(room, widest) + counter
    return 3 * least


def _joined(one: str, other: str) -> str:
    return say("{one}, {other}", one=one, other=other)


def _in_hand(state: State, selection: Selection, row: int) -> tuple[str, tuple[str, str]]:
    """The name of the unit in hand, its steps and its movement; of several their number, and what the slowest has."""
    rows = [state.world.row[unit] for unit in selection.units if unit in state.world.row] or [row]
    steps = count(sum(state.units.steps[one] for one in rows), "{n} step", "{n} steps")
    left = quarters(min(state.units.mp[one] for one in rows))
    if len(rows) == 1:
        return state.world.roster.name[row], (steps, say("{left} MP left", left=left))
    return count(len(rows), "{n} unit", "{n} units"), (steps, say("the slowest: {left} MP", left=left))


def _paint_hand(
    picture: pygame.Surface, desk: Desk, portraits: Portraits, state: State, faction: int, selection: Selection,
    box: pygame.Rect, playing: bool,
) -> None:  # fmt: skip
    line = desk.px(14)
    row = state.world.row.get(selection.unit, -1)
    x, room = box.x, box.width
    if row >= 0 and state.units.hex[row] >= 0:
        counter = portraits.picture(face(state, faction, row), desk.px(38))
        picture.blit(counter, (x, (box.height - counter.get_height()) // 2))
        x, room = box.x + desk.px(COUNTER), room - desk.px(COUNTER)
        title, lines = _in_hand(state, selection, row)
    elif not playing:
        title = say("{army} to play", army=state.world.factions[state.faction].adjective)
        lines = (say("move the map meanwhile"), say("or look at a unit"))
    else:
        title = say("Nothing selected")
        lines = (say("orders of the whole side"), say("or click a unit"))
    pixels, y = desk.px(12), (box.height - 3 * line) // 2 - desk.px(1)
    for words, role, ink in _hand_lines(desk, title, lines, room):
        picture.blit(desk.fonts.text(fitted(desk.fonts, words, role, pixels, room), role, pixels, ink), (x, y))
        y += line


def _hand_lines(desk: Desk, title: str, lines: tuple[str, str], room: int) -> list[tuple[str, str, Colour]]:
    """Three lines of what is in hand; a long name takes two of them, and the rest shares the last one."""
    colours = desk.theme.interface
    name = wrapped(desk.fonts, title, NARROW_STRONG, desk.px(12), room)
    if len(name) == 1:
        below = [(lines[0], NARROW, colours.text_dim), (lines[1], NARROW, colours.accent)]
    else:
        below = [(_joined(*lines), NARROW, colours.accent)]
    return [*((words, NARROW_STRONG, colours.text) for words in (name[0], " ".join(name[1:])) if words), *below]


def _paint(picture: pygame.Surface, desk: Desk, box: pygame.Rect, button: _OrderButton) -> None:
    colours = desk.theme.interface
    body = colours.accent if button.chosen else colours.raised if button.able else colours.panel
    edge = colours.accent if button.chosen or button.marked else colours.panel_edge
    pygame.draw.rect(picture, body, box, border_radius=desk.px(6))
    pygame.draw.rect(picture, edge, box, max(1, desk.px(1)), desk.px(6))
    faint = colours.text_dim.mixed(colours.panel, 45)
    ink = colours.on_accent if button.chosen else colours.text if button.able else faint
    dim = colours.on_accent_dim if button.chosen else colours.text_dim if button.able else faint
    sign = icon(button.icon, desk.px(18), ink if button.chosen or not button.able else colours.accent)
    picture.blit(sign, (box.x + desk.px(8), box.centery - sign.get_height() // 2))
    pixels = desk.px(12)
    key = _paint_key(picture, desk, box, button.letter, dim) if button.letter else 0
    left = box.x + desk.px(33)
    title = fitted(desk.fonts, button.title, NARROW_STRONG, desk.px(13), box.right - left - desk.px(4))
    name = desk.fonts.text(title, NARROW_STRONG, desk.px(13), ink)
    room = box.right - left - key - desk.px(8)
    price = fitted(desk.fonts, button.price, NARROW, pixels, room) if button.price else ""
    tall = desk.px(15)
    y = box.centery - (tall if price else tall // 2) - desk.px(1)
    picture.blit(name, (left, y))
    if price:
        picture.blit(desk.fonts.text(price, NARROW, pixels, dim), (left, y + tall))


@lru_cache(maxsize=32)
def _shift_arrow(side: int, ink: Colour) -> pygame.Surface:
    """The hollow arrow that stands for Shift; do not draw on it, it is shared."""
    out = pygame.Surface((side + 1, side + 1), pygame.SRCALPHA)
    out.fill((*ink[:3], 0))
    half, stem = side / 2, side / 5
    points = [(0, -half), (half, 0), (stem, 0), (stem, half), (-stem, half), (-stem, 0), (-half, 0)]
    pygame.draw.aalines(out, ink, True, [(half + dx, half + dy) for dx, dy in points])
    return out


def _paint_key(picture: pygame.Surface, desk: Desk, box: pygame.Rect, letter: str, ink: Colour) -> int:
    """A cap in the lower right corner of a button, with the arrow of Shift before its letter; how wide it is."""
    face = desk.fonts.text(letter, NARROW_STRONG, desk.px(12), ink)
    unit, fine = desk.px(1), max(1, desk.px(1))
    arrow, tall = 7 * unit, desk.px(15)
    cap = pygame.Rect(0, 0, arrow + face.get_width() + 9 * unit, tall)
    cap.bottomright = box.right - desk.px(4), box.bottom - desk.px(4)
    pygame.draw.rect(picture, ink.mixed(Colour(*picture.get_at(cap.topleft)[:3]), 45), cap, fine, desk.px(3))
    picture.blit(_shift_arrow(arrow, ink), (cap.x + 4 * unit, cap.centery - arrow // 2))
    picture.blit(face, face.get_rect(midright=(cap.right - 3 * unit, cap.centery)))
    return cap.width


def _paint_more(picture: pygame.Surface, desk: Desk, box: pygame.Rect, many: int, opened: bool) -> None:
    colours = desk.theme.interface
    pygame.draw.rect(picture, colours.raised if opened else colours.panel, box, border_radius=desk.px(6))
    edge = colours.accent if opened else colours.panel_edge
    pygame.draw.rect(picture, edge, box, max(1, desk.px(1)), desk.px(6))
    sign = icon("more", desk.px(16), colours.text)
    picture.blit(sign, (box.centerx - sign.get_width() // 2, box.y + desk.px(4)))
    words = desk.fonts.text(say("{n} more", n=many), NARROW, desk.px(12), colours.text)
    picture.blit(words, words.get_rect(midbottom=(box.centerx, box.bottom - desk.px(3))))
