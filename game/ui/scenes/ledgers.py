"""The accounts of a faction as bars, with the mark of history across each, and the dates of its captures as a chart.

For the report and the end of a game.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pygame

from game.rules import victory
from game.scenario.calendar import spoken
from game.scenario.world import World
from game.state.tables import State
from game.ui.comparison import gap
from game.ui.kit.fonts import BODY, NARROW, STRONG
from game.ui.kit.lettering import panel, wrapped, write
from game.ui.kit.theme import Colour
from game.ui.panels.portraits import Portraits
from game.ui.scene import Desk
from game.ui.worldview import face
from game.words import say

BAR, TILE = 42, 86
"""Height of an account with its bar, and of one on a tile of its own, in points."""
ROW, MOST_ROW, NAME, DATES, AHEAD = 34, 48, 150, 240, 30
"""Of the chart of captures, in points: a row, one on a tall page at most, the names, the words beside it, and the head
with the months."""
UNIT, COLUMN = 34, 380
"""Of the units that have lost steps: the height of one, and the width of a column, in points."""


@dataclass(frozen=True, slots=True)
class LedgerBar:
    """One account, less being better in each: what it is, this game's number, and history's."""

    title: str
    mine: int
    history: int


def ledger_bars(state: State, faction: int) -> tuple[LedgerBar, ...]:
    """The accounts of a faction. Before the end, time counts the places taken so far, if there are any."""
    one = victory.standing(state, faction)
    bars = [
        LedgerBar(say("Steps lost"), one.losses.value, one.losses.history),
        LedgerBar(say("Harm to civilians"), one.harm.value, one.harm.history),
    ]
    captures = list(victory.captures(state, faction))
    taken = [(held, then) for _, held, then in captures if held]
    if captures and (state.clock.over or len(taken) == len(captures)):
        bars.insert(0, LedgerBar(say("Days to the captures"), one.time.value, one.time.history))
    elif taken:
        title = say("Days to {n} of {all} captures", n=len(taken), all=len(captures))
        mine, theirs = (sum(_days_in(state.world, pair[n]) for pair in taken) for n in (0, 1))
        bars.insert(0, LedgerBar(title, mine, theirs))
    return tuple(bars)


def ledger_notes(state: State, faction: int) -> tuple[str, ...]:
    """How the accounts are counted, in sentences."""
    captures = list(victory.captures(state, faction))
    taken = sum(bool(held) for _, held, _ in captures)
    notes = []
    if captures and not state.clock.over and taken < len(captures):
        notes.append(
            say(
                "Days count for the {n} of {all} places taken so far; the others are left out until the game ends. "
                "Then each counts as the last day.",
                n=taken,
                all=len(captures),
            )
        )
    notes.append(say("Losses and harm stand beside history's whole course. Harm to civilians never earns a point."))
    return tuple(notes)


def _days_in(world: World, day: str) -> int:
    """Days from the first day of the game to an ISO date."""
    return (date.fromisoformat(day) - date.fromisoformat(world.first_day)).days


# --- bars -----------------------------------------------------------------------------------------------------


def draw_ledgers(screen: pygame.Surface, desk: Desk, box: pygame.Rect, bars: Sequence[LedgerBar]) -> int:
    """Bars one below the other, history's mark across each; gives the lower edge."""
    colours, y = desk.theme.interface, box.y
    for one in bars:
        history = desk.fonts.text(say("history {n}", n=one.history), NARROW, desk.px(13), colours.history)
        value = desk.fonts.text(f"{one.mine}", STRONG, desk.px(16), _ink(desk, one))
        room = box.width - history.get_width() - value.get_width() - desk.px(24)
        write(screen, desk, one.title, (box.x, y), 14, NARROW, colours.text, room)
        screen.blit(history, (box.right - history.get_width(), y + desk.px(1)))
        screen.blit(value, (box.right - history.get_width() - desk.px(10) - value.get_width(), y - desk.px(2)))
        _draw_bar(screen, desk, pygame.Rect(box.x, y + desk.px(22), box.width, desk.px(7)), one)
        y += desk.px(22) + desk.px(BAR - 22)
    return y


