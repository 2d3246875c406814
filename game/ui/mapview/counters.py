"""Counters: body in the faction's colour, NATO symbol, steps, numbers and state marks, readable from 12 pixels up.

What does not fit is left out in a fixed order: the label below 72 pixels, numbers and echelon below 36, marks below
18. Steps, emblem and symbol always show.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from math import cos, pi, sin

import pygame

from game.ui.kit.emblems import paint_emblem
from game.ui.kit.fonts import NARROW_STRONG, Fonts
from game.ui.kit.symbols import SymbolSheet
from game.ui.kit.theme import Colour, Livery, Theme
from game.ui.mapview.faces import ContactFace, Face, UnitFace

SMOOTH = 3  # shapes are drawn this many times larger and then made smooth
NUMBERS_FROM, MARKS_FROM, LABEL_FROM = 36, 18, 72
SHADOW = Colour(40, 30, 15, 90)
PIPS = 0.43
"""Middle of the column of steps on a large counter, clear of the grade in the corner above."""
BAND = 0.62
"""From here down a large counter is darker: the ground of its numbers."""


def rim_of(livery: Livery) -> Colour:
    """The rim of a counter: dark enough to stand out from any ground, whatever the eyes."""
    return livery.edge.mixed(Colour(0, 0, 0), 58)


class CounterPainter:
    """Paints counters of one theme. Pictures are ``size`` pixels wide plus a soft shadow to the lower right."""

    def __init__(self, theme: Theme, fonts: Fonts, symbols: SymbolSheet) -> None:
        self._theme, self._fonts, self._symbols = theme, fonts, symbols

    def paint(self, face: Face, size: int) -> pygame.Surface:
        """A new picture of a counter."""
        livery = self._theme.livery(face.look)
        canvas = _CounterPlate(size)
        canvas.body(livery, dim=_dimming(face), band=isinstance(face, UnitFace) and size >= NUMBERS_FROM)
        if isinstance(face, ContactFace):
            return self._contact(canvas, face, livery)
        return self._unit(canvas, face, livery)

    def _unit(self, canvas: _CounterPlate, face: UnitFace, livery: Livery) -> pygame.Surface:
        s = canvas.size
        big = s >= NUMBERS_FROM
        tall = round(s * (0.36 if big else 0.46))
        top = round(s * (0.185 if big else 0.17))
        if face.entrenched and s >= MARKS_FROM:
            canvas.trench(livery.ink, face.entrenched)
        canvas.pips(face, livery, self._theme, big)
        if s >= MARKS_FROM:
            canvas.emblem(livery, 0.03 if big else 0.02)
            canvas.supply(face.supply, self._theme, big)
            if face.disrupted:
                canvas.shaken(self._theme)
            if face.spent:
                canvas.spent(face.spent, livery)
        out = canvas.smooth()
        ink = livery.edge if livery.body.red + livery.body.green + livery.body.blue > 200 else Colour(20, 20, 22)
        frame = self._symbols.frame(face.kind, ink.mixed(Colour(0, 0, 0), 45), _worn(livery.paper, face), tall)
        out.blit(frame, ((s - frame.get_width()) // 2, top))
        if big:
            mark = self._symbols.echelon(face.echelon, livery.ink, max(5, round(s * 0.115)))
            if mark:
                out.blit(mark, ((s - mark.get_width()) // 2, round(s * 0.055)))
            self._numbers(out, face, livery, s)
        if s >= LABEL_FROM and face.label:
            self._label(out, face.label, livery, s)
        return out

    def _label(self, out: pygame.Surface, label: str, livery: Livery, s: int) -> None:
        """The name up the left side, between emblem and numbers: as many whole words of it as there is room for."""
        top, low = round(s * LABEL_ROOM[0]), round(s * LABEL_ROOM[1])
        for pixels in (round(s * 0.125), round(s * 0.105)):
            room = (low - top) / pixels
            words = short_label(label, partial(self._fits, room=room, pixels=pixels))
            if words:
                turned = pygame.transform.rotate(self._fonts.text(words, NARROW_STRONG, pixels, livery.ink), 90)
                out.blit(turned, (round(s * 0.055), (top + low - turned.get_height()) // 2))
                return

    def _fits(self, text: str, room: float, pixels: int) -> bool:
        """Whether words fit in so many times their own height."""
        return self._fonts.width(text, NARROW_STRONG, pixels) <= room * pixels

    def _numbers(self, out: pygame.Surface, face: UnitFace, livery: Livery, s: int) -> None:
        known = [str(n) for n in (face.attack, face.defence, face.movement) if n is not None]
        if not known:
            return
        text = "-".join(known)
        pixels = round(s * 0.315)
        while pixels > 9 and self._fonts.width(text, NARROW_STRONG, pixels) > s * 0.70:
            pixels -= 1
        image = self._fonts.text(text, NARROW_STRONG, pixels, livery.ink)
        out.blit(image, ((s - image.get_width()) // 2, round(s * 0.755) - image.get_height() // 2))
        if face.quality and s >= 56:
            grade = self._fonts.text(face.quality, NARROW_STRONG, round(s * 0.19), livery.ink)
            out.blit(grade, (round(s * 0.94) - grade.get_width(), round(s * 0.02)))

    def _contact(self, canvas: _CounterPlate, face: ContactFace, livery: Livery) -> pygame.Surface:
        s = canvas.size
        if s >= MARKS_FROM:
            canvas.emblem(livery, 0.03)
        canvas.size_bars(face.size, livery.ink)
        out = canvas.smooth()
        mark = self._fonts.text("?", NARROW_STRONG, round(s * 0.74), livery.ink)
        out.blit(mark, ((s - mark.get_width()) // 2, round(s * 0.44) - mark.get_height() // 2))
        if face.age > 0 and s >= NUMBERS_FROM:
            old = self._fonts.text(f"-{face.age}", NARROW_STRONG, round(s * 0.22), livery.ink)
            out.blit(old, (round(s * 0.94) - old.get_width(), round(s * 0.02)))
        return out


LABEL_ROOM = 0.18, 0.66
"""Where the name of a counter begins and ends, as shares of its side: below the emblem, above the numbers."""


def short_label(label: str, fits: Callable[[str], bool]) -> str:
    """The first words of a name that fit, none of them cut; "" where not even the first does.

    >>> short_label("104th Brigade, 1st group", lambda text: len(text) <= 14)
    '104th Brigade'
    """
    words = label.split()
    for many in range(len(words), 0, -1):
        some = " ".join(words[:many]).rstrip(",;:")
        if fits(some):
            return some
    return ""


class _CounterPlate:
    """A counter in the making, three times its size."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._pad = max(1, size // 18)
        whole = (size + self._pad) * SMOOTH
        self._k = size * SMOOTH
        self._board = pygame.Surface((whole, whole), pygame.SRCALPHA)

    def smooth(self) -> pygame.Surface:
        """The shapes so far at their real size."""
        whole = self.size + self._pad
        return pygame.transform.smoothscale(self._board, (whole, whole))

    def body(self, livery: Livery, dim: int, band: bool) -> None:
        """The card with its shadow, rim and a light upper edge; ``dim`` percent greyed, with a ``band`` for numbers."""
        k, pad = self._k, self._pad * SMOOTH
        radius = round(k * 0.09)
        grey = Colour(128, 122, 112)
        body, edge = livery.body.mixed(grey, dim), rim_of(livery)
        pygame.draw.rect(self._board, SHADOW, (pad, pad, k, k), border_radius=radius)
        pygame.draw.rect(self._board, edge, (0, 0, k, k), border_radius=radius)
        rim = max(SMOOTH, round(k * 0.028))
        inner = pygame.Rect(rim, rim, k - 2 * rim, k - 2 * rim)
        pygame.draw.rect(self._board, body.mixed(Colour(255, 255, 255), 28), inner, border_radius=radius - rim // 2)
        inner.top += max(SMOOTH // 2, rim // 2)
        inner.height -= max(SMOOTH // 2, rim // 2)
        pygame.draw.rect(self._board, body, inner, border_radius=radius - rim // 2)
        if band:
            low = pygame.Rect(inner.x, round(k * BAND), inner.width, inner.bottom - round(k * BAND))
            corner = radius - rim // 2
            pygame.draw.rect(
                self._board,
                _deeper(body, livery.ink),
                low,
                border_bottom_left_radius=corner,
                border_bottom_right_radius=corner,
            )

    def emblem(self, livery: Livery, inset: float) -> None:
        """The faction's sign in the upper left corner."""
        k = self._k
        a = k * (0.125 if self.size >= NUMBERS_FROM else 0.17)
        middle = k * (inset + 0.025) + a / 2
        paint_emblem(self._board, livery.emblem, livery.ink, (middle, middle), a / 2)

    def pips(self, face: UnitFace, livery: Livery, theme: Theme, big: bool) -> None:
        """A square a step: filled, shaken (a slash in it) or lost (hollow); a column on large counters, else a row."""
        k, many = self._k, max(face.full, face.steps, 1)
        a = k * (0.098 if big else 0.155)
        gap = a * (0.30 if big else 0.28)
        span = many * a + (many - 1) * gap
        room = k * (0.40 if big else 0.9)
        if span > room:
            a, gap, span = a * room / span, gap * room / span, room
        for i in range(many):
            along = i * (a + gap)
            if big:
                box = pygame.Rect(round(k * 0.845), round(k * PIPS - span / 2 + along), round(a), round(a))
            else:
                box = pygame.Rect(round((k - span) / 2 + along), round(k * 0.735), round(a), round(a))
            self._pip(box, i, face, livery, theme)

    def _pip(self, box: pygame.Rect, i: int, face: UnitFace, livery: Livery, theme: Theme) -> None:
        if i >= face.steps:
            pygame.draw.rect(self._board, livery.ink.mixed(livery.body, 35), box, max(1, box.width // 6))
        elif i >= face.steps - face.disrupted:
            pygame.draw.rect(self._board, theme.marks.disrupted, box)
            pygame.draw.rect(self._board, livery.ink, box, max(1, box.width // 7))
            pygame.draw.line(self._board, livery.ink, box.bottomleft, box.topright, max(1, box.width // 5))
        else:
            pygame.draw.rect(self._board, livery.ink, box)

    def supply(self, state: str, theme: Theme, big: bool) -> None:
        """A sign of poor supply: a triangle stretched, a disc with a bar cut, a disc with a cross cut long."""
        if state in ("", "supplied"):
            return
        k = self._k
        r = k * (0.082 if big else 0.13)
        x, y = (k * 0.105, k * 0.305) if big else (k * 0.17, k * 0.80)
        white = Colour(255, 252, 244)
        if state == "stretched":
            rim = tuple((x + r * 1.35 * sin(t), y - r * 1.35 * cos(t) + r * 0.2) for t in (0, 2 * pi / 3, 4 * pi / 3))
            self._shape(white, rim)
            self._shape(
                theme.marks.stretched,
                tuple((x + r * 0.98 * sin(t), y - r * 0.98 * cos(t) + r * 0.2) for t in (0, 2 * pi / 3, 4 * pi / 3)),
            )
            return
        pygame.draw.circle(self._board, white, (x, y), r * 1.2)
        pygame.draw.circle(self._board, theme.marks.cut if state == "cut" else theme.marks.cut_long, (x, y), r)
        wide = max(1, round(r * 0.42))
        for dx, dy in ((0.62, 0.0),) if state == "cut" else ((0.5, 0.5), (0.5, -0.5)):
            pygame.draw.line(self._board, white, (x - r * dx, y - r * dy), (x + r * dx, y + r * dy), wide)

    def shaken(self, theme: Theme) -> None:
        """A striped corner, lower left: steps of this unit are disrupted."""
        k, a = self._k, self._k * 0.19
        e = k * 0.035
        self._shape(
            theme.marks.disrupted, ((e, k - e - a), (e + a, k - e), (e + a * 0.12, k - e), (e, k - e - a * 0.12))
        )
        self._shape(
            Colour(60, 30, 0),
            ((e, k - e - a * 0.62), (e + a * 0.62, k - e), (e + a * 0.38, k - e), (e, k - e - a * 0.38)),
        )

    def trench(self, ink: Colour, depth: int) -> None:
        """A parapet with merlons along the lower edge; deeper levels go up the sides."""
        k = self._k
        pygame.draw.rect(self._board, ink, (k * 0.05, k * 0.955, k * 0.90, k * 0.03))
        for j in range(7):
            pygame.draw.rect(self._board, ink, (k * (0.05 + 0.1375 * j), k * 0.925, k * 0.075, k * 0.04))
        if depth > 1:
            for x in (0.02, 0.95):
                pygame.draw.rect(self._board, ink, (k * x, k * 0.60, k * 0.03, k * 0.385))
                for y in (0.62, 0.72, 0.82):
                    pygame.draw.rect(
                        self._board, ink, (k * (x - 0.0 if x < 0.5 else x - 0.03), k * y, k * 0.06, k * 0.05)
                    )

    def spent(self, how: str, livery: Livery) -> None:
        """A sign in the lower right corner: a chevron moved, a tick acted."""
        k, e = self._k, self._k * 0.05
        a = k * 0.15
        x, y = k - e - a, k - e - a
        wide = max(2, round(k * 0.035))
        if how == "moved":
            points = [(x + a * 0.25, y), (x + a * 0.85, y + a / 2), (x + a * 0.25, y + a)]
        else:
            points = [(x, y + a * 0.5), (x + a * 0.38, y + a * 0.9), (x + a, y + a * 0.05)]
        pygame.draw.lines(self._board, livery.ink, False, points, wide)

    def size_bars(self, size: int, ink: Colour) -> None:
        """One to three bars along the lower edge: how large a contact seems."""
        k = self._k
        a, gap = k * 0.16, k * 0.07
        span = size * a + (size - 1) * gap
        for i in range(size):
            pygame.draw.rect(self._board, ink, ((k - span) / 2 + i * (a + gap), k * 0.82, a, k * 0.085))

    def _shape(self, colour: Colour, points: tuple[tuple[float, float], ...]) -> None:
        pygame.draw.polygon(self._board, colour, points)


def _deeper(body: Colour, ink: Colour) -> Colour:
    """The ground of numbers: further from their ink than the body is."""
    away = Colour(0, 0, 0) if sum(ink[:3]) > 384 else Colour(255, 255, 255)
    return body.mixed(away, 18)


def _dimming(face: Face) -> int:
    if isinstance(face, ContactFace):
        return min(75, 18 + 20 * face.age)
    return {"moved": 16, "acted": 42}.get(face.spent, 0)


def _worn(paper: Colour, face: UnitFace) -> Colour:
    return paper.mixed(Colour(128, 122, 112), 30 if face.spent == "acted" else 0)
