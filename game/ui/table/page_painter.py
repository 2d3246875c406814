"""The panels put on the screen: over the map and around it, painted again only where something has changed."""

from __future__ import annotations

from collections.abc import Callable

import pygame

from game.ui.kit.fonts import BODY
from game.ui.kit.lettering import fade, wrapped
from game.ui.kit.still import StillShown
from game.ui.kit.theme import Colour
from game.ui.mapview.frame import PAPER, paint_neatline, paint_north_and_scale, scale_bar
from game.ui.scene import Desk
from game.ui.scenes.curtain import CurtainGround, paint_waiting
from game.ui.table.pages import PLAY, Pages, Placed
from game.ui.table.shown_page import ShownPage
from game.ui.table.turn_buttons import paint_turn_button, turn_buttons

TIP_AFTER = 0.4
NOTICE, TIP = 14, 13
"""Sizes of letters."""


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


class PagePainter:
    """Puts the panels of one table on the screen."""

    def __init__(self, desk: Desk, pages: Pages) -> None:
        self.desk, self.pages = desk, pages
        self._painted: dict[str, tuple[object, pygame.Surface]] = {}
        self._curtain = CurtainGround(desk)

    def clear(self) -> None:
        """Forget everything: the window has another size."""
        self._painted.clear()

    def draw(self, screen: pygame.Surface, table: ShownPage, still: StillShown) -> None:
        """All panels over and around the map."""
        self._draw_frame(screen, table, still)
        self._draw_regions(table, still)
        if table.layout.minimap.height and not self.pages.hides_foot(table):
            table.board.draw_minimap(screen)
        if self.pages.more_open:
            sheet = self.pages.boxes(table)["more"]
            with still.over(sheet.box):
                screen.blit(sheet.page.picture, sheet.box)
        if table.reel is not None:
            table.reel.draw(screen, table.layout.map, table.mouse)
            still.spoil(table.layout.map if table.reel.opened else table.reel.rect)
        if table.notice and not table.stage.running:
            still.spoil(self._draw_notice(screen, table))
        if table.dialog is not None:
            with still.over(screen.get_rect()):
                table.dialog.draw(screen, table.layout.map, table.mouse)
        tip = self._draw_tip(screen, table)
        if tip is not None:
            still.spoil(tip)

    def _draw_frame(self, screen: pygame.Surface, table: ShownPage, still: StillShown) -> None:
        """The printed frame with the scale of the present zoom; drawn again when the camera has moved."""
        layout, camera = table.layout, table.board.map.camera
        metres = table.view.state.world.metres_per_hex
        track, legend, begin = self.pages.track(table)
        play = self.pages.play(table) if "ghost" in table.board.shown else None
        scale = scale_bar(metres, camera.zoom, self.desk.px(96))

        def paint(at: _Shifted) -> None:
            at.picture.fill(PAPER)
            paint_north_and_scale(at.picture, self.desk, at.picture.get_rect(), scale)
            at.picture.blit(track.picture, (begin, 0))
            if play is not None:
                at.picture.blit(play.picture, (begin - self.desk.px(PLAY), 0))
            at.picture.blit(legend.picture, (begin + track.picture.get_width() + self.desk.px(12), 0))

        self._paint_region("foot", layout.foot, (scale, track, legend, begin, play), paint, still)
        paint_neatline(screen, layout.frame, camera, metres)  # all of it in every frame, so it spoils no ground

    def _draw_regions(self, table: ShownPage, still: StillShown) -> None:
        """The parts of the surroundings as finished pictures; painted again when something in them changes."""
        layout, boxes = table.layout, self.pages.boxes(table)
        pace = (table.playback.speed, table.playback.paused, table.watching)
        buttons = (table.edition, table.playing, table.session.over, pace)
        log = table.log.looks(table.mouse) if layout.log.height and not self.pages.hides_foot(table) else None
        parts = tuple(boxes[name] for name in ("upper", "forecast", "views", "drawers", "foot") if name in boxes)
        for name in ("top", "orders"):
            picture = boxes[name].page.picture
            still.paint(name, picture, boxes[name].box, picture)
        key = (*parts, buttons, log, layout.minimap.size)
        self._paint_region("column", layout.column, key, lambda at: self._paint_column(at, table, parts), still)

    def _paint_region(
        self, name: str, box: pygame.Rect, key: object, paint: Callable[[_Shifted], None], still: StillShown
    ) -> None:
        self._renew(name, box, (key, box.size), paint)
        edition, picture = self._painted[name]
        still.paint(name, picture, box, edition)

    def _renew(self, name: str, box: pygame.Rect, key: object, paint: Callable[[_Shifted], None]) -> None:
        """Paint a part of the surroundings, if it does not look as it did."""
        found = self._painted.get(name)
        if found is not None and found[0] == key:
            return
        if found is not None and found[1].get_size() == box.size:
            picture = found[1]  # a fresh one of this size costs more in memory pages than what is painted on it
        else:
            screen = pygame.display.get_surface()
            picture = pygame.Surface(box.size) if screen is None else pygame.Surface(box.size).convert(screen)
        paint(_Shifted(picture, box.topleft))
        self._painted[name] = (key, picture)

    def _paint_column(self, at: _Shifted, table: ShownPage, pages: tuple[Placed, ...]) -> None:
        colours, layout = self.desk.theme.interface, table.layout
        at.picture.fill(colours.panel)
        for one in pages:
            at.blit_part(one.page.picture, one.box, one.scroll)
            if one.page.picture.get_height() > one.box.height:
                ground, left = one.page.picture.get_at((0, 0)), one.page.picture.get_height() - one.box.height
                fade(at.picture, self.desk, at.moved(one.box), Colour(*ground[:3]), above=one.scroll > 0,
                     below=one.scroll < left)  # fmt: skip
                self._paint_scrollbar(at.picture, at.moved(one.box), one.scroll, one.page.picture.get_height())
        for one in pages[1:2] + pages[4:]:  # the forecast, and the buttons at its foot
            low = at.moved(one.box)
            pygame.draw.line(at.picture, colours.panel_edge, low.topleft, low.topright)
        hidden = self.pages.hides_foot(table)
        if layout.log.height and not hidden:
            table.log.draw(at.picture, table.mouse, at.corner)
            pygame.draw.rect(at.picture, colours.panel_edge, at.moved(layout.log), 1)
        if layout.minimap.height and not hidden:
            small, edge = pygame.Rect(table.board.minimap_at, table.board.minimap.size), self.desk.px(3)
            pygame.draw.rect(at.picture, colours.panel_edge, at.moved(small.inflate(2 * edge, 2 * edge)), 1)
        for button in turn_buttons(table):
            paint_turn_button(at.picture, self.desk, at.moved(button.box), button, button.box is layout.end_turn)
        pygame.draw.line(at.picture, colours.panel_edge, (0, 0), (0, at.picture.get_height()))

    def _paint_scrollbar(self, picture: pygame.Surface, box: pygame.Rect, scroll: int, tall: int) -> None:
        size = max(self.desk.px(18), box.height * box.height // tall)
        y = box.y + (box.height - size) * scroll // max(1, tall - box.height)
        picture.fill(self.desk.theme.interface.panel_edge, (box.right - self.desk.px(5), y, self.desk.px(3), size))

    def _draw_notice(self, screen: pygame.Surface, table: ShownPage) -> pygame.Rect:
        desk, room = self.desk, table.layout.map.copy()
        if table.tips.tip is not None and table.tips.rect.bottom > room.bottom - desk.px(40):
            room.width = max(desk.px(200), table.tips.rect.x - room.x)
        lines = _wrap(desk, table.notice, NOTICE, room.width - desk.px(40))
        low = room.bottom - desk.px(8)
        return draw_box(screen, desk, lines, lambda size: (room.centerx - size[0] // 2, low - size[1]), NOTICE)

    def _draw_tip(self, screen: pygame.Surface, table: ShownPage) -> pygame.Rect | None:
        if table.rested < TIP_AFTER or table.acted or table.dialog is not None:
            return None
        at = table.mouse
        spot = self.pages.spot_at(table, at)
        button = next((one for one in turn_buttons(table) if one.box.collidepoint(at)), None)
        tip = button.tip if button is not None else spot.tip if spot is not None else ""
        tip = tip or (table.reel.tip_at(at) if table.reel is not None else "")
        if not tip:
            return None
        desk, window = self.desk, screen.get_rect()
        lines = [line for part in tip.split("\n") for line in _wrap(desk, part, TIP, desk.px(330))]

        column, orders, gap = table.layout.column, table.layout.orders, desk.px(6)

        def place(size: tuple[int, int]) -> tuple[int, int]:
            x, y = at[0] + desk.px(12), at[1] + desk.px(18)
            if column.collidepoint(at) and column.x - gap - size[0] > 0:  # beside the column, or it lies on buttons
                x, y = column.x - gap - size[0], at[1] - size[1] // 2
            elif orders.collidepoint(at):
                y = orders.y - gap - size[1]
            return (
                max(4, min(x, window.width - size[0] - 4)),
                y if y + size[1] < window.height else max(4, min(at[1] - desk.px(8), window.height - 4) - size[1]),
            )

        return draw_box(screen, desk, lines, place, TIP)

    def draw_curtain(self, screen: pygame.Surface, table: ShownPage) -> None:
        """Nothing of the game, while it changes hands."""
        state, seats = table.session.state, table.places.seats
        printed = table.board.map.sheet.small_picture
        paint_waiting(screen, self.desk, self._curtain, state.world, seats, state.faction, printed)


def _wrap(desk: Desk, text: str, size: int, width: int) -> list[str]:
    return wrapped(desk.fonts, text, BODY, desk.px(size), width)


def draw_box(
    screen: pygame.Surface, desk: Desk, lines: list[str], place: Callable[[tuple[int, int]], tuple[int, int]], size: int
) -> pygame.Rect:
    """Lines in a small raised box, which is given back; ``place`` turns its size into its corner."""
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
    return box
