"""Building a panel from top to bottom: headings, lines, wrapped sentences, bars and rows that can be clicked.

A ``Flow`` collects what is to be drawn and gives a ``Page``: a picture and the spots on it that act or explain.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import cos, pi, sin

import pygame

from game.ui.kit.fonts import BODY, NARROW, NARROW_STRONG, STRONG
from game.ui.kit.lettering import fitted, wrapped
from game.ui.kit.theme import Colour
from game.ui.panels.acts import PanelAct
from game.ui.scene import Desk
from game.words import sentence

Painter = Callable[[pygame.Surface, pygame.Rect], None]


@dataclass(frozen=True, slots=True)
class FlowSpot:
    """A part of a page that acts when clicked, and what it explains when the mouse rests on it."""

    rect: pygame.Rect
    act: PanelAct | None = None
    tip: str = ""


@dataclass(frozen=True, slots=True)
class FlowPage:
    """A finished panel: its picture and its spots, in pixels from its upper left corner."""

    picture: pygame.Surface
    spots: tuple[FlowSpot, ...] = ()
    foot: FlowPage | None = None
    """What stays in sight below it, however far the page is scrolled."""

    def spot_at(self, at: tuple[int, int]) -> FlowSpot | None:
        """The topmost spot under a point of the page."""
        return next((spot for spot in reversed(self.spots) if spot.rect.collidepoint(at)), None)


class Flow:
    """A column in the making. Lengths are points of the layout; every line opens with a capital letter."""

    def __init__(self, desk: Desk, width: int, pad: int = 8) -> None:
        self.desk, self.width, self.pad = desk, width, desk.px(pad)
        self.y = desk.px(8)
        self._paints: list[tuple[pygame.Rect, Painter]] = []
        self._spots: list[FlowSpot] = []
        self._foot: Flow | None = None

    def at_foot(self) -> Flow:
        """The column for what must stay in sight, such as the button that gives the order."""
        if self._foot is None:
            self._foot = Flow(self.desk, self.width)
            self._foot.y = self.desk.px(3)
        return self._foot

    @property
    def room(self) -> int:
        """Pixels between the margins."""
        return self.width - 2 * self.pad

    def gap(self, points: float) -> None:
        """Leave some space."""
        self.y += self.desk.px(points)

    def rule(self) -> None:
        """A fine line across."""
        edge = self.desk.theme.interface.panel_edge
        self.block(7, lambda screen, box: _hairline(screen, box, edge))

    def block(self, points: float, paint: Painter, act: PanelAct | None = None, tip: str = "") -> pygame.Rect:
        """Room of some height, painted later; returns its box."""
        box = pygame.Rect(self.pad, self.y, self.room, self.desk.px(points))
        self._paints.append((box, paint))
        if act is not None or tip:
            self._spots.append(FlowSpot(box, act, tip))
        self.y = box.bottom
        return box

    def spot(self, rect: pygame.Rect, act: PanelAct | None, tip: str = "") -> None:
        """Make a part of what was painted act or explain."""
        self._spots.append(FlowSpot(rect, act, tip))

    def line(
        self,
        text: str,
        size: int = 12,
        role: str = BODY,
        colour: Colour | None = None,
        *,
        right: str = "",
        act: PanelAct | None = None,
        tip: str = "",
        indent: int = 0,
    ) -> None:
        """One line, as many as it takes if it is too long; ``right`` stands at the other margin of the first."""
        desk, ink = self.desk, self.desk.theme.ink(colour or self.desk.theme.interface.text)
        pixels, small = desk.px(size), desk.px(min(size, 12))
        inset = desk.px(indent) if indent else 0
        room = self.room - inset - (desk.fonts.width(right, NARROW, small) + desk.px(6) if right else 0)
        rows = wrapped(desk.fonts, sentence(text), role, pixels, room) or [""]
        tall = desk.px(size * 1.3)

        def paint(screen: pygame.Surface, box: pygame.Rect) -> None:
            for number, row in enumerate(rows):
                face = desk.fonts.text(row, role, pixels, ink)
                screen.blit(face, (box.x + inset, box.y + number * tall))
                if right and not number:
                    end = desk.fonts.text(right, NARROW, small, desk.theme.interface.text_dim)
                    screen.blit(end, (box.right - end.get_width(), box.y + face.get_height() - end.get_height()))

        box = self.block(size * 1.42, paint, act, tip)
        box.height += (len(rows) - 1) * tall
        self.y = box.bottom

    def heading(self, text: str, right: str = "") -> None:
        """The name of what follows, whole: in as many lines as it takes."""
        self.line(text, 14, STRONG, self.desk.theme.interface.accent, right=right)

    def prose(
        self,
        text: str,
        size: int = 12,
        colour: Colour | None = None,
        *,
        act: PanelAct | None = None,
        tip: str = "",
        mark: str = "",
        mark_colour: Colour | None = None,
    ) -> None:
        """A sentence, wrapped; ``mark`` sets a shape before it (see :func:`paint_mark`): colour never stands alone."""
        desk, ink = self.desk, self.desk.theme.ink(colour or self.desk.theme.interface.text)
        pixels = desk.px(size)
        inset = desk.px(size + 3) if mark else 0
        rows = wrapped(desk.fonts, sentence(text), BODY, pixels, self.room - inset)
        tall = desk.px(size * 1.36)

        def paint(screen: pygame.Surface, box: pygame.Rect) -> None:
            if mark:
                paint_mark(screen, mark, (box.x + pixels / 2, box.y + pixels * 0.68), pixels * 0.42, mark_colour or ink)
            for number, row in enumerate(rows):
                screen.blit(desk.fonts.text(row, BODY, pixels, ink), (box.x + inset, box.y + number * tall))

        box = self.block(1, paint, act, tip)
        box.height = tall * len(rows)
        self.y = box.bottom

    def hung(self, text: str, right: str, colour: Colour, size: int = 12, tip: str = "") -> None:
        """Narrow words, wrapped, with a number at the right margin of their first line."""
        desk, pixels, colour = self.desk, self.desk.px(size), self.desk.theme.ink(colour)
        end = desk.fonts.text(right, NARROW_STRONG, pixels, colour)
        rows = wrapped(desk.fonts, sentence(text), NARROW, pixels, self.room - end.get_width() - desk.px(6))
        tall = desk.px(size * 1.27)

        def paint(screen: pygame.Surface, box: pygame.Rect) -> None:
            screen.blit(end, (box.right - end.get_width(), box.y))
            for number, row in enumerate(rows):
                screen.blit(desk.fonts.text(row, NARROW, pixels, colour), (box.x, box.y + number * tall))

        box = self.block(1, paint, tip=tip)
        box.height = tall * len(rows)
        self.y = box.bottom

    def button(
        self, text: str, act: PanelAct, *, enabled: bool = True, strong: bool = False, tip: str = "", tall: int = 28
    ) -> None:
        """A wide button."""
        desk = self.desk
        self.block(
            tall,
            lambda screen, box: paint_button(screen, desk, box, text, enabled=enabled, strong=strong),
            act if enabled else None,
            tip,
        )

    def page(self, ground: Colour | None = None, least: int = 0) -> FlowPage:
        """Paint everything."""
        colours = self.desk.theme.interface
        picture = pygame.Surface((self.width, max(1, least, self.y + self.desk.px(6))))
        picture.fill(ground or colours.panel)
        for box, paint in self._paints:
            paint(picture, box)
        foot = self._foot.page(ground) if self._foot is not None else None
        return FlowPage(picture, tuple(self._spots), foot)


def paint_button(
    screen: pygame.Surface,
    desk: Desk,
    box: pygame.Rect,
    text: str,
    *,
    enabled: bool = True,
    strong: bool = False,
    size: int = 13,
) -> None:
    """The look of a button on a page."""
    colours = desk.theme.interface
    strong = strong and enabled
    body = colours.accent if strong else colours.raised if enabled else colours.panel
    ink = colours.on_accent if strong else colours.text if enabled else colours.text_dim.mixed(colours.panel, 40)
    pygame.draw.rect(screen, body, box, border_radius=desk.px(4))
    pygame.draw.rect(screen, colours.panel_edge, box, max(1, desk.px(1)), border_radius=desk.px(4))
    pixels, role = desk.px(size), STRONG if strong else BODY
    face = desk.fonts.text(fitted(desk.fonts, text, role, pixels, box.width - desk.px(8)), role, pixels, ink)
    screen.blit(face, (box.centerx - face.get_width() // 2, box.centery - face.get_height() // 2))


def paint_mark(screen: pygame.Surface, shape: str, centre: tuple[float, float], radius: float, colour: Colour) -> None:
    """A small shape: disc, ring, triangle, square, cross or star."""
    x, y = centre
    if shape == "disc":
        pygame.draw.circle(screen, colour, centre, radius)
    elif shape == "ring":
        pygame.draw.circle(screen, colour, centre, radius, max(1, round(radius / 3)))
    elif shape == "square":
        pygame.draw.rect(screen, colour, (x - radius, y - radius, 2 * radius, 2 * radius))
    elif shape == "triangle":
        pygame.draw.polygon(
            screen, colour, ((x, y - radius), (x + radius, y + radius * 0.8), (x - radius, y + radius * 0.8))
        )
    elif shape == "cross":
        for way in (1, -1):
            ends = (x - radius, y - way * radius), (x + radius, y + way * radius)
            pygame.draw.line(screen, colour, *ends, max(2, round(radius / 2)))
    else:
        spikes = [(radius if i % 2 == 0 else radius * 0.45, i * pi / 5) for i in range(10)]
        pygame.draw.polygon(screen, colour, [(x + r * sin(a), y - r * cos(a)) for r, a in spikes])


def _hairline(screen: pygame.Surface, box: pygame.Rect, colour: Colour) -> None:
    pygame.draw.line(screen, colour, (box.x, box.centery), (box.right, box.centery))
