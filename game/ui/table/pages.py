"""The panels around the map: made anew when what they show has changed, else only put on the screen again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import pygame

from game.session import Session
from game.ui.kit.fonts import BODY, NARROW, STRONG
from game.ui.kit.lettering import wrapped
from game.ui.panels.acts import AskEndTurn, NextUnit, OtherSpeed, PauseOthers, SkipOthers, TakeBack, TurnAct
from game.ui.panels.attack_panel import add_attackers
from game.ui.panels.faction_panel import add_faction
from game.ui.panels.flow import Flow, FlowPage, FlowSpot, paint_button
from game.ui.panels.forecast_panel import add_forecast
from game.ui.panels.group_panel import add_group
from game.ui.panels.hex_panel import add_hex
from game.ui.panels.log_panel import LogPanel
from game.ui.panels.offer_panel import add_offer, offers
from game.ui.panels.order_bar import order_bar
from game.ui.panels.plan_panel import add_plan, add_plans, add_route
from game.ui.panels.portraits import Portraits
from game.ui.panels.top_bar import top_bar
from game.ui.panels.unit_panel import add_unit
from game.ui.panels.view_bar import view_bar
from game.ui.scene import Desk
from game.ui.selection import ROUTE
from game.ui.table.chronicle import Chronicle
from game.ui.table.dialogs import Checklist, Reel
from game.ui.table.layout import TableLayout
from game.ui.table.map_desk import MapDesk, Sight
from game.ui.table.standing import StandingOrders
from game.ui.table.turns import Playback
from game.words import say

LEAST_FORECAST = 200
TIP_AFTER = 0.4


class ShownPage(Sight, Protocol):
    """What the panels show is made from."""

    session: Session
    chronicle: Chronicle
    layout: TableLayout
    playback: Playback
    standing: StandingOrders
    board: MapDesk
    log: LogPanel
    reel: Reel | None
    dialog: Checklist | None
    notice: str

    @property
    def watching(self) -> bool:
        """Whether no person plays."""
        ...

    @property
    def mouse(self) -> tuple[int, int]:
        """Where the mouse is."""
        ...

    @property
    def rested(self) -> float:
        """Seconds since it moved."""
        ...


@dataclass(frozen=True, slots=True)
class Placed:
    """A page, its rectangle in the window, and how far it is scrolled."""

    page: FlowPage
    box: pygame.Rect
    scroll: int = 0


@dataclass(frozen=True, slots=True)
class TurnButton:
    """A button at the lower right: where, its words, what it asks for, and whether it does."""

    box: pygame.Rect
    words: str
    act: TurnAct
    able: bool = True


class _Shifted:
    """A picture of a part of the window, painted in the window's coordinates."""

    def __init__(self, picture: pygame.Surface, corner: tuple[int, int]) -> None:
        self.picture, self.corner = picture, corner

    def moved(self, box: pygame.Rect) -> pygame.Rect:
        """A rectangle of the window on this picture."""
        return box.move(-self.corner[0], -self.corner[1])

    def blit_part(self, source: pygame.Surface, box: pygame.Rect, scroll: int) -> None:
        """A page in its rectangle, scrolled."""
        self.picture.blit(source, self.moved(box), (0, scroll, box.width, box.height))


