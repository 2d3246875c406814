"""What the small numbers in the tables of a state mean.

Columns hold plain integers, and members of these enumerations compare and add up like them. Bits are members too, not
flags: an ``&`` with a flag costs fifty times as much, and marches ask for these all the time.
"""

from __future__ import annotations

from enum import IntEnum


class Status(IntEnum):
    """Where in its life a unit is."""

    WAITING = 0
    ON_MAP = 1
    DESTROYED = 2
    WITHDRAWN = 3


class Supplied(IntEnum):
    """How a unit was supplied when its faction's turn opened; CUT counts turns in ``units.cut``."""

    FULL = 0
    STRETCHED = 1
    CUT = 2


class Spent(IntEnum):
    """Bits of ``units.spent``: what a unit has done in this turn of its faction. STOPPED: may move no further.

    YIELDED: has moved aside for the other bloc since its faction's turn opened.
    """

    MOVED = 1
    ACTED = 2
    ATTACKED = 4
    MARCHED = 8
    STOPPED = 16
    FORCED = 32
    YIELDED = 64


class Knowledge(IntEnum):
    """How well a faction knows a unit. Of a CONTACT it knows whose it is and its size class alone."""

    UNSEEN = 0
    CONTACT = 1
    IDENTIFIED = 2


class CrossingKind(IntEnum):
    """What carries traffic over a river side; a ferry carries no march, and nobody blows a dam."""

    BRIDGE = 0
    FERRY = 1
    PONTOON = 2
    DAM = 3

    @property
    def word(self) -> str:
        """Its name in files and in words."""
        return self.name.lower()


class CrossingState(IntEnum):
    """How a crossing stands. GONE: blown, sunk or given up."""

    GONE = 0
    OPEN = 1
    BUILDING = 2


class Weather(IntEnum):
    """The weather of a turn, all over the map."""

    CLEAR = 0
    DUST = 1
    RAIN = 2

    @property
    def word(self) -> str:
        """Its name in files and in words."""
        return self.name.lower()


class Concession(IntEnum):
    """What a bloc gives up to bring the ladder down."""

    STANDSTILL = 0
    GROUNDING = 1
    CEDING = 2


class Ending(IntEnum):
    """How a game ended. The first counts as False: it goes on."""

    NOT_YET = 0
    LAST_TURN = 1
    OPEN_CONFLICT = 2
    """Somebody attacked the other bloc on purpose: rung 5."""
    CONCEDED = 3
    EVENT = 4
