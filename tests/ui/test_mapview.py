"""The map window: what is drawn, what is drawn again, and that pieces fit together."""

from __future__ import annotations

from dataclasses import replace
from math import hypot

import pygame
import pytest

from game.hexgrid import grid
from game.ui.camera import Point, hex_centre
from game.ui.kit.fonts import Fonts
from game.ui.kit.symbols import load_symbols
from game.ui.kit.theme import Colour, Theme
from game.ui.mapview.arrows import Arrow, Fence, Ring
from game.ui.mapview.bloc_line import BlocLine
from game.ui.mapview.counters import CounterPainter
from game.ui.mapview.faces import ContactFace, Face, Stack, UnitFace
from game.ui.mapview.minimap import Minimap
from game.ui.mapview.names import Names
from game.ui.mapview.overlays import (
    HexStyle,
    control_overlay,
    heat_overlay,
    supply_overlay,
)
from game.ui.mapview.picture import DrawnCrossing, MapPicture
from game.ui.mapview.streams import CUT, FULL, Break, Stream
from game.ui.mapview.view import LIFTED, MapView

HERE = 52
GUARD = UnitFace("red", "infantry", "btn", 2, 3, 1, 4, 5, 6, "B", "cut", 1, "moved", "104")


@pytest.fixture(scope="module")
def printed_view(display: None, small_map: MapPicture, theme: Theme, fonts: Fonts) -> MapView:
    return MapView(small_map, theme, fonts, pygame.Rect(0, 0, 800, 600))


@pytest.fixture
def view(printed_view: MapView) -> MapView:
    """A view as it was at first; printing the ground once is enough."""
    printed_view.stacks, printed_view.crossings, printed_view.rings, printed_view.arrows = (), (), (), ()
    printed_view.highlight, printed_view.fences, printed_view.moving = {}, (), ()
    printed_view.streams, printed_view.bloc_lines, printed_view.breaks, printed_view.ghosts = (), (), (), ()
    printed_view.reach, printed_view.veil, printed_view.scars = None, None, ()
    printed_view.set_overlays()
    printed_view.set_grid(True)
    printed_view.camera = printed_view.camera.fitted()
    return printed_view


def picture(view: MapView, window: pygame.Surface) -> bytes:
    view.finish(window)
    assert not view.unfinished
    return pygame.image.tobytes(window, "RGB")


def test_the_same_map_always_looks_the_same(
    view: MapView, window: pygame.Surface, small_map: MapPicture, theme: Theme, fonts: Fonts
) -> None:
    other = MapView(small_map, theme, fonts, window.get_rect())
    assert picture(view, window) == picture(other, window)


def test_a_pan_there_and_back_shows_the_same_picture(view: MapView, window: pygame.Surface) -> None:
    view.camera = view.camera.zoomed(90, (400, 300)).centred_on(HERE)
    view.stacks = (Stack(HERE, (GUARD,)),)
    before = picture(view, window)
    home = view.camera
    view.camera = home.panned(37, -20)
    assert picture(view, window) != before
    view.camera = home
    assert picture(view, window) == before


def test_panning_moves_the_picture_to_the_pixel(view: MapView, window: pygame.Surface) -> None:
    view.camera = view.camera.zoomed(90, (400, 300)).centred_on(HERE)
    view.finish(window)
    before = window.copy()
    view.camera = view.camera.panned(31, 17)
    view.finish(window)
    assert window.get_at((300, 200)) == before.get_at((331, 217))
    assert window.get_at((500, 400)) == before.get_at((531, 417))


def test_what_a_drag_heads_for_is_printed_before_it_comes_into_sight(
    window: pygame.Surface, small_map: MapPicture, theme: Theme, fonts: Fonts
) -> None:
    """No frame of a slow drag shows a stand-in: a piece a frame is printed ahead, however little time there is."""
    view = MapView(small_map, theme, fonts, pygame.Rect(0, 0, 240, 200))
    view.camera = view.camera.zoomed(120, (120, 100)).centred_on(HERE)
    view.finish(window)
    for _ in range(70):
        view.camera = view.camera.panned(5, 0)
        view.draw(window, budget=1e-9)
        assert not view.unfinished


