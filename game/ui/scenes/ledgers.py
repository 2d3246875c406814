"""The accounts of a faction as bars, with the mark of history across each: for the report and the end of a game."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pygame

from game.rules import victory
from game.state.tables import State
from game.ui.kit.fonts import NARROW, STRONG
from game.ui.kit.lettering import write
from game.ui.scene import Desk
from game.words import say

BAR = 42
"""Height of an account with its bar, in points."""


@dataclass(frozen=True, slots=True)
class LedgerBar:
    """One account: what it is, this game's number, history's, and which way is better."""

    title: str
    mine: int
    history: int


def ledger_bars(state: State, faction: int) -> tuple[LedgerBar, ...]:
    """The three accounts of a faction, less being better in each; time only where there is something to compare."""
    one = victory.standing(state, faction)
    bars = [
        LedgerBar(say("Steps lost"), one.losses.value, one.losses.history),
        LedgerBar(say("Harm to civilians"), one.harm.value, one.harm.history),
    ]
    captures = list(victory.captures(state, faction))
    if captures and (state.clock.over or all(held for _, held, _ in captures)):
        bars.insert(0, LedgerBar(say("Days to the captures"), one.time.value, one.time.history))
    return tuple(bars)


def draw_ledgers(screen: pygame.Surface, desk: Desk, box: pygame.Rect, bars: Sequence[LedgerBar]) -> int:
    """Bars one below the other, history's mark across each; gives the lower edge."""
    colours, marks, y = desk.theme.interface, desk.theme.marks, box.y
    for one in bars:
        better = one.mine <= one.history
        ink = marks.good.mixed(colours.text, 30) if better else marks.warn
        history = desk.fonts.text(say("history {n}", n=one.history), NARROW, desk.px(13), colours.history)
        value = desk.fonts.text(f"{one.mine}", STRONG, desk.px(16), ink)
        room = box.width - history.get_width() - value.get_width() - desk.px(24)
        write(screen, desk, one.title, (box.x, y), 14, NARROW, colours.text, room)
        screen.blit(history, (box.right - history.get_width(), y + desk.px(1)))
        screen.blit(value, (box.right - history.get_width() - desk.px(10) - value.get_width(), y - desk.px(2)))
        y += desk.px(22)
        bar = pygame.Rect(box.x, y, box.width, desk.px(7))
        most = max(one.mine, one.history, 1) * 1.15
        pygame.draw.rect(screen, colours.background, bar, border_radius=desk.px(3))
        filled = pygame.Rect(bar.x, bar.y, max(desk.px(3), round(bar.width * one.mine / most)), bar.height)
        pygame.draw.rect(screen, ink, filled, border_radius=desk.px(3))
        x = bar.x + round(bar.width * one.history / most)
        pygame.draw.rect(
            screen, colours.history, (x - desk.px(1), bar.y - desk.px(4), desk.px(3), bar.height + desk.px(8))
        )
        y += desk.px(BAR - 22)
    return y