class Pages:
    """The panels of one table and where they stand."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.portraits = Portraits(desk)
        self._made: dict[str, tuple[object, FlowPage]] = {}
        self._painted: dict[str, tuple[object, pygame.Surface]] = {}
        self.scroll = 0

    def clear(self) -> None:
        """Forget everything: the window has another size."""
        self._made.clear()
        self._painted.clear()
        self.portraits = Portraits(self.desk)

    def _page(self, name: str, key: object, make: Callable[[], FlowPage]) -> FlowPage:
        found = self._made.get(name)
        if found is None or found[0] != key:
            found = self._made[name] = (key, make())
        return found[1]

    # --- the panels -------------------------------------------------------------------------------------------

    def top(self, table: ShownPage) -> FlowPage:
        """The bar above."""
        box = table.layout.top
        watching = (
            say("view of {army} (Tab)", army=table.session.world.factions[table.seat].adjective)
            if table.watching
            else ""
        )
        return self._page(
            "top",
            (table.edition, table.seat, watching, box.size),
            lambda: top_bar(self.desk, table.view.state, table.seat, box.width, box.height, watching),
        )

    def upper(self, table: ShownPage) -> FlowPage:
        """Unit, stack and hex; or the attackers of the attack in preparation."""
        hover = self._hex(table)
        key = (table.edition, table.selection, hover, table.playing, table.layout.column.width)
        return self._page("upper", key, lambda: self._upper(table, hover))

    def _hex(self, table: ShownPage) -> int:
        return table.hover if table.hover >= 0 else table.selection.hex

    def _upper(self, table: ShownPage, hover: int) -> FlowPage:
        flow = Flow(self.desk, table.layout.column.width)
        state, selection = table.view.state, table.selection
        if selection.mode == "attack" and selection.target >= 0 and table.playing:
            add_attackers(flow, self.portraits, state, table.seat, selection)
        elif selection.group:
            add_group(flow, self.portraits, state, table.seat, selection)
        elif selection.unit:
            add_unit(flow, self.portraits, state, table.seat, selection)
        if selection.units and table.playing and not selection.mode:
            add_plan(flow, state, selection, table.standing.plans, table.standing.repeatable())
        if hover >= 0 and selection.mode != "attack":
            if selection.unit:
                flow.rule()
            add_hex(flow, self.portraits, state, table.seat, selection, hover, table.chronicle.changes)
        elif not selection.unit and not selection.mode:
            add_faction(flow, state, table.seat)
            if table.playing:
                add_plans(flow, state, table.standing.plans)
        return flow.page()

    def forecast(self, table: ShownPage) -> FlowPage:
        """The fixed forecast panel."""
        key = (table.edition, table.selection, table.hover, table.playing, table.layout.column.width)
        return self._page("forecast", key, lambda: self._forecast(table))

    def _forecast(self, table: ShownPage) -> FlowPage:
        flow = Flow(self.desk, table.layout.column.width)
        state, seat, selection, hover = table.view.state, table.seat, table.selection, table.hover
        if table.playing and selection.mode == ROUTE:
            add_route(flow, state, selection)
        elif table.playing and offers(state, seat, selection, hover):
            add_offer(flow, state, seat, selection, hover)
        else:
            add_forecast(flow, state, seat, selection, hover)
        return flow.page(self.desk.theme.interface.background, self.desk.px(LEAST_FORECAST))

    def orders(self, table: ShownPage) -> FlowPage:
        """The grid of order buttons."""
        box = table.layout.orders
        key = (table.edition, table.selection, table.playing, box.size)
        return self._page(
            "orders",
            key,
            lambda: order_bar(self.desk, table.view.state, table.seat, table.selection, box.size, table.playing),
        )

    def views(self, table: ShownPage) -> FlowPage:
        """The row of overlays."""
        box, shown = table.layout.views, table.board.shown
        return self._page("views", (shown, box.size), lambda: view_bar(self.desk, shown, box.size))

    # --- where they stand -------------------------------------------------------------------------------------

    def boxes(self, table: ShownPage) -> list[Placed]:
        """Each panel with its rectangle and how far it is scrolled."""
        column = table.layout.column
        forecast, upper = self.forecast(table), self.upper(table)
        low = min(forecast.picture.get_height(), column.height - self.desk.px(120))
        low_box = pygame.Rect(column.x, column.bottom - low, column.width, low)
        high_box = pygame.Rect(column.x, column.y, column.width, column.height - low)
        most = max(0, upper.picture.get_height() - high_box.height)
        self.scroll = max(0, min(self.scroll, most))
        return [
            Placed(self.top(table), table.layout.top),
            Placed(upper, high_box, self.scroll),
            Placed(forecast, low_box),
            Placed(self.orders(table), table.layout.orders),
            Placed(self.views(table), table.layout.views),
        ]

    def spot_at(self, table: ShownPage, at: tuple[int, int]) -> FlowSpot | None:
        """What is under a point of the window."""
        for one in self.boxes(table):
            if one.box.collidepoint(at):
                return one.page.spot_at((at[0] - one.box.x, at[1] - one.box.y + one.scroll))
        return None

    def turn_buttons(self, table: ShownPage) -> tuple[TurnButton, ...]:
        """The buttons at the lower right."""
        layout = table.layout
        if table.playing:
            able = not table.session.why_no_undo()
            return (
                TurnButton(layout.next_unit, say("Next  N"), NextUnit()),
                TurnButton(layout.undo, say("Undo  U"), TakeBack(), able),
                TurnButton(layout.end_turn, say("End turn"), AskEndTurn()),
            )
        if table.session.over:
            return (TurnButton(layout.end_turn, say("Game over"), AskEndTurn(), False),)
        both = layout.next_unit.union(layout.undo)
        speed = TurnButton(both, say("Speed: {speed}", speed=table.playback.speed), OtherSpeed())
        if table.watching:
            return speed, TurnButton(
                layout.end_turn, say("Continue  Space") if table.playback.paused else say("Pause  Space"), PauseOthers()
            )
        return speed, TurnButton(layout.end_turn, say("Skip  (any key)"), SkipOthers())

    # --- drawing ----------------------------------------------------------------------------------------------

    def draw(self, screen: pygame.Surface, table: ShownPage) -> None:
        """All panels over and around the map."""
        for region, picture in self._regions(table):
            screen.blit(picture, region)
        table.board.draw_minimap(screen)
        if table.reel is not None:
            table.reel.draw(screen, table.layout.map, table.mouse)
        if table.notice:
            self._draw_notice(screen, table)
        if table.dialog is not None:
            table.dialog.draw(screen, table.layout.map, table.mouse)
        self._draw_tip(screen, table)

    def _regions(self, table: ShownPage) -> list[tuple[pygame.Rect, pygame.Surface]]:
        """The parts of the surroundings as finished pictures; painted again when something in them changes."""
        layout, boxes = table.layout, self.boxes(table)
        top, upper, forecast, orders, views = boxes
        column = layout.column.union(layout.end_turn)
        column.height = layout.window.bottom - column.y
        buttons = tuple((one.words, one.able) for one in self.turn_buttons(table))
        mouse = table.mouse
        return [
            (layout.top, top.page.picture),
            (layout.views, views.page.picture),
            (column, self._region("column", column, (upper, forecast, buttons),
                                  lambda at: self._paint_column(at, table, (upper, forecast)))),
            (layout.strip, self._region("strip", layout.strip, (orders, table.log.looks(mouse)),
                                        lambda at: self._paint_strip(at, table, orders))),
        ]  # fmt: skip

    def _region(self, name: str, box: pygame.Rect, key: object, paint: Callable[[_Shifted], None]) -> pygame.Surface:
        found = self._painted.get(name)
        if found is not None and found[0] == (key, box.size):
            return found[1]
        picture = pygame.Surface(box.size)
        screen = pygame.display.get_surface()
        picture = picture.convert(screen) if screen is not None else picture
        paint(_Shifted(picture, box.topleft))
        self._painted[name] = ((key, box.size), picture)
        return picture

    def _paint_column(self, at: _Shifted, table: ShownPage, pages: tuple[Placed, ...]) -> None:
        colours = self.desk.theme.interface
        at.picture.fill(colours.panel)
        for one in pages:
            at.blit_part(one.page.picture, one.box, one.scroll)
            if one.page.picture.get_height() > one.box.height:
                self._paint_scrollbar(at.picture, at.moved(one.box), one.scroll, one.page.picture.get_height())
            pygame.draw.rect(at.picture, colours.panel_edge, at.moved(one.box), 1)
        for button in self.turn_buttons(table):
            strong = button.box is table.layout.end_turn
            paint_button(at.picture, self.desk, at.moved(button.box), button.words, enabled=button.able, strong=strong)

    def _paint_scrollbar(self, picture: pygame.Surface, box: pygame.Rect, scroll: int, tall: int) -> None:
        size = max(self.desk.px(18), box.height * box.height // tall)
        y = box.y + (box.height - size) * scroll // max(1, tall - box.height)
        picture.fill(self.desk.theme.interface.panel_edge, (box.right - self.desk.px(5), y, self.desk.px(3), size))

    def _paint_strip(self, at: _Shifted, table: ShownPage, orders: Placed) -> None:
        layout, colours = table.layout, self.desk.theme.interface
        at.picture.fill(colours.background)
        at.blit_part(orders.page.picture, orders.box, 0)
        if layout.log.width > self.desk.px(40):
            table.log.draw(at.picture, table.mouse, at.corner)
        for box in (layout.orders, layout.log, layout.minimap):
            pygame.draw.rect(at.picture, colours.panel_edge, at.moved(box), 1)

    def _draw_notice(self, screen: pygame.Surface, table: ShownPage) -> None:
        desk, room = self.desk, table.layout.map
        lines = _wrap(desk, table.notice, room.width - desk.px(80))
        low = table.layout.views.y - desk.px(8)
        draw_box(screen, desk, lines, lambda size: (room.centerx - size[0] // 2, low - size[1]), 14)

    def _draw_tip(self, screen: pygame.Surface, table: ShownPage) -> None:
        if table.rested < TIP_AFTER or table.dialog is not None:
            return
        at = table.mouse
        spot = self.spot_at(table, at)
        if spot is None or not spot.tip:
            return
        desk, window = self.desk, screen.get_rect()
        lines = [line for part in spot.tip.split("\n") for line in _wrap(desk, part, desk.px(330))]

        def place(size: tuple[int, int]) -> tuple[int, int]:
            x = max(4, min(at[0] + desk.px(12), window.width - size[0] - 4))
            below = at[1] + desk.px(18)
            return x, below if below + size[1] < window.height else max(4, at[1] - size[1] - desk.px(8))

        draw_box(screen, desk, lines, place, 13)

    def draw_curtain(self, screen: pygame.Surface, table: ShownPage) -> None:
        """Nothing of the game, while it changes hands."""
        desk, colours = self.desk, self.desk.theme.interface
        screen.fill(colours.background)
        face = desk.fonts.text(say("Others are playing…"), STRONG, desk.px(24), colours.text)
        screen.blit(face, face.get_rect(center=screen.get_rect().center))
        below = desk.fonts.text(
            say("The map stays hidden until the next player takes the seat."), NARROW, desk.px(15), colours.text_dim
        )
        screen.blit(below, below.get_rect(midtop=(screen.get_width() // 2, screen.get_height() // 2 + desk.px(24))))


def _wrap(desk: Desk, text: str, width: int) -> list[str]:
    return wrapped(desk.fonts, text, BODY, desk.px(13), width)


def draw_box(
    screen: pygame.Surface, desk: Desk, lines: list[str], place: Callable[[tuple[int, int]], tuple[int, int]], size: int
) -> None:
    """Lines in a small raised box; ``place`` turns its size into its corner."""
    colours = desk.theme.interface
    faces = [desk.fonts.text(line, BODY, desk.px(size), colours.text) for line in lines]
    pad = desk.px(8)
    tall = desk.px(size * 1.4)
    box = pygame.Rect(0, 0, max((face.get_width() for face in faces), default=0) + 2 * pad, tall * len(faces) + 2 * pad)
    box.topleft = place(box.size)
    pygame.draw.rect(screen, colours.raised, box, border_radius=desk.px(5))
    pygame.draw.rect(screen, colours.accent, box, 1, border_radius=desk.px(5))
    for number, face in enumerate(faces):
        screen.blit(face, (box.x + pad, box.y + pad + number * tall))
