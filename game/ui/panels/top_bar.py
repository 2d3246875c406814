"""The bar above the map: when it is, who plays, what is left to spend, how high the ladder stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from itertools import combinations

import pygame

from game.rules import ladder, victory, weather
from game.ruleset.deconfliction import Rung
from game.state.tables import State
from game.ui.kit.emblems import paint_emblem
from game.ui.kit.fonts import BODY, NARROW, NARROW_STRONG, STRONG, Fonts
from game.ui.kit.icons import icon
from game.ui.kit.lettering import wrapped
from game.ui.kit.theme import Colour
from game.ui.panels.acts import OpenHelp, OpenMenu, PanelAct
from game.ui.panels.flow import FlowPage, FlowSpot
from game.ui.scene import Desk
from game.words import say, sentence, tenths

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""Words on what the other bloc may take amiss."""
WITH_HELP = 1400
"""Points of a bar that has room for the button of the help."""
SHORT_SUPPORT = {
    "strike": "Sorties",
    "fires": "Fires",
    "recon": "Recon",
    "sof": "SOF",
    "kalibr": "Missiles",
    "airdrop": "Air drops",
    "svbied": "Vehicle bombs",
    "drones": "Drones",
    "ambush": "Ambushes",
}


def turn_dates(state: State) -> str:
    """The days of the turn, such as "5-7 Sep 2017"."""
    first = weather.first_day(state.world, state.clock.turn)
    last = first + timedelta(days=state.world.days_per_turn - 1)
    if first == last:
        return f"{first.day} {MONTHS[first.month - 1]} {first.year}"
    start = f"{first.day}" if first.month == last.month else f"{first.day} {MONTHS[first.month - 1]}"
    return f"{start}–{last.day} {MONTHS[last.month - 1]} {last.year}"


