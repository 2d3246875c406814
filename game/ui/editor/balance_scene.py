"""The balance of what stands in the workshop: games in the background with a bar, then what they come to."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pygame

from game.faults import Fault
from game.ui.editor.balance_front import BalanceSide, paint_aside, questions
from game.ui.editor.balance_run import BalanceRun
from game.ui.kit.fonts import BODY
from game.ui.kit.reading import Leaf, Prose
from game.ui.kit.tabs import Tab, Tabs
from game.ui.scene import Change, Desk
from game.ui.scenes.board import Board
from game.words import count, say

GAMES = (5, 10, 20, 50, 100)
LOOK_EVERY = 0.25
"""Seconds between two looks at how far the games are."""


class BalanceScene(Board):
    """How many games, then a bar, then the report. ``begin`` starts that many games of the workshop."""

    title = "Balance"

    def __init__(self, desk: Desk, begin: Callable[[int], BalanceRun], sides: Sequence[BalanceSide] = ()) -> None:
        super().__init__(desk)
        self._begin, self.sides = begin, tuple(sides)
        self.run: BalanceRun | None = None
        self.prose: Prose | None = None
        self.number = 1
        self.played = 0
        self._text = ""
        self._seconds = self._looked = 0.0

    def build(self) -> None:
        """The questions or the report, and below them the number of games or the bar."""
        desk = self.desk
        left, self.prose = self.page, None
        if self._text:
            self.prose = Prose(desk, left, self._text, 15, always=True)
            self.form.add(self.prose)
        else:
            left.width -= self._aside.width + desk.px(12)
            self.form.add(Leaf(desk, left, lambda wide: questions(desk, wide), always=True))
        if self.run is not None:
            self.footer([self.button("Stop", self.stop, key="Esc")], [])
            return
        play = self.button(say("Play anew") if self._text else say("Play them"), self.play, key="Enter", gold=True)
        back = self.button("Back", self.back, key="Esc")
        self.footer([back], [play])
        gap = desk.px(12)
        wide = min(desk.px(110) * len(GAMES), play.rect.x - back.rect.right - 2 * gap)
        box = pygame.Rect(play.rect.x - gap - wide, play.rect.y, max(1, wide), play.rect.height)
        many = [Tab(str(n), note=count(n, "game", "games")) for n in GAMES]
        self.focus_on(self.form.add(Tabs(desk, box, many, self.number, self._choose)))

    @property
    def _aside(self) -> pygame.Rect:
        """The room for the sides and the chart, beside the words on what this is."""
        page = self.page
        wide = page.width * 42 // 100
        return pygame.Rect(page.right - wide, page.y, wide, page.height)

    def paint(self, screen: pygame.Surface) -> None:
        """Before there is a report: whose chances are asked for, and how sure so many games make it."""
        if not self._text:
            paint_aside(screen, self.desk, self._aside, self.sides, GAMES, self.number)

    def _choose(self, number: int) -> None:
        self.number = number

    def play(self) -> None:
        """Begin the games."""
        if self.run is not None:
            return
        self.played, self._seconds, self._looked = 0, 0.0, 0.0
        try:
            self.run = self._begin(GAMES[self.number])
        except (Fault, OSError) as fault:
            self._show(say("# The games cannot be played\n\n{why}", why=fault))
            return
        self.resize()

    def stop(self) -> None:
        """Call the games off."""
        if self.run is not None:
            self.run.stop()
            self.run = None
            self._show(
                count(self.played, "# Called off\n\nAfter {n} game.", "# Called off\n\nAfter {n} games.",
                      none=say("# Called off\n\nBefore the first game was over."))
            )  # fmt: skip

    def _show(self, text: str) -> None:
        self._text = text
        self.resize()

    def back(self) -> None:
        """Esc calls the games off; the next one leaves."""
        if self.run is not None:
            self.stop()
        else:
            super().back()

    def key(self, event: pygame.event.Event) -> bool:
        """Enter plays; F6, which opened this, leaves."""
        if event.key in (pygame.K_RETURN, pygame.K_KP_ENTER) and self.run is None:
            self.play()
            return True
        if event.key == pygame.K_F6:
            self.back()
            return True
        return False

    def update(self, seconds: float) -> Change | None:
        """Look how far the games are."""
        run = self.run
        if run is not None:
            self._seconds += seconds
            self._looked += seconds
            if self._looked >= LOOK_EVERY:
                self._looked = 0.0
                self.played = run.done
                if run.look():
                    self.run = None
                    self._show(run.report or say("# The games cannot be played\n\n{why}", why=run.problem))
        return self._taken()

    @property
    def words(self) -> str:
        """How far the games are, and how long they will take yet."""
        if self.run is None:
            return ""
        of = self.run.games
        if not self.played:
            return count(of, "The first of {n} game is being played…", "The first of {n} games is being played…")
        left = round(self._seconds / self.played * (of - self.played))
        time = count(left, "about {n} second", "about {n} seconds") if left < 100 else (
            count(round(left / 60), "about {n} minute", "about {n} minutes")
        )  # fmt: skip
        return say("{done} of {of} games are played; {time} to go.", done=self.played, of=of, time=time)

    def draw(self, screen: pygame.Surface) -> None:
        """The form, and the bar while games are played."""
        super().draw(screen)
        if self.run is None:
            return
        desk, colours = self.desk, self.desk.theme.interface
        tall = desk.px(42)
        x = self.margin + desk.px(190)
        box = pygame.Rect(x, desk.size[1] - desk.px(18) - tall, desk.size[0] - self.margin - x, tall)
        pygame.draw.rect(screen, colours.raised, box, border_radius=desk.px(5))
        share = box.copy()
        share.width = box.width * self.played // self.run.games
        if share.width:
            pygame.draw.rect(screen, colours.raised.mixed(colours.accent, 45), share, border_radius=desk.px(5))
        pygame.draw.rect(screen, colours.panel_edge, box, max(1, desk.px(1)), border_radius=desk.px(5))
        face = desk.fonts.text(self.words, BODY, desk.px(15), colours.text)
        screen.blit(face, face.get_rect(center=box.center))
