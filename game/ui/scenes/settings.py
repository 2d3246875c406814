"""The settings, changed at once and kept on the disk when one leaves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pygame

from game.faults import Fault
from game.ui.kit.fonts import BODY, Fonts
from game.ui.kit.lettering import fitted, write
from game.ui.kit.theme import load_theme
from game.ui.kit.widgets import Chooser, Toggle, Widget
from game.ui.places import ToKeys
from game.ui.scene import Desk, Pop, Push, Replace
from game.ui.scenes.board import Board
from game.ui.scenes.dialog import fault_message
from game.ui.settings import ANIMATION, LOG, SCALES, Settings, save_settings, settings_path
from game.ui.window import layout_scale, show_full_screen
from game.words import say, sentence

ROWS: tuple[tuple[str, str, str], ...] = (
    ("scale", "Size of text and panels", "In percent of the size that fits the window."),
    ("full_screen", "Full screen", "F11 does the same at any time."),
    (
        "safe_colours",
        "Colour-blind colours",
        "Blue, orange and violet instead of green and red, on maps you open from now on.",
    ),
    ("animation", "Show AI turns", "Any key skips the rest of a turn."),
    ("log", "Message log", "Brief leaves out marches."),
    ("checklist", "Ask before ending a turn", "Lists units that can act and unspent points."),
    ("confirm_attacks", "Ask before every attack", "Off: only before one with poor odds or the risk of an incident."),
    ("edge_pan", "Move the map at the window's edge", "Dragging, WASD and the arrow keys always work."),
    ("autosave", "Autosave every turn", "Continue in the menu needs it."),
)
CHOICES: dict[str, tuple[object, ...]] = {"scale": SCALES, "animation": ANIMATION, "log": LOG}


class SettingsScene(Board):
    """A row a setting."""

    title = "Settings"

    def __init__(self, desk: Desk, save: Callable[[Settings], None] = save_settings) -> None:
        super().__init__(desk)
        self.first, self.save = desk.settings, save

    def build(self) -> None:
        """A choice or a switch in each row, then the buttons."""
        desk = self.desk
        for number, (name, _, _) in enumerate(ROWS):
            box = self._row(number)
            wide = min(desk.px(220), box.width * 2 // 5)
            self.form.add(self._widget(name, pygame.Rect(box.right - wide, box.y + desk.px(4), wide, desk.px(34))))
        self.footer(
            [self.button("Back", self.back, key="Esc")],
            [
                self.button("Keys", lambda: self.go(Push(ToKeys()))),
                self.button("Defaults", lambda: self._take(Settings(full_screen=desk.settings.full_screen))),
            ],
        )

    def _row(self, number: int) -> pygame.Rect:
        page = self.page
        wide = min(page.width, self.desk.px(820))
        tall = min(self.desk.px(58), page.height // len(ROWS))
        return pygame.Rect(page.centerx - wide // 2, page.y + number * tall, wide, tall)

    def _widget(self, name: str, rect: pygame.Rect) -> Widget:
        value = getattr(self.desk.settings, name)
        if name not in CHOICES:
            return Toggle(self.desk, rect, "On" if value else "Off", value, lambda on: self._set(name, on))
        values = CHOICES[name]
        shown = [say("{n}%", n=one) if name == "scale" else sentence(str(one)) for one in values]
        return Chooser(self.desk, rect, shown, values.index(value), lambda at: self._set(name, values[at]))

    def _set(self, name: str, value: object) -> None:
        self._take(replace(self.desk.settings, **{name: value}))  # type: ignore[arg-type]

    def _take(self, settings: Settings) -> None:
        before, self.desk.settings = self.desk.settings, settings
        apply(self.desk, before)
        self.resize()

    def paint(self, screen: pygame.Surface) -> None:
        """What each row means."""
        desk, colours = self.desk, self.desk.theme.interface
        for number, (_, title, words) in enumerate(ROWS):
            box = self._row(number)
            room = box.width - min(desk.px(220), box.width * 2 // 5) - desk.px(20)
            write(screen, desk, title, (box.x, box.y + desk.px(2)), 16, width=room)
            write(screen, desk, words, (box.x, box.y + desk.px(24)), 13, BODY, colours.text_dim, room)
            if number:
                pygame.draw.line(screen, colours.panel, (box.x, box.y - desk.px(5)), (box.right, box.y - desk.px(5)))
        where = fitted(
            desk.fonts, say("Stored in {file}", file=settings_path()), BODY, desk.px(12), self.page.width // 2
        )
        y = desk.size[1] - desk.px(46)
        x = (desk.size[0] - desk.fonts.width(where, BODY, desk.px(12))) // 2
        write(screen, desk, where, (x, y), 12, BODY, colours.text_dim)

    def back(self) -> None:
        """Keep what has changed."""
        self.go(Pop())
        if self.desk.settings == self.first:
            return
        try:
            self.save(self.desk.settings)
        except Fault as fault:
            self.go(Replace(fault_message(self.desk, None, "The settings could not be saved", fault)))


def apply(desk: Desk, before: Settings) -> None:
    """Let the window follow a change of settings."""
    now = desk.settings
    if now.safe_colours != before.safe_colours:
        desk.theme = load_theme(safe=now.safe_colours)
        desk.fonts = Fonts(desk.theme.fonts)
    if now.full_screen != before.full_screen:
        show_full_screen(desk, now.full_screen)
    if now.scale != before.scale:
        desk.scale = layout_scale(desk.size, now.scale)
