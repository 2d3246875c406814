"""Every key of the help's own tables is pressed, and does what its line says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pygame
import pytest

from game import orders as od
from game import records
from game.plans import FollowPlan, HoldPlan, Repeat
from game.rules import ladder
from game.session import Entry, Session
from game.ui import app, order_kinds, overlays, targets
from game.ui.panels.acts import OpenDrawer
from game.ui.scene import Pop, Push
from game.ui.scenes.help import HelpScene, keys
from game.ui.scenes.menu import Menu
from game.ui.selection import NOTHING, Selection
from game.ui.settings import Settings
from game.ui.table.context_menu import ContextMenu
from game.ui.table.intentions import act
from game.ui.table.places import ToPause, ToReport, ToSave, ToUnits
from game.ui.table.scene import as_notice
from game.ui.window import make_desk
from tests.ui.replay_hands import PEOPLE, Viewer, game
from tests.ui.table_hands import Hands, small_world

WORLD = small_world()
SHIFT, CTRL = pygame.KMOD_SHIFT, pygame.KMOD_CTRL


def rows() -> list[str]:
    """The left cells of all tables of the page of keys."""
    cells = re.findall(r"^\| (.+?) \|", keys(WORLD), flags=re.MULTILINE)
    return [cell for cell in cells if set(cell) - set("-| ")]


@pytest.fixture(autouse=True)
def nothing_on_the_disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(records, "autosaves_folder", lambda: tmp_path / "auto")
    monkeypatch.setattr(records, "saves_folder", lambda: tmp_path / "saves")
    monkeypatch.setattr(app, "saves_folder", lambda: tmp_path / "saves")
    monkeypatch.setattr("game.ui.settings.settings_folder", lambda: tmp_path / "settings")


@pytest.fixture
def hands(window: pygame.Surface) -> Iterator[Hands]:
    assert window
    yield Hands(WORLD, {0: "human", 1: "hold", 2: "hold"})


def unit_of(hands: Hands) -> str:
    return hands.table.selection.unit


# --- what each line promises ----------------------------------------------------------------------------------


def left_click(hands: Hands) -> None:
    hands.click(hands.point("0303"))
    assert unit_of(hands) == "lions"
    hands.click(hands.point("0303"))
    assert unit_of(hands) == "foxes"


def right_click(hands: Hands) -> None:
    hands.click(hands.point("0303"))
    hands.click(hands.point("0403"), 3)
    assert isinstance(hands.session.entries[-1].order, od.Attack)
    hands.table.select(NOTHING)
    hands.click(hands.point("0303"))
    reach = hands.table.board.map.reach
    assert reach is not None
    there = next(here for here in sorted(reach.bands[0]) if here != hands.hex("0303"))
    hands.click(hands.point(WORLD.grid.label(there)), 3)
    assert isinstance(hands.session.entries[-1].order, od.Move), hands.table.notice


def stack_click(hands: Hands) -> None:
    for mod, at_once in ((CTRL, False), (0, True)):
        hands.table.select(NOTHING)
        if at_once:
            hands.click(hands.point("0303"))
        hands.click(hands.point("0303"), 1, mod, at_once=at_once)
        assert hands.table.selection.group == ("lions", "foxes")


def joining_click(hands: Hands) -> None:
    hands.click(hands.point("0303"))
    hands.click(hands.point("0203"), 1, SHIFT)
    assert hands.table.selection.group == ("lions", "guns")


def box(hands: Hands) -> None:
    (x0, y0), (x1, y1) = hands.point("0203"), hands.point("0303")
    hands.drag((x0 - 20, y0 - 40), (x1 + 20, y1 + 40), 1, SHIFT)
    assert hands.table.hover < 0, "no march is forecast while a box is drawn"
    assert set(hands.table.selection.group) == {"lions", "foxes", "guns"}


def wheel(hands: Hands) -> None:
    before = hands.table.board.map.camera.zoom
    hands.move(hands.point("0303"))
    hands.post(pygame.MOUSEWHEEL, x=0, y=2)
    hands.frames(30)
    assert hands.table.board.map.camera.zoom > before


def move_the_map(hands: Hands) -> None:
    board = hands.table.board
    board.map.camera = board.map.camera.zoomed(140, (400, 300))
    for button in (1, 2, 3):
        before = board.map.camera
        hands.post(pygame.MOUSEBUTTONDOWN, pos=(400, 300), button=button)
        hands.post(pygame.MOUSEMOTION, pos=(340, 280), rel=(-60, -20), buttons=(0, 0, 1))
        hands.post(pygame.MOUSEBUTTONUP, pos=(340, 280), button=button)
        assert board.map.camera != before
    board.map.camera = board.map.camera.centred_on(hands.hex("0504"))
    for key in (
        pygame.K_w,
        pygame.K_a,
        pygame.K_s,
        pygame.K_d,
        pygame.K_UP,
        pygame.K_LEFT,
        pygame.K_DOWN,
        pygame.K_RIGHT,
    ):
        before = board.map.camera
        hands.post(pygame.KEYDOWN, key=key, mod=0, unicode="")
        hands.frames(4)
        hands.post(pygame.KEYUP, key=key, mod=0, unicode="")
        assert board.map.camera != before, pygame.key.name(key)


def small_map(hands: Hands) -> None:
    board = hands.table.board
    board.map.camera = board.map.camera.zoomed(140, (400, 300))
    before = board.map.camera
    act(hands.table, OpenDrawer("map"))
    hands.click((hands.table.layout.minimap.right - 30, hands.table.layout.minimap.bottom - 30))
    assert board.map.camera != before


def reports(hands: Hands) -> None:
    for number, key in enumerate((pygame.K_F2, pygame.K_F3, pygame.K_F4, pygame.K_F7, pygame.K_F8)):
        hands.key(key)
        change = hands.changes.pop()
        assert isinstance(change, Push) and isinstance(change.scene, ToReport) and change.scene.chapter == number


def staff_report(hands: Hands) -> None:
    hands.key(pygame.K_F10)
    assert "no staff log" in hands.table.notice and not hands.changes
    hands.session.entries.append(Entry(hands.table.seat, 1, od.Rest("lions"), (), why="It is tired."))
    hands.key(pygame.K_F10)
    change = hands.changes.pop()
    assert isinstance(change, Push) and isinstance(change.scene, ToReport)
    assert change.scene.chapter == 5 and change.scene.staff_log[0].why == "It is tired."


def next_and_former(hands: Hands) -> None:
    seen = []
    for key in (pygame.K_n, pygame.K_TAB):
        hands.key(key)
        seen.append(unit_of(hands))
    assert len(set(seen)) == 2 and "" not in seen
    hands.key(pygame.K_TAB, SHIFT)
    assert unit_of(hands) == seen[0]


def done(hands: Hands) -> None:
    hands.key(pygame.K_n)
    first = unit_of(hands)
    hands.key(pygame.K_SPACE)
    assert unit_of(hands) != first and first in hands.table.done


def unit_list(hands: Hands) -> None:
    hands.key(pygame.K_F6)
    change = hands.changes.pop()
    assert isinstance(change, Push) and isinstance(change.scene, ToUnits)
    change.scene.take("guns")
    assert unit_of(hands) == "guns"


def zoom_keys(hands: Hands) -> None:
    for key, closer in ((pygame.K_PLUS, True), (pygame.K_MINUS, False), (pygame.K_KP_PLUS, True)):
        before = hands.table.board.map.camera.zoom
        hands.key(key)
        hands.frames(30)
        assert (hands.table.board.map.camera.zoom > before) == closer


def home(hands: Hands) -> None:
    board = hands.table.board
    for unit in ("", "lions"):
        hands.table.select(Selection(hands.hex("0303"), unit) if unit else NOTHING)
        board.map.camera = board.map.camera.zoomed(140, (400, 300)).centred_on(hands.hex("1008"))
        hands.key(pygame.K_HOME)
        hands.frames(60)
        assert board.map.camera.holds(board.map.camera.hex_on_screen(hands.hex("0303")))


def bare_map(hands: Hands) -> None:
    before = hands.picture()
    hands.post(pygame.KEYDOWN, key=pygame.K_LALT, mod=pygame.KMOD_LALT, unicode="")
    assert hands.picture() != before
    hands.post(pygame.KEYUP, key=pygame.K_LALT, mod=0, unicode="")
    assert hands.picture() == before


def save_as(hands: Hands) -> None:
    hands.key(pygame.K_s, CTRL)
    change = hands.changes[-1]
    assert isinstance(change, Push) and isinstance(change.scene, ToSave)


def way_point(hands: Hands) -> None:
    hands.click(hands.point("0303"))
    hands.click(hands.point("0304"), 3, SHIFT)
    hands.click(hands.point("0302"), 3, SHIFT)
    assert hands.table.selection.way == (hands.hex("0304"), hands.hex("0302")) and not hands.session.entries


def hold(hands: Hands) -> None:
    hands.key(pygame.K_n)
    first = unit_of(hands)
    hands.key(pygame.K_SPACE, SHIFT)
    assert isinstance(hands.table.standing.of_unit(first), HoldPlan)
    hands.key(pygame.K_n)
    hands.key(pygame.K_n)
    hands.key(pygame.K_n)
    assert unit_of(hands) != first


def repeat(hands: Hands) -> None:
    hands.click(hands.point("0203"))
    assert hands.table.give(od.DigIn("guns"))
    hands.key(pygame.K_SPACE, CTRL)
    assert hands.table.standing.of_unit("guns") == Repeat(od.DigIn("guns"))


def cancel_plan(hands: Hands) -> None:
    repeat(hands)
    hands.key(pygame.K_BACKSPACE)
    assert not hands.table.standing.plans


def turns(hands: Hands) -> None:
    hands.key(pygame.K_n)
    for number in range(7, 0, -1):
        hands.key(pygame.K_1 + number - 1)
        assert hands.table.turns_shown == number


def forecast(hands: Hands) -> None:
    hands.click(hands.point("0303"))
    hands.key(pygame.K_b)
    assert hands.table.selection.mode == "attack" and hands.table.selection.attackers == ("lions",)


def formation(hands: Hands) -> None:
    hands.click(hands.point("0303"))
    hands.key(pygame.K_f)
    roster = hands.session.world.roster
    same = [n for n, name in enumerate(roster.formation) if name and name == roster.formation[roster.id.index("lions")]]
    assert set(hands.table.selection.units) == {roster.id[n] for n in same} | {"lions"}


def following(hands: Hands) -> None:
    hands.click(hands.point("0203"))
    hands.click(hands.point("0303"), 3, CTRL)
    assert hands.table.standing.of_unit("guns") == FollowPlan("guns", "lions") and not hands.session.entries


def history_days(hands: Hands) -> None:
    world = replace(WORLD, past=replace(WORLD.past, captures=()))
    table = Hands(world, {0: "human", 1: "hold", 2: "hold"}).table
    table.board.shown = table.board.shown | {"ghost"}
    for key, mod in ((pygame.K_COMMA, 0), (pygame.K_PERIOD, SHIFT)):
        before = table.board.history_day
        table.handle(pygame.event.Event(pygame.KEYDOWN, key=key, mod=mod, unicode=""))
        assert table.board.history_day != before


def staff(hands: Hands) -> None:
    hands.key(pygame.K_q)
    hands.table.consulting.wait()
    assert hands.table.reel is not None and hands.table.consulting.advice is not None and not hands.session.entries
    hands.key(pygame.K_q)
    assert hands.table.reel is None and hands.table.consulting.advice is None


def fanned(hands: Hands) -> None:
    hands.move(hands.point("0303"))
    hands.frames(5)
    assert not hands.table.fan.rect.width
    hands.frames(40)
    fan = hands.table.fan
    assert len(fan.rows) == 2 and hands.picture()
    first, second = (box.center for box in fan._boxes())
    hands.click(second)
    assert unit_of(hands) == hands.table.view.state.world.roster.id[fan.rows[1]]
    stack = hands.session.world.grid.hex("0303")
    hands.move(second)
    hands.frames(2)
    assert hands.table.hover == stack and not hands.table.board._hover_arrows, "the map under the fan is not meant"
    hands.click(second, 3)
    assert not hands.session.entries and not hands.table.selection.mode
    hands.click(first, 1, SHIFT)
    assert set(hands.table.selection.units) == {"lions", "foxes"} and not hands.session.entries
    hands.move((hands.table.layout.map.x + 5, hands.table.layout.map.bottom - 5))
    hands.frames(2)
    assert not fan.rect.width


def menu_of_a_hex(hands: Hands) -> None:
    hands.click(hands.point("0303"))
    for way in ("key", "button"):
        at = hands.point("0403")
        hands.move(at)
        if way == "key":
            hands.key(pygame.K_m)
        else:
            hands.post(pygame.MOUSEBUTTONDOWN, pos=at, button=3, mod=0)
            hands.frames(40)
            assert isinstance(hands.table.dialog, ContextMenu)
            hands.post(pygame.MOUSEBUTTONUP, pos=at, button=3, mod=0)
        assert isinstance(hands.table.dialog, ContextMenu) and not hands.session.entries
        hands.key(pygame.K_ESCAPE)
        assert hands.table.dialog is None and not hands.session.entries


def enter(hands: Hands) -> None:
    forecast(hands)
    hands.key(pygame.K_RETURN)
    assert isinstance(hands.session.entries[-1].order, od.Attack)


def why(hands: Hands) -> None:
    for code, sign in ((pygame.K_SLASH, "?"), (0xDF, "?"), (pygame.K_COMMA, "?"), (pygame.K_QUESTION, "?")):
        hands.table.select(NOTHING)
        hands.table.say("")
        hands.post(pygame.KEYDOWN, key=code, mod=SHIFT, unicode=sign)
        assert hands.table.notice and "lions" not in hands.table.notice.lower()
        hands.click(hands.point("0303"))
        hands.post(pygame.KEYDOWN, key=code, mod=SHIFT, unicode=sign)
        assert "lions" in hands.table.notice.lower() and "supply" in hands.table.notice


def take_back(hands: Hands) -> None:
    for key, mod in ((pygame.K_u, 0), (pygame.K_z, CTRL)):
        assert hands.table.give(od.DigIn("lions"))
        hands.key(key, mod)
        assert not hands.session.entries
        hands.key(pygame.K_y, CTRL)
        assert hands.session.entries
        hands.key(pygame.K_u)


def end_turn(hands: Hands) -> None:
    hands.key(pygame.K_RETURN, CTRL)
    assert hands.table.dialog is not None or isinstance(hands.session.entries[-1].order, od.EndTurn)


def any_key(hands: Hands) -> None:
    hands.table.give(od.EndTurn())
    hands.table.playback.skipping = False
    hands.frames(1, 0.001)
    assert not hands.table.playing
    hands.key(pygame.K_m)
    assert hands.table.playback.skipping


def watched() -> Hands:
    return Hands(WORLD, dict.fromkeys(range(3), "hold"))


def watch_next(hands: Hands) -> None:
    watcher = watched()
    before = watcher.table.seat
    watcher.key(pygame.K_TAB)
    assert watcher.table.seat == (before + 1) % 3


def watch_pause(hands: Hands) -> None:
    watcher = watched()
    for paused in (True, False):
        watcher.key(pygame.K_SPACE)
        assert watcher.table.playback.paused == paused


def watch_faster(hands: Hands) -> None:
    watcher = watched()
    for key in (pygame.K_RETURN, pygame.K_PLUS):
        before = watcher.table.playback.speed
        watcher.key(key)
        assert watcher.table.playback.speed != before


@cache
def two_turns() -> Session:
    """Played once: a replay only looks at it."""
    return game(2, PEOPLE)


def replayed() -> Viewer:
    viewer = Viewer(two_turns())
    viewer.key(pygame.K_PAGEDOWN)
    assert viewer.table.session.state.clock.turn == 2
    return viewer


def replay_plays(hands: Hands) -> None:
    viewer = replayed()
    for playing in (True, False):
        viewer.key(pygame.K_SPACE)
        assert viewer.table.strip.playing == playing


def replay_events(hands: Hands) -> None:
    viewer = replayed()
    for mod in (SHIFT, 0):
        here, line = viewer.moment, viewer.table.strip.line
        viewer.key(pygame.K_COMMA, mod)
        assert viewer.table.strip.line != line and (viewer.moment < here or not mod)
        viewer.key(pygame.K_PERIOD, mod)
        assert (viewer.moment, viewer.table.strip.line) == (here, line)


def replay_turns(hands: Hands) -> None:
    viewer = replayed()
    viewer.key(pygame.K_PAGEUP)
    assert viewer.table.session.state.clock.turn == 1


def replay_track(hands: Hands) -> None:
    viewer = replayed()
    viewer.drag_along_the_track(0.0)
    assert viewer.moment == 0


def replay_eyes(hands: Hands) -> None:
    viewer = Viewer(game(99, PEOPLE))
    before = viewer.table.eyes
    viewer.key(pygame.K_TAB)
    assert viewer.table.eyes != before


def replay_faster(hands: Hands) -> None:
    viewer = replayed()
    for key in (pygame.K_RETURN, pygame.K_PLUS):
        before = viewer.table.playback.speed
        viewer.key(key)
        assert viewer.table.playback.speed != before


def replay_leave(hands: Hands) -> None:
    assert isinstance(replayed().key(pygame.K_ESCAPE), Pop)


def escape(hands: Hands) -> None:
    hands.key(pygame.K_ESCAPE)
    assert isinstance(hands.changes[-1], Push) and isinstance(hands.changes[-1].scene, ToPause)


def _help() -> HelpScene:
    scene = HelpScene(make_desk((1280, 720)), WORLD)
    scene.resize()
    return scene


def _press(scene: HelpScene, key: int, mod: int = 0) -> object:
    return scene.handle(pygame.event.Event(pygame.KEYDOWN, key=key, mod=mod, unicode=""))


def fields(hands: Hands) -> None:
    scene = _help()
    first = scene.form.focus
    _press(scene, pygame.K_TAB)
    assert scene.form.focus != first
    _press(scene, pygame.K_TAB, SHIFT)
    assert scene.form.focus == first


def choose(hands: Hands) -> None:
    scene = _help()
    for _ in range(3):
        _press(scene, pygame.K_DOWN)
    _press(scene, pygame.K_RETURN)
    assert scene.chosen > 0


def pages(hands: Hands) -> None:
    scene = _help()
    screen = pygame.Surface((1280, 720))
    scene.draw(screen)
    before = pygame.image.tobytes(screen, "RGB")
    _press(scene, pygame.K_PAGEDOWN)
    scene.draw(screen)
    assert pygame.image.tobytes(screen, "RGB") != before
    _press(scene, pygame.K_PAGEUP)
    scene.draw(screen)
    assert pygame.image.tobytes(screen, "RGB") == before


def search_help(hands: Hands) -> None:
    scene = _help()
    _press(scene, pygame.K_f, CTRL)
    for letter in "attrition":
        scene.handle(pygame.event.Event(pygame.TEXTINPUT, text=letter))
    assert scene.found and all("attrition" in one.words.casefold() for one in scene.found)
    assert scene.chapters[scene.chosen][0] == scene.found[0].title


def first_help(hands: Hands) -> None:
    hands.key(pygame.K_F1)
    assert isinstance(hands.changes[-1], Push)
    assert isinstance(_press(_help(), pygame.K_F1), Pop)


def reload(hands: Hands) -> None:
    hands.key(pygame.K_r, CTRL)
    assert hands.changes or hands.table.notice


def quick(hands: Hands) -> None:
    hands.key(pygame.K_F9)
    assert "no quick save" in hands.table.notice
    hands.key(pygame.K_F5)
    assert hands.table.notice.startswith("Saved")
    hands.key(pygame.K_F9)
    assert isinstance(hands.changes[-1], Push)


def _at_the_window(key: int) -> Settings:
    desk = make_desk((1280, 720))
    press = [pygame.event.Event(pygame.KEYDOWN, key=key, mod=0, unicode="", scancode=0)]
    steps = iter((press, [pygame.event.Event(pygame.QUIT)]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pygame.event.get", lambda: next(steps))
        patch.setattr(app, "settle", lambda former=None: None)  # it would look through what all tests have left
        from game.ui.library import Library

        assert app.run(pygame.display.set_mode((1280, 720)), desk, Menu(desk, Library(desk.theme, []))) == 0
        full = desk.settings
        desk.full_screen.set(False)
    return full


def full_screen(hands: Hands) -> None:
    assert _at_the_window(pygame.K_F11).full_screen


def picture(hands: Hands) -> None:
    _at_the_window(pygame.K_F12)
    assert list((records.saves_folder().parent / "pictures").glob("*.png"))


PROMISES: dict[str, Callable[[Hands], None]] = {
    "Click": left_click,
    "Right-click": right_click,
    "Wheel": wheel,
    "Rest on a stack": fanned,
    ", and .": history_days,
    "Q": staff,
    "F": formation,
    "Ctrl+Right-click on a unit": following,
    "M, right button held": menu_of_a_hex,
    "Double click, Ctrl+Click": stack_click,
    "Shift+Click": joining_click,
    "Shift+Drag": box,
    "Drag, W A S D, arrows": move_the_map,
    "Click or drag on the minimap": small_map,
    "+ and -": zoom_keys,
    "Home": home,
    "Alt, held": bare_map,
    "Ctrl+S": save_as,
    "F2, F3, F4, F7, F8": reports,
    "F10": staff_report,
    "F6": unit_list,
    "N or Tab, Shift+Tab": next_and_former,
    "Shift+Right-click": way_point,
    "Space": done,
    "Shift+Space": hold,
    "Ctrl+Space": repeat,
    "Backspace": cancel_plan,
    "1 to 7": turns,
    "B": forecast,
    "Enter": enter,
    "?": why,
    "U or Ctrl+Z": take_back,
    "Ctrl+Enter": end_turn,
    "Any key": any_key,
    "Tab, when watching": watch_next,
    "Space, when watching": watch_pause,
    "Enter or +, when watching": watch_faster,
    "Space, in a replay": replay_plays,
    ", and ., in a replay": replay_events,
    "Page up, Page down, in a replay": replay_turns,
    "Drag along the track of turns": replay_track,
    "Tab, in a replay": replay_eyes,
    "Enter or +, in a replay": replay_faster,
    "Esc, in a replay": replay_leave,
    "Esc": escape,
    "Tab and Shift+Tab": fields,
    "Arrow keys, Enter": choose,
    "Page up, Page down": pages,
    "F1": first_help,
    "Ctrl+F": search_help,
    "Ctrl+R": reload,
    "F5, F9": quick,
    "F11": full_screen,
    "F12": picture,
}
OVERLAY_KEYS = {kind.key: kind for kind in overlays.on_the_bar()}
ORDER_KEYS = {f"Shift+{kind.letter}": kind for kind in order_kinds.offered(WORLD)}


def test_the_help_documents_what_there_is() -> None:
    assert ladder.two_blocs(WORLD)
    assert set(rows()) == {*PROMISES, *OVERLAY_KEYS, *ORDER_KEYS}
    assert len(rows()) == len(set(rows()))


@pytest.mark.parametrize("row", rows())
def test_every_documented_key_does_what_its_line_says(hands: Hands, row: str) -> None:
    table = hands.table
    if row in OVERLAY_KEYS:
        kind, before = OVERLAY_KEYS[row], table.board.shown
        hands.key(ord(row.lower()))
        if lack := kind.missing(WORLD):
            assert table.notice == as_notice(lack)
        else:
            assert table.board.shown ^ before == {kind.name}
    elif row in ORDER_KEYS:
        order = ORDER_KEYS[row]
        if not order.of_faction:
            hands.click(hands.point("0303"))
        refused = targets.why_not(table.view.state, table.seat, table.selection.unit, order.key)
        table.say("")
        hands.post(pygame.KEYDOWN, key=ord(order.letter.lower()), mod=SHIFT, unicode=order.letter)
        given = [entry.order for entry in hands.session.entries]
        if refused:
            assert table.notice == as_notice(refused) and not given
        elif order.at_once is not None:
            assert isinstance(given[-1], order.order)
        else:
            assert table.selection.mode == order.key and not given
    else:
        PROMISES[row](hands)
