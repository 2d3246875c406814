"""The message log: as many lines as the game has brought, of which only those in sight are drawn."""

from __future__ import annotations

from typing import NamedTuple

import pygame

from game.ui.kit.fonts import BODY, STRONG
from game.ui.kit.lettering import fade, wrapped
from game.ui.kit.theme import Colour, Theme
from game.ui.scene import Desk


class LogLine(NamedTuple):
    """A line of the log; ``entry`` is the number of the session's entry it tells of, -1 the opening."""

    entry: int
    kind: str
    text: str
    hex: int = -1
    detail: str = ""
    """The working behind the line; the full log prints it after the text."""

    @property
    def whole(self) -> str:
        """Text and working."""
        return f"{self.text} {self.detail}" if self.detail else self.text


class _LogRow(NamedTuple):
    text: str
    line: int
    first: bool


def line_ink(theme: Theme, line: LogLine) -> Colour:
    """The colour of a line, by its kind."""
    text = theme.interface.text
    return theme.ink(_ink_of_kind(theme, line, text))


def _ink_of_kind(theme: Theme, line: LogLine, text: Colour) -> Colour:
    return {
        "turn": theme.interface.accent,
        "phase": theme.interface.accent,
        "combat": theme.interface.incident,
        "supply": theme.marks.warn.mixed(text, 40),
        "politics": theme.interface.link,
        "score": theme.marks.good.mixed(text, 45),
        "event": text,
    }.get(line.kind, theme.interface.text_dim)


class LogPanel:
    """A scrolling list of lines in a rectangle. It stays at its end unless one scrolls up."""

    def __init__(self, desk: Desk, rect: pygame.Rect, size: int = 12) -> None:
        self.desk, self.rect, self.size = desk, rect, size
        self._lines: list[LogLine] = []
        self._rows: list[_LogRow] = []
        self._done, self._brief = 0, False
        self._source: list[LogLine] | None = None
        self.offset = 0
        self.following = True

    @property
    def lines(self) -> list[LogLine]:
        """All lines that it was given."""
        return self._lines

    # --- what it holds ----------------------------------------------------------------------------------------

    def place(self, rect: pygame.Rect) -> None:
        """Take another rectangle."""
        if rect.width != self.rect.width:
            self._rows, self._done = [], 0
        self.rect = rect
        self._settle()

    def show(self, lines: list[LogLine], brief: bool = False) -> None:
        """Show these lines, ``brief`` without marches; new ones are added, a shorter or other list begins anew."""
        if lines is not self._source or len(lines) < self._done or brief != self._brief:
            self._rows, self._done, self._source, self._brief = [], 0, lines, brief
        self._lines = lines
        room = self.rect.width - self.desk.px(26)
        pixels = self.desk.px(self.size)
        for number in range(self._done, len(lines)):
            if brief and lines[number].kind == "move":
                continue
            for part, text in enumerate(wrapped(self.desk.fonts, lines[number].whole, BODY, pixels, room)):
                self._rows.append(_LogRow(text, number, part == 0))
        self._done = len(lines)
        self._settle()

    def _settle(self) -> None:
        most = max(0, len(self._rows) - self._shown)
        self.offset = most if self.following else max(0, min(self.offset, most))

    @property
    def _tall(self) -> int:
        return self.desk.px(self.size * 1.38)

    @property
    def _shown(self) -> int:
        return max(1, (self.rect.height - self.desk.px(8)) // self._tall)

    # --- input ------------------------------------------------------------------------------------------------

    def scroll(self, rows: int) -> None:
        """Move by rows: up is negative."""
        most = max(0, len(self._rows) - self._shown)
        self.offset = max(0, min(most, self.offset + rows))
        self.following = self.offset >= most

    def line_at(self, at: tuple[int, int]) -> LogLine | None:
        """The line under a point of the window."""
        if not self.rect.collidepoint(at):
            return None
        row = self.offset + (at[1] - self.rect.y - self.desk.px(4)) // self._tall
        return self._lines[self._rows[row].line] if 0 <= row < len(self._rows) else None

    # --- drawing ----------------------------------------------------------------------------------------------

    def looks(self, mouse: tuple[int, int]) -> object:
        """What the picture of the panel depends on."""
        return self.rect.size, self.offset, len(self._rows), id(self._source), self.line_at(mouse)

    def draw(self, screen: pygame.Surface, mouse: tuple[int, int], corner: tuple[int, int] = (0, 0)) -> None:
        """The lines in sight, on a picture whose corner lies at ``corner`` of the window."""
        desk, colours = self.desk, self.desk.theme.interface
        rect = self.rect.move(-corner[0], -corner[1])
        screen.fill(colours.background, rect)
        over = self.line_at(mouse)
        y = rect.y + desk.px(4)
        for text, number, first in self._rows[self.offset : self.offset + self._shown]:
            line = self._lines[number]
            if line is over and line.hex >= 0:
                screen.fill(colours.raised, (rect.x + desk.px(2), y, rect.width - desk.px(12), self._tall))
            ink = line_ink(self.desk.theme, line)
            if first:
                screen.fill(ink, (rect.x + desk.px(5), y + self._tall // 2 - desk.px(2), desk.px(4), desk.px(4)))
            role = STRONG if line.kind in ("turn", "phase") else BODY
            screen.blit(desk.fonts.text(text, role, desk.px(self.size), ink), (rect.x + desk.px(14), y))
            y += self._tall
        self._draw_bar(screen, rect)
        inside = pygame.Rect(rect.x, rect.y, rect.width - desk.px(12), rect.height)
        more = len(self._rows) - self._shown
        fade(screen, desk, inside, colours.background, above=self.offset > 0, below=self.offset < more)

    def _draw_bar(self, screen: pygame.Surface, rect: pygame.Rect) -> None:
        if len(self._rows) <= self._shown:
            return
        desk = self.desk
        tall = max(desk.px(16), rect.height * self._shown // len(self._rows))
        y = rect.y + (rect.height - tall) * self.offset // max(1, len(self._rows) - self._shown)
        screen.fill(desk.theme.interface.panel_edge, (rect.right - desk.px(6), y, desk.px(4), tall))
