"""The report's two fronts: this game's and history's on the day of the slider, and the ledgers as bars."""

from __future__ import annotations

from collections.abc import Callable

import pygame
import pytest

from game.rules import victory
from game.scenario import annals
from game.session import Session
from game.ui.app import find
from game.ui.kit.reading import Leaf
from game.ui.scene import Push
from game.ui.scenes.front_page import PACE, FrontMaps
from game.ui.scenes.ledgers import draw_captures, draw_ledgers, ledger_bars
from game.ui.scenes.report import ReportScene
from game.ui.scenes.small_fronts import tinted, tinting
from game.ui.scenes.victory import VictoryScene
from game.ui.table.places import ToReport, ToResult
from game.ui.window import make_desk
from tests.scenario.test_annals import capture, told
from tests.ui.table_hands import Hands, small_world
from tests.worlds import world_of

SOLO = {0: "human", 1: "hold", 2: "hold"}
PLACES = [
    {"name": "Anytown", "hex": "0403", "kind": "town", "size": 2, "population": 10},
    {"name": "Farend", "hex": "0907"},
]


@pytest.fixture
def hands(window: pygame.Surface) -> Hands:
    assert window
    fell = capture("2017-09-10", "saa", event="It fell.")
    return Hands(told(fell, places=PLACES, holders={"Farend": "isis"}), SOLO)


def opened(hands: Hands, key: int = pygame.K_F3) -> ReportScene:
    hands.key(key)
    change = hands.changes.pop()
    assert isinstance(change, Push) and isinstance(change.scene, ToReport)
    report = find(hands.table.desk, change.scene)
    assert isinstance(report, ReportScene)
    report.resize()
    report.draw(hands.canvas)
    return report


def reported(hands: Hands) -> ReportScene:
    change = hands.table.report()
    assert isinstance(change, Push) and isinstance(change.scene, ToReport)
    report = find(hands.table.desk, change.scene)
    assert isinstance(report, ReportScene)
    return report


def maps_of(report: ReportScene) -> FrontMaps:
    assert report.maps is not None
    return report.maps


def settle(report: ReportScene, hands: Hands) -> None:
    """A part of the maps is painted in each frame."""
    for _ in range(16):
        report.draw(hands.canvas)
    assert not report.unfinished


def part(canvas: pygame.Surface, box: pygame.Rect) -> bytes:
    return pygame.image.tobytes(canvas.subsurface(box), "RGB")


def test_history_changes_with_the_slider_and_this_game_does_not_but_for_its_hatch(hands: Hands) -> None:
    report = opened(hands)
    maps = maps_of(report)
    mine, then = maps._maps()
    maps._set(1)
    settle(report, hands)
    first = part(hands.canvas, mine), part(hands.canvas, then)
    world = hands.session.world
    assert annals.ground_on(world, maps.day) != annals.ground_on(world, maps._calendar.last_day(world.turns))
    maps._set(world.turns)
    settle(report, hands)
    last = part(hands.canvas, mine), part(hands.canvas, then)
    assert first[1] != last[1]
    assert first[0] != last[0]
    maps._set(1)
    settle(report, hands)
    assert (part(hands.canvas, mine), part(hands.canvas, then)) == first


def test_keys_the_wheel_and_the_mouse_move_the_day(hands: Hands) -> None:
    report = opened(hands)
    maps, turns = maps_of(report), hands.session.world.turns
    report.focus_on(maps)
    for key, expected in ((pygame.K_HOME, 1), (pygame.K_LEFT, 1), (pygame.K_RIGHT, 2), (pygame.K_END, turns)):
        report.handle(pygame.event.Event(pygame.KEYDOWN, key=key, mod=0))
        assert maps.turn == expected
    blocks = maps._blocks()
    report.handle(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=blocks[0].center, button=1))
    assert maps.turn == 1
    report.handle(pygame.event.Event(pygame.MOUSEMOTION, pos=blocks[2].center, rel=(1, 0), buttons=(1, 0, 0)))
    assert maps.turn == 3
    report.handle(pygame.event.Event(pygame.MOUSEBUTTONUP, pos=blocks[2].center, button=1))
    report.handle(pygame.event.Event(pygame.MOUSEMOTION, pos=blocks[0].center, rel=(1, 0), buttons=(0, 0, 0)))
    assert maps.turn == 3
    report.resize()
    assert maps_of(report).turn == 3, "the day stays when the window changes"


