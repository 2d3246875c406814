"""A form in a column of the window: rows of a label and a field, sections and notes, with a bar when it is too long."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pygame

from game.ui.editor.fields import LineField, Picker, Slider
from game.ui.kit.fonts import BODY, STRONG
from game.ui.kit.lettering import fitted, scroll_bar, wrapped
from game.ui.kit.theme import Colour
from game.ui.kit.widgets import Button, Chooser, Toggle, Widget
from game.ui.scene import Desk

NOWHERE = pygame.Rect(0, 0, 1, 1)
ROW = 30
LABEL = 92


@dataclass(slots=True)
class FormRow:
    """One row: what is written at its left, or across it, and the widgets that share the rest."""

    tall: int
    label: str = ""
    lines: tuple[str, ...] = ()
    heading: bool = False
    widgets: tuple[Widget, ...] = ()
    tip: str = ""
    ink: Colour | None = None
    y: int = 0


class FormColumn:
    """Rows from top to bottom. Whoever fills it calls ``begin``, the ``add`` methods, and ``settle``."""

    def __init__(self, desk: Desk, rect: pygame.Rect) -> None:
        self.desk, self.rect = desk, rect
        self.rows: list[FormRow] = []
        self.focus: Widget | None = None
        self.offset = 0
        self._tall = 0
        self._key: object = None
        self._former = -1

    # --- filling ----------------------------------------------------------------------------------------------

    def begin(self, key: object) -> None:
        """Empty the form. ``key`` says what it is about: of the same thing, place and focus are kept."""
        self.finish_line()
        if key != self._key:
            self.offset, self.focus = 0, None
        self._key = key
        self._former = self._number_of(self.focus)
        self.rows = []

    def _number_of(self, widget: Widget | None) -> int:
        return self.widgets.index(widget) if widget is not None and widget in self.widgets else -1

    def settle(self) -> None:
        """The form is filled: lay it out."""
        widgets = self.widgets
        self.focus = widgets[self._former] if 0 <= self._former < len(widgets) else None
        self.place(self.rect)

    def heading(self, text: str) -> None:
        """The name of what follows."""
        self.rows.append(FormRow(self.desk.px(28), text, heading=True))

    def note(self, text: str, colour: Colour | None = None) -> None:
        """Words across the column."""
        room = self.rect.width - self.desk.px(30)
        lines = tuple(wrapped(self.desk.fonts, text, BODY, self.desk.px(13), room))
        self.rows.append(FormRow(self.desk.px(18) * len(lines) + self.desk.px(5), lines=lines, ink=colour))

    def line(
        self, label: str, text: str, done: Callable[[str], None], limit: int = 80, allowed: str = "", tip: str = ""
    ) -> None:
        """A line to type."""
        self._row(label, (LineField(self.desk, NOWHERE.copy(), text, done, limit, allowed),), tip)

    def pick(
        self, label: str, values: Sequence[str], chosen: int, changed: Callable[[int], None], tip: str = ""
    ) -> None:
        """A value out of many, or out of few by arrows."""
        widget: Widget = (
            Chooser(self.desk, NOWHERE.copy(), values, max(0, chosen), changed)
            if len(values) <= 5
            else Picker(self.desk, NOWHERE.copy(), values, chosen, changed)
        )
        self._row(label, (widget,), tip)

    def toggle(self, text: str, on: bool, changed: Callable[[bool], None], tip: str = "") -> None:
        """A switch."""
        self._row("", (Toggle(self.desk, NOWHERE.copy(), text, on, changed),), tip)

    def slide(self, label: str, value: int, changed: Callable[[int], None], tip: str = "") -> None:
        """A number from 0 to 100."""
        self._row(label, (Slider(self.desk, NOWHERE.copy(), value, changed),), tip)

    def buttons(self, *buttons: tuple[str, Callable[[], None], str, str]) -> None:
        """Buttons side by side: text, what it does, key, tip; one without an act is disabled."""
        made = []
        for text, act, key, tip in buttons:
            made.append(Button(self.desk, NOWHERE.copy(), text, act, key=key, hint=tip))
        self._row("", tuple(made), "")

    def pressed(self, text: str, act: Callable[[], None], chosen: bool = False, tip: str = "") -> None:
        """One entry of a list, across the column."""
        button = Button(self.desk, NOWHERE.copy(), text, act, left=True, hint=tip)
        button.chosen = chosen
        self._row("", (button,), tip)

    def add(self, points: float, *widgets: Widget) -> None:
        """A row of widgets of any kind."""
        self.rows.append(FormRow(self.desk.px(points), widgets=widgets))

    def _row(self, label: str, widgets: tuple[Widget, ...], tip: str) -> None:
        self.rows.append(FormRow(self.desk.px(ROW + 4), label, widgets=widgets, tip=tip))

    # --- layout -----------------------------------------------------------------------------------------------

    @property
    def widgets(self) -> list[Widget]:
        """All widgets from top to bottom."""
        return [widget for row in self.rows for widget in row.widgets]

    @property
    def _label_room(self) -> int:
        return min(self.desk.px(LABEL), self.rect.width * 3 // 10)

    def place(self, rect: pygame.Rect) -> None:
        """Take a part of the window, and lay the rows out in it."""
        self.rect = rect
        desk, pad = self.desk, self.desk.px(10)
        tall = sum(row.tall for row in self.rows) + desk.px(12)
        self._tall = tall
        self.offset = max(0, min(self.offset, tall - rect.height))
        right = rect.right - pad - (desk.px(8) if tall > rect.height else 0)
        y = rect.y + desk.px(6) - self.offset
        for row in self.rows:
            row.y = y
            left = rect.x + pad + (self._label_room if row.label and row.widgets else 0)
            gap = desk.px(6)
            wide = (right - left - gap * (len(row.widgets) - 1)) // max(1, len(row.widgets))
            for number, widget in enumerate(row.widgets):
                widget.rect = pygame.Rect(
                    left + number * (wide + gap), y + desk.px(2), max(1, wide), row.tall - desk.px(4)
                )
            y += row.tall

    # --- events -----------------------------------------------------------------------------------------------

    @property
    def typing(self) -> bool:
        """Whether keys belong to a field that takes letters, or to an open list."""
        return isinstance(self.focus, LineField) or self.list_open

    @property
    def list_open(self) -> bool:
        """Whether a list lies open over the window."""
        return isinstance(self.focus, Picker) and self.focus.open

    def put_into(self, label: str) -> None:
        """Give the keyboard to the line of a label; what is typed takes the place of what stands there."""
        for row in self.rows:
            if row.label == label and row.widgets:
                self.focus = row.widgets[0]
                if isinstance(self.focus, LineField):
                    self.focus.fresh, self.focus.caret = True, len(self.focus.text)

    def finish_line(self) -> None:
        """What stands in the line with the focus counts from now on."""
        if isinstance(self.focus, LineField):
            self.focus.finish()

    def leave(self) -> None:
        """The keyboard goes elsewhere."""
        self.finish_line()
        if isinstance(self.focus, Picker):
            self.focus.open = False
        self.focus = None

    def handle(self, event: pygame.event.Event) -> bool:
        """Pass an event on to the field it is for; whether it was used."""
        if isinstance(self.focus, Picker) and self.focus.open:
            return self.focus.handle(event, True)
        if event.type == pygame.MOUSEWHEEL:
            return self._wheel(event)
        if event.type == pygame.MOUSEBUTTONDOWN and not self.rect.collidepoint(event.pos):
            return False
        if event.type == pygame.KEYDOWN and event.key == pygame.K_TAB and self.focus is not None:
            return self._move(-1 if event.mod & pygame.KMOD_SHIFT else 1)
        if event.type == pygame.MOUSEBUTTONDOWN:
            return self._press(event)
        return any(widget.handle(event, widget is self.focus) for widget in self.widgets)

    def _press(self, event: pygame.event.Event) -> bool:
        hit = next((widget for widget in self.widgets if widget.rect.collidepoint(event.pos)), None)
        if hit is not self.focus:
            rows = self.rows
            self.leave()
            if self.rows is not rows:  # the form was filled anew: what is under the mouse now is another field
                hit = next((widget for widget in self.widgets if widget.rect.collidepoint(event.pos)), None)
        if hit is not None and hit.enabled:
            self.focus = hit
            hit.handle(event, True)
        return True

    def _wheel(self, event: pygame.event.Event) -> bool:
        if not self.rect.collidepoint(pygame.mouse.get_pos()):
            return False
        self.scroll(-event.y)
        return True

    def scroll(self, notches: int) -> None:
        """Up or down by rows."""
        self.offset += notches * self.desk.px(ROW)
        self.place(self.rect)

    def _move(self, by: int) -> bool:
        at = self._number_of(self.focus)
        self.finish_line()
        widgets = self.widgets
        for step in range(1, len(widgets) + 1):
            widget = widgets[(at + by * step) % len(widgets)]
            if widget.enabled:
                self.focus = widget
                self._bring_into_sight(widget)
                return True
        return False

    def _bring_into_sight(self, widget: Widget) -> None:
        if widget.rect.bottom > self.rect.bottom:
            self.offset += widget.rect.bottom - self.rect.bottom + self.desk.px(8)
        elif widget.rect.y < self.rect.y:
            self.offset -= self.rect.y - widget.rect.y + self.desk.px(8)
        self.place(self.rect)

    def tip_at(self, at: tuple[int, int]) -> str:
        """What explains the row under the mouse."""
        if not self.rect.collidepoint(at):
            return ""
        for row in self.rows:
            if row.y <= at[1] < row.y + row.tall:
                over = next((w for w in row.widgets if w.rect.collidepoint(at)), None)
                return (over.hint if isinstance(over, Button) else "") or row.tip
        return ""

    # --- drawing ----------------------------------------------------------------------------------------------

    def draw(self, screen: pygame.Surface) -> None:
        """The rows in sight."""
        desk, colours = self.desk, self.desk.theme.interface
        clip = screen.get_clip()
        screen.set_clip(self.rect.clip(clip))
        for row in self.rows:
            if row.y + row.tall < self.rect.y or row.y > self.rect.bottom:
                continue
            self._draw_words(screen, row)
            for widget in row.widgets:
                widget.draw(screen, widget is self.focus)
        screen.set_clip(clip)
        if self._tall > self.rect.height:
            more = max(1, self._tall - self.rect.height)
            scroll_bar(screen, desk, self.rect, self.offset / more, self.rect.height / self._tall)
        if not self.rows:
            pygame.draw.rect(screen, colours.panel, self.rect)

    def _draw_words(self, screen: pygame.Surface, row: FormRow) -> None:
        desk, colours, x = self.desk, self.desk.theme.interface, self.rect.x + self.desk.px(10)
        if row.heading:
            text = fitted(desk.fonts, row.label, STRONG, desk.px(15), self.rect.width - desk.px(24))
            screen.blit(desk.fonts.text(text, STRONG, desk.px(15), colours.accent), (x, row.y + desk.px(4)))
            return
        if row.label:
            text = fitted(desk.fonts, row.label, BODY, desk.px(13), self._label_room - desk.px(4))
            face = desk.fonts.text(text, BODY, desk.px(13), colours.text_dim)
            screen.blit(face, (x, row.y + (row.tall - face.get_height()) // 2))
        for number, line in enumerate(row.lines):
            face = desk.fonts.text(line, BODY, desk.px(13), row.ink or colours.text_dim)
            screen.blit(face, (x, row.y + number * desk.px(18)))

    def draw_over(self, screen: pygame.Surface) -> None:
        """An open list, over all else."""
        if isinstance(self.focus, Picker) and self.focus.open:
            self.focus.draw_list(screen)
