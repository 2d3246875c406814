"""Curves: chains of hexsides, smooth rivers, junctions of roads."""

from __future__ import annotations

from itertools import pairwise
from math import hypot

import pytest

from game.hexgrid import grid
from game.ui.camera import side_ends
from game.ui.kit.theme import Theme
from game.ui.mapview.curves import dashes, evened, join, length, meandered, rounded, side_chains
from game.ui.mapview.picture import MapPicture
from game.ui.mapview.plate import strokes
from game.ui.mapview.roads import Roads, _junctions, _leg


def test_a_path_of_sides_becomes_one_chain() -> None:
    sides = grid(9, 9)
    path = [sides.side(label) for label in ("0404/NE", "0404/SE", "0404/N")]
    chains = side_chains(9, path)
    assert len(chains) == 1
    assert length(chains[0]) == pytest.approx(3 * 0.57735, abs=0.01)


def test_chains_end_where_three_sides_meet() -> None:
    assert sorted(len(chain) for chain in join([(1, 2), (2, 3), (3, 4), (3, 5)])) == [2, 2, 3]


def test_a_loop_is_one_closed_chain() -> None:
    (chain,) = join([(1, 2), (2, 3), (3, 1)])
    assert chain[0] == chain[-1]
    assert len(chain) == 4


def test_a_river_passes_near_the_middle_of_each_of_its_sides(small_map: MapPicture) -> None:
    sides = small_map.rivers[0].sides
    (chain,) = side_chains(12, sides)
    course = meandered(rounded(chain), 0.055, 1.4)
    for side in sides[2:-2]:
        (ax, ay), (bx, by) = side_ends(12, side)
        assert min(hypot(x - (ax + bx) / 2, y - (ay + by) / 2) for x, y in course) < 0.12


def test_dashes_cover_their_share_of_a_line() -> None:
    line = rounded([(0.0, 0.0), (5.0, 0.0), (5.0, 5.0)])
    drawn = sum(length(dash) for dash in dashes(line, 0.3, 0.1))
    assert drawn == pytest.approx(0.75 * length(line), rel=0.05)


def test_evening_out_keeps_points_apart_by_its_step() -> None:
    calm = evened(rounded([(0.0, 0.0), (1.0, 1.0), (2.0, 0.0), (3.0, 1.0), (4.0, 0.0)]), 0.8, 0.05)
    assert all(hypot(b[0] - a[0], b[1] - a[1]) <= 0.0501 for a, b in pairwise(calm))


def test_strokes_share_their_ends_and_directions() -> None:
    parts = strokes(rounded([(0.0, 0.0), (3.0, 0.0), (3.0, 3.0), (6.0, 3.0)]), 5)
    for a, b in pairwise(parts):
        assert a.points[-1] == b.points[0]
        assert a.across[-1] == b.across[0]


def test_legs_of_a_road_meet_in_one_point() -> None:
    sides = grid(9, 9)
    a, b, c, d = (sides.hex(label) for label in ("0404", "0504", "0605", "0505"))
    assert all(sides.distance(b, other) == 1 for other in (a, c, d))
    legs = {(min(x, y), max(x, y)): rank for x, y, rank in ((a, b, 2), (b, c, 2), (b, d, 0))}
    junctions = _junctions(9, legs)
    assert set(junctions[b]) == {a, c}
    ends = set()
    for x, y in ((a, b), (b, c), (b, d)):
        line = _leg(9, min(x, y), max(x, y), junctions)[1]
        ends.add(line[0] if min(x, y) == b else line[-1])
    assert len({(round(x, 9), round(y, 9)) for x, y in ends}) == 1


def test_the_better_road_is_drawn_where_two_share_hexes(small_map: MapPicture, theme: Theme) -> None:
    roads = Roads(small_map, theme)
    assert len(roads._strokes["highway"]) == len(small_map.roads[0].path) - 1
