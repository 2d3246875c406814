"""The strip of a recorded game: the reel of all that happened, over a track of its turns that can be scrubbed.

A block of the track is a turn, with a part for each faction in its colour; what has been read of the game is bright.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable

import pygame

from game.records import EVERYTHING
from game.ui.kit.fonts import NARROW, NARROW_STRONG
from game.ui.kit.lettering import fitted, panel
from game.ui.panels.log_panel import LogLine
from game.ui.scene import Desk
from game.ui.scenes.board import badge
from game.ui.table.film import Film
from game.ui.table.reel import Reel
from game.words import say

TALL, TRACK, NUMBERED = 82, 30, 16
"""In points: the strip, its track of turns, and the width of a block from which its number stands in it."""
EYES = 128
LEAST_PACE = 0.15
"""Seconds that a line stays at least, also where nothing is shown of the turns of others."""


class ReplayStrip(Reel):
    """Winds a recorded game. ``wind`` shows a moment (orders given until then) and what happened in it."""

    signs = ("turn-back", "phase-back", "back", "next", "on", "phase-on", "turn-on", "list", "cancel")
    tips = (
        say("Back one turn (page up)"),
        say("Back to the start of a faction's turn (Shift+,)"),
        say("Previous event (,)"),
        say("Play or pause (Space)"),
        say("Next event (.)"),
        say("Forward to the next faction's turn (Shift+.)"),
        say("Forward one turn (page down)"),
        say("All events up to now"),
        say("Leave the replay (Esc)"),
    )
    tall, foot = TALL, TRACK

    def __init__(
        self, desk: Desk, film: Film, wind: Callable[[int, LogLine | None, bool], None], leave: Callable[[], None],
        other_eyes: Callable[[], None],
    ) -> None:  # fmt: skip
        self.film, self.wind, self.leave, self.other_eyes = film, wind, leave, other_eyes
        self.eyes = film.showing.eyes[0]
        self.moment = 0
        """Orders that have been given by now."""
        self.pause = 1.0
        """Seconds that a line stays, as the player likes it."""
        super().__init__(desk, [], self._nothing, film.showing.name)
        self._told: list[int] = []
        self._counted = 0
        self.look_through(self.eyes)

    def _nothing(self, line: LogLine) -> None:
        """A line is shown by winding the game to it."""

    # --- what there is to see ---

    def look_through(self, eyes: int) -> None:
        """The lines of another faction, or of everything; the moment stays."""
        self.eyes, self.lines = eyes, self.film.chronicle.lines(eyes)
        self._told, self._counted = [], 0
        self.read()
        self._at = self._number_at(self.moment)

    def read(self) -> None:
        """More of the game has been played again."""
        for number in range(self._counted, len(self.lines)):
            if self.lines[number].kind != "turn":
                self._told.append(number)
        self._counted = len(self.lines)

    def _entry(self, number: int) -> int:
        return self.lines[self._told[number]].entry

    def _number_at(self, moment: int) -> int:
        """The last line of what had happened by a moment, -1 for none."""
        return bisect_left(self._told, moment, key=lambda line: self.lines[line].entry) - 1

    @property
    def line(self) -> LogLine | None:
        """The line that is shown."""
        return self.lines[self._told[self._at]] if 0 <= self._at < len(self._told) else None

    @property
    def where(self) -> str:
        """Turn and faction of the moment."""
        phase = self.film.phases[self.film.phase_at(self.moment)]
        army = self.film.world.factions[phase.faction].adjective
        return say("Turn {n}, {army}", n=phase.turn, army=army)

    @property
    def pace(self) -> float:
        """Seconds that a line stays while the game plays."""
        return max(LEAST_PACE, self.pause)

    # --- winding ---

    def _to(self, number: int) -> None:
        if not self._told:
            return
        forward = number == self._at + 1
        self._at = max(0, min(number, len(self._told) - 1))
        self.moment = self._entry(self._at) + 1
        self.wind(self.moment, self.line, forward)

    def step(self, by: int) -> None:
        """Show the next or the former event; before the first is the opening of the game."""
        if self._at + by < 0 and self.moment > 0:
            self.go_to(0)
        elif self._told:
            self._to(max(0, min(len(self._told) - 1, self._at + by)))

    def go_to(self, moment: int) -> None:
        """Wind to a moment, with the event that had happened last."""
        self.moment = max(0, min(moment, self.film.length))
        self._at = self._number_at(self.moment)
        self.wind(self.moment, None, False)

    def step_phase(self, by: int) -> None:
        """To the start of a faction's turn: of this one, or the one before when it is shown; or of the next."""
        film = self.film
        here = film.phase_at(self.moment)
        goal = here + 1 if by > 0 else here if self.moment > film.phases[here].orders else here - 1
        self.go_to(film.phases[max(0, goal)].orders if goal < len(film.phases) else film.length)

    def step_turn(self, by: int) -> None:
        """To the start of a turn: of this one, or the one before when it is shown; or of the next."""
        film = self.film
        turn = film.phases[film.phase_at(self.moment)].turn
        starts = {phase.turn: phase.orders for phase in reversed(film.phases)}
        goal = turn + 1 if by > 0 else turn if self.moment > starts[turn] else turn - 1
        self.go_to(starts.get(max(goal, min(starts)), film.length))

    def play(self) -> None:
        """Let the game pass, from its opening when it has come to its end; or stop."""
        if not self.playing and self.film.done and self._at >= len(self._told) - 1:
            self.go_to(0)
        self.playing, self._waited = not self.playing, self.pace

    def update(self, seconds: float) -> None:
        """Let time pass: while it plays, one event after the other."""
        if not self.playing:
            return
        self._waited += seconds
        if self._waited < self.pace:
            return
        if self._at < len(self._told) - 1:
            self._waited = 0.0
            self.step(1)
        elif self.film.done:
            self.playing = False
            self.go_to(self.film.length)

    def delay(self, seconds: float) -> None:
        """What shows now takes so long at least."""
        self._waited = min(self._waited, self.pace - seconds)

    # --- hands ---

    def handle(self, event: pygame.event.Event) -> bool | None:
        """As the reel; it stays until one leaves the replay, and further keys go by turns."""
        if event.type == pygame.KEYDOWN:
            shift = bool(event.mod & pygame.KMOD_SHIFT)
            if event.key in (pygame.K_COMMA, pygame.K_PERIOD):
                self.playing, way = False, 1 if event.key == pygame.K_PERIOD else -1
                self.step_phase(way) if shift else self.step(way)
            elif event.key in (pygame.K_PAGEUP, pygame.K_PAGEDOWN):
                self.playing = False
                self.step_turn(1 if event.key == pygame.K_PAGEDOWN else -1)
            elif event.key == pygame.K_SPACE:
                self.play()
            else:
                return None
            return False
        if event.type == pygame.MOUSEBUTTONDOWN and event.button == 1 and self._eyes_box().collidepoint(event.pos):
            self.other_eyes()
            return False
        return super().handle(event)

    def _push(self, sign: str) -> bool:
        """A button is pressed."""
        way = 1 if sign.endswith("on") else -1
        if sign in ("phase-on", "phase-back"):
            self.playing = False
            self.step_phase(way)
        elif sign in ("turn-on", "turn-back"):
            self.playing = False
            self.step_turn(way)
        elif sign == "cancel":
            self.leave()
        else:
            return super()._push(sign)
        return False

    def _scrub(self, x: int) -> None:
        """To the moment under the mouse, as far as the game has been read."""
        self.playing = False
        self.go_to(self.moment_at(x))

    # --- the track ---

    def _track(self) -> pygame.Rect:
        rect, desk = self.rect, self.desk
        return pygame.Rect(rect.x + desk.px(8), rect.bottom - desk.px(TRACK - 4), rect.width - desk.px(16), desk.px(20))

    def _block(self, number: int) -> pygame.Rect:
        """The block of a turn, from 0."""
        track, many = self._track(), max(1, self.film.world.turns)
        left, right = (track.x + track.width * n // many for n in (number, number + 1))
        return pygame.Rect(left, track.y, max(1, right - left - 1), track.height)

    def _part(self, phase: int) -> pygame.Rect:
        """The part of a faction's turn in its block."""
        one = self.film.phases[phase]
        order = self.film.world.sequence
        block, place = self._block(one.turn - 1), order.index(one.faction)
        left, right = (block.x + block.width * n // len(order) for n in (place, place + 1))
        return pygame.Rect(left, block.y, max(1, right - left), block.height)

    def moment_at(self, x: int) -> int:
        """The moment at a point of the track."""
        film = self.film
        for phase in range(len(film.phases)):
            part = self._part(phase)
            if x < part.right:
                start, end = film.phases[phase].orders, film.end_of(phase)
                return start + round((end - start) * max(0, x - part.x) / max(1, part.width - 1))
        return film.length

    def x_of(self, moment: int) -> int:
        """Where a moment is on the track."""
        phase = self.film.phase_at(moment)
        part, start, end = self._part(phase), self.film.phases[phase].orders, self.film.end_of(phase)
        return part.x + round((part.width - 1) * (moment - start) / max(1, end - start))

    def _paint_ticks(self, screen: pygame.Surface) -> None:
        desk, colours, film = self.desk, self.desk.theme.interface, self.film
        now = film.phases[film.phase_at(self.moment)].turn
        for number in range(film.world.turns):
            screen.fill(colours.raised, self._block(number))
        low = desk.px(6)
        for phase, one in enumerate(film.phases):
            part = self._part(phase)
            ink = desk.theme.livery(film.world.factions[one.faction].look).tint
            screen.fill(ink, (part.x, part.bottom - low, part.width, low))
        for number in range(film.world.turns):
            block = self._block(number)
            if number + 1 == now:
                pygame.draw.rect(screen, colours.accent, block, max(1, desk.px(1)))
            if block.width >= desk.px(NUMBERED) or number + 1 == now or (number + 1) % 5 == 0:
                role = NARROW_STRONG if number + 1 == now else NARROW
                ink = colours.text if number < film.phases[-1].turn else colours.text_dim
                face = desk.fonts.text(str(number + 1), role, desk.px(12), ink)
                if face.get_width() <= block.width:
                    screen.blit(face, face.get_rect(midtop=(block.centerx, block.y - desk.px(1))))
        cursor = pygame.Rect(0, 0, desk.px(4), self._track().height + desk.px(4))
        cursor.center = (self.x_of(self.moment), self._track().centery)
        pygame.draw.rect(screen, colours.text, cursor, border_radius=desk.px(2))
        self._paint_eyes(screen)

    # --- whose eyes ---

    def buttons(self) -> list[pygame.Rect]:
        """Those of the reel, closer to each other."""
        boxes = super().buttons()
        for number in range(1, len(self.signs) - self.at_right):
            boxes[number].x = boxes[number - 1].right + self.desk.px(3)
        return boxes

    def _words_end(self, button: pygame.Rect) -> int:
        """The words end before the button with whose eyes one looks through."""
        return min(button.x, self._eyes_box().x)

    def _eyes_box(self) -> pygame.Rect:
        """The button with whose eyes one looks through; it needs none where they are the only ones."""
        desk, last = self.desk, self.buttons()[-2]
        if len(self.film.showing.eyes) < 2:
            return pygame.Rect(last.x, last.y, 0, last.height)
        wide = desk.px(EYES)
        return pygame.Rect(last.x - desk.px(5) - wide, last.y, wide, last.height)

    def _paint_eyes(self, screen: pygame.Surface) -> None:
        desk, colours, box = self.desk, self.desk.theme.interface, self._eyes_box()
        if not box.width:
            return
        panel(screen, desk, box)
        x, side = box.x + desk.px(6), box.height - desk.px(10)
        if self.eyes != EVERYTHING:
            livery = desk.theme.livery(self.film.world.factions[self.eyes].look)
            badge(screen, livery, pygame.Rect(x, box.y + desk.px(5), side, side))
            x += side + desk.px(6)
        size = desk.px(13)
        words = fitted(desk.fonts, self.eyes_words, NARROW, size, box.right - x - desk.px(6))
        face = desk.fonts.text(words, NARROW, size, colours.text)
        screen.blit(face, (x, box.centery - face.get_height() // 2))

    @property
    def eyes_words(self) -> str:
        """Whose eyes one looks through."""
        if self.eyes == EVERYTHING:
            return say("Everything")
        return self.film.world.factions[self.eyes].adjective

    def tip_at(self, at: tuple[int, int]) -> str:
        """What the button under the mouse does."""
        if self._eyes_box().collidepoint(at):
            return say("The side whose view you see. Click for the next side (Tab).")
        if self._track().collidepoint(at):
            return say("Click or drag to go to a moment of the game.")
        return super().tip_at(at)
