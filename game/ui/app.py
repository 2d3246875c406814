"""The game at the window: runs the stack of scenes at 60 frames a second, and knows which scene is found where.

It alone knows all screens. A screen says where to go with a value of :mod:`game.ui.places`; what it opens stands in
``ROOMS`` and ``rooms_of_a_game``. What a start can do without is imported when it is first opened.
"""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pygame

from game.faults import Fault
from game.scenario.options import with_options
from game.scenario.shipped import scenario_folder
from game.store import Claim, claim, quick_save_name, saves_folder
from game.ui import free_memory, places
from game.ui.library import Library
from game.ui.scene import Change, Desk, Keeper, Leaver, Push, Question, Quit, Restart, Scene, ScenePlace, SceneStack
from game.ui.scenes.dialog import message
from game.ui.scenes.help import HelpScene
from game.ui.scenes.menu import Menu
from game.ui.scenes.scenarios import Scenarios
from game.ui.scenes.settings import SettingsScene
from game.ui.scenes.sides import SeatsPage, Sides
from game.ui.settings import load_settings, save_settings
from game.ui.window import TITLE, make_desk, measure, open_window, show_full_screen
from game.words import say

FRAMES = 60
SHOWN = (".replay", ".dez")
"""Files that are shown when they are dropped on the window."""


def first_place(scenario: str | None, options: Mapping[str, bool] | None = None) -> ScenePlace:
    """The menu, or the sides of a scenario by name or folder; raises a Fault when it cannot be played."""
    if scenario is None:
        return places.ToMenu()
    from game.engine import load_scenario

    world = with_options(load_scenario(scenario), options or {})
    return places.ToSides(world, home=True, folder=scenario_folder(scenario))


# --- what is found where --------------------------------------------------------------------------------------


def find(desk: Desk, place: ScenePlace) -> Scene:
    """The scene that is found at a place."""
    kind = type(place)
    return (ROOMS[kind] if kind in ROOMS else rooms_of_a_game()[kind])(desk, place)


def _saves(desk: Desk, place: places.ToLoad) -> Scene:
    from game.ui.scenes.saves import REPLAYS, Saves

    return Saves(desk, shelf=REPLAYS if place.replays else None)


def _editor(desk: Desk, place: places.ToEditor) -> Scene:
    from game.ui.editor.opening import edit_folder

    return edit_folder(desk, place.back_to, place.folder)


def _new_scenario(desk: Desk, place: places.ToNewScenario) -> Scene:
    from game.ui.editor.opening import ask_new

    return ask_new(desk, place.back_to)


def _play_test(desk: Desk, place: places.ToPlayTest) -> Scene:
    from game.ui.editor.playtest import PlayTest

    return PlayTest(desk, place.world, find)


def _keys(desk: Desk, place: places.ToKeys) -> Scene:
    from game.ui.scenes.keys import KeysScene

    return KeysScene(desk)


Room = Callable[[Desk, Any], Scene]
"""Opens the screen of one kind of place."""

ROOMS: Mapping[type[ScenePlace], Room] = MappingProxyType(
    {
        places.ToMenu: lambda desk, to: Menu(desk, Library(desk.theme)),
        places.ToScenarios: lambda desk, to: Scenarios(desk, to.library, to.watch, to.edit, to.at),
        places.ToSides: lambda desk, to: Sides(desk, to.world, watch=to.watch, home=to.home, folder=to.folder),
        places.ToSettings: lambda desk, to: SettingsScene(desk),
        places.ToKeys: _keys,
        places.ToHelp: lambda desk, to: HelpScene(desk, to.world, to.library),
        places.ToLoad: _saves,
        places.ToEditor: _editor,
        places.ToNewScenario: _new_scenario,
        places.ToPlayTest: _play_test,
    }
)
"""Which screen is found at which place of the menu and the editor."""


