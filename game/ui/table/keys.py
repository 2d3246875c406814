"""The keys of the table: what each of them asks of the scene."""

from __future__ import annotations

from collections.abc import Callable

import pygame

from game import engine
from game.scenario.calendar import spoken
from game.ui import clicks, order_kinds, overlays, targets
from game.ui import selection as sel
from game.ui.bindings import Bindings, chord_of
from game.ui.panels.acts import TakeFormation
from game.ui.panning import PANS
from game.ui.scenes.report_pages import STAFF_LOG
from game.ui.table.intentions import act, prepare, show_overlay
from game.ui.table.leading import staff_log
from game.ui.table.steered import SteeredTable
from game.words import say, sentence

OWN_LETTERS = frozenset((pygame.K_n, pygame.K_u, pygame.K_b, pygame.K_m, pygame.K_f, pygame.K_q))
"""Letters with a meaning of their own while one plays; overlays take others."""
WHY = (pygame.K_QUESTION, pygame.K_SLASH)
DAYS = (pygame.K_COMMA, pygame.K_PERIOD)
"""Keys that go back and on through the days of history, while that is shown."""
WITH_SHIFT = frozenset((pygame.K_TAB, *WHY, *DAYS))
"""Keys that Shift gives another meaning than that of an order: back instead of forth, and the sign above the stroke."""
MODIFIERS = frozenset(
    (
        pygame.K_LSHIFT,
        pygame.K_RSHIFT,
        pygame.K_LCTRL,
        pygame.K_RCTRL,
        pygame.K_LALT,
        pygame.K_RALT,
        pygame.K_LMETA,
        pygame.K_RMETA,
    )
)
ALT = (pygame.K_LALT, pygame.K_RALT)
ZOOM = {
    pygame.K_PLUS: 1, pygame.K_EQUALS: 1, pygame.K_KP_PLUS: 1, pygame.K_MINUS: -1, pygame.K_KP_MINUS: -1,
}  # fmt: skip
"""Keys that bring the map closer or further away, and which way."""
REPORTS = (pygame.K_F2, pygame.K_F3, pygame.K_F4, pygame.K_F7, pygame.K_F8)
CONTEXT = (pygame.K_m, pygame.K_MENU)
"""Keys that open the menu of a hex."""
ENTER = (pygame.K_RETURN, pygame.K_KP_ENTER)


