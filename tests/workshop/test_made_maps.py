"""Maps that make-map makes: what was drawn by hand stands in the recipe with its reason, or the designer is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from game import workshop as w
from game.mapmaker.job import geography_for
from game.mapmaker.lattice import Lattice
from game.mapmaker.making import make_map
from game.mapmaker.recipe import read_recipe
from game.mapmaker.writing import scenario_files
from game.scenario.files import MapFile
from game.scenario.loading import common_rules
from game.scenario.shipped import scenario_folder
from game.workshop import Workshop

from .bench import changed_lines, copied, snapshot

SCENARIO = "breaking_the_siege"
KINDS = common_rules().terrain.kinds
MADE = ("map.txt", "map.yaml", "crossings.yaml")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    return Workshop.open(copied(SCENARIO, tmp_path_factory.mktemp("made")))


@pytest.fixture
def bench(kept: Workshop) -> Iterator[Workshop]:
    kept.reason = "seen on the ground"
    yield kept
    while kept.undo() is not None:
        pass


@pytest.fixture(scope="module")
def geography() -> Any:
    return geography_for(read_recipe(scenario_folder(SCENARIO) / "map_corrections.yaml"), KINDS)


def remade(bench: Workshop, geography: Any, tmp_path: Path) -> dict[str, bytes]:
    """What make-map makes of the recipe as it stands on the bench."""
    path = tmp_path / "map_corrections.yaml"
    path.write_bytes(bench.data("map_corrections.yaml") or b"")
    recipe = replace(read_recipe(path), data=Path())
    files = scenario_files(make_map(geography, recipe, KINDS), path.name, scenario_folder(SCENARIO))
    return {name: text.encode() for name, text in files.items()}


def here(bench: Workshop, label: str) -> int:
    assert bench.grid is not None
    return bench.grid.hex(label)


def desert(bench: Workshop) -> int:
    """A desert hex without anything in it, far from cliffs and roads."""
    world = bench.world()
    assert world is not None
    grid, names = world.grid, list(world.rules.terrain.kinds)
    busy = {place.hex for place in world.places}
    for hex_ in range(grid.size):
        area = grid.disk(hex_, 2)
        sides = [side for h in area for side in grid.sides[h] if side >= 0]
        if (
            names[world.terrain[hex_]] == "desert"
            and len(area) == 19
            and not busy & set(area)
            and not any(world.road[s] or world.scarp[s] or world.river[s] for s in sides)
        ):
            return hex_
    raise AssertionError("no empty desert")


@pytest.mark.slow
def test_what_the_recipe_holds_is_made_again_byte_for_byte(bench: Workshop, geography: Any, tmp_path: Path) -> None:
    assert bench.made_map
    empty = desert(bench)
    edits = [
        w.PaintTerrain((empty,), "hills"),
        w.PaintTerrain((empty,), "rough"),
        w.ChangeCrossing("Siyasiyah Bridge", "state", "open"),
        w.ChangeCrossing("Suspension Bridge", "kind", "ferry"),
        w.ChangePlace("Ayyash", "population", 6),
        w.ChangePlace("Ayyash", "size", 2),
        w.ChangeExit("Palmyra road", "from", "Palmyra"),
    ]
    assert [bench.do(edit) for edit in edits] == [None] * len(edits)
    assert bench.warnings() == () and bench.problems() == ()
    recipe = bench.text("map_corrections.yaml")
    label = bench.grid.label(empty) if bench.grid else ""
    assert recipe.count(f"hex: {label}, to: rough, why: seen on the ground") == 1
    assert "to: hills, why: seen" not in recipe
    assert {name: bench.data(name) for name in MADE} == remade(bench, geography, tmp_path)


@pytest.mark.slow
def test_a_moved_place_and_a_longer_road_are_made_again(bench: Workshop, geography: Any, tmp_path: Path) -> None:
    chart = bench.definition("map.yaml", MapFile)
    assert chart is not None and bench.grid is not None
    names = [road.name for road in chart.roads]
    road = next(r for r in chart.roads if names.count(r.name) == 1 and len(r.path) > 6)
    end = here(bench, road.path[-1])
    beyond = next(h for h in bench.grid.near[end] if bench.grid.label(h) not in road.path)
    assert bench.do(w.DrawRoad(road.name, road.kind, (end, beyond))) is None
    assert bench.warnings() == ()
    made = remade(bench, geography, tmp_path)
    assert f"{bench.grid.label(beyond)}]" in made["map.yaml"].decode()
    bench.undo()
    place = next(p for p in chart.places if p.kind == "hill")
    assert bench.do(w.MovePlace(place.name, bench.grid.near[here(bench, place.hex)][0])) is None
    assert bench.warnings() == ()
    made = remade(bench, geography, tmp_path)
    line = next(line for line in bench.text("map.yaml").splitlines() if line.startswith(f"  - {{name: {place.name},"))
    assert line in made["map.yaml"].decode()


@pytest.mark.slow
def test_a_new_road_is_added_to_the_recipe(bench: Workshop, geography: Any, tmp_path: Path) -> None:
    empty = desert(bench)
    assert bench.grid is not None
    path = bench.grid.line(empty, next(h for h in bench.grid.disk(empty, 2) if bench.grid.distance(h, empty) == 2))
    assert bench.do(w.DrawRoad("Patrol: north", "track", path)) is None
    assert bench.warnings() == ()
    made = remade(bench, geography, tmp_path)
    labels = ", ".join(bench.grid.label(h) for h in path)
    assert f'  - name: "Patrol: north"\n    kind: track\n    path: [{labels}]\n' in made["map.yaml"].decode()
    recipe = read_recipe(tmp_path / "map_corrections.yaml")
    (added,) = [road for road in recipe.add_roads if road.name == "Patrol: north"]
    chart = bench.definition("map.yaml", MapFile)
    assert chart is not None and chart.georeference is not None
    origin = (chart.georeference.longitude / 1e5, chart.georeference.latitude / 1e5)
    lattice = Lattice(recipe.columns, recipe.rows, recipe.hex_metres, origin, recipe.reference_latitude)
    here = [lattice.hexes_at(*(np.array([x]) for x in lattice.metres(point)))[0] for point in added.points]
    assert here == [path[0], path[-1]]


@pytest.mark.slow
def test_a_removed_place_is_left_out_for_good(bench: Workshop, geography: Any, tmp_path: Path) -> None:
    assert bench.do(w.RemovePlace("Camel Corps base")) is None
    assert bench.warnings() == ()
    made = remade(bench, geography, tmp_path)
    assert b"Camel Corps base" not in made["map.yaml"]


def test_what_no_recipe_holds_is_told(bench: Workshop) -> None:
    before = snapshot(bench)
    assert bench.do(w.AddPlace("Well", desert(bench), "village")) is None
    assert set(changed_lines(before, snapshot(bench))) == {"map.yaml"}
    assert bench.warnings() == ("the place Well: no recipe can hold this, the next make-map undoes it",)
    bench.undo()
    assert bench.warnings() == ()


def test_a_made_map_is_changed_with_a_reason_only(bench: Workshop) -> None:
    bench.reason = " "
    assert "say why" in (bench.do(w.PaintTerrain((desert(bench),), "hills")) or "")
    assert not bench.can_undo
    bench.reason = 'the "old" survey: 1:50000'
    assert bench.do(w.PaintTerrain((desert(bench),), "hills")) is None
    assert bench.problems() == ()


def test_a_map_drawn_by_hand_needs_none(tmp_path: Path) -> None:
    bench = Workshop.open(copied("tutorial", tmp_path))
    bench.reason = ""
    assert not bench.made_map
    assert bench.do(w.PaintTerrain((0,), "hills")) is None and bench.warnings() == ()


def test_names_that_the_geography_lacks_stay_out_of_the_recipe(tmp_path: Path) -> None:
    bench = Workshop.open(copied(SCENARIO, tmp_path / "scenarios"))
    recipe = bench.data("map_corrections.yaml")
    geodata = tmp_path / "assets" / "geodata"
    geodata.mkdir(parents=True)
    (geodata / "gazetteer.csv").write_text("name,kind,lat,lon\nAyyash,village,35.4,40.0\n", encoding="utf-8")
    assert bench.do(w.MovePlace("Shula", desert(bench))) is None
    assert bench.do(w.ChangePlace("Shula", "size", 0)) is None
    assert bench.data("map_corrections.yaml") == recipe and len(bench.warnings()) == 2
    assert bench.do(w.ChangePlace("Ayyash", "size", 3)) is None
    assert bench.data("map_corrections.yaml") != recipe and len(bench.warnings()) == 2


def test_bridges_that_make_map_adds_to_roads_have_no_line_in_a_recipe() -> None:
    bench = Workshop.open("race_for_deir_ezzor")
    recipe = bench.data("map_corrections.yaml")
    assert bench.do(w.ChangeCrossing("Shaddadi road bridge", "state", "blown")) is None
    assert bench.data("map_corrections.yaml") == recipe and len(bench.warnings()) == 1
