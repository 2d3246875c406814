"""The table: the map of a game in progress, what one seat sees on it, and the orders a person gives.

The scene strings chapters together and knows no rule: mouse and keys (``input``, ``keys``, ``intentions``), orders and
undo (``giving``), plans (``standing``), panels (``pages``), what lies on the map (``map_desk``), saves (``keeping``),
who sits at it (``sitting``), and the turns of AI players (``turns``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pygame

from game import engine
from game import orders as od
from game.faults import Fault
from game.plans import Plan
from game.session import Entry, Session
from game.state.tables import State
from game.ui import clicks, overlays
from game.ui import selection as sel
from game.ui.camera import hex_centre
from game.ui.kit.still import StillShown
from game.ui.mapview.arrows import Arrow
from game.ui.panels.log_panel import LogPanel
from game.ui.reach_view import FIRST_TURNS
from game.ui.scene import Change, Desk, Push
from game.ui.selection import NOTHING, Selection
from game.ui.settings import save_settings
from game.ui.table import leading
from game.ui.table.chain import Chains
from game.ui.table.chronicle import Chronicle
from game.ui.table.coach import Coach
from game.ui.table.coach_card import CoachCard
from game.ui.table.consulting import Consulting
from game.ui.table.context_menu import ContextMenu
from game.ui.table.dialogs import OverMap
from game.ui.table.fan import StackFan
from game.ui.table.giving import OrderGiving
from game.ui.table.input import TableInput
from game.ui.table.keeping import Keeping
from game.ui.table.layout import TableLayout, lay_out
from game.ui.table.map_desk import MapDesk
from game.ui.table.page_painter import PagePainter
from game.ui.table.pages import Pages
from game.ui.table.places import ToPause, ToResult
from game.ui.table.recalling import Recalling
from game.ui.table.reel import Reel
from game.ui.table.reload import reload
from game.ui.table.seats import Seats
from game.ui.table.sitting import Sitting
from game.ui.table.stage import Stage
from game.ui.table.standing import StandingOrders
from game.ui.table.tip_card import TipCard
from game.ui.table.turns import Playback
from game.ui.worldview import idle_rows, map_picture
from game.words import say, sentence

NOTICE_SECONDS = 4.0
ENDS = ".…?!"
"""What a sentence ends with."""


def as_notice(words: str) -> str:
    """Words as a whole sentence, even where they are a reason that elsewhere follows a colon."""
    return sentence(words) if not words or words[-1] in ENDS else f"{sentence(words)}."


class TableScene:
    """One game at the table. ``seats`` maps each faction number to "human" or the name of a player.

    ``folder`` is where its scenario lies; without it, it is looked for by its id when it is to be read again.
    """

    def __init__(
        self, desk: Desk, session: Session, *, seats: Mapping[int, str], folder: Path | None = None, note: str = ""
    ) -> None:
        self.desk, self.session, self.folder = desk, session, folder
        self.places = Seats(session, seats)
        self.seat = self.places.first()
        self.curtain = self.places.shared
        self.chronicle = Chronicle(session)
        self.playback = Playback(desk)
        self.stage = Stage(desk)
        self.chains, self.standing = Chains(), StandingOrders(self)
        self.coach, self.card, self.fan = Coach(self), CoachCard(desk), StackFan(desk)
        self.tips = TipCard(desk)
        self.giving, self.keeping, self.consulting = OrderGiving(self), Keeping(self), Consulting(self)
        self.recalling = Recalling(self)
        self.selection: Selection = NOTHING
        self.done: set[str] = set()
        self.hover = -1
        self.edition = 0
        self.turns_shown = FIRST_TURNS
        self.notice, self._notice_left = "", 0.0
        self.dialog: OverMap | None = None
        self.reel: Reel | None = None
        self.pending: Change | None = None
        self.view = self.see(session.state)
        self.layout: TableLayout = lay_out(desk)
        self._ground = session.state.world.terrain
        self.board = MapDesk(desk, map_picture(session.state.world), self.layout)
        self.board.shown = overlays.shown_at_first(session.world)
        self.pages = Pages(desk)
        self.painter = PagePainter(desk, self.pages)
        self.still = StillShown()
        self.log = LogPanel(desk, self.layout.log)
        self.input = TableInput(self)
        self.refresh()
        self.sitting = Sitting(self)
        self.board.look_at_own(self.view.state, self.seat)
        self.coach.look()
        if note:
            self.say(note)

    # --- what others may ask and set --------------------------------------------------------------------------

    @property
    def seats(self) -> Mapping[int, str]:
        """Who plays each faction."""
        return self.places.seats

    def set_seat(self, faction: int, text: str) -> None:
        """Give a faction to a person ("human") or to a player by name; raises ValueError for an unknown one."""
        self.sitting.set_seat(faction, text)

    @property
    def playing(self) -> bool:
        """Whether the person at the table may give orders now."""
        return self.session.waiting_for_human and self.session.state.faction == self.seat and not self.curtain

    @property
    def mouse(self) -> tuple[int, int]:
        """Where the mouse is in the window."""
        return self.input.mouse

    @property
    def rested(self) -> float:
        """Seconds since the mouse moved."""
        return self.input.rested

    @property
    def acted(self) -> bool:
        """Whether a key or button was pressed since then."""
        return self.input.acted

    @property
    def watching(self) -> bool:
        """Whether no person plays at all."""
        return not self.places.humans

    @property
    def seen_by(self) -> str:
        """Whose view it is, where nobody plays."""
        return self.session.world.factions[self.seat].adjective

    @property
    def sees_all(self) -> bool:
        """Whether nothing is hidden, in a game that has ended."""
        return False

    @property
    def recorded(self) -> bool:
        """Whether the game at the table is over and done with, and only looked at."""
        return False

    def see(self, state: State) -> engine.View:
        """What is seen of a moment at this table."""
        return engine.view(state, self.seat)

    def refresh(self) -> None:
        """The game has moved on: a new view, and everything that is drawn from it."""
        self.view = self.see(self.session.state)
        if self.session.state.world.terrain is not self._ground:
            self._ground = self.session.state.world.terrain
            self.board.change_map(map_picture(self.session.state.world))
        self.selection = sel.kept(self.view.state, self.seat, self.selection)
        if isinstance(self.dialog, ContextMenu):
            self.dialog = None
        self.edition += 1
        if not self.curtain:
            self.board.show(self)
            self.show_log()

    def show_log(self) -> None:
        """The lines of the seat, single marches left out when the player wants it brief."""
        self.log.show(self.chronicle.lines(self.seat), brief=self.desk.settings.log == "brief")

    def keep_setting(self, **changes: object) -> None:
        """Change a setting of the player and keep it; where that fails it holds for this game."""
        self.desk.settings = replace(self.desk.settings, **changes)  # type: ignore[arg-type]
        with suppress(Fault):
            save_settings(self.desk.settings)

    def say(self, words: str) -> None:
        """A short notice over the map."""
        self.notice, self._notice_left = as_notice(words), NOTICE_SECONDS

    # --- selection and orders ---------------------------------------------------------------------------------

    def select(self, selection: Selection) -> None:
        """Take another selection; the reach shows at once."""
        if selection != self.selection:
            self.selection, self.turns_shown, self.board.arrows = selection, FIRST_TURNS, ()
            self.board.show_selection(self)

    def take_step(self, step: clicks.Step) -> None:
        """What a click made of the selection: show it, say why not, and give the order if there is one."""
        self.giving.take_step(step)

    def give_all(self, orders: Sequence[od.Order], plans: Sequence[Plan] = ()) -> int:
        """Give orders in one go, as long as nothing unforeseen happens; one undo takes them back. Tells how many."""
        return self.giving.give_all(orders, plans)

    def give(self, order: od.Order) -> bool:
        """Give an order to the session; a refusal becomes a notice."""
        return self.giving.give(order)

    def give_planned(self, order: od.Order) -> bool:
        """Give an order that a plan stands for; whether it was accepted."""
        return self.giving.give_planned(order)

    def undo(self) -> None:
        """Take back the last order, or say why that is not possible."""
        self.giving.undo()

    def redo(self) -> None:
        """Give the order again that was taken back last."""
        self.giving.redo()

    def plans_changed(self) -> None:
        """What was resolved for later turns has changed: the panels and the map show it."""
        self.refresh()

    def open_context(self, here: int, at: tuple[int, int]) -> None:
        """The menu of what can be done at a hex, opened at a point of the window."""
        leading.open_context(self, here, at)

    def next_unit(self, back: bool = False) -> None:
        """Take the next unit that can still do something."""
        state = self.view.state
        done = self.done | self.standing.resting
        rows = tuple(row for row in idle_rows(state, self.seat) if state.world.roster.id[row] not in done)
        if not rows:
            self.say(say("No unit can do anything more. Ctrl+Enter ends the turn."))
            return
        self.select(sel.following(self.view.state, self.seat, self.selection, rows, back))
        self.board.bring_into_sight(self.selection.hex)

    def look_at(self, here: int) -> None:
        """Show a hex: select what is there and bring it into sight."""
        if here >= 0:
            self.select(sel.look(self.view.state, self.seat, NOTHING, here))
            self.board.bring_into_sight(here, always=True)

    def follow(self, here: int, arrows: tuple[Arrow, ...]) -> None:
        """Bring what just happened into sight."""
        self.board.bring_into_sight(here)
        self.refresh()
        self.board.arrows = arrows

    # --- turns ------------------------------------------------------------------------------------------------

    def ask_end_turn(self) -> None:
        """End the turn, after the checklist when the player wants it and something is open."""
        self.sitting.ask_end_turn()

    def watch(self) -> None:
        """The view of the next faction, when nobody plays."""
        self.sitting.watch()

    def open_seat(self, faction: int) -> None:
        """A person has taken the seat at the table: show that person's view and what happened meanwhile."""
        self.sitting.open_seat(faction)

    def remember(self, before: State, entry: Entry) -> None:
        """Another player has given an order."""
        self.recalling.remember(before, entry)

    def come_home(self) -> None:
        """Home: the map shows the selected unit, else the thick of the seat's troops."""
        if self.selection.hex >= 0 and self.selection.unit:
            self.board.bring_into_sight(self.selection.hex, always=True)
        else:
            self.board.look_at_own(self.view.state, self.seat)

    def reload(self) -> None:
        """Ctrl+R: the scenario's files are read again."""
        if not self.curtain:
            self.pending = reload(self)

    def go_back(self, session: Session) -> None:
        """An earlier moment of this game, as the coach has kept it."""
        self.chronicle.forget_after(len(session.entries))
        self.selection, self.dialog, self.reel, self.chains = NOTHING, None, None, Chains()
        self.done.clear()
        self.take(session, dict(self.seats), same_game=True)

    def light_up(self, hexes: tuple[int, ...]) -> None:
        """Bring hexes into sight, the first of them at least."""
        for here in reversed(hexes):
            self.board.bring_into_sight(here)

    @property
    def overlays_shown(self) -> frozenset[str]:
        """Names of the overlays on the map."""
        return self.board.shown

    def take(self, session: Session, seats: Mapping[int, str], *, same_game: bool) -> None:
        """Go on with another session in the same view; ``same_game`` when its orders are those of the old one."""
        here, seat = self.session.world, self.session.world.factions[self.seat].id
        if here is not session.world:
            here.forget()
        self.session, self.places = session, Seats(session, seats)
        self.keeping.started_anew()
        self.seat = session.world.faction_row.get(seat, self.places.first())
        if not same_game:
            self.chronicle = Chronicle(session)
            self.reel = None
        same_map = (here.grid.columns, here.grid.rows) == (session.world.grid.columns, session.world.grid.rows)
        if not same_map:
            self.selection, self.hover = NOTHING, -1
        self.sitting.started_anew(same_game, same_map)
        self.playback = Playback(self.desk)
        self.recalling.started_anew(same_game)
        self.board.change_map(map_picture(session.state.world))
        self.board.arrows = ()
        self.pages.clear()
        self.painter.clear()
        self.refresh()

    def left(self) -> None:
        """The game is left; its scenario may live on in the library or in the next game."""
        self.session.world.forget()

    def update(self, seconds: float) -> Change | None:
        """Let time pass: the map glides, players play, seats change."""
        self.still.time_passes()
        self.pages.time_passes(self)
        self._notice_left -= seconds
        if self._notice_left <= 0:
            self.notice = ""
        self.input.pass_time(seconds)
        self.board.update(seconds)
        self.board.days.pass_time(self, seconds)
        self.stage.update(seconds)
        self.recalling.retell()
        if self.pending is None:
            self.go_on(seconds)
            self.fan.look(self)
            self.tips.look(self)
            if self.reel is not None:
                self.reel.update(seconds)
        change, self.pending = self.pending, None
        if change is not None:
            self.still.forget()  # what comes now paints over the window, and may show the table beneath it
        return change

    def go_on(self, seconds: float) -> None:
        """The game goes on: turns open and are kept, players play, the coach and the staff look on."""
        self.keeping.autosave()
        if self.standing.begin():
            self.recalling.show_reel()
        self.sitting.move_on(seconds)
        self.coach.look()
        self.consulting.look()

    # --- the scene --------------------------------------------------------------------------------------------

    def handle(self, event: pygame.event.Event) -> Change | None:
        """Answer one event."""
        self.input.handle(event)
        self.coach.look()
        change, self.pending = self.pending, None
        return change

    def open_menu(self) -> None:
        """The pause menu."""
        self.pending = Push(ToPause(self))

    def report(self, chapter: int = 0) -> Change:
        """Aims, dates against history and ledgers of the seat."""
        return leading.report(self, chapter)

    def result(self) -> ToResult:
        """How the game ended, with its course as far as it is told."""
        return leading.result(self)

    def unit_list(self) -> Change:
        """The units of the seat in a list."""
        return leading.unit_list(self)

    def resize(self) -> None:
        """The window has a new size, or the table has it again."""
        self.input.forget()
        self.layout = lay_out(self.desk, self.pages.drawer)
        self.board.resize(self.layout)
        self.pages.clear()
        self.painter.clear()
        self.still.forget()
        self.log.place(self.layout.log)
        if not self.curtain:
            self.board.show(self)
            self.show_log()

    def draw(self, screen: pygame.Surface) -> None:
        """The map, and the panels around it. While the seat changes hands nothing of the game shows."""
        still, board = self.still, self.board
        if self.curtain:
            still.forget()
            self.painter.draw_curtain(screen, self)
            return
        lids = self._lids()
        board.legend_card.place(board.legends, board.map.camera, board.stacks, lids)
        board.map.lids = (*lids, board.legend_card.rect) if board.legends else lids
        board.map.scars, board.map.stacks = self.stage.scars, self.stage.stacks(board.stacks)
        shown = self.reel.line if self.reel is not None else None
        board.told_at = shown.hex if shown is not None else -1
        still.begin(screen)
        board.draw(screen, still, self.mouse)
        if self.stage.running or self.input.box is not None:
            with still.over(self.layout.map):
                self.stage.draw(screen, board.map)
                self.input.draw(screen)
        self.painter.draw(screen, self, still)
        self.card.place(self)
        if self.card.rect.width:
            with still.over(screen.get_rect()):
                self.card.draw(screen, self)
        if self.fan.rect.width:
            with still.over(self.layout.map):
                self.fan.draw(screen, self, self.pages.portraits)
        if self.tips.tip is not None:
            self.tips.draw(screen, self)
            still.spoil(self.tips.rect)

    def _lids(self) -> tuple[pygame.Rect, ...]:
        """What lies over the map like its frame: no name is cut by it."""
        reel = (self.reel.rect,) if self.reel is not None else ()
        tip = (self.tips.rect,) if self.tips.tip is not None else ()
        return tuple(one for one in (*reel, self.card.rect, *tip) if one.width > 1)

    def point_of(self, here: int) -> tuple[int, int]:
        """Where the middle of a hex is in the window, for tests and for those who steer the table from outside."""
        x, y = self.board.map.camera.to_screen(hex_centre(self.board.map.picture.columns, here))
        return round(x), round(y)
