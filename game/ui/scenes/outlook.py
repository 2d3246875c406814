"""What a scenario is like before it is played: its front on the first day, how long it takes, what it is about.

Nothing here is written down by an author: the time to play goes by turns and units, the topics by what the map and the
sides bring with them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pygame

from game.scenario.world import Stance, World
from game.ui.camera import map_extent
from game.ui.kit.fonts import NARROW, NARROW_STRONG, STRONG
from game.ui.kit.icons import icon
from game.ui.kit.lettering import panel, wrapped, write
from game.ui.scene import Desk
from game.ui.scenes.board import badge
from game.words import count, listed, say

MINUTES_A_TURN, UNITS_A_MINUTE = 2, 5
"""What a turn takes a person: so many minutes, and one more for each so many units."""
MOST_DOTS = 5
LABEL, LINE = 104, 19
"""Points of the names of facts, and of a line."""
CIVILIANS = 20
"""Thousands of civilians on the map from which they are a topic."""


def minutes(world: World) -> int:
    """How long the first side to play may take for the whole game."""
    units = sum(faction == world.sequence[0] for faction in world.roster.faction)
    return world.turns * (MINUTES_A_TURN + units // UNITS_A_MINUTE)


def time_to_play(world: World) -> str:
    """The same in words, such as "about 20 minutes" or "about 2½ hours"."""
    whole = minutes(world)
    if whole < 50:
        return say("about {n} minutes", n=max(10, round(whole, -1)))
    halves = round(whole / 30)
    if halves == 2:
        return say("about 1 hour")
    return say("about {n} hours", n=f"{halves // 2}{'½' if halves % 2 else ''}")


def topics(world: World) -> tuple[str, ...]:
    """What the scenario is about besides marching and fighting."""
    rivals = any(Stance.RIVAL in row for row in world.stance)
    found = {
        say("the line between two blocs"): rivals,
        say("rivers and bridges"): any(world.river),
        say("supply over long roads"): world.metres_per_hex >= 2000,
        say("street fighting"): world.metres_per_hex < 2000,
        say("strongpoints"): bool(world.strongholds),
        say("closed skies"): bool(world.airspace),
        say("civilians"): sum(place.civilians for place in world.places) >= CIVILIANS,
        say("the course of history"): bool(world.past.captures),
    }
    return tuple(words for words, there in found.items() if there)


def complexity(world: World) -> int:
    """Of ``MOST_DOTS``: how much there is to keep in mind. A guided game is the easiest."""
    if world.coach is not None:
        return 1
    return max(2, min(MOST_DOTS, (len(topics(world)) + len(world.roster) // 40) // 2))


def front(desk: Desk, world: World, picture: pygame.Surface, room: tuple[int, int]) -> pygame.Surface:
    """The map with the ground that each side holds at the start, and its great places, as large as a room allows."""
    from game.ui.scenes.small_fronts import name_places, tinted

    k = min(room[0] / picture.get_width(), room[1] / picture.get_height())
    size = (max(1, round(picture.get_width() * k)), max(1, round(picture.get_height() * k)))
    ground = pygame.transform.smoothscale(picture, size)
    out = tinted(desk.theme, desk.fonts, world, ground, world.control)
    name_places(desk.theme, desk.fonts, world, world.control, out, desk.px(12))
    pygame.draw.rect(out, desk.theme.interface.panel_edge, out.get_rect(), 1)
    return out


def paint_dots(screen: pygame.Surface, desk: Desk, at: tuple[int, int], many: int) -> None:
    """Squares for a measure of ``MOST_DOTS``, so many of them gold."""
    side, gap, colours = desk.px(9), desk.px(3), desk.theme.interface
    for number in range(MOST_DOTS):
        box = pygame.Rect(at[0] + number * (side + gap), at[1], side, side)
        pygame.draw.rect(screen, colours.accent if number < many else colours.panel_edge, box, border_radius=desk.px(2))


@dataclass(frozen=True, slots=True)
class Fact:
    """A row of the card: a sign and a name with its words beside it, or a side (``look``) with its strength."""

    name: str
    words: str
    sign: str = ""
    dots: int = 0
    look: str = ""
    short: str = ""
    """The name where there is little room."""


def facts(world: World) -> tuple[Fact, ...]:
    """Time, complexity, topics, and the strength of each side."""
    found = [
        Fact(say("Time"), time_to_play(world), "clock"),
        Fact(say("Complexity"), "", "attack", complexity(world)),
        Fact(say("About"), listed(list(topics(world))), "more"),
    ]
    for number, faction in enumerate(world.factions):
        mine = [row for row, owner in enumerate(world.roster.faction) if owner == number]
        now = sum(world.roster.start[row] >= 0 for row in mine)
        words = count(now, "{n} unit", "{n} units")
        if len(mine) > now:
            later = say("{n} arrive later", n=len(mine) - now)
            words = say("{units}, {later}", units=words, later=later) if now else later
        found.append(Fact(faction.name, words, look=faction.look, short=faction.adjective))
    return tuple(found)


def facts_height(desk: Desk, told: Sequence[Fact], width: int) -> int:
    """Pixels that the card of facts takes at a width."""
    return desk.px(18) + sum(_tall(desk, one, width) for one in told)


def paint_facts(screen: pygame.Surface, desk: Desk, told: Sequence[Fact], box: pygame.Rect) -> None:
    """The card, with as many facts as there is room for."""
    panel(screen, desk, box)
    y = box.y + desk.px(9)
    for one in told:
        tall = _tall(desk, one, box.width)
        if y + tall > box.bottom:
            break
        row = pygame.Rect(box.x + desk.px(12), y, box.width - desk.px(24), tall)
        _paint_side(screen, desk, one, row) if one.look else _paint_fact(screen, desk, one, row)
        y += tall


def _lines(desk: Desk, one: Fact, width: int) -> list[str]:
    return wrapped(desk.fonts, one.words, NARROW_STRONG, desk.px(14), width - desk.px(24) - desk.px(LABEL))


def _tall(desk: Desk, one: Fact, width: int) -> int:
    return desk.px(26) if one.look else desk.px(LINE) * max(1, len(_lines(desk, one, width))) + desk.px(4)


def _paint_fact(screen: pygame.Surface, desk: Desk, one: Fact, row: pygame.Rect) -> None:
    colours, left = desk.theme.interface, desk.px(20)
    screen.blit(icon(one.sign, desk.px(14), colours.accent), (row.x, row.y + desk.px(2)))
    write(screen, desk, one.name, (row.x + left, row.y), 14, NARROW, colours.text_dim, desk.px(LABEL) - left)
    x = row.x + desk.px(LABEL)
    if one.dots:
        paint_dots(screen, desk, (x, row.y + desk.px(5)), one.dots)
    for number, line in enumerate(_lines(desk, one, row.width + desk.px(24))):
        write(screen, desk, line, (x, row.y + number * desk.px(LINE)), 14, NARROW_STRONG)


def _paint_side(screen: pygame.Surface, desk: Desk, one: Fact, row: pygame.Rect) -> None:
    side, end = desk.px(18), desk.fonts.width(one.words, NARROW, desk.px(14))
    badge(screen, desk.theme.livery(one.look), pygame.Rect(row.x, row.y + desk.px(2), side, side))
    room = row.width - side - end - desk.px(16)
    name = one.name if desk.fonts.width(one.name, STRONG, desk.px(14)) <= room else one.short
    write(screen, desk, name, (row.x + side + desk.px(8), row.y), 14, STRONG, width=room)
    write(screen, desk, one.words, (row.right - end, row.y), 14, NARROW, desk.theme.interface.text_dim)


def crop(picture: pygame.Surface, size: tuple[int, int], x: float, y: float, share: float) -> pygame.Surface:
    """A piece of a picture about a point of it (shares of its size), ``share`` of its width wide, at a size."""
    return pygame.transform.smoothscale(picture.subsurface(piece(picture.get_size(), size, x, y, share)), size)


def named_crop(
    desk: Desk, world: World, front: pygame.Surface, size: tuple[int, int], where: tuple[float, float, float]
) -> pygame.Surface:
    """Such a piece of a small map of the whole world with its front, and on it the great places."""
    from game.ui.scenes.small_fronts import name_places

    out, box = crop(front, size, *where), piece(front.get_size(), size, *where)
    times = size[0] / box.width
    zoom = front.get_width() / map_extent(world.grid.columns, world.grid.rows)[0] * times
    name_places(desk.theme, desk.fonts, world, world.control, out, desk.px(12), zoom, (box.x * times, box.y * times))
    return out


def piece(whole: tuple[int, int], size: tuple[int, int], x: float, y: float, share: float) -> pygame.Rect:
    """Where such a piece lies on a picture."""
    wide = max(1, min(whole[0], round(whole[0] * share)))
    tall = max(1, round(wide * size[1] / max(1, size[0])))
    if tall > whole[1]:
        tall = whole[1]
        wide = max(1, min(whole[0], round(tall * size[0] / max(1, size[1]))))
    box = pygame.Rect(0, 0, wide, tall)
    box.center = (round(whole[0] * x), round(whole[1] * y))
    return box.clamp(pygame.Rect((0, 0), whole))
