"""Names on the map: ranked, haloed, clear of counters, crossings and each other, with a line where they stand off.

A name tries the places beside its sign, then rings around it; one that finds no room is left out, the least important
first. Water names run along the water.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import atan2, cos, degrees, hypot, pi, sin

import pygame

from game.ui.camera import Point, hex_centre, map_extent, side_ends
from game.ui.kit.fonts import NARROW, NARROW_STRONG, Fonts
from game.ui.kit.theme import Colour, Theme
from game.ui.mapview.curves import Line, evened
from game.ui.mapview.picture import DrawnPlace, MapPicture

# By rank: height of the text in hexes, its greatest height in pixels, and the zoom from which it is shown.
RANKS = ((0.185, 18, 40), (0.20, 20, 27), (0.225, 24, 17), (0.28, 32, 0))
UNDER = 0.395  # middle of a name below the middle of its hex, clear of the counter
CALM = 1.3  # how far along a river its course is evened out for its name
STEP = 0.05
BESIDE = 0.33  # how far from the middle of the river its name stands
RINGS = (0.85, 1.25, 1.7, 2.2, 2.8)
"""How far off a name may stand that finds no room beside its sign, in hexes."""
FURTHER = (3.6, 4.6, 5.8)
"""And how far the name of a city may, which is never left out for want of room near it; that of a town the first."""
ROUND = 16
"""Places tried on each ring."""
FURTHER_RING, OVER_COUNTER, OVER_SIGN = 9, 9, 14
"""What a place off a sign costs: a ring further out, a line that runs under a counter, the sign of another place."""
_TURNS = [(turn + 1) // 2 * (-1) ** turn * 2 * pi / ROUND for turn in range(ROUND)]


def _around(rings: tuple[float, ...]) -> tuple[tuple[float, float, float], ...]:
    return tuple(
        (ring * cos(turn), ring * sin(turn), 1.0 if cos(turn) < -0.3 else 0.5 if cos(turn) < 0.3 else 0.0)
        for ring in rings
        for turn in _TURNS
    )


AROUND = (_around(RINGS[:2]), _around(RINGS[:4]), _around(RINGS + FURTHER[:1]), _around(RINGS + FURTHER))
"""The places tried for each rank, best first: off to the right, off downwards, the share of its width by which a name
backs up. The names of villages stay close to them."""
SMALL = 1
"""Rank up to which a hex has one name at most."""
CLOSE = 38  # zoom from which names stand below counters instead of beside dots


@dataclass(frozen=True, slots=True)
class Print:
    """A text and where it stands, in pixels of the whole map at one zoom; its picture is made when it is needed."""

    text: str
    role: str
    pixels: int
    colour: Colour
    halo: Colour
    rim: int
    rect: pygame.Rect
    slant: float = 0.0
    leader: tuple[Point, Point] | None = None
    """The line to the sign of a name that stands off, in the same pixels."""
    word: int = -1
    """Of a letter of a river's name: which time it is written, by its place among the prints."""

    def draw(
        self, out: pygame.Surface, left: int, top: int, fonts: Fonts, at: pygame.Rect | None = None
    ) -> pygame.Rect | None:
        """Onto a piece of the map whose corner lies at (left, top), ``at`` another place than its own; gives back where
        its line lies, if it has one."""
        rect, line = at or self.rect, None
        if self.leader is not None:
            (ax, ay), (bx, by) = self.leader
            if at is not None:
                bx, by = max(at.left + 2, min(ax, at.right - 2)), max(at.top + 2, min(ay, at.bottom - 2))
            line = pygame.Rect(min(ax, bx) - 3, min(ay, by) - 3, abs(bx - ax) + 6, abs(by - ay) + 6)
            for colour, wide in ((self.halo, 3), (self.colour, 1)):
                pygame.draw.aaline(out, colour, (ax - left, ay - top), (bx - left, by - top), wide)
        image, corner = self.face(left, top, fonts, rect)
        out.blit(image, corner)
        return line

    def face(
        self, left: int, top: int, fonts: Fonts, at: pygame.Rect | None = None
    ) -> tuple[pygame.Surface, tuple[int, int]]:
        """The picture of the words alone, and its corner on such a piece; do not draw on it, it is shared."""
        image = fonts.haloed(self.text, self.role, self.pixels, self.colour, self.halo, self.rim)
        if self.slant:
            image = pygame.transform.rotozoom(image, self.slant, 1.0)
        x, y = (at or self.rect).center
        return image, (x - left - image.get_width() // 2, y - top - image.get_height() // 2)


class Names:
    """All names of one map; places them anew for every zoom."""

    def __init__(self, picture: MapPicture, courses: dict[str, Line], theme: Theme, fonts: Fonts) -> None:
        self._columns = picture.columns
        self._extent = map_extent(picture.columns, picture.rows)
        exits = tuple(DrawnPlace(way.name, way.hex, "exit", 1) for way in picture.exits)
        self._alone = _one_small_name_a_hex(sorted(picture.places + exits, key=lambda p: (-p.size, p.hex)))
        self._courses = {name: evened(course, CALM, STEP) for name, course in courses.items()}
        ends = [side_ends(picture.columns, side) for side in picture.sites]
        self._sites = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in ends]
        self._theme, self._fonts = theme, fonts

    def placed(self, zoom: float, covered: Iterable[pygame.Rect] = ()) -> tuple[Print, ...]:
        """All names of one zoom level, most important first; those that find no room are left out.

        ``covered`` are the places of counters and crossings, in pixels of the whole map: no name stands there.
        """
        taken: list[pygame.Rect] = list(covered)
        signs = len(taken)
        room = pygame.Rect(0, 0, int(self._extent[0] * zoom), int(self._extent[1] * zoom))
        out: list[Print] = []
        shown = [place for place in self._alone if zoom >= RANKS[min(3, place.size)][2]]
        dots = [_dot(hex_centre(self._columns, place.hex), zoom, zoom) for place in shown]
        dots += [_dot(point, 1.6 * zoom, zoom) for point in self._sites]
        for place in shown:
            look = self._name(place, zoom)
            spots = _spots(hex_centre(self._columns, place.hex), look.rect.size, zoom)
            spot = _free_spot(spots, look.rect.size, taken, dots, room)
            if spot:
                look.rect.topleft = spot
            elif place.size or zoom >= CLOSE:
                centre = hex_centre(self._columns, place.hex)
                at = (centre[0] * zoom, centre[1] * zoom)
                around = AROUND[max(0, min(3, place.size))]
                found = _off_spot(at, look.rect.size, zoom, taken, signs, dots, room, around)
                if found is None:
                    continue
                look = replace(look, rect=found[0], leader=found[1])
            else:
                continue
            taken.append(look.rect.inflate(2, -2))
            out.append(look)
        for name, course in self._courses.items():
            out.extend(self._water_name(name, course, zoom, taken))
        return tuple(out)

    def _name(self, place: DrawnPlace, zoom: float) -> Print:
        height, most, _ = RANKS[max(0, min(3, place.size))]
        pixels = max(int(self._theme.sizes.smallest_text) + 1 + place.size, min(most, round(height * zoom)))
        role = NARROW_STRONG if place.size >= 2 else NARROW
        text = place.name.upper() if place.size >= 3 else place.name
        rim = 2 if pixels > 12 else 1
        wide, tall = self._fonts.font(role, pixels).size(text)
        c = self._theme.map
        ink = c.exit if place.kind == "exit" else c.name
        return Print(text, role, pixels, ink, c.name_halo, rim, pygame.Rect(0, 0, wide + 2 * rim, tall + 2 * rim))

    def _water_name(self, name: str, calm: Line, zoom: float, taken: list[pygame.Rect]) -> list[Print]:
        """A river's name in spaced letters along its course, again after each long stretch."""
        pixels = min(30, round(0.25 * zoom))
        if pixels < 10:
            return []
        widths = [self._fonts.width(letter, NARROW, pixels) for letter in name]
        advance = [round((width * 1.25 + 0.12 * pixels) / zoom / STEP) for width in widths]
        out: list[Print] = []
        start = 20
        while start + sum(advance) < len(calm) - 20:
            spots = _letter_spots(calm, start, advance)
            start += 12
            if max((abs(a[2] - b[2]) for a, b in pairwise(spots)), default=0.0) >= 14:
                continue
            letters = [self._letter(letter, spot, pixels, zoom) for letter, spot in zip(name, spots, strict=True)]
            if all(letter.rect.collidelist(taken) < 0 for letter in letters):
                word = len(taken)
                out.extend(replace(letter, word=word) for letter in letters)
                taken.extend(letter.rect for letter in letters)
                start += round(14 / STEP)
        return out

    def _letter(self, letter: str, spot: tuple[float, float, float], pixels: int, zoom: float) -> Print:
        box = pygame.Rect(0, 0, pixels, pixels)
        box.center = (round(spot[0] * zoom), round(spot[1] * zoom))
        c = self._theme.map
        return Print(letter, NARROW, pixels, c.water_name, c.name_halo, 1, box, spot[2])


