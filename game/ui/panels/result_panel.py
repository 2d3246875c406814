"""The result card of an attack: what came, how likely that or better was, expected against actual, and why."""

from __future__ import annotations

import pygame

from game.scenario.world import World
from game.ui.battle_view import AttackResult
from game.ui.kit.fonts import NARROW, STRONG
from game.ui.mapview.fight import GRADES, PAPER
from game.ui.panels.flow import Flow
from game.words import percent, say, tenths


def add_result(flow: Flow, world: World, result: AttackResult) -> None:
    """The whole card."""
    text, dim = flow.desk.theme.interface.text, flow.desk.theme.interface.text_dim
    flow.heading(say("Result"), say("attack on {hex}", hex=world.grid.label(result.hex)))
    flow.prose(result.words, 13, text)
    share = percent(round(result.better * 100 / 36))
    first, second = result.dice
    flow.line(say("rolled {a} and {b}: {sum}", a=first, b=second, sum=first + second), 12,
              right=say("column {column}", column=result.column))  # fmt: skip
    flow.line(say("this or better"), 12, right=say("{n} of 36, {share}", n=result.better, share=share))
    _add_histogram(flow, result)
    flow.line(say("Steps"), 13, STRONG, right=say("expected   actual"))
    expected, actual = result.expected, result.actual
    for words, was, came in (
        (say("Defender's steps lost"), expected.his_lost, actual.his_lost),
        (say("Defender's steps disrupted"), expected.his_disrupted, actual.his_disrupted),
        (say("Your steps lost"), expected.my_lost, actual.my_lost),
        (say("Your steps disrupted"), expected.my_disrupted, actual.my_disrupted),
    ):
        _add_pair(flow, words, tenths(round(was * 10 / 36)), str(came))
    if result.terms:
        flow.gap(2)
        for term in result.terms:
            flow.prose(term, 12, dim)
    if result.incident:
        flow.prose(result.incident, 12, mark="triangle")


def _add_pair(flow: Flow, words: str, was: str, came: str) -> None:
    desk, colours = flow.desk, flow.desk.theme.interface

    def paint(screen: pygame.Surface, box: pygame.Rect) -> None:
        size = desk.px(12)
        screen.blit(desk.fonts.text(words, NARROW, size, colours.text), box.topleft)
        for text, right, role, ink in (
            (was, box.right - desk.px(36), NARROW, colours.text_dim), (came, box.right, STRONG, colours.text),
        ):  # fmt: skip
            face = desk.fonts.text(text, role, size, ink)
            screen.blit(face, (right - face.get_width(), box.y))

    flow.block(16, paint)


def _add_histogram(flow: Flow, result: AttackResult) -> None:
    """The 36 throws by their total, each in the colour of its outcome; the one that was rolled stands in white."""
    desk, colours = flow.desk, flow.desk.theme.interface
    rolled = sum(result.dice)

    def paint(screen: pygame.Surface, box: pygame.Rect) -> None:
        wide = box.width / len(result.ways)
        low = box.bottom - desk.px(15)
        for number, (ways, grade) in enumerate(zip(result.ways, result.grades, strict=True)):
            tall = round((low - box.y - desk.px(3)) * ways / 6)
            part = pygame.Rect(round(box.x + number * wide), low - tall, int(wide) - desk.px(2), tall)
            if number + 2 == rolled:
                pygame.draw.rect(screen, PAPER, part.inflate(4, 4), border_radius=2)
            pygame.draw.rect(screen, GRADES[grade], part)
            ink = colours.text if number + 2 == rolled else colours.text_dim
            face = desk.fonts.text(str(number + 2), STRONG if number + 2 == rolled else NARROW, desk.px(12), ink)
            screen.blit(face, face.get_rect(midtop=(part.centerx, low)))

    flow.block(58, paint)
