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

from .workshop import changed_lines, copied, snapshot

SCENARIO = "breaking_the_siege"
KINDS = common_rules().terrain.kinds
MADE = ("map.txt", "map.yaml", "crossings.yaml")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    return Workshop.open(copied(SCENARIO, tmp_path_factory.mktemp("made")))


@pytest.fixture
def workshop(kept: Workshop) -> Iterator[Workshop]:
    kept.reason = "seen on the ground"
    yield kept
    while kept.undo() is not None:
        pass


@pytest.fixture(scope="module")
def geography() -> Any:
    return geography_for(read_recipe(scenario_folder(SCENARIO) / "map_corrections.yaml"), KINDS)


def remade(workshop: Workshop, geography: Any, tmp_path: Path) -> dict[str, bytes]:
    """What make-map makes of the recipe as it stands in the workshop."""
    path = tmp_path / "map_corrections.yaml"
    path.write_bytes(workshop.data("map_corrections.yaml") or b"")
    recipe = replace(read_recipe(path), data=Path())
    files = scenario_files(make_map(geography, recipe, KINDS), path.name, scenario_folder(SCENARIO))
    return {name: text.encode() for name, text in files.items()}


def here(workshop: Workshop, label: str) -> int:
    assert workshop.grid is not None
    return workshop.grid.hex(label)


def desert(workshop: Workshop) -> int:
    """A desert hex without anything in it, far from cliffs and roads."""
    world = workshop.world()
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
def test_what_the_recipe_holds_is_made_again_byte_for_byte(workshop: Workshop, geography: Any, tmp_path: Path) -> None:
    assert workshop.made_map
    empty = desert(workshop)
    edits = [
        w.PaintTerrain((empty,), "hills"),
        w.PaintTerrain((empty,), "rough"),
        w.ChangeCrossing("Siyasiyah Bridge", "state", "open"),
        w.ChangeCrossing("Suspension Bridge", "kind", "ferry"),
        w.ChangePlace("Ayyash", "population", 6),
        w.ChangePlace("Ayyash", "size", 2),
        w.ChangeExit("Palmyra road", "from", "Palmyra"),
    ]
    assert [workshop.do(edit) for edit in edits] == [None] * len(edits)
    assert workshop.warnings() == () and workshop.problems() == ()
    recipe = workshop.text("map_corrections.yaml")
    label = workshop.grid.label(empty) if workshop.grid else ""
    assert recipe.count(f"hex: {label}, to: rough, why: seen on the ground") == 1
    assert "to: hills, why: seen" not in recipe
    assert {name: workshop.data(name) for name in MADE} == remade(workshop, geography, tmp_path)


@pytest.mark.slow
def test_a_moved_place_and_a_longer_road_are_made_again(workshop: Workshop, geography: Any, tmp_path: Path) -> None:
    chart = workshop.definition("map.yaml", MapFile)
    assert chart is not None and workshop.grid is not None
    names = [road.name for road in chart.roads]
    road = next(r for r in chart.roads if names.count(r.name) == 1 and len(r.path) > 6)
    end = here(workshop, road.path[-1])
    beyond = next(h for h in workshop.grid.near[end] if workshop.grid.label(h) not in road.path)
    assert workshop.do(w.DrawRoad(road.name, road.kind, (end, beyond))) is None
    assert workshop.warnings() == ()
    made = remade(workshop, geography, tmp_path)
    assert f"{workshop.grid.label(beyond)}]" in made["map.yaml"].decode()
    workshop.undo()
    place = next(p for p in chart.places if p.kind == "hill")
    assert workshop.do(w.MovePlace(place.name, workshop.grid.near[here(workshop, place.hex)][0])) is None
    assert workshop.warnings() == ()
    made = remade(workshop, geography, tmp_path)
    line = next(
        line for line in workshop.text("map.yaml").splitlines() if line.startswith(f"  - {{name: {place.name},")
    )
    assert line in made["map.yaml"].decode()