@pytest.mark.parametrize("what", ["ground", "streams", "bloc line"])
def test_a_pan_step_by_step_shows_what_is_drawn_anew(
    view: MapView, window: pygame.Surface, small_map: MapPicture, theme: Theme, fonts: Fonts, what: str
) -> None:
    sides = view.picture.rivers[0].sides
    looks = tuple((here, "black") for side in sides for here in grid(small_map.columns, small_map.rows).ends[side])
    things: dict[str, dict[str, object]] = {
        "ground": {},
        "streams": {"streams": (Stream((HERE, HERE + 1, HERE + 2), FULL, 2), Stream((HERE, HERE - 1), CUT))},
        "bloc line": {"bloc_lines": (BlocLine(sides, looks, sides[:4]),)},
    }
    fresh = MapView(small_map, theme, fonts, window.get_rect())
    view.camera = view.camera.zoomed(90, (400, 300)).centred_on(HERE)
    for one in (view, fresh):
        one.stacks = (Stack(HERE, (GUARD,)),)
        for name, value in things[what].items():
            setattr(one, name, value)
    for dx, dy in ((0, 0), (150, 0), (40, 110), (-170, -60), (0, -130)):
        view.camera = view.camera.panned(dx, dy)
        view.finish(window)
    stepwise = pygame.image.tobytes(window, "RGB")
    fresh.camera = view.camera
    apart = max(abs(one - other) for one, other in zip(picture(fresh, window), stepwise, strict=True))
    assert apart <= 2  # smooth lines are placed by fractions of pixels, counted from another corner


@pytest.mark.parametrize("what", ["stacks", "crossings", "rings", "arrows", "highlight", "fences", "moving"])
def test_each_new_thing_shows_at_once(view: MapView, window: pygame.Surface, theme: Theme, what: str) -> None:
    river = view.picture.rivers[0].sides
    things: dict[str, object] = {
        "stacks": (Stack(HERE, (GUARD, ContactFace("black", 2)), selected=True),),
        "crossings": tuple(
            DrawnCrossing(kind, side, kind, state)
            for side, kind, state in zip(
                river[2:],
                ("bridge", "bridge", "ferry", "pontoon", "dam"),
                ("open", "blown", "open", "planned", "open"),
                strict=False,
            )
        ),
        "rings": (Ring(HERE, theme.marks.selected), Ring(HERE + 1, theme.marks.objective, broken=True)),
        "arrows": (Arrow((HERE, HERE + 1, HERE + 2), theme.marks.path, "march"),),
        "fences": (Fence(river, theme.marks.objective),),
        "moving": ((GUARD, (3.3, 4.4)),),
        "highlight": heat_overlay({HERE: 3, HERE + 1: 2}, theme.marks.reach),
    }
    before = picture(view, window)
    setattr(view, what, things[what])
    view.draw(window)
    assert pygame.image.tobytes(window, "RGB") != before


def test_overlays_change_only_the_ground_they_lie_on(view: MapView, window: pygame.Surface, theme: Theme) -> None:
    view.finish(window)
    before = window.copy()
    view.set_overlays(supply_overlay({HERE: "cut"}, theme), heat_overlay({HERE: 4}, Colour(200, 0, 0)))
    view.finish(window)
    x, y = (round(v) for v in view.camera.hex_on_screen(HERE))
    fx, fy = (round(v) for v in view.camera.hex_on_screen(HERE + 4))
    assert window.get_at((x, y + 9)) != before.get_at((x, y + 9))
    assert window.get_at((fx, fy)) == before.get_at((fx, fy))
    view.set_overlays()
    view.finish(window)
    assert window.get_at((x, y + 9)) == before.get_at((x, y + 9))


def test_held_ground_is_told_by_pattern_as_well(theme: Theme) -> None:
    styles = control_overlay(["red", "yellow", "black", "blue", None], theme)
    assert set(styles) == {0, 1, 2, 3}
    assert len({style.pattern for style in styles.values()}) == 4


def test_a_style_without_its_text_is_its_area() -> None:
    assert HexStyle(pattern="dots", text="3").area == HexStyle(pattern="dots")


