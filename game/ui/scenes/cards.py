"""The cards of the menu: the golden one for newcomers, the game to go on with, tiles, and the shelf of scenarios."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Protocol

import pygame

from game.scenario.world import World
from game.ui.kit.fonts import NARROW, NARROW_STRONG, STRONG
from game.ui.kit.icons import icon
from game.ui.kit.lettering import fitted, scroll_bar, wrapped, write
from game.ui.kit.widgets import Button
from game.ui.library import ShelfEntry
from game.ui.scene import Desk
from game.ui.scenes.board import badge
from game.ui.scenes.outlook import crop, named_crop, time_to_play
from game.ui.scenes.scenarios import short_days, short_scale, short_title

LONG_PRESS = (pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_SPACE)
CARD_WIDE, CARD_TALL = 250, 268
"""Least width of a scenario's card and its height, in points."""


class StartCard(Button):
    """The golden card for those who play for the first time; ``note`` is what awaits them."""

    picture: pygame.Surface | None = None

    def draw(self, screen: pygame.Surface, focused: bool) -> None:
        """Gold, with a ring of light on a piece of the map."""
        desk, colours, r = self.desk, self.desk.theme.interface, self.rect
        over = r.collidepoint(pygame.mouse.get_pos())
        body = colours.accent.mixed(colours.on_accent_dim, 12) if over else colours.accent
        pygame.draw.rect(screen, body, r, border_radius=desk.px(8))
        pygame.draw.rect(screen, colours.text if focused else body, r, max(1, desk.px(2)), desk.px(8))
        pad = desk.px(14)
        room = r.width - 2 * pad
        if self.picture is not None and r.width > desk.px(280):
            side = min(r.height - 2 * desk.px(8), r.width // 3)
            box = pygame.Rect(r.right - side - desk.px(8), r.y + desk.px(8), side, side)
            _spotlight(screen, desk, self.picture, box)
            room = box.x - r.x - 2 * pad
        y = r.y + desk.px(9)
        y += write(screen, desk, self.text, (r.x + pad, y), 20, STRONG, colours.on_accent, room)
        for line in wrapped(desk.fonts, self.note, NARROW, desk.px(14), room, 3 if r.height > desk.px(96) else 1):
            y += write(screen, desk, line, (r.x + pad, y), 14, NARROW, colours.on_accent_dim, room)
        if r.bottom - y > desk.px(28):
            sign = icon("clock", desk.px(14), colours.on_accent)
            screen.blit(sign, (r.x + pad, r.bottom - desk.px(25)))
            write(screen, desk, self.hint, (r.x + pad + desk.px(20), r.bottom - desk.px(28)), 14, NARROW_STRONG,
                  colours.on_accent, room - desk.px(20))  # fmt: skip


class StripOfFront(Protocol):
    """The front of a saved game on its map."""

    def part(self, desk: Desk, size: tuple[int, int]) -> pygame.Surface:
        """As much of it as has the shape of a box, in its size."""
        ...


class ContinueCard(Button):
    """The newest game that was kept by itself; ``note`` says which, ``front`` shows it once it has been read."""

    picture: pygame.Surface | None = None
    front: StripOfFront | None = None

    def draw(self, screen: pygame.Surface, focused: bool) -> None:
        """A strip of the map, and the words below it."""
        desk, colours, r = self.desk, self.desk.theme.interface, self.rect
        words = min(r.height, desk.px(52))
        pygame.draw.rect(screen, colours.panel, r, border_radius=desk.px(8))
        if self.enabled and r.height > words:
            strip = pygame.Rect(r.x, r.y, r.width, r.height - words)
            if self.front is not None:
                screen.blit(self.front.part(desk, strip.size), strip)
            elif self.picture is not None:
                screen.blit(crop(self.picture, strip.size, 0.46, 0.40, 0.5), strip)
        over = self.enabled and r.collidepoint(pygame.mouse.get_pos())
        edge = colours.accent if focused or over else colours.panel_edge
        pygame.draw.rect(screen, edge, r, max(1, desk.px(2 if focused else 1)), desk.px(8))
        ink = colours.text if self.enabled else colours.text_dim
        x, y, room = r.x + desk.px(14), r.bottom - words + desk.px(4), r.width - desk.px(28)
        y += write(screen, desk, self.text, (x, y), 18, STRONG, ink, room) - desk.px(2)
        write(screen, desk, self.note, (x, y), 13, NARROW, colours.accent if self.enabled else colours.text_dim, room)


class Tile(Button):
    """A small square button: a sign above its words, its key in the corner."""

    def __init__(
        self, desk: Desk, rect: pygame.Rect, sign: str, text: str, act: Callable[[], None], key: str = ""
    ) -> None:
        super().__init__(desk, rect, text, act, key=key)
        self.sign = sign

    def draw(self, screen: pygame.Surface, focused: bool) -> None:
        """Sign and words in the middle; without room, the words alone."""
        desk, colours, r = self.desk, self.desk.theme.interface, self.rect
        over = r.collidepoint(pygame.mouse.get_pos())
        body = colours.raised if over else colours.panel
        pygame.draw.rect(screen, body, r, border_radius=desk.px(6))
        edge = colours.accent if focused or over else colours.panel_edge
        pygame.draw.rect(screen, edge, r, max(1, desk.px(2 if focused else 1)), desk.px(6))
        size = desk.px(13)
        lines = wrapped(desk.fonts, self.text, NARROW, size, r.width - desk.px(6), 2)
        tall, sign = round(size * 1.25), desk.px(16)
        whole = tall * len(lines) + sign + desk.px(3)
        y = r.y + max(desk.px(2), (r.height - whole) // 2)
        if whole <= r.height:
            picture = icon(self.sign, sign, colours.accent)
            screen.blit(picture, (r.centerx - sign // 2, y))
            y += sign + desk.px(3)
        if self.key:
            hint = desk.fonts.text(self.key, NARROW, desk.px(12), colours.text_dim)
            screen.blit(hint, (r.right - hint.get_width() - desk.px(6), r.y + desk.px(3)))
        for line in lines:
            if y + tall <= r.bottom + desk.px(3):
                face = desk.fonts.text(fitted(desk.fonts, line, NARROW, size, r.width - 4), NARROW, size, colours.text)
                screen.blit(face, (r.centerx - face.get_width() // 2, y))
            y += tall


class Shelf:
    """All scenarios as cards, one chosen by arrows, wheel or mouse; ``act`` is given the one that is to be played."""

    def __init__(
        self, desk: Desk, rect: pygame.Rect, entries: Sequence[ShelfEntry], chosen: int, act: Callable[[int], None]
    ) -> None:
        self.desk, self.rect, self.entries, self.act = desk, rect, list(entries), act
        self.enabled = bool(self.entries)
        self.chosen = max(0, min(chosen, len(self.entries) - 1))
        self._top = 0
        self._kept: dict[int, tuple[object, pygame.Surface]] = {}
        self._held = -1
        self._show(self.chosen)

    @property
    def columns(self) -> int:
        """Cards side by side."""
        return max(1, (self.rect.width + self._gap) // (self.desk.px(CARD_WIDE) + self._gap))

    @property
    def _gap(self) -> int:
        return self.desk.px(12)

    def box(self, number: int) -> pygame.Rect:
        """Where a card lies in the window, or would if it were scrolled into sight."""
        gap, bar = self._gap, self.desk.px(12)
        wide = (self.rect.width - bar - gap * (self.columns - 1)) // self.columns
        row, column = divmod(number, self.columns)
        tall = self.desk.px(CARD_TALL)
        return pygame.Rect(
            self.rect.x + column * (wide + gap), self.rect.y + row * (tall + gap) - self._top, max(1, wide), tall
        )

    @property
    def _lowest(self) -> int:
        rows = -(-len(self.entries) // self.columns)
        return max(0, rows * (self.desk.px(CARD_TALL) + self._gap) - self._gap - self.rect.height)

    def _show(self, number: int) -> None:
        """Scroll a card into sight."""
        if not self.entries:
            return
        box = self.box(number)
        if box.bottom > self.rect.bottom:
            self._top += box.bottom - self.rect.bottom
        if box.top < self.rect.top:
            self._top -= self.rect.top - box.top
        self._top = max(0, min(self._top, self._lowest))

    def _at(self, pos: tuple[int, int]) -> int:
        if not self.rect.collidepoint(pos):
            return -1
        return next((n for n in range(len(self.entries)) if self.box(n).collidepoint(pos)), -1)

    def handle(self, event: pygame.event.Event, focused: bool) -> bool:
        """Arrows and the mouse choose; Enter, Space and a click on a card open it."""
        if event.type == pygame.MOUSEWHEEL and self.rect.collidepoint(pygame.mouse.get_pos()):
            self._top = max(0, min(self._top - event.y * self.desk.px(60), self._lowest))
            return True
        if event.type == pygame.MOUSEBUTTONDOWN and event.button == 1 and self._at(event.pos) >= 0:
            self._held = self.chosen = self._at(event.pos)
            return True
        if event.type == pygame.MOUSEBUTTONUP and event.button == 1 and self._held >= 0:
            held, self._held = self._held, -1
            if self._at(event.pos) == held:
                self.desk.hear("click")
                self.act(held)
            return True
        if not focused or event.type != pygame.KEYDOWN or not self.entries:
            return False
        if event.key in LONG_PRESS:
            self.act(self.chosen)
            return True
        steps = {
            pygame.K_LEFT: -1,
            pygame.K_RIGHT: 1,
            pygame.K_UP: -self.columns,
            pygame.K_DOWN: self.columns,
            pygame.K_HOME: -len(self.entries),
            pygame.K_END: len(self.entries),
        }
        if event.key not in steps:
            return False
        last = len(self.entries) - 1
        wanted = self.chosen + steps[event.key]
        if event.key in (pygame.K_UP, pygame.K_DOWN) and not 0 <= wanted <= last:
            return False  # the form goes on to its next widget
        self.chosen = max(0, min(wanted, last))
        self._show(self.chosen)
        return True

    def draw(self, screen: pygame.Surface, focused: bool) -> None:
        """The cards in sight, the chosen one in a gold edge, and how far down the shelf one is."""
        desk, colours = self.desk, self.desk.theme.interface
        clip = screen.get_clip()
        screen.set_clip(self.rect.inflate(desk.px(4), desk.px(4)).clip(clip))
        over = self._at(pygame.mouse.get_pos())
        for number, entry in enumerate(self.entries):
            box = self.box(number)
            if not box.colliderect(self.rect):
                continue
            chosen = number == self.chosen
            screen.blit(self._card(number, entry, box.size, chosen), box)
            if chosen or number == over:
                edge = colours.accent if chosen else colours.text_dim
                pygame.draw.rect(screen, edge, box, max(1, desk.px(2 if chosen and focused else 1)), desk.px(8))
        if self._lowest:
            whole = self._lowest + self.rect.height
            scroll_bar(screen, desk, self.rect, self._top / whole, self.rect.height / whole)
        screen.set_clip(clip)

    def _card(self, number: int, entry: ShelfEntry, size: tuple[int, int], chosen: bool) -> pygame.Surface:
        key = (entry.title, entry.ready, entry.picture, entry.front, size, chosen, self.desk.theme)
        kept = self._kept.get(number)
        if kept is None or kept[0] != key:
            kept = self._kept[number] = (key, _painted(self.desk, entry, size, chosen))
        return kept[1]


def _painted(desk: Desk, entry: ShelfEntry, size: tuple[int, int], chosen: bool) -> pygame.Surface:
    """One card: map, title, what it is about, days and scale, who plays."""
    colours, pad = desk.theme.interface, desk.px(12)
    out = pygame.Surface(size, pygame.SRCALPHA)
    whole = out.get_rect()
    pygame.draw.rect(out, colours.panel, whole, border_radius=desk.px(8))
    map_box = pygame.Rect(1, 1, size[0] - 2, size[1] - desk.px(134))
    if entry.picture is not None and map_box.height > 4:
        where = (0.5, 0.42, 0.92)
        if entry.front is not None and entry.world is not None:
            out.blit(named_crop(desk, entry.world, entry.front, map_box.size, where), map_box)
        else:
            out.blit(crop(entry.picture, map_box.size, *where), map_box)
    else:
        pygame.draw.rect(out, colours.raised, map_box, border_radius=desk.px(8))
    y, room = map_box.bottom + desk.px(7), size[0] - 2 * pad
    y += write(out, desk, short_title(entry.title), (pad, y), 16, STRONG, width=room) + desk.px(1)
    if entry.world is None:
        words = "It cannot be played: open it to see its errors." if entry.errors else "Is being read…"
        for line in wrapped(desk.fonts, words, NARROW, desk.px(13), room):
            y += write(out, desk, line, (pad, y), 13, NARROW, colours.text_dim, room) - desk.px(1)
        sign = icon("cancel" if entry.errors else "clock", desk.px(28), colours.text_dim)
        out.blit(sign, sign.get_rect(center=map_box.center))
    else:
        for line in _summary(desk, entry.world, room):
            y += write(out, desk, line, (pad, y), 13, NARROW, colours.text_dim, room) - desk.px(1)
        y = size[1] - desk.px(58)
        pygame.draw.line(out, colours.panel_edge, (pad, y), (size[0] - pad, y), 1)
        time = desk.fonts.text(time_to_play(entry.world), NARROW, desk.px(12), colours.text_dim)
        out.blit(time, (size[0] - pad - time.get_width(), y + desk.px(3)))
        room -= time.get_width() + desk.px(8)
        write(out, desk, short_days(entry.world), (pad, y + desk.px(3)), 12, NARROW_STRONG, colours.text, room)
        side = desk.px(18)
        x, y = pad, size[1] - desk.px(11) - side
        for faction in entry.world.factions:
            if x + side > size[0] // 2:
                break
            badge(out, desk.theme.livery(faction.look), pygame.Rect(x, y, side, side))
            x += side + desk.px(5)
        told = desk.fonts.text(
            fitted(desk.fonts, short_scale(entry.world), NARROW, desk.px(12), size[0] - pad - x), NARROW, desk.px(12),
            colours.text_dim,
        )  # fmt: skip
        out.blit(told, (size[0] - pad - told.get_width(), y + (side - told.get_height()) // 2))
    pygame.draw.rect(out, colours.panel_edge, whole, 1, desk.px(8))
    mask = pygame.Surface(size, pygame.SRCALPHA)
    pygame.draw.rect(mask, (255, 255, 255, 255), whole, border_radius=desk.px(8))
    out.blit(mask, (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
    return out


def _summary(desk: Desk, world: World, room: int) -> list[str]:
    """What it is about in two lines: as many whole sentences as fit."""
    sentences = re.split(r"(?<=[.?!]) ", " ".join(world.texts.get("summary", "").split()))
    lines = wrapped(desk.fonts, sentences[0], NARROW, desk.px(13), room)
    for n in range(2, len(sentences) + 1):
        longer = wrapped(desk.fonts, " ".join(sentences[:n]), NARROW, desk.px(13), room)
        if len(longer) > 2:
            break
        lines = longer
    return [lines[0], " ".join(lines[1:])]


def _spotlight(screen: pygame.Surface, desk: Desk, picture: pygame.Surface, box: pygame.Rect) -> None:
    """A piece of the map in the dark, with a ring of light: somebody points at what to click."""
    if box.width < 8 or box.height < 8:
        return
    piece = crop(picture, box.size, 0.53, 0.42, 0.3)
    dark = piece.copy()
    dark.fill((120, 112, 100), special_flags=pygame.BLEND_RGB_MULT)
    light = pygame.Surface(box.size, pygame.SRCALPHA)
    radius = round(min(box.size) * 0.36)
    pygame.draw.circle(light, (255, 255, 255, 255), (box.width // 2, box.height // 2), radius)
    lit = pygame.Surface(box.size, pygame.SRCALPHA)
    lit.blit(piece, (0, 0))
    lit.blit(light, (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
    dark.blit(lit, (0, 0))
    pygame.draw.aacircle(dark, (255, 247, 214), (box.width // 2, box.height // 2), radius, max(2, desk.px(2)))
    screen.blit(dark, box)
