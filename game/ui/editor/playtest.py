"""A game of what stands in the workshop: played in a stack of scenes of its own, which ends where the editor waits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pygame

from game.scenario.world import World
from game.ui.places import ToMenu, ToSides
from game.ui.scene import Change, Desk, Pop, Restart, Scene, ScenePlace, SceneStack
from game.ui.scenes.pause import PauseScene
from game.ui.table.places import ToPause


class PlayTest:
    """A game of a world, from the choice of sides on. The menu of the game leads back to the editor.

    It keeps no automatic saves: a test must not push the player's own games out.
    """

    def __init__(self, desk: Desk, world: World, find: Callable[[Desk, ScenePlace], Scene]) -> None:
        self._outer, self._find_outside = desk, find
        self.desk = replace(desk, testing=True)
        self.stack = SceneStack(ToSides(world), self._find)
        self.stack.top.resize()

    def _find(self, place: ScenePlace) -> Scene:
        """As everywhere, but for the menu over the game."""
        return TestPause(self.desk, place.table) if isinstance(place, ToPause) else self._find_outside(self.desk, place)

    def handle(self, event: pygame.event.Event) -> Change | None:
        """To the scene on top. A test is not saved, and does not load: the player's quick save is another game's."""
        if event.type == pygame.KEYDOWN and event.key in (pygame.K_F5, pygame.K_F9):
            return None
        heard = self.stack.keyboard.sort(event)
        return None if heard is None else self._follow(self.stack.top.handle(heard))

    def update(self, seconds: float) -> Change | None:
        """Let time pass in the scene on top."""
        return self._follow(self.stack.top.update(seconds))

    def _follow(self, change: Change | None) -> Change | None:
        self._outer.settings = self.desk.settings  # what the player sets in a test holds afterwards
        leaving = isinstance(change, Restart) and isinstance(change.scene, ToMenu)
        return None if not leaving and self.stack.change(change) else Pop()

    def resize(self) -> None:
        """The window has a new size."""
        self.desk.size, self.desk.scale = self._outer.size, self._outer.scale
        self.desk.settings = self._outer.settings
        for scene in self.stack.scenes:
            scene.resize()

    def draw(self, screen: pygame.Surface) -> None:
        """The scene on top."""
        self.stack.top.draw(screen)

    @property
    def top(self) -> Scene:
        """The scene on top of the test's own stack."""
        return self.stack.top


class TestPause(PauseScene):
    """The menu over a game that is a test."""

    __test__ = False

    def _items(self) -> list[tuple[str, str, Callable[[], None], str]]:
        return [item for item in super()._items() if not item[1].startswith(("Save", "Load"))]

    def _way_out(self) -> tuple[str, Callable[[], None]]:
        return "Back to the editor", self._to_editor

    def _to_editor(self) -> None:
        self.go(Restart(ToMenu()))
