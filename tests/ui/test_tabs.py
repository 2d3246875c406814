"""A row of names of which one is chosen: by a click or by the arrow keys, whole at any width."""

from __future__ import annotations

import pygame
import pytest

from game.ui.kit.tabs import Tab, Tabs
from game.ui.window import make_desk

TABS = (Tab("Your saves", "load", "3"), Tab("Autosaves", "clock", "12"), Tab("Replays", "watch"))


def made(window: pygame.Surface, chosen: list[int], width: int = 600) -> Tabs:
    return Tabs(make_desk(window.get_size()), pygame.Rect(20, 20, width, 38), TABS, 0, chosen.append)


def test_a_click_chooses_and_a_second_one_on_the_same_says_nothing(window: pygame.Surface) -> None:
    chosen: list[int] = []
    tabs = made(window, chosen)
    for number in (2, 2, 1):
        at = tabs.boxes()[number].center
        assert tabs.handle(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=at, button=1), False)
    assert chosen == [2, 1]
    assert not tabs.handle(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=(5, 5), button=1), False)


def test_left_and_right_go_round_with_the_focus_alone(window: pygame.Surface) -> None:
    chosen: list[int] = []
    tabs = made(window, chosen)
    left = pygame.event.Event(pygame.KEYDOWN, key=pygame.K_LEFT, mod=0)
    assert not tabs.handle(left, False)
    for _ in range(3):
        assert tabs.handle(left, True)
    assert chosen == [2, 1, 0]


@pytest.mark.parametrize("width", [600, 300, 150, 60])
def test_they_fill_their_room_and_stay_in_it(window: pygame.Surface, width: int) -> None:
    tabs = made(window, [], width)
    boxes = tabs.boxes()
    assert boxes[0].left == 20 and boxes[-1].right == 20 + width
    window.fill((255, 0, 255))
    tabs.draw(window, True)
    window.fill((255, 0, 255), tabs.rect)
    assert pygame.transform.average_color(window)[:3] == (255, 0, 255)
