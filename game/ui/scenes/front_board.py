"""What the report and the end of a game share: a page with the fronts of this game beside those of history."""

from __future__ import annotations

from collections.abc import Sequence

import pygame

from game.scenario import annals
from game.state.tables import State
from game.ui.comparison import HolderChange, compared
from game.ui.scene import Change, Desk
from game.ui.scenes.board import Board
from game.ui.scenes.front_page import UNTOLD_FRONTS, FrontMaps, Fronts, Ground


class FrontBoard(Board):
    """A page that may show the fronts; the day that was looked at stays when the page is laid out anew.

    ``changes`` are the places that changed hands, ``fronts`` who held what by turn, ``ground`` gives the printed map:
    without it there are no maps.
    """

    def __init__(
        self, desk: Desk, state: State, changes: Sequence[HolderChange], fronts: Fronts = UNTOLD_FRONTS,
        ground: Ground | None = None,
    ) -> None:  # fmt: skip
        super().__init__(desk)
        self.changes, self.fronts, self.ground = tuple(changes), fronts, ground
        self.maps: FrontMaps | None = None
        self._at, self._turn = state, state.clock.turn

    def add_maps(self, room: pygame.Rect) -> None:
        """Put the maps into a part of the page, where there is a history to compare with and room for two."""
        self.maps = None
        large = room.width > self.desk.px(460) and room.height > self.desk.px(270)
        if self.ground is None or not large or not annals.has_history(self._at.world):
            return
        rows = compared(self._at.world, self._at.hexes.control, self.changes)
        self.maps = FrontMaps(self.desk, room, self._at, rows, self.ground, self._turn, self.fronts)
        self.form.add(self.maps)

    def resize(self) -> None:
        """The day that was looked at stays."""
        if self.maps is not None:
            self._turn = self.maps.turn
        super().resize()

    @property
    def unfinished(self) -> bool:
        """Whether the maps are still being painted."""
        return self.maps is not None and self.maps.unfinished

    def update(self, seconds: float) -> Change | None:
        """The fronts play."""
        if self.maps is not None:
            self.maps.update(seconds)
        return super().update(seconds)