@pytest.mark.parametrize("size", [(960, 600), (1280, 720), (1920, 1080)])
@pytest.mark.parametrize("scale", [0.0, 1.6])
def test_maps_track_and_text_lie_apart_in_the_window(hands: Hands, size: tuple[int, int], scale: float) -> None:
    report = opened(hands)
    report.desk = make_desk(size, scale) if scale and size[1] > 900 else make_desk(size)
    report.resize()
    canvas = pygame.Surface(size)
    report.draw(canvas)
    rects = [widget.rect for widget in report.form.widgets]
    for number, rect in enumerate(rects):
        assert canvas.get_rect().contains(rect)
        assert rect.inflate(-2, -2).collidelist(rects[number + 1 :]) < 0
    if report.maps is not None:
        mine, then = report.maps._maps()
        assert report.maps.rect.contains(mine.union(then))
        assert not mine.colliderect(then) and not mine.union(then).colliderect(report.maps._track)


def test_without_history_there_is_the_text_alone(window: pygame.Surface) -> None:
    assert window
    assert opened(Hands(small_world(), SOLO)).maps is None


def test_the_bar_of_a_ledger_grows_with_its_number(window: pygame.Surface, hands: Hands) -> None:
    assert window
    bars = ledger_bars(Session(hands.session.world, 1).state, 0)
    assert [bar.title for bar in bars] == ["Steps lost", "Harm to civilians"]
    desk, box = make_desk((1280, 720)), pygame.Rect(10, 10, 300, 200)
    widths = []
    for mine in (0, 5, 10):
        canvas = pygame.Surface((320, 220))
        low = draw_ledgers(canvas, desk, box, [type(bars[0])("Steps lost", mine, 10)])
        row = [canvas.get_at((x, low - desk.px(20) + 3))[:3] for x in range(10, 310)]
        groove = row[-4]
        widths.append(sum(pixel not in ((0, 0, 0), groove) for pixel in row))
    assert widths[0] < widths[1] < widths[2]


def test_opening_the_report_paints_no_map_and_each_frame_a_part(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    painted: list[str] = []
    for name in ("_map_ground", "_tint", "_finished"):
        true = getattr(FrontMaps, name)

        def noted(*args: object, true: Callable[..., object] = true, name: str = name) -> object:
            painted.append(name)
            return true(*args)

        monkeypatch.setattr(FrontMaps, name, noted)
    report = opened(hands)
    assert painted == []
    frames = []
    while report.unfinished:
        painted.clear()
        report.draw(hands.canvas)
        frames.append({name for name in painted if name != "_map_ground"})
    assert all(len(steps) <= 1 for steps in frames) and 5 < len(frames) < 16


def test_a_front_in_bands_is_the_front_in_one(hands: Hands) -> None:
    desk, world = hands.table.desk, hands.session.world
    ground = hands.table.board.map.sheet.small_picture((330, 300))
    owners = [n % 2 if n % 11 < 5 else 0 for n in range(world.grid.size)]
    whole = tinted(desk.theme, desk.fonts, world, ground, owners)
    banded = list(tinting(desk.theme, desk.fonts, world, ground, owners, 3))
    assert len(banded) == 3
    one, other = (pygame.surfarray.array3d(face).astype(int) for face in (whole, banded[-1]))
    assert (abs(one - other).max(axis=2) > 24).mean() < 0.02


def test_the_turns_play_one_after_the_other_with_both_fronts_of_the_same_day(hands: Hands) -> None:
    """This game's map is of the slider's turn where that is told, the next turn comes once both maps were seen."""
    later = hands.session.state
    world = later.world
    changed = [-1] * world.grid.size
    report = opened(hands)
    maps = FrontMaps(
        hands.table.desk, maps_of(report).rect, later, (), hands.table.board.map.sheet.small_picture, 1, {1: changed}
    )
    assert not maps.told, "the present turn is the state's own"
    object.__setattr__(later.clock, "turn", 3)
    try:
        assert maps.told and list(maps._control) == changed
        maps._set(2)
        assert not maps.told and maps._control is later.hexes.control
        maps._set(1)
        maps.handle(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=maps._button.center, button=1), False)
        assert maps.playing
        maps.update(5 * PACE)
        assert maps.turn == 1, "no map has been seen yet"
        for turn in range(2, world.turns + 1):
            while maps.unfinished:
                maps.draw(hands.canvas, False)
            maps.update(PACE)
            assert maps.turn == turn
        assert not maps.playing
    finally:
        object.__setattr__(later.clock, "turn", 1)


