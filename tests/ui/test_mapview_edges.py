"""No word of the map is cut: not by the window's edge, wherever one looks from, and not by a panel over the map."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

import pygame
import pytest

from game import engine
from game.state.tables import State
from game.ui import worldview
from game.ui.kit.fonts import Fonts
from game.ui.kit.still import StillShown
from game.ui.mapview.names import Print
from game.ui.mapview.view import MapView
from game.ui.window import make_desk
from tests.worlds import world_of

SIZE = (640, 420)
WINDOW = pygame.Rect(30, 20, 500, 330)
LID = pygame.Rect(40, 26, 300, 60)
ZOOMS = (16, 24, 46, 62, 96, 128)


@pytest.fixture(scope="module")
def campaign() -> State:
    return engine.start(world_of("race_for_deir_ezzor"), 1)


def made(campaign: State) -> MapView:
    desk = make_desk((1280, 720))
    view = MapView(worldview.map_picture(campaign.world), desk.theme, desk.fonts, WINDOW)
    view.stacks, view.crossings = worldview.stacks(campaign, 0), worldview.crossings(campaign)
    return view


@pytest.fixture(scope="module")
def view(display: None, campaign: State) -> MapView:
    return made(campaign)


@pytest.fixture(scope="module")
def nameless(display: None, campaign: State) -> Iterator[MapView]:
    """The same map on which no name is printed."""
    view = made(campaign)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(view.sheet, "names", lambda zoom, covered=(): ())
        yield view


def at_random(view: MapView, dice: random.Random, zoom: int) -> None:
    wide, tall = view.sheet.extent
    camera = view.camera.zoomed(float(zoom), (0, 0))
    view.camera = camera.centred((dice.uniform(0, wide), dice.uniform(0, tall)))


def pixels(picture: pygame.Surface, box: pygame.Rect) -> bytes:
    return pygame.image.tobytes(picture.subsurface(box), "RGB")


def in_window(view: MapView, name: Print) -> pygame.Rect:
    ox, oy = view.camera.origin
    return name.rect.move(view.camera.x - ox, view.camera.y - oy)


def cut_ones(view: MapView, lids: tuple[pygame.Rect, ...]) -> list[pygame.Rect]:
    """Where printed names cross the window's edge or that of a lid."""
    found = []
    for name in view.names.prints:
        box = in_window(view, name)
        seen = box.colliderect(WINDOW) and not WINDOW.contains(box)
        if seen or any(box.colliderect(lid) and not lid.contains(box) for lid in lids):
            found.append(box.clip(WINDOW))
    return found


def moved_ones(view: MapView, monkeypatch: pytest.MonkeyPatch, screen: pygame.Surface) -> list[pygame.Rect]:
    """Where names are drawn in a frame over the printed ones: those that were moved in."""
    drawn: list[Print] = []
    draw = Print.draw

    def noted(one: Print, out: pygame.Surface, left: int, top: int, fonts: Fonts, at: pygame.Rect) -> object:
        drawn.append(replace(one, rect=at))
        return draw(one, out, left, top, fonts, at)

    with monkeypatch.context() as patch:
        patch.setattr(Print, "draw", noted)
        view.draw(screen)
    return [in_window(view, one) for one in drawn]


@pytest.mark.slow
@pytest.mark.parametrize("zoom", ZOOMS)
def test_no_word_is_cut_wherever_one_looks_from(
    view: MapView, nameless: MapView, monkeypatch: pytest.MonkeyPatch, zoom: int
) -> None:
    dice, screen, bare = random.Random(zoom), pygame.Surface(SIZE), pygame.Surface(SIZE)
    met = 0
    for number in range(18):
        at_random(view, dice, zoom)
        nameless.camera = view.camera
        view.lids = (LID,) if number % 2 else ()
        view.finish(screen)
        nameless.finish(bare)
        cut = cut_ones(view, view.lids)
        moved = moved_ones(view, monkeypatch, screen)
        for one in moved:
            assert WINDOW.contains(one) and one.collidelist(view.lids) < 0
        for box in cut:
            if box.collidelist([one.inflate(6, 6) for one in moved]) >= 0:
                continue
            met += 1
            inner = box.inflate(-6, -6) if box.width > 8 and box.height > 8 else box
            assert pixels(screen, inner) == pixels(bare, inner), box
    view.lids = ()
    assert met > (3 if zoom < 100 else 0)


@pytest.mark.slow
def test_names_stay_whole_while_the_map_is_dragged(view: MapView, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the screen keeps of the frame before shows no word that has come to the edge meanwhile."""
    dice, screen, anew = random.Random(5), pygame.Surface(SIZE), pygame.Surface(SIZE)
    still = StillShown()
    at_random(view, dice, 62)
    view.finish(screen)
    for _ in range(120):
        view.camera = view.camera.panned(dice.choice((-17, -5, 3, 11)), dice.choice((-9, 0, 4, 13)))
        still.time_passes()
        still.begin(screen)
        view.draw(screen, still=still)
        if view.unfinished:
            view.finish(screen)
            still.forget()
            continue
        view.draw(anew)
        assert pixels(screen, WINDOW) == pixels(anew, WINDOW)


def test_a_name_at_the_edge_moves_in_where_it_finds_room(view: MapView) -> None:
    """A few pixels over the edge are no reason to leave a name out; it moves clear of counters and other names."""
    view.place_names(62.0)
    names, found = view.names.whole, 0
    tried = [word for word in names.words if word.names[0].word < 0 and word.names[0].leader is None]
    for word in tried:
        window = pygame.Rect(0, 0, 500, 330)
        window.midleft = word.box.left + 9, word.box.centery
        assert word in names.cut(window)
        rect = names.moved(word, window, (), 62.0)
        if rect is not None:
            found += 1
            assert window.contains(rect)
            others = [one.rect for one in view.names.prints if one is not word.names[0]]
            assert rect.inflate(2, -2).collidelist([*others, *names._covered]) < 0
    assert 2 * found > len(tried) > 40


def test_a_river_is_named_by_whole_words_alone(view: MapView) -> None:
    view.place_names(62.0)
    names = view.names.whole
    rivers = [word for word in names.words if word.names[0].word >= 0]
    assert {"".join(letter.text for letter in word.names) for word in rivers} <= {"Euphrates", "Khabur", "Balikh"}
    assert sum(len(word.names) for word in rivers) == sum(one.word >= 0 for one in view.names.prints) > 20
    for word in rivers:
        half = pygame.Rect(word.box.x - 200, word.box.y - 200, 200 + word.box.width // 2, 400 + word.box.height)
        assert word in names.cut(half) and names.moved(word, half, (), 62.0) is None
        assert word not in names.cut(word.box.inflate(40, 40))
