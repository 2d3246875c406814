"""The map of the table: counters, reach, overlays and arrows of the seat's view, and where the camera looks."""

from __future__ import annotations

from datetime import date, timedelta
from operator import is_

import pygame

from game.state.tables import State
from game.ui import overlays, reach_view, worldview
from game.ui.camera import Camera
from game.ui.kit.still import StillShown
from game.ui.mapview.arrows import Arrow, Ring
from game.ui.mapview.callout import INCIDENT, callout, callout_box, paint_callout
from game.ui.mapview.faces import Stack
from game.ui.mapview.legend import Legend
from game.ui.mapview.minimap import Minimap
from game.ui.mapview.picture import MapPicture
from game.ui.mapview.reach_light import thread
from game.ui.mapview.travel import Travelling
from game.ui.mapview.view import MapView
from game.ui.overlays import DrawnOverlay, Looking, OverlayKind
from game.ui.scene import Desk
from game.ui.table import order_marks
from game.ui.table.layout import TableLayout
from game.ui.table.legend_card import LegendCard
from game.ui.table.played_days import PlayedDays
from game.ui.table.sight import Sight
from game.ui.table.tags import Tag, draw_tags

FIRST_ZOOM = 58.0
THICK = 6
"""Hexes within which troops count, the nearer the more, when the table looks for the thick of them."""


