"""Every file of the scenario as text, with its problems marked; the map follows when one comes back to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import pygame

from game.scenario.files import FILES, MAP_TEXT
from game.scenario.reading import forces_name
from game.ui.editor.checks_panel import ChecksPanel
from game.ui.editor.drawn import Drawn
from game.ui.editor.text_pane import PaneMark, TextPane
from game.ui.kit.fonts import BODY
from game.ui.kit.lettering import write
from game.ui.kit.lists import ListBox
from game.ui.kit.widgets import Button
from game.ui.scene import Change, Desk, Push
from game.ui.scenes.board import Board
from game.ui.scenes.dialog import Prompt
from game.words import say
from game.workshop import EditText, Finding, Workshop

PAUSE = 0.5
"""Seconds after the last letter until the text counts and is checked."""
SLICE = 0.006


class TextStudio(Protocol):
    """What the pane asks of the editor."""

    workshop: Workshop
    drawn: Drawn | None

    def after_edit(self) -> None: ...
    def save(self, then: Callable[[], Change | None] | None = None) -> None: ...
    def say(self, words: str, bad: bool = False) -> None: ...


class TextScene(Board):
    """The files at the left, the text in the middle, what the check says below."""

    title = ""

    def __init__(self, desk: Desk, studio: TextStudio, file: str, line: int = 0) -> None:
        super().__init__(desk)
        self.studio, self.workshop = studio, studio.workshop
        self.file = file if file in self.files() else self.files()[0]
        self.pane = TextPane(desk, pygame.Rect(0, 0, 1, 1), self._text(), self._typed)
        self.checks = ChecksPanel(desk, pygame.Rect(0, 0, 1, 1), self._jump, self._jump)
        self.list: ListBox | None = None
        self.told, self.sought = "", ""
        self._waits: float | None = None
        self._checking = True
        self._mouse = (-1, -1)
        self._line = line
        self._edited = False

    def files(self) -> list[str]:
        """Files that there are, then those that there could be."""
        there = list(self.workshop.files())
        factions = self.studio.drawn.factions if self.studio.drawn is not None else ()
        wanted = (*(file.name for file in FILES), MAP_TEXT, *(forces_name(faction) for faction in factions))
        return there + [name for name in wanted if name not in there]

    def _text(self) -> str:
        """The text of the file; what it would begin with while there is none."""
        return self.workshop.text(self.file) if self.file in self.workshop.files() else first_lines(self.file)

    # --- layout -----------------------------------------------------------------------------------------------

    @property
    def page(self) -> pygame.Rect:
        """The room for list, text and check."""
        wide, tall = self.desk.size
        edge = self.desk.px(14)
        top, bottom = self.desk.px(44), self.desk.px(64)
        return pygame.Rect(edge, top, max(1, wide - 2 * edge), max(1, tall - top - bottom))

    def build(self) -> None:
        """List, text, check, buttons."""
        desk, page = self.desk, self.page
        wide, low = min(desk.px(220), page.width // 4), min(desk.px(150), page.height // 3)
        there = self.workshop.files()
        rows = [(name if name in there else say("{name}  (none yet)", name=name), "") for name in self.files()]
        box = pygame.Rect(page.x, page.y, wide, page.height - low - desk.px(8))
        self.list = ListBox(desk, box, rows, self._choose, row_points=28)
        self.list.chosen = self.files().index(self.file)
        left = page.x + wide + desk.px(10)
        self.pane.rect = pygame.Rect(left, page.y, page.right - left, box.height)
        self.checks.rect = pygame.Rect(page.x, page.bottom - low, page.width, low)
        self.form.add(self.pane)
        self.form.add(self.list)
        self.footer(
            [self.button("Back to the map", self.back, key="Esc")],
            [self.button("Find", self._ask, key="Ctrl+F"), self.button("Save", self._save, key="Ctrl+S")],
        )
        if self._line:
            self.pane.go_to(self._line)
            self._line = 0
        self._mark()

    def footer(self, left: Sequence[Button], right: Sequence[Button]) -> None:
        """Lower and nearer to the edge than on other boards: the text needs the room."""
        tall, gap, x = self.desk.px(38), self.desk.px(10), self.page.x
        y = self.desk.size[1] - self.desk.px(12) - tall
        for button in left:
            button.rect = pygame.Rect(x, y, self.button_width(button), tall)
            x = button.rect.right + gap
        x = self.page.right
        for button in reversed(right):
            button.rect = pygame.Rect(x - self.button_width(button), y, self.button_width(button), tall)
            x = button.rect.x - gap
        for button in (*left, *right):
            self.form.add(button)

    # --- what one does ----------------------------------------------------------------------------------------

    def _choose(self, row: int) -> None:
        name = self.files()[row]
        if name != self.file:
            self.open(name)

    def open(self, name: str, line: int = 0, column: int = 1) -> None:
        """Show another file."""
        self.take()
        if name != self.file:
            self.file = name
            self.pane.load(self._text())
        if line:
            self.pane.go_to(line, column)
        self.form.focus = 0
        if self.list is not None and self.list.chosen != self.files().index(name):
            self.list.chosen = self.files().index(name)
        self._mark()

    def _typed(self, text: str) -> None:
        self._waits = PAUSE

    def take(self) -> None:
        """What was typed counts from now on."""
        if self._waits is None:
            return
        self._waits = None
        text = self.pane.buffer.text
        if text == self._text():
            return
        why = self.workshop.do(EditText(self.file, text))
        self.told = why or ""
        self._edited = self._checking = True
        self.checks.show(self.checks.findings, True)

    def back(self) -> None:
        """To the map, which shows what the texts say now."""
        self.take()
        if self._edited:
            self.studio.after_edit()
        super().back()

    def _save(self) -> None:
        self.take()
        self.studio.save()
        self.told = "" if self.workshop.dirty else "saved"

    def _ask(self) -> None:
        def find(words: str) -> Change | None:
            self.sought = words
            self._find()
            return None

        self.go(
            Push(
                Prompt(
                    self.desk,
                    self,
                    "Find",
                    "Words to look for in this file; F3 goes to the next place.",
                    self.sought,
                    "Find",
                    find,
                )
            )
        )

    def _find(self) -> None:
        if self.pane.buffer.find(self.sought):
            self.told = ""
            self.pane.show_caret()
        elif self.sought:
            self.told = say("“{sought}” does not occur in this file", sought=self.sought)

    def _jump(self, finding: Finding) -> None:
        if finding.file in self.files():
            self.open(finding.file, finding.problem.line, finding.problem.column)

    # --- events -----------------------------------------------------------------------------------------------

    def handle(self, event: pygame.event.Event) -> Change | None:
        """The check's list and the wheel first, then the rest as on every board."""
        if event.type == pygame.MOUSEMOTION:
            self._mouse = event.pos
        elif event.type == pygame.MOUSEWHEEL:
            self._wheel(event)
            return None
        elif event.type == pygame.MOUSEBUTTONDOWN and self.checks.handle(event):
            return self._taken()
        return super().handle(event)

    def _wheel(self, event: pygame.event.Event) -> None:
        if self.pane.rect.collidepoint(self._mouse):
            self.pane.wheel(event.y)
        elif self.checks.rect.collidepoint(self._mouse):
            self.checks.scroll(-event.y)

    def key(self, event: pygame.event.Event) -> bool:
        """Keys of the pane come before those of the form: Tab indents there."""
        control = bool(event.mod & (pygame.KMOD_CTRL | pygame.KMOD_META))
        acts: dict[int, Callable[[], None]] = {pygame.K_s: self._save, pygame.K_f: self._ask}
        if control and event.key in acts:
            acts[event.key]()
            return True
        if event.key in (pygame.K_F2, pygame.K_F3):
            self.back() if event.key == pygame.K_F2 else self._find()
            return True
        return self.form.focus == 0 and self.pane.handle(event, True)

    def update(self, seconds: float) -> Change | None:
        """After a pause the text counts; then the check goes on a little at a time."""
        if self._waits is not None:
            self._waits -= seconds
            if self._waits <= 0:
                self.take()
        elif self._checking:
            until = pygame.time.get_ticks() + SLICE * 1000
            while self._checking and pygame.time.get_ticks() <= until:
                self._checking = self.workshop.check_step()
            if not self._checking:
                self.checks.show(self.workshop.problems(), False)
                self._mark()
        return super().update(seconds)

    def _mark(self) -> None:
        """Mark the places of this file that the check speaks of."""
        if self._waits is not None or self._checking:
            return
        marks: dict[int, list[PaneMark]] = {}
        for one in self.workshop.problems():
            if one.file == self.file and one.problem.line > 0:
                mark = PaneMark(one.problem.column - 1, one.problem.width, one.problem.severity)
                marks.setdefault(one.problem.line - 1, []).append(mark)
        self.pane.marks = {row: tuple(found) for row, found in marks.items()}

    def paint(self, screen: pygame.Surface) -> None:
        """The name of the file, and what the check says."""
        desk, colours = self.desk, self.desk.theme.interface
        row, column = self.pane.buffer.caret
        write(screen, desk, self.file, (self.page.x, desk.px(12)), 18, width=self.page.width // 2)
        words = say("line {line}, column {column}", line=row + 1, column=column + 1)
        if self.workshop.dirty:
            words = say("line {line}, column {column}, not saved", line=row + 1, column=column + 1)
        words = self.told or words
        wide = desk.fonts.width(words, BODY, desk.px(13))
        write(screen, desk, words, (self.page.right - wide, desk.px(16)), 13, BODY, colours.text_dim)
        self.checks.draw(screen, self._mouse)


def first_lines(file: str) -> str:
    """What a file begins with that is not there yet."""
    faction = file.removeprefix("forces/").removesuffix(".yaml") if file.startswith("forces/") else ""
    if file == MAP_TEXT:
        return "# One line of symbols a row; docs/scenario-format.md lists them.\n"
    return f"format: 1\nfaction: {faction}\nunits: []\n" if faction else "format: 1\n"