@pytest.mark.slow
def test_a_new_road_is_added_to_the_recipe(workshop: Workshop, geography: Any, tmp_path: Path) -> None:
    empty = desert(workshop)
    assert workshop.grid is not None
    path = workshop.grid.line(
        empty, next(h for h in workshop.grid.disk(empty, 2) if workshop.grid.distance(h, empty) == 2)
    )
    assert workshop.do(w.DrawRoad("Patrol: north", "track", path)) is None
    assert workshop.warnings() == ()
    made = remade(workshop, geography, tmp_path)
    labels = ", ".join(workshop.grid.label(h) for h in path)
    assert f'  - name: "Patrol: north"\n    kind: track\n    path: [{labels}]\n' in made["map.yaml"].decode()
    recipe = read_recipe(tmp_path / "map_corrections.yaml")
    (added,) = [road for road in recipe.add_roads if road.name == "Patrol: north"]
    chart = workshop.definition("map.yaml", MapFile)
    assert chart is not None and chart.georeference is not None
    origin = (chart.georeference.longitude / 1e5, chart.georeference.latitude / 1e5)
    lattice = Lattice(recipe.columns, recipe.rows, recipe.hex_metres, origin, recipe.reference_latitude)
    here = [lattice.hexes_at(*(np.array([x]) for x in lattice.metres(point)))[0] for point in added.points]
    assert here == [path[0], path[-1]]


@pytest.mark.slow
def test_a_removed_place_is_left_out_for_good(workshop: Workshop, geography: Any, tmp_path: Path) -> None:
    assert workshop.do(w.RemovePlace("Camel Corps base")) is None
    assert workshop.warnings() == ()
    made = remade(workshop, geography, tmp_path)
    assert b"Camel Corps base" not in made["map.yaml"]


def test_what_no_recipe_holds_is_told(workshop: Workshop) -> None:
    before = snapshot(workshop)
    assert workshop.do(w.AddPlace("Well", desert(workshop), "village")) is None
    assert set(changed_lines(before, snapshot(workshop))) == {"map.yaml"}
    assert workshop.warnings() == ("the place Well: no recipe can hold this, the next make-map undoes it",)
    workshop.undo()
    assert workshop.warnings() == ()


def test_a_made_map_is_changed_with_a_reason_only(workshop: Workshop) -> None:
    workshop.reason = " "
    assert "say why" in (workshop.do(w.PaintTerrain((desert(workshop),), "hills")) or "")
    assert not workshop.can_undo
    workshop.reason = 'the "old" survey: 1:50000'
    assert workshop.do(w.PaintTerrain((desert(workshop),), "hills")) is None
    assert workshop.problems() == ()


def test_a_map_drawn_by_hand_needs_none(tmp_path: Path) -> None:
    workshop = Workshop.open(copied("tutorial", tmp_path))
    workshop.reason = ""
    assert not workshop.made_map
    assert workshop.do(w.PaintTerrain((0,), "hills")) is None and workshop.warnings() == ()


def test_names_that_the_geography_lacks_stay_out_of_the_recipe(tmp_path: Path) -> None:
    workshop = Workshop.open(copied(SCENARIO, tmp_path / "scenarios"))
    recipe = workshop.data("map_corrections.yaml")
    geodata = tmp_path / "assets" / "geodata"
    geodata.mkdir(parents=True)
    (geodata / "gazetteer.csv").write_text("name,kind,lat,lon\nAyyash,village,35.4,40.0\n", encoding="utf-8")
    assert workshop.do(w.MovePlace("Shula", desert(workshop))) is None
    assert workshop.do(w.ChangePlace("Shula", "size", 0)) is None
    assert workshop.data("map_corrections.yaml") == recipe and len(workshop.warnings()) == 2
    assert workshop.do(w.ChangePlace("Ayyash", "size", 3)) is None
    assert workshop.data("map_corrections.yaml") != recipe and len(workshop.warnings()) == 2


def test_bridges_that_make_map_adds_to_roads_have_no_line_in_a_recipe() -> None:
    workshop = Workshop.open("race_for_deir_ezzor")
    recipe = workshop.data("map_corrections.yaml")
    assert workshop.do(w.ChangeCrossing("Shaddadi road bridge", "state", "blown")) is None
    assert workshop.data("map_corrections.yaml") == recipe and len(workshop.warnings()) == 1
