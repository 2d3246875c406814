"""A recorded game at the table: wound on and back with the strip, seen through the eyes of a side, never changed."""

from __future__ import annotations

from game import engine
from game import orders as od
from game.records import EVERYTHING, Showing
from game.state.tables import State
from game.ui.mapview.fight import LENGTH
from game.ui.panels.log_panel import LogLine
from game.ui.scene import Change, Desk, Pop, Push
from game.ui.scenes.dialog import message
from game.ui.selection import NOTHING
from game.ui.table.film import Film
from game.ui.table.keeping import Keeping
from game.ui.table.replay_strip import ReplayStrip
from game.ui.table.scene import TableScene
from game.ui.table.stage import PACES
from game.ui.table.turns import Playback, seen_arrows
from game.words import say

BUDGET, BUSY = 0.008, 0.003
"""Seconds of a frame in which the game is read on: while the mouse rests, and while it moves."""
STILL = 0.1
ONLY_SHOWN = say("You are watching a recorded game: nothing in it can be changed, saved or loaded. Esc leaves it.")


class Projector(Playback):
    """The pace at which a recorded game passes; pausing it stops the strip."""

    def __init__(self, desk: Desk, strip: ReplayStrip) -> None:
        self.strip = strip
        super().__init__(desk)
        strip.playing = False

    @property
    def paused(self) -> bool:
        """Whether the game stands still."""
        return not self.strip.playing

    @paused.setter
    def paused(self, still: bool) -> None:
        if still == self.strip.playing:
            self.strip.play()


class ShownOnly(Keeping):
    """Nothing of a recorded game is kept: it lies in its file already."""

    def autosave(self) -> None:
        """No turn opens."""

    def save_as(self) -> None:
        """Ctrl+S."""
        self.table.say(ONLY_SHOWN)

    def quick_save(self) -> None:
        """F5."""
        self.table.say(ONLY_SHOWN)

    def quick_load(self) -> None:
        """F9."""
        self.table.say(ONLY_SHOWN)


class ReplayTable(TableScene):
    """A table at which a recorded game is shown. ``leaving`` is what Esc does."""

    def __init__(self, desk: Desk, showing: Showing, leaving: Change | None = None) -> None:
        self.film = Film(showing)
        self.eyes, self.leaving = showing.eyes[0], leaving or Pop()
        self._told_trouble = False
        super().__init__(desk, self.film.session(), seats=dict.fromkeys(range(len(showing.world.factions)), "hold"))
        self.keeping = ShownOnly(self)
        self.strip = ReplayStrip(desk, self.film, self.wind, self.leave, self.watch)
        self.playback = Projector(desk, self.strip)
        self.reel = self.strip
        self._look_through(self.eyes)
        self.board.look_at_own(self.view.state, self.seat)

    # --- what is seen -----------------------------------------------------------------------------------------

    @property
    def recorded(self) -> bool:
        """The game has been played already."""
        return True

    @property
    def sees_all(self) -> bool:
        """Whether one looks on as if one were everywhere."""
        return self.eyes == EVERYTHING

    @property
    def seen_by(self) -> str:
        """Whose eyes it is seen through."""
        return say("everything") if self.eyes == EVERYTHING else super().seen_by

    def see(self, state: State) -> engine.View:
        """What the side saw then, or all there was."""
        return engine.full_view(state, self.seat) if self.eyes == EVERYTHING else engine.view(state, self.seat)

    def show_log(self) -> None:
        """The latest lines up to the moment."""
        self.log.show(self.chronicle.lines(self.eyes), brief=self.desk.settings.log == "brief")

    def watch(self) -> None:
        """Tab: through the next eyes."""
        eyes = self.film.showing.eyes
        if len(eyes) < 2:
            self.say(say("The game goes on: you see it as {army} alone.", army=self.seen_by))
            return
        self._look_through(eyes[(eyes.index(self.eyes) + 1) % len(eyes)])
        self.say(say("View: {army}.", army=self.strip.eyes_words))

    def _look_through(self, eyes: int) -> None:
        self.eyes = eyes
        if eyes != EVERYTHING:
            self.seat = eyes
        self.selection, self.hover = NOTHING, -1
        self.strip.look_through(eyes)
        self.wind(self.strip.moment, None, False)

    def wind(self, moment: int, line: LogLine | None, forward: bool) -> None:
        """Show a moment, and what happened in it; ``forward`` from the event before, so that a fight is seen."""
        session, film = self.session, self.film
        former, stacks, phase = self.view.state, self.board.stacks, film.phase_at(len(session.entries))
        film.wind(session, moment)
        if self.eyes == EVERYTHING:
            self.seat = session.state.faction  # the panels tell of whoever is to play
        if not forward or film.phase_at(moment) != phase:
            self.stage.clear()
        self.chronicle = film.chronicle.until(session, moment)
        self.refresh()
        self.board.arrows = ()
        if line is None or moment < 1:
            return
        entry = film.entries[moment - 1]
        self.board.bring_into_sight(line.hex)
        self.board.arrows = seen_arrows(film.witness(self.eyes, self.seat, moment), entry, self.desk.theme)
        if forward:
            self.stage.heard(film.witness(self.eyes, self.seat, moment), entry)
            witness = film.witness(self.eyes, self.seat, moment)
            if self.stage.fought(former, stacks, witness, entry, own=False) is not None and self.stage.running:
                self.strip.delay(LENGTH / PACES[self.playback.speed])

    def go_on(self, seconds: float) -> None:
        """The game is read on, and told where its file is not true."""
        film = self.film
        if not film.done:
            film.read(BUDGET if self.rested > STILL else BUSY)
        self.strip.read()
        self.strip.pause = self.desk.settings.pace * 3
        if film.trouble and not self._told_trouble:
            self._told_trouble = True
            self.strip.playing = False
            self.pending = Push(message(self.desk, self, say("The recording ends early"), film.trouble, danger=True))

    # --- what cannot be done ----------------------------------------------------------------------------------

    def open_menu(self) -> None:
        """Esc: put down what is selected, else leave."""
        if self.selection != NOTHING:
            self.select(NOTHING)
        else:
            self.leave()

    def leave(self) -> None:
        """Back to where one came from."""
        self.pending = self.leaving

    def give(self, order: od.Order) -> bool:
        """No order is taken."""
        self.say(ONLY_SHOWN)
        return False

    def undo(self) -> None:
        """Nothing is taken back."""
        self.say(ONLY_SHOWN)

    def redo(self) -> None:
        """Nothing is given again."""
        self.say(ONLY_SHOWN)

    def reload(self) -> None:
        """The scenario of a recorded game is its own."""
        self.say(ONLY_SHOWN)
