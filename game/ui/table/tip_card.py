"""The card of a tip at the table: small, in the lower right corner of the map, put away by a click or the turn's end.

Of those that can wait one comes in a turn; what is about to be done just now is explained at once.

It asks one question in a frame in which the mouse rests, so that no hand feels it.
"""

from __future__ import annotations

from typing import Protocol

import pygame

from game import engine
from game.ui.kit.fonts import BODY, NARROW, STRONG
from game.ui.kit.icons import icon
from game.ui.kit.lettering import panel, wrapped, write
from game.ui.scene import Desk
from game.ui.selection import Selection
from game.ui.table.coach import Coach
from game.ui.table.dialogs import OverMap
from game.ui.table.layout import TableLayout
from game.ui.table.reel import Reel
from game.ui.tips import OF_THE_MOMENT, Situation, Tip, arises, load_tips
from game.words import say

WIDE = 300
RESTS = 0.25
"""Seconds after which the mouse rests."""


class TippedTable(Protocol):
    """What a tip needs of the table."""

    desk: Desk
    view: engine.View
    seat: int
    selection: Selection
    hover: int
    edition: int
    coach: Coach
    reel: Reel | None
    dialog: OverMap | None
    layout: TableLayout

    @property
    def playing(self) -> bool:
        """Whether a person may give orders now."""
        ...

    @property
    def rested(self) -> float:
        """Seconds since the mouse moved."""
        ...

    def keep_setting(self, **changes: object) -> None: ...


class TipCard:
    """Shows each tip once. Which ones a player has seen is a setting, kept when a card is put away."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.tip: Tip | None = None
        self.rect = pygame.Rect(0, 0, 0, 0)
        self._known = frozenset(desk.settings.tips_seen.split())
        self._seen: dict[int, set[str]] = {}
        """Shown in this game, by seat: what one seat was told says nothing to another at the same screen."""
        self._told_in: tuple[int, int] | None = None
        """The seat and turn in which the last tip came that could have waited."""
        self._asked: object = None
        self._open: list[Tip] = []
        self._made: tuple[object, pygame.Surface] | None = None

    def clear(self) -> None:
        """The turn is over, or another seat looks: the card goes."""
        self.tip = None

    def look(self, table: TippedTable) -> None:
        """See whether the situation of a tip has arisen."""
        quiet = table.playing and table.dialog is None and table.reel is None and not table.coach.speaking
        if self.tip is not None or not quiet or not self.desk.settings.tips or table.rested < RESTS:
            return
        key = (table.edition, table.seat, table.selection, table.hover)
        if key != self._asked:
            known = self._known | self._seen.get(table.seat, set())
            self._asked, self._open = key, [tip for tip in load_tips() if tip.id not in known]
        if not self._open:
            return
        tip = self._open.pop(0)
        now = (table.seat, table.view.state.clock.turn)
        if tip.when not in OF_THE_MOMENT and now == self._told_in:
            return  # one a turn: whoever has read one wants to play
        if arises(tip, Situation(table.view.state, table.seat, table.selection, table.hover)):
            self.tip = tip
            if tip.when not in OF_THE_MOMENT:
                self._told_in = now
            self._seen.setdefault(table.seat, set()).add(tip.id)

    def put_away(self, table: TippedTable) -> None:
        """The player has read it: it does not come again."""
        if self.tip is not None:
            seen = [*self.desk.settings.tips_seen.split(), self.tip.id]
            table.keep_setting(tips_seen=" ".join(dict.fromkeys(seen)))
            self.tip = None

    def covers(self, at: tuple[int, int]) -> bool:
        """Whether the card lies at a point of the window."""
        return self.tip is not None and self.rect.collidepoint(at)

    def draw(self, screen: pygame.Surface, table: TippedTable) -> None:
        """The card, while there is a tip and nothing else lies over the map."""
        if self.tip is None or table.dialog is not None:
            return
        room, pad = table.layout.map, self.desk.px(10)
        wide = min(self.desk.px(WIDE), room.width - 2 * pad)
        key = (self.tip, wide, self.desk.scale, self.desk.theme)
        if self._made is None or self._made[0] != key:
            self._made = (key, self._picture(self.tip, wide))
        picture = self._made[1]
        self.rect = picture.get_rect(bottomright=(room.right - pad, room.bottom - pad))
        screen.blit(picture, self.rect)

    def _picture(self, tip: Tip, wide: int) -> pygame.Surface:
        desk, colours, pad = self.desk, self.desk.theme.interface, self.desk.px(10)
        lines = wrapped(desk.fonts, tip.text, BODY, desk.px(13), wide - 2 * pad)
        row = round(desk.px(13) * 1.35)
        picture = pygame.Surface((wide, 2 * desk.px(26) + row * len(lines)), pygame.SRCALPHA)
        panel(picture, desk, picture.get_rect(), raised=True)
        x, y = pad, desk.px(6)
        sign = icon("more", desk.px(14), colours.accent)
        picture.blit(sign, (x, y + desk.px(2)))
        write(picture, desk, say("Tip"), (x + desk.px(20), y), 13, STRONG, colours.accent)
        cross = icon("cancel", desk.px(11), colours.text_dim)
        picture.blit(cross, (wide - pad - cross.get_width(), y + desk.px(3)))
        y += desk.px(20)
        for line in lines:
            write(picture, desk, line, (x, y), 13, BODY, colours.text, wide - 2 * pad)
            y += row
        rule = say("Rule {rule} (F1). Click to close.", rule=tip.rule)
        write(picture, desk, rule, (x, y + desk.px(3)), 12, NARROW, colours.text_dim, wide - 2 * pad)
        picture.set_alpha(255, pygame.RLEACCEL)  # all but its corners is solid: that is copied, not mixed
        return picture
