"""The turn track of the map's frame: a box a turn, with arrivals and dates of history, and the legend of the reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pygame

from game.rules.scripted import turn_days
from game.scenario.calendar import Calendar, spoken
from game.scenario.world import World
from game.state.codes import Status
from game.state.tables import State
from game.ui.kit.fonts import NARROW, NARROW_STRONG
from game.ui.kit.theme import Colour
from game.ui.mapview.frame import INK, PAPER
from game.ui.mapview.reach_light import HATCH, LIGHT
from game.ui.panels.acts import PlayDays, ShowDay
from game.ui.panels.flow import FlowPage, FlowSpot
from game.ui.scene import Desk
from game.words import count, say

NOW, PAST, AHEAD, HISTORY = Colour(226, 176, 74), Colour(203, 186, 147), Colour(250, 244, 228), Colour(91, 46, 140)
ARRIVAL = Colour(27, 80, 112)
LEAST, MOST = 9, 22
"""Width of a box, in points."""
NUMBERED_FROM = 20


@dataclass(frozen=True, slots=True)
class TurnNote:
    """One turn on the track: how many own units arrive in it, and what history took in it."""

    turn: int
    arrivals: int
    taken: tuple[str, ...]


def turn_notes(state: State, faction: int) -> tuple[TurnNote, ...]:
    """All turns of the scenario, with the faction's own arrivals and the dates of history."""
    world = state.world
    units, owners = state.units, world.roster.faction
    due = [turn for row, turn in enumerate(units.due) if units.status[row] == Status.WAITING and owners[row] == faction]
    return tuple(
        TurnNote(turn, sum(one == turn for one in due), _taken(world, turn)) for turn in range(1, world.turns + 1)
    )


def _taken(world: World, turn: int) -> tuple[str, ...]:
    first, last = turn_days(world, turn)
    return tuple(one.place for one in world.past.captures if first <= one.date <= last)


