"""Mouse and keyboard at the table: what each press and click asks of the scene."""

from __future__ import annotations

import pygame

from game.ui import clicks
from game.ui import selection as sel
from game.ui.panels import acts
from game.ui.panels.acts import ShowDay
from game.ui.panels.hex_panel import reach_words
from game.ui.panning import PAN_SPEED, PANS, Drag
from game.ui.table.intentions import act
from game.ui.table.keys import ALT, TableKeys
from game.ui.table.steered import SteeredTable
from game.ui.table.turn_buttons import turn_buttons
from game.words import count, say

EDGE = 3
HELD = 0.4
"""Seconds after which the right button held still opens the context menu."""
TO_DIALOGS = (pygame.KEYDOWN, pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP, pygame.MOUSEMOTION)
TWICE = 0.35
"""Seconds within which a second click on the same hex makes a double click."""


def _modifiers(event: pygame.event.Event) -> int:
    """Keys that are held with a click: of the event where it tells them, else as the keyboard is now."""
    return int(event.dict.get("mod", pygame.key.get_mods()))


class TableInput:
    """Turns events into intentions of one table."""

    def __init__(self, table: SteeredTable) -> None:
        self.table = table
        self.mouse = (0, 0)
        self.rested = 0.0
        self.acted = False
        """Whether a key or button was pressed since the mouse moved: what it rests on need not be explained."""
        self.now = 0.0
        """Seconds that have passed at this table, by which clicks are told from double clicks."""
        self.keys = TableKeys(table)
        self._drag: Drag | None = None
        self._on_minimap = self._on_days = False
        self._pressed_at = 0.0
        self._last_click = (-1, -1.0)
        self._camera = self._pointed = table.board.map.camera
        """Of the frame before, and where the map last lay still under the mouse."""
        self.box: pygame.Rect | None = None
        """The box that is being drawn around units, in pixels of the window."""

    def forget(self) -> None:
        """Whatever is held counts no more: another scene has had the window, or another program."""
        self.keys.held.clear()
        self.table.board.bare = False
        if self.table.reel is not None:
            self.table.reel.forget()
        self._drag, self._on_minimap, self.box = None, False, None
        self._on_days = False

    def draw(self, screen: pygame.Surface) -> None:
        """The box that is being drawn around units."""
        if self.box is None:
            return
        desk, ink = self.table.desk, self.table.desk.theme.marks.selected
        veil = pygame.Surface(self.box.size, pygame.SRCALPHA)
        veil.fill(ink.faded(36))
        screen.blit(veil, self.box)
        pygame.draw.rect(screen, ink, self.box, max(1, desk.px(2)))

    # --- events -----------------------------------------------------------------------------------------------

    def handle(self, event: pygame.event.Event) -> None:
        """One event."""
        table = self.table
        if event.type == pygame.MOUSEMOTION:
            self._moved(event)
        elif event.type == pygame.KEYUP:
            self.keys.held.discard(event.key)
            if event.key in ALT:
                table.board.bare = False
        elif event.type == pygame.WINDOWFOCUSLOST:
            self.forget()
        elif event.type in (pygame.KEYDOWN, pygame.MOUSEBUTTONDOWN):
            self.acted = True
        if table.curtain:
            if event.type == pygame.KEYDOWN and event.key == pygame.K_ESCAPE:
                table.open_menu()
            return
        if self._skips_the_fight(event) or self._over_the_map(event):
            return
        if event.type == pygame.KEYDOWN:
            self.keys.press(event)
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
            dialog = table.dialog
            if event.type in TO_DIALOGS and dialog.handle(event) and table.dialog is dialog:
                table.dialog = None
            return event.type != pygame.MOUSEMOTION
        if event.type == pygame.MOUSEBUTTONDOWN and table.card.rect.collidepoint(event.pos):
            self._press_card(event)
            return True
        if event.type == pygame.MOUSEBUTTONDOWN and table.tips.covers(event.pos):
            table.tips.put_away(table)
            return True
        ending = event.type == pygame.KEYDOWN and bool(event.mod & pygame.KMOD_CTRL)
        if table.reel is not None and event.type in TO_DIALOGS and not ending:
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
        self._follow_camera()
        held = self._drag is not None and self._drag.button == 3 and not self._drag.moving
        if held and self._drag is not None and self.now - self._pressed_at >= HELD:
            start, self._drag = self._drag.start, None
            table.open_context(table.board.map.camera.hex_at(start), start)
            return
        dx = sum(PANS[key][0] for key in self.keys.held if key in PANS)
        dy = sum(PANS[key][1] for key in self.keys.held if key in PANS)
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
        former, self.mouse, self.rested, self.acted = self.mouse, event.pos, 0.0, False
        if self._on_minimap:
            self._look_from_minimap(event.pos)
            return
        if self._on_days:
            self._slide(event.pos)
            return
        if self._drag is not None:
            self._drag = self._drag.to(event.pos)
            if self.box is not None or self._drag.boxing:
                self.box = self._drag.around(event.pos) if self._drag.moving else None
                self._point_at(-1 if self.box is not None else table.hover)
            elif self._drag.moving:
                table.board.pan(former[0] - event.pos[0], former[1] - event.pos[1])
            return
        self._point()

    def _point(self) -> None:
        """The mouse is over a hex, or over none."""
        table = self.table
        over = table.board.map.camera.hex_at(self.mouse) if self._on_map(self.mouse) else -1
        if table.fan.rect.collidepoint(self.mouse):
            over = table.fan.hex  # the stack that is fanned out, not what lies under its counters
        self._point_at(over)

    def _point_at(self, here: int) -> None:
        if here != self.table.hover:
            self.table.hover = here
            if not self.table.curtain:
                self.table.board.show_hover(self.table)

    def _follow_camera(self) -> None:
        """Once the map has come to rest under a mouse that has not moved, another hex lies there."""
        camera = self.table.board.map.camera
        if camera == self._camera and camera != self._pointed and self._drag is None:
            self._point()
            self._pointed = camera
        self._camera = camera

    def _on_map(self, at: tuple[int, int]) -> bool:
        table = self.table
        if not table.layout.map.collidepoint(at) or table.pages.covers(table, at) or table.dialog is not None:
            return False
        if table.card.rect.collidepoint(at) or table.tips.covers(at) or table.fan.rect.collidepoint(at):
            return False
        return table.reel is None or not table.reel.covers(at)

    def _wheel(self, notches: int) -> None:
        table, at = self.table, self.mouse
        if table.reel is not None and table.reel.covers(at):
            table.reel.wheel(notches)
        elif table.layout.map.collidepoint(at):
            if notches:
                table.board.map.wheel(max(-4, min(4, notches)), at)
        elif self._on_log(at):
            table.log.scroll(-3 * notches)
        elif table.layout.column.collidepoint(at):
            table.pages.wheel(table, at, -notches * table.desk.px(36))

    def _pressed(self, event: pygame.event.Event) -> None:
        table = self.table
        self.mouse = event.pos
        if table.pages.more_open and not table.pages.covers(table, event.pos):
            table.pages.more_open = table.layout.orders.collidepoint(event.pos)
        if event.button == 1 and table.fan.row_at(event.pos) >= 0:
            self._take_from_fan(event)
        elif event.button in (1, 2, 3) and self._on_map(event.pos):
            boxing = event.button == 1 and bool(_modifiers(event) & pygame.KMOD_SHIFT)
            self._drag, self._pressed_at = Drag(event.button, event.pos, boxing=boxing), self.now
        elif event.button == 1 and self._at_minimap(event.pos):
            self._on_minimap = True
            self._look_from_minimap(event.pos)
        elif event.button == 1:
            self._press_panel(event.pos)

    def _released(self, event: pygame.event.Event) -> None:
        table = self.table
        if event.button == 1:
            self._on_minimap = self._on_days = False
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
                table.take_step(clicks.via(table.view.state, table.selection, here))
            elif event.button == 3 and _modifiers(event) & pygame.KMOD_CTRL and table.playing:
                self._follow(here)
            elif event.button == 3:
                self._right_click(here)

    def _left_click(self, here: int, modifiers: int) -> None:
        """Select, with Shift or Ctrl or twice quickly several units; in a mode, point at what the order is for."""
        table, state = self.table, self.table.view.state
        twice = self._last_click[0] == here and self.now - self._last_click[1] < TWICE
        self._last_click = (here, self.now)
        if table.selection.mode or here < 0:
            table.take_step(clicks.left_click(state, table.seat, table.selection, here))
        elif modifiers & (pygame.KMOD_SHIFT | pygame.KMOD_CTRL):
            stack = bool(modifiers & pygame.KMOD_CTRL)
            table.select(sel.joined(state, table.seat, table.selection, here, stack=stack))
        elif twice and len(sel.own_units(state, table.seat, here)) > 1:
            self._last_click = (-1, -1.0)
            table.select(sel.whole_stack(state, table.seat, here))
        else:
            table.take_step(clicks.left_click(state, table.seat, table.selection, here))

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
        step = clicks.right_click(table.view.state, table.seat, before, here, table.desk.settings.confirm_attacks)
        table.take_step(step)
        if step.order is None and not step.why and before.unit and here not in (-1, before.hex):
            offered = step.selection.mode == sel.ROUTE and before.mode != sel.ROUTE
            if not before.mode and not before.group and (offered or step.selection == before):
                state = table.view.state
                table.say(reach_words(state, state.world.row[before.unit], here))

    def _take_from_fan(self, event: pygame.event.Event) -> None:
        """A unit of the fanned stack is selected, with Shift or Ctrl beside what is selected already."""
        table, state = self.table, self.table.view.state
        row = table.fan.row_at(event.pos)
        if state.world.roster.faction[row] != table.seat:
            return
        unit = state.world.roster.id[row]
        if _modifiers(event) & (pygame.KMOD_SHIFT | pygame.KMOD_CTRL) and unit not in table.selection.units:
            table.select(sel.in_hand(state, (*table.selection.units, unit)))
        else:
            table.select(sel.choose(state, table.seat, unit))

    def _follow(self, here: int) -> None:
        """The units in hand follow the first other unit of a hex."""
        table = self.table
        there = [one for one in sel.own_units(table.view.state, table.seat, here) if one not in table.selection.units]
        if there and table.selection.unit:
            table.standing.follow(there[0])
        else:
            table.say(say("Select the units that are to follow, then point at the one in front."))

    def _at_minimap(self, at: tuple[int, int]) -> bool:
        return self.table.layout.minimap.collidepoint(at) and not self.table.pages.hides_foot(self.table)

    def _on_log(self, at: tuple[int, int]) -> bool:
        return self.table.layout.log.collidepoint(at) and not self.table.pages.hides_foot(self.table)

    def _look_from_minimap(self, at: tuple[int, int]) -> None:
        board = self.table.board
        board.centre(board.minimap.to_map(at, board.minimap_at))

    def _slide(self, at: tuple[int, int]) -> None:
        """The days of history follow the mouse along the turn track."""
        spot = self.table.pages.spot_at(self.table, (at[0], self.table.layout.foot.centery))
        if spot is not None and isinstance(spot.act, ShowDay):
            act(self.table, spot.act)

    def _press_panel(self, at: tuple[int, int]) -> None:
        table = self.table
        if self._on_log(at):
            line = table.log.line_at(at)
            if line is not None:
                table.look_at(line.hex)
            return
        for one in turn_buttons(table):
            if one.box.collidepoint(at):
                act(table, one.act)
                return
        spot = table.pages.spot_at(table, at)
        if spot is not None and spot.act is not None:
            self._on_days = isinstance(spot.act, ShowDay)
            act(table, spot.act)
