"""The map as far as it could be read: lookups that answer None where a file is at fault, for passes that go on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from game.hexgrid import HexGrid, grid
from game.ruleset.terrain import Terrain
from game.scenario.files import MapFile
from game.scenario.reading import Reading, drawn_rows


@dataclass(frozen=True, slots=True)
class Chart:
    """Grid, ground and names of the map."""

    hexes: HexGrid
    file: MapFile
    ground: tuple[Terrain | None, ...]
    """Terrain by hex; None where the drawing has no known symbol."""
    places: Mapping[str, int]
    exits: Mapping[str, int]

    def hex(self, label: str | None) -> int | None:
        """Number of a hex, None off the map."""
        try:
            return self.hexes.hex(label or "")
        except ValueError:
            return None

    def side(self, label: str) -> int | None:
        """Number of a hexside, None off the map or on its rim."""
        try:
            return self.hexes.side(label)
        except ValueError:
            return None

    def spot(self, text: str) -> int | None:
        """Hex of an exit, place or label."""
        for names in (self.exits, self.places):
            if text in names:
                return names[text]
        return self.hex(text)

    def playable(self, here: int) -> bool:
        """Whether units can be in a hex at all, as far as is known."""
        kind = self.ground[here]
        return kind is None or kind.playable

    def is_rim(self, here: int) -> bool:
        """Whether a hex lies on the rim of the map, or beside unplayable ground."""
        return any(there < 0 or not self.playable(there) for there in self.hexes.neighbours[here])

    def wet(self, side: int) -> bool:
        """Whether a river flows along a hexside."""
        return any(self.side(label) == side for river in self.file.rivers for label in river.sides)

    def label(self, here: int) -> str:
        """Label of a hex."""
        return self.hexes.label(here)


def chart_of(reading: Reading) -> Chart | None:
    """The map of a reading, None when map.yaml is not sound. Made once a check."""
    if "chart" not in reading.answers:
        reading.answers["chart"] = _chart(reading)
    found: Chart | None = reading.answers["chart"]
    return found


def _chart(reading: Reading) -> Chart | None:
    file = reading.value("map.yaml", MapFile)
    if file is None:
        return None
    hexes = grid(file.size.columns, file.size.rows)
    bare = Chart(hexes, file, _ground(reading, hexes), {}, {})
    places = {p.name: here for p in file.places if (here := bare.hex(p.hex)) is not None}
    exits = {e.name: here for e in file.exits if (here := bare.hex(e.hex)) is not None}
    return Chart(hexes, file, bare.ground, places, exits)


def _ground(reading: Reading, hexes: HexGrid) -> tuple[Terrain | None, ...]:
    kinds = {k.symbol: k for k in reading.rules.terrain.kinds.values()} if reading.rules is not None else {}
    rows = [row for _, row in drawn_rows(reading.drawing)]
    found: list[Terrain | None] = []
    for row in range(hexes.rows):
        text = rows[row] if row < len(rows) else ""
        found += [kinds.get(text[column]) if column < len(text) else None for column in range(hexes.columns)]
    return tuple(found)
