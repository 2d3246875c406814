"""Counters as panels show them: the same pictures as on the map, kept by face and size."""

from __future__ import annotations

from dataclasses import replace

import pygame

from game.ui.kit.kept import Kept
from game.ui.kit.symbols import load_symbols
from game.ui.mapview.counters import CounterPainter
from game.ui.mapview.faces import Face, UnitFace
from game.ui.scene import Desk

KEPT_BYTES = 2_000_000


class Portraits:
    """Gives the counter of a face at a size in pixels."""

    def __init__(self, desk: Desk) -> None:
        self._painter = CounterPainter(desk.theme, desk.fonts, load_symbols(desk.theme.counters))
        self._pictures: Kept[tuple[Face, int]] = Kept(KEPT_BYTES)

    def picture(self, face: Face, pixels: int) -> pygame.Surface:
        """The counter; do not draw on it, it is shared."""
        found = self._pictures.get((face, pixels))
        if found is not None:
            return found
        plain = replace(face, label="") if isinstance(face, UnitFace) else face  # the name stands beside it
        return self._pictures.keep((face, pixels), self._painter.paint(plain, pixels))
