"""The readers of source data: what other programs write for nothing is nothing, all else that is unfit is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from game.mapmaker.sources import LARGEST_FILE, Geography, SourceError, SourceWords, read_geography

HEAD = "name,kind,lat,lon,bank\n"
TOWNS = HEAD + "Upton,town,50.22,10.25,north\nLowton,town,50.08,10.26,south\nGreat Bridge,bridge,50.15,10.25,na\n"
WORDS = SourceWords(("desert", "valley", "salt", "marsh"), ("north", "south"))
LINE = [[10.0, 50.1], [10.4, 50.2]]
RING = [[10.0, 50.0], [10.1, 50.0], [10.1, 50.1], [10.0, 50.0]]
LAYERS: dict[str, tuple[str, Any, dict[str, Any]]] = {
    "rivers": ("LineString", LINE, {"name": "Water"}),
    "borders": ("LineString", LINE, {"name": "Marches", "kind": "province"}),
    "roads": ("LineString", LINE, {"name": "Way", "class": "road", "via": ["Upton", "Lowton"]}),
    "terrain": ("Polygon", [RING], {"name": "Fen", "kind": "marsh"}),
}


def read(
    folder: Path, layer: str = "rivers", change: Callable[[dict[str, Any]], Any] = dict, **files: bytes
) -> Geography:
    """The geography of sound data in which one feature, or whole files, were changed."""
    (folder / "gazetteer.csv").write_text(TOWNS, encoding="utf-8")
    for name, (shape, coordinates, properties) in LAYERS.items():
        feature: dict[str, Any] = {
            "type": "Feature", "geometry": {"type": shape, "coordinates": coordinates}, "properties": dict(properties),
        }  # fmt: skip
        if name == layer:
            change(feature)
        text = json.dumps({"type": "FeatureCollection", "features": [feature]})
        (folder / f"{name}.geojson").write_text(text, encoding="utf-8")
    for name, data in files.items():
        (folder / (f"{name}.csv" if name == "gazetteer" else f"{name}.geojson")).write_bytes(data)
    return read_geography(folder, WORDS)


def refused(folder: Path, layer: str = "rivers", change: Callable[[dict[str, Any]], Any] = dict, **files: bytes) -> str:
    with pytest.raises(SourceError) as caught:
        read(folder, layer, change, **files)
    return str(caught.value)


def test_sound_data_are_read_as_they_are(tmp_path: Path) -> None:
    found = read(tmp_path)
    assert list(found.places) == ["Upton", "Lowton", "Great Bridge"]
    assert [(line.name, len(line.points)) for line in found.rivers] == [("Water", 2)]
    assert found.roads[0].via == ("Upton", "Lowton")
    assert [(area.name, area.kind) for area in found.areas] == [("Fen", "marsh")]


# --- nothing, as other programs write it ------------------------------------------------------------------------


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("geometry", [None, "empty", "empty parts"])
def test_a_feature_without_a_place_is_passed_over(tmp_path: Path, layer: str, geometry: str | None) -> None:
    def change(feature: dict[str, Any]) -> None:
        shape = feature["geometry"]["type"]
        empty = (
            {"type": shape, "coordinates": []}
            if geometry == "empty"
            else {"type": f"Multi{shape}", "coordinates": [[]]}
        )
        feature["geometry"] = empty if geometry else None

    found = read(tmp_path, layer, change)
    assert not getattr(found, "areas" if layer == "terrain" else layer)


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("name", [None, "", "  "])
def test_a_feature_without_a_name_gets_one(tmp_path: Path, layer: str, name: str | None) -> None:
    found = read(tmp_path, layer, lambda feature: feature["properties"].update(name=name))
    [one] = getattr(found, "areas" if layer == "terrain" else layer)
    assert one.name == {"rivers": "River 1", "borders": "Border 1", "roads": "Road 1", "terrain": "Area 1"}[layer]


def test_a_number_is_a_name_too(tmp_path: Path) -> None:
    assert read(tmp_path, "roads", lambda feature: feature["properties"].update(name=66)).roads[0].name == "66"


@pytest.mark.parametrize(
    ("via", "read_as"),
    [
        (None, ()),
        ([], ()),
        ("", ()),
        ("Upton,Lowton", ("Upton", "Lowton")),
        ("Upton; Great Bridge;Lowton", ("Upton", "Great Bridge", "Lowton")),
        ("Great Bridge", ("Great Bridge",)),
    ],
)
def test_via_is_a_list_or_one_text(tmp_path: Path, via: Any, read_as: tuple[str, ...]) -> None:
    assert read(tmp_path, "roads", lambda feature: feature["properties"].update(via=via)).roads[0].via == read_as


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + TOWNS.encode(),
        TOWNS.replace("\n", "\r\n").encode(),
        TOWNS.replace(",", ";").encode(),
        TOWNS.replace(",", "\t").encode(),
        TOWNS.replace("name,kind", " Name ,KIND").encode(),
        TOWNS.replace("\n", "\n\n,,,,\n").encode(),
        TOWNS.replace(",north", ",North").replace(",south", ", SOUTH ").encode(),
    ],
)
def test_a_gazetteer_is_taken_as_spreadsheets_write_it(tmp_path: Path, data: bytes) -> None:
    found = read(tmp_path, gazetteer=data)
    assert [(place.name, place.kind, place.bank) for place in found.places.values()] == [
        ("Upton", "town", "north"), ("Lowton", "town", "south"), ("Great Bridge", "bridge", "na"),
    ]  # fmt: skip


def test_geojson_may_begin_with_a_byte_mark(tmp_path: Path) -> None:
    layer = {"type": "FeatureCollection", "features": []}
    assert read(tmp_path, roads=b"\xef\xbb\xbf" + json.dumps(layer).encode()).roads == ()


# --- refused in words -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("Nowhere,town,,10,north", ":5: \"Nowhere\": \"('10', '')\" is no longitude"),
        ("Nowhere,town,50\\,1,10,north", ":5:"),
        ("Nowhere,town", "no longitude"),
        ("Pole,town,89,10,north", "nowhere a map can be made"),
        ("Endless,town,1e999,10,north", "nowhere a map can be made"),
        ("Hamlet,hamlet,50,10,north", "did you mean|is not one of"),
        (",town,50,10,north", ":5: the name: the text is empty"),
        ("Upton,town,50,10,north", "listed twice"),
        ("West end,town,50,10,left", 'no bank is called "left"'),
        ('"Two\nlines",town,50,10,north', "more than one line"),
        (f"{'x' * 300},town,50,10,north", "300 characters"),
        (f"{'x' * 200_000},town,50,10,north", ":5: this is not CSV: field larger"),
        ('"Open,town,50,10,north', "this is not CSV"),
        ("Turned\u202e,town,50,10,north", "cannot be seen"),
        ("Nul\0,town,50,10,north", "cannot be seen|control character|not CSV"),
    ],
)
def test_a_row_that_no_map_can_use_is_told_with_its_line(tmp_path: Path, row: str, says: str) -> None:
    told = refused(tmp_path, gazetteer=(TOWNS + row + "\n").encode())
    assert any(one in told for one in says.split("|")), told
    assert f"{tmp_path / 'gazetteer.csv'}:" in told
    assert "fix: " in told and told.isprintable()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (TOWNS.encode("utf-16"), "UTF-16"),
        (TOWNS.replace("Upton", "Übton").encode("cp1252"), "byte 0xdc on line 2 is not UTF-8"),
        (b"", "no column name, kind, lat, lon"),
        (b"name,lat\nX,1\n", "no column kind, lon"),
    ],
)
def test_a_gazetteer_that_cannot_be_read_says_how_to_save_it(tmp_path: Path, data: bytes, says: str) -> None:
    assert says in refused(tmp_path, gazetteer=data)


def geometry(**values: Any) -> Callable[[dict[str, Any]], Any]:
    return lambda feature: feature["geometry"].update(values)


def properties(**values: Any) -> Callable[[dict[str, Any]], Any]:
    return lambda feature: feature["properties"].update(values)


@pytest.mark.parametrize(
    ("layer", "change", "says"),
    [
        ("rivers", geometry(type="Polygon", coordinates=[RING]), "it is Polygon, and this file holds LineString"),
        ("rivers", geometry(type=["LineString"]), "no shape by name"),
        ("rivers", geometry(type="Point", coordinates=[10, 50]), "it is Point"),
        ("rivers", geometry(type="GeometryCollection"), "it is GeometryCollection"),
        ("rivers", geometry(coordinates=None), "coordinates are no list"),
        ("rivers", geometry(type="MultiLineString", coordinates=[None]), "no list of points"),
        ("rivers", geometry(coordinates=[[10]]), "cannot be read"),
        ("rivers", geometry(coordinates=[None, None]), "cannot be read"),
        ("rivers", geometry(coordinates=[[10, 50]]), "two points"),
        ("rivers", geometry(coordinates=[[10, 10**400], [10, 50]]), "cannot be read"),
        ("rivers", lambda feature: feature.pop("geometry"), "it lacks a geometry"),
        ("rivers", lambda feature: feature.update(geometry=[]), "its geometry is no mapping"),
        ("rivers", lambda feature: feature.update(properties=[]), "its properties are no mapping"),
        ("rivers", properties(name=["a"]), "its name is no text"),
        ("rivers", properties(name="a\nb"), "more than one line"),
        ("rivers", properties(name="a\u202eb"), "cannot be seen"),
        ("terrain", geometry(coordinates=None), "coordinates are no list"),
        ("terrain", geometry(coordinates=[None]), "a ring of it is no list"),
        ("terrain", geometry(type="MultiPolygon", coordinates=[None]), "an area of it is no list"),
        ("terrain", geometry(type="LineString", coordinates=LINE), "it is LineString"),
        ("terrain", properties(kind="forest"), 'the kind "forest" is none'),
        ("terrain", properties(kind="marhs"), 'did you mean "marsh"?'),
        ("terrain", properties(kind=None), "no class or kind"),
        ("terrain", properties(kind=3), 'the kind "3" is none'),
        ("roads", properties(**{"class": "secondary"}), "motorway and trunk are highways"),
        ("roads", properties(**{"class": None}), "no class or kind"),
        ("roads", properties(via=3), "via is no list of names"),
        ("roads", properties(via=["Upton", 3]), "via is no list of names"),
        ("roads", properties(via=["Upton", "Nowhere"]), 'via names "Nowhere"'),
        ("roads", properties(name="x" * 81), "81 characters"),
        ("borders", properties(kind="district"), 'the kind "district" is none'),
    ],
)  # fmt: skip
def test_a_feature_that_no_map_can_use_is_told_with_its_number(
    tmp_path: Path, layer: str, change: Any, says: str
) -> None:
    told = refused(tmp_path, layer, change)
    assert f"{tmp_path / layer}.geojson: feature 1" in told and says in told, told
    assert "fix: " in told


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"[", "not JSON"),
        (b"[" * 100_000, "not JSON: it is nested too deep"),
        (b'{"features": [1e5' + b"0" * 5000 + b"]}", "feature 1"),
        (b"[]", "not a GeoJSON FeatureCollection"),
        (b'{"type": "Feature"}', "not a GeoJSON FeatureCollection"),
        (b'{"features": [3]}', "feature 1: it lacks a geometry"),
        ('{"features": []}'.encode("utf-16"), "UTF-16"),
        (b'{"features": [], "crs": {"properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}}', "EPSG:4326"),
        (b" " * (LARGEST_FILE + 1), "larger than"),
    ],
)
def test_a_layer_that_is_none_is_told(tmp_path: Path, data: bytes, says: str) -> None:
    assert says in refused(tmp_path, rivers=data)


def test_everything_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    told = refused(
        tmp_path, "terrain", properties(kind="forest"),
        gazetteer=(TOWNS + "A,town,x,10,north\nB,hamlet,50,10,north\n").encode(), roads=b"[",
    ).splitlines()  # fmt: skip
    assert len(told) == 4
    assert [line.split(": fix")[0].count("fix: ") for line in told] == [1, 1, 1, 1]


def test_of_very_many_faults_the_first_fifty_are_told(tmp_path: Path) -> None:
    rows = "".join(f"Place {n},hamlet,50,10,north\n" for n in range(60))
    told = refused(tmp_path, gazetteer=(HEAD + rows).encode()).splitlines()
    assert len(told) == 51 and told[-1] == "and 11 more"


def test_a_road_to_a_place_whose_row_is_at_fault_is_not_at_fault_itself(tmp_path: Path) -> None:
    told = refused(tmp_path, gazetteer=TOWNS.replace("Lowton,town", "Lowton,twon").encode()).splitlines()
    assert len(told) == 1 and 'did you mean "town"?' in told[0]