@cache
def rooms_of_a_game() -> Mapping[type[ScenePlace], Room]:
    """Which screen is found at which place of a game. The engine comes with these: the menu does not wait for it."""
    from game.ui import choke_points
    from game.ui.scenes.handover import HandoverScene
    from game.ui.scenes.pause import PauseScene
    from game.ui.scenes.report import ReportScene
    from game.ui.scenes.saves import Saves
    from game.ui.scenes.units import UnitsScene
    from game.ui.scenes.victory import VictoryScene
    from game.ui.table import places as at_table
    from game.ui.table.replay import ReplayTable
    from game.ui.table.scene import TableScene

    choke_points.load_ahead()
    return {
        at_table.ToTable: lambda desk, to: TableScene(desk, to.session, seats=to.seats, folder=to.folder, note=to.note),
        at_table.ToReplay: lambda desk, to: ReplayTable(desk, to.showing, to.leaving),
        at_table.ToPause: lambda desk, to: PauseScene(desk, to.table),
        at_table.ToSeats: lambda desk, to: SeatsPage(desk, to.world, to.seats, to.change),
        at_table.ToSave: lambda desk, to: Saves(desk, to.session, told=to.told),
        at_table.ToHandover: lambda desk, to: HandoverScene(desk, to.session, to.faction, to.seats, to.then, to.ground),
        at_table.ToReport: lambda desk, to: ReportScene(
            desk,
            to.view,
            to.faction,
            to.changes,
            to.chapter,
            moves=to.moves,
            plans=to.plans,
            ground=to.ground,
            fronts=to.fronts,
            staff_log=to.staff_log,
        ),
        at_table.ToUnits: lambda desk, to: UnitsScene(desk, to.view, to.faction, to.planned, to.take, to.ground),
        at_table.ToResult: lambda desk, to: VictoryScene(
            desk, to.session, to.seats, changes=to.changes, fronts=to.fronts, ground=to.ground
        ),
    }


# --- the loop -------------------------------------------------------------------------------------------------


def run(screen: pygame.Surface, desk: Desk, first: Scene | ScenePlace, notice: str = "") -> int:
    """Run scenes until the last one is left, with a notice over the first; returns the exit code."""
    stack, clock = SceneStack(first, partial(find, desk)), pygame.time.Clock()
    stack.top.resize()
    if notice:
        stack.change(Push(message(desk, stack.top, "The game is running twice", notice)))
    tidying = Tidying()
    while stack.scenes:
        tidying.look_at(stack.scenes)
        for event in pygame.event.get():
            if event.type == pygame.QUIT:
                if not stack.change(closing(stack)):
                    return 0
                continue
            if event.type == pygame.VIDEORESIZE or event.type == pygame.WINDOWSIZECHANGED:
                screen = fit(desk, stack)
                continue
            if event.type == pygame.KEYDOWN and event.key == pygame.K_F11:
                show_full_screen(desk, not desk.full_screen.on)
                with contextlib.suppress(Fault):  # it holds for this game, where it cannot be kept
                    save_settings(desk.settings)
                screen = fit(desk, stack)
                continue
            if event.type == pygame.KEYDOWN and event.key == pygame.K_F12:
                take_picture(screen, stack)
                continue
            if event.type == pygame.DROPFILE:
                stack.change(dropped(desk, stack, event.file))
                continue
            if not stack.handle(event):
                return 0
        if not stack.change(stack.top.update(clock.tick(FRAMES) / 1000)):
            return 0
        stack.top.draw(screen)
        pygame.display.flip()
    return 0


class Tidying:
    """Throws away what scenes have left: pages that were closed, and all of a game that was left.

    A page and its buttons know each other, so that a closed one stays, with pictures as large as the window, until the
    collector has looked: by itself it looks too seldom for that, since it counts objects and not their bytes.
    """

    def __init__(self) -> None:
        self._ground: Scene | None = None
        self._covered = False

    def look_at(self, scenes: Sequence[Scene]) -> None:
        """To be asked between frames."""
        lowest = scenes[0] if scenes else None
        if lowest is not self._ground:
            settle(self._ground)
            self._ground = lowest
        elif self._covered and len(scenes) == 1:
            gc.collect()
        self._covered = len(scenes) > 1