def turn_track(desk: Desk, state: State, faction: int, room: tuple[int, int], then: str = "") -> FlowPage:
    """The track as wide as it must be, at most ``room``; the box of the present turn is gold, past ones are tan.

    ``then`` is the day of history that is shown, "" for none; then the track is a slider, a part of a box a day.
    """
    notes, now = turn_notes(state, faction), state.clock.turn
    calendar = Calendar(state.world.first_day, state.world.days_per_turn, state.world.turns)
    many = max(1, len(notes))
    wide = max(1, min(desk.px(MOST), (room[0] - desk.px(4)) // many))
    shown = notes if wide >= desk.px(LEAST) else ()
    picture = pygame.Surface((max(1, wide * len(shown) + 2), room[1]))
    picture.fill(PAPER)
    spots = []
    tall = desk.px(14)
    for number, note in enumerate(shown):
        box = pygame.Rect(number * wide, desk.px(4), wide - 1, tall)
        colour = NOW if note.turn == now else PAST if note.turn < now else AHEAD
        pygame.draw.rect(picture, colour, box, border_radius=desk.px(2))
        pygame.draw.rect(picture, INK, box, 1, desk.px(2))
        if wide >= desk.px(NUMBERED_FROM) or note.turn in (1, 2, now) or note.turn % 5 == 0:
            face = desk.fonts.text(str(note.turn), NARROW_STRONG if note.turn == now else NARROW, desk.px(12), INK)
            if face.get_width() <= wide:
                picture.blit(face, face.get_rect(center=(box.centerx, box.centery)))
        if then and note.turn == calendar.turn_of(then):
            pygame.draw.rect(picture, HISTORY, box.inflate(2, 2), max(2, desk.px(2)), desk.px(2))
        if note.arrivals:
            pygame.draw.circle(picture, ARRIVAL, (box.right - desk.px(3), box.y + desk.px(3)), desk.px(2))
        if note.taken:
            x, y, half = box.centerx, box.bottom, desk.px(3)
            pygame.draw.polygon(picture, HISTORY, [(x - half, y + half), (x + half, y + half), (x, y)])
        tip = _tip(state.world, note)
        if then:
            spots += _day_spots(state.world, box, note, then, picture)
        else:
            spots.append(FlowSpot(box, None, tip))
    return FlowPage(picture, tuple(spots))


def play_button(desk: Desk, size: tuple[int, int], playing: bool) -> FlowPage:
    """What plays the days of history on the map: a disc in history's colour with the sign for play, or for pause."""
    picture = pygame.Surface(size)
    picture.fill(PAPER)
    side = min(size[0], size[1] - desk.px(4))
    box = pygame.Rect(0, desk.px(2), side, side)
    pygame.draw.aacircle(picture, HISTORY, box.center, side // 2)
    k, (x, y) = side / 18, box.center
    if playing:
        for left in (-3.6, 1.2):
            picture.fill(PAPER, (round(x + left * k), round(y - 4 * k), round(2.4 * k), round(8 * k)))
    else:
        pygame.draw.polygon(picture, PAPER, [(x - 2.6 * k, y - 4.4 * k), (x + 5 * k, y), (x - 2.6 * k, y + 4.4 * k)])
    tip = say("Stop history here.") if playing else say("Play history on the map from this day on.")
    return FlowPage(picture, (FlowSpot(box, PlayDays(), tip),))


def _day_spots(world: World, box: pygame.Rect, note: TurnNote, then: str, picture: pygame.Surface) -> list[FlowSpot]:
    """The days of a turn as parts of its box, the one that is shown marked below it."""
    first, _ = turn_days(world, note.turn)
    many, spots = world.days_per_turn, list[FlowSpot]()
    for number in range(many):
        left, right = (box.x + (box.width + 1) * part // many for part in (number, number + 1))
        part = pygame.Rect(left, 0, max(1, right - left), picture.get_height())
        day = (date.fromisoformat(first) + timedelta(days=number)).isoformat()
        if day == then:
            picture.fill(HISTORY, (part.x, box.bottom, part.width, max(2, box.height // 4)))
        taken = [one.place for one in world.past.captures if one.date == day]
        lines = [say("{date}: click or drag to see history on this day.", date=spoken(day))]
        lines += [say("In history taken: {places}", places=", ".join(taken))] if taken else []
        lines.append(say("The keys , and . go a day back and on, with Shift a turn."))
        spots.append(FlowSpot(part, ShowDay(day), "\n".join(lines)))
    return spots


def _tip(world: World, note: TurnNote) -> str:
    first, last = turn_days(world, note.turn)
    lines = [say("Turn {n}: {first} to {last}", n=note.turn, first=spoken(first), last=spoken(last))]
    if note.arrivals:
        lines.append(count(note.arrivals, "{n} unit of yours arrives", "{n} units of yours arrive"))
    if note.taken:
        lines.append(say("In history taken: {places}", places=", ".join(note.taken)))
    return "\n".join(lines)


def reach_legend(desk: Desk, bands: Sequence[frozenset[int]], turn: int, risk: str, room: tuple[int, int]) -> FlowPage:
    """What the light of the reach means: this turn, the next ones, and whom the hatch rouses ("" nobody)."""
    picture = pygame.Surface((max(1, room[0]), room[1]))
    picture.fill(PAPER)
    words = [say("this turn") if n == 0 else say("turn {n}", n=turn + n) for n in range(len(bands))]
    signs: list[tuple[str, int]] = [(one, n) for n, one in enumerate(words) if bands[n]]
    if risk:
        signs.append((say("rouses the {army}", army=risk), -1))
    x, side = 0, desk.px(11)
    for text, number in signs:
        face = desk.fonts.text(text, NARROW, desk.px(12), INK)
        if x + side + face.get_width() + desk.px(16) > room[0]:
            break
        box = pygame.Rect(x, (room[1] - side) // 2 + desk.px(1), side, side)
        if number < 0:
            picture.fill(HATCH, box)
            for a in range(-side, side, desk.px(4)):
                pygame.draw.line(picture, INK, (box.x + max(0, a), box.bottom - 1 - max(0, -a)),
                                 (box.x + min(side - 1, a + side), box.y + max(0, a)))  # fmt: skip
        else:
            share = 1.0 if number == 0 else LIGHT[number] * (0.9 - 0.08 * number)
            picture.fill(PAPER.mixed(Colour(40, 34, 24), round(100 * (1 - share))), box)
        pygame.draw.rect(picture, INK, box, 1, desk.px(2))
        picture.blit(face, (box.right + desk.px(5), (room[1] - face.get_height()) // 2 + desk.px(1)))
        x = box.right + desk.px(5) + face.get_width() + desk.px(12)
    return FlowPage(picture)
