"""The tool on a small invented country with a river and a bridge, and on everything that can be wrong with it."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import typer

from game.faults import ContentFault, UsageFault
from game.mapmaker.command import register
from game.mapmaker.job import Options, Product, check_files, make, write

from .conftest import WrittenMap

BOX = "10.0,50.0,10.5,50.3"
GAZETTEER = """name,kind,lat,lon,bank
Northby,town,50.22,10.25,north
Southwick,town,50.08,10.26,south
Old Bridge,bridge,50.15,10.25,na
Westend,village,50.2,10.05,north
Lakeside,village,50.05,10.45,south
"""
RECIPE = """format: 1
data: .
hex_metres: 3000
columns: 14
rows: 12
reference_latitude: 50.15
near: {longitude: 10.0, latitude: 50.3}
major_rivers: [Big Water]
banks: {left: north, right: south}
"""
SETTLED = RECIPE + "origin: {longitude: 10.0, latitude: 50.3}\n"
"""The same with the hexes where they are wanted: nothing is searched for."""


def feature(shape: str, coordinates: Any, **properties: Any) -> dict[str, Any]:
    """A GeoJSON feature."""
    return {"type": "Feature", "geometry": {"type": shape, "coordinates": coordinates}, "properties": properties}


def layer(folder: Path, name: str, *features: dict[str, Any]) -> None:
    """Write a layer of the source data."""
    text = json.dumps({"type": "FeatureCollection", "features": features})
    (folder / f"{name}.geojson").write_text(text, encoding="utf-8")


@pytest.fixture
def country(tmp_path: Path) -> Path:
    """Source data and recipe of the invented country."""
    (tmp_path / "gazetteer.csv").write_text(GAZETTEER, encoding="utf-8")
    bend = [[9.0, 50.15], [10.1, 50.13], [10.2, 50.17], [10.3, 50.14], [10.4, 50.16], [11.5, 50.15]]
    brook = [[10.35, 50.4], [10.36, 50.25], [10.33, 50.15]]
    layer(tmp_path, "rivers", feature("LineString", bend, name="Big Water"), feature("LineString", brook, name="Brook"))
    layer(
        tmp_path,
        "roads",
        feature(
            "LineString",
            [[10.25, 50.22], [10.25, 50.15], [10.26, 50.08]],
            **{"name": "High road", "class": "road", "via": ["Northby", "Old Bridge", "Southwick"]},
        ),
        feature(
            "LineString",
            [[9.5, 50.2], [10.05, 50.2], [10.25, 50.22], [11.0, 50.22]],
            **{"name": "North road", "class": "highway", "via": ["Westend", "Northby"]},
        ),
    )
    hill = [[10.0, 50.0], [10.2, 50.0], [10.2, 50.1], [10.0, 50.1], [10.0, 50.0]]
    layer(tmp_path, "terrain", feature("Polygon", [hill], name="Downs", kind="hills"))
    layer(tmp_path, "borders", feature("LineString", [[10.4, 49.0], [10.4, 50.16]], name="Marches", kind="province"))
    (tmp_path / "recipe.yaml").write_text(SETTLED, encoding="utf-8")
    return tmp_path


def made(country: Path, extra: str = "") -> WrittenMap:
    """Make the country's map from its recipe and some more lines of it, and read the files back."""
    (country / "recipe.yaml").write_text((RECIPE if "origin" in extra else SETTLED) + extra, encoding="utf-8")
    write(make(Options(recipe=country / "recipe.yaml")))
    return WrittenMap(country)


def test_banks_are_divided_and_joined_by_the_bridge(country: Path) -> None:
    written = made(country)
    north = written.land_from(written.hex_of["Northby"])
    assert written.hex_of["Westend"] in north
    assert not {written.hex_of["Southwick"], written.hex_of["Lakeside"]} & north
    [bridge] = [crossing for crossing in written.crossings if crossing["name"] == "Old Bridge"]
    [road] = [path for name, path in written.roads() if name == "High road"]
    sides = {written.grid.side_between(a, b) for a, b in pairwise(road)}
    assert sides & written.sides_of("major") == {written.grid.side(bridge["side"])}
    assert road[0] == written.hex_of["Northby"] and road[-1] == written.hex_of["Southwick"]


def test_the_recipe_tells_what_kind_of_crossing_lies_there(country: Path) -> None:
    written = made(country, "crossing_kinds: {Old Bridge: pontoon}\ncrossing_states: {Old Bridge: blown}\n")
    [crossing] = [one for one in written.crossings if one["name"] == "Old Bridge"]
    assert (crossing["kind"], crossing["state"]) == ("pontoon", "blown")


def test_a_road_over_a_lesser_river_gets_an_open_bridge(country: Path) -> None:
    written = made(country)
    brook = written.sides_of("minor")
    assert [c["state"] for c in written.crossings if written.grid.side(c["side"]) in brook] == ["open"]


