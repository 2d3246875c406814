"""Who sits at the table as the game goes on: ends of turns, seats that change, where each person looked, the end."""

from __future__ import annotations

from typing import Protocol

from game import orders as od
from game.ui import free_memory, overlays
from game.ui.camera import Camera
from game.ui.panels.checklist import open_points
from game.ui.reach_view import FIRST_TURNS
from game.ui.scene import Push
from game.ui.selection import NOTHING
from game.ui.table import leading
from game.ui.table.dialogs import Checklist
from game.ui.table.input import TableInput
from game.ui.table.recalling import Recalling
from game.ui.table.steered import SteeredTable
from game.ui.table.turns import Audience
from game.words import say


class SittingTable(SteeredTable, Audience, Protocol):
    """What changing seats needs of the table."""

    input: TableInput
    recalling: Recalling

    def refresh(self) -> None: ...


class Sitting:
    """Seats one person after the other at one table. What one looked at and was told stays with that one."""

    def __init__(self, table: SittingTable) -> None:
        self.table = table
        self._first_camera = table.board.map.camera
        self._looks: dict[int, tuple[Camera, frozenset[str]]] = {}
        """Where each person at a shared screen looked last, and what lay over the map."""
        self._told_end = False

    def started_anew(self, same_game: bool, same_map: bool) -> None:
        """The table goes on with another session."""
        self._told_end = self._told_end and same_game
        if not same_map:
            self._looks.clear()

    def set_seat(self, faction: int, text: str) -> None:
        """Give a faction to a person ("human") or to a player by name; raises ValueError for an unknown one."""
        table = self.table
        table.places.set(faction, text)
        table.board.arrows = ()
        table.curtain = table.curtain and table.places.shared
        if not table.places.is_human(table.seat) and table.places.humans:
            table.curtain = table.places.shared
            self._sit(table.places.first())
        table.refresh()

    # --- the end of a turn ------------------------------------------------------------------------------------

    def ask_end_turn(self) -> None:
        """End the turn, after the checklist when the player wants it and something is open."""
        table = self.table
        if not table.playing:
            return
        resting = table.standing.resting
        items = open_points(table.view.state, table.seat, resting) if table.desk.settings.checklist else []
        if items:
            table.dialog = Checklist(
                table.desk, items, self.end_turn, lambda here: table.board.bring_into_sight(here, always=True)
            )
        else:
            self.end_turn(False)

    def end_turn(self, never_again: bool) -> None:
        """End it now; ``never_again``: without the checklist from now on."""
        table = self.table
        if never_again:
            table.keep_setting(checklist=False)
        table.reel = None
        table.tips.clear()
        table.recalling.forget(table.seat)
        table.standing.close()
        self._looks[table.seat] = table.board.map.camera, table.board.shown
        table.give(od.EndTurn())

    # --- another seat -----------------------------------------------------------------------------------------

    def _sit(self, faction: int) -> None:
        """Another seat looks at the table. Where the last one looked, and what was said to it, stays with it."""
        table = self.table
        if table.places.shared:
            self._looks[table.seat] = table.board.map.camera, table.board.shown
        table.seat, table.selection, table.reel, table.dialog = faction, NOTHING, None, None
        table.board.arrows, table.board.advised, table.board.advised_rings, table.board.history_day = (), (), (), ""
        table.board.days.stop()
        table.notice, table.pages.scroll, table.turns_shown, table.hover = "", 0, FIRST_TURNS, -1
        table.done.clear()
        table.stage.clear()
        table.fan.close()
        table.tips.clear()
        table.input.forget()

    def watch(self) -> None:
        """The view of the next faction, when nobody plays."""
        table = self.table
        if table.watching:
            self._sit((table.seat + 1) % len(table.session.world.factions))
            table.say(say("View: {faction}.", faction=table.session.world.factions[table.seat].name))
            table.refresh()

    def open_seat(self, faction: int) -> None:
        """A person has taken the seat at the table: show that person's view and what happened meanwhile."""
        table = self.table
        self._sit(faction)
        table.curtain = False
        camera, shown = self._looks.get(faction, (self._first_camera, overlays.shown_at_first(table.session.world)))
        if table.places.shared:
            table.board.shown = shown
        table.refresh()
        if table.places.shared:
            table.board.look_from(camera)
            table.board.look_at_own(table.view.state, faction, only_if_lost=faction in self._looks)
        self._begin_turn()

    def _begin_turn(self) -> None:
        table = self.table
        table.playback.skipping = False
        table.done.clear()
        table.board.arrows, table.standing.told = (), []
        table.recalling.show_reel()
        if table.seat in self._looks:  # others' marches have led it away
            table.board.look_from(self._looks[table.seat][0])
        table.board.look_at_own(table.view.state, table.seat, only_if_lost=True)
        free_memory.give_back()  # of the turns that others played; nobody moves the map in this moment

    # --- time -------------------------------------------------------------------------------------------------

    def move_on(self, seconds: float) -> None:
        """Let time pass: players play, seats change, the game ends."""
        table, session = self.table, self.table.session
        if session.over:
            self._finish()
            return
        if session.waiting_for_human:
            if table.curtain or session.state.faction != table.seat:
                self._change_seat(session.state.faction)
            return
        if table.places.shared:
            table.curtain = True
        waiting = table.playback.advance(table, seconds)
        if waiting and not table.curtain:
            table.refresh()
        if session.waiting_for_human and not table.curtain and session.state.faction == table.seat:
            table.refresh()
            self._begin_turn()

    def _change_seat(self, faction: int) -> None:
        table = self.table
        if not table.places.shared:
            self.open_seat(faction)
            return
        table.curtain = True
        ground = table.board.map.sheet.small_picture
        table.pending = table.places.hand_over(faction, lambda: self.open_seat(faction), ground)

    def _finish(self) -> None:
        table = self.table
        if self._told_end:
            return
        self._told_end, table.curtain = True, False
        table.refresh()
        table.pending = Push(leading.result(table))
        table.say(say("The game has ended."))
