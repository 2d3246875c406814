"""Files of the map turned into flat tables: terrain numbers, a byte for every hexside, areas, zones and control."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from game.hexgrid import HexGrid, grid
from game.ruleset.terrain import TerrainRules
from game.scenario.files.map import MapFile
from game.scenario.files.relations import Area, DeconflictionLine
from game.scenario.world import Place, River, Road
from game.schema.canonical import PlainFault

ROADS = {"track": Road.TRACK, "road": Road.ROAD, "highway": Road.HIGHWAY}
RIVERS = {"minor": River.MINOR, "major": River.MAJOR}


def terrain_numbers(rows: Sequence[str], size: tuple[int, int], rules: TerrainRules) -> tuple[int, ...]:
    """Terrain number of every hex from the drawn rows; -1 for unplayable ground."""
    numbers = {kind.symbol: n if kind.playable else -1 for n, kind in enumerate(rules.kinds.values())}
    columns, height = size
    if len(rows) != height or any(len(row) != columns for row in rows):
        raise PlainFault(f"terrain: expected {height} rows of {columns} symbols")
    try:
        return tuple(numbers[symbol] for row in rows for symbol in row)
    except KeyError as unknown:
        raise PlainFault(f"terrain: no kind of ground has the symbol {unknown}") from None


@dataclass(frozen=True, slots=True)
class SideBytes:
    """One byte a hexside for everything that runs along or across hexsides."""

    river: bytes
    road: bytes
    scarp: bytes
    border: bytes
    river_names: Mapping[int, str]


def side_bytes(chart: MapFile, hexes: HexGrid) -> SideBytes:
    """Rivers, roads, escarpments and borders by hexside; of two on one side the greater counts."""
    river, road, scarp, border = (bytearray(hexes.size * 3) for _ in range(4))
    names: dict[int, str] = {}
    for line in chart.rivers:
        for side in _sides(hexes, line.sides):
            if RIVERS[line.kind] >= river[side]:
                river[side], names[side] = RIVERS[line.kind], line.name
    for scarps in chart.escarpments:
        for side in _sides(hexes, scarps.sides):
            scarp[side] = 1
    for frontier in chart.borders:
        for side in _sides(hexes, frontier.sides):
            border[side] |= frontier.kind == "international"
    for way in chart.roads:
        for side in road_sides(hexes, way.path):
            road[side] = max(road[side], ROADS[way.kind])
    return SideBytes(bytes(river), bytes(road), bytes(scarp), bytes(border), names)


def road_sides(hexes: HexGrid, path: Sequence[str]) -> list[int]:
    """The hexsides that a road crosses."""
    numbers = [hexes.hex(label) for label in path]
    sides = [hexes.side_between(a, b) for a, b in pairwise(numbers)]
    if -1 in sides:
        at = sides.index(-1)
        raise PlainFault(f"road: hexes {path[at]} and {path[at + 1]} do not touch")
    return sides


def _sides(hexes: HexGrid, labels: Iterable[str]) -> list[int]:
    return [hexes.side(label) for label in labels]


def places_of(chart: MapFile, hexes: HexGrid) -> tuple[Place, ...]:
    """Named places in the order of the file."""
    return tuple(
        Place(p.name, hexes.hex(p.hex), p.kind, p.bank or "", p.size, p.population, p.alt or "") for p in chart.places
    )


def naming_places(places: Sequence[Place]) -> dict[int, int]:
    """Hex -> the place that gives it its name: the one drawn largest, of equals the most populous, then the first."""
    found: dict[int, int] = {}
    for number, place in enumerate(places):
        now = places[found[place.hex]] if place.hex in found else None
        if now is None or (place.size, place.civilians) > (now.size, now.civilians):
            found[place.hex] = number
    return found


def line_sides(line: DeconflictionLine, chart: MapFile, hexes: HexGrid) -> frozenset[int]:
    """The hexsides of the line between the blocs."""
    along = [side for river in chart.rivers if river.name in line.rivers for side in river.sides]
    return frozenset(_sides(hexes, (*along, *line.sides)))


def sides_of_line(
    line: DeconflictionLine | None, chart: MapFile, hexes: HexGrid, factions: Mapping[str, int]
) -> tuple[int, ...]:
    """Per hex the faction on whose side of the line it lies, -1 on neither: filled from the hexes it names."""
    found = [-1] * hexes.size
    if line is None:
        return tuple(found)
    barred = line_sides(line, chart, hexes)
    for faction, label in line.zones.items():
        for here in flooded(hexes, hexes.hex(label), barred):
            if found[here] < 0:
                found[here] = factions[faction]
    return tuple(found)


def flooded(hexes: HexGrid, seed: int, barred: frozenset[int]) -> list[int]:
    """Hexes that can be reached from a seed without crossing a barred side."""
    reached, waiting = {seed}, [seed]
    for here in waiting:
        for there, side in zip(hexes.neighbours[here], hexes.sides[here], strict=True):
            if there >= 0 and there not in reached and side not in barred:
                reached.add(there)
                waiting.append(there)
    return waiting


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Where names lie: what turns the places, hexes and areas of files into hex numbers."""

    hexes: HexGrid
    places: Mapping[str, int]
    exits: Mapping[str, int]
    line_side: tuple[int, ...]
    factions: Mapping[str, int]

    def place(self, name: str) -> int:
        """Hex of a place; raises PlainFault."""
        if name not in self.places:
            raise PlainFault(f'there is no place "{name}"')
        return self.places[name]

    def faction(self, name: str) -> int:
        """Number of a faction; raises PlainFault."""
        if name not in self.factions:
            raise PlainFault(f'there is no faction "{name}"')
        return self.factions[name]

    def spot(self, text: str) -> int:
        """Hex of an exit, a place or a label, tried in that order; raises ValueError."""
        if text in self.exits:
            return self.exits[text]
        return self.places[text] if text in self.places else self.hexes.hex(text)

    def area(self, area: Area) -> list[int]:
        """The hexes of an area, in order."""
        found = {self.hexes.hex(label) for label in area.hexes} | {self.place(name) for name in area.places}
        if area.around is not None:
            centre = self.hexes.hex(area.around.hex) if area.around.hex else self.place(area.around.place or "")
            found.update(self.hexes.disk(centre, area.around.radius))
        if area.box is not None:
            found.update(self._box(*area.box))
        if area.zone is not None:
            wanted = self.faction(area.zone)
            found.update(here for here, owner in enumerate(self.line_side) if owner == wanted)
        if area.everything:
            found.update(range(self.hexes.size))
        return sorted(found)

    def _box(self, a: str, b: str) -> list[int]:
        (c1, r1), (c2, r2) = self.hexes.position(self.hexes.hex(a)), self.hexes.position(self.hexes.hex(b))
        rows, columns = range(min(r1, r2), max(r1, r2) + 1), range(min(c1, c2), max(c1, c2) + 1)
        return [self.hexes.at(column, row) for row in rows for column in columns]


def gazetteer(chart: MapFile, line: DeconflictionLine | None, factions: Mapping[str, int]) -> Gazetteer:
    """The names of a map."""
    hexes = grid(chart.size.columns, chart.size.rows)
    return Gazetteer(
        hexes,
        {place.name: hexes.hex(place.hex) for place in chart.places},
        {way.name: hexes.hex(way.hex) for way in chart.exits},
        sides_of_line(line, chart, hexes, factions),
        factions,
    )
