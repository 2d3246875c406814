"""Scenes: one screen each, stacked. A scene answers events with a change of the stack; drawing changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

import pygame

from game.ui.full_screen import FullScreen
from game.ui.keyboard import Keyboard
from game.ui.kit.fonts import Fonts
from game.ui.kit.theme import Theme
from game.ui.settings import Settings
from game.ui.speaker import Speaker


@dataclass(slots=True)
class Desk:
    """What every scene shares: the look, the size of the window in pixels, and the player's settings."""

    theme: Theme
    fonts: Fonts
    size: tuple[int, int]
    scale: float = 1.0
    settings: Settings = field(default_factory=Settings)
    full_screen: FullScreen = field(default_factory=FullScreen)
    testing: bool = False
    """Whether the game at the table is a test of the editor's, which is not kept by itself."""
    copy: int = 1
    """Which of the copies of the game that run on this machine this is; their automatic and quick saves differ."""

    speaker: Speaker = field(default_factory=Speaker)

    def hear(self, *sounds: str) -> None:
        """Let sounds be heard, as loud as the player wants them."""
        for name in sounds:
            self.speaker.play(name, self.settings)

    def px(self, points: float) -> int:
        """A length of the layout (at 1280x720 and scale 1) in pixels of this window."""
        return max(1, round(points * self.scale))


class Scene(Protocol):
    """One screen."""

    def handle(self, event: pygame.event.Event) -> Change | None:
        """Answer one event."""
        ...

    def update(self, seconds: float) -> Change | None:
        """Let time pass."""
        ...

    def resize(self) -> None:
        """The window has a new size (``desk.size``), or this scene has the window again: nothing is held down now."""
        ...

    def draw(self, screen: pygame.Surface) -> None:
        """Paint the whole window."""
        ...


@runtime_checkable
class Question(Protocol):
    """A scene that waits for an answer."""

    answers: Sequence[tuple[str, Callable[[], Change | None]]]


@runtime_checkable
class Leaver(Protocol):
    """A scene that gives up what it has worked out when another one takes the window for good."""

    def left(self) -> None:
        """It is not on the stack any more."""
        ...


@runtime_checkable
class Keeper(Protocol):
    """A scene with work that would be lost if the window were closed."""

    @property
    def unsaved(self) -> bool:
        """Whether there is something to lose now."""
        ...

    def ask_to_leave(self, leaving: Change) -> Change:
        """The question before ``leaving``."""
        ...


@dataclass(frozen=True, slots=True)
class ScenePlace:
    """Where to go, by name: a value that the window turns into a scene (see :mod:`game.ui.places`)."""


@dataclass(frozen=True, slots=True)
class Push:
    """Put a scene on top: one that is at hand, or the one that is found at a place."""

    scene: Scene | ScenePlace


@dataclass(frozen=True, slots=True)
class Pop:
    """Go back to the scene below, or further down."""

    levels: int = 1


@dataclass(frozen=True, slots=True)
class Replace:
    """Put another scene where this one was."""

    scene: Scene | ScenePlace


@dataclass(frozen=True, slots=True)
class Restart:
    """Clear the stack and start from one scene."""

    scene: Scene | ScenePlace


@dataclass(frozen=True, slots=True)
class Quit:
    """Leave the game."""


Change = Push | Pop | Replace | Restart | Quit


class SceneStack:
    """The open scenes; the last one has the window. ``find`` knows which scene is found at a place."""

    def __init__(self, first: Scene | ScenePlace, find: Callable[[ScenePlace], Scene]) -> None:
        self._find = find
        self.keyboard = Keyboard()
        self.scenes: list[Scene] = [self._scene(first)]

    def _scene(self, goal: Scene | ScenePlace) -> Scene:
        return self._find(goal) if isinstance(goal, ScenePlace) else goal

    @property
    def top(self) -> Scene:
        """The scene that has the window."""
        return self.scenes[-1]

    def handle(self, event: pygame.event.Event) -> bool:
        """Pass an event on to the scene that has the window; False when the game is left."""
        heard = self.keyboard.sort(event)
        return bool(self.scenes) if heard is None else self.change(self.top.handle(heard))

    def change(self, change: Change | None) -> bool:
        """Apply a change; False when the game is left."""
        if isinstance(change, Push):
            self.scenes.append(self._scene(change.scene))
        elif isinstance(change, Replace):
            self.scenes[-1] = self._scene(change.scene)
        elif isinstance(change, Restart):
            self.scenes = [self._scene(change.scene)]
        elif isinstance(change, Quit):
            self.scenes = []
        elif isinstance(change, Pop):
            del self.scenes[-change.levels :]
        if change is not None and self.scenes:
            self.keyboard.scene_changed()
            self.top.resize()
        return bool(self.scenes)
