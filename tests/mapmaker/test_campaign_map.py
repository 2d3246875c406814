"""The campaign map tells the truth: banks, bridges, roads, towns and holders as they were."""

from __future__ import annotations

import csv
import json
from collections import Counter
from itertools import combinations, pairwise
from typing import Any

from .conftest import ROOT, WrittenMap, read_yaml

GEODATA = ROOT / "assets" / "geodata"

NEEDED = """
113th air-defence brigade; 137th Brigade base; 137th artillery HQ; 7 km junction; Abu Fas; Abu Khashab; Akkas gas field;
Al-Arfi; Al-Bazikh ridge; Al-Bulayl; Al-Hamidiyah; Al-Hiri; Al-Husayniyah; Al-Jafra village; Al-Jubaylah; Al-Jura;
Al-Kanamat; Al-Khamisiyah; Al-Muwazafin; Al-Qaim; Al-Qasabi; Al-Qusour; Al-Rusafa; Al-Salihiyah Dayr; Al-Sayyal;
Al-Shumaytiyah; Al-Sina'a; Al-Ummal 1; Al-Ummal 2; Artawaziyah; Asharah; Ayyash; Border Dashisha; Bughayliyah; Bukamal;
Buqrus; Busayrah; Cemetery; Conoco gas plant; Deir ez-Zor; Deir ez-Zor airport; Dhiban; Fadghami; Ghanem al-Ali;
Gharanij; Hajin; Halabiyah roundabout; Hamdan airbase; Haribishah; Hatla Fawqani; Hatla Tahtani; Hawija Kati;
Hawija Saqr; Humaymah; Husaybah; Industrial zone; Jabal Bishri; Jabal Hajif; Jabal Tantur; Jafra field; Jasimi;
Kabajib; Karabilah; Kasrah; Kharrata field; Khasham; Maadan; Mahkan; Mari'iyah; Mari'iyah crossing; Markadah; Marrat;
Marrat Fawqani; Mayadin; Mayadin airstrip; Mayadin crossing; Muhasan; Muhaymidah; Old Airport; Omar field; Panorama;
Qaim phosphate plant; Quriyah; Rahba castle; Raqqa; Rummanah; Russian military bridge; Ruwayshid; Sabkhah; Salihiyah;
Shaddadi; Shaddadi base; Shuhayl; Shula; Subaykhan; Sugar factory; Sukhnah; Suwar; T-1; T-2; Tabni; Tal Rubiyat;
Tall Allush; Tanak field; Taym field; Thardah hill 2; Ubaydi; Uqayrishah
"""
"""Places inside the map where units start or enter, that changed hands, or where something dated happened."""


def test_terrain_has_a_known_symbol_for_every_hex(campaign: WrittenMap) -> None:
    kinds = read_yaml(ROOT / "scenarios" / "rules" / "terrain.yaml")["kinds"]
    known = {kind["symbol"] for kind in kinds.values()}
    assert len(campaign.rows) == campaign.grid.rows
    assert {len(row) for row in campaign.rows} == {campaign.grid.columns}
    assert set("".join(campaign.rows)) <= known


def test_map_reaches_two_hexes_beyond_its_corner_towns(campaign: WrittenMap) -> None:
    column, _ = campaign.grid.position(campaign.hex_of["Sukhnah"])
    assert column == 2
    _, row = campaign.grid.position(campaign.hex_of["Shaddadi"])
    assert row >= 2
    column, _ = campaign.grid.position(campaign.hex_of["Ubaydi"])
    assert campaign.grid.columns - 1 - column >= 2


def test_places_that_the_campaign_needs_are_on_the_map(campaign: WrittenMap) -> None:
    have = set(campaign.hex_of) | {crossing["name"] for crossing in campaign.crossings}
    wanted = {name.strip() for name in NEEDED.replace("\n", " ").split(";")}
    assert wanted - have == set()


def test_place_names_are_those_of_the_gazetteer_and_unique(campaign: WrittenMap) -> None:
    with (GEODATA / "gazetteer.csv").open(encoding="utf-8", newline="") as file:
        known = {row["name"] for row in csv.DictReader(file)}
    names = [place["name"] for place in campaign.map["places"]]
    assert len(names) == len(set(names))
    assert set(names) <= known


# --- the river ----------------------------------------------------------------------------------------------


def test_euphrates_is_one_line_of_sides_from_rim_to_rim(campaign: WrittenMap) -> None:
    [euphrates] = [river for river in campaign.map["rivers"] if river["kind"] == "major"]
    sides = [campaign.grid.side(label) for label in euphrates["sides"]]
    assert len(sides) == len(set(sides))
    for a, b in pairwise(sides):
        # Two sides in line share one corner, so the hexes beside them are three in all, all touching.
        around = set(campaign.grid.ends[a]) | set(campaign.grid.ends[b])
        assert len(around) == 3
        assert all(campaign.grid.distance(x, y) == 1 for x, y in combinations(around, 2))
    assert all(any(campaign.is_on_rim(h) for h in campaign.grid.ends[side]) for side in (sides[0], sides[-1]))


