"""The balance of what stands on the bench: games in the background with a bar, then what they come to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt

import pygame

from game.faults import Fault
from game.scenario.world import World
from game.ui.editor.balance_run import BalanceRun
from game.ui.kit.fonts import BODY, NARROW, STRONG
from game.ui.kit.lettering import panel, write
from game.ui.kit.reading import Prose
from game.ui.kit.widgets import Chooser
from game.ui.scene import Change, Desk
from game.ui.scenes.board import Board, badge
from game.words import count, percent, say

GAMES = (5, 10, 20, 50, 100)
LOOK_EVERY = 0.25
"""Seconds between two looks at how far the games are."""

ABOUT = """# Does every side have its chance?

The game plays your scenario as it stands here, unsaved changes included. An AI player sits in every seat.

The report says:

- how often each side wins, and how often it is level with history or better
- what that costs each side in steps and in harm to civilians
- who takes the objectives first, and when
- which levels of victory would bring each side level with history in half of the games

Few games say little: the chart shows how far a share of 50% can be from the truth. The command `balance` plays as many
games as you like, on all cores, and also tries other rule numbers.
"""
SPREAD = 1.96
"""Standard deviations of an interval that holds the truth 19 times of 20."""
FRAME = 14
"""Points between the edge of the panel of sides and what stands in it."""


@dataclass(frozen=True, slots=True)
class BalanceSide:
    """A faction whose chances are asked for: its look, its name, and how many units it has."""

    look: str
    name: str
    units: int


def sides_of(world: World) -> tuple[BalanceSide, ...]:
    """The factions of a world, in their order."""
    owners = world.roster.faction
    return tuple(BalanceSide(one.look, one.name, owners.count(n)) for n, one in enumerate(world.factions))


def half_spread(games: int) -> float:
    """How far from a half the true share may lie when half of the games were won (Wilson's interval)."""
    return SPREAD / (2 * sqrt(games + SPREAD**2))


class BalanceScene(Board):
    """How many games, then a bar, then the report. ``begin`` starts that many games of the bench."""

    title = "Balance"

    def __init__(self, desk: Desk, begin: Callable[[int], BalanceRun], sides: Sequence[BalanceSide] = ()) -> None:
        super().__init__(desk)
        self._begin, self.sides = begin, tuple(sides)
        self.run: BalanceRun | None = None
        self.prose: Prose | None = None
        self.number = 1
        self.played = 0
        self._text = ABOUT
        self._seconds = self._looked = 0.0

    def build(self) -> None:
        """The text, and below it the number of games or the bar."""
        desk = self.desk
        left = self.page
        left.width -= self._aside.width + desk.px(12) if self._text == ABOUT else 0
        self.prose = Prose(desk, left, self._text, 15, always=True)
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

    @property
    def _aside(self) -> pygame.Rect:
        """The room for the sides and the chart, beside the words on what this is."""
        page = self.page
        wide = page.width * 42 // 100
        return pygame.Rect(page.right - wide, page.y, wide, page.height)

    def paint(self, screen: pygame.Surface) -> None:
        """Before there is a report: whose chances are asked for, and how sure so many games make it."""
        if self._text != ABOUT:
            return
        desk, colours, box = self.desk, self.desk.theme.interface, self._aside
        panel(screen, desk, box)
        inner = box.inflate(-2 * desk.px(FRAME), -2 * desk.px(FRAME))
        y = inner.y + write(screen, desk, say("Sides"), inner.topleft, 18, STRONG, colours.accent) + desk.px(6)
        side = desk.px(26)
        for one in self.sides:
            badge(screen, desk.theme.livery(one.look), pygame.Rect(inner.x, y, side, side))
            units = desk.fonts.text(count(one.units, "{n} unit", "{n} units"), NARROW, desk.px(13), colours.text_dim)
            screen.blit(units, (inner.right - units.get_width(), y + desk.px(5)))
            room = inner.width - side - units.get_width() - desk.px(20)
            write(screen, desk, one.name, (inner.x + side + desk.px(10), y + desk.px(3)), 14, STRONG, width=room)
            y += side + desk.px(8)
        y += desk.px(12)
        y += write(screen, desk, say("How sure a share of 50% is"), (inner.x, y), 18, STRONG, colours.accent) + desk.px(
            8
        )
        for number, games in enumerate(GAMES):
            self._paint_spread(screen, pygame.Rect(inner.x, y, inner.width, desk.px(30)), games, number == self.number)
            y += desk.px(30)
        note = say("Of 20 such intervals, 19 hold the true share.")
        write(screen, desk, note, (inner.x, y + desk.px(6)), 13, NARROW, colours.text_dim, inner.width)

    def _paint_spread(self, screen: pygame.Surface, row: pygame.Rect, games: int, chosen: bool) -> None:
        """One number of games: its interval on a line of 0 to 100%."""
        desk, colours = self.desk, self.desk.theme.interface
        if chosen:
            pygame.draw.rect(screen, colours.panel.mixed(colours.accent, 14), row, border_radius=desk.px(4))
        ink = colours.text if chosen else colours.text_dim
        middle = row.centery
        write(
            screen,
            desk,
            count(games, "{n} game", "{n} games"),
            (row.x + desk.px(8), middle - desk.px(9)),
            14,
            NARROW,
            ink,
        )
        line = pygame.Rect(row.x + desk.px(90), middle, max(1, row.width - desk.px(200)), desk.px(2))
        screen.fill(colours.panel_edge, line)
        far = half_spread(games)
        left, right = (round(line.x + line.width * (0.5 + way * far)) for way in (-1, 1))
        bar = pygame.Rect(left, middle - desk.px(4), right - left, desk.px(10))
        pygame.draw.rect(
            screen, colours.accent if chosen else colours.accent.mixed(colours.panel, 55), bar, border_radius=desk.px(4)
        )
        pygame.draw.rect(screen, colours.text, (line.centerx - 1, middle - desk.px(6), desk.px(2), desk.px(14)))
        words = say("{low} to {high}", low=percent(round(100 * (0.5 - far))), high=percent(round(100 * (0.5 + far))))
        face = desk.fonts.text(words, NARROW, desk.px(13), ink)
        screen.blit(face, (row.right - desk.px(8) - face.get_width(), middle - face.get_height() // 2))

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
