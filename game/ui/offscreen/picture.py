"""A picture of a map in a file: the whole or a part, with the table's overlays, or as it was on a day of history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import ceil, floor
from pathlib import Path

import pygame

from game import engine
from game.faults import EnvironmentFault, UsageFault
from game.scenario import annals
from game.scenario.world import World
from game.schema.spelling import suggestion
from game.state.tables import State
from game.ui import overlays, worldview
from game.ui.camera import CLOSEST, NEVER_BELOW, PITCH, RADIUS, hex_centre, map_extent
from game.ui.kit.theme import Theme
from game.ui.mapview.legend import Legend, legend_picture
from game.ui.mapview.view import MapView
from game.ui.scene import Desk
from game.ui.window import make_desk

SEED = 1
"""Of the dice of a game that nobody plays: units stand where the scenario puts them, whatever the dice."""
NARROWEST = 200
WIDEST = 8000
ROOM = 0.35
"""How much of the map shows around the hexes asked for, in hexes."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a picture is to show. Without ``hexes`` the whole map; sizes in pixels, 0 as it comes out.

    ``width`` is that of a picture as tall as its part of the map; ``size`` is exact, and what is too much shows more
    of the map. ``ghost`` is a day: then the holders of that day in history take the place of those of the game.
    """

    hexes: tuple[int, ...] = ()
    overlays: tuple[tuple[str, int], ...] = (("control", -1), ("grid", -1))
    """Names of the table's overlays, each with a faction or -1."""
    ghost: str = ""
    units: bool = True
    width: int = 0
    size: tuple[int, int] = (0, 0)
    zoom: int = 0


# --- what the words of a command line mean ------------------------------------------------------------------


def hexes_around(world: World, place: str, radius: int) -> tuple[int, ...]:
    """The hexes within a radius of a named place or of a hex label."""
    named = {one.name.casefold(): one.hex for one in reversed(world.places)}
    here = named.get(place.casefold(), -1)
    if here < 0:
        here = _hex(world, place, tuple(one.name for one in world.places))
    return tuple(world.grid.disk(here, radius))


def hexes_between(world: World, span: str) -> tuple[int, ...]:
    """The hexes of the rectangle between two corners, as in ``0101-1020``."""
    first, sign, last = span.partition("-")
    if not sign:
        raise UsageFault(f'"{span}" is not two hexes.', "write the corners as in 0101-1020.")
    (c1, r1), (c2, r2) = (world.grid.position(_hex(world, text.strip())) for text in (first, last))
    columns, rows = range(min(c1, c2), max(c1, c2) + 1), range(min(r1, r2), max(r1, r2) + 1)
    return tuple(world.grid.at(column, row) for row in rows for column in columns)


def _hex(world: World, text: str, names: tuple[str, ...] = ()) -> int:
    try:
        return world.grid.hex(text)
    except ValueError:
        what = f'"{text}" is neither a place nor a hex of the map.' if names else f'"{text}" is no hex of the map.'
        last = world.grid.label(world.grid.size - 1)
        fix = suggestion(text, names) if names else f"hexes run from {world.grid.label(0)} to {last}."
        raise UsageFault(what, fix) from None