def _one_small_name_a_hex(places: Iterable[DrawnPlace]) -> list[DrawnPlace]:
    """Places in their order, of the small ones in a hex the first alone; the panel of a hex tells the others."""
    out, named = [], set()
    for place in places:
        if place.size > SMALL or place.hex not in named:
            out.append(place)
        if place.size <= SMALL:
            named.add(place.hex)
    return out


def _dot(point: Point, reach_zoom: float, zoom: float) -> pygame.Rect:
    """The ground of a sign, which names should leave clear."""
    x, y = point
    reach = max(2, round((0.16 if zoom >= CLOSE else 0.09) * reach_zoom))
    return pygame.Rect(round(x * zoom) - reach, round(y * zoom) - reach, 2 * reach, 2 * reach)


def _free_spot(
    spots: Sequence[tuple[int, int]],
    size: tuple[int, int],
    taken: list[pygame.Rect],
    dots: list[pygame.Rect],
    room: pygame.Rect,
) -> tuple[int, int] | None:
    """The first spot that covers nothing and no sign of another place; else one that covers such a sign."""
    boxes = [pygame.Rect(spot, size) for spot in spots]
    about = boxes[0].unionall(boxes[1:])
    taken = [taken[n] for n in about.collidelistall(taken)]
    dots = [dots[n] for n in about.collidelistall(dots)]
    free = [box for box in boxes if room.contains(box) and box.collidelist(taken) < 0]
    best = next((box for box in free if box.collidelist(dots) < 0), free[0] if free else None)
    return best.topleft if best is not None else None


