"""What the window still shows of the frame before: only the rest is painted, and every frame looks as if all were."""

from __future__ import annotations

import random

import pygame
import pytest

from game.ui.kit.still import StillShown
from game.ui.scene import Push
from tests.ui.table_hands import Hands
from tests.worlds import world_of

BOX, RED = pygame.Rect(10, 8, 40, 30), pygame.Color("red")


@pytest.fixture
def ground() -> pygame.Surface:
    """A picture in which no two points are alike."""
    made = pygame.Surface((120, 90))
    for x in range(120):
        for y in range(90):
            made.set_at((x, y), (2 * x, 2 * y, (x * y) % 251))
    return made


def frame(still: StillShown, screen: pygame.Surface, ground: pygame.Surface, corner: tuple[int, int]) -> None:
    still.time_passes()
    still.begin(screen)
    still.paint("map", ground, BOX, ground, corner)


def shows(screen: pygame.Surface, ground: pygame.Surface, corner: tuple[int, int]) -> bool:
    part = ground.subsurface(pygame.Rect(corner, BOX.size))
    return pygame.image.tobytes(screen.subsurface(BOX), "RGB") == pygame.image.tobytes(part, "RGB")


@pytest.mark.parametrize("then", [(30, 30), (33, 25), (21, 30), (30, 52), (0, 0), (79, 59)])
def test_a_ground_moves_and_nothing_beside_it(ground: pygame.Surface, then: tuple[int, int]) -> None:
    still, screen = StillShown(), pygame.Surface((70, 50))
    screen.fill("red")
    frame(still, screen, ground, (30, 30))
    frame(still, screen, ground, then)
    assert shows(screen, ground, then)
    assert all(screen.get_at(at) == RED for at in ((9, 20), (50, 20), (20, 7), (20, 38)))


@pytest.mark.parametrize("then", [(30, 30), (35, 28)])
def test_what_was_painted_over_a_ground_is_gone_in_the_next_frame(
    ground: pygame.Surface, then: tuple[int, int]
) -> None:
    still, screen = StillShown(), pygame.Surface((70, 50))
    frame(still, screen, ground, (30, 30))
    with still.over(pygame.Rect(20, 20, 6, 6)):
        screen.fill("red")
    assert screen.get_at((20, 20)) == RED != screen.get_at((19, 20))  # it stays inside its area
    frame(still, screen, ground, then)
    assert shows(screen, ground, then)


def test_what_does_not_change_is_left_on_the_screen(ground: pygame.Surface) -> None:
    still, screen = StillShown(), pygame.Surface((70, 50))
    frame(still, screen, ground, (30, 30))
    screen.set_at((20, 20), "red")
    frame(still, screen, ground, (30, 30))
    assert screen.get_at((20, 20)) == RED


@pytest.mark.parametrize("why", ["another edition", "another screen", "another scene", "forgotten", "other means"])
def test_where_the_screen_cannot_be_trusted_all_is_painted(ground: pygame.Surface, why: str) -> None:
    still, screen = StillShown(), pygame.Surface((70, 50))
    frame(still, screen, ground, (30, 30))
    if why == "another screen":
        screen = pygame.Surface((70, 50))
    screen.fill("red")
    if why == "forgotten":
        still.forget()
    if why == "other means":
        still.lose("map")
    if why != "another scene":
        still.time_passes()
    still.begin(screen)
    still.paint("map", ground, BOX, object() if why == "another edition" else ground, (30, 30))
    assert shows(screen, ground, (30, 30))


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.slow), pytest.param(3, marks=pytest.mark.slow)])
def test_every_frame_of_the_table_looks_as_if_all_of_it_were_painted(seed: int) -> None:
    """Keys, clicks and drags of any kind, several frames each; then the same frame once more from nothing."""
    dice, hands = random.Random(seed), Hands(world_of("race_for_deir_ezzor"), {0: "human", 1: "hold", 2: "hold"})
    table, compared = hands.table, 0
    keys = [pygame.K_n, pygame.K_b, pygame.K_h, pygame.K_q, pygame.K_ESCAPE, pygame.K_LEFT, pygame.K_x, pygame.K_TAB]
    keys += [pygame.K_1, pygame.K_2, pygame.K_3, pygame.K_4, pygame.K_5, pygame.K_6, pygame.K_7, pygame.K_8]

    def place() -> tuple[int, int]:
        room = table.layout.map if dice.random() < 0.8 else hands.canvas.get_rect()
        return dice.randrange(room.x, room.right), dice.randrange(room.y, room.bottom)

    for _ in range(24 if seed == 1 else 400):
        what = dice.randrange(6)
        if what == 0:
            hands.key(dice.choice(keys), dice.choice((0, 0, 0, pygame.KMOD_SHIFT)))
        elif what == 1:
            hands.click(place(), dice.choice((1, 1, 3)))
        elif what == 2:
            hands.move(place())
            hands.frames(3, 0.5)
        else:
            x, y = place()
            button, mod = dice.choice(((3, 0), (3, 0), (1, 0), (1, pygame.KMOD_SHIFT)))
            dx, dy = dice.randint(-60, 60), dice.randint(-60, 60)
            hands.post(pygame.MOUSEBUTTONDOWN, pos=(x, y), button=button, mod=mod)
            for step in (1, 2, 3):
                at = (x + dx * step // 3, y + dy * step // 3)
                hands.post(pygame.MOUSEMOTION, pos=at, rel=(0, 0), buttons=(button == 1, 0, button == 3))
                hands.frames(1)
            hands.post(pygame.MOUSEBUTTONUP, pos=at, button=button, mod=mod)
        hands.changes.clear()
        hands.frames(dice.choice((1, 2, 12)))
        if table.board.map.unfinished:
            continue
        shown = pygame.image.tobytes(hands.canvas, "RGB")
        table.still.forget()
        table.draw(hands.canvas)
        assert not table.board.map.unfinished
        assert shown == pygame.image.tobytes(hands.canvas, "RGB")
        compared += 1
    assert compared > 8


def test_a_dialog_over_the_table_leaves_nothing_behind() -> None:
    hands = Hands(world_of("race_for_deir_ezzor"), {0: "human", 1: "hold", 2: "hold"})
    hands.frames(60)
    hands.key(pygame.K_ESCAPE)
    pause = hands.changes[-1]
    assert isinstance(pause, Push)
    before = pygame.image.tobytes(hands.canvas, "RGB")
    hands.canvas.fill("red")  # what another scene paints
    hands.table.draw(hands.canvas)  # for it, no time passes at the table
    assert pygame.image.tobytes(hands.canvas, "RGB") == before
