"""A fight as it is seen: arrows, dice, the bar with the rolled slice lit, steps that fly off, the way back.

It is drawn over the map for about a second and changes nothing. ``seconds`` of its own clock say what shows; from
``LENGTH`` on nothing does, and a scorched mark on the hex is all that stays, until the turn ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import cos, hypot, pi, sin

import pygame

from game.ui.camera import Camera, Point, hex_centre
from game.ui.kit.fonts import NARROW, STRONG
from game.ui.kit.lettering import wrapped
from game.ui.kit.theme import Colour
from game.ui.mapview.counter_cache import CounterCache
from game.ui.mapview.faces import Face
from game.ui.scene import Desk
from game.words import say

ARROWS, DICE, SLICE, LOSSES, LENGTH = 0.18, 0.48, 0.65, 0.87, 1.0
"""Seconds at which each part of it has ended."""
GRADES = (Colour(120, 34, 30), Colour(190, 60, 44), Colour(196, 112, 48), Colour(178, 152, 108), Colour(138, 150, 110),
          Colour(88, 168, 132), Colour(42, 134, 126))  # fmt: skip
"""From the worst outcome for the attacker to the best."""
RED, RED_DARK, PAPER, INK = Colour(224, 52, 44), Colour(70, 12, 10), Colour(250, 246, 234), Colour(30, 24, 20)
PIPS = {
    1: ((0, 0),), 2: ((-1, -1), (1, 1)), 3: ((-1, -1), (0, 0), (1, 1)), 4: ((-1, -1), (1, -1), (-1, 1), (1, 1)),
    5: ((-1, -1), (1, -1), (0, 0), (-1, 1), (1, 1)), 6: ((-1, -1), (1, -1), (-1, 0), (1, 0), (-1, 1), (1, 1)),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class OutcomeSlice:
    """A part of the bar: in how many of 36 throws it comes, and how good it is for the attacker, 0 to 6."""

    ways: int
    grade: int


@dataclass(frozen=True, slots=True)
class StepsOff:
    """Steps that a side loses in a hex, in the colour of its ``look``."""

    hex: int
    look: str
    steps: int


@dataclass(frozen=True, slots=True)
class WayBack:
    """A counter that falls back from hex to hex."""

    face: Face
    path: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ShownFight:
    """All that is shown of an attack. ``slices`` stand from worst to best; ``rolled`` is the number of one, -1 none."""

    target: int
    origins: tuple[int, ...]
    dice: tuple[int, int]
    title: str
    came: str
    slices: tuple[OutcomeSlice, ...] = ()
    rolled: int = -1
    losses: tuple[StepsOff, ...] = ()
    back: tuple[WayBack, ...] = ()


def eased(now: float, start: float, end: float) -> float:
    """How much of a part is done, 0 to 1, fast at first."""
    share = min(1.0, max(0.0, (now - start) / (end - start)))
    return 1.0 - (1.0 - share) ** 3


def swung(now: float, start: float, end: float) -> float:
    """The same, slow at both ends."""
    share = min(1.0, max(0.0, (now - start) / (end - start)))
    return share * share * (3 - 2 * share)


class FightPainter:
    """Draws fights at a moment of their clock."""

    def __init__(self, desk: Desk, columns: int, counters: CounterCache) -> None:
        self.desk, self._columns, self._counters = desk, columns, counters
        self._dim: pygame.Surface | None = None

    def draw(self, screen: pygame.Surface, camera: Camera, fight: ShownFight, now: float) -> None:
        """What shows after ``now`` seconds, inside the map's window."""
        if now >= LENGTH:
            return
        window = pygame.Rect(camera.x, camera.y, camera.width, camera.height)
        clip = screen.get_clip()
        screen.set_clip(window)
        fade = 1.0 - swung(now, LOSSES, LENGTH)
        self._draw_dusk(screen, window, 56 * eased(now, 0.0, ARROWS) * fade)
        for origin in fight.origins:
            self._draw_arrow(screen, camera, origin, fight.target, eased(now, 0.0, ARROWS), fade)
        if now > SLICE:
            for way in fight.back:
                self._draw_way_back(screen, camera, way, swung(now, SLICE, LOSSES))
            for one in fight.losses:
                self._draw_losses(screen, camera, one, (now - SLICE) / (LOSSES - SLICE))
        if now > ARROWS and any(fight.dice):
            self._draw_dice(screen, camera, fight, now, window)
        if fight.slices:
            self._draw_bar(screen, window, fight, now)
        screen.set_clip(clip)

    def _draw_dusk(self, screen: pygame.Surface, window: pygame.Rect, alpha: float) -> None:
        if self._dim is None or self._dim.get_size() != window.size:
            self._dim = pygame.Surface(window.size)
            self._dim.fill((14, 10, 8))
        self._dim.set_alpha(round(alpha))
        screen.blit(self._dim, window)

    def _draw_arrow(
        self, screen: pygame.Surface, camera: Camera, origin: int, target: int, share: float, fade: float
    ) -> None:
        zoom = camera.zoom
        (ax, ay), (bx, by) = camera.hex_on_screen(origin), camera.hex_on_screen(target)
        span = hypot(bx - ax, by - ay) or 1.0
        ux, uy = (bx - ax) / span, (by - ay) / span
        start, end = 0.18 * zoom, span - 0.30 * zoom
        tip = start + (end - start) * share
        if tip - start < 0.1 * zoom or fade < 0.3:
            return
        head = min(0.34 * zoom, (tip - start) * 0.6)

        def at(along: float, aside: float) -> Point:
            return ax + ux * along - uy * aside, ay + uy * along + ux * aside

        for grow, colour in ((0.035 * zoom, RED_DARK), (0.0, RED)):
            shape = [at(start - grow, 0.05 * zoom + grow), at(tip - head, 0.11 * zoom + grow),
                     at(tip - head, 0.25 * zoom + grow * 1.6), at(tip + grow * 1.7, 0.0),
                     at(tip - head, -0.25 * zoom - grow * 1.6), at(tip - head, -0.11 * zoom - grow),
                     at(start - grow, -0.05 * zoom - grow)]  # fmt: skip
            pygame.draw.polygon(screen, colour, shape)
            pygame.draw.aalines(screen, colour, True, shape)
        if grow == 0.0:
            pygame.draw.aaline(screen, RED.mixed(PAPER, 45), at(start, 0.0), at(tip - head, 0.0), 2)

    def _draw_dice(
        self, screen: pygame.Surface, camera: Camera, fight: ShownFight, now: float, window: pygame.Rect
    ) -> None:
        x, y = camera.hex_on_screen(fight.target)
        side = max(26, round(0.62 * min(camera.zoom, 84)))
        x, y = x + 1.35 * camera.zoom, y + 0.95 * camera.zoom
        x = min(x, window.right - side * 3.4)
        y = min(max(y, window.y + side * 3), window.bottom - side)
        fallen = min(1.0, (now - ARROWS) / (DICE - ARROWS))
        height = abs(cos(fallen * 2.5 * pi)) * (1.0 - fallen) * 1.9 * side
        for number, value in enumerate(fight.dice):
            turn = (1.0 - fallen) ** 2 * (310 - 560 * number) + (8, -11)[number]
            shown = value if fallen > 0.55 else 1 + (value + int(fallen * 22) + number) % 6
            die = pygame.transform.rotozoom(_die(shown, side), turn, 1.0)
            screen.blit(die, die.get_rect(center=(x + number * side * 1.22, y - height - number * height * 0.3)))
        if fallen >= 1.0:
            total = str(sum(fight.dice))
            spot = (round(x + side * 2.55), round(y))
            pygame.draw.aacircle(screen, INK, spot, side * 0.56)
            pygame.draw.aacircle(screen, Colour(255, 236, 168), spot, side * 0.5)
            face = self.desk.fonts.text(total, STRONG, max(16, round(side * 0.62)), INK)
            screen.blit(face, face.get_rect(center=spot))

    def _draw_bar(self, screen: pygame.Surface, window: pygame.Rect, fight: ShownFight, now: float) -> None:
        """36 throws from worst to best; once the dice lie, the slice that was rolled rises and lights."""
        desk, pad = self.desk, self.desk.px(10)
        wide = min(window.width - desk.px(40), max(desk.px(420), round(window.width * 0.52)))
        lines = wrapped(desk.fonts, fight.came, STRONG, desk.px(12), wide - 2 * pad)
        line = desk.px(16)
        tall_box = desk.px(56) + line * len(lines)
        box = pygame.Rect(window.centerx - wide // 2, window.y + desk.px(14), wide, tall_box)
        pygame.draw.rect(screen, desk.theme.interface.background, box, border_radius=desk.px(8))
        pygame.draw.rect(screen, desk.theme.interface.accent, box, max(1, desk.px(1)), desk.px(8))
        text, dim = desk.theme.interface.text, desk.theme.interface.text_dim
        screen.blit(desk.fonts.text(fight.title, STRONG, desk.px(13), text), (box.x + pad, box.y + desk.px(4)))
        skip = desk.fonts.text(say("Space skips"), NARROW, desk.px(12), dim)
        screen.blit(skip, (box.right - pad - skip.get_width(), box.y + desk.px(5)))
        lit = eased(now, DICE, SLICE)
        left, room, top, tall = box.x + pad, wide - 2 * pad, box.y + desk.px(30), desk.px(18)
        gone = 0
        risen: tuple[pygame.Rect, OutcomeSlice] | None = None
        for number, one in enumerate(fight.slices):
            a, b = left + room * gone // 36, left + room * (gone + one.ways) // 36
            gone += one.ways
            part = pygame.Rect(a, top, max(1, b - a - 1), tall)
            colour = GRADES[one.grade]
            if number == fight.rolled and lit:
                risen = (part, one)
                continue
            pygame.draw.rect(screen, colour.mixed(desk.theme.interface.background, round(38 * lit)), part)
            self._write_share(screen, part, one.ways, PAPER.mixed(colour, round(30 * lit)))
        if risen is not None:
            self._raise_slice(screen, *risen, lit)
        if lit > 0.5:
            for number, words in enumerate(lines):
                face = desk.fonts.text(words, STRONG, desk.px(12), text)
                screen.blit(face, face.get_rect(midtop=(box.centerx, top + tall + desk.px(3) + number * line)))
        else:
            for words_, spot in ((say("worse for the attacker"), "midleft"), (say("better"), "midright")):
                face = desk.fonts.text(words_, NARROW, desk.px(12), dim)
                at = (left if spot == "midleft" else left + room, top + tall + desk.px(12))
                screen.blit(face, face.get_rect(**{spot: at}))

    def _raise_slice(self, screen: pygame.Surface, part: pygame.Rect, one: OutcomeSlice, lit: float) -> None:
        desk = self.desk
        up = round(desk.px(6) * (lit + 0.25 * sin(lit * pi)))
        raised = pygame.Rect(part.x - 2, part.y - up, part.width + 4, part.height + up // 2)
        pygame.draw.rect(screen, PAPER, raised.inflate(desk.px(4), desk.px(4)), border_radius=desk.px(3))
        pygame.draw.rect(screen, GRADES[one.grade].mixed(PAPER, round(25 * lit)), raised, border_radius=desk.px(2))
        self._write_share(screen, raised, one.ways, INK)

    def _write_share(self, screen: pygame.Surface, part: pygame.Rect, ways: int, ink: Colour) -> None:
        face = self.desk.fonts.text(f"{round(ways * 100 / 36)}%", STRONG, self.desk.px(12), ink)
        if face.get_width() + 4 < part.width:
            screen.blit(face, face.get_rect(center=part.center))

    def _draw_way_back(self, screen: pygame.Surface, camera: Camera, way: WayBack, share: float) -> None:
        """The counter slides along its way, three ghosts of it behind."""
        size = self._counters.size_at(camera.zoom)
        picture = self._counters.picture(way.face, size)
        for lag in (0.36, 0.24, 0.12, 0.0):
            x, y = camera.to_screen(self._on_way(way.path, max(0.0, share - lag)))
            if lag:
                ghost = picture.copy()
                ghost.set_alpha(round(120 * (1 - lag * 2)))
                screen.blit(ghost, (round(x - size / 2), round(y - size / 2)))
            else:
                screen.blit(picture, (round(x - size / 2), round(y - size / 2)))

    def _on_way(self, path: tuple[int, ...], share: float) -> Point:
        far = share * (len(path) - 1)
        leg = min(len(path) - 2, int(far))
        (ax, ay), (bx, by) = hex_centre(self._columns, path[leg]), hex_centre(self._columns, path[leg + 1])
        rest = far - leg
        return ax + (bx - ax) * rest, ay + (by - ay) * rest

    def _draw_losses(self, screen: pygame.Surface, camera: Camera, one: StepsOff, share: float) -> None:
        """A pip for each step flies off on a curve, and a label says how many."""
        livery, zoom = self.desk.theme.livery(one.look), camera.zoom
        x, y = camera.hex_on_screen(one.hex)
        share = min(1.0, share)
        for number in range(min(6, one.steps)):
            angle = -pi / 2 + (number - (one.steps - 1) / 2) * 0.7 + (0.5 if number % 2 else -0.35)
            far = 1.25 * zoom * share
            px = x + cos(angle) * far
            py = y + sin(angle) * far + 1.5 * zoom * share * share
            side = max(4, round(0.15 * zoom))
            pip = pygame.Surface((side + 4, side + 4), pygame.SRCALPHA)
            pip.fill(INK)
            pip.fill(livery.paper, (2, 2, side, side))
            spun = pygame.transform.rotate(pip, share * 400 * (1 if number % 2 else -1))
            screen.blit(spun, spun.get_rect(center=(px, py)))
        words = say("−{n} step", n=one.steps) if one.steps == 1 else say("−{n} steps", n=one.steps)
        face = self.desk.fonts.text(words, STRONG, self.desk.px(12), PAPER)
        box = face.get_rect(center=(round(x), round(y - (0.62 + 0.2 * share) * zoom))).inflate(10, 4)
        pygame.draw.rect(screen, Colour(42, 21, 23), box, border_radius=4)
        pygame.draw.rect(screen, Colour(229, 72, 77), box, 1, 4)
        screen.blit(face, face.get_rect(center=box.center))


@lru_cache(maxsize=32)
def _die(value: int, side: int) -> pygame.Surface:
    """A die seen from above, drawn large and made smooth."""
    big = side * 3
    board = pygame.Surface((big, big), pygame.SRCALPHA)
    pygame.draw.rect(board, INK, board.get_rect(), border_radius=big // 5)
    pygame.draw.rect(board, PAPER, board.get_rect().inflate(-big // 14, -big // 14), border_radius=big // 6)
    for dx, dy in PIPS[value]:
        pygame.draw.circle(
            board, RED_DARK.mixed(RED, 60), (big / 2 + dx * big * 0.25, big / 2 + dy * big * 0.25), big * 0.085
        )
    return pygame.transform.smoothscale(board, (side, side))


def paint_scars(screen: pygame.Surface, camera: Camera, scars: tuple[int, ...]) -> None:
    """Scorched ground where there was a fight this turn: a dark ring of strokes, under the counters."""
    for here in scars:
        x, y = camera.hex_on_screen(here)
        if not (-camera.zoom < x - camera.x < camera.width + camera.zoom):
            continue
        screen.blit(_scar(round(camera.zoom)), (round(x - camera.zoom * 0.6), round(y - camera.zoom * 0.6)))


@lru_cache(maxsize=16)
def _scar(zoom: int) -> pygame.Surface:
    side = max(4, round(zoom * 1.2))
    big = side * 2
    board = pygame.Surface((big, big), pygame.SRCALPHA)
    middle = big / 2
    for share, alpha in ((0.40, 60), (0.34, 70), (0.27, 60)):
        pygame.draw.circle(board, (30, 16, 8, alpha), (middle, middle), big * share)
    for number in range(18):
        angle = number * 2 * pi / 18 + (number % 3) * 0.09
        near, far = big * 0.33, big * (0.40 + 0.05 * (number % 4))
        ends = [(middle + cos(angle) * r, middle + sin(angle) * r) for r in (near, far)]
        pygame.draw.line(board, (36, 16, 8, 215), ends[0], ends[1], max(2, big // 48))
    pygame.draw.circle(board, (120, 26, 16, 235), (middle, middle), big * 0.35, max(2, big // 40))
    return pygame.transform.smoothscale(board, (side, side))
