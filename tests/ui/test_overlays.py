"""Overlays stand in one list, from which the bar, the keys, the help, the pictures and the command line follow."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pygame
import pytest

from game import engine
from game.cli.runner import main
from game.events import UnitDisplaced
from game.faults import UsageFault
from game.scenario import annals
from game.state import Draft
from game.state.tables import State
from game.ui import overlays, worldview
from game.ui.kit.fonts import Fonts
from game.ui.kit.theme import Colour, load_theme
from game.ui.mapview import legend
from game.ui.mapview.faces import Stack
from game.ui.mapview.legend import legend_picture
from game.ui.mapview.overlays import PATTERNS, HexStyle, threat_overlay
from game.ui.mapview.view import MapView
from game.ui.offscreen.picture import Wanted, lay, overlays_from, write_map_picture
from game.ui.overlays import OVERLAYS, DrawnOverlay, Looking, OverlayKind
from game.ui.panels.acts import ShowOverlay
from game.ui.panning import PANS
from game.ui.scenes.help import keys
from game.ui.table.keys import OWN_LETTERS
from game.ui.table.legend_card import LegendCard
from game.ui.window import make_desk
from game.ui.worldview import map_picture
from tests.situation import unit
from tests.ui.table_hands import Hands, small_world
from tests.worlds import world_of

SOLO = {0: "human", 1: "hold", 2: "hold"}


@pytest.fixture(scope="module")
def campaign() -> State:
    return engine.start(world_of("race_for_deir_ezzor"), 1)


@pytest.fixture(scope="module")
def view(display: None, campaign: State) -> MapView:
    """The surroundings of the city, small."""
    desk = make_desk((1280, 720))
    shown = MapView(map_picture(campaign.world), desk.theme, desk.fonts, pygame.Rect(0, 0, 300, 240))
    city = next(place.hex for place in campaign.world.places if place.name == "Deir ez-Zor")
    shown.camera = replace(shown.camera, zoom=14.0).centred_on(city)
    return shown


@pytest.mark.parametrize("kind", OVERLAYS, ids=lambda kind: kind.name)
def test_every_overlay_can_be_seen_on_the_map(view: MapView, campaign: State, kind: OverlayKind) -> None:
    def picture(*asked: tuple[str, int]) -> bytes:
        board = pygame.Surface((300, 240))
        lay(view, campaign, Wanted(overlays=asked, units=False), view.theme)
        view.finish(board)
        return pygame.image.tobytes(board, "RGB")

    faction = campaign.world.sequence[0] if kind.whose != "nobody's" else -1
    differing = sum(a != b for a, b in zip(picture(), picture((kind.name, faction)), strict=True))
    assert differing > 200, f"the overlay {kind.name} draws nothing"


@pytest.mark.parametrize("kind", overlays.on_the_bar(), ids=lambda kind: kind.name)
def test_every_overlay_that_a_player_shows_has_a_legend(
    window: pygame.Surface, campaign: State, kind: OverlayKind
) -> None:
    desk = make_desk((1280, 720))
    view = engine.view(campaign, campaign.world.sequence[0]).state
    drawn = kind.draw(Looking(view, campaign.world.sequence[0], desk.theme, shown=frozenset((kind.name,))))
    if kind.name == "grid":
        assert drawn.legend is None and drawn.grid  # it explains itself
        return
    assert drawn.legend is not None and drawn.legend.title and all(words for _, words in drawn.legend.rows)
    picture = legend_picture((drawn.legend,), desk.theme, desk.fonts)
    assert picture.get_width() < 420 and picture.get_height() < 240


def test_a_legend_stands_on_the_map_while_its_overlay_shows(window: pygame.Surface) -> None:
    hands = Hands(small_world(), SOLO)
    assert hands.table.board.legends == ()
    hands.key(pygame.K_v)
    hands.key(pygame.K_t)
    assert len(hands.table.board.legends) == 2
    hands.key(pygame.K_v)
    assert len(hands.table.board.legends) == 1


def test_a_legend_leaves_a_corner_where_it_hides_counters_and_fades_under_the_mouse(window: pygame.Surface) -> None:
    hands = Hands(small_world(), SOLO)
    hands.key(pygame.K_v)
    board = hands.table.board
    camera, legends, card = board.map.camera.zoomed(120.0, (500, 300)), board.legends, LegendCard(hands.table.desk)

    def placed(*stacks: Stack, taken: tuple[pygame.Rect, ...] = ()) -> pygame.Rect:
        for _ in range(2):  # the camera rests from the second frame on
            card.place(legends, camera, stacks, taken)
        return card.rect

    first = placed()
    below = next(here for here in range(120) if first.collidepoint(camera.hex_on_screen(here)))
    away = placed(Stack(below, ()))
    assert away and not away.colliderect(first)
    assert placed() == away  # it does not come back by itself
    assert not placed(taken=(away,)).colliderect(away)
    canvas = pygame.Surface((1280, 720))
    card.draw(canvas, legends, (0, 0))
    whole = canvas.get_at(card.rect.center)
    canvas.fill((0, 0, 0))
    card.draw(canvas, legends, card.rect.center)
    assert sum(canvas.get_at(card.rect.center)[:3]) < sum(whole[:3]) / 2


def test_names_and_keys_are_each_given_once() -> None:
    assert len({kind.name for kind in OVERLAYS}) == len(OVERLAYS)
    letters = [ord(kind.key.lower()) for kind in OVERLAYS if kind.key]
    assert len(set(letters)) == len(letters)
    assert not set(letters) & {*PANS, *OWN_LETTERS}
    assert all(bool(kind.key) == bool(kind.title) for kind in OVERLAYS)
    assert {kind.name for kind in OVERLAYS} >= overlays.SHOWN_AT_FIRST


def _salt(looking: Looking) -> DrawnOverlay:
    return DrawnOverlay(dict.fromkeys(range(20), HexStyle(looking.theme.marks.bad, "cross", looking.theme.marks.good)))


def test_a_new_overlay_is_everywhere_at_once(
    window: pygame.Surface, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The recipe of docs/architecture.md: a function, and a row in the list."""
    salt = OverlayKind("salt", "Salt", "Q", "Where the ground is salt.", _salt, whose="anybody's")
    monkeypatch.setattr(overlays, "OVERLAYS", (*OVERLAYS, salt))
    hands = Hands(small_world(), SOLO)
    table = hands.table
    # the bar, with its tip
    spot = next(spot for spot in table.pages.views(table).spots if spot.act == ShowOverlay("salt"))
    assert spot.tip == "Salt (Q): Where the ground is salt."
    # the key
    before = hands.picture()
    hands.key(pygame.K_q)
    assert "salt" in table.board.shown and hands.picture() != before
    # the button
    box = table.layout.views
    hands.click((box.x + spot.rect.centerx, box.y + spot.rect.centery))
    hands.move((5, 5))
    assert "salt" not in table.board.shown
    # the help
    assert "| Q | Where the ground is salt. |" in keys()
    # the command line: its help, its words, its picture
    assert main(["map", "--help"]) == 0
    assert "salt[:FACTION]: Where the ground is salt." in " ".join(capsys.readouterr().out.split())
    world = small_world()
    assert overlays_from(world, ["salt:isis"]) == (("salt", 1),)
    plain = write_map_picture(world, tmp_path / "a.png", wanted=Wanted(overlays=(), width=300)).read_bytes()
    salted = Wanted(overlays=overlays_from(world, ["salt"]), width=300)
    assert write_map_picture(world, tmp_path / "b.png", wanted=salted).read_bytes() != plain


