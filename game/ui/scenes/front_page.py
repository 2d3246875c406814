"""The front of this game beside that of history: two maps of one day, a track of the turns, and the captures on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from types import MappingProxyType

import pygame

from game.scenario import annals
from game.scenario.calendar import Calendar, spoken
from game.scenario.world import World
from game.state.tables import State
from game.ui.camera import map_extent
from game.ui.comparison import FROM_START, UNTOLD, Compared
from game.ui.kit.emblems import paint_emblem
from game.ui.kit.fonts import NARROW, NARROW_STRONG, STRONG
from game.ui.kit.lettering import fitted, panel, write
from game.ui.mapview.overlays import HexStyle, Overlay
from game.ui.scene import Desk
from game.ui.scenes.small_fronts import name_places, overlaid, tinting
from game.words import say

Ground = Callable[[tuple[int, int]], pygame.Surface]
"""Gives the printed map, this small."""
Fronts = Mapping[int, Sequence[int]]
"""Who held each hex of this game at the end of a turn, by turn."""
UNTOLD_FRONTS: Fronts = MappingProxyType({})

TRACK = 108
"""Height of the track of turns, in points."""
BANDS = 3
"""Frames in which a front is drawn, a band in each, so that no frame takes long."""
PACE = 1.0
"""Seconds that a turn takes while the fronts play: three days of the campaign."""


@dataclass(frozen=True, slots=True)
class _TrackedCapture:
    """A capture on the track: its place, who took it, and in which turns: this game's (0: none), and history's."""

    place: str
    by: int
    mine: int
    then: int


@dataclass(slots=True)
class _Tinting:
    """A front that is being drawn: for which map, and how many bands are done."""

    name: str
    owners: Sequence[int]
    size: tuple[int, int]
    steps: Iterator[pygame.Surface]
    done: int = 0


class FrontMaps:
    """Two maps and a track of turns under them; the track's slider says of which day both maps are.

    The map of this game is of that day where ``fronts`` tells of its turn, else of now. The button beside the track
    plays the turns one after the other.
    """

    def __init__(
        self, desk: Desk, rect: pygame.Rect, state: State, rows: Sequence[Compared], ground: Ground, turn: int,
        fronts: Fronts = UNTOLD_FRONTS,
    ) -> None:  # fmt: skip
        self.desk, self.rect, self.enabled = desk, rect, True
        self.state, self._ground, self._fronts = state, ground, fronts
        self.playing, self._waited = False, 0.0
        world = state.world
        self._calendar = Calendar(world.first_day, world.days_per_turn, world.turns)
        self.turn = max(1, min(turn, world.turns))
        self._captures = [_on_track(world, row) for row in rows]
        self._dragged = False
        self._paper: pygame.Surface | None = None
        self._painted: dict[str, tuple[int, pygame.Surface]] = {}
        self._fronts_drawn: dict[str, tuple[Sequence[int], pygame.Surface]] = {}
        self._tinting: _Tinting | None = None
        self._steps = 0
        """Frames that have been drawn: the first one shows that the page is open, and paints no map."""

    @property
    def day(self) -> str:
        """The day of the map of history."""
        return self._calendar.last_day(self.turn)

    @property
    def told(self) -> bool:
        """Whether the map of this game is of the slider's day; it is of today for days to come and for untold ones."""
        return self.turn < self.state.clock.turn and self.turn in self._fronts

    @property
    def _control(self) -> Sequence[int]:
        return self._fronts[self.turn] if self.told else self.state.hexes.control

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

    @property
    def _button(self) -> pygame.Rect:
        """What starts and stops the play."""
        side = self.desk.px(24)
        box = pygame.Rect(0, 0, side, side)
        box.center = (self._track.x + self.desk.px(24), self._track.centery)
        return box

    # --- hands ---

    def play(self) -> None:
        """Let the turns pass from the slider on, from the first one when it is at the end; or stop."""
        self.playing, self._waited = not self.playing, 0.0
        if self.playing and self.turn >= self.state.world.turns:
            self._set(1)

    def update(self, seconds: float) -> None:
        """While it plays: the next turn, once both maps of this one have been seen."""
        if not self.playing or self.unfinished:
            return
        self._waited += seconds
        if self._waited >= PACE:
            self._waited = 0.0
            self._set(self.turn + 1)
            self.playing = self.turn < self.state.world.turns

    @property
    def unfinished(self) -> bool:
        """Whether a map is still of another turn."""
        return any(self._painted.get(name, (0,))[0] != self.turn for name in ("mine", "then"))

    def handle(self, event: pygame.event.Event, focused: bool) -> bool:
        """Drag the slider, or move it a turn by left and right, to an end by Home and End; Space plays."""
        if event.type == pygame.MOUSEBUTTONDOWN and event.button == 1 and self._button.collidepoint(event.pos):
            self.desk.hear("click")
            self.play()
            return True
        if event.type == pygame.MOUSEBUTTONDOWN and event.button == 1 and self._track.collidepoint(event.pos):
            self._dragged, self.playing = True, False
            self._to(event.pos[0])
            return True
        if event.type == pygame.MOUSEMOTION and self._dragged:
            self._dragged = bool(event.buttons[0])
            self._to(event.pos[0])
            return True
        if event.type == pygame.MOUSEBUTTONUP and event.button == 1 and self._dragged:
            self._dragged = False
            return True
        if event.type == pygame.MOUSEWHEEL and self._track.collidepoint(pygame.mouse.get_pos()):
            self._set(self.turn + (1 if event.y < 0 else -1))
            return True
        if focused and event.type == pygame.KEYDOWN:
            if event.key == pygame.K_SPACE:
                self.play()
                return True
            steps = {pygame.K_LEFT: self.turn - 1, pygame.K_RIGHT: self.turn + 1, pygame.K_HOME: 1,
                     pygame.K_END: self.state.world.turns}  # fmt: skip
            if event.key in steps:
                self.playing = False
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
        boxes = dict(zip(("mine", "then"), self._maps(), strict=True))
        present = self._calendar.last_day(min(state.clock.turn, state.world.turns))
        mine = spoken(self.day if self.told else present)
        heads = {
            "mine": (say("This game"), say("{day}; hatched: unlike history", day=mine), colours.accent),
            "then": (say("History"), say("{day}; between captures: an estimate", day=spoken(self.day)),
                     colours.history),
        }  # fmt: skip
        for name, (title, words, ink) in heads.items():
            box = boxes[name]
            y = box.y - desk.px(28)
            write(screen, desk, title, (box.x, y), 16, STRONG, colours.text, box.width)
            x = box.x + desk.fonts.width(title, STRONG, desk.px(16)) + desk.px(10)
            words = fitted(desk.fonts, words, NARROW, desk.px(13), max(1, box.right - x))
            face = desk.fonts.text(words, NARROW, desk.px(13), colours.text_dim)
            screen.blit(face, (box.right - face.get_width(), y + desk.px(4)))
            screen.fill(ink, (box.x, box.y - desk.px(4), box.width, desk.px(3)))
        if boxes["mine"].width > 8:
            self._paint_one(boxes["mine"].size)
            for name, box in boxes.items():
                shown = self._painted.get(name)
                if shown is not None or self._paper is not None:
                    screen.blit(shown[1] if shown is not None else self._map_ground(box.size), box)
                else:
                    panel(screen, desk, box)
        self._draw_track(screen, focused)

    def _paint_one(self, size: tuple[int, int]) -> None:
        """One step towards the maps of the slider's turn, none of them long enough for a hand to feel it: nothing in
        the first frame, then the ground, what history held, a front, and what goes over that.
        """
        self._steps += 1
        if self._steps == 1:
            return
        if self._paper is None or self._paper.get_size() != size:
            self._map_ground(size)
            return
        then = annals.ground_on(self.state.world, self.day)
        if self._steps == 3:
            return
        for name in ("mine", "then"):
            shown = self._painted.get(name)
            if shown is not None and shown[0] == self.turn and shown[1].get_size() == size:
                continue
            owners = self._control if name == "mine" else then
            front = self._fronts_drawn.get(name)
            if front is None or front[0] != owners or front[1].get_size() != size:
                self._tint(name, owners, size)
                return
            hatch: Overlay = {}
            if name == "mine":
                unlike = HexStyle(None, "rising", self.desk.theme.map.border.mixed(self.desk.theme.marks.ghost, 40))
                hatch = {here: unlike for here, (a, b) in enumerate(zip(owners, then, strict=True)) if a != b}
            self._painted[name] = self.turn, self._finished(front[1], owners, hatch)
            return

    def _map_ground(self, size: tuple[int, int]) -> pygame.Surface:
        if self._paper is None or self._paper.get_size() != size:
            self._paper = self._ground(size)
        return self._paper

    def _tint(self, name: str, owners: Sequence[int], size: tuple[int, int]) -> None:
        """One band more of the front on a map's ground; once all are there, it is drawn."""
        begun = self._tinting
        if begun is None or begun.name != name or begun.owners != owners or begun.size != size:
            desk, world = self.desk, self.state.world
            steps = tinting(desk.theme, desk.fonts, world, self._map_ground(size), owners, BANDS)
            begun = self._tinting = _Tinting(name, owners, size, steps)
        picture = next(begun.steps)
        begun.done += 1
        if begun.done == BANDS:
            self._fronts_drawn[name], self._tinting = (owners, picture), None

    def _finished(self, front: pygame.Surface, owners: Sequence[int], hatch: Overlay) -> pygame.Surface:
        desk, world = self.desk, self.state.world
        out = overlaid(desk.theme, desk.fonts, world, front, hatch)
        name_places(desk.theme, desk.fonts, world, owners, out, desk.px(12))
        pygame.draw.rect(out, desk.theme.interface.panel_edge, out.get_rect(), 1)
        return out

    def _draw_track(self, screen: pygame.Surface, focused: bool) -> None:
        desk, colours, theme, track = self.desk, self.desk.theme.interface, self.desk.theme, self._track
        panel(screen, desk, track)
        if focused:
            pygame.draw.rect(screen, colours.accent, track, 1, border_radius=desk.px(5))
        blocks, now = self._blocks(), self.state.clock.turn
        self._draw_button(screen)
        above, below = blocks[0].y - desk.px(15), blocks[0].bottom + desk.px(15)
        write(screen, desk, say("game"), (track.x + desk.px(8), track.y + desk.px(6)), 13, NARROW_STRONG,
              colours.accent, desk.px(48))  # fmt: skip
        write(screen, desk, say("history"), (track.x + desk.px(8), track.bottom - desk.px(24)), 13, NARROW_STRONG,
              colours.history, desk.px(48))  # fmt: skip
        for number, block in enumerate(blocks, 1):
            ink = colours.accent if number <= now else colours.raised
            pygame.draw.rect(screen, ink, block, border_radius=desk.px(2))
        slider = blocks[self.turn - 1]
        label = desk.fonts.text(spoken(self.day), NARROW_STRONG, desk.px(13), colours.on_accent)
        flag = label.get_rect().inflate(desk.px(12), desk.px(4))
        flag.midtop = (slider.centerx, track.y + desk.px(3))
        flag.clamp_ip(track)
        taken = [flag, pygame.Rect(track.x, track.y, blocks[0].x - track.x, track.height)]
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
        bar = pygame.Rect(0, 0, desk.px(3), track.height - desk.px(26))
        bar.midbottom = (slider.centerx, track.bottom - desk.px(4))
        pygame.draw.rect(screen, colours.text, bar)
        pygame.draw.rect(screen, colours.accent, flag, border_radius=desk.px(3))
        screen.blit(label, label.get_rect(center=flag.center))

    def _draw_button(self, screen: pygame.Surface) -> None:
        """A golden disc with the sign for play, or for pause."""
        colours, box = self.desk.theme.interface, self._button
        over = box.collidepoint(pygame.mouse.get_pos())
        pygame.draw.aacircle(screen, colours.accent.mixed(colours.text, 25 if over else 0), box.center, box.width // 2)
        k, (x, y) = box.width / 24, box.center
        if self.playing:
            for left in (-5, 2):
                screen.fill(colours.on_accent, (round(x + left * k), round(y - 5 * k), round(3 * k), round(10 * k)))
        else:
            corners = [(x - 4 * k, y - 6 * k), (x + 7 * k, y), (x - 4 * k, y + 6 * k)]
            pygame.draw.polygon(screen, colours.on_accent, corners)

    def _mark(
        self, screen: pygame.Surface, one: _TrackedCapture, at: tuple[int, int], way: int, taken: list[pygame.Rect]
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


def _on_track(world: World, row: Compared) -> _TrackedCapture:
    mine = 0 if row.taken in ("", UNTOLD, FROM_START) else _turn_of(world, row.taken)
    return _TrackedCapture(row.then.place, row.then.by, mine, _turn_of(world, row.then.date))


def _turn_of(world: World, day: str) -> int:
    """In which turn a day lies, the first and the last for what is outside the game."""
    gone = (date.fromisoformat(day) - date.fromisoformat(world.first_day)).days
    return max(1, min(world.turns, gone // world.days_per_turn + 1))
