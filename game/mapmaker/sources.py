"""Reads the geography a map is made from: GeoJSON lines and areas, and a gazetteer in CSV."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Point = tuple[float, float]
"""Longitude and latitude in degrees."""

CROSSING_KINDS = {"bridge": "bridge", "crossing": "ferry", "dam": "dam"}
"""Gazetteer kinds that stand on a hexside, and what they are called on the map."""


class SourceError(Exception):
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
        raise SourceError(f"{path}: not found; a map needs a gazetteer with columns name, kind, lat, lon, bank")
    places: dict[str, Place] = {}
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        missing = {"name", "kind", "lat", "lon"} - set(rows.fieldnames or ())
        if missing:
            raise SourceError(f"{path}: no column {', '.join(sorted(missing))}; fix: name, kind, lat, lon are needed")
        for number, row in enumerate(rows, start=2):
            name = row["name"]
            if name in places:
                raise SourceError(f'{path}:{number}: "{name}" is listed twice; fix: names are unique')
            try:
                at = (float(row["lon"]), float(row["lat"]))
            except (TypeError, ValueError):
                raise SourceError(f'{path}:{number}: "{name}" has no usable lat and lon') from None
            places[name] = Place(name, row["kind"], at, row.get("bank") or "na")
    return places


def _features(path: Path) -> list[dict[str, Any]]:
    if not path.is_file():
        return []
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        features = document["features"]
    except (ValueError, KeyError, TypeError) as error:
        raise SourceError(f"{path}: not a GeoJSON FeatureCollection ({error})") from None
    if not isinstance(features, list):
        raise SourceError(f"{path}: `features` must be a list")
    for feature in features:
        if not isinstance(feature, dict) or not feature.get("geometry") or "name" not in feature.get("properties", {}):
            raise SourceError(f"{path}: every feature needs a geometry and a property `name`")
    return features


def _lines(feature: dict[str, Any]) -> list[Line]:
    properties, geometry = feature["properties"], feature["geometry"]
    parts = {"LineString": [geometry["coordinates"]], "MultiLineString": geometry["coordinates"]}.get(
        geometry["type"], []
    )
    kind = str(properties.get("class") or properties.get("kind") or "")
    via = tuple(str(name) for name in properties.get("via", ()))
    return [Line(str(properties["name"]), kind, _points(part), via) for part in parts]


def _area(feature: dict[str, Any]) -> Area | None:
    properties, geometry = feature["properties"], feature["geometry"]
    if geometry["type"] == "Polygon":
        rings = list(geometry["coordinates"])
    elif geometry["type"] == "MultiPolygon":
        rings = [ring for polygon in geometry["coordinates"] for ring in polygon]
    else:
        return None
    return Area(str(properties["name"]), str(properties.get("kind", "")), tuple(_points(ring) for ring in rings))


def _points(raw: list[list[float]]) -> tuple[Point, ...]:
    return tuple((float(p[0]), float(p[1])) for p in raw)
