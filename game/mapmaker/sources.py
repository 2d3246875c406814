"""Reads the geography a map is made from: GeoJSON lines and areas, and a gazetteer in CSV."""

from __future__ import annotations

import csv
import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from game.faults import ContentFault

Point = tuple[float, float]
"""Longitude and latitude in degrees."""

CROSSING_KINDS = {"bridge": "bridge", "crossing": "ferry", "dam": "dam"}
"""Gazetteer kinds that stand on a hexside, and what they are called on the map."""


class SourceError(ContentFault):
    """The source data cannot be used; the message names the file and what to do."""


@dataclass(frozen=True, slots=True)
class Place:
    """A line of the gazetteer. ``bank`` is "na" for what stands in or across the river."""

    name: str
    kind: str
    at: Point
    bank: str


@dataclass(frozen=True, slots=True)
class Line:
    """A river, border, scarp or road as drawn; ``via`` names the gazetteer places that a road joins."""

    name: str
    kind: str
    points: tuple[Point, ...]
    via: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Area:
    """Ground of one kind; its rings count even-odd, so that holes and parts need no order."""

    name: str
    kind: str
    rings: tuple[tuple[Point, ...], ...]


@dataclass(frozen=True, slots=True)
class Geography:
    """Everything that was read from one folder of source data."""

    places: dict[str, Place]
    rivers: tuple[Line, ...]
    borders: tuple[Line, ...]
    roads: tuple[Line, ...]
    areas: tuple[Area, ...]
    scarps: tuple[Line, ...]


def read_geography(folder: Path) -> Geography:
    """Read rivers, borders, roads and terrain (each optional) and the gazetteer of a folder."""
    terrain = _features(folder / "terrain.geojson")
    return Geography(
        places=_read_gazetteer(folder / "gazetteer.csv"),
        rivers=tuple(line for f in _features(folder / "rivers.geojson") for line in _lines(f)),
        borders=tuple(line for f in _features(folder / "borders.geojson") for line in _lines(f)),
        roads=tuple(line for f in _features(folder / "roads.geojson") for line in _lines(f)),
        areas=tuple(area for f in terrain if (area := _area(f)) is not None),
        scarps=tuple(line for f in terrain for line in _lines(f)),
    )


def _read_gazetteer(path: Path) -> dict[str, Place]:
    if not path.is_file():
        raise SourceError(f"{path}: not found.", "a map needs a gazetteer with columns name, kind, lat, lon and bank.")
    places: dict[str, Place] = {}
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        missing = {"name", "kind", "lat", "lon"} - set(rows.fieldnames or ())
        if missing:
            raise SourceError(
                f"{path}: no column {', '.join(sorted(missing))}.",
                "name, kind, lat and lon are needed, bank is useful.",
            )
        for number, row in enumerate(rows, start=2):
            name = row["name"]
            if name in places:
                raise SourceError(f'{path}:{number}: "{name}" is listed twice.', "give each place its own name.")
            try:
                at = point((row["lon"], row["lat"]))
            except ValueError as error:
                raise SourceError(f'{path}:{number}: "{name}": {error}.') from None
            places[name] = Place(name, row["kind"], at, row.get("bank") or "na")
    return places


def _features(path: Path) -> list[dict[str, Any]]:
    if not path.is_file():
        return []
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{path}: not JSON: {error}.") from None
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list):
        raise SourceError(f"{path}: not a GeoJSON FeatureCollection.")
    for number, feature in enumerate(features):
        if not _is_feature(feature):
            raise SourceError(f"{path}: feature {number} lacks a geometry with coordinates, or a property `name`.")
    return features


def _is_feature(feature: Any) -> bool:
    if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
        return False
    geometry = feature.get("geometry")
    return "name" in feature["properties"] and isinstance(geometry, dict) and {"type", "coordinates"} <= set(geometry)


def _lines(feature: dict[str, Any]) -> list[Line]:
    properties, geometry = feature["properties"], feature["geometry"]
    parts = {"LineString": [geometry["coordinates"]], "MultiLineString": geometry["coordinates"]}.get(
        geometry["type"], []
    )
    kind = str(properties.get("class") or properties.get("kind") or "")
    via = tuple(str(name) for name in properties.get("via", ()))
    name = str(properties["name"])
    return [Line(name, kind, _points(name, part), via) for part in parts]


def _area(feature: dict[str, Any]) -> Area | None:
    properties, geometry = feature["properties"], feature["geometry"]
    if geometry["type"] == "Polygon":
        rings = list(geometry["coordinates"])
    elif geometry["type"] == "MultiPolygon":
        rings = [ring for polygon in geometry["coordinates"] for ring in polygon]
    else:
        return None
    name = str(properties["name"])
    return Area(name, str(properties.get("kind", "")), tuple(_points(name, ring) for ring in rings))


def _points(name: str, raw: Any) -> tuple[Point, ...]:
    try:
        points = tuple(point(pair) for pair in raw)
    except (TypeError, ValueError) as error:
        raise SourceError(f'"{name}": coordinates cannot be read: {error}.') from None
    if len(points) < 2:
        raise SourceError(f'"{name}": a line or ring needs two points at least.')
    return points


def point(pair: Any) -> Point:
    """Longitude and latitude from a pair of numbers or texts; ValueError in plain words for anything else."""
    try:
        longitude, latitude = float(pair[0]), float(pair[1])
    except (TypeError, ValueError, IndexError, KeyError):
        raise ValueError(f"{pair!r} is no longitude and latitude") from None
    if not (math.isfinite(longitude) and abs(longitude) <= 360 and abs(latitude) <= 85):
        raise ValueError(f"longitude {longitude:g}, latitude {latitude:g} is nowhere a map can be made")
    return longitude, latitude
