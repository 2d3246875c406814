"""Names on the map: ranked, haloed, placed so that none covers another, and water names along the water."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from math import atan2, degrees, hypot

import pygame

from game.ui.camera import Point, hex_centre, map_extent
from game.ui.fonts import NARROW, NARROW_STRONG, Fonts
from game.ui.mapview.curves import Line, evened
from game.ui.mapview.picture import MapPicture, Place
from game.ui.theme import Theme

# By rank: height of the text in hexes, its greatest height in pixels, and the zoom from which it is shown.
RANKS = ((0.175, 17, 40), (0.19, 19, 27), (0.225, 24, 17), (0.28, 32, 0))
UNDER = 0.395  # middle of a name below the middle of its hex, clear of the counter
CALM = 1.3  # how far along a river its course is evened out for its name
STEP = 0.05
BESIDE = 0.33  # how far from the middle of the river its name stands
CLOSE = 38  # zoom from which names stand below counters instead of beside dots


@dataclass(frozen=True, slots=True)
class Print:
    """A picture and where its upper left corner goes, in pixels of the whole map at one zoom."""

    image: pygame.Surface
    x: int
    y: int

    @property
    def rect(self) -> pygame.Rect:
        """The ground that the picture covers."""
        return self.image.get_rect(topleft=(self.x, self.y))


def place_names(
    picture: MapPicture, courses: dict[str, Line], theme: Theme, fonts: Fonts, zoom: float
) -> tuple[Print, ...]:
    """All names of one zoom level, most important first; those that find no room are left out."""
    taken: list[pygame.Rect] = []
    out: list[Print] = []
    dots = [_dot(picture.columns, place, zoom) for place in picture.places if zoom >= RANKS[min(3, place.size)][2]]
    edge = map_extent(picture.columns, picture.rows)[0] * zoom
    for place in sorted(picture.places, key=lambda p: (-p.size, p.hex)):
        height, most, from_zoom = RANKS[max(0, min(3, place.size))]
        if zoom < from_zoom:
            continue
        pixels = max(int(theme.sizes.smallest_text) + 1 + place.size, min(most, round(height * zoom)))
        image = _name(place, pixels, theme, fonts)
        centre = hex_centre(picture.columns, place.hex)
        spot = _free_spot(_spots(centre, image.get_size(), zoom), image.get_size(), taken, dots, zoom, edge)
        if spot:
            taken.append(image.get_rect(topleft=spot).inflate(2, -2))
            out.append(Print(image, *spot))
    for name, course in courses.items():
        out.extend(_water_name(name, course, theme, fonts, zoom, taken))
    return tuple(out)


def _name(place: Place, pixels: int, theme: Theme, fonts: Fonts) -> pygame.Surface:
    role = NARROW_STRONG if place.size >= 2 else NARROW
    text = place.name.upper() if place.size >= 3 else place.name
    return fonts.haloed(text, role, pixels, theme.map.name, theme.map.name_halo, 2 if pixels > 12 else 1)


def _dot(columns: int, place: Place, zoom: float) -> pygame.Rect:
    x, y = hex_centre(columns, place.hex)
    reach = max(2, round(0.09 * zoom))
    return pygame.Rect(round(x * zoom) - reach, round(y * zoom) - reach, 2 * reach, 2 * reach)


def _free_spot(
    spots: Sequence[tuple[int, int]],
    size: tuple[int, int],
    taken: list[pygame.Rect],
    dots: list[pygame.Rect],
    zoom: float,
    edge: float,
) -> tuple[int, int] | None:
    """The first spot that covers no name and no sign; from close by a name may cover a sign rather than go."""
    free = [spot for spot in spots if pygame.Rect(spot, size).collidelist(taken) < 0]
    clear = [spot for spot in free if pygame.Rect(spot, size).collidelist(dots) < 0 and spot[0] + size[0] <= edge]
    return clear[0] if clear else free[0] if free and zoom >= CLOSE else None


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


def _water_name(
    name: str, course: Line, theme: Theme, fonts: Fonts, zoom: float, taken: list[pygame.Rect]
) -> list[Print]:
    """A river's name in spaced letters along its course, again after each long stretch."""
    pixels = min(30, round(0.25 * zoom))
    if pixels < 10:
        return []
    calm = evened(course, CALM, STEP)
    advance = [round((fonts.width(letter, NARROW, pixels) * 1.25 + 0.12 * pixels) / zoom / STEP) for letter in name]
    out: list[Print] = []
    start = 20
    while start + sum(advance) < len(calm) - 20:
        spots = _letter_spots(calm, start, advance)
        boxes = [
            pygame.Rect(round(x * zoom) - pixels // 2, round(y * zoom) - pixels // 2, pixels, pixels)
            for x, y, _ in spots
        ]
        turn = max(abs(a[2] - b[2]) for a, b in itertools.pairwise(spots))
        if turn < 14 and all(box.collidelist(taken) < 0 for box in boxes):
            out.extend(
                _turned(letter, spot, pixels, theme, fonts, zoom) for letter, spot in zip(name, spots, strict=True)
            )
            taken.extend(boxes)
            start += round(14 / STEP)
        else:
            start += 6
    return out


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


def _turned(
    letter: str, spot: tuple[float, float, float], pixels: int, theme: Theme, fonts: Fonts, zoom: float
) -> Print:
    face = fonts.haloed(letter, NARROW, pixels, theme.map.water_name, theme.map.name_halo, 1)
    turned = pygame.transform.rotozoom(face, spot[2], 1.0)
    return Print(
        turned, round(spot[0] * zoom - turned.get_width() / 2), round(spot[1] * zoom - turned.get_height() / 2)
    )
