"""Mouse and keyboard at the table: what each press and click asks of the scene."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import pygame

from game import engine
from game import orders as od
from game.ui import order_kinds, overlays, targets
from game.ui import selection as sel
from game.ui.bindings import Bindings, chord_of
from game.ui.order_kinds import OrderKind
from game.ui.panels import acts
from game.ui.panels.acts import PanelAct
from game.ui.panels.hex_panel import reach_words
from game.ui.panning import PAN_SPEED, PANS, Drag
from game.ui.scene import Change, Desk
from game.ui.table.coach import Coach
from game.ui.table.coach_card import CoachCard
from game.ui.table.pages import Pages, ShownPage
from game.ui.table.seats import Seats
from game.ui.table.standing import StandingOrders
from game.words import count, say, sentence

EDGE = 3
TWICE = 0.35
"""Seconds within which a second click on the same hex makes a double click."""
OWN_LETTERS = frozenset((pygame.K_n, pygame.K_u, pygame.K_b))
"""Letters with a meaning of their own while one plays; overlays take others."""
WHY = (pygame.K_QUESTION, pygame.K_SLASH)
WITH_SHIFT = frozenset((pygame.K_TAB, *WHY))
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
ENTER = (pygame.K_RETURN, pygame.K_KP_ENTER)


def _modifiers(event: pygame.event.Event) -> int:
    """Keys that are held with a click: of the event where it tells them, else as the keyboard is now."""
    return int(event.dict.get("mod", pygame.key.get_mods()))


class SteeredTable(ShownPage, Protocol):
    """What mouse and keyboard can ask of the scene."""

    desk: Desk
    curtain: bool
    pages: Pages
    places: Seats
    standing: StandingOrders
    coach: Coach
    card: CoachCard
    pending: Change | None
    done: set[str]

    def select(self, selection: sel.Selection) -> None: ...
    def take_step(self, step: sel.Step) -> None: ...
    def give(self, order: od.Order) -> bool: ...
    def undo(self) -> None: ...
    def redo(self) -> None: ...
    def next_unit(self, back: bool = False) -> None: ...
    def look_at(self, here: int) -> None: ...
    def ask_end_turn(self) -> None: ...
    def watch(self) -> None: ...
    def open_menu(self) -> None: ...
    def report(self, chapter: int = 0) -> Change: ...
    def unit_list(self) -> Change: ...
    def reload(self) -> None: ...
    def quick_save(self) -> None: ...
    def save_as(self) -> None: ...
    def come_home(self) -> None: ...
    def quick_load(self) -> None: ...
    def say(self, words: str) -> None: ...
    def resize(self) -> None: ...
    def keep_setting(self, **changes: object) -> None: ...


class TableInput:
    """Turns events into intentions of one table."""

    def __init__(self, table: SteeredTable) -> None:
        self.table = table
        self.mouse = (0, 0)
        self.rested = 0.0
        self.now = 0.0
        """Seconds that have passed at this table, by which clicks are told from double clicks."""
        self._held: set[int] = set()
        self._drag: Drag | None = None
        self._on_minimap = False
        self._last_click = (-1, -1.0)
        self._bindings: tuple[str, Bindings] | None = None
        self.box: pygame.Rect | None = None
        """The box that is being drawn around units, in pixels of the window."""

    def forget(self) -> None:
        """Whatever is held counts no more: another scene has had the window, or another program."""
        self._held.clear()
        self.table.board.bare = False
        self._drag, self._on_minimap, self.box = None, False, None

    # --- events -----------------------------------------------------------------------------------------------

    def handle(self, event: pygame.event.Event) -> None:
        """One event."""
        table = self.table
        if event.type == pygame.MOUSEMOTION:
            self._moved(event)
        elif event.type == pygame.KEYUP:
            self._held.discard(event.key)
            if event.key in ALT:
                table.board.bare = False
        elif event.type == pygame.WINDOWFOCUSLOST:
            self.forget()
        if table.curtain:
            if event.type == pygame.KEYDOWN and event.key == pygame.K_ESCAPE:
                table.open_menu()
            return
        if self._skips_the_fight(event) or self._over_the_map(event):
            return
        if event.type == pygame.KEYDOWN:
            self._key(event)
        elif event.type == pygame.MOUSEWHEEL:
            self._wheel(event.y)
        elif event.type == pygame.MOUSEBUTTONDOWN:
            self._pressed(event)
        elif event.type == pygame.MOUSEBUTTONUP:
            self._released(event)

    def _skips_the_fight(self, event: pygame.event.Event) -> bool:
        """Any key or click ends the fight that is being shown; Space does no more than that."""
        if not self.table.stage.running or event.type not in (pygame.KEYDOWN, pygame.MOUSEBUTTONDOWN):
            return False
        self.table.stage.skip()
        return event.type == pygame.KEYDOWN and event.key == pygame.K_SPACE

    def _over_the_map(self, event: pygame.event.Event) -> bool:
        """Whether the checklist or the reel has used the event."""
        table = self.table
        if table.dialog is not None:
            if event.type in (pygame.KEYDOWN, pygame.MOUSEBUTTONDOWN) and table.dialog.handle(event):
                table.dialog = None
            return event.type != pygame.MOUSEMOTION
        if event.type == pygame.MOUSEBUTTONDOWN and table.card.rect.collidepoint(event.pos):
            self._press_card(event)
            return True
        ending = event.type == pygame.KEYDOWN and bool(event.mod & pygame.KMOD_CTRL)
        if table.reel is not None and event.type in (pygame.KEYDOWN, pygame.MOUSEBUTTONDOWN) and not ending:
            used = table.reel.handle(event)
            if used:
                table.reel = None
            return used is not None
        return False

    def _press_card(self, event: pygame.event.Event) -> None:
        """The coach's card was pressed."""
        coach = self.table.coach
        match self.table.card.act_at(event.pos) if event.button == 1 else None:
            case acts.StepAgain():
                coach.start_over()
            case acts.SkipStep():
                coach.skip()
            case acts.PutCoachAway():
                coach.put_away()

    def pass_time(self, seconds: float) -> None:
        """Held keys and the window's edge move the map."""
        self.rested += seconds
        self.now += seconds
        table = self.table
        if table.dialog is not None or table.curtain:
            return
        dx = sum(PANS[key][0] for key in self._held if key in PANS)
        dy = sum(PANS[key][1] for key in self._held if key in PANS)
        if table.desk.settings.edge_pan and not self._drag:
            wide, tall = table.desk.size
            dx += (self.mouse[0] >= wide - EDGE) - (self.mouse[0] <= EDGE)
            dy += (self.mouse[1] >= tall - EDGE) - (self.mouse[1] <= EDGE)
        if dx or dy:
            far = PAN_SPEED * table.desk.scale * min(seconds, 0.1)
            table.board.pan(dx * far, dy * far)

    # --- mouse ------------------------------------------------------------------------------------------------

    def _moved(self, event: pygame.event.Event) -> None:
        table = self.table
        former, self.mouse, self.rested = self.mouse, event.pos, 0.0
        if self._on_minimap:
            self._look_from_minimap(event.pos)
            return
        if self._drag is not None:
            self._drag = self._drag.to(event.pos)
            if self.box is not None or self._drag.boxing:
                self.box = self._drag.around(event.pos) if self._drag.moving else None
            elif self._drag.moving:
                table.board.pan(former[0] - event.pos[0], former[1] - event.pos[1])
            return
        over = table.board.map.camera.hex_at(event.pos) if self._on_map(event.pos) else -1
        if over != table.hover:
            table.hover = over
            if not table.curtain:
                table.board.show_hover(table)

    def _on_map(self, at: tuple[int, int]) -> bool:
        table = self.table
        if not table.layout.map.collidepoint(at) or table.pages.covers(table, at) or table.dialog is not None:
            return False
        if table.card.rect.collidepoint(at):
            return False
        return table.reel is None or not table.reel.rect.collidepoint(at)

    def _wheel(self, notches: int) -> None:
        table, at = self.table, self.mouse
        if table.reel is not None and table.reel.rect.collidepoint(at):
            table.reel.wheel(notches)
        elif table.layout.map.collidepoint(at):
            if notches:
                table.board.map.wheel(max(-4, min(4, notches)), at)
        elif table.layout.log.collidepoint(at):
            table.log.scroll(-3 * notches)
        elif table.layout.column.collidepoint(at):
            table.pages.wheel(table, at, -notches * table.desk.px(36))

    def _pressed(self, event: pygame.event.Event) -> None:
        table = self.table
        self.mouse = event.pos
        if table.pages.more_open and not table.pages.covers(table, event.pos):
            table.pages.more_open = table.layout.orders.collidepoint(event.pos)
        if event.button in (1, 2, 3) and self._on_map(event.pos):
            boxing = event.button == 1 and bool(_modifiers(event) & pygame.KMOD_SHIFT)
            self._drag = Drag(event.button, event.pos, boxing=boxing)
        elif event.button == 1 and table.layout.minimap.collidepoint(event.pos):
            self._on_minimap = True
            self._look_from_minimap(event.pos)
        elif event.button == 1:
            self._press_panel(event.pos)

    def _released(self, event: pygame.event.Event) -> None:
        table = self.table
        if event.button == 1:
            self._on_minimap = False
        if self._drag is None or self._drag.button != event.button:
            return
        moved, box, self._drag, self.box = self._drag.moving, self.box, None, None
        if box is not None:
            self._take_box(box)
        elif not moved and self._on_map(event.pos):
            here = table.board.map.camera.hex_at(event.pos)
            if event.button == 1:
                self._left_click(here, _modifiers(event))
            elif event.button == 3 and _modifiers(event) & pygame.KMOD_SHIFT and table.playing:
                table.take_step(sel.via(table.view.state, table.selection, here))
            elif event.button == 3:
                self._right_click(here)

    def _left_click(self, here: int, modifiers: int) -> None:
        """Select, with Shift or Ctrl or twice quickly several units; in a mode, point at what the order is for."""
        table, state = self.table, self.table.view.state
        twice = self._last_click[0] == here and self.now - self._last_click[1] < TWICE
        self._last_click = (here, self.now)
        if table.selection.mode or here < 0:
            table.take_step(sel.left_click(state, table.seat, table.selection, here))
        elif modifiers & (pygame.KMOD_SHIFT | pygame.KMOD_CTRL):
            stack = bool(modifiers & pygame.KMOD_CTRL)
            table.select(sel.joined(state, table.seat, table.selection, here, stack=stack))
        elif twice and len(sel.own_units(state, table.seat, here)) > 1:
            self._last_click = (-1, -1.0)
            table.select(sel.whole_stack(state, table.seat, here))
        else:
            table.take_step(sel.left_click(state, table.seat, table.selection, here))

    def _take_box(self, box: pygame.Rect) -> None:
        """All own units in a box that was drawn with Shift."""
        table, camera = self.table, self.table.board.map.camera
        hexes = [here for here in sorted(table.view.state.stacks) if box.collidepoint(camera.hex_on_screen(here))]
        found = sel.boxed(table.view.state, table.seat, hexes)
        table.select(found)
        n = len(found.units)
        table.say(
            count(n, "{n} unit selected.", "{n} units selected.", none=say("There is no unit to move in the box."))
        )

    def _right_click(self, here: int) -> None:
        table = self.table
        if not table.playing:
            return
        before = table.selection
        step = sel.right_click(table.view.state, table.seat, before, here, table.desk.settings.confirm_attacks)
        table.take_step(step)
        if step.order is None and not step.why and before.unit and here not in (-1, before.hex):
            offered = step.selection.mode == sel.ROUTE and before.mode != sel.ROUTE
            if not before.mode and not before.group and (offered or step.selection == before):
                state = table.view.state
                table.say(reach_words(state, state.world.row[before.unit], here))

    def _look_from_minimap(self, at: tuple[int, int]) -> None:
        board = self.table.board
        board.centre(board.minimap.to_map(at, board.minimap_at))

    def _press_panel(self, at: tuple[int, int]) -> None:
        table = self.table
        if table.layout.log.collidepoint(at):
            line = table.log.line_at(at)
            if line is not None:
                table.look_at(line.hex)
            return
        for one in table.pages.turn_buttons(table):
            if one.box.collidepoint(at):
                self.act(one.act)
                return
        spot = table.pages.spot_at(table, at)
        if spot is not None and spot.act is not None:
            self.act(spot.act)

    # --- acts of the panels -----------------------------------------------------------------------------------

    def act(self, act: PanelAct) -> None:
        """What a spot or button of a panel asks for."""
        table = self.table
        match act:
            case acts.OpenMenu():
                table.open_menu()
            case acts.ShowOverlay(name):
                self._show_overlay(name)
            case acts.ShowDay(turn):
                table.board.show_day(table, turn)
            case acts.ShowMore():
                table.pages.more_open = not table.pages.more_open
            case acts.OpenDrawer(name):
                table.pages.drawer = "" if table.pages.drawer == name else name
                table.resize()
            case acts.TakeUnit(unit):
                table.select(sel.choose(table.view.state, table.seat, unit))
            case acts.LeaveGroup(unit):
                table.select(sel.without(table.view.state, table.selection, unit))
            case acts.LookAt(here):
                table.board.bring_into_sight(here, always=True)
            case acts.TellWhy(why):
                table.say(why)
            case acts.OtherSpeed():
                table.keep_setting(animation=table.playback.other_speed())
            case acts.PauseOthers():
                table.playback.paused = not table.playback.paused
            case acts.SkipOthers():
                table.playback.skip()
            case _:
                if table.playing:
                    self._act_of_turn(act)

    def _act_of_turn(self, act: PanelAct) -> None:
        """What only the person to play can ask for."""
        table, state = self.table, self.table.view.state
        match act:
            case acts.PrepareOrder(kind):
                self.prepare(kind)
            case acts.ToggleAttacker(unit):
                table.select(sel.toggled(table.selection, unit))
            case acts.TickFighters():
                table.select(sel.with_fighters(state, table.selection))
            case acts.ChangeSupport(kind, by):
                table.select(sel.supported(state, table.selection, kind, by))
            case acts.ToggleSetPiece():
                table.select(sel.with_set_piece(table.selection))
            case acts.Confirm():
                table.take_step(sel.confirm(state, table.selection))
            case acts.HoldUnits():
                table.standing.hold()
            case acts.RepeatOrder():
                table.standing.repeat()
            case acts.CancelPlan():
                table.standing.cancel()
            case acts.NextUnit():
                table.next_unit()
            case acts.TakeBack():
                table.undo()
            case acts.AskEndTurn():
                table.ask_end_turn()

    def prepare(self, key: str) -> None:
        """An order button: give the order, prepare it, or lay it down again."""
        table, state, selection = self.table, self.table.view.state, self.table.selection
        kind = order_kinds.named(key)
        why = targets.why_not(state, table.seat, selection.unit, key)
        if why or kind is None:
            table.say(why)
        elif kind.at_once is not None:
            table.give(kind.at_once(selection.unit))
        elif kind.supports is not None:
            self._prepare_support(kind)
        elif selection.mode == key:
            table.select(selection.plain)
        else:
            table.select(sel.enter(state, selection, key))

    def _prepare_support(self, kind: OrderKind) -> None:
        """With the first kind of support that can do something, then with the next one, then not at all."""
        table, state, selection = self.table, self.table.view.state, self.table.selection
        usable = [
            one
            for one in (kind.supports(state) if kind.supports is not None else ())
            if not targets.first_refusal(state, kind.key, selection.unit, one)
        ]
        after = usable.index(selection.kind) + 1 if selection.mode == kind.key and selection.kind in usable else 0
        if after >= len(usable):
            table.select(selection.plain)
        else:
            table.select(sel.enter(state, selection, kind.key, usable[after]))

    # --- keys -------------------------------------------------------------------------------------------------

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

    def _key(self, event: pygame.event.Event) -> None:
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
                self.prepare(kind.key)
        elif key in PANS:
            self._held.add(key)
        elif (overlay := overlays.at_key(key)) is not None:
            self._show_overlay(overlay.name)
        elif key == pygame.K_F1:
            table.pending = table.places.help()
        elif key in REPORTS:
            table.pending = table.report(REPORTS.index(key))
        elif key == pygame.K_F6:
            table.pending = table.unit_list()
        elif key == pygame.K_F5:
            table.quick_save()
        elif key == pygame.K_F9:
            table.quick_load()
        elif table.playing:
            self._own_turn_key(key, shift)
        elif not table.session.over:
            self._waiting_key(key)

    def _show_overlay(self, name: str) -> None:
        table, kind = self.table, overlays.named(name)
        lack = kind.missing(table.session.world) if kind is not None else ""
        if lack:
            table.say(lack)
        else:
            table.board.toggle(table, name)

    def _escape(self) -> None:
        table = self.table
        if table.selection != sel.NOTHING and table.playing:
            table.select(sel.cancelled(table.selection))
        else:
            table.open_menu()

    def _control_key(self, key: int) -> None:
        table = self.table
        acts: dict[int, Callable[[], None]] = {pygame.K_z: table.undo, pygame.K_y: table.redo, pygame.K_r: table.reload,
                                               pygame.K_s: table.save_as}  # fmt: skip
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
            table.take_step(sel.confirm(state, table.selection))
        elif key == pygame.K_b:
            self._forecast()
        elif pygame.K_1 <= key <= pygame.K_7:
            table.turns_shown = key - pygame.K_1 + 1
            table.board.show_selection(table)
        elif key in WHY:
            self._why()

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

    def _forecast(self) -> None:
        # B: an attack on the hex under the mouse, or on the weakest neighbour.
        table, state = self.table, self.table.view.state
        near = targets.choices(state, "attack", table.selection.unit) if table.selection.unit else {}
        target = table.hover if table.hover in near else next(iter(near), -1)
        if target >= 0:
            table.take_step(sel.propose_attack(state, table.selection, target))
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
