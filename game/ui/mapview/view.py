"""The map window: what is drawn each frame, within a time budget, from pieces that are ready.

At rest the zoom is a whole number of pixels a hex, and the frame is a few dozen plain blits. While zooming, pieces of
the nearest level are stretched. Pieces not printed yet are replaced by stretched ones and printed a few a frame.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import copysign
from operator import is_
from time import perf_counter
from typing import Protocol

import pygame

from game.ui.camera import Camera, Point, map_extent
from game.ui.kit.fonts import Fonts
from game.ui.kit.still import StillShown, around
from game.ui.kit.theme import Theme
from game.ui.mapview.arrows import Arrow, ArrowPainter, Fence, Ring
from game.ui.mapview.badges import Badge, BadgePainter, badges_of
from game.ui.mapview.bloc_line import BlocLine, BlocLinePainter
from game.ui.mapview.chunks import ChunkStore, Key
from game.ui.mapview.counter_cache import CounterCache
from game.ui.mapview.crossings import CrossingPainter
from game.ui.mapview.faces import Face, Stack
from game.ui.mapview.fight import paint_scars
from game.ui.mapview.ghost import Ghost, GhostPainter
from game.ui.mapview.overlays import Overlay, OverlayPainter
from game.ui.mapview.picture import DrawnCrossing, MapPicture
from game.ui.mapview.piecework import pieces_for, span, wanted
from game.ui.mapview.reach_light import ReachLight, ReachPainter
from game.ui.mapview.sheet import CHUNK, Sheet, Under
from game.ui.mapview.stand_in import Baked, StandIn
from game.ui.mapview.streams import Break, Stream, StreamPainter
from game.ui.mapview.window_names import BROADEST, WindowNames, crossed

GLIDE_SECONDS = 0.16
PATIENT = 1.0  # a budget of more seconds than this is for pictures, not for play
BAKE_MARGIN = 160  # pixels of surroundings in the picture that panning moves
REST_MARGIN = 480  # pixels of surroundings that are printed while nobody moves the map
RESTS = 15  # frames after which it rests
LIFTED = 170  # opacity of counters over the line of a march
RIM = 1  # hexes from the middle of any sign to its edge, at most


class Veil(Protocol):
    """A picture that lies over the ground and under everything else; another one for every change of its look."""

    def draw(self, screen: pygame.Surface, camera: Camera, hasty: bool) -> None:
        """Into the camera's window; ``hasty`` while zooming, when speed counts more than beauty."""
        ...