def test_every_euphrates_side_separates_the_banks(campaign: WrittenMap) -> None:
    west, east = _banks(campaign)
    assert west | east == set(range(campaign.grid.size))
    for side in campaign.sides_of("major"):
        a, b = campaign.grid.ends[side]
        assert (a in west) != (b in west)


def test_each_place_lies_on_its_own_bank(campaign: WrittenMap) -> None:
    land = dict(zip(("west", "east"), _banks(campaign), strict=True))
    wrong = [
        name for name, bank in campaign.bank_of.items() if bank in land and campaign.hex_of[name] not in land[bank]
    ]
    assert wrong == []


def _banks(campaign: WrittenMap) -> tuple[set[int], set[int]]:
    west = campaign.land_from(campaign.hex_of["Mayadin"])
    east = campaign.land_from(campaign.hex_of["Busayrah"])
    assert not west & east
    return west, east


def test_lesser_rivers_keep_off_the_euphrates_and_flow_into_it(campaign: WrittenMap) -> None:
    major = campaign.sides_of("major")
    beside_major = {h for side in major for h in campaign.grid.ends[side]}
    for river in campaign.map["rivers"]:
        if river["kind"] == "minor":
            sides = [campaign.grid.side(label) for label in river["sides"]]
            assert not set(sides) & major, river["name"]
            assert len(sides) == len(set(sides))
            assert any(set(campaign.grid.ends[s]) <= beside_major for s in (sides[0], sides[-1])), river["name"]


def test_khabur_joins_the_euphrates_at_busayrah(campaign: WrittenMap) -> None:
    [khabur] = [river for river in campaign.map["rivers"] if river["name"] == "Khabur"]
    mouth = campaign.grid.ends[campaign.grid.side(khabur["sides"][-1])]
    assert campaign.hex_of["Busayrah"] in mouth


# --- crossings ----------------------------------------------------------------------------------------------


def test_crossings_stand_on_river_sides_one_each(campaign: WrittenMap) -> None:
    wet = campaign.sides_of("major") | campaign.sides_of("minor")
    sides = [campaign.grid.side(crossing["side"]) for crossing in campaign.crossings]
    assert set(sides) <= wet
    assert len(set(sides)) == len(sides)
    assert len({crossing["name"] for crossing in campaign.crossings}) == len(sides)


def test_euphrates_bridges_are_broken_and_khabur_bridges_open(campaign: WrittenMap) -> None:
    major = campaign.sides_of("major")
    for crossing in campaign.crossings:
        if crossing["kind"] == "bridge":
            broken = campaign.grid.side(crossing["side"]) in major
            assert (crossing["state"] == "blown") == broken, crossing["name"]
    names = {crossing["name"] for crossing in campaign.crossings}
    assert {"Suwar bridge", "Busayrah bridge", "Siyasiyah Bridge", "Bukamal bridge"} <= names


def test_bridges_join_the_places_they_joined(campaign: WrittenMap) -> None:
    expected = {
        "Siyasiyah Bridge": ("Deir ez-Zor", "Halabiyah roundabout"),
        "Mayadin bridge": ("Mayadin", "Dhiban"),
        "Bukamal bridge": ("Al-Hiri", "Baghuz"),
        "Mari'iyah crossing": ("Mari'iyah", "Marrat"),
        "Russian military bridge": ("Al-Jafra village", "Marrat"),
        "Suwar bridge": ("Suwar", "Jasimi"),
        "Busayrah bridge": ("Al-Zirr", "Busayrah"),
    }
    for crossing in campaign.crossings:
        if crossing["name"] in expected:
            ends = set(campaign.grid.ends[campaign.grid.side(crossing["side"])])
            assert ends == {campaign.hex_of[name] for name in expected[crossing["name"]]}, crossing["name"]


# --- roads --------------------------------------------------------------------------------------------------


def test_roads_are_unbroken_and_never_turn_back(campaign: WrittenMap) -> None:
    for name, path in campaign.roads():
        assert all(campaign.grid.distance(a, b) == 1 for a, b in pairwise(path)), name
        assert len(set(path)) == len(path), name


def test_each_road_joins_its_towns_in_order(campaign: WrittenMap) -> None:
    drawn = json.loads((GEODATA / "roads.geojson").read_text(encoding="utf-8"))["features"]
    paths: dict[str, list[list[int]]] = {}
    for name, path in campaign.roads():
        paths.setdefault(name, []).append(path)
    for feature in drawn:
        name = feature["properties"]["name"]
        stops = [campaign.hex_of[place] for place in feature["properties"]["via"] if place in campaign.hex_of]
        if name not in paths:
            assert len(set(stops)) < 2, f"{name} is missing"
            continue
        joined = [h for path in paths[name] for h in path]
        assert [h for h in stops if h not in joined] == [], name
        assert [joined.index(h) for h in stops] == sorted(joined.index(h) for h in stops), name


def test_roads_cross_rivers_at_crossings_only(campaign: WrittenMap) -> None:
    bridged = {campaign.grid.side(crossing["side"]) for crossing in campaign.crossings}
    wet = campaign.sides_of("major") | campaign.sides_of("minor")
    for name, path in campaign.roads():
        for a, b in pairwise(path):
            side = campaign.grid.side_between(a, b)
            assert side not in wet or side in bridged, f"{name} {campaign.grid.side_label(side)}"


