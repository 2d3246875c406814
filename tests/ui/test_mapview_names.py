"""Place names stand clear of counters, crossings and each other at every zoom, and the important ones always show."""

from __future__ import annotations

from dataclasses import replace
from math import hypot

import pygame
import pytest

from game import engine
from game.hexgrid import grid
from game.state.tables import State
from game.ui import worldview
from game.ui.camera import Camera
from game.ui.mapview.names import CLOSE, Print
from game.ui.mapview.overlays import HexStyle
from game.ui.mapview.view import MapView
from game.ui.mapview.window_names import WindowNames
from game.ui.offscreen.picture import Wanted, lay
from game.ui.table.tags import Tag, text_box
from game.ui.window import make_desk
from tests.worlds import world_of

ZOOMS = (24, 46, 62, 96, 128)


@pytest.fixture(scope="module")
def campaign() -> State:
    return engine.start(world_of("race_for_deir_ezzor"), 1)


@pytest.fixture(scope="module")
def view(display: None, campaign: State) -> MapView:
    desk = make_desk((1280, 720))
    made = MapView(worldview.map_picture(campaign.world), desk.theme, desk.fonts, pygame.Rect(0, 0, 400, 300))
    made.stacks = worldview.stacks(campaign, 0)
    made.crossings = worldview.crossings(campaign)
    return made


def placed(view: MapView, zoom: int) -> tuple[list[Print], list[pygame.Rect]]:
    view.place_names(float(zoom))
    counters = view.counters.boxes(view.picture.columns, zoom, view.stacks)
    return list(view.names.prints), [*counters, *view._crossing_painter.boxes(zoom, view.crossings)]


@pytest.mark.parametrize("zoom", ZOOMS)
def test_no_name_is_hidden_or_cut(view: MapView, zoom: int) -> None:
    names, covered = placed(view, zoom)
    wide, tall = view.sheet.extent
    paper = pygame.Rect(0, 0, int(wide * zoom), int(tall * zoom))
    for number, name in enumerate(names):
        if len(name.text) == 1:
            continue  # a letter of a river's name
        assert name.rect.collidelist(covered) < 0, f"{name.text} is hidden"
        assert paper.contains(name.rect), f"{name.text} is cut"
        others = [one.rect for one in names[:number] if len(one.text) > 1]
        assert name.rect.inflate(-4, -4).collidelist(others) < 0, f"{name.text} lies on another name"


@pytest.mark.parametrize("zoom", ZOOMS)
def test_names_keep_clear_of_the_flags_of_history(view: MapView, campaign: State, zoom: int) -> None:
    """With the overlay of history on, a name gives way to the flag at its hex, as it does to a counter."""
    view.ghosts = worldview.ghosts(campaign, "2017-10-20")
    try:
        names, _ = placed(view, zoom)
        flags = view.ghost_painter.boxes(view.picture.columns, zoom, view.ghosts)
    finally:
        view.ghosts = ()
    assert len(flags) > 20
    struck = [one.text for one in names if len(one.text) > 1 and one.rect.collidelist(flags) >= 0]
    assert struck == []
    assert {"DEIR EZ-ZOR", "MAYADIN"} <= {one.text for one in names}


@pytest.mark.parametrize("zoom", ZOOMS)
def test_the_thirty_most_important_names_always_show(view: MapView, zoom: int) -> None:
    names = {name.text.casefold() for name in placed(view, zoom)[0]}
    first = sorted(view.picture.places, key=lambda place: (-place.size, place.hex))[:30]
    assert [place.name for place in first if place.name.casefold() not in names] == []


@pytest.mark.parametrize("zoom", ZOOMS)
def test_a_hex_has_one_small_name_at_most_and_villages_keep_theirs_near(view: MapView, zoom: int) -> None:
    small = {place.name: place for place in view.picture.places if place.size <= 1}
    shown = [small[name.text] for name in placed(view, zoom)[0] if name.text in small]
    hexes = [place.hex for place in shown]
    assert len(hexes) == len(set(hexes))
    assert len(hexes) > 20 or zoom < 40
    for name in placed(view, zoom)[0]:
        if name.leader is not None and name.text in small and small[name.text].size == 0:
            (ax, ay), (bx, by) = name.leader
            assert hypot(bx - ax, by - ay) <= 1.6 * zoom


@pytest.mark.parametrize("zoom", [9, 12, 15, 18, *ZOOMS])
def test_no_city_goes_without_its_name_from_however_far(view: MapView, zoom: int) -> None:
    names = {name.text for name in placed(view, zoom)[0]}
    cities = [place.name.upper() for place in view.picture.places if place.size >= 3]
    assert len(cities) > 3
    assert [name for name in cities if name not in names] == []


