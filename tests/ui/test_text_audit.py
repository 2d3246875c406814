"""No word of any screen falls out of the picture it is written on, at the usual size of text and at 125 %."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pygame
import pytest

from game import records
from game.session import Session
from game.ui.app import find
from game.ui.kit.fonts import TYPE_SCALE, Fonts
from game.ui.library import Library
from game.ui.scene import Desk, Push, Scene, ScenePlace
from game.ui.scenes.help import HelpScene
from game.ui.scenes.keys import KeysScene
from game.ui.scenes.menu import Menu
from game.ui.scenes.pause import PauseScene
from game.ui.scenes.saves import Saves
from game.ui.scenes.scenarios import Scenarios
from game.ui.scenes.settings import SettingsScene
from game.ui.scenes.sides import Sides
from game.ui.scenes.victory import VictoryScene
from game.ui.settings import Settings
from game.ui.table.scene import TableScene
from game.ui.window import make_desk

CAMPAIGN = "race_for_deir_ezzor"
SIZES = ((1280, 720), (1920, 1080))
SCALES = (100, 125)
SEATS = {0: "human", 1: "hold", 2: "hold", 3: "hold"}
Face = pygame.Surface


class Auditor:
    """Listens to every word that is drawn, and to where it is put; names of the map, which end at its edge, apart."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.words: dict[int, tuple[str, Face]] = {}
        self.written = 0
        self.sizes: dict[int, set[str]] = {}
        self.lost: list[str] = []
        auditor, plain = self, pygame.Surface

        class Listening(plain):  # type: ignore[misc, valid-type]
            """A picture that tells what is put on it."""

            def blit(self, source: Face, dest: Any = (0, 0), *more: Any, **named: Any) -> pygame.Rect:
                auditor.put(self, source, dest, bool(more or named))
                put: pygame.Rect = super().blit(source, dest, *more, **named)
                return put

            def fblits(self, pairs: Any, *more: Any) -> None:
                kept = list(pairs)
                for source, dest in kept:
                    auditor.put(self, source, dest, False)
                super().fblits(kept, *more)

        made = Fonts.text

        def text(fonts: Fonts, words: str, role: str, pixels: int, *more: Any) -> Face:
            if any(letter.islower() for letter in words):  # numbers on counters grow with the map
                auditor.sizes.setdefault(pixels, set()).add(words)
            return auditor.note(words, made(fonts, words, role, pixels, *more))

        monkeypatch.setattr(pygame, "Surface", Listening)
        monkeypatch.setattr(Fonts, "text", text)

    def note(self, words: str, face: Face) -> Face:
        """A picture of some words was made."""
        self.words[id(face)] = (words, face)
        return face

    def put(self, target: Face, source: Face, dest: Any, cut: bool) -> None:
        """Something is put on a picture: if it is words, all of them must lie on it."""
        found = self.words.get(id(source))
        if found is None or cut or target.get_clip() != target.get_rect():
            return  # what scrolls is cut on purpose
        self.written += 1
        corner = dest.topleft if isinstance(dest, pygame.Rect) else (round(dest[0]), round(dest[1]))
        ink = source.get_bounding_rect().move(corner)
        if ink.width and not target.get_rect().contains(ink):
            self.lost.append(f"{found[0]!r} at {tuple(ink)} on {target.get_size()}")


@pytest.fixture
def auditor(window: pygame.Surface, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Auditor]:
    assert window
    monkeypatch.setattr(records, "autosaves_folder", lambda: tmp_path / "auto")
    monkeypatch.setattr("game.ui.settings.settings_folder", lambda: tmp_path / "settings")
    yield Auditor(monkeypatch)


def desk_of(size: tuple[int, int], scale: int) -> Desk:
    return make_desk(size, settings=Settings(autosave=False, scale=scale))


def drawn(auditor: Auditor, desk: Desk, scene: Scene) -> None:
    """Laid out and drawn, with all that fades in."""
    scene.resize()
    for _ in range(3):
        scene.update(0.5)
        scene.draw(pygame.Surface(desk.size))


@pytest.fixture(scope="module")
def shelf(display: None) -> Library:
    from game.ui.kit.theme import load_theme

    found = Library(load_theme(), [CAMPAIGN])
    found.wait(found.entries[0])
    return found


def campaign(shelf: Library) -> Any:
    world = shelf.entries[0].world
    assert world is not None
    return world


def table(desk: Desk, shelf: Library) -> TableScene:
    return TableScene(desk, Session(campaign(shelf), 3), seats=SEATS)


