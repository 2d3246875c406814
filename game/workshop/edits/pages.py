"""Fields of ``scenario.yaml``, the picture beneath the map, and whole files as text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from game.hexgrid import HexGrid
from game.workshop.edits.base import Edit, Refused, Sheets
from game.workshop.underlay import Underlay


@dataclass(frozen=True, slots=True)
class ScenarioField(Edit):
    """Set a key of ``scenario.yaml``: ("title",), ("first_day",), ("aims", "saa"); None takes an optional one out."""

    path: tuple[str, ...]
    value: Any

    def describe(self, grid: HexGrid) -> str:
        return f"change {' of '.join(reversed(self.path))}"

    def apply(self, sheets: Sheets) -> None:
        raise Refused("this edit is not built yet")

    def merged(self, later: Edit) -> Edit | None:
        return later if isinstance(later, ScenarioField) and later.path == self.path else None


@dataclass(frozen=True, slots=True)
class SetUnderlay(Edit):
    """Lay a picture beneath the map while editing, move it or change its opacity; None takes it away."""

    underlay: Underlay | None

    def describe(self, grid: HexGrid) -> str:
        return f"picture {self.underlay.picture} beneath the map" if self.underlay else "no picture beneath the map"

    def apply(self, sheets: Sheets) -> None:
        raise Refused("this edit is not built yet")

    def merged(self, later: Edit) -> Edit | None:
        both = isinstance(later, SetUnderlay) and later.underlay is not None and self.underlay is not None
        return later if both else None


@dataclass(frozen=True, slots=True)
class EditText(Edit):
    """The whole text of a file, as typed in the text pane; also brings a missing file into being."""

    file: str
    text: str

    def describe(self, grid: HexGrid) -> str:
        return f"edit {self.file}"

    def apply(self, sheets: Sheets) -> None:
        raise Refused("this edit is not built yet")

    def merged(self, later: Edit) -> Edit | None:
        return later if isinstance(later, EditText) and later.file == self.file else None
