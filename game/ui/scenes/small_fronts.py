"""A small printed map with a front on it: who holds the ground, and the great places with their holders' emblems."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pygame

from game.scenario.world import World
from game.ui.camera import hex_centre, map_extent
from game.ui.kit.emblems import paint_emblem
from game.ui.kit.fonts import NARROW_STRONG, Fonts
from game.ui.kit.theme import Theme
from game.ui.mapview.overlays import Overlay, OverlayPainter, control_overlay

SHARE = 52
"""How strongly held ground is tinted on these maps, in opacity."""


def tinted(theme: Theme, fonts: Fonts, world: World, ground: pygame.Surface, owners: Sequence[int]) -> pygame.Surface:
    """A copy of a small map of the whole world with who holds each hex (-1 nobody)."""
    return overlaid(theme, fonts, world, ground, _front(theme, world, owners))


def _front(theme: Theme, world: World, owners: Sequence[int]) -> Overlay:
    """Tints by holder; in the colours for every kind of sight each holder's pattern lies over all that it holds."""
    overlay = control_overlay(world.looks_of(owners), theme, SHARE)
    if theme.marks != theme.safe_marks:
        return overlay
    return {here: replace(style, rim=None) for here, style in overlay.items()}


def tinting(
    theme: Theme, fonts: Fonts, world: World, ground: pygame.Surface, owners: Sequence[int], bands: int
) -> Iterator[pygame.Surface]:
    """The same in steps, a band of the map at a time from north to south; the last picture has all of them."""
    size, columns, rows = ground.get_size(), world.grid.columns, world.grid.rows
    overlay = _front(theme, world, owners)
    zoom = size[0] / map_extent(columns, rows)[0]
    out, painter = ground.copy(), OverlayPainter(columns, rows, theme, fonts)
    tall = -(-size[1] // bands)
    for top in range(0, size[1], tall):
        band = out.subsurface(pygame.Rect(0, top, size[0], tall).clip(out.get_rect()))
        heights = ((h, hex_centre(columns, h)[1] * zoom) for h in range(world.grid.size))
        near = [h for h, y in heights if top - zoom <= y <= top + tall + zoom]
        painter.paint(band, overlay, near, zoom, 0, top)
        yield out


def overlaid(theme: Theme, fonts: Fonts, world: World, under: pygame.Surface, overlay: Overlay) -> pygame.Surface:
    """A copy of a small map of the whole world with an overlay."""
    size, columns, rows = under.get_size(), world.grid.columns, world.grid.rows
    side = max(size)
    board = pygame.Surface((side, side), depth=32)
    board.blit(under, (0, 0))
    if overlay:
        zoom = size[0] / map_extent(columns, rows)[0]
        OverlayPainter(columns, rows, theme, fonts).paint(board, overlay, range(world.grid.size), zoom, 0, 0)
    return board.subsurface(pygame.Rect((0, 0), size)).copy()


def name_places(
    theme: Theme, fonts: Fonts, world: World, owners: Sequence[int], out: pygame.Surface, pixels: int,
    zoom: float = 0.0, corner: tuple[float, float] = (0.0, 0.0),
) -> None:  # fmt: skip
    """The great places with the emblem of who holds each, as many names as there is room for.

    ``out`` shows the whole map, or with a ``zoom`` in pixels a hex the part of it that begins at ``corner``, in pixels.
    """
    taken: list[pygame.Rect] = []
    zoom = zoom or out.get_width() / map_extent(world.grid.columns, world.grid.rows)[0]
    for place in sorted(world.places, key=lambda one: (-one.size, one.hex)):
        if place.size < 2:
            break
        centre = hex_centre(world.grid.columns, place.hex)
        x, y = (round(v * zoom - c) for v, c in zip(centre, corner, strict=True))
        if not out.get_rect().inflate(-14, -14).collidepoint(x, y):
            continue
        face = fonts.haloed(place.name, NARROW_STRONG, pixels, theme.map.name, theme.map.name_halo, 2)
        spots = (face.get_rect(midleft=(x + 7, y)), face.get_rect(midright=(x - 7, y)))
        dot = pygame.Rect(x - 7, y - 7, 14, 14)
        box = next((b for b in spots if out.get_rect().contains(b) and b.collidelist(taken) < 0), None)
        if box is None or dot.collidelist(taken) >= 0:
            continue
        taken += [box, dot]
        owner = owners[place.hex]
        _dot(out, theme, world.factions[owner].look if owner >= 0 else None, (x, y))
        out.blit(face, box)


def _dot(out: pygame.Surface, theme: Theme, look: str | None, at: tuple[int, int]) -> None:
    livery = theme.livery(look)
    pygame.draw.aacircle(out, livery.edge, at, 6)
    pygame.draw.aacircle(out, livery.body, at, 5)
    paint_emblem(out, livery.emblem, livery.ink, at, 3)