def test_the_line_lies_over_the_map_at_first_where_two_blocs_are_rivals(campaign: State) -> None:
    assert "line" in overlays.shown_at_first(campaign.world)
    alone = small_world(factions=("saa", "isis"), units=[unit("lions", "saa", "0303")])
    assert "line" not in overlays.shown_at_first(alone)
    assert worldview.bloc_line(engine.start(alone, 1)) == ()
    hands = Hands(alone, {0: "human", 1: "hold"})
    hands.key(pygame.K_l)
    assert "no two rival blocs" in hands.table.notice and "line" not in hands.table.board.shown


def test_the_line_runs_between_the_zones_and_glows_where_troops_of_both_are_close(campaign: State) -> None:
    (found,) = worldview.bloc_line(campaign)
    world = campaign.world
    zone, ends = world.line_side, world.grid.ends
    assert len(found.sides) > 20 and all(zone[ends[side][0]] != zone[ends[side][1]] for side in found.sides)
    assert {look for _, look in found.looks} == {world.factions[leader].look for leader in set(zone) if leader >= 0}
    here, there = ends[found.sides[3]]
    one, other = (row for row in (_first(campaign, zone[here]), _first(campaign, zone[there])))
    draft = Draft(campaign)
    for row, at in ((one, here), (other, there)):
        draft.emit(UnitDisplaced(row, campaign.units.hex[row], at, "for the test"))
    (tense,) = worldview.bloc_line(draft.finish())
    assert found.sides[3] in tense.tense and found.sides[3] not in found.tense


