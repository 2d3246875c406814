"""The front of this game beside that of history: two maps of one day, a track of the turns, and the captures on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import pygame

from game.rules import victory
from game.scenario import annals
from game.scenario.calendar import Calendar, spoken
from game.scenario.world import World
from game.state.tables import State
from game.ui import worldview
from game.ui.camera import hex_centre, map_extent
from game.ui.comparison import FROM_START, UNTOLD, Compared
from game.ui.kit.emblems import paint_emblem
from game.ui.kit.fonts import NARROW, NARROW_STRONG, STRONG
from game.ui.kit.lettering import fitted, panel, write
from game.ui.kit.theme import Theme
from game.ui.mapview.overlays import HexStyle, Overlay, OverlayPainter, control_overlay
from game.ui.scene import Desk
from game.words import say

Ground = Callable[[tuple[int, int]], pygame.Surface]
"""Gives the printed map, this small."""

TRACK = 108
"""Height of the track of turns, in points."""
SHARE = 52
"""How strongly held ground is tinted on these maps, in hundredths."""


@dataclass(frozen=True, slots=True)
class _Capture:
    """A capture on the track: its place, who took it, and in which turns: this game's (0: none), and history's."""

    place: str
    by: int
    mine: int
    then: int


class FrontMaps:
    """Two maps and a track of turns under them; the track's slider says of which day the map of history is."""

    def __init__(
        self, desk: Desk, rect: pygame.Rect, state: State, rows: Sequence[Compared], ground: Ground, turn: int
    ) -> None:
        self.desk, self.rect, self.enabled = desk, rect, True
        self.state, self._ground = state, ground
        world = state.world
        self._calendar = Calendar(world.first_day, world.days_per_turn, world.turns)
        self.turn = max(1, min(turn, world.turns))
        self._captures = [_on_track(world, row) for row in rows]
        self._held = False
        self._paper: pygame.Surface | None = None
        self._mine: tuple[int, pygame.Surface] | None = None
        self._then: tuple[int, pygame.Surface] | None = None
        self._held_now: pygame.Surface | None = None
        if self._maps()[0].width > 8:  # a part of the work is done before the first frame
            self._tinted_mine(self._maps()[0].size)

    @property
    def day(self) -> str:
        """The day of the map of history."""
        return self._calendar.last_day(self.turn)

    # --- places ---

    @property
    def _track(self) -> pygame.Rect:
        tall = min(self.desk.px(TRACK), self.rect.height // 3)
        return pygame.Rect(self.rect.x, self.rect.bottom - tall, self.rect.width, tall)

    def _maps(self) -> tuple[pygame.Rect, pygame.Rect]:
        """The two maps, as large as they fit."""
        gap, head = self.desk.px(14), self.desk.px(30)
        wide, tall = map_extent(self.state.world.grid.columns, self.state.world.grid.rows)
        room = ((self.rect.width - gap) // 2, self._track.top - self.rect.top - head - self.desk.px(10))
        k = max(0.1, min(room[0] / wide, room[1] / tall))
        size = max(1, int(wide * k)), max(1, int(tall * k))
        left = self.rect.x + (self.rect.width - gap - 2 * size[0]) // 2
        return (
            pygame.Rect((left, self.rect.y + head), size),
            pygame.Rect((left + size[0] + gap, self.rect.y + head), size),
        )

    def _blocks(self) -> list[pygame.Rect]:
        """A block of the track for each turn."""
        track, turns = self._track, self.state.world.turns
        left, right = track.x + self.desk.px(58), track.right - self.desk.px(14)
        y, tall = track.centery - self.desk.px(5), self.desk.px(10)
        edges = [left + (right - left) * n // turns for n in range(turns + 1)]
        return [pygame.Rect(a, y, max(1, b - a - 1), tall) for a, b in pairwise(edges)]

    # --- hands ---

    def handle(self, event: pygame.event.Event, focused: bool) -> bool:
        """Drag the slider, or move it a turn by left and right, to an end by Home and End."""
        if event.type == pygame.MOUSEBUTTONDOWN and event.button == 1 and self._track.collidepoint(event.pos):
            self._held = True
            self._to(event.pos[0])
            return True
        if event.type == pygame.MOUSEMOTION and self._held:
            self._held = bool(event.buttons[0])
            self._to(event.pos[0])
            return True
        if event.type == pygame.MOUSEBUTTONUP and event.button == 1 and self._held:
            self._held = False
            return True
        if event.type == pygame.MOUSEWHEEL and self._track.collidepoint(pygame.mouse.get_pos()):
            self._set(self.turn + (1 if event.y < 0 else -1))
            return True
        if focused and event.type == pygame.KEYDOWN:
            steps = {pygame.K_LEFT: self.turn - 1, pygame.K_RIGHT: self.turn + 1, pygame.K_HOME: 1,
                     pygame.K_END: self.state.world.turns}  # fmt: skip
            if event.key in steps:
                self._set(steps[event.key])
                return True
        return False

    def _to(self, x: int) -> None:
        blocks = self._blocks()
        self._set(1 + min(range(len(blocks)), key=lambda n: abs(blocks[n].centerx - x)))

    def _set(self, turn: int) -> None:
        self.turn = max(1, min(turn, self.state.world.turns))

    # --- picture ---

    def draw(self, screen: pygame.Surface, focused: bool) -> None:
        """Both maps with their titles, then the track."""
        desk, colours, state = self.desk, self.desk.theme.interface, self.state
        mine_box, then_box = self._maps()
        today = spoken(self._calendar.last_day(min(state.clock.turn, state.world.turns)))
        heads = (
            (mine_box, say("This game"), say("{day}; hatched: unlike history", day=today), colours.accent),
            (then_box, say("History"), say("{day}; between captures: an estimate", day=spoken(self.day)),
             colours.history),
        )  # fmt: skip
        for box, title, words, ink in heads:
            y = box.y - desk.px(28)
            write(screen, desk, title, (box.x, y), 16, STRONG, colours.text, box.width)
            x = box.x + desk.fonts.width(title, STRONG, desk.px(16)) + desk.px(10)
            words = fitted(desk.fonts, words, NARROW, desk.px(13), max(1, box.right - x))
            face = desk.fonts.text(words, NARROW, desk.px(13), colours.text_dim)
            screen.blit(face, (box.right - face.get_width(), y + desk.px(4)))
            screen.fill(ink, (box.x, box.y - desk.px(4), box.width, desk.px(3)))
        if mine_box.width > 8:
            screen.blit(self._picture_of_mine(mine_box.size), mine_box)
            screen.blit(self._picture_of_then(then_box.size), then_box)
        self._draw_track(screen, focused)

    def _map_ground(self, size: tuple[int, int]) -> pygame.Surface:
        if self._paper is None or self._paper.get_size() != size:
            self._paper = self._ground(size)
        return self._paper

    def _picture_of_mine(self, size: tuple[int, int]) -> pygame.Surface:
        if self._mine is None or self._mine[0] != self.turn or self._mine[1].get_size() != size:
            state, theme = self.state, self.desk.theme
            then = annals.ground_on(state.world, self.day)
            unlike = HexStyle(None, "rising", theme.map.border.mixed(theme.marks.ghost, 40))
            hatch = {here: unlike for here, (a, b) in enumerate(zip(state.hexes.control, then, strict=True)) if a != b}
            self._mine = (self.turn, self._painted(self._tinted_mine(size), state.hexes.control, hatch))
        return self._mine[1]

    def _tinted_mine(self, size: tuple[int, int]) -> pygame.Surface:
        """The ground of this game as it is held, whatever day it is compared with."""
        if self._held_now is None or self._held_now.get_size() != size:
            self._held_now = self._tinted(self.state.hexes.control, size)
        return self._held_now

    def _picture_of_then(self, size: tuple[int, int]) -> pygame.Surface:
        if self._then is None or self._then[0] != self.turn or self._then[1].get_size() != size:
            then = annals.ground_on(self.state.world, self.day)
            self._then = (self.turn, self._painted(self._tinted(then, size), then, {}))
        return self._then[1]

    def _tinted(self, owners: Sequence[int], size: tuple[int, int]) -> pygame.Surface:
        """The ground with who holds it."""
        held = control_overlay(worldview.looks_of(self.state.world, owners), self.desk.theme, SHARE)
        return self._overlaid(self._map_ground(size), held)

    def _overlaid(self, under: pygame.Surface, overlay: Overlay) -> pygame.Surface:
        """A copy of a small map with an overlay."""
        world, size = self.state.world, under.get_size()
        columns, rows, side = world.grid.columns, world.grid.rows, max(size)
        board = pygame.Surface((side, side), depth=32)
        board.blit(under, (0, 0))
        if overlay:
            zoom = size[0] / map_extent(columns, rows)[0]
            painter = OverlayPainter(columns, rows, self.desk.theme, self.desk.fonts)
            painter.paint(board, overlay, range(world.grid.size), zoom, 0, 0)
        return board.subsurface(pygame.Rect((0, 0), size)).copy()

    def _painted(self, tinted: pygame.Surface, owners: Sequence[int], hatch: dict[int, HexStyle]) -> pygame.Surface:
        world, theme = self.state.world, self.desk.theme
        zoom = tinted.get_width() / map_extent(world.grid.columns, world.grid.rows)[0]
        out = self._overlaid(tinted, hatch)
        _name_places(self.desk, world, owners, out, zoom)
        pygame.draw.rect(out, theme.interface.panel_edge, out.get_rect(), 1)
        return out

    def _draw_track(self, screen: pygame.Surface, focused: bool) -> None:
        desk, colours, theme, track = self.desk, self.desk.theme.interface, self.desk.theme, self._track
        panel(screen, desk, track)
        if focused:
            pygame.draw.rect(screen, colours.accent, track, 1, border_radius=desk.px(5))
        blocks, now = self._blocks(), self.state.clock.turn
        above, below = blocks[0].y - desk.px(15), blocks[0].bottom + desk.px(15)
        write(screen, desk, say("game"), (track.x + desk.px(8), above - desk.px(8)), 13, NARROW_STRONG, colours.accent,
              desk.px(48))  # fmt: skip
        write(screen, desk, say("history"), (track.x + desk.px(8), below - desk.px(8)), 13, NARROW_STRONG,
              colours.history, desk.px(48))  # fmt: skip
        for number, block in enumerate(blocks, 1):
            ink = colours.accent if number <= now else colours.raised
            pygame.draw.rect(screen, ink, block, border_radius=desk.px(2))
        taken: list[pygame.Rect] = []
        for one in self._captures:
            if one.mine:
                a, b = (blocks[one.mine - 1].centerx, above + desk.px(4)), (blocks[one.then - 1].centerx, below)
                late = one.mine > one.then
                ink = theme.marks.warn if late else theme.marks.good
                if one.mine != one.then:
                    pygame.draw.aaline(screen, ink, a, (b[0], b[1] - desk.px(4)), max(1, desk.px(1)))
        for one in self._captures:
            if one.mine:
                self._mark(screen, one, (blocks[one.mine - 1].centerx, above), -1, taken)
            self._mark(screen, one, (blocks[one.then - 1].centerx, below), 1, taken)
        slider = blocks[self.turn - 1]
        bar = pygame.Rect(0, 0, desk.px(3), track.height - desk.px(26))
        bar.midbottom = (slider.centerx, track.bottom - desk.px(4))
        pygame.draw.rect(screen, colours.text, bar)
        label = desk.fonts.text(spoken(self.day), NARROW_STRONG, desk.px(13), colours.on_accent)
        flag = label.get_rect().inflate(desk.px(12), desk.px(4))
        flag.midtop = (slider.centerx, track.y + desk.px(3))
        flag.clamp_ip(track)
        pygame.draw.rect(screen, colours.accent, flag, border_radius=desk.px(3))
        screen.blit(label, label.get_rect(center=flag.center))

    def _mark(
        self, screen: pygame.Surface, one: _Capture, at: tuple[int, int], way: int, taken: list[pygame.Rect]
    ) -> None:
        """A badge with the name of the place above or below, where there is room for it."""
        desk, world = self.desk, self.state.world
        livery, r = desk.theme.livery(world.factions[one.by].look), desk.px(5)
        pygame.draw.aacircle(screen, livery.edge, at, r + 1)
        pygame.draw.aacircle(screen, livery.body, at, r)
        paint_emblem(screen, livery.emblem, livery.ink, at, r * 0.6)
        ink = desk.theme.interface.history if way > 0 else desk.theme.interface.text
        face = desk.fonts.text(one.place, NARROW, desk.px(12), ink)
        box = face.get_rect(midtop=(at[0], at[1] + r)) if way > 0 else face.get_rect(midbottom=(at[0], at[1] - r))
        if box.collidelist(taken) < 0 and self._track.contains(box):
            taken.append(box.inflate(desk.px(4), 0))
            screen.blit(face, box)


def _on_track(world: World, row: Compared) -> _Capture:
    mine = 0 if row.taken in ("", UNTOLD, FROM_START) else _turn_of(world, row.taken)
    return _Capture(row.then.place, row.then.by, mine, _turn_of(world, row.then.date))


def _turn_of(world: World, day: str) -> int:
    """In which turn a day lies, the first and the last for what is outside the game."""
    gone = (date.fromisoformat(day) - date.fromisoformat(world.first_day)).days
    return max(1, min(world.turns, gone // world.days_per_turn + 1))


def _name_places(desk: Desk, world: World, owners: Sequence[int], out: pygame.Surface, zoom: float) -> None:
    """The great places with the emblem of who holds each, as many names as there is room for."""
    taken: list[pygame.Rect] = []
    pixels, theme = desk.px(12), desk.theme
    for place in sorted(world.places, key=lambda one: (-one.size, one.hex)):
        if place.size < 2:
            break
        x, y = (round(v * zoom) for v in hex_centre(world.grid.columns, place.hex))
        face = desk.fonts.haloed(place.name, NARROW_STRONG, pixels, theme.map.name, theme.map.name_halo, 2)
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


# --- ledgers ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LedgerBar:
    """One account: what it is, this game's number, history's, and which way is better."""

    title: str
    mine: int
    history: int


def ledger_bars(state: State, faction: int) -> tuple[LedgerBar, ...]:
    """The three accounts of a faction, less being better in each; time only where there is something to compare."""
    one = victory.standing(state, faction)
    bars = [
        LedgerBar(say("Steps lost"), one.losses.value, one.losses.history),
        LedgerBar(say("Harm to civilians"), one.harm.value, one.harm.history),
    ]
    captures = list(victory.captures(state, faction))
    if captures and (state.clock.over or all(held for _, held, _ in captures)):
        bars.insert(0, LedgerBar(say("Days to the captures"), one.time.value, one.time.history))
    return tuple(bars)


def draw_ledgers(screen: pygame.Surface, desk: Desk, box: pygame.Rect, bars: Sequence[LedgerBar]) -> int:
    """Bars one below the other, history's mark across each; gives the lower edge."""
    colours, marks, y = desk.theme.interface, desk.theme.marks, box.y
    for one in bars:
        better = one.mine <= one.history
        ink = marks.good.mixed(colours.text, 30) if better else marks.warn
        history = desk.fonts.text(say("history {n}", n=one.history), NARROW, desk.px(13), colours.history)
        value = desk.fonts.text(f"{one.mine}", STRONG, desk.px(16), ink)
        room = box.width - history.get_width() - value.get_width() - desk.px(24)
        write(screen, desk, one.title, (box.x, y), 14, NARROW, colours.text, room)
        screen.blit(history, (box.right - history.get_width(), y + desk.px(1)))
        screen.blit(value, (box.right - history.get_width() - desk.px(10) - value.get_width(), y - desk.px(2)))
        y += desk.px(22)
        bar = pygame.Rect(box.x, y, box.width, desk.px(7))
        most = max(one.mine, one.history, 1) * 1.15
        pygame.draw.rect(screen, colours.background, bar, border_radius=desk.px(3))
        filled = pygame.Rect(bar.x, bar.y, max(desk.px(3), round(bar.width * one.mine / most)), bar.height)
        pygame.draw.rect(screen, ink, filled, border_radius=desk.px(3))
        x = bar.x + round(bar.width * one.history / most)
        pygame.draw.rect(
            screen, colours.history, (x - desk.px(1), bar.y - desk.px(4), desk.px(3), bar.height + desk.px(8))
        )
        y += desk.px(20)
    return y
