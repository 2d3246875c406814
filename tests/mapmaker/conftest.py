"""The campaign map as written, read with plain YAML so that these tests judge the files and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
import yaml

from game.hexgrid import HexGrid, grid

ROOT = Path(__file__).resolve().parents[2]
CAMPAIGN = ROOT / "scenarios" / "race_for_deir_ezzor"


def read_yaml(path: Path) -> Any:
    """A YAML file with every value as text."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


@dataclass(frozen=True)
class WrittenMap:
    """The files of a made map, with hexes and sides as numbers."""

    folder: Path

    @cached_property
    def map(self) -> Any:
        return read_yaml(self.folder / "map.yaml")

    @cached_property
    def grid(self) -> HexGrid:
        return grid(int(self.map["size"]["columns"]), int(self.map["size"]["rows"]))

    @cached_property
    def rows(self) -> list[str]:
        lines = (self.folder / "map.txt").read_text(encoding="utf-8").splitlines()
        return [line.replace(" ", "") for line in lines if not line.startswith("#")]

    @cached_property
    def crossings(self) -> list[dict[str, str]]:
        listed: list[dict[str, str]] = read_yaml(self.folder / "crossings.yaml")["crossings"]
        return listed

    @cached_property
    def hex_of(self) -> dict[str, int]:
        return {place["name"]: self.grid.hex(place["hex"]) for place in self.map["places"]}

    @cached_property
    def bank_of(self) -> dict[str, str]:
        return {place["name"]: place.get("bank", "na") for place in self.map["places"]}

    def sides_of(self, kind: str) -> set[int]:
        """All river sides of a kind."""
        return {self.grid.side(s) for river in self.map["rivers"] if river["kind"] == kind for s in river["sides"]}

    def roads(self) -> list[tuple[str, list[int]]]:
        """Name and hexes of each road."""
        return [(road["name"], [self.grid.hex(label) for label in road["path"]]) for road in self.map["roads"]]

    def symbol(self, h: int) -> str:
        """Terrain symbol of a hex."""
        column, row = self.grid.position(h)
        return self.rows[row][column]

    def is_on_rim(self, h: int) -> bool:
        """Whether a hex lies at the edge of the map."""
        return len(self.grid.near[h]) < 6

    def land_from(self, start: int) -> set[int]:
        """Every hex that can be reached without crossing a major river."""
        wet = self.sides_of("major")
        seen, queue = {start}, [start]
        while queue:
            here = queue.pop()
            for there in self.grid.near[here]:
                if there not in seen and self.grid.side_between(here, there) not in wet:
                    seen.add(there)
                    queue.append(there)
        return seen


@pytest.fixture(scope="session")
def campaign() -> WrittenMap:
    """The campaign map that ships."""
    return WrittenMap(CAMPAIGN)


@pytest.fixture(scope="session")
def recipe() -> Any:
    """The recipe of the campaign map."""
    return read_yaml(CAMPAIGN / "map_corrections.yaml")
