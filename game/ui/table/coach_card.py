"""The coach's card on the map, and the spotlight on what its step is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Protocol

import pygame

from game.scenario.coach import Spotlight
from game.ui.kit.fonts import BODY, STRONG
from game.ui.kit.theme import Colour
from game.ui.panels.acts import PanelAct, PrepareOrder, PutCoachAway, ShowMore, ShowOverlay, SkipStep, StepAgain
from game.ui.panels.flow import Flow, FlowPage, paint_button
from game.ui.scene import Desk
from game.ui.table.coach import Coach
from game.ui.table.layout import TableLayout
from game.ui.table.map_desk import MapDesk
from game.ui.table.pages import Pages
from game.ui.table.shown_page import ShownPage
from game.words import say

WIDE = 344
VEIL = 54
"""How dark everything is on which no light falls, of 255."""


class LitTable(ShownPage, Protocol):
    """What card and spotlight are drawn from."""

    desk: Desk
    pages: Pages
    coach: Coach
    layout: TableLayout
    board: MapDesk


class CoachCard:
    """The card of the step at hand. It is made anew when the step changes."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._made: tuple[object, FlowPage] | None = None
        self._veil: tuple[object, pygame.Surface] | None = None
        self.rect = pygame.Rect(0, 0, 0, 0)
        """Where the card lies; empty while there is none."""

    def place(self, table: LitTable) -> None:
        """Make the card and find its place in a corner of the map. It makes room for a fight."""
        coach, desk = table.coach, self.desk
        if not coach.speaking or table.dialog is not None or table.stage.running:
            self.rect = pygame.Rect(0, 0, 0, 0)
            return
        room = table.layout.map.copy()
        if table.reel is not None:
            room.height -= table.reel.rect.bottom - room.y
            room.y = table.reel.rect.bottom
        wide = min(desk.px(WIDE), room.width - desk.px(24))
        key = (coach.number, coach.late, wide, desk.scale, table.session.over)
        if self._made is None or self._made[0] != key:
            self._made = (key, self._page(coach, wide))
        self.rect = self._free_corner(table, self._made[1].picture, room.inflate(-desk.px(24), -desk.px(24)))

    def _free_corner(self, table: LitTable, picture: pygame.Surface, room: pygame.Rect) -> pygame.Rect:
        """A corner of the map in which the card covers nothing that is lit, the upper right one if it can be."""
        step = table.coach.step
        lit = [box for light in (step.show if step is not None else ()) for box, _ in self._lit(table, light)]
        low = table.layout.views.y - self.desk.px(8)
        corners = (
            picture.get_rect(topright=room.topright),
            picture.get_rect(bottomright=(room.right, low)),
            picture.get_rect(topleft=room.topleft),
            picture.get_rect(bottomleft=(room.x, low)),
        )
        return next((box for box in corners if box.collidelist(lit) < 0), corners[0])

    def act_at(self, at: tuple[int, int]) -> PanelAct | None:
        """What a click on the card asks for."""
        if self._made is None or not self.rect.collidepoint(at):
            return None
        spot = self._made[1].spot_at((at[0] - self.rect.x, at[1] - self.rect.y))
        return spot.act if spot is not None else None

    def draw(self, screen: pygame.Surface, table: LitTable) -> None:
        """Light, and the card over it, where it was placed."""
        if not self.rect.width or self._made is None:
            return
        if table.playing and table.reel is None and table.coach.step is not None:
            self._draw_light(screen, table, table.coach.step.show)
        screen.blit(self._made[1].picture, self.rect)
        pygame.draw.rect(screen, self.desk.theme.interface.accent, self.rect, max(1, self.desk.px(2)),
                         border_radius=self.desk.px(4))  # fmt: skip

    # --- the card -----------------------------------------------------------------------------------------------

    def _page(self, coach: Coach, wide: int) -> FlowPage:
        flow, desk, file, step = Flow(self.desk, wide, 14), self.desk, coach.file, coach.step
        assert file is not None
        many = len(file.steps)
        if step is None:
            flow.heading(say("The lessons are done"))
            add_rich(flow, file.farewell or say("You have done all steps."))
            flow.gap(4)
            flow.button(say("Close"), PutCoachAway(), tall=26)
            return flow.page(desk.theme.interface.panel)
        flow.heading(step.lesson, say("{n} of {many}", n=coach.number + 1, many=many))
        flow.block(7, lambda screen, box: self._paint_progress(screen, box, coach.number, many))
        add_rich(flow, step.text)
        if coach.late:
            flow.prose(say("The turn for this has passed. Start the step over, or skip it."), 13,
                       desk.theme.marks.warn, mark="triangle")  # fmt: skip
        flow.gap(4)
        self._add_buttons(flow)
        return flow.page(desk.theme.interface.panel)

    def _paint_progress(self, screen: pygame.Surface, box: pygame.Rect, done: int, many: int) -> None:
        bar = pygame.Rect(box.x, box.y + 1, box.width, max(2, self.desk.px(3)))
        screen.fill(self.desk.theme.interface.panel_edge, bar)
        bar.width = bar.width * done // many
        screen.fill(self.desk.theme.interface.accent, bar)

    def _add_buttons(self, flow: Flow) -> None:
        desk = self.desk
        titles: list[tuple[str, PanelAct]] = [
            (say("Start over"), StepAgain()),
            (say("Skip"), SkipStep()),
            (say("Put away"), PutCoachAway()),
        ]
        gap = desk.px(6)

        def boxes(box: pygame.Rect) -> list[pygame.Rect]:
            wide = (box.width - 2 * gap) // 3
            return [pygame.Rect(box.x + number * (wide + gap), box.y, wide, box.height) for number in range(3)]

        def paint(screen: pygame.Surface, box: pygame.Rect) -> None:
            for part, (title, _) in zip(boxes(box), titles, strict=True):
                paint_button(screen, desk, part, title, size=13)

        for part, named in zip(boxes(flow.block(26, paint)), titles, strict=True):
            flow.spot(part, named[1])

    # --- the light ----------------------------------------------------------------------------------------------

    def _draw_light(self, screen: pygame.Surface, table: LitTable, lights: tuple[Spotlight, ...]) -> None:
        spots = [spot for light in lights for spot in self._lit(table, light)]
        holes = tuple((tuple(box), round_one) for box, round_one in spots)
        size = screen.get_size()
        if not holes:
            return
        if self._veil is None or self._veil[0] != (size, holes):
            self._veil = ((size, holes), self._made_veil(size, spots))
        screen.blit(self._veil[1], (0, 0))

    def _made_veil(self, size: tuple[int, int], spots: list[tuple[pygame.Rect, bool]]) -> pygame.Surface:
        veil, ring = pygame.Surface(size, pygame.SRCALPHA), self.desk.theme.interface.accent
        veil.fill((0, 0, 0, VEIL))
        wide, clear = max(2, self.desk.px(3)), Colour(0, 0, 0, 0)
        for box, is_round in spots:
            if is_round:
                pygame.draw.circle(veil, clear, box.center, box.width // 2)
                pygame.draw.circle(veil, ring, box.center, box.width // 2, wide)
            else:
                pygame.draw.rect(veil, clear, box, border_radius=self.desk.px(5))
                pygame.draw.rect(veil, ring, box, wide, border_radius=self.desk.px(5))
        return veil

    def _lit(self, table: LitTable, light: Spotlight) -> Iterator[tuple[pygame.Rect, bool]]:
        """Where a light falls, and whether it is round; nothing where what it is for is not to be seen."""
        here = table.coach.place(light.unit, light.at)
        if here >= 0:
            camera = table.board.map.camera
            x, y = camera.hex_on_screen(here)
            if camera.holds((x, y)):
                size = max(self.desk.px(30), round(1.3 * camera.zoom))
                yield pygame.Rect(round(x) - size // 2, round(y) - size // 2, size, size), True
            return
        box = _box_of(table, light)
        if box is not None:
            yield box.inflate(self.desk.px(2), self.desk.px(2)), False


def _box_of(table: LitTable, light: Spotlight) -> pygame.Rect | None:
    """The part of the window that a light is for."""
    layout, boxes = table.layout, table.pages.boxes(table)
    if light.order is not None or light.overlay is not None:
        wanted: PanelAct = PrepareOrder(light.order) if light.order is not None else ShowOverlay(light.overlay or "")
        names = ("more", "orders") if light.order is not None else ("views",)
        for act in (wanted, ShowMore()):  # an order that the bar leaves out is behind its last button
            for name in names:
                for spot in boxes[name].page.spots if name in boxes else ():
                    if spot.act == act:
                        return spot.rect.move(boxes[name].box.topleft)
        return boxes[names[-1]].box
    forecast = boxes["forecast"].box.union(boxes.get("foot", boxes["forecast"]).box)
    parts = {
        "end-turn": layout.end_turn, "next-unit": layout.next_unit, "undo": layout.undo, "forecast": forecast,
        "unit": boxes["upper"].box, "orders": layout.orders, "views": layout.views, "log": layout.log,
        "minimap": layout.minimap, "top": layout.top,
    }  # fmt: skip
    return parts.get(light.part or "")


_BOLD = re.compile(r"(\*\*.+?\*\*|`.+?`)")


def add_rich(flow: Flow, text: str, size: int = 14) -> None:
    """Prose in which **this** stands out, and keys in `ticks` too."""
    desk, pixels = flow.desk, flow.desk.px(size)
    words = [
        (word, part[:1] in ("*", "`"))
        for part in _BOLD.split(" ".join(text.split()))
        for word in re.findall(r"\s+|\S+", part.strip("*`") if part[:1] in ("*", "`") else part)
    ]
    lines: list[list[tuple[str, bool]]] = [[]]
    room = 0
    for word, bold in words:
        wide = desk.fonts.width(word, STRONG if bold else BODY, pixels)
        if room + wide > flow.room and not word.isspace():
            lines.append([])
            room = 0
        if word.isspace() and not lines[-1]:
            continue
        lines[-1].append((word, bold))
        room += wide
    tall = round(pixels * 1.36)
    plain, strong = desk.theme.interface.text, desk.theme.interface.accent

    def paint(screen: pygame.Surface, box: pygame.Rect) -> None:
        for number, line in enumerate(lines):
            x = box.x
            for word, bold in line:
                face = desk.fonts.text(word, STRONG if bold else BODY, pixels, strong if bold else plain)
                screen.blit(face, (x, box.y + number * tall))
                x += face.get_width()

    box = flow.block(1, paint)
    box.height = tall * len(lines) + desk.px(4)
    flow.y = box.bottom
