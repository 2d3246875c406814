"""Which pieces of the printed map a window needs, and the work on those that are missing, while time lasts."""

from __future__ import annotations

from time import perf_counter

import pygame

from game.ui.camera import Camera
from game.ui.mapview.chunks import ChunkStore, Key
from game.ui.mapview.sheet import CHUNK, Sheet


def pieces_for(store: ChunkStore, sheet: Sheet, camera: Camera, until: float) -> tuple[dict[Key, pygame.Surface], bool]:
    """Pieces for a window, missing ones printed and stale ones renewed while time lasts; whether that is all."""
    keys = wanted(sheet, camera)
    ready = {key: piece for key in keys if (piece := store.ready(key)) is not None}
    late = [key for key in keys if key not in ready] + [key for key in ready if store.is_stale(key)]
    if late and not until:
        return ready, False
    worked = False
    for key in late:
        piece = None
        while piece is None:
            if worked and perf_counter() >= until:
                return ready, False
            piece, worked = store.advance(key), True
        ready[key] = piece
    return ready, True


def wanted(sheet: Sheet, camera: Camera) -> list[Key]:
    """Pieces in the window, nearest to its middle first."""
    ox, oy = camera.origin
    mx, my = ox + camera.width / 2 - CHUNK / 2, oy + camera.height / 2 - CHUNK / 2
    first, last, top, low = span(sheet, ox, oy, camera.width, camera.height, camera.zoom)
    keys = [(float(camera.zoom), column, row) for column in range(first, last + 1) for row in range(top, low + 1)]
    return sorted(keys, key=lambda key: abs(key[1] * CHUNK - mx) + abs(key[2] * CHUNK - my))


def span(sheet: Sheet, left: int, top: int, width: int, height: int, zoom: float) -> tuple[int, int, int, int]:
    """First and last column, and first and last row, of the pieces in a window on the whole map."""
    across, down = sheet.chunks(zoom)
    return (
        max(0, left // CHUNK), min(across - 1, (left + width - 1) // CHUNK),
        max(0, top // CHUNK), min(down - 1, (top + height - 1) // CHUNK),
    )  # fmt: skip
