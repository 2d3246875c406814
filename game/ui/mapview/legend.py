"""The legend of what lies over the map: a title, and for each mark a sign as the map draws it, with words."""

from __future__ import annotations

from dataclasses import dataclass

import pygame

from game.ui.kit.fonts import BODY, STRONG, Fonts
from game.ui.kit.theme import Colour, Theme
from game.ui.mapview.ghost import GhostPainter
from game.ui.mapview.overlays import HexStyle, paint_pattern
from game.ui.mapview.streams import CUT, Stream, StreamPainter, paint_break
from game.ui.mapview.strokes import show

DARK = Colour(30, 24, 14)


@dataclass(frozen=True, slots=True)
class FlagSign:
    """The flag of whoever held a place in history; ``differs`` from the game."""

    differs: bool = False


@dataclass(frozen=True, slots=True)
class DashSign:
    """A dashed line."""

    colour: Colour


@dataclass(frozen=True, slots=True)
class StreamSign:
    """Supply: full, stretched or cut."""

    look: str


@dataclass(frozen=True, slots=True)
class BreakSign:
    """Where supply is cut."""


@dataclass(frozen=True, slots=True)
class RingSign:
    """A line around a hex."""

    colour: Colour


Sign = HexStyle | FlagSign | DashSign | StreamSign | BreakSign | RingSign


@dataclass(frozen=True, slots=True)
class Legend:
    """The legend of one overlay: its title, and a sign with words for each mark."""

    title: str
    rows: tuple[tuple[Sign, str], ...]


def legend_picture(legends: tuple[Legend, ...], theme: Theme, fonts: Fonts, scale: float = 1.0) -> pygame.Surface:
    """Some legends in one box, one below the other."""
    size = max(12, round(13 * scale))
    tall, pad, left = round(size * 1.7), round(size * 0.7), round(size * 2.9)
    titles = [fonts.text(one.title, STRONG, round(size * 1.1), theme.interface.text) for one in legends]
    words = [[fonts.text(text, BODY, size, theme.interface.text) for _, text in one.rows] for one in legends]
    inner = [title.get_width() for title in titles] + [left + face.get_width() for rows in words for face in rows]
    lines = sum(map(len, words))
    box = pygame.Surface((max(inner) + 2 * pad, round(size * 1.9) * len(legends) + tall * lines + pad), pygame.SRCALPHA)
    pygame.draw.rect(box, theme.interface.panel, box.get_rect(), border_radius=round(size * 0.4))
    pygame.draw.rect(box, theme.interface.panel_edge, box.get_rect(), max(1, round(scale)), round(size * 0.4))
    y = 0
    for one, title, faces in zip(legends, titles, words, strict=True):
        box.blit(title, (pad, y + round(pad * 0.6)))
        y += round(size * 1.9)
        for (sign, _), face in zip(one.rows, faces, strict=True):
            picture = _picture(sign, theme, fonts, (round(left * 0.8), tall))
            box.blit(picture, picture.get_rect(center=(pad + round(left * 0.42), y + tall // 2)))
            box.blit(face, (pad + left, y + (tall - face.get_height()) // 2))
            y += tall
    return box


def _picture(sign: Sign, theme: Theme, fonts: Fonts, size: tuple[int, int]) -> pygame.Surface:
    """A sign as the map draws it, small."""
    wide, tall = size
    if isinstance(sign, FlagSign):
        high = round(tall * (0.68 if sign.differs else 0.96))
        return GhostPainter(theme).flag(next(iter(theme.looks), ""), sign.differs, high)
    out = pygame.Surface(size, pygame.SRCALPHA)
    middle = tall / 2
    if isinstance(sign, StreamSign):
        points = tuple((2.0 + n * (wide - 4) / 8, middle) for n in range(9))
        size_of_hex = tall * (1.5 if sign.look == CUT else 2)
        show(out, StreamPainter(1, theme, fonts).shapes(Stream((), sign.look), points, size_of_hex))
    elif isinstance(sign, BreakSign):
        paint_break(out, (wide / 2, middle), tall * 0.34, theme.marks.cut)
    elif isinstance(sign, DashSign):
        for x in (0, wide // 2):
            part = pygame.Rect(x, round(middle) - 3, wide * 4 // 9, 6)
            pygame.draw.rect(out, DARK, part)
            pygame.draw.rect(out, sign.colour, part.inflate(-2, -2))
    elif isinstance(sign, RingSign):
        corners = _hexagon(wide / 2, middle, tall * 0.44)
        pygame.draw.polygon(out, DARK, corners, 4)
        pygame.draw.polygon(out, sign.colour, corners, 2)
    else:
        corners = _hexagon(wide / 2, middle, tall * 0.48)
        pygame.draw.polygon(out, theme.map.name_halo, corners)
        if sign.fill:
            out.blit(_veil(sign, size, corners), (0, 0))
        pygame.draw.polygon(out, sign.edge or DARK.faded(120), corners, 2 if sign.edge else 1)
        if sign.text:
            face = fonts.text(sign.text, STRONG, max(12, round(tall * 0.55)), DARK)
            out.blit(face, face.get_rect(center=(wide // 2, round(middle))))
    return out


def _veil(style: HexStyle, size: tuple[int, int], corners: list[tuple[float, float]]) -> pygame.Surface:
    """Tint and pattern of a hex as the map has them, inside its corners alone."""
    veil = pygame.Surface(size, pygame.SRCALPHA)
    veil.fill(style.fill or (0, 0, 0, 0))
    if style.pattern and style.hatch:
        tile = pygame.Surface((max(size), max(size)), pygame.SRCALPHA)
        paint_pattern(tile, style.pattern, style.hatch)
        veil.blit(tile, (0, 0))
    stencil = pygame.Surface(size, pygame.SRCALPHA)
    pygame.draw.polygon(stencil, (255, 255, 255, 255), corners)
    veil.blit(stencil, (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
    return veil


def _hexagon(x: float, y: float, radius: float) -> list[tuple[float, float]]:
    k = radius * 0.866
    return [(x + radius, y), (x + radius / 2, y + k), (x - radius / 2, y + k), (x - radius, y),
            (x - radius / 2, y - k), (x + radius / 2, y - k)]  # fmt: skip
