"""Pages of the report that are drawn: the calendar as a track of turns, the staff log, the ladder and politics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

import pygame

from game.plans import Plan
from game.rules import ladder, victory
from game.scenario.calendar import MONTHS, Calendar
from game.scenario.world import Stance, Taken, World
from game.state.tables import State
from game.ui.kit.fonts import BODY, NARROW, NARROW_STRONG, STRONG
from game.ui.kit.icons import icon
from game.ui.kit.lettering import wrapped, write
from game.ui.kit.theme import Colour
from game.ui.ladder_moves import MovedLadder, move_lines
from game.ui.panels.flow import Flow
from game.ui.panels.portraits import Portraits
from game.ui.scene import Desk
from game.ui.scenes.board import badge
from game.ui.scenes.report_pages import (
    CalendarTurn,
    DatedLine,
    Offer,
    Reasoned,
    calendar_turns,
    corridor_words,
    ladder_notes,
    liaison_offers,
)
from game.ui.worldview import face
from game.words import count, say, sentence, tenths

DAY, PAST = 150, 0.36
"""Points of the track with its dates, and the share of the width that history has at the right."""
ITEM, LINE, CHIP, LEAST = 32, 15, 22, 34
"""Points of what is due with its counter, of a line of its name, of a line of places, and of a turn without any."""
TURNS_TOLD = 4
"""Turns of the staff log that are told, the newest ones."""
STANCES = {
    Stance.ALLIED: say("allied"), Stance.FRIENDLY: say("friendly"), Stance.RIVAL: say("rivals"),
    Stance.WAR: say("at war"),
}  # fmt: skip
SIGNS = {
    "move": "march", "march": "forced", "dig-in": "dig_in", "strike-bridge": "break_bridge", "air-drop": "air_drop",
    "bridge": "pontoon", "notify": "corridor", "close-sky": "close_sky",
}  # fmt: skip
"""Signs of orders that are called otherwise in records than on the order bar."""


def calendar_sheet(
    desk: Desk, portraits: Portraits, state: State, faction: int, plans: Mapping[str, Plan], width: int
) -> pygame.Surface:
    """The turns to come, one below the other: their days, what is due, and at the right what history took."""
    flow, world, now = Flow(desk, width, 0), state.world, state.clock.turn
    left = count(world.turns - now, "{n} turn follows this one", "{n} turns follow this one")
    colours = desk.theme.interface
    flow.y = 0
    flow.line(say("Calendar"), 18, STRONG, colours.accent, right=left)
    turns = calendar_turns(state, faction, plans)
    if any(turn.taken for turn in turns):
        past = flow.room - round(flow.room * PAST)
        flow.block(
            20, lambda screen, box: _write_at(screen, desk, say("taken in history"), past, box.y, colours.history)
        )
    for turn in turns:
        _add_turn(flow, portraits, state, faction, turn)
    if not any(one.arrives for turn in turns for one in turn.due):
        flow.prose(say("No more units are due to arrive."), 13, colours.text_dim)
    flow.gap(6)
    flow.prose(say("Events of the scenario can change these dates. F3 lists what history brought when."), 13,
               colours.text_dim)  # fmt: skip
    return flow.page().picture


def _write_at(screen: pygame.Surface, desk: Desk, words: str, x: int, y: int, ink: Colour) -> None:
    write(screen, desk, words, (x, y), 13, NARROW, ink)


def _add_turn(flow: Flow, portraits: Portraits, state: State, faction: int, turn: CalendarTurn) -> None:
    """One turn: its block of the track, its days, units with their counters, and the places of history."""
    desk, colours, world = flow.desk, flow.desk.theme.interface, state.world
    past = round(flow.room * PAST)
    rows = _chips(desk, turn.taken, past)
    due = [_Due(one, _about(desk, one, flow.room - desk.px(DAY) - past - desk.px(12))) for one in turn.due]
    tall = max(LEAST, sum(one.tall for one in due) + 6, CHIP * len(rows) + 10)
    current = turn.turn == state.clock.turn

    def paint(screen: pygame.Surface, box: pygame.Rect) -> None:
        if current:
            screen.fill(colours.panel.mixed(colours.accent, 10), box)
        middle = box.y + desk.px(LEAST) // 2
        x = box.x + desk.px(26)
        screen.fill(colours.panel_edge, (x - desk.px(1), box.y, desk.px(2), box.height))
        block = pygame.Rect(0, 0, desk.px(32), desk.px(22))
        block.center = x, middle
        pygame.draw.rect(screen, colours.accent if current else colours.raised, block, border_radius=desk.px(4))
        pygame.draw.rect(screen, colours.accent if current else colours.panel_edge, block, 1, desk.px(4))
        number = desk.fonts.text(
            f"{turn.turn}", NARROW_STRONG, desk.px(14), colours.on_accent if current else colours.text
        )
        screen.blit(number, number.get_rect(center=block.center))
        ink = colours.text if current or turn.due else colours.text_dim
        write(screen, desk, _days(world, turn.turn), (x + desk.px(28), middle - desk.px(9)), 14, NARROW, ink)
        _paint_due(screen, desk, portraits, state, faction, due, pygame.Rect(
            box.x + desk.px(DAY), box.y, box.width - desk.px(DAY) - past - desk.px(12), box.height))  # fmt: skip
        _paint_chips(screen, desk, world, rows, (box.right - past, box.y + desk.px(6)))
        pygame.draw.line(
            screen, colours.panel_edge, (box.x + desk.px(DAY), box.bottom - 1), (box.right, box.bottom - 1)
        )

    flow.block(tall, paint)


class _Due(NamedTuple):
    """What is due, and its name in the lines that it takes."""

    line: DatedLine
    about: list[str]

    @property
    def tall(self) -> int:
        """Its height in points."""
        return max(ITEM, LINE * len(self.about) + 2)


def _about(desk: Desk, one: DatedLine, width: int) -> list[str]:
    """A name in the lines that it takes between the counter and what happens."""
    room = width - desk.px(28) - desk.px(22) - desk.fonts.width(one.what, NARROW, desk.px(13))
    return wrapped(desk.fonts, one.about, NARROW, desk.px(13), room)


def _paint_due(
    screen: pygame.Surface, desk: Desk, portraits: Portraits, state: State, faction: int, due: Sequence[_Due],
    box: pygame.Rect,
) -> None:  # fmt: skip
    """What is due, one below the other: the counter of a unit or a sign, its name, and what happens."""
    colours = desk.theme.interface
    y, side = box.y + desk.px(3), desk.px(28)
    for entry in due:
        one, lines = entry
        if one.row >= 0:
            screen.blit(portraits.picture(face(state, faction, one.row), side), (box.x, y))
        else:
            screen.blit(icon("clock", desk.px(18), colours.text_dim), (box.x + desk.px(5), y + desk.px(5)))
        what = desk.fonts.text(one.what, NARROW, desk.px(13), _ink_of(desk, one))
        x = box.x + side + desk.px(10)
        top = y + max(0, side - len(lines) * desk.px(LINE)) // 2 - desk.px(1)
        for line in lines:
            screen.blit(desk.fonts.text(line, NARROW, desk.px(13), colours.text), (x, top))
            top += desk.px(LINE)
        screen.blit(what, (box.right - what.get_width(), y + desk.px(5)))
        y += desk.px(entry.tall)


def _ink_of(desk: Desk, one: DatedLine) -> Colour:
    return desk.theme.marks.good.mixed(desk.theme.interface.text, 35) if one.arrives else desk.theme.interface.text_dim


def _chips(desk: Desk, taken: Sequence[Taken], width: int) -> list[list[tuple[Taken, int]]]:
    """The places that history took in rows that fit a width, each with where it begins."""
    rows: list[list[tuple[Taken, int]]] = []
    x = width + 1
    for one in taken:
        wide = desk.px(30) + desk.fonts.width(one.place, NARROW, desk.px(13))
        if x + wide > width:
            rows.append([])
            x = 0
        rows[-1].append((one, x))
        x += wide
    return rows


def _paint_chips(
    screen: pygame.Surface, desk: Desk, world: World, rows: Sequence[Sequence[tuple[Taken, int]]], at: tuple[int, int]
) -> None:
    """Each place with the sign of who took it."""
    side, ink = desk.px(15), desk.theme.interface.history
    for number, row in enumerate(rows):
        y = at[1] + number * desk.px(CHIP)
        for one, left in row:
            x = at[0] + left
            badge(screen, desk.theme.livery(world.factions[one.by].look), pygame.Rect(x, y + desk.px(3), side, side))
            write(screen, desk, one.place, (x + side + desk.px(5), y + desk.px(1)), 13, NARROW, ink)


def _days(world: World, turn: int) -> str:
    """The days of a turn, such as "8–10 Sep"."""
    last = date.fromisoformat(Calendar(world.first_day, world.days_per_turn, world.turns).last_day(turn))
    first = last - timedelta(days=world.days_per_turn - 1)
    end = f"{last.day} {MONTHS[last.month - 1]}"
    if first == last:
        return end
    return f"{first.day}–{end}" if first.month == last.month else f"{first.day} {MONTHS[first.month - 1]}–{end}"


# --- aims -----------------------------------------------------------------------------------------------------


def aims_sheet(desk: Desk, state: State, faction: int, width: int) -> pygame.Surface:
    """What the faction is to achieve, its points so far on a scale with history's, term by term, and the options."""
    flow, world, colours = Flow(desk, width, 0), state.world, desk.theme.interface
    score, standing = victory.score(state, faction), victory.standing(state, faction)
    flow.y = 0
    flow.line(world.factions[faction].name, 18, STRONG, colours.accent)
    flow.prose(" ".join(world.texts.get(f"aims.{world.factions[faction].id}", "").split()), 14)
    flow.gap(10)
    flow.line(say("If the game ended now"), 16, STRONG, colours.accent)
    flow.line(say("{n} points", n=tenths(score.total)), 20, STRONG, right=victory.level(standing.band))
    spec = world.stakes.band_of(faction)
    if spec is not None:
        _add_scale(flow, score.total, spec.like * 10, spec.faster * 10)
    flow.prose(sentence(standing.words.rstrip(".")), 14, colours.text_dim)
    flow.gap(6)
    terms = [term for term in score.terms if term.value]
    most = max((abs(term.value) for term in terms), default=1)
    for term in terms:
        _add_term(flow, sentence(term.words).rstrip("."), term.value, most)
    if world.options:
        flow.gap(10)
        flow.line(say("Options of this game"), 16, STRONG, colours.accent)
        for option in world.options:
            flow.prose(str(option).replace("**", ""), 14, mark="disc" if option.on else "ring")
            flow.gap(2)
    return flow.page().picture