class MapView:
    """Draws one map through one camera. Give it new data whenever it changes, and call ``draw`` each frame.

    What it shows is replaced, never changed in place. ``highlight`` is an overlay of few hexes that must show at
    once (reach, targets); large ones go to ``set_overlays``.
    ``moving``, ``arrows``, ``breaks`` and ``loose_rings`` are drawn anew each frame: they may change in every one.
    """

    def __init__(self, picture: MapPicture, theme: Theme, fonts: Fonts, window: pygame.Rect) -> None:
        self.theme, self.picture = theme, picture
        x, y, width, height = window
        self.camera = Camera(picture.columns, picture.rows, x, y, width, height, 1.0).fitted()
        self.sheet = Sheet(picture, theme, fonts)
        self.crossings: tuple[DrawnCrossing, ...] = ()
        self.stacks: tuple[Stack, ...] = ()
        self.arrows: tuple[Arrow, ...] = ()
        self.rings: tuple[Ring, ...] = ()
        self.loose_rings: tuple[Ring, ...] = ()
        self.break_boxes: tuple[pygame.Rect, ...] = ()
        """Where in the window the signs of breaks and their words stand, the same object while they stay there."""
        self.fences: tuple[Fence, ...] = ()
        self.ghosts: tuple[Ghost, ...] = ()
        self.bloc_lines: tuple[BlocLine, ...] = ()
        self.streams: tuple[Stream, ...] = ()
        self.breaks: tuple[Break, ...] = ()
        self.highlight: Overlay = {}
        self.reach: ReachLight | None = None
        self.scars: tuple[int, ...] = ()
        self.signs: tuple[tuple[Point, float], ...] = ()
        """Middle and reach of signs that others draw over the map, in hexes: names keep clear of them."""
        self.moving: tuple[tuple[Face, Point], ...] = ()
        self.veil: Veil | None = None
        self.counters = CounterCache(theme, fonts)
        self._store = ChunkStore(self.sheet, theme, fonts)
        self._crossing_painter = CrossingPainter(picture.columns, picture.rows, theme)
        self._arrow_painter = ArrowPainter(picture.columns)
        self.ghost_painter = GhostPainter(theme)
        self._badges: tuple[Badge, ...] = ()
        self._badge_painter = BadgePainter(picture.columns, theme, fonts)
        self._bloc_line_painter = BlocLinePainter(picture.columns, picture.rows, theme)
        self._reach_painter = ReachPainter(picture.columns, picture.rows)
        self._stream_painter = StreamPainter(picture.columns, theme, fonts)
        self._glide: tuple[float, Point, float] | None = None  # zoom wanted, point that stays, seconds left
        self._overlay_painter = OverlayPainter(picture.columns, picture.rows, theme, fonts)
        self.names = WindowNames(self.sheet)
        self.scale = 1.0
        """Pixels of a point of the interface, for words that stand in the window and do not grow with the map."""
        self.lids: tuple[pygame.Rect, ...] = ()
        """Where panels lie over the map, in pixels of the screen: they cut no name either."""
        self._baked: Baked | None = None
        self._look = self._shown()
        self._drawn_from = self.camera
        self._ready_for: object = None
        self._rested = 0  # frames since the map moved or changed
        self._stand_in = StandIn(self.sheet)
        self._make_room()
        self.unfinished = True  # whether the last frame still showed stand-ins: draw another one soon

    def set_overlays(self, *overlays: Overlay) -> None:
        """Tints, hatches and texts on hexes, the first at the bottom; the texts lie over counters."""
        badges = badges_of(overlays)
        if badges != self._badges:
            self._badges = badges
        self._store.set_overlays(overlays)

    def set_grid(self, shown: bool) -> None:
        """Show or hide the hexes and their numbers."""
        self._store.set_grid(shown)

    def change_picture(self, picture: MapPicture) -> None:
        """Show another state of the same map; what has not changed is not printed again."""
        if picture == self.picture:
            return
        self.picture = picture
        self._store.renew(self.sheet.change(picture))
        self._stand_in.forget()

    def lay_under(self, under: Under | None) -> None:
        """Print a picture on the ground, under lines and names; None takes it away."""
        if under is not self.sheet.under:
            self.sheet.under = under
            self._store.renew(range(self.picture.columns * self.picture.rows))
            self._stand_in.forget()

    def resize(self, window: pygame.Rect) -> None:
        """Take another part of the screen."""
        self.camera = self.camera.resized(*window)
        self._make_room()

    def _make_room(self) -> None:
        """Pieces for the window and what is printed around it are kept, at whatever zoom."""
        across, down = (-(-(side + 2 * REST_MARGIN) // CHUNK) + 1 for side in (self.camera.width, self.camera.height))
        self._store.make_room(across * down)

    def look_from(self, camera: Camera) -> None:
        """Look at what another camera showed, in the present part of the screen; a zoom under way ends."""
        now = self.camera
        self.camera, self._glide = camera.resized(now.x, now.y, now.width, now.height), None

    def wheel(self, notches: int, at: Point) -> None:
        """Begin to zoom, the point under the cursor staying where it is; further notches add up."""
        base = self.camera if self._glide is None else replace(self.camera, zoom=self._glide[0])
        self._glide = (base.stepped(notches), at, GLIDE_SECONDS)

    def update(self, seconds: float) -> None:
        """Let time pass: a zoom under way goes on."""
        if self._glide is None:
            return
        self.unfinished = True
        wanted, at, left = self._glide
        if seconds >= left:
            self.camera, self._glide = self.camera.zoomed(wanted, at), None
            return
        share = 1.0 - (1.0 - seconds / left) ** 2
        self.camera = self.camera.zoomed(self.camera.zoom * (wanted / self.camera.zoom) ** share, at)
        self._glide = (wanted, at, left - seconds)

    @property
    def gliding(self) -> bool:
        """Whether a zoom is under way."""
        return self._glide is not None

    def draw(self, screen: pygame.Surface, budget: float = 0.007, still: StillShown | None = None) -> None:
        """One frame into the camera's window; ``budget`` seconds may be spent on printing what is missing.

        ``still`` is what the screen shows of the frame before, where that is known: then less is painted.
        """
        camera = self.camera
        clip = screen.get_clip()
        screen.set_clip(_window(camera))
        if self._draw_baked(screen, camera, still):
            self.unfinished = False
            self._make_names_whole(screen, camera, still)
            self._print_ahead(camera)
        else:
            self._draw_anew(screen, camera, budget)
            if still is not None:
                still.lose("map")
        self._drawn_from = camera
        signs: tuple[pygame.Rect, ...] = ()
        if self.breaks:  # their words are placed in the window, so they are no part of what panning moves
            taken = [stack.hex for stack in self.stacks]
            signs = tuple(self._stream_painter.breaks(screen, camera, self.breaks, taken, self.scale))
            if still is not None:
                still.spoil(*signs)
        if signs != self.break_boxes:
            self.break_boxes = signs
        self._arrow_painter.rings(screen, camera, self.loose_rings)
        for ring in self.loose_rings:  # which strike through no name
            about = _about(camera, ring.hex)
            screen.set_clip(about)
            self.names.draw_uncut(screen, camera, self.lids, about)
            screen.set_clip(_window(camera))
        self._draw_arrows(screen, camera)
        self.counters.draw_loose(screen, camera, self.moving)
        if still is not None:
            whole = bool(self.arrows or self.moving)
            still.spoil(*([_window(camera)] if whole else [_about(camera, ring.hex) for ring in self.loose_rings]))
        screen.set_clip(clip)

    def _draw_arrows(self, screen: pygame.Surface, camera: Camera) -> None:
        """Marches below the counters, attacks from counter to counter, and all of them below the names."""
        if not self.arrows:
            return
        taken, shown = {stack.hex for stack in self.stacks}, [arrow for arrow in self.arrows if len(arrow.path) > 1]
        attacks = tuple(arrow for arrow in shown if arrow.kind == "attack")
        marches = tuple(replace(arrow, halts=arrow.path[-1] in taken) for arrow in shown if arrow.kind != "attack")
        self._arrow_painter.draw(screen, camera, marches)
        lines = [[camera.to_screen(point) for point in self._arrow_painter.course(arrow)] for arrow in marches]
        self._lift_counters(screen, camera, lines)
        self._arrow_painter.draw(screen, camera, attacks)
        lines += [[camera.to_screen(point) for point in self._arrow_painter.course(arrow)] for arrow in attacks]
        self.names.draw_across(screen, camera, self.lids, lines)

    def _lift_counters(self, screen: pygame.Surface, camera: Camera, lines: Sequence[Sequence[Point]]) -> None:
        """Lay the counters that lines run across over them again, as the baked picture has them; a line shines through
        a little, so that one sees its way through a crowd."""
        baked = self._baked
        if baked is None or baked.zoom != camera.zoom or not lines or self.unfinished:
            return
        ox, oy = camera.origin
        wide = round(BROADEST * camera.zoom)
        for box in self.counters.boxes(self.picture.columns, camera.zoom, self.stacks):
            shown = box.move(camera.x - ox, camera.y - oy)
            if crossed(shown.inflate(wide, wide), lines):
                there = box.move(-baked.left, -baked.top).clip(baked.picture.get_rect())
                counter = baked.picture.subsurface(there).copy()
                counter.set_alpha(LIFTED)
                screen.blit(counter, there.move(baked.left + camera.x - ox, baked.top + camera.y - oy))

    def _draw_anew(self, screen: pygame.Surface, camera: Camera, budget: float) -> None:
        """A frame from single pieces, baked for the frames to come when all are ready."""
        self._rested = 0
        # A zoom level new on the screen first shows its stand-in; the work on it begins a frame later.
        fresh = self._stand_in.zoom != camera.zoom
        until = perf_counter() + budget if budget > PATIENT or not fresh else 0.0
        still = self._glide is None and camera.zoom == round(camera.zoom)
        pieces, complete = pieces_for(self._store, self.sheet, camera, until) if still else ({}, False)
        # A look that shows for the first time shows at once; its surroundings are baked a frame later.
        look, self._look = self._look, self._shown()
        known = budget > PATIENT or all(map(is_, look, self._look))
        if complete and known and self._bake(screen, camera, until) and self._draw_baked(screen, camera):
            self.unfinished = False
            self._make_names_whole(screen, camera)
            return
        if not complete:
            self._stand_in.draw(screen, camera, self._baked, still)
        # The stand-in of another zoom shows streams and the line already, stretched: they wait for the pieces.
        same = self._baked is not None and self._baked.zoom == camera.zoom
        self._draw_layers(screen, camera, pieces, broad=still and (complete or same), rims=known)
        self.names.draw_uncut(screen, camera, self.lids)
        self._draw_counters(screen, camera, until)
        self.unfinished = True

    def _print_ahead(self, camera: Camera) -> None:
        """One step of work on what will be baked next: where a drag leads, and all around while the map rests."""
        former = self._drawn_from
        if former.zoom != camera.zoom:
            return
        right, down = camera.left - former.left, camera.top - former.top
        moves = bool(right or down)
        self._rested = 0 if moves else self._rested + 1
        if 0 < self._rested < RESTS:
            return
        (ox, oy), margin = camera.origin, BAKE_MARGIN if moves else REST_MARGIN
        left = ox - margin + (int(copysign(BAKE_MARGIN, right)) if right else 0)
        top = oy - margin + (int(copysign(BAKE_MARGIN, down)) if down else 0)
        spanned = span(self.sheet, left, top, camera.width + 2 * margin, camera.height + 2 * margin, camera.zoom)
        look = (spanned, camera.zoom, self.bloc_lines, self._store.edition, self._store.grid)
        if look == self._ready_for:
            return
        ahead = replace(camera.widened(margin), left=left / camera.zoom, top=top / camera.zoom)
        for key in wanted(self.sheet, ahead):
            if self._store.ready(key) is None or self._store.is_stale(key):
                self._store.advance(key)
                return
        if not self.bloc_lines or self._bloc_line_painter.paint_ahead(ahead):
            self._ready_for = look

    def finish(self, screen: pygame.Surface) -> None:
        """Draw until everything is printed; for pictures, not for play."""
        self.update(1.0)
        for _ in range(3):
            self.draw(screen, 60.0)

    def _shown(self) -> tuple[object, ...]:
        """What a baked picture must agree on with the present."""
        return (
            self.stacks,
            self.crossings,
            self.rings,
            self.fences,
            self.ghosts,
            self._badges,
            self.bloc_lines,
            self.streams,
            self.highlight,
            self.reach,
            self.scars,
            self.signs,
            self.veil,
            self._store.edition,
            self._store.grid,
        )

    def _draw_baked(self, screen: pygame.Surface, camera: Camera, still: StillShown | None = None) -> bool:
        """Blit the baked surroundings of the window, if they still hold."""
        baked = self._baked
        if baked is None or baked.zoom != camera.zoom or self._glide is not None or self.counters.stale:
            return False
        if not all(map(is_, baked.shown, self._shown())):
            return False
        ox, oy = camera.origin
        box = pygame.Rect(ox - baked.left, oy - baked.top, camera.width, camera.height)
        if not baked.picture.get_rect().contains(box):
            return False
        if still is not None:
            still.paint("map", baked.picture, _window(camera), baked, box.topleft)
        else:
            screen.blit(baked.picture, (camera.x, camera.y), box)
        return True

    def _bake(self, screen: pygame.Surface, camera: Camera, until: float) -> bool:
        """Draw the window and its surroundings into one picture, if all it needs is ready in time."""
        wide = camera.widened(BAKE_MARGIN)
        pieces, complete = pieces_for(self._store, self.sheet, wide, until)
        if complete:
            if self.place_names(wide.zoom) and until - perf_counter() < PATIENT:
                return False  # that was work enough for one frame
            picture, ground, bare = self._canvases((wide.width, wide.height), screen)
            if not self._carry_over(ground, bare, wide, pieces):
                self._draw_layers(bare, wide, pieces)
                ground.blit(bare, (0, 0))
                self.names.draw(ground, wide)
            picture.blit(ground, (0, 0))
            self._draw_counters(picture, wide, until)
            left, top = wide.origin
            self._baked = Baked(picture, ground, bare, wide.zoom, left, top, self._shown())
            complete = not self.counters.stale
        return complete

    def _make_names_whole(self, screen: pygame.Surface, camera: Camera, still: StillShown | None = None) -> None:
        """No name of the baked picture is cut by the window's edge, or by what lies over the map."""
        if self._baked is None:
            return
        painted = self.names.make_whole(screen, camera, self._baked, self.lids)
        if still is not None:
            still.spoil(*painted)

    def _carry_over(
        self, ground: pygame.Surface, bare: pygame.Surface, wide: Camera, pieces: dict[Key, pygame.Surface]
    ) -> bool:
        """Move what was baked last and draw what has come into sight alone; whether that gives the picture.

        It does while everything shown is as it was, since what is drawn then hangs on its place on the map alone. The
        light of a reach and a veil do not: they are drawn for the window as a whole.
        """
        baked, (left, top) = self._baked, wide.origin
        if baked is None or baked.ground is not ground or baked.zoom != wide.zoom:
            return False
        if self.reach is not None or self.veil is not None or not all(map(is_, baked.shown, self._shown())):
            return False
        whole = ground.get_rect()
        # At the rim of the picture signs may have been left out whose middle lay beyond it.
        rim = round(RIM * wide.zoom)
        stays = whole.move(baked.left - left, baked.top - top).inflate(-2 * rim, -2 * rim).clip(whole)
        if 2 * stays.width * stays.height < whole.width * whole.height:
            return False
        for picture in (ground, bare):
            picture.scroll(baked.left - left, baked.top - top)
        for part in around(stays, whole):
            part_camera = wide.part((part.x, part.y, part.width, part.height))
            bare.set_clip(part)
            self._draw_layers(bare, part_camera, {key: pieces[key] for key in wanted(self.sheet, part_camera)})
            ground.set_clip(part)
            ground.blit(bare, part, part)
            self.names.draw(ground, part_camera)
        for picture in (ground, bare):
            picture.set_clip(None)
        return True

    def _canvases(self, size: tuple[int, int], screen: pygame.Surface) -> tuple[pygame.Surface, ...]:
        """Three pictures to bake on; those of before when they fit."""
        if self._baked is not None and self._baked.picture.get_size() == size:
            return self._baked.picture, self._baked.ground, self._baked.bare
        return tuple(pygame.Surface(size).convert(screen) for _ in range(3))

    def _draw_layers(
        self, screen: pygame.Surface, camera: Camera, pieces: dict[Key, pygame.Surface], broad: bool = True,
        rims: bool = True,
    ) -> None:  # fmt: skip
        """Everything but names, counters and arrows, from pieces that are ready; ``broad``: with what takes long to
        paint, ``rims``: with those round a reach, which may come a frame after its light."""
        (ox, oy), window = camera.origin, _window(camera)
        if pieces and self._shows_table(camera) and len(pieces) == len(wanted(self.sheet, camera)):
            screen.fill(self.theme.map.sea_of_table, window)
        screen.fblits(
            [
                (piece, (camera.x + column * CHUNK - ox, camera.y + row * CHUNK - oy))
                for (_, column, row), piece in pieces.items()
            ]
        )
        if self.veil is not None:
            self.veil.draw(screen, camera, self.gliding)
        if self.reach is not None:
            self._reach_painter.draw(screen, camera, self.reach, hasty=not (broad and rims))
        if self.highlight:
            self._overlay_painter.stamp(screen, self.highlight, window, camera.zoom, ox - camera.x, oy - camera.y)
        if broad and self.bloc_lines:
            taken = frozenset(stack.hex for stack in self.stacks)
            self._bloc_line_painter.draw(screen, camera, self.bloc_lines, taken)
        paint_scars(screen, camera, self.scars)
        if broad:
            self._stream_painter.draw(screen, camera, self.streams)
        self._arrow_painter.fences(screen, camera, self.fences)
        self._crossing_painter.draw(screen, camera, self.crossings)
        self._arrow_painter.rings(screen, camera, self.rings)

    def place_names(self, zoom: float) -> bool:
        """Place the names for a zoom, clear of all signs with words or emblems; whether there was work to do."""
        taken = frozenset(stack.hex for stack in self.stacks)
        covered = (
            *self.counters.boxes(self.picture.columns, zoom, self.stacks),
            *self._crossing_painter.boxes(zoom, self.crossings),
            *self.ghost_painter.boxes(self.picture.columns, zoom, self.ghosts),
            *self._badge_painter.boxes(zoom, self._badges, taken),
            *self._bloc_line_painter.boxes(zoom, self.bloc_lines, taken),
            *(_box_around(middle, reach, zoom) for middle, reach in self.signs),
        )
        return self.names.place(zoom, covered)

    def _draw_counters(self, screen: pygame.Surface, camera: Camera, until: float) -> None:
        self.counters.begin_frame(until)
        self.counters.draw(screen, camera, self.stacks)
        self.ghost_painter.draw(screen, camera, self.ghosts)
        if self._badges:
            self._badge_painter.draw(screen, camera, self._badges, frozenset(stack.hex for stack in self.stacks))

    def _shows_table(self, camera: Camera) -> bool:
        left, top, wide, tall = camera.seen
        whole, deep = map_extent(camera.columns, camera.rows)
        return left < 0 or top < 0 or left + wide > whole or top + tall > deep


def _about(camera: Camera, here: int) -> pygame.Rect:
    """A hex in the window with what is drawn along its rim."""
    box = _box_around((0.0, 0.0), RIM, camera.zoom)
    x, y = camera.hex_on_screen(here)
    box.center = round(x), round(y)
    return box.clip(_window(camera))


def _box_around(middle: Point, reach: float, zoom: float) -> pygame.Rect:
    side = max(2, round(2 * reach * zoom))
    box = pygame.Rect(0, 0, side, side)
    box.center = round(middle[0] * zoom), round(middle[1] * zoom)
    return box


def _window(camera: Camera) -> pygame.Rect:
    return pygame.Rect(camera.x, camera.y, camera.width, camera.height)
