"""Hexes on the ground, lines on hexsides, cells in hexes."""

from __future__ import annotations

import math

import numpy as np
import pytest

from game.mapmaker.banks import chains
from game.mapmaker.lattice import Lattice
from game.mapmaker.polyline import Polyline
from game.mapmaker.raster import Cells, shares
from game.mapmaker.roads import RoadNet
from game.mapmaker.snapping import end_corner, snap
from game.mapmaker.sources import SourceLine

LATTICE = Lattice(12, 10, 1000, (20.0, 40.0), 40.0)


def test_a_hex_is_found_at_its_own_centre_and_neighbours_lie_one_hex_apart() -> None:
    for h in range(LATTICE.grid.size):
        x, y = LATTICE.hex_centre(h)
        assert LATTICE.hex_at((x + 100, y - 200)) == h
        for n in LATTICE.grid.near[h]:
            nx, ny = LATTICE.hex_centre(n)
            assert math.hypot(nx - x, ny - y) == pytest.approx(1000)


def test_the_hex_under_a_point_is_the_one_with_the_nearest_centre() -> None:
    centres = [LATTICE.hex_centre(h) for h in range(LATTICE.grid.size)]
    for i in range(200):
        at = (i * 37 % 8000 + 300.0, -(i * 53 % 8000) - 400.0)
        nearest = min(range(len(centres)), key=lambda h: math.dist(centres[h], at))
        assert LATTICE.hex_at(at) == nearest


def test_points_outside_are_off_the_map() -> None:
    assert LATTICE.hex_at((-5000.0, 0.0)) == -1
    assert LATTICE.hex_at((0.0, -50_000.0)) == -1


def test_sides_lie_between_their_hexes_and_corners_are_shared() -> None:
    for side in LATTICE.inner_sides:
        a, b = (LATTICE.hex_centre(h) for h in LATTICE.grid.ends[side])
        middle = LATTICE.side_middle(side)
        assert middle == pytest.approx(((a[0] + b[0]) / 2, (a[1] + b[1]) / 2))
    assert {len(near) for near in LATTICE.corners.values()} == {1, 3}
    assert sum(len(near) for near in LATTICE.corners.values()) == 2 * len(LATTICE.inner_sides)


def test_degrees_become_metres() -> None:
    x, y = LATTICE.metres((21.0, 41.0))
    assert y == pytest.approx(111_195, abs=5)
    assert x == pytest.approx(111_195 * math.cos(math.radians(40)), abs=5)


def test_cells_count_the_share_of_a_hex() -> None:
    cells = Cells.around(LATTICE)
    everything = cells.fill([[(-9e4, -9e4), (9e4, -9e4), (9e4, 9e4), (-9e4, 9e4)]])
    assert everything.all()
    x, _ = LATTICE.hex_centre(5)
    half = cells.fill([[(-9e4, -9e4), (x, -9e4), (x, 9e4), (-9e4, 9e4)]])
    share = shares(half, cells.hexes(LATTICE), LATTICE.grid.size)
    assert share[0] == 1.0 and share[11] == 0.0
    assert share[5] == pytest.approx(0.5, abs=0.06)
    hole = cells.fill(
        [[(-9e4, -9e4), (9e4, -9e4), (9e4, 9e4), (-9e4, 9e4)], [(-8e4, -8e4), (8e4, -8e4), (8e4, 8e4), (-8e4, 8e4)]]
    )
    assert not hole.any()


def test_a_snapped_line_is_one_chain_close_to_the_drawing() -> None:
    drawn = Polyline(tuple((x * 100.0, -4000 + 1500 * math.sin(x / 14)) for x in range(90)))
    start = end_corner(LATTICE, drawn.points[0], True, frozenset())
    end = end_corner(LATTICE, drawn.points[-1], True, frozenset())
    sides = snap(LATTICE, drawn, start, end)
    assert len(sides) == len(set(sides)) > 15
    assert chains(LATTICE, sides) in ([sides], [sides[::-1]])
    assert max(drawn.distance(LATTICE.side_middle(side)) for side in sides) < 700


def test_a_line_that_leaves_the_map_comes_back_as_two_runs() -> None:
    drawn = Polyline(((1000.0, -2000.0), (1000.0, 5000.0), (6000.0, 5000.0), (6000.0, -2000.0))).sampled(100)
    first, second = drawn.runs_on_map(LATTICE)
    assert (first.starts_cut, first.ends_cut) == (False, True)
    assert (second.starts_cut, second.ends_cut) == (True, False)
    assert all(LATTICE.hexes_at(*np.array(run.line.points).T).min() >= 0 for run in (first, second))


def test_a_road_that_leads_round_the_world_is_priced_by_the_points_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its samples lie a hundred metres apart: to measure every hex against all of them took half a minute."""
    asked: list[int] = []
    distance = Polyline.distance

    def noted(line: Polyline, at: tuple[float, float]) -> float:
        asked.append(len(line.points))
        return distance(line, at)

    monkeypatch.setattr(Polyline, "distance", noted)
    x, y = LATTICE.hex_centre(LATTICE.grid.hex("0103"))
    degree = 111_195 * math.cos(math.radians(40))
    points = ((20 + x / degree, 40 + y / 111_195), (20.04, 39.97), (170.0, 39.97))
    road = SourceLine("Far road", "road", points)
    [path] = RoadNet(LATTICE, [True] * LATTICE.grid.size, set(), set(), set(), {}).lay(road, {})
    assert path[0] == LATTICE.grid.hex("0103") and len(path) > 4 and set(asked) == {3}
