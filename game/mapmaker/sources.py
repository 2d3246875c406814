"""Reads the geography a map is made from: GeoJSON lines and areas, and a gazetteer in CSV.

The files come from other programs and other people. What is written for "nothing" (null, an empty text, no
coordinates) is taken as nothing; everything else that a map could not use is refused with file, line or feature, and
what to do, all of it in one run. Nothing is guessed and nothing passed over in silence.
"""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from game.faults import ContentFault, Fault
from game.scenario.files.map import PLACE_KINDS
from game.schema.limits import PROBLEMS_SHOWN
from game.schema.problems import quoted, safe
from game.schema.spec import Choice, Id, Text
from game.schema.spelling import nearest, suggestion
from game.schema.values import text_flaw
from game.store import read_bounded

T = TypeVar("T")
Point = tuple[float, float]
"""Longitude and latitude in degrees."""

CROSSING_KINDS = {"bridge": "bridge", "crossing": "ferry", "dam": "dam"}
"""Gazetteer kinds that stand on a hexside, and what they are called on the map."""

ROAD_KINDS = ("highway", "road", "track")
BORDER_KINDS = ("international", "province")
SCARP = "escarpment"
GROUND_NAMES = {
    "desert_plateau": "desert",
    "irrigated_valley": "valley",
    "salt_flat": "salt",
}
"""Kinds of areas that source data call by a longer name than the rules of terrain do."""

NAME = 80
"""Letters of a name on the map, as map.yaml takes them."""
LARGEST_FILE = 64 * 1024 * 1024
_NEEDED = ("name", "kind", "lat", "lon")
_DELIMITERS = ",;\t"
_LINES, _AREAS = ("LineString", "MultiLineString"), ("Polygon", "MultiPolygon")
_OWN = "; or define a kind of your own in scenario.yaml, under rules: terrain: kinds"
_OSM = "; of OpenStreetMap's classes motorway and trunk are highways, primary to unclassified roads, the rest tracks"
_WGS84 = ("crs84", "4326")


class SourceError(ContentFault):
    """The source data cannot be used; the message names each place and what to do."""


