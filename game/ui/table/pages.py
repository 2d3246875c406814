"""The panels around the map and where they stand; each is made anew when what it shows has changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pygame

from game.rules import ladder
from game.ui.battle_view import AttackResult
from game.ui.kit.fonts import BODY, NARROW
from game.ui.kit.icons import icon
from game.ui.kit.theme import Colour
from game.ui.mapview.frame import scale_bar
from game.ui.panels.acts import AskStaff, OpenDrawer
from game.ui.panels.attack_panel import add_attackers
from game.ui.panels.faction_panel import add_faction
from game.ui.panels.flow import Flow, FlowPage, FlowSpot
from game.ui.panels.forecast_panel import add_forecast
from game.ui.panels.group_panel import add_group
from game.ui.panels.hex_panel import add_hex
from game.ui.panels.moment_panel import add_moment
from game.ui.panels.offer_panel import add_offer, offers
from game.ui.panels.order_bar import more_orders, order_bar
from game.ui.panels.plan_panel import add_plan, add_plans, add_route
from game.ui.panels.portraits import Portraits
from game.ui.panels.replay_bar import replay_bar
from game.ui.panels.result_panel import add_result
from game.ui.panels.supply_panel import add_supply
from game.ui.panels.targets_panel import add_targets
from game.ui.panels.top_bar import top_bar
from game.ui.panels.turn_track import play_button, reach_legend, turn_track
from game.ui.panels.unit_panel import add_unit
from game.ui.panels.view_bar import view_bar
from game.ui.scene import Desk
from game.ui.selection import ROUTE, Selection
from game.ui.table.shown_page import ShownPage
from game.ui.worldview import present_day
from game.words import say

LEAST_FORECAST = 120
UPPER = 0.42
"""Of the room of both panels, what the upper one keeps whatever the forecast would take."""
MOST_NEWS = 99
PLAY = 24
"""Points that the button which plays history takes beside the track."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A page, its rectangle in the window, and how far it is scrolled."""

    page: FlowPage
    box: pygame.Rect
    scroll: int = 0


