"""The bar above the map: when it is, who plays, what is left to spend, how high the ladder stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pygame

from game.rules import ladder, victory, weather
from game.state.tables import State
from game.ui.kit.fonts import BODY, NARROW, STRONG
from game.ui.kit.theme import Colour
from game.ui.panels.acts import OpenMenu, PanelAct
from game.ui.panels.flow import FlowPage, FlowSpot
from game.ui.scene import Desk
from game.words import say, sentence, tenths

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
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

    def gap(self, points: int) -> None:
        self.x += self.desk.px(points)


def top_bar(desk: Desk, state: State, faction: int, width: int, tall: int, watching: str = "") -> FlowPage:
    """The whole bar for one faction's view."""
    world, colours = state.world, desk.theme.interface
    row = _BarRow(desk, (width, tall))
    row.text(turn_dates(state), STRONG, 15)
    row.gap(8)
    row.text(say("turn {n} of {last}", n=state.clock.turn, last=world.turns), NARROW, 14, colours.text_dim)
    row.gap(14)
    row.text(sentence(weather.words(state)), BODY, 14, tip=say("Dust and rain ground sorties and shorten sight."))
    row.gap(16)
    _player(row, desk, state, watching)
    row.gap(16)
    if state.world.friends(faction, state.faction) or watching == "":
        _points(row, desk, state, faction)
    if ladder.two_blocs(world):
        _ladder(row, desk, state)
        row.gap(14)
    _score(row, desk, state, faction)
    row.gap(16)
    _menu(row, desk)
    _support(row, desk, state, faction)
    pygame.draw.line(row.picture, colours.panel_edge, (0, tall - 1), (width, tall - 1))
    return FlowPage(row.picture, tuple(row.spots))


def _player(row: _BarRow, desk: Desk, state: State, watching: str) -> None:
    world = state.world
    livery = desk.theme.livery(world.factions[state.faction].look)
    size = desk.px(14)

    def badge(screen: pygame.Surface, box: pygame.Rect) -> None:
        mark = pygame.Rect(box.x, box.centery - size // 2, size, size)
        pygame.draw.rect(screen, livery.body, mark, border_radius=3)
        pygame.draw.rect(screen, livery.paper, mark, 1, border_radius=3)

    row.paint(size, badge)
    row.gap(6)
    words = say("{army} to play", army=world.factions[state.faction].adjective)
    row.text(words + (f" · {watching}" if watching else ""), STRONG, 14, tip=world.factions[state.faction].name)


def _points(row: _BarRow, desk: Desk, state: State, faction: int) -> None:
    command, liaison = state.factions.command[faction], state.factions.liaison[faction]
    row.text(
        say("{n} CP", n=command),
        BODY,
        14,
        tip=say("Command points (CP) pay for set-piece attacks, forced marches, crossings and refits."),
    )
    row.gap(12)
    if state.world.factions[faction].liaison:
        row.text(
            say("{n} LP", n=liaison),
            BODY,
            14,
            tip=say("Liaison points (LP) pay for corridors and hotline calls. You may save them up to a limit."),
        )
        row.gap(14)


def _ladder(row: _BarRow, desk: Desk, state: State) -> None:
    rungs, colours, marks = state.world.rules.deconfliction.rungs, desk.theme.interface, desk.theme.marks
    row.text("Ladder", BODY, 14, colours.text_dim, tip=say("The escalation ladder between the two blocs."))
    row.gap(6)
    side = desk.px(19)
    for number, rung in enumerate(rungs):
        reached = number <= state.clock.ladder
        heat = marks.good if number == 0 else marks.warn if number < 4 else marks.bad

        def cell(
            screen: pygame.Surface, box: pygame.Rect, number: int = number, reached: bool = reached, heat: Colour = heat
        ) -> None:
            part = pygame.Rect(box.x, box.centery - side // 2, side, side)
            pygame.draw.rect(screen, heat if reached else colours.raised, part, border_radius=3)
            if number == state.clock.ladder:
                pygame.draw.rect(screen, colours.text, part, max(1, desk.px(2)), border_radius=3)
            ink = colours.background if reached else colours.text_dim
            face = desk.fonts.text(str(number), STRONG, desk.px(13), ink)
            screen.blit(face, face.get_rect(center=part.center))

        if number == state.clock.ladder:
            tip = say("Rung {n}, {name} (now): {price}.", n=number, name=rung.name, price=rung.price)
        else:
            tip = say("Rung {n}, {name}: {price}.", n=number, name=rung.name, price=rung.price)
        row.paint(side, cell, tip)
        row.gap(3)


def _score(row: _BarRow, desk: Desk, state: State, faction: int) -> None:
    found = victory.score(state, faction)
    lines = "\n".join(f"{tenths(term.value, sign=True)}  {term.words}" for term in found.terms)
    standing = victory.standing(state, faction)
    row.text(
        say("{n} points", n=tenths(found.total)),
        STRONG,
        14,
        desk.theme.interface.accent,
        tip=say("If the game ended now ({level}: {words})", level=victory.level(standing.band), words=standing.words)
        + f"\n{lines}",
    )


def _support(row: _BarRow, desk: Desk, state: State, faction: int) -> None:
    """Support points, as far as there is room before the menu button."""
    kinds = state.world.rules.support.kinds
    end = row.picture.get_width() - desk.px(84)
    for kind, points in state.clock.support[faction]:
        if not points:
            continue
        words = f"{SHORT_SUPPORT.get(kind, kinds[kind].name if kind in kinds else kind)} {points}"
        if row.x + desk.fonts.width(words, NARROW, desk.px(14)) > end:
            return
        row.text(
            words,
            NARROW,
            14,
            tip=say("{support}: {n} left this turn", support=kinds[kind].name if kind in kinds else kind, n=points),
        )
        row.gap(10)


def _menu(row: _BarRow, desk: Desk) -> None:
    box = pygame.Rect(
        row.picture.get_width() - desk.px(70), desk.px(5), desk.px(64), row.picture.get_height() - desk.px(10)
    )
    pygame.draw.rect(row.picture, desk.theme.interface.raised, box, border_radius=desk.px(4))
    face = desk.fonts.text("Menu", BODY, desk.px(14), desk.theme.interface.text)
    row.picture.blit(face, face.get_rect(center=box.center))
    row.spots.append(FlowSpot(box, OpenMenu(), say("Save, load, seats, settings (Esc)")))