def overlays_from(world: World, words: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """The overlays that some words such as ``supply:saa`` ask for; raises UsageFault."""
    known = tuple(kind.name for kind in overlays.OVERLAYS)
    found = []
    for word in words:
        name, _, faction = word.partition(":")
        kind = overlays.named(name)
        if kind is None:
            fix = f"{suggestion(name, known)}; there are {', '.join(known)}."
            raise UsageFault(f'there is no overlay "{name}".', fix)
        if faction and faction not in world.faction_row:
            raise UsageFault(f'there is no faction "{faction}".', suggestion(faction, world.faction_row))
        if not faction and kind.whose == "somebody's":
            raise UsageFault(f"the overlay {name} is somebody's.", f"name the faction: {name}:{world.factions[0].id}.")
        if lack := kind.missing(world):
            raise UsageFault(lack, f"leave out the overlay {name}.")
        found.append((name, world.faction_row[faction] if faction else -1))
    return tuple(found)


def ghost_day(world: World, day: str) -> str:
    """A day of the scenario's history; raises UsageFault where it has none, or begins later."""
    if not annals.has_history(world):
        raise UsageFault(f"{world.title} has no history.", "leave out --ghost.")
    if day < world.first_day:
        raise UsageFault(f"{world.title} begins on {world.first_day}.", "name that day or a later one.")
    return day


# --- drawing ------------------------------------------------------------------------------------------------


def write_map_picture(shown: State | World, path: Path, width: int = 1920, wanted: Wanted | None = None) -> Path:
    """Draw a state, or a world as its game begins, as a PNG. Needs no display; hides nothing."""
    state = shown if isinstance(shown, State) else engine.start(shown, SEED)
    opened = not pygame.display.get_init() or pygame.display.get_surface() is None
    if opened:
        pygame.display.init()
        pygame.font.init()
        pygame.display.set_mode((16, 16), pygame.HIDDEN)
    try:
        asked = wanted or Wanted(width=max(NARROWEST, width))
        picture = map_surface(state, asked, make_desk((1280, 720)))
        pygame.image.save(picture, path)
    except pygame.error as error:
        raise EnvironmentFault(f"{path}: the picture cannot be written ({error}).", "choose another place") from error
    finally:
        if opened:
            pygame.display.quit()
    return path


@dataclass(frozen=True, slots=True)
class _Excerpt:
    """The part of the map in a picture: left, top in map units, pixels a unit, and the picture's size in pixels."""

    left: float
    top: float
    zoom: float
    size: tuple[int, int]


def _frame(world: World, wanted: Wanted) -> _Excerpt:
    left, top, wide, tall = _part(world, wanted.hexes)
    if wanted.size[0]:
        zoom = wanted.zoom or min(wanted.size[0] / wide, wanted.size[1] / tall)
        size = wanted.size
        left, top = left + (wide - size[0] / zoom) / 2, top + (tall - size[1] / zoom) / 2
    else:
        zoom = wanted.zoom or max(NARROWEST, wanted.width or 1920) / wide
        size = (round(wide * zoom), round(tall * zoom))
    if max(size) > WIDEST:
        fix = f"choose a smaller part, zoom or size: at most {WIDEST} pixels either way."
        raise UsageFault(f"the picture would be {size[0]} x {size[1]} pixels.", fix)
    return _Excerpt(left, top, zoom, (max(1, size[0]), max(1, size[1])))


def _part(world: World, hexes: tuple[int, ...]) -> tuple[float, float, float, float]:
    """Left, top, width and height of some hexes in map units; of the whole map without any."""
    columns = world.grid.columns
    whole = map_extent(columns, world.grid.rows)
    if not hexes:
        return 0.0, 0.0, *whole
    centres = [hex_centre(columns, here) for here in hexes]
    left = max(0.0, min(x for x, _ in centres) - RADIUS - ROOM)
    top = max(0.0, min(y for _, y in centres) - 0.5 - ROOM)
    right = min(whole[0], max(x for x, _ in centres) + RADIUS + ROOM)
    bottom = min(whole[1], max(y for _, y in centres) + 0.5 + ROOM)
    return left, top, max(PITCH, right - left), max(1.0, bottom - top)


def map_surface(state: State, wanted: Wanted, desk: Desk) -> pygame.Surface:
    """The picture that is wanted. The map prints at whole pixels a hex only: it is drawn larger and made smaller."""
    frame = _frame(state.world, wanted)
    zoom = int(min(CLOSEST, max(NEVER_BELOW, ceil(frame.zoom))))
    size = (ceil(frame.size[0] * zoom / frame.zoom), ceil(frame.size[1] * zoom / frame.zoom))
    view = MapView(worldview.map_picture(state.world), desk.theme, desk.fonts, pygame.Rect((0, 0), size))
    view.camera = replace(view.camera, zoom=float(zoom), left=frame.left, top=frame.top)
    legends = lay(view, state, wanted, desk.theme)
    board = pygame.Surface(size)
    view.finish(board)
    picture = pygame.transform.smoothscale(board, frame.size)
    if legends:
        edge = floor(8 + min(frame.size) / 200)
        scale = max(0.8, min(2.0, min(frame.size) / 720))
        picture.blit(legend_picture(legends, desk.theme, desk.fonts, scale), (edge, edge))
    return picture


def lay(view: MapView, state: State, wanted: Wanted, theme: Theme) -> tuple[Legend, ...]:
    """Counters, crossings and overlays on the map; gives the legends that belong to them."""
    asked = (*wanted.overlays, ("ghost", -1)) if wanted.ghost else wanted.overlays
    view.crossings = worldview.crossings(state)
    if wanted.units:
        view.stacks = worldview.stacks(state, state.world.sequence[0])
    shown = frozenset(name for name, _ in asked)
    drawn = [
        kind.draw(overlays.Looking(state, faction, theme, shown=shown, day=wanted.ghost))
        for name, faction in asked
        if (kind := overlays.named(name)) is not None
    ]
    view.set_grid(any(one.grid for one in drawn))
    view.set_overlays(*(one.hexes for one in drawn if one.hexes))
    view.rings = tuple(ring for one in drawn for ring in one.rings)
    view.fences = tuple(fence for one in drawn for fence in one.fences)
    view.ghosts = tuple(ghost for one in drawn for ghost in one.ghosts)
    view.bloc_lines = tuple(line for one in drawn for line in one.bloc_lines)
    view.streams = tuple(stream for one in drawn for stream in one.streams)
    view.breaks = tuple(sign for one in drawn for sign in one.breaks)
    return tuple(one.legend for one in drawn if one.legend is not None)
