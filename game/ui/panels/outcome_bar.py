"""The outcomes of an attack in pictures and words: a bar of 36 throws in four classes, and the chances of results."""

from __future__ import annotations

import pygame

from game.rules import forecasting
from game.ui.kit.fonts import STRONG
from game.ui.kit.theme import Colour
from game.ui.outcomes import distinct, outcome_class
from game.ui.panels.flow import Flow
from game.ui.panels.risk_lines import upper_first
from game.words import say

CLASSES = (
    say("The defender is driven out"),
    say("The defender suffers but holds"),
    say("Both suffer"),
    say("Only you suffer"),
)


def class_colours(flow: Flow) -> tuple[Colour, ...]:
    """Colours of the four classes; each carries its own pattern in the bar."""
    marks = flow.desk.theme.marks
    return marks.good, marks.good.mixed(marks.warn, 50), marks.warn, marks.bad


def percent(ways: int) -> str:
    """A number of 36 throws in percent, as exact as one decimal shows."""
    tenths = round(ways * 1000 / 36)
    return f"{tenths // 10}%" if tenths % 10 == 0 else f"{tenths / 10:.1f}%"


def add_bar(flow: Flow, outcomes: tuple[forecasting.ResultChance, ...], note: str = "") -> None:
    """36 throws as a bar: good for the attacker on the left; each class with its own pattern."""
    ways, desk = class_ways(outcomes), flow.desk

    def paint(screen: pygame.Surface, box: pygame.Rect) -> None:
        paint_classes(screen, flow, box.inflate(0, -desk.px(4)), ways, told=True)

    if note:
        flow.line(note, 12, colour=desk.theme.interface.text_dim)
    flow.block(
        22,
        paint,
        tip="\n".join(
            say("{ways} of 36 rolls ({share}): {result}", ways=one.ways, share=percent(one.ways), result=one.after)
            for one in ranked(outcomes)
        ),
    )


def paint_classes(screen: pygame.Surface, flow: Flow, box: pygame.Rect, ways: list[int], *, told: bool = False) -> None:
    """The four classes side by side, as wide as they are likely; ``told``: with their shares where there is room."""
    colours, desk, x = class_colours(flow), flow.desk, box.x
    for number, way in enumerate(ways):
        right = box.x + box.width * sum(ways[: number + 1]) // 36
        part = pygame.Rect(x, box.y, right - x, box.height)
        pygame.draw.rect(screen, colours[number], part)
        _pattern(screen, part, number)
        text = desk.fonts.text(percent(way), STRONG, desk.px(12), desk.theme.interface.background) if told else None
        if text is not None and way and text.get_width() + desk.px(4) < part.width:
            back = text.get_rect(center=part.center).inflate(desk.px(4), 0)
            pygame.draw.rect(screen, colours[number], back)
            screen.blit(text, text.get_rect(center=part.center))
        x = right
    pygame.draw.rect(screen, desk.theme.interface.text_dim, box, 1)


def _pattern(screen: pygame.Surface, box: pygame.Rect, number: int) -> None:
    ink = (0, 0, 0)
    if number == 3:
        for x in range(box.x, box.right, 6):
            pygame.draw.line(
                screen,
                ink,
                (x, box.bottom - 1),
                (min(x + box.height, box.right - 1), max(box.y, box.bottom - 1 - (box.right - 1 - x))),
                1,
            )
    elif number == 2:
        for x in range(box.x + 3, box.right, 7):
            pygame.draw.line(screen, ink, (x, box.y), (x, box.bottom - 1), 1)
    elif number == 1:
        for y in range(box.y + 3, box.bottom, 6):
            pygame.draw.line(screen, ink, (box.x, y), (box.right - 1, y), 1)


def class_ways(outcomes: tuple[forecasting.ResultChance, ...]) -> list[int]:
    """Of 36 throws, how many end in each of the four classes."""
    ways = [0, 0, 0, 0]
    for one in outcomes:
        ways[outcome_class(one.after)] += one.ways
    return ways


def ranked(outcomes: tuple[forecasting.ResultChance, ...]) -> list[forecasting.ResultChance]:
    """Outcomes that differ, the best class first, then the likeliest."""
    return sorted(distinct(outcomes), key=lambda one: (outcome_class(one.after), -one.ways))


def add_results(flow: Flow, outcomes: tuple[forecasting.ResultChance, ...]) -> None:
    """Each result with its chance."""
    colours = class_colours(flow)
    for one in ranked(outcomes):
        ink = colours[outcome_class(one.after)].mixed(flow.desk.theme.interface.text, 55)
        words = upper_first(str(one.after))
        flow.hung(words, percent(one.ways), ink, tip=say("{ways} of 36 rolls: {result}", ways=one.ways, result=words))


def add_classes(flow: Flow, found: forecasting.Forecast) -> None:
    """Each class with its chance, a range where contacts leave it open."""
    low, high = class_ways(found.worst.outcomes), class_ways(found.best.outcomes)
    colours = class_colours(flow)
    for number, words in enumerate(CLASSES):
        if low[number] or high[number]:
            a, b = sorted((low[number], high[number]))
            span = percent(a) if a == b else say("{least} to {most}", least=percent(a), most=percent(b))
            flow.hung(words, span, colours[number].mixed(flow.desk.theme.interface.text, 55))
