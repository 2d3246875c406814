"""Names at the window's edge: no word is cut there. One that fits beside the edge moves in, any other is left out.

The names are printed into the picture that panning moves. Where the window, or a panel over it, would cut one, the
ground without names is laid over it for this frame. That happens in every frame of a drag, so it is looked up fast.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import hypot

import pygame

from game.ui.camera import Camera, Point
from game.ui.kit.fonts import Fonts
from game.ui.mapview.names import Print

FURTHEST = 1.6
"""How far a name may move to stay in the window, in hexes."""
STROKE = 24
"""Pixels of a line over which ground is laid at a time."""
LETTER = 6
"""Pixels by which a slanted letter may stick out of its box."""
STRIP = 64
"""Pixels between which names are looked up together."""


@dataclass(slots=True, eq=False)
class ShownName:
    """A name, or the letters of a river's name together: all of it shows, or nothing."""

    names: list[Print]
    box: pygame.Rect
    ground: list[pygame.Rect]
    """What is laid over it, and over the line to its sign."""
    near: list[pygame.Rect] | None = None
    """What it must keep clear of when it moves; looked up when it first does."""


class WholeNames:
    """The names of one zoom, looked through for those that are cut."""

    def __init__(self, names: Sequence[Print], covered: Iterable[pygame.Rect]) -> None:
        self._covered = list(covered)
        self._all = [*self._covered, *(name.rect for name in names)]
        letters: dict[int, list[Print]] = {}
        for name in names:
            if name.word >= 0:
                letters.setdefault(name.word, []).append(name)
        self.words = [self._word([name]) for name in names if name.word < 0]
        self.words += [self._word(one) for one in letters.values()]
        self._across: dict[int, list[ShownName]] = {}
        self._down: dict[int, list[ShownName]] = {}
        for word in self.words:
            box = word.box
            for strip in range(box.left // STRIP, (box.right - 1) // STRIP + 1):
                self._across.setdefault(strip, []).append(word)
            for strip in range(box.top // STRIP, (box.bottom - 1) // STRIP + 1):
                self._down.setdefault(strip, []).append(word)

    def _word(self, names: list[Print]) -> ShownName:
        boxes = [name.rect.inflate(LETTER, LETTER) if name.slant else name.rect for name in names]
        leader = names[0].leader
        ground = boxes + (self._pieces(*leader) if leader is not None else [])
        return ShownName(names, boxes[0].unionall(boxes[1:]), ground)

    def _pieces(self, sign: Point, end: Point) -> list[pygame.Rect]:
        """Boxes along a line; what stands on it stays."""
        (ax, ay), (bx, by) = sign, end
        steps, out = max(1, round(hypot(bx - ax, by - ay) / STROKE)), []
        for step in range(steps):
            one, other = (
                (ax + (bx - ax) * share / steps, ay + (by - ay) * share / steps) for share in (step, step + 1)
            )
            box = _box_of(one, other).inflate(4, 4)
            if box.collidelist(self._covered) < 0:
                out.append(box)
        return out

    def cut(self, window: pygame.Rect) -> list[ShownName]:
        """The words that an edge of a rectangle cuts, in pixels of the whole map."""
        left, top, right, bottom = window.left, window.top, window.right, window.bottom
        out = [
            word
            for x in (left, right)
            for word in self._across.get(x // STRIP, ())
            if word.box.left < x < word.box.right and word.box.top < bottom and word.box.bottom > top
        ]
        return out + [
            word
            for y in (top, bottom)
            for word in self._down.get(y // STRIP, ())
            if word.box.top < y < word.box.bottom and word.box.left < right and word.box.right > left
            and word not in out
        ]  # fmt: skip

    def moved(
        self, word: ShownName, window: pygame.Rect, lids: Sequence[pygame.Rect], zoom: float
    ) -> pygame.Rect | None:
        """Where a cut name is whole, None where it finds no room."""
        name = word.names[0]
        box = name.rect
        if name.word >= 0 or box.width + 4 > window.width or box.height + 4 > window.height:
            return None
        if name.leader is not None and not window.collidepoint(name.leader[0]):
            return None
        rect = box.clamp(window.inflate(-4, -4))
        far = FURTHEST * zoom
        if abs(rect.x - box.x) > far or abs(rect.y - box.y) > far or rect.collidelist(lids) >= 0:
            return None
        if word.near is None:
            about = box.inflate(2 * far + 4, 2 * far + 4)
            word.near = [self._all[n] for n in about.collidelistall(self._all) if self._all[n] is not box]
        return rect if rect.inflate(2, -2).collidelist(word.near) < 0 else None


def mend(
    screen: pygame.Surface, camera: Camera, names: WholeNames, ground: pygame.Surface, corner: tuple[int, int],
    lids: Sequence[pygame.Rect], fonts: Fonts,
) -> list[pygame.Rect]:  # fmt: skip
    """Make the names whole in a window that shows them printed; gives back what was painted over.

    ``ground`` is the same picture without names, whose corner lies at ``corner`` of the whole map.
    """
    ox, oy = camera.origin
    window = pygame.Rect(ox, oy, camera.width, camera.height)
    dx, dy = camera.x - ox, camera.y - oy
    over = [lid.move(-dx, -dy) for lid in lids]
    cut = names.cut(window)
    for lid in over:
        cut += [word for word in names.cut(lid) if word not in cut]
    gx, gy = dx + corner[0], dy + corner[1]
    spots = [
        (ground, place, place.move(-gx, -gy))
        for word in cut
        for box in word.ground
        if (place := box.clip(window).move(dx, dy)).width
    ]
    screen.blits(spots, False)
    painted = [place for _, place, _ in spots]
    for word in cut:
        rect = names.moved(word, window, over, camera.zoom)
        if rect is not None:
            end = word.names[0].draw(screen, -dx, -dy, fonts, rect)
            painted.append((rect if end is None else rect.union(end)).move(dx, dy))
    return painted


def _box_of(one: Point, other: Point) -> pygame.Rect:
    left, right = sorted((one[0], other[0]))
    top, low = sorted((one[1], other[1]))
    return pygame.Rect(int(left), int(top), int(right - left) + 1, int(low - top) + 1)
