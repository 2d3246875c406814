"""Widgets that hold text: lists to choose from, prose to scroll, and a line to type."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pygame

from game.ui.kit.clipboard import put_into_clipboard, text_of_clipboard
from game.ui.kit.fonts import BODY, STRONG
from game.ui.kit.lettering import panel, scroll_bar, wrapped, write
from game.ui.scene import Desk

DOUBLE_CLICK = 400  # milliseconds


class ListBox:
    """Rows to choose from, with the wheel, the arrow keys and a bar that shows where one is. A double click acts."""

    def __init__(
        self, desk: Desk, rect: pygame.Rect, rows: Sequence[tuple[str, str]], changed: Callable[[int], None],
        act: Callable[[int], None] | None = None, row_points: int = 44,
    ) -> None:  # fmt: skip
        self.desk, self.rect, self.rows, self.changed, self.act = desk, rect, list(rows), changed, act
        self.row_points = row_points
        self.sign: Callable[[int], tuple[int, pygame.Surface | None]] = lambda row: (0, None)
        """How far a row is set in, in points, and the picture before it."""
        self.chosen, self.top, self.enabled = 0, 0, True
        self.marked: set[int] = set()
        self._clicked = -DOUBLE_CLICK
        self._dragged = False

    @property
    def _tall(self) -> int:
        return self.desk.px(self.row_points)

    @property
    def _shown(self) -> int:
        return max(1, self.rect.height // self._tall)

    @property
    def _more(self) -> int:
        """How many rows are out of sight."""
        return max(0, len(self.rows) - self._shown)

    def choose(self, row: int) -> None:
        """Choose a row and bring it into sight."""
        if not self.rows:
            return
        self.chosen = max(0, min(len(self.rows) - 1, row))
        self.top = max(min(self.top, self.chosen), self.chosen - self._shown + 1)
        self.changed(self.chosen)

    def handle(self, event: pygame.event.Event, focused: bool) -> bool:
        """Choose by click or arrow key; scroll by wheel."""
        if event.type == pygame.MOUSEBUTTONDOWN and self.rect.collidepoint(event.pos):
            self._dragged = event.button == 1 and bool(self._more) and event.pos[0] > self.rect.right - self.desk.px(14)
            if self._dragged:
                self._drag(event.pos[1])
            elif event.button == 1:  # the wheel comes as MOUSEWHEEL too
                row = self.top + (event.pos[1] - self.rect.y) // self._tall
                if row < len(self.rows):
                    now = pygame.time.get_ticks()
                    again = row == self.chosen and now - self._clicked < DOUBLE_CLICK
                    self._clicked = now
                    self.choose(row)
                    if again and self.act is not None:
                        self.act(row)
            return True
        if self._dragged and event.type in (pygame.MOUSEMOTION, pygame.MOUSEBUTTONUP):
            self._dragged = event.type == pygame.MOUSEMOTION and bool(event.buttons[0])
            if self._dragged:
                self._drag(event.pos[1])
            return True
        if event.type == pygame.MOUSEWHEEL and self.rect.collidepoint(pygame.mouse.get_pos()):
            self._scroll(-event.y)
            return True
        if (
            focused
            and event.type == pygame.KEYDOWN
            and event.key in (pygame.K_UP, pygame.K_DOWN, pygame.K_HOME, pygame.K_END)
        ):
            goal = {
                pygame.K_UP: self.chosen - 1,
                pygame.K_DOWN: self.chosen + 1,
                pygame.K_HOME: 0,
                pygame.K_END: len(self.rows) - 1,
            }
            self.choose(goal[event.key])
            return True
        if (
            focused
            and event.type == pygame.KEYDOWN
            and event.key in (pygame.K_RETURN, pygame.K_KP_ENTER)
            and self.act
            and self.rows
        ):
            self.act(self.chosen)
            return True
        return False

    def _scroll(self, by: int) -> None:
        self.top = max(0, min(self._more, self.top + by))

    def _drag(self, y: int) -> None:
        share = (y - self.rect.y) / max(1, self.rect.height)
        self.top = max(0, min(self._more, round(share * len(self.rows) - self._shown / 2)))

    def draw(self, screen: pygame.Surface, focused: bool) -> None:
        """The rows in sight."""
        desk, colours = self.desk, self.desk.theme.interface
        panel(screen, desk, self.rect)
        clip = screen.get_clip()
        screen.set_clip(self.rect.inflate(-2, -2).clip(clip))
        for number in range(self.top, min(len(self.rows), self.top + self._shown)):
            box = pygame.Rect(self.rect.x + desk.px(3), self.rect.y + (number - self.top) * self._tall + desk.px(2),
                              self.rect.width - desk.px(15 if self._more else 6), self._tall - desk.px(3))  # fmt: skip
            if number == self.chosen:
                pygame.draw.rect(screen, colours.raised.mixed(colours.accent, 18), box, border_radius=desk.px(4))
                pygame.draw.rect(screen, colours.accent, box, 1, border_radius=desk.px(4))
            self._draw_row(screen, number, box)
        screen.set_clip(clip)
        if self._more:
            scroll_bar(screen, desk, self.rect, self.top / self._more, self._shown / len(self.rows))

    def _draw_row(self, screen: pygame.Surface, number: int, box: pygame.Rect) -> None:
        """One row: a title, and dim words below it."""
        desk, colours = self.desk, self.desk.theme.interface
        title, below = self.rows[number]
        ink = desk.theme.marks.bad.mixed(colours.text, 35) if number in self.marked else colours.text
        inset, sign = self.sign(number)
        x, y = box.x + desk.px(8 + inset), box.y + (desk.px(4) if below else (box.height - desk.px(18)) // 2)
        if sign is not None:
            screen.blit(sign, (x, box.centery - sign.get_height() // 2))
            x += sign.get_width() + desk.px(9)
        room = box.right - desk.px(8) - x
        y += write(screen, desk, title, (x, y), 15, STRONG if below else BODY, ink, room)
        if below:
            write(screen, desk, below, (x, y), 13, BODY, colours.text_dim, room)


class ScrollText:
    """Prose in a box, scrolled by wheel, arrows and page keys. Lines starting with "# " are headings."""

    def __init__(self, desk: Desk, rect: pygame.Rect, text: str, size: int = 15) -> None:
        self.desk, self.rect, self.size, self.enabled = desk, rect, size, True
        self.offset = 0
        self._text = text
        self._lines: list[tuple[str, bool]] = []
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show another text from its beginning."""
        self._text, self.offset = text, 0
        width, self._lines = self.rect.width - self.desk.px(26), []
        for paragraph in text.split("\n"):
            heading = paragraph.startswith("#")
            words = paragraph.lstrip("# ") if heading else paragraph
            role = STRONG if heading else BODY
            self._lines += [
                (line, heading) for line in wrapped(self.desk.fonts, words, role, self.desk.px(self.size), width)
            ]

    @property
    def _line(self) -> int:
        return self.desk.px(self.size * 1.42)

    def _scroll(self, lines: int) -> bool:
        room = max(0, len(self._lines) - (self.rect.height - self.desk.px(16)) // self._line)
        self.offset = max(0, min(room, self.offset + lines))
        return True

    def handle(self, event: pygame.event.Event, focused: bool) -> bool:
        """Scroll."""
        if event.type == pygame.MOUSEWHEEL and self.rect.collidepoint(pygame.mouse.get_pos()):
            return self._scroll(-3 * event.y)
        if focused and event.type == pygame.KEYDOWN:
            by = {pygame.K_UP: -1, pygame.K_DOWN: 1, pygame.K_PAGEUP: -12, pygame.K_PAGEDOWN: 12}.get(event.key)
            return self._scroll(by) if by else False
        return False

    def draw(self, screen: pygame.Surface, focused: bool) -> None:
        """The lines in sight."""
        desk, colours = self.desk, self.desk.theme.interface
        panel(screen, desk, self.rect)
        if focused:
            pygame.draw.rect(screen, colours.accent, self.rect, 1, border_radius=desk.px(5))
        y, room = self.rect.y + desk.px(8), self.rect.bottom - desk.px(8)
        for text, heading in self._lines[self.offset :]:
            if y + self._line > room:
                break
            write(screen, desk, text, (self.rect.x + desk.px(11), y), self.size, STRONG if heading else BODY,
                  colours.accent if heading else colours.text)  # fmt: skip
            y += self._line
        shown = (self.rect.height - desk.px(16)) // self._line
        if len(self._lines) > shown:
            tall = max(desk.px(18), self.rect.height * shown // len(self._lines))
            at = self.rect.y + (self.rect.height - tall) * self.offset // max(1, len(self._lines) - shown)
            pygame.draw.rect(
                screen, colours.panel_edge, (self.rect.right - desk.px(6), at, desk.px(4), tall), border_radius=2
            )


class TextField:
    """A line of text to type; ``limit`` characters at most, control characters refused.

    ``allowed`` names the only characters that are taken, where not every one is; ``hint`` stands in it while it is
    empty.
    """

    def __init__(
        self, desk: Desk, rect: pygame.Rect, text: str, changed: Callable[[str], None], limit: int = 60,
        allowed: str = "", hint: str = "",
    ) -> None:  # fmt: skip
        self.desk, self.rect, self.changed, self.limit, self.allowed = desk, rect, changed, limit, allowed
        self.hint = hint
        self.text = text[:limit]
        self.caret = len(self.text)
        self.enabled = True

    def handle(self, event: pygame.event.Event, focused: bool) -> bool:
        """Type, delete, move the caret, paste, or take the focus."""
        if event.type == pygame.MOUSEBUTTONDOWN and self.rect.collidepoint(event.pos):
            self.caret = self._caret_at(event.pos[0])
            return True
        if not focused:
            return False
        if event.type == pygame.TEXTINPUT:
            return self._insert(event.text)
        return event.type == pygame.KEYDOWN and self._key(event)

    def _key(self, event: pygame.event.Event) -> bool:
        control = event.mod & (pygame.KMOD_CTRL | pygame.KMOD_META)
        moves = {pygame.K_LEFT: self.caret - 1, pygame.K_RIGHT: self.caret + 1, pygame.K_HOME: 0}
        moves[pygame.K_END] = self.limit
        if event.key in moves:
            self.caret = max(0, min(len(self.text), moves[event.key]))
            return True
        if control and event.key == pygame.K_v:
            return self._insert(text_of_clipboard()[: self.limit])
        if control and event.key == pygame.K_c:
            return put_into_clipboard(self.text) or True
        if event.key == pygame.K_BACKSPACE:
            start = 0 if control else max(0, self.caret - 1)
            return self._replace(self.text[:start] + self.text[self.caret :], start)
        if event.key == pygame.K_DELETE:
            return self._replace(self.text[: self.caret] + self.text[self.caret + 1 :], self.caret)
        return False

    def _insert(self, text: str) -> bool:
        clean = "".join(c for c in text if c.isprintable() and (not self.allowed or c in self.allowed))
        clean = clean[: self.limit - len(self.text)]
        return self._replace(self.text[: self.caret] + clean + self.text[self.caret :], self.caret + len(clean))

    def _replace(self, text: str, caret: int) -> bool:
        same = text == self.text
        self.text, self.caret = text, caret
        if not same:
            self.changed(text)
        return True

    def _shown(self) -> int:
        """The first character in sight: the caret always is."""
        first = 0
        while first < self.caret and self._width(first, self.caret) > self.rect.width - self.desk.px(18):
            first += 1
        return first

    def _width(self, start: int, end: int) -> int:
        return self.desk.fonts.width(self.text[start:end], BODY, self.desk.px(15))

    def _caret_at(self, x: int) -> int:
        first = self._shown()
        for end in range(first, len(self.text)):
            if self.rect.x + self.desk.px(8) + (self._width(first, end) + self._width(first, end + 1)) // 2 > x:
                return end
        return len(self.text)

    def draw(self, screen: pygame.Surface, focused: bool) -> None:
        """The text with a caret."""
        desk, colours, r = self.desk, self.desk.theme.interface, self.rect
        pygame.draw.rect(screen, colours.background, r, border_radius=desk.px(4))
        pygame.draw.rect(
            screen, colours.accent if focused else colours.panel_edge, r, max(1, desk.px(1)), border_radius=desk.px(4)
        )
        first, clip = self._shown(), screen.get_clip()
        words, ink = (self.text[first:], colours.text) if self.text else (self.hint, colours.text_dim)
        face = desk.fonts.text(words, BODY, desk.px(15), ink)
        screen.set_clip(r.inflate(-desk.px(14), 0).clip(clip))
        beside = desk.px(4) if focused and not self.text else 0
        screen.blit(face, (r.x + desk.px(8) + beside, r.centery - face.get_height() // 2))
        screen.set_clip(clip)
        if focused:
            x = r.x + desk.px(8) + self._width(first, self.caret)
            pygame.draw.line(
                screen, colours.accent, (x, r.y + desk.px(6)), (x, r.bottom - desk.px(7)), max(1, desk.px(1))
            )
