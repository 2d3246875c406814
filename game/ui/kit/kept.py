"""Pictures that were made once and are shown again: kept while all of them together stay below so many bytes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from typing import Generic, TypeVar

import pygame

K = TypeVar("K", bound=Hashable)
BESIDE = 300
"""Bytes that a picture takes besides its points: itself, its key and its place among the others."""


class Kept(Generic[K]):
    """Pictures by all that they depend on; when they are too many, those that nobody has asked for longest go.

    ``most`` is in bytes. ``gone`` hears of each picture that goes by itself. The last picture stays, however large.
    """

    def __init__(self, most: int, gone: Callable[[K], object] | None = None) -> None:
        self._pictures: OrderedDict[K, pygame.Surface] = OrderedDict()
        self._most, self._gone = most, gone
        self.bytes = 0

    def __len__(self) -> int:
        return len(self._pictures)

    def __iter__(self) -> Iterator[K]:
        return iter(self._pictures)

    def get(self, key: K) -> pygame.Surface | None:
        """The picture, if it is still there; do not draw on it, it is shared."""
        found = self._pictures.get(key)
        if found is not None:
            self._pictures.move_to_end(key)
        return found

    def found(self, key: K, make: Callable[[], pygame.Surface]) -> pygame.Surface:
        """The picture, made if it is not there; do not draw on it, it is shared."""
        kept = self.get(key)
        return kept if kept is not None else self.keep(key, make())

    def keep(self, key: K, picture: pygame.Surface) -> pygame.Surface:
        """Take a picture in, in place of one of the same key, and give it back."""
        self.drop(key)
        self._pictures[key] = picture
        self.bytes += weight(picture)
        while self.bytes > self._most and len(self._pictures) > 1:
            old = next(iter(self._pictures))
            self.drop(old)
            if self._gone is not None:
                self._gone(old)
        return picture

    def drop(self, key: K) -> None:
        """Forget one picture, if it is there."""
        former = self._pictures.pop(key, None)
        if former is not None:
            self.bytes -= weight(former)

    def clear(self) -> None:
        """Forget all of them."""
        self._pictures.clear()
        self.bytes = 0


def weight(picture: pygame.Surface) -> int:
    """Bytes of memory that a picture takes."""
    return picture.get_pitch() * picture.get_height() + BESIDE
