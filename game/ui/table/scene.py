"""The table: the map of a game in progress, what one seat sees on it, and the orders a person gives.

The scene strings chapters together and knows no rule: it asks the engine on the seat's view, gives orders to the
session, and shows what came of it. Input is in :mod:`table_input`, panels in :mod:`table_pages`, what lies on the map
in :mod:`table_map`, the AI's turns in :mod:`table_turns`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pygame

from game import engine, records
from game import orders as od
from game.events import AttackResolved, Event
from game.faults import Fault
from game.plans import Plan
from game.scenario.world import World
from game.session import Session
from game.state.tables import State
from game.store import quick_save_name
from game.ui import overlays, pointing
from game.ui import selection as sel
from game.ui.camera import Camera, hex_centre
from game.ui.mapview.arrows import Arrow
from game.ui.panels.checklist import open_points
from game.ui.panels.hex_panel import hex_name
from game.ui.panels.log_panel import LogLine, LogPanel
from game.ui.reach_view import FIRST_TURNS
from game.ui.scene import Change, Desk, Push
from game.ui.selection import NOTHING, Selection
from game.ui.settings import save_settings
from game.ui.table.chain import Chains, surprise
from game.ui.table.chronicle import Chronicle
from game.ui.table.coach import Coach
from game.ui.table.coach_card import CoachCard
from game.ui.table.dialogs import Checklist, Reel
from game.ui.table.input import TableInput
from game.ui.table.layout import TableLayout, lay_out
from game.ui.table.map_desk import MapDesk
from game.ui.table.pages import Pages
from game.ui.table.places import ToPause, ToReport, ToSave, ToUnits
from game.ui.table.reload import reload
from game.ui.table.retelling import BUDGET, Retelling
from game.ui.table.seats import Seats
from game.ui.table.stage import Stage
from game.ui.table.standing import StandingOrders
from game.ui.table.turns import Playback
from game.ui.worldview import idle_rows, map_picture
from game.witness import Witness
from game.words import count, say

NOTICE_SECONDS = 4.0
STILL = 0.1
"""Seconds after which the mouse rests: then there is time for work that a hand would feel."""


def happened(events: Iterable[Event], told: Sequence[LogLine], world: World) -> str:
    """What an order brought, in a sentence for the notice; the log has the whole account."""
    for event in events:
        if isinstance(event, AttackResolved):
            return say(
                "{hex}: {result} (dice {roll}).", hex=hex_name(world, event.target), result=event.came, roll=event.roll
            )
    return next((line.text for line in told if len(line.text) < 160), "Done.")


def draw_selection_box(screen: pygame.Surface, desk: Desk, box: pygame.Rect) -> None:
    """The box that is being drawn around units."""
    ink = desk.theme.marks.selected
    veil = pygame.Surface(box.size, pygame.SRCALPHA)
    veil.fill(ink.faded(36))
    screen.blit(veil, box)
    pygame.draw.rect(screen, ink, box, max(1, desk.px(2)))


def _phase_of(session: Session) -> tuple[int, int]:
    return session.state.clock.turn, session.state.clock.active


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
        self.retelling = Retelling(session) if session.entries else None
        self.playback = Playback(desk)
        self.stage = Stage(desk)
        self.chains, self.standing = Chains(), StandingOrders(self)
        self.coach, self.card = Coach(self), CoachCard(desk)
        self.selection: Selection = NOTHING
        self.done: set[str] = set()
        self.hover = -1
        self.edition = 0
        self.turns_shown = FIRST_TURNS
        self.notice, self._notice_left = "", 0.0
        self.dialog: Checklist | None = None
        self.reel: Reel | None = None
        self.pending: Change | None = None
        self._looks: dict[int, tuple[Camera, frozenset[str]]] = {}
        """Where each person at a shared screen looked last, and what lay over the map."""
        self._told_end = False
        self._phase = _phase_of(session) if session.entries else (0, 0)
        self.view = engine.view(session.state, self.seat)
        self.layout: TableLayout = lay_out(desk)
        self._ground = session.state.world.terrain
        self.board = MapDesk(desk, map_picture(session.state.world), self.layout)
        self.board.shown = overlays.shown_at_first(session.world)
        self.pages = Pages(desk)
        self.log = LogPanel(desk, self.layout.log)
        self.input = TableInput(self)
        self.refresh()
        self._first_camera = self.board.map.camera
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
        self.places.set(faction, text)
        self.board.arrows = ()
        self.curtain = self.curtain and self.places.shared
        if not self.places.is_human(self.seat) and self.places.humans:
            self.curtain = self.places.shared
            self._sit(self.places.first())
        self.refresh()

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
    def watching(self) -> bool:
        """Whether no person plays at all."""
        return not self.places.humans

    def refresh(self) -> None:
        """The game has moved on: a new view, and everything that is drawn from it."""
        self.view = engine.view(self.session.state, self.seat)
        if self.session.state.world.terrain is not self._ground:
            self._ground = self.session.state.world.terrain
            self.board.change_map(map_picture(self.session.state.world))
        self.selection = sel.kept(self.view.state, self.seat, self.selection)
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
        self.notice, self._notice_left = words, NOTICE_SECONDS

    # --- selection and orders ---------------------------------------------------------------------------------

    def select(self, selection: Selection) -> None:
        """Take another selection; the reach shows at once."""
        if selection != self.selection:
            self.selection, self.turns_shown, self.board.arrows = selection, FIRST_TURNS, ()
            self.board.show_selection(self)

    def take_step(self, step: sel.Step) -> None:
        """What a click made of the selection: show it, say why not, and give the order if there is one."""
        self.select(step.selection)
        orders = (step.order, *step.more) if step.order is not None else ()
        if len(orders) > 1 or step.plans:
            self.give_all(orders, step.plans)
        elif orders:
            self.give(orders[0])
        if step.why:
            self.say(step.why)

    def give_all(self, orders: Sequence[od.Order], plans: Sequence[Plan] = ()) -> int:
        """Give orders in one go, as long as nothing unforeseen happens; one undo takes them back. Tells how many.

        ``plans`` are resolved if everything goes as it should.
        """
        if not self.playing:
            return 0
        kept, whole = self.standing.plans, True
        first, promised = len(self.session.entries), pointing.promised(self.view.state, orders)
        for number, order in enumerate(orders):
            if not self._give_one(order):
                whole = False
                break
            rest = orders[number + 1 :]
            sound = bool(rest) and isinstance(rest[0], od.Attack) and self._as_promised(rest[0], promised)
            why = surprise(self.session.entries[-1].events, self.seat, sightings=not sound)
            if rest and why:
                self.say(self._stopped(rest, why))
                whole = False
                break
        if plans and whole:
            self.standing.add(plans)
        self.chains.note(self.session, first, self.seat, kept)
        return len(self.session.entries) - first

    def _as_promised(self, attack: od.Attack, column: int) -> bool:
        """Whether an attack is no worse now than it was when it was offered."""
        state = self.view.state
        return engine.refusal(state, attack) is None and engine.odds(state, attack).known.column >= column

    def _stopped(self, rest: Sequence[od.Order], why: str) -> str:
        """What is said when orders that belong together are not all given; an attack stays prepared."""
        last = rest[-1]
        if isinstance(last, od.Attack) and len(rest) == 1:
            self.select(replace(self.selection.plain, mode="attack", target=last.target, attackers=last.units))
            return say("The attack waits: {why}. Look at the forecast, and order it or not.", why=why)
        return count(len(rest), "{n} order was not given: {why}.", "{n} orders were not given: {why}.", why=why)

    def give(self, order: od.Order) -> bool:
        """Give an order to the session; a refusal becomes a notice."""
        first, kept = len(self.session.entries), self.standing.plans
        given = self._give_one(order)
        if given:
            self.standing.overtaken(order)
            self.chains.note(self.session, first, self.seat, kept)
        return given

    def give_planned(self, order: od.Order) -> bool:
        """Give an order that a plan stands for; whether it was accepted."""
        first, kept = len(self.session.entries), self.standing.plans
        given = self._give_one(order, told=False)
        if given:
            self.chains.note(self.session, first, self.seat, kept)
        return given

    def plans_changed(self) -> None:
        """What was resolved for later turns has changed: the panels and the map show it."""
        self.refresh()

    def _give_one(self, order: od.Order, told: bool = True) -> bool:
        if not self.playing:
            return False
        before = self.session.state
        refusal = engine.refusal(self.view.state, order)
        if refusal is not None:
            self.say(str(refusal))
            self.desk.hear("refused")
            return False
        try:
            self.session.give(order)
        except engine.Refused as problem:
            self.say(str(problem.refusal))
            return False
        self._after_order(before, order, told)
        return True

    def _after_order(self, before: State, order: od.Order, told: bool) -> None:
        session = self.session
        number = len(session.entries) - 1
        self.chronicle.note(session, before)
        if isinstance(order, od.EndTurn):
            self.selection, self.playback.skipping = NOTHING, False
            self.stage.clear()
        witness = Witness(self.seat, before, session.state)
        self.stage.fought(self.view.state, self.board.stacks, witness, session.entries[number], own=True)
        self.stage.heard(Witness(self.seat, before, session.state), session.entries[number])
        self.board.arrows = ()
        if told and not isinstance(order, od.Move | od.EndTurn):
            self.say(happened(session.entries[number].events, self.chronicle.newest(self.seat, number), session.world))
        if told:
            self.refresh()
        else:  # one of many: whoever gives them shows what came of all
            self.view = engine.view(session.state, self.seat)

    def undo(self) -> None:
        """Take back the last order, or say why that is not possible."""
        if not self.playing:
            return
        undone, left = self.chains.undo(self.session)
        if not undone:
            why = self.session.why_no_undo() or say("you have given no order")
            self.say(say("Cannot undo: {why}.", why=why))
            return
        self.chronicle.forget_after(len(self.session.entries))
        words = count(undone, "Order undone.", "{n} orders undone.")
        if left:
            words = say("{undone} Cannot undo the others: {why}.", undone=words, why=self.session.why_no_undo())
        self.say(words)
        self.refresh()

    def redo(self) -> None:
        """Give the order again that was taken back last."""
        if not self.playing:
            return
        if self.chains.redo(self.session, lambda before: self.chronicle.note(self.session, before)):
            self.refresh()
        else:
            self.say(say("Nothing to redo."))

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
        if not self.playing:
            return
        resting = self.standing.resting
        items = open_points(self.view.state, self.seat, resting) if self.desk.settings.checklist else []
        if items:
            self.dialog = Checklist(
                self.desk, items, self._end_turn, lambda here: self.board.bring_into_sight(here, always=True)
            )
        else:
            self._end_turn(False)

    def _end_turn(self, never_again: bool) -> None:
        if never_again:
            self.keep_setting(checklist=False)
        self.reel = None
        self.standing.close()
        self.give(od.EndTurn())

    def _sit(self, faction: int) -> None:
        """Another seat looks at the table. Where the last one looked, and what was said to it, stays with it."""
        if self.places.shared:
            self._looks[self.seat] = self.board.map.camera, self.board.shown
        self.seat, self.selection, self.reel, self.dialog = faction, NOTHING, None, None
        self.board.arrows = ()
        self.notice, self.pages.scroll, self.turns_shown, self.hover = "", 0, FIRST_TURNS, -1
        self.done.clear()
        self.stage.clear()
        self.input.forget()

    def watch(self) -> None:
        """The view of the next faction, when nobody plays."""
        if self.watching:
            self._sit((self.seat + 1) % len(self.session.world.factions))
            self.say(say("View: {faction}.", faction=self.session.world.factions[self.seat].name))
            self.refresh()

    def open_seat(self, faction: int) -> None:
        """A person has taken the seat at the table: show that person's view and what happened meanwhile."""
        self._sit(faction)
        self.curtain = False
        camera, shown = self._looks.get(faction, (self._first_camera, overlays.shown_at_first(self.session.world)))
        if self.places.shared:
            self.board.shown = shown
        self.refresh()
        if self.places.shared:
            self.board.look_from(camera)
            self.board.look_at_own(self.view.state, faction, only_if_lost=faction in self._looks)
        self._begin_turn()

    def _begin_turn(self) -> None:
        self.playback.skipping = False
        self.done.clear()
        self.board.arrows, self.standing.told = (), []
        self._show_reel()
        self.board.look_at_own(self.view.state, self.seat, only_if_lost=True)

    def _show_reel(self) -> None:
        if self.coach.speaking:
            return  # what has happened is in the log; one voice is enough
        told = [LogLine(len(self.session.entries), "event", words, here) for words, here in self.standing.told]
        lines = [*told, *self.chronicle.since_last_turn(self.seat)]
        if lines and self.playing:
            title = (
                say("Since your last turn") if self.chronicle.has_played(self.seat) else say("What has happened so far")
            )
            self.reel = Reel(self.desk, lines, lambda here: self.board.bring_into_sight(here, always=True), title)

    def _autosave(self) -> None:
        """The start of each faction's turn is kept; where that fails, the player is told and the game goes on."""
        now, entries = _phase_of(self.session), self.session.entries
        if now == self._phase:
            return
        self._phase = now
        at_start = not entries or isinstance(entries[-1].order, od.EndTurn)
        if not at_start or not self.desk.settings.autosave or self.desk.testing or self.session.over:
            return
        try:
            records.autosave(self.session, records.autosaves_folder(), copy=self.desk.copy)
        except Fault as problem:
            self.say(say("No autosave: {why}", why=problem.message))

    def save_as(self) -> None:
        """Ctrl+S: the saved games, among which this one is to be kept under a name."""
        if not self.curtain and not self.session.over:
            self.pending = Push(ToSave(self.session, self.say))

    def come_home(self) -> None:
        """Home: the map shows the selected unit, else the thick of the seat's troops."""
        if self.selection.hex >= 0 and self.selection.unit:
            self.board.bring_into_sight(self.selection.hex, always=True)
        else:
            self.board.look_at_own(self.view.state, self.seat)

    def quick_save(self) -> None:
        """F5: one save of its own, written over each time."""
        name = quick_save_name(self.desk.copy)
        try:
            records.save_game(self.session, self._quick_path(), name=name)
        except Fault as problem:
            self.say(say("Not saved: {why}", why=problem.message))
        else:
            self.say(say("Saved. F9 loads this save."))

    def _quick_path(self) -> Path:
        return records.saves_folder() / records.safe_name(quick_save_name(self.desk.copy), records.SAVE_SUFFIX)

    def quick_load(self) -> None:
        """F9: the quick save, after a question."""
        path = self._quick_path()
        if path.exists():
            self.pending = self.places.load(self, path)
        else:
            self.say(say("There is no quick save yet. F5 makes one."))

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
        self.session, self.places, self._phase = session, Seats(session, seats), _phase_of(session)
        self.seat = session.world.faction_row.get(seat, self.places.first())
        if not same_game:
            self.chronicle = Chronicle(session)
            self.retelling = Retelling(session) if session.entries else None
            self.reel, self._told_end = None, False
        if (here.grid.columns, here.grid.rows) != (session.world.grid.columns, session.world.grid.rows):
            self.selection, self.hover = NOTHING, -1
        self.playback = Playback(self.desk)
        self.board.change_map(map_picture(session.state.world))
        self.board.arrows = ()
        self.pages.clear()
        self.refresh()

    def _retell(self) -> None:
        """The log of the turns before the game was loaded, a little in each frame in which the mouse rests."""
        if self.retelling is None or self.rested < STILL:
            return
        if not self.retelling.step(BUDGET * (3 if self.rested > 1.0 else 1)):
            return
        found, self.retelling = self.retelling, None
        if found.trouble:
            self.chronicle.note_to_all(found.trouble)
        else:
            self.chronicle.precede(found.chronicle)
        self.edition += 1
        if not self.curtain:
            self.show_log()
            if self.reel is None and self.playing and len(self.session.entries) == found.orders:
                self._show_reel()

    def update(self, seconds: float) -> Change | None:
        """Let time pass: the map glides, players play, seats change."""
        self._notice_left -= seconds
        if self._notice_left <= 0:
            self.notice = ""
        self.input.pass_time(seconds)
        self.board.update(seconds)
        self.stage.update(seconds)
        self._retell()
        if self.pending is None:
            self._autosave()
            if self.standing.begin():
                self._show_reel()
            self._move_on(seconds)
            self.coach.look()
        change, self.pending = self.pending, None
        return change

    def _move_on(self, seconds: float) -> None:
        session = self.session
        if session.over:
            self._finish()
            return
        if session.waiting_for_human:
            if self.curtain or session.state.faction != self.seat:
                self._change_seat(session.state.faction)
            return
        if self.places.shared:
            self.curtain = True
        waiting = self.playback.advance(self, seconds)
        if waiting and not self.curtain:
            self.refresh()
        if session.waiting_for_human and not self.curtain and session.state.faction == self.seat:
            self.refresh()
            self._begin_turn()

    def _change_seat(self, faction: int) -> None:
        if not self.places.shared:
            self.open_seat(faction)
            return
        self.curtain = True
        self.pending = self.places.hand_over(faction, lambda: self.open_seat(faction))

    def _finish(self) -> None:
        if self._told_end:
            return
        self._told_end, self.curtain = True, False
        self.refresh()
        self.pending = self.places.result()
        self.say(say("The game has ended."))

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
        return Push(ToReport(self.view, self.seat, self.chronicle.changes, chapter))

    def unit_list(self) -> Change:
        """The units of the seat in a list."""
        return Push(ToUnits(self.view, self.seat, self.standing.resting, self._take_from_list))

    def _take_from_list(self, unit: str) -> None:
        self.select(sel.choose(self.view.state, self.seat, unit))
        self.board.bring_into_sight(self.selection.hex, always=True)

    def resize(self) -> None:
        """The window has a new size, or the table has it again."""
        self.input.forget()
        self.layout = lay_out(self.desk, self.pages.drawer)
        self.board.resize(self.layout)
        self.pages.clear()
        self.log.place(self.layout.log)
        if not self.curtain:
            self.board.show(self)
            self.show_log()

    def draw(self, screen: pygame.Surface) -> None:
        """The map, and the panels around it. While the seat changes hands nothing of the game shows."""
        if self.curtain:
            self.pages.draw_curtain(screen, self)
            return
        self.board.map.scars, self.board.map.stacks = self.stage.scars, self.stage.stacks(self.board.stacks)
        self.board.draw(screen)
        self.stage.draw(screen, self.board.map)
        if self.input.box is not None:
            draw_selection_box(screen, self.desk, self.input.box)
        self.pages.draw(screen, self)
        self.card.draw(screen, self)

    def point_of(self, here: int) -> tuple[int, int]:
        """Where the middle of a hex is in the window, for tests and for those who steer the table from outside."""
        x, y = self.board.map.camera.to_screen(hex_centre(self.board.map.picture.columns, here))
        return round(x), round(y)
