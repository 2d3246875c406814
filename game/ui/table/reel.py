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
STEPS = {
    "back": (-1, 1), "on": (1, 1), "phase-back": (-1, 2), "phase-on": (1, 2), "turn-back": (-1, 3), "turn-on": (1, 3),
}  # fmt: skip
"""Buttons that go a step back or on: which way, and how far."""
SIGNS = ("back", "next", "on", "list", "cancel")
TIPS = (
    say("Previous line (,)"), say("Play or pause"), say("Next line (.)"), say("All lines"), say("Close (Esc)")
)  # fmt: skip


class Reel:
    """Lines to go through; ``show`` shows one on the map. ``opened``: with the list of all lines."""

    signs: tuple[str, ...] = SIGNS
    tips: tuple[str, ...] = TIPS
    """What each button shows and says: those of the left first, then those of the right, the list last but one."""
    at_right = 2
    tall = TALL
    foot = 16
    """Points along the strip's lower edge that are for the ticks."""

    def __init__(
        self, desk: Desk, lines: list[LogLine], show: Callable[[LogLine], None], title: str, *, opened: bool = False
    ) -> None:
        self.desk, self.lines, self.show, self.title, self.opened = desk, lines, show, title, opened
        self.rect = pygame.Rect(0, 0, 1, 1)
        self.playing, self._waited = False, 0.0
        self._log = LogPanel(desk, pygame.Rect(0, 0, 10, 10), 14)
        self._log.following = False
        self._told = [number for number, line in enumerate(lines) if line.kind != "turn"] or [0]
        self._scrubbing = False
        self._at = -1
        """Which of the told lines is shown, -1 none yet."""

    # --- places ---

    def place(self, room: pygame.Rect) -> None:
        """Take the upper edge of the room given; the list lies below the strip, at the left."""
        desk, edge = self.desk, self.desk.px(6)
        self.rect = pygame.Rect(room.x + edge, room.y + edge, max(1, room.width - 2 * edge), desk.px(self.tall))
        tall = min(desk.px(LIST), room.bottom - self.rect.bottom - 2 * edge)
        self._log.place(
            pygame.Rect(self.rect.x, self.rect.bottom + desk.px(4), min(desk.px(430), self.rect.width), max(1, tall))
        )
        if self.opened:
            self._log.show(self.lines)

    def covers(self, at: tuple[int, int]) -> bool:
        """Whether strip or list lies at a point of the window."""
        return self.rect.collidepoint(at) or (self.opened and self._log.rect.collidepoint(at))

    def buttons(self) -> list[pygame.Rect]:
        """Back, play, on; then the list and the way out at the right."""
        desk, rect, side, gap = self.desk, self.rect, self.desk.px(BUTTON), self.desk.px(5)
        y, x, many = rect.y + desk.px(10), rect.x + desk.px(HEAD), self.at_right
        left = [pygame.Rect(x + number * (side + gap), y, side, side) for number in range(len(self.signs) - many)]
        right = [pygame.Rect(rect.right - (many - n) * (side + gap) - desk.px(5), y, side, side) for n in range(many)]
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
        if self._scrubbing and event.type == pygame.MOUSEMOTION:
            self._scrub(event.pos[0])
            return False
        if event.type == pygame.MOUSEBUTTONUP and event.button == 1 and self._scrubbing:
            self._scrubbing = False
            return False
        return None

    def forget(self) -> None:
        """Whatever is held counts no more."""
        self._scrubbing = False

    def _press(self, at: tuple[int, int]) -> bool:
        """A press on the strip or the list; True closes."""
        for sign, box in zip(self.signs, self.buttons(), strict=True):
            if box.inflate(self.desk.px(4), self.desk.px(12)).collidepoint(at):
                return self._push(sign)
        line = self._log.line_at(at) if self.opened else None
        if line is not None:
            self._to(self._told.index(self.lines.index(line)) if line.kind != "turn" else self._at)
        elif at[1] >= self.rect.bottom - self.desk.px(self.foot) and self.rect.collidepoint(at):
            self._scrubbing = True
            self._scrub(at[0])
        return False

    def _push(self, sign: str) -> bool:
        """A button is pressed; True closes."""
        if sign == "list":
            self.opened = not self.opened
        elif sign == "next":
            self.play()
        elif sign in ("on", "back"):
            self.playing = False
            self.step(1 if sign == "on" else -1)
        return sign == "cancel"

    def _scrub(self, x: int) -> None:
        """The ticks are pressed, or dragged along."""
        self._to(next((n for n, box in self._ticks() if x < box.right), len(self._told) - 1))

    @property
    def pace(self) -> float:
        """Seconds that a line stays while the reel plays."""
        return PACE

    def play(self) -> None:
        """Go through the lines by itself, from the first one when the last one is shown; or stop."""
        self.playing, self._waited = not self.playing, self.pace
        if self.playing and self._at >= len(self._told) - 1:
            self._at = -1

    def update(self, seconds: float) -> None:
        """Let time pass: while it plays, one line after the other."""
        if not self.playing:
            return
        self._waited += seconds
        if self._waited >= self.pace:
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
        write(screen, desk, self.title, (rect.x + desk.px(10), rect.y + desk.px(7)), 13, STRONG, colours.accent,
              desk.px(HEAD - 18))  # fmt: skip
        write(screen, desk, self.where, (rect.x + desk.px(10), rect.y + desk.px(26)), 13, NARROW, colours.text_dim,
              desk.px(HEAD - 18))  # fmt: skip
        buttons = self.buttons()
        for sign, box in zip(self.signs, buttons, strict=True):
            self._paint_button(screen, sign, box, box.collidepoint(mouse))
        line, parts = self.line, len(buttons) - self.at_right
        if line is not None:
            left, right = buttons[parts - 1].right + desk.px(12), self._words_end(buttons[parts]) - desk.px(10)
            rows = wrapped(desk.fonts, line.text, BODY, desk.px(14), max(1, right - left), 2)
            y = rect.y + (desk.px(6) if len(rows) > 1 else desk.px(14))
            for row in rows:
                y += write(screen, desk, row, (left, y), 14, BODY, line_ink(desk.theme, line), right - left)
        self._paint_ticks(screen)
        if self.opened:
            self._log.draw(screen, mouse)
            pygame.draw.rect(screen, colours.panel_edge, self._log.rect, max(1, desk.px(1)))

    @property
    def line(self) -> LogLine | None:
        """The line that is shown, at first the first one."""
        return self.lines[self._told[max(0, self._at)]] if self.lines else None

    def _words_end(self, button: pygame.Rect) -> int:
        """Where the words of the line must end: before the first button at the right."""
        return button.x

    @property
    def where(self) -> str:
        """How far one has come, in words."""
        return say("{n} of {all}", n=max(0, self._at) + 1, all=len(self._told))

    def _paint_ticks(self, screen: pygame.Surface) -> None:
        colours, now = self.desk.theme.interface, max(0, self._at)
        for number, tick in self._ticks():
            ink = line_ink(self.desk.theme, self.lines[self._told[number]]) if self.lines else colours.raised
            screen.fill(colours.accent if number == now else ink.mixed(colours.panel, 55), tick)

    def tip_at(self, at: tuple[int, int]) -> str:
        """What the button under the mouse does."""
        return next((tip for tip, box in zip(self.tips, self.buttons(), strict=True) if box.collidepoint(at)), "")

    def _paint_button(self, screen: pygame.Surface, sign: str, box: pygame.Rect, over: bool) -> None:
        desk, colours = self.desk, self.desk.theme.interface
        on = (sign == "next" and self.playing) or (sign == "list" and self.opened)
        pygame.draw.rect(screen, colours.raised.mixed(colours.accent, 22 if over else 0), box, border_radius=desk.px(4))
        edge = colours.accent if on or over else colours.panel_edge
        pygame.draw.rect(screen, edge, box, max(1, desk.px(1)), border_radius=desk.px(4))
        if sign in STEPS:
            self._paint_step(screen, box, *STEPS[sign], colours.text)
            return
        name = "standstill" if sign == "next" and self.playing else sign
        picture = icon(name, desk.px(14), colours.accent if on else colours.text)
        screen.blit(picture, picture.get_rect(center=box.center))

    def _paint_step(self, screen: pygame.Surface, box: pygame.Rect, way: int, many: int, ink: Colour) -> None:
        """A triangle against a bar: a step back or on; two or three of them for a longer one."""
        k, y = box.width / 28, box.centery
        for number in range(many):
            x = box.centerx + way * (number - (many - 1) / 2) * 6 * k
            wide = 9 if many == 1 else 6
            corners = [(x - way * 5 * k, y - 6 * k), (x + way * (wide - 5) * k, y), (x - way * 5 * k, y + 6 * k)]
            pygame.draw.polygon(screen, ink, corners)
        bar = pygame.Rect(0, 0, max(2, round(2 * k)), round(12 * k))
        bar.center = (round(box.centerx + way * (6 + 2.5 * (many - 1)) * k), y)
        screen.fill(ink, bar)