class _BarRow:
    """Segments from left to right, each with its tip."""

    def __init__(self, desk: Desk, size: tuple[int, int]) -> None:
        self.desk = desk
        self.picture = pygame.Surface(size)
        self.picture.fill(desk.theme.interface.panel)
        self.spots: list[FlowSpot] = []
        self.x = desk.px(10)

    def text(
        self,
        words: str,
        role: str = BODY,
        size: int = 14,
        colour: Colour | None = None,
        tip: str = "",
        act: PanelAct | None = None,
    ) -> None:
        face = self.desk.fonts.text(words, role, self.desk.px(size), colour or self.desk.theme.interface.text)
        self.paint(
            face.get_width(),
            lambda screen, box: screen.blit(face, (box.x, box.centery - face.get_height() // 2)),
            tip,
            act,
        )

    def paint(
        self,
        width: int,
        painter: Callable[[pygame.Surface, pygame.Rect], object],
        tip: str = "",
        act: PanelAct | None = None,
    ) -> None:
        box = pygame.Rect(self.x, 0, width, self.picture.get_height())
        painter(self.picture, box)
        if tip or act:
            self.spots.append(FlowSpot(box.inflate(self.desk.px(6), 0), act, tip))
        self.x = box.right

    def icon(self, name: str, ink: Colour, tip: str = "") -> None:
        face = icon(name, self.desk.px(15), ink)
        self.paint(
            face.get_width(), lambda screen, box: screen.blit(face, (box.x, box.centery - face.get_height() // 2)), tip
        )

    def counted(self, name: str, words: str, tip: str, role: str = BODY) -> None:
        """An icon and how much there is."""
        self.icon(name, self.desk.theme.interface.accent, tip)
        self.gap(4)
        self.text(words, role, 13, tip=tip)

    def rule(self) -> None:
        """A fine upright line between two parts."""
        edge, desk = self.desk.theme.interface.panel_edge, self.desk
        x = self.x
        pygame.draw.line(self.picture, edge, (x, desk.px(7)), (x, self.picture.get_height() - desk.px(8)))
        self.gap(14)

    def gap(self, points: int) -> None:
        self.x += self.desk.px(points)


def top_bar(desk: Desk, state: State, faction: int, width: int, tall: int, watching: str = "") -> FlowPage:
    """The whole bar for one faction's view. The ladder and its price are never left out, words are."""
    world, colours = state.world, desk.theme.interface
    row = _BarRow(desk, (width, tall))
    row.text(turn_dates(state), STRONG, 14)
    row.gap(7)
    row.text(say("turn {n} of {last}", n=state.clock.turn, last=world.turns), NARROW, 13, colours.text_dim)
    row.gap(14)
    row.icon("weather", colours.text_dim)
    row.gap(4)
    row.text(sentence(weather.words(state)), NARROW, 13, tip=say("Dust and rain ground sorties and shorten sight."))
    row.gap(16)
    _player(row, desk, state, watching)
    row.gap(16)
    if state.world.friends(faction, state.faction) or watching == "":
        _points(row, desk, state, faction)
    if ladder.two_blocs(world):
        _ladder(row, desk, state)
        row.gap(16)
    _score(row, desk, state, faction)
    row.gap(16)
    _support(row, desk, state, faction, _buttons(row, desk))
    pygame.draw.line(row.picture, colours.panel_edge, (0, tall - 1), (width, tall - 1))
    return FlowPage(row.picture, tuple(row.spots))


def _player(row: _BarRow, desk: Desk, state: State, watching: str) -> None:
    world = state.world
    livery = desk.theme.livery(world.factions[state.faction].look)
    size = desk.px(16)

    def badge(screen: pygame.Surface, box: pygame.Rect) -> None:
        pygame.draw.aacircle(screen, livery.paper, box.center, size / 2)
        pygame.draw.aacircle(screen, livery.body, box.center, size / 2 - 1)
        paint_emblem(screen, livery.emblem, livery.ink, box.center, size * 0.28)

    row.paint(size, badge)
    row.gap(6)
    words = say("{army} to play", army=world.factions[state.faction].adjective)
    row.text(words + (f" · {watching}" if watching else ""), STRONG, 14, tip=world.factions[state.faction].name)


def _points(row: _BarRow, desk: Desk, state: State, faction: int) -> None:
    command, liaison = state.factions.command[faction], state.factions.liaison[faction]
    row.counted(
        "command",
        say("{n} CP", n=command),
        say("Command points (CP) pay for set-piece attacks, forced marches, crossings and refits."),
    )
    row.gap(12)
    if state.world.factions[faction].liaison:
        row.counted(
            "liaison",
            say("{n} LP", n=liaison),
            say("Liaison points (LP) pay for corridors and hotline calls. You may save them up to a limit."),
        )
        row.gap(14)


def _ladder(row: _BarRow, desk: Desk, state: State) -> None:
    """The ladder as a gauge: rising bars, the climbed ones filled, the next one outlined, and its price in words."""
    rungs, colours, marks = state.world.rules.deconfliction.rungs, desk.theme.interface, desk.theme.marks
    now, wide = state.clock.ladder, desk.px(15)
    row.rule()
    for number, rung in enumerate(rungs):
        heat = marks.good if number == 0 else marks.warn if number < 4 else marks.bad

        def bar(screen: pygame.Surface, box: pygame.Rect, number: int = number, heat: Colour = heat) -> None:
            low = box.bottom - desk.px(6)
            tall = round((box.height - desk.px(11)) * (0.52 + 0.48 * number / max(1, len(rungs) - 1)))
            part = pygame.Rect(box.x, low - tall, wide, tall)
            filled = number <= now
            pygame.draw.rect(screen, heat if filled else colours.raised, part, border_radius=desk.px(2))
            if number == now + 1:
                pygame.draw.rect(screen, colours.accent, part, max(1, desk.px(1.5)), border_radius=desk.px(2))
            elif not filled:
                pygame.draw.rect(screen, colours.panel_edge, part, 1, border_radius=desk.px(2))
            ink = colours.background if filled else colours.text if number == now + 1 else colours.text_dim
            face = desk.fonts.text(str(number), NARROW_STRONG, desk.px(12), ink)
            screen.blit(face, face.get_rect(midbottom=(part.centerx, part.bottom + desk.px(1))))

        if number == now:
            tip = say("Rung {n}, {name} (now): {price}.", n=number, name=rung.name, price=rung.price)
        else:
            tip = say("Rung {n}, {name}: {price}.", n=number, name=rung.name, price=rung.price)
        row.paint(wide, bar, tip)
        row.gap(2)
    row.gap(7)
    pixels = desk.px(12)
    most = min(desk.px(270), row.picture.get_width() // 6)
    lines = ladder_lines(state, desk.fonts, pixels, most)
    faces = [
        desk.fonts.text(words, role, pixels, ink)
        for words, role, ink in zip(
            lines, (NARROW_STRONG, NARROW), (colours.incident if now else colours.text, colours.text_dim), strict=True
        )
    ]

    def words_of(screen: pygame.Surface, box: pygame.Rect) -> None:
        line = desk.px(14)
        for number, face in enumerate(faces):
            screen.blit(face, (box.x, box.centery + (number - 1) * line - desk.px(1)))

    row.paint(
        max(face.get_width() for face in faces),
        words_of,
        "\n".join((say("The escalation ladder between the two blocs."), rung_words(state), ladder.next_price(state))),
    )


def rung_words(state: State) -> str:
    """On which rung the ladder between the blocs stands."""
    return say("Rung {n}, {name}", n=state.clock.ladder, name=ladder.rung(state).name.lower())


def next_rung(state: State) -> Rung | None:
    """The rung that the next incident would lead to, None where incidents raise the ladder no further."""
    rules, now = state.world.rules.deconfliction, state.clock.ladder
    return None if now >= rules.dice_rung or now + 1 >= len(rules.rungs) else rules.rungs[now + 1]


def ladder_lines(state: State, fonts: Fonts, pixels: int, width: int) -> tuple[str, str]:
    """The rung, and what the next incident would bring, in two lines of whole words that fit a width.

    The parts of a price that find no room are counted; the tip has all of them.
    """
    now, after = rung_words(state), next_rung(state)
    if after is None:
        return now, say("no incident raises it further")
    name = after.name.lower()
    both = say("{rung}; next: {name}", rung=now, name=name)
    if fonts.width(both, NARROW_STRONG, pixels) <= width:
        return both, _most(brief_prices(after.price), fonts, pixels, width)
    told = [say("next: {name}, {price}", name=name, price=part) for part in brief_prices(after.price)]
    return now, _most([*told, say("next: {name}", name=name)], fonts, pixels, width)


def _most(told: Sequence[str], fonts: Fonts, pixels: int, width: int) -> str:
    """The first of some wordings that fits; of the last one its first words."""
    found = next((words for words in told if fonts.width(words, NARROW, pixels) <= width), None)
    return found if found is not None else wrapped(fonts, told[-1], NARROW, pixels, width)[0]


def brief_prices(price: str) -> list[str]:
    """Wordings of a price with ever fewer of its parts, the longer ones first; those left out are counted.

    >>> brief_prices("the same; support is halved")
    ['the same; support is halved', 'support is halved (1 more)', 'the same (1 more)']
    """
    parts = price.split("; ")
    some = [kept for n in range(1, len(parts)) for kept in combinations(parts[:6], n)]
    brief = [say("{price} ({n} more)", price="; ".join(kept), n=len(parts) - len(kept)) for kept in some]
    return [price, *sorted(brief, key=len, reverse=True)]


def _score(row: _BarRow, desk: Desk, state: State, faction: int) -> None:
    found = victory.score(state, faction)
    lines = "\n".join(f"{tenths(term.value, sign=True)}  {term.words}" for term in found.terms)
    standing = victory.standing(state, faction)
    tip = say("If the game ended now ({level}: {words})", level=victory.level(standing.band), words=standing.words)
    row.rule()
    row.icon("score", desk.theme.interface.accent)
    row.gap(4)
    row.text(say("{n} points", n=tenths(found.total)), STRONG, 14, desk.theme.interface.accent, tip=f"{tip}\n{lines}")


def _support(row: _BarRow, desk: Desk, state: State, faction: int, end: int) -> None:
    """Support points up to ``end``: with their words where there is room, else as icons, the rest left out."""
    kinds = state.world.rules.support.kinds
    have = [(kind, points) for kind, points in state.clock.support[faction] if points]
    names = {kind: SHORT_SUPPORT.get(kind, kinds[kind].name if kind in kinds else kind) for kind, _ in have}
    pixels, gap = desk.px(13), desk.px(10)
    icon_wide = desk.px(20)
    whole = sum(icon_wide + gap + desk.fonts.width(f"{names[kind]} {n}", NARROW, pixels) for kind, n in have)
    brief = row.x + whole > end
    for kind, points in have:
        words = str(points) if brief else f"{names[kind]} {points}"
        if row.x + icon_wide + desk.fonts.width(words, NARROW, pixels) > end:
            return
        name = kinds[kind].name if kind in kinds else kind
        row.counted(kind, words, say("{support}: {n} left this turn", support=name, n=points), NARROW)
        row.gap(10)


def _buttons(row: _BarRow, desk: Desk) -> int:
    """The buttons at the right end, the one for help where the bar is long enough; where they begin."""
    buttons: list[tuple[int, str, PanelAct, str]] = [
        (64, say("Menu"), OpenMenu(), say("Save, load, seats, settings (Esc)"))
    ]
    if row.picture.get_width() >= desk.px(WITH_HELP):
        buttons.append((30, say("?"), OpenHelp(), say("Rules, keys and sources (F1)")))
    x = row.picture.get_width() - desk.px(6)
    for wide, words, act, tip in buttons:
        box = pygame.Rect(x - desk.px(wide), desk.px(5), desk.px(wide), row.picture.get_height() - desk.px(10))
        pygame.draw.rect(row.picture, desk.theme.interface.raised, box, border_radius=desk.px(4))
        face = desk.fonts.text(words, BODY, desk.px(14), desk.theme.interface.text)
        row.picture.blit(face, face.get_rect(center=box.center))
        row.spots.append(FlowSpot(box, act, tip))
        x = box.x - desk.px(6)
    return x - desk.px(8)