def settle(former: Scene | None = None) -> None:
    """Another game has been opened, or the menu: what the ``former`` one left is thrown away, pictures and all.

    What is there now stays until the next time, so the collector need not look through it: with a campaign open that
    held the frame up for 100 ms every few thousand events.
    """
    if isinstance(former, Leaver):
        former.left()
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    free_memory.give_back()


def closing(stack: SceneStack) -> Change | None:
    """The window is to be closed: a scene with something to lose asks first, once."""
    keepers = [scene for scene in stack.scenes if isinstance(scene, Keeper) and scene.unsaved]
    if not keepers:
        return Quit()
    return None if isinstance(stack.top, Question) else keepers[-1].ask_to_leave(Quit())


def dropped(desk: Desk, stack: SceneStack, file: str) -> Change | None:
    """A file was dropped on the window: a replay or a save is shown, over whatever is open; a question waits first."""
    path = Path(file)
    if isinstance(stack.top, Question) or path.suffix not in SHOWN:
        return None
    from game.ui.scenes.loading import loading_replay

    return Push(loading_replay(desk, path, stack.top))


def fit(desk: Desk, stack: SceneStack) -> pygame.Surface:
    """After a change of the window's size: the layout follows."""
    screen = measure(desk)
    for scene in stack.scenes:
        scene.resize()
    return screen


def take_picture(screen: pygame.Surface, stack: SceneStack) -> Path | None:
    """F12: the window as a file. It is drawn anew, so that nothing shows that the screen on top would hide."""
    stack.top.draw(screen)
    folder = saves_folder().parent / "pictures"
    for number in range(1, 10_000):
        path = folder / f"picture-{number:04d}.png"
        if not path.exists():
            with contextlib.suppress(OSError, pygame.error):
                folder.mkdir(parents=True, exist_ok=True)
                pygame.image.save(screen, path)
                pygame.display.set_caption(say("{title}: picture saved as {path}", title=TITLE, path=path))
                return path
            return None
    return None


def run_table(scenario: str | None, options: Mapping[str, bool] | None = None) -> int:
    """Open the window with the menu, or straight with a scenario; returns the exit code."""
    place = claim(saves_folder())
    try:
        return _open_with(lambda desk: first_place(scenario, options), place)
    finally:
        place.release()


def told_of_another(place: Claim) -> str:
    """What a player is told whose game is not the only one on the folder of saves, "" when it is."""
    if place.number == 1:
        return ""
    return say(
        "Another copy of the game is using your saves folder ({owner}). Your games stay separate: the quick save of "
        "this copy is called **{name}**, and it has autosaves of its own. Saves that you name are in one folder; the "
        "game asks before it overwrites one.",
        owner=place.owner,
        name=quick_save_name(place.number),
    )


def run_replay(file: Path) -> int:
    """Open the window with a recorded game; returns the exit code. Raises RecordFault, before there is a window."""
    from game.ui.scenes.loading import replay_at

    first = replay_at(file, Restart(places.ToMenu()))
    place = claim(saves_folder())
    try:
        return _open_with(lambda desk: first, place)
    finally:
        place.release()


def run_editor(scenario: str) -> int:
    """Open the window with the editor of a scenario; returns the exit code."""
    from game.ui.editor.opening import editor_of

    return _open_with(lambda desk: editor_of(desk, scenario))


def _open_with(first: Callable[[Desk], Scene | ScenePlace], place: Claim | None = None) -> int:
    place = place or Claim(1)
    screen = open_window()
    desk = make_desk(screen.get_size(), settings=load_settings())
    desk.copy = place.number
    if desk.settings.full_screen:
        show_full_screen(desk, True)
        screen = measure(desk)
    try:
        return run(screen, desk, first(desk), told_of_another(place))
    finally:
        pygame.quit()