def _first(state: State, faction: int) -> int:
    """A unit of a faction that is on the map."""
    owners = state.world.roster.faction
    return next(row for row, here in enumerate(state.units.hex) if here >= 0 and owners[row] == faction)


def test_what_a_world_lacks_for_an_overlay_is_told(window: pygame.Surface) -> None:
    world = small_world()
    assert not annals.has_history(world)
    with pytest.raises(UsageFault, match="no history"):
        overlays_from(world, ["ghost"])
    hands = Hands(world, SOLO)
    hands.key(pygame.K_y)
    assert "no history" in hands.table.notice and "ghost" not in hands.table.board.shown


def test_an_overlay_is_drawn_anew_only_when_what_it_is_drawn_from_changes(
    window: pygame.Surface, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []

    def draw(looking: Looking) -> DrawnOverlay:
        drawn.append(looking.unit)
        return DrawnOverlay(dict.fromkeys(range(len(drawn)), HexStyle(looking.theme.marks.bad)))

    kinds = (
        OverlayKind("moment", "Moment", "Q", "The moment.", draw),
        OverlayKind("unit", "Unit", "P", "The unit in hand.", draw, of_unit=True),
    )
    monkeypatch.setattr(overlays, "OVERLAYS", (*OVERLAYS, *kinds))
    hands = Hands(small_world(), SOLO)
    hands.key(pygame.K_q)
    hands.key(pygame.K_p)
    assert drawn == ["", ""]
    hands.frames(5)
    hands.click(hands.point("0303"))
    assert drawn == ["", "", "lions"]
    hands.click(hands.point("0305"), 3)
    assert len(drawn) == 5  # the march is a new moment for both


def test_each_grade_of_threat_has_a_pattern_that_no_held_ground_shows_all_over(campaign: State) -> None:
    theme = make_desk((1280, 720)).theme
    grades = threat_overlay(dict(enumerate(range(1, 5))), theme)
    assert len({style.pattern for style in grades.values()}) == 4 and all(style.pattern for style in grades.values())
    held = worldview.control(campaign, theme, strong=True)
    assert all(style.rim for style in held.values())  # its pattern is at its border alone
    assert not any(style.rim for style in grades.values())


@pytest.mark.parametrize("scale", [1.0, 1.5, 1.8])
def test_the_signs_of_a_legend_have_the_patterns_of_the_map_inside_their_hex(fonts: Fonts, scale: float) -> None:
    """Each grade is told by its pattern too, and nothing of it lies beside the hex of the legend."""
    theme = load_theme()
    size = (round(30 * scale), round(22 * scale))
    tint, ink = Colour(176, 18, 107, 90), Colour(176, 18, 107, 220)
    pictures = []
    for pattern in PATTERNS:
        sign = legend._picture(HexStyle(tint, pattern, ink), theme, fonts, size)
        beside = pygame.mask.from_surface(sign, 0)
        assert not any(beside.get_at((x, y)) for x in (0, 1, size[0] - 1) for y in (0, size[1] // 2, size[1] - 1))
        pictures.append(pygame.image.tobytes(sign, "RGBA"))
    assert len(set(pictures)) == len(PATTERNS)