@dataclass(frozen=True, slots=True)
class SourcePlace:
    """A line of the gazetteer. ``bank`` is "na" for what stands in or across the river."""

    name: str
    kind: str
    at: Point
    bank: str


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A river, border or road as drawn; ``via`` names the gazetteer places that a road joins."""

    name: str
    kind: str
    points: tuple[Point, ...]
    via: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceArea:
    """Ground of one kind, by its id in the rules, or a scarp; rings count even-odd, so that holes need no order."""

    name: str
    kind: str
    rings: tuple[tuple[Point, ...], ...]


@dataclass(frozen=True, slots=True)
class Geography:
    """Everything that was read from one folder of source data."""

    places: dict[str, SourcePlace]
    rivers: tuple[SourceLine, ...]
    borders: tuple[SourceLine, ...]
    roads: tuple[SourceLine, ...]
    areas: tuple[SourceArea, ...]


@dataclass(frozen=True, slots=True)
class SourceWords:
    """What the data may call things: the kinds of ground of the rules, and the banks of the recipe."""

    ground: Collection[str]
    banks: tuple[str, ...] = ("west", "east")


def read_geography(folder: Path, words: SourceWords) -> Geography:
    """Read rivers, borders, roads and terrain (each optional) and the gazetteer of a folder.

    Raises SourceError with everything that is wrong in any of them.
    """
    faults = _Faults()
    gazetteer = _ReadGazetteer(folder / "gazetteer.csv", faults, words)
    places = gazetteer.read()
    found = Geography(
        places=places,
        rivers=tuple(_Layer(folder / "rivers.geojson", "river", faults).lines(())),
        borders=tuple(_Layer(folder / "borders.geojson", "border", faults).lines(BORDER_KINDS)),
        roads=tuple(_Layer(folder / "roads.geojson", "road", faults).lines(ROAD_KINDS, gazetteer.named)),
        areas=tuple(_Layer(folder / "terrain.geojson", "area", faults).areas(words.ground)),
    )
    faults.settle()
    return found


@dataclass(slots=True)
class _Faults:
    """What is wrong, a line each."""

    lines: list[str] = field(default_factory=list)

    def add(self, where: str, what: str, fix: str) -> None:
        self.lines.append(safe(f"{where}: {what}. fix: {fix}" + "." * (not fix.endswith("?"))))

    def settle(self) -> None:
        if self.lines:
            more = len(self.lines) - PROBLEMS_SHOWN
            rest = [f"and {more} more"] if more > 0 else []
            raise SourceError("\n".join([*self.lines[:PROBLEMS_SHOWN], *rest]))


class _Unfit(Exception):
    """A part of the data cannot be used: what is wrong, and the remedy."""

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(what, fix)
        self.what, self.fix = what, fix


def _text_of(path: Path, wanted: str) -> str:
    """A file as text; raises _Unfit."""
    try:
        data = read_bounded(path, LARGEST_FILE)
    except Fault as fault:
        raise _Unfit(fault.message.removeprefix(f"{path}: ").rstrip("."), fault.remedy.rstrip(".")) from None
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _Unfit("the file is UTF-16", f"save it as {wanted} in UTF-8")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _Unfit(
            f"byte {data[error.start]:#04x} on line {line} is not UTF-8", f"save it as {wanted} in UTF-8"
        ) from None


def _named(kind: str, text: str) -> str:
    """A name such as the map may hold; raises _Unfit."""
    flaw = text_flaw(Id(kind, free=True) if kind in ("place", "river") else Text(NAME), text)
    if flaw is not None:
        raise _Unfit(f"the name: {flaw.what}", flaw.fix if text.strip() else "give it a name")
    if safe(text) != text:
        raise _Unfit(f"the name {quoted(text)} holds a character that cannot be seen", "write it in plain letters")
    return text


# --- the gazetteer ----------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _ReadGazetteer:
    path: Path
    faults: _Faults
    words: SourceWords
    named: set[str] = field(default_factory=set)
    """All names, those of refused rows among them: a road to such a place is not at fault."""

    def read(self) -> dict[str, SourcePlace]:
        """Places by name, in the order of the file."""
        try:
            if not self.path.is_file():
                raise _Unfit("not found", f"a map needs a gazetteer with columns {', '.join(_NEEDED)} and bank")
            text = _text_of(self.path, "CSV")
            return self._rows(text, _delimiter(text))
        except _Unfit as unfit:
            self.faults.add(str(self.path), unfit.what, unfit.fix)
        return {}

    def _rows(self, text: str, delimiter: str) -> dict[str, SourcePlace]:
        rows = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
        places: dict[str, SourcePlace] = {}
        try:
            columns = {name.strip().casefold(): number for number, name in enumerate(next(rows, []))}
            missing = [name for name in _NEEDED if name not in columns]
            if missing:
                fix = f"{', '.join(_NEEDED)} are needed, bank is useful"
                raise _Unfit(f"no column {', '.join(missing)}", fix)
            for row in rows:
                if any(cell.strip() for cell in row):
                    self._row(
                        {name: row[n].strip() for name, n in columns.items() if n < len(row)}, rows.line_num, places
                    )
        except csv.Error as error:
            where = f"{self.path}:{rows.line_num}"
            self.faults.add(where, f"this is not CSV: {error}", "check the quotation marks and the length of this line")
        return places

    def _row(self, row: Mapping[str, str], line: int, places: dict[str, SourcePlace]) -> None:
        name = row.get("name", "")
        where = f"{self.path}:{line}: {quoted(name)}" if name else f"{self.path}:{line}"
        self.named.add(name)
        try:
            _named("place", name)
            if name in places:
                raise _Unfit("it is listed twice", "give each place its own name")
            flaw = text_flaw(Choice(*PLACE_KINDS, *CROSSING_KINDS, doc=""), row.get("kind", ""))
            if flaw is not None:
                raise _Unfit(f"the kind: {flaw.what}", flaw.fix)
            try:
                at = point((row.get("lon", ""), row.get("lat", "")))
            except ValueError as error:
                raise _Unfit(str(error), "write degrees with a decimal point, as 35.2") from None
            places[name] = SourcePlace(name, row["kind"], at, self._bank(row.get("bank", "")))
        except _Unfit as unfit:
            self.faults.add(where, unfit.what, unfit.fix)

    def _bank(self, text: str) -> str:
        known = {bank.casefold(): bank for bank in ("west", "east", "na", *self.words.banks)}
        if text and text.casefold() not in known:
            called = " or ".join(self.words.banks)
            raise _Unfit(f"no bank is called {quoted(text)}", f"write {called}, or na for what stands in the river")
        return known.get(text.casefold(), "na")


def _delimiter(text: str) -> str:
    """What parts the columns: spreadsheets of many countries write semicolons."""
    head = text.split("\n", 1)[0]
    return max(_DELIMITERS, key=head.count)


# --- GeoJSON ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Feature:
    """A feature with a place on Earth: where messages find it, its name or one made up, and its parts."""

    where: str
    name: str
    properties: Mapping[str, Any]
    shape: str
    parts: tuple[Any, ...]


@dataclass(slots=True)
class _Layer:
    """A file of features of one kind."""

    path: Path
    word: str
    faults: _Faults

    def lines(self, kinds: Collection[str], places: Collection[str] = ()) -> Iterator[SourceLine]:
        """Its lines, one for each part. Without ``kinds`` nobody asks for the kind; ``places`` may be called at."""
        for feature in self._features(_LINES):
            kind = self._judged(feature, _kind, feature, kinds, _OSM if self.word == "road" else "") if kinds else ""
            via = self._judged(feature, _via, feature.properties.get("via"), places)
            for part in feature.parts:
                points = self._judged(feature, _points, part, "a line", 2)
                if points and kind is not None and via is not None:
                    yield SourceLine(feature.name, kind, points, via)

    def areas(self, ground: Collection[str]) -> Iterator[SourceArea]:
        """Its areas, in the order in which they override each other."""
        aliases = {name: kind for name, kind in GROUND_NAMES.items() if kind in ground}
        for feature in self._features(_AREAS):
            kind = self._judged(feature, _kind, feature, (*aliases, *ground, SCARP), _OWN)
            rings = self._judged(feature, _rings, feature)
            if rings and kind is not None:
                yield SourceArea(feature.name, aliases.get(kind, kind), rings)

    def _judged(self, feature: _Feature, ask: Callable[..., T], *given: Any) -> T | None:
        try:
            return ask(*given)
        except _Unfit as unfit:
            self.faults.add(feature.where, unfit.what, unfit.fix)
            return None

    def _features(self, shapes: tuple[str, ...]) -> Iterator[_Feature]:
        if not self.path.exists():
            return
        try:
            document = self._document()
        except _Unfit as unfit:
            self.faults.add(str(self.path), unfit.what, unfit.fix)
            return
        for number, raw in enumerate(document, 1):
            where = f"{self.path}: feature {number}"
            try:
                properties, geometry = _halves(raw)
                name = _name(properties, self.word)
                where = f"{where} {quoted(name)}" if name else where
                parts = _parts(geometry, shapes)
            except _Unfit as unfit:
                self.faults.add(where, unfit.what, unfit.fix)
                continue
            if parts:
                shape = "" if geometry is None else geometry["type"]
                yield _Feature(where, name or f"{self.word.capitalize()} {number}", properties, shape, parts)

    def _document(self) -> list[Any]:
        try:
            document = json.loads(_text_of(self.path, "GeoJSON"))
        except (ValueError, RecursionError) as error:
            what = "it is nested too deep" if isinstance(error, RecursionError) else str(error)
            raise _Unfit(f"not JSON: {what}", "export it again as GeoJSON") from None
        features = document.get("features") if isinstance(document, dict) else None
        if not isinstance(features, list):
            raise _Unfit("not a GeoJSON FeatureCollection", "export it as GeoJSON, all features in one collection")
        grid = json.dumps(document.get("crs") or "crs84").lower()
        if not any(name in grid for name in _WGS84):
            raise _Unfit("its coordinates are not degrees of WGS 84", "export it again in EPSG:4326")
        return features


def _halves(raw: Any) -> tuple[dict[str, Any], dict[str, Any] | None]:
    if not isinstance(raw, dict) or "geometry" not in raw:
        raise _Unfit("it lacks a geometry", "write a Feature with geometry and properties, or remove it")
    properties, geometry = raw.get("properties"), raw["geometry"]
    if properties is not None and not isinstance(properties, dict):
        raise _Unfit("its properties are no mapping", 'write {"name": ..., ...}')
    if geometry is not None and not isinstance(geometry, dict):
        raise _Unfit("its geometry is no mapping", "write type and coordinates, or null for no place")
    return properties or {}, geometry


def _name(properties: Mapping[str, Any], word: str) -> str:
    """The name, "" for none: GIS programs write null or an empty text."""
    raw = properties.get("name")
    if isinstance(raw, int) and not isinstance(raw, bool):
        raw = str(raw)
    if raw is None or raw == "":
        return ""
    if not isinstance(raw, str):
        raise _Unfit("its name is no text", "write a text, or null for none")
    return _named(word, raw.strip()) if raw.strip() else ""


def _parts(geometry: dict[str, Any] | None, shapes: tuple[str, ...]) -> tuple[Any, ...]:
    """The parts of a geometry of the right shape; none for a feature without a place."""
    if geometry is None:
        return ()
    shape, coordinates = geometry.get("type"), geometry.get("coordinates")
    if shape not in shapes:
        shown = shape if isinstance(shape, str) else "no shape by name"
        fix = f"draw it as {' or '.join(shapes)}, or remove it" if isinstance(shape, str) else 'write "type": a text'
        raise _Unfit(f"it is {shown}, and this file holds {' and '.join(shapes)}", fix)
    if not isinstance(coordinates, list):
        raise _Unfit("its coordinates are no list", "draw it again, or remove it")
    return (coordinates,) if shape == "LineString" and coordinates else tuple(coordinates)


def _kind(feature: _Feature, known: Iterable[str], more: str = "") -> str:
    """The kind of a feature, its property ``class`` or ``kind``; raises _Unfit for one that the map does not know."""
    raw, words = feature.properties.get("class") or feature.properties.get("kind"), tuple(known)
    if not isinstance(raw, str) or raw.strip() not in words:
        what = f"the kind {quoted(str(raw))} is none that the map knows" if raw else "it has no class or kind"
        close = nearest(raw, words) if isinstance(raw, str) else None
        raise _Unfit(what, f'did you mean "{close}"?' if close else f"write one of {', '.join(words)}" + more)
    return raw.strip()


def _via(raw: Any, places: Collection[str]) -> tuple[str, ...]:
    """Names of places to call at: a list, or one text as programs without lists write it."""
    if raw is None:
        return ()
    names = raw
    if isinstance(raw, str):
        names = [raw] if raw in places else [name.strip() for name in raw.replace(";", ",").split(",") if name.strip()]
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise _Unfit("via is no list of names", 'write ["First place", "Second place"], or leave it out')
    for name in names:
        if places and name not in places:
            raise _Unfit(f"via names {quoted(name)}, which the gazetteer lacks", suggestion(name, places))
    return tuple(names)


def _rings(feature: _Feature) -> tuple[tuple[Point, ...], ...]:
    """All rings of an area, outer ones and holes alike; raises _Unfit."""
    polygons = feature.parts if feature.shape == "MultiPolygon" else (feature.parts,)
    rings = []
    for polygon in polygons:
        if not isinstance(polygon, (list, tuple)):
            _no_list("an area")
        rings += [_points(ring, "a ring", 3) for ring in polygon]
    return tuple(ring for ring in rings if ring)


def _points(raw: Any, what: str, least: int) -> tuple[Point, ...]:
    """The points of a line or ring, none for an empty one; raises _Unfit."""
    if not isinstance(raw, list):
        _no_list(what)
    if not raw:
        return ()
    try:
        points = tuple(point(pair) for pair in raw)
    except ValueError as error:
        raise _Unfit(f"its coordinates cannot be read: {error}", "write [longitude, latitude] in degrees") from None
    if len(points) < least:
        raise _Unfit(f"{what} needs {('two', 'three')[least - 2]} points at least", "draw it again, or remove it")
    return points


def _no_list(what: str) -> NoReturn:
    raise _Unfit(f"{what} of it is no list of points", "draw it again, or remove it")


def point(pair: Any) -> Point:
    """Longitude and latitude from a pair of numbers or texts; ValueError in plain words for anything else."""
    try:
        longitude, latitude = float(pair[0]), float(pair[1])
    except (TypeError, ValueError, IndexError, KeyError, OverflowError):
        raise ValueError(f"{quoted(str(pair))} is no longitude and latitude") from None
    if not (math.isfinite(longitude) and abs(longitude) <= 360 and abs(latitude) <= 85):
        raise ValueError(f"longitude {longitude:g}, latitude {latitude:g} is nowhere a map can be made")
    return longitude, latitude
