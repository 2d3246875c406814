"""The front of the balance page, before any game is played: what it will answer, for whom, and how surely."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import pygame

from game.scenario.world import World
from game.ui.kit.fonts import BODY, NARROW, STRONG
from game.ui.kit.icons import icon
from game.ui.kit.lettering import panel, wrapped, write
from game.ui.scene import Desk
from game.ui.scenes.board import badge
from game.words import count, percent, say

SPREAD = 1.96
"""Standard deviations of an interval that holds the truth 19 times of 20."""
FRAME = 14
"""Points between the edge of the panel of sides and what stands in it."""
SIGN = 40
"""Points of the disc before a question."""
QUESTIONS = (
    ("score", say("Who wins?"), say("How often each side wins, and how often it is level with history or better.")),
    ("blow", say("At what cost?"), say("The steps that each side loses, and the harm to civilians.")),
    ("clock", say("Who takes what, and when?"), say("The first holder of each objective, and the turn.")),
    ("line", say("Where would the levels be fair?"),
     say("The levels of victory that bring each side level with history in half of the games.")),
)  # fmt: skip
"""What the report answers: a sign, the question, and what is told."""
HOW = (
    say("The game plays your scenario as it stands here, unsaved changes included. An AI player sits in every seat."),
    say("Few games say little: the chart shows how far a share of 50% can be from the truth. The command “balance” "
        "plays as many games as you like, on all cores, and also tries other rule numbers."),
)  # fmt: skip
TIME = say(
    "The first game tells. From then on the bar says how much time is left, which hangs "
    "on the size of your scenario and on your machine. You can stop at any time; your scenario stays as it is."
)
"""What can be said before any game about the time that all of them take."""


@dataclass(frozen=True, slots=True)
class BalanceSide:
    """A faction whose chances are asked for: its look, its name, and how many units it has."""

    look: str
    name: str
    units: int


def sides_of(world: World) -> tuple[BalanceSide, ...]:
    """The factions of a world, in their order."""
    owners = world.roster.faction
    return tuple(BalanceSide(one.look, one.name, owners.count(n)) for n, one in enumerate(world.factions))


def half_spread(games: int) -> float:
    """How far from a half the true share may lie when half of the games were won (Wilson's interval)."""
    return SPREAD / (2 * sqrt(games + SPREAD**2))


def questions(desk: Desk, width: int) -> pygame.Surface:
    """The sheet of questions, so wide: each with its sign, and below them how they are answered."""
    colours, pad, side = desk.theme.interface, desk.px(12), desk.px(SIGN)
    room = max(desk.px(80), width - side - 3 * pad)
    cards = [(sign, title, wrapped(desk.fonts, text, BODY, desk.px(14), room)) for sign, title, text in QUESTIONS]
    notes = [wrapped(desk.fonts, text, BODY, desk.px(14), max(1, width)) for text in HOW]
    row, gap = desk.px(20), desk.px(10)
    tall = [max(side, desk.px(24) + row * len(lines)) + 2 * pad for _, _, lines in cards]
    whole = desk.px(44) + sum(one + gap for one in tall) + sum(row * len(lines) + gap for lines in notes)
    sheet = pygame.Surface((max(1, width), whole))
    sheet.fill(colours.panel)
    title = say("Does every side have its chance?")
    y = write(sheet, desk, title, (0, 0), 20, STRONG, colours.accent, width) + desk.px(14)
    for (sign, heading, lines), high in zip(cards, tall, strict=True):
        card = pygame.Rect(0, y, width, high)
        panel(sheet, desk, card, raised=True)
        disc = (pad + side // 2, card.centery)
        pygame.draw.circle(sheet, colours.panel, disc, side // 2)
        mark = icon(sign, side // 2, colours.accent)
        sheet.blit(mark, mark.get_rect(center=disc))
        x, line = side + 2 * pad, y + (high - desk.px(24) - row * len(lines)) // 2
        write(sheet, desk, heading, (x, line), 16, STRONG, width=room)
        line += desk.px(24)
        for text in lines:
            write(sheet, desk, text, (x, line), 14, BODY, colours.text_dim, room)
            line += row
        y += high + gap
    for lines in notes:
        for text in lines:
            write(sheet, desk, text, (0, y), 14, BODY, colours.text_dim, width)
            y += row
        y += gap
    return sheet


def paint_aside(
    screen: pygame.Surface, desk: Desk, box: pygame.Rect, sides: Sequence[BalanceSide], chart: Sequence[int],
    chosen: int,
) -> None:  # fmt: skip
    """Whose chances are asked for, and how sure so many games make it, the chosen row lit; then, where there is room,
    how long they take."""
    colours = desk.theme.interface
    panel(screen, desk, box)
    inner = box.inflate(-2 * desk.px(FRAME), -2 * desk.px(FRAME))
    y = inner.y + write(screen, desk, say("Sides"), inner.topleft, 18, STRONG, colours.accent) + desk.px(6)
    side = desk.px(26)
    for one in sides:
        badge(screen, desk.theme.livery(one.look), pygame.Rect(inner.x, y, side, side))
        units = desk.fonts.text(count(one.units, "{n} unit", "{n} units"), NARROW, desk.px(13), colours.text_dim)
        screen.blit(units, (inner.right - units.get_width(), y + desk.px(5)))
        room = inner.width - side - units.get_width() - desk.px(20)
        write(screen, desk, one.name, (inner.x + side + desk.px(10), y + desk.px(3)), 14, STRONG, width=room)
        y += side + desk.px(8)
    y += desk.px(12)
    y += write(screen, desk, say("How sure a share of 50% is"), (inner.x, y), 18, STRONG, colours.accent) + desk.px(8)
    for number, games in enumerate(chart):
        _paint_spread(screen, desk, pygame.Rect(inner.x, y, inner.width, desk.px(30)), games, number == chosen)
        y += desk.px(30)
    note = say("Of 20 such intervals, 19 hold the true share.")
    y += desk.px(6) + write(screen, desk, note, (inner.x, y + desk.px(6)), 13, NARROW, colours.text_dim, inner.width)
    lines = wrapped(desk.fonts, TIME, BODY, desk.px(14), inner.width)
    if inner.bottom - y < desk.px(64) + desk.px(20) * len(lines):
        return
    y += desk.px(22)
    y += write(screen, desk, say("How long it takes"), (inner.x, y), 18, STRONG, colours.accent) + desk.px(4)
    for text in lines:
        write(screen, desk, text, (inner.x, y), 14, BODY, colours.text_dim, inner.width)
        y += desk.px(20)


def _paint_spread(screen: pygame.Surface, desk: Desk, row: pygame.Rect, games: int, chosen: bool) -> None:
    """One number of games: its interval on a line of 0 to 100%."""
    colours = desk.theme.interface
    if chosen:
        pygame.draw.rect(screen, colours.panel.mixed(colours.accent, 14), row, border_radius=desk.px(4))
    ink = colours.text if chosen else colours.text_dim
    middle, words = row.centery, count(games, "{n} game", "{n} games")
    write(screen, desk, words, (row.x + desk.px(8), middle - desk.px(9)), 14, NARROW, ink)
    line = pygame.Rect(row.x + desk.px(90), middle, max(1, row.width - desk.px(200)), desk.px(2))
    screen.fill(colours.panel_edge, line)
    far = half_spread(games)
    left, right = (round(line.x + line.width * (0.5 + way * far)) for way in (-1, 1))
    bar = pygame.Rect(left, middle - desk.px(4), right - left, desk.px(10))
    body = colours.accent if chosen else colours.accent.mixed(colours.panel, 55)
    pygame.draw.rect(screen, body, bar, border_radius=desk.px(4))
    pygame.draw.rect(screen, colours.text, (line.centerx - 1, middle - desk.px(6), desk.px(2), desk.px(14)))
    words = say("{low} to {high}", low=percent(round(100 * (0.5 - far))), high=percent(round(100 * (0.5 + far))))
    face = desk.fonts.text(words, NARROW, desk.px(13), ink)
    screen.blit(face, (row.right - desk.px(8) - face.get_width(), middle - face.get_height() // 2))
