"""A picture of a whole map in a file: the printed map, who holds what, and every unit where it stands."""

from __future__ import annotations

from math import ceil
from pathlib import Path

import pygame

from game import engine
from game.faults import EnvironmentFault
from game.scenario.world import World
from game.state.tables import State
from game.ui.app import make_desk
from game.ui.camera import CLOSEST, map_extent
from game.ui.mapview.view import MapView
from game.ui.scene import Desk
from game.ui.worldview import control, crossings, map_picture, stacks

SEED = 1
"""Of the dice of a game that nobody plays: units stand where the scenario puts them, whatever the dice."""
NARROWEST = 200


def write_map_picture(shown: State | World, path: Path, width: int = 1920) -> Path:
    """Draw a state, or a world as its game begins, as a PNG ``width`` pixels wide. Needs no display; hides nothing."""
    state = shown if isinstance(shown, State) else engine.start(shown, SEED)
    opened = not pygame.display.get_init() or pygame.display.get_surface() is None
    if opened:
        pygame.display.init()
        pygame.font.init()
        pygame.display.set_mode((16, 16), pygame.HIDDEN)
    try:
        picture = map_surface(state, max(NARROWEST, width), make_desk((width, width)))
        pygame.image.save(picture, path)
    except pygame.error as error:
        raise EnvironmentFault(f"{path}: the picture cannot be written ({error}).", "choose another place") from error
    finally:
        if opened:
            pygame.display.quit()
    return path


def map_surface(state: State, width: int, desk: Desk) -> pygame.Surface:
    """The whole map as a picture of a width."""
    world = state.world
    wide, tall = map_extent(world.grid.columns, world.grid.rows)
    zoom = min(int(CLOSEST), ceil(width / wide))
    size = (ceil(wide * zoom), ceil(tall * zoom))
    view = MapView(map_picture(world), desk.theme, desk.fonts, pygame.Rect((0, 0), size))
    view.crossings = crossings(state)
    view.stacks = stacks(state, world.sequence[0])
    view.set_overlays(control(state, desk.theme, False))
    board = pygame.Surface(size)
    view.finish(board)
    return pygame.transform.smoothscale(board, (width, round(size[1] * width / size[0])))