def over(desk: Desk, shelf: Library) -> Scene:
    session = Session(campaign(shelf), 3)
    for faction in range(3):
        session.concede(faction)
    return VictoryScene(desk, session, SEATS)


Make = Callable[[Desk, Library], Scene]
SCENES: dict[str, Make] = {
    "menu": lambda desk, shelf: Menu(desk, shelf),
    "scenarios": lambda desk, shelf: Scenarios(desk, shelf),
    "sides": lambda desk, shelf: Sides(desk, campaign(shelf)),
    "settings": lambda desk, shelf: SettingsScene(desk),
    "keys": lambda desk, shelf: KeysScene(desk),
    "help": lambda desk, shelf: HelpScene(desk, campaign(shelf)),
    "saves": lambda desk, shelf: Saves(desk),
    "pause": lambda desk, shelf: PauseScene(desk, table(desk, shelf)),
    "result": over,
}


def test_the_auditor_hears_a_word_that_falls_out(auditor: Auditor) -> None:
    desk = desk_of(SIZES[0], 100)
    face = desk.fonts.text("A long word", "body", 20, desk.theme.interface.text)
    bar = pygame.Surface((face.get_width() + 4, 30))
    bar.blit(face, (2, 2))
    assert auditor.lost == []
    bar.blit(face, (8, 2))
    bar.fblits([(face, (2, 20))])
    assert len(auditor.lost) == 2


@pytest.mark.parametrize(
    ("size", "scale"),
    [
        (SIZES[0], 125), pytest.param(SIZES[1], 100, marks=pytest.mark.slow),
        pytest.param(SIZES[0], 100, marks=pytest.mark.slow), pytest.param(SIZES[1], 125, marks=pytest.mark.slow),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", SCENES)
def test_every_word_of_a_screen_lies_on_it(
    auditor: Auditor, shelf: Library, name: str, size: tuple[int, int], scale: int
) -> None:
    desk = desk_of(size, scale)
    drawn(auditor, desk, SCENES[name](desk, shelf))
    assert auditor.written > 3
    assert auditor.lost == []


@pytest.mark.parametrize(
    ("size", "scale"),
    [pytest.param(size, scale, marks=pytest.mark.slow) for size in SIZES for scale in SCALES],
)
def test_every_word_of_the_table_and_its_report_lies_on_it(
    auditor: Auditor, shelf: Library, size: tuple[int, int], scale: int
) -> None:
    desk = desk_of(size, scale)
    scene = table(desk, shelf)
    scene.board.map.finish(pygame.Surface(size))
    drawn(auditor, desk, scene)
    for key in (pygame.K_n, pygame.K_n, pygame.K_b, pygame.K_ESCAPE, pygame.K_TAB):
        scene.handle(pygame.event.Event(pygame.KEYDOWN, key=key, mod=0, unicode=""))
        scene.update(0.5)
        scene.draw(pygame.Surface(size))
    scene.ask_end_turn()
    scene.draw(pygame.Surface(size))
    scene.dialog = None
    here = next(iter(sorted(scene.view.state.stacks)))
    scene.open_context(here, scene.layout.map.center)
    scene.draw(pygame.Surface(size))
    scene.dialog = None
    scene.consulting.ask()
    scene.consulting.wait()
    scene.draw(pygame.Surface(size))
    units = scene.unit_list()
    assert isinstance(units, Push) and isinstance(units.scene, ScenePlace)
    drawn(auditor, desk, find(desk, units.scene))
    for chapter in range(5):
        change = scene.report(chapter)
        assert isinstance(change, Push) and isinstance(change.scene, ScenePlace)
        drawn(auditor, desk, find(desk, change.scene))
    assert auditor.written > 100
    assert auditor.lost == []


@pytest.mark.slow
def test_all_words_are_of_one_scale_of_sizes(auditor: Auditor, shelf: Library) -> None:
    desk = desk_of((1280, 720), 100)
    assert desk.scale == 1.0
    for make in SCENES.values():
        drawn(auditor, desk, make(desk, shelf))
    scene = table(desk, shelf)
    drawn(auditor, desk, scene)
    scene.handle(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_n, mod=0, unicode=""))
    scene.draw(pygame.Surface(desk.size))
    off = {size: sorted(words)[:4] for size, words in auditor.sizes.items() if size not in TYPE_SCALE}
    assert off == {}
    assert len(auditor.sizes) >= 6
