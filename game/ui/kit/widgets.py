"""Widgets for panels and forms: buttons, choices and switches, and the form that holds them (see also ``lists``).

A widget has a rectangle, answers events with True when it used them, and paints itself. ``Form`` holds a few of
them, passes events on, and moves the keyboard focus with Tab and the arrow keys. Everything can be reached
without a mouse. Texts that do not fit are shortened with an ellipsis, never cut.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import pygame

from game.ui.kit.fonts import BODY, STRONG
from game.ui.kit.lettering import fitted, write
from game.ui.scene import Desk

DOTS = 9
"""Values of a choice, at most, for each of which a dot is shown."""


class Widget(Protocol):
    """Something on a form."""

    rect: pygame.Rect
    enabled: bool

    def handle(self, event: pygame.event.Event, focused: bool) -> bool:
        """Whether the event was used."""
        ...

    def draw(self, screen: pygame.Surface, focused: bool) -> None:
        """Paint it."""
        ...


class Button:
    """A button; ``key`` is shown as a hint, ``hint`` explains why it is disabled or what it does.

    ``note`` is a second, smaller line; a ``left`` button has its text at the left edge; a ``gold`` one is what most
    people want here.
    """

    def __init__(
        self,
        desk: Desk,
        rect: pygame.Rect,
        text: str,
        act: Callable[[], None],
        *,
        key: str = "",
        hint: str = "",
        big: bool = False,
        note: str = "",
        left: bool = False,
        gold: bool = False,
    ) -> None:
        self.desk, self.rect, self.text, self.act, self.key, self.hint, self.big = desk, rect, text, act, key, hint, big
        self.note, self.left, self.gold = note, left, gold
        self.enabled = True
        self.chosen = False
        self._held = False

    def handle(self, event: pygame.event.Event, focused: bool) -> bool:
        """A press that ends on the button, or Enter or Space with the focus, acts."""
        if not self.enabled:
            return event.type == pygame.MOUSEBUTTONDOWN and self.rect.collidepoint(event.pos)
        if event.type == pygame.MOUSEBUTTONDOWN and event.button == 1 and self.rect.collidepoint(event.pos):
            self._held = True
            return True
        if event.type == pygame.MOUSEBUTTONUP and event.button == 1 and self._held:
            self._held = False
            if self.rect.collidepoint(event.pos):
                self._pressed()
            return True
        if (
            focused
            and event.type == pygame.KEYDOWN
            and event.key in (pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_SPACE)
        ):
            self._pressed()
            return True
        return False

    def _pressed(self) -> None:
        self.desk.hear("click")
        self.act()

    def draw(self, screen: pygame.Surface, focused: bool) -> None:
        """The button in its state."""
        colours, desk = self.desk.theme.interface, self.desk
        over = self.enabled and self.rect.collidepoint(pygame.mouse.get_pos())
        body = colours.raised if self.enabled else colours.panel
        if self._held:
            body = colours.accent.mixed(colours.raised, 55)
        elif over:
            body = colours.raised.mixed(colours.accent, 22)
        gold = (self.gold or self.chosen) and self.enabled
        if gold:
            body = colours.accent.mixed(colours.on_accent_dim, 14 if over or self._held else 0)
        pygame.draw.rect(screen, body, self.rect, border_radius=desk.px(4))
        edge = colours.text if gold and focused else colours.accent if focused or gold else colours.panel_edge
        pygame.draw.rect(screen, edge, self.rect, max(1, desk.px(2 if focused else 1)), border_radius=desk.px(4))
        ink = colours.text if self.enabled else colours.text_dim.mixed(colours.panel, 45)
        faint = colours.on_accent_dim if gold else colours.text_dim
        ink = colours.on_accent if gold else ink
        pixels = desk.px(18 if self.big else 15)
        room = self.rect.width - desk.px(12)
        hint = desk.fonts.text(self.key, BODY, desk.px(12), faint) if self.key else None
        if hint is not None:
            room -= hint.get_width() + desk.px(6)
        text = fitted(desk.fonts, self.text, STRONG if self.big else BODY, pixels, room)
        face = desk.fonts.text(text, STRONG if self.big else BODY, pixels, ink)
        beside = self.left or hint is not None or bool(self.note)
        left = self.rect.x + (desk.px(14 if self.big else 8) if beside else (self.rect.width - face.get_width()) // 2)
        y = self.rect.centery - face.get_height() // 2 - (desk.px(9) if self.note else 0)
        screen.blit(face, (left, y))
        if self.note:
            write(screen, desk, self.note, (left, y + face.get_height() - desk.px(4)), 13, BODY, faint, room)
        if hint is not None:
            screen.blit(
                hint, (self.rect.right - hint.get_width() - desk.px(6), self.rect.centery - hint.get_height() // 2)
            )


class Chooser:
    """A value out of a few, changed by its two arrows, the wheel, or left and right."""

    def __init__(
        self, desk: Desk, rect: pygame.Rect, values: Sequence[str], chosen: int, changed: Callable[[int], None]
    ) -> None:
        self.desk, self.rect, self.values, self.chosen, self.changed = desk, rect, list(values), chosen, changed
        self.enabled = True

    def _turn(self, by: int) -> bool:
        if self.values:
            self.chosen = (self.chosen + by) % len(self.values)
            self.changed(self.chosen)
        return True

    def handle(self, event: pygame.event.Event, focused: bool) -> bool:
        """Turn to the next or former value."""
        if not self.enabled:
            return False
        if event.type == pygame.MOUSEBUTTONDOWN and self.rect.collidepoint(event.pos) and event.button in (1, 4, 5):
            return self._turn(
                -1 if event.button == 4 or (event.button == 1 and event.pos[0] < self.rect.x + self.rect.height) else 1
            )
        if focused and event.type == pygame.KEYDOWN and event.key in (pygame.K_LEFT, pygame.K_RIGHT):
            return self._turn(-1 if event.key == pygame.K_LEFT else 1)
        return False

    def draw(self, screen: pygame.Surface, focused: bool) -> None:
        """The value between its arrows; below it a dot for each value there is, where they are few."""
        colours, desk, r = self.desk.theme.interface, self.desk, self.rect
        pygame.draw.rect(screen, colours.raised, r, border_radius=desk.px(4))
        mouse, a = pygame.mouse.get_pos(), r.height // 6
        for box, way in (
            (pygame.Rect(r.x, r.y, r.height, r.height), -1),
            (pygame.Rect(r.right - r.height, r.y, r.height, r.height), 1),
        ):
            over = self.enabled and box.collidepoint(mouse)
            if over:
                lit = box.inflate(-desk.px(6), -desk.px(6))
                pygame.draw.rect(screen, colours.raised.mixed(colours.accent, 30), lit, border_radius=desk.px(4))
            ink = colours.text if over else colours.accent
            (x, y), k = box.center, way * a // 2
            pygame.draw.lines(screen, ink, False, [(x - k, y - a), (x + k, y), (x - k, y + a)], max(2, desk.px(2)))
        pygame.draw.rect(
            screen, colours.accent if focused else colours.panel_edge, r, max(1, desk.px(1)), border_radius=desk.px(4)
        )
        text = self.values[self.chosen] if self.values else ""
        text = fitted(desk.fonts, text, BODY, desk.px(15), r.width - 2 * r.height)
        face = desk.fonts.text(text, BODY, desk.px(15), colours.text)
        many = len(self.values) if 1 < len(self.values) <= DOTS and r.height >= desk.px(34) else 0
        screen.blit(
            face, (r.centerx - face.get_width() // 2, r.centery - face.get_height() // 2 - desk.px(3) * bool(many))
        )
        step, dot = desk.px(8), max(1, desk.px(2))
        for number in range(many):
            ink = colours.accent if number == self.chosen else colours.text_dim.mixed(colours.raised, 55)
            at = (r.centerx + step * number - step * (many - 1) // 2, r.bottom - desk.px(7))
            pygame.draw.circle(screen, ink, at, dot)


class Toggle:
    """A switch with its meaning beside it, turned by a click, Enter or Space."""

    def __init__(self, desk: Desk, rect: pygame.Rect, text: str, on: bool, changed: Callable[[bool], None]) -> None:
        self.desk, self.rect, self.text, self.on, self.changed = desk, rect, text, on, changed
        self.enabled = True

    def handle(self, event: pygame.event.Event, focused: bool) -> bool:
        """Turn the switch."""
        click = event.type == pygame.MOUSEBUTTONDOWN and event.button == 1 and self.rect.collidepoint(event.pos)
        keys = (pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_SPACE)
        if not (click or (focused and event.type == pygame.KEYDOWN and event.key in keys)):
            return False
        self.on = not self.on
        self.changed(self.on)
        return True

    def draw(self, screen: pygame.Surface, focused: bool) -> None:
        """A box with a tick in it when on."""
        desk, colours = self.desk, self.desk.theme.interface
        side = desk.px(20)
        box = pygame.Rect(self.rect.x, self.rect.centery - side // 2, side, side)
        pygame.draw.rect(screen, colours.raised if self.on else colours.background, box, border_radius=desk.px(4))
        edge = colours.accent if focused else colours.text_dim
        pygame.draw.rect(screen, edge, box, desk.px(2 if focused else 1), border_radius=desk.px(4))
        if self.on:
            a = side / 5
            tick = [(box.x + a, box.centery), (box.x + 2 * a, box.bottom - 1.3 * a), (box.right - a, box.y + 1.3 * a)]
            pygame.draw.lines(screen, colours.accent, False, tick, desk.px(2))
        x = box.right + desk.px(10)
        y = self.rect.centery - desk.px(11)
        write(screen, desk, self.text, (x, y), 15, BODY, colours.text, self.rect.right - x)


class Form:
    """Some widgets and the keyboard focus among them."""

    def __init__(self, widgets: Sequence[Widget] = ()) -> None:
        self.widgets: list[Widget] = list(widgets)
        self.focus = 0

    def add(self, widget: Widget) -> Widget:
        """Put a widget on the form and return it."""
        self.widgets.append(widget)
        return widget

    def clear(self) -> None:
        """Take everything off."""
        self.widgets, self.focus = [], 0

    def handle(self, event: pygame.event.Event) -> bool:
        """Pass an event on; Tab moves the focus."""
        if event.type == pygame.KEYDOWN and event.key == pygame.K_TAB and self.widgets:
            self._move(-1 if event.mod & pygame.KMOD_SHIFT else 1)
            return True
        for number, widget in enumerate(self.widgets):
            if widget.handle(event, number == self.focus):
                if event.type == pygame.MOUSEBUTTONDOWN:
                    self.focus = number
                return True
        if event.type == pygame.KEYDOWN and event.key in (pygame.K_UP, pygame.K_DOWN) and self.widgets:
            self._move(-1 if event.key == pygame.K_UP else 1)
            return True
        return False

    def put_focus(self, number: int) -> None:
        """Give the keyboard to a widget, or to the next one that can do something with it."""
        self.focus = max(0, min(number, len(self.widgets) - 1))
        if self.widgets and not self.widgets[self.focus].enabled:
            self._move(1)

    def _move(self, by: int) -> None:
        for _ in self.widgets:
            self.focus = (self.focus + by) % len(self.widgets)
            if self.widgets[self.focus].enabled:
                return

    def draw(self, screen: pygame.Surface, show_focus: bool = True) -> None:
        """Paint all widgets, and the hint of the button under the mouse."""
        for number, widget in enumerate(self.widgets):
            widget.draw(screen, show_focus and number == self.focus)