def test_valley_roads_stay_on_their_bank(campaign: WrittenMap) -> None:
    west, east = _banks(campaign)
    roads = {name: set(path) for name, path in campaign.roads()}
    assert roads["Raqqa-Deir ez-Zor west-bank road"] <= west
    assert roads["Deir ez-Zor-Mayadin-Bukamal west-bank road"] <= west
    assert roads["East-bank road Raqqa-Deir ez-Zor-Busayrah-Baghuz"] <= east


def test_exits_are_ends_of_roads_on_the_rim(campaign: WrittenMap) -> None:
    ends = {h for _, path in campaign.roads() for h in (path[0], path[-1])}
    for leaving in campaign.map["exits"]:
        h = campaign.grid.hex(leaving["hex"])
        assert campaign.is_on_rim(h) and h in ends, leaving["name"]
    assert {leaving["from"] for leaving in campaign.map["exits"]} >= {"Homs", "Hasakah", "Haditha", "Akashat", "Anah"}


# --- who shares a hex ---------------------------------------------------------------------------------------


def test_places_of_different_holders_do_not_share_a_hex(campaign: WrittenMap, recipe: Any) -> None:
    holder = {name: side for side, names in recipe["holders"].items() for name in names}
    assert set(holder) <= set(campaign.hex_of)
    excused = {frozenset(pair) for e in campaign.map["exceptions"] for pair in combinations(e["places"], 2)}
    clashes = [
        (a, b)
        for a, b in combinations(sorted(holder), 2)
        if campaign.hex_of[a] == campaign.hex_of[b] and holder[a] != holder[b] and frozenset((a, b)) not in excused
    ]
    assert clashes == []


def test_every_change_by_hand_has_its_reason(campaign: WrittenMap) -> None:
    assert campaign.map["corrections"]
    for change in [*campaign.map["corrections"], *campaign.map["exceptions"]]:
        assert len(change["why"]) > 10, change


def test_the_city_is_three_hexes_and_its_hills_stand_apart(campaign: WrittenMap) -> None:
    hexes = campaign.hex_of
    enclave, isis_half, airfield = hexes["Al-Qusour"], hexes["Al-Hamidiyah"], hexes["Deir ez-Zor airport"]
    assert len({enclave, isis_half, airfield, hexes["137th Brigade base"]}) == 4
    assert hexes["Al-Jura"] == hexes["Al-Jubaylah"] == enclave
    assert hexes["Al-Sina'a"] == hexes["Al-Kanamat"] == hexes["Deir ez-Zor"] == isis_half
    assert campaign.symbol(enclave) == campaign.symbol(isis_half) == "U"
    assert hexes["Tal Rubiyat"] != hexes["Ta'meen base"]
    for overlooked in (hexes["Ta'meen base"], airfield):
        assert campaign.grid.distance(hexes["Tal Rubiyat"], overlooked) == 1
    assert campaign.symbol(hexes["Tal Rubiyat"]) == "h"


def test_garrison_and_airfield_are_apart(campaign: WrittenMap) -> None:
    hexes = campaign.hex_of
    assert campaign.grid.distance(hexes["Al-Qusour"], hexes["Deir ez-Zor airport"]) == 2
    between = set(campaign.grid.near[hexes["Al-Qusour"]]) & set(campaign.grid.near[hexes["Deir ez-Zor airport"]])
    assert between == {hexes["Cemetery"], hexes["Al-Hamidiyah"]}


def test_scarps_and_borders_are_clean(campaign: WrittenMap) -> None:
    wet = campaign.sides_of("major")
    scarps = Counter(side for scarp in campaign.map["escarpments"] for side in scarp["sides"])
    borders = Counter(side for border in campaign.map["borders"] for side in border["sides"])
    assert max(scarps.values()) == max(borders.values()) == 1
    assert not {campaign.grid.side(label) for label in scarps} & wet


def test_the_border_parts_syrian_from_iraqi_towns(campaign: WrittenMap) -> None:
    line = {
        campaign.grid.side(label)
        for border in campaign.map["borders"]
        if border["kind"] == "international"
        for label in border["sides"]
    }
    seen, queue = {campaign.hex_of["Husaybah"]}, [campaign.hex_of["Husaybah"]]
    while queue:
        here = queue.pop()
        for there in campaign.grid.near[here]:
            if there not in seen and campaign.grid.side_between(here, there) not in line:
                seen.add(there)
                queue.append(there)
    iraqi = {"Husaybah", "Karabilah", "Al-Qaim", "Ubaydi", "Rummanah", "Akkas gas field", "T-1", "Qaim cement plant"}
    syrian = {"Bukamal", "Al-Hiri", "Baghuz", "Hajin", "Bukamal-Qaim crossing", "Border Dashisha", "Baktal post", "T-2"}
    assert {campaign.hex_of[name] for name in iraqi} <= seen
    assert not {campaign.hex_of[name] for name in syrian} & seen
