"""Dialogs: a message, a question, a line of text to give, and a notice while something is made ready.

A dialog shows the scene beneath it under a veil and answers once: Esc takes the answer that changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pygame

from game.faults import Fault
from game.ui.kit.clipboard import put_into_clipboard
from game.ui.kit.fonts import STRONG
from game.ui.kit.lettering import panel, write
from game.ui.kit.lists import TextField
from game.ui.kit.prose import set_page
from game.ui.kit.reading import Prose
from game.ui.scene import Change, Desk, Pop, Replace, Scene
from game.ui.scenes.board import ENTER, Below, Board
from game.words import say

Act = Callable[[], Change | None]
"""What an answer does; None closes the dialog."""

WIDE, NARROW = 720, 520


class Dialog(Board):
    """A box over the scene beneath. ``answers`` are texts with what they do; the last one is what Esc takes."""

    def __init__(
        self, desk: Desk, below: Scene | None, title: str, text: str, answers: Sequence[tuple[str, Act]], *,
        wide: bool = False, copy: bool = False, danger: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(desk)
        self.heading, self.text, self.answers = title, text, list(answers)
        self.wide, self.copy, self.danger = wide, copy, danger
        self.below = Below(below)
        self.box = pygame.Rect(0, 0, 1, 1)
        self.field: TextField | None = None

    def back(self) -> None:
        """The answer that changes nothing."""
        self.answer(len(self.answers) - 1)

    def answer(self, number: int) -> None:
        """Take an answer."""
        self.go(self.answers[number][1]() or Pop())

    def build(self) -> None:
        """The box as high as its text, but within the window."""
        desk, (across, down) = self.desk, self.desk.size
        edge = desk.px(22)
        wide = min(desk.px(WIDE if self.wide else NARROW), across - desk.px(24))
        inside = wide - 2 * edge
        tall = set_page(desk.fonts, self.text, inside - desk.px(18), desk.px(15)).height if self.text else 0
        others = desk.px(62) + self.extra() + desk.px(76)
        tall = min(tall, max(desk.px(40), down - desk.px(40) - others))
        self.box = pygame.Rect((across - wide) // 2, (down - others - tall) // 2, wide, others + tall)
        top = self.box.y + desk.px(58)
        text = Prose(desk, pygame.Rect(self.box.x + edge, top, inside, tall), self.text, framed=False, always=True)
        self._buttons(edge)
        self.add_extra(pygame.Rect(self.box.x + edge, top + tall, inside, self.extra()))
        self.form.add(text)
        self.below.forget()

    def extra(self) -> int:
        """Room for more between text and buttons."""
        return 0

    def add_extra(self, room: pygame.Rect) -> None:
        """Put more between text and buttons."""

    def _buttons(self, edge: int) -> None:
        tall, gap = self.desk.px(40), self.desk.px(10)
        y, x = self.box.bottom - edge - tall + self.desk.px(4), self.box.right - edge
        buttons = [self.button(text, lambda n=n: self.answer(n)) for n, (text, _) in enumerate(self.answers)]  # type: ignore[misc]
        for button in reversed(buttons):
            button.rect = pygame.Rect(x - self.button_width(button), y, self.button_width(button), tall)
            x = button.rect.x - gap
        for button in buttons:
            self.form.add(button)
        if self.copy:
            copy = self.button("Copy the text", self.copy_text)
            copy.rect = pygame.Rect(self.box.x + edge, y, self.button_width(copy), tall)
            self.form.add(copy)

    def copy_text(self) -> None:
        """Put the text into the clipboard."""
        put_into_clipboard(f"{self.heading}\n\n{self.text}")

    def draw(self, screen: pygame.Surface) -> None:
        """The veil, the box, then the form."""
        desk, colours = self.desk, self.desk.theme.interface
        screen.fill(colours.background)
        self.below.paint(screen, desk)
        panel(screen, desk, self.box)
        if self.danger:
            pygame.draw.rect(screen, colours.danger_ground, self.box.inflate(-2, -2), border_radius=desk.px(5))
            pygame.draw.rect(screen, colours.danger, self.box, max(1, desk.px(1)), border_radius=desk.px(5))
        bar = colours.danger if self.danger else colours.accent
        pygame.draw.rect(screen, bar, (self.box.x + desk.px(1), self.box.y + desk.px(8), desk.px(4), desk.px(38)))
        at = (self.box.x + desk.px(22), self.box.y + desk.px(16))
        write(screen, desk, self.heading, at, 18, STRONG, width=self.box.width - desk.px(44))
        self.form.draw(screen)


def message(desk: Desk, below: Scene | None, title: str, text: str, *, danger: bool = False) -> Dialog:
    """Something to be told."""
    return Dialog(desk, below, title, text, [("Close", lambda: None)], wide=len(text) > 300, copy=True, danger=danger)


def question(
    desk: Desk,
    below: Scene | None,
    title: str,
    text: str,
    yes: str,
    act: Act,
    no: str = "Cancel",
    *,
    danger: bool = False,
) -> Dialog:
    """Something to be decided. The focus lies on the answer that changes nothing."""
    asked = Dialog(desk, below, title, text, [(yes, act), (no, lambda: None)], danger=danger)
    asked.form.focus = 1
    return asked


def fault_message(desk: Desk, below: Scene | None, title: str, fault: Fault) -> Dialog:
    """What went wrong outside the game, and the remedy."""
    text = fault.message + (say("\n\n**What to do:** {remedy}", remedy=fault.remedy) if fault.remedy else "")
    return message(desk, below, title, text, danger=True)


class Prompt(Dialog):
    """A line of text to give."""

    def __init__(
        self, desk: Desk, below: Scene | None, title: str, text: str, value: str, yes: str,
        act: Callable[[str], Change | None], limit: int = 60,
    ) -> None:  # fmt: skip
        self.value, self.limit = value, limit
        super().__init__(desk, below, title, text, [(yes, lambda: act(self.value)), ("Cancel", lambda: None)])

    def extra(self) -> int:
        """The field."""
        return self.desk.px(52)

    def add_extra(self, room: pygame.Rect) -> None:
        """The field, with the keyboard at first."""
        box = pygame.Rect(room.x, room.y + self.desk.px(6), room.width, self.desk.px(38))
        self.field = TextField(self.desk, box, self.value, self._typed, self.limit)
        self.form.widgets.insert(0, self.field)

    def _typed(self, text: str) -> None:
        self.value = text
        self.form.widgets[1].enabled = bool(text.strip())

    def key(self, event: pygame.event.Event) -> bool:
        """Enter in the field takes the first answer."""
        if event.key in ENTER and self.form.focus == 0 and self.value.strip():
            self.answer(0)
            return True
        return False


class Waiting(Board):
    """A notice while the next scene is made, which may take a second. A fault becomes a message over ``back_to``.

    ``make`` is asked in each frame until it gives the next scene, so that the window stays alive; with ``share`` a bar
    says how much is done, and Esc leaves it at that.
    """

    def __init__(
        self, desk: Desk, text: str, make: Callable[[], Change | None], back_to: Scene | None, trouble: str,
        share: Callable[[], float] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(desk)
        self.text, self.make, self.back_to, self.trouble, self.share = text, make, back_to, trouble, share
        self.below = Below(back_to)
        self._updates = 0
        self._left = False

    def handle(self, event: pygame.event.Event) -> Change | None:
        """Nothing to do but wait, or to leave where that takes longer."""
        if self.share is not None and event.type == pygame.KEYDOWN and event.key == pygame.K_ESCAPE:
            self._left = True
        return None

    def update(self, seconds: float) -> Change | None:
        """Go to work in the second frame, when the notice stands on the screen."""
        self._updates += 1
        if self._left:
            return Pop()
        if self._updates < 2:
            return None
        try:
            return self.make()
        except Fault as fault:
            return Replace(fault_message(self.desk, self.back_to, self.trouble, fault))

    def draw(self, screen: pygame.Surface) -> None:
        """The notice on a card over the screen that was left, with the bar where there is one."""
        desk, colours = self.desk, self.desk.theme.interface
        screen.fill(colours.background)
        self.below.paint(screen, desk)
        face = desk.fonts.text(self.text, STRONG, desk.px(18), colours.text)
        card = pygame.Rect(0, 0, max(desk.px(380), face.get_width() + desk.px(60)), desk.px(96))
        card.center = (desk.size[0] // 2, desk.size[1] // 2)
        panel(screen, desk, card)
        screen.fill(colours.accent, (card.x, card.y, card.width, desk.px(3)))
        screen.blit(face, face.get_rect(center=(card.centerx, card.centery - desk.px(10 if self.share else 0))))
        if self.share is not None:
            bar = pygame.Rect(0, 0, card.width - desk.px(60), desk.px(8))
            bar.midtop = (card.centerx, card.centery + desk.px(14))
            pygame.draw.rect(screen, colours.raised, bar, border_radius=desk.px(4))
            bar.width = round(bar.width * self.share())
            pygame.draw.rect(screen, colours.accent, bar, border_radius=desk.px(4))
