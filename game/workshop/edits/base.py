"""What every edit is: a frozen description of one thing a designer does, which can name and write itself."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

from game.hexgrid import HexGrid
from game.workshop.refused import EditRefused
from game.workshop.sheets import Sheets

__all__ = ["Edit", "EditRefused", "Sheets", "counted", "hexes_in_words"]


@dataclass(frozen=True, slots=True)
class Edit(ABC):
    """One thing a designer does. Hexes and hexsides are numbers of the grid; names are those of the files."""

    @abstractmethod
    def describe(self, grid: HexGrid) -> str:
        """The edit in a few words, for the list of what can be undone: "paint 3 hexes with hills"."""

    @abstractmethod
    def apply(self, sheets: Sheets) -> None:
        """Write the edit into the texts; raises Refused, and then nothing of it stays."""

    def merged(self, later: Edit) -> Edit | None:
        """This edit and the next as one step of undo, where the two are parts of one stroke; None as a rule."""
        return None


def counted(count: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 hex", "3 hexes"."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def hexes_in_words(grid: HexGrid, hexes: tuple[int, ...]) -> str:
    """Up to three labels, or how many there are."""
    if len(hexes) <= 3:
        return ", ".join(grid.label(here) for here in hexes)
    return counted(len(hexes), "hex", "hexes")