def test_a_road_leaves_the_map_on_the_rim(country: Path) -> None:
    exits = "exits:\n  - {name: West gate, road: North road, end: first, from: Farland}\n"
    written = made(country, exits)
    [gate] = written.map["exits"]
    assert written.is_on_rim(written.grid.hex(gate["hex"])) and gate["hex"].startswith("01")


def test_terrain_follows_the_areas(country: Path) -> None:
    written = made(country)
    assert written.symbol(written.grid.hex("0211")) == "h"
    assert written.symbol(written.grid.hex("1203")) == "."


def test_corrections_are_applied_and_kept_with_their_reasons(country: Path) -> None:
    before = made(country)
    north = before.land_from(before.hex_of["Northby"])
    meadow = before.grid.label(next(h for s in before.sides_of("major") for h in before.grid.ends[s] if h in north))
    extra = f"""corrections:
  - {{what: bank, hex: {meadow}, to: south, why: "a meadow"}}
  - {{what: terrain, hex: 0303, to: mountains, why: "a peak the data lacks"}}
  - {{what: place, name: Westend, hex: 0204, why: "moved for the test"}}
exceptions:
  - {{places: [Northby, Westend], why: "they are neighbours"}}
"""
    written = made(country, extra)
    assert written.symbol(written.grid.hex("0303")) == "m"
    assert written.grid.label(written.hex_of["Westend"]) == "0204"
    assert written.grid.hex(meadow) in written.land_from(written.hex_of["Southwick"])
    assert [c["why"] for c in written.map["corrections"]] == ["a meadow", "a peak the data lacks", "moved for the test"]


def test_banks_named_the_wrong_way_round_are_told_once(country: Path) -> None:
    """A correction for each place would move them all over the river."""
    recipe = SETTLED.replace("banks: {left: north, right: south}", "banks: {left: south, right: north}")
    (country / "recipe.yaml").write_text(recipe, encoding="utf-8")
    told = [
        line for line in make(Options(recipe=country / "recipe.yaml")).report() if " bank" in line and "settle" in line
    ]
    assert len(told) == 1 and "the other way round, north and south" in told[0], told


def test_a_bank_correction_without_effect_is_reported(country: Path) -> None:
    extra = 'corrections: [{what: bank, hex: 0202, to: south, why: "far from the river"}]'
    (country / "recipe.yaml").write_text(SETTLED + extra, encoding="utf-8")
    assert any(
        "cannot lie on the south bank" in line for line in make(Options(recipe=country / "recipe.yaml")).report()
    )


def test_places_on_the_wrong_bank_come_with_a_correction_to_paste(country: Path) -> None:
    with (country / "gazetteer.csv").open("a", encoding="utf-8") as file:
        file.write("Ferry cottage,village,50.21,10.25,south\n")
    product = make(Options(recipe=country / "recipe.yaml"))
    report = list(product.report())
    assert any("Ferry cottage lies on the south bank" in line for line in report)
    assert any(line.startswith('  - {what: place, name: "Ferry cottage", hex: ') for line in report)


def test_holders_that_share_a_hex_are_reported_unless_excepted(country: Path) -> None:
    with (country / "gazetteer.csv").open("a", encoding="utf-8") as file:
        file.write("Barracks,base,50.221,10.251,north\n")
    extra = "holders: {red: [Northby], blue: [Barracks]}\n"
    (country / "recipe.yaml").write_text(SETTLED + extra, encoding="utf-8")
    assert any("held by red and blue" in line for line in make(Options(recipe=country / "recipe.yaml")).report())
    extra += 'exceptions:\n  - {places: [Northby, Barracks], why: "besieged inside the town"}\n'
    (country / "recipe.yaml").write_text(SETTLED + extra, encoding="utf-8")
    assert not any("held by" in line for line in make(Options(recipe=country / "recipe.yaml")).report())


def test_a_road_that_would_have_to_swim_is_reported(country: Path) -> None:
    layer(
        country,
        "roads",
        feature("LineString", [[10.05, 50.2], [10.45, 50.05]], name="Ford", kind="track", via=["Westend", "Lakeside"]),
    )
    product = make(Options(recipe=country / "recipe.yaml"))
    assert any(line.startswith("to settle: Ford ends in") for line in product.report())


def test_a_box_and_a_hex_size_are_enough(country: Path) -> None:
    product = from_the_line(country)
    lattice = product.made.lattice
    assert (lattice.columns, lattice.rows) == (15, 13)
    for corner in ((10.0, 50.3), (10.5, 50.0), (10.5, 50.3), (10.0, 50.0)):
        assert abs(lattice.hex_at(lattice.metres(corner))) < lattice.grid.size
    write(product)
    assert (country / "out" / "crossings.yaml").is_file()