class MapDesk(Travelling):
    """The map view with everything of one seat on it. What did not change is not made again."""

    def __init__(self, desk: Desk, picture: MapPicture, layout: TableLayout) -> None:
        self.desk = desk
        self.map = MapView(picture, desk.theme, desk.fonts, layout.map)
        self.minimap_box = layout.minimap
        self.minimap = self._new_minimap()
        self.shown = overlays.SHOWN_AT_FIRST
        self.arrows: tuple[Arrow, ...] = ()
        self.advised: tuple[Arrow, ...] = ()
        """What the staff would do, while that is shown; with rings at its reserve and where it fears the reply."""
        self.advised_rings: tuple[Ring, ...] = ()
        self.told_at = -1
        """The hex of the line that the reel shows, -1 for none."""
        self.stacks: tuple[Stack, ...] = ()
        self.days = PlayedDays(self)
        self.history_day = ""
        """The day of history that is looked at, as an ISO date; "" the present one."""
        self._keys: dict[str, object] = {}
        self._hover_arrows: tuple[Arrow, ...] = ()
        self._point: tuple[int, reach_view.PointerWords, pygame.Surface, int] | None = None
        self._card_at: tuple[tuple[object, ...], pygame.Rect] | None = None
        """Where that card stands, and what decides on it."""
        self.legends: tuple[Legend, ...] = ()
        self.legend_card = LegendCard(desk)
        self._drawn: dict[str, tuple[object, DrawnOverlay]] = {}
        self._laid: list[DrawnOverlay] | None = None
        self._overlay_rings: tuple[Ring, ...] = ()
        self.tags: tuple[Tag, ...] = ()
        self.bare = False
        """Whether counters are left out for a moment, so that what is under them shows."""
        self._plan_arrows: tuple[Arrow, ...] = ()

    def _new_minimap(self) -> Minimap:
        room = self.minimap_box.inflate(-self.desk.px(6), -self.desk.px(6))
        return Minimap(self.map.sheet, self.desk.theme, (max(1, room.width), max(1, room.height)))

    def change_map(self, picture: MapPicture) -> None:
        """Another printed map, the camera staying where it is if the map has the size of before."""
        if picture == self.map.picture:
            self._forget()
            return
        former = self.map
        if (picture.columns, picture.rows) == (former.picture.columns, former.picture.rows):
            former.change_picture(picture)
        else:
            camera = former.camera
            box = pygame.Rect(camera.x, camera.y, camera.width, camera.height)
            self.map = MapView(picture, self.desk.theme, self.desk.fonts, box)
            self.map.set_grid("grid" in self.shown)
            self.arrows, self.goal = (), None
        self.minimap = self._new_minimap()
        self._forget()

    def _forget(self) -> None:
        """Everything on the map is to be made anew."""
        self._keys.clear()
        self._drawn.clear()
        self._laid = None

    @property
    def minimap_at(self) -> tuple[int, int]:
        """Upper left corner of the minimap in the window."""
        wide, tall = self.minimap.size
        return self.minimap_box.centerx - wide // 2, self.minimap_box.centery - tall // 2

    # --- what lies on the map ---------------------------------------------------------------------------------

    def show(self, table: Sight) -> None:
        """The view has changed."""
        state, seat = table.view.state, table.seat
        self.map.crossings = worldview.crossings(state)
        self.show_selection(table)
        if self._new("minimap", (state.hexes.control, state.units.hex, seat)):
            self.minimap.set_situation(worldview.holders(state), worldview.stacks(state, seat))

    def _new(self, name: str, key: object) -> bool:
        """Whether what an element is made from has changed since it was made."""
        if self._keys.get(name) == key:
            return False
        self._keys[name] = key
        return True

    def show_selection(self, table: Sight) -> None:
        """Counters, reach or targets, and rings for what is in hand."""
        state, seat, selection = table.view.state, table.seat, table.selection
        if self._new("stacks", (table.edition, selection.unit)):
            self.stacks = self.map.stacks = worldview.stacks(state, seat, selection.unit)
        if self._new("reach", (table.edition, selection, table.turns_shown)):
            self.map.highlight = order_marks.highlight(table, self.desk.theme)
            self.map.reach = order_marks.reach(table)
        self._show_overlays(table)
        rings = (*self._overlay_rings, *order_marks.rings(table, self.desk.theme))
        if rings != self.map.rings:
            self.map.rings = rings
        if self._new("plans", (table.edition, table.selection, table.seat)):
            self.tags, self._plan_arrows = order_marks.plans(table, self.desk.theme)
        self.show_hover(table)

    def _looking(self, table: Sight) -> Looking:
        day = self.history_day if "ghost" in self.shown else ""
        return Looking(table.view.state, table.seat, self.desk.theme, table.selection.unit, self.shown, day)

    def show_day(self, table: Sight, day: str) -> None:
        """History as it was on a day, an ISO date; "" is the present one."""
        self.history_day = "" if day == worldview.present_day(table.view.state) else day
        self.show_selection(table)

    def step_day(self, table: Sight, days: int) -> str:
        """History some days earlier or later, within the days of the scenario; the day that shows now."""
        world, now = table.view.state.world, self.history_day or worldview.present_day(table.view.state)
        first = date.fromisoformat(world.first_day)
        last = first + timedelta(days=world.days_per_turn * world.turns - 1)
        day = min(last, max(first, date.fromisoformat(now) + timedelta(days=days))).isoformat()
        self.show_day(table, day)
        return day

    def _show_overlays(self, table: Sight) -> None:
        """Every overlay that is shown, drawn anew when what it is drawn from has changed."""
        looking = self._looking(table)
        found = [self._draw_one(kind, looking, table.edition) for kind in overlays.OVERLAYS if kind.name in self.shown]
        if self._laid is not None and len(found) == len(self._laid) and all(map(is_, found, self._laid)):
            return
        self._laid = found
        self.map.set_grid(any(one.grid for one in found))
        self.map.set_overlays(*(one.hexes for one in found if one.hexes))
        self.map.fences = tuple(fence for one in found for fence in one.fences)
        self.map.ghosts = tuple(ghost for one in found for ghost in one.ghosts)
        self.map.bloc_lines = tuple(line for one in found for line in one.bloc_lines)
        self.map.streams = tuple(stream for one in found for stream in one.streams)
        self.map.breaks = tuple(sign for one in found for sign in one.breaks)
        usual = overlays.shown_at_first(table.view.state.world)
        names = [kind.name for kind in overlays.OVERLAYS if kind.name in self.shown]
        self.legends = tuple(
            one.legend for name, one in zip(names, found, strict=True) if one.legend is not None and name not in usual
        )
        self._overlay_rings = tuple(ring for one in found for ring in one.rings)

    def _draw_one(self, kind: OverlayKind, looking: Looking, edition: int) -> DrawnOverlay:
        made_from = kind.drawn_from(looking) if kind.drawn_from else edition
        key = (made_from, looking.faction, looking.unit if kind.of_unit else "", looking.theme)
        former = self._drawn.get(kind.name)
        if former is None or former[0] != key:
            former = self._drawn[kind.name] = (key, kind.draw(looking))
        return former[1]

    @property
    def has_card(self) -> bool:
        """Whether a card stands at the pointer."""
        return self._point is not None

    def show_hover(self, table: Sight) -> None:
        """The way to the hex under the mouse, and the attack in preparation."""
        self._hover_arrows = order_marks.arrows(table, self.desk.theme.marks)
        self._point = self._pointed(table)

    def _pointed(self, table: Sight) -> tuple[int, reach_view.PointerWords, pygame.Surface, int] | None:
        """The card at the pointer: cost and chance of a march to the hex under the mouse."""
        if self.map.reach is None or table.hover < 0 or table.selection.group:
            return None
        state = table.view.state
        words = reach_view.at_pointer(state, state.world.row[table.selection.unit], table.hover, self.map.reach)
        if words is None:
            return None
        lines = ((words.title, "title"), (words.risk, "risk"), (words.note, "dim"))
        return table.hover, words, callout(self.desk, tuple(line for line in lines if line[0])), table.selection.hex

    def toggle(self, table: Sight, *names: str) -> None:
        """Show or hide overlays."""
        on = not self.shown >= set(names)
        self.shown = self.shown | set(names) if on else self.shown - set(names)
        if "ghost" not in self.shown:
            self.history_day = ""
        self.map.rings = ()
        self.show_selection(table)

    # --- camera -----------------------------------------------------------------------------------------------

    def look_at_own(self, state: State, seat: int, only_if_lost: bool = False) -> None:
        """Look at the seat's troops where most of them stand and most others are known to stand near them."""
        known = [here for here in state.units.hex if here >= 0]
        hexes = [
            here for row, here in enumerate(state.units.hex) if here >= 0 and state.world.roster.faction[row] == seat
        ]
        camera = self.map.camera
        if not hexes or (only_if_lost and any(camera.holds(camera.hex_on_screen(here)) for here in hexes)):
            return
        near = state.world.grid.distance
        thick = max(hexes, key=lambda here: (sum(max(0, THICK - near(here, one)) for one in (*hexes, *known)), -here))
        self.map.camera = camera.zoomed(FIRST_ZOOM * self.desk.scale // 1, (camera.x, camera.y)).centred_on(thick)

    def resize(self, layout: TableLayout) -> None:
        """Take the new rectangles, and the look that the player has chosen since."""
        if self.map.theme is not self.desk.theme:
            former = self.map
            self.map = MapView(former.picture, self.desk.theme, self.desk.fonts, layout.map)
            self.map.camera = former.camera
            self.map.set_grid("grid" in self.shown)
            self.minimap = self._new_minimap()
            self._forget()
        self.map.resize(layout.map)
        if layout.minimap.size != self.minimap_box.size:
            self.minimap_box = layout.minimap
            self.minimap = self._new_minimap()
            self._keys.pop("minimap", None)
        self.minimap_box = layout.minimap

    def draw(self, screen: pygame.Surface, still: StillShown, mouse: tuple[int, int] = (-1, -1)) -> None:
        """The map in its rectangle; under the mouse the legends fade."""
        self.map.scale = self.desk.scale
        arrows = (*self.advised, *self._plan_arrows, *self.arrows, *self._hover_arrows)
        if arrows != self.map.arrows:
            self.map.arrows = arrows
        told = (Ring(self.told_at, self.desk.theme.marks.selected),) if self.told_at >= 0 else ()
        self.map.loose_rings = (*self.advised_rings, *told)
        if self.bare:
            stacks, self.map.stacks = self.map.stacks, ()
            self.map.draw(screen, still=still)
            self.map.stacks = stacks
        else:
            self.map.draw(screen, still=still)
        camera = self.map.camera
        window = pygame.Rect(camera.x, camera.y, camera.width, camera.height)
        if self.tags and not self.bare:
            with still.over(window):
                right, down = camera.x - camera.origin[0], camera.y - camera.origin[1]
                counters = self.map.counters.boxes(camera.columns, camera.zoom, self.map.stacks)
                covered = [box.move(right, down) for box in counters]
                draw_tags(screen, self.desk, camera, self.tags, self.map.names.boxes(camera), covered)
        if self._point is not None and not self.map.gliding:
            with still.over(window):
                self._draw_point(screen, camera, *self._point)
        if self.legends:
            with still.over(self.legend_card.rect):
                self.legend_card.draw(screen, self.legends, mouse)

    def _draw_point(
        self, screen: pygame.Surface, camera: Camera, here: int, words: reach_view.PointerWords, card: pygame.Surface,
        start: int,
    ) -> None:  # fmt: skip
        """The card at the pointer, and threads to the troops whom the march would rouse."""
        thread(screen, camera, here, words.roused)
        ink = INCIDENT if words.risk else self.desk.theme.marks.path
        key = (self._point, camera, self.map.stacks, self.map.break_boxes)
        if self._card_at is None or not all(map(is_, key, self._card_at[0])):
            counters = [stack.hex for stack in self.map.stacks]
            self._card_at = key, callout_box(camera, here, card.get_size(), counters, start, self.map.break_boxes)
        paint_callout(screen, camera, here, card, self._card_at[1], ink)

    def draw_minimap(self, screen: pygame.Surface) -> None:
        """The minimap in its corner."""
        self.minimap.draw(screen, self.minimap_at, self.map.camera)