class TableKeys:
    """The keyboard of one table: what each key asks for, wherever the player has put it."""

    def __init__(self, table: SteeredTable) -> None:
        self.table = table
        self.held: set[int] = set()
        """Keys that are held down and move the map."""
        self._bindings: tuple[str, Bindings] | None = None

    def _own_key(self, event: pygame.event.Event) -> pygame.event.Event | None:
        """The press as the table knows it, where the player has put keys elsewhere; None where it means nothing."""
        text = self.table.desk.settings.keys
        if not text or event.key in MODIFIERS:
            return event
        if self._bindings is None or self._bindings[0] != text:
            self._bindings = (text, Bindings.from_text(text))
        pressed = chord_of(event)
        meant = self._bindings[1].meant(pressed)
        if meant is None or meant == pressed:
            return event if meant is not None else None
        mod = pygame.KMOD_CTRL * meant.ctrl | pygame.KMOD_SHIFT * meant.shift
        return pygame.event.Event(event.type, {**event.dict, "key": meant.key, "mod": mod, "unicode": ""})

    def press(self, event: pygame.event.Event) -> None:
        """A key has been pressed."""
        heard, table = self._own_key(event), self.table
        if heard is None:
            return
        event, key = heard, heard.key
        control, shift = bool(event.mod & pygame.KMOD_CTRL), bool(event.mod & pygame.KMOD_SHIFT)
        if key == pygame.K_ESCAPE:
            self._escape()
        elif key in MODIFIERS:
            table.board.bare = table.board.bare or key in ALT
        elif key == pygame.K_HOME:
            table.come_home()
        elif key in ZOOM and (table.playing or key in (pygame.K_MINUS, pygame.K_KP_MINUS)):
            table.board.map.wheel(ZOOM[key], table.layout.map.center)
        elif key in (pygame.K_SPACE, pygame.K_BACKSPACE) and table.playing:
            self._plan_key(key, shift, control)
        elif control:
            self._control_key(key)
        elif getattr(event, "unicode", "") == "?" and table.playing:
            self._why()  # wherever a layout has the sign
        elif shift and key not in WITH_SHIFT:
            kind = order_kinds.at_letter(key)
            if kind is not None and table.playing:
                prepare(table, kind.key)
        elif key in PANS:
            self.held.add(key)
        elif key in DAYS:
            self._step_day(key, shift)
        elif (overlay := overlays.at_key(key)) is not None:
            show_overlay(table, overlay.name)
        elif key == pygame.K_F1:
            table.pending = table.places.help()
        elif key in REPORTS:
            table.pending = table.report(REPORTS.index(key))
        elif key == pygame.K_F10:
            self._staff_log()
        elif key == pygame.K_F6:
            table.pending = table.unit_list()
        elif key == pygame.K_F5:
            table.keeping.quick_save()
        elif key == pygame.K_F9:
            table.keeping.quick_load()
        elif table.playing:
            self._own_turn_key(key, shift)
        elif not table.session.over:
            self._waiting_key(key)

    def _escape(self) -> None:
        table = self.table
        if table.selection != sel.NOTHING and table.playing:
            table.select(sel.cancelled(table.selection))
        else:
            table.open_menu()

    def _control_key(self, key: int) -> None:
        table = self.table
        acts: dict[int, Callable[[], None]] = {pygame.K_z: table.undo, pygame.K_y: table.redo, pygame.K_r: table.reload,
                                               pygame.K_s: table.keeping.save_as}  # fmt: skip
        if key in acts:
            acts[key]()
        elif key in ENTER:
            table.ask_end_turn()

    def _own_turn_key(self, key: int, shift: bool) -> None:
        table, state = self.table, self.table.view.state
        if key in (pygame.K_n, pygame.K_TAB):
            table.next_unit(back=shift)
        elif key == pygame.K_u:
            table.undo()
        elif key in ENTER:
            table.take_step(clicks.confirm(state, table.selection))
        elif key == pygame.K_b:
            self._forecast()
        elif key == pygame.K_f:
            act(table, TakeFormation(table.selection.unit))
        elif key == pygame.K_q:
            table.consulting.ask()
        elif key in CONTEXT:
            self._context()
        elif pygame.K_1 <= key <= pygame.K_7:
            table.turns_shown = key - pygame.K_1 + 1
            table.board.show_selection(table)
        elif key in WHY:
            self._why()

    def _staff_log(self) -> None:
        table = self.table
        if staff_log(table):
            table.pending = table.report(STAFF_LOG)
        else:
            table.say(say("No AI player has given orders for this side, so that there is no staff log."))

    def _plan_key(self, key: int, shift: bool, control: bool) -> None:
        table = self.table
        if key == pygame.K_BACKSPACE:
            table.standing.cancel()
        elif control:
            table.standing.repeat()
        elif shift:
            table.standing.hold()
        else:
            self._done_and_next()

    def _done_and_next(self) -> None:
        table = self.table
        table.done.add(table.selection.unit)
        table.next_unit()

    def _step_day(self, key: int, turn: bool) -> None:
        """History a day or a turn earlier or later."""
        table = self.table
        if "ghost" in table.board.shown:
            days = table.session.world.days_per_turn if turn else 1
            day = table.board.step_day(table, days if key == pygame.K_PERIOD else -days)
            table.say(say("History on {date}.", date=spoken(day)))

    def _context(self) -> None:
        """The menu of the hex under the mouse, else of the selected one."""
        table = self.table
        here = table.hover if table.hover >= 0 else table.selection.hex
        table.open_context(here, table.point_of(here) if here >= 0 else table.layout.map.center)

    def _forecast(self) -> None:
        # B: an attack on the hex under the mouse, or on the weakest neighbour.
        table, state = self.table, self.table.view.state
        near = targets.choices(state, "attack", table.selection.unit) if table.selection.unit else {}
        target = table.hover if table.hover in near else next(iter(near), -1)
        if target >= 0:
            table.take_step(clicks.propose_attack(state, table.selection, target))
        else:
            table.say(say("No known enemy is adjacent to the selected unit."))

    def _why(self) -> None:
        table, state = self.table, self.table.view.state
        table.coach.asked()
        if table.selection.unit:
            table.say(str(engine.supply_level(state, table.selection.unit)))
        else:
            table.say(sentence(table.session.why_no_undo()) or say("Select a unit, then ask why."))

    def _waiting_key(self, key: int) -> None:
        table = self.table
        if not table.watching:
            table.playback.skip()
        elif key in (pygame.K_TAB, pygame.K_n):
            table.watch()
        elif key == pygame.K_SPACE:
            table.playback.paused = not table.playback.paused
        elif key in (pygame.K_PLUS, pygame.K_EQUALS, pygame.K_KP_PLUS, pygame.K_RETURN):
            table.keep_setting(animation=table.playback.other_speed())
            table.say(say("Speed: {speed}", speed=table.playback.speed))