def test_a_name_moves_when_a_counter_comes_to_stand_on_it(view: MapView, campaign: State) -> None:
    stacks = view.stacks
    view.stacks = ()
    before, _ = placed(view, 62)
    view.stacks = stacks
    after, _ = placed(view, 62)
    where = {name.text: name.rect.topleft for name in before if len(name.text) > 1}
    assert any(where.get(name.text) not in (None, name.rect.topleft) for name in after if len(name.text) > 1)
    assert any(name.leader is not None for name in after)


@pytest.mark.parametrize("name", ["objectives", "chokes"])
def test_names_keep_clear_of_the_numbers_of_an_overlay_and_of_the_emblems_of_the_line(
    view: MapView, campaign: State, name: str
) -> None:
    stacks, lines = view.stacks, view.bloc_lines
    lay(view, campaign, Wanted(overlays=((name, campaign.world.sequence[0]), ("line", -1))), view.theme)
    try:
        taken = frozenset(stack.hex for stack in view.stacks)
        tags = view._badge_painter.boxes(46, view._badges, taken)
        emblems = view._bloc_line_painter.boxes(46, view.bloc_lines, taken)
        view.place_names(46.0)
        written = [one.rect for one in view.names.prints if not one.slant]
        assert tags and emblems and len(written) > 30
        assert not [box for box in written if box.inflate(-2, -2).collidelist(tags + emblems) >= 0]
    finally:
        view.set_overlays()
        view.stacks, view.bloc_lines, view.rings = stacks, lines, ()


def test_the_number_of_a_hex_shows_over_the_counter_in_it(view: MapView, campaign: State) -> None:
    here = view.stacks[0].hex
    board = pygame.Surface((400, 300))
    view.camera = replace(view.camera, x=0, y=0, width=400, height=300, zoom=60.0).centred_on(here)
    pictures = []
    for text in ("3", "8"):
        view.set_overlays({here: HexStyle(text=text)})
        view.finish(board)
        pictures.append(pygame.image.tobytes(board, "RGB"))
    view.set_overlays()
    assert pictures[0] != pictures[1]


@pytest.mark.parametrize("zoom", ZOOMS)
def test_no_tag_of_odds_or_turns_hides_a_name(view: MapView, zoom: int) -> None:
    """A tag may come up at any hex; names do not move for it, it finds a spot beside them."""
    desk = make_desk((1280, 720))
    placed(view, zoom)
    missing, columns = [], view.picture.columns
    for here in {place.hex for place in view.picture.places}:
        camera = Camera(columns, view.picture.rows, 0, 0, 600, 500, float(zoom)).centred_on(here)
        names = view.names.boxes(camera)
        for there in {here, *grid(columns, view.picture.rows).near[here]}:
            box = text_box(desk, camera, Tag(there, "3:1", desk.theme.marks.good), names)
            if box is None:
                missing.append(there)
            else:
                assert box.collidelist(names) < 0, there
    assert not missing or (zoom < CLOSE and len(missing) < 30)


def test_a_tag_keeps_clear_of_counters_where_there_is_room_and_shows_on_one_where_there_is_none() -> None:
    desk, camera = make_desk((1280, 720)), Camera(12, 10, 0, 0, 600, 500, 60.0)
    tag = Tag(40, "3:1", desk.theme.marks.good)
    first = text_box(desk, camera, tag, [])
    assert first is not None
    beside = text_box(desk, camera, tag, [], [first])
    assert beside is not None and not beside.colliderect(first)
    everywhere = pygame.Rect(0, 0, 600, 500)
    assert text_box(desk, camera, tag, [first], [everywhere]) == beside
    assert text_box(desk, camera, tag, [everywhere]) is None


def test_names_drawn_again_are_those_of_the_present_window(view: MapView) -> None:
    """What was drawn last is drawn again at once, and anew when the window, a lid over it or the zoom has changed."""
    here = next(place.hex for place in view.picture.places if place.name == "Mayadin")
    near = Camera(view.picture.columns, view.picture.rows, 10, 20, 500, 400, 62.0).centred_on(here)
    further = replace(near, left=near.left + 2)
    lid = pygame.Rect(200, 150, 120, 90)
    for camera, lids, part in (
        (near, (), None), (near, (), None), (near, (lid,), None), (near, (lid,), lid), (further, (lid,), None),
        (replace(near, zoom=46.0), (lid,), None), (near, (), None),
    ):  # fmt: skip
        covered = placed(view, round(camera.zoom))[1]
        view.names.place(camera.zoom, covered)
        fresh = WindowNames(view.sheet)
        fresh.place(camera.zoom, covered)
        shots = [pygame.Surface((520, 430)) for _ in range(2)]
        view.names.draw_uncut(shots[0], camera, lids, part)
        fresh.draw_uncut(shots[1], camera, lids, part)
        first, again = (pygame.image.tobytes(shot, "RGB") for shot in shots)
        assert first == again and (any(first) or part is not None)