def draw_tiles(screen: pygame.Surface, desk: Desk, box: pygame.Rect, bars: Sequence[LedgerBar]) -> None:
    """Each account on a tile, side by side in a box as tall as they are."""
    colours, apart, pad = desk.theme.interface, desk.px(12), desk.px(12)
    for number, one in enumerate(bars):
        left, right = ((box.width + apart) * n // len(bars) for n in (number, number + 1))
        tile = pygame.Rect(box.x + left, box.y, right - left - apart, box.height)
        panel(screen, desk, tile)
        inner = tile.inflate(-2 * pad, -2 * pad)
        history = desk.fonts.text(say("history {n}", n=one.history), NARROW, desk.px(14), colours.history)
        value = desk.fonts.text(f"{one.mine}", STRONG, desk.px(24), _ink(desk, one))
        low = inner.bottom - desk.px(14)
        write(screen, desk, one.title, inner.topleft, 14, BODY, colours.text, inner.width - value.get_width() - pad)
        screen.blit(history, (inner.x, low - history.get_height() - desk.px(5)))
        screen.blit(value, (inner.right - value.get_width(), inner.y - desk.px(4)))
        _draw_bar(screen, desk, pygame.Rect(inner.x, low, inner.width, desk.px(8)), one)


def _ink(desk: Desk, one: LedgerBar) -> Colour:
    marks = desk.theme.marks
    return marks.good.mixed(desk.theme.interface.text, 30) if one.mine <= one.history else marks.warn


def _draw_bar(screen: pygame.Surface, desk: Desk, bar: pygame.Rect, one: LedgerBar) -> None:
    """This game's number as a bar in its groove, history's as a mark across it."""
    colours = desk.theme.interface
    most = max(one.mine, one.history, 1) * 1.15
    pygame.draw.rect(screen, colours.background.mixed(colours.panel_edge, 45), bar, border_radius=desk.px(3))
    if one.mine:
        filled = pygame.Rect(bar.x, bar.y, max(bar.height, round(bar.width * one.mine / most)), bar.height)
        pygame.draw.rect(screen, _ink(desk, one), filled, border_radius=desk.px(3))
    x, rise = bar.x + round(bar.width * one.history / most), desk.px(4)
    pygame.draw.rect(screen, colours.history, (x - desk.px(1), bar.y - rise, desk.px(3), bar.height + 2 * rise))
    pygame.draw.polygon(
        screen, colours.history, [(x - rise, bar.y - rise), (x + rise + 1, bar.y - rise), (x, bar.y + desk.px(1))]
    )


# --- captures -------------------------------------------------------------------------------------------------


def draw_captures(screen: pygame.Surface, desk: Desk, box: pygame.Rect, state: State, faction: int) -> None:
    """The places to be taken, each with its day in history and its day in this game on one line of days; then notes.

    In a panel at the top of ``box``, as tall as it needs to be; below it, where there is room, who has lost steps.
    """
    colours, pad, line = desk.theme.interface, desk.px(14), desk.px(18)
    rows = list(victory.captures(state, faction))
    wide = box.width - 2 * pad
    notes = [words for note in ledger_notes(state, faction)
             for words in wrapped(desk.fonts, note, BODY, desk.px(13), wide)]  # fmt: skip
    chart = desk.px(AHEAD + 10) if rows else 0
    spare = box.height - chart - line * len(notes) - 2 * pad - desk.px(UNIT * 3)
    chart += max(desk.px(ROW), min(desk.px(MOST_ROW), spare // max(1, len(rows)))) * len(rows)
    whole, box = box, pygame.Rect(box.x, box.y, box.width, min(box.height, chart + line * len(notes) + 2 * pad))
    panel(screen, desk, box)
    below = pygame.Rect(box.x, box.bottom + desk.px(12), box.width, whole.bottom - box.bottom - desk.px(12))
    if below.height >= desk.px(UNIT * 2 + 20):
        _draw_losses(screen, desk, below, state, faction)
    inner = box.inflate(-2 * pad, -2 * pad)
    for words in reversed(notes):
        inner.height -= line
        write(screen, desk, words, inner.bottomleft, 13, BODY, colours.text_dim, inner.width)
    if rows:
        _draw_chart(screen, desk, inner, state, rows)


def _draw_losses(screen: pygame.Surface, desk: Desk, box: pygame.Rect, state: State, faction: int) -> None:
    """The units that are below their full strength, each with its counter, the weakest first."""
    colours, pad, roster = desk.theme.interface, desk.px(14), state.world.roster
    panel(screen, desk, box)
    inner = box.inflate(-2 * pad, -2 * pad)
    write(screen, desk, say("Below full strength"), inner.topleft, 18, STRONG, colours.accent)
    steps, hexes = state.units.steps, state.units.hex
    missing = {
        row: full - max(0, steps[row])
        for row, (full, owner) in enumerate(zip(roster.steps, roster.faction, strict=True))
        if owner == faction and (hexes[row] >= 0 or steps[row] <= 0)
    }
    weak = sorted((row for row, gone in missing.items() if gone > 0), key=lambda row: (-missing[row], row))
    top = inner.y + desk.px(AHEAD)
    if not weak:
        write(screen, desk, say("Every unit on the map has all its steps."), (inner.x, top), 14, BODY, colours.text_dim)
        return
    columns = max(1, inner.width // desk.px(COLUMN))
    lines, wide, side = max(1, (inner.bottom - top) // desk.px(UNIT)), inner.width // columns, desk.px(28)
    portraits = Portraits(desk)
    for number, row in enumerate(weak[: lines * columns]):
        x, y = inner.x + number // lines * wide, top + number % lines * desk.px(UNIT)
        left = max(0, steps[row])
        words = say("{n} of {all} steps", n=left, all=roster.steps[row]) if left else say("destroyed")
        ink = desk.theme.marks.warn if left else desk.theme.marks.bad.mixed(colours.text, 35)
        room = wide - side - desk.px(130)
        screen.blit(portraits.picture(face(state, faction, row), side), (x, y))
        write(screen, desk, roster.name[row], (x + side + desk.px(10), y + desk.px(5)), 14, NARROW, colours.text, room)
        write(screen, desk, words, (x + wide - desk.px(110), y + desk.px(5)), 14, NARROW, ink, desk.px(100))


def _draw_chart(
    screen: pygame.Surface, desk: Desk, inner: pygame.Rect, state: State, rows: Sequence[tuple[str, str, str]]
) -> None:
    """Rows of (place, day in this game or "", day in history)."""
    colours = desk.theme.interface
    write(screen, desk, say("Captures"), inner.topleft, 18, STRONG, colours.accent)
    chart = pygame.Rect(inner.x + desk.px(NAME), inner.y + desk.px(AHEAD), 1, inner.height - desk.px(AHEAD + 10))
    chart.width = max(1, inner.width - desk.px(NAME) - desk.px(DATES))
    tall = max(1, min(desk.px(MOST_ROW), chart.height // len(rows)))
    chart.height = tall * len(rows)
    days = max(1, state.world.days_per_turn * state.world.turns)
    _draw_months(screen, desk, chart, state.world, days)
    now = chart.x + chart.width * min(days, state.world.days_per_turn * state.clock.turn) // days
    veil = pygame.Surface((max(1, now - chart.x), chart.height), pygame.SRCALPHA)
    veil.fill(colours.accent.faded(16))
    screen.blit(veil, chart.topleft)
    pygame.draw.line(screen, colours.accent, (now, chart.y - desk.px(4)), (now, chart.bottom), desk.px(1))
    for number, (place, taken, then) in enumerate(rows):
        y = chart.y + tall * number + tall // 2
        half = desk.px(9)
        write(screen, desk, place, (inner.x, y - half), 14, NARROW, colours.text, desk.px(NAME - 10))
        pygame.draw.line(screen, colours.panel_edge, (chart.x, y), (chart.right, y))
        spots = {one: chart.x + chart.width * _days_in(state.world, one) // days for one in (taken, then) if one}
        words = gap(taken, then) if taken else say("not taken")
        ink = colours.text_dim
        if taken:
            ink = desk.theme.marks.good.mixed(colours.text, 30) if taken <= then else desk.theme.marks.warn
            left, right = sorted(spots[one] for one in (taken, then))
            screen.fill(ink, (left, y - desk.px(1), right - left + 1, desk.px(3)))
        mark = pygame.Rect(spots[then] - desk.px(1), y - desk.px(7), desk.px(3), desk.px(14))
        screen.fill(colours.history, mark)
        if taken:
            pygame.draw.aacircle(screen, colours.panel, (spots[taken], y), desk.px(7))
            pygame.draw.aacircle(screen, colours.accent, (spots[taken], y), desk.px(5))
        x = chart.right + desk.px(16)
        write(screen, desk, _day_and_month(then), (x, y - half), 14, NARROW, colours.history, desk.px(66))
        if taken:
            write(screen, desk, _day_and_month(taken), (x + desk.px(70), y - half), 14, NARROW, colours.accent,
                  desk.px(66))  # fmt: skip
        write(screen, desk, words, (x + desk.px(140), y - half), 14, NARROW, ink, desk.px(DATES - 156))


def _draw_months(screen: pygame.Surface, desk: Desk, chart: pygame.Rect, world: World, days: int) -> None:
    """Upright lines where months begin, the day of the table, and what the colours are."""
    colours, high = desk.theme.interface, chart.y - desk.px(AHEAD)
    first = date.fromisoformat(world.first_day)
    for number in range(days):
        day = first + timedelta(days=number)
        if day.day == 1:
            x = chart.x + chart.width * number // days
            pygame.draw.line(screen, colours.panel_edge, (x, chart.y - desk.px(4)), (x, chart.bottom))
            name = spoken(day.isoformat()).split()[1]
            write(screen, desk, name, (x + desk.px(4), high + desk.px(4)), 13, NARROW, colours.text_dim)
    x = chart.right + desk.px(16)
    write(screen, desk, say("history"), (x, high + desk.px(4)), 13, NARROW, colours.history)
    write(screen, desk, say("this game"), (x + desk.px(70), high + desk.px(4)), 13, NARROW, colours.accent)


def _day_and_month(day: str) -> str:
    return " ".join(spoken(day).split()[:2])