def _off_spot(
    at: Point,
    size: tuple[int, int],
    zoom: float,
    taken: list[pygame.Rect],
    signs: int,
    dots: list[pygame.Rect],
    room: pygame.Rect,
    around: tuple[tuple[float, float, float], ...],
) -> tuple[pygame.Rect, tuple[Point, Point]] | None:
    """The cheapest free place on the rings around a sign, and the line to it, which crosses no name (those after
    ``signs``) and, where that takes it no further off, no counter; nor does it cover the signs of other places."""
    far = pygame.Rect(0, 0, 2 * (size[0] + FURTHER[-1] * zoom + 2), 2 * (size[1] + FURTHER[-1] * zoom + 2))
    far.center = (round(at[0]), round(at[1]))
    about = far.collidelistall(taken)
    taken, signs = [taken[n] for n in about], sum(n < signs for n in about)
    dots = [dots[n] for n in far.collidelistall(dots)]
    wide, tall = size
    counters = [one for one in taken[:signs] if not one.collidepoint(at)]
    best: tuple[pygame.Rect, tuple[Point, Point]] | None = None
    least = 1 << 30
    for number, (dx, dy, back) in enumerate(around):
        off = number // ROUND * FURTHER_RING
        if off >= least:
            break
        box = pygame.Rect(at[0] + dx * zoom - back * wide, at[1] + dy * zoom - tall / 2, wide, tall)
        if box.collidelist(taken) >= 0 or not room.contains(box):
            continue
        end = (max(box.left + 2, min(at[0], box.right - 2)), max(box.top + 2, min(at[1], box.bottom - 2)))
        if any(other.clipline(at, end) for other in taken[signs:]):
            continue
        cost = off + OVER_COUNTER * sum(bool(one.clipline(at, end)) for one in counters)
        cost += OVER_SIGN * len(box.collidelistall(dots))
        if cost < least:
            best, least = (box, (at, end)), cost
    return best


def _spots(centre: Point, size: tuple[int, int], zoom: float) -> list[tuple[int, int]]:
    """Where a name may stand, best first."""
    x, y = centre[0] * zoom, centre[1] * zoom
    w, h = size
    if zoom >= CLOSE:
        low, high = y + UNDER * zoom - h / 2, y - 0.40 * zoom - h / 2
        slide = max(0.0, min(w * 0.3, 0.3 * zoom))
        spots = [(x - w / 2, low), (x - w / 2 + slide, low), (x - w / 2 - slide, low), (x - w / 2, high)]
        spots += [(x - w / 2, low + h * 0.5), (x - w / 2, high - h * 0.3)]
    else:
        gap = 0.16 * zoom + 1
        spots = [(x + gap, y - h / 2), (x - w / 2, y + gap - 2), (x - gap - w, y - h / 2), (x - w / 2, y - gap - h + 2)]
        spots += [(x + gap * 0.7, y + gap * 0.2), (x + gap * 0.7, y - gap * 0.2 - h)]
    return [(round(a), round(b)) for a, b in spots]


def _letter_spots(calm: Line, start: int, advance: list[int]) -> list[tuple[float, float, float]]:
    """Middle and slant (degrees) of each letter, above the water, read from left to right."""
    first, last = calm[start], calm[start + sum(advance)]
    backward = first[0] > last[0]
    spots, gone = [], start + sum(advance) if backward else start
    for step in advance:
        half = -step / 2 if backward else step / 2
        i = max(5, min(len(calm) - 6, round(gone + half)))
        gone += -step if backward else step
        (ax, ay), (bx, by) = calm[i - 5], calm[i + 5]
        dx, dy = (ax - bx, ay - by) if backward else (bx - ax, by - ay)
        span = hypot(dx, dy) or 1.0
        spots.append((calm[i][0] + dy / span * BESIDE, calm[i][1] - dx / span * BESIDE, degrees(atan2(-dy, dx))))
    return spots