def test_the_end_of_a_game_shows_its_fronts_and_why_it_is_a_victory(hands: Hands) -> None:
    """The screen comes with the fronts by turn; up and down choose the faction whose details are shown."""
    for _ in range(hands.session.world.turns * 3):
        if hands.session.over:
            break
        hands.key(pygame.K_RETURN, pygame.KMOD_CTRL)
        hands.key(pygame.K_RETURN)
        hands.frames(8)
    change = hands.changes.pop()
    assert isinstance(change, Push) and isinstance(change.scene, ToResult)
    result = find(hands.table.desk, change.scene)
    assert isinstance(result, VictoryScene)
    result.resize()
    assert result.maps is not None and result.fronts.keys() >= {1, hands.session.world.turns - 1}
    result.draw(hands.canvas)
    chosen = result.chosen
    result.handle(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_DOWN, mod=0))
    assert result.chosen != chosen
    assert result.outcome.winner is None or result.why


def test_the_staff_log_tells_an_ai_players_own_orders_with_reasons_and_nobody_elses(window: pygame.Surface) -> None:
    assert window
    hands = Hands(small_world(), {0: "staff", 1: "hold", 2: "hold"})
    for _ in range(200):
        hands.frames(1)
        if hands.session.state.clock.turn > 1:
            break
    report = reported(hands)
    own = [entry for entry in hands.session.entries if entry.faction == hands.table.seat and entry.why]
    assert own and len(report.staff_log) == len(own)
    report.resize()
    report.handle(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_F10, mod=0))
    leaf = next(one for one in report.form.widgets if isinstance(one, Leaf))
    assert report.chosen == 5 and not report._texts() and leaf.picture.get_height() > 17 * len(own)
    alone = Hands(small_world(), SOLO)
    report = reported(alone)
    assert len(report._chapters) == 5
    report.resize()
    report.handle(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_F10, mod=0))
    assert report.chosen == 0


def test_the_chart_of_captures_shows_each_day_in_its_place(window: pygame.Surface, hands: Hands) -> None:
    """History's day is marked on the line of days in order; the page is full with few places as with many."""
    assert window
    world = world_of("race_for_deir_ezzor")
    state, desk = Session(world, 1).state, make_desk((1280, 720))
    for faction, tall in ((0, 420), (0, 1100), (2, 420)):
        canvas = pygame.Surface((1200, tall))
        draw_captures(canvas, desk, canvas.get_rect(), state, faction)
        assert max(y for y in range(tall) if canvas.get_at((600, y))[:3] != (0, 0, 0)) >= tall - 12
        violet = pygame.Color(*desk.theme.interface.history)
        marks = [x for y in range(0, tall, 3) for x in range(160, 960) if canvas.get_at((x, y)) == violet]
        spots = list(dict.fromkeys(marks))
        dates = [then for _, _, then in victory.captures(state, faction)]
        assert dates == sorted(dates) and spots == sorted(spots) and bool(spots) == bool(dates)
