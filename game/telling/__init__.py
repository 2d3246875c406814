"""What one faction saw of what happened (``witness``), and the words for it (``lines``)."""

from __future__ import annotations

from game.telling.lines import Line, tell
from game.telling.witness import Onlooker, Witness

__all__ = ["Line", "Onlooker", "Witness", "tell"]
