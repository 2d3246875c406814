"""A row of the bench: what was measured, in which unit, and the bar that it is held to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

SCALE = {"s": 1.0, "ms": 1e3, "us": 1e6}


@dataclass(frozen=True, slots=True)
class BenchRow:
    """One line of the table. ``bar``: the most it may be, in its unit; 0 for none."""

    what: str
    median: float
    unit: str
    n: int
    bar: float = 0
    floors: float = 0
    """The same in floors of this run; 0 for what is no time."""
    bar_floors: float = 0
    """The most it may be in floors; 0 for none."""
    at_least: bool = False
    """Whether the bar is the least that it may be."""

    def as_json(self) -> dict[str, Any]:
        """What goes into the file."""
        found = {"what": self.what, "median": self.median, "unit": self.unit, "n": self.n}
        return {**found, "floors": self.floors} if self.floors else found

    def shared(self, times: int) -> BenchRow:
        """The row of an act that did its work so many times: what one cost."""
        return replace(self, median=float(f"{self.median / max(1, times):.4g}"))

    def beside(self, floor: BenchRow) -> BenchRow:
        """The row with its time told in floors."""
        if self.unit not in SCALE:
            return self
        ratio = (self.median / SCALE[self.unit]) / (floor.median / SCALE[floor.unit])
        return replace(self, floors=float(f"{ratio:.3g}"))

    def __str__(self) -> str:
        verdict = ""
        if self.bar:
            missed = self.median < self.bar if self.at_least else self.median > self.bar
            verdict = f"   bar {self.bar:g} {self.unit}" + ("  MISSED" if missed else "")
        elif self.bar_floors:
            verdict = f"   bar {self.bar_floors:g} floors" + ("  MISSED" if self.floors > self.bar_floors else "")
        floors = f"{self.floors:9.3g} floors" if self.floors else " " * 16
        return f"{self.what:16} {self.median:10.4g} {self.unit:5} {floors}  n={self.n:<5}{verdict}".rstrip()
