"""Mouse and keyboard of the editor: what each press, drag and key asks of the scene."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import hypot
from typing import Protocol

import pygame

from game.ui.camera import Camera, side_ends
from game.ui.editor.canvas import Canvas
from game.ui.editor.checks_panel import ChecksPanel
from game.ui.editor.drawing_tools import Tool
from game.ui.editor.form_column import FormColumn
from game.ui.editor.hand import BRUSHES, NO_PICK, Hand, Pick, Pointed, Studio
from game.ui.editor.layout import EditorLayout
from game.ui.editor.palette import Palette
from game.ui.editor.signs import ShownSigns
from game.ui.editor.tools import ITEMS
from game.ui.editor.top_bar import TopBar
from game.ui.panning import PAN_SPEED, PANS, Drag
from game.ui.scene import Desk
from game.words import say

NEAR_SIDE = 0.13
"""How far from a hexside the mouse still means it, in hexes."""


class SteeredEditor(Studio, Protocol):
    """What mouse and keyboard can ask of the scene."""

    desk: Desk
    layout: EditorLayout
    canvas: Canvas | None
    palette: Palette
    bar: TopBar
    form: FormColumn
    options: FormColumn
    checks: ChecksPanel
    spot: Pointed
    shown: ShownSigns
    pick: Pick
    hand: Hand

    @property
    def tool(self) -> Tool: ...
    def take_tool(self, key: str) -> None: ...
    def drop(self) -> bool: ...
    def touch(self) -> None: ...
    def let_go(self) -> None: ...
    def set_shown(self, shown: ShownSigns) -> None: ...
    def undo(self) -> None: ...
    def redo(self) -> None: ...
    def save(self) -> None: ...
    def save_a_copy(self) -> None: ...
    def play_test(self) -> None: ...
    def open_balance(self) -> None: ...
    def open_help(self) -> None: ...
    def open_text(self, file: str, line: int = 0, find: str = "") -> None: ...
    def reload(self) -> None: ...
    def remove(self) -> None: ...
    def copy(self) -> None: ...
    def leave(self) -> None: ...
    def take_dropped(self, path: str) -> None: ...
    def look_at_disk(self) -> None: ...


class EditorInput:
    """Turns events into intentions of one editor."""

    def __init__(self, studio: SteeredEditor) -> None:
        self.studio = studio
        self.mouse = (-1, -1)
        self.rested = 0.0
        self.pressing = False
        """Whether the left button is down."""
        self._drawing = False
        self._on_minimap = False
        self._pan: Drag | None = None
        self._held: set[int] = set()
        self._letters = {pygame.key.key_code(item.letter.lower()): item.key for item in ITEMS}

    def forget(self) -> None:
        """Whatever is held counts no more: the window has changed, or lost the focus."""
        if self._drawing:
            self.studio.tool.cancel()
        self._drawing = self._on_minimap = self.pressing = False
        self._pan = None
        self._held.clear()

    # --- events -----------------------------------------------------------------------------------------------

    def handle(self, event: pygame.event.Event) -> None:
        """One event."""
        if event.type == pygame.MOUSEMOTION:
            self._moved(event)
        elif event.type == pygame.WINDOWFOCUSLOST:
            self.forget()
        elif event.type == pygame.MOUSEBUTTONDOWN:
            self._pressed(event)
        elif event.type == pygame.MOUSEBUTTONUP:
            self._released(event)
        elif event.type == pygame.MOUSEWHEEL:
            self._wheel(event)
        elif event.type == pygame.KEYDOWN:
            self._key(event)
        elif event.type == pygame.KEYUP:
            self._held.discard(event.key)
        elif event.type == pygame.WINDOWFOCUSGAINED:
            self.studio.look_at_disk()
        elif event.type == pygame.DROPFILE:
            self.studio.take_dropped(event.file)
        elif event.type == pygame.TEXTINPUT:
            for column in (self.studio.form, self.studio.options):
                if column.typing:
                    column.handle(event)

    def pass_time(self, seconds: float) -> None:
        """Held keys move the map."""
        self.rested += seconds
        canvas = self.studio.canvas
        dx = sum(PANS[key][0] for key in self._held)
        dy = sum(PANS[key][1] for key in self._held)
        if canvas is not None and (dx or dy):
            far = PAN_SPEED * self.studio.desk.scale * min(seconds, 0.1)
            canvas.pan(dx * far, dy * far)
            self._look(self.mouse)

    # --- mouse ------------------------------------------------------------------------------------------------

    def _look(self, at: tuple[int, int]) -> None:
        """Where the mouse is on the map now."""
        studio = self.studio
        if studio.canvas is None or not studio.layout.map.collidepoint(at) or self._open_list() is not None:
            studio.spot = Pointed(-1, -1)
            return
        camera, shift = studio.canvas.map.camera, bool(pygame.key.get_mods() & pygame.KMOD_SHIFT)
        side = camera.side_at(at)
        studio.spot = Pointed(camera.hex_at(at), side, shift, _on_side(camera, at, side))

    def _open_list(self) -> FormColumn | None:
        return next((c for c in (self.studio.form, self.studio.options) if c.list_open), None)

    def _moved(self, event: pygame.event.Event) -> None:
        studio = self.studio
        former, self.mouse, self.rested = self.mouse, event.pos, 0.0
        if self._pan is not None and studio.canvas is not None:
            self._pan = self._pan.to(event.pos)
            if self._pan.moving:
                studio.canvas.pan(former[0] - event.pos[0], former[1] - event.pos[1])
            return
        if self._on_minimap:
            self._look_from_minimap(event.pos)
            return
        self._look(event.pos)
        if self._drawing:
            studio.tool.drag(studio, studio.spot)
            return
        for column in (studio.form, studio.options):
            column.handle(event)

    def _pressed(self, event: pygame.event.Event) -> None:
        studio, at = self.studio, event.pos
        self.mouse, self.rested = at, 0.0
        unfolded = self._open_list()
        if unfolded is not None:
            unfolded.handle(event)
            return
        if event.button in (2, 3) and studio.layout.map.collidepoint(at):
            self._pan = Drag(event.button, at)
        elif event.button == 1:
            self.pressing = True
            self._press(event, at)

    def _press(self, event: pygame.event.Event, at: tuple[int, int]) -> None:
        studio, layout = self.studio, self.studio.layout
        if layout.form.collidepoint(at):
            studio.options.leave()
            studio.form.handle(event)
            return
        if layout.options.collidepoint(at):
            studio.form.leave()
            studio.options.handle(event)
            return
        studio.form.leave()
        studio.options.leave()
        if layout.minimap.collidepoint(at):
            self._on_minimap = True
            self._look_from_minimap(at)
        elif layout.map.collidepoint(at):
            self._press_map(at)
        elif layout.checks.collidepoint(at):
            studio.checks.handle(event)
        elif (tool := studio.palette.at(at)) is not None and layout.tools.collidepoint(at):
            studio.take_tool(tool.key)
        elif (action := studio.bar.at(at)) is not None and action.enabled:
            self.pressing = False
            action.act()

    def _press_map(self, at: tuple[int, int]) -> None:
        studio = self.studio
        self._look(at)
        if pygame.key.get_mods() & pygame.KMOD_ALT:
            studio.tool.take(studio, studio.spot)
            studio.touch()
            return
        self._drawing = True
        studio.tool.press(studio, studio.spot)

    def _released(self, event: pygame.event.Event) -> None:
        studio = self.studio
        self.mouse = event.pos
        if event.button == 1:
            self._let_go(event)
        if self._pan is None or self._pan.button != event.button:
            return
        moved, self._pan = self._pan.moving, None
        if event.button == 3 and not moved and studio.layout.map.collidepoint(event.pos):
            self._look(event.pos)
            studio.tool.take(studio, studio.spot)
            studio.touch()

    def _let_go(self, event: pygame.event.Event) -> None:
        studio = self.studio
        self._on_minimap = False
        if self._drawing:
            self._drawing = False
            if studio.layout.map.collidepoint(event.pos):
                self._look(event.pos)
            studio.tool.release(studio, studio.spot)
        else:
            for column in (studio.form, studio.options):
                column.handle(event)
        self.pressing = False
        studio.let_go()

    def _wheel(self, event: pygame.event.Event) -> None:
        studio, at = self.studio, self.mouse
        unfolded = self._open_list()
        if unfolded is not None:
            unfolded.handle(event)
        elif studio.canvas is not None and studio.layout.map.collidepoint(at):
            if event.y:
                studio.canvas.map.wheel(max(-4, min(4, event.y)), at)
        elif studio.layout.form.collidepoint(at):
            studio.form.scroll(-event.y)
        elif studio.layout.options.collidepoint(at):
            studio.options.scroll(-event.y)
        elif studio.layout.checks.collidepoint(at):
            studio.checks.scroll(-event.y)

    def _look_from_minimap(self, at: tuple[int, int]) -> None:
        canvas = self.studio.canvas
        if canvas is not None:
            canvas.centre(canvas.minimap.to_map(at, canvas.minimap_at))

    # --- keys -------------------------------------------------------------------------------------------------

    def _key(self, event: pygame.event.Event) -> None:
        studio, key = self.studio, event.key
        self.rested = 0.0
        control = bool(event.mod & (pygame.KMOD_CTRL | pygame.KMOD_META))
        column = next((c for c in (studio.form, studio.options) if c.focus is not None), None)
        if column is not None and not (control and key in (pygame.K_s, pygame.K_z, pygame.K_y)):
            if column.handle(event):
                return
            if column.typing:
                if key == pygame.K_ESCAPE:
                    column.leave()
                return
        if control:
            self._control_key(key, bool(event.mod & pygame.KMOD_SHIFT))
        elif key in PANS:
            self._held.add(key)
        elif key in self._letters:
            studio.take_tool(self._letters[key])
        else:
            self._plain_key(key, bool(event.mod & pygame.KMOD_SHIFT))

    def _control_key(self, key: int, shift: bool) -> None:
        studio = self.studio
        studio.form.leave()
        studio.options.leave()
        acts: dict[int, Callable[[], None]] = {
            pygame.K_z: studio.redo if shift else studio.undo,
            pygame.K_y: studio.redo,
            pygame.K_s: studio.save_a_copy if shift else studio.save,
            pygame.K_d: studio.copy,
            pygame.K_r: studio.reload,
        }
        if key in acts:
            acts[key]()

    def _plain_key(self, key: int, shift: bool) -> None:
        studio = self.studio
        acts: dict[int, Callable[[], None]] = {
            pygame.K_ESCAPE: self._escape,
            pygame.K_DELETE: studio.remove,
            pygame.K_F1: studio.open_help,
            pygame.K_F2: lambda: studio.open_text(""),
            pygame.K_F5: studio.play_test,
            pygame.K_F6: studio.open_balance,
            pygame.K_m: lambda: studio.checks.step(-1 if shift else 1),
            pygame.K_LEFTBRACKET: lambda: self._brush(-1),
            pygame.K_RIGHTBRACKET: lambda: self._brush(1),
            pygame.K_g: lambda: self._layer("grid"),
            pygame.K_i: lambda: self._layer("picture"),
            pygame.K_f: self._next_faction,
            pygame.K_h: lambda: self._layer("units"),
        }
        if key in acts:
            acts[key]()
        elif key in (pygame.K_PLUS, pygame.K_EQUALS, pygame.K_KP_PLUS, pygame.K_MINUS, pygame.K_KP_MINUS):
            canvas = studio.canvas
            if canvas is not None:
                canvas.map.wheel(-1 if key in (pygame.K_MINUS, pygame.K_KP_MINUS) else 1, studio.layout.map.center)

    def _escape(self) -> None:
        """End what is begun, else lay down what is chosen, else leave."""
        studio = self.studio
        if studio.drop():
            return
        if studio.pick:
            studio.choose(NO_PICK)
        elif studio.hand.tool != "select":
            studio.take_tool("select")
        else:
            studio.leave()

    def _brush(self, by: int) -> None:
        hand = self.studio.hand
        hand.brush = BRUSHES[max(0, min(len(BRUSHES) - 1, BRUSHES.index(hand.brush) + by))]
        self.studio.touch()

    def _layer(self, name: str) -> None:
        shown = self.studio.shown
        self.studio.set_shown(replace(shown, layers=frozenset(shown.layers ^ {name})))

    def _next_faction(self) -> None:
        drawn, shown = self.studio.drawn, self.studio.shown
        if drawn is not None:
            ids = ["", *drawn.factions]
            after = ids[(ids.index(shown.faction) + 1) % len(ids)] if shown.faction in ids else ""
            self.studio.set_shown(replace(shown, faction=after))
            self.studio.say(say("Set-up of {faction}", faction=after) if after else say("Set-up of every faction"))


def _on_side(camera: Camera, at: tuple[int, int], side: int) -> bool:
    """Whether a point of the screen is close to a hexside."""
    if side < 0:
        return False
    (ax, ay), (bx, by) = side_ends(camera.columns, side)
    x, y = camera.to_map(at)
    share = max(0.0, min(1.0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) * 3))  # a side is a third of a unit squared
    return hypot(x - ax - share * (bx - ax), y - ay - share * (by - ay)) < NEAR_SIDE