def test_a_zoom_glides_to_a_whole_level_and_then_rests(view: MapView, window: pygame.Surface) -> None:
    view.camera = view.camera.zoomed(95, (400, 300)).centred_on(HERE)
    view.finish(window)
    start = view.camera.zoom
    view.wheel(1, (420, 310))
    under = view.camera.to_map((420, 310))
    for _ in range(30):
        view.update(1 / 60)
        view.draw(window)
    assert not view.gliding
    assert view.camera.zoom > start
    assert view.camera.zoom == round(view.camera.zoom)
    assert view.camera.to_map((420, 310)) == pytest.approx(under, abs=0.1)


def test_the_grid_can_be_hidden(view: MapView, window: pygame.Surface) -> None:
    before = picture(view, window)
    view.set_grid(False)
    assert picture(view, window) != before


def test_resizing_draws_only_into_its_window(view: MapView, window: pygame.Surface) -> None:
    window.fill((1, 2, 3))
    view.resize(pygame.Rect(100, 50, 500, 400))
    view.finish(window)
    assert window.get_at((99, 200))[:3] == (1, 2, 3)
    assert window.get_at((350, 451))[:3] == (1, 2, 3)
    assert window.get_at((350, 250))[:3] != (1, 2, 3)
    view.resize(window.get_rect())


def test_names_do_not_cover_each_other(small_map: MapPicture, theme: Theme, fonts: Fonts) -> None:
    crowd = tuple(replace(small_map.places[1], name=f"Place {h}", hex=h, size=h % 4) for h in range(120))
    names = Names(replace(small_map, places=crowd), {}, theme, fonts)
    for zoom in (12, 20, 33, 50, 90):
        rects = [name.rect for name in names.placed(zoom)]
        assert rects
        assert all(rect.inflate(-4, -6).collidelist(rects[i + 1 :]) < 0 for i, rect in enumerate(rects))


FACES: tuple[Face, ...] = (
    GUARD,
    replace(GUARD, disrupted=0),
    replace(GUARD, steps=3),
    replace(GUARD, supply="stretched"),
    replace(GUARD, supply="cut_long"),
    replace(GUARD, entrenched=2),
    replace(GUARD, spent="acted"),
    replace(GUARD, look="yellow"),
    replace(GUARD, kind="armour"),
    ContactFace("black", 1),
    ContactFace("black", 3),
    ContactFace("black", 1, 2),
    ContactFace(None, 1),
)


@pytest.mark.parametrize("size", [24, 40, 64, 96])
def test_every_state_looks_different_at_every_size(theme: Theme, fonts: Fonts, size: int) -> None:
    painter = CounterPainter(theme, fonts, load_symbols())
    pictures = [pygame.image.tobytes(painter.paint(face, size), "RGBA") for face in FACES]
    assert len(set(pictures)) == len(FACES)


def test_the_minimap_leads_back_to_the_map(view: MapView, window: pygame.Surface, theme: Theme) -> None:
    small = Minimap(view.sheet, theme, (200, 160))
    small.set_situation(["red"] * grid(12, 10).size, (Stack(HERE, (GUARD,)),))
    small.draw(window, (20, 30), view.camera)
    x, y = hex_centre(12, HERE)
    scale = small.size[0] / view.sheet.extent[0]
    assert small.to_map((20 + x * scale, 30 + y * scale), (20, 30)) == pytest.approx((x, y), abs=0.1)


def test_the_words_of_a_break_stand_whole_in_the_window_wherever_it_is_panned(
    view: MapView, window: pygame.Surface
) -> None:
    """They are placed in the window itself, not in the larger picture that panning moves."""
    view.camera = view.camera.zoomed(90, (400, 300)).centred_on(HERE)
    view.breaks = (Break(HERE, -1, "Cut at 0505", ("by raiders", "3 units beyond without supply")),)
    red = tuple(view.theme.marks.cut)[:3]
    for dx, dy in ((0, 0), (0, 235), (340, -470), (-680, 0)):
        view.camera = view.camera.panned(dx, dy)
        view.finish(window)
        x, y = view.camera.hex_on_screen(HERE)
        if not view.camera.holds((x, y)):
            continue
        edge = [
            *(window.get_at((column, row))[:3] for column in range(800) for row in (0, 599)),
            *(window.get_at((column, row))[:3] for column in (0, 799) for row in range(600)),
        ]
        assert red not in edge
        inside = sum(window.get_at((column, row))[:3] == red for column in range(0, 800, 2) for row in range(0, 600, 2))
        assert inside > 40


