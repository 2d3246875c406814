"""The reel: what happened since the seat's last turn, line by line on the map, from a strip along the map's upper edge.

Steps and a play button go through it; a list shows all lines; Esc, Space or Enter puts it away. It is never in the way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pygame

from game.ui.kit.fonts import BODY, NARROW, STRONG
from game.ui.kit.icons import icon
from game.ui.kit.lettering import panel, wrapped, write
from game.ui.kit.theme import Colour
from game.ui.panels.log_panel import LogLine, LogPanel, line_ink
from game.ui.scene import Desk
from game.words import say

AWAY = (pygame.K_ESCAPE, pygame.K_SPACE, pygame.K_RETURN, pygame.K_KP_ENTER)
TALL, HEAD, BUTTON, LIST = 62, 168, 28, 330
"""In points: the strip, its title, a button, and the list below it at the most."""
PACE = 1.5
"""Seconds that a line stays while the reel plays."""
SIGNS = ("back", "next", "on", "list", "cancel")
TIPS = (
    say("The line before (,)"), say("Play, or stop"), say("The next line (.)"), say("All lines"), say("Close (Esc)")
)  # fmt: skip


class Reel:
    """Lines to go through; ``show`` shows one on the map. ``opened``: with the list of all lines."""

    def __init__(
        self, desk: Desk, lines: list[LogLine], show: Callable[[LogLine], None], title: str, *, opened: bool = False
    ) -> None:
        self.desk, self.lines, self.show, self.title, self.opened = desk, lines, show, title, opened
        self.rect = pygame.Rect(0, 0, 1, 1)
        self.playing, self._waited = False, 0.0
        self._log = LogPanel(desk, pygame.Rect(0, 0, 10, 10), 14)
        self._log.following = False
        self._told = [number for number, line in enumerate(lines) if line.kind != "turn"] or [0]
        self._at = -1
        """Which of the told lines is shown, -1 none yet."""

    # --- places ---

    def place(self, room: pygame.Rect) -> None:
        """Take the upper edge of the room given; the list lies below the strip, at the left."""
        desk, edge = self.desk, self.desk.px(6)
        self.rect = pygame.Rect(room.x + edge, room.y + edge, max(1, room.width - 2 * edge), desk.px(TALL))
        tall = min(desk.px(LIST), room.bottom - self.rect.bottom - 2 * edge)
        self._log.place(
            pygame.Rect(self.rect.x, self.rect.bottom + desk.px(4), min(desk.px(430), self.rect.width), max(1, tall))
        )
        self._log.show(self.lines)

    def covers(self, at: tuple[int, int]) -> bool:
        """Whether strip or list lies at a point of the window."""
        return self.rect.collidepoint(at) or (self.opened and self._log.rect.collidepoint(at))

    def buttons(self) -> list[pygame.Rect]:
        """Back, play, on; then the list and the way out at the right."""
        desk, rect, side, gap = self.desk, self.rect, self.desk.px(BUTTON), self.desk.px(5)
        y, x = rect.y + desk.px(10), rect.x + desk.px(HEAD)
        left = [pygame.Rect(x + number * (side + gap), y, side, side) for number in range(3)]
        right = [pygame.Rect(rect.right - (2 - n) * (side + gap) - desk.px(5), y, side, side) for n in range(2)]
        return left + right

    def _ticks(self) -> Iterator[tuple[int, pygame.Rect]]:
        """A tick for each told line along the foot of the strip."""
        rect, many = self.rect, len(self._told)
        x, wide = rect.x + self.desk.px(8), rect.width - self.desk.px(16)
        y, tall = rect.bottom - self.desk.px(9), self.desk.px(5)
        for number in range(many):
            left, right = (x + wide * n // many for n in (number, number + 1))
            yield number, pygame.Rect(left, y, max(1, right - left - (1 if wide > 3 * many else 0)), tall)

    # --- hands ---

    def handle(self, event: pygame.event.Event) -> bool | None:
        """True closes it, False means the event was used, None that it is none of its business."""
        if event.type == pygame.KEYDOWN:
            if event.key in AWAY:
                return True
            if event.key in (pygame.K_PAGEUP, pygame.K_PAGEDOWN) and self.opened:
                self._log.scroll(-8 if event.key == pygame.K_PAGEUP else 8)
                return False
            if event.key in (pygame.K_PERIOD, pygame.K_COMMA):
                self.playing = False
                self.step(1 if event.key == pygame.K_PERIOD else -1)
                return False
        if event.type == pygame.MOUSEBUTTONDOWN and self.covers(event.pos):
            return event.button == 1 and self._press(event.pos)
        return None

    def _press(self, at: tuple[int, int]) -> bool:
        """A press on the strip or the list; True closes."""
        for sign, box in zip(SIGNS, self.buttons(), strict=True):
            if box.inflate(self.desk.px(4), self.desk.px(12)).collidepoint(at):
                if sign == "list":
                    self.opened = not self.opened
                elif sign == "next":
                    self.play()
                elif sign != "cancel":
                    self.playing = False
                    self.step(1 if sign == "on" else -1)
                return sign == "cancel"
        line = self._log.line_at(at) if self.opened else None
        if line is not None:
            self._to(self._told.index(self.lines.index(line)) if line.kind != "turn" else self._at)
        elif at[1] >= self.rect.bottom - self.desk.px(16) and self.rect.collidepoint(at):
            self._to(next((n for n, box in self._ticks() if at[0] < box.right), len(self._told) - 1))
        return False

    def play(self) -> None:
        """Go through the lines by itself, from the first one when the last one is shown; or stop."""
        self.playing, self._waited = not self.playing, PACE
        if self.playing and self._at >= len(self._told) - 1:
            self._at = -1

    def update(self, seconds: float) -> None:
        """Let time pass: while it plays, one line after the other."""
        if not self.playing:
            return
        self._waited += seconds
        if self._waited >= PACE:
            self._waited = 0.0
            self.step(1)
            self.playing = self._at < len(self._told) - 1

    def wheel(self, notches: int) -> None:
        """Scroll the list, or step."""
        if self.opened:
            self._log.scroll(-3 * notches)
        elif notches:
            self.step(-1 if notches > 0 else 1)

    def step(self, by: int) -> None:
        """Show the next or the former line."""
        self._to(max(0, min(len(self._told) - 1, self._at + by)))

    def _to(self, number: int) -> None:
        self._at = number
        if number >= 0 and self.lines and self.lines[self._told[number]].hex >= 0:
            self.show(self.lines[self._told[number]])

    # --- picture ---

    def draw(self, screen: pygame.Surface, room: pygame.Rect, mouse: tuple[int, int]) -> None:
        """The strip over the map, and the list while it is open."""
        self.place(room)
        desk, colours, rect = self.desk, self.desk.theme.interface, self.rect
        panel(screen, desk, rect)
        now = max(0, self._at)
        write(screen, desk, self.title, (rect.x + desk.px(10), rect.y + desk.px(7)), 13, STRONG, colours.accent,
              desk.px(HEAD - 18))  # fmt: skip
        where = say("{n} of {all}", n=now + 1, all=len(self._told))
        write(screen, desk, where, (rect.x + desk.px(10), rect.y + desk.px(26)), 13, NARROW, colours.text_dim,
              desk.px(HEAD - 18))  # fmt: skip
        buttons = self.buttons()
        for sign, box in zip(SIGNS, buttons, strict=True):
            self._paint_button(screen, sign, box, box.collidepoint(mouse))
        if self.lines:
            line = self.lines[self._told[now]]
            left, right = buttons[2].right + desk.px(12), buttons[3].x - desk.px(10)
            rows = wrapped(desk.fonts, line.text, BODY, desk.px(14), max(1, right - left))[:2]
            y = rect.y + (desk.px(6) if len(rows) > 1 else desk.px(14))
            for row in rows:
                y += write(screen, desk, row, (left, y), 14, BODY, line_ink(desk.theme, line), right - left)
        for number, tick in self._ticks():
            ink = line_ink(desk.theme, self.lines[self._told[number]]) if self.lines else colours.raised
            screen.fill(colours.accent if number == now else ink.mixed(colours.panel, 55), tick)
        if self.opened:
            self._log.draw(screen, mouse)
            pygame.draw.rect(screen, colours.panel_edge, self._log.rect, max(1, desk.px(1)))

    def tip_at(self, at: tuple[int, int]) -> str:
        """What the button under the mouse does."""
        return next((tip for tip, box in zip(TIPS, self.buttons(), strict=True) if box.collidepoint(at)), "")

    def _paint_button(self, screen: pygame.Surface, sign: str, box: pygame.Rect, over: bool) -> None:
        desk, colours = self.desk, self.desk.theme.interface
        on = (sign == "next" and self.playing) or (sign == "list" and self.opened)
        pygame.draw.rect(screen, colours.raised.mixed(colours.accent, 22 if over else 0), box, border_radius=desk.px(4))
        edge = colours.accent if on or over else colours.panel_edge
        pygame.draw.rect(screen, edge, box, max(1, desk.px(1)), border_radius=desk.px(4))
        if sign in ("back", "on"):
            self._paint_step(screen, box, 1 if sign == "on" else -1, colours.text)
            return
        name = "standstill" if sign == "next" and self.playing else sign
        picture = icon(name, desk.px(14), colours.accent if on else colours.text)
        screen.blit(picture, picture.get_rect(center=box.center))

    def _paint_step(self, screen: pygame.Surface, box: pygame.Rect, way: int, ink: Colour) -> None:
        """A triangle against a bar: a step back or on."""
        k, (x, y) = box.width / 28, box.center
        corners = [(x - way * 5 * k, y - 6 * k), (x + way * 4 * k, y), (x - way * 5 * k, y + 6 * k)]
        pygame.draw.polygon(screen, ink, corners)
        bar = pygame.Rect(0, 0, max(2, round(2 * k)), round(12 * k))
        bar.center = (round(x + way * 6 * k), y)
        screen.fill(ink, bar)
