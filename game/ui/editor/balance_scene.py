"""The balance of what stands on the bench: games in the background with a bar, then what they come to."""

from __future__ import annotations

from collections.abc import Callable

import pygame

from game.faults import Fault
from game.ui.editor.balance_run import BalanceRun
from game.ui.kit.fonts import BODY
from game.ui.kit.reading import Prose
from game.ui.kit.widgets import Chooser
from game.ui.scene import Change, Desk
from game.ui.scenes.board import Board
from game.words import count, say

GAMES = (5, 10, 20, 50, 100)
LOOK_EVERY = 0.25
"""Seconds between two looks at how far the games are."""

ABOUT = """# Does every side have its chance?

The game plays the scenario against itself, as it stands here, unsaved changes included: every seat by the player that
the scenario names. From the games it tells how often each side wins and is level with history, what that costs it, who
takes the prizes first, and which bands would bring each side level with history in half of the games.

Few games say little: with 10 a share of 50% may as well be 24% or 76%. The figures carry their intervals. The command
`balance` plays as many games as you like, on all cores, and screens rule numbers.
"""


class BalanceScene(Board):
    """How many games, then a bar, then the report. ``begin`` starts that many games of the bench."""

    title = "Balance"

    def __init__(self, desk: Desk, begin: Callable[[int], BalanceRun]) -> None:
        super().__init__(desk)
        self._begin = begin
        self.run: BalanceRun | None = None
        self.prose: Prose | None = None
        self.number = 1
        self.played = 0
        self._text = ABOUT
        self._seconds = self._looked = 0.0

    def build(self) -> None:
        """The text, and below it the number of games or the bar."""
        desk = self.desk
        self.prose = Prose(desk, self.page, self._text, 15, always=True)
        self.form.add(self.prose)
        if self.run is not None:
            self.footer([self.button("Stop", self.stop, key="Esc")], [])
            return
        names = [count(n, "{n} game", "{n} games") for n in GAMES]
        tall = desk.px(42)
        box = pygame.Rect(0, desk.size[1] - desk.px(18) - tall, desk.px(190), tall)
        again = say("Play them") if self._text == ABOUT else say("Play anew")
        play = self.button(again, self.play, key="Enter", gold=True)
        self.footer([self.button("Back", self.back, key="Esc")], [play])
        box.right = play.rect.x - desk.px(12)
        self.form.add(Chooser(desk, box, names, self.number, self._choose))

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