def from_the_line(country: Path, **changes: Any) -> Product:
    """A map made without a recipe."""
    given: dict[str, Any] = {"data": country, "out": country / "out", "box": BOX, "hex_size": 3000}
    given |= {"major": "Big Water", "banks": "north,south"}
    return make(Options(**(given | changes)))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"banks": "left,right"}, "no place lies on the left or the right bank: the gazetteer has east, west"),
        ({"box": "40,50,40.2,50.2", "major": ""}, "no place of the gazetteer lies on the map"),
        ({}, ""),
    ],
)
def test_a_map_that_cannot_be_meant_says_so(country: Path, change: dict[str, Any], words: str) -> None:
    if change.get("banks"):
        names = (country / "gazetteer.csv").read_text(encoding="utf-8")
        named = names.replace(",north\n", ",west\n").replace(",south\n", ",east\n")
        (country / "gazetteer.csv").write_text(named, encoding="utf-8")
    told = [line for line in from_the_line(country, **change).report() if "no place" in line]
    assert (len(told), words in "".join(told)) == (bool(words), True), told


def test_check_notices_a_map_that_was_edited_by_hand(country: Path) -> None:
    product = make(Options(recipe=country / "recipe.yaml"))
    write(product)
    check_files(product)
    (country / "map.txt").write_text("changed", encoding="utf-8")
    with pytest.raises(ContentFault, match=r"map\.txt"):
        check_files(product)


def test_the_command_is_registered_searches_and_writes(country: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (country / "recipe.yaml").write_text(RECIPE, encoding="utf-8")
    app = typer.Typer()
    register(app)
    app([str(country / "recipe.yaml")], standalone_mode=False)
    assert "14 x 12 hexes, 4 places" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("colums: 3", 'unknown key "colums"'),
        ("skip_places: [Atlantis]\nsizes: {Atlantis: 3}", "no such place in the gazetteer: Atlantis"),
        ("corrections: [{what: terrain, hex: 9901, to: hills, why: because of it}]", "off the map"),
        ("corrections: [{what: terrain, hex: 0101, to: swamp, why: because of it}]", "no terrain is called swamp"),
        ("corrections: [{what: terrain, hex: 0101, to: hills}]", 'key "why" is missing'),
        ("corrections: [{what: weather, hex: 0101, why: because of it}]", "weather"),
        ("corrections: [{what: crossing, name: Old Bridge, side: 0101/S, why: x}]", "not a river side"),
        ("crossing_kinds: {Old Bridge: tunnel}", "tunnel"),
        ("crossing_kinds: {New Bridge: pontoon}", "no such crossing on the map: New Bridge"),
        ("exits: [{name: Gate, road: Nowhere, end: first, from: X}]", "no road Nowhere"),
        ("holders: {red: Northby}", "should be a list"),
        ("origin: {longitude: east, latitude: 3}", "expected a number|should be a number"),
        ("near: {longitude: 1, latitude: 2}", "near"),
    ],
)
def test_a_bad_recipe_is_refused_in_words(country: Path, line: str, words: str) -> None:
    with pytest.raises(ContentFault, match=words):
        made(country, line + "\n")


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("gazetteer.csv", "name,lat\nX,1\n", "no column kind, lon"),
        ("gazetteer.csv", GAZETTEER + "Northby,town,50,10,north\n", "listed twice"),
        ("gazetteer.csv", GAZETTEER + "Nowhere,town,high,10,north\n", "no longitude and latitude"),
        ("gazetteer.csv", GAZETTEER + "Pole,town,nan,10,north\n", "nowhere a map can be made"),
        ("rivers.geojson", "[", "not JSON"),
        ("roads.geojson", "{}", "not a GeoJSON FeatureCollection"),
        ("roads.geojson", '{"features": [{"properties": {}}]}', "feature 1: it lacks a geometry"),
        ("borders.geojson", json.dumps({"features": [feature("LineString", [[1]], name="B")]}), "cannot be read"),
        ("terrain.geojson", json.dumps({"features": [feature("Polygon", [[[1, 2]]], name="T")]}), "three points"),
    ],
)
def test_bad_source_data_is_refused_in_words(country: Path, name: str, text: str, words: str) -> None:
    (country / name).write_text(text, encoding="utf-8")
    with pytest.raises(ContentFault, match=words):
        make(Options(recipe=country / "recipe.yaml"))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"box": "1,2,3"}, "not a box"),
        ({"box": "3,0,1,1"}, "not a box"),
        ({"hex_size": 0}, "nothing to make a map from"),
        ({"hex_size": 50, "box": "0,0,60,60"}, "too many"),
        ({"banks": "north"}, "not two names"),
        ({"banks": "north, north"}, "one name for both"),
        ({"hex_size": 10**20}, "too large"),
    ],
)
def test_a_bad_command_line_is_a_usage_fault(country: Path, change: dict[str, Any], words: str) -> None:
    with pytest.raises(UsageFault, match=words):
        from_the_line(country, **change)
