"""What the table tells the map that shows it."""

from __future__ import annotations

from typing import Protocol

from game import engine
from game.ui.selection import Selection
from game.ui.table.standing import StandingOrders


class Sight(Protocol):
    """What the map shows is made from."""

    view: engine.View
    seat: int
    selection: Selection
    hover: int
    edition: int
    turns_shown: int
    standing: StandingOrders

    @property
    def playing(self) -> bool:
        """Whether a person may give orders now."""
        ...
