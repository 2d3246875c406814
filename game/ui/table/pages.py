"""The panels around the map: made anew when what they show has changed, else only put on the screen again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import pygame

from game.rules import ladder
from game.session import Session
from game.ui.kit.fonts import BODY, NARROW, STRONG
from game.ui.kit.icons import icon
from game.ui.kit.lettering import fitted, wrapped
from game.ui.kit.theme import Colour
from game.ui.mapview.frame import PAPER, paint_neatline, paint_north_and_scale, scale_bar
from game.ui.panels.acts import (
    AskEndTurn,
    NextUnit,
    OpenDrawer,
    OtherSpeed,
    PauseOthers,
    SkipOthers,
    TakeBack,
    TurnAct,
)
from game.ui.panels.attack_panel import add_attackers
from game.ui.panels.faction_panel import add_faction
from game.ui.panels.flow import Flow, FlowPage, FlowSpot
from game.ui.panels.forecast_panel import add_forecast
from game.ui.panels.group_panel import add_group
from game.ui.panels.hex_panel import add_hex
from game.ui.panels.log_panel import LogPanel
from game.ui.panels.offer_panel import add_offer, offers
from game.ui.panels.order_bar import more_orders, order_bar
from game.ui.panels.plan_panel import add_plan, add_plans, add_route
from game.ui.panels.portraits import Portraits
from game.ui.panels.result_panel import add_result
from game.ui.panels.top_bar import top_bar
from game.ui.panels.turn_track import reach_legend, turn_track
from game.ui.panels.unit_panel import add_unit
from game.ui.panels.view_bar import view_bar
from game.ui.scene import Desk
from game.ui.selection import ROUTE
from game.ui.table.chronicle import Chronicle
from game.ui.table.dialogs import Checklist, Reel
from game.ui.table.layout import TableLayout
from game.ui.table.map_desk import MapDesk, Sight
from game.ui.table.stage import Stage
from game.ui.table.standing import StandingOrders
from game.ui.table.turns import Playback
from game.ui.worldview import idle_rows
from game.words import count, say

LEAST_FORECAST = 120
LEAST_UPPER = 120
TIP_AFTER = 0.4
MOST_NEWS = 99


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

    stage: Stage

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
    icon: str = ""
    key: str = ""
    note: str = ""


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
        """Of the unit and hex panel, and below it of the forecast."""
        self.low_scroll = 0
        self.more_open = False
        self.drawer = ""
        """What is open at the foot of the column: "log", "map" or nothing."""
        self._log_seen = 0

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
        result = None if table.stage.running else table.stage.result
        key = (table.edition, table.selection, table.hover, table.playing, table.layout.column.width, result)
        return self._page("forecast", key, lambda: self._forecast(table))

    def _forecast(self, table: ShownPage) -> FlowPage:
        flow = Flow(self.desk, table.layout.column.width)
        state, seat, selection, hover = table.view.state, table.seat, table.selection, table.hover
        result = table.stage.result
        if table.playing and selection.mode == ROUTE:
            add_route(flow, state, selection)
        elif (
            result is not None
            and not table.stage.running
            and not selection.mode
            and hover in (-1, result.hex, selection.hex)
        ):
            add_result(flow, state.world, result)
        elif table.playing and offers(state, seat, selection, hover):
            add_offer(flow, state, seat, selection, hover)
        else:
            add_forecast(flow, state, seat, selection, hover)
        return flow.page(self.desk.theme.interface.background, self.desk.px(LEAST_FORECAST))

    def orders(self, table: ShownPage) -> FlowPage:
        """The bar of the orders that can be given now."""
        box = table.layout.orders
        reach = table.board.map.reach
        risky = reach is not None and bool(reach.risky)
        key = (table.edition, table.selection, table.playing, box.size, risky, self.more_open)
        return self._page(
            "orders",
            key,
            lambda: order_bar(
                self.desk, self.portraits, table.view.state, table.seat, table.selection, box.size,
                playing=table.playing, risky=risky, opened=self.more_open,
            ),
        )  # fmt: skip

    def more(self, table: ShownPage) -> FlowPage:
        """The orders that the bar leaves out."""
        size = table.layout.orders.size
        key = (table.edition, table.selection, table.playing, size)
        return self._page(
            "more",
            key,
            lambda: more_orders(self.desk, table.view.state, table.seat, table.selection, size, playing=table.playing),
        )

    def views(self, table: ShownPage) -> FlowPage:
        """The block of overlays."""
        box, shown = table.layout.views, table.board.shown
        return self._page("views", (shown, box.size), lambda: view_bar(self.desk, shown, box.size))

    def drawers(self, table: ShownPage) -> FlowPage:
        """The heads of the log and, where the column has no room for it at all times, the minimap."""
        lines = len(table.log.lines)
        if self.drawer == "log":
            self._log_seen = lines
        fresh, size, roomy = max(0, lines - self._log_seen), table.layout.drawers.size, table.layout.roomy
        key = (fresh, size, self.drawer, roomy)
        return self._page("drawers", key, lambda: self._drawers(size, fresh, roomy))

    def _drawers(self, size: tuple[int, int], fresh: int, roomy: bool) -> FlowPage:
        desk, colours = self.desk, self.desk.theme.interface
        picture = pygame.Surface(size)
        picture.fill(colours.panel)
        heads = [
            (
                "log",
                say("Log"),
                _news(fresh),
                say("What has happened; click a line to go there."),
            )
        ]
        if not roomy:
            heads.append(("map", say("Map"), "", say("The whole map small; click to look there.")))
        gap = desk.px(4)
        wide = (size[0] - gap * (len(heads) - 1)) // len(heads)
        spots = []
        for number, (name, title, note, tip) in enumerate(heads):
            box = pygame.Rect(number * (wide + gap), 0, wide, size[1])
            on = self.drawer == name
            pygame.draw.rect(picture, colours.raised, box, border_radius=desk.px(5))
            pygame.draw.rect(picture, colours.accent if on else colours.panel_edge, box, max(1, desk.px(1)), desk.px(5))
            sign = icon(name, desk.px(14), colours.accent if on else colours.text_dim)
            picture.blit(sign, (box.x + desk.px(7), box.centery - sign.get_height() // 2))
            face = desk.fonts.text(title, BODY, desk.px(12), colours.text)
            picture.blit(face, (box.x + desk.px(27), box.centery - face.get_height() // 2))
            if note:
                end = desk.fonts.text(note, NARROW, desk.px(12), colours.accent)
                picture.blit(end, (box.right - end.get_width() - desk.px(7), box.centery - end.get_height() // 2))
            spots.append(FlowSpot(box, OpenDrawer(name), tip))
        return FlowPage(picture, tuple(spots))

    def track(self, table: ShownPage) -> tuple[FlowPage, FlowPage, int]:
        """Turn track and legend of the reach in the frame's foot, and where the track begins."""
        layout, state, seat = table.layout, table.view.state, table.seat
        scale = scale_bar(state.world.metres_per_hex, table.board.map.camera.zoom, self.desk.px(96))
        words = self.desk.fonts.text(f"{scale.kilometres} km", NARROW, self.desk.px(12), Colour(0, 0, 0))
        begin = self.desk.px(72) + scale.pixels + words.get_width()
        reach = table.board.map.reach
        room = layout.foot.right - begin - self.desk.px(8)
        legend_room = room * 2 // 5 if reach is not None else 0
        size = (max(1, room - legend_room), layout.foot.height)
        then = (table.board.history_turn or state.clock.turn) if "ghost" in table.board.shown else 0
        track = self._page(
            "track",
            (table.edition, seat, size, then),
            lambda: turn_track(self.desk, state, seat, size, then),
        )
        left = (room - track.picture.get_width() - self.desk.px(12), layout.foot.height)
        bands = reach.bands if reach is not None else ()
        rivals = ladder.rivals(state.world, seat) if reach is not None and reach.risky else ()
        risk = state.world.factions[rivals[0]].adjective if rivals else ""
        legend = self._page(
            "legend",
            (tuple(bool(one) for one in bands), state.clock.turn, risk, left),
            lambda: reach_legend(self.desk, bands, state.clock.turn, risk, left),
        )
        return track, legend, begin

    # --- where they stand -------------------------------------------------------------------------------------

    def boxes(self, table: ShownPage) -> list[Placed]:
        """Each panel with its rectangle and how far it is scrolled, those on top last."""
        room = table.layout.panels
        forecast, upper = self.forecast(table), self.upper(table)
        tall, least = forecast.picture.get_height(), self.desk.px(LEAST_UPPER)
        low = min(tall, room.height - min(upper.picture.get_height(), least))
        low_box = pygame.Rect(room.x, room.bottom - low, room.width, max(1, low))
        high_box = pygame.Rect(room.x, room.y, room.width, max(1, room.height - low))
        self.scroll = max(0, min(self.scroll, upper.picture.get_height() - high_box.height))
        self.low_scroll = max(0, min(self.low_scroll, tall - low_box.height))
        track, _, begin = self.track(table)
        foot = table.layout.foot
        found = [
            Placed(self.top(table), table.layout.top),
            Placed(upper, high_box, self.scroll),
            Placed(forecast, low_box, self.low_scroll),
            Placed(self.orders(table), table.layout.orders),
            Placed(self.views(table), table.layout.views),
            Placed(self.drawers(table), table.layout.drawers),
            Placed(track, pygame.Rect((foot.x + begin, foot.y), track.picture.get_size())),
        ]
        if self.more_open:
            sheet = self.more(table)
            box = sheet.picture.get_rect(
                bottomright=(table.layout.orders.right - self.desk.px(6), table.layout.orders.y)
            )
            found.append(Placed(sheet, box))
        return found

    def covers(self, table: ShownPage, at: tuple[int, int]) -> bool:
        """Whether a sheet lies over the map at a point."""
        return self.more_open and self.boxes(table)[-1].box.collidepoint(at)

    def wheel(self, table: ShownPage, at: tuple[int, int], by: int) -> None:
        """Scroll the panel under the mouse."""
        if self.boxes(table)[2].box.collidepoint(at):
            self.low_scroll += by
        else:
            self.scroll += by

    def spot_at(self, table: ShownPage, at: tuple[int, int]) -> FlowSpot | None:
        """What is under a point of the window."""
        for one in reversed(self.boxes(table)):
            if one.box.collidepoint(at):
                return one.page.spot_at((at[0] - one.box.x, at[1] - one.box.y + one.scroll))
        return None

    def turn_buttons(self, table: ShownPage) -> tuple[TurnButton, ...]:
        """The buttons at the lower right."""
        layout = table.layout
        if table.playing:
            able = not table.session.why_no_undo()
            return (
                TurnButton(layout.next_unit, say("Next"), NextUnit(), icon="next", key="N"),
                TurnButton(layout.undo, say("Undo"), TakeBack(), able, icon="undo", key="U"),
                TurnButton(layout.end_turn, say("End turn"), AskEndTurn(), note=self._idle_words(table)),
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

    def _idle_words(self, table: ShownPage) -> str:
        """How many units can still do something."""
        state, seat = table.view.state, table.seat
        rows = state.kept(("idle", seat), lambda: idle_rows(state, seat))
        many = sum(state.world.roster.id[row] not in table.standing.resting for row in rows)
        return count(many, "{n} unit can still act", "{n} units can still act", none=say("nobody can still act"))

    # --- drawing ----------------------------------------------------------------------------------------------

    def draw(self, screen: pygame.Surface, table: ShownPage) -> None:
        """All panels over and around the map."""
        self._draw_frame(screen, table)
        for region, picture in self._regions(table):
            screen.blit(picture, region)
        if table.layout.minimap.height:
            table.board.draw_minimap(screen)
        if self.more_open:
            sheet = self.boxes(table)[-1]
            screen.blit(sheet.page.picture, sheet.box)
        if table.reel is not None:
            table.reel.draw(screen, table.layout.map, table.mouse)
        if table.notice and not table.stage.running:
            self._draw_notice(screen, table)
        if table.dialog is not None:
            table.dialog.draw(screen, table.layout.map, table.mouse)
        self._draw_tip(screen, table)

    def _draw_frame(self, screen: pygame.Surface, table: ShownPage) -> None:
        """The printed frame with the scale of the present zoom; drawn again when the camera has moved."""
        layout, camera = table.layout, table.board.map.camera
        metres = table.view.state.world.metres_per_hex
        track, legend, begin = self.track(table)
        scale = scale_bar(metres, camera.zoom, self.desk.px(96))

        def paint(at: _Shifted) -> None:
            at.picture.fill(PAPER)
            paint_north_and_scale(at.picture, self.desk, at.picture.get_rect(), scale)
            at.picture.blit(track.picture, (begin, 0))
            at.picture.blit(legend.picture, (begin + track.picture.get_width() + self.desk.px(12), 0))

        screen.blit(self._region("foot", layout.foot, (scale, track, legend, begin), paint), layout.foot)
        paint_neatline(screen, layout.frame, camera, metres)

    def _regions(self, table: ShownPage) -> list[tuple[pygame.Rect, pygame.Surface]]:
        """The parts of the surroundings as finished pictures; painted again when something in them changes."""
        layout, boxes = table.layout, self.boxes(table)
        top, upper, forecast, orders, views, drawers = boxes[:6]
        buttons = tuple((one.words, one.able, one.note) for one in self.turn_buttons(table))
        log = table.log.looks(table.mouse) if layout.log.height else None
        parts = (upper, forecast, views, drawers)
        return [
            (layout.top, top.page.picture),
            (layout.orders, orders.page.picture),
            (layout.column, self._region("column", layout.column, (*parts, buttons, log, layout.minimap.size),
                                         lambda at: self._paint_column(at, table, parts))),
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
        colours, layout = self.desk.theme.interface, table.layout
        at.picture.fill(colours.panel)
        for one in pages:
            at.blit_part(one.page.picture, one.box, one.scroll)
            if one.page.picture.get_height() > one.box.height:
                self._paint_scrollbar(at.picture, at.moved(one.box), one.scroll, one.page.picture.get_height())
        low = at.moved(pages[1].box)
        pygame.draw.line(at.picture, colours.panel_edge, low.topleft, low.topright)
        if layout.log.height:
            table.log.draw(at.picture, table.mouse, at.corner)
        for box in (layout.log, layout.minimap):
            if box.height:
                pygame.draw.rect(at.picture, colours.panel_edge, at.moved(box), 1)
        for button in self.turn_buttons(table):
            paint_turn_button(at.picture, self.desk, at.moved(button.box), button, button.box is layout.end_turn)
        pygame.draw.line(at.picture, colours.panel_edge, (0, 0), (0, at.picture.get_height()))

    def _paint_scrollbar(self, picture: pygame.Surface, box: pygame.Rect, scroll: int, tall: int) -> None:
        size = max(self.desk.px(18), box.height * box.height // tall)
        y = box.y + (box.height - size) * scroll // max(1, tall - box.height)
        picture.fill(self.desk.theme.interface.panel_edge, (box.right - self.desk.px(5), y, self.desk.px(3), size))

    def _draw_notice(self, screen: pygame.Surface, table: ShownPage) -> None:
        desk, room = self.desk, table.layout.map
        lines = _wrap(desk, table.notice, room.width - desk.px(80))
        low = room.bottom - desk.px(8)
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


def paint_turn_button(picture: pygame.Surface, desk: Desk, box: pygame.Rect, button: TurnButton, strong: bool) -> None:
    """A button at the lower right: its sign, words and key, or big with a note below."""
    colours, able = desk.theme.interface, button.able
    gold = strong and able
    pygame.draw.rect(picture, colours.accent if gold else colours.raised, box, border_radius=desk.px(6))
    pygame.draw.rect(picture, colours.panel_edge, box, max(1, desk.px(1)), desk.px(6))
    ink = colours.on_accent if gold else colours.text if able else colours.text_dim.mixed(colours.panel, 45)
    size = desk.px(15 if strong and button.note else 13)
    face = desk.fonts.text(fitted(desk.fonts, button.words, STRONG if strong else BODY, size, box.width - 8),
                           STRONG if strong else BODY, size, ink)  # fmt: skip
    if strong:
        note = desk.fonts.text(button.note, NARROW, desk.px(12), colours.on_accent_dim if gold else colours.text_dim)
        lift = desk.px(8) if button.note else 0
        picture.blit(face, face.get_rect(center=(box.centerx, box.centery - lift)))
        if button.note:
            picture.blit(note, note.get_rect(center=(box.centerx, box.centery + desk.px(9))))
        return
    if not button.icon:
        picture.blit(face, face.get_rect(center=box.center))
        return
    sign = icon(button.icon, desk.px(14), ink)
    picture.blit(sign, (box.x + desk.px(7), box.centery - sign.get_height() // 2))
    picture.blit(face, (box.x + desk.px(27), box.centery - face.get_height() // 2))
    key = desk.fonts.text(button.key, NARROW, desk.px(12), colours.text_dim)
    picture.blit(key, (box.right - key.get_width() - desk.px(8), box.centery - key.get_height() // 2))


def _news(fresh: int) -> str:
    """How many lines of the log nobody has looked at yet."""
    if not fresh:
        return ""
    return say("{n} new", n=fresh) if fresh <= MOST_NEWS else say("{n}+ new", n=MOST_NEWS)


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
