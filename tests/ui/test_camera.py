"""The camera: pixels to hexes and back, zoom that keeps the point under the cursor, limits."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.hexgrid import grid
from game.ui.camera import CLOSEST, MARGIN, Camera, hex_centre, map_extent, side_ends

WIDE = Camera(54, 48, 0, 0, 1280, 720, 40.0)


def test_every_hex_is_found_at_its_middle() -> None:
    camera = WIDE.fitted()
    assert [camera.hex_at(camera.hex_on_screen(h)) for h in range(54 * 48)] == list(range(54 * 48))


def test_odd_labelled_columns_sit_half_a_hex_lower() -> None:
    assert hex_centre(54, 0)[1] - hex_centre(54, 1)[1] == pytest.approx(0.5)


def test_neighbours_lie_one_unit_away_in_their_direction() -> None:
    sides = grid(9, 9)
    for h in range(81):
        x, y = hex_centre(9, h)
        for d, other in enumerate(sides.neighbours[h]):
            if other >= 0:
                ox, oy = hex_centre(9, other)
                assert (ox - x) ** 2 + (oy - y) ** 2 == pytest.approx(1.0)
                (ax, ay), (bx, by) = side_ends(9, sides.sides[h][d])
                assert ((ax + bx) / 2, (ay + by) / 2) == pytest.approx(((x + ox) / 2, (y + oy) / 2))


@settings(deadline=None)  # a busy machine is no fault of the camera
@given(zoom=st.floats(60, 127), to=st.floats(60, 127), x=st.floats(300, 900), y=st.floats(200, 500))
def test_zooming_keeps_the_point_under_the_cursor(zoom: float, to: float, x: float, y: float) -> None:
    camera = WIDE.zoomed(zoom, (0, 0)).centred(hex_centre(54, 24 * 54 + 27))
    before = camera.to_map((x, y))
    after = camera.zoomed(to, (x, y)).to_map((x, y))
    assert after == pytest.approx(before, abs=1.5 / min(zoom, to) + 1e-6)


@given(dx=st.floats(-1e5, 1e5), dy=st.floats(-1e5, 1e5), zoom=st.floats(1, 500))
def test_no_move_leaves_the_map(dx: float, dy: float, zoom: float) -> None:
    camera = WIDE.zoomed(zoom, (640, 360)).panned(dx, dy)
    wide, tall = map_extent(54, 48)
    left, top, span, drop = camera.seen
    assert WIDE.fit_zoom <= camera.zoom <= CLOSEST
    assert (left >= -MARGIN - 1e-6 and left + span <= wide + MARGIN + 1e-6) or span >= wide
    assert (top >= -MARGIN - 1e-6 and top + drop <= tall + MARGIN + 1e-6) or drop >= tall


def test_wheel_steps_reach_both_ends_and_are_whole() -> None:
    camera, seen = WIDE.fitted(), []
    while camera.stepped(1) > camera.zoom:
        camera = camera.zoomed(camera.stepped(1), (600, 300))
        seen.append(camera.zoom)
    assert seen[-1] == CLOSEST
    assert all(zoom == round(zoom) for zoom in seen)
    while camera.stepped(-1) < camera.zoom:
        camera = camera.zoomed(camera.stepped(-1), (600, 300))
    assert camera.zoom == camera.fit_zoom


def test_fitting_hexes_shows_them_all() -> None:
    hexes = (10 * 54 + 10, 20 * 54 + 25)
    camera = WIDE.fitted(hexes)
    assert all(camera.holds(camera.hex_on_screen(h)) for h in hexes)


def test_the_nearest_side_is_found_and_none_on_the_rim() -> None:
    sides = grid(54, 48)
    camera = WIDE.centred_on(24 * 54 + 27)
    side = sides.side("2825/NE")
    (ax, ay), (bx, by) = side_ends(54, side)
    assert camera.side_at(camera.to_screen(((ax + bx) / 2, (ay + by) / 2))) == side
    corner = WIDE.zoomed(64, (0, 0)).centred((0.0, 0.0))
    assert corner.side_at(corner.to_screen((hex_centre(54, 0)[0], 0.55))) == -1
    assert corner.hex_at(corner.to_screen((-0.5, -0.5))) == -1


def test_resizing_keeps_the_middle() -> None:
    camera = WIDE.zoomed(64, (0, 0)).centred_on(24 * 54 + 27)
    smaller = camera.resized(100, 50, 800, 600)
    assert smaller.hex_at((500, 350)) == 24 * 54 + 27
