"""A pane to edit a file's text in: lines with numbers, a selection, an undo of its own, and marks of the check."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pygame

from game.schema import limits
from game.ui.editor.text_buffer import TextBuffer
from game.ui.kit.clipboard import put_into_clipboard, text_of_clipboard
from game.ui.kit.fonts import MONO
from game.ui.kit.lettering import panel, scroll_bar
from game.ui.kit.theme import Colour
from game.ui.scene import Desk

SIZE = 14
LEADING = 1.4
WHEEL = 3
MOVES = {
    pygame.K_LEFT: "left", pygame.K_RIGHT: "right", pygame.K_UP: "up", pygame.K_DOWN: "down", pygame.K_HOME: "home",
    pygame.K_END: "end", pygame.K_PAGEUP: "page up", pygame.K_PAGEDOWN: "page down",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PaneMark:
    """A place that the check speaks of: columns count from 0."""

    column: int
    width: int
    severity: str


class TextPane:
    """A text in a box. ``changed`` is called whenever it is another one."""

    def __init__(self, desk: Desk, rect: pygame.Rect, text: str, changed: Callable[[str], None]) -> None:
        self.desk, self.rect, self.changed = desk, rect, changed
        self.enabled = True
        self.buffer = TextBuffer(text)
        self.marks: Mapping[int, tuple[PaneMark, ...]] = {}
        """By line, counted from 0."""
        self.top, self.left = 0, 0
        self._selecting = False
        self._dragging_bar = False

    def load(self, text: str) -> None:
        """Another text, from its beginning."""
        self.buffer, self.marks, self.top, self.left = TextBuffer(text), {}, 0, 0

    # --- measures ---------------------------------------------------------------------------------------------

    @property
    def _line(self) -> int:
        return self.desk.px(SIZE * LEADING)

    @property
    def _letter(self) -> int:
        return max(1, self.desk.fonts.width("0" * 10, MONO, self.desk.px(SIZE)) // 10)

    @property
    def _gutter(self) -> int:
        return self.desk.px(14) + self._letter * max(3, len(str(len(self.buffer.lines))))

    @property
    def _rows(self) -> int:
        return max(1, (self.rect.height - self.desk.px(8)) // self._line)

    @property
    def _columns(self) -> int:
        return max(1, (self.rect.width - self._gutter - self.desk.px(24)) // self._letter)

    @property
    def page(self) -> int:
        """Lines of a page."""
        return max(1, self._rows - 2)

    def show_caret(self) -> None:
        """Bring the caret into sight."""
        row, column = self.buffer.caret
        self.top = max(row - self._rows + 1, min(self.top, row))
        self.left = max(column - self._columns + 4, min(self.left, max(0, column - 2)))
        self.top, self.left = max(0, self.top), max(0, self.left)

    def go_to(self, line: int, column: int = 1) -> None:
        """Put the caret at a line and column, both counted from 1, with some lines above it."""
        self.buffer.put_caret(max(0, line - 1), max(0, column - 1))
        self.top = max(0, self.buffer.caret[0] - self._rows // 3)
        self.show_caret()

    # --- events -----------------------------------------------------------------------------------------------

    def handle(self, event: pygame.event.Event, focused: bool) -> bool:
        """Click, drag, type."""
        if event.type == pygame.MOUSEBUTTONDOWN and event.button == 1 and self.rect.collidepoint(event.pos):
            return self._press(event.pos)
        if event.type == pygame.MOUSEMOTION and (self._selecting or self._dragging_bar):
            return self._drag(event)
        if event.type == pygame.MOUSEBUTTONUP and event.button == 1:
            used, self._selecting, self._dragging_bar = self._selecting or self._dragging_bar, False, False
            return used
        if not focused:
            return False
        if event.type == pygame.TEXTINPUT:
            return self._typed(event.text)
        return event.type == pygame.KEYDOWN and self._key(event)

    def wheel(self, notches: int) -> None:
        """Scroll."""
        self.top = max(0, min(len(self.buffer.lines) - 1, self.top - WHEEL * notches))

    def _press(self, at: tuple[int, int]) -> bool:
        if at[0] > self.rect.right - self.desk.px(14):
            self._dragging_bar = True
            self._bar_to(at[1])
            return True
        self._selecting = True
        self.buffer.put_caret(*self._place_at(at), keep=bool(pygame.key.get_mods() & pygame.KMOD_SHIFT))
        return True

    def _drag(self, event: pygame.event.Event) -> bool:
        if not event.buttons[0]:
            self._selecting = self._dragging_bar = False
        elif self._dragging_bar:
            self._bar_to(event.pos[1])
        else:
            self.buffer.put_caret(*self._place_at(event.pos), keep=True)
            self.show_caret()
        return True

    def _bar_to(self, y: int) -> None:
        share = (y - self.rect.y) / max(1, self.rect.height)
        self.top = max(0, min(len(self.buffer.lines) - 1, round(share * len(self.buffer.lines) - self._rows / 2)))

    def _place_at(self, at: tuple[int, int]) -> tuple[int, int]:
        row = self.top + (at[1] - self.rect.y - self.desk.px(4)) // self._line
        column = self.left + round((at[0] - self.rect.x - self._gutter) / self._letter)
        return row, column

    def _typed(self, text: str) -> bool:
        clean = "".join(c for c in text if c.isprintable())
        return self._changed(self.buffer.insert(clean)) if clean else True

    def _changed(self, changed: bool) -> bool:
        self.show_caret()
        if changed:
            self.marks = {}
            self.changed(self.buffer.text)
        return True

    def _key(self, event: pygame.event.Event) -> bool:
        control, shift = bool(event.mod & (pygame.KMOD_CTRL | pygame.KMOD_META)), bool(event.mod & pygame.KMOD_SHIFT)
        key, buffer = event.key, self.buffer
        if key in MOVES:
            buffer.move(MOVES[key], far=control, keep=shift, page=self.page)
            self.show_caret()
            return True
        if control:
            return self._control_key(key, shift)
        if key in (pygame.K_RETURN, pygame.K_KP_ENTER):
            return self._changed(buffer.new_line())
        if key == pygame.K_TAB:
            return self._changed(buffer.unindent() if shift else buffer.indent())
        if key in (pygame.K_BACKSPACE, pygame.K_DELETE):
            return self._changed(buffer.erase(forward=key == pygame.K_DELETE))
        return False

    def _control_key(self, key: int, shift: bool) -> bool:
        buffer = self.buffer
        if key == pygame.K_a:
            buffer.select_all()
        elif key in (pygame.K_c, pygame.K_x):
            put_into_clipboard(buffer.selected)
            if key == pygame.K_x and buffer.selected:
                return self._changed(buffer.insert(""))
        elif key == pygame.K_v:
            room = limits.FILE_BYTES - len(buffer.text)
            pasted = text_of_clipboard()[: max(0, room)].replace("\r\n", "\n").replace("\r", "\n").replace("\t", "  ")
            return self._changed(buffer.insert("".join(c for c in pasted if c == "\n" or c.isprintable())))
        elif key == pygame.K_z:
            return self._changed(buffer.redo() if shift else buffer.undo())
        elif key == pygame.K_y:
            return self._changed(buffer.redo())
        else:
            return False
        return True

    # --- drawing ----------------------------------------------------------------------------------------------

    def draw(self, screen: pygame.Surface, focused: bool) -> None:
        """The lines in sight."""
        desk, colours = self.desk, self.desk.theme.interface
        panel(screen, desk, self.rect)
        pygame.draw.rect(screen, colours.background, self.rect.inflate(-2, -2), border_radius=desk.px(4))
        clip = screen.get_clip()
        screen.set_clip(self.rect.inflate(-4, -4).clip(clip))
        for row in range(self.top, min(len(self.buffer.lines), self.top + self._rows + 1)):
            self._draw_line(screen, row, focused)
        screen.set_clip(clip)
        many = len(self.buffer.lines)
        if many > self._rows:
            scroll_bar(screen, desk, self.rect, self.top / max(1, many - self._rows), self._rows / many)

    def _draw_line(self, screen: pygame.Surface, row: int, focused: bool) -> None:
        desk, colours, buffer = self.desk, self.desk.theme.interface, self.buffer
        y = self.rect.y + desk.px(4) + (row - self.top) * self._line
        x, pixels = self.rect.x + self._gutter, desk.px(SIZE)
        if row == buffer.caret[0]:
            pygame.draw.rect(screen, colours.panel, (self.rect.x + 2, y, self.rect.width - 4, self._line))
        marks = self.marks.get(row, ())
        ink = self._severity_ink(marks) if marks else colours.text_dim.mixed(colours.background, 40)
        number = desk.fonts.text(str(row + 1), MONO, desk.px(SIZE - 2), ink)
        screen.blit(number, (x - number.get_width() - desk.px(9), y + desk.px(2)))
        text_clip = screen.get_clip()
        screen.set_clip(pygame.Rect(x - 1, y, self.rect.right - x - desk.px(12), self._line).clip(text_clip))
        self._draw_selection(screen, row, x, y)
        line = buffer.lines[row][self.left : self.left + self._columns + 8]
        at = x
        for part, colour in self._coloured(buffer.lines[row], line):
            face = desk.fonts.text(part, MONO, pixels, colour)
            screen.blit(face, (at, y))
            at += face.get_width()
        for mark in marks:
            left = x + max(0, mark.column - self.left) * self._letter
            wide = max(self._letter, min(mark.width, len(buffer.lines[row])) * self._letter)
            under = y + self._line - desk.px(3)
            pygame.draw.line(screen, self._severity_ink((mark,)), (left, under), (left + wide, under), desk.px(2))
        if focused and row == buffer.caret[0]:
            cx = x + (buffer.caret[1] - self.left) * self._letter
            pygame.draw.line(screen, colours.accent, (cx, y + 1), (cx, y + self._line - 2), max(1, desk.px(2)))
        screen.set_clip(text_clip)

    def _draw_selection(self, screen: pygame.Surface, row: int, x: int, y: int) -> None:
        start, end = self.buffer.selection
        if start == end or not start[0] <= row <= end[0]:
            return
        first = start[1] if row == start[0] else 0
        last = end[1] if row == end[0] else len(self.buffer.lines[row]) + 1
        box = pygame.Rect(x + (first - self.left) * self._letter, y, (last - first) * self._letter, self._line)
        pygame.draw.rect(screen, self.desk.theme.interface.accent.mixed(self.desk.theme.interface.background, 62), box)

    def _severity_ink(self, marks: tuple[PaneMark, ...]) -> Colour:
        theme = self.desk.theme
        worst = "error" if any(mark.severity == "error" for mark in marks) else marks[0].severity
        return {"error": theme.marks.bad.mixed(theme.interface.text, 25), "warning": theme.marks.warn}.get(
            worst, theme.interface.link
        )

    def _coloured(self, whole: str, shown: str) -> list[tuple[str, Colour]]:
        """A line in parts: comments dim, keys in another colour."""
        colours = self.desk.theme.interface
        if whole.lstrip().startswith("#"):
            return [(shown, colours.text_dim)]
        note = whole.find(" #")
        note = len(shown) if note < 0 else max(0, note + 1 - self.left)
        body, rest = shown[:note], shown[note:]
        head, colon, tail = body.partition(":") if not self.left else ("", "", body)
        plain = colon and head.strip(" -").replace("_", "").replace("-", "").isalnum()
        parts = [(head + colon, colours.link), (tail, colours.text)] if plain else [(body, colours.text)]
        return [(part, ink) for part, ink in (*parts, (rest, colours.text_dim)) if part]
