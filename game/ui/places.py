"""Where one can go from the menu and in the editor: a name for each screen, with what it needs to open.

A scene says where the player goes next with one of these values, and :mod:`game.ui.app`, which alone knows all
screens, opens it. So no screen imports another one that may lead back to it. The places of a game are in
:mod:`game.ui.table.places`: the engine comes with them, for which the menu does not wait.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from game.scenario.world import World
from game.ui.library import Library
from game.ui.scene import Scene, ScenePlace

# --- before a game --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ToMenu(ScenePlace):
    """The first screen."""


@dataclass(frozen=True, slots=True)
class ToScenarios(ScenePlace):
    """The choice of a scenario: to play it, to watch it, or to edit it. ``at`` is the one that is chosen at first."""

    library: Library
    watch: bool = False
    edit: bool = False
    at: int = 0


@dataclass(frozen=True, slots=True)
class ToSides(ScenePlace):
    """Who plays which side, before a game. ``home`` leads back to the menu."""

    world: World
    watch: bool = False
    home: bool = False
    folder: Path | None = None


@dataclass(frozen=True, slots=True)
class ToSettings(ScenePlace):
    """The settings."""


@dataclass(frozen=True, slots=True)
class ToKeys(ScenePlace):
    """The keys of the table."""


@dataclass(frozen=True, slots=True)
class ToHelp(ScenePlace):
    """Keys, rules and sources, with the numbers of a world, or those of the library's campaign."""

    world: World | None = None
    library: Library | None = None


@dataclass(frozen=True, slots=True)
class ToLoad(ScenePlace):
    """The saved games, one of which is to be loaded; ``replays``: the recorded ones, one of which is to be watched."""

    replays: bool = False


# --- the editor -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ToEditor(ScenePlace):
    """The editor with the scenario of a folder, or with a copy of one that is not to be changed itself."""

    folder: Path
    back_to: Scene


@dataclass(frozen=True, slots=True)
class ToNewScenario(ScenePlace):
    """A new scenario, and the editor with it."""

    back_to: Scene


@dataclass(frozen=True, slots=True)
class ToPlayTest(ScenePlace):
    """A game of what stands in the editor's workshop."""

    world: World
