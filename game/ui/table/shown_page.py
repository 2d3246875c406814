"""What the panels around the map are made from."""

from __future__ import annotations

from typing import Protocol

from game.session import Session
from game.ui.panels.log_panel import LogPanel
from game.ui.table.chronicle import Chronicle
from game.ui.table.dialogs import OverMap
from game.ui.table.layout import TableLayout
from game.ui.table.map_desk import MapDesk
from game.ui.table.reel import Reel
from game.ui.table.seats import Seats
from game.ui.table.sight import Sight
from game.ui.table.stage import Stage
from game.ui.table.standing import StandingOrders
from game.ui.table.tip_card import TipCard
from game.ui.table.turns import Playback


class ShownPage(Sight, Protocol):
    """What the panels show is made from."""

    session: Session
    chronicle: Chronicle
    places: Seats
    layout: TableLayout
    playback: Playback
    standing: StandingOrders
    board: MapDesk
    log: LogPanel
    reel: Reel | None
    dialog: OverMap | None
    notice: str
    tips: TipCard

    stage: Stage

    @property
    def watching(self) -> bool:
        """Whether no person plays."""
        ...

    @property
    def seen_by(self) -> str:
        """Whose view it is, where nobody plays."""
        ...

    @property
    def sees_all(self) -> bool:
        """Whether nothing is hidden, in a game that has ended."""
        ...

    @property
    def recorded(self) -> bool:
        """Whether the game is only looked at."""
        ...

    @property
    def mouse(self) -> tuple[int, int]:
        """Where the mouse is."""
        ...

    @property
    def rested(self) -> float:
        """Seconds since it moved."""
        ...

    @property
    def acted(self) -> bool:
        """Whether a key or button was pressed since then."""
        ...
