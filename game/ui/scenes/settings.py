"""The settings, changed at once and kept on the disk when one leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pygame

from game.faults import Fault
from game.ui.kit.fonts import BODY, NARROW, STRONG, Fonts
from game.ui.kit.lettering import fitted, panel, write
from game.ui.kit.symbols import load_symbols
from game.ui.kit.widgets import Chooser, Toggle, Widget
from game.ui.mapview.counters import CounterPainter
from game.ui.mapview.faces import UnitFace
from game.ui.places import ToKeys
from game.ui.scene import Desk, Pop, Push, Replace
from game.ui.scenes.board import Board
from game.ui.scenes.dialog import fault_message
from game.ui.settings import (
    ANIMATION,
    COUNTERS,
    LOG,
    PANELS,
    SCALES,
    VOLUMES,
    Settings,
    save_settings,
    settings_path,
)
from game.ui.window import dressed, layout_scale, show_full_screen
from game.words import say, sentence

Row = tuple[str, str, str]
"""Name of a setting, its title and what it means."""

SECTIONS: tuple[tuple[str, tuple[Row, ...]], ...] = (
    (
        "Look",
        (
            ("scale", "Size of text and panels", "In percent of the size that fits the window."),
            ("full_screen", "Full screen", "F11 does the same at any time."),
            ("safe_colours", "Colour-blind colours", "Blue, orange and violet instead of green and red."),
            ("panels", "Panels", "Dark, or light like paper."),
            ("counters", "Counters", "Military symbols, or pictures."),
            ("animation", "Show AI turns", "Any key skips the rest of a turn."),
        ),
    ),
    (
        "Table",
        (
            ("log", "Message log", "Brief leaves out marches."),
            ("checklist", "Ask before ending a turn", "Lists units that can act and unspent points."),
            ("confirm_attacks", "Ask before every attack", "Off: only before poor odds or the risk of an incident."),
            ("edge_pan", "Move the map at the window's edge", "Dragging, WASD and the arrow keys always work."),
            ("autosave", "Autosave every turn", "Continue in the menu needs it."),
            ("tips", "Tips", "Explain new things once. Defaults shows all of them again."),
        ),
    ),
    (
        "Sound",
        (
            ("sound", "Sound", "Off: nothing is heard at all."),
            ("volume", "Volume of the table", "Clicks, marches and messages."),
            ("volume_fights", "Volume of fights", "Attacks, air strikes and incidents."),
        ),
    ),
)
COLUMNS = (("Look",), ("Table", "Sound"))
"""Which sections stand below each other."""
CHOICES: dict[str, tuple[object, ...]] = {
    "scale": SCALES,
    "animation": ANIMATION,
    "log": LOG,
    "panels": PANELS,
    "counters": COUNTERS,
    "volume": VOLUMES,
    "volume_fights": VOLUMES,
}
IN_PERCENT = ("scale", "volume", "volume_fights")


class SettingsScene(Board):
    """A row a setting, in two columns."""

    title = "Settings"

    def __init__(self, desk: Desk, save: Callable[[Settings], None] = save_settings) -> None:
        super().__init__(desk)
        self.first, self.save = desk.settings, save
        self._samples: list[pygame.Surface] = []

    def build(self) -> None:
        """A choice or a switch in each row, then the buttons."""
        desk = self.desk
        for (name, _, _), box in self._rows():
            wide = self._answer_width(box)
            tall = min(desk.px(34), box.height - desk.px(6))
            self.form.add(self._widget(name, pygame.Rect(box.right - wide, box.centery - tall // 2, wide, tall)))
        self.footer(
            [self.button("Back", self.back, key="Esc")],
            [
                self.button("Keys", lambda: self.go(Push(ToKeys()))),
                self.button("Defaults", lambda: self._take(Settings(full_screen=desk.settings.full_screen))),
            ],
        )

        self._samples = self._painted_samples()

    def _painted_samples(self) -> list[pygame.Surface]:
        """Counters as they look with the settings of now, with steps lost, poor supply and entrenchment."""
        theme = self.desk.theme
        painter = CounterPainter(theme, self.desk.fonts, load_symbols(theme.counters))
        faces = (
            UnitFace("red", "mech", "btn", 3, 3, 0, 9, 9, 8, "A"),
            UnitFace("red", "infantry", "btn", 2, 3, 1, 6, 9, 8, "B", "stretched"),
            UnitFace("yellow", "sof", "coy", 1, 1, 0, 1, 2, 9, "A", spent="moved"),
            UnitFace("yellow", "artillery", "bty", 1, 2, 0, 1, 1, 6, "B"),
            UnitFace("black", "infantry", "btn", 2, 2, 0, 4, 14, 7, "B", entrenched=1),
            UnitFace("black", "mobile", "coy", 1, 2, 0, 3, 2, 9, "B", "cut"),
            UnitFace("blue", "engineer", "coy", 1, 1, 0, 1, 2, 7, "B", spent="acted"),
        )
        return [painter.paint(face, self.desk.px(54)) for face in faces]

    def _answer_width(self, box: pygame.Rect) -> int:
        return min(self.desk.px(170), box.width * 2 // 5)

    def _lines(self) -> Iterator[tuple[str | Row, pygame.Rect]]:
        """Headings and rows with their places, column by column."""
        page = self.page
        sections = dict(SECTIONS)
        most = max(sum(len(sections[title]) for title in column) for column in COLUMNS)
        many, apart, head, edge = max(map(len, COLUMNS)), self.desk.px(20), self.desk.px(34), self.desk.px(16)
        tall = min(self.desk.px(52), (page.height - apart * (many - 1) - head * many - self.desk.px(10)) // most)
        wide = (page.width - self.desk.px(22)) // 2 - 2 * edge
        for number, column in enumerate(COLUMNS):
            left = page.x + edge if number == 0 else page.right - edge - wide
            y = page.y + self.desk.px(4)
            for title in column:
                y += apart if title != column[0] else 0
                yield title, pygame.Rect(left, y, wide, head)
                y += head
                for row in sections[title]:
                    yield row, pygame.Rect(left, y, wide, tall)
                    y += tall

    def _cards(self) -> list[pygame.Rect]:
        """The ground of each section; that of the look goes on below its rows, where counters are shown."""
        found: list[pygame.Rect] = []
        for line, box in self._lines():
            if isinstance(line, str):
                found.append(box.copy())
            else:
                found[-1].union_ip(box)
        edge, low = self.desk.px(16), self.desk.px(6)
        found[0].height = min(self.page.bottom - low, found[0].bottom + self.desk.px(76)) - found[0].y
        return [box.inflate(2 * edge, low) for box in found]

    def _rows(self) -> Iterator[tuple[Row, pygame.Rect]]:
        return ((line, box) for line, box in self._lines() if not isinstance(line, str))

    def _widget(self, name: str, rect: pygame.Rect) -> Widget:
        value = getattr(self.desk.settings, name)
        if name not in CHOICES:
            return Toggle(self.desk, rect, "On" if value else "Off", value, lambda on: self._set(name, on))
        values = CHOICES[name]
        shown = [say("{n}%", n=one) if name in IN_PERCENT else sentence(str(one)) for one in values]
        return Chooser(self.desk, rect, shown, values.index(value), lambda at: self._set(name, values[at]))

    def _set(self, name: str, value: object) -> None:
        self._take(replace(self.desk.settings, **{name: value}))  # type: ignore[arg-type]

    def _take(self, settings: Settings) -> None:
        before, self.desk.settings = self.desk.settings, settings
        apply(self.desk, before)
        self.resize()

    def paint(self, screen: pygame.Surface) -> None:
        """A card for each section, and what each row means."""
        desk, colours = self.desk, self.desk.theme.interface
        for box in self._cards():
            panel(screen, desk, box)
        for line, box in self._lines():
            if isinstance(line, str):
                y = box.bottom - desk.px(28)
                write(screen, desk, line, (box.x, y), 16, STRONG, colours.accent, box.width)
                pygame.draw.line(screen, colours.panel_edge, (box.x, box.bottom), (box.right, box.bottom), desk.px(1))
                continue
            room = box.width - self._answer_width(box) - desk.px(14)
            y = box.centery - desk.px(19)
            write(screen, desk, line[1], (box.x, y), 15, width=room)
            write(screen, desk, line[2], (box.x, y + desk.px(19)), 13, NARROW, colours.text_dim, room)
        self._paint_samples(screen)
        where = fitted(
            desk.fonts, say("Stored in {file}", file=settings_path()), BODY, desk.px(12), self.page.width // 2
        )
        y = desk.size[1] - desk.px(46)
        x = (desk.size[0] - desk.fonts.width(where, BODY, desk.px(12))) // 2
        write(screen, desk, where, (x, y), 12, BODY, colours.text_dim)

    def _paint_samples(self, screen: pygame.Surface) -> None:
        """Counters of now below the look, as many as there is room for."""
        desk = self.desk
        last = next(box for line, box in self._lines() if line == SECTIONS[0][1][-1])
        x, y = last.x, last.bottom + desk.px(14)
        for picture in self._samples:
            if x + picture.get_width() <= last.right and y + picture.get_height() <= self.page.bottom:
                screen.blit(picture, (x, y))
                x += picture.get_width() + desk.px(14)

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
    if dressed(now) is not dressed(before):
        desk.theme = dressed(now)
        desk.fonts = Fonts(desk.theme.fonts)
    if now.full_screen != before.full_screen:
        show_full_screen(desk, now.full_screen)
    if now.scale != before.scale:
        desk.scale = layout_scale(desk.size, now.scale)