def _add_scale(flow: Flow, total: int, like: int, faster: int) -> None:
    """The points on a line, in tenths: where they are level with history, and where better."""
    desk, colours, marks = flow.desk, flow.desk.theme.interface, flow.desk.theme.marks
    most = max(total, round(faster * 1.25), 1)

    def paint(screen: pygame.Surface, box: pygame.Rect) -> None:
        bar = pygame.Rect(box.x, box.y + desk.px(6), box.width, desk.px(12))
        pygame.draw.rect(screen, colours.raised, bar, border_radius=desk.px(4))
        filled = bar.copy()
        filled.width = bar.width * max(0, total) // most
        ink = marks.warn if total < like else colours.accent if total < faster else marks.good
        if filled.width > desk.px(4):
            pygame.draw.rect(screen, ink, filled, border_radius=desk.px(4))
        for at, words in ((like, say("level with history")), (faster, say("better"))):
            x = bar.x + bar.width * at // most
            screen.fill(colours.history, (x - desk.px(1), bar.y - desk.px(4), desk.px(2), bar.height + desk.px(8)))
            face = desk.fonts.text(say("{n}: {level}", n=at // 10, level=words), NARROW, desk.px(13), colours.history)
            left = min(x, box.right - face.get_width()) if at == faster else max(box.x, x - face.get_width())
            screen.blit(face, (left, bar.bottom + desk.px(5)))

    flow.block(46, paint)


def _add_term(flow: Flow, words: str, value: int, most: int) -> None:
    """One term of the score: its words, a bar as long as it counts, and its points."""
    desk, colours, marks = flow.desk, flow.desk.theme.interface, flow.desk.theme.marks
    ink = (marks.good if value > 0 else marks.bad).mixed(colours.text, 25)
    end = desk.fonts.text(tenths(value, sign=True), NARROW_STRONG, desk.px(14), ink)
    room = flow.room * 3 // 5
    lines = wrapped(desk.fonts, words, NARROW, desk.px(14), room)

    def paint(screen: pygame.Surface, box: pygame.Rect) -> None:
        for number, line in enumerate(lines):
            screen.blit(desk.fonts.text(line, NARROW, desk.px(14), colours.text), (box.x, box.y + number * desk.px(18)))
        screen.blit(end, (box.right - end.get_width(), box.y))
        left, right = box.x + room + desk.px(10), box.right - desk.px(52)
        if right > left:
            bar = pygame.Rect(
                left, box.y + desk.px(5), max(desk.px(3), (right - left) * abs(value) // most), desk.px(8)
            )
            pygame.draw.rect(screen, ink.mixed(colours.panel, 30), bar, border_radius=desk.px(3))

    box = flow.block(1, paint)
    box.height = desk.px(18) * len(lines) + desk.px(4)
    flow.y = box.bottom


# --- the staff log --------------------------------------------------------------------------------------------


def staff_sheet(desk: Desk, log: Sequence[Reasoned], width: int) -> pygame.Surface:
    """The orders of the AI player that sat here, the newest turn first, each with its sign and its reason."""
    flow, colours = Flow(desk, width, 0), desk.theme.interface
    flow.y = 0
    flow.line(say("Staff log"), 18, STRONG, colours.accent)
    flow.prose(say("What the AI player of this faction ordered, and why. It sees no more than you."), 13,
               colours.text_dim)  # fmt: skip
    turns = sorted({one.turn for one in log}, reverse=True)
    for turn in turns[:TURNS_TOLD]:
        told = [one for one in log if one.turn == turn]
        flow.gap(8)
        flow.line(say("Turn {n}", n=turn), 15, STRONG, right=count(len(told), "{n} order", "{n} orders"))
        flow.rule()
        for one in told:
            _add_reasoned(flow, one)
    if len(turns) > TURNS_TOLD:
        flow.gap(6)
        flow.prose(say("Earlier turns are left out."), 13, colours.text_dim)
    return flow.page().picture


def _add_reasoned(flow: Flow, one: Reasoned) -> None:
    desk, colours = flow.desk, flow.desk.theme.interface
    half, pixels, line = (flow.room - desk.px(34)) // 2, desk.px(13), desk.px(17)
    orders = wrapped(desk.fonts, sentence(one.order), BODY, pixels, half - desk.px(14))
    whys = wrapped(desk.fonts, sentence(one.why), BODY, pixels, half)

    def paint(screen: pygame.Surface, box: pygame.Rect) -> None:
        screen.blit(
            icon(SIGNS.get(one.word, one.word), desk.px(16), colours.accent), (box.x + desk.px(4), box.y + desk.px(2))
        )
        for lines, x, ink in ((orders, desk.px(30), colours.text), (whys, desk.px(34) + half, colours.text_dim)):
            for number, words in enumerate(lines):
                screen.blit(desk.fonts.text(words, BODY, pixels, ink), (box.x + x, box.y + number * line))

    box = flow.block(1, paint)
    box.height = line * max(len(orders), len(whys)) + desk.px(5)
    flow.y = box.bottom


# --- between the blocs ----------------------------------------------------------------------------------------


def ladder_sheet(desk: Desk, state: State, moves: Sequence[MovedLadder], width: int) -> pygame.Surface:
    """The ladder rung by rung with its prices, what moves it, and what has moved it."""
    flow, world, colours = Flow(desk, width, 0), state.world, desk.theme.interface
    flow.y = 0
    flow.line(say("The ladder"), 18, STRONG, colours.accent)
    if not ladder.two_blocs(world):
        flow.prose(say("No two blocs are rivals in this scenario: there is no ladder."), 14)
        return flow.page().picture
    flow.gap(4)
    for number in range(len(world.rules.deconfliction.rungs)):
        _add_rung(flow, state, number)
    flow.gap(6)
    for note in ladder_notes(state):
        flow.prose(note, 14)
        flow.gap(2)
    flow.gap(8)
    flow.line(say("What moved the ladder"), 16, STRONG, colours.accent)
    flow.gap(2)
    told = list(move_lines(world, moves))
    for one in told:
        flow.line(one.step, 14, STRONG, right=one.days)
        flow.prose(one.why, 13, colours.text_dim)
        flow.rule()
    if not told:
        flow.prose(say("Nothing has moved the ladder in this game."), 14, colours.text_dim)
    return flow.page().picture


def _add_rung(flow: Flow, state: State, number: int) -> None:
    """One rung: its number on a bar that rises with it, filled as far as the ladder has been climbed."""
    desk, colours, marks = flow.desk, flow.desk.theme.interface, flow.desk.theme.marks
    rung, now = state.world.rules.deconfliction.rungs[number], state.clock.ladder
    left, line = desk.px(64), desk.px(17)
    lines = wrapped(desk.fonts, sentence(rung.price), BODY, desk.px(13), flow.room - left - desk.px(10))
    heat = marks.good if number == 0 else marks.warn if number < 4 else marks.bad

    def paint(screen: pygame.Surface, box: pygame.Rect) -> None:
        row = box.inflate(0, -desk.px(4))
        if number == now:
            pygame.draw.rect(screen, colours.panel.mixed(heat, 22), row, border_radius=desk.px(5))
        bar = pygame.Rect(row.x + desk.px(8), 0, desk.px(24 + 4 * number), desk.px(24))
        bar.centery = row.centery
        pygame.draw.rect(screen, heat if number <= now else colours.raised, bar, border_radius=desk.px(4))
        edge = colours.accent if number == now + 1 else colours.panel_edge
        pygame.draw.rect(screen, edge, bar, max(1, desk.px(1.5 if number == now + 1 else 1)), desk.px(4))
        face = desk.fonts.text(
            f"{number}", NARROW_STRONG, desk.px(14), colours.background if number <= now else colours.text
        )
        screen.blit(face, face.get_rect(midleft=(bar.x + desk.px(8), bar.centery)))
        name = say("{rung}, now", rung=rung.name) if number == now else rung.name
        write(screen, desk, name, (row.x + left, row.y + desk.px(5)), 14, STRONG)
        for n, words in enumerate(lines):
            at = row.x + left, row.y + desk.px(24) + n * line
            screen.blit(desk.fonts.text(words, BODY, desk.px(13), colours.text_dim), at)

    box = flow.block(1, paint)
    box.height = desk.px(36) + line * len(lines)
    flow.y = box.bottom


def politics_sheet(desk: Desk, state: State, faction: int, width: int) -> pygame.Surface:
    """What liaison buys at which price, the corridors in force, and every faction against every other."""
    flow, colours = Flow(desk, width, 0), desk.theme.interface
    flow.y = 0
    if ladder.two_blocs(state.world):
        left = state.factions.liaison[faction]
        flow.line(say("Liaison"), 18, STRONG, colours.accent, right=say("you have {n} LP", n=left))
        flow.gap(4)
        for offer in liaison_offers(state):
            _add_offer(flow, offer, offer.price <= left)
        flow.gap(4)
        flow.prose(corridor_words(state), 14)
        flow.gap(12)
    flow.line(say("Who is what to whom"), 18, STRONG, colours.accent)
    flow.gap(4)
    _add_stances(flow, state.world)
    return flow.page().picture


def _add_offer(flow: Flow, offer: Offer, able: bool) -> None:
    desk, colours = flow.desk, flow.desk.theme.interface

    def paint(screen: pygame.Surface, box: pygame.Rect) -> None:
        row = box.inflate(0, -desk.px(4))
        pygame.draw.rect(screen, colours.raised if able else colours.panel, row, border_radius=desk.px(5))
        pygame.draw.rect(screen, colours.panel_edge, row, 1, desk.px(5))
        sign = icon(offer.sign, desk.px(18), colours.accent if able else colours.text_dim)
        screen.blit(sign, (row.x + desk.px(9), row.centery - sign.get_height() // 2))
        ink = colours.text if able else colours.text_dim
        price = desk.fonts.text(say("{n} LP", n=offer.price), NARROW_STRONG, desk.px(14), ink)
        screen.blit(price, price.get_rect(midright=(row.right - desk.px(10), row.centery)))
        room = row.width - desk.px(50) - price.get_width()
        write(screen, desk, offer.what, (row.x + desk.px(38), row.y + desk.px(7)), 14, BODY, ink, room)

    flow.block(38, paint)


def _add_stances(flow: Flow, world: World) -> None:
    """A square of words and colours: what each faction is to each other one."""
    desk, colours = flow.desk, flow.desk.theme.interface
    many = len(world.factions)
    wide, tall, side = flow.room // (many + 1), desk.px(40), desk.px(24)
    inks = {Stance.ALLIED: desk.theme.marks.good, Stance.FRIENDLY: desk.theme.marks.good,
            Stance.RIVAL: desk.theme.marks.warn, Stance.WAR: desk.theme.marks.bad}  # fmt: skip

    def paint(screen: pygame.Surface, box: pygame.Rect) -> None:
        for number, faction in enumerate(world.factions):
            look = desk.theme.livery(faction.look)
            x, y = box.x + wide * (number + 1), box.y + tall * (number + 1)
            badge(screen, look, pygame.Rect(x + (wide - side) // 2, box.y + desk.px(8), side, side))
            badge(screen, look, pygame.Rect(box.x, y + desk.px(8), side, side))
            write(screen, desk, faction.adjective, (box.x + side + desk.px(7), y + desk.px(10)), 14, NARROW_STRONG,
                  colours.text, wide - side - desk.px(9))  # fmt: skip
            for other in range(many):
                cell = pygame.Rect(box.x + wide * (other + 1) + 2, y + 2, wide - 4, tall - 4)
                if other == number:
                    continue
                stance = Stance(world.stance[number][other])
                ink = inks.get(stance, colours.text_dim)
                pygame.draw.rect(screen, colours.panel.mixed(ink, 24), cell, border_radius=desk.px(4))
                words = desk.fonts.text(STANCES.get(stance, ""), NARROW, desk.px(13), colours.text)
                screen.blit(words, words.get_rect(center=cell.center))

    box = flow.block(1, paint)
    box.height = tall * (many + 1)
    flow.y = box.bottom
