"""The stage of the table: fights that are being shown, the result card that stays, and the marks on the map."""

from __future__ import annotations

import pygame

from game import orders as od
from game.session import Entry
from game.state.tables import State
from game.telling.witness import Witness
from game.ui.battle_view import AttackResult, own_fight, shown_fight
from game.ui.mapview.faces import Stack
from game.ui.mapview.fight import LENGTH, SLICE, FightPainter, ShownFight
from game.ui.mapview.view import MapView
from game.ui.scene import Desk
from game.ui.sounds import heard

PACES = {"off": 0.0, "fast": 2.0, "normal": 1.0, "slow": 0.6}
"""How fast a fight is shown by the setting for animation; 0: not at all."""


class Stage:
    """Shows one fight at a time over a map; a new one takes the place of the last. It never holds up the game."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.fight: ShownFight | None = None
        self.result: AttackResult | None = None
        """Of the seat's last attack in this turn."""
        self.scars: tuple[int, ...] = ()
        self._seconds = 0.0
        self._former: tuple[Stack, ...] = ()
        self._painter: tuple[MapView, FightPainter] | None = None

    def fought(
        self, before: State, stacks: tuple[Stack, ...], witness: Witness, entry: Entry, own: bool
    ) -> ShownFight | None:
        """An entry of the session has happened: show the fight in it, if the seat saw one.

        ``before`` and ``stacks`` are what the seat saw until then.
        """
        found: ShownFight | None
        if own and isinstance(entry.order, od.Attack):
            both = own_fight(before, witness, entry.order, entry.events)
            if both is None:
                return None
            found, self.result = both
        else:
            found = shown_fight(before, witness, entry.events)
        if found is not None:
            self.fight, self._seconds, self._former = found, 0.0, stacks
            self.scars = tuple(dict.fromkeys((*self.scars, found.target)))
            if not PACES[self.desk.settings.animation]:
                self.skip()
        return found

    def heard(self, witness: Witness, entry: Entry) -> None:
        """An entry of the session has happened: let the seat hear what it saw of it."""
        prizes = {prize.hex for prize in witness.world.prizes}
        self.desk.hear(*heard(witness.cut(entry.events), witness.faction, prizes))

    @property
    def running(self) -> bool:
        """Whether a fight is being shown."""
        return self.fight is not None

    def stacks(self, now: tuple[Stack, ...]) -> tuple[Stack, ...]:
        """The counters to be shown: those of before until the losses show."""
        return self._former if self.fight is not None and self._seconds < SLICE else now

    def skip(self) -> None:
        """Jump to the end: only the mark on the hex and the card stay."""
        self.fight = None

    def clear(self) -> None:
        """The turn is over, or another seat looks at the table."""
        self.fight, self.result, self.scars = None, None, ()

    def update(self, seconds: float) -> None:
        """Let time pass."""
        if self.fight is not None:
            self._seconds += seconds * PACES[self.desk.settings.animation]
            if self._seconds >= LENGTH:
                self.fight = None

    def draw(self, screen: pygame.Surface, shown: MapView) -> None:
        """The fight over the map's window."""
        if self.fight is None:
            return
        if self._painter is None or self._painter[0] is not shown:
            self._painter = shown, FightPainter(self.desk, shown.picture.columns, shown.counters)
        self._painter[1].draw(screen, shown.camera, self.fight, self._seconds)
