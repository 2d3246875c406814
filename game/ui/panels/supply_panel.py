"""The supply of a whole faction in the column, while the map shows how it flows and no unit is selected.

>>> share_of([3, 1], 0, 8), share_of([3, 1], 1, 8)
((0, 6), (6, 8))
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pygame

from game.rules import supply
from game.state.codes import Supplied
from game.state.tables import State
from game.ui import supply_view
from game.ui.kit.fonts import NARROW, NARROW_STRONG
from game.ui.kit.lettering import fitted
from game.ui.kit.theme import Colour
from game.ui.panels.acts import LookAt
from game.ui.panels.flow import Flow, paint_mark
from game.words import count, say, sentence


def add_supply(flow: Flow, state: State, faction: int) -> None:
    """How many units are fed and how, where the net is cut, and what each source and crossing carries."""
    chart, desk = supply.supply_map(state, faction), flow.desk
    marks, colours = desk.theme.marks, desk.theme.interface
    fed = Counter(how for row, how in chart.fed.items() if state.units.hex[row] >= 0)
    flow.heading(say("Supply"), right=count(fed.total(), "{n} unit", "{n} units"))
    rows = (
        (Supplied.FULL, "disc", marks.supplied, say("in full supply")),
        (Supplied.STRETCHED, "triangle", marks.stretched, say("stretched")),
        (Supplied.CUT, "cross", marks.cut, say("cut off")),
    )
    shares = [fed[how] for how, *_ in rows]
    if any(shares):
        flow.block(14, lambda screen, box: _paint_shares(screen, box, shares, [ink for _, _, ink, _ in rows]))
    for how, mark, ink, words in rows:
        if fed[how]:
            flow.prose(f"{fed[how]} {words}", mark=mark, mark_colour=ink)
    for one in supply_view.streams(state, faction)[1]:
        about = say("{cut}: {why}.", cut=one.title, why="; ".join(one.words)) if one.words else f"{one.title}."
        flow.prose(about, colour=colours.text_dim, act=LookAt(one.hex), tip=say("Click to show the hex on the map."))
    if chart.load:
        flow.gap(4)
        flow.line(say("Sources and crossings"), 12, colour=colours.text_dim, right=say("steps fed"))
    for name, (steps, most) in chart.load.items():
        _add_load(flow, sentence(name), steps, most)
    flow.rule()


def share_of(shares: Sequence[int], number: int, width: int) -> tuple[int, int]:
    """Where the part of one share of several begins and ends on a bar of a width."""
    whole = max(1, sum(shares))
    return width * sum(shares[:number]) // whole, width * sum(shares[: number + 1]) // whole


def _paint_shares(screen: pygame.Surface, box: pygame.Rect, shares: Sequence[int], inks: Sequence[Colour]) -> None:
    for number, ink in enumerate(inks):
        left, right = share_of(shares, number, box.width)
        if right > left:
            screen.fill(ink, (box.x + left, box.y + 2, max(1, right - left - 1), box.height - 4))


def _add_load(flow: Flow, name: str, steps: int, most: int) -> None:
    """A source or crossing with a bar of what it carries; full ones in the colour of a warning."""
    desk, colours, marks = flow.desk, flow.desk.theme.interface, flow.desk.theme.marks
    full = steps >= most
    ink = desk.theme.ink(marks.warn if full else colours.text)
    end = desk.fonts.text(say("{n} of {most}", n=steps, most=most), NARROW_STRONG, desk.px(12), ink)
    room = flow.room - end.get_width() - desk.px(20 if full else 6)
    words = fitted(desk.fonts, name, NARROW, desk.px(12), room)

    def paint(screen: pygame.Surface, box: pygame.Rect) -> None:
        screen.blit(desk.fonts.text(words, NARROW, desk.px(12), colours.text), box.topleft)
        screen.blit(end, (box.right - end.get_width(), box.y))
        if full:
            x = box.right - end.get_width() - desk.px(8)
            paint_mark(screen, "triangle", (x, box.y + desk.px(8)), desk.px(5), marks.warn)
        groove = pygame.Rect(box.x, box.y + desk.px(17), box.width, desk.px(3))
        screen.fill(colours.panel_edge, groove)
        groove.width = round(groove.width * min(1.0, steps / max(1, most)))
        screen.fill(marks.warn if full else marks.supplied, groove)

    flow.block(
        24, paint, tip=say("{name}: feeds {n} of at most {most} steps (rule 7.6).", name=name, n=steps, most=most)
    )
