"""Pictures of every screen, and of the map at three zooms, without a display: to look at, and for the documents.

Nothing of the player's is touched: saves are made in a folder of their own, settings are the defaults.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pygame

from game import orders as od
from game import records
from game.ai.players import make_player
from game.scenario.shipped import scenario_folder, shipped_scenarios
from game.session import Session
from game.ui import overlays
from game.ui.app import find
from game.ui.camera import hex_centre
from game.ui.clicks import with_fighters
from game.ui.editor.pictures import editor_scenes
from game.ui.library import CAMPAIGN, Library, front_picture, print_picture
from game.ui.mapview.fight import LOSSES, SLICE
from game.ui.scene import Desk, Push, Scene, ScenePlace
from game.ui.scenes.board import HUMAN
from game.ui.scenes.handover import HandoverScene
from game.ui.scenes.help import HelpScene
from game.ui.scenes.keys import KeysScene
from game.ui.scenes.menu import Menu
from game.ui.scenes.pause import PauseScene
from game.ui.scenes.saves import REPLAYS, Saves
from game.ui.scenes.scenarios import Scenarios
from game.ui.scenes.settings import SettingsScene
from game.ui.scenes.sides import SeatsPage, Sides
from game.ui.scenes.victory import VictoryScene
from game.ui.selection import Selection
from game.ui.settings import Settings
from game.ui.table.chronicle import Chronicle
from game.ui.table.map_desk import FIRST_ZOOM
from game.ui.table.replay import ReplayTable
from game.ui.table.retelling import Retelling
from game.ui.table.scene import TableScene
from game.ui.window import make_desk, open_window

SIZES = ((1280, 720), (1920, 1080), (2560, 1440))
SEED = 7
TURN = 4
"""The turn in which the table is shown, with fronts that have begun to move."""
PLAYER = "staff"
PLACE = "Deir ez-Zor"
ZOOMS = {"whole": 0.0, "middle": 46.0, "near": 96.0}
MOMENTS = 12
"""Seconds that a screen is given: what it reads and draws one after the other is there then."""
REPORT = ("aims", "history", "ledgers", "calendar", "politics", "staff-log")
"""The chapters of the report, in their order."""
SETTLED = 240
"""Most frames until a screen has drawn all that it shows."""


def write_shots(folder: Path) -> Iterator[Path]:
    """Write the pictures into a folder, made where it is missing; yields each path when the picture is there."""
    folder.mkdir(parents=True, exist_ok=True)
    open_window(SIZES[0])
    with tempfile.TemporaryDirectory() as place:
        studio = ShotStudio(Path(place))
        for size in SIZES:
            screen = open_window(size)
            desk = make_desk(size, settings=Settings(autosave=False, tips=False))
            for name, scene in chain(studio.scenes(desk), editor_scenes(desk, studio.place / "editor")):
                yield photograph(screen, scene, folder / f"{name}-{size[0]}x{size[1]}.png")


def photograph(screen: pygame.Surface, scene: Scene, path: Path) -> Path:
    """One picture, once the screen shows all it has to."""
    for _ in range(SETTLED):
        scene.draw(screen)
        board = getattr(scene, "board", None) or getattr(scene, "canvas", None)
        if board is None and not getattr(scene, "unfinished", False):
            break
        if board is not None and not board.map.unfinished:
            break
        if board is not None:
            board.update(0.1)
    scene.draw(screen)
    pygame.image.save(screen, path)
    return path


class ShotStudio:
    """What the pictures need: scenarios, one of them faulty, a game in progress, a finished one, and some saves."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.library = Library(make_desk(SIZES[0]).theme, [*shipped_scenarios(), str(self._faulty())])
        for entry in self.library.entries:
            self.library.wait(entry)
        self.progress, self.finished = self._games()
        self.course = retold(self.finished)
        self.folders = self._saves()

    def _faulty(self) -> Path:
        folder = self.place / "a_war_in_the_making"
        shutil.copytree(scenario_folder(CAMPAIGN), folder)
        path = folder / "victory.yaml"
        text = path.read_text(encoding="utf-8").replace("place: Mayadin,", "place: Mayadeen,")
        path.write_text(text.replace("kind: field", "kind: feild", 1), encoding="utf-8")
        return folder

    def _games(self) -> tuple[Session, Session]:
        world = self.library.entries[0].world
        assert world is not None
        session = Session(world, SEED)
        for faction in range(len(world.factions)):
            session.seat(faction, make_player(PLAYER), PLAYER)
        path = self.place / "progress.dez"
        for _ in session.run():
            if session.state.clock.turn == TURN and not path.exists():
                records.save_game(session, path)
        return records.load_game(path, make_player), session

    def _saves(self) -> tuple[Path, Path]:
        own, automatic = self.place / "saves", self.place / "autosaves"
        whole = records.save_game(self.progress, self.place / "whole.dez").read_bytes()
        own.mkdir()
        (own / "half a file.dez").write_bytes(whole[: len(whole) // 2])
        for name in ("before the crossing", "Race for Deir Ezzor, turn 4 SAA"):
            records.save_game(self.progress, own / records.safe_name(name, records.SAVE_SUFFIX))
        records.autosave(self.progress, automatic)
        return own, automatic

    # --- scenes -----------------------------------------------------------------------------------------------

    def scenes(self, desk: Desk) -> Iterator[tuple[str, Scene]]:
        """(name, scene) of every picture, ready to be drawn."""
        for entry in self.library.entries:
            if entry.world is not None:
                entry.picture = entry.picture or print_picture(entry.world, desk.theme)
                entry.front = front_picture(entry.world, desk.theme, entry.picture)
        self.library.theme = desk.theme
        yield from self._before(desk)
        yield from self._files(desk)
        table = self._table(desk)
        yield from self._map(table)
        yield from self._play(table)
        yield from self._around(desk, table)
        yield from fight_shots(table)

    def _before(self, desk: Desk) -> Iterator[tuple[str, Scene]]:
        world = self.library.entries[0].world
        assert world is not None
        menu = Menu(desk, self.library, self.folders[1])
        yield "menu", _ready(menu)
        yield "scenarios", _ready(Scenarios(desk, self.library))
        faulty = Scenarios(desk, self.library)
        faulty.chosen = len(self.library.entries) - 1
        yield "scenario-with-errors", _ready(faulty)
        yield "sides", _ready(Sides(desk, world, seed=SEED))
        yield "settings", _ready(SettingsScene(desk))
        yield "keys", _ready(KeysScene(desk))
        for name, chapter in (("keys", 0), ("rulebook", 1), ("combat", 6)):
            yield f"help-{name}", _ready(HelpScene(desk, world, chapter=chapter))
        yield "help-sources", _ready(HelpScene(desk, world, chapter=-1))

    def _files(self, desk: Desk) -> Iterator[tuple[str, Scene]]:
        loading = Saves(desk, folders=self.folders)
        yield "load", _ready(loading)
        loading.chosen = next(n for n, one in enumerate(loading.saves) if one.header is None)
        yield "load-damaged", _ready(loading)
        saving = Saves(desk, self.progress, folders=self.folders)
        yield "save", _ready(saving)
        saving.name = "before the crossing"
        asked = saving.handle(_key(pygame.K_RETURN))
        assert isinstance(asked, Push) and not isinstance(asked.scene, ScenePlace)
        yield "question", _ready(asked.scene)

    def _table(self, desk: Desk) -> TableScene:
        """A game watched for some turns; then a person takes the first seat."""
        world = self.progress.world
        first = world.sequence[0]
        table = TableScene(desk, Session(world, SEED), seats=dict.fromkeys(range(len(world.factions)), PLAYER))
        table.resize()
        table.playback.skip()
        while table.session.state.clock.turn < TURN:
            table.update(0.02)
        table.set_seat(first, HUMAN)
        while not table.playing:
            table.update(0.02)
        table.reel = None
        return table

    def _map(self, table: TableScene) -> Iterator[tuple[str, Scene]]:
        world = table.session.world
        here = next(place.hex for place in world.places if place.name == PLACE)
        for name, zoom in ZOOMS.items():
            camera = table.board.map.camera
            table.board.map.camera = replace(camera, zoom=zoom).centred_on(here) if zoom else camera.fitted()
            yield f"map-{name}", table
        zoom = FIRST_ZOOM * table.desk.scale // 1
        table.board.map.camera = replace(table.board.map.camera, zoom=zoom).centred_on(here)

    def _play(self, table: TableScene) -> Iterator[tuple[str, Scene]]:
        press(table, pygame.K_n)
        yield "table-unit", table
        yield from reach_shots(table)
        for _ in range(200):
            press(table, pygame.K_b)
            if table.selection.mode == "attack":
                break
            press(table, pygame.K_n)
        table.notice = ""  # what was said to those who had no enemy beside them
        if table.selection.target >= 0:
            table.select(with_fighters(table.view.state, table.selection))
            table.board.centre(hex_centre(table.board.map.picture.columns, table.selection.target))
        yield "table-forecast", table
        press(table, pygame.K_ESCAPE)
        for kind in overlays.on_the_bar():
            shown = table.board.shown
            if kind.name not in shown:
                table.board.toggle(table, kind.name)
            if kind.name == "supply":
                yield from supply_shots(table)
                continue
            yield f"table-{kind.name}", table
            if kind.name not in shown:
                table.board.toggle(table, kind.name)
        table.ask_end_turn()
        yield "table-checklist", table
        table.dialog = None

    def _around(self, desk: Desk, table: TableScene) -> Iterator[tuple[str, Scene]]:
        yield "pause", _ready(PauseScene(desk, table))
        yield "seats", _ready(SeatsPage(desk, table.session.world, table.seats, table.set_seat))
        takes_over = table.session.world.sequence[1]
        two = {**table.seats, takes_over: HUMAN}
        ground = table.board.map.sheet.small_picture
        yield "handover", _ready(HandoverScene(desk, table.session, takes_over, two, lambda: None, ground))
        everybody = dict.fromkeys(range(len(self.finished.world.factions)), PLAYER)
        told = self.course
        result = VictoryScene(
            desk, self.finished, everybody, changes=told.changes, fronts=told.fronts, ground=ground
        )  # fmt: skip
        yield "result", _ready(result)
        for chapter, name in enumerate(REPORT):
            opened = table.report(chapter)
            if isinstance(opened, Push) and isinstance(opened.scene, ScenePlace):
                yield f"report-{name}", _ready(find(desk, opened.scene))
        listed = table.unit_list()
        if isinstance(listed, Push) and isinstance(listed.scene, ScenePlace):
            yield "units", _ready(find(desk, listed.scene))
        nothing = self.place / "nothing"
        yield "load-empty", _ready(Saves(desk, folders=(nothing, nothing)))
        yield "replays-empty", _ready(Saves(desk, folders=(nothing, nothing), shelf=REPLAYS))
        yield "replay", _wound(ReplayTable(desk, records.showing_of(self.finished)))


def _wound(table: ReplayTable) -> ReplayTable:
    """A finished game in its middle, just after an attack, with all of it seen."""
    table.resize()
    table.film.read_all()
    while not table.sees_all:
        table.watch()
    table.strip.read()
    attacks = [n for n, entry in enumerate(table.film.entries) if isinstance(entry.order, od.Attack)]
    table.strip.go_to(attacks[len(attacks) // 2])
    table.strip.step(1)
    table.stage.skip()
    table.notice = ""
    for _ in range(SETTLED):
        table.update(1 / 30)
    return table


def retold(session: Session) -> Chronicle:
    """What a game that nobody watched would have told."""
    telling = Retelling(session)
    while not telling.step(1.0):
        pass
    return telling.chronicle


def reach_shots(table: TableScene) -> Iterator[tuple[str, Scene]]:
    """The mouse over a hex where a march may provoke the other bloc, of the first unit that has one."""
    for _ in range(40):
        reach = table.board.map.reach
        if reach is not None and reach.risky:
            here, away = table.selection.hex, table.view.state.world.grid.distance
            goal = min(reach.risky, key=lambda there: (away(here, there), there))
            (ax, ay), (bx, by) = (hex_centre(table.board.map.picture.columns, end) for end in (here, goal))
            table.board.centre(((ax + bx) / 2, (ay + by) / 2))
            point(table, goal)
            yield "table-reach", table
            break
        press(table, pygame.K_n)
    table.handle(pygame.event.Event(pygame.MOUSEMOTION, pos=(0, 0), rel=(0, 0), buttons=(0, 0, 0)))


def supply_shots(table: TableScene) -> Iterator[tuple[str, Scene]]:
    """The whole net without a unit in hand, where it is cut if it is."""
    held, camera = table.selection, table.board.map.camera
    table.select(Selection())
    breaks = table.board.map.breaks
    if breaks:
        table.board.centre(hex_centre(table.board.map.picture.columns, breaks[0].hex))
    yield "table-supply", table
    table.board.toggle(table, "supply")
    table.select(held)
    table.board.map.camera = camera


def fight_shots(table: TableScene) -> Iterator[tuple[str, Scene]]:
    """The attack that is at hand with all that join it: as its losses show, and as it is over."""
    for _ in range(200):
        press(table, pygame.K_b)
        if table.selection.mode == "attack":
            break
        press(table, pygame.K_n)
    table.select(with_fighters(table.view.state, table.selection))
    table.board.centre(hex_centre(table.board.map.picture.columns, table.selection.target))
    press(table, pygame.K_RETURN)
    table.stage.update((SLICE + LOSSES) / 2)
    if table.stage.running:
        yield "table-combat", table
    table.stage.skip()
    yield "table-result", table


def _ready(scene: Scene) -> Scene:
    """Laid out, and a moment old: whatever fades in is there."""
    scene.resize()
    for _ in range(MOMENTS):
        scene.update(1.0)
        if isinstance(scene, Menu | Saves):
            scene.wait()
    return scene


def point(table: TableScene, here: int) -> None:
    """Move the mouse over a hex."""
    at = table.point_of(here)
    table.handle(pygame.event.Event(pygame.MOUSEMOTION, pos=at, rel=(0, 0), buttons=(0, 0, 0)))


def press(scene: Scene, key: int) -> None:
    """Press a key."""
    scene.handle(_key(key))


def _key(key: int) -> pygame.event.Event:
    return pygame.event.Event(pygame.KEYDOWN, key=key, mod=0, unicode="")