def test_arrows_are_painted_once_a_level_and_only_where_they_may_be_seen(
    view: MapView, window: pygame.Surface, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the zoom glides their pictures are stretched: many arrows, as of the staff's plan, would stop the frame."""
    painted: list[Arrow] = []
    painter = view._arrow_painter
    paint = painter._paint

    def counted(arrow: Arrow, zoom: float) -> tuple[pygame.Surface, Point]:
        painted.append(arrow)
        return paint(arrow, zoom)

    monkeypatch.setattr(painter, "_paint", counted)
    red, far = view.theme.marks.bad, view.picture.columns * view.picture.rows - 1
    arrows = (Arrow((HERE, HERE + 1, HERE + 2), red), Arrow((far - 1, far), red))
    view.camera = view.camera.zoomed(200, (400, 300)).centred_on(HERE)
    painter.draw(window, view.camera, arrows)
    assert painted == [arrows[0]]
    for zoom in (197.5, 190.25, 181.5):
        painter.draw(window, replace(view.camera, zoom=zoom), arrows)
    assert len(painted) == 1
    painter.draw(window, replace(view.camera, zoom=180.0), arrows)
    assert len(painted) >= 2


def test_a_march_lets_counters_and_names_be_read_and_an_attack_leads_from_rim_to_rim(
    view: MapView, window: pygame.Surface, theme: Theme
) -> None:
    view.stacks = (Stack(HERE + 1, (GUARD,)),)
    view.camera = replace(view.camera, zoom=60.0).centred_on(HERE + 1)
    view.finish(window)
    before = window.copy()
    view.arrows = (Arrow((HERE, HERE + 1, HERE + 2), theme.marks.path),)
    view.draw(window, 60.0)
    x, y = (round(part) for part in view.camera.hex_on_screen(HERE + 1))
    spots = [(x + dx, y + dy) for dx in range(-18, 19) for dy in range(-18, 19)]
    changed = [sum(abs(a - b) for a, b in zip(window.get_at(spot), before.get_at(spot), strict=True)) for spot in spots]
    assert 0 < max(changed) <= 3 * 255 * (255 - LIFTED) // 255 + 9, "the counter is to be read through the line"
    attack = view._arrow_painter.course(Arrow((HERE, HERE + 1), theme.marks.bad, "attack"))
    for end, here in ((0, HERE), (-1, HERE + 1)):
        middle = hex_centre(view.picture.columns, here)
        assert 0.2 < hypot(attack[end][0] - middle[0], attack[end][1] - middle[1]) < 0.4


def test_names_lie_over_arrows(view: MapView, window: pygame.Surface, theme: Theme) -> None:
    view.camera = replace(view.camera, zoom=60.0)
    view.finish(window)
    name = next(one for one in view.names.prints if one.leader is None and one.word < 0)
    columns, rows = view.picture.columns, view.picture.rows
    x, y = name.rect.centerx / 60.0, name.rect.centery / 60.0
    here = min(range(columns * rows), key=lambda one: hypot(*(hex_centre(columns, one)[n] - (x, y)[n] for n in (0, 1))))
    view.camera = view.camera.centred_on(here)
    view.finish(window)
    ox, oy = view.camera.origin
    box = name.rect.move(view.camera.x - ox, view.camera.y - oy).inflate(-2, -2)

    def inked() -> int:
        spots = [(x, y) for x in range(box.left, box.right) for y in range(box.top, box.bottom)]
        return sum(
            max(abs(a - b) for a, b in zip(tuple(window.get_at(spot))[:3], tuple(name.colour)[:3], strict=True)) < 60
            for spot in spots
        )

    bare = inked()
    view.arrows = (Arrow((here, here + columns), theme.marks.path),)
    view.draw(window, 60.0)
    assert inked() >= bare * 9 // 10 > 0
