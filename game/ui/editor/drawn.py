"""What the files say of the map and of what stands on it, as far as they can be read.

A file with an error keeps what was read of it last, so that a slip in a text does not wipe the map. Entries that
lie off the map are passed over: the check tells of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from game.hexgrid import HexGrid, grid
from game.ruleset import Ruleset
from game.scenario.files import (
    MAP_TEXT,
    CrossingsFile,
    ForcesFile,
    MapFile,
    RelationsFile,
    ScenarioFile,
    VictoryFile,
)
from game.scenario.files.forces import SourceEntry, UnitEntry
from game.scenario.files.map import CrossingEntry, ExitEntry, PlaceEntry
from game.scenario.files.relations import AirspaceEntry, Area, Sector
from game.scenario.ground_tables import Gazetteer, line_sides, sides_of_line
from game.scenario.loading import common_rules
from game.scenario.looks import dealt
from game.scenario.outline import DrawnLine, DrawnRoad
from game.scenario.reading import forces_name
from game.scenario.victory import PrizeSpec
from game.schema.canonical import PlainFault
from game.ui.mapview.picture import DrawnCrossing, DrawnExit, DrawnPlace, MapPicture
from game.workshop import Workshop

T = TypeVar("T")
K = TypeVar("K")
UNKNOWN = "outside"


@dataclass(frozen=True, slots=True)
class UnitMark:
    """A unit of some faction; ``hex`` is -1 for one that is not on the map at the start."""

    faction: str
    entry: UnitEntry
    hex: int


@dataclass(frozen=True, slots=True)
class SourceMark:
    """A supply source of some faction."""

    faction: str
    entry: SourceEntry
    hex: int


@dataclass(frozen=True, slots=True)
class DrawnArea:
    """A home sector (``what`` is sectors) or an airspace (airspace)."""

    what: str
    entry: Sector | AirspaceEntry
    hexes: frozenset[int]


@dataclass(frozen=True, slots=True)
class Drawn:
    """Everything that can be seen of a scenario at its start."""

    rules: Ruleset
    head: ScenarioFile | None
    hexes: HexGrid
    picture: MapPicture
    places: tuple[tuple[PlaceEntry, int], ...]
    exits: tuple[tuple[ExitEntry, int], ...]
    crossings: tuple[tuple[CrossingEntry, int], ...]
    units: tuple[UnitMark, ...]
    sources: tuple[SourceMark, ...]
    prizes: tuple[tuple[PrizeSpec, int], ...]
    holders: tuple[str | None, ...]
    areas: tuple[DrawnArea, ...]
    line: tuple[int, ...]
    banks: tuple[int, ...]
    """Per hex the number of the faction on whose side of the line it lies, -1 on neither."""

    @property
    def factions(self) -> tuple[str, ...]:
        """Ids of the factions."""
        return tuple(one.id for one in self.head.factions) if self.head is not None else ()

    @property
    def looks(self) -> dict[str, str]:
        """The look of each faction by its id."""
        entries = self.head.factions if self.head is not None else ()
        return dict(zip((one.id for one in entries), dealt(one.look for one in entries), strict=True))

    @property
    def held_looks(self) -> tuple[str | None, ...]:
        """Per hex the look of who holds it, None for nobody."""
        looks = self.looks
        return tuple(looks.get(holder) if holder is not None else None for holder in self.holders)

    def at(self, here: int) -> tuple[UnitMark, ...]:
        """Units that start in a hex."""
        return tuple(mark for mark in self.units if mark.hex == here)

    def unit(self, name: str) -> UnitMark | None:
        """A unit by its id."""
        return next((mark for mark in self.units if mark.entry.id == name), None)

    def place_at(self, here: int) -> PlaceEntry | None:
        """The largest place of a hex."""
        found = [entry for entry, at in self.places if at == here]
        return max(found, key=lambda entry: entry.size, default=None)

    def terrain_name(self, here: int) -> str:
        """The ground of a hex in words."""
        kind = self.rules.terrain.kinds.get(self.picture.terrain[here])
        return kind.name if kind is not None else "unknown ground"


class Reader:
    """Reads the workshop after each edit; only what has changed is made anew."""

    def __init__(self, workshop: Workshop) -> None:
        self.workshop = workshop
        self._last: dict[str, Any] = {}
        self._common: Ruleset | None = None

    def read(self) -> Drawn | None:
        """What there is to be seen; None while no map could be read at all."""
        chart, hexes = self._file("map.yaml", MapFile), self.workshop.grid
        if chart is None or hexes is None:
            return None
        hexes = grid(chart.size.columns, chart.size.rows)
        rules = self._rules()
        head = self._file("scenario.yaml", ScenarioFile)
        relations = self._file("relations.yaml", RelationsFile)
        names = self._names(chart, relations, head, hexes)
        forces = {one.id: self._file(forces_name(one.id), ForcesFile) for one in (head.factions if head else ())}
        units = tuple(
            UnitMark(faction, unit, _start(unit, names))
            for faction, file in forces.items()
            for unit in (file.units if file is not None else ())
        )
        return Drawn(
            rules=rules,
            head=head,
            hexes=hexes,
            picture=self._picture(chart, hexes, rules),
            places=_kept((one, _spot(names.hexes.hex, one.hex)) for one in chart.places),
            exits=_kept((one, _spot(names.hexes.hex, one.hex)) for one in chart.exits),
            crossings=self._crossings(hexes),
            units=units,
            sources=tuple(_sources(forces, names)),
            prizes=self._prizes(names),
            holders=_holders(relations, names, units),
            areas=_areas(relations, names),
            line=_line(relations, chart, hexes),
            banks=names.line_side,
        )

    def _file(self, name: str, kind: type[T]) -> T | None:
        found = self.workshop.definition(name, kind)
        if found is not None:
            self._last[name] = found
        elif name not in self.workshop.files():
            self._last.pop(name, None)
        kept = self._last.get(name)
        return kept if isinstance(kept, kind) else None

    def _rules(self) -> Ruleset:
        if self.workshop.last_world is not None:
            return self.workshop.last_world.rules
        if self._common is None:
            self._common = common_rules()
        return self._common

    def _names(
        self, chart: MapFile, relations: RelationsFile | None, head: ScenarioFile | None, hexes: HexGrid
    ) -> Gazetteer:
        numbers = {one.id: number for number, one in enumerate(head.factions)} if head is not None else {}
        places = {one.name: at for one in chart.places if (at := _spot(hexes.hex, one.hex)) >= 0}
        exits = {one.name: at for one in chart.exits if (at := _spot(hexes.hex, one.hex)) >= 0}
        banks = _spot_or(
            lambda: sides_of_line(relations.line if relations else None, chart, hexes, numbers), (-1,) * hexes.size
        )
        return Gazetteer(hexes, places, exits, banks, numbers)

    def _picture(self, chart: MapFile, hexes: HexGrid, rules: Ruleset) -> MapPicture:
        return MapPicture(
            hexes.columns,
            hexes.rows,
            self._terrain(hexes, rules),
            rivers=tuple(DrawnLine(one.name, one.kind, _all_sides(hexes, one.sides)) for one in chart.rivers),
            escarpments=tuple(
                DrawnLine(one.name, "escarpment", _all_sides(hexes, one.sides)) for one in chart.escarpments
            ),
            borders=tuple(DrawnLine(one.name, one.kind, _all_sides(hexes, one.sides)) for one in chart.borders),
            roads=tuple(road for one in chart.roads for road in _roads(one.name, one.kind, one.path, hexes)),
            places=tuple(
                DrawnPlace(one.name, at, one.kind, one.size)
                for one in chart.places
                if (at := _spot(hexes.hex, one.hex)) >= 0
            ),
            exits=tuple(DrawnExit(one.name, at) for one in chart.exits if (at := _spot(hexes.hex, one.hex)) >= 0),
            sites=tuple(side for _, side in self._crossings(hexes)),
        )

    def _terrain(self, hexes: HexGrid, rules: Ruleset) -> tuple[str, ...]:
        kinds = {kind.symbol: name for name, kind in rules.terrain.kinds.items()}
        lines = self.workshop.text(MAP_TEXT).split("\n")
        rows = [row for line in lines if not line.startswith("#") and (row := "".join(line.split()))]
        return tuple(
            kinds.get(rows[row][column], UNKNOWN) if row < len(rows) and column < len(rows[row]) else UNKNOWN
            for row in range(hexes.rows)
            for column in range(hexes.columns)
        )

    def _crossings(self, hexes: HexGrid) -> tuple[tuple[CrossingEntry, int], ...]:
        file = self._file("crossings.yaml", CrossingsFile)
        return _kept((one, _spot(hexes.side, one.side)) for one in (file.crossings if file is not None else ()))

    def _prizes(self, names: Gazetteer) -> tuple[tuple[PrizeSpec, int], ...]:
        file = self._file("victory.yaml", VictoryFile)
        return _kept(
            (one, names.places.get(one.place, -1) if one.place else _spot(names.hexes.hex, one.hex or ""))
            for one in (file.prizes if file is not None else ())
        )


def crossing_marks(drawn: Drawn) -> tuple[DrawnCrossing, ...]:
    """Crossings as the map shows them."""
    return tuple(DrawnCrossing(one.name, side, one.kind, one.state) for one, side in drawn.crossings)


def painted(drawn: Drawn, hexes: Iterable[int], terrain: str) -> MapPicture:
    """The printed map with other ground in some hexes."""
    ground = list(drawn.picture.terrain)
    for here in hexes:
        ground[here] = terrain
    return replace(drawn.picture, terrain=tuple(ground))


def _kept(found: Iterable[tuple[K, int]]) -> tuple[tuple[K, int], ...]:
    return tuple((one, at) for one, at in found if at >= 0)


def _spot(look: Callable[[str], int], text: str) -> int:
    try:
        return look(text)
    except (ValueError, PlainFault):
        return -1


def _spot_or(make: Callable[[], T], otherwise: T) -> T:
    try:
        return make()
    except (ValueError, LookupError, PlainFault):
        return otherwise


def _all_sides(hexes: HexGrid, labels: Iterable[str]) -> tuple[int, ...]:
    return tuple(side for label in labels if (side := _spot(hexes.side, label)) >= 0)


def _roads(name: str, kind: str, path: Iterable[str], hexes: HexGrid) -> list[DrawnRoad]:
    """A road in stretches whose hexes touch."""
    runs: list[list[int]] = [[]]
    for label in path:
        here = _spot(hexes.hex, label)
        if here < 0 or (runs[-1] and hexes.direction(runs[-1][-1], here) < 0):
            runs.append([])
        if here >= 0:
            runs[-1].append(here)
    return [DrawnRoad(name, kind, tuple(run)) for run in runs if len(run) > 1]


def _start(unit: UnitEntry, names: Gazetteer) -> int:
    if unit.hex is not None:
        return _spot(names.hexes.hex, unit.hex)
    return names.places.get(unit.at, -1) if unit.at is not None else -1


def _sources(forces: Mapping[str, ForcesFile | None], names: Gazetteer) -> Iterable[SourceMark]:
    for faction, file in forces.items():
        for one in file.sources if file is not None else ():
            spot = one.exit or one.place or one.hex or ""
            at = names.exits.get(spot, -1) if one.exit else names.places.get(spot, -1) if one.place else -1
            yield SourceMark(faction, one, at if at >= 0 else _spot(names.hexes.hex, spot))


def _area(names: Gazetteer, area: Area) -> list[int]:
    return _spot_or(lambda: names.area(area), [])


def _holders(relations: RelationsFile | None, names: Gazetteer, units: Iterable[UnitMark]) -> tuple[str | None, ...]:
    """Faction that holds each hex at the start, in the order of the rules: areas, places, then whoever stands there."""
    out: list[str | None] = [None] * names.hexes.size
    for entry in relations.control if relations is not None else ():
        for here in _area(names, entry):
            out[here] = entry.faction
    for place, faction in ((relations.holders if relations is not None else None) or {}).items():
        if place in names.places:
            out[names.places[place]] = faction
    for mark in units:
        if mark.hex >= 0:
            out[mark.hex] = mark.faction
    return tuple(out)


def _areas(relations: RelationsFile | None, names: Gazetteer) -> tuple[DrawnArea, ...]:
    if relations is None:
        return ()
    sectors = [DrawnArea("sectors", one, frozenset(_area(names, one))) for one in relations.sectors]
    return (*sectors, *(DrawnArea("airspace", one, frozenset(_area(names, one))) for one in relations.airspace))


def _line(relations: RelationsFile | None, chart: MapFile, hexes: HexGrid) -> tuple[int, ...]:
    line = relations.line if relations is not None else None
    if line is None:
        return ()
    return _spot_or(lambda: tuple(sorted(line_sides(line, chart, hexes))), ())
