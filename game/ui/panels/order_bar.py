"""The buttons of all orders: each enabled, or disabled with the reason why it is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pygame

from game import engine
from game import orders as od
from game.rules import river
from game.rules.liaison import hotline_price
from game.state.tables import State
from game.ui import targets
from game.ui.kit.fonts import NARROW, NARROW_STRONG
from game.ui.kit.lettering import fitted
from game.ui.panels.flow import Page, Spot
from game.ui.panels.top_bar import SHORT_SUPPORT
from game.ui.scene import Desk
from game.ui.selection import Selection

COLUMNS = 7


@dataclass(frozen=True, slots=True)
class OrderItem:
    """One button. ``key`` is a mode of :mod:`game.ui.targets`, or an order given at once."""

    key: str
    title: str
    letter: str
    about: str


ITEMS = (
    OrderItem("attack", "Attack", "A", "Attack a known enemy next to the unit; all able neighbours join."),
    OrderItem("bombard", "Bombard", "B", "Fire guns at a hex in range: a chance to disrupt a step."),
    OrderItem("march", "March", "M", "Road march: use the action to go half again as far, by road only."),
    OrderItem(
        "forced", "Forced", "F", "Forced march: use the action and a command point to go further; a step is disrupted."
    ),
    OrderItem("dig_in", "Dig in", "D", "Use the action to entrench one level deeper."),
    OrderItem("rest", "Rest", "R", "Use the action to gather a disrupted step."),
    OrderItem("refit", "Refit", "E", "Use the action, a command point and a replacement to regain a lost step."),
    OrderItem("pontoon", "Pontoon", "P", "Engineers build a pontoon; it opens next turn."),
    OrderItem("ferry", "Ferry", "Y", "Engineers run a ferry at once; it carries little."),
    OrderItem("repair", "Repair", "G", "Engineers mend a blown bridge."),
    OrderItem("boats", "Boats", "O", "Cross to an empty far bank by boat."),
    OrderItem("blow", "Blow", "X", "Blow a crossing beside the unit."),
    OrderItem("infiltrate", "Infiltrate", "I", "Raiders slip through gaps to an empty hex."),
    OrderItem("air_drop", "Air drop", "L", "Drop supplies on a besieged hex."),
    OrderItem("strike", "Strike", "S", "Send support against units seen in a hex; again for the next kind."),
    OrderItem("interdict", "Interdict", "T", "Close a road hex to enemy traffic until your next turn."),
    OrderItem("break_bridge", "Hit bridge", "K", "Try to break a crossing from the air or with fires."),
    OrderItem("scout", "Scout", "C", "A reconnaissance flight shows what stands around a hex."),
    OrderItem(
        "corridor", "Corridor", "N", "Notify the other bloc of a corridor: acts in it are safe until your next turn."
    ),
    OrderItem("hotline", "Hotline", "H", "Call the other bloc: calmer this turn, or a rung down."),
    OrderItem("cede", "Hand over", "Z", "Hand a prize to the other bloc: the ladder falls a rung."),
)
AT_ONCE: dict[str, Callable[[str], od.Order]] = {
    "march": lambda unit: od.March(unit),
    "forced": lambda unit: od.March(unit, True),
    "dig_in": lambda unit: od.DigIn(unit),
    "rest": lambda unit: od.Rest(unit),
    "refit": lambda unit: od.Rest(unit, True),
    "hotline": lambda unit: od.Hotline(),
}
"""Orders that need no target, by the unit in hand."""
OF_FACTION = frozenset(("strike", "interdict", "break_bridge", "scout", "corridor", "hotline", "cede", "air_drop"))
"""Orders that need no unit in hand."""


def strike_kinds(state: State) -> Iterator[str]:
    """Kinds of support in hand that can strike a hex."""
    kinds = state.world.rules.support.kinds
    yield from (
        kind for kind, points in state.clock.support[state.faction] if points and kind in kinds and kinds[kind].hit
    )


def why_not(state: State, faction: int, selection: Selection, key: str) -> str:
    """Why an order cannot be given or prepared now, "" when it can."""
    if state.faction != faction:
        return f"{state.world.factions[state.faction].name} to play"
    if state.clock.over:
        return "the game has ended"
    if not selection.unit and key not in OF_FACTION:
        return "no unit is in hand"
    if key in AT_ONCE:
        refusal = engine.refusal(state, AT_ONCE[key](selection.unit))
        return str(refusal) if refusal is not None else ""
    if key == "corridor":
        refusal = engine.refusal(
            state, od.Notify((next(h for h in range(state.world.grid.size) if state.world.terrain[h] >= 0),))
        )
        return str(refusal) if refusal is not None else ""
    if key == "strike":
        return _why_no_strike(state, selection.unit)
    return targets.first_refusal(state, key, selection.unit)


def _why_no_strike(state: State, unit: str) -> str:
    why = "no support that could strike is left this turn"
    for kind in strike_kinds(state):
        why = targets.first_refusal(state, "strike", unit, kind)
        if not why:
            return ""
    return why


def note(state: State, faction: int, selection: Selection, key: str) -> str:
    """The small print of a button: its price or what is left."""
    rules = state.world.rules
    if key in ("forced", "refit"):
        price = rules.command.forced_march if key == "forced" else rules.command.refit
        return f"{price} CP"
    if key in river.WORKS:
        price = river.work_price(state, key)
        return f"{price} CP" if price else ""
    if key == "boats":
        return f"{rules.river.assault_command} CP"
    if key == "corridor":
        return f"{rules.deconfliction.corridor + rules.deconfliction.rungs[state.clock.ladder].liaison} LP"
    if key == "hotline":
        return f"{hotline_price(state)} LP"
    have = state.support_of(faction)
    if key == "strike":
        kind = (
            selection.kind
            if selection.mode == "strike"
            else next(iter(sorted(k for k, n in have.items() if n and rules.support.kinds[k].hit)), "")
        )
        return f"{SHORT_SUPPORT.get(kind, kind)} {have.get(kind, 0)}" if kind else ""
    uses = {"interdict": "interdicts", "break_bridge": "bridge", "scout": "scouts"}
    if key in uses:
        left = sum(
            n for k, n in have.items() if k in rules.support.kinds and getattr(rules.support.kinds[k], uses[key])
        )
        return f"{left} left" if left else ""
    return f"{have.get('airdrop', 0)} left" if key == "air_drop" and have.get("airdrop") else ""


def order_bar(
    desk: Desk, state: State, faction: int, selection: Selection, size: tuple[int, int], playing: bool
) -> Page:
    """The grid of buttons."""
    picture = pygame.Surface(size)
    picture.fill(desk.theme.interface.panel)
    spots = []
    rows = (len(ITEMS) + COLUMNS - 1) // COLUMNS
    gap, pad = desk.px(4), desk.px(6)
    wide, tall = (size[0] - 2 * pad - (COLUMNS - 1) * gap) / COLUMNS, (size[1] - 2 * pad - (rows - 1) * gap) / rows
    for number, item in enumerate(ITEMS):
        column, row = number % COLUMNS, number // COLUMNS
        box = pygame.Rect(round(pad + column * (wide + gap)), round(pad + row * (tall + gap)), int(wide), int(tall))
        why = why_not(state, faction, selection, item.key) if playing else "it is not your turn"
        _paint(picture, desk, box, item, note(state, faction, selection, item.key), not why, selection.mode == item.key)
        tip = f"{item.title} (Shift+{item.letter}): {item.about}" + (f"\n× {why}" if why else "")
        spots.append(Spot(box, ("order", item.key) if not why else ("refused", why), tip))
    return Page(picture, tuple(spots))


def _paint(
    picture: pygame.Surface, desk: Desk, box: pygame.Rect, item: OrderItem, small: str, enabled: bool, chosen: bool
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