class Pages:
    """The panels of one table and where they stand."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.portraits = Portraits(desk)
        self._made: dict[str, tuple[object, FlowPage]] = {}
        self.scroll = 0
        """Of the unit and hex panel, and below it of the forecast."""
        self.low_scroll = 0
        self.more_open = False
        self.drawer = ""
        """What is open at the foot of the column: "log", "map" or nothing."""
        self._track: tuple[object, tuple[FlowPage, FlowPage, int]] | None = None
        """The turn track and the legend as they were asked for last: a frame asks several times."""
        self._log_seen = 0
        self._subject: object = None
        self._seen: object = None

    def clear(self) -> None:
        """Forget everything: the window has another size."""
        self._made.clear()
        self._track = None
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
        watching = say("view of {army} (Tab)", army=table.seen_by) if table.watching else ""
        return self._page(
            "top",
            (table.edition, table.seat, watching, box.size),
            lambda: top_bar(self.desk, table.view.state, table.seat, box.width, box.height, watching),
        )

    def time_passes(self, table: ShownPage) -> None:
        """A frame ends: a click shows the unit at once, and what it could attack a frame later."""
        self._seen = table.edition, table.selection

    def upper(self, table: ShownPage) -> FlowPage:
        """Unit, stack and hex; or the attackers of the attack in preparation."""
        hover = self._hex(table)
        late = self._seen == (table.edition, table.selection)
        supplied = "supply" in table.board.shown
        key = (table.edition, table.selection, hover, table.playing, table.layout.column.width, late, supplied)
        return self._page("upper", key, lambda: self._upper(table, hover, late))

    def _hex(self, table: ShownPage) -> int:
        return table.hover if table.hover >= 0 else table.selection.hex

    def _upper(self, table: ShownPage, hover: int, late: bool) -> FlowPage:
        flow = Flow(self.desk, table.layout.column.width)
        state, selection = table.view.state, table.selection
        if selection.mode == "attack" and selection.target >= 0 and table.playing:
            add_attackers(flow, self.portraits, state, table.seat, selection)
        elif selection.group:
            add_group(flow, self.portraits, state, table.seat, selection)
        elif selection.unit:
            add_unit(flow, self.portraits, state, table.seat, selection)
            if late and table.playing and not selection.mode:
                add_targets(flow, self.portraits, state, table.seat, selection)
        if selection.units and table.playing and not selection.mode:
            add_plan(flow, state, selection, table.standing.plans, table.standing.repeatable())
        if hover >= 0 and selection.mode != "attack":
            if selection.unit:
                flow.rule()
            add_hex(flow, self.portraits, state, table.seat, selection, hover, table.chronicle.changes)
        elif not selection.unit and not selection.mode:
            if table.playing:
                flow.button(say("What would the staff do?  (Q)"), AskStaff(), tall=26)
                flow.gap(4)
            if "supply" in table.board.shown:
                add_supply(flow, state, table.seat)
            add_faction(flow, state, table.seat)
            if table.playing:
                add_plans(flow, state, table.standing.plans)
        return flow.page()

    def forecast(self, table: ShownPage) -> FlowPage:
        """The fixed forecast panel; of a recorded game, what had come of it by then."""
        if table.recorded and not table.selection.unit:
            moment = (table.edition, table.seat, table.sees_all, table.layout.column.width)
            return self._page("moment", moment, lambda: self._moment(table))
        result = None if table.stage.running else table.stage.result
        key = (table.edition, table.selection, table.hover, table.playing, table.layout.column.width, result)
        return self._page("forecast", key, lambda: self._forecast(table))

    def _moment(self, table: ShownPage) -> FlowPage:
        flow = Flow(self.desk, table.layout.column.width)
        add_moment(flow, table.view.state, table.seat, table.session.state if table.sees_all else None)
        return flow.page(self.desk.theme.interface.background, self.desk.px(LEAST_FORECAST))

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
            and (hover == result.hex or (hover in (-1, selection.hex) and _concerns(result, selection)))
        ):
            add_result(flow, state.world, result)
        elif table.playing and offers(state, seat, selection, hover):
            add_offer(flow, state, seat, selection, hover)
        else:
            add_forecast(flow, state, seat, selection, hover)
        return flow.page(self.desk.theme.interface.background, self.desk.px(LEAST_FORECAST))

    def orders(self, table: ShownPage) -> FlowPage:
        """The bar of the orders that can be given now; of a recorded game its keys."""
        box = table.layout.orders
        if table.recorded and not table.selection.unit:
            return self._page("keys", box.size, lambda: replay_bar(self.desk, box.size))
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
        board = table.board
        key = (table.edition, table.seat, board.map.camera.zoom, board.map.reach, board.history_day,
               "ghost" in board.shown, table.layout.foot.width)  # fmt: skip
        if self._track is None or self._track[0] != key:
            self._track = (key, self._new_track(table))
        return self._track[1]

    def _new_track(self, table: ShownPage) -> tuple[FlowPage, FlowPage, int]:
        layout, state, seat = table.layout, table.view.state, table.seat
        scale = scale_bar(state.world.metres_per_hex, table.board.map.camera.zoom, self.desk.px(96))
        words = self.desk.fonts.text(f"{scale.kilometres} km", NARROW, self.desk.px(12), Colour(0, 0, 0))
        dated = "ghost" in table.board.shown
        begin = self.desk.px(72) + scale.pixels + words.get_width() + (self.desk.px(PLAY) if dated else 0)
        reach = table.board.map.reach
        room = layout.foot.right - begin - self.desk.px(8)
        legend_room = room * 2 // 5 if reach is not None else 0
        size = (max(1, room - legend_room), layout.foot.height)
        then = (table.board.history_day or present_day(state)) if dated else ""
        track = self._page(
            "track" if reach is None else "track beside a legend",  # clicks come and go between the two
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

    def play(self, table: ShownPage) -> FlowPage:
        """The button before the track that plays the days of history."""
        size, playing = (self.desk.px(PLAY - 4), table.layout.foot.height), table.board.days.playing
        return self._page("play", (size, playing), lambda: play_button(self.desk, size, playing))

    # --- where they stand -------------------------------------------------------------------------------------

    def boxes(self, table: ShownPage) -> dict[str, Placed]:
        """Each panel by its name, with its rectangle and how far it is scrolled, those on top last."""
        layout, room = table.layout, table.layout.panels
        if self.hides_foot(table):
            room = room.union(layout.minimap if layout.minimap.height else layout.log)
            room.x, room.width = layout.panels.x, layout.panels.width
        forecast, upper = self.forecast(table), self.upper(table)
        foot = forecast.foot.picture.get_height() if forecast.foot is not None else 0
        tall, least = forecast.picture.get_height(), round(room.height * UPPER)
        low = max(min(tall + foot, room.height - min(upper.picture.get_height(), least)), foot + 1)
        low_box = pygame.Rect(room.x, room.bottom - low, room.width, max(1, low - foot))
        high_box = pygame.Rect(room.x, room.y, room.width, max(1, room.height - low))
        self._begin_at_the_top(table)
        self.scroll = max(0, min(self.scroll, upper.picture.get_height() - high_box.height))
        self.low_scroll = max(0, min(self.low_scroll, tall - low_box.height))
        found = {
            "top": Placed(self.top(table), layout.top),
            "upper": Placed(upper, high_box, self.scroll),
            "forecast": Placed(forecast, low_box, self.low_scroll),
            "orders": Placed(self.orders(table), layout.orders),
            "views": Placed(self.views(table), layout.views),
            "drawers": Placed(self.drawers(table), layout.drawers),
        }
        if forecast.foot is not None:
            found["foot"] = Placed(forecast.foot, forecast.foot.picture.get_rect(bottomleft=room.bottomleft))
        track, _, begin = self.track(table)
        start = layout.foot.move(begin, 0).topleft
        found["track"] = Placed(track, track.picture.get_rect(topleft=start))
        if "ghost" in table.board.shown:
            play = self.play(table)
            found["play"] = Placed(play, play.picture.get_rect(topleft=(start[0] - self.desk.px(PLAY), start[1])))
        if self.more_open:
            sheet = self.more(table)
            corner = (layout.orders.right - self.desk.px(6), layout.orders.y)
            found["more"] = Placed(sheet, sheet.picture.get_rect(bottomright=corner))
        return found

    def _begin_at_the_top(self, table: ShownPage) -> None:
        """Something else has been selected or is being prepared: what is said of it is read from its first line."""
        one = table.selection
        subject = (table.seat, one.hex, one.units, one.mode, one.target)
        if subject != self._subject:
            self._subject, self.scroll, self.low_scroll = subject, 0, 0

    def hides_foot(self, table: ShownPage) -> bool:
        """Whether an order in preparation needs the room of the log or minimap below it: all of it shall be seen."""
        layout = table.layout
        if not (layout.minimap.height or layout.log.height):
            return False
        forecast = self.forecast(table)
        if forecast.foot is None:
            return False
        needed = (self.upper(table).picture, forecast.picture, forecast.foot.picture)
        return sum(one.get_height() for one in needed) > layout.panels.height

    def covers(self, table: ShownPage, at: tuple[int, int]) -> bool:
        """Whether a sheet lies over the map at a point."""
        return self.more_open and self.boxes(table)["more"].box.collidepoint(at)

    def wheel(self, table: ShownPage, at: tuple[int, int], by: int) -> None:
        """Scroll the panel under the mouse."""
        boxes = self.boxes(table)
        if any(boxes[name].box.collidepoint(at) for name in ("forecast", "foot") if name in boxes):
            self.low_scroll += by
        else:
            self.scroll += by

    def spot_at(self, table: ShownPage, at: tuple[int, int]) -> FlowSpot | None:
        """What is under a point of the window."""
        for one in reversed(self.boxes(table).values()):
            if one.box.collidepoint(at):
                return one.page.spot_at((at[0] - one.box.x, at[1] - one.box.y + one.scroll))
        return None


def _concerns(result: AttackResult, selection: Selection) -> bool:
    """Whether the card of an attack is still of interest: nothing else has been selected since."""
    return not selection.unit or selection.unit in result.attackers


def _news(fresh: int) -> str:
    """How many lines of the log nobody has looked at yet."""
    if not fresh:
        return ""
    return say("{n} new", n=fresh) if fresh <= MOST_NEWS else say("{n}+ new", n=MOST_NEWS)
