"""What a window still shows of the frame before, so that only what has changed is painted again.

A frame has grounds (the map, the panels), which do not overlap, and things that lie over them. Grounds are painted
through here: what still stands on the screen is left there, moved when the ground has moved, and only the rest is
copied. Whatever is painted over a ground has to be told, for it is gone from there in the next frame.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pygame


@dataclass(frozen=True, slots=True)
class _PaintedGround:
    """A ground as it was painted last: where, which part of its picture, and what that was a picture of."""

    box: pygame.Rect
    corner: tuple[int, int]
    edition: object


class StillShown:
    """Of one scene. It trusts the screen when nobody else can have painted on it: see ``time_passes``."""

    def __init__(self) -> None:
        self._screen: pygame.Surface | None = None
        self._grounds: dict[str, _PaintedGround] = {}
        self._former: list[pygame.Rect] = []
        """What the last frame had over the grounds, and, in ``_spoilt``, this one."""
        self._spoilt: list[pygame.Rect] = []
        self._alone = False

    def forget(self) -> None:
        """The window has another size, or showed something else meanwhile."""
        self._grounds.clear()

    def time_passes(self) -> None:
        """Time passes for the scene that is on top alone: what it painted last is what the screen shows."""
        self._alone = True

    def begin(self, screen: pygame.Surface) -> None:
        """A frame begins."""
        if not self._alone or screen is not self._screen:
            self._grounds.clear()
        if not self._grounds:
            self._spoilt.clear()
        self._alone, self._screen = False, screen
        self._former, self._spoilt = self._spoilt, []

    def paint(
        self, name: str, picture: pygame.Surface, box: pygame.Rect, edition: object, corner: tuple[int, int] = (0, 0)
    ) -> None:
        """A ground in its ``box`` of the screen: the part of ``picture`` that begins at ``corner``.

        ``edition`` is another object whenever the picture looks different.
        """
        screen = self._screen
        assert screen is not None
        former, self._grounds[name] = self._grounds.get(name), _PaintedGround(box.copy(), corner, edition)
        if former is None or former.edition is not edition or former.box != box:
            screen.blit(picture, box, (corner, box.size))
            return
        dx, dy = former.corner[0] - corner[0], former.corner[1] - corner[1]
        gone = [*self._former, *self._spoilt]
        if dx or dy:
            gone = [
                *around(box.move(dx, dy).clip(box), box),
                *(area.move(dx, dy) for area in self._former),
                *self._spoilt,
            ]
        parts = [gone[number].clip(box) for number in box.collidelistall(gone)]
        if not parts:
            return
        clip = screen.get_clip()
        screen.set_clip(box)
        if 2 * sum(part.width * part.height for part in parts) > box.width * box.height:
            parts = [box]
        elif dx or dy:
            screen.scroll(dx, dy)  # inside the clip: nothing is moved in from beyond the box
        for part in parts:
            screen.blit(picture, part, part.move(corner[0] - box.x, corner[1] - box.y))
        screen.set_clip(clip)

    def lose(self, name: str) -> None:
        """A ground is painted by other means in this frame."""
        self._grounds.pop(name, None)

    def spoil(self, *areas: pygame.Rect) -> None:
        """Something has been painted over the grounds, inside these areas."""
        self._spoilt += [area.copy() for area in areas]

    @contextmanager
    def over(self, area: pygame.Rect) -> Iterator[None]:
        """For what is painted over the grounds: it stays inside ``area``."""
        screen = self._screen
        assert screen is not None
        clip = screen.get_clip()
        screen.set_clip(area.clip(clip))
        try:
            yield
        finally:
            screen.set_clip(clip)
            self.spoil(area)


def around(inner: pygame.Rect, outer: pygame.Rect) -> list[pygame.Rect]:
    """What of a rectangle lies around another one in it, in as many pieces as it takes."""
    if not inner.width or not inner.height:
        return [outer]
    parts = (
        pygame.Rect(outer.x, outer.y, outer.width, inner.y - outer.y),
        pygame.Rect(outer.x, inner.bottom, outer.width, outer.bottom - inner.bottom),
        pygame.Rect(outer.x, inner.y, inner.x - outer.x, inner.height),
        pygame.Rect(inner.right, inner.y, outer.right - inner.right, inner.height),
    )
    return [part for part in parts if part.width > 0 and part.height > 0]
