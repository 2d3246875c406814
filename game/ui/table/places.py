"""Where one can go in a game: a name for each screen, with what it needs to open (see :mod:`game.ui.places`)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import pygame

from game import engine
from game.plans import Plan
from game.records import Showing
from game.scenario.world import World
from game.session import Session
from game.ui.comparison import HolderChange as TakenPlace
from game.ui.ladder_moves import MovedLadder
from game.ui.scene import Change, Desk, Scene, ScenePlace
from game.ui.scenes.report_pages import Reasoned


class PausedGame(Scene, Protocol):
    """The table, as far as the menu over it needs it."""

    desk: Desk
    session: Session
    curtain: bool

    @property
    def seats(self) -> Mapping[int, str]:
        """Player by faction number; "human" for a person."""
        ...

    def set_seat(self, faction: int, text: str) -> None:
        """Change who plays a faction."""
        ...

    def report(self, chapter: int = 0) -> Change:
        """Aims, dates against history and ledgers of the seat."""
        ...

    def result(self) -> ToResult:
        """How the game ended, with its course."""
        ...


@dataclass(frozen=True, slots=True)
class ToTable(ScenePlace):
    """The table with a game. ``seats`` names who plays each faction, ``folder`` where its scenario lies."""

    session: Session
    seats: Mapping[int, str]
    folder: Path | None = None
    note: str = ""
    """What the table says first."""


@dataclass(frozen=True, slots=True)
class ToPause(ScenePlace):
    """The menu over a game."""

    table: PausedGame


@dataclass(frozen=True, slots=True)
class ToSeats(ScenePlace):
    """Who plays what from now on in a game; ``change`` seats a player at the table."""

    world: World
    seats: Mapping[int, str]
    change: Callable[[int, str], None]


@dataclass(frozen=True, slots=True)
class ToHandover(ScenePlace):
    """The curtain between two people; ``then`` seats the next one, ``ground`` gives the printed map, this small."""

    session: Session
    faction: int
    seats: Mapping[int, str]
    then: Callable[[], None]
    ground: Callable[[tuple[int, int]], pygame.Surface] | None = None


@dataclass(frozen=True, slots=True)
class ToReport(ScenePlace):
    """Aims, dates against history and ledgers, as one faction may know them."""

    view: engine.View
    faction: int
    changes: Sequence[TakenPlace]
    chapter: int = 0
    moves: Sequence[MovedLadder] = ()
    """What has moved the ladder between the blocs."""
    plans: Mapping[str, Plan] = field(default_factory=dict)
    """What the seat has resolved for later turns."""
    ground: Callable[[tuple[int, int]], pygame.Surface] | None = None
    """Gives the printed map, this small."""
    fronts: Mapping[int, Sequence[int]] = field(default_factory=dict)
    """Who held each hex at the end of a turn, by turn."""
    staff_log: Sequence[Reasoned] = ()
    """What an AI player has ordered for the seat."""


@dataclass(frozen=True, slots=True)
class ToUnits(ScenePlace):
    """The units of a faction in a list; ``take`` selects one at the table."""

    view: engine.View
    faction: int
    planned: Collection[str]
    take: Callable[[str], None]
    ground: Callable[[tuple[int, int]], pygame.Surface] | None = None
    """Gives the printed map, this small."""


@dataclass(frozen=True, slots=True)
class ToResult(ScenePlace):
    """The end of a game, and its course as far as it is told: places taken, fronts by turn, the printed map."""

    session: Session
    seats: Mapping[int, str]
    changes: Sequence[TakenPlace] = ()
    fronts: Mapping[int, Sequence[int]] = field(default_factory=dict)
    ground: Callable[[tuple[int, int]], pygame.Surface] | None = None


@dataclass(frozen=True, slots=True)
class ToReplay(ScenePlace):
    """A recorded game, to be looked at; ``leaving`` is what Esc does there, where it is not to go back."""

    showing: Showing
    leaving: Change | None = None


@dataclass(frozen=True, slots=True)
class ToSave(ScenePlace):
    """The saved games, among which this one is to be kept; ``told`` hears of it."""

    session: Session
    told: Callable[[str], None] | None = None
