"""While a player thinks about its turn the table goes on: frames are drawn, and what a person does is answered."""

from __future__ import annotations

import pygame
import pytest

from game import engine
from game.ai.players import make_player
from tests.ui.table_hands import Hands
from tests.worlds import world_of

PLAYER = "staff:evaluations=5,samples=1"
FRAMES = 5
"""Frames that pass at least before its rehearsals are done: they take longer than a first frame."""


@pytest.mark.usefixtures("window")
def test_the_table_answers_while_the_staff_rehearses() -> None:
    world = world_of("breaking_the_siege")
    hands = Hands(world, {0: PLAYER, 1: "human"})
    seen: set[float] = set()
    frames = 0
    hands.move(hands.canvas.get_rect().center)
    while not hands.session.entries and frames < 20_000:
        hands.post(pygame.MOUSEWHEEL, x=0, y=1 if frames % 2 else -1, flipped=False, which=0)
        hands.frames(1)
        seen.add(hands.table.board.map.camera.zoom)
        frames += 1
    assert frames >= FRAMES and len(seen) > 1, "the wheel zooms although nothing is decided yet"
    alone = make_player(PLAYER).decide(engine.view(engine.start(world, seed=3), 0))
    assert hands.session.entries[0].order == alone, "beside the window it decides as it would alone"
